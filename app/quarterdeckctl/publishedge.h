// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"
#include "core/governance/clearance.h"
#include "core/publish/pagesturn.h"
#include "core/publish/publisher.h"
#include "core/state/state.h"

#include <functional>

namespace qd::app {

/// The edge for status pages with its way out. What pages say is taken from the replica, record by record.
struct PublishEdge {
    using Shown = std::function<void(const std::vector<publish::PageContent> &)>;

    /// `desk`, `clock` and `random` must outlive it.
    PublishEdge(desk::Desk &desk, const Clock &clock, Random &random, std::string origin, std::function<void(std::uint64_t, Delivery, std::string, std::string)> moved)
        : publisher({[this](net::HttpRequest r, net::HttpClient::Callback done) { http.send(std::move(r), std::move(done)); },
                     [moved = std::move(moved)](std::uint64_t number, Delivery delivery, std::string reason) { moved(number, delivery, {}, std::move(reason)); },
                     [&desk](std::string connection, std::string state, std::string problem) {
                         desk.report(events::ConnectionReported{std::move(connection), std::move(state), std::move(problem)});
                     },
                     {},
                     std::move(origin)},
                    clock, random)
    {}

    /// The pages as this State has them. `isAnew`: any of them may read otherwise, though nothing was said on it: its own words are others, or what it said is gone.
    void learn(const state::State &s, bool isAnew)
    {
        if (isAnew)
            anewSeq = s.seq;
        std::vector<publish::PageContent> pages;
        for (const StatusPage &page : s.workspace->pages) {
            const state::StatusPageState *known = s.page(page.id);
            pages.push_back({page, known ? std::make_shared<const state::StatusPageState>(governance::asReadersHaveIt(s, *known)) : nullptr, std::max(known ? known->changed : 0, anewSeq)});
        }
        if (shown)
            shown(pages);
        if (s.workspace->practice)
            pages.clear(); // nothing of a practice leaves
        publisher.setPages(std::move(pages));
    }

    Shown shown; ///< told of every page; may be empty
    std::uint64_t anewSeq = 0;
    net::HttpClient http;
    publish::Publisher publisher; ///< goes first: what the client still says is of nobody
};

} // namespace qd::app
