// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/fields.h"

namespace qd::workspace {

inline constexpr std::size_t kRightsLimit = 1000, kClearancesLimit = 1000;

/// [[right]]: who has which role, and where.
void readRight(Fields in, Draft &draft);

/// [[clearance]]: up to which class people, rooms, pages and recipients may be told.
void readClearance(Fields in, Draft &draft);

/// `seat_only` of [workspace]: chat verbs that are not done from chat.
void readSeatOnly(Fields &in, Workspace &workspace);

void checkClearances(const Draft &draft, Problems &problems);

/// As soon as one right is written, somebody has to be able to give the next.
void checkRights(const Draft &draft, Problems &problems);

} // namespace qd::workspace
