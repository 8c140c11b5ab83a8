// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/result.h"
#include "core/state/state.h"

#include <map>

namespace qd::control {

/// An update as it would read now, before it is sent. `carry`: it begins with the values of the last post of its template. `removeMarked`: its copies are without
/// what is marked above their audience's clearance.
struct UpdateDraft {
    static constexpr const char *kMethod = "update.draft";
    std::string incident, updateTemplate;
    std::map<std::string, std::string> set;
    bool carry = false, removeMarked = false;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "template", e.updateTemplate); f(3, "set", e.set); f(4, "carry", e.carry); f(5, "removeMarked", e.removeMarked);)
};

/// {"text","fields":[{"name","hint","required"}],"missing":[…],"unknown":[…],"problem","values":{…},"advice":[{"kind","at","length","words","say"}],"lengths":[…],
/// "last":{…}|null,"difference":[{"change","text"}],"goesTo":[{"to","name","why"}],"copies":{"slack":…},"copyProblem"}. Depends on `now`. What `person` may not read, or whom they look as
/// (`viewAs`; may be empty), is sealed before anything is made of it: pieces of a difference have no marks of their own. There are copies
/// only of what could be sent to its audience; else "copyProblem" says why there are none. Hints are in the language the template is spoken in. Errors: NotFound, Conflict, Invalid.
[[nodiscard]] Result<std::string> updateDraftJson(const state::State &state, const UpdateDraft &draft, Instant now, const std::string &person, const std::string &viewAs);

} // namespace qd::control
