// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/cast.h"
#include "ui/view/viewmodel.h"

namespace qd::seat {

/// Puts what people were where they are named, wherever the view of a past says it: in fields and within texts, by what they were at the moment a
/// thing tells of, else at that of the view. What monitoring wrote (alerts, services) names nobody and stays as it is; the review and the
/// directory are no part of a past.
void withoutNames(view::ViewModel &view, const view::Nameless &nameless);

} // namespace qd::seat
