// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/alerts.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <vector>

/// What the core answers about what is kept, who read it, who speaks from where and who may do what, as rows and sentences. Pure.
namespace qd::governance {

/// Expiry: keeping.retention; the others: get holds, access, identities, rights.
enum class KeptList { Expiry, Holds, Access, Identities, Rights };

struct KeptRow {
    QString when, what, kind, who;
    QString said;          ///< all of it in a sentence
    bool isStrong = false;
    QString stream;        ///< of Expiry: what has a key; of Holds: the scope. Of messages and files, which go by being struck: empty
    QJsonObject item = {}; ///< as the core says it
};

/// In the order they are shown: what goes first, the newest look first, else as the core sorts them.
[[nodiscard]] std::vector<KeptRow> keptRows(KeptList list, const QJsonObject &answer, const std::vector<view::Labelled> &names);
/// What an empty list means.
[[nodiscard]] QString keptNothing(KeptList list);

/// What is not limited, or given to nobody, by the [[right]] rows of `get rights`: several sentences.
[[nodiscard]] QString rightsMissing(const QJsonArray &rights, const std::vector<view::Labelled> &names);

/// "command (command)": a role of a [[right]] as people say it, with the workspace's own word.
[[nodiscard]] QString roleWords(const QString &role);
[[nodiscard]] QString nameOf(const std::vector<view::Labelled> &names, const QString &id);

} // namespace qd::governance
