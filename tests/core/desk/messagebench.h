// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/outward.h"
#include "tests/core/desk/quietbench.h"

namespace qd::tests {

/// Three checks (technical, then legal and PR side by side), a page, people who are mailed, and one holding statement.
inline Workspace aSpeakingWorkspace()
{
    Workspace w = aWorkspace();
    for (const char *id : {"cleo", "lee", "kim", "pat", "dan", "eve"})
        w.people.push_back({id, id, "UTC", {std::string(id) + "@chat.example"}});
    StatusPage p;
    p.id = "shop";
    p.languages = {"en"};
    p.title = {{"en", "Shop"}};
    p.components = {{"pay", {{"en", "Payments"}}, {}, {}, {"mail"}}};
    w.pages = {p};
    w.recipients = {{"press", "Press", {"a@press.example", "b@press.example"}}};
    ApprovalStage technical{"technical", "Technical check", {"shop"}, {}, {}, {}, minutes(10)}, legal{"legal", "Legal", {"lee"}, {"kim"}, {"technical"}, {"customers"}, minutes(15)},
        pr{"pr", "PR", {"pat"}, {"kim"}, {"technical"}, {}, minutes(15)};
    w.approvals = {technical, legal, pr};
    HoldingStatement h;
    h.id = "pay-trouble";
    h.title = "Payments fail";
    h.text = "Some payments fail. Confirmed orders are safe.";
    h.audience = "customers";
    h.page = "shop";
    h.component = "pay";
    h.state = ComponentState::PartialOutage;
    h.services = {"mail"};
    h.to = {"page:shop", "rooms"};
    h.next = minutes(30);
    h.expires = hours(2);
    w.holding = {h};
    return w;
}

/// … in which the press may read what is confidential.
inline Workspace whereThePressIsCleared()
{
    Workspace w = aSpeakingWorkspace();
    ClearanceRule rule;
    rule.id = "press";
    rule.level = DataClass::Confidential;
    rule.recipients = {"press"};
    rule.audiences = {"customers"};
    w.clearances = {rule};
    return w;
}

/// A SEV1 that ana commands, with a room, and its texts for outside.
struct MessageBench : QuietBench {
    explicit MessageBench(Workspace w = aSpeakingWorkspace(), const std::string &kind = {}) : QuietBench(std::move(w))
    {
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
        desk::DeclareIncident d;
        d.title = "Payments fail";
        d.severity = "SEV1";
        d.service = "mail";
        d.kind = kind;
        d.room = false;
        (void)command(d);
        (void)report(events::RoomLinked{"INC-1", "chat", "inc@muc.example", true, false});
        (void)command(desk::TakeCommand{"INC-1", {}}); // ana
    }
    void statusIs(const std::string &status)
    {
        desk::ChangeStatus set;
        set.incident = "INC-1";
        set.status = status;
        set.reason = "so it is";
        const auto done = command(set);
        Q_ASSERT(done);
    }
    desk::DraftMessage aDraft()
    {
        desk::DraftMessage d;
        d.incident = "INC-1"; // also once it is resolved: whoever names none means the one that is open
        d.title = "Payments";
        d.text = "Some payments fail.";
        d.to = {"rooms"};
        return d;
    }
    Result<Outcome> draft(const std::string &by = "cleo") { return command(aDraft(), by); }
    Result<Outcome> edit(const std::string &text, const std::string &by = "cleo")
    {
        desk::DraftMessage d;
        d.incident = "INC-1";
        d.message = 1;
        d.text = text;
        return command(d, by);
    }
    /// Of the text as it is now, unless another is named.
    Result<Outcome> judge(const std::string &by, const std::string &stage, bool approved = true, const std::string &reason = {}, const std::string &hash = {})
    {
        return command(desk::JudgeMessage{"INC-1", stage, hash.empty() ? newestHash() : hash, reason, 1, approved}, by);
    }
    std::string newestHash()
    {
        const state::OutwardMessage m = message();
        return m.versions.empty() ? std::string() : m.newest().hash;
    }
    Result<Outcome> release(const std::string &by = "ana")
    {
        desk::ReleaseMessage r;
        r.incident = "INC-1";
        r.message = 1;
        return command(r, by);
    }
    Result<Outcome> breakGlass(const std::vector<std::string> &tell = {"dan", "eve"}, const std::string &reason = "customers lose money")
    {
        desk::ReleaseMessage r;
        r.incident = "INC-1";
        r.message = 1;
        r.breakGlass = true;
        r.hash = newestHash();
        r.reason = reason;
        r.tell = tell;
        return command(r);
    }
    void approveAll()
    {
        QVERIFY(judge("ben", "technical"));
        QVERIFY(judge("lee", "legal"));
        QVERIFY(judge("pat", "pr"));
    }
    state::OutwardMessage message(std::size_t n = 0)
    {
        return ask([&](const state::State &s) { return n < s.incident("INC-1")->outward.size() ? s.incident("INC-1")->outward[n] : state::OutwardMessage{}; });
    }
    std::string standings()
    {
        return ask([](const state::State &s) {
            std::string out;
            const state::OutwardMessage &m = s.incident("INC-1")->outward.at(0);
            for (const auto &st : comms::standingsOf(*s.workspace, m))
                out += (out.empty() ? "" : ", ") + st.stage->id + " " + std::string(comms::word(st.kind));
            return out;
        });
    }
    std::vector<events::OutboxQueued> written(events::Effect effect, const std::string &text)
    {
        return ask([&](const state::State &s) {
            std::vector<events::OutboxQueued> out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == effect && o.what.text.find(text) != std::string::npos)
                    out.push_back(o.what);
            return out;
        });
    }
    std::vector<std::string> told(const std::string &subject)
    {
        return ask([&](const state::State &s) {
            std::vector<std::string> out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.subject.starts_with("told/") && o.what.subject.ends_with(subject))
                    out.push_back(o.what.person);
            return out;
        });
    }
    std::vector<std::string> withheld()
    {
        return ask([](const state::State &s) {
            std::vector<std::string> out;
            for (const auto &w : s.incident("INC-1")->withheld)
                out.push_back(w.what.reason);
            return out;
        });
    }
    bool alarms()
    {
        return ask([](const state::State &s) {
            return std::any_of(s.alerts.all.begin(), s.alerts.all.end(),
                               [&](const state::Alert &a) { return a.status == AlertStatus::Firing && s.label(a, "alertname") == "MessageBreakGlass"; });
        });
    }
};

/// Whether it was refused, for the reason that is expected; says what came of it if not.
inline bool refused(const Result<Outcome> &r, Code code, const std::string &words)
{
    if (!r && r.error().code == code && r.error().message.find(words) != std::string::npos)
        return true;
    qWarning("%s", r ? "it was done" : r.error().message.c_str());
    return false;
}

} // namespace qd::tests
