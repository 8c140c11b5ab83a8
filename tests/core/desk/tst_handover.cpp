// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/handover.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using desk::HandOver;

namespace {

/// A desk that takes or refuses as it is told, and an owner's thread whose turn comes when it is told.
struct BusyDesk {
    std::vector<std::string> taken;
    std::deque<std::pair<std::string, desk::Done>> waiting; ///< not answered yet
    std::deque<std::function<void()>> turn;
    bool isFull = false, answersLater = false;
    HandOver over{[this](events::Event e, desk::Done done) { report(e, std::move(done)); }, [this](std::function<void()> f) { turn.push_back(std::move(f)); }};

    static std::string nameOf(const events::Event &e)
    {
        if (const auto *m = getIf<events::MessageSeen>(&e))
            return m->messageId;
        const auto &gap = get<events::RoomGapSeen>(e);
        return "gap " + gap.room + ' ' + std::to_string(gap.from.ns) + ' ' + std::to_string(gap.to.ns);
    }
    void report(const events::Event &e, desk::Done done)
    {
        if (answersLater)
            return waiting.emplace_back(nameOf(e), std::move(done)), void();
        if (isFull)
            return done(fail(Code::Unavailable, "The core is busy; try again in a moment."));
        taken.push_back(nameOf(e));
        done(desk::Outcome{});
    }
    void turns()
    {
        while (!turn.empty()) {
            auto f = std::move(turn.front());
            turn.pop_front();
            f();
        }
    }
    void say(const std::string &id, Instant at = Instant{1})
    {
        events::MessageSeen m;
        m.connection = "chat";
        m.room = "room";
        m.messageId = id;
        m.serverTime = at;
        over.take(m);
    }
};

using Names = std::vector<std::string>;

} // namespace

class TestHandOver final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFullDeskLosesNothingAndOrderIsKept()
    {
        BusyDesk d;
        d.say("1");
        d.isFull = true;
        d.say("2");
        d.isFull = false;
        d.say("3"); // it waits behind what was refused
        QVERIFY(d.over.isWaiting());
        QCOMPARE(d.taken, Names{"1"});
        d.turns();
        d.over.again();
        d.turns();
        QCOMPARE(d.taken, (Names{"1", "2", "3"}));
        QVERIFY(!d.over.isWaiting() && d.over.held() == 0);
    }

    void whatIsRefusedLaterIsOfferedAgainInItsOrder()
    {
        BusyDesk d;
        d.answersLater = true;
        for (const char *id : {"1", "2", "3"})
            d.say(id);
        for (auto &[name, done] : d.waiting)
            done(fail(Code::Unavailable, "UNRECORDED, and the memory for what is not recorded is full."));
        d.turns();
        d.answersLater = false;
        d.say("4");
        QVERIFY(d.taken.empty());
        d.over.again();
        QCOMPARE(d.taken, (Names{"1", "2", "3", "4"}));
    }

    void whatIsWrongIsNotOfferedAgain()
    {
        BusyDesk d;
        d.answersLater = true;
        d.say("1");
        d.waiting.front().second(fail(Code::NotFound, "There is no such connection."));
        d.turns();
        QVERIFY(!d.over.isWaiting() && d.over.held() == 0);
    }

    void whoWaitsForItHearsThatItIsKeptOnlyOnceItIs()
    {
        BusyDesk d;
        std::vector<std::string> kept;
        const auto say = [&](const std::string &id) {
            events::MessageSeen m;
            m.messageId = id;
            d.over.take(m, [&kept, id] { kept.push_back(id); });
        };
        d.answersLater = true;
        say("1");
        say("2");
        d.turns();
        QCOMPARE(kept, Names{}); // the desk has it, and no record yet: a core that dies now has promised nothing
        d.waiting[0].second(fail(Code::Unavailable, "The core is busy; try again in a moment."));
        d.waiting[1].second(fail(Code::NotFound, "There is no such connection."));
        d.turns();
        QCOMPARE(kept, Names{"2"}); // nobody wants it, and would not later
        d.answersLater = false;
        d.over.again();
        QCOMPARE(kept, Names{"2"});
        d.turns();
        QCOMPARE(kept, (Names{"2", "1"}));
    }

    void whatIsTooMuchIsAGapOfItsRoom()
    {
        BusyDesk d;
        d.isFull = true;
        for (std::size_t i = 0; i < HandOver::kHeld; ++i)
            d.say("m");
        QCOMPARE(d.over.held(), HandOver::kHeld);
        d.say("lost", Instant{20});
        d.say("lost too", Instant{30});
        QCOMPARE(d.over.held(), HandOver::kHeld);
        d.isFull = false;
        d.turns();
        d.over.again();
        d.turns();
        QCOMPARE(d.taken.size(), HandOver::kHeld + 1);
        QCOMPARE(d.taken.back(), std::string("gap room 20 30"));
    }

    void anAnswerAfterItsOwnerIsGoneIsHeardByNobody()
    {
        auto d = std::make_unique<BusyDesk>();
        d->answersLater = true;
        d->say("1");
        std::deque<std::function<void()>> turn;
        auto done = std::move(d->waiting.front().second);
        done(desk::Outcome{});
        turn.swap(d->turn);
        d.reset();
        for (auto &f : turn)
            f(); // AddressSanitizer and valgrind would say
        QVERIFY(turn.size() == 1);
    }
};

QD_TEST(TestHandOver)
#include "tst_handover.moc"
