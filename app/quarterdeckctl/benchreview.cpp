// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/benchreview.h"

#include "app/quarterdeckctl/benchload.h"
#include "app/quarterdeckctl/benchreport.h"
#include "core/control/review.h"
#include "core/desk/decide.h"
#include "core/desk/publishing.h"
#include "core/review/asof.h"
#include "core/review/render.h"

#include <boost/json.hpp>

namespace qd::app {

namespace {

namespace json = boost::json;

constexpr std::size_t kReviewLines = 50'000, kReviewRounds = 5, kReviewSteps = 1000, kScreenLines = 60;
constexpr std::size_t kRecordEvents = 100;
constexpr Instant kReviewBegins{1'767'225'600'000'000'000};
const events::Actor kReviewer{"ana", Path::Person};

json::object spreadOf(const std::vector<double> &seconds)
{
    return {{"p50", millisAt(seconds, 0.5)}, {"p99", millisAt(seconds, 0.99)}, {"max", millisAt(seconds, 1)}};
}

/// An incident of so many lines: a fifth is said in chat, a tenth alerts of elsewhere that last ten minutes, the rest the log.
state::State incidentOf(std::size_t lines)
{
    state::State s;
    std::uint64_t seq = 0;
    Instant at = kReviewBegins;
    events::Events record;
    const auto write = [&] {
        if (!record.empty())
            state::applyRecord(s, ++seq, at, record);
        record.clear();
    };
    Workspace w;
    w.people = {{"ana", "Ana Amsel", "UTC", {}}, {"ben", "Ben Birke", "UTC", {}}};
    Service service;
    service.id = "checkout";
    w.services.push_back(std::move(service));
    events::WorkspaceChanged changed;
    changed.workspace = std::move(w);
    changed.digest = "bench";
    record.emplace_back(std::move(changed));
    events::IncidentDeclared declared;
    declared.incident = "INC-1";
    declared.title = "Checkout is slow";
    declared.service = "checkout";
    declared.kind = "real";
    declared.by = kReviewer;
    record.emplace_back(std::move(declared));
    record.emplace_back(events::RoleAssumed{"INC-1", Role::Commander, "ana", kReviewer});
    write();
    for (std::size_t n = 0; n < lines; ++n) {
        at = at + seconds(1);
        const std::string text = "line " + std::to_string(n) + ": payments of cell " + std::to_string(n % 40) + " take longer than they should, looking at it";
        if (n % 5 == 0) {
            events::MessageSeen m;
            m.incident = "INC-1";
            m.messageId = "m" + std::to_string(n);
            m.sender = n % 2 == 0 ? "ana" : "ben";
            m.text = text;
            record.emplace_back(std::move(m));
        } else if (n % 10 == 1) {
            record.emplace_back(events::FactImported{"INC-1", "bench", "alert", "prometheus", text, "alert/" + std::to_string(n), at, at + seconds(30), at + minutes(10)});
        } else {
            events::LogWritten line;
            line.incident = "INC-1";
            line.text = text;
            line.by = kReviewer;
            record.emplace_back(std::move(line));
        }
        if (record.size() >= kRecordEvents)
            write();
    }
    write();
    record.emplace_back(events::StatusChanged{"INC-1", "rolled back", IncidentStatus::Resolved, kReviewer});
    write();
    return s;
}

struct Opening {
    std::vector<double> all, prefill, read, clocks, render;
};

/// What stands between the key and the first word: decided and pre-filled, folded, read as the window reads it, its clocks laid out, and how it reads outside.
Result<> open(state::State &closed, Opening &out)
{
    const Stopwatch all;
    Stopwatch part;
    const auto lap = [&](std::vector<double> &into) {
        into.push_back(part.seconds());
        part.restart();
    };
    auto decision = desk::decide(closed, desk::OpenReview{"INC-1", {}, {}, {}, {}, {"-"}}, kReviewer, closed.time + seconds(1));
    if (!decision)
        return tl::unexpected(decision.error());
    lap(out.prefill);
    state::State s = closed.clone();
    state::applyRecord(s, s.seq + 1, s.time + seconds(1), decision->events);
    part.restart();
    if (const auto read = control::reviewJson(s, {"INC-1"}); !read)
        return tl::unexpected(read.error());
    lap(out.read);
    const review::AsOf clocks(s.incident("INC-1")->timeline);
    if (clocks.lines(s.time, review::Clock::AsItWas).empty())
        return fail(Code::Internal, "The bench's incident has no line.");
    lap(out.clocks);
    const auto outside = desk::publishable(s, "INC-1", "public", "ana");
    if (!outside)
        return tl::unexpected(outside.error());
    if (review::renderedAs(outside->rendition, review::Format::Html).empty())
        return fail(Code::Internal, "The bench's review is empty.");
    lap(out.render);
    out.all.push_back(all.seconds());
    return {};
}

/// Step by step from the beginning: what a screen shows of each moment.
std::vector<double> scrub(const state::Incident &incident, review::Clock clock, std::size_t &shown)
{
    const review::AsOf past(incident.timeline);
    std::vector<double> out;
    // Evenly over the incident, so that late moments count as well as early ones.
    const Instant first = past.first(clock), last = past.last(clock);
    for (std::size_t n = 0; n < kReviewSteps; ++n) {
        const Instant from = first + Span{(last - first).ns / static_cast<std::int64_t>(kReviewSteps) * static_cast<std::int64_t>(n)};
        const Stopwatch step;
        const Instant at = past.next(from, clock);
        const auto lines = past.lines(at ? at : from, clock);
        std::string screen;
        for (std::size_t k = lines.size() - std::min(lines.size(), kScreenLines); k < lines.size(); ++k)
            screen += review::textAt(incident.timeline[lines[k]], at);
        shown += screen.size() + past.firing(at ? at : from, clock).size();
        out.push_back(step.seconds());
    }
    return out;
}

/// Every line copied once, and nothing else done with it.
double copied(const state::Incident &incident, std::size_t &bytes)
{
    const Stopwatch watch;
    const std::vector<state::Entry> all(incident.timeline.begin(), incident.timeline.end());
    const double seconds = watch.seconds();
    for (const state::Entry &e : all)
        bytes += e.text.size();
    return seconds;
}

} // namespace

int benchReview(const BenchOptions &options)
{
    state::State s = incidentOf(options.events > 0 ? static_cast<std::size_t>(options.events) : kReviewLines);
    const state::Incident &incident = *s.incident("INC-1");
    Opening opened;
    std::vector<double> copies;
    std::size_t bytes = 0, shown = 0;
    for (std::size_t round = 0; round < kReviewRounds; ++round) {
        if (const auto done = open(s, opened); !done)
            return benchFailed(done.error());
        bytes = 0;
        copies.push_back(copied(incident, bytes));
    }
    const std::vector<double> was = scrub(incident, review::Clock::AsItWas, shown), known = scrub(incident, review::Clock::AsKnown, shown);
    if (shown == 0)
        return benchFailed({Code::Internal, "Nothing was shown of the bench's incident.", {}});
    const double reference = median(copies), all = median(opened.all);
    return report(options, {{"bench", "review"},
                            {"lines", incident.timeline.size()},
                            {"textBytes", bytes},
                            {"openMs", spreadOf(opened.all)},
                            {"ofOpening", json::object{{"prefillMs", median(opened.prefill) * 1e3},
                                                       {"readMs", median(opened.read) * 1e3},
                                                       {"clocksMs", median(opened.clocks) * 1e3},
                                                       {"renderMs", median(opened.render) * 1e3}}},
                            {"stepAsItWasMs", spreadOf(was)},
                            {"stepAsKnownMs", spreadOf(known)},
                            {"reference", json::object{{"copyOfItsLinesMs", reference * 1e3}}},
                            {"ratio", json::object{{"openToCopy", reference > 0 ? all / reference : 0.0}}}});
}

} // namespace qd::app
