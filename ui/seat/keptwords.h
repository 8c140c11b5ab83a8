// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace qd::seat {

/// Words somebody wrote that the core has not got yet, in files of this user's runtime folder: they outlast the window and not the machine's
/// running, and are never on a disk. Each file is replaced whole. Not the GUI thread.
class KeptWords {
public:
    static constexpr qsizetype kMost = 256 * 1024; ///< bytes of one text; more is cut between two letters

    /// `folder`: empty: $XDG_RUNTIME_DIR/quarterdeck/words; where that is not set nothing is kept.
    explicit KeptWords(QString folder = {});
    /// An empty text forgets them. False: they could not be kept.
    bool keep(const QString &key, const QString &text) const;
    [[nodiscard]] QString kept(const QString &key) const;

private:
    [[nodiscard]] QString fileOf(const QString &key) const;
    QString m_folder;
};

} // namespace qd::seat
