// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/shell/windowbench.h"
#include "ui/escalation/plannerstrip.h"
#include "ui/shell/actionbook.h"
#include "ui/shell/plannersheet.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace qd;
using namespace qd::shell;

namespace {

QJsonObject aPlan()
{
    const auto text = [](const char *t) { return QString::fromLatin1(t); };
    const QJsonObject segment{{text("from"), text("2026-11-23T14:00:00Z")}, {text("until"), text("2026-11-24T14:00:00Z")}, {text("people"), QJsonArray{text("Ana")}}};
    return {{text("from"), text("2026-11-23T14:00:00Z")},
            {text("until"), text("2026-11-24T14:00:00Z")},
            {text("schedules"), QJsonArray{QJsonObject{{text("name"), text("Payments")}, {text("zone"), text("UTC")}, {text("segments"), QJsonArray{segment}}}}},
            {text("people"), QJsonArray()},
            {text("schedulesInAll"), 3},
            {text("peopleInAll"), 0}};
}

} // namespace

class TestPlannerSheet : public QObject {
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
        b.source.nextResult = aPlan();
        QTest::keyClick(&b.window, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        PlannerSheet &sheet = b.window.plannerSheet();
        QVERIFY(sheet.isVisible());
        QCOMPARE(b.source.sent.back().method, QStringLiteral("schedule.planner"));
        QVERIFY(sheet.strip().hasFocus());
        QVERIFY(sheet.status().startsWith(QStringLiteral("Payments: Ana until 14:00 UTC")));
        QVERIFY(b.window.rect().contains(sheet.geometry()));
        QTest::keyClick(&sheet.strip(), Qt::Key_Escape);
        QVERIFY(!sheet.isVisible());
        QCOMPARE(b.window.focusWidget(), before);
    }

    void aRefusalAndAnEmptyWorkspaceAreSaid()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        b.source.nextDone = false;
        b.source.nextSentence = QStringLiteral("The core is stopping.");
        b.window.plannerSheet().open();
        QCOMPARE(b.window.plannerSheet().status(), b.source.nextSentence);
        b.source.nextDone = true;
        b.source.nextResult = {};
        b.window.plannerSheet().open();
        QVERIFY(b.window.plannerSheet().status().contains(QStringLiteral("no schedules")));
    }

    void aLateAnswerIsDropped()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        b.source.holdsAnswers = true;
        b.window.plannerSheet().open();
        b.window.plannerSheet().open();
        QCOMPARE(b.source.held.size(), std::size_t{2});
        b.source.held[1](true, {}, aPlan());
        b.source.held[0](false, QStringLiteral("late"), {});
        QVERIFY(b.window.plannerSheet().status().startsWith(QStringLiteral("Payments")));
    }
};

QD_GUI_TEST(TestPlannerSheet)
#include "tst_plannersheet.moc"
