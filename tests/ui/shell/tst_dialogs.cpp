// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/shell/armdialog.h"
#include "ui/shell/changedialog.h"
#include "ui/shell/unlockdialog.h"
#include "ui/triage/shelvedialog.h"
#include "ui/triage/silencedialog.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/typetoarm.h"
#include "ui/widgets/reasonfield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>

using namespace qd;
using namespace qd::shell;
using triage::SilenceDialog;

namespace {

view::Feed feed(const QString &name, const QString &kind, const QString &arming)
{
    view::Feed f;
    f.name = name;
    f.kind = kind;
    f.arming = arming;
    return f;
}

QCheckBox *box(const QDialog &dialog, const QString &begins)
{
    for (QCheckBox *b : dialog.findChildren<QCheckBox *>())
        if (b->text().startsWith(begins))
            return b;
    return nullptr;
}

void fill(const QDialog &dialog, const QString &name, const QString &text)
{
    for (QLineEdit *field : dialog.findChildren<QLineEdit *>())
        if (field->accessibleName() == name)
            QTest::keyClicks(field, text);
    for (widgets::ReasonField *field : dialog.findChildren<widgets::ReasonField *>())
        if (field->accessibleName() == name)
            QTest::keyClicks(field->lineEdit(), text);
}

} // namespace

class TestDialogs : public QObject {
    Q_OBJECT
private:
    style::Theme *m_theme = nullptr;
    view::AlertRow m_alert;
    view::AlertDetail m_detail;

    view::ViewModelPtr viewOf(std::vector<view::Feed> feeds) const
    {
        view::ViewModel view = test::incidentScene();
        view.strip.feeds = std::move(feeds);
        return std::make_shared<const view::ViewModel>(std::move(view));
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = new style::Theme(std::move(*palette), this);
        m_alert.key = m_detail.key = QStringLiteral("am/1");
        m_alert.title = QStringLiteral("Disk full");
        m_detail.labels = {{QStringLiteral("alertname"), QStringLiteral("DiskFull")}, {QStringLiteral("pod"), QStringLiteral("a&b")},
                           {QStringLiteral("service"), QStringLiteral("db")}};
    }

    void aDigitIsAReasonAndReturnSendsItAtOnce()
    {
        for (const bool isShelf : {true, false}) {
            std::unique_ptr<widgets::FormDialog> dialog;
            if (isShelf)
                dialog = std::make_unique<triage::ShelveDialog>(*m_theme, std::vector<view::AlertRow>{m_alert}, nullptr);
            else
                dialog = std::make_unique<SilenceDialog>(*m_theme, m_alert, m_detail, std::vector<view::Feed>{}, nullptr);
            QSignalSpy submitted(dialog.get(), &widgets::FormDialog::submitted);
            dialog->show();
            dialog->activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(dialog.get(), qd::tests::kPatience));
            auto *reason = dialog->findChild<widgets::ReasonField *>();
            QVERIFY(reason->lineEdit()->hasFocus());
            // To what has the keyboard: the field has it by the box around it.
            QTest::keyClick(dialog->focusWidget(), Qt::Key_2);
            QCOMPARE(reason->reason(), widgets::ReasonField::presets().at(1));
            QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
            QCOMPARE(submitted.count(), 1);
        }
    }

    void aSilenceTakesTheTickedLabelsADurationAndAReason()
    {
        SilenceDialog dialog(*m_theme, m_alert, m_detail, {feed(QStringLiteral("am"), QStringLiteral("alertmanager"), QStringLiteral("silences"))}, nullptr);
        QVERIFY(!dialog.doIt().isEnabled()); // no reason yet
        dialog.findChild<QLineEdit *>()->window();
        fill(dialog, QStringLiteral("Reason"), QStringLiteral("being replaced"));
        QVERIFY(dialog.doIt().isEnabled());
        const QJsonObject sent = dialog.arguments();
        QCOMPARE(sent.value(QStringLiteral("source")).toString(), QStringLiteral("am"));
        QCOMPARE(sent.value(QStringLiteral("duration")).toString(), QStringLiteral("1h"));
        QCOMPARE(sent.value(QStringLiteral("reason")).toString(), QStringLiteral("being replaced"));
        QCOMPARE(sent.value(QStringLiteral("matchers")).toArray().size(), 2); // alertname and service, not the pod
        QVERIFY(box(dialog, QStringLiteral("pod")) != nullptr);
        box(dialog, QStringLiteral("pod"))->setChecked(true);
        QCOMPARE(dialog.arguments().value(QStringLiteral("matchers")).toArray().at(1).toObject().value(QStringLiteral("value")).toString(), QStringLiteral("a&b"));
        for (QCheckBox *b : dialog.findChildren<QCheckBox *>())
            b->setChecked(false);
        QVERIFY(!dialog.doIt().isEnabled()); // it would silence everything
    }

    void aConnectionThatOnlyObservesIsSaidBeforeAnythingIsSent()
    {
        SilenceDialog observing(*m_theme, m_alert, m_detail, {feed(QStringLiteral("am"), QStringLiteral("alertmanager"), QStringLiteral("observe"))}, nullptr);
        QVERIFY(!observing.doIt().isEnabled());
        QVERIFY2(observing.problem().contains(QStringLiteral("observes only")), qPrintable(observing.problem()));
    }

    void whereNoAlertmanagerIsASilenceIsKeptHere()
    {
        SilenceDialog here(*m_theme, m_alert, m_detail, {feed(QStringLiteral("prom"), QStringLiteral("inbound"), QStringLiteral("observe"))}, nullptr);
        fill(here, QStringLiteral("Reason"), QStringLiteral("being replaced"));
        QVERIFY(here.doIt().isEnabled());
        QCOMPARE(here.arguments().value(QStringLiteral("source")).toString(), QString());
    }

    void aShelfLongerThanTheSeverityAllowsIsRefusedBeforeItIsSent()
    {
        view::AlertRow critical = m_alert, warning = m_alert;
        critical.severity = AlertSeverity::Critical;
        warning.severity = AlertSeverity::Warning;
        triage::ShelveDialog dialog(*m_theme, {warning, critical}, nullptr);
        QVERIFY(!dialog.doIt().isEnabled()); // no reason yet
        fill(dialog, QStringLiteral("Reason"), QStringLiteral("known"));
        QVERIFY(dialog.doIt().isEnabled());
        QCOMPARE(dialog.arguments().value(QStringLiteral("duration")).toString(), QStringLiteral("15m"));
        QCOMPARE(dialog.arguments().value(QStringLiteral("alerts")).toArray().size(), 2);
        dialog.findChild<QComboBox *>()->setCurrentText(QStringLiteral("16m"));
        QVERIFY(!dialog.doIt().isEnabled());
        QVERIFY2(dialog.problem().contains(QStringLiteral("15m")), qPrintable(dialog.problem()));
    }

    void aLongSentenceIsReadWhole()
    {
        SilenceDialog dialog(*m_theme, m_alert, m_detail, {feed(QStringLiteral("am"), QStringLiteral("alertmanager"), QStringLiteral("silences"))}, nullptr);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog, qd::tests::kPatience));
        dialog.setUnrecorded(true);
        dialog.refuse(QStringLiteral("The silence was refused there. ").repeated(12).trimmed());
        QCoreApplication::processEvents();
        for (const widgets::PlainLabel *label : dialog.findChildren<widgets::PlainLabel *>()) {
            if (label->isVisible() && label->wordWrap())
                QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->plain()));
        }
        QVERIFY(dialog.rect().contains(dialog.doIt().geometry()));
    }

    void onlyWhatAKindCanWriteIsOffered()
    {
        ArmDialog dialog(*m_theme,
                         viewOf({feed(QStringLiteral("push"), QStringLiteral("inbound"), QStringLiteral("observe")),
                                 feed(QStringLiteral("rooms"), QStringLiteral("xmpp"), QStringLiteral("rooms")),
                                 feed(QStringLiteral("am"), QStringLiteral("alertmanager"), QStringLiteral("observe"))}),
                         nullptr);
        auto *connection = dialog.findChild<QComboBox *>();
        QCOMPARE(connection->count(), 2); // the inbound one writes nothing
        QVERIFY(box(dialog, QStringLiteral("rooms"))->isChecked());
        QVERIFY(box(dialog, QStringLiteral("silences"))->isHidden());
        QVERIFY(!dialog.doIt().isEnabled()); // nothing would change
        auto *arm = dialog.findChild<widgets::TypeToArm *>();
        QVERIFY(!arm->isEnabled()); // and nothing is asked for it
        box(dialog, QStringLiteral("posts"))->setChecked(true);
        QVERIFY(!dialog.doIt().isEnabled()); // it goes outside: its name first
        QCOMPARE(arm->target(), QStringLiteral("rooms"));
        QWidget *after = box(dialog, QStringLiteral("posts"))->nextInFocusChain();
        while (qobject_cast<QCheckBox *>(after) != nullptr)
            after = after->nextInFocusChain();
        QCOMPARE(after, arm); // Tab goes there from what was ticked
        QTest::keyClicks(arm, QStringLiteral("room"));
        QVERIFY(!dialog.doIt().isEnabled());
        QTest::keyClicks(arm, QStringLiteral("s "));
        QVERIFY(dialog.doIt().isEnabled());
        QCOMPARE(dialog.method(), QStringLiteral("connection.arm"));
        QCOMPARE(dialog.arguments().value(QStringLiteral("allow")).toArray(), QJsonArray({QStringLiteral("rooms"), QStringLiteral("posts")}));
        box(dialog, QStringLiteral("posts"))->setChecked(false);
        box(dialog, QStringLiteral("rooms"))->setChecked(false);
        QCOMPARE(dialog.method(), QStringLiteral("connection.disarm"));
        QVERIFY(dialog.doIt().isEnabled()); // taking away is never kept waiting
        QVERIFY(!dialog.arguments().contains(QStringLiteral("allow")));
        connection->setCurrentIndex(1);
        QVERIFY(!box(dialog, QStringLiteral("silences"))->isHidden());
        QVERIFY(box(dialog, QStringLiteral("rooms"))->isHidden());
    }

    void aChangeNeedsATitleAndATimeThatCanBeRead()
    {
        ChangeDialog dialog(*m_theme, QStringLiteral("checkout"), viewOf({}), test::sceneMoment(), nullptr);
        QVERIFY(!dialog.doIt().isEnabled());
        const auto field = [&](const QString &name) {
            for (QLineEdit *f : dialog.findChildren<QLineEdit *>())
                if (f->accessibleName() == name)
                    return f;
            return static_cast<QLineEdit *>(nullptr);
        };
        QTest::keyClicks(field(QStringLiteral("Change")), QStringLiteral("config push"));
        QVERIFY(dialog.doIt().isEnabled());
        QTest::keyClicks(field(QStringLiteral("When (UTC)")), QStringLiteral("lunch"));
        QVERIFY(!dialog.doIt().isEnabled());
        field(QStringLiteral("When (UTC)"))->setText(QStringLiteral("14:01"));
        QVERIFY(dialog.doIt().isEnabled());
        QCOMPARE(dialog.arguments().value(QStringLiteral("at")).toString(), QStringLiteral("2026-11-23T14:01:00Z"));
        QCOMPARE(dialog.arguments().value(QStringLiteral("service")).toString(), QStringLiteral("checkout"));
    }

    void thePassphraseLeavesTheFieldWhenItIsTaken()
    {
        UnlockDialog dialog(*m_theme, nullptr);
        QVERIFY(!dialog.doIt().isEnabled());
        QCOMPARE(dialog.field().echoMode(), QLineEdit::Password);
        QTest::keyClicks(&dialog.field(), QStringLiteral("correct horse"));
        dialog.show();
        QSignalSpy submitted(&dialog, &UnlockDialog::submitted);
        QTest::keyClick(&dialog.field(), Qt::Key_Return);
        QCOMPARE(submitted.size(), 1);
        const Secret secret = dialog.take();
        QCOMPARE(secret.revealText(), std::string_view("correct horse"));
        QVERIFY(dialog.field().text().isEmpty());
        dialog.refuse(QStringLiteral("The passphrase does not open this home; nothing was changed."));
        QVERIFY(!dialog.doIt().isEnabled()); // until something is typed again
        QVERIFY(dialog.problem().contains(QStringLiteral("does not open")));
        QTest::keyClicks(&dialog.field(), QStringLiteral("x"));
        QVERIFY(dialog.problem().isEmpty());
    }
};

QD_GUI_TEST(TestDialogs)
#include "tst_dialogs.moc"
