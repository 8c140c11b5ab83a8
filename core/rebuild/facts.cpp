// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/collector.h"
#include "core/rebuild/once.h"
#include "core/rebuild/samealert.h"

#include "core/base/ascii.h"
#include "core/base/clocktext.h"
#include "core/base/safetext.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <tuple>

namespace qd::rebuild {

namespace {

constexpr std::array<std::string_view, 8> kFormatWords{"slack-export", "slack-channel", "pagerduty", "prometheus", "alertmanager", "deploys", "table", "markdown"};
constexpr std::size_t kSniffed = 64 << 10;
constexpr Span kClocksAgree = minutes(1), kSameThing = hours(3);
constexpr std::size_t kPairsNeeded = 2, kAlwaysSaid = 5;
constexpr Span kLongGap = hours(1), kLeastZone = minutes(30), kZoneStep = minutes(15), kZoneNear = minutes(3); ///< kLeastZone: the least by which clocks of two zones differ, nearly always

bool holds(std::string_view text, std::string_view word)
{
    return text.find(word) != std::string_view::npos;
}

/// By its mark, or by every second byte of what begins it.
bool isUtf16(std::string_view bytes)
{
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
        return true;
    const auto isNul = [&](std::size_t at) { return bytes[at] == '\0'; };
    return bytes.size() >= 4 && isNul(0) == isNul(2) && isNul(1) == isNul(3) && isNul(0) != isNul(1);
}

std::optional<Format> jsonFormat(std::string_view bytes)
{
    const std::string_view head = bytes.substr(0, kSniffed);
    if (holds(head, "\"log_entries\"") || holds(head, "_log_entry\""))
        return Format::PagerDuty;
    if (holds(head, "\"resultType\"") || (holds(head, "\"status\"") && holds(head, "\"errorType\"")))
        return Format::Prometheus;
    if (holds(head, "\"startsAt\"") && holds(head, "\"labels\""))
        return Format::Alertmanager;
    if (holds(head, "\"ts\"") && (holds(head, "\"messages\"") || holds(head, "\"type\"")) && (holds(head, "\"user\"") || holds(head, "\"bot_id\"") || holds(head, "\"subtype\"")))
        return Format::SlackChannel;
    if (holds(head, "\"ok\"") && holds(head, "\"messages\""))
        return Format::SlackChannel;
    return looksLikeDeploys(bytes) ? Format::Deploys : Format::Table;
}

std::string aboutAlert(const Fact &f)
{
    return f.kind == "alert" ? alertName(f.text) : std::string();
}

/// Who knows most of alerts comes first: what several tell of stands as the first has it.
int rankOf(Format format)
{
    switch (format) {
    case Format::Prometheus: return 0;
    case Format::Alertmanager: return 1;
    case Format::PagerDuty: return 2;
    default: return 3;
    }
}

/// The files in that order, else as they were given.
std::vector<std::size_t> inOrder(std::span<const Facts> files)
{
    std::vector<std::size_t> out(files.size());
    std::iota(out.begin(), out.end(), std::size_t{0});
    std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) { return rankOf(files[a].format) < rankOf(files[b].format); });
    return out;
}

/// Alerts that a file before tells of.
void compareAlerts(std::span<const Facts> files, Together &out)
{
    ToldAlerts told;
    std::map<std::string, std::string> beyond; // name → what is said of it
    for (const std::size_t i : inOrder(files)) {
        for (const Fact &f : files[i].facts) {
            if (f.kind != "alert")
                continue;
            if (const auto more = told.beyond(files[i].origin, f.text))
                beyond.insert_or_assign(more->name, more->note());
            if (told.has(files[i].origin, f.text, f.at, f.knownAt, f.until))
                ++out.alertsTwice;
        }
        for (const Fact &f : files[i].facts)
            if (f.kind == "alert")
                told.add(files[i].origin, f.text, f.at, f.knownAt, f.until);
    }
    for (const auto &[name, note] : beyond)
        if (out.notes.size() < kNotesLimit)
            out.notes.push_back(note);
    if (out.alertsTwice > 0)
        out.notes.push_back(std::to_string(out.alertsTwice) + (out.alertsTwice == 1 ? " alert is" : " alerts are") + " told of by two files; what fires stands once, and the other word of it as a line of the log.");
}

/// By how much the one's clock is ahead of the other's, by the alerts both tell of; nothing where they are too few or agree.
std::optional<std::pair<Span, std::size_t>> skew(const Facts &a, const Facts &b)
{
    std::multimap<std::string, Instant> seen;
    for (const Fact &f : b.facts)
        if (const std::string name = aboutAlert(f); !name.empty())
            seen.emplace(name, f.knownAt);
    std::vector<Span> apart;
    for (const Fact &f : a.facts) {
        const std::string name = aboutAlert(f);
        if (name.empty())
            continue;
        std::optional<Span> nearest;
        const auto range = seen.equal_range(name);
        for (auto it = range.first; it != range.second; ++it)
            if (const Span d = f.knownAt - it->second; !nearest || std::abs(d.ns) < std::abs(nearest->ns))
                nearest = d;
        if (nearest && std::abs(nearest->ns) < kSameThing.ns)
            apart.push_back(*nearest);
    }
    if (apart.size() < kPairsNeeded)
        return std::nullopt;
    std::nth_element(apart.begin(), apart.begin() + static_cast<std::ptrdiff_t>(apart.size() / 2), apart.end());
    const Span median = apart[apart.size() / 2];
    if (std::abs(median.ns) <= kClocksAgree.ns)
        return std::nullopt;
    return std::pair{median, apart.size()};
}

/// When it began is not taken from an alert that always fires, and that is said; where there is nothing else it is.
void leaveAlwaysOut(std::span<const Facts> files, Together &out)
{
    std::set<std::string> names;
    Instant first;
    for (const Facts &f : files)
        for (const Fact &one : f.facts)
            if (one.isAlways && (!out.since || one.at < out.since)) {
                names.insert(alertName(one.text));
                first = !first || one.at < first ? one.at : first;
            }
    if (names.empty())
        return;
    std::string said;
    std::size_t n = 0;
    for (const std::string &name : names)
        if (n++ < kAlwaysSaid)
            said += (said.empty() ? "" : ", ") + name;
    said += names.size() > kAlwaysSaid ? " …" : "";
    const bool isAll = !out.since;
    if (isAll)
        out.since = first;
    out.notes.push_back(said + (names.size() == 1 ? " fires" : " fire") + " from before the history to beyond its end; "
                        + (isAll ? "there is nothing else, and the incident begins with it, " + dayClockText(first) + ". Was it later? Say so: --since." : "the incident begins without it, " + dayClockText(out.since) + ". Was it earlier? Say so: --since."));
}

Instant lastOf(const Facts &f)
{
    Instant out;
    for (const Fact &one : f.facts)
        out = std::max({out, one.at, one.until});
    return out;
}

/// Between two files that do not overlap; none where they do.
Span gapBetween(const Facts &a, const Facts &b)
{
    return std::max({Span{}, b.facts.front().at - lastOf(a), a.facts.front().at - lastOf(b)});
}

/// Of a zone's size, or more than one incident's files leave between them.
bool asksForZone(Span gap)
{
    const Span past{gap.ns % kZoneStep.ns}, off = std::min(past, kZoneStep - past);
    return gap >= kLongGap || (gap >= kLeastZone && off <= kZoneNear);
}

void compareClocks(std::span<const Facts> files, Together &out)
{
    std::set<std::size_t> asked; // once a file
    for (std::size_t i = 0; i < files.size(); ++i)
        for (std::size_t j = i + 1; j < files.size() && out.notes.size() < kNotesLimit; ++j) {
            const Facts &a = files[i], &b = files[j];
            if (a.facts.empty() || b.facts.empty())
                continue;
            if (const auto s = skew(a, b))
                out.notes.push_back("Clocks may disagree: of " + std::to_string(s->second) + " alerts both tell of, " + a.origin + " has them " + toText(Span{std::abs(s->first.ns)}) + (s->first.ns > 0 ? " later than " : " earlier than ")
                                    + b.origin + ". Nothing was moved.");
            else if (asksForZone(gapBetween(a, b)) && !asked.contains(i) && asked.insert(j).second)
                out.notes.push_back(a.origin + " (" + dayClockText(a.facts.front().at) + " to " + dayClockText(lastOf(a)) + ") and " + b.origin + " (" + dayClockText(b.facts.front().at) + " to " + dayClockText(lastOf(b))
                                    + ") do not overlap: is the zone right, and are they of one incident?");
        }
}

} // namespace

bool isCalledAlways(std::string_view name)
{
    constexpr std::array<std::string_view, 3> kNames{"watchdog", "deadmansswitch", "deadmanssnitch"};
    return std::find(kNames.begin(), kNames.end(), asciiLower(name)) != kNames.end();
}

std::string_view word(Format format)
{
    return kFormatWords[static_cast<std::size_t>(format)];
}

std::optional<Format> formatNamed(std::string_view word)
{
    const auto it = std::find(kFormatWords.begin(), kFormatWords.end(), word);
    return it == kFormatWords.end() ? std::nullopt : std::optional(static_cast<Format>(it - kFormatWords.begin()));
}

Result<Format> formatOf(std::string_view bytes, std::string_view name)
{
    if (trimmed(bytes.substr(0, kSniffed)).empty())
        return fail(Code::Invalid, "The file is empty.");
    if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06"))
        return Format::SlackExport;
    if (isUtf16(bytes))
        return fail(Code::Invalid, "The file is UTF-16, as Excel's “Unicode text” is: save it as UTF-8 (Excel: “CSV UTF-8”).");
    const std::string lower = asciiLower(name);
    std::string_view head = bytes.substr(0, kSniffed);
    if (head.starts_with("\xEF\xBB\xBF"))
        head.remove_prefix(3);
    head = trimmed(head);
    if (head.find('\0') != std::string_view::npos)
        return fail(Code::Invalid, "The file is of no kind that can be read: a Slack export (ZIP), JSON of Slack, PagerDuty, Prometheus or Alertmanager, a table (CSV, JSON) or a post-mortem in Markdown.");
    const bool saysMarkdown = lower.ends_with(".md") || lower.ends_with(".markdown") || lower.ends_with(".txt");
    if ((head.starts_with('{') || head.starts_with('[')) && !saysMarkdown)
        return *jsonFormat(bytes);
    if (lower.ends_with(".csv") || lower.ends_with(".tsv"))
        return looksLikeDeploys(bytes) ? Format::Deploys : Format::Table;
    if (saysMarkdown || head.starts_with('#') || holds(head, "\n#") || holds(head, "\n- ") || holds(head, "\n* ") || holds(head, "\n| "))
        return Format::Markdown;
    const std::string_view first = head.substr(0, head.find('\n'));
    if (first.find_first_of(",;\t") != std::string_view::npos)
        return looksLikeDeploys(bytes) ? Format::Deploys : Format::Table;
    return Format::Markdown;
}

Result<Facts> read(std::string_view bytes, const Options &options)
{
    if (bytes.size() > kFileBytes)
        return fail(Code::TooLarge, "The file is larger than " + std::to_string(kFileBytes >> 20) + " MiB. Cut it to the incident's channel and days.");
    auto format = formatOf(bytes, options.name);
    if (!format && isUtf16(bytes)) // it can be read as nothing, whatever somebody names it
        return tl::unexpected(format.error());
    if (!options.format.empty()) {
        const auto named = formatNamed(options.format);
        if (!named)
            return fail(Code::Invalid, "The format is slack-export, slack-channel, pagerduty, prometheus, alertmanager, deploys, table or markdown; not “" + safeLine(options.format, 40) + "”.");
        format = *named;
    }
    if (!format)
        return tl::unexpected(format.error());
    switch (*format) {
    case Format::SlackExport:
        return readSlackExport(bytes, options);
    case Format::SlackChannel:
        return readSlackChannel(bytes, options);
    case Format::PagerDuty:
        return readPagerDuty(bytes, options);
    case Format::Prometheus:
        return readPrometheus(bytes, options);
    case Format::Alertmanager:
        return readAlertmanager(bytes, options);
    case Format::Deploys:
    case Format::Table:
        return readTable(bytes, *format, options);
    case Format::Markdown:
        break;
    }
    return readMarkdown(bytes, options);
}

std::vector<Part> partsOf(std::span<const Facts> files)
{
    std::vector<Part> out;
    for (const std::size_t file : inOrder(files)) {
        std::size_t bytes = 0;
        for (std::size_t i = 0; i < files[file].facts.size(); ++i) {
            const Fact &f = files[file].facts[i];
            const std::size_t size = f.text.size() + f.actor.size() + f.reference.size();
            if (out.empty() || out.back().file != file || out.back().count == kPartFacts || bytes + size > kPartBytes) {
                out.push_back({file, i, 0});
                bytes = 0;
            }
            ++out.back().count;
            bytes += size;
        }
    }
    return out;
}

Result<Together> together(std::span<const Facts> files)
{
    Together out;
    std::set<std::tuple<Instant, std::string, std::string>> seen;
    std::set<std::string> people;
    ToldSeries series; // of the files before
    for (const Facts &f : files) {
        out.facts += f.facts.size();
        people.insert(f.people.begin(), f.people.end());
        for (const Fact &one : f.facts) {
            if (!seen.emplace(one.at, one.actor, one.text).second || series.find(f.origin, one.reference, one.knownAt, one.until))
                ++out.twice;
            if (!one.isAlways)
                out.since = !out.since || one.at < out.since ? one.at : out.since;
        }
        for (const Fact &one : f.facts)
            series.add(f.origin, one.reference, one.knownAt, one.until, 0);
        out.until = std::max(out.until, lastOf(f));
    }
    if (out.facts > kMostFacts)
        return fail(Code::TooLarge, "The files tell of " + std::to_string(out.facts) + " things together; an incident is rebuilt from at most " + std::to_string(kMostFacts) + ". Cut them to the hours of the incident.");
    leaveAlwaysOut(files, out);
    out.kept = factsOnce(files);
    if (out.twice > 0)
        out.notes.push_back(std::to_string(out.twice) + (out.twice == 1 ? " entry stands" : " entries stand") + " twice in the files; once is kept.");
    compareAlerts(files, out);
    compareClocks(files, out);
    out.people.assign(people.begin(), people.end());
    return out;
}

} // namespace qd::rebuild
