// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QObject>
#include <QProcess>
#include <QString>

namespace qd::app {

/// A fresh home for the practice incident, and its player: a sender like any other, in a process of its own. Everything
/// happens asynchronously on the GUI thread's event loop. The home is made anew each time, unless a practice runs there already: then it is joined. Only a folder that is marked as a
/// practice home (or is not there) is ever replaced.
class PracticeHome final : public QObject {
    Q_OBJECT
public:
    PracticeHome(QString controlProgram, QString path, double speed, QObject *parent = nullptr);
    ~PracticeHome() override; ///< ends the player, and the practice core with it: nothing is left running

    [[nodiscard]] const QString &path() const { return m_path; }
    void prepare();
    /// Starts the player, once. Call when the core answers.
    void play();

Q_SIGNALS:
    void prepared();
    void failed(const QString &why);

private:
    void onMade(int exitCode, QProcess::ExitStatus status);

    QString m_program, m_path;
    double m_speed;
    QProcess m_maker, m_player;
    bool m_played = false;
    bool m_joined = false; ///< one was running already: it is neither played again nor ended here
};

} // namespace qd::app
