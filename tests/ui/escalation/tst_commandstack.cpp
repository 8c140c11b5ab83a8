// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/escalation/stage.h"
#include "ui/escalation/commandstack.h"

#include <QAction>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QtTest>

using namespace qd;
using namespace qd::escalation;
using qd::test::Stage;

class TestCommandStack final : public QObject {
    Q_OBJECT
private Q_SLOTS:
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
        QTest::newRow("task taken on") << QByteArray("task:T-1") << int(Qt::Key_T) << QStringLiteral("task.accept") << inIncident(arg("task", "T-1"));
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

    void whatCameOfATaskIsWrittenInTheInstrument()
    {
        Stage s(test::incidentScene());
        QSignalSpy done(&s.stack, &CommandStack::doneRequested), refused(&s.stack, &CommandStack::refused);
        s.go("task:T-1");
        QTest::keyClick(s.stack.currentRow(), Qt::Key_Space, Qt::ShiftModifier);
        QVERIFY(s.source.sent.empty()); // nothing is done before the line is
        QCOMPARE(done.count(), 1);
        QCOMPARE(done[0][0].toString(), QStringLiteral("T-1"));
        QCOMPARE(done[0][1].toString(), s.stack.row(QStringLiteral("task:T-1"))->content().text);
        for (const char *other : {"task:T-3", "hypothesis:H-2"}) { // one that is done, and none
            s.go(other);
            QTest::keyClick(s.stack.currentRow(), Qt::Key_Space, Qt::ShiftModifier);
        }
        QCOMPARE(done.count(), 1);
        QCOMPARE(refused.count(), 2);
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

    void theEdgeCutsNoRowInTwo()
    {
        Stage s(test::incidentScene());
        auto *scroll = s.stack.findChild<QScrollArea *>();
        int covered = 0;
        for (int height = 280; height < 360; height += 7) {
            s.stack.resize(326, height);
            QTRY_VERIFY(!s.stack.below().isEmpty());
            QCoreApplication::processEvents();
            const int bottom = scroll->viewport()->height();
            const int seen = s.stack.covered().isNull() ? bottom : s.stack.covered().top();
            covered += s.stack.covered().isNull() ? 0 : 1;
            for (const StackRow *row : s.stack.findChildren<StackRow *>()) {
                const int at = row->mapTo(scroll->viewport(), QPoint(0, 0)).y();
                QVERIFY2(at >= seen || at + row->height() <= seen, qPrintable(QStringLiteral("%1 at height %2").arg(row->content().text).arg(height)));
            }
        }
        QVERIFY(covered > 0);
        s.stack.resize(326, 2000);
        QTRY_VERIFY(s.stack.below().isEmpty() && s.stack.covered().isNull());
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
};

QD_GUI_TEST(TestCommandStack)
#include "tst_commandstack.moc"
