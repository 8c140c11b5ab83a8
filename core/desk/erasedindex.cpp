// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/erasedindex.h"

#include "core/base/encoding.h"
#include "core/events/codec.h"
#include "core/journal/erasure.h"
#include "core/journal/journal.h"

#include <algorithm>

namespace qd::desk {

namespace {

/// Who did it: a person's id, "?" for somebody who is nobody here, "" for the core and machines.
std::string authorOf(const events::Event &event)
{
    return visit(
        []<typename T>(const T &e) -> std::string {
            if constexpr (std::is_same_v<T, events::MessageSeen>)
                return e.own ? std::string() : e.person.empty() ? std::string("?") : e.person;
            else if constexpr (std::is_same_v<T, events::ChatCommandRefused>)
                return "?";
            else if constexpr (requires { e.by.person; e.by.via; })
                return e.by.via == Path::Person || e.by.via == Path::Chat || e.by.via == Path::Link ? e.by.person : std::string();
            else
                return {};
        },
        event);
}

/// One word each, as it is asked for: role:commander.
std::string_view roleWord(Role role)
{
    static constexpr std::string_view kWords[] = {"commander", "deputy", "scribe", "communications", "liaison", "expert", "responder", "observer", "reporter"};
    const auto at = static_cast<std::size_t>(role);
    return at < std::size(kWords) ? kWords[at] : "responder";
}

/// The word of their role in the incident; who has none responds.
std::string roleOf(const std::map<std::string, std::string> &roles, const std::string &author)
{
    if (author.empty() || author == "?" || author == "core")
        return author == "?" ? "unbound" : "";
    const auto it = roles.find(author);
    return it == roles.end() || it->second.empty() ? "responder" : it->second;
}

void takeRoles(std::map<std::string, std::string> &roles, const events::Event &event)
{
    const auto *e = getIf<events::RoleAssumed>(&event);
    if (!e)
        return;
    const std::string role = e->title.empty() ? std::string(roleWord(e->role)) : "own"; // the team's own name of it is somebody's words
    // Of the first four there is one at a time; the others are several people's.
    std::erase_if(roles, [&](const auto &held) { return held.second == role && role != "own" && e->role <= Role::Liaison; });
    if (!e->person.empty())
        roles[e->person] = role;
}

} // namespace

ErasedIndexing::ErasedIndexing(std::vector<std::string> streams)
{
    for (std::string &stream : streams) {
        One one;
        one.index.stream = std::move(stream);
        m_all.push_back(std::move(one));
    }
}

Result<bool> ErasedIndexing::take(const journal::Committed &record)
{
    for (One &one : m_all)
        for (const journal::Part &part : record.parts) {
            if (part.erased || part.single || part.family == journal::kErasureFamily || std::string_view(part.stream).starts_with("text/") || !journal::diesWith(part.stream, one.index.stream))
                continue;
            const auto placed = events::decode(part.body);
            if (!placed)
                return tl::unexpected(placed.error());
            for (const auto &p : *placed) {
                takeRoles(one.roles, p.event); // whoever takes a role has it from this line on
                if (m_rows >= events::kErasedRows) {
                    ++one.index.unlisted;
                    continue;
                }
                ++m_rows;
                one.index.rows.push_back({record.seq, record.time, std::string(events::typeName(p.event)), roleOf(one.roles, authorOf(p.event)), toHex(record.hash)});
            }
        }
    return true;
}

events::Events ErasedIndexing::finish(bool whole)
{
    events::Events out;
    for (One &one : m_all) {
        one.index.whole = whole;
        if (!one.index.rows.empty() || one.index.unlisted > 0 || !whole)
            out.emplace_back(std::move(one.index));
    }
    return out;
}

Result<events::Events> indexOfErased(const journal::Journal &journal, const state::State &state, const std::vector<events::ErasedStream> &streams)
{
    std::vector<std::string> names;
    std::uint64_t first = journal.head() + 1;
    for (const events::ErasedStream &s : streams) {
        names.push_back(s.stream);
        std::uint64_t from = 1;
        const state::Incident *i = s.stream.starts_with("incident/") ? state.incident(s.stream.substr(9, s.stream.find('/', 9) - 9)) : nullptr;
        if (i && !i->timeline.empty()) {
            from = i->timeline.front().seq;
        } else if (s.begins.ns > 1) {
            const auto at = journal.seqAt(s.begins);
            if (!at)
                return tl::unexpected(at.error());
            from = std::max<std::uint64_t>(*at, 1);
        }
        first = std::min(first, from);
    }
    ErasedIndexing indexing(std::move(names));
    const std::uint64_t last = std::min(journal.head(), first + kErasedRead - 1);
    Result<> outcome;
    const auto read = journal.replay(first, last, [&](const journal::Committed &record) {
        const auto more = indexing.take(record);
        if (!more)
            outcome = tl::unexpected(more.error());
        return more.has_value() && *more;
    });
    if (!outcome)
        return tl::unexpected(outcome.error());
    if (!read)
        return tl::unexpected(read.error());
    return indexing.finish(last == journal.head());
}

} // namespace qd::desk
