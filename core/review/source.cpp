// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/source.h"

#include "core/base/ascii.h"
#include "core/model/taxonomy.h"

#include <algorithm>
#include <array>
#include <set>

namespace qd::review {

namespace {

struct KnownSection {
    std::string_view id, heading;
    Readers readers;
};
constexpr std::array<KnownSection, 9> kKnownSections{{{"summary", "Summary", Readers::Everybody},
                                                      {"impact", "Impact", Readers::Everybody},
                                                      {"narrative", "What happened", Readers::Everybody},
                                                      {"timeline", "Timeline", Readers::Inside},
                                                      {"decisions", "Decisions", Readers::Inside},
                                                      {"hypotheses", "Hypotheses", Readers::Inside},
                                                      {"went-well", "What went well", Readers::Everybody},
                                                      {"participants", "Participants", Readers::Inside},
                                                      {kExternalSection, "To our customers", Readers::Outside}}};
constexpr std::array<std::string_view, 6> kHostLabels{"instance", "host", "hostname", "node", "pod", "server"};
constexpr std::size_t kHostsKnown = 500, kNamesKnown = 500;

/// "lessons-learned" as "Lessons learned".
std::string headingOf(std::string_view id)
{
    std::string out(id);
    std::replace(out.begin(), out.end(), '-', ' ');
    if (!out.empty() && out[0] >= 'a' && out[0] <= 'z')
        out[0] = static_cast<char>(out[0] - 32);
    return out;
}

void addOnce(std::vector<std::string> &all, std::string_view one)
{
    if (!one.empty() && std::find(all.begin(), all.end(), one) == all.end())
        all.emplace_back(one);
}

/// A text that is Markdown's only where it is a mark's.
std::string lineOf(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (std::string_view("\\`*_<>&|~!#").find(c) != std::string_view::npos)
            out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

/// Somebody the workspace does not know, by the name its chat or a file gave them.
struct Stranger {
    std::string name, address;
    bool wrote = false;                  ///< a message: so it is a person's name, and each part of it may stand alone
};

/// Each once, in the order of the record.
std::vector<Stranger> strangersIn(const Workspace &w, const state::Incident &incident)
{
    std::vector<Stranger> out;
    std::set<std::string> seen;
    for (const state::Entry &e : incident.timeline) {
        if (out.size() >= kNamesKnown)
            break;
        if (e.outbox != 0)
            continue; // written by us
        const bool isImported = !e.origin.empty();
        const bool isTool = e.kind == state::EntryKind::Alert || asciiLower(e.origin).starts_with(asciiLower(e.actor));
        const std::string name = e.actor.starts_with('@') ? e.actor.substr(1) : e.actor;
        if (name.empty() || (isImported ? isTool : e.kind != state::EntryKind::Message) || w.person(name) || !seen.insert(name).second)
            continue;
        out.push_back({name, isImported ? std::string() : e.reference, e.kind == state::EntryKind::Message});
    }
    return out;
}

/// The part of an address before its port.
std::string_view hostIn(std::string_view value)
{
    return value.substr(0, value.rfind(':') == value.find(':') ? value.find(':') : std::string_view::npos);
}

/// Hosts in a line that was imported: instance="pay-db-1:9100", as alerts are written down.
void addImportedHosts(std::string_view text, std::vector<std::string> &out)
{
    for (const std::string_view label : kHostLabels) {
        const std::string begin = std::string(label) + "=\"";
        for (std::size_t at = text.find(begin); at != std::string_view::npos && out.size() < kHostsKnown; at = text.find(begin, at + 1)) {
            const bool isWhole = at == 0 || text[at - 1] == ' ' || text[at - 1] == '(' || text[at - 1] == ',' || text[at - 1] == '{';
            const std::string_view rest = text.substr(at + begin.size());
            const std::string_view host = hostIn(rest.substr(0, rest.find('"')));
            if (isWhole && host.find_first_not_of("0123456789") != std::string_view::npos)
                addOnce(out, host);
        }
    }
}

void addParts(std::string_view name, std::vector<std::string> &out)
{
    for (std::size_t at = 0; at < name.size();) {
        const std::size_t end = std::min(name.find(' ', at), name.size());
        addOnce(out, name.substr(at, end - at));
        at = end + 1;
    }
}

std::string factorsText(const state::Review &review, const Taxonomy &taxonomy)
{
    std::vector<std::string> ids;
    for (const state::Rating &r : review.ratings)
        addOnce(ids, r.factor);
    std::string out;
    for (const std::string &id : ids) {
        const TaxonomyFactor *factor = taxonomy.factor(id);
        const TaxonomyLayer *layer = factor ? taxonomy.layer(factor->layer) : nullptr;
        out += "- " + lineOf(factor ? labelOf(*factor, "en") : id) + (layer ? " (" + lineOf(labelOf(*layer, "en")) + ")" : "") + "\n";
    }
    return out;
}

std::string actionsText(const Workspace &w, const state::Review &review, bool inside)
{
    std::string out;
    for (const state::Action &a : review.actions) {
        if (a.state == ActionState::Dropped)
            continue;
        out += "- " + closed(lineOf(a.text));
        if (inside) {
            out += " (" + lineOf(a.owner.empty() ? "no owner" : w.nameOf(a.owner));
            if (a.due)
                out += ", due " + toRfc3339(a.due).substr(0, 10);
            out += ", " + std::string(word(a.state)) + (a.tracked.key.empty() ? "" : ", " + lineOf(a.tracked.key)) + ")";
        } else if (!a.isOpen()) {
            out += " (done)";
        }
        out += "\n";
    }
    return out;
}

std::string familyOf(const state::State &state, const state::Incident &incident)
{
    std::set<std::string> seen;
    const state::Incident *at = &incident;
    while (seen.insert(at->id).second) {
        const std::string &before = !at->follows.empty() ? at->follows : at->parent;
        const state::Incident *next = before.empty() ? nullptr : state.incident(before);
        if (!next)
            break;
        at = next;
    }
    return at->id == incident.id ? std::string() : at->id;
}

bool isRebuilt(const state::Incident &i)
{
    return std::any_of(i.timeline.begin(), i.timeline.end(), [](const state::Entry &e) { return !e.origin.empty(); });
}

Instant beganAt(const state::Incident &i)
{
    return i.impactSince ? i.impactSince : i.declaredAt;
}

/// One that was run here, at the same time on the same service.
bool hasOriginal(const state::State &state, const state::Incident &copy)
{
    const auto end = [&](const state::Incident &i) { return i.resolvedAt ? i.resolvedAt : state.time; };
    return std::any_of(state.incidents.begin(), state.incidents.end(), [&](const auto &each) {
        const state::Incident &i = each.second;
        return i.id != copy.id && i.service == copy.service && !i.service.empty() && !i.isDrill() && beganAt(i) <= end(copy) && beganAt(copy) <= end(i) && !isRebuilt(i);
    });
}

} // namespace

std::string roleOf(const state::Incident &incident, std::string_view person)
{
    const auto called = [](std::string_view role) { return "the " + asciiLower(role); };
    for (const auto &[role, held] : incident.roles)
        if (held.person == person)
            return called(word(role));
    for (const state::OwnRole &own : incident.ownRoles)
        if (own.held.person == person)
            return called(own.title);
    for (auto it = incident.handedOver.rbegin(); it != incident.handedOver.rend(); ++it)
        if (it->person == person)
            return called(it->role);
    return "a responder";
}

Source sourceOf(const state::State &state, const state::Incident &incident, const Reader &reader)
{
    const Workspace &w = *state.workspace;
    const auto own = [&](std::string_view text) { return mayHoldMark(text) ? sealed(text, reader) : std::string(text); };
    Source out{incident.id, own(incident.id + ": " + incident.title), {}, {}};
    const auto add = [&](std::string_view id, std::string heading, std::string text, Readers readers) {
        if (!text.empty())
            out.sections.push_back({std::string(id), std::move(heading), std::move(text), readers});
    };
    for (const KnownSection &known : kKnownSections)
        if (const state::Section *s = incident.review.section(known.id))
            add(known.id, std::string(known.heading), own(s->text()), known.readers);
    for (const state::Section &s : incident.review.sections)
        if (std::none_of(kKnownSections.begin(), kKnownSections.end(), [&](const KnownSection &k) { return k.id == s.id; }))
            add(s.id, headingOf(s.id), own(s.text()), Readers::Everybody);
    add("factors", "Contributing factors", factorsText(incident.review, taxonomyUnder(w.taxonomy)), Readers::Inside);
    add("actions", "What we do about it", own(actionsText(w, incident.review, true)), Readers::Inside);
    add("actions", "What we do about it", own(actionsText(w, incident.review, false)), Readers::Outside);
    for (const Person &p : w.people) {
        NamedPerson named{{"@" + p.id}, roleOf(incident, p.id)};
        addOnce(named.names, p.name);
        for (const auto *addresses : {&p.xmpp, &p.chat})
            for (const std::string &address : *addresses)
                addOnce(named.names, address);
        addOnce(named.names, p.email);
        out.people.push_back(std::move(named));
    }
    for (const Stranger &s : strangersIn(w, incident)) {
        NamedPerson named{{"@" + s.name}, roleOf(incident, s.name)};
        if (s.name.find_first_of(" @") != std::string::npos) // one word alone may be a word: the leak check says it
            addOnce(named.names, s.name);
        if (s.address.find('@') != std::string::npos)
            addOnce(named.names, s.address);
        out.people.push_back(std::move(named));
    }
    return out;
}

Known knownOf(const state::State &state, const state::Incident &incident)
{
    const Workspace &w = *state.workspace;
    Known out;
    for (const Person &p : w.people) {
        addOnce(out.people, p.name);
        addOnce(out.people, p.email);
        addOnce(out.namesAsWritten, p.id);
        addParts(p.name, out.namesAsWritten); // each of their names alone
        for (const auto *addresses : {&p.xmpp, &p.chat})
            for (const std::string &address : *addresses)
                addOnce(out.namesAsWritten, address);
    }
    for (const Stranger &s : strangersIn(w, incident)) {
        addOnce(s.name.find(' ') == std::string::npos ? out.namesAsWritten : out.people, s.name);
        addOnce(out.namesAsWritten, s.address);
        if (s.wrote)
            addParts(s.name, out.namesAsWritten);
    }
    for (const state::Entry &e : incident.timeline)
        if (!e.origin.empty())
            addImportedHosts(e.text, out.hosts);
    for (const std::string &key : incident.alerts)
        if (const state::Alert *alert = state.alert(key))
            for (const std::string_view label : kHostLabels) {
                const std::string_view host = hostIn(state.label(*alert, label));
                if (out.hosts.size() < kHostsKnown && host.find_first_not_of("0123456789") != std::string_view::npos)
                    addOnce(out.hosts, host);
            }
    out.customers = w.review.customers;
    out.words = w.review.words;
    out.internalDomains = w.review.domains;
    for (const state::AllowedWords &a : incident.review.allowed)
        out.allowed.push_back(a.words);
    return out;
}

std::vector<std::string> servicesOf(const state::State &state, const state::Incident &incident)
{
    std::vector<std::string> out;
    addOnce(out, incident.service);
    for (const std::string &key : incident.alerts)
        if (const state::Alert *alert = state.alert(key))
            addOnce(out, state.text(alert->service));
    return out;
}

std::vector<Witness> witnessesOf(const state::State &state)
{
    std::vector<Witness> out;
    for (const auto &[number, i] : state.incidents) {
        Witness w;
        w.what.incident = i.id;
        w.what.at = beganAt(i);
        for (const state::Rating &r : i.review.ratings)
            addOnce(w.what.factors, r.factor);
        w.what.services = servicesOf(state, i);
        w.what.counts = !i.isDrill() && i.kind != "practice" && i.status != IncidentStatus::Merged && !(isRebuilt(i) && hasOriginal(state, i));
        w.family = familyOf(state, i);
        w.what.family = w.family;
        out.push_back(std::move(w));
    }
    return out;
}

std::vector<ActionEffect> effectsOf(const state::State &state, Instant now)
{
    std::vector<Occurrence> all;
    Instant from; // of all that is known to have been recorded here: the first connection, the first incident, whether it counts or not
    const auto since = [&](Instant at) { from = at && (!from || at < from) ? at : from; };
    for (const state::Source &s : state.sources)
        since(s.addedAt);
    for (const auto &[number, i] : state.incidents)
        since(i.declaredAt);
    for (const Witness &w : witnessesOf(state)) {
        if (w.what.counts)
            since(w.what.at);
        all.push_back(w.what);
    }
    std::vector<ActionEffect> out;
    for (const auto &[number, i] : state.incidents)
        for (const state::Action &a : i.review.actions)
            if (a.state == ActionState::Done || a.state == ActionState::Verified)
                out.push_back({i.id, &a, recurrenceOf({i.id, a.factor, a.number, a.turnedAt, servicesOf(state, i)}, all, from, now)});
    return out;
}

} // namespace qd::review
