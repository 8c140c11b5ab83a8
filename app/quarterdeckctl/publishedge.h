// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/eachtext.h"
#include "core/desk/desk.h"
#include "core/governance/clearance.h"
#include "core/publish/publisher.h"
#include "core/state/state.h"

#include <functional>

namespace qd::app {

/// The edge for status pages with its way out. What pages say is taken from the replica, record by record.
struct PublishEdge {
    using Shown = std::function<void(const std::vector<publish::PageContent> &)>;

    /// `desk`, `clock` and `random` must outlive it.
    PublishEdge(desk::Desk &desk, const Clock &clock, Random &random, std::function<void(std::uint64_t, Delivery, std::string, std::string)> moved)
        : publisher({[this](net::HttpRequest r, net::HttpClient::Callback done) { http.send(std::move(r), std::move(done)); },
                     [moved = std::move(moved)](std::uint64_t number, Delivery delivery, std::string reason) { moved(number, delivery, {}, std::move(reason)); },
                     [&desk](std::string connection, std::string state, std::string problem) {
                         desk.report(events::ConnectionReported{std::move(connection), std::move(state), std::move(problem)});
                     }},
                    clock, random)
    {}

    /// The pages as this State has them. `isWorkspaceNew`: their own words may be others.
    void learn(const state::State &s, bool isWorkspaceNew)
    {
        if (isWorkspaceNew)
            workspaceSeq = s.seq;
        std::vector<publish::PageContent> pages;
        for (const StatusPage &page : s.workspace->pages) {
            const state::StatusPageState *known = s.page(page.id);
            pages.push_back({page, known ? forItsReaders(s, page, *known) : nullptr, std::max(known ? known->changed : 0, workspaceSeq)});
        }
        if (shown)
            shown(pages);
        if (s.workspace->practice)
            pages.clear(); // nothing of a practice leaves
        publisher.setPages(std::move(pages));
    }

    /// What is known of a page as its readers may have it, which is the last door before the public: what is said there passed the gate when it was said, and
    /// their clearance may be another by now.
    [[nodiscard]] static std::shared_ptr<const state::StatusPageState> forItsReaders(const state::State &s, const StatusPage &page, state::StatusPageState known)
    {
        const Reader reader = governance::readerOf(s, {governance::Place::Kind::Page, page.id, {}, {}});
        eachText(known, [&](std::string &text) {
            if (!marksIn(text).empty())
                text = sealed(text, reader, Brackets::Dropped);
        });
        return std::make_shared<const state::StatusPageState>(std::move(known));
    }

    Shown shown; ///< told of every page; may be empty
    std::uint64_t workspaceSeq = 0;
    net::HttpClient http;
    publish::Publisher publisher; ///< goes first: what the client still says is of nobody
};

/// True for what changes what a page says.
[[nodiscard]] inline bool isOfPage(const events::Event &event)
{
    return visit(
        []<typename T>(const T &) {
            return std::is_same_v<T, events::PagePosted> || std::is_same_v<T, events::ComponentTurned> || std::is_same_v<T, events::PageMaintenancePlanned>
                || std::is_same_v<T, events::PageMaintenanceBegan> || std::is_same_v<T, events::PageMaintenanceEnded> || std::is_same_v<T, events::NoticeOverdue>;
        },
        event);
}

} // namespace qd::app
