// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/shift.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

namespace {

const Actor kReceiver{"ben", Path::Person};

struct Roster {
    Log log;
    Roster() { log.record(withWorkspace()).record(withConnection("am")); }
    Result<Events> offer(const std::string &to, const Actor &by = kAna)
    {
        auto out = command::offerShift(log.state, to, "db is slow since noon", "the nightly job", by, log.now());
        if (out)
            log.record(*out);
        return out;
    }
    Result<Events> answer(bool accept, const std::string &words, const Actor &by = kReceiver, std::uint32_t number = 0)
    {
        auto out = command::answerShift(log.state, number, accept, words, by);
        if (out)
            log.record(*out);
        return out;
    }
    [[nodiscard]] const state::ShiftHandover &last() const { return log.state.shifts.all.back(); }
};

} // namespace

/// A shift is handed over with what stands, and taken over by saying it back.
class TestShift : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatStandsGoesWithItAndTheReceiverReadsItBack()
    {
        Roster r;
        r.log.record(decided(aBatch().alert({{"alertname", "DbDown"}, {"service", "db"}}).severity("critical").build()));
        VERIFY_RESULT(r.offer("ben"));
        QVERIFY(r.last().isOpen());
        QVERIFY(r.last().brief.find("1 alert fires") != std::string::npos);
        QVERIFY(!r.answer(true, "")); // not without a word
        VERIFY_RESULT(r.answer(true, "one alert, watch the nightly job"));
        QVERIFY(r.last().accepted && !r.last().isOpen());
        QCOMPARE(r.last().words, std::string("one alert, watch the nightly job"));
        QCOMPARE(r.answer(true, "again", kReceiver, 1).error().code, Code::Conflict);
    }

    void onlyTheTwoAnswerIt()
    {
        Roster r;
        QCOMPARE(r.answer(true, "mine").error().code, Code::NotFound);
        VERIFY_RESULT(r.offer("ben"));
        QCOMPARE(r.answer(true, "mine", {"eve", Path::Person}, 1).error().code, Code::Forbidden);
        QCOMPARE(r.answer(true, "mine", kAna, 1).error().code, Code::Forbidden); // who gives it does not take it
        QCOMPARE(r.offer("ben").error().code, Code::Conflict);                   // one at a time
        VERIFY_RESULT(r.answer(false, "not yet", kAna));
        QVERIFY(!r.last().accepted && !r.last().isOpen());
        VERIFY_RESULT(r.offer("ben"));
        QCOMPARE(r.last().number, 2U);
    }

    void nobodyHandsAShiftToThemselvesOrToAStranger()
    {
        Roster r;
        QCOMPARE(r.offer("ana").error().code, Code::Conflict);
        QCOMPARE(r.offer("nobody").error().code, Code::NotFound);
    }

    void theOldestAreLetGoOf()
    {
        Roster r;
        for (std::size_t n = 0; n <= state::Shifts::kKept; ++n) {
            VERIFY_RESULT(r.offer("ben"));
            VERIFY_RESULT(r.answer(true, "yes"));
        }
        QCOMPARE(r.log.state.shifts.all.size(), state::Shifts::kKept);
        QCOMPARE(r.log.state.shifts.all.front().number, 2U);
        QCOMPARE(r.answer(true, "yes", kReceiver, 1).error().code, Code::NotFound);
    }
};

QD_TEST(TestShift)
#include "tst_shift.moc"
