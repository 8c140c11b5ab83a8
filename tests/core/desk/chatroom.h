// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/encoding.h"
#include "core/desk/identities.h"
#include "core/desk/obey.h"
#include "tests/core/desk/deskbench.h"
#include "tests/support/suite.h"

#include <map>

namespace qd::tests {

/// A room of INC-1 (cart), a chat connection armed for everything, people who speak in it.
struct ChatRoom : Bench {
    int said = 0;

    ChatRoom()
    {
        Workspace w = aWorkspace();
        w.people.push_back({"eve", "Eve", "UTC", {}});
        w.templates = {{"tech", "Technical", "technical", "{{what}} {{next}}", {{"what", "", true}, {"next", "", true}}, {}},
                       {"cust", "Customers", "customers", "{{what}}", {{"what", "", true}}, {}}};
        settle(std::move(w));
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
        desk::DeclareIncident d;
        d.title = "Cart is down";
        d.severity = "SEV2";
        d.service = "cart";
        d.room = false;
        (void)command(d);
        (void)report(events::Event(events::RoomLinked{"INC-1", "chat", "room@muc.example", true, false}));
    }
    void setWorkspace(const std::function<void(Workspace &)> &change)
    {
        events::WorkspaceChanged e;
        e.workspace = ask([](const state::State &s) { return *s.workspace; });
        change(*e.workspace);
        e.digest = "change" + std::to_string(++said);
        QVERIFY(report(events::Event(e)));
    }
    events::MessageSeen from(const std::string &person, const std::string &text, const std::string &incident = "INC-1")
    {
        events::MessageSeen m;
        m.connection = "chat";
        m.room = incident.empty() ? "" : "room@muc.example";
        m.incident = incident;
        m.messageId = "m" + std::to_string(++said);
        m.sender = (person.empty() ? "stranger" : person) + "@chat.example/phone";
        m.nick = person;
        m.person = person;
        m.verified = true;
        m.text = text;
        m.serverTime = clock.now();
        return m;
    }
    /// What is answered to a message: the newest reply, or "".
    std::string answerTo(events::MessageSeen m)
    {
        const auto before = ask([](const state::State &s) { return s.lastOutbox; });
        const auto done = report(events::Event(std::move(m)));
        if (!done)
            return "error: " + done.error().message;
        return ask([&](const state::State &s) {
            std::string out;
            for (const auto &[n, o] : s.outbox)
                if (n > before && (o.what.effect == events::Effect::Reply || o.what.because.rule == "reply/bind"))
                    out += (out.empty() ? "" : "|") + o.what.text;
            return out;
        });
    }
    std::string says(const std::string &person, const std::string &text) { return answerTo(from(person, text)); }
    std::string alone(const std::string &person, const std::string &text) { return answerTo(from(person, text, "")); }
    /// The word a reply asks for.
    static std::string wordIn(const std::string &answer)
    {
        const auto at = answer.find("!yes ");
        return at == std::string::npos ? std::string() : answer.substr(at + 5, answer.find(' ', at + 5) - at - 5);
    }
    template <typename F>
    auto incident(F f)
    {
        return ask([&](const state::State &s) { return f(*s.incident("INC-1")); });
    }
    IncidentStatus status() { return incident([](const state::Incident &i) { return i.status; }); }
    std::string commander()
    {
        return incident([](const state::Incident &i) { return i.holder(Role::Commander); });
    }
    IncidentSeverity severity() { return incident([](const state::Incident &i) { return i.severity; }); }
    std::size_t identities()
    {
        return ask([](const state::State &s) { return s.access.identities.size(); });
    }
    events::IdentitySaid word(const std::string &text, const std::string &address = "eve@phone.example")
    {
        return {"chat", "room@muc.example", "INC-1", address, sha256Hex(text), clock.now(), true, false};
    }
};

} // namespace qd::tests

