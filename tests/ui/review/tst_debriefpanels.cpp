// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/debriefdialogs.h"
#include "ui/review/debriefpanels.h"
#include "ui/review/factormonths.h"
#include "ui/review/figurespanel.h"
#include "ui/review/reviewview.h"
#include "ui/review/rows.h"
#include "ui/review/sidepanel.h"

#include "tests/support/suite.h"
#include "tests/ui/review/reviewscene.h"
#include "ui/style/palette.h"
#include "ui/widgets/readingbox.h"
#include "ui/widgets/twintable.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QSignalSpy>
#include <QtTest>
#include <algorithm>
#include <memory>

using namespace qd;
using namespace qd::review;

namespace {

/// Mara was there and signed before the last change, Dana did neither; it cost something, and three said how it was handled.
view::Review aDebriefedReview()
{
    view::Review r = test::someReview();
    r.people[0].wasThere = r.people[0].hasSigned = true;
    view::Debrief &d = r.debrief;
    d.heldAt = test::sceneMoment() - hours(2);
    d.attended = {QStringLiteral("Mara Lindt"), QStringLiteral("Priya Raman")};
    d.toSign = 2;
    d.costs = {{1, QStringLiteral("cloud"), 123450, false}, {2, QStringLiteral("credits"), 8000, true}};
    d.currency = QStringLiteral("EUR");
    d.people = 3;
    d.minutes = 130;
    d.labour = 24000;
    d.noted = 123450;
    d.isReckoned = true;
    d.scores = {0, 1, 0, 2, 0};
    d.words = {{2, QStringLiteral("nobody knew who led"), {}}, {4, QStringLiteral("calm"), QStringLiteral("Dana Novak")}};
    return r;
}

} // namespace

/// What a review is talked over, signed and counted in, in the window.
class TestDebriefPanels final : public QObject {
    Q_OBJECT
    std::unique_ptr<style::Theme> m_theme;

    struct Bench {
        view::Review data = aDebriefedReview();
        test::ViewFixture source;
        ReviewView view;
        QSignalSpy told{&view, &ReviewView::told};
        explicit Bench(const style::Theme &theme)
            : source(test::reviewScene(data))
            , view(source, theme)
        {
            view.resize(1600, 900);
            view.QWidget::show();
            view.activateWindow();
            (void)QTest::qWaitForWindowActive(&view);
            publish();
            view.open(data.incident);
        }
        void publish()
        {
            source.show(test::reviewScene(data));
            view.show(source.current(), test::sceneMoment());
        }
        [[nodiscard]] QJsonObject last(const QString &method) const
        {
            for (auto it = source.sent.rbegin(); it != source.sent.rend(); ++it)
                if (it->method == method)
                    return it->arguments;
            return {};
        }
        template <typename Dialog>
        [[nodiscard]] Dialog *dialog(const char *action)
        {
            view.findChild<QAction *>(QLatin1String("review.") + QLatin1String(action))->trigger();
            return view.findChild<Dialog *>();
        }
    };
    static QLineEdit *lineOf(QWidget *dialog, const QString &name)
    {
        const auto all = dialog->findChildren<QLineEdit *>();
        for (QLineEdit *line : all)
            if (line->accessibleName() == name)
                return line;
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette);
        m_theme = std::make_unique<style::Theme>(std::move(*palette));
        m_theme->install();
    }

    void thePeopleSayWhoWasThereAndWhoSigned()
    {
        Bench b(*m_theme);
        SidePanel &side = b.view.side();
        side.go(SidePanel::People);
        QVERIFY2(side.meeting().plain().contains(QStringLiteral("with Mara Lindt, Priya Raman. 0 of 2 signed what is written now. [Sign]")), qPrintable(side.meeting().plain()));
        QCOMPARE(side.model(SidePanel::People).index(0, 2).data().toString(), QStringLiteral("contributed · was there · signed before the last change"));
        QCOMPARE(side.model(SidePanel::People).index(1, 2).data().toString(), QStringLiteral("missing"));
        b.data.people[0].signatureStands = true;
        b.data.debrief.standing = 1;
        b.data.debrief.youSigned = b.data.debrief.yoursStands = true;
        b.publish();
        QVERIFY(side.meeting().plain().contains(QStringLiteral("1 of 2 signed what is written now. [Take my signature back]")));
        QCOMPARE(side.model(SidePanel::People).index(0, 2).data().toString(), QStringLiteral("contributed · was there · signed"));
        b.data.debrief.heldAt = {};
        b.data.debrief.yoursStands = false;
        b.publish();
        QVERIFY(side.meeting().plain().contains(QStringLiteral("No meeting was held yet.")) && side.meeting().plain().contains(QStringLiteral("[Sign again: it was changed]")));
        b.data.phase = ReviewPhase::Closed;
        b.publish();
        QVERIFY(!side.meeting().sign().isEnabled() && !side.meeting().meeting().isEnabled());
        b.data.phase = ReviewPhase::None; // nobody opened it yet
        b.publish();
        QVERIFY(side.meeting().isHidden());
    }

    void aButtonSignsAndTakesBack()
    {
        Bench b(*m_theme);
        b.view.side().go(SidePanel::People);
        b.view.side().meeting().sign().click();
        QVERIFY(b.last(QStringLiteral("review.sign")).value(QLatin1String("incident")).toString() == QStringLiteral("INC-7") && !b.last(QStringLiteral("review.sign")).contains(QLatin1String("withdraw")));
        b.data.debrief.youSigned = b.data.debrief.yoursStands = true;
        b.publish();
        b.view.side().table(SidePanel::People).setFocus();
        QTest::keyClick(&b.view.side().table(SidePanel::People), Qt::Key_S);
        QVERIFY(b.last(QStringLiteral("review.sign")).value(QLatin1String("withdraw")).toBool());
    }

    void theMeetingDialogExpectsWhoIsAskedAndWhoSpeaksForThem()
    {
        Bench b(*m_theme);
        b.data.debrief.heldAt = {};
        b.data.people[1].delegate = QStringLiteral("Mara Lindt"); // for Dana
        b.publish();
        auto *dialog = b.dialog<MeetingDialog>("meeting");
        QVERIFY(dialog != nullptr && dialog->doIt().isEnabled());
        QCOMPARE(dialog->arguments().value(QLatin1String("people")).toArray(), (QJsonArray{QStringLiteral("mara")}));
        for (int row = 0; row < dialog->people().count(); ++row) // Dana came all the same
            if (dialog->people().item(row)->data(Qt::UserRole).toString() == QStringLiteral("dana"))
                dialog->people().item(row)->setCheckState(Qt::Checked);
        lineOf(dialog, QStringLiteral("When"))->setText(QStringLiteral("some day"));
        QVERIFY(!dialog->doIt().isEnabled() && dialog->problem().contains(QStringLiteral("is no time")));
        lineOf(dialog, QStringLiteral("When"))->setText(QStringLiteral("2026-11-29 10:00"));
        QVERIFY(dialog->doIt().isEnabled());
        dialog->doIt().click();
        const QJsonObject sent = b.last(QStringLiteral("review.meeting"));
        QCOMPARE(sent.value(QLatin1String("people")).toArray(), (QJsonArray{QStringLiteral("mara"), QStringLiteral("dana")}));
        QCOMPARE(sent.value(QLatin1String("at")).toString(), QStringLiteral("2026-11-29T10:00:00Z"));
    }
    void nobodyAtAllIsNoMeeting()
    {
        Bench b(*m_theme); // it was said already who was there: that is what stands ticked
        auto *dialog = b.dialog<MeetingDialog>("meeting");
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->arguments().value(QLatin1String("people")).toArray(), (QJsonArray{QStringLiteral("mara")}));
        for (int row = 0; row < dialog->people().count(); ++row)
            dialog->people().item(row)->setCheckState(Qt::Unchecked);
        QVERIFY(!dialog->doIt().isEnabled());
    }

    void whatItCostIsSaidOfAllTogether()
    {
        Bench b(*m_theme);
        const QString said = b.view.side().cost().plain();
        const auto money = [](std::int64_t hundredths) { return moneyWords(hundredths, QStringLiteral("EUR")); };
        for (const QString &part : {QStringLiteral("It cost %1 in all.").arg(money(147450)), QStringLiteral("worked on it for 2 h 10 min together: %1.").arg(money(24000)), QStringLiteral("%1 for cloud").arg(money(123450)),
                                    QStringLiteral("2 × 4 · 1 × 2"), QStringLiteral("2: nobody knew who led"), QStringLiteral("4, Dana Novak: calm")})
            QVERIFY2(said.contains(part), qPrintable(said));
        QVERIFY(!said.contains(QStringLiteral("credits"))); // taken back
        b.data.debrief = {};
        b.publish();
        const QString none = b.view.side().cost().plain();
        for (const char *part : {"the workspace sets no hourly rate", "nobody's time", "Nobody has said yet how it was handled."})
            QVERIFY2(none.contains(QString::fromUtf8(part)), qPrintable(none));
        QVERIFY(!none.contains(QStringLiteral("It cost")));
    }

    void aCostIsNotedChangedAndTakenBack()
    {
        Bench b(*m_theme);
        auto *dialog = b.dialog<CostDialog>("cost");
        QVERIFY(dialog != nullptr && !dialog->doIt().isEnabled());
        QLineEdit *amount = lineOf(dialog, QStringLiteral("Amount"));
        QLineEdit *what = lineOf(dialog, QStringLiteral("What for"));
        what->setText(QStringLiteral("freight"));
        amount->setText(QStringLiteral("a lot"));
        QVERIFY(!dialog->doIt().isEnabled() && dialog->problem().contains(QStringLiteral("is no amount")));
        amount->setText(QStringLiteral("12,5")); // as it is typed elsewhere
        QVERIFY(dialog->doIt().isEnabled());
        QCOMPARE(dialog->arguments(), (QJsonObject{{QStringLiteral("incident"), QStringLiteral("INC-7")}, {QStringLiteral("amount"), QStringLiteral("12.5")}, {QStringLiteral("what"), QStringLiteral("freight")}}));
        dialog->findChild<QComboBox *>()->setCurrentIndex(1);
        QCOMPARE(amount->text(), QStringLiteral("1234.50"));
        dialog->findChild<QCheckBox *>()->setChecked(true);
        QVERIFY(dialog->doIt().isEnabled());
        dialog->doIt().click();
        QCOMPARE(b.last(QStringLiteral("review.cost")), (QJsonObject{{QStringLiteral("incident"), QStringLiteral("INC-7")}, {QStringLiteral("cost"), 1}, {QStringLiteral("withdraw"), true}}));
    }

    void howItWasHandledNamesNobodyUnlessTicked()
    {
        Bench b(*m_theme);
        b.view.side().go(SidePanel::Metrics);
        b.view.side().metrics().setFocus();
        QTest::keyClick(&b.view.side().metrics(), Qt::Key_F);
        auto *dialog = b.view.findChild<FeedbackDialog *>();
        QVERIFY(dialog != nullptr && !dialog->doIt().isEnabled()); // not without a score
        auto *score = dialog->findChild<QComboBox *>();
        score->setCurrentIndex(score->findData(2));
        dialog->findChild<QPlainTextEdit *>()->setPlainText(QString(1001, QLatin1Char('x')));
        QVERIFY(!dialog->doIt().isEnabled());
        dialog->findChild<QPlainTextEdit *>()->setPlainText(QStringLiteral("nobody knew who led"));
        QVERIFY(dialog->doIt().isEnabled());
        QVERIFY(!dialog->arguments().contains(QLatin1String("named")));
        dialog->doIt().click();
        QCOMPARE(b.last(QStringLiteral("review.feedback")),
                 (QJsonObject{{QStringLiteral("incident"), QStringLiteral("INC-7")}, {QStringLiteral("score"), 2}, {QStringLiteral("text"), QStringLiteral("nobody knew who led")}}));
        FeedbackDialog again(*m_theme, QStringLiteral("INC-7"), nullptr);
        again.findChild<QCheckBox *>()->setChecked(true);
        QVERIFY(again.arguments().value(QLatin1String("named")).toBool());
    }

    void theFiguresOfThisIncidentAreSaidAndWhatTheRecordHasNotIsNot()
    {
        view::Figures f;
        const Instant from = test::sceneMoment() - hours(20);
        f.firstAlert = from;
        f.declared = from + minutes(3);
        f.firstAnswer = from + minutes(5);
        f.resolved = from + hours(2) + minutes(3);
        f.alerts = 12;
        f.answers = {seconds(40), minutes(2)};
        f.unanswered = 1;
        f.floods = {{from + minutes(1), from + minutes(13), 87, 40}};
        const QString said = figureWords(f).join(QLatin1Char('\n'));
        for (const char *part : {"declared · 3 min after the first alert", "first answer · 2 min after it was declared", "resolved · 2 h 0 min after it was declared", "within 40 s, 2 min", "nobody answered", "12 alert",
                                 "for 12 min: 87 alarms, at most 40 in 10 minutes"})
            QVERIFY2(said.contains(QString::fromUtf8(part)), qPrintable(said));
        QVERIFY(!said.contains(QStringLiteral("mitigated")) && !said.contains(QStringLiteral("it began")));
        f.floods[0].to = {};
        QVERIFY(figureWords(f).last().contains(QStringLiteral("so far")));
        QVERIFY(figureWords({}).last().startsWith(QStringLiteral("No flood")));
        Bench b(*m_theme);
        b.data.figures = f;
        b.publish();
        QCOMPARE(b.view.side().figures().plain(), figureWords(f).join(QLatin1Char('\n')));
    }

    void whatIsCountedAcrossIncidentsIsAskedForEachTimeItIsShown()
    {
        Bench b(*m_theme);
        const auto asked = [&] { return std::count_if(b.source.sent.begin(), b.source.sent.end(), [](const auto &s) { return s.method == QStringLiteral("insights"); }); };
        QCOMPARE(asked(), 0);
        b.view.side().go(SidePanel::Metrics);
        QCOMPARE(asked(), 1);
        b.publish(); // the same review: nothing is asked because something of it changed
        QCOMPARE(asked(), 1);
        b.view.side().go(SidePanel::Actions);
        b.view.side().go(SidePanel::Metrics);
        QCOMPARE(asked(), 2);
        b.view.open({});
        b.view.open(b.data.incident); // another review, the tab already open
        QCOMPARE(asked(), 3);
    }

    void theChosenFactorIsShownAcrossIncidentsByMonth()
    {
        const auto month = [](const char *factor, const char *period, int incidents) {
            return QJsonObject{{QStringLiteral("kind"), QStringLiteral("month")}, {QStringLiteral("factor"), QString::fromLatin1(factor)}, {QStringLiteral("period"), QString::fromLatin1(period)}, {QStringLiteral("incidents"), incidents}};
        };
        const QJsonArray trends{month("trigger.configuration-push", "2026-11", 3), month("trigger.configuration-push", "2025-12", 1), month("trigger.configuration-push", "2025-11", 9), month("trigger.hardware", "2026-10", 5),
                                QJsonObject{{QStringLiteral("kind"), QStringLiteral("quarter")}, {QStringLiteral("factor"), QStringLiteral("trigger.configuration-push")}, {QStringLiteral("period"), QStringLiteral("2026 Q4")}, {QStringLiteral("incidents"), 7}}};
        const auto months = monthsOf(trends, QStringLiteral("trigger.configuration-push"), test::sceneMoment());
        QCOMPARE(months.size(), std::size_t{12});
        QCOMPARE(months.front().name, QStringLiteral("2025-12"));
        QCOMPARE(months.front().count, 1);
        QCOMPARE(months.back().name, QStringLiteral("2026-11"));
        QCOMPARE(months.back().count, 3);
        QCOMPARE(months[10].count, 0);
        QJsonObject well = month("mitigator.rollback-ready", "2026-11", 2); // what went well has months of its own
        well.insert(QStringLiteral("kind"), QStringLiteral("mitigator-month"));
        QCOMPARE(monthsOf({well}, QStringLiteral("mitigator.rollback-ready"), test::sceneMoment()).back().count, 2);
        Bench b(*m_theme);
        SidePanel &side = b.view.side();
        side.table(SidePanel::Factors).setCurrentIndex(side.model(SidePanel::Factors).index(0, 0)); // a heading is nothing to count
        const auto asked = [&] { return std::count_if(b.source.sent.begin(), b.source.sent.end(), [](const auto &s) { return s.arguments.value(QLatin1String("what")).toString() == QStringLiteral("trends"); }); };
        const auto before = asked();
        QVERIFY(side.trend().isHidden());
        b.source.nextResult = {{QStringLiteral("items"), trends}};
        side.table(SidePanel::Factors).setCurrentIndex(side.model(SidePanel::Factors).index(1, 0));
        QCOMPARE(asked(), before + 1);
        QTRY_VERIFY(!side.trend().isHidden());
        QVERIFY2(side.trend().plain().contains(QStringLiteral("configuration push: seen in 4 reviewed incident")), qPrintable(side.trend().plain()));
        side.toggleAll();
        side.table(SidePanel::Factors).setCurrentIndex(side.model(SidePanel::Factors).index(2, 0));
        QVERIFY2(side.trend().plain().contains(QStringLiteral("hardware: seen in 5")), qPrintable(side.trend().plain()));
        QCOMPARE(asked(), before + 1); // once for a review
        QVERIFY(!side.trend().accessibleDescription().isEmpty());
        // Somebody sees it here who did not, and the answer says so.
        b.source.nextResult = {{QStringLiteral("items"), QJsonArray{month("trigger.hardware", "2026-10", 6)}}};
        b.data.factors[1].raters << QStringLiteral("Ito");
        b.publish();
        QCOMPARE(asked(), before + 2);
        QTRY_VERIFY2(side.trend().plain().contains(QStringLiteral("hardware: seen in 6")), qPrintable(side.trend().plain()));
        b.publish(); // the same again
        QCOMPARE(asked(), before + 2);
        // What is rated in another review is seen with the next factor one goes to, after a while.
        b.view.setNow(test::sceneMoment() + minutes(2));
        side.table(SidePanel::Factors).setCurrentIndex(side.model(SidePanel::Factors).index(1, 0));
        QCOMPARE(asked(), before + 3);
    }

    void howSureRatersAreStandsBesideThemAndIsAskedFor()
    {
        Bench b(*m_theme);
        b.data.factors[1].confidence = {Confidence::High, Confidence::Low};
        b.publish();
        SidePanel &side = b.view.side();
        QVERIFY(side.model(SidePanel::Factors).index(1, 1).data().toString().contains(QStringLiteral("sure: high, low")));
        side.toggleAll();
        Q_EMIT side.opened(SidePanel::Factors, QStringLiteral("trigger.hardware"));
        auto *dialog = b.view.findChild<widgets::FormDialog *>();
        QVERIFY(dialog != nullptr);
        auto *sure = dialog->findChild<QComboBox *>();
        QCOMPARE(sure->currentData().toString(), QString()); // nobody has to say
        sure->setCurrentIndex(sure->findData(QStringLiteral("medium")));
        dialog->doIt().click();
        QCOMPARE(b.last(QStringLiteral("review.factor")).value(QLatin1String("confidence")).toString(), QStringLiteral("medium"));
    }

    void whoContributesForTheFirstTimeHearsOfTheSurvey()
    {
        Bench b(*m_theme);
        b.data.people[0].contributed = false;
        b.publish();
        Q_EMIT b.view.side().opened(SidePanel::People, QStringLiteral("mara")); // whoever sits here
        auto *dialog = b.view.findChild<widgets::FormDialog *>();
        QVERIFY(dialog != nullptr);
        dialog->doIt().click();
        QTRY_VERIFY(!b.told.isEmpty());
        QVERIFY2(b.told.last().at(0).toString().contains(QStringLiteral("How it was handled is asked as well, without a name")), qPrintable(b.told.last().at(0).toString()));
    }

    void whatWasSaidBeforeIsThereWhole()
    {
        constexpr int kContributions = 50, kLongest = 8000; // of one person: core/desk/decide.h
        Bench b(*m_theme);
        QStringList all;
        for (int i = 0; i < kContributions; ++i)
            all << QString(kLongest - 10, QLatin1Char('x')) + QStringLiteral(" <b>%1</b>").arg(i);
        b.data.people[0].text = all.join(QStringLiteral("\n\n"));
        b.publish();
        Q_EMIT b.view.side().opened(SidePanel::People, QStringLiteral("mara"));
        auto *dialog = b.view.findChild<widgets::FormDialog *>();
        QVERIFY(dialog != nullptr);
        auto *said = dialog->findChild<widgets::ReadingBox *>();
        QVERIFY(said != nullptr && said->isReadOnly());
        QCOMPARE(said->plain(), b.data.people[0].text);
        QVERIFY(said->toPlainText().endsWith(QStringLiteral("<b>49</b>"))); // as it was written
        QCOMPARE(said->accessibleName(), QStringLiteral("Said so far"));
        QTRY_VERIFY(said->verticalScrollBar()->maximum() > 0);
        QVERIFY(dialog->height() <= dialog->screen()->availableGeometry().height());
        dialog->close();
        b.data.people[0].text.clear();
        b.publish();
        QTRY_VERIFY(b.view.findChild<widgets::FormDialog *>() == nullptr);
        Q_EMIT b.view.side().opened(SidePanel::People, QStringLiteral("mara"));
        QVERIFY(b.view.findChild<widgets::FormDialog *>() != nullptr);
        QVERIFY(b.view.findChild<widgets::ReadingBox *>() == nullptr); // nothing was said: no empty box
    }

    void everyFieldHasAName()
    {
        Bench b(*m_theme);
        const MeetingDialog meeting(*m_theme, *b.source.current(), b.data, test::sceneMoment(), nullptr);
        const CostDialog cost(*m_theme, b.data, nullptr);
        const FeedbackDialog feedback(*m_theme, QStringLiteral("INC-7"), nullptr);
        for (const QWidget *dialog : {static_cast<const QWidget *>(&meeting), static_cast<const QWidget *>(&cost), static_cast<const QWidget *>(&feedback)})
            for (const QWidget *field : dialog->findChildren<QWidget *>())
                if (qobject_cast<const QLineEdit *>(field) || qobject_cast<const QComboBox *>(field) || qobject_cast<const QCheckBox *>(field) || qobject_cast<const QPlainTextEdit *>(field) || qobject_cast<const QListWidget *>(field))
                    QVERIFY2(!field->accessibleName().isEmpty(), field->metaObject()->className());
        for (const QWidget *panel : {static_cast<const QWidget *>(&b.view.side().meeting()), static_cast<const QWidget *>(&b.view.side().cost())})
            QVERIFY(!panel->accessibleName().isEmpty());
    }

    void moneyReadsAsTheLanguageWritesIt()
    {
        const QLocale before;
        QLocale::setDefault(QLocale(QLocale::German));
        QCOMPARE(moneyWords(123450, QStringLiteral("EUR")), QStringLiteral("1.234,50 EUR"));
        QCOMPARE(moneyWords(5, {}), QStringLiteral("0,05"));
        QLocale::setDefault(before);
    }
    void aDecimalCommaIsAPoint()
    {
        for (const auto &[typed, read] : {std::pair{"12,50", "12.50"}, std::pair{" 12.50 ", "12.50"}, std::pair{"1.234,50", "1.234,50"}, std::pair{"1,2,3", "1,2,3"}, std::pair{"", ""}})
            QCOMPARE(typedMoney(QString::fromLatin1(typed)), QString::fromLatin1(read));
    }
};

QD_GUI_TEST(TestDebriefPanels)
#include "tst_debriefpanels.moc"
