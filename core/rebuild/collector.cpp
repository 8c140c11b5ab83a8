// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/collector.h"

#include "core/base/clocktext.h"
#include "core/base/safetext.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace qd::rebuild {

namespace {

constexpr std::size_t kActorBytes = 200, kReferenceBytes = 300;
constexpr Instant k2000{946'684'800'000'000'000};

/// A number of seconds, or of a thousandth, a millionth, a billionth of one, by how large it is: with twelve digits and fewer it is seconds.
std::optional<Instant> epochOf(std::string_view text)
{
    const std::size_t dot = text.find('.');
    const std::string_view whole = text.substr(0, dot);
    std::string_view fraction = dot == std::string_view::npos ? std::string_view{} : text.substr(dot + 1);
    const auto digits = [](std::string_view t) { return std::all_of(t.begin(), t.end(), [](char c) { return c >= '0' && c <= '9'; }); };
    if (whole.size() < 9 || whole.size() > 19 || !digits(whole) || !digits(fraction))
        return std::nullopt;
    std::int64_t n = 0;
    if (std::from_chars(whole.data(), whole.data() + whole.size(), n).ec != std::errc{})
        return std::nullopt;
    if (whole.size() <= 11) {
        if (n > 9'000'000'000)
            return std::nullopt;
        std::int64_t ns = 0;
        std::int64_t unit = 100'000'000;
        for (const char c : fraction.substr(0, 9)) {
            ns += (c - '0') * unit;
            unit /= 10;
        }
        return Instant{n * 1'000'000'000 + ns};
    }
    if (whole.size() <= 14)
        return n > 9'000'000'000'000 ? std::nullopt : std::optional(Instant{n * 1'000'000});
    if (whole.size() <= 17)
        return n > 9'000'000'000'000'000 ? std::nullopt : std::optional(Instant{n * 1'000});
    return Instant{n};
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::optional<Instant> momentOf(std::string_view text, const Zone &zone, bool *zoneless)
{
    text = trimmed(text);
    if (text.empty() || text.size() > 40)
        return std::nullopt;
    if (const auto epoch = epochOf(text))
        return epoch;
    std::string t(text);
    for (const std::string_view utc : {" UTC", " GMT", " Z", "UTC", "GMT"})
        if (t.ends_with(utc)) {
            t.replace(t.size() - utc.size(), utc.size(), "Z");
            break;
        }
    if (t.size() > 10 && t[10] == ' ')
        t[10] = 'T';
    if (const std::size_t blank = t.find(' '); blank != std::string::npos) // "… 14:02:05 +0200"
        t.erase(blank, 1);
    const bool named = t.ends_with('Z') || (t.size() > 16 && t.find_first_of("+-", 11) != std::string::npos);
    if (named) {
        if (const std::size_t sign = t.find_first_of("+-", 11); sign != std::string::npos && t.size() - sign == 5) // +0200
            t.insert(sign + 3, ":");
        const std::size_t zoneAt = t.ends_with('Z') ? t.size() - 1 : t.find_first_of("+-", 11);
        if (zoneAt == 16) // without seconds
            t.insert(zoneAt, ":00");
        const auto at = parseInstant(t);
        return at && *at ? std::optional(*at) : std::nullopt;
    }
    Span rest;
    if (const std::size_t dot = t.find('.'); dot != std::string::npos) {
        std::int64_t unit = 100'000'000;
        for (const char c : std::string_view(t).substr(dot + 1, 9)) {
            if (c < '0' || c > '9')
                return std::nullopt;
            rest.ns += (c - '0') * unit;
            unit /= 10;
        }
        t.erase(dot);
    }
    const auto local = parseLocalTime(t);
    if (!local || t.size() < 16) // a day alone is no moment
        return std::nullopt;
    if (zoneless)
        *zoneless = true;
    return zone.instant(*local) + rest;
}

Result<void> limitHours(Options &options, std::string_view from, std::string_view to)
{
    for (const auto &[text, limit] : {std::pair{trimmed(from), &options.from}, std::pair{trimmed(to), &options.to}}) {
        if (text.empty())
            continue;
        const auto at = momentOf(text, options.zone);
        if (!at)
            return fail(Code::Invalid, "The incident's hours are written as 2026-11-23T14:02:00Z, or as 2026-11-23 14:02 in the zone of the import; “" + safeLine(text, 40) + "” is neither.");
        *limit = *at;
    }
    if (options.from && options.to && options.to < options.from)
        return fail(Code::Invalid, "The incident's hours end (--to) before they begin (--from).");
    return {};
}

Collector::Collector(Format format, std::string origin, const Options &options)
    : m_options(options)
{
    m_facts.format = format;
    m_facts.origin = safeLine(origin, 200);
}

void Collector::note(std::string sentence)
{
    if (m_facts.notes.size() < kNotesLimit)
        m_facts.notes.push_back(safeLine(sentence));
    else
        ++m_unsaid;
}

std::optional<Instant> Collector::moment(std::string_view text)
{
    bool zoneless = false;
    const auto at = momentOf(text, m_options.zone, &zoneless);
    m_zoneless += zoneless ? 1 : 0;
    return at;
}

void Collector::count(const std::string &one, const std::string &several, std::uint64_t by)
{
    if (by == 0)
        return;
    const auto it = std::find_if(m_counted.begin(), m_counted.end(), [&](const Counted &c) { return c.several == several; });
    if (it != m_counted.end())
        it->count += by;
    else
        m_counted.push_back({one, several, by});
}

void Collector::narrative(std::string text)
{
    TextMarks marks;
    m_facts.narrative = safeText(trimmed(text), kNarrativeBytes, &marks);
    if (marks.clamped)
        note("The text is longer than " + std::to_string(kNarrativeBytes >> 10) + " KiB and was cut.");
}

void Collector::add(Fact fact)
{
    if (!fact.at) {
        count("1 entry without a time that can be read is left out.", "%1 entries without a time that can be read are left out.");
        return;
    }
    if (fact.at < k2000) {
        count("1 entry of before the year 2000 is left out: its time is wrong.", "%1 entries of before the year 2000 are left out: their times are wrong.");
        return;
    }
    if (m_options.now && fact.at > m_options.now + kFutureAllowed) {
        count("1 entry of the future is left out: its time is wrong.", "%1 entries of the future are left out: their times are wrong.");
        return;
    }
    if ((m_options.from && std::max(fact.at, fact.until) < m_options.from) || (m_options.to && fact.at > m_options.to)) {
        ++m_outside;
        count("1 entry outside of the hours that were asked for is left out.", "%1 entries outside of the hours that were asked for are left out.");
        return;
    }
    if (m_facts.facts.size() >= kMostFacts) {
        ++m_full;
        return;
    }
    TextMarks marks;
    fact.text = safeText(trimmed(fact.text), kFactBytes, &marks);
    if (fact.text.empty()) {
        count("1 entry without words is left out.", "%1 entries without words are left out.");
        return;
    }
    if (marks.clamped)
        count("1 text longer than 8 KiB was cut.", "%1 texts longer than 8 KiB were cut.");
    if (marks.hidden)
        count("1 text held characters that hide something; they are shown.", "%1 texts held characters that hide something; they are shown.");
    if (marks.repaired)
        count("1 text held bytes that are not UTF-8; they stand as �.", "%1 texts held bytes that are not UTF-8; they stand as �.");
    TextMarks named;
    fact.actor = safeLine(trimmed(fact.actor), kActorBytes, &named);
    if (named.clamped)
        count("1 name longer than 200 bytes was cut.", "%1 names longer than 200 bytes were cut.");
    fact.reference = safeLine(trimmed(fact.reference), kReferenceBytes);
    fact.kind = safeLine(fact.kind.empty() ? "log" : fact.kind, 40);
    fact.knownAt = std::max(fact.knownAt, fact.at);
    if (fact.until && fact.until < fact.at) {
        count("1 entry ends before it begins; its end is left out.", "%1 entries end before they begin; their ends are left out.");
        fact.until = {};
    }
    if (!fact.reference.empty()) { // one name for several things: each stays, under a name of its own
        auto &same = m_references[fact.reference];
        const auto is = [&](std::size_t i) { return m_facts.facts[i].at == fact.at && m_facts.facts[i].actor == fact.actor && m_facts.facts[i].text == fact.text; };
        const bool isTwice = std::any_of(same.begin(), same.end(), is);
        same.push_back(m_facts.facts.size());
        if (same.size() > 1 && !isTwice) {
            fact.reference += " (" + std::to_string(same.size()) + ")";
            count("1 entry is called as another one is; both stand.", "%1 entries are called as others are; all of them stand.");
        }
    }
    if (!fact.actor.empty() && fact.kind != "alert") // what watches is nobody
        m_people.insert(fact.actor);
    m_facts.facts.push_back(std::move(fact));
}

Result<Facts> Collector::take(const std::string &empty)
{
    if (m_full > 0)
        return fail(Code::TooLarge, "The file tells of " + std::to_string(kMostFacts + m_full) + " things; an incident is rebuilt from at most " + std::to_string(kMostFacts)
                                        + ". Cut it to the hours of the incident.");
    const std::size_t before = m_facts.notes.size();
    for (const Counted &c : m_counted) {
        std::string sentence = c.count == 1 ? c.one : c.several;
        if (const std::size_t at = sentence.find("%1"); at != std::string::npos)
            sentence.replace(at, 2, std::to_string(c.count));
        note(std::move(sentence));
    }
    if (m_zoneless > 0)
        note(m_zoneless == 1 ? std::string("1 time names no zone; it is read in that of the import (--zone).") : std::to_string(m_zoneless) + " times name no zone; they are read in that of the import (--zone).");
    if (m_unsaid > 0)
        m_facts.notes.back() = std::to_string(m_unsaid + 1) + " more notes are not shown.";
    if (m_facts.facts.empty() && m_facts.narrative.empty() && m_outside == 0) { // what was left out is why, where something was
        const std::size_t why = before < m_facts.notes.size() ? before : 0;
        return fail(Code::Invalid, empty + (m_facts.notes.empty() ? std::string() : " " + m_facts.notes[why]));
    }
    auto &all = m_facts.facts;
    if (const auto disorder = std::is_sorted_until(all.begin(), all.end(), [](const Fact &a, const Fact &b) { return a.at < b.at; }); disorder != all.end())
        std::stable_sort(all.begin(), all.end(), [](const Fact &a, const Fact &b) { return a.at < b.at; });
    m_facts.people.assign(m_people.begin(), m_people.end());
    return std::move(m_facts);
}

} // namespace qd::rebuild
