// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/home.h"
#include "core/net/limits.h"
#include "core/sources/inboundedge.h"

#include <cstdint>
#include <string>

namespace qd::app {

struct ServeOptions {
    HomeOptions home;
    std::string address = "127.0.0.1";
    std::uint16_t port = 0; ///< 0 = any free one
    std::filesystem::path emergency = {}; ///< folder for what is kept while the disk takes nothing; empty: emergencyFolder()
    net::Limits limits = {};             ///< of the listener; connections as many as there are descriptors for
    sources::InboundOptions inbound = {}; ///< how large a batch may be, how many requests a second
};

/// The core: opens the home, runs until SIGTERM or SIGINT, stops in order. Prints the ready line when everything stands.
/// An Error says in one sentence why it could not start. Needs a QCoreApplication; call on the main thread, before any other
/// thread exists.
[[nodiscard]] Result<> serve(const ServeOptions &options);

} // namespace qd::app
