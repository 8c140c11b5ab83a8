// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/publish/statusdoor.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>

namespace qd::publish {

namespace {

constexpr Span kMadeAnew = minutes(1);

struct ServedPage {
    PageContent content;
    std::map<std::string, std::shared_ptr<const comms::PageFile>> files;
    Span madeAt{};
};

struct HeldReader {
    std::string page;
    std::uint64_t seen = 0;
    net::Responder responder;
    Span since{};
};

net::Response served(const comms::PageFile &file)
{
    net::Response r;
    r.contentType = file.type;
    r.body = file.body;
    r.headers = {{"Cache-Control", "no-store"},
                 {"Referrer-Policy", "no-referrer"},
                 {"X-Content-Type-Options", "nosniff"},
                 {"Content-Security-Policy", comms::pageSecurityPolicy() + "; frame-ancestors 'none'"}};
    return r;
}

net::Response event(const std::string &text)
{
    net::Response r;
    r.contentType = "text/event-stream";
    r.body = text;
    r.headers = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}};
    return r;
}

net::Response changedTo(std::uint64_t version)
{
    const std::string n = std::to_string(version);
    return event("retry: 200\nid: " + n + "\nevent: changed\ndata: " + n + "\n\n");
}

net::Response nothingNew() { return event("retry: 200\n: nothing new\n\n"); }

std::uint64_t numberOf(std::string_view text)
{
    std::uint64_t out = 0;
    for (const char c : text.substr(0, 18))
        if (c >= '0' && c <= '9')
            out = out * 10 + static_cast<std::uint64_t>(c - '0');
        else
            return 0;
    return out;
}

} // namespace

struct StatusDoor::Core {
    explicit Core(const Clock &c) : clock(c) {}

    void make(ServedPage &page)
    {
        const std::string base = "/status/" + page.content.page.id;
        const auto files = comms::pageFiles(page.content.page, page.content.known.get(), clock.now(), base + "/events?seen=" + std::to_string(page.content.version));
        page.files.clear();
        for (const comms::PageFile &f : files)
            page.files[f.path] = std::make_shared<const comms::PageFile>(f);
        page.madeAt = clock.boot();
    }

    void give(const std::string &id, const std::string &path, const net::Responder &responder)
    {
        std::shared_ptr<const comms::PageFile> file;
        {
            const std::lock_guard lock(mutex);
            if (const auto page = pages.find(id); page != pages.end())
                if (const auto at = page->second.files.find(path); at != page->second.files.end())
                    file = at->second;
        }
        responder.respond(file ? served(*file) : net::refusal(404, "there is no such page"));
    }

    void hold(const net::Request &request, const net::Responder &responder)
    {
        const std::string id(request.param("page"));
        const std::string_view last = request.header("last-event-id");
        const net::Fields query = request.queryFields();
        const std::uint64_t seen = numberOf(last.empty() ? net::valueOf(query, "seen") : last);
        net::Response now;
        now.status = 0;
        std::optional<net::Responder> oldest;
        {
            const std::lock_guard lock(mutex);
            const auto page = pages.find(id);
            if (page == pages.end()) {
                now = net::refusal(404, "there is no such page");
            } else if (page->second.content.version != seen) {
                now = changedTo(page->second.content.version);
            } else {
                if (held.size() >= kHeldReaders) { // who waits longest asks anew and misses nothing, so nobody can take all places for good
                    oldest = std::move(held.front().responder);
                    held.erase(held.begin());
                }
                held.push_back({id, seen, responder, clock.boot()});
            }
        }
        if (oldest)
            oldest->respond(nothingNew());
        if (now.status != 0)
            responder.respond(std::move(now));
    }

    const Clock &clock;
    std::mutex mutex;
    std::map<std::string, ServedPage> pages;
    std::vector<HeldReader> held;
};

StatusDoor::StatusDoor(net::Listener &listener, const Clock &clock) : m_core(std::make_shared<Core>(clock))
{
    const auto core = m_core;
    net::RouteOptions readers;
    readers.isForReaders = true;
    listener.route(net::Method::Get, "/status/{page}", [core](const net::Request &request, const net::Responder &responder) {
        core->give(std::string(request.param("page")), "index.html", responder);
    }, readers);
    listener.route(net::Method::Get, "/status/{page}/{file}", [core](const net::Request &request, const net::Responder &responder) {
        core->give(std::string(request.param("page")), std::string(request.param("file")), responder);
    }, readers);
    listener.route(net::Method::Get, "/status/{page}/api/v2/{file}", [core](const net::Request &request, const net::Responder &responder) {
        core->give(std::string(request.param("page")), "api/v2/" + std::string(request.param("file")), responder);
    }, readers);
    listener.route(net::Method::Get, "/status/{page}/events", [core](const net::Request &request, const net::Responder &responder) { core->hold(request, responder); }, readers);
}

StatusDoor::~StatusDoor() = default;

void StatusDoor::setPages(const std::vector<PageContent> &pages)
{
    std::vector<std::pair<net::Responder, net::Response>> answers;
    {
        const std::lock_guard lock(m_core->mutex);
        std::map<std::string, ServedPage> next;
        for (const PageContent &p : pages) {
            if (!p.page.live)
                continue;
            const auto known = m_core->pages.find(p.page.id);
            if (known != m_core->pages.end() && known->second.content.version == p.version) {
                next[p.page.id] = std::move(known->second);
                continue;
            }
            ServedPage &page = next[p.page.id];
            page.content = p;
            m_core->make(page);
        }
        m_core->pages = std::move(next);
        std::erase_if(m_core->held, [&](HeldReader &h) {
            const auto page = m_core->pages.find(h.page);
            const bool isNew = page == m_core->pages.end() || page->second.content.version != h.seen;
            if (isNew)
                answers.emplace_back(std::move(h.responder), page == m_core->pages.end() ? net::refusal(404, "there is no such page") : changedTo(page->second.content.version));
            return isNew;
        });
    }
    for (auto &[responder, answer] : answers)
        responder.respond(std::move(answer));
}

std::size_t StatusDoor::waiting() const
{
    const std::lock_guard lock(m_core->mutex);
    return m_core->held.size();
}

void StatusDoor::tick()
{
    std::vector<net::Responder> tired;
    {
        const std::lock_guard lock(m_core->mutex);
        const Span now = m_core->clock.boot();
        std::erase_if(m_core->held, [&](HeldReader &h) {
            const bool isOver = now - h.since >= kHeldAtMost;
            if (isOver)
                tired.push_back(std::move(h.responder));
            return isOver;
        });
        for (auto &[id, page] : m_core->pages)
            if (now - page.madeAt >= kMadeAnew)
                m_core->make(page);
    }
    for (const net::Responder &r : tired)
        r.respond(nothingNew());
}

} // namespace qd::publish
