// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/benchtriage.h"

#include "app/quarterdeckctl/benchledger.h"
#include "app/quarterdeckctl/benchload.h"
#include "app/quarterdeckctl/benchreport.h"
#include "core/base/ports.h"
#include "core/desk/cascade.h"
#include "core/sources/alertmanager.h"
#include "core/triage/reports.h"

#include <boost/json.hpp>
#include <set>
#include <simdjson.h>

namespace qd::app {

namespace {

namespace json = boost::json;

constexpr std::size_t kTriageServices = 200, kPolicies = 50, kRules = 500;
constexpr std::size_t kInhibitions = 150, kGroups = 150, kWindows = 50, kCorrelations = 50, kSilences = 100;
static_assert(kInhibitions + kGroups + kWindows + kCorrelations + kSilences == kRules);
constexpr std::size_t kTriageHosts = 2000; ///< so that inhibitions have few targets each, as they do
constexpr std::size_t kTriageRounds = 3;

std::string numbered(const char *what, std::size_t n)
{
    return what + std::to_string(n);
}

Matcher equals(std::string name, std::string value)
{
    return {std::move(name), std::move(value), false, true};
}

Matcher like(std::string name, std::string pattern)
{
    return {std::move(name), std::move(pattern), true, true};
}

/// Who answers for a service's calls: half the services call by themselves, a quarter for incidents only, a quarter is only observed.
Paging pagingOf(std::size_t service)
{
    return service % 4 < 2 ? Paging::Own : service % 4 == 2 ? Paging::Assist : Paging::Observe;
}

/// 200 services in a tree of dependencies, each of a team with one of 50 policies that call somebody with an address, and all rules but the
/// silences.
Workspace workspaceOf(bool hasRules)
{
    Workspace w;
    for (std::size_t n = 0; n < kPolicies; ++n) {
        const std::string person = numbered("person-", n);
        w.people.push_back({person, numbered("Person ", n), "UTC", {person + "@chat.example"}});
        w.policies.push_back({numbered("policy-", n), {}, {{{person}, minutes(5)}}, 0});
        Team team;
        team.id = numbered("team-", n);
        team.members = {person};
        team.policy = numbered("policy-", n);
        w.teams.push_back(std::move(team));
    }
    for (std::size_t n = 0; n < kTriageServices; ++n) {
        Service s;
        s.id = numbered("service-", n);
        s.team = numbered("team-", n % kPolicies);
        s.paging = pagingOf(n);
        if (n > 0)
            s.needs.push_back({numbered("service-", (n - 1) / 3), DependencyKind::Hard});
        w.services.push_back(std::move(s));
    }
    if (!hasRules)
        return w;
    for (std::size_t n = 0; n < kInhibitions; ++n)
        w.inhibitions.push_back({numbered("inhibition-", n), {equals("alertname", numbered("Down", n)), equals("severity", "critical")},
                                 {equals("service", numbered("service-", n)), like("severity", "warning|info")}, {"instance", "cluster"}});
    for (std::size_t n = 0; n < kGroups; ++n)
        w.groups.push_back({numbered("group-", n), {like("alertname", numbered("(High|Low)", n) + "[a-z]*"), equals("cluster", numbered("c", n % 4))}, {"service", "cluster"}});
    const Instant from = SystemClock().now() - hours(1);
    for (std::size_t n = 0; n < kWindows; ++n)
        w.maintenance.push_back({numbered("window-", n), {}, {equals("instance", numbered("host-", n)), like("team", "t.*")}, from, from + hours(24), "person-0", "planned"});
    for (std::size_t n = 0; n < kCorrelations; ++n)
        w.correlations.push_back({numbered("correlation-", n), {like("service", numbered("service-", n) + "[0-9]")}, {"cluster"}, 20, 2, minutes(5), n % 2 == 0});
    return w;
}

/// Half the alerts fire on the hosts of a quarter of the services; 1 % are critical, of every service, which inhibit others and call people.
std::vector<std::string> bodies()
{
    std::vector<std::string> out;
    std::string body;
    for (std::size_t n = 0; n < kReferenceAlerts; ++n) {
        const std::size_t service = n * 7 % kTriageServices;
        const bool down = n % 101 == 0;
        const std::string name = down ? numbered("Down", service) : n % 2 == 0 ? numbered("High", service) + "usage" : numbered("Other", n % 50);
        body += (body.empty() ? "[" : ",") + std::string("{\"labels\":{\"alertname\":\"") + name + "\",\"service\":\"" + numbered("service-", service)
            + "\",\"severity\":\"" + (down ? "critical" : n % 3 == 0 ? "info" : "warning") + "\",\"instance\":\"" + numbered("host-", n % kTriageHosts) + "\",\"cluster\":\""
            + numbered("c", n % 4) + "\",\"team\":\"" + numbered("t", service % kPolicies) + "\",\"pod\":\"" + numbered("p", n)
            + "\"},\"annotations\":{\"summary\":\"Something is not as it should be\"},\"startsAt\":\"2026-11-23T14:00:00Z\"}";
        if ((n + 1) % kReferenceBatch == 0) {
            out.push_back(body + "]");
            body.clear();
        }
    }
    return out;
}

struct Run {
    double seconds = 0;
    std::uint64_t quiet = 0, correlated = 0, firing = 0, events = 0;
    std::uint64_t calls = 0, suspects = 0, pages = 0, policies = 0; ///< calls made, of them with a suspect named, messages that would go out, policies that called
};

Result<Run> run(const std::vector<std::string> &all, bool hasRules)
{
    state::State state;
    triage::Reactions reactions;
    const SystemClock clock;
    const auto add = [&](events::Events events) {
        desk::Cascade c(state, clock.now(), &reactions);
        c.add(std::move(events));
        return c.finish().size();
    };
    events::WorkspaceChanged changed;
    changed.workspace = workspaceOf(hasRules);
    changed.digest = "bench";
    Connection connection;
    connection.name = connection.set = "bench";
    connection.kind = "inbound";
    Connection chat;
    chat.name = "chat";
    chat.kind = "xmpp";
    chat.muc = "rooms.chat.example";
    const events::Actor bench{"bench", Path::Person};
    add({events::ConnectionAdded{connection, bench}, events::ConnectionAdded{chat, bench}, events::ConnectionArmed{chat.name, static_cast<Writes>(Write::Pages), bench}, std::move(changed)});
    for (std::size_t n = 0; hasRules && n < kSilences; ++n) {
        events::SuppressionPlaced e;
        e.number = static_cast<std::uint32_t>(n + 1);
        e.matchers = {equals("service", numbered("service-", n)), like("alertname", numbered("Other", n % 50))};
        e.from = clock.now();
        e.until = e.from + hours(2);
        e.owner = "person-0";
        add({std::move(e)});
    }
    const triage::ReportRules rules(state.workspace);
    Run out;
    const Stopwatch watch;
    for (const std::string &body : all) {
        auto batch = sources::parseAlertmanagerPush(body, {"bench", clock.now()});
        if (!batch)
            return tl::unexpected(batch.error());
        for (std::size_t at = 0; at < batch->size();) {
            auto decided = rules.decide(state, *batch, at);
            at = decided.next;
            out.events += add(std::move(decided.events));
        }
    }
    out.seconds = watch.seconds();
    out.firing = state.alerts.firing;
    for (const state::Alert &a : state.alerts.all) {
        out.quiet += a.own != Suppression::None ? 1 : 0;
        out.correlated += a.correlation != 0 ? 1 : 0;
    }
    std::set<std::string_view> policies;
    for (const state::Escalation &x : state.escalations) {
        if (x.observed || x.steps.empty())
            continue;
        ++out.calls;
        out.suspects += x.suspect.empty() ? 0 : 1;
        policies.insert(x.policy);
    }
    out.policies = policies.size();
    for (const auto &[number, entry] : state.outbox)
        out.pages += entry.what.effect == events::Effect::Page ? 1 : 0;
    if (out.calls == 0 || out.suspects == 0)
        return fail(Code::Internal, "The bench's alerts call nobody, or are a consequence of nothing: it measures too little.");
    if (out.firing != kReferenceAlerts)
        return fail(Code::Internal, "Of the bench's alerts only " + std::to_string(out.firing) + " fire.");
    return out;
}

Result<double> parsed(const std::vector<std::string> &all)
{
    simdjson::dom::parser parser;
    std::vector<simdjson::padded_string> padded(all.begin(), all.end());
    const Stopwatch watch;
    for (const auto &body : padded) {
        simdjson::dom::array list;
        if (parser.parse(body).get(list))
            return fail(Code::Internal, "simdjson cannot read the bench's own bodies.");
    }
    return watch.seconds();
}

} // namespace

int benchTriage(const BenchOptions &options)
{
    const std::vector<std::string> all = bodies();
    std::vector<double> with, without, bare;
    Run last;
    for (std::size_t round = 0; round < kTriageRounds; ++round) {
        const auto full = run(all, true), plain = run(all, false);
        const auto parse = parsed(all);
        if (!full)
            return benchFailed(full.error());
        if (!plain)
            return benchFailed(plain.error());
        if (!parse)
            return benchFailed(parse.error());
        last = *full;
        with.push_back(kReferenceAlerts / full->seconds);
        without.push_back(kReferenceAlerts / plain->seconds);
        bare.push_back(kReferenceAlerts / *parse);
    }
    return report(options, json::object{{"bench", "triage"},
                                        {"alerts", kReferenceAlerts},
                                        {"rules", kRules},
                                        {"services", kTriageServices},
                                        {"policies", kPolicies},
                                        {"alertsPerSecond", median(with)},
                                        {"withoutRulesAlertsPerSecond", median(without)},
                                        {"quiet", last.quiet},
                                        {"correlated", last.correlated},
                                        {"calls", last.calls},
                                        {"callsWithSuspect", last.suspects},
                                        {"policiesThatCalled", last.policies},
                                        {"pages", last.pages},
                                        {"conclusions", last.events},
                                        {"reference", json::object{{"bareParseAlertsPerSecond", median(bare)}}},
                                        {"ratio", json::object{{"toBareParse", median(with) / median(bare)}, {"toWithoutRules", median(with) / median(without)}}}});
}

} // namespace qd::app
