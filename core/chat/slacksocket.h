// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/slackapi.h"
#include "core/chat/transport.h"

#include <QJsonObject>
#include <QTimer>
#include <deque>
#include <map>
#include <memory>
#include <unordered_set>

namespace qd::chat {

/// Slack's Socket Mode: the line events come over. Every connection has an address of its own, asked for just before, and is there once
/// it has said hello. When Slack announces its end, the next one is opened first and the old one left only when that stands, so that
/// nothing falls between the two. What the channel's history is sure to hold is acknowledged at once: what a crash loses then is read again from there. The rest
/// is acknowledged once it is kept(), or just before Slack would call it failed, a slash command with a word that it may come late: a slash command, a button,
/// a reaction, an answer in a thread, an edit, a deletion, and what is said to us alone. What Slack sends again before it is kept waits for that too.
/// Makes one attempt per start(). Lives in its owner's thread.
class SlackSocket final : public QObject {
    Q_OBJECT
public:
    using Transports = std::function<std::unique_ptr<Transport>(const QUrl &url)>;

    /// Asks Slack for the address of a connection: apps.connections.open.
    using Ask = std::function<void(SlackApi::Answered)>;

    SlackSocket(Ask ask, Transports transports, std::chrono::milliseconds attempt, std::chrono::milliseconds youngFor,
                std::chrono::milliseconds ackWithin);
    ~SlackSocket() override;

    void start();
    void stop();
    [[nodiscard]] bool isReady() const { return m_live.ready; }
    /// What was given with this receipt is in the record, or means nothing to us.
    void kept(std::uint64_t receipt);
    /// How many sockets of this app Slack counted beside our own: each event goes to one of all.
    [[nodiscard]] int others() const { return m_others; }

Q_SIGNALS:
    void ready();
    /// Slack said hello, the first time or to a successor: others() is what it counts now.
    void counted();
    /// An event of the Events API, once however often Slack sends it. `retry`: how often it was sent before. `receipt`: for kept(); 0: it needs none.
    void event(const QJsonObject &outer, const QByteArray &raw, int retry, quint64 receipt);
    /// Somebody pressed a button of ours, or wrote our word behind a slash: `type` is "interactive" or "slash_commands".
    void asked(const QString &type, const QJsonObject &payload, quint64 receipt);
    /// A frame that could not be read, or events that Slack held back.
    void lapsed(const qd::Error &why);
    /// `refused`: Slack will not take the token, or Socket Mode is off; trying again unchanged is wrong. `patience`: what Slack asked for before the next attempt.
    void lost(const qd::Error &why, bool refused, std::chrono::milliseconds patience);

private:
    struct Line {
        std::unique_ptr<Transport> transport;
        bool ready = false;
    };
    /// Not acknowledged yet.
    struct Waiting {
        Transport *from = nullptr;
        QString envelope;
        bool takesWords = false; ///< its acknowledgement may say something to who asked
    };
    [[nodiscard]] std::uint64_t await(Transport *from, const QJsonObject &envelope);
    void await(Transport *from, const QJsonObject &envelope, std::uint64_t receipt);
    void acknowledgeAll(std::uint64_t receipt, const QString &late);
    static void acknowledge(Transport *to, const QString &envelope, const QString &words = {});
    void ask();
    void connectTo(const QUrl &url);
    void onFrame(Transport *from, const QByteArray &utf8);
    void onHello(Transport *from, const QJsonObject &hello);
    void onDisconnect(Transport *from, const QJsonObject &notice);
    void onEnvelope(Transport *from, const QJsonObject &envelope, const QByteArray &raw);
    void onClosed(Transport *which, const Error &why);
    void fail(const Error &why, bool refused = false, std::chrono::milliseconds patience = {});
    void release(Line &line);

    Ask m_ask;
    Transports m_transports;
    std::chrono::milliseconds m_attemptWithin, m_youngFor, m_ackWithin;
    std::multimap<std::uint64_t, Waiting> m_waiting; ///< by receipt: one that Slack sent again waits in each of its envelopes
    std::map<std::string, std::uint64_t> m_unkept;   ///< the receipts of events that are not kept yet, by their ids
    std::uint64_t m_receipts = 0;
    Line m_old, m_live, m_next; ///< drained, heard, not there yet
    bool m_open = false;   ///< between start() and lost() or stop()
    bool m_asking = false; ///< for the next address
    int m_generation = 0;
    int m_others = 0;
    std::unordered_set<std::string> m_seen;
    std::deque<std::string> m_seenOrder;
    QTimer m_attempt{this}, m_drained{this}, m_young{this};
};

} // namespace qd::chat
