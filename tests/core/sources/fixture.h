// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sources/intake.h"

#include <QByteArray>
#include <QFile>
#include <algorithm>
#include <string>

namespace qd::sources::test {

/// A file of tests/data; stops the test program when it is missing.
inline std::string data(const char *path)
{
    QFile file(QStringLiteral(QD_SOURCE_DIR "/tests/data/") + QString::fromLatin1(path));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("missing test data %s", path);
    return file.readAll().toStdString();
}

/// JSON written with single quotes: moc of Qt 6.4 loses its way in raw string literals.
inline std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

inline constexpr Instant kNow{1'795'423'200'000'000'000}; // 2026-11-23T08:40:00Z

inline Arrival arrival()
{
    return {"am", kNow, minutes(5)};
}

} // namespace qd::sources::test
