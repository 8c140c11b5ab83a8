// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/lengths.h"

#include "core/comms/words.h"

#include <algorithm>

namespace qd::comms {

const std::vector<Place> &places()
{
    static const std::vector<Place> all{
        {"slack", "Slack", 4000, "Slack advises no more, and cuts at 40,000"},
        {"mattermost", "Mattermost", 16383, "Mattermost refuses more"},
        {"teams", "Microsoft Teams", 28000, "Teams refuses more"},
        {"discord", "Discord", 2000, "Discord refuses more"},
        {"irc", "IRC", 400, "it becomes several lines"},
        {"xmpp", "XMPP", 10000, "some clients show no more"},
        {"page", "status page", 2000, "a status page takes no more"},
        {"sms", "SMS", 160, "it becomes several messages"},
        {"mail", "mail", 20000, "few read on"},
    };
    return all;
}

const Place *placeNamed(std::string_view id)
{
    const auto it = std::find_if(places().begin(), places().end(), [&](const Place &p) { return p.id == id; });
    return it == places().end() ? nullptr : &*it;
}

std::vector<Length> lengthsOf(std::string_view text, const UpdateTemplate &update, const std::vector<std::string> &wanted)
{
    const std::size_t count = characters(text);
    std::vector<Length> out;
    if (update.limit > 0)
        out.push_back({"template", count, update.limit, "the template allows no more"});
    for (const std::string &id : wanted) {
        const bool isThere = std::any_of(out.begin(), out.end(), [&](const Length &l) { return l.place == id; });
        if (const Place *p = placeNamed(id); p && !isThere)
            out.push_back({std::string(p->id), count, p->most, std::string(p->beyond)});
    }
    return out;
}

} // namespace qd::comms
