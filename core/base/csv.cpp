// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csv.h"

namespace qd {

bool nextCsvRow(std::string_view &rest, std::vector<std::string> &row, std::size_t &line, char between, std::size_t *swallowed)
{
    row.clear();
    if (rest.empty())
        return false;
    std::string field;
    bool isQuoted = false;
    std::size_t opened = 0;              // in which line the last quote did
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
                const bool ends = rest.empty() || rest.front() == between || std::string_view(" \t\r\n").find(rest.front()) != std::string_view::npos;
                if (swallowed && !ends && line > opened)
                    *swallowed = opened;
            } else {
                field += c;
            }
        } else if (c == '"' && field.empty()) {
            isQuoted = true;
            opened = line;
        } else if (c == between && row.size() < kCsvColumns) {
            row.push_back(std::move(field));
            field.clear();
        } else if (c == '\n') {
            break;
        } else if (c != '\r') {
            field += c;
        }
    }
    if (swallowed && isQuoted)
        *swallowed = opened;
    row.push_back(std::move(field));
    return true;
}

std::string openQuoteSentence(std::size_t line)
{
    return "Line " + std::to_string(line) + ": a quote opens that is not closed where its cell ends, so that the lines after it would be lost in it. Close it, or write it twice where it is part of the text.";
}

} // namespace qd
