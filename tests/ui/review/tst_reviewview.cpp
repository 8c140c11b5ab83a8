// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/evidencelist.h"
#include "ui/review/evidencemodel.h"
#include "ui/review/gototime.h"
#include "ui/review/marks.h"
#include "ui/review/presentation.h"
#include "ui/review/reviewdialogs.h"
#include "ui/review/reviewheader.h"
#include "ui/review/reviewview.h"
#include "ui/review/rows.h"
#include "ui/review/sectioneditor.h"
#include "ui/review/sectionpanel.h"
#include "ui/review/sidepanel.h"

#include "tests/support/suite.h"
#include "tests/ui/review/reviewbench.h"
#include "ui/style/palette.h"
#include "ui/widgets/counttabs.h"
#include "ui/widgets/formdialog.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/timetext.h"
#include "ui/widgets/twintable.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>
#include <memory>

using namespace qd;
using namespace qd::review;

namespace {

/// The tab bar of the side panel, above what is in it.
struct CountTabsOf {
    widgets::CountTabs *bar;
    explicit CountTabsOf(const SidePanel &side) : bar(side.findChild<widgets::CountTabs *>(QString(), Qt::FindDirectChildrenOnly)) {}
    widgets::CountTabs *operator->() const { return bar; }
};

} // namespace

class TestReviewView final : public QObject {
    Q_OBJECT
    std::unique_ptr<style::Theme> m_theme;

    using Bench = test::ReviewBench;

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette);
        m_theme = std::make_unique<style::Theme>(std::move(*palette));
        m_theme->install();
    }

    void theModelKeepsTheRulesOfModels()
    {
        EvidenceModel model(*m_theme);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        view::Review r = test::someReview();
        model.show(r.evidence, r.moments);
        model.setPart(EvidenceModel::Part::Messages);
        model.setFilter(QStringLiteral("number 3"));
        model.setFilter({});
        model.setPart(EvidenceModel::Part::All);
        model.show(test::someEvidence(60), r.moments); // more came
        QCOMPARE(model.rowCount(), 60);
        model.show(test::someEvidence(10), r.moments); // another record
        QCOMPARE(model.rowCount(), 10);
    }

    /// What opening a record of 50,000 lines costs is a number a line: no row is made, and nothing is asked of any that is not seen.
    void fiftyThousandLinesAreShownWithoutMakingARow()
    {
        const auto evidence = test::someEvidence(50'000);
        const auto shared = evidence.use_count();
        EvidenceModel model(*m_theme);
        widgets::TwinTable table(*m_theme, &model, QStringLiteral("t"), nullptr);
        table.resize(500, 600);
        table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&table, qd::tests::kPatience));
        model.show(evidence, {});
        QCOMPARE(model.rowCount(), 50'000);
        QCOMPARE(evidence.use_count(), shared + 1); // shared, not copied
        QCOMPARE(model.row(49'999)->id, QStringLiteral("INC-7/49999"));
        QVERIFY(table.findChildren<QWidget *>().size() < 40); // and no widget a row
    }

    void aLineSaysWhatSomebodyWasAndTheirNameOnlyWhenAsked()
    {
        Bench b(*m_theme);
        const EvidenceModel &model = b.view.evidence().model();
        QCOMPARE(model.index(0, EvidenceModel::Who).data().toString(), QStringLiteral("commander"));
        QCOMPARE(model.index(3, EvidenceModel::Who).data().toString(), QStringLiteral("somebody"));
        b.press(Qt::Key_R);
        QCOMPARE(model.index(0, EvidenceModel::Who).data().toString(), QStringLiteral("Mara Lindt"));
        QCOMPARE(model.index(3, EvidenceModel::Who).data().toString(), QStringLiteral("Dana Novak"));
        QVERIFY(model.index(4, EvidenceModel::What).data().toString().contains(QStringLiteral("known")));
    }

    /// On a small screen a line has room for some fifty letters: who it was stands before it, and it goes on below.
    void onASmallScreenALineOfTheEvidenceCanBeRead()
    {
        Bench b(*m_theme);
        b.view.resize(1366, 560);
        QCoreApplication::processEvents();
        const EvidenceModel &model = b.view.evidence().model();
        const widgets::TwinTable &table = b.view.evidence().table();
        QVERIFY(table.isColumnHidden(EvidenceModel::Who));
        QCOMPARE(model.index(0, EvidenceModel::What).data().toString(), QStringLiteral("commander: line number 0"));
        const QFontMetrics metrics(m_theme->font(style::Type::Body));
        const int lines = table.rowHeight(0) / metrics.lineSpacing();
        QVERIFY(lines >= 2);
        QVERIFY2(lines * table.columnWidth(EvidenceModel::What) >= 45 * metrics.averageCharWidth(), qPrintable(QString::number(table.columnWidth(EvidenceModel::What))));
        auto *tabs = b.view.evidence().findChild<widgets::CountTabs *>();
        QVERIFY(tabs != nullptr);
        for (int tab = 0; tab < tabs->size(); ++tab)
            QVERIFY2(tabs->isOffered(tab) && !tabs->isFolded(tab), qPrintable(tabs->word(tab))); // what counts nothing keeps no room for figures
        b.view.resize(2400, 900);
        QCoreApplication::processEvents();
        QVERIFY(!table.isColumnHidden(EvidenceModel::Who));
        QCOMPARE(model.index(0, EvidenceModel::What).data().toString(), QStringLiteral("line number 0"));
        QCOMPARE(table.rowHeight(0), m_theme->rowHeight());
    }

    /// Beside the narrative not all tabs have room there: those that have none are said to be there, and every one is reached.
    void onASmallScreenEveryTabBesideTheNarrativeIsReached()
    {
        Bench b(*m_theme);
        b.view.resize(1366, 560);
        QCoreApplication::processEvents();
        SidePanel &side = b.view.side();
        CountTabsOf tabs(side);
        for (int tab = 0; tab < SidePanel::Tabs; ++tab) {
            side.go(static_cast<SidePanel::Tab>(tab));
            QCoreApplication::processEvents();
            QCOMPARE(tabs->current(), tab);
            QVERIFY(tabs->isOffered(tab) && !tabs->isFolded(tab));
            QVERIFY2(tabs->sizeHint().width() <= side.width(), qPrintable(QString::number(tabs->sizeHint().width())));
            QVERIFY2(!tabs->folded().isEmpty(), "there would be room for all");
        }
        side.go(SidePanel::Factors);
        for (int tab = 1; tab < SidePanel::Tabs; ++tab) {
            QTest::keyClick(tabs.bar, Qt::Key_Right);
            QCOMPARE(static_cast<int>(side.current()), tab);
        }
        b.view.resize(3000, 900);
        QCoreApplication::processEvents();
        QVERIFY2(tabs->folded().isEmpty(), qPrintable(tabs->folded().join(QLatin1Char(' '))));
    }

    /// In the past a line says what it said then, and that it was put otherwise; what is written now cites its last words.
    void aLineThatWasPutOtherwiseSaysThenWhatItSaidThen()
    {
        view::Review r = test::someReview();
        auto evidence = std::make_shared<view::Evidence>(*r.evidence);
        auto chunk = std::make_shared<view::Evidence::Chunk>(*evidence->chunks[0]);
        const Instant at = (*chunk)[1].at;
        (*chunk)[1].before = {{QStringLiteral("it is the database"), at + minutes(2)}, {QStringLiteral("it is the network"), at + minutes(3)}};
        evidence->chunks[0] = chunk;
        EvidenceModel model(*m_theme);
        model.show(evidence, r.moments);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        const auto said = [&](Span later, view::PastClock clock = view::PastClock::AsKnown) {
            model.setMoment({r.incident, at + later, clock, false});
            return model.index(1, EvidenceModel::What).data().toString();
        };
        const auto marked = [](const char *words, Instant when) { return QStringLiteral("%1 (put otherwise later, %2)").arg(QLatin1String(words), widgets::shownMinutes(when)); };
        QCOMPARE(said(minutes(1)), marked("it is the database", at + minutes(2)));
        QVERIFY(changed.back().at(2).value<QList<int>>().contains(Qt::DisplayRole));
        QCOMPARE(said(minutes(2)), marked("it is the network", at + minutes(3)));
        QCOMPARE(said(minutes(3) - nanos(1)), marked("it is the network", at + minutes(3)));
        QCOMPARE(said(minutes(3)), QStringLiteral("line number 1"));
        QCOMPARE(said(minutes(1), view::PastClock::AsItWas), QStringLiteral("line number 1"));
        QCOMPARE(said(minutes(1)), marked("it is the database", at + minutes(2)));
        QCOMPARE(model.words(*model.row(1)), QStringLiteral("it is the database"));
        QCOMPARE(model.lastWords(*model.row(1)), QStringLiteral("line number 1"));
        QCOMPARE(model.index(0, EvidenceModel::What).data().toString(), QStringLiteral("line number 0")); // nobody put it otherwise
        // What is looked for is looked for in what it said then.
        model.setFilter(QStringLiteral("database"));
        QCOMPARE(model.rowCount(), 1);
        model.setMoment({r.incident, at + minutes(2), view::PastClock::AsKnown, false});
        QCOMPARE(model.rowCount(), 0);
        model.setMoment({});
        QCOMPARE(model.rowCount(), 0);
        model.setFilter({});
        QCOMPARE(model.index(1, EvidenceModel::What).data().toString(), QStringLiteral("line number 1"));
    }

    void digitsMarkTheChosenLineAndTakeTheMarkBack()
    {
        Bench b(*m_theme);
        b.view.evidence().table().setCurrentIndex(b.view.evidence().model().index(2, 0));
        b.press(Qt::Key_2);
        QJsonObject sent = b.last(QStringLiteral("incident.moment"));
        QCOMPARE(sent.value(QLatin1String("kind")).toString(), QStringLiteral("diagnosis"));
        QCOMPARE(sent.value(QLatin1String("about")).toString(), QStringLiteral("line/102"));
        QCOMPARE(sent.value(QLatin1String("incident")).toString(), QStringLiteral("INC-7"));
        b.data.moments.push_back({3, QStringLiteral("line/102"), QStringLiteral("diagnosis"), {}, b.data.evidence->row(2).at});
        b.publish();
        QCOMPARE(b.view.evidence().model().index(2, EvidenceModel::Marks).data().toString(), QStringLiteral("2"));
        b.press(Qt::Key_2);
        sent = b.last(QStringLiteral("incident.moment"));
        QCOMPARE(sent.value(QLatin1String("moment")).toInt(), 3);
    }

    void theFilterFindsAndEscapeShowsEverythingAgain()
    {
        Bench b(*m_theme);
        b.press(Qt::Key_Slash);
        QTest::keyClicks(b.view.focusWidget(), QStringLiteral("config push"));
        QCOMPARE(b.view.evidence().model().rowCount(), 1);
        QVERIFY(b.view.evidence().footer().contains(QStringLiteral("39 hidden")));
        b.press(Qt::Key_Escape);
        QCOMPARE(b.view.evidence().model().rowCount(), 40);
        QCOMPARE(b.view.focusWidget(), &b.view.evidence().table());
    }

    void whatArrivesMovesNoChoice()
    {
        Bench b(*m_theme);
        b.view.evidence().table().setCurrentIndex(b.view.evidence().model().index(7, 0));
        b.data.evidence = test::someEvidence(90);
        b.publish();
        QCOMPARE(b.view.evidence().model().rowCount(), 90);
        QCOMPARE(b.view.evidence().table().currentIndex().row(), 7);
    }

    void keysGoThroughThePastAndThePastIsUnmistakable()
    {
        Bench b(*m_theme);
        const auto *badge = b.view.header().findChild<widgets::Badge *>();
        QVERIFY(badge != nullptr && !badge->isHidden());
        b.press(Qt::Key_BracketRight);
        QCOMPARE(b.source.travels.size(), std::size_t{1});
        QCOMPARE(b.source.travels.back().at, b.data.from);
        QCOMPARE(b.source.travels.back().incident, QStringLiteral("INC-7"));
        QVERIFY(b.view.header().plain().contains(QStringLiteral("PAST · as known at")));
        QVERIFY(badge->isHidden()); // today's severity is none of that moment
        QTest::sendKeyEvent(QTest::Click, b.view.focusWidget(), Qt::Key_BraceRight, QStringLiteral("}"), Qt::ShiftModifier);
        if (b.source.travels.size() == 1) // a keyboard without a mapping of its own: the action itself
            b.action("event.on")->trigger();
        QCOMPARE(b.source.travels.back().at, b.data.evidence->row(1).at);
        b.press(Qt::Key_K);
        QVERIFY(b.view.header().plain().contains(QStringLiteral("PAST · as it was at")));
        b.view.leavePast();
        QVERIFY(!b.source.travels.back().isPast());
        QVERIFY(!b.view.header().plain().contains(QStringLiteral("PAST")));
        QVERIFY(!badge->isHidden());
    }

    void aTimeThatIsTypedIsGoneTo()
    {
        Bench b(*m_theme);
        b.press(Qt::Key_G);
        auto *dialog = b.view.findChild<GoToTimeDialog *>();
        QVERIFY(dialog != nullptr && !dialog->doIt().isEnabled());
        auto *time = dialog->findChild<QLineEdit *>();
        QVERIFY(!time->accessibleName().isEmpty());
        time->setText(QStringLiteral("1999-01-01 10:00"));
        QVERIFY(!dialog->doIt().isEnabled() && dialog->problem().contains(QStringLiteral("outside")));
        time->setText(QString::fromStdString(toRfc3339(b.data.from + minutes(7))));
        QVERIFY(dialog->doIt().isEnabled());
        dialog->doIt().click();
        QCOMPARE(b.source.travels.back().at, b.data.from + minutes(7));
    }

    /// Which severity gave the day is said where it is another than today's.
    void theHeaderSaysHowManyFactsOfARebuiltOneAreHereUntilAllAre()
    {
        view::Review review = test::someReview();
        review.factsExpected = 1500;
        review::ReviewHeader header(*m_theme);
        for (const auto &[arrived, says] : {std::pair{1499u, true}, {1500u, false}}) {
            review.factsArrived = arrived;
            header.show(review, test::sceneMoment());
            QCOMPARE(header.plain().contains(QStringLiteral("1499 of 1500 facts are here: rebuild it once more from the same files, into INC-7 (F9)")), says);
        }
    }

    void theHeaderSaysByWhichSeverityTheDraftIsDue()
    {
        view::Review review = test::someReview();
        review.due = test::sceneMoment() + hours(30);
        review.severity = IncidentSeverity::Sev4;
        review.phase = ReviewPhase::Draft;
        review::ReviewHeader header(*m_theme);
        const auto says = [&](int dueFor) {
            review.dueFor = dueFor;
            header.show(review, test::sceneMoment());
            return header.plain().contains(QStringLiteral("(SEV1 at its worst)"));
        };
        QVERIFY(says(1));
        QVERIFY(!says(4) && !header.plain().contains(QStringLiteral("at its worst"))); // as it is called today
        QVERIFY(!says(0) && !header.plain().contains(QStringLiteral("at its worst"))); // somebody said the day
    }

    void theHeaderSaysWhatIsMissingAndItCanBeDoneWithoutForAReason()
    {
        Bench b(*m_theme);
        QVERIFY(b.view.header().plain().contains(QStringLiteral("IN REVIEW")));
        QVERIFY(b.view.header().plain().contains(QStringLiteral("Priya Raman")));
        QVERIFY(b.view.header().plain().contains(QStringLiteral("required people 1 of 2 contributed")));
        QVERIFY(b.view.header().missing().contains(QStringLiteral("Dana Novak")));
        b.action("waive")->trigger();
        auto *dialog = b.view.findChild<widgets::FormDialog *>();
        QVERIFY(dialog != nullptr);
        QVERIFY(!dialog->doIt().isEnabled()); // not without a reason
        dialog->findChild<QPlainTextEdit *>()->setPlainText(QStringLiteral("on leave"));
        QVERIFY(dialog->doIt().isEnabled());
        dialog->doIt().click();
        const QJsonObject sent = b.last(QStringLiteral("review.waive"));
        QCOMPARE(sent.value(QLatin1String("gate")).toString(), QStringLiteral("contributions"));
        QCOMPARE(sent.value(QLatin1String("reason")).toString(), QStringLiteral("on leave"));
    }

    /// The header says how much; the list says what, a line each, and Return goes where it is done.
    void whatIsMissingIsCountedAndListedWithWhatToDo()
    {
        Bench b(*m_theme);
        b.data.gates.push_back({QStringLiteral("factors"), QStringLiteral("no factor is named."), {}, {}, false});
        b.data.gates.push_back({QStringLiteral("actions"), QStringLiteral("1 has no owner."), QStringLiteral("Priya Raman"), QStringLiteral("next week"), false});
        b.publish();
        QVERIFY2(b.view.header().gateCount().startsWith(QStringLiteral("2 thing")) && b.view.header().gateCount().contains(QStringLiteral("1 done without")), qPrintable(b.view.header().gateCount()));
        widgets::TwinTable &list = b.view.header().gates();
        QVERIFY(!list.isVisibleTo(&b.view));
        b.action("gates")->trigger();
        QVERIFY(list.isVisibleTo(&b.view));
        QCOMPARE(b.view.focusWidget(), &list);
        QCOMPARE(list.model()->rowCount(), 3);
        QVERIFY(list.model()->index(1, 0).data().toString().contains(QStringLiteral("no factor")));
        QVERIFY(list.model()->index(1, 1).data().toString().startsWith(QStringLiteral("Factors")));
        QVERIFY(list.model()->index(2, 0).data().toString().contains(QStringLiteral("next week")));
        Q_EMIT list.activated(list.model()->index(0, 0));
        QCOMPARE(b.view.side().current(), SidePanel::People);
        QCOMPARE(b.view.focusWidget(), &b.view.side().table(SidePanel::People));
        b.action("gates")->trigger();
        QVERIFY(!list.isVisibleTo(&b.view));
    }

    void ratersWhoDisagreeAreSaidAndReturnAddsOnesOwn()
    {
        Bench b(*m_theme);
        SidePanel &side = b.view.side();
        const RowsModel &factors = side.model(SidePanel::Factors);
        QCOMPARE(factors.rowCount(), 2); // the heading, and what somebody sees
        QVERIFY(factors.index(1, 1).data().toString().contains(QStringLiteral("raters disagree")));
        side.table(SidePanel::Factors).setFocus();
        b.press(Qt::Key_A);
        QCOMPARE(factors.rowCount(), 3);
        side.table(SidePanel::Factors).setCurrentIndex(factors.index(2, 0));
        Q_EMIT side.opened(SidePanel::Factors, side.chosen());
        auto *dialog = b.view.findChild<widgets::FormDialog *>();
        QVERIFY(dialog != nullptr);
        dialog->doIt().click();
        const QJsonObject sent = b.last(QStringLiteral("review.factor"));
        QCOMPARE(sent.value(QLatin1String("factor")).toString(), QStringLiteral("trigger.hardware"));
        QVERIFY(!sent.value(QLatin1String("evidence")).toArray().isEmpty());
    }

    void anActionGoesFromOpenToDoneAndOneWithoutAnOwnerStandsOut()
    {
        Bench b(*m_theme);
        SidePanel &side = b.view.side();
        side.go(SidePanel::Actions);
        QVERIFY(side.model(SidePanel::Actions).row(1)->isStrong);
        QCOMPARE(side.model(SidePanel::Actions).index(1, 1).data().toString(), QStringLiteral("no owner"));
        side.table(SidePanel::Actions).setFocus();
        side.table(SidePanel::Actions).setCurrentIndex(side.model(SidePanel::Actions).index(0, 0));
        b.press(Qt::Key_D);
        QCOMPARE(b.last(QStringLiteral("action.turn")).value(QLatin1String("state")).toString(), QStringLiteral("done"));
        // From done on the core asks for a reason: what shows that it works.
        b.data.actions[0].state = ActionState::Done;
        b.publish();
        side.table(SidePanel::Actions).setFocus();
        side.table(SidePanel::Actions).setCurrentIndex(side.model(SidePanel::Actions).index(0, 0));
        const auto before = b.source.sent.size();
        b.press(Qt::Key_D);
        QCOMPARE(b.source.sent.size(), before);
        auto *dialog = b.view.findChild<widgets::FormDialog *>();
        QVERIFY(dialog != nullptr && !dialog->doIt().isEnabled());
        dialog->findChild<QPlainTextEdit *>()->setPlainText(QStringLiteral("a push of 40 was refused"));
        dialog->doIt().click();
        const QJsonObject sent = b.last(QStringLiteral("action.turn"));
        QCOMPARE(sent.value(QLatin1String("state")).toString(), QStringLiteral("verified"));
        QCOMPARE(sent.value(QLatin1String("reason")).toString(), QStringLiteral("a push of 40 was refused"));
    }

    void whatATrackerSaysIsAgreedWithByOneKey()
    {
        Bench b(*m_theme);
        b.data.actions[0].tracked = QStringLiteral("SHOP-12 · Done");
        b.data.actions[0].tracker = QStringLiteral("jira");
        b.data.actions[0].there = QStringLiteral("Mara Lindt");
        b.publish();
        SidePanel &side = b.view.side();
        side.go(SidePanel::Actions);
        const RowsModel &rows = side.model(SidePanel::Actions);
        QVERIFY2(rows.index(0, 0).data().toString().contains(QStringLiteral("SHOP-12 · Done · with Mara Lindt there")), qPrintable(rows.index(0, 0).data().toString()));
        side.table(SidePanel::Actions).setFocus();
        side.table(SidePanel::Actions).setCurrentIndex(rows.index(0, 0));
        const auto before = b.source.sent.size();
        b.press(Qt::Key_Y);
        QCOMPARE(b.source.sent.size(), before); // nothing is proposed
        b.data.actions[0].proposed = ActionState::Done;
        b.publish();
        QVERIFY(rows.index(0, 0).data().toString().contains(QStringLiteral("closed there; done here?")));
        QVERIFY(rows.row(0)->isStrong);
        b.press(Qt::Key_Y);
        const QJsonObject sent = b.last(QStringLiteral("action.turn"));
        QCOMPARE(sent.value(QLatin1String("state")).toString(), QStringLiteral("done"));
        QCOMPARE(sent.value(QLatin1String("action")).toInt(), 1);
        QCOMPARE(sent.value(QLatin1String("incident")).toString(), QStringLiteral("INC-7"));
        QVERIFY(!sent.contains(QLatin1String("reason"))); // what the tracker did is one
    }

    void aReviewIsToldToARoomAndReplayFollows()
    {
        Bench b(*m_theme);
        QSignalSpy presented(&b.view, &ReviewView::presented);
        b.press(Qt::Key_P);
        QVERIFY(b.view.isPresenting());
        QCOMPARE(presented.last().at(0).toBool(), true);
        QTest::keyClick(&b.view.presentation(), Qt::Key_Right);
        QCOMPARE(b.source.travels.back().at, b.data.evidence->row(1).at);
        QTest::keyClick(&b.view.presentation(), Qt::Key_Escape);
        QVERIFY(!b.view.isPresenting());
        QCOMPARE(presented.last().at(0).toBool(), false);
    }

    /// The questions that fit the line or the sentence one is at come first; the mark of a line before what it says.
    void theQuestionsThatFitComeFirst()
    {
        Bench b(*m_theme);
        b.data.prompts = {{QStringLiteral("I saw it climb."), {QStringLiteral("What did you see?")}, QStringLiteral("observation")},
                          {QStringLiteral("We decided to roll back."), {QStringLiteral("What else was open?"), QStringLiteral("What did you hope?")}, QStringLiteral("decision")}};
        b.data.moments[0].questions = {QStringLiteral("What showed it first?"), QStringLiteral("What was there already?")};
        b.publish();
        const RowsModel &prompts = b.view.side().model(SidePanel::Prompts);
        const auto says = [&](int row) { return prompts.index(row, 0).data().toString(); };
        QCOMPARE(prompts.rowCount(), 5);
        QCOMPARE(says(0), QStringLiteral("I SAW IT CLIMB."));
        b.view.evidence().table().setCurrentIndex(b.view.evidence().model().index(1, 0)); // it is marked as detection
        QCOMPARE(prompts.rowCount(), 8);
        QVERIFY2(says(0).contains(QStringLiteral("DETECTION")), qPrintable(says(0)));
        QCOMPARE(says(1), QStringLiteral("What showed it first?"));
        SectionEditor &editor = b.view.sections().editor();
        editor.setFocus();
        editor.setPlainText(QStringLiteral("They saw it climb. Then we decided to roll back. It was late."));
        QTextCursor cursor = editor.textCursor();
        cursor.setPosition(25);
        editor.setTextCursor(cursor);
        QCOMPARE(editor.sentenceAtCursor(), QStringLiteral("Then we decided to roll back."));
        QCOMPARE(prompts.rowCount(), 5);
        QVERIFY2(says(0).contains(QStringLiteral("WE DECIDED")), qPrintable(says(0)));
        QCOMPARE(says(1), QStringLiteral("What else was open?"));
        cursor.setPosition(3);
        editor.setTextCursor(cursor);
        QVERIFY2(says(0).contains(QStringLiteral("I SAW IT CLIMB.")), qPrintable(says(0)));
        cursor.setPosition(55); // nothing speaks for any: as they stand in the bank
        editor.setTextCursor(cursor);
        QCOMPARE(says(0), QStringLiteral("I SAW IT CLIMB."));
    }

    void everyActionHasAKeyAndEveryRegionAName()
    {
        Bench b(*m_theme);
        const auto actions = b.view.findChildren<QAction *>();
        int named = 0;
        for (const QAction *action : actions) {
            if (!action->objectName().startsWith(QLatin1String("review.")))
                continue;
            ++named;
            QVERIFY2(!action->shortcut().isEmpty() && !action->text().isEmpty(), qPrintable(action->objectName()));
        }
        QVERIFY(named > 30);
        for (const auto &[root, keyboard] : b.view.regions()) {
            QVERIFY(!root->accessibleName().isEmpty());
            QVERIFY(!keyboard->accessibleName().isEmpty());
        }
    }

    /// Whatever became of it, its record can be gone through; to write there has to be a review, and the window says how one begins.
    void anIncidentWithoutAReviewIsOpenedForItsPast()
    {
        Bench b(*m_theme);
        b.data.phase = ReviewPhase::None;
        b.data.gates.clear();
        b.data.status = IncidentStatus::Cancelled;
        b.publish();
        QVERIFY(b.view.header().plain().contains(QStringLiteral("CANCELLED")));
        b.press(Qt::Key_BracketRight);
        QCOMPARE(b.source.travels.size(), std::size_t{1});
        b.view.leavePast();
        QSignalSpy told(&b.view, &ReviewView::told);
        QTest::keyClicks(&b.view.sections().editor(), QStringLiteral("x"));
        QVERIFY(told.last().at(0).toString().contains(QStringLiteral("Ctrl+O")));
        QCOMPARE(b.last(QStringLiteral("review.hold")), QJsonObject());
        b.action("cite")->trigger();
        QVERIFY(told.last().at(0).toString().contains(QStringLiteral("Ctrl+O")));
        Q_EMIT b.view.side().opened(SidePanel::Factors, QStringLiteral("trigger.hardware"));
        auto *dialog = b.view.findChild<widgets::FormDialog *>();
        QVERIFY(dialog != nullptr);
        dialog->doIt().click();
        QCOMPARE(b.last(QStringLiteral("review.open")).value(QLatin1String("incident")).toString(), b.data.incident);
    }

    /// Who was asked is taken off with a reason: whoever says anew who is asked can give one.
    void whoSaysAnewWhoIsAskedCanSayWhy()
    {
        Bench b(*m_theme);
        b.data.owner = QStringLiteral("Mara Lindt");
        b.publish();
        b.action("arrange")->trigger();
        auto *dialog = b.view.findChild<widgets::FormDialog *>();
        QVERIFY(dialog != nullptr);
        const auto line = [&](const char *name) {
            for (QLineEdit *each : dialog->findChildren<QLineEdit *>())
                if (each->accessibleName() == QLatin1String(name))
                    return each;
            return static_cast<QLineEdit *>(nullptr);
        };
        QVERIFY(line("Reason") != nullptr && line("Contributions") != nullptr);
        QVERIFY(!line("Reason")->isVisibleTo(dialog));
        QTest::keyClicks(line("Contributions"), QStringLiteral("mara"));
        QVERIFY(line("Reason")->isVisibleTo(dialog));
        QTest::keyClicks(line("Reason"), QStringLiteral("on leave"));
        dialog->doIt().click();
        const QJsonObject sent = b.last(QStringLiteral("review.open"));
        QCOMPARE(sent.value(QLatin1String("people")).toArray(), QJsonArray{QStringLiteral("mara")});
        QCOMPARE(sent.value(QLatin1String("reason")).toString(), QStringLiteral("on leave"));
    }

    void whatStillRunsIsMarkedAndNoReviewOfItBegins()
    {
        Bench b(*m_theme);
        b.data.phase = ReviewPhase::None;
        b.data.gates.clear();
        b.data.status = IncidentStatus::Active;
        b.publish();
        QVERIFY(b.view.header().plain().contains(QStringLiteral("STILL RUNNING")));
        b.press(Qt::Key_BracketRight);
        QCOMPARE(b.source.travels.size(), std::size_t{1});
        QSignalSpy told(&b.view, &ReviewView::told);
        b.action("arrange")->trigger();
        QVERIFY(b.view.findChild<widgets::FormDialog *>() == nullptr);
        QVERIFY(told.last().at(0).toString().contains(QStringLiteral("still running")));
    }

    void theListIsSearchedAndSaysHowManyThereAre()
    {
        Bench b(*m_theme);
        b.view.open({});
        view::ViewModel scene = test::reviewScene(b.data);
        for (int i = 100; i < 400; ++i) {
            view::ReviewRow row = scene.reviews[0];
            row.incident = QStringLiteral("INC-%1").arg(i);
            row.title = QStringLiteral("Outage %1").arg(i);
            row.phase = ReviewPhase::None;
            row.status = i == 222 ? IncidentStatus::Active : IncidentStatus::Resolved;
            scene.reviews.push_back(row);
        }
        scene.unlistedReviews = 7;
        b.source.show(scene);
        b.view.show(b.source.current(), test::sceneMoment());
        QCOMPARE(b.view.list().model()->rowCount(), 301);
        QVERIFY2(b.view.listFooter().contains(QStringLiteral("301 incident")) && b.view.listFooter().contains(QStringLiteral("7 older")), qPrintable(b.view.listFooter()));
        b.view.list().setFocus();
        b.press(Qt::Key_Slash);
        QCOMPARE(b.view.focusWidget(), &b.view.listFilter());
        QTest::keyClicks(b.view.focusWidget(), QStringLiteral("running outage"));
        QCOMPARE(b.view.list().model()->rowCount(), 1);
        QTest::keyClick(b.view.focusWidget(), Qt::Key_Return);
        QCOMPARE(b.view.focusWidget(), &b.view.list());
        Q_EMIT b.view.list().activated(b.view.list().currentIndex());
        QCOMPARE(b.view.current(), QStringLiteral("INC-222"));
    }

    void theListSaysWhatIsDueAndReturnOpensIt()
    {
        Bench b(*m_theme);
        b.view.open({});
        QCOMPARE(b.source.reviewed, QString());
        QCOMPARE(b.view.list().model()->rowCount(), 1);
        QVERIFY(b.view.list().model()->index(0, 4).data().toString().contains(QStringLiteral("1 d")));
        Q_EMIT b.view.list().activated(b.view.list().model()->index(0, 0));
        QCOMPARE(b.view.current(), QStringLiteral("INC-7"));
        QCOMPARE(b.source.reviewed, QStringLiteral("INC-7"));
    }
};

QD_GUI_TEST(TestReviewView)
#include "tst_reviewview.moc"
