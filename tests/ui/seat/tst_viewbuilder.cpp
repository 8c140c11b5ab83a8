// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/viewbuilder.h"

#include "core/triage/inhibitions.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/ui/seat/viewscene.h"
#include "ui/seat/alikes.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;
using seat::Looking;
using seat::ViewBuilder;

class TestViewBuilder final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsLikelyAConsequenceSaysOfWhatAndWhatIsFoldedSaysUnderWhat()
    {
        ViewScene s;
        s.fire("DbDown", "db", "critical", minutes(5));
        s.fire("WebErrors", "frontend", "critical", minutes(3)); // an alias of web
        s.fire("MailStuck", "mail", "critical", minutes(1));
        const auto rowOf = [&](const char *title) {
            const auto v = s.view();
            const auto it = std::find_if(v->active.begin(), v->active.end(), [&](const auto &r) { return r.title == QLatin1String(title); });
            return it == v->active.end() ? view::AlertRow{} : *it;
        };
        QCOMPARE(rowOf("WebErrors").suspect, QStringLiteral("db"));
        QVERIFY(!rowOf("WebErrors").folded);
        QVERIFY(rowOf("DbDown").suspect.isEmpty());
        QVERIFY(rowOf("MailStuck").suspect.isEmpty());
        events::EscalationStarted call{1, "shop", {}, "web", "WebErrors", false, {}, {"core", Path::Own}};
        call.group = rowOf("WebErrors").group.toStdString();
        s.log.record(events::Events{call, events::SuspectNamed{1, {}, "web", "db", {"web", "cart", "db"}, {}},
                                    events::CallFolded{1, {}, "web", "db", "web-db", s.log.now() + minutes(10), {}}});
        QVERIFY(rowOf("WebErrors").folded);
        QCOMPARE(rowOf("WebErrors").suspect, QStringLiteral("db"));
        const auto v = s.view();
        const auto db = std::find_if(v->nodes.begin(), v->nodes.end(), [](const auto &n) { return n.id == QLatin1String("db"); });
        QCOMPARE(db->folded, 1);
        QVERIFY(v->stack.escalations.at(0).folded);
        QCOMPARE(v->stack.escalations.at(0).path, QStringLiteral("web → cart → db"));
        s.log.record(events::CallUnfolded{1, {}, s.log.now(), {}});
        QVERIFY(!rowOf("WebErrors").folded);
    }

    void worstAndNewestComeFirst()
    {
        ViewScene s;
        s.fire("Old", "db", "critical", minutes(5));
        s.fire("Low", "db", "info");
        s.fire("New", "web", "critical");
        const auto v = s.view();
        QCOMPARE(v->active.size(), std::size_t(3));
        QCOMPARE(v->active[0].title, QStringLiteral("New"));
        QCOMPARE(v->active[1].title, QStringLiteral("Old"));
        QCOMPARE(v->active[2].title, QStringLiteral("Low"));
    }

    void whatAlertsHaveInCommonIsSaidWithWhoReportsTheOthers()
    {
        ViewScene s;
        s.fire("DbDown", "db", "critical");
        s.fire("DbSlow", "db", "critical");
        QStringList keys;
        const auto both = s.view();
        for (const auto &row : both->active)
            keys << row.key;
        s.fire("DbFull", "db", "warning");
        const view::Alike alike = seat::alikeOf(s.log.state, keys);
        QCOMPARE(alike.chosen, 2);
        const auto service = std::find_if(alike.common.begin(), alike.common.end(), [](const auto &l) { return l.name == QLatin1String("service"); });
        QVERIFY(service != alike.common.end());
        QCOMPARE(service->value, QStringLiteral("db"));
        QVERIFY(std::none_of(alike.common.begin(), alike.common.end(), [](const auto &l) { return l.name == QLatin1String("alertname"); }));
        QCOMPARE(alike.others.size(), std::size_t(1));
        QCOMPARE(alike.others[0].count, 1);
        QCOMPARE(alike.others[0].by, QStringList{QStringLiteral("am")});
        QVERIFY((alike.others[0].has & (1U << (service - alike.common.begin()))) != 0);
    }

    void heartbeatAlertIsNoRow()
    {
        ViewScene s;
        s.fire("Watchdog", "db", "none");
        QVERIFY(s.view()->active.empty());
    }

    void activeForADayIsStanding()
    {
        ViewScene s;
        s.fire("Forgotten", "db", "warning", hours(25));
        const auto v = s.view();
        QVERIFY(v->active.empty());
        QCOMPARE(v->standing.size(), std::size_t(1));
    }

    void floodAndFlappingAreWhatTheCoreConcluded()
    {
        ViewScene s;
        for (int i = 0; i < 11; ++i)
            s.fire(QString::number(i).toStdString(), "db", "warning");
        QVERIFY(!s.view()->strip.flood); // nobody has said so
        QCOMPARE(s.view()->strip.last10, 11);
        s.log.record(events::FloodBegan{11, {}});
        QVERIFY(s.view()->strip.flood);
        s.log.record(events::FloodEnded{s.log.now(), 11, 11, {}});
        QVERIFY(!s.view()->strip.flood);
        QVERIFY(!s.view()->active.front().chattering);
        const auto &a = s.log.state.alerts.all.back(); // the newest is first in the list
        s.log.record(events::AlertsFlapped{std::string(s.log.state.text(a.set)), {a.fingerprint}, true, {}});
        QVERIFY(s.view()->active.front().chattering);
    }

    void aShelvedAlertKeepsItsBarAndIsMarkedQuiet()
    {
        ViewScene s;
        s.fire("DiskFull", "db", "warning");
        QVERIFY(!s.view()->spans.at(0).quiet);
        const auto &a = s.log.state.alerts.all.front();
        events::SuppressionPlaced e;
        e.kind = events::SuppressorKind::Shelf;
        e.number = 1;
        e.keys = {s.log.state.key(a)};
        e.from = s.log.now();
        e.until = s.log.now() + hours(1);
        s.log.record(events::Event(e));
        events::AlertsSuppressed quiet;
        quiet.names = {"", std::string(s.log.state.text(a.set)), "shelf/1"};
        quiet.set = {1};
        quiet.fingerprint = {a.fingerprint};
        quiet.suppression = {static_cast<std::uint8_t>(Suppression::Shelved)};
        quiet.by = {2};
        quiet.announce = {0};
        quiet.reason = {0};
        quiet.because = {{"shelf/1", {}, {}}};
        s.log.record(events::Event(quiet));
        const auto v = s.view();
        QCOMPARE(v->shelf.size(), std::size_t(1));
        QCOMPARE(v->spans.size(), std::size_t(1));
        QVERIFY(v->spans[0].quiet);
    }

    /// karma#625: a silence that matches nothing was seen nowhere.
    void complaint23_whatPeoplePlacedIsListedWithItsEndAndWhetherItMatches()
    {
        ViewScene s;
        s.fire("DiskFull", "db", "warning");
        events::SuppressionPlaced e;
        e.number = 1;
        e.matchers = {{"alertname", "DiskFull", false, true}};
        e.from = s.log.now();
        e.until = s.log.now() + hours(1);
        e.reason = "known";
        e.owner = "ana";
        s.log.record(events::Event(e));
        auto v = s.view();
        QCOMPARE(v->silences.size(), std::size_t(1));
        QCOMPARE(v->silences.front().id, QStringLiteral("silence/1"));
        QVERIFY(v->silences.front().idle);
        QCOMPARE(v->strip.overrides, 1);
        const auto &a = s.log.state.alerts.all.front();
        events::AlertsSuppressed quiet;
        quiet.names = {"", std::string(s.log.state.text(a.set)), "silence/1"};
        quiet.set = {1};
        quiet.fingerprint = {a.fingerprint};
        quiet.suppression = {static_cast<std::uint8_t>(Suppression::Silenced)};
        quiet.by = {2};
        quiet.announce = {0};
        quiet.reason = {0};
        quiet.because = {{"silence/1", {}, {}}};
        s.log.record(events::Event(quiet));
        v = s.view();
        QVERIFY(!v->silences.front().idle);
        QVERIFY(v->active.empty());
        QCOMPARE(v->suppressed.size(), std::size_t(1));
        QCOMPARE(v->suppressed.front().suppressedBy, QStringLiteral("silence/1"));
    }

    void focusIsTheMostSevereOpenIncidentUnlessChosen()
    {
        ViewScene s;
        s.log.record(anIncident("INC-1").titled("small").severity(IncidentSeverity::Sev3).event());
        s.log.record(anIncident("INC-2").titled("large").severity(IncidentSeverity::Sev1).event());
        QCOMPARE(s.view()->focus, QStringLiteral("INC-2"));
        s.looking.incident = QStringLiteral("INC-1");
        QCOMPARE(s.view()->focus, QStringLiteral("INC-1"));
    }

    void detailSaysWhyAndThatNobodyWasCalled()
    {
        ViewScene s;
        s.fire("Down", "db", "critical");
        s.looking.alert = s.view()->active.front().key;
        const auto v = s.view();
        QCOMPARE(v->detail.key, s.looking.alert);
        QVERIFY(!v->detail.labels.empty());
        QVERIFY(std::any_of(v->detail.because.begin(), v->detail.because.end(), [](const auto &b) { return b.text.contains(QStringLiteral("nobody was called")); }));
        QVERIFY(std::is_sorted(v->detail.because.begin(), v->detail.because.end(), [](const auto &a, const auto &b) { return a.at < b.at; }));
    }

    void aHeartbeatShowsItsLastBeatItsNextTripAndWhoMutedIt()
    {
        ViewScene s;
        Workspace w = aWorkspace();
        HeartbeatRule rule;
        rule.id = "nightly";
        rule.interval = minutes(10);
        rule.grace = minutes(1);
        rule.misses = 2;
        rule.of = 3;
        w.heartbeats = {rule, rule};
        w.heartbeats[1].id = "other";
        s.log.record(withWorkspace(w));
        const Instant beat = s.log.now();
        s.log.record(events::Event(events::PingsSeen{"other", "am", {beat.ns}, {0}, {0}, 1, false}));
        events::HeartbeatTurned turned;
        turned.heartbeat = "other";
        turned.phase = events::HeartbeatPhase::Healthy;
        turned.because.matched = {"heard"};
        s.log.record(events::Event(turned));
        events::SuppressionPlaced mute;
        mute.number = 1;
        mute.matchers = {{"heartbeat", "nightly", false, true}};
        mute.until = s.log.now() + hours(1);
        mute.owner = "ana";
        mute.reason = "moved";
        s.log.record(events::Event(mute));
        auto v = s.view();
        QCOMPARE(v->heartbeats.size(), std::size_t(2));
        QCOMPARE(v->heartbeats[0].id, QStringLiteral("other")); // worst first, and awaiting is the least
        QVERIFY(v->heartbeats[0].last == beat);
        QVERIFY(v->heartbeats[0].expected == beat + minutes(10));
        QVERIFY(v->heartbeats[0].trips == beat + minutes(21)); // the second miss trips
        QCOMPARE(v->heartbeats[0].why, QStringLiteral("heard"));
        QVERIFY(v->heartbeats[1].state == view::HeartbeatRow::State::Awaiting);
        QCOMPARE(v->heartbeats[1].muteReason, QStringLiteral("moved"));
        QVERIFY(v->heartbeats[1].mutedUntil == mute.until);
        s.looking.heard["heartbeat/other"] = beat + minutes(9); // not journaled yet
        v = s.view();
        QVERIFY(v->heartbeats[0].last == beat + minutes(9));
        QVERIFY(v->heartbeats[0].trips == beat + minutes(30));
    }

    void newerSignsOfLifeThanTheJournalsAreShown()
    {
        ViewScene s;
        s.looking.heard["am"] = s.log.now() + seconds(5);
        const auto v = s.view();
        QCOMPARE(v->strip.feeds.size(), std::size_t(1));
        QCOMPARE(v->strip.feeds.front().lastSeen.ns, s.looking.heard["am"].ns);
        QCOMPARE(v->strip.feeds.front().pending, 0);
        s.looking.pending["am"] = 3; // never journaled
        QCOMPARE(s.view()->strip.feeds.front().pending, 3);
        QVERIFY(!v->strip.armed);
    }

    void aRemovedConnectionIsNotListedAndNotArmed()
    {
        ViewScene s;
        s.log.record(withConnection("chat", "xmpp")).record(events::ConnectionArmed{"chat", static_cast<Writes>(Write::Posts), {"ana", Path::Person}});
        QCOMPARE(s.view()->strip.feeds.size(), std::size_t(2));
        QVERIFY(s.view()->strip.armed);
        s.looking.heard["chat"] = s.log.now(); // a last word that came late
        s.log.record(events::ConnectionRemoved{"chat", {"ana", Path::Person}});
        const auto v = s.view();
        QCOMPARE(v->strip.feeds.size(), std::size_t(1));
        QCOMPARE(v->strip.feeds.front().name, QStringLiteral("am"));
        QVERIFY(!v->strip.armed);
    }

    void aGapOfTheLogIsNoneOfAChatRoom()
    {
        ViewScene s;
        s.log.record(anIncident().event()).record(events::RecordGap{s.log.now(), "the disk is full"});
        const auto v = s.view();
        const auto gap = std::find_if(v->timeline.begin(), v->timeline.end(), [](const view::TimelineEntry &e) { return e.kind == QLatin1String("gap"); });
        QVERIFY(gap != v->timeline.end());
        QVERIFY(gap->text.contains(QStringLiteral("UNRECORDED")));
        QCOMPARE(gap->lane, view::Lane::People);
    }

    void anotherLogForgetsTheOldTexts()
    {
        ViewScene s;
        s.fire("Down", "db", "critical");
        (void)s.view();
        ViewScene other;
        other.fire("Else", "web", "warning");
        s.builder.reset();
        other.looking.now = other.log.now();
        QCOMPARE(s.builder.build(other.log.state, other.looking)->active.front().title, QStringLiteral("Else"));
    }

    void theMapSaysHowManyDependOnWhatFires()
    {
        ViewScene s;
        s.fire("DbDown", "db", "critical", minutes(5));
        const auto v = s.view();
        for (const view::MapNode &n : v->nodes) {
            QCOMPARE(n.dependents, n.id == QLatin1String("db") ? 2 : 0); // cart, and web over it
            QVERIFY(!n.firstOut); // it is alone in its group
        }
    }

    void theTickerSaysWhatWasRecordedLastAndNoWordsOfWhatIsNotInFocus()
    {
        ViewScene s;
        s.log.record(anIncident("INC-1").titled("One").event()).record(anIncident("INC-2").titled("Two").event());
        s.log.record(events::LogWritten{"INC-1", "still looking", kAna});
        s.looking.incident = QStringLiteral("INC-1");
        auto r = s.view()->recorded;
        QCOMPARE(r.seq, s.log.state.seq);
        QVERIFY(r.who == QLatin1String("Ana") && r.text == QLatin1String("still looking") && r.kind == QLatin1String("log") && r.incident == QLatin1String("INC-1"));
        s.log.record(events::LogWritten{"INC-2", "a word of its own", kAna});
        r = s.view()->recorded;
        QCOMPARE(r.seq, s.log.state.seq);
        QVERIFY(r.incident == QLatin1String("INC-2") && r.text.isEmpty());
        s.looking.incident = QStringLiteral("INC-2");
        QCOMPARE(s.view()->recorded.text, QStringLiteral("a word of its own"));
        s.log.record(events::ChangeSeen{"db", "deploy 4.2", "", "ci", s.log.now() - hours(1), {}, ""}); // it was an hour ago, and recorded now
        r = s.view()->recorded;
        QVERIFY(r.text == QLatin1String("deploy 4.2") && r.who == QLatin1String("ci") && r.incident.isEmpty() && r.seq == s.log.state.seq);
        QCOMPARE(r.at, s.log.now());
    }

    void anInhibitedAlertSaysWhichAlertInhibitsItWhileThatFires()
    {
        ViewScene s;
        s.log.record(decided(aBatch("am", s.log.now()).alert({{"alertname", "SwitchDown"}, {"instance", "rack-3"}, {"service", "net"}}).severity("critical").build()));
        s.fire("DiskSlow", "db", "warning");
        const state::Alert source = s.log.state.alerts.all[0], target = s.log.state.alerts.all[1];
        InhibitionRule rule;
        rule.id = "rack";
        rule.source = {{"alertname", "SwitchDown", false, true}};
        events::AlertsSuppressed quiet;
        quiet.names = {"", "am", "inhibition/rack"};
        quiet.set = {1};
        quiet.fingerprint = {target.fingerprint};
        quiet.suppression = {static_cast<std::uint8_t>(Suppression::Inhibited)};
        quiet.by = {2};
        quiet.announce = {0};
        quiet.reason = {0};
        quiet.because = {triage::Inhibitions::because(s.log.state, {&rule, 0})};
        s.log.record(events::Event(quiet));
        QCOMPARE(triage::Inhibitions::sourceIn(quiet.because[0]), s.log.state.key(source));
        QCOMPARE(s.view()->suppressed.at(0).suppressedBy, QStringLiteral("inhibition/rack · SwitchDown rack-3"));
        s.log.record(events::AlertsEnded{"am", {source.fingerprint}, s.log.now(), {}});
        QCOMPARE(s.view()->suppressed.at(0).suppressedBy, QStringLiteral("inhibition/rack")); // until the rule says otherwise
        QVERIFY(triage::Inhibitions::sourceIn({"silence/1", {"x fires: am/1"}, {}}).empty());
    }

    void whatCameFirstInAGroupOfSeveralIsMarkedAndWhereItBeganIsMarkedOnTheMap()
    {
        ViewScene s;
        s.fire("WebErrors", "web", "critical", minutes(3)); // heard of first, and began later
        s.fire("WebSlow", "web", "warning", minutes(2));
        s.fire("DbDown", "db", "critical", minutes(5));
        s.fire("DbLag", "db", "critical", minutes(4));
        s.fire("MailStuck", "mail", "critical", minutes(9)); // before all of them, but alone in its group
        const auto marked = [&] {
            QStringList rows, services;
            const auto v = s.view();
            for (const view::AlertRow &r : v->active)
                if (r.firstOut)
                    rows << r.title;
            for (const view::MapNode &n : v->nodes)
                if (n.firstOut)
                    services << n.id;
            rows.sort();
            return rows.join(QLatin1Char(',')) + QLatin1Char('|') + services.join(QLatin1Char(','));
        };
        QCOMPARE(marked(), QStringLiteral("DbDown,WebErrors|db"));
        const auto end = [&](const char *title) {
            for (const state::Alert &a : s.log.state.alerts.all)
                if (s.log.state.label(a, "alertname") == title)
                    return events::AlertsEnded{"am", {a.fingerprint}, s.log.now(), {}};
            return events::AlertsEnded{};
        };
        s.log.record(end("DbDown")); // what began it is over: nothing that fires now was first there
        QCOMPARE(marked(), QStringLiteral("WebErrors|web"));
    }
};

QD_TEST(TestViewBuilder)
#include "tst_viewbuilder.moc"
