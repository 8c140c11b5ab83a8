// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/handcopy.h"

#include <QJsonObject>
#include <QString>

namespace qd::comms {

/// What the core gave to be put somewhere by hand (`text.copy`), on the clipboard.
void clip(const QJsonObject &copied, HandPlace place);
/// "Microsoft Teams"
[[nodiscard]] QString placeName(HandPlace place);

} // namespace qd::comms
