// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/filterbar.h"

#include "ui/widgets/chip.h"
#include "ui/widgets/plaintext.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <algorithm>

namespace qd::triage {

using style::Tone;
using style::Type;

FilterBar::FilterBar(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_row(new QHBoxLayout(this))
    , m_chips(new QHBoxLayout)
    , m_hidden(new widgets::PlainLabel(theme, Type::Small, Tone::Secondary, this))
    , m_field(new QLineEdit(this))
{
    m_row->setContentsMargins(3 * theme.step(), theme.step(), 3 * theme.step(), theme.step());
    m_row->setSpacing(2 * theme.step());
    m_chips->setSpacing(2 * theme.step());
    m_row->addLayout(m_chips);
    m_row->addWidget(m_hidden);
    m_row->addWidget(m_field, 1);
    m_field->setFrame(false);
    m_field->setMaxLength(200);
    m_field->setMinimumHeight(24);
    m_field->setAlignment(Qt::AlignRight);
    m_field->setPlaceholderText(tr("/ filter"));
    m_field->setAccessibleName(tr("Filter alerts"));
    widgets::setPlainToolTip(m_field, tr("Words, or service=payments, severity!=info, owner= (nobody). Return keeps it."));
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_field->setAlignment(text.isEmpty() ? Qt::AlignRight : Qt::AlignLeft);
        m_filter.setTyping(text);
        changed();
    });
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        const QString text = m_field->text().trimmed();
        m_field->clear();
        if (!text.isEmpty())
            add(parseCondition(text));
        Q_EMIT left();
    });
    connect(&theme, &style::Theme::changed, this, &FilterBar::rebuildChips);
    setHidden(0);
    rebuildChips();
}

void FilterBar::add(const Condition &condition)
{
    m_filter.add(condition);
    rebuildChips();
    changed();
}

void FilterBar::remove(const Condition &condition)
{
    const auto &chips = m_filter.chips();
    const auto it = std::find(chips.begin(), chips.end(), condition);
    if (it == chips.end())
        return;
    m_filter.removeAt(static_cast<std::size_t>(it - chips.begin()));
    rebuildChips();
    changed();
}

void FilterBar::clear()
{
    m_filter.clear();
    m_field->clear();
    rebuildChips();
    changed();
}

void FilterBar::setHidden(int count)
{
    m_hidden->setPlain(tr("%Ln hidden by filter", nullptr, count));
    m_hidden->setTone(count > 0 ? Tone::Text : Tone::Faint);
}

void FilterBar::changed()
{
    Q_EMIT filterChanged();
}

void FilterBar::rebuildChips()
{
    while (QLayoutItem *item = m_chips->takeAt(0)) {
        if (QWidget *widget = item->widget())
            widget->deleteLater();
        delete item;
    }
    for (std::size_t i = 0; i < m_filter.chips().size(); ++i) {
        auto *chip = new widgets::Chip(m_theme, m_filter.chips()[i].text(), this);
        m_chips->addWidget(chip);
        connect(chip, &widgets::Chip::clicked, this, [this, i] {
            m_filter.removeAt(i);
            rebuildChips();
            changed();
        });
    }
    m_field->setFont(m_theme.font(Type::Small));
}

bool FilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape) {
            m_field->clear();
            Q_EMIT left();
            return true;
        }
        if (key->key() == Qt::Key_Backspace && m_field->text().isEmpty() && !m_filter.chips().empty()) {
            m_filter.removeAt(m_filter.chips().size() - 1);
            rebuildChips();
            changed();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FilterBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_theme.color(Tone::Line));
    painter.drawLine(0, 0, width(), 0);
    painter.drawLine(0, height() - 1, width(), height() - 1);
}

} // namespace qd::triage
