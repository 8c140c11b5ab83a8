// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/org.h"

namespace qd::events {

// --- what is promised to people outside, and what is said to them ---

/// Input: an update was put somewhere by hand, where no connection reaches.
struct PostedByHand {
    std::string incident, where;         ///< where: "Slack", "Teams", "mail", "plain text"
    std::uint32_t update = 0;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "where", e.where); f(3, "update", e.update); f(4, "by", e.by);)
};

/// Conclusion: an update that was due did not come: one that was promised, or (promise 0) one the severity asks for. Said once.
struct UpdateMissed {
    std::string incident, audience;
    std::uint32_t promise = 0;
    Instant due;
    Because because;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "audience", e.audience); f(3, "promise", e.promise); f(4, "due", e.due); f(5, "because", e.because);)
};

/// Conclusion: it still did not come, and whoever sees to updates is told, once. An empty person: nobody has a role to be told in.
struct UpdateChased {
    std::string incident, audience, person;
    std::uint32_t promise = 0;
    Instant due;
    Because because;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "audience", e.audience); f(3, "person", e.person); f(4, "promise", e.promise); f(5, "due", e.due);
              f(6, "because", e.because);)
};

/// Input: a text for outside, or a further version of it. Approvals are of a version's hash; every version is to be approved anew.
struct MessageDrafted {
    std::string incident, title, text, audience;
    std::uint32_t message = 0, version = 1;
    std::string hash;                    ///< SHA-256 of what is released: title and text in every language, audience, destinations, times, phase
    std::vector<std::string> to;         ///< "rooms", "page:ID", "mail:ID"
    Instant embargo, expires;            ///< it goes out no sooner; it is not true any longer
    std::string holding;                 ///< the workspace's statement it is word for word; else ""
    Actor by;
    Localized titles = {}, texts = {};   ///< the same in further languages, by their codes
    std::string phase = {};              ///< how far it says that it is: the word of a PagePhase; "": it does not say
    QD_FIELDS(f(1, "incident", e.incident); f(2, "title", e.title); f(3, "text", e.text); f(4, "audience", e.audience); f(5, "message", e.message);
              f(6, "version", e.version); f(7, "hash", e.hash); f(8, "to", e.to); f(9, "embargo", e.embargo); f(10, "expires", e.expires);
              f(11, "holding", e.holding); f(12, "by", e.by); f(13, "titles", e.titles); f(14, "texts", e.texts); f(15, "phase", e.phase);)
};

/// Input: an approver's word on one version.
struct MessageJudged {
    std::string incident, stage, hash, reason;
    std::uint32_t message = 0, version = 0;
    bool approved = true, isDeputy = false;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "stage", e.stage); f(3, "hash", e.hash); f(4, "reason", e.reason); f(5, "message", e.message);
              f(6, "version", e.version); f(7, "approved", e.approved); f(8, "isDeputy", e.isDeputy); f(9, "by", e.by);)
};

/// Input: it may go out. `reason` and `told`: approvals were missing, the glass was broken, these two were told.
struct MessageReleased {
    std::string incident, hash, reason;
    std::uint32_t message = 0, version = 0;
    std::vector<std::string> missing, told;
    Actor by;
    Instant wall = {}; ///< the wall clock's time, where the record's is ahead of it (a clock was set back): an embargo is over by it
    QD_FIELDS(f(1, "incident", e.incident); f(2, "hash", e.hash); f(3, "reason", e.reason); f(4, "message", e.message); f(5, "version", e.version);
              f(6, "missing", e.missing); f(7, "told", e.told); f(8, "by", e.by); f(9, "wall", e.wall);)
};

/// Conclusion: it was released and no embargo holds it: it goes out now.
struct MessageSent {
    std::string incident;
    std::uint32_t message = 0, version = 0;
    Because because;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "message", e.message); f(3, "version", e.version); f(4, "because", e.because);)
};

/// Input: it is withdrawn. A conclusion when the core says it: its time is over ("expired").
struct MessageEnded {
    std::string incident, reason;
    std::uint32_t message = 0;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason); f(3, "message", e.message); f(4, "by", e.by);)
};

/// Conclusion: it was released and may no longer go out, which is an alarm: it is a draft again, to be released anew. Or (mended) that is over: it was released
/// anew, has ended, or a day has passed.
struct MessageHeldBack {
    std::string incident, why;           ///< why: sentences; no word of the message
    std::uint32_t message = 0, version = 0;
    bool mended = false;
    Because because;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "why", e.why); f(3, "message", e.message); f(4, "version", e.version); f(5, "mended", e.mended);
              f(6, "because", e.because);)
};

/// Conclusion: a check was not given in its time; from now on its deputies may give it.
struct ApprovalLate {
    std::string incident, stage;
    std::uint32_t message = 0, version = 0;
    Because because;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "stage", e.stage); f(3, "message", e.message); f(4, "version", e.version); f(5, "because", e.because);)
};

/// Conclusion: a text went out without its approvals, which is an alarm; or (mended) they were given afterwards, or it is over. It is a message of the
/// incident, or (with a page) words on that page: an update of a notice, or a maintenance.
struct ReleaseForced {
    std::string incident;
    std::uint32_t message = 0;
    bool mended = false;
    Because because;
    std::string page = {};
    std::uint32_t notice = 0, update = 0, maintenance = 0;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "message", e.message); f(3, "mended", e.mended); f(4, "because", e.because);
              f(5, "page", e.page); f(6, "notice", e.notice); f(7, "update", e.update); f(8, "maintenance", e.maintenance);)
};

/// Input: an address everybody in the incident needs: the conference, a dashboard. Without an address: it is taken back.
struct LinkPinned {
    std::string incident, title, url;
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "title", e.title); f(3, "url", e.url); f(4, "by", e.by);)
};

/// Input: parts of a text that were marked above what its readers may be told were taken out before it went out, as whoever sent it asked. Before
/// the event of the text, in its record. `what`: "update", "message/2", "page/web".
struct MarksRemoved {
    std::string incident, what, readers;
    std::vector<std::string> classes;    ///< of each part
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "what", e.what); f(3, "readers", e.readers); f(4, "classes", e.classes); f(5, "by", e.by);)
};

} // namespace qd::events
