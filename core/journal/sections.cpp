// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/sections.h"

#include "core/base/log.h"

#include <algorithm>
#include <sodium.h>

namespace qd::journal {

namespace {

/// A sealed section: this, its random id, the commitment to its key, ciphertext and tag.
constexpr std::string_view kSectionMagic = "QDS\x01";
constexpr std::size_t kId = 16;
constexpr std::size_t kCommitment = 32;
constexpr std::size_t kFront = 4 + kId + kCommitment;
/// Every section has a key of its own, derived from its random id, so one nonce serves all.
constexpr std::array<std::uint8_t, kNonce> kSectionNonce{};

/// 32 of key, 32 of commitment. The info is longer than a part's, so that no part of the log has the same key.
void derive(const StreamKey &key, BytesView id, std::span<std::uint8_t, 64> out)
{
    Bytes info(asBytes("quarterdeck/1 section").begin(), asBytes("quarterdeck/1 section").end());
    putBytes(info, id);
    Hkdf().expand(key.pseudoRandom, info, out);
}

bool isBelow(const std::string &stream, const std::string &root)
{
    return stream == root ||
           (stream.size() > root.size() && stream.starts_with(root) && stream[root.size()] == '/');
}

} // namespace

Sections::Sections(Result<std::unique_ptr<SectionStore>> store, const KeyRing &keys, Uuid log, Random &random,
                   KeyFor keyFor)
    : m_keys(keys)
    , m_log(log)
    , m_random(random)
    , m_keyFor(std::move(keyFor))
    , m_store(std::move(store))
{
}

void Sections::endEra()
{
    const std::lock_guard lock(m_mutex);
    ++m_era;
    ++m_changes;
    if (const auto left = heads({}); !left && m_store)
        log(LogLevel::Warning, "journal", left.error());
}

void Sections::close()
{
    const std::lock_guard lock(m_mutex);
    m_store = qd::fail(Code::Unavailable, "The journal is closed.");
    ++m_changes;
}

Bytes Sections::associated(const SectionHeadRow &head, BytesView id) const
{
    Bytes out(asBytes("quarterdeck/1 section\n").begin(), asBytes("quarterdeck/1 section\n").end());
    putBytes(out, m_log.bytes);
    putBytes(out, id);
    putBytes(out, head.key);
    putNumber(out, head.first);
    putNumber(out, head.last);
    out.push_back(static_cast<std::uint8_t>(head.kind.size()));
    putBytes(out, asBytes(head.kind));
    putBytes(out, asBytes(head.name));
    return out;
}

Bytes Sections::seal(const Section &section, const StreamKey &key)
{
    Bytes out(kFront + section.body.size() + kTag);
    std::copy(kSectionMagic.begin(), kSectionMagic.end(), out.begin());
    const std::span<std::uint8_t> id = std::span(out).subspan(4, kId);
    m_random.fill(id);
    std::array<std::uint8_t, 64> derived;
    derive(key, id, derived);
    std::copy(derived.begin() + 32, derived.end(), out.begin() + 4 + kId);
    const SectionHeadRow head{section.kind, section.name, section.first, section.last, key.id, 0};
    Gcm().seal(BytesView(derived).first(32), kSectionNonce, associated(head, id), section.body,
               std::span(out).subspan(kFront));
    sodium_memzero(derived.data(), derived.size());
    return out;
}

bool Sections::unseal(const SectionHeadRow &head, BytesView sealed, const StreamKey &key, Bytes &body) const
{
    if (sealed.size() < kFront + kTag || !std::equal(kSectionMagic.begin(), kSectionMagic.end(), sealed.begin()))
        return false;
    const BytesView id = sealed.subspan(4, kId);
    std::array<std::uint8_t, 64> derived;
    derive(key, id, derived);
    body.resize(sealed.size() - kFront - kTag);
    const bool opened = sodium_memcmp(derived.data() + 32, sealed.data() + 4 + kId, kCommitment) == 0 &&
                        Gcm().open(BytesView(derived).first(32), kSectionNonce, associated(head, id),
                                   sealed.subspan(kFront), body);
    sodium_memzero(derived.data(), derived.size());
    return opened;
}

Result<> Sections::store(std::span<const Section> sections, std::optional<std::uint64_t> era)
{
    std::map<std::string, std::shared_ptr<const StreamKey>> keys;
    std::vector<SectionRow> rows;
    rows.reserve(sections.size());
    for (const Section &s : sections) {
        if (s.kind.empty() || s.kind.size() > kNameLimit || s.name.empty() || s.name.size() > kNameLimit ||
            s.stream.empty() || s.stream.size() > kNameLimit)
            return fail(Code::Invalid, "A section needs a kind, a name and a stream of 1 to 255 bytes.");
        auto &key = keys[s.stream];
        if (!key) {
            // Not under our mutex: the journal thread may be dropping a stream.
            auto made = m_keyFor(s.stream);
            if (!made)
                return tl::unexpected(made.error());
            key = std::move(*made);
        }
        SectionRow &row = rows.emplace_back();
        row.sealed = seal(s, *key);
        row.head = {s.kind, s.name, s.first, s.last, key->id, row.sealed.size()};
    }
    const std::lock_guard lock(m_mutex);
    if (!m_store)
        return tl::unexpected(m_store.error());
    // Asked under the mutex and after the keys were taken: an era that ends later takes these keys with it.
    if (era && *era != m_era)
        return fail(Code::Conflict, "The log reads otherwise since this was derived.");
    ++m_changes;
    return (*m_store)->put(rows);
}

Result<Section> Sections::open(const std::string &kind, const std::string &name)
{
    const auto none = [&] { return fail(Code::NotFound, "There is no section " + kind + " " + name + "."); };
    const std::lock_guard lock(m_mutex);
    if (!m_store)
        return tl::unexpected(m_store.error());
    Section section;
    bool opened = false;
    const auto found = (*m_store)->read(kind, name, [&](const SectionHeadRow &head, BytesView sealed) {
        const auto key = m_keys.byId(head.key);
        if (!key)
            return;
        section.kind = head.kind;
        section.name = head.name;
        section.stream = key->stream;
        section.first = head.first;
        section.last = head.last;
        opened = unseal(head, sealed, *key, section.body);
    });
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return none();
    if (!opened) {
        ++m_changes;
        log(LogLevel::Info, "journal", "a section of derived.db does not open and was removed; it will be made again");
        if (const auto removed = (*m_store)->remove(kind, std::span(&name, 1)); !removed)
            log(LogLevel::Warning, "journal", removed.error());
        return none();
    }
    return section;
}

Result<std::vector<SectionHead>> Sections::heads(const std::string &kind)
{
    if (!m_store)
        return tl::unexpected(m_store.error());
    auto rows = (*m_store)->list(kind);
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<SectionHead> out;
    for (SectionHeadRow &row : *rows) {
        const auto key = m_keys.byId(row.key);
        if (key) {
            out.push_back({std::move(row.kind), std::move(row.name), key->stream, row.first, row.last, row.bytes});
            continue;
        }
        ++m_changes;
        if (const auto removed = (*m_store)->remove(row.kind, std::span(&row.name, 1)); !removed) {
            return tl::unexpected(removed.error());
        }
    }
    return out;
}

Result<std::vector<SectionHead>> Sections::list(const std::string &kind)
{
    const std::lock_guard lock(m_mutex);
    return heads(kind);
}

Result<> Sections::remove(const std::string &kind, std::span<const std::string> names)
{
    const std::lock_guard lock(m_mutex);
    if (!m_store)
        return tl::unexpected(m_store.error());
    ++m_changes;
    return (*m_store)->remove(kind, names);
}

Result<> Sections::dropStream(const std::string &stream)
{
    const std::lock_guard lock(m_mutex);
    const auto all = heads({});
    if (!all)
        return tl::unexpected(all.error());
    ++m_changes;
    std::map<std::string, std::vector<std::string>> names;
    for (const SectionHead &head : *all)
        if (isBelow(head.stream, stream))
            names[head.kind].push_back(head.name);
    for (const auto &[kind, dropped] : names)
        if (const auto removed = (*m_store)->remove(kind, dropped); !removed)
            return removed;
    return {};
}

Result<std::uint64_t> Sections::bytes(const std::string &kind)
{
    const std::lock_guard lock(m_mutex);
    const auto all = heads(kind);
    if (!all)
        return tl::unexpected(all.error());
    std::uint64_t sum = 0;
    for (const SectionHead &head : *all)
        sum += head.bytes;
    return sum;
}

} // namespace qd::journal
