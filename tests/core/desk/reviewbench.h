// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/desk/quietbench.h"

namespace qd::tests {

inline Workspace aWorkspaceToReview()
{
    Workspace w = aWorkspace();
    for (const char *id : {"eve", "zoe", "max"})
        w.people.push_back({id, id, "UTC", {}});
    w.people[2].name = "Eve Abara";
    return w;
}

/// INC-1: a SEV1 that ana commanded and ben worked on, resolved.
struct ReviewBench : QuietBench {
    explicit ReviewBench(const std::string &severity = "SEV1", Workspace w = aWorkspaceToReview(), const std::string &kind = {}) : QuietBench(std::move(w))
    {
        desk::DeclareIncident d;
        d.title = "Payments fail";
        d.service = "cart";
        d.severity = severity;
        d.room = false;
        d.kind = kind;
        (void)command(d);
        (void)command(desk::TakeCommand{"INC-1", {}});
        (void)command(desk::RaiseHypothesis{"INC-1", "the pool limit"}, "ben");
        (void)command(desk::ChangeStatus{"INC-1", "resolved", "rolled back"});
    }
    const state::Review review()
    {
        return ask([](const state::State &s) { return s.incident("INC-1")->review; });
    }
    state::Section section(const std::string &id)
    {
        const state::Review r = review();
        return r.section(id) ? *r.section(id) : state::Section{};
    }
    std::vector<state::Entry> lines()
    {
        return ask([](const state::State &s) {
            std::vector<state::Entry> out;
            for (const state::Entry &e : s.incident("INC-1")->timeline)
                if (e.kind == state::EntryKind::Review)
                    out.push_back(e);
            return out;
        });
    }
    Result<Outcome> open(const std::string &by = "ana")
    {
        desk::OpenReview o;
        o.incident = "INC-1";
        return command(o, by);
    }
    Result<Outcome> write(const std::string &id, const std::string &text, const std::string &by = "ana", bool draft = false)
    {
        desk::WriteSection w{"INC-1", id, text, section(id).revision(), draft, false};
        return command(w, by);
    }
    Result<Outcome> turn(const std::string &phase, const std::string &by = "ana", const std::string &reason = {})
    {
        return command(desk::TurnReview{"INC-1", phase, reason}, by);
    }
    /// Everything its gates ask for.
    void complete()
    {
        for (const char *person : {"ana", "ben"})
            (void)command(desk::Contribute{"INC-1", {}, "I saw it.", {}}, person);
        for (const char *id : {"summary", "impact", "narrative", "went-well"})
            (void)write(id, "ours");
        (void)command(desk::RateFactor{"INC-1", "trigger.configuration-push", {}, {"hypothesis/1"}, false});
    }
};

} // namespace qd::tests
