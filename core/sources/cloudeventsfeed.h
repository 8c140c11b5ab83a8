// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/backoff.h"
#include "core/net/outwardsocket.h"
#include "core/sources/clouddelivery.h"
#include "core/sources/intake.h"

#include <QObject>
#include <QTimer>

namespace qd::sources {

struct FeedOptions {
    std::string connection;
    std::string url; ///< ws or wss
    std::string caFile;
    Secret bearer;
    Span backoffBase = seconds(1);
    Span backoffCap = seconds(60);
    Span stableAfter = seconds(60);  ///< a line that held so long resets the backoff
    Span seenInterval = seconds(10); ///< how often a quiet but answering feed counts as seen
};

/// Follows somebody's CloudEvents feed over WebSocket (subprotocol cloudevents.json, one event a text message).
/// Guarantees: reconnects with full jitter until stopped; a message that cannot be read is a quarantined report, and the
/// connection stays; a feed counts as fresh while its line answers pings. Lives in one thread with an event loop; `clock`
/// and `random` must outlive it.
class CloudEventsFeed final : public QObject {
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CloudEventsFeed)

public:
    CloudEventsFeed(Intake intake, const Clock &clock, Random &random, FeedOptions options);

    void start();
    /// Says goodbye; no reconnect.
    void stop();

private:
    void connectNow();
    void onOpened();
    void onText(const QString &text);
    void onLost(const std::string &problem);
    void quarantine(std::string reason, std::string_view raw);
    void tell(const std::string &state, const std::string &problem);

    Intake m_intake;
    const Clock &m_clock;
    FeedOptions m_options;
    net::Backoff m_backoff;
    net::OutwardSocket m_socket;
    QTimer m_retry;
    QTimer m_stable;
    QTimer m_seen;
    std::shared_ptr<SeenIds> m_ids = std::make_shared<SeenIds>();
    std::string m_state;
    std::string m_problem;
    bool m_started = false;
};

} // namespace qd::sources
