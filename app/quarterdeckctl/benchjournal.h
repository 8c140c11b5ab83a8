// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/bench.h"
#include "core/base/ports.h"
#include "core/events/event.h"
#include "core/journal/journal.h"
#include "core/state/state.h"
#include "core/triage/reports.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace qd::app {

/// A reference journal: what figures about start, travel and replay are about. The same seed gives the same events.
struct JournalSpec {
    const char *name;
    std::uint64_t events = 1'000'000; ///< of about 300 bytes each as encoded
    std::uint32_t active = 2000;      ///< alerts that fire at a time
    std::uint32_t incidents = 200;
    Span length = hours(24 * 90);     ///< from the first record to the last
};
inline constexpr JournalSpec kJ1{"J1"};
inline constexpr JournalSpec kJ2{"J2", 1'000'000, 100'000};

/// Invents the journal of a team's quarter of a year, record by record: alerts judged by the real rules, incidents with their chat,
/// run-lengths, heartbeats, changes. About 40 MB of its text is distinct at a million events. Not thread-safe.
class JournalMaker {
public:
    explicit JournalMaker(const JournalSpec &spec);

    struct Made {
        std::uint64_t seq = 0;
        Instant time;
        events::Events events;
    };
    /// The next record; nothing after the last.
    [[nodiscard]] std::optional<Made> next();
    [[nodiscard]] const state::State &state() const { return m_state; } ///< after the last record made

private:
    struct Firing {
        std::uint32_t number = 0;
        Instant since;
    };
    [[nodiscard]] std::uint64_t random();
    [[nodiscard]] std::uint64_t below(std::uint64_t n) { return random() % n; }
    [[nodiscard]] std::string words(std::size_t bytes);
    void begin(events::Events &out);
    void alerts(events::Events &out);
    void incident(events::Events &out);
    void repeats(events::Events &out);
    void addReport(BatchBuilder &batch, const Firing &alert, bool resolved);
    void apply(events::Events &out, events::Events events);

    const JournalSpec m_spec;
    std::uint64_t m_seed = 0x51444a31;
    std::uint64_t m_events = 0;
    Instant m_now;
    Span m_step;
    state::State m_state;
    std::optional<triage::ReportRules> m_rules;
    std::vector<Firing> m_firing;
    std::uint32_t m_lastAlert = 0, m_lastIncident = 0, m_lines = 0;
    std::vector<std::uint32_t> m_open; ///< incidents
    std::vector<std::string> m_vocabulary;
};

class Scratch;

/// A home with a reference journal and its snapshots, open. Made in a temporary folder that goes with it, or in
/// `options.keep`/<name>, where the next bench finds it.
struct ReferenceHome {
    std::filesystem::path path;
    SystemClock clock;
    SystemRandom random;
    std::unique_ptr<journal::Journal> journal;
    JournalSpec spec;
    std::uint64_t events = 0;    ///< in it
    std::uint64_t bodyBytes = 0; ///< of encoded events
    std::uint64_t textBytes = 0; ///< distinct texts of its State, and of its incidents' lines
    std::uint64_t active = 0;    ///< alerts that fire at its end
    double madeSeconds = 0;      ///< 0 when it was there

    ReferenceHome();
    ~ReferenceHome();
    [[nodiscard]] static Result<std::unique_ptr<ReferenceHome>> open(const JournalSpec &spec, const BenchOptions &options);
    [[nodiscard]] Result<> reopen(); ///< closes the journal and opens it again
    /// From here on in a copy, where the home is one that is kept: for what adds records. The journal is closed.
    [[nodiscard]] Result<> toCopy();
    [[nodiscard]] std::uint64_t journalBytes() const;

private:
    [[nodiscard]] Result<> make();
    [[nodiscard]] Result<> snapshots();
    std::unique_ptr<Scratch> m_scratch; ///< where it is in a temporary folder
};

/// The specification with the number of events the options ask for (kept in proportion), for quick runs.
[[nodiscard]] JournalSpec scaled(JournalSpec spec, const BenchOptions &options);

} // namespace qd::app
