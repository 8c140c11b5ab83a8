// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/gototime.h"

#include "ui/widgets/timetext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLineEdit>
#include <QRegularExpression>
#include <cstdlib>

namespace qd::review {

namespace {

struct TimeTexts {
    Q_DECLARE_TR_FUNCTIONS(qd::review::TimeTexts)
};

QDateTime byShownClock(Instant at)
{
    return QDateTime::fromMSecsSinceEpoch((at + widgets::zoneOffset(at)).ns / 1'000'000, Qt::UTC);
}

/// The moment at which the clocks shown read so.
Instant momentOf(const QDate &day, const QTime &time)
{
    const Instant read{QDateTime(day, time, Qt::UTC).toMSecsSinceEpoch() * 1'000'000};
    return read - widgets::zoneOffset(read - widgets::zoneOffset(read));
}

QString fullStamp(Instant at)
{
    return byShownClock(at).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

} // namespace

TypedPast readPast(const QString &text, const Replay &replay)
{
    const QString typed = text.trimmed();
    const auto within = [&](Instant at, Span room) { return at <= replay.to() && at + room >= replay.from(); };
    const TypedPast outside{{}, TimeTexts::tr("%1 is outside what there is to replay: %2 to %3 (%4).").arg(typed.left(40), fullStamp(replay.from()), fullStamp(replay.to()), widgets::zoneName())};
    if (const auto full = parseInstant(typed.toStdString()))
        return within(*full, {}) ? TypedPast{*full, {}} : outside;
    static const QRegularExpression kTyped(QStringLiteral("^(?:(\\d{4}-\\d{2}-\\d{2})[T ]\\s*)?(\\d{1,2}):(\\d{2})(?::(\\d{2}))?$"));
    const auto match = kTyped.match(typed);
    const QTime time(match.captured(2).toInt(), match.captured(3).toInt(), match.captured(4).toInt());
    const QDate day = QDate::fromString(match.captured(1), Qt::ISODate);
    if (!match.hasMatch() || !time.isValid() || (!match.captured(1).isEmpty() && !day.isValid()))
        return {{}, TimeTexts::tr("“%1” is no time; write 14:09:30 or 2026-12-01 14:09:30.").arg(typed.left(40))};
    const Span room = match.captured(4).isEmpty() ? seconds(59) : Span{}; // the minute in which it begins is in it
    const Instant near = replay.isPast() ? replay.at() : replay.from();
    Instant best;
    const auto consider = [&](const QDate &on) {
        const Instant at = momentOf(on, time);
        if (within(at, room) && (!best || std::abs((at - near).ns) < std::abs((best - near).ns)))
            best = at;
    };
    if (day.isValid())
        consider(day);
    else
        for (QDate each = byShownClock(replay.from()).date(); each <= byShownClock(replay.to()).date(); each = each.addDays(1))
            consider(each);
    return best ? TypedPast{std::max(best, replay.from()), {}} : outside;
}

GoToTimeDialog::GoToTimeDialog(const style::Theme &theme, const Replay &replay, QWidget *parent)
    : FormDialog(theme, tr("Go to a time"), tr("Go there"), parent)
    , m_replay(replay)
    , m_time(new QLineEdit(this))
{
    m_time->setPlaceholderText(byShownClock(m_replay.isPast() ? m_replay.at() : m_replay.from()).toString(QStringLiteral("HH:mm:ss")));
    addField(tr("Time"), m_time, tr("As 14:09:30 or 2026-12-01 14:09:30, by the clock of the window (%1); there is %2 to %3.").arg(widgets::zoneName(), fullStamp(m_replay.from()), fullStamp(m_replay.to())));
    finish();
    connect(m_time, &QLineEdit::textChanged, this, &GoToTimeDialog::check);
    check();
    m_time->setFocus();
}

void GoToTimeDialog::check()
{
    if (m_time->text().trimmed().isEmpty())
        return setReady(false);
    const TypedPast read = readPast(m_time->text(), m_replay);
    setReady(static_cast<bool>(read.at), read.refusal);
}

Instant GoToTimeDialog::at() const
{
    return readPast(m_time->text(), m_replay).at;
}

} // namespace qd::review
