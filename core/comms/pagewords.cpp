// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/outward.h"

#include "core/base/safetext.h"

#include <algorithm>

/// Words on status pages and the checks they have to pass.
namespace qd::comms {

using state::State;

namespace {

constexpr std::size_t kWordsBytes = 8000; ///< more than a page takes

std::string bareWords(const std::string &text)
{
    std::string out = safeText(text, kWordsBytes);
    out.erase(0, out.find_first_not_of(" \t\n"));
    out.erase(out.find_last_not_of(" \t\n") + 1);
    return out;
}

/// Whether what is said is, in every language it is said in, what the other says there.
bool isSaidBy(const StatusPage &page, const Localized &said, const Localized &other)
{
    return std::all_of(said.begin(), said.end(), [&](const auto &each) {
        auto it = other.find(each.first);
        if (it == other.end() && !page.languages.empty() && each.first == page.languages.front())
            it = other.find(""); // of a text in none of its languages
        return it != other.end() && bareWords(each.second) == bareWords(it->second);
    });
}

bool isTo(const std::vector<std::string> &to, const StatusPage &page)
{
    return std::find(to.begin(), to.end(), "page:" + page.id) != to.end();
}

/// An alarm for words on a page that ends: what they are of, and since when they stand.
struct ForcedWords {
    const state::StatusPageState &page;
    const state::Forced &forced;
    const std::string &incident;
    const Localized &text;
    Instant at;
    events::ReleaseForced turn;
};

template <typename F>
void eachForced(const State &state, F &&f)
{
    static const std::string kNoIncident;
    for (const state::StatusPageState &page : state.pages) {
        for (const state::PageNotice &n : page.notices)
            for (const state::NoticeUpdate &u : n.updates)
                if (u.forced.isForced() && !u.forced.mendedAt)
                    f(ForcedWords{page, u.forced, n.incident, u.text, u.at, {n.incident, 0, false, {}, page.id, n.number, u.number, 0}});
        for (const state::PageMaintenance &m : page.maintenances)
            if (m.forced.isForced() && !m.forced.mendedAt)
                f(ForcedWords{page, m.forced, kNoIncident, m.text, m.changedAt.empty() ? m.plannedAt : m.changedAt.back(), {{}, 0, false, {}, page.id, 0, 0, m.number}});
    }
}

/// Why it is no alarm any more; "": it is one.
std::string mendedBy(const State &state, const ForcedWords &s, Instant now)
{
    const state::Incident *incident = s.incident.empty() ? nullptr : state.incident(s.incident);
    if (incident && incident->status >= IncidentStatus::Closed)
        return "the incident is closed";
    if (!incident && now >= s.at + kForcedFor)
        return "it was said a day ago";
    const StatusPage *page = state.workspace->page(s.page.id);
    if (!page)
        return "there is no such page any more";
    return areChecked(state, *page, {}, {}, s.text, now, true) ? "the same words passed their checks" : std::string();
}

} // namespace

bool areChecked(const State &state, const StatusPage &page, const std::string &incident, const Localized &title, const Localized &text, Instant now, bool byChecks)
{
    const Workspace &w = *state.workspace;
    const auto says = [&](const std::vector<std::string> &to, const std::string &itsTitle, const Localized &titles, const std::string &itsText, const Localized &texts) {
        const std::string first = languageOf(w, to);
        return isSaidBy(page, title, spokenOn(page, inLanguages(first, itsTitle, titles), itsTitle)) && isSaidBy(page, text, spokenOn(page, inLanguages(first, itsText, texts), itsText));
    };
    for (const HoldingStatement &h : w.holding)
        if ((h.page == page.id || isTo(h.to, page)) && says(h.to, h.title, h.titles, h.text, h.texts))
            return true;
    for (const auto &[number, i] : state.incidents)
        for (const state::OutwardMessage &m : i.outward) {
            if ((!incident.empty() && i.id != incident) || m.versions.empty() || m.endedAt)
                continue;
            const state::MessageVersion &v = m.newest();
            const bool isOver = (v.expires && v.expires <= now) || (v.embargo && v.embargo > now);
            if (!isTo(v.to, page) || isOver || v.hash != digestOf(v))
                continue;
            if ((missingOf(w, m).empty() || (!byChecks && m.releasedAt)) && says(v.to, v.title, v.titles, v.text, v.texts))
                return true;
        }
    return false;
}

events::Events pageWordsDue(const State &state, Instant now)
{
    events::Events out;
    eachForced(state, [&](ForcedWords s) {
        std::string missing;
        for (const std::string &stage : s.forced.missing)
            missing += (missing.empty() ? "" : ", ") + stage;
        if (!s.forced.alarmedAt) {
            s.turn.because = {"page/glass", {"it was published without " + missing + ": " + s.forced.reason}, {}};
            out.emplace_back(std::move(s.turn));
        } else if (std::string why = mendedBy(state, s, now); !why.empty()) {
            s.turn.mended = true;
            s.turn.because = {"page/glass", {std::move(why)}, {}};
            out.emplace_back(std::move(s.turn));
        }
    });
    return out;
}

Instant nextPageWordsDue(const State &state)
{
    Instant next;
    const auto sooner = [&](Instant at) {
        if (!next || at < next)
            next = at;
    };
    eachForced(state, [&](const ForcedWords &s) {
        if (!s.forced.alarmedAt || !mendedBy(state, s, state.time).empty())
            sooner(std::max(state.time, Instant{1}));
        else if (s.incident.empty() || !state.incident(s.incident))
            sooner(s.at + kForcedFor);
    });
    return next;
}

} // namespace qd::comms
