// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rebuild/facts.h"

#include <set>

namespace qd::rebuild {

/// Gathers what a reader finds: makes it safe, holds it to the limits, counts what is left out and says so at the end.
class Collector {
public:
    Collector(Format format, std::string origin, const Options &options);

    /// Takes a fact in, or leaves it out: without a time, before 2000, in the future, beyond kMostFacts, without words.
    void add(Fact fact);
    /// A sentence of its own; the first kNotesLimit are kept.
    void note(std::string sentence);
    /// Counts something that is said once, with its number: "%1 messages were …" where it is several, `one` where it is one.
    void count(const std::string &one, const std::string &several, std::uint64_t by = 1);
    void narrative(std::string text);
    void origin(std::string text) { m_facts.origin = std::move(text); }
    [[nodiscard]] const Options &options() const { return m_options; }
    [[nodiscard]] bool isFull() const { return m_full > 0; }

    /// Errors: TooLarge (more than kMostFacts), Invalid (`empty`: nothing in it, and no narrative either).
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
    std::uint64_t m_full = 0;
};

/// A moment as files write it: RFC 3339, "2026-11-23 14:02[:05[.5]]" with or without a zone ("UTC", "Z", "+02:00"), seconds, milli-, micro- or nanoseconds
/// since 1970. What names no zone is of `zone`. None: it cannot be read.
[[nodiscard]] std::optional<Instant> momentOf(std::string_view text, const Zone &zone);

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
/// Whether the first row or object of a table names columns of deploys.
[[nodiscard]] bool looksLikeDeploys(std::string_view bytes);

} // namespace qd::rebuild
