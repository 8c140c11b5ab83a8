// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/sla.h"

namespace qd {

std::string_view word(SlaPart v)
{
    return v == SlaPart::Respond ? "respond" : "resolve";
}

std::string_view word(SlaState v)
{
    switch (v) {
    case SlaState::OnTrack: return "on track";
    case SlaState::AtRisk: return "at risk";
    case SlaState::Breached: return "breached";
    case SlaState::Met: return "met";
    }
    return "on track";
}

} // namespace qd
