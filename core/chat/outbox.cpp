// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/outbox.h"

#include <algorithm>

namespace qd::chat {

namespace {

constexpr int kAttempts = 3;
constexpr std::size_t kDone = 1024;
constexpr Span kLookBackUnknown = hours(24);

} // namespace

std::string Outbox::Entry::id() const
{
    return part == 0 ? out.idem.text() : out.idem.text() + '-' + std::to_string(part + 1);
}

Outbox::Outbox(Port &port, const Clock &clock, std::chrono::milliseconds confirmWithin)
    : m_port(port)
    , m_clock(clock)
    , m_confirmWithin(confirmWithin)
{
}

std::string Outbox::laneOf(const Outgoing &outgoing)
{
    return outgoing.kind == Outgoing::Kind::Direct ? '@' + outgoing.person : outgoing.room;
}

void Outbox::add(const Outgoing &outgoing)
{
    for (const DeliveryReport &report : m_done)
        if (report.idem == outgoing.idem) {
            Q_EMIT delivery(report);
            return;
        }
    const std::string key = laneOf(outgoing);
    Lane &lane = m_lanes[key];
    for (Entry &entry : lane.queue)
        if (entry.out.idem == outgoing.idem) {
            tell(entry, entry.told, entry.toldReason);
            return;
        }
    Entry entry;
    entry.out = outgoing;
    entry.parts = m_port.split(outgoing);
    if (outgoing.maybeSent) {
        entry.step = Step::Doubtful;
        entry.firstSent = outgoing.queuedAt ? outgoing.queuedAt : m_clock.now() - kLookBackUnknown;
    }
    lane.queue.push_back(std::move(entry));
    tell(lane.queue.back(), outgoing.maybeSent ? Delivery::Unknown : Delivery::Queued,
         outgoing.maybeSent ? "it may have been sent before; looking for it" : "");
    pump();
}

void Outbox::pump()
{
    // Keys first: sending may call back into us and add or drop lanes. Whoever sent last is asked last: where the line takes one at a time, no busy
    // room keeps the others from their turn.
    std::vector<std::string> keys;
    for (const auto &[key, lane] : m_lanes)
        if (!lane.queue.empty())
            keys.push_back(key);
    std::rotate(keys.begin(), std::upper_bound(keys.begin(), keys.end(), m_sentLast), keys.end());
    for (const std::string &key : keys)
        if (const auto it = m_lanes.find(key); it != m_lanes.end())
            pump(key, it->second);
}

void Outbox::pump(const std::string &key, Lane &lane)
{
    if (lane.queue.empty() || lane.paused || !m_port.canSend(key))
        return;
    Entry &head = lane.queue.front();
    if (head.step == Step::Waiting)
        return sendHead(key, lane);
    if (head.step != Step::Doubtful)
        return;
    head.step = Step::LookingUp;
    m_port.lookUp(head.out, head.id(), head.firstSent,
                  [this, key, idem = head.out.idem](Found found, const MessageRef &message) {
                      onLookedUp(key, idem, found, message);
                  });
}

void Outbox::sendHead(const std::string &key, Lane &lane)
{
    Entry &head = lane.queue.front();
    if (++head.attempts > kAttempts)
        return finish(key, Delivery::Failed, "the room did not take it after " + std::to_string(kAttempts) + " attempts");
    head.step = Step::InFlight;
    m_sentLast = key;
    if (!head.firstSent)
        head.firstSent = m_clock.now();
    timerOf(key, lane).start(m_confirmWithin);
    tell(head, Delivery::Sent, "");
    m_port.transmit(head.out, head.parts[head.part], head.id());
}

QTimer &Outbox::timerOf(const std::string &key, Lane &lane)
{
    if (!lane.timer) {
        lane.timer = std::make_unique<QTimer>();
        lane.timer->setSingleShot(true);
        connect(lane.timer.get(), &QTimer::timeout, this, [this, key] { onTimer(key); });
    }
    return *lane.timer;
}

void Outbox::onTimer(const std::string &key)
{
    Lane &lane = m_lanes[key];
    if (std::exchange(lane.paused, false))
        return pump(key, lane);
    if (!lane.queue.empty() && lane.queue.front().step == Step::InFlight)
        doubt(lane.queue.front(), "no confirmation in time; looking for it");
    pump(key, lane);
}

void Outbox::doubt(Entry &entry, const std::string &reason)
{
    entry.step = Step::Doubtful;
    tell(entry, Delivery::Unknown, reason);
}

void Outbox::onLookedUp(const std::string &key, const Uuid &idem, Found found, const MessageRef &message)
{
    const auto it = m_lanes.find(key);
    if (it == m_lanes.end() || it->second.queue.empty())
        return;
    Lane &lane = it->second;
    Entry &head = lane.queue.front();
    if (head.out.idem != idem || head.step != Step::LookingUp)
        return; // confirmed meanwhile
    if (found == Found::Yes)
        return confirmed(key, head.id(), message, "found in the room's history");
    if (found == Found::AskAgain || !m_port.canSend(key)) {
        head.step = Step::Doubtful;
        timerOf(key, lane).start(m_confirmWithin);
        return;
    }
    // A page is sent again on doubt: twice is better than never. Anything else waits for a person.
    if (found == Found::No || head.out.kind == Outgoing::Kind::Direct) {
        head.step = Step::Waiting;
        return pump(key, lane);
    }
    finish(key, Delivery::Unknown, "the platform cannot say whether it arrived; look into the room before sending it again");
}

void Outbox::confirmed(const std::string &lane, const std::string &id, const MessageRef &message, const std::string &reason)
{
    const auto it = m_lanes.find(lane);
    if (it == m_lanes.end() || it->second.queue.empty() || it->second.queue.front().step == Step::Waiting
        || it->second.queue.front().id() != id)
        return later(lane, id, Delivery::Confirmed, reason);
    Entry &head = it->second.queue.front();
    if (head.part == 0)
        head.message = message;
    if (head.part + 1 < head.parts.size()) {
        ++head.part;
        head.attempts = 0;
        head.step = head.out.maybeSent ? Step::Doubtful : Step::Waiting;
        return pump();
    }
    finish(lane, Delivery::Confirmed, reason);
}

void Outbox::refused(const std::string &lane, const std::string &id, const std::string &reason,
                     std::optional<std::chrono::milliseconds> retryAfter)
{
    const auto it = m_lanes.find(lane);
    const bool isHead = it != m_lanes.end() && !it->second.queue.empty() && it->second.queue.front().step != Step::Waiting
        && it->second.queue.front().id() == id;
    if (!isHead)
        return later(lane, id, Delivery::Failed, reason);
    if (!retryAfter)
        return finish(lane, Delivery::Failed, reason);
    Entry &head = it->second.queue.front();
    head.step = Step::Waiting;
    if (retryAfter->count() > 0)
        head.attempts = 0; // patience was asked for; without any, a refusal repeated is final
    it->second.paused = true;
    timerOf(lane, it->second).start(*retryAfter);
    tell(head, Delivery::Queued, reason);
}

void Outbox::later(const std::string &lane, const std::string &id, Delivery state, const std::string &reason)
{
    if (!lane.starts_with('@') || reason.empty())
        return;
    for (DeliveryReport &report : m_done)
        if (report.idem.text() == id && report.state == Delivery::Confirmed) {
            report.state = state;
            report.reason = reason;
            report.at = m_clock.now();
            Q_EMIT delivery(report);
            return;
        }
}

void Outbox::lineChanged()
{
    for (auto &[key, lane] : m_lanes)
        if (!lane.queue.empty() && lane.queue.front().step == Step::InFlight)
            doubt(lane.queue.front(), "the line broke before it was confirmed; looking for it");
}

void Outbox::lineResumed()
{
    for (auto &[key, lane] : m_lanes)
        if (!lane.queue.empty() && lane.queue.front().step == Step::InFlight)
            timerOf(key, lane).start(m_confirmWithin);
    pump();
}

void Outbox::drop(const std::string &lane, const std::string &reason)
{
    for (auto it = m_lanes.find(lane); it != m_lanes.end() && !it->second.queue.empty();) {
        const Delivery told = it->second.queue.front().told;
        const bool maybeArrived = told == Delivery::Sent || told == Delivery::Unknown;
        finish(lane, maybeArrived ? Delivery::Unknown : Delivery::Failed, reason);
    }
}

void Outbox::finish(const std::string &key, Delivery state, const std::string &reason)
{
    Lane &lane = m_lanes[key];
    if (lane.timer && !lane.paused)
        lane.timer->stop();
    Entry entry = std::move(lane.queue.front());
    lane.queue.pop_front();
    tell(entry, state, reason);
    if (state == Delivery::Confirmed) {
        m_done.push_back({entry.out.idem, state, entry.message, reason, m_clock.now()});
        if (m_done.size() > kDone)
            m_done.pop_front();
    }
    pump();
}

void Outbox::tell(Entry &entry, Delivery state, const std::string &reason)
{
    entry.told = state;
    entry.toldReason = reason;
    Q_EMIT delivery({entry.out.idem, state, state == Delivery::Confirmed ? entry.message : MessageRef{}, reason, m_clock.now()});
}

} // namespace qd::chat
