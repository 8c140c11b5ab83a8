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

    /// No core answers: starts one, and another one each time the last got its while and still nobody answers.
    void ensure();
    /// A core answers.
    void rest();

Q_SIGNALS:
    /// It cannot be started; one sentence.
    void failed(const QString &why);

private:
    void start();

    static constexpr int kPatienceMs = 4000; ///< a core just started gets this long before another try

    QString m_program, m_home;
    QStringList m_arguments;
    QTimer m_patience;
    bool m_wanted = false;
};

} // namespace qd::app
