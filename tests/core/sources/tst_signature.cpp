// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/signature.h"

#include "core/net/listener.h"
#include "core/sources/inboundedge.h"
#include "tests/support/clock.h"
#include "tests/support/suite.h"

#include "edgefixture.h"
#include "fixture.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

using namespace qd;
using namespace qd::sources;
using namespace qd::sources::test;

namespace {

const Instant kSigned{seconds(1'614'265'330).ns};

/// The specification's own example (standardwebhooks.com; svix's "verifying payloads manually").
net::Request standard()
{
    net::Request request;
    request.headers = {{"webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"},
                       {"webhook-timestamp", "1614265330"},
                       {"webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}};
    request.body = "{\"test\": 2432232314}";
    return request;
}
Secret standardSecret() { return Secret(std::string_view("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")); }

/// Made with Python's hmac.
net::Request grafana()
{
    net::Request request;
    request.headers = {{"x-grafana-alerting-signature", "4c67f8229cc5c9f5a5416917f8a33713149bc9aaa2d18bfabcd376c63511e52d"},
                       {"x-grafana-alerting-timestamp", "1614265330"}};
    request.body = "{\"status\":\"firing\"}";
    return request;
}
Secret grafanaSecret() { return Secret(std::string_view("k-of-grafana")); }

void put(net::Request &request, const std::string &name, const std::string &value)
{
    std::erase_if(request.headers, [&](const auto &h) { return h.first == name; });
    if (!value.empty())
        request.headers.emplace_back(name, value);
}

std::string why(const Result<> &result) { return result ? std::string() : result.error().message; }

} // namespace

class TestSignature : public QObject {
    Q_OBJECT

    qd::tests::FakeClock clock;

    void set(Instant to) { clock.jump(to - clock.now()); }
    std::unique_ptr<SignatureCheck> checks;

private Q_SLOTS:
    void init()
    {
        set(kSigned + seconds(-10));
        checks = std::make_unique<SignatureCheck>(clock);
    }

    void theSpecificationsOwnExampleIsTaken() { QCOMPARE(why(checks->check(standard(), standardSecret())), std::string()); }
    void grafanasFormIsTaken() { QCOMPARE(why(checks->check(grafana(), grafanaSecret())), std::string()); }

    /// Made with Python's hmac, as docs/webhooks/04-Signatures.md has it.
    void pagerDutysFormIsTakenOnItsOwnPathOnlyAndAgain()
    {
        const std::string right = "abb3eb168cf0a1aa37ac632774e2526d7efcce332f2432c737d4cf7a80132c1e";
        const Secret secret(std::string_view("pd-signing"));
        net::Request request;
        request.path = "/in/qd_key/pagerduty/v3";
        request.body = "{\"event\":{\"id\":\"1\"}}";
        request.headers = {{"x-pagerduty-signature", "v1=" + std::string(64, '0') + ",v1=" + right}};
        QVERIFY(isSigned(request));
        QCOMPARE(why(checks->check(request, secret)), std::string());
        QCOMPARE(why(checks->check(request, secret)), std::string()); // PagerDuty sends again what was not taken
        for (const std::string &wrong : {"v1=" + std::string(64, '0'), "v2=" + right, right, "v1=" + right.substr(2), std::string("v1=,,")}) {
            put(request, "x-pagerduty-signature", wrong);
            QCOMPARE(why(checks->check(request, secret)), std::string("the signature does not match"));
        }
        put(request, "x-pagerduty-signature", "v1=" + right);
        QCOMPARE(why(checks->check(request, grafanaSecret())), std::string("the signature does not match"));
        request.path = "/in/qd_key/cloudevents";
        QVERIFY(!isSigned(request));
        QVERIFY(!checks->check(request, secret));
    }

    void oneOfSeveralSignaturesIsEnough()
    {
        net::Request request = standard();
        put(request, "webhook-signature", "v1,AAAA v1a,g0hM v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        QCOMPARE(why(checks->check(request, standardSecret())), std::string());
    }

    void anythingElseIsRefused_data()
    {
        QTest::addColumn<bool>("isStandard");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("says");
        const QByteArray wrong = "the signature does not match";
        QTest::newRow("no signature") << true << QByteArray("webhook-signature") << QByteArray() << QByteArray("this key takes signed requests only");
        QTest::newRow("another signature") << true << QByteArray("webhook-signature") << QByteArray("v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=") << wrong;
        QTest::newRow("half of it") << true << QByteArray("webhook-signature") << QByteArray("v1,g0hM9SsE") << wrong;
        QTest::newRow("another version") << true << QByteArray("webhook-signature") << QByteArray("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=") << wrong;
        QTest::newRow("no base64") << true << QByteArray("webhook-signature") << QByteArray("v1,%%%") << wrong;
        QTest::newRow("another id") << true << QByteArray("webhook-id") << QByteArray("msg_other") << wrong;
        QTest::newRow("another time") << true << QByteArray("webhook-timestamp") << QByteArray("1614265331") << wrong;
        QTest::newRow("no time") << true << QByteArray("webhook-timestamp") << QByteArray() << QByteArray("webhook-timestamp is not a number of seconds");
        QTest::newRow("a time in words") << true << QByteArray("webhook-timestamp") << QByteArray("1614265330x") << QByteArray("webhook-timestamp is not a number of seconds");
        QTest::newRow("a time beyond all") << true << QByteArray("webhook-timestamp") << QByteArray("99999999999999999999") << QByteArray("webhook-timestamp is not a number of seconds");
        QTest::newRow("grafana: another") << false << QByteArray("x-grafana-alerting-signature") << QByteArray("00") << wrong;
        QTest::newRow("grafana: no hex") << false << QByteArray("x-grafana-alerting-signature") << QByteArray("xyz") << wrong;
        QTest::newRow("grafana: no time") << false << QByteArray("x-grafana-alerting-timestamp") << QByteArray() << QByteArray("X-Grafana-Alerting-Timestamp is missing");
    }
    void anythingElseIsRefused()
    {
        QFETCH(bool, isStandard);
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, says);
        net::Request request = isStandard ? standard() : grafana();
        put(request, header.toStdString(), value.toStdString());
        const auto checked = checks->check(request, isStandard ? standardSecret() : grafanaSecret());
        QVERIFY(!checked);
        QCOMPARE(checked.error().code, Code::Forbidden);
        QVERIFY2(why(checked).starts_with(says.toStdString()), why(checked).c_str());
    }

    void anotherSecretOrBodyDoesNotMatch()
    {
        QCOMPARE(why(checks->check(standard(), grafanaSecret())), std::string("the signature does not match"));
        net::Request changed = standard();
        changed.body += " ";
        QCOMPARE(why(checks->check(changed, standardSecret())), std::string("the signature does not match"));
    }

    void theWindowIsFiveMinutesEitherWay_data()
    {
        QTest::addColumn<int>("ahead");
        QTest::addColumn<bool>("taken");
        QTest::newRow("300 s old") << 300 << true;
        QTest::newRow("301 s old") << 301 << false;
        QTest::newRow("300 s ahead") << -300 << true;
        QTest::newRow("301 s ahead") << -301 << false;
    }
    void theWindowIsFiveMinutesEitherWay()
    {
        QFETCH(int, ahead);
        QFETCH(bool, taken);
        set(kSigned + seconds(-1000));
        SignatureCheck began(clock);
        set(kSigned + seconds(ahead));
        QCOMPARE(began.check(standard(), standardSecret()).has_value(), taken);
    }

    void aRecordedDeliveryIsRefusedAtOnceLaterAndAfterARestart()
    {
        QVERIFY(checks->check(standard(), standardSecret()));
        QCOMPARE(why(checks->check(standard(), standardSecret())), std::string("this delivery was taken already; sign again at every attempt"));
        clock.advance(seconds(290));
        QCOMPARE(why(checks->check(standard(), standardSecret())), std::string("this delivery was taken already; sign again at every attempt"));
        SignatureCheck restarted(clock);
        QCOMPARE(why(restarted.check(standard(), standardSecret())), std::string("the signature is too old; sign again at every attempt"));
    }

    void aWrongSignatureUsesNothingUp()
    {
        net::Request changed = standard();
        changed.body += " ";
        QVERIFY(!checks->check(changed, standardSecret()));
        QVERIFY(checks->check(standard(), standardSecret()));
    }

    void whatIsRememberedHasALimitAndEnds()
    {
        const std::string key = "k";
        const auto sign = [&](std::size_t n) {
            net::Request request;
            const std::string time = std::to_string(clock.now().ns / seconds(1).ns);
            request.body = std::to_string(n);
            const std::string text = time + ":" + request.body;
            Bytes mac(32);
            unsigned int size = 32;
            HMAC(EVP_sha256(), key.data(), 1, reinterpret_cast<const unsigned char *>(text.data()), text.size(), mac.data(), &size);
            request.headers = {{"x-grafana-alerting-signature", toHex(mac)}, {"x-grafana-alerting-timestamp", time}};
            return checks->check(request, Secret(std::string_view(key)));
        };
        for (std::size_t n = 0; n < SignatureCheck::kRemembered; ++n)
            if (!sign(n))
                QFAIL("refused below the limit");
        const auto over = sign(SignatureCheck::kRemembered);
        QVERIFY(!over);
        QCOMPARE(over.error().code, Code::Unavailable);
        clock.advance(SignatureCheck::kWindow + SignatureCheck::kWindow + seconds(1));
        QVERIFY(sign(SignatureCheck::kRemembered));
    }

    void theDoorOfASignedKeyTakesNothingElse()
    {
        SystemClock now;
        SystemRandom random;
        net::HttpClient http;
        Recorder desk;
        KeyRing keys;
        keys.replace({{"lab", hashOf("key"), std::make_shared<const Secret>(std::string_view("s3"))}, {"plain", hashOf("open")}});
        std::uint64_t refused = 0;
        RefusalCounter refusals(now, [&](int status, const std::string &, std::uint64_t count, Instant, Instant, const Done &) { refused += status == 401 ? count : 0; }, millis(1));
        net::IoThread io;
        net::ListenOptions listen;
        listen.onRefused = [&](const net::Refusal &r) { refusals.count(r.status, r.reason); };
        net::Listener listener(io, now, listen);
        auto edge = std::make_unique<InboundEdge>(listener, desk.intake(), keys, now, random, refusals);
        QVERIFY(listener.start());
        const std::string body = json("[{'labels':{'alertname':'A'}}]");
        const auto signedWith = [&](const std::string &secret, const std::string &what, Span late) {
            const std::string time = std::to_string((now.now().ns - late.ns) / seconds(1).ns);
            const std::string text = time + ":" + what;
            Bytes mac(32);
            unsigned int size = 32;
            HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), reinterpret_cast<const unsigned char *>(text.data()), text.size(), mac.data(), &size);
            return net::Fields{{"content-type", "application/json"}, {"x-grafana-alerting-signature", toHex(mac)}, {"x-grafana-alerting-timestamp", time}};
        };
        const std::string url = listener.url() + "/in/key/api/v2/alerts";
        const auto good = signedWith("s3", body, {});
        QCOMPARE(post(http, url, body, good).status, 200);
        QCOMPARE(post(http, url, body, good).status, 401);                               // replayed
        QCOMPARE(post(http, url, body).status, 401);                                     // unsigned
        QCOMPARE(post(http, url, body, signedWith("guess", body, {})).status, 401);      // wrong
        QCOMPARE(post(http, url, body, signedWith("s3", body, seconds(301))).status, 401); // old
        std::string large = "[" + body.substr(1, body.size() - 2);
        while (large.size() < 70'000) // parsed on the edge's own thread
            large += "," + body.substr(1, body.size() - 2);
        large += "]";
        QCOMPARE(post(http, url, large, signedWith("guess", large, {})).status, 401);
        QCOMPARE(post(http, url, large, signedWith("s3", large, {})).status, 200);
        QCOMPARE(ask(http, net::Method::Get, listener.url() + "/in/key/heartbeat/x", {}, {}).status, 401);
        QCOMPARE(ask(http, net::Method::Get, listener.url() + "/in/open/heartbeat/x", {}, {}).status, 200);
        QCOMPARE(desk.batches().size(), std::size_t{2});
        listener.stop();
        edge.reset();
        QCOMPARE(refused, std::uint64_t{6});
    }
};

QD_TEST(TestSignature)
#include "tst_signature.moc"
