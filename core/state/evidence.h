// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/time.h"

#include <string>

namespace qd::state {

/// An incident's: of one file, and of all of them.
inline constexpr std::uint64_t kEvidenceBytes = 4u << 20, kEvidenceInAll = 64u << 20;
inline constexpr std::size_t kEvidenceKept = 500;

/// A file kept with an incident. Its bytes are in the journal, in record `seq`.
struct Evidence {
    std::uint32_t number = 0;
    std::string name, text, digest, mediaType, by;
    std::uint64_t bytes = 0, seq = 0;
    Instant at;
    QD_FIELDS(f(1, "number", e.number); f(2, "name", e.name); f(3, "text", e.text); f(4, "digest", e.digest); f(5, "mediaType", e.mediaType);
              f(6, "by", e.by); f(7, "bytes", e.bytes); f(8, "seq", e.seq); f(9, "at", e.at);)
};

} // namespace qd::state
