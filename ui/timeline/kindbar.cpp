// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/kindbar.h"

#include "ui/widgets/chip.h"
#include "ui/widgets/plaintext.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStringListModel>

namespace qd::timeline {

using style::Tone;
using style::Type;

KindBar::KindBar(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_chips(new QHBoxLayout)
    , m_hidden(new widgets::PlainLabel(theme, Type::Small, Tone::Text, this))
    , m_problem(new widgets::PlainLabel(theme, Type::Small, Tone::Text, this))
    , m_field(new QLineEdit(this))
    , m_completer(new QCompleter(new QStringListModel(this), this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(3 * theme.step(), theme.step(), 3 * theme.step(), theme.step());
    row->setSpacing(2 * theme.step());
    m_chips->setSpacing(2 * theme.step());
    row->addLayout(m_chips);
    row->addWidget(m_hidden);
    row->addWidget(m_field, 1);
    row->addWidget(m_problem);
    m_field->setMaxLength(60);
    m_field->setMinimumHeight(24);
    m_field->setPlaceholderText(tr("kind: message, decision, call …"));
    m_field->setAccessibleName(tr("Show only this kind in the timeline"));
    m_field->installEventFilter(this);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setFilterMode(Qt::MatchContains);
    m_completer->setCompletionMode(QCompleter::PopupCompletion);
    m_field->setCompleter(m_completer);
    connect(m_field, &QLineEdit::returnPressed, this, &KindBar::take);
    connect(&theme, &style::Theme::changed, this, &KindBar::rebuild);
    rebuild();
}

QString KindBar::hidden() const
{
    return m_hidden->plain();
}

void KindBar::show(const view::ViewModel &view)
{
    const QStringList known = kindsIn(view);
    if (known != m_known) {
        m_known = known;
        QStringList names;
        for (const QString &kind : known)
            names << kindName(kind);
        static_cast<QStringListModel *>(m_completer->model())->setStringList(names);
    }
    m_hidden->setPlain(m_filter.isEmpty() ? QString() : tr("%Ln hidden by filter", nullptr, m_filter.hiddenIn(view)));
    fit();
}

void KindBar::begin()
{
    m_typing = true;
    m_problem->setPlain({});
    fit();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_completer->setCompletionPrefix({});
    m_completer->complete();
}

void KindBar::clear()
{
    m_filter.clear();
    m_field->clear();
    m_typing = false;
    rebuild();
    Q_EMIT filterChanged();
}

void KindBar::hideSystem(bool hide)
{
    if (hide == m_filter.hidesSystem())
        return;
    m_filter.hideSystem(hide);
    Q_EMIT filterChanged();
}

void KindBar::take()
{
    const QString typed = m_field->text().trimmed();
    const QString kind = kindMeant(typed, m_known);
    if (!typed.isEmpty() && kind.isEmpty())
        return m_problem->setPlain(tr("There is no kind “%1” here.").arg(typed));
    m_field->clear();
    m_problem->setPlain({});
    m_typing = false;
    if (!kind.isEmpty()) {
        m_filter.add(kind);
        rebuild();
        Q_EMIT filterChanged();
    }
    Q_EMIT left();
    fit();
}

void KindBar::rebuild()
{
    while (QLayoutItem *item = m_chips->takeAt(0)) {
        if (QWidget *widget = item->widget())
            widget->deleteLater();
        delete item;
    }
    for (qsizetype at = 0; at < m_filter.kinds().size(); ++at) {
        auto *chip = new widgets::Chip(m_theme, kindName(m_filter.kinds()[at]), this);
        m_chips->addWidget(chip);
        connect(chip, &widgets::Chip::clicked, this, [this, at] {
            m_filter.removeAt(at);
            rebuild();
            Q_EMIT filterChanged();
        });
    }
    m_field->setFont(m_theme.font(Type::Small));
    fit();
}

void KindBar::fit()
{
    m_hidden->setVisible(!m_filter.isEmpty());
    m_problem->setVisible(!m_problem->plain().isEmpty());
    setVisible(m_typing || !m_filter.isEmpty());
}

bool KindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() == Qt::Key_Escape) {
        m_field->clear();
        m_problem->setPlain({});
        m_typing = false;
        Q_EMIT left();
        fit();
        return true;
    }
    if (key->key() == Qt::Key_Down && !m_completer->popup()->isVisible()) {
        m_completer->setCompletionPrefix(m_field->text());
        m_completer->complete();
        return true;
    }
    if (key->key() == Qt::Key_Backspace && m_field->text().isEmpty() && !m_filter.isEmpty()) {
        m_filter.removeAt(m_filter.kinds().size() - 1);
        rebuild();
        Q_EMIT filterChanged();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace qd::timeline
