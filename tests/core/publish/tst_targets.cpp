// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/publish/process.h"
#include "core/publish/target.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <fstream>
#include <mutex>

using namespace qd;
using namespace qd::publish;
using namespace qd::tests;

/// Programs that are run for a push, and what goes to Statuspage; that real servers take it is for the end-to-end test.
namespace {

const std::vector<std::string> kBare{"PATH=/usr/bin:/bin"};

Result<Ran> shell(const std::string &script, std::string_view input = {}, Span patience = seconds(20), std::size_t most = 1u << 20)
{
    return runProgram({"/bin/sh", "-c", script}, kBare, input, patience, most);
}

comms::PageFile file(const std::string &path, const std::string &body)
{
    return {path, "application/json", body};
}

std::vector<comms::PageFile> aBundle(const std::string &status, const std::string &incidents = "", const std::string &scheduled = "")
{
    return {file("api/v2/components.json", "{\"components\":[{\"name\":\"Checkout\",\"status\":\"" + status + "\",\"group\":false},{\"name\":\"Buying\",\"group\":true}]}"),
            file("api/v2/incidents.json", "{\"incidents\":[" + incidents + "]}"), file("api/v2/scheduled-maintenances.json", "{\"scheduled_maintenances\":[" + scheduled + "]}")};
}

std::string anIncidentThere(const std::string &status, const std::vector<std::pair<std::string, std::string>> &words)
{
    std::string updates;
    for (std::size_t n = words.size(); n-- > 0;) // the newest first, as our page has them
        updates += (updates.empty() ? "" : ",") + ("{\"status\":\"" + words[n].first + "\",\"body\":\"" + words[n].second + "\",\"created_at\":\"2026-11-23T14:0" + std::to_string(n) + ":00Z\"}");
    return "{\"id\":\"n1\",\"name\":\"Payments fail\",\"status\":\"" + status + "\",\"incident_updates\":[" + updates + "],\"components\":[{\"name\":\"Checkout\",\"status\":\"partial_outage\"}]}";
}

/// Statuspage as far as requests show it: what was asked, and what is answered next.
struct Asked {
    std::vector<std::string> requests;
    std::string components = "[]", incidents = "[]";
    int status = 200;
    std::unique_ptr<Target> target;

    Asked()
    {
        Connection c;
        c.kind = "atlassian";
        c.url = "https://api.statuspage.io/v1/";
        c.path = "page1";
        target = atlassianTarget(c, std::make_shared<const Secret>(Secret(std::string_view("key"))), [this](net::HttpRequest r, const net::HttpClient::Callback &done) {
            const std::string path = r.url.substr(std::string("https://api.statuspage.io/v1/pages/page1").size());
            const bool isRead = r.method == net::Method::Get;
            if (!isRead)
                requests.push_back(std::string(r.method == net::Method::Post ? "POST " : "PATCH ") + path + " " + r.body);
            QCOMPARE(r.headers.front().second, std::string("OAuth key"));
            net::HttpResponse answer;
            answer.status = status;
            answer.body = isRead ? (path.starts_with("/components") ? components : incidents) : "{\"id\":\"new\"}";
            done(std::move(answer));
        });
    }
};

} // namespace

class TestTargets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aProgramGetsItsInputAndNothingElse()
    {
        const auto ran = shell("cat; echo \"[$HOME]\" >&2; ls /proc/self/fd | wc -l; exit 3", std::string(100000, 'x'));
        VERIFY_RESULT(ran);
        QCOMPARE(ran->exit, 3);
        QCOMPARE(ran->out.substr(0, 100000), std::string(100000, 'x'));
        QCOMPARE(ran->err, std::string("[]\n"));
        QVERIFY2(ran->out.substr(100000) == "4\n", ran->out.substr(100000).c_str()); // three, and ls's own
    }

    void whatTakesTooLongIsEndedWithAllItStarted()
    {
        const QTemporaryDir dir;
        const std::string started = dir.path().toStdString() + "/started";
        const auto ran = shell("sleep 600 & echo $! > " + started + "; sleep 600", {}, seconds(5));
        QVERIFY(!ran && ran.error().code == Code::Unavailable);
        std::string id;
        QVERIFY(std::ifstream(started) >> id);
        const auto runs = [&] {
            std::string words; // of what is over and was not asked for yet there are none
            std::getline(std::ifstream("/proc/" + id + "/cmdline"), words);
            return !words.empty();
        };
        QTRY_VERIFY(!runs());
    }

    void whatSaysTooMuchIsEnded()
    {
        QVERIFY(shell("head -c 1000 /dev/zero", {}, seconds(20), 1000));
        const auto ran = shell("head -c 1001 /dev/zero", {}, seconds(20), 1000);
        QVERIFY(!ran && ran.error().code == Code::TooLarge);
        QVERIFY(runProgram({"/nowhere/at/all"}, kBare, {}, seconds(1), 10).error().code == Code::NotFound);
    }

    void whatWritesTooMuchIsEndedAlsoWhenSomethingItStartedDoes()
    {
        const QTemporaryDir dir;
        const std::string out = dir.path().toStdString() + "/out";
        const auto run = [&](const std::string &script) { return runProgram({"/bin/sh", "-c", script}, kBare, {}, seconds(20), 1u << 20, 100'000); };
        const auto fits = run("exec head -c 100000 /dev/zero > " + out);
        VERIFY_RESULT(fits);
        QCOMPARE(fits->exit, 0);
        const auto ran = run("exec head -c 1000000 /dev/zero > " + out);
        QVERIFY(!ran && ran.error().code == Code::TooLarge);
        QCOMPARE(bytesIn(dir.path().toStdString()), std::uint64_t{100'000});
        const auto child = run("head -c 1000000 /dev/zero > " + out + "; exit 4");
        QVERIFY(child && child->exit == 4);
        QCOMPARE(bytesIn(dir.path().toStdString()), std::uint64_t{100'000});
    }

    void aRepositoryThatIsTooLargeIsNotTaken()
    {
        const QTemporaryDir dir;
        const std::string at = dir.path().toStdString(), repository = at + "/there.git", work = at + "/work";
        QVERIFY(qputenv("TMPDIR", at.c_str())); // where a target keeps what is its own
        const auto made = shell("export HOME=" + at + " GIT_CONFIG_NOSYSTEM=1; git init -q --bare -b main " + repository + " && git init -q -b main " + work + " && cd " + work
                                + " && head -c 3000000 /dev/urandom > big && git add big && git -c user.name=a -c user.email=a@b commit -qm big && git push -q " + repository + " main");
        QVERIFY2(made && made->exit == 0, made ? made->err.c_str() : "");
        Connection c;
        c.kind = "git";
        c.url = repository;
        {
            const auto small = gitTarget(c, {1u << 20, 8u << 20});
            const auto refused = small->put("shop", {file("index.html", "<html>")});
            QVERIFY(!refused);
            QVERIFY2(bytesIn(at) - bytesIn(repository) - bytesIn(work) <= (1u << 20) + 200'000, refused.error().message.c_str());
        }
        const auto large = gitTarget(c, {4u << 20, 1u << 20}); // each look is a fetch: what lies here is begun anew
        for (int n = 0; n < 4; ++n) {
            VERIFY_RESULT(large->put("shop", {file("index.html", "<html>" + std::to_string(n))}));
            const auto read = large->read("shop", "index.html");
            VERIFY_RESULT(read);
            QCOMPARE(*read, "<html>" + std::to_string(n));
            QVERIFY(bytesIn(at) - bytesIn(repository) - bytesIn(work) < 9u << 20);
        }
        qunsetenv("TMPDIR");
    }

    void aComplaintIsTheLineThatSaysWhy()
    {
        const auto of = [](const std::string &err) { return complaintOf({255, "", err}); };
        QCOMPARE(of("banner\nHost key verification failed.\r\nConnection closed\r\n"), std::string("Host key verification failed."));
        QCOMPARE(of("fatal: no\n"), std::string("fatal: no"));
        QCOMPARE(of("Connection closed\n"), std::string("Connection closed"));
        QCOMPARE(of(""), std::string("it ended with 255"));
        QCOMPARE(of("\n\n"), std::string("it ended with 255"));
    }

    void aPathIsPlainOrNone()
    {
        for (const char *plain : {"/srv/www", "/srv/my pages/x_1", "a.b-c+d@e"})
            QVERIFY2(isPlainPath(plain), plain);
        for (const char *odd : {"", "-x", "/a\"b", "/a\nb", "/a/../b", "..", "/a\\b", "/a%h", "/a'b", "/a;b", "//a", "/a*"})
            QVERIFY2(!isPlainPath(odd), odd);
        const PrivateFolder folder;
        QVERIFY(writeSshConfig(folder.path(), "/srv/x/secrets/host.key", "/srv/x/known"));
        QVERIFY(!writeSshConfig(folder.path(), "/srv/x/\"\nProxyCommand x", "/srv/x/known") && !writeSshConfig(folder.path(), "relative", "/x"));
    }

    void aBranchGrowsByOneCommitAPushAndIsReadBack()
    {
        const QTemporaryDir dir;
        const std::string repository = dir.path().toStdString() + "/r.git";
        VERIFY_RESULT(runProgram({"/usr/bin/git", "init", "-q", "--bare", repository}, kBare, {}, seconds(20), 1000));
        Connection c;
        c.kind = "git";
        c.url = repository;
        c.path = "/public/";
        const auto target = gitTarget(c);
        const auto log = [&] { return runProgram({"/usr/bin/git", "--git-dir", repository, "log", "--format=%s", "main"}, kBare, {}, seconds(20), 10000)->out; };
        QVERIFY(target->read("shop", "index.html").error().code == Code::NotFound);
        VERIFY_RESULT(target->put("shop", {file("api/v2/a.json", "one"), file("index.html", "two")}));
        QCOMPARE(*target->read("shop", "index.html"), std::string("two"));
        QCOMPARE(*target->read("shop", "api/v2/a.json"), std::string("one"));
        QVERIFY(target->read("shop", "none").error().code == Code::NotFound);
        VERIFY_RESULT(target->put("shop", {file("api/v2/a.json", "one"), file("index.html", "two")})); // nothing is new
        QCOMPARE(log(), std::string("Status page shop\n"));
        VERIFY_RESULT(gitTarget(c)->put("shop", {file("index.html", "three")})); // also by another core
        QCOMPARE(log(), std::string("Status page shop\nStatus page shop\n"));
        QCOMPARE(*target->read("shop", "index.html"), std::string("three"));
        QCOMPARE(*target->read("shop", "api/v2/a.json"), std::string("one")); // the rest stays
    }

    void statuspageHearsWhatDiffersAndNothingTwice()
    {
        Asked a;
        VERIFY_RESULT(a.target->put("shop", aBundle("operational")));
        QCOMPARE(a.requests, (std::vector<std::string>{"POST /components {\"component\":{\"status\":\"operational\",\"name\":\"Checkout\"}}"}));
        a.requests.clear();
        a.components = "[{\"id\":\"c1\",\"name\":\"Checkout\",\"status\":\"operational\"}]";
        VERIFY_RESULT(a.target->put("shop", aBundle("operational")));
        QVERIFY(a.requests.empty());
        QVERIFY(a.target->holds("shop", {}));
        VERIFY_RESULT(a.target->put("shop", aBundle("major_outage")));
        QCOMPARE(a.requests, (std::vector<std::string>{"PATCH /components/c1 {\"component\":{\"status\":\"major_outage\"}}"}));
        QVERIFY(a.target->holds("shop", {}).error().code == Code::Conflict); // it is not there yet
    }

    void aNoticeIsToldWordByWord()
    {
        Asked a;
        a.components = "[{\"id\":\"c1\",\"name\":\"Checkout\",\"status\":\"operational\"}]";
        const std::string open = anIncidentThere("identified", {{"investigating", "first"}, {"identified", "second"}});
        VERIFY_RESULT(a.target->put("shop", aBundle("operational", open)));
        QCOMPARE(a.requests.size(), std::size_t{2});
        QVERIFY2(a.requests[0].starts_with("POST /incidents ") && a.requests[0].find("\"body\":\"first\"") != std::string::npos && a.requests[0].find("\"name\":\"Payments fail\"") != std::string::npos
                     && a.requests[0].find("\"notice\":\"shop/n1\"") != std::string::npos && a.requests[0].find("\"components\":{\"c1\":\"partial_outage\"}") != std::string::npos,
                 a.requests[0].c_str());
        QVERIFY2(a.requests[1].starts_with("PATCH /incidents/new ") && a.requests[1].find("\"body\":\"second\"") != std::string::npos, a.requests[1].c_str());
        // Another core, or this one after a restart, goes on from what is there.
        a.requests.clear();
        a.incidents = "[{\"id\":\"i7\",\"status\":\"investigating\",\"incident_updates\":[{}],\"metadata\":{\"quarterdeck\":{\"notice\":\"shop/n1\"}}},{\"id\":\"theirs\",\"status\":\"resolved\",\"metadata\":{}}]";
        VERIFY_RESULT(a.target->put("shop", aBundle("operational", open)));
        QCOMPARE(a.requests.size(), std::size_t{1});
        QVERIFY2(a.requests[0].starts_with("PATCH /incidents/i7 ") && a.requests[0].find("second") != std::string::npos, a.requests[0].c_str());
        QVERIFY(a.target->holds("shop", {}).error().code == Code::Conflict);
        a.incidents = "[{\"id\":\"i7\",\"status\":\"identified\",\"incident_updates\":[{},{}],\"metadata\":{\"quarterdeck\":{\"notice\":\"shop/n1\"}}}]";
        QVERIFY(a.target->holds("shop", {}));
        QVERIFY2(a.requests.back().find("\"told\":2") != std::string::npos, a.requests[0].c_str()); // written with the word it counts
        // What somebody else wrote there, and what turned by time alone, is no word of ours.
        a.requests.clear();
        a.incidents = "[{\"id\":\"i7\",\"status\":\"investigating\",\"incident_updates\":[{},{}],\"metadata\":{\"quarterdeck\":{\"notice\":\"shop/n1\",\"told\":1}}}]";
        VERIFY_RESULT(a.target->put("shop", aBundle("operational", open)));
        QCOMPARE(a.requests.size(), std::size_t{1});
        QVERIFY2(a.requests[0].find("\"body\":\"second\"") != std::string::npos, a.requests[0].c_str());
        // Nor is one there that was taken away there.
        a.incidents = "[{\"id\":\"i7\",\"status\":\"identified\",\"incident_updates\":[{}],\"metadata\":{\"quarterdeck\":{\"notice\":\"shop/n1\",\"told\":2}}}]";
        QVERIFY(a.target->holds("shop", {}).error().code == Code::Conflict);
        // What was over before it was told there is not told any more.
        a.requests.clear();
        a.incidents = "[]";
        VERIFY_RESULT(a.target->put("shop", aBundle("operational", anIncidentThere("resolved", {{"investigating", "first"}, {"resolved", "over"}}))));
        QVERIFY(a.requests.empty());
    }

    void maintenanceIsScheduledAndBegins()
    {
        Asked a;
        a.components = "[{\"id\":\"c1\",\"name\":\"Checkout\",\"status\":\"operational\"}]";
        const auto work = [](const std::string &status) {
            return "{\"id\":\"m1\",\"name\":\"New disks\",\"status\":\"" + status + "\",\"scheduled_for\":\"2026-11-24T02:00:00Z\",\"scheduled_until\":\"2026-11-24T03:00:00Z\",\"incident_updates\":[{\"status\":\""
                + status + "\",\"body\":\"x\",\"created_at\":\"2026-11-23T14:00:00Z\"}],\"components\":[]}";
        };
        VERIFY_RESULT(a.target->put("shop", aBundle("operational", "", work("scheduled"))));
        QVERIFY2(a.requests.at(0).find("\"scheduled_for\":\"2026-11-24T02:00:00Z\"") != std::string::npos, a.requests[0].c_str());
        a.requests.clear();
        a.incidents = "[{\"id\":\"i7\",\"status\":\"scheduled\",\"incident_updates\":[{}],\"metadata\":{\"quarterdeck\":{\"notice\":\"shop/m1\"}}}]";
        VERIFY_RESULT(a.target->put("shop", aBundle("operational", "", work("in_progress"))));
        QCOMPARE(a.requests.size(), std::size_t{1});
        QVERIFY2(a.requests[0].find("\"status\":\"in_progress\"") != std::string::npos && a.requests[0].find("body") == std::string::npos, a.requests[0].c_str());
    }

    void whatStatuspageRefusesIsSaidWithTheWayOut_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("says");
        QTest::newRow("key") << 401 << "API key";
        QTest::newRow("page") << 404 << "page's id";
        QTest::newRow("too often") << 420 << "a request a second";
        QTest::newRow("too often, as others say it") << 429 << "a request a second";
        QTest::newRow("broken") << 500 << "status 500";
    }
    void whatStatuspageRefusesIsSaidWithTheWayOut()
    {
        QFETCH(int, status);
        QFETCH(QString, says);
        Asked a;
        a.status = status;
        const auto put = a.target->put("shop", aBundle("operational"));
        QVERIFY(!put && put.error().message.find(says.toStdString()) != std::string::npos && put.error().message.find("key\"") == std::string::npos);
        a.status = 200;
        a.components = "not JSON";
        QVERIFY(a.target->put("shop", aBundle("operational")).error().code == Code::Corrupt);
    }

    void anIdOfStatuspageNeverLeadsElsewhere()
    {
        for (const char *id : {"../../other/components/c1", "c1?x=y", "c1#", "", "c 1"}) {
            Asked a;
            a.components = std::string("[{\"id\":\"") + id + "\",\"name\":\"Checkout\",\"status\":\"operational\"}]";
            QVERIFY(a.target->put("shop", aBundle("major_outage")).error().code == Code::Corrupt);
            QVERIFY(a.requests.empty());
        }
    }
};

QD_TEST(TestTargets)
#include "tst_targets.moc"
