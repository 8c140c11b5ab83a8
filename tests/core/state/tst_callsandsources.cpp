// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/events/texts.h"
#include "core/state/state.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::events;
using namespace qd::state;
using namespace qd::tests;

namespace {

Log declared()
{
    Log log;
    log.record(withWorkspace()).record(withConnection("am")).record(withConnection("chat", "xmpp")).record(anIncident().event());
    return log;
}

EscalationStarted started(std::uint32_t number)
{
    return {number, "shop", "INC-1", "db", "Checkout fails", true, {"escalation.start", {}, {}}, kAna};
}

} // namespace

class TestCallsAndSources : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ofEachPostItIsKnownHowOftenItWasSentAndWhatWasFound()
    {
        Log log;
        OutboxQueued queued;
        queued.number = 1;
        queued.incident = "INC-1";
        log.record(withWorkspace()).record(anIncident("INC-1").event()).record(queued);
        const auto now = [&] {
            const state::OutboxEntry &o = log.state.outbox.at(1);
            return std::to_string(o.attempts) + ' ' + std::string(word(o.looked)) + (o.resent ? " resent" : "");
        };
        const auto moved = [&](Delivery delivery, Looked looked) { log.record(OutboxMoved{1, delivery, {}, {}, "INC-1", looked}); };
        QCOMPARE(now(), std::string("0 "));
        moved(Delivery::Queued, Looked::Absent); // it was looked for after a restart, and had not been sent
        moved(Delivery::Sent, Looked::Absent);
        QCOMPARE(now(), std::string("1 absent"));
        moved(Delivery::Queued, Looked::NotYet); // patience was asked for: it was refused, so that nothing is in doubt
        moved(Delivery::Sent, Looked::NotYet);
        QCOMPARE(now(), std::string("2 absent"));
        moved(Delivery::Unknown, Looked::NotYet);
        moved(Delivery::Sent, Looked::Absent);
        QCOMPARE(now(), std::string("3 absent resent"));
        moved(Delivery::Unknown, Looked::NotYet);
        moved(Delivery::Confirmed, Looked::Found);
        QCOMPARE(now(), std::string("3 found resent"));
    }

    void whatWasStruckIsQueuedNoMoreAndWhetherItWentOutIsSaid()
    {
        Log log;
        log.record(withWorkspace()).record(anIncident("INC-1").event());
        OutboxQueued post;
        post.incident = "INC-1";
        post.connection = "chat";
        post.room = "war@muc.example";
        post.text = "the password is canary";
        for (post.number = 1; post.number <= 4; ++post.number)
            log.record(post);
        log.record(OutboxMoved{2, Delivery::Sent, {}, {}, "INC-1"}).record(OutboxMoved{3, Delivery::Confirmed, "m3", {}, "INC-1"});
        log.record(OutboxMoved{4, Delivery::Failed, {}, "there is no such room", "INC-1"});
        log.record(TextStruck{"INC-1", "held a secret", {{5, 0}}, kAna, {}, {1, 2, 3, 4, 99}});
        const auto last = [&] { return log.state.incident("INC-1")->timeline.back().text; };
        QVERIFY2(last().ends_with("held a secret; it had gone out to chat/war@muc.example"), last().c_str());
        const auto at = [&](std::uint64_t n) -> const state::OutboxEntry & { return log.state.outbox.at(n); };
        QVERIFY(at(1).delivery == Delivery::Failed && at(1).reason == "its text was struck" && at(1).recalledAt == log.state.time);
        QVERIFY(at(2).delivery == Delivery::Sent && at(2).recalled == "its text was struck");
        QVERIFY(at(3).delivery == Delivery::Confirmed && at(3).recalled.empty());
        QVERIFY(at(4).reason == "there is no such room" && at(4).recalled.empty());
        const std::size_t lines = log.state.incident("INC-1")->timeline.size();
        log.record(OutboxMoved{1, Delivery::Queued, {}, "the line broke", "INC-1"}); // its edge knew nothing of it yet
        QVERIFY(at(1).delivery == Delivery::Failed && at(1).reason == "its text was struck");
        QCOMPARE(log.state.incident("INC-1")->timeline.size(), lines);
        log.record(OutboxMoved{2, Delivery::Confirmed, "m2", {}, "INC-1"});
        QCOMPARE(at(2).delivery, Delivery::Confirmed);
        QCOMPARE(last(), std::string("a post had gone out to chat/war@muc.example already when its text was struck"));
        // As it is folded anew, without the words.
        Log anew;
        anew.record(withWorkspace()).record(anIncident("INC-1").event());
        post.text = kStruckText;
        for (post.number = 1; post.number <= 2; ++post.number)
            anew.record(post);
        anew.record(OutboxMoved{1, Delivery::Queued, {}, "asked for patience", "INC-1"}).record(OutboxMoved{2, Delivery::Sent, {}, {}, "INC-1"});
        anew.record(TextStruck{"INC-1", "held a secret", {{5, 0}}, kAna, {}, {1, 2}});
        QCOMPARE(anew.state.outbox.at(1).delivery, Delivery::Failed); // and is not handed on after a start
        anew.record(OutboxMoved{1, Delivery::Queued, {}, "the line broke", "INC-1"});
        QCOMPARE(anew.state.outbox.at(1).delivery, Delivery::Failed);
        anew.record(OutboxMoved{2, Delivery::Confirmed, "m2", {}, "INC-1"});
        QCOMPARE(anew.state.outbox.at(2).delivery, Delivery::Confirmed);
    }

    /// Folded anew, without its words, an update that was struck is what it was: it went out, or was under way.
    void whomAnUpdateReachedBeforeItWasStruckIsSoHoweverItIsFolded()
    {
        Log live, anew;
        const auto both = [&](const auto &event) {
            live.record(event);
            anew.record(event);
        };
        const auto isSame = [&] {
            const Incident &was = *live.state.incident("INC-1"), &is = *anew.state.incident("INC-1");
            return was.timeline.size() == is.timeline.size() && was.updates.back().unheard == is.updates.back().unheard && was.promises.front().keptAt == is.promises.front().keptAt;
        };
        const auto post = [&](std::uint64_t number, std::uint32_t update, bool isStruck) {
            OutboxQueued q;
            q.number = number;
            q.incident = "INC-1";
            q.connection = "chat";
            q.room = "room@chat";
            q.subject = "update/" + std::to_string(update);
            q.text = "the password is canary";
            live.record(q);
            if (isStruck)
                q.text = kStruckText;
            anew.record(q);
        };
        both(withWorkspace());
        both(anIncident("INC-1").event());
        both(PromiseMade{"INC-1", "customers", "more soon", 1, live.state.time + hours(1), kAna});
        const auto update = [&](std::uint32_t number) {
            UpdateIssued e{"INC-1", "status", "customers", "On it.", number, {}, kAna};
            e.to = {"rooms"};
            both(e);
        };
        update(1);
        post(1, 1, true);
        both(OutboxMoved{1, Delivery::Queued, {}, "asks for patience", "INC-1"});
        QCOMPARE(anew.state.outbox.at(1).delivery, Delivery::Queued);
        QVERIFY(isSame() && anew.state.incident("INC-1")->promises.front().keptAt);
        both(OutboxMoved{1, Delivery::Sent, {}, {}, "INC-1"});
        both(OutboxMoved{1, Delivery::Confirmed, "m1", {}, "INC-1"});
        update(2);
        post(2, 2, true);
        post(3, 2, false);
        both(OutboxMoved{3, Delivery::Failed, {}, "there is no such room", "INC-1"}); // the other is still under way
        QVERIFY(isSame() && !anew.state.incident("INC-1")->updates.back().unheard);
        both(TextStruck{"INC-1", "held a secret", {{5, 0}}, kAna, {}, {1, 2}});
        both(OutboxMoved{2, Delivery::Failed, {}, "its text was struck", "INC-1"});
        QVERIFY(isSame() && anew.state.incident("INC-1")->updates.back().unheard);
    }

    void whatWaitsIsRememberedAsSaidElsewhereOrWithheldThere()
    {
        Log log;
        log.record(withWorkspace()).record(anIncident("INC-1").event());
        OutboxQueued post;
        post.incident = "INC-1";
        post.connection = "slack";
        post.room = "inc-1@acme.slack.com";
        post.text = "the pool is full";
        for (post.number = 1; post.number <= 2; ++post.number)
            log.record(post);
        OutboxQueued instead = post;
        instead.number = 3;
        instead.instead = 1;
        instead.connection = "irc";
        instead.room = "ops@irc.test";
        instead.subject = "instead/1";
        log.record(instead);
        const state::OutboxEntry &said = log.state.outbox.at(1), &waits = log.state.outbox.at(2);
        QCOMPARE(said.insteadIn, std::string("irc/ops@irc.test"));
        QCOMPARE(said.insteadAt, log.state.time);
        QVERIFY(said.delivery == Delivery::Queued && said.insteadWhy.empty() && !waits.insteadAt); // it stays where it was
        QCOMPARE(log.state.incident("INC-1")->timeline.back().text, std::string("said in ops@irc.test instead, because inc-1@acme.slack.com does not take it"));
        WriteWithheld withheld{Effect::Post, "irc", "INC-1", "", "the pool is full", "irc observes"};
        withheld.instead = 2;
        log.record(withheld);
        QCOMPARE(log.state.outbox.at(2).insteadWhy, std::string("irc observes"));
        QVERIFY(log.state.outbox.at(2).insteadAt && log.state.outbox.at(2).insteadIn.empty());
        instead.number = 4;
        instead.instead = 99; // of one that is forgotten
        log.record(instead);
        QCOMPARE(log.state.outbox.size(), std::size_t(4));
        QCOMPARE(log.state.incident("INC-1")->timeline.back().text, std::string("said in ops@irc.test instead"));
    }

    void anEscalationIsItsSteps()
    {
        Log log = declared();
        log.record(started(1)).record(StepReached{1, 1, 0, "INC-1", {"ana"}, log.now() + minutes(5), false, {}});
        log.record(EscalatedByHand{1, "INC-1", kAna});
        QVERIFY(log.state.escalations.at(0).hurried);
        log.record(StepReached{1, 2, 0, "INC-1", {"ben"}, log.now() + minutes(5), true, {}});
        const Escalation &x = log.state.escalations.at(0);
        QVERIFY(x.isRunning() && !x.hurried);
        QCOMPARE(x.steps.size(), std::size_t{2});
        QVERIFY(x.steps[1].late);
        QCOMPARE(x.because.size(), std::size_t{3});
    }

    void theFirstAnswerCounts()
    {
        Log log = declared();
        log.record(started(1)).record(EscalationAcknowledged{1, "INC-1", kAna});
        const Instant answered = log.now();
        log.record(EscalationAcknowledged{1, "INC-1", {"ben", Path::Chat}}).record(EscalationEnded{1, "INC-1", "exhausted", {}});
        const Escalation &x = log.state.escalations.at(0);
        QCOMPARE(x.acknowledgedBy, std::string("ana"));
        QVERIFY(x.acknowledgedAt == answered);
        QCOMPARE(x.outcome, std::string("acknowledged"));
    }

    void numbersOfErasedEscalationsStayFree()
    {
        Log log = declared();
        log.record(started(3)); // 1 and 2 belonged to an incident whose key is gone
        QCOMPARE(log.state.escalations.size(), std::size_t{3});
        QCOMPARE(log.state.escalations[2].policy, std::string("shop"));
        QVERIFY(log.state.escalations[0].policy.empty());
    }

    void aNumberOutOfReachIsDamage()
    {
        Log log = declared();
        log.record(started(4'000'000'000U)).record(StepReached{4'000'000'000U, 1, 0, "INC-1", {}, {}, false, {}}).record(EscalationEnded{0, "INC-1", "x", {}});
        QVERIFY(log.state.escalations.empty());
    }

    void theTimelineShowsHowFarAPostGot()
    {
        Log log = declared();
        log.record(RoomLinked{"INC-1", "chat", "room@chat", true}).record(UpdateIssued{"INC-1", "status", "customers", "On it.", 1, {}, kAna});
        OutboxQueued post;
        post.number = 1;
        post.connection = "chat";
        post.incident = "INC-1";
        post.room = "room@chat";
        post.subject = "update/1";
        log.record(post);
        QCOMPARE(log.state.incident("INC-1")->updates.at(0).outbox, std::uint64_t{1});
        const auto entry = [&]() -> const Entry & { return log.state.incident("INC-1")->timeline.back(); };
        QCOMPARE(entry().outbox, std::uint64_t{1});
        log.record(OutboxMoved{1, Delivery::Confirmed, "m9", "", "INC-1"});
        QVERIFY(log.state.outbox.at(1).delivery == Delivery::Confirmed);
        QCOMPARE(entry().messageId, std::string("m9"));
        MessageSeen reaction;
        reaction.connection = "chat";
        reaction.room = "room@chat";
        reaction.incident = "INC-1";
        reaction.kind = MessageKind::Reaction;
        reaction.target = "m9";
        reaction.emoji = "+1";
        reaction.person = "ben";
        log.record(reaction);
        QCOMPARE(entry().reactions.size(), std::size_t{1}); // a reaction to our own post finds its line
    }

    void settledEffectsAreForgottenOldestFirst()
    {
        Log log = declared();
        Events queued, moved;
        for (std::uint64_t n = 1; n <= State::kOutboxKept; ++n) {
            OutboxQueued q;
            q.number = n;
            queued.emplace_back(q);
            if (n != 1)
                moved.emplace_back(OutboxMoved{n, Delivery::Confirmed, "", "", ""});
        }
        log.record(queued).record(moved);
        OutboxQueued another;
        another.number = State::kOutboxKept + 1;
        log.record(another);
        QCOMPARE(log.state.outbox.size(), State::kOutboxKept);
        QVERIFY(log.state.outbox.contains(1)); // still under way: never forgotten
        QVERIFY(!log.state.outbox.contains(2));
        log.record(OutboxMoved{2, Delivery::Failed, "", "", ""}); // of a forgotten one
        QCOMPARE(log.state.lastOutbox, std::uint64_t{State::kOutboxKept + 1});
    }

    void aTopicThatWaitsIsNotForgottenUntilItsTimeNorAfterANewerOne()
    {
        Log log = declared();
        OutboxQueued q;
        q.effect = Effect::Topic;
        q.connection = "chat";
        q.incident = "INC-1";
        q.room = "room";
        q.number = 1;
        log.record(q);
        log.record(OutboxMoved{1, Delivery::Failed, "", "not yet", "INC-1", Looked::NotYet, log.state.time + minutes(8)});
        QVERIFY(log.state.outbox.at(1).again > log.state.time);
        Events queued;
        for (std::uint64_t n = 2; n <= State::kOutboxKept + 1; ++n) {
            OutboxQueued other;
            other.number = n;
            queued.emplace_back(other);
        }
        log.record(queued);
        QVERIFY(log.state.outbox.contains(1));
        q.number = State::kOutboxKept + 2;
        q.room = "another";
        log.record(q);
        QVERIFY(log.state.outbox.contains(1) && log.state.outbox.at(1).again);
        QCOMPARE(log.state.outbox.at(1).reason, std::string("not yet"));
        q.number = State::kOutboxKept + 3;
        q.room = "room";
        log.record(q); // the newest is the one that is set
        QVERIFY(!log.state.outbox.contains(1));
        log.record(OutboxMoved{2, Delivery::Failed, "", "", "", Looked::NotYet, log.state.time + minutes(8)}); // only topics are put off
        QVERIFY(!log.state.outbox.contains(2) || !log.state.outbox.at(2).again);
    }

    void withheldWritesAreSaid()
    {
        Log log = declared();
        log.record(WriteWithheld{Effect::Post, "chat", "INC-1", "", "text", "chat observes; arm it for posts"});
        QCOMPARE(state::word(log.state.incident("INC-1")->timeline.back().kind), std::string_view("withheld"));
        QVERIFY(log.state.outbox.empty());
        QCOMPARE(log.state.incident("INC-1")->withheld.back().what.text, std::string("text"));
        log.record(WriteWithheld{Effect::Page, "", "", "ana", "You are called", "no connection is armed for pages"});
        QCOMPARE(log.state.withheld.back().what.person, std::string("ana"));
        for (std::size_t n = 0; n < kWithheldKept; ++n)
            log.record(WriteWithheld{Effect::Post, "chat", "INC-1", "", std::to_string(n), "chat observes"});
        QCOMPARE(log.state.incident("INC-1")->withheld.size(), kWithheldKept);
        QCOMPARE(log.state.incident("INC-1")->withheld.front().what.text, std::string("0"));
        QCOMPARE(log.state.incident("INC-1")->withheld.back().what.text, std::to_string(kWithheldKept - 1));
        log.record(WriteWithheld{Effect::Post, "chat", "INC-99", "", "of an erased incident", "chat observes"});
        QCOMPARE(log.state.withheld.size(), std::size_t{1});
    }

    void aRoomThatIsNotThereIsSaidOnTheTimeline()
    {
        Log log = declared();
        OutboxQueued queued;
        queued.number = 1;
        queued.effect = Effect::AttachRoom;
        queued.connection = "chat";
        queued.incident = "INC-1";
        queued.room = "ops@chat";
        log.record(queued).record(OutboxMoved{1, Delivery::Failed, "", "there is no room ops@chat", "INC-1"});
        const auto &entry = log.state.incident("INC-1")->timeline.back();
        QCOMPARE(state::word(entry.kind), std::string_view("room"));
        QCOMPARE(entry.text, std::string("room not attached: ops@chat: there is no room ops@chat"));
    }

    void armingReplacesAndDisarms()
    {
        Log log = declared();
        log.record(ConnectionArmed{"chat", 12, kAna});
        QCOMPARE(log.state.source("chat")->armed, Writes{12});
        log.record(ConnectionArmed{"chat", 0, kAna}).record(ConnectionArmed{"nobody", 31, kAna});
        QCOMPARE(log.state.source("chat")->armed, Writes{0});
        QCOMPARE(log.state.sources.size(), std::size_t{2});
    }

    void addingAgainChangesTheConnectionInPlace()
    {
        Log log = declared();
        const Instant added = log.state.source("am")->addedAt;
        log.record(ConnectionArmed{"am", 1, kAna}).record(withConnection("am", "alertmanager", 0, "prod"));
        QCOMPARE(log.state.sources.size(), std::size_t{2}); // its bit in seenBy never moves
        QVERIFY(log.state.source("am")->addedAt == added);
        QCOMPARE(log.state.text(log.state.source("am")->set), std::string_view("prod"));
        QCOMPARE(log.state.source("am")->armed, Writes{1});
    }

    void aStartForgetsWhatWasHeardBefore()
    {
        Log log = declared();
        log.record(SourceSeen{"am", Path::Poll, log.now(), log.now() + seconds(20), 4});
        QVERIFY(static_cast<bool>(log.state.source("am")->seenSinceStart));
        QCOMPARE(log.state.source("am")->deliveries, std::uint64_t{4});
        const Instant last = log.state.source("am")->lastSeen;
        log.record(CoreStarted{"0.1.0"}, minutes(1));
        QVERIFY(!log.state.source("am")->seenSinceStart);
        QVERIFY(log.state.source("am")->lastSeen == last);
        QVERIFY(log.state.startedAt == log.now());
    }

    void aFailureIsAProblemUntilTheNextWord()
    {
        Log log = declared();
        log.record(SourceFailed{"am", "connection refused"});
        QCOMPARE(log.state.source("am")->problem, std::string("connection refused"));
        log.record(SourceSeen{"am", Path::Poll, log.now(), log.now(), 1});
        QVERIFY(log.state.source("am")->problem.empty());
    }

    void silenceIsMarkedUntilRecovered()
    {
        Log log = declared();
        log.record(SourceWentSilent{"am", log.now(), {"source.silent", {}, {}}});
        QVERIFY(log.state.source("am")->silent);
        log.record(SourceRecovered{"am"});
        QVERIFY(!log.state.source("am")->silent);
        QCOMPARE(log.state.log.size(), std::size_t{2});
    }

    void heartbeatsAndRefusalsAreCounted()
    {
        Log log = declared();
        log.record(HeartbeatSeen{"am", "backup", kMorning, kMorning + seconds(30), 3}).record(HeartbeatSeen{"am", "backup", kMorning + minutes(1), kMorning + minutes(2), 2});
        QCOMPARE(log.state.heartbeats.at("am/backup").count, std::uint64_t{5});
        QVERIFY(log.state.heartbeats.at("am/backup").first == kMorning);
        QVERIFY(log.state.heartbeats.at("am/backup").last == kMorning + minutes(2));
        log.record(RequestsRefused{401, "unknown key", kMorning, kMorning, 2}).record(RequestsRefused{401, "unknown key", kMorning, kMorning, 3});
        QCOMPARE(log.state.refusals.size(), std::size_t{1});
        QCOMPARE(log.state.refusedTotal, std::uint64_t{5});
    }

    void refusalKindsAreBounded()
    {
        Log log = declared();
        for (int i = 0; i < 1000; ++i)
            log.record(RequestsRefused{400, "reason " + std::to_string(i), kMorning, kMorning, 1});
        QVERIFY(log.state.refusals.size() <= 200);
        QCOMPARE(log.state.refusedTotal, std::uint64_t{1000});
    }

    void aChangeKeepsItsOwnTime()
    {
        Log log = declared();
        log.record(ChangeSeen{"db", "db 4.2", "", "ci", kMorning - minutes(5), kAna}).record(ChangeSeen{"db", "now", "", "", {}, kAna});
        QVERIFY(log.state.changes[0].at == kMorning - minutes(5));
        QVERIFY(log.state.changes[1].at == log.now());
    }

    void timeIsTheJournals()
    {
        Log log;
        log.record(ClockWoke{}).record(ClockWoke{}, minutes(1));
        QCOMPARE(log.state.seq, std::uint64_t{2});
        QVERIFY(log.state.time == log.now());
    }
};

QD_TEST(TestCallsAndSources)
#include "tst_callsandsources.moc"
