// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/importedends.h"

namespace qd::desk {

ImportedEnds::ImportedEnds(const state::Incident *incident)
{
    if (!incident)
        return;
    std::uint64_t record = 0;
    std::uint32_t nth = 0;
    for (const state::Entry &e : incident->timeline) {
        nth = e.seq == record ? nth + 1 : 1;
        record = e.seq;
        if (e.origin.empty())
            continue;
        const std::size_t index = m_lines.size();
        const std::string named = e.refersToItself() ? std::string() : e.reference; // one its file did not name has ours
        m_lines.push_back({e.seq, nth, named, e.at, e.knownAt, e.until});
        if (named.empty())
            m_said.emplace(std::tuple(e.origin, e.at, e.actor, e.text), index);
        else
            m_named.emplace(std::tuple(e.origin, named, e.at), index);
        m_series.add(e.origin, named, e.knownAt, e.until, index);
    }
}

std::optional<events::FactImported> ImportedEnds::learnt(const events::FactImported &fact)
{
    if (!fact.until)
        return std::nullopt;
    std::optional<std::size_t> index;
    if (fact.reference.empty()) {
        if (const auto it = m_said.find({fact.origin, fact.at, fact.actor, fact.text}); it != m_said.end())
            index = it->second;
    } else if (const auto it = m_named.find({fact.origin, fact.reference, fact.at}); it != m_named.end()) {
        index = it->second;
    } else {
        index = m_series.find(fact.origin, fact.reference, fact.knownAt, fact.until);
    }
    if (!index || m_lines[*index].until || fact.until < m_lines[*index].at)
        return std::nullopt;
    Line &line = m_lines[*index];
    line.until = fact.until;
    m_series.add(fact.origin, line.reference, line.knownAt, line.until, *index);
    events::FactImported e;
    e.origin = fact.origin;
    e.kind = fact.kind;
    e.reference = line.reference;
    e.at = line.at;
    e.until = line.until;
    e.ends = line.record;
    e.line = line.nth;
    return e;
}

} // namespace qd::desk
