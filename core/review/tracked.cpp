// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/tracked.h"

#include "core/base/ascii.h"

#include <algorithm>

namespace qd::review {

using state::Action;
using state::Incident;
using state::State;

namespace {

bool isSettledThere(Delivery d)
{
    return d == Delivery::Confirmed || d == Delivery::Failed;
}

/// Whether this account is among those a tracker names: behind a name that is for people ("Ben Birke (ben)"), or in a list. Logins differ in no letter's size.
bool isAmong(std::string_view assignee, std::string_view account)
{
    const std::string said = asciiLower(assignee), wanted = asciiLower(account);
    if (wanted.empty() || said.ends_with(')'))
        return !wanted.empty() && (said.ends_with(" (" + wanted + ")") || said == "(" + wanted + ")");
    for (std::size_t at = 0; at <= said.size();) {
        const std::size_t end = std::min(said.find(", ", at), said.size());
        if (said.compare(at, end - at, wanted) == 0)
            return true;
        at = end + 2;
    }
    return false;
}

} // namespace

bool isClosedThere(const State &state, const Incident &i, const Action &a)
{
    const std::string subject = "action/" + std::to_string(a.number);
    for (auto it = state.outbox.rbegin(); it != state.outbox.rend(); ++it) {
        const state::OutboxEntry &o = it->second;
        const bool isOfIt = o.what.effect == events::Effect::UpdateIssue && !o.what.leavesClosed && o.what.incident == i.id && o.what.subject == subject && o.what.connection == a.tracked.connection && o.what.room == a.tracked.key;
        if (isOfIt && (!isSettledThere(o.delivery) || (o.delivery == Delivery::Confirmed && o.movedAt > a.tracked.seenAt)))
            return o.what.closed;
    }
    return a.tracked.closed;
}

bool isElsewhere(const State &state, const state::Tracked &t)
{
    const state::Source *s = state.source(t.connection);
    return s && !t.place.empty() && t.place != state::projectOf(s->connection);
}

std::optional<Proposed> proposedThere(const State &state, const Incident &i, const Action &a)
{
    const state::Tracked &t = a.tracked;
    const bool mayDiffer = t.closed ? a.state == ActionState::Open : a.state == ActionState::Done;
    if (t.connection.empty() || !mayDiffer || t.seenAt <= a.turnedAt || isClosedThere(state, i, a) != t.closed)
        return std::nullopt;
    if (t.closed)
        return Proposed{ActionState::Done, "closed in " + t.connection, "closed there; done here?"};
    return Proposed{ActionState::Open, "open again in " + t.connection, "open again there; open here?"};
}

std::string accountAt(const Workspace &workspace, const std::string &person, const std::string &connection)
{
    if (const Person *p = workspace.person(person))
        for (const Account &a : p->accounts)
            if (a.connection == connection)
                return a.name;
    return {};
}

const Person *assignedThere(const Workspace &workspace, const state::Tracked &tracked)
{
    for (const Person &p : workspace.people)
        for (const Account &a : p.accounts)
            if (a.connection == tracked.connection && isAmong(tracked.assignee, a.name))
                return &p;
    return nullptr;
}

std::optional<std::string> otherThere(const Workspace &workspace, const Action &action)
{
    const state::Tracked &t = action.tracked;
    const std::string account = accountAt(workspace, action.owner, t.connection);
    if (t.connection.empty() || !t.seenAt || isAmong(t.assignee, account))
        return std::nullopt;
    if (t.assignee.empty())
        return account.empty() ? std::nullopt : std::optional<std::string>(std::string());
    if (const Person *there = assignedThere(workspace, t))
        return there->id == action.owner ? std::nullopt : std::optional(workspace.nameOf(there->id));
    return account.empty() ? std::nullopt : std::optional(t.assignee); // somebody it does not know, who is not the owner
}

} // namespace qd::review
