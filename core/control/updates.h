// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/result.h"
#include "core/state/state.h"

#include <map>

namespace qd::control {

/// An update as it would read now, before it is sent. `carry`: it begins with the values of the last post of its template.
struct UpdateDraft {
    static constexpr const char *kMethod = "update.draft";
    std::string incident, updateTemplate;
    std::map<std::string, std::string> set;
    bool carry = false;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "template", e.updateTemplate); f(3, "set", e.set); f(4, "carry", e.carry);)
};

/// {"text","missing":[…],"unknown":[…],"problem","values":{…},"advice":[{"kind","at","length","words","say"}],"lengths":[…],
/// "last":{…}|null,"difference":[{"change","text"}],"copies":{"slack":…}}. Depends on `now`. What `person` may not read, or whom they look as
/// (`viewAs`; may be empty), is sealed before anything is made of it: pieces of a difference have no marks of their own. Copies are sealed for
/// their audience. Errors: NotFound, Conflict, Invalid.
[[nodiscard]] Result<std::string> updateDraftJson(const state::State &state, const UpdateDraft &draft, Instant now, const std::string &person, const std::string &viewAs);

} // namespace qd::control
