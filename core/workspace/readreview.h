// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/fields.h"

namespace qd::workspace {

/// [review]: what reviews are held to.
void readReview(Fields in, Draft &draft);
/// [cost]: what an hour of somebody who works on an incident costs.
void readCost(Fields in, Draft &draft);
/// [taxonomy]: a version of the team's own, and whether it takes the place of the console's.
void readTaxonomyRules(Fields in, Draft &draft);
/// [[factor]]: one of the team's own.
void readFactor(Fields in, Draft &draft);

void checkReview(const Draft &draft, Problems &problems);

} // namespace qd::workspace
