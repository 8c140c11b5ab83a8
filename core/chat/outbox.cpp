// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/outbox.h"

#include "core/chat/joinedposts.h"

#include <algorithm>

namespace qd::chat {

namespace {

constexpr std::chrono::milliseconds kTopicWaits{2'000}; ///< so long what is said in a room waits behind its topic (InspIRCd takes one a second)

constexpr int kAttempts = 3;
constexpr std::size_t kDone = 1024;
constexpr Span kLookBackUnknown = hours(24);
/// Of a lane, so many that may have left just before the process ended are looked for: what left together, at most.
constexpr std::ptrdiff_t kLookedFirst = static_cast<std::ptrdiff_t>(kJoinedMost);
constexpr auto kSaidTogether = "in one post with others, because the platform asked for patience";

bool isSaid(const Outgoing &outgoing)
{
    return outgoing.kind == Outgoing::Kind::Message || outgoing.kind == Outgoing::Kind::Direct;
}

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
        if (report.idem == outgoing.idem && !outgoing.isAnew) {
            Q_EMIT delivery(report);
            return;
        }
    const std::string key = laneOf(outgoing);
    Lane &lane = m_lanes[key];
    if (Entry *entry = find(lane, outgoing.idem)) {
        entry->words = entry->out.text == outgoing.text ? std::nullopt : std::optional(outgoing.text); // struck or classed meanwhile
        if (!outgoing.isAnew)
            tell(*entry, entry->told, entry->toldReason);
        return;
    }
    if (outgoing.isAnew)
        return; // it is over, and where nobody knows whether it arrived it is not sent again
    Entry entry;
    entry.out = outgoing;
    entry.parts = m_port.split(outgoing);
    entry.unlikely = !outgoing.maybeSent && outgoing.fromBefore && isSaid(outgoing)
        && std::count_if(lane.queue.begin(), lane.queue.end(), [](const Entry &e) { return e.unlikely; }) < kLookedFirst;
    if (outgoing.maybeSent || entry.unlikely) {
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

Outbox::Entry *Outbox::find(Lane &lane, const Uuid &idem)
{
    for (Entry &entry : lane.queue) {
        if (entry.out.idem == idem)
            return &entry;
        for (Entry &with : entry.with)
            if (with.out.idem == idem)
                return &with;
    }
    return nullptr;
}

/// What waits behind the first, and was never sent, goes with it as far as it may.
void Outbox::join(Lane &lane)
{
    const Entry &first = lane.queue.front();
    if (!m_port.joins() || first.alone || first.part > 0 || (first.with.empty() && first.parts.size() != 1))
        return;
    std::vector<const Outgoing *> waiting{&first.out};
    for (const Entry &with : first.with)
        waiting.push_back(&with.out);
    for (std::size_t n = 1; n < lane.queue.size(); ++n) {
        const Entry &next = lane.queue[n];
        if (next.step != Step::Waiting || next.attempts > 0 || next.alone || next.parts.size() != 1)
            break;
        waiting.push_back(&next.out);
    }
    const std::size_t count = joinedCount(waiting, [&](const std::string &text) {
        Outgoing together = first.out;
        together.text = text;
        return m_port.split(together).size() == 1;
    });
    if (count <= 1 + first.with.size())
        return;
    Outgoing together = first.out;
    together.text = joinedText(waiting, count);
    Entry head = std::move(lane.queue.front()); // taken out: the queue moves what stands in it
    lane.queue.pop_front();
    for (std::size_t left = count - 1 - head.with.size(); left > 0; --left) {
        head.out.also.push_back(lane.queue.front().out.idem);
        head.with.push_back(std::move(lane.queue.front()));
        lane.queue.pop_front();
    }
    head.parts = m_port.split(together);
    lane.queue.push_front(std::move(head));
}

/// Each by itself again, in the order they had.
void Outbox::separate(Lane &lane)
{
    Entry &head = lane.queue.front();
    std::vector<Entry> with = std::exchange(head.with, {});
    head.alone = true;
    head.out.also.clear();
    head.parts = m_port.split(head.out);
    head.step = Step::Waiting;
    head.attempts = 0;
    for (Entry &entry : with) {
        entry.alone = true;
        tell(entry, Delivery::Queued, {});
    }
    lane.queue.insert(lane.queue.begin() + 1, std::make_move_iterator(with.begin()), std::make_move_iterator(with.end()));
}

/// Each by itself again, in the order they had; they may be said together anew.
void Outbox::takeApart(Lane &lane)
{
    Entry &head = lane.queue.front();
    std::vector<Entry> with = std::exchange(head.with, {});
    head.out.also.clear();
    head.parts = m_port.split(head.out);
    lane.queue.insert(lane.queue.begin() + 1, std::make_move_iterator(with.begin()), std::make_move_iterator(with.end()));
    lane.patient = true;
}

/// Before the head is sent: the words that were taken anew, where nothing of the old ones is on the wire, in doubt or said already.
void Outbox::takeWords(Lane &lane)
{
    const auto isReworded = [](const Entry &entry) { return entry.words.has_value(); };
    if (const Entry &head = lane.queue.front(); !head.with.empty() && (isReworded(head) || std::any_of(head.with.begin(), head.with.end(), isReworded)))
        takeApart(lane);
    for (Entry &entry : lane.queue)
        if (entry.words && entry.step == Step::Waiting && entry.part == 0) {
            entry.out.text = std::move(*std::exchange(entry.words, {}));
            entry.parts = m_port.split(entry.out);
        }
}

/// What may not be sent any more, of what is not on the wire and not in doubt.
void Outbox::takeOut(Lane &lane)
{
    std::vector<Entry> gone;
    const auto isRecalled = [](const Entry &entry) { return !entry.out.recalled.empty(); };
    if (!lane.queue.empty())
        if (Entry &head = lane.queue.front(); head.step == Step::Waiting && !head.with.empty() && (isRecalled(head) || std::any_of(head.with.begin(), head.with.end(), isRecalled)))
            takeApart(lane);
    for (auto entry = lane.queue.begin(); entry != lane.queue.end();) {
        const bool isTaken = entry->step == Step::Waiting && isRecalled(*entry);
        if (isTaken)
            gone.push_back(std::move(*entry));
        entry = isTaken ? lane.queue.erase(entry) : std::next(entry);
    }
    for (Entry &entry : gone)
        tell(entry, Delivery::Failed, entry.out.recalled + (entry.part == 0 ? "" : "; " + std::to_string(entry.part) + " of its " + std::to_string(entry.parts.size()) + " parts had gone out"));
}

void Outbox::recall(const Uuid &idem, const std::string &why)
{
    for (auto &[key, lane] : m_lanes) {
        Entry *const entry = find(lane, idem);
        if (!entry)
            continue;
        entry->out.recalled = why;
        takeOut(lane);
        return pump();
    }
}

void Outbox::sendHead(const std::string &key, Lane &lane)
{
    takeOut(lane);
    if (lane.queue.empty())
        return;
    if (lane.queue.front().step != Step::Waiting)
        return pump(key, lane);
    takeWords(lane);
    if (std::exchange(lane.patient, false))
        join(lane);
    Entry &head = lane.queue.front();
    if (++head.attempts > kAttempts)
        return finish(key, Delivery::Failed, "the room did not take it after " + std::to_string(kAttempts) + " attempts");
    head.step = Step::InFlight;
    m_sentLast = key;
    if (!head.firstSent)
        head.firstSent = m_clock.now();
    timerOf(key, lane).start(m_confirmWithin);
    const bool isAgain = head.looked == Looked::Absent && head.told == Delivery::Unknown;
    tell(head, Delivery::Sent, isAgain ? "it was looked for and is not there: sent again under the same id" : head.with.empty() ? "" : kSaidTogether);
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
    const auto looked = [&head](Looked what) {
        head.looked = what;
        for (Entry &with : head.with)
            with.looked = what;
    };
    if (found == Found::Yes) {
        looked(Looked::Found);
        return confirmed(key, head.id(), message, "found in the room's history");
    }
    if (found == Found::AskAgain || !m_port.canSend(key)) {
        head.step = Step::Doubtful;
        timerOf(key, lane).start(m_confirmWithin);
        return;
    }
    looked(found == Found::No ? Looked::Absent : Looked::CannotTell);
    // A page is sent again on doubt: twice is better than never. Anything else that was sent waits for a person.
    const bool isAgain = head.out.kind == Outgoing::Kind::Direct && head.out.recalled.empty();
    if (found == Found::No || isAgain || head.unlikely) {
        head.unlikely = false; // from now on it was sent
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
        head.step = head.out.maybeSent || head.unlikely ? Step::Doubtful : Step::Waiting;
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
    Entry &head = it->second.queue.front();
    if (!retryAfter && !head.with.empty()) { // perhaps it was only too much at once
        if (it->second.timer)
            it->second.timer->stop();
        separate(it->second);
        tell(it->second.queue.front(), Delivery::Queued, reason);
        return pump();
    }
    if (!retryAfter)
        return finish(lane, Delivery::Failed, reason);
    if (head.out.kind == Outgoing::Kind::Topic && *retryAfter > kTopicWaits)
        return finish(lane, Delivery::Failed, reason, m_clock.now() + millis(retryAfter->count()));
    head.step = Step::Waiting;
    it->second.patient = retryAfter->count() > 0;
    if (retryAfter->count() > 0)
        head.attempts = 0; // patience was asked for; without any, a refusal repeated is final
    it->second.paused = true;
    timerOf(lane, it->second).start(*retryAfter);
    tell(head, Delivery::Queued, reason);
    takeOut(it->second);
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

void Outbox::finish(const std::string &key, Delivery state, const std::string &reason, Instant again)
{
    Lane &lane = m_lanes[key];
    if (lane.timer && !lane.paused)
        lane.timer->stop();
    Entry entry = std::move(lane.queue.front());
    lane.queue.pop_front();
    std::vector<Entry> with = std::exchange(entry.with, {});
    tell(entry, state, reason, again);
    for (Entry &one : with)
        one.message = entry.message;
    with.push_back(std::move(entry));
    for (Entry &one : with) {
        if (&one != &with.back())
            tell(one, state, reason);
        if (state == Delivery::Confirmed)
            m_done.push_back({one.out.idem, state, one.message, reason, m_clock.now(), one.looked});
        if (m_done.size() > kDone)
            m_done.pop_front();
    }
    pump();
}

void Outbox::tell(Entry &entry, Delivery state, const std::string &reason, Instant again)
{
    entry.told = state;
    entry.toldReason = reason;
    Q_EMIT delivery({entry.out.idem, state, state == Delivery::Confirmed ? entry.message : MessageRef{}, reason, m_clock.now(), entry.looked, again});
    for (Entry &with : entry.with)
        tell(with, state, reason);
}

} // namespace qd::chat
