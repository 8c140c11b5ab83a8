// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/escalation/stage.h"
#include "ui/escalation/commandstack.h"
#include "ui/escalation/incidentoverride.h"
#include "ui/escalation/linkdialog.h"
#include "ui/escalation/polldialog.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/reasonfield.h"
#include "ui/widgets/typetoarm.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

using namespace qd;
using namespace qd::escalation;
using qd::test::Stage;

namespace {

/// Whether a sentence stands in the dialog.
bool saysIn(const QDialog &dialog, const QString &words)
{
    const auto labels = dialog.findChildren<widgets::PlainLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const auto *label) { return label->plain().contains(words); });
}

} // namespace

/// The forms that rows of the stack open, and what they send.
class TestStackForms final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linksOfTheIncidentAreCopiedAndTakenOffByKey()
    {
        view::ViewModel model = test::incidentScene();
        model.stack.links = {{QStringLiteral("conference"), QStringLiteral("https://meet.example/inc-2041")}, {QStringLiteral("board"), QStringLiteral("https://graphs.example/d/1")}};
        Stage s(model);
        StackRow *row = s.stack.row(QStringLiteral("link:conference"));
        QVERIFY(row != nullptr);
        QCOMPARE(row->content().text, QStringLiteral("https://meet.example/inc-2041"));
        const auto choose = [&](int n) {
            s.go("link:conference");
            s.press(Qt::Key_Return);
            QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
            auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
            QVERIFY(menu != nullptr);
            QList<QAction *> choices;
            for (QAction *action : menu->actions())
                if (!action->isSeparator() && action->isEnabled())
                    choices << action;
            QVERIFY(choices.size() > n);
            choices[n]->trigger();
            menu->close();
        };
        choose(0);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("https://meet.example/inc-2041"));
        choose(1);
        QCOMPARE(s.source.sent.size(), std::size_t(1));
        QCOMPARE(s.source.sent.front().method, QStringLiteral("incident.pin"));
        QCOMPARE(s.source.sent.front().arguments.value(QLatin1String("title")).toString(), QStringLiteral("conference"));
        QVERIFY(s.source.sent.front().arguments.value(QLatin1String("url")).toString().isEmpty());
    }

    void aLinkIsPinnedByAForm()
    {
        Stage s(test::incidentScene());
        LinkDialog dialog(s.theme, *s.source.current(), nullptr);
        auto fields = dialog.findChildren<QLineEdit *>();
        QCOMPARE(fields.size(), 2);
        QVERIFY(!dialog.doIt().isEnabled());
        fields[0]->setText(QStringLiteral("conference"));
        fields[1]->setText(QStringLiteral("javascript:alert(1)"));
        QVERIFY(!dialog.doIt().isEnabled());
        fields[1]->setText(QStringLiteral("https://meet.example/x"));
        QVERIFY(dialog.doIt().isEnabled());
        QCOMPARE(dialog.arguments().value(QLatin1String("url")).toString(), QStringLiteral("https://meet.example/x"));
        QCOMPARE(dialog.arguments().value(QLatin1String("incident")).toString(), s.source.current()->focus);
    }

    void whatUndoTakesBackIsDoneByOneReturnOnTheEffectThatIsStated()
    {
        auto model = test::incidentScene();
        for (view::AlertRow &row : model.active)
            row.incident = model.focus;
        Stage s(model);
        s.go("task:T-1");
        s.press(Qt::Key_V);
        auto *dialog = s.stack.window()->findChild<IncidentOverrideDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        dialog->activateWindow();
        QTRY_VERIFY(dialog->isAncestorOf(QApplication::focusWidget())); // until then keys are the stack's
        QCOMPARE(dialog->alerts().size(), static_cast<qsizetype>(model.active.size()));
        dialog->findChild<widgets::ReasonField *>()->setEditText(QStringLiteral("the vendor is on it"));
        QVERIFY(!dialog->findChild<widgets::TypeToArm *>()->isVisible());
        QVERIFY(saysIn(*dialog, QStringLiteral("call nobody for 1h. Ctrl+Z takes it back.")));
        QTest::keyClick(dialog, Qt::Key_Return);
        QCOMPARE(s.source.sent.size(), std::size_t(1));
        QCOMPARE(s.source.sent[0].method, QStringLiteral("alert.hold"));
        QCOMPARE(s.source.sent[0].arguments.value(QLatin1String("duration")).toString(), QStringLiteral("1h"));
        QCOMPARE(s.source.sent[0].arguments.value(QLatin1String("alerts")).toArray().size(), static_cast<qsizetype>(model.active.size()));
    }

    void whatCallsPeopleIsArmedByTypingTheIncidentAndReturnTwiceNeverSuffices_data()
    {
        QTest::addColumn<QString>("begins");
        QTest::newRow("the next step") << QStringLiteral("Call on: the next");
        QTest::newRow("a person") << QStringLiteral("Call on: this person");
    }
    void whatCallsPeopleIsArmedByTypingTheIncidentAndReturnTwiceNeverSuffices()
    {
        QFETCH(QString, begins);
        auto model = test::incidentScene();
        model.active.front().incident = model.focus;
        style::Theme theme{*style::Palette::builtIn()};
        IncidentOverrideDialog d(theme, std::make_shared<const view::ViewModel>(model), nullptr);
        QSignalSpy submitted(&d, &widgets::FormDialog::submitted);
        auto *what = d.findChild<QComboBox *>();
        what->setCurrentIndex(what->findText(begins, Qt::MatchStartsWith));
        d.findChild<widgets::ReasonField *>()->setEditText(QStringLiteral("nobody answers"));
        d.show();
        QVERIFY(QTest::qWaitForWindowExposed(&d, qd::tests::kPatience));
        auto *arm = d.findChild<widgets::TypeToArm *>();
        QVERIFY(arm->isVisible() && saysIn(d, QStringLiteral("which nobody takes back")));
        for (int n = 0; n < 2; ++n)
            QTest::keyClick(&d, Qt::Key_Return);
        QTest::keyClicks(arm, QStringLiteral("INC-2042"));
        QTest::keyClick(&d, Qt::Key_Return);
        QCOMPARE(submitted.size(), 0);
        arm->clear();
        QTest::keyClicks(arm, model.focus);
        QTest::keyClick(&d, Qt::Key_Return);
        QCOMPARE(submitted.size(), 1);
        what->setCurrentIndex(0); // what is taken back again asks for nothing
        QVERIFY(!arm->isVisible() && d.doIt().isEnabled());
        d.findChild<widgets::ReasonField *>()->setEditText(QString());
        QVERIFY(!d.doIt().isEnabled()); // what keeps quiet needs its reason at once
        what->setCurrentIndex(what->findText(QStringLiteral("Give"), Qt::MatchStartsWith));
        QVERIFY(d.doIt().isEnabled()); // the incident owes it
    }

    void everyOverrideIsOneCommandOfItsOwn_data()
    {
        QTest::addColumn<QString>("begins");
        QTest::addColumn<QString>("method");
        QTest::addColumn<QStringList>("fields");
        const auto row = [](const char *begins, const char *method, const QStringList &fields) { QTest::newRow(begins) << QString::fromLatin1(begins) << QString::fromLatin1(method) << fields; };
        row("Hold", "alert.hold", {QStringLiteral("alerts"), QStringLiteral("duration"), QStringLiteral("reason")});
        row("Silence", "silence.create", {QStringLiteral("duration"), QStringLiteral("matchers"), QStringLiteral("reason")});
        row("Maintenance", "maintenance.plan", {QStringLiteral("duration"), QStringLiteral("reason"), QStringLiteral("service")});
        row("Give", "alert.assign", {QStringLiteral("alerts"), QStringLiteral("person"), QStringLiteral("reason")});
        row("Call on: the next", "alert.escalate", {QStringLiteral("alerts"), QStringLiteral("reason")});
        row("Call on: this person", "alert.escalate", {QStringLiteral("alerts"), QStringLiteral("person"), QStringLiteral("reason")});
    }
    void everyOverrideIsOneCommandOfItsOwn()
    {
        QFETCH(QString, begins);
        QFETCH(QString, method);
        QFETCH(QStringList, fields);
        auto model = test::incidentScene();
        model.incidents.front().service = QStringLiteral("shop");
        model.active.front().incident = model.focus;
        style::Theme theme{*style::Palette::builtIn()};
        IncidentOverrideDialog d(theme, std::make_shared<const view::ViewModel>(model), nullptr);
        auto *what = d.findChild<QComboBox *>();
        what->setCurrentIndex(what->findText(begins, Qt::MatchStartsWith));
        d.findChild<widgets::ReasonField *>()->setEditText(QStringLiteral("r"));
        QCOMPARE(d.method(), method);
        QCOMPARE(d.arguments().keys(), fields);
    }

    void anothersRowOfAPollIsNotAnsweredForOneself()
    {
        auto model = test::incidentScene();
        view::PollRow poll;
        poll.number = 3;
        poll.question = QStringLiteral("Roll back?");
        poll.asksYou = true;
        poll.seats = {{QStringLiteral("Ana"), QStringLiteral("Deputy"), {}, {}, true, false}, {QStringLiteral("Mara Lindt"), QStringLiteral("Commander"), {}, {}, true, true}};
        model.stack.polls = {poll};
        Stage s(model);
        QSignalSpy refused(&s.stack, &CommandStack::refused);
        for (const Qt::Key key : {Qt::Key_Y, Qt::Key_X}) {
            s.go("pollseat:3:Ana");
            s.press(key);
            QVERIFY(s.source.sent.empty());
            QVERIFY(refused.takeLast()[0].toString().contains(QStringLiteral("Ana")));
        }
        s.go("pollseat:3:Mara Lindt");
        s.press(Qt::Key_Y);
        QCOMPARE(s.source.sent.back().method, QStringLiteral("poll.answer"));
    }

    void aPollIsAskedAnsweredAndDecidedOn()
    {
        view::ViewModel v = test::incidentScene();
        view::PollRow p;
        p.number = 3;
        p.question = QStringLiteral("payments to eu-2?");
        p.asksYou = p.yours = true;
        p.silent = QStringList{QStringLiteral("Mara Lindt"), QStringLiteral("Jo Abara")};
        p.seats = {{QStringLiteral("Mara Lindt"), QStringLiteral("Commander"), {}, {}, true, true}, {QStringLiteral("Jo Abara"), QStringLiteral("Deputy"), {}, {}, true, false}};
        v.stack.polls = {p};
        v.names = {{QStringLiteral("jo"), QStringLiteral("Jo Abara")}};
        Stage s(v);
        const auto dialog = [&] { return s.stack.window()->findChildren<PollDialog *>().last(); };
        s.press(Qt::Key_Y); // from anywhere: the poll that waits for my answer
        QCOMPARE(s.source.sent.back().method, QStringLiteral("poll.answer"));
        QCOMPARE(s.source.sent.back().arguments.value(QLatin1String("answer")).toString(), QStringLiteral("go"));
        QCOMPARE(s.source.sent.back().arguments.value(QLatin1String("poll")).toInt(), 3);
        s.press(Qt::Key_X);
        QVERIFY(dialog()->doIt().isEnabled()); // a no-go needs no words
        QTest::keyClicks(dialog()->findChild<QLineEdit *>(), QStringLiteral("lag 380 s"));
        dialog()->doIt().click();
        QCOMPARE(s.source.sent.back().arguments.value(QLatin1String("answer")).toString(), QStringLiteral("no-go"));
        QCOMPARE(s.source.sent.back().arguments.value(QLatin1String("text")).toString(), QStringLiteral("lag 380 s"));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        s.stack.activateWindow();
        s.go("poll:3");
        s.press(Qt::Key_D);
        QVERIFY(!dialog()->doIt().isEnabled());
        QTest::keyClicks(dialog()->findChild<QLineEdit *>(), QStringLiteral("go, in 5 minutes"));
        dialog()->doIt().click();
        QCOMPARE(s.source.sent.back().method, QStringLiteral("decision.record"));
        QCOMPARE(s.source.sent.back().arguments.value(QLatin1String("poll")).toInt(), 3);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        s.stack.activateWindow();
        s.press(Qt::Key_P);
        const auto fields = dialog()->findChildren<QLineEdit *>();
        QTest::keyClicks(fields[0], QStringLiteral("all agreed?"));
        QTest::keyClicks(fields[1], QStringLiteral("jo, dana"));
        dialog()->doIt().click();
        QCOMPARE(s.source.sent.back().method, QStringLiteral("poll.ask"));
        QCOMPARE(s.source.sent.back().arguments.value(QLatin1String("people")).toArray(), (QJsonArray{QStringLiteral("jo"), QStringLiteral("dana")}));
    }

    void whatWasSaidAloudIsWrittenDownFromItsRow()
    {
        view::ViewModel v = test::incidentScene();
        view::PollRow p;
        p.number = 1;
        p.question = QStringLiteral("roll back?");
        p.yours = true;
        p.seats = {{QStringLiteral("Jo Abara"), QStringLiteral("Deputy"), {}, {}, true, false}};
        p.silent = QStringList{QStringLiteral("Jo Abara")};
        v.stack.polls = {p};
        v.names = {{QStringLiteral("jo"), QStringLiteral("Jo Abara")}};
        Stage s(v);
        s.go("pollseat:1:Jo Abara");
        s.press(Qt::Key_Return);
        QStringList choices;
        for (QMenu *menu : s.stack.findChildren<QMenu *>())
            for (QAction *a : menu->actions()) {
                choices << a->text();
                if (a->text() == QStringLiteral("Jo Abara said: no-go"))
                    a->trigger();
            }
        QVERIFY2(choices.contains(QStringLiteral("Close it: no more answers")), qPrintable(choices.join(QLatin1Char('|'))));
        QCOMPARE(s.source.sent.back().arguments.value(QLatin1String("person")).toString(), QStringLiteral("jo"));
        QCOMPARE(s.source.sent.back().arguments.value(QLatin1String("answer")).toString(), QStringLiteral("no-go"));
        s.go("task:T-1");
        s.press(Qt::Key_Y); // no poll asks me
        QCOMPARE(s.source.sent.size(), std::size_t(1));
    }
};

QD_GUI_TEST(TestStackForms)
#include "tst_stackforms.moc"
