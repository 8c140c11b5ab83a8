// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/viewmodel.h"

#include <QWidget>

class QVBoxLayout;

namespace qd::comms {

/// The newest updates with their delivery. What did not arrive, or may not have, is the loudest. GUI thread.
class SentUpdates final : public QWidget {
    Q_OBJECT
public:
    explicit SentUpdates(const style::Theme &theme, QWidget *parent = nullptr);
    void setUpdates(const std::vector<view::UpdateRow> &updates, int most);

private:
    const style::Theme &m_theme;
    QVBoxLayout *m_list;
    QString m_shown; ///< what is built, so that a tick builds nothing
};

/// The word for a delivery state, for people.
[[nodiscard]] QString deliveryText(const QString &delivery);

} // namespace qd::comms
