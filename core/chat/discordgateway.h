// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/chat/discordapi.h"
#include "core/chat/transport.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QUrl>
#include <memory>

namespace qd::chat {

/// Discord's gateway, version 10: the line events come over. It beats as often as it is told to, and a beat without an answer before the next is a
/// dead line. A lost line is taken up again where it broke, as long as Discord still knows the session; what is replayed then is told as
/// such, before ready(true). Beginning a session anew is counted, a thousand a day, and beyond that Discord takes the token away: so
/// it asks first how many are left, and begins no two at once. Makes one attempt per start(). Lives in its owner's thread.
class DiscordGateway final : public QObject {
    Q_OBJECT
public:
    using Transports = std::function<std::unique_ptr<Transport>(const QUrl &url)>;
    struct Timings {
        std::chrono::milliseconds attempt;       ///< from asking for an address to being there
        std::chrono::milliseconds identifyEvery; ///< between two sessions begun
    };
    /// What we want to hear: guilds and their channels, messages and reactions in them, direct messages, and what messages say, which an
    /// app has to be allowed in its settings.
    static constexpr int kIntents = (1 << 0) | (1 << 9) | (1 << 10) | (1 << 12) | (1 << 15);

    /// Asks Discord for an address, and how many sessions may still be begun.
    using Ask = std::function<void(DiscordApi::Answered)>;

    DiscordGateway(Ask ask, Transports transports, Random &random, std::shared_ptr<const Secret> token, Timings timings);
    ~DiscordGateway() override;

    void start();
    /// Ends the session too.
    void stop();
    [[nodiscard]] bool isReady() const { return m_ready; }
    /// Whether the next start() takes a session up again.
    [[nodiscard]] bool hasSession() const { return !m_session.isEmpty(); }

Q_SIGNALS:
    /// `resumed`: nothing was lost, and what came meanwhile was told.
    void ready(bool resumed);
    /// `late`: it is replayed, having been told to nobody when it happened.
    void event(const QString &name, const QJsonObject &data, const QByteArray &raw, bool late);
    /// A frame that could not be read.
    void lapsed(const qd::Error &why);
    /// `refused`: trying again unchanged is wrong. `patience`: what Discord asked for before the next attempt.
    void lost(const qd::Error &why, bool refused, std::chrono::milliseconds patience);

private:
    void ask();
    void connectTo(const QString &address);
    void onFrame(const QByteArray &utf8);
    void onHello(const QJsonObject &data);
    void onDispatch(const QJsonObject &frame, const QByteArray &utf8);
    void onInvalid(bool mayResume);
    void onClosed(const Error &why);
    void introduce();
    void identify();
    void beat();
    void send(int op, const QJsonValue &data);
    void forget();
    void fail(const Error &why, bool refused = false, std::chrono::milliseconds patience = {});
    void release();
    [[nodiscard]] std::chrono::milliseconds upTo(std::chrono::milliseconds most);

    Ask m_ask;
    Transports m_transports;
    Random &m_random;
    std::shared_ptr<const Secret> m_token;
    Timings m_timings;
    std::unique_ptr<Transport> m_transport;
    bool m_ready = false, m_answered = true;
    int m_generation = 0, m_resumes = 0;
    QString m_session, m_resumeAddress;
    qint64 m_seen = 0; ///< number of the newest event of the session
    std::chrono::milliseconds m_interval{0};
    QElapsedTimer m_identified;
    QTimer m_attempt{this}, m_beat{this}, m_introduce{this};
};

} // namespace qd::chat
