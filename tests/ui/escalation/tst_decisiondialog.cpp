// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/decisiondialog.h"

#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "tests/ui/escalation/named.h"

#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTest>

using namespace qd;
using namespace qd::escalation;
using test::named;

class TestDecisionDialog : public QObject {
    Q_OBJECT
    style::Theme *m_theme = nullptr;

    static void type(const QDialog &d, const char *field, const char *words)
    {
        auto *line = named<QLineEdit>(d, QLatin1String(field));
        QVERIFY2(line != nullptr, field);
        line->setText(QLatin1String(words));
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = new style::Theme(std::move(*palette), this);
    }

    void aDecisionAloneIsEnough()
    {
        DecisionDialog d(*m_theme, nullptr, test::incidentScene(), nullptr);
        QVERIFY(!d.doIt().isEnabled());
        type(d, "Decision", " roll back ");
        QVERIFY(d.doIt().isEnabled());
        QCOMPARE(d.arguments().keys(), (QStringList{QStringLiteral("incident"), QStringLiteral("text")}));
        QCOMPARE(d.arguments().value(QStringLiteral("text")).toString(), QStringLiteral("roll back"));
    }

    void whatWasWeighedIsSentAsCardsAndTheChosenOneIsMarked()
    {
        DecisionDialog d(*m_theme, nullptr, test::incidentScene(), nullptr);
        type(d, "Option 1: what would be done", "roll back");
        type(d, "Option 1: risk", "the schema is new");
        type(d, "Option 2: what would be done", "fail over");
        type(d, "Option 2: effect", "reads come back");
        type(d, "Option 2: how long it takes", "5m");
        type(d, "Option 2: who does it", "ben");
        named<QComboBox>(d, QStringLiteral("Option 2: can it be taken back?"))->setCurrentIndex(2);
        QVERIFY(!d.doIt().isEnabled());
        named<QRadioButton>(d, QStringLiteral("Option 2 is chosen"))->click();
        QVERIFY(d.doIt().isEnabled()); // its words are the decision
        const QJsonObject sent = d.arguments();
        QCOMPARE(sent.value(QStringLiteral("text")).toString(), QStringLiteral("fail over"));
        QCOMPARE(sent.value(QStringLiteral("chosen")).toInt(), 2);
        const QJsonArray options = sent.value(QStringLiteral("options")).toArray();
        QCOMPARE(options.size(), 2);
        QCOMPARE(options[0].toObject(), (QJsonObject{{QStringLiteral("text"), QStringLiteral("roll back")}, {QStringLiteral("risk"), QStringLiteral("the schema is new")}}));
        QCOMPARE(options[1].toObject(), (QJsonObject{{QStringLiteral("text"), QStringLiteral("fail over")}, {QStringLiteral("effect"), QStringLiteral("reads come back")},
                                                     {QStringLiteral("time"), QStringLiteral("5m")}, {QStringLiteral("owner"), QStringLiteral("ben")}, {QStringLiteral("reversible"), QStringLiteral("partly")}}));
        // Another choice puts its words there; what somebody wrote themselves stays.
        named<QRadioButton>(d, QStringLiteral("Option 1 is chosen"))->click();
        QCOMPARE(d.arguments().value(QStringLiteral("text")).toString(), QStringLiteral("roll back"));
        type(d, "Decision", "roll back, and tell the vendor");
        named<QRadioButton>(d, QStringLiteral("Option 2 is chosen"))->click();
        QCOMPARE(d.arguments().value(QStringLiteral("text")).toString(), QStringLiteral("roll back, and tell the vendor"));
    }

    void anOptionWithoutWordsIsSaidAndAnEmptyOneIsNone()
    {
        DecisionDialog d(*m_theme, nullptr, test::incidentScene(), nullptr);
        type(d, "Decision", "wait");
        type(d, "Option 1: risk", "it grows");
        QVERIFY(!d.doIt().isEnabled());
        QCOMPARE(d.problem(), QStringLiteral("Option 1 needs words: what would be done."));
        type(d, "Option 1: risk", "");
        QVERIFY(d.doIt().isEnabled());
        // An empty card before it does not count.
        type(d, "Option 2: what would be done", "wait");
        named<QRadioButton>(d, QStringLiteral("Option 2 is chosen"))->click();
        QCOMPARE(d.arguments().value(QStringLiteral("chosen")).toInt(), 1);
        QCOMPARE(d.arguments().value(QStringLiteral("options")).toArray().size(), 1);
    }

    void moreOptionsAreShownWhenAskedForUpToALimit()
    {
        DecisionDialog d(*m_theme, nullptr, test::incidentScene(), nullptr);
        const auto shown = [&] {
            int n = 0;
            while (true) {
                const auto *line = named<QLineEdit>(d, QStringLiteral("Option %1: what would be done").arg(n + 1));
                if (line == nullptr || !line->isVisibleTo(&d))
                    return n;
                ++n;
            }
        };
        QPushButton *more = nullptr;
        for (QPushButton *b : d.findChildren<QPushButton *>())
            if (b->text() == QStringLiteral("One more option"))
                more = b;
        QVERIFY(more != nullptr);
        QCOMPARE(shown(), DecisionDialog::kCardsAtFirst);
        while (more->isEnabled())
            more->click();
        QCOMPARE(shown(), DecisionDialog::kCards);
    }

    void onAPollItIsSaidWhichAndTheNumberGoesWithIt()
    {
        view::PollRow poll;
        poll.number = 3;
        poll.question = QStringLiteral("fail over?");
        DecisionDialog d(*m_theme, &poll, test::incidentScene(), nullptr);
        QCOMPARE(d.windowTitle(), QStringLiteral("Decide on poll 3"));
        type(d, "Decision", "fail over");
        QCOMPARE(d.arguments().value(QStringLiteral("poll")).toInt(), 3);
    }
};

QD_GUI_TEST(TestDecisionDialog)
#include "tst_decisiondialog.moc"
