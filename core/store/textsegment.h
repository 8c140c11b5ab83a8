// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/store/database.h"

#include <optional>
#include <span>

namespace qd::store {

/// A text to be found, with where it stands in the journal.
struct TextRow
{
    std::uint64_t seq = 0;
    std::uint32_t part = 0; ///< its place among the texts of its record
    Instant time;
    std::uint64_t digest = 0;         ///< of what must not be indexed twice; opaque here
    std::string labels;               ///< opaque here, given back with a hit
    std::vector<std::string> facets;  ///< exact words a query can ask for beside the text; not given back
    std::string text;                 ///< as it is to be searched and shown
};

/// What a query looks for: every facet set has one of its words, every wanted term is there, no unwanted one.
struct TextQuery
{
    struct Term
    {
        std::string text; ///< one word, or several that must stand side by side
        bool prefix = false; ///< its last word is the beginning of one
    };
    std::vector<Term> wanted, unwanted;
    std::vector<std::vector<std::string>> facets;
    Instant since, until; ///< both included; none: no bound
};

/// A row's place: newest first is descending (seq, part).
struct TextPlace
{
    std::uint64_t seq = 0;
    std::uint32_t part = 0;
    auto operator<=>(const TextPlace &) const = default;
};

struct TextHit
{
    TextPlace place;
    Instant time;
    std::string labels;
    std::string excerpt; ///< of the text, around what matched; kMatchBegins and kMatchEnds stand around each match
};
inline constexpr char kMatchBegins = '\x02';
inline constexpr char kMatchEnds = '\x03';

/// What a segment holds.
struct TextExtent
{
    std::uint64_t rows = 0;
    Instant firstTime, lastTime;
};

/// A full-text index of some texts: SQLite FTS5 in a database that is nowhere but in memory. It grows until its bytes are
/// taken; opened from bytes it is read only. What a query says is never read as SQL or as FTS5's own language. Words are
/// folded to one case and freed of diacritics (tokenizer unicode61, Unicode 6.1). One thread.
class TextSegment final
{
public:
    static constexpr int kExcerptWords = 24;
    static constexpr std::size_t kConnection = 40 * 1024; ///< bytes an open one takes beside what it holds, about

    [[nodiscard]] static Result<std::unique_ptr<TextSegment>> make();
    /// Corrupt when they are not the bytes of a segment, Version when of another layout.
    [[nodiscard]] static Result<std::unique_ptr<TextSegment>> open(BytesView bytes);

    /// All of them or none. Places must ascend, within the call and from one call to the next.
    [[nodiscard]] Result<> add(std::span<const TextRow> rows);
    /// The segment as bytes, put in order first. The segment stays as it is and can be asked on.
    [[nodiscard]] Result<Bytes> bytes();

    /// The newest `limit` places.
    [[nodiscard]] Result<std::vector<TextPlace>> newest(const TextQuery &query, std::size_t limit);
    [[nodiscard]] Result<std::uint64_t> count(const TextQuery &query);
    /// The newest `limit` hits with what is to be shown of them.
    [[nodiscard]] Result<std::vector<TextHit>> hits(const TextQuery &query, std::size_t limit);

    /// Every row after the `skip` oldest, oldest first, until `each` says false; without its facets.
    [[nodiscard]] Result<> rows(std::uint64_t skip, const std::function<bool(TextRow row)> &each);
    [[nodiscard]] Result<> digests(const std::function<void(std::uint64_t)> &each);
    /// Every distinct word it holds, of texts and facets, as a query's are split by TextWords.
    [[nodiscard]] Result<> words(const std::function<void(std::string_view)> &each);

    [[nodiscard]] const TextExtent &extent() const { return m_extent; }
    [[nodiscard]] std::size_t memory() const; ///< bytes, about

private:
    explicit TextSegment(std::unique_ptr<Database> database)
        : m_database(std::move(database))
    {
    }
    [[nodiscard]] Result<> prepare();
    [[nodiscard]] Result<> insert(std::span<const TextRow> rows);
    struct Bounds
    {
        std::int64_t from = 1, to = 0;
    };
    [[nodiscard]] Result<Bounds> bounds(const TextQuery &query);
    [[nodiscard]] Result<std::int64_t> firstNotBefore(Instant time);

    std::unique_ptr<Database> m_database;
    Statement m_row, m_words, m_newest, m_count, m_hits, m_rows, m_digests, m_time;
    TextExtent m_extent;
    TextPlace m_last;
};

} // namespace qd::store
