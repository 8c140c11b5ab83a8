// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/alerts.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

/// What an incident keeps of its alerts: they are let go of a day after they ended (README.md, "Letting go"), and what is learnt of them afterwards has to know them still.
namespace qd::state {

class State;
struct Incident;

/// An alert of an incident, by what it was when it joined; its service as it was said last. Texts are numbers into State::symbols. There are as many as alerts the incident has.
struct JoinedAlert {
    std::uint64_t fingerprint = 0;
    Symbol set = 0, title = 0, service = 0;
    Instant startsAt;                    ///< of the occurrence that joined
    QD_FIELDS(f(1, "fingerprint", e.fingerprint); f(2, "set", e.set); f(3, "title", e.title); f(4, "service", e.service); f(5, "startsAt", e.startsAt);)
};

/// Labels that name a host, and those that say of what kind an alert is: an incident keeps the values its alerts had of these.
inline constexpr std::array<std::string_view, 6> kHostLabels{"instance", "host", "hostname", "node", "pod", "server"};
inline constexpr std::array<std::string_view, 9> kKindLabels{"security", "category", "type", "class", "area", "domain", "team", "tag", "tags"};

/// Writes down alerts that become an incident's. Only the fold makes one, for one event.
class Joining {
public:
    Joining(State &state, Incident &incident);
    /// It was none of the incident's before.
    void add(const Alert &alert);
    /// The same, of an alert that is let go of already, as another incident had it.
    void add(const JoinedAlert &alert) const;
    void addLabels(const std::vector<Pair> &labels);
    [[nodiscard]] std::vector<Pair> labelsOf(const Alert &alert) const; ///< those an incident keeps

private:
    State &m_state;
    Incident &m_incident;
    std::array<Symbol, kHostLabels.size() + kKindLabels.size()> m_kept{}; ///< names of labels; 0: nothing has one
    std::unordered_set<std::uint64_t> m_labels; ///< that are there already
};

/// An alert has another service or other labels than it had: its incident hears of it.
void noteJoinedOtherwise(State &state, const Alert &alert);
/// Those of these keys are the incident's no more. What labels they had stays: its record may speak of them.
void noteGone(const State &state, Incident &incident, const std::unordered_set<std::string_view> &keys);

[[nodiscard]] std::string keyOf(const State &state, const JoinedAlert &alert); ///< as State::key
/// The alert of this key among them.
[[nodiscard]] std::optional<JoinedAlert> alertOfKey(const State &state, const std::vector<JoinedAlert> &alerts, std::string_view key);
/// The alert of this key, if it is one of the incident's.
[[nodiscard]] std::optional<JoinedAlert> joinedAlert(const State &state, const Incident &incident, std::string_view key);
/// The services of its alerts, each once.
[[nodiscard]] std::vector<std::string_view> servicesOfAlerts(const State &state, const Incident &incident);
/// The one of its alerts that began first; none: no alert of it is known.
[[nodiscard]] std::optional<JoinedAlert> firstOfAlerts(const Incident &incident);

} // namespace qd::state
