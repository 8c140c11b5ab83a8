// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/result.h"
#include "core/link/feed.h"
#include "core/model/marking.h"

#include <string>
#include <string_view>

namespace qd::control {

/// `evidence.read`: a file kept with an incident, with its bytes.
struct EvidenceRead {
    static constexpr std::string_view kMethod = "evidence.read";
    std::string incident;
    std::uint32_t evidence = 0;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "evidence", e.evidence);)
};

/// Where the bytes lie: record and incident. Errors: NotFound, as incidentMeant.
struct EvidencePlace {
    std::string incident;
    std::uint32_t evidence = 0;
    std::uint64_t seq = 0;
};
[[nodiscard]] Result<EvidencePlace> evidenceMeant(const state::State &state, const EvidenceRead &read);

/// {"incident","evidence","name","mediaType","bytes","digest","text","content"}; content: base64. Reads the journal. Errors: NotFound (struck or erased since),
/// Forbidden (its name or text holds words this reader may not read: so does the file), Corrupt (the bytes are not what was kept), and what reading gives.
[[nodiscard]] Result<std::string> evidenceJson(const link::Feed &feed, const EvidencePlace &place, const Reader &reader);

} // namespace qd::control
