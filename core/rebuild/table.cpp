// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/collector.h"
#include "core/rebuild/json.h"

#include "core/base/ascii.h"
#include "core/base/csv.h"
#include "core/base/safetext.h"

#include <algorithm>
#include <array>
#include <functional>

/// Tables: CSV (comma, semicolon or tab between), a list of JSON objects, or one a line. Columns are known by their names, or named by whoever imports.
namespace qd::rebuild {

namespace {

constexpr std::size_t kColumnsSaid = 20, kTextColumns = 12;
constexpr std::size_t kMostRows = kMostFacts * 2, kMostCells = 4'000'000, kRowsSniffed = 20;

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
    std::string out = subject.empty() && version.empty() && where.empty() ? std::string() : "deploy of " + (subject.empty() ? std::string("a service") : subject) + (version.empty() ? "" : " " + version.substr(0, 60));
    if (!where.empty())
        out += " to " + where;
    if (!state.empty())
        out += " (" + state + ")";
    if (!text.empty())
        out += (out.empty() ? "" : ": ") + text;
    return out;
}

std::string tableText(const Columns &columns, const std::vector<std::string> &row, const std::function<std::string(Cell)> &cell)
{
    std::string out = cell(Text);
    std::size_t shown = 0;
    for (std::size_t i = 0; i < columns.names.size() && i < row.size(); ++i) {
        const auto part = std::find(columns.of.begin(), columns.of.end(), static_cast<int>(i));
        const bool isSaid = part != columns.of.end() && part - columns.of.begin() <= Reference;
        if (!isSaid && !row[i].empty() && shown++ < kTextColumns)
            out += (out.empty() ? "" : "; ") + columns.names[i] + ": " + row[i];
    }
    return out;
}

/// Nested one or two levels deep: {"creator": {"login": "ana"}} is creator_login.
void flatten(const json::Object &from, const std::string &before, int depth, std::vector<std::pair<std::string, std::string>> &out)
{
    for (const auto &member : from) {
        const std::string name = before + std::string(member.key());
        if (out.size() >= kCsvColumns)
            return;
        if (const json::Object *inner = member.value().if_object(); inner && depth < 2)
            flatten(*inner, name + "_", depth + 1, out);
        else if (!member.value().is_array() && !member.value().is_object())
            out.emplace_back(name, json::textOf(member.value()));
    }
}

struct Grid {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
};

char separatorOf(std::string_view bytes)
{
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    const auto comma = std::count(line.begin(), line.end(), ','), semicolon = std::count(line.begin(), line.end(), ';'), tab = std::count(line.begin(), line.end(), '\t');
    return tab > comma && tab > semicolon ? '\t' : semicolon > comma ? ';' : ',';
}

Grid csvGrid(std::string_view bytes, std::size_t most)
{
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    Grid out;
    const char between = separatorOf(bytes);
    std::size_t line = 1;
    nextCsvRow(bytes, out.header, line, between);
    for (std::vector<std::string> row; out.rows.size() < most && nextCsvRow(bytes, row, line, between);)
        if (row.size() > 1 || !trimmed(row.front()).empty())
            out.rows.push_back(row);
    return out;
}

/// The first rows, at most `most`. Errors: TooLarge also when there are more than kMostRows, or they hold more than kMostCells with those left empty between.
Result<Grid> jsonGrid(std::string_view bytes, std::size_t most = kMostRows)
{
    auto all = json::parseAll(bytes);
    if (!all)
        return tl::unexpected(all.error());
    const json::Array *list = nullptr;
    if (all->size() == 1 && all->front().is_object()) // {"deployments": [ … ]}
        for (const auto &member : all->front().get_object())
            if (const json::Array *inner = member.value().if_array(); inner && !inner->empty() && (*inner)[0].is_object() && !list)
                list = inner;
    const std::size_t rows = list ? list->size() : all->size();
    if (rows > kMostRows)
        return fail(Code::TooLarge, "The table has " + std::to_string(rows) + " rows; at most " + std::to_string(kMostRows) + " are read. Cut it to the hours of the incident.");
    Grid out;
    std::size_t cellsHeld = 0;
    std::map<std::string, std::size_t> columns;
    const auto take = [&](const json::Value &v) {
        const json::Object *o = v.if_object();
        std::vector<std::pair<std::string, std::string>> cells;
        if (o)
            flatten(*o, {}, 0, cells);
        std::vector<std::string> row;
        for (auto &cell : cells) {
            const auto it = columns.try_emplace(cell.first, out.header.size()).first;
            if (it->second == out.header.size()) {
                if (out.header.size() >= kCsvColumns) {
                    columns.erase(it);
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
    Grid grid;
    if (isJson(bytes)) {
        auto read = jsonGrid(bytes, kRowsSniffed);
        if (read)
            grid = std::move(*read);
    } else {
        grid = csvGrid(bytes, 0);
    }
    const Columns columns = known(grid.header, {});
    return columns.has(At) && columns.has(Version);
}

Result<Facts> readTable(std::string_view bytes, Format format, const Options &options)
{
    Grid grid;
    if (isJson(bytes)) {
        auto read = jsonGrid(bytes);
        if (!read)
            return tl::unexpected(read.error());
        grid = std::move(*read);
    } else {
        grid = csvGrid(bytes, kMostRows);
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
    std::string unread;
    for (const std::vector<std::string> &row : grid.rows) {
        const std::function<std::string(Cell)> cell = [&](Cell p) {
            const int at = columns.of[static_cast<std::size_t>(p)];
            return at >= 0 && static_cast<std::size_t>(at) < row.size() ? std::string(trimmed(row[static_cast<std::size_t>(at)])) : std::string();
        };
        Fact f;
        f.at = momentOf(cell(At), options.zone).value_or(Instant{});
        if (!f.at && unread.empty())
            unread = cell(At);
        f.until = momentOf(cell(Until), options.zone).value_or(Instant{});
        f.knownAt = momentOf(cell(Known), options.zone).value_or(Instant{});
        f.actor = cell(Actor);
        f.kind = format == Format::Deploys ? "change" : asciiLower(cell(Kind));
        f.reference = cell(Reference);
        f.text = format == Format::Deploys ? deployText(cell) : tableText(columns, row, cell);
        out.add(std::move(f));
    }
    if (!unread.empty())
        out.note("No time: “" + safeLine(unread, 60) + "”. Times are RFC 3339, 2026-11-23 14:02, or seconds since 1970.");
    return out.take("The table has no row with a time.");
}

} // namespace qd::rebuild
