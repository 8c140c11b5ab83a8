// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/figurespanel.h"

#include "ui/review/insightspanel.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QCoreApplication>
#include <QVBoxLayout>

namespace qd::review {

using style::Tone;
using style::Type;

namespace {

struct FigureTexts {
    Q_DECLARE_TR_FUNCTIONS(qd::review::FigureTexts)
};

constexpr std::size_t kAnswersSaid = 6;

QString spanWords(Span span)
{
    return InsightsPanel::duration(span.ns / seconds(1).ns);
}

/// " · 4 min after it was declared", where both are known and in that order.
QString sinceWords(Instant at, Instant since, const QString &sentence)
{
    return at && since && at >= since ? QStringLiteral(" · ") + sentence.arg(spanWords(at - since)) : QString();
}

} // namespace

QStringList figureWords(const view::Figures &f)
{
    QStringList out;
    const auto say = [&](Instant at, const QString &what, const QString &since) {
        if (at)
            out << what.arg(widgets::shownClock(at)) + since;
    };
    const QString declared = FigureTexts::tr("%1 after it was declared", "a length of time");
    say(f.began, FigureTexts::tr("%1 it began"), {});
    say(f.firstAlert, FigureTexts::tr("%1 first alert"), sinceWords(f.firstAlert, f.began, FigureTexts::tr("%1 after it began", "a length of time")));
    say(f.declared, FigureTexts::tr("%1 declared"),
        f.firstAlert ? sinceWords(f.declared, f.firstAlert, FigureTexts::tr("%1 after the first alert", "a length of time")) : sinceWords(f.declared, f.began, FigureTexts::tr("%1 after it began", "a length of time")));
    say(f.firstAnswer, FigureTexts::tr("%1 first answer"), sinceWords(f.firstAnswer, f.declared, declared));
    say(f.mitigated, FigureTexts::tr("%1 mitigated"), sinceWords(f.mitigated, f.declared, declared));
    say(f.resolved, FigureTexts::tr("%1 resolved"), sinceWords(f.resolved, f.declared, declared));
    QStringList answers;
    for (std::size_t i = 0; i < f.answers.size() && i < kAnswersSaid; ++i)
        answers << spanWords(f.answers[i]);
    if (f.answers.size() > kAnswersSaid)
        answers << FigureTexts::tr("at most %1", "a length of time").arg(spanWords(f.answers.back()));
    if (!answers.isEmpty())
        out << FigureTexts::tr("%Ln call(s) answered, within %1", nullptr, static_cast<int>(f.answers.size())).arg(answers.join(QStringLiteral(", ")));
    if (f.unanswered > 0)
        out << FigureTexts::tr("%Ln call(s) nobody answered", nullptr, f.unanswered);
    out << (f.alerts == 0 ? FigureTexts::tr("No alert is part of it.") : FigureTexts::tr("%Ln alert(s) are part of it", nullptr, f.alerts));
    if (f.floods.empty())
        out << FigureTexts::tr("No flood of alarms while it lasted.");
    for (const view::Figures::Flood &flood : f.floods)
        out << (flood.to ? FigureTexts::tr("Flood from %1 for %2: %3 alarms, at most %4 in 10 minutes").arg(widgets::shownClock(flood.from), spanWords(flood.to - flood.from)).arg(flood.alarms).arg(flood.peak)
                         : FigureTexts::tr("Flood since %1: %2 alarms so far, at most %3 in 10 minutes").arg(widgets::shownClock(flood.from)).arg(flood.alarms).arg(flood.peak));
    return out;
}

FiguresPanel::FiguresPanel(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_words(new widgets::PlainLabel(theme, Type::Body, Tone::Text, this))
{
    setAccessibleName(tr("This incident: when what came"));
    auto *title = new widgets::PlainLabel(theme, Type::Heading, Tone::Secondary, this);
    title->setPlain(tr("WHEN WHAT CAME"));
    m_words->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 2 * theme.step());
    column->setSpacing(theme.step());
    column->addWidget(title);
    column->addWidget(m_words);
}

void FiguresPanel::show(const view::Figures &figures)
{
    m_words->setPlain(figureWords(figures).join(QLatin1Char('\n')));
    setAccessibleDescription(m_words->plain());
}

QString FiguresPanel::plain() const
{
    return m_words->plain();
}

} // namespace qd::review
