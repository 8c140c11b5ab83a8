// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trackers/trackers.h"

#include "core/trackers/line.h"

#include <algorithm>

namespace qd::trackers {

struct Trackers::Core {
    Core(Way w, const Clock &c) : way(std::move(w)), clock(c) {}
    ~Core()
    {
        for (const auto &[name, line] : lines)
            line->stopping = true; // all at once: each is waited for after that
    }
    Way way;
    const Clock &clock;
    std::mutex mutex;
    std::vector<TrackedAction> tracked;
    std::map<std::string, std::unique_ptr<Line>> lines;
    std::map<std::string, std::future<Answer>> unanswered; ///< of connections that stopped

    void give(Line &line)
    {
        std::vector<TrackedAction> own;
        for (const TrackedAction &t : tracked)
            if (t.connection == line.connection.name)
                own.push_back(t);
        const std::lock_guard lock(line.mutex);
        const bool isMore = own.size() > line.tracked.size();
        std::erase_if(line.tags, [&](const auto &tag) { return std::none_of(own.begin(), own.end(), [&](const TrackedAction &t) { return t.key == tag.first; }); });
        line.tracked = std::move(own);
        if (isMore)
            line.nextRead = {};
        line.changed.notify_all();
    }
};

Trackers::Trackers(Way way, const Clock &clock) : m_core(std::make_unique<Core>(std::move(way), clock)) {}
Trackers::~Trackers() = default;

void Trackers::start(const Connection &connection, Secret token, Writes armed)
{
    if (!isTracker(connection.kind) && !isLibrary(connection.kind))
        return;
    const std::lock_guard lock(m_core->mutex);
    auto &line = m_core->lines[connection.name];
    Line::Left left;
    if (line)
        left = line->end();
    else if (auto before = m_core->unanswered.extract(connection.name))
        left.unanswered = std::move(before.mapped());
    line = std::make_unique<Line>(connection, std::move(token), armed, std::move(left), m_core->way, m_core->clock);
    m_core->give(*line);
}

void Trackers::stop(const std::string &connection)
{
    const std::lock_guard lock(m_core->mutex);
    const auto it = m_core->lines.find(connection);
    if (it == m_core->lines.end())
        return;
    if (auto left = it->second->end(); left.unanswered.valid())
        m_core->unanswered[connection] = std::move(left.unanswered);
    m_core->lines.erase(it);
}

void Trackers::arm(const std::string &connection, Writes writes)
{
    const std::lock_guard lock(m_core->mutex);
    if (const auto it = m_core->lines.find(connection); it != m_core->lines.end()) {
        const std::lock_guard inner(it->second->mutex);
        it->second->armed = writes;
    }
}

void Trackers::setTracked(std::vector<TrackedAction> all)
{
    const std::lock_guard lock(m_core->mutex);
    m_core->tracked = std::move(all);
    for (const auto &[name, line] : m_core->lines)
        m_core->give(*line);
}

Result<> Trackers::write(Entry entry)
{
    const std::lock_guard lock(m_core->mutex);
    const auto it = m_core->lines.find(entry.what.connection);
    if (it == m_core->lines.end())
        return fail(Code::Unavailable, "The connection is not there yet.");
    const std::lock_guard inner(it->second->mutex);
    for (Entry &held : it->second->queue)
        if (entry.isAnew && held.what.number == entry.what.number)
            held.what = entry.what;
    if (entry.isAnew)
        return {};
    if (it->second->queue.size() >= kWaitingMost)
        return fail(Code::Unavailable, "Too much waits for " + entry.what.connection + " already.");
    it->second->queue.push_back(std::move(entry));
    it->second->changed.notify_all();
    return {};
}

void Trackers::recall(const std::string &connection, std::uint64_t number, const std::string &why)
{
    bool isUnknown = false;
    {
        const std::lock_guard lock(m_core->mutex);
        const auto it = m_core->lines.find(connection);
        if (it == m_core->lines.end())
            return;
        Line &line = *it->second;
        const std::lock_guard inner(line.mutex);
        const auto entry = std::find_if(line.queue.begin(), line.queue.end(), [&](const Entry &e) { return e.what.number == number; });
        if (entry == line.queue.end())
            return;
        if (line.workedOff == number)
            return void(entry->recalled = why);
        const bool isFirst = entry == line.queue.begin();
        isUnknown = entry->maybeSent || (isFirst && line.doubt);
        line.queue.erase(entry);
        if (isFirst) {
            line.tries = 0;
            line.doubt = false;
            line.doubtSince.reset(); // its thread is not at it
            line.sentInVain = line.lookedInVain = 0;
            line.nextTry = {};
        }
    }
    m_core->way.moved(number, isUnknown ? Delivery::Unknown : Delivery::Failed, {}, why + (isUnknown ? "; whether it had been written is not known: look there" : ""));
}

} // namespace qd::trackers
