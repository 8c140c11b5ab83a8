// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/inner.h"

#include "core/events/texts.h"
#include "core/model/marking.h"
#include "core/review/evidence.h"
#include "core/review/names.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

namespace qd::review {

using state::EntryKind;
using state::Incident;
using state::State;

namespace {

std::vector<std::string_view> rowsOf(std::string_view text)
{
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        out.push_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return out;
}

class InnerLines {
public:
    InnerLines(const State &state, const Incident &incident) : m_i(incident)
    {
        std::set<std::string_view> isShown;
        for (const StatusPage &page : state.workspace->pages)
            for (const PageComponent &c : page.components)
                isShown.insert(c.services.begin(), c.services.end());
        const auto service = [&](const std::string &id) {
            if (isShown.contains(id))
                return;
            m_names.add(id, 0);
            if (const Service *s = state.workspace->service(id))
                m_names.add(s->name, 0);
        };
        service(incident.service);
        for (const std::string_view id : state::servicesOfAlerts(state, incident))
            service(std::string(id));
        for (const std::string &name : incident.alertNames)
            m_names.add(name, 0);
    }
    [[nodiscard]] bool has(std::string_view line) const
    {
        const auto cited = citedIn(line);
        if (std::any_of(cited.begin(), cited.end(), [&](const Cited &c) { return isInner(c.reference); }))
            return true;
        bool isNamed = false;
        m_names.eachIn(line, [&](std::size_t, std::size_t, std::size_t) { isNamed = true; });
        return isNamed;
    }

private:
    [[nodiscard]] bool isInner(const std::string &reference) const
    {
        if (reference.starts_with(kAlertReference) || reference.starts_with(kChangeReference))
            return true;
        const auto line = lineMeant(m_i, reference);
        const EntryKind kind = line ? m_i.timeline[*line].kind : EntryKind::Log;
        return kind == EntryKind::Alert || kind == EntryKind::Change || kind == EntryKind::Source || kind == EntryKind::Suppression || kind == EntryKind::Flood;
    }

    const Incident &m_i;
    NameIndex m_names;
};

bool isHeading(std::string_view line)
{
    return line.starts_with('#');
}

} // namespace

std::string withoutInner(const State &state, const Incident &incident, const state::Section &section)
{
    const auto &all = section.revisions;
    const std::string text(section.countedText());
    if (all.empty())
        return text;
    // Where the first text of the record can be read no more, its lines are known by the record alone.
    const state::Revision &front = all.front();
    const bool isRecords = front.number == 1 && front.by == "core", isReadable = isRecords && front.text != events::kStruckText && !wholeMark(front.text);
    if (!isRecords && front.number == 1)
        return text;
    const auto first = rowsOf(isReadable ? std::string_view(front.text) : std::string_view(text));
    const std::set<std::string_view> opened(first.begin(), first.end());
    const InnerLines inner(state, incident);
    const auto rows = rowsOf(text);
    std::vector<bool> goes(rows.size());
    bool hasGone = false;
    for (std::size_t n = 0; n < rows.size(); ++n) {
        goes[n] = !rows[n].empty() && !isHeading(rows[n]) && opened.contains(rows[n]) && inner.has(rows[n]);
        hasGone = hasGone || goes[n];
    }
    if (!hasGone)
        return text;
    for (std::size_t n = 0; n < rows.size(); ++n) {
        if (!isHeading(rows[n]) || !opened.contains(rows[n]))
            continue;
        std::size_t end = n + 1;
        while (end < rows.size() && (rows[end].empty() || goes[end]))
            ++end;
        goes[n] = std::find(goes.begin() + static_cast<std::ptrdiff_t>(n), goes.begin() + static_cast<std::ptrdiff_t>(end), true) != goes.begin() + static_cast<std::ptrdiff_t>(end)
                  && (end == rows.size() || isHeading(rows[end]));
    }
    std::string out;
    for (std::size_t n = 0; n < rows.size(); ++n)
        if (!goes[n])
            out.append(rows[n]).append("\n");
    return out;
}

} // namespace qd::review
