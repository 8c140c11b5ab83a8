// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/seat/reel.h"
#include "ui/seat/viewbuilder.h"
#include "ui/view/viewmodel.h"

#include <functional>
#include <memory>

namespace qd::seat {

/// The way of a seat into the past: a second line to the core that fetches the stretch of the log an incident lies in, once, and a thread that
/// folds it to whatever moment is asked for. Of several moments asked for in a row only the last is made. Any thread may call it.
class PastLine final {
public:
    /// What is to be seen, and what the present knows of it.
    struct Want {
        view::PastPoint point;
        Looking looking;                 ///< who looks; `now`, `incident` and `review` are set from the point
        std::uint64_t firstSeq = 1;      ///< the first record of the incident
        std::uint64_t head = 0;          ///< the last record there is
        Instant to;                      ///< the stretch ends; what is asked for later is as it was then
        std::shared_ptr<const view::Evidence> evidence;
        std::shared_ptr<const Workspace> workspace;
        bool imported = false;           ///< the log was written long after it: it has no State of that moment
    };
    using Publish = std::function<void(const view::ViewModelPtr &)>;
    using Refuse = std::function<void(const QString &)>;

    /// Both are called on the thread of the past.
    PastLine(std::string socket, Publish publish, Refuse refuse);
    ~PastLine();
    PastLine(const PastLine &) = delete;
    PastLine &operator=(const PastLine &) = delete;

    void go(Want want);
    /// Nothing of the past is wanted any more, or what is kept of it may say what is gone.
    void forget();

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace qd::seat
