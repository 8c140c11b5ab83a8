// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

namespace qd::setup {

/// One setting of a connection, as `quarterdeckctl connect` takes it. Pure.
struct ConnectPart {
    enum class Form { Text, Secret, File, Folder, Choice };
    QString id;          ///< each once: two forms may give one option
    QString option;      ///< "--url"
    QString name;        ///< for people
    Form form = Form::Text;
    QStringList choices = {};
};
[[nodiscard]] std::vector<ConnectPart> connectParts();

struct ConnectField {
    QString part;        ///< a ConnectPart's id
    bool required = false;
    QString hint = {};
};
struct ConnectKind {
    QString kind;        ///< as core/model/connection.h names it
    QString name, about; ///< for people; about: what comes of it, one sentence
    std::vector<ConnectField> fields;
};
/// Every kind people connect to, in the order they are offered.
[[nodiscard]] std::vector<ConnectKind> connectKinds();

} // namespace qd::setup
