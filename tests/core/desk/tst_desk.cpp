// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/deskbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

namespace {

std::size_t firing(const state::State &s)
{
    return s.alerts.firing;
}

} // namespace

class TestDesk final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void uncommittedDecisionIsNeverVisible()
    {
        Bench b;
        b.settle();
        std::mutex mutex;
        std::vector<desk::RecordPtr> followed;
        std::uint64_t first = 0;
        const auto number = b.desk->follow([&](const desk::RecordPtr &r) { const std::lock_guard l(mutex); followed.push_back(r); }, first);
        const std::string before = b.committed();
        b.disk->failNextCommit();
        desk::DeclareIncident declare;
        declare.title = "never happened";
        const auto lost = b.command(declare);
        QVERIFY(!lost);
        QCOMPARE(int(lost.error().code), int(Code::Unavailable));
        QVERIFY(lost.error().message.find("Not recorded") != std::string::npos);
        QVERIFY(!b.desk->recording().recorded || b.journal->head() > 0);
        {
            const std::lock_guard l(mutex);
            for (const auto &r : followed) // but that nothing is recorded now
                QVERIFY(r->events.size() == 1 && holds<events::RecordGap>(r->events.front()));
        }
        QCOMPARE(QString::fromStdString(b.committed()), QString::fromStdString(before));
        QCOMPARE(b.ask([](const state::State &s) { return s.incidents.size(); }), std::size_t(0));
        // The desk comes back by itself, from what is committed, and the number was not used up.
        QTRY_VERIFY(b.desk->recording().recorded);
        declare.title = "happened";
        const auto made = b.command(declare);
        VERIFY_RESULT(made);
        QCOMPARE(QString::fromStdString(made->id), QStringLiteral("INC-1"));
        QCOMPARE(QString::fromStdString(b.dumped()), QString::fromStdString(b.committed()));
        b.desk->unfollow(number);
    }

    void everyQueuedCallerHearsOfTheFailure()
    {
        Bench b;
        b.settle();
        std::mutex gate;
        gate.lock();
        std::atomic<bool> held{false};
        b.disk->beforeCommit = [&] {
            held = true;
            gate.lock();
            gate.unlock();
        };
        b.disk->failNextCommit();
        std::atomic<int> refused{0}, answered{0};
        desk::DeclareIncident declare;
        declare.title = "x";
        for (int i = 0; i < 5; ++i)
            b.desk->command(declare, {"ana", Path::Person}, [&](Result<Outcome> r) {
                refused += r ? 0 : 1;
                ++answered;
            });
        QTRY_VERIFY(held.load());
        b.desk->inspect([](const state::State &) {}); // all five are with the journal
        gate.unlock();
        QTRY_COMPARE(answered.load(), 5);
        QCOMPARE(refused.load(), 5);
        b.disk->beforeCommit = nullptr;
    }

    void speculativeHeadEqualsTheFoldOfTheJournal()
    {
        Bench b;
        b.settle();
        VERIFY_RESULT(b.report(aBatch("am").alert({{"alertname", "Down"}, {"service", "db"}}).severity("critical").build()));
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Down", "SEV2", "web", "", "", {}, true}));
        VERIFY_RESULT(b.command(desk::TakeCommand{}));
        VERIFY_RESULT(b.command(desk::WriteLine{"", "@ben look at the pool 10m"}));
        VERIFY_RESULT(b.command(desk::WriteLine{"", "? pool exhausted"}));
        VERIFY_RESULT(b.command(desk::WriteLine{"", "! roll back 4.2"}));
        VERIFY_RESULT(b.command(desk::WriteLine{"", "> customers 20m"}));
        QCOMPARE(QString::fromStdString(firstDifference(b.dumped(), b.committed())), QString());
    }

    void restartedDeskShowsTheSame()
    {
        Bench b;
        b.settle();
        VERIFY_RESULT(b.report(aBatch("am").alert({{"alertname", "Down"}, {"service", "db"}}).build()));
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Down", "", "", "", "", {}, true}));
        const auto before = b.ask([](const state::State &s) { return std::pair(s.alerts.firing, s.incidents.size()); });
        b.restart();
        QCOMPARE(b.ask([](const state::State &s) { return std::pair(s.alerts.firing, s.incidents.size()); }), before);
        QCOMPARE(b.ask(firing), std::size_t(1));
    }

    void aChangeDeliveredAgainIsTheSameAlsoAfterARestart()
    {
        Bench b;
        const events::ChangeSeen deploy{"web", "deploy 42", "", "ci", kMorning, {}, "https://ci 42"};
        const auto count = [&] { return b.ask([](const state::State &s) { return s.changes.size(); }); };
        VERIFY_RESULT(b.report(events::Event(deploy)));
        VERIFY_RESULT(b.report(events::Event(deploy)));
        b.restart();
        VERIFY_RESULT(b.wake()); // the start is recorded
        const std::uint64_t head = b.journal->head();
        VERIFY_RESULT(b.report(events::Event(deploy)));
        QCOMPARE(count(), std::size_t{1});
        QCOMPARE(b.journal->head(), head);
        auto other = deploy;
        other.source = "elsewhere"; // another sender's 42
        VERIFY_RESULT(b.report(events::Event(other)));
        other.identity.clear(); // nothing says that these are the same
        VERIFY_RESULT(b.report(events::Event(other)));
        VERIFY_RESULT(b.report(events::Event(other)));
        QCOMPARE(count(), std::size_t{4});
    }

    void restartResolvesNothing()
    {
        Bench b;
        b.settle();
        VERIFY_RESULT(b.report(aBatch("am").alert({{"alertname", "Down"}}).endsAt(kMorning + minutes(4)).build()));
        b.stop();
        b.clock.advance(hours(2));
        b.start();
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.ask(firing), std::size_t(1));
    }

    void expiresOnlyWhenItsSourceWasHeardForAWholeResendInterval()
    {
        Bench b;
        b.settle();
        const auto watchdog = [&] { return b.report(aBatch("am", b.clock.now()).alert({{"alertname", "Watchdog"}}).endsAt(b.clock.now() + minutes(4)).build()); };
        VERIFY_RESULT(watchdog());
        VERIFY_RESULT(b.report(aBatch("am", b.clock.now()).alert({{"alertname", "Down"}}).endsAt(b.clock.now() + minutes(4)).build()));
        // The source falls quiet: past the endsAt nothing may be resolved.
        b.clock.advance(minutes(4) + seconds(30));
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.ask(firing), std::size_t(2));
        // It is back and re-sends only the Watchdog: after a whole interval the other one is over.
        VERIFY_RESULT(watchdog());
        VERIFY_RESULT(b.wake());
        b.clock.advance(seconds(50));
        VERIFY_RESULT(watchdog());
        VERIFY_RESULT(b.wake());
        const auto down = b.ask([](const state::State &s) {
            for (const auto &a : s.alerts.all)
                if (s.label(a, "alertname") == "Down")
                    return a.status;
            return AlertStatus::Firing;
        });
        QCOMPARE(int(down), int(AlertStatus::Resolved));
        QCOMPARE(b.ask(firing), std::size_t(1));
    }

    void repeatsAreRunLengthsNotRecords()
    {
        Bench b;
        b.settle();
        const auto batch = [&] { return aBatch("am", b.clock.now()).alert({{"alertname", "Down"}}).startsAt(kMorning).endsAt(b.clock.now() + minutes(4)).build(); };
        VERIFY_RESULT(b.report(batch()));
        const auto head = b.journal->head();
        for (int i = 0; i < 50; ++i) {
            b.clock.advance(millis(100));
            const auto r = b.report(batch());
            VERIFY_RESULT(r);
            QCOMPARE(r->seq, std::uint64_t(0));
        }
        QCOMPARE(b.journal->head(), head);
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.journal->head(), head + 1);
        const auto alert = b.ask([](const state::State &s) { return s.alerts.all.front(); });
        QCOMPARE(alert.reports, 51u);
        QCOMPARE(alert.endsAt.ns, (b.clock.now() + minutes(4)).ns);
        QCOMPARE(alert.startsAt.ns, kMorning.ns);
    }

    void sameAlertByPollWebhookAndPushIsOne()
    {
        Bench b;
        b.settle();
        b.connect("poll", "alertmanager", "eu");
        b.connect("hook", "inbound", "eu");
        b.connect("prom", "inbound", "eu");
        for (const auto *name : {"poll", "hook", "prom"})
            VERIFY_RESULT(b.report(aBatch(name).alert({{"alertname", "Down"}, {"service", "db"}}).build()));
        QCOMPARE(b.ask([](const state::State &s) { return s.alerts.all.size(); }), std::size_t(1));
    }

    void absenceFromAListingEndsOnlyWhatThatPollReported()
    {
        Bench b;
        b.settle();
        b.connect("poll", "alertmanager", "eu", seconds(5));
        b.connect("prom", "inbound", "eu");
        VERIFY_RESULT(b.report(ABatch("poll", b.clock.now(), Path::Poll).alert({{"alertname", "Polled"}}).snapshot().build()));
        VERIFY_RESULT(b.report(aBatch("prom", b.clock.now()).alert({{"alertname", "Pushed"}}).build()));
        QCOMPARE(b.ask(firing), std::size_t(2));
        VERIFY_RESULT(b.report(ABatch("poll", b.clock.now(), Path::Poll).snapshot().build()));
        QCOMPARE(b.ask(firing), std::size_t(1));
    }

    void alertSeenByTwoPollsOutlivesOneListing()
    {
        Bench b;
        b.settle();
        b.connect("one", "alertmanager", "eu", seconds(5));
        b.connect("two", "alertmanager", "eu", seconds(5));
        const auto listing = [&](const char *name, bool with) {
            ABatch batch(name, b.clock.now(), Path::Poll);
            if (with)
                batch.alert({{"alertname", "Down"}}).startsAt(kMorning);
            return b.report(batch.snapshot().build());
        };
        VERIFY_RESULT(listing("one", true));
        VERIFY_RESULT(listing("two", true));
        VERIFY_RESULT(b.wake());
        VERIFY_RESULT(listing("one", false));
        QCOMPARE(b.ask(firing), std::size_t(1));
        VERIFY_RESULT(listing("two", false));
        QCOMPARE(b.ask(firing), std::size_t(0));
    }

    void silentSourceRaisesAnAlertOfOursAndResolvesNothing()
    {
        Bench b;
        b.settle();
        b.connect("poll", "alertmanager", "eu", seconds(5));
        VERIFY_RESULT(b.report(ABatch("poll", b.clock.now(), Path::Poll).alert({{"alertname", "Down"}}).snapshot().build()));
        b.clock.advance(seconds(5));
        VERIFY_RESULT(b.report(events::Event(events::SourceFailed{"poll", "Connection refused"})));
        b.clock.advance(seconds(20));
        VERIFY_RESULT(b.wake());
        const auto own = [](const state::State &s) {
            for (const auto &a : s.alerts.all)
                if (s.label(a, "alertname") == "SourceSilent" && s.label(a, "connection") == "poll")
                    return int(a.status);
            return -1;
        };
        QCOMPARE(b.ask(own), int(AlertStatus::Firing));
        QCOMPARE(b.ask(firing), std::size_t(2));
        QVERIFY(b.ask([](const state::State &s) { return s.source("poll")->silent; }));
        b.clock.advance(seconds(5));
        VERIFY_RESULT(b.report(ABatch("poll", b.clock.now(), Path::Poll).alert({{"alertname", "Down"}}).startsAt(kMorning).snapshot().build()));
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.ask(own), int(AlertStatus::Resolved));
        QCOMPARE(b.ask(firing), std::size_t(1));
    }

    void declaringAsksForARoomOnlyWhenArmed()
    {
        Bench b;
        b.settle();
        b.connect("chat", "xmpp");
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Observed", "", "", "", "", {}, true}));
        QVERIFY(b.posted().empty());
        QVERIFY(b.ask([](const state::State &s) { return s.incidents.at(1).timeline.back().kind == state::EntryKind::Withheld; }));
        VERIFY_RESULT(b.command(desk::Arm{"chat", {"rooms", "posts"}}));
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Armed", "", "", "", "", {}, true}));
        QCOMPARE(b.posted(), (std::vector<std::string>{"room: SEV3 Armed"}));
    }

    void whatPeopleDoIsPostedToTheRoomInOrder()
    {
        Bench b;
        b.settle();
        b.incidentWithRoom();
        VERIFY_RESULT(b.command(desk::TakeCommand{}));
        VERIFY_RESULT(b.command(desk::WriteLine{"", "! roll back 4.2"}));
        auto posts = b.posted();
        std::erase_if(posts, [](const std::string &p) { return p.starts_with("invite: "); }); // that ana is asked in is said to her
        QVERIFY(posts.size() >= 4);
        QCOMPARE(QString::fromStdString(posts[posts.size() - 2]), QStringLiteral("post: Ana is Incident Commander"));
        QCOMPARE(QString::fromStdString(posts.back()), QStringLiteral("post: Decision: roll back 4.2 (Ana)"));
    }

    void chatCommandRunsForABoundIdentityOnly()
    {
        Bench b;
        b.settle();
        b.incidentWithRoom();
        VERIFY_RESULT(b.report(events::Event(b.message("!take", ""))));
        QCOMPARE(b.ask([](const state::State &s) { return s.incidents.at(1).holder(Role::Commander); }), std::string());
        VERIFY_RESULT(b.report(events::Event(b.message("!take"))));
        QCOMPARE(b.ask([](const state::State &s) { return s.incidents.at(1).holder(Role::Commander); }), std::string("ana"));
        VERIFY_RESULT(b.report(events::Event(b.message("!log the pool is full"))));
        QVERIFY(b.ask([](const state::State &s) {
            const auto &t = s.incidents.at(1).timeline;
            return std::any_of(t.begin(), t.end(), [](const auto &e) { return e.kind == state::EntryKind::Log && e.text == "the pool is full" && e.actor == "ana"; });
        }));
    }

    void oldOwnOrReplayedMessageIsNoCommand()
    {
        Bench b;
        b.settle();
        b.incidentWithRoom();
        auto own = b.message("!take");
        own.own = true;
        auto replayed = b.message("!take");
        replayed.replayed = true;
        auto old = b.message("!take");
        old.serverTime = b.clock.now() - minutes(10);
        auto edit = b.message("!take");
        edit.kind = events::MessageKind::Edit;
        for (const auto &m : {own, replayed, old, edit})
            VERIFY_RESULT(b.report(events::Event(m)));
        QCOMPARE(b.ask([](const state::State &s) { return s.incidents.at(1).holder(Role::Commander); }), std::string());
    }

    void refusedCommandChangesNothing_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("no title") << 0;
        QTest::newRow("wrong severity") << 1;
        QTest::newRow("unknown alert") << 2;
        QTest::newRow("no incident") << 3;
        QTest::newRow("unknown connection") << 4;
        QTest::newRow("unarmed silence") << 5;
        QTest::newRow("unknown template") << 6;
        QTest::newRow("impact in the future") << 7;
        QTest::newRow("nobody") << 8;
    }
    void refusedCommandChangesNothing()
    {
        QFETCH(int, which);
        Bench b;
        b.settle();
        b.connect("poll", "alertmanager");
        const auto before = b.dumped();
        const auto head = b.journal->head();
        const desk::Command commands[] = {desk::DeclareIncident{"  ", "", "", "", "", {}, true},
                                          desk::DeclareIncident{"x", "SEV9", "", "", "", {}, true},
                                          desk::DeclareIncident{"x", "", "", "", "", {"am/0000000000000001"}, true},
                                          desk::WriteLog{"", "x"},
                                          desk::Arm{"nobody", {"posts"}},
                                          desk::CreateSilence{"poll", "1h", "noise", {{"alertname", "X", false, true}}},
                                          desk::SendUpdate{"", "nothing", {}},
                                          desk::DeclareIncident{"x", "", "", "2100-01-01T00:00:00Z", "", {}, true},
                                          desk::MarkChange{"web", "deploy", "", ""}};
        const auto r = b.command(commands[which], which == 8 ? "" : "ana");
        QVERIFY(!r);
        QVERIFY(!r.error().message.empty());
        QCOMPARE(b.journal->head(), head);
        QCOMPARE(QString::fromStdString(firstDifference(b.dumped(), before)), QString());
    }

    void resolvedIncidentAbsorbsNothing()
    {
        Bench b;
        b.settle();
        const auto batch = [&](Instant at) { return aBatch("am", at).alert({{"alertname", "Down"}, {"service", "db"}}).startsAt(at).build(); };
        const auto first = batch(b.clock.now());
        VERIFY_RESULT(b.report(first));
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Down", "", "", "", "", {keyOf(first)}, true}));
        b.clock.advance(minutes(1));
        VERIFY_RESULT(b.report(aBatch("am", b.clock.now()).alert({{"alertname", "Down"}, {"service", "db"}}).startsAt(kMorning).resolved().build()));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"", "resolved", ""}));
        b.clock.advance(minutes(1));
        VERIFY_RESULT(b.report(batch(b.clock.now())));
        const auto a = b.ask([](const state::State &s) { return s.alerts.all.front(); });
        QCOMPARE(int(a.status), int(AlertStatus::Firing));
        QCOMPARE(a.occurrence, 2u);
        QCOMPARE(a.incident, 0u);
    }

    void followerSeesEveryRecordOnceInOrder()
    {
        Bench b;
        std::mutex mutex;
        std::vector<std::uint64_t> seen;
        std::uint64_t first = 0;
        const auto n = b.desk->follow([&](const desk::RecordPtr &r) { const std::lock_guard l(mutex); seen.push_back(r->seq); }, first);
        b.settle();
        for (int i = 0; i < 20; ++i)
            VERIFY_RESULT(b.report(aBatch("am").alert({{"alertname", QString::number(i).toStdString()}}).build()));
        b.desk->unfollow(n);
        const std::lock_guard l(mutex);
        QVERIFY(!seen.empty());
        for (std::size_t i = 0; i < seen.size(); ++i)
            QCOMPARE(seen[i], first + 1 + i);
        QCOMPARE(seen.back(), b.journal->head());
    }

    void unknownConnectionIsRefusedAndStoresNothing()
    {
        Bench b;
        b.settle();
        const auto head = b.journal->head();
        const auto r = b.report(aBatch("stranger").alert({{"alertname", "X"}}).build());
        VERIFY_FAILS(r, Code::NotFound);
        QCOMPARE(b.journal->head(), head);
    }

    void twiceInOneBatchIsDecidedOneByOne()
    {
        Bench b;
        b.settle();
        const auto r = b.report(aBatch("am").alert({{"alertname", "Down"}}).alert({{"alertname", "Down"}}).resolved(kMorning + seconds(1)).build());
        VERIFY_RESULT(r);
        QCOMPARE(r->accepted, 2u);
        QCOMPARE(b.ask(firing), std::size_t(0));
        QCOMPARE(b.ask([](const state::State &s) { return s.alerts.all.size(); }), std::size_t(1));
    }
};

QD_TEST(TestDesk)
#include "tst_desk.moc"
