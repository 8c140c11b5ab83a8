// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/desk.h"

#include "core/base/log.h"
#include "core/desk/announcer.h"
#include "core/desk/cascade.h"
#include "core/desk/decide.h"
#include "core/desk/runlengths.h"
#include "core/events/codec.h"
#include "core/journal/journal.h"
#include "core/oncall/escalation.h"
#include "core/triage/reports.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

namespace qd::desk {

using state::State;

namespace {

constexpr Span kWakeEvery = millis(500);  ///< the timer looks no more often than this
constexpr Span kCatchUp = seconds(15);   ///< after a start, how long calls wait for polled sources to be heard
constexpr Span kProbeEvery = seconds(1); ///< while storage fails, how often it is tried again

/// The inputs edges may report as they are.
bool isReport(const events::Event &e)
{
    return std::visit(
        []<typename T>(const T &) {
            return std::is_same_v<T, events::SourceSeen> || std::is_same_v<T, events::SourceFailed> || std::is_same_v<T, events::ConnectionReported>
                || std::is_same_v<T, events::HeartbeatSeen> || std::is_same_v<T, events::RequestsRefused> || std::is_same_v<T, events::ChangeSeen>
                || std::is_same_v<T, events::SilencesSeen> || std::is_same_v<T, events::ReportsQuarantined> || std::is_same_v<T, events::MessageSeen>
                || std::is_same_v<T, events::RoomGapSeen> || std::is_same_v<T, events::RoomLinked> || std::is_same_v<T, events::OutboxMoved>
                || std::is_same_v<T, events::WorkspaceChanged>;
        },
        e);
}

} // namespace

class Desk::Worker {
public:
    Worker(journal::Journal &journal, const Clock &clock, Options options) : m_journal(journal), m_clock(clock), m_options(std::move(options)) {}

    ~Worker()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_woken.notify_all();
        if (m_thread.joinable())
            m_thread.join();
        // The journal still calls back for what it was given.
        std::unique_lock lock(m_flightMutex);
        m_landed.wait(lock, [this] { return m_inFlight == 0; });
    }

    Result<> start()
    {
        if (const auto folded = refold(); !folded)
            return folded;
        m_announcer.startAfter(m_state.seq);
        m_thread = std::thread([this] { run(); });
        post([this](Done done) {
            Cascade c(m_state, m_clock.now());
            c.add(events::CoreStarted{m_options.version});
            commit(c, {}, std::move(done));
        }, {});
        return {};
    }

    using Work = std::function<void(Done)>;
    void post(Work work, Done done)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_queue.size() < kQueueLimit && !m_stopping) {
                m_queue.emplace_back(std::move(work), std::move(done));
                m_woken.notify_one();
                return;
            }
        }
        if (done)
            done(fail(Code::Unavailable, "The core is busy; try again in a moment."));
    }

    void handle(ReportBatch batch, Done done)
    {
        const Instant now = m_clock.now();
        m_announcer.noteHeard(batch.connection, batch.receivedAt);
        const state::Source *const source = m_state.source(batch.connection);
        if (!source) {
            if (done)
                done(fail(Code::NotFound, "There is no connection \"" + batch.connection + "\"."));
            return;
        }
        const bool wasSilent = source->silent;
        rulesForWorkspace();
        Outcome outcome;
        outcome.accepted = static_cast<std::uint32_t>(batch.size());
        outcome.quarantined = batch.quarantined;
        Cascade c(m_state, now);
        std::size_t at = 0;
        while (at < batch.size()) {
            auto decided = m_rules->decide(m_state, batch, at);
            for (const auto &p : decided.problems)
                if (m_failedRules.insert(p).second) // said once, not for every alert
                    c.add(events::RuleFailed{"grouping", p});
            c.add(std::move(decided.events));
            m_runs.repeated(batch, decided.repeats);
            at = decided.next;
        }
        if (batch.snapshot) {
            // What this listing repeated so far first becomes known as this connection's: only that can be missing from it.
            if (m_lastListed[batch.connection] != batch.size() || !c.isEmpty())
                c.add(m_runs.flushRepeated(batch.connection));
            c.add(triage::decideAbsent(m_state, batch, now));
            m_lastListed[batch.connection] = batch.size();
        }
        if (!batch.quarantined.empty())
            c.add(events::ReportsQuarantined{batch.connection, batch.path, std::move(batch.quarantined)});
        if (c.isEmpty())
            m_runs.seen({batch.connection, batch.path, batch.receivedAt, batch.receivedAt, 1});
        if (wasSilent) { // word from a silent source is journaled at once, also when it says nothing new
            c.add(m_runs.flush());
            c.add(triage::decideFreshness(m_state, *m_rules, c.time()));
        }
        commit(c, std::move(outcome), std::move(done));
    }

    void handle(events::Event input, Done done)
    {
        if (!isReport(input)) {
            if (done)
                done(fail(Code::Internal, "Only inputs can be reported."));
            return;
        }
        if (auto *e = std::get_if<events::SourceSeen>(&input)) {
            m_announcer.noteHeard(e->connection, e->last);
            m_runs.seen(*e);
            const state::Source *s = m_state.source(e->connection);
            if (s && (s->silent || !s->problem.empty() || !s->seenSinceStart))
                return wake(true, std::move(done)); // word from a source in trouble is journaled at once
            return settle(std::move(done));
        }
        if (auto *e = std::get_if<events::HeartbeatSeen>(&input)) {
            m_announcer.noteHeard(e->connection, e->last);
            m_runs.heartbeat(*e);
            if (!m_state.heartbeats.contains(e->connection + "/" + e->name))
                return wake(true, std::move(done)); // the first one says that there is such a heartbeat
            return settle(std::move(done));
        }
        if (auto *e = std::get_if<events::RequestsRefused>(&input)) {
            m_runs.refused(*e);
            return wake(true, std::move(done)); // gathered at the door already: at most one a status each 30 s
        }
        if (auto *e = std::get_if<events::SourceFailed>(&input)) {
            const state::Source *s = m_state.source(e->connection);
            if (!s || s->problem == e->reason)
                return settle(std::move(done)); // the same trouble is said once
        }
        if (auto *e = std::get_if<events::ConnectionReported>(&input)) {
            const state::Source *s = m_state.source(e->connection);
            if (!s || (s->state == e->state && s->problem == e->problem))
                return settle(std::move(done));
            m_announcer.noteHeard(e->connection, m_clock.now());
        }
        if (auto *e = std::get_if<events::WorkspaceChanged>(&input); e && e->digest == m_state.workspaceDigest)
            return settle(std::move(done));
        Cascade c(m_state, m_clock.now());
        if (std::holds_alternative<events::SourceFailed>(input))
            c.add(m_runs.flush());
        c.add(std::move(input));
        rulesForWorkspace();
        c.add(triage::decideFreshness(m_state, *m_rules, c.time()));
        commit(c, {}, std::move(done));
    }

    void handle(const Command &command, const events::Actor &by, Done done)
    {
        auto decision = decide(m_state, command, by, std::max(m_clock.now(), m_state.time));
        if (!decision) {
            if (done)
                done(tl::unexpected(decision.error()));
            return;
        }
        Cascade c(m_state, m_clock.now());
        c.add(std::move(decision->events));
        Outcome outcome;
        outcome.id = std::move(decision->id);
        commit(c, std::move(outcome), std::move(done));
    }

    /// The timer's work: run-lengths that are due, expiry, silence, escalation steps. `gather`: journal what was gathered now.
    void wake(bool gather, Done done)
    {
        const Instant now = m_clock.now();
        rulesForWorkspace();
        Cascade c(m_state, now);
        const Instant silence = triage::nextSilence(m_state);
        if (gather || (m_runs.due() && m_runs.due() <= now) || (silence && silence <= now))
            c.add(m_runs.flush());
        events::Events conclusions = triage::decideExpired(m_state, c.time());
        for (auto &e : triage::decideFreshness(m_state, *m_rules, c.time()))
            conclusions.push_back(std::move(e));
        if (!isCatchingUp(c.time()))
            for (auto &e : oncall::advance(m_state, c.time()))
                conclusions.push_back(std::move(e));
        if (!conclusions.empty()) {
            c.add(events::ClockWoke{});
            c.add(std::move(conclusions));
        }
        commit(c, {}, std::move(done));
    }

    void commit(Cascade &c, Outcome outcome, Done done)
    {
        if (c.isEmpty()) {
            (void)c.finish();
            outcome.seq = 0;
            if (done)
                done(std::move(outcome));
            return;
        }
        auto record = std::make_shared<Record>();
        record->seq = c.seq();
        record->time = c.time();
        record->events = c.finish();
        outcome.seq = record->seq;
        journal::Draft draft;
        draft.seq = record->seq;
        draft.time = record->time;
        for (auto &part : events::encodeRecord(record->events, record->time))
            draft.parts.push_back({std::move(part.stream), part.family, std::move(part.body)});
        {
            const std::lock_guard lock(m_flightMutex);
            ++m_inFlight;
        }
        m_journal.append(std::move(draft), [this, record, outcome = std::move(outcome), done = std::move(done)](Result<std::shared_ptr<const journal::Committed>> r) {
            if (!r) {
                m_lost.store(true);
                m_announcer.setRecording({false, r.error().message});
                m_woken.notify_all();
                if (done)
                    done(fail(Code::Unavailable, "Not recorded: " + r.error().message, r.error().detail));
            } else {
                m_announcer.setRecording({true, {}});
                m_announcer.deliver(record);
                if (done)
                    done(outcome);
            }
            const std::lock_guard lock(m_flightMutex);
            if (--m_inFlight == 0)
                m_landed.notify_all();
        });
    }

    [[nodiscard]] Announcer &announcer() { return m_announcer; }
    [[nodiscard]] const State &state() const { return m_state; }

private:
    /// After a start the sources speak first: a step that fell due meanwhile may be for something that is over.
    bool isCatchingUp(Instant now) const
    {
        return now - m_state.startedAt < kCatchUp
            && std::any_of(m_state.sources.begin(), m_state.sources.end(), [](const state::Source &s) {
                   return !s.silent && !s.seenSinceStart && (s.connection.kind == "alertmanager" || s.connection.kind == "prometheus");
               });
    }

    void settle(Done done)
    {
        if (done)
            done(Outcome{});
    }

    void rulesForWorkspace()
    {
        if (m_rulesOf != m_state.workspace) {
            m_rulesOf = m_state.workspace;
            m_rules.emplace(m_state.workspace);
            m_failedRules.clear();
        }
    }

    /// State from the journal alone: at start, and when a commit failed.
    Result<> refold()
    {
        State fresh;
        const auto read = replay(m_journal, 1, m_journal.head(), [&](const Record &r) {
            state::applyRecord(fresh, r.seq, r.time, r.events);
            return true;
        });
        if (!read)
            return read;
        m_state = std::move(fresh);
        return {};
    }

    /// After a failed commit: back to the last committed record, then one try a second until one succeeds.
    void recover()
    {
        m_lost.store(false);
        if (const auto folded = refold(); !folded) {
            log(LogLevel::Error, "desk", folded.error());
            m_lost.store(true);
            return;
        }
        m_journal.resumeAfterFailure();
        Cascade c(m_state, m_clock.now());
        c.add(events::ClockWoke{});
        commit(c, {}, {});
    }

    Instant nextDue() const
    {
        Instant due = triage::nextDue(m_state);
        for (const Instant other : {oncall::nextDue(m_state), m_runs.due()})
            if (other && (!due || other < due))
                due = other;
        return due;
    }

    void run()
    {
        std::unique_lock lock(m_mutex);
        while (true) {
            if (m_lost.load()) {
                m_woken.wait_for(lock, std::chrono::nanoseconds(kProbeEvery.ns), [this] { return m_stopping; });
                refuseQueued(lock);
                if (m_stopping)
                    return;
                lock.unlock();
                recover();
                lock.lock();
                continue;
            }
            if (m_queue.empty()) {
                if (m_stopping)
                    break;
                lock.unlock();
                const Instant due = m_options.startClock ? nextDue() : Instant{};
                const bool overdue = due && due <= m_clock.now();
                lock.lock();
                if (overdue && m_queue.empty() && m_lastWake + kWakeEvery <= m_clock.boot()) {
                    m_lastWake = m_clock.boot();
                    lock.unlock();
                    wake(false, {});
                    lock.lock();
                    continue;
                }
                const std::int64_t wait = due ? std::clamp<std::int64_t>((due - m_clock.now()).ns, 50'000'000, 1'000'000'000) : 1'000'000'000;
                if (m_queue.empty() && !m_stopping)
                    m_woken.wait_for(lock, std::chrono::nanoseconds(wait));
                continue;
            }
            auto [work, done] = std::move(m_queue.front());
            m_queue.pop_front();
            lock.unlock();
            work(std::move(done));
            lock.lock();
        }
        lock.unlock();
        if (!m_runs.isEmpty()) {
            Cascade c(m_state, m_clock.now());
            c.add(m_runs.flush());
            commit(c, {}, {});
        }
    }

    void refuseQueued(std::unique_lock<std::mutex> &lock)
    {
        auto waiting = std::exchange(m_queue, {});
        lock.unlock();
        for (auto &[work, done] : waiting)
            if (done)
                done(fail(Code::Unavailable, "Not recorded: " + m_announcer.recording().reason));
        lock.lock();
    }

    journal::Journal &m_journal;
    const Clock &m_clock;
    Options m_options;

    State m_state; ///< desk thread only, once started
    std::optional<triage::ReportRules> m_rules;
    std::shared_ptr<const Workspace> m_rulesOf;
    std::set<std::string> m_failedRules;
    RunLengths m_runs;
    std::map<std::string, std::size_t> m_lastListed; ///< how many alerts a connection's last listing held
    Span m_lastWake;

    mutable std::mutex m_mutex;
    std::condition_variable m_woken;
    std::deque<std::pair<Work, Done>> m_queue;
    bool m_stopping = false;
    std::thread m_thread;
    std::atomic<bool> m_lost{false};

    std::mutex m_flightMutex;
    std::condition_variable m_landed;
    std::size_t m_inFlight = 0; ///< records the journal has and has not answered

    Announcer m_announcer;
};

Desk::Desk(std::unique_ptr<Worker> worker) : m_worker(std::move(worker)) {}
Desk::~Desk() = default;

Result<std::unique_ptr<Desk>> Desk::open(journal::Journal &journal, const Clock &clock, Options options)
{
    auto worker = std::make_unique<Worker>(journal, clock, std::move(options));
    if (const auto started = worker->start(); !started)
        return tl::unexpected(started.error());
    return std::unique_ptr<Desk>(new Desk(std::move(worker)));
}

void Desk::report(ReportBatch batch, Done done)
{
    auto shared = std::make_shared<ReportBatch>(std::move(batch));
    m_worker->post([w = m_worker.get(), shared](Done d) { w->handle(std::move(*shared), std::move(d)); }, std::move(done));
}

void Desk::report(events::Event input, Done done)
{
    auto shared = std::make_shared<events::Event>(std::move(input));
    m_worker->post([w = m_worker.get(), shared](Done d) { w->handle(std::move(*shared), std::move(d)); }, std::move(done));
}

void Desk::command(Command command, events::Actor by, Done done)
{
    m_worker->post([w = m_worker.get(), command = std::move(command), by = std::move(by)](Done d) { w->handle(command, by, std::move(d)); },
                   std::move(done));
}

void Desk::wake(Done done)
{
    m_worker->post([w = m_worker.get()](Done d) { w->wake(true, std::move(d)); }, std::move(done));
}

std::uint64_t Desk::follow(Follower follower, std::uint64_t &first)
{
    return m_worker->announcer().follow(std::move(follower), first);
}

void Desk::unfollow(std::uint64_t number)
{
    m_worker->announcer().unfollow(number);
}

void Desk::onRecording(std::function<void(const Recording &)> told)
{
    m_worker->announcer().onRecording(std::move(told));
}

Recording Desk::recording() const
{
    return m_worker->announcer().recording();
}

std::vector<std::pair<std::string, Instant>> Desk::heard() const
{
    return m_worker->announcer().heard();
}

void Desk::inspect(std::function<void(const state::State &)> question) const
{
    std::mutex mutex;
    std::condition_variable asked;
    bool answered = false;
    m_worker->post(
        [&](Done done) {
            question(m_worker->state());
            done(Outcome{});
        },
        [&](Result<Outcome>) {
            const std::lock_guard lock(mutex);
            answered = true;
            asked.notify_one();
        });
    std::unique_lock lock(mutex);
    asked.wait(lock, [&] { return answered; });
}

} // namespace qd::desk
