// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QTextDocument>

namespace qd::review {

/// A document that loads nothing: no picture, no style sheet, no font, from nowhere. What asks is counted.
class StillDocument final : public QTextDocument {
    Q_OBJECT
public:
    using QTextDocument::QTextDocument;
    [[nodiscard]] int asked() const { return m_asked; }

protected:
    QVariant loadResource(int type, const QUrl &name) override;

private:
    int m_asked = 0;
};

/// What a rendition is written as by the window's program.
enum class PaperFormat { Pdf, Odt };

/// A page of HTML (core's review::renderedAs) on A4, with its title as the document's. Nothing of it is loaded from anywhere, and nothing else is in the file.
/// Empty when it cannot be written. Needs a QGuiApplication; any thread.
[[nodiscard]] QByteArray writtenAs(PaperFormat format, const QString &html, const QString &title);

/// What a page of HTML says its title is, as words; empty where it says none. So it need not be told apart from the page, where others of the machine could read it.
[[nodiscard]] QString titleOf(const QString &html);

} // namespace qd::review
