// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/messagesheet.h"

#include "ui/comms/messageboard.h"
#include "ui/widgets/keyhints.h"
#include "ui/widgets/plaintext.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::shell {

using style::Tone;
using style::Type;

MessageSheet::MessageSheet(view::ViewSource &source, const style::Theme &theme, QWidget *window)
    : Overlay(theme, window)
    , m_board(new comms::MessageBoard(theme, source, this))
{
    setAccessibleName(tr("Messages for outside"));
    auto *title = new widgets::PlainLabel(theme, Type::Heading, Tone::Secondary, this);
    title->setPlain(tr("MESSAGES FOR OUTSIDE"));
    auto *keys = new widgets::KeyHints(theme, this);
    keys->add(QStringLiteral("N"), tr("new"));
    keys->add(QStringLiteral("E"), tr("edit"));
    keys->add(QStringLiteral("A"), tr("approve"));
    keys->add(QStringLiteral("R"), tr("refuse"));
    keys->add(QStringLiteral("G"), tr("release"));
    keys->add(QStringLiteral("H"), tr("holding"));
    keys->add(QStringLiteral("W"), tr("withdraw"));
    keys->add(QStringLiteral("X"), tr("break glass"));
    keys->add(QStringLiteral("Esc"), tr("close"));
    const int step = theme.step();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(4 * step, 3 * step, 4 * step, 3 * step);
    column->setSpacing(2 * step);
    column->addWidget(title);
    column->addWidget(m_board, 1);
    auto *line = new QHBoxLayout;
    line->addWidget(keys);
    column->addLayout(line);
    setFocusProxy(&m_board->list());
}

void MessageSheet::open()
{
    m_board->fetch();
    appear(m_board->list());
}

void MessageSheet::place()
{
    const int step = theme().step();
    const QSize room = parentWidget()->size();
    const int width = std::min(room.width() - 16 * step, 240 * step);
    const int height = std::min(room.height() - 24 * step, 150 * step);
    setGeometry((room.width() - width) / 2, std::max(12 * step, (room.height() - height) / 3), width, height);
}

} // namespace qd::shell
