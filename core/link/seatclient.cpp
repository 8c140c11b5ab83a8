// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/link/seatclient.h"

#include "core/events/texts.h"
#include "core/link/jsonrpc.h"
#include "core/link/snapshotfetch.h"
#include "core/net/backoff.h"
#include "core/net/frameclient.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

namespace qd::link {

namespace {

constexpr std::size_t kSeenBytes = 2u << 20; ///< taken bytes after which the core is told

struct Call {
    std::string method, params, as;
    SeatClient::Answer answer;
};

} // namespace

class SeatClient::Worker {
public:
    Worker(std::string path, SeatHandlers handlers, Random &random, Options options)
        : m_path(std::move(path)), m_handlers(std::move(handlers)), m_backoff(random, options.reconnectBase, options.reconnectCap),
          m_fetch(SnapshotFetch::kBytes, options.snapshotAtMost), m_thread([this] { run(); })
    {}

    ~Worker()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
            wakeReader();
        }
        m_wake.notify_all();
        m_thread.join();
    }

    void follow(std::uint64_t from)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_follow = std::max<std::uint64_t>(1, from);
            wakeReader();
        }
        m_wake.notify_all();
    }

    void call(Call call)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_calls.push_back(std::move(call));
            wakeReader();
        }
        m_wake.notify_all();
    }

    [[nodiscard]] bool isConnected() const
    {
        const std::lock_guard lock(m_mutex);
        return m_client != nullptr;
    }

private:
    void wakeReader() // with the lock held
    {
        if (m_client)
            m_client->wake();
    }

    void run()
    {
        bool told = false;
        while (true) {
            auto client = net::FrameClient::connect(m_path);
            Error why;
            if (client) {
                {
                    const std::lock_guard lock(m_mutex);
                    m_client = std::move(*client);
                    if (m_follow == 0)
                        m_follow = m_fetch.isUnderWay() ? 1 : m_next;
                }
                if (m_handlers.onConnected)
                    m_handlers.onConnected();
                told = false;
                why = serve();
                const std::lock_guard lock(m_mutex);
                m_client.reset();
            } else {
                why = client.error();
            }
            dropCalls(why);
            std::unique_lock lock(m_mutex);
            if (m_stop)
                return;
            lock.unlock();
            if (!std::exchange(told, true) && m_handlers.onLost)
                m_handlers.onLost(why);
            lock.lock();
            m_wake.wait_for(lock, std::chrono::nanoseconds(m_backoff.next().ns), [this] { return m_stop; });
            if (m_stop) {
                lock.unlock();
                dropCalls(why);
                return;
            }
        }
    }

    /// Until the line ends; why it did.
    Error serve()
    {
        m_unsaid = 0;
        m_partsTaken = 0;
        m_arriving.clear();
        while (true) {
            std::deque<Call> calls;
            std::uint64_t follow = 0;
            {
                const std::lock_guard lock(m_mutex);
                if (m_stop)
                    return {Code::Unavailable, "This seat was closed.", {}};
                calls.swap(m_calls);
                follow = std::exchange(m_follow, 0);
            }
            if (follow != 0) {
                const bool fetching = follow == 1 && m_handlers.onSnapshot;
                m_next = 0; // what was asked for before is not wanted any more
                if (!fetching)
                    m_fetch.stop();
                if (auto sent = fetching ? fetched(m_fetch.begin()) : followFrom(follow, follow == 1, 0); !sent)
                    return sent.error();
            }
            for (Call &c : calls) {
                const auto request = makeRequest(++m_lastId, c.method, c.params, c.as);
                if (!request) {
                    answer(c.answer, tl::unexpected(request.error()));
                    continue;
                }
                m_waiting.emplace(m_lastId, std::move(c.answer));
                if (auto sent = m_client->send(type(FrameType::Call), *request); !sent)
                    return sent.error();
            }
            auto frame = m_client->read(seconds(60));
            if (!frame)
                return frame.error();
            if (!*frame)
                continue;
            if (auto taken = onFrame(**frame); !taken)
                return taken.error();
        }
    }

    Result<> onFrame(net::Frame &frame)
    {
        if (frame.type == type(FrameType::Record))
            return onRecord(frame.payload);
        if (frame.type == type(FrameType::Snapshot))
            return onSnapshot(frame.payload);
        if (frame.type == type(FrameType::Status)) {
            const auto status = decodeStatus(frame.payload);
            if (!status)
                return tl::unexpected(status.error());
            onStatus(*status);
        } else if (frame.type == type(FrameType::Call) || frame.type == type(FrameType::Piece)) {
            const auto text = m_arriving.take(frame.type, std::move(frame.payload));
            if (!text)
                return tl::unexpected(text.error());
            if (!*text)
                return {};
            auto response = parseResponse(**text);
            if (!response)
                return tl::unexpected(response.error());
            if (auto node = m_waiting.extract(response->id))
                answer(node.mapped(), std::move(response->result));
        }
        return {};
    }

    Result<> followFrom(std::uint64_t seq, bool afresh, std::uint64_t known)
    {
        m_next = seq;
        m_afresh = afresh;
        m_known = known;
        m_unsaid = 0;
        return m_client->send(type(FrameType::Follow), encodeSeq(seq));
    }

    /// Goes on with the snapshot: sends what is to be sent; once it is there, or none can be had, follows.
    Result<> fetched(SnapshotFetch::Next next)
    {
        for (const std::string &payload : next.send)
            if (auto sent = m_client->send(type(FrameType::Snapshot), payload); !sent)
                return sent;
        if (next.none)
            return followFrom(1, true, 0);
        if (!next.state)
            return {};
        const std::uint64_t seq = next.state->seq;
        m_handlers.onSnapshot(std::move(*next.state));
        // An erasure up to this head had happened when the snapshot was looked for: the snapshot is of what is left.
        return followFrom(seq + 1, false, next.head);
    }

    Result<> onSnapshot(const std::string &payload)
    {
        m_backoff.reset();
        ++m_partsTaken;
        m_unsaid += payload.size();
        auto next = m_fetch.take(payload);
        if (!next)
            return tl::unexpected(next.error());
        if (m_unsaid >= kSeenBytes) {
            m_unsaid = 0;
            if (auto sent = m_client->send(type(FrameType::Seen), encodeSeq(m_partsTaken)); !sent)
                return sent;
        }
        return fetched(std::move(*next));
    }

    Result<> onRecord(const std::string &payload)
    {
        auto record = decodeRecord(payload);
        if (!record)
            return tl::unexpected(record.error());
        if (record->seq != m_next)
            return {}; // sent before the core saw our last Follow
        m_next = record->seq + 1;
        m_backoff.reset();
        m_unsaid += payload.size();
        const auto shared = std::make_shared<const desk::Record>(std::move(*record));
        if (m_handlers.onRecord)
            m_handlers.onRecord(shared);
        // What a seat holds from before an erasure still has what is gone. Records known when it began afresh were read
        // without it.
        if (shared->seq > m_known && events::changesThePast(shared->events))
            startAgain();
        if (m_unsaid >= kSeenBytes) {
            m_unsaid = 0;
            return m_client->send(type(FrameType::Seen), encodeSeq(shared->seq));
        }
        return {};
    }

    void startAgain()
    {
        if (m_handlers.onReset)
            m_handlers.onReset();
        const std::lock_guard lock(m_mutex);
        m_follow = 1;
    }

    void onStatus(const Status &status)
    {
        // Another log, or ours with a head before what we have, or records that an earlier run of the core had not on disk:
        // what we hold may not be what the core holds.
        const bool other = (!m_origin.empty() && status.origin != m_origin) || (m_unrecorded && status.run != m_run);
        m_run = status.run;
        m_unrecorded = !status.recorded;
        m_origin = status.origin;
        if (std::exchange(m_afresh, false))
            m_known = status.head;
        if (other || status.head + 1 < m_next)
            startAgain();
        m_backoff.reset();
        if (m_handlers.onStatus)
            m_handlers.onStatus(status);
    }

    void dropCalls(const Error &why)
    {
        std::deque<Call> calls;
        {
            const std::lock_guard lock(m_mutex);
            calls.swap(m_calls);
        }
        const Error error{Code::Unavailable, "No core is running for this home.", why.message};
        for (auto &[id, to] : std::exchange(m_waiting, {}))
            answer(to, tl::unexpected(error));
        for (Call &c : calls)
            answer(c.answer, tl::unexpected(error));
    }

    static void answer(const Answer &to, Result<std::string> result)
    {
        if (to)
            to(std::move(result));
    }

    static constexpr std::uint8_t type(FrameType t) { return static_cast<std::uint8_t>(t); }

    const std::string m_path;
    const SeatHandlers m_handlers;
    net::Backoff m_backoff;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::unique_ptr<net::FrameClient> m_client; ///< replaced under the lock, used by our thread
    std::deque<Call> m_calls;
    std::uint64_t m_follow = 0;
    bool m_stop = false;
    std::map<std::uint64_t, Answer> m_waiting;
    PiecedAnswer m_arriving; ///< an answer that comes in pieces
    std::uint64_t m_lastId = 0;
    std::uint64_t m_next = 0; ///< the record wanted next; 0 while not following
    bool m_afresh = false;    ///< asked for everything, and not told the head yet
    std::uint64_t m_known = 0; ///< the head when everything was asked for
    SnapshotFetch m_fetch;         ///< our thread only; what it has outlasts a cut
    std::uint64_t m_partsTaken = 0; ///< frames about the snapshot that came on this line
    std::size_t m_unsaid = 0;
    std::string m_origin, m_run;
    bool m_unrecorded = false; ///< the core said so last
    std::thread m_thread;
};

SeatClient::SeatClient(std::string path, SeatHandlers handlers, Random &random)
    : SeatClient(std::move(path), std::move(handlers), random, Options{})
{}

SeatClient::SeatClient(std::string path, SeatHandlers handlers, Random &random, Options options)
    : m_worker(std::make_unique<Worker>(std::move(path), std::move(handlers), random, options))
{}

SeatClient::~SeatClient() = default;

void SeatClient::follow(std::uint64_t from)
{
    m_worker->follow(from);
}

void SeatClient::call(std::string method, std::string params, Answer answer, std::string as)
{
    m_worker->call({std::move(method), std::move(params), std::move(as), std::move(answer)});
}

bool SeatClient::isConnected() const
{
    return m_worker->isConnected();
}

} // namespace qd::link
