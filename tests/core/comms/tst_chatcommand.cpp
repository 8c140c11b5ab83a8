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
        row("take, with a reason", "!take Ana is away", Kind::Take, "Ana is away");
        row("declare", "!declare Cart is down", Kind::Declare, "Cart is down");
        row("declare, with its severity", "!declare sev1 Cart is down", Kind::Declare, "Cart is down", "sev1");
        row("declare a seventh", "!declare sev7 Cart is down", Kind::Declare, "sev7 Cart is down");
        row("severity", "!sev SEV3 a few only", Kind::Severity, "a few only", "SEV3");
        row("what it is called", "!title Cart is slow, not down", Kind::Title, "Cart is slow, not down");
        row("whose it is", "!service shopping cart by the logs", Kind::Service, "shopping cart by the logs");
        row("page", "!page @dba now", Kind::Page, "now");
        row("task by its word", "!task dba check lag 10m", Kind::Line, "check lag");
        row("hypothesis by its word", "!hypothesis pool exhausted", Kind::Line, "pool exhausted");
        row("decision by its word", "!decision roll back", Kind::Line, "roll back");
        row("promise by its word", "!promise customers 20m", Kind::Line);
        row("update", "!update status the db is slow", Kind::Update, "the db is slow", "status");
        row("update, field by field", "!update status what=db slow next=soon", Kind::Update, "", "status");
        row("who", "!who", Kind::Who);
        row("why", "!why am/0123456789abcdef", Kind::Why, "", "am/0123456789abcdef");
        row("handover", "!handover dana pool first", Kind::HandOver, "pool first");
        row("accept", "!accept pool first", Kind::Accept, "pool first");
        row("decline", "!decline", Kind::Decline);
        row("resolve", "!resolve rolled back", Kind::Resolve, "rolled back");
        row("reopen", "!reopen it was not over", Kind::Reopen, "it was not over");
        row("again", "!again", Kind::Again);
        row("again, named anew", "!again sev2 Cart is down, this time for good", Kind::Again, "Cart is down, this time for good", "sev2");
        row("poll", "!poll roll back 4.2?", Kind::Poll, "roll back 4.2?");
        row("go", "!go", Kind::Go);
        row("go on the second", "!go 2", Kind::Go, "", "2");
        row("no-go, and why", "!nogo 2 backups run", Kind::NoGo, "backups run", "2");
        row("no-go without a number", "!NOGO backups run", Kind::NoGo, "backups run");
        row("a task taken on", "!on 2", Kind::On, "", "2");
        row("my task taken on", "!on", Kind::On);
        row("a task done", "!done 2", Kind::Done, "", "2");
        row("my task done", "!done", Kind::Done);
        row("a task done, and what came of it", "!done 2 it was full", Kind::Done, "it was full", "2");
        row("my task done, and what came of it", "!done it was full", Kind::Done, "it was full");
        row("a text for outside", "!message 2", Kind::Message, "", "2");
        row("the only text for outside", "!message", Kind::Message);
        row("a check given", "!approve 2 legal anchor-bishop", Kind::Approve, "legal anchor-bishop", "2");
        row("a check given by the word alone", "!approve anchor-bishop", Kind::Approve, "anchor-bishop");
        row("a check refused", "!reject 2 inc-7 legal it names a customer", Kind::Reject, "legal it names a customer", "2");
        row("help", "!help", Kind::Help);
        row("yes", "!yes Anchor-Bishop", Kind::Yes, "", "anchor-bishop");
        row("bind", "!bind anchor-bishop", Kind::Bind, "", "anchor-bishop");
        row("a seat's", "!break-glass command", Kind::Seat);
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

    void anotherIncidentIsNamedFirst()
    {
        const auto take = parseChatCommand("!take inc-7 at once", context());
        QCOMPARE((*take)->incident, std::string("INC-7"));
        QCOMPARE((*take)->text, std::string("at once"));
        QCOMPARE((*parseChatCommand("!log INC-7 is related", context()))->text, std::string("INC-7 is related")); // in a room that is text
        const auto alone = parseChatCommand("!log INC-7 disk is full", context(), true);
        QCOMPARE((*alone)->incident, std::string("INC-7"));
        QCOMPARE((*alone)->text, std::string("disk is full"));
        QVERIFY(!*parseChatCommand("? pool exhausted", context(), true)); // of which incident?
        for (const char *said : {"!message 2 INC-7", "!message inc-7 2"}) {
            const auto message = parseChatCommand(said, context(), true);
            QCOMPARE((*message)->incident, std::string("INC-7"));
            QCOMPARE((*message)->key, std::string("2"));
        }
    }

    void anUpdatesFieldsAreReadByName()
    {
        const auto c = parseChatCommand("!update status what=db is slow next=in 10 minutes", context());
        QCOMPARE((*c)->fields, (std::map<std::string, std::string>{{"what", "db is slow"}, {"next", "in 10 minutes"}}));
        QCOMPARE((*parseChatCommand("!update status a=b=c", context()))->fields.at("a"), std::string("b=c"));
    }

    void aNameIsReadWithOrWithoutItsSign()
    {
        QCOMPARE((*parseChatCommand("!page @dba", context()))->name, std::string("dba"));
        QCOMPARE((*parseChatCommand("!handover dana x", context()))->name, std::string("dana"));
    }

    void helpNamesEveryVerbButThoseOfASeat()
    {
        const std::string all = chatHelp({});
        for (const char *verb : {"!log", "!take", "!sev", "!page", "!update", "!who", "!why", "!handover", "!accept", "!resolve", "!message", "!approve", "!reject", "@who task 10m"})
            QVERIFY2(all.find(verb) != std::string::npos, verb);
        QVERIFY(chatHelp({"resolve"}).find("!resolve") == std::string::npos);
        QVERIFY(all.size() < 900);
    }

    void leavesConversationAlone_data()
    {
        QTest::addColumn<QByteArray>("message");
        for (const char *m : {"", "hello", "so ! no", "!!!", "???", "?", "! ", "!", "@dana thanks!", "@dana can you look?",
                              "> as you said", "> it was down for 20m", "> press 20m", "> customers 20m\nyes, that", "> !resolve done\nis that so?", "@ dana at 10m", "!4.2 is bad", "/me waves"})
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
