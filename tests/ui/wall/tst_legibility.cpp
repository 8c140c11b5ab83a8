// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/legibility.h"

#include "tests/support/suite.h"

#include <QtTest>
#include <cmath>

using namespace qd::wall;

class TestLegibility : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void capitalsAreAsHighAsTheFormulaSays_data()
    {
        QTest::addColumn<double>("metres");
        QTest::addColumn<double>("least");   // 16 minutes of arc, in millimetres
        QTest::addColumn<double>("reading"); // 20
        QTest::addColumn<double>("most");    // 24
        QTest::newRow("desk") << 0.7 << 3.3 << 4.1 << 4.9;
        QTest::newRow("3 m") << 3.0 << 14.0 << 17.5 << 20.9;
        QTest::newRow("5 m") << 5.0 << 23.3 << 29.1 << 34.9;
        QTest::newRow("8 m") << 8.0 << 37.2 << 46.5 << 55.8;
    }
    void capitalsAreAsHighAsTheFormulaSays()
    {
        QFETCH(double, metres);
        QFETCH(double, least);
        QFETCH(double, reading);
        QFETCH(double, most);
        QVERIFY(std::abs(capHeight(metres, kLeastArc) - least) < 0.06);
        QVERIFY(std::abs(capHeight(metres, kReadingArc) - reading) < 0.06);
        QVERIFY(std::abs(capHeight(metres, kTitleArc) - most) < 0.06);
    }

    void pixelsAreNeverUnderTheFormula_data()
    {
        QTest::addColumn<double>("inches");
        QTest::addColumn<QSize>("pixels");
        QTest::addColumn<double>("metres");
        QTest::addColumn<int>("expected"); // at 20 minutes of arc; 0: not in the table
        QTest::newRow("55 inch 4K, 3 m") << 55.0 << QSize(3840, 2160) << 3.0 << 79;
        QTest::newRow("75 inch 4K, 3 m") << 75.0 << QSize(3840, 2160) << 3.0 << 58;
        QTest::newRow("86 inch 4K, 3 m") << 86.0 << QSize(3840, 2160) << 3.0 << 50;
        QTest::newRow("55 inch 4K, 5 m") << 55.0 << QSize(3840, 2160) << 5.0 << 131;
        QTest::newRow("75 inch 4K, 5 m") << 75.0 << QSize(3840, 2160) << 5.0 << 96;
        QTest::newRow("75 inch 4K, 8 m") << 75.0 << QSize(3840, 2160) << 8.0 << 154;
        QTest::newRow("24 inch FHD, desk") << 24.0 << QSize(1920, 1080) << 0.7 << 21;
        QTest::newRow("laptop") << 13.3 << QSize(1366, 768) << 1.5 << 0;
    }
    void pixelsAreNeverUnderTheFormula()
    {
        QFETCH(double, inches);
        QFETCH(QSize, pixels);
        QFETCH(double, metres);
        QFETCH(int, expected);
        const double pitch = millimetresPerPixel(inches, pixels);
        for (const double share : {0.7, 0.66, 0.73}) {
            const Sizes s = sizesFor({metres, inches}, pixels, share);
            for (const auto &[size, arc] : {std::pair{s.label, kLeastArc}, {s.text, kReadingArc}, {s.title, kTitleArc}, {s.clock, kClockArc}})
                QVERIFY2(size * pitch * share >= 6.283 * metres * 1000 * arc / 21600 - 1e-9, qPrintable(QString::number(arc)));
            QVERIFY(s.label < s.text && s.text < s.title && s.title < s.clock);
        }
        const int text = sizesFor({metres, inches}, pixels).text;
        if (expected > 0)
            QVERIFY2(std::abs(text - expected) <= 1, qPrintable(QString::number(text)));
    }

    void whatIsNotSaidIsTakenFromTheScreenOrIsUsual()
    {
        QCOMPARE(completed({5, 75}, {}), (Viewing{5, 75}));
        const Viewing told = completed({}, QSizeF(1210, 680)); // a screen of 55 inches, by its own word
        QVERIFY(std::abs(told.inches - 54.6) < 0.2);
        QVERIFY(std::abs(told.metres - 2.2 * told.inches * 0.0254) < 1e-9);
        for (const QSizeF &nonsense : {QSizeF(0, 0), QSizeF(16, 9), QSizeF(160000, 90000)})
            QCOMPARE(completed({}, nonsense).inches, kUsualInches);
    }
};

QD_GUI_TEST(TestLegibility)
#include "tst_legibility.moc"
