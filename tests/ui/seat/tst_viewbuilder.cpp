// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/viewbuilder.h"

#include "core/triage/inhibitions.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;
using seat::Looking;
using seat::ViewBuilder;

namespace {

struct Scene {
    Log log;
    ViewBuilder builder;
    Looking looking;
    Scene()
    {
        log.record(withWorkspace()).record(withConnection("am"));
        looking.person = QStringLiteral("ana");
    }
    void fire(const std::string &name, const std::string &service, const std::string &severity, Span ago = seconds(10))
    {
        log.record(decided(aBatch("am", log.now()).alert({{"alertname", name}, {"service", service}}).severity(severity).startsAt(log.now() - ago).build()));
    }
    view::ViewModelPtr view()
    {
        looking.now = log.now();
        return builder.build(log.state, looking);
    }
};

} // namespace

class TestViewBuilder final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsLikelyAConsequenceSaysOfWhatAndWhatIsFoldedSaysUnderWhat()
    {
        Scene s;
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
        Scene s;
        s.fire("Old", "db", "critical", minutes(5));
        s.fire("Low", "db", "info");
        s.fire("New", "web", "critical");
        const auto v = s.view();
        QCOMPARE(v->active.size(), std::size_t(3));
        QCOMPARE(v->active[0].title, QStringLiteral("New"));
        QCOMPARE(v->active[1].title, QStringLiteral("Old"));
        QCOMPARE(v->active[2].title, QStringLiteral("Low"));
    }

    void heartbeatAlertIsNoRow()
    {
        Scene s;
        s.fire("Watchdog", "db", "none");
        QVERIFY(s.view()->active.empty());
    }

    void activeForADayIsStanding()
    {
        Scene s;
        s.fire("Forgotten", "db", "warning", hours(25));
        const auto v = s.view();
        QVERIFY(v->active.empty());
        QCOMPARE(v->standing.size(), std::size_t(1));
    }

    void floodAndFlappingAreWhatTheCoreConcluded()
    {
        Scene s;
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

    void aCallShowsItsWaysAndRingsForWhoSitsHere()
    {
        Scene s;
        Workspace w = aWorkspace();
        for (Service &service : w.services)
            service.paging = Paging::Own;
        s.log.record(withWorkspace(std::move(w))).record(withConnection("mail", "smtp", static_cast<Writes>(Write::Pages)));
        s.log.record(anIncident("INC-1").service("db").event());
        events::EscalationStarted started;
        started.escalation = 1;
        started.policy = "shop";
        started.incident = "INC-1";
        started.about = "Shop is down";
        started.observed = false;
        events::StepReached step;
        step.escalation = 1;
        step.incident = "INC-1";
        step.people = {"ana", "ben"};
        step.until = s.log.now() + minutes(5);
        events::OutboxQueued page;
        page.number = 1;
        page.effect = events::Effect::Page;
        page.connection = "mail";
        page.incident = "INC-1";
        page.person = "ana";
        page.subject = "page/1/1";
        page.escalation = 1;
        const events::WriteWithheld withheld{events::Effect::Page, {}, "INC-1", "ben", "", "no address is bound to ben"};
        s.log.record(events::Events{started, step, page, withheld, events::PageBundled{1, 1, "INC-1", "ben", {}}});
        s.log.record(events::OutboxMoved{1, Delivery::Queued, "", "no line", "INC-1"});
        auto v = s.view();
        QCOMPARE(v->stack.escalations.size(), std::size_t(1));
        const auto pages = v->stack.escalations[0].steps[0].pages;
        QCOMPARE(pages.size(), std::size_t(3));
        QVERIFY(pages[0].person == QLatin1String("Ana") && pages[0].channel == QLatin1String("mail") && pages[0].delivery == QLatin1String("queued") && pages[0].reason == QLatin1String("no line"));
        QVERIFY(pages[1].person == QLatin1String("Ben") && pages[1].delivery == QLatin1String("withheld"));
        QCOMPARE(pages[2].delivery, QStringLiteral("bundled"));
        QCOMPARE(v->calls.size(), std::size_t(1));
        QCOMPARE(v->calls[0].about, QStringLiteral("Shop is down"));
        s.looking.person = QStringLiteral("eve");
        QVERIFY(s.view()->calls.empty());
        s.looking.person = QStringLiteral("ana");
        s.log.record(events::EscalationAcknowledged{1, "INC-1", {"ben", Path::Person}});
        QVERIFY(s.view()->calls.empty());
    }

    void anAnsweredStepSaysWhenItWasAnsweredNotWhenItWasCalled()
    {
        Scene s;
        s.log.record(anIncident("INC-1").service("db").event());
        events::EscalationStarted started;
        started.escalation = 1;
        started.policy = "shop";
        started.incident = "INC-1";
        events::StepReached step;
        step.escalation = 1;
        step.incident = "INC-1";
        step.people = {"ana"};
        step.until = s.log.now() + minutes(5);
        s.log.record(events::Events{started, step});
        const Instant called = s.log.state.time;
        s.log.record(events::EscalationAcknowledged{1, "INC-1", {"ana", Path::Person}});
        const auto shown = s.view()->stack.escalations.at(0).steps.at(0);
        QCOMPARE(shown.at.ns, called.ns);
        QCOMPARE(shown.answeredAt.ns, s.log.state.time.ns);
        QVERIFY(shown.answeredAt > shown.at);
    }

    void rolesOfTheTeamsOwnMakingStandBelowTheOthers()
    {
        Scene s;
        s.log.record(anIncident("INC-1").service("db").event());
        events::RoleAssumed e;
        e.incident = "INC-1";
        e.title = "Database lead";
        e.person = "ben";
        s.log.record(events::Event(e));
        const auto v = s.view();
        QCOMPARE(v->stack.roles.back().own, QStringLiteral("Database lead"));
        QCOMPARE(v->stack.roles.back().person, QStringLiteral("Ben"));
        QVERIFY(v->stack.roles.front().own.isEmpty());
    }

    void shiftsOfferedToOrByWhoSitsHereWaitAndChangesOfSchedulesStandUntilTheyEnd()
    {
        Scene s;
        s.log.record(events::Event(events::ShiftOffered{1, "ana", "2 standing", "quiet", "disk", {"ben", Path::Person}}));
        QCOMPARE(s.view()->shifts.size(), std::size_t(1));
        QVERIFY(s.view()->shifts[0].toYou);
        QCOMPARE(s.view()->shifts[0].from, QStringLiteral("Ben"));
        s.looking.person = QStringLiteral("ben");
        QVERIFY(!s.view()->shifts.at(0).toYou);
        s.looking.person = QStringLiteral("eve");
        QVERIFY(s.view()->shifts.empty());
        const Instant now = s.log.now();
        s.log.record(events::Event(events::ScheduleOverridden{"pay", "", {{1, OverrideKind::Replace, {"ben"}, "ana", now, now + hours(2)}, {2, OverrideKind::Add, {"ben"}, "", now, now + minutes(1)}}, {}, "ill", {"ana", Path::Person}}));
        s.log.record(events::Event(events::ScheduleOverridden{"pay", "calendar/x", {{3, OverrideKind::Temporary, {"ana"}, "", now, now + hours(9)}}, {}, "", {"ana", Path::Person}}));
        s.looking.now = now;
        auto v = s.builder.build(s.log.state, s.looking);
        QCOMPARE(v->scheduleChanges.size(), std::size_t(2)); // a calendar is the plan
        QCOMPARE(v->scheduleChanges[0].number, 2u);
        QVERIFY(v->scheduleChanges[1].what.contains(QStringLiteral("Ben in place of Ana")));
        s.looking.now = now + hours(1);
        QCOMPARE(s.builder.build(s.log.state, s.looking)->scheduleChanges.size(), std::size_t(1));
    }

    void aShelvedAlertKeepsItsBarAndIsMarkedQuiet()
    {
        Scene s;
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
        Scene s;
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

    void whatThisPersonDidIsListedUntilItIsTakenBackAndHeldAlertsStayInTheQueue()
    {
        Scene s;
        s.fire("Slow", "db", "critical");
        const std::string key = s.log.state.key(s.log.state.alerts.all.front());
        s.log.record(events::AlertsAcknowledged{{key}, {}, {"ana", Path::Person}});
        s.log.record(events::AlertsAssigned{{key}, "ben", {"ben", Path::Person}}); // somebody else's
        events::SuppressionPlaced held;
        held.kind = events::SuppressorKind::Held;
        held.number = 1;
        held.keys = {key};
        held.until = s.log.now() + minutes(30);
        held.reason = "the vendor";
        held.owner = "ana";
        held.by = {"ana", Path::Person};
        s.log.record(events::Event(held));
        auto v = s.view();
        QCOMPARE(v->active.size(), std::size_t(1));
        QVERIFY(v->active.front().held);
        QCOMPARE(v->silences.size(), std::size_t(1));
        QVERIFY(v->silences[0].id == QLatin1String("held/1") && !v->silences[0].idle); // it holds what fires
        QCOMPARE(v->overrides.size(), std::size_t(2));
        QCOMPARE(v->overrides[0].kind, QStringLiteral("held"));
        QCOMPARE(v->overrides[0].alerts, 1);
        QCOMPARE(v->overrides[0].until.ns, held.until.ns);
        QVERIFY(v->overrides[0].undoable);
        QCOMPARE(v->overrides[1].kind, QStringLiteral("acknowledged"));
        s.log.record(events::OverrideUndone{v->overrides[0].record, {"ana", Path::Person}});
        v = s.view();
        QCOMPARE(v->overrides.size(), std::size_t(1));
        QCOMPARE(v->overrides[0].kind, QStringLiteral("acknowledged"));
    }

    void focusIsTheMostSevereOpenIncidentUnlessChosen()
    {
        Scene s;
        s.log.record(anIncident("INC-1").titled("small").severity(IncidentSeverity::Sev3).event());
        s.log.record(anIncident("INC-2").titled("large").severity(IncidentSeverity::Sev1).event());
        QCOMPARE(s.view()->focus, QStringLiteral("INC-2"));
        s.looking.incident = QStringLiteral("INC-1");
        QCOMPARE(s.view()->focus, QStringLiteral("INC-1"));
    }

    void detailSaysWhyAndThatNobodyWasCalled()
    {
        Scene s;
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
        Scene s;
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
        Scene s;
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
        Scene s;
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

    void rolesShowTheirGaps()
    {
        Scene s;
        s.log.record(anIncident().event()).record(events::RoleAssumed{"INC-1", Role::Commander, "ana", {"ana", Path::Person}});
        const auto v = s.view();
        QVERIFY(v->stack.roles.size() >= 4);
        QCOMPARE(v->stack.roles[0].person, QStringLiteral("Ana"));
        QVERIFY(v->stack.roles[0].you);
        QVERIFY(v->stack.roles[1].person.isEmpty());
        QVERIFY(v->incidents.front().commandedByYou);
    }

    void aGapOfTheLogIsNoneOfAChatRoom()
    {
        Scene s;
        s.log.record(anIncident().event()).record(events::RecordGap{s.log.now(), "the disk is full"});
        const auto v = s.view();
        const auto gap = std::find_if(v->timeline.begin(), v->timeline.end(), [](const view::TimelineEntry &e) { return e.kind == QLatin1String("gap"); });
        QVERIFY(gap != v->timeline.end());
        QVERIFY(gap->text.contains(QStringLiteral("UNRECORDED")));
        QCOMPARE(gap->lane, view::Lane::People);
    }

    void aLineAboutSomethingEarlierShowsBothTimesAndWhoIsDeputyTheirCallOut()
    {
        Scene s;
        const events::Actor ana{"ana", Path::Person};
        s.log.record(anIncident().event(), hours(1)).record(events::RoleAssumed{"INC-1", Role::Deputy, "ana", ana});
        const Instant then = s.log.now() - minutes(30);
        s.log.record(events::LogWritten{"INC-1", "the cash was emptied", ana, then}).record(events::LogRevised{"INC-1", "the cache was emptied", "entry/3", ana});
        s.log.record(events::DeputyCalledOut{"INC-1", "ana", "Ana, say where it stands: 60m", {}});
        const auto v = s.view();
        const auto line = std::find_if(v->timeline.begin(), v->timeline.end(), [](const view::TimelineEntry &e) { return e.kind == QLatin1String("log"); });
        QVERIFY(line != v->timeline.end());
        QCOMPARE(line->at, then);
        QVERIFY2(line->text.startsWith(QStringLiteral("the cache was emptied (written down ")), qPrintable(line->text));
        QVERIFY(line->edited);
        QCOMPARE(line->own, QStringLiteral("the cache was emptied")); // Ana sits here, and may put it otherwise
        s.looking.person = QStringLiteral("ben");
        for (const view::TimelineEntry &e : s.view()->timeline)
            QVERIFY(e.own.isEmpty());
        QCOMPARE(v->stack.leading.callOut, QStringLiteral("Ana, say where it stands: 60m"));
        QCOMPARE(v->stack.leading.calledOutAt, s.log.now());
    }

    void aTaskSaysWhoTookItOnAndUntilWhenSomebodyIsTo()
    {
        Scene s;
        const events::Actor ana{"ana", Path::Person};
        s.log.record(anIncident().event(), hours(1)).record(events::TaskAssigned{"INC-1", "ana", "check lag", 1, s.log.now() + minutes(20), ana});
        const view::TaskRow open = s.view()->stack.tasks.at(0);
        QVERIFY(open.acceptedBy.isEmpty());
        QVERIFY(open.acceptBy && open.acceptBy < open.due);
        s.log.record(events::TaskAccepted{"INC-1", 1, ana});
        const view::TaskRow taken = s.view()->stack.tasks.at(0);
        QCOMPARE(taken.acceptedBy, taken.assignee);
        QVERIFY(!taken.acceptBy);
    }

    void anotherLogForgetsTheOldTexts()
    {
        Scene s;
        s.fire("Down", "db", "critical");
        (void)s.view();
        Scene other;
        other.fire("Else", "web", "warning");
        s.builder.reset();
        other.looking.now = other.log.now();
        QCOMPARE(s.builder.build(other.log.state, other.looking)->active.front().title, QStringLiteral("Else"));
    }

    void aTemplateIsAsItsAudienceReadsItAndMayBeTold()
    {
        Scene s;
        Workspace w = aWorkspace();
        w.templates.push_back({"status", "Status", "customers", "Now: {{title}}", {}, {}});
        w.templates.back().bodies["de"] = "Jetzt: {{title}}";
        w.audienceLanguages["customers"] = "de";
        ClearanceRule customers, technical;
        customers.id = "customers";
        customers.level = DataClass::Internal;
        customers.audiences = {"customers"};
        customers.services = {"mail"};
        technical.id = "responders";
        technical.level = DataClass::Confidential;
        technical.audiences = {"technical"};
        technical.incidents = {"INC-1"};
        w.clearances = {customers, technical};
        s.log.record(withWorkspace(w)).record(events::Event(anIncident("INC-1").service("web").event())).record(events::Event(anIncident("INC-2").service("mail").event()));
        s.looking.incident = QStringLiteral("INC-1");
        auto v = s.view();
        QCOMPARE(v->templates.front().body, QStringLiteral("Jetzt: {{title}}"));
        QCOMPARE(v->templates.front().language, QStringLiteral("de"));
        QCOMPARE(v->templates.front().clearance, DataClass::Public);
        QCOMPARE(v->paper, DataClass::Confidential);
        s.looking.incident = QStringLiteral("INC-2");
        v = s.view();
        QCOMPARE(v->templates.front().clearance, DataClass::Internal);
        QCOMPARE(v->paper, DataClass::Internal);
    }

    void theMapSaysHowManyDependOnWhatFires()
    {
        Scene s;
        s.fire("DbDown", "db", "critical", minutes(5));
        const auto v = s.view();
        for (const view::MapNode &n : v->nodes) {
            QCOMPARE(n.dependents, n.id == QLatin1String("db") ? 2 : 0); // cart, and web over it
            QVERIFY(!n.firstOut); // it is alone in its group
        }
    }

    void theTickerSaysWhatWasRecordedLastAndNoWordsOfWhatIsNotInFocus()
    {
        Scene s;
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
        Scene s;
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
        Scene s;
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

    void commandOfferedToMeOrTakenFromMeIsThereWhateverIsInFocus()
    {
        const events::Actor ben{"ben", Path::Person};
        Log log;
        log.record(withWorkspace());
        log.record(anIncident("INC-1").titled("One").by("ana").event()).record(anIncident("INC-2").titled("Two").by("ben").event());
        log.record(events::RoleAssumed{"INC-1", Role::Commander, "ana", kAna}).record(events::RoleAssumed{"INC-2", Role::Commander, "ben", ben});
        log.record(events::CommandClaimed{"INC-1", "ana", "she sleeps", log.now() + seconds(60), {}, ben});
        log.record(events::CommandOffered{"INC-2", "ana", "", "take over", "", "", ben});
        seat::ViewBuilder builder;
        seat::Looking looking;
        looking.now = log.now();
        looking.person = QStringLiteral("ana");
        const auto mine = builder.build(log.state, looking)->commandCalls;
        QCOMPARE(mine.size(), std::size_t(2));
        QVERIFY(mine[0].isClaim && mine[0].incident == QLatin1String("INC-1") && mine[0].from == QLatin1String("Ben") && mine[0].until > looking.now);
        QVERIFY(!mine[1].isClaim && mine[1].why == QLatin1String("take over"));
        looking.person = QStringLiteral("ben");
        QVERIFY(builder.build(log.state, looking)->commandCalls.empty());
    }
};

QD_TEST(TestViewBuilder)
#include "tst_viewbuilder.moc"
