// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/registered.h"

#include "ui/review/sidetables.h"
#include "ui/view/answer.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <algorithm>
#include <limits>
#include <tuple>

namespace qd::review {

namespace {

struct RegisterWords {
    Q_DECLARE_TR_FUNCTIONS(qd::review::Registered)
};

template <typename E>
E wordIn(const QJsonObject &from, const char *name, E otherwise)
{
    return fromWord<E>(view::textIn(from, name).toStdString()).value_or(otherwise);
}

QString nameIn(const std::vector<view::Labelled> &names, const QString &id)
{
    const auto it = std::find_if(names.begin(), names.end(), [&](const view::Labelled &each) { return each.name == id; });
    return it == names.end() ? id : it->value;
}

bool hasAll(const QString &words, const QStringList &in)
{
    const QString text = in.join(QLatin1Char(' '));
    const QStringList each = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(each.begin(), each.end(), [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

/// "INC-12" behind "INC-9".
int numberIn(const QString &incident)
{
    return incident.mid(incident.lastIndexOf(QLatin1Char('-')) + 1).toInt();
}

/// Smaller comes first.
std::tuple<qint64, QString> orderOf(const Registered &r, RegisterChoice::By by)
{
    constexpr qint64 kLast = std::numeric_limits<qint64>::max();
    switch (by) {
    case RegisterChoice::Owner: return {0, r.action.owner.isEmpty() ? QString() : r.action.ownerName.toLower()};
    case RegisterChoice::Age: return {-r.ageDays, {}};
    case RegisterChoice::Moved: return {-r.action.slips, {}};
    case RegisterChoice::Strongest: return {r.action.strength == Strength::Unsaid ? kLast : static_cast<qint64>(r.action.strength), {}};
    case RegisterChoice::Incident: return {-numberIn(r.incident), {}};
    case RegisterChoice::Due:
    case RegisterChoice::Orders: break;
    }
    return {r.action.due ? r.action.due.ns : kLast, {}};
}

} // namespace

std::vector<Registered> registeredIn(const QJsonArray &items, const std::vector<view::Labelled> &names)
{
    std::vector<Registered> out;
    for (const QJsonValue &value : items) {
        const QJsonObject item = value.toObject();
        Registered r;
        r.incident = view::textIn(item, "incident");
        r.ageDays = item.value(QLatin1String("ageDays")).toInt();
        view::ReviewAction &a = r.action;
        a.number = static_cast<std::uint32_t>(item.value(QLatin1String("action")).toInteger());
        a.text = view::textIn(item, "text");
        a.owner = view::textIn(item, "owner");
        a.ownerName = nameIn(names, a.owner);
        a.verification = view::textIn(item, "verification");
        a.factor = view::textIn(item, "factor");
        a.reason = view::textIn(item, "reason");
        a.due = view::instantIn(item, "due");
        a.strength = wordIn(item, "strength", Strength::Unsaid);
        a.state = wordIn(item, "state", ActionState::Open);
        a.slips = static_cast<int>(item.value(QLatin1String("slips")).toArray().size());
        if (const QJsonObject there = item.value(QLatin1String("tracked")).toObject(); !there.isEmpty()) {
            a.tracker = view::textIn(there, "connection");
            a.tracked = view::textIn(there, "key") + (view::textIn(there, "status").isEmpty() ? QString() : QStringLiteral(" · ") + view::textIn(there, "status"));
            if (const QJsonValue other = there.value(QLatin1String("other")); other.isString())
                a.there = other.toString();
        }
        if (const QJsonObject proposal = item.value(QLatin1String("proposal")).toObject(); !proposal.isEmpty())
            a.proposed = wordIn(proposal, "state", ActionState::Done);
        out.push_back(std::move(r));
    }
    return out;
}

bool isOfChoice(const Registered &one, RegisterChoice::Which which, const QString &me, Instant now)
{
    switch (which) {
    case RegisterChoice::Open: return one.isOpen() || one.action.proposed;
    case RegisterChoice::Mine: return one.isOpen() && !me.isEmpty() && one.action.owner == me;
    case RegisterChoice::Overdue: return one.isLate(now);
    case RegisterChoice::All: break;
    }
    return true;
}

std::vector<TableRow> registerRows(std::vector<Registered> all, const RegisterChoice &choice, Instant now)
{
    std::stable_sort(all.begin(), all.end(), [&](const Registered &a, const Registered &b) { return orderOf(a, choice.by) < orderOf(b, choice.by); });
    std::vector<TableRow> out;
    for (const Registered &r : all) {
        const view::ReviewAction &a = r.action;
        const QString there = trackedWords(a);
        const QStringList cells{a.state == ActionState::Open ? a.text : a.text + QStringLiteral(" · ") + stateWords(a.state), a.owner.isEmpty() ? RegisterWords::tr("no owner") : a.ownerName, actionDueWords(a, now),
                                RegisterWords::tr("%Ln day(s)", nullptr, r.ageDays), a.slips > 0 ? RegisterWords::tr("%Ln time(s)", nullptr, a.slips) : QStringLiteral("—"), strengthWords(a.strength),
                                there.isEmpty() ? QStringLiteral("—") : there, r.incident};
        if (isOfChoice(r, choice.which, choice.me, now) && hasAll(choice.words, cells))
            out.push_back({r.id(), cells, false, a.proposed.has_value() || (r.isOpen() && a.owner.isEmpty()) || r.isLate(now), !r.isOpen() && !a.proposed});
    }
    return out;
}

QString readsWords(const QJsonObject &publication)
{
    const QString reads = view::textIn(publication, "reads");
    return reads == QLatin1String("otherwise") ? RegisterWords::tr("reads otherwise") : reads == QLatin1String("same") ? RegisterWords::tr("the same") : QStringLiteral("—");
}

QString outdatedWords(const QJsonArray &items, const QString &incident)
{
    constexpr int kMostNamed = 3;
    QStringList out;
    int more = 0;
    for (auto it = items.end(); it != items.begin();) { // the newest first
        const QJsonObject item = (--it)->toObject();
        if (view::textIn(item, "incident") != incident || view::textIn(item, "reads") != QLatin1String("otherwise"))
            continue;
        const QString where = view::textIn(item, "where");
        if (out.size() >= kMostNamed)
            ++more;
        else
            out << (where.isEmpty() ? RegisterWords::tr("for %1 as %2").arg(view::textIn(item, "audience"), view::textIn(item, "format"))
                                    : RegisterWords::tr("for %1 as %2, %3").arg(view::textIn(item, "audience"), view::textIn(item, "format"), where));
    }
    if (out.isEmpty())
        return {};
    return RegisterWords::tr("What was published reads otherwise than the review by now: %1").arg(out.join(QStringLiteral("; "))) + (more > 0 ? RegisterWords::tr(" and %Ln more", nullptr, more) : QString());
}

std::vector<TableRow> libraryRows(const QJsonArray &items, const std::vector<view::Labelled> &names, const QString &words, Instant now, const QStringList &found)
{
    std::vector<std::pair<Instant, TableRow>> dated;
    for (const QJsonValue &value : items) {
        const QJsonObject item = value.toObject();
        const Instant at = view::instantIn(item, "at");
        const QString incident = view::textIn(item, "incident");
        const QStringList cells{incident, view::textIn(item, "title"), view::textIn(item, "audience"), view::textIn(item, "format"), view::textIn(item, "where"), dayWords(at, now), nameIn(names, view::textIn(item, "by")), readsWords(item)};
        if (hasAll(words, cells) || found.contains(incident))
            dated.push_back({at, {incident + QLatin1Char('/') + QString::number(item.value(QLatin1String("publication")).toInteger()), cells, false, view::textIn(item, "reads") == QLatin1String("otherwise")}});
    }
    std::stable_sort(dated.begin(), dated.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    std::vector<TableRow> out;
    for (auto &each : dated)
        out.push_back(std::move(each.second));
    return out;
}

} // namespace qd::review
