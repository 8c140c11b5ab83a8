// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/desk/deskbench.h"

#include <algorithm>

namespace qd::tests {

/// A shop that really pages, with a critical alert, an incident of it and an escalation whose first step has been called.
struct ClockBench : Bench {
    std::string alert;
    Path path;

    explicit ClockBench(Path reportedBy = Path::Push, const std::string &severity = "critical") : Bench(nullptr), path(reportedBy)
    {
        options.watchClock = true;
        create();
        Workspace w = aWorkspace();
        w.services[0].paging = Paging::Assist; // what calls here are incidents
        settle(w);
        if (path == Path::Poll)
            connect("poll", "alertmanager", "am", seconds(5));
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
        const auto batch = listing(true, severity);
        alert = "am/" + fingerprintText(batch.fingerprint[0]);
        (void)report(batch);
        (void)command(desk::DeclareIncident{"Shop is down", "SEV3", "web", "", "", {alert}, false});
        (void)command(desk::StartEscalation{"INC-1", "web", ""});
    }
    /// What the source says now: the alert, or nothing.
    ReportBatch listing(bool firing, const std::string &severity = "critical")
    {
        ABatch b(path == Path::Push ? "am" : "poll", clock.now(), path);
        if (firing)
            b.alert({{"alertname", "Down"}, {"service", "web"}}).severity(severity).startsAt(kMorning).endsAt(clock.now() + minutes(4));
        if (path == Path::Poll)
            b.snapshot();
        return b.build();
    }
    std::vector<state::Step> steps()
    {
        return ask([](const state::State &s) { return s.escalations.at(0).steps; });
    }
    std::string outcome()
    {
        return ask([](const state::State &s) { return s.escalations.at(0).outcome; });
    }
    std::size_t pages()
    {
        return ask([](const state::State &s) {
            return static_cast<std::size_t>(std::count_if(s.outbox.begin(), s.outbox.end(), [](const auto &o) { return o.second.what.effect == events::Effect::Page; }));
        });
    }
    std::vector<state::GapReview> reviews()
    {
        return ask([](const state::State &s) { return s.gapReviews; });
    }
    /// The machine sleeps: nothing runs, both clocks go on.
    Result<Outcome> sleep(Span span)
    {
        clock.advance(span);
        return wake();
    }
    std::vector<events::ClockJumped> jumps()
    {
        std::vector<events::ClockJumped> out;
        const auto ok = desk::replay(*journal, 1, journal->head(), [&](const desk::Record &r) {
            for (const auto &e : r.events)
                if (const auto *j = getIf<events::ClockJumped>(&e))
                    out.push_back(*j);
            return true;
        });
        return ok ? out : std::vector<events::ClockJumped>();
    }
    bool isMonotonic()
    {
        Instant last;
        bool ok = true;
        (void)desk::replay(*journal, 1, journal->head(), [&](const desk::Record &r) {
            ok = ok && r.time >= last;
            last = r.time;
            return true;
        });
        return ok;
    }
    /// Minutes as they pass when nobody sleeps: the desk looks all the time.
    void pass(Span span)
    {
        for (Span done; done < span; done = done + seconds(20)) {
            clock.advance(seconds(20));
            (void)wake();
        }
    }
    /// … while the source keeps saying that it fires.
    void passFiring(Span span)
    {
        for (Span done; done < span; done = done + seconds(20)) {
            clock.advance(seconds(20));
            (void)report(listing(true));
            (void)wake();
        }
    }
};

} // namespace qd::tests
