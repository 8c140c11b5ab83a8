// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "tests/ui/escalation/named.h"
#include "ui/escalation/callplanmodel.h"
#include "ui/escalation/scheduledialogs.h"
#include "ui/escalation/shiftdialogs.h"
#include "ui/escalation/simulatordialog.h"
#include "ui/widgets/reasonfield.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace qd;
using namespace qd::escalation;
using test::named;

namespace {

QString s(const char *text) { return QString::fromUtf8(text); }

QJsonObject aPerson(const char *name, const char *local, const char *zone, const char *why)
{
    return {{s("person"), s("x")}, {s("name"), s(name)}, {s("local"), s(local)}, {s("zone"), s(zone)}, {s("why"), s(why)}};
}

/// Ana at 03:10, Ben and a room five minutes later; then nobody.
QJsonObject aPlan()
{
    const QJsonObject first{{s("step"), 1}, {s("round"), 0}, {s("at"), s("2026-11-29T03:10:00Z")}, {s("catchAll"), false},
                            {s("people"), QJsonArray{aPerson("Ana", "2026-11-29T04:10", "Europe/Berlin", "schedule pay, layer 1")}}, {s("channels"), QJsonArray{}},
                            {s("ruledOut"), QJsonArray{s("cid: on leave")}}};
    const QJsonObject second{{s("step"), 2}, {s("round"), 1}, {s("at"), s("2026-11-29T03:15:00Z")}, {s("catchAll"), false},
                             {s("people"), QJsonArray{aPerson("Ben", "2026-11-28T22:15", "America/New_York", "team shop")}}, {s("channels"), QJsonArray{s("room:ops")}},
                             {s("ruledOut"), QJsonArray{}}};
    return {{s("service"), s("payments")}, {s("team"), s("shop")}, {s("policy"), s("shop")}, {s("at"), s("2026-11-29T03:10:00Z")}, {s("observed"), true}, {s("answers"), 1},
            {s("because"), QJsonArray{s("service payments is of team shop")}}, {s("ruledOut"), QJsonArray{}}, {s("steps"), QJsonArray{first, second}},
            {s("gaps"), QJsonArray{s("schedule night: nobody from 04:00")}}, {s("passedOver"), QJsonArray{}}, {s("end"), s("2026-11-29T03:20:00Z")}};
}

} // namespace

class TestOnCallDialogs : public QObject {
    Q_OBJECT
    style::Theme *m_theme = nullptr;

    static view::ViewModelPtr made(const std::function<void(view::ViewModel &)> &change = {})
    {
        view::ViewModel view = test::incidentScene();
        view.people = {s("ana"), s("ben")};
        view.names = {{s("ana"), s("Ana")}, {s("ben"), s("Ben")}};
        view.services = {s("payments"), s("search")};
        view.teams = {s("shop")};
        view.policies = {s("shop")};
        view.strip.person = s("ben");
        if (change)
            change(view);
        return std::make_shared<const view::ViewModel>(std::move(view));
    }
    static Shift aShift()
    {
        return {s("pay"), s("Payments"), s("Europe/Berlin"), *parseInstant("2026-11-23T12:00:00Z"), *parseInstant("2026-11-23T18:00:00Z"), {s("ana")}};
    }
    static void reason(const QDialog &dialog, const QString &text) { dialog.findChild<widgets::ReasonField *>()->setEditText(text); }

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = new style::Theme(std::move(*palette), this);
    }

    void sev1OnPaymentsSundayNightIsAskedAsItIsSaid()
    {
        SimulatorDialog d(*m_theme, made(), nullptr, test::sceneMoment(), nullptr);
        named<QComboBox>(d, s("For"))->setCurrentText(s("payments"));
        named<QComboBox>(d, s("Severity"))->setCurrentText(s("SEV1"));
        named<QLineEdit>(d, s("When (UTC)"))->setText(s("Sun 03:10"));
        QVERIFY(d.canAsk());
        QCOMPARE(d.arguments(), (QJsonObject{{s("service"), s("payments")}, {s("severity"), s("SEV1")}, {s("at"), s("2026-11-29T03:10:00Z")}}));
        named<QComboBox>(d, s("For"))->setCurrentText(s("team: shop"));
        QCOMPARE(d.arguments().value(s("team")), QJsonValue(s("shop")));
        QVERIFY(!d.arguments().contains(s("service")));
        named<QLineEdit>(d, s("When (UTC)"))->setText(s("whenever"));
        QVERIFY(!d.doIt().isEnabled());
        QVERIFY(d.problem().contains(s("cannot be read")));
    }

    void aChosenAlertIsWhatIsAskedFor()
    {
        const auto view = made();
        SimulatorDialog d(*m_theme, view, &view->active.front(), test::sceneMoment(), nullptr);
        QCOMPARE(d.arguments().value(s("alert")).toString(), view->active.front().key);
        QVERIFY(!d.arguments().contains(s("at"))); // now is the core's to say
    }

    void theSequenceNamesPeopleTheirClocksAndWhy()
    {
        SimulatorDialog d(*m_theme, made(), nullptr, test::sceneMoment(), nullptr);
        QAbstractItemModelTester tester(&d.plan(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        d.show(aPlan());
        const auto &rows = d.plan().rows();
        QCOMPARE(rows[0].who, s("Ana"));
        QCOMPARE(rows[0].clock, s("Sun 04:10 Europe/Berlin"));
        QCOMPARE(rows[0].why, s("schedule pay, layer 1"));
        QVERIFY(rows[0].at.contains(s("03:10")));
        QCOMPARE(rows[1].why, s("cid: on leave")); // who was passed over stands where they would have been called
        QCOMPARE(rows[2].step, s("2, round 2"));
        QCOMPARE(rows[2].clock, s("Sat 22:15 America/New_York"));
        QCOMPARE(rows[3].who, s("room:ops"));
        QCOMPARE(rows[4].why, s("nobody is left to call"));
        QCOMPARE(rows[5].why, s("schedule night: nobody from 04:00"));
        QCOMPARE(rows.back().why, s("service payments is of team shop"));
        QVERIFY(d.sentence().contains(s("nobody is really called")));
        d.sayInstead(s("There is no service \"pay\"."));
        QCOMPARE(d.plan().rowCount(), 0); // the calls of another question are not left standing
        QVERIFY(d.doIt().isEnabled());
    }

    void rowsAreChosenAndCopiedAsLines()
    {
        SimulatorDialog d(*m_theme, made(), nullptr, test::sceneMoment(), nullptr);
        d.show(aPlan());
        auto *table = d.findChild<QTableView *>();
        table->selectRow(0);
        table->selectionModel()->select(d.plan().index(2, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
        const QStringList lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), qsizetype(3));
        QVERIFY(lines[1].contains(s("step 1")) && lines[1].contains(s("Ana")) && lines[1].endsWith(s("schedule pay, layer 1")));
        QVERIFY(lines[2].contains(s("Ben")));
    }

    void aPlanThatReachesNobodySaysSo()
    {
        QJsonObject plan = aPlan();
        plan.insert(s("steps"), QJsonArray{});
        SimulatorDialog d(*m_theme, made(), nullptr, test::sceneMoment(), nullptr);
        d.show(plan);
        QCOMPARE(d.plan().rows().front().why, s("nobody can be called at all"));
    }

    void somebodyComesInThePlaceOfWhoeverHasTheShift()
    {
        OverrideShiftDialog d(*m_theme, made(), aShift(), test::sceneMoment(), nullptr);
        QVERIFY(!d.doIt().isEnabled()); // without a reason nothing is changed
        reason(d, s("ana is ill"));
        QVERIFY(d.doIt().isEnabled());
        // What is past is not rewritten: from now, to the minute, in their place: whoever sits here.
        QCOMPARE(d.arguments(), (QJsonObject{{s("schedule"), s("pay")}, {s("kind"), s("replace")}, {s("replace"), s("ana")}, {s("people"), QJsonArray{s("ben")}},
                                             {s("from"), s("2026-11-23T14:25:00Z")}, {s("until"), s("2026-11-23T18:00:00Z")}, {s("reason"), s("ana is ill")}}));
        auto *what = named<QComboBox>(d, s("Change"));
        what->setCurrentIndex(what->findData(s("remove")));
        QVERIFY(!named<QComboBox>(d, s("Who comes"))->isEnabled());
        QVERIFY(!d.arguments().contains(s("people")));
        what->setCurrentIndex(what->findData(s("temporary")));
        QVERIFY(!d.arguments().contains(s("replace")));
        named<QLineEdit>(d, s("Until (UTC)"))->setText(s("2026-11-23 10:00"));
        QVERIFY(!d.doIt().isEnabled());
        QVERIFY(d.problem().contains(s("ends before")));
    }

    void aGapOffersNobodyWhoGoes()
    {
        Shift gap = aShift();
        gap.people.clear();
        OverrideShiftDialog d(*m_theme, made(), gap, test::sceneMoment(), nullptr);
        QCOMPARE(d.arguments().value(s("kind")), QJsonValue(s("add")));
        QCOMPARE(named<QComboBox>(d, s("Change"))->findData(s("replace")), -1);
    }

    void twoPeopleSwapEachForAShiftOfTheOther()
    {
        SwapShiftsDialog d(*m_theme, made(), aShift(), test::sceneMoment(), nullptr);
        reason(d, s("birthday"));
        QVERIFY(!d.doIt().isEnabled()); // what is given in return is missing
        named<QLineEdit>(d, s("Return from (UTC)"))->setText(s("Sat 12:00"));
        named<QLineEdit>(d, s("Return until (UTC)"))->setText(s("Sat 18:00"));
        QVERIFY(d.doIt().isEnabled());
        QCOMPARE(d.arguments(), (QJsonObject{{s("schedule"), s("pay")}, {s("person"), s("ana")}, {s("from"), s("2026-11-23T14:25:00Z")}, {s("until"), s("2026-11-23T18:00:00Z")},
                                             {s("with"), s("ben")}, {s("withFrom"), s("2026-11-28T12:00:00Z")}, {s("withUntil"), s("2026-11-28T18:00:00Z")}, {s("reason"), s("birthday")}}));
        auto *with = named<QComboBox>(d, s("Takes it"));
        with->setCurrentIndex(with->findData(s("ana")));
        QVERIFY(!d.doIt().isEnabled());
    }

    void aChangeIsTakenBackThoseOfTheScheduleFirst()
    {
        const auto view = made([](view::ViewModel &v) {
            v.scheduleChanges = {{3, s("web"), s("Web: Ana also"), s("Ana"), s("x"), v.made, v.made + hours(1)}, {7, s("pay"), s("Payments: Ben in place of Ana"), s("Ben"), s("ill"), v.made, v.made + hours(2)}};
        });
        WithdrawOverrideDialog d(*m_theme, view, s("pay"), nullptr);
        QVERIFY(!d.doIt().isEnabled());
        reason(d, s("ana is well"));
        QCOMPARE(d.arguments(), (QJsonObject{{s("number"), 7}, {s("reason"), s("ana is well")}}));
        QVERIFY(!WithdrawOverrideDialog::isPossible(*made()));
    }

    void theShiftIsOfferedToSomebodyElse()
    {
        OfferShiftDialog d(*m_theme, made(), nullptr);
        QCOMPARE(named<QComboBox>(d, s("To"))->count(), 1); // not to oneself
        named<QLineEdit>(d, s("Watch"))->setText(s(" the replica lags "));
        QCOMPARE(d.arguments(), (QJsonObject{{s("person"), s("ana")}, {s("watch"), s("the replica lags")}}));
    }

    void aShiftIsReadBackBeforeItIsAccepted()
    {
        const view::ShiftOffer offer{4, s("Ana"), s("Ben"), s("3 standing alerts"), s("quiet"), s("disk"), test::sceneMoment(), true};
        AnswerShiftDialog d(*m_theme, offer, nullptr);
        QSignalSpy submitted(&d, &widgets::FormDialog::submitted);
        QVERIFY(!d.doIt().isEnabled());
        named<QLineEdit>(d, s("Read back"))->setText(s("three stand, the disk fills"));
        QVERIFY(d.doIt().isEnabled());
        QCOMPARE(d.method(), s("shift.accept"));
        QCOMPARE(d.arguments(), (QJsonObject{{s("shift"), 4}, {s("readBack"), s("three stand, the disk fills")}}));
        for (QPushButton *button : d.findChildren<QPushButton *>())
            if (button->text() == s("Decline"))
                button->click();
        QCOMPARE(submitted.count(), 1);
        QCOMPARE(d.method(), s("shift.decline"));
        QVERIFY(d.arguments().contains(s("reason")));
    }

    void whoOfferedTheShiftMayTakeItBackUnread()
    {
        AnswerShiftDialog d(*m_theme, {5, s("Ben"), s("Ana"), {}, {}, {}, {}, false}, nullptr);
        QVERIFY(d.doIt().isEnabled());
        QCOMPARE(d.method(), s("shift.decline"));
        QCOMPARE(d.arguments(), (QJsonObject{{s("shift"), 5}}));
    }
};

QD_GUI_TEST(TestOnCallDialogs)
#include "tst_oncalldialogs.moc"
