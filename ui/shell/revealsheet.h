// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/overlay.h"
#include "ui/view/source.h"

class QJsonArray;
class QPlainTextEdit;

namespace qd::widgets {
class PlainLabel;
}

namespace qd::shell {

/// Words that the window does not hold: lines of the incident in focus with what is sealed in them. They are asked for when the sheet opens; the core records
/// that they are read before it gives them, and gives only what this person may read. They are forgotten when the sheet closes. GUI thread.
class RevealSheet final : public Overlay {
    Q_OBJECT
public:
    RevealSheet(view::ViewSource &source, const style::Theme &theme, QWidget *window);

    /// This line, where it is a sealed one, else all sealed lines of the incident in focus.
    void open(const QString &entry);
    [[nodiscard]] QString text() const;   ///< what is shown
    [[nodiscard]] QString status() const;

protected:
    void place() override;
    void left() override;
    void hideEvent(QHideEvent *event) override;

private:
    void show(const std::vector<view::TimelineEntry> &asked, const QJsonArray &items);

    view::ViewSource &m_source;
    QPlainTextEdit *m_text;
    widgets::PlainLabel *m_title, *m_words;
    int m_asked = 0; ///< a late answer is dropped
};

} // namespace qd::shell
