// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/timeline/revisedialog.h"
#include "ui/timeline/timelinecanvas.h"
#include "ui/timeline/timelineview.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace qd;
using namespace qd::timeline;

namespace {

/// The incident scene with a line of the log in it that whoever sits here wrote.
view::ViewModel withOwnLine(const QString &own)
{
    view::ViewModel v = test::incidentScene();
    view::TimelineEntry &line = v.timeline[13];
    line.kind = QStringLiteral("log");
    line.reference = QStringLiteral("entry/12");
    line.text = own + QStringLiteral(" (written down 14:20)");
    line.own = own;
    return v;
}

struct Desk {
    style::Theme theme{*style::Palette::builtIn()};
    test::ViewFixture source;
    widgets::Ticker ticker;
    TimelineView view;

    explicit Desk(const view::ViewModel &model)
        : source(model)
        , view(theme, source, ticker)
    {
        ticker.freeze(true);
        view.resize(900, 460);
        view.canvas().setNow(test::sceneMoment());
        view.show();
        view.activateWindow();
        if (!QTest::qWaitForWindowExposed(&view, qd::tests::kPatience))
            qFatal("the timeline is not shown");
        view.canvas().setFocus();
    }
    ReviseDialog *open(const QString &id, Qt::Key key = Qt::Key_R)
    {
        view.canvas().select(id);
        QTest::keyClick(&view.canvas(), key);
        return view.findChild<ReviseDialog *>();
    }
};

} // namespace

class TestRevise final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLineOfOnesOwnIsPutOtherwiseByItsWordsAlone()
    {
        const view::ViewModel v = withOwnLine(QStringLiteral("the cash was emptied"));
        Desk d(v);
        ReviseDialog *dialog = d.open(v.timeline[13].id);
        QVERIFY(dialog);
        auto *text = dialog->findChild<QPlainTextEdit *>();
        QCOMPARE(text->toPlainText(), QStringLiteral("the cash was emptied")); // not when it was written down
        QVERIFY(!text->accessibleName().isEmpty());
        QVERIFY(!dialog->doIt().isEnabled()); // it reads so already
        text->setPlainText(QStringLiteral("the cache was emptied"));
        d.source.nextDone = false;
        d.source.nextSentence = QStringLiteral("entry/12 was put otherwise 20 times; write a new line.");
        QVERIFY(QTest::qWaitForWindowActive(dialog, qd::tests::kPatience));
        QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(d.source.sent.size(), std::size_t{1});
        QCOMPARE(d.source.sent[0].method, QStringLiteral("incident.revise"));
        const QJsonObject sent = d.source.sent[0].arguments;
        QCOMPARE(sent.value(QLatin1String("entry")).toString(), QStringLiteral("entry/12"));
        QCOMPARE(sent.value(QLatin1String("text")).toString(), QStringLiteral("the cache was emptied"));
        QCOMPARE(sent.value(QLatin1String("incident")).toString(), v.focus);
        QCOMPARE(dialog->problem(), d.source.nextSentence); // what is typed is not lost
        QCOMPARE(text->toPlainText(), QStringLiteral("the cache was emptied"));
        d.source.nextDone = true;
        QSignalSpy told(&d.view, &TimelineView::told);
        dialog->doIt().click();
        QCOMPARE(told.count(), 1);
        QVERIFY(!dialog->isVisible());
    }

    void whatSomebodyElseWroteStandsAndThatIsSaid()
    {
        const view::ViewModel v = withOwnLine({});
        Desk d(v);
        QSignalSpy refused(&d.view, &TimelineView::refused);
        QVERIFY(!d.open(v.timeline[13].id));
        QVERIFY(!d.open({}, Qt::Key_F2));
        QCOMPARE(refused.count(), 2);
        QVERIFY(d.source.sent.empty());
    }

    void whileNothingIsRecordedItSaysSo()
    {
        view::ViewModel v = withOwnLine(QStringLiteral("one"));
        v.strip.recorded = false;
        Desk d(v);
        ReviseDialog *dialog = d.open(v.timeline[13].id, Qt::Key_F2);
        QVERIFY(dialog);
        QVERIFY(!dialog->warning().isEmpty());
    }
};

QD_GUI_TEST(TestRevise)
#include "tst_revise.moc"
