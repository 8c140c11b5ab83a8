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
        return !saysNothing(e->title) && !saysNothing(e->text);
    if (const auto *e = getIf<events::PagePosted>(&event))
        return std::none_of(e->text.begin(), e->text.end(), [](const auto &each) { return saysNothing(each.second); });
    return true;
}

} // namespace

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
                drafted->hash = comms::digestOf(state::MessageVersion{drafted->version, drafted->title, drafted->text, drafted->audience, {}, {}, drafted->to, {}, drafted->embargo, drafted->expires});
        }
        out.events.push_back(std::move(event));
    }
    return out;
}

} // namespace qd::desk
