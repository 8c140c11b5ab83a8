// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/facts.h"
#include "core/rebuild/samealert.h"

#include "tests/core/rebuild/samples.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace qd;
using namespace qd::rebuild;
using namespace qd::tests;

class TestHistories : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pagerDutysLogIsReadOldestFirst()
    {
        const auto facts = readSample(sample("pagerduty.json"), "log.json");
        VERIFY_RESULT(facts);
        QCOMPARE(facts->format, Format::PagerDuty);
        QCOMPARE(facts->origin, std::string("PagerDuty, Q1ABC"));
        std::vector<std::string> kinds;
        for (const Fact &f : facts->facts)
            kinds.push_back(f.kind);
        QCOMPARE(kinds, (std::vector<std::string>{"alert", "page", "log", "ack", "log", "status"}));
        const Fact &trigger = facts->facts.front();
        QCOMPARE(trigger.text, std::string("[#1207] Checkout errors — Triggered through the API: Checkout errors").substr(0, trigger.text.size()));
        QCOMPARE(trigger.until, moment("2025-11-23T15:10:00Z"));
        QVERIFY(facts->facts[1].text.find("by push (success)") != std::string::npos);
        QVERIFY(facts->facts[4].text.find("rolling back") != std::string::npos);
        QCOMPARE(facts->facts[3].actor, std::string("Omar Khalil"));
        QVERIFY(says(facts->notes, "of a kind unknown here"));
    }

    void whatIsNoUserOfPagerDutysIsNobodyByName()
    {
        const auto entry = [](const std::string &agent, int second) {
            const std::string number = std::to_string(second);
            return "{\"id\":\"R" + number + "\",\"type\":\"annotate_log_entry\",\"summary\":\"noted\",\"created_at\":\"2025-11-23T14:00:0" + number + "Z\",\"agent\":" + agent + "}";
        };
        const auto facts = readSample(R"({"log_entries":[)" + entry(R"({"type":"service_reference","summary":"Checkout"})", 1) + "," + entry(R"({"type":"user_reference","summary":"Omar Khalil"})", 2) + ","
                                          + entry(R"({"type":"events_api_v2_inbound_integration_reference","summary":"Prometheus"})", 3) + "," + entry(R"({"summary":"Dana"})", 4) + "]}",
                                      "log.json");
        VERIFY_RESULT(facts);
        std::vector<std::string> actors;
        for (const Fact &f : facts->facts)
            actors.push_back(f.actor);
        QCOMPARE(actors, (std::vector<std::string>{"PagerDuty", "Omar Khalil", "PagerDuty", "Dana"}));
    }

    void anAlertBeginsWhenItIsPendingAndIsKnownWhenItFires()
    {
        const auto facts = readSample(sample("prometheus.json"), "alerts.json");
        VERIFY_RESULT(facts);
        QCOMPARE(facts->format, Format::Prometheus);
        QCOMPARE(facts->facts.size(), std::size_t(3));
        const Fact &first = facts->facts[0];
        QCOMPARE(first.at, moment("2025-11-23T14:00:00Z"));
        QCOMPARE(first.knownAt, moment("2025-11-23T14:03:00Z"));
        QCOMPARE(first.until, moment("2025-11-23T14:06:00Z")); // a step after it was last seen
        QCOMPARE(first.text, std::string("CheckoutErrors fires (service=\"checkout\", severity=\"page\")"));
        const Fact &again = facts->facts[1]; // a gap in its samples: it was over between
        QCOMPARE(again.at, moment("2025-11-23T15:00:00Z"));
        QVERIFY(again.reference != first.reference);
        const Fact &disk = facts->facts[2];  // ALERTS_FOR_STATE says when it began
        QCOMPARE(disk.at, moment("2025-11-23T15:58:00Z"));
        QCOMPARE(disk.knownAt, moment("2025-11-23T15:59:00Z"));
        QCOMPARE(disk.until, Instant{});     // the history ends with it
        QVERIFY(says(facts->notes, "still fired where the history ends"));
        QVERIFY(says(facts->notes, "pending and never fired"));
        QVERIFY(says(facts->notes, "not of ALERTS"));
        QVERIFY(says(facts->notes, "1m apart"));
    }

    void anotherSeriesSaysHowFarTheHistoryGoes()
    {
        const std::string alert = R"({"metric":{"__name__":"ALERTS","alertname":"A","alertstate":"firing"},"values":[[1763906400,"1"],[1763906415,"1"]]})";
        const std::string up = R"({"metric":{"__name__":"up"},"values":[[1763906400,"1"],[1763906415,"0"],[1763906430,"1"]]})";
        const auto answer = [](const std::string &series) { return R"({"status":"success","data":{"resultType":"matrix","result":[)" + series + "]}}"; };
        const auto alone = readSample(answer(alert), "a.json"), both = readSample(answer(alert + "," + up), "a.json");
        VERIFY_RESULT(alone);
        VERIFY_RESULT(both);
        QCOMPARE(alone->facts[0].until, Instant{}); // nothing says that it did not go on
        QCOMPARE(both->facts[0].until, moment("2025-11-23T14:00:30Z"));
    }

    void aSeriesOnOtherStepsIsToldOnce()
    {
        const auto history = [](std::int64_t from, const std::string &labels = {}) {
            std::string alert, up;
            for (std::int64_t n = 0; n < 10; ++n) {
                const std::string sample = "[" + std::to_string(from + n * 60) + ",\"1\"]";
                up += (n == 0 ? "" : ",") + sample;
                if (n < 5)
                    alert += (n == 0 ? "" : ",") + sample;
            }
            return R"({"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"ALERTS","alertname":"Slow","alertstate":"firing")" + labels + R"(},"values":[)" + alert
                 + R"(]},{"metric":{"__name__":"up"},"values":[)" + up + "]}]}}";
        };
        const auto one = readSample(history(1763906400), "a.json"), shifted = readSample(history(1763906430), "b.json"), later = readSample(history(1763906700), "c.json"),
                   other = readSample(history(1763906430, R"(,"service":"db")"), "d.json");
        for (const auto *file : {&one, &shifted, &later, &other})
            VERIFY_RESULT(*file);
        QVERIFY(one->people.empty()); // Prometheus is nobody
        const std::string reference = one->facts[0].reference;
        QVERIFY(!seriesOf(reference).empty() && reference != shifted->facts[0].reference);
        QCOMPARE(seriesOf(shifted->facts[0].reference), seriesOf(reference));
        QVERIFY(seriesOf(other->facts[0].reference) != seriesOf(reference));
        for (const char *none : {"", "1", "ts/1", "Slow/0123456789ab", "Slow/0123456789ab/", "Slow/0123456789aB/1", "Slow/0123456789ab/1 (2)", "0123456789ab/1"})
            QVERIFY2(seriesOf(none).empty(), none);
        const auto twice = [&](const Facts &second) {
            const std::vector<Facts> files{*one, second};
            return together(files)->twice;
        };
        QCOMPARE(twice(*shifted), std::size_t(1));
        QCOMPARE(twice(*later), std::size_t(0)); // it begins as the first is over
        QCOMPARE(twice(*other), std::size_t(0));
    }

    void aRefusalOfPrometheusIsNoHistory()
    {
        const auto refused = readSample(R"({"status":"error","errorType":"bad_data","error":"parse error"})", "a.json");
        VERIFY_FAILS(refused, Code::Invalid);
        QVERIFY(refused.error().message.find("parse error") != std::string::npos);
        VERIFY_FAILS(readSample(R"({"status":"success","data":{"resultType":"vector","result":[]}})", "a.json"), Code::Invalid);
    }

    void webhooksOfAlertmanagerAreOneAlertWithItsEnd()
    {
        const std::string resolved = sample("alertmanager_resolved.json");
        const std::string before = renamed(renamed(resolved, "\"resolved\"", "\"firing\"  "), "2026-11-23T08:39:34.418Z", "0001-01-01T00:00:00.000Z");
        const auto facts = readSample(sample("alertmanager_firing.json") + "\n" + before + "\n" + resolved, "hooks.jsonl"); // one a line, as they came
        VERIFY_RESULT(facts);
        QCOMPARE(facts->format, Format::Alertmanager);
        QCOMPARE(facts->facts.size(), std::size_t(2));
        QCOMPARE(facts->facts[0].until, Instant{}); // it still fires
        QCOMPARE(facts->facts[1].at, moment("2026-11-23T08:38:30.418Z"));
        QCOMPARE(facts->facts[1].until, moment("2026-11-23T08:39:34.418Z"));
        QVERIFY(facts->facts[1].text.starts_with("InstanceDown fires: Instance 127.0.0.1:19100 down"));
        QVERIFY(says(facts->notes, "told again"));
    }

    void whatTheApiSaysFiresHasNoEnd()
    {
        const auto facts = readSample(sample("alertmanager_v2.json"), "alerts.json");
        VERIFY_RESULT(facts);
        QCOMPARE(facts->facts.size(), std::size_t(2));
        QCOMPARE(facts->facts[0].until, Instant{}); // its endsAt is when it would be taken for over
        QVERIFY(says(facts->notes, "no end"));
    }

    void deploysAreKnownByTheirColumns()
    {
        Options o;
        o.zone = Zone::orUtc("Europe/Berlin");
        const auto facts = readSample(sample("deploys.csv"), "deploys.csv", o);
        VERIFY_RESULT(facts);
        QCOMPARE(facts->format, Format::Deploys);
        QCOMPARE(facts->facts.size(), std::size_t(2));
        QCOMPARE(facts->facts[0].at, moment("2025-11-23T13:58:00Z")); // 14:58 in Berlin
        QCOMPARE(facts->facts[1].at, moment("2025-11-23T14:08:30Z")); // its own offset
        QCOMPARE(facts->facts[0].kind, std::string("change"));
        QCOMPARE(facts->facts[0].actor, std::string("dana"));
        QCOMPARE(facts->facts[0].text, std::string("deploy of checkout 4.2.0 to prod (succeeded)"));
        QVERIFY(says(facts->notes, "1 entry without a time"));
        QVERIFY(says(facts->notes, "“soon”"));
    }

    void deploymentsOfGitHubAreDeploys()
    {
        const auto facts = readSample(sample("deployments.json"), "deployments.json");
        VERIFY_RESULT(facts);
        QCOMPARE(facts->format, Format::Deploys);
        QCOMPARE(facts->facts[0].actor, std::string("octocat"));
        QCOMPARE(facts->facts[0].at, moment("2025-11-23T13:58:00Z"));
        QVERIFY(facts->facts[0].text.find("to production: Deploy request from hubot") != std::string::npos);
    }

    void aTableIsMappedWhereItsColumnsAreUnknown()
    {
        const std::string csv = "Uhrzeit,Vorfall,Wer,Ort\n2025-11-23 14:02,\"Kasse steht, \"\"rot\"\"\",Dana,Bonn\n";
        const auto unknown = readSample(csv, "t.csv");
        VERIFY_FAILS(unknown, Code::Invalid);
        QVERIFY(unknown.error().message.find("Uhrzeit, Vorfall") != std::string::npos);
        Options o;
        o.columns = {{"at", "Uhrzeit"}, {"text", "Vorfall"}};
        const auto facts = readSample(csv, "t.csv", o);
        VERIFY_RESULT(facts);
        QCOMPARE(facts->facts[0].text, std::string("Kasse steht, \"rot\"; Ort: Bonn"));
        QCOMPARE(facts->facts[0].actor, std::string("Dana"));
        o.columns["at"] = "Datum";
        VERIFY_FAILS(readSample(csv, "t.csv", o), Code::NotFound);
        o.columns = {{"colour", "Ort"}};
        VERIFY_FAILS(readSample(csv, "t.csv", o), Code::Invalid);
    }

    /// Small files that would be much: rows without end, and each as wide as all others together.
    void tablesOfJsonHaveSoManyRowsAndCells()
    {
        const std::string timed = "{\"at\":\"2025-11-23T14:02:00Z\",\"text\":\"x\"}";
        const auto rows = [&](std::size_t n) {
            std::string out = "[" + timed;
            for (std::size_t i = 1; i < n; ++i)
                out += ",1";
            return out + "]";
        };
        VERIFY_RESULT(readSample(rows(kMostFacts * 2), "t.json"));
        const auto more = readSample(rows(kMostFacts * 2 + 1), "t.json");
        VERIFY_FAILS(more, Code::TooLarge);
        QVERIFY2(more.error().message.find("40001 rows") != std::string::npos, more.error().message.c_str());
        const auto wide = [&](std::size_t n) { // 199 columns in the first row, and the last of them in each further one
            std::string out = "[{\"at\":\"2025-11-23T14:02:00Z\",\"text\":\"x\"";
            for (int c = 2; c < 200; ++c)
                out += ",\"c" + std::to_string(c) + "\":1";
            out += "}";
            for (std::size_t i = 1; i < n; ++i)
                out += ",{\"c199\":1}";
            return out + "]";
        };
        VERIFY_RESULT(readSample(wide(20'000), "t.json"));
        VERIFY_FAILS(readSample(wide(20'001), "t.json"), Code::TooLarge);
    }

    void timesAreReadAsTheyAreWritten_data()
    {
        QTest::addColumn<QByteArray>("written");
        QTest::addColumn<QByteArray>("meant"); // "": no time
        QTest::newRow("RFC 3339") << QByteArray("2025-11-23T14:02:00.5Z") << QByteArray("2025-11-23T14:02:00.500Z");
        QTest::newRow("seconds") << QByteArray("1763906520") << QByteArray("2025-11-23T14:02:00Z");
        QTest::newRow("with a fraction") << QByteArray("1763906520.25") << QByteArray("2025-11-23T14:02:00.250Z");
        QTest::newRow("milliseconds") << QByteArray("1763906520123") << QByteArray("2025-11-23T14:02:00.123Z");
        QTest::newRow("nanoseconds") << QByteArray("1763906520123456789") << QByteArray("2025-11-23T14:02:00.123456789Z");
        QTest::newRow("a zone's wall") << QByteArray("2025-11-23 15:02") << QByteArray("2025-11-23T14:02:00Z");
        QTest::newRow("with seconds") << QByteArray("2025-11-23 15:02:07.5") << QByteArray("2025-11-23T14:02:07.500Z");
        QTest::newRow("UTC by name") << QByteArray("2025-11-23 14:02:00 UTC") << QByteArray("2025-11-23T14:02:00Z");
        QTest::newRow("an offset") << QByteArray("2025-11-23 16:02:00 +0200") << QByteArray("2025-11-23T14:02:00Z");
        QTest::newRow("a day alone") << QByteArray("2025-11-23") << QByteArray();
        QTest::newRow("of which country") << QByteArray("11/12/2025 14:02") << QByteArray();
        QTest::newRow("no number") << QByteArray("17639065") << QByteArray();
        QTest::newRow("before 2000") << QByteArray("1999-12-31T23:59:59Z") << QByteArray();
        QTest::newRow("the future") << QByteArray("2027-01-01T00:00:00Z") << QByteArray();
    }
    void timesAreReadAsTheyAreWritten()
    {
        QFETCH(QByteArray, written);
        QFETCH(QByteArray, meant);
        Options o;
        o.zone = Zone::orUtc("Europe/Berlin");
        o.now = moment("2026-11-30T12:00:00Z");
        const auto facts = readSample("at,text\n" + written.toStdString() + ",x\n2026-01-01T00:00:00Z,always\n", "t.csv", o);
        VERIFY_RESULT(facts);
        QCOMPARE(facts->facts.size(), meant.isEmpty() ? std::size_t(1) : std::size_t(2));
        if (meant.isEmpty())
            QVERIFY(says(facts->notes, "left out"));
        else
            QCOMPARE(facts->facts[0].at, moment(meant.constData()));
    }

    void textsAreMadeSafeAndBounded()
    {
        const auto facts = readSample("at,text,actor\n2025-11-23T14:02:00Z,\"\x1b[31mred \xE2\x80\xAE" "gnp.exe\",eve\n2025-11-23T14:03:00Z," + std::string(kFactBytes + 1, 'x') + ",eve\n", "t.csv");
        VERIFY_RESULT(facts);
        QVERIFY(facts->facts[0].text.find('\x1b') == std::string::npos);
        QVERIFY(facts->facts[0].text.find("[U+202E]") != std::string::npos);
        QVERIFY(facts->facts[1].text.size() <= kFactBytes);
        QVERIFY(says(facts->notes, "were cut") || says(facts->notes, "was cut"));
        QVERIFY(says(facts->notes, "they are shown"));
    }

    void aFileIsKnownByItsBytes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("format");
        QTest::newRow("empty table") << QByteArray("at,text\n") << QByteArray("") << static_cast<int>(Format::Table);
        QTest::newRow("deploys") << QByteArray("time,version\n") << QByteArray("x") << static_cast<int>(Format::Deploys);
        QTest::newRow("markdown") << QByteArray("# Incident\n") << QByteArray("") << static_cast<int>(Format::Markdown);
        QTest::newRow("text") << QByteArray("14:02 it broke") << QByteArray("notes.txt") << static_cast<int>(Format::Markdown);
        QTest::newRow("json lines") << QByteArray("{\"at\":1,\"text\":\"x\"}\n{}") << QByteArray("") << static_cast<int>(Format::Table);
        QTest::newRow("zip") << QByteArray("PK\x03\x04", 4) << QByteArray("") << static_cast<int>(Format::SlackExport);
    }
    void aFileIsKnownByItsBytes()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, name);
        QFETCH(int, format);
        const auto found = formatOf(bytes.toStdString(), name.toStdString());
        VERIFY_RESULT(found);
        QCOMPARE(static_cast<int>(*found), format);
    }

    void whatCannotBeReadIsNamed()
    {
        VERIFY_FAILS(readSample("", "x"), Code::Invalid);
        VERIFY_FAILS(readSample(std::string("\x7f" "ELF\0\0", 6), "x"), Code::Invalid);
        const auto broken = readSample("{\"log_entries\": [\n{\"id\": }]}", "x.json");
        VERIFY_FAILS(broken, Code::Invalid);
        QVERIFY2(broken.error().message.find("line 2") != std::string::npos, broken.error().message.c_str());
        std::string deep(1000, '[');
        VERIFY_FAILS(readSample(deep, "x.json"), Code::Invalid);
        VERIFY_FAILS(readSample(std::string(kFileBytes + 1, ' '), "x"), Code::TooLarge);
        Options o;
        o.format = "excel";
        VERIFY_FAILS(readSample("a", "x", o), Code::Invalid);
    }

    /// Watchdog is fetched to show how far the history goes, and says nothing of when an incident began.
    void anAlertThatAlwaysFiresIsNotWhenItBegan()
    {
        const auto history = [](const std::string &name, int from, int to) {
            std::string values;
            for (int n = from; n <= to; ++n)
                values += (n == from ? "" : ",") + ("[" + std::to_string(1763906400 + n * 60) + R"(,"1"])");
            return "{\"metric\":{\"__name__\":\"ALERTS\",\"alertname\":\"" + name + "\",\"alertstate\":\"firing\"},\"values\":[" + values + "]}";
        };
        const auto began = [](const std::string &series, std::string *note = nullptr) {
            const auto facts = readSample(R"({"status":"success","data":{"resultType":"matrix","result":[)" + series + "]}}", "a.json");
            const std::vector<Facts> files{facts.value_or(Facts{})};
            const auto all = together(files);
            if (note && all && !all->notes.empty())
                *note = all->notes.front();
            return all ? toRfc3339(all->since) : std::string();
        };
        const std::string slow = history("Slow", 10, 20);
        for (const char *name : {"Watchdog", "AlwaysOn"}) { // by its name, or because it does
            std::string note;
            QCOMPARE(began(history(name, 0, 30) + "," + slow, &note), std::string("2025-11-23T14:10:00Z"));
            QVERIFY2(note.starts_with(std::string(name) + " fires from before the history to beyond its end; the incident begins without it, "), note.c_str());
        }
        QCOMPARE(began(history("Watchdog", 5, 30) + "," + slow), std::string("2025-11-23T14:10:00Z"));
        QCOMPARE(began(history("Bad", 0, 29) + "," + history("Other", 15, 30)), std::string("2025-11-23T14:00:00Z")); // it ended
        QCOMPARE(began(history("Bad", 1, 30) + "," + history("Other", 0, 3)), std::string("2025-11-23T14:00:00Z"));
        std::string note;
        QCOMPARE(began(history("Watchdog", 0, 30), &note), std::string("2025-11-23T14:00:00Z"));
        QVERIFY2(note.find("there is nothing else") != std::string::npos, note.c_str());
        const auto open = readSample(R"([{"labels":{"alertname":"Watchdog"},"startsAt":"2025-11-01T00:00:00Z","status":{"state":"active"}},{"labels":{"alertname":"Slow"},"startsAt":"2025-11-23T14:00:00Z","status":{"state":"active"}}])", "alerts.json");
        VERIFY_RESULT(open);
        const std::vector<Facts> files{*open};
        QCOMPARE(toRfc3339(together(files)->since), std::string("2025-11-23T14:00:00Z"));
    }

    void anEmptyTableIsSaidToBeEmpty()
    {
        for (const char *empty : {"[]", "{}", "[ ]\n", "[1, 2]"})
            for (const char *named : {"", "When"}) {
                Options options;
                if (*named)
                    options.columns = {{"at", named}};
                const auto facts = readSample(empty, "rows.json", options);
                VERIFY_FAILS(facts, Code::Invalid);
                QVERIFY2(facts.error().message.starts_with("The file has no row with named columns: it is empty,"), facts.error().message.c_str());
            }
    }

    void filesAreLookedAtTogether()
    {
        const auto slack = readSample(slackZip(), "acme.zip", [] { Options o; o.channel = "inc-42"; return o; }());
        const auto pager = readSample(sample("pagerduty.json"), "log.json");
        VERIFY_RESULT(slack);
        VERIFY_RESULT(pager);
        const std::vector<Facts> both{*slack, *pager};
        const auto all = together(both);
        VERIFY_RESULT(all);
        QCOMPARE(all->facts, slack->facts.size() + pager->facts.size());
        QCOMPARE(all->since, moment("2025-11-23T14:02:00.0001Z"));
        QCOMPARE(all->until, moment("2025-11-24T00:03:00.0004Z"));
        const std::vector<Facts> twice{*pager, *pager};
        const auto same = together(twice);
        VERIFY_RESULT(same);
        QCOMPARE(same->twice, pager->facts.size());
    }

    /// Prometheus, Alertmanager and Slack tell of one alert in words of their own.
    void anAlertSeveralFilesTellOfFiresOnce()
    {
        const Instant at = moment("2025-11-23T14:00:00Z");
        Facts slack, prometheus, alertmanager;
        slack.origin = "Slack export, #inc-42";
        slack.format = Format::SlackExport;
        slack.facts = {{at + minutes(4), {}, at + minutes(31), "alert", "Alertmanager", "[FIRING:2] CheckoutErrors (checkout)", "1"},
                       {at + minutes(5), {}, {}, "alert", "Grafana", "[Alerting] Checkout is slow", "2"}};
        alertmanager.origin = "Alertmanager";
        alertmanager.format = Format::Alertmanager;
        alertmanager.facts = {{at + minutes(3), {}, at + minutes(30), "alert", "Alertmanager", "CheckoutErrors fires: 5xx over 4 % (job=\"web\", monitor=\"eu\", service=\"checkout\")", "3"},
                              {at + minutes(3), {}, at + minutes(30), "alert", "Alertmanager", "CheckoutErrors fires (service=\"basket\")", "4"},
                              {at + hours(9), {}, at + hours(10), "alert", "Alertmanager", "CheckoutErrors fires (service=\"checkout\")", "5"}};
        prometheus.origin = "Prometheus, ALERTS";
        prometheus.format = Format::Prometheus;
        prometheus.facts = {{at, at + minutes(3), at + minutes(30), "alert", "", "CheckoutErrors fires (job=\"web\", service=\"checkout\")", "6"}};
        const std::vector<Facts> all{slack, alertmanager, prometheus};
        const auto looked = together(all);
        VERIFY_RESULT(looked);
        QCOMPARE(looked->alertsTwice, std::size_t(2)); // Slack's of Alertmanager's, Alertmanager's first; another service, another day and another title are others
        QVERIFY(says(looked->notes, "2 alerts are told of by two files"));
        const auto parts = partsOf(all);
        QCOMPARE(parts.size(), std::size_t(3));
        QCOMPARE(parts[0].file, std::size_t(2)); // who knows most of alerts comes first
        QCOMPARE(parts[1].file, std::size_t(1));
        QCOMPARE(parts[2].file, std::size_t(0));
        const std::vector<Facts> one{alertmanager};
        QCOMPARE(together(one)->alertsTwice, std::size_t(0)); // of one file, each is one
    }

    /// Of one name so many are compared; beyond it that is said, where several tell of it.
    void alertsBeyondThoseComparedAreSaid()
    {
        const Instant at = moment("2025-11-23T14:00:00Z");
        for (const std::size_t many : {kComparedMost, kComparedMost + 1}) {
            Facts one, other;
            one.origin = "Alertmanager";
            one.format = Format::Alertmanager;
            other.origin = "Slack export, #inc-42";
            other.format = Format::SlackExport;
            for (std::size_t i = 0; i < many; ++i)
                one.facts.push_back({at + seconds(static_cast<std::int64_t>(i)), {}, {}, "alert", "", "HighLatency fires (n=\"" + std::to_string(i) + "\")", "fact/" + std::to_string(i)});
            const std::vector<Facts> alone{one};
            QVERIFY(!says(together(alone)->notes, "HighLatency")); // there is nobody to compare them with
            other.facts.push_back({at + hours(9), {}, {}, "alert", "", "HighLatency fires (n=\"x\")", "1"});
            const std::vector<Facts> both{one, other};
            QCOMPARE(says(together(both)->notes, "2000 of 2001 alerts called HighLatency are compared"), many > kComparedMost);
            QCOMPARE(says(together(both)->notes, "HighLatency"), many > kComparedMost);
        }
    }

    void factsGoInPartsThatACommandHolds()
    {
        std::vector<Facts> files(3);
        files[0].facts.resize(kPartFacts + 1, Fact{moment("2025-11-23T14:00:00Z"), {}, {}, "log", "", "x", ""});
        files[2].facts.resize(3, Fact{moment("2025-11-23T14:00:00Z"), {}, {}, "log", "", std::string(kPartBytes / 2, 'x'), ""});
        const auto parts = partsOf(files);
        QCOMPARE(parts.size(), std::size_t(4));
        QCOMPARE(parts[0].count, kPartFacts);
        QCOMPARE(parts[1].from, kPartFacts);
        QCOMPARE(parts[1].count, std::size_t(1));
        QCOMPARE(parts[2].file, std::size_t(2)); // of one file, one origin
        QCOMPARE(parts[2].count, std::size_t(2));
        QCOMPARE(parts[3].count, std::size_t(1));
        QVERIFY(partsOf({}).empty());
    }

    void clocksThatDisagreeAreSaid()
    {
        Facts a, b;
        a.origin = "Slack";
        b.origin = "Prometheus";
        for (int i = 0; i < 3; ++i) {
            const Instant at = moment("2025-11-23T14:00:00Z") + hours(4 * i);
            b.facts.push_back({at, at, {}, "alert", "", "Alarm" + std::to_string(i) + " fires", ""});
            a.facts.push_back({at + hours(1), at + hours(1), {}, "alert", "", "[FIRING:1] Alarm" + std::to_string(i) + " (x)", ""});
        }
        const std::vector<Facts> both{a, b};
        const auto all = together(both);
        VERIFY_RESULT(all);
        QVERIFY2(says(all->notes, "of 3 alerts both tell of, Slack has them 1h later than Prometheus"), all->notes.empty() ? "no note" : all->notes.front().c_str());
        for (Fact &f : a.facts)
            f.at = f.knownAt = f.at - hours(1) + seconds(30);
        const std::vector<Facts> agreed{a, b};
        QVERIFY(!says(together(agreed)->notes, "Clocks"));
        for (Fact &f : a.facts)
            f.at = f.knownAt = f.at + hours(24 * 7);
        const std::vector<Facts> apart{a, b};
        QVERIFY(says(together(apart)->notes, "do not overlap"));
    }

    void factsOutsideOfTheHoursAreLeftOutAndCounted()
    {
        const std::string table = "at,until,text\n2025-11-23T13:00:00Z,,before\n2025-11-23T13:30:00Z,2025-11-23T14:10:00Z,lasts into it\n2025-11-23T14:00:00Z,,first\n2025-11-23T15:00:00Z,,last\n2025-11-23T15:00:01Z,,after\n";
        Options o;
        o.zone = Zone::orUtc("Europe/Berlin");
        VERIFY_RESULT(limitHours(o, "2025-11-23T14:00:00Z", " 2025-11-23 16:00 "));
        QCOMPARE(o.to, moment("2025-11-23T15:00:00Z"));
        const auto facts = readSample(table, "notes.csv", o);
        VERIFY_RESULT(facts);
        std::vector<std::string> texts;
        for (const Fact &f : facts->facts)
            texts.push_back(f.text);
        QCOMPARE(texts, (std::vector<std::string>{"lasts into it", "first", "last"}));
        QVERIFY(says(facts->notes, "2 entries outside of the hours that were asked for are left out."));
        // A file with nothing in them is none that cannot be read.
        Options later;
        VERIFY_RESULT(limitHours(later, "2025-12-01T00:00:00Z", ""));
        const auto none = readSample(table, "notes.csv", later);
        VERIFY_RESULT(none);
        QVERIFY(none->facts.empty() && says(none->notes, "5 entries outside"));
        VERIFY_FAILS(limitHours(later, "", "2025-11-01T00:00:00Z"), Code::Invalid);
        VERIFY_FAILS(limitHours(o, "yesterday", ""), Code::Invalid);
    }

    void aZoneIsAskedForWhereAGapIsOfItsSize_data()
    {
        QTest::addColumn<int>("apart"); // minutes
        QTest::addColumn<bool>("isAsked");
        QTest::newRow("three minutes") << 3 << false;
        QTest::newRow("a quarter of an hour") << 15 << false;
        QTest::newRow("half an hour, nearly") << 29 << false;
        QTest::newRow("half an hour") << 31 << true;
        QTest::newRow("between two quarters") << 37 << false;
        QTest::newRow("three quarters") << 47 << true;
        QTest::newRow("an hour and more") << 67 << true;
    }
    void aZoneIsAskedForWhereAGapIsOfItsSize()
    {
        QFETCH(int, apart);
        QFETCH(bool, isAsked);
        const Instant at = moment("2025-11-23T14:05:00Z"), later = at + minutes(apart);
        Facts talk, deploys, more;
        talk.origin = "Slack";
        talk.facts.push_back({at, at, {}, "message", "dana", "it is down", ""});
        deploys.origin = "Deploys";
        deploys.facts.push_back({later, later, {}, "change", "ci", "checkout 4.2.0", ""});
        more.origin = "Post-mortem";
        more.facts.push_back({later, later, {}, "log", "", "rolled back", ""});
        const std::vector<Facts> two{talk, deploys}, three{talk, deploys, more};
        const auto asked = [](const std::vector<std::string> &notes) { return std::count_if(notes.begin(), notes.end(), [](const std::string &n) { return n.find("do not overlap") != std::string::npos; }); };
        QCOMPARE(asked(together(two)->notes) == 1, isAsked);
        QCOMPARE(asked(together(three)->notes), isAsked ? 2 : 0); // once for each file that is apart from the first
        const std::vector<Facts> other{deploys, talk, more};
        QCOMPARE(asked(together(other)->notes), isAsked ? 1 : 0); // what one is apart from is asked for once
    }
};

QD_TEST(TestHistories)
#include "tst_histories.moc"
