// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/governance/kept.h"

#include "core/model/rights.h"
#include "ui/view/answer.h"

#include <QCoreApplication>
#include <algorithm>
#include <iterator>

namespace qd::governance {

namespace {

struct KeptWords {
    Q_DECLARE_TR_FUNCTIONS(qd::governance::Kept)
};

QString kindOfLook(const QString &kind)
{
    return kind == QLatin1String("break-glass") ? KeptWords::tr("▲ broke the glass") : kind == QLatin1String("refused") ? KeptWords::tr("✗ refused") : KeptWords::tr("read");
}

KeptRow expires(const QJsonObject &item, const QString &what)
{
    const QString held = view::lineIn(item, "heldBy"), when = view::minuteIn(item, "expires"), kind = view::lineIn(item, "class");
    const bool isDue = item.value(QLatin1String("due")).toBool();
    const bool isOver = item.contains(QLatin1String("saidAt")) || !view::minuteIn(item, "endedAt").isEmpty();
    const QString shown = !when.isEmpty() ? when : isOver ? KeptWords::tr("for ever") : KeptWords::tr("not over");
    KeptRow row;
    row.when = shown;
    row.what = what;
    row.kind = kind;
    row.who = !held.isEmpty() ? KeptWords::tr("■ kept by %1").arg(held) : isDue ? KeptWords::tr("▲ due") : QString();
    row.isStrong = isDue || !held.isEmpty();
    row.said = !held.isEmpty() ? KeptWords::tr("%1, of the class %2: its time is %3, and %4 keeps it beyond that.").arg(what, kind, shown, held)
        : isDue ? (item.contains(QLatin1String("stream")) ? KeptWords::tr("%1, of the class %2: its time was over %3. X lets it go.") : KeptWords::tr("%1, of the class %2: its time was over %3. quarterdeckctl strike --expired takes what is due."))
                      .arg(what, kind, shown)
                : KeptWords::tr("%1, of the class %2: %3.").arg(what, kind, shown);
    row.stream = view::textIn(item, "stream");
    row.item = item;
    return row;
}

std::vector<KeptRow> expiryRows(const QJsonObject &answer)
{
    std::vector<KeptRow> out;
    const QJsonArray streams = answer.value(QLatin1String("items")).toArray(), messages = answer.value(QLatin1String("messages")).toArray();
    for (const QJsonValue &value : streams)
        out.push_back(expires(value.toObject(), view::lineIn(value.toObject(), "stream")));
    for (const QJsonValue &value : messages)
        out.push_back(expires(value.toObject(), KeptWords::tr("%1, record %2").arg(view::lineIn(value.toObject(), "incident"), view::lineIn(value.toObject(), "entry"))));
    // What goes first stands first; what is not over, or stays for ever, last.
    const auto isDated = [](const QString &when) { return when.startsWith(QLatin1Char('2')); };
    std::stable_sort(out.begin(), out.end(), [&](const KeptRow &a, const KeptRow &b) {
        return isDated(a.when) != isDated(b.when) ? isDated(a.when) : isDated(a.when) && a.when < b.when;
    });
    return out;
}

KeptRow heldRow(const QJsonObject &h)
{
    const QString scope = view::lineIn(h, "scope"), matter = view::lineIn(h, "matter"), custodian = view::lineIn(h, "custodian"), reason = view::lineIn(h, "reason"), since = view::minuteIn(h, "since");
    return {since, scope, KeptWords::tr("hold %1").arg(view::numberIn(h, "hold")), QStringList{matter, custodian, reason}.join(QStringLiteral(" · ")),
            KeptWords::tr("%1 is kept for %2 (custodian %3), since %4, by %5: %6").arg(scope, matter, custodian.isEmpty() ? KeptWords::tr("nobody") : custodian, since, view::lineIn(h, "by"), reason), false,
            view::textIn(h, "scope"), h};
}

QString whereOf(const QJsonObject &item)
{
    QStringList out;
    for (const QString &each : {view::linesIn(item, "services"), view::linesIn(item, "incidents")})
        if (!each.isEmpty())
            out << each;
    return out.isEmpty() ? KeptWords::tr("everything") : out.join(QStringLiteral(", "));
}

KeptRow lookRow(const QJsonObject &a)
{
    const QString kind = view::lineIn(a, "kind"), person = view::lineIn(a, "person"), reason = view::lineIn(a, "reason"), read = view::lineIn(a, "what"), on = whereOf(a);
    const bool isGlass = kind == QLatin1String("break-glass"), isRefused = kind == QLatin1String("refused");
    KeptRow row{view::minuteIn(a, "at"), on, kindOfLook(kind), QStringList{person, isGlass || isRefused ? reason : read}.join(QStringLiteral(" · ")), {}, isGlass || isRefused, {}, a};
    if (isGlass) {
        row.said = KeptWords::tr("%1 broke the glass for %2 (%3) until %4: %5. Told: %6.").arg(person, view::lineIn(a, "role"), on, view::minuteIn(a, "until"), reason, view::linesIn(a, "told"));
        if (const QString ended = view::minuteIn(a, "endedAt"); !ended.isEmpty())
            row.said += QLatin1Char(' ') + KeptWords::tr("Ended %1 by %2.").arg(ended, view::lineIn(a, "endedBy"));
    } else if (isRefused) {
        row.said = KeptWords::tr("%1 was refused %n time(s), last %2: %3", nullptr, static_cast<int>(view::numberIn(a, "count"))).arg(person, view::minuteIn(a, "lastAt"), reason);
    } else {
        row.said = KeptWords::tr("%1 read %2 of %3.").arg(person, read, on);
    }
    return row;
}

KeptRow identityRow(const QJsonObject &i, const std::vector<view::Labelled> &names)
{
    const bool isBound = view::textIn(i, "origin") == QLatin1String("word");
    const QString address = view::lineIn(i, "address"), who = nameOf(names, view::lineIn(i, "person")), on = view::lineIn(i, "connection"), since = view::minuteIn(i, "since");
    return {isBound ? since : QStringLiteral("—"), address, isBound ? on : KeptWords::tr("workspace"), who,
            isBound ? KeptWords::tr("%1 speaks from %2 on %3: bound by a word %4. U takes it away.").arg(who, address, on, since)
                    : KeptWords::tr("%1 speaks from %2: it stands in the workspace's files, and is taken out there.").arg(who, address),
            false, {}, i};
}

KeptRow rightRow(const QJsonObject &r, const std::vector<view::Labelled> &names)
{
    const bool isGlass = view::textIn(r, "origin") == QLatin1String("break-glass");
    QStringList whom;
    for (const QString &person : view::textsIn(r, "people"))
        whom << nameOf(names, view::lineOf(person));
    for (const QString &team : view::textsIn(r, "teams"))
        whom << KeptWords::tr("team %1").arg(view::lineOf(team));
    if (r.value(QLatin1String("everybody")).toBool())
        whom << KeptWords::tr("everybody of the workspace");
    const QString who = whom.join(QStringLiteral(", ")), where = whereOf(r), role = roleWords(view::lineIn(r, "role")), id = view::lineIn(r, "id"), until = view::minuteIn(r, "until");
    return {until.isEmpty() ? KeptWords::tr("for ever") : until, where, role, who,
            isGlass ? KeptWords::tr("%1 took the right to %2 for %3 by break-glass, until %4 (%5).").arg(who, role, where, until, id)
                    : KeptWords::tr("%1 may %2 for %3: [[right]] %4 of the workspace's files, which are the source.").arg(who, role, where, id),
            isGlass, {}, r};
}

} // namespace

QString roleWords(const QString &role)
{
    const auto right = fromWord<Right>(role.toStdString());
    if (!right)
        return role;
    switch (*right) {
    case Right::Observe: return KeptWords::tr("observe", "a role");
    case Right::Respond: return KeptWords::tr("respond", "a role");
    case Right::Command: return KeptWords::tr("command", "a role");
    case Right::Publish: return KeptWords::tr("publish", "a role");
    case Right::Administer: return KeptWords::tr("administer", "a role");
    }
    return role;
}

QString nameOf(const std::vector<view::Labelled> &names, const QString &id)
{
    const auto it = std::find_if(names.begin(), names.end(), [&](const view::Labelled &each) { return each.name == id; });
    return it == names.end() ? id : it->value;
}

std::vector<KeptRow> keptRows(KeptList list, const QJsonObject &answer, const std::vector<view::Labelled> &names)
{
    if (list == KeptList::Expiry)
        return expiryRows(answer);
    std::vector<KeptRow> out;
    const QJsonArray items = answer.value(QLatin1String("items")).toArray();
    for (const QJsonValue &value : items) {
        const QJsonObject item = value.toObject();
        switch (list) {
        case KeptList::Holds: out.push_back(heldRow(item)); break;
        case KeptList::Access: out.push_back(lookRow(item)); break;
        case KeptList::Identities: out.push_back(identityRow(item, names)); break;
        case KeptList::Rights: out.push_back(rightRow(item, names)); break;
        case KeptList::Expiry: break;
        }
    }
    if (list == KeptList::Access) // the newest first
        std::reverse(out.begin(), out.end());
    return out;
}

QString keptNothing(KeptList list)
{
    switch (list) {
    case KeptList::Expiry: return KeptWords::tr("Nothing is on record yet.");
    case KeptList::Holds: return KeptWords::tr("Nothing is held. N places a hold, which keeps what would expire.");
    case KeptList::Access: return KeptWords::tr("Nobody has read what is restricted, and nobody was refused.");
    case KeptList::Identities: return KeptWords::tr("No chat address is anybody's: whoever speaks in a room can talk, but not command. B binds one.");
    case KeptList::Rights: return {};
    }
    return {};
}

QString rightsMissing(const QJsonArray &rights, const std::vector<view::Labelled> &names)
{
    std::vector<QJsonObject> written;
    for (const QJsonValue &value : rights)
        if (view::textIn(value.toObject(), "origin") == QLatin1String("workspace"))
            written.push_back(value.toObject());
    if (written.empty())
        return KeptWords::tr("No [[right]] is written in the workspace: everybody of it may do everything here, as long as they come in as a person. Default deny begins with the first [[right]]. "
                             "Missing: one that gives somebody the role administer for everything, without which a file with rights is refused.");
    QStringList said{KeptWords::tr("Default deny: only what is written here may be done; whose home this is administers all the same, and who is called may answer.")};
    QStringList nobody;
    for (const Right right : {Right::Respond, Right::Command, Right::Publish, Right::Administer}) {
        const bool isGiven = std::any_of(written.begin(), written.end(), [&](const QJsonObject &r) {
            const auto has = fromWord<Right>(view::textIn(r, "role").toStdString());
            return has && holds(*has, right) && view::textsIn(r, "services").isEmpty() && view::textsIn(r, "incidents").isEmpty();
        });
        if (!isGiven)
            nobody << roleWords(QString::fromUtf8(word(right).data(), static_cast<qsizetype>(word(right).size())));
    }
    if (!nobody.isEmpty())
        said << KeptWords::tr("Given to nobody for everything: %1.").arg(nobody.join(QStringLiteral(", ")));
    const bool isForTeams = std::any_of(written.begin(), written.end(), [](const QJsonObject &r) { return !view::textsIn(r, "teams").isEmpty(); });
    const bool isForAll = std::any_of(written.begin(), written.end(), [](const QJsonObject &r) { return r.value(QLatin1String("everybody")).toBool(); });
    QStringList without;
    for (const view::Labelled &person : names)
        if (std::none_of(written.begin(), written.end(), [&](const QJsonObject &r) { return view::textsIn(r, "people").contains(person.name); }))
            without << person.value;
    constexpr qsizetype kNamed = 8;
    const qsizetype more = without.size() - kNamed;
    if (more > 0)
        without = without.first(kNamed) << KeptWords::tr("%n more", nullptr, static_cast<int>(more));
    if (!isForAll && !without.isEmpty())
        said << (isForTeams ? KeptWords::tr("Named in none of them, and without any right unless a team of theirs is: %1.") : KeptWords::tr("Without any right: %1.")).arg(without.join(QStringLiteral(", ")));
    return said.join(QLatin1Char(' '));
}

} // namespace qd::governance
