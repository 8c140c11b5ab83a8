// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/base/zone.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace qd::rebuild {

inline constexpr std::size_t kFileBytes = 64u << 20;   ///< of one file
inline constexpr std::size_t kFilesLimit = 50;         ///< of one incident
inline constexpr std::size_t kMostFacts = 20'000;      ///< of one reading; an incident that has so many takes no more
inline constexpr std::size_t kFactBytes = 8u << 10;    ///< of one fact's text; what is beyond is cut, and said
inline constexpr std::size_t kNarrativeBytes = 64u << 10; ///< what a post-mortem says beside its times
inline constexpr std::size_t kNotesLimit = 40;         ///< of one file
inline constexpr Span kFutureAllowed = hours(24);      ///< how far ahead of us a clock may be before a time is no time

/// What can be read. A file's format is seen in its bytes, or named.
enum class Format : std::uint8_t { SlackExport, SlackChannel, PagerDuty, Prometheus, Alertmanager, Deploys, Table, Markdown };
[[nodiscard]] std::string_view word(Format format);    ///< "slack-export", "slack-channel", "pagerduty", "prometheus", "alertmanager", "deploys", "table", "markdown"
[[nodiscard]] std::optional<Format> formatNamed(std::string_view word);

/// Something that is said to have happened. Texts are safe and bounded.
struct Fact {
    Instant at;                          ///< when it happened
    Instant knownAt = {};                ///< when it could be known: never before `at`
    Instant until = {};                  ///< of what lasted
    std::string kind;                    ///< as a timeline's kinds are called: message, alert, change, page, ack, escalation, log …
    std::string actor, text, reference;  ///< actor: as the file names them; reference: what the file calls it
    bool isAlways = false;               ///< an alert that fires from before its history begins to beyond its end, as Watchdog: it says nothing of when an incident began
    bool operator==(const Fact &) const = default;
};

/// What one file tells.
struct Facts {
    Format format = Format::Table;
    std::string origin;                  ///< "Slack export, #inc-42"
    std::vector<Fact> facts;             ///< by time; those of one instant as the file has them
    std::vector<std::string> notes;      ///< what did not translate, what was left out, what looks wrong: sentences
    std::vector<std::string> people;     ///< each once, in alphabetical order
    std::string narrative = {};          ///< Markdown: the text without its times
};

struct Options {
    std::string name = {};               ///< of the file, for its origin and for what it may be
    std::string format = {};             ///< word(Format); left out: seen in the bytes
    std::string channel = {};            ///< of a Slack export: a channel's name or id
    std::string day = {};                ///< of a post-mortem that names no day: "2026-11-23"
    std::map<std::string, std::string> columns = {}; ///< of a table: at, until, known, text, actor, kind, reference → its column, where it is not called so
    Zone zone = {};                      ///< of times without one
    Instant from = {}, to = {};          ///< the incident's hours: a fact that is over before them or begins after them is left out, and counted
    Instant now;                         ///< a fact after it by more than kFutureAllowed is left out
};

/// The incident's hours as somebody writes them, either left out: RFC 3339, or "2026-11-23 14:02" of the options' zone. Errors: Invalid.
[[nodiscard]] Result<void> limitHours(Options &options, std::string_view from, std::string_view to);

/// The format, by the bytes and, where they leave it open, by the name. Errors: Invalid, a sentence that says what can be read.
[[nodiscard]] Result<Format> formatOf(std::string_view bytes, std::string_view name);

/// Reads one file, wholly or not at all. Pure; any thread. Errors: Invalid (not of this format, hostile), TooLarge, Corrupt (a damaged archive), NotFound
/// (no such channel), Conflict (an export of several channels and none named): each a sentence a person can act on.
[[nodiscard]] Result<Facts> read(std::string_view bytes, const Options &options);

/// The channels a Slack export has messages of, by name. Errors: as read().
[[nodiscard]] Result<std::vector<std::string>> slackChannels(std::string_view bytes);

/// What several files tell, looked at together: too much, what two of them tell twice, clocks that seem to disagree. Errors: TooLarge.
struct Together {
    Instant since, until;                ///< from the first fact that is no alert that always fires (where there is another) to the end of the last
    std::size_t kept = 0;                ///< facts an incident has that is made of them: factsOnce()
    std::size_t facts = 0, twice = 0;    ///< twice: of two files, the same instant, person and text; kept once when imported
    std::size_t alertsTwice = 0;         ///< two files tell of them, each in its words: one of them is the alert, the other a line
    std::vector<std::string> notes, people;
};
[[nodiscard]] Result<Together> together(std::span<const Facts> files);

/// Facts of one file that go in one command.
struct Part {
    std::size_t file = 0, from = 0, count = 0;
};
inline constexpr std::size_t kPartFacts = 1000;        ///< desk::kFactsLimit
inline constexpr std::size_t kPartBytes = 512u << 10;  ///< of their texts
/// All facts of the files, those of who knows most of alerts first (Prometheus, Alertmanager, PagerDuty), else in their order.
[[nodiscard]] std::vector<Part> partsOf(std::span<const Facts> files);

} // namespace qd::rebuild
