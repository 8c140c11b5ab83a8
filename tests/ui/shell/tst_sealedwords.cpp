// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/shell/windowbench.h"
#include "ui/shell/banner.h"
#include "ui/shell/commandperspective.h"
#include "ui/shell/instrument.h"
#include "ui/shell/lookas.h"
#include "ui/shell/messagesheet.h"
#include "ui/shell/picker.h"
#include "ui/shell/revealsheet.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QLineEdit>

using namespace qd;
using namespace qd::shell;

/// M3.3 in the window: sealed words asked for, and the window as somebody else reads it.
namespace {

QString s8(const char *text) { return QString::fromUtf8(text); }

view::ViewModel aSealedScene()
{
    view::ViewModel v = test::incidentScene();
    v.readers = {{s8("public"), s8("the public · reads up to public")}, {s8("page:web"), s8("status page web · reads up to public")}, {s8("ana"), s8("Ana · reads up to confidential")}};
    view::TimelineEntry e;
    e.id = s8("INC-2041/900");
    e.kind = s8("log");
    e.actor = s8("Ana");
    e.at = test::sceneMoment() - minutes(3);
    e.text = s8("the bank said [sealed: restricted, short]");
    v.timeline.push_back(e);
    return v;
}

QJsonObject aReading(const char *text)
{
    const QString at = QString::fromStdString(toRfc3339(test::sceneMoment() - minutes(3)));
    const auto item = [&](const char *kind, const QString &words) {
        return QJsonObject{{s8("at"), at}, {s8("kind"), s8(kind)}, {s8("reference"), QString()}, {s8("text"), words}};
    };
    return {{s8("items"), QJsonArray{item("log", s8("another line of that second")), item("task", s8("the bank said otherwise")), item("log", s8(text))}}};
}

} // namespace

class TestSealedWords final : public QObject {
    Q_OBJECT
    test::WindowLook m_look;
    style::Theme *m_theme = nullptr;
private Q_SLOTS:
    void initTestCase()
    {
        m_theme = m_look.begin();
        QVERIFY(m_theme);
    }

    void sealedWordsAreAskedOfTheCoreShownAndForgotten()
    {
        test::WindowBench b(aSealedScene(), *m_theme);
        b.source.nextResult = aReading("the bank said [[restricted: nothing <b>yet</b>]]");
        QTest::keyClick(&b.window, Qt::Key_X, Qt::ControlModifier | Qt::AltModifier);
        RevealSheet &sheet = b.window.revealSheet();
        QVERIFY(sheet.isVisible());
        QCOMPARE(b.source.sent.back().method, s8("get")); // the core records the reading before it answers
        QCOMPARE(b.source.sent.back().arguments.value(s8("what")).toString(), s8("timeline"));
        QCOMPARE(b.source.sent.back().arguments.value(s8("incident")).toString(), b.source.current()->focus);
        QVERIFY2(sheet.text().contains(s8("the bank said [[restricted: nothing <b>yet</b>]]")), qPrintable(sheet.text()));
        QVERIFY(sheet.status().contains(s8("recorded before it was shown")));
        sheet.leave();
        QVERIFY(!sheet.isVisible());
        QCOMPARE(sheet.text(), QString());
    }

    void whatStaysSealedIsSaid()
    {
        test::WindowBench b(aSealedScene(), *m_theme);
        b.source.nextResult = aReading("the bank said [sealed: restricted, short]");
        QTest::keyClick(&b.window, Qt::Key_X, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY2(b.window.revealSheet().status().contains(s8("not cleared")), qPrintable(b.window.revealSheet().status()));
    }

    void aLateAnswerIsShownToNobody()
    {
        test::WindowBench b(aSealedScene(), *m_theme);
        b.source.holdsAnswers = true;
        QTest::keyClick(&b.window, Qt::Key_X, Qt::ControlModifier | Qt::AltModifier);
        b.window.revealSheet().leave();
        for (const auto &answer : b.source.held)
            answer(true, {}, aReading("the bank said [[restricted: nothing]]"));
        QCOMPARE(b.window.revealSheet().text(), QString());
    }

    void theWindowIsLookedAtAsSomebodyElseUntilEscape()
    {
        test::WindowBench b(aSealedScene(), *m_theme);
        b.window.messageSheet().open();
        QTest::keyClick(&b.window, Qt::Key_V, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(b.window.picker().isVisible());
        QCOMPARE(b.window.picker().picks().size(), std::size_t(3));
        QTest::keyClicks(&b.window.picker().field(), s8("status page web"));
        QTest::keyClick(&b.window.picker().field(), Qt::Key_Return);
        QCOMPARE(b.source.lookedAs, s8("page:web"));
        QVERIFY(!b.window.messageSheet().isVisible()); // it shows what was asked for oneself
        view::ViewModel seen = aSealedScene();
        seen.strip.lookedAs = s8("the status page web");
        b.source.show(seen);
        QVERIFY(b.window.banner().isVisible());
        QVERIFY2(b.window.banner().accessibleName().startsWith(s8("YOU LOOK AS: the status page web")), qPrintable(b.window.banner().accessibleName()));
        b.window.perspective().goToAlerts();
        QTest::keyClick(b.window.focusWidget(), Qt::Key_Escape);
        QCOMPARE(b.source.lookedAs, QString());
        QVERIFY(!b.window.lookAs().isSomebodyElse());
        b.source.show(aSealedScene());
        QVERIFY(!b.window.banner().isVisible());
    }

    void anOverlayIsLeftByTheFirstEscapeAndTheLookByTheNext()
    {
        test::WindowBench b(aSealedScene(), *m_theme);
        b.window.lookAs().ask(s8("View as"));
        QTest::keyClicks(&b.window.picker().field(), s8("the public"));
        QTest::keyClick(&b.window.picker().field(), Qt::Key_Return);
        b.window.openPalette();
        QTest::keyClick(&b.window.picker().field(), Qt::Key_Escape);
        QVERIFY(!b.window.picker().isVisible());
        QCOMPARE(b.source.lookedAs, s8("public"));
        QTest::keyClick(b.window.focusWidget(), Qt::Key_Escape);
        QCOMPARE(b.source.lookedAs, QString());
    }

    void whoIsNobodyIsSaidAndTheWindowStaysOnesOwn()
    {
        test::WindowBench b(aSealedScene(), *m_theme);
        b.source.nextDone = false;
        b.source.nextSentence = s8("There is no person \"mallory\" in the workspace.");
        b.window.lookAs().ask(s8("View as"));
        QTest::keyClicks(&b.window.picker().field(), s8("mallory"));
        QTest::keyClick(&b.window.picker().field(), Qt::Key_Return);
        QVERIFY(!b.window.lookAs().isSomebodyElse());
        QCOMPARE(b.source.lookedAs, QString());
    }
};

QD_GUI_TEST(TestSealedWords)
#include "tst_sealedwords.moc"
