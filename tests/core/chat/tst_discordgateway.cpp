// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/discordgateway.h"
#include "tests/support/suite.h"

#include <QSignalSpy>
#include <QtTest>

using namespace qd;
using namespace qd::chat;
using std::chrono::milliseconds;

class TestDiscordGateway final : public QObject {
    Q_OBJECT

private:
    class Wire final : public Transport {
    public:
        Wire(const QUrl &url, std::vector<QJsonObject> &sent) : m_url(url), m_sent(sent) {}
        void open() override {}
        void send(std::string_view frame) override { m_sent.push_back(QJsonDocument::fromJson(QByteArray(frame.data(), static_cast<qsizetype>(frame.size()))).object()); }
        void close() override {}
        void abort() override {}
        int closeCode() const override { return m_code; }

        void says(int op, const QJsonValue &d = {}) { Q_EMIT frame(QJsonDocument(QJsonObject{{QStringLiteral("op"), op}, {QStringLiteral("d"), d}}).toJson()); }
        void hello(int interval = 60'000) { says(10, QJsonObject{{QStringLiteral("heartbeat_interval"), interval}}); }
        void tells(const char *name, int number, QJsonObject d = {})
        {
            Q_EMIT frame(QJsonDocument(QJsonObject{{QStringLiteral("op"), 0}, {QStringLiteral("t"), QLatin1String(name)}, {QStringLiteral("s"), number}, {QStringLiteral("d"), d}}).toJson());
        }
        void isReady(int number)
        {
            tells("READY", number, {{QStringLiteral("session_id"), QStringLiteral("s1")}, {QStringLiteral("resume_gateway_url"), QStringLiteral("wss://resume.example")}});
        }
        void hangsUp(int code)
        {
            m_code = code;
            Q_EMIT closed(Error{Code::Unavailable, "gone", {}});
        }
        QUrl m_url;

    private:
        std::vector<QJsonObject> &m_sent;
        int m_code = 0;
    };

    /// A gateway whose every attempt is a new wire.
    struct Line {
        SystemRandom random;
        std::vector<QJsonObject> sent;
        Wire *wire = nullptr;
        int asked = 0, remaining = 10;
        DiscordGateway gateway;
        QSignalSpy ready{&gateway, &DiscordGateway::ready}, events{&gateway, &DiscordGateway::event}, lost{&gateway, &DiscordGateway::lost};

        Line()
            : gateway([this](DiscordApi::Answered answered) {
                ++asked;
                DiscordAnswer answer;
                answer.kind = ApiAnswer::Kind::Done;
                answer.body = QJsonDocument(QJsonObject{{QStringLiteral("url"), QStringLiteral("wss://gateway.example")},
                                                        {QStringLiteral("session_start_limit"), QJsonObject{{QStringLiteral("remaining"), remaining}, {QStringLiteral("reset_after"), 7'000}}}});
                answered(answer);
            }, [this](const QUrl &url) {
                auto made = std::make_unique<Wire>(url, sent);
                wire = made.get();
                return made;
            }, random, std::make_shared<const Secret>(std::string_view("canary")), {milliseconds(60'000), milliseconds(0)})
        {}
        void connectAnew()
        {
            gateway.start();
            wire->hello();
            wire->isReady(1);
        }
        [[nodiscard]] QJsonObject last(int op) const
        {
            for (auto it = sent.rbegin(); it != sent.rend(); ++it)
                if (it->value(QLatin1String("op")).toInt() == op)
                    return *it;
            return {};
        }
        [[nodiscard]] int count(int op) const { return static_cast<int>(std::count_if(sent.begin(), sent.end(), [op](const QJsonObject &f) { return f.value(QLatin1String("op")).toInt() == op; })); }
    };

private Q_SLOTS:
    void introducesItselfOnceItIsGreeted()
    {
        Line line;
        line.gateway.start();
        QCOMPARE(line.wire->m_url, QUrl(QStringLiteral("wss://gateway.example/?v=10&encoding=json")));
        QVERIFY(line.sent.empty());
        line.wire->hello();
        const QJsonObject d = line.last(2).value(QLatin1String("d")).toObject();
        QCOMPARE(d.value(QLatin1String("token")).toString(), QStringLiteral("canary"));
        QVERIFY(d.value(QLatin1String("intents")).toInt() & (1 << 15));
        QVERIFY(!line.gateway.isReady());
        line.wire->isReady(1);
        QVERIFY(line.gateway.isReady());
        QCOMPARE(line.ready.at(0).at(0).toBool(), false);
    }

    void takesASessionUpAgainAndSaysWhatCameLate()
    {
        Line line;
        line.connectAnew();
        line.wire->tells("MESSAGE_CREATE", 2);
        line.wire->hangsUp(0);
        QCOMPARE(line.lost.size(), 1);
        QCOMPARE(line.lost.at(0).at(1).toBool(), false);
        line.gateway.start();
        QCOMPARE(line.asked, 1); // it need not be asked where
        QCOMPARE(line.wire->m_url.host(), QStringLiteral("resume.example"));
        line.wire->hello();
        const QJsonObject d = line.last(6).value(QLatin1String("d")).toObject();
        QCOMPARE(d.value(QLatin1String("seq")).toInt(), 2);
        QCOMPARE(d.value(QLatin1String("session_id")).toString(), QStringLiteral("s1"));
        QCOMPARE(line.count(2), 1);
        line.wire->tells("MESSAGE_CREATE", 2); // told before
        line.wire->tells("MESSAGE_CREATE", 3);
        line.wire->tells("RESUMED", 4);
        line.wire->tells("MESSAGE_CREATE", 5);
        QCOMPARE(line.ready.size(), 2);
        QCOMPARE(line.ready.at(1).at(0).toBool(), true);
        QCOMPARE(line.events.size(), 3);
        QCOMPARE(line.events.at(0).at(3).toBool(), false);
        QCOMPARE(line.events.at(1).at(3).toBool(), true);
        QCOMPARE(line.events.at(2).at(3).toBool(), false);
    }

    void asksAgainWhereWhenItCannotTakeItsSessionUp()
    {
        Line line;
        line.connectAnew();
        for (int i = 0; i < 6; ++i) {
            line.wire->hangsUp(0);
            line.gateway.start();
            QCOMPARE(line.wire->m_url.host(), QStringLiteral("resume.example"));
        }
        QCOMPARE(line.asked, 1);
        line.wire->hangsUp(0);
        line.gateway.start();
        QCOMPARE(line.asked, 2);
        QCOMPARE(line.wire->m_url.host(), QStringLiteral("gateway.example"));
    }

    void aBeatWithoutAnAnswerIsADeadLine()
    {
        Line line;
        line.gateway.start();
        line.wire->hello(100);
        line.wire->isReady(1);
        QTRY_VERIFY(line.count(1) >= 1);
        QCOMPARE(line.last(1).value(QLatin1String("d")).toInt(), 1);
        line.wire->says(11);
        QTRY_VERIFY(line.count(1) >= 2);
        QTRY_COMPARE(line.lost.size(), 1); // nobody answered that one
        QVERIFY(line.gateway.hasSession());
    }

    void beatsWhenItIsAsked()
    {
        Line line;
        line.connectAnew();
        line.wire->says(1);
        QCOMPARE(line.count(1), 1);
    }

    void connectsAgainWhenItIsAsked()
    {
        Line line;
        line.connectAnew();
        line.wire->says(7);
        QCOMPARE(line.lost.size(), 1);
        QVERIFY(line.gateway.hasSession());
    }

    void beginsAnewWhenItsSessionIsForgotten()
    {
        Line line;
        line.connectAnew();
        line.wire->hangsUp(0);
        line.gateway.start();
        line.wire->hello();
        line.wire->says(9, false);
        QCOMPARE(line.count(2), 1); // not at once: Discord wants a second to five
        QVERIFY(!line.gateway.hasSession());
        QTRY_COMPARE(line.count(2), 2);
    }

    void knowsWhatItIsHungUpOnFor_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("refused");
        QTest::addColumn<bool>("keepsSession");
        QTest::newRow("token") << 4004 << true << false;
        QTest::newRow("intents") << 4014 << true << false;
        QTest::newRow("session over") << 4009 << false << false;
        QTest::newRow("goodbye") << 1000 << false << false;
        QTest::newRow("too fast") << 4008 << false << true;
        QTest::newRow("cut") << 0 << false << true;
    }

    void knowsWhatItIsHungUpOnFor()
    {
        QFETCH(int, code);
        QFETCH(bool, refused);
        QFETCH(bool, keepsSession);
        Line line;
        line.connectAnew();
        line.wire->hangsUp(code);
        QCOMPARE(line.lost.size(), 1);
        QCOMPARE(line.lost.at(0).at(1).toBool(), refused);
        QCOMPARE(line.gateway.hasSession(), keepsSession);
        QVERIFY(line.lost.at(0).at(0).value<Error>().message.find("canary") == std::string::npos);
    }

    /// A thousand a day; whoever begins more loses the token.
    void beginsNoSessionThatDiscordWouldNotGive()
    {
        Line line;
        line.remaining = 0;
        line.gateway.start();
        QCOMPARE(line.wire, nullptr);
        QCOMPARE(line.lost.size(), 1);
        QCOMPARE(line.lost.at(0).at(2).value<milliseconds>(), milliseconds(7'000));
    }

    void countsCallsInTheirBuckets()
    {
        const auto route = [](const char *path) { return DiscordBuckets::routeOf("POST", path); };
        QCOMPARE(route("channels/100000000000000001/messages"), std::string("POST/channels/100000000000000001/messages"));
        QCOMPARE(route("channels/100000000000000001/messages/100000000000000002/reactions/%F0/@me"), std::string("POST/channels/100000000000000001/messages/*/reactions"));
        DiscordBuckets buckets;
        const std::string a = route("channels/100000000000000001/messages"), b = route("channels/100000000000000002/messages");
        const auto told = [](int left) { return net::Fields{{"x-ratelimit-bucket", "m"}, {"x-ratelimit-remaining", std::to_string(left)}, {"x-ratelimit-reset-after", "600.5"}}; };
        QCOMPARE(buckets.wait(a).count(), 0);
        buckets.learn(a, told(1));
        QCOMPARE(buckets.wait(a).count(), 0);
        buckets.spend(a);
        QVERIFY(buckets.wait(a) > milliseconds(500'000) && buckets.wait(a) <= milliseconds(600'501));
        QCOMPARE(buckets.wait(b).count(), 0); // another channel's
        buckets.refused(b, true, milliseconds(900'000));
        QVERIFY(buckets.wait(b) > milliseconds(800'000));
        QVERIFY(buckets.wait(a) > milliseconds(800'000));
        const auto waits = [&] {
            DiscordBuckets many;
            for (int i = 0; i < 45; ++i)
                many.spend(a);
            return many.wait(b) > milliseconds(0);
        };
        QVERIFY(waits() || waits() || waits()); // Discord takes 50 a second of all together; a machine may stand still for one
    }
};

QD_TEST(TestDiscordGateway)
#include "tst_discordgateway.moc"
