// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/governance/reach.h"

#include "ui/view/answer.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <limits>
#include <vector>

namespace qd::governance {

namespace {

struct ReachWords {
    Q_DECLARE_TR_FUNCTIONS(qd::governance::Reach)
};

constexpr qsizetype kLinesShown = 30;

bool isBelow(const QString &stream, const QString &root)
{
    return stream == root || stream.startsWith(root + QLatin1Char('/'));
}

/// "its time is 2026-12-24 14:02".
QString untilOf(const QJsonObject &item)
{
    const QString held = view::lineIn(item, "heldBy"), expires = view::minuteIn(item, "expires");
    return !held.isEmpty()                              ? ReachWords::tr("■ kept by %1").arg(held)
        : item.value(QLatin1String("due")).toBool()     ? ReachWords::tr("▲ its time was over %1").arg(expires)
        : !expires.isEmpty()                            ? ReachWords::tr("its time is %1").arg(expires)
        : view::minuteIn(item, "endedAt").isEmpty()     ? ReachWords::tr("not over")
                                                        : ReachWords::tr("kept for ever");
}

/// "incident/INC-7 · incident · its time is 2026-12-24 14:02".
QString lineOf(const QJsonObject &item)
{
    return QStringList{view::lineIn(item, "stream"), view::lineIn(item, "class"), untilOf(item)}.join(QStringLiteral(" · "));
}

/// How much of incidents: "1,204 lines, 300 messages, 12 files of 3.4 MB".
struct ReachSize {
    qint64 lines = 0, messages = 0, files = 0, bytes = 0;
    void add(const QJsonObject &item)
    {
        lines += view::numberIn(item, "lines");
        messages += view::numberIn(item, "messages");
        files += view::numberIn(item, "files");
        bytes += view::numberIn(item, "bytes");
    }
    [[nodiscard]] QString words() const
    {
        const auto count = [](qint64 n) { return static_cast<int>(std::min<qint64>(n, std::numeric_limits<int>::max())); };
        QStringList out{ReachWords::tr("%Ln line(s)", nullptr, count(lines))};
        if (messages > 0)
            out << ReachWords::tr("%Ln message(s)", nullptr, count(messages));
        if (files > 0)
            out << ReachWords::tr("%Ln file(s) of %1", nullptr, count(files)).arg(QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat));
        return out.join(QStringLiteral(", "));
    }
};

/// What nobody can read any more.
QString lossOf(const QJsonObject &item)
{
    const QString of = view::textIn(item, "class");
    if (of == QLatin1String("alerts"))
        return ReachWords::tr("what monitoring reported that day; calls, mails and direct messages of no incident");
    if (of == QLatin1String("access"))
        return ReachWords::tr("who looked at what that month, and the rights that were taken");
    ReachSize size;
    size.add(item);
    return ReachWords::tr("%1, with its decisions and its review").arg(size.words());
}

/// "3 streams: 2 of incidents with 1,204 lines, 1 day of alerts."
QString togetherOf(const std::vector<QJsonObject> &items, qsizetype inAll)
{
    int incidents = 0, days = 0, months = 0;
    ReachSize size;
    for (const QJsonObject &item : items) {
        const QString of = view::textIn(item, "class");
        if (of == QLatin1String("alerts"))
            ++days;
        else if (of == QLatin1String("access"))
            ++months;
        else {
            ++incidents;
            size.add(item);
        }
    }
    QStringList parts;
    if (incidents > 0)
        parts << ReachWords::tr("%Ln incident(s) with %1", nullptr, incidents).arg(size.words());
    if (days > 0)
        parts << ReachWords::tr("%Ln day(s) of alerts", nullptr, days);
    if (months > 0)
        parts << ReachWords::tr("%Ln month(s) of access", nullptr, months);
    return ReachWords::tr("%Ln stream(s)", nullptr, static_cast<int>(inAll)) + (parts.isEmpty() ? QString() : QStringLiteral(": ") + parts.join(QStringLiteral("; "))) + QLatin1Char('.');
}

QString cutLines(QStringList lines)
{
    const qsizetype more = lines.size() - kLinesShown;
    if (more > 0)
        lines = lines.first(kLinesShown) << ReachWords::tr("… and %n more", nullptr, static_cast<int>(more));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

bool isReached(const QString &scope, const QString &stream)
{
    return scope == QLatin1String("*") || isBelow(stream, scope) || isBelow(scope, stream);
}

QString streamMeant(const QString &typed)
{
    const QString text = typed.trimmed();
    const auto isDigit = [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); };
    const QString number = text.startsWith(QLatin1String("INC-"), Qt::CaseInsensitive) ? text.mid(4) : text;
    if (!number.isEmpty() && std::all_of(number.begin(), number.end(), isDigit))
        return QStringLiteral("incident/INC-") + number;
    const bool isDay = text.size() == 10 && text[4] == QLatin1Char('-') && text[7] == QLatin1Char('-') && std::count_if(text.begin(), text.end(), isDigit) == 8;
    return isDay ? QStringLiteral("alerts/") + text : text;
}

QString wouldKeep(const QString &scope, const QJsonObject &retention, Instant now)
{
    QStringList lines;
    int dated = 0, over = 0, held = 0, messages = 0;
    const QJsonArray streams = retention.value(QLatin1String("items")).toArray(), said = retention.value(QLatin1String("messages")).toArray();
    for (const QJsonValue &value : streams) {
        const QJsonObject item = value.toObject();
        if (!isReached(scope, view::textIn(item, "stream")))
            continue;
        const Instant expires = view::instantIn(item, "expires");
        dated += expires ? 1 : 0;
        over += expires && expires <= now ? 1 : 0;
        held += view::textIn(item, "heldBy").isEmpty() ? 0 : 1;
        lines << lineOf(item);
    }
    for (const QJsonValue &value : said)
        messages += isReached(scope, QStringLiteral("incident/") + view::textIn(value.toObject(), "incident")) ? 1 : 0;
    if (lines.isEmpty())
        return ReachWords::tr("Nothing of that name is on record now that would go by itself; what comes there later is kept.");
    QStringList head{ReachWords::tr("It keeps %n stream(s) of the record, and what comes there later.", nullptr, static_cast<int>(lines.size()))};
    if (dated > 0)
        head << ReachWords::tr("%1 of them would go by a rule, %2 could go now.").arg(dated).arg(over);
    if (held > 0)
        head << ReachWords::tr("Kept by a hold already: %1.").arg(held);
    if (messages > 0)
        head << ReachWords::tr("With them: %n record(s) with messages or files that a rule speaks of.", nullptr, messages);
    return head.join(QLatin1Char(' ')) + QLatin1Char('\n') + cutLines(lines);
}

QString wouldLetGo(const QJsonObject &hold, const QJsonArray &holds, const QJsonObject &retention, Instant now)
{
    const QString scope = view::textIn(hold, "scope");
    const qint64 number = view::numberIn(hold, "hold");
    QStringList lines;
    int over = 0, others = 0;
    const QJsonArray streams = retention.value(QLatin1String("items")).toArray();
    for (const QJsonValue &value : streams) {
        QJsonObject item = value.toObject();
        const QString stream = view::textIn(item, "stream");
        if (!isReached(scope, stream))
            continue;
        if (std::any_of(holds.begin(), holds.end(), [&](const QJsonValue &other) {
                return view::numberIn(other.toObject(), "hold") != number && isReached(view::textIn(other.toObject(), "scope"), stream);
            })) {
            ++others;
            continue;
        }
        const Instant expires = view::instantIn(item, "expires");
        const bool isOver = expires && expires <= now;
        over += isOver ? 1 : 0;
        item.insert(QStringLiteral("heldBy"), QString());
        item.insert(QStringLiteral("due"), isOver);
        lines << lineOf(item);
    }
    QStringList head;
    if (lines.isEmpty())
        head << ReachWords::tr("No stream of the record would be held by nothing.");
    else
        head << ReachWords::tr("%n stream(s) would be held by nothing any more.", nullptr, static_cast<int>(lines.size()))
             << (over > 0 ? ReachWords::tr("▲ %1 of them could be erased at once.").arg(over) : ReachWords::tr("None of them could go by a rule yet."));
    if (others > 0)
        head << ReachWords::tr("%n stay(s) kept by another hold.", nullptr, others);
    return head.join(QLatin1Char(' ')) + (lines.isEmpty() ? QString() : QLatin1Char('\n') + cutLines(lines));
}

QStringList dueStreams(const QJsonObject &retention)
{
    QStringList out;
    const QJsonArray streams = retention.value(QLatin1String("items")).toArray();
    for (const QJsonValue &value : streams)
        if (value.toObject().value(QLatin1String("due")).toBool() && out.size() < kErasedAtOnce)
            out << view::textIn(value.toObject(), "stream");
    return out;
}

qsizetype dueInAll(const QJsonObject &retention)
{
    const QJsonArray streams = retention.value(QLatin1String("items")).toArray();
    return std::count_if(streams.begin(), streams.end(), [](const QJsonValue &value) { return value.toObject().value(QLatin1String("due")).toBool(); });
}

Erasure wouldGo(const QStringList &streams, const QJsonObject &retention, const QHash<QString, QString> &called)
{
    QStringList lines, kept, running;
    const QJsonArray all = retention.value(QLatin1String("items")).toArray();
    QHash<QString, QJsonObject> known;
    std::vector<QJsonObject> going;
    for (const QJsonValue &value : all)
        known.insert(view::textIn(value.toObject(), "stream"), value.toObject());
    for (const QString &stream : streams) {
        const QString name = called.value(stream).simplified(), named = name.isEmpty() ? stream : stream + QStringLiteral(" · ") + name;
        const auto it = known.constFind(stream);
        if (it == known.constEnd()) {
            lines << ReachWords::tr("%1 · the core lists nothing of that name").arg(named);
            continue;
        }
        const QJsonObject &item = *it;
        going.push_back(item);
        lines << named + QStringLiteral(" · ") + untilOf(item) << QStringLiteral("    ") + lossOf(item);
        if (stream.startsWith(QLatin1String("incident/")) && !view::instantIn(item, "endedAt"))
            running << stream;
        if (const QString held = view::lineIn(item, "heldBy"); !held.isEmpty())
            kept << ReachWords::tr("%1 keeps %2").arg(held, stream);
    }
    if (streams.size() > 1)
        lines.prepend(togetherOf(going, streams.size()));
    Erasure out{lines.join(QLatin1Char('\n')), {}};
    if (!kept.isEmpty())
        out.forbidden = ReachWords::tr("%1: nothing of this would be erased. L in the list of holds lifts one, if that is right.").arg(kept.first(std::min<qsizetype>(3, kept.size())).join(QStringLiteral(", ")));
    else if (!running.isEmpty())
        out.forbidden = ReachWords::tr("%1 is not over: resolve it first; nothing of this would be erased before.").arg(running.first(std::min<qsizetype>(3, running.size())).join(QStringLiteral(", ")));
    return out;
}

} // namespace qd::governance
