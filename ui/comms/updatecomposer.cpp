// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/updatecomposer.h"

#include "core/comms/line.h"
#include "ui/comms/sentupdates.h"
#include "ui/comms/words.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/timetext.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <algorithm>

namespace qd::comms {

using style::Tone;
using style::Type;

namespace {

QString utf8(const std::string &text)
{
    return QString::fromStdString(text);
}

constexpr int kClosedUpdates = 2, kOpenUpdates = 1;

} // namespace

UpdateComposer::UpdateComposer(const style::Theme &theme, view::ViewSource &source, widgets::Ticker &ticker, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_source(source)
    , m_ticker(ticker)
    , m_header(new widgets::SectionHeader(theme, tr("UPDATE"), this))
    , m_sent(new SentUpdates(theme, this))
    , m_scroll(new QScrollArea(this))
{
    setAccessibleName(tr("Update"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_header->addHint(QStringLiteral("C"), tr("compose"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_scroll);
    makeForm();
    column->addWidget(m_footer);
    column->addWidget(m_sent);
    makeActions();
    m_scroll->hide();
    m_footer->hide();
    connect(&source, &view::ViewSource::changed, this, &UpdateComposer::onView);
    connect(&ticker, &widgets::Ticker::ticked, this, [this] {
        showDue();
        if (isOpen())
            refresh();
    });
    onView(source.current());
}

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
    m_next->setPlaceholderText(tr("20m; empty promises nothing"));
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
    m_copy = new QPushButton(tr("Copy as plain text"), this);
    m_footer = new QWidget(this); // outside what scrolls: it is always in reach
    auto *foot = new QVBoxLayout(m_footer);
    foot->setContentsMargins(3 * m_theme.step(), m_theme.step(), 3 * m_theme.step(), 2 * m_theme.step());
    foot->setSpacing(m_theme.step());
    m_unrecorded = new widgets::PlainLabel(m_theme, Type::SmallStrong, Tone::Text, m_footer);
    m_unrecorded->setWordWrap(true);
    m_unrecorded->hide();
    foot->addWidget(m_unrecorded);
    foot->addWidget(m_problem);
    foot->addWidget(m_note);
    auto *buttons = new QHBoxLayout;
    foot->addLayout(buttons);
    buttons->setSpacing(2 * m_theme.step());
    buttons->addWidget(m_copy);
    buttons->addStretch(1);
    buttons->addWidget(new widgets::KeyCap(m_theme, QStringLiteral("Ctrl+⏎"), m_footer));
    buttons->addWidget(m_send);
    column->addWidget(rule);
    column->addWidget(m_preview);
    column->addWidget(m_observe);
    m_scroll->setWidget(m_form);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    connect(m_templates, &QComboBox::currentIndexChanged, this, [this] {
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
    auto *copyAction = add(tr("Update: copy as plain text"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), [this] { copy(); });
    add(tr("Update: close the form, keep the draft"), QKeySequence(Qt::Key_Escape), [this] { close(); });
    // A letter acts only where no text is typed: the panel itself, not its fields.
    auto *compose = new QAction(tr("Update: compose"), this);
    compose->setShortcut(QKeySequence(Qt::Key_C));
    compose->setShortcutContext(Qt::WidgetShortcut);
    addAction(compose);
    connect(compose, &QAction::triggered, this, &UpdateComposer::begin);
    connect(m_send, &QPushButton::clicked, m_sendAction, &QAction::trigger);
    connect(m_copy, &QPushButton::clicked, copyAction, &QAction::trigger);
}

bool UpdateComposer::isOpen() const
{
    return !m_scroll->isHidden();
}

QSize UpdateComposer::minimumSizeHint() const
{
    // A form in a low window scrolls; its buttons and one field stay in reach.
    const int form = m_footer->minimumSizeHint().height() + (m_brief ? 12 : 30) * m_theme.step();
    return {50 * m_theme.step(), m_header->sizeHint().height() + (isOpen() ? form : m_sent->isHidden() ? 0 : m_sent->minimumSizeHint().height())};
}

void UpdateComposer::begin()
{
    if (m_view->focus.isEmpty() || m_view->templates.empty())
        return; // the panel says why
    m_scroll->show();
    m_footer->show();
    m_sent->setUpdates(m_view->stack.updates, kOpenUpdates);
    refresh();
    updateGeometry();
    for (const QString &name : std::as_const(m_fieldOrder)) {
        if (m_fields.value(name)->text().isEmpty()) {
            m_fields.value(name)->setFocus();
            return;
        }
    }
    (m_fieldOrder.isEmpty() ? m_next : m_fields.value(m_fieldOrder.constFirst()))->setFocus();
}

void UpdateComposer::close()
{
    const bool hadFocus = m_scroll->isAncestorOf(focusWidget()) || m_footer->isAncestorOf(focusWidget());
    m_scroll->hide();
    m_footer->hide();
    m_sent->setUpdates(m_view->stack.updates, kClosedUpdates);
    updateGeometry();
    if (hadFocus)
        setFocus();
}

const view::TemplateRow *UpdateComposer::chosen() const
{
    const QString id = m_templates->currentData().toString();
    for (const auto &t : m_view->templates) {
        if (t.id == id)
            return &t;
    }
    return nullptr;
}

QString UpdateComposer::draftKey() const
{
    return m_focus + QLatin1Char('\n') + m_templates->currentData().toString();
}

Instant UpdateComposer::now() const
{
    return m_ticker.now() ? m_ticker.now() : m_view->made;
}

Instant UpdateComposer::promised() const
{
    const auto span = parseSpan(m_next->text().trimmed().toStdString());
    return span && span->ns > 0 && *span <= kDueLimit ? now() + *span : Instant{};
}

void UpdateComposer::onView(const view::ViewModelPtr &view)
{
    m_view = view;
    QStringList ids, have;
    for (const auto &t : view->templates)
        ids << t.id + QLatin1Char('\t') + t.name + QLatin1Char('\t') + t.audience;
    for (int i = 0; i < m_templates->count(); ++i)
        have << m_templates->itemData(i, Qt::UserRole + 1).toString();
    if (ids != have) {
        const QString current = m_templates->currentData().toString();
        const QSignalBlocker blocker(m_templates);
        m_templates->clear();
        for (qsizetype i = 0; i < ids.size(); ++i) {
            const auto &t = view->templates[static_cast<std::size_t>(i)];
            m_templates->addItem(t.audience.isEmpty() ? t.name : tr("%1 → %2").arg(t.name, t.audience), t.id);
            m_templates->setItemData(static_cast<int>(i), ids[i], Qt::UserRole + 1);
        }
        m_templates->setCurrentIndex(std::max(0, m_templates->findData(current)));
    }
    m_focus = view->focus;
    rebuildFields();
    const bool can = !view->focus.isEmpty() && !view->templates.empty();
    if (!can && isOpen())
        close();
    m_sent->setUpdates(view->stack.updates, isOpen() ? kOpenUpdates : kClosedUpdates);
    m_sent->setVisible(!m_brief && (can || !view->stack.updates.empty()));
    m_unrecorded->setPlain(view->strip.recorded ? QString() : widgets::unrecordedText());
    m_unrecorded->setVisible(!view->strip.recorded);
    showDue();
    if (isOpen())
        refresh();
}

void UpdateComposer::showDue()
{
    if (m_view->focus.isEmpty())
        return m_header->setSubtitle(tr("no incident"));
    QStringList said;
    const view::Promise *next = nullptr;
    for (const auto &p : m_view->stack.promises) {
        if (!p.kept && (next == nullptr || p.due < next->due))
            next = &p;
    }
    if (next != nullptr)
        said << (next->due <= now() ? tr("▲ due %1, late").arg(widgets::utcMinutes(next->due))
                                    : tr("due %1, in %2").arg(widgets::utcMinutes(next->due), widgets::countdownText(next->due - now())));
    if (m_view->templates.empty())
        said << tr("no template in the workspace");
    else if (const auto *t = chosen())
        said << t->name << t->audience;
    m_header->setSubtitle(said.join(QStringLiteral(" · ")));
}

void UpdateComposer::setBrief(bool brief)
{
    if (brief == m_brief)
        return;
    m_brief = brief;
    onView(m_view);
    updateGeometry();
}

QString UpdateComposer::warning() const
{
    return m_unrecorded->plain();
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
            edit->setAccessibleName(f.required ? tr("%1, required: %2").arg(f.name, f.hint) : tr("%1: %2").arg(f.name, f.hint));
            m_grid->addWidget(label, row, 0);
            m_grid->addWidget(edit, row++, 1);
            setTabOrder(before, edit);
            before = edit;
            m_fields.insert(f.name, edit);
            m_fieldOrder << f.name;
            connect(edit, &QLineEdit::textChanged, this, [this, key, name = f.name](const QString &text) {
                m_drafts[key][name] = text;
                refresh();
            });
        }
    }
    m_grid->addWidget(m_nextLabel, row, 0);
    m_grid->addWidget(m_next, row, 1);
    setTabOrder(before, m_next);
    tell({}, false);
}

Values UpdateComposer::typed() const
{
    Values out;
    for (auto it = m_fields.begin(); it != m_fields.end(); ++it) {
        std::string value = it.value()->text().toStdString();
        const std::string name = it.key().toStdString();
        if (it.value()->text().trimmed().isEmpty() && isNextUpdate(name))
            value = liveOf(*m_view, now(), promised()).at("next_update");
        if (!QString::fromStdString(value).trimmed().isEmpty())
            out[name] = value;
    }
    return out;
}

void UpdateComposer::refresh()
{
    const view::TemplateRow *t = chosen();
    if (t == nullptr)
        return;
    const Preview shown = preview(templateOf(*t), liveOf(*m_view, now(), promised()), typed());
    m_previewText = utf8(shown.text);
    m_preview->setPlain(m_previewText);
    QString problem;
    if (!m_next->text().trimmed().isEmpty() && !promised())
        problem = tr("“%1” is no time; write 20m or 1h.").arg(m_next->text().trimmed());
    for (const QString &name : std::as_const(m_fieldOrder)) {
        const bool missing = std::find(shown.missing.begin(), shown.missing.end(), name.toStdString()) != shown.missing.end();
        if (isNextUpdate(name.toStdString())) {
            const std::string clock = liveOf(*m_view, now(), promised()).at("next_update");
            if (!clock.empty())
                m_fields.value(name)->setPlaceholderText(utf8(clock));
        }
        if (missing && problem.isEmpty() && m_note->plain().isEmpty())
            problem = tr("Still needed: %1").arg(name);
    }
    m_sendAction->setEnabled(!m_sending);
    m_send->setEnabled(!m_sending);
    m_problem->setPlain(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_note->setVisible(!m_note->plain().isEmpty());
    m_observe->setVisible(!m_view->strip.armed);
}

QString UpdateComposer::problem() const
{
    return QStringList{m_problem->plain(), m_note->plain()}.join(QLatin1Char(' ')).trimmed();
}

void UpdateComposer::tell(const QString &sentence, bool problem)
{
    m_note->setType(problem ? Type::SmallStrong : Type::Small);
    m_note->setTone(problem ? Tone::Text : Tone::Secondary);
    m_note->setPlain(problem && !sentence.isEmpty() ? QStringLiteral("✗ ") + sentence : sentence);
    m_note->setVisible(!sentence.isEmpty());
}

void UpdateComposer::copy()
{
    if (m_previewText.isEmpty())
        refresh();
    QGuiApplication::clipboard()->setText(m_previewText);
    tell(tr("Copied."), false);
}

void UpdateComposer::send()
{
    if (!isOpen()) {
        begin();
        return;
    }
    const view::TemplateRow *t = chosen();
    if (m_sending || t == nullptr || m_view->focus.isEmpty())
        return;
    const Values values = typed();
    for (const QString &name : std::as_const(m_fieldOrder)) {
        const auto field = std::find_if(t->fields.begin(), t->fields.end(), [&](const auto &f) { return f.name == name; });
        if (field != t->fields.end() && field->required && values.count(name.toStdString()) == 0) {
            tell(tr("“%1” is required: %2.").arg(name, field->hint), true);
            m_fields.value(name)->setFocus();
            return;
        }
    }
    if (!m_next->text().trimmed().isEmpty() && !promised()) {
        tell(tr("“%1” is no time; write 20m or 1h.").arg(m_next->text().trimmed()), true);
        m_next->setFocus();
        return;
    }
    QJsonObject set;
    for (const auto &[name, value] : values)
        set.insert(utf8(name), utf8(value));
    m_sending = true;
    tell(tr("Sending…"), false);
    refresh();
    const QString incident = m_view->focus, id = t->id;
    if (!promised()) {
        sendUpdate(incident, id, set);
        return;
    }
    // The promise comes first: the text speaks of it.
    const QPointer<UpdateComposer> self(this);
    m_source.command(QStringLiteral("promise.make"),
                     {{QStringLiteral("incident"), incident}, {QStringLiteral("audience"), t->audience},
                      {QStringLiteral("due"), m_next->text().trimmed()}, {QStringLiteral("text"), tr("next update")}},
                     [self, incident, id, set](bool done, const QString &sentence, const QJsonObject &) {
                         if (self == nullptr)
                             return;
                         if (!done) {
                             self->finish(false, sentence, {});
                             return;
                         }
                         self->m_next->clear(); // made: a second try makes no second one
                         self->sendUpdate(incident, id, set);
                     });
}

void UpdateComposer::sendUpdate(const QString &incident, const QString &templateId, const QJsonObject &set)
{
    const QPointer<UpdateComposer> self(this);
    m_source.command(QStringLiteral("update.send"),
                     {{QStringLiteral("incident"), incident}, {QStringLiteral("template"), templateId}, {QStringLiteral("set"), set}},
                     [self](bool done, const QString &sentence, const QJsonObject &result) {
                         if (self != nullptr)
                             self->finish(done, sentence, result.value(QLatin1String("update")).toVariant().toString());
                     });
}

void UpdateComposer::finish(bool done, const QString &sentence, const QString &update)
{
    m_sending = false;
    if (!done) {
        tell(sentence.isEmpty() ? tr("The core refused without a reason.") : sentence, true);
        refresh();
        return;
    }
    m_drafts.remove(draftKey());
    for (QLineEdit *edit : std::as_const(m_fields)) {
        const QSignalBlocker blocker(edit);
        edit->clear();
    }
    m_drafts.remove(draftKey());
    tell({}, false);
    refresh();
    close();
    Q_EMIT sent(update);
}

} // namespace qd::comms
