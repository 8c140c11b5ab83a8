// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/clipping.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

namespace qd::comms {

void clip(const QJsonObject &copied, HandPlace place)
{
    const std::string_view id = word(place);
    const QLatin1String key(id.data(), static_cast<qsizetype>(id.size()));
    auto *data = new QMimeData; // the clipboard's from then on
    data->setText(copied.value(QLatin1String("copies")).toObject().value(key).toString());
    if (const QString html = copied.value(QLatin1String("html")).toObject().value(key).toString(); !html.isEmpty())
        data->setData(QStringLiteral("text/html"), html.toUtf8());
    QGuiApplication::clipboard()->setMimeData(data);
}

QString placeName(HandPlace place)
{
    const std::string_view name = nameOf(place);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace qd::comms
