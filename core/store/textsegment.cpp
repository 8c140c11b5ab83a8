// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/textsegment.h"

#include "core/model/report.h"
#include "core/store/textlayout.h"

#include <array>

namespace qd::store {

namespace {

constexpr std::string_view kName = "the search index";
constexpr std::int64_t kLayout = 2;

// `facet` is asked for, never shown: `words` indexes it, `doc` keeps nothing of it.
// detail=full: phrases. columnsize=0: nothing is ranked.
const std::string kSegmentSchema =
    "PRAGMA page_size=4096;"
    "CREATE TABLE doc(id INTEGER PRIMARY KEY, seq INT, part INT, time INT, digest INT, labels TEXT, text TEXT,"
    " facet TEXT GENERATED ALWAYS AS ('') VIRTUAL);"
    "CREATE VIRTUAL TABLE words USING fts5(text, facet, content='doc', content_rowid='id', columnsize=0,"
    " tokenize=" + std::string(kTokenizer) + ");"
    "PRAGMA user_version=2;";

/// FTS5 string: everything between the quotes is text (sqlite.org/fts5.html section 3.1).
void quote(std::string &out, const TextQuery::Term &term)
{
    out += '"';
    for (const char c : term.text) {
        if (c == '"')
            out += '"';
        out += c == '\0' ? ' ' : c;
    }
    out += term.prefix ? "\"*" : "\"";
}

template <typename Each, typename Write>
void join(std::string &out, std::string_view begin, const Each &all, std::string_view between, const Write &write)
{
    out += begin;
    bool first = true;
    for (const auto &each : all) {
        if (!first)
            out += between;
        first = false;
        write(each);
    }
    out += ')';
}

std::string matchOf(const TextQuery &query)
{
    std::string out;
    const auto all = [&] { out += out.empty() ? "(" : " AND "; };
    for (const auto &any : query.facets) {
        all();
        join(out, "facet : (", any, " OR ", [&](const std::string &f) { out += facetWord(f); });
    }
    if (!query.wanted.empty()) {
        all();
        join(out, "text : (", query.wanted, " AND ", [&](const TextQuery::Term &t) { quote(out, t); });
    }
    if (out.empty()) // nothing but what must not be there, or a time: every row is asked for
        out = "(facet : (" + facetWord("") + ")";
    out += ')';
    if (!query.unwanted.empty())
        join(out, " NOT (text : (", query.unwanted, " OR ", [&](const TextQuery::Term &t) { quote(out, t); }), out += ')';
    return out;
}

} // namespace

std::string facetWord(std::string_view facet)
{
    Fingerprint print;
    print.feed(facet);
    return "f" + fingerprintText(print.value());
}

Result<std::unique_ptr<TextSegment>> TextSegment::make()
{
    auto database = Database::inMemory(std::string(kName));
    if (!database)
        return tl::unexpected(database.error());
    std::unique_ptr<TextSegment> segment(new TextSegment(std::move(*database)));
    if (const auto done = segment->m_database->execute(kSegmentSchema.c_str()); !done)
        return tl::unexpected(done.error());
    if (const auto done = segment->prepare(); !done)
        return tl::unexpected(done.error());
    return segment;
}

Result<std::unique_ptr<TextSegment>> TextSegment::open(BytesView bytes)
{
    auto database = Database::inMemory(std::string(kName), bytes);
    if (!database)
        return tl::unexpected(database.error());
    const auto layout = (*database)->number("PRAGMA user_version");
    if (!layout || *layout != kLayout)
        return fail(Code::Version, "The search index was written in another layout; it is built again.");
    std::unique_ptr<TextSegment> segment(new TextSegment(std::move(*database)));
    if (const auto done = segment->prepare(); !done)
        return tl::unexpected(done.error());
    // Ids are 1, 2, 3 …, places and times ascend with them: the first and the last row say it all, and no other is read.
    auto ends = segment->m_database->prepare("SELECT id, time FROM doc WHERE id IN (1, (SELECT max(id) FROM doc)) ORDER BY id");
    if (!ends)
        return tl::unexpected(ends.error());
    for (;;) {
        const auto row = ends->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return segment;
        if (segment->m_extent.rows == 0)
            segment->m_extent.firstTime = {ends->number(1)};
        segment->m_extent.rows = static_cast<std::uint64_t>(ends->number(0));
        segment->m_extent.lastTime = {ends->number(1)};
    }
}

Result<> TextSegment::prepare()
{
    const std::array<std::pair<Statement *, const char *>, 8> all{{
        {&m_row, "INSERT INTO doc VALUES(?,?,?,?,?,?,?)"},
        {&m_words, "INSERT INTO words(rowid, text, facet) VALUES(?,?,?)"},
        {&m_newest, "SELECT d.seq, d.part FROM words CROSS JOIN doc d ON d.id = words.rowid WHERE words MATCH ?1"
                    " AND words.rowid BETWEEN ?2 AND ?3 ORDER BY words.rowid DESC LIMIT ?4"},
        {&m_count, "SELECT count(*) FROM words WHERE words MATCH ?1 AND rowid BETWEEN ?2 AND ?3"},
        {&m_hits, "SELECT d.seq, d.part, d.time, d.labels, snippet(words, 0, char(2), char(3), '…', ?5) FROM words"
                  " CROSS JOIN doc d ON d.id = words.rowid WHERE words MATCH ?1 AND words.rowid BETWEEN ?2 AND ?3"
                  " ORDER BY words.rowid DESC LIMIT ?4"},
        {&m_rows, "SELECT seq, part, time, digest, labels, text FROM doc WHERE id > ? ORDER BY id"},
        {&m_digests, "SELECT digest FROM doc WHERE digest <> 0"},
        {&m_time, "SELECT time FROM doc WHERE id = ?"},
    }};
    for (const auto &[statement, sql] : all) {
        auto prepared = m_database->prepare(sql);
        if (!prepared)
            return tl::unexpected(prepared.error());
        *statement = std::move(*prepared);
    }
    return {};
}

Result<> TextSegment::add(std::span<const TextRow> rows)
{
    if (rows.empty())
        return {};
    const TextExtent before = m_extent;
    const TextPlace last = m_last;
    Result<> done;
    {
        auto transaction = Transaction::begin(*m_database);
        if (!transaction)
            return tl::unexpected(transaction.error());
        done = insert(rows);
        if (done)
            done = transaction->commit();
    }
    if (!done) {
        m_extent = before;
        m_last = last;
    }
    return done;
}

Result<> TextSegment::insert(std::span<const TextRow> rows)
{
    for (const TextRow &row : rows) {
        const TextPlace place{row.seq, row.part};
        if (m_extent.rows > 0 && place <= m_last)
            return fail(Code::Internal, "The search index was given a text twice.");
        m_last = place;
        std::string facets = facetWord("");
        for (const auto &facet : row.facets)
            facets += ' ' + facetWord(facet);
        const auto id = static_cast<std::int64_t>(++m_extent.rows);
        m_row.bind(1, id).bind(2, static_cast<std::int64_t>(row.seq)).bind(3, std::int64_t{row.part}).bind(4, row.time.ns);
        m_row.bind(5, static_cast<std::int64_t>(row.digest)).bind(6, std::string_view(row.labels));
        m_row.bind(7, std::string_view(row.text));
        if (const auto done = m_row.run(); !done)
            return done;
        m_words.bind(1, id).bind(2, std::string_view(row.text)).bind(3, std::string_view(facets));
        if (const auto done = m_words.run(); !done)
            return done;
        if (m_extent.rows == 1)
            m_extent.firstTime = row.time;
        m_extent.lastTime = row.time;
    }
    return {};
}

Result<Bytes> TextSegment::bytes()
{
    if (const auto done = m_database->execute("INSERT INTO words(words) VALUES('optimize')"); !done)
        return tl::unexpected(done.error());
    return m_database->bytes();
}

/// The first id whose time is not before `time`; times ascend with ids.
Result<std::int64_t> TextSegment::firstNotBefore(Instant time)
{
    std::int64_t low = 1, high = static_cast<std::int64_t>(m_extent.rows) + 1;
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        m_time.bind(1, middle);
        const auto row = m_time.step();
        if (!row)
            return tl::unexpected(row.error());
        const bool before = *row && m_time.number(0) < time.ns;
        m_time.reset();
        before ? low = middle + 1 : high = middle;
    }
    return low;
}

Result<TextSegment::Bounds> TextSegment::bounds(const TextQuery &query)
{
    Bounds bounds{1, static_cast<std::int64_t>(m_extent.rows)};
    if (query.since > m_extent.firstTime) {
        const auto from = firstNotBefore(query.since);
        if (!from)
            return tl::unexpected(from.error());
        bounds.from = *from;
    }
    if (query.until && query.until < m_extent.lastTime) {
        const auto after = firstNotBefore(query.until + nanos(1));
        if (!after)
            return tl::unexpected(after.error());
        bounds.to = *after - 1;
    }
    return bounds;
}

Result<std::vector<TextPlace>> TextSegment::newest(const TextQuery &query, std::size_t limit)
{
    std::vector<TextPlace> places;
    const auto within = bounds(query);
    if (!within)
        return tl::unexpected(within.error());
    if (within->from > within->to)
        return places;
    const std::string match = matchOf(query);
    m_newest.bind(1, std::string_view(match)).bind(2, within->from).bind(3, within->to).bind(4, static_cast<std::int64_t>(limit));
    for (;;) {
        const auto row = m_newest.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return places;
        places.push_back({static_cast<std::uint64_t>(m_newest.number(0)), static_cast<std::uint32_t>(m_newest.number(1))});
    }
}

Result<std::uint64_t> TextSegment::count(const TextQuery &query)
{
    const auto within = bounds(query);
    if (!within)
        return tl::unexpected(within.error());
    if (within->from > within->to)
        return 0;
    const std::string match = matchOf(query);
    m_count.bind(1, std::string_view(match)).bind(2, within->from).bind(3, within->to);
    const auto row = m_count.step();
    if (!row)
        return tl::unexpected(row.error());
    const auto n = static_cast<std::uint64_t>(m_count.number(0));
    m_count.reset();
    return n;
}

Result<std::vector<TextHit>> TextSegment::hits(const TextQuery &query, std::size_t limit)
{
    std::vector<TextHit> hits;
    const auto within = bounds(query);
    if (!within)
        return tl::unexpected(within.error());
    if (within->from > within->to)
        return hits;
    const std::string match = matchOf(query);
    m_hits.bind(1, std::string_view(match)).bind(2, within->from).bind(3, within->to).bind(4, static_cast<std::int64_t>(limit));
    m_hits.bind(5, std::int64_t{kExcerptWords});
    for (;;) {
        const auto row = m_hits.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return hits;
        hits.push_back({{static_cast<std::uint64_t>(m_hits.number(0)), static_cast<std::uint32_t>(m_hits.number(1))},
                        {m_hits.number(2)},
                        m_hits.text(3),
                        m_hits.text(4)});
    }
}

Result<> TextSegment::rows(std::uint64_t skip, const std::function<bool(TextRow row)> &each)
{
    m_rows.bind(1, static_cast<std::int64_t>(skip));
    for (;;) {
        const auto row = m_rows.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return {};
        TextRow out{static_cast<std::uint64_t>(m_rows.number(0)),
                    static_cast<std::uint32_t>(m_rows.number(1)),
                    {m_rows.number(2)},
                    static_cast<std::uint64_t>(m_rows.number(3)),
                    m_rows.text(4),
                    {},
                    m_rows.text(5)};
        if (!each(std::move(out))) {
            m_rows.reset();
            return {};
        }
    }
}

Result<> TextSegment::digests(const std::function<void(std::uint64_t)> &each)
{
    for (;;) {
        const auto row = m_digests.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return {};
        each(static_cast<std::uint64_t>(m_digests.number(0)));
    }
}

Result<> TextSegment::words(const std::function<void(std::string_view)> &each)
{
    // Beside what is in the segment, which may be open to be read only.
    if (const auto made = m_database->execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, words, row)"); !made)
        return made;
    const auto outcome = [&]() -> Result<> {
        auto terms = m_database->prepare("SELECT term FROM temp.terms");
        if (!terms)
            return tl::unexpected(terms.error());
        for (;;) {
            const auto row = terms->step();
            if (!row)
                return tl::unexpected(row.error());
            if (!*row)
                return {};
            each(asText(terms->blob(0)));
        }
    }();
    const auto dropped = m_database->execute("DROP TABLE temp.terms");
    return outcome ? dropped : outcome;
}

std::size_t TextSegment::memory() const
{
    const auto pages = m_database->number("PRAGMA page_count");
    return kConnection + (pages ? static_cast<std::size_t>(*pages) * 4096 : 0);
}

} // namespace qd::store
