// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/pastline.h"

#include "core/link/seatclient.h"
#include "ui/seat/text.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

namespace qd::seat {

namespace {

constexpr std::uint64_t kLead = 2000;    ///< records before the incident's first: what fired before somebody declared it
constexpr std::size_t kViews = 12;       ///< moments kept, for going back and forth
constexpr std::size_t kSpansReplayed = 300;

} // namespace

class PastLine::Worker {
public:
    Worker(std::string socket, Publish publish, Refuse refuse)
        : m_socket(std::move(socket))
        , m_publish(std::move(publish))
        , m_refuse(std::move(refuse))
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

    void forget()
    {
        const std::lock_guard lock(m_mutex);
        m_wanted.reset();
        m_forget = true;
        m_woken.notify_all();
    }

private:
    void run()
    {
        std::unique_lock lock(m_mutex);
        while (true) {
            m_woken.wait(lock, [this] { return m_stop || m_forget || m_wanted || !m_arrived.empty(); });
            if (m_stop)
                return;
            const bool forget = std::exchange(m_forget, false);
            auto want = std::move(m_wanted);
            auto arrived = std::exchange(m_arrived, {});
            lock.unlock();
            if (forget)
                drop();
            for (const auto &each : arrived)
                each();
            if (want)
                m_current = std::move(want);
            if (m_current && isReady(*m_current)) {
                show(*m_current);
                m_current.reset();
            }
            lock.lock();
        }
    }

    void drop()
    {
        m_client.reset();
        m_reel.reset();
        m_builder.reset();
        m_views.clear();
        m_spans.reset();
        m_current.reset();
        m_of.clear();
        m_isWound = false;
        ++m_try;
    }

    /// The stretch is here; else it is being fetched.
    bool isReady(const Want &want)
    {
        if (want.imported)
            return true;
        const bool outgrown = m_isWound && m_reel && want.point.at > m_reel->last() && want.head > m_reel->lastSeq() && m_reel->last() < want.to;
        if (m_of != want.point.incident || outgrown)
            fetch(want);
        return m_isWound;
    }

    void fetch(const Want &want)
    {
        auto current = std::move(m_current);
        drop();
        m_current = std::move(current);
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
            arrive([this, held = std::make_shared<state::State>(std::move(snapshot))] { m_reel.emplace(std::move(*held)); });
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
            m_reel.emplace(state::State{});
        const bool after = to && record->time > to;
        if (!after && m_reel->add(record) && record->seq < head)
            return;
        m_client.reset();
        m_reel->wind();
        m_isWound = true;
    }

    [[nodiscard]] std::shared_ptr<const std::vector<view::AlertSpan>> spans() const
    {
        auto out = std::make_shared<std::vector<view::AlertSpan>>();
        for (const auto &[key, alert] : m_reel->alerts())
            out->push_back({QString::fromStdString(key), alert.title, alert.severity, alert.from, alert.to});
        std::stable_sort(out->begin(), out->end(), [](const auto &a, const auto &b) { return a.severity != b.severity ? a.severity > b.severity : a.from < b.from; });
        if (out->size() > kSpansReplayed)
            out->resize(kSpansReplayed);
        std::stable_sort(out->begin(), out->end(), [](const auto &a, const auto &b) { return a.from < b.from; });
        return out;
    }

    void show(const Want &want)
    {
        for (const view::ViewModelPtr &kept : m_views)
            if (kept->past == want.point)
                return m_publish(kept);
        Looking looking = want.looking;
        looking.now = want.point.at;
        looking.incident = want.point.incident;
        looking.review.clear();
        looking.alert.clear();
        looking.link = view::CoreLink::Live;
        looking.recorded = true;
        looking.notice.clear();
        looking.heard.clear();
        looking.pending.clear();
        looking.storm = {};
        std::shared_ptr<view::ViewModel> made;
        if (want.imported) {
            // The State of that moment knew nothing of it: what there is was told later, line by line.
            state::State empty;
            empty.workspace = want.workspace;
            m_builder.reset();
            made = std::make_shared<view::ViewModel>(*m_builder.build(empty, looking));
            m_builder.reset();
        } else {
            made = std::make_shared<view::ViewModel>(*m_builder.build(m_reel->at(want.point.at), looking));
            if (!m_spans && !looking.as)
                m_spans = spans();
            made->replay = m_spans;
        }
        tellPast(*made, want.point, want.evidence.get(), want.imported || looking.as ? nullptr : &m_reel->alerts(), want.imported); // what they are called is not sealed for somebody else
        m_views.push_front(std::move(made));
        while (m_views.size() > kViews)
            m_views.pop_back();
        m_publish(m_views.front());
    }

    const std::string m_socket;
    const Publish m_publish;
    const Refuse m_refuse;
    SystemRandom m_random;
    std::mutex m_mutex;
    std::condition_variable m_woken;
    std::unique_ptr<Want> m_wanted;                ///< the newest
    std::vector<std::function<void()>> m_arrived;  ///< from the line
    bool m_stop = false, m_forget = false;

    // The thread's own.
    std::unique_ptr<Want> m_current;               ///< waits for the stretch
    std::unique_ptr<link::SeatClient> m_client;    ///< while it is fetched
    std::optional<Reel> m_reel;
    ViewBuilder m_builder;
    QString m_of;                                  ///< whose stretch it is
    bool m_isWound = false;
    std::uint64_t m_try = 0;
    std::deque<view::ViewModelPtr> m_views;
    std::shared_ptr<const std::vector<view::AlertSpan>> m_spans;
    std::thread m_thread;
};

PastLine::PastLine(std::string socket, Publish publish, Refuse refuse)
    : m_worker(std::make_unique<Worker>(std::move(socket), std::move(publish), std::move(refuse)))
{
}

PastLine::~PastLine() = default;

void PastLine::go(Want want)
{
    m_worker->go(std::move(want));
}

void PastLine::forget()
{
    m_worker->forget();
}

} // namespace qd::seat
