// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/textparts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <string>
#include <vector>

/// What the connectors of Slack and Mattermost read JSON with: what is absent, or of another type, is empty.
namespace qd::chat::json {

[[nodiscard]] inline std::string textOf(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1String(name)).toString().toStdString();
}

[[nodiscard]] inline QJsonObject objectOf(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1String(name)).toObject();
}

[[nodiscard]] inline std::string nextOf(const QJsonObject &body)
{
    return textOf(objectOf(body, "response_metadata"), "next_cursor");
}

/// The files of a list of objects: their names and how large they are, by what the platform calls them.
[[nodiscard]] inline std::vector<SharedFile> filesOf(const QJsonObject &object, const char *list, const char *name)
{
    std::vector<SharedFile> out;
    for (const auto &value : object.value(QLatin1String(list)).toArray()) {
        const QJsonObject file = value.toObject();
        out.push_back({textOf(file, name), static_cast<std::uint64_t>(std::max<qint64>(file.value(QLatin1String("size")).toInteger(), 0))});
    }
    return out;
}

/// The `number`th object of a list, from 1; empty when there are fewer.
[[nodiscard]] inline QJsonObject fileOf(const QJsonObject &object, const char *list, std::size_t number)
{
    const QJsonArray all = object.value(QLatin1String(list)).toArray();
    return number == 0 || number > static_cast<std::size_t>(all.size()) ? QJsonObject() : all.at(static_cast<qsizetype>(number) - 1).toObject();
}

[[nodiscard]] inline std::string compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

} // namespace qd::chat::json
