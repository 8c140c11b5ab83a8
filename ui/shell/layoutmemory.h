// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QByteArray>
#include <QSettings>
#include <QString>

namespace qd::shell {

/// What the window remembers between runs: geometry, the perspective's splits, the look, which clocks are shown. Kept in
/// $XDG_STATE_HOME/quarterdeck/window.ini (default ~/.local/state). A layout of another version is ignored, never
/// guessed at. GUI thread; small and written only on change.
class LayoutMemory final {
public:
    LayoutMemory();
    explicit LayoutMemory(const QString &file);

    [[nodiscard]] QByteArray layout(const QString &perspective, const QString &part) const;
    void setLayout(const QString &perspective, const QString &part, const QByteArray &state);
    void forgetLayouts();

    [[nodiscard]] QString look() const;
    void setLook(const QString &choice);
    [[nodiscard]] bool reduceMotion() const;
    void setReduceMotion(bool reduce);
    [[nodiscard]] Instant mutedUntil() const; ///< none: it sounds
    void muteUntil(Instant until);
    [[nodiscard]] bool localClocks() const;
    void setLocalClocks(bool local);
    [[nodiscard]] bool systemEvents() const; ///< whether the timeline shows what the console writes of itself
    void setSystemEvents(bool shown);

    /// Grows whenever the parts of a perspective change.
    static constexpr int kVersion = 1;

private:
    [[nodiscard]] static QString defaultFile();
    mutable QSettings m_settings;
};

} // namespace qd::shell
