// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"
#include "ui/view/review.h"

#include <memory>
#include <string>
#include <vector>

namespace qd::seat {

/// Everything there is to cite of one incident, made again at the price of what changed. View thread only.
class EvidenceShelf {
public:
    static constexpr std::size_t kRows = 60'000; ///< the newest; a larger record is read with the tools that read the journal

    /// The stretch around an incident in which changes and other lines belong to it.
    struct Stretch {
        Instant from, to;
    };
    [[nodiscard]] static Stretch stretchOf(const state::Incident &incident, Instant now);

    /// The same pointer as long as nothing of it is another.
    [[nodiscard]] std::shared_ptr<const view::Evidence> evidence(const state::State &state, const state::Incident &incident, Instant now);
    void forget();

private:
    std::string m_of;
    std::uint64_t m_changed = 0, m_lastChange = 0; ///< the incident's, and the last change there was
    std::size_t m_changes = 0;
    std::shared_ptr<const Workspace> m_workspace;
    std::vector<std::uint64_t> m_marks;            ///< of each chunk: what its rows were made of
    std::shared_ptr<const view::Evidence> m_made;
    std::uint64_t m_built = 0;
};

/// What somebody was at that moment, for whoever is not to be named; empty where they had no role.
class RolesThen {
public:
    explicit RolesThen(const state::Incident &incident);
    [[nodiscard]] std::string role(const std::string &person, Instant at) const; ///< a word of core, or the team's own

private:
    std::vector<state::RoleHandedOver> m_held; ///< until none: still
};
/// A role's word in the window's language.
[[nodiscard]] QString roleWords(const std::string &word);

} // namespace qd::seat
