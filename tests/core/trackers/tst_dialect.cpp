// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trackers/dialect.h"

#include "core/model/issuetext.h"
#include "core/trackers/confluence.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>
#include <boost/json.hpp>

using namespace qd;
using namespace qd::trackers;

namespace json = boost::json;

namespace {

Connection someConnection()
{
    Connection c;
    c.name = "forge";
    c.kind = "github";
    c.url = "https://api.forge.example";
    c.path = "acme/shop";
    return c;
}

} // namespace

/// What is asked of a tracker, and what its answers are taken for.
class TestDialect : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void jiraIsSearchedInBothItsWays()
    {
        Connection c = someConnection();
        c.kind = "jira";
        const auto dialect = dialectOf(c, std::make_shared<const Secret>(std::string_view("t")));
        QVERIFY(dialect->find("quarterdeck-1").url.find("/rest/api/2/search/jql?") != std::string::npos);
        QVERIFY(dialect->findOtherwise("quarterdeck-1")->url.find("/rest/api/2/search?") != std::string::npos);
        QVERIFY(dialect->searchBehind() > Span{});
        QVERIFY(!dialectOf(someConnection(), std::make_shared<const Secret>(std::string_view("t")))->findOtherwise("x"));
    }

    void jiraIsTurnedByATransition()
    {
        Connection c = someConnection();
        c.kind = "jira";
        const auto dialect = dialectOf(c, std::make_shared<const Secret>(std::string_view("t")));
        const std::string turns = R"({"transitions":[{"id":"11","to":{"statusCategory":{"key":"indeterminate"}}},{"id":"31","to":{"statusCategory":{"key":"done"}}}]})";
        Wanted w{"t", "x", "quarterdeck-1", {}, true};
        QCOMPARE(dialect->turn("SHOP-1", w, turns)->body, std::string(R"({"transition":{"id":"31"}})"));
        QVERIFY(!dialect->turn("SHOP-1", w, R"({"transitions":[]})"));
        w.closed = false;
        QCOMPARE(dialect->turn("SHOP-1", w, turns)->body, std::string(R"({"transition":{"id":"11"}})"));
    }

    void whatIsDroppedIsNotSaidToBeDone()
    {
        Connection c = someConnection();
        c.kind = "jira";
        const auto jira = dialectOf(c, std::make_shared<const Secret>(std::string_view("t"))), github = dialectOf(someConnection(), std::make_shared<const Secret>(std::string_view("t")));
        const auto turns = [](const char *first, const char *second) {
            return std::string(R"({"transitions":[{"id":"21","to":{"name":")") + first + R"(","statusCategory":{"key":"done"}}},{"id":"31","to":{"name":")" + second + "\",\"statusCategory\":{\"key\":\"done\"}}}]}";
        };
        Wanted w{"t", "x", "quarterdeck-1", {}, true};
        const auto id = [&](const std::string &all) { return jira->turn("SHOP-1", w, all)->body; };
        const Issue open{"1", {}, "t", "open", {}};
        QCOMPARE(id(turns("Won't Do", "Done")), std::string(R"({"transition":{"id":"31"}})"));
        QCOMPARE(id(turns("Done", "Rejected")), std::string(R"({"transition":{"id":"21"}})"));
        QVERIFY(github->change("1", w, open, textThere(w, open))->body.find("\"completed\"") != std::string::npos);
        w.isDropped = true;
        QCOMPARE(id(turns("Won't Do", "Done")), std::string(R"({"transition":{"id":"21"}})"));
        QCOMPARE(id(turns("Done", "Rejected")), std::string(R"({"transition":{"id":"31"}})"));
        QCOMPARE(id(turns("Done", "Shipped")), std::string(R"({"transition":{"id":"21"}})")); // there is no other
        QVERIFY(github->change("1", w, open, textThere(w, open))->body.find("\"not_planned\"") != std::string::npos);
    }

    void whatColleaguesWroteInOurIssueStays_data()
    {
        QTest::addColumn<QString>("there");
        QTest::addColumn<QString>("becomes"); // "": it is left as it is
        QTest::newRow("as it was made") << "old\nlines\n\n(quarterdeck-1)\n" << "new\n\n(quarterdeck-1)\n";
        QTest::newRow("below it") << "old\nlines\n\n(quarterdeck-1)\n\n- [ ] ask ops\n" << "new\n\n(quarterdeck-1)\n\n- [ ] ask ops\n";
        QTest::newRow("above it") << "see also #4\n\nold\nlines\n\n(quarterdeck-1)\n" << "see also #4\n\nnew\n\n(quarterdeck-1)\n";
        QTest::newRow("lines ended by an editor of theirs") << "see also #4\r\n\r\nold\r\nlines\r\n(quarterdeck-1)" << "see also #4\r\n\r\nnew\n\n(quarterdeck-1)";
        QTest::newRow("within it") << "old\n- [ ] ask ops\nlines\n\n(quarterdeck-1)\n" << "";
        QTest::newRow("a line of ours") << "old\nrows\n\n(quarterdeck-1)\n" << "";
        QTest::newRow("ours is there") << "new\n\n(quarterdeck-1)\n" << "";
        QTest::newRow("what we write ends sooner") << "new\nDue: 2026-12-01\n\n(quarterdeck-1)\n" << "new\n\n(quarterdeck-1)\n";
        QTest::newRow("another's issue") << "old\nlines\n" << "";
        QTest::newRow("none") << "" << "";
    }
    void whatColleaguesWroteInOurIssueStays()
    {
        QFETCH(QString, there);
        QFETCH(QString, becomes);
        Wanted w{"t", "new\n", "quarterdeck-1", {}, false};
        w.textBefore = {hashOfIssueText("something else\n"), hashOfIssueText("old\nlines\n"), hashOfIssueText("new\nDue: 2026-12-01\n")};
        Issue now{"1", {}, "t", "open", there.toStdString()};
        const TextThere text = textThere(w, now);
        QCOMPARE(QString::fromStdString(text.becomes), becomes);
        const QByteArray row = QTest::currentDataTag();
        const bool isOver = row == "within it" || row == "a line of ours", isTheirs = row == "another's issue" || row == "none";
        QCOMPARE(text.kind, isTheirs ? TextThere::Kind::NotOurs : isOver ? TextThere::Kind::WrittenOver : becomes.isEmpty() ? TextThere::Kind::AsWanted : TextThere::Kind::AsBefore);
        w.textBefore.clear(); // it is not known what was written there
        QVERIFY(textThere(w, now).kind != TextThere::Kind::AsBefore);
    }

    /// Jira's issue has its marker in its text and in a label: the text is ours up to the one in it, and labels never become text.
    void aLabelIsNoPartOfAnIssuesText()
    {
        Connection c = someConnection();
        c.kind = "jira";
        const auto jira = dialectOf(c, std::make_shared<const Secret>(std::string_view("t")));
        const auto issue = [&](const char *description) {
            return jira->issueIn(json::serialize(json::object{{"key", "SHOP-1"}, {"fields", json::object{{"summary", "t"}, {"description", description}, {"labels", json::array{"ops", "quarterdeck-1", "late"}}}}}));
        };
        Wanted w{"t", "new\n", "quarterdeck-1", {}, false};
        w.textBefore = {hashOfIssueText("old\n")};
        const auto made = issue("old\n\n(quarterdeck-1)\n");
        VERIFY_RESULT(made);
        QCOMPARE(textThere(w, *made).becomes, std::string("new\n\n(quarterdeck-1)\n"));
        const auto unmarked = issue("old\n"); // somebody took the marker out of it
        VERIFY_RESULT(unmarked);
        QCOMPARE(markerIn(unmarked->text), std::string("quarterdeck-1"));
        QCOMPARE(textThere(w, *unmarked).becomes, std::string("new\n\n(quarterdeck-1)"));
    }

    void tokensStandInNoAddressAndNoBody()
    {
        for (const char *kind : {"github", "gitlab", "jira"}) {
            Connection c = someConnection();
            c.kind = kind;
            const auto dialect = dialectOf(c, std::make_shared<const Secret>(std::string_view("t0ken")));
            for (const net::HttpRequest &r : {dialect->make({"t", "x", "quarterdeck-1", {}, false}), dialect->read("1"), dialect->find("quarterdeck-1")}) {
                QVERIFY(r.url.find("t0ken") == std::string::npos);
                QVERIFY(r.body.find("t0ken") == std::string::npos);
            }
        }
    }

    void aKeyIsOnePartOfAPath()
    {
        const auto dialect = dialectOf(someConnection(), std::make_shared<const Secret>(std::string_view("t")));
        QCOMPARE(dialect->read("../../user?x=1#").url, std::string("https://api.forge.example/repos/acme/shop/issues/..%2F..%2Fuser%3Fx%3D1%23"));
    }

    void anIdIsOneWord_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<bool>("sound");
        QTest::newRow("plain") << QByteArray("SHOP-1") << true;
        QTest::newRow("the longest") << QByteArray(200, 'x') << true;
        QTest::newRow("longer") << QByteArray(201, 'x') << false;
        QTest::newRow("an address behind it") << QByteArray("1 javascript:alert(1)") << false;
        QTest::newRow("a blank before") << QByteArray(" 1") << false;
        QTest::newRow("a line") << QByteArray("1\nx") << false;
        QTest::newRow("a tab") << QByteArray("1\tx") << false;
        QTest::newRow("a control") << QByteArray("1\x01x") << false;
        QTest::newRow("delete") << QByteArray("1\x7fx") << false;
        QTest::newRow("hidden") << QByteArray("1\xe2\x80\xaex") << false;
        QTest::newRow("none") << QByteArray() << false;
    }
    void anIdIsOneWord()
    {
        QFETCH(QByteArray, id);
        QFETCH(bool, sound);
        const json::value text(id.toStdString());
        const auto token = std::make_shared<const Secret>(std::string_view("t"));
        Connection c = someConnection();
        QCOMPARE(dialectOf(c, token)->keyIn(json::serialize(json::object{{"number", text}})).has_value(), sound);
        c.kind = "gitlab";
        QCOMPARE(dialectOf(c, token)->keyIn(json::serialize(json::object{{"iid", text}})).has_value(), sound);
        c.kind = "jira";
        QCOMPARE(dialectOf(c, token)->keyIn(json::serialize(json::object{{"key", text}})).has_value(), sound);
        QCOMPARE(Library(c, token).pageIn(json::serialize(json::object{{"id", text}})).has_value(), sound);
    }

    void damagedAnswersAreErrors_data()
    {
        QTest::addColumn<QString>("body");
        for (const char *body : {"", "null", "[]", "{", "{\"number\":null}", "<html>", "\"x\"", "{\"issues\":3}"})
            QTest::newRow(body) << body;
    }
    void damagedAnswersAreErrors()
    {
        QFETCH(QString, body);
        for (const char *kind : {"github", "gitlab", "jira"}) {
            Connection c = someConnection();
            c.kind = kind;
            const auto dialect = dialectOf(c, std::make_shared<const Secret>(std::string_view("t")));
            QVERIFY(!dialect->issueIn(body.toStdString()));
            QVERIFY(!dialect->keyIn(body.toStdString()));
        }
    }
};

QD_TEST(TestDialect)
#include "tst_dialect.moc"
