// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/draft.h"
#include "ui/style/theme.h"

#include <QWidget>

namespace qd::widgets {
class PlainLabel;
}

namespace qd::comms {

class RedlineView;

/// What is to be known of a draft before it is sent: what is missing or not known yet, how long it is where it goes, what might be said
/// better, what is new since the last post. It advises; the core alone refuses. GUI thread.
class DraftPanel final : public QWidget {
    Q_OBJECT
public:
    explicit DraftPanel(const style::Theme &theme, QWidget *parent = nullptr);
    /// `lastAt`: when the last post of the template went out; none: there was none.
    using QWidget::show;
    void show(const Draft &draft, Instant lastAt);

    /// Advice as it is shown here and in other forms, one line each.
    [[nodiscard]] static QString inLines(const std::vector<Advice> &advice);

    [[nodiscard]] QString facts() const;  ///< lengths, and what is not known yet
    [[nodiscard]] QString advice() const; ///< one line each
    [[nodiscard]] QString difference() const;

private:
    widgets::PlainLabel *m_facts, *m_advice, *m_since;
    RedlineView *m_difference;
};

} // namespace qd::comms
