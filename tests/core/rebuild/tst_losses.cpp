// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/look.h"

#include "tests/core/rebuild/samples.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>
#include <algorithm>
#include <iterator>

using namespace qd;
using namespace qd::rebuild;
using namespace qd::tests;

namespace {

/// A table with so many rows of the year before, and two of the incident.
std::string longTable(std::size_t before)
{
    std::string out = "at,text\n";
    for (std::size_t n = 0; n < before; ++n)
        out += "2024-11-23T14:00:00Z,old\n";
    return out + "2025-11-23T14:02:00Z,it broke\n2025-11-23T14:30:00Z,it works\n";
}

/// An entry of PagerDuty's log, at a minute of the hour; "": of no incident.
std::string logged(const std::string &type, const std::string &incident, int minute)
{
    const std::string two = (minute < 10 ? "0" : "") + std::to_string(minute);
    return "{\"id\":\"R" + two + "\",\"type\":\"" + type + "_log_entry\",\"summary\":\"" + type + " at " + two + "\",\"created_at\":\"2025-11-23T14:" + two + ":00Z\""
        + (incident.empty() ? "" : ",\"incident\":{\"id\":\"" + incident + "\"}") + "}";
}

Result<Facts> logOf(const std::vector<std::string> &entries)
{
    std::string all;
    for (const std::string &e : entries)
        all += (all.empty() ? "" : ",") + e;
    return readSample("{\"log_entries\":[" + all + "]}", "log.json");
}

std::vector<Fact> alertsIn(const Facts &facts)
{
    std::vector<Fact> out;
    std::copy_if(facts.facts.begin(), facts.facts.end(), std::back_inserter(out), [](const Fact &f) { return f.kind == "alert"; });
    return out;
}

/// What a table of one row says of itself.
std::vector<std::string> notesOf(const std::string &table, const std::string &name = "log.csv", Options o = {})
{
    const auto facts = readSample(table, name, std::move(o));
    return facts ? facts->notes : std::vector<std::string>{facts.error().message};
}

/// So many times the same, with commas between.
std::string times(std::size_t n, const std::string &what)
{
    std::string out;
    for (std::size_t i = 0; i < n; ++i)
        out += (i == 0 ? "" : ",") + what;
    return out;
}

std::string slackMessage(const std::string &more)
{
    return "[{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"1763906520.000100\"," + more + "}]";
}

std::string slackText(const std::string &more)
{
    Options o;
    o.format = "slack-channel";
    const auto facts = readSample(slackMessage(more), "c.json", o);
    return facts && facts->facts.size() == 1 ? facts->facts[0].text : std::string("not read");
}

} // namespace

/// What a file holds is imported, or it is said what is not.
class TestLosses final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void howeverMuchATableHoldsBesideTheHours()
    {
        Options o;
        VERIFY_RESULT(limitHours(o, "2025-11-23T14:00:00Z", "2025-11-23T15:00:00Z"));
        for (const std::size_t before : {2 * kMostFacts, 2 * kMostFacts + 1}) {
            const auto facts = readSample(longTable(before), "log.csv", o);
            VERIFY_RESULT(facts);
            QCOMPARE(facts->facts.size(), std::size_t(2));
            QVERIFY(says(facts->notes, std::to_string(before) + " entries outside of the hours that were asked for are left out."));
        }
    }

    void aTableHoldsTheMostFactsAndNotOneMore()
    {
        const auto most = readSample(longTable(kMostFacts - 2), "log.csv");
        VERIFY_RESULT(most);
        QCOMPARE(most->facts.size(), kMostFacts);
        const auto more = readSample(longTable(kMostFacts - 1), "log.csv");
        VERIFY_FAILS(more, Code::TooLarge);
        QVERIFY2(more.error().message.find("20001 things") != std::string::npos, more.error().message.c_str());
        VERIFY_FAILS(readSample(longTable(3 * kMostFacts), "log.csv"), Code::TooLarge);
    }

    void aQuoteLeftOpenTakesNoRowsWithIt()
    {
        const std::string open = "at,text\n2025-11-23T14:02:00Z,one\n2025-11-23T14:03:00Z,\"two\n2025-11-23T14:04:00Z,three\n2025-11-23T14:05:00Z,four\n";
        const auto facts = readSample(open, "log.csv");
        VERIFY_FAILS(facts, Code::Invalid);
        QVERIFY2(facts.error().message.starts_with("Line 3: a quote opens"), facts.error().message.c_str());
        Options o;
        o.name = "log.csv";
        QVERIFY(lookAt(open, o).problem.find("Line 3: a quote opens") != std::string::npos);
        VERIFY_FAILS(readSample("at,\"text\n2025-11-23T14:02:00Z,one\n", "log.csv"), Code::Invalid);
        VERIFY_RESULT(readSample("at,text\n2025-11-23T14:02:00Z,\"one\nand a second line\"\n", "log.csv"));
    }

    /// PagerDuty logs a trigger for each event of an incident; it fires once, until it is resolved.
    void aFurtherTriggerOfAnIncidentFiresNothing()
    {
        const auto facts = logOf({logged("trigger", "Q1", 0), logged("trigger", "Q1", 1), logged("resolve", "Q1", 9)});
        VERIFY_RESULT(facts);
        const auto alerts = alertsIn(*facts);
        QCOMPARE(alerts.size(), std::size_t(1));
        QCOMPARE(alerts[0].at, moment("2025-11-23T14:00:00Z"));
        QCOMPARE(alerts[0].until, moment("2025-11-23T14:09:00Z"));
        QCOMPARE(facts->facts.size(), std::size_t(3)); // its words are there
        QCOMPARE(facts->facts[1].kind, std::string("log"));
        QVERIFY(facts->facts[1].text.find("trigger at 01") != std::string::npos);
        QVERIFY(says(facts->notes, "1 trigger is of an incident that was open already"));
        QVERIFY(!says(facts->notes, "no end in this file"));
    }

    void whatIsTriggeredAfterItWasResolvedFiresAnew()
    {
        const auto facts = logOf({logged("trigger", "Q1", 0), logged("resolve", "Q1", 5), logged("trigger", "Q1", 10), logged("trigger", "Q2", 11), logged("resolve", "Q1", 15)});
        VERIFY_RESULT(facts);
        const auto alerts = alertsIn(*facts);
        QCOMPARE(alerts.size(), std::size_t(3));
        QCOMPARE(alerts[0].until, moment("2025-11-23T14:05:00Z"));
        QCOMPARE(alerts[1].until, moment("2025-11-23T14:15:00Z"));
        QCOMPARE(alerts[2].until, Instant{}); // another incident, which was not resolved
        QVERIFY(says(facts->notes, "1 alert has no end in this file."));
    }

    void pagesThatOverlapTellNothingTwice()
    {
        const auto facts = logOf({logged("trigger", "Q1", 0), logged("trigger", "Q1", 0), logged("resolve", "Q1", 9)});
        VERIFY_RESULT(facts);
        QCOMPARE(facts->facts.size(), std::size_t(2));
        QCOMPARE(alertsIn(*facts).size(), std::size_t(1));
        QVERIFY(says(facts->notes, "1 entry stands twice in the file; once is kept."));
    }

    void entriesOfNoIncidentEndNothing()
    {
        const auto facts = logOf({logged("trigger", "", 0), logged("trigger", "", 1), logged("resolve", "", 2), logged("trigger", "Q1", 3), logged("resolve", "Q1", 4)});
        VERIFY_RESULT(facts);
        const auto alerts = alertsIn(*facts);
        QCOMPARE(alerts.size(), std::size_t(3));
        QCOMPARE(alerts[0].until, Instant{}); // whose end that is nobody knows
        QCOMPARE(alerts[1].until, Instant{});
        QCOMPARE(alerts[2].until, moment("2025-11-23T14:04:00Z"));
        QVERIFY(says(facts->notes, "2 triggers do not say of which incident they are"));
        QCOMPARE(facts->origin, std::string("PagerDuty"));
    }

    void aTimeThatNamesNoZoneIsSaid()
    {
        const char *kSaid = "1 time names no zone; it is read in that of the import";
        QVERIFY(says(notesOf("at,text\n2025-11-23 14:02,x\n"), kSaid));
        QVERIFY(says(notesOf("at,until,text\n2025-11-23 14:02,2025-11-23 14:03,x\n"), "2 times name no zone"));
        QVERIFY(!says(notesOf("at,text\n2025-11-23 14:02 UTC,x\n"), "no zone"));
        QVERIFY(!says(notesOf("at,text\n1763906520,x\n"), "no zone"));
        QVERIFY(says(notesOf("# 2025-11-23\n- 14:02 it broke\n- 14:05 UTC it works\n", "pm.md"), kSaid));
        Options o;
        o.zone = Zone::orUtc("Europe/Berlin");
        const std::string webhook = R"({"alerts":[{"status":"firing","labels":{"alertname":"A"},"startsAt":"2025-11-23T15:02:00"}]})";
        const auto alert = readSample(webhook, "a.json", o);
        VERIFY_RESULT(alert);
        QCOMPARE(alert->facts.at(0).at, moment("2025-11-23T14:02:00Z"));
        QVERIFY(says(alert->notes, kSaid));
    }

    void whatIsCalledAsAnotherStands()
    {
        const auto facts = readSample("at,text,id\n2025-11-23T14:02:00Z,began,7\n2025-11-23T14:05:00Z,done,7\n2025-11-23T14:05:00Z,done,7\n2025-11-23T14:06:00Z,other,8\n", "log.csv");
        VERIFY_RESULT(facts);
        std::vector<std::string> called;
        for (const Fact &f : facts->facts)
            called.push_back(f.reference);
        QCOMPARE(called, (std::vector<std::string>{"7", "7 (2)", "7", "8"})); // the third is the second again, and is kept once
        QVERIFY(says(facts->notes, "1 entry is called as another one is; both stand."));
    }

    void whatATableHoldsBesideItsCellsIsCounted()
    {
        QVERIFY(says(notesOf("at,until,text\n2025-11-23T14:02:00Z,soon,x\n"), "1 end that cannot be read is left out."));
        QVERIFY(says(notesOf("at,known_at,text\n2025-11-23T14:02:00Z,later,x\n"), "it is taken as known at once"));
        QVERIFY(says(notesOf("at,text\n2025-11-23T14:02:00Z,a,b\n"), "1 row has more cells than there are columns"));
        QVERIFY(!says(notesOf("at,text\n2025-11-23T14:02:00Z,a,\n"), "more cells")); // as some programs end a row
        QVERIFY(says(notesOf("at,text,actor\n2025-11-23T14:02:00Z,caf\xe9,eve\n"), "1 text held bytes that are not UTF-8"));
        QVERIFY(says(notesOf(R"([{"at":"2025-11-23T14:02:00Z","text":"x","tags":["a"],"empty":[],"a":{"b":{"c":{"d":1}}}}])", "t.json"), "2 values that are lists, or nested too deep"));
        QVERIFY(says(notesOf(R"({"deployments":[{"at":"2025-11-23T14:02:00Z","text":"x"}],"incidents":[{"at":1}]})", "t.json"), "“deployments” is read, and not incidents."));
        QVERIFY(says(notesOf("time,service,version,risk\n2025-11-23T14:02:00Z,web,1,high\n", "deploys.csv"), "Columns that are not read: risk."));
        const auto further = [](std::size_t n) {
            std::string head = "at,text", row = "2025-11-23T14:02:00Z,x";
            for (std::size_t i = 0; i < n; ++i) {
                head += ",c" + std::to_string(i);
                row += ",v";
            }
            return head + "\n" + row + "\n";
        };
        QVERIFY(!says(notesOf(further(12)), "further columns"));
        QVERIFY(says(notesOf(further(13)), "1 row has more than 12 further columns"));
        const auto by = [](std::size_t bytes) { return "at,text,actor\n2025-11-23T14:02:00Z,x," + std::string(bytes, 'n') + "\n"; };
        QVERIFY(!says(notesOf(by(200)), "200 bytes"));
        QVERIFY(says(notesOf(by(201)), "1 name longer than 200 bytes was cut."));
    }

    void moreNotesThanAreShownAreCounted()
    {
        const auto webhooks = [](std::size_t n) {
            return "[" + times(n, R"({"alerts":[],"truncatedAlerts":1})") + R"(,{"alerts":[{"status":"resolved","labels":{"alertname":"A"},"startsAt":"2025-11-23T14:02:00Z","endsAt":"2025-11-23T14:03:00Z"}]}])";
        };
        Options o;
        o.format = "alertmanager";
        const auto most = notesOf(webhooks(kNotesLimit), "a.json", o), more = notesOf(webhooks(kNotesLimit + 1), "a.json", o);
        QCOMPARE(most.size(), kNotesLimit);
        QVERIFY(!says(most, "more notes"));
        QCOMPARE(more.size(), kNotesLimit);
        QCOMPARE(more.back(), std::string("2 more notes are not shown."));
    }

    void labelsThatAreNotShownAreCounted()
    {
        const auto alert = [](const std::string &label) { return "{\"status\":\"firing\",\"labels\":{\"alertname\":\"A\",\"a\":\"" + label + "\"},\"startsAt\":\"2025-11-23T14:02:00Z\"}"; };
        const auto shown = [&](std::size_t bytes) { return notesOf("{\"alerts\":[" + alert(std::string(bytes - 4, 'x')) + "]}", "a.json"); }; // a="…" has four more
        QVERIFY(!says(shown(600), "more labels"));
        QVERIFY(says(shown(601), "1 alert has more labels than are shown."));
        // Two that differ in what is not shown are two.
        const std::string two = "{\"alerts\":[" + alert(std::string(300, 'x') + "1") + "," + alert(std::string(300, 'x') + "2") + "]}";
        const auto facts = readSample(two, "a.json");
        VERIFY_RESULT(facts);
        QCOMPARE(facts->facts.size(), std::size_t(2));
    }

    void whatAMessageHoldsBesideItsTextIsThere()
    {
        const std::string file = R"({"name":"a.png"})", reaction = R"({"name":"eyes","count":1})";
        QVERIFY(slackText("\"text\":\"look\",\"files\":[" + times(10, file) + "]").find("more files") == std::string::npos);
        QVERIFY(slackText("\"text\":\"look\",\"files\":[" + times(13, file) + "]").ends_with("[3 more files]"));
        QVERIFY(slackText("\"text\":\"look\",\"reactions\":[" + times(20, reaction) + "]").find(" +") == std::string::npos);
        QVERIFY(slackText("\"text\":\"look\",\"reactions\":[" + times(22, reaction) + "]").ends_with(" +2]"));
        QVERIFY(slackText(R"("text":"two\nlines","attachments":[{"text":"the pool is full"}])").find("the pool is full") != std::string::npos); // without a fallback
        QCOMPARE(slackText(R"("text":"the pool is full","attachments":[{"text":"the pool is full"}])"), std::string("the pool is full"));
    }

    void whatIsNoEntryIsCounted()
    {
        const auto pager = readSample("{\"log_entries\":[" + logged("trigger", "Q1", 0) + ",7]}", "log.json");
        VERIFY_RESULT(pager);
        QVERIFY(says(pager->notes, "1 entry that is none of PagerDuty's log is left out."));
        const std::string more = "{\"log_entries\":[" + logged("trigger", "Q1", 0) + "],\"more\":true}", last = "{\"log_entries\":[" + logged("resolve", "Q1", 1) + "],\"more\":false}";
        QVERIFY(says(notesOf(more + "\n" + more, "log.json"), "the log is not whole"));
        QVERIFY(!says(notesOf(more + "\n" + last, "log.json"), "the log is not whole"));
        const std::string series = R"({"metric":{"__name__":"ALERTS","alertname":"A","alertstate":"firing"},"values":[[1763906400,"1"],["soon","1"]]})";
        const auto history = notesOf(R"({"status":"success","warnings":["results truncated"],"data":{"resultType":"matrix","result":[7,)" + series + "]}}", "a.json");
        QVERIFY(says(history, "1 sample without a time"));
        QVERIFY(says(history, "1 series that is not of ALERTS"));
        QVERIFY(says(history, "results truncated"));
        QVERIFY(says(notesOf(R"({"alerts":[7,{"status":"firing","labels":{"alertname":"A"},"startsAt":"2025-11-23T14:02:00Z"}]})", "a.json"), "1 entry that is no alert"));
        const auto zip = zipped({{"channels.json", "[]"}, {"inc-1/2025-11-23.json", slackMessage("\"text\":\"x\"")}, {"inc-1/canvas.json", "[]"}});
        QVERIFY(says(notesOf(zip, "acme.zip"), "1 file of the channel's folder is no day of messages"));
    }
};

QD_TEST(TestLosses)
#include "tst_losses.moc"
