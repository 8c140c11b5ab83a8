// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/shell/windowbench.h"
#include "ui/comms/updatecomposer.h"
#include "ui/escalation/commandstack.h"
#include "ui/map/mapview.h"
#include "ui/shell/commandperspective.h"
#include "ui/shell/instrument.h"
#include "ui/shell/layoutmemory.h"
#include "ui/shell/picker.h"
#include "ui/shell/topstrip.h"
#include "ui/timeline/timelineview.h"
#include "ui/triage/alertview.h"
#include "ui/triage/triagepanel.h"
#include "ui/widgets/formdialog.h"
#include "ui/widgets/keyhints.h"
#include "ui/widgets/parts.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QDataStream>
#include <QLineEdit>
#include <QListView>
#include <QScreen>
#include <QSplitter>

using namespace qd;
using namespace qd::shell;

/// The window at the sizes and states of a bad night: a laptop, large text, nothing recorded. A size stands for every pair of screen and text
/// with as many lines of text in it: 683x384 is 1366x768 with text or scale of 200 %.
class TestSizes : public QObject {
    Q_OBJECT
private:
    style::Theme *m_theme = nullptr;
    test::WindowLook m_look;

    struct Bench : test::WindowBench {
        Bench(const view::ViewModel &scene, style::Theme &theme, QSize size)
            : WindowBench(scene, theme, size)
        {
            settle();
        }
        static void settle()
        {
            for (int i = 0; i < 5; ++i)
                QCoreApplication::processEvents();
        }
        void press(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier)
        {
            QTest::keyClick(window.windowHandle(), key, with);
            settle();
        }
        [[nodiscard]] QWidget &root(std::size_t region) const { return *window.perspective().regions().at(region).root; }
        [[nodiscard]] bool holds(const QWidget &part) const
        {
            return window.rect().contains(QRect(part.mapTo(&window, QPoint(0, 0)), part.size()));
        }
    };
    enum Region : std::size_t { Triage, Map, Timeline, Stack, Update };

    static view::ViewModel unrecorded()
    {
        view::ViewModel scene = test::incidentScene();
        scene.strip.recorded = false;
        scene.strip.unrecordedReason = QStringLiteral("the disk is full");
        return scene;
    }

private Q_SLOTS:
    void aFirstWindowIsNoLargerThanItsScreen()
    {
        QCOMPARE(shell::MainWindow::firstSize({2560, 1440}), QSize(1680, 980));
        const QSize small = shell::MainWindow::firstSize({1366, 768});
        QVERIFY(small.width() <= 1366 && small.height() <= 768 - 24); // beside a frame
        QVERIFY(small.width() > 1300 && small.height() > 700);
    }

    void aWindowSavedOnAScreenThatIsGoneIsWhollyOnOneThatIsThere_data()
    {
        QTest::addColumn<QRect>("saved");
        QTest::addColumn<int>("screen");
        QTest::addColumn<int>("screenWidth");
        const QSize here = QGuiApplication::primaryScreen()->availableSize();
        QTest::newRow("second screen, unplugged") << QRect(here.width() + 200, 100, 700, 500) << 1 << here.width();
        QTest::newRow("above") << QRect(10, -2000, 700, 500) << 0 << here.width();
        QTest::newRow("far below, fourth screen") << QRect(10, 9000, 700, 500) << 3 << here.width();
        QTest::newRow("of a much larger screen") << QRect(0, 0, 3840, 2100) << 0 << 3840;
        QTest::newRow("larger than the screen") << QRect(0, 0, here.width() + 300, here.height() + 300) << 0 << here.width();
    }
    void aWindowSavedOnAScreenThatIsGoneIsWhollyOnOneThatIsThere()
    {
        QFETCH(QRect, saved);
        QFETCH(int, screen);
        QFETCH(int, screenWidth);
        // What QWidget::saveGeometry of Qt 6 writes: a session on another desk left it behind.
        QByteArray bytes;
        QDataStream out(&bytes, QIODevice::WriteOnly);
        out.setVersion(QDataStream::Qt_4_0);
        out << quint32(0x1D9D0CB) << quint16(3) << quint16(0) << saved << saved << qint32(screen) << quint8(0) << quint8(0) << qint32(screenWidth) << saved;
        shell::LayoutMemory().setLayout(QStringLiteral("window"), QStringLiteral("geometry"), bytes);
        test::ViewFixture source(test::quietScene());
        shell::MainWindow window(source, *m_theme);
        window.show();
        const QRect room = window.screen()->availableGeometry();
        QVERIFY2(room.contains(window.geometry()), qPrintable(QDebug::toString(window.geometry())));
    }
    void aWindowSavedOnThisScreenIsWhereItWas()
    {
        QRect was;
        {
            test::ViewFixture source(test::quietScene());
            shell::MainWindow window(source, *m_theme);
            window.setGeometry(20, 30, 700, 600);
            window.show();
            was = window.geometry();
            window.close();
        }
        test::ViewFixture source(test::quietScene());
        shell::MainWindow window(source, *m_theme);
        window.show();
        QCOMPARE(window.geometry(), was);
    }

    void initTestCase()
    {
        m_theme = m_look.begin();
        QVERIFY(m_theme != nullptr);
    }
    void init() { m_look.forget(); }

    void nothingIsCutOff_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("narrow");
        QTest::addColumn<bool>("bad");
        for (const bool bad : {false, true}) {
            const char *how = bad ? ", unrecorded and practice" : "";
            QTest::addRow("1920x1080%s", how) << QSize(1920, 1080) << false << bad;
            QTest::addRow("1366x768%s", how) << QSize(1366, 768) << false << bad;
            QTest::addRow("1920x1080 at 150 %%%s", how) << QSize(1280, 720) << false << bad;
            QTest::addRow("1920x1080 at 200 %%%s", how) << QSize(960, 540) << true << bad;
            QTest::addRow("1366x768 at 150 %%%s", how) << QSize(910, 512) << true << bad;
            QTest::addRow("1366x768 at 200 %%%s", how) << QSize(683, 384) << true << bad;
        }
    }
    void nothingIsCutOff()
    {
        QFETCH(QSize, size);
        QFETCH(bool, narrow);
        QFETCH(bool, bad);
        view::ViewModel scene = bad ? unrecorded() : test::incidentScene();
        scene.strip.practice = bad;
        Bench b(scene, *m_theme, size);
        QCOMPARE(b.window.size(), size);
        QCOMPARE(b.window.perspective().isNarrow(), narrow);
        QVERIFY(b.holds(b.window.instrument()));
        QVERIFY(b.holds(b.window.instrument().field()));
        for (const QWidget *part : b.window.strip().findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly))
            QVERIFY2(!part->isVisible() || b.holds(*part), qPrintable(part->accessibleName()));
        for (const CommandPerspective::Region &region : b.window.perspective().regions()) {
            if (!b.window.perspective().offers(region))
                continue;
            b.window.perspective().go(region);
            Bench::settle();
            QVERIFY2(region.root->isVisible() && b.holds(*region.root), qPrintable(region.name));
            QVERIFY2(region.root->width() >= region.root->minimumSizeHint().width() && region.root->height() >= region.root->minimumSizeHint().height(),
                     qPrintable(QStringLiteral("%1 is squeezed to %2x%3 of %4x%5").arg(region.name).arg(region.root->width()).arg(region.root->height())
                                    .arg(region.root->minimumSizeHint().width()).arg(region.root->minimumSizeHint().height())));
            // The stack is never away.
            QVERIFY(b.root(Stack).isVisible());
        }
    }

    /// On a laptop, without scrolling: who was called and when the next step follows, the roles, when the update is due.
    void whatRunsOutIsInSight_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("1366x768") << QSize(1366, 768);
        QTest::newRow("1920x1080 at 150 %") << QSize(1280, 720);
    }
    void whatRunsOutIsInSight()
    {
        QFETCH(QSize, size);
        Bench b(unrecorded(), *m_theme, size);
        auto &stack = static_cast<escalation::CommandStack &>(b.root(Stack));
        for (const char *id : {"esc-1:1", "esc-1:2", "role:0:0"}) {
            const escalation::StackRow *row = stack.row(QString::fromLatin1(id));
            QVERIFY2(row != nullptr, id);
            const int bottom = row->mapTo(&stack, QPoint(0, row->height())).y();
            QVERIFY2(bottom <= stack.height(), id);
            QVERIFY2(!row->visibleRegion().isEmpty() && row->visibleRegion().boundingRect().height() == row->height(), id);
        }
        QVERIFY2(!stack.below().contains(QStringLiteral("ROLES")), qPrintable(stack.below()));
        QVERIFY2(stack.below().contains(QStringLiteral("DECISIONS")), qPrintable(stack.below()));
        bool due = false;
        for (const widgets::PlainLabel *label : b.root(Update).findChildren<widgets::PlainLabel *>())
            due = due || (label->isVisible() && label->text().startsWith(QStringLiteral("due 14:40, in 14:53")));
        QVERIFY(due);
    }

    void f6BringsWhatIsNotInSight()
    {
        Bench b(test::incidentScene(), *m_theme, {910, 512});
        QVERIFY(b.root(Triage).isVisible() && !b.root(Map).isVisible() && !b.root(Timeline).isVisible());
        b.press(Qt::Key_F6);
        QVERIFY(!b.root(Triage).isVisible() && b.root(Map).isVisible() && b.root(Map).isAncestorOf(b.window.focusWidget()));
        b.press(Qt::Key_F6);
        QVERIFY(b.root(Timeline).isVisible() && b.root(Timeline).isAncestorOf(b.window.focusWidget()));
        b.press(Qt::Key_F6);
        QVERIFY(b.root(Stack).isVisible() && (b.root(Stack).hasFocus() || b.root(Stack).isAncestorOf(b.window.focusWidget())));
        QVERIFY(b.root(Timeline).isVisible());
    }

    void wideAgainItIsAsBefore()
    {
        Bench b(test::incidentScene(), *m_theme, {1600, 900});
        const int before = b.root(Triage).width();
        b.window.resize(800, 600);
        Bench::settle();
        QVERIFY(b.window.perspective().isNarrow());
        b.window.resize(1600, 900);
        Bench::settle();
        QVERIFY(b.root(Triage).isVisible() && b.root(Map).isVisible() && b.root(Timeline).isVisible());
        QVERIFY2(std::abs(b.root(Triage).width() - before) <= 2, qPrintable(QStringLiteral("%1, %2").arg(before).arg(b.root(Triage).width())));
    }

    /// Beside the tasks stand keys with words, as many as there is room for, and no key is left out for them.
    void onASmallScreenTheKeysOfTheTasksSayWhatTheyDo()
    {
        Bench b(test::incidentScene(), *m_theme, {1366, 768});
        const auto all = b.root(Stack).findChildren<widgets::KeyHints *>();
        const auto hints = std::find_if(all.begin(), all.end(), [](const widgets::KeyHints *each) { return each->accessibleName().contains(QStringLiteral("T on it")); });
        QVERIFY(hints != all.end());
        const QStringList shown = (*hints)->shownAt((*hints)->width());
        QCOMPARE(shown.size(), 3);
        QVERIFY2(shown[0] == QStringLiteral("R task") && shown[1] == QStringLiteral("T on it"), qPrintable(shown.join(QStringLiteral(" | "))));
    }

    void aWaitingPageIsReadFromAfar()
    {
        Bench b(test::startingScene(), *m_theme, {1366, 768});
        const auto cards = b.window.findChildren<widgets::StateCard *>();
        const auto shown = std::find_if(cards.begin(), cards.end(), [](const widgets::StateCard *card) { return card->isVisible(); });
        QVERIFY(shown != cards.end());
        const auto labels = (*shown)->findChildren<widgets::PlainLabel *>();
        QCOMPARE(labels.front()->font().pointSizeF(), m_theme->font(style::Type::Title).pointSizeF());
        QCOMPARE(labels.back()->font().pointSizeF(), m_theme->font(style::Type::Body).pointSizeF());
    }

    /// UNRECORDED is said wherever something is commanded, not on the strip alone.
    void everySurfaceThatCommandsSaysUnrecorded()
    {
        Bench b(unrecorded(), *m_theme, {1366, 768});
        const auto tags = b.window.instrument().findChildren<widgets::Tag *>();
        QVERIFY(std::any_of(tags.begin(), tags.end(), [](const widgets::Tag *tag) { return tag->isVisible() && tag->plain() == QStringLiteral("UNRECORDED"); }));
        auto &composer = static_cast<comms::UpdateComposer &>(b.root(Update));
        composer.begin();
        QVERIFY(composer.warning().contains(QStringLiteral("UNRECORDED")));
        for (const char *name : {"shell.status", "shell.silences"}) {
            b.window.findChild<QAction *>(QString::fromLatin1(name))->trigger();
            QVERIFY2(b.window.picker().field().placeholderText().contains(QStringLiteral("UNRECORDED")), name);
            b.window.picker().leave();
        }
        for (const char *name : {"shell.declare", "shell.change", "shell.arm", "shell.severity", "shell.handover", "shell.standdown"}) {
            b.window.findChild<QAction *>(QString::fromLatin1(name))->trigger();
            auto *dialog = b.window.findChild<widgets::FormDialog *>();
            QVERIFY2(dialog != nullptr && dialog->isVisible(), name);
            QVERIFY2(dialog->warning().contains(QStringLiteral("UNRECORDED")), name);
            // It is taken back while the dialog is open.
            b.source.show(test::incidentScene());
            QVERIFY2(dialog->warning().isEmpty(), name);
            b.source.show(unrecorded());
            QVERIFY(!dialog->warning().isEmpty());
            dialog->reject();
            QCoreApplication::sendPostedEvents(dialog, QEvent::DeferredDelete);
        }
        b.source.show(test::incidentScene());
        QVERIFY(composer.warning().isEmpty());
        QVERIFY(std::none_of(tags.begin(), tags.end(), [](const widgets::Tag *tag) { return tag->isVisible(); }));
    }

    /// Every row of the palette and everything that can take the keyboard says itself to assistive technology.
    void everyActionAndEveryStopOfTheKeyboardHasAnAccessibleName()
    {
        Bench b(test::incidentScene(), *m_theme, {1600, 900});
        QStringList faults;
        b.window.openPalette();
        const QAbstractItemModel *rows = b.window.picker().list().model();
        QCOMPARE(rows->rowCount(), static_cast<int>(b.window.actionBook().entries().size()));
        for (const ActionBook::Entry &entry : b.window.actionBook().entries()) {
            const QString text = entry.text(), keys = entry.action->shortcut().toString(QKeySequence::NativeText);
            bool said = false;
            for (int row = 0; row < rows->rowCount() && !said; ++row) {
                const QString spoken = rows->index(row, 0).data(Qt::AccessibleTextRole).toString();
                said = spoken.contains(text) && spoken.contains(keys);
            }
            if (!said || text.isEmpty() || keys.isEmpty())
                faults << QStringLiteral("an action is not said: ") + text;
        }
        b.window.picker().leave();
        for (QWidget *widget : b.window.findChildren<QWidget *>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || widget->focusProxy() != nullptr)
                continue;
            const QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget);
            if (spoken == nullptr || (spoken->text(QAccessible::Name).isEmpty() && widget->accessibleName().isEmpty()))
                faults << QStringLiteral("no name: ") + QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ') + widget->objectName();
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }
};

QD_GUI_TEST(TestSizes)
#include "tst_sizes.moc"
