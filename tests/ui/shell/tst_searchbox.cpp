// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/shell/language.h"
#include "ui/shell/searchbox.h"
#include "ui/style/theme.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace qd;
using namespace qd::shell;

namespace {

QJsonObject hit(const QString &kind, const QString &incident, const QString &alert, const QStringList &pieces)
{
    return {{QStringLiteral("kind"), kind},
            {QStringLiteral("incident"), incident.isEmpty() ? QJsonValue() : QJsonValue(incident)},
            {QStringLiteral("alert"), alert.isEmpty() ? QJsonValue() : QJsonValue(alert)},
            {QStringLiteral("at"), QStringLiteral("2026-11-23T14:20:07Z")},
            {QStringLiteral("excerpt"), pieces.join(QString())},
            {QStringLiteral("pieces"), QJsonArray::fromStringList(pieces)}};
}

QJsonObject answer(const QJsonArray &items, int total, bool complete = true)
{
    return {{QStringLiteral("items"), items},
            {QStringLiteral("total"), total},
            {QStringLiteral("more"), false},
            {QStringLiteral("complete"), complete},
            {QStringLiteral("percent"), complete ? 100 : 42}};
}

} // namespace

class TestSearchBox : public QObject {
    Q_OBJECT
private:
    style::Theme *m_theme = nullptr;

    struct Bench {
        test::ViewFixture source{test::incidentScene()};
        QWidget window;
        QLineEdit before{&window};
        widgets::Ticker ticker;
        SearchBox box;
        explicit Bench(const style::Theme &theme)
            : box(source, theme, ticker, &window)
        {
            ticker.freeze(true);
            ticker.follow(test::sceneMoment());
            window.resize(1200, 800);
            window.show();
            window.activateWindow();
            if (!QTest::qWaitForWindowActive(&window, qd::tests::kPatience))
                qFatal("the window did not become active");
            before.setFocus();
            box.open();
        }
        void type(const QString &text)
        {
            const std::size_t sent = source.sent.size();
            QTest::keyClicks(&box.field(), text);
            QTRY_COMPARE(source.sent.size(), sent + 1);
        }
        void key(Qt::Key k) { QTest::keyClick(&box.field(), k); }
        [[nodiscard]] QString row(int n) const { return box.list().model()->index(n, 0).data().toString(); }
        [[nodiscard]] int rows() const { return box.list().model()->rowCount(); }
    };

private Q_SLOTS:
    void initTestCase()
    {
        speak(QLocale::c());
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = new style::Theme(std::move(*palette), this);
        m_theme->install();
    }

    void asksOnceAfterAPauseAndShowsHits()
    {
        Bench b(*m_theme);
        b.source.nextResult = answer({hit(QStringLiteral("line"), QStringLiteral("INC-2041"), {}, {QStringLiteral("the "), QStringLiteral("disk"), QStringLiteral(" <b>filled</b>")})}, 73);
        b.type(QStringLiteral("disk kind:line")); // one question for all the keys
        QCOMPARE(b.source.sent[0].method, QStringLiteral("search"));
        QCOMPARE(b.source.sent[0].arguments.value(QLatin1String("text")).toString(), QStringLiteral("disk kind:line"));
        QCOMPARE(b.rows(), 1);
        QCOMPARE(b.row(0), QStringLiteral("the disk <b>filled</b>")); // plain text, whatever it says
        QCOMPARE(b.box.status(), QStringLiteral("73 hits, the newest 1 shown"));
        QCOMPARE(b.box.list().model()->index(0, 0).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("line, INC-2041, 5 m ago: the disk <b>filled</b>"));
        QVERIFY(!b.box.grab().isNull());
    }

    void returnGoesToTheHit()
    {
        Bench b(*m_theme);
        QSignalSpy chosen(&b.box, &SearchBox::chosen);
        b.source.nextResult = answer({hit(QStringLiteral("line"), QStringLiteral("INC-1"), {}, {QStringLiteral("a")}),
                                      hit(QStringLiteral("alert"), {}, QStringLiteral("am/0123456789abcdef"), {QStringLiteral("b")})},
                                     2);
        b.type(QStringLiteral("x"));
        b.key(Qt::Key_Down);
        b.key(Qt::Key_Down); // no further than the last
        b.key(Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].toString(), QString());
        QCOMPARE(chosen[0][1].toString(), QStringLiteral("am/0123456789abcdef"));
        QVERIFY(!b.box.isVisible());
        QVERIFY(b.before.hasFocus());
    }

    void aHitThatLeadsNowhereSaysSo()
    {
        Bench b(*m_theme);
        QSignalSpy chosen(&b.box, &SearchBox::chosen);
        b.source.nextResult = answer({hit(QStringLiteral("workspace"), {}, {}, {QStringLiteral("a")})}, 1);
        b.type(QStringLiteral("x"));
        b.key(Qt::Key_Return);
        QVERIFY(chosen.isEmpty());
        QVERIFY(b.box.isVisible());
        QVERIFY(b.box.status().contains(QStringLiteral("no incident")));
    }

    void saysHowFarTheIndexIsAndWhatIsWrong()
    {
        Bench b(*m_theme);
        QVERIFY(b.box.status().contains(QStringLiteral("kind:decision"))); // how it is used, before anything is typed
        b.source.nextResult = answer({}, 0, false);
        b.type(QStringLiteral("x"));
        QCOMPARE(b.box.status(), QStringLiteral("Nothing was found. · indexing, 42 %"));
        b.source.nextDone = false;
        b.source.nextSentence = QStringLiteral("A quote is opened and not closed; write \"some words\".");
        b.type(QStringLiteral("\""));
        QCOMPARE(b.box.status(), b.source.nextSentence);
        QCOMPARE(b.rows(), 0);
    }

    void aLateAnswerIsDropped()
    {
        Bench b(*m_theme);
        b.source.holdsAnswers = true;
        b.type(QStringLiteral("a"));
        b.type(QStringLiteral("b"));
        QCOMPARE(b.source.held.size(), std::size_t(2));
        b.source.held[1](true, {}, answer({hit(QStringLiteral("line"), QStringLiteral("INC-1"), {}, {QStringLiteral("second")})}, 1));
        b.source.held[0](true, {}, answer({hit(QStringLiteral("line"), QStringLiteral("INC-1"), {}, {QStringLiteral("first")})}, 1));
        QCOMPARE(b.row(0), QStringLiteral("second"));
        b.key(Qt::Key_Escape);
        QVERIFY(!b.box.isVisible());
        QVERIFY(b.before.hasFocus());
    }
};

QD_GUI_TEST(TestSearchBox)
#include "tst_searchbox.moc"
