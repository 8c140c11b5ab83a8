// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/link/seatcore.h"

#include "core/base/ids.h"
#include "core/base/log.h"
#include "core/base/threads.h"
#include "core/link/snapshotfetch.h"

namespace qd::link {

SeatServer::Core::Core(Feed feed, Calls calls, Options options) : m_feed(std::move(feed)), m_calls(std::move(calls)), m_options(std::move(options))
{
    SystemClock clock;
    SystemRandom random;
    m_run = Uuid::make(clock, random).text();
}

void SeatServer::Core::start()
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

void SeatServer::Core::stop()
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

net::FrameHandlers SeatServer::Core::accept(const std::shared_ptr<net::FrameSession> &session)
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

void SeatServer::Core::take(const desk::RecordPtr &record)
{
    bool isWanted = false;
    {
        const std::lock_guard lock(m_mutex);
        m_head = record->seq;
        m_ring.add(record);
        isWanted = hasWork();
    }
    if (isWanted)
        m_wake.notify_all();
}

void SeatServer::Core::statusChanged()
{
    {
        const std::lock_guard lock(m_mutex);
        for (auto &[number, seat] : m_seats)
            seat.tellStatus = seat.next != 0;
    }
    m_wake.notify_all();
}

void SeatServer::Core::onFrame(const std::shared_ptr<net::FrameSession> &session, std::uint8_t t, std::string payload)
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

bool SeatServer::Core::isLetIn(const std::shared_ptr<net::FrameSession> &session, std::uint8_t t, std::string payload)
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

void SeatServer::Core::onSnapshot(const std::shared_ptr<net::FrameSession> &session, const std::string &payload)
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
            seat.snapshotAtMost = frame->head;
        } else if (seat.wanted.size() + frame->names.size() > m_options.wantedAtMost) {
            session->close();
        } else {
            std::move(frame->names.begin(), frame->names.end(), std::back_inserter(seat.wanted));
        }
    });
}

void SeatServer::Core::answered(net::FrameSession &session)
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_seats.find(session.number());
    if (it != m_seats.end() && it->second.calls-- == m_options.callsInFlight)
        session.hold(false);
}

void SeatServer::Core::say(net::FrameSession &session, std::string response)
{
    const std::size_t piece = std::min(kPiece, m_options.frames.payload);
    const std::lock_guard lock(m_saying); // nothing of another answer stands between its pieces
    if (response.size() <= piece)
        return session.send(type(FrameType::Call), std::move(response));
    for (std::size_t at = 0; at < response.size(); at += piece)
        session.send(type(at + piece < response.size() ? FrameType::Piece : FrameType::Call), response.substr(at, piece));
}

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
