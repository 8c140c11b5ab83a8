// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

namespace qd::setup {

/// One thing that can be brought into the workspace from a file. Pure.
struct ImportKind {
    QString verb;               ///< "roster": as after `quarterdeckctl import`
    QString name, hint;         ///< for people
    bool ofASchedule = false;   ///< a calendar is of one schedule
    bool isPeople = false;      ///< the roster; all others say who is on call
    bool operator==(const ImportKind &) const = default;
};
[[nodiscard]] std::vector<ImportKind> importKinds();

/// The verb that shows what the file would change, or with `apply` makes it so. `path`: absolute.
[[nodiscard]] QStringList importVerb(const ImportKind &kind, const QString &path, const QString &schedule, bool apply);

/// What the verb said.
struct ImportSaid {
    QStringList difference;   ///< what changes; empty: nothing
    QStringList untranslated; ///< what has no meaning here, with why
    QStringList known;        ///< what was found again
};
[[nodiscard]] ImportSaid readImport(const ImportKind &kind, const QString &said);

} // namespace qd::setup
