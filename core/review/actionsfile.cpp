// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/actionsfile.h"

#include "core/base/ascii.h"
#include "core/base/csv.h"
#include "core/base/safetext.h"

#include <algorithm>
#include <array>

namespace qd::review {

namespace {

constexpr std::string_view kFormulas = "=+-@\t\r'"; ///< what a cell begins with that a spreadsheet does not take for text, and the mark that makes it text
constexpr std::size_t kLinesNamed = 20;

/// The cells of a row, in the order of kActionColumns.
template <typename Line>
auto cellsOf(Line &r)
{
    return std::array{&r.incident, &r.action, &r.text, &r.owner, &r.due, &r.strength, &r.verification, &r.factor, &r.tracker, &r.key};
}

std::string cell(const std::string &text)
{
    std::string out = !text.empty() && kFormulas.find(text.front()) != kFormulas.npos ? "'" + text : text;
    if (out.find_first_of("\",;\r\n") == std::string::npos)
        return out;
    for (auto at = out.find('"'); at != std::string::npos; at = out.find('"', at + 2))
        out.insert(at, 1, '"');
    return '"' + out + '"';
}

std::string withoutMark(std::string text)
{
    if (text.size() > 1 && text.front() == '\'' && kFormulas.find(text[1]) != kFormulas.npos)
        text.erase(0, 1);
    return text;
}

std::string trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t\r\n");
    return begin == text.npos ? std::string() : std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

/// Which column of kActionColumns each column is.
Result<std::vector<std::size_t>> headIn(const std::vector<std::string> &row)
{
    std::vector<std::size_t> out;
    std::string known;
    for (const std::string_view name : kActionColumns)
        known += (known.empty() ? "" : ", ") + std::string(name);
    for (const std::string &given : row) {
        const std::string name = asciiLower(trimmed(given));
        const auto it = std::find(std::begin(kActionColumns), std::end(kActionColumns), name);
        if (it == std::end(kActionColumns))
            return fail(Code::Invalid, "Line 1: \"" + safeLine(given, 60) + "\" is no column of actions; there are " + known + ".");
        const auto column = static_cast<std::size_t>(it - std::begin(kActionColumns));
        if (std::find(out.begin(), out.end(), column) != out.end())
            return fail(Code::Invalid, "Line 1: the column " + name + " is there twice.");
        out.push_back(column);
    }
    if (std::find(out.begin(), out.end(), std::size_t{0}) == out.end())
        return fail(Code::Invalid, "Line 1: there is no column incident; there are " + known + ".");
    return out;
}

/// What is wrong with a row by itself; "".
std::string wrongIn(const ActionLine &r)
{
    if (r.incident.empty())
        return "it names no incident";
    if (!r.action.empty() && (r.action.size() > 6 || r.action.find_first_not_of("0123456789") != std::string::npos || r.action.find_first_not_of('0') == std::string::npos))
        return "\"" + safeLine(r.action, 40) + "\" is no number of an action; left empty, it is a new one";
    if (r.action.empty() && r.text.empty() && r.key.empty())
        return "it says neither which action it is nor what is to be done";
    if (!r.key.empty() && r.tracker.empty())
        return "it names an issue (key), and not where that is (tracker)";
    return {};
}

} // namespace

std::string actionsAsCsv(const std::vector<ActionLine> &rows)
{
    std::string out;
    for (const std::string_view name : kActionColumns)
        out += (out.empty() ? "" : ",") + std::string(name);
    out += "\r\n";
    for (const ActionLine &r : rows) {
        const auto cells = cellsOf(r);
        for (std::size_t n = 0; n < cells.size(); ++n)
            out += (n == 0 ? "" : ",") + cell(*cells[n]);
        out += "\r\n";
    }
    return out;
}

Result<std::vector<ActionLine>> actionsInCsv(std::string_view csv)
{
    constexpr std::string_view kMark = "\xef\xbb\xbf"; // as some programs begin a file of UTF-8
    if (csv.starts_with(kMark))
        csv.remove_prefix(kMark.size());
    TextMarks marks;
    (void)safeText(csv, csv.size() * 8 + 1, &marks);
    if (marks.repaired)
        return fail(Code::Invalid, "The file is not UTF-8; save it as CSV in UTF-8.");
    const std::string_view first = csv.substr(0, csv.find('\n'));
    const char between = first.find(',') == first.npos && first.find(';') != first.npos ? ';' : ',';
    std::size_t line = 1, swallowed = 0;
    std::vector<std::string> row;
    if (!nextCsvRow(csv, row, line, between, &swallowed))
        return fail(Code::Invalid, "The file is empty; its first line names the columns: incident, text …");
    if (swallowed > 0)
        return fail(Code::Invalid, openQuoteSentence(swallowed) + " Nothing was imported.");
    const auto head = headIn(row);
    if (!head)
        return tl::unexpected(head.error());
    std::vector<ActionLine> out;
    std::string wrong, lines;
    std::size_t found = 0;
    for (std::size_t at = line; nextCsvRow(csv, row, line, between, &swallowed); at = line) {
        if (swallowed > 0)
            return fail(Code::Invalid, openQuoteSentence(swallowed) + " Nothing was imported.");
        if (std::all_of(row.begin(), row.end(), [](const std::string &each) { return trimmed(each).empty(); }))
            continue;
        ActionLine r;
        r.line = static_cast<std::uint32_t>(at);
        const auto cells = cellsOf(r);
        for (std::size_t n = 0; n < std::min(row.size(), head->size()); ++n)
            *cells[(*head)[n]] = withoutMark(trimmed(row[n]));
        const std::string problem = row.size() > head->size() ? "it has more cells than there are columns" : wrongIn(r);
        if (!problem.empty() && wrong.empty())
            wrong = "Line " + std::to_string(at) + ": " + problem;
        else if (!problem.empty() && ++found <= kLinesNamed)
            lines += (lines.empty() ? "" : ", ") + std::to_string(at);
        out.push_back(std::move(r));
    }
    if (!wrong.empty())
        return fail(Code::Invalid, wrong + (lines.empty() ? "." : "; look at line " + lines + " too.") + " Nothing was imported.");
    return out;
}

} // namespace qd::review
