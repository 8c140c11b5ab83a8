// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/escalation/named.h"
#include "tests/ui/shell/windowbench.h"
#include "ui/setup/connectdialog.h"
#include "ui/setup/connecteddialog.h"
#include "ui/setup/importdialog.h"
#include "ui/setup/rebuilddialog.h"
#include "ui/setup/whatifdialog.h"
#include "ui/shell/armdialog.h"
#include "ui/shell/instrument.h"

#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QPushButton>

using namespace qd;
using namespace qd::shell;
using test::named;

namespace {

QString u(const char *text) { return QString::fromUtf8(text); }

/// What was asked of the home's verbs; answers are given by the test.
struct Asked {
    std::vector<QStringList> verbs;
    std::vector<std::string> secrets;
    view::HomeVerbs::Answer answer;
};

class NotedVerbs final : public view::HomeVerbs {
public:
    explicit NotedVerbs(Asked &asked)
        : m_asked(asked)
    {
    }
    void run(const QStringList &verb, std::vector<Sealed> secrets, Answer answer) override
    {
        m_asked.verbs.push_back(verb);
        for (const Sealed &sealed : secrets)
            m_asked.secrets.push_back(sealed.option.toStdString() + "=" + std::string(sealed.secret.revealText()));
        m_asked.answer = std::move(answer);
    }

private:
    Asked &m_asked;
};

} // namespace

class TestSetup : public QObject {
    Q_OBJECT
    test::WindowLook m_look;
    style::Theme *m_theme = nullptr;
private Q_SLOTS:
    void initTestCase()
    {
        m_theme = m_look.begin();
        QVERIFY(m_theme);
    }

    void otherRulesAreTriedAndTheSheetStaysForTheNext()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        QTest::keyClick(&b.window, Qt::Key_F12);
        auto *dialog = b.window.findChild<setup::WhatIfDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(b.source.sent.empty());
        b.source.holdsAnswers = true;
        dialog->doIt().click();
        QCOMPARE(b.source.sent.back().method, u("whatif"));
        QVERIFY(!dialog->doIt().isEnabled()); // it is being folded
        b.source.held.back()(true, {}, {{u("sentence"), u("61 fewer pages.")}, {u("others"), QJsonArray()}});
        QCOMPARE(dialog->sentence(), u("61 fewer pages."));
        QVERIFY(dialog->isVisible() && dialog->doIt().isEnabled());
        dialog->doIt().click();
        b.source.held.back()(false, u("There is no folder there."), {});
        QCOMPARE(dialog->problem(), u("There is no folder there."));
    }

    void peopleAreBroughtInAfterTheDifferenceWasShown()
    {
        Asked asked;
        test::WindowBench b(test::incidentScene(), *m_theme);
        b.window.useHome(std::make_unique<NotedVerbs>(asked));
        QTest::keyClick(&b.window, Qt::Key_F5);
        auto *dialog = b.window.findChild<setup::ImportDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        named<QLineEdit>(*dialog, u("File"))->setText(u("/x/people.csv"));
        dialog->doIt().click();
        QCOMPARE(asked.verbs.back(), (QStringList{u("import"), u("roster"), u("/x/people.csv"), u("--json")}));
        asked.answer(true, u("{\"difference\":[\"+ zoe joins\"],\"problems\":[]}"), {});
        QCOMPARE(dialog->difference(), u("+ zoe joins"));
        dialog->bringIn().click();
        QVERIFY(asked.verbs.back().contains(u("--apply")));
        asked.answer(false, {}, u("the workspace would be broken"));
        QVERIFY(dialog->isVisible());
        QCOMPARE(dialog->problem(), u("the workspace would be broken"));
        dialog->bringIn().click();
        QCOMPARE(asked.verbs.size(), std::size_t{2}); // what was refused is shown anew first
        dialog->doIt().click();
        asked.answer(true, u("{\"difference\":[\"+ zoe joins\"],\"problems\":[]}"), {});
        dialog->bringIn().click();
        asked.answer(true, {}, {});
        QVERIFY(!dialog->isVisible());
        QVERIFY(b.window.instrument().preview().contains(u("one change")));
    }

    void f9RebuildsWhatWasRunElsewhereAfterItWasShown()
    {
        Asked asked;
        test::WindowBench b(test::incidentScene(), *m_theme);
        b.window.useHome(std::make_unique<NotedVerbs>(asked));
        QTest::keyClick(&b.window, Qt::Key_F9);
        auto *dialog = b.window.findChild<setup::RebuildDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        dialog->addFiles({u("/x/acme.zip")});
        dialog->doIt().click();
        QCOMPARE(asked.verbs.back(), (QStringList{u("rebuild"), u("--look"), u("--dry-run"), u("/x/acme.zip")}));
        asked.answer(false, u("{\"look\":\"/x/acme.zip\",\"format\":\"slack-export\",\"channels\":[\"inc-42\",\"general\"]}\n"), u("The export has 2 channels; say which is the incident's: inc-42, general."));
        QVERIFY(dialog->isVisible());
        QVERIFY(named<QComboBox>(*dialog, u("Channel"))->findText(u("general")) > 0); // what it said before it refused is of use
        QVERIFY(dialog->problem().contains(u("inc-42, general")));
        dialog->doIt().click();
        asked.answer(true, u("Slack export, #inc-42 (slack-export): 10 facts\n"), {});
        dialog->makeIt().click();
        QCOMPARE(asked.verbs.back(), (QStringList{u("rebuild"), u("--severity=SEV3"), u("/x/acme.zip")}));
        asked.answer(true, u("Slack export\n{\"id\":\"INC-7\"}\n"), {});
        QVERIFY(!dialog->isVisible());
        QVERIFY(b.window.instrument().preview().contains(u("INC-7 is rebuilt")));
    }

    void f8BringsInWhoIsOnCall()
    {
        Asked asked;
        test::WindowBench b(test::incidentScene(), *m_theme);
        b.window.useHome(std::make_unique<NotedVerbs>(asked));
        QTest::keyClick(&b.window, Qt::Key_F8, Qt::ControlModifier);
        auto *dialog = b.window.findChild<setup::ImportDialog *>();
        QVERIFY(dialog);
        QVERIFY(!named<QComboBox>(*dialog, u("Schedule"))->isHidden());
    }

    void aSourceIsConnectedItsSecretHandedOverAndItsTestShown()
    {
        Asked asked;
        view::ViewModel scene = test::incidentScene();
        test::WindowBench b(scene, *m_theme);
        b.window.useHome(std::make_unique<NotedVerbs>(asked));
        QTest::keyClick(&b.window, Qt::Key_N, Qt::ControlModifier | Qt::AltModifier);
        auto *dialog = b.window.findChild<setup::ConnectDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        auto *kind = named<QComboBox>(*dialog, u("Kind"));
        kind->setCurrentIndex(kind->findData(u("alertmanager")));
        named<QLineEdit>(*dialog, u("Name"))->setText(u("am-new"));
        named<QLineEdit>(*dialog, u("Address"))->setText(u("http://am:9093"));
        named<QLineEdit>(*dialog, u("Token"))->setText(u("t0ken"));
        dialog->doIt().click();
        QCOMPARE(asked.secrets, (std::vector<std::string>{"--token-file=t0ken"}));
        QVERIFY(!asked.verbs.back().join(QLatin1Char(' ')).contains(u("t0ken")));
        asked.answer(false, {}, u("No core is running."));
        QVERIFY(dialog->isVisible());
        QCOMPARE(dialog->problem(), u("No core is running."));
        dialog->doIt().click(); // the token may be left out here
        asked.answer(true, u("{\"name\":\"am-new\",\"urls\":{}}"), {});
        QVERIFY(!dialog->isVisible());
        auto *result = b.window.findChild<setup::ConnectedDialog *>();
        QVERIFY(result && result->isVisible());
        QVERIFY(result->writes().contains(u("observe")));
        view::Feed feed;
        feed.name = u("am-new");
        feed.kind = u("alertmanager");
        feed.state = u("fresh");
        feed.arming = u("observe");
        scene.strip.feeds.push_back(feed);
        b.source.show(scene);
        QVERIFY(result->result().contains(u("It works")));
        result->doIt().click();
        QVERIFY(b.window.findChild<ArmDialog *>());
    }

    void withoutAHomeOrLookingAsSomebodyElseNothingIsWorkedOn()
    {
        Asked asked;
        view::ViewModel scene = test::incidentScene();
        test::WindowBench b(scene, *m_theme);
        QTest::keyClick(&b.window, Qt::Key_F5);
        QVERIFY(!b.window.findChild<setup::ImportDialog *>());
        QVERIFY(b.window.instrument().preview().contains(u("quarterdeckctl")));
        b.window.useHome(std::make_unique<NotedVerbs>(asked));
        scene.strip.lookedAs = u("the public");
        b.source.show(scene);
        QTest::keyClick(&b.window, Qt::Key_N, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(!b.window.findChild<setup::ConnectDialog *>());
        QVERIFY(b.window.instrument().preview().contains(u("the public")));
        QVERIFY(asked.verbs.empty());
    }
};

QD_GUI_TEST(TestSetup)
#include "tst_setup.moc"
