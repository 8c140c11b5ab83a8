// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/keyring.h"

#include <algorithm>

namespace qd::journal {

Result<std::unique_ptr<KeyRing>> KeyRing::open(std::unique_ptr<KeyStore> store, const std::filesystem::path &home,
                                               const Ports &ports, const std::string &origin, const Unlock &unlock,
                                               Random &random)
{
    auto contents = store->load();
    if (!contents)
        return tl::unexpected(contents.error());
    auto root = openRoot(*contents, home, ports, origin, unlock);
    if (!root)
        return tl::unexpected(root.error());
    auto epoch = openEpoch(*contents, root->root);
    if (!epoch)
        return tl::unexpected(epoch.error());
    auto signer = unwrapSigner(epoch->key, contents->signer);
    if (!signer)
        return tl::unexpected(signer.error());
    std::unique_ptr<KeyRing> ring(new KeyRing(std::move(store), random));
    ring->m_root = std::move(root->root);
    ring->m_epoch = epoch->epoch;
    ring->m_signer = std::move(*signer);
    ring->m_hasIntents = !contents->intents.empty();
    ring->insert(publicKey());
    for (const KeyRow &row : contents->keys) {
        auto key = row.epoch == epoch->epoch ? ring->opened(row, epoch->key) : nullptr;
        if (!key)
            return keysDamaged();
        ring->insert(std::move(key));
    }
    for (const PageRow &row : contents->pages) {
        auto packed = row.epoch == epoch->epoch ? unwrapPage(epoch->key, row) : Result<PackedKey>(keysDamaged());
        if (!packed)
            return tl::unexpected(packed.error());
        ring->m_pages.emplace(row.id, std::make_unique<Page>(Page{row.id, row.stream, std::move(packed->stream),
                                                                  std::move(packed->key), row.struck}));
    }
    for (const HoldRow &row : contents->holds) {
        const auto body = unwrapHold(epoch->key, row);
        auto hold = body ? decodeHold(row.number, body->reveal()) : Result<Hold>(tl::unexpected(body.error()));
        if (!hold)
            return tl::unexpected(hold.error());
        ring->m_holds.push_back(std::move(*hold));
    }
    ring->m_epochKey = std::move(epoch->key);
    return ring;
}

Result<std::unique_ptr<KeyRing>> KeyRing::openWhatIsLeft(const KeyFileContents &contents, const std::filesystem::path &home,
                                                         const Ports &ports, const std::string &origin,
                                                         const Unlock &unlock, Random &random)
{
    // No way at all is left: that is damage, not a wrong way.
    if (contents.slots.empty())
        return keysDamaged();
    const auto root = openRoot(contents, home, ports, origin, unlock);
    if (!root)
        return tl::unexpected(root.error());
    Result<OpenedEpoch> epoch = keysDamaged();
    for (const auto &row : contents.epochs) { // the newest that opens, wherever in the file it lies: a page that is left over may hold one before it
        KeyFileContents one;
        one.epochs.push_back(row);
        if (auto opened = openEpoch(one, root->root); opened && (!epoch || opened->epoch > epoch->epoch))
            epoch = std::move(opened);
    }
    if (!epoch)
        return tl::unexpected(epoch.error());
    std::unique_ptr<KeyRing> ring(new KeyRing(nullptr, random));
    ring->m_epoch = epoch->epoch;
    auto signer = unwrapSigner(epoch->key, contents.signer);
    for (auto row = contents.epochs.begin(); row != contents.epochs.end() && !signer; ++row)
        signer = unwrapSigner(epoch->key, row->wrapped);
    if (signer)
        ring->m_signer = std::move(*signer);
    ring->insert(publicKey());
    for (const KeyRow &row : contents.keys)
        if (auto key = row.epoch == epoch->epoch ? ring->opened(row, epoch->key) : nullptr)
            ring->insert(std::move(key));
    for (const PageRow &row : contents.pages)
        if (auto packed = row.epoch == epoch->epoch ? unwrapPage(epoch->key, row) : Result<PackedKey>(keysDamaged()))
            ring->m_pages.emplace(row.id, std::make_unique<Page>(Page{row.id, row.stream, std::move(packed->stream),
                                                                      std::move(packed->key), row.struck}));
    return ring;
}

std::shared_ptr<const StreamKey> KeyRing::opened(const KeyRow &row, const Secret &epochKey)
{
    auto packed = unwrapKey(epochKey, row);
    if (!packed)
        return nullptr;
    auto key = std::make_shared<StreamKey>();
    key->id = row.id;
    key->pseudonym = row.stream;
    key->stream = std::move(packed->stream);
    key->pseudoRandom = StreamKey::derive(m_hkdf, packed->key);
    return key;
}

Result<> KeyRing::adopt(KeyRow row)
{
    if (byId(row.id))
        return {};
    auto key = row.epoch == m_epoch ? opened(row, m_epochKey) : nullptr;
    if (!key)
        return fail(Code::Corrupt, "A key in the emergency file does not belong to this home.");
    insert(std::move(key));
    m_unstored.push_back(std::move(row));
    return {};
}

Result<> KeyRing::adopt(PageRow row)
{
    if (m_pages.contains(row.id))
        return {};
    auto packed = row.epoch == m_epoch ? unwrapPage(m_epochKey, row) : Result<PackedKey>(keysDamaged());
    if (!packed)
        return fail(Code::Corrupt, "A page of keys in the emergency file does not belong to this home.");
    {
        const std::lock_guard lock(m_mutex);
        m_pages.emplace(row.id, std::make_unique<Page>(Page{row.id, row.stream, std::move(packed->stream),
                                                            std::move(packed->key), row.struck}));
    }
    m_unstoredPages.push_back(std::move(row));
    return {};
}

void KeyRing::insert(std::shared_ptr<const StreamKey> key)
{
    m_byStream.insert_or_assign(key->stream, key);
    const std::lock_guard lock(m_mutex);
    m_byId.emplace(key->id, std::move(key));
}

std::shared_ptr<const StreamKey> KeyRing::byId(const Id16 &id) const
{
    const std::lock_guard lock(m_mutex);
    if (const auto it = m_byId.find(id); it != m_byId.end())
        return it->second;
    PageId page{};
    std::copy_n(id.begin(), page.size(), page.begin());
    const auto it = m_pages.find(page);
    return it == m_pages.end() ? nullptr : keyOf(*it->second, getNumber<std::uint32_t>(id.data() + 12), m_pageHkdf);
}

std::shared_ptr<const StreamKey> KeyRing::keyOf(const Page &page, std::uint32_t place, Hkdf &hkdf) const
{
    if (place >= kPageKeys || (page.struck >> place & 1) != 0)
        return nullptr;
    auto key = std::make_shared<StreamKey>();
    key->id = pageKeyId(page.id, place);
    key->pseudonym = page.pseudonym;
    key->stream = page.stream;
    const auto bytes = page.keys.reveal().subspan(place * kKey, kKey);
    key->pseudoRandom = StreamKey::derive(hkdf, Secret(Bytes(bytes.begin(), bytes.end())));
    return key;
}

std::vector<std::string> KeyRing::streams() const
{
    std::vector<std::string> out;
    for (const auto &[name, key] : m_byStream)
        out.push_back(name);
    return out;
}

std::shared_ptr<const StreamKey> KeyRing::forStream(const std::string &stream)
{
    if (const auto it = m_byStream.find(stream); it != m_byStream.end())
        return it->second;
    auto key = std::make_shared<StreamKey>();
    m_random.fill(key->id);
    m_random.fill(key->pseudonym);
    key->stream = stream;
    PackedKey packed{drawSecret(m_random), stream};
    key->pseudoRandom = StreamKey::derive(m_hkdf, packed.key);
    m_unstored.push_back(wrapKey(m_random, m_epochKey, m_epoch, key->id, key->pseudonym, packed));
    insert(key);
    return key;
}

KeyRing::Page &KeyRing::newPage(const std::string &stream)
{
    auto page = std::make_unique<Page>();
    m_random.fill(page->id);
    // One pseudonym a text stream and run: it tells no more than the incident's own.
    const auto open = m_open.find(stream);
    if (open != m_open.end() && !open->second.empty())
        page->pseudonym = m_pages.at(open->second.front())->pseudonym;
    else
        m_random.fill(page->pseudonym);
    page->stream = stream;
    page->keys = drawSecret(m_random, kKey * kPageKeys);
    page->next = 0;
    m_unstoredPages.push_back(wrapPage(m_random, m_epochKey, m_epoch, {page->id, page->pseudonym, 0, 0, {}},
                                       {page->keys.duplicate(), stream}));
    m_open[stream].push_back(page->id);
    const std::lock_guard lock(m_mutex);
    return *m_pages.emplace(page->id, std::move(page)).first->second;
}

std::shared_ptr<const StreamKey> KeyRing::single(const std::string &stream)
{
    std::vector<PageId> &open = m_open[stream];
    while (open.size() > 1 && m_pages.at(open.front())->next >= kPageKeys)
        open.erase(open.begin());
    Page &page = open.empty() || m_pages.at(open.front())->next >= kPageKeys ? newPage(stream) : *m_pages.at(open.front());
    return keyOf(page, page.next++, m_hkdf);
}

Result<> KeyRing::prepare()
{
    for (const auto &[stream, open] : m_open)
        if (open.size() == 1 && m_pages.at(open.front())->next > kPageKeys / 2)
            newPage(std::string(stream));
    return flush();
}

Result<> KeyRing::flush()
{
    if (m_unstored.empty() && m_unstoredPages.empty())
        return {};
    if (const auto stored = m_store->add(m_unstored, m_unstoredPages); !stored)
        return stored;
    m_unstored.clear();
    m_unstoredPages.clear();
    return {};
}

} // namespace qd::journal
