// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trackers/dialect.h"

#include "core/base/ascii.h"
#include "core/model/issuetext.h"
#include "core/trackers/answers.h"

#include <algorithm>
#include <charconv>

namespace qd::trackers {

namespace {

constexpr std::size_t kAssigneesRead = 10, kNameBytes = 200;

json::value orNull(const std::string &text)
{
    return text.empty() ? json::value(nullptr) : json::value(text);
}

std::string marked(const Wanted &w)
{
    return w.text + "\n" + markerLine(w.marker) + "\n";
}

/// Who has it, all or the one an older server names: `name` is what an account is called in the tracker's objects of people.
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
    std::optional<net::HttpRequest> change(const std::string &key, const Wanted &w, const Issue &now) const override
    {
        json::object body;
        give(body, w);
        if (now.title != w.title)
            body["title"] = w.title;
        if (auto text = textWith(w, now))
            body["body"] = std::move(*text);
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
    std::optional<net::HttpRequest> change(const std::string &key, const Wanted &w, const Issue &now) const override
    {
        json::object body;
        give(body, w);
        if (now.title != w.title)
            body["title"] = w.title;
        if (auto text = textWith(w, now))
            body["description"] = std::move(*text);
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
    std::optional<net::HttpRequest> change(const std::string &key, const Wanted &w, const Issue &now) const override
    {
        json::object fields;
        give(fields, w);
        if (now.title != w.title)
            fields["summary"] = w.title;
        if (auto text = textWith(w, now))
            fields["description"] = std::move(*text);
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
        return std::make_unique<GitLab>(connection, std::move(token));
    if (connection.kind == "jira")
        return std::make_unique<Jira>(connection, std::move(token));
    return std::make_unique<GitHub>(connection, std::move(token));
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

std::string markerLine(std::string_view marker)
{
    return "(" + std::string(marker) + ")";
}

std::string markerIn(std::string_view text)
{
    const auto at = text.rfind("(" + std::string(kMarkerBegin));
    const auto end = at == text.npos ? at : text.find(')', at);
    return end == text.npos ? std::string() : std::string(text.substr(at + 1, end - at - 1));
}

namespace {

/// Where our part begins in an issue's text, and where the marker behind it; npos: there is none, or it is not what we wrote.
std::pair<std::size_t, std::size_t> oursIn(const Wanted &wanted, const Issue &now)
{
    constexpr std::size_t kLinesTried = 1000, kOursAtMost = 64 << 10; // an action's text is shorter by far
    const std::size_t marker = now.text.rfind("(" + std::string(kMarkerBegin));
    std::size_t tried = 0, at = 0;
    if (marker != now.text.npos && marker > kOursAtMost)
        at = std::min(now.text.find('\n', marker - kOursAtMost), marker - 1) + 1;
    for (; marker != now.text.npos && at < marker && tried < kLinesTried; ++tried) {
        if (const std::string hash = hashOfIssueText(std::string_view(now.text).substr(at, marker - at)); std::find(wanted.textBefore.begin(), wanted.textBefore.end(), hash) != wanted.textBefore.end())
            return {at, marker};
        const std::size_t end = now.text.find('\n', at);
        if (end >= marker)
            break;
        at = end + 1;
    }
    return {now.text.npos, marker};
}

bool saysOurs(const Wanted &wanted, const Issue &now)
{
    std::string plain = now.text;
    std::erase(plain, '\r');
    return plain.find(wanted.text.substr(0, wanted.text.find_last_not_of(" \t\n") + 1)) != plain.npos;
}

} // namespace

std::optional<std::string> textWith(const Wanted &wanted, const Issue &now)
{
    if (markerIn(now.text).empty())
        return std::nullopt;
    const auto [begin, marker] = oursIn(wanted, now);
    if (begin == now.text.npos)
        return std::nullopt;
    // What we wrote last may begin as what we write now, and go on where that ends.
    if (hashOfIssueText(std::string_view(now.text).substr(begin, marker - begin)) == hashOfIssueText(wanted.text))
        return std::nullopt;
    return now.text.substr(0, begin) + wanted.text + "\n" + now.text.substr(marker);
}

bool isWrittenOver(const Wanted &wanted, const Issue &now)
{
    return !markerIn(now.text).empty() && !saysOurs(wanted, now) && oursIn(wanted, now).first == now.text.npos;
}

Library::Library(const Connection &c, std::shared_ptr<const Secret> token)
    : m_base(withoutSlash(c.url) + "/rest/api/content"), m_space(c.path), m_user(c.user), m_caFile(c.caFile), m_token(std::move(token))
{}

namespace {

net::HttpRequest signedBy(net::HttpRequest r, const std::string &user, const Secret &token)
{
    if (user.empty()) {
        r.bearer = token.duplicate();
    } else {
        r.user = user;
        r.password = token.duplicate();
    }
    return r;
}

json::object contentOf(const std::string &title, const std::string &storage)
{
    return {{"type", "page"}, {"title", title}, {"body", json::object{{"storage", json::object{{"value", storage}, {"representation", "storage"}}}}}};
}

Result<Page> pageOf(const json::value &v, const std::string &base)
{
    Page out;
    out.id = idIn(memberOf(&v, "id"));
    if (out.id.empty())
        return fail(Code::Corrupt, "Confluence answered with a page without an id.");
    out.title = textIn(memberOf(&v, "title"));
    const json::value *version = memberOf(memberOf(&v, "version"), "number");
    out.version = version && version->is_int64() ? static_cast<int>(version->get_int64()) : 1;
    const json::value *links = memberOf(&v, "_links");
    const std::string site = base.substr(0, base.rfind("/rest/api/content")), root = textIn(memberOf(links, "base"));
    if (const std::string path = textIn(memberOf(links, "webui")); path.starts_with('/'))
        out.url = (root.starts_with("https://") ? root : site) + path;
    return out;
}

} // namespace

net::HttpRequest Library::find(const std::string &title) const
{
    return signedBy(jsonRequest(net::Method::Get, m_base + "?limit=1&expand=version&spaceKey=" + pathPart(m_space) + "&title=" + pathPart(title), nullptr, m_caFile), m_user, *m_token);
}

net::HttpRequest Library::read(const std::string &id) const
{
    return signedBy(jsonRequest(net::Method::Get, m_base + "/" + pathPart(id) + "?expand=version", nullptr, m_caFile), m_user, *m_token);
}

net::HttpRequest Library::make(const std::string &title, const std::string &storage) const
{
    json::object body = contentOf(title, storage);
    body["space"] = json::object{{"key", m_space}};
    return signedBy(jsonRequest(net::Method::Post, m_base, std::move(body), m_caFile), m_user, *m_token);
}

net::HttpRequest Library::change(const Page &page, const std::string &title, const std::string &storage) const
{
    json::object body = contentOf(title, storage);
    body["version"] = json::object{{"number", page.version + 1}};
    return signedBy(jsonRequest(net::Method::Put, m_base + "/" + pathPart(page.id), std::move(body), m_caFile), m_user, *m_token);
}

Result<Page> Library::pageIn(const std::string &body) const
{
    const auto v = jsonIn(body, "Confluence");
    return v ? pageOf(*v, m_base) : Result<Page>(tl::unexpected(v.error()));
}

Result<Page> Library::firstIn(const std::string &body) const
{
    const auto v = jsonIn(body, "Confluence");
    if (!v)
        return tl::unexpected(v.error());
    const json::value *all = memberOf(&*v, "results");
    if (!all || !all->is_array())
        return fail(Code::Corrupt, "Confluence answered with no list of pages.");
    return all->get_array().empty() ? Result<Page>(Page{}) : pageOf(all->get_array().front(), m_base);
}

} // namespace qd::trackers
