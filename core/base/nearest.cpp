// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/nearest.h"

#include <algorithm>

namespace qd {

namespace {
constexpr std::size_t kLength = 64, kNames = 2000, kEdits = 2;
}

std::string nearest(std::string_view wanted, const std::vector<std::string_view> &names)
{
    std::string best;
    std::size_t bestEdits = kEdits + 1;
    if (wanted.size() > kLength || names.size() > kNames)
        return {};
    std::vector<std::size_t> row;
    for (const std::string_view name : names) {
        row.resize(name.size() + 1);
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i] = i;
        for (std::size_t j = 1; j <= wanted.size(); ++j) {
            std::size_t corner = row[0];
            row[0] = j;
            for (std::size_t i = 1; i < row.size(); ++i) {
                const std::size_t above = row[i];
                row[i] = std::min({row[i] + 1, row[i - 1] + 1, corner + (name[i - 1] == wanted[j - 1] ? 0 : 1)});
                corner = above;
            }
        }
        if (row.back() < bestEdits || (row.back() == bestEdits && !best.empty() && name < best)) {
            bestEdits = row.back();
            best = name;
        }
    }
    return best;
}

} // namespace qd
