// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/search/searchhome.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::search;
using namespace qd::tests;

namespace {

struct Word
{
    const char *written;
    std::vector<std::string> folded; ///< as it is to be found
};
const std::vector<Word> kWords{{"disk", {"disk"}},       {"Disk", {"disk"}},      {"full", {"full"}},          {"database", {"database"}},
                               {"data", {"data"}},       {"Café", {"cafe"}},      {"naïve", {"naive"}},        {"ÜBER", {"uber"}},
                               {"数据库", {"数", "据", "库"}}, {"据", {"据"}},           {"🔥", {"🔥"}},               {"x7", {"x7"}},
                               {"db_1", {"db", "1"}},    {"Ж", {"ж"}},            {"http-500", {"http", "500"}}, {"diskette", {"diskette"}}};
const std::vector<const char *> kBetween{" ", "  ", ", ", "\n", " - ", " (", ": "};

/// A text, and what a plain reading of it gives.
struct Naive
{
    std::string text;
    std::vector<std::string> words;
    store::TextPlace place;

    [[nodiscard]] bool has(const std::vector<std::string> &phrase, bool prefix) const
    {
        for (std::size_t at = 0; at + phrase.size() <= words.size(); ++at) {
            bool all = true;
            for (std::size_t i = 0; i < phrase.size() && all; ++i)
                all = prefix && i + 1 == phrase.size() ? words[at + i].starts_with(phrase[i]) : words[at + i] == phrase[i];
            if (all)
                return true;
        }
        return false;
    }
};

/// A query as text, and as what it means.
struct Asked
{
    struct Term
    {
        std::vector<std::string> phrase;
        bool prefix = false, unwanted = false;
    };
    std::string text;
    std::vector<Term> terms;

    [[nodiscard]] bool matches(const Naive &n) const
    {
        return std::all_of(terms.begin(), terms.end(), [&](const Term &t) { return n.has(t.phrase, t.prefix) != t.unwanted; });
    }
};

class Draw
{
public:
    explicit Draw(std::uint64_t seed)
        : m_random(seed)
    {
    }
    std::size_t below(std::size_t n)
    {
        std::array<std::uint8_t, 4> b{};
        m_random.fill(b);
        return (b[0] | b[1] << 8 | b[2] << 16) % n;
    }
    Naive text()
    {
        Naive n;
        for (std::size_t words = 1 + below(9); words > 0; --words) {
            const Word &w = kWords[below(kWords.size())];
            n.text += (n.text.empty() ? "" : kBetween[below(kBetween.size())]) + std::string(w.written);
            n.words.insert(n.words.end(), w.folded.begin(), w.folded.end());
        }
        return n;
    }
    Asked query()
    {
        Asked q;
        const std::size_t terms = 1 + below(3);
        for (std::size_t i = 0; i < terms; ++i) {
            Asked::Term t;
            std::string written;
            if (below(3) == 0) {
                for (std::size_t words = 1 + below(3); words > 0; --words) {
                    const Word &w = kWords[below(kWords.size())];
                    written += (written.empty() ? "" : " ") + std::string(w.written);
                    t.phrase.insert(t.phrase.end(), w.folded.begin(), w.folded.end());
                }
                written = '"' + written + '"';
            } else {
                const Word &w = kWords[below(kWords.size())];
                written = w.written;
                t.phrase = w.folded;
                t.prefix = below(3) == 0;
                if (t.prefix && t.phrase.size() == 1 && w.folded[0].size() > 3 && static_cast<unsigned char>(w.folded[0][0]) < 0x80) {
                    t.phrase[0] = t.phrase[0].substr(0, 1 + below(3));
                    written = t.phrase[0];
                }
                written += t.prefix ? "*" : "";
            }
            t.unwanted = i > 0 && below(4) == 0;
            q.text += (q.text.empty() ? "" : " ") + std::string(t.unwanted ? "-" : "") + written;
            q.terms.push_back(std::move(t));
        }
        return q;
    }

private:
    CountedRandom m_random;
};

/// Limits so small that everything is sealed, merged, closed and opened all the time.
constexpr Index::Limits kTiny{200 * 1024, 400 * 1024, 600 * 1024};

} // namespace

class TestIndex : public QObject
{
    Q_OBJECT

    static void compare(Index &index, const std::vector<Naive> &all, Draw &draw, int queries, bool exact)
    {
        for (int i = 0; i < queries; ++i) {
            const Asked asked = draw.query();
            std::vector<store::TextPlace> expected;
            for (auto n = all.rbegin(); n != all.rend(); ++n)
                if (asked.matches(*n))
                    expected.push_back(n->place);
            const auto answer = ask(index, asked.text, {}, 20);
            VERIFY_RESULT(answer);
            std::vector<store::TextPlace> places;
            for (const auto &hit : answer->hits)
                places.push_back(hit.place);
            const bool counted = exact ? answer->total == expected.size() && !answer->more
                                       : answer->total <= expected.size() && (answer->more || answer->total == expected.size());
            QVERIFY2(counted, (asked.text + ": " + std::to_string(answer->total) + " for " + std::to_string(expected.size())).c_str());
            expected.resize(std::min<std::size_t>(expected.size(), 20));
            QVERIFY2(places == expected, asked.text.c_str());
        }
    }

private Q_SLOTS:
    void findsWhatAPlainScanFinds_data()
    {
        QTest::addColumn<bool>("tiny");
        QTest::newRow("all of it in memory") << false;
        QTest::newRow("sealed, merged, opened and closed") << true;
    }

    void findsWhatAPlainScanFinds()
    {
        QFETCH(bool, tiny);
        SearchHome home;
        VERIFY_RESULT(home.open());
        const Index::Limits limits = tiny ? kTiny : Index::Limits{};
        Index index(home.journal->sections(), home.random, limits);
        Draw draw(tiny ? 11 : 12);
        std::vector<Naive> all;
        for (std::uint64_t seq = 1; seq <= 1500; ++seq) {
            events::Events record;
            for (std::size_t parts = 1 + draw.below(3), p = 0; p < parts; ++p) {
                Naive n = draw.text();
                n.place = {seq, static_cast<std::uint32_t>(p)};
                record.push_back(events::LogWritten{"INC-" + std::to_string(1 + draw.below(3)), n.text, {"ana"}});
                all.push_back(std::move(n));
            }
            VERIFY_RESULT(index.add(seq, kMorning + seconds(static_cast<std::int64_t>(seq)), record));
            if (seq % 500 == 0)
                compare(index, all, draw, 60, !tiny);
        }
        VERIFY_RESULT(index.seal());
        compare(index, all, draw, 150, !tiny);
        if (tiny) {
            QVERIFY(index.figures().openBytes <= kTiny.open);
            QVERIFY(index.figures().openSegments < index.figures().segments);
        }
        // The next start.
        Index again(home.journal->sections(), home.random, limits);
        QCOMPARE(again.next(), std::uint64_t(1501));
        QCOMPARE(again.figures().openSegments, std::size_t(0));
        compare(again, all, draw, 150, !tiny);
    }

    void keepsNothingPlain()
    {
        SearchHome home(store::sqlitePorts());
        VERIFY_RESULT(home.open());
        const std::string canary = "canary7f3aondine";
        for (int i = 0; i < 20; ++i) {
            events::Events record;
            for (int k = 0; k < 30; ++k)
                record.push_back(events::LogWritten{"INC-1", "the customer is " + canary + " and line " + std::to_string(30 * i + k), {}});
            QVERIFY(home.append(std::move(record)));
        }
        {
            Index index(home.journal->sections(), home.random, kTiny);
            VERIFY_RESULT(home.catchUp(index));
            VERIFY_RESULT(index.seal());
            QCOMPARE(ask(index, canary)->total, std::uint64_t(600));
            QVERIFY(index.figures().sealedBytes > 30'000);
        }
        QVERIFY(std::filesystem::exists(home.path() / "derived.db"));
        QCOMPARE(home.filesWith(canary), std::vector<std::string>());
        QCOMPARE(home.filesWith("canary7"), std::vector<std::string>()); // words stand in the index without what they share
        home.journal.reset();
        QCOMPARE(home.filesWith(canary), std::vector<std::string>());
    }

    void keepsToTheBudgetToTheByte()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        std::size_t one = 0;
        {
            Index index(home.journal->sections(), home.random);
            for (std::uint64_t seq = 1; seq <= 4; ++seq)
                VERIFY_RESULT(index.add(seq, kMorning, std::vector<events::Event>{events::LogWritten{"INC-" + std::to_string(seq), "alpha beta", {}}}));
            VERIFY_RESULT(index.seal());
            QCOMPARE(index.figures().segments, std::size_t(4));
            QCOMPARE(index.figures().openBytes, std::size_t(0)); // sealed, and nobody asked
            QCOMPARE(ask(index, "alpha")->total, std::uint64_t(4));
            one = index.figures().openBytes / 4;
        }
        const auto openWith = [&](std::size_t budget) {
            Index index(home.journal->sections(), home.random, {4u << 20, budget, 16u << 20});
            const auto answer = ask(index, "alpha");
            if (!answer || answer->hits.size() != 4 || index.figures().openBytes > std::max(budget, one))
                return std::size_t(999);
            return index.figures().openSegments;
        };
        QCOMPARE(openWith(4 * one), std::size_t(4));
        QCOMPARE(openWith(4 * one - 1), std::size_t(3));
        QCOMPARE(openWith(one), std::size_t(1));
        QCOMPARE(openWith(1), std::size_t(1)); // one alone may be more than the budget, or nothing would ever be found
        Index index(home.journal->sections(), home.random, {4u << 20, 2 * one, 16u << 20});
        (void)ask(index, "alpha");
        const auto openings = index.figures().openings;
        (void)ask(index, "alpha", {}, 1);
        QVERIFY(index.figures().openings <= openings + 4);
    }

    void whatWasResentIsFoundOnce()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        const auto batch = [](const char *summary) {
            return decided(aBatch("am").alert({{"alertname", "DiskFull"}, {"service", "db"}}).annotation("summary", summary).build());
        };
        Index index(home.journal->sections(), home.random);
        VERIFY_RESULT(index.add(1, kMorning, batch("the disk is full")));
        VERIFY_RESULT(index.add(2, kMorning + seconds(1), batch("the disk is full")));
        VERIFY_RESULT(index.add(3, kMorning + seconds(2), batch("the disk is fuller")));
        QCOMPARE(ask(index, "diskfull")->total, std::uint64_t(2));
        VERIFY_RESULT(index.seal());
        Index again(home.journal->sections(), home.random);
        VERIFY_RESULT(again.add(4, kMorning + seconds(3), batch("the disk is full")));
        QCOMPARE(ask(again, "diskfull")->total, std::uint64_t(2));
        VERIFY_RESULT(again.add(5, kMorning + hours(24), batch("the disk is full"))); // another day, another stream
        QCOMPARE(ask(again, "diskfull")->total, std::uint64_t(3));
    }

    void filtersAndTimesNarrow()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        Index index(home.journal->sections(), home.random);
        const auto at = [](int minute) { return kMorning + minutes(minute); };
        using Record = std::vector<events::Event>;
        VERIFY_RESULT(index.add(1, at(1), Record{events::LogWritten{"INC-1", "alpha one", {"ana"}}}));
        VERIFY_RESULT(index.add(2, at(2), Record{events::DecisionMade{"INC-1", "alpha two", 1, {"ben"}}}));
        VERIFY_RESULT(index.add(3, at(3), Record{events::LogWritten{"INC-2", "alpha three", {"Ana"}}}));
        VERIFY_RESULT(index.add(4, at(3), Record{events::ChangeSeen{"Shop", "alpha four", "", "", at(3), {}}}));
        for (const bool sealed : {false, true}) {
            if (sealed)
                VERIFY_RESULT(index.seal());
            const auto list = [&](std::string_view text) {
                std::string out;
                for (const auto &each : found(index, text, at(4)))
                    out += each.substr(6, each.find(' ', 6) - 6) + " ";
                return out;
            };
            QCOMPARE(list("alpha"), std::string("four three two one "));
            QCOMPARE(list("alpha incident:INC-1"), std::string("two one "));
            QCOMPARE(list("alpha kind:line"), std::string("three one "));
            QCOMPARE(list("kind:decision"), std::string("two "));
            QCOMPARE(list("alpha by:ANA"), std::string("three one "));
            QCOMPARE(list("alpha service:shop"), std::string("four "));
            QCOMPARE(list("alpha -two"), std::string("four three one "));
            QCOMPARE(list("alpha since:" + toRfc3339(at(2))), std::string("four three two "));
            QCOMPARE(list("alpha since:" + toRfc3339(at(2) + nanos(1))), std::string("four three "));
            QCOMPARE(list("alpha until:" + toRfc3339(at(2))), std::string("two one "));
            QCOMPARE(list("alpha since:" + toRfc3339(at(2)) + " until:" + toRfc3339(at(2))), std::string("two "));
            QCOMPARE(list("alpha since:1m"), std::string("four three "));
            QCOMPARE(list("nothinglikeit"), std::string());
            QCOMPARE(list("alpha incident:INC-9"), std::string());
        }
    }

    void hostileQueriesAreOnlyText_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text :
             {"'; DROP TABLE doc; --", "alpha\" OR \"beta", "NEAR(alpha beta)", "alpha OR gone", "text : alpha", "{text facet} : alpha", "facet:f0",
              "^alpha", "alpha + beta", "alpha NOT beta", "(alpha", "\"\"", "alpha AND", "*", "-*", "a\"b\"c", "x'41'", "%", "alpha\x1f" "beta",
              "\x02\x03", "\xff\xfe", "alpha\n\t\r", "﷽", "\xe2\x80\xae" "ahpla", "match(words)", "words MATCH 'a'", "rowid:1", "\"al*\"", "--", "\\", "`"})
            QTest::newRow(text) << QByteArray(text);
        QTest::newRow("nul") << QByteArray("alpha\0beta", 10);
        QTest::newRow("long") << QByteArray(1024, '"');
        QTest::newRow("many prefixes") << QByteArray("a* b* c* d* e* f* g* h* i* j* k* l* m* n* o* p*");
    }

    void hostileQueriesAreOnlyText()
    {
        QFETCH(QByteArray, text);
        SearchHome home;
        VERIFY_RESULT(home.open());
        Index index(home.journal->sections(), home.random);
        using Record = std::vector<events::Event>;
        VERIFY_RESULT(index.add(1, kMorning, Record{events::LogWritten{"INC-1", "alpha beta", {}}}));
        VERIFY_RESULT(index.add(2, kMorning, Record{events::LogWritten{"INC-1", "gamma", {}}}));
        const auto answer = ask(index, text.toStdString());
        if (!answer)
            QVERIFY2(answer.error().code == Code::Invalid || answer.error().code == Code::TooLarge, answer.error().message.c_str());
        else
            QVERIFY(answer->total <= 1);
        // The words of the language of FTS5 are words: nothing has them, nothing is found.
        if (text.contains(" OR ") || text.contains("NOT") || text.contains("NEAR") || text.contains("facet") || text.contains("DROP"))
            QVERIFY(!answer || answer->total == 0);
        QCOMPARE(ask(index, "alpha")->total, std::uint64_t(1)); // and all is as it was
        QCOMPARE(ask(index, "gamma")->total, std::uint64_t(1));
    }

    void excerptsArePlainBoundedAndMarked()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        Index index(home.journal->sections(), home.random);
        std::string longText;
        for (int i = 0; i < 400; ++i)
            longText += "word" + std::to_string(i) + " ";
        using Record = std::vector<events::Event>;
        VERIFY_RESULT(index.add(1, kMorning, Record{events::LogWritten{"INC-1", longText, {}}}));
        VERIFY_RESULT(index.add(2, kMorning, Record{events::LogWritten{"INC-1", "主数据库\n连接失败 <b>now</b>", {}}}));
        VERIFY_RESULT(index.add(3, kMorning, Record{events::LogWritten{"INC-1", std::string(30'000, 'y') + " tail", {}}}));
        VERIFY_RESULT(index.add(4, kMorning, Record{events::LogWritten{"INC-1", "Ein Café in Köln", {}}}));
        const auto marked = [&](std::string_view text) {
            const auto answer = ask(index, text);
            if (!answer || answer->hits.size() != 1)
                return std::string("none");
            const Hit &hit = answer->hits[0];
            std::string out = hit.excerpt;
            for (auto m = hit.matches.rbegin(); m != hit.matches.rend(); ++m) {
                out.insert(m->second, "]");
                out.insert(m->first, "[");
            }
            return out;
        };
        const std::string middle = marked("word200");
        QVERIFY2(middle.size() < 300 && middle.find("[word200]") != std::string::npos && middle.starts_with("…"), middle.c_str());
        QCOMPARE(marked("数据库"), std::string("主[数据库] 连接失败 <b>now</b>"));
        QCOMPARE(marked("cafe koln"), std::string("Ein [Café] in [Köln]"));
        QVERIFY(marked("tail").size() <= kExcerptLimit + 10);
        QCOMPARE(marked("absent"), std::string("none"));
    }
};

QD_TEST(TestIndex)
#include "tst_index.moc"
