// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/typetoarm.h"

#include <algorithm>

namespace qd::widgets {

namespace {

constexpr int kMostTyped = 200;

/// As it can be typed: without the marks that keep right-to-left names in their place, which no keyboard has.
QString typeable(QString text)
{
    text.removeIf([](QChar c) { return c.unicode() >= 0x2066 && c.unicode() <= 0x2069; });
    return text.simplified().left(kMostTyped).trimmed();
}

} // namespace

TypeToArm::TypeToArm(QWidget *parent)
    : QLineEdit(parent)
{
    setMaxLength(kMostTyped);
    setEnabled(false);
    setPlaceholderText(tr("nothing to type"));
    connect(this, &QLineEdit::textChanged, this, &TypeToArm::armedChanged);
}

void TypeToArm::setTarget(const QString &target)
{
    const QString asked = typeable(target);
    setEnabled(!asked.isEmpty());
    if (asked == m_target)
        return;
    m_target = asked;
    setPlaceholderText(asked.isEmpty() ? tr("nothing to type") : tr("type: %1").arg(asked));
    setAccessibleDescription(placeholderText());
    clear();
    Q_EMIT armedChanged();
}

bool TypeToArm::isArmed() const
{
    return typeable(text()).compare(m_target, Qt::CaseInsensitive) == 0;
}

} // namespace qd::widgets
