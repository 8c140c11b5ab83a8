// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <string>

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

[[nodiscard]] inline std::string compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

} // namespace qd::chat::json
