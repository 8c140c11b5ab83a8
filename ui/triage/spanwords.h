// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QString>

namespace qd::triage {

/// "90m", as the command line and people's fields write it; core/base reads it back.
inline QString inWords(Span span)
{
    return QString::fromStdString(toText(span));
}

} // namespace qd::triage
