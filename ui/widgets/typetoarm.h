// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace qd::widgets {

/// Stands before what leaves the house or is not taken back: the name of what it is about has to be typed. Enter, however often, never
/// suffices. Case and blanks at the ends do not matter; what is asked for is shown until something is typed.
class TypeToArm final : public QLineEdit {
    Q_OBJECT
public:
    explicit TypeToArm(QWidget *parent = nullptr);

    /// What has to be typed; forgets what was typed for another. Nothing is asked while it is empty, and it is then armed by itself.
    void setTarget(const QString &target);
    [[nodiscard]] QString target() const { return m_target; }
    [[nodiscard]] bool isArmed() const;

Q_SIGNALS:
    void armedChanged();

private:
    QString m_target;
};

} // namespace qd::widgets
