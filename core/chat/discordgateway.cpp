// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/discordgateway.h"

#include "core/base/safetext.h"
#include "core/chat/jsonread.h"
#include "core/chat/websockettransport.h"
#include "core/net/backoff.h"

namespace qd::chat {

namespace {

using std::chrono::milliseconds;

constexpr int kResumes = 6; ///< attempts to take a session up again
constexpr milliseconds kBeatLeast{100}, kBeatMost{300'000};
/// Discord wants one to five seconds between a session it knows no more and the next.
constexpr milliseconds kAfterInvalid{1'000}, kAfterInvalidMore{4'000};

struct Op {
    enum : int { Dispatch = 0, Heartbeat = 1, Identify = 2, Resume = 6, Reconnect = 7, InvalidSession = 9, Hello = 10, HeartbeatAck = 11 };
};

/// What a code the gateway hangs up with means for us: a sentence where trying again is wrong.
const char *fatalWord(int code)
{
    switch (code) {
    case 4004: return "Discord refused the bot's token; reset it at discord.com/developers/applications, Bot, and connect with the new one";
    case 4010:
    case 4011: return "Discord wants this bot's line in several parts, which a console does not do: it is in too many servers";
    case 4012: return "Discord no longer speaks this version of its gateway";
    case 4013: return "Discord does not know what we want to hear";
    case 4014: return "Discord does not let this bot read messages: switch on Message Content Intent in the app's settings, under Bot, Privileged Gateway Intents";
    default: return nullptr;
    }
}

bool endsSession(int code)
{
    return code == 1000 || code == 1001 || code == 4003 || code == 4007 || code == 4009;
}

} // namespace

DiscordGateway::DiscordGateway(Ask ask, Transports transports, Random &random, std::shared_ptr<const Secret> token, Timings timings)
    : m_ask(std::move(ask)), m_transports(std::move(transports)), m_random(random), m_token(std::move(token)), m_timings(timings)
{
    for (QTimer *timer : {&m_attempt, &m_beat, &m_introduce})
        timer->setSingleShot(true);
    connect(&m_attempt, &QTimer::timeout, this, [this] { fail({Code::Unavailable, "Discord did not answer in time; trying again"}); });
    connect(&m_beat, &QTimer::timeout, this, [this] {
        if (!m_answered)
            return fail({Code::Unavailable, "Discord no longer answers; connecting again"});
        m_answered = false;
        beat();
        m_beat.start(m_interval);
    });
    connect(&m_introduce, &QTimer::timeout, this, &DiscordGateway::introduce);
}

DiscordGateway::~DiscordGateway()
{
    release();
}

void DiscordGateway::start()
{
    release();
    m_attempt.start(m_timings.attempt);
    if (hasSession() && ++m_resumes > kResumes)
        forget(); // where it was is not there any more: from the beginning
    if (hasSession())
        connectTo(m_resumeAddress);
    else
        ask();
}

void DiscordGateway::stop()
{
    forget();
    if (m_transport) { // a goodbye ends the session there too
        Transport *leaving = m_transport.release();
        leaving->disconnect();
        leaving->setParent(this);
        connect(leaving, &Transport::closed, leaving, &QObject::deleteLater);
        leaving->close();
    }
    release();
}

void DiscordGateway::forget()
{
    m_session.clear();
    m_resumes = 0;
    m_seen = 0;
}

void DiscordGateway::ask()
{
    m_ask([this, generation = m_generation](const DiscordAnswer &answer) {
        if (generation != m_generation)
            return;
        if (!answer.isDone())
            return fail(answer.asError(), answer.isFatal(), answer.retryAfter);
        const QJsonObject limit = json::objectOf(answer.body.object(), "session_start_limit");
        if (limit.value(QLatin1String("remaining")).toInt(1) <= 0)
            return fail({Code::Unavailable, "Discord lets this bot begin no more sessions for now; others use its token"}, false, milliseconds(std::clamp<qint64>(limit.value(QLatin1String("reset_after")).toInteger(60'000), 1'000, 86'400'000)));
        connectTo(answer.body.object().value(QLatin1String("url")).toString());
    });
}

void DiscordGateway::connectTo(const QString &address)
{
    const auto url = WebSocketTransport::checkUrl(address.toStdString());
    if (!url) {
        forget();
        return fail({Code::Unavailable, "Discord gave no address for events that can be used"});
    }
    QUrl whole = *url;
    whole.setPath(QStringLiteral("/"));
    whole.setQuery(QStringLiteral("v=10&encoding=json"));
    m_transport = m_transports(whole);
    connect(m_transport.get(), &Transport::frame, this, &DiscordGateway::onFrame);
    connect(m_transport.get(), &Transport::closed, this, &DiscordGateway::onClosed);
    m_transport->open();
}

void DiscordGateway::onFrame(const QByteArray &utf8)
{
    const QJsonObject frame = QJsonDocument::fromJson(utf8).object();
    if (!frame.value(QLatin1String("op")).isDouble()) {
        Q_EMIT lapsed({Code::Invalid, "Discord sent what cannot be read"});
        return;
    }
    switch (frame.value(QLatin1String("op")).toInt()) {
    case Op::Hello: return onHello(json::objectOf(frame, "d"));
    case Op::Dispatch: return onDispatch(frame, utf8);
    case Op::Heartbeat: return beat();
    case Op::HeartbeatAck: m_answered = true; return;
    case Op::Reconnect: return fail({Code::Unavailable, "Discord asks to be connected to again"});
    case Op::InvalidSession: return onInvalid(frame.value(QLatin1String("d")).toBool());
    default: return; // what is new there is nothing to us
    }
}

void DiscordGateway::onHello(const QJsonObject &data)
{
    m_interval = std::clamp(milliseconds(data.value(QLatin1String("heartbeat_interval")).toInteger(41'250)), kBeatLeast, kBeatMost);
    m_answered = true;
    m_beat.start(upTo(m_interval)); // not all lines of a server that comes back at once
    introduce();
}

void DiscordGateway::introduce()
{
    if (hasSession())
        return send(Op::Resume, QJsonObject{{QStringLiteral("token"), QString::fromStdString(std::string(m_token->revealText()))},
                                        {QStringLiteral("session_id"), m_session},
                                        {QStringLiteral("seq"), m_seen}});
    const milliseconds since = m_identified.isValid() ? milliseconds(m_identified.elapsed()) : m_timings.identifyEvery;
    if (since < m_timings.identifyEvery)
        return m_introduce.start(m_timings.identifyEvery - since);
    identify();
}

void DiscordGateway::identify()
{
    m_identified.start();
    const QJsonObject properties{{QStringLiteral("os"), QStringLiteral("linux")}, {QStringLiteral("browser"), QStringLiteral("quarterdeck")}, {QStringLiteral("device"), QStringLiteral("quarterdeck")}};
    send(Op::Identify, QJsonObject{{QStringLiteral("token"), QString::fromStdString(std::string(m_token->revealText()))}, {QStringLiteral("intents"), kIntents}, {QStringLiteral("properties"), properties}});
}

void DiscordGateway::onDispatch(const QJsonObject &frame, const QByteArray &utf8)
{
    const QString name = frame.value(QLatin1String("t")).toString();
    const QJsonObject data = json::objectOf(frame, "d");
    const qint64 number = frame.value(QLatin1String("s")).toInteger();
    if (name == QLatin1String("READY")) {
        m_session = data.value(QLatin1String("session_id")).toString();
        m_resumeAddress = data.value(QLatin1String("resume_gateway_url")).toString();
        m_seen = number;
    } else if (number <= m_seen) {
        return; // it was told before the line broke
    }
    m_seen = number;
    if (name != QLatin1String("READY") && name != QLatin1String("RESUMED")) {
        Q_EMIT event(name, data, utf8, !m_ready);
        return;
    }
    m_attempt.stop();
    m_ready = true;
    m_resumes = 0;
    Q_EMIT ready(name == QLatin1String("RESUMED"));
}

void DiscordGateway::onInvalid(bool mayResume)
{
    if (m_ready) // in the midst of it: from the beginning
        return fail({Code::Unavailable, "Discord ended the session"}, false, mayResume ? milliseconds(0) : (forget(), kAfterInvalid));
    if (!mayResume)
        forget();
    m_introduce.start(kAfterInvalid + upTo(kAfterInvalidMore));
}

void DiscordGateway::onClosed(const Error &why)
{
    const int code = m_transport ? m_transport->closeCode() : 0;
    if (const char *fatal = fatalWord(code)) {
        forget();
        return fail({Code::Forbidden, fatal, std::to_string(code)}, true);
    }
    if (endsSession(code))
        forget();
    fail(code >= 4000 ? Error{Code::Unavailable, "Discord hung up with " + std::to_string(code), why.message} : why);
}

void DiscordGateway::beat()
{
    send(Op::Heartbeat, m_seen > 0 ? QJsonValue(m_seen) : QJsonValue());
}

void DiscordGateway::send(int op, const QJsonValue &data)
{
    if (m_transport)
        m_transport->send(json::compact({{QStringLiteral("op"), op}, {QStringLiteral("d"), data}}));
}

milliseconds DiscordGateway::upTo(milliseconds most)
{
    return milliseconds(net::Backoff(m_random, millis(most.count()), millis(most.count())).next().millis());
}

void DiscordGateway::fail(const Error &why, bool refused, milliseconds patience)
{
    release();
    Q_EMIT lost(why, refused, patience);
}

/// Without a goodbye, which would end the session.
void DiscordGateway::release()
{
    ++m_generation;
    m_ready = false;
    for (QTimer *timer : {&m_attempt, &m_beat, &m_introduce})
        timer->stop();
    if (!m_transport)
        return;
    m_transport->disconnect();
    m_transport->abort();
    m_transport.release()->deleteLater(); // we may be inside one of its signals
}

} // namespace qd::chat
