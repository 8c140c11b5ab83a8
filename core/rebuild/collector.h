// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rebuild/look.h"

#include <map>
#include <set>

namespace qd::rebuild {

inline constexpr std::size_t kLabelsBytes = 600; ///< of an alert's labels in its text

/// Gathers what a reader finds: makes it safe, holds it to the limits, counts what is left out and says so at the end.
class Collector {
public:
    Collector(Format format, std::string origin, const Options &options);

    /// Takes a fact in, or leaves it out: without a time, before 2000, in the future, outside of the hours asked for, beyond kMostFacts, without words.
    void add(Fact fact);
    /// momentOf() in the zone of the import; times that name none are counted, and that is said.
    [[nodiscard]] std::optional<Instant> moment(std::string_view text);
    void readInZone() { ++m_zoneless; }  ///< a time without a zone was read in that of the import
    /// A sentence of its own; kNotesLimit are kept, and where there are more the last one says so.
    void note(std::string sentence);
    /// Counts something that is said once, with its number: "%1 messages were …" where it is several, `one` where it is one.
    void count(const std::string &one, const std::string &several, std::uint64_t by = 1);
    void narrative(std::string text);
    void origin(std::string text) { m_facts.origin = std::move(text); }
    [[nodiscard]] const Options &options() const { return m_options; }
    [[nodiscard]] bool isFull() const { return m_full > 0; }

    /// Errors: TooLarge (more than kMostFacts), Invalid (`empty`: nothing in it, and no narrative either). Where all of it is outside of the hours asked for it has no fact.
    [[nodiscard]] Result<Facts> take(const std::string &empty);

private:
    struct Counted {
        std::string one, several;
        std::uint64_t count = 0;
    };
    const Options &m_options;
    Facts m_facts;
    std::vector<Counted> m_counted;
    std::set<std::string> m_people;
    std::map<std::string, std::vector<std::size_t>> m_references; ///< of the facts that are in, by what the file calls them
    std::uint64_t m_full = 0, m_outside = 0, m_zoneless = 0, m_unsaid = 0;
};

/// A moment as files write it: RFC 3339, "2026-11-23 14:02[:05[.5]]" with or without a zone ("UTC", "Z", "+02:00"), seconds, milli-, micro- or nanoseconds
/// since 1970. What names no zone is of `zone`, and `zoneless` becomes true. None: it cannot be read.
[[nodiscard]] std::optional<Instant> momentOf(std::string_view text, const Zone &zone, bool *zoneless = nullptr);

/// Whether an alert is called as one that always fires, to show that alerting works: Watchdog, DeadMansSwitch.
[[nodiscard]] bool isCalledAlways(std::string_view name);
/// Without blanks at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text);

// One reader a format.
[[nodiscard]] Result<Facts> readSlackExport(std::string_view bytes, const Options &options);
[[nodiscard]] Result<Facts> readSlackChannel(std::string_view bytes, const Options &options);
[[nodiscard]] Result<Facts> readPagerDuty(std::string_view bytes, const Options &options);
[[nodiscard]] Result<Facts> readPrometheus(std::string_view bytes, const Options &options);
[[nodiscard]] Result<Facts> readAlertmanager(std::string_view bytes, const Options &options);
/// Deploy lists and any other table: CSV, JSON, JSON lines.
[[nodiscard]] Result<Facts> readTable(std::string_view bytes, Format format, const Options &options);
[[nodiscard]] Result<Facts> readMarkdown(std::string_view bytes, const Options &options);
/// The columns, the first rows and what is taken for what.
void lookAtTable(std::string_view bytes, const Options &options, Look &out);
/// Whether the first row or object of a table names columns of deploys.
[[nodiscard]] bool looksLikeDeploys(std::string_view bytes);

} // namespace qd::rebuild
