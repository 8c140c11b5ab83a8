// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/stackcontent.h"

#include "ui/widgets/timetext.h"

#include <QCoreApplication>
#include <algorithm>

namespace qd::escalation {

namespace {

struct PollWords {
    Q_DECLARE_TR_FUNCTIONS(qd::escalation::Poll)
};

bool isAnswered(const view::PollSeat &seat)
{
    return !seat.answer.isEmpty();
}

RowContent headOf(const view::PollRow &poll)
{
    RowContent row;
    row.id = QStringLiteral("poll:%1").arg(poll.number);
    row.lead = PollWords::tr("Poll %1").arg(poll.number);
    row.text = poll.question;
    QStringList result{PollWords::tr("%1 go").arg(poll.go), PollWords::tr("%1 no-go").arg(poll.noGo)};
    if (!poll.silent.isEmpty())
        result << PollWords::tr("%1 silent").arg(poll.silent.size());
    if (!poll.open)
        result << PollWords::tr("closed");
    const QString stands = result.join(QStringLiteral(" · "));
    row.aside = stands + QStringLiteral(" · ") + PollWords::tr("asked by %1").arg(poll.by); // below the question, which is read whole
    row.strong = true;
    row.spoken = PollWords::tr("poll %1, %2, asked by %3: %4; Return closes it or decides on it").arg(QString::number(poll.number), poll.question, poll.by, stands);
    return row;
}

RowContent seatOf(const view::PollRow &poll, const view::PollSeat &seat)
{
    RowContent row;
    row.id = QStringLiteral("pollseat:%1:%2").arg(QString::number(poll.number), seat.person);
    row.lead = seat.person;
    const QString role = seat.you ? PollWords::tr("(you)") : seat.asked ? seat.role : PollWords::tr("was not asked");
    if (!isAnswered(seat)) {
        row.tag = PollWords::tr("no answer");
        row.aside = role;
        if (seat.you && poll.open)
            row.key = QStringLiteral("Y");
        row.spoken = PollWords::tr("%1, %2: no answer").arg(seat.person, role);
        return row;
    }
    const bool go = seat.answer == QLatin1String("go");
    row.text = go ? PollWords::tr("go") : PollWords::tr("NO-GO");
    row.strong = !go; // what stands against it is read first
    row.aside = seat.text.isEmpty() ? role : seat.text;
    row.spoken = PollWords::tr("%1, %2: %3").arg(seat.person, role, row.text) + (seat.text.isEmpty() ? QString() : QStringLiteral(", ") + seat.text);
    return row;
}

} // namespace

Rows pollRows(const view::ViewModel &view)
{
    std::vector<const view::PollRow *> shown;
    for (const view::PollRow &p : view.stack.polls)
        if (p.open)
            shown.push_back(&p);
    const auto last = std::find_if(view.stack.polls.rbegin(), view.stack.polls.rend(), [](const view::PollRow &p) { return !p.open && !p.withdrawn; });
    if (last != view.stack.polls.rend() && !last->decided)
        shown.push_back(&*last);
    Rows rows;
    for (const view::PollRow *poll : shown) {
        rows.push_back(headOf(*poll));
        // Who objects, who is silent, who agrees: what holds it up stands first.
        std::vector<const view::PollSeat *> seats;
        for (const view::PollSeat &s : poll->seats)
            seats.push_back(&s);
        const auto rank = [](const view::PollSeat *s) { return s->answer == QLatin1String("no-go") ? 0 : isAnswered(*s) ? 2 : 1; };
        std::stable_sort(seats.begin(), seats.end(), [&](auto *a, auto *b) { return rank(a) < rank(b); });
        for (const view::PollSeat *s : seats)
            rows.push_back(seatOf(*poll, *s));
    }
    return rows;
}

std::uint32_t pollForYou(const view::ViewModel &view)
{
    std::uint32_t asked = 0;
    for (const view::PollRow &p : view.stack.polls) {
        if (!p.open || !p.asksYou)
            continue;
        const bool waits = std::any_of(p.seats.begin(), p.seats.end(), [](const view::PollSeat &s) { return s.you && !isAnswered(s); });
        if (waits)
            return p.number;
        if (asked == 0)
            asked = p.number;
    }
    return asked;
}

} // namespace qd::escalation
