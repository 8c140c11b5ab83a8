// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/channelroom.h"
#include "core/chat/roomed.h"

#include <functional>
#include <map>
#include <memory>
#include <set>

namespace qd::chat {

/// What the connectors of Slack, Mattermost and Discord have in common beside their rooms: events come over one line, everything else is
/// asked over HTTP; a write goes into a channel, a room's or one with one person that is opened for it; and where its answer is lost, it is
/// looked for in that channel's history by our own id. What is said to us alone is followed channel by channel. The platform's part are the hooks.
class HttpChatConnector : public RoomedConnector<ChannelRoom> {
    Q_OBJECT
public:
    void wasIn(const std::string &room, const std::string &channel) override { m_former[room] = channel; }
    [[nodiscard]] std::string channelOf(const std::string &room) const override;

protected:
    /// How the platform is called, what of it is how long, and what its connector may be asked for.
    struct Platform {
        std::string word;       ///< "Slack"
        std::string person;     ///< what stands before the @ of a person: "member id"
        std::size_t name = 0;   ///< characters of a room's name
        std::size_t topic = 0;  ///< characters of a topic
        std::size_t text = 0;   ///< bytes of a message
        Caps::Idempotency idempotency = Caps::Idempotency::None;
    };

    HttpChatConnector(Platform platform, const Clock &clock, Random &random, const AttemptTimings &timings, std::chrono::milliseconds confirmWithin, const std::string &name,
                      const std::string &host);

    /// An address to ask over HTTP, without slashes at its end; "" when it may be asked so, else why not.
    [[nodiscard]] static std::string problemOfUrl(std::string &url, const std::string &word);

    // The platform's part.
    /// Whether it can be a person's address here.
    [[nodiscard]] virtual bool isPerson(const std::string &address) const = 0;
    /// The platform's id of the message an edit, a reaction or a retraction is about, or "".
    [[nodiscard]] virtual std::string targetOf(const MessageRef &target) const = 0;
    [[nodiscard]] virtual bool canReactWith(const std::string &emoji) const = 0;
    using Opened = std::function<void(const std::string &channel, const ApiAnswer &answer, const Error &why)>;
    /// Opens the channel with one person: without it, the answer says why.
    virtual void openDirect(const std::string &person, Opened opened) = 0;
    /// Writes into the channel; ends in wrote().
    virtual void write(const std::string &channel, const Outgoing &outgoing, const std::string &text, const std::string &id) = 0;
    /// Looks for our id in the channel's history since then, by our clock.
    virtual void find(const std::string &channel, const Outgoing &outgoing, const std::string &id, Instant since, Outbox::LookedUp done) = 0;
    /// Asks for the names of these people, who were not asked for before; those that could not be asked for are forgotten again.
    virtual void askNames(const std::vector<std::string> &userIds) = 0;
    using Done = std::function<void(const std::string &trouble)>;
    /// Reads what was said in a channel with one person after `newest`; each through onDirect().
    virtual void readDirect(const std::string &channel, const std::string &newest, Done done) = 0;
    /// Whether an id is a later message's than another, where ids tell.
    [[nodiscard]] virtual bool isLater(const std::string &, const std::string &) const { return true; }

    bool writesEndWithLine() const override { return false; } // they go by HTTP
    std::string addressFor(const std::string &name) const override;
    void prepare(ChannelRoom &follower, const std::string &address) override;
    std::string problemOf(const Outgoing &outgoing) const override;
    void transmit(const Outgoing &outgoing, const std::string &text, const std::string &id) override;
    void lookUp(const Outgoing &outgoing, const std::string &id, Instant since, Outbox::LookedUp done) override;
    std::vector<std::string> split(const Outgoing &outgoing) const override;

    /// What a write came to. `message`: the platform's id for what was written, when it has one.
    void wrote(const Outgoing &outgoing, const std::string &channel, const std::string &id, const ApiAnswer &answer, const Error &why, const std::string &message);
    /// It is so already, or nothing is to be done.
    void wasSo(const Outgoing &outgoing, const std::string &id, const std::string &why) { m_outbox.confirmed(Outbox::laneOf(outgoing), id, {{}, id}, why); }
    /// The room of a channel, or nullptr.
    [[nodiscard]] ChannelRoom *roomOf(const std::string &channel) const;
    /// A message to us alone.
    void onDirect(const std::string &channel, const std::string &id, std::optional<ChatEvent> event, const QByteArray &raw);
    /// The line stands anew: what was written to us alone while we were away, by those we have talked with since this process began.
    void readDirects();
    /// The same line stands again, which has told what was missed.
    void directsResumed() { m_direct.mended(Recovery::Kind::Resumed); }
    void learnNames(const std::vector<std::string> &userIds);
    void forgetNames(const std::vector<std::string> &userIds);
    /// The platform takes our token no more, though the line may still stand: it ends, and nothing is tried until somebody gives another.
    void tokenRefused(const Error &why);
    /// A new attempt at the line, or its end: what was asked before counts no more.
    int nextGeneration() { return ++m_generation; }
    [[nodiscard]] bool isCurrent(int generation) const { return generation == m_generation && m_wanted; }

private:
    void withChannel(const Outgoing &outgoing, Opened go);

    Platform m_platform;
    bool m_wasReady = false;
    int m_generation = 0;
    std::map<std::string, std::string> m_former;  ///< rooms an earlier process was in, until they are followed: address → channel
    std::map<std::string, std::string> m_directs; ///< channel with one person → the newest message seen there
    std::set<std::string> m_asked;                ///< people whose names were asked for
    mutable std::map<std::string, std::vector<std::string>> m_reactions; ///< ours, by target
};

} // namespace qd::chat
