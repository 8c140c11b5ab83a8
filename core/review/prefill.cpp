// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/prefill.h"

#include "core/base/foldedtext.h"
#include "core/base/numberbehind.h"
#include "core/base/safetext.h"
#include "core/model/marking.h"
#include "core/review/ended.h"
#include "core/review/evidence.h"
#include "core/review/frame.h"
#include "core/review/merged.h"
#include "core/review/participants.h"
#include "core/review/prefillwords.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace qd::review {

using state::Entry;
using state::EntryKind;
using state::Incident;
using state::State;

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr Span kQuickly = minutes(15), kSoon = minutes(5); ///< what counts as quick: a refutation, a first answer
constexpr Span kChangesBefore = hours(2); ///< how long before the impact a change is told

/// How much a line says: where not all have room, those of the log go before what was said in a room, alerts but the first before both, and all before the rest.
enum class Weight : std::uint8_t { Deed, Alert, Log, Message };

/// One line of a list: when, where in the record, what.
struct Line {
    Instant at;
    std::size_t index = kNone;           ///< into the timeline; none: it is in no line
    std::string text;                    ///< "": as the record has it
    std::string reference = {};          ///< of what is in no line: a change, an alert
    Weight weight = Weight::Deed;
};

std::string lengthText(Span span, const std::string &lessThanAMinute)
{
    const std::int64_t all = (std::max<std::int64_t>(span.ns, 0) + minutes(1).ns / 2) / minutes(1).ns;
    return all == 0 ? lessThanAMinute : toText(minutes(all));
}

std::string many(std::size_t n, const std::string &one, const std::string &more)
{
    return std::to_string(n) + " " + (n == 1 ? one : more);
}

/// It was written down when it was over: when it was put into this record says nothing about it.
bool isOfAfterwards(const Incident &incident)
{
    return incident.kind == "rebuilt" || incident.kind == "backfilled";
}

/// What the record has of an incident, looked through once.
class Record {
public:
    Record(const State &state, const Incident &incident) : state(state), incident(incident)
    {
        std::unordered_map<std::string, std::vector<std::size_t>> wanted;
        for (std::size_t n = 0; n < incident.moments.size(); ++n)
            wanted[incident.moments[n].reference].push_back(n);
        moments.assign(incident.moments.size(), kNone);
        for (std::size_t n = 0; n < incident.timeline.size(); ++n) {
            const Entry &e = incident.timeline[n];
            take(e, n);
            if (wanted.empty() || (e.reference.empty() && e.kind != EntryKind::Message))
                continue;
            if (const auto it = wanted.find(state::momentReference(e)); it != wanted.end())
                for (const std::size_t moment : it->second)
                    if (moments[moment] == kNone)
                        moments[moment] = n;
        }
        if (isOfAfterwards(incident))
            declared = first(EntryKind::Declared) != kNone ? at(first(EntryKind::Declared)) : incident.impactSince;
    }
    [[nodiscard]] std::size_t first(EntryKind kind) const
    {
        const auto it = firsts.find(kind);
        return it == firsts.end() ? kNone : it->second;
    }
    /// The first alert but for those that fired before it began and have no end, as one that always fires.
    [[nodiscard]] std::size_t firstOfIt() const
    {
        std::size_t out = kNone;
        for (const std::size_t n : fired)
            if (const Entry &e = incident.timeline[n]; (e.until || e.at >= incident.impactSince) && (out == kNone || e.at < incident.timeline[out].at))
                out = n;
        return fired.empty() ? first(EntryKind::Alert) : out;
    }
    [[nodiscard]] std::size_t numbered(EntryKind kind, std::uint32_t number) const
    {
        const auto it = byNumber.find({kind, number});
        return it == byNumber.end() ? kNone : it->second;
    }
    [[nodiscard]] Instant at(std::size_t index) const { return index == kNone ? Instant{} : incident.timeline[index].at; }

    const State &state;
    const Incident &incident;
    Instant declared = incident.declaredAt;  ///< of one that was written down afterwards: as its files say; else when it began
    std::map<EntryKind, std::size_t> firsts; ///< the earliest of each kind, by when it happened
    std::map<std::pair<EntryKind, std::uint32_t>, std::size_t> byNumber;
    std::vector<std::size_t> severities, statuses, changes, moments; ///< moments: the line each is about
    std::vector<std::size_t> logs, said, given, done, command, fired; ///< said: in a room, as a file has it; fired: an alert, as a file has it
    std::size_t commander = kNone, messages = 0;

private:
    /// That an import moved when it began and was over, which says nothing of what happened.
    [[nodiscard]] bool isOfTheRecord(const Entry &e) const
    {
        return incident.kind == "rebuilt" && e.origin.empty() && (e.reference == "impact" || e.reference.starts_with("until/"));
    }
    void take(const Entry &e, std::size_t n)
    {
        if (e.removed || e.kind == EntryKind::Review || (e.kind == EntryKind::Declared && e.origin.empty() && isOfAfterwards(incident)))
            return;
        const auto [it, isNew] = firsts.emplace(e.kind, n);
        if (!isNew && e.at < incident.timeline[it->second].at)
            it->second = n;
        switch (e.kind) {
        case EntryKind::Hypothesis:
        case EntryKind::HypothesisSettled:
        case EntryKind::Decision:
        case EntryKind::Update: byNumber.emplace(std::pair{e.kind, numberBehindSlash(e.reference)}, n); break;
        case EntryKind::Severity: severities.push_back(n); break;
        case EntryKind::Status: statuses.push_back(n); break;
        case EntryKind::Change: changes.push_back(n); break;
        case EntryKind::Message:
            ++messages;
            if (!e.origin.empty())
                said.push_back(n);
            break;
        case EntryKind::Log:
            if (!isOfTheRecord(e))
                logs.push_back(n);
            break;
        case EntryKind::Alert:
            if (!e.origin.empty())
                fired.push_back(n);
            break;
        case EntryKind::Task:
            if (!e.origin.empty() || byNumber.emplace(std::pair{e.kind, numberBehindSlash(e.reference)}, n).second) // further ones say who took it on
                given.push_back(n);
            break;
        case EntryKind::TaskDone: done.push_back(n); break;
        case EntryKind::Command: command.push_back(n); break;
        case EntryKind::Role:
            command.push_back(n);
            if (commander == kNone && !leavesRoleOpen(e) && (e.origin.empty() ? e.role == word(Role::Commander) : e.text.find(word(Role::Commander)) != std::string::npos)) // a file has words alone
                commander = n;
            break;
        default: break;
        }
    }
};

class Writing {
public:
    explicit Writing(const Record &record) : m_r(record), m_i(record.incident), m_language(languageOf(*record.state.workspace, record.incident.review)), m_isGerman(m_language == "de") {}

    [[nodiscard]] std::string summary() const
    {
        std::string out = "**" + inMarkdown(m_i.title) + "**: " + std::string(word(m_i.severity)) + (m_i.service.empty() ? "" : t(" on ") + inMarkdown(m_i.service)) + ".\n\n";
        const Instant began = m_i.impactSince ? m_i.impactSince : m_r.declared;
        out += t("It began ") + stamp(began) + (declaredLater() ? t(", was declared ") + stamp(m_r.declared) : std::string());
        if (m_i.mitigatedAt)
            out += t(", was mitigated ") + stamp(m_i.mitigatedAt);
        out += m_i.resolvedAt ? t(" and was resolved ") + stamp(m_i.resolvedAt) + ": " + lengthOf(m_i.resolvedAt - began) + t(" in all.\n") : ".\n";
        if (!m_i.closing.summary.empty())
            out += "\n> " + inMarkdown(m_i.closing.summary, 2 * kQuotedBytes) + "\n";
        return out;
    }
    [[nodiscard]] std::string impact() const
    {
        const Workspace &w = *m_r.state.workspace;
        std::string out = t("- Service: ") + (m_i.service.empty() ? t("none was named") : inMarkdown(w.nameOf(m_i.service))) + "\n";
        for (const std::string &id : m_i.reckoned.business)
            if (const BusinessService *b = w.businessService(id))
                out += t("- Business service: ") + inMarkdown(b->name) + (b->customers ? ", " + std::to_string(b->customers) + t(" customers") : "") + (b->regulated ? t(", regulated") : "") + "\n";
        if (!m_i.reckoned.hurt.empty())
            out += t("- As answered then: ") + answer(m_i.reckoned.hurt) + ", " + answer(m_i.reckoned.howMany) + ", " + answer(m_i.reckoned.workaround) + "\n";
        const Instant end = m_i.mitigatedAt ? m_i.mitigatedAt : m_i.resolvedAt;
        if (m_i.impactSince && end)
            out += t("- Lasted: ") + lengthOf(end - m_i.impactSince) + t(", from ") + stamp(m_i.impactSince) + t(" to ") + stamp(end) + "\n";
        for (const std::size_t n : m_r.severities)
            out += "- " + linkTo(n) + " " + recorded(n) + "\n";
        if (m_i.alerts.empty() && !m_r.fired.empty())
            out += t("- Alerts: ") + std::to_string(m_r.fired.size()) + t(", of ") + namesOfFired() + t(", from ") + linkTo(m_r.first(EntryKind::Alert)) + "\n"; // what points at an alert stays inside
        if (!m_i.alerts.empty())
            out += t("- Alerts: ") + std::to_string(m_i.alerts.size()) + (m_i.alertNames.empty() ? "" : t(", of ") + many(m_i.alertNames.size(), t("kind"), t("kinds")) + ": " + names()) + "\n";
        const auto late = static_cast<std::size_t>(std::count_if(m_i.promises.begin(), m_i.promises.end(), [](const state::PromiseTo &p) { return static_cast<bool>(p.missedAt); }));
        const auto unheard = static_cast<std::size_t>(std::count_if(m_i.updates.begin(), m_i.updates.end(), [](const state::Update &u) { return u.unheard; }));
        out += t("- Told: ") + many(m_i.updates.size() - unheard, t("update"), t("updates")) + (unheard == 0 ? "" : "; " + std::to_string(unheard) + t(" more reached nobody")) + (late == 0 ? "" : "; " + many(late, t("promised one"), t("promised ones")) + t(" did not come in time")) + "\n";
        return out;
    }
    [[nodiscard]] std::string narrative() const
    {
        std::string out = t("## How it was noticed\n\n") + list(noticed()) + t("\n## How the search for the cause went\n\n") + list(search()) + t("\n## What was done\n\n") + list(done());
        if (auto key = moments("key"); !key.empty())
            out += t("\n## Key moments\n\n") + list(std::move(key));
        return out;
    }
    [[nodiscard]] std::string timeline() const
    {
        std::vector<Line> all = noticed();
        for (const auto &more : {done(), search(), moments("key"), told()})
            all.insert(all.end(), more.begin(), more.end());
        for (const std::size_t n : m_r.severities)
            all.push_back(line(n));
        given(all);
        commanded(all);
        for (const std::size_t n : m_r.logs)
            all.push_back({m_r.at(n), n, {}, {}, Weight::Log});
        for (const std::size_t n : m_r.said)
            all.push_back({m_r.at(n), n, {}, {}, Weight::Message});
        return t("Times are UTC.\n\n") + list(std::move(all));
    }
    [[nodiscard]] std::string decisions() const
    {
        std::string out;
        for (const state::Decision &d : m_i.decisions) {
            const std::size_t n = m_r.numbered(EntryKind::Decision, d.number);
            out += "- " + (n == kNone ? clock(d.at) : linkTo(n)) + " " + inMarkdown(d.text) + "\n";
            for (const std::string &other : linesOf(d.rejected))
                out += t("  - not taken: ") + inMarkdown(other) + "\n";
        }
        return out.empty() ? t("No decision is in the record.\n") : out;
    }
    [[nodiscard]] std::string hypotheses() const
    {
        std::string out;
        for (const state::Hypothesis &h : m_i.hypotheses) {
            const std::size_t raised = m_r.numbered(EntryKind::Hypothesis, h.number), settled = m_r.numbered(EntryKind::HypothesisSettled, h.number);
            out += "- " + (raised == kNone ? clock(h.at) : linkTo(raised)) + " " + inMarkdown(h.text) + ": ";
            out += !h.settledAt ? t("left open") : (h.refuted ? t("refuted ") : t("confirmed ")) + (settled == kNone ? clock(h.settledAt) : linkTo(settled)) + t(", after ") + lengthOf(h.settledAt - h.at);
            out += (h.reason.empty() ? "" : ": " + inMarkdown(h.reason)) + "\n";
        }
        return out.empty() ? t("No hypothesis is in the record.\n") : out;
    }
    [[nodiscard]] std::string wentWell() const
    {
        std::string out;
        const auto say = [&](std::size_t n, const std::string &text) { out += "- " + (n == kNone ? std::string() : linkTo(n) + " ") + text + "\n"; };
        std::vector<Line> alerts;
        add(alerts, m_r.firstOfIt());
        firstAlert(alerts);
        const std::size_t answer = m_r.first(EntryKind::Acknowledged), update = m_r.first(EntryKind::Update);
        if (!alerts.empty() && alerts.front().at < m_r.declared)
            out += list({Line{alerts.front().at, alerts.front().index, t("an alert told of it before anybody declared it"), alerts.front().reference}});
        if (answer != kNone && isWithin(m_r.at(answer), kSoon))
            say(answer, t("the first call was answered within ") + lengthOf(m_r.at(answer) - m_r.declared));
        if (m_r.commander != kNone && isWithin(m_r.at(m_r.commander), kSoon))
            say(m_r.commander, t("it had an Incident Commander within ") + lengthOf(m_r.at(m_r.commander) - m_r.declared));
        if (update != kNone && isWithin(m_r.at(update), kQuickly))
            say(update, t("the first update went out within ") + lengthOf(m_r.at(update) - m_r.declared));
        for (const state::Hypothesis &h : m_i.hypotheses)
            if (h.refuted && h.settledAt - h.at <= kQuickly)
                say(m_r.numbered(EntryKind::HypothesisSettled, h.number), "\"" + inMarkdown(h.text) + t("\" was refuted within ") + lengthOf(h.settledAt - h.at));
        const bool isKept = !m_i.promises.empty() && std::none_of(m_i.promises.begin(), m_i.promises.end(), [](const state::PromiseTo &p) { return p.missedAt || !p.keptAt; });
        if (isKept)
            say(kNone, t("every promised update came in time (") + std::to_string(m_i.promises.size()) + ")");
        return out.empty() ? t("Nothing of it shows in the record by itself.\n") : out;
    }
    [[nodiscard]] std::string people() const
    {
        std::string out;
        std::size_t left = 0;
        for (const Participant &p : participants(m_r.state, m_i)) {
            if (out.size() > kPrefilledLines * 100) {
                ++left;
                continue;
            }
            out += "- " + inMarkdown(m_r.state.workspace->nameOf(p.person)) + ": ";
            for (std::size_t n = 0; n < p.parts.size(); ++n)
                out += (n == 0 ? "" : ", ") + inMarkdown(partIn(p.parts[n], m_language));
            out += "\n";
        }
        for (const NamedByFile &n : namedByFiles(m_r.state, m_i)) {
            if (out.size() > kPrefilledLines * 100) {
                ++left;
                continue;
            }
            out += "- " + inMarkdown(n.name) + t(": named by a file (") + inMarkdown(n.origin) + ")\n";
        }
        if (left > 0)
            out += t("- and ") + std::to_string(left) + t(" more\n");
        return out.empty() ? t("Nobody is named in the record.\n") : out;
    }

private:
    /// As the review is written.
    [[nodiscard]] std::string t(std::string_view english) const { return m_isGerman ? std::string(inGerman(english)) : std::string(english); }
    /// A line of the record, what the core wrote of it as the review is written.
    [[nodiscard]] std::string recorded(std::size_t n) const
    {
        const Entry &e = m_i.timeline[n];
        return inMarkdown(m_isGerman ? recordInGerman(e) : e.text);
    }
    [[nodiscard]] std::string answer(const std::string &word) const { return inMarkdown(m_isGerman ? answerInGerman(word) : word); }
    [[nodiscard]] std::string lengthOf(Span span) const { return lengthText(span, t("less than a minute")); }
    [[nodiscard]] bool isWithin(Instant t, Span span) const { return t >= m_r.declared && t - m_r.declared <= span; }
    [[nodiscard]] bool declaredLater() const { return m_i.impactSince && m_r.declared > m_i.impactSince; }
    /// To the minute, with the day where it is another than that of the declaration.
    [[nodiscard]] std::string stamp(Instant t) const { return toRfc3339(t).substr(0, 10) + " " + toRfc3339(t).substr(11, 5) + " UTC"; }
    [[nodiscard]] std::string clock(Instant t) const
    {
        const std::string text = toRfc3339(t);
        if (text.size() < 19)
            return {};
        return (text.substr(0, 10) == toRfc3339(m_r.declared).substr(0, 10) ? "" : text.substr(0, 10) + " ") + text.substr(11, 8);
    }
    [[nodiscard]] std::string linkTo(std::size_t n) const { return cite(clock(m_i.timeline[n].at), referenceOf(m_i, n)); }
    [[nodiscard]] Line line(std::size_t n, std::string text = {}) const { return {m_i.timeline[n].at, n, std::move(text)}; }
    /// The words of a line that is shown; most are not, so none are made before.
    [[nodiscard]] std::string toldAs(const Line &l) const
    {
        if (!l.text.empty() || l.index == kNone)
            return l.text;
        const Entry &e = m_i.timeline[l.index];
        return recorded(l.index) + (e.kind == EntryKind::Alert && e.until > e.at ? t(", until ") + clock(e.until) : std::string());
    }
    void add(std::vector<Line> &to, std::size_t n, std::string text = {}) const
    {
        if (n != kNone)
            to.push_back(line(n, std::move(text)));
    }
    [[nodiscard]] static std::vector<std::string> linesOf(const std::string &text)
    {
        std::vector<std::string> out;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            if (end > at)
                out.push_back(text.substr(at, end - at));
            at = end + 1;
        }
        return out;
    }
    [[nodiscard]] static std::string namesOf(const std::vector<std::string> &names)
    {
        constexpr std::size_t kNamed = 10;
        std::string out;
        for (std::size_t n = 0; n < names.size() && n < kNamed; ++n)
            out += (n == 0 ? "" : ", ") + inMarkdown(names[n]);
        return out + (names.size() > kNamed ? " …" : "");
    }
    [[nodiscard]] std::string names() const { return namesOf(m_i.alertNames); }
    /// "2 kinds: CheckoutErrors, LedgerPoolStarved", of the alerts files have.
    [[nodiscard]] std::string namesOfFired() const
    {
        std::vector<std::string> each;
        std::set<std::string> seen;
        for (const std::size_t n : m_r.fired) {
            const std::string &text = m_i.timeline[n].text;
            if (std::string name = safeLine(text.substr(0, std::min(text.find(" fires"), text.find('\n'))), 60); seen.insert(name).second)
                each.push_back(std::move(name));
        }
        return many(each.size(), t("kind"), t("kinds")) + ": " + namesOf(each);
    }
    /// The alerts its files have, each with its end.
    void fired(std::vector<Line> &to) const
    {
        const std::size_t first = m_r.first(EntryKind::Alert);
        for (const std::size_t n : m_r.fired)
            to.push_back({m_i.timeline[n].at, n, {}, {}, n == first ? Weight::Deed : Weight::Alert});
    }

    [[nodiscard]] std::vector<Line> noticed() const
    {
        std::vector<Line> out;
        if (declaredLater())
            out.push_back({m_i.impactSince, kNone, t("the impact begins")});
        changed(out, false);
        fired(out);
        add(out, m_r.first(EntryKind::Alert));
        if (m_r.first(EntryKind::Alert) == kNone)
            firstAlert(out);
        const auto marked = moments("detection");
        out.insert(out.end(), marked.begin(), marked.end());
        add(out, m_r.first(EntryKind::Declared));
        add(out, m_r.first(EntryKind::Acknowledged));
        return out;
    }
    void firstAlert(std::vector<Line> &to) const
    {
        if (const auto first = state::firstOfAlerts(m_i))
            to.push_back({first->startsAt, kNone, t("the first alert fires: ") + inMarkdown(m_r.state.text(first->title)), std::string(kAlertReference) + state::keyOf(m_r.state, *first)});
    }
    /// Changes to what it is about and what that needs, before it was declared or after.
    void changed(std::vector<Line> &to, bool isAfter) const
    {
        const Workspace &w = *m_r.state.workspace;
        std::set<std::string> services{m_i.service};
        if (const Service *s = w.service(m_i.service)) {
            services.insert(s->id);
            for (const Dependency &d : s->needs)
                services.insert(d.to);
        }
        for (const std::string_view id : state::servicesOfAlerts(m_r.state, m_i))
            services.emplace(id);
        const Instant from = (m_i.impactSince ? m_i.impactSince : m_r.declared) - kChangesBefore, ended = endedAt(m_i), until = ended ? ended : m_r.state.time;
        for (const state::Change &c : m_r.state.changes)
            if (!c.service.empty() && services.contains(c.service) && c.at >= from && c.at <= until && (c.at > m_r.declared) == isAfter)
                to.push_back({c.at, kNone, t("change to ") + inMarkdown(c.service) + ": " + inMarkdown(c.title), std::string(kChangeReference) + std::to_string(c.seq)});
        for (const std::size_t n : m_r.changes) // of an incident that was not run here
            if ((m_i.timeline[n].at > m_r.declared) == isAfter)
                to.push_back(line(n, t("change: ") + inMarkdown(m_i.timeline[n].text)));
    }
    [[nodiscard]] std::vector<Line> search() const
    {
        std::vector<Line> out = moments("diagnosis");
        for (const state::Hypothesis &h : m_i.hypotheses) {
            add(out, m_r.numbered(EntryKind::Hypothesis, h.number), t("hypothesis: ") + inMarkdown(h.text));
            add(out, m_r.numbered(EntryKind::HypothesisSettled, h.number), (h.refuted ? t("refuted: ") : t("confirmed: ")) + inMarkdown(h.text) + (h.reason.empty() ? "" : " (" + inMarkdown(h.reason) + ")"));
        }
        return out;
    }
    [[nodiscard]] std::vector<Line> done() const
    {
        std::vector<Line> out = moments("repair");
        for (const state::Decision &d : m_i.decisions)
            add(out, m_r.numbered(EntryKind::Decision, d.number), t("decided: ") + inMarkdown(d.text));
        for (const std::size_t n : m_r.done)
            out.push_back(line(n));
        changed(out, true);
        for (const std::size_t n : m_r.statuses)
            out.push_back(line(n));
        return out;
    }
    void given(std::vector<Line> &to) const
    {
        for (const std::size_t n : m_r.given) {
            const Entry &e = m_i.timeline[n];
            const auto task = std::find_if(m_i.tasks.begin(), m_i.tasks.end(), [&](const state::Task &t) { return e.origin.empty() && t.number == numberBehindSlash(e.reference); });
            add(to, n, t("task given: ") + inMarkdown(task == m_i.tasks.end() ? e.text : task->text));
        }
    }
    /// Who has which role and how command went from one to another, without their names.
    void commanded(std::vector<Line> &to) const
    {
        std::map<std::string, std::string> held; // by role, who had it last
        for (const std::size_t n : m_r.command) {
            const Entry &e = m_i.timeline[n];
            if (e.kind == EntryKind::Command || !e.origin.empty()) {
                if (std::string text = e.origin.empty() ? commandSaid(e) : inMarkdown(e.text); !text.empty())
                    add(to, n, std::move(text));
                continue;
            }
            add(to, n, leavesRoleOpen(e) ? recorded(n) : inMarkdown(roleName(e.role, m_language)) + t(turned(held, e.role, e.reference)));
        }
    }
    [[nodiscard]] static std::string_view turned(std::map<std::string, std::string> &held, const std::string &role, const std::string &person)
    {
        const auto [it, isFirst] = held.try_emplace(role, person);
        const bool isSame = it->second == person;
        it->second = person;
        return isFirst ? ": somebody takes the role" : isSame ? ": who had the role takes it again" : ": the role goes to somebody else";
    }
    /// In words that name nobody; "": the line is about something else.
    [[nodiscard]] std::string commandSaid(const Entry &e) const
    {
        const std::string_view words = turnWords(e.turn);
        const bool isWhySaid = e.reasonAt > 0 && e.reasonAt < e.text.size();
        return words.empty() ? mergedSaid(e) : t(words) + (isWhySaid ? inMarkdown(e.text.substr(e.reasonAt)) : "");
    }
    /// "INC-8, Ledger locked, became part of it".
    [[nodiscard]] std::string mergedSaid(const Entry &e) const
    {
        const Incident *part = mergedBy(m_r.state, m_i, e);
        const std::string title = part && mayTellOf(m_r.state, m_i, *part) ? inMarkdown(part->title) : std::string();
        return !part ? std::string() : part->id + (title.empty() ? "" : ", " + title + ",") + t(" became part of it");
    }
    [[nodiscard]] std::vector<Line> told() const
    {
        std::vector<Line> out;
        for (const state::Update &u : m_i.updates)
            out.push_back({u.at, m_r.numbered(EntryKind::Update, u.number), t("update to ") + inMarkdown(u.audience) + (u.unheard ? t(", which reached nobody") : "")});
        return out;
    }
    [[nodiscard]] std::vector<Line> moments(std::string_view kind) const
    {
        std::vector<Line> out;
        for (std::size_t n = 0; n < m_i.moments.size(); ++n)
            if (const state::KeyMoment &m = m_i.moments[n]; m.kind == kind && !m.withdrawnAt)
                out.push_back({m.at, m_r.moments[n], inMarkdown(m.text)});
        return out;
    }
    /// By time, each line of the record once, and no more than have room.
    [[nodiscard]] std::string list(std::vector<Line> lines) const
    {
        std::stable_sort(lines.begin(), lines.end(), [](const Line &a, const Line &b) { return a.weight != b.weight ? a.weight < b.weight : a.at < b.at; });
        std::set<std::size_t> seen;
        std::vector<Line> shown;
        std::map<Weight, std::size_t> left;
        for (Line &l : lines) {
            if (l.index != kNone && !seen.insert(l.index).second)
                continue;
            if (shown.size() < kPrefilledLines)
                shown.push_back(std::move(l));
            else
                ++left[l.weight];
        }
        std::stable_sort(shown.begin(), shown.end(), [](const Line &a, const Line &b) { return a.at < b.at; });
        std::string out;
        for (const Line &l : shown) {
            const std::string reference = l.index == kNone ? l.reference : referenceOf(m_i, l.index);
            out += "- " + (reference.empty() ? clock(l.at) : cite(clock(l.at), reference)) + " " + toldAs(l) + "\n";
        }
        return out.empty() ? t("Nothing of it is in the record.\n") : out + leftOut(left);
    }
    [[nodiscard]] std::string leftOut(std::map<Weight, std::size_t> &left) const
    {
        const std::size_t deeds = left[Weight::Deed], alerts = left[Weight::Alert], logs = left[Weight::Log], messages = left[Weight::Message];
        if (deeds + alerts + logs + messages == 0)
            return {};
        std::string of = alerts == 0 ? std::string() : many(alerts, t("alert"), t("alerts"));
        if (logs > 0)
            of += (of.empty() ? "" : ", ") + many(logs, t("line of the log"), t("lines of the log"));
        if (messages > 0)
            of += (of.empty() ? "" : ", ") + many(messages, t("message"), t("messages"));
        return t("- and ") + std::to_string(deeds + alerts + logs + messages) + t(" more in the record") + (of.empty() ? "" : t(", among them ") + of) + "\n";
    }

    const Record &m_r;
    const Incident &m_i;
    const std::string_view m_language;
    const bool m_isGerman;
};

/// Whether what stands at a place is between two letters or numbers, of any script.
bool isInWord(std::string_view text, std::size_t at)
{
    const auto isOfWord = [](const Character &c, std::string_view one) { return c.letter != Letter::No && one != "_"; };
    const Character before = lastCharacter(text.substr(0, at)), behind = firstCharacter(text.substr(at + 1));
    return isOfWord(before, text.substr(at - before.bytes, before.bytes)) && isOfWord(behind, text.substr(at + 1, behind.bytes));
}

/// What would be structure in Markdown where it stands.
bool needsEscape(std::string_view text, std::size_t at)
{
    switch (text[at]) {
    case '\\':
    case '`':
    case '*':
    case '<':
    case '>':
    case '|':
    case '~': return true;
    case '_': return !isInWord(text, at);
    case '[':
    case ']': { // two of them are a mark's
        const bool isPair = (at > 0 && text[at - 1] == text[at]) || (at + 1 < text.size() && text[at + 1] == text[at]);
        return !isPair;
    }
    default: return false;
    }
}

} // namespace

std::string inMarkdown(std::string_view text, std::size_t most)
{
    std::string line = safeLine(text, most);
    if (line.size() < text.size() && text.size() > most)
        line += "…";
    line = closed(line); // a cut mark would reach to the end of the whole section
    std::string out;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (needsEscape(line, at))
            out += '\\';
        out += line[at];
    }
    return closed(out); // what was escaped may have closed one
}

std::vector<Prefilled> prefill(const State &state, const Incident &incident)
{
    const Record record(state, incident);
    const Writing w(record);
    std::vector<Prefilled> out{{"summary", w.summary()}, {"impact", w.impact()},         {"narrative", w.narrative()}, {"timeline", w.timeline()},
                               {"decisions", w.decisions()}, {"hypotheses", w.hypotheses()}, {"went-well", w.wentWell()},  {"participants", w.people()}};
    for (Prefilled &p : out)
        if (p.text.size() > state::kSectionBytes)
            p.text = closed(safeText(p.text, state::kSectionBytes - 64)); // room for what closes a mark that was cut
    return out;
}

} // namespace qd::review
