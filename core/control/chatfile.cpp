// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/chatfile.h"

#include "core/base/safetext.h"
#include "core/desk/authorise.h"
#include "core/desk/decide.h"
#include "core/governance/clearance.h"

#include <algorithm>

namespace qd::control {

namespace {

/// How many files a message names, as its connector writes them: "[file: heap.png, 120 KB]" in a line of its own.
std::size_t filesNamedIn(const std::string &text)
{
    constexpr std::string_view kFile = "[file: ";
    std::size_t count = text.starts_with(kFile) ? 1 : 0;
    for (auto at = text.find("\n[file: "); at != std::string::npos; at = text.find("\n[file: ", at + 1))
        ++count;
    return count;
}

/// What is said of a kept file, bound as every mark is that the message has, or had before it was edited: the bytes may say what the words do.
std::string boundAs(const state::Entry &message, std::string text)
{
    std::vector<Marked::Need> needs;
    const auto take = [&](const std::string &said) {
        for (const Marked &mark : marksIn(said))
            for (const Marked::Need &need : mark.needs)
                if ((rankOf(need.level) > rankOf(DataClass::Internal) || !need.names.empty())
                    && std::none_of(needs.begin(), needs.end(), [&](const Marked::Need &n) { return n.level == need.level && n.names == need.names; }))
                    needs.push_back(need);
    };
    take(message.text);
    for (const std::string &earlier : message.revisions)
        take(earlier);
    for (const Marked::Need &need : needs) // one within the other: who reads it meets every one
        text = marked(text, need.level, need.names);
    return text;
}

} // namespace

Result<ChatFile> chatFileMeant(const state::State &state, const FetchEvidence &asked, const events::Actor &by, Instant now)
{
    const auto i = desk::incidentMeant(state, asked.incident);
    if (!i)
        return tl::unexpected(i.error());
    const state::Incident &incident = **i;
    auto ruling = governance::rule(state, by, desk::needOf(state, desk::KeepEvidence{incident.id, {}, {}, {}, {}}, by), FetchEvidence::kMethod, now);
    if (!ruling.allowed)
        return fail(Code::Forbidden, std::move(ruling.why));
    const auto entry = std::find_if(incident.timeline.begin(), incident.timeline.end(),
                                    [&](const state::Entry &e) { return e.kind == state::EntryKind::Message && !asked.message.empty() && e.messageId == asked.message; });
    if (entry == incident.timeline.end())
        return fail(Code::NotFound, "There is no message " + safeLine(asked.message, 60) + " on the timeline of " + incident.id + ".");
    if (entry->removed)
        return fail(Code::Forbidden, "That message was removed by its sender; its files are not fetched any more.");
    const Reader reader = governance::readerOf(state, {governance::Place::Kind::Person, by.person, {}, {incident.service, incident.id}});
    const auto isKept = [&](const std::string &said) { return !keptFrom(said, reader).empty(); };
    if (isKept(entry->text) || std::any_of(entry->revisions.begin(), entry->revisions.end(), isKept))
        return fail(Code::Forbidden, "That message holds words that are for others, and so may its files; ask who may read them.");
    const std::uint32_t number = std::max(asked.file, 1U);
    const std::size_t named = filesNamedIn(entry->text);
    if (number > named)
        return fail(Code::NotFound, named == 0 ? "That message came with no file." : "That message came with " + std::to_string(named) + (named == 1 ? " file." : " files."));
    for (const state::Room &room : incident.rooms)
        if (room.address == entry->room)
            return ChatFile{incident.id, room.connection, entry->messageId, boundAs(*entry, "from the chat room, as " + (entry->actor.empty() ? std::string("somebody") : entry->actor) + (entry->verified ? "" : " (bound to nobody)") + " sent it"), number, entry->room, entry->isReply() ? entry->thread : std::string(), entry->text};
    return fail(Code::Conflict, "The room it was said in is none of this incident any more.");
}

} // namespace qd::control
