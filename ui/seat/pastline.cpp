// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/pastline.h"

#include "core/link/seatclient.h"
#include "ui/seat/text.h"

#include <QCoreApplication>
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace qd::seat {

namespace {

constexpr std::uint64_t kLead = 2000;    ///< records before the incident's first: what fired before somebody declared it

} // namespace

class PastLine::Worker {
public:
    Worker(std::string socket, Publish publish, Refuse refuse, Spans spans, std::size_t records)
        : m_socket(std::move(socket))
        , m_publish(std::move(publish))
        , m_refuse(std::move(refuse))
        , m_spans(std::move(spans))
        , m_records(records)
        , m_thread([this] { run(); })
    {
    }

    ~Worker()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
        }
        m_woken.notify_all();
        m_thread.join();
        m_client.reset();
    }

    void go(Want want)
    {
        const std::lock_guard lock(m_mutex);
        m_wanted = std::make_unique<Want>(std::move(want));
        m_woken.notify_all();
    }

    void prepare(Want want)
    {
        const std::lock_guard lock(m_mutex);
        m_prepare = std::make_unique<Want>(std::move(want));
        m_woken.notify_all();
    }

    void forget()
    {
        const std::lock_guard lock(m_mutex);
        m_wanted.reset();
        m_prepare.reset();
        m_forget = true;
        m_woken.notify_all();
    }

private:
    void run()
    {
        std::unique_lock lock(m_mutex);
        while (true) {
            m_woken.wait(lock, [this] { return m_stop || m_forget || m_wanted || m_prepare || !m_arrived.empty(); });
            if (m_stop)
                return;
            const bool forget = std::exchange(m_forget, false);
            auto want = std::move(m_wanted), prepare = std::move(m_prepare);
            auto arrived = std::exchange(m_arrived, {});
            lock.unlock();
            if (forget)
                drop();
            for (const auto &each : arrived)
                each();
            if (want)
                m_current = std::move(want);
            if (prepare)
                m_prepared = std::move(prepare);
            if (m_current && isReady(*m_current)) {
                m_publish(m_moments.at(withinReel(*m_current)));
                m_current.reset();
            }
            // What is wanted comes first, and brings the stretch along.
            if (m_prepared && !m_current && isReady(*m_prepared)) {
                m_spans(m_prepared->point.incident, m_moments.spans(*m_prepared));
                m_prepared.reset();
            }
            lock.lock();
        }
    }

    void drop()
    {
        m_client.reset();
        m_reel.reset();
        m_moments.forget();
        m_current.reset();
        m_prepared.reset();
        m_of.clear();
        m_isWound = m_saidFull = false;
        ++m_try;
    }

    /// The stretch is here; else it is being fetched.
    bool isReady(const Want &want)
    {
        if (want.imported)
            return true;
        if (m_of != want.point.incident || isOutgrown(want))
            fetch(want);
        return m_isWound;
    }

    /// There is more of the stretch by now than was fetched. What is full, or ended with a record after its end, is never.
    [[nodiscard]] bool isOutgrown(const Want &want) const
    {
        if (!m_isWound || !m_moments.hasReel() || want.point.at <= m_moments.reel().last())
            return false;
        switch (m_end) {
        case End::Head: return want.head > m_head;
        case End::Over: return !want.to || want.to > m_to;
        case End::Full: break;
        }
        return false;
    }

    /// Of what the reel has not the last moment it has is shown, as that moment.
    [[nodiscard]] Want withinReel(const Want &asked)
    {
        Want want = asked;
        if (want.imported || !m_isWound || m_end != End::Full || want.point.at <= m_moments.reel().last())
            return want;
        want.point.at = m_moments.reel().last();
        if (!std::exchange(m_saidFull, true))
            m_refuse(QCoreApplication::translate("qd::seat::PastLine", "The record of this incident is longer than can be replayed here: it is shown up to record %1. quarterdeckctl get timeline reads the rest.").arg(m_moments.reel().lastSeq()));
        return want;
    }

    void fetch(const Want &want)
    {
        auto current = std::move(m_current), prepared = std::move(m_prepared);
        drop();
        m_current = std::move(current);
        m_prepared = std::move(prepared);
        m_of = want.point.incident;
        const std::uint64_t tried = m_try, head = want.head;
        const Instant to = want.to;
        const auto arrive = [this, tried](std::function<void()> what) {
            const std::lock_guard lock(m_mutex);
            m_arrived.push_back([this, tried, what = std::move(what)] {
                if (m_try == tried) // what comes of a line that was let go of is nothing
                    what();
            });
            m_woken.notify_all();
        };
        link::SeatHandlers h;
        h.onSnapshot = [this, arrive](state::State &&snapshot) {
            arrive([this, held = std::make_shared<state::State>(std::move(snapshot))] { m_reel.emplace(std::move(*held), m_records); });
        };
        h.onRecord = [this, arrive, head, to](const desk::RecordPtr &record) {
            arrive([this, record, head, to] { take(record, head, to); });
        };
        h.onReset = [this, arrive] { arrive([this] { m_reel.reset(); }); };
        h.onLost = [this, arrive](const Error &why) {
            arrive([this, sentence = qstr(why.message)] {
                if (!m_isWound && m_current)
                    m_refuse(sentence);
            });
        };
        link::SeatClient::Options options;
        options.snapshotAtMost = want.firstSeq > kLead ? want.firstSeq - kLead : 1;
        m_client = std::make_unique<link::SeatClient>(m_socket, std::move(h), m_random, options);
        m_client->follow(1);
    }

    void take(const desk::RecordPtr &record, std::uint64_t head, Instant to)
    {
        if (m_isWound)
            return;
        if (!m_reel)
            m_reel.emplace(state::State{}, m_records);
        const bool isAfter = to && record->time > to, isIn = !isAfter && m_reel->add(record);
        if (isIn && record->seq < head)
            return;
        m_end = isAfter ? End::Over : isIn ? End::Head : End::Full;
        m_client.reset();
        m_reel->wind();
        m_moments.begin(std::exchange(m_reel, std::nullopt));
        m_head = head;
        m_to = to;
        m_isWound = true;
    }

    const std::string m_socket;
    const Publish m_publish;
    const Refuse m_refuse;
    const Spans m_spans;
    const std::size_t m_records;
    SystemRandom m_random;
    std::mutex m_mutex;
    std::condition_variable m_woken;
    std::unique_ptr<Want> m_wanted, m_prepare;     ///< the newest
    std::vector<std::function<void()>> m_arrived;  ///< from the line
    bool m_stop = false, m_forget = false;

    // The thread's own.
    std::unique_ptr<Want> m_current, m_prepared;   ///< wait for the stretch
    std::unique_ptr<link::SeatClient> m_client;    ///< while it is fetched …
    std::optional<Reel> m_reel;                    ///< … into this
    Moments m_moments;
    QString m_of;                                  ///< whose stretch it is
    enum class End { Head, Over, Full };
    End m_end = End::Head;                         ///< why it ends where it does: there was no more, it was over, there was no room
    std::uint64_t m_head = 0;                      ///< the last record there was when it was fetched, …
    Instant m_to;                                  ///< … and the end of the stretch then
    bool m_isWound = false, m_saidFull = false;
    std::uint64_t m_try = 0;
    std::thread m_thread;
};

PastLine::PastLine(std::string socket, Publish publish, Refuse refuse, Spans spans, std::size_t records)
    : m_worker(std::make_unique<Worker>(std::move(socket), std::move(publish), std::move(refuse), std::move(spans), records))
{
}

PastLine::~PastLine() = default;

void PastLine::go(Want want)
{
    m_worker->go(std::move(want));
}

void PastLine::prepare(Want want)
{
    m_worker->prepare(std::move(want));
}

void PastLine::forget()
{
    m_worker->forget();
}

} // namespace qd::seat
