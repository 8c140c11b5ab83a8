// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineview.h"

#include "ui/timeline/kindbar.h"
#include "ui/timeline/timelinecanvas.h"
#include "ui/timeline/timelinemodel.h"
#include "ui/view/sealed.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/timetext.h"
#include "ui/widgets/twintable.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QJsonObject>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::timeline {

using style::Tone;
using style::Type;

namespace {
constexpr qsizetype kMomentText = 500; ///< letters of a line that are kept as the moment's own words
} // namespace

TimelineView::TimelineView(const style::Theme &theme, view::ViewSource &source, widgets::Ticker &ticker, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_source(source)
    , m_header(new widgets::SectionHeader(theme, tr("TIMELINE"), this))
    , m_state(new widgets::PlainLabel(theme, Type::Small, Tone::Text, this))
    , m_canvas(new TimelineCanvas(theme, this))
    , m_model(new TimelineModel(this))
    , m_table(new widgets::TwinTable(theme, m_model, tr("Timeline as a table"), this))
    , m_empty(new widgets::StateCard(theme, this))
    , m_kinds(new KindBar(theme, this))
    , m_pinned(new widgets::PlainLabel(theme, Type::Small, Tone::Text, this))
    , m_sealed(new QPushButton(this))
    , m_sealedTag(new widgets::Tag(theme, {}, this))
    , m_detail(new widgets::PlainLabel(theme, Type::Small, Tone::Text, this))
    , m_find(new QLineEdit(this))
    , m_count(new widgets::PlainLabel(theme, Type::Small, Tone::Text, this))
    , m_area(new widgets::PlainLabel(theme, Type::Small, Tone::Text, this))
    , m_pages(new QStackedLayout)
{
    setAccessibleName(tr("Timeline"));
    m_header->addWidget(m_state);
    m_header->addWidget(m_sealed);
    m_header->addHint(QStringLiteral("Ctrl+Shift+L"), tr("freeze"));
    m_header->addHint(QStringLiteral(", ."), tr("event"));
    m_header->addHint(QStringLiteral("T"), tr("table"));
    m_header->addHint(QStringLiteral("/"), tr("kinds"));
    m_header->addHint(QStringLiteral("P"), tr("pin"));
    m_header->addHint(QStringLiteral("I"), tr("stretch"));
    m_header->addHint(QStringLiteral("Ctrl+F"), tr("find"));

    m_table->setColumns({TimelineModel::Text},
                        {{TimelineModel::Time, QStringLiteral("00:00:00 (UTC)")}, {TimelineModel::LaneColumn, QStringLiteral("Decisions")},
                         {TimelineModel::Actor, QStringLiteral("Mmmmm Mmm")}, {TimelineModel::DeliveryColumn, QStringLiteral("confirmed")},
                         {TimelineModel::Revision, QStringLiteral("removed")}, {TimelineModel::Reactions, QStringLiteral("Reactions")}});

    m_detail->setElided(true);
    m_detail->setContentsMargins(3 * theme.step(), theme.step(), 3 * theme.step(), theme.step());
    m_detail->hide();
    m_area->setContentsMargins(3 * theme.step(), theme.step(), 3 * theme.step(), theme.step());
    m_area->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    m_area->hide();

    m_pinned->setElided(true);
    m_pinned->setContentsMargins(3 * theme.step(), theme.step(), 3 * theme.step(), theme.step());
    m_pinned->hide();
    m_sealed->setFocusPolicy(Qt::NoFocus); // its key acts everywhere
    m_sealed->setAccessibleDescription(tr("That you read it is recorded before it is shown."));
    m_sealed->hide();
    m_sealedTag->hide();

    m_pages->addWidget(m_canvas);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_kinds);
    column->addWidget(m_pinned);
    column->addLayout(m_pages, 1);
    auto *said = new QHBoxLayout;
    said->setSpacing(0);
    said->addWidget(m_sealedTag);
    said->addWidget(m_detail, 1);
    column->addLayout(said);
    column->addWidget(m_area);
    setFocusProxy(m_canvas);

    m_kinds->hideSystem(true);
    m_canvas->setFilter(m_kinds->filter());
    makeActions();
    makeFind();
    connect(m_kinds, &KindBar::filterChanged, this, &TimelineView::showKinds);
    connect(m_kinds, &KindBar::left, this, [this] { (isTable() ? static_cast<QWidget *>(m_table) : m_canvas)->setFocus(Qt::ShortcutFocusReason); });
    connect(m_sealed, &QPushButton::clicked, this, &TimelineView::reveal);
    connect(&source, &view::ViewSource::changed, this, &TimelineView::onView);
    connect(&ticker, &widgets::Ticker::ticked, m_canvas, &TimelineCanvas::setNow);
    connect(m_canvas, &TimelineCanvas::windowChanged, this, &TimelineView::refreshHeader);
    connect(m_canvas, &TimelineCanvas::areaChanged, this, &TimelineView::refreshDetail);
    connect(m_canvas, &TimelineCanvas::alertChosen, this, &TimelineView::alertChosen);
    connect(m_canvas, &TimelineCanvas::selectionChanged, this, [this](const QString &id) {
        refreshDetail();
        if (!id.isEmpty())
            Q_EMIT entryChosen(id);
    });
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        const QString id = index.data(TimelineModel::IdRole).toString();
        if (index.data(TimelineModel::IsAlertRole).toBool())
            Q_EMIT alertChosen(id);
        else
            m_canvas->select(id);
    });
    if (ticker.now())
        m_canvas->setNow(ticker.now());
    onView(source.current());
}

QAction *TimelineView::add(QWidget *on, const QString &name, const QList<QKeySequence> &keys, Qt::ShortcutContext context)
{
    auto *action = new QAction(name, this);
    action->setShortcuts(keys);
    action->setShortcutContext(context);
    on->addAction(action);
    if (on != this)
        addAction(action);
    return action;
}

void TimelineView::makeActions()
{
    // Keys that a table needs itself act on the lanes only; an action knows the widgets it was added to.
    const auto lanes = [this](const QString &name, const QList<QKeySequence> &keys, auto what) {
        auto *action = new QAction(name, this);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        m_canvas->addAction(action);
        addAction(action);
        connect(action, &QAction::triggered, m_canvas, what);
    };
    m_freeze = add(this, tr("Timeline: freeze or follow live"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)}, Qt::WindowShortcut);
    m_freeze->setCheckable(true);
    connect(m_freeze, &QAction::triggered, this, [this](bool frozen) { m_canvas->setFollowing(!frozen); });
    m_tableAction = add(this, tr("Timeline: show as table"), {QKeySequence(Qt::Key_T)}, Qt::WidgetWithChildrenShortcut);
    m_tableAction->setCheckable(true);
    connect(m_tableAction, &QAction::triggered, this, &TimelineView::showTable);

    connect(add(this, tr("Timeline: show only a kind…"), {QKeySequence(Qt::Key_Slash)}, Qt::WidgetWithChildrenShortcut), &QAction::triggered, this, [this] {
        m_kinds->show(*m_view);
        m_kinds->begin();
    });
    connect(add(this, tr("Timeline: show every kind"), {QKeySequence(Qt::CTRL | Qt::Key_Backspace)}, Qt::WidgetWithChildrenShortcut), &QAction::triggered, m_kinds, &KindBar::clear);
    m_system = add(this, tr("Timeline: show or hide system events"), {QKeySequence(Qt::Key_Q)}, Qt::WidgetWithChildrenShortcut);
    m_system->setObjectName(QStringLiteral("timeline.system"));
    m_system->setCheckable(true);
    connect(m_system, &QAction::triggered, this, &TimelineView::showSystem);
    QAction *words = add(this, tr("Timeline: reveal sealed words (that you read them is recorded)"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_X)}, Qt::WindowShortcut);
    words->setObjectName(QStringLiteral("timeline.reveal"));
    connect(words, &QAction::triggered, this, &TimelineView::reveal);

    lanes(tr("Timeline: zoom in"), {QKeySequence(Qt::Key_Plus), QKeySequence(Qt::Key_Equal)}, [this] { m_canvas->zoom(0.6); });
    lanes(tr("Timeline: zoom out"), {QKeySequence(Qt::Key_Minus)}, [this] { m_canvas->zoom(1 / 0.6); });
    lanes(tr("Timeline: earlier"), {QKeySequence(Qt::Key_Left)}, [this] { m_canvas->pan(-0.2); });
    lanes(tr("Timeline: later"), {QKeySequence(Qt::Key_Right)}, [this] { m_canvas->pan(0.2); });
    lanes(tr("Timeline: previous event"), {QKeySequence(Qt::Key_Comma), QKeySequence(Qt::Key_Up)}, [this] { m_canvas->step(-1); });
    lanes(tr("Timeline: next event"), {QKeySequence(Qt::Key_Period), QKeySequence(Qt::Key_Down)}, [this] { m_canvas->step(1); });
    lanes(tr("Timeline: start"), {QKeySequence(Qt::Key_Home)}, [this] { m_canvas->goStart(); });
    lanes(tr("Timeline: now"), {QKeySequence(Qt::Key_End)}, [this] { m_canvas->goNow(); });
    lanes(tr("Timeline: centre, then everything"), {QKeySequence(Qt::Key_F)}, [this] { m_canvas->centre(); });
    lanes(tr("Timeline: pin as a key moment, or take it back"), {QKeySequence(Qt::Key_P), QKeySequence(Qt::Key_B)}, [this] { mark(); });
    lanes(tr("Timeline: keep the message's files as evidence"), {QKeySequence(Qt::SHIFT | Qt::Key_E)}, [this] { keepFiles(); });
    lanes(tr("Timeline: what an edited message said before"), {QKeySequence(Qt::Key_W)}, [this] { tellBefore(); });
    lanes(tr("Timeline: put a line of your own otherwise…"), {QKeySequence(Qt::Key_R), QKeySequence(Qt::Key_F2)}, [this] { revise(); });
    lanes(tr("Timeline: make a task from the chosen line…"), {QKeySequence(Qt::Key_A)}, [this] { makeFrom(QStringLiteral("@")); });
    lanes(tr("Timeline: make a decision from the chosen line…"), {QKeySequence(Qt::Key_D)}, [this] { makeFrom(QStringLiteral("!")); });
    lanes(tr("Timeline: class this text…"), {QKeySequence(Qt::SHIFT | Qt::Key_X)}, [this] { classLine(); });
    lanes(tr("Timeline: strike this text…"), {QKeySequence(Qt::Key_X), QKeySequence(Qt::Key_Delete)}, [this] { strike(); });
    lanes(tr("Timeline: choose a stretch"), {QKeySequence(Qt::Key_I)}, [this] { m_canvas->toggleArea(); });
    lanes(tr("Timeline: copy the chosen stretch"), {QKeySequence::Copy}, [this] { copyArea(); });
    lanes(tr("Timeline: end the stretch, clear the selection"), {QKeySequence(Qt::Key_Escape)}, [this] { escape(); });
}

QString TimelineView::findCount() const
{
    return m_count->plain();
}

QTableView &TimelineView::table()
{
    return *m_table;
}

bool TimelineView::isTable() const
{
    return m_pages->currentWidget() == m_table;
}

void TimelineView::showTable(bool table)
{
    m_wantTable = table;
    m_tableAction->setChecked(table);
    if (m_canvas->isEmpty())
        return;
    const bool hadFocus = isAncestorOf(focusWidget());
    m_pages->setCurrentWidget(table ? static_cast<QWidget *>(m_table) : m_canvas);
    setFocusProxy(table ? static_cast<QWidget *>(m_table) : m_canvas);
    if (table)
        m_table->keepCurrent(m_model->rowOf(m_canvas->selected()), m_model->rowCount() - 1);
    if (hadFocus)
        (table ? static_cast<QWidget *>(m_table) : m_canvas)->setFocus();
}

void TimelineView::onView(const view::ViewModelPtr &view)
{
    m_view = view;
    m_kinds->show(*view);
    m_model->setView(view, m_kinds->filter());
    m_canvas->setView(view);
    if (!m_find->isHidden()) { // what arrives is found too, and nothing moves for it
        m_found = findIn(*view, m_find->text(), m_kinds->filter());
        m_canvas->setFound(m_found, m_at);
        showCount();
    }
    m_table->keepCurrent(-1, m_model->rowCount() - 1);
    switch (view->strip.link) {
    case view::CoreLink::Starting:
    case view::CoreLink::Loading: m_empty->say(tr("Loading"), tr("The core is reading its log.")); break;
    case view::CoreLink::Lost: m_empty->say(tr("The core is not answering"), view->strip.linkProblem); break;
    case view::CoreLink::Live:
        m_empty->say(tr("Nothing has happened yet"), tr("Alerts, changes, calls, decisions and chat appear here as they happen. Ctrl+L logs a line."));
        break;
    }
    if (m_canvas->isEmpty())
        m_pages->setCurrentWidget(m_empty);
    else if (m_pages->currentWidget() == m_empty)
        showTable(m_wantTable);
    refreshPinned();
    refreshHeader();
    refreshDetail();
}

void TimelineView::showKinds()
{
    m_canvas->setFilter(m_kinds->filter());
    onView(m_view);
}

void TimelineView::showSystem(bool show)
{
    m_system->setChecked(show);
    m_kinds->hideSystem(!show);
}

bool TimelineView::showsSystem() const
{
    return !m_kinds->filter().hidesSystem();
}

QString TimelineView::state() const
{
    return m_state->plain();
}

QString TimelineView::pinned() const
{
    return m_pinned->plain();
}

void TimelineView::refreshPinned()
{
    QStringList lines;
    int sealed = 0;
    for (const view::TimelineEntry &e : m_view->timeline) {
        sealed += view::sealedIn(e.text).isEmpty() ? 0 : 1;
        if (e.moment != 0 && !e.removed)
            lines.prepend(QStringLiteral("★ %1 %2").arg(widgets::shownMinutes(e.at), e.text.simplified())); // where it is cut, it is the oldest that are not seen
    }
    m_pinned->setPlain(lines.join(QStringLiteral("   ")));
    m_pinned->setVisible(!lines.isEmpty() && !m_canvas->isEmpty());
    m_pinned->setAccessibleName(lines.isEmpty() ? QString() : tr("Pinned: %1").arg(m_pinned->plain()));
    m_sealed->setText(tr("▨ %Ln sealed — reveal", nullptr, sealed));
    m_sealed->setVisible(sealed > 0);
}

void TimelineView::reveal()
{
    Q_EMIT revealRequested(m_canvas->selected());
}

void TimelineView::refreshHeader()
{
    m_header->setSubtitle(m_canvas->isEmpty() ? QString() : rangeText(m_canvas->scale()) + QLatin1Char(' ') + widgets::zoneName());
    m_freeze->setChecked(!m_canvas->isFollowing());
    QString state;
    if (m_canvas->isFollowing())
        state = tr("following live");
    else if (m_canvas->missed() > 0)
        state = tr("held · %1 new · End follows").arg(m_canvas->missed());
    else
        state = tr("held · End follows");
    if (const int hidden = m_view ? m_kinds->filter().systemHiddenIn(*m_view) : 0; hidden > 0)
        state += QStringLiteral(" · ") + tr("%Ln system event(s) hidden, Q shows", nullptr, hidden);
    m_state->setPlain(m_canvas->isEmpty() ? QString() : state);
}

void TimelineView::refreshDetail()
{
    constexpr int kLines = 4; // the lanes are what is looked at; the rest is copied, or read in the table
    const auto &area = m_canvas->area();
    QString text = area ? QString() : m_canvas->selectedText();
    if (!text.isEmpty() && std::any_of(m_view->timeline.begin(), m_view->timeline.end(), [id = m_canvas->selected()](const view::TimelineEntry &e) { return e.id == id && e.isSecret() && !e.record.isEmpty(); }))
        text += QLatin1Char('\n') + tr("X strikes what it names.");
    m_detail->setPlain(text);
    m_detail->setVisible(!text.isEmpty());
    QStringList classes = view::sealedIn(text);
    classes.removeDuplicates();
    m_sealedTag->setPlain(tr("▨ %1").arg(classes.join(QStringLiteral(", "))));
    m_sealedTag->setVisible(!classes.isEmpty());
    m_area->setVisible(area.has_value());
    if (!area)
        return;
    const AreaContent content = contentOf(*m_view, *area, m_kinds->filter());
    QStringList lines{headOf(*area, content) + QStringLiteral(" — ") + tr("Ctrl+C copies, Esc ends; , and . or Shift and the mouse move its end")};
    const int width = std::max(100, m_area->width() - 6 * m_theme.step());
    const QFontMetrics metrics(m_theme.font(Type::Small));
    for (const QString &line : content.lines.mid(std::max<qsizetype>(0, content.lines.size() - kLines)))
        lines << line.simplified();
    if (content.lines.size() > kLines)
        lines.insert(1, tr("… %Ln line(s) before these", nullptr, static_cast<int>(content.lines.size()) - kLines));
    for (QString &line : lines)
        line = metrics.elidedText(line, Qt::ElideRight, width);
    m_area->setPlain(lines.join(QLatin1Char('\n')));
}

void TimelineView::mark()
{
    const QString id = m_canvas->selected();
    const auto entry = std::find_if(m_view->timeline.begin(), m_view->timeline.end(), [&](const view::TimelineEntry &e) { return e.id == id; });
    const bool isEntry = !id.isEmpty() && entry != m_view->timeline.end();
    if (m_view->focus.isEmpty()) {
        Q_EMIT refused(tr("Key moments are of an incident; none is looked at."));
        return;
    }
    QJsonObject arguments{{QStringLiteral("incident"), m_view->focus}};
    const bool back = isEntry && entry->moment != 0;
    if (back) {
        arguments.insert(QStringLiteral("moment"), static_cast<qint64>(entry->moment));
    } else if (!id.isEmpty() && (!isEntry || entry->removed)) {
        Q_EMIT refused(tr("That has not happened, or was removed; a key moment has happened."));
        return;
    } else {
        arguments.insert(QStringLiteral("text"), isEntry ? entry->text.simplified().left(kMomentText) : tr("marked live"));
        if (isEntry) {
            arguments.insert(QStringLiteral("at"), QString::fromStdString(toRfc3339(entry->at)));
            arguments.insert(QStringLiteral("about"), entry->reference);
        }
    }
    const QString done = back ? tr("It is pinned no more.") : isEntry ? tr("Pinned as a key moment; P again takes it back.") : tr("This moment is pinned; Ctrl+Z, or P on its mark, takes it back.");
    m_source.command(QStringLiteral("incident.moment"), arguments, [self = QPointer<TimelineView>(this), done](bool ok, const QString &sentence, const QJsonObject &) {
        if (self)
            Q_EMIT ok ? self->told(done) : self->refused(sentence);
    });
}

void TimelineView::tellBefore()
{
    const QString id = m_canvas->selected();
    const auto entry = std::find_if(m_view->timeline.begin(), m_view->timeline.end(), [&](const view::TimelineEntry &e) { return e.id == id; });
    if (id.isEmpty() || entry == m_view->timeline.end() || entry->before.isEmpty())
        Q_EMIT refused(tr("That was not edited: nothing stood there before."));
    else
        Q_EMIT told(tr("Before: %1").arg(entry->before.join(QStringLiteral(" ← ")).simplified()));
}

void TimelineView::copyArea()
{
    const auto &area = m_canvas->area();
    const QString text = area ? asText(*area, contentOf(*m_view, *area, m_kinds->filter())) : m_canvas->selectedText();
    if (text.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT told(area ? tr("The stretch is copied as text.") : tr("The line is copied as text."));
}

void TimelineView::escape()
{
    if (m_canvas->area())
        m_canvas->endArea();
    else
        m_canvas->select({});
}

} // namespace qd::timeline
