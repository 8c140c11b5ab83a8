// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/problems.h"

#include <algorithm>

namespace qd::workspace {

void Problems::add(Place place, std::string text, Code code)
{
    if (m_found.size() < kKept)
        m_found.push_back({place, code, std::move(text)});
}

Error Problems::error() const
{
    std::vector<Problem> sorted = m_found;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Problem &a, const Problem &b) { return a.place < b.place; });
    Error error;
    for (const Problem &p : sorted) {
        std::string line = p.place.file < m_files.size() ? m_files[p.place.file] : std::string("workspace");
        if (p.place.line > 0)
            line += ":" + std::to_string(p.place.line);
        line += ": " + p.text;
        if (error.message.empty()) {
            error.code = p.code;
            error.message = line;
        }
        error.detail += (error.detail.empty() ? "" : "\n") + line;
    }
    return error;
}

} // namespace qd::workspace
