// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/cloudeventsfeed.h"

#include "core/base/safetext.h"

#include <algorithm>
#include <chrono>

namespace qd::sources {

namespace {
std::chrono::milliseconds toMs(Span span)
{
    return std::chrono::milliseconds(span.millis());
}
} // namespace

CloudEventsFeed::CloudEventsFeed(Intake intake, const Clock &clock, Random &random, FeedOptions options)
    : m_intake(std::move(intake)), m_clock(clock), m_options(std::move(options)), m_backoff(random, m_options.backoffBase, m_options.backoffCap)
{
    m_retry.setSingleShot(true);
    m_stable.setSingleShot(true);
    m_stable.setInterval(toMs(m_options.stableAfter));
    connect(&m_stable, &QTimer::timeout, this, [this] { m_backoff.reset(); });
    m_seen.setInterval(toMs(m_options.seenInterval));
    connect(&m_retry, &QTimer::timeout, this, &CloudEventsFeed::connectNow);
    // The socket pings whatever the traffic and fails without a pong: an open one was heard of within its deadline.
    connect(&m_seen, &QTimer::timeout, this, [this] { m_intake.sourceSeen(m_options.connection, Path::CloudEvent, m_clock.now()); });
    connect(&m_socket, &net::OutwardSocket::opened, this, &CloudEventsFeed::onOpened);
    connect(&m_socket, &net::OutwardSocket::textReceived, this, &CloudEventsFeed::onText);
    connect(&m_socket, &net::OutwardSocket::binaryReceived, this, [this](const QByteArray &bytes) {
        quarantine("a binary message; cloudevents.json events are text", std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    });
    connect(&m_socket, &net::OutwardSocket::closed, this, [this](quint16 code, const QString &reason) {
        onLost("the feed said goodbye (" + std::to_string(code) + (reason.isEmpty() ? "" : ": " + safeLine(reason.toStdString(), 200)) + ")");
    });
    connect(&m_socket, &net::OutwardSocket::failed, this, [this](const Error &error) { onLost(error.message); });
}

void CloudEventsFeed::start()
{
    if (m_started)
        return;
    m_started = true;
    tell("connecting", {});
    connectNow();
}

void CloudEventsFeed::stop()
{
    if (!m_started)
        return;
    m_started = false;
    m_retry.stop();
    m_stable.stop();
    m_seen.stop();
    m_socket.close();
    tell("offline", {});
}

void CloudEventsFeed::connectNow()
{
    net::OutwardOptions options;
    options.url = QUrl(QString::fromStdString(m_options.url));
    options.subprotocols = {QString::fromLatin1(kSubprotocol.data(), static_cast<qsizetype>(kSubprotocol.size()))};
    options.caFile = QString::fromStdString(m_options.caFile);
    if (!m_options.bearer.isEmpty())
        options.authorization = Secret("Bearer " + std::string(m_options.bearer.revealText()));
    m_socket.open(std::move(options));
}

void CloudEventsFeed::onOpened()
{
    m_stable.start(); // what opens, tells something and ends again must not be tried at full pace
    m_seen.start();
    m_intake.sourceSeen(m_options.connection, Path::CloudEvent, m_clock.now());
    tell("live", {});
}

void CloudEventsFeed::onText(const QString &text)
{
    const std::string body = text.toStdString();
    auto events = parseCloudEvent(body, {m_options.connection, m_clock.now()}, m_ids.get());
    if (!events) {
        quarantine(events.error().message, body);
        return;
    }
    // The binding has no way to ask for an event again, so one that is not recorded is at least said to be.
    deliver(std::move(*events), m_intake, m_ids,
            [failed = m_intake.sourceFailed, connection = m_options.connection, at = m_clock.now()](const Result<> &result) {
                if (!result)
                    failed(connection, "an event of the feed is not recorded: " + result.error().message, at);
            });
}

void CloudEventsFeed::onLost(const std::string &problem)
{
    m_stable.stop();
    m_seen.stop();
    if (!m_started)
        return;
    tell("offline", problem);
    m_intake.sourceFailed(m_options.connection, problem, m_clock.now());
    m_retry.start(toMs(std::max(m_backoff.next(), millis(1))));
}

void CloudEventsFeed::quarantine(std::string reason, std::string_view raw)
{
    BatchBuilder builder(m_options.connection, Path::CloudEvent, m_clock.now());
    builder.quarantine(0, std::move(reason), raw);
    m_intake.reports(builder.take(), [](const Result<> &) {});
}

void CloudEventsFeed::tell(const std::string &state, const std::string &problem)
{
    if (state == m_state && problem == m_problem)
        return;
    m_state = state;
    m_problem = problem;
    m_intake.connectionState(m_options.connection, state, problem);
}

} // namespace qd::sources
