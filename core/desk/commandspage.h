// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"

#include <map>
#include <string>
#include <vector>

/// Commands about status pages. Part of core/desk/commands.h.
namespace qd::desk {

/// What a component is to be, in words: "partial outage".
struct ComponentMeant {
    std::string component, state;
    QD_FIELDS(f(1, "component", e.component); f(2, "state", e.state);)
};
/// Says something to the public. Without a notice: the open one of the incident, without an incident the only open one, else a new one,
/// which then needs a title and a text. Texts are by language. Where the workspace has checks for what the public reads, words that passed none need a
/// reason (the glass is broken), of which `tell` hear, else two others; phase and components alone need none.
struct PostOnPage {
    std::string page, incident, phase, next; ///< next: "30m", when the next word follows
    std::uint32_t notice = 0;
    bool fresh = false;                      ///< a notice of its own, though one is open
    std::map<std::string, std::string> title, text;
    std::vector<ComponentMeant> components;
    bool removeMarked = false;               ///< as of an update
    std::string reason = {};
    std::vector<std::string> tell = {};
    QD_FIELDS(f(1, "page", e.page); f(2, "incident", e.incident); f(3, "phase", e.phase); f(4, "next", e.next); f(5, "notice", e.notice);
              f(6, "fresh", e.fresh); f(7, "title", e.title); f(8, "text", e.text); f(9, "components", e.components); f(10, "removeMarked", e.removeMarked);
              f(11, "reason", e.reason); f(12, "tell", e.tell);)
};
/// A component is this, whatever follows from incidents; "auto": what follows from them.
struct OverrideComponent {
    std::string page, component, state, reason, until; ///< until: a span (2h) or RFC 3339
    QD_FIELDS(f(1, "page", e.page); f(2, "component", e.component); f(3, "state", e.state); f(4, "reason", e.reason); f(5, "until", e.until);)
};
/// Announces work; or, with the number of one that is not over, changes it: what is not given stays. `reason`, `tell`: as of a post.
struct PlanPageMaintenance {
    std::string page, from, until, duration; ///< RFC 3339; from: now when not given
    std::map<std::string, std::string> title, text;
    std::vector<std::string> components;
    bool removeMarked = false;               ///< as of an update
    std::uint32_t number = 0;                ///< the one that is changed; 0: a new one
    std::string reason = {};
    std::vector<std::string> tell = {};
    QD_FIELDS(f(1, "page", e.page); f(2, "from", e.from); f(3, "until", e.until); f(4, "duration", e.duration); f(5, "title", e.title);
              f(6, "text", e.text); f(7, "components", e.components); f(8, "removeMarked", e.removeMarked); f(9, "number", e.number);
              f(10, "reason", e.reason); f(11, "tell", e.tell);)
};
struct EndPageMaintenance {
    std::string page, reason;
    std::uint32_t number = 0;
    QD_FIELDS(f(1, "page", e.page); f(2, "reason", e.reason); f(3, "number", e.number);)
};

} // namespace qd::desk
