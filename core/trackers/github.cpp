// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trackers/dialects.h"

namespace qd::trackers {

namespace {

/// GitHub's REST API, version 2022-11-28.
class GitHub final : public Dialect {
public:
    GitHub(const Connection &c, std::shared_ptr<const Secret> token) : m_base(withoutSlash(c.url) + "/repos/" + c.path + "/issues"), m_caFile(c.caFile), m_token(std::move(token)) {}

    net::HttpRequest make(const Wanted &w) const override
    {
        json::object body{{"title", w.title}, {"body", marked(w)}};
        give(body, w);
        return request(net::Method::Post, {}, std::move(body));
    }
    std::optional<net::HttpRequest> change(const std::string &key, const Wanted &w, const Issue &now, const TextThere &text) const override
    {
        json::object body;
        give(body, w);
        if (now.title != w.title)
            body["title"] = w.title;
        if (text.kind == TextThere::Kind::AsBefore)
            body["body"] = text.becomes;
        if (now.closed != w.closed) {
            body["state"] = w.closed ? "closed" : "open";
            body["state_reason"] = !w.closed ? "reopened" : w.isDropped ? "not_planned" : "completed";
        }
        if (body.empty())
            return std::nullopt;
        return request(net::Method::Patch, "/" + pathPart(key), std::move(body));
    }
    net::HttpRequest read(const std::string &key) const override { return request(net::Method::Get, "/" + pathPart(key), nullptr); }
    /// The newest: the search there is behind what was just made.
    net::HttpRequest find(const std::string &) const override { return request(net::Method::Get, "?state=all&sort=created&direction=desc&per_page=" + std::to_string(kListedAtMost), nullptr); }
    Result<Issue> issueIn(const std::string &body) const override
    {
        const auto v = jsonIn(body, "GitHub");
        return v ? issue(*v) : Result<Issue>(tl::unexpected(v.error()));
    }
    Result<std::vector<Issue>> issuesIn(const std::string &body) const override
    {
        return listed(body, "GitHub", [](const json::value &each) { return memberOf(&each, "pull_request") ? fail(Code::NotFound, "That is no issue.") : issue(each); });
    }
    Result<std::string> keyIn(const std::string &body) const override
    {
        auto one = issueIn(body);
        return one ? Result<std::string>(one->key + " " + one->url) : tl::unexpected(one.error());
    }

private:
    static void give(json::object &body, const Wanted &w)
    {
        if (!w.assignee.empty())
            body["assignees"] = json::array{json::value(w.assignee)};
    }
    static Result<Issue> issue(const json::value &v)
    {
        Issue out;
        out.key = idIn(memberOf(&v, "number"));
        if (out.key.empty())
            return fail(Code::Corrupt, "GitHub answered with an issue without a number.");
        out.url = addressIn(memberOf(&v, "html_url"));
        out.title = textIn(memberOf(&v, "title"));
        out.text = bodyIn(memberOf(&v, "body"));
        out.closed = textIn(memberOf(&v, "state")) == "closed";
        const std::string reason = textIn(memberOf(&v, "state_reason"));
        out.status = out.closed ? (reason.empty() ? "closed" : "closed, " + reason) : "open";
        readAssignees(out, v, "login");
        out.changedAt = instantIn(memberOf(&v, "updated_at"));
        return out;
    }
    net::HttpRequest request(net::Method method, const std::string &path, const json::value &body) const
    {
        net::HttpRequest r = jsonRequest(method, m_base + path, body, m_caFile);
        r.headers[0].second = "application/vnd.github+json";
        r.headers.emplace_back("x-github-api-version", "2022-11-28");
        r.bearer = m_token->duplicate();
        return r;
    }
    std::string m_base, m_caFile;
    std::shared_ptr<const Secret> m_token;
};

} // namespace

std::unique_ptr<Dialect> gitHub(const Connection &connection, std::shared_ptr<const Secret> token)
{
    return std::make_unique<GitHub>(connection, std::move(token));
}

} // namespace qd::trackers
