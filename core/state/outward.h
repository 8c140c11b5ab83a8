// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/outward.h"

#include <string>
#include <vector>

namespace qd::state {

/// An update the severity asks for that did not come: said once, until the audience hears something.
struct CadenceMissed {
    std::string audience;
    Instant due, missedAt, chasedAt;
    QD_FIELDS(f(1, "audience", e.audience); f(2, "due", e.due); f(3, "missedAt", e.missedAt); f(4, "chasedAt", e.chasedAt);)
};

struct MessageVersion {
    std::uint32_t number = 0;
    std::string title, text, audience, hash, by;
    std::vector<std::string> to;
    Instant at, embargo, expires;
    Localized titles = {}, texts = {};   ///< in further languages
    std::string phase = {};              ///< how far it says that it is: the word of a PagePhase; "": it does not say
    QD_FIELDS(f(1, "number", e.number); f(2, "title", e.title); f(3, "text", e.text); f(4, "audience", e.audience); f(5, "hash", e.hash);
              f(6, "by", e.by); f(7, "to", e.to); f(8, "at", e.at); f(9, "embargo", e.embargo); f(10, "expires", e.expires);
              f(11, "titles", e.titles); f(12, "texts", e.texts); f(13, "phase", e.phase);)
};

struct Judgement {
    std::string stage, hash, reason, by;
    std::uint32_t version = 0;
    bool approved = true, isDeputy = false;
    Instant at;
    QD_FIELDS(f(1, "stage", e.stage); f(2, "hash", e.hash); f(3, "reason", e.reason); f(4, "by", e.by); f(5, "version", e.version);
              f(6, "approved", e.approved); f(7, "isDeputy", e.isDeputy); f(8, "at", e.at);)
};

struct LateStage {
    std::string stage;
    std::uint32_t version = 0;
    Instant at;
    QD_FIELDS(f(1, "stage", e.stage); f(2, "version", e.version); f(3, "at", e.at);)
};

/// A text for outside: its versions, what was said of each, and whether it went out.
struct OutwardMessage {
    static constexpr std::size_t kVersionsKept = 100;
    std::uint32_t number = 0;
    std::string holding;                 ///< of the first version
    std::vector<MessageVersion> versions; ///< oldest first, at least one
    std::vector<Judgement> judgements;
    std::vector<LateStage> late;
    std::uint32_t released = 0;          ///< the version; 0: none yet
    Instant releasedAt, sentAt, endedAt;
    std::string releasedBy, reason, ended; ///< reason: why approvals were not waited for; ended: why it is over
    std::vector<std::string> missing, told;
    Instant alarmedAt, mendedAt;         ///< of a release without its approvals
    bool releasedOver = false;           ///< the incident was over when it was released
    Instant heldAt, heldDoneAt;          ///< when it was held back, and since when that is no alarm any more
    std::string held;                    ///< why it was
    bool reachedNobody = false;          ///< it was sent, and no place it was meant for took it: its audience has not heard
    QD_FIELDS(f(1, "number", e.number); f(2, "holding", e.holding); f(3, "versions", e.versions); f(4, "judgements", e.judgements);
              f(5, "late", e.late); f(6, "released", e.released); f(7, "releasedAt", e.releasedAt); f(8, "sentAt", e.sentAt);
              f(9, "endedAt", e.endedAt); f(10, "releasedBy", e.releasedBy); f(11, "reason", e.reason); f(12, "ended", e.ended);
              f(13, "missing", e.missing); f(14, "told", e.told);
              f(15, "alarmedAt", e.alarmedAt); f(16, "mendedAt", e.mendedAt); f(17, "reachedNobody", e.reachedNobody);
              f(18, "releasedOver", e.releasedOver); f(19, "heldAt", e.heldAt); f(20, "heldDoneAt", e.heldDoneAt); f(21, "held", e.held);)

    [[nodiscard]] const MessageVersion &newest() const { return versions.back(); }
    [[nodiscard]] bool isOpen() const { return !releasedAt && !endedAt; }
    /// Released, and not out yet.
    [[nodiscard]] bool isScheduled() const { return releasedAt && !sentAt && !endedAt; }
};

struct PinnedLink {
    std::string title, url, by;
    Instant at;
    QD_FIELDS(f(1, "title", e.title); f(2, "url", e.url); f(3, "by", e.by); f(4, "at", e.at);)
};

} // namespace qd::state
