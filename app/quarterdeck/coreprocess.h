// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

namespace qd::app {

/// Keeps a core running for a home: starts `quarterdeckctl serve` when nobody answers on the control socket, again when it
/// was killed. The core is a process of its own session: closing the window, or killing it, stops no escalation.
/// GUI thread; never blocks it.
class CoreProcess final : public QObject {
    Q_OBJECT
public:
    /// `program`: absolute path of quarterdeckctl. `arguments` follow "--home HOME".
    CoreProcess(QString program, QString home, QStringList arguments, QObject *parent = nullptr);

    /// Call when no core answers. Starts one, unless one was started a moment ago.
    void ensure();

Q_SIGNALS:
    /// It cannot be started; one sentence.
    void failed(const QString &why);

private:
    static constexpr int kPatienceMs = 4000; ///< a core just started gets this long before another try

    QString m_program, m_home;
    QStringList m_arguments;
    QTimer m_patience;
};

} // namespace qd::app
