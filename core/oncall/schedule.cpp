// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/schedule.h"

#include <algorithm>

namespace qd::oncall {

namespace {

constexpr Span kDayLong = hours(24);
constexpr std::size_t kShiftsLimit = 50'000; ///< of one layer in one layout; a layer of hourly shifts has 8,784 in a year

/// What a State may hold although no workspace file can say it: then it says nothing.
bool isSound(std::int64_t local) { return local >= 0 && local < 7'258'118'400; } // 2200
bool isSound(const DayWindow &w) { return w.from < 1440 && w.until <= 1440; }
bool isSound(const Layer &l)
{
    return !l.people.empty() && isSound(l.start) && l.length >= minutes(1) && l.length <= hours(24 * 366) && std::all_of(l.only.begin(), l.only.end(), [](const DayWindow &w) { return isSound(w); });
}

struct Stretch {
    Instant from, until;
    std::size_t person = 0;
};

Zone zoneOf(const std::string &name, Layout &out)
{
    if (const auto zone = Zone::find(name))
        return *zone;
    const std::string text = "zone " + name + " is not known on this machine; its times are read as UTC";
    if (!name.empty() && name != "UTC" && std::find(out.problems.begin(), out.problems.end(), text) == out.problems.end())
        out.problems.push_back(text);
    return {};
}

/// The windows of a layer within [from, until), joined where they meet.
std::vector<Stretch> windowsOf(const std::vector<DayWindow> &only, const Zone &zone, Instant from, Instant until)
{
    std::vector<Stretch> all;
    const std::int64_t last = zone.local(until).day() + 1;
    for (std::int64_t day = zone.local(from).day() - 2; day <= last; ++day) {
        const LocalTime midnight{day * 86'400};
        for (const DayWindow &w : only) {
            if ((w.days >> midnight.weekday() & 1U) == 0)
                continue;
            const Instant begins = zone.instant(midnight + minutes(w.from));
            const Instant ends = zone.instant(midnight + minutes(w.until) + (w.until <= w.from ? kDayLong : Span{}));
            if (begins < ends && ends > from && begins < until)
                all.push_back({std::max(begins, from), std::min(ends, until)});
        }
    }
    std::sort(all.begin(), all.end(), [](const Stretch &a, const Stretch &b) { return a.from < b.from; });
    std::vector<Stretch> joined;
    for (const Stretch &s : all)
        if (!joined.empty() && s.from <= joined.back().until)
            joined.back().until = std::max(joined.back().until, s.until);
        else
            joined.push_back(s);
    return joined;
}

/// When who is on by a layer alone, within [from, until).
std::vector<Stretch> stretchesOf(const Layer &layer, const Zone &zone, Instant from, Instant until)
{
    std::vector<Stretch> out;
    if (!isSound(layer))
        return out;
    const LocalTime start{layer.start};
    const auto begins = [&](std::int64_t n) { return zone.instant(start + layer.length * n); };
    std::int64_t n = std::max<std::int64_t>(0, (zone.local(from).seconds - layer.start) / layer.length.seconds());
    // Clocks may have been changed on the way: the guess is off by a shift or two.
    while (n > 0 && begins(n) > from)
        --n;
    while (begins(n + 1) <= from)
        ++n;
    for (std::size_t made = 0; made < kShiftsLimit; ++made, ++n) {
        const Instant b = begins(n), e = begins(n + 1);
        if (b >= until)
            break;
        if (b < e && e > from) // a shift of an hour that clocks are put forward over does not take place
            out.push_back({std::max(b, from), std::min(e, until), static_cast<std::size_t>(n) % layer.people.size()});
    }
    if (layer.only.empty())
        return out;
    std::vector<Stretch> cut;
    const std::vector<Stretch> windows = windowsOf(layer.only, zone, from, until);
    for (std::size_t s = 0, w = 0; s < out.size() && w < windows.size();) {
        const Instant b = std::max(out[s].from, windows[w].from), e = std::min(out[s].until, windows[w].until);
        if (b < e)
            cut.push_back({b, e, out[s].person});
        out[s].until < windows[w].until ? ++s : ++w;
    }
    return cut;
}

/// A layer laid out, read from left to right.
struct Lane {
    const Layer *layer;
    std::vector<Stretch> stretches;
    std::size_t at = 0;

    /// Who is on at `t`; `t` never goes back.
    const std::string *person(Instant t)
    {
        while (at < stretches.size() && stretches[at].until <= t)
            ++at;
        return at < stretches.size() && stretches[at].from <= t ? &layer->people[stretches[at].person] : nullptr;
    }
};

struct Replacing {
    Instant from, until;
    const Temporary *temporary = nullptr;
};

bool has(const std::vector<OnCall> &people, const std::string &person)
{
    return std::any_of(people.begin(), people.end(), [&](const OnCall &o) { return o.person == person; });
}

void come(std::vector<OnCall> &people, OnCall who)
{
    if (!has(people, who.person))
        people.push_back(std::move(who));
}

std::string listed(const std::vector<std::string> &people)
{
    std::string out;
    for (const std::string &p : people)
        out += (out.empty() ? "" : ", ") + p;
    return out.empty() ? "nobody" : out;
}

std::string called(const Override &o) { return "override " + std::to_string(o.number); }

class Composing {
public:
    Composing(const Schedule &schedule, const std::vector<Override> &overrides, Instant from, Instant until)
        : m_schedule(schedule), m_from(from), m_until(std::min(until, from + kLayoutLimit))
    {
        const Zone zone = zoneOf(schedule.zone, m_out);
        for (const Layer &layer : schedule.layers)
            m_lanes.push_back({&layer, stretchesOf(layer, layer.zone.empty() ? zone : zoneOf(layer.zone, m_out), m_from, m_until)});
        for (const Temporary &t : schedule.temporaries)
            if (!isSound(t.from) || !isSound(t.until))
                continue;
            else if (const Replacing r{zone.instant({t.from}), zone.instant({t.until}), &t}; touches(r.from, r.until))
                m_temporaries.push_back(r);
        for (const Override &o : overrides)
            if (touches(o.from, o.until))
                m_overrides.push_back(&o);
        std::sort(m_overrides.begin(), m_overrides.end(), [](const Override *a, const Override *b) { return a->number < b->number; });
    }

    Layout run()
    {
        if (m_from >= m_until)
            return std::move(m_out);
        std::vector<Instant> edges{m_from, m_until};
        const auto edge = [&](Instant t) {
            if (t > m_from && t < m_until)
                edges.push_back(t);
        };
        for (const Lane &lane : m_lanes)
            for (const Stretch &s : lane.stretches)
                edge(s.from), edge(s.until);
        for (const Replacing &t : m_temporaries)
            edge(t.from), edge(t.until);
        for (const Override *o : m_overrides)
            edge(o->from), edge(o->until);
        std::sort(edges.begin(), edges.end());
        edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
        for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
            m_segment = {edges[i], edges[i + 1], {}};
            m_instead.clear();
            layers();
            temporaries();
            overrides();
            if (!m_out.segments.empty() && m_out.segments.back().people == m_segment.people)
                m_out.segments.back().until = m_segment.until;
            else
                m_out.segments.push_back(std::move(m_segment));
        }
        return std::move(m_out);
    }

private:
    [[nodiscard]] bool touches(Instant from, Instant until) const { return from < m_until && until > m_from && from < until; }
    [[nodiscard]] bool covers(Instant from, Instant until) const { return from <= m_segment.from && until > m_segment.from; }

    void layers()
    {
        for (Lane &lane : m_lanes)
            if (const std::string *person = lane.person(m_segment.from)) {
                if (!m_schedule.together)
                    m_segment.people.clear();
                come(m_segment.people, {*person, lane.layer->id});
            }
    }

    void temporaries()
    {
        std::string before;
        const std::vector<std::string> *counts = nullptr;
        const auto counted = [&](const std::string &name, const std::vector<std::string> &people) {
            if (counts && *counts != people)
                disagree(before + " says " + listed(*counts) + ", " + name + " says " + listed(people) + ": " + name + " counts");
            counts = &people;
            before = name;
            m_segment.people.clear();
        };
        for (const Replacing &t : m_temporaries)
            if (covers(t.from, t.until)) {
                counted("the temporary schedule from " + toText(LocalTime{t.temporary->from}), t.temporary->people);
                for (const std::string &p : t.temporary->people)
                    come(m_segment.people, {p, "temporary"});
            }
        for (const Override *o : m_overrides)
            if (o->kind == OverrideKind::Temporary && covers(o->from, o->until)) {
                counted(called(*o), o->people);
                for (const std::string &p : o->people)
                    come(m_segment.people, {p, "", o->number});
            }
    }

    void overrides()
    {
        for (const Override *o : m_overrides) {
            if (!covers(o->from, o->until))
                continue;
            if (o->kind == OverrideKind::Add) {
                for (const std::string &p : o->people)
                    come(m_segment.people, {p, "", o->number});
            } else if (o->kind == OverrideKind::Remove || o->kind == OverrideKind::Replace) {
                leave(*o);
            }
        }
    }

    void leave(const Override &o)
    {
        auto &people = m_segment.people;
        auto it = std::find_if(people.begin(), people.end(), [&](const OnCall &p) { return p.person == o.replaces; });
        if (it == people.end()) // who an earlier override put in their place stands for them
            it = std::find_if(people.begin(), people.end(), [&](const OnCall &p) { return p.override != 0 && p.instead == o.replaces; });
        const std::string what = called(o) + (o.kind == OverrideKind::Remove ? " takes out " : " replaces ") + o.replaces;
        if (it == people.end()) {
            const auto gone = std::find_if(m_instead.begin(), m_instead.end(), [&](const auto &g) { return g.first == o.replaces; });
            return disagree(what + ", who is " + (gone == m_instead.end() ? std::string("not on call then") : "taken out already by override " + std::to_string(gone->second))
                            + ": it changes nothing");
        }
        if (it->person != o.replaces)
            disagree(what + " as override " + std::to_string(it->override) + " does: " + called(o) + ", made later, counts");
        m_instead.emplace_back(o.replaces, o.number);
        const std::string person = o.kind == OverrideKind::Replace && !o.people.empty() ? o.people.front() : std::string();
        if (person.empty() || (person != it->person && has(people, person)))
            people.erase(it);
        else
            *it = {person, "", o.number, o.replaces};
    }

    void disagree(std::string text)
    {
        for (auto d = m_out.disagreements.rbegin(); d != m_out.disagreements.rend(); ++d)
            if (d->until == m_segment.from && d->text == text) {
                d->until = m_segment.until;
                return;
            }
        m_out.disagreements.push_back({m_segment.from, m_segment.until, std::move(text)});
    }

    const Schedule &m_schedule;
    const Instant m_from, m_until;
    std::vector<Lane> m_lanes;
    std::vector<Replacing> m_temporaries;
    std::vector<const Override *> m_overrides;
    Segment m_segment;
    std::vector<std::pair<std::string, std::uint32_t>> m_instead; ///< who was taken out of the segment, by which override
    Layout m_out;
};

} // namespace

Layout layOut(const Schedule &schedule, const std::vector<Override> &overrides, Instant from, Instant until)
{
    return Composing(schedule, overrides, from, until).run();
}

Segment segmentAt(const Schedule &schedule, const std::vector<Override> &overrides, Instant at)
{
    auto layout = layOut(schedule, overrides, at, at + seconds(1));
    return layout.segments.empty() ? Segment{at, at, {}} : std::move(layout.segments.front());
}

Instant nextHandoff(const Schedule &schedule, const std::vector<Override> &overrides, Instant at)
{
    for (const Span ahead : {hours(24 * 2), hours(24 * 9), kLookAhead}) {
        const Layout layout = layOut(schedule, overrides, at, at + ahead);
        if (layout.segments.size() > 1)
            return layout.segments.front().until;
    }
    return at + kLookAhead;
}

std::string reasonOf(const OnCall &who)
{
    if (who.override != 0)
        return "override " + std::to_string(who.override) + (who.instead.empty() ? "" : " in place of " + who.instead);
    return who.layer == "temporary" ? "temporary schedule" : "layer " + who.layer;
}

} // namespace qd::oncall
