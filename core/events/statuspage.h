// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/org.h"

namespace qd::events {

// --- status pages: what the public is told, and what their components are ---

/// Input: a person says something on a page. A notice is what the public knows of one trouble; its first post names it. `components`
/// holds what the post says of them, which counts until the next post does.
struct PagePosted {
    std::string page, incident;          ///< incident: the one it is of; may be none
    std::uint32_t notice = 0, update = 0; ///< numbers of the page's notice, and of the post in it
    PagePhase phase = PagePhase::Investigating;
    Localized title, text;               ///< title: of the notice, where this post gives it one
    std::vector<ComponentSaid> components;
    Instant nextDue;                     ///< the next word is promised by then
    Actor by;
    std::string reason = {};             ///< why the checks a text for outside has to pass were not waited for; "": it passed them, or there are none
    std::vector<std::string> missing = {}, told = {}; ///< which they are; who was told
    QD_FIELDS(f(1, "page", e.page); f(2, "incident", e.incident); f(3, "notice", e.notice); f(4, "update", e.update); f(5, "phase", e.phase);
              f(6, "title", e.title); f(7, "text", e.text); f(8, "components", e.components); f(9, "nextDue", e.nextDue); f(10, "by", e.by);
              f(11, "reason", e.reason); f(12, "missing", e.missing); f(13, "told", e.told);)
};

/// Input: a component is what a person says, whatever follows from incidents; or (derived) what follows from them again. A conclusion
/// when the core says it: its time is over.
struct ComponentOverridden {
    std::string page, component, reason; ///< reason: for us, never shown on the page
    ComponentState state = ComponentState::Operational;
    bool derived = false;
    Instant until;                       ///< none: until it is taken back
    Actor by;
    QD_FIELDS(f(1, "page", e.page); f(2, "component", e.component); f(3, "reason", e.reason); f(4, "state", e.state); f(5, "derived", e.derived);
              f(6, "until", e.until); f(7, "by", e.by);)
};

/// Input: work on components was announced; or what was announced is another, as a whole.
struct PageMaintenancePlanned {
    std::string page;
    std::uint32_t number = 0;            ///< of the page's maintenances
    Localized title, text;
    std::vector<std::string> components;
    Instant from, until;
    Actor by;
    std::uint32_t change = 0;            ///< 0: announced; 1: changed for the first time
    std::string reason = {};             ///< as of a post
    std::vector<std::string> missing = {}, told = {};
    QD_FIELDS(f(1, "page", e.page); f(2, "number", e.number); f(3, "title", e.title); f(4, "text", e.text); f(5, "components", e.components);
              f(6, "from", e.from); f(7, "until", e.until); f(8, "by", e.by); f(9, "change", e.change); f(10, "reason", e.reason);
              f(11, "missing", e.missing); f(12, "told", e.told);)
};

/// Conclusion: it is time.
struct PageMaintenanceBegan {
    std::string page;
    std::uint32_t number = 0;
    Because because;
    QD_FIELDS(f(1, "page", e.page); f(2, "number", e.number); f(3, "because", e.because);)
};

/// Input: it is over before its time, or does not take place. A conclusion when the core says it: its time is over.
struct PageMaintenanceEnded {
    std::string page, reason;
    std::uint32_t number = 0;
    Actor by;
    QD_FIELDS(f(1, "page", e.page); f(2, "reason", e.reason); f(3, "number", e.number); f(4, "by", e.by);)
};

/// Conclusion: a component of a page is something else from now on. The history of the page is made of these alone.
struct ComponentTurned {
    std::string page, component;
    ComponentState state = ComponentState::Operational;
    Because because;
    QD_FIELDS(f(1, "page", e.page); f(2, "component", e.component); f(3, "state", e.state); f(4, "because", e.because);)
};

/// Conclusion: the page says a component works while what it stands for is in trouble; or (not drifts) that is so no more.
struct ComponentDrifted {
    std::string page, component;
    bool drifts = true;
    Because because;
    QD_FIELDS(f(1, "page", e.page); f(2, "component", e.component); f(3, "drifts", e.drifts); f(4, "because", e.because);)
};

/// Conclusion: the next word a notice promised did not come: the page says that it may be out of date.
struct NoticeOverdue {
    std::string page;
    std::uint32_t notice = 0;
    Instant due;
    Because because;
    QD_FIELDS(f(1, "page", e.page); f(2, "notice", e.notice); f(3, "due", e.due); f(4, "because", e.because);)
};

} // namespace qd::events
