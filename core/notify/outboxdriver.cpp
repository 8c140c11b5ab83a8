// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/notify/outboxdriver.h"

#include "core/events/texts.h"

#include <algorithm>
#include <sodium.h>

namespace qd::notify {

using events::Effect;
using events::OutboxMoved;

Uuid idempotencyKey(std::string_view origin, std::uint64_t number)
{
    const std::string text = std::string(origin) + "\n" + std::to_string(number);
    Uuid id;
    const auto bytes = asBytes(text);
    crypto_generichash(id.bytes.data(), id.bytes.size(), bytes.data(), bytes.size(), nullptr, 0);
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x80); // RFC 9562, version 8: made by our own rule
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
    return id;
}

Write neededFor(const events::OutboxQueued &what)
{
    switch (what.effect) {
    case Effect::CreateRoom:
    case Effect::AttachRoom:
    case Effect::Invite:
    case Effect::LeaveRoom:
    case Effect::ArchiveRoom: return Write::Rooms;
    case Effect::Page:
    case Effect::PageAnswered:
    case Effect::PageOver: return Write::Pages;
    case Effect::Silence:
    case Effect::ExpireSilence: return Write::Silences;
    case Effect::Publish:
    case Effect::PublishReview: return Write::Publish;
    case Effect::TrackIssue:
    case Effect::UpdateIssue: return Write::Issues;
    case Effect::PagerAck:
    case Effect::PagerResolve: return Write::Acks;
    case Effect::PagerNote: return Write::Notes;
    case Effect::PagerAssign:
    case Effect::PagerEscalate: return Write::Reassigns;
    case Effect::Post:
    case Effect::Topic: break;
    case Effect::Reply: return isToPerson(what) ? Write::Pages : Write::Posts;
    }
    return Write::Posts;
}

namespace {

/// Whether it takes the place of a page that had not arrived, or keeps one from going out: that one is not sent any more.
bool overtakes(const events::Event &event)
{
    if (const auto *queued = getIf<events::OutboxQueued>(&event))
        return queued->effect == Effect::PublishReview && queued->instead != 0;
    const auto *withheld = getIf<events::WriteWithheld>(&event);
    return withheld && withheld->effect == Effect::PublishReview && withheld->instead != 0;
}

/// Whether its words are for people, and its edge takes them anew.
bool isTold(Effect effect)
{
    switch (effect) {
    case Effect::Post:
    case Effect::Reply:
    case Effect::Topic:
    case Effect::Page:
    case Effect::PageAnswered:
    case Effect::PageOver:
    case Effect::CreateRoom: // what it is called by
    case Effect::Invite:
    case Effect::Silence:    // its comment
    case Effect::PagerNote:
    case Effect::PagerResolve: return true;
    default: return events::isOfReview(effect);
    }
}

} // namespace

struct OutboxDriver::Core {
    struct Entry {
        Item item;
        bool handedOver = false, isAskedBack = false;
    };
    static constexpr const char *kErased = "it was erased";

    static bool isSettled(Delivery d) { return d == Delivery::Confirmed || d == Delivery::Failed; }

    void begin(const state::State &s)
    {
        std::vector<OutboxMoved> words;
        {
            const std::lock_guard lock(mutex);
            learnArmed(s);
            for (const auto &[number, o] : s.outbox) {
                if (isSettled(o.delivery))
                    continue;
                const bool maybeSent = o.delivery != Delivery::Queued;
                entries[number] = {{o.what, o.queuedAt, maybeSent, o.delivery == Delivery::Sent, !maybeSent, o.recalled}, false};
                if (o.delivery == Delivery::Sent)
                    words.push_back({number, Delivery::Unknown, {}, "the console stopped before it was confirmed", o.what.incident});
            }
            began = true;
        }
        for (auto &w : words)
            report(std::move(w));
        tick();
    }

    void onRecord(const state::State &s, const desk::Record &record)
    {
        bool isNew = false;
        std::vector<Item> back;
        {
            const std::lock_guard lock(mutex);
            for (const auto &event : record.events) {
                if (const auto *queued = getIf<events::OutboxQueued>(&event)) {
                    entries[queued->number] = {{*queued, record.time}, false};
                    isNew = true;
                } else if (const auto *word = getIf<OutboxMoved>(&event); word && isSettled(word->delivery)) {
                    entries.erase(word->number);
                } else if (holds<events::ConnectionArmed>(event) || holds<events::ConnectionAdded>(event)) {
                    learnArmed(s);
                    isNew = true;
                } else if (const auto *removed = getIf<events::ConnectionRemoved>(&event)) {
                    learnArmed(s); // and what was still to go through it has failed
                    std::erase_if(entries, [&](const auto &e) { return e.second.item.what.connection == removed->name; });
                }
            }
            if (events::changesThePast(record.events) || std::any_of(record.events.begin(), record.events.end(), [](const events::Event &e) { return holds<events::MessageEnded>(e) || overtakes(e); })) {
                back = readAnew(s);
                isNew = true;
            }
        }
        if (!back.empty()) {
            const std::lock_guard one(turn); // whoever is just handing it over is waited for
            for (const Item &item : back)
                recall(item.what, item.recalled);
        }
        if (isNew)
            tick();
    }

    /// Under the lock: entries are as the State has them, and what it lets go of is not sent. Returns what edges have of that. What its edge has
    /// is handed over again for its other words alone: nothing is sent for that, however far it had got.
    std::vector<Item> readAnew(const state::State &s)
    {
        std::vector<Item> back;
        for (auto at = entries.begin(); at != entries.end();) {
            Entry &entry = at->second;
            const auto known = s.outbox.find(at->first);
            const bool isGone = known == s.outbox.end();
            if (isGone)
                entry.item.recalled = kErased;
            else if (entry.item.recalled.empty())
                entry.item.recalled = known->second.recalled;
            if (!isGone) {
                const events::OutboxQueued &what = known->second.what;
                const bool isOther = what.text != entry.item.what.text || what.title != entry.item.what.title;
                if (isOther && isTold(what.effect) && entry.handedOver && entry.item.recalled.empty()) {
                    entry.item.isAnew = true;
                    entry.handedOver = false;
                }
                entry.item.what = what; // without words that are gone
            }
            if (entry.handedOver && !entry.isAskedBack && !entry.item.recalled.empty()) {
                entry.isAskedBack = true;
                back.push_back(entry.item);
            }
            at = isGone ? entries.erase(at) : std::next(at);
        }
        return back;
    }

    void learnArmed(const state::State &s)
    {
        armed.clear();
        for (const auto &source : s.sources)
            armed[source.connection.name] = source.armed;
    }

    void tick()
    {
        const std::lock_guard one(turn); // entries are handed over in order, also when two threads come at once
        while (true) {
            Item item;
            bool allowed = false, isDropped = false;
            {
                const std::lock_guard lock(mutex);
                if (!began)
                    return;
                const auto it = std::find_if(entries.begin(), entries.end(), [this](const auto &e) {
                    return !e.second.handedOver && !waiting.contains(e.second.item.what.connection);
                });
                if (it == entries.end())
                    break;
                it->second.handedOver = true;
                item = it->second.item;
                isDropped = it->second.isAskedBack = !item.recalled.empty() && !item.maybeSent;
                allowed = item.isAnew || allows(armed[item.what.connection], neededFor(item.what));
            }
            if (isDropped) { // nobody had it
                report({item.what.number, Delivery::Failed, {}, item.recalled, item.what.incident});
                continue;
            }
            const auto sent = allowed ? send(item)
                                      : fail(Code::Forbidden, "the connection is no longer armed for it");
            if (sent)
                continue;
            if (sent.error().code == Code::Unavailable) {
                const std::lock_guard lock(mutex);
                if (const auto it = entries.find(item.what.number); it != entries.end())
                    it->second.handedOver = false;
                waiting.insert({item.what.connection, true}); // what follows it waits too, so that order is kept
            } else {
                report({item.what.number, Delivery::Failed, {}, sent.error().message, item.what.incident});
            }
        }
        const std::lock_guard lock(mutex);
        waiting.clear();
    }

    Send send;
    Report report;
    Recall recall;
    std::mutex turn;
    std::mutex mutex;
    std::map<std::uint64_t, Entry> entries;
    std::map<std::string, Writes> armed;
    std::map<std::string, bool> waiting;
    bool began = false;
};

OutboxDriver::OutboxDriver(link::Replica &replica, Send send, Report report, Recall recall) : m_core(std::make_shared<Core>())
{
    m_core->recall = recall ? std::move(recall) : [](const events::OutboxQueued &, const std::string &) {};
    m_core->send = std::move(send);
    m_core->report = std::move(report);
    replica.watch([core = m_core](const state::State &s) { core->begin(s); },
                  [core = m_core](const state::State &s, const desk::Record &r) { core->onRecord(s, r); });
}

OutboxDriver::~OutboxDriver() = default;

void OutboxDriver::moved(std::uint64_t number, Delivery delivery, std::string messageId, std::string reason, Looked looked, Instant again)
{
    OutboxMoved word{number, delivery, std::move(messageId), std::move(reason), {}, looked, again};
    {
        const std::lock_guard lock(m_core->mutex);
        const auto it = m_core->entries.find(number);
        if (it == m_core->entries.end())
            return; // settled already
        word.incident = it->second.item.what.incident;
    }
    m_core->report(std::move(word));
}

void OutboxDriver::tick()
{
    m_core->tick();
}

std::size_t OutboxDriver::open() const
{
    const std::lock_guard lock(m_core->mutex);
    return m_core->entries.size();
}

} // namespace qd::notify
