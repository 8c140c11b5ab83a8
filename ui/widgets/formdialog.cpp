// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/formdialog.h"

#include "ui/widgets/plaintext.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QGridLayout>
#include <QPushButton>
#include <QScreen>
#include <QWindow>
#include <algorithm>

namespace qd::widgets {

using style::Tone;
using style::Type;

namespace {

constexpr int kFrame = 32; ///< what a window manager's frame takes, until it is known

} // namespace

FormDialog::FormDialog(const style::Theme &theme, const QString &title, const QString &verb, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_grid(new QGridLayout(this))
    , m_unrecorded(new PlainLabel(theme, Type::Strong, Tone::Text, this))
    , m_problem(new PlainLabel(theme, Type::Body, Tone::Text, this))
    , m_do(new QPushButton(verb, this))
{
    setWindowTitle(title);
    setAccessibleName(title);
    setMinimumWidth(theme.step() * 130);
    const int step = theme.step();
    m_grid->setContentsMargins(6 * step, 5 * step, 6 * step, 5 * step);
    m_grid->setHorizontalSpacing(4 * step);
    m_grid->setVerticalSpacing(3 * step);
    m_grid->setColumnStretch(1, 1);
    m_unrecorded->setWordWrap(true);
    m_unrecorded->hide();
    m_problem->setWordWrap(true);
    m_problem->setAccessibleName(tr("Problem"));
}

void FormDialog::addField(const QString &name, QWidget *widget, const QString &hint)
{
    auto *label = new PlainLabel(m_theme, Type::Body, Tone::Secondary, this);
    label->setPlain(name);
    label->setBuddy(widget);
    widget->setAccessibleName(name);
    widget->setMinimumHeight(m_theme.rowHeight());
    m_grid->addWidget(label, m_row, 0, Qt::AlignLeft | Qt::AlignTop);
    label->setMinimumHeight(m_theme.rowHeight());
    m_grid->addWidget(widget, m_row++, 1);
    if (!hint.isEmpty())
        addNote(hint)->setBuddy(widget); // shown and hidden with it
}

void FormDialog::setFieldVisible(QWidget *widget, bool visible)
{
    const auto labels = findChildren<PlainLabel *>();
    for (PlainLabel *label : labels)
        if (label->buddy() == widget)
            label->setVisible(visible);
    widget->setVisible(visible);
}

PlainLabel *FormDialog::addNote(const QString &text)
{
    auto *note = new PlainLabel(m_theme, Type::Small, Tone::Secondary, this);
    note->setPlain(text);
    note->setWordWrap(true);
    m_grid->addWidget(note, m_row++, 1);
    return note;
}

QPushButton *FormDialog::addButton(const QString &text)
{
    m_more << new QPushButton(text, this);
    m_more.back()->setAutoDefault(false);
    return m_more.back();
}

void FormDialog::finish(const QString &leave)
{
    m_grid->addWidget(m_unrecorded, m_row++, 0, 1, 2);
    m_grid->addWidget(m_problem, m_row++, 0, 1, 2);
    auto *buttons = new QDialogButtonBox(this);
    buttons->addButton(m_do, QDialogButtonBox::AcceptRole);
    m_do->setDefault(true);
    QList<QPushButton *> hidden; // the box shows whatever it is given
    for (QPushButton *button : m_more) {
        if (button->testAttribute(Qt::WA_WState_ExplicitShowHide) && button->isHidden())
            hidden << button;
        buttons->addButton(button, QDialogButtonBox::ActionRole);
    }
    buttons->addButton(QDialogButtonBox::Cancel)->setText(leave.isEmpty() ? tr("Cancel") : leave);
    for (QPushButton *button : hidden)
        button->hide();
    m_grid->addWidget(buttons, m_row++, 0, 1, 2);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        m_do->setEnabled(false);
        Q_EMIT submitted();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void FormDialog::setReady(bool can, const QString &sentence)
{
    m_do->setEnabled(can);
    m_problem->setPlain(sentence);
}

bool FormDialog::event(QEvent *event)
{
    const bool done = QDialog::event(event);
    if ((event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show) && m_grid->hasHeightForWidth()) {
        // Never beyond the screen: what can scroll gives way instead.
        const QRect screen = this->screen()->availableGeometry();
        const int most = screen.height() - std::max(kFrame, frameGeometry().height() - height());
        const int wanted = std::min(m_grid->totalHeightForWidth(width()), most);
        if (wanted > height() || height() > most)
            resize(width(), wanted);
        // Before it is on the screen its place is the window manager's to choose.
        if (windowHandle() != nullptr && windowHandle()->isExposed() && frameGeometry().bottom() > screen.bottom())
            move(x(), std::max(screen.top(), screen.bottom() - frameGeometry().height() + 1));
    }
    return done;
}

void FormDialog::refuse(const QString &sentence)
{
    setReady(true, sentence);
}

void FormDialog::setUnrecorded(bool unrecorded)
{
    m_unrecorded->setPlain(unrecorded ? unrecordedText() : QString());
    m_unrecorded->setVisible(unrecorded);
}

QString FormDialog::warning() const
{
    return m_unrecorded->plain();
}

QString FormDialog::problem() const
{
    return m_problem->plain();
}

} // namespace qd::widgets
