// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/outward.h"

#include "core/base/encoding.h"
#include "core/comms/pageview.h"
#include "core/comms/reach.h"

#include <algorithm>
#include <utility>

namespace qd::comms {

using state::Incident;
using state::Judgement;
using state::MessageVersion;
using state::OutwardMessage;
using Standing = StageStanding::Kind;

namespace {

bool names(const std::vector<std::string> &list, std::string_view what)
{
    return std::find(list.begin(), list.end(), what) != list.end();
}

/// The last word on the newest version; one on another text does not count, whatever its number says.
const Judgement *lastOn(const OutwardMessage &message, const std::string &stage)
{
    const MessageVersion &v = message.newest();
    const auto it = std::find_if(message.judgements.rbegin(), message.judgements.rend(),
                                 [&](const Judgement &j) { return j.stage == stage && j.version == v.number && j.hash == v.hash; });
    return it == message.judgements.rend() ? nullptr : &*it;
}

bool givesStill(const Workspace &workspace, const ApprovalStage &stage, const std::string &person)
{
    return names(peopleOf(workspace, stage.approvers), person) || names(peopleOf(workspace, stage.deputies), person);
}

/// "Legal", or its id where it has no name.
const std::string &stageName(const ApprovalStage &stage)
{
    return stage.name.empty() ? stage.id : stage.name;
}

/// "Lee or Kim gives it"
std::string whoGives(const Workspace &workspace, const ApprovalStage &stage)
{
    constexpr std::size_t kNamed = 3;
    const std::vector<std::string> people = peopleOf(workspace, stage.approvers);
    std::string out;
    for (std::size_t n = 0; n < std::min(people.size(), kNamed); ++n)
        out += (n > 0 ? " or " : "") + workspace.nameOf(people[n]);
    return people.empty() ? "nobody does" : out + (people.size() > kNamed ? " or another gives it" : " gives it");
}

bool isWithoutApprovals(const OutwardMessage &m)
{
    return m.releasedAt && !m.missing.empty();
}

/// An alarm about a release without approvals ends when they were given afterwards, or with the incident.
bool isMended(const Workspace &workspace, const Incident &incident, const OutwardMessage &m)
{
    return incident.status >= IncidentStatus::Closed || !m.releasedAt || missingOf(workspace, m).empty();
}

const char *whyMended(const Incident &incident, const OutwardMessage &m)
{
    return incident.status >= IncidentStatus::Closed ? "the incident is closed" : !m.releasedAt ? "it was held back" : "the approvals were given";
}

} // namespace

std::string digestOf(const MessageVersion &v)
{
    std::string all;
    const auto add = [&](std::string_view part) { all += std::to_string(part.size()) + ":" + std::string(part) + "\n"; };
    add(v.title);
    add(v.text);
    add(v.audience);
    for (const std::string &to : v.to)
        add(to);
    add(toRfc3339(v.embargo));
    add(toRfc3339(v.expires));
    // Nothing for what is in one language: hashes of before stay what they were.
    for (const auto &[what, texts] : {std::pair<std::string_view, const Localized &>{"title ", v.titles}, {"text ", v.texts}})
        for (const auto &[language, text] : texts) {
            add(std::string(what) + language);
            add(text);
        }
    if (!v.phase.empty())
        add("phase " + v.phase);
    return sha256Hex(all);
}

std::string digestOf(const events::MessageDrafted &e)
{
    return digestOf(MessageVersion{e.version, e.title, e.text, e.audience, {}, {}, e.to, {}, e.embargo, e.expires, e.titles, e.texts, e.phase});
}

std::string digestOf(const HoldingStatement &h)
{
    std::string all = digestOf(MessageVersion{1, h.title, h.text, h.audience, {}, {}, h.to, {}, {}, {}, h.titles, h.texts});
    for (const std::string_view part : {std::string_view(h.page), std::string_view(h.component), word(h.state)})
        all += "\n" + std::to_string(part.size()) + ":" + std::string(part);
    return sha256Hex(all);
}

std::string languageOf(const Workspace &workspace, const std::vector<std::string> &to)
{
    for (const std::string &each : to)
        if (const StatusPage *page = each.starts_with("page:") ? workspace.page(each.substr(5)) : nullptr; page && !page->languages.empty())
            return page->languages.front();
    return workspace.pages.empty() || workspace.pages.front().languages.empty() ? "en" : workspace.pages.front().languages.front();
}

std::vector<std::string> languagesOf(const Workspace &workspace)
{
    std::vector<std::string> out;
    for (const StatusPage &page : workspace.pages)
        for (const std::string &language : page.languages)
            if (!names(out, language))
                out.push_back(language);
    return out.empty() ? std::vector<std::string>{"en", "de"} : out;
}

Localized inLanguages(const std::string &first, const std::string &text, const Localized &others)
{
    Localized out = others;
    if (!text.empty())
        out[first] = text;
    return out;
}

Localized spokenOn(const StatusPage &page, Localized texts, const std::string &otherwise)
{
    std::erase_if(texts, [&](const auto &each) { return std::find(page.languages.begin(), page.languages.end(), each.first) == page.languages.end(); });
    return texts.empty() ? Localized{{"", otherwise}} : texts;
}

std::string inEveryLanguage(const MessageVersion &v)
{
    std::string out = v.text;
    for (const auto &[language, text] : v.texts) {
        const auto title = v.titles.find(language);
        out += "\n\n" + std::string(languageName(language)) + (title == v.titles.end() ? std::string() : ": " + title->second) + "\n" + text;
    }
    return out;
}

std::string_view word(StageStanding::Kind kind)
{
    static constexpr std::string_view kWords[] = {"waits", "open", "passed", "refused"};
    return kWords[static_cast<std::size_t>(kind)];
}

bool isHolding(const OutwardMessage &m)
{
    return !m.holding.empty() && m.versions.size() == 1;
}

std::vector<StageStanding> standingsOf(const Workspace &workspace, const OutwardMessage &message)
{
    std::vector<StageStanding> out;
    if (message.versions.empty() || isHolding(message))
        return out;
    const MessageVersion &v = message.newest();
    for (const ApprovalStage *stage : stagesFor(workspace, v.audience, v.to)) {
        StageStanding s;
        s.stage = stage;
        s.judgement = lastOn(message, stage->id);
        if (s.judgement && s.judgement->approved && !message.sentAt && !message.endedAt && !givesStill(workspace, *stage, s.judgement->by))
            s.lapsed = std::exchange(s.judgement, nullptr);
        s.isLate = std::any_of(message.late.begin(), message.late.end(), [&](const state::LateStage &l) { return l.stage == stage->id && l.version == v.number; });
        out.push_back(std::move(s));
    }
    // What comes before is looked at through the list, in any order; the reader refuses circles.
    for (StageStanding &s : out) {
        s.openedAt = v.at;
        bool waits = false;
        for (const std::string &before : s.stage->after)
            for (const StageStanding &other : out)
                if (other.stage->id == before) {
                    const bool passed = other.judgement && other.judgement->approved;
                    waits = waits || !passed;
                    if (passed)
                        s.openedAt = std::max(s.openedAt, other.judgement->at);
                }
        s.kind = s.judgement ? (s.judgement->approved ? Standing::Passed : Standing::Refused) : waits ? Standing::Waits : Standing::Open;
        s.due = s.openedAt + s.stage->within;
        if (s.kind == Standing::Waits)
            s.openedAt = s.due = {};
    }
    return out;
}

std::vector<std::string> peopleOf(const Workspace &workspace, const std::vector<std::string> &list)
{
    std::vector<std::string> out;
    const auto add = [&](const std::string &person) {
        if (!names(out, person))
            out.push_back(person);
    };
    for (const std::string &id : list)
        if (const Team *team = workspace.team(id))
            for (const std::string &member : team->members)
                add(member);
        else
            add(id);
    return out;
}

Result<bool> mayJudge(const Workspace &workspace, const OutwardMessage &message, const StageStanding &s, const std::string &person, Instant now)
{
    const std::string stage = s.stage->name.empty() ? s.stage->id : s.stage->name;
    const auto approvers = peopleOf(workspace, s.stage->approvers), deputies = peopleOf(workspace, s.stage->deputies);
    if (!names(approvers, person) && !names(deputies, person))
        return fail(Code::Forbidden, workspace.nameOf(person) + " does not give \"" + stage + "\"; the workspace names others.");
    if (message.newest().by == person)
        return fail(Code::Forbidden, "Who wrote a version does not approve it; somebody else reads it.");
    if (s.kind == Standing::Waits)
        return fail(Code::Conflict, "\"" + stage + "\" comes after other checks, which are not passed yet.");
    if (names(approvers, person))
        return false;
    if (now < s.due)
        return fail(Code::Forbidden, workspace.nameOf(person) + " is a deputy for \"" + stage + "\" and may answer from " + clockText(s.due) + " on.");
    return true;
}

std::vector<std::string> missingOf(const Workspace &workspace, const OutwardMessage &message)
{
    std::vector<std::string> out;
    for (const StageStanding &s : standingsOf(workspace, message))
        if (s.kind != Standing::Passed)
            out.push_back(s.stage->id);
    return out;
}

std::vector<std::string> blocksOf(const Workspace &workspace, const OutwardMessage &m, Instant now)
{
    std::vector<std::string> out;
    if (m.versions.empty())
        return {"It has no text."};
    const MessageVersion &v = m.newest();
    if (m.endedAt)
        return {"It is over: " + m.ended + "."};
    if (m.releasedAt)
        return {"It was released already."};
    if (v.hash != digestOf(v))
        out.push_back("Its text is not the one that was written: it was struck or changed. Write a new version.");
    if (v.expires && v.expires <= now)
        out.push_back("Its time was over at " + clockText(v.expires) + "; write a new version.");
    for (const StageStanding &s : standingsOf(workspace, m)) {
        const std::string &name = stageName(*s.stage);
        if (s.lapsed) {
            out.push_back(name + " was given by " + workspace.nameOf(s.lapsed->by) + ", who gives it no longer; " + whoGives(workspace, *s.stage) + ".");
            continue;
        }
        switch (s.kind) {
        case Standing::Passed: break;
        case Standing::Refused: out.push_back(name + ": refused by " + workspace.nameOf(s.judgement->by) + (s.judgement->reason.empty() ? "." : ": " + s.judgement->reason)); break;
        case Standing::Open: out.push_back(name + " is not given yet" + (s.due <= now ? "; its time was over at " + clockText(s.due) : "; due " + clockText(s.due)) + "."); break;
        case Standing::Waits: out.push_back(name + " comes after checks that are not passed yet."); break;
        }
    }
    return out;
}

std::string overtakenBy(const Incident &incident, const OutwardMessage &m, Instant now)
{
    if (m.versions.empty() || !m.isScheduled())
        return {};
    const MessageVersion &v = m.newest();
    const std::string is = incident.id + " is " + std::string(qd::word(incident.status));
    const bool saysResolved = v.phase == word(PagePhase::Resolved);
    if (incident.status == IncidentStatus::Merged)
        return incident.id + " was merged into " + incident.merged.into + ".";
    if (incident.isOpen()) {
        if (m.releasedOver)
            return is + " again since it was released: it was over then.";
        return saysResolved && v.embargo <= now ? is + " still, and it says \"resolved\"." : std::string();
    }
    if (m.releasedOver)
        return {};
    if (incident.status == IncidentStatus::Cancelled)
        return is + " since it was released.";
    if (saysResolved) // it was written for this
        return {};
    return is + " since it was released, and " + (v.phase.empty() ? "it does not say that it is about one that is resolved." : "it says \"" + v.phase + "\".");
}

std::vector<std::string> lapsedOf(const Workspace &workspace, const Incident &incident, const OutwardMessage &m, Instant now)
{
    std::vector<std::string> out;
    if (m.versions.empty() || !m.isScheduled())
        return out;
    const MessageVersion &v = m.newest();
    if (v.hash != digestOf(v))
        out.push_back("Its text is not the one that was released: it was struck or changed.");
    for (const StageStanding &s : standingsOf(workspace, m)) {
        const bool isRefused = s.kind == Standing::Refused;
        if (s.kind == Standing::Passed || (names(m.missing, s.stage->id) && !(isRefused && s.judgement->at > m.releasedAt)))
            continue;
        out.push_back("\"" + stageName(*s.stage) + "\" "
                      + (s.lapsed ? "was given by " + workspace.nameOf(s.lapsed->by) + ", who gives it no longer; " + whoGives(workspace, *s.stage)
                         : isRefused ? "is refused by now, by " + workspace.nameOf(s.judgement->by)
                                     : std::string("is asked for by now, and not given"))
                      + ".");
    }
    if (std::string overtaken = overtakenBy(incident, m, now); !overtaken.empty())
        out.push_back(std::move(overtaken));
    return out;
}

bool isJudged(const OutwardMessage &m)
{
    return !m.endedAt && (!m.sentAt || !m.missing.empty());
}

Result<void> mayRelease(const Workspace &workspace, const Incident &incident, const std::string &person, bool holding)
{
    const std::string commander = incident.holder(Role::Commander);
    if (commander == person && !person.empty())
        return {};
    if (!holding && !person.empty() && (incident.holder(Role::Deputy) == person || incident.holder(Role::Communications) == person))
        return {};
    // What is learnt of one that is over goes out when nobody is at work in it any more.
    const bool isOver = !incident.isOpen();
    const std::string &owner = incident.review.owner;
    if (!holding && isOver && !person.empty() && (commander.empty() || owner == person))
        return {};
    const std::string who = !commander.empty() ? workspace.nameOf(commander) + " commands " + incident.id + (isOver && !holding && !owner.empty() ? ", and " + workspace.nameOf(owner) + ", who owns its review, releases it as well" : "")
        : isOver                               ? "nobody commands " + incident.id + ", which is over; write a message"
                                               : "nobody commands " + incident.id + " yet; take command first";
    return fail(Code::Forbidden, holding ? "A holding statement is released by whoever commands: " + who + "."
                                         : "A message is released by whoever commands, the Deputy or the Communications Lead: " + who + ".");
}

std::vector<const HoldingStatement *> holdingFor(const state::State &state, const Incident &incident)
{
    const Workspace &w = *state.workspace;
    std::vector<const HoldingStatement *> out;
    if (w.holding.empty())
        return out;
    const auto idOf = [&](std::string_view name) {
        const Service *s = w.service(name);
        return s ? s->id : std::string(name);
    };
    std::vector<std::string> touched;
    if (!incident.service.empty())
        touched.push_back(idOf(incident.service));
    for (const std::string &key : incident.alerts)
        if (const state::Alert *a = state.alert(key); a && a->service != 0)
            if (std::string id = idOf(state.text(a->service)); !names(touched, id))
                touched.push_back(std::move(id));
    for (const HoldingStatement &h : w.holding)
        if (h.services.empty() || std::any_of(h.services.begin(), h.services.end(), [&](const std::string &s) { return names(touched, s); }))
            out.push_back(&h);
    return out;
}

std::string_view standingWord(const Workspace &workspace, const OutwardMessage &m)
{
    if (m.endedAt)
        return m.ended;
    if (m.sentAt)
        return "sent";
    if (m.releasedAt)
        return "scheduled";
    return missingOf(workspace, m).empty() ? "approved" : "draft";
}

bool takesTexts(const Incident &incident)
{
    return incident.isOpen() || incident.status == IncidentStatus::Resolved || (incident.review.isOpen() && incident.status != IncidentStatus::Merged);
}

events::Events messagesDue(const state::State &state, Instant now, Instant wall)
{
    events::Events out;
    const Workspace &w = *state.workspace;
    for (const auto &[number, i] : state.incidents)
        for (const OutwardMessage &m : i.outward) {
            if (m.versions.empty())
                continue;
            const MessageVersion &v = m.newest();
            const bool isOver = v.expires && v.expires <= wall;
            if (m.isScheduled() && !isOver && (!v.embargo || v.embargo <= wall) && lapsedOf(w, i, m, wall).empty())
                out.emplace_back(events::MessageSent{i.id, m.number, m.released, {"message/embargo", {"the embargo was over at " + clockText(v.embargo)}, {}}});
            if (isOver && !m.endedAt)
                out.emplace_back(events::MessageEnded{i.id, "its time was over at " + clockText(v.expires), m.number, {"core", Path::Own}});
            if (m.isOpen() && takesTexts(i))
                for (const StageStanding &s : standingsOf(w, m))
                    if (s.kind == Standing::Open && !s.isLate && s.due <= now)
                        out.emplace_back(events::ApprovalLate{i.id, s.stage->id, m.number, v.number, {"message/late", {"asked for at " + clockText(s.openedAt) + ", due " + clockText(s.due)}, {}}});
            if (isWithoutApprovals(m) && !m.alarmedAt)
                out.emplace_back(events::ReleaseForced{i.id, m.number, false, {"message/glass", {m.releasedBy + " released it without its approvals"}, {}}});
            else if (m.alarmedAt && !m.mendedAt && isMended(w, i, m))
                out.emplace_back(events::ReleaseForced{i.id, m.number, true, {"message/glass", {whyMended(i, m)}, {}}});
        }
    return out;
}

Instant nextMessageDue(const state::State &state)
{
    Instant next;
    const auto sooner = [&](Instant at) {
        if (at && (!next || at < next))
            next = at;
    };
    const Instant atOnce = std::max(state.time, Instant{1});
    const Workspace &w = *state.workspace;
    for (const auto &[number, i] : state.incidents)
        for (const OutwardMessage &m : i.outward) {
            if (m.versions.empty())
                continue;
            const MessageVersion &v = m.newest();
            if (m.isScheduled())
                sooner(v.embargo ? v.embargo : atOnce);
            if (!m.endedAt)
                sooner(v.expires);
            if (m.isOpen() && takesTexts(i))
                for (const StageStanding &s : standingsOf(w, m))
                    if (s.kind == Standing::Open && !s.isLate)
                        sooner(s.due);
            if ((isWithoutApprovals(m) && !m.alarmedAt) || (m.alarmedAt && !m.mendedAt && isMended(w, i, m)))
                sooner(atOnce);
        }
    return next;
}

} // namespace qd::comms
