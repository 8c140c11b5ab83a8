// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/evidencelist.h"
#include "ui/review/evidencemodel.h"
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

#include <QAction>
#include <QDropEvent>
#include <QJsonArray>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>
#include <memory>

using namespace qd;
using namespace qd::review;

/// Factors, and the lines of the record that show them.
class TestFactors final : public QObject {
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
            view.QWidget::show();
            view.activateWindow();
            (void)QTest::qWaitForWindowActive(&view);
            view::FactorRow &push = data.factors[1];
            push.evidence = QStringList{QStringLiteral("line/104"), QStringLiteral("line/999")};
            push.notes = QStringList{QStringLiteral("nobody was told\nof the push")};
            publish();
            view.open(data.incident);
        }
        void publish()
        {
            source.show(test::reviewScene(data));
            view.show(source.current(), test::sceneMoment());
        }
        [[nodiscard]] RowsModel &factors() const { return view.side().model(SidePanel::Factors); }
        [[nodiscard]] widgets::TwinTable &table() const { return view.side().table(SidePanel::Factors); }
        [[nodiscard]] QJsonObject last() const { return source.sent.empty() ? QJsonObject() : source.sent.back().arguments; }
        /// A line of the evidence is let go of over a widget. False: it is not taken there.
        bool drop(QWidget &on, const QPoint &at, int line)
        {
            const std::unique_ptr<QMimeData> carried(view.evidence().model().mimeData({view.evidence().model().index(line, 0)}));
            QDragEnterEvent enter(at, Qt::CopyAction, carried.get(), Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&on, &enter);
            QDragMoveEvent move(at, Qt::CopyAction, carried.get(), Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&on, &move);
            if (!enter.isAccepted() || !move.isAccepted()) {
                QDragLeaveEvent leave;
                QCoreApplication::sendEvent(&on, &leave);
                return false;
            }
            QDropEvent drop(at, Qt::CopyAction, carried.get(), Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&on, &drop);
            return drop.isAccepted();
        }
    };

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette);
        m_theme = std::make_unique<style::Theme>(std::move(*palette));
        m_theme->install();
    }

    void whatWasCitedForAFactorAndSaidOfItStandsBelowIt()
    {
        Bench b(*m_theme);
        QCOMPARE(b.factors().rowCount(), 5); // the heading, the factor, two lines, a note
        const auto said = [&](int row) { return b.factors().index(row, 0).data().toString(); };
        QVERIFY2(said(2).contains(QStringLiteral("config push, ledger-db")) && said(2).contains(QStringLiteral(":07")), qPrintable(said(2)));
        QVERIFY2(said(3).contains(QStringLiteral("line/999")), qPrintable(said(3))); // not in the record here: said, not left out
        QVERIFY2(said(4).contains(QStringLiteral("“nobody was told of the push”")), qPrintable(said(4)));
        QCOMPARE(b.table().columnSpan(2, 0), 2);
        QCOMPARE(b.table().columnSpan(1, 0), 1);
    }

    void aCitationOpensItsLine()
    {
        Bench b(*m_theme);
        Q_EMIT b.table().activated(b.factors().index(2, 0));
        QCOMPARE(b.view.evidence().table().currentIndex().row(), 4);
        QCOMPARE(b.view.focusWidget(), &b.view.evidence().table());
        QSignalSpy told(&b.view, &ReviewView::told);
        Q_EMIT b.table().activated(b.factors().index(3, 0));
        QVERIFY(told.last().at(0).toString().contains(QStringLiteral("not in the record")));
        Q_EMIT b.table().activated(b.factors().index(4, 0));
        QVERIFY(told.last().at(0).toString().contains(QStringLiteral("nobody was told")));
        QVERIFY(b.source.sent.empty()); // nothing of it rates
    }

    /// Onto a factor one does not see it asks whether one does; the line it is shown by is the one that was dragged, not the one that is chosen.
    void aLineDroppedOnAFactorIsCitedForIt()
    {
        Bench b(*m_theme);
        b.view.evidence().table().setCurrentIndex(b.view.evidence().model().index(0, 0));
        QVERIFY(b.drop(*b.table().viewport(), b.table().visualRect(b.factors().index(1, 0)).center(), 7));
        auto *dialog = b.view.findChild<widgets::FormDialog *>();
        QVERIFY(dialog != nullptr);
        dialog->doIt().click();
        QCOMPARE(b.last().value(QLatin1String("factor")).toString(), QStringLiteral("trigger.configuration-push"));
        QCOMPARE(b.last().value(QLatin1String("evidence")).toArray(), QJsonArray{QStringLiteral("line/107")});
    }

    void aHeadingTakesNoLineAndAFactorNoForeignThing()
    {
        Bench b(*m_theme);
        QVERIFY(!b.drop(*b.table().viewport(), b.table().visualRect(b.factors().index(0, 0)).center(), 7));
        QMimeData foreign;
        foreign.setText(QStringLiteral("line/107"));
        QVERIFY(EvidenceModel::carried(foreign).isEmpty());
        QVERIFY(b.source.sent.empty());
    }

    /// One more line for what one sees already: nothing that was said of it is lost.
    void aFurtherLineKeepsWhatWasSaid()
    {
        Bench b(*m_theme);
        view::FactorRow &push = b.data.factors[1];
        push.yours = true;
        push.yourEvidence = QStringList{QStringLiteral("line/104")};
        push.yourNote = QStringLiteral("nobody was told\nof the push");
        push.yourConfidence = Confidence::Medium;
        b.publish();
        b.table().setCurrentIndex(b.factors().index(4, 0)); // also from a row below it
        b.view.evidence().table().setCurrentIndex(b.view.evidence().model().index(9, 0));
        b.table().setFocus();
        QTest::keyClick(&b.table(), Qt::Key_E);
        QCOMPARE(b.last().value(QLatin1String("evidence")).toArray(), QJsonArray({QStringLiteral("line/104"), QStringLiteral("line/109")}));
        QCOMPARE(b.last().value(QLatin1String("note")).toString(), push.yourNote);
        QCOMPARE(b.last().value(QLatin1String("confidence")).toString(), QStringLiteral("medium"));
        const auto before = b.source.sent.size();
        b.view.evidence().table().setCurrentIndex(b.view.evidence().model().index(4, 0));
        QTest::keyClick(&b.table(), Qt::Key_E); // it is cited already
        QCOMPARE(b.source.sent.size(), before);
    }

    void aLineDroppedIntoASectionIsCitedThere()
    {
        Bench b(*m_theme);
        SectionEditor &editor = b.view.sections().editor();
        editor.moveCursor(QTextCursor::End);
        QVERIFY(b.drop(*editor.viewport(), editor.cursorRect().center(), 5));
        const auto chips = chipsIn(editor.toPlainText());
        QCOMPARE(chips.size(), std::size_t{1});
        QCOMPARE(chips[0].reference, QStringLiteral("line/105"));
        QCOMPARE(b.view.sections().draft().standing(), SectionDraft::Standing::Typed);
    }

    void whatIsDraggedCarriesNoWordOfTheRecord()
    {
        Bench b(*m_theme);
        EvidenceModel &model = b.view.evidence().model();
        const std::unique_ptr<QMimeData> carried(model.mimeData({model.index(5, EvidenceModel::What)}));
        QVERIFY(!carried->hasText());
        QCOMPARE(EvidenceModel::carried(*carried), QStringLiteral("line/105"));
        QVERIFY(model.flags(model.index(5, 0)).testFlag(Qt::ItemIsDragEnabled));
        QVERIFY(b.view.evidence().table().dragEnabled());
    }

    /// What comes in above a row that is chosen does not choose another.
    void whatIsChosenStaysChosen()
    {
        Bench b(*m_theme);
        b.table().setCurrentIndex(b.factors().index(4, 0));
        b.data.factors[1].evidence.prepend(QStringLiteral("line/101"));
        b.publish();
        QCOMPARE(b.table().currentIndex().row(), 5);
    }
};

QD_GUI_TEST(TestFactors)
#include "tst_factors.moc"
