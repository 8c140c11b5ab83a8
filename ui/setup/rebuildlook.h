// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>
#include <vector>

namespace qd::setup {

/// What `quarterdeckctl rebuild --look` says of one file.
struct RebuildLook {
    QString file, format, problem;
    QStringList channels, columns;
    std::vector<QStringList> rows;
    QHash<QString, QString> means; ///< "at" → the column it is taken for
    bool zoneless = false;         ///< its times name no zone
    qint64 channelsInAll = 0, columnsInAll = 0; ///< also those that are not listed
};
/// What is not listed of the files, a sentence each: "500 of 812 channels of acme.zip are shown …"; empty: everything is.
[[nodiscard]] QString notListed(const std::vector<RebuildLook> &looks);

/// The lines of it in what the verb said, and the rest of that.
struct RebuildSaid {
    std::vector<RebuildLook> looks;
    QString rest;
};
[[nodiscard]] RebuildSaid readRebuildLooks(const QString &said);

/// What a column of a table may hold, as `--map` calls it, and how it is asked for; the two without which there is no fact first.
struct RebuildPart {
    const char *word, *name;
};
[[nodiscard]] const std::vector<RebuildPart> &rebuildParts();
/// A format as `--format` calls it, and what it is.
[[nodiscard]] const std::vector<RebuildPart> &rebuildFormats();
/// Zones to choose among; others are typed.
[[nodiscard]] QStringList rebuildZones();

} // namespace qd::setup
