// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csv.h"

namespace qd {

bool nextCsvRow(std::string_view &rest, std::vector<std::string> &row, std::size_t &line, char between)
{
    row.clear();
    if (rest.empty())
        return false;
    std::string field;
    bool isQuoted = false;
    while (!rest.empty()) {
        const char c = rest.front();
        rest.remove_prefix(1);
        if (c == '\n')
            ++line;
        if (isQuoted) {
            if (c == '"' && !rest.empty() && rest.front() == '"') {
                field += '"';
                rest.remove_prefix(1);
            } else if (c == '"') {
                isQuoted = false;
            } else {
                field += c;
            }
        } else if (c == '"' && field.empty()) {
            isQuoted = true;
        } else if (c == between && row.size() < kCsvColumns) {
            row.push_back(std::move(field));
            field.clear();
        } else if (c == '\n') {
            break;
        } else if (c != '\r') {
            field += c;
        }
    }
    row.push_back(std::move(field));
    return true;
}

} // namespace qd
