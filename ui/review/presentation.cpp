// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/presentation.h"

#include "core/events/texts.h"
#include "core/review/blocks.h"
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
constexpr std::size_t kLines = Presentation::kLinesMost;

QString cut(const QString &text)
{
    return text.size() <= Presentation::kWordsMost ? text : text.left(Presentation::kWordsMost - 1) + QStringLiteral("…");
}

/// How people stand in what is told.
struct Naming {
    view::Nameless nameless;
    bool named = false;
    [[nodiscard]] QString text(const QString &said, Instant at) const { return cut(nameless.text(said, at)); }
};

/// When it is there by this clock.
Instant whenOf(const view::EvidenceRow &row, view::PastClock clock)
{
    return clock == view::PastClock::AsKnown ? std::max(row.at, row.knownAt) : row.at;
}

QString lineWords(const view::EvidenceRow &row, const Naming &naming, view::PastClock clock, Instant at)
{
    const QString &was = naming.named ? row.actor : row.role;
    const QString who = was.isEmpty() ? QString() : QStringLiteral(" — ") + was;
    const QString happened = widgets::shownClock(row.at), known = widgets::shownClock(whenOf(row, view::PastClock::AsKnown));
    return happened + QStringLiteral("  ") + (row.removed ? Told::tr("(removed)") : naming.text(row.textAt(at, clock), row.at - nanos(1))) + who + (known == happened ? QString() : QLatin1Char(' ') + Told::tr("(known %1)").arg(known));
}

/// The line a moment is of. A moment of a time alone has the last that had happened then; `isOf` false.
struct LineOfMoment {
    const view::EvidenceRow *row = nullptr;
    bool isOf = false;
};

LineOfMoment lineOf(const view::Evidence &e, const view::MomentRow &m)
{
    auto it = std::upper_bound(e.order.begin(), e.order.end(), m.at, [&](Instant t, std::uint32_t i) { return t < e.row(i).at; });
    const view::EvidenceRow *last = it == e.order.begin() ? nullptr : &e.row(*std::prev(it));
    while (!m.reference.isEmpty() && it != e.order.begin()) {
        const view::EvidenceRow &row = e.row(*--it);
        if (row.at < m.at - seconds(1))
            break;
        if (row.reference == m.reference || row.called == m.reference)
            return {&row, true};
    }
    return {last, false};
}

/// The last lines that are there by a clock, as it has them. Of those of one instant none stands after `marked` then, or as many as there may be could push it out.
std::vector<const view::EvidenceRow *> linesThere(const view::Evidence &e, view::PastClock clock, Instant at, const view::EvidenceRow *marked)
{
    std::vector<const view::EvidenceRow *> out;
    bool isAfter = false;
    for (const std::uint32_t i : e.order) {
        const view::EvidenceRow &row = e.row(i);
        if (row.at > at) // and known no sooner
            break;
        const Instant when = whenOf(row, clock);
        if (when > at || (isAfter && when == at))
            continue;
        out.insert(std::upper_bound(out.begin(), out.end(), when, [&](Instant t, const view::EvidenceRow *r) { return t < whenOf(*r, clock); }), &row);
        if (out.size() > kLines)
            out.erase(out.begin());
        isAfter = isAfter || (&row == marked && when == at);
    }
    return out;
}

QStringList then(const view::Review &review, const Naming &naming, const view::MomentRow &moment, view::PastClock clock, Instant at)
{
    QStringList out;
    if (review.evidence == nullptr)
        return out;
    const LineOfMoment marked = lineOf(*review.evidence, moment);
    for (const view::EvidenceRow *row : linesThere(*review.evidence, clock, at, marked.row))
        out << (row == marked.row ? QStringLiteral("▸ ") : QStringLiteral("   ")) + lineWords(*row, naming, clock, at);
    return out;
}

/// When a moment is gone to: it happened, or it was known.
Instant goneTo(const view::Review &review, const view::MomentRow &m, view::PastClock clock)
{
    const LineOfMoment of = review.evidence == nullptr ? LineOfMoment{} : lineOf(*review.evidence, m);
    return of.isOf && clock == view::PastClock::AsKnown ? std::max(m.at, whenOf(*of.row, clock)) : m.at;
}

/// The text of a section that counts, as it is published: the newest that somebody said is done, and before there is one what the record has to say. Nobody's draft is one.
QString countedText(const view::ReviewSection &section)
{
    const view::RevisionText *record = nullptr;
    for (auto r = section.revisions.rbegin(); r != section.revisions.rend(); ++r) {
        if ((*r)->text == QLatin1String(events::kStruckText.data(), static_cast<int>(events::kStruckText.size())))
            continue;
        if (!(*r)->draft)
            return (*r)->text;
        if (record == nullptr && (*r)->by == QLatin1String("core"))
            record = r->get();
    }
    return record == nullptr ? QString() : record->text;
}

/// The words of a Markdown, and none of its signs.
QString wordsOf(const QString &markdown)
{
    return QString::fromStdString(plainText(blocksOf(markdown.toStdString()))).trimmed();
}

Naming namingOf(const view::Review &review, bool named)
{
    return {view::Nameless(review.cast, named ? view::Nameless::Whom::Unknown : view::Nameless::Whom::Everybody), named};
}

} // namespace

QString markerWords(const QString &kind)
{
    switch (markerOf(kind)) {
    case 1: return Told::tr("DETECTION");
    case 2: return Told::tr("DIAGNOSIS");
    case 3: return Told::tr("REPAIR");
    default: return Told::tr("KEY MOMENT");
    }
}

QStringList linesThen(const view::Review &review, std::uint32_t moment, const view::PastPoint &point)
{
    const auto m = std::find_if(review.moments.begin(), review.moments.end(), [&](const view::MomentRow &each) { return each.number == moment; });
    return m == review.moments.end() ? QStringList() : then(review, namingOf(review, point.named), *m, point.clock, point.at);
}

std::vector<Slide> slidesOf(const view::Review &review, bool named, view::PastClock clock)
{
    std::vector<Slide> out;
    const Naming naming = namingOf(review, named);
    Slide title{{}, Told::tr("%1 · SEV%2 at its worst").arg(review.incident).arg(static_cast<int>(review.worst)), naming.text(review.title, review.to), {}, 0};
    const view::ReviewSection *summary = review.section(QStringLiteral("summary"));
    if (const QString words = summary == nullptr ? QString() : wordsOf(countedText(*summary)); !words.isEmpty())
        title.evidence << naming.text(words, review.to);
    out.push_back(std::move(title));
    for (const view::MomentRow &m : review.moments) {
        const Instant at = goneTo(review, m, clock);
        out.push_back({at, markerWords(m.kind), naming.text(m.text, m.at), then(review, naming, m, clock, at), m.number, m.questions});
    }
    Slide end{{}, Told::tr("WHAT IS TO BE DONE"), {}, {}, 0};
    for (const view::ReviewAction &a : review.actions)
        if (a.state == ActionState::Open)
            end.evidence << QStringLiteral("• ") + naming.text(a.text, review.to);
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
    , m_asked(new PlainLabel(theme, Type::Body, Tone::Secondary, this))
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
    for (std::size_t i = 0; i < kLines; ++i) {
        m_lines.push_back(new PlainLabel(theme, Type::Body, Tone::Text, this));
        m_lines.back()->setWordWrap(true);
        column->addWidget(m_lines.back());
    }
    m_asked->setWordWrap(true);
    column->addWidget(m_asked);
    column->addStretch(1);
    column->addWidget(m_place);
    column->addWidget(m_keys);
    m_keys->setPlain(tr("→ next · ← back · Home first · End last · [ ] minute · { } event · G time · T play · V speed · K clock · R names · Esc leaves"));
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
    enlarge(m_asked, Type::Body, kMiddle);
}

void Presentation::setNamed(bool named, const view::Review *review)
{
    m_named = named;
    if (review == nullptr || !isVisible())
        return;
    m_slides = slidesOf(*review, named, m_point.clock);
    m_current = std::clamp(m_current, 0, static_cast<int>(m_slides.size()) - 1);
    m_then = linesOf(*review);
    fill();
}

QStringList Presentation::linesOf(const view::Review &review) const
{
    const Slide &s = m_slides[static_cast<std::size_t>(m_current)];
    return s.moment == 0 || !m_point.isPast() ? s.evidence : linesThen(review, s.moment, {review.incident, m_point.at, m_point.clock, m_named});
}

void Presentation::setPoint(const view::PastPoint &point, const view::Review &review)
{
    if (m_slides.empty())
        return;
    const bool isOtherClock = point.clock != m_point.clock;
    m_point = point;
    if (isOtherClock) { // what is gone to next is by this one
        m_slides = slidesOf(review, m_named, point.clock);
        m_current = std::clamp(m_current, 0, static_cast<int>(m_slides.size()) - 1);
    }
    if (QStringList lines = linesOf(review); isOtherClock || lines != m_then) {
        m_then = std::move(lines);
        return fill();
    }
    m_time->setPlain(timeWords()); // it plays: nothing else is another
}

void Presentation::setPast(const view::ViewModelPtr &past)
{
    m_was.reset();
    if (past && past->past.isPast()) {
        const auto row = std::find_if(past->incidents.begin(), past->incidents.end(), [&](const view::IncidentRow &i) { return i.id == past->past.incident; });
        m_was = Was{past->past.incident, past->past.at, row != past->incidents.end() && row->severityTold ? static_cast<int>(row->severity) : 0};
    }
    if (!m_slides.empty() && m_current == 0)
        m_heading->setPlain(headingWords());
}

QString Presentation::headingWords() const
{
    const QString &own = m_slides[static_cast<std::size_t>(m_current)].heading;
    if (m_current != 0 || !m_was || m_was->incident != m_point.incident)
        return own;
    return m_was->severity == 0 ? m_was->incident : tr("%1 · SEV%2 at %3").arg(m_was->incident).arg(m_was->severity).arg(widgets::shownClock(m_was->at));
}

QString Presentation::timeWords() const
{
    const Instant own = m_slides[static_cast<std::size_t>(m_current)].at;
    const Instant at = own && m_point.isPast() ? m_point.at : own;
    return !at ? QString() : (m_point.clock == view::PastClock::AsKnown ? tr("PAST · as known at %1") : tr("PAST · as it was at %1")).arg(widgets::shownClock(at));
}

void Presentation::begin(const view::Review &review, view::PastClock clock)
{
    m_point = {review.incident, {}, clock, m_named};
    m_slides = slidesOf(review, m_named, clock);
    QWidget::show();
    raise();
    setFocus(Qt::OtherFocusReason);
    show(0);
}

void Presentation::refresh(const view::Review &review)
{
    const std::uint32_t moment = m_slides.empty() ? 0 : m_slides[static_cast<std::size_t>(m_current)].moment;
    m_slides = slidesOf(review, m_named, m_point.clock);
    const auto same = std::find_if(m_slides.begin(), m_slides.end(), [&](const Slide &s) { return moment != 0 && s.moment == moment; });
    const int slide = same != m_slides.end() ? static_cast<int>(same - m_slides.begin()) : std::clamp(m_current, 0, static_cast<int>(m_slides.size()) - 1);
    const bool isOther = slide != m_current || moment != m_slides[static_cast<std::size_t>(slide)].moment;
    m_current = slide;
    if (isOther)
        return show(slide);
    m_then = linesOf(review); // what was struck or classed meanwhile goes from what a room looks at
    fill();
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
    m_point.at = m_slides[static_cast<std::size_t>(slide)].at;
    m_then = m_slides[static_cast<std::size_t>(slide)].evidence;
    fill();
    Q_EMIT moved(m_slides[static_cast<std::size_t>(slide)].at);
}

void Presentation::fill()
{
    const Slide &s = m_slides[static_cast<std::size_t>(m_current)];
    m_heading->setPlain(headingWords());
    m_time->setPlain(timeWords());
    m_time->setVisible(static_cast<bool>(s.at));
    m_words->setPlain(s.words);
    for (int i = 0; i < kLinesMost; ++i) {
        const QString line = m_then.value(i);
        const bool more = i == kLinesMost - 1 && m_then.size() > kLinesMost;
        m_lines[static_cast<std::size_t>(i)]->setPlain(more ? tr("… and %Ln more", nullptr, static_cast<int>(m_then.size()) - kLinesMost + 1) : line);
        m_lines[static_cast<std::size_t>(i)]->setVisible(!line.isEmpty());
    }
    QStringList asked;
    for (const QString &question : s.questions)
        asked << QStringLiteral("? ") + question;
    m_asked->setPlain(asked.join(QLatin1Char('\n')));
    m_asked->setVisible(!asked.isEmpty());
    m_place->setPlain(tr("%1 of %2").arg(m_current + 1).arg(m_slides.size()));
    fit();
    setAccessibleName(spoken());
    QAccessibleEvent told(this, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&told);
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
    if (!m_asked->plain().isEmpty())
        out << m_asked->plain();
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
