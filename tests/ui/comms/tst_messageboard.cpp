// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/wayout.h"
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/comms/messageboard.h"
#include "ui/widgets/typetoarm.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QtTest>

using namespace qd;
using namespace qd::comms;

/// M3.5 in the window: who has approved what, what changed, what blocks the release.
namespace {

QJsonObject aVersion(int number, const char *text)
{
    return {{QStringLiteral("version"), number}, {QStringLiteral("title"), QStringLiteral("Payments")}, {QStringLiteral("text"), QString::fromUtf8(text)}};
}

QJsonObject aStage(const char *name, const char *state, const char *by = "", const char *reason = "")
{
    return {{QStringLiteral("stage"), QString::fromUtf8(name).toLower()},
            {QStringLiteral("name"), QString::fromUtf8(name)},
            {QStringLiteral("state"), QString::fromUtf8(state)},
            {QStringLiteral("by"), QString::fromUtf8(by)},
            {QStringLiteral("reason"), QString::fromUtf8(reason)},
            {QStringLiteral("at"), QStringLiteral("2026-11-23T14:02:00Z")},
            {QStringLiteral("due"), QStringLiteral("2026-11-23T14:20:00Z")},
            {QStringLiteral("approvers"), QJsonArray{QStringLiteral("lee")}},
            {QStringLiteral("deputies"), QJsonArray{QStringLiteral("kim")}},
            {QStringLiteral("after"), QJsonArray{QStringLiteral("technical")}}};
}

QJsonObject aMessage(int number = 1)
{
    return {{QStringLiteral("message"), number},
            {QStringLiteral("state"), QStringLiteral("draft")},
            {QStringLiteral("title"), QStringLiteral("Payments")},
            {QStringLiteral("audience"), QStringLiteral("customers")},
            {QStringLiteral("version"), 2},
            {QStringLiteral("hash"), QString(64, QLatin1Char('a'))},
            {QStringLiteral("to"), QJsonArray{QStringLiteral("page:shop"), QStringLiteral("rooms")}},
            {QStringLiteral("stages"), QJsonArray{aStage("Technical", "passed", "ben"), aStage("Legal", "refused", "lee", "not all"), aStage("PR", "waits"), aStage("Board", "open")}},
            {QStringLiteral("blocks"), QJsonArray{QStringLiteral("Legal: refused by Lee: not all")}},
            {QStringLiteral("versions"), QJsonArray{aVersion(1, "Some payments fail."), aVersion(2, "All <b>payments</b> fail.")}}};
}

view::HoldingRow aStatement(const char *id, const char *title)
{
    view::HoldingRow out;
    out.id = QString::fromUtf8(id);
    out.title = QString::fromUtf8(title);
    out.text = out.title + QStringLiteral(" since noon.");
    out.to = QStringLiteral("press (2 addresses)");
    out.hash = QStringLiteral("hash of ") + out.id;
    return out;
}

/// As a person would: what it asks for.
void typeToArm(MessageDialog &dialog)
{
    auto *field = dialog.findChild<widgets::TypeToArm *>();
    QVERIFY(field != nullptr && !field->target().isEmpty());
    field->clear();
    QTest::keyClicks(field, field->target());
}

struct BoardStage {
    style::Theme theme{*style::Palette::builtIn()};
    test::ViewFixture source;
    MessageBoard board;

    explicit BoardStage(const QJsonArray &items = {aMessage()}, const view::ViewModel &model = test::incidentScene())
        : source(model)
        , board(theme, source)
    {
        source.nextResult = {{QStringLiteral("items"), items}};
        board.resize(900, 600);
        board.show();
        (void)QTest::qWaitForWindowExposed(&board);
        board.fetch();
        source.sent.clear();
    }
    void press(const char *name)
    {
        for (QAction *a : board.list().actions())
            if (a->objectName() == QLatin1String("messages.") + QLatin1String(name))
                a->trigger();
    }
    MessageDialog *dialog()
    {
        const auto all = board.findChildren<MessageDialog *>();
        return all.isEmpty() ? nullptr : all.back();
    }
    QJsonObject sent() { return source.sent.empty() ? QJsonObject() : source.sent.front().arguments; }
};

} // namespace

class TestMessageBoard final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhoHasApprovedWhatAndWhatBlocksIt()
    {
        BoardStage s;
        QCOMPARE(s.board.list().item(0)->text(), QStringLiteral("1 · draft · to customers · version 2 · Payments"));
        QCOMPARE(s.board.stages(), QStringLiteral("✓ Technical — ben, 14:02\n✗ Legal — refused by lee: not all\n· PR — after technical\n○ Board — asked of lee, by 14:20"));
        QVERIFY2(s.board.status().contains(QStringLiteral("Legal: refused by Lee: not all")), qPrintable(s.board.status()));
        QVERIFY(s.board.status().contains(QStringLiteral("page:shop, rooms")));
    }

    void showsTheNewestVersionAgainstTheOneBefore()
    {
        BoardStage s;
        QCOMPARE(s.board.marked(), QStringLiteral("Payments\n\n[-Some payments-] {+All <b>payments</b>+} fail."));
        QVERIFY(s.board.findChild<QPlainTextEdit *>()->toPlainText().contains(QStringLiteral("<b>payments</b>"))); // text, never markup
    }

    void anApprovalIsOfWhatIsShown()
    {
        BoardStage s;
        s.press("approve");
        QCOMPARE(s.source.sent.front().method, QStringLiteral("message.judge"));
        QCOMPARE(s.sent().value(QLatin1String("hash")).toString(), QString(64, QLatin1Char('a')));
        QCOMPARE(s.sent().value(QLatin1String("approved")).toBool(), true);
        QCOMPARE(s.sent().value(QLatin1String("incident")).toString(), s.source.current()->focus);
    }

    void whoMayGiveTwoChecksSaysWhichOne()
    {
        view::ViewModel v = test::incidentScene();
        v.strip.person = QStringLiteral("lee");
        QJsonObject m = aMessage(), technical = aStage("Technical", "passed", "lee"), legal = aStage("Legal", "open"), board = aStage("Board", "open"), press = aStage("PR", "open");
        for (QJsonObject *each : {&technical, &legal, &board})
            each->insert(QStringLiteral("mayAnswer"), QJsonArray{QStringLiteral("lee")});
        m.insert(QStringLiteral("stages"), QJsonArray{technical, legal, board, press});
        BoardStage s(QJsonArray{m}, v);
        const QStringList lines = s.board.stages().split(QLatin1Char('\n'));
        QVERIFY2(lines.at(1).endsWith(QStringLiteral("yours to give")) && lines.at(2).endsWith(QStringLiteral("yours to give")), qPrintable(s.board.stages()));
        QVERIFY(!lines.at(0).contains(QStringLiteral("yours")) && !lines.at(3).contains(QStringLiteral("yours")));
        s.press("approve");
        QVERIFY(s.source.sent.empty()); // it is not guessed
        MessageDialog *d = s.dialog();
        QVERIFY(d != nullptr);
        auto *which = d->findChild<QComboBox *>();
        QCOMPARE(which->count(), 2); // what is passed is not given twice
        which->setCurrentIndex(1);
        d->doIt().click();
        QCOMPARE(s.source.sent.front().method, QStringLiteral("message.judge"));
        QCOMPARE(s.sent().value(QLatin1String("stage")).toString(), QStringLiteral("board"));
        QCOMPARE(s.sent().value(QLatin1String("approved")).toBool(), true);
        QCOMPARE(s.sent().value(QLatin1String("hash")).toString().size(), 64);
        s.press("reject");
        d = s.dialog();
        QCOMPARE(d->findChild<QComboBox *>()->count(), 3); // what was given may be taken back
        QCOMPARE(d->arguments().value(QLatin1String("stage")).toString(), QStringLiteral("technical"));
        QCOMPARE(d->arguments().value(QLatin1String("approved")).toBool(true), false);
    }

    void ofOneCheckNothingIsAsked()
    {
        BoardStage s;
        s.press("reject");
        QVERIFY(s.dialog()->findChild<QComboBox *>() == nullptr && !s.dialog()->arguments().contains(QLatin1String("stage")));
    }

    void whatWasReleasedIsCopied()
    {
        BoardStage s;
        s.source.nextResult = {{QStringLiteral("copies"), QJsonObject{{QStringLiteral("slack"), QStringLiteral("*Payments*")}}}};
        s.press("slack");
        QCOMPARE(s.source.sent.back().method, QStringLiteral("text.copy"));
        QCOMPARE(s.source.sent.back().arguments.value(QLatin1String("message")).toInt(), 1);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("*Payments*"));
        QCOMPARE(s.board.status(), QStringLiteral("Copied for Slack."));
        s.source.nextDone = false;
        s.source.nextSentence = QStringLiteral("Message 1 is draft; what is put anywhere by hand is a message that was released.");
        s.press("mail");
        QVERIFY(s.board.status().contains(QStringLiteral("a message that was released")));
    }

    void aRefusalOfTheCoreIsShown()
    {
        BoardStage s;
        s.source.nextDone = false;
        s.source.nextSentence = QStringLiteral("The text was changed since you read it.");
        s.press("release");
        QCOMPARE(s.board.status(), QStringLiteral("✗ The text was changed since you read it."));
    }

    void aRefusalNeedsItsReason()
    {
        BoardStage s;
        s.press("reject");
        MessageDialog *d = s.dialog();
        QVERIFY(d != nullptr);
        QVERIFY(!d->doIt().isEnabled());
        d->findChild<QLineEdit *>()->setText(QStringLiteral("it is all, not some"));
        QVERIFY(d->doIt().isEnabled());
        QCOMPARE(d->method(), QStringLiteral("message.judge"));
        QCOMPARE(d->arguments().value(QLatin1String("approved")).toBool(true), false);
        QCOMPARE(d->arguments().value(QLatin1String("hash")).toString().size(), 64);
    }

    void releasingNeedsTheAudienceTypedAndEnterTwiceIsNotEnough()
    {
        QJsonObject ready = aMessage();
        ready.insert(QStringLiteral("blocks"), QJsonArray{});
        BoardStage s(QJsonArray{ready});
        s.press("release");
        MessageDialog *d = s.dialog();
        QVERIFY(d != nullptr);
        auto *field = d->findChild<widgets::TypeToArm *>();
        QTest::keyClick(field, Qt::Key_Return);
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(s.source.sent.empty());
        typeToArm(*d);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(s.source.sent.front().method, QStringLiteral("message.release"));
        QCOMPARE(s.sent().value(QLatin1String("hash")).toString().size(), 64);
        QVERIFY(!s.sent().contains(QLatin1String("breakGlass")));
    }

    void breakingTheGlassNamesTwoOthers()
    {
        BoardStage s;
        s.press("glass");
        MessageDialog *d = s.dialog();
        QVERIFY(d != nullptr);
        const auto fields = d->findChildren<QLineEdit *>();
        QCOMPARE(fields.size(), qsizetype(4));
        for (QLineEdit *f : fields) {
            QVERIFY(!d->doIt().isEnabled());
            f->setText(QStringLiteral("x"));
        }
        QVERIFY(!d->doIt().isEnabled()); // the audience is typed, not anything
        typeToArm(*d);
        QVERIFY(d->doIt().isEnabled());
        QCOMPARE(d->arguments().value(QLatin1String("tell")).toArray().size(), 2);
        QCOMPARE(d->arguments().value(QLatin1String("breakGlass")).toBool(), true);
    }

    void aDraftTheGateRefusesLosesItsMarkByAButton()
    {
        BoardStage s;
        s.press("edit");
        MessageDialog *d = s.dialog();
        QVERIFY(d != nullptr && d->removal()->isHidden());
        s.source.nextDone = false;
        s.source.nextSentence = QStringLiteral("The message goes to customers, which may not be told what is marked [sealed: internal, short] at character 3. Nothing was sent.") + QString::fromUtf8(governance::kWayOut.data());
        d->doIt().click();
        QVERIFY(!d->removal()->isHidden() && d->problem().endsWith(QStringLiteral("Nothing was sent.")));
        s.source.nextDone = true;
        d->removal()->click();
        QCOMPARE(s.source.sent.at(1).arguments.value(QLatin1String("removeMarked")).toBool(), true);
    }

    void aFurtherVersionBeginsWithTheTextThereIs()
    {
        BoardStage s;
        s.press("edit");
        MessageDialog *d = s.dialog();
        QVERIFY(d != nullptr);
        QCOMPARE(d->arguments().value(QLatin1String("text")).toString(), QStringLiteral("All <b>payments</b> fail."));
        QCOMPARE(d->arguments().value(QLatin1String("message")).toInt(), 1);
        QCOMPARE(d->arguments().value(QLatin1String("hash")).toString(), QString(64, QLatin1Char('a'))); // the version it goes on from
        QCOMPARE(d->arguments().value(QLatin1String("to")).toArray().size(), 2);
        d->findChild<QPlainTextEdit *>()->setPlainText(QStringLiteral(" "));
        QVERIFY(!d->doIt().isEnabled());
    }

    void aTextSaysHowFarItIs()
    {
        QJsonObject m = aMessage();
        m.insert(QStringLiteral("phase"), QStringLiteral("identified"));
        BoardStage s(QJsonArray{m});
        s.press("edit");
        MessageDialog *d = s.dialog();
        QVERIFY(d != nullptr);
        auto *phase = d->findChild<QComboBox *>();
        QVERIFY(phase != nullptr);
        QCOMPARE(phase->currentData().toString(), QStringLiteral("identified"));
        QVERIFY(!d->arguments().contains(QLatin1String("phase"))); // it stays
        phase->setCurrentIndex(phase->findData(QStringLiteral("resolved")));
        QCOMPARE(d->arguments().value(QLatin1String("phase")).toString(), QStringLiteral("resolved"));
        phase->setCurrentIndex(0);
        QCOMPARE(d->arguments().value(QLatin1String("phase")).toString(), QStringLiteral("none"));
    }

    void aMessageIsWrittenInEveryLanguageOfThePages()
    {
        view::ViewModel v = test::incidentScene();
        v.stack.spoken.languages = {QStringLiteral("en"), QStringLiteral("de")};
        v.stack.spoken.pages = {{QStringLiteral("shop"), QStringLiteral("en")}, {QStringLiteral("laden"), QStringLiteral("de")}};
        BoardStage s(QJsonArray{}, v);
        s.press("new");
        MessageDialog *d = s.dialog();
        QVERIFY(d != nullptr);
        const auto field = [&](const char *name) -> QWidget * {
            for (QWidget *w : d->findChildren<QWidget *>())
                if (w->accessibleName() == QString::fromUtf8(name))
                    return w;
            return nullptr;
        };
        auto *title = qobject_cast<QLineEdit *>(field("Title (en)")), *titel = qobject_cast<QLineEdit *>(field("Title (de)")), *to = qobject_cast<QLineEdit *>(field("Goes to"));
        auto *text = qobject_cast<QPlainTextEdit *>(field("Text (en)")), *wortlaut = qobject_cast<QPlainTextEdit *>(field("Text (de)"));
        QVERIFY(title && titel && text && wortlaut && to);
        title->setText(QStringLiteral("Payments"));
        text->setPlainText(QStringLiteral("Some fail."));
        QVERIFY(d->doIt().isEnabled() && !d->arguments().contains(QLatin1String("texts"))); // one language is enough
        titel->setText(QStringLiteral("Zahlungen"));
        wortlaut->setPlainText(QStringLiteral("Einige scheitern."));
        QJsonObject sent = d->arguments();
        QCOMPARE(sent.value(QLatin1String("text")).toString(), QStringLiteral("Some fail."));
        QCOMPARE(sent.value(QLatin1String("titles")).toObject(), (QJsonObject{{QStringLiteral("de"), QStringLiteral("Zahlungen")}}));
        QCOMPARE(sent.value(QLatin1String("texts")).toObject(), (QJsonObject{{QStringLiteral("de"), QStringLiteral("Einige scheitern.")}}));
        to->setText(QStringLiteral("page:laden")); // that page speaks German first
        sent = d->arguments();
        QCOMPARE(sent.value(QLatin1String("title")).toString(), QStringLiteral("Zahlungen"));
        QCOMPARE(sent.value(QLatin1String("texts")).toObject(), (QJsonObject{{QStringLiteral("en"), QStringLiteral("Some fail.")}}));
    }

    void aDraftIsAdvisedAsItIsWritten()
    {
        BoardStage s(QJsonArray{});
        s.press("new");
        MessageDialog *d = s.dialog();
        QVERIFY(d != nullptr && d->advice().isEmpty());
        d->findChild<QLineEdit *>()->setText(QStringLiteral("Orders"));
        d->findChild<QPlainTextEdit *>()->setPlainText(QStringLiteral("Orders fail due to human error."));
        QVERIFY2(d->advice().startsWith(QStringLiteral("◇ blame: “human error” — ")), qPrintable(d->advice()));
        QVERIFY(d->doIt().isEnabled()); // it advises
        d->findChild<QPlainTextEdit *>()->setPlainText(QStringLiteral("Some orders fail."));
        QVERIFY(d->advice().isEmpty());
    }

    void aFurtherVersionSendsTheLanguagesThatAreAnotherNow()
    {
        view::ViewModel v = test::incidentScene();
        v.stack.spoken.languages = {QStringLiteral("en"), QStringLiteral("de")};
        QJsonObject m = aMessage(), version = aVersion(2, "All fail.");
        version.insert(QStringLiteral("titles"), QJsonObject{{QStringLiteral("de"), QStringLiteral("Zahlungen")}});
        version.insert(QStringLiteral("texts"), QJsonObject{{QStringLiteral("de"), QStringLiteral("Alle scheitern.")}});
        m.insert(QStringLiteral("versions"), QJsonArray{version});
        BoardStage s(QJsonArray{m}, v);
        s.press("edit");
        MessageDialog *d = s.dialog();
        QVERIFY(d != nullptr);
        QVERIFY(!d->arguments().contains(QLatin1String("texts")) && !d->arguments().contains(QLatin1String("titles")));
        auto *german = d->findChildren<QPlainTextEdit *>().at(1);
        QCOMPARE(german->toPlainText(), QStringLiteral("Alle scheitern."));
        german->clear(); // taken away
        QCOMPARE(d->arguments().value(QLatin1String("texts")).toObject(), (QJsonObject{{QStringLiteral("de"), QString()}}));
    }

    void withNothingDraftedTheStatementThatFitsIsNamed()
    {
        view::ViewModel v = test::incidentScene();
        v.stack.holding = {aStatement("pay-trouble", "Payments fail")};
        BoardStage s(QJsonArray{}, v);
        QVERIFY2(s.board.status().contains(QStringLiteral("pay-trouble")), qPrintable(s.board.status()));
        s.press("holding");
        QVERIFY(s.source.sent.empty() || s.source.sent.front().method != QStringLiteral("message.release"));
        MessageDialog *d = s.dialog();
        QVERIFY(d != nullptr && !d->doIt().isEnabled());
        typeToArm(*d);
        d->doIt().click();
        QCOMPARE(s.source.sent.front().method, QStringLiteral("message.release"));
        QCOMPARE(s.sent().value(QLatin1String("holding")).toString(), QStringLiteral("pay-trouble"));
        QCOMPARE(s.sent().value(QLatin1String("hash")).toString(), QStringLiteral("hash of pay-trouble"));
    }

    void ofTwoStatementsEitherIsReadAndReleased()
    {
        view::ViewModel v = test::incidentScene();
        v.stack.holding = {aStatement("pay-trouble", "Payments fail"), aStatement("shop-down", "The shop is down")};
        v.stack.holding.back().next = true; // what the strip's clock waits for stands first
        BoardStage s(QJsonArray{}, v);
        QVERIFY2(s.board.status().contains(QStringLiteral("shop-down")), qPrintable(s.board.status()));
        s.press("holding");
        MessageDialog *d = s.dialog();
        QVERIFY(d != nullptr);
        auto *which = d->findChild<QComboBox *>();
        auto *says = d->findChild<QPlainTextEdit *>();
        QCOMPARE(which->count(), 2);
        QVERIFY(!which->isHidden() && !which->accessibleName().isEmpty() && says->isReadOnly());
        QCOMPARE(says->toPlainText(), QStringLiteral("The shop is down\n\nThe shop is down since noon."));
        typeToArm(*d);
        QVERIFY(d->doIt().isEnabled());
        which->setCurrentIndex(1); // another one: what was typed was not meant for it
        QVERIFY(!d->doIt().isEnabled());
        QCOMPARE(says->toPlainText(), QStringLiteral("Payments fail\n\nPayments fail since noon."));
        typeToArm(*d);
        d->doIt().click();
        QCOMPARE(s.sent().value(QLatin1String("holding")).toString(), QStringLiteral("pay-trouble"));
        QCOMPARE(s.sent().value(QLatin1String("hash")).toString(), QStringLiteral("hash of pay-trouble"));
    }

    void whatWasReleasedIsNotOfferedAgain()
    {
        view::ViewModel v = test::incidentScene();
        v.stack.holding = {aStatement("pay-trouble", "Payments fail"), aStatement("shop-down", "The shop is down")};
        v.stack.holding.front().released = true;
        BoardStage s(QJsonArray{}, v);
        s.press("holding");
        QVERIFY(s.dialog() != nullptr && s.dialog()->findChild<QComboBox *>()->isHidden()); // one is left: nothing to choose
        QCOMPARE(s.dialog()->findChild<widgets::TypeToArm *>()->target(), QStringLiteral("shop-down"));
        v.stack.holding.back().released = true;
        BoardStage none(QJsonArray{}, v);
        none.press("holding");
        QVERIFY(none.dialog() == nullptr);
        QVERIFY2(none.board.status().contains(QStringLiteral("was released")), qPrintable(none.board.status()));
    }

    void withoutAMessageNothingIsDone()
    {
        BoardStage s(QJsonArray{});
        for (const char *name : {"approve", "reject", "release", "withdraw", "glass", "edit"})
            s.press(name);
        QVERIFY(s.source.sent.empty() && s.dialog() == nullptr);
    }
};

QD_GUI_TEST(TestMessageBoard)
#include "tst_messageboard.moc"
