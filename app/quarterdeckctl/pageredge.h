// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"
#include "core/net/httpclient.h"
#include "core/net/mailclient.h"
#include "core/notify/pager.h"

namespace qd::app {

/// The pager with its way out: mail and HTTP clients of its own, so that a slow source delays no page.
struct PagerEdge {
    /// `desk`, `clock` and `random` must outlive it.
    PagerEdge(desk::Desk &desk, const Clock &clock, Random &random, std::string origin, notify::Pager::Moved moved)
        : pager({[this](net::MailRequest r, net::MailClient::Callback done) { mail.send(std::move(r), std::move(done)); },
                 [this](net::HttpRequest r, net::HttpClient::Callback done) { http.send(std::move(r), std::move(done)); }},
                clock, random, std::move(origin),
                [&desk](events::AnswerLinkMade made, std::function<void(bool)> done) {
                    desk.report(std::move(made), [done = std::move(done)](const Result<desk::Outcome> &outcome) { done(outcome.has_value()); });
                },
                [&desk](const events::OutboxQueued &what, std::function<void()> then) {
                    desk.report(events::OutboxMoved{what.number, Delivery::Sent, {}, {}, what.incident}, [then = std::move(then)](const Result<desk::Outcome> &) { then(); });
                },
                std::move(moved),
                [&desk](std::string connection, std::string problem) {
                    desk.report(events::ConnectionReported{std::move(connection), problem.empty() ? "live" : "trouble", std::move(problem)});
                })
    {}

    net::MailClient mail;
    net::HttpClient http;
    notify::Pager pager; ///< goes first: what the clients still say is of nobody
};

} // namespace qd::app
