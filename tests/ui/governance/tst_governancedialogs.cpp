// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/encoding.h"
#include "tests/support/random.h"
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "tests/ui/escalation/named.h"
#include "ui/governance/erasedialog.h"
#include "ui/governance/glassdialogs.h"
#include "ui/governance/holddialogs.h"
#include "ui/governance/identitydialogs.h"
#include "ui/style/palette.h"
#include "ui/widgets/readingbox.h"
#include "ui/widgets/typetoarm.h"

#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>

using namespace qd;
using namespace qd::governance;
using test::named;

namespace {

QJsonObject coreSays(QByteArray json)
{
    return QJsonDocument::fromJson(json.replace('\'', '"')).object();
}

QJsonObject whatIsKept()
{
    return coreSays("{'items':[{'stream':'incident/INC-1','class':'incident','endedAt':'2026-01-01T10:00:00Z','expires':'2026-02-01T10:00:00Z','heldBy':'hold/3','due':false},"
                    "{'stream':'alerts/2026-10-01','class':'alerts','endedAt':'2026-10-02T00:00:00Z','expires':'2026-11-02T00:00:00Z','heldBy':'','due':true},"
                    "{'stream':'alerts/2026-10-02','class':'alerts','endedAt':'2026-10-03T00:00:00Z','expires':'2026-11-03T00:00:00Z','heldBy':'','due':true}],'messages':[]}");
}

view::ViewModel house()
{
    view::ViewModel v = test::quietScene();
    v.strip.person = QStringLiteral("ana");
    view::Feed chat;
    chat.name = QStringLiteral("slack");
    chat.kind = QStringLiteral("slack");
    chat.chat = true;
    v.strip.feeds = {chat};
    v.names = {{QStringLiteral("ana"), QStringLiteral("Ana Costa")}, {QStringLiteral("lee"), QStringLiteral("Lee")}};
    v.services = {QStringLiteral("checkout")};
    return v;
}

void write(const QDialog &dialog, const QString &field, const QString &text)
{
    auto *line = named<QLineEdit>(dialog, field);
    QVERIFY2(line, qPrintable(field));
    line->setText(text);
}

} // namespace

class TestGovernanceDialogs : public QObject {
    Q_OBJECT
    style::Theme *m_theme = nullptr;
private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = new style::Theme(std::move(*palette), this);
    }

    void aHoldIsPlacedWithWhatTheCommandLineAsksFor()
    {
        test::ViewFixture source(house());
        source.nextResult = whatIsKept();
        HoldDialog dialog(source, *m_theme, QStringLiteral("incident/INC-1"), nullptr);
        QCOMPARE(source.sent.back().method, QStringLiteral("keeping.retention"));
        QVERIFY2(dialog.preview().contains(QStringLiteral("incident/INC-1 · incident · ■ kept by hold/3")), qPrintable(dialog.preview()));
        QVERIFY(!dialog.doIt().isEnabled());
        write(dialog, QStringLiteral("Matter"), QStringLiteral("Case 7"));
        write(dialog, QStringLiteral("Why"), QStringLiteral("asked by counsel"));
        QVERIFY(dialog.doIt().isEnabled());
        QCOMPARE(dialog.arguments(), (QJsonObject{{QStringLiteral("scope"), QStringLiteral("incident/INC-1")}, {QStringLiteral("matter"), QStringLiteral("Case 7")}, {QStringLiteral("reason"), QStringLiteral("asked by counsel")}}));
        write(dialog, QStringLiteral("Who answers for it"), QStringLiteral("counsel"));
        QCOMPARE(dialog.arguments().value(QStringLiteral("custodian")).toString(), QStringLiteral("counsel"));
        named<QComboBox>(dialog, QStringLiteral("What is held"))->setEditText(QStringLiteral("2026-10-01"));
        QCOMPARE(dialog.arguments().value(QStringLiteral("scope")).toString(), QStringLiteral("alerts/2026-10-01"));
        QVERIFY2(dialog.preview().contains(QStringLiteral("alerts/2026-10-01")), qPrintable(dialog.preview()));
        write(dialog, QStringLiteral("Matter"), QString(150, QChar(0xe4))); // 300 bytes
        QVERIFY(!dialog.doIt().isEnabled());
        QVERIFY2(dialog.problem().contains(QStringLiteral("200 bytes")), qPrintable(dialog.problem()));
    }

    void whoMayNotSeeWhatExpiresIsToldInThePreview()
    {
        test::ViewFixture source(house());
        source.nextDone = false;
        source.nextSentence = QStringLiteral("You may not read that.");
        HoldDialog dialog(source, *m_theme, QStringLiteral("alerts"), nullptr);
        QCOMPARE(dialog.preview(), source.nextSentence);
    }

    void whatALiftedHoldLetsGoIsReadFirst()
    {
        test::ViewFixture source(house());
        source.nextResult = whatIsKept();
        const QJsonObject hold = coreSays("{'hold':3,'scope':'incident/INC-1','matter':'Case 7','reason':'kept','by':'ana','since':'2026-11-20T10:00:00Z'}");
        LiftHoldDialog dialog(source, *m_theme, hold, {hold}, nullptr);
        QVERIFY2(dialog.preview().contains(QStringLiteral("could be erased at once")), qPrintable(dialog.preview()));
        QVERIFY(!dialog.doIt().isEnabled());
        write(dialog, QStringLiteral("Why"), QStringLiteral("the case is closed"));
        QVERIFY(dialog.doIt().isEnabled());
        QCOMPARE(dialog.arguments(), (QJsonObject{{QStringLiteral("hold"), 3}, {QStringLiteral("reason"), QStringLiteral("the case is closed")}}));
    }

    void whatAHoldKeepsIsNotErased()
    {
        test::ViewFixture source(house());
        source.nextResult = whatIsKept();
        EraseDialog dialog(source, *m_theme, QStringLiteral("incident/INC-1"), nullptr);
        write(dialog, QStringLiteral("Why"), QStringLiteral("asked to"));
        dialog.findChild<widgets::TypeToArm *>()->setText(QStringLiteral("incident/INC-1"));
        QVERIFY(!dialog.doIt().isEnabled());
        QVERIFY2(dialog.problem().startsWith(QStringLiteral("hold/3 keeps incident/INC-1")), qPrintable(dialog.problem()));
    }

    void erasingNeedsTheNameTyped()
    {
        test::ViewFixture source(house());
        source.nextResult = whatIsKept();
        EraseDialog dialog(source, *m_theme, QStringLiteral("alerts/2026-10-01"), nullptr);
        auto *arm = dialog.findChild<widgets::TypeToArm *>();
        QCOMPARE(dialog.problem(), QStringLiteral("Say why.")); // what is missing is said
        write(dialog, QStringLiteral("Why"), QStringLiteral("its time is over"));
        QVERIFY(!dialog.doIt().isEnabled());
        QVERIFY(dialog.problem().contains(QStringLiteral("arms it")));
        arm->setText(QStringLiteral("alerts/2026-10-01"));
        QVERIFY(dialog.problem().isEmpty());
        QVERIFY(dialog.doIt().isEnabled());
        QCOMPARE(dialog.arguments().value(QStringLiteral("streams")).toArray(), QJsonArray{QStringLiteral("alerts/2026-10-01")});
        // Everything that is due is another matter, and what was typed for the one does not stand for the other.
        named<QComboBox>(dialog, QStringLiteral("What goes"))->setCurrentIndex(0);
        QCOMPARE(dialog.streams(), (QStringList{QStringLiteral("alerts/2026-10-01"), QStringLiteral("alerts/2026-10-02")}));
        QVERIFY(!dialog.doIt().isEnabled());
        arm->setText(QStringLiteral("streams/2"));
        QVERIFY(dialog.doIt().isEnabled());
        QVERIFY2(dialog.preview().contains(QStringLiteral("alerts/2026-10-02")), qPrintable(dialog.preview()));
    }

    void whatIsLongerThanInSightIsReadToItsEndFirst()
    {
        test::ViewFixture source(house());
        QJsonArray items;
        for (int i = 0; i < 1001; ++i)
            items << coreSays(QStringLiteral("{'stream':'incident/INC-%1','class':'incident','endedAt':'2026-01-01T10:00:00Z','expires':'2026-02-01T10:00:00Z','heldBy':'','due':true,'lines':9}").arg(i + 1).toUtf8());
        source.nextResult = {{QStringLiteral("items"), items}};
        EraseDialog dialog(source, *m_theme, {}, nullptr);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        QVERIFY2(dialog.preview().startsWith(QStringLiteral("1,000 of 1,001 that are due go at once")), qPrintable(dialog.preview().left(200)));
        write(dialog, QStringLiteral("Why"), QStringLiteral("its time is over"));
        auto *arm = dialog.findChild<widgets::TypeToArm *>();
        QCOMPARE(arm->target(), QStringLiteral("streams/1000"));
        arm->setText(QStringLiteral("streams/1000"));
        QVERIFY(!dialog.doIt().isEnabled());
        QVERIFY2(dialog.problem().contains(QStringLiteral("read it to its end first")), qPrintable(dialog.problem()));
        auto *goes = dialog.findChild<widgets::ReadingBox *>();
        QCOMPARE(goes->accessibleName(), QStringLiteral("Will be gone"));
        goes->verticalScrollBar()->triggerAction(QScrollBar::SliderToMaximum);
        QVERIFY(dialog.doIt().isEnabled());
        goes->verticalScrollBar()->triggerAction(QScrollBar::SliderToMinimum);
        QVERIFY(dialog.doIt().isEnabled()); // it was read
        // Another choice is another list: short, it is in sight at once.
        named<QComboBox>(dialog, QStringLiteral("What goes"))->setEditText(QStringLiteral("INC-1, INC-2"));
        arm->setText(QStringLiteral("streams/2"));
        QTRY_VERIFY(dialog.doIt().isEnabled());
        QCOMPARE(dialog.streams(), (QStringList{QStringLiteral("incident/INC-1"), QStringLiteral("incident/INC-2")}));
    }

    void aRightIsTakenForATimeWithAReason()
    {
        BreakGlassDialog dialog(*m_theme, std::make_shared<const view::ViewModel>(house()), nullptr);
        QVERIFY(!dialog.doIt().isEnabled());
        write(dialog, QStringLiteral("Why"), QStringLiteral("nobody else is awake"));
        QVERIFY(dialog.doIt().isEnabled());
        QCOMPARE(dialog.arguments(), (QJsonObject{{QStringLiteral("role"), QStringLiteral("command")}, {QStringLiteral("reason"), QStringLiteral("nobody else is awake")}})); // everywhere, for as long as is usual
        write(dialog, QStringLiteral("How long"), QStringLiteral("5h"));
        QVERIFY(!dialog.doIt().isEnabled());
        QVERIFY2(dialog.problem().contains(QStringLiteral("1m to 4h")), qPrintable(dialog.problem()));
        write(dialog, QStringLiteral("How long"), QStringLiteral("90m"));
        auto *where = named<QComboBox>(dialog, QStringLiteral("Where"));
        where->setCurrentIndex(where->findText(QStringLiteral("service checkout")));
        QVERIFY(dialog.doIt().isEnabled());
        QCOMPARE(dialog.arguments().value(QStringLiteral("service")).toString(), QStringLiteral("checkout"));
        QCOMPARE(dialog.arguments().value(QStringLiteral("duration")).toString(), QStringLiteral("90m"));
    }

    void aRightIsGivenBack()
    {
        const Instant now = test::sceneMoment();
        EndGlassDialog dialog(*m_theme, {{3, QStringLiteral("Ana Costa"), QStringLiteral("command"), QString(), now, now + minutes(30), {}, true}}, now, nullptr);
        QVERIFY(dialog.doIt().isEnabled());
        QCOMPARE(dialog.arguments(), (QJsonObject{{QStringLiteral("number"), 3}}));
    }

    void theWordIsShownAndOnlyItsHashIsSentAndWhatWasBoundIsSaid()
    {
        view::ViewModel scene = house();
        test::ViewFixture source(scene);
        source.nextResult = coreSays("{'items':[]}");
        BindDialog dialog(source, *m_theme, std::make_unique<tests::SeededRandom>(7), nullptr);
        auto *person = named<QComboBox>(dialog, QStringLiteral("Person"));
        person->setCurrentIndex(person->findData(QStringLiteral("lee")));
        dialog.doIt().click();
        QCOMPARE(source.sent.back().method, QStringLiteral("identity.bind"));
        const QJsonObject asked = source.sent.back().arguments;
        QCOMPARE(asked.value(QStringLiteral("person")).toString() + asked.value(QStringLiteral("connection")).toString(), QStringLiteral("leeslack"));
        const QString word = dialog.toSay().mid(6);
        QVERIFY2(dialog.toSay().startsWith(QStringLiteral("!bind ")) && word.count(QLatin1Char('-')) == 3, qPrintable(dialog.toSay()));
        QCOMPARE(asked.value(QStringLiteral("wordHash")).toString().toStdString(), sha256Hex(word.toStdString()));
        for (const auto &sent : source.sent)
            QVERIFY(!QJsonDocument(sent.arguments).toJson().contains(word.toUtf8()));
        QVERIFY2(dialog.status().contains(QStringLiteral("Waiting for it on slack")), qPrintable(dialog.status()));
        // Asked again once a second at most.
        const std::size_t before = source.sent.size();
        source.show(scene);
        QCOMPARE(source.sent.size(), before);
        scene.made = scene.made + seconds(2);
        source.nextResult = coreSays("{'items':[{'address':'u07','person':'lee','connection':'slack','origin':'word','since':'2026-11-23T14:26:00Z'}]}");
        source.show(scene);
        QCOMPARE(source.sent.size(), before + 1);
        QCOMPARE(dialog.status(), QStringLiteral("✓ Bound: Lee speaks from u07 on slack."));
        QVERIFY(dialog.toSay().isEmpty());
    }

    void aWordNobodySaidIsWorthNothingAnyMore()
    {
        view::ViewModel scene = house();
        test::ViewFixture source(scene);
        source.nextResult = coreSays("{'items':[{'address':'u07','person':'ana','connection':'slack','origin':'word','since':'2026-11-20T10:00:00Z'}]}");
        BindDialog dialog(source, *m_theme, std::make_unique<tests::SeededRandom>(7), nullptr);
        dialog.doIt().click();
        const QString first = dialog.toSay();
        scene.made = scene.made + minutes(5);
        source.show(scene); // what was bound before is not what was said now
        QCOMPARE(dialog.toSay(), first);
        scene.made = scene.made + minutes(5);
        source.show(scene);
        QVERIFY2(dialog.status().contains(QStringLiteral("within 10 minutes")), qPrintable(dialog.status()));
        QVERIFY(dialog.toSay().isEmpty());
        dialog.doIt().click();
        QVERIFY(!dialog.toSay().isEmpty() && dialog.toSay() != first);
    }

    void aRefusedAskingShowsNoWord()
    {
        test::ViewFixture source(house());
        source.nextDone = false;
        source.nextSentence = QStringLiteral("You may not do identity.bind.");
        BindDialog dialog(source, *m_theme, std::make_unique<tests::SeededRandom>(7), nullptr);
        dialog.doIt().click();
        QCOMPARE(dialog.problem(), source.nextSentence);
        QVERIFY(dialog.toSay().isEmpty());
    }

    void anAddressIsTakenAwayAloneOrWithTheOthers()
    {
        UnbindDialog dialog(*m_theme, coreSays("{'address':'u07','person':'lee','connection':'slack','origin':'word'}"), QStringLiteral("Lee"), nullptr);
        QCOMPARE(dialog.arguments(), (QJsonObject{{QStringLiteral("person"), QStringLiteral("lee")}, {QStringLiteral("connection"), QStringLiteral("slack")}, {QStringLiteral("address"), QStringLiteral("u07")}}));
        named<QComboBox>(dialog, QStringLiteral("Which"))->setCurrentIndex(1);
        QVERIFY(!dialog.arguments().contains(QStringLiteral("address")));
    }
};

QD_GUI_TEST(TestGovernanceDialogs)
#include "tst_governancedialogs.moc"
