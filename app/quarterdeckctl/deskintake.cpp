// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/deskintake.h"

#include "app/quarterdeckctl/calendarintake.h"
#include "core/link/replica.h"

namespace qd::app {

namespace {

desk::Done plain(sources::Done done)
{
    if (!done)
        return {};
    return [done = std::move(done)](Result<desk::Outcome> outcome) {
        done(outcome ? Result<>() : Result<>(tl::unexpected(outcome.error())));
    };
}

events::ChangeSeen changeOf(sources::ChangeMarker marker)
{
    events::ChangeSeen e;
    e.service = std::move(marker.service);
    e.title = std::move(marker.title);
    e.link = std::move(marker.link);
    e.source = std::move(marker.connection);
    e.at = marker.at;
    e.identity = std::move(marker.id);
    return e;
}

} // namespace

sources::Intake intakeOf(desk::Desk &desk, link::Replica &replica, std::string origin, std::shared_ptr<CalendarIntake> calendars, std::function<void(std::uint64_t, Delivery, std::string, std::string)> moved,
                         std::function<void(const std::string &)> pollSoon)
{
    sources::Intake in;
    addPagers(in, desk, replica, std::move(origin), std::move(pollSoon));
    in.reports = [&desk](ReportBatch batch, sources::Done done) { desk.report(std::move(batch), plain(std::move(done))); };
    in.change = [&desk](sources::ChangeMarker marker, sources::Done done) { desk.report(changeOf(std::move(marker)), plain(std::move(done))); };
    in.heartbeat = [&desk](sources::Heartbeat beat, sources::Done done) {
        desk.report(events::HeartbeatSeen{std::move(beat.connection), std::move(beat.name), beat.at, beat.at, 1}, plain(std::move(done)));
    };
    in.ping = [&desk](sources::Ping p, sources::Done done) {
        if (p.kind == events::PingKind::Beat || p.kind == events::PingKind::Start)
            return desk.report(events::PingsSeen{std::move(p.name), std::move(p.connection), {p.at.ns}, {static_cast<std::uint8_t>(p.kind)}, {p.run}, 1, false},
                               plain(std::move(done)));
        desk.report(events::PingSaid{std::move(p.name), std::move(p.connection), p.kind, p.at, p.run, p.exitStatus, std::move(p.text)}, plain(std::move(done)));
    };
    in.calendar = [calendars = std::move(calendars)](const std::string &connection, std::string bytes, sources::Done done) { calendars->take(connection, std::move(bytes), std::move(done)); };
    in.acknowledge = [&desk, &replica](std::string connection, std::uint64_t fingerprint, Instant, sources::Done done) {
        replica.ask([&desk, connection = std::move(connection), fingerprint, done = std::move(done)](const state::State &s) {
            const auto *source = s.source(connection);
            const std::string set = source ? std::string(s.text(source->set)) : connection;
            desk.command(desk::Acknowledge{{set + "/" + fingerprintText(fingerprint)}, "acknowledged at its sender"},
                         events::Actor{connection, Path::PagerDuty}, [done](Result<desk::Outcome> outcome) {
                             // What is unknown or over needs no acknowledgement: the sender has nothing to repeat.
                             const bool again = !outcome && outcome.error().code == Code::Unavailable;
                             if (done)
                                 done(again ? Result<>(tl::unexpected(outcome.error())) : Result<>());
                         });
        });
    };
    in.silences = [&desk](std::string connection, std::vector<sources::Silence> silences) {
        desk.report(events::SilencesSeen{std::move(connection), std::move(silences)});
    };
    in.sourceSeen = [&desk](std::string connection, Path path, Instant at) {
        desk.report(events::SourceSeen{std::move(connection), path, at, at, 1});
    };
    in.sourceFailed = [&desk](std::string connection, std::string reason, Instant) {
        desk.report(events::SourceFailed{std::move(connection), std::move(reason)});
    };
    in.refused = [&desk](int status, std::string reason, std::uint64_t count, Instant first, Instant last, sources::Done done) {
        desk.report(events::RequestsRefused{static_cast<std::uint16_t>(status), std::move(reason), first, last, static_cast<std::uint32_t>(count)},
                    plain(std::move(done)));
    };
    in.connectionState = [&desk](std::string connection, std::string state, std::string problem) {
        desk.report(events::ConnectionReported{std::move(connection), std::move(state), std::move(problem)});
    };
    in.moved = std::move(moved);
    return in;
}

} // namespace qd::app
