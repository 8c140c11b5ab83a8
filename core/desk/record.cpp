// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/worker.h"

#include "core/base/log.h"
#include "core/desk/classes.h"
#include "core/desk/past.h"
#include "core/events/codec.h"
#include "core/journal/journal.h"

/// How what was decided is recorded; and how command goes on when it cannot be (design.md section 4).
namespace qd::desk {

namespace {

journal::Draft draftOf(const Record &record)
{
    journal::Draft draft;
    draft.seq = record.seq;
    draft.time = record.time;
    for (auto &part : events::encodeRecord(record.events, record.time))
        draft.parts.push_back({std::move(part.stream), part.family, std::move(part.body), false, part.single});
    return draft;
}

constexpr std::chrono::seconds kTryEvery{1}; ///< while storage fails, how often it is tried again

} // namespace

void Desk::Worker::commit(Cascade &c, Outcome outcome, Done done, Asker asker, journal::KeyChange *change)
{
    if (c.isEmpty()) {
        (void)c.finish();
        outcome.seq = 0;
        return settle(std::move(outcome), std::move(done), asker);
    }
    auto record = std::make_shared<Record>();
    record->seq = c.seq();
    record->time = c.time();
    record->events = c.finish();
    outcome.seq = record->seq;
    std::vector<Waiting> waiting;
    if (done)
        waiting.push_back({std::move(outcome), std::move(done), asker});
    append(std::move(record), std::move(waiting), change);
}

void Desk::Worker::append(RecordPtr record, std::vector<Waiting> waiting, journal::KeyChange *change)
{
    journal::Draft draft = draftOf(*record);
    if (m_unrecorded) {
        ++m_keptRecords;
        for (const auto &part : draft.parts)
            m_keptBytes += part.body.size();
    }
    auto flight = std::make_shared<Flight>(Flight{std::move(record), std::move(waiting)});
    {
        const std::lock_guard lock(m_flightMutex);
        if (m_inFlight++ == 0)
            m_answeredAt = m_clock.boot();
        m_lastFlight = flight;
    }
    auto answered = [this, flight](Result<std::shared_ptr<const journal::Committed>> r) {
        landed(flight, r && (*r)->recorded, r ? nullptr : &r.error());
    };
    if (change)
        m_journal.append(std::move(draft), std::move(*change), std::move(answered));
    else
        m_journal.append(std::move(draft), std::move(answered));
}

void Desk::Worker::landed(const std::shared_ptr<Flight> &flight, bool recorded, const Error *error)
{
    std::vector<Waiting> waiting;
    std::string failure;
    {
        const std::lock_guard lock(m_flightMutex);
        waiting.swap(flight->waiting);
        if (m_lastFlight == flight)
            m_lastFlight.reset();
        if (error) {
            m_lostRecords.push_back(flight->record);
            m_failure = error->message;
        }
        failure = m_failure;
    }
    if (error) {
        m_announcer.setRecording({false, failure});
        m_lost.store(true);
        m_woken.notify_all();
        for (Waiting &w : waiting)
            if (w.done)
                w.done(fail(Code::Unavailable, "Not recorded: " + error->message, error->detail));
    } else {
        if (recorded)
            learnClasses(m_journal, flight->record->events);
        m_announcer.setRecording(recorded ? Recording{true, {}} : Recording{false, failure + " " + whatIsKept()});
        m_announcer.deliver(flight->record);
        for (Waiting &w : waiting)
            answer(w, recorded);
    }
    const std::lock_guard lock(m_flightMutex);
    m_answeredAt = m_clock.boot();
    if (--m_inFlight == 0)
        m_landed.notify_all();
}

void Desk::Worker::answer(Waiting &waiting, bool recorded) const
{
    if (!waiting.done)
        return;
    if (!recorded && waiting.asker == Asker::Sender)
        return waiting.done(fail(Code::Unavailable, "UNRECORDED: it was taken into account, but the disk takes nothing; send it again."));
    waiting.outcome.recorded = recorded;
    waiting.done(std::move(waiting.outcome));
}

void Desk::Worker::settle(Outcome outcome, Done done, Asker asker)
{
    if (!done)
        return;
    Waiting waiting{std::move(outcome), std::move(done), asker};
    {
        // What it repeats may still be on its way to the disk.
        const std::lock_guard lock(m_flightMutex);
        if (m_lastFlight) {
            m_lastFlight->waiting.push_back(std::move(waiting));
            return;
        }
    }
    answer(waiting, !m_unrecorded);
}

Result<> Desk::Worker::refold()
{
    m_lastListed.clear(); // what a listing lacks is looked for again
    m_reactions.reset();
    m_outlooks.forget();
    if (const auto ready = std::exchange(m_options.ready, nullptr); ready && ready->seq == m_journal.tail()) {
        m_state = std::move(*ready);
        return {};
    }
    state::SnapshotLoader loader;
    auto fresh = state::stateAt(pastOf(m_journal), m_journal.tail(), loader);
    if (!fresh)
        return tl::unexpected(fresh.error());
    m_state = std::move(*fresh);
    return {};
}

void Desk::Worker::goOnUnrecorded()
{
    std::vector<RecordPtr> lost;
    std::string reason;
    {
        // Everything that was under way fails with the first; nothing may be built on it.
        std::unique_lock lock(m_flightMutex);
        m_landed.wait(lock, [this] { return m_inFlight == 0; });
        lost.swap(m_lostRecords);
        reason = m_failure;
    }
    m_lost.store(false);
    const auto folded = refold();
    m_journal.keep();
    m_unrecorded = true;
    m_lastTry = std::chrono::steady_clock::now();
    if (!folded) {
        // The disk cannot even be read: the State stays as it is, so what it was made of is kept with the rest.
        log(LogLevel::Error, "desk", folded.error());
        for (const RecordPtr &record : lost)
            append(record, {});
    }
    Cascade c(m_state, now(), &m_reactions);
    if (!m_state.isUnrecorded())
        c.add(events::RecordGap{m_journal.headTime(), reason});
    for (const RecordPtr &record : folded ? lost : std::vector<RecordPtr>())
        for (const events::Event &e : record->events) {
            // What nobody will say again is said again.
            m_runs.again(e);
            if (holds<events::CoreStarted>(e) || holds<events::ClockJumped>(e)
                || holds<events::PingsSeen>(e) || holds<events::PingSaid>(e))
                c.add(e);
        }
    commit(c, {}, {}, Asker::Core);
}

void Desk::Worker::tryToRecord()
{
    if (m_stored.exchange(false)) {
        m_unrecorded = false;
        Cascade c(m_state, now(), &m_reactions);
        if (m_state.isUnrecorded()) {
            const auto &gap = m_state.recordGaps.back();
            c.add(events::RecordGapEnded{c.seq() - gap.fromSeq, gap.since, c.time()});
        }
        if (c.isEmpty())
            m_announcer.setRecording({true, {}});
        commit(c, {}, {}, Asker::Core);
        m_keptRecords = m_keptBytes = 0;
        return;
    }
    const auto now = std::chrono::steady_clock::now();
    if (m_trying.load() || now - m_lastTry < kTryEvery)
        return;
    m_lastTry = now;
    m_trying.store(true);
    {
        const std::lock_guard lock(m_flightMutex);
        ++m_inFlight; // the worker must not go before it is answered
    }
    m_journal.storeKept([this](Result<std::uint64_t> stored) {
        std::string failure;
        if (!stored) {
            const std::lock_guard lock(m_flightMutex);
            failure = m_failure = stored.error().message;
        }
        if (stored)
            m_stored.store(true);
        else
            m_announcer.setRecording({false, failure + " " + whatIsKept()});
        m_trying.store(false);
        m_woken.notify_all();
        const std::lock_guard lock(m_flightMutex);
        if (--m_inFlight == 0)
            m_landed.notify_all();
    });
}

std::string Desk::Worker::whatIsKept() const
{
    const auto kept = m_journal.kept();
    return kept.mirror.empty() ? "What happens now is kept in memory alone, and recorded when the disk takes it again."
                               : "What happens now is kept in memory and in " + kept.mirror.string() + ", and recorded when the disk takes it again.";
}

std::string Desk::Worker::whyNotKept(bool isSender) const
{
    const std::size_t share = isSender ? 2 : 1;
    if (!m_unrecorded || (m_keptRecords < m_options.keptRecords / share && m_keptBytes < m_options.keptBytes / share))
        return {};
    return "UNRECORDED, and the memory for what is not recorded is full; try again when the disk takes records.";
}

} // namespace qd::desk
