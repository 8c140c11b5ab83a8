// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QList>
#include <QWidget>

class QHBoxLayout;

namespace qd::widgets {

class KeyHints;
class PlainLabel;

/// The bar above a section: TITLE, what is in it, and at the right the keys that act there. Where it is narrow what is in
/// it is shortened first, then the keys lose their words, the last one first; the title stays.
class SectionHeader final : public QWidget {
    Q_OBJECT
public:
    SectionHeader(const style::Theme &theme, const QString &title, QWidget *parent = nullptr);
    void setSubtitle(const QString &text);
    /// A key and what it does: addHint("U", "upstream").
    void addHint(const QString &key, const QString &what);
    void addWidget(QWidget *widget);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    /// No rule above: for the first section under the strip.
    void setRules(bool above, bool below);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override; ///< a key may have become another, or a field come

private:
    void fitHints();

    const style::Theme &m_theme;
    PlainLabel *m_title;
    PlainLabel *m_subtitle;
    QHBoxLayout *m_row;
    KeyHints *m_hints = nullptr;
    QList<QWidget *> m_others; ///< what was added besides
    bool m_above = true, m_below = true;
};

} // namespace qd::widgets
