// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/readingbox.h"
#include "tests/support/suite.h"
#include "ui/widgets/plaintext.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <QTest>
#include <algorithm>

using namespace qd;
using namespace qd::widgets;

class TestReadingBox : public QObject {
    Q_OBJECT
    style::Theme m_theme{*style::Palette::builtIn()};

    static QString lines(int count)
    {
        QStringList all;
        for (int i = 1; i <= count; ++i)
            all << QStringLiteral("line %1").arg(i);
        return all.join(QLatin1Char('\n'));
    }

private Q_SLOTS:
    void itIsAsTallAsItsWordsUpToItsLimit_data()
    {
        QTest::addColumn<int>("written");
        QTest::addColumn<int>("seen");
        QTest::newRow("nothing") << 0 << 1;
        QTest::newRow("one") << 1 << 1;
        QTest::newRow("three") << 3 << 3;
        QTest::newRow("one below the limit") << ReadingBox::kMostLines - 1 << ReadingBox::kMostLines - 1;
        QTest::newRow("the limit") << ReadingBox::kMostLines << ReadingBox::kMostLines;
        QTest::newRow("one beyond the limit") << ReadingBox::kMostLines + 1 << ReadingBox::kMostLines;
    }
    void itIsAsTallAsItsWordsUpToItsLimit()
    {
        QFETCH(int, written);
        QFETCH(int, seen);
        QWidget around;
        auto *row = new QHBoxLayout(&around);
        auto *box = new ReadingBox(m_theme, lines(written), &around);
        row->addWidget(box);
        around.show();
        QVERIFY(QTest::qWaitForWindowExposed(&around));
        QCOMPARE(box->linesAt(box->width()), seen);
        QCOMPARE(box->height(), box->heightForWidth(box->width()));
        QCOMPARE(box->verticalScrollBar()->maximum() > 0, written > seen); // nothing is out of sight before the limit, and the rest is a scroll away beyond it
    }

    void aLongLineTakesTheRoomOfTheLinesItIsBrokenInto()
    {
        const QString words = QStringLiteral("several words of a person ").repeated(12);
        const ReadingBox box(m_theme, words);
        const int wide = 4000, narrow = 400;
        QCOMPARE(box.linesAt(wide), 1);
        QVERIFY(box.linesAt(narrow) > 2);
        QVERIFY(box.heightForWidth(narrow) > box.heightForWidth(wide));
    }

    void whatIsGivenIsWhatItHolds()
    {
        ReadingBox box(m_theme);
        const QString endless(kLongestLine * 3, QLatin1Char('x'));
        box.setPlain(endless);
        QCOMPARE(box.plain(), endless);
        QCOMPARE(box.linesAt(600), ReadingBox::kMostLines);
        QVERIFY(box.document()->blockCount() > 1); // Qt is given no line that takes it seconds
        box.setPlain(QStringLiteral("<b>not bold</b>"));
        QCOMPARE(box.toPlainText(), QStringLiteral("<b>not bold</b>"));
    }

    void itIsReadWithoutAMouseAndChangedByNobody()
    {
        ReadingBox box(m_theme, lines(40));
        box.show();
        box.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&box));
        box.setFocus();
        QTest::keyClicks(&box, QStringLiteral("abc"));
        QCOMPARE(box.plain(), lines(40));
        QCOMPARE(box.toPlainText(), lines(40));
        QTest::keyClick(&box, Qt::Key_PageDown);
        QVERIFY(box.verticalScrollBar()->value() > 0);
        QVERIFY(box.tabChangesFocus());
    }
};

QD_GUI_TEST(TestReadingBox)
#include "tst_readingbox.moc"
