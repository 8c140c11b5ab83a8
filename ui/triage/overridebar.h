// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/overrides.h"

#include <QWidget>
#include <optional>

namespace qd::widgets {
class KeyCap;
class KeyHints;
class PlainLabel;
}

namespace qd::triage {

/// What can be done to a selection of several alerts, with the keys; and what was done last, for a while, with the key that takes it
/// back. Shown only while it has one of the two to say.
class OverrideBar final : public QWidget {
    Q_OBJECT
public:
    static constexpr Span kShown = seconds(30); ///< how long after it was done

    explicit OverrideBar(const style::Theme &theme, QWidget *parent = nullptr);

    void setSelected(int count);
    /// The newest thing this person did, or nothing. It is shown until kShown after it was done, or until another takes its place.
    void setLast(const std::optional<view::OverrideRow> &last, Instant now);
    void setNow(Instant now);

    /// "12 alerts snoozed until 15:10 UTC".
    [[nodiscard]] static QString sentence(const view::OverrideRow &row);
    [[nodiscard]] QString shownSelection() const;
    [[nodiscard]] QString shownLast() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void fit();

    const style::Theme &m_theme;
    QWidget *m_selection, *m_done;
    widgets::PlainLabel *m_count, *m_text, *m_undo;
    widgets::KeyHints *m_keys, *m_moreKeys; ///< what answers and keeps quiet; what moves and ends
    widgets::KeyCap *m_key;
    int m_selected = 0;
    std::optional<view::OverrideRow> m_last;
    Instant m_now;
};

} // namespace qd::triage
