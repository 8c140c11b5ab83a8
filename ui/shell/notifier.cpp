// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/notifier.h"

namespace qd::shell {

void Notifier::use(std::unique_ptr<NoticeBoard> board, std::unique_ptr<NoticeSound> sound)
{
    m_board = std::move(board);
    m_sound = std::move(sound);
    if (m_board)
        m_board->chosen = [this](const QString &incident) { Q_EMIT chosen(incident); };
}

void Notifier::show(const view::ViewModel &view)
{
    if (view.strip.link != view::CoreLink::Live || !m_board)
        return;
    QHash<QString, Instant> now;
    bool sounds = false, grave = false;
    for (const Notice &notice : noticesOf(view)) {
        const auto said = m_said.constFind(notice.key);
        const bool isKnown = said != m_said.constEnd();
        const bool isNews = !isKnown && (m_began || view.made - notice.at <= kFresh);
        const bool isDue = notice.again != Span{} && (!isKnown || view.made - *said >= notice.again);
        now.insert(notice.key, isKnown && !isDue ? *said : view.made);
        if (!isNews && !isDue)
            continue;
        m_board->post(notice);
        sounds = true;
        grave = grave || notice.grave;
    }
    m_said = now; // what ended and comes again is new again
    m_began = true;
    if (sounds && !isMuted(view.made) && m_sound)
        m_sound->play(grave); // many at once sound once
}

} // namespace qd::shell
