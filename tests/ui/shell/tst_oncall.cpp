// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/shell/windowbench.h"
#include "ui/escalation/commandstack.h"
#include "ui/escalation/plannerstrip.h"
#include "ui/escalation/scheduledialogs.h"
#include "ui/escalation/shiftdialogs.h"
#include "ui/escalation/simulatordialog.h"
#include "ui/shell/commandperspective.h"
#include "ui/shell/instrument.h"
#include "ui/shell/plannersheet.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QLineEdit>
#include <QPushButton>

using namespace qd;
using namespace qd::shell;

namespace {

QString t(const char *text) { return QString::fromUtf8(text); }

QJsonObject aDay()
{
    const auto segment = [](const char *from, const char *until, const char *name, const char *id) {
        return QJsonObject{{t("from"), t(from)}, {t("until"), t(until)}, {t("people"), QJsonArray{t(name)}}, {t("ids"), QJsonArray{t(id)}}};
    };
    return {{t("from"), t("2026-11-23T14:00:00Z")},
            {t("until"), t("2026-11-24T14:00:00Z")},
            {t("schedules"), QJsonArray{QJsonObject{{t("id"), t("pay")}, {t("name"), t("Payments")}, {t("zone"), t("UTC")},
                                                    {t("segments"), QJsonArray{segment("2026-11-23T14:00:00Z", "2026-11-23T20:00:00Z", "Ana", "ana"), segment("2026-11-23T20:00:00Z", "2026-11-24T14:00:00Z", "Ben", "ben")}}}}},
            {t("people"), QJsonArray()},
            {t("schedulesInAll"), 1},
            {t("peopleInAll"), 0}};
}

view::ViewModel aScene()
{
    view::ViewModel v = test::incidentScene();
    v.names = {{t("ana"), t("Ana")}, {t("ben"), t("Ben")}};
    v.strip.person = t("ana");
    return v;
}

template <typename Dialog>
Dialog *opened(test::WindowBench &b)
{
    return b.window.findChild<Dialog *>();
}

} // namespace

class TestOnCall : public QObject {
    Q_OBJECT
    test::WindowLook m_look;
    style::Theme *m_theme = nullptr;
private Q_SLOTS:
    void initTestCase()
    {
        m_theme = m_look.begin();
        QVERIFY(m_theme);
    }

    void whoIsCalledIsAskedOverTheChannelAndStaysOpenForTheNextQuestion()
    {
        test::WindowBench b(aScene(), *m_theme);
        b.source.nextDone = false;
        b.source.nextSentence = t("There is no service \"shop\".");
        QTest::keyClick(&b.window, Qt::Key_Q, Qt::ControlModifier | Qt::AltModifier);
        auto *dialog = opened<escalation::SimulatorDialog>(b);
        QVERIFY(dialog && dialog->isVisible());
        QCOMPARE(b.source.sent.back().method, t("simulate"));
        QCOMPARE(dialog->problem(), b.source.nextSentence);
        b.source.nextDone = true;
        b.source.nextResult = {{t("service"), t("shop")}, {t("end"), t("2026-11-23T14:30:00Z")}, {t("at"), t("2026-11-23T14:25:00Z")}};
        dialog->doIt().click();
        QVERIFY(dialog->isVisible());
        QVERIFY(dialog->sentence().contains(t("service shop")));
        QVERIFY(dialog->doIt().isEnabled());
        for (const test::ViewFixture::Sent &sent : b.source.sent)
            QVERIFY(sent.method == t("simulate")); // asks only, starts nothing
    }

    void aShiftIsChangedFromThePlanByItsKeys()
    {
        test::WindowBench b(aScene(), *m_theme);
        b.source.nextResult = aDay();
        b.window.plannerSheet().open();
        auto &strip = b.window.plannerSheet().strip();
        QTest::keyClick(&strip, Qt::Key_Right);
        QVERIFY(b.window.plannerSheet().status().contains(t("chosen: Ben, 20:00 until 14:00 UTC")));
        QTest::keyClick(&strip, Qt::Key_O);
        auto *dialog = opened<escalation::OverrideShiftDialog>(b);
        QVERIFY(dialog);
        const QJsonObject asked = dialog->arguments();
        QCOMPARE(asked.value(t("schedule")), QJsonValue(t("pay")));
        QCOMPARE(asked.value(t("replace")), QJsonValue(t("ben")));
        QCOMPARE(asked.value(t("from")), QJsonValue(t("2026-11-23T20:00:00Z")));
        Q_EMIT dialog->submitted();
        QCOMPARE(b.source.sent[b.source.sent.size() - 2].method, t("schedule.override"));
        QCOMPARE(b.source.sent.back().method, t("schedule.planner")); // the plan is read anew
        QTest::keyClick(&strip, Qt::Key_S);
        QVERIFY(opened<escalation::SwapShiftsDialog>(b));
    }

    void aChangeOfAScheduleStandsInTheStackUntilItEndsAndIsTakenBackThere()
    {
        view::ViewModel scene = aScene();
        scene.scheduleChanges = {{7, t("pay"), t("Payments: Ben in place of Ana"), t("Ben"), t("ill"), scene.made - minutes(1), scene.made + hours(2)}};
        test::WindowBench b(scene, *m_theme);
        auto *stack = b.window.findChild<escalation::CommandStack *>();
        escalation::StackRow *row = stack->row(t("inforce:schedule:7"));
        QVERIFY(row);
        QVERIFY(row->content().trailing.startsWith(t("2:00:0")) || row->content().trailing.startsWith(t("1:59:")));
        row->setFocus();
        QTest::keyClick(row, Qt::Key_Return);
        auto *dialog = opened<escalation::WithdrawOverrideDialog>(b);
        QVERIFY(dialog);
        QCOMPARE(dialog->arguments().value(t("number")), QJsonValue(7));
    }

    void whatWasDoneLastIsTakenBackFromWhereverTheKeyboardIs()
    {
        view::ViewModel scene = aScene();
        scene.overrides = {{7, t("acknowledged"), {}, 3, scene.made, {}, true}};
        test::WindowBench b(scene, *m_theme);
        auto *stack = b.window.findChild<escalation::CommandStack *>();
        stack->setFocus();
        QTest::keyClick(stack, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(b.source.sent.back().method, t("undo"));
        // A field that is typed in takes back its own letters.
        const auto count = b.source.sent.size();
        b.window.instrument().begin(t("log"));
        QTest::keyClick(&b.window.instrument().field(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(b.source.sent.size(), count);
    }

    void withoutAChangeThereIsNothingToTakeBack()
    {
        test::WindowBench b(aScene(), *m_theme);
        QTest::keyClick(&b.window, Qt::Key_W, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(!opened<escalation::WithdrawOverrideDialog>(b));
    }

    void theShiftIsOfferedWithWhatTheCoreSays()
    {
        test::WindowBench b(aScene(), *m_theme);
        b.source.nextResult = {{t("items"), QJsonArray{QJsonObject{{t("text"), t("2 standing alerts")}}}}};
        QTest::keyClick(&b.window, Qt::Key_H, Qt::ControlModifier | Qt::AltModifier);
        auto *offer = opened<escalation::OfferShiftDialog>(b);
        QVERIFY(offer);
        QCOMPARE(b.source.sent.back().arguments.value(t("what")), QJsonValue(t("briefs")));
        QCOMPARE(offer->arguments().value(t("person")), QJsonValue(t("ben")));
        Q_EMIT offer->submitted();
        QCOMPARE(b.source.sent.back().method, t("shift.offer"));
    }

    void anOfferedShiftStandsNextUpAlsoWithoutAnIncidentAndIsReadBack()
    {
        view::ViewModel scene = test::quietScene();
        scene.strip.person = t("ana");
        scene.shifts = {{4, t("Ben"), t("Ana"), t("brief"), {}, {}, scene.made, true}};
        test::WindowBench b(scene, *m_theme);
        auto *stack = b.window.findChild<escalation::CommandStack *>();
        escalation::StackRow *row = nullptr;
        for (escalation::StackRow *r : stack->findChildren<escalation::StackRow *>())
            if (r->content().text == t("Ben offers you the shift"))
                row = r;
        QVERIFY(row);
        row->setFocus();
        QTest::keyClick(row, Qt::Key_Return);
        auto *answer = opened<escalation::AnswerShiftDialog>(b);
        QVERIFY(answer);
        QVERIFY(!answer->doIt().isEnabled());
        QCOMPARE(answer->method(), t("shift.accept"));
    }
};

QD_GUI_TEST(TestOnCall)
#include "tst_oncall.moc"
