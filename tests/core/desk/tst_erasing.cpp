// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"
#include "core/desk/erasedindex.h"
#include "core/events/codec.h"
#include "core/journal/record.h"
#include "core/state/state.h"
#include "tests/support/invented.h"
#include "tests/support/builders.h"
#include "tests/support/dump.h"
#include "tests/support/random.h"
#include "tests/support/suite.h"

#include <QtTest>
#include <set>

using namespace qd;
using namespace qd::events;
using namespace qd::tests;
using state::State;

namespace {

/// Records as the journal keeps them, so that streams can be taken out of it.
struct Journal {
    struct Kept {
        std::uint64_t seq;
        Instant time;
        std::vector<StreamBody> bodies;
    };
    std::vector<Kept> records;
    Instant now = kMorning;

    void add(const Events &events, Span after = seconds(10))
    {
        now = now + after;
        records.push_back({records.size() + 1, now, encodeRecord(events, now)});
    }
    /// The fold without what `isGone` says.
    State fold(const std::function<bool(const std::string &)> &isGone = [](const std::string &) { return false; }) const
    {
        State s;
        for (const Kept &r : records) {
            std::vector<BytesView> views;
            for (const auto &b : r.bodies)
                if (!isGone(b.stream))
                    views.emplace_back(b.body);
            const auto events = decodeRecord(views);
            if (!events)
                qFatal("%s", events.error().message.c_str());
            state::applyRecord(s, r.seq, r.time, *events);
        }
        return s;
    }
    std::set<std::string> streams() const
    {
        std::set<std::string> out;
        for (const Kept &r : records)
            for (const auto &b : r.bodies)
                out.insert(b.stream);
        return out;
    }
};

std::string line(const State &s, const state::Incident &i)
{
    std::string out = i.title + "|" + std::string(word(i.status));
    for (const auto &e : i.timeline)
        out += "\n" + std::to_string(e.seq) + " " + std::string(word(e.kind)) + " " + e.text;
    for (const auto &t : i.tasks)
        out += "\ntask " + std::to_string(t.number) + " " + t.text;
    return out + std::to_string(s.lastIncident);
}

/// Three days, each with alerts of its own, and an incident a day, all mixed up.
Journal threeDays(std::uint64_t seed)
{
    Journal j;
    SeededRandom random(seed);
    j.add(withWorkspace());
    j.add(withConnection("am"));
    for (int day = 0; day < 3; ++day) {
        const std::string id = "INC-" + std::to_string(day + 1);
        for (int i = 0; i < 6; ++i) {
            const auto batch = aBatch("am", j.now).alert({{"alertname", "D" + std::to_string(day) + "N" + std::to_string(i)}, {"service", "db"}}).build();
            j.add(decided(batch));
            if (i == 0)
                j.add({anIncident(id).titled("outage of day " + std::to_string(day)).alert(keyOf(batch)).by("ana").event()});
            if (i == 2)
                j.add({LogWritten{id, "line " + std::to_string(i), {"ben", Path::Person}}, AlertsAttached{id, {keyOf(batch)}, {}}});
            if (i == 3)
                j.add({TaskAssigned{id, "ana", "look", 1, {}, {}}, AlertsAcknowledged{{keyOf(batch)}, "mine", {"ana", Path::Person}}});
            if (i == 4 && day > 0)
                j.add({LogWritten{"INC-" + std::to_string(day), "also of the day before", {}}});
            if (random.below(2) == 0)
                j.add({TaskDone{id, 1, {}}});
        }
        j.now = j.now + hours(24);
    }
    return j;
}

} // namespace

class TestErasing final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// Any streams may be gone: nothing fails, and what does not depend on them is as it was.
    void foldsWithAnySubsetOfStreamsErased()
    {
        for (std::uint64_t seed = 1; seed <= 60; ++seed) {
            const Journal j = threeDays(seed);
            const State whole = j.fold();
            SeededRandom random(seed * 977);
            std::set<std::string> gone;
            for (const auto &stream : j.streams())
                if (stream != "org" && random.below(3) == 0)
                    gone.insert(stream);
            const State left = j.fold([&](const std::string &s) { return gone.contains(s); });
            QCOMPARE(left.seq, whole.seq);
            QCOMPARE(left.time.ns, whole.time.ns);
            for (const auto &[number, incident] : whole.incidents) {
                const auto *now = left.incident(incident.id);
                if (gone.contains("incident/" + incident.id)) {
                    QVERIFY(!now);
                    continue;
                }
                QVERIFY(now);
                QCOMPARE(now->alerts, incident.alerts); // references stay, also to what is gone
                QCOMPARE(now->timeline.size(), incident.timeline.size());
                const bool textsGone = gone.contains("text/incident/" + incident.id);
                if (!textsGone && left.lastIncident == whole.lastIncident)
                    QCOMPARE(line(left, *now), line(whole, incident));
                for (std::size_t i = 0; i < now->timeline.size(); ++i)
                    if (textsGone && incident.timeline[i].kind == state::EntryKind::Log)
                        QCOMPARE(now->timeline[i].text, std::string("[struck]"));
            }
            for (const auto &a : whole.alerts.all) {
                const std::string day = "alerts/" + toRfc3339(a.openedAt).substr(0, 10);
                const auto *now = left.alert(whole.key(a));
                QCOMPARE(now == nullptr, gone.contains(day));
                if (now)
                    QVERIFY(now->status == a.status && now->openedAt == a.openedAt && left.text(now->title) == whole.text(a.title));
            }
        }
    }

    /// The same of every event there is, with whatever in it, the organisation's own stream among what may be gone: it folds, to the
    /// last record, and each time the same.
    void everyEventFoldsWithAnySubsetOfStreamsErased()
    {
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            Journal j = threeDays(seed);
            SeededRandom random(seed * 7919);
            for (std::size_t n = 0; n < 2 * AnyEvent::kTypes; ++n)
                j.add(inventedRecord(n % AnyEvent::kTypes, random.next()), millis(static_cast<std::int64_t>(random.below(90'000))));
            for (int times = 0; times < 3; ++times) {
                std::set<std::string> gone;
                for (const auto &stream : j.streams())
                    if (random.below(3) == 0)
                        gone.insert(stream);
                const State left = j.fold([&](const std::string &s) { return gone.contains(s); });
                QVERIFY2(left.seq == j.records.size() && left.time == j.fold().time, qPrintable(QString::number(seed)));
                QCOMPARE(dump(left), dump(j.fold([&](const std::string &s) { return gone.contains(s); }))); // the same each time
            }
        }
    }

    /// What is active is told again before its day goes, and so lives on.
    void activeAlertsOfAnErasedDayLiveOn()
    {
        Journal j = threeDays(7);
        const std::string first = "alerts/" + toRfc3339(kMorning).substr(0, 10);
        j.add({StatusChanged{"INC-1", "", IncidentStatus::Resolved, {}}});
        const State before = j.fold();
        const desk::EraseStreams erase{{first, "incident/INC-1"}, "asked for"};
        const auto decision = desk::decideErasure(before, erase, {"ana", Path::Person}, j.now);
        QVERIFY2(decision, decision ? "" : decision.error().message.c_str());
        QCOMPARE(decision->events.size(), std::size_t(2));
        j.add(decision->events);
        State live = j.fold();
        const State left = j.fold([&](const std::string &s) { return s == first || s == "incident/INC-1" || s == "text/incident/INC-1"; });
        QCOMPARE(left.alerts.firing, before.alerts.firing);
        for (const auto &a : before.alerts.all) {
            const auto *now = left.alert(before.key(a));
            QVERIFY(now);
            QVERIFY(now->status == a.status && now->startsAt == a.startsAt && now->openedAt == a.openedAt && now->workflow == a.workflow
                    && now->severity == a.severity && now->seenBy == a.seenBy && now->occurrence == a.occurrence && now->openedSeq == a.openedSeq);
            QCOMPARE(left.text(now->title), before.text(a.title));
            QCOMPARE(left.text(now->service), before.text(a.service));
            QCOMPARE(left.text(now->group), before.text(a.group));
            QCOMPARE(left.label(*now, "alertname"), before.label(a, "alertname"));
            QCOMPARE(left.text(now->owner), before.text(a.owner));
        }
        for (const auto &[symbol, group] : before.alerts.groups) {
            const auto it = left.alerts.groups.find(left.symbols.find(before.text(symbol)));
            QVERIFY(it != left.alerts.groups.end());
            QCOMPARE(it->second.firing, group.firing);
            QCOMPARE(it->second.members, group.members);
            QCOMPARE(it->second.openedAt.ns, group.openedAt.ns);
        }
        // Told twice, nothing changes: the record alone does not disturb who still has the day.
        QCOMPARE(live.alerts.firing, before.alerts.firing);
        QCOMPARE(live.alerts.all.size(), before.alerts.all.size());
        // The record says what is gone, and numbers are not given again.
        QVERIFY(left.keeping.of(first) && left.keeping.of("incident/INC-1") && left.keeping.of("incident/INC-1/privileged"));
        QVERIFY(!left.keeping.of("incident/INC-10") && !left.keeping.of("incident/INC-2"));
        QCOMPARE(left.lastIncident, 3U);
        QVERIFY(!left.incident("INC-1"));
    }

    void numbersOfErasedIncidentsAreNotGivenAgain()
    {
        Journal j;
        j.add({anIncident("INC-1").event()});
        j.add({EscalationStarted{1, "shop", "INC-1", "web", "it", true, {}, {}}, EscalationStarted{2, "shop", "INC-1", "web", "it", true, {}, {}}});
        j.add({StatusChanged{"INC-1", "", IncidentStatus::Resolved, {}}});
        const auto decision = desk::decideErasure(j.fold(), {{"incident/INC-1"}, "asked for"}, {}, j.now);
        QVERIFY(decision);
        j.add(decision->events);
        const State left = j.fold([](const std::string &s) { return s.find("INC-1") != std::string::npos; });
        QCOMPARE(left.lastIncident, 1U);
        QCOMPARE(left.escalations.size(), std::size_t(2));
        for (const auto &x : left.escalations) {
            QVERIFY(!x.isRunning()); // nobody is called for what is gone
            QCOMPARE(x.outcome, std::string("erased"));
        }
    }

    void whatIsLeftOfItHasNoNameAndNoWord()
    {
        Journal j;
        j.add({anIncident("INC-1").event(), RoleAssumed{"INC-1", Role::Commander, "ana", {"ana", Path::Person}, {}}});
        j.add({LogWritten{"INC-1", "canary words", {"ana", Path::Person}}});
        MessageSeen stranger;
        stranger.incident = "INC-1";
        stranger.sender = "mallory@chat.example";
        stranger.text = "canary words";
        j.add({stranger, LogWritten{"INC-2", "another's", {"ana", Path::Person}}});
        j.add({LogWritten{"INC-1", "canary words", {"ben", Path::Chat}}, SecretSuspected{"INC-1", "ben", 4, {"a password"}, false}});
        j.add({RoleAssumed{"INC-1", Role::Commander, "ben", {"ben", Path::Person}, {}}});
        desk::ErasedIndexing indexing({"incident/INC-1"});
        for (const Journal::Kept &r : j.records) {
            journal::Committed c;
            c.seq = r.seq;
            c.time = r.time;
            c.hash[0] = static_cast<std::uint8_t>(r.seq);
            for (const auto &b : r.bodies)
                c.parts.push_back({b.stream, 0, Bytes(b.body.begin(), b.body.end()), false, b.single});
            QVERIFY(indexing.take(c));
        }
        const Events made = indexing.finish(true);
        QCOMPARE(made.size(), std::size_t(1));
        const auto &index = get<ErasureIndexed>(made.front());
        std::string all;
        for (const ErasedRow &row : index.rows)
            all += std::to_string(row.seq) + " " + row.kind + " " + row.role + " " + row.hash.substr(0, 2) + "\n";
        QCOMPARE(all, std::string("1 IncidentDeclared responder 01\n1 RoleAssumed commander 01\n2 LogWritten commander 02\n3 MessageSeen unbound 03\n4 LogWritten responder 04\n"
                                  "4 SecretSuspected  04\n5 RoleAssumed commander 05\n"));
        QVERIFY(index.unlisted == 0 && index.whole && index.rows.front().hash.size() == 64);
        // It is kept with the erasure, after every stream is gone.
        j.add(made);
        const State left = j.fold([](const std::string &s) { return s.find("INC-1") != std::string::npos; });
        QCOMPARE(left.keeping.index.size(), std::size_t(1));
        QCOMPARE(left.keeping.index.front().rows.size(), std::size_t(7));
        const std::string dumped = dump(left);
        for (const char *gone : {"canary words", "mallory"})
            QVERIFY2(dumped.find(gone) == std::string::npos, gone);
    }

    void whatMayNotBeErasedIsRefused()
    {
        Journal j;
        j.add({anIncident("INC-1").event()});
        const State s = j.fold();
        const std::string today = "alerts/" + toRfc3339(j.now).substr(0, 10);
        const auto code = [&](desk::Strings streams, std::string reason = "why") { return desk::decideErasure(s, {std::move(streams), std::move(reason)}, {}, j.now).error().code; };
        QCOMPARE(code({"incident/INC-1"}), Code::Conflict); // open
        QCOMPARE(code({today}), Code::Conflict);
        QCOMPARE(code({"incident/INC-9"}), Code::NotFound);
        QCOMPARE(code({"org"}), Code::Invalid);
        QCOMPARE(code({"text/incident/INC-1"}), Code::Invalid);
        QCOMPARE(code({"public"}), Code::Invalid);
        QCOMPARE(code({"alerts/2026-02-30"}), Code::Invalid);
        QCOMPARE(code({"alerts/"}), Code::Invalid);
        QCOMPARE(code({}), Code::Invalid);
        QCOMPARE(code({"alerts/2026-01-01"}, "  "), Code::Invalid);
        QVERIFY(desk::decideErasure(s, {{"alerts/2026-01-01"}, "why"}, {}, j.now));
        const auto hold = [&](const std::string &scope, const std::string &matter = "case") { return desk::decideHold(s, {scope, matter, "", "why"}, {}); };
        QVERIFY(hold("*") && hold("alerts") && hold("incident/INC-1") && hold("person/ana"));
        QVERIFY(!hold("") && !hold("text/incident") && !hold("incident/") && !hold("alerts", ""));
        QCOMPARE(desk::decideRelease(s, {4, "why"}, {}).error().code, Code::NotFound);
    }

    void anOutboxEntryWithoutItsTextIsNotSent()
    {
        Journal j;
        OutboxQueued post;
        post.number = 1;
        post.incident = "INC-1";
        post.text = "Ana: too much";
        j.add({anIncident("INC-1").event(), post});
        const State left = j.fold([](const std::string &s) { return s == "text/incident/INC-1"; });
        QVERIFY(left.outbox.at(1).delivery == Delivery::Failed);
    }
};

QD_TEST(TestErasing)
#include "tst_erasing.moc"
