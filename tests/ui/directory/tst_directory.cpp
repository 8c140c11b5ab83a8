// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/directory/directorymodel.h"
#include "ui/directory/directoryview.h"

#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/style/palette.h"
#include "ui/widgets/twintable.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QSignalSpy>
#include <QtTest>
#include <memory>

using namespace qd;
using namespace qd::directory;

namespace {

view::ViewModel aHouse()
{
    view::ViewModel v = test::incidentScene();
    auto d = std::make_shared<view::Directory>();
    d->made = v.made;
    d->services = {{QStringLiteral("checkout"), QStringLiteral("Checkout"), QStringLiteral("Payments"), QStringLiteral("web-24x7"), QStringLiteral("Mara Lindt"), true, 3},
                   {QStringLiteral("catalog"), QStringLiteral("Catalog"), {}, {}, {}, false, 0},
                   {QStringLiteral("search"), QStringLiteral("Search"), QStringLiteral("Search"), {}, {}, true, 0}};
    d->schedules = {{QStringLiteral("payments"), QStringLiteral("Payments"), QStringLiteral("Europe/Lisbon"), QStringLiteral("Mara Lindt"), QStringLiteral("weekdays, nights"), v.made + hours(3), {}},
                    {QStringLiteral("web"), QStringLiteral("Web"), QStringLiteral("UTC"), {}, QStringLiteral("all"), {}, QStringLiteral("web has a gap until 18:00")}};
    d->policies = {{QStringLiteral("web-24x7"), QStringLiteral("web-24x7"), QStringLiteral("1 Payments, 5 m · 2 Mara Lindt, 10 m"), QStringLiteral("Mara Lindt"), 2, 1, QStringLiteral("Payments")}};
    v.directory = d;
    return v;
}

} // namespace

class TestDirectory : public QObject {
    Q_OBJECT

    std::unique_ptr<style::Theme> m_theme;

    struct Bench {
        DirectoryView view;
        view::ViewModel scene = aHouse();
        explicit Bench(const style::Theme &theme)
            : view(theme)
        {
            view.resize(1300, 700);
            view.show();
            (void)QTest::qWaitForWindowActive(&view);
            publish();
            view.table().setFocus();
        }
        void publish() { view.show(std::make_shared<const view::ViewModel>(scene), scene.made); }
        [[nodiscard]] QString cell(int row, int column) const { return view.model().index(row, column).data().toString(); }
    };

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette);
        m_theme = std::make_unique<style::Theme>(std::move(*palette));
        m_theme->install();
    }

    void aServiceSaysWhoseItIsAndWhomItCallsNow()
    {
        Bench b(*m_theme);
        QCOMPARE(b.cell(0, 0), QStringLiteral("Checkout"));
        QCOMPARE(b.cell(0, 1), QStringLiteral("Payments"));
        QCOMPARE(b.cell(0, 2), QStringLiteral("web-24x7"));
        QVERIFY(b.cell(0, 3).startsWith(QStringLiteral("own")));
        QCOMPARE(b.cell(0, 4), QStringLiteral("Mara Lindt"));
        QCOMPARE(b.cell(1, 4), QStringLiteral("nobody"));
        QVERIFY(!b.cell(1, 0).startsWith(QStringLiteral("▲"))); // it calls nobody anyway
        QVERIFY(b.cell(2, 0).startsWith(QStringLiteral("▲")));  // it would call, and there is nobody
        QVERIFY(b.view.detail().contains(QStringLiteral("Mara Lindt")));
    }

    void everyListIsReachedByKeysAndNamed()
    {
        Bench b(*m_theme);
        QSet<QString> firsts;
        for (std::size_t i = 0; i < std::size(kPages); ++i) {
            QCOMPARE(b.view.page(), kPages[i]);
            QVERIFY(b.view.model().rowCount() > 0);
            QVERIFY(b.view.table().currentIndex().isValid());
            firsts << b.view.model().headerData(0, Qt::Horizontal, Qt::DisplayRole).toString();
            QTest::keyClick(&b.view.table(), Qt::Key_Right);
        }
        QCOMPARE(firsts.size(), 5);
        QCOMPARE(b.view.page(), Page::Services);
        QTest::keyClick(&b.view.table(), Qt::Key_Left);
        QCOMPARE(b.view.page(), Page::Connections);
    }

    void connectionsShowTheirHealthWithItsAge()
    {
        Bench b(*m_theme);
        b.view.go(Page::Connections);
        const int row = b.view.model().indexOf(QStringLiteral("icinga-dc2"));
        QVERIFY(row >= 0);
        QVERIFY(b.cell(row, 0).startsWith(QStringLiteral("▲")));
        QVERIFY(!b.cell(row, 3).isEmpty());
        b.view.setNow(b.scene.made + minutes(5));
        QVERIFY(b.cell(row, 3).contains(QStringLiteral("m")));
    }

    void theFilterCountsWhatItHidesAndEscapeBringsItBack()
    {
        Bench b(*m_theme);
        QTest::keyClick(&b.view.table(), Qt::Key_Slash);
        QTRY_VERIFY(b.view.filter().hasFocus());
        QTest::keyClicks(&b.view.filter(), QStringLiteral("mara"));
        QCOMPARE(b.view.model().rowCount(), 1);
        QCOMPARE(b.view.model().hidden(), 2);
        QTest::keyClick(&b.view.filter(), Qt::Key_Escape);
        QCOMPARE(b.view.model().rowCount(), 3);
        QVERIFY(b.view.table().hasFocus());
    }

    void whatIsChosenStaysWhenDataArrives()
    {
        Bench b(*m_theme);
        const QAbstractItemModelTester tester(&b.view.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        b.view.table().setCurrentIndex(b.view.model().index(1, 0));
        auto next = std::make_shared<view::Directory>(*b.scene.directory);
        next->services[1].firing = 4;
        b.scene.directory = next;
        b.publish();
        QCOMPARE(b.view.table().currentIndex().row(), 1);
        QCOMPARE(b.cell(1, 5), QStringLiteral("4"));
        next = std::make_shared<view::Directory>(*b.scene.directory);
        next->services.insert(next->services.begin(), {QStringLiteral("a"), QStringLiteral("A"), {}, {}, {}, false, 0});
        b.scene.directory = next;
        b.publish();
        QCOMPARE(b.view.model().row(b.view.table().currentIndex().row())->id, QStringLiteral("catalog"));
    }

    void returnOpensWhatThereIs()
    {
        Bench b(*m_theme);
        QSignalSpy calls(&b.view, &DirectoryView::callsRequested), plan(&b.view, &DirectoryView::planRequested), arming(&b.view, &DirectoryView::armingRequested);
        QTest::keyClick(&b.view.table(), Qt::Key_Return);
        QCOMPARE(calls.value(0), (QVariantList{QStringLiteral("service"), QStringLiteral("checkout")}));
        b.view.go(Page::Policies);
        QTest::keyClick(&b.view.table(), Qt::Key_Return);
        QCOMPARE(calls.value(1), (QVariantList{QStringLiteral("policy"), QStringLiteral("web-24x7")}));
        b.view.go(Page::Schedules);
        QTest::keyClick(&b.view.table(), Qt::Key_Return);
        QCOMPARE(plan.size(), 1);
        b.view.go(Page::Connections);
        QTest::keyClick(&b.view.table(), Qt::Key_Return);
        QCOMPARE(arming.size(), 1);
    }

    void anEmptyListSaysWhatThatMeans()
    {
        Bench b(*m_theme);
        b.scene.directory = nullptr;
        b.publish();
        for (const Page page : {Page::Services, Page::Schedules, Page::Policies}) {
            b.view.go(page);
            QCOMPARE(b.view.model().rowCount(), 0);
            QVERIFY(emptyText(page).contains(QStringLiteral("[[")));
        }
    }
};

QD_GUI_TEST(TestDirectory)
#include "tst_directory.moc"
