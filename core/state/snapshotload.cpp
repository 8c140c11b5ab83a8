// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/alertrows.h"
#include "core/state/timeline.h"

#include <algorithm>

namespace qd::state {

/// One State on its way. Nothing reaches the loader's own keeping before the part it comes from was read whole.
class SnapshotLoader::Loading {
public:
    Loading(SnapshotLoader &loader, const Manifest &manifest, const PartLoader &load) : m_loader(loader), m_manifest(manifest), m_load(load), m_rows(m_state.alerts, manifest.symbols)
    {}

    Result<> texts()
    {
        return pages() && symbols() ? Result<>() : damaged();
    }

    Result<State> run()
    {
        State &s = m_state;
        s.seq = m_manifest.seq;
        s.time = m_manifest.time;
        if (!pages() || !symbols())
            return damaged();
        for (std::size_t i = 0; i < m_parts.size(); ++i) {
            const PartRef &ref = *m_parts[i];
            if (ref.kind == PartKind::Symbols)
                continue;
            if (ref.kind == PartKind::Incident) {
                std::size_t end = i + 1;
                while (end < m_parts.size() && m_parts[end]->kind == PartKind::Timeline && m_parts[end]->number == ref.number)
                    ++end;
                if (!incident(i, end))
                    return damaged();
                i = end - 1;
            } else if (!part(ref)) {
                return damaged();
            }
        }
        if (!m_whole)
            return damaged();
        m_rows.finish();
        s.alerts.reindex();
        return std::move(m_state);
    }

private:
    tl::unexpected<Error> damaged() const
    {
        if (!m_error.message.empty())
            return tl::unexpected<Error>(m_error);
        return fail(Code::Corrupt, "A snapshot is not whole; it will be made again.");
    }

    template <typename T>
    [[nodiscard]] bool read(const PartRef &ref, T &value)
    {
        const auto body = m_load(ref.name);
        if (!body) {
            m_error = body.error();
            return false;
        }
        return parts::digestOf(*body) == ref.digest && parts::decode(*body, value);
    }

    [[nodiscard]] bool columns(const PartRef &ref, std::size_t count, std::vector<parts::Column> &out, std::size_t &rows)
    {
        parts::Table table;
        if (!read(ref, table) || table.columns.size() != count)
            return false;
        rows = table.rows;
        out.resize(count);
        for (std::size_t c = 0; c < count; ++c)
            if (!parts::unpack(table.columns[c], rows, out[c]))
                return false;
        return true;
    }

    /// The parts, pages replaced by what stands on them.
    [[nodiscard]] bool pages()
    {
        if (m_loader.m_pages.size() > kPagesKept)
            m_loader.m_pages.clear();
        for (const PartRef &ref : m_manifest.parts) {
            if (!isPage(ref.kind)) {
                m_parts.push_back(&ref);
                continue;
            }
            const auto [at, isNew] = m_loader.m_pages.try_emplace({ref.name, ref.digest});
            if (isNew && !read(ref, at->second)) {
                m_loader.m_pages.erase(at);
                return false;
            }
            for (const PartRef &part : at->second)
                m_parts.push_back(&part);
        }
        return true;
    }

    /// The texts of a log are a prefix of its later ones: what was loaded once serves every instant.
    [[nodiscard]] bool symbols()
    {
        std::vector<PartRef> ranges;
        for (const PartRef *ref : m_parts)
            if (ref->kind == PartKind::Symbols)
                ranges.push_back(*ref);
        auto &known = m_loader.m_ranges;
        const std::size_t same = std::min(ranges.size(), known.size());
        if (!std::equal(ranges.begin(), ranges.begin() + static_cast<std::ptrdiff_t>(same), known.begin())) {
            m_loader.m_symbols = SymbolTable(); // snapshots of another history: what was kept is not theirs
            known.clear();
        }
        SymbolTable &table = m_loader.m_symbols;
        if (known.size() < ranges.size())
            table.reserve(m_manifest.symbols > table.size() ? std::min<std::size_t>(m_manifest.symbols - table.size(), kReserved) : 0);
        for (std::size_t i = known.size(); i < ranges.size(); ++i) {
            parts::Texts texts;
            if (ranges[i].number != table.size() || !read(ranges[i], texts)) {
                m_loader.m_symbols = SymbolTable();
                known.clear();
                return false;
            }
            std::uint32_t begin = 0;
            for (const std::uint32_t end : texts.ends) {
                const std::size_t next = table.size();
                if (end < begin || end > texts.text.size() || table.intern(std::string_view(texts.text).substr(begin, end - begin)) != next) {
                    m_loader.m_symbols = SymbolTable();
                    known.clear();
                    return false;
                }
                begin = end;
            }
            known.push_back(ranges[i]);
        }
        table.freeze();
        m_state.symbols = table.prefix(m_manifest.symbols);
        return m_state.symbols.size() == m_manifest.symbols;
    }

    [[nodiscard]] bool incident(std::size_t from, std::size_t to)
    {
        const PartRef &ref = *m_parts[from];
        auto &kept = m_loader.m_incidents[{ref.name, ref.digest}];
        if (!kept.incident) {
            parts::IncidentHead head;
            if (!read(ref, head)) {
                m_loader.m_incidents.erase({ref.name, ref.digest});
                return false;
            }
            auto made = std::make_shared<Incident>(std::move(head.rest));
            if (made->reckoned.matrix.empty())
                made->reckoned = {}; // left out
            bool isWhole = true;
            for (auto &[role, held] : head.roles)
                made->roles.emplace(role, std::move(held));
            for (std::size_t i = from + 1; i < to; ++i) {
                parts::Timeline chunk;
                if (!read(*m_parts[i], chunk)) {
                    m_loader.m_incidents.erase({ref.name, ref.digest});
                    return false;
                }
                for (Entry &line : chunk.entries)
                    made->timeline.push_back(std::move(line));
                for (const auto &[name, line] : chunk.messages) {
                    made->messages.add(name, static_cast<std::size_t>(line));
                    isWhole = isWhole && line < head.entries;
                }
            }
            if (!isWhole || made->timeline.size() != head.entries) {
                m_loader.m_incidents.erase({ref.name, ref.digest});
                return false;
            }
            m_loader.m_entries += made->timeline.size() + 1;
            kept.incident = std::move(made);
        }
        kept.used = ++m_loader.m_uses;
        m_state.incidents.put(ref.number, kept.incident);
        return true;
    }

    [[nodiscard]] bool part(const PartRef &ref)
    {
        switch (ref.kind) {
        case PartKind::Alerts: return alerts(ref);
        case PartKind::AlertPatch: return patch(ref);
        case PartKind::Reasons: return reasons(ref);
        case PartKind::Groups: return groups(ref);
        case PartKind::Opened: return opened(ref);
        case PartKind::Escalations: return append(ref, m_state.escalations);
        case PartKind::Log: return append(ref, m_state.log);
        case PartKind::Changes: return changes(ref);
        case PartKind::Quarantine: return append(ref, m_state.quarantine);
        case PartKind::Outbox: return outbox(ref);
        case PartKind::Workspace: return workspace(ref);
        case PartKind::Touched: return touched(ref);
        case PartKind::Rest: return rest(ref);
        default: return false;
        }
    }

    template <typename List>
    [[nodiscard]] bool append(const PartRef &ref, List &to)
    {
        std::vector<typename List::value_type> some;
        if (!read(ref, some))
            return false;
        std::move(some.begin(), some.end(), std::back_inserter(to));
        return true;
    }

    /// Each Change of a block that was met before is the same one.
    [[nodiscard]] bool changes(const PartRef &ref)
    {
        if (m_loader.m_changes.size() > kBlocksKept)
            m_loader.m_changes.clear();
        const auto [at, isNew] = m_loader.m_changes.try_emplace({ref.name, ref.digest});
        if (isNew) {
            std::vector<Change> some;
            if (!read(ref, some)) {
                m_loader.m_changes.erase(at);
                return false;
            }
            for (Change &c : some)
                at->second.push_back(std::make_shared<const Change>(std::move(c)));
        }
        for (const auto &c : at->second)
            m_state.changes.push_back(c);
        return true;
    }

    [[nodiscard]] bool reasons(const PartRef &ref)
    {
        std::vector<events::Because> some;
        if (!read(ref, some))
            return false;
        std::size_t next = ref.number;
        for (const events::Because &b : some) // number 0 is there from the start
            if (const std::size_t at = next++; at != 0 && m_state.alerts.because.intern(b) != at)
                return false;
        return true;
    }

    [[nodiscard]] bool alerts(const PartRef &ref)
    {
        parts::Table rows;
        return ref.number == m_state.alerts.all.size() && read(ref, rows) && m_rows.append(rows);
    }

    [[nodiscard]] bool patch(const PartRef &ref)
    {
        parts::AlertPatch patch;
        return read(ref, patch) && m_rows.apply(patch);
    }

    [[nodiscard]] bool groups(const PartRef &ref)
    {
        std::size_t rows = 0;
        if (!columns(ref, 8, m_columns, rows))
            return false;
        for (std::size_t row = 0; row < rows; ++row) {
            const auto n = [&](std::size_t c) { return m_columns[c][row]; };
            if (n(0) >= m_state.symbols.size() || n(7) >= m_state.symbols.size())
                return false;
            Group &g = m_state.alerts.groups[static_cast<Symbol>(n(0))];
            parts::set(g.firing, n(1));
            parts::set(g.members, n(2));
            parts::set(g.episode, n(3));
            parts::set(g.firstOut, n(4));
            parts::set(g.openedAt, n(5));
            parts::set(g.endedAt, n(6));
            parts::set(g.mergedInto, n(7));
        }
        return true;
    }

    [[nodiscard]] bool opened(const PartRef &ref)
    {
        std::size_t rows = 0;
        if (!columns(ref, 2, m_columns, rows))
            return false;
        for (std::size_t row = 0; row < rows; ++row)
            m_state.alerts.opened.emplace_back(static_cast<std::int64_t>(m_columns[0][row]), static_cast<std::uint32_t>(m_columns[1][row]));
        return true;
    }

    [[nodiscard]] bool outbox(const PartRef &ref)
    {
        std::vector<OutboxEntry> some;
        if (!read(ref, some))
            return false;
        for (OutboxEntry &entry : some) {
            const std::uint64_t number = entry.what.number;
            m_state.outbox.insert_or_assign(number, std::move(entry));
        }
        return true;
    }

    [[nodiscard]] bool workspace(const PartRef &ref)
    {
        auto &kept = m_loader.m_workspaces[{ref.name, ref.digest}];
        if (!kept) {
            auto made = std::make_shared<Workspace>();
            if (!read(ref, *made)) {
                m_loader.m_workspaces.erase({ref.name, ref.digest});
                return false;
            }
            kept = std::move(made);
        }
        m_state.workspace = kept;
        return true;
    }

    [[nodiscard]] bool touched(const PartRef &ref)
    {
        std::size_t rows = 0;
        if (!columns(ref, parts::kTouchedColumns, m_columns, rows))
            return false;
        auto all = std::make_shared<std::vector<TouchedAlert>>(rows);
        for (std::size_t row = 0; row < rows; ++row) {
            TouchedAlert &a = (*all)[row];
            const auto n = [&](std::size_t c) { return m_columns[c][row]; };
            for (const std::size_t symbol : {2, 3, 4, 5, 6})
                if (n(symbol) >= m_state.symbols.size())
                    return false;
            a.fingerprint = n(0);
            parts::set(a.acknowledgedAt, n(1));
            parts::set(a.set, n(2));
            parts::set(a.owner, n(3));
            parts::set(a.group, n(4));
            parts::set(a.acknowledgedBy, n(5));
            parts::set(a.acknowledgeReason, n(6));
            parts::set(a.workflow, n(7));
            parts::set(a.changed, n(8));
            parts::set(a.placed, n(9));
        }
        m_touched[ref.number] = std::move(all);
        return true;
    }

    [[nodiscard]] bool rest(const PartRef &ref)
    {
        parts::Rest r;
        if (!read(ref, r))
            return false;
        State &s = m_state;
        s.startedAt = r.startedAt;
        s.resumedAt = r.resumedAt;
        s.recordGaps = std::move(r.recordGaps);
        s.gapReviews = std::move(r.gapReviews);
        s.withheld = std::move(r.withheld);
        s.workspaceDigest = std::move(r.workspaceDigest);
        s.sources = std::move(r.sources);
        s.refusals = std::move(r.refusals);
        for (Heartbeat &h : r.heartbeats) {
            std::string key = h.connection + "/" + h.name;
            s.heartbeats.emplace(std::move(key), std::move(h));
        }
        for (Monitor &m : r.monitors) {
            std::string id = m.id;
            s.monitors.emplace(std::move(id), std::move(m));
        }
        for (const Source &source : s.sources)
            if (source.set >= s.symbols.size())
                return false;
        s.lastIncident = static_cast<std::uint32_t>(r.lastIncident);
        s.lastOutbox = r.lastOutbox;
        s.quarantinedTotal = r.quarantinedTotal;
        s.refusedTotal = r.refusedTotal;
        s.ruleFailures = r.ruleFailures;
        s.keeping = std::move(r.keeping);
        s.rota = std::move(r.rota);
        s.pageBook = std::move(r.pageBook);
        s.map = std::move(r.map);
        s.pages = std::move(r.pages);
        s.pagers = std::move(r.pagers);
        s.access = std::move(r.access);
        s.shifts = std::move(r.shifts);
        s.patterns = std::move(r.patterns);
        s.formerPeople = std::move(r.formerPeople);
        s.suppressors.all = std::move(r.suppressors);
        s.suppressors.last = r.lastSuppressor;
        for (SuppressorUse &use : r.uses) {
            std::string id = use.id;
            s.suppressors.uses.emplace(std::move(id), std::move(use));
        }
        for (Intervention &o : r.interventions) {
            if (o.owner >= s.symbols.size() || o.group >= s.symbols.size() || (!s.interventions.all.empty() && o.number != s.interventions.all.back().number + 1))
                return false;
            if (const auto kept = m_touched.find(o.number); kept != m_touched.end())
                o.touched = kept->second;
            s.interventions.all.push_back(std::move(o));
        }
        s.interventions.last = r.lastIntervention;
        s.interventions.undoing = r.undoing;
        s.flood = std::move(r.flood);
        for (const parts::CorrelatedGroup &c : r.correlated) {
            if (c.name >= s.symbols.size())
                return false;
            Group &g = s.alerts.correlated[c.name];
            g = {c.firing, c.members, c.episode, c.firstOut, c.openedAt, c.endedAt, 0};
        }
        s.alerts.expiryBound = r.expiryBound;
        s.alerts.firing = static_cast<std::uint32_t>(r.firing);
        s.leftOut = std::move(r.leftOut);
        for (parts::NaggedAt &n : r.nagged)
            s.nagged.emplace(std::move(n.subject), n.at);
        countNames(s);
        settleIncidents(s);
        s.alerts.loose = r.loose;
        s.alerts.forgotten = r.forgotten;
        m_whole = true;
        return true;
    }

    static constexpr std::size_t kReserved = 1'000'000; ///< texts; how many there are said to be is not known to be so

    SnapshotLoader &m_loader;
    const Manifest &m_manifest;
    const PartLoader &m_load;
    State m_state;
    Error m_error;
    std::vector<parts::Column> m_columns; ///< memory used again
    parts::AlertRows m_rows;
    std::map<std::uint32_t, std::shared_ptr<const std::vector<TouchedAlert>>> m_touched; ///< by override; read before the rest
    std::vector<const PartRef *> m_parts;
    bool m_whole = false;
};

Result<State> SnapshotLoader::load(const Manifest &manifest, const PartLoader &part)
{
    auto state = Loading(*this, manifest, part).run();
    trim();
    return state;
}

Result<> SnapshotLoader::loadTexts(const Manifest &manifest, const PartLoader &part)
{
    return Loading(*this, manifest, part).texts();
}

/// Incidents of versions not asked for lately go, oldest use first.
void SnapshotLoader::trim()
{
    if (m_entries <= kEntriesKept)
        return;
    std::vector<std::pair<std::uint64_t, decltype(m_incidents)::iterator>> byUse;
    for (auto it = m_incidents.begin(); it != m_incidents.end(); ++it)
        byUse.emplace_back(it->second.used, it);
    std::sort(byUse.begin(), byUse.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    for (const auto &[used, it] : byUse) {
        if (m_entries <= kEntriesKept / 2)
            break;
        m_entries -= it->second.incident->timeline.size() + 1;
        m_incidents.erase(it);
    }
}

} // namespace qd::state
