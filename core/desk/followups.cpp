// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/followups.h"

#include "core/base/safetext.h"

#include <algorithm>

namespace qd::desk {

namespace {

constexpr std::string_view kListMarks[] = {"- ", "* ", "• "};
constexpr std::string_view kBehindNames = ",.;:!?)";

std::string_view withoutBlanks(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

/// The person whose name this is; null where it is nobody's or more than one person's.
const Person *personCalled(const Workspace &workspace, std::string_view name)
{
    const Person *found = nullptr;
    for (const Person &p : workspace.people)
        if (p.name == name) {
            if (found)
                return nullptr;
            found = &p;
        }
    return found;
}

FollowUp followUpIn(const Workspace &workspace, std::string_view line)
{
    for (auto at = line.find('@'); at != line.npos; at = line.find('@', at + 1)) {
        if (at > 0 && line[at - 1] != ' ' && line[at - 1] != '(')
            continue; // of a mail address
        const auto end = std::min(line.find(' ', at), line.size());
        std::string_view id = line.substr(at + 1, end - at - 1);
        while (!id.empty() && kBehindNames.find(id.back()) != kBehindNames.npos)
            id.remove_suffix(1);
        if (!workspace.person(std::string(id)))
            continue;
        const std::string_view rest = withoutBlanks(line.substr(end));
        return {std::string(at == 0 && !rest.empty() ? rest : line), std::string(id)};
    }
    const auto colon = line.find(": ");
    const Person *named = colon == line.npos ? nullptr : personCalled(workspace, line.substr(0, colon));
    if (const std::string_view rest = named ? withoutBlanks(line.substr(colon + 1)) : std::string_view(); !rest.empty())
        return {std::string(rest), named->id};
    return {std::string(line), {}};
}

} // namespace

std::vector<FollowUp> followUpsIn(const Workspace &workspace, std::string_view lines)
{
    std::vector<FollowUp> out;
    while (!lines.empty()) {
        const auto end = std::min(lines.find('\n'), lines.size());
        std::string_view line = withoutBlanks(lines.substr(0, end));
        lines.remove_prefix(std::min(end + 1, lines.size()));
        for (const std::string_view mark : kListMarks)
            if (line.starts_with(mark)) {
                line = withoutBlanks(line.substr(mark.size()));
                break;
            }
        if (!line.empty())
            out.push_back(followUpIn(workspace, line));
    }
    return out;
}

events::Events actionsOf(const state::State &state, const state::Incident &incident, std::string_view followUps)
{
    const auto &known = incident.review.actions;
    events::Events out;
    if (incident.review.phase >= ReviewPhase::Reviewed)
        return out;
    std::uint32_t number = known.empty() ? 0 : known.back().number;
    std::vector<std::string> texts;
    for (const state::Action &a : known)
        texts.push_back(a.text);
    for (FollowUp &each : followUpsIn(*state.workspace, followUps)) {
        if (texts.size() >= state::kActionsKept || std::find(texts.begin(), texts.end(), each.text) != texts.end())
            continue;
        texts.push_back(each.text);
        out.emplace_back(events::ActionKept{incident.id, std::move(each.text), std::move(each.owner), {}, {}, ++number, {}, Strength::Unsaid, {"core", Path::Own}});
    }
    return out;
}

} // namespace qd::desk
