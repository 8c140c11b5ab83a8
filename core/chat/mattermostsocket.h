// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/transport.h"

#include <QJsonObject>
#include <QTimer>
#include <chrono>
#include <memory>

namespace qd::chat {

/// Mattermost's WebSocket, version 4: the line events come over, one attempt per start(). Events are numbered; where a number is missing
/// the line is given up, because what was missed is read again by REST. Nothing is resumed: a server may forget what it kept for us at any
/// time, so history has to do in any case. Lives in its owner's thread.
class MattermostSocket final : public QObject {
    Q_OBJECT
public:
    /// `transports` sign in by a header of the handshake.
    MattermostSocket(TransportFactory transports, std::chrono::milliseconds attempt, std::chrono::milliseconds pingEvery, std::chrono::milliseconds pongWithin);
    ~MattermostSocket() override;

    void start();
    void stop();
    [[nodiscard]] bool isReady() const { return m_ready; }

Q_SIGNALS:
    void ready();
    void event(const QString &name, const QJsonObject &data, const QString &channel, const QByteArray &raw);
    /// A frame that could not be read.
    void lapsed(const qd::Error &why);
    void lost(const qd::Error &why);

private:
    void onFrame(const QByteArray &utf8);
    void fail(const Error &why);
    void release();

    TransportFactory m_transports;
    std::chrono::milliseconds m_attemptWithin, m_pingAfter, m_pongTime;
    std::unique_ptr<Transport> m_transport;
    bool m_ready = false;
    qint64 m_next = 0;  ///< number of the next event
    qint64 m_asked = 0; ///< number of our last question
    QTimer m_attempt{this}, m_pingEvery{this}, m_pongWithin{this};
};

} // namespace qd::chat
