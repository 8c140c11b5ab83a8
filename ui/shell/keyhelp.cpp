// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/keyhelp.h"

#include "ui/shell/actionbook.h"
#include "ui/widgets/parts.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMap>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::shell {

using style::Tone;
using style::Type;
using widgets::PlainLabel;

namespace {

constexpr int kColumnSteps = 85; ///< the least width of a column

} // namespace

KeyHelp::KeyHelp(const style::Theme &theme, QWidget *window)
    : Overlay(theme, window)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Keys"));
    setLayout(new QVBoxLayout);
    layout()->setContentsMargins(2, 2, 2, 2);
}

void KeyHelp::open(const ActionBook &book)
{
    delete layout()->takeAt(0);
    qDeleteAll(findChildren<QScrollArea *>(QString(), Qt::FindDirectChildrenOnly));
    QMap<QString, std::vector<ActionBook::Entry>> panels;
    QStringList order;
    for (const ActionBook::Entry &entry : book.entries()) {
        if (!order.contains(entry.panel))
            order << entry.panel;
        panels[entry.panel].push_back(entry);
    }
    auto *page = new QWidget;
    auto *columns = new QHBoxLayout(page);
    const int step = theme().step();
    columns->setContentsMargins(6 * step, 4 * step, 6 * step, 5 * step);
    columns->setSpacing(10 * step);
    // Panels are dealt to three columns, or as many as the window has room for, always to the shortest.
    std::vector<QVBoxLayout *> stacks;
    const int room = std::clamp(parentWidget()->width() / (kColumnSteps * step), 1, 3);
    std::vector<std::size_t> lengths(static_cast<std::size_t>(room), 0);
    for (int i = 0; i < room; ++i) {
        stacks.push_back(new QVBoxLayout);
        stacks.back()->setSpacing(step);
        columns->addLayout(stacks.back(), 1);
    }
    for (const QString &panel : order) {
        const auto shortest = static_cast<std::size_t>(std::min_element(lengths.begin(), lengths.end()) - lengths.begin());
        auto *head = new PlainLabel(theme(), Type::Heading, Tone::Secondary, page);
        head->setPlain(panel.toUpper());
        stacks[shortest]->addSpacing(2 * step);
        stacks[shortest]->addWidget(head);
        for (const ActionBook::Entry &entry : panels[panel]) {
            auto *line = new QHBoxLayout;
            auto *words = new PlainLabel(theme(), Type::Body, Tone::Text, page);
            words->setPlain(entry.text());
            words->setElided(true);
            line->addWidget(words, 1);
            for (const QKeySequence &key : entry.action->shortcuts())
                line->addWidget(new widgets::KeyCap(theme(), key.toString(QKeySequence::NativeText), page));
            stacks[shortest]->addLayout(line);
        }
        lengths[shortest] += panels[panel].size() + 2;
    }
    for (QVBoxLayout *stack : stacks)
        stack->addStretch(1);
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(page);
    layout()->addWidget(scroll);
    appear(*this);
}

void KeyHelp::place()
{
    const QSize room = parentWidget()->size();
    const auto *scroll = findChild<QScrollArea *>(QString(), Qt::FindDirectChildrenOnly);
    const int width = std::min(room.width() - 60, theme().step() * 300);
    const int height = std::min(room.height() - 80, scroll->widget()->sizeHint().height() + 8);
    setGeometry((room.width() - width) / 2, (room.height() - height) / 2, width, height);
}

void KeyHelp::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_F1 || event->key() == Qt::Key_Question || event->key() == Qt::Key_Return)
        leave();
    else
        Overlay::keyPressEvent(event);
}

} // namespace qd::shell
