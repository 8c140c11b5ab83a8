// SPDX-License-Identifier: GPL-3.0-or-later
// The index's segments: found, opened within the budget, lost; and the walk of a query over them.
#include "core/search/index.h"

#include "core/base/log.h"
#include "core/search/labels.h"
#include "core/store/textwords.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace qd::search {

namespace {

constexpr const char *kManifestName = "position";
constexpr const char *kManifestStream = "derived/search";
constexpr std::string_view kManifestLayout = "2";

} // namespace

/// Which segments there are, by stream, and what the manifest says of them. Without one that can be read nothing is believed.
void Index::look()
{
    const auto section = m_sections.open(std::string(kKind), kManifestName);
    m_unproved = Manifest{};
    if (section && section->stream == kManifestStream)
        if (auto read = readManifest(section->body); read && read->position == section->last)
            m_unproved = std::move(read);
    const auto heads = m_sections.list(std::string(kKind));
    if (!heads) {
        log(LogLevel::Warning, "search", heads.error().message);
        return;
    }
    for (const auto &head : *heads) {
        if (!head.stream.starts_with(kPrefix) || head.name == kManifestName)
            continue;
        const std::string name = head.stream.substr(kPrefix.size());
        Stream &stream = m_streams.try_emplace(name).first->second;
        stream.name = name;
        auto segment = std::make_unique<Segment>();
        segment->name = head.name;
        segment->first = head.first;
        segment->last = head.last;
        segment->bytes = head.bytes;
        stream.segments.push_back(std::move(segment));
    }
}

/// Of a stream what the manifest names, in its order and without a gap from record 1, is believed; the rest (a merge that was cut
/// short, what another copy of the file had, what stands behind a loss) is removed and indexed again. All of it where the log is
/// another one at the last record reached: another home's, or this one put back to an older copy that went on otherwise.
Result<> Index::believe()
{
    if (!m_unproved)
        return {};
    if (m_leaf && m_unproved->anchor > 0) {
        const auto leaf = m_leaf(m_unproved->anchor);
        if (!leaf)
            return tl::unexpected(leaf.error());
        if (*leaf != m_unproved->leaf) {
            log(LogLevel::Warning, "search", "the search index is of another log and is built again");
            m_unproved = Manifest{};
        }
    }
    const Manifest manifest = std::move(*m_unproved);
    m_unproved.reset();
    m_next = manifest.position + 1;
    std::vector<std::string> stale;
    for (const auto &[name, names] : manifest.segments)
        if (!m_streams.contains(name))
            m_next = 1;
    // A filter whose segment is gone, or is nobody's, goes too.
    std::set<std::string> filters;
    if (const auto heads = m_sections.list(std::string(kFilterKind)))
        for (const auto &head : *heads)
            filters.insert(head.name);
    for (auto &[name, stream] : m_streams) {
        const auto named = manifest.segments.find(name);
        std::vector<std::unique_ptr<Segment>> believed;
        if (named != manifest.segments.end()) {
            for (const std::string &wanted : named->second) {
                const auto it = std::find_if(stream.segments.begin(), stream.segments.end(), [&](const auto &s) { return s && s->name == wanted; });
                const std::uint64_t from = believed.empty() ? 1 : believed.back()->last + 1;
                if (it == stream.segments.end() || (*it)->first != from || (*it)->last < from)
                    break;
                believed.push_back(std::move(*it));
            }
            if (believed.size() < named->second.size())
                m_next = std::min(m_next, believed.empty() ? 1 : believed.back()->last + 1);
        }
        for (const auto &segment : stream.segments)
            if (segment)
                stale.push_back(segment->name);
        for (const auto &segment : believed)
            filters.erase(segment->name);
        stream.segments = std::move(believed);
    }
    stale.insert(stale.end(), filters.begin(), filters.end());
    if (const auto removed = removeSections(stale); !removed)
        log(LogLevel::Warning, "search", removed.error().message);
    return {};
}

/// Lines: "2 <position> <anchor> <its leaf>", then for each stream "<segment>,<segment>,… <stream>". Nothing for any other layout.
std::optional<Index::Manifest> Index::readManifest(BytesView body)
{
    Manifest manifest;
    std::string_view rest = asText(body);
    const auto word = [](std::string_view &from, char end) {
        const auto at = std::min(from.find(end), from.size());
        const std::string_view out = from.substr(0, at);
        from.remove_prefix(std::min(at + 1, from.size()));
        return out;
    };
    const auto number = [](std::string_view text, std::uint64_t &out) {
        const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
        return read.ec == std::errc() && read.ptr == text.data() + text.size();
    };
    std::string_view first = word(rest, '\n');
    if (word(first, ' ') != kManifestLayout || !number(word(first, ' '), manifest.position) || !number(word(first, ' '), manifest.anchor))
        return {};
    manifest.leaf = first;
    while (!rest.empty()) {
        std::string_view line = word(rest, '\n');
        std::string_view names = word(line, ' ');
        auto &stream = manifest.segments[std::string(line)];
        while (!names.empty())
            stream.emplace_back(word(names, ','));
    }
    return manifest;
}

Result<journal::Section> Index::manifestWith(const std::vector<Sealing> &sealings) const
{
    std::uint64_t position = m_next - 1, anchor = 0;
    std::string streams;
    for (const auto &[name, stream] : m_streams) {
        const auto sealing = std::find_if(sealings.begin(), sealings.end(), [of = &stream](const Sealing &s) { return s.stream == of; });
        const bool grows = sealing != sealings.end();
        if (!grows && stream.firstPending != 0)
            position = std::min(position, stream.firstPending - 1);
        std::string names;
        for (std::size_t i = 0; i < (grows ? sealing->from : stream.segments.size()); ++i)
            names += (names.empty() ? "" : ",") + stream.segments[i]->name;
        if (grows)
            names += (names.empty() ? "" : ",") + sealing->section.name;
        if (names.empty())
            continue;
        anchor = std::max(anchor, grows ? sealing->section.last : stream.sealedTo());
        streams += names + ' ' + name + '\n';
    }
    anchor = std::max(anchor, position);
    std::string leaf;
    if (m_leaf && anchor > 0) {
        auto there = m_leaf(anchor);
        if (!there)
            return tl::unexpected(there.error());
        leaf = std::move(*there);
    }
    const std::string body = std::string(kManifestLayout) + ' ' + std::to_string(position) + ' ' + std::to_string(anchor) + ' ' + leaf + '\n' + streams;
    return journal::Section{std::string(kKind), kManifestName, kManifestStream, 0, position, Bytes(asBytes(body).begin(), asBytes(body).end())};
}

Result<> Index::writeManifest()
{
    auto section = manifestWith({});
    if (!section)
        return tl::unexpected(section.error());
    return m_sections.store(std::span(&*section, 1), m_era);
}

Result<> Index::removeSections(const std::vector<std::string> &names)
{
    if (names.empty())
        return {};
    const auto filters = m_sections.remove(std::string(kFilterKind), names);
    const auto segments = m_sections.remove(std::string(kKind), names);
    return segments ? filters : segments;
}

Result<store::TextSegment *> Index::opened(Stream &stream, Segment &segment)
{
    segment.used = ++m_use;
    if (segment.open)
        return segment.open.get();
    const auto section = m_sections.open(std::string(kKind), segment.name);
    // A damaged derived.db gives nothing back however often it is asked: what it held is lost as well.
    if (!section && section.error().code != Code::NotFound && section.error().code != Code::Corrupt)
        return tl::unexpected(section.error());
    const std::string expected = std::string(kPrefix) + stream.name;
    auto open = section && section->stream == expected && section->first == segment.first && section->last == segment.last
                    ? store::TextSegment::open(section->body)
                    : Result<std::unique_ptr<store::TextSegment>>(fail(Code::NotFound, "It is not there."));
    if (!open && open.error().code == Code::Unavailable)
        return tl::unexpected(open.error());
    if (!open) {
        log(LogLevel::Warning, "search", "a part of the search index cannot be used and is built again: " + (open.error().detail.empty() ? open.error().message : open.error().detail));
        loseFrom(stream, segment.first);
        return fail(Code::NotFound, "A part of the search index was lost; it is built again.");
    }
    if (!segment.words) // stored by a version that made none, or lost
        segment.words = filterOf(**open);
    segment.memory = (*open)->memory();
    makeRoom(segment.memory, &segment);
    segment.open = std::move(*open);
    m_openBytes += segment.memory;
    ++m_openings;
    return segment.open.get();
}

Index::Needs Index::needsOf(const store::TextQuery &query)
{
    if (!m_words) {
        auto made = store::TextWords::make();
        if (!made)
            return {};
        m_words = std::move(*made);
    }
    const auto words = m_words->neededBy(query);
    Needs needs;
    for (std::size_t n = 0; words && n < words->size(); ++n) {
        auto &any = needs.emplace_back();
        for (const std::string &word : (*words)[n])
            any.push_back(WordFilter::hashOf(word));
    }
    return needs;
}

bool Index::mayMatch(const Stream &stream, Segment &segment, const Needs &needs)
{
    if (!segment.words && !std::exchange(segment.isFilterSought, true)) {
        const auto section = m_sections.open(std::string(kFilterKind), segment.name);
        if (section && section->stream == std::string(kPrefix) + stream.name && section->first == segment.first && section->last == segment.last)
            segment.words = WordFilter::read(section->body);
        segment.isFilterStored = segment.words.has_value();
    }
    return !segment.words || std::all_of(needs.begin(), needs.end(), [&](const auto &any) {
        return std::any_of(any.begin(), any.end(), [&](std::uint64_t word) { return segment.words->mayHold(word); });
    });
}

std::optional<WordFilter> Index::filterOf(store::TextSegment &segment)
{
    std::vector<std::uint64_t> hashes;
    if (const auto read = segment.words([&](std::string_view word) { hashes.push_back(WordFilter::hashOf(word)); }); !read)
        return {}; // without one it is opened for every search
    return WordFilter(hashes);
}

journal::Section Index::filterSection(const journal::Section &segment, const WordFilter &words)
{
    return {std::string(kFilterKind), segment.name, segment.stream, segment.first, segment.last, words.bytes()};
}

Result<> Index::storeFilters()
{
    std::vector<journal::Section> sections;
    std::vector<Segment *> stored;
    for (auto &[name, stream] : m_streams)
        for (const auto &segment : stream.segments)
            if (segment->words && !segment->isFilterStored) {
                sections.push_back(filterSection({std::string(kKind), segment->name, std::string(kPrefix) + name, segment->first, segment->last}, *segment->words));
                stored.push_back(segment.get());
            }
    if (sections.empty())
        return {};
    if (auto done = m_sections.store(sections, m_era); !done)
        return done;
    for (Segment *segment : stored)
        segment->isFilterStored = true;
    return {};
}

void Index::loseFrom(Stream &stream, std::uint64_t seq)
{
    std::vector<std::string> names;
    std::erase_if(stream.segments, [&](const auto &s) {
        if (s->last < seq)
            return false;
        close(*s);
        names.push_back(s->name);
        return true;
    });
    forgetPending(stream);
    stream.digests.reset();
    m_next = std::min(m_next, stream.sealedTo() + 1);
    if (const auto removed = removeSections(names); !removed)
        log(LogLevel::Warning, "search", removed.error().message);
}

void Index::close(Segment &segment)
{
    if (!segment.open)
        return;
    segment.open.reset();
    m_openBytes -= segment.memory;
}

void Index::makeRoom(std::size_t bytes, const Segment *keep)
{
    while (m_openBytes + bytes > m_limits.open) {
        Segment *oldest = nullptr;
        for (auto &[name, stream] : m_streams)
            for (const auto &segment : stream.segments)
                if (segment->open && segment.get() != keep && (!oldest || segment->used < oldest->used))
                    oldest = segment.get();
        if (!oldest)
            return; // one segment alone may be larger than the budget
        close(*oldest);
    }
}

void Index::forgetPending(Stream &stream)
{
    stream.pending.reset();
    stream.gathered.clear();
    stream.firstPending = stream.lastPending = 0;
    m_pendingBytes -= stream.pendingBytes;
    stream.pendingBytes = 0;
}

std::vector<Index::Place> Index::places()
{
    std::vector<Place> all;
    for (auto &[name, stream] : m_streams) {
        if (stream.pending)
            all.push_back({&stream, nullptr, stream.lastPending});
        for (const auto &segment : stream.segments)
            all.push_back({&stream, segment.get(), segment->last});
    }
    std::stable_sort(all.begin(), all.end(), [](const Place &a, const Place &b) { return a.last > b.last; });
    return all;
}

/// Newest first over all segments in which anything can match: the others are told by their filters and stay closed. Where all of them fit the budget, all are asked and the total is exact; where not, a
/// closed one is left out once nothing in it can be among the newest, and the total is "at least".
Result<Answer> Index::search(const store::TextQuery &query, std::size_t limit)
{
    for (auto &[name, stream] : m_streams)
        if (const auto done = flush(stream); !done)
            return tl::unexpected(done.error());
    m_isAsked = true;
    const Needs needs = needsOf(query);
    Answer answer;
    struct Found
    {
        store::TextPlace place;
        std::size_t in;
    };
    std::vector<Found> newest; // newest first, at most `limit`
    const auto all = places();
    std::uint64_t sealed = 0;
    for (const Place &p : all)
        sealed += p.segment ? p.segment->bytes + store::TextSegment::kConnection : 0;
    const bool allFit = sealed <= m_limits.open;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Place &p = all[i];
        if (p.segment && !mayMatch(*p.stream, *p.segment, needs))
            continue;
        const bool full = newest.size() >= limit && (limit == 0 || newest.back().place.seq > p.last);
        if (full && !allFit && p.segment && !p.segment->open) {
            answer.more = true;
            continue;
        }
        store::TextSegment *segment = p.stream->pending.get();
        if (p.segment) {
            const auto open = opened(*p.stream, *p.segment);
            if (!open && open.error().code == Code::NotFound) // lost: the stream begins anew, so does the walk
                return search(query, limit);
            if (!open)
                return tl::unexpected(open.error());
            segment = *open;
        }
        std::uint64_t here = 0;
        if (!full) {
            const auto found = segment->newest(query, limit);
            if (!found)
                return tl::unexpected(found.error());
            here = found->size();
            for (const auto &place : *found)
                newest.push_back({place, i});
            std::sort(newest.begin(), newest.end(), [](const Found &a, const Found &b) { return a.place > b.place; });
            newest.resize(std::min(newest.size(), limit));
        }
        if (full || here >= limit) {
            const auto counted = segment->count(query);
            if (!counted)
                return tl::unexpected(counted.error());
            here = *counted;
        }
        answer.total += here;
    }
    std::map<std::size_t, std::size_t> wanted; // place → how many of the newest are there
    for (const Found &found : newest)
        ++wanted[found.in];
    for (const auto &[in, count] : wanted) {
        const Place &p = all[in];
        store::TextSegment *segment = p.stream->pending.get();
        if (p.segment) {
            const auto open = opened(*p.stream, *p.segment);
            if (!open && open.error().code == Code::NotFound)
                return search(query, limit);
            if (!open)
                return tl::unexpected(open.error());
            segment = *open;
        }
        auto hits = segment->hits(query, count);
        if (!hits)
            return tl::unexpected(hits.error());
        for (auto &each : *hits) {
            Hit hit{each.place, each.time};
            unpackLabels(each.labels, hit);
            setExcerpt(each.excerpt, hit);
            answer.hits.push_back(std::move(hit));
        }
    }
    std::sort(answer.hits.begin(), answer.hits.end(), [](const Hit &a, const Hit &b) { return a.place > b.place; });
    return answer;
}

} // namespace qd::search
