// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sources/pollline.h"

namespace qd::sources {

/// Reads an Alertmanager by its API v2 and, when armed, writes silences to it.
/// Guarantees:
/// - a failed, cut or unreadable answer is a sourceFailed and resolves nothing; what the source said before stands;
/// - a listing is handed in as a snapshot only when the source knows everything: not while its cluster settles, nor until
///   `settle` after it began (a restarted Alertmanager has forgotten its alerts until Prometheus sends them again). Until
///   then an alert is resolved only when this same process of the source listed it before and does so no longer;
/// - an unchanged listing is a sourceSeen only;
/// - unarmed it sends nothing but GET. Armed, a silence that may or may not have arrived (Unknown) is looked for in the
///   source's list before it is sent again.
/// Owns one thread; everything may be called from any thread. `http` and `clock` must outlive it.
class AlertmanagerPoller final {
public:
    AlertmanagerPoller(net::HttpClient &http, Intake intake, const Clock &clock, PollOptions options);
    ~AlertmanagerPoller(); ///< after it nothing of the poller runs any more
    AlertmanagerPoller(const AlertmanagerPoller &) = delete;
    AlertmanagerPoller &operator=(const AlertmanagerPoller &) = delete;

    void start();
    /// Poll now, not only at the next interval.
    void poll();

    void arm(bool silences);
    /// Outbox entries. `silence` is the JSON of POST /api/v2/silences. Every number ends Confirmed (with the silence's id) or
    /// Failed, by intake.moved; Sent and Unknown may come before. A number already under way is not taken twice.
    void createSilence(std::uint64_t number, std::string silence);
    void expireSilence(std::uint64_t number, std::string id);
    /// A silence that is under way reads otherwise now: if it is sent again, it is sent as this.
    void silenceAnew(std::uint64_t number, std::string silence);
    /// One that is under way may not be sent any more, and `why`: if it did not arrive, it is not sent again and ends Failed with that.
    void recallSilence(std::uint64_t number, std::string why);

private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace qd::sources
