// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/reports.h"

#include <map>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

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
    for (const GroupRule &g : m_workspace->groups) {
        auto match = MatcherSet::make(g.match);
        if (match)
            m_groups.push_back({g, std::move(*match)});
        else
            m_broken.push_back(g.id + ": " + match.error().message);
    }
    for (const Rule &rule : m_groups)
        for (const Matcher &m : rule.rule.match)
            m_groupLabels.emplace(m.name, static_cast<std::uint32_t>(m_groupLabels.size()));
    for (std::string &name : m_routes.labels())
        m_groupLabels.emplace(std::move(name), static_cast<std::uint32_t>(m_groupLabels.size()));
}

std::string ReportRules::serviceOf(const std::function<std::string_view(std::string_view)> &label) const
{
    std::string_view fallback;
    for (const auto &name : m_workspace->serviceLabels) {
        const std::string_view value = label(name);
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
    Decided out;
    const state::Source *source = state.source(batch.connection);
    const Symbol set = source ? source->set : state.symbols.find(batch.connection);
    Known known(state, batch);
    std::vector<std::uint32_t> rows;
    std::unordered_set<std::uint64_t> touched;
    touched.reserve(batch.size() - from);

    events::AlertsDecided verdicts;
    verdicts.names = {""};
    std::unordered_map<std::string, std::uint32_t> names;
    const auto nameIndex = [&](const std::string &name) -> std::uint32_t {
        if (name.empty())
            return 0;
        const auto [it, isNew] = names.emplace(name, static_cast<std::uint32_t>(verdicts.names.size()));
        if (isNew)
            verdicts.names.push_back(name);
        return it->second;
    };
    // By severity text, what groups (a rule, after those a route, or the service) and service.
    std::map<std::tuple<std::uint32_t, std::size_t, std::uint32_t>, std::uint16_t> reasons;
    // What a label value means is looked up once a distinct value, not once an alert.
    std::vector<int> severityOf(batch.ends.size(), -1);
    std::map<std::vector<std::uint32_t>, std::uint32_t> serviceByTexts;
    constexpr int kUnasked = -2, kNoLabel = -1;
    std::vector<int> groupLabelOf(m_groupLabels.empty() ? 0 : batch.ends.size(), kUnasked);
    struct Grouping {
        const Rule *rule = nullptr;
        const Route *route = nullptr; ///< where no rule matches: the first route that takes the alert, if it says by what it groups
        const std::vector<std::string> *by = nullptr;
    };
    std::map<std::vector<std::uint32_t>, Grouping> groupingByTexts;
    std::vector<std::uint32_t> routes;

    for (std::size_t row = from; row < batch.size(); ++row) {
        if (!touched.insert(batch.fingerprint[row]).second) {
            out.next = row;
            break;
        }
        out.next = row + 1;
        const auto index = set == 0 && source == nullptr ? AlertTable::npos : state.alerts.find(set, batch.fingerprint[row]);
        const Alert *a = index == AlertTable::npos ? nullptr : &state.alerts.all[index];
        const Verdict verdict = judge(a, batch, row);
        if (verdict == Verdict::Stale || verdict == Verdict::Unmatched) {
            ++out.ignored;
            continue;
        }
        const auto label = [&](std::string_view name) { return batch.label(row, name); };

        std::uint32_t severityText = 0;
        for (const auto name : kSeverityLabels) {
            for (std::size_t i = batch.firstPair[row]; i < std::size_t{batch.firstPair[row]} + batch.labels[row] && severityText == 0; ++i)
                if (batch.at(batch.pairs[i * 2]) == name)
                    severityText = batch.pairs[i * 2 + 1];
            if (severityText != 0)
                break;
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

        // The service, once per distinct combination of the service labels' values.
        std::vector<std::uint32_t> serviceTexts;
        for (const auto &name : m_workspace->serviceLabels)
            for (std::size_t i = batch.firstPair[row]; i < std::size_t{batch.firstPair[row]} + batch.labels[row]; ++i)
                if (batch.at(batch.pairs[i * 2]) == name)
                    serviceTexts.push_back(batch.pairs[i * 2 + 1]);
        auto service = serviceByTexts.find(serviceTexts);
        if (service == serviceByTexts.end())
            service = serviceByTexts.emplace(std::move(serviceTexts), nameIndex(serviceOf(label))).first;
        const std::string &serviceName = verdicts.names[service->second];

        // The rule, once per distinct combination of the values the rules look at.
        std::vector<std::uint32_t> ruleTexts(m_groupLabels.size(), 0);
        for (std::size_t i = batch.firstPair[row]; i < std::size_t{batch.firstPair[row]} + batch.labels[row] && !m_groupLabels.empty(); ++i) {
            int &slot = groupLabelOf[batch.pairs[i * 2]];
            if (slot == kUnasked) {
                const auto at = m_groupLabels.find(batch.at(batch.pairs[i * 2]));
                slot = at == m_groupLabels.end() ? kNoLabel : static_cast<int>(at->second);
            }
            if (slot >= 0)
                ruleTexts[static_cast<std::size_t>(slot)] = batch.pairs[i * 2 + 1];
        }
        auto grouping = groupingByTexts.find(ruleTexts);
        if (grouping == groupingByTexts.end()) {
            Grouping found;
            for (const Rule &r : m_groups) {
                bool failed = false;
                if (r.match.holds(label, &failed)) {
                    found = {&r, nullptr, &r.rule.by};
                    break;
                }
                if (failed)
                    out.problems.push_back(r.rule.id + ": a label value is too long to match");
            }
            if (!found.rule && !m_routes.isEmpty()) {
                m_routes.of(label, routes);
                if (!routes.empty() && (found.by = m_routes.groupByOf(routes.front())))
                    found.route = &m_workspace->routes[routes.front()];
            }
            grouping = groupingByTexts.emplace(std::move(ruleTexts), found).first;
        }
        const auto [rule, route, groupBy] = grouping->second;
        std::string group;
        if (groupBy) {
            const auto add = [&](const std::string &by, std::string_view value) {
                group += (group.empty() ? "" : ", ") + (by == "service" ? std::string(value) : by + "=" + std::string(value));
            };
            for (const std::string &by : *groupBy) {
                if (route && by == "...") { // as Alertmanager has it: by every label, so every alert by itself
                    group = "alertname=" + std::string(label("alertname")) + ", alert " + fingerprintText(batch.fingerprint[row]);
                    break;
                }
                add(by, by == "service" && label(by).empty() ? std::string_view(serviceName) : label(by));
            }
            if (group.empty())
                group = route ? "route " + route->id : std::string();
        } else {
            group = serviceName.empty() ? "alertname=" + std::string(label("alertname")) : serviceName;
        }

        const std::size_t groups = rule    ? 1 + static_cast<std::size_t>(rule - m_groups.data())
                                   : route ? 1 + m_groups.size() + static_cast<std::size_t>(route - m_workspace->routes.data())
                                           : 0;
        const std::tuple reasonKey(severityText, groups, service->second);
        auto reason = reasons.find(reasonKey);
        if (reason == reasons.end()) {
            if (verdicts.because.size() >= kBatchReasonLimit) {
                reason = reasons.begin();
            } else {
                events::Because why;
                why.rule = rule ? "group/" + rule->rule.id : route ? "route/" + route->id : "group/by-service";
                why.matched.push_back(severityText == 0 ? "no severity label: severity unknown"
                                                        : "severity \"" + std::string(severityWord) + "\" means " + std::string(word(severity)));
                why.matched.push_back(serviceName.empty() ? "no service label" : "belongs to service " + serviceName);
                why.matched.push_back(rule    ? "grouped by rule " + rule->rule.id + (rule->match.text().empty() ? "" : " (" + rule->match.text() + ")")
                                      : route ? "grouped as route " + route->id + " says: no rule matched"
                                           : (serviceName.empty() ? "grouped by alertname: no service" : "grouped by service: no rule matched"));
                std::size_t before = 0;
                for (const Rule &r : m_groups) {
                    if (&r == rule)
                        break;
                    if (++before <= kRuledOutShown)
                        why.ruledOut.push_back("rule " + r.rule.id + " (" + r.match.text() + ")");
                }
                if (before > kRuledOutShown)
                    why.ruledOut.push_back(std::to_string(before - kRuledOutShown) + " more rules before it");
                reason = reasons.emplace(reasonKey, static_cast<std::uint16_t>(verdicts.because.size())).first;
                verdicts.because.push_back(std::move(why));
            }
        }

        group = mergedInto(state, group);
        rows.push_back(static_cast<std::uint32_t>(row));
        verdicts.verdict.push_back(static_cast<std::uint8_t>(verdict));
        verdicts.severity.push_back(static_cast<std::uint8_t>(severity));
        verdicts.service.push_back(service->second);
        verdicts.group.push_back(nameIndex(group));
        verdicts.reason.push_back(reason->second);
    }
    if (!m_broken.empty() && !rows.empty())
        out.problems.insert(out.problems.end(), m_broken.begin(), m_broken.end());
    if (!rows.empty()) {
        events::AlertsReported reported{batch.only(rows)};
        reported.batch.quarantined.clear();
        out.events.emplace_back(std::move(reported));
        out.events.emplace_back(std::move(verdicts));
    }
    return out;
}

} // namespace qd::triage
