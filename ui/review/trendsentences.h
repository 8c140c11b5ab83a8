// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

/// What an action did and how far raters agree, said in the language of the window from the values of the core's answer (`get effects`, `get trends`). Where an answer has no such
/// values the sentence is the core's own, in English. Pure.
namespace qd::review {

/// "recurred 2 times in 140 exposed days, before: 9 in 160".
[[nodiscard]] QString effectSentence(const QJsonObject &effect);
/// Why the verdict is what it is.
[[nodiscard]] QString effectReason(const QJsonObject &effect);
/// "to detect: median 4m of 7 before, too few after (2); to resolve: …"; empty: no incident is before or after.
[[nodiscard]] QString effectLengths(const QJsonObject &effect);
/// "Counted from 2026-01-05, when the connection am was added."; empty: it is not known.
[[nodiscard]] QString countedFrom(const QJsonObject &effect);
/// "kappa 0.41 over 6 incidents with two raters or more, between 0.02 and 0.80: shaky, it may be far off"; why there is none.
[[nodiscard]] QString agreementSentence(const QJsonObject &trend);

} // namespace qd::review
