// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/text.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;

class TestIsolate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyWhatIsWrittenFromRightToLeftIsIsolated_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isolated");
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("ASCII") << QStringLiteral("checkout") << false;
        QTest::newRow("German") << QStringLiteral("Zahlungsüberwachung") << false;
        QTest::newRow("Japanese") << QStringLiteral("決済") << false;
        QTest::newRow("an emoji") << QStringLiteral("api 🔥") << false;
        QTest::newRow("Hebrew") << QStringLiteral("תשלום") << true;
        QTest::newRow("Arabic within Latin") << QStringLiteral("pay-الدفع-1") << true;
        QTest::newRow("a script beyond U+FFFF") << QStringLiteral("\U0001E900") << true;
    }
    void onlyWhatIsWrittenFromRightToLeftIsIsolated()
    {
        QFETCH(QString, text);
        QFETCH(bool, isolated);
        const QString shown = seat::qstr(text.toStdString());
        QCOMPARE(shown, isolated ? QChar(0x2068) + text + QChar(0x2069) : text);
        QCOMPARE(view::plain(shown), text);
        QCOMPARE(view::bytes(shown), text.toStdString());
    }
};

QD_TEST(TestIsolate)
#include "tst_isolate.moc"
