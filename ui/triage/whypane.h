// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/viewmodel.h"
#include "ui/widgets/timetext.h"

#include <QScrollArea>

class QGridLayout;
class QVBoxLayout;

namespace qd::triage {

/// Why the chosen alert is here, from the rules' own reasons; with `full`, also its labels, annotations and links.
class WhyPane final : public QScrollArea {
    Q_OBJECT
public:
    explicit WhyPane(const style::Theme &theme, QWidget *parent = nullptr);

    /// `row` may be null: nothing is chosen. `detail` may still belong to another alert: then it is being read.
    void show(const view::AlertRow *row, const view::AlertDetail &detail);
    void setFull(bool full);
    [[nodiscard]] bool isFull() const { return m_full; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    /// The lower edge cuts through no line: what is not whole begins below it.
    void fitLines();
    void rebuild();
    void addLine(const QString &left, const QString &right, bool strongLeft = false);

    const style::Theme &m_theme;
    QWidget *m_page = nullptr;
    QGridLayout *m_grid = nullptr;
    view::AlertDetail m_detail;
    QString m_key, m_title, m_since;
    widgets::Clocks m_clocks = widgets::Clocks::Utc; ///< it was made with
    bool m_full = false;
};

} // namespace qd::triage
