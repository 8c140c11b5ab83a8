// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/workspace.h"

#include "core/model/emojinames.h"

#include <algorithm>

namespace qd {

namespace {
template <typename T>
const T *byId(const std::vector<T> &list, std::string_view id)
{
    const auto it = std::find_if(list.begin(), list.end(), [&](const T &t) { return t.id == id; });
    return it == list.end() ? nullptr : &*it;
}

const Person *byAddress(const std::vector<Person> &people, std::vector<std::string> Person::*addresses, std::string_view address)
{
    const auto it = std::find_if(people.begin(), people.end(), [&](const Person &p) { return std::find((p.*addresses).begin(), (p.*addresses).end(), address) != (p.*addresses).end(); });
    return it == people.end() ? nullptr : &*it;
}
} // namespace

Workspace::Workspace() = default;
Workspace::Workspace(const Workspace &other) = default;
Workspace::Workspace(Workspace &&other) noexcept = default;
Workspace &Workspace::operator=(const Workspace &other) = default;
Workspace &Workspace::operator=(Workspace &&other) noexcept = default;
Workspace::~Workspace() = default;

const Person *Workspace::person(std::string_view id) const { return byId(people, id); }
const Team *Workspace::team(std::string_view id) const { return byId(teams, id); }
const Policy *Workspace::policy(std::string_view id) const { return byId(policies, id); }
const Schedule *Workspace::schedule(std::string_view id) const { return byId(schedules, id); }
const HeartbeatRule *Workspace::heartbeat(std::string_view id) const { return byId(heartbeats, id); }
const StatusPage *Workspace::page(std::string_view id) const { return byId(pages, id); }
const BusinessService *Workspace::businessService(std::string_view id) const { return byId(business, id); }

const SeverityMatrix &Workspace::matrix() const
{
    static const SeverityMatrix own;
    return severityMatrix.customers.empty() ? own : severityMatrix;
}

const UpdateTemplate *Workspace::updateTemplate(std::string_view id) const { return byId(templates, id); }

std::string Workspace::languageOf(const UpdateTemplate &update) const
{
    if (!update.language.empty())
        return update.language;
    return pages.empty() || pages.front().languages.empty() ? "en" : pages.front().languages.front();
}

const ApprovalStage *Workspace::approval(std::string_view id) const { return byId(approvals, id); }
const HoldingStatement *Workspace::holdingStatement(std::string_view id) const { return byId(holding, id); }
const Recipients *Workspace::recipientsOf(std::string_view id) const { return byId(recipients, id); }

bool Workspace::isPublicPlace(std::string_view destination) const
{
    constexpr std::string_view kRoom = "room:", kHook = "webhook:";
    if (destination.starts_with("page:"))
        return true;
    const bool isRoom = destination.starts_with(kRoom), isHook = destination.starts_with(kHook);
    if (!isRoom && !isHook)
        return false;
    destination.remove_prefix(isRoom ? kRoom.size() : kHook.size());
    const auto slash = isRoom ? destination.find('/') : std::string_view::npos;
    const std::string_view connection = destination.substr(0, slash), room = slash == std::string_view::npos ? std::string_view() : destination.substr(slash + 1);
    const auto holds = [](const std::vector<std::string> &list, std::string_view what) { return !what.empty() && std::find(list.begin(), list.end(), what) != list.end(); };
    const bool isBare = room.find('@') == std::string_view::npos;
    bool isSaid = isHook;
    for (const ClearanceRule &rule : clearances) {
        const bool isNamed = holds(rule.connections, connection) || holds(rule.rooms, room);
        const bool mayBeNamed = isBare && !room.empty() && std::any_of(rule.rooms.begin(), rule.rooms.end(), [&](const std::string &address) { return address.substr(0, address.find('@')) == room; });
        if (isNamed && rule.level != DataClass::Public && rule.services.empty() && rule.incidents.empty())
            return false;
        isSaid = isSaid || (rule.level == DataClass::Public && (isNamed || mayBeNamed));
    }
    return isSaid;
}

bool Workspace::areStrangers(std::string_view id) const
{
    return std::none_of(clearances.begin(), clearances.end(), [&](const ClearanceRule &rule) {
        return rule.level != DataClass::Public && rule.services.empty() && rule.incidents.empty() && std::find(rule.recipients.begin(), rule.recipients.end(), id) != rule.recipients.end();
    });
}

Span Workspace::cadenceOf(IncidentSeverity severity, std::string_view audience) const
{
    const auto it = std::find_if(cadences.begin(), cadences.end(), [&](const UpdateCadence &c) { return c.severity == severity && c.audience == audience; });
    return it == cadences.end() ? Span{} : it->every;
}

std::vector<ReasonPreset> Workspace::reasonsFor(std::string_view verb) const
{
    std::vector<ReasonPreset> out;
    for (const ReasonPreset &r : reasons.empty() ? usualReasons() : reasons)
        if (verb.empty() || r.verbs.empty() || std::find(r.verbs.begin(), r.verbs.end(), verb) != r.verbs.end())
            out.push_back(r);
    std::stable_sort(out.begin(), out.end(), [](const ReasonPreset &a, const ReasonPreset &b) { return a.key < b.key; });
    return out;
}

const Service *Workspace::service(std::string_view id) const
{
    if (const Service *s = byId(services, id))
        return s;
    for (const Service &s : services)
        if (std::find(s.aliases.begin(), s.aliases.end(), id) != s.aliases.end())
            return &s;
    return nullptr;
}

const Person *Workspace::personByXmpp(std::string_view address) const { return byAddress(people, &Person::xmpp, address); }
const Person *Workspace::personByChat(std::string_view address) const { return byAddress(people, &Person::chat, address); }
const Person *Workspace::personSpeaking(bool onClosedChat, std::string_view sender) const
{
    return onClosedChat ? personByChat(sender) : personByXmpp(sender.substr(0, sender.find('/')));
}

bool Workspace::pinnedBy(std::string_view emoji) const
{
    return pinEmoji != "none" && plainEmoji(emoji) == (pinEmoji.empty() ? "📌" : pinEmoji);
}

std::string Workspace::nameOf(std::string_view id) const
{
    if (const Person *p = person(id))
        return p->name.empty() ? p->id : p->name;
    if (const Team *t = team(id))
        return t->name.empty() ? t->id : t->name;
    if (const Schedule *s = schedule(id))
        return s->name.empty() ? s->id : s->name;
    return std::string(id);
}

} // namespace qd
