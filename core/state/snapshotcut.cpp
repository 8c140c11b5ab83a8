// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/alertrows.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <numeric>
#include <sodium.h>

namespace qd::state {

namespace parts {

std::vector<std::uint8_t> pack(const Column &column)
{
    std::uint64_t leastLessOne = ~std::uint64_t{0}, most = 0; // zero less one is the largest of all, and so never the least
    bool zeros = false;
    for (const std::uint64_t v : column) {
        zeros |= v == 0;
        leastLessOne = std::min(leastLessOne, v - 1);
        most = std::max(most, v);
    }
    const std::uint64_t least = leastLessOne + 1;
    // Zero is "none" nearly everywhere: it must not spoil the differences of the others. Where there is one, 0 stays 0.
    const std::uint64_t base = most == 0 ? 0 : zeros ? least - 1 : least;
    std::uint64_t range = most - base;
    std::uint8_t width = 0;
    for (; range != 0; range >>= 8)
        ++width;
    static_assert(std::endian::native == std::endian::little, "a number's first bytes are its lowest");
    const std::size_t size = 10 + column.size() * width;
    std::vector<std::uint8_t> out(size + sizeof(std::uint64_t)); // each number is written whole, over what the next one begins with
    out[0] = width;
    out[1] = zeros ? 1 : 0;
    std::memcpy(&out[2], &base, sizeof base);
    std::uint8_t *at = out.data() + 10;
    if (width > 0)
        for (const std::uint64_t v : column) {
            const std::uint64_t d = v == 0 ? 0 : v - base;
            std::memcpy(at, &d, sizeof d);
            at += width;
        }
    out.resize(size);
    return out;
}

bool unpack(const std::vector<std::uint8_t> &bytes, std::size_t rows, Column &out)
{
    if (bytes.size() < 10 || bytes[0] > 8)
        return false;
    const std::size_t width = bytes[0], room = bytes.size() - 10;
    // Divided, since a count that is nonsense times a width may be anything.
    if (width == 0 ? room != 0 || rows > kConstantRows : room % width != 0 || room / width != rows)
        return false;
    const bool zeros = bytes[1] != 0;
    std::uint64_t base = 0;
    for (unsigned i = 0; i < 8; ++i)
        base |= std::uint64_t{bytes[2 + i]} << (8 * i);
    out.resize(rows);
    const std::uint8_t *at = bytes.data() + 10;
    for (std::size_t row = 0; row < rows; ++row, at += width) {
        std::uint64_t d = 0;
        for (std::size_t i = 0; i < width; ++i)
            d |= std::uint64_t{at[i]} << (8 * i);
        out[row] = zeros && d == 0 ? 0 : base + d;
    }
    return true;
}

Uuid digestOf(BytesView body)
{
    Uuid digest;
    crypto_generichash(digest.bytes.data(), digest.bytes.size(), body.data(), body.size(), nullptr, 0);
    return digest;
}

} // namespace parts

Bytes encodeManifest(const Manifest &manifest)
{
    return parts::encode(manifest);
}

Result<Manifest> decodeManifest(BytesView bytes)
{
    Manifest manifest;
    if (!parts::decode(bytes, manifest))
        return fail(Code::Corrupt, "A snapshot cannot be read; it will be made again.");
    if (manifest.version != kSnapshotVersion)
        return fail(Code::Version, "A snapshot is of another version; it will be made again.");
    return manifest;
}

Result<std::vector<PartRef>> allParts(const Manifest &manifest, const PartLoader &part)
{
    std::vector<PartRef> all;
    for (const PartRef &ref : manifest.parts) {
        all.push_back(ref);
        if (!isPage(ref.kind))
            continue;
        const auto body = part(ref.name);
        if (!body)
            return tl::unexpected(body.error());
        std::vector<PartRef> page;
        if (parts::digestOf(*body) != ref.digest || !parts::decode(*body, page))
            return fail(Code::Corrupt, "A snapshot is not whole; it will be made again.");
        std::move(page.begin(), page.end(), std::back_inserter(all));
    }
    return all;
}

SnapshotCutter::SnapshotCutter()
{
    randombytes_buf(m_key.data(), m_key.size());
}

/// One cut on its way.
class SnapshotCutter::Cutting {
public:
    Cutting(const SnapshotCutter &cutter, const State &state, std::string leaf) : m_cutter(cutter), m_state(state)
    {
        m_cut.manifest.seq = state.seq;
        m_cut.manifest.time = state.time;
        m_cut.manifest.leaf = std::move(leaf);
        m_cut.manifest.symbols = static_cast<std::uint32_t>(state.symbols.size());
    }

    Cut run()
    {
        symbols();
        part(PartKind::Workspace, 0, 0, [&] { return parts::encode(*m_state.workspace); });
        reasons();
        alerts();
        groups();
        opened();
        incidents();
        for (std::size_t i = 0; i < m_state.escalations.size(); i += parts::kEscalations)
            range(PartKind::Escalations, m_state.escalations, i, parts::kEscalations);
        bySeq(PartKind::Log, m_state.log);
        bySeq(PartKind::Changes, m_state.changes);
        bySeq(PartKind::Quarantine, m_state.quarantine);
        outbox();
        touched();
        rest();
        return std::move(m_cut);
    }

private:
    template <typename Encode>
    void part(PartKind kind, std::uint32_t number, std::uint32_t chunk, Encode encode)
    {
        put(kind, number, chunk, encode());
    }

    void put(PartKind kind, std::uint32_t number, std::uint32_t chunk, Bytes body)
    {
        PartRef ref{kind, number, chunk, {}, parts::digestOf(body)};
        const auto old = m_cutter.m_parts.find({kind, number, chunk});
        if (old != m_cutter.m_parts.end() && old->second.digest == ref.digest) {
            ref.name = old->second.name;
        } else {
            char name[40];
            auto end = std::to_chars(name, name + 20, m_state.seq, 16).ptr;
            *end++ = '.';
            end = std::to_chars(end, name + 40, m_cut.fresh.size(), 16).ptr;
            ref.name.assign(name, end);
            m_cut.bytes += body.size();
            m_cut.fresh.push_back({ref.name, std::move(body)});
        }
        named(std::move(ref));
    }

    /// A part of the snapshot; on a page while one is being made, else in the manifest itself.
    void named(PartRef ref)
    {
        (m_onPage ? m_page : m_cut.manifest.parts).push_back(ref);
        m_cut.all.push_back(std::move(ref));
    }

    void endPage(PartKind kind, std::uint32_t number)
    {
        m_onPage = false;
        if (const auto page = std::exchange(m_page, {}); !page.empty())
            put(kind, number, 0, parts::encode(page));
    }

    template <typename List>
    void range(PartKind kind, const List &all, std::size_t from, std::size_t count)
    {
        const auto first = all.begin() + static_cast<std::ptrdiff_t>(from);
        const auto last = first + static_cast<std::ptrdiff_t>(std::min(count, all.size() - from));
        part(kind, static_cast<std::uint32_t>(from), 0,
             [&] { return parts::encode(std::vector<typename List::value_type>(first, last)); });
    }

    /// Lists that only grow at one end and lose at the other: by blocks of the records their elements came from.
    template <typename List>
    void bySeq(PartKind kind, const List &all)
    {
        for (std::size_t from = 0; from < all.size();) {
            const std::uint64_t block = all[from].seq >> parts::kSeqShift;
            std::size_t to = from;
            while (to < all.size() && all[to].seq >> parts::kSeqShift == block)
                ++to;
            std::vector<typename List::value_type> chunk;
            for (; from < to; ++from)
                chunk.push_back(all[from]);
            part(kind, static_cast<std::uint32_t>(block), 0, [&] { return parts::encode(chunk); });
        }
    }

    void symbols()
    {
        // The empty text is in every table.
        const std::uint32_t known = std::max<std::uint32_t>(1, m_cutter.m_last.symbols);
        std::vector<PartRef> ranges;
        for (auto it = m_cutter.m_parts.lower_bound({PartKind::Symbols, 0, 0}); it != m_cutter.m_parts.end() && it->second.kind == PartKind::Symbols; ++it)
            ranges.push_back(it->second);
        const std::size_t paged = ranges.size() / parts::kSymbolPage * parts::kSymbolPage;
        for (std::size_t i = 0; i < ranges.size(); ++i) {
            m_onPage = i < paged;
            named(ranges[i]);
            if (m_onPage && (i + 1) % parts::kSymbolPage == 0)
                endPage(PartKind::SymbolPage, static_cast<std::uint32_t>(i / parts::kSymbolPage));
        }
        if (known >= m_state.symbols.size())
            return;
        part(PartKind::Symbols, known, 0, [&] {
            parts::Texts texts;
            for (std::size_t s = known; s < m_state.symbols.size(); ++s) {
                texts.text += m_state.symbols.text(static_cast<Symbol>(s));
                texts.ends.push_back(static_cast<std::uint32_t>(texts.text.size()));
            }
            return parts::encode(texts);
        });
    }

    void reasons()
    {
        const auto &all = m_state.alerts.because.all();
        for (std::size_t i = 0; i < all.size(); i += parts::kReasons)
            range(PartKind::Reasons, all, i, parts::kReasons);
    }

    void alerts()
    {
        const AlertTable &t = m_state.alerts;
        auto marks = std::make_shared<parts::AlertMarks>(parts::marksOf(t, m_cutter.m_key));
        if (const auto &before = m_cutter.m_marks; before && before->patches < kPatchesAtMost) {
            const auto patch = parts::patchOf(t, *before, *marks);
            const bool nothing = patch.removed == 0 && patch.written == 0 && patch.reasons == 0;
            Bytes body = nothing ? Bytes() : parts::encode(patch);
            const std::size_t bytes = before->patchBytes + body.size();
            if (bytes <= before->baseBytes) {
                marks->baseBytes = before->baseBytes;
                marks->patchBytes = bytes;
                marks->patches = before->patches + (nothing ? 0 : 1);
                for (const PartKind kind : {PartKind::Alerts, PartKind::AlertPatch})
                    for (auto it = m_cutter.m_parts.lower_bound({kind, 0, 0}); it != m_cutter.m_parts.end() && it->second.kind == kind; ++it)
                        named(it->second);
                if (!nothing)
                    put(PartKind::AlertPatch, marks->patches, 0, std::move(body));
                m_cut.marks = std::move(marks);
                return;
            }
        }
        m_cut.whole = true;
        std::vector<std::uint32_t> rows;
        for (std::size_t from = 0; from < t.all.size(); from += parts::kAlerts) {
            rows.resize(std::min(parts::kAlerts, t.all.size() - from));
            std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(from));
            Bytes body = parts::encode(parts::tableOf(t, rows));
            marks->baseBytes += body.size();
            put(PartKind::Alerts, static_cast<std::uint32_t>(from), 0, std::move(body));
        }
        m_cut.marks = std::move(marks);
    }

    void groups()
    {
        std::vector<std::pair<Symbol, const Group *>> sorted;
        for (const auto &[symbol, group] : m_state.alerts.groups)
            sorted.emplace_back(symbol, &group);
        std::sort(sorted.begin(), sorted.end());
        for (std::size_t from = 0; from < sorted.size(); from += parts::kGroups)
            part(PartKind::Groups, static_cast<std::uint32_t>(from), 0, [&] {
                std::vector<parts::Column> c(8);
                for (std::size_t i = from; i < std::min(from + parts::kGroups, sorted.size()); ++i) {
                    const Group &g = *sorted[i].second;
                    const std::uint64_t numbers[] = {sorted[i].first, g.firing, g.members, g.episode, g.firstOut, parts::number(g.openedAt),
                                                     parts::number(g.endedAt), g.mergedInto};
                    for (std::size_t n = 0; n < c.size(); ++n)
                        c[n].push_back(numbers[n]);
                }
                return encodeTable(c);
            });
    }

    void opened()
    {
        const auto &all = m_state.alerts.opened;
        for (std::size_t from = 0; from < all.size();) {
            const std::int64_t block = all[from].first / static_cast<std::int64_t>(parts::kOpened);
            std::vector<parts::Column> c(2);
            for (; from < all.size() && all[from].first / static_cast<std::int64_t>(parts::kOpened) == block; ++from) {
                c[0].push_back(static_cast<std::uint64_t>(all[from].first));
                c[1].push_back(all[from].second);
            }
            part(PartKind::Opened, static_cast<std::uint32_t>(block), 0, [&] { return encodeTable(c); });
        }
    }

    static Bytes encodeTable(const std::vector<parts::Column> &columns)
    {
        parts::Table table;
        table.rows = static_cast<std::uint32_t>(columns.front().size());
        for (const parts::Column &c : columns)
            table.columns.push_back(parts::pack(c));
        return parts::encode(table);
    }

    /// Page by page: one whose incidents nobody touched is the same again.
    void incidents()
    {
        const auto &all = m_state.incidents;
        for (auto it = all.begin(); it != all.end();) {
            const std::uint32_t page = (*it).first >> parts::kIncidentPage;
            m_onPage = true;
            for (; it != all.end() && (*it).first >> parts::kIncidentPage == page; ++it)
                incident((*it).first, (*it).second);
            endPage(PartKind::IncidentPage, page);
        }
    }

    void incident(std::uint32_t number, const Incident &i)
    {
        if (i.changed <= m_cutter.m_last.seq) {
            // Nobody touched it since: all its parts are there.
            auto it = m_cutter.m_parts.find({PartKind::Incident, number, 0});
            if (it != m_cutter.m_parts.end()) {
                named(it->second);
                for (it = m_cutter.m_parts.find({PartKind::Timeline, number, 0});
                     it != m_cutter.m_parts.end() && it->second.kind == PartKind::Timeline && it->second.number == number; ++it)
                    named(it->second);
                return;
            }
        }
        part(PartKind::Incident, number, 0, [&] {
            parts::IncidentHead head;
            head.rest = i;
            head.rest.timeline.clear();
            head.rest.messages.clear();
            for (const auto &[role, held] : i.roles)
                head.roles.push_back({role, held});
            head.entries = i.timeline.size();
            return parts::encode(head);
        });
        std::vector<parts::Timeline> chunks((i.timeline.size() + parts::kTimeline - 1) / parts::kTimeline);
        i.messages.each([&](std::string_view name, std::size_t line) {
            if (line < i.timeline.size())
                chunks[line / parts::kTimeline].messages.push_back({std::string(name), line});
        });
        for (std::size_t c = 0; c < chunks.size(); ++c)
            part(PartKind::Timeline, number, static_cast<std::uint32_t>(c), [&] {
                const auto first = i.timeline.begin() + static_cast<std::ptrdiff_t>(c * parts::kTimeline);
                chunks[c].entries.assign(first, first + static_cast<std::ptrdiff_t>(std::min(parts::kTimeline, i.timeline.size() - c * parts::kTimeline)));
                return parts::encode(chunks[c]);
            });
    }

    void outbox()
    {
        // By blocks of numbers, which are given in order.
        std::map<std::uint64_t, std::vector<OutboxEntry>> blocks;
        for (const auto &[number, entry] : m_state.outbox)
            blocks[number >> 7].push_back(entry);
        for (const auto &[block, entries] : blocks)
            part(PartKind::Outbox, static_cast<std::uint32_t>(block), 0, [&entries = entries] { return parts::encode(entries); });
    }

    void touched()
    {
        for (const Intervention &o : m_state.interventions.all) {
            if (!o.touched)
                continue;
            const auto old = m_cutter.m_parts.find({PartKind::Touched, o.number, 0});
            if (old != m_cutter.m_parts.end() && o.seq <= m_cutter.m_last.seq) {
                named(old->second); // it never changes
                continue;
            }
            part(PartKind::Touched, o.number, 0, [&] {
                std::vector<parts::Column> c(parts::kTouchedColumns);
                for (const TouchedAlert &a : *o.touched) {
                    const std::uint64_t numbers[] = {a.fingerprint, parts::number(a.acknowledgedAt), a.set, a.owner, a.group, a.acknowledgedBy, a.acknowledgeReason,
                                                     parts::number(a.workflow), a.changed, a.placed};
                    for (std::size_t n = 0; n < c.size(); ++n)
                        c[n].push_back(numbers[n]);
                }
                return encodeTable(c);
            });
        }
    }

    void rest()
    {
        const State &s = m_state;
        parts::Rest r{s.startedAt, s.alerts.expiryBound, s.workspaceDigest, s.sources, {}, s.refusals, s.lastIncident, s.lastOutbox,
                      s.quarantinedTotal, s.refusedTotal, s.ruleFailures, s.alerts.firing, s.alerts.loose, s.alerts.forgotten, s.keeping,
                      s.resumedAt, s.recordGaps, s.gapReviews, s.rota, s.withheld, s.suppressors.all, s.suppressors.last, {}, s.flood, {}, {}, s.pageBook,
                      {s.interventions.all.begin(), s.interventions.all.end()}, s.interventions.last, s.interventions.undoing, s.map, s.pages, s.pagers, s.access, s.shifts, s.leftOut, {}, s.patterns, s.formerPeople};
        for (const auto &[subject, at] : s.nagged)
            r.nagged.push_back({subject, at});
        for (const auto &[id, use] : s.suppressors.uses)
            r.uses.push_back(use);
        const std::map<Symbol, Group> correlated(s.alerts.correlated.begin(), s.alerts.correlated.end());
        for (const auto &[name, g] : correlated)
            r.correlated.push_back({name, g.firing, g.members, g.episode, g.firstOut, g.openedAt, g.endedAt});
        for (const auto &[key, heartbeat] : s.heartbeats)
            r.heartbeats.push_back(heartbeat);
        for (const auto &[id, monitor] : s.monitors)
            r.monitors.push_back(monitor);
        part(PartKind::Rest, 0, 0, [&] { return parts::encode(r); });
    }

    const SnapshotCutter &m_cutter;
    const State &m_state;
    Cut m_cut;
    std::vector<PartRef> m_page;
    bool m_onPage = false;
};

SnapshotCutter::Cut SnapshotCutter::cut(const State &state, std::string leaf) const
{
    return Cutting(*this, state, std::move(leaf)).run();
}

std::size_t SnapshotCutter::savings() const
{
    return m_marks ? std::max(m_marks->patchBytes, m_marks->baseBytes * m_marks->patches / kPatchesAtMost) : 0;
}

void SnapshotCutter::build(const Cut &cut)
{
    build(cut.manifest, cut.all);
    m_marks = cut.marks;
}

void SnapshotCutter::build(Manifest manifest, const std::vector<PartRef> &all)
{
    m_marks.reset();
    m_parts.clear();
    for (const PartRef &ref : all)
        m_parts.insert_or_assign({ref.kind, ref.number, ref.chunk}, ref);
    m_last = std::move(manifest);
}

} // namespace qd::state
