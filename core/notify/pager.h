// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/base/secret.h"
#include "core/net/httpclient.h"
#include "core/net/mailclient.h"
#include "core/notify/outboxdriver.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace qd::notify {

inline constexpr Span kRetryFirst = seconds(2), kRetryCap = seconds(60); ///< bounds of the waits between attempts
inline constexpr std::chrono::milliseconds kFinish{3000};                 ///< so long a core that ends waits for what is on the wire for readers
inline constexpr Span kGiveUp = hours(1);  ///< a page that could not be handed on for so long has failed

/// The edge for pages by mail and webhook. What is handed to it is tried until the other side has it, refuses it for good, the call
/// was answered meanwhile, or an hour has passed; what is in trouble is said at once, so that the desk tries another channel; what blocks a whole connection is said of the connection.
/// A page to a person carries a link that answers it, when the workspace says where this console is reached; the link is made
/// known to the journal, as a hash, before it is sent. So is that a text for readers (Effect::Post) goes out: before its first byte, so that whoever starts after a crash
/// knows that it may have arrived, and what was not begun has not. Any thread.
class Pager final {
public:
    /// The way out. Callbacks come on any thread, once each.
    struct Wire {
        std::function<void(net::MailRequest, net::MailClient::Callback)> mail;
        std::function<void(net::HttpRequest, net::HttpClient::Callback)> http;
    };
    using Moved = std::function<void(std::uint64_t number, Delivery, std::string messageId, std::string reason)>;
    /// How a connection is, when that changes: what keeps every page from going through it, or "" when one went.
    using Health = std::function<void(std::string connection, std::string problem)>;
    /// Journals a link; the answer says whether it is on disk.
    using MakeLink = std::function<void(events::AnswerLinkMade, std::function<void(bool)>)>;
    /// Journals that it goes out now (Sent), and calls back once that is on disk; also where it cannot be, for nobody is kept from hearing by a full disk.
    using Begin = std::function<void(const events::OutboxQueued &, std::function<void()> then)>;

    /// `clock` and `random` must outlive it.
    Pager(Wire wire, const Clock &clock, Random &random, std::string origin, MakeLink makeLink, Begin begin, Moved moved, Health health);
    ~Pager(); ///< nothing is sent or said afterwards
    Pager(const Pager &) = delete;
    Pager &operator=(const Pager &) = delete;

    void setWorkspace(std::shared_ptr<const Workspace> workspace);
    /// Starts a connection, or starts it anew with other settings. Other kinds are ignored.
    void start(const Connection &connection, Secret secret);
    /// What was still to go through it has failed already, by its removal.
    void stopOne(const std::string &connection);
    /// NotFound: there is no such connection. Of what is handed over for its words alone (Item::isAnew) the next attempt says them, when it is due anyway.
    [[nodiscard]] Result<> write(const Item &item);
    /// It may not be sent any more, and `why`: if nobody is sending it just now it fails with that; else what becomes of this attempt is said, and it is the last.
    void recall(std::uint64_t number, const std::string &why);
    /// A call is over: pages of it that did not go out yet no longer do.
    void over(std::uint32_t escalation);
    /// Attempts that are due. About every second.
    void tick();
    /// The core is about to end: nothing is begun any more, and what is on the wire for readers is given so long to be answered. What is not by then may have
    /// arrived, which the next start finds out from the record.
    void finish(std::chrono::milliseconds within);

private:
    struct Core;
    std::shared_ptr<Core> m_core;
};

/// What everything said about one call has in common on the other side.
[[nodiscard]] std::string troubleKey(std::string_view origin, std::uint32_t escalation);

} // namespace qd::notify
