// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

/// Reads what the core answers (core/control): its lists are JSON, and a widget shows them without knowing how they were made. Of a member that is
/// missing or of another kind there is nothing, never an error: an older core answers with less.
namespace qd::view {

[[nodiscard]] QString textIn(const QJsonObject &from, const char *name);
/// The texts of a list, in its order; what is no text is empty, so that columns stay columns.
[[nodiscard]] QStringList textsIn(const QJsonValue &list);
[[nodiscard]] QStringList textsIn(const QJsonObject &from, const char *name);
/// Whole numbers; 0 for anything else.
[[nodiscard]] qint64 numberIn(const QJsonObject &from, const char *name);
/// RFC 3339; none for anything else.
[[nodiscard]] Instant instantIn(const QJsonObject &from, const char *name);

/// As one plain line of at most kLineBytes: control characters and line ends are none.
inline constexpr std::size_t kLineBytes = 400;
[[nodiscard]] QString lineOf(const QJsonValue &text);
[[nodiscard]] QString lineIn(const QJsonObject &from, const char *name);
/// Several on one line, with commas.
[[nodiscard]] QString linesIn(const QJsonObject &from, const char *name);
/// "2026-12-24 14:02" of what the core says in UTC; empty for none.
[[nodiscard]] QString minuteIn(const QJsonObject &from, const char *name);

} // namespace qd::view
