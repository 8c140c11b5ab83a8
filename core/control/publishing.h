// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/result.h"
#include "core/state/state.h"

#include <string>

namespace qd::control {

/// Reviews whose publications are made again for a list, those something was published of last, to say which read otherwise by now. Of one review alone they always are.
inline constexpr std::size_t kReadAgainInLists = 50;

/// `review.rendition`: the review of an incident as an audience may have it, with what the leak check finds in it. format: md, html, txt, confluence.
struct RenditionParams {
    static constexpr std::string_view kMethod = "review.rendition";
    std::string incident, audience, format, section; ///< section: that one alone
    QD_FIELDS(f(1, "incident", e.incident); f(2, "audience", e.audience); f(3, "format", e.format); f(4, "section", e.section);)
};

/// {"incident","audience","outside","title","format","text","digest","empty","removed","sectionsLeftOut","drafts","leaks":[{"kind","words","line","around","say","allowable"}]}. `text` is
/// what would be published, also while leaks keep it from being. Errors: as desk::publishable; Invalid (no such format).
[[nodiscard]] Result<std::string> renditionJson(const state::State &state, const RenditionParams &params, const std::string &person);

} // namespace qd::control
