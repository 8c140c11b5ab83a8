// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/why.h"
#include "tests/core/desk/quietbench.h"

namespace qd::tests {

/// web needs cart, cart needs db, all owned; db is dan's, the others are the shop's. Alerts group by their name, so that one service calls
/// more than once. `folding`: web's and cart's pages fold under db.
inline Workspace foldingShop(bool folding = true)
{
    Workspace w = aWorkspace();
    w.people.push_back({"dan", "Dan", "UTC", {"dan@chat.example"}});
    w.teams.push_back({"data", "Data", "data", {"dan"}});
    w.policies.push_back({"data", "Data on call", {{{"dan"}, minutes(5)}}, 5});
    for (Service &s : w.services)
        s.paging = Paging::Own;
    w.services[2].team = "data";
    w.groups = {{"by-name", {}, {"alertname"}}};
    if (folding)
        w.folds = {{"web-db", "web", "db"}, {"cart-db", "cart", "db"}};
    return w;
}

struct FoldBench : QuietBench {
    explicit FoldBench(Workspace w = foldingShop()) : QuietBench(std::move(w))
    {
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
        if (const auto folds = ask([](const state::State &s) { return s.workspace->folds; }); !folds.empty())
            (void)report(events::Event(events::FoldsShown{folds, "shown", {"ana", Path::Person}}));
    }
    static Labels labels(const std::string &name, const std::string &service, const std::string &severity = "critical")
    {
        return {{"alertname", name}, {"service", service}, {"severity", severity}};
    }
    std::string down(const std::string &name, const std::string &service, const std::string &severity = "critical") { return fires(labels(name, service, severity)); }
    void up(const std::string &name, const std::string &service, const std::string &severity = "critical") { resolves(labels(name, service, severity)); }
    std::vector<state::Escalation> calls()
    {
        return ask([](const state::State &s) { return s.escalations; });
    }
    state::Escalation call(std::size_t n) { return calls().at(n - 1); }
    /// Every page's text, in order: "ana: You are called: …".
    std::vector<std::string> pages()
    {
        return ask([](const state::State &s) {
            std::vector<std::string> out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::Page && o.what.escalation != 0)
                    out.push_back(o.what.person + ": " + o.what.text);
            return out;
        });
    }
    std::string why(const std::string &key)
    {
        return ask([&](const state::State &s) { return control::whyJson(s, key).value_or(std::string()); });
    }
    std::string whyCalled(const std::string &key, const std::string &person)
    {
        return ask([&](const state::State &s) { return control::whyCalledJson(s, key, person).value_or(std::string()); });
    }
    std::vector<std::string> logged()
    {
        return ask([](const state::State &s) {
            std::vector<std::string> out;
            for (const state::Entry &e : s.log)
                out.push_back(e.text);
            return out;
        });
    }
    bool isLogged(const std::string &text)
    {
        const auto lines = logged();
        return std::any_of(lines.begin(), lines.end(), [&](const std::string &l) { return l.find(text) != std::string::npos; });
    }
};

inline bool has(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

} // namespace qd::tests
