// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/encoding.h"
#include "core/state/snapshot.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qd::link {

/// What a frame of type Snapshot says: its first byte. The seat asks, the core answers.
enum class SnapshotWord : std::uint8_t {
    Newest = 'N',   ///< to the core: which is your newest (or, with a record's number: the newest at or before it)? Records are not sent from now on
    Wanted = 'W',   ///< to the core: these parts, please
    Manifest = 'M', ///< from the core: the newest, and the log's head before it was looked for; no bytes when there is none
    Part = 'B',     ///< from the core: a part
    Gone = 'G',     ///< from the core: that part is not there (any more)
};

/// What follows the word: the head (8 bytes, little-endian) and the manifest; the name, its length before it (1 byte), and the
/// part's body; names.
struct SnapshotFrame {
    SnapshotWord word = SnapshotWord::Newest;
    std::uint64_t head = 0;         ///< of Newest: the record it is to be at or before; 0: any
    std::string name;
    std::string_view bytes;         ///< into the payload
    std::vector<std::string> names;
};
[[nodiscard]] std::string encodeNewest(std::uint64_t atMost = 0);
[[nodiscard]] std::string encodeWanted(std::span<const std::string> names);
[[nodiscard]] std::string encodeManifestFrame(std::uint64_t head, BytesView manifest);
[[nodiscard]] std::string encodePart(std::string_view name, BytesView body);
[[nodiscard]] std::string encodeGone(std::string_view name);
[[nodiscard]] Result<SnapshotFrame> decodeSnapshotFrame(std::string_view payload);

/// A seat's way to a core's newest snapshot: asks for the manifest, then for the parts it has not got, then puts the State
/// together. What arrived before a cut need not come again. Says what to send and takes what came; does no input or output.
/// One thread.
class SnapshotFetch {
public:
    static constexpr std::size_t kNames = 1000;       ///< parts asked for with one frame
    static constexpr std::size_t kTries = 3;          ///< a snapshot that goes away while it is fetched is asked for anew
    static constexpr std::size_t kBytes = 1u << 30;   ///< of parts; a larger snapshot is not taken

    /// `atMost`: the newest at or before this record is wanted; 0: the newest.
    explicit SnapshotFetch(std::size_t bytesAtMost = kBytes, std::uint64_t atMost = 0) : m_bytesAtMost(bytesAtMost), m_atMost(atMost) {}

    struct Next {
        std::vector<std::string> send;     ///< payloads of frames, in order
        std::optional<state::State> state; ///< done: what the snapshot holds
        std::uint64_t head = 0;            ///< with it: of the log, before the snapshot was looked for
        bool none = false;                 ///< there is no snapshot that can be had
    };
    /// At the beginning, and again after each cut.
    [[nodiscard]] Next begin();
    /// Errors: Corrupt, when it is not our protocol.
    [[nodiscard]] Result<Next> take(std::string_view payload);
    void stop() { (void)finish(true); } ///< what comes from now on is not wanted
    [[nodiscard]] bool isUnderWay() const { return m_underWay; }

private:
    [[nodiscard]] Next again();
    [[nodiscard]] Next wanted();
    [[nodiscard]] Next finish(bool none);

    const std::size_t m_bytesAtMost;
    const std::uint64_t m_atMost;
    bool m_underWay = false;
    std::size_t m_tries = 0;
    std::uint64_t m_head = 0;
    state::Manifest m_manifest;
    std::map<std::string, Uuid> m_asked;              ///< not here yet, with their digests
    std::map<std::string, std::pair<Uuid, Bytes>> m_parts;
    std::size_t m_bytes = 0;
};

} // namespace qd::link
