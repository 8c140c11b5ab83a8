// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trackers/confluence.h"

#include "core/trackers/answers.h"

namespace qd::trackers {

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
