// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/directory/directoryview.h"

#include "ui/directory/directorymodel.h"
#include "ui/widgets/counttabs.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/timetext.h"
#include "ui/widgets/twintable.h"

#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::directory {

using style::Tone;
using style::Type;

namespace {

constexpr int kDetailLines = 4, kFilterSteps = 60;
constexpr int kWidestSteps = 90; ///< of a column that is not stretched

} // namespace

DirectoryView::DirectoryView(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_header(new widgets::SectionHeader(theme, tr("DIRECTORY"), this))
    , m_tabs(new widgets::CountTabs(theme, this))
    , m_filter(new QLineEdit(this))
    , m_model(new DirectoryModel(this))
    , m_table(new widgets::TwinTable(theme, m_model, tr("Directory"), this))
    , m_empty(new widgets::StateCard(theme, this))
    , m_detail(new widgets::PlainLabel(theme, Type::Body, Tone::Text, this))
    , m_pages(new QStackedLayout)
{
    setAccessibleName(tr("Directory"));
    const int step = theme.step();
    for (const Page page : kPages)
        m_tabs->addTab(titleOf(page));
    m_filter->setPlaceholderText(tr("filter"));
    m_filter->setAccessibleName(tr("Filter the directory"));
    m_filter->setMaxLength(200);
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(kFilterSteps * step);
    m_filter->installEventFilter(this);
    m_header->addHint(QStringLiteral("← →"), tr("list"));
    m_header->addHint(QStringLiteral("/"), tr("filter"));
    m_header->addHint(QStringLiteral("↵"), tr("who is called, plan, arming"));
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(0, 0, 4 * step, 0);
    bar->addWidget(m_tabs);
    bar->addStretch(1);
    bar->addWidget(m_filter);
    m_detail->setWordWrap(true);
    m_detail->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_detail->setContentsMargins(4 * step, 2 * step, 4 * step, 2 * step);
    m_detail->setFixedHeight(kDetailLines * QFontMetrics(theme.font(Type::Body)).height() + 4 * step);
    auto *shown = new QWidget(this);
    shown->setLayout(m_pages);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addLayout(bar);
    column->addWidget(shown, 1);
    column->addWidget(new widgets::Rule(theme, Qt::Horizontal, this));
    column->addWidget(m_detail);
    setFocusProxy(m_table);
    m_table->horizontalHeader()->setSectionsClickable(false);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    makeActions();
    connect(m_tabs, &widgets::CountTabs::currentChanged, this, [this](int tab) { go(kPages[tab]); });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &words) {
        m_model->setFilter(words);
        fill();
    });
    connect(m_filter, &QLineEdit::returnPressed, this, [this] { m_table->setFocus(Qt::OtherFocusReason); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &now) {
        if (const Row *row = m_model->row(now.row()))
            m_current[static_cast<std::size_t>(m_page)] = row->id;
        say();
    });
    connect(m_table, &QTableView::doubleClicked, this, &DirectoryView::openCurrent);
    connect(&theme, &style::Theme::changed, this, [this] {
        m_detail->setFixedHeight(kDetailLines * QFontMetrics(m_theme.font(Type::Body)).height() + 4 * m_theme.step());
        fitColumns();
    });
}

void DirectoryView::makeActions()
{
    const auto add = [this](const char *name, const QString &text, const QList<QKeySequence> &keys, auto what) {
        auto *action = new QAction(text, this);
        action->setObjectName(QLatin1String("directory.") + QLatin1String(name));
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        m_table->addAction(action);
        connect(action, &QAction::triggered, this, what);
    };
    const auto beside = [this](int step) {
        const int count = static_cast<int>(std::size(kPages));
        go(kPages[(static_cast<int>(m_page) + step + count) % count]);
    };
    add("open", tr("Directory: open what is chosen"), {QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)}, [this] { openCurrent(); });
    add("filter", tr("Directory: filter"), {QKeySequence(Qt::Key_Slash)}, [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
    add("next", tr("Directory: next list"), {QKeySequence(Qt::Key_Right)}, [beside] { beside(1); });
    add("previous", tr("Directory: list before"), {QKeySequence(Qt::Key_Left)}, [beside] { beside(-1); });
}

bool DirectoryView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape)
            m_filter->clear();
        if (key == Qt::Key_Escape || key == Qt::Key_Down) {
            m_table->setFocus(Qt::OtherFocusReason);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void DirectoryView::show(const view::ViewModelPtr &view, Instant now)
{
    m_view = view;
    setNow(now);
}

void DirectoryView::setNow(Instant now)
{
    m_now = now;
    if (m_view != nullptr && isVisible())
        fill();
}

void DirectoryView::go(Page page)
{
    m_page = page;
    m_tabs->setCurrent(static_cast<int>(page));
    fill();
}

void DirectoryView::fill()
{
    if (m_view == nullptr)
        return;
    for (const Page page : kPages) {
        Table table = tableOf(page, *m_view, m_now);
        m_tabs->setCount(static_cast<int>(page), static_cast<int>(table.rows.size()));
        if (page != m_page)
            continue;
        const QStringList before = m_model->columnCount() > 0 ? QStringList{m_model->headerData(0, Qt::Horizontal, Qt::DisplayRole).toString()} : QStringList();
        const bool other = before.value(0) != table.columns.value(0);
        m_model->setTable(std::move(table));
        if (other)
            fitColumns();
    }
    const QString id = m_current[static_cast<std::size_t>(m_page)];
    m_table->keepCurrent(m_table->currentIndex().isValid() ? -1 : m_model->indexOf(id), 0);
    const bool empty = m_model->rowCount() == 0;
    m_pages->setCurrentIndex(empty ? 1 : 0);
    if (empty)
        m_empty->say(m_model->hidden() > 0 ? tr("Nothing holds these words") : tr("Empty"), m_model->hidden() > 0 ? tr("Escape shows everything again.") : emptyText(m_page));
    QStringList about;
    if (m_model->hidden() > 0)
        about << tr("%Ln hidden by the filter", nullptr, m_model->hidden());
    if (m_view->directory && (m_page == Page::Services || m_page == Page::Schedules || m_page == Page::Policies))
        about << tr("on call as of %1").arg(widgets::shownClock(m_view->directory->made));
    m_header->setSubtitle(about.join(QStringLiteral(" · ")));
    say();
}

void DirectoryView::fitColumns()
{
    const Table table = m_view != nullptr ? tableOf(m_page, *m_view, m_now) : Table{};
    auto *header = m_table->horizontalHeader();
    const QFontMetrics metrics(m_theme.font(Type::Body));
    for (int column = 0; column < table.columns.size() && column < header->count(); ++column) {
        int wide = metrics.horizontalAdvance(table.columns[column]);
        for (const Row &row : table.rows)
            wide = std::max(wide, metrics.horizontalAdvance(row.cells[column]));
        header->setSectionResizeMode(column, column == table.stretched ? QHeaderView::Stretch : QHeaderView::Interactive);
        if (column != table.stretched)
            header->resizeSection(column, std::min(wide + 7 * m_theme.step(), kWidestSteps * m_theme.step()));
    }
}

void DirectoryView::openCurrent()
{
    const Row *row = m_model->row(m_table->currentIndex().row());
    if (row == nullptr)
        return;
    switch (m_page) {
    case Page::Services: Q_EMIT callsRequested(QStringLiteral("service"), row->id); break;
    case Page::Policies: Q_EMIT callsRequested(QStringLiteral("policy"), row->id); break;
    case Page::Schedules: Q_EMIT planRequested(); break;
    case Page::Connections: Q_EMIT armingRequested(row->id); break;
    case Page::Templates: break; // all of it stands below
    }
}

void DirectoryView::say()
{
    const Row *row = m_model->row(m_table->currentIndex().row());
    m_detail->setPlain(row != nullptr ? row->detail : QString());
}

QString DirectoryView::detail() const
{
    return m_detail->plain();
}

} // namespace qd::directory
