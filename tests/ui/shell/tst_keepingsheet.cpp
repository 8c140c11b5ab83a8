// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/shell/windowbench.h"
#include "ui/governance/erasedialog.h"
#include "ui/governance/glassdialogs.h"
#include "ui/governance/holddialogs.h"
#include "ui/governance/identitydialogs.h"
#include "ui/shell/banner.h"
#include "ui/shell/instrument.h"
#include "ui/shell/keepingsheet.h"
#include "ui/widgets/twintable.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPushButton>

using namespace qd;
using namespace qd::shell;

namespace {

QJsonObject answered(QByteArray json)
{
    return QJsonDocument::fromJson(json.replace('\'', '"')).object();
}

/// As the core answers (core/control/retention.cpp).
QJsonObject whatExpires()
{
    return answered("{'items':[{'stream':'incident/INC-2','class':'incident','endedAt':null,'expires':null,'heldBy':'','due':false},"
                    "{'stream':'incident/INC-1','class':'incident','endedAt':'2026-11-01T10:00:00Z','expires':'2027-11-01T10:00:00Z','heldBy':'hold 3','due':false},"
                    "{'stream':'alerts/2026-10-01','class':'alerts','endedAt':'2026-10-02T00:00:00Z','expires':'2026-11-02T00:00:00Z','heldBy':'','due':true}],"
                    "'messages':[{'class':'messages','incident':'INC-1','entry':'40','count':1,'saidAt':'2026-11-01T10:00:00Z','expires':'2026-12-01T10:00:00Z','heldBy':'','due':false}]}");
}

QString cell(const KeepingSheet &sheet, int row, int column)
{
    return sheet.table().model()->index(row, column).data().toString();
}

} // namespace

class TestKeepingSheet : public QObject {
    Q_OBJECT
    test::WindowLook m_look;
    style::Theme *m_theme = nullptr;
private Q_SLOTS:
    void initTestCase()
    {
        m_theme = m_look.begin();
        QVERIFY(m_theme);
    }

    void whatGoesFirstStandsFirstAndAHoldIsNamed()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        b.source.nextResult = whatExpires();
        QTest::keyClick(&b.window, Qt::Key_H, Qt::ShiftModifier | Qt::AltModifier);
        KeepingSheet &sheet = b.window.keepingSheet();
        QVERIFY(sheet.isVisible() && b.window.rect().contains(sheet.geometry()));
        QCOMPARE(b.source.sent.back().method, QStringLiteral("keeping.retention"));
        QCOMPARE(sheet.table().model()->rowCount(), 4);
        QCOMPARE(cell(sheet, 0, 0) + cell(sheet, 0, 1), QStringLiteral("2026-11-02 00:00alerts/2026-10-01"));
        QCOMPARE(cell(sheet, 0, 3), QStringLiteral("▲ due"));
        QCOMPARE(cell(sheet, 1, 1), QStringLiteral("INC-1, record 40"));
        QCOMPARE(cell(sheet, 2, 3), QStringLiteral("■ kept by hold 3"));
        QCOMPARE(cell(sheet, 3, 0), QStringLiteral("not over"));
        QVERIFY2(sheet.status().contains(QStringLiteral("its time was over 2026-11-02 00:00")), qPrintable(sheet.status()));
        sheet.table().selectRow(2);
        QVERIFY2(sheet.status().contains(QStringLiteral("hold 3 keeps it beyond that")), qPrintable(sheet.status()));
        QTest::keyClick(&sheet.table(), Qt::Key_Escape);
        QVERIFY(!sheet.isVisible());
    }

    void whoReadBrokeTheGlassOrWasRefusedIsListedNewestFirst()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        KeepingSheet &sheet = b.window.keepingSheet();
        sheet.open();
        b.source.nextResult = answered("{'items':[{'at':'2026-11-23T10:00:00Z','kind':'refused','person':'@eve:x','incidents':['INC-1'],'what':'chat','reason':'not bound','count':2,'lastAt':'2026-11-23T10:05:00Z'},"
                                       "{'at':'2026-11-23T11:00:00Z','kind':'read','person':'dana','incidents':['INC-1'],'what':'timeline','via':'person'},"
                                       "{'at':'2026-11-23T12:00:00Z','kind':'break-glass','person':'lee','role':'command','services':[],'incidents':['INC-1'],'reason':'<b>nobody</b> else','until':'2026-11-23T13:00:00Z','told':['dana','ana']}]}");
        QTest::keyClick(&sheet.table(), Qt::Key_A);
        QCOMPARE(b.source.sent.back().arguments.value(QStringLiteral("what")).toString(), QStringLiteral("access"));
        QCOMPARE(cell(sheet, 0, 2), QStringLiteral("▲ broke the glass"));
        QVERIFY2(sheet.status().contains(QStringLiteral("lee broke the glass for command (INC-1) until 2026-11-23 13:00: <b>nobody</b> else. Told: dana, ana.")), qPrintable(sheet.status()));
        QCOMPARE(cell(sheet, 1, 3), QStringLiteral("dana · timeline"));
        QCOMPARE(cell(sheet, 2, 2), QStringLiteral("✗ refused"));
        b.source.nextResult = answered("{'items':[{'hold':3,'scope':'INC-1','matter':'Case 7','custodian':'counsel','reason':'kept','by':'ana','since':'2026-11-20T10:00:00Z'}]}");
        QTest::keyClick(&sheet.table(), Qt::Key_H);
        QVERIFY2(sheet.status().contains(QStringLiteral("INC-1 is kept for Case 7 (custodian counsel)")), qPrintable(sheet.status()));
    }

    void moreThanItShowsIsSaid()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        QJsonArray items;
        for (qsizetype n = 0; n <= KeepingSheet::kRows; ++n)
            items.append(QJsonObject{{QStringLiteral("hold"), static_cast<int>(n)}, {QStringLiteral("scope"), QStringLiteral("INC-1")}, {QStringLiteral("since"), QStringLiteral("2026-11-20T10:00:00Z")}});
        KeepingSheet &sheet = b.window.keepingSheet();
        sheet.open();
        b.source.nextResult = {{QStringLiteral("items"), items}};
        QTest::keyClick(&sheet.table(), Qt::Key_H);
        QCOMPARE(sheet.table().model()->rowCount(), static_cast<int>(KeepingSheet::kRows));
        QVERIFY2(sheet.heading().contains(QStringLiteral("the first 2000 of 2001")), qPrintable(sheet.heading()));
    }

    void aHoldIsPlacedOnTheChosenStreamAndTheListIsAskedForAgain()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        b.source.nextResult = whatExpires();
        KeepingSheet &sheet = b.window.keepingSheet();
        sheet.open(KeepingSheet::List::Expiry);
        QTest::keyClick(&sheet.table(), Qt::Key_N);
        auto *dialog = b.window.findChild<governance::HoldDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->arguments().value(QStringLiteral("scope")).toString(), QStringLiteral("alerts/2026-10-01"));
        for (QLineEdit *line : dialog->findChildren<QLineEdit *>(QString(), Qt::FindDirectChildrenOnly))
            line->setText(QStringLiteral("Case 7"));
        b.source.nextDone = false;
        b.source.nextSentence = QStringLiteral("Ana may not do hold.place.");
        dialog->doIt().click();
        QCOMPARE(b.source.sent.back().method, QStringLiteral("hold.place"));
        QCOMPARE(dialog->problem(), b.source.nextSentence); // read where it was caused
        b.source.nextDone = true;
        dialog->doIt().click();
        QCOMPARE(b.source.sent.back().method, QStringLiteral("keeping.retention"));
    }

    void theChosenHoldIsLifted()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        KeepingSheet &sheet = b.window.keepingSheet();
        b.source.nextResult = answered("{'items':[{'hold':3,'scope':'incident/INC-1','matter':'Case 7','custodian':'counsel','reason':'kept','by':'ana','since':'2026-11-20T10:00:00Z'}]}");
        sheet.open(KeepingSheet::List::Holds);
        QTest::keyClick(&sheet.table(), Qt::Key_L);
        auto *dialog = b.window.findChild<governance::LiftHoldDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->arguments().value(QStringLiteral("hold")).toInt(), 3);
    }

    void whatIsChosenIsErasedAndMessagesAreStruckInstead()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        b.source.nextResult = whatExpires();
        KeepingSheet &sheet = b.window.keepingSheet();
        sheet.open(KeepingSheet::List::Expiry);
        sheet.table().selectRow(1); // a record with messages
        QTest::keyClick(&sheet.table(), Qt::Key_X);
        QVERIFY(!b.window.findChild<governance::EraseDialog *>());
        QVERIFY2(sheet.status().contains(QStringLiteral("being struck")), qPrintable(sheet.status()));
        sheet.table().selectRow(0);
        QTest::keyClick(&sheet.table(), Qt::Key_X);
        auto *dialog = b.window.findChild<governance::EraseDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->streams(), QStringList{QStringLiteral("alerts/2026-10-01")});
    }

    void anAddressOfTheWorkspaceIsNotTakenAwayHere()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        b.source.nextResult = answered("{'items':[{'address':'ana@x','person':'ana','connection':'','origin':'workspace','since':null},{'address':'u07','person':'ana','connection':'slack','origin':'word','since':'2026-11-20T10:00:00Z'}]}");
        QTest::keyClick(&b.window, Qt::Key_U, Qt::ShiftModifier | Qt::AltModifier);
        KeepingSheet &sheet = b.window.keepingSheet();
        QCOMPARE(b.source.sent.back().arguments.value(QStringLiteral("what")).toString(), QStringLiteral("identities"));
        QTest::keyClick(&sheet.table(), Qt::Key_U);
        QVERIFY(!b.window.findChild<governance::UnbindDialog *>());
        QVERIFY2(sheet.status().contains(QStringLiteral("taken out there")), qPrintable(sheet.status()));
        sheet.table().selectRow(1);
        QTest::keyClick(&sheet.table(), Qt::Key_U);
        QVERIFY(b.window.findChild<governance::UnbindDialog *>());
    }

    void whereNoRightIsWrittenItSaysSo()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        b.source.nextResult = answered("{'items':[]}");
        QTest::keyClick(&b.window, Qt::Key_W, Qt::ShiftModifier | Qt::AltModifier);
        KeepingSheet &sheet = b.window.keepingSheet();
        QCOMPARE(b.source.sent.back().arguments.value(QStringLiteral("what")).toString(), QStringLiteral("rights"));
        QVERIFY2(sheet.status().contains(QStringLiteral("Default deny begins with the first [[right]].")), qPrintable(sheet.status()));
    }

    void aRightTakenForATimeStandsUnderTheStripUntilItIsOverAndThatIsSaid()
    {
        view::ViewModel scene = test::incidentScene();
        test::WindowBench b(scene, *m_theme);
        QTest::keyClick(&b.window, Qt::Key_B, Qt::ShiftModifier | Qt::AltModifier);
        auto *dialog = b.window.findChild<governance::BreakGlassDialog *>();
        QVERIFY(dialog);
        for (QLineEdit *line : dialog->findChildren<QLineEdit *>(QString(), Qt::FindDirectChildrenOnly))
            if (line->accessibleName() == QStringLiteral("Why"))
                line->setText(QStringLiteral("nobody else is awake"));
        dialog->doIt().click();
        QCOMPARE(b.source.sent.back().method, QStringLiteral("access.break"));
        scene.strip.glass = {{3, QStringLiteral("Mara Lindt"), QStringLiteral("command"), QString(), scene.made, scene.made + minutes(30), {QStringLiteral("Lee")}, true}};
        b.source.show(scene);
        QVERIFY(b.window.banner().isVisible());
        QVERIFY2(b.window.banner().accessibleName().contains(QStringLiteral("THE GLASS IS BROKEN: you may command for everything.")), qPrintable(b.window.banner().accessibleName()));
        QVERIFY2(b.window.banner().accessibleName().contains(QStringLiteral("Told: Lee.")), qPrintable(b.window.banner().accessibleName()));
        b.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&b.window, qd::tests::kPatience));
        QTest::keyClick(&b.window, Qt::Key_E, Qt::ShiftModifier | Qt::AltModifier);
        auto *end = b.window.findChild<governance::EndGlassDialog *>();
        QVERIFY(end);
        QCOMPARE(end->arguments().value(QStringLiteral("number")).toInt(), 3);
        end->reject();
        scene.strip.glass.clear();
        b.source.show(scene);
        QVERIFY(!b.window.banner().isVisible());
        QVERIFY2(b.window.instrument().preview().contains(QStringLiteral("The right you took is over: command for everything.")), qPrintable(b.window.instrument().preview()));
    }

    void aRefusalIsSaid()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        b.source.nextDone = false;
        b.source.nextSentence = QStringLiteral("You may not read that.");
        b.window.keepingSheet().open();
        QCOMPARE(b.window.keepingSheet().status(), b.source.nextSentence);
    }
};

QD_GUI_TEST(TestKeepingSheet)
#include "tst_keepingsheet.moc"
