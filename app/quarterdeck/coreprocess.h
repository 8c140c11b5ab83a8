// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

class QProcess;

namespace qd::app {

/// Keeps a core running for a home: starts `quarterdeckctl serve` when nobody answers on the control socket, again when it
/// was killed. The core is a process of its own session: closing the window, or killing it, stops no escalation. What it says
/// goes to core.log in the home; when it ends instead of answering, its own sentence is what failed() carries.
/// GUI thread; never blocks it.
class CoreProcess final : public QObject {
    Q_OBJECT
public:
    /// `program`: absolute path of quarterdeckctl.
    CoreProcess(QString program, QString home, QObject *parent = nullptr);
    ~CoreProcess() override; ///< the core goes on

    /// No core answers: starts one, and another one each time the last got its while and still nobody answers. A locked home is
    /// tried again only by unlock().
    void ensure();
    /// A core answers.
    void rest();
    /// Tries this passphrase. It goes to the core through a pipe, and to nothing else; it is not kept, so a core that ends
    /// later has the person asked again.
    void unlock(Secret passphrase);
    /// What the core writes about itself.
    [[nodiscard]] QString logFile() const;

Q_SIGNALS:
    /// It cannot be started, or ended before it answered; one sentence.
    void failed(const QString &why);
    /// The home opens with a passphrase. `why` is empty when none was given yet.
    void locked(const QString &why);

private:
    void start(const Secret &passphrase);
    void onEnded(QProcess *process, bool withPassphrase, qint64 logFrom);
    void tryAgain();

    QString m_program, m_home;
    QTimer m_patience;
    QProcess *m_process = nullptr; ///< the core this object started, while it runs
    int m_failures = 0;
    bool m_wanted = false;
    bool m_locked = false;
};

} // namespace qd::app
