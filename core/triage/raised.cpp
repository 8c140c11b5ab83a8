// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/raised.h"

namespace qd::triage {

using events::Verdict;
using state::AlertTable;

std::vector<std::uint32_t> raisedBy(const state::State &state, const events::Event &event, const events::Event *before)
{
    std::vector<std::uint32_t> out;
    const auto note = [&](std::uint32_t index) {
        if (index != AlertTable::npos)
            out.push_back(index);
    };
    // What was held calls once it is held no more.
    const auto held = [&](const std::string &id, const std::vector<std::string> &keys) {
        const state::Suppressor *s = state.suppressors.find(id);
        if (s && s->kind == events::SuppressorKind::Held)
            for (const std::string &key : keys.empty() ? s->keys : keys)
                note(state.alertIndex(key));
    };
    if (const auto *decided = getIf<events::AlertsDecided>(&event)) {
        const auto *reported = before ? getIf<events::AlertsReported>(before) : nullptr;
        if (!reported || reported->batch.size() != decided->verdict.size())
            return out;
        const ReportBatch &batch = reported->batch;
        const state::Source *source = state.source(batch.connection);
        const Symbol set = source ? source->set : state.symbols.find(batch.connection);
        for (std::size_t row = 0; row < batch.size(); ++row)
            switch (static_cast<Verdict>(decided->verdict[row])) {
            case Verdict::Opened:
            case Verdict::Updated:
            case Verdict::Refired:
            case Verdict::Reopened: note(state.alerts.find(set, batch.fingerprint[row])); break;
            case Verdict::Resolved:
            case Verdict::Stale:
            case Verdict::Unmatched: break;
            }
    } else if (const auto *quiet = getIf<events::AlertsSuppressed>(&event)) {
        for (std::size_t row = 0; row < quiet->fingerprint.size() && row < quiet->announce.size() && row < quiet->set.size(); ++row)
            if (quiet->announce[row] != 0 && quiet->set[row] < quiet->names.size())
                note(state.alerts.find(state.symbols.find(quiet->names[quiet->set[row]]), quiet->fingerprint[row]));
    } else if (const auto *regrouped = getIf<events::AlertsRegrouped>(&event)) {
        for (const std::string &key : regrouped->keys)
            note(state.alertIndex(key));
    } else if (const auto *open = getIf<events::AlertsUnacknowledged>(&event)) {
        for (const std::string &key : open->keys)
            note(state.alertIndex(key));
    } else if (const auto *undone = getIf<events::OverrideUndone>(&event)) {
        if (const state::Intervention *o = state.interventions.find(undone->record, undone->by.person); o && o->touched)
            for (const state::TouchedAlert &a : *o->touched)
                note(state.alerts.find(a.set, a.fingerprint));
    } else if (const auto *over = getIf<events::SuppressionExpired>(&event)) {
        held(over->id, over->keys);
    } else if (const auto *ended = getIf<events::SuppressionEnded>(&event)) {
        held(ended->id, ended->keys);
    }
    return out;
}

} // namespace qd::triage
