// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"

#include <string>
#include <vector>

/// Commands about connections and what may be written through them. Part of core/desk/commands.h.
namespace qd::desk {

struct AddConnection {
    Connection connection; ///< secrets are already files in the home; keys already hashed
    QD_FIELDS(f(1, "connection", e.connection);)
};
struct RemoveConnection {
    std::string name;
    QD_FIELDS(f(1, "name", e.name);)
};
struct ReplaceKey {
    std::string name, keyHash; ///< of an inbound connection; the old key opens nothing from then on
    QD_FIELDS(f(1, "name", e.name); f(2, "keyHash", e.keyHash);)
};
struct Arm {
    std::string name;
    std::vector<std::string> allow; ///< silences, acks, rooms, posts, pages
    QD_FIELDS(f(1, "name", e.name); f(2, "allow", e.allow);)
};
struct Disarm {
    std::string name;
    QD_FIELDS(f(1, "name", e.name);)
};

} // namespace qd::desk
