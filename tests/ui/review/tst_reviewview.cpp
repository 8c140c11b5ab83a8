// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/evidencelist.h"
#include "ui/review/evidencemodel.h"
#include "ui/review/presentation.h"
#include "ui/review/replaystrip.h"
#include "ui/review/reviewheader.h"
#include "ui/review/reviewview.h"
#include "ui/review/rows.h"
#include "ui/review/sectioneditor.h"
#include "ui/review/sectionpanel.h"
#include "ui/review/sidepanel.h"
#include "ui/review/sidetables.h"

#include "tests/support/suite.h"
#include "tests/ui/review/reviewscene.h"
#include "ui/style/palette.h"
#include "ui/widgets/formdialog.h"
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

class TestReviewView final : public QObject {
    Q_OBJECT
    std::unique_ptr<style::Theme> m_theme;

    struct Bench {
        view::Review data = test::someReview();
        test::ViewFixture source;
        ReviewView view;
        explicit Bench(const style::Theme &theme)
            : source(test::reviewScene(data))
            , view(source, theme)
        {
            view.resize(1600, 900);
            QObject::connect(&source, &view::ViewSource::travelled, &view, &ReviewView::setPast);
            view.QWidget::show();
            view.activateWindow();
            (void)QTest::qWaitForWindowActive(&view);
            publish();
            view.open(data.incident);
            view.evidence().table().setFocus();
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
        void press(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier) { QTest::keyClick(view.focusWidget(), key, with); }
        [[nodiscard]] QAction *action(const char *name) const { return view.findChild<QAction *>(QLatin1String("review.") + QLatin1String(name)); }
    };

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
        QVERIFY(QTest::qWaitForWindowExposed(&table));
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

    void aClaimIsTiedToTheChosenLineWithCtrlE()
    {
        Bench b(*m_theme);
        b.view.evidence().table().setCurrentIndex(b.view.evidence().model().index(5, 0));
        SectionEditor &editor = b.view.sections().editor();
        editor.setFocus();
        editor.moveCursor(QTextCursor::End);
        b.press(Qt::Key_E, Qt::ControlModifier);
        const auto chips = chipsIn(editor.toPlainText());
        QCOMPARE(chips.size(), std::size_t{1});
        QCOMPARE(chips[0].reference, QStringLiteral("line/105"));
        QCOMPARE(b.view.sections().draft().standing(), SectionDraft::Standing::Typed);
        // And back: the link goes to its line.
        b.view.evidence().table().setCurrentIndex(b.view.evidence().model().index(0, 0));
        QTextCursor cursor = editor.textCursor();
        cursor.setPosition(chips[0].from + 2);
        editor.setTextCursor(cursor);
        QTest::keyClick(&editor, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(b.view.evidence().table().currentIndex().row(), 5);
    }

    void f8GoesFromFindingToFindingAndSaysWhatToAsk()
    {
        Bench b(*m_theme);
        b.source.findings = {{4, 9, QStringLiteral("blame"), QStringLiteral("blame: “narrative”"), QStringLiteral("What did they see?"), false},
                             {17, 2, QStringLiteral("unsupported"), QStringLiteral("unsupported"), {}, true}};
        QSignalSpy told(&b.view, &ReviewView::told);
        SectionEditor &editor = b.view.sections().editor();
        editor.setFocus();
        QTest::keyClicks(&editor, QStringLiteral(" "));
        QTRY_COMPARE_WITH_TIMEOUT(editor.findings().size(), std::size_t{2}, 5000);
        editor.moveCursor(QTextCursor::Start);
        b.press(Qt::Key_F8);
        QCOMPARE(editor.textCursor().selectionStart(), 4);
        QVERIFY(told.last().at(0).toString().contains(QStringLiteral("What did they see?")));
        b.press(Qt::Key_F8);
        QCOMPARE(editor.textCursor().selectionStart(), 17);
        b.press(Qt::Key_F8);
        QCOMPARE(editor.textCursor().selectionStart(), 4); // round again
        QVERIFY(b.view.sections().status().contains(QStringLiteral("2 finding")));
    }

    void keysGoThroughThePastAndThePastIsUnmistakable()
    {
        Bench b(*m_theme);
        b.press(Qt::Key_BracketRight);
        QCOMPARE(b.source.travels.size(), std::size_t{1});
        QCOMPARE(b.source.travels.back().at, b.data.from);
        QCOMPARE(b.source.travels.back().incident, QStringLiteral("INC-7"));
        QVERIFY(b.view.header().plain().contains(QStringLiteral("PAST · as known at")));
        QTest::sendKeyEvent(QTest::Click, b.view.focusWidget(), Qt::Key_BraceRight, QStringLiteral("}"), Qt::ShiftModifier);
        if (b.source.travels.size() == 1) // a keyboard without a mapping of its own: the action itself
            b.action("event.on")->trigger();
        QCOMPARE(b.source.travels.back().at, b.data.evidence->row(1).at);
        b.press(Qt::Key_K);
        QVERIFY(b.view.header().plain().contains(QStringLiteral("PAST · as it was at")));
        b.view.leavePast();
        QVERIFY(!b.source.travels.back().isPast());
        QVERIFY(!b.view.header().plain().contains(QStringLiteral("PAST")));
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
