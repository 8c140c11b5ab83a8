// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/reviewheader.h"

#include "ui/review/rows.h"
#include "ui/review/sidetables.h"
#include "ui/style/mark.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/phrase.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"
#include "ui/widgets/twintable.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPaintEvent>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::review {

using style::Tone;
using style::Type;
using widgets::Tag;

namespace {

constexpr double kTint = 0.12; ///< of the past's colour in the header while one looks at it

} // namespace

ReviewHeader::ReviewHeader(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_badge(new widgets::Badge(theme, this))
    , m_title(new widgets::Phrase(theme, this))
    , m_about(new widgets::Phrase(theme, this))
    , m_people(new widgets::Phrase(theme, this))
    , m_phase(new Tag(theme, {}, this))
    , m_standing(new Tag(theme, {}, this))
    , m_past(new Tag(theme, {}, this))
    , m_missing(new widgets::PlainLabel(theme, Type::Small, Tone::Text, this))
    , m_holes(new widgets::PlainLabel(theme, Type::Small, Tone::Override, this))
    , m_facts(new widgets::PlainLabel(theme, Type::Small, Tone::Override, this))
    , m_gates(new QWidget(this))
    , m_rows(new RowsModel(theme, {tr("What is missing"), tr("What to do")}, this))
    , m_list(new widgets::TwinTable(theme, m_rows, tr("What is missing before it is reviewed"), this))
    , m_turn(new QPushButton(this))
    , m_arrange(new QPushButton(this))
    , m_show(new QPushButton(m_gates))
    , m_waive(new QPushButton(tr("Do without…"), m_gates))
{
    setAccessibleName(tr("Review"));
    const int step = theme.step();
    m_title->setElidable(20);
    m_about->setElidable(6);
    m_people->setElidable(6);
    m_past->hide();
    auto *row = new QHBoxLayout;
    row->setContentsMargins(4 * step, 2 * step, 4 * step, 2 * step);
    row->setSpacing(3 * step);
    for (QWidget *part : std::initializer_list<QWidget *>{m_badge, m_title, m_standing, m_phase, m_about})
        row->addWidget(part);
    row->addStretch(1);
    for (QWidget *part : std::initializer_list<QWidget *>{m_past, m_people, m_turn, m_arrange})
        row->addWidget(part);
    auto *gates = new QHBoxLayout(m_gates);
    gates->setContentsMargins(4 * step, 0, 4 * step, step);
    m_missing->setElided(true);
    gates->addWidget(m_missing);
    gates->addWidget(m_show);
    gates->addStretch(1);
    gates->addWidget(m_waive);
    for (QPushButton *button : {m_turn, m_arrange, m_show, m_waive})
        button->setAutoDefault(false);
    m_list->setColumns({0, 1}, {});
    m_list->horizontalHeader()->hide();
    m_list->setWordWrap(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_gates);
    column->addWidget(m_list);
    for (widgets::PlainLabel *line : {m_facts, m_holes}) {
        line->setElided(true);
        line->setContentsMargins(4 * step, 0, 4 * step, step);
        line->hide();
        column->addWidget(line);
    }
    column->addWidget(new widgets::Rule(theme, Qt::Horizontal, this));
    connect(m_turn, &QPushButton::clicked, this, &ReviewHeader::turnRequested);
    connect(m_arrange, &QPushButton::clicked, this, &ReviewHeader::arrangeRequested);
    connect(m_waive, &QPushButton::clicked, this, &ReviewHeader::waiveRequested);
    connect(m_show, &QPushButton::clicked, this, &ReviewHeader::toggleGates);
    connect(m_list, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (const TableRow *row = m_rows->row(index.row()))
            Q_EMIT gateOpened(row->id);
    });
    connect(&theme, &style::Theme::changed, this, qOverload<>(&QWidget::update));
}

ReviewPhase ReviewHeader::after(ReviewPhase phase)
{
    switch (phase) {
    case ReviewPhase::Draft: return ReviewPhase::InReview;
    case ReviewPhase::InReview: return ReviewPhase::Reviewed;
    case ReviewPhase::Reviewed: return ReviewPhase::Closed;
    case ReviewPhase::None:
    case ReviewPhase::Closed: break;
    }
    return ReviewPhase::None;
}

void ReviewHeader::show(const view::Review &review, Instant now)
{
    m_badge->setMark(style::mark(review.severity), tr("severity %1").arg(static_cast<int>(review.severity)));
    m_title->say({{review.incident + QStringLiteral(" · ") + review.title, Type::Title, Tone::Text}});
    m_phase->setPlain(phaseWords(review.phase));
    m_standing->setPlain(standingWords(review.status));
    m_standing->setLook(review.isRunning() ? Tag::Look::Inverted : Tag::Look::Framed);
    m_standing->setVisible(!m_isPast && !m_standing->plain().isEmpty());
    std::vector<widgets::Phrase::Run> about;
    const auto add = [&](const QString &name, const QString &value) {
        about.push_back({(about.empty() ? QString() : QStringLiteral("   ")) + name + QLatin1Char(' '), Type::Body, Tone::Secondary});
        about.push_back({value, Type::Strong, Tone::Text});
    };
    if (!review.facilitator.isEmpty())
        add(tr("facilitator"), review.facilitator);
    else if (!review.owner.isEmpty())
        add(tr("owner"), review.owner);
    if (review.meeting)
        add(tr("meeting"), dayWords(review.meeting, now) + QLatin1Char(' ') + widgets::shownMinutes(review.meeting));
    if (review.due && review.phase <= ReviewPhase::InReview)
        add(tr("draft due"), review.dueFor == 0 || review.dueFor == static_cast<int>(review.severity) ? dueWords(review.due, now) : tr("%1 (SEV%2 at its worst)").arg(dueWords(review.due, now)).arg(review.dueFor));
    if (!review.patterns.empty())
        add(tr("live patterns"), QString::number(review.patterns.size()));
    m_about->say(about);
    const auto required = std::count_if(review.people.begin(), review.people.end(), [](const auto &p) { return p.required; });
    const auto given = std::count_if(review.people.begin(), review.people.end(), [](const auto &p) { return p.required && p.contributed; });
    m_people->say(required == 0 ? std::vector<widgets::Phrase::Run>() : std::vector<widgets::Phrase::Run>{{tr("required people %1 of %2 contributed").arg(given).arg(required), Type::Body, Tone::Secondary}});
    const ReviewPhase next = after(review.phase);
    m_turn->setVisible(next != ReviewPhase::None);
    m_turn->setText(next == ReviewPhase::InReview ? tr("To review") : next == ReviewPhase::Reviewed ? tr("Reviewed") : tr("Close it"));
    m_arrange->setText(review.isOpen() ? tr("Arrange…") : tr("Open the review…"));
    m_arrange->setVisible(review.isOpen() || review.mayBegin());
    QStringList missing;
    for (const view::GateRow &gate : review.gates) {
        if (gate.isOpen())
            missing << gate.sentence;
        else if (!gate.met)
            missing << tr("%1 does without: %2 (%3)").arg(gate.waivedBy, gate.sentence, gate.reason);
    }
    const bool open = std::any_of(review.gates.begin(), review.gates.end(), [](const auto &g) { return g.isOpen(); });
    m_all = missing.isEmpty() ? QString() : (open ? tr("Before it is reviewed: %1") : tr("Nothing is missing. %1")).arg(missing.join(QLatin1Char(' ')));
    const auto count = static_cast<int>(std::count_if(review.gates.begin(), review.gates.end(), [](const auto &g) { return g.isOpen(); }));
    QStringList counted{count > 0 ? tr("%Ln thing(s) missing before it is reviewed", nullptr, count) : tr("Nothing is missing")};
    if (const auto without = static_cast<int>(missing.size()) - count; without > 0)
        counted << tr("%Ln done without", nullptr, without);
    m_missing->setPlain(counted.join(QStringLiteral(" · ")));
    m_rows->setRows(gateRows(review));
    m_list->keepCurrent(-1, 0);
    fitGates();
    m_gates->setVisible(review.isOpen() && review.phase <= ReviewPhase::InReview && !missing.isEmpty());
    if (!m_gates->isVisibleTo(this))
        m_list->hide();
    sayShow();
    m_waive->setVisible(open);
    m_holes->setPlain(review.holes.isEmpty() ? QString() : QStringLiteral("▨ ") + review.holes.join(QLatin1Char(' ')));
    m_holes->setVisible(!review.holes.isEmpty());
    const bool lacks = review.factsArrived < review.factsExpected;
    m_facts->setPlain(lacks ? tr("%1 of %2 facts are here: rebuild it once more from the same files, into %3 (F9), which adds what is missing.").arg(review.factsArrived).arg(review.factsExpected).arg(review.incident) : QString());
    m_facts->setVisible(lacks);
    setAccessibleDescription(plain());
}

/// As high as what is in it, two lines each where they are long.
void ReviewHeader::fitGates()
{
    constexpr int kMostInSight = 5;
    const int height = m_theme.rowHeight() + QFontMetrics(m_theme.font(Type::Body)).lineSpacing();
    m_list->verticalHeader()->setDefaultSectionSize(height);
    m_list->setFixedHeight(std::min(m_rows->rowCount(), kMostInSight) * height + 2 * m_list->frameWidth());
}

void ReviewHeader::sayShow()
{
    m_show->setText(m_list->isVisibleTo(this) ? tr("▾ Hide them") : tr("▸ What to do"));
}

bool ReviewHeader::toggleGates()
{
    if (!m_gates->isVisibleTo(this))
        return false;
    const bool shows = !m_list->isVisibleTo(this);
    m_list->setVisible(shows);
    sayShow();
    if (shows)
        m_list->setFocus(Qt::OtherFocusReason);
    return true;
}

QString ReviewHeader::gateCount() const
{
    return m_missing->plain();
}

void ReviewHeader::setMoment(const view::PastPoint &moment)
{
    m_isPast = moment.isPast();
    m_past->setVisible(m_isPast);
    m_badge->setVisible(!m_isPast); // what it is today; the strip has what it was at the moment
    m_standing->setVisible(!m_isPast && !m_standing->plain().isEmpty());
    if (m_isPast) {
        m_past->setLook(Tag::Look::Filled, Tone::Past);
        m_past->setPlain((moment.clock == view::PastClock::AsKnown ? tr("PAST · as known at %1") : tr("PAST · as it was at %1")).arg(widgets::shownClock(moment.at)));
    }
    update();
}

QString ReviewHeader::plain() const
{
    QStringList parts{m_title->plain(), m_isPast ? QString() : m_standing->plain(), m_phase->plain(), m_about->plain(), m_people->plain(), m_facts->plain(), m_holes->plain()};
    if (m_isPast)
        parts << m_past->plain();
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

QString ReviewHeader::missing() const
{
    return m_all;
}

void ReviewHeader::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), m_theme.color(Tone::Strip));
    if (!m_isPast)
        return;
    QColor past = m_theme.color(Tone::Past);
    past.setAlphaF(kTint);
    painter.fillRect(event->rect(), past);
}

} // namespace qd::review
