// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"
#include "ui/seat/castshelf.h"
#include "ui/view/review.h"

#include <memory>
#include <string>
#include <vector>

namespace qd::seat {

/// Everything there is to cite of one incident, made again at the price of what changed. View thread only.
class EvidenceShelf {
public:
    /// Lines: 50,000 entries and 10,000 messages, what the console writes itself of such a day, and room. Of a larger record the oldest and the newest are kept,
    /// and how many are left out is said; all of it is read with the tools that read the journal.
    static constexpr std::size_t kRows = 80'000;
    static constexpr std::size_t kOldest = 16 * view::Evidence::kChunk; ///< how it began: of a larger record always there

    /// The stretch around an incident in which changes and other lines belong to it.
    struct Stretch {
        Instant from, to;
    };
    /// … until it was over (review::endedAt), or now while it runs.
    [[nodiscard]] static Stretch stretchOf(const state::Incident &incident, Instant now);

    /// The same pointer as long as nothing of it is another.
    [[nodiscard]] std::shared_ptr<const view::Evidence> evidence(const state::State &state, const state::Incident &incident, Instant now);
    /// Lines between the oldest and the newest, of the incident it was asked for last. They go by whole pieces, so that what is kept is seldom made again.
    [[nodiscard]] std::size_t leftOut() const { return m_leftOut; }
    /// Who stands in it, of the incident it was asked for last.
    [[nodiscard]] const CastShelf &cast() const { return m_cast; }
    void forget();

private:
    std::string m_of;
    std::uint64_t m_changed = 0, m_lastChange = 0; ///< the incident's, and the last change there was
    std::size_t m_changes = 0, m_leftOut = 0;
    std::shared_ptr<const Workspace> m_workspace;
    std::vector<std::uint64_t> m_marks;            ///< of each chunk: what its rows were made of
    std::shared_ptr<const view::Evidence> m_made;
    std::uint64_t m_built = 0;
    CastShelf m_cast;
};

} // namespace qd::seat
