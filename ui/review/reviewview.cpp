// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/reviewview.h"

#include "ui/review/actionverbs.h"
#include "ui/review/evidencelist.h"
#include "ui/review/evidencemodel.h"
#include "ui/review/presentation.h"
#include "ui/review/replaystrip.h"
#include "ui/review/reviewheader.h"
#include "ui/review/rows.h"
#include "ui/review/sectioneditor.h"
#include "ui/review/sectionpanel.h"
#include "ui/review/sidepanel.h"
#include "ui/review/sidetables.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/twintable.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::review {

namespace {

bool areSeenAlike(const std::vector<view::FactorRow> &a, const std::vector<view::FactorRow> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const view::FactorRow &x, const view::FactorRow &y) { return x.id == y.id && x.raters == y.raters; });
}

/// About the shares of the picture.
constexpr int kWideFrom = 70;   ///< lines of text, as wide as they are high: below it one panel has all of the room
constexpr int kTallFrom = 28;   ///< … and below so many the strip of the replay is a region like the others
constexpr int kLeftShare = 27, kMiddleShare = 49, kRightShare = 24;

} // namespace

ReviewView::ReviewView(view::ViewSource &source, const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_theme(theme)
    , m_pages(new QStackedLayout(this))
    , m_list(nullptr)
    , m_rows(new RowsModel(theme, {tr("Severity"), tr("Incident"), tr("Title"), tr("Review"), tr("Draft due"), tr("Contributed"), tr("Open actions"), tr("Over")}, this))
    , m_empty(new widgets::StateCard(theme, this))
    , m_filter(new QLineEdit(this))
    , m_count(new widgets::PlainLabel(theme, style::Type::Small, style::Tone::Secondary, this))
    , m_listPage(new QWidget(this))
    , m_page(new QWidget(this))
    , m_header(new ReviewHeader(theme, m_page))
    , m_evidence(new EvidenceList(theme, m_page))
    , m_sections(new SectionPanel(source, theme, m_page))
    , m_side(new SidePanel(theme, m_page))
    , m_replay(new ReplayStrip(theme, m_page))
    , m_presentation(new Presentation(theme, m_page))
    , m_verbs(new ActionVerbs(source, theme, this))
{
    setAccessibleName(tr("Review"));
    makeList();
    auto *parts = new QSplitter(Qt::Horizontal, m_page);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_evidence);
    parts->addWidget(m_sections);
    parts->addWidget(m_side);
    for (int i = 0; const int share : {kLeftShare, kMiddleShare, kRightShare})
        parts->setStretchFactor(i++, share);
    parts->setSizes({kLeftShare * 20, kMiddleShare * 20, kRightShare * 20});
    auto *column = new QVBoxLayout(m_page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(parts, 1);
    column->addWidget(m_replay);
    m_replay->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_pages->addWidget(m_listPage);
    m_pages->addWidget(m_page);
    setFocusProxy(m_list);
    connectParts();
    makeActions();
    makeReplayActions();
    makeDebriefActions();
}

ReviewView::~ReviewView() = default;

void ReviewView::makeList()
{
    m_list = new widgets::TwinTable(m_theme, m_rows, tr("Reviews"), m_listPage);
    m_list->setColumns({2}, {{0, tr("Severity")}, {1, QStringLiteral("INC-2041")}, {3, tr("NOT OPENED")}, {4, tr("Draft due") + QStringLiteral("   ")}, {5, tr("Contributed")}, {6, tr("Open actions")}, {7, tr("STILL RUNNING")}});
    m_filter->setPlaceholderText(tr("/ filter"));
    m_filter->setAccessibleName(tr("Filter the reviews"));
    m_filter->setMaxLength(200);
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    connect(m_filter, &QLineEdit::textChanged, this, &ReviewView::fill);
    connect(m_filter, &QLineEdit::returnPressed, this, [this] { m_list->setFocus(Qt::OtherFocusReason); });
    auto *heading = new widgets::SectionHeader(m_theme, tr("REVIEWS"), m_listPage);
    heading->addWidget(m_filter);
    heading->addHint(QStringLiteral("↵"), tr("open"));
    heading->setRules(false, true);
    m_count->setContentsMargins(2 * m_theme.step(), m_theme.step(), 2 * m_theme.step(), m_theme.step());
    m_count->setElided(true);
    auto *listed = new QVBoxLayout(m_listPage);
    listed->setContentsMargins(0, 0, 0, 0);
    listed->setSpacing(0);
    listed->addWidget(heading);
    listed->addWidget(m_list, 1);
    listed->addWidget(m_empty, 1);
    listed->addWidget(m_count);
}

const view::Review *ReviewView::review() const
{
    return m_view != nullptr && m_view->review && m_view->review->incident == m_incident ? m_view->review.get() : nullptr;
}

void ReviewView::show(const view::ViewModelPtr &view, Instant now)
{
    m_view = view;
    m_now = now;
    if (isVisible())
        fill();
}

void ReviewView::setNow(Instant now)
{
    m_now = now;
    if (!isVisible() || m_view == nullptr)
        return;
    m_sections->setNow(now);
    if (const view::Review *r = review())
        m_header->show(*r, now);
    else
        fill();
}

void ReviewView::open(const QString &incident)
{
    if (incident == m_incident)
        return;
    m_sections->leave();
    leavePast();
    m_incident = incident;
    m_shown.reset();
    m_source.review(incident);
    m_side->askOf({});
    m_side->setTrends({});
    m_trendsOf.clear();
    m_region = 0;
    m_pages->setCurrentWidget(incident.isEmpty() ? m_listPage : m_page);
    fit();
    setFocusProxy(incident.isEmpty() ? static_cast<QWidget *>(m_list) : &m_evidence->table());
    if (isVisible())
        focusProxy()->setFocus(Qt::OtherFocusReason);
    fill();
}

void ReviewView::fill()
{
    if (m_view == nullptr)
        return;
    if (m_incident.isEmpty())
        return fillList();
    const view::Review *r = review();
    const bool isKnown = std::any_of(m_view->incidents.begin(), m_view->incidents.end(), [this](const view::IncidentRow &i) { return i.id == m_incident; });
    if (r == nullptr && m_shown && !isKnown && m_view->strip.link == view::CoreLink::Live && m_view->seq > 0) {
        // What stands here is of a record that is gone, by somebody's word.
        const QString gone = m_incident;
        open({});
        return Q_EMIT refused(tr("The record of %1 was erased: there is nothing of it to review.").arg(gone));
    }
    if (r == nullptr || m_view->review == m_shown)
        return; // on its way, or the same
    const bool isOther = !m_shown || m_shown->incident != m_incident;
    const bool isRatedOtherwise = !isOther && !areSeenAlike(m_shown->factors, r->factors);
    m_shown = m_view->review;
    m_header->show(*r, m_now);
    m_evidence->show(*r);
    m_sections->show(*r, m_now);
    m_side->show(*r, m_now);
    m_replay->show(*r);
    if (isOther && m_side->current() == SidePanel::Metrics)
        askMetrics();
    if (isRatedOtherwise && !m_trendsOf.isEmpty()) { // what stands by month is of before
        m_trendsOf.clear();
        askTrends();
    }
    if (isPresenting())
        m_presentation->refresh(*r);
}

/// Where nothing of it is another nothing is made: of a house with thousands of incidents it is asked for with every view.
void ReviewView::fillList()
{
    const QString words = m_filter->text();
    const std::int64_t minute = m_now.ns / minutes(1).ns;
    if (minute == m_listedMinute && words == m_listedWords && m_listed == m_view->reviews)
        return;
    const TableRow *was = m_rows->row(m_list->currentIndex().row());
    const QString chosen = was != nullptr ? was->id : QString();
    m_listed = m_view->reviews;
    m_listedMinute = minute;
    m_listedWords = words;
    m_rows->setRows(reviewRows(m_listed, m_now, words));
    m_list->keepCurrent(chosen.isEmpty() ? -1 : m_rows->indexOf(chosen), 0);
    const bool none = m_rows->rowCount() == 0;
    m_list->setVisible(!none);
    m_empty->setVisible(none);
    if (none && m_listed.empty())
        m_empty->say(tr("Nothing to learn from yet"), tr("Every incident stands here, whether it runs or is over: its past can be gone through, and what was learnt of it is written."));
    else if (none)
        m_empty->say(tr("No incident says that"), tr("Escape takes the filter away."));
    QStringList parts{tr("%Ln incident(s)", nullptr, static_cast<int>(m_listed.size()))};
    if (!words.trimmed().isEmpty())
        parts << tr("%Ln shown", nullptr, m_rows->rowCount());
    if (m_view->unlistedReviews > 0)
        parts << tr("%Ln older one(s) not listed here: quarterdeckctl get incidents", nullptr, m_view->unlistedReviews);
    m_count->setPlain(parts.join(QStringLiteral(" · ")));
}

void ReviewView::choose(const QString &incident)
{
    if (!m_incident.isEmpty() || m_view == nullptr)
        return;
    fillList();
    if (const int row = m_rows->indexOf(incident); row >= 0) {
        m_list->keepCurrent(row, row);
        m_list->scrollTo(m_rows->index(row, 0));
    }
}

QString ReviewView::listFooter() const
{
    return m_count->plain();
}

bool ReviewView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape)
            m_filter->clear();
        if (key == Qt::Key_Escape || key == Qt::Key_Down) {
            m_list->setFocus(Qt::OtherFocusReason);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

std::vector<std::pair<QWidget *, QWidget *>> ReviewView::regions() const
{
    if (m_incident.isEmpty())
        return {{m_listPage, m_list}};
    return {{m_evidence, &m_evidence->table()}, {m_sections, &m_sections->editor()}, {m_side, m_side->focusProxy()}, {m_replay, &m_replay->lanes()}};
}

void ReviewView::rest()
{
    m_sections->leave();
    m_shown.reset(); // what is left is filled in again when one is back
}

void ReviewView::setPast(const view::ViewModelPtr &past)
{
    const view::PastPoint moment = past ? past->past : view::PastPoint{};
    if (!past)
        m_replay->leave(); // what was looked at may be gone: then nobody asked to come back
    m_header->setMoment(moment);
    m_evidence->setMoment(moment);
    m_presentation->setPast(past);
    if (past && past->replay)
        m_replay->setSpans(past->replay);
    if (past)
        m_evidence->revealAt(moment.at);
}

void ReviewView::leavePast()
{
    m_replay->leave();
}

bool ReviewView::present()
{
    const view::Review *r = review();
    if (r == nullptr)
        return false;
    m_sections->draft().save();
    m_presentation->begin(*r, m_replay->replay().clock());
    resizeEvent(nullptr);
    Q_EMIT presented(true);
    return true;
}

bool ReviewView::isPresenting() const
{
    return m_presentation->isVisibleTo(m_page);
}

void ReviewView::goRegion(std::size_t region)
{
    const auto all = regions();
    m_region = std::min(region, all.size() - 1);
    fit();
    all[m_region].second->setFocus(Qt::ShortcutFocusReason);
}

void ReviewView::fit()
{
    m_isNarrow = width() < kWideFrom * m_theme.lineHeight();
    const bool isLow = height() < kTallFrom * m_theme.lineHeight();
    if (m_incident.isEmpty())
        return;
    const auto all = regions();
    for (std::size_t i = 0; i + 1 < all.size(); ++i)
        all[i].first->setVisible(!m_isNarrow || i == std::min(m_region, std::size_t{2}));
    m_replay->setVisible(!isLow || m_region + 1 == all.size() || isPresenting());
}

void ReviewView::resizeEvent(QResizeEvent *event)
{
    if (event != nullptr)
        QWidget::resizeEvent(event);
    fit();
    // The strip of the replay stays below what is told.
    m_presentation->setGeometry(0, 0, width(), std::max(0, height() - m_replay->sizeHint().height()));
    m_presentation->raise();
}

} // namespace qd::review
