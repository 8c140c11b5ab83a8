// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/org.h"

namespace qd::events {

/// A file that is kept with an incident: an input. Its bytes lie in the journal like everything else, as a text of its own, so that they are sealed,
/// chained, exported, held, struck and erased by the same rules; the State keeps only what describes them.
struct EvidenceKept {
    std::string incident;
    std::string content;                 ///< base64
    std::string name, text;              ///< name: one line, no path; text: what it shows
    std::string digest;                  ///< SHA-256 of the bytes, in hexadecimal
    std::string mediaType;
    std::uint32_t evidence = 0;          ///< counts up within the incident
    std::uint64_t bytes = 0;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "content", e.content); f(3, "name", e.name); f(4, "text", e.text); f(5, "digest", e.digest);
              f(6, "mediaType", e.mediaType); f(7, "evidence", e.evidence); f(8, "bytes", e.bytes); f(9, "by", e.by);)
};

} // namespace qd::events
