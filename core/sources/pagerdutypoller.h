// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sources/pagerdutywriter.h"
#include "core/sources/pollline.h"

namespace qd::sources {

/// Reads a PagerDuty account by its REST API v2 and, when armed, does there what was done here.
/// Guarantees:
/// - nothing is over because it is missing from a list: an incident that is known as open and not listed any more is asked for by its id, and
///   what PagerDuty says of it counts. A failed or cut reading resolves nothing;
/// - an incident is handed in only when its keys are known, so that what came of a page of ours, or of a sender that tells us too, is found;
/// - requests are made one after another; 429 ends the reading, and nothing is sent until PagerDuty's `ratelimit-reset` has passed;
/// - unarmed it sends nothing but GET.
/// Owns one thread; everything may be called from any thread. `http` and `clock` must outlive it.
class PagerDutyPoller final {
public:
    static constexpr std::size_t kPageSize = 100, kListLimit = 10'000; ///< docs/REST-API/09-Pagination.md

    PagerDutyPoller(net::HttpClient &http, Intake intake, const Clock &clock, PollOptions options);
    ~PagerDutyPoller(); ///< after it nothing of the poller runs any more
    PagerDutyPoller(const PagerDutyPoller &) = delete;
    PagerDutyPoller &operator=(const PagerDutyPoller &) = delete;

    void start();
    /// Poll now, not only at the next interval.
    void poll();

    void arm(Writes writes);
    /// An outbox entry. Every number ends Confirmed or Failed, by intake.moved; Queued with a reason, Sent and Unknown may come before; what PagerDuty asked
    /// to wait for (429) stays what it is.
    /// False when too much waits: it was not taken, and is to be offered again.
    [[nodiscard]] bool write(PagerDutyWrite what);
    /// An entry that is here has other words: it says them if it is still to be sent.
    void anew(std::uint64_t number, std::string text);
    /// One that is here may not be sent any more, and `why`: if it did not arrive it ends Failed with that.
    void recall(std::uint64_t number, std::string why);

private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace qd::sources
