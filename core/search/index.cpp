// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/index.h"

#include "core/base/log.h"
#include "core/model/report.h"
#include "core/search/documents.h"
#include "core/search/labels.h"
#include "core/search/text.h"
#include "core/store/textwords.h"

#include <algorithm>

namespace qd::search {

namespace {

std::uint64_t digestOf(const Document &document)
{
    Fingerprint print;
    print.feed(fingerprintText(document.fingerprint));
    print.feed(document.text);
    return print.value() == 0 ? 1 : print.value();
}

store::TextRow rowOf(const Document &d, std::uint64_t seq, std::uint32_t part, Instant time, std::uint64_t digest)
{
    store::TextRow row{seq, part, time, digest, packLabels(d), {}, marked(d.text)};
    row.facets = facetsOf(row.labels);
    return row;
}

std::string sectionStream(const std::string &stream)
{
    return std::string(Index::kPrefix) + stream;
}

} // namespace

Index::Index(journal::Sections &sections, Random &random, Limits limits, Leaf leaf)
    : m_sections(sections)
    , m_era(sections.era())
    , m_random(random)
    , m_limits(limits)
    , m_leaf(std::move(leaf))
{
    look();
    if (const auto proved = believe(); !proved)
        log(LogLevel::Warning, "search", proved.error().message);
}

Index::~Index() = default;

Result<> Index::add(std::uint64_t seq, Instant time, std::span<const events::Event> events)
{
    if (seq != m_next)
        return fail(Code::Internal, "The search index was given record " + std::to_string(seq) + " for " + std::to_string(m_next) + ".");
    if (const auto proved = believe(); !proved)
        return proved;
    if (m_next != seq)
        return {};
    struct Found
    {
        Document document;
        Stream *stream;
    };
    std::vector<Found> found;
    documentsOf(events, time, [&](Document d) {
        Stream &stream = m_streams.try_emplace(d.stream).first->second;
        stream.name = d.stream;
        found.push_back({std::move(d), &stream});
    });
    // First what can fail or turn out to be lost, so that a record is taken as a whole or not at all.
    for (const Found &f : found)
        if (f.document.once && !f.stream->digests && f.stream->takenTo() < seq)
            if (auto done = readDigests(*f.stream); !done)
                return done;
    if (m_next != seq)
        return {};
    std::vector<Stream *> grown;
    for (Found &f : found)
        if (f.stream->takenTo() < seq && std::find(grown.begin(), grown.end(), f.stream) == grown.end())
            grown.push_back(f.stream);
    for (std::uint32_t part = 0; part < found.size(); ++part) {
        auto &[document, stream] = found[part];
        if (std::find(grown.begin(), grown.end(), stream) == grown.end())
            continue;
        const std::uint64_t digest = document.once ? digestOf(document) : 0;
        if (digest != 0 && !stream->digests->insert(digest).second)
            continue;
        stream->gathered.push_back(rowOf(document, seq, part, time, digest));
        stream->touched = true;
        if (stream->firstPending == 0)
            stream->firstPending = seq;
        stream->lastPending = seq;
    }
    m_next = seq + 1;
    return settle(grown);
}

/// Indexes and seals what has become enough.
Result<> Index::settle(const std::vector<Stream *> &grown)
{
    for (Stream *stream : grown)
        if (stream->gathered.size() >= kFlushRows)
            if (auto done = flush(*stream); !done)
                return done;
    if (m_pendingBytes < m_sealAt)
        return {};
    Result<> done;
    if (m_pendingBytes >= m_limits.pending)
        done = seal();
    else
        for (Stream *stream : grown)
            if (done && stream->pendingBytes >= m_limits.segment) {
                done = sealOne(*stream);
            }
    // A disk that is full is tried again when there is more to be stored; what is pending is found all the same.
    if (!done)
        log(LogLevel::Warning, "search", done.error().message);
    m_sealAt = done ? 0 : m_pendingBytes + m_limits.segment;
    return {};
}

Result<> Index::sealOne(Stream &stream)
{
    auto sealing = prepare(stream);
    if (!sealing)
        return tl::unexpected(sealing.error());
    std::vector<Sealing> one;
    if (*sealing)
        one.push_back(std::move(**sealing));
    return finish(one);
}

Result<> Index::readDigests(Stream &stream)
{
    std::unordered_set<std::uint64_t> digests;
    for (std::size_t i = 0; i < stream.segments.size(); ++i) {
        const bool wasOpen = stream.segments[i]->open != nullptr;
        const auto segment = opened(stream, *stream.segments[i]);
        if (!segment)
            return segment.error().code == Code::NotFound ? Result<>() : tl::unexpected(segment.error());
        if (auto read = (*segment)->digests([&](std::uint64_t d) { digests.insert(d); }); !read)
            return read;
        if (!wasOpen && !m_isAsked)
            close(*stream.segments[i]);
    }
    stream.digests = std::move(digests);
    return {};
}

Result<> Index::flush(Stream &stream)
{
    if (stream.gathered.empty())
        return {};
    if (!stream.pending) {
        auto made = store::TextSegment::make();
        if (!made)
            return tl::unexpected(made.error());
        stream.pending = std::move(*made);
    }
    if (auto done = stream.pending->add(stream.gathered); !done)
        return done;
    stream.gathered.clear();
    m_pendingBytes -= stream.pendingBytes;
    stream.pendingBytes = stream.pending->memory();
    m_pendingBytes += stream.pendingBytes;
    return {};
}

Result<> Index::seal()
{
    std::vector<Sealing> sealings;
    std::size_t bytes = 0;
    for (auto &[name, stream] : m_streams) {
        auto sealing = prepare(stream);
        if (!sealing)
            return tl::unexpected(sealing.error());
        if (*sealing) {
            bytes += (*sealing)->section.body.size();
            sealings.push_back(std::move(**sealing));
        }
        if (bytes >= m_limits.pending) {
            if (auto done = finish(sealings); !done)
                return done;
            sealings.clear();
            bytes = 0;
        }
    }
    if (auto done = finish(sealings); !done)
        return done;
    for (auto &[name, stream] : m_streams) {
        if (!stream.touched)
            stream.digests.reset(); // a day that is over
        stream.touched = false;
    }
    if (auto done = storeFilters(); !done)
        return done;
    return writeManifest();
}

/// What is pending as a segment to be stored; older ones of about its size or less are taken into it, so that a stream has
/// few. None when nothing is pending.
Result<std::optional<Index::Sealing>> Index::prepare(Stream &stream)
{
    if (auto done = flush(stream); !done)
        return tl::unexpected(done.error());
    if (!stream.pending)
        return std::optional<Sealing>();
    std::size_t size = stream.pendingBytes, from = stream.segments.size();
    while (from > 0 && stream.segments[from - 1]->bytes <= 2 * size && stream.segments[from - 1]->bytes + size <= m_limits.segment)
        size += stream.segments[--from]->bytes;
    std::optional<Sealing> sealing(std::in_place);
    sealing->stream = &stream;
    sealing->from = from;
    if (from < stream.segments.size()) {
        auto made = merged(stream, from);
        if (!made && made.error().code == Code::NotFound)
            return std::optional<Sealing>(); // a part was lost: the stream is being indexed again
        if (!made)
            return tl::unexpected(made.error());
        sealing->merged = std::move(*made);
    }
    store::TextSegment &segment = sealing->merged ? *sealing->merged : *stream.pending;
    auto bytes = segment.bytes();
    if (!bytes)
        return tl::unexpected(bytes.error());
    sealing->words = filterOf(segment);
    Bytes id(16);
    m_random.fill(id);
    sealing->section = {std::string(kKind), toHex(id), sectionStream(stream.name), from == 0 ? 1 : stream.segments[from - 1]->last + 1,
                        stream.lastPending, std::move(*bytes)};
    return sealing;
}

/// Stores all of them in one commit, with their filters and the manifest that names them; only then what they replace goes. After an error all is
/// pending as before.
Result<> Index::finish(std::vector<Sealing> &sealings)
{
    if (sealings.empty())
        return {};
    auto manifest = manifestWith(sealings);
    if (!manifest)
        return tl::unexpected(manifest.error());
    std::vector<journal::Section> sections;
    for (Sealing &s : sealings)
        sections.push_back(std::move(s.section));
    for (std::size_t n = 0; n < sealings.size(); ++n)
        if (sealings[n].words)
            sections.push_back(filterSection(sections[n], *sealings[n].words));
    sections.push_back(std::move(*manifest));
    if (auto stored = m_sections.store(sections, m_era); !stored)
        return stored;
    std::vector<std::string> replaced;
    for (std::size_t n = 0; n < sealings.size(); ++n) {
        Stream &stream = *sealings[n].stream;
        for (std::size_t i = sealings[n].from; i < stream.segments.size(); ++i) {
            close(*stream.segments[i]);
            replaced.push_back(stream.segments[i]->name);
        }
        stream.segments.resize(sealings[n].from);
        auto segment = std::make_unique<Segment>();
        segment->name = sections[n].name;
        segment->first = sections[n].first;
        segment->last = sections[n].last;
        segment->bytes = sections[n].body.size();
        segment->words = std::move(sealings[n].words);
        segment->isFilterStored = segment->words.has_value();
        if (m_isAsked) { // else nobody needs it open, and of a flood there are many
            segment->open = sealings[n].merged ? std::move(sealings[n].merged) : std::move(stream.pending);
            segment->memory = segment->open->memory();
            segment->used = ++m_use;
            makeRoom(segment->memory, nullptr);
            m_openBytes += segment->memory;
        }
        sealings[n].merged.reset();
        stream.segments.push_back(std::move(segment));
        forgetPending(stream);
    }
    return removeSections(replaced);
}

Result<std::unique_ptr<store::TextSegment>> Index::merged(Stream &stream, std::size_t from)
{
    auto made = store::TextSegment::make();
    if (!made)
        return made;
    std::vector<store::TextRow> rows;
    Result<> outcome;
    const auto put = [&] {
        outcome = (*made)->add(rows);
        rows.clear();
    };
    const auto copy = [&](store::TextSegment &segment) -> Result<> {
        const auto read = segment.rows(0, [&](store::TextRow row) {
            row.facets = facetsOf(row.labels);
            rows.push_back(std::move(row));
            if (rows.size() >= kFlushRows)
                put();
            return outcome.has_value();
        });
        return outcome ? read : outcome;
    };
    for (std::size_t i = from; i < stream.segments.size(); ++i) {
        const auto segment = opened(stream, *stream.segments[i]);
        if (!segment)
            return tl::unexpected(segment.error());
        if (const auto done = copy(**segment); !done)
            return tl::unexpected(done.error());
    }
    if (const auto done = copy(*stream.pending); !done)
        return tl::unexpected(done.error());
    if (put(); !outcome)
        return tl::unexpected(outcome.error());
    return made;
}

Result<> Index::erase(const std::string &stream)
{
    return forget(stream, m_next);
}

Result<> Index::rebuild(const std::string &stream)
{
    return forget(stream, 1);
}

Result<> Index::forget(const std::string &stream, std::uint64_t next)
{
    for (auto it = m_streams.begin(); it != m_streams.end();) {
        if (it->first != stream && !it->first.starts_with(stream + "/")) {
            ++it;
            continue;
        }
        for (const auto &segment : it->second.segments)
            close(*segment);
        forgetPending(it->second);
        it = m_streams.erase(it);
    }
    m_next = next;
    // The manifest goes back before the segments go; where it cannot be written it names segments that are not there, which a
    // start notices as well.
    const auto written = writeManifest();
    const auto dropped = m_sections.dropStream(sectionStream(stream));
    return dropped ? written : dropped;
}

void Index::forgetAfter(std::uint64_t head)
{
    if (m_unproved || m_next <= head + 1)
        return; // what is not proved yet is compared with the log as a whole
    for (auto &[name, stream] : m_streams)
        loseFrom(stream, head + 1);
    m_next = std::min(m_next, head + 1);
}

void Index::closeAll()
{
    m_isAsked = false;
    for (auto &[name, stream] : m_streams)
        for (const auto &segment : stream.segments)
            close(*segment);
}

Index::Figures Index::figures() const
{
    Figures f;
    f.streams = m_streams.size();
    f.openBytes = m_openBytes;
    f.pendingBytes = m_pendingBytes;
    f.openings = m_openings;
    for (const auto &[name, stream] : m_streams) {
        f.segments += stream.segments.size();
        for (const auto &segment : stream.segments) {
            f.openSegments += segment->open ? 1 : 0;
            f.sealedBytes += segment->bytes;
            f.filterBytes += segment->words ? segment->words->memory() : 0;
        }
    }
    return f;
}

} // namespace qd::search
