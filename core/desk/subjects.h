// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/commands.h"
#include "core/governance/policy.h"
#include "core/state/state.h"

#include <string>
#include <vector>

namespace qd::desk {

using About = std::vector<governance::Subject>; ///< none: the console as a whole (governance::Need)

inline constexpr std::size_t kSubjectsAsked = 10'000; ///< of one command; what names more is about everything

/// What is about what: the services and incidents of that which a command names, and whether it is theirs who asks.
struct Subjects {
    const state::State &state;
    const events::Actor &by;

    [[nodiscard]] governance::Subject incidentSubject(const state::Incident &i) const;
    [[nodiscard]] About incident(const std::string &id) const;
    [[nodiscard]] About service(const std::string &name) const;
    [[nodiscard]] std::string serviceId(const std::string &name) const;
    [[nodiscard]] About escalation(std::uint32_t number) const;
    void add(About &about, governance::Subject subject) const;
    [[nodiscard]] About alerts(const Strings &keys) const;
    /// What only one service's alerts can match is about that service.
    [[nodiscard]] About matchers(const std::vector<Matcher> &all) const;
    [[nodiscard]] About suppressor(const state::Suppressor &s) const;
    /// The alerts somebody did something to, and what they placed and ended, as far as it is there.
    [[nodiscard]] About touched(const state::Intervention &o) const;
    [[nodiscard]] About groups(const Strings &names) const;
    [[nodiscard]] About components(const std::string &pageId, const Strings &names) const;
    [[nodiscard]] bool isCalled(std::uint32_t number) const;
    /// Whether every one of them is a call, or an incident with a call, that calls the asker.
    [[nodiscard]] bool isCalledFor(const Strings &keys) const;
    [[nodiscard]] bool isEditor(const std::string &id) const;
    [[nodiscard]] About heartbeat(const std::string &id) const;
};

} // namespace qd::desk
