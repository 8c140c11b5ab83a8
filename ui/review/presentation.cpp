// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/presentation.h"

#include "ui/review/evidencemodel.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QAccessible>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::review {

using style::Tone;
using style::Type;
using widgets::PlainLabel;

namespace {

struct Told {
    Q_DECLARE_TR_FUNCTIONS(qd::review::Presentation)
};

constexpr double kLarge = 2.4, kMiddle = 1.5; ///< times the desktop's text
constexpr int kLines = 2 * Presentation::kAround + 1;

QString markerWords(const QString &kind)
{
    switch (markerOf(kind)) {
    case 1: return Told::tr("DETECTION");
    case 2: return Told::tr("DIAGNOSIS");
    case 3: return Told::tr("REPAIR");
    default: return Told::tr("KEY MOMENT");
    }
}

QString cut(const QString &text)
{
    return text.size() <= Presentation::kWordsMost ? text : text.left(Presentation::kWordsMost - 1) + QStringLiteral("…");
}

QString lineWords(const view::EvidenceRow &row)
{
    const QString who = row.role.isEmpty() ? QString() : QStringLiteral(" — ") + row.role;
    return widgets::shownClock(row.at) + QStringLiteral("  ") + cut(row.removed ? Told::tr("(removed)") : row.text) + who;
}

QStringList around(const view::Review &review, Instant at, const QString &reference)
{
    QStringList out;
    if (review.evidence == nullptr)
        return out;
    const view::Evidence &e = *review.evidence;
    const auto after = std::upper_bound(e.order.begin(), e.order.end(), at, [&](Instant t, std::uint32_t i) { return t < e.row(i).at; });
    auto middle = after == e.order.begin() ? after : std::prev(after);
    for (auto it = middle; !reference.isEmpty() && it != e.order.end() && e.row(*it).at >= at - seconds(1); --it) {
        if (e.row(*it).reference == reference || e.row(*it).called == reference) {
            middle = it;
            break;
        }
        if (it == e.order.begin())
            break;
    }
    const auto first = middle - std::min<std::ptrdiff_t>(Presentation::kAround, middle - e.order.begin());
    const auto last = middle + std::min<std::ptrdiff_t>(Presentation::kAround + 1, e.order.end() - middle);
    for (auto it = first; it != last; ++it)
        out << (it == middle ? QStringLiteral("▸ ") : QStringLiteral("   ")) + lineWords(e.row(*it));
    return out;
}

} // namespace

std::vector<Slide> slidesOf(const view::Review &review)
{
    std::vector<Slide> out;
    Slide title{{}, review.incident + QStringLiteral(" · SEV%1").arg(static_cast<int>(review.severity)), review.title, {}, 0};
    if (const view::ReviewSection *summary = review.section(QStringLiteral("summary")); summary != nullptr && !summary->text().isEmpty())
        title.evidence << cut(summary->text());
    out.push_back(std::move(title));
    for (const view::MomentRow &m : review.moments)
        out.push_back({m.at, markerWords(m.kind), cut(m.text), around(review, m.at, m.reference), m.number});
    Slide end{{}, Told::tr("WHAT IS TO BE DONE"), {}, {}, 0};
    for (const view::ReviewAction &a : review.actions)
        if (a.state == ActionState::Open)
            end.evidence << QStringLiteral("• ") + cut(a.text);
    end.words = end.evidence.isEmpty() ? Told::tr("No action is open.") : Told::tr("%Ln open action(s)", nullptr, static_cast<int>(end.evidence.size()));
    out.push_back(std::move(end));
    return out;
}

Presentation::Presentation(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_heading(new PlainLabel(theme, Type::Heading, Tone::Secondary, this))
    , m_time(new PlainLabel(theme, Type::Figure, Tone::Past, this))
    , m_words(new PlainLabel(theme, Type::Title, Tone::Text, this))
    , m_place(new PlainLabel(theme, Type::Small, Tone::Secondary, this))
    , m_keys(new PlainLabel(theme, Type::Small, Tone::Faint, this))
{
    setFocusPolicy(Qt::StrongFocus);
    setAutoFillBackground(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20 * theme.step(), 12 * theme.step(), 20 * theme.step(), 6 * theme.step());
    column->setSpacing(4 * theme.step());
    column->addWidget(m_heading);
    column->addWidget(m_time);
    column->addWidget(m_words);
    column->addSpacing(4 * theme.step());
    m_words->setWordWrap(true);
    for (int i = 0; i < kLines; ++i) {
        m_lines.push_back(new PlainLabel(theme, Type::Body, Tone::Text, this));
        m_lines.back()->setWordWrap(true);
        column->addWidget(m_lines.back());
    }
    column->addStretch(1);
    column->addWidget(m_place);
    column->addWidget(m_keys);
    m_keys->setPlain(tr("→ next · ← back · Home first · End last · [ ] { } replay · Esc leaves"));
    connect(&theme, &style::Theme::changed, this, &Presentation::fit);
    fit();
    hide();
}

void Presentation::fit()
{
    const auto enlarge = [this](PlainLabel *label, Type type, double times) {
        QFont font = m_theme.font(type);
        font.setPointSizeF(m_theme.font(Type::Body).pointSizeF() * times);
        label->setFont(font);
    };
    enlarge(m_heading, Type::Heading, kMiddle);
    enlarge(m_time, Type::Figure, kMiddle);
    enlarge(m_words, Type::Title, kLarge);
    for (PlainLabel *line : m_lines)
        enlarge(line, Type::Body, kMiddle);
}

void Presentation::begin(const view::Review &review)
{
    m_slides = slidesOf(review);
    QWidget::show();
    raise();
    setFocus(Qt::OtherFocusReason);
    show(0);
}

void Presentation::refresh(const view::Review &review)
{
    const std::uint32_t moment = m_slides.empty() ? 0 : m_slides[static_cast<std::size_t>(m_current)].moment;
    m_slides = slidesOf(review);
    const auto same = std::find_if(m_slides.begin(), m_slides.end(), [&](const Slide &s) { return moment != 0 && s.moment == moment; });
    const int slide = same != m_slides.end() ? static_cast<int>(same - m_slides.begin()) : std::clamp(m_current, 0, static_cast<int>(m_slides.size()) - 1);
    const bool isOther = slide != m_current || moment != m_slides[static_cast<std::size_t>(slide)].moment;
    m_current = slide;
    if (isOther)
        show(slide);
}

void Presentation::go(int step)
{
    const int next = std::clamp(m_current + step, 0, static_cast<int>(m_slides.size()) - 1);
    if (next != m_current)
        show(next);
}

void Presentation::show(int slide)
{
    m_current = slide;
    const Slide &s = m_slides[static_cast<std::size_t>(slide)];
    m_heading->setPlain(s.heading);
    m_time->setPlain(s.at ? tr("PAST · %1").arg(widgets::shownClock(s.at)) : QString());
    m_time->setVisible(static_cast<bool>(s.at));
    m_words->setPlain(s.words);
    for (int i = 0; i < kLines; ++i) {
        const QString line = s.evidence.value(i);
        const bool more = i == kLines - 1 && s.evidence.size() > kLines;
        m_lines[static_cast<std::size_t>(i)]->setPlain(more ? tr("… and %Ln more", nullptr, static_cast<int>(s.evidence.size()) - kLines + 1) : line);
        m_lines[static_cast<std::size_t>(i)]->setVisible(!line.isEmpty());
    }
    m_place->setPlain(tr("%1 of %2").arg(slide + 1).arg(m_slides.size()));
    fit();
    setAccessibleName(spoken());
    QAccessibleEvent told(this, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&told);
    Q_EMIT moved(s.at);
}

QString Presentation::spoken() const
{
    QStringList out{m_heading->plain()};
    if (!m_time->plain().isEmpty())
        out << m_time->plain();
    out << m_words->plain();
    for (const PlainLabel *line : m_lines)
        if (!line->plain().isEmpty())
            out << line->plain();
    return (out << m_place->plain()).join(QLatin1Char('\n'));
}

void Presentation::paintEvent(QPaintEvent *event)
{
    QPainter(this).fillRect(event->rect(), m_theme.color(Tone::Base));
}

void Presentation::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down:
    case Qt::Key_Space:
    case Qt::Key_PageDown:
    case Qt::Key_Return:
    case Qt::Key_Enter: return go(1);
    case Qt::Key_Left:
    case Qt::Key_Up:
    case Qt::Key_Backspace:
    case Qt::Key_PageUp: return go(-1);
    case Qt::Key_Home: return go(-static_cast<int>(m_slides.size()));
    case Qt::Key_End: return go(static_cast<int>(m_slides.size()));
    case Qt::Key_Escape: return Q_EMIT left();
    default: QWidget::keyPressEvent(event);
    }
}

} // namespace qd::review
