// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/copies.h"

#include "core/review/effects.h"
#include "core/review/source.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::review;
using namespace qd::tests;

namespace {

const std::string kCopiedCause = "technical.capacity";

void rebuilt(Log &log, const std::string &id, std::vector<std::string> texts, const std::string &origin = "Slack export, #inc-42", const std::string &service = {})
{
    events::IncidentDeclared e = anIncident(id).service(service).event();
    e.kind = "rebuilt";
    e.impactSince = kMorning - hours(30);
    e.until = kMorning - hours(20);
    log.record(e);
    for (std::size_t n = 0; n < texts.size(); ++n)
        log.record(events::FactImported{id, origin, "message", "dana", texts[n], "fact/" + texts[n], kMorning - hours(30) + minutes(static_cast<std::int64_t>(n)), {}, {}});
}

void rated(Log &log, const std::string &id)
{
    log.record(events::ReviewArranged{id, "ana", "", {}, {}, {}, kAna});
    log.record(events::FactorRated{id, kCopiedCause, {}, "1", {"line/2"}, false, kAna});
}

std::string families(const Log &log)
{
    std::string out;
    for (const Witness &w : witnessesOf(log.state))
        out += (out.empty() ? "" : " ") + w.what.incident + "=" + (w.family.empty() ? w.what.incident : w.family) + (w.what.counts ? "" : "!");
    return out;
}

} // namespace

/// The same history, told more than once.
class TestCopies : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatWasRebuiltTwiceIsOneFamily()
    {
        Log log;
        log.record(withWorkspace());
        rebuilt(log, "INC-1", {"a", "b", "c"});
        rebuilt(log, "INC-2", {"a", "b"}, "Table, export.csv"); // the half of it, from another file
        rebuilt(log, "INC-3", {"x", "y"});
        rated(log, "INC-1");
        rated(log, "INC-2");
        rated(log, "INC-3");
        QCOMPARE(families(log), std::string("INC-1=INC-1 INC-2=INC-1 INC-3=INC-3"));
        const Trends trends = trendsOf(witnessesOf(log.state), Period::Month);
        QCOMPARE(trends.families, std::uint64_t(2));
        QCOMPARE(trends.factors.front().incidents, std::uint64_t(2));
    }

    void halfOfTheSmallerInCommonIsNotOneHistory()
    {
        Log log;
        log.record(withWorkspace());
        rebuilt(log, "INC-1", {"a", "b", "c", "d"});
        rebuilt(log, "INC-2", {"a", "x"});
        QVERIFY(sameHistories(log.state).empty());
        rebuilt(log, "INC-3", {"a", "b", "y"}); // two of three
        const auto same = sameHistories(log.state);
        QCOMPARE(same.size(), std::size_t(1));
        QVERIFY(same.front().first->id == "INC-1" && same.front().second->id == "INC-3");
    }

    void theSameWordsAtAnotherTimeAreAnotherHistory()
    {
        Log log;
        log.record(withWorkspace());
        rebuilt(log, "INC-1", {"a", "b"});
        rebuilt(log, "INC-2", {"b", "a"});
        QVERIFY(sameHistories(log.state).empty());
    }

    /// Its room is in the export: whichever service each of them is said to be about.
    void whatWasRunHereAndARebuiltOneOfItsRoomAreOneFamily()
    {
        Log log;
        log.record(withWorkspace()).record(withConnection("chat", "xmpp", 31));
        log.record(anIncident("INC-1").service("cart").event());
        log.record(events::RoomLinked{"INC-1", "chat", "room@chat", true});
        std::vector<Instant> at;
        for (const char *text : {"a", "b"}) {
            events::MessageSeen m;
            m.incident = "INC-1";
            m.connection = "chat";
            m.room = "room@chat";
            m.messageId = text;
            m.sender = "dana@chat.example";
            m.text = text;
            m.serverTime = log.now();
            at.push_back(m.serverTime);
            log.record(m);
        }
        events::IncidentDeclared copy = anIncident("INC-2").service("").event();
        copy.kind = "rebuilt";
        copy.impactSince = at.front();
        copy.until = at.back();
        log.record(copy);
        log.record(events::FactImported{"INC-2", "Chat", "message", "Dana Novak", "a", "fact/a", at[0], {}, {}});
        log.record(events::FactImported{"INC-2", "Chat", "message", "Dana Novak", "↳ b", "fact/7", at[1], {}, {}});
        log.record(events::FactImported{"INC-2", "Prometheus, ALERTS", "alert", "", "CartSlow fires", "fact/p", at[1], {}, {}});
        QCOMPARE(families(log), std::string("INC-1=INC-1 INC-2=INC-1"));
    }

    /// INC-2 is a copy of what was run here, by its time and its service; INC-3 is the same once more, and says no service.
    void anotherCopyOfACopyCountsNowhereEither()
    {
        Log log;
        log.record(withWorkspace());
        events::IncidentDeclared here = anIncident("INC-1").service("cart").event();
        here.impactSince = kMorning - hours(29);
        log.record(here);
        rebuilt(log, "INC-2", {"a", "b"}, "Slack export, #inc-42", "cart");
        rebuilt(log, "INC-3", {"a", "b"});
        QCOMPARE(families(log), std::string("INC-1=INC-1 INC-2=INC-2! INC-3=INC-2!"));
    }

    /// INC-1 was called off after it was rebuilt, which says nothing of what INC-2 tells.
    void aTellingThatWasCalledOffTakesNoOtherWithIt()
    {
        Log log;
        log.record(withWorkspace());
        rebuilt(log, "INC-1", {"a", "b"}, "Slack export, #inc-42", "cart");
        rebuilt(log, "INC-2", {"a", "b"}, "Table, export.csv", "cart");
        log.record(events::StatusChanged{"INC-1", "not ours", IncidentStatus::Active, kAna}).record(events::StatusChanged{"INC-1", "not ours", IncidentStatus::Cancelled, kAna});
        QCOMPARE(families(log), std::string("INC-1=INC-1! INC-2=INC-1"));
    }

    /// It happened once, however often it was told; on either side of the day the action was done.
    void anActionAndAPatternAreJudgedByEachHistoryOnce()
    {
        Log log;
        log.record(withWorkspace());
        rebuilt(log, "INC-1", {"a", "b"}, "Slack export, #inc-42", "cart");
        rebuilt(log, "INC-2", {"a", "b"}, "Table, export.csv", "cart");
        rated(log, "INC-1");
        rated(log, "INC-2");
        log.record(events::ActionKept{"INC-1", "cap it", "ben", "a drill", kCopiedCause, 1, {}, Strength::Engineer, kAna});
        log.record(events::ActionTurned{"INC-1", "", 1, ActionState::Done, kAna});
        const auto all = effectsOf(log.state, log.now());
        QCOMPARE(all.size(), std::size_t(1));
        QCOMPARE(all.front().recurrence.before, (std::vector<std::string>{"INC-1"}));
        QVERIFY(suggestedPatterns(witnessesOf(log.state), {}).empty()); // it was seen once
    }

    void howManyFactsAreHereIsSaidUntilAllAre()
    {
        Log log;
        log.record(withWorkspace());
        events::IncidentDeclared e = anIncident("INC-1").event();
        e.kind = "rebuilt";
        e.facts = 2;
        log.record(e);
        QCOMPARE(factsMissing(*log.state.incident("INC-1")), std::string("0 of 2 facts are here; run the same rebuild again with --incident INC-1, which adds what is missing."));
        log.record(events::FactImported{"INC-1", "Table", "log", "", "a", "", kMorning, {}, {}});
        QVERIFY(factsMissing(*log.state.incident("INC-1")).starts_with("1 of 2 facts are here"));
        log.record(events::FactImported{"INC-1", "Table", "log", "", "b", "", kMorning, {}, {}});
        QCOMPARE(factsMissing(*log.state.incident("INC-1")), std::string());
        rebuilt(log, "INC-2", {"x"});
        QCOMPARE(factsMissing(*log.state.incident("INC-2")), std::string()); // nobody said how many there are to be
    }
};

QD_TEST(TestCopies)
#include "tst_copies.moc"
