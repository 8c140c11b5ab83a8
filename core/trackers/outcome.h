// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/trackers/trackers.h"

/// What becomes of one request of a tracker's line, and how that is said. For trackers.cpp.
namespace qd::trackers {

/// The end of one attempt.
struct Outcome {
    enum class Kind { Done, Failed, InDoubt, NotNow } kind = Kind::Done;
    std::string text; ///< Done: what it is known by; else why
    int status = 0;   ///< Failed: what it answered
    std::string note = {}; ///< Done: what of it could not be done
};

[[nodiscard]] inline Outcome failed(std::string why)
{
    return {Outcome::Kind::Failed, std::move(why)};
}

[[nodiscard]] inline std::string sentenceOf(const net::HttpResponse &answer)
{
    return "it answered " + std::to_string(answer.status) + (answer.status == 401 || answer.status == 403 ? ": the token may not do that; make another there with the right to write issues (GitHub: Settings, Developer settings; GitLab: Settings, Access Tokens; Atlassian: id.atlassian.com, Security) and connect again" : answer.status == 404 ? ": it does not know that, or the token may not see it" : "");
}

/// Its first limit, or its second (GitHub's 403).
[[nodiscard]] inline bool isAskedToWait(const net::HttpResponse &answer)
{
    return answer.status == 429 || (answer.status == 403 && (!net::valueOf(answer.headers, "retry-after").empty() || net::valueOf(answer.headers, "x-ratelimit-remaining") == "0"));
}

[[nodiscard]] inline Wanted wantedOf(const Entry &e)
{
    return {e.what.title, e.what.text, e.marker, e.what.due, e.what.closed, e.what.address, e.what.textBefore, e.what.isDropped, {}};
}

/// A name a tracker does not take: then it is done without, rather than not at all.
[[nodiscard]] inline bool mayBeOfAssignee(const Outcome &refused, const Wanted &wanted)
{
    return refused.kind == Outcome::Kind::Failed && (refused.status == 400 || refused.status == 422) && !wanted.assignee.empty();
}

[[nodiscard]] inline std::string givenToNobody(const Wanted &wanted, const std::string &why)
{
    return "nobody was given it there: " + why + "; mend the account " + wanted.account + " in people.toml";
}

} // namespace qd::trackers
