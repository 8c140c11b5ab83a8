// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/json.h"

#include "core/base/safetext.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

namespace qd::sources {

namespace {

/// A tree of a large body is not kept for the life of the thread.
constexpr std::size_t kKeptCapacity = 16 * 1024 * 1024;

std::string sentenceFor(simdjson::error_code error)
{
    if (error == simdjson::DEPTH_ERROR)
        return "the body nests deeper than " + std::to_string(kDepthLimit) + " levels";
    if (error == simdjson::EMPTY)
        return "the body is empty; a JSON document was expected";
    if (error == simdjson::CAPACITY || error == simdjson::MEMALLOC)
        return "the body is too large to be read";
    return "the body is not JSON";
}

simdjson::error_code parseInto(std::unique_ptr<simdjson::dom::parser> &parser, std::string_view body, Element &out)
{
    if (!parser || parser->capacity() > kKeptCapacity)
        parser = std::make_unique<simdjson::dom::parser>();
    // simdjson counts the document itself as a level.
    if (parser->max_depth() != kDepthLimit + 1)
        if (const auto error = parser->allocate(std::max<std::size_t>(body.size(), 4096), kDepthLimit + 1))
            return error;
    return parser->parse(body.data(), body.size()).get(out);
}

/// Length of a valid UTF-8 sequence at the front, 0 when there is none.
std::size_t sequenceAt(std::string_view s)
{
    const auto b = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    const unsigned char lead = b(0);
    if (lead < 0x80)
        return 1;
    const std::size_t n = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
    if (n == 0 || n > s.size())
        return 0;
    for (std::size_t i = 1; i < n; ++i)
        if ((b(i) & 0xc0) != 0x80)
            return 0;
    if ((lead == 0xe0 && b(1) < 0xa0) || (lead == 0xed && b(1) >= 0xa0) || (lead == 0xf0 && b(1) < 0x90) || (lead == 0xf4 && b(1) >= 0x90))
        return 0;
    return n;
}

/// The code unit of "\uXXXX" at the front, or -1.
int escapeAt(std::string_view s)
{
    unsigned unit = 0;
    if (s.size() < 6 || s[0] != '\\' || s[1] != 'u')
        return -1;
    const auto [end, error] = std::from_chars(s.data() + 2, s.data() + 6, unit, 16);
    return error == std::errc() && end == s.data() + 6 ? static_cast<int>(unit) : -1;
}

/// Length of a JSON number at the front (RFC 8259 section 6), 0 when there is none.
std::size_t numberAt(std::string_view s)
{
    std::size_t at = 0;
    const auto run = [&] {
        const std::size_t first = at;
        while (at < s.size() && s[at] >= '0' && s[at] <= '9')
            ++at;
        return at - first;
    };
    if (at < s.size() && s[at] == '-')
        ++at;
    const bool zero = at < s.size() && s[at] == '0';
    const std::size_t whole = run();
    if (whole == 0 || (zero && whole > 1))
        return 0;
    if (at < s.size() && s[at] == '.') {
        ++at;
        if (run() == 0)
            return 0;
    }
    if (at < s.size() && (s[at] == 'e' || s[at] == 'E')) {
        ++at;
        if (at < s.size() && (s[at] == '+' || s[at] == '-'))
            ++at;
        if (run() == 0)
            return 0;
    }
    return at;
}

constexpr std::string_view kReplacement = "\xef\xbf\xbd";
constexpr std::string_view kReplacementEscape = "\\ufffd";

void repairString(std::string_view body, std::size_t &at, std::string &out)
{
    while (at < body.size() && body[at] != '"') {
        const std::string_view rest = body.substr(at);
        if (body[at] == '\\') {
            const int unit = escapeAt(rest);
            if (unit < 0) {
                out += rest.substr(0, 2);
                at += std::min<std::size_t>(2, rest.size());
            } else if (unit >= 0xd800 && unit < 0xdc00 && escapeAt(rest.substr(6)) >= 0xdc00 && escapeAt(rest.substr(6)) < 0xe000) {
                out += rest.substr(0, 12);
                at += 12;
            } else {
                out += unit >= 0xd800 && unit < 0xe000 ? kReplacementEscape : rest.substr(0, 6);
                at += 6;
            }
            continue;
        }
        const std::size_t n = sequenceAt(rest);
        out += n == 0 ? kReplacement : rest.substr(0, n);
        at += std::max<std::size_t>(n, 1);
    }
}

} // namespace

std::string repairJson(std::string_view body)
{
    constexpr std::size_t kSafeDigits = 18;
    std::string out;
    out.reserve(body.size() + body.size() / 16);
    for (std::size_t at = 0; at < body.size();) {
        const char c = body[at];
        if (c == '"') {
            out += c;
            ++at;
            repairString(body, at, out);
            if (at < body.size()) {
                out += '"';
                ++at;
            }
            continue;
        }
        const std::size_t n = c == '-' || (c >= '0' && c <= '9') ? numberAt(body.substr(at)) : 0;
        const std::string_view number = body.substr(at, n);
        if (n > kSafeDigits || number.find_first_of("eE") != std::string_view::npos) {
            out += '"';
            out += number;
            out += '"';
            at += n;
            continue;
        }
        out += n == 0 ? body.substr(at, 1) : number;
        at += std::max<std::size_t>(n, 1);
    }
    return out;
}

Result<Element> parseJson(std::string_view body)
{
    thread_local std::unique_ptr<simdjson::dom::parser> parser;
    if (body.starts_with("\xef\xbb\xbf"))
        body.remove_prefix(3);
    Element element;
    auto error = parseInto(parser, body, element);
    if (error == simdjson::UTF8_ERROR || error == simdjson::STRING_ERROR || error == simdjson::NUMBER_ERROR)
        if (const std::string repaired = repairJson(body); repaired != body)
            error = parseInto(parser, repaired, element);
    if (error)
        return fail(Code::Invalid, sentenceFor(error), simdjson::error_message(error));
    return element;
}

std::optional<std::string_view> textOf(Element element, Scratch &scratch)
{
    switch (element.type()) {
    case simdjson::dom::element_type::STRING: return element.get_string().value_unsafe();
    case simdjson::dom::element_type::NULL_VALUE: return std::string_view();
    case simdjson::dom::element_type::INT64:
    case simdjson::dom::element_type::UINT64:
    case simdjson::dom::element_type::DOUBLE:
    case simdjson::dom::element_type::BOOL: return scratch.keep(simdjson::to_string(element));
    default: return std::nullopt;
    }
}

std::string_view textAt(const Object &object, std::string_view key, Scratch &scratch)
{
    Element found;
    if (object.at_key(key).get(found))
        return {};
    return textOf(found, scratch).value_or(std::string_view());
}

std::optional<std::int64_t> numberOf(Element element)
{
    std::int64_t number = 0;
    if (!element.get_int64().get(number))
        return number;
    std::string_view text;
    if (element.get_string().get(text))
        return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::string jsonText(Element element)
{
    return simdjson::to_string(element);
}

std::string jsonString(std::string_view text)
{
    static constexpr char kHex[] = "0123456789abcdef";
    std::string out = "\"";
    out.reserve(text.size() + 2);
    for (const char c : text) {
        const auto b = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (b < 0x20) {
            out += "\\u00";
            out += kHex[b >> 4];
            out += kHex[b & 15];
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::optional<std::string> readPairs(Element element, std::string_view what, bool dropEmpty, Pairs &out, Scratch &scratch)
{
    out.clear();
    if (element.is_null())
        return std::nullopt;
    Object object;
    if (element.get_object().get(object))
        return std::string(what) + "s must be an object of texts";
    bool ordered = true;
    for (const auto field : object) {
        std::string_view value;
        if (field.value.get_string().get(value)) {
            const auto text = textOf(field.value, scratch);
            if (!text)
                return "the value of " + std::string(what) + " " + jsonString(safeLine(field.key, 100)) + " is not a text";
            value = *text;
        }
        // An empty value still has to displace an earlier one of the same name, so it is dropped only after sorting.
        if (!out.empty() && out.back().first >= field.key)
            ordered = false;
        out.emplace_back(field.key, value);
    }
    if (!ordered) {
        std::stable_sort(out.begin(), out.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
        std::size_t kept = 0;
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (kept > 0 && out[kept - 1].first == out[i].first)
                out[kept - 1] = out[i];
            else
                out[kept++] = out[i];
        }
        out.resize(kept);
    }
    if (dropEmpty)
        std::erase_if(out, [](const auto &p) { return p.second.empty(); });
    if (out.size() > kLabelLimit)
        return "it has " + std::to_string(out.size()) + " " + std::string(what) + "s; at most " + std::to_string(kLabelLimit) + " are taken";
    return std::nullopt;
}

bool isClassicName(std::string_view name)
{
    if (name.empty() || (name[0] >= '0' && name[0] <= '9'))
        return false;
    static constexpr auto kMay = [] {
        std::array<bool, 256> may{};
        for (int c = 0; c < 256; ++c)
            may[static_cast<std::size_t>(c)] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        return may;
    }();
    bool all = true;
    for (const char c : name)
        all &= kMay[static_cast<unsigned char>(c)];
    return all;
}

bool TimeReader::read(Element element, Instant &out)
{
    out = {};
    if (element.is_null())
        return true;
    std::string_view text;
    if (element.get_string().get(text))
        return false;
    if (text.empty())
        return true;
    if (text != m_text) {
        const auto parsed = parseInstant(text);
        if (!parsed)
            return false;
        m_text = text;
        m_value = *parsed;
    }
    out = m_value;
    return true;
}

void Quarantine::add(std::uint32_t index, std::string reason, Element raw)
{
    ++m_count;
    m_lastReason = reason;
    if (m_count <= kLimit)
        m_builder.quarantine(index, std::move(reason), jsonText(raw));
    else
        m_builder.begin();
}

void Quarantine::close()
{
    if (m_count > kLimit)
        m_builder.quarantine(kLimit, std::to_string(m_count - kLimit) + " more of this delivery could not be taken; the last because "
                             + m_lastReason, {});
}

} // namespace qd::sources
