// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/chooser.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStandardItemModel>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::shell {

using style::Tone;
using style::Type;

namespace {

constexpr int kPage = 10; ///< rows of PageUp and PageDown

} // namespace

ChoiceDelegate::ChoiceDelegate(const style::Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize ChoiceDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {100, m_theme.rowHeight()};
}

void ChoiceDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->fillRect(option.rect, m_theme.color(Tone::Selection));
        painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), m_theme.color(Tone::Focus));
    }
    paintRow(*painter, option.rect.adjusted(3 * m_theme.step(), 0, -3 * m_theme.step(), 0), index);
    painter->restore();
}

int ChoiceDelegate::say(QPainter &painter, const QRect &box, const QString &text, Type type, Tone tone) const
{
    painter.setFont(m_theme.font(type));
    painter.setPen(m_theme.color(tone));
    const QFontMetrics metrics(painter.font());
    if (box.width() > 0)
        painter.drawText(box, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, metrics.elidedText(text, Qt::ElideRight, box.width()));
    return metrics.horizontalAdvance(text);
}

Chooser::Chooser(const style::Theme &theme, QWidget *window, int mostCharacters)
    : Overlay(theme, window)
    , m_field(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_model(new QStandardItemModel(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(2, 2, 2, 2);
    column->setSpacing(0);
    column->addWidget(m_field);
    column->addWidget(m_list, 1);
    m_field->setFrame(false);
    m_field->setMaxLength(mostCharacters);
    m_field->installEventFilter(this);
    m_list->setFrameShape(NoFrame);
    m_list->setModel(m_model);
    m_list->setEditTriggers(QListView::NoEditTriggers);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    connect(m_list, &QListView::clicked, this, [this] { choose(); });
}

void Chooser::setDelegate(ChoiceDelegate *delegate)
{
    m_list->setItemDelegate(delegate);
}

void Chooser::setHead(QWidget *head)
{
    m_head = head;
    static_cast<QVBoxLayout *>(layout())->insertWidget(1, head);
}

void Chooser::begin()
{
    m_field->setFont(theme().font(Type::Body));
    m_field->setMinimumHeight(theme().barHeight());
    m_field->setTextMargins(3 * theme().step(), 0, 3 * theme().step(), 0);
    appear(*m_field);
}

void Chooser::walk(int rows)
{
    const int last = std::max(0, m_model->rowCount() - 1);
    m_list->setCurrentIndex(m_model->index(std::clamp(m_list->currentIndex().row() + rows, 0, last), 0));
}

bool Chooser::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Escape: leave(); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter: choose(); return true;
        case Qt::Key_Down: walk(1); return true;
        case Qt::Key_Up: walk(-1); return true;
        case Qt::Key_PageDown: walk(kPage); return true;
        case Qt::Key_PageUp: walk(-kPage); return true;
        default: break;
        }
    }
    return Overlay::eventFilter(watched, event);
}

void Chooser::paintEvent(QPaintEvent *event)
{
    Overlay::paintEvent(event);
    QPainter painter(this);
    painter.setPen(theme().color(Tone::Line));
    const int under = (m_head != nullptr ? m_head : m_field)->geometry().bottom() + 1;
    painter.drawLine(1, under, width() - 2, under);
}

} // namespace qd::shell
