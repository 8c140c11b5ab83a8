// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trackers/dialects.h"

#include "core/base/ascii.h"

#include <charconv>

namespace qd::trackers {

namespace {

/// GitLab's REST API v4.
class GitLab final : public Dialect {
public:
    GitLab(const Connection &c, std::shared_ptr<const Secret> token)
        : m_api(withoutSlash(c.url) + "/api/v4"), m_issues("/projects/" + pathPart(c.path) + "/issues"), m_caFile(c.caFile), m_token(std::move(token))
    {}

    std::optional<net::HttpRequest> askAssignee(const std::string &account) const override { return request(net::Method::Get, "/users?username=" + pathPart(account), nullptr); }
    Result<std::string> assigneeIn(const std::string &account, const std::string &answer) const override
    {
        const auto v = jsonIn(answer, "GitLab");
        if (!v || !v->is_array())
            return v ? fail(Code::Corrupt, "GitLab answered with no list of users.") : Result<std::string>(tl::unexpected(v.error()));
        for (const json::value &each : v->get_array())
            if (const json::value *id = memberOf(&each, "id"); id && id->is_int64() && asciiLower(textIn(memberOf(&each, "username"))) == asciiLower(account))
                return idIn(id);
        return std::string();
    }
    net::HttpRequest make(const Wanted &w) const override
    {
        json::object body{{"title", w.title}, {"description", marked(w)}};
        give(body, w);
        if (w.due)
            body["due_date"] = dayOf(w.due);
        return request(net::Method::Post, m_issues, std::move(body));
    }
    std::optional<net::HttpRequest> change(const std::string &key, const Wanted &w, const Issue &now, const TextThere &text) const override
    {
        json::object body;
        give(body, w);
        if (now.title != w.title)
            body["title"] = w.title;
        if (text.kind == TextThere::Kind::AsBefore)
            body["description"] = text.becomes;
        if (dayOf(now.due) != dayOf(w.due))
            body["due_date"] = dayOf(w.due);
        if (now.closed != w.closed)
            body["state_event"] = w.closed ? "close" : "reopen";
        if (body.empty())
            return std::nullopt;
        return request(net::Method::Put, m_issues + "/" + pathPart(key), std::move(body));
    }
    net::HttpRequest read(const std::string &key) const override { return request(net::Method::Get, m_issues + "/" + pathPart(key), nullptr); }
    net::HttpRequest find(const std::string &) const override { return request(net::Method::Get, m_issues + "?scope=all&order_by=created_at&sort=desc&per_page=" + std::to_string(kListedAtMost), nullptr); }
    Result<Issue> issueIn(const std::string &body) const override
    {
        const auto v = jsonIn(body, "GitLab");
        return v ? issue(*v) : Result<Issue>(tl::unexpected(v.error()));
    }
    Result<std::vector<Issue>> issuesIn(const std::string &body) const override
    {
        return listed(body, "GitLab", issue);
    }
    Result<std::string> keyIn(const std::string &body) const override
    {
        auto one = issueIn(body);
        return one ? Result<std::string>(one->key + " " + one->url) : tl::unexpected(one.error());
    }

private:
    static void give(json::object &body, const Wanted &w)
    {
        std::int64_t id = 0;
        if (std::from_chars(w.assignee.data(), w.assignee.data() + w.assignee.size(), id).ec == std::errc() && id > 0)
            body["assignee_ids"] = json::array{json::value(id)};
    }
    static Result<Issue> issue(const json::value &v)
    {
        Issue out;
        out.key = idIn(memberOf(&v, "iid"));
        if (out.key.empty())
            return fail(Code::Corrupt, "GitLab answered with an issue without a number.");
        out.url = addressIn(memberOf(&v, "web_url"));
        out.title = textIn(memberOf(&v, "title"));
        out.text = bodyIn(memberOf(&v, "description"));
        out.status = textIn(memberOf(&v, "state")) == "closed" ? "closed" : "open";
        out.closed = out.status == "closed";
        readAssignees(out, v, "username");
        out.due = instantIn(memberOf(&v, "due_date"));
        out.changedAt = instantIn(memberOf(&v, "updated_at"));
        return out;
    }
    net::HttpRequest request(net::Method method, const std::string &path, const json::value &body) const
    {
        net::HttpRequest r = jsonRequest(method, m_api + path, body, m_caFile);
        r.headers.emplace_back("private-token", std::string(m_token->revealText()));
        return r;
    }
    std::string m_api, m_issues, m_caFile;
    std::shared_ptr<const Secret> m_token;
};

} // namespace

std::unique_ptr<Dialect> gitLab(const Connection &connection, std::shared_ptr<const Secret> token)
{
    return std::make_unique<GitLab>(connection, std::move(token));
}

} // namespace qd::trackers
