// SPDX-License-Identifier: GPL-3.0-or-later
// What of the conformance suite is left for a platform that posts and hears nothing, against a fake of its webhook.
#include "core/chat/teamsconnector.h"
#include "core/chat/jsonread.h"
#include "judged.h"
#include "seat.h"
#include "servedplatform.h"
#include "tests/support/suite.h"

#include <QFile>
#include <QJsonArray>
#include <QNetworkAccessManager>
#include <QNetworkReply>

using namespace qd;
using namespace qd::chat;
using namespace qd::test;
using std::chrono::milliseconds;

namespace {

class TeamsPlatform final : public FakePlatform {
public:
    TeamsPlatform() : FakePlatform("lab_teams.py", "nobody: Microsoft publishes no client of it") {}

    std::string idOf(const std::string &) const override { return {}; }
    std::string nobody() const override { return {}; }
    std::string roomAddress(const std::string &name) const override { return name + "@ops.teams"; }
    std::string sendHostile(const std::string &, const std::string &) override { return "nothing is heard"; }
    std::string limitWrites(const std::string &) override { return "asked for below, answer by answer"; }

    QJsonObject lab(const char *what, const QJsonObject &given = {})
    {
        QNetworkAccessManager http;
        QNetworkRequest request(QUrl(QStringLiteral("http://127.0.0.1:%1/lab/%2").arg(m_port).arg(QLatin1String(what))));
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        const std::unique_ptr<QNetworkReply> reply(http.post(request, QJsonDocument(given).toJson()));
        const bool isDone = QTest::qWaitFor([&] { return reply->isFinished(); }, tests::kPatience);
        return isDone ? QJsonDocument::fromJson(reply->readAll()).object() : QJsonObject();
    }
    Strings posts()
    {
        Strings out;
        for (const auto &post : lab("posts").value(QLatin1String("posts")).toArray())
            out.push_back(post.toString().toStdString());
        return out;
    }

private:
    std::string url(bool secure, const std::string &host) const override { return FakePlatform::url(secure, host) + "/workflows/1/triggers/manual/paths/invoke?api-version=2016-06-01&sig="; }
    std::unique_ptr<ChatConnector> make(const std::string &, const std::string &url, const std::string &password, const std::string &caFile) override
    {
        TeamsSettings s;
        s.name = "room";
        s.host = "ops.teams";
        s.address = Secret(url + (password.empty() ? "canary-signature" : password));
        s.caFile = caFile;
        s.timings.answerWithin = milliseconds(5'000);
        s.timings.confirmWithin = milliseconds(6'000);
        auto made = TeamsConnector::make(std::move(s), m_clock);
        return made ? std::move(*made) : nullptr;
    }
};

} // namespace

class TestTeamsConnector final : public QObject {
    Q_OBJECT
    std::unique_ptr<TeamsPlatform> platform;
    std::string m_table;
    SystemClock clock;
    SystemRandom random;

    Uuid id() { return Uuid::make(clock, random); }
    std::string room() const { return platform->roomAddress("channel"); }
    std::unique_ptr<Seat> seated(Platform::Via via = Platform::Via::Direct, const std::string &signature = {})
    {
        auto seat = std::make_unique<Seat>(platform->connector("ic", via, signature));
        seat->c->open();
        seat->c->join({id(), room(), {}, {}});
        return seat;
    }

private Q_SLOTS:
    /// The table of the platforms that hear names steps of this class.
    void initTestCase()
    {
        for (const PostOnly &p : kPostOnly)
            QVERIFY2(metaObject()->indexOfMethod((std::string(p.there) + "()").c_str()) >= 0, p.there);
    }
    void init()
    {
        platform = std::make_unique<TeamsPlatform>();
        const std::string trouble = platform->start();
        QVERIFY2(trouble.empty(), trouble.c_str());
    }
    void cleanup()
    {
        platform.reset();
        m_table += std::string("| ") + QTest::currentTestFunction() + " | " + (QTest::currentTestFailed() ? "FAIL" : "pass") + " |\n";
    }
    /// As the table of the platforms that hear: to standard output, and beside the build.
    void cleanupTestCase()
    {
        const std::string out = "| scenario | teams, post only (fake of its webhook; Microsoft publishes no client that could judge it) |\n|---|---|\n" + m_table;
        std::printf("%s", out.c_str());
        QFile file(QStringLiteral(QD_BINARY_DIR "/conformance-teams.md"));
        if (file.open(QIODevice::WriteOnly))
            file.write(out.data(), static_cast<qint64>(out.size()));
    }

    void saysThatItPostsOnly()
    {
        auto ic = seated();
        const Caps &caps = ic->c->caps();
        QVERIFY(!caps.hears && !caps.createRoom && !caps.edit && !caps.remove && !caps.reactions && !caps.direct && !caps.invite && !caps.setTopic && !caps.historyQuery);
        QCOMPARE(ic->rooms.size(), std::size_t(1));
        QVERIFY(!ic->rooms[0].created);
        const Uuid edit = id(), page = id(), topic = id();
        ic->c->edit(edit, room(), {"1", {}}, "x");
        ic->c->postDirect(page, "dana@ops.teams", "wake up");
        ic->c->setTopic(topic, room(), "SEV1");
        for (const Uuid &idem : {edit, page, topic}) {
            QCOMPARE(ic->delivery(idem), Delivery::Failed);
            QVERIFY(ic->why(idem).find("post only") != std::string::npos);
        }
    }

    void hasOneRoomWhateverItIsAskedFor()
    {
        Seat ic(platform->connector("ic", Platform::Via::Direct, {}));
        const Uuid made = id(), other = id();
        ic.c->createRoom({made, "inc-7", "Shop down"});
        QCOMPARE(ic.rooms.size(), std::size_t(1));
        QCOMPARE(ic.rooms[0].room, room());
        ic.c->join({other, platform->roomAddress("general"), {}, {}});
        QCOMPARE(ic.failures.size(), std::size_t(1));
        QCOMPARE(ic.failures[0].first, other);
    }

    void confirmsAPostAndSaysWhatThatMeans()
    {
        auto ic = seated();
        const Uuid idem = id();
        ic->c->post(idem, room(), "db1 is slow");
        QTRY_COMPARE(ic->delivery(idem), Delivery::Confirmed);
        QVERIFY(ic->why(idem).find("does not say whether it was shown") != std::string::npos);
        QCOMPARE(platform->posts(), Strings{"db1 is slow"});
        ic->c->post(idem, room(), "db1 is slow"); // a repeat is answered, not sent
        const Uuid next = id();
        ic->c->post(next, room(), "next");
        QTRY_COMPARE(ic->delivery(next), Delivery::Confirmed);
        QCOMPARE(platform->posts(), (Strings{"db1 is slow", "next"}));
    }

    void failsAPostToARoomWeAreNotIn()
    {
        auto ic = seated();
        const Uuid idem = id();
        ic->c->post(idem, platform->roomAddress("elsewhere"), "hello");
        QCOMPARE(ic->delivery(idem), Delivery::Failed);
    }

    void carriesTextUnharmed()
    {
        auto ic = seated();
        const Strings texts{"two\n\nlines", "<at>dana</at> [x](https://evil.example) *b* _i_ - l", "😀 🚒 \"quoted\" \\ \\n", "שלום עולם / مرحبا", "& < >"};
        for (const std::string &text : texts)
            ic->c->post(id(), room(), text);
        QTRY_COMPARE(platform->posts().size(), texts.size());
        Strings expected = texts;
        expected[0] = "two\n \nlines"; // an empty line needs something to stand on
        QCOMPARE(platform->posts(), expected);
    }

    void keepsOrderAndFourASecond()
    {
        auto ic = seated();
        Strings expected;
        Uuid last;
        for (int i = 0; i < 12; ++i) {
            expected.push_back(std::to_string(i));
            ic->c->post(last = id(), room(), expected.back());
        }
        QTRY_COMPARE(ic->delivery(last), Delivery::Confirmed);
        QCOMPARE(platform->posts(), expected);
        QCOMPARE(platform->lab("posts").value(QLatin1String("limited")).toInt(), 0);
    }

    void splitsTextThatIsTooLong()
    {
        auto ic = seated();
        const std::string quotes(2 * TeamsConnector::kMaxText + 100, '"'); // each is two in JSON
        std::string lines;
        for (int i = 0; i < 2'000; ++i)
            lines += "\n";
        for (const std::string &text : {quotes, lines + "end"}) {
            const std::size_t before = platform->posts().size();
            const Uuid idem = id();
            ic->c->post(idem, room(), text);
            QTRY_COMPARE(ic->delivery(idem), Delivery::Confirmed);
            const Strings posts = platform->posts();
            QVERIFY(posts.size() >= before + 3);
            QVERIFY(posts[before].starts_with("(1/" + std::to_string(posts.size() - before) + ") "));
        }
    }

    void waitsAsLongAsItIsAsked()
    {
        auto ic = seated();
        platform->lab("answer", {{QStringLiteral("status"), 429}, {QStringLiteral("after"), 1}});
        const Uuid idem = id();
        ic->c->post(idem, room(), "patience");
        QTRY_COMPARE(ic->delivery(idem), Delivery::Confirmed);
        QCOMPARE(platform->posts(), Strings{"patience"});
        QCOMPARE(ic->c->state(), ConnectorState::Live);
    }

    void saysInWordsWhyAPostWasRefused_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("says");
        QTest::newRow("signature") << 401 << QStringLiteral("DirectApiAuthorizationRequired") << QStringLiteral("copy it anew");
        QTest::newRow("gone") << 404 << QStringLiteral("WorkflowNotFound") << QStringLiteral("no such workflow any more");
        QTest::newRow("schema") << 400 << QStringLiteral("TriggerInputSchemaMismatch") << QStringLiteral("webhook request is received");
        QTest::newRow("size") << 413 << QStringLiteral("RequestEntityTooLarge") << QStringLiteral("too large");
    }

    void saysInWordsWhyAPostWasRefused()
    {
        QFETCH(int, status);
        QFETCH(QString, code);
        QFETCH(QString, says);
        auto ic = seated();
        platform->lab("answer", {{QStringLiteral("status"), status}, {QStringLiteral("code"), code}});
        const Uuid idem = id(), next = id();
        ic->c->post(idem, room(), "refused");
        QTRY_COMPARE(ic->delivery(idem), Delivery::Failed);
        QVERIFY2(ic->why(idem).find(says.toStdString()) != std::string::npos, ic->why(idem).c_str());
        QVERIFY(ic->why(idem).find(code.toStdString()) != std::string::npos);
        QCOMPARE(ic->c->state(), ConnectorState::Degraded);
        ic->c->post(next, room(), "taken");
        QTRY_COMPARE(ic->delivery(next), Delivery::Confirmed);
        QCOMPARE(ic->c->state(), ConnectorState::Live);
    }

    void theAddressIsInNoWord()
    {
        auto ic = seated(Platform::Via::Direct, "wrong-canary-4711");
        const Uuid idem = id();
        ic->c->post(idem, room(), "hello");
        QTRY_COMPARE(ic->delivery(idem), Delivery::Failed);
        for (const DeliveryReport &r : ic->deliveries)
            QVERIFY(r.reason.find("canary") == std::string::npos);
        QVERIFY(ic->reason.find("canary") == std::string::npos);
    }

    void neverPostsTwiceWhenOnlyTheAnswerWasLost()
    {
        auto ic = seated();
        platform->lab("swallow");
        const Uuid idem = id(), next = id();
        ic->c->post(idem, room(), "once");
        ic->c->post(next, room(), "next");
        QTRY_COMPARE(ic->delivery(next), Delivery::Confirmed);
        QCOMPARE(ic->delivery(idem), Delivery::Unknown); // for a person to look
        QVERIFY(!ic->why(idem).empty());
        QCOMPARE(platform->posts(), (Strings{"once", "next"}));
    }

    void postsWhatItCouldNotOnceSomebodyAnswers()
    {
        auto ic = seated();
        platform->kill();
        const Uuid idem = id();
        ic->c->post(idem, room(), "later");
        QTRY_COMPARE(ic->c->state(), ConnectorState::Degraded);
        QCOMPARE(platform->start(), std::string());
        QTRY_COMPARE(ic->delivery(idem), Delivery::Confirmed);
        QCOMPARE(platform->posts(), Strings{"later"});
        QCOMPARE(ic->c->state(), ConnectorState::Live);
    }

    void speaksOnlyToAServerItCanTrust()
    {
        using Trust = Platform::Trust;
        Strings said;
        for (const Trust trust : {Trust::SystemOnly, Trust::WrongName, Trust::TestAuthority}) {
            Seat ic(platform->tlsConnector("ic", trust));
            ic.c->open();
            ic.c->join({id(), room(), {}, {}});
            const Uuid idem = id();
            ic.c->post(idem, room(), "secret");
            QTRY_COMPARE(ic.delivery(idem), trust == Trust::TestAuthority ? Delivery::Confirmed : Delivery::Failed);
            if (trust != Trust::TestAuthority)
                QVERIFY2(ic.why(idem).find("certificate") != std::string::npos, ic.why(idem).c_str());
        }
        QCOMPARE(platform->posts(), Strings{"secret"});
    }
};

QD_TEST(TestTeamsConnector)
#include "tst_teamsconnector.moc"
