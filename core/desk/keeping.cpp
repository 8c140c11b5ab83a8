// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"
#include "core/desk/classes.h"
#include "core/desk/decide.h"
#include "core/desk/erasedindex.h"
#include "core/desk/strike.h"
#include "core/desk/worker.h"
#include "core/journal/journal.h"

#include <algorithm>

/// What destroys keys, and what forbids it. The desk decides and records, the journal does the deed with the record.
namespace qd::desk {

bool Desk::Worker::keep(const Command &command, const events::Actor &by, Done &done)
{
    const bool mine = holds<EraseStreams>(command) || holds<StrikeText>(command) || holds<ClassLine>(command)
        || holds<PlaceHold>(command) || holds<ReleaseHold>(command);
    if (!mine)
        return false;
    if (!done)
        done = [](Result<Outcome>) {};
    const auto refuse = [&](const Error &error) {
        done(tl::unexpected(error));
        return true;
    };
    if (const Recording recording = m_announcer.recording(); !recording.recorded)
        return refuse({Code::Unavailable, "Nothing is recorded at present (" + recording.reason + "); what is erased, classed or held must be. Try again then.", {}});
    const Instant at = std::max(now(), m_state.time);
    journal::KeyChange change;
    if (const auto *erase = getIf<EraseStreams>(&command)) {
        auto decision = decideErasure(m_state, *erase, by, at);
        if (!decision)
            return refuse(decision.error());
        change.erase = erase->streams;
        if (m_journal.mayChange(change))
            indexErased(decision->events);
        destroy(std::move(decision->events), std::move(change), decision->id, by, std::move(done));
    } else if (const auto *classing = getIf<ClassLine>(&command)) {
        classLine(*classing, by, std::move(done));
    } else if (const auto *strike = getIf<StrikeText>(&command)) {
        const auto incident = strike->incident.empty() ? Result<const state::Incident *>(nullptr) : incidentMeant(m_state, strike->incident);
        if (!incident)
            return refuse(incident.error());
        land(); // the search reads what is committed
        const auto plan = planStrike(m_journal, *incident, strike->entry);
        if (!plan)
            return refuse(plan.error());
        const std::string id = *incident ? (*incident)->id : std::string();
        change.strike = plan->keys;
        events::Events struck{events::TextStruck{id, strike->reason, plan->texts, by, plan->streams, plan->outbox}};
        struck.insert(struck.end(), plan->told.begin(), plan->told.end());
        destroy(std::move(struck), std::move(change),
                "a text of " + (id.empty() ? "record " + std::to_string(plan->texts.front().seq) : id), by, std::move(done));
    } else {
        auto decision = holds<PlaceHold>(command) ? decideHold(m_state, get<PlaceHold>(command), by)
                                                                   : decideRelease(m_state, get<ReleaseHold>(command), by);
        if (!decision)
            return refuse(decision.error());
        if (const auto *placed = getIf<events::HoldPlaced>(&decision->events.front()))
            change.place = journal::Hold{placed->hold, placed->scope, placed->matter, placed->custodian, placed->reason, at};
        else
            change.release = get<events::HoldReleased>(decision->events.front()).hold;
        Cascade c(m_state, now(), &m_reactions);
        c.add(std::move(decision->events));
        Outcome outcome;
        outcome.id = decision->id;
        commit(c, std::move(outcome), std::move(done), Asker::Person, &change);
    }
    return true;
}

/// What will be left to know of them, and of what they classed elsewhere, is read while it can be. Where the record is damaged they are erased all the same, and that is said.
void Desk::Worker::indexErased(events::Events &events)
{
    const auto erased = std::find_if(events.begin(), events.end(), [](const events::Event &e) { return holds<events::StreamsErased>(e); });
    if (erased == events.end())
        return;
    land();
    const auto &streams = get<events::StreamsErased>(*erased).streams;
    auto index = indexOfErased(m_journal, m_state, streams);
    if (!index) {
        log(LogLevel::Warning, "desk", index.error());
        index = events::Events{};
        for (const auto &s : streams)
            index->emplace_back(events::ErasureIndexed{s.stream, {}, 0, false});
    }
    events::append(*index, classesLeft(m_journal, streams, get<events::StreamsErased>(*erased).by));
    events.insert(erased, std::make_move_iterator(index->begin()), std::make_move_iterator(index->end()));
}

void Desk::Worker::destroy(events::Events events, journal::KeyChange change, std::string what, const events::Actor &by, Done done)
{
    // Asked first, so that a refusal leaves the record in order; the journal asks again when it does it.
    if (const auto may = m_journal.mayChange(change); !may) {
        if (may.error().code != Code::Conflict)
            return done(tl::unexpected(may.error()));
        Cascade c(m_state, now(), &m_reactions);
        c.add(events::ErasureRefused{what, may.error().message, by});
        return commit(c, {}, [done = std::move(done), error = may.error()](Result<Outcome>) { done(tl::unexpected(error)); }, Asker::Person);
    }
    Cascade c(m_state, now(), &m_reactions);
    c.add(std::move(events));
    Outcome outcome;
    outcome.id = std::move(what);
    commit(c, std::move(outcome), [this, done = std::move(done)](Result<Outcome> made) mutable {
        if (!made)
            return done(std::move(made));
        // This State still knows what is gone.
        const std::lock_guard lock(m_mutex);
        m_queue.emplace_front([this, made = std::move(*made)](Done d) { rebuild(made, std::move(d)); }, std::move(done));
        m_woken.notify_one();
    }, Asker::Person, &change);
}

void Desk::Worker::rebuild(Outcome outcome, Done done)
{
    land();
    if (!m_lost.load() && !m_unrecorded)
        if (const auto folded = refold(); !folded)
            log(LogLevel::Error, "desk", folded.error()); // the State stays as it is; what is wrong with the log is said elsewhere
    if (m_journal.erasurePending())
        return done(fail(Code::Unavailable, "The erasure is recorded, but the key file cannot be written now; it is carried out as soon as it can be, at the latest when the core is started again."));
    done(std::move(outcome));
}

void Desk::Worker::land()
{
    std::unique_lock lock(m_flightMutex);
    m_landed.wait(lock, [this] { return m_inFlight == 0; });
}

/// A hold is in the key file before its record and after its release: a crash between leaves one more than the record knows. A home that was made of
/// a damaged one has the record of a hold and keys of its own, which know nothing of it yet: there it is placed again.
void Desk::Worker::reconcileHolds()
{
    const auto holds = m_journal.holds();
    if (!holds)
        return log(LogLevel::Warning, "desk", holds.error());
    for (const journal::Hold &hold : *holds) {
        const auto &known = m_state.keeping.holds;
        if (std::any_of(known.begin(), known.end(), [&](const auto &h) { return h.number == hold.number; }))
            continue;
        const bool released = hold.number <= m_state.keeping.lastHold;
        Cascade c(m_state, now(), &m_reactions);
        journal::KeyChange change;
        if (released) {
            change.release = hold.number;
            c.add(events::HoldReleased{hold.number, "its release was recorded before", {"core", Path::Own}});
        } else {
            c.add(events::HoldPlaced{hold.number, hold.scope, hold.matter, hold.custodian, hold.reason, {"core", Path::Own}});
        }
        commit(c, {}, {}, Asker::Core, &change);
    }
    const std::vector<state::StandingHold> standing = m_state.keeping.holds;
    for (const state::StandingHold &h : standing) {
        if (std::any_of(holds->begin(), holds->end(), [&](const journal::Hold &each) { return each.number == h.number; }))
            continue;
        Cascade c(m_state, now(), &m_reactions);
        c.add(events::HoldPlaced{h.number, h.scope, h.matter, h.custodian, h.reason, {h.by, Path::Own}});
        journal::KeyChange change;
        change.place = journal::Hold{h.number, h.scope, h.matter, h.custodian, h.reason, h.since};
        commit(c, {}, {}, Asker::Core, &change);
    }
}

} // namespace qd::desk
