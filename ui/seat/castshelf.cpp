// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/castshelf.h"

#include "core/base/ascii.h"
#include "core/review/spelling.h"
#include "ui/seat/lanes.h"
#include "ui/seat/text.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace qd::seat {

using state::Entry;
using state::EntryKind;
using state::State;

namespace {

constexpr qsizetype kPartLetters = 3;  ///< what is shorter is no name by itself
constexpr std::string_view kInFile = "file/"; ///< a name in a file is nobody here, whatever people here are called

bool holdsAny(const std::string &text, std::initializer_list<std::string_view> words)
{
    return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return text.find(w) != std::string::npos; });
}

/// An account's number, as platforms give them, and no name: "U0GONE9999", "80351110224678912", 26 letters of Mattermost's.
bool isAccount(const std::string &actor)
{
    const auto all = [&](auto is) { return std::all_of(actor.begin(), actor.end(), is); };
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const bool hasDigit = std::any_of(actor.begin(), actor.end(), isDigit);
    if (!hasDigit)
        return false;
    if (actor.size() >= 6 && all(isDigit))
        return true;
    if (actor.size() >= 8 && actor.size() <= 14 && (actor.front() == 'U' || actor.front() == 'W' || actor.front() == 'B') && all([&](char c) { return isDigit(c) || (c >= 'A' && c <= 'Z'); }))
        return true;
    return actor.size() == 26 && all([&](char c) { return isDigit(c) || (c >= 'a' && c <= 'z'); });
}

bool isOfPeople(view::Lane lane)
{
    return lane == view::Lane::Chat || lane == view::Lane::People || lane == view::Lane::Decisions || lane == view::Lane::Updates;
}

/// Words that are something else here: a person called like a service leaves the service its name.
std::set<QString> taken(const Workspace &w)
{
    std::set<QString> out;
    for (const Service &s : w.services)
        out.insert({QString::fromStdString(s.id).toLower(), QString::fromStdString(s.name).toLower()});
    for (const Team &t : w.teams)
        out.insert({QString::fromStdString(t.id).toLower(), QString::fromStdString(t.name).toLower()});
    for (const Policy &p : w.policies)
        out.insert(QString::fromStdString(p.id).toLower());
    return out;
}

QString partsWord(const QString &word)
{
    return word.size() >= kPartLetters && word.front().isUpper() ? word : QString();
}

/// Where a dictionary is missing every word may be one of its language.
bool isInDictionaries(const QString &word)
{
    static const auto spelling = review::Spelling::open({"en", "de"});
    return !spelling->missing().empty() || spelling->knows(view::bytes(word));
}

} // namespace

CastShelf::CastShelf()
    : CastShelf(isInDictionaries)
{
}

CastShelf::CastShelf(IsWord isWord)
    : m_isWord(std::move(isWord))
{
}

/// "Dana" as chats have it: "dana", "DANA". "will" and "WILL" are nobody.
QStringList CastShelf::alsoWritten(const QString &word)
{
    const QString small = word.toLower();
    const auto [it, isNew] = m_isName.try_emplace(view::bytes(small), false);
    if (isNew)
        it->second = !m_isWord(small);
    QStringList out;
    if (it->second)
        out << small << word.toUpper();
    return out;
}

bool isProgram(const std::string &actor)
{
    const std::string name = asciiLower(actor);
    return name.ends_with("bot") || name.ends_with("[bot]") || holdsAny(name, {"alertmanager", "prometheus", "grafana", "pagerduty", "opsgenie", "victorops", "splunk", "slack", "github", "gitlab", "jenkins", "circleci",
                                                                            "argo", "spinnaker", "buildkite", "firehydrant", "rootly", "incident.io", "statuspage"});
}

QString roleWords(const std::string &role)
{
    const auto known = fromWord<Role>(role);
    if (!known)
        return qstr(role);
    const auto say = [](const char *text) { return QCoreApplication::translate("qd::seat::Roles", text); };
    switch (*known) {
    case Role::Commander: return say(QT_TRANSLATE_NOOP("qd::seat::Roles", "commander"));
    case Role::Deputy: return say(QT_TRANSLATE_NOOP("qd::seat::Roles", "deputy"));
    case Role::Scribe: return say(QT_TRANSLATE_NOOP("qd::seat::Roles", "scribe"));
    case Role::Communications: return say(QT_TRANSLATE_NOOP("qd::seat::Roles", "communications"));
    case Role::Liaison: return say(QT_TRANSLATE_NOOP("qd::seat::Roles", "liaison"));
    case Role::Expert: return say(QT_TRANSLATE_NOOP("qd::seat::Roles", "expert"));
    case Role::Responder: return say(QT_TRANSLATE_NOOP("qd::seat::Roles", "responder"));
    case Role::Observer: return say(QT_TRANSLATE_NOOP("qd::seat::Roles", "observer"));
    case Role::Reporter: return say(QT_TRANSLATE_NOOP("qd::seat::Roles", "reporter"));
    }
    return qstr(role);
}

void CastShelf::forget()
{
    m_of.clear();
    m_workspace.reset();
    m_changed = 0;
    m_read = m_came = 0;
    m_met.clear();
    m_places.clear();
    m_told = {};
    m_cast.reset();
}

void CastShelf::meet(const std::string &key, const std::string &called, bool known)
{
    if (!key.empty() && m_places.emplace(key, m_met.size()).second)
        m_met.push_back({key, called, known});
}

void CastShelf::meet(const State &state, const Entry &line)
{
    const bool isPerson = state.workspace->person(line.actor) != nullptr;
    if (line.actor.empty() || line.actor == "core") {
        // nobody
    } else if (!line.origin.empty()) {
        if ((isOfPeople(laneOf(line.kind)) || line.kind == EntryKind::Change) && !isProgram(line.actor))
            meet(std::string(kInFile) + line.actor, line.actor, !isAccount(line.actor));
        tellRole(line);
    } else if (isPerson) {
        meet(line.actor, {}, true);
    } else if (line.via == Path::Chat || line.via == Path::PagerDuty) {
        const bool isAddress = line.actor == line.reference || isAccount(line.actor); // what the platform shows else is a name
        if (!isProgram(line.actor))
            meet(line.actor, line.actor, line.via == Path::PagerDuty || !isAddress);
    } else if (line.via == Path::Person || line.via == Path::Link) {
        meet(line.actor, line.actor, false); // they left the workspace
    }
    if (line.kind == EntryKind::Role && line.origin.empty() && !line.reference.empty())
        meet(line.reference, line.reference, state.workspace->person(line.reference) != nullptr);
}

/// Whom an imported fact gives a role stands in its words, and need not have said anything.
void CastShelf::tellRole(const Entry &line)
{
    if (line.kind != EntryKind::Role || line.removed)
        return;
    const std::string actor = isProgram(line.actor) ? std::string() : line.actor;
    m_told.add(word(line.kind), line.text, actor, line.at, line.knownAt);
    if (const auto told = rebuild::roleTold(line.text, actor))
        if (!told->person.empty())
            meet(std::string(kInFile) + told->person, told->person, !isAccount(told->person));
}

void CastShelf::make(const State &state, const state::Incident &incident)
{
    const Workspace &w = *state.workspace;
    const auto isSomebody = [&](const std::string &id) { return !id.empty() && id != "core" && !w.team(id) && !w.service(id); };
    // Who stands in no line under their name. They come after those who do, whenever it is asked: the next line may bring somebody.
    m_came = m_met.size();
    const auto meetToo = [&](const std::string &id) {
        if (isSomebody(id))
            meet(id, id, w.person(id) != nullptr);
    };
    for (const auto &[role, held] : incident.roles)
        meetToo(held.person);
    for (const state::OwnRole &own : incident.ownRoles)
        meetToo(own.held.person);
    for (const state::RoleHandedOver &was : incident.handedOver)
        meetToo(was.person);
    for (const state::Task &t : incident.tasks) {
        meetToo(t.person);
        meetToo(t.acceptedBy);
    }
    for (const std::string &person : incident.review.people)
        meetToo(person);
    for (const state::Change &c : state.changes)
        if (w.person(c.by) != nullptr)
            meetToo(c.by);
    for (const Person &p : w.people)
        meet(p.id, {}, true);

    const std::set<QString> other = taken(w);
    const auto isOther = [&](const QString &word) { return other.contains(word.toLower()); };
    const auto told = m_told.roles();
    auto made = std::make_shared<view::Cast>();
    made->members.reserve(m_met.size());
    for (std::size_t i = 0; i < m_met.size(); ++i) {
        const Met &met = m_met[i];
        view::CastMember m;
        m.known = met.known;
        m.neutral = QCoreApplication::translate("qd::seat::Cast", "Responder %1").arg(i + 1);
        const Person *person = w.person(met.key);
        const QString name = QString::fromStdString(person ? (person->name.empty() ? person->id : person->name) : met.called);
        m.names << name;
        if (!name.contains(QLatin1Char(' ')) && !partsWord(name).isEmpty() && !isOther(name))
            m.names << alsoWritten(name);
        if (person) {
            if (const QString id = QString::fromStdString(person->id); id != name && !isOther(id))
                m.names << id;
            for (const auto *addresses : {&person->xmpp, &person->chat})
                for (const std::string &address : *addresses)
                    m.names << QString::fromStdString(address);
            if (!person->email.empty())
                m.names << QString::fromStdString(person->email);
        } else if (!met.key.starts_with(kInFile) && met.key != met.called) {
            m.names << QString::fromStdString(met.key);
        }
        const QStringList words = name.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        for (const QString &word : words)
            if (const QString part = partsWord(word); words.size() > 1 && !part.isEmpty() && !isOther(part))
                m.parts << part << alsoWritten(part);
        const auto held = [&](const std::string &role, const std::string &who, Instant from, Instant until) {
            if (who == met.key)
                m.roles.push_back({roleWords(role), from, until});
        };
        for (const auto &[role, has] : incident.roles)
            held(std::string(word(role)), has.person, has.since, {});
        for (const state::OwnRole &own : incident.ownRoles)
            held(own.title, own.held.person, own.held.since, {});
        for (const state::RoleHandedOver &was : incident.handedOver)
            held(was.role, was.person, was.since, was.until);
        for (const rebuild::ToldStanding::Term &term : told)
            held(std::string(word(term.role)), std::string(kInFile) + term.person, term.from, term.until);
        made->members.push_back(std::move(m));
    }
    if (!m_cast || !(*m_cast == *made))
        m_cast = std::move(made);
}

void CastShelf::read(const State &state, const state::Incident &incident)
{
    if (m_of != incident.id || m_workspace != state.workspace || m_read > incident.timeline.size()) {
        forget();
        m_of = incident.id;
        m_workspace = state.workspace;
    } else if (m_cast && m_changed == incident.changed) {
        return;
    }
    m_changed = incident.changed;
    for (std::size_t i = m_came; i < m_met.size(); ++i)
        m_places.erase(m_met[i].key);
    m_met.resize(m_came);
    for (; m_read < incident.timeline.size(); ++m_read)
        meet(state, incident.timeline[m_read]);
    make(state, incident);
}

const view::CastMember *CastShelf::find(const std::string &person) const
{
    const auto it = m_places.find(person);
    return it == m_places.end() || m_cast == nullptr ? nullptr : &m_cast->members[it->second];
}

const view::CastMember *CastShelf::actorOf(const Entry &line) const
{
    return find(line.origin.empty() ? line.actor : std::string(kInFile) + line.actor);
}

} // namespace qd::seat
