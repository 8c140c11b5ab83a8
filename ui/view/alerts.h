// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/model/words.h"

#include <QString>
#include <QStringList>
#include <memory>
#include <vector>

namespace qd::view {

/// The shelf or snooze an alert is on.
struct Quiet {
    QString reason, by;         ///< by: a name
    Instant since, until;
    bool once = false;          ///< it also ends when the alert clears
};

/// Between the rule that inhibits and the alert that does: "inhibition/rack · SwitchDown rack-3".
inline const QString kSuppressorBehind = QStringLiteral(" · ");

struct AlertRow {
    QString key, title, service, owner, group, incident, source;
    QString suppressedBy;       ///< "silence/4"; of what is inhibited, where it is known, also by which alert (kSuppressorBehind)
    AlertSeverity severity = AlertSeverity::Unknown;
    AlertStatus status = AlertStatus::Firing;
    Workflow workflow = Workflow::New;
    Suppression suppression = Suppression::None;
    Instant startsAt, endsAt;
    std::uint32_t reports = 1;  ///< how often it was reported in this occurrence
    std::uint32_t occurrence = 1;
    QString suspect;            ///< the service it is likely a consequence of; empty: none, or itself
    bool folded = false;        ///< its call waits for that
    bool firstOut = false;      ///< first of its group
    bool chattering = false;
    bool standing = false;      ///< active for more than a day
    bool hidden = false;        ///< characters that are not seen were sent in it
    bool lookalike = false;     ///< a label of it looks like other letters than it is
    bool ours = false;          ///< raised by the console itself (a silent source …)
    bool held = false;          ///< a person holds it: it calls nobody
    std::shared_ptr<const Quiet> quiet = nullptr; ///< of what is shelved or snoozed; shared by all that are on one
};

struct Labelled {
    QString name, value;
};

/// The selected alert in full.
struct AlertDetail {
    QString key;
    std::vector<Labelled> labels, annotations, links;
    struct Because {
        Instant at;
        QString text;
    };
    std::vector<Because> because; ///< why it is here, oldest first
};

/// What several alerts have in common, and which others that fire have it too.
struct Alike {
    int chosen = 0;                ///< how many there are
    std::vector<Labelled> common;  ///< labels all of them have with the same value; at most 30
    struct Others {
        std::uint32_t has = 0;     ///< bit i: they have common[i]; never none
        QStringList by;            ///< the connections that report them, as far as that is known
        int count = 0;
    };
    std::vector<Others> others;
};

/// What keeps alerts quiet: a silence a source keeps, as its list said last, or (no source) what a person placed here.
struct SilenceRow {
    QString source, id, matchers, comment, by;
    Instant from, until;
    bool active = true; ///< false: it begins later
    bool idle = false;  ///< ours, and no alert is quiet by it now
};

} // namespace qd::view
