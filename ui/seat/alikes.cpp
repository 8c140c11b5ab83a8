// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/alikes.h"

#include "core/triage/alike.h"
#include "ui/seat/text.h"

namespace qd::seat {

view::Alike alikeOf(const state::State &state, const QStringList &alertKeys)
{
    std::vector<std::string> keys;
    keys.reserve(static_cast<std::size_t>(alertKeys.size()));
    for (const QString &key : alertKeys)
        keys.push_back(view::bytes(key));
    const triage::Alike found = triage::alike(state, keys);
    view::Alike out;
    out.chosen = static_cast<int>(found.known);
    for (const state::Pair &label : found.common)
        out.common.push_back({qstr(state.text(label.name)), qstr(state.text(label.value))});
    for (const triage::Alike::Others &others : found.others) {
        view::Alike::Others row{others.has, {}, static_cast<int>(others.count)};
        for (const std::string &by : others.by)
            row.by << qstr(by);
        out.others.push_back(std::move(row));
    }
    return out;
}

} // namespace qd::seat
