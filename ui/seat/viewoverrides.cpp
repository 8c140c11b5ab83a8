// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/undo.h"
#include "ui/seat/text.h"
#include "ui/seat/viewbuilder.h"

namespace qd::seat {

void ViewBuilder::overrides(const state::State &state, const Looking &looking, view::ViewModel &out)
{
    const std::string person = looking.person.toStdString();
    for (auto it = state.interventions.all.rbegin(); it != state.interventions.all.rend() && out.overrides.size() < kOverridesShown; ++it) {
        if (it->person != person || it->undoneAt)
            continue;
        const std::string_view kind = state::word(it->kind);
        view::OverrideRow row{it->seq, QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size())), qstr(it->subject), static_cast<int>(it->alerts), it->at, it->until, true};
        if (it->kind == state::InterventionKind::Assigned)
            row.subject = name(state, it->subject);
        row.undoable = triage::whyNotUndone(state, *it, looking.now).empty();
        out.overrides.push_back(std::move(row));
    }
}

} // namespace qd::seat
