// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/jsonread.h"
#include "core/workspace/oncallimport.h"

#include <map>
#include <set>

/// What the readers of the tools share.
namespace qd::workspace {

namespace json = boost::json;

[[nodiscard]] std::int64_t numberAt(const json::object &from, const char *name, std::int64_t otherwise = 0);
[[nodiscard]] bool truthAt(const json::object &from, const char *name, bool otherwise = false);
/// The objects of a list: a bare array, or one under "results", "data" or "nodes", as the APIs page them.
[[nodiscard]] std::vector<const json::object *> listAt(const json::object &from, const char *name);
[[nodiscard]] std::vector<std::string> textsAt(const json::object &from, const char *name);

/// Makes ids, finds people again, and collects what did not translate.
class OnCallGather {
public:
    static constexpr std::size_t kLinesKept = 500; ///< of what did not translate; then "… and N more"

    explicit OnCallGather(const Workspace &now);

    /// Under the tool's id and other names of theirs; `mail` may be a user name.
    void person(const std::vector<std::string> &keys, const std::string &mail, const std::string &name, const std::string &zone);
    /// Each gives our id.
    std::string team(const std::string &key, const std::string &name);
    std::string schedule(const std::string &key, Schedule schedule);
    std::string policy(Policy policy, const std::string &key = {});
    std::string service(const std::string &name, const std::string &team); ///< "" for one the workspace has
    void owner(OwnerRule rule) { m_out.owners.push_back(std::move(rule)); }

    [[nodiscard]] std::string personOf(const std::string &key) const { return of(m_people, key); }
    [[nodiscard]] std::string teamOf(const std::string &key) const { return of(m_teams, key); }
    [[nodiscard]] std::string scheduleOf(const std::string &key) const { return of(m_schedules, key); }
    [[nodiscard]] std::string policyOf(const std::string &key) const { return of(m_policies, key); }
    /// Of the teams that are new; null for one the workspace has.
    Team *teamNamed(const std::string &id);
    /// The policy of a team, new or not.
    [[nodiscard]] std::string policyOfTeam(const std::string &id) const;

    void lost(std::string line);
    [[nodiscard]] Result<OnCallImport> finish();

    /// A layer's windows from a span of the week, minutes of the day; until before or at from reaches into the next day.
    static void addWindow(std::vector<DayWindow> &to, std::uint32_t days, std::int64_t from, std::int64_t until);
    /// Steps as far as they hold: waits within 1 min … 24 h, at most 20 of them.
    void addStep(Policy &policy, PolicyStep step);

private:
    [[nodiscard]] static std::string of(const std::map<std::string, std::string> &ids, const std::string &key);
    std::string freeId(const std::string &name, const char *kind);

    const Workspace &m_now;
    OnCallImport m_out;
    std::map<std::string, std::string> m_people, m_teams, m_schedules, m_policies; ///< theirs to ours
    std::set<std::string> m_taken, m_takenServices;
    std::size_t m_more = 0;
};

void readGrafanaOnCall(const json::object &from, OnCallGather &to, Instant at);
void readOpsgenie(const json::object &from, OnCallGather &to, Instant at);
void readGoAlert(const json::object &from, OnCallGather &to, Instant at);
void readPagerDuty(const json::object &from, OnCallGather &to, Instant at);

} // namespace qd::workspace
