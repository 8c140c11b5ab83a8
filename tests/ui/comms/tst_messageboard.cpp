// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/wayout.h"
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/comms/messageboard.h"
#include "ui/widgets/typetoarm.h"

#include <QAction>
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
        QCOMPARE(d->arguments().value(QLatin1String("to")).toArray().size(), 2);
        d->findChild<QPlainTextEdit *>()->setPlainText(QStringLiteral(" "));
        QVERIFY(!d->doIt().isEnabled());
    }

    void withNothingDraftedTheStatementThatFitsIsNamed()
    {
        view::ViewModel v = test::incidentScene();
        v.stack.holding = {QStringLiteral("pay-trouble")};
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
