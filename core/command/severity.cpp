// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/severity.h"

#include <algorithm>

namespace qd::command {

Suggestion suggestSeverity(Hurt hurt, HowMany howMany, Workaround workaround)
{
    const int byHurt = hurt == Hurt::Yes ? 0 : hurt == Hurt::Soon ? 1 : 3;
    const int byMany = howMany == HowMany::Most ? 0 : howMany == HowMany::Some ? 1 : 2;
    const int byWorkaround = workaround == Workaround::None ? 0 : 1;
    Suggestion out;
    out.severity = static_cast<IncidentSeverity>(std::min(1 + byHurt + byMany + byWorkaround, 5));
    out.arithmetic = "SEV1";
    const auto add = [&](int steps, const char *what) {
        if (steps > 0)
            out.arithmetic += std::string("; ") + what + " +" + std::to_string(steps);
    };
    add(byHurt, hurt == Hurt::Soon ? "not hurt yet" : "not hurt");
    add(byMany, howMany == HowMany::Some ? "some" : "few");
    add(byWorkaround, "a workaround");
    out.arithmetic += " = " + std::string(word(out.severity));
    return out;
}

} // namespace qd::command
