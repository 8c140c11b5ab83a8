// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/tradewords.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <iterator>

namespace qd::review {

namespace {

/// In small letters, in the order of their bytes; singular where that is one. What hunspell's en_US or de_DE has is not here.
constexpr std::string_view kTradeWords[] = {
    "ack", "alertmanager", "allowlist", "anonymized", "ansible", "api", "async", "autoscale", "autoscaled", "autoscaler", "autoscaling", "backends",
    "backfilled", "backfilling", "backoff", "backport", "blocklist", "bugfix", "bugfixes", "cancelled", "ceph", "certbot", "changelog", "chatops",
    "ci", "cloudevents", "config", "configmap", "containerd", "cpu", "crashloop", "crashlooping", "cron", "cronjob", "crontab", "csv", "cutover",
    "daemonset", "datacenter", "datadog", "datastore", "debounce", "dedup", "dedupe", "deduped", "deduplicated", "deployen", "devops", "dns", "env",
    "etcd", "failback", "failover", "failsafe", "frontend", "gepatcht", "goroutine", "grafana", "grpc", "haproxy", "hardcoded", "healthcheck",
    "herunterskaliert", "hochskalieren", "hochskaliert", "hostname", "hotfix", "hotfixed", "hotfixes", "https", "ical", "idempotency",
    "initcontainer", "irc", "istio", "jira", "json", "judgement", "keepalive", "keycloak", "kubectl", "kubelet", "kubernetes", "learnt",
    "letsencrypt", "loadbalancer", "localhost", "logfile", "lookups", "mattermost", "mempool", "microservice", "middleware", "misconfiguration",
    "misconfigured", "misrouted", "mitigations", "monorepo", "multitenant", "mutex", "mutexes", "nachbesprechung", "namespace", "neustarten", "nginx",
    "ntfy", "offboarding", "onboarding", "oncall", "oom", "oomkilled", "opsgenie", "overprovisioned", "pagerduty", "passthrough", "patchen",
    "postgres", "pre", "prefill", "prefilled", "preprod", "proxied", "pseudonymized", "pubsub", "qps", "rebalance", "rebalancing", "rebase", "reindex",
    "reindexed", "reindexing", "rekey", "replicaset", "repo", "resharding", "retryable", "rollforward", "rollout", "routable", "runbook",
    "schweregrad", "semver", "sev", "sftp", "sharded", "sharding", "sms", "smtp", "spelt", "splunk", "stacktrace", "standdown", "stateful",
    "statefulset", "statuspage", "stderr", "stdout", "subnet", "syslog", "systemd", "teardown", "toml", "traceback", "traefik", "untracked",
    "upscaled", "uptime", "url", "uuid", "validator", "vhost", "virtualized", "warmup", "webhook", "xmpp", "yaml", "zabbix", "zurückgerollt",
    "zurückrollen", "zurückzurollen",
};
static_assert(std::is_sorted(std::begin(kTradeWords), std::end(kTradeWords)));

bool isListed(std::string_view small)
{
    return std::binary_search(std::begin(kTradeWords), std::end(kTradeWords), small);
}

/// One letter is another, more or less, or two neighbours are swapped.
bool isOneAway(std::string_view a, std::string_view b)
{
    if (a.size() > b.size())
        std::swap(a, b);
    if (b.size() - a.size() > 1 || a == b)
        return false;
    const auto at = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin());
    if (a.size() < b.size())
        return a.substr(at) == b.substr(at + 1);
    if (a.substr(at + 1) == b.substr(at + 1))
        return true;
    return at + 1 < a.size() && a[at] == b[at + 1] && a[at + 1] == b[at] && a.substr(at + 2) == b.substr(at + 2);
}

} // namespace

bool isTradeWord(std::string_view word)
{
    std::string small = asciiLower(word);
    if (small.ends_with("'s"))
        small.resize(small.size() - 2);
    return isListed(small) || (small.ends_with('s') && isListed(std::string_view(small).substr(0, small.size() - 1)));
}

std::vector<std::string> tradeWordsNear(std::string_view word, std::size_t most)
{
    const std::string small = asciiLower(word);
    std::vector<std::string> out;
    for (const std::string_view each : kTradeWords)
        if (out.size() < most && isOneAway(small, each))
            out.emplace_back(each);
    return out;
}

} // namespace qd::review
