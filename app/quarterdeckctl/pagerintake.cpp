// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/deskintake.h"

#include "core/base/ascii.h"
#include "core/link/replica.h"
#include "core/notify/pager.h"
#include "core/oncall/pagers.h"

#include <algorithm>

namespace qd::app {

namespace {

/// Our id of somebody PagerDuty names: by mail address, or, where none is said (webhooks), by a name only one of ours has. Else the name they go by there.
std::string personOf(const Workspace &w, const sources::PagerPerson &who)
{
    const Person *found = nullptr;
    std::size_t count = 0;
    for (const Person &p : w.people)
        if (who.email.empty() ? !who.name.empty() && p.name == who.name : asciiLower(p.email) == asciiLower(who.email)) {
            found = &p;
            ++count;
        }
    return count == 1 ? found->id : who.name;
}

void nameEverybody(const Workspace &w, sources::PagerReport &report)
{
    report.what.changedBy = personOf(w, report.changedBy);
    report.what.assigned.clear();
    for (const auto &who : report.assigned)
        report.what.assigned.push_back(personOf(w, who));
    for (std::size_t n = 0; n < report.what.entries.size() && n < report.entryBy.size(); ++n)
        report.what.entries[n].by = personOf(w, report.entryBy[n]);
}

/// Whether a key is one our pages go out under, and of which call.
std::optional<std::uint32_t> ownKey(const state::State &s, const std::string &origin, std::string_view key)
{
    constexpr std::string_view kOurs = "quarterdeck-";
    if (!key.starts_with(kOurs))
        return std::nullopt;
    for (auto x = s.escalations.rbegin(); x != s.escalations.rend(); ++x)
        if (notify::troubleKey(origin, x->number) == key)
            return x->number;
    for (const auto &[number, o] : s.outbox) // a test belongs to no call
        if (o.what.effect == events::Effect::Page && o.what.escalation == 0 && key.substr(kOurs.size()) == notify::idempotencyKey(origin, number).text())
            return 0;
    return std::nullopt;
}

struct Delivered {
    ReportBatch batch;
    std::vector<sources::PagerReport> reports;
};

/// A connection of the set that can be read, by name; "" when there is none.
std::string readableOf(const state::State &s, Symbol set)
{
    for (const auto &source : s.sources)
        if (source.set == set && isPolled(source.connection.kind) && holdsIncidents(source.connection.kind))
            return source.connection.name;
    return {};
}

} // namespace

void addPagers(sources::Intake &in, desk::Desk &desk, link::Replica &replica, std::string origin, std::function<void(const std::string &)> pollSoon)
{
    in.pagerKnown = [&replica](std::string connection, std::function<void(std::vector<events::PagerIncident>, Instant)> then) {
        replica.ask([connection = std::move(connection), then = std::move(then)](const state::State &s) {
            std::vector<events::PagerIncident> open;
            Instant newest;
            if (const auto *source = s.source(connection))
                for (const auto &h : s.pagers.incidents)
                    if (h.set == s.text(source->set)) {
                        newest = std::max(newest, h.what.changedAt);
                        if (h.isOpen())
                            open.push_back(h.what);
                    }
            then(std::move(open), newest);
        });
    };
    in.pagerIncidents = [&desk, &replica, origin = std::move(origin), pollSoon = std::move(pollSoon)](ReportBatch batch, std::vector<sources::PagerReport> reports, sources::Done done) {
        auto delivered = std::make_shared<Delivered>(Delivered{std::move(batch), std::move(reports)});
        replica.ask([&desk, origin, pollSoon, delivered, done = std::move(done)](const state::State &s) {
            auto &[batch, reports] = *delivered;
            const auto *source = s.source(batch.connection);
            if (!source)
                return done(fail(Code::NotFound, "There is no connection \"" + batch.connection + "\"."));
            const std::string_view set = s.text(source->set);
            events::PagerIncidentsSeen seen{batch.connection, {}};
            std::vector<std::uint32_t> rows; // those that are alerts by themselves
            for (std::uint32_t row = 0; row < reports.size(); ++row) {
                sources::PagerReport &report = reports[row];
                // A webhook says no keys of an incident that is made of alerts; without them one of our own could be taken for a stranger's.
                if (!report.what.areKeysKnown && !s.pagers.find(set, report.what.id))
                    if (const std::string readable = readableOf(s, source->set); !readable.empty()) {
                        pollSoon(readable);
                        continue;
                    }
                nameEverybody(*s.workspace, report);
                if (!oncall::linkPagerIncident(s, set, report.what, [&](std::string_view key) { return ownKey(s, origin, key); }))
                    continue;
                if (report.what.alert == std::string(set) + "/" + fingerprintText(batch.fingerprint[row]) && !oncall::isOldNews(s, set, report.what))
                    rows.push_back(row);
                seen.incidents.push_back(std::move(report.what));
            }
            // First the alerts: what is said of them follows, and would be lost without them.
            auto news = std::make_shared<events::PagerIncidentsSeen>(std::move(seen));
            desk.report(rows.size() == batch.size() ? std::move(batch) : batch.only(rows), [&desk, news, done](const Result<desk::Outcome> &taken) {
                if (!taken && desk.recording().recorded) // else it was taken into account, in memory
                    return done(tl::unexpected(taken.error()));
                desk.report(std::move(*news), [done](const Result<desk::Outcome> &outcome) { done(outcome ? Result<>() : Result<>(tl::unexpected(outcome.error()))); });
            });
        });
    };
    in.pagerOnCalls = [&desk, &replica](std::string connection, std::vector<sources::PagerTurn> turns) {
        auto all = std::make_shared<std::vector<sources::PagerTurn>>(std::move(turns));
        replica.ask([&desk, connection = std::move(connection), all](const state::State &s) {
            events::PagerOnCallsSeen seen{connection, {}};
            for (sources::PagerTurn &turn : *all) {
                turn.what.person = personOf(*s.workspace, turn.person);
                seen.turns.push_back(std::move(turn.what));
            }
            // In one order, so that the same people are the same.
            std::sort(seen.turns.begin(), seen.turns.end(), [](const auto &a, const auto &b) {
                return std::tie(a.policy, a.level, a.schedule, a.person, a.from) < std::tie(b.policy, b.level, b.schedule, b.person, b.from);
            });
            desk.report(std::move(seen));
        });
    };
}

} // namespace qd::app
