// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/nags.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <algorithm>

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

namespace {

/// A hundred incidents, one after another, each resolved at once with a room that is still read.
Log manyOver()
{
    Log log;
    log.record(withWorkspace()).record(withConnection("chat", "xmpp"));
    for (int n = 1; n <= 100; ++n) {
        const std::string id = "INC-" + std::to_string(n);
        log.record(Event(anIncident(id).event()), minutes(40));
        log.record(RoomLinked{id, "chat", id + "@chat", true}).record(StatusChanged{id, "", IncidentStatus::Resolved, kAna});
    }
    return log;
}

bool isRoomed(const state::State &s, std::uint32_t number)
{
    const auto &all = s.incidents.roomed();
    return std::any_of(all.begin(), all.end(), [&](const auto &o) { return o.second == number; });
}

bool isUnsettled(const state::State &s, std::uint32_t number)
{
    const auto &all = s.incidents.unsettled();
    return std::find(all.begin(), all.end(), number) != all.end();
}

} // namespace

/// After each record it is asked what time alone makes due; what is long over must not make that dear.
class TestUnsettled final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void weeksOfRoomsThatAreStillReadAreLookedAtByTheFirst()
    {
        Log log = manyOver();
        QVERIFY2(log.state.incidents.unsettled().size() < 40, std::to_string(log.state.incidents.unsettled().size()).c_str());
        for (std::uint32_t n = 1; n <= 100; ++n)
            QVERIFY2(isRoomed(log.state, n) != isUnsettled(log.state, n), std::to_string(n).c_str()); // each once, and none is lost
        const auto askedAt = [&](std::uint32_t n) { return log.state.incidents.at(n).resolvedAt + log.state.workspace->roomsAfter; };
        QCOMPARE(command::nextNag(log.state), askedAt(1));
        QVERIFY(command::nagsDue(log.state, askedAt(1) - nanos(1)).empty());
        std::vector<std::string> asked;
        for (const Event &e : command::nagsDue(log.state, askedAt(3)))
            asked.push_back(get<Nagged>(e).subject);
        QCOMPARE(asked, (std::vector<std::string>{"INC-1/rooms", "INC-2/rooms", "INC-3/rooms"}));
    }

    void whatHappensToOneOfThemIsSeenAtOnce()
    {
        Log log = manyOver();
        QVERIFY(isRoomed(log.state, 1) && isRoomed(log.state, 2) && isRoomed(log.state, 5));
        log.record(Nagged{"INC-1/rooms", "ana", "INC-1", "can it be left?", {}});
        log.record(RoomLeaveAsked{"INC-2", "INC-2@chat", kAna});
        log.record(StatusChanged{"INC-5", "", IncidentStatus::Active, kAna});
        QVERIFY(!isRoomed(log.state, 1) && !isRoomed(log.state, 2) && !isRoomed(log.state, 5));
        QVERIFY(isUnsettled(log.state, 5)); // it goes on
        std::vector<std::string> asked;
        for (const Event &e : command::nagsDue(log.state, log.state.incidents.at(4).resolvedAt + log.state.workspace->roomsAfter))
            if (const std::string &subject = get<Nagged>(e).subject; subject.ends_with(events::kRoomsOf))
                asked.push_back(subject);
        QVERIFY(std::find(asked.begin(), asked.end(), "INC-1/rooms") == asked.end());
        QVERIFY(std::find(asked.begin(), asked.end(), "INC-3/rooms") != asked.end());
        QVERIFY(std::find(asked.begin(), asked.end(), "INC-5/rooms") == asked.end());
    }

    void aStateThatWasLoadedSaysTheSameInTheSameOrder()
    {
        Log log = manyOver();
        state::State fresh = log.state.clone();
        fresh.incidents = {};
        for (const auto &[number, i] : log.state.incidents)
            fresh.incidents.put(number, log.state.incidents.share(number)); // nothing is let go of yet
        const Instant now = log.state.incidents.at(60).resolvedAt + log.state.workspace->roomsAfter;
        const Events one = command::nagsDue(log.state, now), other = command::nagsDue(fresh, now);
        QCOMPARE(one.size(), std::size_t(60));
        QCOMPARE(other.size(), one.size());
        for (std::size_t n = 0; n < one.size(); ++n)
            QCOMPARE(get<Nagged>(other[n]).subject, get<Nagged>(one[n]).subject);
        QCOMPARE(command::nextNag(fresh), command::nextNag(log.state));
    }
};

QD_TEST(TestUnsettled)
#include "tst_unsettled.moc"
