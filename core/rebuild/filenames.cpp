// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/filenames.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>

namespace qd::rebuild {

namespace {

using PathParts = std::vector<std::string>;

PathParts partsOfPath(const std::string &path)
{
    PathParts out;
    for (const std::filesystem::path &part : std::filesystem::path(path).lexically_normal())
        out.push_back(part.string());
    return out;
}

/// The last `count` of them, or all.
std::string tailOf(const PathParts &parts, std::size_t count)
{
    std::filesystem::path out;
    for (std::size_t i = parts.size() - std::min(count, parts.size()); i < parts.size(); ++i)
        out /= parts[i];
    return out.string();
}

} // namespace

std::vector<std::string> namesOf(std::span<const std::string> paths)
{
    std::vector<PathParts> all;
    for (const std::string &path : paths)
        all.push_back(partsOfPath(path));
    std::vector<std::string> out;
    for (const PathParts &one : all) {
        std::size_t count = 1;
        const auto isAnothers = [&] { return std::any_of(all.begin(), all.end(), [&](const PathParts &other) { return other != one && tailOf(other, count) == tailOf(one, count); }); };
        while (count < one.size() && isAnothers())
            ++count;
        out.push_back(tailOf(one, count));
    }
    return out;
}

} // namespace qd::rebuild
