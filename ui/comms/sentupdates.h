// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/handcopy.h"
#include "ui/style/theme.h"
#include "ui/view/viewmodel.h"

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace qd::widgets {
class PlainLabel;
}

namespace qd::comms {

/// The newest updates with their delivery. What did not arrive, may not have, or reached nobody is the loudest. Each can be copied for a place where
/// it is put by hand, and is said to be posted there. Emits intent. GUI thread.
class SentUpdates final : public QWidget {
    Q_OBJECT
public:
    explicit SentUpdates(const style::Theme &theme, QWidget *parent = nullptr);
    void setUpdates(const std::vector<view::UpdateRow> &updates, int most);
    /// What became of a copy, below the list; empty: nothing is said.
    void tell(const QString &sentence);
    [[nodiscard]] QString said() const;
    /// The button of an update that is shown, with its menu; null: it is not shown.
    [[nodiscard]] QPushButton *copyButton(const QString &update) const;

Q_SIGNALS:
    void copyAsked(const QString &update, qd::comms::HandPlace place);
    void postedAsked(const QString &update);

private:
    void addRow(const view::UpdateRow &update);

    const style::Theme &m_theme;
    QVBoxLayout *m_list;
    QWidget *m_rows = nullptr;
    widgets::PlainLabel *m_said;
    QString m_shown; ///< what is built, so that a tick builds nothing
};

/// The word for a delivery state, for people.
[[nodiscard]] QString deliveryText(const QString &delivery);

} // namespace qd::comms
