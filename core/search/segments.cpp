// SPDX-License-Identifier: GPL-3.0-or-later
// The index's segments: found, opened within the budget, lost; and the walk of a query over them.
#include "core/search/index.h"

#include "core/base/log.h"
#include "core/search/labels.h"

#include <algorithm>
#include <charconv>

namespace qd::search {

namespace {

constexpr const char *kPositionName = "position";
constexpr const char *kPositionStream = "derived/search";

} // namespace

/// Which segments there are, by stream. A merge that was cut short leaves what it replaced: it lies within the new one.
/// Behind a gap nothing is believed: it is removed and indexed again.
void Index::look()
{
    const auto heads = m_sections.list(std::string(kKind));
    if (!heads) {
        log(LogLevel::Warning, "search", heads.error().message);
        return;
    }
    for (const auto &head : *heads) {
        if (!head.stream.starts_with(kPrefix) || head.name == kPositionName)
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
    std::vector<std::string> stale;
    for (auto &[name, stream] : m_streams) {
        auto &all = stream.segments;
        std::sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a->first != b->first ? a->first < b->first : a->last > b->last; });
        std::uint64_t covered = 0;
        std::erase_if(all, [&](const auto &s) {
            if (s->first == covered + 1 && s->last >= s->first) {
                covered = s->last;
                return false;
            }
            stale.push_back(s->name);
            return true;
        });
    }
    if (const auto removed = removeSections(stale); !removed)
        log(LogLevel::Warning, "search", removed.error().message);
}

/// How far the streams were sealed, from a section of its own: "<record> <stream>" lines after the record all are sealed
/// to. What is less far now was lost.
void Index::readPosition()
{
    m_next = 1;
    const auto position = m_sections.open(std::string(kKind), kPositionName);
    if (!position || position->stream != kPositionStream)
        return;
    m_next = position->last + 1;
    std::string_view rest = asText(position->body);
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        std::uint64_t sealedTo = 0;
        const auto parsed = std::from_chars(line.data(), line.data() + line.size(), sealedTo);
        const std::string_view name = line.substr(std::min<std::size_t>(static_cast<std::size_t>(parsed.ptr - line.data()) + 1, line.size()));
        const auto stream = m_streams.find(name);
        const std::uint64_t have = stream == m_streams.end() ? 0 : stream->second.sealedTo();
        if (have < sealedTo)
            m_next = std::min(m_next, have + 1);
    }
}

Result<> Index::writePosition()
{
    std::uint64_t position = m_next - 1;
    std::string body;
    for (const auto &[name, stream] : m_streams) {
        if (stream.firstPending != 0)
            position = std::min(position, stream.firstPending - 1);
        if (!stream.segments.empty())
            body += std::to_string(stream.sealedTo()) + ' ' + name + '\n';
    }
    const journal::Section section{std::string(kKind), kPositionName, kPositionStream, 0, position, Bytes(asBytes(body).begin(), asBytes(body).end())};
    return m_sections.store(std::span(&section, 1), m_era);
}

Result<> Index::removeSections(const std::vector<std::string> &names)
{
    return names.empty() ? Result<>() : m_sections.remove(std::string(kKind), names);
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
    segment.memory = (*open)->memory();
    makeRoom(segment.memory, &segment);
    segment.open = std::move(*open);
    m_openBytes += segment.memory;
    ++m_openings;
    return segment.open.get();
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

/// Newest first over all segments. Where all of them fit the budget, all are asked and the total is exact; where not, a
/// closed one is left out once nothing in it can be among the newest, and the total is "at least".
Result<Answer> Index::search(const store::TextQuery &query, std::size_t limit)
{
    for (auto &[name, stream] : m_streams)
        if (const auto done = flush(stream); !done)
            return tl::unexpected(done.error());
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
