// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/link/snapshotfetch.h"
#include "core/state/snapshotparts.h"

#include <algorithm>

using namespace qd;

namespace {

/// A frame has one encoding, but for the names in it, which are read as any list of ours is.
void oneFrame(std::string_view payload)
{
    const auto frame = link::decodeSnapshotFrame(payload);
    if (!frame) {
        require(frame.error().code == Code::Corrupt);
        return;
    }
    std::string again;
    switch (frame->word) {
    case link::SnapshotWord::Newest: again = link::encodeNewest(frame->head); break;
    case link::SnapshotWord::Manifest: again = link::encodeManifestFrame(frame->head, asBytes(frame->bytes)); break;
    case link::SnapshotWord::Part: again = link::encodePart(frame->name, asBytes(frame->bytes)); break;
    case link::SnapshotWord::Gone: again = link::encodeGone(frame->name); break;
    case link::SnapshotWord::Wanted: {
        const auto same = link::decodeSnapshotFrame(link::encodeWanted(frame->names));
        require(same);
        require(same->names == frame->names);
        return;
    }
    }
    require(again == payload);
}

void manifest(std::string_view bytes)
{
    const auto read = state::decodeManifest(asBytes(bytes));
    if (!read) {
        require(read.error().code == Code::Corrupt || read.error().code == Code::Version);
        return;
    }
    const auto again = state::decodeManifest(state::encodeManifest(*read));
    require(again);
    require(again->seq == read->seq && again->time == read->time && again->leaf == read->leaf && again->symbols == read->symbols && again->parts == read->parts);
}

/// The first piece of the input is a manifest, the others are its parts in their order; before each stands its length, two bytes. A part that has not the
/// digest it should is never looked into.
void session(std::string_view input)
{
    std::vector<std::string_view> pieces;
    while (input.size() >= 2) {
        const std::size_t size = std::min<std::size_t>(static_cast<unsigned char>(input[0]) | static_cast<unsigned char>(input[1]) << 8, input.size() - 2);
        pieces.push_back(input.substr(2, size));
        input.remove_prefix(2 + size);
    }
    if (pieces.empty())
        return;
    const auto read = state::decodeManifest(asBytes(pieces.front()));
    if (!read)
        return;
    std::map<std::string, std::string_view> bodies;
    bool isWhole = true;
    for (std::size_t i = 0; i < read->parts.size() && i + 1 < pieces.size(); ++i) {
        isWhole = isWhole && read->parts[i].digest == state::parts::digestOf(asBytes(pieces[i + 1]));
        bodies[read->parts[i].name] = pieces[i + 1];
    }
    link::SnapshotFetch fetch(1u << 20);
    static_cast<void>(fetch.begin());
    auto next = fetch.take(link::encodeManifestFrame(read->seq, state::encodeManifest(*read)));
    for (int asked = 0; next && asked < 64 && fetch.isUnderWay(); ++asked) {
        std::vector<std::string> names;
        for (const std::string &sent : next->send) {
            const auto frame = link::decodeSnapshotFrame(sent);
            require(frame);
            names.insert(names.end(), frame->names.begin(), frame->names.end());
        }
        if (names.empty()) // it asked for the newest again, or waits
            break;
        for (const std::string &name : names) {
            const auto body = bodies.find(name);
            next = fetch.take(body == bodies.end() ? link::encodeGone(name) : link::encodePart(name, asBytes(body->second)));
            if (!next || !fetch.isUnderWay())
                break;
        }
    }
    if (next && next->state)
        require(isWhole && next->state->seq == read->seq);
}

} // namespace

/// Snapshots on their way to a seat: frames, manifests, and whole sessions with parts nobody sound would send.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view input = fuzz::text(data, size);
    oneFrame(input);
    manifest(input);
    session(input);
    return 0;
}
