// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/scheduledialogs.h"

#include "ui/widgets/plaintext.h"
#include "ui/widgets/reasonfield.h"
#include "ui/widgets/timeinput.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QLineEdit>
#include <algorithm>
#include <optional>

namespace qd::escalation {

namespace {

constexpr int kMomentLetters = 40;
const QString kReplace = QStringLiteral("replace"), kAdd = QStringLiteral("add"), kRemove = QStringLiteral("remove"), kTemporary = QStringLiteral("temporary");

/// People by name, their ids behind; `chosen` is the first to be seen.
QComboBox *peopleBox(const view::ViewModel &view, const QString &chosen, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    for (const view::Labelled &person : view.names)
        box->addItem(person.value, person.name);
    if (const int at = box->findData(chosen); at >= 0)
        box->setCurrentIndex(at);
    return box;
}

/// Whoever is at this seat, unless it is their own shift.
QString otherThan(const view::ViewModel &view, const QString &person)
{
    if (!view.strip.person.isEmpty() && view.strip.person != person)
        return view.strip.person;
    const auto other = std::find_if(view.names.begin(), view.names.end(), [&](const view::Labelled &l) { return l.name != person; });
    return other == view.names.end() ? QString() : other->name;
}

QLineEdit *momentField(Instant at, QWidget *parent)
{
    auto *edit = new QLineEdit(at ? widgets::typedMoment(at) : QString(), parent);
    edit->setMaxLength(kMomentLetters);
    return edit;
}

QString stamp(const QLineEdit *field, Instant now)
{
    const std::optional<Instant> at = widgets::readAhead(field->text(), now);
    return at ? QString::fromStdString(toRfc3339(*at)) : QString();
}

/// What is wrong with a span; empty: nothing.
QString spanProblem(const QLineEdit *from, const QLineEdit *until, Instant now)
{
    const std::optional<Instant> a = widgets::readAhead(from->text(), now), b = widgets::readAhead(until->text(), now);
    if (!a || !b)
        return QCoreApplication::translate("qd::escalation::Shift", "“%1” cannot be read; write 2026-12-24 08:00 or Sun 08:00.").arg((a ? until : from)->text());
    return *b <= *a ? QCoreApplication::translate("qd::escalation::Shift", "It ends before it begins.") : QString();
}

QString headOf(const Shift &shift)
{
    const QString zone = shift.zone.isEmpty() ? QString() : QCoreApplication::translate("qd::escalation::Shift", " (planned in %1)").arg(shift.zone);
    return QCoreApplication::translate("qd::escalation::Shift", "Schedule %1%2. Whoever wonders why is shown this change and its reason; it can be taken back.").arg(shift.name, zone);
}

} // namespace

OverrideShiftDialog::OverrideShiftDialog(const style::Theme &theme, const view::ViewModelPtr &view, const Shift &shift, Instant now, QWidget *parent)
    : FormDialog(theme, tr("Change who is on call: %1").arg(shift.name), tr("Change"), parent)
    , m_now(now)
    , m_schedule(shift.schedule)
    , m_what(new QComboBox(this))
    , m_comes(peopleBox(*view, otherThan(*view, shift.people.value(0)), this))
    , m_goes(peopleBox(*view, shift.people.value(0), this))
    , m_from(momentField(std::max(shift.from, now), this))
    , m_until(momentField(shift.until, this))
    , m_reason(new widgets::ReasonField(this))
{
    if (!shift.people.isEmpty()) {
        m_what->addItem(tr("somebody comes in their place"), kReplace);
        m_what->addItem(tr("one more comes"), kAdd);
        m_what->addItem(tr("nobody comes in their place"), kRemove);
    } else {
        m_what->addItem(tr("somebody comes, where nobody is"), kAdd);
    }
    m_what->addItem(tr("only this person, whatever the plan says"), kTemporary);
    addNote(headOf(shift));
    addField(tr("Change"), m_what);
    addField(tr("Who goes"), m_goes);
    addField(tr("Who comes"), m_comes);
    addField(tr("From (UTC)"), m_from);
    addField(tr("Until (UTC)"), m_until);
    addField(tr("Reason"), m_reason);
    finish();
    for (QComboBox *box : {m_what, m_comes, m_goes})
        connect(box, &QComboBox::currentIndexChanged, this, &OverrideShiftDialog::check);
    for (QLineEdit *edit : {m_from, m_until})
        connect(edit, &QLineEdit::textChanged, this, &OverrideShiftDialog::check);
    connect(m_reason, &QComboBox::editTextChanged, this, &OverrideShiftDialog::check);
    check();
    m_what->setFocus();
}

void OverrideShiftDialog::check()
{
    const QString what = m_what->currentData().toString();
    m_goes->setEnabled(what == kReplace || what == kRemove);
    m_comes->setEnabled(what != kRemove);
    if (const QString problem = spanProblem(m_from, m_until, m_now); !problem.isEmpty())
        return setReady(false, problem);
    if (what == kReplace && m_goes->currentData() == m_comes->currentData())
        return setReady(false, tr("Somebody else comes than goes."));
    setReady(!m_reason->reason().isEmpty());
}

QJsonObject OverrideShiftDialog::arguments() const
{
    const QString what = m_what->currentData().toString();
    QJsonObject out{{QStringLiteral("schedule"), m_schedule}, {QStringLiteral("kind"), what}, {QStringLiteral("from"), stamp(m_from, m_now)},
                    {QStringLiteral("until"), stamp(m_until, m_now)}, {QStringLiteral("reason"), m_reason->reason()}};
    if (what != kRemove)
        out.insert(QStringLiteral("people"), QJsonArray{m_comes->currentData().toString()});
    if (what == kReplace || what == kRemove)
        out.insert(QStringLiteral("replace"), m_goes->currentData().toString());
    return out;
}

SwapShiftsDialog::SwapShiftsDialog(const style::Theme &theme, const view::ViewModelPtr &view, const Shift &shift, Instant now, QWidget *parent)
    : FormDialog(theme, tr("Swap shifts: %1").arg(shift.name), tr("Swap"), parent)
    , m_now(now)
    , m_schedule(shift.schedule)
    , m_person(peopleBox(*view, shift.people.value(0), this))
    , m_with(peopleBox(*view, otherThan(*view, shift.people.value(0)), this))
    , m_from(momentField(std::max(shift.from, now), this))
    , m_until(momentField(shift.until, this))
    , m_withFrom(momentField({}, this))
    , m_withUntil(momentField({}, this))
    , m_reason(new widgets::ReasonField(this))
{
    m_withFrom->setPlaceholderText(tr("the shift given in return"));
    m_withUntil->setPlaceholderText(tr("its end"));
    addNote(headOf(shift));
    addField(tr("Gives"), m_person);
    addField(tr("From (UTC)"), m_from);
    addField(tr("Until (UTC)"), m_until);
    addField(tr("Takes it"), m_with);
    addField(tr("Return from (UTC)"), m_withFrom);
    addField(tr("Return until (UTC)"), m_withUntil);
    addField(tr("Reason"), m_reason);
    finish();
    for (QComboBox *box : {m_person, m_with})
        connect(box, &QComboBox::currentIndexChanged, this, &SwapShiftsDialog::check);
    for (QLineEdit *edit : {m_from, m_until, m_withFrom, m_withUntil})
        connect(edit, &QLineEdit::textChanged, this, &SwapShiftsDialog::check);
    connect(m_reason, &QComboBox::editTextChanged, this, &SwapShiftsDialog::check);
    check();
    m_with->setFocus();
}

void SwapShiftsDialog::check()
{
    if (m_person->currentData() == m_with->currentData())
        return setReady(false, tr("Two people swap."));
    for (const auto &[from, until] : {std::pair{m_from, m_until}, {m_withFrom, m_withUntil}}) {
        if (from->text().trimmed().isEmpty() || until->text().trimmed().isEmpty())
            return setReady(false);
        if (const QString problem = spanProblem(from, until, m_now); !problem.isEmpty())
            return setReady(false, problem);
    }
    setReady(!m_reason->reason().isEmpty());
}

QJsonObject SwapShiftsDialog::arguments() const
{
    return {{QStringLiteral("schedule"), m_schedule},
            {QStringLiteral("person"), m_person->currentData().toString()},
            {QStringLiteral("from"), stamp(m_from, m_now)},
            {QStringLiteral("until"), stamp(m_until, m_now)},
            {QStringLiteral("with"), m_with->currentData().toString()},
            {QStringLiteral("withFrom"), stamp(m_withFrom, m_now)},
            {QStringLiteral("withUntil"), stamp(m_withUntil, m_now)},
            {QStringLiteral("reason"), m_reason->reason()}};
}

WithdrawOverrideDialog::WithdrawOverrideDialog(const style::Theme &theme, const view::ViewModelPtr &view, const QString &schedule, QWidget *parent)
    : FormDialog(theme, tr("Take a change of a schedule back"), tr("Take back"), parent)
    , m_which(new QComboBox(this))
    , m_reason(new widgets::ReasonField(this))
{
    for (const bool first : {true, false})
        for (const view::ScheduleChange &c : view->scheduleChanges)
            if ((c.schedule == schedule) == first)
                m_which->addItem(QStringLiteral("%1 · %2 · %3").arg(c.what, tr("%1 until %2 UTC").arg(widgets::dayMoment(c.from), widgets::dayMoment(c.until)), c.reason), c.number);
    addNote(tr("Both halves of a swap go together. What was so far stays as it was."));
    addField(tr("Which"), m_which);
    addField(tr("Reason"), m_reason);
    finish();
    connect(m_reason, &QComboBox::editTextChanged, this, [this] { setReady(!m_reason->reason().isEmpty()); });
    setReady(false);
    m_which->setFocus();
}

QJsonObject WithdrawOverrideDialog::arguments() const
{
    return {{QStringLiteral("number"), m_which->currentData().toInt()}, {QStringLiteral("reason"), m_reason->reason()}};
}

} // namespace qd::escalation
