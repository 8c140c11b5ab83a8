// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/seat.h"

#include "core/link/seatclient.h"
#include "core/review/ended.h"
#include "core/review/frame.h"
#include "core/review/spelling.h"
#include "ui/seat/alikes.h"
#include "ui/seat/keptwords.h"
#include "ui/seat/pastline.h"
#include "ui/seat/reviewrules.h"
#include "ui/seat/stormmeter.h"
#include "ui/seat/text.h"
#include "ui/seat/viewbuilder.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace qd::seat {

namespace {
constexpr auto kFrame = std::chrono::milliseconds(33);  ///< views are published no more often than this
constexpr auto kTick = std::chrono::milliseconds(1000); ///< and at least this often, for what depends on now
constexpr std::size_t kBurst = 512; ///< records folded before a view is due again
} // namespace

/// The view thread: folds and builds. What reaches it comes through its queue; what it makes goes to the seat by queued calls.
class Seat::Viewer {
public:
    Viewer(Seat &seat, const QString &controlSocket, const QString &person)
        : m_seat(seat)
        , m_past(
              controlSocket.toStdString(), [&seat](const view::ViewModelPtr &past) { QMetaObject::invokeMethod(&seat, [&seat, past] { seat.arrive(past); }, Qt::QueuedConnection); },
              [&seat](const QString &why) { QMetaObject::invokeMethod(&seat, [&seat, why] { Q_EMIT seat.travelRefused(why); }, Qt::QueuedConnection); },
              [this](const QString &incident, const std::shared_ptr<const std::vector<view::AlertSpan>> &spans) {
                  push([this, incident, spans] {
                      if (incident == m_looking.review)
                          m_looking.spans = spans;
                  });
              })
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
            // What is shown of the past may be what is gone.
            QMetaObject::invokeMethod(&m_seat, [seat = &m_seat] { seat->travel({}); }, Qt::QueuedConnection);
            push([this] {
                m_state = {};
                m_builder.reset();
                m_past.forget();
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
    /// … of somebody's words: it waits for no record, and is done also when this ends.
    void pushWords(std::function<void()> work)
    {
        const std::lock_guard lock(m_mutex);
        m_wordsQueue.push_back(std::move(work));
        m_woken.notify_one();
    }

    link::SeatClient &client() { return *m_client; }
    Looking &looking() { return m_looking; }
    const state::State &state() const { return m_state; }
    PastLine &past() { return m_past; }
    KeptWords &words() { return m_words; }
    /// Of what a review is written in. Opened when it is first asked for: dictionaries take their time.
    const review::Spelling *spelling(const state::Incident &incident)
    {
        const auto languages = review::spelledIn(*m_state.workspace, incident.review);
        if (!m_spelling || m_spelled != languages)
            m_spelling = review::Spelling::open(languages);
        m_spelled = languages;
        return m_spelling.get();
    }

    void travel(const view::PastPoint &point)
    {
        if (auto want = wantOf(point))
            m_past.go(std::move(*want));
        else
            m_past.forget();
    }

private:
    /// None: there is no such incident.
    [[nodiscard]] std::optional<PastLine::Want> wantOf(const view::PastPoint &point) const
    {
        const state::Incident *i = m_state.incident(view::bytes(point.incident));
        if (i == nullptr)
            return std::nullopt;
        PastLine::Want want;
        want.point = point;
        want.looking = m_looking;
        want.looking.spans.reset();
        want.firstSeq = i->timeline.empty() ? 1 : i->timeline.front().seq;
        want.head = m_state.seq;
        const Instant end = review::endedAt(*i);
        want.to = end ? end + kAfterwards : Instant{};
        want.workspace = m_state.workspace;
        // As it was shown, that is sealed for whoever looks.
        if (m_shown && m_shown->review && m_shown->review->incident == point.incident) {
            want.evidence = m_shown->review->evidence;
            want.cast = m_shown->review->cast;
            const auto row = std::find_if(m_shown->incidents.begin(), m_shown->incidents.end(), [&](const view::IncidentRow &r) { return r.id == point.incident; });
            if (m_shown->review->imported && row != m_shown->incidents.end())
                want.imported = *row;
        }
        return want;
    }

    /// What fired in the stretch of the review that is open is read once, beside the view.
    void prepare()
    {
        const QString incident = m_shown->review ? m_shown->review->incident : QString();
        if (incident == m_preparedFor)
            return;
        m_preparedFor = incident;
        if (auto want = incident.isEmpty() ? std::nullopt : wantOf({incident, {}, view::PastClock::AsKnown}))
            m_past.prepare(std::move(*want));
    }

    void run()
    {
        auto published = std::chrono::steady_clock::now() - kFrame;
        bool dirty = true;
        std::unique_lock lock(m_mutex);
        while (!m_stopping) {
            doWords(lock);
            if (m_queue.empty()) {
                const auto since = std::chrono::steady_clock::now() - published;
                const auto wait = dirty ? std::max(kFrame - std::chrono::duration_cast<std::chrono::milliseconds>(since), std::chrono::milliseconds(0)) : kTick;
                const bool quiet = !m_woken.wait_for(lock, wait, [this] { return m_stopping || !m_queue.empty() || !m_wordsQueue.empty(); });
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
        doWords(lock);
    }

    void doWords(std::unique_lock<std::mutex> &lock)
    {
        if (m_wordsQueue.empty())
            return;
        const auto work = std::exchange(m_wordsQueue, {});
        lock.unlock();
        for (const auto &w : work)
            w();
        lock.lock();
    }

    void publish()
    {
        m_looking.now = m_clock.now();
        m_looking.storm = m_storm.at(m_looking.now);
        auto view = m_builder.build(m_state, m_looking);
        m_shown = view;
        prepare();
        QMetaObject::invokeMethod(&m_seat, [this, view] { m_seat.publish(view); }, Qt::QueuedConnection);
    }

    static constexpr Span kAfterwards = hours(1); ///< after its end an incident can still be replayed

    Seat &m_seat;
    KeptWords m_words;
    std::unique_ptr<review::Spelling> m_spelling;
    std::vector<std::string> m_spelled;      ///< what m_spelling was opened for
    view::ViewModelPtr m_shown; ///< the last view
    QString m_preparedFor;      ///< whose stretch was asked for, or is read
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
    std::vector<std::function<void()>> m_queue, m_wordsQueue;
    bool m_stopping = false;
    std::thread m_thread;
    std::unique_ptr<link::SeatClient> m_client;
    PastLine m_past; ///< ends before what it reports to
};

Seat::Seat(const QString &controlSocket, const QString &person, bool named, QObject *parent)
    : ViewSource(parent), m_current(std::make_shared<view::ViewModel>()), m_socket(controlSocket), m_as(named ? person.toStdString() : std::string()), m_viewer(std::make_unique<Viewer>(*this, controlSocket, person))
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
    if (m_point.isPast()) // the moment that is looked at, with that alert in full
        m_viewer->push([v = m_viewer.get(), point = m_point] { v->travel(point); });
}

void Seat::review(const QString &incident)
{
    m_viewer->push([v = m_viewer.get(), incident] {
        v->looking().review = incident;
        v->looking().spans.reset();
    });
}

void Seat::travel(const view::PastPoint &point)
{
    m_point = point;
    if (!point.isPast()) {
        m_viewer->push([v = m_viewer.get()] { v->past().forget(); });
        QMetaObject::invokeMethod(this, [this] { arrive({}); }, Qt::QueuedConnection);
        return;
    }
    m_viewer->push([v = m_viewer.get(), point] { v->travel(point); });
}

void Seat::arrive(const view::ViewModelPtr &past)
{
    // Who went back meanwhile, or on, is not taken away again.
    if (past ? m_point.isPast() && past->past.incident == m_point.incident : !m_point.isPast())
        Q_EMIT travelled(past);
}

void Seat::lint(const QString &incident, const QString &section, const QString &text, Findings answer)
{
    m_viewer->push([this, v = m_viewer.get(), incident = view::bytes(incident), section = view::bytes(section), text, answer = std::move(answer)] {
        const state::Incident *i = v->state().incident(incident);
        auto found = i != nullptr ? findingsOf(v->state(), *i, section, text, v->spelling(*i)) : std::vector<view::Finding>();
        QMetaObject::invokeMethod(this, [answer, found = std::move(found)] { answer(found); }, Qt::QueuedConnection);
    });
}

void Seat::alike(const QStringList &alertKeys, Alikes answer)
{
    if (const QString refusal = refusalOf(QStringLiteral("silence.create")); !refusal.isEmpty()) {
        QMetaObject::invokeMethod(this, [answer, refusal] { answer(refusal, {}); }, Qt::QueuedConnection);
        return;
    }
    m_viewer->push([this, v = m_viewer.get(), alertKeys, answer = std::move(answer)] {
        QMetaObject::invokeMethod(this, [answer, found = alikeOf(v->state(), alertKeys)] { answer({}, found); }, Qt::QueuedConnection);
    });
}

void Seat::keepWords(const QString &key, const QString &text, Kept answer)
{
    m_viewer->pushWords([this, v = m_viewer.get(), key = m_socket + QLatin1Char('\n') + key, text, answer = std::move(answer)] {
        const QString problem = v->words().keep(key, text);
        if (answer)
            QMetaObject::invokeMethod(this, [answer, problem] { answer(problem); }, Qt::QueuedConnection);
    });
}

void Seat::keptWords(const QString &key, std::function<void(const QString &)> answer)
{
    m_viewer->pushWords([this, v = m_viewer.get(), key = m_socket + QLatin1Char('\n') + key, answer = std::move(answer)] {
        QMetaObject::invokeMethod(this, [answer, text = v->words().kept(key)] { answer(text); }, Qt::QueuedConnection);
    });
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
        v->past().forget(); // what was made of the past was made for somebody else
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

QString Seat::refusalOf(const QString &method) const
{
    static const QStringList kAsked{QStringLiteral("get"), QStringLiteral("why"), QStringLiteral("search"), QStringLiteral("update.draft")};
    if (!m_lookedAs.isEmpty() && !kAsked.contains(method))
        return tr("You look as %1 would: nothing can be done meanwhile. Esc goes back.").arg(m_lookedAs);
    if (!m_point.isPast() || kAsked.contains(method))
        return {};
    // What is written about the past goes on while one looks at it; what is done to the present waits until one is back in it.
    static const QStringList kOfThePast{QStringLiteral("incident.moment"), QStringLiteral("incident.rebuild"), QStringLiteral("person.present"), QStringLiteral("insights")};
    const QString family = method.section(QLatin1Char('.'), 0, 0);
    const bool isReview = family == QLatin1String("review") || family == QLatin1String("action") || family == QLatin1String("pattern");
    return isReview || kOfThePast.contains(method) ? QString() : tr("You look at the past: nothing can be done there. Alt+End goes back to the present.");
}

void Seat::command(const QString &method, const QJsonObject &given, Answer answer)
{
    QJsonObject arguments = given;
    if (const QString refusal = refusalOf(method); !refusal.isEmpty()) {
        if (answer)
            QMetaObject::invokeMethod(this, [answer, refusal] { answer(false, refusal, {}); }, Qt::QueuedConnection);
        return;
    }
    if (!m_lookedAs.isEmpty())
        arguments.insert(QStringLiteral("viewAs"), m_lookedAs);
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
