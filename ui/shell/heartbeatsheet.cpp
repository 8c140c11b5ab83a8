// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/heartbeatsheet.h"

#include "ui/triage/heartbeatdelegate.h"
#include "ui/triage/heartbeatmodel.h"
#include "ui/widgets/keyhints.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/twintable.h"

#include <QAction>
#include <QFontMetrics>
#include <QHeaderView>
#include <algorithm>

namespace qd::shell {

using style::Tone;
using style::Type;
using triage::HeartbeatModel;
using widgets::PlainLabel;

HeartbeatSheet::HeartbeatSheet(const style::Theme &theme, QWidget *window)
    : Overlay(theme, window)
    , m_model(new HeartbeatModel(this))
    , m_table(new widgets::TwinTable(theme, m_model, tr("Heartbeats"), this))
    , m_title(new PlainLabel(theme, Type::Heading, Tone::Secondary, this))
    , m_words(new PlainLabel(theme, Type::Body, Tone::Text, this))
    , m_keys(new widgets::KeyHints(theme, this))
{
    setAccessibleName(tr("Heartbeats"));
    layOut(*m_title, *m_table, *m_words, *m_keys);
    m_words->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_table->setItemDelegate(new triage::HeartbeatDelegate(theme, this));
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->horizontalHeader()->setSectionsClickable(false);
    m_table->setColumns({HeartbeatModel::NameColumn, HeartbeatModel::NoteColumn},
                        {{HeartbeatModel::StateColumn, QStringLiteral("▲ awaiting ▲")},
                         {HeartbeatModel::LastColumn, QStringLiteral("59 m 59 s")},
                         {HeartbeatModel::EveryColumn, QStringLiteral("1h30m + 45m")},
                         {HeartbeatModel::MissedColumn, tr("%1 of %2, trips at %3").arg(20).arg(20).arg(20)},
                         {HeartbeatModel::TripsColumn, QStringLiteral("24:00:00")}});
    setFocusProxy(m_table);
    add("mute", tr("Mute the heartbeat…"), Qt::Key_M, &HeartbeatSheet::muteRequested);
    add("unmute", tr("Unmute the heartbeat"), Qt::Key_U, nullptr);
    add("numbers", tr("Try other numbers…"), Qt::Key_T, &HeartbeatSheet::dryRunRequested);
    m_keys->add(QStringLiteral("M"), tr("mute"));
    m_keys->add(QStringLiteral("U"), tr("unmute"));
    m_keys->add(QStringLiteral("T"), tr("try other numbers"));
    m_keys->add(QStringLiteral("Esc"), tr("close"));
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &now) {
        if (const view::HeartbeatRow *row = m_model->row(now.row()))
            m_chosen = row->id;
        say();
    });
    show({}, {});
}

void HeartbeatSheet::add(const char *name, const QString &text, Qt::Key key, void (HeartbeatSheet::*what)(const view::HeartbeatRow &))
{
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String("heartbeats.") + QLatin1String(name));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, [this, what] { act(what); });
    m_table->addAction(action);
}

void HeartbeatSheet::act(void (HeartbeatSheet::*what)(const view::HeartbeatRow &))
{
    if (!isVisible())
        return open(); // from the palette: first it is chosen
    const view::HeartbeatRow *row = m_model->row(m_table->currentIndex().row());
    if (!row)
        return;
    const view::HeartbeatRow chosen = *row;
    if (what)
        Q_EMIT (this->*what)(chosen);
    else if (chosen.mutedUntil)
        Q_EMIT unmuteRequested(chosen.id);
    else
        tell(tr("“%1” is not muted.").arg(chosen.name));
}

QString HeartbeatSheet::status() const
{
    return m_words->plain();
}

void HeartbeatSheet::tell(const QString &sentence)
{
    m_words->setPlain(sentence);
    if (isVisible())
        place();
}

void HeartbeatSheet::open()
{
    m_table->keepCurrent(m_model->rowOf(m_chosen), 0);
    say();
    appear(*m_table);
}

void HeartbeatSheet::show(const std::vector<view::HeartbeatRow> &rows, Instant now)
{
    const QString chosen = m_chosen;
    m_model->setNow(now);
    m_model->setRows(rows);
    m_table->keepCurrent(m_model->rowOf(chosen), 0);
    m_title->setPlain(rows.empty() ? tr("HEARTBEATS") : tr("HEARTBEATS · %Ln in the workspace", nullptr, static_cast<int>(rows.size())));
    say();
}

void HeartbeatSheet::setNow(Instant now)
{
    if (isVisible())
        m_model->setNow(now);
}

void HeartbeatSheet::say()
{
    if (m_model->rowCount() == 0)
        m_words->setPlain(tr("There are no heartbeats in the workspace; [[heartbeat]] in a file of it makes one: a job that pings, or an alert that always fires."));
    else
        m_words->setPlain(m_model->sentence(m_table->currentIndex().row()));
    if (isVisible())
        place();
}

void HeartbeatSheet::place()
{
    const int step = theme().step();
    const int width = sheetWidth(330);
    const int words = m_words->heightForWidth(width - 8 * step);
    const int line = QFontMetrics(theme().font(Type::Body)).height();
    const int rows = m_model->rowCount() * theme().rowHeight() + m_table->horizontalHeader()->sizeHint().height() + 2 * step;
    const int wanted = rows + std::max(words, 2 * line) + m_title->sizeHint().height() + m_keys->sizeHint().height() + 14 * step;
    placeSheet(width, wanted);
}

} // namespace qd::shell
