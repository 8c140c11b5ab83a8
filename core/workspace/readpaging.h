// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/fields.h"

/// How people are reached: the part of [[person]] and [workspace] that says so.
namespace qd::workspace {

inline constexpr std::int64_t kBundleLimit = 100; ///< pages to one person before they are bundled

/// `email`, `channels`, `contacts`. `p.xmpp` is read already.
void readReach(Fields &in, Person &p);
/// `public_url`, `bundle_after`, `bundle_every`.
void readPaging(Fields &in, Workspace &w);

} // namespace qd::workspace
