// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/readstatuspage.h"

#include <algorithm>

namespace qd::workspace {

namespace {

constexpr std::size_t kLanguagesLimit = 10, kServicesLimit = 100, kTargetsOfPage = 10, kSubscribersOfPage = 50;
constexpr std::size_t kNameBytes = 120; ///< of a component's name or group: a page is small

Localized localized(Fields &in, const std::string &key, const std::vector<std::string> &languages, bool isRequired)
{
    Localized out;
    for (const std::string &language : languages) {
        const bool isFirst = language == languages.front();
        const std::string of = isFirst ? key : key + "_" + language;
        std::string text = in.text(of.c_str(), isFirst && isRequired);
        if (text.size() > kNameBytes)
            in.problem(of.c_str(), of + " is longer than 120 bytes; shorten it");
        if (!text.empty())
            out[language] = std::move(text);
    }
    return out;
}

/// An address a page links to: nothing in it can leave an attribute, and nothing but http, https or mailto.
void checkLink(Fields &in, const char *key, const std::string &link, bool mail)
{
    const bool isMail = mail && link.starts_with("mailto:") && link.size() > 7;
    const bool isWeb = (link.starts_with("https://") && link.size() > 8) || (link.starts_with("http://") && link.size() > 7);
    if (!link.empty() && ((!isMail && !isWeb) || link.find_first_of(" \"'<>\\`{}") != std::string::npos))
        in.problem(key, "\"" + link + "\" is no address the public can open; write \"https://…\"" + (mail ? " or \"mailto:…\"" : ""));
}

PageComponent component(Fields in, const StatusPage &page, Draft &draft)
{
    PageComponent c;
    c.id = in.id();
    c.name = localized(in, "name", page.languages, true);
    c.group = localized(in, "group", page.languages, false);
    c.about = localized(in, "about", page.languages, false);
    for (Given &service : in.texts("services", kServicesLimit)) {
        draft.references.push_back({Kind::Service, service.id, "component " + c.id + " of page " + page.id, service.place});
        c.services.push_back(std::move(service.id));
    }
    in.finish();
    return c;
}

} // namespace

void readStatusPage(Fields in, Draft &draft)
{
    StatusPage p;
    p.id = in.id();
    for (const Given &language : in.texts("languages", kLanguagesLimit)) {
        if (std::find(std::begin(kLanguages), std::end(kLanguages), language.id) == std::end(kLanguages))
            in.problemAt(language.place, "page " + p.id + " cannot speak \"" + language.id + "\"; its own words are there in en and de");
        else if (std::find(p.languages.begin(), p.languages.end(), language.id) != p.languages.end())
            in.problemAt(language.place, "language " + language.id + " is named twice; write it once");
        else
            p.languages.push_back(language.id);
    }
    if (p.languages.empty())
        p.languages = {"en"};
    p.title = localized(in, "title", p.languages, true);
    p.url = in.text("url");
    checkLink(in, "url", p.url, false);
    while (!p.url.empty() && p.url.back() == '/')
        p.url.pop_back();
    p.support = in.text("support");
    checkLink(in, "support", p.support, true);
    p.zone = in.text("zone");
    if (p.zone.empty())
        p.zone = "UTC";
    else if (!isZone(p.zone))
        in.problem("zone", "\"" + p.zone + "\" is no time zone; write an IANA name such as \"Europe/Berlin\"");
    p.live = in.flag("live", false);
    for (Given &connection : in.texts("publish", kTargetsOfPage)) {
        if (std::find(p.publish.begin(), p.publish.end(), connection.id) != p.publish.end())
            in.problemAt(connection.place, "page " + p.id + " is published through " + connection.id + " twice; write it once");
        p.publish.push_back(std::move(connection.id));
    }
    for (Given &to : in.texts("subscribers", kSubscribersOfPage)) {
        if (!(to.id.starts_with("mail:") && to.id.size() > 5) && !(to.id.starts_with("webhook:") && to.id.size() > 8))
            in.problemAt(to.place, "page " + p.id + " tells \"" + to.id + "\", which is nobody; write mail:ID of [[recipients]] or webhook:NAME of a connection");
        else if (std::find(p.subscribers.begin(), p.subscribers.end(), to.id) != p.subscribers.end())
            in.problemAt(to.place, "page " + p.id + " tells " + to.id + " twice; write it once");
        else
            p.subscribers.push_back(std::move(to.id));
    }
    in.each("component", kComponentsLimit, "[[page.component]]", [&](Element element) {
        if (!element.isTable())
            return false;
        const Place place = element.place();
        PageComponent c = component(element.fields("a component of page " + p.id), p, draft);
        if (!c.id.empty() && p.component(c.id))
            in.problemAt(place, "page " + p.id + " has the component " + c.id + " twice; give one another id");
        p.components.push_back(std::move(c));
        return true;
    });
    if (p.components.empty())
        in.problemAt(in.place(), "page " + p.id + " has no components; add [[page.component]] with id, name and services under it");
    draft.pages.push_back({p.id, in.place()});
    draft.workspace.pages.push_back(std::move(p));
}

} // namespace qd::workspace
