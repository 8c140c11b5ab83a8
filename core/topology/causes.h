// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/topology/chain.h"

#include <memory>
#include <optional>

namespace qd::topology {

/// Why trouble of a service is likely a consequence of trouble of another.
struct Cause {
    std::string suspect;                 ///< another service
    std::vector<std::string> path;       ///< from the service to the suspect over hard edges, both included
    Instant since;                       ///< when the suspect's trouble began
};

/// Where the trouble of each service comes from, at one State. Made once, asked often; linear in services, edges and alerts. Pure. One thread.
class Causes {
public:
    explicit Causes(const state::State &state);
    Causes(Causes &&) noexcept;
    Causes &operator=(Causes &&) noexcept;
    ~Causes();

    /// The likely cause, when it is not the service itself. Aliases are understood.
    [[nodiscard]] std::optional<Cause> of(std::string_view service) const;
    /// Something of severity warning or worse fires on it, unsuppressed.
    [[nodiscard]] bool isUnhealthy(std::string_view service) const;
    /// The reasoning, in words: the edges of the path, what fires on the suspect, and the soft and asynchronous edges from it that lead to
    /// something unhealthy and do not count.
    [[nodiscard]] events::Because because(const Cause &cause) const;

private:
    struct Impl;
    std::unique_ptr<Impl> m;
};

/// Whether a service has anything it needs over a hard edge: else no cause of it can be elsewhere. Cheap.
[[nodiscard]] bool hasNeeds(const state::State &state, std::string_view service);

} // namespace qd::topology
