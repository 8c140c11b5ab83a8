// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/notifier.h"

#include <QHash>
#include <QObject>
#include <QTemporaryDir>

class QSystemTrayIcon;
class QWidget;

namespace qd::shell {

/// Notices as the desktop shows them: org.freedesktop.Notifications over the session bus (its specification, version 1.2);
/// where nobody answers there, by the icon in the tray; where there is none, the window asks for attention. Texts are
/// plain: a daemon that understands markup is given escaped text.
class DesktopNotices final : public QObject, public NoticeBoard {
    Q_OBJECT
public:
    /// `window` must outlive it.
    explicit DesktopNotices(QWidget &window, QObject *parent = nullptr);
    ~DesktopNotices() override;
    void post(const Notice &notice) override;

private Q_SLOTS:
    void onAction(uint id, const QString &action);
    void onClosed(uint id, uint reason);

private:
    void fallBack(const Notice &notice);
    QWidget &m_window;
    QSystemTrayIcon *m_tray = nullptr;
    QString m_trayIncident;
    QHash<uint, QString> m_incidents; ///< of what is on the screen
};

/// Two small sounds, made here and played by the first of the desktop's players there is (each by its absolute path, never by a
/// name to be looked up); without one the desktop's bell rings.
class DesktopSound final : public QObject, public NoticeSound {
    Q_OBJECT
public:
    explicit DesktopSound(QObject *parent = nullptr);
    void play(bool grave) override;

    /// A RIFF wave of 8-bit mono samples: two rising tones, three times when grave.
    [[nodiscard]] static QByteArray wave(bool grave);
    /// The player used; empty: none is there.
    [[nodiscard]] static QString player();

private:
    QTemporaryDir m_folder;
};

} // namespace qd::shell
