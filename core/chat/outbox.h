// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/chat/chatevent.h"

#include <QObject>
#include <QTimer>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace qd::chat {

/// What every connector does with what it writes, whatever the platform: lanes (a room, a person) that keep their order, one
/// write in flight a lane, and for each what is known of it. A write that may have arrived is Unknown and is looked up in the
/// platform's history before it is sent again; it is never blindly repeated. When the platform asked for patience, what waits in
/// the room meanwhile is said in as few posts as may be (joinedposts.h), and each write is confirmed by the post it went in. Lives in its connector's thread.
class Outbox final : public QObject {
    Q_OBJECT
public:
    enum class Found { Yes, No, AskAgain, CannotTell }; ///< AskAgain: the line or a deadline failed the question
    using LookedUp = std::function<void(Found found, const MessageRef &message)>;

    /// The platform's part.
    class Port {
    public:
        virtual ~Port() = default;
        /// Whether the lane's room (or the line, for a person) takes a write now.
        [[nodiscard]] virtual bool canSend(const std::string &lane) const = 0;
        /// Puts one part on the wire under this message id.
        virtual void transmit(const Outgoing &outgoing, const std::string &text, const std::string &id) = 0;
        /// Looks for this message id in the platform's history since `since`, by our clock; answers exactly once. Who asks by the platform's
        /// clock asks from kClocksDiffer before it.
        virtual void lookUp(const Outgoing &outgoing, const std::string &id, Instant since, LookedUp done) = 0;
        [[nodiscard]] virtual std::vector<std::string> split(const Outgoing &outgoing) const = 0;
        /// Whether several posts can be said as one, each found again by its own id.
        [[nodiscard]] virtual bool joins() const { return false; }
    };

    /// A server's clock may be off by hours, and what is not found is sent again. All it costs is to read more, when something is in doubt.
    static constexpr Span kClocksDiffer = hours(24);

    Outbox(Port &port, const Clock &clock, std::chrono::milliseconds confirmWithin);

    /// The lane a write belongs to: its room, or "@" and the person.
    [[nodiscard]] static std::string laneOf(const Outgoing &outgoing);

    /// What is known already is told again, and its words are taken anew: they are said as long as nothing of the old ones was. What is on the wire or in doubt keeps its own, and
    /// says the new ones if it is sent again. Of what is handed over for its words alone (Outgoing::isAnew) nothing else is said, and it is sent only if it was to be anyway.
    void add(const Outgoing &outgoing);
    /// ChatConnector::recall().
    void recall(const Uuid &idem, const std::string &why);
    /// Sends what can be sent, lane after lane in turn; call when a lane may have become free.
    void pump();
    /// The platform showed or acknowledged this message id in this lane. Later news of a confirmed page (its person's
    /// client has it) is reported again with the new reason.
    void confirmed(const std::string &lane, const std::string &id, const MessageRef &message, const std::string &reason = {});
    /// The platform refused it. `retryAfter`: it asked for patience, the write is tried again then. A topic is not: it makes way for what is said in the room,
    /// fails, and its report says when another is taken.
    void refused(const std::string &lane, const std::string &id, const std::string &reason,
                 std::optional<std::chrono::milliseconds> retryAfter);
    /// A new session that resumed nothing: what was in flight is Unknown.
    void lineChanged();
    /// The line was resumed: what was in flight still is; its clock starts anew.
    void lineResumed();
    /// The lane is gone for good: its writes fail.
    void drop(const std::string &lane, const std::string &reason);

Q_SIGNALS:
    void delivery(const qd::chat::DeliveryReport &report);

private:
    enum class Step { Waiting, InFlight, Doubtful, LookingUp };
    struct Entry {
        Outgoing out;
        std::vector<std::string> parts;
        std::size_t part = 0;
        Step step = Step::Waiting;
        int attempts = 0;
        Instant firstSent;
        MessageRef message;
        std::vector<Entry> with;  ///< said in one post with it
        bool unlikely = false;    ///< it is looked for first, though nobody recorded that it was sent
        bool alone = false;       ///< refused in one post with others
        std::optional<std::string> words; ///< taken anew, for when it is sent
        Looked looked = Looked::NotYet;
        Delivery told = Delivery::Queued;
        std::string toldReason;
        [[nodiscard]] std::string id() const;
    };
    struct Lane {
        std::deque<Entry> queue;
        std::unique_ptr<QTimer> timer; ///< the confirmation of what is in flight, or the pause asked for
        bool paused = false;
        bool patient = false;          ///< the platform asked for patience: what waits is joined
    };

    void pump(const std::string &key, Lane &lane);
    void sendHead(const std::string &key, Lane &lane);
    void onTimer(const std::string &key);
    void join(Lane &lane);
    void separate(Lane &lane);
    void takeOut(Lane &lane);
    void takeApart(Lane &lane);
    void takeWords(Lane &lane);
    [[nodiscard]] Entry *find(Lane &lane, const Uuid &idem);
    void doubt(Entry &entry, const std::string &reason);
    void onLookedUp(const std::string &key, const Uuid &idem, Found found, const MessageRef &message);
    void later(const std::string &lane, const std::string &id, Delivery state, const std::string &reason);
    void finish(const std::string &key, Delivery state, const std::string &reason, Instant again = {});
    void tell(Entry &entry, Delivery state, const std::string &reason, Instant again = {});
    QTimer &timerOf(const std::string &key, Lane &lane);

    Port &m_port;
    const Clock &m_clock;
    std::chrono::milliseconds m_confirmWithin;
    std::map<std::string, Lane> m_lanes;
    std::string m_sentLast; ///< the lane whose turn it was
    std::deque<DeliveryReport> m_done; ///< the last ones, so that a repeat is answered and not sent
};

} // namespace qd::chat
