// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QLabel>
#include <QWidget>

namespace qd::widgets {

/// Text from outside is only ever shown as plain text: these are the two doors for it. A test forbids QLabel,
/// setToolTip and every rich-text call elsewhere in ui/.

/// The longest line a text widget is given, in UTF-16 units: laying out one line takes Qt time that grows with its square.
inline constexpr qsizetype kLongestLine = 4096;
/// The text with its longer lines broken there, between characters; itself when it has none.
[[nodiscard]] QString softWrapped(const QString &text);

/// A label that never interprets its text. Optionally elided at the right; the whole text is then its tooltip and, for
/// assistive technology, its name.
class PlainLabel final : public QLabel {
    Q_OBJECT
public:
    explicit PlainLabel(const style::Theme &theme, style::Type type = style::Type::Body, style::Tone tone = style::Tone::Text,
                        QWidget *parent = nullptr);

    /// Lines beyond kLongestLine are shown broken; plain() is the text as given.
    void setPlain(const QString &text);
    [[nodiscard]] QString plain() const { return m_text; }
    void setElided(bool elided);
    void setTone(style::Tone tone);
    void setType(style::Type type);

    [[nodiscard]] QSize sizeHint() const override; ///< room for the whole text, elided or not
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    using QLabel::setText;
    void restyle();
    void refit();

    const style::Theme &m_theme;
    style::Type m_type;
    style::Tone m_tone;
    QString m_text;
    bool m_elided = false;
};

/// A tooltip that shows exactly the characters given, wrapped at a readable width. Empty text removes it.
void setPlainToolTip(QWidget *widget, const QString &text);
/// The same for Qt::ToolTipRole of a model.
[[nodiscard]] QString plainToolTip(const QString &text);

/// What every place that commands says while the journal does not take what is done.
[[nodiscard]] QString unrecordedText();

} // namespace qd::widgets
