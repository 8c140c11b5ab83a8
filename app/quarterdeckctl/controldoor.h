// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/home.h"
#include "core/control/api.h"
#include "core/link/seatserver.h"

#include <memory>

namespace qd::app {

/// The operating system's user this process runs as: who speaks when nobody is named, and the owner of the home.
[[nodiscard]] std::string userName();

/// The control socket of a home and what answers on it: JSON-RPC calls, and seats that follow. When it is taken down, the seats
/// go before the API.
struct ControlDoor {
    std::unique_ptr<control::Api> api;
    std::unique_ptr<link::SeatServer> seats;
};

/// Opens it at link::controlSocket(home), in a folder only the same user can enter. `about` needs no user and no version:
/// the operating system's and the program's are filled in. What is given must outlive it. Errors: Io, and those of
/// link::SeatServer::open. `canRecord`: there is a desk that records who looks at what is restricted.
[[nodiscard]] Result<ControlDoor> openControlDoor(const HomeOptions &home, net::IoThread &io, const link::Feed &feed, link::Replica &replica,
                                                  control::Api::Send send, control::Api::Options about, bool canRecord);

} // namespace qd::app
