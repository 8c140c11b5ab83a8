// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/reviewdialogs.h"

#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "tests/ui/review/reviewscene.h"
#include "ui/review/advice.h"
#include "ui/style/palette.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QtTest>
#include <algorithm>
#include <memory>

using namespace qd;
using namespace qd::review;

/// What is sent of an action: what was edited, and nothing else.
class TestActionDialog final : public QObject {
    Q_OBJECT
    std::unique_ptr<style::Theme> m_theme;

    struct ActionForm {
        view::Review review = test::someReview();
        view::ViewModel view;
        std::unique_ptr<ActionDialog> dialog;
        ActionForm(const style::Theme &theme, const view::ReviewAction *action)
        {
            if (action != nullptr)
                review.actions[0] = *action;
            view = test::reviewScene(review);
            view.names = {{QStringLiteral("dana"), QStringLiteral("Dana Novak")}, {QStringLiteral("mara"), QStringLiteral("Mara Lindt")}};
            dialog = std::make_unique<ActionDialog>(theme, view, review, action != nullptr ? &review.actions[0] : nullptr, nullptr);
        }
        template <typename T>
        [[nodiscard]] T *field(const char *name) const
        {
            for (T *each : dialog->findChildren<T *>())
                if (each->accessibleName() == QLatin1String(name))
                    return each;
            return nullptr;
        }
        [[nodiscard]] QStringList sent() const
        {
            QStringList out;
            const QJsonObject all = dialog->arguments();
            for (auto it = all.begin(); it != all.end(); ++it)
                if (it.key() != QLatin1String("incident") && it.key() != QLatin1String("action"))
                    out << it.key() + QLatin1Char('=') + it.value().toString();
            return out;
        }
    };
    [[nodiscard]] static view::ReviewAction anAction(Instant due)
    {
        view::ReviewAction a = test::someReview().actions[0];
        a.due = due;
        return a;
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette);
        m_theme = std::make_unique<style::Theme>(std::move(*palette));
        m_theme->install();
    }

    void aNameInAnActionIsAdviceAndHoldsNothing()
    {
        ActionForm form(*m_theme, nullptr);
        test::ViewFixture source(form.view);
        source.findings = {{0, 4, QStringLiteral("name"), QStringLiteral("a name: “Dana”"), QStringLiteral("What would do it, whoever is there?"), false},
                           {5, 4, QStringLiteral("spelling"), QStringLiteral("spelling: “pusch”"), {}, false}};
        form.dialog->advise(source);
        form.field<QLineEdit>("Action")->setText(QStringLiteral("Dana looks at every pusch"));
        const auto *advice = form.dialog->findChild<Advice *>();
        QVERIFY(advice != nullptr);
        QTRY_COMPARE(advice->said(), QStringLiteral("a name: “Dana”: What would do it, whoever is there?"));
        QCOMPARE(source.linted, QStringList{QStringLiteral("Dana looks at every pusch")});
        QVERIFY(form.dialog->doIt().isEnabled());
        form.field<QLineEdit>("Action")->clear();
        QTRY_VERIFY(advice->said().isEmpty());
        QCOMPARE(source.linted.size(), 1); // of no words nothing is asked
    }

    void ofAFactorsNoteTheSameIsSaid()
    {
        const view::ViewModel view = test::reviewScene(test::someReview());
        test::ViewFixture source(view);
        source.findings = {{0, 4, QStringLiteral("blame"), QStringLiteral("blame: “careless”"), {}, false}};
        WordsDialog dialog(*m_theme, QStringLiteral("You see it"), QStringLiteral("I see it"), QStringLiteral("Note"), QStringLiteral("note"), {}, nullptr, {}, {}, true);
        dialog.advise(source, QStringLiteral("INC-1"));
        dialog.findChild<QPlainTextEdit *>()->setPlainText(QStringLiteral("somebody was careless"));
        QTRY_COMPARE(dialog.findChild<Advice *>()->said(), QStringLiteral("blame: “careless”"));
        QVERIFY(dialog.doIt().isEnabled());
    }

    void aDayThatNobodyTouchedIsNotSent()
    {
        for (const Instant due : {test::sceneMoment() + hours(24 * 14), test::sceneMoment() - hours(24 * 3), Instant{}}) { // some time of a day; past; none
            const view::ReviewAction a = anAction(due);
            const ActionForm form(*m_theme, &a);
            QCOMPARE(form.sent(), QStringList());
            QCOMPARE(form.dialog->arguments().value(QLatin1String("action")).toInt(), 1);
            form.field<QLineEdit>("Action")->setText(QStringLiteral("Announce config pushes in the room"));
            QCOMPARE(form.sent(), QStringList{QStringLiteral("text=Announce config pushes in the room")});
            form.field<QLineEdit>("Due")->setText(QStringLiteral("2026-12-24"));
            QVERIFY(form.sent().contains(QStringLiteral("due=2026-12-24")));
        }
    }

    void whatWasSaidCanBeTakenAway()
    {
        view::ReviewAction a = anAction(test::sceneMoment() + hours(24 * 14));
        a.factor = QStringLiteral("trigger.configuration-push");
        const ActionForm form(*m_theme, &a);
        QCOMPARE(form.field<QComboBox>("Owner")->currentText(), QStringLiteral("Dana Novak"));
        for (const char *box : {"Owner", "Strength", "Factor"})
            form.field<QComboBox>(box)->setCurrentIndex(0);
        for (const char *line : {"Due", "Verified by"})
            form.field<QLineEdit>(line)->clear();
        QCOMPARE(form.sent(), (QStringList{QStringLiteral("due=-"), QStringLiteral("factor=-"), QStringLiteral("owner=-"), QStringLiteral("strength=-"), QStringLiteral("verification=-")}));
    }

    void whoLeftTheWorkspaceOwnsItUntilSomebodySaysOtherwise()
    {
        view::ReviewAction a = anAction({});
        a.owner = QStringLiteral("gone");
        a.ownerName = QStringLiteral("Gone Person");
        a.factor = QStringLiteral("trigger.no-longer-there");
        const ActionForm form(*m_theme, &a);
        QCOMPARE(form.field<QComboBox>("Owner")->currentText(), QStringLiteral("Gone Person"));
        QCOMPARE(form.sent(), QStringList());
    }

    void whatWentWellIsNothingAnActionIsAgainst()
    {
        view::ReviewAction a = anAction({});
        view::FactorRow cause, well;
        cause.id = QStringLiteral("f.cause");
        well.id = QStringLiteral("f.well");
        cause.layer = QStringLiteral("trigger");
        well.layer = QStringLiteral("mitigator");
        cause.raters = well.raters = QStringList{QStringLiteral("Dana Novak")};
        view::Review review = test::someReview();
        review.factors = {cause, well};
        const auto offers = [&](const view::ReviewAction *action, const QString &id) {
            const view::ViewModel scene = test::reviewScene(review);
            ActionDialog dialog(*m_theme, scene, review, action, nullptr);
            const auto boxes = dialog.findChildren<QComboBox *>();
            return std::any_of(boxes.begin(), boxes.end(), [&](const QComboBox *box) { return box->findData(id) >= 0; });
        };
        QVERIFY(offers(nullptr, QStringLiteral("f.cause")) && !offers(nullptr, QStringLiteral("f.well")));
        a.factor = QStringLiteral("f.well"); // of an older record: it stays until somebody says another
        QVERIFY(offers(&a, QStringLiteral("f.well")));
    }

    void ofANewOneWhatIsEmptyIsLeftOut()
    {
        const ActionForm form(*m_theme, nullptr);
        form.field<QLineEdit>("Action")->setText(QStringLiteral("Cap the pool"));
        QCOMPARE(form.sent(), QStringList{QStringLiteral("text=Cap the pool")});
        QVERIFY(!form.dialog->arguments().contains(QLatin1String("action")));
    }
};

QD_GUI_TEST(TestActionDialog)
#include "tst_actiondialog.moc"
