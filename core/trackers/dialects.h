// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For this folder's .cpp files only: what the dialects of issues share, and how each is made.

#include "core/trackers/answers.h"

namespace qd::trackers {

[[nodiscard]] std::unique_ptr<Dialect> gitHub(const Connection &connection, std::shared_ptr<const Secret> token);
[[nodiscard]] std::unique_ptr<Dialect> gitLab(const Connection &connection, std::shared_ptr<const Secret> token);
[[nodiscard]] std::unique_ptr<Dialect> jira(const Connection &connection, std::shared_ptr<const Secret> token);

inline constexpr std::size_t kAssigneesRead = 10, kNameBytes = 200;

/// Who has it, all or the one an older server names: `name` is what an account is called in the tracker's objects of people.
void readAssignees(Issue &out, const json::value &issue, std::string_view name);

/// The issues of an answer that is a list; what `read` makes none of is left out. Errors: of jsonIn; Corrupt where it is no list.
template <typename Read>
Result<std::vector<Issue>> listed(const std::string &body, const std::string &tracker, Read read)
{
    const auto v = jsonIn(body, tracker);
    if (!v)
        return tl::unexpected(v.error());
    if (!v->is_array())
        return fail(Code::Corrupt, tracker + " answered with no list of issues.");
    std::vector<Issue> out;
    for (const json::value &each : v->get_array())
        if (Result<Issue> one = read(each))
            out.push_back(std::move(*one));
    return out;
}

} // namespace qd::trackers
