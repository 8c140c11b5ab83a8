// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "tests/ui/review/trendlists.h"
#include "ui/review/barchart.h"
#include "ui/review/matrixmodel.h"
#include "ui/review/matrixpanel.h"
#include "ui/review/patterndialogs.h"
#include "ui/review/saidtable.h"
#include "ui/review/trendsdialog.h"
#include "ui/review/trendspanel.h"
#include "ui/widgets/pathfield.h"
#include "ui/widgets/twintable.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace qd;
using namespace qd::review;

namespace {

/// Answers what was asked for, as the core does.
void answerTrends(test::ViewFixture &source)
{
    const TrendsLists lists = test::someTrends();
    const auto held = std::exchange(source.held, {});
    const std::size_t first = source.sent.size() - held.size();
    for (std::size_t n = 0; n < held.size(); ++n) {
        const QString what = source.sent[first + n].arguments.value(QLatin1String("what")).toString();
        const QJsonArray &items = what == QLatin1String("trends") ? lists.trends : what == QLatin1String("effects") ? lists.effects : what == QLatin1String("patterns") ? lists.patterns : what == QLatin1String("reviews") ? lists.reviews : what == QLatin1String("factors") ? lists.factors : lists.taxonomy;
        held[n](true, {}, {{QStringLiteral("items"), items}});
    }
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestTrendsDialog final : public QObject {
    Q_OBJECT
    std::unique_ptr<style::Theme> m_theme;

    [[nodiscard]] TrendsView view() const { return trendsOf(test::someTrends(), QStringLiteral("en")); }
private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = std::make_unique<style::Theme>(std::move(*palette));
        m_theme->install();
    }

    void barsSayWhatTheyAreTogether()
    {
        TrendsPanel panel(*m_theme);
        QVERIFY(panel.summary().startsWith(QStringLiteral("No review")));
        panel.show(view());
        QVERIFY2(panel.summary().contains(QStringLiteral("configuration push")), qPrintable(panel.summary()));
        QCOMPARE(panel.factors().notes(), (QStringList{QStringLiteral("cum. 60 %"), QStringLiteral("cum. 100 %")}));
        QVERIFY(panel.factors().accessibleDescription().contains(QStringLiteral("configuration push: 3, cum. 60 %")));
    }

    void theChosenFactorIsShownByQuarter()
    {
        TrendsPanel panel(*m_theme);
        panel.show(view());
        QVERIFY(panel.chosen().isEmpty());
        QVERIFY(panel.quarters().title().startsWith(QStringLiteral("INCIDENTS REVIEWED")));
        panel.table().table().setCurrentIndex(panel.table().rows().index(2, 0));
        QCOMPARE(panel.chosen(), QStringLiteral("f.test"));
        QVERIFY(panel.quarters().title().contains(QStringLiteral("INADEQUATE TESTING")));
        QVERIFY(panel.quarters().accessibleDescription().contains(QStringLiteral("2026 Q1: 0")));
        panel.show(view());
        QCOMPARE(panel.chosen(), QStringLiteral("f.test")); // what is chosen stays when it is asked again
    }

    /// It makes no pattern, and has no quarters.
    void whatWentWellIsNoFactorThatIsChosen()
    {
        TrendsView all = view();
        all.wentWell = {all.factors[0]};
        all.wentWell[0].incidents = 9;
        TrendsPanel panel(*m_theme);
        panel.show(all);
        panel.table().table().setCurrentIndex(panel.table().rows().index(4, 0));
        QVERIFY(panel.chosen().isEmpty());
        QVERIFY(panel.quarters().title().startsWith(QStringLiteral("INCIDENTS REVIEWED")));
        QVERIFY2(panel.summary().startsWith(QStringLiteral("Seen most: configuration push, in 3 incident")) && panel.summary().contains(QStringLiteral("What went well most: configuration push, in 9 incident")), qPrintable(panel.summary()));
    }

    void theMatrixIsATableThatCanBeRead()
    {
        MatrixModel model(*m_theme);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show(view().matrix);
        QCOMPARE(model.data(model.index(0, 1)).toString(), QStringLiteral("2"));
        QVERIFY(model.data(model.index(0, 1), Qt::AccessibleTextRole).toString().contains(QStringLiteral("met in 2")));
        QCOMPARE(model.headerData(1, Qt::Vertical, Qt::DisplayRole).toString(), QStringLiteral("2  inadequate testing"));
        QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("2"));
        QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::AccessibleTextRole).toString(), QStringLiteral("inadequate testing"));
        QCOMPARE(model.factorsAt(model.index(1, 1)), QStringList{QStringLiteral("f.test")});
    }

    void aNumberIsReadOnItsShadeInEveryLook()
    {
        FactorMatrix matrix{{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}, {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}, {{9, 8, 1}, {8, 9, 0}, {1, 0, 3}}, {{0, 1, 1}, {1, 0, 0}, {1, 0, 0}}};
        MatrixModel model(*m_theme);
        model.show(matrix);
        for (const style::Choice look : {style::Choice::Dark, style::Choice::Light, style::Choice::HighContrast}) {
            m_theme->choose(look);
            for (int row = 0; row < 3; ++row)
                for (int column = 0; column < 3; ++column) {
                    const QVariant ground = model.data(model.index(row, column), Qt::BackgroundRole);
                    const QColor on = ground.isValid() ? ground.value<QColor>() : m_theme->color(style::Tone::Base);
                    QVERIFY(style::contrast(model.data(model.index(row, column), Qt::ForegroundRole).value<QColor>(), on) >= 4.5);
                    QCOMPARE(ground.isValid(), matrix.counts[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] > 0);
                }
            QVERIFY(model.data(model.index(0, 1), Qt::BackgroundRole) != model.data(model.index(0, 2), Qt::BackgroundRole));
        }
        m_theme->choose(style::Choice::System);
    }

    void aCellOpensWhatItCounts()
    {
        MatrixPanel panel(*m_theme);
        QVERIFY(panel.words().startsWith(QStringLiteral("No review")));
        panel.show(view());
        QCOMPARE(panel.chosen(), (QStringList{QStringLiteral("f.push"), QStringLiteral("f.test")}));
        QCOMPARE(panel.reviews().model()->rowCount(), 2);
        QVERIFY(!panel.words().contains(QStringLiteral("below")));
        panel.setVisible(true);
        QVERIFY(QTest::qWaitForWindowExposed(&panel, qd::tests::kPatience));
        QTest::keyClick(&panel.matrix(), Qt::Key_Left);
        QCOMPARE(panel.chosen(), QStringList{QStringLiteral("f.push")});
        QCOMPARE(panel.reviews().model()->rowCount(), 3);
        QSignalSpy opened(&panel, &MatrixPanel::incidentOpened);
        Q_EMIT panel.reviews().activated(panel.reviews().model()->index(2, 0));
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].toString(), QStringLiteral("INC-4"));
    }

    void whatIsOfOneFamilyIsSaidToCountAsOne()
    {
        TrendsView related = view();
        related.matrix.counts[0][1] = related.matrix.counts[1][0] = 1;
        MatrixPanel panel(*m_theme);
        panel.show(related);
        QVERIFY2(panel.words().contains(QStringLiteral("counts with it as one")), qPrintable(panel.words()));
    }

    void factorsAreWalkedByServicesInTheSameView()
    {
        MatrixModel model(*m_theme);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show(view().matrix);
        model.show(view().atServices);
        QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("checkout"));
        QCOMPARE(model.data(model.index(0, 0)).toString(), QStringLiteral("2"));
        QVERIFY(!model.data(model.index(1, 1), Qt::BackgroundRole).isValid()); // never met
        QVERIFY(model.data(model.index(0, 0), Qt::AccessibleTextRole).toString().startsWith(QStringLiteral("configuration push at checkout: in 2 of 2")));
        MatrixPanel panel(*m_theme);
        panel.showServices(true);
        QVERIFY(panel.words().startsWith(QStringLiteral("No review")));
        panel.show(view());
        QCOMPARE(panel.chosen(), QStringList{QStringLiteral("f.push")});
        QCOMPARE(panel.reviews().model()->rowCount(), 2);
        panel.setVisible(true);
        QVERIFY(QTest::qWaitForWindowExposed(&panel, qd::tests::kPatience));
        QTest::keyClick(&panel.matrix(), Qt::Key_Right);
        QCOMPARE(panel.reviews().model()->rowCount(), 1);
        QSignalSpy opened(&panel, &MatrixPanel::incidentOpened);
        QTest::keyClick(&panel.matrix(), Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].toString(), QStringLiteral("INC-3"));
        QTest::keyClick(&panel.matrix(), Qt::Key_Down);
        QVERIFY2(panel.words().startsWith(QStringLiteral("inadequate testing was not seen at mail")), qPrintable(panel.words()));
        QCOMPARE(panel.reviews().model()->rowCount(), 0);
        QTest::keyClick(&panel.matrix(), Qt::Key_Left);
        QVERIFY(panel.words().contains(QStringLiteral("counts with it as one"))); // of one family
        panel.showServices(false);
        QCOMPARE(panel.chosen(), (QStringList{QStringLiteral("f.test"), QStringLiteral("f.push")})); // at the factor one was at
    }

    void whatAServiceMetBecomesAPatternOfThatService()
    {
        test::ViewFixture source(test::incidentScene());
        source.holdsAnswers = true;
        TrendsDialog dialog(source, *m_theme, nullptr, TrendsDialog::Factors);
        answerTrends(source);
        dialog.findChild<QAction *>(QStringLiteral("trends.services"))->trigger();
        QCOMPARE(dialog.current(), TrendsDialog::Matrix);
        QVERIFY(dialog.matrix().isOfServices());
        dialog.makePattern();
        auto *form = dialog.findChild<PatternDialog *>();
        QVERIFY(form != nullptr);
        form->findChild<QPlainTextEdit *>()->setPlainText(QStringLiteral("A push reaches one host first."));
        form->doIt().click();
        const QJsonObject kept = source.sent.back().arguments;
        QCOMPARE(kept.value(QLatin1String("factors")).toArray(), QJsonArray{QStringLiteral("f.push")});
        QCOMPARE(kept.value(QLatin1String("services")).toArray(), QJsonArray{QStringLiteral("checkout")});
        QCOMPARE(kept.value(QLatin1String("incidents")).toArray(), (QJsonArray{QStringLiteral("INC-2"), QStringLiteral("INC-4")}));
    }

    void whatMetBecomesAPattern()
    {
        test::ViewFixture source(test::incidentScene());
        source.holdsAnswers = true;
        TrendsDialog dialog(source, *m_theme, nullptr, TrendsDialog::Matrix);
        QCOMPARE(source.sent.size(), std::size_t(6));
        QVERIFY(dialog.said().startsWith(QStringLiteral("Asking")));
        answerTrends(source);
        QVERIFY(dialog.said().isEmpty());
        QCOMPARE(dialog.current(), TrendsDialog::Matrix);
        dialog.findChild<QAction *>(QStringLiteral("trends.pattern"))->trigger();
        auto *form = dialog.findChild<PatternDialog *>();
        QVERIFY(form != nullptr);
        form->findChild<QPlainTextEdit *>()->setPlainText(QStringLiteral("A push reaches one host first."));
        form->doIt().click();
        QCOMPARE(source.sent.back().method, QStringLiteral("pattern.keep"));
        const QJsonObject kept = source.sent.back().arguments;
        QCOMPARE(kept.value(QLatin1String("title")).toString(), QStringLiteral("configuration push + inadequate testing"));
        QCOMPARE(kept.value(QLatin1String("factors")).toArray(), (QJsonArray{QStringLiteral("f.push"), QStringLiteral("f.test")}));
        QCOMPARE(kept.value(QLatin1String("services")).toArray(), (QJsonArray{QStringLiteral("checkout"), QStringLiteral("mail")}));
        QCOMPARE(kept.value(QLatin1String("incidents")).toArray(), (QJsonArray{QStringLiteral("INC-2"), QStringLiteral("INC-3")}));
        QVERIFY(!kept.contains(QLatin1String("pattern")));
        const auto held = std::exchange(source.held, {});
        held.back()(true, {}, {});
        QCOMPARE(dialog.current(), TrendsDialog::Patterns);
        QVERIFY(dialog.said().startsWith(QStringLiteral("It is a pattern")));
        QCOMPARE(source.sent.back().method, QStringLiteral("get")); // asked again
    }

    void aPatternThatIsThereIsWrittenOtherwise()
    {
        const TrendsView all = view();
        PatternDialog form(*m_theme, *all.pattern(QStringLiteral("pattern/1")), nullptr);
        form.findChild<QPlainTextEdit *>()->clear();
        for (QLineEdit *line : form.findChildren<QLineEdit *>())
            if (line->text() == QLatin1String("checkout"))
                line->clear();
        const QJsonObject kept = form.arguments();
        QCOMPARE(kept.value(QLatin1String("pattern")).toInt(), 1);
        QCOMPARE(kept.value(QLatin1String("requirement")).toString(), QStringLiteral("-"));
        QCOMPARE(kept.value(QLatin1String("services")).toArray(), QJsonArray{QStringLiteral("-")});
        QVERIFY(!kept.contains(QLatin1String("factors")) && !kept.contains(QLatin1String("incidents")));
    }

    void ofEffectsNoPatternIsMade()
    {
        test::ViewFixture source(test::incidentScene());
        source.holdsAnswers = true;
        TrendsDialog dialog(source, *m_theme, nullptr, TrendsDialog::Effects);
        answerTrends(source);
        dialog.makePattern();
        QVERIFY(dialog.findChild<PatternDialog *>() == nullptr);
        QVERIFY(dialog.said().startsWith(QStringLiteral("A pattern is made of factors")));
        QSignalSpy opened(&dialog, &TrendsDialog::incidentOpened);
        Q_EMIT dialog.effects().opened(QStringLiteral("INC-7/1"));
        QCOMPARE(opened[0][0].toString(), QStringLiteral("INC-7"));
    }

    void aRefusalOfAListIsSaid()
    {
        test::ViewFixture source(test::incidentScene());
        source.nextDone = false;
        source.nextSentence = QStringLiteral("The core is not there.");
        TrendsDialog dialog(source, *m_theme, nullptr);
        QCOMPARE(dialog.said(), QStringLiteral("The core is not there."));
    }

    void aChecklistIsSavedWhereOneSays()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("list.md"));
        ChecklistDialog dialog(*m_theme, view().patterns, {QStringLiteral("checkout"), QStringLiteral("mail")}, QStringLiteral("checkout"), nullptr);
        QVERIFY(dialog.where().path().endsWith(QStringLiteral("design-review-checkout.md")));
        dialog.service().setCurrentIndex(1);
        QVERIFY(dialog.where().path().endsWith(QStringLiteral("design-review-mail.md")));
        dialog.where().setPath(path);
        dialog.service().setCurrentIndex(0);
        QCOMPARE(dialog.where().path(), path); // where a person said it goes
        QSignalSpy written(&dialog, &ChecklistDialog::written);
        dialog.doIt().click();
        QTRY_COMPARE(written.size(), 1);
        QCOMPARE(bytesOf(path), dialog.text().toUtf8());
        QVERIFY(bytesOf(path).contains("A push reaches one host first."));
    }

    void aFileThatIsThereIsWrittenOverOnlyWhenOneSaysSo()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("kept.md"));
        put(path, "mine");
        ChecklistDialog dialog(*m_theme, view().patterns, {QStringLiteral("checkout")}, {}, nullptr);
        dialog.where().setPath(path);
        QSignalSpy written(&dialog, &ChecklistDialog::written);
        dialog.doIt().click();
        QTRY_VERIFY(dialog.problem().startsWith(QStringLiteral("There is a file of that name already")));
        QCOMPARE(bytesOf(path), QByteArray("mine"));
        QCOMPARE(dialog.doIt().text(), QStringLiteral("Write over it"));
        // Of another file that was not asked.
        const QString other = folder.filePath(QStringLiteral("other.md"));
        put(other, "also mine");
        dialog.where().setPath(other);
        QCOMPARE(dialog.doIt().text(), QStringLiteral("Save it"));
        dialog.doIt().click();
        QTRY_COMPARE(dialog.doIt().text(), QStringLiteral("Write over it"));
        QCOMPARE(bytesOf(other), QByteArray("also mine"));
        QTRY_VERIFY(dialog.doIt().isEnabled());
        dialog.doIt().click();
        QTRY_COMPARE(written.size(), 1);
        QCOMPARE(bytesOf(other), dialog.text().toUtf8());
        QCOMPARE(bytesOf(path), QByteArray("mine"));
    }

    void aFolderThatIsNotThereIsSaid()
    {
        const QTemporaryDir folder;
        ChecklistDialog dialog(*m_theme, view().patterns, {QStringLiteral("checkout")}, {}, nullptr);
        dialog.where().setPath(folder.filePath(QStringLiteral("none/list.md")));
        dialog.doIt().click();
        QTRY_VERIFY2(dialog.problem().contains(QStringLiteral("could not be written")), qPrintable(dialog.problem()));
        QVERIFY(dialog.doIt().isEnabled());
    }
};

QD_GUI_TEST(TestTrendsDialog)
#include "tst_trendsdialog.moc"
