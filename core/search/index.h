// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "core/journal/sections.h"
#include "core/search/wordfilter.h"
#include "core/store/textsegment.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <unordered_set>

namespace qd::store {
class TextWords;
}

namespace qd::search {

/// One text found, with what its document said of itself.
struct Hit
{
    store::TextPlace place;
    Instant time;
    std::string kind, incident, connection, service, person;
    std::uint64_t fingerprint = 0; ///< of an alert; 0 for none
    std::string excerpt;           ///< SafeText, at most kExcerptLimit bytes
    std::vector<std::pair<std::uint32_t, std::uint32_t>> matches; ///< bytes of the excerpt, from and to
};
inline constexpr std::size_t kExcerptLimit = 600;

struct Answer
{
    std::vector<Hit> hits;   ///< newest first
    std::uint64_t total = 0; ///< how many there are; at least that many when `more`
    bool more = false;
};

/// The full-text index of a journal: per stream some segments that never change, sealed under `derived/search/<stream>` in
/// the home's sections, and what is newer in memory. Whatever is missing or does not open is forgotten and asked for again
/// through next(): the journal is the truth, this can be made anew. No plaintext leaves memory. One thread.
class Index final
{
public:
    struct Limits
    {
        std::size_t segment = 4u << 20;   ///< bytes at which what is new in a stream is sealed; no merge makes more of it
        std::size_t open = 192u << 20;    ///< bytes of opened segments; the least recently used are closed first
        std::size_t pending = 32u << 20;  ///< bytes not yet sealed in all streams together
    };
    static constexpr std::string_view kKind = "search";
    static constexpr std::string_view kFilterKind = "search-words"; ///< a segment's WordFilter, by the segment's name
    static constexpr std::string_view kPrefix = "derived/search/";
    static constexpr std::size_t kFlushRows = 256; ///< texts gathered before they are indexed in one go

    /// The leaf hash of a record, "" when there is none of that number: which log this is, up to there.
    using Leaf = std::function<Result<std::string>(std::uint64_t seq)>;

    /// Looks at what is sealed; opens none of it. `sections` and `random` must outlive it. Without `leaf` what is sealed is believed to
    /// be of this very log.
    Index(journal::Sections &sections, Random &random, Limits limits, Leaf leaf = {});
    Index(journal::Sections &sections, Random &random)
        : Index(sections, random, Limits{})
    {
    }
    ~Index();

    /// The next record it needs. May go back after a segment turned out to be lost.
    [[nodiscard]] std::uint64_t next() const { return m_next; }
    /// Takes record next(); any other is Internal. Texts it has already are not taken twice.
    [[nodiscard]] Result<> add(std::uint64_t seq, Instant time, std::span<const events::Event> events);
    /// The journal ends at `head`: an index that knows of later records (the log was put back to an older copy) forgets them.
    void forgetAfter(std::uint64_t head);
    /// Seals all that is pending, so that a restart finds it.
    [[nodiscard]] Result<> seal();
    /// The newest `limit` hits.
    [[nodiscard]] Result<Answer> search(const store::TextQuery &query, std::size_t limit);

    /// Keys were destroyed, and what stood under them is forgotten by the erase() and rebuild() that follow, before anything is
    /// sealed. Until then sealing fails with Conflict: what was indexed before is never sealed under a key that lives on.
    void keysDestroyed(std::uint64_t era) { m_era = std::max(m_era, era); }
    /// The stream, and those below it, were erased: nothing of them is found or kept any more.
    [[nodiscard]] Result<> erase(const std::string &stream);
    /// A text of the stream was struck: its segments are made again from what the journal still holds.
    [[nodiscard]] Result<> rebuild(const std::string &stream);

    /// Gives the memory of all opened segments back; the next search opens what it needs. Until then none stays open that is only sealed or
    /// merged.
    void closeAll();

    struct Figures
    {
        std::size_t streams = 0, segments = 0, openSegments = 0;
        std::uint64_t sealedBytes = 0;
        std::size_t openBytes = 0, pendingBytes = 0, filterBytes = 0;
        std::uint64_t openings = 0; ///< segments opened so far
    };
    [[nodiscard]] Figures figures() const;

private:
    struct Segment
    {
        std::string name;
        std::uint64_t first = 0, last = 0, bytes = 0;
        std::unique_ptr<store::TextSegment> open;
        std::size_t memory = 0;
        std::uint64_t used = 0;
        std::optional<WordFilter> words; ///< kept while it is closed
        bool isFilterStored = false, isFilterSought = false;
    };
    struct Stream
    {
        std::string name;
        std::vector<std::unique_ptr<Segment>> segments; ///< their records follow one another without a gap, from 1
        std::unique_ptr<store::TextSegment> pending;
        std::vector<store::TextRow> gathered; ///< not in `pending` yet
        std::uint64_t firstPending = 0, lastPending = 0;
        std::size_t pendingBytes = 0;
        std::optional<std::unordered_set<std::uint64_t>> digests; ///< of texts that are indexed once
        bool touched = false; ///< since the last seal
        [[nodiscard]] std::uint64_t sealedTo() const { return segments.empty() ? 0 : segments.back()->last; }
        [[nodiscard]] std::uint64_t takenTo() const { return std::max(sealedTo(), lastPending); }
    };
    /// A segment on its way to disk.
    struct Sealing
    {
        Stream *stream = nullptr;
        std::size_t from = 0; ///< the stream's segments from this one on are in it
        std::unique_ptr<store::TextSegment> merged; ///< null: it is what is pending
        journal::Section section;
        std::optional<WordFilter> words;
    };
    /// Of each list a segment must hold one, else nothing in it can match.
    using Needs = std::vector<std::vector<std::uint64_t>>;
    /// What a query walks over.
    struct Place
    {
        Stream *stream;
        Segment *segment; ///< null: what is pending
        std::uint64_t last;
    };

    /// What is sealed, as the manifest says: a section of its own, stored in one commit with the segments it names.
    struct Manifest
    {
        std::uint64_t position = 0; ///< every record up to it is in the segments
        std::uint64_t anchor = 0;   ///< the last record any of them reaches
        std::string leaf;           ///< of the anchor
        std::map<std::string, std::vector<std::string>, std::less<>> segments; ///< their names in order, by stream
    };

    void look();
    [[nodiscard]] static std::optional<Manifest> readManifest(BytesView body);
    /// What will hold once these are stored.
    [[nodiscard]] Result<journal::Section> manifestWith(const std::vector<Sealing> &sealings) const;
    /// Once: takes from what look() saw what the manifest names. An error when the log cannot be asked now.
    [[nodiscard]] Result<> believe();
    [[nodiscard]] Result<> writeManifest();
    [[nodiscard]] Result<> settle(const std::vector<Stream *> &grown);
    [[nodiscard]] Result<> readDigests(Stream &stream);
    [[nodiscard]] Result<> forget(const std::string &stream, std::uint64_t next);
    [[nodiscard]] Result<> flush(Stream &stream);
    [[nodiscard]] Result<std::optional<Sealing>> prepare(Stream &stream);
    [[nodiscard]] Result<> finish(std::vector<Sealing> &sealings);
    [[nodiscard]] Result<> sealOne(Stream &stream);
    [[nodiscard]] Result<std::unique_ptr<store::TextSegment>> merged(Stream &stream, std::size_t from);
    /// The segment, open. When it cannot be, it is lost: it and what follows it in the stream is forgotten.
    [[nodiscard]] Result<store::TextSegment *> opened(Stream &stream, Segment &segment);
    /// What a query needs; nothing where that cannot be told.
    [[nodiscard]] Needs needsOf(const store::TextQuery &query);
    /// False: nothing in it can match. Only what its filter says, without opening it.
    [[nodiscard]] bool mayMatch(const Stream &stream, Segment &segment, const Needs &needs);
    [[nodiscard]] static std::optional<WordFilter> filterOf(store::TextSegment &segment);
    [[nodiscard]] static journal::Section filterSection(const journal::Section &segment, const WordFilter &words);
    /// Stores the filters of segments that were stored without one.
    [[nodiscard]] Result<> storeFilters();
    void loseFrom(Stream &stream, std::uint64_t seq);
    void close(Segment &segment);
    void makeRoom(std::size_t bytes, const Segment *keep);
    void forgetPending(Stream &stream);
    [[nodiscard]] Result<> removeSections(const std::vector<std::string> &names);
    [[nodiscard]] std::vector<Place> places();

    journal::Sections &m_sections;
    std::uint64_t m_era; ///< of the sections, up to which everything destroyed is forgotten
    Random &m_random;
    const Limits m_limits;
    const Leaf m_leaf;
    std::optional<Manifest> m_unproved; ///< read, and not compared with the log yet
    std::map<std::string, Stream, std::less<>> m_streams;
    std::uint64_t m_next = 1;
    std::uint64_t m_use = 0;
    std::size_t m_openBytes = 0, m_pendingBytes = 0;
    std::size_t m_sealAt = 0; ///< pending bytes at which sealing is tried again after it failed
    std::uint64_t m_openings = 0;
    bool m_isAsked = false; ///< a search came since closeAll()
    std::unique_ptr<store::TextWords> m_words; ///< made when first needed
};

} // namespace qd::search
