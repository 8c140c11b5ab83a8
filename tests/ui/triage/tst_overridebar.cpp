// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/triage/panelbench.h"
#include "ui/triage/overridebar.h"
#include "ui/widgets/reasonfield.h"

#include <QAction>
#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace qd;
using namespace qd::triage;

namespace {

view::OverrideRow snoozed(Instant at, std::uint64_t record = 7)
{
    return {record, QStringLiteral("snoozed"), {}, 12, at, at + minutes(45), true};
}

} // namespace

class TestOverrideBar : public QObject {
    Q_OBJECT
    style::Theme *m_theme = nullptr;

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = new style::Theme(std::move(*palette), this);
        m_theme->install();
    }

    void aSelectionOfSeveralShowsItsCountAndKeys()
    {
        test::PanelBench p(test::incidentScene(), *m_theme);
        QVERIFY(p.panel.overrideBar().isHidden());
        p.key(Qt::Key_J);
        QVERIFY(p.panel.overrideBar().isHidden()); // one row is no bulk
        p.key(Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(p.panel.overrideBar().shownSelection(), QStringLiteral("2 selected"));
        p.key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(p.panel.overrideBar().shownSelection(), QStringLiteral("23 selected"));
        p.key(Qt::Key_Escape);
        QVERIFY(p.panel.overrideBar().isHidden());
    }

    void everyVerbActsOnTheWholeSelection()
    {
        test::PanelBench p(test::incidentScene(), *m_theme);
        p.key(Qt::Key_J);
        p.key(Qt::Key_Down, Qt::ShiftModifier);
        const QJsonArray keys{QStringLiteral("eu-1/a2"), QStringLiteral("eu-1/a3")};
        p.key(Qt::Key_A, Qt::ShiftModifier);
        QCOMPARE(p.source.sent.back().method, QStringLiteral("alert.unacknowledge"));
        QCOMPARE(p.source.sent.back().arguments.value(QStringLiteral("alerts")).toArray(), keys);
        const auto count = p.source.sent.size();
        p.key(Qt::Key_H);
        OverrideDialog *dialog = p.dialog();
        QVERIFY(dialog != nullptr);
        QVERIFY(!dialog->doIt().isEnabled()); // a reason is needed
        for (QComboBox *box : dialog->findChildren<QComboBox *>())
            if (box->accessibleName() == QStringLiteral("Reason"))
                box->setCurrentText(QStringLiteral("the vendor is on it"));
        QVERIFY(dialog->doIt().isEnabled());
        dialog->doIt().click();
        QCOMPARE(p.source.sent.size(), count + 1);
        QCOMPARE(p.source.sent.back().method, QStringLiteral("alert.hold"));
        QCOMPARE(p.source.sent.back().arguments,
                 (QJsonObject{{QStringLiteral("alerts"), keys}, {QStringLiteral("duration"), QStringLiteral("1h")}, {QStringLiteral("reason"), QStringLiteral("the vendor is on it")}}));
    }

    void aReasonThatIsOwedMayBeLeftOutOrTakenByItsDigit_data()
    {
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<QString>("method");
        QTest::addColumn<bool>("said");
        for (const bool said : {false, true}) {
            QTest::addRow("split, %s", said ? "with one" : "without") << int(Qt::NoModifier) << QStringLiteral("group.split") << said;
            QTest::addRow("take out, %s", said ? "with one" : "without") << int(Qt::ShiftModifier) << QStringLiteral("incident.split") << said;
        }
    }
    void aReasonThatIsOwedMayBeLeftOutOrTakenByItsDigit()
    {
        QFETCH(int, modifiers);
        QFETCH(QString, method);
        QFETCH(bool, said);
        view::ViewModel scene = test::incidentScene();
        scene.active[0].incident = QStringLiteral("INC-2041");
        test::PanelBench p(scene, *m_theme);
        p.key(Qt::Key_X, static_cast<Qt::KeyboardModifiers>(modifiers));
        OverrideDialog *dialog = p.dialog();
        QVERIFY(dialog && dialog->doIt().isEnabled());
        if (said)
            QTest::keyClick(dialog->focusWidget(), Qt::Key_2);
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
        QCOMPARE(p.source.sent.back().method, method);
        QCOMPARE(p.source.sent.back().arguments.value(QStringLiteral("reason")).toString(), said ? widgets::ReasonField::presets().at(1) : QString());
        QCOMPARE(p.source.sent.back().arguments.contains(QStringLiteral("reason")), said);
    }

    void groupsAreMergedOnlyWhereThereAreTwo()
    {
        view::ViewModel scene = test::incidentScene();
        for (view::AlertRow &row : scene.active)
            row.group = QStringLiteral("shop");
        test::PanelBench p(scene, *m_theme);
        QSignalSpy refused(&p.panel, &TriagePanel::refused);
        p.key(Qt::Key_G, Qt::ShiftModifier);
        QCOMPARE(refused.count(), 1);
        QVERIFY(p.dialog() == nullptr);
    }

    void whatWasDoneIsSaidForAWhileWithTheKeyThatTakesItBack()
    {
        OverrideBar bar(*m_theme);
        const Instant at = test::sceneMoment();
        bar.setLast(snoozed(at), at + seconds(1));
        QCOMPARE(bar.shownLast(), QStringLiteral("12 alert(s) snoozed until 15:10 UTC"));
        bar.setNow(at + OverrideBar::kShown - nanos(1));
        QVERIFY(!bar.shownLast().isEmpty());
        bar.setNow(at + OverrideBar::kShown);
        QVERIFY(bar.shownLast().isEmpty() && bar.isHidden());
        view::OverrideRow called = snoozed(at);
        called.undoable = false;
        bar.setLast(called, at);
        QVERIFY(bar.shownLast().isEmpty());
    }

    void undoNamesTheRecordThatIsShownAndGoesOnBehindWhatWasRefused()
    {
        view::ViewModel scene = test::incidentScene();
        scene.overrides = {{9, QStringLiteral("escalated"), QStringLiteral("escalation/2"), 0, scene.made, {}, false}, snoozed(scene.made, 7)};
        test::PanelBench p(scene, *m_theme);
        QSignalSpy refused(&p.panel, &TriagePanel::refused), told(&p.panel, &TriagePanel::told);
        p.source.nextDone = false;
        p.source.nextSentence = QStringLiteral("A call cannot be taken back.");
        p.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(p.source.sent.back().method, QStringLiteral("undo"));
        QCOMPARE(p.source.sent.back().arguments.value(QStringLiteral("record")).toInt(), 9);
        QCOMPARE(refused.count(), 1);
        p.source.nextDone = true;
        p.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(p.source.sent.back().arguments.value(QStringLiteral("record")).toInt(), 7);
        QCOMPARE(told.count(), 1);
        QVERIFY(told[0][0].toString().contains(QStringLiteral("snoozed until 15:10 UTC")));
    }

    void undoWorksWhereTheListHasBecomeEmpty()
    {
        view::ViewModel scene = test::quietScene();
        scene.active.clear();
        scene.overrides = {snoozed(scene.made)};
        test::PanelBench p(scene, *m_theme);
        QVERIFY(p.panel.focusProxy() != nullptr && p.panel.focusProxy() != &p.panel.alerts());
        p.panel.focusProxy()->setFocus();
        QTest::keyClick(p.panel.focusProxy(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(p.source.sent.size(), std::size_t{1});
        QCOMPARE(p.source.sent.back().method, QStringLiteral("undo"));
    }

    void everyKindHasItsSentence()
    {
        QSet<QString> all;
        const QStringList kinds{QStringLiteral("assigned"), QStringLiteral("heard"),    QStringLiteral("acknowledged"), QStringLiteral("unacknowledged"), QStringLiteral("snoozed"),
                                QStringLiteral("shelved"),  QStringLiteral("silenced"), QStringLiteral("held"),         QStringLiteral("maintenance"),    QStringLiteral("split"),
                                QStringLiteral("merged"),   QStringLiteral("attached"), QStringLiteral("closed"),       QStringLiteral("written"),        QStringLiteral("escalated"),
                                QStringLiteral("incident-merged")};
        for (const QString &kind : kinds) {
            view::OverrideRow row = snoozed(test::sceneMoment());
            row.kind = kind;
            row.subject = QStringLiteral("subject");
            all.insert(OverrideBar::sentence(row));
        }
        QCOMPARE(all.size(), kinds.size());
    }
};

QD_GUI_TEST(TestOverrideBar)
#include "tst_overridebar.moc"
