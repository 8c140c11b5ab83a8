// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/publish/target.h"

#include "core/base/safetext.h"

#include <algorithm>
#include <boost/json.hpp>
#include <future>
#include <map>
#include <set>

namespace qd::publish {

namespace {

namespace json = boost::json;

constexpr Span kApiPatience = seconds(20);
constexpr std::size_t kApiBytes = 8u << 20;
constexpr int kListed = 100; ///< incidents asked for: the newest

std::string memberText(const json::value &of, std::string_view name)
{
    const json::value *v = of.is_object() ? of.get_object().if_contains(name) : nullptr;
    return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

const json::array &memberList(const json::value &of, std::string_view name)
{
    static const json::array kNone;
    const json::value *v = of.is_object() ? of.get_object().if_contains(name) : nullptr;
    return v && v->is_array() ? v->get_array() : kNone;
}

/// What Statuspage calls a thing. It becomes part of an address, so nothing else may stand in it.
Result<std::string> idOf(const json::value &of)
{
    std::string id = memberText(of, "id");
    const auto isPlain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
    if (id.empty() || id.size() > 64 || !std::all_of(id.begin(), id.end(), isPlain))
        return fail(Code::Corrupt, "Statuspage answers with an id that is none: \"" + safeLine(id, 40) + "\".");
    return id;
}

/// A page at Atlassian Statuspage, by its REST API v1: components by their names, a notice or a maintenance as an incident that carries our number in
/// its metadata. What our page says is read from its own JSON, which has the shape of theirs. Only what differs is sent: the API takes a request a
/// second, and what it refused is sent by the next try. Nothing there that is not ours is touched, but for components of the same name.
class AtlassianTarget final : public Target {
public:
    AtlassianTarget(const Connection &c, std::shared_ptr<const Secret> secret, Http http) : m_base(c.url), m_caFile(c.caFile), m_secret(std::move(secret)), m_http(std::move(http))
    {
        while (m_base.ends_with('/'))
            m_base.pop_back();
        m_base += "/pages/" + c.path;
    }

    Result<> put(const std::string &page, const std::vector<comms::PageFile> &files) override
    {
        Meant meant = meantBy(page, files);
        m_meant[page] = meant;
        auto there = lookedUp();
        if (!there)
            return tl::unexpected(there.error());
        for (const auto &[name, component] : meant.components) {
            json::object what{{"status", component.status}};
            const auto known = there->components.find(name);
            if (known == there->components.end()) {
                what["name"] = name;
                if (!component.about.empty())
                    what["description"] = component.about;
                const auto made = send(net::Method::Post, "/components", json::object{{"component", std::move(what)}});
                auto id = made ? idOf(*made) : Result<std::string>(tl::unexpected(made.error()));
                if (!id)
                    return tl::unexpected(id.error());
                there->components[name] = {std::move(*id), component.status};
            } else if (known->second.status != component.status) {
                if (const auto done = send(net::Method::Patch, "/components/" + known->second.id, json::object{{"component", std::move(what)}}); !done)
                    return tl::unexpected(done.error());
            }
        }
        for (const Notice &n : meant.notices)
            if (const auto done = tell(n, *there); !done)
                return done;
        return {};
    }

    Result<std::string> read(const std::string &page, const std::string &path) override
    {
        (void)page;
        return fail(Code::NotFound, path + " is no file at Statuspage.");
    }

    /// What is read there says what was pushed: the same states of components, and every notice as far as it got.
    Result<> holds(const std::string &page, const std::map<std::string, std::string> &) override
    {
        const auto at = m_meant.find(page);
        if (at == m_meant.end())
            return fail(Code::NotFound, "Nothing of " + page + " was pushed to Statuspage yet.");
        const auto there = lookedUp();
        if (!there)
            return tl::unexpected(there.error());
        for (const auto &[name, component] : at->second.components) {
            const auto known = there->components.find(name);
            if (known == there->components.end() || known->second.status != component.status)
                return fail(Code::Conflict, "At Statuspage the component " + safeLine(name, 100) + " is " + (known == there->components.end() ? std::string("not there") : known->second.status)
                                                + ", and not " + component.status + ".");
        }
        for (const Notice &n : at->second.notices) {
            const auto known = there->notices.find(n.key);
            if (known == there->notices.end() ? n.isOpen : known->second.status != n.status || known->second.told < n.words.size() || hasOtherWindow(n, known->second))
                return fail(Code::Conflict, "At Statuspage \"" + safeLine(n.name, 100) + "\" is not what was pushed.");
        }
        return {};
    }

private:
    struct Component {
        std::string id, status, about;
    };
    struct Word {
        std::string status, body;
    };
    struct Notice {
        std::string key, name, status, from, until; ///< key: "shop/n1"
        bool isOpen = false;
        std::vector<Word> words;                    ///< oldest first
        std::map<std::string, std::string> components; ///< names with states
    };
    struct Meant {
        std::map<std::string, Component> components; ///< by name
        std::vector<Notice> notices;
    };
    struct Told {
        std::string id, status, from, until;
        std::size_t told = 0; ///< words of it that are there
    };
    struct There {
        std::map<std::string, Component> components; ///< by name
        std::map<std::string, Told> notices;         ///< by our key
    };

    static Meant meantBy(const std::string &page, const std::vector<comms::PageFile> &files)
    {
        Meant out;
        for (const comms::PageFile &f : files) {
            boost::system::error_code wrong;
            const json::value all = f.path.starts_with("api/v2/") ? json::parse(f.body, wrong) : json::value();
            if (f.path == "api/v2/components.json")
                for (const json::value &c : memberList(all, "components"))
                    if (const json::value *group = c.get_object().if_contains("group"); !group || *group != json::value(true))
                        out.components[memberText(c, "name")] = {{}, memberText(c, "status"), memberText(c, "description")};
            if (f.path == "api/v2/incidents.json")
                for (const json::value &i : memberList(all, "incidents"))
                    out.notices.push_back(noticeOf(page, i));
            if (f.path == "api/v2/scheduled-maintenances.json")
                for (const json::value &m : memberList(all, "scheduled_maintenances"))
                    out.notices.push_back(noticeOf(page, m));
        }
        return out;
    }

    static Notice noticeOf(const std::string &page, const json::value &of)
    {
        Notice n;
        n.key = page + "/" + memberText(of, "id");
        n.name = memberText(of, "name");
        n.status = memberText(of, "status");
        n.from = memberText(of, "scheduled_for");
        n.until = memberText(of, "scheduled_until");
        n.isOpen = n.status != "resolved" && n.status != "completed";
        std::vector<std::pair<std::string, Word>> words;
        for (const json::value &u : memberList(of, "incident_updates"))
            words.push_back({memberText(u, "created_at"), {memberText(u, "status"), memberText(u, "body")}});
        std::stable_sort(words.begin(), words.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
        for (auto &word : words)
            n.words.push_back(std::move(word.second));
        for (const json::value &c : memberList(of, "components"))
            n.components[memberText(c, "name")] = memberText(c, "status");
        return n;
    }

    Result<There> lookedUp()
    {
        There out;
        const auto components = send(net::Method::Get, "/components", {});
        if (!components)
            return tl::unexpected(components.error());
        if (!components->is_array())
            return fail(Code::Corrupt, "What Statuspage says of components is no list.");
        for (const json::value &c : components->get_array()) {
            auto id = idOf(c);
            if (!id)
                return tl::unexpected(id.error());
            out.components[memberText(c, "name")] = {std::move(*id), memberText(c, "status"), {}};
        }
        const auto incidents = send(net::Method::Get, "/incidents?limit=" + std::to_string(kListed), {});
        if (!incidents)
            return tl::unexpected(incidents.error());
        if (!incidents->is_array())
            return fail(Code::Corrupt, "What Statuspage says of incidents is no list.");
        for (const json::value &i : incidents->get_array()) {
            const json::value *metadata = i.is_object() ? i.get_object().if_contains("metadata") : nullptr;
            const json::value *ours = metadata && metadata->is_object() ? metadata->get_object().if_contains("quarterdeck") : nullptr;
            const std::string key = ours ? memberText(*ours, "notice") : std::string();
            if (key.empty())
                continue;
            auto id = idOf(i);
            if (!id)
                return tl::unexpected(id.error());
            // How many words of ours are there is written with each of them: others write there too, and a change of state alone adds an update.
            const json::value *count = ours->get_object().if_contains("told");
            const std::size_t updates = memberList(i, "incident_updates").size();
            const std::size_t told = count && count->is_int64() && count->get_int64() >= 0 ? std::min(static_cast<std::size_t>(count->get_int64()), updates) : updates;
            out.notices[key] = {std::move(*id), memberText(i, "status"), memberText(i, "scheduled_for"), memberText(i, "scheduled_until"), told};
        }
        return out;
    }

    /// A maintenance that is not over is at another time there.
    static bool hasOtherWindow(const Notice &n, const Told &told)
    {
        const auto differs = [](const std::string &ours, const std::string &theirs) {
            const auto a = parseInstant(ours), b = parseInstant(theirs);
            return a && b && (*a < *b ? *b - *a : *a - *b) >= seconds(1); // there they are kept to the millisecond
        };
        return n.isOpen && (differs(n.from, told.from) || differs(n.until, told.until));
    }

    /// Says what was not said there yet, word by word.
    Result<> tell(const Notice &n, There &there)
    {
        auto known = there.notices.find(n.key);
        if (known == there.notices.end() && !n.isOpen)
            return {}; // it was over before anybody read it there
        std::size_t told = known == there.notices.end() ? 0 : known->second.told;
        std::vector<Word> words(n.words.begin() + static_cast<std::ptrdiff_t>(std::min(told, n.words.size())), n.words.end());
        const bool isTime = words.empty();
        if (isTime && known != there.notices.end() && (known->second.status != n.status || hasOtherWindow(n, known->second)))
            words.push_back({n.status, {}}); // time alone turned it: a maintenance begins; or it is at another time
        for (const Word &word : words) {
            told += isTime ? 0 : 1;
            json::object incident{{"status", word.status}, {"metadata", json::object{{"quarterdeck", json::object{{"notice", n.key}, {"told", told}}}}}};
            if (!word.body.empty())
                incident["body"] = word.body;
            if (known == there.notices.end() || !n.from.empty())
                incident["name"] = n.name;
            if (!n.from.empty()) {
                incident["scheduled_for"] = n.from;
                incident["scheduled_until"] = n.until;
            }
            json::object components;
            json::array ids;
            for (const auto &[name, status] : n.components)
                if (const auto c = there.components.find(name); c != there.components.end()) {
                    components[c->second.id] = status;
                    ids.emplace_back(c->second.id);
                }
            if (!components.empty()) {
                incident["components"] = std::move(components);
                incident["component_ids"] = std::move(ids);
            }
            const bool isNew = known == there.notices.end();
            const auto answer = send(isNew ? net::Method::Post : net::Method::Patch, isNew ? "/incidents" : "/incidents/" + known->second.id, json::object{{"incident", std::move(incident)}});
            if (!answer)
                return tl::unexpected(answer.error());
            if (!isNew)
                continue;
            auto id = idOf(*answer);
            if (!id)
                return tl::unexpected(id.error());
            known = there.notices.emplace(n.key, Told{std::move(*id), word.status, n.from, n.until, 1}).first;
        }
        return {};
    }

    Result<json::value> send(net::Method method, const std::string &path, const json::object &body)
    {
        net::HttpRequest r;
        r.method = method;
        r.url = m_base + path;
        r.headers = {{"authorization", "OAuth " + std::string(m_secret->revealText())}};
        if (method != net::Method::Get) {
            r.headers.emplace_back("content-type", "application/json");
            r.body = json::serialize(body);
        }
        r.caFile = m_caFile;
        r.timeout = kApiPatience;
        r.maxBytes = kApiBytes;
        auto promise = std::make_shared<std::promise<Result<net::HttpResponse>>>();
        auto answered = promise->get_future();
        m_http(std::move(r), [promise](Result<net::HttpResponse> answer) { promise->set_value(std::move(answer)); });
        const auto answer = answered.get(); // the client ends what takes too long
        if (!answer)
            return tl::unexpected(answer.error());
        if (answer->status == 401 || answer->status == 403)
            return fail(Code::Forbidden, "Statuspage refused the API key (status " + std::to_string(answer->status) + "): make one under API info of your Statuspage account, and check the page's id.");
        if (answer->status == 404)
            return fail(Code::NotFound, "Statuspage does not know " + path + ": check the page's id.");
        if (answer->status == 420 || answer->status == 429)
            return fail(Code::Unavailable, "Statuspage takes a request a second and wants to be asked later (status " + std::to_string(answer->status) + "); the rest follows.");
        if (answer->status / 100 != 2)
            return fail(Code::Unavailable, "Statuspage answered " + path + " with status " + std::to_string(answer->status) + ".");
        boost::system::error_code wrong;
        json::value value = json::parse(answer->body, wrong);
        if (wrong)
            return fail(Code::Corrupt, "What Statuspage answered " + path + " with is not JSON.");
        return value;
    }

    std::string m_base, m_caFile;
    std::shared_ptr<const Secret> m_secret;
    Http m_http;
    std::map<std::string, Meant> m_meant; ///< by page, what was pushed last
};

} // namespace

std::unique_ptr<Target> atlassianTarget(const Connection &connection, std::shared_ptr<const Secret> secret, Http http)
{
    return std::make_unique<AtlassianTarget>(connection, std::move(secret), std::move(http));
}

} // namespace qd::publish
