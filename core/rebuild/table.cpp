// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/collector.h"
#include "core/rebuild/json.h"

#include "core/base/ascii.h"
#include "core/base/csv.h"
#include "core/base/safetext.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>

/// Tables: CSV (comma, semicolon or tab between), a list of JSON objects, or one a line. Columns are known by their names, or named by whoever imports.
namespace qd::rebuild {

namespace {

constexpr std::size_t kColumnsSaid = 20, kTextColumns = 12;
constexpr std::size_t kMostRows = kMostFacts * 2, kMostCells = 4'000'000, kRowsSniffed = 20; ///< kMostRows, kMostCells: of JSON, which is held as a tree

enum Cell { At, Until, Known, Text, Actor, Kind, Reference, Subject, Version, Environment, State, kParts };
constexpr std::array<std::string_view, kParts> kPartWords{"at", "until", "known", "text", "actor", "kind", "reference", "subject", "version", "environment", "state"};

/// What columns are called elsewhere, the likeliest first; written small, with _ for what is between words.
const std::array<std::vector<std::string_view>, kParts> kNames{{
    {"at", "time", "timestamp", "when", "started_at", "start", "start_time", "started", "deployed_at", "created_at", "date", "datetime", "occurred_at", "ts", "zeit", "zeitpunkt", "published_at"},
    {"until", "finished_at", "end", "end_time", "ended_at", "ended", "finished", "completed_at", "completed", "resolved_at", "ende"},
    {"known_at", "known", "reported_at", "noticed_at", "detected_at", "recorded_at", "seen_at", "bekannt"},
    {"text", "message", "description", "what", "event", "title", "summary", "note", "notes", "commit_message", "details", "name", "was", "ereignis"},
    {"actor", "by", "who", "user", "author", "deployer", "deployed_by", "triggered_by", "creator", "creator_login", "user_login", "person", "owner", "wer", "sender_login", "commit_author_name"},
    {"kind", "type", "category", "art"},
    {"reference", "id", "deploy_id", "deployment_id", "number", "run_id", "build", "key", "uuid", "html_url", "url"},
    {"service", "app", "application", "project", "repo", "repository", "component", "repository_name", "dienst", "chart"},
    {"version", "tag", "ref", "sha", "commit", "revision", "release", "image", "build_number", "tag_name"},
    {"environment", "env", "stage", "cluster", "environment_name", "umgebung"},
    {"state", "status", "result", "conclusion", "outcome"},
}};

std::string plainName(std::string_view column)
{
    std::string out;
    for (const char c : asciiLower(trimmed(column)))
        out += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80 ? c : '_';
    return out;
}

/// Which column says what.
struct Columns {
    std::array<int, kParts> of;
    std::vector<std::string> names;

    [[nodiscard]] bool has(Cell p) const { return of[static_cast<std::size_t>(p)] >= 0; }
};

Columns known(const std::vector<std::string> &header, const std::map<std::string, std::string> &mapping)
{
    Columns out;
    out.of.fill(-1);
    out.names = header;
    std::vector<std::string> plain;
    for (const std::string &h : header)
        plain.push_back(plainName(h));
    for (std::size_t p = 0; p < kParts; ++p) {
        if (const auto it = mapping.find(std::string(kPartWords[p])); it != mapping.end()) {
            const auto at = std::find(plain.begin(), plain.end(), plainName(it->second));
            if (at != plain.end())
                out.of[p] = static_cast<int>(at - plain.begin());
            continue;
        }
        for (const std::string_view name : kNames[p]) {
            const auto at = std::find(plain.begin(), plain.end(), name);
            const int column = at == plain.end() ? -1 : static_cast<int>(at - plain.begin());
            if (column >= 0 && std::find(out.of.begin(), out.of.end(), column) == out.of.end()) {
                out.of[p] = column;
                break;
            }
        }
    }
    return out;
}

Result<> checked(const Columns &columns, const Options &options)
{
    if (columns.names.empty()) // [] or {}
        return fail(Code::Invalid, "The file has no row with named columns: it is empty, or of another kind. Ask for the hours of the incident, and save the answer again.");
    for (const auto &one : options.columns) {
        const auto part = std::find(kPartWords.begin(), kPartWords.end(), one.first);
        if (part == kPartWords.end())
            return fail(Code::Invalid, "A table's columns are mapped to at, until, known, text, actor, kind, reference, subject, version, environment, state; not to “" + safeLine(one.first, 60) + "”.");
        if (columns.of[static_cast<std::size_t>(part - kPartWords.begin())] < 0)
            return fail(Code::NotFound, "The table has no column “" + safeLine(one.second, 80) + "”.");
    }
    const bool says = columns.has(Text) || columns.has(Subject) || columns.has(Version);
    if (columns.has(At) && says)
        return {};
    std::string names;
    for (std::size_t i = 0; i < std::min(columns.names.size(), kColumnsSaid); ++i)
        names += (i == 0 ? "" : ", ") + safeLine(columns.names[i], 60);
    return fail(Code::Invalid, std::string("No column of the table is known to hold ") + (columns.has(At) ? "what happened" : "the time") + "; it has " + names
                                   + ". Say which: at=COLUMN, text=COLUMN.");
}

std::string deployText(const std::function<std::string(Cell)> &cell)
{
    const std::string subject = cell(Subject), version = cell(Version), where = cell(Environment), state = cell(State), text = cell(Text);
    std::string out = subject.empty() && version.empty() && where.empty() ? std::string() : "deploy of " + (subject.empty() ? std::string("a service") : subject) + (version.empty() ? "" : " " + version);
    if (!where.empty())
        out += " to " + where;
    if (!state.empty())
        out += " (" + state + ")";
    if (!text.empty())
        out += (out.empty() ? "" : ": ") + text;
    return out;
}

std::string tableText(const Columns &columns, const std::vector<std::string> &row, const std::function<std::string(Cell)> &cell, Collector &counted)
{
    std::string out = cell(Text);
    std::size_t shown = 0;
    for (std::size_t i = 0; i < columns.names.size() && i < row.size(); ++i) {
        const auto part = std::find(columns.of.begin(), columns.of.end(), static_cast<int>(i));
        const bool isSaid = part != columns.of.end() && part - columns.of.begin() <= Reference;
        if (!isSaid && !row[i].empty() && shown++ < kTextColumns)
            out += (out.empty() ? "" : "; ") + columns.names[i] + ": " + row[i];
    }
    if (std::any_of(row.begin() + static_cast<std::ptrdiff_t>(std::min(row.size(), columns.names.size())), row.end(), [](const std::string &cell) { return !trimmed(cell).empty(); }))
        counted.count("1 row has more cells than there are columns; those are left out.", "%1 rows have more cells than there are columns; those are left out.");
    if (shown > kTextColumns)
        counted.count("1 row has more than 12 further columns; the first 12 stand in its text.", "%1 rows have more than 12 further columns; the first 12 stand in their texts.");
    return out;
}

/// Nested one or two levels deep: {"creator": {"login": "ana"}} is creator_login. `left` counts what is no cell: lists, and what is deeper or too much.
void flatten(const json::Object &from, const std::string &before, int depth, std::vector<std::pair<std::string, std::string>> &out, std::uint64_t &left)
{
    for (const auto &member : from) {
        const std::string name = before + std::string(member.key());
        const json::Array *list = member.value().if_array();
        const json::Object *inner = member.value().if_object();
        if (inner && depth < 2)
            flatten(*inner, name + "_", depth + 1, out, left);
        else if (list || inner || out.size() >= kCsvColumns)
            left += (list && list->empty()) || (inner && inner->empty()) ? 0 : 1;
        else
            out.emplace_back(name, json::textOf(member.value()));
    }
}

struct Grid {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
    std::uint64_t left = 0;              ///< values that are no cells
    std::string note = {};               ///< what else is left out
};

char separatorOf(std::string_view bytes)
{
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    const auto comma = std::count(line.begin(), line.end(), ','), semicolon = std::count(line.begin(), line.end(), ';'), tab = std::count(line.begin(), line.end(), '\t');
    return tab > comma && tab > semicolon ? '\t' : semicolon > comma ? ';' : ',';
}

/// The rows of a table in CSV, one after the other, however many: none is held that is not asked for.
class CsvRows {
public:
    explicit CsvRows(std::string_view bytes)
        : m_rest(bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes)
        , m_between(separatorOf(m_rest))
    {
        nextCsvRow(m_rest, m_header, m_line, m_between, &m_swallowed);
    }
    [[nodiscard]] const std::vector<std::string> &header() const { return m_header; }
    /// The next row that is not empty; false at the end, or where rows are lost in a quote.
    [[nodiscard]] bool next(std::vector<std::string> &row)
    {
        while (m_swallowed == 0 && nextCsvRow(m_rest, row, m_line, m_between, &m_swallowed))
            if (m_swallowed == 0 && (row.size() > 1 || !trimmed(row.front()).empty()))
                return true;
        return false;
    }
    /// Errors: Invalid, with the line where a quote opens that is not closed.
    [[nodiscard]] Result<> whole() const
    {
        if (m_swallowed == 0)
            return {};
        return fail(Code::Invalid, openQuoteSentence(m_swallowed));
    }

private:
    std::string_view m_rest;
    char m_between;
    std::vector<std::string> m_header;
    std::size_t m_line = 1, m_swallowed = 0;
};

/// The first rows, at most `most`. Errors: Invalid, as whole().
Result<Grid> csvGrid(std::string_view bytes, std::size_t most)
{
    CsvRows rows(bytes);
    Grid out;
    out.header = rows.header();
    for (std::vector<std::string> row; out.rows.size() < most && rows.next(row);)
        out.rows.push_back(row);
    if (auto whole = rows.whole(); !whole)
        return tl::unexpected(whole.error());
    return out;
}

/// The first rows, at most `most`. Errors: TooLarge also when there are more than kMostRows, or they hold more than kMostCells with those left empty between.
Result<Grid> jsonGrid(std::string_view bytes, std::size_t most = kMostRows)
{
    auto all = json::parseAll(bytes);
    if (!all)
        return tl::unexpected(all.error());
    const json::Array *list = nullptr;
    std::string listName, others;
    if (all->size() == 1 && all->front().is_object()) // {"deployments": [ … ]}
        for (const auto &member : all->front().get_object())
            if (const json::Array *inner = member.value().if_array(); inner && !inner->empty() && (*inner)[0].is_object()) {
                if (list)
                    others += (others.empty() ? "" : ", ") + safeLine(std::string(member.key()), 60);
                else
                    listName = safeLine(std::string(member.key()), 60);
                list = list ? list : inner;
            }
    const std::size_t rows = list ? list->size() : all->size();
    if (rows > kMostRows)
        return fail(Code::TooLarge, "The table has " + std::to_string(rows) + " rows; at most " + std::to_string(kMostRows) + " are read. Cut it to the hours of the incident.");
    Grid out;
    if (!others.empty())
        out.note = "The file has several lists: “" + listName + "” is read, and not " + others + ".";
    std::size_t cellsHeld = 0;
    std::map<std::string, std::size_t> columns;
    const auto take = [&](const json::Value &v) {
        const json::Object *o = v.if_object();
        std::vector<std::pair<std::string, std::string>> cells;
        if (o)
            flatten(*o, {}, 0, cells, out.left);
        std::vector<std::string> row;
        for (auto &cell : cells) {
            const auto it = columns.try_emplace(cell.first, out.header.size()).first;
            if (it->second == out.header.size()) {
                if (out.header.size() >= kCsvColumns) {
                    columns.erase(it);
                    ++out.left;
                    continue;
                }
                out.header.push_back(cell.first);
            }
            if (row.size() <= it->second)
                row.resize(it->second + 1);
            row[it->second] = std::move(cell.second);
        }
        cellsHeld += row.size();
        out.rows.push_back(std::move(row));
    };
    for (std::size_t i = 0; i < std::min(rows, most) && cellsHeld <= kMostCells; ++i)
        take(list ? (*list)[i] : (*all)[i]);
    if (cellsHeld > kMostCells)
        return fail(Code::TooLarge, "The table's rows have more columns than are read. Leave out those that say nothing of the incident.");
    return out;
}

bool isJson(std::string_view bytes)
{
    const std::string_view t = trimmed(bytes.substr(0, 4096));
    return t.starts_with('{') || t.starts_with('[');
}

} // namespace

bool looksLikeDeploys(std::string_view bytes)
{
    const auto grid = isJson(bytes) ? jsonGrid(bytes, kRowsSniffed) : csvGrid(bytes, 0);
    if (!grid)
        return false;
    const Columns columns = known(grid->header, {});
    return columns.has(At) && columns.has(Version);
}

void lookAtTable(std::string_view bytes, const Options &options, Look &out)
{
    const auto read = isJson(bytes) ? jsonGrid(bytes, kLookedRows) : csvGrid(bytes, kLookedRows);
    if (!read) {
        out.problem = read.error().message;
        return;
    }
    const Grid &grid = *read;
    const Columns columns = known(grid.header, options.columns);
    if (const auto good = checked(columns, options); !good)
        out.problem = good.error().message;
    out.columnsInAll = grid.header.size();
    for (std::size_t i = 0; i < std::min(grid.header.size(), kLookedColumns); ++i)
        out.columns.push_back(safeLine(grid.header[i], 80));
    for (const std::vector<std::string> &row : grid.rows) {
        auto &shown = out.rows.emplace_back();
        for (std::size_t i = 0; i < std::min(row.size(), kLookedColumns); ++i)
            shown.push_back(safeLine(row[i], 80));
    }
    for (std::size_t p = 0; p < kParts; ++p)
        if (const int at = columns.of[p]; at >= 0 && static_cast<std::size_t>(at) < grid.header.size()) // also one that is not shown
            out.means.emplace(kPartWords[p], safeLine(grid.header[static_cast<std::size_t>(at)], 80));
    for (const std::vector<std::string> &row : grid.rows)
        for (const Cell cell : {At, Until, Known})
            if (const int at = columns.of[cell]; at >= 0 && static_cast<std::size_t>(at) < row.size())
                (void)momentOf(row[static_cast<std::size_t>(at)], {}, &out.zoneless);
}

Result<Facts> readTable(std::string_view bytes, Format format, const Options &options)
{
    Grid grid;
    std::optional<CsvRows> lines;
    if (isJson(bytes)) {
        auto read = jsonGrid(bytes);
        if (!read)
            return tl::unexpected(read.error());
        grid = std::move(*read);
    } else {
        grid.header = lines.emplace(bytes).header();
        if (auto whole = lines->whole(); !whole)
            return tl::unexpected(whole.error());
    }
    const Columns columns = known(grid.header, options.columns);
    if (auto good = checked(columns, options); !good)
        return tl::unexpected(good.error());
    Collector out(format, (format == Format::Deploys ? "Deploys" : "Table") + (options.name.empty() ? std::string() : ", " + options.name), options);
    std::string said;
    for (std::size_t p = 0; p < kParts; ++p)
        if (columns.of[p] >= 0)
            said += (said.empty() ? "" : ", ") + std::string(kPartWords[p]) + " = " + columns.names[static_cast<std::size_t>(columns.of[p])];
    out.note("Columns: " + said + ".");
    if (!grid.note.empty())
        out.note(grid.note);
    out.count("1 value that is a list, or nested too deep, is left out.", "%1 values that are lists, or nested too deep, are left out.", grid.left);
    if (format == Format::Deploys) { // of which only what is known goes into the text
        std::string unsaid;
        std::size_t named = 0;
        for (std::size_t i = 0; i < grid.header.size(); ++i)
            if (std::find(columns.of.begin(), columns.of.end(), static_cast<int>(i)) == columns.of.end() && ++named <= kColumnsSaid)
                unsaid += (unsaid.empty() ? "" : ", ") + safeLine(grid.header[i], 60);
        if (!unsaid.empty())
            out.note("Columns that are not read: " + unsaid + (named > kColumnsSaid ? " …" : "") + ".");
    }
    std::string unread;
    const auto take = [&](const std::vector<std::string> &row) {
        const std::function<std::string(Cell)> cell = [&](Cell p) {
            const int at = columns.of[static_cast<std::size_t>(p)];
            return at >= 0 && static_cast<std::size_t>(at) < row.size() ? std::string(trimmed(row[static_cast<std::size_t>(at)])) : std::string();
        };
        Fact f;
        const auto at = out.moment(cell(At)), until = out.moment(cell(Until)), seen = out.moment(cell(Known));
        f.at = at.value_or(Instant{});
        if (!f.at && unread.empty())
            unread = cell(At);
        f.until = until.value_or(Instant{});
        f.knownAt = seen.value_or(Instant{});
        if (!until && !cell(Until).empty())
            out.count("1 end that cannot be read is left out.", "%1 ends that cannot be read are left out.");
        if (!seen && !cell(Known).empty())
            out.count("1 time of when it was known cannot be read; it is taken as known at once.", "%1 times of when it was known cannot be read; they are taken as known at once.");
        f.actor = cell(Actor);
        f.kind = format == Format::Deploys ? "change" : asciiLower(cell(Kind));
        f.reference = cell(Reference);
        f.text = format == Format::Deploys ? deployText(cell) : tableText(columns, row, cell, out);
        out.add(std::move(f));
    };
    std::for_each(grid.rows.begin(), grid.rows.end(), take);
    if (lines) { // a row outside of the hours asked for is counted, and counts for no limit
        for (std::vector<std::string> row; lines->next(row);)
            take(row);
        if (auto whole = lines->whole(); !whole)
            return tl::unexpected(whole.error());
    }
    if (!unread.empty())
        out.note("No time: “" + safeLine(unread, 60) + "”. Times are RFC 3339, 2026-11-23 14:02, or seconds since 1970.");
    return out.take("The table has no row with a time.");
}

} // namespace qd::rebuild
