// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/notices.h"

#include <QObject>
#include <QHash>
#include <functional>
#include <memory>

namespace qd::shell {

/// Where notices are shown outside the window. GUI thread; never blocks.
class NoticeBoard {
public:
    virtual ~NoticeBoard() = default;
    virtual void post(const Notice &notice) = 0;
    /// Called with the incident of a notice the person chose.
    std::function<void(const QString &incident)> chosen;
};

/// What they sound like. GUI thread; never blocks.
class NoticeSound {
public:
    virtual ~NoticeSound() = default;
    virtual void play(bool grave) = 0;
};

/// Says each notice when it is new, and again where it asks for that: outside the window and, unless muted, with a sound. What held longer
/// than kFresh when the window first saw the core is not news, but for what is said again. GUI thread.
class Notifier final : public QObject {
    Q_OBJECT
public:
    static constexpr Span kFresh = minutes(5);
    static constexpr Span kMuted = minutes(5); ///< then it sounds again: nobody stays deaf by having forgotten

    using QObject::QObject;
    /// Without these it keeps quiet.
    void use(std::unique_ptr<NoticeBoard> board, std::unique_ptr<NoticeSound> sound);
    void show(const view::ViewModel &view);
    void muteUntil(Instant until) { m_mutedUntil = until; } ///< none: it sounds
    [[nodiscard]] Instant mutedUntil() const { return m_mutedUntil; }
    [[nodiscard]] bool isMuted(Instant now) const { return m_mutedUntil && now < m_mutedUntil; }

Q_SIGNALS:
    void chosen(const QString &incident);

private:
    std::unique_ptr<NoticeBoard> m_board;
    std::unique_ptr<NoticeSound> m_sound;
    QHash<QString, Instant> m_said; ///< by key, the last time
    bool m_began = false;
    Instant m_mutedUntil;
};

} // namespace qd::shell
