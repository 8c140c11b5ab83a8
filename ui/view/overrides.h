// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QString>
#include <cstdint>

namespace qd::view {

/// Something the person at this seat did to alerts or incidents lately, and did not take back.
struct OverrideRow {
    std::uint64_t record = 0;  ///< what it is called by
    QString kind;              ///< as state::word(InterventionKind): "acknowledged", "snoozed" …
    QString subject;           ///< what it was about: a person, a group, "silence/3", "INC-2"
    int alerts = 0;
    Instant at, until;         ///< until: none where it does not end by itself
    bool undoable = true;      ///< false: it cannot be taken back; the core says why when asked to
};

} // namespace qd::view
