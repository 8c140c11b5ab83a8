// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/benchsearch.h"

#include "app/quarterdeckctl/benchjournal.h"
#include "app/quarterdeckctl/benchload.h"
#include "app/quarterdeckctl/benchreport.h"
#include "core/desk/past.h"
#include "core/journal/journal.h"
#include "core/search/documents.h"
#include "core/search/indexer.h"
#include "core/search/query.h"
#include "core/search/text.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <future>
#include <iostream>
#include <malloc.h>
#include <random>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace qd::app {

namespace {

namespace json = boost::json;

constexpr std::uint64_t kSeed = 20261123;
constexpr std::size_t kQueriesAKind = 400;
constexpr std::size_t kHits = 50;

std::size_t residentBytes()
{
    malloc_trim(0);
    std::ifstream statm("/proc/self/statm");
    std::size_t total = 0, resident = 0;
    statm >> total >> resident;
    return resident * 4096;
}

/// Nothing is appended while it is searched: following has nothing to tell.
search::Records recordsOf(const journal::Journal &journal)
{
    search::Records r;
    r.follow = [&journal](desk::Desk::Follower, std::uint64_t &first) {
        first = journal.head();
        return std::uint64_t{1};
    };
    r.unfollow = [](std::uint64_t) {};
    r.replay = [&journal](std::uint64_t from, std::uint64_t to, const std::function<bool(const desk::Record &)> &each) {
        return desk::replay(journal, from, to, each);
    };
    r.head = [&journal] { return journal.head(); };
    return r;
}

std::vector<std::string> wordsOf(const std::string &text)
{
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

/// All that is indexed, as one text for the plain scan; some of it to draw queries from; its words by how often they stand.
struct Plain {
    std::string text;
    std::vector<std::string> samples;
    std::vector<std::string> words; ///< the most common first
};

Result<Plain> plainText(const journal::Journal &journal)
{
    Plain out;
    std::unordered_map<std::string, std::size_t> counts;
    std::unordered_set<std::string> once;
    std::size_t n = 0;
    const auto read = desk::replay(journal, 1, journal.head(), [&](const desk::Record &r) {
        search::documentsOf(r.events, r.time, [&](search::Document d) {
            if (d.once && !once.insert(d.stream + d.text).second)
                return;
            out.text += d.text;
            out.text += '\n';
            ++n;
            if (n % 17 == 0)
                for (const auto &word : wordsOf(d.text))
                    ++counts[word];
            if (n % 97 == 0 && d.text.find(' ') != std::string::npos && d.kind != "alert")
                out.samples.push_back(d.text);
        });
        return true;
    });
    if (!read)
        return tl::unexpected(read.error());
    std::vector<std::pair<std::size_t, std::string>> order;
    for (const auto &[word, count] : counts)
        if (search::hasWord(word))
            order.emplace_back(count, word);
    std::sort(order.rbegin(), order.rend());
    for (auto &[count, word] : order)
        out.words.push_back(std::move(word));
    return out.samples.empty() || out.words.size() < 100 ? Result<Plain>(fail(Code::Internal, "The reference journal has no text.")) : std::move(out);
}

struct Kind {
    const char *name;
    std::vector<std::string> queries;
    std::vector<double> seconds = {};
    double found = 0; ///< hits, on the average
};

/// Services that alerts or incidents of the journal belong to.
std::vector<std::string> servicesOf(const state::State &state)
{
    std::set<std::string> all;
    for (const auto &alert : state.alerts.all)
        all.emplace(state.text(alert.service));
    for (const auto &[number, incident] : state.incidents)
        all.insert(incident.service);
    all.erase(std::string());
    return {all.begin(), all.end()};
}

std::vector<Kind> queries(const Plain &plain, const state::State &state, Instant first)
{
    std::vector<Kind> kinds{{"rare word", {}}, {"common word", {}}, {"phrase", {}}, {"prefix", {}}, {"two words", {}}, {"with a filter", {}}, {"without a word", {}},
                            {"in an incident", {}}, {"of a service", {}}, {"in a time range", {}}};
    std::vector<std::string> incidents;
    for (const auto &[number, incident] : state.incidents)
        incidents.push_back(incident.id);
    const auto services = servicesOf(state);
    static constexpr const char *kFilters[] = {"kind:alert", "kind:line", "incident:INC-7", "service:shop", "since:2h", "since:30d", "kind:message"};
    std::mt19937_64 random(kSeed);
    const auto below = [&](std::size_t n) { return random() % n; };
    for (std::size_t i = 0; i < kQueriesAKind; ++i) {
        const auto words = wordsOf(plain.samples[below(plain.samples.size())]);
        const std::size_t at = below(words.size() - 1);
        const std::string &common = plain.words[below(30)], &any = plain.words[below(plain.words.size())];
        kinds[0].queries.push_back(plain.words[plain.words.size() / 2 + below(plain.words.size() / 2)]);
        kinds[1].queries.push_back(common);
        kinds[2].queries.push_back(words[at] + ' ' + words[at + 1]);
        kinds[3].queries.push_back(any.substr(0, 3) + '*');
        kinds[4].queries.push_back(words[at] + ' ' + words[below(words.size())]);
        kinds[5].queries.push_back(common + ' ' + kFilters[i % std::size(kFilters)]);
        kinds[6].queries.push_back(common + " -" + plain.words[below(100)]);
        // As in the window: a scope alone, and with a word.
        const std::string word = i % 2 ? common + ' ' : std::string();
        if (!incidents.empty())
            kinds[7].queries.push_back(word + "incident:" + incidents[below(incidents.size())]);
        if (!services.empty())
            kinds[8].queries.push_back(word + "service:" + services[below(services.size())]);
        const auto whole = static_cast<std::size_t>((state.time - first).ns);
        const Instant since = first + nanos(static_cast<std::int64_t>(below(whole)));
        kinds[9].queries.push_back(word + "since:" + toRfc3339(since) + " until:" + toRfc3339(since + nanos(static_cast<std::int64_t>(whole / 50))));
    }
    const auto quoted = [](const std::string &text) {
        std::string out = "\"";
        std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return c != '"'; });
        return out + '"';
    };
    // A text's word may look like a filter or an exclusion; here it is only text.
    for (std::string &query : kinds[2].queries)
        query = quoted(query);
    for (std::string &query : kinds[0].queries)
        query = quoted(query);
    return kinds;
}

Result<search::Answer> ask(search::Indexer &indexer, const state::State &state, const std::string &text, Instant now)
{
    const auto query = search::parseQuery(text, now);
    if (!query)
        return tl::unexpected(query.error());
    std::promise<Result<search::Answer>> promise;
    auto answer = promise.get_future();
    indexer.search(search::indexQuery(*query, search::scopeOf(*query, state)), kHits, [&](Result<search::Answer> a, const search::Progress &) { promise.set_value(std::move(a)); });
    return answer.get();
}

struct Report {
    std::size_t events = 0, textBytes = 0;
    std::uint64_t journalBytes = 0, sealedBytes = 0;
    double buildSeconds = 0, restartSeconds = 0, firstSeconds = 0;
    search::Index::Figures figures;
    std::size_t residentGrowth = 0;
    std::vector<Kind> kinds;
    std::vector<double> scanSeconds;

    [[nodiscard]] std::vector<double> all() const
    {
        std::vector<double> out;
        for (const Kind &k : kinds)
            out.insert(out.end(), k.seconds.begin(), k.seconds.end());
        return out;
    }
};

Result<> measure(ReferenceHome &home, Report &r)
{
    r.events = home.events;
    r.journalBytes = home.journalBytes();
    if (const auto emptied = home.journal->sections().dropStream("derived/search"); !emptied)
        return emptied;
    {
        Stopwatch watch;
        search::Indexer indexer(recordsOf(*home.journal), home.journal->sections(), home.random);
        indexer.settle();
        r.buildSeconds = watch.seconds();
        if (const auto progress = indexer.progress(); !progress.complete)
            return fail(Code::Internal, progress.problem);
    }
    state::SnapshotLoader loader;
    const auto state = state::stateAt(desk::pastOf(*home.journal), home.journal->head(), loader);
    if (!state)
        return tl::unexpected(state.error());
    Instant begins;
    if (const auto read = desk::replay(*home.journal, 1, 1, [&](const desk::Record &record) { return (begins = record.time, true); }); !read)
        return read;
    const std::size_t before = residentBytes();
    Stopwatch watch;
    search::Indexer indexer(recordsOf(*home.journal), home.journal->sections(), home.random);
    indexer.settle();
    r.restartSeconds = watch.seconds();
    const Instant now = home.journal->headTime();
    watch.restart();
    if (const auto first = ask(indexer, *state, "on", now); !first)
        return tl::unexpected(first.error());
    r.firstSeconds = watch.seconds();
    r.figures = indexer.figures();
    r.residentGrowth = residentBytes() - std::min(before, residentBytes());
    if (const auto sealed = home.journal->sections().bytes("search"))
        r.sealedBytes = *sealed;
    const auto plain = plainText(*home.journal);
    if (!plain)
        return tl::unexpected(plain.error());
    r.textBytes = plain->text.size();
    r.kinds = queries(*plain, *state, begins);
    for (std::size_t round = 0; round < 2; ++round) // the first warms up
        for (Kind &kind : r.kinds) {
            kind.seconds.clear();
            kind.found = 0;
            for (const auto &query : kind.queries) {
                watch.restart();
                const auto answer = ask(indexer, *state, query, now);
                kind.seconds.push_back(watch.seconds());
                if (!answer && answer.error().code == Code::Invalid) { // such as a word of signs alone
                    kind.seconds.pop_back();
                    continue;
                }
                if (!answer)
                    return tl::unexpected(answer.error());
                kind.found += static_cast<double>(answer->total) / static_cast<double>(kind.queries.size());
            }
        }
    // The plain scan finds every place of the bytes; it folds nothing, orders nothing, shows nothing.
    std::size_t places = 0;
    for (std::size_t i = 0; i < 60; ++i) {
        const std::string &word = plain->words[i % 2 ? i : plain->words.size() - 1 - i];
        watch.restart();
        const char *at = plain->text.data(), *end = at + plain->text.size();
        while ((at = static_cast<const char *>(memmem(at, static_cast<std::size_t>(end - at), word.data(), word.size())))) {
            ++places;
            at += word.size();
        }
        r.scanSeconds.push_back(watch.seconds());
    }
    return places > 0 ? Result<>() : fail(Code::Internal, "The plain scan found nothing.");
}

void printSearchJson(const Report &r)
{
    json::object kinds;
    for (const Kind &k : r.kinds)
        kinds[k.name] = json::object{{"queries", k.queries.size()}, {"meanHits", k.found}, {"p50Ms", millisAt(k.seconds, 0.5)}, {"p99Ms", millisAt(k.seconds, 0.99)}};
    const auto all = r.all();
    std::cout << json::serialize(json::object{{"bench", "search"},
                                              {"events", r.events},
                                              {"textBytes", r.textBytes},
                                              {"journalBytes", r.journalBytes},
                                              {"p50Ms", millisAt(all, 0.5)},
                                              {"p99Ms", millisAt(all, 0.99)},
                                              {"kinds", std::move(kinds)},
                                              {"buildSeconds", r.buildSeconds},
                                              {"buildMBPerSecond", static_cast<double>(r.textBytes) / 1e6 / r.buildSeconds},
                                              {"restartSeconds", r.restartSeconds},
                                              {"firstQueryMs", r.firstSeconds * 1e3},
                                              {"segments", r.figures.segments},
                                              {"sealedBytes", r.sealedBytes},
                                              {"openBytes", r.figures.openBytes},
                                              {"residentGrowthBytes", r.residentGrowth},
                                              {"reference", json::object{{"plainScanP50Ms", millisAt(r.scanSeconds, 0.5)}, {"plainScanP99Ms", millisAt(r.scanSeconds, 0.99)}}},
                                              {"ratio", json::object{{"plainScanP50ToSearchP50", millisAt(r.scanSeconds, 0.5) / millisAt(all, 0.5)},
                                                                     {"plainScanP99ToSearchP99", millisAt(r.scanSeconds, 0.99) / millisAt(all, 0.99)}}}})
              << '\n';
}

void printSearchTable(const Report &r)
{
    const auto mb = [](auto bytes) { return static_cast<double>(bytes) / 1e6; };
    const auto all = r.all();
    std::printf("search: %zu events, %.1f MB of text, a journal of %.0f MB; the newest %zu hits with excerpts, and how many there are\n\n", r.events,
                mb(r.textBytes), mb(r.journalBytes), kHits);
    for (const Kind &k : r.kinds)
        std::printf("  %9.2f ms p50  %9.2f ms p99   %s (%.0f hits on the average)\n", millisAt(k.seconds, 0.5), millisAt(k.seconds, 0.99), k.name, k.found);
    std::printf("  %9.2f ms p50  %9.2f ms p99   all %zu\n\n", millisAt(all, 0.5), millisAt(all, 0.99), all.size());
    std::printf("  %9.2f s      from an empty index to complete: %.1f MB/s, the journal's reading included\n", r.buildSeconds, mb(r.textBytes) / r.buildSeconds);
    std::printf("  %9.3f s      to complete at the next start; then %.0f ms for the first query, which opens all %zu segments\n", r.restartSeconds,
                r.firstSeconds * 1e3, r.figures.segments);
    std::printf("  %9.1f MB     sealed on disk, %.2f of the text, %.2f of the journal\n", mb(r.sealedBytes), mb(r.sealedBytes) / mb(r.textBytes),
                mb(r.sealedBytes) / mb(r.journalBytes));
    std::printf("  %9.1f MB     open segments; %.1f MB resident growth\n\n", mb(r.figures.openBytes), mb(r.residentGrowth));
    std::printf("  %9.2f ms p50  %9.2f ms p99   a plain scan (memmem) of the same text for one word: %.1f and %.1f times the search\n", millisAt(r.scanSeconds, 0.5),
                millisAt(r.scanSeconds, 0.99), millisAt(r.scanSeconds, 0.5) / millisAt(all, 0.5), millisAt(r.scanSeconds, 0.99) / millisAt(all, 0.99));
}

} // namespace

int benchSearch(const BenchOptions &options)
{
    const auto home = ReferenceHome::open(kJ1, options);
    if (!home)
        return benchFailed(home.error());
    Report report;
    if (const auto done = measure(**home, report); !done)
        return benchFailed(done.error());
    options.json ? printSearchJson(report) : printSearchTable(report);
    return 0;
}

} // namespace qd::app
