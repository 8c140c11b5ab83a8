// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/triage/panelbench.h"
#include "ui/triage/silencedialog.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/reasonfield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>

using namespace qd;
using namespace qd::triage;

class TestSilencing : public QObject {
    Q_OBJECT
private:
    style::Theme *m_theme = nullptr;

    static view::Alike common(int chosen)
    {
        view::Alike out;
        out.chosen = chosen;
        out.common = {{QStringLiteral("alertname"), QStringLiteral("Down")}, {QStringLiteral("severity"), QStringLiteral("critical")}};
        return out;
    }

    static view::Feed alertmanager(const QString &name)
    {
        view::Feed feed;
        feed.name = name;
        feed.kind = QStringLiteral("alertmanager");
        feed.arming = QStringLiteral("silences");
        return feed;
    }

    static bool isSaidIn(const QWidget &where, const QString &words)
    {
        const auto labels = where.findChildren<widgets::PlainLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const auto *label) { return label->plain().contains(words); });
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = new style::Theme(std::move(*palette), this);
        m_theme->install();
    }

    void aSilenceOfSeveralIsMadeOfWhatTheyHaveInCommon()
    {
        view::ViewModel scene = test::incidentScene();
        scene.strip.feeds.clear(); // it is kept here
        test::PanelBench b(scene, *m_theme);
        b.source.alikes = common(2);
        b.key(Qt::Key_J);
        b.key(Qt::Key_Down, Qt::ShiftModifier);
        b.key(Qt::Key_S, Qt::ShiftModifier);
        QCOMPARE(b.source.askedAlike, (std::vector<QStringList>{{QStringLiteral("eu-1/a2"), QStringLiteral("eu-1/a3")}}));
        auto *dialog = b.panel.window()->findChild<SilenceDialog *>();
        QVERIFY(dialog != nullptr);
        QVERIFY(isSaidIn(*dialog, QStringLiteral("From 2 chosen alert(s)")));
        const QJsonArray matchers = dialog->arguments().value(QLatin1String("matchers")).toArray();
        QCOMPARE(matchers.size(), 2);
        for (const QJsonValue &m : matchers)
            QVERIFY(m[QLatin1String("isEqual")].toBool() && !m[QLatin1String("isRegex")].toBool(true));
        QCOMPARE(matchers.at(0)[QLatin1String("name")].toString(), QStringLiteral("alertname"));
        QCOMPARE(matchers.at(1)[QLatin1String("value")].toString(), QStringLiteral("critical"));
        QTest::keyClick(dialog->focusWidget(), Qt::Key_1);
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
        QCOMPARE(b.source.sent.back().method, QStringLiteral("silence.create"));
        QCOMPARE(b.source.sent.back().arguments.value(QLatin1String("matchers")).toArray(), matchers);
    }

    void aSilenceOfSeveralSaysHowManyOthersTheTickedLabelsMatch()
    {
        view::Alike alike = common(2);
        const std::vector<view::Feed> feeds{alertmanager(QStringLiteral("eu-1")), alertmanager(QStringLiteral("us-1"))};
        {
            SilenceDialog quiet(*m_theme, alike, feeds, nullptr);
            QVERIFY(!isSaidIn(quiet, QStringLiteral("Would also silence")));
        }
        alike.others = {{0b11, {QStringLiteral("eu-1")}, 4}, {0b10, {QStringLiteral("eu-1"), QStringLiteral("us-1")}, 8}, {0b01, {QStringLiteral("us-1")}, 3}};
        SilenceDialog dialog(*m_theme, alike, feeds, nullptr);
        const auto boxes = dialog.findChildren<QCheckBox *>();
        auto *source = dialog.findChild<QComboBox *>();
        QCOMPARE(boxes.size(), 2);
        QCOMPARE(source->currentIndex(), 0);
        QVERIFY(isSaidIn(dialog, QStringLiteral("Would also silence 4 other(s)")));
        boxes[0]->setChecked(false); // nothing but the severity
        QVERIFY(isSaidIn(dialog, QStringLiteral("Would also silence 12 other(s)")));
        source->setCurrentIndex(1); // that one has fewer of them
        QVERIFY(isSaidIn(dialog, QStringLiteral("Would also silence 8 other(s)")));
        boxes[0]->setChecked(true);
        QVERIFY(!isSaidIn(dialog, QStringLiteral("Would also silence")));
        boxes[1]->setChecked(false);
        source->setCurrentIndex(2); // here, for every source
        QVERIFY(isSaidIn(dialog, QStringLiteral("Would also silence 7 other(s)")));
        boxes[0]->setChecked(false);
        QVERIFY(!isSaidIn(dialog, QStringLiteral("Would also silence")));
        QVERIFY(isSaidIn(dialog, QStringLiteral("would silence everything")));
    }

    void whatHasNothingInCommonIsNotSilencedAtOnce()
    {
        view::Alike alike;
        alike.chosen = 2;
        SilenceDialog dialog(*m_theme, alike, {}, nullptr);
        dialog.findChild<widgets::ReasonField *>()->setCurrentText(QStringLiteral("being replaced"));
        QVERIFY(!dialog.doIt().isEnabled());
        QVERIFY(isSaidIn(dialog, QStringLiteral("no label in common")));
    }

    void onlyTheLastQuestionOfWhatIsInCommonOpensADialog()
    {
        test::PanelBench b(test::incidentScene(), *m_theme);
        QSignalSpy refused(&b.panel, &TriagePanel::refused);
        b.source.holdsAlikes = true;
        b.key(Qt::Key_J);
        b.key(Qt::Key_Down, Qt::ShiftModifier);
        b.key(Qt::Key_S, Qt::ShiftModifier);
        b.key(Qt::Key_S, Qt::ShiftModifier);
        QCOMPARE(b.source.heldAlikes.size(), std::size_t(2));
        b.source.heldAlikes[0]({}, common(2));
        QVERIFY(b.panel.window()->findChild<SilenceDialog *>() == nullptr);
        b.source.heldAlikes[1](QStringLiteral("You look at the past."), {});
        QVERIFY(b.panel.window()->findChild<SilenceDialog *>() == nullptr);
        QCOMPARE(refused.count(), 1);
        b.key(Qt::Key_S, Qt::ShiftModifier);
        b.source.heldAlikes[2]({}, common(2));
        QVERIFY(b.panel.window()->findChild<SilenceDialog *>() != nullptr);
    }

    void aSilenceOfOneAlertStartsFromItsOwnLabels()
    {
        view::ViewModel scene = test::incidentScene();
        scene.detail.labels = {{QStringLiteral("alertname"), QStringLiteral("Down")}, {QStringLiteral("pod"), QStringLiteral("a-1")}};
        test::PanelBench b(scene, *m_theme);
        b.key(Qt::Key_S, Qt::ShiftModifier);
        QVERIFY(b.source.askedAlike.empty());
        auto *dialog = b.panel.window()->findChild<SilenceDialog *>();
        QVERIFY(dialog != nullptr);
        QVERIFY(isSaidIn(*dialog, QStringLiteral("From: ")));
        QCOMPARE(dialog->findChildren<QCheckBox *>().size(), 2);
        QCOMPARE(dialog->arguments().value(QLatin1String("matchers")).toArray().size(), 1); // the name, not the pod
    }
};

QD_GUI_TEST(TestSilencing)
#include "tst_silencing.moc"
