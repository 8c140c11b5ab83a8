// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/triage/whypane.h"
#include "ui/widgets/plaintext.h"

#include <QScrollBar>
#include <QTest>

using namespace qd;
using namespace qd::triage;

class TestWhyPane : public QObject {
    Q_OBJECT
    style::Theme *m_theme = nullptr;

    static view::AlertDetail reasons(int count)
    {
        view::AlertDetail detail;
        detail.key = QStringLiteral("am/1");
        for (int n = 0; n < count; ++n)
            detail.because.push_back({test::sceneMoment(), n % 4 == 3 ? QStringLiteral("a reason that is told in so many words that it takes more than one line of the pane it stands in, number %1").arg(n)
                                                                      : QStringLiteral("reason %1").arg(n)});
        return detail;
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = new style::Theme(std::move(*palette), this);
        m_theme->install();
    }

    void itsLowerEdgeCutsThroughNoLine_data()
    {
        QTest::addColumn<QSize>("size");
        for (const int height : {60, 83, 97, 120, 151, 166, 211})
            for (const int width : {300, 460, 588})
                QTest::addRow("%d x %d", width, height) << QSize(width, height);
    }
    void itsLowerEdgeCutsThroughNoLine()
    {
        QFETCH(QSize, size);
        WhyPane pane(*m_theme);
        pane.resize(size);
        pane.QWidget::show();
        view::AlertRow row;
        row.key = QStringLiteral("am/1");
        pane.show(&row, reasons(20));
        QCoreApplication::processEvents();
        const int edge = pane.viewport()->height();
        int whole = 0;
        for (const widgets::PlainLabel *line : pane.widget()->findChildren<widgets::PlainLabel *>()) {
            const QRect at(line->mapTo(pane.viewport(), QPoint()), line->size());
            QVERIFY2(at.top() >= edge || at.bottom() < edge, qPrintable(QStringLiteral("%1: %2 to %3 of %4").arg(line->plain()).arg(at.top()).arg(at.bottom()).arg(edge)));
            whole += at.bottom() < edge ? 1 : 0;
        }
        QVERIFY(whole > 0);
        QVERIFY(pane.verticalScrollBar()->maximum() > 0);
    }

    void whatFitsAllIsNotNarrowed()
    {
        WhyPane pane(*m_theme);
        pane.resize(460, 400);
        pane.QWidget::show();
        view::AlertRow row;
        row.key = QStringLiteral("am/1");
        pane.show(&row, reasons(3));
        QCoreApplication::processEvents();
        QCOMPARE(pane.viewport()->height(), pane.height());
        QCOMPARE(pane.verticalScrollBar()->maximum(), 0);
    }
};

QD_GUI_TEST(TestWhyPane)
#include "tst_whypane.moc"
