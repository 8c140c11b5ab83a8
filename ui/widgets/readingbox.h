// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QPlainTextEdit>

namespace qd::widgets {

/// Words to read, not to write: as tall as they need at the width they have, up to `mostLines`, and from there on it scrolls. It takes the keyboard, so that
/// they can be scrolled and copied without a mouse, and Tab leaves it. Outside text stays plain.
class ReadingBox final : public QPlainTextEdit {
    Q_OBJECT
public:
    static constexpr int kMostLines = 10;

    explicit ReadingBox(const style::Theme &theme, const QString &text = {}, QWidget *parent = nullptr, int mostLines = kMostLines);

    void setPlain(const QString &text);
    [[nodiscard]] QString plain() const { return m_text; } ///< as given: its longer lines are shown broken
    /// How many lines of the text are in sight at this width, one at least and `mostLines` at most.
    [[nodiscard]] int linesAt(int width) const;

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

private:
    [[nodiscard]] int heightOf(int lines) const;
    using QPlainTextEdit::setPlainText;

    const style::Theme &m_theme;
    QString m_text;
    int m_mostLines;
};

} // namespace qd::widgets
