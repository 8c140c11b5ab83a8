// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/slacksocket.h"
#include "tests/support/suite.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QtTest>

using namespace qd;
using namespace qd::chat;

/// JSON as it stands; moc of Qt 6.4 gets lost in raw string literals.
#define QD_FRAME(...) #__VA_ARGS__

class TestSlackSocket final : public QObject {
    Q_OBJECT

private:
    class Wire final : public Transport {
    public:
        explicit Wire(QStringList &sent) : m_sent(sent) {}
        void open() override {}
        void send(std::string_view frame) override { m_sent << QString::fromUtf8(frame.data(), static_cast<qsizetype>(frame.size())); }
        void close() override {}
        void abort() override {}

    private:
        QStringList &m_sent;
    };
    struct Bench {
        QStringList sent;
        Wire *wire = nullptr;
        SlackSocket socket;
        QSignalSpy asked{&socket, &SlackSocket::asked}, events{&socket, &SlackSocket::event};

        explicit Bench(std::chrono::milliseconds ackWithin)
            : socket([](const SlackApi::Answered &answered) {
                         SlackAnswer answer;
                         answer.kind = ApiAnswer::Kind::Done;
                         answer.body = QJsonDocument::fromJson(QD_FRAME({"ok":true,"url":"ws://127.0.0.1:1/link"})).object();
                         answered(answer);
                     },
                     [this](const QUrl &) {
                         auto made = std::make_unique<Wire>(sent);
                         wire = made.get();
                         return made;
                     },
                     std::chrono::seconds(60), std::chrono::seconds(60), ackWithin)
        {
            socket.start();
            Q_EMIT wire->frame(QD_FRAME({"type":"hello","num_connections":1}));
        }
        void slash() { Q_EMIT wire->frame(QD_FRAME({"envelope_id":"e1","type":"slash_commands","accepts_response_payload":true,"payload":{"command":"/quarterdeck","text":"log x"}})); }
    };

private Q_SLOTS:
    void aSlashCommandIsAcknowledgedOnceItIsKept()
    {
        Bench b(std::chrono::minutes(1));
        b.slash();
        QCOMPARE(b.asked.size(), 1);
        QCOMPARE(b.sent, QStringList()); // a core that dies now has promised nothing: Slack shows who asked that it failed
        const quint64 receipt = b.asked.at(0).at(2).toULongLong();
        QVERIFY(receipt != 0);
        b.socket.kept(receipt);
        QCOMPARE(b.sent, QStringList{QStringLiteral("{\"envelope_id\":\"e1\"}")});
        b.socket.kept(receipt);
        QCOMPARE(b.sent.size(), 1);
    }

    void whatIsNotKeptInTimeIsAcknowledgedWithAWordThatItMayComeLate()
    {
        Bench b(std::chrono::milliseconds(1));
        b.slash();
        QTRY_COMPARE(b.sent.size(), 1);
        QVERIFY2(b.sent.front().contains(QStringLiteral("late")) && b.sent.front().contains(QStringLiteral("\"e1\"")), qPrintable(b.sent.front()));
        b.socket.kept(b.asked.at(0).at(2).toULongLong());
        QCOMPARE(b.sent.size(), 1);
    }

    void aReactionWaitsToBeKeptAndAMessageDoesNot()
    {
        Bench b(std::chrono::minutes(1));
        Q_EMIT b.wire->frame(QD_FRAME({"envelope_id":"e2","type":"events_api","payload":{"event_id":"Ev1","event":{"type":"message","channel":"C1","ts":"1.1"}}}));
        QCOMPARE(b.sent.size(), 1); // a history holds it
        QCOMPARE(b.events.at(0).at(3).toULongLong(), 0ULL);
        Q_EMIT b.wire->frame(QD_FRAME({"envelope_id":"e3","type":"events_api","payload":{"event_id":"Ev2","event":{"type":"reaction_added","item":{"channel":"C1","ts":"1.1"}}}}));
        QCOMPARE(b.sent.size(), 1);
        b.socket.kept(b.events.at(1).at(3).toULongLong());
        QCOMPARE(b.sent.back(), QStringLiteral("{\"envelope_id\":\"e3\"}"));
        // What Slack sends again was heard.
        Q_EMIT b.wire->frame(QD_FRAME({"envelope_id":"e4","type":"events_api","retry_attempt":1,"payload":{"event_id":"Ev2","event":{"type":"reaction_added","item":{"channel":"C1","ts":"1.1"}}}}));
        QCOMPARE(b.events.size(), 2);
        QCOMPARE(b.sent.back(), QStringLiteral("{\"envelope_id\":\"e4\"}"));
    }

    void whatALostLineAskedIsAnsweredOnNoOther()
    {
        Bench b(std::chrono::milliseconds(1));
        b.slash();
        const quint64 receipt = b.asked.at(0).at(2).toULongLong();
        b.socket.stop();
        b.socket.kept(receipt);
        QTest::qWait(5);
        QCOMPARE(b.sent, QStringList());
    }
};

QD_TEST(TestSlackSocket)
#include "tst_slacksocket.moc"
