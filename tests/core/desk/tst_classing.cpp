// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/strike.h"
#include "tests/core/desk/classbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// A line is classed after it was written: it, what it said before and since, what repeats it, and the past.
namespace {

std::size_t count(const std::string &all, const std::string &text)
{
    std::size_t n = 0;
    for (std::size_t at = all.find(text); at != std::string::npos; at = all.find(text, at + 1))
        ++n;
    return n;
}

} // namespace

class TestClassing final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLineIsClassedWithWhatItSaidBeforeAndWhatRepeatsItAtEveryInstant()
    {
        ClassBench b;
        const std::uint64_t seq = b.aLine();
        QVERIFY(seq > 0);
        VERIFY_RESULT(b.command(desk::WriteLog{"INC-1", "again: " + kSaid + ", says Ben"}));
        VERIFY_RESULT(b.command(desk::MarkMoment{"INC-1", kSaid, {}, {}, {}, 0}));
        const std::uint64_t before = b.journal->head();
        QVERIFY(ClassBench::readBy(b.dumped(), DataClass::Internal).find("Jane Canary") != std::string::npos);

        const auto done = b.classify(seq, "confidential");
        VERIFY_RESULT(done);
        QCOMPARE(done->id, std::to_string(seq));
        QCOMPARE(b.entry(seq).text, "[[confidential: " + kSaid + "]]");
        QCOMPARE(b.entry(seq).revisions, std::vector<std::string>{"[[confidential: " + kBefore + "]]"});
        // Whoever may not read it finds it nowhere, now or in the past; whoever may finds it as before.
        for (const std::string &state : {b.dumped(), b.at(before), b.at(seq), b.committed()}) {
            QVERIFY(count(state, "Jane Canary") > 0);
            const std::string inside = ClassBench::readBy(state, DataClass::Internal);
            QCOMPARE(count(inside, "Jane Canary"), std::size_t(0));
        }
        QCOMPARE(b.dumped(), b.committed());
        b.restart();
        QCOMPARE(b.entry(seq).text, "[[confidential: " + kSaid + "]]");
        QCOMPARE(b.dumped(), b.committed());
        QVERIFY(ClassBench::readBy(b.at(before), DataClass::Internal).find("Jane Canary") == std::string::npos);
        // Its record says who did it and why, and the bytes of the line are what they were.
        QVERIFY(b.dumped().find("classed record " + std::to_string(seq) + " as confidential: a customer's name") != std::string::npos);
        const auto plan = desk::planStrike(*b.journal, nullptr, std::to_string(seq));
        VERIFY_FAILS(plan, Code::NotFound); // of none; that it is there, below
        const auto raw = b.ask([&](const state::State &s) { return desk::planClassing(*b.journal, *s.incident("INC-1"), std::to_string(seq), {DataClass::Internal, {}}).value().words.front().second; });
        QCOMPARE(raw, kBefore);
    }

    void aMessageIsClassedAndItsRoomIsNamed()
    {
        ClassBench b;
        const auto said = b.report(events::Event(b.message("m1", kSaid)));
        VERIFY_RESULT(said);
        const auto done = b.command(desk::ClassLine{"INC-1", "message/m1", {}, {}, {"legal", "@dana"}});
        VERIFY_RESULT(done);
        QCOMPARE(b.entry(said->seq).text, "[[restricted for legal, dana: " + kSaid + "]]");
        QCOMPARE(b.entry(said->seq).actor, std::string("ana"));
        QVERIFY(!done->notes.empty());
        QVERIFY2(done->notes.back().find("inc-1@muc.example") != std::string::npos && done->notes.back().find("strike --incident INC-1 --entry " + std::to_string(said->seq)) != std::string::npos,
                 done->notes.back().c_str());
        for (const std::string &note : done->notes)
            QVERIFY(note.find("Canary") == std::string::npos);
        // What its writer makes of it in the room is classed as it is.
        auto edit = b.message("m2", "The customer is Joan Canary");
        edit.kind = events::MessageKind::Edit;
        edit.target = "m1";
        VERIFY_RESULT(b.report(events::Event(edit)));
        QCOMPARE(b.entry(said->seq).text, std::string("[[restricted for legal, dana: The customer is Joan Canary]]"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatWaitsToBeSentGoesOutSealed()
    {
        ClassBench b;
        const auto line = b.command(desk::WriteLog{"INC-1", kSaid});
        VERIFY_RESULT(line);
        QVERIFY(b.outside().find("Jane Canary") != std::string::npos); // it waits for its room
        const auto done = b.classify(line->seq, "restricted");
        VERIFY_RESULT(done);
        QVERIFY2(b.outside().find("Jane Canary") == std::string::npos, b.outside().c_str());
        QVERIFY(b.outside().find("[sealed: restricted, short]") != std::string::npos);
        QVERIFY(b.outside().find("[[") == std::string::npos);
    }

    /// What a silence keeps quiet, and until when, stays as it is: its alerts would be heard with its comment.
    void theCommentOfASilenceThatWaitsIsSealedAndNothingElseOfIt()
    {
        ClassBench b;
        b.connect("watch", "alertmanager");
        VERIFY_RESULT(b.command(desk::Arm{"watch", {"silences"}}));
        const std::string said = "Jane \"Canary\" asked for it\nby phone"; // as JSON it reads otherwise
        const auto line = b.command(desk::WriteLog{"INC-1", said});
        VERIFY_RESULT(line);
        desk::CreateSilence c;
        c.source = "watch";
        c.duration = "1h";
        c.reason = said;
        c.matchers = {is("alertname", "DiskFull")};
        VERIFY_RESULT(b.command(c));
        c.reason = "another one's";
        VERIFY_RESULT(b.command(c));
        const auto silences = [&] {
            return b.ask([](const state::State &s) {
                std::vector<state::OutboxEntry> out;
                for (const auto &[n, o] : s.outbox)
                    if (o.what.effect == events::Effect::Silence)
                        out.push_back(o);
                return out;
            });
        };
        const auto before = silences();
        QCOMPARE(before.size(), std::size_t(2));
        VERIFY_RESULT(b.classify(line->seq, "restricted"));
        const auto after = silences();
        QVERIFY2(after[0].what.text.find("\"comment\":\"[sealed: restricted, short]\"") != std::string::npos, after[0].what.text.c_str());
        QVERIFY(after[0].what.text.find("DiskFull") != std::string::npos && after[0].what.text.find("Canary") == std::string::npos);
        QCOMPARE(after[0].what.text.substr(0, after[0].what.text.find("\"comment\"")), before[0].what.text.substr(0, before[0].what.text.find("\"comment\"")));
        QCOMPARE(after[0].what.subject, before[0].what.subject);
        QCOMPARE(after[0].delivery, Delivery::Queued);
        QCOMPARE(after[1].what.text, before[1].what.text);
        QCOMPARE(b.dumped(), b.committed());
        // Struck, it is taken back: nobody knows any more what it was to keep quiet.
        VERIFY_RESULT(b.command(desk::StrikeText{"INC-1", std::to_string(line->seq), "a customer's name"}));
        QCOMPARE(silences()[0].delivery, Delivery::Failed);
        QCOMPARE(silences()[0].recalled, std::string("its text was struck"));
        QVERIFY(silences()[0].what.text.find("DiskFull") == std::string::npos);
        QCOMPARE(silences()[1].delivery, Delivery::Queued);
        QCOMPARE(b.dumped(), b.committed());
    }

    void aRoomThatIsToBeMadeIsMadeThoughItsTitleWasStruck()
    {
        ClassBench b;
        desk::DeclareIncident d;
        d.title = "Jane Canary cannot pay";
        const auto declared = b.command(d);
        VERIFY_RESULT(declared);
        const auto room = [&] {
            return b.ask([&](const state::State &s) {
                for (const auto &[n, o] : s.outbox)
                    if (o.what.effect == events::Effect::CreateRoom && o.what.incident == declared->id)
                        return o;
                return state::OutboxEntry{};
            });
        };
        QVERIFY(room().what.text.find("Canary") != std::string::npos);
        VERIFY_RESULT(b.command(desk::StrikeText{declared->id, std::to_string(declared->seq), "a customer's name"}));
        QVERIFY2(room().what.text.find("Canary") == std::string::npos, room().what.text.c_str());
        QCOMPARE(room().delivery, Delivery::Queued);
        QVERIFY(room().recalled.empty());
        QCOMPARE(b.dumped(), b.committed());
    }

    void theGateRefusesItAfterwardsAndNamesThePart()
    {
        ClassBench b;
        const std::uint64_t seq = b.aLine();
        desk::SendUpdate update;
        update.incident = "INC-1";
        update.updateTemplate = "cust";
        VERIFY_RESULT(b.classify(seq, "confidential"));
        update.set = {{"state", b.entry(seq).text}}; // as it is put into a draft now
        const auto refused = b.command(update);
        VERIFY_FAILS(refused, Code::Forbidden);
        QVERIFY2(refused.error().message.find("[sealed: confidential, short]") != std::string::npos, refused.error().message.c_str());
        QVERIFY(refused.error().message.find("Canary") == std::string::npos);
    }

    void whatIsWrongIsSaidAndNothingIsRecorded_data()
    {
        QTest::addColumn<QString>("entry");
        QTest::addColumn<QString>("level");
        QTest::addColumn<QString>("person");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("part");
        QTest::newRow("no class") << "LINE" << "" << "" << int(Code::Invalid) << "Say the class";
        QTest::newRow("no such class") << "LINE" << "confidental" << "" << int(Code::Invalid) << "confidential";
        QTest::newRow("nobody's name") << "LINE" << "confidential" << "mallory" << int(Code::NotFound) << "no person or team";
        QTest::newRow("no line") << "" << "confidential" << "" << int(Code::Invalid) << "which line";
        QTest::newRow("no number") << "12x" << "confidential" << "" << int(Code::Invalid) << "is not an entry";
        QTest::newRow("no reference") << "message/none" << "confidential" << "" << int(Code::NotFound) << "no line";
        QTest::newRow("no record yet") << "9999" << "confidential" << "" << int(Code::NotFound) << "no record 9999";
        QTest::newRow("no text") << "1" << "confidential" << "" << int(Code::NotFound) << "classed";
        QTest::newRow("another incident's") << "OTHER" << "confidential" << "" << int(Code::NotFound) << "of another incident";
        QTest::newRow("struck") << "STRUCK" << "confidential" << "" << int(Code::Conflict) << "was struck";
        QTest::newRow("as it is") << "LINE" << "internal" << "" << int(Code::Conflict) << "already";
    }
    void whatIsWrongIsSaidAndNothingIsRecorded()
    {
        QFETCH(QString, entry);
        QFETCH(QString, level);
        QFETCH(QString, person);
        QFETCH(int, code);
        QFETCH(QString, part);
        ClassBench b;
        const std::uint64_t seq = b.aLine();
        const auto other = b.command(desk::WriteLog{"INC-2", "of the other"}), struck = b.command(desk::WriteLog{"INC-1", "hunter2x-canary"});
        VERIFY_RESULT(struck);
        VERIFY_RESULT(b.command(desk::StrikeText{"INC-1", std::to_string(struck->seq), "a password"}));
        if (entry == QLatin1String("LINE"))
            entry = QString::number(seq);
        else if (entry == QLatin1String("OTHER"))
            entry = QString::number(other->seq);
        else if (entry == QLatin1String("STRUCK"))
            entry = QString::number(struck->seq);
        const std::uint64_t head = b.journal->head();
        const std::string before = b.dumped();
        desk::ClassLine command{"INC-1", entry.toStdString(), level.toStdString(), {}, {}};
        if (!person.isEmpty())
            command.people = {person.toStdString()};
        const auto done = b.command(command);
        QVERIFY(!done);
        QVERIFY2(int(done.error().code) == code && done.error().message.find(part.toStdString()) != std::string::npos, done.error().message.c_str());
        QCOMPARE(b.journal->head(), head);
        QCOMPARE(b.dumped(), before);
    }

    /// A snapshot of before says what it said then.
    void noSnapshotOfBeforeIsUsed()
    {
        ClassBench b;
        const std::uint64_t seq = b.aLine();
        desk::SnapshotKeeper keeper(*b.journal, [] { return std::uint64_t(1) << 30; });
        b.desk->inspect([&](const state::State &s) { QVERIFY(keeper.store(keeper.cut(s, keeper.era())).has_value()); });
        const std::uint64_t head = b.journal->head();
        QCOMPARE(desk::pastOf(*b.journal).snapshots(), std::vector<std::uint64_t>{head});
        VERIFY_RESULT(b.classify(seq, "confidential"));
        QVERIFY(desk::pastOf(*b.journal).snapshots().empty());
        // One that was cut before and comes late is not stored; the next one is, and knows of it.
        b.desk->inspect([&](const state::State &s) { (void)keeper.store(keeper.cut(s, keeper.era())); });
        QVERIFY(desk::pastOf(*b.journal).snapshots().empty());
        keeper.erased();
        b.desk->inspect([&](const state::State &s) { QVERIFY(keeper.store(keeper.cut(s, keeper.era())).has_value()); });
        QCOMPARE(desk::pastOf(*b.journal).snapshots().size(), std::size_t(1));
        b.restart();
        QCOMPARE(desk::classesOf(*b.journal)->all().size(), std::size_t(1)); // out of the snapshot
        QCOMPARE(b.entry(seq).text, "[[confidential: " + kSaid + "]]");
        QVERIFY(ClassBench::readBy(b.at(head), DataClass::Internal).find("Jane Canary") == std::string::npos);
        QCOMPARE(b.dumped(), b.committed());
    }

    /// What repeats a line elsewhere stays classed, though nobody knows any more what line that was.
    void whatRepeatsItElsewhereStaysClassedWhenItIsErased()
    {
        ClassBench b;
        const std::uint64_t seq = b.aLine();
        VERIFY_RESULT(b.command(desk::PlaceHold{"person/eve", "Case 7", "counsel", "because of this: " + kSaid}));
        const auto reason = [&] { return b.ask([](const state::State &s) { return s.keeping.holds.at(0).reason; }); };
        VERIFY_RESULT(b.classify(seq, "restricted", {"ana"}));
        VERIFY_RESULT(b.classify(seq, "confidential"));
        const std::string classed = "[[confidential: because of this: " + kSaid + "]]";
        QCOMPARE(reason(), classed);
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", ""}));
        VERIFY_RESULT(b.command(desk::EraseStreams{{"incident/INC-1"}, "asked for"}));
        QCOMPARE(reason(), classed);
        QCOMPARE(b.dumped(), b.committed());
        const auto all = desk::classesOf(*b.journal)->all();
        QCOMPARE(all.size(), std::size_t(1));
        QVERIFY(all[0].incident.empty() && all[0].line.empty() && all[0].streams.empty());
        QCOMPARE(all[0].texts.size() + all[0].copies.size(), std::size_t(1)); // the hold's reason, nothing of what is gone
        b.restart(); // out of the records alone
        QCOMPARE(reason(), classed);
        QCOMPARE(desk::classesOf(*b.journal)->all().size(), std::size_t(1));
        QCOMPARE(b.dumped(), b.committed());
        desk::SnapshotKeeper keeper(*b.journal, [] { return std::uint64_t(1) << 30; });
        b.desk->inspect([&](const state::State &s) { QVERIFY(keeper.store(keeper.cut(s, keeper.era())).has_value()); });
        b.restart(); // and out of a snapshot
        QCOMPARE(reason(), classed);
        QCOMPARE(b.dumped(), b.committed());
    }

    void nothingIsLeftOfAClassThatWasOfErasedLinesAlone()
    {
        ClassBench b;
        VERIFY_RESULT(b.classify(b.aLine(), "restricted", {"dana"}));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", ""}));
        VERIFY_RESULT(b.command(desk::EraseStreams{{"incident/INC-1"}, "asked for"}));
        QVERIFY(desk::classesOf(*b.journal)->all().empty());
        QCOMPARE(b.dumped(), b.committed());
        b.restart();
        QVERIFY(desk::classesOf(*b.journal)->all().empty());
    }

    /// A list is read line by line, also where one of them alone is shown.
    void whatWasNotChosenIsMarkedLineByLine()
    {
        ClassBench b;
        desk::RecordDecision decision;
        decision.incident = "INC-1";
        decision.text = "fail over";
        decision.rejected = {"ask Jane Canary for her key", "wait for Jane Canary"};
        const auto made = b.command(decision);
        VERIFY_RESULT(made);
        VERIFY_RESULT(b.classify(made->seq, "confidential"));
        const std::string rejected = b.ask([](const state::State &s) { return s.incident("INC-1")->decisions.back().rejected; });
        QCOMPARE(count(rejected, "[[confidential: "), std::size_t(2));
        const std::string second = rejected.substr(rejected.find('\n') + 1);
        QVERIFY2(sealed(second, Reader{DataClass::Internal, {}}).find("Canary") == std::string::npos, second.c_str());
    }
};

QD_TEST(TestClassing)
#include "tst_classing.moc"
