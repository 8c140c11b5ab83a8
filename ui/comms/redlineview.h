// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/redline.h"
#include "ui/style/theme.h"

#include <QPlainTextEdit>
#include <vector>

namespace qd::comms {

/// A text with what is new in it underlined and what is gone struck through, read-only, as tall as it needs up to `mostLines`. Assistive
/// technology reads the marks as "[-gone-]" and "{+new+}". GUI thread.
class RedlineView final : public QPlainTextEdit {
    Q_OBJECT
public:
    RedlineView(const style::Theme &theme, int mostLines, QWidget *parent = nullptr);
    void setPieces(const std::vector<Piece> &pieces);
    [[nodiscard]] QString marked() const { return m_marked; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

private:
    void write();

    const style::Theme &m_theme;
    int m_mostLines;
    std::vector<Piece> m_pieces;
    QString m_marked;
};

} // namespace qd::comms
