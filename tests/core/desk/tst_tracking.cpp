// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/tracking.h"

#include "core/desk/decide.h"
#include "core/desk/react.h"
#include "core/review/tracked.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::desk;
using namespace qd::events;
using namespace qd::tests;

namespace {

/// INC-1 is reviewed and has one action; a tracker and a library are connected.
Log underReview(Writes tracker = static_cast<Writes>(Write::Issues), Writes library = static_cast<Writes>(Write::Publish))
{
    Log log;
    log.record(withWorkspace());
    log.record(withConnection("hub", "github", tracker));
    log.record(withConnection("wiki", "confluence", library));
    log.record(anIncident("INC-1").titled("Checkout was slow").service("web").event());
    log.record(StatusChanged{"INC-1", "", IncidentStatus::Resolved, kAna});
    log.record(ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna});
    log.record(SectionWritten{"INC-1", "summary", "One cell [[confidential: HUSH]] was slow.", 0, 1, false, kAna});
    log.record(ActionKept{"INC-1", "Roll out to one cell first", "ben", "no page for a month", {}, 1, kMorning + hours(24 * 30), Strength::Engineer, kAna});
    return log;
}

Result<Decision> askedOf(const Log &log, Command command)
{
    return decide(log.state, command, kAna, log.now());
}

const OutboxQueued *outboxIn(const Events &events)
{
    for (const Event &e : events)
        if (const auto *queued = getIf<OutboxQueued>(&e))
            return queued;
    return nullptr;
}

/// The issue was made: what follows is folded as the desk would.
void makeIssue(Log &log)
{
    auto made = askedOf(log, TrackAction{"INC-1", "hub", {}, 1});
    OutboxQueued queued = *outboxIn(made->events);
    queued.number = log.state.lastOutbox + 1;
    log.record(queued);
    const OutboxMoved moved{queued.number, Delivery::Confirmed, "12 https://hub.example/12", {}, "INC-1"};
    log.record(moved);
    log.record(arrivedThere(log.state, moved));
}

/// It is queued, and may arrive.
void tell(Log &log, const Events &events, bool arrives)
{
    OutboxQueued queued = *outboxIn(events);
    queued.number = log.state.lastOutbox + 1;
    log.record(queued);
    if (arrives)
        log.record(OutboxMoved{queued.number, Delivery::Confirmed, "12", {}, "INC-1"});
}

const state::Action &actionOf(const Log &log)
{
    return log.state.incident("INC-1")->review.actions.front();
}

} // namespace

/// Actions as issues, renditions as pages: what is written, and what never comes back.
class TestTracking : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anActionBecomesAnOutboxEntryAndThenAnIssue()
    {
        Log log = underReview();
        const auto made = askedOf(log, TrackAction{"INC-1", "hub", {}, 1});
        QVERIFY2(made.has_value(), made ? "" : made.error().message.c_str());
        const OutboxQueued *queued = outboxIn(made->events);
        QVERIFY(queued);
        QCOMPARE(queued->effect, Effect::TrackIssue);
        QCOMPARE(queued->title, std::string("Roll out to one cell first"));
        for (const char *part : {"Follows from INC-1: Checkout was slow", "It works when: no page for a month", "Owner: ", "Due: "})
            QVERIFY2(queued->text.find(part) != std::string::npos, part);
        makeIssue(log);
        QCOMPARE(actionOf(log).tracked.key, std::string("12"));
        QCOMPARE(actionOf(log).tracked.url, std::string("https://hub.example/12"));
        QVERIFY(!askedOf(log, TrackAction{"INC-1", "hub", {}, 1}).has_value()); // it is in one already
    }

    void onlyAnAddressOfTheWebIsOneToClick_data()
    {
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("url");
        QTest::newRow("https") << "12 https://hub.example/12" << "https://hub.example/12";
        QTest::newRow("http") << "12 http://hub.example/12" << "http://hub.example/12";
        QTest::newRow("script") << "12 javascript:alert(1)" << "";
        QTest::newRow("script before it") << "12 javascript:alert(1) https://hub.example/12" << "";
        QTest::newRow("a file") << "12 file:///etc/passwd" << "";
        QTest::newRow("none") << "12" << "";
    }
    void onlyAnAddressOfTheWebIsOneToClick()
    {
        QFETCH(QString, said);
        QFETCH(QString, url);
        Log log = underReview();
        tell(log, askedOf(log, TrackAction{"INC-1", "hub", {}, 1})->events, false);
        const OutboxMoved made{1, Delivery::Confirmed, said.toStdString(), {}, "INC-1"};
        log.record(made);
        log.record(arrivedThere(log.state, made));
        QCOMPARE(actionOf(log).tracked.key, std::string("12"));
        QCOMPARE(actionOf(log).tracked.url, url.toStdString());
        tell(log, askedOf(log, PublishReview{"INC-1", "public", "wiki"})->events, false);
        const OutboxMoved published{2, Delivery::Confirmed, said.toStdString(), {}, "INC-1"};
        log.record(published);
        log.record(arrivedThere(log.state, published));
        QCOMPARE(log.state.incident("INC-1")->review.publications.back().where, "wiki/12" + (url.isEmpty() ? "" : " " + url.toStdString()));
    }

    void withoutLeaveNothingIsQueued()
    {
        const Log log = underReview(0, 0);
        for (const Command &command : {Command(TrackAction{"INC-1", "hub", {}, 1}), Command(PublishReview{"INC-1", "public", "wiki"})}) {
            const auto refused = askedOf(log, command);
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, Code::Forbidden);
            QVERIFY2(refused.error().message.find("arm ") != std::string::npos, refused.error().message.c_str());
        }
    }

    void onlyATrackerKeepsIssuesAndOnlyALibraryPages()
    {
        const Log log = underReview();
        QVERIFY(!askedOf(log, TrackAction{"INC-1", "wiki", {}, 1}));
        QVERIFY(!askedOf(log, PublishReview{"INC-1", "public", "hub"}));
        QVERIFY(!askedOf(log, TrackAction{"INC-1", "nobody", {}, 1}));
        QVERIFY(!askedOf(log, TrackAction{"INC-1", "hub", {}, 9}));
    }

    void anIssueThatIsThereIsReadWithoutLeaveToWrite()
    {
        const Log log = underReview(0);
        const auto made = askedOf(log, TrackAction{"INC-1", "hub", "77", 1});
        QVERIFY2(made.has_value(), made ? "" : made.error().message.c_str());
        QVERIFY(!outboxIn(made->events));
        QVERIFY(!askedOf(log, TrackAction{"INC-1", "hub", "../7 7", 1}));
    }

    void anIssueIsNamedAsItsTrackerNamesIt_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<bool>("isNumber");
        QTest::addColumn<bool>("isJiras");
        QTest::newRow("number") << QByteArray("12") << true << false;
        QTest::newRow("key") << QByteArray("SHOP-12") << false << true;
        QTest::newRow("key of all sorts") << QByteArray("Sh0p_2-1") << false << true;
        QTest::newRow("the longest number") << QByteArray(200, '1') << true << false;
        QTest::newRow("longer") << QByteArray(201, '1') << false << false;
        QTest::newRow("the longest key") << "S-" + QByteArray(198, '1') << false << true;
        QTest::newRow("a longer key") << "S-" + QByteArray(199, '1') << false << false;
        for (const char *neither : {".", "..", "../12", "12/..", "-12", "SHOP-", "-", "SHOP", "1SHOP-12", "SHOP-12-3", "SHOP-1x", "SHOP..-1", "SHOP 12", "12 ", "12\n", "#12", "12?x=1", "12%2F3", "\xd9\xa1"})
            QTest::newRow(neither) << QByteArray(neither) << false << false;
    }
    void anIssueIsNamedAsItsTrackerNamesIt()
    {
        QFETCH(QByteArray, key);
        QFETCH(bool, isNumber);
        QFETCH(bool, isJiras);
        Log log = underReview();
        log.record(withConnection("lab", "gitlab", 0));
        log.record(withConnection("desk", "jira", 0));
        QCOMPARE(askedOf(log, TrackAction{"INC-1", "hub", key.toStdString(), 1}).has_value(), isNumber);
        QCOMPARE(askedOf(log, TrackAction{"INC-1", "lab", key.toStdString(), 1}).has_value(), isNumber);
        QCOMPARE(askedOf(log, TrackAction{"INC-1", "desk", key.toStdString(), 1}).has_value(), isJiras);
    }

    void whatIsOnItsWayIsNotAskedForTwice()
    {
        Log log = underReview();
        OutboxQueued queued = *outboxIn(askedOf(log, TrackAction{"INC-1", "hub", {}, 1})->events);
        queued.number = 1;
        log.record(queued);
        const auto refused = askedOf(log, TrackAction{"INC-1", "hub", {}, 1});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Code::Conflict);
    }

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

    void whoIsNotKnownThereIsNamedToWhoAsked()
    {
        const Log log = underReview();
        const auto made = askedOf(log, TrackAction{"INC-1", "hub", {}, 1});
        QVERIFY(made.has_value());
        QCOMPARE(made->notes.size(), std::size_t(1));
        QVERIFY2(made->notes.front().find("does not say who Ben is at hub") != std::string::npos, made->notes.front().c_str());
        QCOMPARE(outboxIn(made->events)->address, std::string());
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

    void whatAnActionBecomesIsATypeOfJirasAlone()
    {
        Connection c;
        c.name = "desk";
        c.kind = "jira";
        c.url = "https://acme.atlassian.net";
        c.path = "SHOP";
        c.secretFile = "secrets/desk.token";
        c.issueType = "Bug";
        QVERIFY(soundTracker(c).has_value());
        c.issueType = "Bug\nx";
        QVERIFY(!soundTracker(c));
        c.issueType = "Bug";
        c.kind = "gitlab";
        QVERIFY(!soundTracker(c));
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

    void aPageIsWrittenAgainWhereItWasBefore()
    {
        Log log = underReview();
        const auto first = askedOf(log, PublishReview{"INC-1", "public", "wiki"});
        QVERIFY2(first.has_value(), first ? "" : first.error().message.c_str());
        OutboxQueued queued = *outboxIn(first->events);
        QCOMPARE(queued.room, std::string());
        QVERIFY(queued.text.find("HUSH") == std::string::npos);
        queued.number = 1;
        log.record(queued);
        const OutboxMoved moved{1, Delivery::Confirmed, "4711 https://wiki.example/4711", {}, "INC-1"};
        log.record(moved);
        log.record(arrivedThere(log.state, moved));
        const auto &published = log.state.incident("INC-1")->review.publications;
        QCOMPARE(published.size(), std::size_t(1));
        QCOMPARE(published.front().where, std::string("wiki/4711 https://wiki.example/4711"));
        QCOMPARE(outboxIn(askedOf(log, PublishReview{"INC-1", "public", "wiki"})->events)->room, std::string("4711"));
        QCOMPARE(outboxIn(askedOf(log, PublishReview{"INC-1", "internal", "wiki"})->events)->room, std::string());
    }

    /// The library asks to be left alone; meanwhile words of the page are taken back.
    void aPageThatWaitsGoesOutAsItReadsByThen()
    {
        Log log = underReview();
        const auto waits = [&](const Events &events) {
            OutboxQueued queued = *outboxIn(events);
            queued.number = log.state.lastOutbox + 1;
            log.record(queued);
        };
        waits(askedOf(log, PublishReview{"INC-1", "public", "wiki"})->events);
        QCOMPARE(askedOf(log, PublishReview{"INC-1", "public", "wiki"}).error().code, Code::Conflict); // nothing is new
        const auto written = [&](const std::string &text, bool isDraft = false) {
            const std::uint32_t revision = log.state.incident("INC-1")->review.section("summary")->revision();
            const SectionWritten e{"INC-1", "summary", text, revision, revision + 1, isDraft, kAna};
            log.record(e);
            return react(log.state, e, log.now());
        };
        QVERIFY(written("Half a sent", true).empty()); // nobody's draft is published
        QVERIFY(written("One cell [[confidential: HUSH]] was slow.").empty()); // it reads the same
        const Events redacted = written("One cell [[confidential: HUSH]] was [[confidential: SLOW]].");
        const OutboxQueued *anew = outboxIn(redacted);
        QVERIFY(anew && anew->instead == 1 && anew->text.find("slow") == std::string::npos && anew->text.find("SLOW") == std::string::npos);
        waits(redacted);
        QCOMPARE(log.state.outbox.at(1).delivery, Delivery::Failed);
        QCOMPARE(log.state.outbox.at(1).recalled, std::string("it was written otherwise"));
        // What may not leave goes out in no words, old or new.
        const Events leaks = written("On db.shop.internal.");
        QVERIFY(!outboxIn(leaks) && leaks.size() == 1);
        const WriteWithheld *withheld = getIf<WriteWithheld>(&leaks.front());
        QVERIFY(withheld && withheld->instead == 2 && withheld->reason.find("db.shop") == std::string::npos);
        log.record(leaks);
        QCOMPARE(log.state.outbox.at(2).delivery, Delivery::Failed);
        QVERIFY(written("One cell was slow.").empty()); // it is published again by a person
        QVERIFY(askedOf(log, PublishReview{"INC-1", "public", "wiki"}).has_value());
    }

    void whatIsPublishedAnewTakesThePlaceOfWhatWaits()
    {
        Log log = underReview();
        OutboxQueued first = *outboxIn(askedOf(log, PublishReview{"INC-1", "public", "wiki"})->events);
        first.number = 1;
        log.record(first);
        log.record(SectionWritten{"INC-1", "summary", "Two cells were slow.", 1, 2, false, kAna});
        const auto again = askedOf(log, PublishReview{"INC-1", "public", "wiki"});
        QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
        QCOMPARE(outboxIn(again->events)->instead, std::uint64_t(1));
    }

    void whatLeaksIsNoPage()
    {
        Log log = underReview();
        log.record(SectionWritten{"INC-1", "impact", "On db.shop.internal.", 0, 1, false, kAna});
        const auto refused = askedOf(log, PublishReview{"INC-1", "public", "wiki"});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Code::Forbidden);
    }

    void aConnectionIsSetToAnotherPlaceWhenNothingIsThereAnyMore()
    {
        Connection c;
        c.name = "hub";
        c.kind = "github";
        c.url = "https://api.github.com";
        c.path = "acme/shop";
        c.secretFile = "secrets/hub.token";
        Log log = underReview();
        log.record(ConnectionAdded{c, kAna});
        Connection other = c, same = c;
        other.path = "acme/web";
        same.url = "https://api.github.com/";
        same.path = "Acme/Shop";
        same.secretFile = "secrets/other.token";
        const auto refused = [&] { // "": it may be set so
            const auto made = askedOf(log, AddConnection{other});
            return made ? std::string() : made.error().code == Code::Conflict ? made.error().message : "otherwise: " + made.error().message;
        };
        QCOMPARE(refused(), std::string());
        OutboxQueued queued = *outboxIn(askedOf(log, TrackAction{"INC-1", "hub", {}, 1})->events);
        queued.number = 1;
        log.record(queued);
        QVERIFY2(refused().starts_with("1 write is on the way"), refused().c_str());
        const OutboxMoved moved{1, Delivery::Confirmed, "12 https://hub.example/12", {}, "INC-1"};
        log.record(moved);
        log.record(arrivedThere(log.state, moved));
        QVERIFY2(refused().starts_with("1 action is an issue"), refused().c_str());
        QVERIFY2(refused().ends_with("quarterdeckctl review track INC-1 1 --release"), refused().c_str());
        QVERIFY(askedOf(log, AddConnection{same}).has_value()); // the same place, another token
        log.record(ConnectionRemoved{"hub", kAna});
        QVERIFY2(refused().starts_with("1 action is an issue"), refused().c_str()); // nor by taking it away first
        log.record(ActionTracked{"INC-1", {}, {}, {}, 1, kAna});
        QCOMPARE(refused(), std::string());
    }

    /// A log of before that was asked, or of two connections by one name.
    void whatIsElsewhereIsNeitherWrittenNorRead()
    {
        Log log = underReview();
        makeIssue(log);
        QVERIFY(!review::isElsewhere(log.state, actionOf(log).tracked));
        Connection other = log.state.source("hub")->connection;
        other.path = "acme/web";
        log.record(ConnectionAdded{other, kAna});
        QVERIFY(review::isElsewhere(log.state, actionOf(log).tracked));
        const ActionTurned done{"INC-1", {}, 1, ActionState::Done, kAna};
        log.record(done);
        const Events told = tellTracker(log.state, done);
        QVERIFY(told.size() == 1 && holds<WriteWithheld>(told.front()));
        QVERIFY(getIf<WriteWithheld>(&told.front())->reason.find("review track INC-1 1 --release") != std::string::npos);
    }

    void aPageOfAnotherSpaceIsNotWrittenAgain()
    {
        Log log = underReview();
        log.record(ReviewPublished{"INC-1", "public", "confluence", "wiki/4711 https://wiki.example/4711", {}, 1, kAna});
        const auto page = [&] { return outboxIn(askedOf(log, PublishReview{"INC-1", "public", "wiki"})->events)->room; };
        QCOMPARE(page(), std::string("4711"));
        const Connection before = log.state.source("wiki")->connection;
        Connection other = before;
        other.path = "ELSE";
        log.record(ConnectionAdded{other, kAna});
        QCOMPARE(page(), std::string());
        log.record(ConnectionAdded{before, kAna});
        QCOMPARE(page(), std::string("4711"));
    }

    void aTokenGoesOverTlsOnly_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("sound");
        QTest::newRow("github") << "github" << "https://api.github.com" << "acme/shop" << true;
        QTest::newRow("no repository") << "github" << "https://api.github.com" << "acme" << false;
        QTest::newRow("two slashes") << "github" << "https://api.github.com" << "acme/shop/issues" << false;
        QTest::newRow("gitlab, deep") << "gitlab" << "https://gitlab.com" << "acme/web/shop" << true;
        QTest::newRow("upwards") << "gitlab" << "https://gitlab.com" << "acme/../shop" << false;
        QTest::newRow("a query") << "jira" << "https://acme.atlassian.net" << "SHOP?x=1" << false;
        QTest::newRow("plain") << "jira" << "http://acme.atlassian.net" << "SHOP" << false;
        QTest::newRow("this machine") << "confluence" << "http://127.0.0.1:8080/wiki" << "OPS" << true;
        QTest::newRow("nothing of ours") << "slack" << "http://x" << "" << true;
    }
    void aTokenGoesOverTlsOnly()
    {
        QFETCH(QString, kind);
        QFETCH(QString, url);
        QFETCH(QString, path);
        QFETCH(bool, sound);
        Connection c;
        c.name = "x";
        c.kind = kind.toStdString();
        c.url = url.toStdString();
        c.path = path.toStdString();
        c.secretFile = "secrets/x.token";
        QCOMPARE(soundTracker(c).has_value(), sound);
        c.secretFile.clear();
        QCOMPARE(soundTracker(c).has_value(), kind == QStringLiteral("slack"));
    }
};

QD_TEST(TestTracking)
#include "tst_tracking.moc"
