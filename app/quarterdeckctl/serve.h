// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/home.h"
#include "core/net/limits.h"
#include "core/sources/inboundedge.h"

#include <cstdint>
#include <memory>
#include <string>

namespace qd::app {

struct ServeOptions {
    HomeOptions home;
    std::shared_ptr<const journal::Unlock> unlock; ///< what opens it; read once, since a descriptor gives it once
    std::filesystem::path recoverInto = {}; ///< when the home is damaged, another is made here of what can be read, and served; empty: the damaged one is shown
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
