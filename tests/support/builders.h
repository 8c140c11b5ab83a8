// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "core/state/state.h"
#include "tests/support/clock.h"

#include <string>
#include <utility>
#include <vector>

/// Short ways to say what a test is about; everything not said has a plain default.
namespace qd::tests {

/// A person at the console.
inline const events::Actor kAna{"ana", Path::Person};

/// Whether one of the lines holds the text.
[[nodiscard]] bool says(const std::vector<std::string> &lines, std::string_view text);

using Labels = std::vector<std::pair<std::string, std::string>>;

/// aBatch("am").alert({{"alertname", "Down"}, {"service", "db"}}).startsAt(t).alert({…}).resolved().build()
class ABatch {
public:
    explicit ABatch(std::string connection = "am", Instant receivedAt = kMorning, Path path = Path::Push);
    ABatch &alert(Labels labels);        ///< begins a report; what follows is about it
    ABatch &annotation(std::string name, std::string value);
    ABatch &severity(std::string value); ///< the label
    ABatch &resolved(Instant endsAt = {});
    ABatch &startsAt(Instant t);
    ABatch &endsAt(Instant t);
    ABatch &updatedAt(Instant t);
    ABatch &suppressed(Suppression s, std::string by);
    ABatch &snapshot();
    [[nodiscard]] ReportBatch build() const;

private:
    struct Report {
        Labels labels, annotations;
        AlertStatus status = AlertStatus::Firing;
        Instant startsAt, endsAt, updatedAt;
        Suppression suppression = Suppression::None;
        std::string by;
    };
    std::string m_connection;
    Instant m_receivedAt;
    Path m_path;
    bool m_snapshot = false;
    std::vector<Report> m_reports;
};
[[nodiscard]] inline ABatch aBatch(std::string connection = "am", Instant receivedAt = kMorning) { return ABatch(std::move(connection), receivedAt); }

/// The batch and its verdicts, as the desk would journal them: severity, service and group (the service) by label.
/// One verdict for all rows, or one a row.
[[nodiscard]] events::Events decided(const ReportBatch &batch, std::vector<events::Verdict> verdicts = {events::Verdict::Opened});

/// The key of row `row` when the connection's set has the connection's name: "am/0123456789abcdef".
[[nodiscard]] std::string keyOf(const ReportBatch &batch, std::size_t row = 0);

/// anIncident("INC-1").titled("…").severity(…).event()
class AnIncident {
public:
    explicit AnIncident(std::string id = "INC-1");
    AnIncident &titled(std::string title);
    AnIncident &severity(IncidentSeverity severity);
    AnIncident &service(std::string id);
    AnIncident &alert(std::string key);
    AnIncident &by(std::string person);
    [[nodiscard]] events::IncidentDeclared event() const { return m_event; }

private:
    events::IncidentDeclared m_event;
};
[[nodiscard]] inline AnIncident anIncident(std::string id = "INC-1") { return AnIncident(std::move(id)); }

/// Two people (ana, ben), team shop (ana first), policy shop: ana after nothing, ben after 5 min, wait 10 min, no repeat;
/// services web → cart → db (hard), web → mail (async), all of team shop.
[[nodiscard]] Workspace aWorkspace();
[[nodiscard]] events::Events withWorkspace(Workspace workspace = aWorkspace());

/// A connection by name, of kind "inbound" unless said.
[[nodiscard]] events::Events withConnection(const std::string &name, const std::string &kind = "inbound", Writes armed = 0, const std::string &set = {});

/// A State and the records that made it, one after another.
class Log {
public:
    state::State state;
    explicit Log(Instant start = kMorning) : m_now(start) {}
    /// One record of these events, `later` after the last one.
    Log &record(events::Events events, Span later = seconds(1));
    Log &record(events::Event event, Span later = seconds(1)) { return record(events::Events{std::move(event)}, later); }
    [[nodiscard]] Instant now() const { return m_now; }

private:
    std::uint64_t m_seq = 0;
    Instant m_now;
};

} // namespace qd::tests
