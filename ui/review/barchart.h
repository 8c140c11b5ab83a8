// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/insights.h"
#include "ui/style/theme.h"

#include <QWidget>
#include <memory>
#include <vector>

namespace qd::widgets {
class PlainLabel;
}

namespace qd::review {

/// A list of counts as horizontal bars in one grey, the first on top, each with its name, its number and, where there is one, a note beside it. Its accessible description
/// is the list in words. Qt Charts reads its labels as HTML and cuts them: it is given none, names are plain labels of ours.
class BarChart final : public QWidget {
    Q_OBJECT
public:
    BarChart(const style::Theme &theme, const QString &title, QWidget *parent = nullptr);
    ~BarChart() override;

    void show(const std::vector<Bar> &bars);
    void setTitle(const QString &title);
    [[nodiscard]] QStringList names() const; ///< as they stand beside the bars
    [[nodiscard]] QStringList notes() const; ///< as they stand beside the counts
    [[nodiscard]] QString title() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void restyle();
    void fit();

    struct Chart;
    const style::Theme &m_theme;
    std::unique_ptr<Chart> m_chart;
    std::vector<widgets::PlainLabel *> m_names, m_counts, m_notes;
    widgets::PlainLabel *m_head, *m_empty;
};

} // namespace qd::review
