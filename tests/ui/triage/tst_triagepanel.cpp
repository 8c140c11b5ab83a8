// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/triage/panelbench.h"
#include "ui/triage/filterbar.h"
#include "ui/triage/ratetrend.h"
#include "ui/triage/alertfilter.h"
#include "ui/triage/suppressors.h"
#include "ui/triage/whypane.h"
#include "ui/widgets/counttabs.h"
#include "ui/widgets/keyhints.h"
#include "ui/widgets/parts.h"

#include <QAccessible>
#include <QJsonArray>
#include <QLineEdit>
#include <QScrollBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSplitter>
#include <QTest>
#include <functional>

using namespace qd;
using namespace qd::triage;

class TestTriagePanel : public QObject {
    Q_OBJECT
private:
    style::Theme *m_theme = nullptr;

    static view::ViewModel withNew(view::ViewModel scene, int count)
    {
        const auto fresh = test::floodScene(count).active;
        scene.active.insert(scene.active.begin(), fresh.begin(), fresh.end());
        return scene;
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = new style::Theme(std::move(*palette), this);
        m_theme->choose(style::Choice::Dark);
        m_theme->install();
    }

    void theWholeAlertGetsRoomAndGivesItBack()
    {
        test::PanelBench p(test::incidentScene(), *m_theme);
        auto *split = p.panel.findChild<QSplitter *>(QStringLiteral("triage.split"));
        const QList<int> before = split->sizes();
        p.key(Qt::Key_Y);
        QVERIFY(split->sizes().value(1) > before.value(1) * 3 / 2);
        p.key(Qt::Key_Y);
        QCOMPARE(split->sizes(), before);
    }

    void keysMoveAndSpaceMarks()
    {
        test::PanelBench b(test::incidentScene(), *m_theme);
        b.key(Qt::Key_J);
        QCOMPARE(b.selectedKey(), QStringLiteral("eu-1/a2"));
        b.key(Qt::Key_K);
        QCOMPARE(b.selectedKey(), QStringLiteral("eu-1/a1"));
        b.key(Qt::Key_Escape);
        b.key(Qt::Key_Space);
        b.key(Qt::Key_J);
        b.key(Qt::Key_J);
        b.key(Qt::Key_Space);
        QCOMPARE(b.panel.chosen().size(), std::size_t(2));
        QCOMPARE(b.panel.chosen()[1].key, QStringLiteral("eu-1/a3"));
        b.key(Qt::Key_Escape);
        b.key(Qt::Key_Home);
        b.key(Qt::Key_Down, Qt::ShiftModifier);
        b.key(Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(b.panel.chosen().size(), std::size_t(3));
        b.key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(b.panel.chosen().size(), std::size_t(23));
    }

    void acknowledgeSendsAllChosenKeys()
    {
        test::PanelBench b(test::incidentScene(), *m_theme);
        b.key(Qt::Key_J);
        b.key(Qt::Key_Down, Qt::ShiftModifier);
        b.key(Qt::Key_A);
        QCOMPARE(b.source.sent.size(), std::size_t(1));
        QCOMPARE(b.source.sent[0].method, QStringLiteral("alert.acknowledge"));
        const QJsonArray keys = b.source.sent[0].arguments.value(QLatin1String("alerts")).toArray();
        QCOMPARE(keys, (QJsonArray{QStringLiteral("eu-1/a2"), QStringLiteral("eu-1/a3")}));
    }

    void theShelfSaysWhyByWhomAndHowLong()
    {
        test::PanelBench b(test::incidentScene(), *m_theme);
        b.panel.findChild<widgets::CountTabs *>()->setCurrent(2);
        AlertTable &table = b.panel.table();
        QCOMPARE(table.list(), AlertTable::List::Shelf);
        QCOMPARE(table.rowCount(), 4);
        const auto cell = [&](int row, int column, int role = Qt::DisplayRole) { return table.index(row, column).data(role).toString(); };
        QCOMPARE(cell(0, AlertTable::Service), QStringLiteral("disks are being replaced, ticket 4711"));
        QCOMPARE(cell(0, AlertTable::Age), QStringLiteral("64 m"));
        QCOMPARE(cell(0, AlertTable::Owner), QStringLiteral("D. Novak"));
        QCOMPARE(cell(3, AlertTable::Age, Qt::AccessibleTextRole), QStringLiteral("24 m left, or until it clears"));
        for (const auto &[column, word] : std::vector<std::pair<int, QString>>{{AlertTable::Service, QStringLiteral("Reason")}, {AlertTable::Age, QStringLiteral("Left")}, {AlertTable::Owner, QStringLiteral("By")}})
            QCOMPARE(table.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), word);
        b.ticker.follow(test::sceneMoment() + minutes(30));
        table.setNow(test::sceneMoment() + minutes(30)); // over, and the core has not said so yet
        QCOMPARE(cell(3, AlertTable::Age), QStringLiteral("0 s"));
    }

    void ctrlPageTurnsToTheNextListAndTheOneBefore()
    {
        test::PanelBench b(test::incidentScene(), *m_theme);
        QCOMPARE(b.panel.table().list(), AlertTable::List::Active);
        b.key(Qt::Key_PageUp, Qt::ControlModifier); // around
        QCOMPARE(b.panel.table().list(), AlertTable::List::Suppressed);
        for (int n = 0; n < 3; ++n)
            QTest::keyClick(b.panel.focusProxy(), Qt::Key_PageDown, Qt::ControlModifier); // over an empty list as well
        QCOMPARE(b.panel.table().list(), AlertTable::List::Shelf);
    }

    void uTakesFromTheShelfAndTheKeysSaySo()
    {
        test::PanelBench b(test::incidentScene(), *m_theme);
        const auto hints = [&] {
            QStringList all;
            for (const auto *h : b.panel.findChildren<widgets::KeyHints *>())
                all << h->accessibleName();
            return all.join(QLatin1Char('\n'));
        };
        QVERIFY(!hints().contains(QStringLiteral("U hear again")));
        b.panel.findChild<widgets::CountTabs *>()->setCurrent(2);
        QVERIFY(hints().contains(QStringLiteral("U hear again now")));
        b.key(Qt::Key_End);
        b.key(Qt::Key_U);
        QCOMPARE(b.source.sent.back().method, QStringLiteral("suppression.end"));
        QCOMPARE(b.source.sent.back().arguments.value(QLatin1String("ids")).toArray().size(), 1);
        view::ViewModel empty = test::incidentScene();
        empty.shelf.clear();
        b.source.show(empty);
        QVERIFY(b.panel.findChild<widgets::StateCard *>()->isVisible());
    }

    void verbsWithoutASelectionTakeTheCurrentRow()
    {
        test::PanelBench b(test::incidentScene(), *m_theme);
        b.key(Qt::Key_A);
        QCOMPARE(b.source.sent[0].arguments.value(QLatin1String("alerts")).toArray(), (QJsonArray{QStringLiteral("eu-1/a1")}));
        b.key(Qt::Key_G);
        QCOMPARE(b.source.sent[1].method, QStringLiteral("incident.attach"));
        QCOMPARE(b.source.sent[1].arguments.value(QLatin1String("incident")).toString(), QStringLiteral("INC-2041"));
        b.key(Qt::Key_E);
        QCOMPARE(b.source.sent[2].method, QStringLiteral("alert.escalate"));
        QCOMPARE(b.source.sent[2].arguments.value(QLatin1String("alerts")).toArray(), (QJsonArray{QStringLiteral("eu-1/a1")}));
        QCOMPARE(b.source.sent.size(), std::size_t(3));
    }

    void escalatingTakesAllThatIsChosenAndBeginsTheCallsThatDoNotRun()
    {
        view::ViewModel scene = test::incidentScene();
        scene.active[0].incident = scene.active[1].incident = QStringLiteral("INC-2041");
        scene.active[2].incident.clear();
        scene.active[2].group = QStringLiteral("queues");
        test::PanelBench b(scene, *m_theme);
        b.key(Qt::Key_Home);
        b.key(Qt::Key_Down, Qt::ShiftModifier);
        b.key(Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(b.panel.chosen().size(), std::size_t(3));
        b.key(Qt::Key_E);
        QCOMPARE(b.source.sent.size(), std::size_t(2)); // one of the incident, one of the group
        QCOMPARE(b.source.sent[0].arguments.value(QLatin1String("alerts")).toArray(), (QJsonArray{QStringLiteral("eu-1/a1"), QStringLiteral("eu-1/a2")}));
        QCOMPARE(b.source.sent[1].arguments.value(QLatin1String("alerts")).toArray(), (QJsonArray{QStringLiteral("eu-1/a3")}));
        b.source.sent.clear();
        b.source.nextDone = false;
        b.key(Qt::Key_E);
        QStringList begun;
        for (const auto &sent : b.source.sent)
            if (sent.method == QLatin1String("escalation.start"))
                begun << sent.arguments.value(QLatin1String("incident")).toString() + QLatin1Char('/') + sent.arguments.value(QLatin1String("service")).toString();
        QCOMPARE(begun, (QStringList{QStringLiteral("INC-2041/payments"), QStringLiteral("INC-2041/checkout"), QStringLiteral("/order-queue")}));
    }

    void tooManyCallsAtOnceAreRefused_data()
    {
        QTest::addColumn<int>("groups");
        QTest::addColumn<int>("sent");
        constexpr int kMost = static_cast<int>(TriagePanel::kCallsAtOnce);
        QTest::newRow("at the limit") << kMost << kMost;
        QTest::newRow("above") << kMost + 1 << 0;
    }
    void tooManyCallsAtOnceAreRefused()
    {
        QFETCH(int, groups);
        QFETCH(int, sent);
        view::ViewModel scene = test::floodScene(groups);
        scene.active.erase(scene.active.begin(), scene.active.end() - groups); // the quiet day's
        for (std::size_t n = 0; n < scene.active.size(); ++n) {
            scene.active[n].incident.clear();
            scene.active[n].group = QStringLiteral("g%1").arg(n);
        }
        test::PanelBench b(scene, *m_theme);
        QSignalSpy refused(&b.panel, &TriagePanel::refused);
        b.key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(static_cast<int>(b.panel.chosen().size()), groups);
        b.key(Qt::Key_E);
        QCOMPARE(static_cast<int>(b.source.sent.size()), sent);
        QCOMPARE(refused.count(), sent == 0 ? 1 : 0);
    }

    void aHeldAlertIsHeardAgainByTheKeyForThat()
    {
        view::ViewModel scene = test::incidentScene();
        scene.active[0].held = true;
        test::PanelBench b(scene, *m_theme);
        QSignalSpy refused(&b.panel, &TriagePanel::refused);
        b.key(Qt::Key_U);
        QCOMPARE(refused.count(), 0);
        QCOMPARE(b.source.sent.back().method, QStringLiteral("suppression.end"));
        QCOMPARE(b.source.sent.back().arguments.value(QLatin1String("ids")).toArray(), (QJsonArray{QStringLiteral("eu-1/a1")}));
        b.key(Qt::Key_J);
        b.key(Qt::Key_U); // this one is not
        QCOMPARE(refused.count(), 1);
    }

    void aNoteIsWrittenOnTheAlertItself()
    {
        test::PanelBench b(test::incidentScene(), *m_theme);
        b.key(Qt::Key_N);
        OverrideDialog *const dialog = b.dialog();
        QVERIFY(dialog && !dialog->doIt().isEnabled());
        QTest::keyClicks(dialog->focusWidget(), QStringLiteral("the vendor knows"));
        QTest::keyClick(dialog, Qt::Key_Return);
        QCOMPARE(b.source.sent.back().method, QStringLiteral("alert.note"));
        QCOMPARE(b.source.sent.back().arguments.value(QLatin1String("text")).toString(), QStringLiteral("the vendor knows"));
        QVERIFY(!b.source.sent.back().arguments.contains(QLatin1String("reason")));
    }

    void refusalIsPassedOnAsASentence()
    {
        test::PanelBench b(test::incidentScene(), *m_theme);
        b.source.nextDone = false;
        b.source.nextSentence = QStringLiteral("You may not acknowledge here.");
        QSignalSpy refused(&b.panel, &TriagePanel::refused);
        b.key(Qt::Key_A);
        QCOMPARE(refused.count(), 1);
        QCOMPARE(refused[0][0].toString(), b.source.nextSentence);
    }

    void selectionAndScrollDoNotMoveBecauseDataArrived()
    {
        view::ViewModel scene = test::floodScene(500);
        test::PanelBench b(scene, *m_theme);
        for (int i = 0; i < 40; ++i)
            b.key(Qt::Key_J);
        const QString key = b.selectedKey();
        const int scroll = b.panel.alerts().verticalScrollBar()->value();
        const int row = b.panel.alerts().currentIndex().row();
        QVERIFY(scroll > 0);
        scene.active.erase(scene.active.begin() + 3, scene.active.begin() + 9);
        view::AlertRow fresh = scene.active.front();
        for (int i = 0; i < 12; ++i) {
            fresh.key = QStringLiteral("fresh-%1").arg(i);
            scene.active.insert(scene.active.begin(), fresh);
        }
        b.source.show(scene);
        QCOMPARE(b.selectedKey(), key);
        QCOMPARE(b.panel.alerts().verticalScrollBar()->value(), scroll);
        QCOMPARE(b.panel.alerts().currentIndex().row(), row);
        QCOMPARE(b.panel.table().newRows(), 12);
        b.key(Qt::Key_End);
        QCOMPARE(b.panel.table().newRows(), 0);
        QCOMPARE(b.panel.table().row(0).key, QStringLiteral("fresh-11"));
        QCOMPARE(b.panel.alerts().verticalScrollBar()->value(), 0);
    }

    void aSelectionHoldsTheListStill()
    {
        const view::ViewModel scene = test::incidentScene();
        test::PanelBench b(scene, *m_theme);
        b.source.show(withNew(scene, 3));
        QCOMPARE(b.panel.table().newRows(), 0); // nothing is held yet: the list follows
        b.key(Qt::Key_J);
        b.source.show(withNew(scene, 8));
        QCOMPARE(b.panel.table().newRows(), 5);
        b.key(Qt::Key_Escape);
        QCOMPARE(b.panel.table().newRows(), 0);
    }

    void slashFiltersAndTheHiddenAreAlwaysCounted()
    {
        test::PanelBench b(test::incidentScene(), *m_theme);
        b.key(Qt::Key_Slash);
        QVERIFY(b.panel.filterBar().field()->hasFocus());
        QTest::keyClicks(b.panel.filterBar().field(), QStringLiteral("service=payments"));
        QCOMPARE(b.panel.table().rowCount(), 3);
        QTest::keyClick(b.panel.filterBar().field(), Qt::Key_Return);
        QCOMPARE(b.panel.filterBar().filter().chips().size(), std::size_t(1));
        QCOMPARE(b.panel.table().hiddenByFilter(), 20);
        QVERIFY(b.panel.alerts().hasFocus());
        QTest::keyClick(b.panel.filterBar().field(), Qt::Key_Backspace);
        QCOMPARE(b.panel.table().hiddenByFilter(), 0);
    }

    void asksForTheDetailOfTheCurrentRow()
    {
        test::PanelBench b(test::incidentScene(), *m_theme);
        QCOMPARE(b.source.selected, QStringLiteral("eu-1/a1"));
        b.key(Qt::Key_J);
        QCOMPARE(b.source.selected, QStringLiteral("eu-1/a2"));
    }

    void aChoiceMadeElsewhereIsFound()
    {
        test::PanelBench b(test::incidentScene(), *m_theme);
        QSignalSpy service(&b.panel, &TriagePanel::serviceChosen);
        b.panel.reveal(QStringLiteral("eu-1/a5"));
        QCOMPARE(b.selectedKey(), QStringLiteral("eu-1/a5"));
        QCOMPARE(service.count(), 1);
        QCOMPARE(service[0][0].toString(), QStringLiteral("ledger-db"));
        b.panel.revealService(QStringLiteral("cart"));
        QCOMPARE(b.selectedKey(), QStringLiteral("eu-1/a6"));
        b.panel.reveal(QStringLiteral("gone"));
        QCOMPARE(b.selectedKey(), QStringLiteral("eu-1/a6"));
    }

    void emptyListsSayWhatTheyMean_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("starting") << 0 << QStringLiteral("Starting the core");
        QTest::newRow("quiet") << 1 << QStringLiteral("Nothing is firing");
        QTest::newRow("blind") << 2 << QStringLiteral("blindness");
        QTest::newRow("nothing connected") << 3 << QStringLiteral("Nothing is connected");
        QTest::newRow("core lost") << 4 << QStringLiteral("The core is lost");
    }
    void emptyListsSayWhatTheyMean()
    {
        QFETCH(int, kind);
        QFETCH(QString, words);
        view::ViewModel scene = kind == 0 ? test::startingScene() : test::quietScene();
        if (kind == 2)
            scene.strip.feeds[0].state = QStringLiteral("silent");
        if (kind == 3)
            scene.strip.feeds.clear();
        if (kind == 4)
            scene.strip.link = view::CoreLink::Lost;
        test::PanelBench b(scene, *m_theme);
        const auto *card = b.panel.findChild<widgets::StateCard *>();
        QVERIFY(card->isVisible());
        QVERIFY2(card->accessibleName().contains(words), qPrintable(card->accessibleName()));
    }

    void aNonEmptyTableAlwaysHasACurrentIndex()
    {
        test::PanelBench b(test::incidentScene(), *m_theme);
        QVERIFY(b.panel.alerts().currentIndex().isValid());
        b.source.show(test::quietScene());
        b.source.show(test::incidentScene());
        QVERIFY(b.panel.alerts().currentIndex().isValid());
        auto *tabs = b.panel.findChild<widgets::CountTabs *>();
        tabs->setCurrent(3);
        QVERIFY(b.panel.alerts().currentIndex().isValid());
        QVERIFY(!b.panel.alerts().accessibleName().isEmpty());
    }

    /// Qt 6.4's accessible tables are fragile while rows come and go; whoever reads the tree meanwhile must survive. The
    /// offscreen platform never turns accessibility on, so stale cells are not dropped here: they must be marked invalid.
    void assistiveTechnologySurvivesEveryUpdate()
    {
        test::PanelBench b(test::incidentScene(), *m_theme);
        int readable = 0;
        const std::function<int(QAccessibleInterface *, int)> walk = [&](QAccessibleInterface *at, int depth) -> int {
            if (at == nullptr || !at->isValid() || depth > 6)
                return 0;
            int seen = 1;
            at->text(QAccessible::Name);
            at->state();
            at->focusChild();
            const int children = std::min(at->childCount(), 80);
            for (int i = 0; i < children; ++i)
                seen += walk(at->child(i), depth + 1);
            if (QAccessibleTableInterface *table = at->tableInterface(); table != nullptr && table->rowCount() > 0) {
                QAccessibleInterface *cell = table->cellAt(0, AlertTable::Alert);
                if (cell != nullptr && cell->isValid() && cell->text(QAccessible::Name) == b.panel.table().row(0).title)
                    ++readable;
            }
            return seen;
        };
        QVERIFY(walk(QAccessible::queryAccessibleInterface(&b.panel), 0) > 100);
        QCOMPARE(readable, 1);
        for (int i = 0; i < 40; ++i) {
            switch (i % 5) {
            case 0: b.source.show(test::quietScene()); break;
            case 1: b.source.show(test::floodScene(30 + i)); break;
            case 2: b.key(Qt::Key_J); break;
            case 3: b.source.show(withNew(test::incidentScene(), i)); break;
            default: b.key(Qt::Key_End); break;
            }
            QVERIFY(walk(QAccessible::queryAccessibleInterface(&b.panel), 0) > 10);
            const bool empty = b.panel.table().rowCount() == 0;
            QVERIFY(empty || b.panel.alerts().currentIndex().isValid());
        }
    }

    void columnsFitEveryWidthAndTheTitleComesFirst()
    {
        test::PanelBench b(test::incidentScene(), *m_theme);
        for (const int width : {300, 380, 450, 540, 800}) {
            b.panel.resize(width, 700);
            QCoreApplication::processEvents();
            int sum = 0;
            for (int c = 0; c < AlertTable::kColumns; ++c)
                sum += b.panel.alerts().columnWidth(c);
            QVERIFY2(sum <= b.panel.alerts().viewport()->width() + 1, qPrintable(QStringLiteral("%1: %2").arg(width).arg(sum)));
            QVERIFY(b.panel.alerts().columnWidth(AlertTable::Alert) >= b.panel.alerts().columnWidth(AlertTable::Service));
        }
    }

    void trendSumsTenMinutes()
    {
        QCOMPARE(RateTrend::perTenMinutes({1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 1}), (std::vector<int>{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 6}));
    }

    void everyVerbHasATextAndAKey()
    {
        test::PanelBench b(test::incidentScene(), *m_theme);
        QVERIFY(b.panel.alerts().actions().size() >= 8);
        for (const QAction *action : b.panel.alerts().actions()) {
            QVERIFY(!action->text().isEmpty());
            QVERIFY(!action->shortcut().isEmpty());
            QVERIFY(action->objectName().startsWith(QLatin1String("triage.")));
        }
    }

    void eachAlertThatInhibitsIsNamedNotOnlyItsRule()
    {
        view::ViewModel scene = test::incidentScene();
        const auto by = [&](std::size_t from, std::size_t to, const QString &who) {
            for (std::size_t i = from; i < std::min(to, scene.suppressed.size()); ++i)
                scene.suppressed[i].suppressedBy = who;
        };
        by(0, scene.suppressed.size(), QStringLiteral("inhibition/rack · SwitchDown rack-3"));
        by(0, 9, QStringLiteral("inhibition/rack · SwitchDown rack-4"));
        by(0, 4, QStringLiteral("inhibition/rack")); // by which is not known
        by(0, 1, QStringLiteral("silence/4"));
        const auto all = suppressorsOf(scene.suppressed);
        QCOMPARE(all.size(), std::size_t{4});
        QCOMPARE(all[0].name(), QStringLiteral("SwitchDown rack-3"));
        QCOMPARE(all[2].name(), QStringLiteral("rack"));
        test::PanelBench b(scene, *m_theme);
        const auto labels = b.panel.findChildren<widgets::PlainLabel *>();
        const QString wanted = QStringLiteral("%1 suppressed by SwitchDown rack-3 · 5 by SwitchDown rack-4 · 3 by rack · 1 by others").arg(all[0].count);
        QVERIFY(std::any_of(labels.begin(), labels.end(), [&](const auto *label) { return label->isVisible() && label->plain().contains(wanted); }));
        b.key(Qt::Key_P); // what the first of them hides, and nothing of the others
        QCOMPARE(b.panel.table().rowCount(), all[0].count);
        Condition rule{Condition::Field::Suppressor, QStringLiteral("inhibition/rack")};
        QVERIFY(rule.matches(scene.suppressed[2]) && rule.matches(scene.suppressed.back()) && !rule.matches(scene.suppressed[0]));
    }

    void whatHidesTheMostIsNamedAndOneKeyShowsItAndGoesBack()
    {
        view::ViewModel scene = test::incidentScene(); // 46 by the switch
        for (std::size_t i = 0; i < 3; ++i)
            scene.suppressed[i].suppressedBy = QStringLiteral("silence/4");
        scene.suppressed[3].suppressedBy.clear();
        const auto all = suppressorsOf(scene.suppressed);
        QCOMPARE(all.size(), std::size_t{2});
        QCOMPARE(all[0].count, 42);
        QCOMPARE((Suppressor{QStringLiteral("inhibition/rack-3"), 1}.name()), QStringLiteral("rack-3"));
        test::PanelBench b(scene, *m_theme);
        const auto isSaid = [&](const QString &words) {
            const auto labels = b.panel.findChildren<widgets::PlainLabel *>();
            return std::any_of(labels.begin(), labels.end(), [&](const auto *label) { return label->isVisible() && label->plain().contains(words); });
        };
        QVERIFY(isSaid(QStringLiteral("42 suppressed by rack-3 switch · 3 by silence/4")));
        const int active = b.panel.table().rowCount();
        b.key(Qt::Key_P);
        QCOMPARE(b.panel.table().list(), AlertTable::List::Suppressed);
        QCOMPARE(b.panel.table().rowCount(), 42);
        QVERIFY(isSaid(QStringLiteral("What rack-3 switch suppresses")));
        b.key(Qt::Key_P);
        QCOMPARE(b.panel.table().list(), AlertTable::List::Active);
        QCOMPARE(b.panel.table().rowCount(), active);
        QVERIFY(b.panel.filterBar().filter().chips().empty());
        // Back is the list one came from, whichever it was.
        for (const AlertTable::List list : {AlertTable::List::Standing, AlertTable::List::Suppressed}) {
            while (b.panel.table().list() != list)
                QTest::keyClick(b.panel.focusProxy(), Qt::Key_PageDown, Qt::ControlModifier);
            QTest::keyClick(b.panel.focusProxy(), Qt::Key_P);
            QCOMPARE(b.panel.table().list(), AlertTable::List::Suppressed);
            QCOMPARE(b.panel.table().rowCount(), 42);
            QTest::keyClick(b.panel.focusProxy(), Qt::Key_P);
            QCOMPARE(b.panel.table().list(), list);
            QVERIFY(b.panel.filterBar().filter().chips().empty());
        }
    }
};

QD_GUI_TEST(TestTriagePanel)
#include "tst_triagepanel.moc"
