// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/keyring.h"

#include <algorithm>

/// What KeyRing does to destroy keys. Nothing here trusts that the step after it happens.
namespace qd::journal {

std::string KeyRing::streamOf(const Id16 &key) const
{
    const std::lock_guard lock(m_mutex);
    if (const auto it = m_byId.find(key); it != m_byId.end())
        return it->second->stream;
    PageId page{};
    std::copy_n(key.begin(), page.size(), page.begin());
    const auto it = m_pages.find(page);
    return it == m_pages.end() ? std::string() : it->second->stream;
}

Result<std::vector<Id16>> KeyRing::doomed(const KeyChange &change) const
{
    std::set<Id16> keys;
    std::set<std::string> struck; // what texts are struck of: the segments that hold them go too
    for (const Id16 &key : change.strike)
        if (const auto stream = streamOf(key); !stream.empty())
            struck.emplace(subjectOf(stream));
    bool found = false; // besides what is derived, which goes with anything
    const auto dies = [&](const std::string &stream) {
        const auto with = [&](const std::string &erased) { return diesWith(stream, erased); };
        return std::any_of(change.erase.begin(), change.erase.end(), with) ||
               (stream.starts_with("derived/") && std::any_of(struck.begin(), struck.end(), with));
    };
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[id, key] : m_byId)
            if (key->stream != kPublicStream && dies(key->stream)) {
                keys.insert(id);
                found = found || !key->stream.starts_with("derived/");
            }
        for (const auto &[id, page] : m_pages)
            if (dies(page->stream)) {
                keys.insert(pageKeyId(id, kWholePage));
                found = true;
            }
    }
    for (const Id16 &key : change.strike) {
        PageId page{};
        std::copy_n(key.begin(), page.size(), page.begin());
        const std::lock_guard lock(m_mutex);
        const auto it = m_pages.find(page);
        const auto place = getNumber<std::uint32_t>(key.data() + 12);
        if (it == m_pages.end() || place >= kPageKeys || (it->second->struck >> place & 1) != 0)
            continue;
        if (!keys.contains(pageKeyId(page, kWholePage)))
            keys.insert(key);
        found = true;
    }
    if (!found)
        return fail(Code::NotFound, "There is nothing left of it: the log holds no key for what is to be erased.");
    for (const Hold &hold : m_holds)
        for (const Id16 &key : keys)
            if (const auto stream = streamOf(key); !stream.starts_with("derived/snapshots") && covers(hold, stream))
                return fail(Code::Conflict, "Hold " + std::to_string(hold.number) + " (" + hold.matter +
                                                ") covers it; nothing was erased. Release the hold first, if that is "
                                                "yours to decide.");
    return std::vector<Id16>(keys.begin(), keys.end());
}

/// The holds as the file has them now, not as we remember them.
Result<> KeyRing::checkHolds(const KeyFileContents &contents, const std::vector<Id16> &keys) const
{
    for (const HoldRow &row : contents.holds) {
        const auto body = unwrapHold(m_epochKey, row);
        const auto hold = body ? decodeHold(row.number, body->reveal()) : Result<Hold>(tl::unexpected(body.error()));
        if (!hold)
            return tl::unexpected(hold.error());
        for (const Id16 &key : keys)
            if (const auto stream = streamOf(key); !stream.starts_with("derived/") && !stream.empty() && covers(*hold, stream))
                return fail(Code::Conflict, "Hold " + std::to_string(hold->number) + " covers what was to be erased.");
    }
    return {};
}

Result<Bytes> KeyRing::begin(const KeyChange &change, std::uint64_t seq)
{
    if (const auto stored = flush(); !stored)
        return tl::unexpected(stored.error());
    Bytes body;
    if (change.destroys()) {
        const auto keys = doomed(change);
        if (!keys)
            return tl::unexpected(keys.error());
        body = encodeErasure(*keys);
    }
    if (change.destroys() || change.place) {
        const auto stored = m_store->change([&](KeyFileContents &contents) -> Result<> {
            if (change.destroys()) {
                if (const auto free = checkHolds(contents, *decodeErasure(body)); !free)
                    return free;
                contents.intents.push_back({seq, body});
            }
            if (change.place)
                contents.holds.push_back(
                    wrapHold(m_random, m_epochKey, m_epoch, change.place->number, encodeHold(*change.place)));
            return {};
        });
        if (!stored)
            return tl::unexpected(stored.error());
        m_hasIntents = m_hasIntents || change.destroys();
        if (change.place)
            m_holds.push_back(*change.place);
    }
    return body;
}

void KeyRing::forget(const std::set<Id16> &keys)
{
    const std::lock_guard lock(m_mutex);
    const auto isDead = [&](const PageId &page) { return keys.contains(pageKeyId(page, kWholePage)); };
    std::erase_if(m_byStream, [&](const auto &entry) { return keys.contains(entry.second->id); });
    std::erase_if(m_byId, [&](const auto &entry) { return keys.contains(entry.first); });
    for (auto &[stream, open] : m_open)
        std::erase_if(open, isDead);
    std::erase_if(m_open, [](const auto &entry) { return entry.second.empty(); });
    std::erase_if(m_pages, [&](const auto &entry) { return isDead(entry.first); });
    for (auto &[id, page] : m_pages) {
        Bytes left;
        for (std::uint32_t place = 0; place < kPageKeys; ++place)
            if (keys.contains(pageKeyId(id, place))) {
                if (left.empty())
                    left.assign(page->keys.reveal().begin(), page->keys.reveal().end());
                std::fill_n(left.begin() + static_cast<std::ptrdiff_t>(place * kKey), kKey, std::uint8_t{0});
                page->struck |= std::uint64_t{1} << place;
            }
        if (!left.empty())
            page->keys = Secret(std::move(left));
    }
}

Result<> KeyRing::finish(std::uint32_t release)
{
    if (!m_hasIntents && release == 0)
        return {};
    if (const auto stored = flush(); !stored)
        return stored;
    OpenedEpoch next{drawSecret(m_random), m_epoch + 1};
    std::set<Id16> dead;
    Result<> held;
    const auto stored = m_store->change([&](KeyFileContents &contents) -> Result<> {
        for (const IntentRow &intent : contents.intents) {
            const auto keys = decodeErasure(intent.keys);
            if (!keys)
                return keysDamaged();
            if (const auto free = checkHolds(contents, *keys); free)
                dead.insert(keys->begin(), keys->end());
            else if (free.error().code == Code::Conflict)
                held = free; // a hold wins; what was intended is not tried again behind its back
            else
                return free;
        }
        contents.intents.clear();
        std::erase_if(contents.holds, [&](const HoldRow &row) { return row.number == release; });
        return dead.empty() ? Result<>() : rewrap(contents, {m_epochKey.duplicate(), m_epoch}, m_root, next, dead, m_random);
    });
    if (!stored)
        return stored;
    m_hasIntents = false;
    std::erase_if(m_holds, [&](const Hold &hold) { return hold.number == release; });
    if (!dead.empty()) {
        m_epochKey = std::move(next.key);
        m_epoch = next.epoch;
        forget(dead);
    }
    return held;
}

Result<> KeyRing::recover(const std::function<Result<bool>(const IntentRow &)> &isRecorded)
{
    if (!m_hasIntents)
        return {};
    bool left = false;
    const auto stored = m_store->change([&](KeyFileContents &contents) -> Result<> {
        Result<> outcome;
        std::erase_if(contents.intents, [&](const IntentRow &intent) {
            const auto recorded = outcome ? isRecorded(intent) : Result<bool>(true);
            if (!recorded)
                outcome = tl::unexpected(recorded.error());
            return recorded && !*recorded;
        });
        left = !contents.intents.empty();
        return outcome;
    });
    if (!stored)
        return stored;
    m_hasIntents = left;
    return left ? finish() : Result<>();
}

} // namespace qd::journal
