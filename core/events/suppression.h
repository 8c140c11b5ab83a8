// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/org.h"

namespace qd::events {

// --- what keeps alerts quiet, and what is made of how they come and go ---

/// What a person places so that alerts stay quiet. Numbers are written to the journal.
enum class SuppressorKind : std::uint8_t {
    Silence = 0, ///< by matchers, also alerts to come
    Shelf = 1,   ///< these alerts, capped by their severity
    Snooze = 2,  ///< alerts of one's own, until later
    Window = 3,  ///< maintenance: a service or matchers, from and until
    Held = 4,    ///< these alerts call nobody; they stay in the queue and are seen
};
/// Also the first part of its id: "silence/3", "shelf/4", "snooze/5", "window/6", "held/7".
[[nodiscard]] std::string_view word(SuppressorKind kind);

/// Input: a person placed one. It never changes an alert's status: what resolves is resolved.
struct SuppressionPlaced {
    SuppressorKind kind = SuppressorKind::Silence;
    std::uint32_t number = 0;        ///< counts up over all kinds
    std::vector<Matcher> matchers;   ///< of a silence or window
    std::vector<std::string> keys;   ///< of a shelf, snooze or hold
    std::string service;             ///< of a window
    Instant from, until;
    bool oneShot = false;            ///< a shelf that ends for an alert when it clears
    std::string reason, owner;
    Actor by;
    QD_FIELDS(f(1, "kind", e.kind); f(2, "number", e.number); f(3, "matchers", e.matchers); f(4, "keys", e.keys); f(5, "service", e.service);
              f(6, "from", e.from); f(7, "until", e.until); f(8, "oneShot", e.oneShot); f(9, "reason", e.reason); f(10, "owner", e.owner);
              f(11, "by", e.by);)
};

/// Input: a person ended one, or took some of its alerts out of it.
struct SuppressionEnded {
    std::string id;
    std::vector<std::string> keys;   ///< none: all of it
    std::string reason;
    Actor by;
    QD_FIELDS(f(1, "id", e.id); f(2, "keys", e.keys); f(3, "reason", e.reason); f(4, "by", e.by);)
};

/// Conclusion: its time has come: of one placed for later, or of a window in the workspace ("maintenance/ID").
struct SuppressionBegan {
    std::string id;
    Because because;
    QD_FIELDS(f(1, "id", e.id); f(2, "because", e.because);)
};

/// Conclusion: its time is over, or, with keys, these alerts of a one-shot shelf have cleared.
struct SuppressionExpired {
    std::string id;
    std::vector<std::string> keys;
    Because because;
    QD_FIELDS(f(1, "id", e.id); f(2, "keys", e.keys); f(3, "because", e.because);)
};

/// Conclusion, row by row: what keeps an alert quiet from now on, besides what its source says; or that nothing does any more.
struct AlertsSuppressed {
    std::vector<std::uint32_t> set;         ///< index into names
    std::vector<std::uint64_t> fingerprint;
    std::vector<std::uint8_t> suppression;  ///< Suppression
    std::vector<std::uint32_t> by;          ///< index into names: "silence/3", "inhibition/rack"
    std::vector<std::uint8_t> announce;     ///< 1: it still fires and counts as new
    std::vector<std::uint16_t> reason;      ///< index into because
    std::vector<std::string> names;         ///< names[0] is ""
    std::vector<Because> because;
    QD_FIELDS(f(1, "set", e.set); f(2, "fingerprint", e.fingerprint); f(3, "suppression", e.suppression); f(4, "by", e.by);
              f(5, "announce", e.announce); f(6, "reason", e.reason); f(7, "names", e.names); f(8, "because", e.because);)
};

/// Conclusion: these alerts come and go too often, or do not any more.
struct AlertsFlapped {
    std::string set;
    std::vector<std::uint64_t> fingerprint;
    bool flapping = true;
    Because because;
    QD_FIELDS(f(1, "set", e.set); f(2, "fingerprint", e.fingerprint); f(3, "flapping", e.flapping); f(4, "because", e.because);)
};

/// Conclusion: a correlation rule's threshold was reached, or these alerts join what it made before.
struct AlertsCorrelated {
    std::string rule, group;
    bool act = false;                       ///< they leave the group they were in for this one
    std::vector<std::uint32_t> set;         ///< index into names
    std::vector<std::uint64_t> fingerprint;
    std::vector<std::string> names;
    Because because;
    QD_FIELDS(f(1, "rule", e.rule); f(2, "group", e.group); f(3, "act", e.act); f(4, "set", e.set); f(5, "fingerprint", e.fingerprint);
              f(6, "names", e.names); f(7, "because", e.because);)
};

/// Input: a person put alerts into another group. `merged`: groups that go into it as a whole, also with what joins them later.
struct AlertsRegrouped {
    std::vector<std::string> keys;
    std::string group, reason;
    std::vector<std::string> merged;
    Actor by;
    QD_FIELDS(f(1, "keys", e.keys); f(2, "group", e.group); f(3, "reason", e.reason); f(4, "merged", e.merged); f(5, "by", e.by);)
};

/// Conclusion: more alarms in 10 minutes than anybody can answer.
struct FloodBegan {
    std::uint32_t alarms = 0; ///< in the 10 minutes before
    Because because;
    QD_FIELDS(f(1, "alarms", e.alarms); f(2, "because", e.because);)
};

/// Conclusion, with the figures of the flood.
struct FloodEnded {
    Instant began;
    std::uint32_t alarms = 0, peak = 0; ///< all in all; the most in 10 minutes
    Because because;
    QD_FIELDS(f(1, "began", e.began); f(2, "alarms", e.alarms); f(3, "peak", e.peak); f(4, "because", e.because);)
};

} // namespace qd::events
