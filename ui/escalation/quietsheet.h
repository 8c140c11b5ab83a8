// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QJsonArray>
#include <QWidget>

class QComboBox;
class QVBoxLayout;

namespace qd::widgets {
class PlainLabel;
}

namespace qd::escalation {

/// What keeps alerts quiet and was made during an incident, one line each: to end it, or to keep it until when, and who answers for it
/// from now on. Nothing is chosen beforehand.
class QuietSheet final : public QWidget {
    Q_OBJECT
public:
    QuietSheet(const style::Theme &theme, const QStringList &people, QWidget *parent);

    /// "quiet" of an item of `get standdowns`.
    void setQuiet(const QJsonArray &quiet);
    /// Whether it is said of each what becomes of it.
    [[nodiscard]] bool isAnswered() const;
    [[nodiscard]] bool isEmpty() const { return m_lines.empty(); }
    /// "quiet" of incident.standdown.
    [[nodiscard]] QJsonArray answers() const;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void changed();

private:
    struct Line {
        QString id;
        QComboBox *what, *owner;
    };
    const style::Theme &m_theme;
    QStringList m_people;
    QWidget *m_list;
    QVBoxLayout *m_column;
    widgets::PlainLabel *m_none;
    std::vector<Line> m_lines;
};

} // namespace qd::escalation
