// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/seat.h"

#include "core/link/seatclient.h"
#include "ui/seat/stormmeter.h"
#include "ui/seat/text.h"
#include "ui/seat/viewbuilder.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace qd::seat {

namespace {
constexpr auto kFrame = std::chrono::milliseconds(33);  ///< views are published no more often than this
constexpr auto kTick = std::chrono::milliseconds(1000); ///< and at least this often, for what depends on now
constexpr std::size_t kBurst = 512; ///< records folded before a view is due again
} // namespace

/// The view thread: folds and builds. What reaches it comes through its queue; what it makes goes to the seat by queued calls.
class Seat::Viewer {
public:
    Viewer(Seat &seat, const QString &controlSocket, const QString &person) : m_seat(seat)
    {
        m_looking.person = person;
        m_thread = std::thread([this] { run(); });
        link::SeatHandlers h;
        h.onConnected = [this] {
            QMetaObject::invokeMethod(&m_seat, &Seat::connected, Qt::QueuedConnection);
            push([this] {
                m_looking.link = view::CoreLink::Loading;
                m_looking.linkProblem.clear();
            });
        };
        h.onStatus = [this](const link::Status &s) {
            push([this, s] {
                m_head = s.head;
                m_looking.recorded = s.recorded;
                m_looking.unrecordedReason = qstr(s.reason);
                m_looking.notice = qstr(s.notice);
                m_looking.pending.clear();
                for (const auto &h : s.heard) {
                    if (h.at)
                        m_looking.heard[h.connection] = h.at;
                    if (h.pending > 0)
                        m_looking.pending[h.connection] = static_cast<int>(h.pending);
                }
            });
        };
        h.onRecord = [this](const desk::RecordPtr &r) {
            push([this, r] {
                state::applyRecord(m_state, r->seq, r->time, r->events);
                for (const auto &event : r->events)
                    m_storm.take(r->time, event);
            });
        };
        h.onSnapshot = [this](state::State &&snapshot) {
            push([this, held = std::make_shared<state::State>(std::move(snapshot))] {
                m_state = std::move(*held);
                m_builder.reset();
                m_storm.reset();
            });
        };
        h.onLost = [this](const Error &why) {
            const QString sentence = qstr(why.message);
            QMetaObject::invokeMethod(&m_seat, [this, sentence] { Q_EMIT m_seat.lost(sentence); }, Qt::QueuedConnection);
            push([this, sentence] {
                m_looking.link = m_state.seq == 0 ? view::CoreLink::Starting : view::CoreLink::Lost;
                m_looking.linkProblem = sentence;
            });
        };
        h.onReset = [this] {
            push([this] {
                m_state = {};
                m_builder.reset();
                m_looking.link = view::CoreLink::Loading;
            });
        };
        m_client = std::make_unique<link::SeatClient>(controlSocket.toStdString(), std::move(h), m_random);
        m_client->follow(1);
    }

    ~Viewer()
    {
        m_client.reset();
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_woken.notify_all();
        m_thread.join();
    }

    void push(std::function<void()> work)
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back(std::move(work));
        m_woken.notify_one();
    }

    link::SeatClient &client() { return *m_client; }
    Looking &looking() { return m_looking; }
    const state::State &state() const { return m_state; }

private:
    void run()
    {
        auto published = std::chrono::steady_clock::now() - kFrame;
        bool dirty = true;
        std::unique_lock lock(m_mutex);
        while (!m_stopping) {
            if (m_queue.empty()) {
                const auto since = std::chrono::steady_clock::now() - published;
                const auto wait = dirty ? std::max(kFrame - std::chrono::duration_cast<std::chrono::milliseconds>(since), std::chrono::milliseconds(0)) : kTick;
                const bool quiet = !m_woken.wait_for(lock, wait, [this] { return m_stopping || !m_queue.empty(); });
                if (m_stopping)
                    break;
                dirty = dirty || quiet;
            }
            std::vector<std::function<void()>> work;
            if (m_queue.size() > kBurst) {
                work.assign(std::make_move_iterator(m_queue.begin()), std::make_move_iterator(m_queue.begin() + kBurst));
                m_queue.erase(m_queue.begin(), m_queue.begin() + kBurst);
            } else {
                work.swap(m_queue);
            }
            lock.unlock();
            for (const auto &w : work) {
                w();
                dirty = true;
            }
            if (m_looking.link == view::CoreLink::Loading && m_state.seq >= m_head && m_head > 0)
                m_looking.link = view::CoreLink::Live;
            const auto now = std::chrono::steady_clock::now();
            if (m_looking.link == view::CoreLink::Loading && m_state.seq == 0 && !m_saidLoading) {
                // Half a journal is not shown; that it is being read is.
                m_saidLoading = true;
                auto reading = std::make_shared<view::ViewModel>();
                reading->made = m_clock.now();
                reading->strip.link = view::CoreLink::Loading;
                QMetaObject::invokeMethod(&m_seat, [this, reading] { m_seat.publish(reading); }, Qt::QueuedConnection);
            }
            if (dirty && now - published >= kFrame && m_looking.link != view::CoreLink::Loading) {
                publish();
                // A view that is dear to make is made less often, so that folding keeps up.
                published = std::chrono::steady_clock::now() + (std::chrono::steady_clock::now() - now) * 2;
                dirty = false;
            }
            lock.lock();
        }
    }

    void publish()
    {
        m_looking.now = m_clock.now();
        m_looking.storm = m_storm.at(m_looking.now);
        auto view = m_builder.build(m_state, m_looking);
        QMetaObject::invokeMethod(&m_seat, [this, view] { m_seat.publish(view); }, Qt::QueuedConnection);
    }

    Seat &m_seat;
    SystemRandom m_random;
    SystemClock m_clock;
    state::State m_state;
    ViewBuilder m_builder;
    StormMeter m_storm;
    Looking m_looking; ///< view thread only, like m_state and m_builder
    std::uint64_t m_head = 0;
    bool m_saidLoading = false;

    std::mutex m_mutex;
    std::condition_variable m_woken;
    std::vector<std::function<void()>> m_queue;
    bool m_stopping = false;
    std::thread m_thread;
    std::unique_ptr<link::SeatClient> m_client;
};

Seat::Seat(const QString &controlSocket, const QString &person, bool named, QObject *parent)
    : ViewSource(parent), m_current(std::make_shared<view::ViewModel>()), m_as(named ? person.toStdString() : std::string()), m_viewer(std::make_unique<Viewer>(*this, controlSocket, person))
{
}

Seat::~Seat() = default;

void Seat::publish(view::ViewModelPtr view)
{
    m_current = std::move(view);
    Q_EMIT changed(m_current);
}

void Seat::select(const QString &alertKey)
{
    m_viewer->push([v = m_viewer.get(), alertKey] { v->looking().alert = alertKey; });
}

void Seat::focus(const QString &incident)
{
    m_viewer->push([v = m_viewer.get(), incident] { v->looking().incident = incident; });
}

void Seat::lookAs(const QString &reader, Answer answer)
{
    m_lookedAs = reader; // at once: what is asked from here on is sealed, whatever becomes of it
    m_viewer->push([this, v = m_viewer.get(), reader = view::bytes(reader), answer = std::move(answer)] {
        QString problem;
        v->looking().as.reset();
        if (!reader.empty()) {
            if (auto place = governance::placeNamed(v->state(), reader))
                v->looking().as = std::move(*place);
            else
                problem = qstr(place.error().message);
        }
        QMetaObject::invokeMethod(this, [this, answer, problem, reader = QString::fromStdString(reader)] {
            if (!problem.isEmpty() && m_lookedAs == reader)
                m_lookedAs.clear();
            if (answer)
                answer(problem.isEmpty(), problem, {});
        }, Qt::QueuedConnection);
    });
}

void Seat::command(const QString &method, const QJsonObject &given, Answer answer)
{
    QJsonObject arguments = given;
    if (!m_lookedAs.isEmpty()) {
        static const QStringList kSealed{QStringLiteral("get"), QStringLiteral("why"), QStringLiteral("search"), QStringLiteral("update.draft")};
        if (!kSealed.contains(method)) {
            if (answer)
                QMetaObject::invokeMethod(this, [answer, sentence = tr("You look as %1 would: nothing can be done meanwhile. Esc goes back.").arg(m_lookedAs)] { answer(false, sentence, {}); }, Qt::QueuedConnection);
            return;
        }
        arguments.insert(QStringLiteral("viewAs"), m_lookedAs);
    }
    const std::string json = view::bytes(QString::fromUtf8(QJsonDocument(arguments).toJson(QJsonDocument::Compact)));
    m_viewer->client().call(method.toStdString(), json, [this, answer](Result<std::string> result) {
        if (!answer)
            return;
        const bool done = result.has_value();
        const QString sentence = done ? QString() : qstr(result.error().message);
        const QJsonObject object = done ? QJsonDocument::fromJson(QByteArray::fromStdString(*result)).object() : QJsonObject();
        QMetaObject::invokeMethod(this, [answer, done, sentence, object] { answer(done, sentence, object); }, Qt::QueuedConnection);
    }, m_as);
}

} // namespace qd::seat
