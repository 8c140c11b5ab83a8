// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>
#include <cstdint>

namespace qd::app {

/// The console's command line, checked.
struct Options {
    QString home;            ///< absolute
    QString person;          ///< who sits here: --as, else the operating system's user name
    bool named = false;      ///< --as was given: commands are by that person
    QString controlProgram;  ///< absolute path of quarterdeckctl, beside this program
    QString perspective = QStringLiteral("command");
    int screen = -1;
    bool practice = false;
    bool homeNamed = false;  ///< --home was given
    double speed = 1;        ///< of the practice incident, 0.1 … 60
    QString render;          ///< "pdf" or "odt": HTML is read and written as that, and nothing else is done
    QString bench;           ///< "scrub": it is measured, and nothing else is done
    std::uint64_t benchLines = 0; ///< of the record that is made for it; 0: as many as it is said for
};

/// Invalid, with a sentence, for what is wrong; prints and exits for --help and --version. Call after QCoreApplication was made.
[[nodiscard]] Result<Options> parseOptions(const QStringList &arguments);

/// What --practice means: the practice incident, in a home of its own unless one was named.
void practise(Options &options);

} // namespace qd::app
