// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trackers/dialects.h"

#include "core/base/ascii.h"

#include <algorithm>

namespace qd::trackers {

namespace {

json::value orNull(const std::string &text)
{
    return text.empty() ? json::value(nullptr) : json::value(text);
}

/// A status of those that end an issue by whose name it was not done: "Won't Do", "Rejected", "Cancelled", "Obsolete", "Abgelehnt" …
bool saysNotDone(const std::string &status)
{
    const std::string small = asciiLower(status);
    const auto says = [&](std::string_view part) { return small.find(part) != std::string::npos; };
    return says("won't") || says("won\u2019t") || says("wont") || says("reject") || says("cancel") || says("declin") || says("abandon") || says("obsolete") || says("duplicate") || says("invalid") || says("not planned") || says("not do") || says("drop") || says("abgelehnt") || says("abgebrochen") || says("verworfen");
}

/// Jira's REST API v2, which Cloud and Data Center both have, with plain texts. Cloud knows people by their accountId, Data Center by their name.
class Jira final : public Dialect {
public:
    Jira(const Connection &c, std::shared_ptr<const Secret> token)
        : m_site(withoutSlash(c.url)), m_project(c.path), m_type(c.issueType.empty() ? "Task" : c.issueType), m_user(c.user), m_caFile(c.caFile), m_token(std::move(token))
    {}

    std::optional<net::HttpRequest> askAssignee(const std::string &) const override { return request(net::Method::Get, "/serverInfo", nullptr); }
    Result<std::string> assigneeIn(const std::string &account, const std::string &answer) const override
    {
        const auto v = jsonIn(answer, "Jira");
        const std::string kind = v ? textIn(memberOf(&*v, "deploymentType")) : std::string();
        if (kind.empty())
            return v ? fail(Code::Corrupt, "Jira does not say whether it is Cloud or Data Center.") : Result<std::string>(tl::unexpected(v.error()));
        return std::string(kind == "Cloud" ? kByAccountId : kByName) + account;
    }
    net::HttpRequest make(const Wanted &w) const override
    {
        json::object fields{{"project", json::object{{"key", m_project}}}, {"issuetype", json::object{{"name", m_type}}}, {"summary", w.title}, {"description", marked(w)}, {"labels", json::array{json::value(labelOf(w.marker))}}};
        give(fields, w);
        if (w.due)
            fields["duedate"] = dayOf(w.due);
        return request(net::Method::Post, "/issue", json::object{{"fields", std::move(fields)}});
    }
    std::optional<net::HttpRequest> change(const std::string &key, const Wanted &w, const Issue &now, const TextThere &text) const override
    {
        json::object fields;
        give(fields, w);
        if (now.title != w.title)
            fields["summary"] = w.title;
        if (text.kind == TextThere::Kind::AsBefore)
            fields["description"] = text.becomes;
        if (dayOf(now.due) != dayOf(w.due))
            fields["duedate"] = orNull(dayOf(w.due));
        if (fields.empty())
            return std::nullopt;
        return request(net::Method::Put, "/issue/" + pathPart(key), json::object{{"fields", std::move(fields)}});
    }
    net::HttpRequest read(const std::string &key) const override { return request(net::Method::Get, "/issue/" + pathPart(key) + "?fields=" + kFields, nullptr); }
    /// By its label: Cloud's way, and Data Center's.
    net::HttpRequest find(const std::string &marker) const override { return search("/search/jql", marker); }
    std::optional<net::HttpRequest> findOtherwise(const std::string &marker) const override { return search("/search", marker); }
    Span searchBehind() const override { return kSearchBehind; }
    net::HttpRequest search(const std::string &path, const std::string &marker) const
    {
        return request(net::Method::Get, path + "?maxResults=10&fields=" + std::string(kFields) + "&jql=" + pathPart("project = \"" + m_project + "\" AND labels = \"" + labelOf(marker) + "\""), nullptr);
    }
    Result<Issue> issueIn(const std::string &body) const override
    {
        const auto v = jsonIn(body, "Jira");
        return v ? issue(*v) : Result<Issue>(tl::unexpected(v.error()));
    }
    Result<std::vector<Issue>> issuesIn(const std::string &body) const override
    {
        const auto v = jsonIn(body, "Jira");
        const json::value *issues = v ? memberOf(&*v, "issues") : nullptr;
        if (!issues || !issues->is_array())
            return v ? fail(Code::Corrupt, "Jira answered with no list of issues.") : Result<std::vector<Issue>>(tl::unexpected(v.error()));
        std::vector<Issue> out;
        for (const json::value &each : issues->get_array())
            if (auto one = issue(each))
                out.push_back(std::move(*one));
        return out;
    }
    Result<std::string> keyIn(const std::string &body) const override
    {
        const auto v = jsonIn(body, "Jira");
        const std::string key = v ? idIn(memberOf(&*v, "key")) : std::string();
        if (key.empty())
            return v ? fail(Code::Corrupt, "Jira made an issue and does not say its key.") : Result<std::string>(tl::unexpected(v.error()));
        return key + " " + m_site + "/browse/" + key;
    }
    bool turnsByAsking() const override { return true; }
    net::HttpRequest askTurns(const std::string &key) const override { return request(net::Method::Get, "/issue/" + pathPart(key) + "/transitions", nullptr); }
    Result<net::HttpRequest> turn(const std::string &key, const Wanted &wanted, const std::string &turns) const override
    {
        const auto v = jsonIn(turns, "Jira");
        if (!v)
            return tl::unexpected(v.error());
        const json::value *found = nullptr;
        bool fits = false;
        if (const json::value *all = memberOf(&*v, "transitions"); all && all->is_array())
            for (const json::value &t : all->get_array()) {
                const json::value *to = memberOf(&t, "to");
                if ((textIn(memberOf(memberOf(to, "statusCategory"), "key")) == "done") != wanted.closed || fits)
                    continue;
                fits = !wanted.closed || saysNotDone(textIn(memberOf(to, "name"))) == wanted.isDropped;
                if (fits || !found)
                    found = &t;
            }
        if (found)
            return request(net::Method::Post, "/issue/" + pathPart(key) + "/transitions", json::object{{"transition", json::object{{"id", idIn(memberOf(found, "id"))}}}});
        return fail(Code::NotFound, std::string("Jira's workflow lets ") + key + (wanted.closed ? " go to no status that is done." : " go to no status that is not done."));
    }

private:
    static constexpr Span kSearchBehind = seconds(30); ///< Cloud's index follows within seconds; Atlassian promises no time
    static constexpr const char *kFields = "summary,description,status,assignee,duedate,updated,labels";
    static constexpr std::string_view kByAccountId = "accountId/", kByName = "name/";
    static void give(json::object &fields, const Wanted &w)
    {
        for (const std::string_view way : {kByAccountId, kByName})
            if (w.assignee.starts_with(way))
                fields["assignee"] = json::object{{way.substr(0, way.size() - 1), w.assignee.substr(way.size())}};
    }
    static std::string labelOf(const std::string &marker)
    {
        std::string out = marker;
        std::replace_if(out.begin(), out.end(), [](char c) { return c == ' ' || c == '/' || c == ':'; }, '-');
        return out;
    }
    Result<Issue> issue(const json::value &v) const
    {
        Issue out;
        out.key = idIn(memberOf(&v, "key"));
        const json::value *fields = memberOf(&v, "fields");
        if (out.key.empty() || !fields)
            return fail(Code::Corrupt, "Jira answered with an issue without a key or fields.");
        out.url = m_site + "/browse/" + out.key;
        out.title = textIn(memberOf(fields, "summary"));
        out.text = bodyIn(memberOf(fields, "description"));
        // What is searched for stands in a label as well; its text is ours up to the marker in it, where that is there.
        if (const json::value *labels = memberOf(fields, "labels"); labels && labels->is_array() && markerIn(out.text).empty())
            for (const json::value &l : labels->get_array())
                if (const std::string label = textIn(&l); label.starts_with(kMarkerBegin))
                    out.text += "\n" + markerLine(label);
        const json::value *status = memberOf(fields, "status");
        out.status = textIn(memberOf(status, "name"));
        out.closed = textIn(memberOf(memberOf(status, "statusCategory"), "key")) == "done";
        const json::value *person = memberOf(fields, "assignee");
        out.assignee = safeLine(textIn(memberOf(person, "displayName")), kNameBytes);
        std::string account = safeLine(textIn(memberOf(person, "accountId")), kNameBytes);
        if (account.empty())
            account = safeLine(textIn(memberOf(person, "name")), kNameBytes);
        if (!account.empty()) {
            out.assignee += (out.assignee.empty() ? "(" : " (") + account + ")";
            out.accounts.push_back(std::move(account));
        }
        out.due = instantIn(memberOf(fields, "duedate"));
        out.changedAt = instantIn(memberOf(fields, "updated"));
        return out;
    }
    net::HttpRequest request(net::Method method, const std::string &path, const json::value &body) const
    {
        net::HttpRequest r = jsonRequest(method, m_site + "/rest/api/2" + path, body, m_caFile);
        if (m_user.empty()) {
            r.bearer = m_token->duplicate();
        } else {
            r.user = m_user;
            r.password = m_token->duplicate();
        }
        return r;
    }
    std::string m_site, m_project, m_type, m_user, m_caFile;
    std::shared_ptr<const Secret> m_token;
};

} // namespace

std::unique_ptr<Dialect> jira(const Connection &connection, std::shared_ptr<const Secret> token)
{
    return std::make_unique<Jira>(connection, std::move(token));
}

} // namespace qd::trackers
