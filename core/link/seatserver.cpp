// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/link/seatserver.h"

#include "core/base/ids.h"
#include "core/base/log.h"
#include "core/base/threads.h"
#include "core/events/texts.h"
#include "core/governance/clearance.h"
#include "core/events/weight.h"
#include "core/link/snapshotfetch.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

namespace qd::link {

namespace {

using Payload = std::shared_ptr<const std::string>;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kRing = 4096;            ///< newest records kept in memory for seats that keep up
constexpr std::size_t kRingBytes = 64u << 20;
constexpr Span kHeardEvery = seconds(2);
constexpr std::size_t kAskedKept = 1000;       ///< records of which it is known that they may be sent; others are asked of again
constexpr std::uint64_t kChunk = 256;          ///< records read from the journal for one seat before the next has its turn

constexpr std::uint8_t type(FrameType t)
{
    return static_cast<std::uint8_t>(t);
}

/// One connection. `next` 0 means that it does not follow.
struct Seat {
    std::shared_ptr<net::FrameSession> session;
    std::uint64_t next = 0;
    std::size_t unseen = 0; ///< bytes sent and not taken yet
    std::deque<std::pair<std::uint64_t, std::size_t>> sent;
    SteadyClock::time_point progress = SteadyClock::now();
    bool tellStatus = false;
    bool tellSnapshot = false;      ///< it asked which is the newest
    std::deque<std::string> wanted; ///< parts of it, not sent yet
    std::uint64_t parts = 0;        ///< frames about the snapshot sent on this line
    std::size_t calls = 0; ///< handed on and not answered yet
    bool isAsking = false, isLetIn = false; ///< beforeFollowing() was asked, and said yes
    std::uint64_t covered = 0;      ///< the head when it was asked: of records behind it beforeSending() is
    bool waits = false;             ///< for beforeSending()
    std::function<void()> then;     ///< what it asked for meanwhile

    /// What was sent and wanted until now is of before: it begins at `from` (0: it does not follow).
    void beginAt(std::uint64_t from)
    {
        next = from;
        sent.clear();
        wanted.clear();
        unseen = 0;
        waits = false;
    }
    [[nodiscard]] bool hasWork(std::uint64_t head, std::size_t window) const
    {
        const bool lacks = !wanted.empty() || (next != 0 && next <= head && !waits);
        return tellStatus || tellSnapshot || (lacks && unseen < window);
    }
};

} // namespace

class SeatServer::Core : public std::enable_shared_from_this<SeatServer::Core> {
public:
    Core(Feed feed, Calls calls, Options options) : m_feed(std::move(feed)), m_calls(std::move(calls)), m_options(std::move(options))
    {
        SystemClock clock;
        SystemRandom random;
        m_run = Uuid::make(clock, random).text();
    }

    void start()
    {
        m_following = m_feed.follow([this](const desk::RecordPtr &r) { take(r); }, m_head);
        m_feed.onRecording([weak = weak_from_this()](const desk::Recording &) {
            if (const auto core = weak.lock())
                core->statusChanged();
        });
        m_thread = std::thread([this] {
            beginThread("seats");
            run();
        });
    }

    void stop()
    {
        m_feed.unfollow(m_following);
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
        }
        m_wake.notify_all();
        if (m_thread.joinable())
            m_thread.join();
    }

    net::FrameHandlers accept(const std::shared_ptr<net::FrameSession> &session)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_seats[session->number()].session = session;
        }
        net::FrameHandlers handlers;
        handlers.onFrame = [core = shared_from_this(), session](std::uint8_t t, std::string payload) {
            core->onFrame(session, t, std::move(payload));
        };
        handlers.onClosed = [core = shared_from_this(), number = session->number()](const Error &why) {
            if (why.code != Code::Unavailable) // we dropped it, it did not go
                log(LogLevel::Warning, "link", "a client was dropped: " + why.message);
            const std::lock_guard lock(core->m_mutex);
            core->m_seats.erase(number);
        };
        return handlers;
    }

    [[nodiscard]] bool isFollowed()
    {
        const std::lock_guard lock(m_mutex);
        return std::any_of(m_seats.begin(), m_seats.end(), [](const auto &entry) { return entry.second.next != 0; });
    }

    [[nodiscard]] const net::FrameLimits &frameLimits() const { return m_options.frames; }

    std::string path;

private:
    struct Slot {
        desk::RecordPtr record;
        std::uint64_t weight = 0;
        Payload frame; ///< made when the first seat needs it
        std::optional<Reader> sealedFor; ///< where it hides something from some readers: for whom it was made
    };

    void take(const desk::RecordPtr &record) // the journal's thread
    {
        const std::uint64_t weight = events::weightOf(record->events);
        bool isWanted = false;
        {
            const std::lock_guard lock(m_mutex);
            m_head = record->seq;
            if (events::destroysKeys(record->events)) { // what is kept here was read before
                m_ring.clear();
                m_ringBytes = m_ringWeight = 0;
            }
            m_ring.push_back({record, weight, nullptr});
            m_ringWeight += weight;
            // What is not here any more is read from the journal.
            while (m_ring.size() > kRing || ((m_ringBytes > kRingBytes || m_ringWeight > kRingWeight) && m_ring.size() > 1)) {
                m_ringBytes -= m_ring.front().frame ? m_ring.front().frame->size() : 0;
                m_ringWeight -= m_ring.front().weight;
                m_ring.pop_front();
            }
            isWanted = hasWork();
        }
        if (isWanted)
            m_wake.notify_all();
    }

    void statusChanged()
    {
        {
            const std::lock_guard lock(m_mutex);
            for (auto &[number, seat] : m_seats)
                seat.tellStatus = seat.next != 0;
        }
        m_wake.notify_all();
    }

    void onFrame(const std::shared_ptr<net::FrameSession> &session, std::uint8_t t, std::string payload) // network thread
    {
        if (t == type(FrameType::Call)) {
            {
                const std::lock_guard lock(m_mutex);
                const auto it = m_seats.find(session->number());
                if (it == m_seats.end())
                    return;
                if (++it->second.calls == m_options.callsInFlight)
                    session->hold(true);
            }
            m_calls(std::move(payload), [core = weak_from_this(), session](std::string response) {
                const auto alive = core.lock();
                if (!response.empty() && alive)
                    alive->say(*session, std::move(response));
                if (alive)
                    alive->answered(*session);
            });
            return;
        }
        if (m_options.beforeFollowing && (t == type(FrameType::Snapshot) || t == type(FrameType::Follow)) && !isLetIn(session, t, payload))
            return;
        if (t == type(FrameType::Snapshot))
            return onSnapshot(session, payload);
        const auto seq = decodeSeq(payload);
        if (!seq || (t != type(FrameType::Follow) && t != type(FrameType::Seen))) {
            session->close(); // not our protocol
            return;
        }
        heard(*session, [&](Seat &seat) {
            if (t == type(FrameType::Follow)) {
                seat.beginAt(std::max<std::uint64_t>(1, *seq));
                seat.tellStatus = true;
                return;
            }
            while (!seat.sent.empty() && seat.sent.front().first <= *seq) {
                seat.unseen -= seat.sent.front().second;
                seat.sent.pop_front();
            }
        });
    }

    /// True when it may follow; else that is asked, once, and the frame is looked at again when it may.
    bool isLetIn(const std::shared_ptr<net::FrameSession> &session, std::uint8_t t, std::string payload) // network thread
    {
        {
            const std::lock_guard lock(m_mutex);
            const auto it = m_seats.find(session->number());
            if (it == m_seats.end() || it->second.isLetIn)
                return it != m_seats.end();
            it->second.then = [this, session, t, payload = std::move(payload)] { onFrame(session, t, payload); };
            if (std::exchange(it->second.isAsking, true))
                return false;
            it->second.covered = m_head;
        }
        m_options.beforeFollowing([core = weak_from_this(), session](Result<> may) {
            const auto alive = core.lock();
            if (!alive)
                return;
            if (!may) {
                log(LogLevel::Error, "link", "a window was not let in: " + may.error().message);
                return session->close();
            }
            std::function<void()> then;
            {
                const std::lock_guard lock(alive->m_mutex);
                const auto it = alive->m_seats.find(session->number());
                if (it == alive->m_seats.end())
                    return;
                it->second.isLetIn = true;
                then = std::move(it->second.then);
            }
            then();
        });
        return false;
    }

    /// A record as the seats may have it. `sealedFor`: for whom that is, where it matters who reads.
    [[nodiscard]] std::string frameOf(const desk::Record &record, std::optional<Reader> *sealedFor = nullptr) const
    {
        std::string frame = encodeRecord(record);
        // A file's bytes are asked for, and judged then; a seat's State does not hold them.
        const bool hasFile = std::any_of(record.events.begin(), record.events.end(), [](const events::Event &e) { return holds<events::EvidenceKept>(e); });
        if (!m_options.reader || (!hasFile && !mayHoldMark(frame))) // what is in it stands there as it was written
            return frame;
        const Reader reader = m_options.reader();
        if (sealedFor)
            *sealedFor = reader;
        desk::Record copy = record;
        for (events::Event &e : copy.events) {
            if (auto *file = getIf<events::EvidenceKept>(&e))
                file->content.clear();
            governance::seal(e, reader);
        }
        return encodeRecord(copy);
    }

    /// An answer, in pieces where it is larger than a frame should be. Any thread.
    void say(net::FrameSession &session, std::string response)
    {
        const std::size_t piece = std::min(kPiece, m_options.frames.payload);
        const std::lock_guard lock(m_saying); // nothing of another answer stands between its pieces
        if (response.size() <= piece)
            return session.send(type(FrameType::Call), std::move(response));
        for (std::size_t at = 0; at < response.size(); at += piece)
            session.send(type(at + piece < response.size() ? FrameType::Piece : FrameType::Call), response.substr(at, piece));
    }

    /// A seat said something: `what` it means for it, while it is there; then the thread has a look.
    template <typename What>
    void heard(const net::FrameSession &session, What what) // network thread
    {
        {
            const std::lock_guard lock(m_mutex);
            const auto it = m_seats.find(session.number());
            if (it == m_seats.end())
                return;
            it->second.progress = SteadyClock::now();
            what(it->second);
        }
        m_wake.notify_all();
    }

    void onSnapshot(const std::shared_ptr<net::FrameSession> &session, const std::string &payload) // network thread
    {
        auto frame = decodeSnapshotFrame(payload);
        if (!frame || (frame->word != SnapshotWord::Newest && frame->word != SnapshotWord::Wanted)) {
            session->close();
            return;
        }
        heard(*session, [&](Seat &seat) {
            if (frame->word == SnapshotWord::Newest) {
                seat.beginAt(0);
                seat.tellSnapshot = true;
            } else if (seat.wanted.size() + frame->names.size() > m_options.wantedAtMost) {
                session->close();
            } else {
                std::move(frame->names.begin(), frame->names.end(), std::back_inserter(seat.wanted));
            }
        });
    }

    void answered(net::FrameSession &session) // any thread
    {
        const std::lock_guard lock(m_mutex);
        const auto it = m_seats.find(session.number());
        if (it != m_seats.end() && it->second.calls-- == m_options.callsInFlight)
            session.hold(false);
    }

    [[nodiscard]] bool hasWork() const
    {
        return std::any_of(m_seats.begin(), m_seats.end(), [this](const auto &entry) { return entry.second.hasWork(m_head, m_options.window); });
    }

    void run()
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

    /// Whether a record has to wait, with all behind it: it shows something, which is not recorded yet. Called with the lock held.
    bool mustWait(Seat &seat, const desk::Record &record)
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

    void askBeforeSending(std::unique_lock<std::mutex> &lock)
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

    void mayBeSent(std::uint64_t seq, const Result<> &may) // any thread
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

    /// Signs of life reach the seats before the journal gathers them.
    void lookWhoWasHeard(std::unique_lock<std::mutex> &lock)
    {
        const auto now = SteadyClock::now();
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

    void dropTheStuck()
    {
        const auto limit = SteadyClock::now() - std::chrono::nanoseconds(m_options.patience.ns);
        for (auto &[number, seat] : m_seats)
            if ((seat.next != 0 || !seat.wanted.empty()) && seat.unseen >= m_options.window && seat.progress < limit) {
                log(LogLevel::Warning, "link", "a seat that stopped reading was dropped");
                seat.next = 0;
                seat.wanted.clear();
                seat.session->close();
            }
    }

    /// Sends what one seat lacks, at most a chunk. Called with the lock held; gives it up around the slow parts.
    void serve(std::unique_lock<std::mutex> &lock, std::uint64_t number)
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
            if (m_ring.empty() || seat.next < m_ring.front().record->seq)
                return fromJournal(lock, number, seat.next, std::min(m_head, seat.next + kChunk - 1));
            Slot &slot = m_ring[seat.next - m_ring.front().record->seq];
            if (mustWait(seat, *slot.record))
                return;
            if (slot.sealedFor && *slot.sealedFor != m_options.reader()) { // whoever sits there may read less by now, or more
                m_ringBytes -= slot.frame->size();
                slot.frame = nullptr;
            }
            if (!slot.frame) {
                slot.sealedFor.reset();
                slot.frame = std::make_shared<const std::string>(frameOf(*slot.record, &slot.sealedFor));
                m_ringBytes += slot.frame->size();
            }
            sendRecord(seat, slot.record->seq, slot.frame);
        }
    }

    /// The newest snapshot's manifest, or parts that were asked for, at most a chunk. As serve().
    void serveSnapshot(std::unique_lock<std::mutex> &lock, std::uint64_t number)
    {
        auto it = m_seats.find(number);
        if (it != m_seats.end() && std::exchange(it->second.tellSnapshot, false)) {
            // Of before the snapshot is looked for: what is erased after this head is told to the seat as a record.
            const std::uint64_t head = m_head;
            lock.unlock();
            auto frame = std::make_shared<const std::string>(encodeManifestFrame(head, newestSnapshot()));
            lock.lock();
            if (it = m_seats.find(number); it != m_seats.end())
                sendSnapshot(it->second, frame);
        }
        for (std::uint64_t n = 0; n < kChunk && it != m_seats.end() && !it->second.wanted.empty() && it->second.unseen < m_options.window; ++n) {
            const std::string name = std::move(it->second.wanted.front());
            it->second.wanted.pop_front();
            lock.unlock();
            const auto part = name.empty() || name.size() > 255 ? Result<Bytes>(fail(Code::NotFound, "")) : m_feed.past.part(name);
            const bool there = part && part->size() + 512 < m_options.frames.payload && !(m_options.reader && mayHoldMark(asText(*part), m_options.reader().level));
            auto frame = std::make_shared<const std::string>(there ? encodePart(name, *part) : encodeGone(name));
            lock.lock();
            if (it = m_seats.find(number); it != m_seats.end())
                sendSnapshot(it->second, frame);
        }
    }

    /// Sends what the seat is to say that it took: by `mark`, the record's number or how many frames of the snapshot came.
    static void send(Seat &seat, FrameType what, std::uint64_t mark, const Payload &frame)
    {
        if (seat.sent.empty())
            seat.progress = SteadyClock::now();
        seat.unseen += frame->size();
        seat.sent.emplace_back(mark, frame->size());
        seat.session->send(type(what), frame);
    }
    static void sendSnapshot(Seat &seat, const Payload &frame)
    {
        send(seat, FrameType::Snapshot, ++seat.parts, frame);
    }
    static void sendRecord(Seat &seat, std::uint64_t seq, const Payload &frame)
    {
        seat.next = seq + 1;
        send(seat, FrameType::Record, seq, frame);
    }

    /// The newest manifest of this very log that opens; nothing when there is none.
    [[nodiscard]] Bytes newestSnapshot() const
    {
        const state::Past &past = m_feed.past;
        if (!past.snapshots || !past.manifest || !past.part)
            return {};
        auto seqs = past.snapshots();
        for (std::size_t tried = 0; tried < 3 && !seqs.empty(); ++tried, seqs.pop_back())
            if (const auto manifest = past.manifest(seqs.back()); manifest && manifest->seq == seqs.back())
                if (past.replay(manifest->seq + 1, manifest->seq, manifest->leaf, [](std::uint64_t, Instant, const events::Events &) { return false; }))
                    return state::encodeManifest(*manifest);
        return {};
    }

    void fromJournal(std::unique_lock<std::mutex> &lock, std::uint64_t number, std::uint64_t from, std::uint64_t to)
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

    Feed m_feed;
    Calls m_calls;
    Options m_options;
    std::string m_run;
    std::mutex m_saying; ///< held while an answer is handed to its line
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::map<std::uint64_t, Seat> m_seats;
    std::map<std::uint64_t, bool> m_asked; ///< records beforeSending() was asked of, and whether it said yes
    std::vector<std::shared_ptr<const desk::Record>> m_toAsk;
    std::deque<Slot> m_ring; ///< without gaps, up to m_head
    std::size_t m_ringBytes = 0; ///< of frames
    std::uint64_t m_ringWeight = 0;
    std::uint64_t m_head = 0;
    std::uint64_t m_following = 0;
    std::vector<Heard> m_heard;
    std::string m_notice;
    SteadyClock::time_point m_nextLook;
    bool m_stop = false;
    std::thread m_thread;
};

Result<std::unique_ptr<SeatServer>> SeatServer::open(net::IoThread &thread, std::string path, Feed feed, Calls calls, Options options)
{
    auto core = std::make_shared<Core>(std::move(feed), std::move(calls), std::move(options));
    std::unique_ptr<SeatServer> server(new SeatServer(core));
    core->start();
    auto frames = net::FrameServer::open(thread, std::move(path), [core](std::shared_ptr<net::FrameSession> s) { return core->accept(s); },
                                         core->frameLimits());
    if (!frames)
        return tl::unexpected(frames.error());
    server->m_server = std::move(*frames);
    core->path = server->m_server->path();
    return server;
}

SeatServer::SeatServer(std::shared_ptr<Core> core) : m_core(std::move(core)) {}

SeatServer::~SeatServer()
{
    m_server.reset();
    m_core->stop();
}

Result<bool> SeatServer::restore()
{
    return m_server->restore();
}

std::function<bool()> SeatServer::followed() const
{
    return [weak = std::weak_ptr<Core>(m_core)] {
        const auto core = weak.lock();
        return core && core->isFollowed();
    };
}

const std::string &SeatServer::path() const
{
    return m_core->path;
}

} // namespace qd::link
