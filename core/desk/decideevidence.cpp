// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"

#include "core/base/amounts.h"
#include "core/base/ascii.h"
#include "core/base/encoding.h"
#include "core/base/safetext.h"

#include <algorithm>
#include <numeric>

namespace qd::desk {

using state::State;

namespace {

constexpr std::size_t kNameBytes = 255;
constexpr std::string_view kAnyType = "application/octet-stream";

/// What is left of a path of any system's is its last part; what could be a folder's name is none.
std::string baseName(std::string_view given)
{
    std::string name = safeLine(given, 4 * kNameBytes);
    if (const auto slash = name.find_last_of("/\\"); slash != std::string::npos)
        name.erase(0, slash + 1);
    name = safeLine(name, kNameBytes);
    return name == "." || name == ".." ? std::string() : name;
}

std::string_view typeOf(std::string_view name)
{
    static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
        {"png", "image/png"},        {"jpg", "image/jpeg"},      {"jpeg", "image/jpeg"},      {"gif", "image/gif"},        {"svg", "image/svg+xml"},
        {"txt", "text/plain"},       {"log", "text/plain"},      {"md", "text/markdown"},     {"csv", "text/csv"},         {"html", "text/html"},
        {"json", "application/json"}, {"pdf", "application/pdf"}, {"gz", "application/gzip"}, {"zip", "application/zip"}};
    const auto dot = name.rfind('.');
    const std::string end = dot == std::string_view::npos ? std::string() : asciiLower(name.substr(dot + 1));
    const auto it = std::find_if(std::begin(kTypes), std::end(kTypes), [&](const auto &t) { return t.first == end; });
    return it == std::end(kTypes) ? kAnyType : it->second;
}

/// RFC 6838 section 4.2: letters, digits and the signs allowed there, and one slash between two of them. In small letters.
bool isMediaType(std::string_view type)
{
    constexpr std::string_view kSigns = "/!#$&-^_.+";
    const auto slash = type.find('/');
    return type.size() <= 127 && slash != std::string_view::npos && slash > 0 && slash + 1 < type.size() && std::count(type.begin(), type.end(), '/') == 1
        && std::all_of(type.begin(), type.end(), [&](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || kSigns.find(c) != std::string_view::npos; });
}

} // namespace

Result<Decision> decideEvidence(const State &state, const Command &command, const events::Actor &by)
{
    const auto &c = get<KeepEvidence>(command);
    const auto i = incidentMeant(state, c.incident);
    if (!i)
        return tl::unexpected(i.error());
    const std::string name = baseName(c.name);
    if (name.empty())
        return fail(Code::Invalid, "Evidence needs the name of a file.");
    const std::string type = c.mediaType.empty() ? std::string(typeOf(name)) : asciiLower(c.mediaType);
    if (!isMediaType(type))
        return fail(Code::Invalid, "\"" + safeLine(c.mediaType, 60) + "\" is no media type; it is written like image/png.");
    if (const auto why = bounded({{c.text, "description"}}); !why)
        return tl::unexpected(why.error());
    const auto bytes = fromBase64(c.content);
    if (!bytes)
        return fail(Code::Invalid, "The content of " + name + " is not base64.");
    if (bytes->empty())
        return fail(Code::Invalid, name + " is empty; there is nothing to keep.");
    if (bytes->size() > state::kEvidenceBytes)
        return fail(Code::TooLarge, name + " is larger than " + bytesInWords(state::kEvidenceBytes) + ", the most one file of evidence may be. Keep a part of it, or pin a link to where it lies.");
    const auto &all = (*i)->evidence;
    if (all.size() >= state::kEvidenceKept)
        return fail(Code::TooLarge, (*i)->id + " has " + std::to_string(state::kEvidenceKept) + " files of evidence already.");
    const std::uint64_t held = std::accumulate(all.begin(), all.end(), std::uint64_t{0}, [](std::uint64_t sum, const state::Evidence &e) { return sum + e.bytes; });
    if (held + bytes->size() > state::kEvidenceInAll)
        return fail(Code::TooLarge, (*i)->id + " holds " + bytesInWords(held) + " of evidence; with " + name + " it would be more than " + bytesInWords(state::kEvidenceInAll) + ".");
    const std::string digest = sha256Hex(asText(*bytes));
    if (const auto same = std::find_if(all.begin(), all.end(), [&](const state::Evidence &e) { return e.digest == digest; }); same != all.end())
        return Decision{{}, "evidence/" + std::to_string(same->number), {name + " is evidence " + std::to_string(same->number) + " of " + (*i)->id + " already, byte for byte."}};
    const auto n = static_cast<std::uint32_t>(all.size() + 1);
    return Decision{{events::EvidenceKept{(*i)->id, toBase64(*bytes), name, safeText(c.text, kTextLimit), digest, type, n, bytes->size(), by}}, "evidence/" + std::to_string(n)};
}

} // namespace qd::desk
