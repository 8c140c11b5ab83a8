// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/redline.h"
#include "core/model/statuspage.h"
#include "ui/view/strip.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <vector>

/// An item of `get pages` in words. Pure.
namespace qd::comms {

/// A text by languages in the first of them, as the page shows it to who asks for none.
[[nodiscard]] QString firstOf(const QJsonValue &texts, const QStringList &languages);
[[nodiscard]] QStringList languagesOf(const QJsonObject &page);

/// A component's state as the public reads it, with a shape before it.
[[nodiscard]] QString stateWords(const QString &state);
/// What a component is and why: it follows from something, or somebody said so, with their reason and until when; whether it drifts.
[[nodiscard]] QString componentLine(const QJsonObject &component, const QStringList &languages);
/// The components that are said to work while what they stand for does not, and why; empty: page and map agree.
[[nodiscard]] QString driftWords(const QJsonObject &page);

/// How it stands with one place a page is pushed to: there and read back, waiting, stale, failed, or not armed.
[[nodiscard]] QString targetLine(const QString &name, const view::Feed *feed);

/// The notice a post of this incident goes on: its open one, else the only open one; empty: a new one begins.
[[nodiscard]] QJsonObject openNotice(const QJsonObject &page, const QString &incident);
[[nodiscard]] QString noticeLine(const QJsonObject &notice, const QStringList &languages, Instant now);
/// The newest word of a notice against the one before.
[[nodiscard]] std::vector<Piece> noticePieces(const QJsonObject &notice, const QStringList &languages);

/// What somebody is about to say, as it stands on the page in that language: phase, text, what components are, when the next word follows.
struct PostMeant {
    PagePhase phase = PagePhase::Investigating;
    QString text;
    std::vector<std::pair<QString, ComponentState>> components; ///< by name
    Instant next;                                               ///< none: nothing follows
};
/// Work that is planned, changed, cancelled or ended, as it stands on the page in that language.
struct WorkMeant {
    QString title, text;
    QStringList names; ///< of components
    Instant from, until;
    bool ends = false, isUnderWay = false;
};
[[nodiscard]] QString asPlanned(const WorkMeant &work, const QString &language, const QString &zone = {});
/// What is planned or under way, a line each; empty: nothing is.
[[nodiscard]] QString plannedLines(const QJsonObject &page);

[[nodiscard]] QString asOnThePage(const PostMeant &post, const QString &language, const QString &zone = {});

} // namespace qd::comms
