// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trackers/trackers.h"

#include "tests/support/clock.h"
#include "tests/support/suite.h"

#include <QtTest>
#include <boost/json.hpp>
#include <mutex>

using namespace qd;
using namespace qd::tests;
using namespace qd::trackers;

namespace json = boost::json;

namespace {

std::unique_ptr<Dialect> dialectNamed(const std::string &kind, const std::string &issueType = {})
{
    Connection c;
    c.name = "tracker";
    c.kind = kind;
    c.url = "https://tracker.example";
    c.path = kind == "jira" ? "SHOP" : "acme/shop";
    c.issueType = issueType;
    return dialectOf(c, std::make_shared<const Secret>(std::string_view("token")));
}

Wanted wantedFor(const std::string &assignee)
{
    Wanted w{"t", "x", "quarterdeck-1", {}, false};
    w.assignee = assignee;
    return w;
}

/// A GitHub that knows one person, and is asked by one thread.
class Givers {
public:
    void operator()(net::HttpRequest r, net::HttpClient::Callback done)
    {
        const std::lock_guard lock(mutex);
        const json::value given = r.body.empty() ? json::value(json::object()) : json::parse(r.body);
        int status = r.method == net::Method::Post ? 201 : 200;
        if (const json::value *people = given.as_object().if_contains("assignees")) {
            given_.push_back(json::serialize(*people));
            if (json::serialize(*people) != R"(["ben-gh"])")
                status = 422;
            else
                issue["assignees"] = json::array{json::object{{"login", "ben-gh"}}};
        }
        if (status < 300 && r.method != net::Method::Get)
            ++written;
        done(net::HttpResponse{status, {}, json::serialize(issue), r.url});
    }
    std::mutex mutex;
    json::object issue{{"number", 12}, {"html_url", "https://tracker.example/12"}, {"title", "t"}, {"body", "x"}, {"state", "open"}};
    std::vector<std::string> given_;     ///< whom it was asked to give it to, each time
    int written = 0;
};

/// What became of one entry of this kind, for this account.
std::string became(Givers &givers, events::Effect effect, const std::string &account)
{
    FakeClock clock;
    std::mutex mutex;
    std::string out;
    Trackers edge({[&](net::HttpRequest r, net::HttpClient::Callback done) { givers(std::move(r), std::move(done)); },
                   [&](std::uint64_t, Delivery d, std::string id, std::string reason) {
                       const std::lock_guard lock(mutex);
                       if (d != Delivery::Sent)
                           out = (d == Delivery::Confirmed ? "done " : "not done ") + id + "|" + reason;
                   },
                   [](events::ActionSeen) {}, [](std::string, std::string, std::string) {}},
                  clock);
    Connection c;
    c.name = "tracker";
    c.kind = "github";
    c.url = "https://tracker.example";
    c.path = "acme/shop";
    edge.start(c, Secret(std::string_view("token")), static_cast<Writes>(Write::Issues));
    events::OutboxQueued what;
    what.number = 1;
    what.effect = effect;
    what.connection = "tracker";
    what.room = effect == events::Effect::UpdateIssue ? "12" : "";
    what.title = "t";
    what.text = "x";
    what.address = account;
    if (!edge.write({what, "quarterdeck-1", false}))
        return "refused";
    (void)QTest::qWaitFor([&] {
        const std::lock_guard lock(mutex);
        return !out.empty();
    }, kPatience);
    const std::lock_guard lock(mutex);
    return out;
}

} // namespace

/// Who is given an issue, in each tracker's way, and who has it.
class TestAssignees : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachTrackerIsToldInItsWay_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("account");
        QTest::addColumn<QString>("answer");   // to what is asked before
        QTest::addColumn<QString>("assignee"); // as the dialect has it; "-": an error
        QTest::addColumn<QString>("said");     // in what is written
        const auto row = [](const char *name, const char *kind, const char *account, const char *answer, const char *assignee, const char *said) {
            QTest::newRow(name) << kind << account << answer << assignee << said;
        };
        row("github", "github", "ben-gh", "", "ben-gh", R"("assignees":["ben-gh"])");
        row("gitlab", "gitlab", "Ben-GL", R"([{"id":41,"username":"ben-gl"}])", "41", R"("assignee_ids":[41])");
        row("gitlab, another of the answer", "gitlab", "ben-gl", R"([{"id":40,"username":"ben"},{"id":41,"username":"ben-gl"}])", "41", R"("assignee_ids":[41])");
        row("gitlab, nobody", "gitlab", "ben-gl", "[]", "", "");
        row("gitlab, damaged", "gitlab", "ben-gl", "{}", "-", "");
        row("jira cloud", "jira", "557058:f1", R"({"deploymentType":"Cloud"})", "accountId/557058:f1", R"("assignee":{"accountId":"557058:f1"})");
        row("jira data center", "jira", "ben", R"({"deploymentType":"Server"})", "name/ben", R"("assignee":{"name":"ben"})");
        row("jira, damaged", "jira", "ben", "{}", "-", "");
    }
    void eachTrackerIsToldInItsWay()
    {
        QFETCH(QString, kind);
        QFETCH(QString, account);
        QFETCH(QString, answer);
        QFETCH(QString, assignee);
        QFETCH(QString, said);
        const auto dialect = dialectNamed(kind.toStdString());
        QCOMPARE(dialect->askAssignee(account.toStdString()).has_value(), kind != QStringLiteral("github"));
        const auto named = dialect->assigneeIn(account.toStdString(), answer.toStdString());
        QCOMPARE(named ? QString::fromStdString(*named) : QStringLiteral("-"), assignee);
        const Wanted w = wantedFor(named.value_or(std::string()));
        const auto changed = dialect->change("12", w, Issue{"12", {}, "t", {}, "x", {}, {}, false, {}, {}}, {});
        for (const std::string &body : {dialect->make(w).body, changed ? changed->body : std::string()})
            QVERIFY2(said.isEmpty() ? body.find("assignee") == std::string::npos : body.find(said.toStdString()) != std::string::npos, body.c_str());
    }
    void aNameOfSomebodyIsOnePartOfAnAddress()
    {
        QCOMPARE(dialectNamed("gitlab")->askAssignee("a&b=c#d")->url, std::string("https://tracker.example/api/v4/users?username=a%26b%3Dc%23d"));
    }
    void whoHasItIsReadAsEachTrackerSaysIt_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("assignee");
        QTest::addColumn<QString>("account");
        QTest::newRow("github") << "github" << R"({"number":1,"assignees":[{"login":"ben-gh"},{"login":"eve-gh"}]})" << "ben-gh, eve-gh" << "EVE-GH";
        QTest::newRow("an old one") << "github" << R"({"number":1,"assignee":{"login":"ben-gh"}})" << "ben-gh" << "ben-gh";
        QTest::newRow("gitlab") << "gitlab" << R"({"iid":1,"assignees":[{"username":"ben-gl"}]})" << "ben-gl" << "ben-gl";
        QTest::newRow("jira cloud") << "jira" << R"({"key":"S-1","fields":{"assignee":{"accountId":"557058:f1","displayName":"Ben Birke"}}})" << "Ben Birke (557058:f1)" << "557058:f1";
        QTest::newRow("jira data center") << "jira" << R"({"key":"S-1","fields":{"assignee":{"name":"ben","displayName":"Ben Birke"}}})" << "Ben Birke (ben)" << "ben";
        QTest::newRow("nobody") << "jira" << R"({"key":"S-1","fields":{"assignee":null}})" << "" << "";
    }
    void whoHasItIsReadAsEachTrackerSaysIt()
    {
        QFETCH(QString, kind);
        QFETCH(QString, body);
        QFETCH(QString, assignee);
        QFETCH(QString, account);
        const auto issue = dialectNamed(kind.toStdString())->issueIn(body.toStdString());
        QVERIFY(issue.has_value());
        QCOMPARE(QString::fromStdString(issue->assignee), assignee);
        QCOMPARE(issue->isWith(account.toStdString()), !account.isEmpty());
        QVERIFY(!issue->isWith("somebody"));
    }
    void anActionIsMadeAsWhatTheConnectionSays()
    {
        QVERIFY(dialectNamed("jira")->make(wantedFor({})).body.find(R"("issuetype":{"name":"Task"})") != std::string::npos);
        QVERIFY(dialectNamed("jira", "Bug")->make(wantedFor({})).body.find(R"("issuetype":{"name":"Bug"})") != std::string::npos);
    }

    void whoOwnsItIsGivenTheIssue()
    {
        Givers givers;
        QCOMPARE(became(givers, events::Effect::TrackIssue, "ben-gh"), std::string("done 12 https://tracker.example/12|"));
        QCOMPARE(givers.given_, std::vector<std::string>{R"(["ben-gh"])"});
        // Who has it already is not given it again.
        QCOMPARE(became(givers, events::Effect::UpdateIssue, "Ben-GH"), std::string("done 12|"));
        QCOMPARE(givers.given_.size(), std::size_t(1));
    }
    void anIssueIsMadeThoughItsTrackerKnowsNobodyOfTheName()
    {
        for (const events::Effect effect : {events::Effect::TrackIssue, events::Effect::UpdateIssue}) {
            Givers givers;
            givers.issue["title"] = effect == events::Effect::UpdateIssue ? "another" : "t"; // there is something to write beside it
            const std::string out = became(givers, effect, "nobody-gh");
            QVERIFY2(out.starts_with("done 12") && out.find("|nobody was given it there: it answered 422; mend the account nobody-gh in people.toml") != std::string::npos, out.c_str());
            QCOMPARE(givers.written, 1);
        }
    }
    void whoseItIsNotSaidToBeIsGivenToNobody()
    {
        Givers givers;
        QCOMPARE(became(givers, events::Effect::TrackIssue, {}), std::string("done 12 https://tracker.example/12|"));
        QVERIFY(givers.given_.empty());
    }
};

QD_TEST(TestAssignees)
#include "tst_assignees.moc"
