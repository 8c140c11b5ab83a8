// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/viewbuilder.h"

#include "tests/support/suite.h"
#include "tests/ui/seat/viewscene.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;
using seat::Looking;
using seat::ViewBuilder;

/// What the window shows of people: who is called, leads, was offered what, and what is written for whom.
class TestViewPeople final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatWaitsShowsWhereItWasSaidInsteadUntilItArrives()
    {
        ViewScene s;
        s.log.record(anIncident("INC-1").event());
        s.log.record(events::UpdateIssued{"INC-1", "status", "technical", "we look at the pool", 1, {}, {"ana", Path::Person}});
        events::OutboxQueued post;
        post.number = 1;
        post.connection = "slack";
        post.incident = "INC-1";
        post.room = "inc-1@acme.slack.com";
        post.subject = "update/1";
        events::OutboxQueued instead = post;
        instead.number = 2;
        instead.connection = "irc";
        instead.room = "ops@irc.test";
        instead.subject = "instead/1";
        instead.instead = 1;
        s.log.record(post).record(instead);
        auto v = s.view();
        QCOMPARE(v->stack.updates.size(), std::size_t(1));
        QCOMPARE(v->stack.updates[0].delivery + QLatin1Char(' ') + v->stack.updates[0].instead, QStringLiteral("queued irc/ops@irc.test"));
        const auto line = std::find_if(v->timeline.begin(), v->timeline.end(), [](const view::TimelineEntry &e) { return e.kind == QLatin1String("update"); });
        QVERIFY(line != v->timeline.end());
        QCOMPARE(line->instead, QStringLiteral("irc/ops@irc.test"));
        s.log.record(events::OutboxMoved{1, Delivery::Confirmed, "m1", "", "INC-1"});
        v = s.view();
        QVERIFY(v->stack.updates[0].instead.isEmpty());
    }

    void aCallShowsItsWaysAndRingsForWhoSitsHere()
    {
        ViewScene s;
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

    void alertsThatCallByThemselvesRingToo()
    {
        ViewScene s;
        events::EscalationStarted started;
        started.escalation = 1;
        started.policy = "shop";
        started.service = "db";
        started.about = "Disk is full";
        started.observed = false;
        started.group = "disk";
        started.severity = AlertSeverity::Critical;
        events::StepReached step;
        step.escalation = 1;
        step.people = {"ana"};
        step.until = s.log.now() + minutes(5);
        s.log.record(events::Events{started, step});
        const auto v = s.view();
        QCOMPARE(v->calls.size(), std::size_t(1));
        QVERIFY(v->calls[0].incident.isEmpty());
        QCOMPARE(v->calls[0].escalation, QStringLiteral("escalation/1"));
        QCOMPARE(v->calls[0].about, QStringLiteral("Disk is full"));
        QCOMPARE(v->calls[0].alert, AlertSeverity::Critical);
        s.looking.person = QStringLiteral("ben");
        QVERIFY(s.view()->calls.empty());
        s.looking.person = QStringLiteral("ana");
        s.log.record(events::EscalationAcknowledged{1, "", {"ana", Path::Person}});
        QVERIFY(s.view()->calls.empty());
    }

    void aDrillsCallSaysThatItIsOne()
    {
        ViewScene s;
        events::IncidentDeclared drill = anIncident("INC-1").service("db").event();
        drill.kind = "drill";
        events::EscalationStarted started;
        started.escalation = 1;
        started.policy = "shop";
        started.incident = "INC-1";
        started.observed = false;
        events::StepReached step;
        step.escalation = 1;
        step.incident = "INC-1";
        step.people = {"ana"};
        step.until = s.log.now() + minutes(5);
        s.log.record(events::Event(drill));
        s.log.record(events::Events{started, step});
        QVERIFY(s.view()->calls.at(0).drill);
    }

    void anAnsweredStepSaysWhenItWasAnsweredNotWhenItWasCalled()
    {
        ViewScene s;
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
        ViewScene s;
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
        ViewScene s;
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

    void whatThisPersonDidIsListedUntilItIsTakenBackAndHeldAlertsStayInTheQueue()
    {
        ViewScene s;
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

    void aRightTakenForATimeStandsUntilItIsOverAndSaysWhoseItIs()
    {
        ViewScene s;
        events::GlassBroken mine;
        mine.number = 1;
        mine.person = "ana";
        mine.right = Right::Command;
        mine.incidents = {"INC-1"};
        mine.reason = "nobody else is awake";
        mine.until = s.log.now() + minutes(30);
        mine.told = {"ben"};
        mine.by = {"ana", Path::Person};
        events::GlassBroken other = mine;
        other.number = 2;
        other.person = "ben";
        other.until = s.log.now() + minutes(20);
        s.log.record(mine).record(other);
        auto v = s.view();
        QCOMPARE(v->strip.glass.size(), std::size_t(2));
        QCOMPARE(v->strip.glass[0].number, 2u); // the one that ends first
        QVERIFY(!v->strip.glass[0].you && v->strip.glass[1].you);
        QCOMPARE(v->strip.glass[1].role + QLatin1Char(' ') + v->strip.glass[1].where, QStringLiteral("command INC-1"));
        s.log.record(events::GlassEnded{1, "done", {"ana", Path::Person}});
        v = s.view();
        QCOMPARE(v->strip.glass.size(), std::size_t(1));
        s.looking.now = other.until; // over by itself, with no record
        QVERIFY(s.builder.build(s.log.state, s.looking)->strip.glass.empty());
    }

    void rolesShowTheirGaps()
    {
        ViewScene s;
        s.log.record(anIncident().event()).record(events::RoleAssumed{"INC-1", Role::Commander, "ana", {"ana", Path::Person}});
        const auto v = s.view();
        QVERIFY(v->stack.roles.size() >= 4);
        QCOMPARE(v->stack.roles[0].person, QStringLiteral("Ana"));
        QVERIFY(v->stack.roles[0].you);
        QVERIFY(v->stack.roles[1].person.isEmpty());
        QVERIFY(v->incidents.front().commandedByYou);
    }

    void aLineAboutSomethingEarlierShowsBothTimesAndWhoIsDeputyTheirCallOut()
    {
        ViewScene s;
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
        ViewScene s;
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

    void aTemplateIsAsItsAudienceReadsItAndMayBeTold()
    {
        ViewScene s;
        Workspace w = aWorkspace();
        w.templates.push_back({"status", "Status", "customers", "Now: {{title}}", {{"impact", "what they notice", true, {{"de", "was sie merken"}}}}, {}});
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
        QCOMPARE(v->templates.front().fields.at(0).hint, QStringLiteral("was sie merken"));
        QCOMPARE(v->templates.front().clearance, DataClass::Public);
        QCOMPARE(v->paper, DataClass::Confidential);
        s.looking.incident = QStringLiteral("INC-2");
        v = s.view();
        QCOMPARE(v->templates.front().clearance, DataClass::Internal);
        QCOMPARE(v->paper, DataClass::Internal);
    }

    void aTemplateHasTheHeadingAndTheCadenceOfTheIncidentInFocus()
    {
        ViewScene s;
        Workspace w = aWorkspace();
        w.name = "Shop";
        UpdateTemplate customers{"status", "Status", "customers", "{{title}}", {}, hours(2), AudienceKind::Customer}, technical{"tech", "Technical", "technical", "{{title}}", {}, {}, AudienceKind::Technical};
        customers.subject = "Trouble at {{now}}";
        w.templates = {customers, technical};
        w.cadences = {{IncidentSeverity::Sev1, "customers", minutes(30)}};
        s.log.record(withWorkspace(w)).record(events::Event(anIncident("INC-1").titled("The pool is dry").severity(IncidentSeverity::Sev1).event()))
            .record(events::Event(anIncident("INC-2").severity(IncidentSeverity::Sev2).event()));
        s.looking.incident = QStringLiteral("INC-1");
        auto rows = s.view()->templates;
        QCOMPARE(rows.at(0).cadence, minutes(30));
        QCOMPARE(rows.at(0).heading, QStringLiteral("Shop: Status")); // nothing of ours
        QCOMPARE(rows.at(0).subject, QStringLiteral("Trouble at {{now}}"));
        QCOMPARE(rows.at(1).heading, QStringLiteral("SEV1 INC-1: The pool is dry"));
        QVERIFY(rows.at(1).cadence.ns == 0 && rows.at(1).subject.isEmpty());
        s.looking.incident = QStringLiteral("INC-2");
        QCOMPARE(s.view()->templates.at(0).cadence, hours(2));
    }

    void aPromiseSaysWhenItWasMade()
    {
        ViewScene s;
        s.log.record(anIncident("INC-1").event());
        s.log.record(events::PromiseMade{"INC-1", "customers", {}, 1, s.log.now() + hours(1), kAna});
        const Instant made = s.log.now();
        s.log.record(events::LogWritten{"INC-1", "later", kAna}, minutes(1));
        s.looking.incident = QStringLiteral("INC-1");
        const auto v = s.view();
        const auto promise = std::find_if(v->stack.promises.begin(), v->stack.promises.end(), [](const view::Promise &p) { return p.id == QLatin1String("1"); });
        QVERIFY(promise != v->stack.promises.end());
        QCOMPARE(promise->made, made);
    }

    void aLineSaysWhichRecordAStrikeOfItTakes()
    {
        ViewScene s;
        s.log.record(anIncident("INC-1").service("web").event()).record(events::LogWritten{"INC-1", "the password is hunter2", kAna});
        const auto record = s.log.state.seq;
        events::SecretSuspected suspected;
        suspected.incident = "INC-1";
        suspected.record = record;
        suspected.kinds = {"password"};
        s.log.record(suspected);
        s.looking.incident = QStringLiteral("INC-1");
        const auto v = s.view();
        const auto of = [&](const char *kind) {
            const auto it = std::find_if(v->timeline.begin(), v->timeline.end(), [&](const view::TimelineEntry &e) { return e.kind == QLatin1String(kind); });
            return it == v->timeline.end() ? QStringLiteral("?") : it->record;
        };
        QCOMPARE(of("log"), QString::number(record));
        QCOMPARE(of("secret"), QString::number(record)); // the one it names, not its own
    }

    void aHoldingStatementIsReadBeforeItIsReleased()
    {
        Workspace w = aWorkspace();
        HoldingStatement one, two;
        one.id = "web-trouble";
        one.title = "Web";
        one.text = "Some pages fail.";
        one.texts = {{"de", "Einige Seiten fallen aus."}};
        one.audience = "customers";
        one.to = {"page:shop", "mail:nobody"};
        two = one;
        two.id = "web-down";
        w.holding = {one, two};
        StatusPage page;
        page.id = "laden";
        page.languages = {"de", "en"};
        w.pages = {page};
        ViewScene s;
        s.log.record(withWorkspace(w)).record(anIncident("INC-1").service("web").severity(IncidentSeverity::Sev1).event());
        s.looking.incident = QStringLiteral("INC-1");
        auto rows = s.view()->stack.holding;
        const view::Spoken spoken = s.view()->stack.spoken; // and what a message may be written in
        QCOMPARE(spoken.languages, (QStringList{QStringLiteral("de"), QStringLiteral("en")}));
        QCOMPARE(spoken.first({QStringLiteral("rooms"), QStringLiteral("page:laden")}), QStringLiteral("de"));
        QCOMPARE(rows.size(), std::size_t(2));
        QCOMPARE(rows[0].id, QStringLiteral("web-trouble"));
        QCOMPARE(rows[0].title, QStringLiteral("Web"));
        QVERIFY(rows[0].text.startsWith(QLatin1String("Some pages fail.")) && rows[0].text.contains(QStringLiteral("Einige Seiten fallen aus.")));
        QVERIFY2(rows[0].to.startsWith(QLatin1String("page:shop; nobody (0 addresses) (not now: ")), qPrintable(rows[0].to));
        QVERIFY(rows[0].next && !rows[1].next && !rows[0].released); // the clock for the first word waits for it
        events::MessageDrafted d{"INC-1", one.title, one.text, one.audience, 1, 1, "00", one.to, {}, {}, "web-trouble", kAna};
        s.log.record(events::Events{d, events::MessageReleased{"INC-1", "00", {}, 1, 1, {}, {}, kAna}});
        rows = s.view()->stack.holding;
        QVERIFY(rows[0].released && !rows[0].next && !rows[1].released);
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

QD_TEST(TestViewPeople)
#include "tst_viewpeople.moc"
