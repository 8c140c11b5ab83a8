// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/updatecomposer.h"

#include "ui/comms/draftpanel.h"
#include "ui/widgets/parts.h"

#include <QAction>
#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

/// What the composer is made of: its form, its keys, the fields of a template.
namespace qd::comms {

using style::Tone;
using style::Type;

void UpdateComposer::makeForm()
{
    m_form = new QWidget;
    auto *column = new QVBoxLayout(m_form);
    column->setContentsMargins(3 * m_theme.step(), 2 * m_theme.step(), 3 * m_theme.step(), 2 * m_theme.step());
    column->setSpacing(2 * m_theme.step());
    m_templates = new QComboBox(m_form);
    m_templates->setAccessibleName(tr("Template"));
    m_templates->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    column->addWidget(m_templates);
    m_grid = new QGridLayout;
    m_grid->setHorizontalSpacing(2 * m_theme.step());
    m_grid->setVerticalSpacing(m_theme.step());
    m_grid->setColumnStretch(1, 1);
    column->addLayout(m_grid);
    m_next = new QLineEdit(m_form);
    m_next->setAccessibleName(tr("Next update in; makes a promise to this audience"));
    m_next->setMaxLength(20);
    m_nextLabel = new widgets::PlainLabel(m_theme, Type::Small, Tone::Secondary, m_form);
    m_nextLabel->setPlain(tr("next update in"));
    m_preview = new widgets::PlainLabel(m_theme, Type::Body, Tone::Text, m_form);
    m_preview->setWordWrap(true);
    m_preview->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *rule = new widgets::Rule(m_theme, Qt::Horizontal, m_form);
    m_problem = new widgets::PlainLabel(m_theme, Type::SmallStrong, Tone::Text, this);
    m_problem->setWordWrap(true);
    m_note = new widgets::PlainLabel(m_theme, Type::Small, Tone::Secondary, this);
    m_note->setWordWrap(true);
    m_observe = new widgets::PlainLabel(m_theme, Type::Small, Tone::Secondary, m_form);
    m_observe->setWordWrap(true);
    m_observe->setPlain(tr("OBSERVE: recorded here, posted nowhere until a connection is armed."));
    m_send = new QPushButton(tr("Send"), this);
    m_send->setAccessibleName(tr("Send the update"));
    m_copy = new QPushButton(tr("Copy as"), this);
    m_footer = new QWidget(this); // outside what scrolls: it is always in reach
    auto *foot = new QVBoxLayout(m_footer);
    foot->setContentsMargins(3 * m_theme.step(), m_theme.step(), 3 * m_theme.step(), 2 * m_theme.step());
    foot->setSpacing(m_theme.step());
    m_unrecorded = new widgets::PlainLabel(m_theme, Type::SmallStrong, Tone::Text, m_footer);
    m_unrecorded->setWordWrap(true);
    m_unrecorded->hide();
    foot->addWidget(m_unrecorded);
    m_goes = new widgets::PlainLabel(m_theme, Type::Small, Tone::Secondary, m_footer);
    m_goes->setWordWrap(true);
    foot->addWidget(m_goes);
    foot->addWidget(m_problem);
    foot->addWidget(m_note);
    m_remove = new QPushButton(tr("Remove it and send"), m_footer);
    m_remove->setAccessibleDescription(tr("What is marked above its readers' clearance is taken out; that it was is recorded."));
    m_remove->hide();
    auto *way = new QHBoxLayout;
    way->setSpacing(2 * m_theme.step());
    way->addWidget(m_remove);
    m_removeKey = new widgets::KeyCap(m_theme, QStringLiteral("Alt+Shift+R"), m_footer);
    m_removeKey->hide();
    way->addWidget(m_removeKey);
    way->addStretch(1);
    foot->addLayout(way);
    auto *buttons = new QHBoxLayout;
    foot->addLayout(buttons);
    buttons->setSpacing(2 * m_theme.step());
    buttons->addWidget(m_copy);
    buttons->addStretch(1);
    buttons->addWidget(new widgets::KeyCap(m_theme, QStringLiteral("Ctrl+⏎"), m_footer));
    buttons->addWidget(m_send);
    column->addWidget(rule);
    column->addWidget(m_preview);
    m_panel = new DraftPanel(m_theme, m_form);
    column->addWidget(m_panel);
    column->addWidget(m_observe);
    m_scroll->setWidget(m_form);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    connect(m_templates, &QComboBox::currentIndexChanged, this, [this] {
        m_unheard.clear();
        rebuildFields();
        refresh();
    });
    connect(m_next, &QLineEdit::textChanged, this, [this] { refresh(); });
}

void UpdateComposer::makeActions()
{
    const auto add = [this](const QString &name, const QKeySequence &key, auto what) {
        auto *action = new QAction(name, this);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
        connect(action, &QAction::triggered, this, what);
        return action;
    };
    m_sendAction = add(tr("Update: send"), QKeySequence(Qt::CTRL | Qt::Key_Return), [this] { send(); });
    m_sendAction->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    m_removeAction = add(tr("Update: remove what is marked, and send or copy"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_R), [this] { removeAndSend(); });
    connect(m_remove, &QPushButton::clicked, m_removeAction, &QAction::trigger);
    add(tr("Update: go on from the last one"), QKeySequence(Qt::Key_F2), [this] { goOn(); });
    auto *copies = new QMenu(m_copy);
    copies->addAction(add(tr("Update: copy as plain text"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_C), [this] { copy(HandPlace::Plain); }));
    copies->addAction(add(tr("Update: copy for Slack"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_S), [this] { copy(HandPlace::Slack); }));
    copies->addAction(add(tr("Update: copy for Teams"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_T), [this] { copy(HandPlace::Teams); }));
    copies->addAction(add(tr("Update: copy as mail"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_M), [this] { copy(HandPlace::Mail); }));
    copies->addSeparator();
    copies->addAction(add(tr("Update: it is posted by hand"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_P), [this] { markPosted(); }));
    m_copy->setMenu(copies);
    add(tr("Update: close the form, keep the draft"), QKeySequence(Qt::Key_Escape), [this] { close(); });
    // A letter acts only where no text is typed: the panel itself, not its fields.
    auto *compose = new QAction(tr("Update: compose"), this);
    compose->setShortcut(QKeySequence(Qt::Key_C));
    compose->setShortcutContext(Qt::WidgetShortcut);
    addAction(compose);
    connect(compose, &QAction::triggered, this, &UpdateComposer::begin);
    connect(m_send, &QPushButton::clicked, m_sendAction, &QAction::trigger);
}

void UpdateComposer::rebuildFields()
{
    const view::TemplateRow *t = chosen();
    QString shape = draftKey();
    if (t != nullptr) {
        for (const auto &f : t->fields)
            shape += QLatin1Char('\n') + f.name + QLatin1Char('\t') + f.hint + (f.required ? QLatin1Char('!') : QLatin1Char(' '));
    }
    if (shape == m_shape)
        return; // what is being typed in stays as it is
    m_shape = shape;
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        if (item->widget() != nullptr && item->widget() != m_next && item->widget() != m_nextLabel)
            item->widget()->deleteLater();
        delete item;
    }
    m_fields.clear();
    m_fieldOrder.clear();
    int row = 0;
    QWidget *before = m_templates;
    if (t != nullptr) {
        const QString key = draftKey();
        for (const auto &f : t->fields) {
            if (m_fields.contains(f.name))
                continue;
            auto *label = new widgets::PlainLabel(m_theme, Type::Small, Tone::Secondary, m_form);
            label->setPlain(f.required ? tr("%1 *").arg(f.name) : f.name);
            auto *edit = new QLineEdit(m_drafts.value(key).value(f.name), m_form);
            edit->setMaxLength(static_cast<int>(kValueLimit));
            edit->setPlaceholderText(f.hint);
            edit->setAccessibleDescription(tr("A question mark alone says that it is not known yet."));
            edit->setAccessibleName(f.required ? tr("%1, required: %2").arg(f.name, f.hint) : tr("%1: %2").arg(f.name, f.hint));
            m_grid->addWidget(label, row, 0);
            m_grid->addWidget(edit, row++, 1);
            setTabOrder(before, edit);
            before = edit;
            m_fields.insert(f.name, edit);
            m_fieldOrder << f.name;
            connect(edit, &QLineEdit::textChanged, this, [this, key, name = f.name](const QString &text) {
                m_drafts[key][name] = text;
                m_unheard.clear(); // what is typed now is another one
                refresh();
            });
        }
    }
    m_grid->addWidget(m_nextLabel, row, 0);
    m_grid->addWidget(m_next, row, 1);
    setTabOrder(before, m_next);
    tell({}, false);
}

} // namespace qd::comms
