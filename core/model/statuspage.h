// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/time.h"
#include "core/model/words.h"

#include <map>
#include <string>
#include <vector>

namespace qd {

/// What the public reads: never internal names, only what stands here and what somebody posts. Numbers are written to the journal.
enum class PagePhase : std::uint8_t { Investigating = 0, Identified = 1, Monitoring = 2, Resolved = 3 };
enum class ComponentState : std::uint8_t { Operational = 0, Degraded = 1, PartialOutage = 2, MajorOutage = 3, Maintenance = 4 };

/// "investigating", "partial outage" …; fromWord also takes "partial-outage" and "partial_outage".
[[nodiscard]] std::string_view word(PagePhase v);
[[nodiscard]] std::string_view word(ComponentState v);
template <> std::optional<PagePhase> fromWord(std::string_view text);
template <> std::optional<ComponentState> fromWord(std::string_view text);
/// How bad it is, for "the worst of": maintenance is between operational and degraded.
[[nodiscard]] int badness(ComponentState v);

/// A text in the languages of a page, by their codes ("en", "de").
using Localized = std::map<std::string, std::string>;
/// In this language; else in the first of `languages` there is one in; else "".
[[nodiscard]] const std::string &textIn(const Localized &texts, std::string_view language, const std::vector<std::string> &languages);

/// One thing on a status page, as the public knows it, and the services it stands for, which the public never sees.
struct PageComponent {
    std::string id;
    Localized name, group, about;
    std::vector<std::string> services;
    QD_FIELDS(f(1, "id", e.id); f(2, "name", e.name); f(3, "group", e.group); f(4, "about", e.about); f(5, "services", e.services);)
};

struct StatusPage {
    std::string id;
    Localized title;
    std::vector<std::string> languages;  ///< the first is what a reader gets who asks for none of them
    std::string url, support;            ///< where the public reads it; where they ask for help. http, https or (support) mailto
    std::string zone;                    ///< IANA: local times are of it, beside UTC
    std::vector<PageComponent> components;
    std::vector<std::string> publish;    ///< connections it is pushed to
    bool live = false;                   ///< the core serves it itself, as /status/<id>
    std::vector<std::string> subscribers; ///< who is told of every post and maintenance: "mail:ID" of [[recipients]], "webhook:NAME" of a connection
    QD_FIELDS(f(1, "id", e.id); f(2, "title", e.title); f(3, "languages", e.languages); f(4, "url", e.url); f(5, "support", e.support);
              f(6, "zone", e.zone); f(7, "components", e.components); f(8, "publish", e.publish); f(9, "live", e.live);
              f(10, "subscribers", e.subscribers);)

    [[nodiscard]] const PageComponent *component(std::string_view component) const;
};

/// What a component is said to be.
struct ComponentSaid {
    std::string component;
    ComponentState state = ComponentState::Operational;
    bool operator==(const ComponentSaid &) const = default;
    QD_FIELDS(f(1, "component", e.component); f(2, "state", e.state);)
};

} // namespace qd
