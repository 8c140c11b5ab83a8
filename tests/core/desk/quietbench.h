// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/desk/deskbench.h"

namespace qd::tests {

/// A desk with one inbound connection "am", whose alerts come and go as a test says.
struct QuietBench : Bench {
    QuietBench() { settle(); }
    explicit QuietBench(Workspace w) { settle(std::move(w)); }

    std::string fires(const Labels &labels)
    {
        const ReportBatch batch = aBatch("am", clock.now()).alert(labels).build();
        const std::string key = keyOf(batch);
        const auto done = report(batch);
        Q_ASSERT(done);
        return key;
    }
    void resolves(const Labels &labels)
    {
        const auto done = report(aBatch("am", clock.now()).alert(labels).resolved().build());
        Q_ASSERT(done);
    }
    /// Time passes, and what is due is done.
    void pass(Span span)
    {
        clock.advance(span);
        const auto done = wake();
        Q_ASSERT(done);
    }
    state::Alert alert(const std::string &key)
    {
        return ask([&](const state::State &s) { return s.alert(key) ? *s.alert(key) : state::Alert{}; });
    }
    std::string how(const std::string &key) { return std::string(word(alert(key).suppression)); }
    std::string by(const std::string &key)
    {
        return ask([&](const state::State &s) { return std::string(s.text(s.alert(key)->suppressedBy)); });
    }
    std::string status(const std::string &key) { return std::string(word(alert(key).status)); }
    std::string group(const std::string &key)
    {
        return ask([&](const state::State &s) { return std::string(s.text(s.alert(key)->group)); });
    }
    std::uint64_t hits(const std::string &id)
    {
        return ask([&](const state::State &s) {
            const auto *use = s.suppressors.use(id);
            return use ? use->hits : std::uint64_t{0};
        });
    }
    std::string outcome(const std::string &id)
    {
        return ask([&](const state::State &s) { return s.suppressors.find(id) ? s.suppressors.find(id)->outcome : std::string("?"); });
    }
    Result<Outcome> silence(std::vector<Matcher> matchers, const std::string &duration = "1h", const std::string &reason = "being replaced")
    {
        desk::CreateSilence c;
        c.duration = duration;
        c.reason = reason;
        c.matchers = std::move(matchers);
        return command(c);
    }
    Result<Outcome> shelve(const desk::Strings &keys, const std::string &duration, bool oneShot = false)
    {
        return command(desk::ShelveAlerts{keys, duration, "known, being worked on", oneShot});
    }
};

inline Matcher is(std::string name, std::string value)
{
    return {std::move(name), std::move(value), false, true};
}

inline Matcher like(std::string name, std::string pattern)
{
    return {std::move(name), std::move(pattern), true, true};
}

} // namespace qd::tests
