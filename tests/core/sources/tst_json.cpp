// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/alertmanager.h"

#include "core/sources/json.h"
#include "fixture.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::sources;
using namespace qd::sources::test;

class TestJson : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nestingUpToTheLimitIsRead_data()
    {
        QTest::addColumn<int>("depth");
        QTest::addColumn<bool>("read");
        QTest::newRow("63") << 63 << true;
        QTest::newRow("64") << 64 << true;
        QTest::newRow("65") << 65 << false;
        QTest::newRow("100000") << 100000 << false;
    }
    void nestingUpToTheLimitIsRead()
    {
        QFETCH(int, depth);
        QFETCH(bool, read);
        const std::string n(std::size_t(depth), '[');
        QCOMPARE(bool(parseJson(n + "1" + std::string(std::size_t(depth), ']'))), read);
    }

    /// The readers of Go and JavaScript let these pass; a page must not be lost with them.
    void repairsWhatOthersLetPass_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("value");
        const QByteArray r("\xef\xbf\xbd");
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf{\"v\":\"a\"}") << QByteArray("a");
        QTest::newRow("Latin-1") << QByteArray("{\"v\":\"caf\xe9\"}") << "caf" + r;
        QTest::newRow("cut sequence: one a byte") << QByteArray("{\"v\":\"\xf0\x9f\x98\"}") << r + r + r;
        QTest::newRow("surrogate in UTF-8") << QByteArray("{\"v\":\"\xed\xa0\x80\"}") << r + r + r;
        QTest::newRow("lone high surrogate") << QByteArray("{\"v\":\"x\\ud83d\"}") << "x" + r;
        QTest::newRow("lone low surrogate") << QByteArray("{\"v\":\"\\ude00x\"}") << r + "x";
        QTest::newRow("pair stays") << QByteArray("{\"v\":\"\\ud83d\\ude00\",\"w\":\"\\ud83d\"}") << QByteArray("\xf0\x9f\x98\x80");
        QTest::newRow("number beyond 64 bits") << QByteArray("{\"v\":123456789012345678901234567890}") << QByteArray("123456789012345678901234567890");
        QTest::newRow("number beyond a double") << QByteArray("{\"v\":1e999}") << QByteArray("1e999");
        QTest::newRow("escaped quote before") << QByteArray("{\"v\":\"\\\"\xff\"}") << "\"" + r;
    }
    void repairsWhatOthersLetPass()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, value);
        const auto root = parseJson(body.toStdString());
        QVERIFY(root);
        Scratch scratch;
        QCOMPARE(textAt(root->get_object().value_unsafe(), "v", scratch), std::string_view(value.toStdString()));
    }

    void doesNotRepairWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("body");
        for (const char *b : {"{\"v\":1.}", "{\"v\":-}", "{\"v\":1e}", "{\"v\":0123456789012345678901234567890}", "{\"v\":\"\\ud83d}", "{\"v\":\"\xff", "\xff\xff",
                              "{\"v\":1234567890123456789012345678901.2.3}", "{\"v\":\"\\x\xff\"}", "{\"v\":\"\\u12\xff\"}"})
            QTest::newRow(b) << QByteArray(b);
    }
    void doesNotRepairWhatIsWrong()
    {
        QFETCH(QByteArray, body);
        QVERIFY(!parseJson(body.toStdString()));
    }

    void repairKeepsGoodBytesAsTheyAre()
    {
        for (const char *file : {"alertmanager/am_v2_alerts.json", "alertmanager/am_webhook_firing.json", "alertmanager/am_v2_status.json"}) {
            const std::string body = data(file);
            QCOMPARE(repairJson(body), body);
        }
    }

    void jsonStringReadsBack()
    {
        const std::string text = "a\"b\\c\nd\te\x01 \xc3\xa9";
        const auto root = parseJson(jsonString(text));
        QVERIFY(root);
        QCOMPARE(root->get_string().value_unsafe(), std::string_view(text));
    }

    void readsAfterALargeBodyAndARefusedOne()
    {
        const std::string large = "[\"" + std::string(6'000'000, 'x') + "\"]";
        QVERIFY(parseJson(large));
        QVERIFY(!parseJson("["));
        QVERIFY(parseJson("[1]"));
        QVERIFY(!parseJson(std::string(70, '[') + std::string(70, ']')));
    }
};

QD_TEST(TestJson)
#include "tst_json.moc"
