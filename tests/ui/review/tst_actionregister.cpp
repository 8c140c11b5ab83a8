// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/actionregister.h"
#include "ui/review/librarydialog.h"

#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/style/palette.h"
#include "ui/widgets/formdialog.h"
#include "ui/widgets/twintable.h"

#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>
#include <memory>

using namespace qd;
using namespace qd::review;

namespace {

QJsonArray listed(QByteArray json)
{
    return QJsonDocument::fromJson(json.replace('\'', '"')).array();
}

/// As the core lists them: ana's is late, ben's is closed at its tracker, one is nobody's, one is done.
QJsonArray someActions()
{
    return listed("[{'incident':'INC-7','action':1,'text':'Cap the pool','owner':'ana','due':'2026-11-20T23:59:00Z','strength':'engineer','state':'open','ageDays':30,'slips':[{'from':'2026-11-01T23:59:00Z'}],'tracked':null,'proposal':null},"
                  "{'incident':'INC-12','action':1,'text':'Announce pushes','owner':'ben','due':'2026-12-20T23:59:00Z','strength':'eliminate','state':'open','ageDays':3,'slips':[],"
                  "'tracked':{'connection':'jira','key':'SHOP-12','status':'Done','other':'Eve Abara'},'proposal':{'state':'done'}},"
                  "{'incident':'INC-12','action':2,'text':'Drill it','owner':'','due':null,'strength':'unsaid','state':'open','ageDays':3,'slips':[],'tracked':null,'proposal':null},"
                  "{'incident':'INC-9','action':1,'text':'Write it down','owner':'ana','due':null,'strength':'train','state':'done','ageDays':9,'slips':[],'tracked':null,'proposal':null}]");
}

std::vector<view::Labelled> somePeople()
{
    return {{QStringLiteral("ana"), QStringLiteral("Ana Amsel")}, {QStringLiteral("ben"), QStringLiteral("Ben Birke")}};
}

QStringList idsOf(const std::vector<TableRow> &rows)
{
    QStringList out;
    for (const TableRow &row : rows)
        out << row.id;
    return out;
}

} // namespace

/// What is to be done after all reviews, and what was published of them.
class TestActionRegister final : public QObject {
    Q_OBJECT
    std::unique_ptr<style::Theme> m_theme;

    struct Register {
        test::ViewFixture source;
        std::unique_ptr<ActionRegister> dialog;
        explicit Register(const style::Theme &theme) : source(scene())
        {
            source.nextResult = {{QStringLiteral("items"), someActions()}};
            dialog = std::make_unique<ActionRegister>(source, theme, nullptr);
            dialog->show();
            (void)QTest::qWaitForWindowActive(dialog.get());
            dialog->table().setFocus();
        }
        static view::ViewModel scene()
        {
            view::ViewModel v = test::incidentScene();
            v.made = test::sceneMoment();
            v.names = somePeople();
            v.strip.person = QStringLiteral("ana");
            view::Feed tracker;
            tracker.name = QStringLiteral("jira");
            tracker.kind = QStringLiteral("jira");
            tracker.arming = QStringLiteral("issues");
            v.strip.feeds = {tracker};
            return v;
        }
        void choose(const char *id) { dialog->table().setCurrentIndex(dialog->model().index(dialog->model().indexOf(QLatin1String(id)), 0)); }
        void press(Qt::Key key)
        {
            dialog->activateWindow();
            (void)QTest::qWaitForWindowActive(dialog.get());
            dialog->table().setFocus();
            QTest::keyClick(&dialog->table(), key);
        }
        [[nodiscard]] QStringList shown() const
        {
            QStringList out;
            for (int n = 0; n < dialog->model().rowCount(); ++n)
                out << dialog->model().row(n)->id;
            return out;
        }
        [[nodiscard]] QJsonObject last(const QString &method) const
        {
            for (auto it = source.sent.rbegin(); it != source.sent.rend(); ++it)
                if (it->method == method)
                    return it->arguments;
            return {};
        }
        [[nodiscard]] widgets::FormDialog *form() const { return dialog->findChild<widgets::FormDialog *>(); }
    };

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette);
        m_theme = std::make_unique<style::Theme>(std::move(*palette));
        m_theme->install();
    }

    void theyAreSortedAsOneAsks_data()
    {
        QTest::addColumn<int>("by");
        QTest::addColumn<QString>("order");
        QTest::newRow("due") << static_cast<int>(RegisterChoice::Due) << "INC-7/1 INC-12/1 INC-12/2 INC-9/1";
        QTest::newRow("owner") << static_cast<int>(RegisterChoice::Owner) << "INC-12/2 INC-7/1 INC-9/1 INC-12/1";
        QTest::newRow("age") << static_cast<int>(RegisterChoice::Age) << "INC-7/1 INC-9/1 INC-12/1 INC-12/2";
        QTest::newRow("moved") << static_cast<int>(RegisterChoice::Moved) << "INC-7/1 INC-12/1 INC-12/2 INC-9/1";
        QTest::newRow("strength") << static_cast<int>(RegisterChoice::Strongest) << "INC-12/1 INC-7/1 INC-9/1 INC-12/2";
        QTest::newRow("incident") << static_cast<int>(RegisterChoice::Incident) << "INC-12/1 INC-12/2 INC-9/1 INC-7/1";
    }
    void theyAreSortedAsOneAsks()
    {
        QFETCH(int, by);
        QFETCH(QString, order);
        const auto all = registeredIn(someActions(), somePeople());
        QCOMPARE(idsOf(registerRows(all, {RegisterChoice::All, static_cast<RegisterChoice::By>(by), {}, {}}, test::sceneMoment())).join(QLatin1Char(' ')), order);
    }

    void theyAreChosenAsOneAsks()
    {
        const auto all = registeredIn(someActions(), somePeople());
        const auto shown = [&](RegisterChoice::Which which, const char *words) { return idsOf(registerRows(all, {which, RegisterChoice::Due, QLatin1String(words), QStringLiteral("ana")}, test::sceneMoment())).join(QLatin1Char(' ')); };
        QCOMPARE(shown(RegisterChoice::Open, ""), QStringLiteral("INC-7/1 INC-12/1 INC-12/2"));
        QCOMPARE(shown(RegisterChoice::Mine, ""), QStringLiteral("INC-7/1"));
        QCOMPARE(shown(RegisterChoice::Overdue, ""), QStringLiteral("INC-7/1"));
        QCOMPARE(shown(RegisterChoice::All, "inc-12 BIRKE"), QStringLiteral("INC-12/1"));
        QCOMPARE(shown(RegisterChoice::All, "shop-12"), QStringLiteral("INC-12/1"));
        QCOMPARE(shown(RegisterChoice::All, "nothing of it"), QString());
    }

    void aRowSaysWhatMatters()
    {
        const auto rows = registerRows(registeredIn(someActions(), somePeople()), {RegisterChoice::All, RegisterChoice::Due, {}, {}}, test::sceneMoment());
        QCOMPARE(rows[0].cells[1], QStringLiteral("Ana Amsel"));
        QVERIFY(rows[0].cells[2].startsWith(QStringLiteral("late, 20 ")));
        QVERIFY(rows[0].cells[3].contains(QStringLiteral("30")) && rows[0].cells[4].contains(QStringLiteral("1")) && rows[0].isStrong);
        QVERIFY2(rows[1].cells[6].startsWith(QStringLiteral("SHOP-12 · Done · with Eve Abara there · closed there")), qPrintable(rows[1].cells[6]));
        QCOMPARE(rows[2].cells[1], QStringLiteral("no owner"));
        QVERIFY(rows[3].isFaint && rows[3].cells[0].endsWith(QStringLiteral("done")));
    }

    void verbsAreOfTheActionThatIsChosen()
    {
        Register r(*m_theme);
        QCOMPARE(r.shown(), (QStringList{QStringLiteral("INC-7/1"), QStringLiteral("INC-12/1"), QStringLiteral("INC-12/2")}));
        r.choose("INC-12/1");
        r.press(Qt::Key_Y);
        QJsonObject sent = r.last(QStringLiteral("action.turn"));
        QCOMPARE(sent.value(QLatin1String("incident")).toString(), QStringLiteral("INC-12"));
        QCOMPARE(sent.value(QLatin1String("state")).toString(), QStringLiteral("done"));
        QVERIFY(r.dialog->said().contains(QStringLiteral("as its tracker says")));
        r.choose("INC-12/2");
        r.press(Qt::Key_Return);
        QVERIFY(r.form() != nullptr);
        for (QComboBox *box : r.form()->findChildren<QComboBox *>())
            if (box->accessibleName() == QLatin1String("Owner"))
                box->setCurrentText(QStringLiteral("Ben Birke"));
        r.form()->doIt().click();
        sent = r.last(QStringLiteral("action.keep"));
        QCOMPARE(sent, (QJsonObject{{QStringLiteral("incident"), QStringLiteral("INC-12")}, {QStringLiteral("action"), 2}, {QStringLiteral("owner"), QStringLiteral("ben")}}));
        QCOMPARE(r.source.sent.back().method, QStringLiteral("get")); // as it is now
    }

    void anActionIsTrackedAndLetGoOf()
    {
        Register r(*m_theme);
        r.choose("INC-7/1");
        r.press(Qt::Key_T);
        QVERIFY(r.form() != nullptr);
        r.form()->findChild<QLineEdit *>()->setText(QStringLiteral("SHOP-9"));
        r.form()->doIt().click();
        QCOMPARE(r.last(QStringLiteral("action.track")), (QJsonObject{{QStringLiteral("incident"), QStringLiteral("INC-7")}, {QStringLiteral("action"), 1}, {QStringLiteral("connection"), QStringLiteral("jira")}, {QStringLiteral("key"), QStringLiteral("SHOP-9")}}));
        QTRY_VERIFY(r.form() == nullptr);
        r.choose("INC-12/1");
        r.press(Qt::Key_T);
        r.form()->doIt().click();
        QCOMPARE(r.last(QStringLiteral("action.track")), (QJsonObject{{QStringLiteral("incident"), QStringLiteral("INC-12")}, {QStringLiteral("action"), 1}}));
    }

    void keysChooseSortAndOpenAReview()
    {
        Register r(*m_theme);
        r.press(Qt::Key_2);
        QCOMPARE(r.shown(), QStringList{QStringLiteral("INC-7/1")});
        r.press(Qt::Key_4);
        QCOMPARE(r.shown().size(), 4);
        r.press(Qt::Key_S);
        QCOMPARE(r.shown().first(), QStringLiteral("INC-12/2")); // by owner: nobody's first
        r.choose("INC-9/1");
        QSignalSpy opened(r.dialog.get(), &ActionRegister::incidentOpened);
        r.press(Qt::Key_O);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened.front().front().toString(), QStringLiteral("INC-9"));
        QVERIFY(!r.dialog->isVisible());
    }

    void whatIsRecordedMeanwhileMovesNoChoice()
    {
        Register r(*m_theme);
        r.choose("INC-12/2");
        QJsonArray more = someActions();
        QJsonObject first = more.first().toObject();
        first.insert(QStringLiteral("action"), 2);
        more.prepend(first);
        r.source.nextResult = {{QStringLiteral("items"), more}};
        view::ViewModel v = Register::scene();
        v.seq = 77;
        r.source.show(v);
        QTRY_COMPARE(r.shown().size(), 4);
        QCOMPARE(r.dialog->model().row(r.dialog->table().currentIndex().row())->id, QStringLiteral("INC-12/2"));
    }

    void theLibraryIsFoundInAndOpensTheReview()
    {
        test::ViewFixture source(Register::scene());
        source.nextResult = {{QStringLiteral("items"), listed("[{'incident':'INC-7','publication':1,'title':'Checkout was slow','audience':'public','format':'pdf','where':'INC-7.pdf','by':'ana','at':'2026-11-20T10:00:00Z'},"
                                                              "{'incident':'INC-12','publication':1,'title':'Mail was late','audience':'customers','format':'confluence','where':'wiki/4711','by':'ben','at':'2026-11-22T10:00:00Z'}]")}};
        LibraryDialog dialog(source, *m_theme, nullptr);
        QCOMPARE(source.sent.back().arguments.value(QLatin1String("what")).toString(), QStringLiteral("library"));
        QCOMPARE(dialog.model().rowCount(), 2);
        QCOMPARE(dialog.model().row(0)->cells.first(), QStringLiteral("INC-12")); // the newest first
        dialog.filter().setText(QStringLiteral("slow public"));
        QCOMPARE(dialog.model().rowCount(), 1);
        QCOMPARE(dialog.said(), QStringLiteral("1 of 2"));
        QSignalSpy opened(&dialog, &LibraryDialog::incidentOpened);
        Q_EMIT dialog.table().activated(dialog.model().index(0, 0));
        QCOMPARE(opened.front().front().toString(), QStringLiteral("INC-7"));
    }

    void theLibrarySaysWhatReadsOtherwiseByNow()
    {
        test::ViewFixture source(Register::scene());
        source.nextResult = {{QStringLiteral("items"), listed("[{'incident':'INC-7','publication':1,'title':'Checkout was slow','audience':'public','format':'md','where':'a.md','by':'ana','at':'2026-11-20T10:00:00Z','reads':'same'},"
                                                              "{'incident':'INC-7','publication':2,'title':'Checkout was slow','audience':'public','format':'pdf','where':'a.pdf','by':'ana','at':'2026-11-21T10:00:00Z','reads':null},"
                                                              "{'incident':'INC-12','publication':1,'title':'Mail was late','audience':'customers','format':'confluence','where':'wiki/4711','by':'ben','at':'2026-11-22T10:00:00Z','reads':'otherwise'}]")}};
        LibraryDialog dialog(source, *m_theme, nullptr);
        QStringList reads;
        QList<bool> strong;
        for (int n = 0; n < dialog.model().rowCount(); ++n) {
            reads << dialog.model().row(n)->cells.last();
            strong << dialog.model().row(n)->isStrong;
        }
        QCOMPARE(reads, (QStringList{QStringLiteral("reads otherwise"), QStringLiteral("—"), QStringLiteral("the same")}));
        QCOMPARE(strong, (QList<bool>{true, false, false}));
        QCOMPARE(dialog.model().columnCount(), static_cast<int>(dialog.model().row(0)->cells.size()));
        dialog.filter().setText(QStringLiteral("otherwise")); // which are to be published again
        QCOMPARE(dialog.model().rowCount(), 1);
    }

    /// What a review says is found by the core's search, beside what the list says.
    void theLibraryIsFoundByWhatItsReviewsSay()
    {
        test::ViewFixture source(Register::scene());
        source.nextResult = {{QStringLiteral("items"), listed("[{'incident':'INC-7','publication':1,'title':'Checkout was slow','audience':'public','format':'pdf','where':'INC-7.pdf','by':'ana','at':'2026-11-20T10:00:00Z'},"
                                                              "{'incident':'INC-12','publication':1,'title':'Mail was late','audience':'customers','format':'confluence','where':'wiki/4711','by':'ben','at':'2026-11-22T10:00:00Z'}]")}};
        LibraryDialog dialog(source, *m_theme, nullptr);
        source.nextResult = {{QStringLiteral("items"), listed("[{'incident':'INC-7','kind':'review'},{'incident':'INC-99','kind':'review'}]")}, {QStringLiteral("total"), 2}, {QStringLiteral("notice"), QStringLiteral("Indexing, 42 %.")}};
        dialog.filter().setText(QStringLiteral("pools starved"));
        QCOMPARE(dialog.model().rowCount(), 0);
        QTRY_COMPARE(dialog.model().rowCount(), 1);
        QCOMPARE(source.sent.back().method, QStringLiteral("search"));
        QCOMPARE(source.sent.back().arguments.value(QLatin1String("text")).toString(), QStringLiteral("pools starved kind:review"));
        QCOMPARE(dialog.model().row(0)->cells.first(), QStringLiteral("INC-7"));
        QCOMPARE(dialog.said(), QStringLiteral("1 of 2 · Indexing, 42 %."));
        dialog.filter().clear();
        QCOMPARE(dialog.model().rowCount(), 2);
        QCOMPARE(dialog.said(), QStringLiteral("2 of 2"));
    }

    void anEmptyLibrarySaysSo()
    {
        test::ViewFixture source(Register::scene());
        source.nextResult = {{QStringLiteral("items"), QJsonArray()}};
        const LibraryDialog dialog(source, *m_theme, nullptr);
        QCOMPARE(dialog.said(), QStringLiteral("Nothing was published yet."));
    }
};

QD_GUI_TEST(TestActionRegister)
#include "tst_actionregister.moc"
