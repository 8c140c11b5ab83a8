// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
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

namespace {

struct Stage {
    style::Theme theme{*style::Palette::builtIn()};
    test::ViewFixture source;
    widgets::Ticker ticker;
    CommandStack stack;

    explicit Stage(const view::ViewModel &model)
        : source(model)
        , stack((ticker.freeze(true), ticker.follow(model.made), theme), source, ticker)
    {
        stack.resize(460, 900);
        stack.show();
        (void)QTest::qWaitForWindowExposed(&stack);
        stack.activateWindow();
    }
    void go(const char *id)
    {
        StackRow *row = stack.row(QString::fromUtf8(id));
        QVERIFY2(row != nullptr, id);
        row->setFocus();
        QTRY_VERIFY(row->hasFocus());
    }
    void press(Qt::Key key) { QTest::keyClick(stack.currentRow() != nullptr ? static_cast<QWidget *>(stack.currentRow()) : &stack, key); }
};

/// Whether a sentence stands in the dialog.
bool saysIn(const QDialog &dialog, const QString &words)
{
    const auto labels = dialog.findChildren<widgets::PlainLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const auto *label) { return label->plain().contains(words); });
}

} // namespace

class TestCommandStack final : public QObject {
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

    void sendsCommands_data()
    {
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<int>("key");
        QTest::addColumn<QString>("method");
        QTest::addColumn<QJsonObject>("arguments");
        const auto arg = [](const char *name, const char *value) {
            return QJsonObject{{QString::fromUtf8(name), QString::fromUtf8(value)}};
        };
        const auto inIncident = [](QJsonObject o) {
            o.insert(QStringLiteral("incident"), QStringLiteral("INC-2041"));
            return o;
        };
        QTest::newRow("escalate now") << QByteArray("esc-1:2") << int(Qt::Key_E) << QStringLiteral("escalation.next") << arg("escalation", "esc-1");
        QTest::newRow("escalate from anywhere") << QByteArray("task:T-1") << int(Qt::Key_E) << QStringLiteral("escalation.next") << arg("escalation", "esc-1");
        QTest::newRow("escalate by Return") << QByteArray("esc-1:2") << int(Qt::Key_Return) << QStringLiteral("escalation.next") << arg("escalation", "esc-1");
        QTest::newRow("acknowledge") << QByteArray("esc-1:1") << int(Qt::Key_A) << QStringLiteral("escalation.acknowledge") << arg("escalation", "esc-1");
        QTest::newRow("task done") << QByteArray("task:T-2") << int(Qt::Key_Space) << QStringLiteral("task.done") << inIncident(arg("task", "T-2"));
        QTest::newRow("promise kept") << QByteArray("promise:P-1") << int(Qt::Key_Return) << QStringLiteral("promise.keep") << inIncident(arg("promise", "P-1"));
        QJsonObject refute = inIncident(arg("hypothesis", "H-2"));
        refute.insert(QStringLiteral("refuted"), true);
        QTest::newRow("refute") << QByteArray("hypothesis:H-2") << int(Qt::Key_Minus) << QStringLiteral("hypothesis.settle") << refute;
        refute.insert(QStringLiteral("refuted"), false);
        QTest::newRow("confirm") << QByteArray("hypothesis:H-2") << int(Qt::Key_Plus) << QStringLiteral("hypothesis.settle") << refute;
    }
    void sendsCommands()
    {
        QFETCH(QByteArray, row);
        QFETCH(int, key);
        Stage s(test::incidentScene());
        s.go(row.constData());
        s.press(static_cast<Qt::Key>(key));
        QCOMPARE(s.source.sent.size(), std::size_t(1));
        QTEST(s.source.sent[0].method, "method");
        QTEST(s.source.sent[0].arguments, "arguments");
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
        QVERIFY(QTest::qWaitForWindowExposed(&d));
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

    void numbersStayNumbers()
    {
        auto model = test::incidentScene();
        model.stack.tasks[0].id = QStringLiteral("17");
        Stage s(model);
        s.go("task:17");
        s.press(Qt::Key_Space);
        QCOMPARE(s.source.sent[0].arguments[QLatin1String("task")], QJsonValue(17));
    }

    void aDoneTaskIsNotDoneTwice()
    {
        Stage s(test::incidentScene());
        s.go("task:T-3");
        s.press(Qt::Key_Space);
        QVERIFY(s.source.sent.empty());
    }

    void opensTheInstrument_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<QString>("prefill");
        QTest::newRow("task") << int(Qt::Key_R) << QStringLiteral("@");
        QTest::newRow("hypothesis") << int(Qt::Key_H) << QStringLiteral("? ");
        QTest::newRow("decision") << int(Qt::Key_D) << QStringLiteral("! ");
        QTest::newRow("promise") << int(Qt::Key_M) << QStringLiteral("> ");
    }
    void opensTheInstrument()
    {
        QFETCH(int, key);
        Stage s(test::incidentScene());
        QSignalSpy line(&s.stack, &CommandStack::lineRequested);
        s.go("task:T-1");
        s.press(static_cast<Qt::Key>(key));
        QCOMPARE(line.count(), 1);
        QTEST(line[0][0].toString(), "prefill");
        QVERIFY(s.source.sent.empty());
    }

    void takesAnOpenRole()
    {
        auto model = test::incidentScene();
        model.stack.roles[0].person.clear();
        Stage s(model);
        for (const auto &[role, method] : {std::pair{0, QStringLiteral("incident.take")}, std::pair{2, QStringLiteral("incident.role")}}) {
            s.source.sent.clear();
            s.go(qPrintable(QStringLiteral("role:%1:%1").arg(role)));
            s.press(Qt::Key_Return);
            const auto menus = s.stack.findChildren<QMenu *>();
            QVERIFY(!menus.isEmpty());
            menus.last()->actions().constFirst()->trigger();
            QCOMPARE(s.source.sent.size(), std::size_t(1));
            QCOMPARE(s.source.sent[0].method, method);
            menus.last()->close();
        }
        QCOMPARE(s.source.sent[0].arguments[QLatin1String("role")].toString(), QStringLiteral("scribe"));
        QCOMPARE(s.source.sent[0].arguments[QLatin1String("person")].toString(), QStringLiteral("Mara Lindt"));
    }

    void saysWhyACommandWasRefused()
    {
        Stage s(test::incidentScene());
        s.source.nextDone = false;
        s.source.nextSentence = QStringLiteral("The escalation is over.");
        QSignalSpy refused(&s.stack, &CommandStack::refused);
        s.go("esc-1:1");
        s.press(Qt::Key_E);
        QCOMPARE(refused.count(), 1);
        QCOMPARE(refused[0][0].toString(), QStringLiteral("The escalation is over."));
    }

    void dataNeverTakesTheKeyboard()
    {
        Stage s(test::incidentScene());
        s.go("task:T-2");
        StackRow *row = s.stack.currentRow();
        auto model = test::incidentScene();
        model.stack.tasks.insert(model.stack.tasks.begin(), {QStringLiteral("T-0"), QStringLiteral("Jo"), QStringLiteral("first"), test::sceneMoment(), {}, false});
        model.stack.promises.clear();
        model.stack.escalations.clear();
        model.stack.tasks[2].text = QStringLiteral("other words");
        s.source.show(model);
        QCOMPARE(s.stack.currentRow(), row);
        QCOMPARE(row->content().text, QStringLiteral("other words"));
    }

    void theNextRowGetsTheKeyboardWhenOneEnds()
    {
        Stage s(test::incidentScene());
        s.go("task:T-1");
        auto model = test::incidentScene();
        model.stack.tasks.erase(model.stack.tasks.begin());
        s.source.show(model);
        QVERIFY(s.stack.currentRow() != nullptr);
        QCOMPARE(s.stack.currentRow()->content().id, QStringLiteral("task:T-2"));
        s.go("esc-1:2");
        model.stack.escalations.clear();
        s.source.show(model);
        QVERIFY(s.stack.hasFocus());
    }

    void arrowsWalkTheWholeStack()
    {
        Stage s(test::incidentScene());
        s.go("esc-1:3");
        s.press(Qt::Key_Down);
        QCOMPARE(s.stack.currentRow()->content().id, QStringLiteral("role:0:0"));
        s.press(Qt::Key_Up);
        QCOMPARE(s.stack.currentRow()->content().id, QStringLiteral("esc-1:3"));
    }

    void showsOnlyWhatHoldsSomething()
    {
        auto model = test::incidentScene();
        model.stack.hypotheses.clear();
        Stage s(model);
        QVERIFY(s.stack.row(QStringLiteral("hypothesis:H-2")) == nullptr);
        for (const QWidget *w : s.stack.findChildren<QWidget *>()) {
            if (w->accessibleName() == QLatin1String("HYPOTHESES"))
                QVERIFY(!w->isVisible());
        }
        s.source.show(test::quietScene());
        QVERIFY(s.stack.row(QStringLiteral("task:T-1")) == nullptr);
    }

    void whatIsInForceIsShownWithoutAnIncident()
    {
        auto model = test::quietScene();
        model.silences.clear();
        Stage s(model);
        QVERIFY(s.stack.row(QStringLiteral("inforce::shelf/1")) == nullptr);
        view::SilenceRow shelf;
        shelf.id = QStringLiteral("shelf/1");
        shelf.matchers = QStringLiteral("alertname=A1");
        shelf.by = QStringLiteral("Mara Lindt");
        shelf.until = model.made + hours(1);
        model.silences = {shelf};
        s.source.show(model);
        StackRow *row = s.stack.row(QStringLiteral("inforce::shelf/1"));
        QVERIFY(row != nullptr && row->isVisible());
        model.silences.clear();
        s.source.show(model);
        QVERIFY(s.stack.row(QStringLiteral("inforce::shelf/1")) == nullptr);
        for (const QWidget *w : s.stack.findChildren<QWidget *>()) {
            if (w->accessibleName() == QLatin1String("IN FORCE"))
                QVERIFY(!w->isVisible());
        }
    }

    void namesAreReadWhole_data()
    {
        QTest::addColumn<int>("width");
        QTest::newRow("a laptop's panel") << 326;
        QTest::newRow("the same at 150 %") << 300;
        QTest::newRow("wide") << 460;
    }
    void namesAreReadWhole()
    {
        QFETCH(int, width);
        view::ViewModel scene = test::incidentScene();
        scene.stack.tasks[0].assignee = QStringLiteral("Dana Novak");
        Stage s(scene);
        s.stack.resize(width, 700);
        QCoreApplication::processEvents();
        int named = 0;
        for (const StackRow *row : s.stack.findChildren<StackRow *>()) {
            QVERIFY2(row->leadIsWhole(), qPrintable(row->content().lead));
            named += row->content().lead.size() > 1 ? 1 : 0;
        }
        QVERIFY(named > 6);
    }

    void theEdgeSaysWhatIsBelow()
    {
        Stage s(test::incidentScene());
        s.stack.resize(326, 300);
        QTRY_VERIFY2(s.stack.below().contains(QStringLiteral("DECISIONS")), qPrintable(s.stack.below()));
        QVERIFY(!s.stack.below().contains(QStringLiteral("NEXT UP")));
        const QList<StackRow *> rows = s.stack.findChildren<StackRow *>();
        s.stack.resize(326, 2000);
        QTRY_VERIFY(s.stack.below().isEmpty());
        s.stack.resize(326, 300);
        s.go("decision:D-1");
        QTRY_VERIFY2(!s.stack.below().contains(QStringLiteral("ROLES")), qPrintable(s.stack.below()));
        QVERIFY(!rows.isEmpty());
    }

    void everyActionHasANameAndAKey()
    {
        Stage s(test::incidentScene());
        QVERIFY(s.stack.actions().size() >= 10);
        for (const QAction *a : s.stack.actions()) {
            QVERIFY(!a->text().isEmpty());
            QVERIFY2(!a->shortcut().isEmpty(), qPrintable(a->text()));
        }
    }

    void everyRowSaysItself()
    {
        Stage s(test::incidentScene());
        for (const StackRow *row : s.stack.findChildren<StackRow *>())
            QVERIFY(!row->accessibleName().isEmpty());
    }

    void theArrowsGoIntoTheStackFromItsFrame()
    {
        Stage s(test::incidentScene());
        s.stack.setFocus();
        QVERIFY(s.stack.currentRow() == nullptr);
        QTest::keyClick(&s.stack, Qt::Key_Down);
        QVERIFY(s.stack.currentRow() != nullptr);
        const QString first = s.stack.currentRow()->content().id;
        s.press(Qt::Key_Down);
        QVERIFY(s.stack.currentRow()->content().id != first);
        s.press(Qt::Key_Up);
        QCOMPARE(s.stack.currentRow()->content().id, first);
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

QD_GUI_TEST(TestCommandStack)
#include "tst_commandstack.moc"
