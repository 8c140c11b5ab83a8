// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QJsonArray>
#include <QWidget>

class QVBoxLayout;

namespace qd::widgets {
class PlainLabel;
class ReasonField;
}

namespace qd::escalation {

/// What was done in an incident without saying why, one line each, with words that are often enough to choose from by a digit. None has to be
/// answered: what is left stays owed.
class ReasonSheet final : public QWidget {
    Q_OBJECT
public:
    ReasonSheet(const style::Theme &theme, QWidget *parent);

    /// "owed" of an item of `get standdowns`.
    void setOwed(const QJsonArray &owed);
    /// "reasons" of incident.standdown.
    [[nodiscard]] QJsonArray answers() const;
    [[nodiscard]] QSize sizeHint() const override;

private:
    struct Line {
        int owed = 0;
        widgets::ReasonField *reason = nullptr;
    };
    const style::Theme &m_theme;
    QWidget *m_list;
    QVBoxLayout *m_column;
    widgets::PlainLabel *m_none;
    std::vector<Line> m_lines;
};

} // namespace qd::escalation
