// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/textcopy.h"
#include "core/desk/due.h"
#include "core/state/apply.h"
#include "tests/core/desk/messagebench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// M3.5: what a release rests on is looked at again until the text goes out; and what is taken back is not sent any more.
namespace {

using Texts = std::vector<std::string>;

constexpr const char *kWords = "Some payments fail.";

/// Message 1 is approved and released, and waits for an embargo of an hour.
struct EmbargoBench : MessageBench {
    explicit EmbargoBench(Workspace w = aSpeakingWorkspace(), const std::string &text = kWords, const Texts &to = {"rooms"}, const std::string &phase = {}) : MessageBench(std::move(w))
    {
        desk::DraftMessage d = aDraft();
        d.text = text;
        d.to = to;
        d.embargo = "1h";
        d.phase = phase;
        const auto drafted = command(d, "cleo");
        Q_ASSERT(drafted);
        draftSeq = drafted->seq;
        if (!ask([](const state::State &s) { return s.workspace->approvals.empty(); }))
            approveAll();
        const auto released = release();
        Q_ASSERT(released);
        Q_ASSERT(message().isScheduled());
    }
    std::uint64_t draftSeq = 0;

    void mailServer()
    {
        desk::AddConnection add;
        add.connection.name = "post";
        add.connection.kind = "smtp";
        add.connection.url = "smtps://mail.example";
        add.connection.from = "us@example.org";
        (void)command(add);
        (void)command(desk::Arm{"post", {"posts"}});
    }
    bool heldAlarm()
    {
        return ask([](const state::State &s) {
            return std::any_of(s.alerts.all.begin(), s.alerts.all.end(),
                               [&](const state::Alert &a) { return a.status == AlertStatus::Firing && s.label(a, "alertname") == "MessageHeldBack"; });
        });
    }
    std::string heldBecause()
    {
        return ask([](const state::State &s) {
            std::string out;
            for (const state::Alert &a : s.alerts.all)
                if (s.label(a, "alertname") == "MessageHeldBack")
                    out = std::string(s.annotation(a, "description"));
            return out;
        });
    }
    /// Everything that carries the message outside.
    std::vector<state::OutboxEntry> carriers()
    {
        return ask([](const state::State &s) {
            std::vector<state::OutboxEntry> out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::Post && o.what.subject == "message/1" && o.what.because.rule.starts_with("message/"))
                    out.push_back(o);
            return out;
        });
    }
    void workspaceIs(Workspace w, const std::string &digest)
    {
        events::WorkspaceChanged e;
        e.workspace = std::move(w);
        e.digest = digest;
        const auto done = report(events::Event(std::move(e)));
        Q_ASSERT(done);
    }
};

#define COMPARE_HELD(bench, words)                                                                                                        \
    do {                                                                                                                                  \
        QVERIFY((bench).carriers().empty());                                                                                              \
        QVERIFY(!(bench).message().sentAt && !(bench).message().releasedAt && (bench).message().isOpen());                                 \
        QVERIFY2((bench).message().held.find(words) != std::string::npos, (bench).message().held.c_str());                                 \
        QCOMPARE((bench).told("/held/1"), Texts{"ana"});                                                                                  \
        QVERIFY((bench).heldAlarm());                                                                                                     \
        QCOMPARE((bench).dumped(), (bench).committed());                                                                                  \
    } while (false)

} // namespace

class TestHeldBack : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatStillHoldsGoesOut()
    {
        EmbargoBench b;
        b.pass(minutes(61));
        QVERIFY(b.message().sentAt && !b.message().heldAt && !b.heldAlarm());
        QCOMPARE(b.carriers().size(), std::size_t(1));
    }

    void aTextThatWasStruckUnderItsEmbargoIsHeldBack()
    {
        Workspace w = aSpeakingWorkspace();
        w.approvals.clear();
        EmbargoBench b(w, "The password is canary-12345678.", {"rooms", "mail:press", "page:shop"});
        b.mailServer();
        VERIFY_RESULT(b.command(desk::StrikeText{"INC-1", std::to_string(b.draftSeq), "held a secret"}));
        b.pass(minutes(61));
        COMPARE_HELD(b, "struck or changed");
        QVERIFY(b.written(events::Effect::Post, "[struck]\n").empty());
        QVERIFY(b.ask([](const state::State &s) { return !s.page("shop") || s.page("shop")->notices.empty(); }));
        QVERIFY(refused(b.release(), Code::Conflict, "Write a new version"));
    }

    void whatItsReadersMayNotBeToldByNowIsHeldBackAndNotSealed()
    {
        EmbargoBench b(whereThePressIsCleared(), "Cards fail [[confidential: canary]].", {"mail:press"});
        b.mailServer();
        b.pass(seconds(1));
        QVERIFY(b.message().isScheduled());
        b.workspaceIs(aSpeakingWorkspace(), "two"); // without the clearance
        b.pass(minutes(61));
        COMPARE_HELD(b, "confidential");
        QVERIFY(b.message().held.find("canary") == std::string::npos);
    }

    void aTextOfAnIncidentThatIsNotAsItWasIsHeldBack_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("cancelled") << 0;
        QTest::newRow("merged") << 1;
        QTest::newRow("resolved") << 2;
    }
    void aTextOfAnIncidentThatIsNotAsItWasIsHeldBack()
    {
        QFETCH(int, how);
        EmbargoBench b;
        if (how == 1) {
            desk::DeclareIncident other;
            other.title = "The bank is down";
            other.room = false;
            VERIFY_RESULT(b.command(other));
            desk::MergeIncidents merge;
            merge.incident = "INC-1";
            merge.into = "INC-2";
            merge.reason = "the same trouble";
            VERIFY_RESULT(b.command(merge));
        } else {
            desk::ChangeStatus set;
            set.incident = "INC-1";
            set.status = how == 0 ? "cancelled" : "resolved";
            set.reason = "it was a test";
            VERIFY_RESULT(b.command(set));
        }
        b.pass(minutes(61));
        COMPARE_HELD(b, how == 0 ? "cancelled since it was released" : how == 1 ? "merged into INC-2" : "resolved since it was released");
    }

    /// What a text says of its incident decides: "resolved" is for one that is, everything less is not.
    void whatATextSaysOfItsIncidentDecidesWhetherItGoesOut_data()
    {
        QTest::addColumn<QString>("phase");
        QTest::addColumn<QString>("statuses");
        QTest::addColumn<QString>("held"); ///< empty: it goes out
        QTest::newRow("resolved, and it is") << "resolved" << "resolved" << "";
        QTest::newRow("resolved, and it was mitigated first") << "resolved" << "mitigated resolved" << "";
        QTest::newRow("resolved, and closed since") << "resolved" << "resolved closed" << "";
        QTest::newRow("resolved, and it is not") << "resolved" << "" << " still, and it says \"resolved\".";
        QTest::newRow("resolved, and it is only mitigated") << "resolved" << "mitigated" << "INC-1 is mitigated still, and it says \"resolved\".";
        QTest::newRow("resolved, and it was reopened") << "resolved" << "resolved active" << "INC-1 is active still, and it says \"resolved\".";
        QTest::newRow("resolved, and it never was an incident") << "resolved" << "cancelled" << "INC-1 is cancelled since it was released.";
        for (const char *phase : {"investigating", "identified", "monitoring"}) {
            QTest::addRow("%s, and it goes on", phase) << phase << "" << "";
            QTest::addRow("%s, and it is mitigated", phase) << phase << "mitigated" << "";
            QTest::addRow("%s, and it is resolved", phase) << phase << "resolved" << QStringLiteral("INC-1 is resolved since it was released, and it says \"%1\".").arg(QLatin1String(phase));
            QTest::addRow("%s, and it never was one", phase) << phase << "cancelled" << "INC-1 is cancelled since it was released.";
        }
        QTest::newRow("nothing, and it goes on") << "" << "mitigated" << "";
        QTest::newRow("nothing, and it is resolved") << "" << "resolved" << "INC-1 is resolved since it was released, and it does not say that it is about one that is resolved.";
    }
    void whatATextSaysOfItsIncidentDecidesWhetherItGoesOut()
    {
        QFETCH(QString, phase);
        QFETCH(QString, statuses);
        QFETCH(QString, held);
        EmbargoBench b(aSpeakingWorkspace(), kWords, {"rooms"}, phase.toStdString());
        for (const QString &status : statuses.split(QLatin1Char(' '), Qt::SkipEmptyParts))
            b.statusIs(status.toStdString());
        b.pass(minutes(59));
        QCOMPARE(b.message().isScheduled(), held.isEmpty() || held.contains(QLatin1String(" still"))); // what may still become true is waited for
        b.pass(minutes(2));
        if (!held.isEmpty()) {
            COMPARE_HELD(b, held.toStdString());
            QVERIFY2(b.heldBecause().find(held.toStdString()) != std::string::npos, b.heldBecause().c_str()); // the alarm says it as well
            return;
        }
        QVERIFY(b.message().sentAt && !b.message().heldAt && !b.heldAlarm());
        if (!statuses.endsWith(QLatin1String("closed"))) // nobody is left in its room
            QCOMPARE(b.carriers().size(), std::size_t(1));
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatIsHeldBackOverItsIncidentGoesOutWhenItIsReleasedAnew()
    {
        EmbargoBench b(aSpeakingWorkspace(), kWords, {"rooms"}, "resolved");
        b.pass(minutes(61));
        QVERIFY(b.message().heldAt && b.heldAlarm());
        VERIFY_RESULT(b.release()); // whoever releases it now says so now
        QVERIFY(b.message().sentAt);
        b.pass(seconds(1));
        QVERIFY(!b.heldAlarm());
    }

    /// What was held back because it is resolved is put right there: nobody has to reopen it to say that it is over.
    void peopleAreToldThatItIsResolvedOnceItIs()
    {
        EmbargoBench b;
        b.statusIs("resolved");
        b.pass(seconds(1));
        QVERIFY(b.message().heldAt && b.heldAlarm());
        desk::DraftMessage d;
        d.incident = "INC-1";
        d.message = 1;
        d.text = "Payments work again.";
        d.embargo = "none";
        d.phase = "resolved";
        VERIFY_RESULT(b.command(d, "cleo"));
        b.approveAll();
        VERIFY_RESULT(b.release());
        QVERIFY(b.message().sentAt);
        QCOMPARE(b.written(events::Effect::Post, "Payments work again.").size(), std::size_t(1));
        b.statusIs("closed");
        QVERIFY(refused(b.draft(), Code::Conflict, "INC-1 is closed"));
    }

    /// A text for one that was over says nothing of one that goes on again.
    void whatWasReleasedOfOneThatWasOverIsHeldBackWhenItIsReopened()
    {
        MessageBench b;
        auto d = b.aDraft();
        d.embargo = "1h";
        QVERIFY(b.command(d, "cleo"));
        b.approveAll();
        desk::ChangeStatus set;
        set.incident = "INC-1";
        set.status = "resolved";
        VERIFY_RESULT(b.command(set));
        VERIFY_RESULT(b.release());
        b.pass(minutes(5));
        QVERIFY(b.message().isScheduled());
        set.status = "active";
        VERIFY_RESULT(b.command(set));
        b.pass(seconds(1));
        QVERIFY2(b.message().held.find("INC-1 is active again since it was released: it was over then.") != std::string::npos, b.message().held.c_str());
    }

    void nobodyHearsFromTheListOfAlarmsHowARestrictedIncidentIs()
    {
        Workspace w = aSpeakingWorkspace();
        w.business.push_back({"payroll", "Payroll", 0, 0, DataClass::Restricted, false});
        for (Service &each : w.services)
            each.carries.push_back("payroll");
        EmbargoBench b(w);
        b.statusIs("resolved");
        b.pass(seconds(1));
        QVERIFY(b.message().heldAt && b.heldAlarm());
        QVERIFY2(b.heldBecause().find("resolved") == std::string::npos, b.heldBecause().c_str());
    }

    void aPhaseIsOneThereIsAndIsApprovedWithItsText()
    {
        MessageBench b;
        auto d = b.aDraft();
        d.phase = "nearly";
        QVERIFY(refused(b.command(d, "cleo"), Code::Invalid, "write investigating, identified, monitoring or resolved"));
        d.phase = "Identified";
        QVERIFY(b.command(d, "cleo"));
        QCOMPARE(b.message().newest().phase, std::string("identified"));
        const std::string hash = b.newestHash();
        desk::DraftMessage next;
        next.message = 1;
        next.text = "Some payments failed.";
        QVERIFY(b.command(next, "cleo"));
        QCOMPARE(b.message().newest().phase, std::string("identified")); // as all that is not named
        next = {};
        next.message = 1;
        next.phase = "resolved";
        b.approveAll();
        const auto changed = b.command(next, "cleo");
        VERIFY_RESULT(changed);
        QVERIFY(says(changed->notes, "no longer count"));
        next.phase = "none";
        QVERIFY(b.command(next, "cleo"));
        QVERIFY(b.message().newest().phase.empty() && b.newestHash() != hash);
        QCOMPARE(b.dumped(), b.committed());
    }

    void aPageIsAtThePhaseThatTheTextSays()
    {
        Workspace w = aSpeakingWorkspace();
        w.approvals.clear();
        MessageBench b(w);
        const auto phase = [&] {
            return b.ask([](const state::State &s) {
                const state::StatusPageState *page = s.page("shop");
                return page && !page->notices.empty() && !page->notices.back().updates.empty() ? std::string(word(page->notices.back().updates.back().phase)) : std::string("none");
            });
        };
        std::uint32_t number = 0;
        for (const char *said : {"identified", "", "monitoring", "resolved"}) {
            auto d = b.aDraft();
            d.to = {"page:shop"};
            d.phase = said;
            VERIFY_RESULT(b.command(d, "cleo"));
            desk::ReleaseMessage r;
            r.message = ++number;
            VERIFY_RESULT(b.command(r));
            QCOMPARE(phase(), std::string(*said ? said : "identified")); // without one it goes on as it is
        }
        QVERIFY(b.ask([](const state::State &s) { return s.page("shop")->notices.size() == 1 && !s.page("shop")->notices[0].isOpen(); }));
    }

    /// What waits is asked once a record, not at every look at the clock.
    void whetherItStillHoldsIsAskedOnceARecord()
    {
        state::State s;
        const auto fold = [&](const events::Event &e) { state::apply(s, e, nullptr); };
        s.seq = 1;
        s.time = kMorning;
        events::IncidentDeclared declared;
        declared.incident = "INC-1";
        fold(declared);
        events::MessageDrafted drafted;
        drafted.incident = "INC-1";
        drafted.message = 1;
        drafted.to = {"rooms"};
        drafted.embargo = kMorning + hours(1);
        drafted.hash = comms::digestOf(drafted);
        fold(drafted);
        fold(events::MessageReleased{"INC-1", drafted.hash, {}, 1, 1, {}, {}, {"ana"}});
        desk::Outlooks outlooks;
        QCOMPARE(outlooks.outward(s), drafted.embargo);
        fold(events::StatusChanged{"INC-1", {}, IncidentStatus::Resolved, {"ana"}}); // of the record that is being made
        QCOMPARE(outlooks.outward(s), drafted.embargo);
        s.seq = 2;
        QCOMPARE(outlooks.outward(s), kMorning); // at once
        fold(events::StatusChanged{"INC-1", {}, IncidentStatus::Active, {"ana"}});
        QCOMPARE(outlooks.outward(s), kMorning);
        outlooks.forget();
        QCOMPARE(outlooks.outward(s), drafted.embargo);
    }

    void whoApprovedTakesItBackUntilItWasSent()
    {
        EmbargoBench b;
        b.pass(minutes(5));
        VERIFY_RESULT(b.judge("lee", "legal", false, "the bank asks us to wait"));
        b.pass(seconds(1)); // nobody waits for the embargo to hear of it
        COMPARE_HELD(b, "\"Legal\" is refused by now, by ");
        QVERIFY(refused(b.release(), Code::Conflict, "refused by"));
        b.pass(hours(2));
        QVERIFY(b.carriers().empty());
        // Given again and released again, it goes out, and the alarm is over.
        VERIFY_RESULT(b.judge("lee", "legal"));
        VERIFY_RESULT(b.release());
        QVERIFY(b.message().sentAt);
        QCOMPARE(b.carriers().size(), std::size_t(1));
        b.pass(seconds(1));
        QVERIFY(!b.heldAlarm());
        QVERIFY(refused(b.judge("lee", "legal", false, "too late"), Code::Conflict, "nothing is left to approve"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatTheGlassWasBrokenOverIsNotAskedForAgainUnlessItIsRefused()
    {
        MessageBench b;
        auto d = b.aDraft();
        d.embargo = "1h";
        QVERIFY(b.command(d, "cleo"));
        QVERIFY(b.judge("ben", "technical"));
        VERIFY_RESULT(b.breakGlass());
        b.pass(seconds(1));
        QVERIFY(b.message().isScheduled() && b.alarms());
        VERIFY_RESULT(b.judge("pat", "pr", false, "it is not true"));
        b.pass(seconds(1));
        QVERIFY(b.message().heldAt && b.message().isOpen());
        b.pass(seconds(1));
        QVERIFY(!b.alarms()); // nothing went out without its approvals
        QCOMPARE(b.dumped(), b.committed());
    }

    void theAlarmEndsWhenItIsWithdrawnOrAfterADay_data()
    {
        QTest::addColumn<bool>("isWithdrawn");
        QTest::newRow("withdrawn") << true;
        QTest::newRow("a day later") << false;
    }
    void theAlarmEndsWhenItIsWithdrawnOrAfterADay()
    {
        QFETCH(bool, isWithdrawn);
        EmbargoBench b;
        b.pass(seconds(1));
        VERIFY_RESULT(b.judge("lee", "legal", false, "not yet"));
        b.pass(seconds(1));
        QVERIFY(b.heldAlarm());
        if (isWithdrawn)
            VERIFY_RESULT(b.command(desk::WithdrawMessage{{}, "it is not true", 1}));
        b.pass(isWithdrawn ? seconds(1) : hours(25));
        QVERIFY(!b.heldAlarm());
    }

    void nobodyCopiesATextThatIsUnderEmbargo()
    {
        EmbargoBench b;
        const auto copied = [&] { return b.ask([](const state::State &s) { return control::textCopyJson(s, {"INC-1", 0, 1}, "ana"); }); };
        VERIFY_FAILS(copied(), Code::Conflict);
        QVERIFY2(copied().error().message.find("under embargo until " + toRfc3339(b.message().newest().embargo)) != std::string::npos, copied().error().message.c_str());
        b.pass(minutes(61));
        VERIFY_RESULT(copied());
    }

    void whatEndsIsNotSentAnyMore_data()
    {
        QTest::addColumn<bool>("expires");
        QTest::newRow("withdrawn") << false;
        QTest::newRow("expired") << true;
    }
    void whatEndsIsNotSentAnyMore()
    {
        QFETCH(bool, expires);
        Workspace w = aSpeakingWorkspace();
        w.approvals.clear();
        w.recipients.push_back({"readers", "Readers", {"d@reader.example"}});
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
        d.to = {"rooms", "mail:press", "page:shop"};
        d.expires = "30m";
        QVERIFY(b.command(d, "cleo"));
        VERIFY_RESULT(b.release());
        const auto numberTo = [&](const std::string &room) {
            return b.ask([&](const state::State &s) {
                for (const auto &[n, o] : s.outbox)
                    if (o.what.room == room && o.what.effect == events::Effect::Post && o.what.text.find(kWords) != std::string::npos)
                        return n;
                return std::uint64_t{0};
            });
        };
        const auto entry = [&](std::uint64_t n) { return b.ask([&](const state::State &s) { return s.outbox.contains(n) ? s.outbox.at(n) : state::OutboxEntry{}; }); };
        const std::uint64_t room = numberTo("inc@muc.example"), first = numberTo("a@press.example"), second = numberTo("b@press.example"), reader = numberTo("d@reader.example");
        QVERIFY(room != 0 && first != 0 && second != 0 && reader != 0);
        VERIFY_RESULT(b.report(events::Event(events::OutboxMoved{first, Delivery::Confirmed, "id", {}, "INC-1"})));
        VERIFY_RESULT(b.report(events::Event(events::OutboxMoved{room, Delivery::Sent, {}, {}, "INC-1"})));
        if (expires)
            b.pass(minutes(31));
        else
            VERIFY_RESULT(b.command(desk::WithdrawMessage{{}, "it is not true", 1}));
        const std::string why = expires ? "message 1 had expired" : "message 1 was withdrawn";
        QCOMPARE(entry(first).delivery, Delivery::Confirmed); // what is out is out
        for (const std::uint64_t n : {second, reader}) {
            QCOMPARE(entry(n).delivery, Delivery::Failed);
            QCOMPARE(entry(n).reason, why);
        }
        QCOMPARE(entry(room).delivery, Delivery::Sent); // left to its answer, and never tried again
        QCOMPARE(entry(room).recalled, why);
        VERIFY_RESULT(b.report(events::Event(events::OutboxMoved{second, Delivery::Queued, {}, "the line broke", "INC-1"})));
        QCOMPARE(entry(second).delivery, Delivery::Failed);
        VERIFY_RESULT(b.report(events::Event(events::OutboxMoved{room, Delivery::Confirmed, "m1", {}, "INC-1"})));
        QCOMPARE(entry(room).delivery, Delivery::Confirmed);
        const std::string last = b.ask([](const state::State &s) { return s.incident("INC-1")->timeline.back().text; });
        QCOMPARE(last, "message/1 had gone out to chat/inc@muc.example already when " + why); // that it went out is said, and where
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatIsTakenBackIsNotSaidInAnotherRoom()
    {
        Workspace w = aSpeakingWorkspace();
        w.approvals.clear();
        MessageBench b(w);
        desk::AddConnection irc;
        irc.connection.name = "irc";
        irc.connection.kind = "irc";
        irc.connection.url = "ws://127.0.0.1:2/";
        irc.connection.address = "ic";
        irc.connection.muc = "irc.test";
        VERIFY_RESULT(b.command(irc));
        VERIFY_RESULT(b.command(desk::Arm{"irc", {"posts"}}));
        (void)b.report(events::Event(events::ConnectionReported{"irc", "live", {}}));
        desk::AddConnection chat;
        chat.connection.name = "chat";
        chat.connection.kind = "xmpp";
        chat.connection.url = "ws://127.0.0.1:1/";
        chat.connection.muc = "muc.example";
        chat.connection.insteadRoom = "irc/ops";
        VERIFY_RESULT(b.command(chat));
        VERIFY_RESULT(b.command(desk::Arm{"chat", {"rooms", "posts", "pages"}}));
        QVERIFY(b.draft());
        VERIFY_RESULT(b.release());
        VERIFY_RESULT(b.command(desk::WithdrawMessage{{}, "it is not true", 1}));
        b.pass(minutes(10));
        b.pass(minutes(10));
        for (const auto &o : b.written(events::Effect::Post, kWords))
            QVERIFY2(o.connection == "chat", o.text.c_str());
        // An audience that nothing reached has not heard.
        QVERIFY(b.message().reachedNobody);
    }
};

QD_TEST(TestHeldBack)
#include "tst_heldback.moc"
