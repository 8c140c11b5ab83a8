// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/debriefpanels.h"

#include "ui/review/insightspanel.h"
#include "ui/review/sidetables.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace qd::review {

using style::Tone;
using style::Type;
using widgets::PlainLabel;

namespace {

struct DebriefWords {
    Q_DECLARE_TR_FUNCTIONS(qd::review::DebriefWords)
};

PlainLabel *wrapped(const style::Theme &theme, Type type, Tone tone, QWidget *parent)
{
    auto *label = new PlainLabel(theme, type, tone, parent);
    label->setWordWrap(true);
    return label;
}

/// Buttons in a row, as far as they have room; none is what Return does.
QHBoxLayout *rowOf(std::initializer_list<QPushButton *> buttons)
{
    auto *row = new QHBoxLayout;
    for (QPushButton *button : buttons) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    row->addStretch(1);
    return row;
}

void sayOrHide(PlainLabel *label, const QString &text)
{
    label->setPlain(text);
    label->setVisible(!text.isEmpty());
}

QString scoreWords(const view::Debrief &d)
{
    QStringList parts;
    for (std::size_t n = d.scores.size(); n > 0; --n)
        if (d.scores[n - 1] > 0)
            parts << DebriefWords::tr("%1 × %2", "how often a score was given, and the score").arg(d.scores[n - 1]).arg(n);
    return parts.join(QStringLiteral(" · "));
}

} // namespace

QString moneyWords(std::int64_t hundredths, const QString &currency)
{
    return QLocale().toString(static_cast<double>(hundredths) / 100, 'f', 2) + (currency.isEmpty() ? QString() : QLatin1Char(' ') + currency);
}

QString confidenceWords(Confidence confidence)
{
    switch (confidence) {
    case Confidence::Unsaid: return DebriefWords::tr("not said");
    case Confidence::Low: return DebriefWords::tr("low");
    case Confidence::Medium: return DebriefWords::tr("medium");
    case Confidence::High: return DebriefWords::tr("high");
    }
    return {};
}

MeetingStrip::MeetingStrip(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_held(wrapped(theme, Type::Body, Tone::Text, this))
    , m_signed(wrapped(theme, Type::Body, Tone::Secondary, this))
    , m_meeting(new QPushButton(tr("Meeting held…"), this))
    , m_sign(new QPushButton(this))
{
    setAccessibleName(tr("Meeting and signatures"));
    const int step = theme.step();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(2 * step, 2 * step, 2 * step, 2 * step);
    column->setSpacing(step);
    column->addWidget(m_held);
    column->addWidget(m_signed);
    column->addLayout(rowOf({m_meeting, m_sign}));
    connect(m_meeting, &QPushButton::clicked, this, &MeetingStrip::meetingRequested);
    connect(m_sign, &QPushButton::clicked, this, &MeetingStrip::signRequested);
}

void MeetingStrip::show(const view::Review &review, Instant now)
{
    const view::Debrief &d = review.debrief;
    setVisible(review.isOpen());
    m_held->setPlain(d.heldAt ? tr("The meeting was held on %1, with %2.").arg(dayWords(d.heldAt, now) + QLatin1Char(' ') + widgets::shownMinutes(d.heldAt), d.attended.join(QStringLiteral(", "))) : tr("No meeting was held yet."));
    m_signed->setPlain(d.toSign == 0 ? tr("Nobody's signature is asked for.") : tr("%1 of %2 signed what is written now.").arg(d.standing).arg(d.toSign));
    m_sign->setText(d.yoursStands ? tr("Take my signature back") : d.youSigned ? tr("Sign again: it was changed") : tr("Sign"));
    for (QPushButton *button : {m_meeting, m_sign})
        button->setEnabled(review.phase != ReviewPhase::Closed);
    m_sign->setAccessibleDescription(m_signed->plain());
}

QString MeetingStrip::plain() const
{
    return m_held->plain() + QLatin1Char(' ') + m_signed->plain() + QStringLiteral(" [%1]").arg(m_sign->text());
}

CostPanel::CostPanel(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_cost(wrapped(theme, Type::Body, Tone::Text, this))
    , m_noted(wrapped(theme, Type::Body, Tone::Secondary, this))
    , m_survey(wrapped(theme, Type::Body, Tone::Text, this))
    , m_words(wrapped(theme, Type::Body, Tone::Secondary, this))
    , m_note(new QPushButton(tr("Note a cost…"), this))
    , m_handled(new QPushButton(tr("How was it handled?…"), this))
{
    setAccessibleName(tr("This incident: what it cost, how it was handled"));
    const int step = theme.step();
    auto *title = new PlainLabel(theme, Type::Heading, Tone::Secondary, this);
    title->setPlain(tr("THIS INCIDENT"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 2 * step);
    column->setSpacing(step);
    column->addWidget(title);
    for (PlainLabel *label : {m_cost, m_noted, m_survey, m_words})
        column->addWidget(label);
    column->addLayout(rowOf({m_note, m_handled}));
    connect(m_note, &QPushButton::clicked, this, &CostPanel::costRequested);
    connect(m_handled, &QPushButton::clicked, this, &CostPanel::feedbackRequested);
}

void CostPanel::show(const view::Debrief &d)
{
    QStringList parts;
    if (d.isReckoned || d.noted != 0)
        parts << tr("It cost %1 in all.").arg(moneyWords(d.labour + d.noted, d.currency));
    if (d.people > 0) {
        const QString time = InsightsPanel::duration(60 * d.minutes);
        parts << (d.isReckoned ? tr("%n person(s) worked on it for %1 together: %2.", nullptr, d.people).arg(time, moneyWords(d.labour, d.currency))
                               : tr("%n person(s) worked on it for %1 together.", nullptr, d.people).arg(time));
    } else {
        parts << tr("The record has nobody's time between its declaration and its end.");
    }
    if (!d.isReckoned)
        parts << tr("What that cost is not reckoned: the workspace sets no hourly rate.");
    m_cost->setPlain(parts.join(QLatin1Char(' ')));
    QStringList noted;
    for (const view::CostRow &c : d.costs)
        if (!c.withdrawn)
            noted << tr("%1 for %2", "money, what for").arg(moneyWords(c.amount, d.currency), c.what);
    sayOrHide(m_noted, noted.join(QLatin1Char('\n')));
    m_survey->setPlain(d.answers() == 0 ? tr("Nobody has said yet how it was handled.") : tr("How it was handled, from 1 (badly) to 5 (well): %1").arg(scoreWords(d)));
    QStringList words;
    for (const view::SurveyWord &w : d.words)
        words << (w.person.isEmpty() ? tr("%1: %2", "a score, words").arg(w.score).arg(w.text) : tr("%1, %2: %3", "a score, who said it, words").arg(QString::number(w.score), w.person, w.text));
    sayOrHide(m_words, words.join(QLatin1Char('\n')));
}

QString CostPanel::plain() const
{
    return QStringList{m_cost->plain(), m_noted->plain(), m_survey->plain(), m_words->plain()}.join(QLatin1Char('\n'));
}

} // namespace qd::review
