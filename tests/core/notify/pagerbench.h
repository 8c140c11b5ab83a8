// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/notify/pager.h"
#include "tests/support/clock.h"
#include "tests/support/random.h"

namespace qd::tests {

inline Connection mailServer()
{
    Connection c;
    c.name = "mail";
    c.kind = "smtp";
    c.url = "smtp://mail.example:587";
    c.from = "desk@example.org";
    return c;
}

inline Connection duty()
{
    Connection c;
    c.name = "duty";
    c.kind = "pagerduty";
    c.url = "https://events.example";
    return c;
}

inline notify::Item pageOf(std::uint64_t number, const std::string &connection = "mail", events::Effect effect = events::Effect::Page)
{
    notify::Item item;
    item.what.number = number;
    item.what.effect = effect;
    item.what.connection = connection;
    item.what.incident = "INC-1";
    item.what.person = "ana";
    item.what.room = "ana@example.org";
    item.what.text = "You are called.";
    item.what.title = "SEV2 INC-1: down";
    item.what.subject = "page/3/1";
    item.what.escalation = 3;
    item.queuedAt = kMorning;
    return item;
}

/// A pager whose wire is in the test's hands.
struct PagerScene {
    FakeClock clock;
    SeededRandom random;
    std::vector<std::pair<net::MailRequest, net::MailClient::Callback>> mails;
    std::vector<std::pair<net::HttpRequest, net::HttpClient::Callback>> requests;
    std::vector<std::pair<events::AnswerLinkMade, std::function<void(bool)>>> links;
    struct Word {
        std::uint64_t number;
        Delivery delivery;
        std::string id, reason;
    };
    std::vector<Word> words;
    std::vector<std::string> health;
    std::vector<std::pair<events::OutboxQueued, std::function<void()>>> begun; ///< what was to be recorded before its first byte
    bool isSlow = false;                                                       ///< whether that waits for the test; else it is on disk at once
    std::unique_ptr<notify::Pager> pager;

    explicit PagerScene(const std::string &publicUrl = {})
    {
        pager = std::make_unique<notify::Pager>(notify::Pager::Wire{[this](net::MailRequest r, net::MailClient::Callback done) { mails.emplace_back(std::move(r), std::move(done)); },
                                                                    [this](net::HttpRequest r, net::HttpClient::Callback done) { requests.emplace_back(std::move(r), std::move(done)); }},
                                                        clock, random, "log.example",
                                                        [this](events::AnswerLinkMade made, std::function<void(bool)> done) { links.emplace_back(std::move(made), std::move(done)); },
                                                        [this](const events::OutboxQueued &what, std::function<void()> then) {
                                                            begun.emplace_back(what, then);
                                                            if (!isSlow)
                                                                then();
                                                        },
                                                        [this](std::uint64_t n, Delivery d, std::string id, std::string reason) { words.push_back({n, d, std::move(id), std::move(reason)}); },
                                                        [this](std::string connection, std::string problem) { health.push_back(connection + ": " + problem); });
        auto w = std::make_shared<Workspace>();
        w->name = "Shop";
        w->publicUrl = publicUrl;
        w->people = {{"ana", "Ana", "UTC", {}}};
        pager->setWorkspace(w);
        pager->start(mailServer(), Secret("pw"));
        pager->start(duty(), Secret("key"));
    }
    void failMail(std::size_t n, bool isFinal = false, const std::string &why = "the mail server does not answer")
    {
        mails.at(n).second(tl::unexpected(net::MailFailure{{Code::Unavailable, why, {}}, isFinal, false}));
    }
    void pass(Span by)
    {
        clock.advance(by);
        pager->tick();
    }
};

inline std::string messageIdOf(const std::string &mail)
{
    const auto at = mail.find("Message-ID: <") + 13;
    return mail.substr(at, mail.find('>', at) - at);
}

} // namespace qd::tests
