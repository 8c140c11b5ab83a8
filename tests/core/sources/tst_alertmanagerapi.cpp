// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/alertmanager.h"

#include "fixture.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::sources;
using namespace qd::sources::test;

namespace {
std::string told(const std::vector<Matcher> &matchers)
{
    std::string out;
    for (const auto &m : matchers)
        out += m.name + (m.isEqual ? "=" : "!") + (m.isRegex ? "~" : "") + m.value + ";";
    return out;
}
} // namespace

class TestAlertmanagerApi : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsTheCapturedSilences()
    {
        const auto list = parseSilences(data("alertmanager/am_v2_silences.json"));
        QVERIFY(list);
        QCOMPARE(list->size(), std::size_t{1});
        const Silence &s = list->front();
        QCOMPARE(s.id, std::string("0fafb288-41c6-4c04-81bb-21ad3a07304a"));
        QCOMPARE(s.state, std::string("active"));
        QCOMPARE(told(s.matchers), std::string("alertname=ProbeFailed;"));
        QCOMPARE(toRfc3339(s.endsAt), std::string("2026-11-23T08:49:33Z"));
        QCOMPARE(s.createdBy, std::string("ic"));
        QCOMPARE(s.comment, std::string("investigating"));
    }

    void olderSilencesWithoutIsEqualMeanEqual()
    {
        const auto list = parseSilences(json("[{'id':'1','matchers':[{'name':'a','value':'b.*','isRegex':true}],'status':{'state':'expired'}},{'comment':'no id'},7]"));
        QVERIFY(list);
        QCOMPARE(list->size(), std::size_t{1});
        QCOMPARE(told(list->front().matchers), std::string("a=~b.*;"));
        QCOMPARE(list->front().state, std::string("expired"));
    }

    void readsTheCapturedStatus()
    {
        const auto status = parseStatus(data("alertmanager/am_v2_status.json"));
        QVERIFY(status);
        QCOMPARE(status->version, std::string("0.25.0"));
        QCOMPARE(status->cluster, std::string("disabled"));
        QCOMPARE(status->resolveTimeout, minutes(5));
        QCOMPARE(toRfc3339(status->upSince), std::string("2026-11-23T08:38:19.540Z"));
    }

    void resolveTimeoutComesFromTheConfiguration_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<qint64>("seconds");
        QTest::newRow("set") << QByteArray::fromStdString(json("global:\\n  resolve_timeout: 1h30m\\nroute: {}\\n")) << qint64{5400};
        QTest::newRow("absent") << QByteArray::fromStdString(json("route: {}\\n")) << qint64{300};
        QTest::newRow("nonsense") << QByteArray::fromStdString(json("global:\\n  resolve_timeout: soon\\n")) << qint64{300};
    }
    void resolveTimeoutComesFromTheConfiguration()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(qint64, seconds);
        const auto status = parseStatus(("{\"config\":{\"original\":\"" + yaml + "\"}}").toStdString());
        QVERIFY(status);
        QCOMPARE(qint64(status->resolveTimeout.seconds()), seconds);
    }

    void aPostedSilenceIsReadWithoutId()
    {
        const auto s = parseSilence(json("{'matchers':[{'name':'alertname','value':'a','isRegex':false,'isEqual':false}],'startsAt':'2026-11-23T08:40:00Z',"
                                         "'endsAt':'2026-11-23T09:10:00Z','createdBy':'ana','comment':'line one\\nline two'}"));
        QVERIFY(s);
        QCOMPARE(told(s->matchers), std::string("alertname!a;"));
        QCOMPARE(s->endsAt, kNow + minutes(30));
        QCOMPARE(s->comment, std::string("line one\nline two"));
        QVERIFY(!parseSilence("[]"));
    }

    void silenceIdIsRead()
    {
        QCOMPARE(parseSilenceId(json("{'silenceID':'0fafb288'}")).value(), std::string("0fafb288"));
        QVERIFY(!parseSilenceId("{}"));
        QVERIFY(!parseSilenceId("<html>"));
    }

    /// Alertmanager writes errors in two shapes; a proxy before it in a third.
    void errorSentence_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("bare text") << QByteArray("\"at least one label pair required\"\n") << QByteArray("at least one label pair required");
        QTest::newRow("code and message") << QByteArray::fromStdString(json("{'code':601,'message':'silence in body is required'}")) << QByteArray("silence in body is required");
        QTest::newRow("a proxy's page") << QByteArray("<h1>502</h1>") << QByteArray("<h1>502</h1>");
        QTest::newRow("empty") << QByteArray() << QByteArray();
    }
    void errorSentence()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, sentence);
        QCOMPARE(sources::errorSentence(body.toStdString()), sentence.toStdString());
    }
};

QD_TEST(TestAlertmanagerApi)
#include "tst_alertmanagerapi.moc"
