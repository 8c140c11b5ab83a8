// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

/// What a hold would keep and what an erasure would take, by what the core says of its streams (`keeping.retention`). The core decides by its own; this
/// is said before it is asked. Pure.
namespace qd::governance {

/// As the core's holds do: a stream and all below it, what is above a narrower scope, or "*" for everything.
[[nodiscard]] bool isReached(const QString &scope, const QString &stream);

/// "INC-7", "7" and "2026-11-23" as the streams they mean; anything else as it is.
[[nodiscard]] QString streamMeant(const QString &typed);

/// What a hold of this scope would keep, in lines.
[[nodiscard]] QString wouldKeep(const QString &scope, const QJsonObject &retention, Instant now);

/// What would be held by nothing any more without this hold (an item of `get holds`), and what of it could go at once; `holds`: all that stand.
[[nodiscard]] QString wouldLetGo(const QJsonObject &hold, const QJsonArray &holds, const QJsonObject &retention, Instant now);

/// Streams whose time is over and that nothing holds; at most as many as one record takes.
inline constexpr qsizetype kErasedAtOnce = 1000;
[[nodiscard]] QStringList dueStreams(const QJsonObject &retention);
[[nodiscard]] qsizetype dueInAll(const QJsonObject &retention); ///< also beyond those

/// What would go, every one of it: its name, what people call it and whether its time is over, and below that how much is in it and what is lost. Of several
/// what they are together comes first. And what forbids it.
struct Erasure {
    QString lines;
    QString forbidden; ///< one sentence: which hold keeps what, or what is not over; empty: neither
};
/// called: stream → what people call it.
[[nodiscard]] Erasure wouldGo(const QStringList &streams, const QJsonObject &retention, const QHash<QString, QString> &called = {});

} // namespace qd::governance
