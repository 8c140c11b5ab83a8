// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/slackconnector.h"
#include "servedplatform.h"

namespace qd::test {

/// Slack, as the fake plays it that Slack's own clients accept (tests/e2e/lab_slack.py, tests/judges/slack.mjs): there is no Slack to install.
class SlackPlatform final : public FakePlatform {
public:
    SlackPlatform() : FakePlatform("lab_slack.py", "@slack/socket-mode and @slack/web-api") {}

    std::string idOf(const std::string &user) const override { return 'u' + std::string(9 - user.size(), '0') + user + "@acme.slack.com"; }
    bool vouchesForConnectors() const override { return false; }
    std::string nobody() const override { return "u0nobody00@acme.slack.com"; }
    std::string roomAddress(const std::string &name) const override { return name + "@acme.slack.com"; }
    std::string sendHostile(const std::string &, const std::string &) override { return "Slack itself bounds what a message may be"; }
    std::string limitWrites(const std::string &) override
    {
        return tell("refuse", {{QStringLiteral("method"), QStringLiteral("chat.postMessage")}, {QStringLiteral("times"), 2}, {QStringLiteral("retry_after"), 1}}) ? std::string() : "the fake did not hear it";
    }

private:
    std::string speaker() const override { return "U000000BOB"; }
    std::string url(bool secure, const std::string &host) const override { return FakePlatform::url(secure, host) + "/api"; }
    std::unique_ptr<chat::ChatConnector> make(const std::string &user, const std::string &url, const std::string &password, const std::string &caFile) override
    {
        chat::SlackSettings s;
        s.name = "room";
        s.url = url;
        s.workspace = "acme.slack.com";
        s.botToken = Secret("xoxb-" + (password.empty() ? user : password));
        s.appToken = Secret("xapp-" + user);
        s.caFile = caFile;
        s.timings = brisk<chat::SlackTimings>();
        s.timings.youngFor = s.timings.perMessage = std::chrono::milliseconds(1);
        s.timings.pingInterval = millis(500);
        s.timings.pongDeadline = millis(4000); // the largest frame takes a machine with much to do a while
        auto made = chat::SlackConnector::make(std::move(s), m_clock, m_random);
        return made ? std::move(*made) : nullptr;
    }
};

} // namespace qd::test
