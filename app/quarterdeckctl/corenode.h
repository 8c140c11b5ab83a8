// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/serve.h"

#include <memory>
#include <string>

namespace qd::app {

/// The composition root of the core: builds each part in order, ties them together, takes them down in the reverse order.
/// Main thread.
class CoreNode final {
public:
    [[nodiscard]] static Result<std::unique_ptr<CoreNode>> start(const ServeOptions &options);
    ~CoreNode();
    CoreNode(const CoreNode &) = delete;
    CoreNode &operator=(const CoreNode &) = delete;

    /// `ready {"control":…,"listen":…,"seq":N}`
    [[nodiscard]] std::string readyLine() const;
    /// House-keeping, to be called twice a second: the workspace's files and the control socket (every 2 s), refusals to be told, the outbox.
    void tick();
    /// Edges first, then the desk drains, then the journal is flushed and closed.
    void stop();

private:
    struct Parts;
    explicit CoreNode(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace qd::app
