// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/wordcount.h"
#include "tests/support/suite.h"

#include <QtTest>
#include <string>
#include <thread>

using namespace qd;

class TestWordCount : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wordsAreCountedAsTheirReadersCountThem_data()
    {
        QTest::addColumn<int>("words");
        const auto row = [](const char *text, int words) { QTest::newRow(text) << words; };
        row("", 0);
        row("two words", 2);
        row("pay-db-1 failed again.", 3);
        row("don't; v1.2, _x_", 3);
        row("_ __ - ...", 0);
        row("„Ausfall“ — gestern … ", 2);
        row("said—Dana", 2);
        row("Größe über Maß", 3);
        row("Müller’s größter pay‑db", 3);
        row("Zu\u0308rich lag still", 3);
        row("a\u00a0b\u2009c", 3);
        row("der Ausfall dauerte – 5 Minuten", 5);
        row("Сервис был очень медленным", 4);
        row("Η υπηρεσία ήταν αργή", 4);
        row("支付服务昨天很慢", 4);
        row("支付服务，昨天很慢。", 4);
        row("결제 서비스가 느렸다", 3);
        row("API 決済", 2);
        row("🔥 🔥", 0);
        row("→ € ©", 0);
        row("\xff\xfe a", 1);
    }
    void wordsAreCountedAsTheirReadersCountThem()
    {
        QFETCH(int, words);
        QCOMPARE(static_cast<int>(wordsIn(QTest::currentDataTag())), words);
    }
    void scriptsWithoutBlanksHaveMoreThanOne()
    {
        for (const char *text : {"サービスが遅かった。", "บริการช้ามาก", "API決済が遅い"})
            QVERIFY2(wordsIn(text) >= 3, text);
    }
    void aLongTextIsCountedSoon()
    {
        std::string text;
        for (int n = 0; n < 20'000; ++n)
            text += "Сервис был очень медленным, und größer — wie immer.\n";
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(wordsIn(text), std::size_t(8 * 20'000));
        QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
    }
    void threadsCountSideBySide()
    {
        std::size_t one = 0, other = 0;
        const auto count = [](std::size_t &to) {
            for (int n = 0; n < 200; ++n)
                to += wordsIn("支付服务 größer");
        };
        std::thread beside(count, std::ref(one));
        count(other);
        beside.join();
        QCOMPARE(one, other);
        QCOMPARE(one, std::size_t(600));
    }
};

QD_TEST(TestWordCount)
#include "tst_wordcount.moc"
