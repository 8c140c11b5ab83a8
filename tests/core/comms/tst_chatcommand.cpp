// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/chatcommand.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::comms;

class TestChatCommand final : public QObject {
    Q_OBJECT

    static LineContext context()
    {
        return {{{"dana", "Dana Novak"}}, {{"dba", "Database"}}, {"customers"}, Instant{1'000'000'000'000}};
    }

private Q_SLOTS:
    void readsCommands_data()
    {
        using Kind = ChatCommand::Kind;
        QTest::addColumn<QString>("message");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("key");
        const auto row = [](const char *name, const char *message, Kind kind, const char *text = "", const char *key = "") {
            QTest::newRow(name) << QString::fromUtf8(message) << static_cast<int>(kind) << QString::fromUtf8(text) << QString::fromUtf8(key);
        };
        row("log", "!log db restarted", Kind::Log, "db restarted");
        row("log, shouted", "!LOG db restarted", Kind::Log, "db restarted");
        row("log over two lines", "!log db restarted\nand is back", Kind::Log, "db restarted and is back");
        row("status", "!status", Kind::Status);
        row("ack what pages me", "!ack", Kind::Ack);
        row("ack a key", "!ack am/0123456789abcdef on it", Kind::Ack, "on it", "am/0123456789abcdef");
        row("take", " !take ", Kind::Take);
        row("object", "!OBJECT I am here", Kind::Object, "I am here");
        row("unknown", "!lgo db restarted", Kind::Unknown, "!lgo");
        row("decision, for the space", "! log everything", Kind::Line, "log everything");
        row("hypothesis", "? pool exhausted", Kind::Line, "pool exhausted");
        row("task", "@dba check lag 10m", Kind::Line, "check lag");
        row("task of a stranger", "@carol check lag 10m", Kind::Line, "check lag");
        row("promise", "> customers 20m", Kind::Line, "");
        row("decision over two lines", "! roll back\n4.2", Kind::Line, "roll back 4.2");
    }
    void readsCommands()
    {
        QFETCH(QString, message);
        const auto command = parseChatCommand(message.toStdString(), context());
        QVERIFY2(command.has_value(), command ? "" : command.error().message.c_str());
        QVERIFY(command->has_value());
        QTEST(static_cast<int>((*command)->kind), "kind");
        QTEST(QString::fromStdString((*command)->text), "text");
        QTEST(QString::fromStdString((*command)->key), "key");
    }

    void leavesConversationAlone_data()
    {
        QTest::addColumn<QByteArray>("message");
        for (const char *m : {"", "hello", "so ! no", "!!!", "???", "?", "! ", "!", "@dana thanks!", "@dana can you look?",
                              "> as you said", "> it was down for 20m", "> press 20m", "@ dana at 10m", "!4.2 is bad", "/me waves"})
            QTest::newRow(m) << QByteArray(m);
        QTest::newRow("a long quotation") << QByteArray("> ") + QByteArray(4000, 'x');
    }
    void leavesConversationAlone()
    {
        QFETCH(QByteArray, message);
        const auto command = parseChatCommand(message.toStdString(), context());
        QVERIFY(command.has_value());
        QVERIFY(!command->has_value());
    }

    void refusesWhatClaimsToBeACommandAndIsNone()
    {
        const auto empty = parseChatCommand("!log  ", context());
        QVERIFY(!empty.has_value());
        QCOMPARE(empty.error().code, Code::Invalid);
        const auto wide = parseChatCommand("!log " + std::string(3000, 'x'), context());
        QVERIFY(!wide.has_value());
        QCOMPARE(wide.error().code, Code::TooLarge);
    }
};

QD_TEST(TestChatCommand)
#include "tst_chatcommand.moc"
