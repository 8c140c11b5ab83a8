// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/alertrows.h"

#include <algorithm>
#include <numeric>
#include <sodium.h>
#include <type_traits>
#include <unordered_map>
#include <utility>

namespace qd::state::parts {

namespace {

constexpr std::size_t kNames = kAlertNumbers, kValues = kNames + 1, kCounts = kNames + 2, kTimes = kNames + 3;
constexpr std::size_t kFirstSymbol = 10, kLabels = 20; ///< of eachNumber()'s order: ten symbols, then how many labels, how many annotations

std::uint64_t hashOf(BytesView bytes, const MarkKey &key)
{
    static_assert(crypto_shorthash_BYTES == sizeof(std::uint64_t) && crypto_shorthash_KEYBYTES == std::tuple_size_v<MarkKey>);
    std::uint64_t hash = 0;
    crypto_shorthash(reinterpret_cast<unsigned char *>(&hash), bytes.data(), bytes.size(), key.data());
    return hash;
}

/// Bytes of an Alert that mean something. They lie one after the other, which this holds: its place among the pairs is the only number
/// eachNumber() leaves out.
constexpr std::size_t kAlertBytes = [] {
    Alert a;
    std::size_t bytes = sizeof a.firstPair;
    eachNumber(a, [&](const auto &v) { bytes += sizeof v; });
    return bytes;
}();
static_assert(std::is_trivially_copyable_v<Alert> && std::is_trivially_copyable_v<Pair> && sizeof(Alert) - kAlertBytes < alignof(Alert));

std::uint64_t hashOf(const events::Because &reason, const MarkKey &key)
{
    return hashOf(encode(reason), key);
}

} // namespace

AlertMarks marksOf(const AlertTable &t, const MarkKey &key)
{
    AlertMarks marks;
    marks.reasons.reserve(t.because.size());
    for (const events::Because &reason : t.because.all())
        marks.reasons.push_back(hashOf(reason, key));
    const auto reason = [&](std::uint32_t n) { return n < marks.reasons.size() ? marks.reasons[n] : marks.reasons[0]; };
    marks.rows.reserve(t.all.size());
    Bytes bytes;
    const auto add = [&bytes](const void *from, std::size_t size) {
        const auto *first = static_cast<const std::uint8_t *>(from);
        bytes.insert(bytes.end(), first, first + size);
    };
    for (std::size_t i = 0; i < t.all.size(); ++i) {
        Alert a = t.all[i];
        // Reasons by what they say: their numbers move when others are let go of.
        const std::uint64_t reasons[] = {reason(a.because), reason(a.endedBecause), reason(a.ownBecause)};
        const std::size_t firstPair = std::exchange(a.firstPair, 0);
        a.because = a.endedBecause = a.ownBecause = 0;
        bytes.clear();
        add(reasons, sizeof reasons);
        add(&a, kAlertBytes);
        add(t.pairs.data() + firstPair, (std::size_t{a.labels} + a.annotations) * sizeof(Pair));
        if (const auto flaps = t.flaps.find(static_cast<std::uint32_t>(i)); flaps != t.flaps.end())
            add(flaps->second.data(), flaps->second.size() * sizeof(Instant));
        marks.rows.push_back({a.fingerprint, hashOf(bytes, key), a.set});
    }
    return marks;
}

Table tableOf(const AlertTable &t, std::span<const std::uint32_t> indexes)
{
    std::vector<Column> columns(kAlertColumns);
    std::size_t labels = 0;
    for (const std::uint32_t i : indexes)
        labels += std::size_t{t.all[i].labels} + t.all[i].annotations;
    for (std::size_t c = 0; c < kNames; ++c)
        columns[c].resize(indexes.size());
    columns[kNames].reserve(labels);
    columns[kValues].reserve(labels);
    columns[kCounts].reserve(indexes.size());
    for (std::size_t row = 0; row < indexes.size(); ++row) {
        const std::uint32_t i = indexes[row];
        const Alert &a = t.all[i];
        std::size_t column = 0;
        eachNumber(a, [&](const auto &v) { columns[column++][row] = number(v); });
        for (std::size_t p = a.firstPair; p < a.firstPair + std::size_t{a.labels} + a.annotations; ++p) {
            columns[kNames].push_back(t.pairs[p].name);
            columns[kValues].push_back(t.pairs[p].value);
        }
        const auto flaps = t.flaps.find(i);
        columns[kCounts].push_back(flaps == t.flaps.end() ? 0 : flaps->second.size());
        if (flaps != t.flaps.end())
            for (const Instant at : flaps->second)
                columns[kTimes].push_back(number(at));
    }
    Table table;
    table.rows = static_cast<std::uint32_t>(indexes.size());
    for (const Column &c : columns)
        table.columns.push_back(pack(c));
    return table;
}

AlertPatch patchOf(const AlertTable &t, const AlertMarks &before, const AlertMarks &now)
{
    AlertPatch patch;
    Column removed, written;
    std::vector<std::uint32_t> rows;
    std::size_t next = 0; // among the rows there are now
    for (std::size_t i = 0; i < before.rows.size(); ++i) {
        const RowMark &was = before.rows[i];
        if (next >= now.rows.size() || now.rows[next].fingerprint != was.fingerprint || now.rows[next].set != was.set) {
            removed.push_back(i);
            continue;
        }
        if (now.rows[next].hash != was.hash)
            written.push_back(next);
        ++next;
    }
    for (; next < now.rows.size(); ++next)
        written.push_back(next);
    for (const std::uint64_t at : written)
        rows.push_back(static_cast<std::uint32_t>(at));
    const bool sameReasons = before.reasons.size() <= now.reasons.size() && std::equal(before.reasons.begin(), before.reasons.end(), now.reasons.begin());
    if (!sameReasons) {
        std::unordered_map<std::uint64_t, std::uint64_t> numbers;
        for (std::size_t n = 0; n < now.reasons.size(); ++n)
            numbers.emplace(now.reasons[n], n);
        Column to;
        for (const std::uint64_t reason : before.reasons) {
            const auto known = numbers.find(reason);
            to.push_back(known == numbers.end() ? 0 : known->second); // nobody refers to it any more
        }
        patch.reasons = static_cast<std::uint32_t>(to.size());
        patch.reasonsTo = pack(to);
    }
    patch.before = static_cast<std::uint32_t>(before.rows.size());
    patch.removed = static_cast<std::uint32_t>(removed.size());
    patch.removedAt = pack(removed);
    patch.written = static_cast<std::uint32_t>(written.size());
    patch.writtenAt = pack(written);
    patch.rows = tableOf(t, rows);
    return patch;
}

bool AlertRows::decode(const Table &table)
{
    if (table.columns.size() != kAlertColumns)
        return false;
    m_columns.resize(kAlertColumns);
    for (std::size_t c = 0; c < kAlertNumbers; ++c)
        if (!unpack(table.columns[c], table.rows, m_columns[c]))
            return false;
    for (std::size_t c = kFirstSymbol; c < kAlertNumbers; ++c)
        for (const std::uint64_t s : m_columns[c])
            if ((c < kLabels || c >= kLastSymbols) && s >= m_symbols)
                return false;
    std::size_t pairs = 0, times = 0;
    for (std::size_t row = 0; row < table.rows; ++row)
        pairs += static_cast<std::uint16_t>(m_columns[kLabels][row]) + std::size_t{static_cast<std::uint16_t>(m_columns[kLabels + 1][row])};
    if (!unpack(table.columns[kNames], pairs, m_columns[kNames]) || !unpack(table.columns[kValues], pairs, m_columns[kValues])
        || !unpack(table.columns[kCounts], table.rows, m_columns[kCounts]))
        return false;
    for (std::size_t p = 0; p < pairs; ++p)
        if (m_columns[kNames][p] >= m_symbols || m_columns[kValues][p] >= m_symbols)
            return false;
    for (const std::uint64_t n : m_columns[kCounts])
        times += n;
    return unpack(table.columns[kTimes], times, m_columns[kTimes]);
}

bool AlertRows::append(const Table &rows)
{
    Column at(rows.rows);
    std::iota(at.begin(), at.end(), m_table.all.size());
    return decode(rows) && write(at);
}

bool AlertRows::apply(const AlertPatch &patch)
{
    AlertTable &t = m_table;
    Column removed, written, reasons;
    if (patch.before != t.all.size() || patch.rows.rows != patch.written || !unpack(patch.removedAt, patch.removed, removed)
        || !unpack(patch.writtenAt, patch.written, written) || (patch.reasons > 0 && !unpack(patch.reasonsTo, patch.reasons, reasons)) || !decode(patch.rows))
        return false;
    if (!removed.empty()) {
        std::size_t to = 0, gone = 0;
        for (std::size_t from = 0; from < t.all.size(); ++from) {
            if (gone < removed.size() && removed[gone] == from) {
                ++gone;
                continue;
            }
            if (to != from) {
                t.all[to] = t.all[from];
                m_flaps[to] = std::move(m_flaps[from]);
            }
            ++to;
        }
        if (gone != removed.size())
            return false;
        t.all.resize(to);
        m_flaps.resize(to);
    }
    if (!reasons.empty())
        for (Alert &a : t.all) {
            a.because = a.because < reasons.size() ? static_cast<std::uint32_t>(reasons[a.because]) : 0;
            a.endedBecause = a.endedBecause < reasons.size() ? static_cast<std::uint32_t>(reasons[a.endedBecause]) : 0;
            a.ownBecause = a.ownBecause < reasons.size() ? static_cast<std::uint32_t>(reasons[a.ownBecause]) : 0;
        }
    return write(written);
}

bool AlertRows::write(const Column &written)
{
    AlertTable &t = m_table;
    std::size_t pair = 0, time = 0;
    for (std::size_t row = 0; row < written.size(); ++row) {
        const std::uint64_t at = written[row];
        if (at > t.all.size() || (row > 0 && at <= written[row - 1]))
            return false;
        std::size_t room = 0; // of its old labels
        if (at == t.all.size()) {
            t.all.emplace_back();
            m_flaps.emplace_back();
        } else {
            room = std::size_t{t.all[at].labels} + t.all[at].annotations;
        }
        Alert &a = t.all[at];
        std::size_t column = 0;
        eachNumber(a, [&](auto &v) { set(v, m_columns[column++][row]); });
        const std::size_t count = std::size_t{a.labels} + a.annotations;
        if (count > room) {
            a.firstPair = static_cast<std::uint32_t>(t.pairs.size());
            t.pairs.resize(t.pairs.size() + count);
        }
        for (std::size_t i = 0; i < count; ++i, ++pair)
            t.pairs[a.firstPair + i] = {static_cast<Symbol>(m_columns[kNames][pair]), static_cast<Symbol>(m_columns[kValues][pair])};
        auto &flaps = m_flaps[at];
        flaps.clear();
        for (std::uint64_t n = m_columns[kCounts][row]; n > 0; --n)
            flaps.push_back(Instant{static_cast<std::int64_t>(m_columns[kTimes][time++])});
    }
    return true;
}

void AlertRows::finish()
{
    for (std::size_t i = 0; i < m_flaps.size(); ++i)
        if (!m_flaps[i].empty())
            m_table.flaps.emplace(static_cast<std::uint32_t>(i), std::move(m_flaps[i]));
    m_flaps.clear();
}

} // namespace qd::state::parts
