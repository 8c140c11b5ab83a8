// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/calendarintake.h"

#include "core/link/replica.h"
#include "core/oncall/feed.h"

#include <mutex>
#include <optional>
#include <vector>

namespace qd::app {

namespace {

/// Several schedules may name one calendar: done when each is, with the first thing that went wrong.
class Together {
public:
    Together(std::size_t open, sources::Done done) : m_open(open), m_done(std::move(done)) {}
    void one(const Result<> &result)
    {
        std::optional<Result<>> all;
        {
            const std::lock_guard lock(m_mutex);
            // What was not taken at all is worse than what was read in part.
            if (!result && (m_result || (m_result.error().detail == sources::kInPart && result.error().detail != sources::kInPart)))
                m_result = result;
            if (--m_open == 0)
                all = m_result;
        }
        if (all)
            m_done(*all);
    }

private:
    std::mutex m_mutex;
    std::size_t m_open;
    Result<> m_result;
    sources::Done m_done;
};

desk::ImportShifts asCommand(const std::string &schedule, const std::string &connection, const oncall::Feed &feed)
{
    desk::ImportShifts out;
    out.schedule = schedule;
    out.calendar = connection;
    out.since = toRfc3339(feed.since);
    for (const oncall::CalendarStretch &s : feed.shifts)
        out.shifts.push_back({toRfc3339(s.from), toRfc3339(s.until), s.people});
    return out;
}

/// Who names the calendar, and what it made count before: values, so that reading it needs no State.
struct Asked {
    std::shared_ptr<const Workspace> workspace;
    struct One {
        const Schedule *schedule;
        std::vector<Override> standing;
        std::vector<oncall::TakenByHand> taken;
    };
    std::vector<One> schedules;
};

void readCalendars(desk::Desk &desk, const Clock &clock, const std::string &connection, const std::string &bytes, const Asked &asked, sources::Done done)
{
    if (asked.schedules.empty())
        return done(fail(Code::NotFound, "no schedule of the workspace names it: write calendar = \"" + connection + "\" under a [[schedule]]"));
    const auto all = std::make_shared<Together>(asked.schedules.size(), std::move(done));
    for (const auto &[schedule, standing, taken] : asked.schedules) {
        const auto feed = oncall::readFeed(bytes, *asked.workspace, *schedule, standing, clock.now(), taken);
        if (!feed) {
            all->one(fail(feed.error().code, "what it says of schedule " + schedule->id + " cannot be used: " + feed.error().message));
            continue;
        }
        // What did not translate is said though the rest counts.
        Result<> left;
        if (!feed->problems.empty())
            left = tl::unexpected(Error{Code::Invalid, "schedule " + schedule->id + ": " + feed->problems.front()
                                                           + (feed->problems.size() > 1 ? " And " + std::to_string(feed->problems.size() - 1) + " more." : ""), sources::kInPart});
        if (!feed->changed) {
            all->one(left);
            continue;
        }
        desk.command(asCommand(schedule->id, connection, *feed), {std::string(oncall::kFeedActor), Path::Poll}, [all, left, id = schedule->id](const Result<desk::Outcome> &outcome) {
            all->one(outcome ? left : fail(outcome.error().code, "what it says of schedule " + id + " is not taken: " + outcome.error().message));
        });
    }
}

} // namespace

CalendarIntake::CalendarIntake(desk::Desk &desk, link::Replica &replica, const Clock &clock)
    : m_desk(desk), m_replica(replica), m_clock(clock), m_worker([] {}, hours(1))
{
}

void CalendarIntake::take(const std::string &connection, std::string bytes, sources::Done done)
{
    m_replica.ask([self = shared_from_this(), connection, bytes = std::move(bytes), done = std::move(done)](const state::State &s) {
        Asked asked{s.workspace, {}};
        for (const Schedule &schedule : asked.workspace->schedules)
            if (schedule.calendar == connection)
                asked.schedules.push_back({&schedule, oncall::overridesFromFeed(s, schedule), oncall::takenByHand(s, schedule, "calendar/" + connection)});
        // It holds what it needs, not this: whoever lets go of this last waits for its thread.
        const bool taken = self->m_worker.run([&desk = self->m_desk, &clock = self->m_clock, connection, bytes, asked, done] { readCalendars(desk, clock, connection, bytes, asked, done); });
        if (!taken)
            done(fail(Code::Unavailable, "too many calendars wait to be read"));
    });
}

} // namespace qd::app
