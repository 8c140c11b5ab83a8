// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sources/cloudevents.h"
#include "core/sources/seenids.h"

#include <memory>

namespace qd::sources {

/// Hands everything of one delivery in; `done` is called once, when all of it is committed or with the first Error. What was
/// parsed with `seen` is settled there event by event; a repeat counts as committed when the first delivery of it is.
void deliver(CloudEvents events, const Intake &intake, const std::shared_ptr<SeenIds> &seen, const Done &done);

} // namespace qd::sources
