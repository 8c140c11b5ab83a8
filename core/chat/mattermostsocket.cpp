// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/mattermostsocket.h"

#include "core/chat/jsonread.h"

namespace qd::chat {

MattermostSocket::MattermostSocket(TransportFactory transports, std::chrono::milliseconds attempt, std::chrono::milliseconds pingEvery, std::chrono::milliseconds pongWithin)
    : m_transports(std::move(transports)), m_attemptWithin(attempt), m_pingAfter(pingEvery), m_pongTime(pongWithin)
{
    m_attempt.setSingleShot(true);
    m_pongWithin.setSingleShot(true);
    connect(&m_attempt, &QTimer::timeout, this, [this] { fail({Code::Unavailable, "Mattermost did not say hello in time; trying again"}); });
    connect(&m_pongWithin, &QTimer::timeout, this, [this] { fail({Code::Unavailable, "Mattermost no longer answers; connecting again"}); });
    connect(&m_pingEvery, &QTimer::timeout, this, [this] {
        if (m_pongWithin.isActive())
            return;
        m_pongWithin.start(m_pongTime);
        m_transport->send(json::compact({{QStringLiteral("action"), QStringLiteral("ping")}, {QStringLiteral("seq"), ++m_asked}}));
    });
}

MattermostSocket::~MattermostSocket()
{
    release();
}

void MattermostSocket::start()
{
    release();
    m_next = 0;
    m_asked = 0;
    m_transport = m_transports();
    connect(m_transport.get(), &Transport::frame, this, &MattermostSocket::onFrame);
    connect(m_transport.get(), &Transport::closed, this, &MattermostSocket::fail);
    m_attempt.start(m_attemptWithin);
    m_transport->open();
}

void MattermostSocket::stop()
{
    release();
}

void MattermostSocket::onFrame(const QByteArray &utf8)
{
    const QJsonObject frame = QJsonDocument::fromJson(utf8).object();
    if (frame.isEmpty()) {
        Q_EMIT lapsed({Code::Invalid, "Mattermost sent what is no JSON object"});
        return;
    }
    if (frame.contains(QLatin1String("seq_reply")))
        return m_pongWithin.stop();
    const QString name = frame.value(QLatin1String("event")).toString();
    const qint64 number = frame.value(QLatin1String("seq")).toInteger(-1);
    if (name.isEmpty())
        return;
    if (number != m_next)
        return fail({Code::Unavailable, "Mattermost left events out; reading them again"});
    ++m_next;
    if (name == QLatin1String("hello")) {
        m_attempt.stop();
        m_pingEvery.start(m_pingAfter);
        m_ready = true;
        Q_EMIT ready();
        return;
    }
    const QJsonObject broadcast = frame.value(QLatin1String("broadcast")).toObject();
    QJsonObject data = frame.value(QLatin1String("data")).toObject();
    QString channel = broadcast.value(QLatin1String("channel_id")).toString();
    if (channel.isEmpty())
        channel = data.value(QLatin1String("channel_id")).toString();
    // Who is taken out of a channel is told it alone: the broadcast names them, and the data the channel.
    if (name == QLatin1String("user_removed") && !data.contains(QLatin1String("user_id")))
        data.insert(QStringLiteral("user_id"), broadcast.value(QLatin1String("user_id")));
    Q_EMIT event(name, data, channel, utf8);
}

void MattermostSocket::fail(const Error &why)
{
    if (!m_transport)
        return;
    release();
    Q_EMIT lost(why);
}

void MattermostSocket::release()
{
    m_ready = false;
    for (QTimer *timer : {&m_attempt, &m_pingEvery, &m_pongWithin})
        timer->stop();
    if (!m_transport)
        return;
    m_transport->disconnect();
    m_transport->abort();
    m_transport.release()->deleteLater(); // we may be inside one of its signals
}

} // namespace qd::chat
