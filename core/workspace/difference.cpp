// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/files.h"

#include "core/base/amounts.h"

#include <algorithm>
#include <map>

namespace qd::workspace {

namespace {

constexpr std::size_t kShown = 60; ///< bytes of a text shown in a line

/// A member as text: one for a plain value, one an element for a list. Made from QD_FIELDS, so no member is forgotten.
using Texts = std::vector<std::string>;

/// A text in one language.
std::string inWords(const std::pair<const std::string, std::string> &text)
{
    return text.first + " \"" + text.second + "\"";
}

template <typename T>
std::string inWords(const T &v)
{
    if constexpr (std::is_same_v<T, std::string>) {
        return v;
    } else if constexpr (std::is_same_v<T, bool>) {
        return v ? "yes" : "no";
    } else if constexpr (std::is_same_v<T, Span>) {
        return toText(v);
    } else if constexpr (std::is_same_v<T, Instant>) {
        return toRfc3339(v);
    } else if constexpr (std::is_enum_v<T>) {
        return std::string(word(v));
    } else if constexpr (std::is_arithmetic_v<T>) {
        return std::to_string(v);
    } else if constexpr (HasFields<T>) {
        std::string out;
        T::visitFields(v, [&](int, const char *, const auto &member) {
            const std::string text = inWords(member);
            out += (out.empty() || text.empty() ? "" : " ") + text;
        });
        return out;
    } else {
        std::string out;
        for (const auto &element : v)
            out += (out.empty() ? "" : ", ") + inWords(element);
        return out;
    }
}

std::string inWords(const Matcher &m)
{
    return m.name + (m.isEqual ? (m.isRegex ? "=~" : "=") : (m.isRegex ? "!~" : "!=")) + "\"" + m.value + "\"";
}

std::string inWords(const std::vector<DayWindow> &windows)
{
    std::string out;
    for (const DayWindow &w : windows)
        out += (out.empty() ? "" : ", ") + toText(w);
    return out;
}

std::string inWords(const PolicyStep &s)
{
    return inWords(s.targets) + (s.roundRobin ? " in turn" : "") + " for " + toText(s.wait) + (s.only.empty() ? "" : " only " + inWords(s.only));
}

std::string inWords(const Layer &l)
{
    return l.id + " (" + inWords(l.people) + " every " + toText(l.length) + " from " + toText(LocalTime{l.start}) + (l.zone.empty() ? "" : " " + l.zone)
        + (l.only.empty() ? "" : ", only " + inWords(l.only)) + ")";
}

std::string inWords(const Temporary &t)
{
    return inWords(t.people) + " from " + toText(LocalTime{t.from}) + " until " + toText(LocalTime{t.until}) + (t.reason.empty() ? "" : " (" + t.reason + ")");
}

std::string inWords(const CostModel &c)
{
    std::string out = c.currency + (c.hourly == 0 ? "" : " " + moneyText(static_cast<std::int64_t>(c.hourly)) + " an hour");
    for (const RoleCost &r : c.roles)
        out += ", " + std::string(word(r.role)) + " " + moneyText(static_cast<std::int64_t>(r.hourly));
    return out;
}

template <typename T>
Texts textsOf(const T &v)
{
    if constexpr (requires { typename T::value_type; } && !std::is_same_v<T, std::string>) {
        Texts out;
        for (const auto &element : v)
            out.push_back(inWords(element));
        return out;
    } else {
        return {inWords(v)};
    }
}

std::string joined(const Texts &texts)
{
    std::string out;
    for (const std::string &t : texts)
        out += (out.empty() ? "" : ", ") + t;
    return out;
}

std::string orNothing(const std::string &text)
{
    return text.empty() ? "nothing" : text;
}

bool isShort(const std::string &text) { return text.size() <= kShown && text.find('\n') == std::string::npos; }

void compare(const std::string &what, const char *member, const Texts &before, const Texts &after, bool isList, Texts &out)
{
    if (before == after)
        return;
    const std::string head = what + ": " + member;
    if (!isList) {
        out.push_back(isShort(before[0]) && isShort(after[0]) ? head + " was " + orNothing(before[0]) + ", is " + orNothing(after[0]) : head + " changed");
        return;
    }
    Texts gone, come;
    const auto lacks = [](const Texts &list, const std::string &t) { return std::find(list.begin(), list.end(), t) == list.end(); };
    std::copy_if(before.begin(), before.end(), std::back_inserter(gone), [&](const std::string &t) { return lacks(after, t); });
    std::copy_if(after.begin(), after.end(), std::back_inserter(come), [&](const std::string &t) { return lacks(before, t); });
    std::string line = head;
    if (!come.empty())
        line += " now with " + joined(come);
    if (!gone.empty())
        line += (come.empty() ? "" : ",") + std::string(" no longer with ") + joined(gone);
    if (come.empty() && gone.empty())
        line += " in another order: " + joined(after);
    out.push_back(std::move(line));
}

/// Compares two structs member by member; lists of things with ids are compared thing by thing by the caller.
template <typename T>
void compareMembers(const std::string &what, const T &before, const T &after, Texts &out)
{
    std::map<int, Texts> old;
    T::visitFields(before, [&](int number, const char *, const auto &member) { old[number] = textsOf(member); });
    T::visitFields(after, [&](int number, const char *name, const auto &member) {
        using M = std::remove_cvref_t<decltype(member)>;
        compare(what, name, old[number], textsOf(member), requires { typename M::value_type; } && !std::is_same_v<M, std::string>, out);
    });
}

template <typename T>
std::string nameOf(const T &thing)
{
    if constexpr (requires { thing.id; })
        return thing.id;
    else
        return thing.text;
}

template <typename T>
void compareLists(const std::string &kind, const std::vector<T> &before, const std::vector<T> &after, Texts &out)
{
    std::map<std::string, const T *> old;
    for (const T &t : before)
        old.emplace(nameOf(t), &t);
    Texts kept;
    for (const T &t : after) {
        const auto it = old.find(nameOf(t));
        if (it == old.end()) {
            out.push_back(kind + " " + nameOf(t) + ": added");
        } else {
            compareMembers(kind + " " + nameOf(t), *it->second, t, out);
            old.erase(it);
            kept.push_back(nameOf(t));
        }
    }
    for (const T &t : before)
        if (old.contains(nameOf(t)))
            out.push_back(kind + " " + nameOf(t) + ": removed");
    // The order of these rules decides which one is used.
    if constexpr (std::is_same_v<T, GroupRule> || std::is_same_v<T, OwnerRule> || std::is_same_v<T, Route> || std::is_same_v<T, CorrelationRule>) {
        Texts order;
        for (const T &t : before)
            if (!old.contains(nameOf(t)))
                order.push_back(nameOf(t));
        if (order != kept)
            out.push_back(kind + " rules: in another order: " + joined(kept));
    }
}

} // namespace

std::vector<std::string> difference(const Workspace &before, const Workspace &after)
{
    Texts out;
    Workspace a, b; // the members that are no lists of things
    const auto settings = [](const Workspace &from, Workspace &to) {
        to.name = from.name;
        to.mode = from.mode;
        to.practice = from.practice;
        to.serviceLabels = from.serviceLabels;
        to.audiences = from.audiences;
        to.audienceLanguages = from.audienceLanguages;
        to.standingAfter = from.standingAfter;
        to.silentAfter = from.silentAfter;
        to.callOutEvery = from.callOutEvery;
        to.roomsAfter = from.roomsAfter;
        to.mayTakeCommand = from.mayTakeCommand;
        to.flapping = from.flapping;
        to.publicUrl = from.publicUrl;
        to.bundleAfter = from.bundleAfter;
        to.bundleEvery = from.bundleEvery;
        to.jargon = from.jargon;
        to.cadences = from.cadences;
        to.reasons = from.reasons;
        to.alertsPerName = from.alertsPerName;
        to.roomName = from.roomName;
        to.privateRooms = from.privateRooms;
        to.conference = from.conference;
        to.pinEmoji = from.pinEmoji;
        to.seatOnly = from.seatOnly;
        to.chatPublishes = from.chatPublishes;
        to.retention = from.retention;
    };
    settings(before, a);
    settings(after, b);
    compareMembers("workspace", a, b, out);
    compareLists("person", before.people, after.people, out);
    compareLists("team", before.teams, after.teams, out);
    compareLists("service", before.services, after.services, out);
    compareLists("policy", before.policies, after.policies, out);
    compareLists("group", before.groups, after.groups, out);
    compareLists("severity", before.severities, after.severities, out);
    compareLists("template", before.templates, after.templates, out);
    compareLists("schedule", before.schedules, after.schedules, out);
    compareLists("owner", before.owners, after.owners, out);
    compareLists("inhibition", before.inhibitions, after.inhibitions, out);
    compareLists("maintenance", before.maintenance, after.maintenance, out);
    compareLists("correlation", before.correlations, after.correlations, out);
    compareLists("route", before.routes, after.routes, out);
    compareLists("time interval", before.intervals, after.intervals, out);
    compareLists("fold", before.folds, after.folds, out);
    compareLists("page", before.pages, after.pages, out);
    compareLists("heartbeat", before.heartbeats, after.heartbeats, out);
    compareLists("right", before.rights, after.rights, out);
    compareLists("clearance", before.clearances, after.clearances, out);
    compareLists("sla", before.slas, after.slas, out);
    compareLists("business service", before.business, after.business, out);
    compareLists("approval", before.approvals, after.approvals, out);
    compareLists("holding statement", before.holding, after.holding, out);
    compareLists("recipients", before.recipients, after.recipients, out);
    compareMembers("reviews", before.review, after.review, out);
    TaxonomyRules was = before.taxonomy, is = after.taxonomy;
    compareLists("factor", was.factors, is.factors, out);
    const bool isOther = !(was.factors == is.factors && was.retired == is.retired && was.replaces == is.replaces);
    was.factors = is.factors = {};
    compareMembers("taxonomy", was, is, out);
    if (isOther && was.version == is.version)
        out.push_back("taxonomy: changed under the same version; ratings of before and after cannot be told apart: give it another");
    compareMembers("severity matrix", before.matrix(), after.matrix(), out);
    if (before.matrix().version == after.matrix().version && !(before.matrix() == after.matrix()))
        out.push_back("severity matrix: changed under the same version; it is told apart by its digits: " + qd::nameOf(before.matrix()) + ", " + qd::nameOf(after.matrix()));
    return out;
}

} // namespace qd::workspace
