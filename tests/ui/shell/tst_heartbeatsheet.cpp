// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/shell/windowbench.h"
#include "ui/shell/actionbook.h"
#include "ui/shell/heartbeatsheet.h"
#include "ui/triage/heartbeatdialogs.h"
#include "ui/triage/heartbeatmodel.h"
#include "ui/widgets/twintable.h"

#include <QLineEdit>
#include <QPushButton>

using namespace qd;
using namespace qd::shell;

class TestHeartbeatSheet : public QObject {
    Q_OBJECT
    test::WindowLook m_look;
    style::Theme *m_theme = nullptr;

    static HeartbeatSheet &opened(test::WindowBench &b)
    {
        QTest::keyClick(&b.window, Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        return b.window.heartbeatSheet();
    }
    static void choose(HeartbeatSheet &sheet, const char *id)
    {
        sheet.table().setCurrentIndex(sheet.model().index(sheet.model().rowOf(QString::fromLatin1(id)), 0));
    }
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
        HeartbeatSheet &sheet = opened(b);
        QVERIFY(sheet.isVisible());
        QVERIFY(sheet.table().hasFocus());
        QCOMPARE(sheet.model().rowCount(), 7);
        QVERIFY(sheet.table().currentIndex().isValid());
        QVERIFY2(sheet.status().startsWith(QStringLiteral("last beat at")), qPrintable(sheet.status()));
        QVERIFY(b.window.rect().contains(sheet.geometry()));
        QTest::keyClick(&sheet.table(), Qt::Key_Escape);
        QVERIFY(!sheet.isVisible());
        QCOMPARE(b.window.focusWidget(), before);
    }

    void theChosenRowStaysChosenWhenOthersComeAndGo()
    {
        view::ViewModel scene = test::incidentScene();
        test::WindowBench b(scene, *m_theme);
        HeartbeatSheet &sheet = opened(b);
        choose(sheet, "billing-export");
        QVERIFY(sheet.status().contains(QStringLiteral("moved to the new cluster")));
        scene.heartbeats.erase(scene.heartbeats.begin());
        b.source.show(scene);
        QCoreApplication::processEvents();
        QCOMPARE(sheet.model().row(sheet.table().currentIndex().row())->id, QStringLiteral("billing-export"));
    }

    void mMutesTheChosenOneWithAReason()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        HeartbeatSheet &sheet = opened(b);
        choose(sheet, "watchdog");
        QTest::keyClick(&sheet.table(), Qt::Key_M);
        auto *dialog = b.window.findChild<triage::MuteDialog *>();
        QVERIFY(dialog);
        dialog->findChild<QLineEdit *>(QString(), Qt::FindDirectChildrenOnly)->setText(QStringLiteral("Prometheus is being moved"));
        dialog->doIt().click();
        QCOMPARE(b.source.sent.back().method, QStringLiteral("heartbeat.mute"));
        QCOMPARE(b.source.sent.back().arguments.value(QStringLiteral("heartbeat")).toString(), QStringLiteral("watchdog"));
        QCOMPARE(b.source.sent.back().arguments.value(QStringLiteral("reason")).toString(), QStringLiteral("Prometheus is being moved"));
    }

    void uUnmutesWhatIsMutedAndSaysSoOfTheOthers()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        HeartbeatSheet &sheet = opened(b);
        choose(sheet, "watchdog");
        const std::size_t sent = b.source.sent.size();
        QTest::keyClick(&sheet.table(), Qt::Key_U);
        QCOMPARE(b.source.sent.size(), sent);
        QVERIFY(sheet.status().contains(QStringLiteral("is not muted")));
        choose(sheet, "billing-export");
        QTest::keyClick(&sheet.table(), Qt::Key_U);
        QCOMPARE(b.source.sent.back().method, QStringLiteral("heartbeat.unmute"));
        QCOMPARE(b.source.sent.back().arguments.value(QStringLiteral("heartbeat")).toString(), QStringLiteral("billing-export"));
    }

    void otherNumbersAreTriedAndTheAnswerStandsInTheDialog()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        HeartbeatSheet &sheet = opened(b);
        choose(sheet, "reconcile");
        QTest::keyClick(&sheet.table(), Qt::Key_T);
        auto *dialog = b.window.findChild<triage::DryRunDialog *>();
        QVERIFY(dialog);
        b.source.nextResult = {{QStringLiteral("sentence"), QStringLiteral("With 5 of 5 windows missed, 2 of 3 alarms would have vanished.")}};
        dialog->doIt().click();
        QCOMPARE(b.source.sent.back().method, QStringLiteral("heartbeat.dryrun"));
        QVERIFY(dialog->isVisible());
        QVERIFY(dialog->problem().contains(QStringLiteral("2 of 3 alarms would have vanished")));
        QVERIFY(dialog->doIt().isEnabled());
    }

    void withoutAnyItSaysHowToMakeOne()
    {
        view::ViewModel scene = test::incidentScene();
        scene.heartbeats.clear();
        test::WindowBench b(scene, *m_theme);
        HeartbeatSheet &sheet = opened(b);
        QVERIFY(sheet.isVisible());
        QVERIFY(sheet.status().contains(QStringLiteral("[[heartbeat]]")));
    }

    void itFitsASmallScreen()
    {
        test::WindowBench b(test::incidentScene(), *m_theme, {1366, 768});
        HeartbeatSheet &sheet = opened(b);
        QVERIFY(b.window.rect().contains(sheet.geometry()));
        QCOMPARE(sheet.table().verticalScrollBarPolicy(), Qt::ScrollBarAsNeeded);
        const QRect last = sheet.table().visualRect(sheet.model().index(6, 0));
        QVERIFY2(sheet.table().viewport()->rect().contains(last.center()), "seven rows need no scrolling");
    }
};

QD_GUI_TEST(TestHeartbeatSheet)
#include "tst_heartbeatsheet.moc"
