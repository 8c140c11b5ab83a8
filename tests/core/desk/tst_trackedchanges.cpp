// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/trackingbench.h"

#include "core/desk/react.h"
#include "core/review/tracked.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::desk;
using namespace qd::events;
using namespace qd::tests;

/// What becomes of an action that is an issue: what is told to its tracker, and what its tracker says.
class TestTrackedChanges : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aChangeHereIsToldThere()
    {
        Log log = underReview();
        makeIssue(log);
        const ActionTurned done{"INC-1", "it is", 1, ActionState::Done, kAna};
        log.record(done);
        const Events told = tellTracker(log.state, done);
        QVERIFY(outboxIn(told));
        QCOMPARE(outboxIn(told)->effect, Effect::UpdateIssue);
        QCOMPARE(outboxIn(told)->room, std::string("12"));
        QVERIFY(outboxIn(told)->closed);
    }

    void whatATrackerSaysChangesNoActionAndGoesNowhere()
    {
        Log log = underReview();
        makeIssue(log);
        const ActionSeen seen{"INC-1", "Another title", "closed", "ben", 1, true, {}, log.now()};
        log.record(seen);
        QCOMPARE(actionOf(log).state, ActionState::Open); // proposed, not done
        QVERIFY(actionOf(log).tracked.closed);
        QVERIFY(react(log.state, seen, log.now()).empty());
        // Words changed here leave open or closed as the tracker has it.
        const ActionKept kept{"INC-1", "Roll out to one cell first, always", "ben", {}, {}, 1, {}, Strength::Engineer, kAna};
        log.record(kept);
        QVERIFY(outboxIn(tellTracker(log.state, kept))->leavesClosed);
        // Done here what is closed there needs no word.
        const ActionTurned done{"INC-1", {}, 1, ActionState::Done, kAna};
        log.record(done);
        QVERIFY(tellTracker(log.state, done).empty());
    }

    /// What a tracker's own people changed there stays, until the same is changed here.
    void onlyWhatWasChangedHereIsToldThere()
    {
        for (const bool arrived : {false, true}) {
            Log log = underReview();
            makeIssue(log);
            const std::string made = actionOf(log).tracked.toldText;
            QCOMPARE(made.size(), std::size_t(64));
            const auto kept = [&](const char *text, Instant due) { return ActionKept{"INC-1", text, "ben", "no page for a month", {}, 1, due, Strength::Engineer, kAna}; };
            const Instant due = actionOf(log).due;
            const std::string title = actionOf(log).text;
            log.record(kept(title.c_str(), due + hours(24)));
            const Events moved = tellTracker(log.state, kept(title.c_str(), due + hours(24)));
            QVERIFY(outboxIn(moved)->leavesTitle && !outboxIn(moved)->leavesDue);
            QCOMPARE(outboxIn(moved)->textBefore, std::vector<std::string>{made});
            tell(log, moved, arrived);
            // Back where it was: as long as the change may not have arrived, the day is told again.
            log.record(kept(title.c_str(), due));
            const Events back = tellTracker(log.state, kept(title.c_str(), due));
            QVERIFY(outboxIn(back)->leavesTitle && !outboxIn(back)->leavesDue);
            QCOMPARE(outboxIn(back)->textBefore.size(), std::size_t(arrived ? 1 : 2));
            tell(log, back, true);
            log.record(kept("Roll out to two cells", due));
            const Events worded = tellTracker(log.state, kept("Roll out to two cells", due));
            QVERIFY(!outboxIn(worded)->leavesTitle);
            QCOMPARE(outboxIn(worded)->leavesDue, arrived);
        }
    }

    void ofAnIssueSomebodyElseMadeOnlyWhatIsChangedFromThenIsTold()
    {
        Log log = underReview();
        log.record(askedOf(log, TrackAction{"INC-1", "hub", "77", 1})->events);
        const ActionKept moved{"INC-1", actionOf(log).text, "ben", "no page for a month", {}, 1, actionOf(log).due + hours(24), Strength::Engineer, kAna};
        log.record(moved);
        const Events told = tellTracker(log.state, moved);
        QVERIFY(outboxIn(told)->leavesTitle && !outboxIn(told)->leavesDue);
        QVERIFY(outboxIn(told)->textBefore.empty()); // nothing there is ours
    }

    void aYesToWhatATrackerSaysNeedsNoOtherReason()
    {
        Log log = underReview();
        makeIssue(log);
        const auto turned = [&](const char *to, const char *reason = "") {
            const auto made = askedOf(log, TurnAction{"INC-1", to, reason, 1});
            return made ? getIf<ActionTurned>(&made->events.front())->reason : "refused";
        };
        log.record(ActionSeen{"INC-1", "Roll out to one cell first", "closed", "ben", 1, true, {}, log.now()});
        QCOMPARE(turned("done"), std::string("closed in hub"));
        QCOMPARE(turned("done", "seen on Tuesday"), std::string("seen on Tuesday"));
        QCOMPARE(turned("dropped"), std::string("refused")); // that is not what it says
        log.record(ActionTurned{"INC-1", "closed in hub", 1, ActionState::Done, kAna});
        QCOMPARE(turned("open"), std::string("refused"));
        log.record(ActionSeen{"INC-1", "Roll out to one cell first", "open", "ben", 1, false, {}, log.now()});
        QCOMPARE(turned("open"), std::string("open again in hub"));
    }

    /// Before it is read again, what was told is how it is there; whether that arrived already or not.
    void wordsChangedAfterwardsLeaveItDone()
    {
        for (const bool arrived : {false, true}) {
            Log log = underReview();
            makeIssue(log);
            const ActionTurned done{"INC-1", "it is", 1, ActionState::Done, kAna};
            log.record(done);
            tell(log, tellTracker(log.state, done), arrived);
            const ActionKept kept{"INC-1", "Roll out to one cell first, always", "ben", {}, {}, 1, {}, Strength::Engineer, kAna};
            log.record(kept);
            const Events told = tellTracker(log.state, kept);
            QVERIFY(outboxIn(told) && outboxIn(told)->leavesClosed);
            // Nor is it done there any less, for all that is known here.
            tell(log, told, arrived);
            QVERIFY(review::isClosedThere(log.state, *log.state.incident("INC-1"), actionOf(log)));
        }
    }

    /// Closed there a moment ago, and not read yet: a due date that is moved here opens nothing.
    void wordsChangedBeforeItIsReadSayNothingOfOpenOrClosed()
    {
        Log log = underReview();
        makeIssue(log);
        const ActionKept kept{"INC-1", "Roll out to one cell first", "ben", "no page for a month", {}, 1, kMorning + hours(24 * 40), Strength::Engineer, kAna};
        log.record(kept);
        QVERIFY(!actionOf(log).tracked.closed);
        QVERIFY(outboxIn(tellTracker(log.state, kept))->leavesClosed);
        const ActionTurned done{"INC-1", "it is", 1, ActionState::Done, kAna};
        log.record(done);
        QVERIFY(!outboxIn(tellTracker(log.state, done))->leavesClosed);
    }

    void openedAgainBeforeItIsReadIsTold()
    {
        for (const bool arrived : {false, true}) {
            Log log = underReview();
            makeIssue(log);
            const ActionTurned done{"INC-1", "it is", 1, ActionState::Done, kAna}, open{"INC-1", "it is not", 1, ActionState::Open, kAna};
            log.record(done);
            tell(log, tellTracker(log.state, done), arrived);
            log.record(open);
            const Events told = tellTracker(log.state, open);
            QVERIFY(outboxIn(told) && !outboxIn(told)->closed && !outboxIn(told)->leavesClosed);
            // What was read since counts again.
            tell(log, told, true);
            log.record(ActionSeen{"INC-1", "Roll out to one cell first", "closed", "ben", 1, true, {}, log.now()});
            QVERIFY(review::isClosedThere(log.state, *log.state.incident("INC-1"), actionOf(log)));
        }
    }

    void whatWasChangedWhileItsIssueWasOnItsWayIsToldWhenItArrived()
    {
        const auto sending = [] {
            Log log = underReview();
            tell(log, askedOf(log, TrackAction{"INC-1", "hub", {}, 1})->events, false);
            return log;
        };
        const OutboxMoved moved{1, Delivery::Confirmed, "12 https://hub.example/12", {}, "INC-1"};
        Log same = sending(), worded = sending(), log = sending();
        same.record(moved);
        QCOMPARE(arrivedThere(same.state, moved).size(), std::size_t(1));
        worded.record(ActionKept{"INC-1", "Roll out to two cells first", "ben", "no page for a month", {}, 1, kMorning + hours(24 * 30), Strength::Engineer, kAna});
        worded.record(moved);
        const Events reworded = arrivedThere(worded.state, moved);
        QVERIFY(outboxIn(reworded));
        QCOMPARE(outboxIn(reworded)->title, std::string("Roll out to two cells first"));
        QCOMPARE(outboxIn(reworded)->room, std::string("12"));
        QVERIFY(outboxIn(reworded)->leavesClosed);
        log.record(ActionTurned{"INC-1", "it is", 1, ActionState::Done, kAna});
        log.record(moved);
        const Events turned = arrivedThere(log.state, moved);
        QCOMPARE(turned.size(), std::size_t(2));
        QVERIFY(holds<ActionTracked>(turned.front()));
        QCOMPARE(outboxIn(turned)->effect, Effect::UpdateIssue);
        QVERIFY(outboxIn(turned)->closed && !outboxIn(turned)->leavesClosed);
    }

    void whoOwnsItIsGivenItThereAndKeepsItUntilSomebodyElseOwnsItHere()
    {
        Log log = underReview();
        Workspace w = aWorkspace();
        w.people[0].accounts = {{"hub", "ana-gh"}};
        w.people[1].accounts = {{"hub", "ben-gh"}};
        w.people.push_back({"eve", "Eve", "UTC", {}});
        log.record(withWorkspace(w));
        QCOMPARE(outboxIn(askedOf(log, TrackAction{"INC-1", "hub", {}, 1})->events)->address, std::string("ben-gh"));
        makeIssue(log);
        std::string text = "Roll out";
        const auto kept = [&](const std::string &owner) { // its words change too
            const ActionKept e{"INC-1", text += ".", owner, {}, {}, 1, {}, Strength::Engineer, kAna};
            log.record(e);
            const Events told = tellTracker(log.state, e);
            const std::string address = outboxIn(told)->address;
            tell(log, told, true);
            return address;
        };
        log.record(ActionSeen{"INC-1", "Roll out", "open", "somebody-else", 1, false, {}, log.now()}); // given to another there
        QCOMPARE(kept("ben"), std::string()); // that stays
        QCOMPARE(kept("ana"), std::string("ana-gh"));
        QCOMPARE(kept("eve"), std::string()); // nobody knows who that is there
        QCOMPARE(kept("ana"), std::string());
        QCOMPARE(kept("ben"), std::string("ben-gh"));
        // Another issue is given to the owner anew.
        log.record(ActionTracked{"INC-1", {}, {}, {}, 1, kAna});
        QCOMPARE(outboxIn(askedOf(log, TrackAction{"INC-1", "hub", {}, 1})->events)->address, std::string("ben-gh"));
    }

    void anOwnerNamedMeanwhileIsGivenItWhenItArrived()
    {
        Log log = underReview();
        Workspace w = aWorkspace();
        w.people[0].accounts = {{"hub", "ana-gh"}};
        log.record(withWorkspace(w));
        tell(log, askedOf(log, TrackAction{"INC-1", "hub", {}, 1})->events, false); // ben's, whom nobody knows there
        log.record(ActionKept{"INC-1", "Roll out to one cell first", "ana", "no page for a month", {}, 1, kMorning + hours(24 * 30), Strength::Engineer, kAna});
        const OutboxMoved moved{1, Delivery::Confirmed, "12 https://hub.example/12", {}, "INC-1"};
        log.record(moved);
        const Events then = arrivedThere(log.state, moved);
        QVERIFY(outboxIn(then));
        QCOMPARE(outboxIn(then)->address, std::string("ana-gh"));
    }

    void anActionInNoTrackerIsToldToNobody()
    {
        Log log = underReview();
        const ActionTurned done{"INC-1", {}, 1, ActionState::Done, kAna};
        log.record(done);
        QVERIFY(tellTracker(log.state, done).empty());
    }

    void disarmedLaterItIsWithheldAndSaid()
    {
        Log log = underReview();
        makeIssue(log);
        log.record(ConnectionArmed{"hub", 0, kAna});
        const ActionTurned done{"INC-1", {}, 1, ActionState::Done, kAna};
        log.record(done);
        const Events told = tellTracker(log.state, done);
        QCOMPARE(told.size(), std::size_t(1));
        QVERIFY(holds<WriteWithheld>(told.front()));
    }
};

QD_TEST(TestTrackedChanges)
#include "tst_trackedchanges.moc"
