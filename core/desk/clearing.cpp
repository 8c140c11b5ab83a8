// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/outward.h"
#include "core/desk/decide.h"
#include "core/governance/clearance.h"

#include <algorithm>

/// The outbound gate for words: what a person sends is held against the clearance of who will read it, before anything is recorded.
namespace qd::desk {

namespace {

/// How a text is called where it is refused.
std::string_view nameOfText(const events::Event &event)
{
    return holds<events::UpdateIssued>(event) ? "update" : holds<events::PageMaintenancePlanned>(event) ? "maintenance" : holds<events::PagePosted>(event) ? "post" : "message";
}

bool saysNothing(const std::string &text)
{
    return text.find_first_not_of(" \t\n.,;:!?") == std::string::npos;
}

/// Whether what is left of a text still says something.
bool saysSomething(const events::Event &event)
{
    if (const auto *e = getIf<events::UpdateIssued>(&event))
        return !saysNothing(e->text);
    if (const auto *e = getIf<events::MessageDrafted>(&event))
        return !saysNothing(e->title) && !saysNothing(e->text) && std::none_of(e->texts.begin(), e->texts.end(), [](const auto &each) { return saysNothing(each.second); });
    if (const auto *e = getIf<events::PagePosted>(&event))
        return std::none_of(e->text.begin(), e->text.end(), [](const auto &each) { return saysNothing(each.second); });
    return true;
}

constexpr std::string_view kNameFields[] = {"service", "services", "person", "people", "role", "where", "byHand"};

bool hasMark(const std::string &name)
{
    return name.find("[[") != std::string::npos || !marksIn(name).empty();
}

} // namespace

/// Names are no words somebody classes: they stand in titles, topics and calls beside what is sealed, and are compared as they are.
Result<> namesUnmarked(const Command &command)
{
    std::string_view found;
    visit(
        [&]<typename T>(const T &c) {
            T::visitFields(c, [&](int, const char *name, const auto &member) {
                using M = std::remove_cvref_t<decltype(member)>;
                // A role of the team's own is called by its title.
                const bool isName = std::find(std::begin(kNameFields), std::end(kNameFields), name) != std::end(kNameFields) || (std::is_same_v<T, AssignRole> && std::string_view(name) == "title");
                if constexpr (std::is_same_v<M, std::string>) {
                    if (isName && hasMark(member))
                        found = name;
                } else if constexpr (std::is_same_v<M, std::vector<std::string>>) {
                    if (isName && std::any_of(member.begin(), member.end(), hasMark))
                        found = name;
                }
            });
        },
        command);
    if (!found.empty())
        return fail(Code::Invalid, "A name (" + std::string(found) + ") cannot have [[ in it: words are marked in texts. Nothing was done; write the name without, and what is marked as a reason or a line.");
    return {};
}

Result<Decision> cleared(const state::State &state, const Command &command, const events::Actor &by, Decision decision)
{
    const bool mayCut = visit(
        []<typename T>(const T &c) {
            if constexpr (requires { c.removeMarked; })
                return c.removeMarked;
            else
                return false;
        },
        command);
    Decision out{{}, std::move(decision.id), std::move(decision.notes)};
    for (events::Event &event : decision.events) {
        if (governance::isUnpaired(state, event))
            return fail(Code::Invalid, "The " + std::string(nameOfText(event)) + " has [[ or ]] without its other half, so that nobody can tell where marked words begin and end. Nothing was sent; write both, or neither.");
        if (const auto found = governance::tooMuchIn(state, event)) {
            const std::string_view what = nameOfText(event);
            if (!mayCut || holds<events::MessageReleased>(event)) // a text that was approved is not made another
                return fail(Code::Forbidden, governance::refusalOf(*found, what));
            if (auto removed = governance::cutMarks(state, event, by)) {
                removed->what = out.id.empty() ? std::string(what) : out.id;
                if (!saysSomething(event))
                    return fail(Code::Invalid, "Without what is marked the " + std::string(what) + " says nothing any more; write what may be said.");
                out.notes.push_back("Taken out for " + removed->readers + ": " + std::to_string(removed->classes.size()) + (removed->classes.size() == 1 ? " marked part." : " marked parts."));
                out.events.emplace_back(std::move(*removed));
            }
            if (auto *drafted = getIf<events::MessageDrafted>(&event))
                drafted->hash = comms::digestOf(*drafted);
        }
        out.events.push_back(std::move(event));
    }
    return out;
}

} // namespace qd::desk
