// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/clocks.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// M3.2, table stakes 8: updates that are promised or asked for by severity are clocks, missed once, chased once, kept by the update.
namespace {

Workspace aTalkingWorkspace()
{
    Workspace w = aWorkspace();
    w.people.push_back({"cleo", "Cleo", "UTC", {"cleo@chat.example"}});
    UpdateTemplate t{"status", "Status", "customers", "{{title}}: {{impact}}", {{"impact", "what they notice", true}}};
    t.kind = AudienceKind::Customer;
    w.templates = {t};
    w.cadences = {{IncidentSeverity::Sev1, "customers", minutes(30)}, {IncidentSeverity::Sev1, "executive", hours(1)}, {IncidentSeverity::Sev2, "customers", hours(1)}};
    return w;
}

/// A SEV3 is spoken of every 3 h, a SEV1 every 30 minutes.
static Workspace aMildAndASevereWorkspace()
{
    Workspace w = aTalkingWorkspace();
    w.cadences = {{IncidentSeverity::Sev1, "customers", minutes(30)}, {IncidentSeverity::Sev3, "customers", hours(3)}};
    return w;
}

struct TalkBench : QuietBench {
    explicit TalkBench(Workspace w = aTalkingWorkspace()) : QuietBench(std::move(w))
    {
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
    }
    std::string declare(const std::string &severity)
    {
        desk::DeclareIncident d;
        d.title = "Payments fail";
        d.severity = severity;
        d.service = "mail";
        d.room = false;
        const auto r = command(d);
        (void)report(events::RoomLinked{r->id, "chat", "inc@muc.example", true, false});
        return r->id;
    }
    Result<Outcome> update(const std::string &impact = "some payments fail")
    {
        return command(desk::SendUpdate{{}, "status", {{"impact", impact}}, {}});
    }
    std::vector<comms::UpdateClock> clocks(const std::string &id = "INC-1")
    {
        return ask([&](const state::State &s) { return comms::clocksOf(s, *s.incident(id)); });
    }
    std::size_t entries(state::EntryKind kind, const std::string &text)
    {
        return ask([&](const state::State &s) {
            const auto &t = s.incident("INC-1")->timeline;
            return static_cast<std::size_t>(std::count_if(t.begin(), t.end(), [&](const state::Entry &e) { return e.kind == kind && e.text.find(text) != std::string::npos; }));
        });
    }
    /// What was written outside whose text holds this.
    std::vector<events::OutboxQueued> written(const std::string &text)
    {
        return ask([&](const state::State &s) {
            std::vector<events::OutboxQueued> out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.text.find(text) != std::string::npos)
                    out.push_back(o.what);
            return out;
        });
    }
    /// Half-minutes as they pass, the desk looking at each.
    void minutesPass(int n)
    {
        for (int i = 0; i < 2 * n; ++i)
            pass(seconds(30));
    }
};

const char *const kLate = "that was due at";

} // namespace

class TestPromises : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSeverityAsksForUpdates()
    {
        TalkBench b;
        b.declare("SEV1");
        const auto clocks = b.clocks();
        QCOMPARE(clocks.size(), std::size_t(2));
        QCOMPARE(clocks[0].audience, std::string("customers"));
        QCOMPARE(clocks[0].due - clocks[0].since, minutes(30));
        QCOMPARE(clocks[1].audience, std::string("executive"));
        b.command(desk::ChangeSeverity{"INC-1", "SEV3", "it is less", {}, {}, {}});
        QVERIFY(b.clocks().empty());
    }

    void aSevereIncidentHasAClockThatIsChasedWhereTheWorkspaceSaysNothing()
    {
        Workspace w = aTalkingWorkspace();
        w.audiences = {"customers", "executive"};
        w.cadences.clear();
        QuietBench b(w);
        QVERIFY(b.command(desk::DeclareIncident{"It is down", "SEV1", "mail", {}, {}, {}, false}));
        QVERIFY(b.command(desk::TakeCommand{"INC-1", {}}));
        const auto clocks = [&] { return b.ask([](const state::State &s) { return comms::clocksOf(s, *s.incident("INC-1")); }); };
        const auto lines = [&](state::EntryKind kind, const std::string &text) {
            return b.ask([&](const state::State &s) {
                const auto &t = s.incident("INC-1")->timeline;
                return std::count_if(t.begin(), t.end(), [&](const state::Entry &e) { return e.kind == kind && e.text.find(text) != std::string::npos; });
            });
        };
        const Instant declared = b.clock.now();
        QCOMPARE(clocks().size(), std::size_t(1));
        QVERIFY(clocks()[0].isUsual && clocks()[0].audience == "customers");
        QCOMPARE(clocks()[0].due, declared + minutes(5));
        b.pass(minutes(5) - nanos(1));
        QCOMPARE(lines(state::EntryKind::Missed, "customers"), std::ptrdiff_t(0));
        b.pass(nanos(1));
        QCOMPARE(lines(state::EntryKind::Missed, "customers"), std::ptrdiff_t(1));
        QCOMPARE(lines(state::EntryKind::Outward, "ana is told"), std::ptrdiff_t(0));
        for (int n = 0; n < 40; ++n)
            b.pass(seconds(30));
        QCOMPARE(clocks()[0].stage(b.clock.now()), comms::ClockStage::Overdue);
        QCOMPARE(clocks()[0].due, declared + minutes(5)); // it stays the one that was missed
        QCOMPARE(lines(state::EntryKind::Missed, "customers"), std::ptrdiff_t(1));
        QCOMPARE(lines(state::EntryKind::Outward, "ana is told"), std::ptrdiff_t(1)); // each once
        b.restart();
        QCOMPARE(lines(state::EntryKind::Missed, "customers"), std::ptrdiff_t(1));
        QVERIFY(b.command(desk::SendUpdate{{}, "status", {{"impact", "some payments fail"}}, "Teams"}));
        QCOMPARE(clocks().size(), std::size_t(1));
        QCOMPARE(clocks()[0].due, b.clock.now() + minutes(20));
        b.pass(minutes(20)); // the next one is another
        QCOMPARE(lines(state::EntryKind::Missed, "customers"), std::ptrdiff_t(2));
        QVERIFY(b.command(desk::MakePromise{{}, "customers", "10m", {}}));
        QCOMPARE(clocks().size(), std::size_t(1));
        QVERIFY(!clocks()[0].isUsual && clocks()[0].promise == 1); // a promise comes before it
        QVERIFY(b.command(desk::KeepPromise{{}, 1}));
        b.command(desk::ChangeSeverity{"INC-1", "SEV2", "it is less", {}, {}, {}});
        QCOMPARE(clocks()[0].due - clocks()[0].since, minutes(30));
        b.command(desk::ChangeSeverity{"INC-1", "SEV3", "it is less", {}, {}, {}});
        QVERIFY(clocks().empty());
        QCOMPARE(b.dumped(), b.committed());
    }

    void aMissedCadenceIsOfItsSeverityAndOfWhatWasHeardSince()
    {
        Workspace w = aTalkingWorkspace();
        w.cadences = {{IncidentSeverity::Sev1, "customers", minutes(30)}, {IncidentSeverity::Sev2, "customers", minutes(60)}};
        QuietBench b(w);
        QVERIFY(b.command(desk::DeclareIncident{"It is down", "SEV1", "mail", {}, {}, {}, false}));
        QVERIFY(b.command(desk::TakeCommand{"INC-1", {}}));
        const auto clock = [&] { return b.ask([](const state::State &s) { return comms::clocksOf(s, *s.incident("INC-1")).at(0); }); };
        const Instant declared = b.clock.now();
        b.pass(minutes(31));
        QCOMPARE(clock().due, declared + minutes(30)); // it stays the one that was missed
        QVERIFY(clock().missedAt);
        QVERIFY(b.command(desk::ChangeSeverity{"INC-1", "SEV2", "it is less", {}, {}, {}}));
        QCOMPARE(clock().due, b.clock.now() + minutes(60)); // another cadence, which nobody has missed yet
        QVERIFY(!clock().missedAt && !clock().chasedAt);
        QCOMPARE(b.dumped(), b.committed());
    }

    void aCadenceOfNoTimeEndsTheUsualClock()
    {
        Workspace w = aTalkingWorkspace();
        w.cadences = {{IncidentSeverity::Sev1, "customers", Span{}}};
        QuietBench b(w);
        QVERIFY(b.command(desk::DeclareIncident{"It is down", "SEV1", "mail", {}, {}, {}, false}));
        QVERIFY(b.ask([](const state::State &s) { return comms::clocksOf(s, *s.incident("INC-1")).empty(); }));
        QVERIFY(b.command(desk::ChangeSeverity{"INC-1", "SEV2", "it is less", {}, {}, {}}));
        QVERIFY(b.ask([](const state::State &s) { return comms::clocksOf(s, *s.incident("INC-1")).size() == 1; }));
    }

    void aSeverityThatRisesBeginsItsCadenceThen()
    {
        TalkBench b;
        b.declare("SEV3");
        b.minutesPass(45);
        QVERIFY(b.command(desk::ChangeSeverity{"INC-1", "SEV1", {}, {}, {}, {}}));
        b.minutesPass(1);
        QCOMPARE(b.entries(state::EntryKind::Missed, "customers"), std::size_t(0)); // not late at once for the time it was no SEV1
        QCOMPARE(b.clocks()[0].due, b.clocks()[0].since + minutes(30));
    }

    void aPromiseMadeWhileItWasMildHidesNoClockOfASevereOne()
    {
        TalkBench b(aMildAndASevereWorkspace());
        b.declare("SEV3");
        QVERIFY(b.update());
        const Instant promised = b.clock.now() + hours(3);
        QCOMPARE(b.clocks().size(), std::size_t(1));
        b.minutesPass(10);
        const Instant raised = b.clock.now();
        QVERIFY(b.command(desk::ChangeSeverity{"INC-1", "SEV1", {}, {}, {}, {}}));
        auto clocks = b.clocks();
        QCOMPARE(clocks.size(), std::size_t(2));
        QVERIFY(clocks[0].promise == 0 && clocks[0].audience == "customers");
        QCOMPARE(clocks[0].due, raised + minutes(30));
        QVERIFY(clocks[1].promise != 0 && clocks[1].due == promised);
        b.minutesPass(5);
        QVERIFY(b.update("all payments fail"));
        clocks = b.clocks(); // one update ends both, and promises what a SEV1 asks for
        QCOMPARE(clocks.size(), std::size_t(1));
        QVERIFY(clocks[0].promise != 0);
        QCOMPARE(clocks[0].due, b.clock.now() + minutes(30));
        QVERIFY(b.command(desk::ChangeSeverity{"INC-1", "SEV3", "it is less", {}, {}, {}}));
        QCOMPARE(b.clocks().size(), std::size_t(1)); // what a SEV1 was promised comes before what a SEV3 asks for
        QCOMPARE(b.clocks()[0].promise, clocks[0].promise);
        QCOMPARE(b.dumped(), b.committed());
    }

    void anOlderPromiseThatIsDueNoLaterStandsForTheCadence()
    {
        for (const bool later : {false, true}) {
            TalkBench b(aMildAndASevereWorkspace());
            b.declare("SEV3");
            QVERIFY(b.command(desk::MakePromise{{}, "customers", "40m", {}}));
            b.pass(minutes(10) - (later ? nanos(1) : Span{}));
            QVERIFY(b.command(desk::ChangeSeverity{"INC-1", "SEV1", {}, {}, {}, {}}));
            QCOMPARE(b.clocks().size(), later ? std::size_t(2) : std::size_t(1)); // due with it, and an instant after it
        }
    }

    void aPromiseMadeSinceTheSeverityIsMeantSo()
    {
        TalkBench b(aMildAndASevereWorkspace());
        b.declare("SEV3");
        b.minutesPass(10);
        QVERIFY(b.command(desk::ChangeSeverity{"INC-1", "SEV1", {}, {}, {}, {}}));
        QVERIFY(b.command(desk::MakePromise{{}, "customers", "2h", {}}));
        QCOMPARE(b.clocks().size(), std::size_t(1));
        QCOMPARE(b.clocks()[0].promise, 1U);
    }

    void anOlderPromiseHidesNoUsualClockEither()
    {
        Workspace w = aTalkingWorkspace();
        w.cadences.clear();
        TalkBench b(w);
        b.declare("SEV3");
        QVERIFY(b.command(desk::MakePromise{{}, "customers", "3h", {}}));
        b.minutesPass(10);
        QVERIFY(b.command(desk::ChangeSeverity{"INC-1", "SEV1", {}, {}, {}, {}}));
        const auto clocks = b.clocks();
        QCOMPARE(clocks.size(), std::size_t(2));
        QVERIFY(clocks[0].isUsual && clocks[1].promise == 1);
        QCOMPARE(clocks[0].due, b.clock.now() + minutes(5));
    }

    void ofOneAudienceWhoeverSeesToUpdatesIsToldOnceAtATime()
    {
        TalkBench b(aMildAndASevereWorkspace());
        const std::string id = b.declare("SEV3");
        QVERIFY(b.command(desk::AssignRole{id, "communications lead", "cleo"}));
        QVERIFY(b.command(desk::MakePromise{{}, "customers", "3h", {}}));
        b.minutesPass(10);
        QVERIFY(b.command(desk::ChangeSeverity{id, "SEV1", {}, {}, {}, {}}));
        b.clock.advance(hours(8)); // nothing ran, and both are long late when it does
        b.restart();
        b.pass(minutes(2));
        b.minutesPass(10);
        QCOMPARE(b.entries(state::EntryKind::Missed, "customers"), std::size_t(2)); // each was owed
        QCOMPARE(b.entries(state::EntryKind::Outward, "cleo is told that the update to customers"), std::size_t(1));
        for (const comms::UpdateClock &c : b.clocks())
            QVERIFY(c.missedAt && c.chasedAt);
        QVERIFY(!b.ask([](const state::State &s) { return comms::nextUpdateDue(s); })); // nothing is left to be said
    }

    void aClockGoesThroughItsStages()
    {
        const Instant since = kMorning;
        const comms::UpdateClock c{"customers", {}, 1, since, since + minutes(30), {}, {}};
        QCOMPARE(comms::word(c.stage(since)), std::string_view("open"));
        QCOMPARE(comms::word(c.stage(since + minutes(25))), std::string_view("soon"));
        QCOMPARE(comms::word(c.stage(since + minutes(30))), std::string_view("due"));
        QCOMPARE(comms::word(c.stage(since + minutes(35))), std::string_view("overdue"));
        const comms::UpdateClock brief{"customers", {}, 1, since, since + minutes(6), {}, {}};
        QCOMPARE(brief.soonAt(), since + minutes(4)); // of a short one the last third, not nearly all of it
    }

    void aMissedCadenceIsSaidOnceInTheRoomAndChasedOnce()
    {
        TalkBench b;
        const std::string id = b.declare("SEV2");
        QVERIFY(b.command(desk::AssignRole{id, "communications lead", "cleo"}));
        b.minutesPass(59);
        QCOMPARE(b.entries(state::EntryKind::Missed, "customers"), std::size_t(0));
        b.minutesPass(2);
        QCOMPARE(b.entries(state::EntryKind::Missed, "customers"), std::size_t(1));
        QCOMPARE(b.written(kLate).size(), std::size_t(1));
        QCOMPARE(b.written(kLate)[0].effect, events::Effect::Post);
        QVERIFY(b.written("was due at").size() == 1); // nobody is told yet
        b.minutesPass(5);
        const auto chased = b.written("An update to them");
        QCOMPARE(chased.size(), std::size_t(1));
        QCOMPARE(chased[0].person, std::string("cleo"));
        QCOMPARE(chased[0].effect, events::Effect::Page);
        b.minutesPass(180); // three times as long again: nothing is repeated
        QCOMPARE(b.entries(state::EntryKind::Missed, "customers"), std::size_t(1));
        QCOMPARE(b.written(kLate).size(), std::size_t(1));
        QCOMPARE(b.written("An update to them").size(), std::size_t(1));
        QCOMPARE(b.dumped(), b.committed());
    }

    void withoutACommunicationsLeadTheCommanderIsTold()
    {
        TalkBench b;
        const std::string id = b.declare("SEV2");
        QVERIFY(b.command(desk::TakeCommand{id, {}}));
        b.minutesPass(70);
        const auto chased = b.written("An update to them");
        QCOMPARE(chased.size(), std::size_t(1));
        QCOMPARE(chased[0].person, std::string("ana"));
    }

    void withNobodyToTellThatIsSaid()
    {
        TalkBench b;
        b.declare("SEV2");
        b.minutesPass(70);
        QVERIFY(b.written("An update to them").empty());
        QCOMPARE(b.entries(state::EntryKind::Outward, "nobody has a role to be told"), std::size_t(1));
    }

    void theUpdateThatAnswersItEndsItAndPromisesTheNext()
    {
        TalkBench b;
        b.declare("SEV1");
        b.minutesPass(40);
        QCOMPARE(b.entries(state::EntryKind::Missed, "customers"), std::size_t(1));
        QVERIFY(b.update());
        const auto clocks = b.clocks();
        QCOMPARE(clocks.size(), std::size_t(2));
        QCOMPARE(clocks[0].audience, std::string("executive"));
        QCOMPARE(clocks[1].audience, std::string("customers"));
        QVERIFY(clocks[1].promise != 0 && !clocks[1].missedAt); // what the severity asks for is promised by the update
        QCOMPARE(clocks[1].due, b.clock.now() + minutes(30));
        b.minutesPass(31);
        QCOMPARE(b.entries(state::EntryKind::Missed, "customers"), std::size_t(2)); // the next one is another
    }

    void aPromiseComesBeforeTheCadence()
    {
        TalkBench b;
        b.declare("SEV1");
        QVERIFY(b.command(desk::MakePromise{{}, "customers", "10m", {}}));
        const auto clocks = b.clocks();
        QCOMPARE(clocks[0].promise, 1U);
        QCOMPARE(std::count_if(clocks.begin(), clocks.end(), [](const auto &c) { return c.audience == "customers"; }), std::ptrdiff_t(1));
        b.minutesPass(11);
        QCOMPARE(b.entries(state::EntryKind::Missed, "customers"), std::size_t(1));
        QVERIFY(b.command(desk::KeepPromise{{}, 1}));
        b.minutesPass(20);
        QCOMPARE(b.written("An update to them").size(), std::size_t(0)); // kept: nobody is told
    }

    void whatIsSaidOnAStatusPageKeepsAPromiseToCustomers()
    {
        Workspace w = aTalkingWorkspace();
        StatusPage p;
        p.id = "shop";
        p.languages = {"en"};
        p.components = {{"pay", {{"en", "Payments"}}, {}, {}, {"mail"}}};
        w.pages = {p};
        QuietBench b(w);
        QVERIFY(b.command(desk::DeclareIncident{"It is down", "SEV1", "mail", {}, {}, {}, false}));
        QVERIFY(b.command(desk::MakePromise{{}, "customers", "10m", {}}));
        b.pass(minutes(5));
        desk::PostOnPage post;
        post.page = "shop";
        post.incident = "INC-1";
        post.phase = "investigating";
        post.title = {{"en", "Payments fail"}};
        post.text = {{"en", "We look into it."}};
        QVERIFY(b.command(post));
        const auto clocks = b.ask([](const state::State &s) { return comms::clocksOf(s, *s.incident("INC-1")); });
        for (const auto &c : clocks)
            if (c.audience == "customers") {
                QCOMPARE(c.promise, 0U);
                QCOMPARE(c.due, b.clock.now() + minutes(30));
            }
    }

    void anIncidentThatIsOverOwesNothing()
    {
        TalkBench b;
        const std::string id = b.declare("SEV1");
        QVERIFY(b.command(desk::MakePromise{{}, "customers", "10m", {}}));
        QVERIFY(b.command(desk::ChangeStatus{id, "resolved", {}}));
        b.minutesPass(120);
        QCOMPARE(b.entries(state::EntryKind::Missed, "customers"), std::size_t(0));
        QVERIFY(b.clocks().empty());
    }

    void whatWasMissedWhileNothingRanIsSaidOnceAfterwards()
    {
        TalkBench b;
        b.declare("SEV1");
        b.clock.advance(hours(8));
        b.restart();
        b.pass(minutes(2));
        b.minutesPass(3);
        QCOMPARE(b.entries(state::EntryKind::Missed, "customers"), std::size_t(1));
        QCOMPARE(b.entries(state::EntryKind::Missed, "executive"), std::size_t(1));
    }

    void anUpdatePutSomewhereByHandIsAnUpdate()
    {
        TalkBench b;
        b.declare("SEV1");
        b.minutesPass(10);
        const auto done = b.command(desk::SendUpdate{{}, "status", {{"impact", "some payments fail"}}, "Teams"});
        VERIFY_RESULT(done);
        QVERIFY(done->notes.empty()); // it was posted, and nobody is told that it was not
        QCOMPARE(b.entries(state::EntryKind::Outward, "posted by hand at " + clockText(b.clock.now()).substr(0, 5)), std::size_t(1));
        QVERIFY(b.written("some payments fail").empty());
        QVERIFY(b.clocks()[0].due > b.clock.now());
        QVERIFY(b.command(desk::MarkPosted{{}, "mail", 0}));
        const auto where = b.ask([](const state::State &s) { return s.incident("INC-1")->updates.at(0).byHand; });
        QCOMPARE(where, (std::vector<std::string>{"Teams", "mail"}));
        QVERIFY(!b.command(desk::MarkPosted{{}, "mail", 7}));
        QVERIFY(!b.command(desk::MarkPosted{{}, " ", 0}));
        QCOMPARE(b.dumped(), b.committed());
    }

    void aLinkIsPinnedAndTakenBack()
    {
        TalkBench b;
        b.declare("SEV1");
        const auto links = [&] { return b.ask([](const state::State &s) { return s.incident("INC-1")->links; }); };
        QVERIFY(b.command(desk::PinLink{{}, "conference", "https://meet.example/inc"}));
        QVERIFY(b.command(desk::PinLink{{}, "conference", "https://meet.example/other"})); // of one name there is one
        QCOMPARE(links().size(), std::size_t(1));
        QCOMPARE(links()[0].url, std::string("https://meet.example/other"));
        QCOMPARE(b.written("https://meet.example/other").size(), std::size_t(1));
        for (const char *bad : {"javascript:alert(1)", "file:///etc/passwd", "https://a b", "meet.example"})
            QVERIFY2(!b.command(desk::PinLink{{}, "x", bad}), bad);
        QVERIFY(b.command(desk::PinLink{{}, "conference", {}}));
        QVERIFY(links().empty());
        QVERIFY(!b.command(desk::PinLink{{}, "conference", {}}));
    }
};

QD_TEST(TestPromises)
#include "tst_promises.moc"
