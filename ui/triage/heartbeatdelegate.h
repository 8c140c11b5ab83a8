// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QStyledItemDelegate>

namespace qd::triage {

/// A row of the heartbeats: the state's shape beside its word; figures of equal width; what asks for attention is strong.
class HeartbeatDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    HeartbeatDelegate(const style::Theme &theme, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const style::Theme &m_theme;
};

} // namespace qd::triage
