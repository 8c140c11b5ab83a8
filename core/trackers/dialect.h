// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/model/connection.h"
#include "core/net/httpclient.h"
#include "core/trackers/ourtext.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

/// How GitHub, GitLab and Jira are spoken to about issues: requests and what their answers say. Pure.
namespace qd::trackers {

/// What we have an issue say. `marker` stands in what is made, so that it is found before it is made twice.
struct Wanted {
    std::string title, text, marker;
    Instant due;
    bool closed = false;
    std::string account = {};  ///< who is to have it, as people write them in people.toml; "": that is not said
    std::vector<std::string> textBefore = {}; ///< what of ours may stand there, by its hashes (hashOfIssueText)
    bool isDropped = false;    ///< `closed`, but not done
    std::string assignee = {}; ///< the same as Dialect::assigneeIn() gives it; "": nobody is given it now
};

/// What a tracker says of one.
struct Issue {
    std::string key, url, title, status, text;
    std::string assignee;                ///< for people, and to know an account by: "ben-gh, eve-gh", "Ben Birke (557058:f1)"
    std::vector<std::string> accounts;   ///< of those who have it
    bool closed = false;
    Instant due, changedAt;
    [[nodiscard]] bool isWith(std::string_view account) const; ///< logins differ in no letter's size
};

class Dialect {
public:
    virtual ~Dialect() = default;
    /// What is asked before somebody is given an issue: GitLab's number of them, which Jira this is. None: the account is enough.
    [[nodiscard]] virtual std::optional<net::HttpRequest> askAssignee(const std::string &account) const;
    /// The account as the tracker wants it, of that answer ("" where nothing is asked). "": it knows nobody of this name.
    [[nodiscard]] virtual Result<std::string> assigneeIn(const std::string &account, const std::string &answer) const;
    /// Makes one. It is open, whatever `wanted` says.
    [[nodiscard]] virtual net::HttpRequest make(const Wanted &wanted) const = 0;
    /// Changes one that is there as far as it differs: title, due, whether it is done, who has it where that is said; and what we wrote in its
    /// text, where that is as it was before. None where nothing is left to do.
    [[nodiscard]] virtual std::optional<net::HttpRequest> change(const std::string &key, const Wanted &wanted, const Issue &now, const TextThere &text) const = 0;
    [[nodiscard]] virtual net::HttpRequest read(const std::string &key) const = 0;
    /// Those that may carry the marker.
    [[nodiscard]] virtual net::HttpRequest find(const std::string &marker) const = 0;
    /// The same, where find() is not known there (404, 410): Data Center's way beside Cloud's. None: there is no other.
    [[nodiscard]] virtual std::optional<net::HttpRequest> findOtherwise(const std::string &) const { return std::nullopt; }
    /// For how long what was made may not yet be found.
    [[nodiscard]] virtual Span searchBehind() const { return {}; }
    /// Errors: Corrupt, with what is missing.
    [[nodiscard]] virtual Result<Issue> issueIn(const std::string &body) const = 0;
    [[nodiscard]] virtual Result<std::vector<Issue>> issuesIn(const std::string &body) const = 0;
    /// What the answer to make() says of the new one, where that is not a whole issue: its key alone.
    [[nodiscard]] virtual Result<std::string> keyIn(const std::string &body) const = 0;
    /// The way an issue of Jira is closed is by a transition, which is asked for first. Empty body: this tracker needs none.
    [[nodiscard]] virtual net::HttpRequest askTurns(const std::string &key) const;
    /// `wanted` says whether it is closed, and whether that is for it is dropped: a status that says so in its name is taken then, and for none that is done.
    [[nodiscard]] virtual Result<net::HttpRequest> turn(const std::string &key, const Wanted &wanted, const std::string &turns) const;
    [[nodiscard]] virtual bool turnsByAsking() const { return false; }
};

/// `connection.kind` is one of isTracker(). Requests carry the token as each wants it, never in an address.
[[nodiscard]] std::unique_ptr<Dialect> dialectOf(const Connection &connection, std::shared_ptr<const Secret> token);

/// "acme/shop" as one part of a path: "acme%2Fshop".
[[nodiscard]] std::string pathPart(std::string_view text);

} // namespace qd::trackers
