// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/builders.h"
#include "tests/support/dump.h"
#include "tests/support/suite.h"

#include <QTest>

using namespace qd;
using namespace qd::tests;
using state::AlertTable;

namespace {

std::string name(std::size_t i)
{
    return "N" + std::to_string(i);
}
ReportBatch batchOf(const Log &log, std::size_t from, std::size_t to, bool resolved = false)
{
    ABatch b("am", log.now() + seconds(1));
    for (std::size_t i = from; i < to; ++i) {
        b.alert({{"alertname", name(i)}, {"service", "s" + std::to_string(i % 7)}}).annotation("summary", "about " + name(i));
        if (resolved)
            b.resolved(log.now() + seconds(1));
    }
    return b.build();
}
void open(Log &log, std::size_t from, std::size_t to)
{
    log.record(decided(batchOf(log, from, to)));
}
void resolve(Log &log, std::size_t from, std::size_t to)
{
    log.record(decided(batchOf(log, from, to, true), {events::Verdict::Resolved}));
}
std::string keyNumbered(std::size_t i)
{
    Fingerprint f;
    f.add("alertname", name(i));
    f.add("service", "s" + std::to_string(i % 7));
    return "am/" + fingerprintText(f.value());
}
Log aLog()
{
    Log log;
    log.record(withConnection("am"));
    return log;
}
/// Enough that comes loose for a sweep to be due, without leaving anything behind that fires.
void stir(Log &log, std::size_t times = 1)
{
    for (std::size_t n = 0; n < times; ++n)
        for (std::size_t i = 0; i < AlertTable::kSweepAt; i += 256) {
            open(log, 1'000'000 + i, 1'000'000 + i + 256);
            resolve(log, 1'000'000 + i, 1'000'000 + i + 256);
        }
}

} // namespace

class LettingGoTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void complaint6_keepsWhatFiresAndWhatEndedADayAgo()
    {
        Log log = aLog();
        open(log, 0, 10);
        resolve(log, 0, 5);
        log.record(events::ClockWoke{}, AlertTable::kResolvedKept - seconds(100));
        stir(log);
        QCOMPARE(log.state.alerts.forgotten, std::uint64_t(0));
        QVERIFY(log.state.alert(keyNumbered(0)));
        log.record(events::ClockWoke{}, seconds(100));
        stir(log);
        for (std::size_t i = 0; i < 5; ++i)
            QVERIFY(!log.state.alert(keyNumbered(i)));
        for (std::size_t i = 5; i < 10; ++i) {
            const auto *a = log.state.alert(keyNumbered(i));
            QVERIFY(a && a->status == AlertStatus::Firing);
            QCOMPARE(log.state.annotation(*a, "summary"), std::string_view("about " + name(i)));
            QCOMPARE(log.state.alerts.because[a->because].rule, std::string("test.verdict"));
            QCOMPARE(log.state.text(a->service), std::string_view("s" + std::to_string(i % 7)));
        }
        QCOMPARE(log.state.alerts.forgotten, std::uint64_t(5));
    }

    void keepsTheAlertsOfAnOpenIncident()
    {
        Log log = aLog();
        open(log, 0, 3);
        log.record(anIncident("INC-1").alert(keyNumbered(0)).event());
        log.record(anIncident("INC-2").alert(keyNumbered(1)).event());
        resolve(log, 0, 3);
        events::StatusChanged closed;
        closed.incident = "INC-2";
        closed.status = IncidentStatus::Resolved;
        log.record(closed);
        log.record(events::ClockWoke{}, AlertTable::kResolvedKept * 3);
        stir(log);
        QVERIFY(log.state.alert(keyNumbered(0)));
        QVERIFY(!log.state.alert(keyNumbered(1)));
        QVERIFY(!log.state.alert(keyNumbered(2)));
        closed.incident = "INC-1";
        log.record(closed);
        stir(log);
        QVERIFY(!log.state.alert(keyNumbered(0)));
        QCOMPARE(log.state.incidents.at(1).alerts, std::vector<std::string>{keyNumbered(0)}); // the incident's record stays
    }

    void anIncidentKnowsWhatItsAlertsWereOnceTheyAreGone()
    {
        Log log = aLog();
        open(log, 0, 3);
        log.record(anIncident("INC-1").alert(keyNumbered(0)).alert(keyNumbered(1)).event());
        ABatch hosts("am", log.now());
        hosts.alert({{"alertname", "H"}, {"service", "db"}, {"instance", "pay-db-1:9100"}, {"job", "node"}}).startsAt(log.now() - minutes(3));
        const ReportBatch host = hosts.build();
        log.record(decided(host));
        log.record(events::AlertsAttached{"INC-1", {keyOf(host), keyOf(host), keyNumbered(0)}, kAna});
        QCOMPARE(log.state.incidents.at(1).joined.size(), std::size_t(3));
        resolve(log, 0, 3);
        log.record(events::AlertsEnded{"am", {host.fingerprint[0]}, log.now(), {}});
        log.record(events::StatusChanged{"INC-1", "", IncidentStatus::Resolved, kAna});
        log.record(events::ClockWoke{}, AlertTable::kResolvedKept * 2);
        stir(log);
        QVERIFY(!log.state.alert(keyOf(host)));
        const state::Incident &i = log.state.incidents.at(1);
        QCOMPARE(i.joined.size(), std::size_t(3));
        const auto kept = joinedAlert(log.state, i, keyOf(host));
        QVERIFY(kept && log.state.text(kept->title) == "H" && log.state.text(kept->service) == "db");
        QCOMPARE(firstOfAlerts(i)->fingerprint, host.fingerprint[0]);
        QCOMPARE(servicesOfAlerts(log.state, i), (std::vector<std::string_view>{"s0", "s1", "db"}));
        QCOMPARE(i.labels.size(), std::size_t(1)); // "job" is none that is kept
        QCOMPARE(log.state.text(i.labels[0].value), std::string_view("pay-db-1:9100"));
        QVERIFY(!joinedAlert(log.state, i, keyNumbered(2)) && !joinedAlert(log.state, i, "nonsense") && !joinedAlert(log.state, i, "am/nonsense"));
    }

    /// What an incident takes over with a merge is its own, what leaves it is not, and hosts stay: its record may name them.
    void whatJoinsAndLeavesIsKnownWithItsIncident()
    {
        Log log = aLog();
        ABatch b("am", log.now());
        for (const char *host : {"a", "b"})
            b.alert({{"alertname", "H"}, {"service", host}, {"host", host}});
        const ReportBatch batch = b.build();
        log.record(decided(batch));
        log.record(anIncident("INC-1").alert(keyOf(batch, 0)).event()).record(anIncident("INC-2").alert(keyOf(batch, 1)).event());
        log.record(events::Events{events::IncidentAbsorbed{"INC-1", "INC-2", {}, {keyOf(batch, 0), keyOf(batch, 1)}, kAna}, events::IncidentMerged{"INC-2", "INC-1", {}, kAna}});
        const auto services = [&](std::uint32_t n) { return servicesOfAlerts(log.state, log.state.incidents.at(n)); };
        QCOMPARE(services(1), (std::vector<std::string_view>{"a", "b"}));
        QCOMPARE(log.state.incidents.at(1).labels.size(), std::size_t(2));
        log.record(events::Events{events::IncidentReleased{"INC-1", "INC-2", {keyOf(batch, 1)}, kAna}, events::IncidentUnmerged{"INC-2", "INC-1", kAna}});
        QCOMPARE(services(1), (std::vector<std::string_view>{"a"}));
        QCOMPARE(services(2), (std::vector<std::string_view>{"b"}));
        QCOMPARE(log.state.incidents.at(1).labels.size(), std::size_t(2));
        events::AlertsDetached out;
        out.incident = "INC-1";
        out.keys = {keyOf(batch, 0)};
        out.by = kAna;
        log.record(out);
        QVERIFY(services(1).empty());
    }

    /// Fingerprints that are no function of labels: what comes later is known too.
    void anotherServiceOrHostOfAnAlertIsHeardOf()
    {
        Log log = aLog();
        const ReportBatch first = aBatch("am", log.now()).alert({{"alertname", "H"}, {"service", "a"}, {"host", "one"}}).build();
        log.record(decided(first)).record(anIncident("INC-1").alert(keyOf(first)).event());
        ReportBatch next = aBatch("am", log.now()).alert({{"alertname", "H"}, {"service", "b"}, {"host", "two"}}).build();
        next.fingerprint = first.fingerprint;
        log.record(decided(next, {events::Verdict::Updated}));
        const state::Incident &i = log.state.incidents.at(1);
        QCOMPARE(i.joined.size(), std::size_t(1));
        QCOMPARE(servicesOfAlerts(log.state, i), (std::vector<std::string_view>{"b"}));
        QCOMPARE(i.labels.size(), std::size_t(2));
        QCOMPARE(log.state.text(i.labels[1].value), std::string_view("two"));
    }

    void firesAgainAsANewAlert()
    {
        Log log = aLog();
        open(log, 0, 1);
        resolve(log, 0, 1);
        log.record(events::ClockWoke{}, AlertTable::kResolvedKept * 2);
        stir(log);
        open(log, 0, 1);
        const auto *a = log.state.alert(keyNumbered(0));
        QVERIFY(a);
        QCOMPARE(a->occurrence, std::uint32_t(1));
        QCOMPARE(a->reports, std::uint32_t(1));
        QCOMPARE(a->openedSeq, log.state.seq);
    }

    /// Verdicts given before the sweep may name what has gone since: nothing breaks.
    void takesAnyVerdictForAForgottenAlert()
    {
        for (const auto verdict : {events::Verdict::Updated, events::Verdict::Refired, events::Verdict::Reopened, events::Verdict::Stale,
                                   events::Verdict::Unmatched, events::Verdict::Resolved}) {
            Log log = aLog();
            open(log, 0, 1);
            resolve(log, 0, 1);
            log.record(events::ClockWoke{}, AlertTable::kResolvedKept * 2);
            stir(log);
            QVERIFY(!log.state.alert(keyNumbered(0)));
            log.record(decided(batchOf(log, 0, 1), {verdict}));
            events::AlertsRepeated repeated;
            repeated.connection = "am";
            repeated.fingerprint = {batchOf(log, 0, 1).fingerprint[0]};
            log.record(repeated);
            stir(log);
            QVERIFY(log.state.alerts.firing <= 1);
        }
    }

    void groupsGoWithTheirLastAlert()
    {
        Log log = aLog();
        open(log, 0, 14);
        resolve(log, 0, 7);
        log.record(events::ClockWoke{}, AlertTable::kResolvedKept * 2);
        stir(log);
        const auto group = log.state.alerts.groups.at(log.state.symbols.find("s3"));
        QCOMPARE(group.firing, std::uint32_t(1));
        QCOMPARE(group.firstOut, AlertTable::npos); // who began it has gone
        resolve(log, 7, 14);
        log.record(events::ClockWoke{}, AlertTable::kResolvedKept * 2);
        open(log, 500, 501);
        resolve(log, 500, 501);
        for (int i = 0; i < 12; ++i) { // in other groups than the seven
            ABatch b("am", log.now());
            for (int n = 0; n < 256; ++n)
                b.alert({{"alertname", "X" + std::to_string(n)}, {"service", "other"}});
            log.record(decided(b.build()));
            ABatch over("am", log.now());
            for (int n = 0; n < 256; ++n)
                over.alert({{"alertname", "X" + std::to_string(n)}, {"service", "other"}}).resolved(log.now());
            log.record(decided(over.build(), {events::Verdict::Resolved}));
        }
        QVERIFY(!log.state.alerts.groups.contains(log.state.symbols.find("s2")));
    }

    void holdsAtMostSoManyThatAreOver()
    {
        Log log = aLog();
        const std::size_t many = AlertTable::kResolvedAtMost + 12'000;
        for (std::size_t i = 0; i < many; i += 1000) {
            open(log, i, i + 1000);
            resolve(log, i, i + 1000);
        }
        stir(log, 8);
        QVERIFY(log.state.alerts.all.size() <= AlertTable::kResolvedAtMost + AlertTable::kResolvedAtMost / 2 + AlertTable::kSweepAt);
        QVERIFY(!log.state.alert(keyNumbered(0)));            // the oldest went
        QVERIFY(log.state.alert(keyNumbered(many - 1)));      // the newest did not
    }

    /// Memory follows what is active, not how long it has gone on.
    void doesNotGrowWithTime()
    {
        Log log = aLog();
        std::size_t most = 0, reasons = 0, pairs = 0;
        for (std::size_t day = 0; day < 60; ++day) {
            open(log, day * 500, day * 500 + 500);
            open(log, day * 500, day * 500 + 500); // with nothing but new reasons
            log.record(events::ClockWoke{}, hours(20));
            resolve(log, day * 500, day * 500 + 500);
            log.record(events::ClockWoke{}, hours(4));
            if (day >= 30) {
                most = std::max(most, log.state.alerts.all.size());
                reasons = std::max(reasons, log.state.alerts.because.size());
                pairs = std::max(pairs, log.state.alerts.pairs.size());
            }
        }
        QVERIFY2(most < 4500, std::to_string(most).c_str());
        QVERIFY2(reasons < 4500, std::to_string(reasons).c_str());
        QVERIFY2(pairs < 4 * 4500, std::to_string(pairs).c_str());
        QVERIFY(log.state.alerts.forgotten > 20'000);
    }

    /// One record or many, one event at a time (as the desk) or whole: the same State.
    void eventByEventIsTheSameAsWholeRecords()
    {
        Log log = aLog();
        state::State other;
        std::uint64_t seq = 0;
        const auto both = [&](events::Events e) {
            log.record(e, minutes(7));
            other.seq = ++seq;
            other.time = log.now();
            const events::Event *before = nullptr;
            for (const auto &x : e) {
                state::apply(other, x, before);
                before = &x;
            }
        };
        other.seq = ++seq;
        other.time = log.state.time;
        for (const auto &e : withConnection("am"))
            state::apply(other, e, nullptr);
        for (std::size_t i = 0; i < 600; ++i) {
            both(decided(batchOf(log, i * 4, i * 4 + 8)));
            both(decided(batchOf(log, i * 4, i * 4 + 6, true), {events::Verdict::Resolved}));
        }
        QVERIFY(log.state.alerts.forgotten > 0);
        QCOMPARE(firstDifference(dump(other), dump(log.state)), std::string());
    }

    void aCloneEqualsItsOriginalAndGoesItsOwnWay()
    {
        Log log = aLog();
        open(log, 0, 50);
        log.record(anIncident("INC-1").alert(keyNumbered(0)).event());
        resolve(log, 0, 20);
        const std::string before = dump(log.state);
        state::State copy = log.state.clone();
        QCOMPARE(firstDifference(dump(copy), before), std::string());
        events::LogWritten line;
        line.incident = "INC-1";
        line.text = "only here";
        log.record(line);
        open(log, 100, 120);
        QCOMPARE(firstDifference(dump(copy), before), std::string());
        const std::string after = dump(log.state);
        state::applyRecord(copy, copy.seq + 1, copy.time + seconds(1), events::Events{events::ClockWoke{}});
        open(log, 200, 201);
        QVERIFY(dump(log.state) != after);
        QCOMPARE(copy.incidents.at(1).timeline.size() + 1, log.state.incidents.at(1).timeline.size());
    }
};

QD_TEST(LettingGoTest)
#include "tst_lettinggo.moc"
