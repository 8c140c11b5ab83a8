// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/publish/target.h"

#include "core/base/encoding.h"
#include "core/base/safetext.h"
#include "core/publish/statuspage.h"

#include <algorithm>
#include <future>

namespace qd::publish {

namespace {

namespace json = boost::json;
using namespace statuspage;

constexpr Span kApiPatience = seconds(20);
constexpr std::size_t kApiBytes = 8u << 20;
constexpr std::size_t kMarkLetters = 16;

/// Whether asking the next thing may still do good after this.
bool isOfThatAlone(const Error &e)
{
    return e.code == Code::NotFound || e.code == Code::Conflict || e.code == Code::Invalid || e.code == Code::Forbidden;
}

/// A page at Atlassian Statuspage, by its REST API v1: components by their names, a notice or a maintenance as an incident that carries our number in
/// its metadata, and a mark of each word that was told. What our page says is read from its own JSON, which has the shape of theirs. Only what differs is
/// sent: the API takes a request a second, and what it refused is sent by the next try; words that were taken back go first. Nothing there that is not ours
/// is touched, but for components of the same name.
class AtlassianTarget final : public Target {
public:
    AtlassianTarget(const Connection &c, std::shared_ptr<const Secret> secret, Http http, std::string origin)
        : m_base(c.url), m_caFile(c.caFile), m_secret(std::move(secret)), m_http(std::move(http)),
          m_by{std::move(origin),
               // Who has the key alone can tell whether a mark is of a text.
               [this](std::string_view text) { return sha256Hex("quarterdeck word\n" + std::string(m_secret->revealText()) + "\n" + plainWords(text)).substr(0, kMarkLetters); },
               "https://manage.statuspage.io/pages/" + c.path + "/incidents/"}
    {
        while (m_base.ends_with('/'))
            m_base.pop_back();
        m_base += "/pages/" + c.path;
    }

    Result<> put(const std::string &page, const std::vector<comms::PageFile> &files) override
    {
        Meant meant = meantBy(page, files);
        if (const auto before = m_meant.find(page); before != m_meant.end() && saysLess(before->second, meant))
            m_stillThere.insert(page); // before it is known whether they were told: nobody may answer
        m_meant[page] = meant;
        const auto done = putAll(page, meant);
        return done || !m_stillThere.contains(page) || done.error().message.starts_with(kStill) ? done : fail(done.error().code, std::string(kStill) + ": " + done.error().message);
    }

    Result<std::string> read(const std::string &page, const std::string &path) override
    {
        (void)page;
        return fail(Code::NotFound, path + " is no file at Statuspage.");
    }

    /// What is read there says what was pushed: the same states of components, every notice as far as it got, and no word that our page has no longer.
    Result<> holds(const std::string &page, const std::map<std::string, std::string> &) override
    {
        const auto at = m_meant.find(page);
        if (at == m_meant.end())
            return fail(Code::NotFound, "Nothing of " + page + " was pushed to Statuspage yet.");
        auto there = lookedUp(at->second);
        if (!there)
            return tl::unexpected(there.error());
        for (const auto &[notice, told] : m_by.pairsOf(at->second, *there))
            if (auto wrong = m_by.wrongOf(at->second, notice, *told); !wrong.isNone()) {
                m_stillThere.insert(page);
                return fail(Code::Conflict, m_by.stillSaid(notice, *told, wrong, {}));
            }
        m_stillThere.erase(page);
        for (const auto &[name, component] : at->second.components) {
            const auto known = there->components.find(name);
            if (known == there->components.end() || known->second.status != component.status)
                return fail(Code::Conflict, "At Statuspage the component " + safeLine(name, 100) + " is " + (known == there->components.end() ? std::string("not there") : known->second.status)
                                                + ", and not " + component.status + ".");
        }
        for (const Notice &n : at->second.notices) {
            const Told *known = m_by.toldOf(n, *there);
            if (!known ? n.isOpen : known->status != n.status || countOf(n, *known) < n.words.size() || hasOtherWindow(n, *known))
                return fail(Code::Conflict, "At Statuspage \"" + safeLine(n.name, 100) + "\" is not what was pushed.");
        }
        return {};
    }

    bool hasWordsTakenBack(const std::string &page) const override { return m_stillThere.contains(page); }

private:
    Result<> putAll(const std::string &page, const Meant &meant)
    {
        auto there = lookedUp(meant);
        if (!there)
            return tl::unexpected(there.error());
        Result<> first = takeBack(page, meant, *there);
        if (!first && !isOfThatAlone(first.error()))
            return first;
        if (const auto done = putComponents(page, meant, *there); !done)
            return done;
        for (const Notice &n : meant.notices)
            if (const auto done = tell(meant, n, *there); !done)
                return first ? done : first;
        return first;
    }

    Result<> putComponents(const std::string &page, const Meant &meant, There &there)
    {
        for (const auto &[name, component] : meant.components) {
            json::object what{{"status", component.status}};
            const auto known = there.components.find(name);
            std::string &about = m_abouts[page].try_emplace(name, component.about).first->second;
            if (known == there.components.end()) {
                what["name"] = name;
                if (!component.about.empty())
                    what["description"] = component.about;
                const auto made = send(net::Method::Post, "/components", json::object{{"component", std::move(what)}});
                auto id = made ? idOf(*made) : Result<std::string>(tl::unexpected(made.error()));
                if (!id)
                    return tl::unexpected(id.error());
                there.components[name] = {std::move(*id), component.status, component.about};
            } else if (known->second.status != component.status || about != component.about) {
                if (about != component.about) // the workspace has other words for it: who wrote some there themselves keeps them until then
                    what["description"] = component.about;
                if (const auto done = send(net::Method::Patch, "/components/" + known->second.id, json::object{{"component", std::move(what)}}); !done)
                    return tl::unexpected(done.error());
            }
            about = component.about;
        }
        return {};
    }

    /// The newest incidents, and what is further back while something of ours may be there.
    Result<There> lookedUp(const Meant &meant)
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
        std::set<std::string> seen;
        for (std::size_t n = 0; n < kListsAsked; ++n) {
            // The first is asked for as ever; whether the next is page 1 or 2 depends on what they count from, and what came twice is skipped.
            const auto incidents = send(net::Method::Get, "/incidents?limit=" + std::to_string(kListed) + (n == 0 ? std::string() : "&page=" + std::to_string(n)), {});
            if (!incidents)
                return tl::unexpected(incidents.error());
            if (!incidents->is_array())
                return fail(Code::Corrupt, "What Statuspage says of incidents is no list.");
            for (const json::value &i : incidents->get_array()) {
                if (const auto at = parseInstant(memberText(i, "created_at")); at && (!out.oldest || *at < out.oldest))
                    out.oldest = *at;
                if (const auto read = readIncident(i, meant.page, seen, out); !read)
                    return tl::unexpected(read.error());
            }
            if (incidents->get_array().size() < kListed || !m_by.mayBeFurther(meant, out))
                break;
        }
        return out;
    }

    /// Writes over what was taken back. What cannot be done of one thing does not keep the others from being done.
    Result<> takeBack(const std::string &page, const Meant &meant, There &there)
    {
        Result<> first;
        bool isStill = false;
        for (const auto &[notice, told] : m_by.pairsOf(meant, there)) {
            const Wrong wrong = m_by.wrongOf(meant, notice, *told);
            if (wrong.isNone())
                continue;
            isStill = true;
            m_stillThere.insert(page);
            const auto failed = [&, &notice = notice, told = told](const Error &e, const Wrong &left) {
                if (first)
                    first = fail(e.code, m_by.stillSaid(notice, *told, left, e.message));
                return isOfThatAlone(e);
            };
            for (const Correction &c : wrong.updates) {
                if (c.update.empty()) {
                    if (!failed({Code::Conflict, "Which of its updates they are cannot be told, for others were written there.", {}}, {{c}, {}, {}}))
                        return first;
                    continue;
                }
                const auto id = soundId(c.update);
                const auto done = id ? send(net::Method::Patch, "/incidents/" + told->id + "/incident_updates/" + *id,
                                            json::object{{"incident_update", json::object{{"body", c.body}, {"wants_twitter_update", false}, {"deliver_notifications", false}}}})
                                     : Result<json::value>(fail(Code::Conflict, id.error().message));
                if (!done && !failed(done.error(), {{c}, {}, {}}))
                    return first;
                for (UpdateThere &u : told->updates)
                    if (done && u.id == c.update)
                        u.body = c.body;
            }
            if (wrong.name.empty() && wrong.status.empty())
                continue;
            json::object incident{{"deliver_notifications", false}};
            if (!wrong.name.empty())
                incident["name"] = wrong.name;
            if (!wrong.status.empty())
                incident["status"] = wrong.status;
            if (const auto done = send(net::Method::Patch, "/incidents/" + told->id, json::object{{"incident", std::move(incident)}}); done)
                told->name = wrong.name.empty() ? told->name : wrong.name;
            else if (!failed(done.error(), {{}, wrong.name, wrong.status}))
                return first;
        }
        if (!isStill)
            m_stillThere.erase(page);
        return first;
    }

    /// Says what was not said there yet, word by word.
    Result<> tell(const Meant &meant, const Notice &n, There &there)
    {
        Told *known = m_by.toldOf(n, there);
        if (!known && !n.isOpen)
            return {}; // it was over before anybody read it there
        const std::size_t count = known ? countOf(n, *known) : 0;
        std::uint32_t number = count == 0 ? 0 : n.words[count - 1].number;
        std::vector<Word> words(n.words.begin() + static_cast<std::ptrdiff_t>(count), n.words.end());
        const bool isTime = words.empty();
        if (isTime && known && (known->status != n.status || hasOtherWindow(n, *known)))
            words.push_back({number, n.status, {}}); // time alone turned it: a maintenance begins; or it is at another time
        for (const Word &word : words) {
            number = word.number;
            json::object incident{{"status", word.status}, {"metadata", m_by.noted(meant, n, number, known)}};
            if (!word.body.empty())
                incident["body"] = word.body;
            if (!known || !n.from.empty())
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
            const auto answer = send(known ? net::Method::Patch : net::Method::Post, known ? "/incidents/" + known->id : "/incidents", json::object{{"incident", std::move(incident)}});
            if (!answer)
                return tl::unexpected(answer.error());
            if (known)
                continue;
            auto id = idOf(*answer);
            if (!id)
                return tl::unexpected(id.error());
            Told told;
            told.id = std::move(*id);
            told.key = n.key;
            told.number = word.number;
            there.told.push_back(std::move(told));
            known = &there.told.back();
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
            return fail(answer->status == 400 || answer->status == 422 ? Code::Invalid : Code::Unavailable, "Statuspage answered " + path + " with status " + std::to_string(answer->status) + ".");
        boost::system::error_code wrong;
        json::value value = json::parse(answer->body, wrong);
        if (wrong)
            return fail(Code::Corrupt, "What Statuspage answered " + path + " with is not JSON.");
        return value;
    }

    std::string m_base, m_caFile;
    std::shared_ptr<const Secret> m_secret;
    Http m_http;
    Comparison m_by;
    std::map<std::string, Meant> m_meant;  ///< by page, what was pushed last
    std::map<std::string, std::map<std::string, std::string>> m_abouts; ///< by page and component, what was told last of what it is
    std::set<std::string> m_stillThere;    ///< pages of which words that were taken back may still be read there
};

} // namespace

std::unique_ptr<Target> atlassianTarget(const Connection &connection, std::shared_ptr<const Secret> secret, Http http, std::string origin)
{
    return std::make_unique<AtlassianTarget>(connection, std::move(secret), std::move(http), std::move(origin));
}

} // namespace qd::publish
