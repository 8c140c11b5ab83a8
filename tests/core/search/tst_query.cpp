// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/documents.h"
#include "core/search/query.h"
#include "core/search/text.h"
#include "core/state/state.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::search;
using namespace qd::tests;

namespace {

QByteArray shown(const Query &q)
{
    QByteArray out;
    for (const auto *side : {&q.wanted, &q.unwanted})
        for (const auto &t : *side)
            out += (side == &q.unwanted ? "-" : "+") + QByteArray::fromStdString(unmarked(t.text)) + (t.prefix ? "*" : "") + "|";
    for (const auto &[name, value] : {std::pair{"incident", &q.incident}, {"service", &q.service}, {"kind", &q.kind}, {"by", &q.person}, {"role", &q.role}, {"hash", &q.hash}, {"erased", &q.erased}})
        if (!value->empty())
            out += QByteArray(name) + "=" + QByteArray::fromStdString(*value) + "|";
    if (q.since)
        out += "since=" + QByteArray::fromStdString(toRfc3339(q.since)) + "|";
    if (q.until)
        out += "until=" + QByteArray::fromStdString(toRfc3339(q.until)) + "|";
    return out;
}

} // namespace

class TestQuery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsWordsPhrasesAndFilters_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const char *text, const char *expected) { QTest::newRow(name) << QByteArray(text) << QByteArray(expected); };
        row("words", "  disk   full ", "+disk|+full|");
        row("phrase", "\"disk is full\" db", "+disk is full|+db|");
        row("prefix", "check* \"check*\"", "+check*|+check*|"); // within quotes a star is only text
        row("excluded", "disk -staging -\"dry run\"", "+disk|-staging|-dry run|");
        row("a dash alone is no word", "a - b -- c", "+a|+b|+c|");
        row("filters", "x incident:inc-7 service:Shop kind:decision by:Ana", "+x|incident=INC-7|service=shop|kind=decision|by=ana|");
        row("quoted value", "service:\"check out\" x", "+x|service=check out|");
        row("only a filter", "kind:decision", "kind=decision|");
        row("a host is no filter", "db-1.example.com:9100", "+db-1.example.com:9100|");
        row("a filter's name in quotes is text", "\"kind:decision\"", "+kind:decision|");
        row("day", "x since:2026-11-20 until:2026-11-21", "+x|since=2026-11-20T00:00:00Z|until=2026-11-21T23:59:59.999999999Z|");
        row("span", "x since:2h", "+x|since=2026-11-23T12:00:00Z|");
        row("instant", "x until:2026-11-23T14:00:00+01:00", "+x|until=2026-11-23T13:00:00Z|");
        row("unicode", "数据库 Grüße 🔥", "+数据库|+Grüße|+🔥|");
        row("what was erased", "erased:LogWritten role:Commander hash:3F78 incident:INC-7", "incident=INC-7|role=commander|hash=3f78|erased=logwritten|");
        row("signs alone say nothing", "disk :: --- ***", "+disk|");
    }
    void readsWordsPhrasesAndFilters()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const auto query = parseQuery(text.toStdString(), kMorning);
        VERIFY_RESULT(query);
        QByteArray actual = shown(*query);
        if (expected.contains("check*|+check*|"))
            QVERIFY(query->wanted[0].prefix && !query->wanted[1].prefix);
        QCOMPARE(actual, expected);
    }

    void saysWhatIsWrongInOneSentence_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("empty") << QByteArray("") << QByteArray("at least one word");
        QTest::newRow("signs") << QByteArray("?? --") << QByteArray("at least one word");
        QTest::newRow("only excluded") << QByteArray("-a") << QByteArray("at least one word");
        QTest::newRow("open quote") << QByteArray("a \"b") << QByteArray("not closed");
        QTest::newRow("open quote of a filter") << QByteArray("service:\"b") << QByteArray("not closed");
        QTest::newRow("no value") << QByteArray("kind:") << QByteArray("Nothing stands behind");
        QTest::newRow("no such kind") << QByteArray("kind:banana") << QByteArray("there are: alert incident line");
        QTest::newRow("no incident") << QByteArray("incident:7") << QByteArray("write incident:INC-7");
        QTest::newRow("no time") << QByteArray("x since:yesterday") << QByteArray("not a time");
        QTest::newRow("twice") << QByteArray("kind:line kind:task") << QByteArray("twice");
        QTest::newRow("turned round") << QByteArray("x -kind:line") << QByteArray("only words can be excluded");
        QTest::newRow("no hash") << QByteArray("hash:xyz1") << QByteArray("not the beginning of a record's hash");
        QTest::newRow("words of what was erased") << QByteArray("erased:any disk") << QByteArray("no words");
        QTest::newRow("backwards") << QByteArray("x since:1h until:2h") << QByteArray("before since");
    }
    void saysWhatIsWrongInOneSentence()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, part);
        const auto query = parseQuery(text.toStdString(), kMorning);
        QVERIFY(!query);
        QCOMPARE(query.error().code, Code::Invalid);
        QVERIFY2(QByteArray::fromStdString(query.error().message).contains(part), query.error().message.c_str());
        QVERIFY(query.error().message.ends_with("."));
        QVERIFY(query.error().message.size() < 300);
    }

    void keepsToItsLimits()
    {
        QVERIFY(parseQuery(std::string(kQueryLimit, 'a'), kMorning));
        const auto tooLong = parseQuery(std::string(kQueryLimit + 1, 'a'), kMorning);
        QVERIFY(!tooLong);
        QCOMPARE(tooLong.error().code, Code::TooLarge);
        std::string words;
        for (std::size_t i = 0; i < kTermLimit; ++i)
            words += "w" + std::to_string(i) + " ";
        QVERIFY(parseQuery(words, kMorning));
        const auto tooMany = parseQuery(words + "-one", kMorning);
        QVERIFY(!tooMany);
        QCOMPARE(tooMany.error().code, Code::TooLarge);
    }

    void marksAreTakenOutAgain()
    {
        for (const std::string text : {"plain ASCII", "", "数据库", "a数b", "🔥🔥", "Grüße", "ไฟไหม้ server", "90°", "1数2据3"}) {
            QCOMPARE(unmarked(marked(text)), text);
            QCOMPARE(marked(marked(text)), marked(text));
        }
        QCOMPARE(marked("数据"), std::string("数\x1f据"));
        QCOMPARE(marked("a数b"), std::string("a\x1f数\x1f" "b"));
        QVERIFY(!hasWord(" -:/()… — “”"));
        QVERIFY(hasWord("é"));
        QVERIFY(hasWord("🔥"));
        QCOMPARE(std::string(clamped("aé", 2)), std::string("a"));
        QCOMPARE(std::string(clamped("aé", 3)), std::string("aé"));
    }

    void reachesTheIncidentsAlertsAndTheServicesIncidents()
    {
        state::State state;
        const auto batch = aBatch("am").alert({{"alertname", "Down"}, {"service", "shop"}}).build();
        std::vector<events::Event> one{events::ConnectionAdded{Connection{"am", "inbound", "am"}}};
        auto alerts = decided(batch);
        one.insert(one.end(), alerts.begin(), alerts.end());
        state::applyRecord(state, 1, kMorning, one);
        events::IncidentDeclared declared{"INC-7", "Shop is down", "Shop", "real"};
        declared.alerts = {keyOf(batch)};
        const std::vector<events::Event> two{declared, events::AlertsAttached{"INC-7", {keyOf(batch)}}};
        state::applyRecord(state, 2, kMorning, two);
        const Scope byIncident = scopeOf(*parseQuery("incident:INC-7", kMorning), state);
        QCOMPARE(byIncident.alerts, std::vector<std::uint64_t>{batch.fingerprint[0]});
        const Scope byService = scopeOf(*parseQuery("service:shop", kMorning), state);
        QCOMPARE(byService.incidents, std::vector<std::string>{"INC-7"});
        QVERIFY(scopeOf(*parseQuery("incident:INC-9", kMorning), state).alerts.empty());
    }

    void aResolveThatOnlyRepeatsTheLabelsIsNoDocument()
    {
        const auto count = [](const ReportBatch &batch, events::Verdict verdict) {
            int n = 0;
            documentsOf(decided(batch, {verdict}), kMorning, [&](const Document &) { ++n; });
            return n;
        };
        const auto bare = aBatch("am").alert({{"alertname", "DiskFull"}}).resolved(kMorning).build();
        QCOMPARE(count(bare, events::Verdict::Resolved), 0);
        QCOMPARE(count(bare, events::Verdict::Unmatched), 1); // its firing was never seen
        QCOMPARE(count(aBatch("am").alert({{"alertname", "DiskFull"}}).annotation("summary", "it ended").resolved(kMorning).build(), events::Verdict::Resolved), 1);
    }

    void everyTextOfARecordIsADocument()
    {
        const auto batch = aBatch("am").alert({{"alertname", "DiskFull"}, {"service", "db"}}).annotation("summary", "The disk is full").build();
        events::Events record = decided(batch);
        record.push_back(events::LogWritten{"INC-1", "we rolled back", {"ana"}});
        record.push_back(events::MessageSeen{"chat", "room", "INC-1", "m1", "", "ben@x", "ben", "", "looking", ""});
        record.push_back(events::ChangeSeen{"db", "Deploy 42", "https://x", "ci"});
        record.push_back(events::ClockWoke{});
        std::vector<std::string> texts;
        documentsOf(record, kMorning, [&](Document d) {
            texts.push_back(std::string(d.kind) + "|" + d.stream + "|" + d.incident + "|" + d.service + "|" + d.person + "|" + d.text);
        });
        const std::vector<std::string> expected{
            "alert|alerts/" + toRfc3339(kMorning).substr(0, 10) + "||db||The disk is full\nalertname=DiskFull service=db",
            "line|incident/INC-1|INC-1||ana|we rolled back", "message|incident/INC-1|INC-1||ben@x|ben: looking", "change|org||db||Deploy 42 db https://x ci"};
        QCOMPARE(texts, expected);
    }
};

QD_TEST(TestQuery)
#include "tst_query.moc"
