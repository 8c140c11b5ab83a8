// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/clocks.h"
#include "core/comms/outward.h"
#include "tests/core/desk/messagebench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// M3.5: who releases a text for outside, when, and where it goes; holding statements and the broken glass.
namespace {
using Texts = std::vector<std::string>;
} // namespace

class TestReleases : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyWhoLeadsReleases()
    {
        MessageBench b;
        QVERIFY(b.draft());
        b.approveAll();
        QVERIFY(refused(b.release("cleo"), Code::Forbidden, "Communications Lead"));
        QVERIFY(b.command(desk::AssignRole{"INC-1", "communications lead", "cleo"}));
        VERIFY_RESULT(b.release("cleo"));
    }

    void anEmbargoHoldsItAndItGoesOutByItself()
    {
        MessageBench b;
        auto d = b.aDraft();
        d.embargo = "1h";
        QVERIFY(b.command(d, "cleo"));
        b.approveAll();
        const auto released = b.release();
        VERIFY_RESULT(released);
        QVERIFY(says(released->notes, "when its embargo is over"));
        QVERIFY(!b.message().sentAt);
        b.pass(minutes(59));
        QVERIFY(b.written(events::Effect::Post, "Some payments fail.").empty());
        b.pass(minutes(2));
        QVERIFY(b.message().sentAt);
        QCOMPARE(b.written(events::Effect::Post, "Some payments fail.").size(), std::size_t(1));
        b.pass(hours(3));
        QCOMPARE(b.written(events::Effect::Post, "Some payments fail.").size(), std::size_t(1));
    }

    void whatIsWithdrawnBeforeItsEmbargoNeverGoesOut()
    {
        MessageBench b;
        auto d = b.aDraft();
        d.embargo = "1h";
        QVERIFY(b.command(d, "cleo"));
        b.approveAll();
        VERIFY_RESULT(b.release());
        QVERIFY(b.command(desk::WithdrawMessage{{}, "it is not true", 1}));
        b.pass(hours(2));
        QVERIFY(b.written(events::Effect::Post, "Some payments fail.").empty());
        QCOMPARE(b.message().ended, std::string("withdrawn"));
    }

    void whatIsOverIsNotReleased()
    {
        MessageBench b;
        auto d = b.aDraft();
        d.expires = "30m";
        QVERIFY(b.command(d, "cleo"));
        b.approveAll();
        b.clock.advance(minutes(31)); // nobody has looked yet
        QVERIFY(refused(b.release(), Code::Conflict, "Its time was over"));
        b.pass(seconds(1));
        QCOMPARE(b.message().ended, std::string("expired"));
        auto wrong = b.aDraft();
        wrong.embargo = "2h";
        wrong.expires = "1h";
        QVERIFY(refused(b.command(wrong), Code::Invalid, "over before its embargo"));
    }

    void whatIsNotTrueAnyLongerIsMarkedOnThePageThatSaysIt_data()
    {
        QTest::addColumn<bool>("expires");
        QTest::addColumn<bool>("hasLead");
        QTest::addColumn<bool>("isSaidSince");
        QTest::newRow("expired, to the lead") << true << true << false;
        QTest::newRow("expired, to whoever commands") << true << false << false;
        QTest::newRow("withdrawn by whoever commands") << false << false << false;
        QTest::newRow("withdrawn, to the lead") << false << true << false;
        QTest::newRow("another word since") << true << true << true;
    }
    void whatIsNotTrueAnyLongerIsMarkedOnThePageThatSaysIt()
    {
        QFETCH(bool, expires);
        QFETCH(bool, hasLead);
        QFETCH(bool, isSaidSince);
        MessageBench b;
        if (hasLead)
            VERIFY_RESULT(b.command(desk::AssignRole{"INC-1", "communications lead", "kim"}));
        auto d = b.aDraft();
        d.to = {"page:shop"};
        if (expires)
            d.expires = "1h";
        VERIFY_RESULT(b.command(d, "cleo"));
        b.approveAll();
        VERIFY_RESULT(b.release());
        const auto isMarked = [&] { return b.ask([](const state::State &s) { return static_cast<bool>(s.page("shop")->notices.at(0).overdueAt); }); };
        b.pass(minutes(59));
        QVERIFY(!isMarked());
        desk::PostOnPage phase;
        phase.page = "shop";
        phase.phase = "identified";
        VERIFY_RESULT(b.command(phase)); // the phase alone says nothing else
        if (isSaidSince) {
            desk::ReleaseMessage r;
            r.holding = "pay-trouble";
            VERIFY_RESULT(b.command(r));
        }
        b.pass(minutes(2));
        if (!expires)
            VERIFY_RESULT(b.command(desk::WithdrawMessage{{}, "it is not true", 1}));
        QCOMPARE(b.message().ended, std::string(expires ? "expired" : "withdrawn"));
        QCOMPARE(isMarked(), !isSaidSince);
        QCOMPARE(b.ask([](const state::State &s) { return s.page("shop")->notices.at(0).isEnded; }), !isSaidSince); // no promise was broken
        std::vector<std::string> wanted;
        if (!isSaidSince && (expires || hasLead)) // who ended it themselves knows
            wanted = {hasLead ? "kim" : "ana"};
        QCOMPARE(b.told("/ended/shop"), wanted);
        QCOMPARE(b.dumped(), b.committed());
    }

    void aHoldingStatementIsReleasedByWhoeverCommandsAlone()
    {
        MessageBench b;
        desk::ReleaseMessage r;
        r.holding = "pay-trouble";
        QVERIFY(refused(b.command(r, "cleo"), Code::Forbidden, "whoever commands"));
        const auto clock = [&] {
            return b.ask([](const state::State &s) {
                for (const comms::UpdateClock &c : comms::clocksOf(s, *s.incident("INC-1")))
                    if (!c.holding.empty())
                        return c;
                return comms::UpdateClock{};
            });
        };
        const Instant declared = b.ask([](const state::State &s) { return s.incident("INC-1")->declaredAt; });
        QVERIFY(clock().holding == "pay-trouble" && clock().audience == "customers" && clock().due == declared + comms::kHoldingTarget);
        QVERIFY(clock().stage(declared + minutes(1)) == comms::ClockStage::Open && clock().stage(declared + minutes(6)) == comms::ClockStage::Due);
        QVERIFY(b.command(desk::AssignRole{"INC-1", "communications lead", "cleo"}));
        QVERIFY(refused(b.command(r, "cleo"), Code::Forbidden, "whoever commands")); // the commander alone
        b.pass(minutes(4));
        VERIFY_RESULT(b.command(r));
        const auto m = b.message();
        QCOMPARE(m.newest().text, std::string("Some payments fail. Confirmed orders are safe."));
        QVERIFY(m.sentAt && m.missing.empty() && m.judgements.empty());
        const Span took = m.releasedAt - b.ask([](const state::State &s) { return s.incident("INC-1")->declaredAt; });
        QVERIFY(took <= comms::kHoldingTarget);
        QVERIFY(clock().holding.empty()); // its audience has heard
        // On the page with its component, in the room, and the next word is promised.
        const auto notice = b.ask([](const state::State &s) { return s.page("shop") && !s.page("shop")->notices.empty() ? s.page("shop")->notices.at(0) : state::PageNotice{}; });
        QCOMPARE(notice.title.at("en"), std::string("Payments fail"));
        QCOMPARE(notice.components.at(0).state, ComponentState::PartialOutage);
        QCOMPARE(notice.updates.at(0).nextDue, b.clock.now() + minutes(30));
        QCOMPARE(b.written(events::Effect::Post, "Confirmed orders are safe.").size(), std::size_t(2)); // the room hears of the notice, too
        const auto promises = b.ask([](const state::State &s) { return s.incident("INC-1")->promises; });
        QCOMPARE(promises.size(), std::size_t(1));
        QVERIFY(!promises[0].keptAt);
        QVERIFY(refused(b.command(r), Code::Conflict, "was released at"));
        b.pass(hours(3));
        QCOMPARE(b.message().ended, std::string("expired"));
        QVERIFY(b.command(r)); // it may be said again once it is over
        QCOMPARE(b.dumped(), b.committed());
    }

    void aStatementThatWasChangedSinceItWasReadIsNotReleased()
    {
        MessageBench b;
        desk::ReleaseMessage r;
        r.holding = "pay-trouble";
        r.hash = b.ask([](const state::State &s) { return comms::digestOf(*s.workspace->holdingStatement("pay-trouble")); });
        events::WorkspaceChanged e;
        e.workspace = b.ask([](const state::State &s) { return *s.workspace; });
        for (HoldingStatement &h : e.workspace->holding)
            if (h.id == "pay-trouble")
                h.text += " Call us.";
        e.digest = "changed";
        QVERIFY(b.report(events::Event(e)));
        QVERIFY(refused(b.command(r), Code::Conflict, "was changed in the workspace since you read it"));
        QVERIFY(b.ask([](const state::State &s) { return s.incident("INC-1")->outward.empty(); }));
        r.hash = b.ask([](const state::State &s) { return comms::digestOf(*s.workspace->holdingStatement("pay-trouble")); }).substr(0, 12);
        const std::string read = r.hash;
        for (const std::size_t digits : {std::size_t(1), desk::kHashDigitsMeant - 1}) { // may be any text's
            r.hash = read.substr(0, digits);
            QVERIFY(refused(b.command(r), Code::Invalid, "So few digits"));
            QVERIFY(b.ask([](const state::State &s) { return s.incident("INC-1")->outward.empty(); }));
        }
        r.hash = read;
        VERIFY_RESULT(b.command(r));
        QVERIFY(b.message().newest().text.ends_with(" Call us."));
    }

    void whatAStatementSaysOfWhichComponentIsPartOfWhatIsRead()
    {
        HoldingStatement h;
        h.title = "Payments fail";
        h.page = "shop";
        h.component = "checkout";
        const std::string read = comms::digestOf(h);
        HoldingStatement other = h;
        QCOMPARE(comms::digestOf(other), read);
        other.state = ComponentState::MajorOutage;
        QVERIFY(comms::digestOf(other) != read);
        other = h;
        other.texts["de"] = "Zahlungen scheitern";
        QVERIFY(comms::digestOf(other) != read);
        other = h;
        other.to = {"mail:press"};
        QVERIFY(comms::digestOf(other) != read);
    }

    void statementsFitTheServiceOfTheIncident()
    {
        MessageBench b;
        const auto fits = [&](const std::string &id) {
            return b.ask([&](const state::State &s) { return comms::holdingFor(s, *s.incident(id)).size(); });
        };
        QCOMPARE(fits("INC-1"), std::size_t(1));
        QVERIFY(b.command(desk::DeclareIncident{"Else", "SEV3", "db", {}, {}, {}, false}));
        QCOMPARE(fits("INC-2"), std::size_t(0));
    }

    void noGlassIsBrokenForWhatIsRestrictedOrPrivileged()
    {
        ClearanceRule cleared;
        cleared.id = "counsel";
        cleared.level = DataClass::Restricted;
        cleared.recipients = {"press"};
        cleared.audiences = {"customers"};
        for (const auto &[mark, allowed] : {std::pair<const char *, bool>{"privileged", false}, {"restricted", false}, {"privilegd", false}, {"confidential", true}}) {
            Workspace w = aSpeakingWorkspace();
            w.clearances = {cleared};
            MessageBench b(std::move(w));
            desk::DraftMessage d = b.aDraft();
            d.text = "Some payments fail. [[" + std::string(mark) + ": what counsel said]] Orders are safe.";
            d.to = {"mail:press"};
            VERIFY_RESULT(b.command(d, "cleo"));
            const auto done = b.breakGlass();
            QVERIFY2(done.has_value() == allowed, mark);
            if (!allowed) {
                QVERIFY2(done.error().code == Code::Forbidden && done.error().message.find("restricted or privileged") != std::string::npos, done.error().message.c_str());
                QVERIFY(!b.message().releasedAt);
                b.approveAll(); // by those whose word it is, it may go to whom it may
                VERIFY_RESULT(b.release());
            }
        }
    }

    void breakingTheGlassNeedsAReasonAndTwoOthersAndIsAnAlarm()
    {
        MessageBench b;
        QVERIFY(b.draft());
        QVERIFY(b.judge("ben", "technical"));
        QVERIFY(refused(b.breakGlass({"dan", "eve"}, " "), Code::Invalid, "--reason"));
        QVERIFY(refused(b.breakGlass({"dan"}), Code::Invalid, "Two others"));
        QVERIFY(refused(b.breakGlass({"dan", "dan"}), Code::Invalid, "Two others"));
        QVERIFY(refused(b.breakGlass({"dan", "ana"}), Code::Invalid, "Two others")); // oneself is nobody
        QVERIFY(refused(b.breakGlass({"dan", "nobody"}), Code::NotFound, "nobody"));
        QVERIFY(!b.message().releasedAt);
        VERIFY_RESULT(b.breakGlass());
        QCOMPARE(b.message().missing, (Texts{"legal", "pr"}));
        QCOMPARE(b.told("/glass"), (Texts{"dan", "eve"}));
        QCOMPARE(b.written(events::Effect::Post, "Payments\nSome payments fail.").size(), std::size_t(1));
        b.pass(seconds(1));
        QVERIFY(b.alarms());
        // Approved afterwards, the alarm is over.
        QVERIFY(b.judge("lee", "legal"));
        b.pass(seconds(1));
        QVERIFY(b.alarms());
        QVERIFY(b.judge("pat", "pr"));
        b.pass(seconds(1));
        QVERIFY(!b.alarms());
        QCOMPARE(b.dumped(), b.committed());
    }

    void theGlassIsNotBrokenWhereNothingIsMissing()
    {
        MessageBench b;
        QVERIFY(b.draft());
        b.approveAll();
        VERIFY_RESULT(b.breakGlass({}, {}));
        b.pass(seconds(1));
        QVERIFY(!b.alarms() && b.message().missing.empty());
    }

    void complaintDispatch794_noClosedWayStopsARelease_data()
    {
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("why");
        QTest::newRow("mail without a connection") << "mail:press" << "nothing is connected that sends mail";
        QTest::newRow("a page that refuses the text") << "page:shop" << "longer than 2000 bytes";
    }
    void complaintDispatch794_noClosedWayStopsARelease()
    {
        // The update failed because a document of the review was missing.
        QFETCH(QString, to);
        QFETCH(QString, why);
        Workspace w = aSpeakingWorkspace();
        w.approvals.clear();
        MessageBench b(w);
        auto d = b.aDraft();
        d.to = {"rooms", to.toStdString()};
        d.text += std::string(3000, '.');
        QVERIFY(b.command(d, "cleo"));
        const auto released = b.release();
        VERIFY_RESULT(released);
        QVERIFY(b.message().sentAt);
        QCOMPARE(b.written(events::Effect::Post, "Payments\nSome payments fail.").size(), std::size_t(1));
        QVERIFY(says(b.withheld(), why.toStdString()));
    }

    void whatReachesNobodyStopsNoClock_data()
    {
        QTest::addColumn<QString>("to");
        QTest::addColumn<int>("bytes");
        QTest::addColumn<bool>("isHeard");
        QTest::newRow("a page that takes it") << "page:shop" << 2000 << true;
        QTest::newRow("a page it is too long for") << "page:shop" << 2001 << false;
        QTest::newRow("a room, of any length") << "rooms" << 2001 << true;
        QTest::newRow("mail without a connection") << "mail:press" << 20 << false;
    }
    void whatReachesNobodyStopsNoClock()
    {
        QFETCH(QString, to);
        QFETCH(int, bytes);
        QFETCH(bool, isHeard);
        Workspace w = aSpeakingWorkspace();
        w.approvals.clear();
        w.holding.clear();
        w.audiences = {"partners"}; // not those a notice of a page is for: the message's own audience
        w.cadences = {{IncidentSeverity::Sev1, "partners", minutes(30)}};
        MessageBench b(w);
        const auto due = [&] { // when partners hear next
            return b.ask([](const state::State &s) {
                for (const comms::UpdateClock &c : comms::clocksOf(s, *s.incident("INC-1")))
                    if (c.audience == "partners")
                        return c.due;
                return Instant{};
            });
        };
        const Instant before = due();
        QVERIFY(before);
        b.pass(minutes(10));
        auto d = b.aDraft();
        d.audience = "partners";
        d.to = {to.toStdString()};
        d.text = std::string(static_cast<std::size_t>(bytes), 'x');
        const auto drafted = b.command(d, "cleo");
        VERIFY_RESULT(drafted);
        const bool isTooLong = to == QLatin1String("page:shop") && bytes > 2000;
        QCOMPARE(says(drafted->notes, "a page takes 2000 bytes, and the text in en has 2001"), isTooLong); // while it can still be shortened
        const auto released = b.release();
        VERIFY_RESULT(released);
        QCOMPARE(says(released->notes, "a page takes 2000 bytes"), isTooLong);
        QVERIFY(b.message().sentAt);
        QCOMPARE(due(), isHeard ? b.clock.now() + minutes(30) : before);
        QCOMPARE(b.dumped(), b.committed());
    }

    void oneAddressGetsOneMailWhateverListsItIsOn()
    {
        Workspace w = aSpeakingWorkspace();
        w.approvals.clear();
        w.recipients.push_back({"partners", "Partners", {"b@press.example", "c@partner.example"}});
        w.recipients.push_back({"readers", "Readers", {"c@partner.example", "d@reader.example"}});
        w.pages[0].subscribers = {"mail:readers"};
        MessageBench b(w);
        desk::AddConnection add;
        add.connection.name = "post";
        add.connection.kind = "smtp";
        add.connection.url = "smtps://mail.example";
        add.connection.from = "us@example.org";
        QVERIFY(b.command(add));
        QVERIFY(b.command(desk::Arm{"post", {"posts"}}));
        auto d = b.aDraft();
        d.to = {"page:shop", "mail:press", "mail:partners"};
        QVERIFY(b.command(d, "cleo"));
        VERIFY_RESULT(b.release());
        const auto mailed = [&] {
            Texts out;
            for (const auto &o : b.written(events::Effect::Post, "Some payments fail."))
                if (o.connection == "post")
                    out.push_back(o.room);
            return out;
        };
        QCOMPARE(mailed(), (Texts{"a@press.example", "b@press.example", "c@partner.example", "d@reader.example"}));
        // What is said on the page by itself afterwards, at the same moment, goes to all who follow it.
        desk::PostOnPage post;
        post.page = "shop";
        post.notice = 1;
        post.phase = "identified";
        post.incident = "INC-1";
        post.text = {{"en", "Some payments fail. We know why."}};
        post.reason = "nobody who checks is awake";
        VERIFY_RESULT(b.command(post));
        QCOMPARE(mailed().size(), std::size_t(6));
    }

    void mailGoesToEveryRecipientThroughAnArmedConnection()
    {
        MessageBench b;
        desk::AddConnection add;
        add.connection.name = "post";
        add.connection.kind = "smtp";
        add.connection.url = "smtps://mail.example";
        add.connection.from = "us@example.org";
        QVERIFY(b.command(add));
        auto d = b.aDraft();
        d.to = {"mail:press"};
        QVERIFY(b.command(d, "cleo"));
        b.approveAll();
        QVERIFY(b.command(desk::Arm{"post", {"posts"}}));
        VERIFY_RESULT(b.release());
        const auto mails = b.written(events::Effect::Post, "Some payments fail.");
        QCOMPARE(mails.size(), std::size_t(2));
        QCOMPARE(mails[0].room, std::string("a@press.example"));
        QCOMPARE(mails[0].title, std::string("Payments"));
        QCOMPARE(mails[0].connection, std::string("post"));
    }

    void aDrillReachesNobodyOutside()
    {
        MessageBench b(aSpeakingWorkspace(), "drill");
        auto d = b.aDraft();
        d.to = {"mail:press", "page:shop"};
        QVERIFY(b.command(d, "cleo"));
        b.approveAll();
        VERIFY_RESULT(b.release());
        QVERIFY(says(b.withheld(), "a drill mails nobody outside"));
        QVERIFY(b.ask([](const state::State &s) { return !s.page("shop") || s.page("shop")->notices.empty(); }));
    }
};

QD_TEST(TestReleases)
#include "tst_releases.moc"
