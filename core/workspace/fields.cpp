// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/fields.h"

#include "core/base/amounts.h"
#include "core/base/safetext.h"
#include "core/base/zone.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <toml++/toml.h>

namespace qd::workspace {

namespace {

const toml::table &tableOf(const void *p) { return *static_cast<const toml::table *>(p); }
const toml::node &nodeOf(const void *p) { return *static_cast<const toml::node *>(p); }
std::uint32_t lineOf(const toml::source_region &region) { return region.begin.line; }

bool isId(const std::string &id)
{
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !id.empty() && id.size() <= 64 && plain(id.front())
        && std::all_of(id.begin(), id.end(), [&](char c) { return plain(c) || c == '.' || c == '_' || c == '-'; });
}

} // namespace

struct Document::Root {
    toml::table table;
};

Document::Document(const std::string &text, std::uint32_t file, Problems &problems) : m_file(file), m_problems(problems)
{
    try {
        m_root = std::make_unique<Root>(Root{toml::parse(text)});
    } catch (const toml::parse_error &e) {
        problems.add({file, lineOf(e.source())}, "this is not TOML: " + safeLine(e.description()) + "; see https://toml.io for how it is written");
    } catch (const std::exception &e) {
        problems.add({file, 0}, "this cannot be read: " + safeLine(e.what()), Code::Internal);
    }
}

Document::~Document() = default;

Fields Document::fields() { return Fields(&m_root->table, m_file, m_problems, "workspace files"); }

Fields::Fields(const void *table, std::uint32_t file, Problems &problems, std::string what)
    : m_table(table), m_file(file), m_problems(&problems), m_what(std::move(what))
{
    m_place = {file, table ? lineOf(tableOf(table).source()) : 0};
}

const void *Fields::node(const char *key)
{
    m_asked->insert(key);
    return m_table ? tableOf(m_table).get(key) : nullptr;
}

bool Fields::has(const char *key) { return node(key) != nullptr; }

Place Fields::placeOf(const char *key) const
{
    const toml::node *n = m_table ? tableOf(m_table).get(key) : nullptr;
    return n ? Place{m_file, lineOf(n->source())} : m_place;
}

void Fields::problemAt(Place place, std::string text) { m_problems->add(place, std::move(text)); }

void Fields::wrongType(const char *key, const std::string &wanted)
{
    problem(key, std::string(key) + " of " + m_what + " has the wrong type; write " + wanted);
}

std::string Fields::id()
{
    const std::string given = text("id", true);
    if (!given.empty() && !isId(given))
        problem("id", "\"" + given + "\" is no id; write up to 64 of a-z, 0-9, '.', '_' and '-', starting with a letter or digit");
    return given;
}

std::string Fields::text(const char *key, bool isRequired)
{
    const void *n = node(key);
    if (!n) {
        if (isRequired)
            problemAt(m_place, m_what + " has no " + key + "; write " + key + " = \"…\"");
        return {};
    }
    const auto value = nodeOf(n).value_exact<std::string>();
    if (!value) {
        wrongType(key, std::string(key) + " = \"…\"");
        return {};
    }
    TextMarks marks;
    std::string clean = safeLine(*value, kNameLimit, &marks);
    if (marks.clamped || marks.hidden)
        problem(key, std::string(key) + " of " + m_what + (marks.clamped ? " is too long; shorten it" : " holds invisible characters; type it anew"));
    else if (clean.empty() && isRequired)
        problem(key, std::string(key) + " of " + m_what + " is empty; write " + key + " = \"…\"");
    return clean;
}

std::string Fields::body(const char *key)
{
    const void *n = node(key);
    const auto value = n ? nodeOf(n).value_exact<std::string>() : std::nullopt;
    if (!value) {
        problem(key, m_what + " has no " + key + "; write " + key + " = \"\"\"…\"\"\"");
        return {};
    }
    TextMarks marks;
    std::string clean = safeText(*value, 16 * 1024, &marks);
    if (marks.clamped || marks.hidden)
        problem(key, std::string(key) + " of " + m_what + (marks.clamped ? " is longer than 16 KiB; shorten it" : " holds invisible characters; type it anew"));
    if (clean.find_first_not_of(" \t\r\n") == std::string::npos)
        problem(key, std::string(key) + " of " + m_what + " is empty; write the text to send");
    return clean;
}

std::vector<Given> Fields::texts(const char *key, std::size_t limit)
{
    std::vector<Given> out;
    each(key, limit, "a text in quotes", [&](Element e) {
        if (!e.isText())
            return false;
        TextMarks marks;
        std::string clean = safeLine(e.text(), kNameLimit, &marks);
        if (clean.empty() || marks.clamped || marks.hidden)
            problemAt(e.place(), std::string("an entry of ") + key + " of " + m_what + (clean.empty() ? " is empty; take it out" : " is too long or holds invisible characters; type it anew"));
        else
            out.push_back({std::move(clean), e.place()});
        return true;
    });
    return out;
}

bool Fields::flag(const char *key, bool otherwise)
{
    const void *n = node(key);
    if (!n)
        return otherwise;
    const auto value = nodeOf(n).value_exact<bool>();
    if (!value)
        wrongType(key, "true or false");
    return value.value_or(otherwise);
}

std::int64_t Fields::number(const char *key, std::int64_t otherwise, std::int64_t least, std::int64_t most)
{
    const void *n = node(key);
    if (!n)
        return otherwise;
    const auto value = nodeOf(n).value_exact<std::int64_t>();
    const std::string wanted = "a number from " + std::to_string(least) + " to " + std::to_string(most);
    if (!value)
        wrongType(key, wanted);
    else if (*value < least || *value > most)
        problem(key, std::string(key) + " of " + m_what + " is " + std::to_string(*value) + "; write " + wanted);
    else
        return *value;
    return otherwise;
}

std::vector<std::int64_t> Fields::numbers(const char *key, std::size_t limit, std::int64_t least, std::int64_t most)
{
    std::vector<std::int64_t> out;
    bool sound = true;
    each(key, limit, "a number", [&](Element e) {
        const auto value = e.number();
        if (value && (*value < least || *value > most)) {
            problemAt(e.place(), std::string("an entry of ") + key + " of " + m_what + " is " + std::to_string(*value) + "; write a number from " + std::to_string(least) + " to " + std::to_string(most));
            sound = false;
        } else if (value) {
            out.push_back(*value);
        }
        return value.has_value();
    });
    return sound ? out : std::vector<std::int64_t>();
}

std::optional<std::int64_t> Fields::amount(const char *key, std::int64_t least, std::int64_t most)
{
    const void *n = node(key);
    if (!n)
        return {};
    constexpr double kNearly = 1e-4; // of a hundredth: 85.10 is no number of binary digits
    const std::string wanted = "an amount from " + moneyText(least) + " to " + moneyText(most) + ", such as 85.00";
    const auto value = nodeOf(n).is_number() ? nodeOf(n).value<double>() : std::nullopt;
    if (!value) {
        wrongType(key, wanted);
        return {};
    }
    const double hundredths = *value * 100;
    const bool isWhole = std::abs(hundredths - std::round(hundredths)) < kNearly; // neither is what is no number
    if (!isWhole || hundredths < static_cast<double>(least) - kNearly || hundredths > static_cast<double>(most) + kNearly) {
        problem(key, std::string(key) + " of " + m_what + (isWhole ? " is out of bounds; write " : " is no amount in hundredths; write ") + wanted);
        return {};
    }
    return std::llround(hundredths);
}

Span Fields::span(const char *key, Span otherwise, Span least, Span most)
{
    const std::string given = text(key);
    if (given.empty())
        return otherwise;
    const auto value = parseSpan(given);
    if (!value) {
        problem(key, "\"" + given + "\" is no length of time for " + key + "; write \"90s\", \"10m\", \"1h30m\" or \"2d\"");
        return otherwise;
    }
    if (*value < least || *value > most) {
        problem(key, std::string(key) + " of " + m_what + " is " + given + "; write " + toText(least) + " to " + toText(most));
        return otherwise;
    }
    return *value;
}

Fields Fields::table(const char *key)
{
    const void *n = node(key);
    const toml::table *table = n ? nodeOf(n).as_table() : nullptr;
    if (n && !table)
        wrongType(key, std::string("[") + key + "]");
    Fields out(table, m_file, *m_problems, std::string("[") + key + "]");
    if (!table)
        out.m_place = placeOf(key);
    return out;
}

void Fields::each(const char *key, std::size_t limit, const std::string &wanted, const std::function<bool(Element)> &take)
{
    const void *n = node(key);
    if (!n)
        return;
    const toml::array *list = nodeOf(n).as_array();
    if (!list)
        return wrongType(key, wanted.starts_with("[[") ? wanted : "a list in brackets, each entry " + wanted);
    if (list->size() > limit)
        return problem(key, std::string(key) + " of " + m_what + " has " + std::to_string(list->size()) + " entries; at most " + std::to_string(limit) + " are allowed");
    for (const toml::node &element : *list)
        if (!take(Element(&element, m_file, *m_problems)))
            problemAt({m_file, lineOf(element.source())}, std::string("an entry of ") + key + " of " + m_what + " has the wrong type; write " + wanted);
}

void Fields::finish()
{
    if (!m_table)
        return;
    for (const auto &[key, value] : tableOf(m_table)) {
        if (m_asked->contains(std::string(key.str())))
            continue;
        std::string known;
        for (const std::string &asked : *m_asked)
            known += (known.empty() ? "" : ", ") + asked;
        m_problems->add({m_file, lineOf(key.source())}, "\"" + safeLine(key.str()) + "\" is not known in " + m_what + "; known are " + known);
    }
}

bool Element::isText() const { return nodeOf(m_node).is_string(); }
bool Element::isTable() const { return nodeOf(m_node).is_table(); }
std::optional<std::int64_t> Element::number() const { return nodeOf(m_node).value_exact<std::int64_t>(); }
std::string Element::text() const { return nodeOf(m_node).value_exact<std::string>().value_or(std::string()); }
Place Element::place() const { return {m_file, lineOf(nodeOf(m_node).source())}; }
Fields Element::fields(std::string what) const { return Fields(nodeOf(m_node).as_table(), m_file, *m_problems, std::move(what)); }

bool isZone(const std::string &name)
{
    const bool isFormed = !name.empty() && name.size() <= 64 && name.front() != '/' && name.find("..") == std::string::npos
        && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '_' || c == '+' || c == '-';
           });
    const std::filesystem::path zones = "/usr/share/zoneinfo";
    std::error_code ignored;
    return isFormed && (!std::filesystem::is_directory(zones, ignored) || Zone::find(name).has_value());
}

} // namespace qd::workspace
