// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/slacksocket.h"

#include "core/base/safetext.h"
#include "core/chat/jsonread.h"
#include "core/chat/websockettransport.h"

#include <QJsonDocument>
#include <QUrl>

namespace qd::chat {

namespace {

constexpr std::size_t kEnvelopesSeen = 8192;
constexpr std::chrono::milliseconds kDrain{2'000};
constexpr const char *kSaidLate = "The console has heard this and is slow to record it: it may be done late.";

/// Whether what an event tells may be in no history that is read again: reactions are in none, answers and changes in those of messages that may be long past, and
/// what is said to us alone is read back by the process only that heard of it.
bool mayBeInNoHistory(const QJsonObject &event)
{
    const std::string type = json::textOf(event, "type"), subtype = json::textOf(event, "subtype"), thread = json::textOf(event, "thread_ts");
    if (type != "message")
        return type.starts_with("reaction_");
    return json::textOf(event, "channel_type") == "im" || subtype == "message_changed" || subtype == "message_deleted" || (!thread.empty() && thread != json::textOf(event, "ts"));
}

} // namespace

SlackSocket::SlackSocket(Ask ask, Transports transports, std::chrono::milliseconds attempt, std::chrono::milliseconds youngFor, std::chrono::milliseconds ackWithin)
    : m_ask(std::move(ask)), m_transports(std::move(transports)), m_attemptWithin(attempt), m_youngFor(youngFor), m_ackWithin(ackWithin)
{
    m_attempt.setSingleShot(true);
    m_drained.setSingleShot(true);
    m_young.setSingleShot(true);
    connect(&m_drained, &QTimer::timeout, this, [this] { release(m_old); });
    connect(&m_attempt, &QTimer::timeout, this, [this] {
        if (m_live.ready) {
            release(m_next); // Slack ends the old one soon; then it is tried anew
            m_asking = false;
        } else {
            fail({Code::Unavailable, "Slack did not say hello in time; trying again"});
        }
    });
}

SlackSocket::~SlackSocket()
{
    for (Line *line : {&m_old, &m_live, &m_next})
        release(*line);
}

void SlackSocket::start()
{
    for (Line *line : {&m_old, &m_live, &m_next})
        release(*line);
    m_open = true;
    m_asking = false;
    ask();
}

void SlackSocket::stop()
{
    m_open = false;
    ++m_generation;
    m_attempt.stop();
    m_drained.stop();
    m_young.stop();
    for (Line *line : {&m_old, &m_live, &m_next})
        release(*line);
}

void SlackSocket::ask()
{
    if (std::exchange(m_asking, true))
        return;
    m_attempt.start(m_attemptWithin);
    m_ask([this, generation = ++m_generation](const SlackAnswer &answer) {
        if (!m_open || generation != m_generation)
            return;
        if (!answer.isDone()) {
            m_asking = false;
            if (!m_live.ready || answer.isFatal())
                fail(answer.asError("apps.connections.open"), answer.isFatal(), answer.retryAfter);
            return;
        }
        const auto url = WebSocketTransport::checkUrl(json::textOf(answer.body, "url"));
        if (!url)
            return fail({Code::Unavailable, "Slack gave no address for events that can be used"});
        connectTo(*url);
    });
}

void SlackSocket::connectTo(const QUrl &url)
{
    release(m_next);
    m_next.transport = m_transports(url);
    Transport *transport = m_next.transport.get();
    connect(transport, &Transport::frame, this, [this, transport](const QByteArray &utf8) { onFrame(transport, utf8); });
    connect(transport, &Transport::closed, this, [this, transport](const Error &why) { onClosed(transport, why); });
    transport->open();
}

void SlackSocket::onFrame(Transport *from, const QByteArray &utf8)
{
    QJsonParseError wrong{};
    const QJsonDocument document = QJsonDocument::fromJson(utf8, &wrong);
    if (!document.isObject()) {
        Q_EMIT lapsed({Code::Invalid, "Slack sent what is no JSON object"});
        return;
    }
    const QJsonObject frame = document.object();
    const std::string type = json::textOf(frame, "type");
    if (type == "hello")
        return onHello(from, frame);
    if (type == "disconnect")
        return onDisconnect(from, frame);
    if (frame.contains(QLatin1String("envelope_id")))
        onEnvelope(from, frame, utf8);
}

void SlackSocket::onHello(Transport *from, const QJsonObject &hello)
{
    if (from != m_next.transport.get())
        return;
    m_attempt.stop();
    m_asking = false;
    const int own = 1 + (m_live.transport ? 1 : 0) + (m_old.transport ? 1 : 0);
    m_others = std::max(0, hello.value(QLatin1String("num_connections")).toInt() - own);
    const bool first = !m_live.ready;
    release(m_old);
    if (m_live.transport) { // what is still under way in it comes before its end
        m_old = std::move(m_live);
        m_drained.start(kDrain);
    }
    m_live.transport = std::move(m_next.transport);
    m_live.ready = true;
    m_young.start(m_youngFor);
    if (first)
        Q_EMIT ready();
    Q_EMIT counted();
}

void SlackSocket::onDisconnect(Transport *from, const QJsonObject &notice)
{
    const std::string reason = json::textOf(notice, "reason");
    if (reason == "link_disabled")
        return fail({Code::Forbidden, "Socket Mode is switched off for this Slack app; switch it on in the app's settings"}, true);
    if (from != m_live.transport.get())
        return; // it has its successor, or is none yet: its end is no news
    if (reason == "too_many_websockets" || m_young.isActive()) // the next would end as soon: not without backing off
        return fail({Code::Unavailable, "Slack ends the line it has just given: " + safeLine(reason, 64)});
    ask();
}

void SlackSocket::onEnvelope(Transport *from, const QJsonObject &envelope, const QByteArray &raw)
{
    const QJsonObject payload = envelope.value(QLatin1String("payload")).toObject();
    const std::string type = json::textOf(envelope, "type");
    const bool ours = type == "events_api";
    // A retry comes in an envelope of its own; the event's id stays.
    const std::string id = json::textOf(payload, "event_id");
    const bool isNew = id.empty() || m_seen.insert(id).second;
    if (isNew && !id.empty())
        m_seenOrder.push_back(id);
    if (m_seenOrder.size() > kEnvelopesSeen) {
        m_seen.erase(m_seenOrder.front());
        m_unkept.erase(m_seenOrder.front());
        m_seenOrder.pop_front();
    }
    if (type == "interactive" || type == "slash_commands") {
        Q_EMIT asked(QString::fromStdString(type), payload, await(from, envelope));
        return;
    }
    if (const auto unkept = m_unkept.find(id); ours && !isNew && unkept != m_unkept.end())
        return await(from, envelope, unkept->second);
    const bool waits = ours && isNew && mayBeInNoHistory(json::objectOf(payload, "event"));
    if (!waits)
        acknowledge(from, envelope.value(QLatin1String("envelope_id")).toString());
    if (!ours || !isNew)
        return;
    if (json::textOf(payload, "type") == "app_rate_limited") {
        Q_EMIT lapsed({Code::TooLarge, "Slack held events back: there are too many"});
        return;
    }
    const std::uint64_t receipt = waits ? await(from, envelope) : 0;
    if (waits && !id.empty())
        m_unkept[id] = receipt;
    Q_EMIT event(payload, raw, envelope.value(QLatin1String("retry_attempt")).toInt(), receipt);
}

std::uint64_t SlackSocket::await(Transport *from, const QJsonObject &envelope)
{
    await(from, envelope, ++m_receipts);
    return m_receipts;
}

void SlackSocket::await(Transport *from, const QJsonObject &envelope, std::uint64_t receipt)
{
    m_waiting.emplace(receipt, Waiting{from, envelope.value(QLatin1String("envelope_id")).toString(),
                                       json::textOf(envelope, "type") == "slash_commands" && envelope.value(QLatin1String("accepts_response_payload")).toBool()});
    QTimer::singleShot(m_ackWithin, this, [this, receipt] { acknowledgeAll(receipt, QString::fromLatin1(kSaidLate)); });
}

void SlackSocket::acknowledgeAll(std::uint64_t receipt, const QString &late)
{
    while (const auto waiting = m_waiting.extract(receipt))
        acknowledge(waiting.mapped().from, waiting.mapped().envelope, waiting.mapped().takesWords ? late : QString());
}

void SlackSocket::kept(std::uint64_t receipt)
{
    std::erase_if(m_unkept, [&](const auto &unkept) { return unkept.second == receipt; });
    acknowledgeAll(receipt, {});
}

void SlackSocket::acknowledge(Transport *to, const QString &envelope, const QString &words)
{
    QJsonObject ack{{QStringLiteral("envelope_id"), envelope}};
    if (!words.isEmpty())
        ack.insert(QStringLiteral("payload"), QJsonObject{{QStringLiteral("response_type"), QStringLiteral("ephemeral")}, {QStringLiteral("text"), words}});
    const QByteArray frame = QJsonDocument(ack).toJson(QJsonDocument::Compact);
    to->send(std::string_view(frame.constData(), static_cast<std::size_t>(frame.size())));
}

void SlackSocket::onClosed(Transport *which, const Error &why)
{
    if (which == m_next.transport.get()) {
        release(m_next);
        m_asking = false;
        m_attempt.stop();
        if (!m_live.ready)
            fail(why);
        return;
    }
    if (which == m_old.transport.get())
        return release(m_old);
    if (which != m_live.transport.get())
        return;
    if (m_next.transport || m_asking) { // its successor is on the way, but until that has said hello we hear nothing
        release(m_live);
        ++m_generation;
    }
    fail(why);
}

void SlackSocket::fail(const Error &why, bool refused, std::chrono::milliseconds patience)
{
    if (!m_open)
        return;
    stop();
    Q_EMIT lost(why, refused, patience);
}

void SlackSocket::release(Line &line)
{
    line.ready = false;
    if (!line.transport)
        return;
    std::erase_if(m_waiting, [&](const auto &w) { return w.second.from == line.transport.get(); }); // Slack tells it again
    line.transport->disconnect();
    line.transport->abort();
    line.transport.release()->deleteLater(); // we may be inside one of its signals
}

} // namespace qd::chat
