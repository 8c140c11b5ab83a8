// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/reports.h"

#include "core/base/hash.h"
#include "core/triage/leftout.h"
#include "core/triage/tuples.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace qd::triage {

using events::Verdict;
using state::Alert;
using state::AlertTable;
using state::State;

namespace {

constexpr std::string_view kSeverityLabels[] = {"severity", "priority", "level"};
constexpr Span kInFlight = seconds(5); ///< a copy this soon after the resolve was under way already
constexpr std::size_t kRuledOutShown = 20;  ///< of the rules tried before the one that matched
constexpr std::size_t kBatchReasonLimit = 60000; ///< distinct reasons a batch can number (16 bits)

/// Texts of a batch as the state's symbols, found once each; 0xffffffff = the state has no such text.
class Known {
public:
    Known(const State &state, const ReportBatch &batch) : m_state(state), m_batch(batch), m_symbols(batch.ends.size(), kUnasked) {}
    Symbol operator()(std::uint32_t text)
    {
        if (text == 0)
            return 0;
        if (m_symbols[text] == kUnasked) {
            const Symbol s = m_state.symbols.find(m_batch.at(text));
            m_symbols[text] = s == 0 ? kNone : s;
        }
        return m_symbols[text];
    }
    static constexpr Symbol kNone = 0xffffffff;

private:
    static constexpr Symbol kUnasked = 0xfffffffe;
    const State &m_state;
    const ReportBatch &m_batch;
    std::vector<Symbol> m_symbols;
};

/// True when the row says of a firing alert just what is known of it.
bool saysNothingNew(const State &state, const Alert &a, const ReportBatch &b, std::size_t row, Known &known)
{
    if (a.suppression != static_cast<Suppression>(b.suppression[row]) || known(b.suppressedBy[row]) != a.suppressedBy
        || a.labels != b.labels[row])
        return false;
    if (b.annotations[row] == 0)
        return true;
    if (a.annotations != b.annotations[row] || (b.link[row] != 0 && known(b.link[row]) != a.link))
        return false;
    const std::size_t first = b.firstPair[row] + b.labels[row];
    for (std::size_t i = 0; i < b.annotations[row]; ++i) {
        const state::Pair &p = state.alerts.pairs[a.firstPair + a.labels + i];
        if (known(b.pairs[(first + i) * 2]) != p.name || known(b.pairs[(first + i) * 2 + 1]) != p.value)
            return false;
    }
    return true;
}

/// The group a person merged this one into, while that one fires.
std::string mergedInto(const State &state, std::string group)
{
    constexpr int kMergesFollowed = 16;
    for (int n = 0; n < kMergesFollowed; ++n) {
        const Symbol name = state.symbols.find(group);
        const auto at = name == 0 ? state.alerts.groups.end() : state.alerts.groups.find(name);
        if (at == state.alerts.groups.end() || at->second.mergedInto == 0)
            break;
        const auto into = state.alerts.groups.find(at->second.mergedInto);
        if (into == state.alerts.groups.end() || into->second.firing == 0)
            break;
        group = state.text(at->second.mergedInto);
    }
    return group;
}

Verdict judge(const Alert *a, const ReportBatch &b, std::size_t row)
{
    const bool firing = b.status[row] == static_cast<std::uint8_t>(AlertStatus::Firing);
    if (!a)
        return firing ? Verdict::Opened : Verdict::Unmatched;
    const Instant updated{b.updatedAt[row]};
    if (updated && a->updatedAt && updated < a->updatedAt)
        return Verdict::Stale;
    const Instant start = b.startsAt[row] != 0 ? Instant{b.startsAt[row]} : b.receivedAt;
    if (!firing) {
        // An end before our beginning is about an earlier occurrence, unless it is only that clocks differ: a beginning further ahead than
        // any report may say is of before our own clock was set back.
        const bool wasSetBack = a->startsAt > b.receivedAt + kClockAhead;
        if (a->status == AlertStatus::Resolved
            || (!wasSetBack && b.endsAt[row] != 0 && Instant{b.endsAt[row]} < a->startsAt && start < a->startsAt))
            return Verdict::Stale;
        return Verdict::Resolved;
    }
    if (a->status == AlertStatus::Firing)
        return Verdict::Updated;
    if (start > a->startsAt)
        return Verdict::Refired;
    if (a->endedBy == state::EndedBy::Absence || (updated && updated > a->endsAt))
        return Verdict::Reopened;
    // A sender that still pushes it well after the resolve, to last beyond it, means it: the other half of an HA pair, say.
    if (b.path == Path::Push && Instant{b.endsAt[row]} > b.receivedAt && b.receivedAt - a->lastSeen > kInFlight)
        return Verdict::Refired;
    return Verdict::Stale; // a late copy of what the source has since resolved
}

} // namespace

ReportRules::ReportRules(std::shared_ptr<const Workspace> workspace) : m_workspace(std::move(workspace)), m_routes(*m_workspace)
{
    const auto number = [](Numbered &labels, const std::string &name) { labels.emplace(name, static_cast<std::uint32_t>(labels.size())); };
    for (const GroupRule &g : m_workspace->groups) {
        auto match = MatcherSet::make(g.match);
        if (!match) {
            m_broken.push_back(g.id + ": " + match.error().message);
            continue;
        }
        std::string words = "rule " + g.id + " (" + match->text() + ")";
        m_groups.push_back({g, std::move(*match), std::move(words)});
    }
    number(m_byLabels, "alertname");
    for (const Rule &rule : m_groups) {
        for (const Matcher &m : rule.rule.match)
            number(m_groupLabels, m.name);
        for (const std::string &by : rule.rule.by)
            number(m_byLabels, by);
    }
    for (const std::string &name : m_routes.labels())
        number(m_groupLabels, name);
    for (std::uint32_t route = 0; !m_routes.isEmpty() && route < m_workspace->routes.size(); ++route)
        if (const auto *by = m_routes.groupByOf(route))
            for (const std::string &name : *by)
                number(m_byLabels, name);
}

ReportRules::Taken ReportRules::taken(const Label &label, std::vector<std::string> &problems) const
{
    for (std::uint32_t n = 0; n < m_groups.size(); ++n) {
        bool failed = false;
        if (m_groups[n].match.holds(label, &failed))
            return {n, Taken::kNone};
        if (failed)
            problems.push_back(m_groups[n].rule.id + ": a label value is too long to match");
    }
    Taken out;
    if (!m_routes.isEmpty()) {
        std::vector<std::uint32_t> routes;
        m_routes.of(label, routes);
        if (!routes.empty() && m_routes.groupByOf(routes.front()))
            out.route = routes.front();
    }
    return out;
}

ReportRules::Taken ReportRules::remembered(const std::string &values, const Label &label, std::vector<std::string> &problems) const
{
    if (const auto known = m_taken.find(values); known != m_taken.end())
        return known->second;
    const std::size_t before = problems.size();
    const Taken out = taken(label, problems);
    if (problems.size() != before)
        return out; // to be said again
    if (m_taken.size() >= kRemembered)
        m_taken.clear();
    m_taken.emplace(values, out);
    return out;
}

const std::vector<std::string> *ReportRules::groupByOf(const Taken &taken) const
{
    return taken.rule != Taken::kNone ? &m_groups[taken.rule].rule.by : taken.route != Taken::kNone ? m_routes.groupByOf(taken.route) : nullptr;
}

events::Because ReportRules::because(const Taken &taken, std::uint32_t severityText, std::string_view severityWord, AlertSeverity severity, const std::string &service) const
{
    const Rule *rule = taken.rule == Taken::kNone ? nullptr : &m_groups[taken.rule];
    const Route *route = taken.route == Taken::kNone ? nullptr : &m_workspace->routes[taken.route];
    events::Because why;
    why.rule = rule ? "group/" + rule->rule.id : route ? "route/" + route->id : "group/by-service";
    why.matched.reserve(3);
    why.matched.push_back(severityText == 0 ? "no severity label: severity unknown" : "severity \"" + std::string(severityWord) + "\" means " + std::string(word(severity)));
    why.matched.push_back(service.empty() ? "no service label" : "belongs to service " + service);
    why.matched.push_back(rule    ? "grouped by rule " + rule->rule.id + (rule->match.text().empty() ? "" : " (" + rule->match.text() + ")")
                          : route ? "grouped as route " + route->id + " says: no rule matched"
                                  : (service.empty() ? "grouped by alertname: no service" : "grouped by service: no rule matched"));
    const std::size_t before = rule ? taken.rule : m_groups.size();
    why.ruledOut.reserve(std::min(before, kRuledOutShown + 1));
    for (std::size_t n = 0; n < std::min(before, kRuledOutShown); ++n)
        why.ruledOut.push_back(m_groups[n].words);
    if (before > kRuledOutShown)
        why.ruledOut.push_back(std::to_string(before - kRuledOutShown) + " more rules before it");
    return why;
}

const events::Because &ReportRules::reason(const Taken &taken, std::uint32_t severityText, std::string_view severityWord, AlertSeverity severity, const std::string &service) const
{
    // Numbers of fixed size first, so that no two read alike.
    const std::uint32_t numbers[] = {taken.rule, taken.route, severityText == 0 ? 0u : 1u, static_cast<std::uint32_t>(severity), static_cast<std::uint32_t>(service.size())};
    m_reasonKey.assign(reinterpret_cast<const char *>(numbers), sizeof numbers).append(service).append(severityWord);
    if (const auto known = m_reasons.find(m_reasonKey); known != m_reasons.end())
        return known->second;
    if (m_reasons.size() >= kReasonsRemembered)
        m_reasons.clear();
    return m_reasons.emplace(m_reasonKey, because(taken, severityText, severityWord, severity, service)).first->second;
}

std::string ReportRules::serviceOf(const std::function<std::string_view(std::string_view)> &label) const
{
    return serviceBy([&](std::size_t n) { return label(m_workspace->serviceLabels[n]); });
}

template <typename ValueAt>
std::string ReportRules::serviceBy(const ValueAt &valueAt) const
{
    std::string_view fallback;
    for (std::size_t n = 0; n < m_workspace->serviceLabels.size(); ++n) {
        const std::string_view value = valueAt(n);
        if (value.empty())
            continue;
        if (const Service *s = m_workspace->service(value))
            return s->id;
        if (fallback.empty())
            fallback = value;
    }
    return std::string(fallback);
}

ReportRules::Decided ReportRules::decide(const State &state, const ReportBatch &batch, std::size_t from) const
{
    return decide(state, batch, from, true);
}

ReportRules::Decided ReportRules::decide(const State &state, const ReportBatch &batch, std::size_t from, bool isLimited) const
{
    Decided out;
    const state::Source *source = state.source(batch.connection);
    const Symbol set = source ? source->set : state.symbols.find(batch.connection);
    Known known(state, batch);
    std::vector<std::uint32_t> rows;
    NameRoom room(state, batch, isLimited ? m_workspace->alertsPerName : std::numeric_limits<std::uint32_t>::max());
    HashIndex touched; // rows by fingerprint
    touched.reserve(batch.size() - from);

    events::AlertsDecided verdicts;
    verdicts.names = {""};
    std::unordered_map<std::string, std::uint32_t> names;
    const auto nameIndex = [&](std::string name) -> std::uint32_t {
        if (name.empty())
            return 0;
        const auto [it, isNew] = names.try_emplace(std::move(name), static_cast<std::uint32_t>(verdicts.names.size()));
        if (isNew)
            verdicts.names.push_back(it->first);
        return it->second;
    };
    // What a label's name is used for and what its value means is looked up once a distinct text, not once an alert.
    static constexpr std::uint32_t kNot = 0xffffffff;
    struct Use {
        bool known = false;
        std::uint32_t severity = kNot, service = kNot, group = kNot, by = kNot; ///< which of those labels it is
    };
    std::vector<Use> uses(batch.ends.size());
    const auto useOf = [&](std::uint32_t text) -> const Use & {
        Use &use = uses[text];
        if (use.known)
            return use;
        use.known = true;
        const std::string_view name = batch.at(text);
        const auto placeIn = [&](const auto &list) {
            const auto it = std::find(std::begin(list), std::end(list), name);
            return it == std::end(list) ? kNot : static_cast<std::uint32_t>(it - std::begin(list));
        };
        const auto numberIn = [&](const Numbered &labels) {
            const auto it = labels.find(name);
            return it == labels.end() ? kNot : it->second;
        };
        use.severity = placeIn(kSeverityLabels);
        use.service = placeIn(m_workspace->serviceLabels);
        use.group = numberIn(m_groupLabels);
        use.by = numberIn(m_byLabels);
        return use;
    };
    std::vector<int> severityOf(batch.ends.size(), -1);
    // Of the row at hand: the texts of those labels, 0 where it has none.
    std::vector<std::uint32_t> serviceTexts(m_workspace->serviceLabels.size()), groupTexts(m_groupLabels.size()), byTexts(m_byLabels.size()), key;
    // What follows is worked out once for all rows with the same texts.
    Tuples services, groupings, groups, reasons;
    std::vector<std::uint32_t> serviceNames, groupNames; ///< indexes of names
    std::vector<Taken> takenBy;
    std::vector<std::uint16_t> reasonNumbers;
    std::string values;

    for (std::size_t row = from; row < batch.size(); ++row) {
        const std::uint64_t fingerprint = batch.fingerprint[row];
        const std::uint32_t hash = Hash::of(fingerprint);
        if (touched.find(hash, [&](std::uint32_t other) { return batch.fingerprint[other] == fingerprint; }) != HashIndex::npos) {
            out.next = row;
            break;
        }
        touched.insert(hash, static_cast<std::uint32_t>(row));
        out.next = row + 1;
        state.alerts.lookAhead(set, batch.fingerprint, row);
        const auto index = set == 0 && source == nullptr ? AlertTable::npos : state.alerts.find(set, fingerprint);
        const Alert *a = index == AlertTable::npos ? nullptr : &state.alerts.all[index];
        const Verdict verdict = judge(a, batch, row);
        if (verdict == Verdict::Stale || verdict == Verdict::Unmatched) {
            ++out.ignored;
            continue;
        }
        const auto label = [&](std::string_view name) { return batch.label(row, name); };

        std::uint32_t severityText = 0, severityPlace = kNot;
        std::fill(serviceTexts.begin(), serviceTexts.end(), 0);
        std::fill(groupTexts.begin(), groupTexts.end(), 0);
        std::fill(byTexts.begin(), byTexts.end(), 0);
        for (std::size_t i = batch.firstPair[row]; i < std::size_t{batch.firstPair[row]} + batch.labels[row]; ++i) {
            const std::uint32_t value = batch.pairs[i * 2 + 1];
            const Use &use = useOf(batch.pairs[i * 2]);
            if (use.severity < severityPlace && value != 0) {
                severityPlace = use.severity;
                severityText = value;
            }
            const auto put = [value](std::vector<std::uint32_t> &texts, std::uint32_t place) {
                if (place != kNot && texts[place] == 0)
                    texts[place] = value;
            };
            put(serviceTexts, use.service);
            put(groupTexts, use.group);
            put(byTexts, use.by);
        }
        const std::string_view severityWord = batch.at(severityText);
        if (severityOf[severityText] < 0) {
            AlertSeverity s = severityFromText(severityWord);
            for (const SeverityRule &r : m_workspace->severities)
                if (r.text == severityWord)
                    s = r.severity;
            severityOf[severityText] = static_cast<int>(s);
        }
        const auto severity = static_cast<AlertSeverity>(severityOf[severityText]);

        if (verdict == Verdict::Updated && a->severity == severity && saysNothingNew(state, *a, batch, row, known)) {
            out.repeats.push_back(static_cast<std::uint32_t>(row));
            continue;
        }

        const auto service = services.numberOf(serviceTexts);
        if (service.second)
            serviceNames.push_back(nameIndex(serviceBy([&](std::size_t n) { return batch.at(serviceTexts[n]); })));
        const std::uint32_t serviceName = serviceNames[service.first];

        const auto grouping = groupings.numberOf(groupTexts);
        if (grouping.second) {
            values.clear();
            for (const std::uint32_t text : groupTexts) {
                const std::string_view value = batch.at(text);
                const auto size = static_cast<std::uint32_t>(value.size()); // so that no two rows of values read alike
                values.append(reinterpret_cast<const char *>(&size), sizeof size).append(value);
            }
            takenBy.push_back(remembered(values, label, out.problems));
        }
        const Taken taken = takenBy[grouping.first];

        key.assign({taken.rule, taken.route, serviceName});
        const auto *groupBy = groupByOf(taken);
        const bool isAlone = groupBy && taken.route != Taken::kNone && std::find(groupBy->begin(), groupBy->end(), "...") != groupBy->end();
        if (isAlone)
            key.push_back(static_cast<std::uint32_t>(row)); // as Alertmanager has it: by every label, so every alert by itself
        else if (!groupBy)
            key.push_back(serviceName == 0 ? byTexts.front() : 0);
        else
            for (const std::string &by : *groupBy)
                key.push_back(byTexts[m_byLabels.find(by)->second]);
        const auto group = groups.numberOf(key);
        if (group.second) {
            const std::string &ofService = verdicts.names[serviceName];
            std::string name;
            if (isAlone) {
                name = "alertname=" + std::string(label("alertname")) + ", alert " + fingerprintText(fingerprint);
            } else if (groupBy) {
                for (const std::string &by : *groupBy) {
                    const std::string_view value = by == "service" && label(by).empty() ? std::string_view(ofService) : label(by);
                    name += (name.empty() ? "" : ", ") + (by == "service" ? std::string(value) : by + "=" + std::string(value));
                }
                if (name.empty() && taken.route != Taken::kNone)
                    name = "route " + m_workspace->routes[taken.route].id;
            } else {
                name = ofService.empty() ? "alertname=" + std::string(label("alertname")) : ofService;
            }
            groupNames.push_back(nameIndex(mergedInto(state, std::move(name))));
        }

        const bool becomesOne = verdict == Verdict::Opened || verdict == Verdict::Refired || verdict == Verdict::Reopened;
        if (becomesOne && room.isLeftOut(byTexts.front(), verdicts.names[groupNames[group.first]], severity, batch.suppression[row] == static_cast<std::uint8_t>(Suppression::None))) {
            ++out.leftOut[std::string(batch.at(byTexts.front()))];
            continue;
        }

        key.assign({severityText, taken.rule, taken.route, serviceName});
        const auto reason = reasons.numberOf(key);
        if (reason.second) {
            if (verdicts.because.size() >= kBatchReasonLimit) {
                reasonNumbers.push_back(0);
            } else {
                reasonNumbers.push_back(static_cast<std::uint16_t>(verdicts.because.size()));
                verdicts.because.push_back(this->reason(taken, severityText, severityWord, severity, verdicts.names[serviceName]));
            }
        }

        rows.push_back(static_cast<std::uint32_t>(row));
        verdicts.verdict.push_back(static_cast<std::uint8_t>(verdict));
        verdicts.severity.push_back(static_cast<std::uint8_t>(severity));
        verdicts.service.push_back(serviceName);
        verdicts.group.push_back(groupNames[group.first]);
        verdicts.reason.push_back(reasonNumbers[reason.first]);
    }
    if (!m_broken.empty() && !rows.empty())
        out.problems.insert(out.problems.end(), m_broken.begin(), m_broken.end());
    if (!out.leftOut.empty() && !rows.empty()) {
        // As if they had never been there: a replay is given only what was taken, and must say the same of it.
        out.events = decide(state, batch.only(rows), 0, false).events;
    } else if (!rows.empty()) {
        events::AlertsReported reported{batch.only(rows)};
        reported.batch.quarantined.clear();
        out.events.emplace_back(std::move(reported));
        out.events.emplace_back(std::move(verdicts));
    }
    return out;
}

} // namespace qd::triage
