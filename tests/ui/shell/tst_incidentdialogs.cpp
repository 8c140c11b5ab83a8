// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/escalation/named.h"
#include "tests/ui/shell/windowbench.h"
#include "ui/escalation/handoveralldialogs.h"
#include "ui/escalation/leaveroomdialog.h"
#include "ui/escalation/roomdialog.h"
#include "ui/escalation/placedialog.h"
#include "ui/shell/correctiondialogs.h"
#include "ui/shell/impactdialog.h"
#include "ui/shell/instrument.h"
#include "ui/shell/picker.h"

#include <QComboBox>
#include <QJsonArray>
#include <QJsonObject>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <algorithm>

using namespace qd;
using namespace qd::shell;
using test::named;

namespace {

QString i(const char *text) { return QString::fromUtf8(text); }

QJsonObject items(const QJsonObject &one)
{
    return {{i("items"), QJsonArray{one}}};
}

view::IncidentRow &looked(view::ViewModel &view)
{
    return *std::find_if(view.incidents.begin(), view.incidents.end(), [&](const view::IncidentRow &row) { return row.id == view.focus; });
}

void press(test::WindowBench &b, Qt::Key key)
{
    b.window.activateWindow(); // a dialog before it has closed
    QVERIFY(QTest::qWaitForWindowActive(&b.window, qd::tests::kPatience));
    QTest::keyClick(&b.window, key, Qt::ControlModifier | Qt::AltModifier);
}

} // namespace

class TestIncidentDialogs : public QObject {
    Q_OBJECT
    test::WindowLook m_look;
    style::Theme *m_theme = nullptr;

    static QString otherThan(const view::ViewModel &view)
    {
        return view.incidents[0].id == view.focus ? view.incidents[1].id : view.incidents[0].id;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = m_look.begin();
        QVERIFY(m_theme);
    }

    void anIncidentIsPlacedUnderAnotherAndTakenOutAgain()
    {
        const view::ViewModel scene = test::incidentScene();
        test::WindowBench b(scene, *m_theme);
        b.source.nextResult = items({{i("parent"), QString()}, {i("parts"), QJsonArray()}});
        press(b, Qt::Key_J);
        auto *dialog = b.window.findChild<escalation::PlaceDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(dialog->now().contains(i("part of no other")));
        QVERIFY(dialog->takeOut().isHidden());
        QCOMPARE(named<QComboBox>(*dialog, i("Part of"))->findData(scene.focus), -1); // not of itself
        dialog->setKnown({{i("parent"), otherThan(scene)}, {i("parts"), QJsonArray{i("INC-9")}}});
        QVERIFY(dialog->now().contains(otherThan(scene)) && dialog->now().contains(i("INC-9")));
        dialog->doIt().click();
        QCOMPARE(b.source.sent.back().method, i("incident.place"));
        QCOMPARE(b.source.sent.back().arguments.value(i("parent")).toString(), otherThan(scene));
        QVERIFY(!b.source.sent.back().arguments.contains(i("reason")));
        b.source.nextResult = items({{i("parent"), otherThan(scene)}});
        press(b, Qt::Key_J);
        dialog = b.window.findChildren<escalation::PlaceDialog *>().last();
        QVERIFY(!dialog->takeOut().isHidden());
        dialog->takeOut().click();
        QCOMPARE(b.source.sent.back().method, i("incident.place"));
        QVERIFY(!b.source.sent.back().arguments.contains(i("parent")));
    }

    void theSwitcherSaysWhatAnIncidentIsPartOf()
    {
        view::ViewModel scene = test::incidentScene();
        looked(scene).parent = otherThan(scene);
        test::WindowBench b(scene, *m_theme);
        b.window.goTo();
        const auto &picks = b.window.picker().picks();
        QCOMPARE(std::count_if(picks.begin(), picks.end(), [&](const Pick &pick) { return pick.hint.contains(i("part of ") + otherThan(scene)); }), std::ptrdiff_t{1});
    }

    void withoutAnotherOpenIncidentOfItsKindItCanBelongNowhere()
    {
        view::ViewModel scene = test::incidentScene();
        for (view::IncidentRow &row : scene.incidents)
            row.drill = row.id != scene.focus; // a drill and what is none do not belong together
        test::WindowBench b(scene, *m_theme);
        press(b, Qt::Key_J);
        auto *dialog = b.window.findChild<escalation::PlaceDialog *>();
        QVERIFY(dialog);
        QVERIFY(!dialog->doIt().isEnabled());
        QVERIFY(!dialog->problem().isEmpty());
    }

    void sinceWhenItHurtsIsCorrectedToATimeThatHasBeen()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        press(b, Qt::Key_I);
        auto *dialog = b.window.findChild<ImpactDialog *>();
        QVERIFY(dialog);
        auto *since = named<QLineEdit>(*dialog, i("Hurts since (UTC)"));
        QVERIFY(!since->text().isEmpty()); // what is thought so far
        since->setText(i("2026-11-24 09:00"));
        QVERIFY(!dialog->doIt().isEnabled()); // still to come
        since->setText(i("tea"));
        QVERIFY(!dialog->doIt().isEnabled());
        since->setText(i("2026-11-22 23:40"));
        QVERIFY(dialog->doIt().isEnabled());
        named<QLineEdit>(*dialog, i("Reason"))->setText(i(" first complaint "));
        b.source.nextResult = {{i("notes"), QJsonArray{i("Its clocks begin earlier.")}}};
        dialog->doIt().click();
        const auto &sent = b.source.sent.back();
        QCOMPARE(sent.method, i("incident.impact"));
        QCOMPARE(sent.arguments.value(i("since")).toString(), i("2026-11-22T23:40:00Z"));
        QCOMPARE(sent.arguments.value(i("reason")).toString(), i("first complaint"));
        QVERIFY(b.window.instrument().preview().contains(i("Its clocks begin earlier."))); // what the core adds is said too
    }

    void whatItIsCalledIsCorrected()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        QTest::keyClick(&b.window, Qt::Key_I, Qt::AltModifier | Qt::ShiftModifier);
        auto *dialog = b.window.findChild<TitleDialog *>();
        QVERIFY(dialog);
        auto *title = named<QLineEdit>(*dialog, i("Title"));
        QVERIFY(!title->text().isEmpty()); // what it is called so far
        QVERIFY(!dialog->doIt().isEnabled());
        title->setText(i("  "));
        QVERIFY(!dialog->doIt().isEnabled());
        title->setText(i(" Checkout is slow "));
        QVERIFY(dialog->doIt().isEnabled());
        dialog->doIt().click();
        const auto &sent = b.source.sent.back();
        QCOMPARE(sent.method, i("incident.title"));
        QCOMPARE(sent.arguments.keys(), (QStringList{i("incident"), i("title")}));
        QCOMPARE(sent.arguments.value(i("title")).toString(), i("Checkout is slow"));
    }

    void whichServiceItIsOfIsCorrected()
    {
        view::ViewModel scene = test::incidentScene();
        scene.services = {i("ledger"), i("mail")};
        test::WindowBench b(scene, *m_theme);
        QTest::keyClick(&b.window, Qt::Key_V, Qt::AltModifier | Qt::ShiftModifier);
        auto *dialog = b.window.findChild<ServiceDialog *>();
        QVERIFY(dialog);
        QVERIFY(!dialog->doIt().isEnabled()); // it is that already
        auto *service = named<QComboBox>(*dialog, i("Service"));
        QCOMPARE(service->count(), 2);
        service->setCurrentText(i("mail"));
        QVERIFY(dialog->doIt().isEnabled());
        named<QLineEdit>(*dialog, i("Reason"))->setText(i(" its queue "));
        b.source.nextResult = {{i("notes"), QJsonArray{i("It is restricted from now on.")}}};
        dialog->doIt().click();
        const auto &sent = b.source.sent.back();
        QCOMPARE(sent.method, i("incident.service"));
        QCOMPARE(sent.arguments.value(i("service")).toString(), i("mail"));
        QCOMPARE(sent.arguments.value(i("reason")).toString(), i("its queue"));
        QVERIFY(b.window.instrument().preview().contains(i("It is restricted from now on.")));
    }

    void roomsOfAnIncidentThatGoesOnAreLeftWithTheStandDownSheet()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        press(b, Qt::Key_G);
        QVERIFY(!b.window.findChild<escalation::LeaveRoomDialog *>());
        QVERIFY(b.window.instrument().preview().contains(i("Ctrl+Shift+E")));
        QVERIFY(b.source.sent.empty());
    }

    void anIncidentWithoutARoomGetsANewOneOrOneThatIsThere()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        const auto open = [&]() -> escalation::RoomDialog * {
            QTest::keyClick(&b.window, Qt::Key_G, Qt::AltModifier | Qt::ShiftModifier);
            const auto all = b.window.findChildren<escalation::RoomDialog *>();
            return all.isEmpty() ? nullptr : all.last();
        };
        auto *dialog = open();
        QVERIFY(dialog);
        dialog->doIt().click();
        QCOMPARE(b.source.sent.back().method, i("incident.makeroom"));
        QCOMPARE(b.source.sent.back().arguments.keys(), QStringList{i("incident")});
        dialog = open();
        named<QLineEdit>(*dialog, i("Room"))->setText(i(" #incidents@libera "));
        QCOMPARE(dialog->doIt().text(), i("Attach the room"));
        dialog->doIt().click();
        QCOMPARE(b.source.sent.back().method, i("incident.room"));
        QCOMPARE(b.source.sent.back().arguments.value(i("room")).toString(), i("#incidents@libera"));
    }

    void aRoomIsLeftAndWhereItsPlatformCanArchived()
    {
        view::ViewModel scene = test::incidentScene();
        looked(scene).status = IncidentStatus::Resolved;
        view::Feed slack, irc;
        slack.name = i("team");
        slack.kind = i("slack");
        irc.name = i("libera");
        irc.kind = i("irc");
        scene.strip.feeds = {slack, irc};
        test::WindowBench b(scene, *m_theme);
        const auto room = [](const char *address, const char *connection, const QJsonValue &left) { return QJsonObject{{i("room"), i(address)}, {i("connection"), i(connection)}, {i("leftAt"), left}}; };
        b.source.nextResult = items({{i("rooms"), QJsonArray{room("gone@acme", "team", i("2026-11-23T14:00:00Z")), room("C1@acme", "team", QJsonValue::Null), room("#inc@libera", "libera", QJsonValue::Null)}}});
        press(b, Qt::Key_G);
        auto *dialog = b.window.findChild<escalation::LeaveRoomDialog *>();
        QVERIFY(dialog);
        auto *which = named<QComboBox>(*dialog, i("Room"));
        QCOMPARE(which->count(), 2); // what was left is not offered
        QVERIFY(!dialog->archive().isHidden());
        which->setCurrentIndex(1);
        QVERIFY(dialog->archive().isHidden()); // IRC cannot
        dialog->doIt().click();
        QCOMPARE(b.source.sent.back().method, i("incident.leaveroom"));
        QCOMPARE(b.source.sent.back().arguments.value(i("room")).toString(), i("#inc@libera"));
        QVERIFY(!b.source.sent.back().arguments.contains(i("archive")));
        press(b, Qt::Key_G);
        dialog = b.window.findChildren<escalation::LeaveRoomDialog *>().last();
        b.source.nextResult = {{i("notes"), QJsonArray{i("It is recorded, but C1@acme is neither archived nor left.")}}};
        dialog->archive().click();
        QCOMPARE(b.source.sent.back().arguments.value(i("archive")).toBool(), true);
        QVERIFY(b.window.instrument().preview().contains(i("neither archived nor left")));
    }

    void withoutARoomThereIsNothingToLeave()
    {
        view::ViewModel scene = test::incidentScene();
        looked(scene).status = IncidentStatus::Closed;
        test::WindowBench b(scene, *m_theme);
        b.source.nextResult = items({{i("rooms"), QJsonArray()}});
        press(b, Qt::Key_G);
        QVERIFY(!b.window.findChild<escalation::LeaveRoomDialog *>());
        QVERIFY(b.window.instrument().preview().contains(i("no room")));
    }

    void everythingOneCommandsIsOfferedAtOnce()
    {
        view::ViewModel scene = test::incidentScene();
        for (view::IncidentRow &row : scene.incidents)
            row.commandedByYou = true;
        test::WindowBench b(scene, *m_theme);
        b.source.nextResult = {{i("items"), QJsonArray{QJsonObject{{i("incident"), QString()}, {i("text"), i("of the shift")}},
                                                       QJsonObject{{i("incident"), scene.incidents[0].id}, {i("text"), i("first brief")}},
                                                       QJsonObject{{i("incident"), scene.incidents[1].id}, {i("text"), i("second brief")}}}}};
        press(b, Qt::Key_A);
        auto *dialog = b.window.findChild<escalation::HandOverAllDialog *>();
        QVERIFY(dialog);
        const QString brief = named<QPlainTextEdit>(*dialog, i("Goes with them"))->toPlainText();
        QVERIFY(brief.contains(i("first brief")) && brief.contains(i("second brief")) && !brief.contains(i("of the shift")));
        QCOMPARE(named<QComboBox>(*dialog, i("To"))->findText(scene.strip.person), -1);
        named<QLineEdit>(*dialog, i("Watch"))->setText(i("the disk"));
        dialog->doIt().click();
        QCOMPARE(b.source.sent.back().method, i("incident.handover"));
        const QJsonObject sent = b.source.sent.back().arguments;
        QCOMPARE(sent.value(i("all")).toBool(), true);
        QCOMPARE(sent.value(i("watch")).toString(), i("the disk"));
        QVERIFY(!sent.contains(i("incident"))); // the core refuses both
    }

    void everythingOfferedIsAcceptedByOneReadBack()
    {
        view::ViewModel scene = test::incidentScene();
        scene.commandCalls = {{i("INC-1"), i("M. Ito"), i("I go home"), false, false, scene.made}, {i("INC-2"), i("M. Ito"), {}, false, false, scene.made},
                              {i("INC-3"), i("Jo Abara"), {}, true, false, scene.made}};
        test::WindowBench b(scene, *m_theme);
        press(b, Qt::Key_A);
        auto *dialog = b.window.findChild<escalation::AcceptAllDialog *>();
        QVERIFY(dialog);
        QCOMPARE(escalation::AcceptAllDialog::offered(scene), (QStringList{i("INC-1"), i("INC-2")})); // who takes command offers nothing
        QVERIFY(!dialog->doIt().isEnabled());
        named<QLineEdit>(*dialog, i("Read back"))->setText(i("two incidents, db and shop"));
        dialog->doIt().click();
        QCOMPARE(b.source.sent.back().method, i("incident.accept"));
        QCOMPARE(b.source.sent.back().arguments, (QJsonObject{{i("all"), true}, {i("readBack"), i("two incidents, db and shop")}}));
    }

    void whoCommandsNothingIsToldSo()
    {
        view::ViewModel scene = test::incidentScene();
        scene.commandCalls.clear();
        for (view::IncidentRow &row : scene.incidents)
            row.commandedByYou = false;
        test::WindowBench b(scene, *m_theme);
        press(b, Qt::Key_A);
        QVERIFY(b.window.instrument().preview().contains(i("You command no open incident")));
        QVERIFY(b.source.sent.empty());
    }
};

QD_GUI_TEST(TestIncidentDialogs)
#include "tst_incidentdialogs.moc"
