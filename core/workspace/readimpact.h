// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/fields.h"

namespace qd::workspace {

/// [[business]]: what is sold or promised.
void readBusiness(Fields in, Draft &draft);
/// [severity_matrix], once.
void readMatrix(Fields in, Draft &draft);

} // namespace qd::workspace
