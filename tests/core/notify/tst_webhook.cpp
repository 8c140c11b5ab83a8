// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/notify/webhook.h"
#include "tests/support/suite.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace qd;
using namespace qd::notify;

namespace {

Connection hook(const std::string &preset)
{
    Connection c;
    c.name = "hook";
    c.kind = "webhook";
    c.preset = preset;
    c.url = "https://hook.example";
    return c;
}

WebhookPage page()
{
    WebhookPage p;
    p.title = "SEV1 INC-7: say \"hello\" & go";
    p.text = "You are called\nnow";
    p.incident = "INC-7";
    p.severity = "SEV1";
    p.person = "ana";
    p.name = "Ana";
    p.address = "+49 30 1";
    p.link = "https://desk.example/answer/00";
    p.key = "k";
    p.trouble = "quarterdeck-t";
    return p;
}

QJsonObject jsonOf(const net::HttpRequest &r)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(r.body)).object();
}

net::HttpResponse answer(int status, const std::string &body = {}, net::Fields headers = {})
{
    net::HttpResponse r;
    r.status = status;
    r.body = body;
    r.headers = std::move(headers);
    return r;
}

} // namespace

class TestWebhook : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSecretIsNeverInTheAddress()
    {
        for (const char *preset : {"", "ntfy", "pushover", "twilio"}) {
            Connection c = hook(preset);
            c.user = "AC1";
            const auto r = webhookRequest(c, page(), Secret("s3cr3t"));
            QVERIFY2(r.url.find("s3cr3t") == std::string::npos, preset);
            QVERIFY2(r.url.starts_with("https://hook.example"), preset);
        }
        Connection duty = hook("");
        duty.kind = "pagerduty";
        const auto r = webhookRequest(duty, page(), Secret("s3cr3t"));
        QCOMPARE(r.url, std::string("https://hook.example/v2/enqueue"));
        QCOMPARE(jsonOf(r)[QLatin1String("routing_key")].toString(), QLatin1String("s3cr3t"));
    }

    void pagerDutyIsToldTriggerAcknowledgeAndResolveUnderOneKey()
    {
        Connection c = hook("");
        c.kind = "pagerduty";
        WebhookPage p = page();
        const std::pair<events::Effect, QLatin1String> all[] = {{events::Effect::Page, QLatin1String("trigger")},
                                                                 {events::Effect::PageAnswered, QLatin1String("acknowledge")},
                                                                 {events::Effect::PageOver, QLatin1String("resolve")}};
        for (const auto &[effect, action] : all) {
            p.effect = effect;
            const auto body = jsonOf(webhookRequest(c, p, Secret("r")));
            QCOMPARE(body[QLatin1String("event_action")].toString(), action);
            QCOMPARE(body[QLatin1String("dedup_key")].toString(), QLatin1String("quarterdeck-t"));
            QCOMPARE(body.contains(QLatin1String("payload")), effect == events::Effect::Page);
        }
        p.effect = events::Effect::Page;
        for (const auto &[severity, theirs] : {std::pair{"SEV1", "critical"}, {"SEV2", "error"}, {"SEV3", "warning"}, {"SEV4", "info"}, {"", "warning"}}) {
            p.severity = severity;
            QCOMPARE(jsonOf(webhookRequest(c, p, Secret("r")))[QLatin1String("payload")].toObject()[QLatin1String("severity")].toString(), QLatin1String(theirs));
        }
        p.title = std::string(5000, 'x');
        QCOMPARE(jsonOf(webhookRequest(c, p, Secret("r")))[QLatin1String("payload")].toObject()[QLatin1String("summary")].toString().size(), 1024);
    }

    void placesAreFilledInAndEscapedForTheContentType()
    {
        const WebhookPage p = page();
        QCOMPARE(filled("{\"a\":\"{{title}}\",\"b\":\"{{text}}\"}", "application/json", p), std::string("{\"a\":\"SEV1 INC-7: say \\\"hello\\\" & go\",\"b\":\"You are called\\nnow\"}"));
        QCOMPARE(filled("t={{title}}&to={{address}}", "application/x-www-form-urlencoded", p), std::string("t=SEV1%20INC-7%3A%20say%20%22hello%22%20%26%20go&to=%2B49%2030%201"));
        QCOMPARE(filled("{{name}}: {{link}} {{", "text/plain", p), std::string("Ana: https://desk.example/answer/00 {{"));
        // What is filled in is not looked at again.
        WebhookPage nested = p;
        nested.title = "{{key}}";
        QCOMPARE(filled("{{title}}", "text/plain", nested), std::string("{{key}}"));
    }

    void theHeaderASecretIsPutIntoIsTheOneNamed()
    {
        Connection c = hook("");
        QCOMPARE(webhookRequest(c, page(), Secret("s")).bearer.revealText(), std::string_view("s"));
        c.user = "me";
        const auto basic = webhookRequest(c, page(), Secret("s"));
        QVERIFY(basic.user == "me" && basic.password.revealText() == "s" && basic.bearer.isEmpty());
        c.secretHeader = "X-Key";
        const auto own = webhookRequest(c, page(), Secret("s"));
        QCOMPARE(net::valueOf(own.headers, "X-Key"), std::string_view("s"));
        QVERIFY(own.bearer.isEmpty() && own.user.empty());
    }

    void longTextsAreCutAsTheirMakersAsk()
    {
        WebhookPage p = page();
        p.title = std::string(400, 't');
        p.text = std::string(3000, 'x');
        Connection c = hook("pushover");
        const std::string body = webhookRequest(c, p, Secret("s")).body;
        QVERIFY(body.find("title=" + std::string(250, 't') + "&") != std::string::npos);
        QVERIFY(body.find("message=" + std::string(1024, 'x') + "&") != std::string::npos);
        c = hook("twilio");
        p.title = "T";
        const std::string sms = webhookRequest(c, p, Secret("s")).body;
        QVERIFY2(sms.find("Answer%3A%20https") != std::string::npos, "the link is not cut away");
    }

    void anAnswerSaysWhetherItIsWorthTryingAgain_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("taken");
        QTest::addColumn<bool>("final");
        for (const auto &[status, taken, final] : {std::tuple{200, true, false}, {202, true, false}, {301, false, true}, {400, false, true}, {401, false, true}, {404, false, true},
                                                   {408, false, false}, {425, false, false}, {429, false, false}, {500, false, false}, {503, false, false}})
            QTest::newRow(std::to_string(status).c_str()) << status << taken << final;
    }
    void anAnswerSaysWhetherItIsWorthTryingAgain()
    {
        QFETCH(int, status);
        QFETCH(bool, taken);
        QFETCH(bool, final);
        const auto v = verdictOf(answer(status));
        QCOMPARE(v.isTaken, taken);
        QCOMPARE(v.isFinal, final);
        QCOMPARE(v.reason.empty(), taken);
    }

    void theirNameForItIsKeptAndRetryAfterIsHeardWithinBounds()
    {
        QCOMPARE(verdictOf(answer(200, "{\"id\":\"abc\"}")).id, std::string("abc"));
        QCOMPARE(verdictOf(answer(201, "{\"sid\":\"SM1\"}")).id, std::string("SM1"));
        QCOMPARE(verdictOf(answer(200, "not json")).id, std::string());
        QCOMPARE(verdictOf(answer(429, "", {{"retry-after", "7"}})).wait, seconds(7));
        QCOMPARE(verdictOf(answer(429, "", {{"retry-after", "99999999999"}})).wait, minutes(5));
        QCOMPARE(verdictOf(answer(429, "", {{"retry-after", "-3"}})).wait, Span{});
        QCOMPARE(verdictOf(answer(429, "", {{"retry-after", "Fri, 31 Dec 1999 23:59:59 GMT"}})).wait, Span{});
    }
};

QD_TEST(TestWebhook)
#include "tst_webhook.moc"
