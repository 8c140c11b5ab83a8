// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/homeverbs.h"

#include <QObject>

namespace qd::app {

/// The verbs of quarterdeckctl for one home, each run in a process of its own. A secret goes to it through a pipe that it opens as the option's
/// file; it is on no command line and in no file. What still runs when this object dies is ended. GUI thread; never blocks it.
class ControlVerbs final : public QObject, public view::HomeVerbs {
    Q_OBJECT
public:
    /// `program`: absolute path of quarterdeckctl. `as`: by whom it is done; empty: by the user.
    ControlVerbs(QString program, QString home, QString as, QObject *parent = nullptr);

    void run(const QStringList &verb, std::vector<Sealed> secrets, Answer answer) override;

private:
    QString m_program, m_home, m_as;
};

} // namespace qd::app
