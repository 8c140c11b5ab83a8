// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/evidence.h"

#include "core/review/asof.h"
#include "core/review/ended.h"
#include "core/review/evidence.h"
#include "ui/seat/lanes.h"
#include "ui/seat/text.h"

#include <QCoreApplication>
#include <algorithm>
#include <functional>
#include <numeric>

namespace qd::seat {

using state::Entry;
using state::State;

namespace {

/// A line, or a change of the workspace's services that belongs to the stretch.
struct Cited {
    const Entry *line = nullptr;
    const state::Change *change = nullptr;
    Instant known = {};                  ///< of a line: when it could be known
};

/// When lines could be known. Of a message the record keeps its server's time; it came after what was recorded before it, which says so of one that came late.
class Receipts {
public:
    Instant of(const Entry &line)
    {
        const Instant counts = review::countsAt(line, review::Clock::AsKnown);
        if (!line.origin.empty())
            return counts;
        if (line.kind == state::EntryKind::Message || line.replayed)
            return std::max(counts, m_recorded);
        m_recorded = std::max(m_recorded, line.written());
        return counts;
    }

private:
    Instant m_recorded;                  ///< journal time of the lines so far
};

std::uint64_t mixed(std::uint64_t seed, std::uint64_t more)
{
    return (seed ^ more) * 0x100000001b3ULL;
}

/// Changes when anything that is shown of it may have.
std::uint64_t markOf(const Cited &what)
{
    std::uint64_t h = 0xcbf29ce484222325ULL;
    if (what.change != nullptr)
        return mixed(mixed(h, what.change->seq), static_cast<std::uint64_t>(what.change->at.ns));
    const Entry &e = *what.line;
    for (const std::uint64_t part : {e.seq, static_cast<std::uint64_t>(e.at.ns), static_cast<std::uint64_t>(e.kind), static_cast<std::uint64_t>(e.text.size()), static_cast<std::uint64_t>(e.revisions.size()),
                                     static_cast<std::uint64_t>(e.revisedAt.ns), static_cast<std::uint64_t>(what.known.ns), static_cast<std::uint64_t>(e.removed), static_cast<std::uint64_t>(e.actor.size()),
                                     static_cast<std::uint64_t>(e.saidUntil.empty() ? 0 : e.saidUntil.back().ns)})
        h = mixed(h, part);
    for (const std::string &earlier : e.revisions) // one of them alone may be struck
        h = mixed(h, std::hash<std::string>{}(earlier));
    return h;
}

QString nameIn(const State &state, const std::string &id)
{
    return id.empty() || id == "core" ? QString() : qstr(state.workspace->nameOf(id));
}

view::EvidenceRow rowOf(const State &state, const state::Incident &incident, const CastShelf &cast, const Cited &what, std::size_t index)
{
    view::EvidenceRow r;
    if (what.change != nullptr) {
        const state::Change &c = *what.change;
        r.id = QStringLiteral("change/%1").arg(c.seq);
        r.reference = r.id;
        r.text = qstr(c.title) + (c.service.empty() ? QString() : QStringLiteral(", ") + qstr(c.service));
        r.actor = nameIn(state, c.by.empty() ? c.source : c.by);
        if (const view::CastMember *who = cast.find(c.by))
            r.role = who->label(c.at);
        r.kind = QStringLiteral("change");
        r.lane = view::Lane::Changes;
        r.at = c.at;
        r.knownAt = std::max(c.at, c.seen);
        return r;
    }
    const Entry &e = *what.line;
    r.id = qstr(incident.id) + QLatin1Char('/') + QString::number(index);
    r.reference = QString::fromStdString(review::referenceOf(incident, index));
    r.called = qstr(state::momentReference(e));
    r.text = qstr(e.text);
    r.actor = e.origin.empty() ? nameIn(state, e.actor) : qstr(e.actor); // a name in a file is nobody here
    if (const view::CastMember *who = cast.actorOf(e)) {
        r.role = who->label(e.at);
        if (!who->known) // nothing but an id is left of them
            r.actor = who->neutral;
    }
    r.kind = qstr(word(e.kind));
    r.origin = qstr(e.origin);
    r.lane = laneOf(e.kind);
    r.at = review::countsAt(e, review::Clock::AsItWas);
    r.knownAt = what.known;
    r.until = e.until;
    r.removed = e.removed;
    r.edited = !e.revisions.empty();
    for (std::size_t i = 0; i < e.revisions.size() && i < e.saidUntil.size() && !e.removed; ++i)
        r.before.push_back({qstr(e.revisions[i]), e.saidUntil[i]});
    return r;
}

} // namespace

EvidenceShelf::Stretch EvidenceShelf::stretchOf(const state::Incident &incident, Instant now)
{
    const Instant began = incident.impactSince && incident.impactSince < incident.declaredAt ? incident.impactSince : incident.declaredAt;
    const Instant end = review::endedAt(incident);
    return {began - hours(2), end ? end + hours(1) : now};
}

void EvidenceShelf::forget()
{
    m_of.clear();
    m_marks.clear();
    m_leftOut = 0;
    m_made.reset();
    m_cast.forget();
}

std::shared_ptr<const view::Evidence> EvidenceShelf::evidence(const State &state, const state::Incident &incident, Instant now)
{
    const std::uint64_t lastChange = state.changes.empty() ? 0 : state.changes.back().seq;
    if (m_of != incident.id || m_workspace != state.workspace) {
        forget();
        m_of = incident.id;
        m_workspace = state.workspace;
    } else if (m_made && m_changed == incident.changed && m_lastChange == lastChange && m_changes == state.changes.size()) {
        return m_made;
    }
    m_changed = incident.changed;
    m_lastChange = lastChange;
    m_changes = state.changes.size();

    std::vector<Cited> all;
    std::vector<std::size_t> places; // of lines in the timeline
    const std::size_t tooMany = incident.timeline.size() > kRows ? incident.timeline.size() - kRows : 0;
    m_leftOut = (tooMany + view::Evidence::kChunk - 1) / view::Evidence::kChunk * view::Evidence::kChunk;
    Receipts receipts;
    m_cast.read(state, incident);
    for (std::size_t i = 0; i < incident.timeline.size(); ++i) {
        const Instant known = receipts.of(incident.timeline[i]);
        if (i >= kOldest && i < kOldest + m_leftOut)
            continue;
        all.push_back({&incident.timeline[i], nullptr, known});
        places.push_back(i);
    }
    const Stretch stretch = stretchOf(incident, now);
    for (const state::Change &c : state.changes)
        if (c.at >= stretch.from && c.at <= stretch.to) {
            all.push_back({nullptr, &c, {}});
            places.push_back(0);
        }

    auto made = std::make_shared<view::Evidence>();
    const std::size_t chunks = (all.size() + view::Evidence::kChunk - 1) / view::Evidence::kChunk;
    std::vector<std::uint64_t> marks(chunks);
    for (std::size_t c = 0; c < chunks; ++c) {
        const std::size_t from = c * view::Evidence::kChunk, to = std::min(all.size(), from + view::Evidence::kChunk);
        std::uint64_t mark = mixed(to - from, places[from]); // what is left out lies between two pieces
        for (std::size_t i = from; i < to; ++i)
            mark = mixed(mark, markOf(all[i]));
        marks[c] = mark;
        if (m_made && c < m_marks.size() && m_marks[c] == mark) {
            made->chunks.push_back(m_made->chunks[c]);
            continue;
        }
        auto rows = std::make_shared<view::Evidence::Chunk>();
        rows->reserve(to - from);
        for (std::size_t i = from; i < to; ++i)
            rows->push_back(rowOf(state, incident, m_cast, all[i], places[i]));
        m_built += to - from;
        made->chunks.push_back(std::move(rows));
    }
    m_marks = std::move(marks);
    made->built = m_built;
    made->order.resize(all.size());
    std::iota(made->order.begin(), made->order.end(), 0U);
    std::stable_sort(made->order.begin(), made->order.end(), [&](std::uint32_t a, std::uint32_t b) { return made->row(a).at < made->row(b).at; });
    m_made = std::move(made);
    return m_made;
}

} // namespace qd::seat
