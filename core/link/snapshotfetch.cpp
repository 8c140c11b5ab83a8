// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/link/snapshotfetch.h"

#include "core/events/cborreader.h"
#include "core/link/protocol.h"
#include "core/state/snapshotparts.h"

#include <algorithm>

namespace qd::link {

namespace {

constexpr std::size_t kSeqBytes = 8; ///< of encodeSeq()

struct Names {
    std::vector<std::string> names;
    QD_FIELDS(f(1, "names", e.names);)
};

std::string begun(SnapshotWord word)
{
    return std::string(1, static_cast<char>(word));
}

std::string named(SnapshotWord word, std::string_view name)
{
    std::string out = begun(word);
    out += static_cast<char>(name.size());
    out += name;
    return out;
}

} // namespace

std::string encodeNewest(std::uint64_t atMost)
{
    return begun(SnapshotWord::Newest) + (atMost != 0 ? encodeSeq(atMost) : std::string());
}

std::string encodeWanted(std::span<const std::string> names)
{
    const Bytes list = state::parts::encode(Names{{names.begin(), names.end()}});
    return begun(SnapshotWord::Wanted) + std::string(asText(list));
}

std::string encodeManifestFrame(std::uint64_t head, BytesView manifest)
{
    std::string out = begun(SnapshotWord::Manifest) + encodeSeq(head);
    out += asText(manifest);
    return out;
}

std::string encodePart(std::string_view name, BytesView body)
{
    std::string out = named(SnapshotWord::Part, name);
    out += asText(body);
    return out;
}

std::string encodeGone(std::string_view name)
{
    return named(SnapshotWord::Gone, name);
}

Result<SnapshotFrame> decodeSnapshotFrame(std::string_view payload)
{
    const auto foreign = fail(Code::Corrupt, "What was sent as a snapshot cannot be read; are both programs of the same version?");
    if (payload.empty())
        return foreign;
    SnapshotFrame frame;
    frame.word = static_cast<SnapshotWord>(payload.front());
    payload.remove_prefix(1);
    switch (frame.word) {
    case SnapshotWord::Newest: {
        if (payload.empty())
            return frame;
        const auto atMost = decodeSeq(payload);
        if (!atMost || *atMost == 0)
            return foreign;
        frame.head = *atMost;
        return frame;
    }
    case SnapshotWord::Wanted: {
        Names names;
        if (!state::parts::decode(asBytes(payload), names))
            return foreign;
        frame.names = std::move(names.names);
        return frame;
    }
    case SnapshotWord::Manifest: {
        const auto head = decodeSeq(payload.substr(0, kSeqBytes));
        if (!head)
            return foreign;
        frame.head = *head;
        frame.bytes = payload.substr(kSeqBytes);
        return frame;
    }
    case SnapshotWord::Part:
    case SnapshotWord::Gone: {
        const std::size_t size = payload.empty() ? 0 : static_cast<unsigned char>(payload.front());
        if (size == 0 || payload.size() < 1 + size || (frame.word == SnapshotWord::Gone && payload.size() != 1 + size))
            return foreign;
        frame.name = payload.substr(1, size);
        frame.bytes = payload.substr(1 + size);
        return frame;
    }
    }
    return foreign;
}

SnapshotFetch::Next SnapshotFetch::begin()
{
    m_underWay = true;
    m_tries = 0;
    return again();
}

SnapshotFetch::Next SnapshotFetch::again()
{
    m_asked.clear();
    m_manifest = {};
    if (++m_tries > kTries)
        return finish(true);
    Next next;
    next.send.push_back(encodeNewest(m_atMost));
    return next;
}

SnapshotFetch::Next SnapshotFetch::finish(bool none)
{
    m_underWay = false;
    m_asked.clear();
    m_parts.clear();
    m_manifest = {};
    m_bytes = 0;
    Next next;
    next.none = none;
    next.head = m_head;
    return next;
}

/// Asks for what is named and not here; when all of it is, the State.
SnapshotFetch::Next SnapshotFetch::wanted()
{
    const state::PartLoader have = [this](const std::string &name) -> Result<Bytes> {
        const auto it = m_parts.find(name);
        return it == m_parts.end() ? Result<Bytes>(fail(Code::NotFound, "")) : it->second.second;
    };
    const auto ask = [&](const std::vector<state::PartRef> &refs) {
        Next next;
        std::vector<std::string> names;
        for (const state::PartRef &ref : refs) {
            const auto known = m_parts.find(ref.name);
            if (known != m_parts.end() && known->second.first == ref.digest)
                continue;
            if (m_asked.emplace(ref.name, ref.digest).second)
                names.push_back(ref.name);
        }
        for (std::size_t i = 0; i < names.size(); i += kNames)
            next.send.push_back(encodeWanted(std::span(names).subspan(i, std::min(kNames, names.size() - i))));
        return next;
    };
    if (auto next = ask(m_manifest.parts); !next.send.empty()) // the pages come with them
        return next;
    const auto all = state::allParts(m_manifest, have);
    if (!all)
        return again();
    if (auto next = ask(*all); !next.send.empty())
        return next;
    auto state = state::SnapshotLoader().load(m_manifest, have);
    if (!state) {
        m_parts.clear();
        m_bytes = 0;
        return again();
    }
    Next next = finish(false);
    next.state = std::move(*state);
    return next;
}

Result<SnapshotFetch::Next> SnapshotFetch::take(std::string_view payload)
{
    const auto frame = decodeSnapshotFrame(payload);
    if (!frame)
        return tl::unexpected(frame.error());
    if (!m_underWay)
        return Next{};
    if (frame->word == SnapshotWord::Manifest) {
        m_head = frame->head;
        m_asked.clear();
        auto manifest = frame->bytes.empty() ? Result<state::Manifest>(fail(Code::NotFound, "")) : state::decodeManifest(asBytes(frame->bytes));
        if (!manifest)
            return finish(true); // none, or of a version this program does not know
        m_manifest = std::move(*manifest);
        return wanted();
    }
    if (frame->word != SnapshotWord::Part && frame->word != SnapshotWord::Gone)
        return fail(Code::Corrupt, "The core asked a seat for a snapshot.");
    const auto asked = m_asked.find(frame->name);
    if (asked == m_asked.end())
        return Next{}; // asked for before a cut or of a snapshot that is gone
    const auto body = asBytes(frame->bytes);
    if (frame->word == SnapshotWord::Gone || state::parts::digestOf(body) != asked->second)
        return again();
    auto &[digest, kept] = m_parts[frame->name];
    m_bytes += body.size() - kept.size();
    digest = asked->second;
    kept.assign(body.begin(), body.end());
    m_asked.erase(asked);
    if (m_bytes > m_bytesAtMost)
        return finish(true);
    return m_asked.empty() ? wanted() : Next{};
}

} // namespace qd::link
