// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/state.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::events;
using namespace qd::state;
using namespace qd::tests;

namespace {

Log declaredInARoom()
{
    Log log;
    log.record(withWorkspace()).record(withConnection("chat", "xmpp")).record(anIncident().service("db").severity(IncidentSeverity::Sev2).event());
    log.record(RoomLinked{"INC-1", "chat", "room@chat", true});
    return log;
}

MessageSeen message(const std::string &id, const std::string &text, MessageKind kind = MessageKind::Message, const std::string &target = {})
{
    MessageSeen m;
    m.connection = "chat";
    m.room = "room@chat";
    m.incident = "INC-1";
    m.messageId = id;
    m.target = target;
    m.sender = "room@chat/Ana";
    m.nick = "Ana";
    m.person = "ana";
    m.text = text;
    m.kind = kind;
    m.verified = true;
    return m;
}

std::vector<const Entry *> entries(const Log &log, EntryKind kind)
{
    std::vector<const Entry *> out;
    for (const Entry &e : log.state.incident("INC-1")->timeline)
        if (e.kind == kind)
            out.push_back(&e);
    return out;
}

} // namespace

class TestIncident : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void declaringOpensItWithItsAlerts()
    {
        Log log;
        log.record(withConnection("am"));
        const auto batch = aBatch().alert({{"alertname", "X"}}).build();
        log.record(decided(batch)).record(anIncident("INC-7").severity(IncidentSeverity::Sev1).alert(keyOf(batch)).alert("am/00000000000000ff").event());
        const Incident *i = log.state.incident("INC-7");
        QVERIFY(i && i->isOpen());
        QVERIFY(i->severity == IncidentSeverity::Sev1);
        QVERIFY(i->declaredAt == log.now());
        QVERIFY(i->impactSince == log.now());
        QCOMPARE(log.state.lastIncident, 7U);
        QCOMPARE(i->alerts.size(), std::size_t{2}); // one of them is of an erased day: the reference stays
        QCOMPARE(log.state.text(log.state.alert(keyOf(batch))->incident), std::string_view("INC-7"));
        QCOMPARE(i->timeline.size(), std::size_t{1});
        QCOMPARE(state::word(i->timeline[0].kind), std::string_view("declared"));
    }

    void attachingTwiceListsOnce()
    {
        Log log = declaredInARoom();
        log.record(AlertsAttached{"INC-1", {"am/1", "am/2"}, kAna}).record(AlertsAttached{"INC-1", {"am/2"}, kAna});
        QCOMPARE(log.state.incident("INC-1")->alerts, (std::vector<std::string>{"am/1", "am/2"}));
    }

    void incidentNumbersAreReadStrictly_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<unsigned>("number");
        QTest::newRow("plain") << QStringLiteral("INC-7") << 7U;
        QTest::newRow("trailing") << QStringLiteral("INC-7x") << 0U;
        QTest::newRow("none") << QStringLiteral("INC-") << 0U;
        QTest::newRow("negative") << QStringLiteral("INC--1") << 0U;
        QTest::newRow("huge") << QStringLiteral("INC-99999999999") << 0U;
        QTest::newRow("other") << QStringLiteral("inc-7") << 0U;
    }
    void incidentNumbersAreReadStrictly()
    {
        QFETCH(QString, id);
        QFETCH(unsigned, number);
        QCOMPARE(incidentNumber(id.toStdString()), number);
    }

    void aRoleGoesFromHandToHand()
    {
        Log log = declaredInARoom();
        log.record(RoleAssumed{"INC-1", Role::Commander, "ana", kAna}).record(RoleAssumed{"INC-1", Role::Commander, "ben", kAna}, minutes(5));
        QCOMPARE(log.state.incident("INC-1")->holder(Role::Commander), std::string("ben"));
        QVERIFY(log.state.incident("INC-1")->roles.at(Role::Commander).since == log.now());
        log.record(RoleAssumed{"INC-1", Role::Commander, "", kAna});
        QCOMPARE(log.state.incident("INC-1")->holder(Role::Commander), std::string());
        QCOMPARE(entries(log, EntryKind::Role).size(), std::size_t{3});
    }

    void milestonesFollowTheStatus()
    {
        Log log = declaredInARoom();
        log.record(StatusChanged{"INC-1", "", IncidentStatus::Mitigated, kAna});
        const Instant mitigated = log.now();
        log.record(StatusChanged{"INC-1", "", IncidentStatus::Resolved, kAna});
        QVERIFY(log.state.incident("INC-1")->mitigatedAt == mitigated);
        QVERIFY(log.state.incident("INC-1")->resolvedAt == log.now());
        QVERIFY(!log.state.incident("INC-1")->isOpen());
        log.record(StatusChanged{"INC-1", "came back", IncidentStatus::Active, kAna}); // reopened: the milestones are taken back, the timeline keeps them
        QVERIFY(log.state.incident("INC-1")->isOpen());
        QVERIFY(!log.state.incident("INC-1")->resolvedAt && !log.state.incident("INC-1")->mitigatedAt);
        QCOMPARE(entries(log, EntryKind::Status).size(), std::size_t{3});
    }

    void severityChangesSayFromAndTo()
    {
        Log log = declaredInARoom();
        log.record(SeverityChanged{"INC-1", "whole region", IncidentSeverity::Sev1, kAna});
        QVERIFY(log.state.incident("INC-1")->severity == IncidentSeverity::Sev1);
        QCOMPARE(entries(log, EntryKind::Severity).at(0)->text, std::string("SEV2 to SEV1: whole region"));
    }

    void tasksHypothesesAndDecisionsAreKept()
    {
        Log log = declaredInARoom();
        log.record(TaskAssigned{"INC-1", "ben", "check lag", 1, log.now() + minutes(10), kAna}).record(TaskDone{"INC-1", 1, kAna});
        log.record(HypothesisRaised{"INC-1", "pool exhausted", 1, kAna}).record(HypothesisRaised{"INC-1", "bad deploy", 2, kAna});
        log.record(HypothesisSettled{"INC-1", "graphs are flat", 1, true, kAna}).record(HypothesisSettled{"INC-1", "rollback helped", 2, false, kAna});
        log.record(DecisionMade{"INC-1", "roll back 4.2", 1, kAna}).record(TaskDone{"INC-1", 99, kAna});
        const Incident *i = log.state.incident("INC-1");
        QVERIFY(static_cast<bool>(i->tasks.at(0).doneAt));
        QVERIFY(i->hypotheses.at(0).refuted && !i->hypotheses[0].confirmed);
        QVERIFY(!i->hypotheses.at(1).refuted && i->hypotheses[1].confirmed);
        QCOMPARE(i->decisions.at(0).text, std::string("roll back 4.2"));
        QCOMPARE(entries(log, EntryKind::HypothesisSettled).at(0)->text, std::string("refuted: pool exhausted"));
    }

    void aTaskIsTakenOnOnceAndItsHalfTimeIsOverThen()
    {
        Log log = declaredInARoom();
        log.record(TaskAssigned{"INC-1", "ben", "check lag", 1, log.now() + minutes(10), kAna});
        const auto task = [&] { return log.state.incident("INC-1")->tasks.at(0); };
        QCOMPARE(task().acceptBy(), task().at + Span{(task().due - task().at).ns / 2});
        log.record(TaskAccepted{"INC-1", 1, kAna}).record(TaskAccepted{"INC-1", 99, kAna});
        QCOMPARE(task().acceptedBy, std::string("ana"));
        QVERIFY(static_cast<bool>(task().acceptedAt) && !task().acceptBy() && !task().doneAt);
        QCOMPARE(entries(log, EntryKind::Task).at(1)->text, std::string("on it: check lag"));
        QCOMPARE(entries(log, EntryKind::Task).at(1)->reference, std::string("task/1"));
    }

    void anUpdateKeepsThePromiseToItsAudience()
    {
        Log log = declaredInARoom();
        log.record(PromiseMade{"INC-1", "customers", "", 1, log.now() + minutes(20), kAna}).record(PromiseMade{"INC-1", "executive", "", 2, log.now() + minutes(30), kAna});
        log.record(UpdateIssued{"INC-1", "status", "customers", "We are on it.", 1, {}, kAna}, minutes(15));
        const Incident *i = log.state.incident("INC-1");
        QVERIFY(i->promises.at(0).keptAt == log.now());
        QVERIFY(!i->promises.at(1).keptAt);
        const Instant kept = log.now();
        log.record(UpdateIssued{"INC-1", "status", "customers", "Still on it.", 2, {}, kAna}, minutes(5));
        QVERIFY(log.state.incident("INC-1")->promises[0].keptAt == kept); // kept once
        log.record(PromiseKept{"INC-1", 2, kAna});
        QVERIFY(static_cast<bool>(log.state.incident("INC-1")->promises[1].keptAt));
    }

    // --- chat ---

    void aMessageSeenTwiceIsOneEntry()
    {
        Log log = declaredInARoom();
        log.record(message("m1", "hello")).record(message("m1", "hello"));
        QCOMPARE(entries(log, EntryKind::Message).size(), std::size_t{1});
        const Entry *e = entries(log, EntryKind::Message)[0];
        QCOMPARE(e->actor, std::string("ana"));
        QVERIFY(e->verified && e->via == Path::Chat);
    }

    void complaint20_editsKeepRevisions()
    {
        Log log = declaredInARoom();
        log.record(message("m1", "rol back")).record(message("m2", "roll back", MessageKind::Edit, "m1")).record(message("m3", "roll back now", MessageKind::Edit, "m1"));
        const auto messages = entries(log, EntryKind::Message);
        QCOMPARE(messages.size(), std::size_t{1});
        QCOMPARE(messages[0]->text, std::string("roll back now"));
        QCOMPARE(messages[0]->revisions, (std::vector<std::string>{"rol back", "roll back"}));
    }

    /// … each with until when it was what the record said, which a moment of the past is shown by.
    void editsKeepUntilWhenEachTextWasSaid()
    {
        Log log = declaredInARoom();
        log.record(message("m1", "text 0"));
        std::vector<Instant> until;
        const auto put = [&](std::size_t nth) {
            log.record(message("e" + std::to_string(nth), "text " + std::to_string(nth), MessageKind::Edit, "m1"), minutes(1));
            until.push_back(log.state.time);
        };
        for (std::size_t nth = 1; nth <= kRevisionsKept; ++nth)
            put(nth);
        QCOMPARE(entries(log, EntryKind::Message)[0]->saidUntil, until);
        put(kRevisionsKept + 1); // its text before is not kept: the one before that stands for it
        const Entry *line = entries(log, EntryKind::Message)[0];
        QCOMPARE(line->text, "text " + std::to_string(kRevisionsKept + 1));
        QCOMPARE(line->revisions.size(), kRevisionsKept);
        until.erase(until.end() - 2);
        QCOMPARE(line->saidUntil, until);
    }

    void anEditOfTheUnknownIsShownAndFoundAgain()
    {
        Log log = declaredInARoom();
        log.record(message("m2", "corrected", MessageKind::Edit, "m-before-we-came"));
        log.record(message("m3", "corrected again", MessageKind::Edit, "m-before-we-came"));
        const auto messages = entries(log, EntryKind::Message);
        QCOMPARE(messages.size(), std::size_t{1});
        QCOMPARE(messages[0]->text, std::string("corrected again"));
    }

    void complaint20_aRemovedMessageKeepsWhatItSaid()
    {
        Log log = declaredInARoom();
        log.record(message("m1", "oops")).record(message("m2", "", MessageKind::Removal, "m1"));
        const Entry *e = entries(log, EntryKind::Message).at(0);
        QVERIFY(e->removed);
        QCOMPARE(e->revisions, std::vector<std::string>{"oops"});
    }

    /// monzo/response#149: a line had no date. Each has the day and time it was said at, whenever it was read, and its edit leaves them.
    void complaint20_everyLineHasTheDateItWasSaidAt()
    {
        Log log = declaredInARoom();
        MessageSeen m = message("m1", "it began before midnight");
        m.serverTime = log.now() - hours(30);
        m.replayed = true; // read back from history
        log.record(m, minutes(5)).record(message("m2", "it began at noon", MessageKind::Edit, "m1"), hours(2));
        const Entry *e = entries(log, EntryKind::Message).at(0);
        QCOMPARE(e->at, m.serverTime);
        QCOMPARE(e->text, std::string("it began at noon"));
        QVERIFY(e->replayed);
    }

    void nobodyChangesOrRemovesAnothersLine()
    {
        Log log = declaredInARoom();
        const auto of = [](MessageSeen m, const char *sender) {
            m.sender = sender;
            m.person = {};
            m.nick = sender;
            return m;
        };
        log.record(of(message("m1", "do not roll back"), "bob@chat"));
        log.record(of(message("m2", "roll back", MessageKind::Edit, "m1"), "eve@chat"));
        log.record(of(message("m3", "", MessageKind::Removal, "m1"), "eve@chat"));
        log.record(of(message("m4", "roll back, I say", MessageKind::Edit, "m1"), "")); // whom the platform does not name
        const auto messages = entries(log, EntryKind::Message);
        QCOMPARE(messages.size(), std::size_t{4}); // each is a line of its own
        QCOMPARE(messages[0]->text, std::string("do not roll back"));
        QVERIFY(messages[0]->revisions.empty() && !messages[0]->removed);
        QCOMPARE(messages[1]->text, std::string("roll back"));
        QCOMPARE(messages[1]->actor, std::string("eve@chat"));
        for (std::size_t i = 1; i < messages.size(); ++i)
            QCOMPARE(messages[i]->claims, std::string("bob@chat"));
        log.record(of(message("m5", "roll it back", MessageKind::Edit, "m1"), "bob@chat"));
        QCOMPARE(entries(log, EntryKind::Message)[0]->text, std::string("roll it back"));
    }

    void whatIsToldAgainAfterARestartIsToldOnce()
    {
        Log log = declaredInARoom();
        const auto all = {message("m1", "rol back"), message("m2", "roll back", MessageKind::Edit, "m1"), message("m3", "INC-1: checkout", MessageKind::Topic),
                          message("m4", "", MessageKind::Removal, "m1")};
        for (int times = 0; times < 2; ++times)
            for (const auto &m : all)
                log.record(m);
        QCOMPARE(entries(log, EntryKind::Message).at(0)->revisions, (std::vector<std::string>{"rol back", "roll back"}));
        QCOMPARE(entries(log, EntryKind::Topic).size(), std::size_t{1});
    }

    void reactionsSaidAsAWholeSetReplaceWhatTheSenderSaidBefore()
    {
        Log log = declaredInARoom();
        const auto set = [&](MessageKind kind, const char *emoji, bool whole) {
            MessageSeen m = message("", "", kind, "m1");
            m.emoji = emoji;
            m.wholeSet = whole;
            log.record(m);
        };
        log.record(message("m1", "done"));
        MessageSeen bobs = message("", "", MessageKind::Reaction, "m1");
        bobs.person = "bob";
        bobs.sender = "bob@chat";
        bobs.emoji = "eyes";
        log.record(bobs);
        set(MessageKind::Reaction, "+1", true);
        set(MessageKind::Reaction, "eyes", false); // the rest of the same set
        QCOMPARE(entries(log, EntryKind::Message).at(0)->reactions.size(), std::size_t{3});
        set(MessageKind::Reaction, "+1", true); // eyes taken back
        QCOMPARE(entries(log, EntryKind::Message).at(0)->reactions, (std::vector<state::Reaction>{{"eyes", "bob", "bob@chat", true}, {"+1", "ana", "room@chat/Ana", true}}));
        set(MessageKind::Unreaction, "", true);
        QCOMPARE(entries(log, EntryKind::Message).at(0)->reactions, (std::vector<state::Reaction>{{"eyes", "bob", "bob@chat", true}}));
    }

    void aReactionIsTakenBackByItsAddressAlsoWhereNobodyIsVouchedFor()
    {
        Log log = declaredInARoom();
        MessageSeen liked = message("", "", MessageKind::Reaction, "m1");
        liked.emoji = "+1";
        MessageSeen back = liked; // read from a history, which vouches for nobody
        back.kind = MessageKind::Unreaction;
        back.person = {};
        back.verified = false;
        MessageSeen namesake = back;
        namesake.sender = "room@chat/Other"; // who calls themselves alike
        namesake.nick = "ana";
        log.record(message("m1", "done")).record(liked).record(namesake);
        QCOMPARE(entries(log, EntryKind::Message).at(0)->reactions.size(), std::size_t{1});
        log.record(back);
        QCOMPARE(entries(log, EntryKind::Message).at(0)->reactions.size(), std::size_t{0});
    }

    void aMessageSaysInWhichThreadItWas()
    {
        Log log = declaredInARoom();
        MessageSeen first = message("m1", "who looks?"), answer = message("m2", "I do");
        first.thread = answer.thread = "m1"; // as platforms name threads by their first message
        log.record(first).record(answer);
        const auto messages = entries(log, EntryKind::Message);
        QVERIFY(!messages[0]->isReply() && messages[1]->isReply());
        QCOMPARE(messages[1]->thread, std::string("m1"));
        QCOMPARE(momentReference(*messages[1]), std::string("message/m2"));
    }

    void reactionsAreCountedOnceAPerson()
    {
        Log log = declaredInARoom();
        const auto reaction = [](MessageKind kind, const char *emoji) {
            MessageSeen m = message("", "", kind, "m1");
            m.emoji = emoji;
            return m;
        };
        log.record(message("m1", "done")).record(reaction(MessageKind::Reaction, "+1")).record(reaction(MessageKind::Reaction, "+1")).record(reaction(MessageKind::Reaction, "eyes"));
        QCOMPARE(entries(log, EntryKind::Message).at(0)->reactions.size(), std::size_t{2});
        log.record(reaction(MessageKind::Unreaction, "+1"));
        QCOMPARE(entries(log, EntryKind::Message).at(0)->reactions.size(), std::size_t{1});
        QCOMPARE(entries(log, EntryKind::Message)[0]->reactions[0].emoji, std::string("eyes"));
    }

    void aStampOfWholeSecondsDoesNotBreakTheOrderOfTheRoom()
    {
        Log log = declaredInARoom();
        const Instant base{log.now().ns / 1'000'000'000 * 1'000'000'000};
        MessageSeen live = message("m1", "live"), sameSecond = message("m2", "caught up"), earlier = message("m3", "of before");
        live.serverTime = base + millis(600);
        sameSecond.serverTime = base;             // any moment of that second
        earlier.serverTime = base - seconds(5);   // truly earlier
        log.record(live).record(sameSecond).record(earlier);
        const auto at = [&](const std::string &id) {
            const Incident *i = log.state.incident("INC-1");
            const auto it = std::find_if(i->timeline.begin(), i->timeline.end(), [&](const Entry &e) { return e.messageId == id; });
            return it == i->timeline.end() ? Instant{} : it->at;
        };
        QVERIFY(at("m2") == live.serverTime);
        QVERIFY(at("m3") == earlier.serverTime);
    }

    void catchUpContinuesWhereTheRoomWasLeft()
    {
        Log log = declaredInARoom();
        MessageSeen newer = message("m2", "second"), older = message("m1", "first");
        newer.serverTime = kMorning + minutes(2);
        older.serverTime = kMorning + minutes(1);
        older.replayed = true;
        log.record(newer).record(older);
        const Room &room = log.state.incident("INC-1")->rooms.at(0);
        QCOMPARE(room.lastMessageId, std::string("m2"));
        QVERIFY(room.lastServerTime == newer.serverTime);
        QVERIFY(entries(log, EntryKind::Message).at(1)->replayed);
        QVERIFY(entries(log, EntryKind::Message)[1]->at == older.serverTime);
    }

    void anUnboundSenderIsShownUnverified()
    {
        Log log = declaredInARoom();
        MessageSeen m = message("m1", "I am the commander");
        m.person.clear();
        log.record(m);
        QVERIFY(!entries(log, EntryKind::Message).at(0)->verified);
        QCOMPARE(entries(log, EntryKind::Message)[0]->actor, std::string("Ana"));
    }

    void gapsAndRefusalsAreOnTheTimeline()
    {
        Log log = declaredInARoom();
        log.record(RoomGapSeen{"chat", "room@chat", "INC-1", kMorning, kMorning + minutes(1)}).record(ChatCommandRefused{"INC-1", "eve@chat", "!take", "unbound"});
        QCOMPARE(entries(log, EntryKind::Gap).size(), std::size_t{1});
        QVERIFY(entries(log, EntryKind::Refused).at(0)->text.find("unbound") != std::string::npos);
        for (const char *what : {"deletions", "reactions", "deletions, reactions"})
            log.record(RoomGapSeen{"chat", "room@chat", "INC-1", kMorning, kMorning + minutes(1), what});
        std::vector<std::string> said;
        for (const auto *gap : entries(log, EntryKind::Gap))
            said.push_back(gap->text.substr(0, gap->text.find(" from ")));
        QCOMPARE(said, (std::vector<std::string>{"messages may be missing", "messages that were taken back may not be marked,", "reactions set or taken back may not be shown,",
                                                 "messages that were taken back may not be marked, nor reactions shown,"}));
    }

    /// It is followed no more from where we stopped reading; attached again it is there again, under the id it has by then.
    void aRoomThatIsGoneWasLeftWhereWeStoppedReading()
    {
        Log log = declaredInARoom();
        MessageSeen last = message("m1", "on it");
        last.serverTime = kMorning;
        log.record(RoomLinked{"INC-1", "chat", "room@chat", true, false, false, "C7"}).record(last);
        const auto room = [&] { return log.state.incident("INC-1")->rooms.at(0); };
        QCOMPARE(room().channel, std::string("C7"));
        const Instant stopped = room().lastServerTime;
        QVERIFY(stopped && !room().leftAt);
        log.record(RoomGapSeen{"chat", "room@chat", "INC-1", {}, stopped + minutes(9), {}, "it was archived; room --attach room@chat"});
        QCOMPARE(room().leftAt, stopped);
        const std::string line = entries(log, EntryKind::Gap).at(0)->text;
        QVERIFY2(line.starts_with("messages may be missing from " + toRfc3339(stopped)) && line.ends_with(": it was archived; room --attach room@chat"), line.c_str());
        log.record(RoomLinked{"INC-1", "chat", "room@chat", false, true, false, {}});
        QVERIFY(!room().leftAt && room().channel == "C7");
        log.record(RoomLinked{"INC-1", "chat", "room@chat", false, true, false, "C9"});
        QCOMPARE(room().channel, std::string("C9"));
    }

    void aRoomIsLinkedOnce()
    {
        Log log = declaredInARoom();
        log.record(RoomLinked{"INC-1", "chat", "room@chat", false});
        QCOMPARE(log.state.incident("INC-1")->rooms.size(), std::size_t{1});
    }

    /// A draft beside a section takes the place of the one before it of the same window, and of nobody else's.
    void draftsOfTwoWindowsOfOnePersonStandBesideEachOther()
    {
        Log log = declaredInARoom();
        log.record(ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna}).record(SectionWritten{"INC-1", "summary", "theirs", 0, 1, false, {"ben"}});
        std::uint32_t number = 1;
        const auto beside = [&](const std::string &window, const std::string &text) { log.record(SectionWritten{"INC-1", "summary", text, 0, ++number, true, kAna, 0, window}); };
        beside("left", "left");
        beside("right", "right");
        beside("left", "left, on");
        beside({}, "from a command line");
        const Section &s = *log.state.incident("INC-1")->review.section("summary");
        QCOMPARE(s.text(), std::string_view("theirs"));
        QCOMPARE(s.asides.size(), std::size_t(3));
        QVERIFY(s.asides[0].text == "right" && s.asides[1].text == "left, on" && s.asides[2].text == "from a command line");
        QVERIFY(s.asides[0].editor == "right" && s.asides[2].editor.empty());
    }

    void aLineOfNothingElseRefersToItself()
    {
        Log log = declaredInARoom();
        log.record(LogWritten{"INC-1", "looking", kAna}).record(TaskAssigned{"INC-1", "ben", "look at the disk", 1, {}, kAna}).record(message("m1", "hello"));
        const auto lines = entries(log, EntryKind::Log), tasks = entries(log, EntryKind::Task);
        QVERIFY(!lines.empty() && !tasks.empty());
        std::size_t number = 0;
        for (const Entry &e : log.state.incident("INC-1")->timeline) {
            ++number;
            QCOMPARE(e.refersToItself(), e.reference == ownReference(number));
        }
        QVERIFY(lines.back()->refersToItself());
        QCOMPARE(lines.back()->reference, ownReference(number - 2));
        QVERIFY2(!tasks.back()->refersToItself(), tasks.back()->reference.c_str());
        Entry e;
        QVERIFY(!e.refersToItself()); // the console's own log has lines without any
        for (const char *other : {"entry", "fact/1", "message/entry/1"}) {
            e.reference = other;
            QVERIFY2(!e.refersToItself(), other);
        }
    }

    void eventsOfAnErasedIncidentGoToTheConsolesOwnLog()
    {
        Log log;
        log.record(LogWritten{"INC-9", "orphan", kAna}).record(RoleAssumed{"INC-9", Role::Scribe, "ana", kAna}).record(message("m1", "orphan")).record(TaskDone{"INC-9", 1, kAna});
        QVERIFY(log.state.incidents.empty());
        QVERIFY(!log.state.log.empty());
    }
};

QD_TEST(TestIncident)
#include "tst_incident.moc"
