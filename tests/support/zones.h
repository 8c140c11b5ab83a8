// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/zone.h"

#include <filesystem>
#include <set>
#include <string>

namespace qd::tests {

/// Every zone of this machine.
inline const std::set<std::string> &allZones()
{
    static const std::set<std::string> zones = [] {
        std::set<std::string> out;
        const std::filesystem::path root = "/usr/share/zoneinfo";
        for (const auto &entry : std::filesystem::recursive_directory_iterator(root)) {
            const std::string name = entry.path().lexically_relative(root).string();
            if (entry.is_regular_file() && !name.starts_with("posix/") && !name.starts_with("right/") && Zone::find(name))
                out.insert(name);
        }
        return out;
    }();
    return zones;
}

} // namespace qd::tests
