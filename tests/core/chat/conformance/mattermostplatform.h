// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/mattermostconnector.h"
#include "servedplatform.h"

namespace qd::test {

/// Mattermost, as the fake plays it that its own client accepts (tests/e2e/lab_mattermost.py, tests/judges/mattermost.mjs): Debian has no server.
class MattermostPlatform final : public FakePlatform {
public:
    MattermostPlatform() : FakePlatform("lab_mattermost.py", "@mattermost/client") {}

    std::string idOf(const std::string &user) const override { return "user" + std::string(22 - user.size(), '0') + user + "@chat.test"; }
    std::string nobody() const override { return std::string(26, 'x') + "@chat.test"; }
    std::string roomAddress(const std::string &name) const override { return name + "@chat.test"; }
    std::string sendHostile(const std::string &, const std::string &) override { return "Mattermost itself bounds what a post may be"; }
    std::string limitWrites(const std::string &) override
    {
        return tell("refuse", {{QStringLiteral("path"), QStringLiteral("/api/v4/posts")}, {QStringLiteral("times"), 2}}) ? std::string() : "the fake did not hear it";
    }

private:
    std::unique_ptr<chat::ChatConnector> make(const std::string &user, const std::string &url, const std::string &password, const std::string &caFile) override
    {
        chat::MattermostSettings s;
        s.name = "room";
        s.url = url;
        s.server = "chat.test";
        s.team = "ops";
        s.token = Secret("token-" + (password.empty() ? user : password));
        s.caFile = caFile;
        s.timings = brisk<chat::MattermostTimings>();
        s.timings.pingEvery = std::chrono::milliseconds(700);
        s.timings.pongWithin = std::chrono::milliseconds(4'000);
        auto made = chat::MattermostConnector::make(std::move(s), m_clock, m_random);
        return made ? std::move(*made) : nullptr;
    }
};

} // namespace qd::test
