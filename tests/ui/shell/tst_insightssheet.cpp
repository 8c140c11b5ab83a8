// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/shell/windowbench.h"
#include "ui/review/barchart.h"
#include "ui/review/insightspanel.h"
#include "ui/shell/insightssheet.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace qd;
using namespace qd::shell;

namespace {

/// As the core answers (core/control/insights.cpp).
QJsonObject anAnswer()
{
    QByteArray json = "{'incidents':{'count':6,'leftOut':1,'timeToDetect':{'count':6,'medianSeconds':120,'p90Seconds':600,'longestSeconds':7800},"
                      "'timeToAcknowledge':{'count':4,'medianSeconds':null,'p90Seconds':null,'longestSeconds':null}},"
                      "'alerts':{'count':430,'priorities':[{'name':'critical','count':40},{'name':'warning','count':390}],'note':'More than a tenth are critical.',"
                      "'services':[{'name':'checkout','count':300},{'name':'<b>x</b>','count':130}],'badActors':[{'name':'Slow','count':200}],'badActorsShare':0.47},"
                      "'floods':{'seconds':1440,'share':0.012,'items':[{'peak':31},{'peak':44}]},'calls':{'count':38,'observed':2,'offHours':9,'atNight':3,'perPerson':{'people':6,'median':4,'p90':12,'most':12}}}";
    return QJsonDocument::fromJson(json.replace('\'', '"')).object();
}

} // namespace

class TestInsightsSheet : public QObject {
    Q_OBJECT
    test::WindowLook m_look;
    style::Theme *m_theme = nullptr;
private Q_SLOTS:
    void initTestCase()
    {
        m_theme = m_look.begin();
        QVERIFY(m_theme);
    }

    void aKeyOpensItAndEscapeGivesTheKeyboardBack()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        QWidget *before = b.window.focusWidget();
        b.source.nextResult = anAnswer();
        QTest::keyClick(&b.window, Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
        InsightsSheet &sheet = b.window.insightsSheet();
        QVERIFY(sheet.isVisible());
        QCOMPARE(b.source.sent.back().method, QStringLiteral("insights"));
        QCOMPARE(b.source.sent.back().arguments.value(QStringLiteral("since")).toString(), QStringLiteral("30d"));
        QVERIFY(b.window.rect().contains(sheet.geometry()));
        QTest::keyClick(&sheet, Qt::Key_W);
        QCOMPARE(b.source.sent.back().arguments.value(QStringLiteral("since")).toString(), QStringLiteral("7d"));
        QTest::keyClick(&sheet, Qt::Key_Escape);
        QVERIFY(!sheet.isVisible());
        QCOMPARE(b.window.focusWidget(), before);
    }

    void itSaysWhatTheCoreCounted()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        b.source.nextResult = anAnswer();
        b.window.insightsSheet().open();
        const review::InsightsPanel &panel = b.window.insightsSheet().panel();
        for (const char *part : {"430 alert(s)", "38 call(s) (9 outside working hours, 3 at night, 2 only observed), of one person 4 in the middle, 12 at the 90th percentile, 12 at most", "2 flood(s), 24 min in all, 1.2 % of the time, at most 44 alarms in 10 minutes", "the most frequent are 47 % of all alerts",
                                 "1 left out: drills, planned, called off, merged, rebuilt or written down afterwards"})
            QVERIFY2(panel.summary().contains(QLatin1String(part)), qPrintable(panel.summary()));
        QVERIFY2(panel.times().contains(QStringLiteral("until it was declared 6 2 min 10 min 2 h 10 min")), qPrintable(panel.times()));
        QVERIFY2(panel.times().contains(QStringLiteral("until somebody answered 4 — — —")), qPrintable(panel.times()));
    }

    void aNameIsPlainTextBesideItsBar()
    {
        review::BarChart chart(*m_theme, QStringLiteral("T"));
        chart.show({{QStringLiteral("<b>x</b>"), 3}, {QString(), 1}});
        QCOMPARE(chart.names(), (QStringList{QStringLiteral("<b>x</b>"), QStringLiteral("none")}));
        QCOMPARE(chart.accessibleDescription(), QStringLiteral("<b>x</b>: 3, none: 1"));
        chart.show(std::vector<review::Bar>(20, {QStringLiteral("a"), 1}));
        QCOMPARE(chart.names().size(), static_cast<qsizetype>(review::InsightsView::kBars));
    }

    void aRefusalIsSaidAndALateAnswerDropped()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        b.source.nextDone = false;
        b.source.nextSentence = QStringLiteral("The core is stopping.");
        b.window.insightsSheet().open();
        QCOMPARE(b.window.insightsSheet().status(), b.source.nextSentence);
        b.source.holdsAnswers = true;
        b.window.insightsSheet().open();
        b.window.insightsSheet().open();
        b.source.held[1](true, {}, anAnswer());
        b.source.held[0](false, QStringLiteral("late"), {});
        QCOMPARE(b.window.insightsSheet().status(), QString());
    }
};

QD_GUI_TEST(TestInsightsSheet)
#include "tst_insightssheet.moc"
