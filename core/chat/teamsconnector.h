// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/chat/apianswer.h"
#include "core/chat/connector.h"
#include "core/chat/outbox.h"
#include "core/net/httpclient.h"

#include <QJsonObject>
#include <QTimer>
#include <set>

namespace qd::chat {

/// How long the Teams connector waits for what, and how fast it may write. Tests shorten them.
struct TeamsTimings {
    std::chrono::milliseconds answerWithin{15'000};  ///< one post
    std::chrono::milliseconds confirmWithin{30'000}; ///< then it is Unknown, for a person to look: nothing can be asked
    std::chrono::milliseconds perMessage{300};       ///< Teams takes four a second
};

/// Where a Teams channel's workflow listens.
struct TeamsSettings {
    std::string name;   ///< the connection's name in the workspace
    std::string host;   ///< what stands behind the @ of its one room: "ops.teams"
    Secret address;     ///< the workflow's whole address, with its signature: whoever has it posts
    std::string caFile; ///< PEM roots instead of the system's
    TeamsTimings timings;
};

/// Microsoft Teams as a ChatConnector that posts and nothing else: Teams lets no program on a desk hear a channel. One room, channel@HOST, is the
/// channel the workflow posts to; making a room or joining it gives that one. A post is an Adaptive Card of plain text. Confirmed means
/// that the workflow took it: Teams does not say whether it was shown. What cannot be done (edits, reactions, topics, people) fails at once and
/// says so; what is doubtful stays Unknown. It is Live until a post fails, and Degraded until the next one does not.
class TeamsConnector final : public ChatConnector, private Outbox::Port {
    Q_OBJECT
public:
    static constexpr std::string_view kRoom = "channel";
    static constexpr std::size_t kMaxBody = 28'000; ///< bytes of a whole request; Teams takes 28 KB
    static constexpr std::size_t kMaxText = 12'000; ///< bytes of a part; less, where what holds it would be too large

    [[nodiscard]] static Result<std::unique_ptr<TeamsConnector>> make(TeamsSettings settings, const Clock &clock);
    ~TeamsConnector() override;

    /// What is sent for a text: a message with one card, in which nothing is markup, a link's other name or a mention.
    [[nodiscard]] static std::string card(std::string_view text);

    struct Answer : ApiAnswer {
        std::string why; ///< one line; empty where there is nothing to say
    };
    /// What a workflow's answer, or that there was none, comes to.
    [[nodiscard]] static Answer read(const Result<net::HttpResponse> &response);

    [[nodiscard]] const Caps &caps() const override { return m_caps; }
    [[nodiscard]] ConnectorState state() const override { return m_state; }
    [[nodiscard]] std::vector<Member> members(const std::string &) const override { return {}; }
    void open() override;
    void close() override;
    void createRoom(const RoomRequest &request) override;
    void attach(const std::string &room, const std::string &cursor) override;
    void join(const JoinRequest &request) override;
    void detach(const std::string &room) override;
    void send(const Outgoing &outgoing) override;
    void recall(const Uuid &idem, const std::string &why) override { m_outbox.recall(idem, why); }
    void fetchSince(const std::string &, const std::string &) override {}

private:
    TeamsConnector(TeamsSettings settings, const Clock &clock);

    bool canSend(const std::string &lane) const override;
    void transmit(const Outgoing &outgoing, const std::string &text, const std::string &id) override;
    void lookUp(const Outgoing &, const std::string &, Instant, Outbox::LookedUp done) override { done(Outbox::Found::CannotTell, {}); }
    std::vector<std::string> split(const Outgoing &outgoing) const override;

    void setState(ConnectorState state, const std::string &reason = {});
    void answered(const std::string &lane, const std::string &id, const Answer &answer);

    TeamsSettings m_settings;
    std::string m_address; ///< of the one room
    const Clock &m_clock;
    Caps m_caps;
    ConnectorState m_state = ConnectorState::Offline;
    std::string m_reason;
    Outbox m_outbox;
    bool m_isIn = false, m_paused = false;
    net::HttpClient m_http; ///< dies first: no callback runs afterwards
};

} // namespace qd::chat
