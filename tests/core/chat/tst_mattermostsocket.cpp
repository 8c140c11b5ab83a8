// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/mattermostsocket.h"
#include "tests/support/suite.h"

#include <QSignalSpy>
#include <QtTest>

using namespace qd;
using namespace qd::chat;

/// JSON as it stands; moc of Qt 6.4 gets lost in raw string literals.
#define QD_FRAME(...) #__VA_ARGS__

class TestMattermostSocket final : public QObject {
    Q_OBJECT

private:
    class Wire final : public Transport {
    public:
        void open() override {}
        void send(std::string_view) override {}
        void close() override {}
        void abort() override {}
    };

private Q_SLOTS:
    /// The channel is told of it in one shape, and whoever is taken out in another.
    void saysWhoWasTakenOutOfWhichChannel()
    {
        using std::chrono::seconds;
        Wire *wire = nullptr;
        MattermostSocket socket([&] { auto made = std::make_unique<Wire>(); wire = made.get(); return made; }, seconds(60), seconds(60), seconds(60));
        QSignalSpy events(&socket, &MattermostSocket::event);
        socket.start();
        Q_EMIT wire->frame(QD_FRAME({"event":"hello","data":{},"broadcast":{},"seq":0}));
        QVERIFY(socket.isReady());
        Q_EMIT wire->frame(QD_FRAME({"event":"user_removed","data":{"user_id":"u2","remover_id":"u3"},"broadcast":{"user_id":"","channel_id":"c1"},"seq":1}));
        Q_EMIT wire->frame(QD_FRAME({"event":"user_removed","data":{"channel_id":"c2","remover_id":"u3"},"broadcast":{"user_id":"u1","channel_id":""},"seq":2}));
        QCOMPARE(events.size(), 2);
        const auto user = [&](qsizetype at) { return events.at(at).at(1).toJsonObject().value(QLatin1String("user_id")).toString(); };
        const auto channel = [&](qsizetype at) { return events.at(at).at(2).toString(); };
        QCOMPARE(user(0), QStringLiteral("u2"));
        QCOMPARE(channel(0), QStringLiteral("c1"));
        QCOMPARE(user(1), QStringLiteral("u1"));
        QCOMPARE(channel(1), QStringLiteral("c2"));
    }
};

QD_TEST(TestMattermostSocket)
#include "tst_mattermostsocket.moc"
