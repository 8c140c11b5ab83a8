// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/source.h"

#include "core/base/ascii.h"
#include "core/model/taxonomy.h"
#include "core/review/copies.h"
#include "core/review/frame.h"
#include "core/review/inner.h"
#include "core/review/people.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace qd::review {

namespace {

struct KnownSection {
    std::string_view id;
    Readers readers;
};
constexpr std::array<KnownSection, 9> kKnownSections{{{"summary", Readers::Everybody},
                                                      {"impact", Readers::Everybody},
                                                      {"narrative", Readers::Everybody},
                                                      {"timeline", Readers::Inside},
                                                      {"decisions", Readers::Inside},
                                                      {"hypotheses", Readers::Inside},
                                                      {"went-well", Readers::Everybody},
                                                      {"participants", Readers::Inside},
                                                      {kExternalSection, Readers::Outside}}};

} // namespace

Readers readersOf(std::string_view section)
{
    const auto it = std::find_if(kKnownSections.begin(), kKnownSections.end(), [&](const KnownSection &k) { return k.id == section; });
    return it == kKnownSections.end() ? Readers::Everybody : it->readers;
}

namespace {

/// As the record pre-filled it: nobody said that it is what people outside are told.
bool isUntouched(const state::Section &section)
{
    const state::Revision *counted = section.counted();
    return counted && counted->draft && counted->by == "core";
}

void addOnce(std::vector<std::string> &all, std::string_view one)
{
    if (!one.empty() && std::find(all.begin(), all.end(), one) == all.end())
        all.emplace_back(one);
}

/// The same for lists that may be long.
class OnceEach {
public:
    explicit OnceEach(std::vector<std::string> &out) : m_out(out) {}
    void add(std::string_view one)
    {
        if (!one.empty() && m_seen.emplace(one).second)
            m_out.emplace_back(one);
    }
    /// Each word of it by itself.
    void addParts(std::string_view name)
    {
        for (std::size_t at = 0; at < name.size();) {
            const std::size_t end = std::min(name.find(' ', at), name.size());
            add(name.substr(at, end - at));
            at = end + 1;
        }
    }

private:
    std::vector<std::string> &m_out;
    std::unordered_set<std::string> m_seen;
};

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

/// The part of an address before its port.
std::string_view hostIn(std::string_view value)
{
    return value.substr(0, value.rfind(':') == value.find(':') ? value.find(':') : std::string_view::npos);
}

/// Hosts in a line that was imported: instance="pay-db-1:9100", as alerts are written down.
void addImportedHosts(std::string_view text, OnceEach &out)
{
    for (const std::string_view label : state::kHostLabels) {
        const std::string begin = std::string(label) + "=\"";
        for (std::size_t at = text.find(begin); at != std::string_view::npos; at = text.find(begin, at + 1)) {
            const bool isWhole = at == 0 || text[at - 1] == ' ' || text[at - 1] == '(' || text[at - 1] == ',' || text[at - 1] == '{';
            const std::string_view rest = text.substr(at + begin.size());
            const std::string_view host = hostIn(rest.substr(0, rest.find('"')));
            if (isWhole && host.find_first_not_of("0123456789") != std::string_view::npos)
                out.add(host);
        }
    }
}

std::string factorsText(const state::Review &review, const Taxonomy &taxonomy, std::string_view language)
{
    std::vector<std::string> ids;
    for (const state::Rating &r : review.ratings)
        addOnce(ids, r.factor);
    std::string out;
    for (const std::string &id : ids) {
        const TaxonomyFactor *factor = taxonomy.factor(id);
        const TaxonomyLayer *layer = factor ? taxonomy.layer(factor->layer) : nullptr;
        out += "- " + lineOf(factor ? labelOf(*factor, language) : id) + (layer ? " (" + lineOf(labelOf(*layer, language)) + ")" : "") + "\n";
    }
    return out;
}

std::string actionsText(const Workspace &w, const state::Review &review, bool inside, std::string_view language)
{
    const auto t = [&](std::string_view english) { return frameWord(english, language); };
    std::string out;
    for (const state::Action &a : review.actions) {
        if (a.state == ActionState::Dropped)
            continue;
        out += "- " + closed(lineOf(a.text));
        if (inside) {
            out += " (" + lineOf(a.owner.empty() ? t("no owner") : w.nameOf(a.owner));
            if (a.due)
                out += ", " + t("due ") + toRfc3339(a.due).substr(0, 10);
            out += ", " + t(word(a.state)) + (a.tracked.key.empty() ? "" : ", " + lineOf(a.tracked.key)) + ")";
        } else if (!a.isOpen()) {
            out += " (" + t("done") + ")";
        }
        out += "\n";
    }
    return out;
}

/// Whom a room or a file alone names.
NamedPerson strangerNamed(const Named &p, std::string_view language)
{
    const std::string &name = p.names.front();
    NamedPerson named{{"@" + name}, roleInSentence({}, language)};
    if (name.find_first_of(" @") != std::string::npos) // one word alone may be a word: the leak check says it
        addOnce(named.names, name);
    for (const std::string &address : p.addresses)
        if (address.find('@') != std::string::npos)
            addOnce(named.names, address);
    return named;
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

/// The incident it is part of the work on, the outermost; "": of none that is known.
std::string wholeOf(const state::State &state, const state::Incident &incident)
{
    std::set<std::string> seen;
    const state::Incident *at = &incident;
    while (seen.insert(at->id).second)
        if (const state::Incident *next = at->parent.empty() ? nullptr : state.incident(at->parent))
            at = next;
        else
            break;
    return at->id == incident.id ? std::string() : at->id;
}

bool isRebuilt(const state::Incident &i)
{
    return i.factsArrived > 0;
}

Instant beganAt(const state::Incident &i)
{
    return i.impactSince ? i.impactSince : i.declaredAt;
}

/// Something that went wrong: no exercise, no planned work, nothing that was called off.
bool isTrouble(const state::Incident &i)
{
    return !i.isDrill() && i.kind != "practice" && i.kind != "maintenance" && i.status != IncidentStatus::Cancelled;
}

/// One that was run here, at the same time on the same service.
bool hasOriginal(const state::State &state, const state::Incident &copy)
{
    const auto end = [&](const state::Incident &i) { return endedAt(i) ? endedAt(i) : state.time; };
    return std::any_of(state.incidents.begin(), state.incidents.end(), [&](const auto &each) {
        const state::Incident &i = each.second;
        return i.id != copy.id && i.service == copy.service && !i.service.empty() && isTrouble(i) && beganAt(i) <= end(copy) && beganAt(copy) <= end(i) && !isRebuilt(i);
    });
}

/// Tellings of one history are one family and one event, whoever told of it first; where one of them is a copy of what was run here, no rebuilt one counts.
void joinCopies(const state::State &state, std::vector<Witness> &all)
{
    std::unordered_map<std::string_view, Witness *> of; // all of them are witnesses
    for (Witness &w : all)
        of.emplace(w.what.incident, &w);
    const auto as = [](const std::string &named, const Witness &w) { return named.empty() ? w.what.incident : named; };
    const auto same = sameHistories(state);
    for (const auto &[first, second] : same) {
        const Witness *a = of.at(first->id), *b = of.at(second->id);
        const std::string family = as(a->family, *a), was = as(b->family, *b), event = as(a->what.partOf, *a), part = as(b->what.partOf, *b);
        for (Witness &w : all) {
            if (as(w.family, w) == was)
                w.family = w.what.incident == family ? std::string() : family;
            if (as(w.what.partOf, w) == part)
                w.what.partOf = w.what.incident == event ? std::string() : event;
        }
    }
    std::set<std::string> copies; // families of which a copy is told of here
    for (const auto &[first, second] : same)
        for (const state::Incident *i : {first, second})
            if (isRebuilt(*i) && hasOriginal(state, *i)) // whatever else keeps a telling from counting is its own
                copies.insert(as(of.at(i->id)->family, *of.at(i->id)));
    for (const auto &[first, second] : same)
        for (const state::Incident *i : {first, second})
            if (Witness *w = of.at(i->id); isRebuilt(*i) && copies.contains(as(w->family, *w)))
                w->what.counts = false;
    for (Witness &w : all)
        w.what.family = w.family;
}

} // namespace

std::string roleOf(const state::Incident &incident, std::string_view person, std::string_view language)
{
    for (const auto &[role, held] : incident.roles)
        if (held.person == person)
            return roleInSentence(word(role), language);
    for (const state::OwnRole &own : incident.ownRoles)
        if (own.held.person == person)
            return roleInSentence(own.title, language);
    for (auto it = incident.handedOver.rbegin(); it != incident.handedOver.rend(); ++it)
        if (it->person == person)
            return roleInSentence(it->role, language);
    return roleInSentence({}, language);
}

Source sourceOf(const state::State &state, const state::Incident &incident)
{
    const Workspace &w = *state.workspace;
    const std::string_view language = languageOf(w, incident.review);
    Source out{incident.id, incident.id + ": " + incident.title, {}, {}, std::string(language)};
    const auto add = [&](std::string_view id, std::string text, Readers readers, const state::Section *section = nullptr) {
        if (text.empty())
            return;
        out.sections.push_back({std::string(id), headingOf(id, language), std::move(text), readers});
        if (section && readers == Readers::Everybody)
            if (const std::string less = withoutInner(state, incident, *section); less != section->countedText())
                out.sections.back().outside = less;
    };
    for (const KnownSection &known : kKnownSections)
        if (const state::Section *s = incident.review.section(known.id))
            add(known.id, std::string(s->countedText()), known.readers == Readers::Everybody && isUntouched(*s) ? Readers::Inside : known.readers, s);
    for (const state::Section &s : incident.review.sections)
        if (std::none_of(kKnownSections.begin(), kKnownSections.end(), [&](const KnownSection &k) { return k.id == s.id; }))
            add(s.id, std::string(s.countedText()), Readers::Everybody);
    add("factors", factorsText(incident.review, taxonomyUnder(w.taxonomy), language), Readers::Inside);
    add("actions", actionsText(w, incident.review, true, language), Readers::Inside);
    add("actions", actionsText(w, incident.review, false, language), Readers::Outside);
    const std::vector<Named> people = peopleAround(state, incident);
    std::unordered_set<std::string> strange; // what somebody in a file is called as well: whose role it would be nobody knows
    for (const Named &p : people)
        if (p.isStranger)
            strange.insert(asciiLower(p.names.front()));
    for (const Named &p : people) {
        if (p.isStranger) {
            out.people.push_back(strangerNamed(p, language));
            continue;
        }
        NamedPerson named{{}, roleOf(incident, p.id, language)};
        const auto called = [&](const std::vector<std::string> &names, bool isAccount = false) {
            for (const std::string &name : names)
                if (!strange.contains(asciiLower(name)))
                    addOnce(named.names, isAccount ? "@" + name : name);
        };
        called({p.id}, true);
        called(p.names);
        called(p.addresses);
        called(p.mails);
        called(p.accounts, true);
        out.people.push_back(std::move(named));
    }
    return out;
}

std::vector<std::string> draftsLeftOut(const state::Review &review, bool isOutside, std::string_view language, std::string_view only)
{
    std::vector<std::string> out;
    for (const state::Section &s : review.sections) {
        const Readers readers = readersOf(s.id);
        if (s.isWrittenOn() && (only.empty() || only == s.id) && (readers == Readers::Everybody || (readers == Readers::Outside) == isOutside))
            out.push_back(headingOf(s.id, language));
    }
    return out;
}

Known knownOf(const state::State &state, const state::Incident &incident)
{
    const Workspace &w = *state.workspace;
    Known out;
    OnceEach people(out.people), asWritten(out.namesAsWritten), hosts(out.hosts);
    for (const Named &p : peopleAround(state, incident)) {
        const auto addAll = [](OnceEach &to, const std::vector<std::string> &all) {
            for (const std::string &one : all)
                to.add(one);
        };
        for (const std::string &name : p.names) {
            (p.isStranger && name.find(' ') == std::string::npos ? asWritten : people).add(name);
            if (!p.isStranger || p.wrote)
                asWritten.addParts(name); // each of their names alone
        }
        addAll(people, p.mails);
        asWritten.add(p.id);
        addAll(asWritten, p.addresses);
        addAll(asWritten, p.accounts);
    }
    for (const state::Entry &e : incident.timeline)
        if (!e.origin.empty())
            addImportedHosts(e.text, hosts);
    for (const state::Pair &label : incident.labels)
        if (std::find(state::kHostLabels.begin(), state::kHostLabels.end(), state.text(label.name)) != state::kHostLabels.end())
            if (const std::string_view host = hostIn(state.text(label.value)); host.find_first_not_of("0123456789") != std::string_view::npos)
                hosts.add(host);
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
    for (const std::string_view service : state::servicesOfAlerts(state, incident))
        addOnce(out, service);
    return out;
}

bool isCounted(const state::State &state, const state::Incident &i)
{
    return isTrouble(i) && i.status != IncidentStatus::Merged && !(isRebuilt(i) && hasOriginal(state, i));
}

namespace {

Witness witnessOf(const state::State &state, const state::Incident &i, const Taxonomy &taxonomy)
{
    Witness w;
    w.what.incident = i.id;
    w.what.at = beganAt(i);
    for (const state::Rating &r : i.review.ratings) {
        addOnce(isMitigator(taxonomy, r.factor) ? w.mitigators : w.what.factors, r.factor);
        w.ratings.emplace_back(r.factor, r.confidence);
    }
    w.what.services = servicesOf(state, i);
    w.what.counts = isCounted(state, i);
    w.what.isWrittenAfterwards = i.kind == "rebuilt" || i.kind == "backfilled";
    w.family = familyOf(state, i);
    w.what.partOf = wholeOf(state, i);
    return w;
}

} // namespace

std::vector<Witness> witnessesOf(const state::State &state)
{
    std::vector<Witness> out;
    const Taxonomy taxonomy = taxonomyUnder(state.workspace->taxonomy);
    for (const auto &[number, i] : state.incidents)
        out.push_back(witnessOf(state, i, taxonomy));
    joinCopies(state, out);
    return out;
}

std::vector<std::uint32_t> metAgainIn(const state::State &state, const state::Incident &incident)
{
    std::vector<std::uint32_t> out;
    const auto mayBe = [&](const state::Pattern &p) { return p.state == PatternState::Met && beganAt(incident) > p.changedAt; };
    if (incident.review.ratings.empty() || std::none_of(state.patterns.begin(), state.patterns.end(), mayBe))
        return out;
    std::vector<Witness> witnesses{witnessOf(state, incident, taxonomyUnder(state.workspace->taxonomy))};
    for (const state::Pattern &p : state.patterns) {
        if (!mayBe(p))
            continue;
        witnesses.resize(1);
        for (const std::string &each : p.incidents) // which event each of them is, no more
            if (const state::Incident *known = state.incident(each)) {
                Witness &w = witnesses.emplace_back();
                w.what.incident = known->id;
                w.what.partOf = wholeOf(state, *known);
                w.what.counts = false;
            }
        if (!seenSince(p, witnesses).empty())
            out.push_back(p.number);
    }
    return out;
}

} // namespace qd::review
