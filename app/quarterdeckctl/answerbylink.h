// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"
#include "core/oncall/answerlink.h"

#include <functional>
#include <memory>
#include <mutex>

namespace qd::app {

/// Somebody confirmed the link of a page: its call, every open call of its bundle, or its test is answered as its person. `done` hears once
/// whether that is recorded; of a bundle, whether at least one of its calls is.
inline void answerByLink(desk::Desk &desk, const oncall::Answering &a, std::function<void(Result<>)> done)
{
    const events::Actor by{a.person, Path::Link};
    const auto told = [](const Result<desk::Outcome> &outcome) { return outcome ? Result<>() : Result<>(tl::unexpected(outcome.error())); };
    if (a.test != 0)
        return desk.command(desk::AnswerTestPage{a.test}, by, [told, done = std::move(done)](const Result<desk::Outcome> &outcome) { done(told(outcome)); });
    struct Waiting {
        std::mutex mutex;
        std::size_t left = 0;
        bool isAny = false;
        Result<> last;
        std::function<void(Result<>)> done;
    };
    const std::vector<std::uint32_t> calls = a.calls.empty() ? std::vector<std::uint32_t>{a.escalation} : a.open;
    const auto waiting = std::make_shared<Waiting>();
    waiting->left = calls.size();
    waiting->done = std::move(done);
    for (const std::uint32_t call : calls)
        desk.command(desk::AcknowledgeEscalation{call}, by, [told, waiting](const Result<desk::Outcome> &outcome) {
            {
                const std::lock_guard lock(waiting->mutex);
                waiting->isAny = waiting->isAny || outcome.has_value();
                if (!outcome)
                    waiting->last = told(outcome);
                if (--waiting->left > 0)
                    return;
            }
            waiting->done(waiting->isAny ? Result<>() : waiting->last);
        });
}

} // namespace qd::app
