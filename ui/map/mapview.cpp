// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/mapview.h"

#include "ui/map/dotlayout.h"
#include "ui/map/mapcanvas.h"
#include "ui/map/mapmodel.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/twintable.h"

#include <QAction>
#include <QLineEdit>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace qd::map {

namespace {

constexpr int kSmallHouse = 40; ///< a house this small is shown whole, also when nothing fires

} // namespace

MapView::MapView(const style::Theme &theme, view::ViewSource &source, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_header(new widgets::SectionHeader(theme, tr("DEPENDENCY MAP"), this))
    , m_find(new QLineEdit(this))
    , m_canvas(new MapCanvas(theme, this))
    , m_model(new MapModel(this))
    , m_table(new widgets::TwinTable(theme, m_model, tr("Dependency map as a table"), this))
    , m_empty(new widgets::StateCard(theme, this))
    , m_dot(new DotLayout(this))
    , m_pages(new QStackedLayout)
{
    setAccessibleName(tr("Dependency map"));
    m_find->setPlaceholderText(tr("find a service"));
    m_find->setAccessibleName(tr("Find a service on the map"));
    m_find->setMaxLength(200);
    m_find->setClearButtonEnabled(true);
    m_find->hide();
    m_header->addWidget(m_find);
    m_header->addHint(QStringLiteral("U"), tr("needs"));
    m_header->addHint(QStringLiteral("W"), tr("needed by"));
    m_header->addHint(QStringLiteral("T"), tr("table"));

    m_table->setColumns({MapModel::Needs, MapModel::NeededBy},
                        {{MapModel::Service, QStringLiteral("order-queue-2")}, {MapModel::State, QStringLiteral("critical, blast radius")},
                         {MapModel::Alerts, QStringLiteral("Alerts")}, {MapModel::Team, QStringLiteral("messaging")},
                         {MapModel::Owner, QStringLiteral("D. Novaková")}, {MapModel::Change, QStringLiteral("config push 13:54")}});

    m_pages->addWidget(m_canvas);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addLayout(m_pages, 1);
    setFocusProxy(m_canvas);

    connect(&theme, &style::Theme::changed, this, [this] { arrange(false); }); // the boxes have another size

    makeActions();
    connect(&source, &view::ViewSource::changed, this, &MapView::onView);
    connect(m_dot, &DotLayout::found, this, [this](const QByteArray &hash, const Layout &layout) { onLayout(hash, layout); });
    connect(m_canvas, &MapCanvas::chosen, this, &MapView::serviceChosen);
    connect(m_canvas, &MapCanvas::currentChanged, this, &MapView::refreshHeader);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        const QString id = index.data(MapModel::IdRole).toString();
        choose(id);
        Q_EMIT serviceChosen(id);
    });
    connect(m_find, &QLineEdit::textChanged, m_canvas, &MapCanvas::find);
    connect(m_find, &QLineEdit::returnPressed, this, [this] { m_canvas->setFocus(); });
    onView(source.current());
}

void MapView::makeActions()
{
    // Keys that a table or a text field needs itself act on the drawn map only.
    const auto drawn = [this](const QString &name, const QList<QKeySequence> &keys, auto what) {
        auto *action = new QAction(name, this);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        m_canvas->addAction(action);
        addAction(action);
        connect(action, &QAction::triggered, this, what);
    };
    m_tableAction = new QAction(tr("Map: show as table"), this);
    m_tableAction->setShortcut(QKeySequence(Qt::Key_T));
    m_tableAction->setShortcutContext(Qt::WidgetShortcut);
    m_tableAction->setCheckable(true);
    for (QWidget *w : {static_cast<QWidget *>(m_canvas), static_cast<QWidget *>(m_table), static_cast<QWidget *>(this)})
        w->addAction(m_tableAction);
    connect(m_tableAction, &QAction::triggered, this, &MapView::showTable);

    auto *find = new QAction(tr("Map: find a service"), this);
    find->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_F));
    find->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(find);
    connect(find, &QAction::triggered, this, [this] { openFind(true); });

    drawn(tr("Map: what it needs"), {QKeySequence(Qt::Key_U)}, [this] { m_canvas->toggleClosure(Direction::Needs); });
    drawn(tr("Map: what needs it"), {QKeySequence(Qt::Key_W)}, [this] { m_canvas->toggleClosure(Direction::NeededBy); });
    drawn(tr("Map: to what it needs"), {QKeySequence(Qt::Key_Down)}, [this] { m_canvas->walk(Qt::Key_Down); });
    drawn(tr("Map: to what needs it"), {QKeySequence(Qt::Key_Up)}, [this] { m_canvas->walk(Qt::Key_Up); });
    drawn(tr("Map: left in its rank"), {QKeySequence(Qt::Key_Left)}, [this] { m_canvas->walk(Qt::Key_Left); });
    drawn(tr("Map: right in its rank"), {QKeySequence(Qt::Key_Right)}, [this] { m_canvas->walk(Qt::Key_Right); });
    drawn(tr("Map: choose this service"), {QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)}, [this] {
        if (!m_canvas->current().isEmpty())
            Q_EMIT serviceChosen(m_canvas->current());
    });
    drawn(tr("Map: zoom in"), {QKeySequence(Qt::Key_Plus), QKeySequence(Qt::Key_Equal)},
          [this] { m_canvas->zoom(1.25, m_canvas->rect().center()); });
    drawn(tr("Map: zoom out"), {QKeySequence(Qt::Key_Minus)}, [this] { m_canvas->zoom(0.8, m_canvas->rect().center()); });
    drawn(tr("Map: centre, then everything"), {QKeySequence(Qt::Key_F)}, [this] { m_canvas->centre(); });
    drawn(tr("Map: arrange anew"), {QKeySequence(Qt::SHIFT | Qt::Key_F)}, [this] {
        m_laid.clear();
        arrange(true);
        m_canvas->fit();
    });
    for (int hops = 1; hops <= 3; ++hops)
        drawn(hops == 1 ? tr("Map: 1 hop") : tr("Map: %1 hops").arg(hops), {QKeySequence(Qt::Key_0 + hops)}, [this, hops] { setHops(hops); });
    drawn(tr("Map: the whole house"), {QKeySequence(Qt::Key_0)}, [this] { setHops(-1); });
    drawn(tr("Map: hide this service"), {QKeySequence(Qt::Key_Delete)}, [this] { hideCurrent(); });
    drawn(tr("Map: show what was hidden"), {QKeySequence(Qt::SHIFT | Qt::Key_Delete)}, [this] {
        m_hidden.clear();
        arrange(false);
    });
    auto *back = new QAction(tr("Map: back"), this);
    back->setShortcut(QKeySequence(Qt::Key_Escape));
    back->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(back);
    connect(back, &QAction::triggered, this, [this] {
        openFind(false);
        m_canvas->clearClosure();
    });
}

void MapView::openFind(bool open)
{
    if (!open)
        m_find->clear();
    m_find->setVisible(open);
    if (open)
        m_find->setFocus();
    else if (!m_canvas->hasFocus() && isAncestorOf(focusWidget()))
        m_canvas->setFocus();
}

QTableView &MapView::table()
{
    return *m_table;
}

bool MapView::isTable() const
{
    return m_pages->currentWidget() == m_table;
}

void MapView::showTable(bool table)
{
    m_wantTable = table;
    m_tableAction->setChecked(table);
    if (m_view->nodes.empty())
        return;
    QWidget *page = table ? static_cast<QWidget *>(m_table) : m_canvas;
    const bool hadFocus = m_table->hasFocus() || m_canvas->hasFocus();
    m_pages->setCurrentWidget(page);
    setFocusProxy(page);
    const int row = m_model->rowOf(m_canvas->current());
    if (table)
        m_table->keepCurrent(row, 0);
    if (hadFocus)
        page->setFocus();
}

void MapView::choose(const QString &service)
{
    if (m_model->rowOf(service) < 0)
        return;
    m_chosen = service;
    m_hidden.remove(service);
    arrange(false);
    m_canvas->setCurrent(service);
}

void MapView::setHops(int hops)
{
    m_hops = hops;
    arrange(true);
}

void MapView::hideCurrent()
{
    if (m_canvas->current().isEmpty())
        return;
    m_hidden.insert(m_canvas->current());
    m_canvas->setCurrent({});
    arrange(false);
}

void MapView::onView(const view::ViewModelPtr &view)
{
    const bool otherFocus = m_view != nullptr && view->focus != m_focus;
    m_view = view;
    m_focus = view->focus;
    m_canvas->setView(view);
    const QString row = m_table->currentIndex().data(MapModel::IdRole).toString();
    m_model->setView(view);
    m_table->keepCurrent(m_table->currentIndex().isValid() ? -1 : m_model->rowOf(row), 0);
    if (view->nodes.empty()) {
        if (view->strip.link == view::CoreLink::Lost)
            m_empty->say(tr("The core is not answering"), view->strip.linkProblem);
        else if (view->strip.link != view::CoreLink::Live)
            m_empty->say(tr("Loading"), tr("The core is reading its log."));
        else
            m_empty->say(tr("No services yet"), tr("Services and what they depend on are written in the workspace, in services.toml."));
        m_pages->setCurrentWidget(m_empty);
    } else if (m_pages->currentWidget() == m_empty) {
        showTable(m_wantTable);
    }
    arrange(otherFocus);
}

void MapView::arrange(bool afresh)
{
    if (m_view == nullptr)
        return;
    QSet<QString> seeds;
    for (const auto &n : m_view->nodes) {
        if (n.alerts > 0 || n.suspect)
            seeds.insert(n.id);
    }
    if (!m_chosen.isEmpty())
        seeds.insert(m_chosen);
    const bool whole = m_hops < 0 || static_cast<int>(m_view->nodes.size()) <= kSmallHouse;
    QSet<QString> next = neighbourhood(m_view->nodes, m_view->edges, seeds, whole ? -1 : m_hops);
    if (next.isEmpty()) // a large quiet house: what most depends on
        next = neighbourhood(m_view->nodes, m_view->edges, {m_view->nodes.empty() ? QString() : m_view->nodes.front().id}, -1, kSmallHouse);
    if (!afresh) {
        for (const auto &n : m_view->nodes) {
            if (m_shown.contains(n.id) && static_cast<std::size_t>(next.size()) < kNodeBudget)
                next.insert(n.id);
        }
    }
    next -= m_hidden;
    const Topology topology = Topology::of(*m_view, next);
    const QSizeF node = m_canvas->nodeSize(*m_view);
    const QByteArray hash = topology.hash(node);
    const Layout &now = m_canvas->laidOut();
    qsizetype added = 0;
    for (const QString &id : topology.nodes)
        added += now.centres.contains(id) ? 0 : 1;
    m_shown = next;
    if (hash != m_laid && hash != m_wanted) {
        const bool few = added <= 3 || added * 3 <= topology.nodes.size();
        if (!afresh && !now.centres.isEmpty() && now.node == node && few) {
            m_canvas->setLayout(grown(now, topology)); // what stays does not move
            m_laid = hash;
            m_wanted.clear();
        } else {
            m_wanted = hash;
            m_dot->request(topology, node);
        }
    }
    refreshHeader();
}

void MapView::onLayout(const QByteArray &hash, const Layout &layout)
{
    if (hash != m_wanted)
        return;
    m_wanted.clear();
    m_laid = hash;
    m_canvas->setLayout(layout);
    if (!m_chosen.isEmpty() && m_canvas->current().isEmpty())
        m_canvas->setCurrent(m_chosen);
}

void MapView::refreshHeader()
{
    if (m_view == nullptr || m_view->nodes.empty()) {
        m_header->setSubtitle({});
        return;
    }
    QStringList parts;
    const int total = static_cast<int>(m_view->nodes.size());
    if (m_hops >= 0 && total > kSmallHouse)
        parts << (m_hops == 1 ? tr("1 hop") : tr("%1 hops").arg(m_hops));
    parts << (m_shown.size() == total ? tr("all %1 services").arg(total) : tr("%1 of %2 services").arg(m_shown.size()).arg(total));
    if (!m_hidden.isEmpty())
        parts << tr("%1 hidden").arg(m_hidden.size());
    for (const auto &n : m_view->nodes) {
        if (n.suspect)
            parts << tr("suspect %1").arg(n.name);
        if (n.folded > 0)
            parts << tr("%n call(s) folded under %1", nullptr, n.folded).arg(n.name);
    }
    if (m_view->proposals > 0)
        parts << tr("%n proposed: Ctrl+Shift+G", nullptr, m_view->proposals);
    m_header->setSubtitle(parts.join(QStringLiteral(" · ")));
}

} // namespace qd::map
