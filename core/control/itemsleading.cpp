// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/items.h"

#include "core/command/brief.h"
#include "core/base/clocktext.h"
#include "core/command/standdown.h"
#include "core/command/unitlog.h"
#include "core/review/gates.h"
#include "core/state/intervening.h"

#include <algorithm>

namespace qd::control {

namespace {

template <typename T>
json::array numbersJson(const std::vector<T> &numbers)
{
    json::array out;
    for (const T n : numbers)
        out.emplace_back(n);
    return out;
}

json::object briefItem(std::string_view incident, const command::Brief &b)
{
    return {{"incident", textJson(incident)}, {"severity", b.severity},       {"situation", textsJson(b.situation)},
            {"actions", textsJson(b.actions)}, {"watch", textsJson(b.watch)}, {"text", command::toText(b)}};
}

json::array quietJson(const command::Sheet &sheet)
{
    json::array out;
    for (const command::QuietHere &q : sheet.quiet)
        out.push_back(json::object{{"id", q.id}, {"kind", q.kind}, {"source", q.source}, {"until", timeJson(q.until)}, {"owner", q.owner}, {"reason", q.reason}, {"alerts", q.alerts}});
    return out;
}

using OwedLines = std::vector<std::pair<std::uint32_t, std::string>>;

json::array owedTexts(const OwedLines &owed)
{
    json::array out;
    for (const auto &[number, text] : owed)
        out.emplace_back(text);
    return out;
}

json::array owedJson(const OwedLines &owed)
{
    json::array out;
    for (const auto &[number, text] : owed)
        out.push_back(json::object{{"owed", number}, {"text", text}});
    return out;
}

/// Until its draft is due, were it stood down now: by the worst it was.
std::int64_t daysToReview(const state::State &state, const state::Incident &i)
{
    return (review::reviewDue(state.workspace->review, i.worst, state.time, state.time) - state.time).ns / hours(24).ns;
}

std::string sheetText(const state::State &state, const state::Incident &i, const command::Sheet &s)
{
    constexpr std::size_t kShown = 10;
    const auto count = [](std::size_t n, const char *one, const char *many) { return std::to_string(n) + " " + (n == 1 ? one : many); };
    std::string out = i.id + ", " + std::string(word(i.severity)) + ", " + std::string(word(i.status)) + ": " + i.title;
    const auto line = [&](const std::string &text) { out += "\n- " + text; };
    line(s.stillFiring.empty() ? "nothing of it fires" : count(s.stillFiring.size(), "alert still fires, and why it may must be said:", "alerts still fire, and why they may must be said:"));
    for (std::size_t n = 0; n < std::min(s.stillFiring.size(), kShown); ++n) {
        const state::Alert *a = state.alert(s.stillFiring[n]);
        out += "\n    " + (a ? std::string(state.text(a->title)) + (a->service == 0 ? "" : ", " + std::string(state.text(a->service))) : s.stillFiring[n]);
    }
    if (s.stillFiring.size() > kShown)
        out += "\n    and " + std::to_string(s.stillFiring.size() - kShown) + " more";
    line(count(s.openTasks.size(), "open task", "open tasks") + ", " + count(s.openPromises.size(), "open promise", "open promises") + ", "
         + count(s.runningCalls.size(), "running call", "running calls"));
    for (const std::string &part : s.parts)
        line(part + " is part of the work on it and still open");
    for (const std::string &room : s.rooms)
        line("room, kept unless it is left: " + room + (std::find(s.archivable.begin(), s.archivable.end(), room) == s.archivable.end() ? "" : ", which can be archived too"));
    for (const command::QuietHere &q : s.quiet)
        line(q.id + " stands until " + (q.until ? dayClockText(q.until) : std::string("it clears")) + ", by " + state.workspace->nameOf(q.owner) + (q.reason.empty() ? "" : ": " + q.reason)
             + "; end it or keep it");
    for (const auto &[number, owed] : s.reasonsOwed)
        line("reason owed (" + std::to_string(number) + "): " + owed);
    line(s.finalUpdate ? "an update was sent since it calmed"
         : s.owesUpdate ? "no update was sent since it calmed: send the last one, or say why there is none"
                        : "no update was sent since it calmed");
    if (s.needsReview)
        line("it is reviewed: who, and until when, must be said (as a " + std::string(word(i.worst)) + (i.worst == i.severity ? "" : ", the worst it was") + ", within " + std::to_string(daysToReview(state, i)) + " days)");
    return out;
}

} // namespace

json::object leadingJson(const state::Incident &i)
{
    const auto &l = i.leading;
    json::object out{{"openSince", timeJson(l.openSince)}, {"vacant", l.vacant}, {"seenAt", timeJson(l.seenAt)}, {"calledOutAt", timeJson(l.calledOutAt)}, {"practice", textsJson(l.practice)}, {"offer", nullptr}, {"claim", nullptr}};
    if (!l.offer.to.empty())
        out["offer"] = json::object{{"from", l.offer.from}, {"to", l.offer.to}, {"at", timeJson(l.offer.at)}, {"brief", l.offer.brief},
                                    {"summary", l.offer.summary}, {"actions", l.offer.actions}, {"watch", l.offer.watch}};
    if (!l.claim.person.empty())
        out["claim"] = json::object{{"person", l.claim.person}, {"from", l.claim.from}, {"reason", l.claim.reason}, {"at", timeJson(l.claim.at)}, {"until", timeJson(l.claim.until)}};
    return out;
}

json::object closingJson(const state::Incident &i)
{
    const auto &c = i.closing;
    return {{"proposedAt", timeJson(c.proposedAt)}, {"refired", textsJson(c.refired)},       {"reasonsOwed", owedTexts(state::owedInWords(i))},
            {"stoodDownAt", timeJson(c.stoodDownAt)}, {"verifiedBy", c.verifiedBy},           {"summary", c.summary},
            {"stillFiring", textsJson(c.stillFiring)}, {"firingReason", c.firingReason},       {"reviewOwner", c.reviewOwner},
            {"reviewDue", timeJson(c.reviewDue)},     {"followUps", c.followUps},
            {"noUpdate", c.noUpdate},                 {"roomsLeft", textsJson(c.roomsLeft)},    {"roomsArchived", textsJson(c.roomsArchived)}, {"roomsAskedAt", timeJson(c.roomsAskedAt)}};
}

json::array unitLogItems(const state::State &s)
{
    json::array out;
    for (const auto &[number, i] : s.incidents) {
        std::vector<std::string> people = command::peopleOf(i);
        people.insert(people.begin(), std::string());
        for (const std::string &person : people) {
            const command::UnitLog log = command::unitLog(s, i, person, s.time);
            json::array blocks;
            for (const auto &b : log.blocks)
                blocks.push_back(json::object{{"title", b.title}, {"lines", textsJson(b.lines)}});
            out.push_back(json::object{{"incident", i.id}, {"person", person}, {"text", command::toText(log)}, {"blocks", std::move(blocks)}});
        }
    }
    return out;
}

json::array shiftItems(const state::State &state)
{
    json::array out;
    for (const state::ShiftHandover &h : state.shifts.all)
        out.push_back(json::object{{"id", "shift/" + std::to_string(h.number)}, {"state", h.isOpen() ? "offered" : h.accepted ? "accepted" : "let be"}, {"from", h.from},
                                   {"to", h.to}, {"at", timeJson(h.at)}, {"answeredAt", timeJson(h.answeredAt)}, {"answeredBy", h.answeredBy}, {"brief", h.brief},
                                   {"summary", h.summary}, {"watch", h.watch}, {"words", h.words}});
    return out;
}

json::array briefItems(const state::State &s)
{
    // As of the record it is read at: the same record gives the same bytes.
    json::array out{briefItem({}, command::shiftBrief(s, s.time))};
    for (const auto &[number, i] : s.incidents)
        if (i.isOpen())
            out.push_back(briefItem(i.id, command::brief(s, i, s.time)));
    return out;
}

json::array standDownItems(const state::State &s)
{
    json::array out;
    for (const auto &[number, i] : s.incidents) {
        if (!i.isOpen())
            continue;
        const command::Sheet sheet = command::sheet(s, i);
        out.push_back(json::object{{"incident", i.id},
                                   {"stillFiring", textsJson(sheet.stillFiring)},
                                   {"openTasks", numbersJson(sheet.openTasks)},
                                   {"openPromises", numbersJson(sheet.openPromises)},
                                   {"runningCalls", numbersJson(sheet.runningCalls)},
                                   {"reasonsOwed", owedTexts(sheet.reasonsOwed)},
                                   {"owed", owedJson(sheet.reasonsOwed)},
                                   {"quiet", quietJson(sheet)},
                                   {"rooms", textsJson(sheet.rooms)},
                                   {"archivable", textsJson(sheet.archivable)},
                                   {"parts", textsJson(sheet.parts)},
                                   {"finalUpdate", sheet.finalUpdate},
                                   {"owesUpdate", sheet.owesUpdate},
                                   {"needsReview", sheet.needsReview},
                                   {"reviewDays", daysToReview(s, i)},
                                   {"followUps", sheet.followUps},
                                   {"text", sheetText(s, i, sheet)}});
    }
    return out;
}

} // namespace qd::control
