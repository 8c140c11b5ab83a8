// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/controldoor.h"

#include "core/governance/clearance.h"

#include <algorithm>
#include <mutex>
#include <pwd.h>
#include <unistd.h>

namespace qd::app {

std::string userName()
{
    const passwd *user = getpwuid(getuid());
    return user ? user->pw_name : "uid-" + std::to_string(getuid());
}

Result<ControlDoor> openControlDoor(const HomeOptions &home, net::IoThread &io, const link::Feed &feed, link::Replica &replica,
                                    control::Api::Send send, control::Api::Options about, bool canRecord)
{
    const auto socket = link::controlSocket(home.home);
    if (auto made = makePrivate(socket.parent_path()); !made)
        return tl::unexpected(made.error());
    link::SeatServer::Options seat;
    seat.origin = about.origin;
    seat.version = QD_VERSION;
    about.user = userName();
    about.version = QD_VERSION;
    // Who sits at the window is the user; what they may read there changes with the workspace.
    struct Sitting {
        std::mutex mutex;
        governance::SeatReadersPtr readers = std::make_shared<const governance::SeatReaders>();
    };
    auto sitting = std::make_shared<Sitting>();
    const auto learn = [sitting, user = about.user](const state::State &s) {
        auto readers = std::make_shared<const governance::SeatReaders>(s, user);
        const std::lock_guard lock(sitting->mutex);
        if (*readers != *sitting->readers)
            sitting->readers = std::move(readers);
    };
    seat.reader = [sitting] {
        const std::lock_guard lock(sitting->mutex);
        return sitting->readers;
    };
    ControlDoor door;
    door.api = std::make_unique<control::Api>(std::move(send), feed, replica, std::move(about));
    // What a window holds is shown to whoever sits there: restricted incidents are recorded as read before it gets anything.
    // One that is declared while it is open, or made one by its service or the workspace, before the window hears of it.
    const auto recordReads = door.api->recordReads();
    if (canRecord) {
        seat.beforeFollowing = [recordReads](std::function<void(Result<>)> go) { recordReads("window", {}, std::move(go)); };
        seat.mustAsk = [](const desk::Record &record) {
            return std::any_of(record.events.begin(), record.events.end(),
                               [](const events::Event &e) { return holds<events::IncidentDeclared>(e) || holds<events::ServiceCorrected>(e) || holds<events::IncidentPlaced>(e) || holds<events::WorkspaceChanged>(e); });
        };
        seat.beforeSending = [recordReads](const desk::Record &, std::function<void(Result<>)> go) { recordReads("window", {}, std::move(go)); };
    }
    auto opened = link::SeatServer::open(
        io, socket, feed,
        [api = door.api.get()](std::string request, link::SeatServer::Reply reply) { api->handle(std::move(request), std::move(reply)); },
        std::move(seat));
    if (!opened)
        return tl::unexpected(opened.error());
    door.seats = std::move(*opened);
    replica.watch(learn, [learn, sitting, workspace = std::string()](const state::State &s, const desk::Record &record) mutable {
        const bool isBounded = [&] {
            const std::lock_guard lock(sitting->mutex);
            return sitting->readers->isBounded();
        }();
        const bool isElsewhere = isBounded && std::any_of(record.events.begin(), record.events.end(), [](const events::Event &e) { return holds<events::IncidentDeclared>(e) || holds<events::ServiceCorrected>(e); });
        if (std::exchange(workspace, s.workspaceDigest) != s.workspaceDigest || isElsewhere)
            learn(s);
    });
    return door;
}

} // namespace qd::app
