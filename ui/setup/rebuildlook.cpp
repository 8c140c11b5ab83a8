// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/setup/rebuildlook.h"

#include "ui/view/answer.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace qd::setup {

namespace {
struct LookWords {
    Q_DECLARE_TR_FUNCTIONS(qd::setup::RebuildLook)
};
}

RebuildSaid readRebuildLooks(const QString &said)
{
    RebuildSaid out;
    QStringList rest;
    for (const QString &line : said.split(QLatin1Char('\n'))) {
        const QJsonObject o = line.startsWith(QLatin1Char('{')) ? QJsonDocument::fromJson(line.toUtf8()).object() : QJsonObject();
        if (!o.contains(QLatin1String("look"))) {
            rest << line;
            continue;
        }
        RebuildLook look{o.value(QLatin1String("look")).toString(), o.value(QLatin1String("format")).toString(), o.value(QLatin1String("problem")).toString(), view::textsIn(o.value(QLatin1String("channels"))),
                         view::textsIn(o.value(QLatin1String("columns"))), {}, {}, o.value(QLatin1String("zoneless")).toBool(), o.value(QLatin1String("channelsInAll")).toInteger(),
                         o.value(QLatin1String("columnsInAll")).toInteger()};
        for (const QJsonValue &row : o.value(QLatin1String("rows")).toArray())
            look.rows.push_back(view::textsIn(row));
        const QJsonObject means = o.value(QLatin1String("means")).toObject();
        for (auto it = means.begin(); it != means.end(); ++it)
            look.means.insert(it.key(), it.value().toString());
        out.looks.push_back(std::move(look));
    }
    out.rest = rest.join(QLatin1Char('\n')).trimmed();
    return out;
}

QString notListed(const std::vector<RebuildLook> &looks)
{
    QStringList out;
    for (const RebuildLook &look : looks) {
        const QString file = look.file.section(QLatin1Char('/'), -1);
        if (look.channelsInAll > look.channels.size())
            out << LookWords::tr("%L1 of %L2 channels of %3 are shown, those of incidents first; another one is typed.").arg(look.channels.size()).arg(look.channelsInAll).arg(file);
        if (look.columnsInAll > look.columns.size())
            out << LookWords::tr("%L1 of %L2 columns of %3 are shown; another one is named on the command line: quarterdeckctl rebuild --map.").arg(look.columns.size()).arg(look.columnsInAll).arg(file);
    }
    return out.join(QLatin1Char('\n'));
}

const std::vector<RebuildPart> &rebuildParts()
{
    static const std::vector<RebuildPart> all{{"at", QT_TRANSLATE_NOOP("qd::setup::RebuildParts", "Time")},           {"text", QT_TRANSLATE_NOOP("qd::setup::RebuildParts", "What happened")},
                                              {"actor", QT_TRANSLATE_NOOP("qd::setup::RebuildParts", "Who")},         {"kind", QT_TRANSLATE_NOOP("qd::setup::RebuildParts", "Kind")},
                                              {"until", QT_TRANSLATE_NOOP("qd::setup::RebuildParts", "Until when")},  {"known", QT_TRANSLATE_NOOP("qd::setup::RebuildParts", "Known since")},
                                              {"reference", QT_TRANSLATE_NOOP("qd::setup::RebuildParts", "Its number")}};
    return all;
}

const std::vector<RebuildPart> &rebuildFormats()
{
    static const std::vector<RebuildPart> all{{"", QT_TRANSLATE_NOOP("qd::setup::RebuildFormats", "as each file shows")},
                                              {"slack-export", QT_TRANSLATE_NOOP("qd::setup::RebuildFormats", "Slack export (ZIP)")},
                                              {"slack-channel", QT_TRANSLATE_NOOP("qd::setup::RebuildFormats", "a Slack channel's history")},
                                              {"pagerduty", QT_TRANSLATE_NOOP("qd::setup::RebuildFormats", "PagerDuty log entries")},
                                              {"prometheus", QT_TRANSLATE_NOOP("qd::setup::RebuildFormats", "Prometheus ALERTS")},
                                              {"alertmanager", QT_TRANSLATE_NOOP("qd::setup::RebuildFormats", "Alertmanager alerts")},
                                              {"deploys", QT_TRANSLATE_NOOP("qd::setup::RebuildFormats", "deploys")},
                                              {"table", QT_TRANSLATE_NOOP("qd::setup::RebuildFormats", "a table (CSV, JSON)")},
                                              {"markdown", QT_TRANSLATE_NOOP("qd::setup::RebuildFormats", "a post-mortem (Markdown)")}};
    return all;
}

QStringList rebuildZones()
{
    QStringList out;
    for (const char *zone : {"UTC", "Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi", "America/Bogota", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Mexico_City",
                             "America/New_York", "America/Sao_Paulo", "America/Toronto", "Asia/Bangkok", "Asia/Dubai", "Asia/Hong_Kong", "Asia/Jakarta", "Asia/Jerusalem", "Asia/Karachi", "Asia/Kolkata",
                             "Asia/Manila", "Asia/Seoul", "Asia/Shanghai", "Asia/Singapore", "Asia/Taipei", "Asia/Tokyo", "Australia/Melbourne", "Australia/Perth", "Australia/Sydney", "Europe/Amsterdam",
                             "Europe/Athens", "Europe/Berlin", "Europe/Brussels", "Europe/Bucharest", "Europe/Dublin", "Europe/Helsinki", "Europe/Istanbul", "Europe/Kyiv", "Europe/Lisbon", "Europe/London",
                             "Europe/Madrid", "Europe/Oslo", "Europe/Paris", "Europe/Prague", "Europe/Rome", "Europe/Stockholm", "Europe/Vienna", "Europe/Warsaw", "Europe/Zurich", "Pacific/Auckland"})
        out << QLatin1String(zone);
    return out;
}

} // namespace qd::setup
