// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "tests/ui/escalation/named.h"
#include "ui/escalation/peopledialogs.h"

#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace qd;
using namespace qd::escalation;
using test::named;

class TestPeopleDialogs : public QObject {
    Q_OBJECT
    style::Theme *m_theme = nullptr;

    static view::ViewModelPtr made(const std::function<void(view::ViewModel &)> &change = {})
    {
        view::ViewModel view = test::incidentScene();
        view.people = {QStringLiteral("ana"), QStringLiteral("ben")};
        view.teams = {QStringLiteral("shop")};
        if (change)
            change(view);
        return std::make_shared<const view::ViewModel>(std::move(view));
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = new style::Theme(std::move(*palette), this);
    }

    void aPersonIsCalledForTheIncidentInFocusOrForTheChosenAlerts()
    {
        const auto view = made();
        SummonDialog d(*m_theme, view, {}, nullptr);
        named<QComboBox>(d, QStringLiteral("Who"))->setCurrentText(QStringLiteral("shop"));
        named<QLineEdit>(d, QStringLiteral("Reason"))->setText(QStringLiteral(" knows the replica "));
        QVERIFY(d.doIt().isEnabled());
        QCOMPARE(d.arguments(), (QJsonObject{{QStringLiteral("people"), QJsonArray{QStringLiteral("shop")}}, {QStringLiteral("incident"), view->focus}, {QStringLiteral("reason"), QStringLiteral("knows the replica")}}));
        SummonDialog alerts(*m_theme, view, {QStringLiteral("eu-1/a1")}, nullptr);
        QCOMPARE(alerts.arguments(), (QJsonObject{{QStringLiteral("people"), QJsonArray{QStringLiteral("ana")}}, {QStringLiteral("alerts"), QJsonArray{QStringLiteral("eu-1/a1")}}}));
        SummonDialog nobody(*m_theme, made([](view::ViewModel &v) { v.people.clear(), v.teams.clear(); }), {}, nullptr);
        QVERIFY(!nobody.doIt().isEnabled());
    }

    void whoWasReachedByHandIsRecordedWithTheWay()
    {
        const auto view = made();
        ReachedDialog d(*m_theme, view, nullptr);
        QCOMPARE(d.arguments(), (QJsonObject{{QStringLiteral("person"), QStringLiteral("ana")}, {QStringLiteral("how"), QStringLiteral("phone")}}));
        named<QComboBox>(d, QStringLiteral("By"))->setCurrentText(QStringLiteral("pigeon"));
        named<QComboBox>(d, QStringLiteral("About"))->setCurrentIndex(1);
        QCOMPARE(d.arguments().value(QLatin1String("how")).toString(), QStringLiteral("pigeon"));
        QCOMPARE(d.arguments().value(QLatin1String("incident")).toString(), view->focus);
    }

    void whatWasPlacedHereGetsAnotherEndAndWhatASourceKeepsDoesNot()
    {
        const auto view = made([](view::ViewModel &v) {
            v.silences = {{QStringLiteral("am"), QStringLiteral("abc"), QStringLiteral("a=\"b\""), {}, {}, v.made, v.made + hours(1), true, false},
                          {QString(), QStringLiteral("held/1"), QStringLiteral("3 alerts"), {}, {}, v.made, v.made + hours(1), true, false}};
        });
        QVERIFY(KeepDialog::isPossible(*view));
        KeepDialog d(*m_theme, view, nullptr);
        QCOMPARE(named<QComboBox>(d, QStringLiteral("What"))->count(), 1);
        QCOMPARE(d.arguments(), (QJsonObject{{QStringLiteral("id"), QStringLiteral("held/1")}, {QStringLiteral("until"), QStringLiteral("1h")}}));
        named<QComboBox>(d, QStringLiteral("From now for"))->setCurrentText(QStringLiteral("soon"));
        QVERIFY(!d.doIt().isEnabled());
        QVERIFY(!KeepDialog::isPossible(*made([](view::ViewModel &v) { v.silences.clear(); })));
    }
};

QD_GUI_TEST(TestPeopleDialogs)
#include "tst_peopledialogs.moc"
