// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QString>
#include <functional>

namespace qd::comms {

/// What the core answered to `page.preview`, in words: the sentence at the top of the page and what each component is then.
[[nodiscard]] QString previewWords(const QJsonObject &preview, const QStringList &languages);

/// Puts the page as it would be served into a file of this user's alone, off the GUI thread; `done` is called on it with the path, or with why there is none,
/// while `context` lives. A browser shows it: this window renders no pages.
void writePreview(const QJsonObject &preview, QObject *context, std::function<void(const QString &path, const QString &why)> done);

} // namespace qd::comms
