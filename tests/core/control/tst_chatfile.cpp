// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/chatfile.h"

#include "core/governance/clearance.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::control;
using namespace qd::tests;

namespace {

/// An incident whose room said something with two files, something of others, and something that was removed.
struct RoomWithFiles {
    Log log;
    RoomWithFiles()
    {
        log.record(withWorkspace()).record(anIncident("INC-1").titled("Shop").service("cart").event());
        events::RoomLinked room;
        room.connection = "chat";
        room.room = "inc-1@chat.test";
        room.incident = "INC-1";
        log.record(room);
        say("m1", "the heap\n[file: heap.txt, 15 bytes]\n[file: log.txt, 2 KB]");
        say("m2", "no file");
        say("m3", "[[restricted for dana: it leaks]]\n[file: dump.bin, 1 KB]");
        say("m4", "[file: gone.txt, 1 KB]");
        events::MessageSeen removal = seen("m5", "");
        removal.kind = events::MessageKind::Removal;
        removal.target = "m4";
        log.record(removal);
    }
    static events::MessageSeen seen(const char *id, const char *text)
    {
        events::MessageSeen m;
        m.connection = "chat";
        m.room = "inc-1@chat.test";
        m.incident = "INC-1";
        m.messageId = id;
        m.sender = "eve@chat.test";
        m.person = "ben";
        m.text = text;
        m.verified = true;
        return m;
    }
    void say(const char *id, const char *text) { log.record(seen(id, text)); }
    Result<ChatFile> meant(const char *message, std::uint32_t file = 0) { return chatFileMeant(log.state, {"INC-1", message, file}, kAna, log.now()); }
};

} // namespace

/// What of a message's files may be asked of its platform.
class TestChatFile final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFileIsAskedOfTheConnectionItsRoomIsOf()
    {
        RoomWithFiles r;
        const auto first = r.meant("m1");
        QVERIFY2(first.has_value(), first ? "" : first.error().message.c_str());
        QCOMPARE(first->connection, std::string("chat"));
        QCOMPARE(first->message, std::string("m1"));
        QCOMPARE(first->number, 1U);
        QCOMPARE(first->room, std::string("inc-1@chat.test"));
        QCOMPARE(first->thread, std::string());
        QCOMPARE(first->said, std::string("the heap\n[file: heap.txt, 15 bytes]\n[file: log.txt, 2 KB]"));
        const auto second = r.meant("m1", 2);
        QVERIFY(second && second->number == 2);
    }

    void aFileIsBoundAsTheMessageItCameWith()
    {
        RoomWithFiles r;
        r.say("m6", "[[confidential: forty customers]] [[restricted for ana: the bank]]\n[file: list.csv, 1 KB]");
        r.say("m7", "[[restricted for ana: it leaks]]\n[file: dump.bin, 1 KB]");
        events::MessageSeen edit = r.seen("m8", "nothing of it\n[file: dump.bin, 1 KB]");
        edit.kind = events::MessageKind::Edit;
        edit.target = "m7";
        r.log.record(edit);
        const auto readerOf = [&](const char *person) { return governance::readerOf(r.log.state, {governance::Place::Kind::Person, person, {}, {"cart", "INC-1"}}); };
        QCOMPARE(marksIn(r.meant("m1")->text).size(), std::size_t(0));
        for (const char *message : {"m6", "m7"}) {
            const auto file = r.meant(message);
            QVERIFY2(file.has_value(), file ? "" : file.error().message.c_str());
            QVERIFY2(keptFrom(file->text, readerOf("ana")).empty(), file->text.c_str());
            QCOMPARE(keptFrom(file->text, readerOf("ben")).size(), std::size_t(1)); // evidenceJson() refuses it
            QCOMPARE(keptFrom(file->text, Reader{DataClass::Restricted, {"ben"}}).size(), std::size_t(1));
            QCOMPARE(sealed(file->text, readerOf("ben")), holeOf(marksIn(file->text)[0]));
        }
    }

    void whatIsNotThereOrNotToBeReadIsRefused_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<unsigned>("file");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        QTest::newRow("a third of two") << "m1" << 3U << int(Code::NotFound) << "came with 2 files";
        QTest::newRow("no file") << "m2" << 0U << int(Code::NotFound) << "came with no file";
        QTest::newRow("no such message") << "m9" << 0U << int(Code::NotFound) << "no message m9";
        QTest::newRow("no message named") << "" << 0U << int(Code::NotFound) << "no message";
        QTest::newRow("words of others") << "m3" << 0U << int(Code::Forbidden) << "for others";
        QTest::newRow("removed") << "m4" << 0U << int(Code::Forbidden) << "removed by its sender";
    }
    void whatIsNotThereOrNotToBeReadIsRefused()
    {
        QFETCH(QString, message);
        QFETCH(unsigned, file);
        QFETCH(int, code);
        QFETCH(QString, says);
        RoomWithFiles r;
        const auto answer = r.meant(message.toStdString().c_str(), file);
        QVERIFY(!answer);
        QCOMPARE(int(answer.error().code), code);
        QVERIFY2(answer.error().message.find(says.toStdString()) != std::string::npos, answer.error().message.c_str());
    }
};

QD_TEST(TestChatFile)
#include "tst_chatfile.moc"
