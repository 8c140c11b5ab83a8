// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/outwardtexts.h"

#include "core/base/safetext.h"
#include "core/comms/draft.h"
#include "core/comms/outward.h"
#include "core/comms/reach.h"

#include <algorithm>

namespace qd::desk {

using state::Incident;
using state::State;

namespace {

constexpr std::size_t kDestinationsLimit = 20, kAdviceNoted = 5;
constexpr Span kAheadAtMost = hours(24 * 30);

/// Whether a message of the incident waits for its release: this one, or with 0 any.
bool hasWaiting(const Incident &incident, std::uint32_t message)
{
    return std::any_of(incident.outward.begin(), incident.outward.end(),
                       [&](const state::OutwardMessage &m) { return !m.versions.empty() && m.isOpen() && (message == 0 || m.number == message); });
}

} // namespace

Result<const Incident *> messageIncident(const State &state, const std::string &id, std::uint32_t message)
{
    auto meant = incidentMeant(state, id);
    if (meant || !id.empty() || meant.error().code != Code::NotFound)
        return meant;
    const Incident *found = nullptr;
    for (const auto &[number, i] : state.incidents) {
        if (i.isOpen() || !comms::takesTexts(i) || !hasWaiting(i, message))
            continue;
        if (found)
            return fail(Code::Conflict, "No incident is open, and more than one that is over has such a message; say which: --incident " + found->id + " or --incident " + i.id + ".");
        found = &i;
    }
    return found ? Result<const Incident *>(found) : meant;
}

Result<Instant> outwardMoment(const std::string &text, Instant now, const char *what)
{
    Instant at;
    if (const auto span = parseSpan(text))
        at = now + *span;
    else if (const auto given = parseInstant(text); given && *given)
        at = *given;
    else
        return fail(Code::Invalid, "\"" + safeLine(text, 40) + "\" is no time for the " + std::string(what) + "; write a span such as 2h, or 2026-11-29T18:00:00Z.");
    if (at <= now)
        return fail(Code::Invalid, "The " + std::string(what) + " " + toRfc3339(at) + " is over already.");
    if (at - now > kAheadAtMost)
        return fail(Code::Invalid, "The " + std::string(what) + " is more than 30 days ahead.");
    return at;
}

Result<> addLanguages(const Workspace &workspace, const DraftMessage &c, events::MessageDrafted &e)
{
    const std::string first = comms::languageOf(workspace, e.to);
    const std::vector<std::string> known = comms::languagesOf(workspace);
    std::string spoken;
    for (const std::string &language : known)
        if (language != first)
            spoken += (spoken.empty() ? "" : ", ") + language;
    for (const auto &[given, into, most] : {std::tuple<const Localized &, Localized &, std::size_t>{c.texts, e.texts, kOutwardTextBytes}, {c.titles, e.titles, kOutwardTitleBytes}})
        for (const auto &[language, text] : given) {
            if (language == first)
                return fail(Code::Invalid, "\"" + first + "\" is the language of the message's first text; write that without a code.");
            if (std::find(known.begin(), known.end(), language) == known.end())
                return fail(Code::Invalid, "No page of the workspace speaks \"" + safeLine(language, 20) + "\"; besides the first text there may be one in " + (spoken.empty() ? "no other language" : spoken) + ".");
            if (text.size() > most)
                return fail(Code::TooLarge, "A message has a title of 200 bytes and a text of 8,000 at most, in every language; shorten it.");
            if (text.find_first_not_of(" \t\n") == std::string::npos)
                into.erase(language);
            else
                into[language] = most == kOutwardTitleBytes ? safeLine(text, most) : safeText(text, most);
        }
    for (const auto &[language, text] : c.texts)
        if (!e.texts.contains(language))
            e.titles.erase(language);
    for (const auto &[language, title] : e.titles)
        if (!e.texts.contains(language))
            return fail(Code::Invalid, "There is a title in \"" + language + "\" and no text; write both.");
    if (e.texts.contains(first)) // it goes elsewhere now
        return fail(Code::Invalid, "Where it goes, \"" + first + "\" is the language of the message's first text, and it has another in it; take that away: --text " + first + "= with the places it went to.");
    return {};
}

Result<std::vector<std::string>> destinationsMeant(const State &state, const Incident &incident, const std::vector<std::string> &given)
{
    const Workspace &workspace = *state.workspace;
    std::vector<std::string> out;
    if (given.size() > kDestinationsLimit)
        return fail(Code::TooLarge, "A message goes to 20 places at most.");
    for (const std::string &to : given) {
        const bool isRooms = to == "rooms", isPage = to.starts_with("page:"), isMail = to.starts_with("mail:"), isElsewhere = comms::isElsewhere(to);
        if (!isRooms && !isPage && !isMail && !isElsewhere)
            return fail(Code::Invalid, "\"" + safeLine(to, 60) + "\" is no destination; write rooms, room:CONNECTION/ROOM, page:ID, mail:ID or webhook:NAME.");
        if (isPage && !workspace.page(to.substr(5)))
            return fail(Code::NotFound, "There is no status page \"" + safeLine(to.substr(5), 60) + "\" in the workspace.");
        if (isMail && !workspace.recipientsOf(to.substr(5)))
            return fail(Code::NotFound, "There are no [[recipients]] \"" + safeLine(to.substr(5), 60) + "\" in the workspace.");
        if (const auto way = isElsewhere ? comms::wayTo(state, incident, to) : comms::Way{}; isElsewhere && !way.source)
            return fail(Code::NotFound, "\"" + safeLine(to, 60) + "\" is no place: " + safeLine(way.why, 200) + "; `get sources` lists them.");
        if (std::find(out.begin(), out.end(), to) == out.end())
            out.push_back(to);
    }
    return out;
}

void noteDestinations(const State &state, const Incident &incident, const std::vector<std::string> &to, std::vector<std::string> &notes)
{
    for (const std::string &each : to) {
        if (each.starts_with("page:")) {
            if (incident.isDrill())
                notes.push_back("It does not reach " + each + ": a drill says nothing to the public.");
            continue;
        }
        for (const comms::Reach &reach : comms::reachOf(state, incident, {each}))
            if (!reach.why.empty())
                notes.push_back((each == "rooms" ? "It reaches no room: " : "It does not reach " + each + ": ") + reach.why + ".");
    }
    if (to.empty())
        notes.emplace_back("It goes nowhere: it has no destination.");
}

void noteAdvice(const Workspace &workspace, const events::MessageDrafted &e, const DraftMessage &given, std::vector<std::string> &notes)
{
    Localized texts;
    if (!given.title.empty() || !given.text.empty())
        texts[comms::languageOf(workspace, e.to)] = given.text.empty() ? e.title : given.title.empty() ? e.text : e.title + "\n" + e.text;
    for (const auto &[language, text] : given.texts)
        if (e.texts.contains(language))
            texts[language] = e.texts.at(language);
    const auto advice = comms::adviceOn(comms::lintContext(workspace, kindOfAudience(e.audience)), texts);
    for (std::size_t n = 0; n < advice.size() && n < kAdviceNoted; ++n)
        notes.push_back("Advice: " + std::string(comms::word(advice[n].kind)) + ": \"" + advice[n].words + "\": " + advice[n].say);
    if (advice.size() > kAdviceNoted)
        notes.push_back("Advice: and " + std::to_string(advice.size() - kAdviceNoted) + " more.");
}

void notePageLengths(const Workspace &workspace, const std::vector<std::string> &to, const std::string &text, const Localized &texts, std::vector<std::string> &notes)
{
    const std::string first = comms::languageOf(workspace, to);
    for (const std::string &each : to) {
        const StatusPage *page = each.starts_with("page:") ? workspace.page(each.substr(5)) : nullptr;
        if (!page)
            continue;
        for (const auto &[language, said] : comms::spokenOn(*page, comms::inLanguages(first, text, texts), text))
            if (said.size() > kTextLimit) {
                notes.push_back("It does not reach " + each + ": a page takes " + std::to_string(kTextLimit) + " bytes, and the text" + (language.empty() ? "" : " in " + language) + " has "
                                + std::to_string(said.size()) + "; shorten it.");
                break;
            }
    }
}

} // namespace qd::desk
