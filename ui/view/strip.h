// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QString>
#include <QStringList>
#include <cstdint>
#include <vector>

namespace qd::view {

/// The core as this seat sees it.
enum class CoreLink { Starting, Loading, Live, Lost };

/// What came in during the last seconds of a storm, and what was left of it; each a second, on average.
struct Storm {
    double raw = 0;        ///< reports
    double fresh = 0;      ///< alerts that were new: the rest repeated what was known
    double groups = 0;     ///< groups those went into
};

/// One feed's age on the strip. `late` and `silent` come from the core's freshness rule, not from the widget's clock.
struct Feed {
    QString name, kind, state; ///< state: "awaiting", "fresh", "late", "silent", "failed"
    QString problem;           ///< one sentence when state is silent or failed
    Instant lastSeen;
    Span period;               ///< how often it is expected
    QString arming;            ///< "observe", or what is allowed: "silences, rooms"
    bool chat = false;
    int pending = 0;           ///< conditions that wait there and are no alerts, as it was last read
};

/// A right somebody took for a time (break-glass), while it stands.
struct Glass {
    std::uint32_t number = 0; ///< 3 of glass/3
    QString person;           ///< what they are called
    QString role, where;      ///< "command"; where: ids of services and incidents, or empty for everything
    Instant since, until;
    QStringList told;         ///< names of those who heard of it
    bool you = false;         ///< who sits here took it
};

struct Strip {
    CoreLink link = CoreLink::Starting;
    QString linkProblem;      ///< why the core is lost, in one sentence
    bool practice = false;    ///< PRACTICE is shown everywhere
    bool recorded = true;     ///< false: the strip says UNRECORDED and why
    QString unrecordedReason;
    QString notice;           ///< what the core wants known, such as a workspace file it refused; one sentence
    QString runMode;          ///< "BESIDE", "DESK", "SOLO"
    bool armed = false;       ///< false: OBSERVE
    QString person;           ///< who sits here
    QString lookedAs = {};    ///< as whom the view is read, in words; empty: as whoever sits here
    int last10 = 0;           ///< alerts opened in the last 10 minutes
    bool flood = false;
    Storm storm;              ///< all zero when nothing came lately
    int overrides = 0;        ///< active silences, shelves and other overrides
    int quarantined = 0;      ///< reports set aside because they were invalid
    int refused = 0;          ///< requests refused at the door since start
    std::vector<Feed> feeds;
    std::vector<Glass> glass = {}; ///< that stand, the one that ends first first
};

} // namespace qd::view
