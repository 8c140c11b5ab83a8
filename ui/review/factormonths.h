// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "ui/review/insights.h"
#include "ui/style/theme.h"

#include <QJsonArray>
#include <QWidget>
#include <vector>

namespace qd::widgets {
class PlainLabel;
}

namespace qd::review {

/// In how many reviewed incidents somebody saw a factor, in each of the last twelve months, the oldest first, from what `get trends` answers. A month is a
/// month of UTC there, and here: "2026-11". Pure.
inline constexpr int kTrendMonths = 12;
[[nodiscard]] std::vector<Bar> monthsOf(const QJsonArray &trends, const QString &factor, Instant now);

/// One factor across incidents: a column a month, grey, with its number above it and its month below. Its accessible description is the same in words. GUI thread.
class FactorMonths final : public QWidget {
    Q_OBJECT
public:
    explicit FactorMonths(const style::Theme &theme, QWidget *parent = nullptr);

    void show(const QString &factor, const std::vector<Bar> &months);
    using QWidget::show;
    [[nodiscard]] QString plain() const; ///< title and sentence

private:
    class Columns;

    widgets::PlainLabel *m_title, *m_words;
    Columns *m_columns;
};

} // namespace qd::review
