// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/strike.h"
#include "core/events/texts.h"
#include "core/journal/verify.h"
#include "tests/core/desk/deskbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

namespace {

const std::string kSecret = "call me on 555-0199-canary";

/// A desk with a workspace and a source, and what its log still says.
struct KeepingBench : Bench {
    KeepingBench() { settle(); }
    void start()
    {
        Bench::start();
        desk->inspect([](const state::State &) {}); // what it does at its start is done
    }
    void restart()
    {
        stop();
        start();
    }
    std::string declare(const std::string &title = "Shop is down")
    {
        desk::DeclareIncident d;
        d.title = title;
        return command(d).value().id;
    }
    void linkRoom(const std::string &id)
    {
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts"}});
        (void)report(events::Event(events::RoomLinked{id, "chat", "room@chat", true}));
    }
    events::MessageSeen message(const std::string &text, const std::string &incident)
    {
        events::MessageSeen m;
        m.connection = "chat";
        m.room = "room@chat";
        m.incident = incident;
        m.messageId = "m" + std::to_string(++m_messages);
        m.sender = "ana@example";
        m.nick = "Ana";
        m.person = "ana";
        m.verified = true;
        m.text = text;
        m.serverTime = clock.now();
        return m;
    }
    /// Everything the log still says, part by part.
    std::string readable()
    {
        std::string out;
        const auto ok = journal->replay(1, journal->head(), [&](const journal::Committed &r) {
            for (const auto &p : r.parts)
                out += std::string(asText(p.body)) + "\n";
            return true;
        });
        return ok ? out : ok.error().message;
    }
    /// Neither in State nor in what the log still opens.
    int mentions(const std::string &text)
    {
        const std::string all = dumped() + readable();
        int n = 0;
        for (std::size_t at = all.find(text); at != std::string::npos; at = all.find(text, at + 1))
            ++n;
        return n;
    }
    std::string strike(const std::string &incident, const std::string &entry)
    {
        const auto r = command(desk::StrikeText{incident, entry, "personal"});
        return r ? "" : r.error().message;
    }
};

#define COMPARE_STATES(bench)                                                                                                              \
    do {                                                                                                                                   \
        const std::string live = (bench).dumped(), committed = (bench).committed();                                                          \
        QVERIFY2(live == committed, firstDifference(live, committed).c_str());                                                             \
    } while (false)

} // namespace

class TestKeeping final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aStruckTextIsTakenOutOfTheOutbox()
    {
        KeepingBench b;
        const std::string id = b.declare();
        b.linkRoom(id);
        const auto said = b.command(desk::WriteLog{id, kSecret});
        QVERIFY(said);
        const auto carriers = [&] {
            return b.ask([&](const state::State &s) {
                std::vector<state::OutboxEntry> out;
                for (const auto &[n, o] : s.outbox)
                    if (o.what.text.find(kSecret) != std::string::npos || !o.recalled.empty())
                        out.push_back(o);
                return out;
            });
        };
        const auto before = carriers();
        QVERIFY(before.size() == 1 && before[0].delivery == Delivery::Queued);
        QCOMPARE(b.strike(id, std::to_string(said->seq)), std::string());
        const auto after = carriers();
        QVERIFY(after.size() == 1 && after[0].delivery == Delivery::Failed && after[0].recalled == "its text was struck" && after[0].recalledAt);
        COMPARE_STATES(b);
        QVERIFY(b.report(events::Event(events::OutboxMoved{after[0].what.number, Delivery::Confirmed, "m1", {}, id}))); // it was just being sent
        const std::string last = b.ask([&](const state::State &s) { return s.incident(id)->timeline.back().text; });
        QVERIFY2(last.find("had gone out to chat/room@chat already when its text was struck") != std::string::npos, last.c_str());
        COMPARE_STATES(b);
    }

    void aLineIsStruckWithItsCopiesAndTheRestStays()
    {
        KeepingBench b;
        const std::string id = b.declare();
        b.linkRoom(id); // posts copy what is written
        (void)b.command(desk::WriteLog{id, "before"});
        const auto said = b.command(desk::WriteLog{id, kSecret});
        QVERIFY(said);
        (void)b.command(desk::WriteLog{id, "after"});
        QVERIFY(b.mentions(kSecret) >= 4); // the line and the post, in State and in the log
        QCOMPARE(b.strike(id, std::to_string(said->seq)), std::string());
        for (int round = 0; round < 2; ++round) {
            QCOMPARE(b.mentions(kSecret), 0);
            QVERIFY(b.mentions("before") > 0 && b.mentions("after") > 0);
            COMPARE_STATES(b);
            const auto texts = b.ask([&](const state::State &s) {
                std::vector<std::string> out;
                for (const auto &e : s.incident(id)->timeline)
                    if (e.kind == state::EntryKind::Log)
                        out.push_back(e.text);
                return out;
            });
            QCOMPARE(texts, (std::vector<std::string>{"before", "[struck]", "after"}));
            b.restart();
        }
        b.stop();
        const auto report = journal::verify(b.home(), memoryPorts(b.disk));
        QVERIFY(report && report->outcome == journal::VerifyReport::Outcome::Consistent && report->holes.size() >= 2);
        for (const auto &hole : report->holes)
            QVERIFY(hole.authorised);
    }

    void aChatMessageGoesWithItsEditsAndWhatItCommanded()
    {
        KeepingBench b;
        const std::string id = b.declare();
        b.linkRoom(id);
        const auto first = b.message("!log " + kSecret, id);
        const auto said = b.report(events::Event(first));
        QVERIFY(said);
        auto edit = b.message(kSecret + ", after six", id);
        edit.kind = events::MessageKind::Edit;
        edit.target = first.messageId;
        (void)b.report(events::Event(edit));
        const auto refusedText = b.message("!nonsense " + kSecret, id);
        (void)b.report(events::Event(refusedText));
        const auto other = b.message("something else entirely", id);
        (void)b.report(events::Event(other));
        QVERIFY(b.mentions(kSecret) > 6);
        QCOMPARE(b.strike(id, std::to_string(said->seq)), std::string());
        QCOMPARE(b.mentions(kSecret), 0);
        QVERIFY(b.mentions("something else entirely") > 0);
        COMPARE_STATES(b);
    }

    /// A pin puts a message into one line, and cuts it: that is no text that holds the whole message.
    void aKeyMomentGoesWithTheMessageThatWasPinned()
    {
        for (const std::string &said : {std::string("creds:\npassword: hunter2x"), std::string("x1-secret"), "hunter2x " + std::string(400, 'x')}) {
            KeepingBench b;
            const std::string id = b.declare();
            b.linkRoom(id);
            const auto first = b.message(said, id);
            const auto record = b.report(events::Event(first));
            QVERIFY(record);
            auto pin = b.message({}, id);
            pin.kind = events::MessageKind::Reaction;
            pin.messageId = {};
            pin.target = first.messageId;
            pin.emoji = "📌";
            QVERIFY(b.report(events::Event(pin)));
            const auto moments = [&] { return b.ask([&](const state::State &s) { return s.incident(id)->moments; }); };
            QCOMPARE(moments().size(), std::size_t(1));
            QCOMPARE(b.strike(id, std::to_string(record->seq)), std::string());
            QCOMPARE(moments().at(0).text, std::string("[struck]"));
            for (const char *part : {"hunter2x", "x1-secret"})
                QCOMPARE(b.mentions(part), 0);
            COMPARE_STATES(b);
        }
    }

    /// What was written before the room was there is posted into it later, in another record.
    void aCopyInALaterRecordIsStruckToo()
    {
        KeepingBench b;
        const std::string id = b.declare();
        const auto said = b.command(desk::RecordDecision{id, kSecret});
        QVERIFY(said);
        const auto task = b.command(desk::AssignTask{id, "ana", "tell " + kSecret + " to ben", {}});
        QVERIFY(task);
        b.linkRoom(id);
        (void)b.command(desk::FinishTask{id, 1});
        QVERIFY(b.mentions(kSecret) > 6);
        QCOMPARE(b.strike(id, std::to_string(said->seq)), std::string());
        QCOMPARE(b.mentions(kSecret), 0);
        // The task keeps its number and its end.
        const auto done = b.ask([&](const state::State &s) { return s.incident(id)->tasks.at(0).number == 1 && s.incident(id)->tasks.at(0).doneAt; });
        QVERIFY(done);
        COMPARE_STATES(b);
    }

    void aTitleIsStruckEverywhere()
    {
        KeepingBench b;
        const std::string id = b.declare(kSecret);
        b.linkRoom(id);
        (void)b.command(desk::ChangeSeverity{id, "SEV1", "worse"});
        QVERIFY(b.mentions(kSecret) > 4);
        const auto seq = b.ask([&](const state::State &s) { return s.incident(id)->timeline.front().seq; });
        QCOMPARE(b.strike(id, std::to_string(seq)), std::string());
        QCOMPARE(b.mentions(kSecret), 0);
        QCOMPARE(b.ask([&](const state::State &s) { return s.incident(id)->title; }), std::string("[struck]"));
        COMPARE_STATES(b);
    }

    /// Texts of no incident: a change marker's title and link, the reasons of an acknowledgement and of a hold.
    void textsOfNoIncidentAreStruckToo()
    {
        KeepingBench b;
        (void)b.report(aBatch("am", b.clock.now()).alert({{"alertname", "Fires"}, {"service", "db"}}).build());
        const auto key = b.ask([](const state::State &s) { return std::string(s.text(s.alerts.all.at(0).set)) + "/" + fingerprintText(s.alerts.all.at(0).fingerprint); });
        desk::MarkChange mark;
        mark.service = "db";
        mark.title = kSecret + " deployed";
        mark.link = "https://wiki/" + kSecret;
        const auto change = b.command(mark);
        QVERIFY2(change, change ? "" : change.error().message.c_str());
        desk::Acknowledge ack;
        ack.alerts = {key};
        ack.reason = kSecret + " of the night";
        const auto acked = b.command(ack);
        QVERIFY2(acked, acked ? "" : acked.error().message.c_str());
        const auto hold = b.command(desk::PlaceHold{"person/ana", "Case 7", "counsel", kSecret + " of the hold"});
        QVERIFY(hold);
        QVERIFY(b.command(desk::ReleaseHold{1, "settled"})); // in force it is in the key file as well
        const std::string id = b.declare();
        const auto line = b.command(desk::WriteLog{id, "unrelated"});
        const std::string title = b.ask([](const state::State &s) { return s.changes.back().title; });
        QVERIFY(title.find(kSecret) != std::string::npos);

        QVERIFY(b.strike({}, std::to_string(line->seq)).find("no text of no incident") != std::string::npos); // it is of one
        QVERIFY(b.strike(id, std::to_string(change->seq)).find("holds no text") != std::string::npos);        // and this is not
        QVERIFY(b.strike({}, std::to_string(change->seq) + ".2").find("holds no text") != std::string::npos);
        const int before = b.mentions(kSecret);
        QCOMPARE(b.strike({}, std::to_string(change->seq)), std::string());
        QVERIFY(b.mentions(kSecret) < before && b.mentions(kSecret) > 0);
        QCOMPARE(b.ask([](const state::State &s) { return s.changes.back().title; }), std::string("[struck]"));
        QCOMPARE(b.ask([](const state::State &s) { return s.changes.back().service; }), std::string("db"));
        QCOMPARE(b.strike({}, std::to_string(acked->seq) + ".1"), std::string());
        QCOMPARE(b.strike({}, std::to_string(hold->seq)), std::string());
        for (int round = 0; round < 2; ++round) {
            QCOMPARE(b.mentions(kSecret), 0);
            QVERIFY(b.mentions("unrelated") > 0);
            COMPARE_STATES(b);
            b.restart();
        }
        // The record says where it stood, so that whoever derived something from there forgets it.
        std::vector<std::string> streams;
        const auto read = desk::replay(*b.journal, 1, b.journal->head(), [&](const desk::Record &r) {
            for (const auto &event : r.events)
                if (const auto *struck = getIf<events::TextStruck>(&event))
                    streams.insert(streams.end(), struck->streams.begin(), struck->streams.end());
            return true;
        });
        QVERIFY(read);
        QCOMPARE(streams, (std::vector<std::string>{"org", "alerts/" + toRfc3339(b.clock.now()).substr(0, 10), "org"}));
        b.stop();
        const auto report = journal::verify(b.home(), memoryPorts(b.disk));
        QVERIFY(report && report->outcome == journal::VerifyReport::Outcome::Consistent && report->holes.size() == 3);
    }

    /// The reason of an acknowledgement that repeats a line of the incident goes with it.
    void aLinesRepetitionOutsideTheIncidentIsStruckToo()
    {
        KeepingBench b;
        (void)b.report(aBatch("am", b.clock.now()).alert({{"alertname", "Fires"}, {"service", "db"}}).build());
        const auto key = b.ask([](const state::State &s) { return std::string(s.text(s.alerts.all.at(0).set)) + "/" + fingerprintText(s.alerts.all.at(0).fingerprint); });
        const std::string id = b.declare();
        const auto said = b.command(desk::WriteLog{id, kSecret});
        desk::Acknowledge ack;
        ack.alerts = {key};
        ack.reason = "see " + kSecret;
        QVERIFY(b.command(ack));
        QCOMPARE(b.strike(id, std::to_string(said->seq)), std::string());
        QCOMPARE(b.mentions(kSecret), 0);
        // And one that a message commanded goes with the message.
        b.linkRoom(id);
        (void)b.report(aBatch("am", b.clock.now()).alert({{"alertname", "Burns"}, {"service", "db"}}).build());
        const auto other = b.ask([](const state::State &s) { return std::string(s.text(s.alerts.all.at(1).set)) + "/" + fingerprintText(s.alerts.all.at(1).fingerprint); });
        const auto message = b.report(events::Event(b.message("!ack " + other + " " + kSecret, id)));
        QVERIFY(message);
        QCOMPARE(b.ask([](const state::State &s) { return std::string(s.text(s.alerts.all.at(1).acknowledgedBy)); }), std::string("ana"));
        QCOMPARE(b.strike(id, std::to_string(message->seq)), std::string());
        QCOMPARE(b.mentions(kSecret), 0);
        COMPARE_STATES(b);
    }

    void aLinePutOtherwiseIsStruckWithAllItSaid()
    {
        KeepingBench b;
        const std::string id = b.declare();
        (void)b.command(desk::WriteLog{id, kSecret});
        const auto revised = b.command(desk::ReviseLog{id, {}, "nothing of it"});
        (void)b.command(desk::WriteLog{id, "another line"});
        QVERIFY(b.mentions(kSecret) > 0);
        QCOMPARE(b.strike(id, std::to_string(revised->seq)), std::string()); // by any of its texts
        QCOMPARE(b.mentions(kSecret), 0);
        QCOMPARE(b.mentions("nothing of it"), 0);
        QVERIFY(b.mentions("another line") > 0);
        COMPARE_STATES(b);
    }

    void oneOfSeveralTextsOfARecordIsStruck()
    {
        KeepingBench b;
        const std::string id = b.declare();
        const auto said = b.command(desk::WriteLog{id, kSecret});
        QVERIFY(b.strike(id, std::to_string(said->seq) + ".2").find("holds no text") != std::string::npos);
        QVERIFY(b.strike(id, "nonsense").find("is not an entry") != std::string::npos);
        QVERIFY(b.strike(id, "9999").find("holds no text") != std::string::npos);
        QVERIFY(b.strike("INC-9", "1").find("INC-9") != std::string::npos);
        QVERIFY(b.mentions(kSecret) > 0);
        QCOMPARE(b.strike(id, std::to_string(said->seq) + ".1"), std::string());
        QCOMPARE(b.mentions(kSecret), 0);
        QVERIFY(b.strike(id, std::to_string(said->seq) + ".1").find("holds no text") != std::string::npos); // it is struck already
    }

    void aShortTextTakesNobodyElses()
    {
        KeepingBench b;
        const std::string id = b.declare();
        const auto said = b.command(desk::WriteLog{id, "yes"});
        (void)b.command(desk::WriteLog{id, "yes"});
        (void)b.command(desk::WriteLog{id, "yes, and the database too"});
        QCOMPARE(b.strike(id, std::to_string(said->seq)), std::string());
        const auto texts = b.ask([&](const state::State &s) {
            std::vector<std::string> out;
            for (const auto &e : s.incident(id)->timeline)
                if (e.kind == state::EntryKind::Log)
                    out.push_back(e.text);
            return out;
        });
        QCOMPARE(texts, (std::vector<std::string>{"[struck]", "yes", "yes, and the database too"}));
    }

    void erasingAnIncidentAndADayLeavesNothingOfThem()
    {
        KeepingBench b;
        (void)b.report(aBatch("am", b.clock.now()).alert({{"alertname", "Fires"}, {"service", "db"}}).annotation("summary", "canary-fires").build());
        (void)b.report(aBatch("am", b.clock.now()).alert({{"alertname", "Over"}, {"service", "db"}}).annotation("summary", "canary-over").build());
        (void)b.report(aBatch("am", b.clock.now()).alert({{"alertname", "Over"}, {"service", "db"}}).annotation("summary", "canary-over").resolved(b.clock.now()).build());
        const std::string id = b.declare("canary-title");
        b.linkRoom(id);
        (void)b.command(desk::WriteLog{id, kSecret});
        const std::string day = "alerts/" + toRfc3339(b.clock.now()).substr(0, 10);
        QVERIFY(!b.command(desk::EraseStreams{{day}, "asked for"}));                 // today
        QVERIFY(!b.command(desk::EraseStreams{{"incident/" + id}, "asked for"}));    // open
        (void)b.command(desk::ChangeStatus{id, "resolved", ""});
        b.clock.advance(hours(25));
        const auto erased = b.command(desk::EraseStreams{{day, "incident/" + id}, "asked for"});
        QVERIFY2(erased, erased ? "" : erased.error().message.c_str());
        for (int round = 0; round < 2; ++round) {
            QCOMPARE(b.mentions(kSecret), 0);
            QCOMPARE(b.mentions("canary-title"), 0);
            QCOMPARE(b.mentions("canary-over"), 0);
            QVERIFY(b.mentions("canary-fires") > 0); // it is active, and was carried into today
            QCOMPARE(b.ask([](const state::State &s) { return s.alerts.firing; }), 1U);
            COMPARE_STATES(b);
            b.restart();
        }
        QCOMPARE(b.declare(), std::string("INC-2")); // its number is not given again
        // The active alert goes on as the same one.
        (void)b.report(aBatch("am", b.clock.now()).alert({{"alertname", "Fires"}, {"service", "db"}}).annotation("summary", "canary-fires").resolved(b.clock.now()).build());
        QCOMPARE(b.ask([](const state::State &s) { return s.alerts.firing; }), 0U);
        b.stop();
        const auto report = journal::verify(b.home(), memoryPorts(b.disk));
        QVERIFY(report && report->outcome == journal::VerifyReport::Outcome::Consistent);
        for (const auto &hole : report->holes)
            QVERIFY(hole.authorised);
        QVERIFY(report->holes.size() > 5);
    }

    /// Readers' feeds and Statuspage know a notice by its number: it is no other's, though what it was is gone.
    void aNoticesNumberIsNotGivenAgainAfterAnErasure()
    {
        KeepingBench b;
        StatusPage shop;
        shop.id = "shop";
        shop.languages = {"en"};
        shop.title = {{"en", "Shop"}};
        shop.components = {{"checkout", {{"en", "Checkout"}}, {}, {}, {}}};
        Workspace w = b.ask([](const state::State &s) { return *s.workspace; });
        w.pages = {shop};
        events::WorkspaceChanged change;
        change.workspace = w;
        change.digest = "with a page";
        QVERIFY(b.report(events::Event(change)));
        const auto post = [&](const std::string &incident, const char *phase, const char *title) {
            desk::PostOnPage p;
            p.page = "shop";
            p.incident = incident;
            p.phase = phase;
            if (*title != '\0')
                p.title = {{"en", title}};
            p.text = {{"en", "words"}};
            VERIFY_RESULT(b.command(p));
        };
        const std::string id = b.declare("first");
        post(id, "investigating", "First");
        post(id, "resolved", "");
        (void)b.command(desk::ChangeStatus{id, "resolved", ""});
        b.clock.advance(hours(25));
        VERIFY_RESULT(b.command(desk::EraseStreams{{"incident/" + id}, "asked for"}));
        const auto page = [&] { return b.ask([](const state::State &s) { return *s.page("shop"); }); };
        for (int round = 0; round < 2; ++round) {
            QVERIFY(page().notices.empty());
            QCOMPARE(page().lastNotice, 1U);
            COMPARE_STATES(b);
            b.restart();
        }
        post(b.declare("second"), "investigating", "Second");
        QCOMPARE(page().notices.at(0).number, 2U);
    }

    void aHoldWinsAndTheAttemptIsRecorded()
    {
        KeepingBench b;
        const std::string id = b.declare();
        const auto said = b.command(desk::WriteLog{id, kSecret});
        (void)b.command(desk::ChangeStatus{id, "resolved", ""});
        const auto hold = b.command(desk::PlaceHold{"incident/" + id, "Case 7", "counsel", "litigation"});
        QVERIFY(hold);
        QCOMPARE(hold->id, std::string("hold/1"));
        for (int round = 0; round < 2; ++round) {
            const auto erase = b.command(desk::EraseStreams{{"incident/" + id}, "asked for"});
            QVERIFY(!erase && erase.error().code == Code::Conflict);
            QVERIFY(b.strike(id, std::to_string(said->seq)).find("Case 7") != std::string::npos);
            QVERIFY(b.mentions(kSecret) > 0);
            QCOMPARE(b.ask([](const state::State &s) { return s.keeping.holds.size(); }), std::size_t(1));
            QCOMPARE(b.ask([](const state::State &s) {
                return std::count_if(s.log.begin(), s.log.end(), [](const state::Entry &e) { return e.kind == state::EntryKind::Refused; });
            }), std::ptrdiff_t(2 * (round + 1)));
            COMPARE_STATES(b);
            b.restart();
        }
        QVERIFY(!b.command(desk::ReleaseHold{2, "no such"}));
        QVERIFY(b.command(desk::ReleaseHold{1, "settled"}));
        QCOMPARE(b.strike(id, std::to_string(said->seq)), std::string());
        QCOMPARE(b.mentions(kSecret), 0);
        QCOMPARE(b.command(desk::PlaceHold{"*", "Case 8", "", "audit"})->id, std::string("hold/2"));
    }

    /// A hold that was placed, or released, by a core that died before it could say so.
    void holdsOfTheKeyFileAndOfTheRecordAgreeAfterACrash()
    {
        KeepingBench b;
        journal::KeyFileContents with;
        b.disk->beforeCommit = [&] { with = b.disk->keys; };
        QVERIFY(b.command(desk::PlaceHold{"alerts", "Case 7", "", "why"}));
        b.disk->beforeCommit = {};
        const auto head = b.journal->head();
        b.stop();
        b.disk->rows.erase(head); // the record never came to be; the last checkpoint is older
        b.disk->checkpoints.erase(head);
        std::filesystem::remove(b.home() / "head.note");
        b.start();
        QCOMPARE(b.ask([](const state::State &s) { return s.keeping.holds.size(); }), std::size_t(1));
        const auto keys = b.disk->keys;
        QVERIFY(b.command(desk::ReleaseHold{1, "settled"}));
        b.stop();
        b.disk->keys = keys; // the file was not written any more
        b.start();
        QCOMPARE(b.ask([](const state::State &s) { return s.keeping.holds.size(); }), std::size_t(0));
        QVERIFY(b.journal->holds()->empty());
    }

    void nothingIsErasedWhileTheDiskFails()
    {
        KeepingBench b;
        const std::string id = b.declare();
        const auto said = b.command(desk::WriteLog{id, kSecret});
        b.disk->failingKeys = 1;
        QVERIFY(!b.strike(id, std::to_string(said->seq)).empty());
        QTRY_VERIFY(b.desk->recording().recorded);
        QVERIFY(b.mentions(kSecret) > 0);
        QCOMPARE(b.strike(id, std::to_string(said->seq)), std::string());
        QCOMPARE(b.mentions(kSecret), 0);
    }

    /// Recorded, but the key file cannot be written: said so, and carried out at the next start.
    void anErasureThatCannotBeCarriedOutIsSaidAndDoneLater()
    {
        KeepingBench b;
        const std::string id = b.declare();
        const auto said = b.command(desk::WriteLog{id, kSecret});
        b.disk->beforeCommit = [&] { b.disk->failingKeys = 1000; };
        QVERIFY(b.strike(id, std::to_string(said->seq)).find("is recorded") != std::string::npos);
        b.disk->beforeCommit = {};
        b.stop();
        b.disk->failingKeys = 0;
        b.start();
        QCOMPARE(b.mentions(kSecret), 0);
        COMPARE_STATES(b);
    }
};

QD_TEST(TestKeeping)
#include "tst_keeping.moc"
