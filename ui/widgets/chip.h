// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QAbstractButton>

namespace qd::widgets {

/// A condition that is in force, in a frame with a cross; pressing it removes it. 24 px high at least.
class Chip final : public QAbstractButton {
    Q_OBJECT
public:
    Chip(const style::Theme &theme, const QString &words, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const style::Theme &m_theme;
    QString m_words;
};

} // namespace qd::widgets
