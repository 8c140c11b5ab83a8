// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/pageview.h"

#include "core/base/zone.h"

#include <algorithm>

namespace qd::comms {

using state::PageNotice;
using state::StatusPageState;

namespace {

constexpr Span kDay = hours(24);

Instant dayOf(Instant t)
{
    return Instant{t.ns / kDay.ns * kDay.ns};
}

/// Which language is read where a text is not there in the one that is wanted; "" where it is.
std::string otherLanguage(const Localized &texts, const std::string &language, const std::vector<std::string> &languages)
{
    const std::string &read = textIn(texts, language, languages);
    if (const auto it = texts.find(language); read.empty() || (it != texts.end() && !it->second.empty()))
        return {};
    const auto other = std::find_if(languages.begin(), languages.end(), [&](const std::string &l) {
        const auto it = texts.find(l);
        return it != texts.end() && !it->second.empty();
    });
    return other == languages.end() ? std::string() : *other;
}

ViewNotice viewOf(const StatusPage &page, const PageNotice &n, const std::string &language)
{
    const auto named = [&](const std::string &id) {
        const PageComponent *c = page.component(id);
        return c ? textIn(c->name, language, page.languages) : std::string();
    };
    ViewNotice v;
    v.number = n.number;
    v.title = textIn(n.title, language, page.languages);
    v.titleLanguage = otherLanguage(n.title, language, page.languages);
    if (v.title.empty()) // each had one: it was struck
        v.title = pageWords(language).takenBack;
    v.phase = n.phase();
    v.startedAt = n.updates.front().at;
    v.updatedAt = n.updates.back().at;
    if (!n.isOpen())
        v.resolvedAt = v.updatedAt;
    else
        v.nextDue = n.updates.back().nextDue;
    v.isOverdue = static_cast<bool>(n.overdueAt);
    for (auto u = n.updates.rbegin(); u != n.updates.rend(); ++u) {
        ViewUpdate &out = v.updates.emplace_back(ViewUpdate{u->number, u->phase, textIn(u->text, language, page.languages), otherLanguage(u->text, language, page.languages), u->at, u->nextDue, {}});
        for (const ComponentSaid &said : u->components) {
            if (std::string name = named(said.component); !name.empty())
                out.components.emplace_back(std::move(name), said.state);
            if (badness(said.state) > badness(v.impact))
                v.impact = said.state;
        }
    }
    if (ViewUpdate &first = v.updates.back(); first.number == 1 && first.text.empty()) // as the title; a later word may have been a state alone
        first.text = pageWords(language).takenBack;
    for (const ComponentSaid &said : n.components)
        if (page.component(said.component))
            v.components.push_back(said.component);
    return v;
}

} // namespace

std::vector<PageDay> pageHistory(const std::vector<state::ComponentTurn> &turns, Instant now)
{
    std::vector<PageDay> out;
    const Instant first = dayOf(now) - kDay * (kHistoryDays - 1);
    for (int n = 0; n < kHistoryDays; ++n)
        out.push_back({first + kDay * n, ComponentState::Operational, false});
    for (std::size_t i = 0; i < turns.size(); ++i) {
        const Instant from = std::max(turns[i].at, first), until = i + 1 < turns.size() ? turns[i + 1].at : now;
        for (Instant day = dayOf(from); day <= until && day <= now; day = day + kDay) {
            if (day < first || (day == until && day != dayOf(from)))
                continue;
            PageDay &d = out[static_cast<std::size_t>((day - first).ns / kDay.ns)];
            if (!d.isKnown || badness(turns[i].state) > badness(d.worst))
                d.worst = turns[i].state;
            d.isKnown = true;
        }
    }
    return out;
}

PageView pageView(const StatusPage &page, const StatusPageState *known, const std::string &language, Instant now)
{
    PageView v;
    v.id = page.id;
    v.title = textIn(page.title, language, page.languages);
    v.language = language;
    v.languages = page.languages;
    v.url = page.url;
    v.support = page.support;
    v.zone = page.zone;
    v.at = now;
    for (const PageComponent &c : page.components) {
        const state::PageComponentState *s = known ? known->component(c.id) : nullptr;
        ViewComponent out{c.id, textIn(c.name, language, page.languages), textIn(c.group, language, page.languages), textIn(c.about, language, page.languages),
                          s ? s->now() : ComponentState::Operational, {}, {}, {}};
        if (s && !s->turns.empty()) {
            out.since = s->turns.back().at;
            out.first = s->turns.front().at;
        }
        out.days = pageHistory(s ? s->turns : std::vector<state::ComponentTurn>{}, now);
        if (badness(out.state) > badness(v.worst))
            v.worst = out.state;
        v.components.push_back(std::move(out));
    }
    if (!known)
        return v;
    v.lastNotice = known->lastNotice;
    v.lastMaintenance = known->lastMaintenance;
    for (auto n = known->notices.rbegin(); n != known->notices.rend(); ++n) {
        if (n->updates.empty())
            continue;
        ViewNotice notice = viewOf(page, *n, language);
        if (notice.isOpen()) {
            v.isOverdue = v.isOverdue || notice.isOverdue;
            if (notice.nextDue && (!v.nextDue || notice.nextDue < v.nextDue))
                v.nextDue = notice.nextDue;
        }
        v.notices.push_back(std::move(notice));
    }
    for (const state::PageMaintenance &m : known->maintenances) {
        ViewMaintenance out{m.number, textIn(m.title, language, page.languages), textIn(m.text, language, page.languages), otherLanguage(m.title, language, page.languages),
                            otherLanguage(m.text, language, page.languages), m.from, m.until, m.plannedAt, m.endedAt,
                            m.isUnderWay(), m.begunAt && m.endedAt, !m.begunAt && m.endedAt, {}, {}, m.changedAt};
        for (const std::string &id : m.components)
            if (const PageComponent *c = page.component(id)) {
                out.components.push_back(id);
                out.names.push_back(textIn(c->name, language, page.languages));
            }
        if (out.title.empty())
            out.title = pageWords(language).takenBack;
        v.maintenances.push_back(std::move(out));
    }
    std::stable_sort(v.maintenances.begin(), v.maintenances.end(), [](const ViewMaintenance &a, const ViewMaintenance &b) { return a.from < b.from; });
    return v;
}

std::string pageTime(Instant t, const std::string &zone)
{
    const std::string text = toRfc3339(t);
    if (text.size() < 16)
        return {};
    std::string out = text.substr(0, 10) + " " + text.substr(11, 5) + " UTC";
    if (zone.empty() || zone == "UTC")
        return out;
    const Zone local = Zone::orUtc(zone);
    const std::string wall = toText(local.local(t)); // 2026-11-29T15:25
    return out + " (" + (wall.substr(0, 10) == text.substr(0, 10) ? "" : wall.substr(0, 10) + " ") + wall.substr(11, 5) + " " + local.abbreviation(t) + ")";
}

std::string_view languageName(std::string_view language)
{
    return language == "de" ? "Deutsch" : language == "en" ? "English" : language;
}

const PageWords &pageWords(std::string_view language)
{
    static const PageWords english{
        {"Operational", "Degraded performance", "Partial outage", "Major outage", "Under maintenance"},
        {"All systems work", "Some systems are degraded", "Some systems are down in part", "A major outage is under way", "Maintenance is under way"},
        {"Investigating", "Identified", "Monitoring", "Resolved"},
        "Status", "What is wrong now", "Past notices", "Planned maintenance", "Components", "The last 90 days", "days", "no trouble", "nothing known before", "Next word by",
        "The next word is late: this page may be out of date.", "Generated at", "Get help", "Follow", "Scheduled", "Under way", "Over", "Cancelled", "Affects", "Days with trouble", "more days", "Languages",
        "Nothing was announced in the last 90 days.", "since", "After that this page may be out of date.", "Not translated; only in", "Changed", "(taken back)"};
    static const PageWords german{
        {"In Betrieb", "Beeinträchtigt", "Teilausfall", "Ausfall", "In Wartung"},
        {"Alle Systeme arbeiten", "Einige Systeme sind beeinträchtigt", "Einige Systeme sind zum Teil ausgefallen", "Eine große Störung dauert an", "Wartungsarbeiten laufen"},
        {"Wird untersucht", "Ursache gefunden", "Wird beobachtet", "Behoben"},
        "Status", "Was gerade gestört ist", "Frühere Meldungen", "Geplante Wartung", "Komponenten", "Die letzten 90 Tage", "Tage", "keine Störung", "davor nichts bekannt", "Nächste Meldung bis",
        "Die nächste Meldung ist überfällig: Diese Seite ist vielleicht nicht mehr aktuell.", "Erstellt am", "Hilfe", "Folgen", "Geplant", "Läuft", "Beendet", "Abgesagt", "Betrifft", "Tage mit Störung", "weitere Tage", "Sprachen",
        "In den letzten 90 Tagen wurde nichts gemeldet.", "seit", "Danach ist diese Seite vielleicht nicht mehr aktuell.", "Nicht übersetzt; nur auf", "Geändert", "(zurückgenommen)"};
    return language == "de" ? german : english;
}

} // namespace qd::comms
