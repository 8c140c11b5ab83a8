// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"

#include <optional>
#include <string>

/// Of what would be said in the rooms of an incident, what goes to one place: a room, or somebody's own line. Pure.
namespace qd::desk {

struct ChatPlace {
    std::string connection, address;
};

/// Whether it goes there. What is withheld names no room: it is of every place on its connection. None: it goes nowhere.
[[nodiscard]] inline std::optional<bool> goesThere(const events::Event &event, const ChatPlace &place)
{
    if (const auto *queued = getIf<events::OutboxQueued>(&event))
        return queued->connection == place.connection && queued->room == place.address;
    if (const auto *withheld = getIf<events::WriteWithheld>(&event))
        return withheld->connection == place.connection;
    return std::nullopt;
}

[[nodiscard]] inline events::Events onlyThere(events::Events all, const ChatPlace &place)
{
    std::erase_if(all, [&](const events::Event &e) { return goesThere(e, place) == false; });
    return all;
}

[[nodiscard]] inline events::Events elsewhere(events::Events all, const ChatPlace &place)
{
    std::erase_if(all, [&](const events::Event &e) { return goesThere(e, place) == true; });
    return all;
}

} // namespace qd::desk
