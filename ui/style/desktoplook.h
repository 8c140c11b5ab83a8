// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QDBusVariant;

namespace qd::style {

/// What the desktop prefers, asked once of the settings portal (org.freedesktop.appearance, color-scheme) and followed
/// when it changes. Without a session bus or a portal it stays silent. Asynchronous; GUI thread.
class DesktopLook final : public QObject {
    Q_OBJECT
public:
    explicit DesktopLook(QObject *parent = nullptr);
    void ask();

Q_SIGNALS:
    void darkWished(bool dark);

private Q_SLOTS:
    void onSetting(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void take(uint scheme);
};

} // namespace qd::style
