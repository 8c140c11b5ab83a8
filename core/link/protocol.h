// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/desk/desk.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace qd::link {

/// What the frames of the control socket are (core/net/frameserver.h gives the framing). The letter is the frame's type.
enum class FrameType : std::uint8_t {
    Call = 'J',   ///< both ways: one JSON-RPC 2.0 text, or the last piece of one
    Piece = 'j',  ///< from the core: a piece of a JSON-RPC text that is larger than kPiece; the next comes after it
    Follow = 'F', ///< to the core: send records from this sequence number on, now and in future
    Seen = 'A',   ///< to the core: records up to this one have been taken; without it the core stops after a window
    Record = 'R', ///< from the core: one committed record
    Status = 'S', ///< from the core: after Follow, and when it changes (signs of life at most every 2 s)
    Snapshot = 'P', ///< both ways: core/link/snapshotfetch.h
};

inline constexpr std::size_t kPiece = 16u << 20;        ///< bytes of an answer in one frame
inline constexpr std::size_t kAnswerLimit = 192u << 20; ///< bytes of an answer; below what may wait unsent for one peer

/// A JSON-RPC text as it arrives, in one frame or in several.
class PiecedAnswer final {
public:
    /// The whole text when this frame is the last of it. TooLarge above `limit`; then nothing of it is kept.
    [[nodiscard]] Result<std::optional<std::string>> take(std::uint8_t type, std::string payload, std::size_t limit = 2 * kAnswerLimit);
    void clear() { m_begun = {}; }

private:
    std::string m_begun;
};

/// What is not journaled of a connection: when it was last heard, where the log does not know yet, and how many conditions wait there that are no
/// alerts, as it was last read.
struct Heard {
    std::string connection;
    Instant at;
    std::uint32_t pending = 0;
    bool operator==(const Heard &) const = default;
    QD_FIELDS(f(1, "connection", e.connection); f(2, "at", e.at); f(3, "pending", e.pending);)
};

/// What a seat is told about the core besides its records.
struct Status {
    bool recorded = true;
    std::string reason;      ///< one sentence when what happens is not being recorded
    std::uint64_t head = 0;  ///< the last committed record when this was sent
    std::string origin;      ///< which log this is
    std::string version;     ///< of the core's program
    std::vector<Heard> heard; ///< by connection name
    std::string notice;      ///< one sentence people must see: the workspace's files were refused, the disk is full
    std::string run;         ///< which run of the core: what one kept UNRECORDED may die with it
    QD_FIELDS(f(1, "recorded", e.recorded); f(2, "reason", e.reason); f(3, "head", e.head); f(4, "origin", e.origin);
              f(5, "version", e.version); f(6, "heard", e.heard); f(7, "notice", e.notice); f(8, "run", e.run);)
};

[[nodiscard]] std::string encodeStatus(const Status &status);
[[nodiscard]] Result<Status> decodeStatus(std::string_view payload);

/// Sequence number and journal time (8 bytes each, little-endian), then each part's body with its length (4 bytes) before
/// it: the same bodies the journal seals, in the clear, for a socket only the same user can open.
[[nodiscard]] std::string encodeRecord(const desk::Record &record);
[[nodiscard]] Result<desk::Record> decodeRecord(std::string_view payload);

/// A sequence number alone: the payload of Follow and Seen.
[[nodiscard]] std::string encodeSeq(std::uint64_t seq);
[[nodiscard]] Result<std::uint64_t> decodeSeq(std::string_view payload);

/// Where the core of a home listens: <home>/run/control, or, where that is longer than a Unix socket's address can be, a
/// name made from the home's path in $XDG_RUNTIME_DIR (or /tmp/quarterdeck-<uid>). The folder is not made here.
[[nodiscard]] std::filesystem::path controlSocket(const std::filesystem::path &home);

/// The home used when none is named: $XDG_DATA_HOME/quarterdeck, else ~/.local/share/quarterdeck.
[[nodiscard]] std::filesystem::path defaultHome();

} // namespace qd::link
