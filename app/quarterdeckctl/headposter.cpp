// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/headposter.h"

#include "core/base/log.h"
#include "core/desk/effects.h"
#include "core/journal/words.h"

#include <mutex>

namespace qd::app {

namespace {

/// The incident whose command is handed over, or claimed; else nothing.
std::string commandMoved(const events::Event &event)
{
    if (const auto *accepted = getIf<events::CommandAccepted>(&event))
        return accepted->incident;
    const auto *claimed = getIf<events::CommandClaimed>(&event);
    return claimed != nullptr ? claimed->incident : std::string();
}

} // namespace

struct HeadPoster::Core : std::enable_shared_from_this<HeadPoster::Core> {
    Core(journal::Journal &j, desk::Desk &d, link::Replica &r) : journal(j), desk(d), replica(r) {}

    /// Signs, then hands the signed head to the desk, which says it. Any thread.
    void sign(std::string incident, events::Actor by, Done done)
    {
        const std::lock_guard lock(gate);
        if (stopping)
            return done(fail(Code::Unavailable, "The core is stopping."));
        journal.sign([core = shared_from_this(), incident = std::move(incident), by = std::move(by), done = std::move(done)](Result<journal::SignedHead> head) {
            if (!head)
                return done(std::move(head));
            core->report(std::move(*head), incident, by, done);
        });
    }

    void report(journal::SignedHead head, const std::string &incident, const events::Actor &by, const Done &done)
    {
        const std::lock_guard lock(gate);
        if (stopping)
            return done(fail(Code::Unavailable, "The core is stopping."));
        events::HeadSigned event{incident, head.seq, toHex(head.hash), journal::headWords(head.hash), by};
        desk.report(std::move(event), [head = std::move(head), done](Result<desk::Outcome> outcome) {
            done(outcome ? Result<journal::SignedHead>(head) : tl::unexpected(outcome.error()));
        });
    }

    void say(const std::string &incident)
    {
        sign(incident, {"core", Path::Own}, [incident](const Result<journal::SignedHead> &head) {
            if (!head && head.error().code != Code::Unavailable)
                log(LogLevel::Warning, "serve", head.error());
        });
    }

    /// What is handed over is signed, though nobody is told.
    void anchor()
    {
        const std::lock_guard lock(gate);
        if (!stopping)
            journal.sign([](const Result<journal::SignedHead> &) {});
    }

    void begin(const state::State &s) // replica thread
    {
        for (const auto &[number, incident] : s.incidents)
            if (incident.isOpen() && desk::canPost(s, incident) && !desk::hasPostedHead(s, incident))
                say(incident.id);
    }

    void onRecord(const state::State &s, const desk::Record &record) // replica thread
    {
        for (const auto &event : record.events) {
            if (const auto *linked = getIf<events::RoomLinked>(&event)) {
                const auto *incident = s.incident(linked->incident);
                if (incident && desk::canPost(s, *incident) && !desk::hasPostedHead(s, *incident))
                    say(incident->id);
            } else if (const auto *changed = getIf<events::StatusChanged>(&event)) {
                const auto *incident = s.incident(changed->incident);
                if (incident && changed->status == IncidentStatus::Resolved && desk::canPost(s, *incident))
                    say(incident->id);
            } else if (const std::string moved = commandMoved(event); !moved.empty()) {
                const auto *incident = s.incident(moved);
                if (incident && desk::canPost(s, *incident))
                    say(incident->id);
                else
                    anchor();
            } else if (holds<events::ConnectionArmed>(event)) {
                begin(s);
            }
        }
    }

    journal::Journal &journal;
    desk::Desk &desk;
    link::Replica &replica;
    std::mutex gate; ///< held while journal or desk are given something, so that they are not once it stops
    bool stopping = false;
};

HeadPoster::HeadPoster(journal::Journal &journal, desk::Desk &desk, link::Replica &replica)
    : m_core(std::make_shared<Core>(journal, desk, replica))
{}

HeadPoster::~HeadPoster()
{
    stop();
}

void HeadPoster::start()
{
    m_core->replica.watch([core = m_core](const state::State &s) { core->begin(s); },
                          [core = m_core](const state::State &s, const desk::Record &r) { core->onRecord(s, r); });
}

void HeadPoster::post(std::string incident, events::Actor by, Done done)
{
    m_core->replica.ask([core = m_core, asked = std::move(incident), by = std::move(by), done = std::move(done)](const state::State &s) {
        std::string id = asked;
        std::size_t open = 0;
        for (const auto &[number, each] : s.incidents)
            if (asked.empty() && each.isOpen()) {
                id = each.id;
                ++open;
            }
        if (asked.empty() && open != 1)
            return done(fail(Code::Invalid, open == 0 ? "No incident is open; name one." : "Several incidents are open; name one."));
        const auto *found = s.incident(id);
        if (!found)
            return done(fail(Code::NotFound, "There is no incident " + id + "."));
        if (!desk::canPost(s, *found))
            return done(fail(Code::Forbidden, "No room of " + id + " is armed for posts; arm its connection with: arm NAME --allow posts"));
        core->sign(id, by, done);
    });
}

void HeadPoster::stop()
{
    const std::lock_guard lock(m_core->gate);
    m_core->stopping = true;
}

} // namespace qd::app
