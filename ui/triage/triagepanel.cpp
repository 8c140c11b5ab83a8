// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/triagepanel.h"

#include "ui/triage/alertview.h"
#include "ui/triage/filterbar.h"
#include "ui/triage/overridebar.h"
#include "ui/triage/ratetrend.h"
#include "ui/triage/suppressors.h"
#include "ui/triage/whypane.h"
#include "ui/widgets/counttabs.h"
#include "ui/widgets/keyhints.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/timetext.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QPainter>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace qd::triage {

using style::Tone;
using style::Type;
using view::AlertRow;
using widgets::KeyCap;
using widgets::PlainLabel;

namespace {

/// Flood starts above ten alerts in ten minutes (ISA-18.2).
constexpr int kFloodThreshold = 10;
/// Of the panel's height, for an alert that is read in full.
constexpr int kWholeShare = 45;

/// The bar that says what waits outside the held list.
class NoticeBar final : public QWidget {
public:
    NoticeBar(const style::Theme &theme, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
    {
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), m_theme.color(Tone::Raised));
        painter.setPen(m_theme.color(Tone::Line));
        painter.drawLine(0, 0, width(), 0);
    }

private:
    const style::Theme &m_theme;
};

} // namespace

TriagePanel::TriagePanel(view::ViewSource &source, const style::Theme &theme, widgets::Ticker &ticker, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_theme(theme)
    , m_ticker(ticker)
    , m_tabs(new widgets::CountTabs(theme, this))
    , m_trend(new RateTrend(theme, this))
    , m_filter(new FilterBar(theme, this))
    , m_alerts(new AlertView(theme, m_table, this))
    , m_body(new QStackedWidget(this))
    , m_state(new widgets::StateCard(theme, this))
    , m_notice(new NoticeBar(theme, this))
    , m_noticeText(new PlainLabel(theme, Type::Body, Tone::Secondary, m_notice))
    , m_noticeTail(new PlainLabel(theme, Type::Body, Tone::Secondary, m_notice))
    , m_noticeKey(new KeyCap(theme, QStringLiteral("End"), m_notice))
    , m_quiet(new NoticeBar(theme, this))
    , m_quietText(new PlainLabel(theme, Type::Small, Tone::Secondary, m_quiet))
    , m_quietKey(new widgets::KeyHints(theme, m_quiet))
    , m_overrides(new OverrideBar(theme, this))
    , m_why(new WhyPane(theme, this))
    , m_whyHeader(new widgets::SectionHeader(theme, tr("WHY IS THIS HERE"), this))
    , m_hints(new widgets::KeyHints(theme, this))
{
    setAccessibleName(tr("Triage"));
    build();
    showHints();
    makeActions();

    connect(m_tabs, &widgets::CountTabs::currentChanged, this, [this](int tab) {
        if (tab != 3 && !m_expanded.isEmpty()) // what was only to be looked at filters nothing else
            m_filter->remove({Condition::Field::Suppressor, std::exchange(m_expanded, QString())});
        m_table.setList(static_cast<AlertTable::List>(tab));
        showSuppressed();
        m_alerts->fitColumns();
        m_alerts->ensureCurrent();
        showHints();
        onChosen();
        showState();
    });
    connect(m_filter, &FilterBar::filterChanged, this, [this] {
        const auto &chips = m_filter->filter().chips();
        if (std::find(chips.begin(), chips.end(), Condition{Condition::Field::Suppressor, m_expanded}) == chips.end())
            m_expanded.clear(); // its chip was taken off by hand
        m_table.setFilter(m_filter->filter());
        showSuppressed();
        m_alerts->ensureCurrent();
        showState();
    });
    connect(m_filter, &FilterBar::left, this, [this] { m_alerts->setFocus(); });
    connect(&m_table, &AlertTable::countsChanged, this, &TriagePanel::showCounts);
    connect(m_alerts, &AlertView::tookHold, this, [this] { m_table.setHeld(true); });
    connect(m_alerts, &AlertView::letGoRequested, this, [this] { m_table.release(); });
    connect(m_alerts, &AlertView::endRequested, this, &TriagePanel::showNew);
    connect(m_alerts, &AlertView::currentRowChanged, this, [this](int row) {
        const QString service = m_table.row(row).service;
        onChosen();
        Q_EMIT serviceChosen(service);
    });
    connect(m_alerts, &QAbstractItemView::activated, this, [this] {
        onChosen();
        showWhole(true);
    });
    connect(&ticker, &widgets::Ticker::ticked, this, [this](Instant now) {
        m_table.setNow(now);
        m_alerts->viewport()->update();
        m_overrides->setNow(now);
    });
    const auto countSelected = [this] { m_overrides->setSelected(static_cast<int>(m_alerts->selectedRowNumbers().size())); };
    connect(m_alerts->selectionModel(), &QItemSelectionModel::selectionChanged, this, countSelected);
    connect(&m_table, &QAbstractItemModel::modelReset, this, countSelected);
    connect(&m_table, &QAbstractItemModel::rowsRemoved, this, countSelected);
    connect(&source, &view::ViewSource::changed, this, &TriagePanel::onView);
    onView(source.current());
}

void TriagePanel::build()
{
    m_tabs->addTab(tr("Active"));
    m_tabs->addTab(tr("Standing"));
    m_tabs->addTab(tr("Shelf"));
    m_tabs->addTab(tr("Suppressed"));
    const int step = m_theme.step();

    auto *top = new QHBoxLayout;
    top->setContentsMargins(0, 0, 3 * step, 0);
    top->addWidget(m_tabs);
    top->addStretch(1);
    top->addWidget(m_trend);

    auto *notice = new QHBoxLayout(m_notice);
    notice->setContentsMargins(3 * step, 2 * step, 3 * step, 2 * step);
    notice->setSpacing(step + 2);
    notice->addWidget(m_noticeText);
    notice->addWidget(m_noticeKey);
    notice->addWidget(m_noticeTail, 1);
    m_notice->hide();
    auto *quiet = new QHBoxLayout(m_quiet);
    quiet->setContentsMargins(3 * step, step, 3 * step, step);
    quiet->setSpacing(2 * step);
    quiet->addWidget(m_quietText, 1);
    quiet->addWidget(m_quietKey);
    m_quietText->setElided(true);
    m_quiet->hide();

    m_body->addWidget(m_alerts);
    m_body->addWidget(m_state);
    m_state->setFocusPolicy(Qt::TabFocus);

    auto *list = new QWidget(this);
    auto *listColumn = new QVBoxLayout(list);
    listColumn->setContentsMargins(0, 0, 0, 0);
    listColumn->setSpacing(0);
    listColumn->addWidget(m_body, 1);
    listColumn->addWidget(m_notice);
    listColumn->addWidget(m_quiet);
    listColumn->addWidget(m_overrides);

    auto *why = new QWidget(this);
    auto *whyColumn = new QVBoxLayout(why);
    whyColumn->setContentsMargins(0, 0, 0, 0);
    whyColumn->setSpacing(0);
    m_whyHeader->setRules(true, false);
    m_whyHeader->addWidget(new KeyCap(m_theme, QStringLiteral("Y"), m_whyHeader));
    whyColumn->addWidget(m_whyHeader);
    whyColumn->addWidget(m_why, 1);
    auto *hintRow = new QHBoxLayout;
    hintRow->setContentsMargins(3 * step, step, 3 * step, 2 * step);
    m_hints->keepWords(); // a row of letters says nothing to whom does not know them
    hintRow->addWidget(m_hints);
    hintRow->addStretch(1);
    whyColumn->addLayout(hintRow);

    auto *split = new QSplitter(Qt::Vertical, this);
    split->setObjectName(QStringLiteral("triage.split"));
    split->setChildrenCollapsible(false);
    split->setHandleWidth(1);
    split->addWidget(list);
    split->addWidget(why);
    split->setStretchFactor(0, 7);
    split->setStretchFactor(1, 3);
    split->setSizes({8000, 2000}); // shares; the alerts are what is read first
    const auto leastHeights = [this, list] {
        list->setMinimumHeight(m_theme.rowHeight() * 3);
        m_why->setMinimumHeight(m_theme.rowHeight());
    };
    connect(&m_theme, &style::Theme::changed, list, leastHeights);
    leastHeights();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_filter);
    column->addWidget(split, 1);
}

void TriagePanel::showWhole(bool whole)
{
    if (whole == m_why->isFull())
        return;
    m_why->setFull(whole);
    // What is read in full gets room for it, and gives it back.
    auto *split = findChild<QSplitter *>(QStringLiteral("triage.split"));
    const QList<int> now = split->sizes();
    const int all = now.value(0) + now.value(1), wanted = all * kWholeShare / 100;
    if (whole && now.value(1) < wanted) {
        m_sizesBefore = now;
        split->setSizes({all - wanted, wanted});
        m_alerts->scrollTo(m_alerts->currentIndex()); // the person asked for it: what they read about stays beside it
    } else if (!whole && !m_sizesBefore.isEmpty()) {
        split->setSizes(m_sizesBefore);
        m_sizesBefore.clear();
    }
}

void TriagePanel::showHints()
{
    const bool isShelf = m_table.list() == AlertTable::List::Shelf; // few, so that their words stay on a small screen
    std::vector<std::pair<const char *, QString>> keys{{"A", tr("ack")}, {"O", tr("owner")}, {"E", tr("escalate")}, {"G", tr("attach")},
                                                       {"S", tr("shelve")}, {"⇧S", tr("silence")}, {"N", tr("note")}, {"?", tr("keys")}};
    if (isShelf)
        keys = {{"U", tr("hear again now")}, {"A", tr("ack")}, {"O", tr("owner")}, {"?", tr("keys")}};
    m_hints->clear();
    for (const auto &[key, what] : keys)
        m_hints->add(QString::fromUtf8(key), what);
}

void TriagePanel::onView(const view::ViewModelPtr &view)
{
    m_view = view;
    m_table.setNow(m_ticker.now());
    m_table.setView(view);
    m_trend->setRate(view->rate, kFloodThreshold);
    m_tabs->setCount(0, static_cast<int>(view->active.size()));
    m_tabs->setCount(1, static_cast<int>(view->standing.size()));
    m_tabs->setCount(2, static_cast<int>(view->shelf.size()));
    m_tabs->setCount(3, static_cast<int>(view->suppressed.size()));
    // The alert looked at stays the one looked at, wherever its row went: a key pressed now must not hit its neighbour.
    if (const int row = m_wanted.isEmpty() ? -1 : m_table.find(m_wanted); row >= 0)
        m_alerts->keepCurrent(row);
    m_alerts->ensureCurrent();
    showSuppressed();
    m_overrides->setLast(view->overrides.empty() ? std::nullopt : std::optional(view->overrides.front()), m_ticker.now());
    showState();
    onChosen();
}

void TriagePanel::onChosen()
{
    const auto current = [this] {
        const QModelIndex index = m_alerts->currentIndex();
        return index.isValid() && m_body->currentWidget() == m_alerts ? index.row() : -1;
    };
    if (current() >= 0 && m_table.row(current()).key != m_wanted) {
        m_wanted = m_table.row(current()).key;
        // Asking for a detail may bring a new view at once, which lands here again and frees the rows of the old one.
        m_source.select(m_wanted);
    }
    const int row = current();
    m_whyHeader->setSubtitle(row < 0 ? QString() : m_table.row(row).title);
    m_why->show(row < 0 ? nullptr : &m_table.row(row), row < 0 ? view::AlertDetail{} : m_view->detail);
}

void TriagePanel::showCounts()
{
    m_filter->setHidden(m_table.hiddenByFilter());
    const int waiting = m_table.newRows();
    m_notice->setVisible(waiting > 0);
    m_noticeText->setPlain(tr("▲ %Ln new since you selected —", nullptr, waiting));
    m_noticeTail->setPlain(tr("to see them"));
}

void TriagePanel::showSuppressed()
{
    const std::vector<Suppressor> all = m_table.list() == AlertTable::List::Active && m_view != nullptr ? suppressorsOf(m_view->suppressed) : std::vector<Suppressor>();
    m_quiet->setVisible(!all.empty() || !m_expanded.isEmpty());
    m_quietKey->clear();
    if (!m_expanded.isEmpty()) {
        m_quietText->setPlain(tr("What %1 suppresses").arg(Suppressor{m_expanded, 0}.name()));
        m_quietKey->add(QStringLiteral("P"), tr("back"));
        return;
    }
    if (all.empty())
        return;
    constexpr std::size_t kNamed = 3;
    QString words = tr("%Ln suppressed by %1", nullptr, all.front().count).arg(all.front().name());
    for (std::size_t i = 1; i < std::min(all.size(), kNamed); ++i)
        words += QStringLiteral(" · ") + tr("%Ln by %1", nullptr, all[i].count).arg(all[i].name());
    int others = 0;
    for (std::size_t i = kNamed; i < all.size(); ++i)
        others += all[i].count;
    if (others > 0)
        words += QStringLiteral(" · ") + tr("%Ln by others", nullptr, others);
    m_quietText->setPlain(words);
    m_quietKey->add(QStringLiteral("P"), tr("show them"));
}

void TriagePanel::expandSuppressed()
{
    constexpr int kSuppressed = 3;
    if (!m_expanded.isEmpty() && m_cameFrom != kSuppressed)
        return m_tabs->setCurrent(m_cameFrom);
    if (!m_expanded.isEmpty()) {
        m_filter->remove({Condition::Field::Suppressor, std::exchange(m_expanded, QString())});
        return showSuppressed();
    }
    const std::vector<Suppressor> all = suppressorsOf(m_view->suppressed);
    if (all.empty()) {
        Q_EMIT refused(tr("Nothing is suppressed."));
        return;
    }
    m_expanded = all.front().by;
    m_cameFrom = m_tabs->current();
    m_filter->add({Condition::Field::Suppressor, m_expanded});
    m_tabs->setCurrent(kSuppressed);
    showSuppressed();
}

void TriagePanel::showState()
{
    const view::Strip &strip = m_view->strip;
    QWidget *shown = m_table.rowCount() > 0 ? static_cast<QWidget *>(m_alerts) : m_state;
    const bool hadKeyboard = m_alerts->hasFocus() || m_state->hasFocus();
    m_body->setCurrentWidget(shown);
    setFocusProxy(shown);
    if (hadKeyboard && !shown->hasFocus())
        shown->setFocus();
    if (shown == m_alerts)
        return;
    QStringList silent;
    for (const view::Feed &feed : strip.feeds) {
        if (!feed.chat && feed.state != QLatin1String("fresh"))
            silent << feed.name;
    }
    if (strip.link == view::CoreLink::Starting)
        m_state->say(tr("Starting the core"), tr("Alerts appear here as soon as it answers."));
    else if (strip.link == view::CoreLink::Loading)
        m_state->say(tr("Reading the journal"), tr("Everything recorded so far is being brought back."));
    else if (m_table.total() > 0)
        m_state->say(tr("The filter hides everything"), tr("%Ln alert(s) do not match it. Press / and Backspace to take it back.", nullptr, m_table.total()));
    else if (strip.link == view::CoreLink::Lost)
        m_state->say(tr("The core is lost"), strip.linkProblem);
    else if (m_table.list() == AlertTable::List::Standing)
        m_state->say(tr("Nothing stands"), tr("No alert has been active for more than a day."));
    else if (m_table.list() == AlertTable::List::Suppressed)
        m_state->say(tr("Nothing is suppressed"), tr("Silenced and inhibited alerts, and those in maintenance, would be counted here."));
    else if (m_table.list() == AlertTable::List::Shelf)
        m_state->say(tr("Nothing is on the shelf"), tr("What somebody shelved (S) or snoozed (Z) lies here until its time is over, or until U."));
    else if (strip.feeds.empty())
        m_state->say(tr("Nothing is connected"), tr("Connect a source with Ctrl+Alt+N or “quarterdeckctl connect”, or start a practice incident with --practice."));
    else if (!silent.isEmpty())
        m_state->say(tr("Nothing is reported"), tr("But this may be blindness: %1 not fresh.").arg(silent.join(QStringLiteral(", "))));
    else
        m_state->say(tr("Nothing is firing"), tr("%Ln feed(s) report and are fresh.", nullptr, static_cast<int>(strip.feeds.size())));
}

void TriagePanel::reveal(const QString &alertKey)
{
    if (const int row = m_table.find(alertKey); row >= 0)
        m_alerts->goTo(row);
}

void TriagePanel::revealService(const QString &service)
{
    for (int row = 0; row < m_table.rowCount(); ++row) {
        if (m_table.row(row).service == service) {
            m_alerts->goTo(row);
            return;
        }
    }
}

std::vector<AlertRow> TriagePanel::marked() const
{
    std::vector<AlertRow> rows;
    for (const int number : m_alerts->selectedRowNumbers())
        rows.push_back(m_table.row(number));
    return rows;
}

std::vector<AlertRow> TriagePanel::chosen() const
{
    std::vector<AlertRow> rows = marked();
    if (rows.empty() && m_alerts->currentIndex().isValid())
        rows.push_back(m_table.row(m_alerts->currentIndex().row()));
    return rows;
}

void TriagePanel::showNew()
{
    m_alerts->letGo();
    m_table.release();
    m_alerts->ensureCurrent();
    m_alerts->scrollToTop();
}

} // namespace qd::triage
