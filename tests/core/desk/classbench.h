// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/classes.h"
#include "core/desk/past.h"
#include "core/governance/clearance.h"
#include "tests/core/desk/quietbench.h"

namespace qd::tests {

inline const std::string kSaid = "The customer is Jane Canary", kBefore = "A customer, Jane Canary, called"; ///< of ClassBench::aLine

inline Workspace aClassedWorkspace(std::vector<RightRule> rights = {})
{
    Workspace w = aWorkspace();
    for (const char *person : {"dana", "eve"})
        w.people.push_back({person, person, "UTC", {std::string(person) + "@chat.example"}});
    w.teams.push_back({"legal", "Legal", {}, {"dana"}});
    w.templates = {{"cust", "Customers", "customers", "We know: {{state}}", {{"state", "", true}}, {}, AudienceKind::Customer}};
    w.rights = std::move(rights);
    return w;
}

/// Two incidents, one with a room.
struct ClassBench : QuietBench {
    explicit ClassBench(std::vector<RightRule> rights = {}) : QuietBench(aClassedWorkspace(std::move(rights)))
    {
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
        for (const char *title : {"Shop is down", "Mail is down"}) {
            desk::DeclareIncident d;
            d.title = title;
            d.service = "mail";
            (void)command(d);
        }
        (void)report(events::RoomLinked{"INC-1", "chat", "inc-1@muc.example", true, false});
    }
    /// Written, and put otherwise once.
    std::uint64_t aLine()
    {
        const auto line = command(desk::WriteLog{"INC-1", kBefore});
        const auto other = line ? command(desk::ReviseLog{"INC-1", line->id, kSaid}) : line;
        return other ? line->seq : 0;
    }
    events::MessageSeen message(const std::string &id, const std::string &text)
    {
        events::MessageSeen m;
        m.connection = "chat";
        m.room = "inc-1@muc.example";
        m.incident = "INC-1";
        m.messageId = id;
        m.sender = "ana@chat.example";
        m.nick = "Ana";
        m.person = "ana";
        m.verified = true;
        m.text = text;
        m.serverTime = clock.now();
        return m;
    }
    Result<Outcome> classify(std::uint64_t seq, const std::string &level, std::vector<std::string> people = {}, const std::string &by = "ana")
    {
        return command(desk::ClassLine{"INC-1", std::to_string(seq), level, "a customer's name", std::move(people)}, by);
    }
    state::Entry entry(std::uint64_t seq)
    {
        return ask([&](const state::State &s) {
            for (const state::Entry &e : s.incident("INC-1")->timeline)
                if (e.seq == seq)
                    return e;
            return state::Entry{};
        });
    }
    /// Everything a State says, as who has this clearance may read it.
    static std::string readBy(const std::string &dumped, DataClass level) { return sealed(dumped, Reader{level, {}}); }
    /// The State after a record, as a traveller sees it.
    std::string at(std::uint64_t seq)
    {
        state::SnapshotLoader loader;
        const auto state = state::stateAt(desk::pastOf(*journal), seq, loader);
        return state ? dump(*state) : state.error().message;
    }
    std::string outside()
    {
        return ask([](const state::State &s) {
            std::string out;
            for (const auto &[n, o] : s.outbox)
                out += o.what.title + "|" + o.what.text + "\n";
            return out;
        });
    }
};

} // namespace qd::tests
