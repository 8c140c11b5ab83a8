// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/time.h"
#include "core/model/statuspage.h"
#include "core/model/words.h"

#include <string>
#include <vector>

namespace qd {

/// How an update is written, whoever its audience is called: what it may take for granted, and what it must not say.
enum class AudienceKind : std::uint8_t { Technical = 0, Executive = 1, Customer = 2, Regulator = 3 };
[[nodiscard]] std::string_view word(AudienceKind v);
template <> std::optional<AudienceKind> fromWord(std::string_view text);
/// What the usual audiences are; one of a name of its own is read by customers as far as anybody knows.
[[nodiscard]] AudienceKind kindOfAudience(std::string_view audience);

/// How often an audience hears of an incident of this severity.
struct UpdateCadence {
    IncidentSeverity severity = IncidentSeverity::Sev1;
    std::string audience;
    Span every;
    QD_FIELDS(f(1, "severity", e.severity); f(2, "audience", e.audience); f(3, "every", e.every);)
};

/// A check that a text for outside has to pass: who gives it, who does when they do not, and in what time.
struct ApprovalStage {
    std::string id, name;
    std::vector<std::string> approvers, deputies; ///< people and teams; deputies may once the time is over
    std::vector<std::string> after;      ///< stages that have to be passed before; none: it runs beside the others
    std::vector<std::string> audiences;  ///< for texts to these; empty: to all
    Span within = minutes(10);
    QD_FIELDS(f(1, "id", e.id); f(2, "name", e.name); f(3, "approvers", e.approvers); f(4, "deputies", e.deputies); f(5, "after", e.after);
              f(6, "audiences", e.audiences); f(7, "within", e.within);)
};

/// A text approved before anything happened: whoever commands releases it alone.
struct HoldingStatement {
    std::string id, title, text, audience;
    std::string page, component;         ///< of a status page, what it is about; may be empty
    ComponentState state = ComponentState::Degraded;
    std::vector<std::string> services;   ///< it fits incidents of these
    std::vector<std::string> to;         ///< as a message's destinations
    Span next, expires;                  ///< when the next word follows; after what time it is not true any more
    Localized titles = {}, texts = {};   ///< the same in further languages, by their codes
    QD_FIELDS(f(1, "id", e.id); f(2, "title", e.title); f(3, "text", e.text); f(4, "audience", e.audience); f(5, "page", e.page);
              f(6, "component", e.component); f(7, "state", e.state); f(8, "services", e.services); f(9, "to", e.to); f(10, "next", e.next);
              f(11, "expires", e.expires); f(12, "titles", e.titles); f(13, "texts", e.texts);)
};

/// Who gets mail by one name.
struct Recipients {
    std::string id, name;
    std::vector<std::string> mail;
    std::string language = {};           ///< what they read of a page they follow; empty, or none of the page's: the page's first
    QD_FIELDS(f(1, "id", e.id); f(2, "name", e.name); f(3, "mail", e.mail); f(4, "language", e.language);)
};

} // namespace qd
