// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/review.h"

#include <QStringList>
#include <QWidget>

namespace qd::widgets {
class PlainLabel;
}

namespace qd::review {

/// The milestones of one incident with the time between them, its calls, alerts and floods: a sentence each. What the record has not is not said. Pure.
[[nodiscard]] QStringList figureWords(const view::Figures &figures);

/// Above what it cost: when what came, of this incident alone. GUI thread.
class FiguresPanel final : public QWidget {
    Q_OBJECT
public:
    explicit FiguresPanel(const style::Theme &theme, QWidget *parent = nullptr);

    void show(const view::Figures &figures);
    using QWidget::show;
    [[nodiscard]] QString plain() const;

private:
    widgets::PlainLabel *m_words;
};

} // namespace qd::review
