// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/alertfilter.h"

#include <algorithm>
#include <array>

namespace qd::triage {

namespace {

struct FieldName {
    const char *name;
    Condition::Field field;
};

constexpr std::array<FieldName, 10> kFields{{{"alert", Condition::Field::Title},
                                            {"title", Condition::Field::Title},
                                            {"service", Condition::Field::Service},
                                            {"severity", Condition::Field::Severity},
                                            {"owner", Condition::Field::Owner},
                                            {"group", Condition::Field::Group},
                                            {"source", Condition::Field::Source},
                                            {"incident", Condition::Field::Incident},
                                            {"state", Condition::Field::State},
                                             {"by", Condition::Field::Suppressor}}};

bool holds(const QString &text, const QString &value)
{
    // "owner=" asks for rows without one.
    return value.isEmpty() ? text.isEmpty() : text.contains(value, Qt::CaseInsensitive);
}

bool isWord(std::string_view word, const QString &value)
{
    return value.compare(QLatin1String(word.data(), static_cast<qsizetype>(word.size())), Qt::CaseInsensitive) == 0;
}

} // namespace

QString Condition::text() const
{
    for (const FieldName &name : kFields) {
        if (name.field == field && field != Field::Any && name.field != Field::Title)
            return QLatin1String(name.name) + (excluded ? QStringLiteral(" ≠ ") : QStringLiteral(" = "))
                + (value.isEmpty() ? QStringLiteral("—") : value);
    }
    if (field == Field::Title)
        return (excluded ? QStringLiteral("alert ≠ ") : QStringLiteral("alert = ")) + value;
    return excluded ? QStringLiteral("≠ ") + value : value;
}

bool Condition::matches(const view::AlertRow &row) const
{
    bool found = false;
    switch (field) {
    case Field::Any: found = holds(row.title, value) || holds(row.service, value) || row.key.contains(value, Qt::CaseInsensitive); break;
    case Field::Title: found = holds(row.title, value); break;
    case Field::Service: found = holds(row.service, value); break;
    case Field::Severity: found = isWord(word(row.severity), value); break;
    case Field::Owner: found = holds(row.owner, value); break;
    case Field::Group: found = holds(row.group, value); break;
    case Field::Source: found = holds(row.source, value); break;
    case Field::Incident: found = holds(row.incident, value); break;
    case Field::Suppressor: { // "silence/1" is not "silence/10"; a rule is all that it inhibits, whichever alert does
        const qsizetype behind = row.suppressedBy.indexOf(view::kSuppressorBehind);
        found = row.suppressedBy.compare(value, Qt::CaseInsensitive) == 0 || (behind >= 0 && row.suppressedBy.left(behind).compare(value, Qt::CaseInsensitive) == 0);
        break;
    }
    case Field::State: found = isWord(word(row.workflow), value) || isWord(word(row.suppression), value); break;
    }
    return found != excluded;
}

Condition parseCondition(const QString &text)
{
    const qsizetype equals = text.indexOf(QLatin1Char('='));
    if (equals > 0) {
        QString name = text.left(equals).trimmed();
        Condition condition;
        if (name.endsWith(QLatin1Char('!'))) {
            condition.excluded = true;
            name = name.chopped(1).trimmed();
        }
        for (const FieldName &known : kFields) {
            if (name.compare(QLatin1String(known.name), Qt::CaseInsensitive) == 0) {
                condition.field = known.field;
                condition.value = text.mid(equals + 1).trimmed();
                return condition;
            }
        }
    }
    Condition condition;
    condition.value = text.trimmed();
    return condition;
}

bool AlertFilter::matches(const view::AlertRow &row) const
{
    if (!m_typing.value.isEmpty() && !m_typing.matches(row))
        return false;
    return std::all_of(m_chips.begin(), m_chips.end(), [&row](const Condition &c) { return c.matches(row); });
}

void AlertFilter::add(Condition condition)
{
    if (std::find(m_chips.begin(), m_chips.end(), condition) == m_chips.end())
        m_chips.push_back(std::move(condition));
}

void AlertFilter::removeAt(std::size_t index)
{
    if (index < m_chips.size())
        m_chips.erase(m_chips.begin() + static_cast<std::ptrdiff_t>(index));
}

void AlertFilter::setTyping(const QString &text)
{
    m_typing = text.trimmed().isEmpty() ? Condition{} : parseCondition(text);
}

void AlertFilter::clear()
{
    m_chips.clear();
    m_typing = {};
}

} // namespace qd::triage
