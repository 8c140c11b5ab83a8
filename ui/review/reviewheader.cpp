// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/reviewheader.h"

#include "ui/review/sidetables.h"
#include "ui/style/mark.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/phrase.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QHBoxLayout>
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
    , m_past(new Tag(theme, {}, this))
    , m_missing(new widgets::PlainLabel(theme, Type::Small, Tone::Text, this))
    , m_gates(new QWidget(this))
    , m_turn(new QPushButton(this))
    , m_arrange(new QPushButton(this))
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
    for (QWidget *part : std::initializer_list<QWidget *>{m_badge, m_title, m_phase, m_about})
        row->addWidget(part);
    row->addStretch(1);
    for (QWidget *part : std::initializer_list<QWidget *>{m_past, m_people, m_turn, m_arrange})
        row->addWidget(part);
    auto *gates = new QHBoxLayout(m_gates);
    gates->setContentsMargins(4 * step, 0, 4 * step, step);
    m_missing->setElided(true);
    gates->addWidget(m_missing, 1);
    gates->addWidget(m_waive);
    for (QPushButton *button : {m_turn, m_arrange, m_waive})
        button->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_gates);
    column->addWidget(new widgets::Rule(theme, Qt::Horizontal, this));
    connect(m_turn, &QPushButton::clicked, this, &ReviewHeader::turnRequested);
    connect(m_arrange, &QPushButton::clicked, this, &ReviewHeader::arrangeRequested);
    connect(m_waive, &QPushButton::clicked, this, &ReviewHeader::waiveRequested);
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
        add(tr("draft due"), dueWords(review.due, now));
    m_about->say(about);
    const auto required = std::count_if(review.people.begin(), review.people.end(), [](const auto &p) { return p.required; });
    const auto given = std::count_if(review.people.begin(), review.people.end(), [](const auto &p) { return p.required && p.contributed; });
    m_people->say(required == 0 ? std::vector<widgets::Phrase::Run>() : std::vector<widgets::Phrase::Run>{{tr("required people %1 of %2 contributed").arg(given).arg(required), Type::Body, Tone::Secondary}});
    const ReviewPhase next = after(review.phase);
    m_turn->setVisible(next != ReviewPhase::None);
    m_turn->setText(next == ReviewPhase::InReview ? tr("To review") : next == ReviewPhase::Reviewed ? tr("Reviewed") : tr("Close it"));
    m_arrange->setText(review.isOpen() ? tr("Arrange…") : tr("Open the review…"));
    QStringList missing;
    for (const view::GateRow &gate : review.gates) {
        if (gate.isOpen())
            missing << gate.sentence;
        else if (!gate.met)
            missing << tr("%1 does without: %2 (%3)").arg(gate.waivedBy, gate.sentence, gate.reason);
    }
    const bool open = std::any_of(review.gates.begin(), review.gates.end(), [](const auto &g) { return g.isOpen(); });
    m_missing->setPlain(missing.isEmpty() ? QString() : (open ? tr("Before it is reviewed: %1") : tr("Nothing is missing. %1")).arg(missing.join(QLatin1Char(' '))));
    m_gates->setVisible(review.isOpen() && review.phase <= ReviewPhase::InReview && !missing.isEmpty());
    m_waive->setVisible(open);
    setAccessibleDescription(plain());
}

void ReviewHeader::setMoment(const view::PastPoint &moment)
{
    m_isPast = moment.isPast();
    m_past->setVisible(m_isPast);
    if (m_isPast) {
        m_past->setLook(Tag::Look::Filled, Tone::Past);
        m_past->setPlain((moment.clock == view::PastClock::AsKnown ? tr("PAST · as known at %1") : tr("PAST · as it was at %1")).arg(widgets::shownClock(moment.at)));
    }
    update();
}

QString ReviewHeader::plain() const
{
    QStringList parts{m_title->plain(), m_phase->plain(), m_about->plain(), m_people->plain()};
    if (m_isPast)
        parts << m_past->plain();
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

QString ReviewHeader::missing() const
{
    return m_missing->plain();
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
