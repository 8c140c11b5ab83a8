// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/publish/publisher.h"

#include "core/base/log.h"
#include "core/base/threads.h"
#include "core/net/backoff.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace qd::publish {

namespace {

constexpr Span kLookAtMost = seconds(1); ///< a connection may be looked at so often
constexpr std::chrono::milliseconds kWait{500};

/// One page through one connection.
struct Slot {
    std::string connection, page;
    std::vector<std::uint64_t> numbers;  ///< entries that wait for a push
    bool isAsked = false;                ///< something is to be pushed
    bool wasPushed = false;
    int failures = 0;
    Span nextTry{}, pushedAt{}, lookedAt{}; ///< times since boot
    int unseen = 0;                      ///< looks in a row that nobody answered
    Span nextLook{};                     ///< … and when the next one is
    std::vector<Span> putBack;           ///< when somebody else had written there, within kRefresh
    std::map<std::string, std::string> pushed; ///< by path, the SHA-256 of what was pushed last
    std::string problem;
};

struct Line {
    Connection connection;
    std::shared_ptr<const Secret> secret;
    std::shared_ptr<Target> target;
    bool isArmed = false;
    std::string said, saidProblem;       ///< the last word on it
};

std::unique_ptr<Target> usualTarget(const Connection &connection, const std::shared_ptr<const Secret> &secret, const Http &http, const std::string &origin)
{
    if (connection.kind == "directory")
        return directoryTarget(connection.path);
    if (connection.kind == "sftp")
        return sftpTarget(connection);
    if (connection.kind == "git")
        return gitTarget(connection);
    if (connection.kind == "atlassian")
        return atlassianTarget(connection, secret, http, origin);
    return bucketTarget(connection, secret, http);
}

} // namespace

Result<> Target::holds(const std::string &page, const std::map<std::string, std::string> &hashes)
{
    for (const auto &[path, hash] : hashes) {
        const auto body = read(page, path);
        if (!body)
            return tl::unexpected(body.error());
        if (sha256Hex(*body) != hash)
            return fail(Code::Conflict, "What is read as " + path + " is not what was written.");
    }
    return {};
}

struct Publisher::Core {
    Core(Way w, const Clock &c, Random &r) : way(std::move(w)), clock(c), random(r)
    {
        for (std::size_t n = 0; n < kBesideEachOther; ++n)
            threads.emplace_back([this] { run(); });
    }

    ~Core()
    {
        {
            const std::lock_guard lock(mutex);
            stopping = true;
        }
        changed.notify_all();
        for (std::thread &thread : threads)
            thread.join();
    }

    Slot *find(const std::string &connection, const std::string &page)
    {
        const auto at = std::find_if(slots.begin(), slots.end(), [&](const Slot &s) { return s.connection == connection && s.page == page; });
        return at == slots.end() ? nullptr : &*at;
    }

    Slot &slotOf(const std::string &connection, const std::string &page)
    {
        if (Slot *known = find(connection, page))
            return *known;
        Slot &slot = slots.emplace_back();
        slot.connection = connection;
        slot.page = page;
        return slot;
    }

    [[nodiscard]] bool isWanted(const Slot &slot) const
    {
        const auto page = pages.find(slot.page);
        return page != pages.end() && std::find(page->second.page.publish.begin(), page->second.page.publish.end(), slot.connection) != page->second.page.publish.end();
    }

    /// Each of the threads: what is due, of connections that none of the others is at. A target is used by one at a time.
    void run()
    {
        beginThread("publisher", Pressing::Now);
        std::unique_lock lock(mutex);
        while (!stopping) {
            bool worked = false;
            for (std::size_t n = 0; n < slots.size() && !stopping; ++n) {
                const std::string name = slots[n].connection;
                const auto line = lines.find(name);
                if (line == lines.end() || !line->second.isArmed || busy.contains(name))
                    continue;
                const Span now = clock.boot();
                Slot &slot = slots[n];
                const bool isKept = slot.wasPushed && isWanted(slot); // what a page is no longer published to is left as it is
                const bool isPushed = (slot.isAsked || (isKept && now - slot.pushedAt >= kRefresh)) && now >= slot.nextTry;
                const bool isLookedAt = isKept && !slot.isAsked && (slot.unseen > 0 ? now >= slot.nextLook : now - slot.lookedAt >= std::max(line->second.connection.interval, kLookAtMost));
                if (!isPushed && !isLookedAt)
                    continue;
                busy.insert(name);
                changed.notify_one(); // somebody else watches meanwhile
                if (isPushed)
                    push(lock, name, slot.page);
                else
                    look(lock, name, slot.page);
                busy.erase(name);
                worked = true;
            }
            if (worked || stopping)
                continue;
            // One looks at the clock; the others sleep until they are needed.
            if (std::exchange(isWatched, true)) {
                changed.wait(lock);
            } else {
                changed.wait_for(lock, kWait);
                isWatched = false;
            }
        }
    }

    /// Pushes a page as it is now; unlocked while it waits.
    void push(std::unique_lock<std::mutex> &lock, const std::string connection, const std::string page)
    {
        const auto content = pages.find(page);
        if (content == pages.end()) {
            forget(connection, page, "the page is not in the workspace any more");
            return;
        }
        if (!isWanted(slotOf(connection, page))) { // what waited, or failed so far, while the workspace was changed
            forget(connection, page, "the page is not published there any more");
            return;
        }
        const std::shared_ptr<Target> target = lines.at(connection).target;
        const PageContent what = content->second;
        std::vector<std::uint64_t> taken = slotOf(connection, page).numbers;
        slotOf(connection, page).isAsked = false;
        lock.unlock();
        for (const std::uint64_t number : taken)
            way.moved(number, Delivery::Sent, {});
        const auto files = comms::pageFiles(what.page, what.known.get(), clock.now());
        std::map<std::string, std::string> hashes;
        for (const comms::PageFile &f : files)
            hashes[f.path] = sha256Hex(f.body);
        Result<> done = target->put(page, files);
        if (done)
            done = target->holds(page, hashes);
        const bool isStillRead = !done && target->hasWordsTakenBack(page); // said at once: they are to be read by nobody
        lock.lock();
        Slot *const known = find(connection, page);
        if (!known || !lines.contains(connection))
            return; // disarmed or removed meanwhile, which settled its entries
        Slot &slot = *known;
        if (done) {
            slot.wasPushed = true;
            slot.failures = 0;
            slot.nextTry = {};
            slot.pushedAt = slot.lookedAt = clock.boot();
            slot.unseen = 0;
            slot.pushed = std::move(hashes);
            slot.problem = contested(slot);
            std::erase_if(slot.numbers, [&](std::uint64_t n) { return std::find(taken.begin(), taken.end(), n) != taken.end(); });
        } else {
            slot.isAsked = true;
            slot.nextTry = clock.boot() + tryAfter(slot.failures);
            ++slot.failures;
            if (slot.failures >= kTriesBeforeTrouble || isStillRead)
                slot.problem = page + ": " + done.error().message;
        }
        const int failures = slot.failures;
        say(lock, connection);
        lock.unlock();
        for (const std::uint64_t number : taken)
            if (done)
                way.moved(number, Delivery::Confirmed, {});
            else if (failures == 1)
                way.moved(number, Delivery::Queued, done.error().message);
        lock.lock();
    }

    /// Whether what was pushed is still what is read there.
    void look(std::unique_lock<std::mutex> &lock, const std::string connection, const std::string page)
    {
        const std::shared_ptr<Target> target = lines.at(connection).target;
        const std::map<std::string, std::string> pushed = slotOf(connection, page).pushed;
        lock.unlock();
        const Result<> done = target->holds(page, pushed);
        lock.lock();
        Slot *const known = find(connection, page);
        if (!known || !lines.contains(connection))
            return;
        Slot &slot = *known;
        slot.lookedAt = clock.boot();
        if (!done && done.error().code == Code::Unavailable && !target->hasWordsTakenBack(page)) {
            // Nobody answered: that is not yet another page. It is looked at again soon.
            slot.nextLook = clock.boot() + tryAfter(slot.unseen);
            if (++slot.unseen >= kTriesBeforeTrouble)
                slot.problem = page + ": " + done.error().message;
            say(lock, connection);
            return;
        }
        slot.unseen = 0;
        if (!done && !slot.isAsked) {
            // Somebody changed or removed it: it is put back, and until that is done it is said.
            log(LogLevel::Warning, "publish", page + " through " + connection + " is not what was pushed: " + done.error().message);
            slot.isAsked = true;
            slot.nextTry = {};
            if (done.error().code == Code::Conflict) // it says something else; a place that lost it is only mended
                slot.putBack.push_back(slot.lookedAt);
            const std::string again = contested(slot); // said once, not anew with every time
            slot.problem = again.empty() ? page + ": " + done.error().message : again;
        } else if (done) {
            slot.problem = contested(slot);
        }
        say(lock, connection);
    }

    /// Who writes there again and again will go on, whatever is put back: a second console with the same target, or somebody with its keys.
    std::string contested(Slot &slot) const
    {
        const Span now = clock.boot();
        std::erase_if(slot.putBack, [&](Span at) { return now - at >= kRefresh; });
        if (slot.putBack.size() < static_cast<std::size_t>(kPutBacksBeforeTrouble))
            return {};
        return slot.page + ": something else writes there, too: it was put back " + std::to_string(kPutBacksBeforeTrouble) + " times or more in the last " + toText(kRefresh)
            + ". Look for a second console that publishes there, or change who may write there.";
    }

    Span tryAfter(int failures)
    {
        const Span bound = std::min(kTryCap, kTryFirst * (std::int64_t{1} << std::min(failures, 6)));
        net::Backoff jitter(random, bound, bound);
        return Span{bound.ns / 2 + jitter.next().ns / 2};
    }

    void forget(const std::string &connection, const std::string &page, const std::string &why)
    {
        Slot &slot = slotOf(connection, page);
        for (const std::uint64_t number : slot.numbers)
            way.moved(number, Delivery::Failed, why);
        std::erase_if(slots, [&](const Slot &s) { return s.connection == connection && s.page == page; });
    }

    /// A connection is as its worst page is. Said when it changes.
    void say(std::unique_lock<std::mutex> &lock, const std::string &connection)
    {
        Line &line = lines.at(connection);
        std::string problem;
        bool isLive = false;
        for (const Slot &s : slots)
            if (s.connection == connection) {
                problem = problem.empty() ? s.problem : problem;
                isLive = isLive || s.wasPushed;
            }
        const std::string state = !problem.empty() ? "trouble" : isLive ? "live" : line.said;
        if (state.empty() || (state == line.said && problem == line.saidProblem))
            return;
        line.said = state;
        line.saidProblem = problem;
        lock.unlock();
        way.reported(connection, state, problem);
        lock.lock();
    }

    Way way;
    const Clock &clock;
    Random &random;
    std::mutex mutex;
    std::condition_variable changed;
    bool stopping = false;
    std::map<std::string, PageContent> pages;
    std::map<std::string, Line> lines;
    std::vector<Slot> slots;
    std::set<std::string> busy;          ///< connections one of the threads is at
    bool isWatched = false;              ///< one of the threads wakes from time to time
    std::vector<std::thread> threads;    ///< last: they work on all of the above
};

Publisher::Publisher(Way way, const Clock &clock, Random &random) : m_core(std::make_unique<Core>(std::move(way), clock, random)) {}
Publisher::~Publisher() = default;

void Publisher::setPages(std::vector<PageContent> pages)
{
    const std::lock_guard lock(m_core->mutex);
    m_core->pages.clear();
    for (PageContent &p : pages) {
        const std::string id = p.page.id;
        m_core->pages[id] = std::move(p);
    }
    std::erase_if(m_core->slots, [&](const Slot &s) { return !m_core->isWanted(s) && s.numbers.empty(); });
}

void Publisher::start(const Connection &connection, Secret secret)
{
    if (!isPublisher(connection.kind))
        return;
    const std::lock_guard lock(m_core->mutex);
    Line &line = m_core->lines[connection.name];
    line.connection = connection;
    line.secret = std::make_shared<const Secret>(std::move(secret));
    const auto &make = m_core->way.target;
    line.target = make ? make(connection, line.secret) : usualTarget(connection, line.secret, m_core->way.http, m_core->way.origin);
    for (Slot &s : m_core->slots)
        if (s.connection == connection.name && s.wasPushed)
            s.isAsked = true; // it leads elsewhere now
    m_core->changed.notify_all();
}

void Publisher::stop(const std::string &connection)
{
    const std::lock_guard lock(m_core->mutex);
    m_core->lines.erase(connection);
    std::erase_if(m_core->slots, [&](const Slot &s) { return s.connection == connection; });
}

void Publisher::arm(const std::string &connection, bool armed)
{
    std::vector<std::uint64_t> left;
    {
        const std::lock_guard lock(m_core->mutex);
        const auto line = m_core->lines.find(connection);
        if (line == m_core->lines.end())
            return;
        line->second.isArmed = armed;
        if (!armed) {
            for (const Slot &s : m_core->slots)
                if (s.connection == connection)
                    left.insert(left.end(), s.numbers.begin(), s.numbers.end());
            std::erase_if(m_core->slots, [&](const Slot &s) { return s.connection == connection; });
            line->second.said.clear();
            line->second.saidProblem.clear();
        }
        m_core->changed.notify_all();
    }
    for (const std::uint64_t number : left)
        m_core->way.moved(number, Delivery::Failed, "the connection is no longer armed for it");
}

Result<> Publisher::write(std::uint64_t number, const std::string &connection, const std::string &page)
{
    const std::lock_guard lock(m_core->mutex);
    if (!m_core->lines.contains(connection))
        return fail(Code::NotFound, "there is no connection " + connection);
    if (!m_core->pages.contains(page))
        return fail(Code::NotFound, "the page is not in the workspace any more");
    Slot &slot = m_core->slotOf(connection, page);
    slot.numbers.push_back(number);
    slot.isAsked = true;
    slot.nextTry = slot.failures == 0 ? Span{} : slot.nextTry;
    m_core->changed.notify_all();
    return {};
}

} // namespace qd::publish
