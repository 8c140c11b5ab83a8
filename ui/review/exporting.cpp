// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/exporting.h"

#include "ui/review/flattened.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QPageLayout>
#include <QPdfWriter>
#include <QTextDocumentWriter>
#include <QTextFrame>
#include <QTextTable>

namespace qd::review {

namespace {

constexpr int kPaperDotsPerInch = 300;
constexpr qreal kPaperMargin = 20; // millimetres
constexpr qreal kPaperPoints = 10.5, kCellPadding = 4, kCellBorder = 0.5;
constexpr qreal kIndent = 20; ///< sixteen leave half a line

void frameTables(const QTextFrame &within)
{
    for (QTextFrame *frame : within.childFrames()) {
        if (auto *table = qobject_cast<QTextTable *>(frame)) {
            QTextTableFormat format = table->format();
            format.setCellPadding(kCellPadding);
            format.setCellSpacing(0);
            format.setBorder(kCellBorder);
            format.setBorderCollapse(true);
            format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
            format.setTopMargin(2 * kCellPadding);
            format.setBottomMargin(2 * kCellPadding);
            table->setFormat(format);
        }
        frameTables(*frame);
    }
}

/// Of the page's head only its words are used: the style is for browsers, and dark where they are.
QString withoutHead(const QString &html)
{
    const qsizetype begin = html.indexOf(QLatin1String("<body>")), end = html.lastIndexOf(QLatin1String("</body>"));
    return begin < 0 ? html : html.mid(begin + 6, end < begin ? -1 : end - begin - 6);
}

} // namespace

QVariant StillDocument::loadResource(int, const QUrl &)
{
    ++m_asked;
    return QByteArray();
}

QString titleOf(const QString &html)
{
    const QLatin1String opens("<title>");
    const qsizetype begin = html.indexOf(opens), end = html.indexOf(QLatin1String("</title>"), begin), body = html.indexOf(QLatin1String("<body"));
    if (begin < 0 || end < 0 || (body >= 0 && body < end))
        return {};
    StillDocument document; // which knows what "&amp;" means
    document.setHtml(html.mid(begin + opens.size(), end - begin - opens.size()));
    return document.toPlainText().simplified();
}

QByteArray writtenAs(PaperFormat format, const QString &html, const QString &title)
{
    StillDocument document;
    QFont font = document.defaultFont();
    font.setPointSizeF(kPaperPoints);
    document.setDefaultFont(font);
    document.setIndentWidth(kIndent);
    document.setDefaultStyleSheet(QStringLiteral("blockquote{margin-left:%1px;margin-right:0px}").arg(kIndent));
    document.setHtml(flattened(withoutHead(html)));
    frameTables(*document.rootFrame());
    document.setMetaInformation(QTextDocument::DocumentTitle, title);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (format == PaperFormat::Odt) {
        QTextDocumentWriter writer(&buffer, "odf");
        return writer.write(&document) ? bytes : QByteArray();
    }
    QPdfWriter writer(&buffer);
    writer.setResolution(kPaperDotsPerInch);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(kPaperMargin, kPaperMargin, kPaperMargin, kPaperMargin), QPageLayout::Millimeter);
    writer.setTitle(title);
    writer.setCreator(QStringLiteral("Quarterdeck"));
    document.setDocumentMargin(0);
    document.documentLayout()->setPaintDevice(&writer);
    document.setPageSize(QSizeF(writer.width(), writer.height()));
    document.print(&writer);
    buffer.close();
    return bytes;
}

} // namespace qd::review
