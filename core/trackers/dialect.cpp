// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trackers/dialects.h"

#include "core/base/ascii.h"

#include <algorithm>

namespace qd::trackers {

void readAssignees(Issue &out, const json::value &issue, std::string_view name)
{
    const auto add = [&](const json::value *person) {
        if (std::string account = safeLine(textIn(memberOf(person, name)), kNameBytes); !account.empty() && out.accounts.size() < kAssigneesRead)
            out.accounts.push_back(std::move(account));
    };
    if (const json::value *people = memberOf(&issue, "assignees"); people && people->is_array())
        for (const json::value &each : people->get_array())
            add(&each);
    if (out.accounts.empty())
        add(memberOf(&issue, "assignee"));
    for (const std::string &account : out.accounts)
        out.assignee += (out.assignee.empty() ? "" : ", ") + account;
}

bool Issue::isWith(std::string_view account) const
{
    return std::any_of(accounts.begin(), accounts.end(), [&](const std::string &each) { return asciiLower(each) == asciiLower(account); });
}

std::optional<net::HttpRequest> Dialect::askAssignee(const std::string &) const
{
    return std::nullopt;
}

Result<std::string> Dialect::assigneeIn(const std::string &account, const std::string &) const
{
    return account;
}

net::HttpRequest Dialect::askTurns(const std::string &) const
{
    return {};
}

Result<net::HttpRequest> Dialect::turn(const std::string &, const Wanted &, const std::string &) const
{
    return fail(Code::Internal, "This tracker needs no transition.");
}

std::unique_ptr<Dialect> dialectOf(const Connection &connection, std::shared_ptr<const Secret> token)
{
    if (connection.kind == "gitlab")
        return gitLab(connection, std::move(token));
    if (connection.kind == "jira")
        return jira(connection, std::move(token));
    return gitHub(connection, std::move(token));
}

std::string pathPart(std::string_view text)
{
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char raw : text) {
        const auto c = static_cast<unsigned char>(raw);
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~')
            out += raw;
        else
            out += {'%', kHex[c >> 4], kHex[c & 15]};
    }
    return out;
}

} // namespace qd::trackers
