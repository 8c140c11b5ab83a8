// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <memory>

class QLockFile;

namespace qd::seat {

/// Words somebody wrote that the core has not got yet, in files of this user's state folder that nobody else can read: they outlast the window, the
/// session and the machine's running. Each file is replaced whole. Each window keeps its own; those of one that is gone are taken over by the
/// first that asks. What no file takes is kept as long as this is there, and that is said. Not the GUI thread.
class KeptWords {
public:
    static constexpr qsizetype kMost = 256 * 1024; ///< bytes of one text; more is cut between two letters

    /// $XDG_STATE_HOME/quarterdeck/words (default ~/.local/state); what windows that are gone left in $XDG_RUNTIME_DIR/quarterdeck/words, where they were
    /// kept before, is moved over.
    KeptWords();
    /// `former`: empty: there is no such place.
    explicit KeptWords(QString folder, QString former = {});
    ~KeptWords();
    /// An empty text forgets them. Why they do not outlast the window, as a part of a sentence; empty: they do.
    QString keep(const QString &key, const QString &text);
    /// This window's, or those of one that is gone, which are this one's from then on.
    [[nodiscard]] QString kept(const QString &key);

private:
    [[nodiscard]] QString fileOf(const QString &key, const QString &window) const;
    [[nodiscard]] bool isHere();
    [[nodiscard]] bool isGone(const QString &window) const;
    void moveOver();
    [[nodiscard]] QString write(const QString &name, const QString &text);
    const QString m_folder;
    QString m_former; ///< empty: nothing is left to move
    const QString m_window; ///< drawn by lot
    std::unique_ptr<QLockFile> m_lock; ///< held as long as this window is there
    QHash<QString, QString> m_unfiled;  ///< what no file has, or not whole, by key
};

} // namespace qd::seat
