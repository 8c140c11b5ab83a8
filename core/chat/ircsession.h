// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/base/secret.h"
#include "core/chat/attempts.h"
#include "core/chat/ircline.h"
#include "core/chat/pace.h"
#include "core/chat/transport.h"

#include <QTimer>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>

namespace qd::chat {

/// How long the IRC connector waits for what, and how fast it may write. Tests shorten them.
struct IrcTimings : AttemptTimings {
    std::chrono::milliseconds attempt{30'000};       ///< from connecting to signed in
    std::chrono::milliseconds pingEvery{15'000};     ///< our own PING, whatever the traffic
    std::chrono::milliseconds pongWithin{10'000};    ///< then the line counts as dead
    std::chrono::milliseconds answerWithin{20'000};
    std::chrono::milliseconds confirmWithin{15'000}; ///< a post's echo; then it is Unknown and looked up
    std::chrono::milliseconds rejoinAfter{30'000};   ///< after a channel threw us out or cannot be joined now
    std::chrono::milliseconds nickEvery{60'000};     ///< how often we ask for our own nick while somebody has it
    std::chrono::milliseconds perLine{1'000};        ///< servers end whoever floods: so many lines at once, then one each
    int burst = 5;
};

/// One registered connection to an IRC server (RFC 2812, IRCv3): capabilities, SASL PLAIN, a nick, labelled questions, PING
/// watchdog. Every line counts against the pace but those that keep the connection; who can wait asks for a turn or looks whether it is free.
/// Makes one attempt per start(); when to try again is its owner's business. Lives in its owner's thread.
class IrcSession final : public QObject {
    Q_OBJECT
public:
    /// Called once: every line the server answered with, or Unavailable when the line or the deadline was lost and the
    /// question may or may not have been handled. A refusal is a numeric among the lines (refusalIn).
    using Answer = std::function<void(const Result<std::vector<IrcLine>> &)>;

    /// Without a password nobody is signed in to: the nick is all there is.
    IrcSession(std::string nick, std::string account, Secret password, TransportFactory transports, Random &random, const IrcTimings &timings);
    ~IrcSession() override;

    void start();
    /// Says goodbye.
    void stop();
    /// Drops the line at once and reports lost().
    void drop(const Error &why);

    [[nodiscard]] bool isReady() const { return m_phase == Phase::Ready; }
    [[nodiscard]] const std::string &nick() const { return m_nick; }
    /// Whether a nick is one we have, or take while somebody (our own ghost, mostly) has ours.
    [[nodiscard]] bool isOurNick(std::string_view nick) const;
    [[nodiscard]] const std::string &account() const { return m_account; } ///< as the server has it; empty when nobody signed in
    [[nodiscard]] bool has(const std::string &capability) const { return m_capabilities.contains(capability); }
    /// A token the server announced itself by (RPL_ISUPPORT), "" when it did not.
    [[nodiscard]] std::string support(const std::string &token) const;
    /// Whether the server lets clients tell each other of reactions.
    [[nodiscard]] bool carriesReactions() const;
    /// The mask by which mode +I lets whoever is signed in to an account into a channel that is closed to others; "" where this server has no such thing.
    [[nodiscard]] std::string exceptionFor(std::string_view account) const;
    /// A channel, nick or account in the small letters of this server (CASEMAPPING).
    [[nodiscard]] std::string folded(std::string_view name) const;

    /// Only when ready (else it is dropped: owners send again after ready()).
    void send(const IrcLine &line);
    void request(IrcLine line, Answer answer);
    /// Runs it once the server has done with everything written before (true: what it said to that was heard by then), or the line is lost, or that takes too long (false). One question
    /// at a time, for all who wait, and none that counts against the pace.
    using Settled = std::function<void(bool)>;
    void settle(Settled settled);

    /// Whether a line may be written now without being one too many.
    [[nodiscard]] bool isFree() const { return m_pace.isFree(); }
    /// Runs it when a line may be written: at once, or in its turn, behind all others or before them. Dropped with the connection.
    enum class Turn { Next, Last };
    void whenFree(Turn turn, std::function<void()> run);

Q_SIGNALS:
    void authenticating();
    /// isFree() again.
    void freed();
    void ready();
    /// A line, in order. `history`: it is part of a room's history, played back.
    void line(const qd::chat::IrcLine &line, const QByteArray &raw, bool history);
    /// A line passed a limit and was not read; the connection goes on.
    void lineRefused(const qd::Error &why);
    /// `refused`: the credentials were refused; trying again unchanged is wrong.
    void lost(const qd::Error &why, bool refused);

private:
    enum class Phase { Idle, Connecting, Negotiating, Authenticating, Registering, Ready, Closing };
    struct Pending {
        Answer answer;
        std::vector<IrcLine> lines;
        std::unique_ptr<QTimer> deadline;
    };
    struct Batch {
        std::string label, parent;
        bool history = false;
    };

    void introduce();
    void onFrame(const QByteArray &utf8);
    void onLine(const IrcLine &line, const QByteArray &raw);
    void onCapabilities(const IrcLine &line);
    void onOffered();
    void onSasl(const IrcLine &line);
    void onNumeric(const IrcLine &line);
    void onBatch(const IrcLine &line);
    /// The label an answer belongs to, by its own tag or that of the batch it is in.
    [[nodiscard]] std::string labelOf(const IrcLine &line) const;
    [[nodiscard]] bool isHistory(const IrcLine &line) const;
    void answered(const std::string &label);
    void failAll();
    void ask(IrcLine line, Answer answer);
    void askWhetherSettled();
    void nextNick();
    void wantNick();
    void write(const IrcLine &line);
    void onFreed();
    void fail(Error why, bool refused = false);
    void releaseTransport();

    std::string m_wantedNick, m_nick, m_wantedAccount, m_account;
    Secret m_password;
    TransportFactory m_transports;
    Random &m_random;
    IrcTimings m_timings;
    Phase m_phase = Phase::Idle;
    std::unique_ptr<Transport> m_transport;
    std::map<std::string, std::string> m_offered;
    std::set<std::string> m_capabilities;
    std::map<std::string, std::string> m_support;
    std::map<std::string, Batch> m_batches;
    std::map<std::string, Pending> m_pending;
    std::uint64_t m_lastLabel = 0;
    std::vector<Settled> m_unsettled; ///< who waits for the next question
    bool m_isSettling = false;        ///< one is under way
    int m_nickTries = 0;
    Pace m_pace;
    std::deque<std::function<void()>> m_turns; ///< who waits for its turn
    bool m_turnsFirst = false;
    QTimer m_attempt{this}, m_pingEvery{this}, m_pongWithin{this}, m_closing{this}, m_nickEvery{this};
};

/// The first refusal among the lines of an answer, as an Error for people; its `detail` is the numeric.
[[nodiscard]] std::optional<Error> refusalIn(const std::vector<IrcLine> &lines);
/// The same of one line.
[[nodiscard]] std::optional<Error> refusalIn(const IrcLine &line);

} // namespace qd::chat
