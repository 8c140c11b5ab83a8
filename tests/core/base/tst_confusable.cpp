// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/confusable.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;

class TestConfusable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatANameCouldBeTakenFor_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("seems");
        QTest::addColumn<bool>("mixes");
        QTest::newRow("plain") << QByteArray("checkout-1") << QByteArray() << false;
        QTest::newRow("one against l is ASCII's own matter") << QByteArray("paypa1") << QByteArray() << false;
        QTest::newRow("empty") << QByteArray() << QByteArray() << false;
        QTest::newRow("a Cyrillic es in it") << QByteArray("\u0441heckout-1") << QByteArray("checkout-1") << true;
        QTest::newRow("all Cyrillic") << QByteArray("\u0440\u0430\u0443") << QByteArray("pay") << false;
        QTest::newRow("a Greek omicron") << QByteArray("r\u03bfuter") << QByteArray("router") << true;
        QTest::newRow("mathematical letters") << QByteArray("\U0001d429ay") << QByteArray("pay") << false;
        QTest::newRow("mixed, and no ASCII name") << QByteArray("checkout\u0436") << QByteArray() << true;
        QTest::newRow("Russian") << QByteArray("диск sda1 переполнен") << QByteArray() << false;
        QTest::newRow("German") << QByteArray("Zahlungsüberwachung") << QByteArray() << false;
        QTest::newRow("Japanese beside Latin") << QByteArray("決済API") << QByteArray() << false;
        QTest::newRow("Chinese") << QByteArray("支付") << QByteArray() << false;
        QTest::newRow("Arabic") << QByteArray("الدفع") << QByteArray() << false;
        QTest::newRow("a dash that is no minus") << QByteArray("api\u2013eu") << QByteArray() << false;
        QTest::newRow("an emoji") << QByteArray("api 🔥") << QByteArray() << false;
        QTest::newRow("bytes that are not UTF-8") << QByteArray("api\xff\xfe") << QByteArray() << false;
    }
    void whatANameCouldBeTakenFor()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, seems);
        QFETCH(bool, mixes);
        const Lookalike like = lookalikeOf(name.toStdString());
        QCOMPARE(QByteArray::fromStdString(like.seems), seems);
        QCOMPARE(like.mixes, mixes);
        QCOMPARE(static_cast<bool>(like), mixes || !seems.isEmpty());
    }

    void aLetterIsDrawnAsOneOfAscii_data()
    {
        QTest::addColumn<uint>("letter");
        QTest::addColumn<QByteArray>("ascii");
        const auto row = [](const char *name, char32_t letter, const char *ascii) { QTest::newRow(name) << static_cast<uint>(letter) << QByteArray(ascii); };
        row("Cyrillic a", U'а', "a");
        row("Cyrillic A", U'А', "A");
        row("Cyrillic big I", U'І', "I");
        row("Cyrillic small i", U'і', "i");
        row("big en", U'Н', "H");
        row("small en is drawn as itself", U'н', "");
        row("Greek omicron", U'ο', "o");
        row("o with a stroke", U'ø', "o");
        row("ASCII", U'l', "");
        row("a number", U'٥', "");
        row("a sign", U'–', "");
        row("a mark", U'\u0301', "");
        row("Han", U'王', "");
        row("drawn as a number", U'З', "");
        row("beyond Unicode", static_cast<char32_t>(0x110000), "");
    }
    void aLetterIsDrawnAsOneOfAscii()
    {
        QFETCH(uint, letter);
        QFETCH(QByteArray, ascii);
        QCOMPARE(QByteArray::fromStdString(asciiDrawnAs(static_cast<char32_t>(letter))), ascii);
    }

    void onlyTheFirstKibibyteIsJudged()
    {
        QVERIFY(!lookalikeOf(std::string(1024, 'a') + "\u0441"));
        QCOMPARE(lookalikeOf(std::string(1022, 'a') + "\u0441").seems.size(), std::size_t{1023});
        QVERIFY(!lookalikeOf(std::string(1023, 'a') + "\u0441").seems.size()); // cut within the letter
    }
};

QD_TEST(TestConfusable)
#include "tst_confusable.moc"
