// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/evidence.h"

#include "core/base/encoding.h"
#include "core/base/numberbehind.h"
#include "core/base/safetext.h"
#include "core/model/marking.h"
#include "core/review/merged.h"

#include <algorithm>
#include <charconv>

namespace qd::review {

namespace {

constexpr std::string_view kLine = "line/", kMessage = "message/", kPlainSigns = "._~/:@-";

bool isPlain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || kPlainSigns.find(c) != std::string_view::npos;
}

std::size_t runOf(std::string_view text, std::size_t at, char c)
{
    const std::size_t end = text.find_first_not_of(c, at);
    return (end == std::string_view::npos ? text.size() : end) - at;
}

/// Behind the code that begins here with these backticks; behind the backticks alone where nothing closes them.
std::size_t behindCode(std::string_view text, std::size_t at, std::size_t ticks)
{
    for (std::size_t next = text.find('`', at + ticks); next != std::string_view::npos; next = text.find('`', next)) {
        const std::size_t run = runOf(text, next, '`');
        if (run == ticks)
            return next + run;
        next += run;
    }
    return at + ticks;
}

/// Behind a fenced block that begins in this line, or 0.
std::size_t behindFence(std::string_view text, std::size_t lineAt)
{
    std::size_t at = text.find_first_not_of(' ', lineAt);
    if (at == std::string_view::npos || at - lineAt > 3 || (text[at] != '`' && text[at] != '~') || runOf(text, at, text[at]) < 3)
        return 0;
    const char sign = text[at];
    const std::size_t length = runOf(text, at, sign);
    for (std::size_t end = text.find('\n', at); end != std::string_view::npos; end = text.find('\n', end + 1)) {
        const std::size_t begin = text.find_first_not_of(' ', end + 1);
        if (begin != std::string_view::npos && text[begin] == sign && runOf(text, begin, sign) >= length) {
            const std::size_t last = text.find('\n', begin);
            return last == std::string_view::npos ? text.size() : last;
        }
    }
    return text.size();
}

/// The link that begins at this bracket, if one does.
std::optional<Cited> linkAt(std::string_view text, std::size_t at)
{
    const std::size_t end = text.find_first_of("[]\n", at + 1);
    if (end == std::string_view::npos || text[end] != ']' || end - at > kCiteLabelBytes + 1 || text.substr(end + 1, 1 + kEntryScheme.size()) != "(" + std::string(kEntryScheme))
        return std::nullopt;
    const std::size_t target = end + 2 + kEntryScheme.size();
    const std::size_t close = text.find_first_of(") \t\n<>", target);
    if (close == std::string_view::npos || text[close] != ')' || close == target || close - target > 3 * kReferenceBytes)
        return std::nullopt;
    return Cited{at, close + 1 - at, std::string(text.substr(at + 1, end - at - 1)), safeLine(percentDecoded(text.substr(target, close - target)), kReferenceBytes)};
}

/// "line/412", "line/412/3" for the third of one.
std::string byRecord(const state::Incident &incident, std::size_t index)
{
    const std::uint64_t seq = incident.timeline[index].seq;
    std::size_t nth = 1;
    for (std::size_t n = index; n > 0 && incident.timeline[n - 1].seq == seq; --n)
        ++nth;
    return std::string(kLine) + std::to_string(seq) + (nth > 1 ? "/" + std::to_string(nth) : "");
}

struct LineOfAPart {
    const state::Incident *part = nullptr;
    std::size_t index = 0;
};

/// A line of what became part of the incident: by its record alone, which is one in the whole journal, and only where the incident has none of that record.
std::optional<LineOfAPart> lineOfAPart(const state::State &state, const state::Incident &incident, std::string_view reference)
{
    if (!reference.starts_with(kLine) || lineMeant(incident, reference.substr(0, reference.find('/', kLine.size()))))
        return std::nullopt;
    for (const state::Incident *one : withMerged(state, incident))
        if (const auto line = one == &incident ? std::nullopt : lineMeant(*one, reference))
            return LineOfAPart{one, *line};
    return std::nullopt;
}

} // namespace

std::vector<Cited> citedIn(std::string_view text)
{
    std::vector<Cited> out;
    bool isLineBegin = true;
    for (std::size_t at = 0; at < text.size() && out.size() < kCitedMost;) {
        if (isLineBegin) {
            isLineBegin = false;
            if (const std::size_t behind = behindFence(text, at)) {
                at = behind;
                continue;
            }
        }
        const char c = text[at];
        if (c == '`') {
            at = behindCode(text, at, runOf(text, at, '`'));
        } else if (c == '\\') {
            at += 2;
        } else if (auto link = c == '[' ? linkAt(text, at) : std::nullopt) {
            at += link->length;
            out.push_back(std::move(*link));
        } else {
            isLineBegin = c == '\n';
            ++at;
        }
    }
    return out;
}

std::string cite(std::string_view label, std::string_view reference)
{
    std::string out = "[";
    for (const char c : label.substr(0, kCiteLabelBytes))
        out += c == '[' || c == ']' || c == '\n' || c == '\\' || c == '`' ? ' ' : c;
    out += "](" + std::string(kEntryScheme);
    constexpr std::string_view kHex = "0123456789ABCDEF";
    for (const char c : reference.substr(0, kReferenceBytes)) {
        if (isPlain(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += kHex[byte >> 4];
        out += kHex[byte & 15];
    }
    return out + ")";
}

std::string referenceOf(const state::Incident &incident, std::size_t index)
{
    const state::Entry &e = incident.timeline[index];
    if (e.kind == state::EntryKind::Message && !e.messageId.empty())
        return state::momentReference(e);
    return byRecord(incident, index);
}

std::optional<std::size_t> lineMeant(const state::Incident &incident, std::string_view reference)
{
    const auto &lines = incident.timeline;
    const auto place = [&](auto it) { return it == lines.end() ? std::nullopt : std::optional<std::size_t>(static_cast<std::size_t>(it - lines.begin())); };
    if (reference.empty())
        return std::nullopt;
    if (reference.starts_with(kLine)) {
        std::uint64_t seq = 0;
        std::size_t nth = 1;
        const char *end = reference.data() + reference.size();
        auto read = std::from_chars(reference.data() + kLine.size(), end, seq);
        if (read.ec == std::errc() && read.ptr != end && *read.ptr == '/')
            read = std::from_chars(read.ptr + 1, end, nth);
        if (read.ec != std::errc() || read.ptr != end || nth == 0)
            return std::nullopt;
        const auto first = std::find_if(lines.begin(), lines.end(), [&](const state::Entry &e) { return e.seq == seq; });
        if (first == lines.end() || static_cast<std::size_t>(lines.end() - first) < nth || (first + static_cast<std::ptrdiff_t>(nth - 1))->seq != seq)
            return std::nullopt;
        return place(first + static_cast<std::ptrdiff_t>(nth - 1));
    }
    if (reference.starts_with(kMessage))
        return place(std::find_if(lines.begin(), lines.end(), [&](const state::Entry &e) { return e.kind == state::EntryKind::Message && state::momentReference(e) == reference; }));
    return place(std::find_if(lines.begin(), lines.end(), [&](const state::Entry &e) { return e.reference == reference; }));
}

std::optional<Instant> evidenceAt(const state::State &state, const state::Incident &incident, std::string_view reference)
{
    if (reference.starts_with(kAlertReference)) {
        const std::string_view key = reference.substr(kAlertReference.size());
        if (const auto joined = state::joinedAlert(state, incident, key))
            return joined->startsAt;
        if (const auto linked = state::linkedAlert(state, incident, key))
            return linked->startsAt;
        const state::Alert *a = state.alert(key);
        return a ? std::optional(a->startsAt) : std::nullopt;
    }
    if (reference.starts_with(kChangeReference)) {
        const auto seq = numberBehind(kChangeReference, reference);
        for (const state::Change &c : state.changes)
            if (seq != 0 && c.seq == seq)
                return c.at;
        return std::nullopt;
    }
    if (const auto line = lineMeant(incident, reference))
        return incident.timeline[*line].at;
    const auto theirs = lineOfAPart(state, incident, reference);
    return theirs ? std::optional(theirs->part->timeline[theirs->index].at) : std::nullopt;
}

std::string evidenceText(const state::State &state, const state::Incident &incident, std::string_view reference)
{
    if (reference.starts_with(kAlertReference)) {
        const std::string_view key = reference.substr(kAlertReference.size());
        if (const auto joined = state::joinedAlert(state, incident, key))
            return std::string(state.text(joined->title));
        if (const auto linked = state::linkedAlert(state, incident, key))
            return std::string(state.text(linked->title));
        const state::Alert *a = state.alert(key);
        return a ? std::string(state.text(a->title)) : std::string();
    }
    if (reference.starts_with(kChangeReference)) {
        const auto seq = numberBehind(kChangeReference, reference);
        for (const state::Change &c : state.changes)
            if (seq != 0 && c.seq == seq)
                return c.title + " " + c.service;
        return {};
    }
    if (const auto line = lineMeant(incident, reference))
        return incident.timeline[*line].removed ? std::string() : incident.timeline[*line].text;
    const auto theirs = lineOfAPart(state, incident, reference);
    if (!theirs || theirs->part->timeline[theirs->index].removed)
        return {};
    return without(theirs->part->timeline[theirs->index].text, Reader{DataClass::Internal, {}}); // who is cleared here may not be cleared there
}

std::string exactReference(const state::State &state, const state::Incident &incident, std::string_view reference)
{
    if (const auto line = lineMeant(incident, reference))
        return referenceOf(incident, *line);
    if (const auto theirs = lineOfAPart(state, incident, reference))
        return byRecord(*theirs->part, theirs->index); // a message too: its id is looked for in the incident alone
    return evidenceAt(state, incident, reference) ? std::string(reference) : std::string();
}

} // namespace qd::review
