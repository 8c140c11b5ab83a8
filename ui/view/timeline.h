// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/model/words.h"

#include <QString>
#include <QStringList>

namespace qd::view {

enum class Lane { Alerts, Changes, People, Decisions, Updates, Chat };

struct TimelineEntry {
    QString id, text, actor;
    QString claims;     ///< whose line its sender asked to change or remove, in vain
    Lane lane = Lane::People;
    QString kind;       ///< "declared", "change", "page", "ack", "log", "decision", "hypothesis", "task", "promise", "update", "message", "gap" …
    Instant at;
    bool edited = false, removed = false, pinned = false;
    QString delivery;   ///< "", "queued", "sent", "confirmed", "unknown", "failed"
    QStringList reactions;
    AlertSeverity severity = AlertSeverity::None;
};

struct AlertSpan {
    QString key, title;
    AlertSeverity severity = AlertSeverity::Unknown;
    Instant from, to; ///< to is none while it fires
};

} // namespace qd::view
