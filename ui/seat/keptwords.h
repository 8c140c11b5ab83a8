// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <memory>

class QLockFile;

namespace qd::seat {

/// Words somebody wrote that the core has not got yet, in files of this user's runtime folder: they outlast the window and not the machine's
/// running, and are never on a disk. Each file is replaced whole. Each window keeps its own; those of one that is gone are taken over by the
/// first that asks. Not the GUI thread.
class KeptWords {
public:
    static constexpr qsizetype kMost = 256 * 1024; ///< bytes of one text; more is cut between two letters

    /// `folder`: empty: $XDG_RUNTIME_DIR/quarterdeck/words; where that is not set nothing is kept.
    explicit KeptWords(QString folder = {});
    ~KeptWords();
    /// An empty text forgets them. False: they could not be kept.
    bool keep(const QString &key, const QString &text);
    /// This window's, or those of one that is gone, which are this one's from then on.
    [[nodiscard]] QString kept(const QString &key);

private:
    [[nodiscard]] QString fileOf(const QString &key, const QString &window) const;
    [[nodiscard]] bool isHere();
    [[nodiscard]] bool isGone(const QString &window) const;
    QString m_folder;
    const QString m_window; ///< drawn by lot
    std::unique_ptr<QLockFile> m_lock; ///< held as long as this window is there
};

} // namespace qd::seat
