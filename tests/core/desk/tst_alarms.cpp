// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/get.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

namespace {

const Labels kDisk{{"alertname", "DiskFull"}, {"instance", "n1"}, {"service", "db"}, {"severity", "warning"}};

Labels numbered(int n, const char *severity = "warning")
{
    return {{"alertname", "A" + std::to_string(n)}, {"service", n % 2 == 0 ? "db" : "web"}, {"severity", severity}};
}

Workspace correlating(bool act, std::uint32_t count, std::uint32_t services = 1)
{
    Workspace w = aWorkspace();
    w.correlations.push_back({"storm", {is("severity", "warning")}, {}, count, services, minutes(5), act});
    return w;
}

state::Flood flood(Bench &b)
{
    return b.ask([](const state::State &s) { return s.flood; });
}

} // namespace

/// Flapping, floods, correlation and groups, as the desk concludes them.
class TestAlarms final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void complaint22_flappingBeginsAndEndsAtDifferentCounts()
    {
        Workspace w = aWorkspace();
        w.flapping = {6, 3, minutes(30)};
        QuietBench b(w);
        const auto key = b.fires(kDisk);
        for (int i = 0; i < 6; ++i) { // a transition each two minutes: no chattering
            QVERIFY2(!b.alert(key).flapping, qPrintable(QString::number(i)));
            b.clock.advance(minutes(2));
            if (i % 2 == 0)
                b.resolves(kDisk);
            else
                b.fires(kDisk);
        }
        QVERIFY(b.alert(key).flapping); // the sixth, at 14:12
        b.pass(minutes(26));            // 14:38: those at 14:08, 14:10, 14:12 are left
        QVERIFY(b.alert(key).flapping);
        b.pass(nanos(1));
        QVERIFY(!b.alert(key).flapping);
        QCOMPARE(b.dumped(), b.committed());
    }

    void threeTransitionsInAMinuteAreChattering()
    {
        QuietBench b;
        const auto key = b.fires(kDisk);
        b.clock.advance(seconds(20));
        b.resolves(kDisk);
        b.clock.advance(seconds(20));
        b.fires(kDisk);
        QVERIFY(!b.alert(key).flapping);
        b.clock.advance(seconds(20));
        b.resolves(kDisk);
        QVERIFY(b.alert(key).flapping);
    }

    /// Raw, deduplicated, grouped: what a flood becomes on its way to people. Of the journal alone, so a replay counts the same.
    void aFloodIsCountedRawDedupedAndGroupedPerSecond()
    {
        QuietBench b;
        for (int i = 0; i < 11; ++i) // half of them of db, half of web: two groups
            b.fires(numbered(i));
        auto f = flood(b);
        QVERIFY(f.active);
        QCOMPARE(f.total.raw, std::uint64_t{11}); // also what came in the 10 seconds before it began
        QCOMPARE(f.total.deduped, std::uint64_t{11});
        const auto groups = b.ask([](const state::State &s) { return static_cast<std::uint64_t>(s.alerts.groups.size()); });
        QCOMPARE(f.total.grouped, groups);
        QVERIFY(groups < 11);
        QCOMPARE(f.most.raw, std::uint64_t{11});
        b.clock.advance(seconds(4));
        b.fires(numbered(11));
        b.resolves(numbered(0)); // a report, and no occurrence
        f = flood(b);
        QCOMPARE(f.total.raw, std::uint64_t{13});
        QCOMPARE(f.total.deduped, std::uint64_t{12});
        QCOMPARE(f.total.grouped, groups);
        QCOMPARE(f.within(b.clock.now()).raw, std::uint64_t{13});
        b.clock.advance(seconds(6));
        b.fires(numbered(12));
        f = flood(b);
        QCOMPARE(f.within(b.clock.now()).raw, std::uint64_t{3}); // the first eleven are 10 seconds ago
        QCOMPARE(f.most.raw, std::uint64_t{13});
        for (int i = 0; i < 3; ++i) // re-sent, they change nothing and are told as a run of at most 30 s
            b.fires(numbered(12));
        b.pass(seconds(31));
        QCOMPARE(flood(b).total.raw, std::uint64_t{17});
        QCOMPARE(flood(b).total.deduped, std::uint64_t{13});
        b.pass(minutes(11));
        f = flood(b);
        QVERIFY(!f.active);
        QCOMPARE(f.past.front().total.raw, std::uint64_t{17});
        QCOMPARE(f.past.front().most.raw, std::uint64_t{13});
        QCOMPARE(f.total.raw, std::uint64_t{0});
        const std::string json = b.ask([](const state::State &s) { return control::getJson(s, "floods").value_or(std::string()); });
        QVERIFY2(json.find("\"raw\":17,\"deduped\":13,\"grouped\":" + std::to_string(groups) + ",\"perSecond\":null,\"mostPerSecond\":{\"raw\":1.3") != std::string::npos, json.c_str());
        QCOMPARE(b.dumped(), b.committed());
    }

    void aFloodBeginsAboveTenAndEndsBelowFiveWithItsFigures()
    {
        QuietBench b;
        for (int i = 0; i < 10; ++i)
            b.fires(numbered(i));
        QVERIFY(!flood(b).active);
        b.clock.advance(minutes(5));
        b.fires(numbered(10));
        QVERIFY(flood(b).active);
        b.fires(numbered(11));
        QCOMPARE(flood(b).alarms, 12u);
        QCOMPARE(flood(b).peak, 12u);
        b.pass(minutes(5));
        QVERIFY(flood(b).active); // to ten seconds
        b.pass(seconds(10));      // the first ten have left the window, two are in it
        QVERIFY(!flood(b).active);
        const auto past = flood(b).past;
        QCOMPARE(past.size(), std::size_t(1));
        QCOMPARE(past.front().alarms, 12u);
        QCOMPARE(past.front().peak, 12u);
        QCOMPARE((past.front().ended - past.front().began).seconds(), std::int64_t(310));
        QCOMPARE(b.dumped(), b.committed());
    }

    void aFloodsFiguresAreKeptWithTheIncidentsItFellInto()
    {
        QuietBench b;
        for (const char *title : {"Before", "During"}) {
            desk::DeclareIncident one;
            one.title = title;
            one.severity = "SEV3";
            one.room = false;
            VERIFY_RESULT(b.command(one));
        }
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "cancelled", "a mistake"}));
        VERIFY_RESULT(b.command(desk::TakeCommand{"INC-2", {}}));
        b.pass(minutes(1));
        for (int i = 0; i < 12; ++i)
            b.fires(numbered(i));
        QVERIFY(flood(b).active);
        b.pass(minutes(11));
        QVERIFY(!flood(b).active);
        const auto told = [&](const char *id) {
            return b.ask([&](const state::State &s) {
                std::vector<std::string> out;
                for (const auto &e : s.incident(id)->timeline)
                    if (e.kind == state::EntryKind::Flood)
                        out.push_back(e.text);
                return out;
            });
        };
        QVERIFY(told("INC-1").empty());
        QCOMPARE(told("INC-2").size(), std::size_t{1});
        QVERIFY2(told("INC-2").front().starts_with("a flood while it was open: 12 alarms in ") && told("INC-2").front().find("of them no repeat") != std::string::npos, told("INC-2").front().c_str());
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatIsQuietOrStandsOrIsAHeartbeatIsNoAlarm()
    {
        QuietBench b;
        VERIFY_RESULT(b.silence({is("severity", "warning")}));
        for (int i = 0; i < 30; ++i)
            b.fires(numbered(i));
        for (int i = 0; i < 30; ++i)
            b.fires(numbered(i, "none"));
        QVERIFY(!flood(b).active);
        QCOMPARE(b.ask([](const state::State &s) { return state::alarmsLately(s.alerts, s.time); }), 0u);
    }

    void alarmsAnnouncedAnewCount()
    {
        QuietBench b;
        VERIFY_RESULT(b.silence({is("severity", "warning")}, "10m"));
        for (int i = 0; i < 11; ++i)
            b.fires(numbered(i));
        QVERIFY(!flood(b).active);
        b.pass(minutes(10));
        QVERIFY(flood(b).active);
    }

    void complaint8_aGroupThatIsOverAbsorbsNothing()
    {
        QuietBench b(correlating(true, 2));
        const auto one = b.fires(numbered(1)), two = b.fires(numbered(2));
        QCOMPARE(b.group(one), std::string("correlation/storm"));
        desk::DeclareIncident declare;
        declare.title = "Storm";
        declare.alerts = {one, two};
        const auto incident = b.command(declare);
        b.resolves(numbered(1));
        b.resolves(numbered(2));
        VERIFY_RESULT(b.command(desk::ChangeStatus{incident->id, "resolved", "over"}));
        b.clock.advance(minutes(1));
        const auto again = b.fires(numbered(1)); // within the rule's five minutes, but the group is over
        QCOMPARE(b.group(again), std::string("web"));
        QCOMPARE(b.ask([&](const state::State &s) { return std::string(s.text(s.alert(again)->incident)); }), std::string());
        b.fires(numbered(3));
        QCOMPARE(b.group(again), std::string("correlation/storm"));
        QCOMPARE(b.ask([](const state::State &s) { return s.alerts.correlated.at(s.symbols.find("correlation/storm")).episode; }), 2u);
        QCOMPARE(b.ask([&](const state::State &s) { return s.incident(incident->id)->alerts.size(); }), std::size_t(2));
    }

    void complaint9_aGroupEndsWithItsLastMember()
    {
        QuietBench b(correlating(true, 2));
        const auto firing = [&] { return b.ask([](const state::State &s) { return s.alerts.correlated.at(s.symbols.find("correlation/storm")).firing; }); };
        b.fires(numbered(1));
        b.fires(numbered(2));
        b.fires(numbered(3));
        QCOMPARE(firing(), 3u);
        b.resolves(numbered(2));
        QCOMPARE(firing(), 2u);
        QVERIFY(!b.ask([](const state::State &s) { return s.alerts.correlated.at(s.symbols.find("correlation/storm")).endedAt; }));
        b.resolves(numbered(1));
        b.resolves(numbered(3));
        QCOMPARE(firing(), 0u);
        QVERIFY(b.ask([](const state::State &s) { return s.alerts.correlated.at(s.symbols.find("correlation/storm")).endedAt; }));
    }

    void complaint10_belowItsThresholdARuleSaysNothing()
    {
        QuietBench b(correlating(true, 3, 2));
        const auto one = b.fires(numbered(1)), three = b.fires(numbered(3)), five = b.fires(numbered(5));
        QCOMPARE(b.group(one), std::string("web")); // three, but of one service
        const auto two = b.fires(numbered(2));
        for (const auto &key : {one, two, three, five})
            QCOMPARE(b.group(key), std::string("correlation/storm"));
        QuietBench slow(correlating(true, 3));
        for (int i = 0; i < 6; ++i) { // never three within five minutes
            QCOMPARE(slow.group(slow.fires(numbered(i))), std::string(i % 2 == 0 ? "db" : "web"));
            slow.clock.advance(minutes(2) + seconds(31));
        }
    }

    void oneAlertThatComesOftenReachesTheThreshold()
    {
        QuietBench b(correlating(true, 3));
        for (int i = 0; i < 3; ++i) {
            if (i > 0) {
                b.clock.advance(seconds(40));
                b.resolves(kDisk);
                b.clock.advance(seconds(10));
            }
            const auto key = b.fires(kDisk);
            // The first opening is known no longer once it was followed by others; three later ones are.
            QCOMPARE(b.group(key), std::string("db"));
        }
        b.resolves(kDisk);
        b.clock.advance(seconds(10));
        QCOMPARE(b.group(b.fires(kDisk)), std::string("correlation/storm"));
    }

    void complaint11_aRuleMayOnlyAnnotate()
    {
        QuietBench b(correlating(false, 2));
        const auto one = b.fires(numbered(1)), two = b.fires(numbered(2));
        QCOMPARE(b.group(one), std::string("web"));
        QCOMPARE(b.group(two), std::string("db"));
        for (const auto &key : {one, two})
            QCOMPARE(b.ask([&](const state::State &s) { return std::string(s.text(s.alert(key)->correlation)); }), std::string("correlation/storm"));
    }

    void groupsAreSplitAndMergedByHand()
    {
        QuietBench b;
        const auto two = b.fires(numbered(2)), four = b.fires(numbered(4)), one = b.fires(numbered(1));
        const auto split = b.command(desk::SplitGroup{{four}, {}, "another cause"});
        VERIFY_RESULT(split);
        QCOMPARE(b.group(four), std::string("db (2)"));
        QCOMPARE(b.group(two), std::string("db"));
        VERIFY_RESULT(b.command(desk::MergeGroups{{"db"}, "web", "one cause"}));
        QCOMPARE(b.group(two), std::string("web"));
        QCOMPARE(b.group(b.fires(numbered(6))), std::string("web")); // also what joins later
        b.resolves(numbered(1));
        b.resolves(numbered(2));
        b.resolves(numbered(6));
        QCOMPARE(b.group(b.fires(numbered(8))), std::string("db")); // the merge ended with the group
        QVERIFY(!b.command(desk::MergeGroups{{"nowhere"}, "db", "r"}));
        QVERIFY(!b.command(desk::MergeGroups{{"db (2)"}, "db", " "})); // a split needs no reason, a merge does
        Q_UNUSED(one)
        QCOMPARE(b.dumped(), b.committed());
    }
};

QD_TEST(TestAlarms)
#include "tst_alarms.moc"
