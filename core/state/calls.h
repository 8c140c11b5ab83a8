// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/calls.h"
#include "core/events/paging.h"

#include <string>
#include <vector>

namespace qd::state {

struct Step {
    std::uint32_t number = 1, round = 0;
    std::vector<std::string> people;
    Instant at, until;
    bool late = false;
    std::vector<std::string> unreachable = {}; ///< those of `people` who have no address to call
    std::vector<std::string> channels = {};    ///< "room:NAME", "webhook:NAME"
    QD_FIELDS(f(1, "number", e.number); f(2, "round", e.round); f(3, "people", e.people); f(4, "at", e.at);
              f(5, "until", e.until); f(6, "late", e.late); f(7, "unreachable", e.unreachable); f(8, "channels", e.channels);)
};

/// "step 2 calls ana; ben has no address to call", with the verb given.
[[nodiscard]] std::string calling(const Step &step, std::string_view verb);

inline constexpr std::string_view kQuiet = "quiet";

/// A call that waited, or waits, because what it is about is likely a consequence of trouble whose owner has answered.
struct Fold {
    std::string rule, suspect;           ///< rule: the workspace's fold rule; "": it never was folded
    Instant since, until, endedAt;       ///< until: at most; endedAt: none while it waits
    events::Because because, ended = {};
    QD_FIELDS(f(1, "rule", e.rule); f(2, "suspect", e.suspect); f(3, "since", e.since); f(4, "until", e.until); f(5, "endedAt", e.endedAt);
              f(6, "because", e.because); f(7, "ended", e.ended);)
};

struct Escalation {
    std::uint32_t number = 0;
    std::string policy, incident, service, about, outcome; ///< outcome: "" while it runs, else acknowledged, exhausted, ended, missed
    bool observed = true;
    Instant startedAt, acknowledgedAt, endedAt;
    std::string acknowledgedBy;
    std::vector<Step> steps;             ///< reached so far
    std::vector<events::Because> because;
    bool hurried = false;                ///< the next step was asked for by hand
    std::uint32_t hurriedStep = 0;       ///< … or this one
    std::string hurriedPerson = {};      ///< … or this person
    std::uint32_t answers = 0;           ///< how many people must answer; 0 counts as 1
    std::vector<std::string> answeredBy = {}; ///< who has, in order
    std::string group = {};              ///< the alert group that calls by itself; then there is no incident
    AlertSeverity severity = AlertSeverity::None; ///< of the alert that did
    std::string heldBy = {};             ///< its next step waits: while this incident sees to it, or (kQuiet) its alerts are quiet
    std::string suspect = {};            ///< the service it is likely a consequence of; "": none is known
    std::vector<std::string> path = {};  ///< from its service to the suspect, both included
    events::Because suspectBecause = {};
    Fold fold = {};
    std::vector<std::string> targets = {}; ///< people and teams asked for by name: a call of its own beside whatever else runs
    [[nodiscard]] bool isDirect() const { return !targets.empty(); }
    [[nodiscard]] bool isRunning() const { return outcome.empty(); }
    [[nodiscard]] bool isFolded() const { return isRunning() && fold.until && !fold.endedAt; }
    QD_FIELDS(f(1, "number", e.number); f(2, "policy", e.policy); f(3, "incident", e.incident);
              f(4, "service", e.service); f(5, "about", e.about); f(6, "outcome", e.outcome);
              f(7, "observed", e.observed); f(8, "startedAt", e.startedAt); f(9, "acknowledgedAt", e.acknowledgedAt);
              f(10, "endedAt", e.endedAt); f(11, "acknowledgedBy", e.acknowledgedBy); f(12, "steps", e.steps);
              f(13, "because", e.because); f(14, "hurried", e.hurried);
              f(15, "hurriedStep", e.hurriedStep); f(16, "hurriedPerson", e.hurriedPerson); f(17, "answers", e.answers);
              f(18, "answeredBy", e.answeredBy); f(30, "group", e.group); f(31, "severity", e.severity); f(32, "heldBy", e.heldBy);
              f(33, "suspect", e.suspect); f(34, "path", e.path); f(35, "suspectBecause", e.suspectBecause); f(36, "fold", e.fold);
              f(37, "targets", e.targets);)
};

/// "checkout → payments → db"
[[nodiscard]] std::string pathText(const std::vector<std::string> &path);
/// "likely consequence of db (checkout → payments → db)", or "".
[[nodiscard]] std::string consequence(const Escalation &escalation);

struct OutboxEntry {
    events::OutboxQueued what;
    Delivery delivery = Delivery::Queued;
    std::string messageId, reason;
    Instant queuedAt, movedAt;
    std::uint32_t attempts = 0;     ///< how often it was sent, as far as that is recorded
    Looked looked = Looked::NotYet; ///< what was found when it was looked for last
    bool resent = false;            ///< it was sent again, after it had been looked for
    Instant insteadAt = {};         ///< when it was said in another room, because it waited here for too long, or was withheld there
    std::string insteadIn = {};     ///< that room, "CONNECTION/ADDRESS"; "": it was withheld
    std::string insteadWhy = {};    ///< why it was withheld
    Instant again = {};             ///< a topic its platform did not take for now: when it takes another, until a newer one of the room is queued
    std::string recalled = {};      ///< why it may not be sent any more: "its text was struck"; "": it may
    Instant recalledAt = {};        ///< since when; none with a reason: it is struck, at a moment the fold has not come to yet
    QD_FIELDS(f(1, "what", e.what); f(2, "delivery", e.delivery); f(3, "messageId", e.messageId);
              f(4, "reason", e.reason); f(5, "queuedAt", e.queuedAt); f(6, "movedAt", e.movedAt);
              f(7, "attempts", e.attempts); f(8, "looked", e.looked); f(9, "resent", e.resent);
              f(10, "insteadAt", e.insteadAt); f(11, "insteadIn", e.insteadIn); f(12, "insteadWhy", e.insteadWhy);
              f(13, "again", e.again); f(14, "recalled", e.recalled); f(15, "recalledAt", e.recalledAt);)
};

/// Within these an OutboxEntry::again is kept, whatever a platform says: what is asked every moment is a burden, what is asked tomorrow is wrong until then.
inline constexpr Span kAgainLeast = seconds(5), kAgainMost = hours(24);

/// A page that waits to go out with others, and the step that made it.
struct WaitingPage {
    std::uint32_t escalation = 0, step = 1;
    std::string incident;
    Instant at;
    QD_FIELDS(f(1, "escalation", e.escalation); f(2, "step", e.step); f(3, "incident", e.incident); f(4, "at", e.at);)
};

/// What waits for one person, and when the last such message went.
struct Bundle {
    std::string person;
    std::vector<WaitingPage> waiting;
    Instant lastAt;
    QD_FIELDS(f(1, "person", e.person); f(2, "waiting", e.waiting); f(3, "lastAt", e.lastAt);)
};

struct AnswerLink {
    events::AnswerLinkMade what;
    Instant at;
    QD_FIELDS(f(1, "what", e.what); f(2, "at", e.at);)
};

/// A test page, and whether the person tried has answered it.
struct TestedPage {
    std::uint32_t number = 0;
    std::string person;
    Instant at, answeredAt;
    Path via = Path::Person;             ///< how it was answered
    QD_FIELDS(f(1, "number", e.number); f(2, "person", e.person); f(3, "at", e.at); f(4, "answeredAt", e.answeredAt); f(5, "via", e.via);)
};

/// What is known of pages besides the outbox: links that answer, what waits for bundles, the tests there were.
struct PageBook {
    static constexpr std::size_t kTestsKept = 100;   ///< the oldest goes
    static constexpr std::size_t kLinksKept = 2000;  ///< the oldest goes; a link lives as long as its call, which is hours
    static constexpr std::size_t kWaitingKept = 500; ///< of one person; beyond it the oldest goes
    std::vector<AnswerLink> links;
    std::vector<Bundle> bundles;
    std::uint32_t lastBundle = 0, lastTest = 0;
    std::vector<TestedPage> tests;
    QD_FIELDS(f(1, "links", e.links); f(2, "bundles", e.bundles); f(3, "lastBundle", e.lastBundle); f(4, "lastTest", e.lastTest); f(5, "tests", e.tests);)
    [[nodiscard]] const TestedPage *test(std::uint32_t number) const
    {
        for (const TestedPage &t : tests)
            if (t.number == number)
                return &t;
        return nullptr;
    }
    [[nodiscard]] const Bundle *of(std::string_view person) const
    {
        for (const Bundle &b : bundles)
            if (b.person == person)
                return &b;
        return nullptr;
    }
};

} // namespace qd::state
