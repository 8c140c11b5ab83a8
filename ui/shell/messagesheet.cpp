// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/messagesheet.h"

#include "ui/comms/messageboard.h"
#include "ui/comms/pageboard.h"
#include "ui/widgets/keyhints.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plaintext.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <vector>

namespace qd::shell {

using style::Tone;
using style::Type;

MessageSheet::MessageSheet(view::ViewSource &source, const style::Theme &theme, QWidget *window)
    : Overlay(theme, window)
    , m_board(new comms::MessageBoard(theme, source, this))
    , m_pages(new comms::PageBoard(theme, source, this))
    , m_pageSide(new QWidget(this))
    , m_rule(new widgets::Rule(theme, Qt::Vertical, this))
{
    setAccessibleName(tr("Status page and messages for outside"));
    const auto heading = [&](const QString &text) {
        auto *title = new widgets::PlainLabel(theme, Type::Heading, Tone::Secondary, this);
        title->setPlain(text);
        return title;
    };
    auto *pageKeys = new widgets::KeyHints(theme, m_pageSide);
    pageKeys->add(QStringLiteral("P"), tr("say something"));
    pageKeys->add(QStringLiteral("M"), tr("maintenance"));
    pageKeys->add(QStringLiteral("O"), tr("say what it is"));
    pageKeys->add(QStringLiteral("D"), tr("follows again"));
    pageKeys->add(QStringLiteral("← →"), tr("page"));
    // Two lines: half a window has no room for the words of all of them in one, and what a key does is in its word.
    auto *keys = new widgets::KeyHints(theme, this), *more = new widgets::KeyHints(theme, this);
    keys->add(QStringLiteral("N"), tr("new"));
    keys->add(QStringLiteral("E"), tr("edit"));
    keys->add(QStringLiteral("A"), tr("approve"));
    keys->add(QStringLiteral("R"), tr("refuse"));
    more->add(QStringLiteral("G"), tr("release"));
    more->add(QStringLiteral("H"), tr("holding"));
    more->add(QStringLiteral("W"), tr("withdraw"));
    more->add(QStringLiteral("X"), tr("break glass"));
    more->add(QStringLiteral("Esc"), tr("close"));
    const int step = theme.step();
    auto *sides = new QHBoxLayout(this);
    sides->setContentsMargins(4 * step, 3 * step, 4 * step, 3 * step);
    sides->setSpacing(4 * step);
    const auto side = [&](QWidget *on, QWidget *title, QWidget *board, const std::vector<QWidget *> &hints) {
        auto *column = new QVBoxLayout(on);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(2 * step);
        column->addWidget(title);
        column->addWidget(board, 1);
        auto *lines = new QVBoxLayout;
        lines->setSpacing(step);
        for (QWidget *line : hints)
            lines->addWidget(line);
        column->addLayout(lines);
        sides->addWidget(on, 1);
    };
    side(m_pageSide, heading(tr("STATUS PAGE")), m_pages, {pageKeys});
    sides->addWidget(m_rule);
    side(new QWidget(this), heading(tr("MESSAGES FOR OUTSIDE")), m_board, {keys, more});
    setFocusProxy(&m_board->list());
    setTabOrder(&m_pages->list(), &m_board->list());
    connect(m_pages, &comms::PageBoard::wanted, this, &MessageSheet::openPages);
    connect(m_pages, &comms::PageBoard::shown, this, [this](bool any) {
        m_pageSide->setVisible(any || m_wanted); // who asked for it reads that there is none
        m_rule->setVisible(any || m_wanted);
        if (isVisible())
            place();
        if (!any && isVisible())
            m_board->list().setFocus();
    });
}

void MessageSheet::ask()
{
    m_board->fetch();
    m_pages->fetch();
}

void MessageSheet::open()
{
    m_wanted = false;
    ask();
    appear(m_board->list());
}

void MessageSheet::openPages()
{
    m_wanted = true;
    m_pageSide->show();
    m_rule->show();
    ask();
    appear(m_pages->list());
}

void MessageSheet::place()
{
    const int step = theme().step();
    const QSize room = parentWidget()->size();
    const int width = std::min(room.width() - 16 * step, (m_pageSide->isHidden() ? 240 : 440) * step);
    const int height = std::min(room.height() - 24 * step, 180 * step);
    setGeometry((room.width() - width) / 2, std::max(12 * step, (room.height() - height) / 3), width, height);
}

} // namespace qd::shell
