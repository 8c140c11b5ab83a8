// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QMap>
#include <QSettings>
#include <QString>

namespace qd::shell {

/// What a person sets of the window and may as well write by hand: $XDG_CONFIG_HOME/quarterdeck/window.conf (default ~/.config).
///
///     [keys]                       [wall]
///     shell.declare=Ctrl+Alt+I     distance=5      metres, from where it is read
///     triage.acknowledge=none      diagonal=75     inches, of its screen
///     letters=false
///
/// A name is an action's (the keys dialog lists them), a value its keys: one, or several with commas between, or none. GUI thread; small and
/// written only on change.
class Settings final {
public:
    Settings();
    explicit Settings(const QString &file);

    [[nodiscard]] QString file() const { return m_settings.fileName(); }

    struct Key {
        QList<QKeySequence> keys;
        QString problem;         ///< what of it is not a key, in one sentence; empty: all of it is
    };
    [[nodiscard]] QMap<QString, Key> keys() const; ///< by an action's name
    void setKeys(const QString &action, const QList<QKeySequence> &keys);
    void forgetKeys(const QString &action);
    [[nodiscard]] bool letters() const;            ///< whether single letters, digits and signs are keys
    void setLetters(bool act);

    [[nodiscard]] double wallDistance() const;     ///< metres; 0: not said
    [[nodiscard]] double wallDiagonal() const;     ///< inches; 0: not said
    void setWall(double distance, double diagonal);

private:
    [[nodiscard]] static QString defaultFile();
    [[nodiscard]] double number(const QString &name, double most) const;
    mutable QSettings m_settings;
};

} // namespace qd::shell
