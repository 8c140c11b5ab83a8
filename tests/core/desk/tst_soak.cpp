// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/standdown.h"
#include "core/oncall/groupcalls.h"
#include "core/oncall/schedule.h"
#include "core/oncall/whycalled.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

#include <map>
#include <set>

using namespace qd;
using namespace qd::tests;

/// A day of a busy shop, by a clock that is moved: alerts that come, go and flap, shifts that change over midnight and over the changed
/// clocks, heartbeats that are missed, silences that run out, incidents declared and stood down, restarts. Every hour what must hold is looked
/// at, and that what is kept for the day at most has not grown beyond what it is bounded by.
namespace {

constexpr int kSeries = 240;          ///< alerts there can be; what fires is some of them
constexpr Span kStep = minutes(1);
const Instant kEvening = at("2027-03-27T18:00:00Z"); ///< the night in which Europe's clocks are put forward

constexpr int kShort = 2, kHours = 24, kMostHours = 240;

/// QD_SOAK_HOURS, else a day with QD_LONG, else two hours.
int hoursAsked()
{
    const int asked = qEnvironmentVariableIntValue("QD_SOAK_HOURS");
    return asked != 0 ? asked : qEnvironmentVariableIsSet("QD_LONG") ? kHours : kShort;
}

Workspace aBusyShop()
{
    Workspace w = aWorkspace();
    w.people.push_back({"cid", "Cid", "Europe/Berlin", {"cid@chat.example"}});
    Schedule s;
    s.id = "nights";
    s.zone = "Europe/Berlin";
    s.layers = {{"turns", "", {"ana", "ben", "cid"}, parseLocalTime("2027-03-22T22:00")->seconds, hours(3), {}}};
    w.schedules = {s};
    w.teams.front().schedule = "nights";
    w.policies = {{"shop", "Shop on call", {{{"nights"}, minutes(5)}, {{"shop"}, minutes(10)}}, 1}};
    for (Service &each : w.services)
        each.paging = Paging::Own;
    HeartbeatRule job;
    job.id = job.name = "backup";
    job.service = "db";
    job.interval = minutes(10);
    job.grace = minutes(2);
    w.heartbeats = {job};
    w.alertsPerName = 50;
    return w;
}

struct Day : QuietBench {
    SeededRandom dice;
    std::set<int> firing;                  ///< series
    std::map<std::string, Instant> silencedUntil;
    std::vector<std::string> wrong;
    std::uint64_t checked = 0;             ///< records whose pages were looked at
    int steps = 0, declared = 0, pages = 0, shifts = 0, missed = 0, expired = 0;
    std::size_t symbolsAfterFirstHour = 0;

    explicit Day(std::uint64_t seed) : QuietBench(aBusyShop()), dice(seed)
    {
        clock.jump(kEvening - clock.now());
        (void)wake();
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
    }
    static Labels series(int n)
    {
        static constexpr const char *kServices[] = {"web", "cart", "db", "mail"};
        static constexpr const char *kSeverities[] = {"warning", "warning", "error", "critical"};
        return {{"alertname", n < 150 ? "Explodes" : "Alert" + std::to_string(n % 20)}, {"instance", std::to_string(n)}, {"service", kServices[n % 4]}, {"severity", kSeverities[n / 4 % 4]}};
    }
    /// Everything that fires is said again, and what ended once.
    void deliver(const std::set<int> &ended)
    {
        auto b = aBatch("am", clock.now());
        for (const int n : firing)
            b.alert(series(n)).startsAt(clock.now() - minutes(1)).endsAt(clock.now() + minutes(5));
        for (const int n : ended)
            b.alert(series(n)).resolved(clock.now());
        const auto done = report(b.build());
        if (!done)
            wrong.push_back("a delivery is refused: " + done.error().message);
    }
    std::string keyOfSome()
    {
        return ask([&](const state::State &s) {
            std::vector<std::string> keys;
            for (const auto &a : s.alerts.all)
                if (a.status == AlertStatus::Firing && s.text(a.set) == "am")
                    keys.push_back(s.key(a));
            return keys.empty() ? std::string() : keys[dice.below(keys.size())];
        });
    }
    void minute()
    {
        ++steps;
        clock.advance(kStep);
        std::set<int> ended;
        for (int n = 0; n < 4; ++n) {
            const int one = static_cast<int>(dice.below(kSeries));
            if (firing.erase(one) > 0)
                ended.insert(one);
            else if (firing.size() < 160)
                firing.insert(one);
        }
        const int flapper = 200 + static_cast<int>(dice.below(3)); // comes and goes all night
        if (firing.erase(flapper) > 0)
            ended.insert(flapper);
        else
            firing.insert(flapper);
        deliver(ended);
        if (steps % 10 == 1 && dice.below(6) != 0) // the backup job, which forgets one in six
            (void)report(events::Event(events::PingsSeen{"backup", "am", {clock.now().ns}, {0}, {0}, 1, false}));
        (void)wake();
        arrive();
        people();
    }
    /// What was to be written arrives.
    void arrive()
    {
        const auto queued = ask([](const state::State &s) {
            std::vector<std::pair<std::uint64_t, std::string>> out;
            for (const auto &[n, o] : s.outbox)
                if (o.delivery == Delivery::Queued)
                    out.emplace_back(n, o.what.incident);
            return out;
        });
        for (const auto &[n, incident] : queued)
            (void)report(events::Event(events::OutboxMoved{n, Delivery::Confirmed, "m" + std::to_string(n), {}, incident}));
    }
    void people()
    {
        const std::string key = keyOfSome();
        if (!key.empty() && dice.below(3) == 0)
            (void)command(desk::Acknowledge{{key}, "on it"}, "ben");
        if (!key.empty() && dice.below(20) == 0)
            (void)command(desk::SnoozeAlerts{{key}, "20m", "later"}, "cid");
        if (!key.empty() && dice.below(25) == 0)
            (void)command(desk::ShelveAlerts{{key}, "10m", "known", false}, "ana");
        if (dice.below(15) == 0)
            (void)silence({is("alertname", "Alert" + std::to_string(dice.below(20)))}, "15m");
        if (dice.below(30) == 0) {
            desk::OverrideSchedule c;
            c.schedule = "nights";
            c.people = {"cid"};
            c.replace = "ana";
            c.from = toRfc3339(clock.now() + minutes(5));
            c.until = toRfc3339(clock.now() + minutes(50));
            c.reason = "dinner";
            (void)command(c);
        }
        if (!key.empty() && steps % 45 == 0) {
            desk::DeclareIncident d;
            d.title = "Trouble " + std::to_string(++declared);
            d.severity = "SEV3";
            d.service = "db";
            d.alerts = {key};
            d.room = false;
            const auto done = command(d);
            if (done)
                (void)command(desk::TakeCommand{done->id, {}});
            if (done)
                (void)command(desk::AskPoll{done->id, "roll back?", {"ben"}, "10m"});
        }
        if (steps % 45 == 30 && declared > 0) {
            desk::StandDown down;
            down.incident = "INC-" + std::to_string(declared);
            down.verifiedBy = "ana";
            down.stillFiring = "watched";
            for (const auto &q : ask([&](const state::State &s) {
                     std::vector<std::string> ids;
                     if (const state::Incident *i = s.incident(down.incident))
                         for (const auto &each : command::quietOf(s, *i))
                             ids.push_back(each.id);
                     return ids;
                 }))
                down.quiet.push_back({q, "keep", {}, {}});
            if (const auto done = command(down); !done)
                wrong.push_back("not stood down: " + done.error().message);
        }
    }
    void must(bool holds, const std::string &what)
    {
        if (!holds)
            wrong.push_back(toRfc3339(clock.now()) + ": " + what);
    }
    /// What is bounded is within its bounds; what has run out is over.
    void bounds()
    {
        desk->inspect([&](const state::State &s) {
            const auto now = clock.now();
            must(s.alerts.firing <= 400, "so many fire: " + std::to_string(s.alerts.firing));
            must(s.alerts.all.size() <= kSeries + 50 + state::AlertTable::kSweepAt, "alerts kept: " + std::to_string(s.alerts.all.size()));
            must(s.outbox.size() <= state::State::kOutboxKept + 1, "outbox: " + std::to_string(s.outbox.size()));
            must(s.log.size() <= 10'000, "lines of no incident: " + std::to_string(s.log.size()));
            must(s.withheld.size() <= state::kWithheldKept, "withheld");
            must(s.interventions.all.size() <= state::Interventions::kKept, "overrides to be taken back");
            must(s.suppressors.all.size() <= state::Suppressors::kStandingLimit + state::Suppressors::kEndedKept, "suppressors");
            must(s.leftOut.size() <= state::kLeftOutKept, "names left out");
            must(s.flood.past.size() <= state::Flood::kPastKept, "floods");
            std::uint32_t named = 0;
            for (const auto &[name, count] : s.alerts.firingNamed)
                named += count;
            must(named == s.alerts.firing, "counted by name: " + std::to_string(named) + " of " + std::to_string(s.alerts.firing));
            for (const auto &x : s.suppressors.all)
                must(!x.stands() || !x.until || x.until > now - minutes(2), x.id + " stands though it ran out at " + toRfc3339(x.until));
            for (const auto &[number, i] : s.incidents)
                for (const auto &p : i.polls)
                    must(!p.isOpen() || (i.isOpen() && p.due > now - minutes(2)), "a poll of " + i.id + " is open after its time");
            // Who is on call is who the schedule says.
            const Schedule &schedule = *s.workspace->schedule("nights");
            const std::vector<Override> overrides = s.rota.overridesOf("nights");
            std::vector<std::string> wanted;
            for (const auto &who : oncall::segmentAt(schedule, overrides, s.time).people)
                wanted.push_back(who.person);
            must(s.rota.of("nights") && s.rota.of("nights")->people == wanted, "somebody else is on call than the schedule says");
            // What is loud and calls has called, or says why not.
            for (const auto &a : s.alerts.all)
                if (a.status == AlertStatus::Firing && a.path != Path::Own && oncall::callsFor(a.severity) && oncall::callsOf(s, a).empty())
                    must(!oncall::whyNot(s, a).empty(), s.key(a) + " called nobody, and nothing says why");
            if (symbolsAfterFirstHour == 0)
                symbolsAfterFirstHour = s.symbols.size();
        });
    }
    /// Every page that was queued since says why, and the person's question is answered with it.
    void pagesExplained()
    {
        const auto ok = desk::replay(*journal, checked + 1, journal->head(), [&](const desk::Record &r) {
            for (const auto &e : r.events) {
                if (holds<events::OnCallChanged>(e))
                    ++shifts;
                if (const auto *h = getIf<events::HeartbeatTurned>(&e))
                    missed += h->phase == events::HeartbeatPhase::Missed ? 1 : 0;
                if (holds<events::SuppressionExpired>(e))
                    ++expired;
                const auto *q = getIf<events::OutboxQueued>(&e);
                if (!q || q->effect != events::Effect::Page)
                    continue;
                ++pages;
                must(!q->because.rule.empty() && !q->because.matched.empty(), "page " + std::to_string(q->number) + " to " + q->person + " says no why");
                desk->inspect([&](const state::State &s) {
                    if (q->escalation == 0 || q->escalation > s.escalations.size())
                        return;
                    const auto &x = s.escalations[q->escalation - 1];
                    must(std::any_of(x.steps.begin(), x.steps.end(),
                                     [&](const auto &step) { return std::find(step.people.begin(), step.people.end(), q->person) != step.people.end(); }),
                         "page " + std::to_string(q->number) + " to " + q->person + ", whom no step of escalation/" + std::to_string(x.number) + " names");
                });
            }
            checked = r.seq;
            return true;
        });
        must(ok.has_value(), "the journal does not read");
    }
    void hour(int n)
    {
        for (Span gone; gone < hours(1); gone = gone + kStep)
            minute();
        if (n % 5 == 4)
            restart();
        bounds();
        pagesExplained();
        must(dumped() == committed(), "the desk's State is not the fold of its journal");
    }
};

} // namespace

class TestSoak final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aDayLeavesNothingBehindButItsRecord()
    {
        const int given = qEnvironmentVariableIntValue("QD_FAULT_SEED");
        const std::uint64_t seed = given > 0 ? static_cast<std::uint64_t>(given) : 7;
        Day day(seed);
        const int hours = hoursAsked();
        QVERIFY2(hours > 0 && hours <= kMostHours, "QD_SOAK_HOURS is 1 to 240");
        std::size_t symbolsAtSix = 0;
        for (int n = 0; n < hours && day.wrong.empty(); ++n) {
            day.hour(n);
            if (n == 5)
                symbolsAtSix = day.ask([](const state::State &s) { return s.symbols.size(); });
        }
        std::string all;
        for (std::size_t n = 0; n < std::min<std::size_t>(day.wrong.size(), 10); ++n)
            all += "\n  " + day.wrong[n];
        QVERIFY2(day.wrong.empty(), ("seed " + std::to_string(seed) + " (QD_FAULT_SEED repeats it):" + all).c_str());
        QVERIFY(day.pages > 0 && day.declared > 0);
        QVERIFY(hours < kShort || day.shifts > 0);
        if (hours < kHours)
            return;
        QVERIFY2(day.shifts >= hours / 3, std::to_string(day.shifts).c_str()); // every three hours on the wall clock, one of them an hour that is not
        QVERIFY2(day.missed > 0 && day.expired > 100, (std::to_string(day.missed) + " " + std::to_string(day.expired)).c_str());
        // Names of what comes again and again are known by then; what grows are numbers in the words of our own.
        const std::size_t symbols = day.ask([](const state::State &s) { return s.symbols.size(); });
        QVERIFY2(symbols < symbolsAtSix + 40 * static_cast<std::size_t>(hours - 6), (std::to_string(symbolsAtSix) + " symbols after six hours, " + std::to_string(symbols) + " after " + std::to_string(hours)).c_str());
    }
};

QD_TEST(TestSoak)
#include "tst_soak.moc"
