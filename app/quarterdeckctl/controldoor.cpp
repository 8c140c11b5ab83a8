// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/controldoor.h"

#include <pwd.h>
#include <unistd.h>

namespace qd::app {

std::string userName()
{
    const passwd *user = getpwuid(getuid());
    return user ? user->pw_name : "uid-" + std::to_string(getuid());
}

Result<ControlDoor> openControlDoor(const HomeOptions &home, net::IoThread &io, const link::Feed &feed, link::Replica &replica,
                                    control::Api::Send send, control::Api::Options about)
{
    const auto socket = link::controlSocket(home.home);
    if (auto made = makePrivate(socket.parent_path()); !made)
        return tl::unexpected(made.error());
    link::SeatServer::Options seat;
    seat.origin = about.origin;
    seat.version = QD_VERSION;
    about.user = userName();
    about.version = QD_VERSION;
    ControlDoor door;
    door.api = std::make_unique<control::Api>(std::move(send), feed, replica, std::move(about));
    auto opened = link::SeatServer::open(
        io, socket, feed,
        [api = door.api.get()](std::string request, link::SeatServer::Reply reply) { api->handle(std::move(request), std::move(reply)); },
        std::move(seat));
    if (!opened)
        return tl::unexpected(opened.error());
    door.seats = std::move(*opened);
    return door;
}

} // namespace qd::app
