// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/wall/content.h"
#include "ui/wall/legibility.h"
#include "ui/wall/plan.h"

#include <QWidget>

namespace qd::wall {

/// The wall: five bands without a control, for people who stand some metres away. Sizes follow from the distance and the screen; what does
/// not fit is counted, never made smaller, and nothing scrolls. Everything is painted; assistive technology reads spoken(). GUI thread.
class WallView final : public QWidget {
    Q_OBJECT
public:
    explicit WallView(const style::Theme &theme, QWidget *parent = nullptr);

    void setViewing(const Viewing &said);
    [[nodiscard]] Viewing viewing() const; ///< completed by what the screen says of itself
    [[nodiscard]] Sizes sizes() const;
    void show(const view::ViewModelPtr &view, Instant now);
    using QWidget::show;
    void setNow(Instant now);

    [[nodiscard]] const Content &content() const { return m_content; }
    [[nodiscard]] Plan plan() const;
    /// The smallest pixel size a letter had when it was last painted; 0 before.
    [[nodiscard]] int leastPixels() const { return m_leastPixels; }
    /// Every text as it was last painted, shortened where it was.
    [[nodiscard]] const QStringList &painted() const { return m_painted; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] QFont fontOf(int pixels, int weight = QFont::Normal) const;
    [[nodiscard]] Lines lines() const;
    [[nodiscard]] double margin() const;

    const style::Theme &m_theme;
    Viewing m_said;
    view::ViewModelPtr m_view;
    Content m_content;
    Instant m_now;
    int m_leastPixels = 0;
    QStringList m_painted;
};

} // namespace qd::wall
