// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/wordfilter.h"
#include "core/store/textwords.h"
#include "tests/core/search/searchhome.h"
#include "tests/support/suite.h"

#include <set>

using namespace qd;
using namespace qd::search;
using namespace qd::tests;

namespace {

std::vector<std::uint64_t> hashesOf(const std::string &word, std::size_t from, std::size_t to)
{
    std::vector<std::uint64_t> out;
    for (std::size_t n = from; n < to; ++n)
        out.push_back(WordFilter::hashOf(word + std::to_string(n)));
    return out;
}

/// Small segments, all of them closed but one or two, so that a search has to choose which to open.
constexpr Index::Limits kFew{200 * 1024, 250 * 1024, 600 * 1024};

events::Event alert(std::size_t n)
{
    return events::AlertsReported{aBatch("am", kMorning)
                                      .alert({{"alertname", "Down"}, {"instance", "node-" + std::to_string(n) + ".example:9100"}, {"service", "s" + std::to_string(n % 7)}})
                                      .annotation("summary", "Café number " + std::to_string(n) + " 数据库 is down, as said before at some length")
                                      .build()};
}

} // namespace

/// Which segments a search opens, by what their filters say.
class TestWordFilter : public QObject
{
    Q_OBJECT

    /// An index of so many alerts in a home, sealed.
    static Result<> make(SearchHome &home, std::uint64_t alerts)
    {
        Index index(home.journal->sections(), home.random, kFew);
        for (std::uint64_t seq = 1; seq <= alerts; ++seq)
            if (auto done = index.add(seq, kMorning + seconds(static_cast<std::int64_t>(seq)), std::vector<events::Event>{alert(seq)}); !done)
                return done;
        return index.seal();
    }
    static std::size_t stored(SearchHome &home, std::string_view kind) { return home.journal->sections().list(std::string(kind))->size(); }
    static void removeFilters(SearchHome &home)
    {
        std::vector<std::string> names;
        const auto heads = *home.journal->sections().list(std::string(Index::kFilterKind));
        for (const auto &head : heads)
            names.push_back(head.name);
        VERIFY_RESULT(home.journal->sections().remove(std::string(Index::kFilterKind), names));
    }

private Q_SLOTS:
    void neverDeniesAWordAndSeldomClaimsOne()
    {
        for (const std::size_t words : {0u, 1u, 15u, 16u, 17u, 1000u, 40'000u}) {
            const auto in = hashesOf("in", 0, words), out = hashesOf("out", 0, 20'000);
            const WordFilter made(in);
            QVERIFY(made.memory() <= words * WordFilter::kBitsAWord / 8 + 32);
            const auto read = WordFilter::read(made.bytes());
            QVERIFY(read.has_value());
            for (const WordFilter *filter : {&made, &*read}) {
                QVERIFY(std::all_of(in.begin(), in.end(), [&](std::uint64_t h) { return filter->mayHold(h); }));
                const auto claimed = std::count_if(out.begin(), out.end(), [&](std::uint64_t h) { return filter->mayHold(h); });
                QVERIFY2(claimed <= 100, std::to_string(claimed).c_str()); // 0.5 %; some 28 are to be expected
            }
        }
    }

    void refusesWhatIsNoFilter()
    {
        const Bytes whole = WordFilter(hashesOf("w", 0, 40)).bytes();
        QVERIFY(WordFilter::read(whole).has_value());
        for (std::size_t n = 0; n < whole.size(); ++n)
            if (n == 1 || n % 32 != 1)
                QVERIFY2(!WordFilter::read(BytesView(whole).first(n)), std::to_string(n).c_str());
        Bytes other = whole;
        other[0] ^= 1;
        QVERIFY(!WordFilter::read(other));
    }

    /// The words a query needs are those a segment says it holds, however they are written.
    void splitsAQueryAsASegmentSplitsItsTexts()
    {
        auto segment = store::TextSegment::make();
        VERIFY_RESULT(segment);
        const std::vector<std::string> texts{"Café NAÏVE db-1:9100", "say \"quoted\" 'x' AND NOT", std::string("nul\0here", 8), marked("数据库 🔥 x"), "ÜBER ß Ж http-500 _a_"};
        std::vector<store::TextRow> rows;
        for (const std::string &text : texts)
            rows.push_back({rows.size() + 1, 0, kMorning, 0, "", {"kind:line", text.substr(0, 3)}, text});
        VERIFY_RESULT((*segment)->add(rows));
        const Bytes bytes = *(*segment)->bytes();
        auto words = store::TextWords::make();
        VERIFY_RESULT(words);
        for (auto *from : {segment->get(), store::TextSegment::open(bytes)->release()}) {
            std::set<std::string> held;
            for (int twice = 0; twice < 2; ++twice)
                VERIFY_RESULT(from->words([&](std::string_view w) { held.emplace(w); }));
            for (std::size_t i = 0; i < texts.size(); ++i) {
                const store::TextQuery query{{{texts[i], false}}, {{"unwanted", false}}, {{"kind:line", "kind:none"}, {texts[i].substr(0, 3)}}, {}, {}};
                const auto needed = (*words)->neededBy(query);
                VERIFY_RESULT(needed);
                QVERIFY(needed->size() >= 4);
                for (const auto &any : *needed)
                    QVERIFY(std::any_of(any.begin(), any.end(), [&](const std::string &w) { return held.contains(w); }));
            }
            if (from != segment->get())
                delete from;
        }
        // The beginning of a word is no word; what stands before it in a phrase is one.
        QCOMPARE((*words)->neededBy({{{"one two thr", true}}, {}, {}, {}, {}})->size(), std::size_t(2));
        QCOMPARE((*words)->neededBy({{{"thr", true}, {"...", false}}, {}, {}, {}, {}})->size(), std::size_t(0));
    }

    void onlySegmentsThatCanHoldAllOfAQueryAreOpened()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        VERIFY_RESULT(make(home, 3000));
        Index index(home.journal->sections(), home.random, kFew);
        QVERIFY(index.figures().segments >= 6);
        QVERIFY(index.figures().sealedBytes > kFew.open);
        const auto opens = [&](std::string_view text, std::uint64_t total) {
            index.closeAll();
            const auto before = index.figures().openings;
            const auto answer = ask(index, text);
            if (!answer || answer->total != total || answer->more)
                return std::uint64_t(999);
            return index.figures().openings - before;
        };
        QCOMPARE(opens("nowhere", 0), std::uint64_t(0));
        QCOMPARE(opens("number nowhere", 0), std::uint64_t(0));
        QCOMPARE(opens("\"number nowhere\"", 0), std::uint64_t(0));
        QCOMPARE(opens("\"nowhere num\"*", 0), std::uint64_t(0));
        QCOMPARE(opens("service:nobody", 0), std::uint64_t(0));
        QCOMPARE(opens("kind:alert by:nobody down", 0), std::uint64_t(0));
        QCOMPARE(opens("17", 1), std::uint64_t(1));
        QCOMPARE(opens("CAFE 2999", 1), std::uint64_t(1));
        QCOMPARE(opens("\"node 1500\"", 1), std::uint64_t(1));
        QCOMPARE(opens("\"number 42 数\"", 1), std::uint64_t(1));
        QVERIFY(opens("1499 -nowhere", 1) == 1);
        // Two words, each somewhere, nowhere together.
        QCOMPARE(opens("17 2999", 0), std::uint64_t(0));
        QVERIFY(index.figures().filterBytes > 0);
        QVERIFY(index.figures().filterBytes * 50 < index.figures().sealedBytes);
    }

    /// Without filters, as from a version that made none, or with one that cannot be read: the same is found, and they are made again.
    void aLostFilterCostsAnOpeningAndNoHit()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        VERIFY_RESULT(make(home, 2000));
        const std::size_t segments = stored(home, Index::kKind) - 1; // the manifest is one of them
        QCOMPARE(stored(home, Index::kFilterKind), segments);
        removeFilters(home);
        QCOMPARE(stored(home, Index::kFilterKind), std::size_t(0));
        {
            Index index(home.journal->sections(), home.random, kFew);
            QCOMPARE(ask(index, "1234")->total, std::uint64_t(1));
            const auto openings = index.figures().openings;
            QVERIFY(openings == segments || openings == segments + 1); // one perhaps again, to show what was found in it
            QCOMPARE(ask(index, "nowhere")->total, std::uint64_t(0));
            QCOMPARE(index.figures().openings, openings);
            VERIFY_RESULT(index.seal());
        }
        QCOMPARE(stored(home, Index::kFilterKind), segments);
        Index index(home.journal->sections(), home.random, kFew);
        QCOMPARE(ask(index, "nowhere")->total, std::uint64_t(0));
        QCOMPARE(index.figures().openings, std::uint64_t(0));
        QCOMPARE(ask(index, "1234")->total, std::uint64_t(1));
        const auto heads = *home.journal->sections().list(std::string(Index::kFilterKind));
        for (const auto &head : heads) {
            const journal::Section other{head.kind, head.name, head.stream, head.first, head.last, Bytes{9, 9}};
            VERIFY_RESULT(home.journal->sections().store(std::span(&other, 1)));
        }
        Index without(home.journal->sections(), home.random, kFew);
        QCOMPARE(ask(without, "1234")->total, std::uint64_t(1));
        QVERIFY(without.figures().openings >= segments);
    }

    /// They come and go with their segments: merged, erased, left over.
    void noFilterOutlivesItsSegment()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        {
            Index index(home.journal->sections(), home.random);
            for (std::uint64_t seq = 1; seq <= 40; ++seq) {
                QVERIFY(home.line("line " + std::to_string(seq), "INC-" + std::to_string(1 + seq % 2)));
                VERIFY_RESULT(home.catchUp(index));
                VERIFY_RESULT(index.seal());
            }
            QCOMPARE(stored(home, Index::kFilterKind), index.figures().segments);
            VERIFY_RESULT(index.erase("incident/INC-1"));
            QCOMPARE(stored(home, Index::kFilterKind), index.figures().segments);
            const auto heads = *home.journal->sections().list(std::string(Index::kFilterKind));
            for (const auto &head : heads)
                QVERIFY(!head.stream.ends_with("INC-1"));
        }
        // Left behind by a removal that was cut short.
        journal::Section left{std::string(Index::kFilterKind), "00112233445566778899aabbccddeeff", "derived/search/incident/INC-2", 1, 2, WordFilter(std::span<const std::uint64_t>()).bytes()};
        VERIFY_RESULT(home.journal->sections().store(std::span(&left, 1)));
        Index again(home.journal->sections(), home.random);
        QCOMPARE(stored(home, Index::kFilterKind), again.figures().segments);
        QCOMPARE(ask(again, "line")->total, std::uint64_t(20));
    }

    /// Building the index leaves nothing open that nobody asked for; who searches finds it open the next time.
    void whatIsOnlySealedIsNotKeptOpen()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        Index index(home.journal->sections(), home.random);
        QVERIFY(home.line("one"));
        VERIFY_RESULT(home.catchUp(index));
        VERIFY_RESULT(index.seal());
        QCOMPARE(index.figures().openSegments, std::size_t(0));
        QCOMPARE(index.figures().pendingBytes, std::size_t(0));
        QCOMPARE(ask(index, "one")->total, std::uint64_t(1));
        QCOMPARE(index.figures().openSegments, std::size_t(1));
        QVERIFY(home.line("two"));
        VERIFY_RESULT(home.catchUp(index));
        VERIFY_RESULT(index.seal());
        QCOMPARE(index.figures().openSegments, std::size_t(1));
        index.closeAll();
        QVERIFY(home.line("three"));
        VERIFY_RESULT(home.catchUp(index));
        VERIFY_RESULT(index.seal());
        QCOMPARE(index.figures().openSegments, std::size_t(0));
        QCOMPARE(index.figures().openBytes, std::size_t(0));
    }
};

QD_TEST(TestWordFilter)
#include "tst_wordfilter.moc"
