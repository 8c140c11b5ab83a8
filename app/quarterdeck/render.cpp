// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck/render.h"

#include "ui/review/exporting.h"

#include <QFile>
#include <cstdio>

namespace qd::app {

namespace {

constexpr qint64 kRenderBytes = 64 << 20;

} // namespace

int render(const QString &format)
{
    QFile in, out;
    if (!in.open(stdin, QIODevice::ReadOnly) || !out.open(stdout, QIODevice::WriteOnly))
        return 1;
    const QByteArray html = in.read(kRenderBytes + 1);
    if (html.isEmpty() || html.size() > kRenderBytes)
        return 1;
    const QString page = QString::fromUtf8(html);
    const QByteArray bytes = review::writtenAs(format == QLatin1String("odt") ? review::PaperFormat::Odt : review::PaperFormat::Pdf, page, review::titleOf(page));
    return !bytes.isEmpty() && out.write(bytes) == bytes.size() && out.flush() ? 0 : 1;
}

} // namespace qd::app
