// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/publish/target.h"
#include "core/state/statuspages.h"
#include "tests/support/clock.h"

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <string>
#include <vector>

namespace qd::tests {

namespace json = boost::json;
using namespace publish;

/// Statuspage as its documentation has it, as far as words are concerned.
struct Vendor {
    struct Update {
        std::string id, status, body;
        Instant at;
    };
    struct Incident {
        std::string id, name, status, from, until;
        json::object metadata;
        std::vector<Update> updates; ///< oldest first
        Instant at;
    };
    std::vector<Incident> incidents; ///< oldest first
    std::vector<std::string> components, requests, paths; ///< requests: what was written; paths: every one
    std::string refusedPath;
    int refusedWith = 0;             ///< what is asked of refusedPath; "" with a status: everything
    int left = 1 << 20;              ///< requests until it wants to be asked later
    int firstPage = 1;
    Instant now = kMorning;

    net::HttpResponse answer(const net::HttpRequest &r)
    {
        const std::string path = r.url.substr(std::string("https://api.statuspage.io/v1/pages/page1").size());
        paths.push_back(path);
        if (left-- <= 0)
            return said(420, json::object{{"error", "slow down"}});
        if (refusedWith != 0 && path.find(refusedPath) != std::string::npos)
            return said(refusedWith, json::object{{"error", "no"}});
        if (r.method == net::Method::Get)
            return path.starts_with("/components") ? said(200, componentList()) : said(200, list(path));
        requests.push_back((r.method == net::Method::Post ? "POST " : "PATCH ") + path + " " + r.body);
        const json::object body = json::parse(r.body).as_object();
        now = now + seconds(1);
        if (path == "/components") {
            components.push_back(std::string(body.at("component").at("name").as_string()));
            return said(201, json::object{{"id", "c1"}});
        }
        if (path.starts_with("/components"))
            return said(200, json::object{{"id", "c1"}});
        if (r.method == net::Method::Post) {
            Incident &i = incidents.emplace_back();
            i.id = "i" + std::to_string(incidents.size());
            i.at = now;
            return changed(i, body.at("incident").as_object());
        }
        const std::string rest = path.substr(std::string("/incidents/").size()), id = rest.substr(0, rest.find('/'));
        const auto at = std::find_if(incidents.begin(), incidents.end(), [&](const Incident &i) { return i.id == id; });
        if (at == incidents.end())
            return said(404, json::object{{"error", "Not Found"}});
        if (rest == id)
            return changed(*at, body.at("incident").as_object());
        const std::string update = rest.substr(rest.rfind('/') + 1);
        for (Update &u : at->updates)
            if (u.id == update) {
                u.body = std::string(body.at("incident_update").at("body").as_string());
                return said(200, json::object{{"id", u.id}, {"body", u.body}});
            }
        return said(404, json::object{{"error", "Not Found"}});
    }

    [[nodiscard]] std::string words(std::size_t incident) const
    {
        std::string out = incidents.at(incident).name + ":";
        for (const Update &u : incidents.at(incident).updates)
            out += " " + u.status + "=" + u.body;
        return out;
    }
    /// Somebody else says something there.
    void byHand(std::size_t incident, const std::string &text)
    {
        now = now + seconds(1);
        incidents.at(incident).updates.push_back({"h" + std::to_string(++m_last), incidents.at(incident).status, text, now});
    }

private:
    static net::HttpResponse said(int status, const json::value &what)
    {
        net::HttpResponse out;
        out.status = status;
        out.body = json::serialize(what);
        return out;
    }
    [[nodiscard]] json::array componentList() const
    {
        json::array out;
        for (const std::string &name : components)
            out.push_back(json::object{{"id", "c1"}, {"name", name}, {"status", "operational"}});
        return out;
    }
    [[nodiscard]] json::array list(const std::string &path) const
    {
        const auto at = path.find("&page=");
        const int page = at == std::string::npos ? 0 : std::stoi(path.substr(at + 6)) - firstPage;
        json::array out;
        for (std::size_t n = 0; n < 100; ++n) {
            const std::size_t place = static_cast<std::size_t>(std::max(page, 0)) * 100 + n;
            if (place >= incidents.size())
                break;
            const Incident &i = incidents[incidents.size() - 1 - place];
            json::array updates;
            for (const Update &u : i.updates)
                updates.insert(updates.begin(), json::object{{"id", u.id}, {"status", u.status}, {"body", u.body}, {"created_at", toRfc3339(u.at)}});
            out.push_back(json::object{{"id", i.id}, {"name", i.name}, {"status", i.status}, {"created_at", toRfc3339(i.at)}, {"metadata", i.metadata}, {"scheduled_for", i.from}, {"scheduled_until", i.until},
                                       {"incident_updates", std::move(updates)}});
        }
        return out;
    }
    net::HttpResponse changed(Incident &i, const json::object &by)
    {
        const auto text = [&](const char *name, std::string &into) {
            if (const json::value *v = by.if_contains(name))
                into = std::string(v->as_string());
        };
        text("name", i.name);
        text("status", i.status);
        text("scheduled_for", i.from);
        text("scheduled_until", i.until);
        if (const json::value *v = by.if_contains("metadata"))
            i.metadata = v->as_object();
        if (by.contains("status") || by.contains("body")) {
            Update &u = i.updates.emplace_back(Update{"u" + std::to_string(++m_last), i.status, {}, now});
            text("body", u.body);
        }
        return said(200, json::object{{"id", i.id}});
    }
    int m_last = 0;
};

inline StatusPage aShopPage()
{
    StatusPage p;
    p.id = "shop";
    p.languages = {"en", "de"};
    p.title = {{"en", "Shop"}};
    p.zone = "UTC";
    p.components = {{"checkout", {{"en", "Checkout"}}, {}, {}, {}}};
    return p;
}

/// Our page, and the vendor's.
struct StatuspageScene {
    Vendor vendor;
    StatusPage page = aShopPage();
    state::StatusPageState known;
    Instant now = kMorning;
    std::unique_ptr<Target> target;

    StatuspageScene()
    {
        known.id = "shop";
        start();
    }
    /// Anew, as after the core was started again.
    void start(const std::string &origin = "qd/one", const char *key = "key")
    {
        Connection c;
        c.kind = "atlassian";
        c.url = "https://api.statuspage.io/v1";
        c.path = "page1";
        target = atlassianTarget(c, std::make_shared<const Secret>(Secret(std::string_view(key))), [this](net::HttpRequest r, const net::HttpClient::Callback &done) { done(vendor.answer(r)); }, origin);
    }
    state::PageNotice &post(const std::string &text, PagePhase phase = PagePhase::Investigating, const std::string &title = {})
    {
        now = now + minutes(1);
        if (!title.empty()) {
            known.notices.emplace_back();
            known.notices.back().number = ++known.lastNotice;
            known.notices.back().title = {{"en", title}};
        }
        state::PageNotice &n = known.notices.back();
        state::NoticeUpdate u;
        u.number = static_cast<std::uint32_t>(n.updates.size() + 1);
        u.phase = phase;
        if (!text.empty())
            u.text = {{"en", text}};
        u.at = now;
        n.updates.push_back(u);
        return n;
    }
    Result<> push()
    {
        const auto put = target->put("shop", comms::pageFiles(page, &known, now));
        return put ? target->holds("shop", {}) : put;
    }
};

} // namespace qd::tests
