// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/pagerender.h"

#include "core/base/markup.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <libical/ical.h>
#include <memory>

namespace qd::comms {

namespace {

/// For element content and quoted attributes alike; what XML 1.0 cannot say becomes a blank.
std::string xml(std::string_view text)
{
    std::string out = markupEscaped(text);
    std::replace_if(out.begin(), out.end(), [](unsigned char c) { return c < 0x20 && c != '\n' && c != '\t'; }, ' ');
    return out;
}

std::string element(const char *name, std::string_view text)
{
    return "<" + std::string(name) + ">" + xml(text) + "</" + name + ">\n";
}

/// RFC 822 with the year in full: "Sun, 29 Nov 2026 14:25:07 +0000".
std::string mailTime(Instant t)
{
    constexpr std::array<const char *, 7> days{"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"}; // 1970-01-01 was a Thursday
    constexpr std::array<const char *, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::string text = toRfc3339(t);
    if (text.size() < 19)
        return {};
    const auto month = static_cast<std::size_t>((text[5] - '0') * 10 + (text[6] - '0') - 1);
    return std::string(days[static_cast<std::size_t>(t.ns / hours(24).ns % 7)]) + ", " + text.substr(8, 2) + " " + months[month % 12] + " " + text.substr(0, 4) + " " + text.substr(11, 8) + " +0000";
}

struct FeedEntry {
    std::string id, link, title, text;
    Instant published, updated;
};

/// Where the page is, and what it is named by for ever where the workspace does not say: an address in either case.
std::string addressOf(const PageView &v)
{
    return v.url.empty() ? "urn:quarterdeck:page:" + v.id : v.url;
}

/// What stands behind the @ of a calendar's events: nobody else's are called the same.
std::string domainOf(const PageView &v)
{
    const auto scheme = v.url.find("://");
    const std::string host = scheme == std::string::npos ? std::string() : v.url.substr(scheme + 3, v.url.find_first_of("/?#", scheme + 3) - scheme - 3);
    return host.empty() ? "quarterdeck" : host;
}

/// What a reader follows: notices with every word said, and planned work. Newest first.
std::vector<FeedEntry> entriesOf(const PageView &v)
{
    const PageWords &w = pageWords(v.language);
    const std::string base = addressOf(v);
    std::vector<FeedEntry> out;
    for (const ViewNotice &n : v.notices) {
        FeedEntry e{base + (v.url.empty() ? ":n" : "/#n") + std::to_string(n.number), v.url.empty() ? std::string() : v.url + "/#n" + std::to_string(n.number),
                    n.title + " – " + w.phases[static_cast<std::size_t>(n.phase)], {}, n.startedAt, n.updatedAt};
        for (const ViewUpdate &u : n.updates)
            e.text += (e.text.empty() ? "" : "\n\n") + pageTime(u.at, v.zone) + " – " + w.phases[static_cast<std::size_t>(u.phase)] + "\n" + u.text;
        out.push_back(std::move(e));
    }
    for (const ViewMaintenance &m : v.maintenances) {
        const char *state = m.isUnderWay ? w.underWay : m.isCancelled ? w.cancelled : m.isOver ? w.over : w.scheduled;
        FeedEntry e{base + (v.url.empty() ? ":m" : "/#m") + std::to_string(m.number), v.url, m.title + " – " + state, pageTime(m.from, v.zone) + " – " + pageTime(m.until, v.zone), m.plannedAt,
                    m.endedAt ? m.endedAt : m.isUnderWay ? std::max(m.from, m.saidAt()) : m.saidAt()};
        if (!m.text.empty())
            e.text += "\n" + m.text;
        out.push_back(std::move(e));
    }
    std::stable_sort(out.begin(), out.end(), [](const FeedEntry &a, const FeedEntry &b) { return a.updated > b.updated; });
    return out;
}

struct FreeCalendar {
    void operator()(icalcomponent *c) const { icalcomponent_free(c); }
};

icaltimetype utcOf(Instant t)
{
    return icaltime_from_timet_with_zone(t.ns / 1'000'000'000, 0, icaltimezone_get_utc_timezone());
}

} // namespace

std::string pageRss(const PageView &v)
{
    std::string out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n" + element("title", v.title) + element("link", addressOf(v))
        + element("description", v.title) + element("language", v.language) + element("lastBuildDate", mailTime(v.at));
    if (!v.url.empty())
        out += "<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"" + xml(v.url) + "/rss.xml\"/>\n";
    for (const FeedEntry &e : entriesOf(v))
        out += "<item>\n" + element("title", e.title) + (e.link.empty() ? "" : element("link", e.link)) + "<guid isPermaLink=\"false\">" + xml(e.id) + "</guid>\n" + element("pubDate", mailTime(e.updated))
            + element("description", e.text) + "</item>\n";
    return out + "</channel>\n</rss>\n";
}

std::string pageAtom(const PageView &v)
{
    const std::string id = addressOf(v) + (v.url.empty() ? "" : "/");
    std::string out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"" + xml(v.language) + "\">\n" + element("id", id) + element("title", v.title)
        + element("updated", toRfc3339(v.at)) + "<author>" + element("name", v.title) + "</author>\n";
    if (!v.url.empty())
        out += "<link rel=\"self\" href=\"" + xml(v.url) + "/atom.xml\"/>\n<link href=\"" + xml(v.url) + "/\"/>\n";
    for (const FeedEntry &e : entriesOf(v))
        out += "<entry>\n" + element("id", e.id) + element("title", e.title) + element("published", toRfc3339(e.published)) + element("updated", toRfc3339(e.updated))
            + (e.link.empty() ? "" : "<link href=\"" + xml(e.link) + "\"/>\n") + "<content type=\"text\">" + xml(e.text) + "</content>\n</entry>\n";
    return out + "</feed>\n";
}

std::string pageCalendar(const PageView &v)
{
    const std::unique_ptr<icalcomponent, FreeCalendar> calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
    icalcomponent_add_property(calendar.get(), icalproperty_new_version("2.0"));
    icalcomponent_add_property(calendar.get(), icalproperty_new_prodid("-//Quarterdeck//Status page//EN"));
    for (const ViewMaintenance &m : v.maintenances) {
        icalcomponent *event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
        const auto add = [&](icalproperty *p) { icalcomponent_add_property(event, p); };
        add(icalproperty_new_uid((v.id + "-m" + std::to_string(m.number) + "@" + domainOf(v)).c_str()));
        add(icalproperty_new_dtstamp(utcOf(m.endedAt ? m.endedAt : m.saidAt())));
        if (const std::size_t revision = m.changedAt.size() + (m.isCancelled ? 1 : 0); revision > 0) // RFC 5545, 3.8.7.4: a calendar takes the later one
            add(icalproperty_new_sequence(static_cast<int>(revision)));
        add(icalproperty_new_dtstart(utcOf(m.from)));
        add(icalproperty_new_dtend(utcOf(m.isOver ? std::max(m.endedAt, m.from + seconds(1)) : m.until)));
        add(icalproperty_new_summary(m.title.c_str()));
        add(icalproperty_new_status(m.isCancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
        if (!m.text.empty())
            add(icalproperty_new_description(m.text.c_str()));
        icalcomponent_add_component(calendar.get(), event);
    }
    if (v.maintenances.empty()) { // RFC 5545, 3.4: a calendar has one component at least
        icalcomponent *zone = icalcomponent_new_vtimezone(), *standard = icalcomponent_new_xstandard();
        icalcomponent_add_property(zone, icalproperty_new_tzid("Etc/UTC"));
        icalcomponent_add_property(standard, icalproperty_new_dtstart(icaltime_from_string("19700101T000000")));
        icalcomponent_add_property(standard, icalproperty_new_tzoffsetfrom(0));
        icalcomponent_add_property(standard, icalproperty_new_tzoffsetto(0));
        icalcomponent_add_component(zone, standard);
        icalcomponent_add_component(calendar.get(), zone);
    }
    const std::unique_ptr<char, void (*)(void *)> text(icalcomponent_as_ical_string_r(calendar.get()), icalmemory_free_buffer);
    return text ? text.get() : "";
}

std::vector<PageFile> pageFiles(const StatusPage &page, const state::StatusPageState *known, Instant now, const std::string &live)
{
    std::vector<PageFile> out;
    const std::string first = page.languages.empty() ? "en" : page.languages.front();
    const PageView view = pageView(page, known, first, now);
    out.push_back({"api/v2/summary.json", "application/json", summaryJson(view)});
    out.push_back({"api/v2/status.json", "application/json", statusJson(view)});
    out.push_back({"api/v2/components.json", "application/json", componentsJson(view)});
    out.push_back({"api/v2/incidents.json", "application/json", incidentsJson(view)});
    out.push_back({"api/v2/scheduled-maintenances.json", "application/json", scheduledJson(view)});
    out.push_back({"rss.xml", "application/rss+xml", pageRss(view)});
    out.push_back({"atom.xml", "application/atom+xml", pageAtom(view)});
    out.push_back({"maintenance.ics", "text/calendar; charset=utf-8", pageCalendar(view)});
    for (std::size_t n = page.languages.size(); n-- > 0;)
        out.push_back({pageFileName(view, page.languages[n]), "text/html; charset=utf-8", pageHtml(n == 0 ? view : pageView(page, known, page.languages[n], now), live)});
    if (page.languages.empty())
        out.push_back({"index.html", "text/html; charset=utf-8", pageHtml(view, live)});
    return out;
}

} // namespace qd::comms
