// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/wayout.h"
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/comms/posteddialog.h"
#include "ui/comms/sentupdates.h"
#include "ui/comms/updatecomposer.h"
#include "ui/comms/words.h"
#include "ui/widgets/plaintext.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QJsonArray>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

using namespace qd;
using namespace qd::comms;

namespace {

struct Stage {
    style::Theme theme{*style::Palette::builtIn()};
    test::ViewFixture source;
    widgets::Ticker ticker;
    UpdateComposer composer;

    explicit Stage(const view::ViewModel &model)
        : source(model)
        , composer((ticker.freeze(true), ticker.follow(model.made), theme), source, ticker)
    {
        composer.resize(460, 500);
        composer.show();
        (void)QTest::qWaitForWindowExposed(&composer);
        composer.activateWindow();
    }
    /// What the field says that takes when the next one comes, while it is empty.
    QString hintOfNext() const
    {
        for (const QLineEdit *each : composer.findChildren<QLineEdit *>())
            if (each->accessibleName().startsWith(QStringLiteral("Next update in")))
                return each->placeholderText();
        return {};
    }
    QLineEdit &field(const char *name)
    {
        QLineEdit *edit = composer.field(QString::fromUtf8(name));
        Q_ASSERT(edit != nullptr);
        return *edit;
    }
    void fillAll()
    {
        field("region").setText(QStringLiteral("Europe"));
        field("impact").setText(QStringLiteral("cannot pay"));
        field("action").setText(QStringLiteral("rolling back"));
    }
    void press(const char *name)
    {
        for (QAction *a : composer.actions()) {
            if (a->text() == QString::fromUtf8(name))
                a->trigger();
        }
    }
};

} // namespace

class TestUpdateComposer final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatTheGateRefusesIsNamedChosenInItsFieldAndTakenOutByAButton()
    {
        Stage s(test::incidentScene());
        s.composer.begin();
        s.fillAll();
        s.field("impact").setText(QStringLiteral("cannot pay [[restricted: canary]]"));
        s.source.nextDone = false;
        s.source.nextSentence = QStringLiteral("The update goes to customers, which may not be told what is marked [sealed: restricted, short] at character 37. Nothing was sent.") + QString::fromUtf8(governance::kWayOut.data());
        QVERIFY(s.composer.removal().isHidden());
        s.press("Update: remove what is marked, and send or copy"); // nothing was refused yet
        QVERIFY(s.source.sent.empty());
        s.press("Update: send");
        QVERIFY(!s.composer.removal().isHidden());
        QVERIFY2(s.composer.problem().contains(QStringLiteral("[sealed: restricted, short]")) && !s.composer.problem().contains(QStringLiteral("--remove-marked")), qPrintable(s.composer.problem()));
        QCOMPARE(s.field("impact").selectedText(), QStringLiteral("[[restricted: canary]]"));
        QVERIFY(!s.source.sent.back().arguments.contains(QStringLiteral("removeMarked")));
        s.source.nextDone = true;
        s.composer.removal().click();
        QCOMPARE(s.source.sent.back().method, QStringLiteral("update.send"));
        QCOMPARE(s.source.sent.back().arguments.value(QStringLiteral("removeMarked")).toBool(), true);
        QVERIFY(!s.composer.isOpen() && s.composer.removal().isHidden());
    }

    void whereItGoesIsSaidBeforeItIsSent()
    {
        view::ViewModel scene = test::incidentScene();
        scene.templates[0].goesTo = QStringLiteral("the room war@chat.example");
        Stage s(scene);
        s.composer.begin();
        QCOMPARE(s.composer.goesTo(), QStringLiteral("Goes to: the room war@chat.example"));
        scene.templates[0].reaches = false;
        scene.templates[0].goesTo = QStringLiteral("the rooms of INC-7 (not now: INC-7 has no room)");
        s.source.show(scene);
        QVERIFY2(s.composer.goesTo().contains(QStringLiteral("Reaches nobody: the rooms of INC-7 (not now: INC-7 has no room)")), qPrintable(s.composer.goesTo()));
        scene.templates[0].refusal = QStringLiteral("Template x goes outside.");
        s.source.show(scene);
        QVERIFY(s.composer.goesTo().contains(QStringLiteral("Template x goes outside.")));
    }

    void whatReachedNobodyStaysOpenWithItsCopy()
    {
        Stage s(test::incidentScene());
        s.composer.begin();
        s.fillAll();
        s.source.nextResult = {{QStringLiteral("id"), QStringLiteral("update/3")}, {QStringLiteral("notes"), QJsonArray{QStringLiteral("Nobody was told: INC-1 has no room. It is recorded, and still owed.")}}};
        s.press("Update: send");
        QVERIFY(s.composer.isOpen());
        QVERIFY2(s.composer.problem().contains(QStringLiteral("Update 3 reached nobody")), qPrintable(s.composer.problem()));
        QCOMPARE(s.field("region").text(), QStringLiteral("Europe"));
        s.source.nextResult = {};
        s.press("Update: copy for Slack");
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("cannot pay")));
        s.press("Update: it is posted by hand"); // of the one that was sent; no second one is
        QCOMPARE(s.source.sent.back().method, QStringLiteral("update.posted"));
        QCOMPARE(s.source.sent.back().arguments.value(QLatin1String("update")).toInt(), 3);
        QCOMPARE(s.source.sent.back().arguments.value(QLatin1String("where")).toString(), QStringLiteral("Slack"));
        QVERIFY(!s.composer.isOpen());
    }

    void everyUpdateThatWasSentIsCopiedAndSaidToBePosted()
    {
        view::ViewModel scene = test::incidentScene();
        view::UpdateRow row;
        row.id = QStringLiteral("2");
        row.audience = QStringLiteral("executive");
        row.text = QStringLiteral("It is better.");
        row.at = scene.made;
        row.unheard = true;
        scene.stack.updates = {row};
        Stage s(scene);
        QPushButton *button = s.composer.sentOnes().copyButton(QStringLiteral("2"));
        QVERIFY(button != nullptr && button->menu() != nullptr);
        QCOMPARE(button->accessibleName(), QStringLiteral("Copy update 2 to executive"));
        s.source.nextResult = {{QStringLiteral("copies"), QJsonObject{{QStringLiteral("teams"), QStringLiteral("**SEV1**")}}}, {QStringLiteral("html"), QJsonObject{{QStringLiteral("teams"), QStringLiteral("<b>SEV1</b>")}}}};
        button->menu()->actions().at(1)->trigger();
        QCOMPARE(s.source.sent.back().method, QStringLiteral("text.copy"));
        QCOMPARE(s.source.sent.back().arguments.value(QLatin1String("update")).toInt(), 2);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("**SEV1**"));
        QVERIFY(s.composer.sentOnes().said().contains(QStringLiteral("Update 2 is copied")));
        s.press("Update: copy as mail"); // while no form is open the newest that was sent
        QCOMPARE(s.source.sent.back().method, QStringLiteral("text.copy"));
        s.source.nextResult = {};
        button->menu()->actions().constLast()->trigger();
        auto *dialog = s.composer.findChild<PostedDialog *>();
        QVERIFY(dialog != nullptr);
        dialog->where().setText(QStringLiteral("telephone"));
        dialog->doIt().click();
        QCOMPARE(s.source.sent.back().method, QStringLiteral("update.posted"));
        QCOMPARE(s.source.sent.back().arguments.value(QLatin1String("where")).toString(), QStringLiteral("telephone"));
        s.source.nextDone = false;
        s.source.nextSentence = QStringLiteral("INC-1 has no update 2.");
        button->menu()->actions().at(0)->trigger();
        QVERIFY(s.composer.sentOnes().said().contains(QStringLiteral("INC-1 has no update 2.")));
    }

    void previewsWhatWillBeRead()
    {
        view::ViewModel scene = test::incidentScene();
        scene.stack.promises[0].audience = scene.templates[0].audience;
        scene.stack.promises[0].made = scene.made - minutes(4); // while this one is written
        scene.templates[0].cadence = hours(1);
        Stage s(scene);
        s.composer.begin();
        QVERIFY(s.composer.isOpen());
        QVERIFY(s.composer.previewText().contains(QStringLiteral("[where customers are affected]")));
        s.fillAll();
        QCOMPARE(s.composer.previewText(),
                 QStringLiteral("Some customers in Europe cannot pay. We are rolling back; orders already placed are safe. Next update 14:40 UTC."));
        s.composer.nextUpdate().setText(QStringLiteral("30m"));
        QVERIFY(s.composer.previewText().endsWith(QStringLiteral("Next update 14:55 UTC.")));
        s.field("next").setText(QStringLiteral("at noon"));
        QVERIFY(s.composer.previewText().endsWith(QStringLiteral("Next update at noon.")));
    }

    void theNextUpdateIsWhatTheClockWillSay_data()
    {
        QTest::addColumn<QString>("audience"); ///< of a promise due 14:40; the template's hears every half an hour
        QTest::addColumn<int>("minutesAgo");
        QTest::addColumn<QString>("next");
        QTest::newRow("promised to its audience while it is written") << "public" << 4 << "14:40 UTC";
        QTest::newRow("promised before: this one keeps it") << "public" << 6 << "14:55 UTC";
        QTest::newRow("promised to others") << "technical" << 4 << "14:55 UTC";
    }
    void theNextUpdateIsWhatTheClockWillSay()
    {
        QFETCH(QString, audience);
        QFETCH(int, minutesAgo);
        QFETCH(QString, next);
        view::ViewModel scene = test::incidentScene();
        scene.templates[0].cadence = minutes(30);
        view::Promise promise = scene.stack.promises[0], technical = promise;
        promise.audience = audience;
        promise.made = scene.made - minutes(minutesAgo);
        technical.id = QStringLiteral("9");
        technical.audience = QStringLiteral("technical");
        technical.due = scene.made + minutes(5); // the nearest
        technical.made = scene.made;
        scene.stack.promises = {technical, promise};
        Stage s(scene);
        s.composer.begin();
        s.fillAll();
        QCOMPARE(s.field("next").placeholderText(), next);
        QCOMPARE(s.hintOfNext(), QStringLiteral("20m; empty: %1").arg(next));
        QVERIFY2(s.composer.previewText().endsWith(QStringLiteral("Next update %1.").arg(next)), qPrintable(s.composer.previewText()));
        s.press("Update: send");
        QCOMPARE(s.source.sent.back().method, QStringLiteral("update.send"));
        QCOMPARE(s.source.sent.back().arguments[QLatin1String("set")].toObject()[QLatin1String("next")].toString(), next); // what was shown
    }

    void whereNothingSaysWhenTheNextOneComesItIsAsked()
    {
        view::ViewModel scene = test::incidentScene(); // with promises, all of them to others
        scene.templates[0].cadence = {};
        Stage s(scene);
        s.composer.begin();
        s.fillAll();
        QCOMPARE(s.field("next").placeholderText(), QStringLiteral("time of the next update"));
        QCOMPARE(s.hintOfNext(), QStringLiteral("20m; empty promises nothing"));
        s.press("Update: send");
        QVERIFY(s.source.sent.empty());
        QVERIFY2(s.composer.problem().contains(QStringLiteral("“next” is required")), qPrintable(s.composer.problem()));
    }

    void refusesToSendWhatIsIncomplete()
    {
        Stage s(test::incidentScene());
        s.composer.begin();
        s.field("region").setText(QStringLiteral("Europe"));
        s.press("Update: send");
        QVERIFY(s.source.sent.empty());
        QVERIFY(s.composer.problem().contains(QStringLiteral("impact")));
        s.fillAll();
        s.composer.nextUpdate().setText(QStringLiteral("soon"));
        s.press("Update: send");
        QVERIFY(s.source.sent.empty());
        QVERIFY(s.composer.problem().contains(QStringLiteral("soon")));
    }

    void sendsThePromiseFirstAndThenTheUpdate()
    {
        Stage s(test::incidentScene());
        s.composer.begin();
        s.fillAll();
        s.composer.nextUpdate().setText(QStringLiteral("20m"));
        QSignalSpy sent(&s.composer, &UpdateComposer::sent);
        QTest::keyClick(&s.field("action"), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(s.source.sent.size(), std::size_t(2));
        QCOMPARE(s.source.sent[0].method, QStringLiteral("promise.make"));
        QCOMPARE(s.source.sent[0].arguments[QLatin1String("due")].toString(), QStringLiteral("20m"));
        QCOMPARE(s.source.sent[1].method, QStringLiteral("update.send"));
        const QJsonObject set = s.source.sent[1].arguments[QLatin1String("set")].toObject();
        QCOMPARE(set[QLatin1String("region")].toString(), QStringLiteral("Europe"));
        QCOMPARE(set[QLatin1String("next")].toString(), QStringLiteral("14:45 UTC"));
        QCOMPARE(s.source.sent[1].arguments[QLatin1String("template")].toString(), QStringLiteral("service-disruption"));
        QCOMPARE(sent.count(), 1);
        QVERIFY(!s.composer.isOpen());
    }

    void keepsWhatWasTypedWhenTheCoreRefuses()
    {
        Stage s(test::incidentScene());
        s.composer.begin();
        s.fillAll();
        s.source.nextDone = false;
        s.source.nextSentence = QStringLiteral("The incident is closed.");
        s.press("Update: send");
        QVERIFY(s.composer.isOpen());
        QVERIFY(s.composer.problem().contains(QStringLiteral("The incident is closed.")));
        QCOMPARE(s.field("region").text(), QStringLiteral("Europe"));
        s.source.nextDone = true;
        s.press("Update: send");
        QVERIFY(!s.composer.isOpen());
        s.composer.begin();
        QVERIFY(s.field("region").text().isEmpty());
    }

    void dataTakesNeitherWordsNorKeyboard()
    {
        Stage s(test::incidentScene());
        s.composer.begin();
        s.field("impact").setFocus();
        QTRY_VERIFY(s.field("impact").hasFocus());
        s.field("impact").setText(QStringLiteral("cannot"));
        QLineEdit *before = &s.field("impact");
        auto model = test::incidentScene();
        model.stack.updates.clear();
        model.incidents[0].alerts = 9;
        s.source.show(model);
        QCOMPARE(&s.field("impact"), before);
        QVERIFY(before->hasFocus());
        QCOMPARE(before->text(), QStringLiteral("cannot"));
    }

    void keepsADraftForEachIncident()
    {
        Stage s(test::incidentScene());
        s.composer.begin();
        s.field("region").setText(QStringLiteral("Europe"));
        auto other = test::incidentScene();
        other.focus = QStringLiteral("INC-2040");
        s.source.show(other);
        QVERIFY(s.field("region").text().isEmpty());
        s.source.show(test::incidentScene());
        QCOMPARE(s.field("region").text(), QStringLiteral("Europe"));
    }

    void copiesPlainText()
    {
        Stage s(test::incidentScene());
        s.composer.begin();
        s.fillAll();
        s.press("Update: copy as plain text");
        QCOMPARE(QGuiApplication::clipboard()->text(), s.composer.previewText());
        QVERIFY(!QGuiApplication::clipboard()->text().isEmpty());
    }

    void aCopyIsHeadedAsWhatIsSent()
    {
        view::ViewModel scene = test::incidentScene();
        const QString heading = QStringLiteral("SEV1 INC-2041: Checkout failing, EU");
        const auto copied = [&] {
            Stage s(scene);
            s.composer.begin();
            s.fillAll();
            s.press("Update: copy as mail");
            return QGuiApplication::clipboard()->text();
        };
        QString text = copied();
        QVERIFY2(text.contains(QStringLiteral("Shop: service disruption")) && text.contains(QStringLiteral("cannot pay")), qPrintable(text));
        QVERIFY2(!text.contains(QStringLiteral("SEV")) && !text.contains(QStringLiteral("Checkout failing")), qPrintable(text)); // what is ours alone
        scene.templates[0].subject = QStringLiteral("Trouble in {{region}}, next word {{next}}");
        text = copied();
        QVERIFY2(text.contains(QStringLiteral("Trouble in Europe, next word 14:40 UTC")) && !text.contains(QStringLiteral("Shop: ")), qPrintable(text));
        scene.templates[0].subject.clear();
        scene.templates[0].audience = QStringLiteral("technical");
        scene.templates[0].kind = AudienceKind::Technical;
        scene.templates[0].heading = heading;
        text = copied();
        QVERIFY2(text.contains(heading), qPrintable(text));
    }

    void nothingIsCopiedWithAHoleInIt()
    {
        auto model = test::incidentScene();
        model.templates.front().limit = 150;
        Stage s(model);
        s.composer.begin();
        QGuiApplication::clipboard()->setText(QStringLiteral("before"));
        s.field("region").setText(QStringLiteral("Europe"));
        s.field("action").setText(QStringLiteral("rolling back"));
        s.press("Update: copy as plain text");
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("before"));
        QVERIFY2(s.composer.problem().contains(QStringLiteral("“impact” is required: what they cannot do.")), qPrintable(s.composer.problem()));
        QVERIFY(s.field("impact").hasFocus() || s.composer.focusWidget() == &s.field("impact"));
        s.press("Update: it is posted by hand");
        QVERIFY(s.source.sent.empty());
        s.field("impact").setText(QString(200, QLatin1Char('x')));
        s.press("Update: copy as plain text");
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("before"));
        QVERIFY2(s.composer.problem().contains(QStringLiteral("its template allows 150")), qPrintable(s.composer.problem()));
        s.field("impact").setText(QStringLiteral("?")); // an answer, too
        s.press("Update: copy as plain text");
        QVERIFY2(QGuiApplication::clipboard()->text().contains(QStringLiteral("not known yet")), qPrintable(QGuiApplication::clipboard()->text()));
    }

    void statusAndElapsedTimeAreInTheLanguageOfTheTemplate()
    {
        auto model = test::incidentScene();
        auto &t = model.templates.front();
        t.body = QStringLiteral("{{severity}}: {{status}} seit {{elapsed}}");
        t.fields.clear();
        t.language = QStringLiteral("de");
        Stage s(model);
        s.composer.begin();
        QVERIFY2(s.composer.previewText().startsWith(QStringLiteral("SEV1: aktiv seit ")) && s.composer.previewText().endsWith(QStringLiteral(" min")), qPrintable(s.composer.previewText()));
    }

    void whatItsAudienceMayNotReadIsNamedAndTakenOutOfTheCopy()
    {
        Stage s(test::incidentScene());
        s.composer.begin();
        s.fillAll();
        s.field("region").setText(QStringLiteral("Europe [[confidential: canary]]"));
        QGuiApplication::clipboard()->setText(QStringLiteral("before"));
        s.press("Update: copy as plain text");
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("before"));
        QVERIFY2(s.composer.problem().contains(QStringLiteral("[sealed: confidential, short]")) && s.composer.problem().contains(QStringLiteral("Nothing was copied.")), qPrintable(s.composer.problem()));
        QVERIFY(!s.composer.problem().contains(QStringLiteral("canary")) && !s.composer.problem().contains(QStringLiteral("--remove-marked")));
        s.press("Update: remove what is marked, and send or copy");
        QVERIFY(s.source.sent.empty());
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY2(text.contains(QStringLiteral("Europe")) && !text.contains(QStringLiteral("canary")) && !text.contains(QStringLiteral("sealed")), qPrintable(text));
        s.press("Update: it is posted by hand"); // and recorded without it
        QCOMPARE(s.source.sent.back().arguments.value(QLatin1String("removeMarked")).toBool(), true);
        // Half a mark goes nowhere outside.
        s.composer.begin();
        s.fillAll();
        s.field("region").setText(QStringLiteral("Europe [[confidential: canary"));
        QGuiApplication::clipboard()->setText(QStringLiteral("before"));
        s.press("Update: copy as plain text");
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("before"));
        QVERIFY2(s.composer.problem().contains(QStringLiteral("without its other half")), qPrintable(s.composer.problem()));
    }

    void anAudienceWithARaisedClearanceReadsTheCopy()
    {
        auto model = test::incidentScene();
        model.templates.front().clearance = DataClass::Confidential;
        Stage s(model);
        s.composer.begin();
        s.fillAll();
        s.field("region").setText(QStringLiteral("Europe [[confidential: the bank]]"));
        s.press("Update: copy as plain text");
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY2(text.contains(QStringLiteral("Europe the bank")), qPrintable(text)); // outside nobody reads brackets
    }

    void escapeClosesAndKeepsTheDraft()
    {
        Stage s(test::incidentScene());
        s.composer.begin();
        s.field("region").setText(QStringLiteral("Europe"));
        QTest::keyClick(&s.field("region"), Qt::Key_Escape);
        QVERIFY(!s.composer.isOpen());
        s.composer.begin();
        QCOMPARE(s.field("region").text(), QStringLiteral("Europe"));
        QTRY_VERIFY(s.field("impact").hasFocus());
    }

    void theLetterCIsTypedIntoAField()
    {
        Stage s(test::incidentScene());
        s.composer.begin();
        s.field("region").setFocus();
        QTRY_VERIFY(s.field("region").hasFocus());
        QTest::keyClicks(&s.field("region"), QStringLiteral("cc"));
        QCOMPARE(s.field("region").text(), QStringLiteral("cc"));
    }

    void saysWhyThereIsNothingToCompose()
    {
        Stage s(test::quietScene());
        s.composer.begin();
        QVERIFY(!s.composer.isOpen());
        auto model = test::incidentScene();
        model.templates.clear();
        s.source.show(model);
        s.composer.begin();
        QVERIFY(!s.composer.isOpen());
    }

    void whatDidNotArriveIsSaidInWords_data()
    {
        QTest::addColumn<QString>("delivery");
        for (const char *d : {"queued", "sent", "confirmed", "unknown", "failed", "", "bounced"})
            QTest::newRow(*d == '\0' ? "none" : d) << QString::fromUtf8(d);
    }
    void whatDidNotArriveIsSaidInWords()
    {
        QFETCH(QString, delivery);
        QVERIFY(!deliveryText(delivery).isEmpty());
        auto model = test::incidentScene();
        model.stack.updates[0].delivery = delivery;
        Stage s(model);
        bool said = false;
        for (const QWidget *w : s.composer.findChildren<QWidget *>())
            said = said || w->accessibleName() == deliveryText(delivery);
        QVERIFY(said);
    }

    void whatWaitsSaysWhereItWasSaidInstead()
    {
        auto model = test::incidentScene();
        model.stack.updates[0].delivery = QStringLiteral("queued");
        model.stack.updates[0].instead = QStringLiteral("irc/ops@irc.test");
        Stage s(model);
        bool said = false;
        for (const QWidget *w : s.composer.findChildren<QWidget *>())
            said = said || w->accessibleName() == QStringLiteral("queued, said in irc/ops@irc.test instead");
        QVERIFY(said);
    }

    void readsTheIncidentInFocus()
    {
        const auto model = test::incidentScene();
        const Values live = liveOf(model, test::sceneMoment(), model.templates.front());
        QCOMPARE(live.at("title"), std::string("Checkout failing, EU"));
        QCOMPARE(live.at("next_update"), std::string("14:40 UTC"));
        QCOMPARE(live.at("severity"), std::string("SEV1"));
        QVERIFY(liveOf(test::quietScene(), test::sceneMoment(), model.templates.front()).at("title").empty());
    }

    void everyActionHasANameAndAKey()
    {
        Stage s(test::incidentScene());
        QVERIFY(s.composer.actions().size() >= 4);
        for (const QAction *a : s.composer.actions()) {
            QVERIFY(!a->text().isEmpty());
            QVERIFY2(!a->shortcut().isEmpty(), qPrintable(a->text()));
        }
    }
};

QD_GUI_TEST(TestUpdateComposer)
#include "tst_updatecomposer.moc"
