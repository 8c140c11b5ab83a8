// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/plannersheet.h"

#include "ui/escalation/plannerstrip.h"
#include "ui/widgets/keyhints.h"
#include "ui/widgets/plaintext.h"

#include <QAction>
#include <QPointer>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::shell {

using style::Tone;
using style::Type;
using widgets::PlainLabel;

PlannerSheet::PlannerSheet(view::ViewSource &source, const style::Theme &theme, QWidget *window)
    : Overlay(theme, window)
    , m_source(source)
    , m_scroll(new QScrollArea(this))
    , m_strip(new escalation::PlannerStrip(theme))
    , m_title(new PlainLabel(theme, Type::Heading, Tone::Secondary, this))
    , m_words(new PlainLabel(theme, Type::Body, Tone::Text, this))
    , m_keys(new widgets::KeyHints(theme, this))
{
    setAccessibleName(tr("Who is on call"));
    const int step = theme.step();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(2, 3 * step, 2, 3 * step);
    column->setSpacing(2 * step);
    for (PlainLabel *label : {m_title, m_words})
        label->setContentsMargins(3 * step, 0, 3 * step, 0);
    column->addWidget(m_title);
    column->addWidget(m_scroll, 1);
    column->addWidget(m_words);
    auto *keys = new QHBoxLayout;
    keys->setContentsMargins(3 * step, 0, 3 * step, 0);
    keys->addWidget(m_keys);
    column->addLayout(keys);
    m_words->setWordWrap(true);
    m_scroll->setFrameShape(NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(m_strip);
    setFocusProxy(m_strip);
    add("override", tr("Change who is on call…"), Qt::Key_O, &PlannerSheet::overrideRequested);
    add("swap", tr("Swap shifts…"), Qt::Key_S, &PlannerSheet::swapRequested);
    m_keys->add(QStringLiteral("← →"), tr("shift"));
    m_keys->add(QStringLiteral("O"), tr("change who is on call"));
    m_keys->add(QStringLiteral("S"), tr("swap"));
    m_keys->add(QStringLiteral("Ctrl+Alt+W"), tr("take a change back"));
    m_keys->add(QStringLiteral("Esc"), tr("close"));
    connect(m_strip, &escalation::PlannerStrip::currentChanged, this, &PlannerSheet::say);
}

void PlannerSheet::add(const char *name, const QString &text, Qt::Key key, void (PlannerSheet::*what)(const escalation::Shift &))
{
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String("oncall.") + QLatin1String(name));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, [this, what] {
        if (!isVisible())
            return open(); // from the palette: first it is chosen
        if (const auto shift = m_strip->currentShift(); shift && !shift->schedule.isEmpty())
            Q_EMIT (this->*what)(*shift);
        else
            m_words->setPlain(tr("There is no shift here: choose a schedule, or somebody who is on call."));
    });
    m_strip->addAction(action);
}

QString PlannerSheet::status() const
{
    return m_words->plain();
}

void PlannerSheet::open()
{
    const int asked = ++m_asked;
    m_strip->show({});
    say();
    m_words->setPlain(tr("Asking the core…"));
    appear(*m_strip);
    m_source.command(QStringLiteral("schedule.planner"), {}, [self = QPointer(this), asked](bool done, const QString &sentence, const QJsonObject &result) {
        if (!self || asked != self->m_asked)
            return;
        if (done)
            self->m_strip->show(escalation::plannerOf(result));
        else
            self->m_words->setPlain(sentence);
        if (done)
            self->say();
        self->place();
    });
}

void PlannerSheet::say()
{
    const escalation::Planner &planner = m_strip->planner();
    const auto counts = planner.counts();
    QStringList head{tr("ON CALL · THE NEXT 24 HOURS")};
    if (!planner.isEmpty())
        head << tr("%Ln gap(s)", nullptr, counts.gaps) << tr("%Ln handoff(s)", nullptr, counts.handoffs) << tr("%Ln overlap(s)", nullptr, counts.overlaps);
    m_title->setPlain(head.join(QStringLiteral(" · ")));
    if (planner.isEmpty())
        return m_words->setPlain(tr("There are no schedules in the workspace; [[schedule]] in a file of it makes one."));
    m_words->setPlain(m_strip->currentText() + (planner.folded > 0 ? QStringLiteral("  ") + tr("%Ln row(s) not shown.", nullptr, planner.folded) : QString()));
}

void PlannerSheet::place()
{
    const QSize room = parentWidget()->size();
    const int width = room.width() - 16 * theme().step();
    const int words = 2 * QFontMetrics(theme().font(Type::Body)).height() + 6 * theme().step();
    const int height = std::min(room.height() - 24 * theme().step(), m_strip->sizeHint().height() + words + m_keys->sizeHint().height() + 18 * theme().step());
    setGeometry((room.width() - width) / 2, std::max(12 * theme().step(), (room.height() - height) / 3), width, height);
}

} // namespace qd::shell
