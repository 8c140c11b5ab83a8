// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/fields.h"

namespace qd::workspace {

/// What an update is by kind, how long it may be, how "not known yet" reads: the keys of [[template]] beside its fields.
void readTemplateKind(Fields &in, UpdateTemplate &update);
/// What each audience reads. The audiences were read before.
void readAudienceLanguages(Fields in, Workspace &workspace);
/// [[cadence]], [[retention]], [[reason]], [[sla]], [[approval]], [[holding]], [[recipients]].
void readCadence(Fields in, Draft &draft);
void readRetention(Fields in, Draft &draft);
void readReason(Fields in, Draft &draft);
void readSla(Fields in, Draft &draft);
void readApproval(Fields in, Draft &draft);
void readHolding(Fields in, Draft &draft);
void readRecipients(Fields in, Draft &draft);
/// What only shows in the whole: checks that wait for each other in a circle, statements that go nowhere.
void checkOutward(Draft &draft, Problems &problems);

} // namespace qd::workspace
