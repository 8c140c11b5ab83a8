// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <QString>
#include <QStringList>
#include <functional>
#include <vector>

namespace qd::view {

/// The verbs of the command line that work on the home's own files (the workspace, copies of secrets), for the home of this window. Whoever
/// implements it runs them beside the window: the GUI thread, on which it lives, is never blocked.
class HomeVerbs {
public:
    /// An option whose file holds a secret. The secret itself is on no command line and in no file of the window's.
    struct Sealed {
        QString option; ///< "--token-file"
        Secret secret;
    };
    /// said: what the verb wrote; sentence: why it was refused, one sentence, when `done` is false.
    using Answer = std::function<void(bool done, const QString &said, const QString &sentence)>;

    virtual ~HomeVerbs() = default;
    /// `verb` with its arguments, as after `quarterdeckctl`. `answer` comes on the GUI thread, exactly once.
    virtual void run(const QStringList &verb, std::vector<Sealed> secrets, Answer answer) = 0;
};

} // namespace qd::view
