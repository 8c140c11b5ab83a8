// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/updatecomposer.h"

#include "core/comms/line.h"
#include "core/governance/clearance.h"
#include "core/model/marking.h"
#include "core/model/outward.h"
#include "ui/comms/draftpanel.h"
#include "ui/comms/gate.h"
#include "ui/comms/sentupdates.h"
#include "ui/comms/words.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/timetext.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::comms {

using style::Tone;
using style::Type;

namespace {

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
    connect(m_sent, &SentUpdates::copyAsked, this, &UpdateComposer::copySent);
    connect(m_sent, &SentUpdates::postedAsked, this, &UpdateComposer::askWhere);
    connect(&source, &view::ViewSource::changed, this, &UpdateComposer::onView);
    connect(&ticker, &widgets::Ticker::ticked, this, [this] {
        showDue();
        if (isOpen())
            refresh();
    });
    onView(source.current());
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
    if (isOpen() && !m_unheard.isEmpty()) { // the one that stands there was recorded: this is another
        m_unheard.clear();
        for (QLineEdit *edit : std::as_const(m_fields)) {
            const QSignalBlocker blocker(edit);
            edit->clear();
        }
        m_drafts.remove(draftKey());
        tell({}, false);
    }
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
    if (m_focus != view->focus) {
        m_unheard.clear();
        m_sent->tell({});
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
        said << (next->due <= now() ? tr("▲ due %1, late").arg(widgets::shownMinutes(next->due))
                                    : tr("due %1, in %2").arg(widgets::shownMinutes(next->due), widgets::countdownText(next->due - now())));
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

Values UpdateComposer::typed() const
{
    Values out;
    const view::TemplateRow *t = chosen();
    for (auto it = m_fields.begin(); it != m_fields.end(); ++it) {
        std::string value = it.value()->text().toStdString();
        const std::string name = it.key().toStdString();
        if (t != nullptr && it.value()->text().trimmed().isEmpty() && isNextUpdate(std::string_view(name)))
            value = liveOf(*m_view, now(), *t, promised()).at("next_update");
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
    const LastPost last = lastOf(*m_view, t->id);
    std::vector<std::string> places;
    for (const QString &place : m_view->stack.places)
        places.push_back(place.toStdString());
    const Values live = liveOf(*m_view, now(), *t, promised());
    const Draft draft = comms::draft(templateOf(*t), live, typed(), last, lintContextOf(*m_view, t->kind), places);
    const Preview &shown = draft.preview;
    m_panel->show(draft, last.number != 0 ? last.at : Instant{});
    m_previewText = utf8(shown.text);
    m_preview->setPlain(m_previewText);
    const std::string &clock = live.at("next_update");
    m_next->setPlaceholderText(clock.empty() ? tr("20m; empty promises nothing") : tr("20m; empty: %1").arg(utf8(clock)));
    QString problem;
    if (!m_next->text().trimmed().isEmpty() && !promised())
        problem = tr("“%1” is no time; write 20m or 1h.").arg(m_next->text().trimmed());
    for (const QString &name : std::as_const(m_fieldOrder)) {
        const bool missing = std::find(shown.missing.begin(), shown.missing.end(), name.toStdString()) != shown.missing.end();
        if (isNextUpdate(name.toStdString())) {
            const auto field = std::find_if(t->fields.begin(), t->fields.end(), [&](const auto &f) { return f.name == name; });
            m_fields.value(name)->setPlaceholderText(!clock.empty() ? utf8(clock) : field != t->fields.end() ? field->hint : QString());
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
    m_goes->setPlain(!t->refusal.isEmpty() ? QStringLiteral("✗ ") + t->refusal : t->reaches ? tr("Goes to: %1").arg(t->goesTo) : tr("▲ Reaches nobody: %1. It is recorded and still owed; Copy as, and say where it was put.").arg(t->goesTo));
    m_goes->setType(t->refusal.isEmpty() && t->reaches ? Type::Small : Type::SmallStrong);
    m_goes->setTone(t->refusal.isEmpty() && t->reaches ? Tone::Secondary : Tone::Text);
    m_goes->setVisible(!t->goesTo.isEmpty());
}

QString UpdateComposer::goesTo() const { return m_goes->plain(); }

QString UpdateComposer::problem() const
{
    return QStringList{m_problem->plain(), m_note->plain()}.join(QLatin1Char(' ')).trimmed();
}

void UpdateComposer::tell(const QString &sentence, bool problem)
{
    m_remove->hide(); // offered again by the refusal that asks for it
    m_removeKey->hide();
    m_refusedCopy.reset();
    m_note->setType(problem ? Type::SmallStrong : Type::Small);
    m_note->setTone(problem ? Tone::Text : Tone::Secondary);
    m_note->setPlain(problem && !sentence.isEmpty() ? QStringLiteral("✗ ") + sentence : sentence);
    m_note->setVisible(!sentence.isEmpty());
    if (!sentence.isEmpty()) { // what is still needed comes back with the next word that is typed
        m_problem->setPlain({});
        m_problem->hide();
    }
}

void UpdateComposer::goOn()
{
    if (!isOpen())
        begin();
    const view::TemplateRow *t = chosen();
    if (!isOpen() || t == nullptr)
        return;
    const LastPost last = lastOf(*m_view, t->id);
    if (last.number == 0)
        return tell(tr("This is the first update of this template here."), false);
    int filled = 0;
    const Values set = typed(); // what is typed already stays, and what follows from the promise goes on following
    for (const auto &[name, value] : carriedOn(templateOf(*t), last, set))
        if (QLineEdit *edit = m_fields.value(utf8(name)); edit != nullptr && !set.contains(name)) {
            edit->setText(utf8(value));
            ++filled;
        }
    tell(tr("%Ln field(s) as in the last one, %1. Change what is new.", nullptr, filled).arg(widgets::shownMinutes(last.at)), false);
    refresh();
}

void UpdateComposer::copy(HandPlace place, bool removeMarked)
{
    if (!isOpen())
        return newestSent().isEmpty() ? m_sent->tell(tr("No update was sent yet; C writes one.")) : copySent(newestSent(), place);
    const view::TemplateRow *t = chosen();
    if (t == nullptr)
        return;
    const Values live = liveOf(*m_view, now(), *t, promised()), values = typed();
    if (asksForMore(*t, values))
        return;
    const Preview whole = preview(templateOf(*t), live, values);
    if (!whole.problem.empty())
        return tell(utf8(whole.problem), true);
    // Nobody holds what is on the clipboard against a clearance any more, so it passes the gate for its audience now.
    const Reader reader{t->clearance, {}};
    const AudienceKind kind = kindOfAudience(t->audience.toStdString());
    const bool isOutside = kind != AudienceKind::Technical && kind != AudienceKind::Executive;
    std::string title = headingOf(*t, live, values), text = whole.text;
    if (isOutside && (!isPaired(title) || !isPaired(text)))
        return tell(tr("The update has [[ or ]] without its other half, so that nobody can tell where marked words begin and end. Nothing was copied; write both, or neither."), true);
    const auto found = governance::tooMuchIn({text, title}, {governance::Place::Kind::Audience, t->audience.toStdString(), {}, {}}, reader);
    if (found && !removeMarked) {
        const QString sentence = QString::fromStdString(governance::refusalOf(*found, "update", "copied"));
        const QString refusal = gateRefusal(sentence).value_or(sentence);
        tell(refusal, true);
        m_refusedCopy = place;
        return offerRemoval(refusal);
    }
    m_copiedCut = found.has_value();
    for (std::string *each : {&title, &text})
        *each = sealed(without(*each, reader), reader, isOutside ? Brackets::Dropped : Brackets::Kept);
    const HandCopy copied = handCopy(place, title, text);
    auto *data = new QMimeData; // the clipboard's from then on
    data->setText(utf8(copied.text));
    if (!copied.html.empty())
        data->setData(QStringLiteral("text/html"), QByteArray::fromStdString(copied.html));
    QGuiApplication::clipboard()->setMimeData(data);
    const std::string_view name = nameOf(place);
    m_copiedFor = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    const QString cut = m_copiedCut ? QLatin1Char(' ') + tr("What is marked above its readers' clearance is not in it.") : QString();
    tell((place == HandPlace::Plain ? tr("Copied.") : tr("Copied for %1. When it is posted there, Alt+Shift+P records that.").arg(m_copiedFor)) + cut, false);
}

} // namespace qd::comms
