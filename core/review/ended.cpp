// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/ended.h"

#include <algorithm>

namespace qd::review {

Instant endedAt(const state::Incident &i)
{
    if (i.isOpen())
        return {};
    if (i.resolvedAt)
        return i.resolvedAt;
    // One that was called off was never resolved: its last status of ours says when.
    const auto turned = std::find_if(i.timeline.rbegin(), i.timeline.rend(), [](const state::Entry &e) { return e.kind == state::EntryKind::Status && e.origin.empty(); });
    return turned == i.timeline.rend() ? i.declaredAt : turned->written();
}

} // namespace qd::review
