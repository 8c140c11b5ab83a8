// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/inhibitions.h"

#include <algorithm>

namespace qd::triage {

using state::Alert;
using state::State;

namespace {

constexpr std::string_view kFires = " fires: "; ///< between what the source matches and its key

std::vector<std::shared_ptr<const MatcherSet>> setsOf(const std::vector<InhibitionRule> &rules)
{
    std::vector<std::shared_ptr<const MatcherSet>> out;
    for (const auto side : {&InhibitionRule::source, &InhibitionRule::target})
        for (const InhibitionRule &rule : rules) {
            auto made = MatcherSet::make(rule.*side);
            out.push_back(made ? std::make_shared<const MatcherSet>(std::move(*made)) : nullptr);
        }
    return out;
}

/// True when the list was empty before.
bool insert(std::vector<std::uint32_t> &list, std::uint32_t alert)
{
    const bool wasEmpty = list.empty();
    list.insert(std::lower_bound(list.begin(), list.end(), alert), alert);
    return wasEmpty;
}

/// True when the list is empty now.
bool erase(std::vector<std::uint32_t> &list, std::uint32_t alert)
{
    if (const auto at = std::lower_bound(list.begin(), list.end(), alert); at != list.end() && *at == alert)
        list.erase(at);
    return list.empty();
}

std::string inWords(const std::vector<Matcher> &matchers)
{
    const auto set = MatcherSet::make(matchers);
    return set ? set->text() : std::string();
}

} // namespace

Inhibitions::Inhibitions(const Workspace &workspace) : m_rules(workspace.inhibitions), m_index(setsOf(m_rules)), m_buckets(m_rules.size()) {}

void Inhibitions::note(const State &state, std::uint32_t alert, std::vector<std::uint32_t> &concerned)
{
    const Alert &a = state.alerts.all[alert];
    const auto before = m_places.find(alert);
    std::vector<Place> now;
    if (a.status == AlertStatus::Firing) {
        m_index.match(state, a, m_matched);
        const auto rules = static_cast<std::uint32_t>(m_rules.size());
        const auto firstTarget = std::lower_bound(m_matched.begin(), m_matched.end(), rules);
        auto source = m_matched.begin();
        auto target = firstTarget;
        while (source != firstTarget || target != m_matched.end()) {
            const std::uint32_t s = source == firstTarget ? rules : *source, t = target == m_matched.end() ? rules : *target - rules;
            Place place{std::min(s, t), s <= t, t <= s, nullptr};
            source += place.isSource ? 1 : 0;
            target += place.isTarget ? 1 : 0;
            m_key.clear();
            for (const std::string &label : m_rules[place.rule].equal) {
                const Symbol name = state.symbols.find(label);
                Symbol value = 0;
                for (std::size_t i = a.firstPair; name != 0 && i < std::size_t{a.firstPair} + a.labels; ++i)
                    if (state.alerts.pairs[i].name == name)
                        value = state.alerts.pairs[i].value;
                m_key.push_back(value);
            }
            place.bucket = &m_buckets[place.rule][m_key];
            now.push_back(place);
        }
    }
    if (before == m_places.end() ? now.empty() : before->second == now)
        return;
    const auto concern = [&](const Bucket &bucket) { concerned.insert(concerned.end(), bucket.targets.begin(), bucket.targets.end()); };
    if (before != m_places.end())
        for (const Place &p : before->second) {
            if (p.isTarget)
                erase(p.bucket->targets, alert);
            if (p.isSource && erase(p.isTarget ? p.bucket->twoSided : p.bucket->sources, alert))
                concern(*p.bucket);
        }
    for (const Place &p : now) {
        if (p.isTarget)
            insert(p.bucket->targets, alert);
        if (p.isSource && insert(p.isTarget ? p.bucket->twoSided : p.bucket->sources, alert))
            concern(*p.bucket);
    }
    if (now.empty())
        m_places.erase(alert);
    else
        m_places[alert] = std::move(now);
}

std::optional<Inhibitions::Found> Inhibitions::of(std::uint32_t alert) const
{
    const auto places = m_places.find(alert);
    if (places == m_places.end())
        return std::nullopt;
    for (const Place &p : places->second) {
        if (!p.isTarget)
            continue;
        const Bucket &b = *p.bucket;
        std::uint32_t source = b.sources.empty() ? state::AlertTable::npos : b.sources.front();
        if (!p.isSource && !b.twoSided.empty())
            source = std::min(source, b.twoSided.front());
        if (source != state::AlertTable::npos)
            return Found{&m_rules[p.rule], source};
    }
    return std::nullopt;
}

std::string Inhibitions::sourceIn(const events::Because &because)
{
    if (!because.rule.starts_with("inhibition/") || because.matched.empty())
        return {};
    const std::string &said = because.matched.front(); // matchers may say the words as well, a key comes last
    const auto at = said.rfind(kFires);
    return at == std::string::npos ? std::string() : said.substr(at + kFires.size());
}

events::Because Inhibitions::because(const State &state, const Found &found)
{
    const Alert &source = state.alerts.all[found.source];
    events::Because out{"inhibition/" + found.rule->id, {inWords(found.rule->source) + std::string(kFires) + state.key(source)}, {}};
    for (const std::string &label : found.rule->equal)
        out.matched.push_back("the same " + label + "=\"" + std::string(state.label(source, label)) + "\"");
    return out;
}

} // namespace qd::triage
