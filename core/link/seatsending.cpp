// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/link/seatcore.h"

#include "core/base/log.h"
#include "core/link/snapshotfetch.h"

namespace qd::link {

namespace {

constexpr Span kHeardEvery = seconds(2);
constexpr std::size_t kAskedKept = 1000; ///< records of which it is known that they may be sent; others are asked of again
constexpr std::uint64_t kChunk = 256;    ///< records read from the journal for one seat before the next has its turn

} // namespace

std::string SeatServer::Core::frameOf(const desk::Record &record, governance::SeatReadersPtr *sealedFor) const
{
    std::string frame = encodeRecord(record);
    // A file's bytes are asked for, and judged then; a seat's State does not hold them.
    const bool hasFile = std::any_of(record.events.begin(), record.events.end(), [](const events::Event &e) { return holds<events::EvidenceKept>(e); });
    if (!m_options.reader || (!hasFile && !mayHoldMark(frame))) // what is in it stands there as it was written
        return frame;
    const governance::SeatReadersPtr readers = m_options.reader();
    if (sealedFor)
        *sealedFor = readers;
    desk::Record copy = record;
    for (events::Event &e : copy.events) {
        if (auto *file = getIf<events::EvidenceKept>(&e))
            file->content.clear();
        governance::seal(e, *readers);
    }
    return encodeRecord(copy);
}

void SeatServer::Core::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_stop) {
        m_wake.wait_for(lock, std::chrono::seconds(1), [this] { return m_stop || hasWork(); });
        dropTheStuck();
        lookWhoWasHeard(lock);
        std::vector<std::uint64_t> numbers;
        for (const auto &[number, seat] : m_seats)
            numbers.push_back(number);
        for (const auto number : numbers) {
            if (m_stop)
                return;
            serve(lock, number);
        }
        askBeforeSending(lock);
    }
}

bool SeatServer::Core::mustWait(Seat &seat, const desk::Record &record)
{
    if (!m_options.beforeSending || record.seq <= seat.covered || !m_options.mustAsk(record))
        return false;
    const auto [asked, fresh] = m_asked.try_emplace(record.seq, false);
    if (asked->second)
        return false;
    seat.waits = true;
    if (fresh)
        m_toAsk.push_back(std::make_shared<const desk::Record>(record));
    return true;
}

void SeatServer::Core::askBeforeSending(std::unique_lock<std::mutex> &lock)
{
    if (m_toAsk.empty())
        return;
    const auto records = std::exchange(m_toAsk, {});
    lock.unlock();
    for (const auto &record : records)
        m_options.beforeSending(*record, [core = weak_from_this(), seq = record->seq](const Result<> &may) {
            if (const auto alive = core.lock())
                alive->mayBeSent(seq, may);
        });
    lock.lock();
}

void SeatServer::Core::mayBeSent(std::uint64_t seq, const Result<> &may)
{
    {
        const std::lock_guard lock(m_mutex);
        if (may)
            m_asked[seq] = true;
        else
            m_asked.erase(seq); // asked again when somebody comes back
        while (m_asked.size() > kAskedKept)
            m_asked.erase(m_asked.begin());
        for (auto &[number, seat] : m_seats) {
            if (!std::exchange(seat.waits, false) || may)
                continue;
            seat.next = 0;
            seat.session->close();
        }
    }
    if (!may)
        log(LogLevel::Error, "link", "a window was not shown more: " + may.error().message);
    m_wake.notify_all();
}

void SeatServer::Core::lookWhoWasHeard(std::unique_lock<std::mutex> &lock)
{
    const auto now = SeatClock::now();
    if (m_seats.empty() || now < m_nextLook)
        return;
    m_nextLook = now + std::chrono::nanoseconds(kHeardEvery.ns);
    lock.unlock();
    auto heard = m_feed.heard();
    auto notice = m_feed.notice ? m_feed.notice() : std::string();
    lock.lock();
    if (heard == m_heard && notice == m_notice)
        return;
    m_heard = std::move(heard);
    m_notice = std::move(notice);
    for (auto &[number, seat] : m_seats)
        seat.tellStatus = seat.tellStatus || seat.next != 0;
}

void SeatServer::Core::dropTheStuck()
{
    const auto limit = SeatClock::now() - std::chrono::nanoseconds(m_options.patience.ns);
    for (auto &[number, seat] : m_seats)
        if ((seat.next != 0 || !seat.wanted.empty()) && seat.unseen >= m_options.window && seat.progress < limit) {
            log(LogLevel::Warning, "link", "a seat that stopped reading was dropped");
            seat.next = 0;
            seat.wanted.clear();
            seat.session->close();
        }
}

void SeatServer::Core::serve(std::unique_lock<std::mutex> &lock, std::uint64_t number)
{
    serveSnapshot(lock, number);
    auto it = m_seats.find(number);
    if (it == m_seats.end() || it->second.next == 0)
        return;
    if (std::exchange(it->second.tellStatus, false)) {
        Status status{true, {}, m_head, m_options.origin, m_options.version, m_heard, m_notice, m_run};
        const auto session = it->second.session;
        lock.unlock();
        const auto recording = m_feed.recording();
        status.recorded = recording.recorded;
        status.reason = recording.reason;
        session->send(type(FrameType::Status), encodeStatus(status));
        lock.lock();
        it = m_seats.find(number);
        if (it == m_seats.end())
            return;
    }
    for (std::uint64_t n = 0; n < kChunk; ++n) {
        Seat &seat = it->second;
        if (seat.next > m_head || seat.unseen >= m_options.window)
            return;
        RecordRing::Slot *slot = m_ring.find(seat.next);
        if (!slot)
            return fromJournal(lock, number, seat.next, std::min(m_head, seat.next + kChunk - 1));
        if (mustWait(seat, *slot->record))
            return;
        // Whoever sits there may read less by now, or more.
        if (!slot->frame || (slot->sealedFor && *slot->sealedFor != *m_options.reader())) {
            governance::SeatReadersPtr sealedFor;
            auto frame = std::make_shared<const std::string>(frameOf(*slot->record, &sealedFor));
            m_ring.setFrame(*slot, std::move(frame), std::move(sealedFor));
        }
        sendRecord(seat, slot->record->seq, slot->frame);
    }
}

void SeatServer::Core::serveSnapshot(std::unique_lock<std::mutex> &lock, std::uint64_t number)
{
    auto it = m_seats.find(number);
    if (it != m_seats.end() && std::exchange(it->second.tellSnapshot, false)) {
        // Of before the snapshot is looked for: what is erased after this head is told to the seat as a record.
        const std::uint64_t head = m_head, atMost = it->second.snapshotAtMost;
        lock.unlock();
        auto frame = std::make_shared<const std::string>(encodeManifestFrame(head, newestSnapshot(atMost)));
        lock.lock();
        if (it = m_seats.find(number); it != m_seats.end())
            sendSnapshot(it->second, frame);
    }
    for (std::uint64_t n = 0; n < kChunk && it != m_seats.end() && !it->second.wanted.empty() && it->second.unseen < m_options.window; ++n) {
        const std::string name = std::move(it->second.wanted.front());
        it->second.wanted.pop_front();
        lock.unlock();
        const auto part = name.empty() || name.size() > 255 ? Result<Bytes>(fail(Code::NotFound, "")) : m_feed.past.part(name);
        const bool there = part && part->size() + 512 < m_options.frames.payload && !(m_options.reader && mayHoldMark(asText(*part), m_options.reader()->least()));
        auto frame = std::make_shared<const std::string>(there ? encodePart(name, *part) : encodeGone(name));
        lock.lock();
        if (it = m_seats.find(number); it != m_seats.end())
            sendSnapshot(it->second, frame);
    }
}

Bytes SeatServer::Core::newestSnapshot(std::uint64_t atMost) const
{
    const state::Past &past = m_feed.past;
    if (!past.snapshots || !past.manifest || !past.part)
        return {};
    auto seqs = past.snapshots();
    while (atMost != 0 && !seqs.empty() && seqs.back() > atMost)
        seqs.pop_back();
    for (std::size_t tried = 0; tried < 3 && !seqs.empty(); ++tried, seqs.pop_back())
        if (const auto manifest = past.manifest(seqs.back()); manifest && manifest->seq == seqs.back())
            if (past.replay(manifest->seq + 1, manifest->seq, manifest->leaf, [](std::uint64_t, Instant, const events::Events &) { return false; }))
                return state::encodeManifest(*manifest);
    return {};
}

void SeatServer::Core::fromJournal(std::unique_lock<std::mutex> &lock, std::uint64_t number, std::uint64_t from, std::uint64_t to)
{
    lock.unlock();
    const auto done = m_feed.replay(from, to, [&](const desk::Record &record) {
        auto frame = std::make_shared<const std::string>(frameOf(record));
        const std::lock_guard held(m_mutex);
        const auto it = m_seats.find(number);
        // It left, or asked for something else meanwhile.
        if (m_stop || it == m_seats.end() || it->second.next != record.seq || mustWait(it->second, record))
            return false;
        sendRecord(it->second, record.seq, frame);
        return it->second.unseen < m_options.window;
    });
    lock.lock();
    if (!done) {
        log(LogLevel::Error, "link", done.error());
        if (const auto it = m_seats.find(number); it != m_seats.end()) {
            it->second.next = 0;
            it->second.session->close();
        }
    }
}

} // namespace qd::link
