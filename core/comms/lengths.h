// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/workspace.h"

#include <string>
#include <string_view>
#include <vector>

/// How long a text may be where it goes. Advice: our own connections cut what is longer into several messages.
namespace qd::comms {

struct Place {
    std::string_view id, name;
    std::size_t most = 0;     ///< characters
    std::string_view beyond;  ///< what becomes of more
};

/// Slack, Mattermost, Teams, Discord, IRC, XMPP, status page, SMS, mail.
[[nodiscard]] const std::vector<Place> &places();
/// Null: none of that name.
[[nodiscard]] const Place *placeNamed(std::string_view id);

struct Length {
    std::string place;
    std::size_t characters = 0, most = 0;
    std::string beyond;
    [[nodiscard]] bool isOver() const { return most > 0 && characters > most; }
};

/// For the template's own limit (place "template") and those of the places named; unknown ones are left out.
[[nodiscard]] std::vector<Length> lengthsOf(std::string_view text, const UpdateTemplate &update, const std::vector<std::string> &places);

} // namespace qd::comms
