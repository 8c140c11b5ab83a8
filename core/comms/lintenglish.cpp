// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/lintwords.h"

namespace qd::comms {

namespace {

#define QD_SOMEBODY "(?:an?|the|our|one of our|some)\\s+(?:\\w+\\s+)?(?:engineers?|developers?|operators?|administrators?|admins?|employees?|colleagues?|contractors?|interns?|technicians?|team members?|person|people|on-call|team)"
#define QD_FAULT "(?:forgot|neglected|failed\\s+to|did\\s+not\\s+(?:check|test|follow|notice|read)|didn't\\s+(?:check|test|follow|notice|read)|ignored|overlooked|misconfigured|broke|messed\\s+up|screwed\\s+up|made\\s+(?:a|an)\\s+(?:mistake|error)|(?:accidentally|mistakenly|carelessly)\\s+\\w+|is\\s+to\\s+blame|is\\s+at\\s+fault|was\\s+careless)"

/// Words customers, executives and regulators need not know, and what to write instead.
constexpr LintTerm kEnglishJargon[] = {
    {"5xx", "errors"}, {"http 500", "errors"}, {"http 502", "errors"}, {"http 503", "errors"}, {"p99", "the slowest requests"}, {"p95", "the slowest requests"},
    {"latency", "slowness, or how long it takes"}, {"throughput", "how much goes through"}, {"kubernetes", "our platform"}, {"k8s", "our platform"},
    {"pod", "part of our system"}, {"pods", "parts of our system"}, {"ingress", "the entrance to our system"}, {"load balancer", "what spreads the work"},
    {"backend", "our systems"}, {"upstream", "a system we depend on"}, {"downstream", "a system that depends on it"}, {"replica", "a copy"},
    {"replication lag", "copies that are behind"}, {"shard", "part of our data"}, {"connection pool", "connections to the database"}, {"failover", "switch to the spare"},
    {"rollback", "going back to the version before"}, {"roll back", "go back to the version before"}, {"rolled back", "went back to the version before"},
    {"hotfix", "a quick repair"}, {"canary", "a first few"}, {"oom", "ran out of memory"}, {"oomkilled", "ran out of memory"}, {"deadlock", "two parts that waited for each other"},
    {"cache miss", "slow answers"}, {"circuit breaker", "a safety switch"}, {"blast radius", "how far it reaches"}, {"root cause", "what led to it"}, {"rca", "our review"},
    {"slo", "our goal for service"}, {"sli", "how we measure service"}, {"sev1", "our most serious class"}, {"sev2", "serious"}, {"on-call", "our people on duty"},
    {"prod", "our live system"}, {"cron job", "a regular task"}, {"dns", "how addresses are found"}, {"tls", "the encrypted connection"}, {"api gateway", "the entrance for programs"},
    {"webhook", "an automatic message"}, {"config push", "a change of settings"}, {"timeout", "no answer in time"}, {"timeouts", "no answers in time"}, {"packet loss", "lost data on the network"},
    {"bgp", "how networks find each other"}, {"rate limiting", "a limit on requests"}, {"rate-limited", "held back by a limit"},
};

} // namespace

const LintWords &englishLintWords()
{
    static const LintWords *all = [] {
        RE2::Options o;
        o.set_case_sensitive(false);
        auto *out = new LintWords; // for the life of the program
        const auto add = [&](AdviceKind kind, const char *pattern, std::string_view say) { out->patterns.push_back(new LintPattern{kind, RE2(pattern, o), say}); };
        add(AdviceKind::Blame,
            "(\\b(?:was|were|been|being|got)\\s+(?:\\w+ly\\s+)?(?:\\w+ed|broken|brought\\s+down|taken\\s+down|shut\\s+down|made|done|overwritten|set\\s+wrong)\\s+by\\s+" QD_SOMEBODY "\\b)",
            "Say what happened and what the system allowed, not who it was.");
        add(AdviceKind::Blame, "\\b((?:human|user|operator|pilot|manual)\\s+(?:error|mistake|failure))\\b", "\"Human error\" explains nothing: say what made the step easy to get wrong.");
        add(AdviceKind::Blame, "\\b((?:mistakes?|errors?)\\s+(?:was|were)\\s+made)\\b", "Say what happened; a mistake nobody made hides one somebody is blamed for.");
        add(AdviceKind::Blame, "\\b(negligen(?:t|ce)|careless(?:ly|ness)?|incompeten(?:t|ce)|to\\s+blame|at\\s+fault)\\b", "Take the judgement out: describe what happened.");
        add(AdviceKind::NamedFault, "(\\b" QD_SOMEBODY "\\s+" QD_FAULT "\\b)", "Say what happened and what the system allowed, not who it was.");
        add(AdviceKind::Counterfactual, "\\b((?:should|could|would|might|ought\\s+to)(?:\\s+not|n't)?\\s+have\\s+\\w+)", "That did not happen; say what did.");
        add(AdviceKind::Counterfactual, "\\b(if\\s+only\\b(?:\\s+\\w+){0,3})", "That did not happen; say what did.");
        add(AdviceKind::Counterfactual, "((?:^|[.!?,;]\\s+|\\bif\\s+)had\\s+(?:we|they|he|she|it|somebody|someone|the\\s+\\w+)\\s+(?:not\\s+|only\\s+|been\\s+)?\\w+)", "That did not happen; say what did.");
        add(AdviceKind::Estimate,
            "\\b((?:will|should|expect\\w*(?:\\s+it)?\\s+to)\\s+be\\s+(?:fixed|resolved|restored|solved|back(?:\\s+(?:up|online|to\\s+normal))?|up\\s+again|working\\s+again)\\s+(?:by|at|in|within|before|around|about)\\b\\s*\\S*)",
            "Nobody knows that yet: promise the next update, not the repair.");
        out->jargon = kEnglishJargon;
        out->fault = new RE2("(?i)^(?:'s\\s+(?:mistake|error|fault))|^\\s+(?:\\w+\\s+)?" QD_FAULT "\\b");
        out->by = new RE2("(?i)(\\b(?:was|were|been|being|got)\\s+(?:\\w+ly\\s+)?\\w+\\s+by)\\s+$");
        return out;
    }();
    return *all;
}

#undef QD_SOMEBODY
#undef QD_FAULT

} // namespace qd::comms
