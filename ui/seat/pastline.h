// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/seat/moments.h"

#include <QString>
#include <cstddef>
#include <functional>
#include <memory>

namespace qd::seat {

/// The way of a seat into the past: a second line to the core that fetches the stretch of the log an incident lies in, once, and a thread that
/// folds it to whatever moment is asked for. Of several moments asked for in a row only the last is made. Any thread may call it.
class PastLine final {
public:
    using Want = PastWant;
    using Publish = std::function<void(const view::ViewModelPtr &)>;
    using Refuse = std::function<void(const QString &)>;
    /// What fired in the stretch of an incident.
    using Spans = std::function<void(const QString &incident, const std::shared_ptr<const std::vector<view::AlertSpan>> &)>;

    /// All are called on the thread of the past. Of a stretch longer than `records` the first so many are there: what is asked for later is shown as
    /// it was at the last of them, and that is said.
    PastLine(std::string socket, Publish publish, Refuse refuse, Spans spans, std::size_t records = Reel::kRecords);
    ~PastLine();
    PastLine(const PastLine &) = delete;
    PastLine &operator=(const PastLine &) = delete;

    void go(Want want);
    /// Fetches the stretch and tells what fired in it, before anybody goes there. Of no account where something is wanted meanwhile.
    void prepare(Want want);
    /// Nothing of the past is wanted any more, or what is kept of it may say what is gone.
    void forget();

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace qd::seat
