// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/teamsconnector.h"

#include "core/base/log.h"
#include "core/base/safetext.h"
#include "core/chat/jsonread.h"
#include "core/chat/textparts.h"
#include "core/model/connection.h"

#include <QJsonArray>
#include <algorithm>
#include <charconv>

namespace qd::chat {

namespace {

constexpr std::chrono::milliseconds kTeamsPatience{5'000}; ///< when it does not say how long
constexpr std::chrono::milliseconds kTeamsAway{2'000};     ///< until it is tried again, when nobody answers
constexpr auto kTookIt = "the workflow took it; Teams does not say whether it was shown";
constexpr auto kOnlyPosts = "Teams is connected to post only: it has one channel, and nothing in it can be changed or answered from here";

/// The sentence in an answer: Microsoft's error object, or what is there instead.
std::string sentenceIn(const net::HttpResponse &response)
{
    const QJsonObject body = QJsonDocument::fromJson(QByteArray(response.body.data(), static_cast<qsizetype>(response.body.size()))).object();
    const QJsonObject error = json::objectOf(body, "error");
    const std::string code = safeLine(json::textOf(error, "code"), 80), message = safeLine(json::textOf(error, "message"), 200);
    return code.empty() && message.empty() ? "it answered HTTP " + std::to_string(response.status) : code + (code.empty() || message.empty() ? "" : ": ") + message;
}

} // namespace

Result<std::unique_ptr<TeamsConnector>> TeamsConnector::make(TeamsSettings settings, const Clock &clock)
{
    const std::string_view address = settings.address.revealText();
    if (!address.starts_with("https://") && !(address.starts_with("http://") && namesThisMachine(address)))
        return fail(Code::Forbidden, "the workflow's address must begin with https://; http:// is only for a server on this machine");
    if (settings.host.empty())
        return fail(Code::Invalid, "the channel needs a name behind its @");
    return std::unique_ptr<TeamsConnector>(new TeamsConnector(std::move(settings), clock));
}

TeamsConnector::TeamsConnector(TeamsSettings settings, const Clock &clock)
    : m_settings(std::move(settings))
    , m_address(std::string(kRoom) + '@' + m_settings.host)
    , m_clock(clock)
    , m_outbox(*this, clock, m_settings.timings.confirmWithin)
{
    m_caps.hears = m_caps.membership = false;
    m_caps.multiline = true;
    m_caps.ack = Caps::Ack::Response;
    m_caps.maxText = kMaxText;
    m_outbox.setParent(this); // by value in its own class; as a child it moves to the connector's thread
    connect(&m_outbox, &Outbox::delivery, this, &ChatConnector::delivery);
}

TeamsConnector::~TeamsConnector()
{
    m_outbox.disconnect(this);
}

void TeamsConnector::setState(ConnectorState state, const std::string &reason)
{
    if (m_state == state && m_reason == reason)
        return;
    m_state = state;
    m_reason = reason;
    Q_EMIT stateChanged(state, reason);
}

/// There is nothing to connect to: whether the address is right, the first post tells.
void TeamsConnector::open()
{
    if (m_state != ConnectorState::Offline)
        return;
    setState(ConnectorState::Live);
    m_outbox.pump();
}

void TeamsConnector::close()
{
    m_outbox.lineChanged();
    setState(ConnectorState::Offline);
}

void TeamsConnector::createRoom(const RoomRequest &request)
{
    m_isIn = true;
    Q_EMIT roomReady({request.idem, m_address, false, {}});
    m_outbox.pump();
}

void TeamsConnector::attach(const std::string &room, const std::string &)
{
    join({{}, room, {}, {}});
}

void TeamsConnector::join(const JoinRequest &request)
{
    if (request.room != m_address) {
        Q_EMIT roomFailed(request.idem, request.room, {Code::NotFound, "there is no room " + safeLine(request.room, 100) + ": Teams is connected to post to " + m_address + " only"});
        return;
    }
    m_isIn = true;
    Q_EMIT roomReady({request.idem, m_address, false, {}});
    m_outbox.pump();
}

void TeamsConnector::detach(const std::string &room)
{
    if (room != m_address || !std::exchange(m_isIn, false))
        return;
    m_outbox.drop(m_address, "the room was left");
    Q_EMIT roomFailed({}, m_address, {Code::Unavailable, "the room was left"});
}

void TeamsConnector::send(const Outgoing &outgoing)
{
    const std::string wrong = outgoing.kind != Outgoing::Kind::Message ? kOnlyPosts : !m_isIn || outgoing.room != m_address ? "we are not in the room " + outgoing.room : std::string();
    if (wrong.empty())
        return m_outbox.add(outgoing);
    Q_EMIT delivery({outgoing.idem, Delivery::Failed, {}, wrong, m_clock.now()});
}

bool TeamsConnector::canSend(const std::string &lane) const
{
    return m_state != ConnectorState::Offline && lane == m_address && !m_paused;
}

std::string TeamsConnector::card(std::string_view text)
{
    QJsonArray lines;
    const std::string clean = cleanLines(text);
    for (std::size_t at = 0; at <= clean.size();) {
        const std::size_t end = std::min(clean.find('\n', at), clean.size());
        const std::string line = clean.substr(at, end - at);
        // A text run is never read as markup, as a text block's text is.
        const QJsonObject run{{QStringLiteral("type"), QStringLiteral("TextRun")}, {QStringLiteral("text"), line.empty() ? QStringLiteral(" ") : QString::fromStdString(line)}};
        QJsonObject block{{QStringLiteral("type"), QStringLiteral("RichTextBlock")}, {QStringLiteral("inlines"), QJsonArray{run}}};
        if (at > 0)
            block.insert(QStringLiteral("spacing"), QStringLiteral("none"));
        lines.append(block);
        at = end + 1;
    }
    const QJsonObject content{{QStringLiteral("$schema"), QStringLiteral("http://adaptivecards.io/schemas/adaptive-card.json")},
                              {QStringLiteral("type"), QStringLiteral("AdaptiveCard")},
                              {QStringLiteral("version"), QStringLiteral("1.4")},
                              {QStringLiteral("msteams"), QJsonObject{{QStringLiteral("width"), QStringLiteral("Full")}}},
                              {QStringLiteral("body"), lines}};
    const QJsonObject attachment{{QStringLiteral("contentType"), QStringLiteral("application/vnd.microsoft.card.adaptive")}, {QStringLiteral("contentUrl"), QJsonValue()}, {QStringLiteral("content"), content}};
    return json::compact({{QStringLiteral("type"), QStringLiteral("message")}, {QStringLiteral("attachments"), QJsonArray{attachment}}});
}

/// In parts whose cards are small enough: short lines and odd characters need more than they say.
std::vector<std::string> TeamsConnector::split(const Outgoing &outgoing) const
{
    std::vector<std::string> parts;
    for (std::size_t limit = kMaxText; limit >= 128; limit /= 2) {
        parts = splitText(outgoing.text, limit);
        if (std::all_of(parts.begin(), parts.end(), [](const std::string &part) { return card(part).size() <= kMaxBody; }))
            break;
    }
    return parts;
}

void TeamsConnector::transmit(const Outgoing &outgoing, const std::string &text, const std::string &id)
{
    m_paused = true;
    QTimer::singleShot(m_settings.timings.perMessage, this, [this] {
        m_paused = false;
        m_outbox.pump();
    });
    net::HttpRequest request;
    request.method = net::Method::Post;
    request.url = std::string(m_settings.address.revealText());
    request.headers = {{"Content-Type", "application/json"}};
    request.body = card(text);
    request.timeout = millis(m_settings.timings.answerWithin.count());
    request.caFile = m_settings.caFile;
    m_http.send(std::move(request), [this, lane = Outbox::laneOf(outgoing), id](Result<net::HttpResponse> response) {
        // In the client's thread; dropped when we are gone by then.
        QMetaObject::invokeMethod(this, [this, lane, id, answer = read(response)] { answered(lane, id, answer); }, Qt::QueuedConnection);
    });
}

TeamsConnector::Answer TeamsConnector::read(const Result<net::HttpResponse> &response)
{
    Answer answer;
    if (!response) {
        answer.why = "the workflow could not be asked: " + response.error().message;
        if (net::neverSent(response.error())) { // so it may be sent again, where that can help
            answer.kind = response.error().code == Code::Unavailable ? ApiAnswer::Kind::Wait : ApiAnswer::Kind::Refused;
            answer.retryAfter = kTeamsAway;
        }
        return answer;
    }
    const int status = response->status;
    if (status == 200 || status == 202) {
        // An older kind of webhook says so of what Teams itself did not take.
        const bool tooMany = response->body.find("HTTP error 429") != std::string::npos;
        answer.kind = tooMany ? ApiAnswer::Kind::Wait : ApiAnswer::Kind::Done;
        answer.retryAfter = kTeamsPatience;
        return answer;
    }
    if (status == 429) {
        int seconds = 0;
        const std::string_view told = net::valueOf(response->headers, "retry-after");
        answer.kind = ApiAnswer::Kind::Wait;
        answer.retryAfter = std::from_chars(told.data(), told.data() + told.size(), seconds).ec == std::errc() ? std::chrono::seconds(std::clamp(seconds, 1, 3600)) : kTeamsPatience;
        return answer;
    }
    answer.why = sentenceIn(*response);
    if (status >= 400 && status < 500) {
        answer.kind = ApiAnswer::Kind::Refused;
        if (status == 401 || status == 403)
            answer.why = "the workflow does not take its address any more (" + answer.why + "): copy it anew from Teams and connect again";
        else if (status == 404 || status == 410)
            answer.why = "there is no such workflow any more, or it is switched off (" + answer.why + "): switch it on or make another in Teams, in the channel's Workflows, and connect again";
        else if (status == 413)
            answer.why = "it is too large for Teams (" + answer.why + ")";
        else
            answer.why = "the workflow refused it (" + answer.why + "): it must be the one that posts to a channel when a webhook request is received";
    } else {
        answer.why = "whether the workflow took it is not known: " + answer.why;
    }
    return answer;
}

void TeamsConnector::answered(const std::string &lane, const std::string &id, const Answer &answer)
{
    switch (answer.kind) {
    case ApiAnswer::Kind::Done:
        setState(ConnectorState::Live);
        return m_outbox.confirmed(lane, id, {{}, id}, kTookIt);
    case ApiAnswer::Kind::Refused:
        setState(ConnectorState::Degraded, answer.why);
        return m_outbox.refused(lane, id, answer.why, {});
    case ApiAnswer::Kind::Wait:
        if (answer.why.empty())
            Q_EMIT rateLimited(m_clock.now() + millis(answer.retryAfter.count()));
        else
            setState(ConnectorState::Degraded, answer.why);
        return m_outbox.refused(lane, id, answer.why.empty() ? "Teams asks for patience" : answer.why, answer.retryAfter);
    case ApiAnswer::Kind::Unknown: // it stays so when its time is over: nothing can be asked
        log(LogLevel::Warning, "chat", Error{Code::Unavailable, answer.why, {}});
        return setState(ConnectorState::Degraded, answer.why);
    }
}

} // namespace qd::chat
