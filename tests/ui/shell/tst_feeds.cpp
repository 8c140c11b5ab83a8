// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/shell/windowbench.h"
#include "ui/shell/commandperspective.h"
#include "ui/shell/feeds.h"
#include "ui/triage/alertview.h"
#include "ui/triage/triagepanel.h"
#include "ui/widgets/plaintext.h"

#include <QWindow>

using namespace qd;
using namespace qd::shell;

/// The list of feeds over the window. Keys are given to the window as the display gives them, so that Qt decides who hears them.
class TestFeeds : public QObject {
    Q_OBJECT
private:
    style::Theme *m_theme = nullptr;
    test::WindowLook m_look;

    static bool shown(const MainWindow &window)
    {
        const auto popups = window.findChildren<FeedsPopup *>();
        return std::any_of(popups.begin(), popups.end(), [](const FeedsPopup *popup) { return popup->isVisible(); });
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = m_look.begin();
        QVERIFY(m_theme != nullptr);
    }

    void escapeClosesItWhereverTheKeyboardWas_data()
    {
        QTest::addColumn<int>("region");
        QTest::newRow("triage") << 0;
        QTest::newRow("map") << 1;
        QTest::newRow("timeline") << 2;
        QTest::newRow("stack") << 3;
        QTest::newRow("update") << 4;
    }
    void escapeClosesItWhereverTheKeyboardWas()
    {
        QFETCH(int, region);
        test::WindowBench b(test::incidentScene(), *m_theme);
        MainWindow &window = b.window;
        window.perspective().regions().at(static_cast<std::size_t>(region)).focus->setFocus();
        const QWidget *before = window.focusWidget();
        QVERIFY(before != nullptr);
        QTest::keyClick(window.windowHandle(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(shown(window));
        QTest::keyClick(window.windowHandle(), Qt::Key_Escape);
        QCoreApplication::processEvents();
        QVERIFY(!shown(window));
        QCOMPARE(window.focusWidget(), before);
    }

    void itsKeyOpensAndClosesOneList()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        MainWindow &window = b.window;
        QTest::keyClick(window.windowHandle(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(shown(window));
        QTest::keyClick(window.windowHandle(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!shown(window));
        QCOMPARE(window.findChildren<FeedsPopup *>().size(), 1);
    }

    void staysInTheWindowAndFollowsWhatArrives()
    {
        view::ViewModel scene = test::incidentScene();
        test::WindowBench b(scene, *m_theme);
        MainWindow &window = b.window;
        QTest::keyClick(window.windowHandle(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        const auto *popup = window.findChild<FeedsPopup *>();
        const auto says = [popup](const QString &text) {
            const auto labels = popup->findChildren<widgets::PlainLabel *>();
            return std::any_of(labels.begin(), labels.end(), [&](const widgets::PlainLabel *l) { return l->isVisible() && l->plain() == text; });
        };
        QVERIFY(window.rect().contains(popup->geometry()));
        QVERIFY(says(scene.strip.feeds.front().name));
        scene.strip.feeds = {{QStringLiteral("eu-9"), QStringLiteral("alertmanager"), QStringLiteral("failed"), QStringLiteral("It refuses the key."), {}, {},
                              QStringLiteral("observe"), false}};
        b.source.show(scene);
        QCoreApplication::sendPostedEvents();
        QVERIFY(says(QStringLiteral("eu-9")));
        QVERIFY(says(QStringLiteral("It refuses the key.")));
        QVERIFY(!says(test::incidentScene().strip.feeds.front().name));
        scene.strip.feeds.front().problem.clear();
        scene.strip.feeds.front().pending = 3;
        b.source.show(scene);
        QCoreApplication::sendPostedEvents();
        QVERIFY(says(QStringLiteral("3 pending")));
        scene.strip.feeds.front().pending = 0;
        b.source.show(scene);
        QCoreApplication::sendPostedEvents();
        QVERIFY(!says(QStringLiteral("3 pending")));
        // A house of sixty feeds scrolls within the window.
        scene.strip.feeds.resize(60, scene.strip.feeds.front());
        b.source.show(scene);
        QVERIFY(window.rect().contains(popup->geometry()));
    }

    void thePointerElsewhereHidesIt()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        MainWindow &window = b.window;
        QTest::keyClick(window.windowHandle(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        window.perspective().triage().alerts().setFocus(Qt::MouseFocusReason);
        QVERIFY(!shown(window));
    }
};

QD_GUI_TEST(TestFeeds)
#include "tst_feeds.moc"
