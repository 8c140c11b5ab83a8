// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/insights.h"
#include "ui/style/theme.h"

#include <QJsonArray>
#include <QStringList>
#include <QWidget>

class QPlainTextEdit;

namespace qd::widgets {
class PlainLabel;
}

namespace qd::review {

class BarChart;

/// What reviews say together, as the core's lists `trends`, `effects` and `patterns` have it.
struct TrendsView {
    std::vector<Bar> factors, pairs, quarters; ///< most first; quarters: oldest first
    QStringList effects;                 ///< in plain words first: "INC-7 action 1: recurred 2 times in 140 exposed days, before: 9 in 160: inconclusive"
    QStringList patterns;
    static constexpr std::size_t kShown = 8;
    [[nodiscard]] bool isEmpty() const { return factors.empty() && effects.isEmpty() && patterns.isEmpty(); }
};
[[nodiscard]] TrendsView trendsOf(const QJsonArray &trends, const QJsonArray &effects, const QJsonArray &patterns);

/// Three charts and two lists in words. No length of time and no person is in it. GUI thread.
class TrendsPanel final : public QWidget {
    Q_OBJECT
public:
    explicit TrendsPanel(const style::Theme &theme, QWidget *parent = nullptr);

    void show(const TrendsView &view);
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QString words() const; ///< effects and patterns, a line each

private:
    widgets::PlainLabel *m_summary;
    BarChart *m_factors, *m_pairs, *m_quarters;
    QPlainTextEdit *m_words;
};

} // namespace qd::review
