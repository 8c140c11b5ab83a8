// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/setup/importkinds.h"

#include "ui/view/answer.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace qd::setup {

namespace {

QString importWords(const char *text)
{
    return QCoreApplication::translate("qd::setup::Import", text);
}

/// These two answer in JSON when asked; the others in lines.
bool saysJson(const ImportKind &kind)
{
    return kind.isPeople || kind.ofASchedule;
}

} // namespace

std::vector<ImportKind> importKinds()
{
    const QString answers = importWords(QT_TRANSLATE_NOOP("qd::setup::Import", "the answers of its API in one JSON file, a member each"));
    return {
        {QStringLiteral("roster"), importWords(QT_TRANSLATE_NOOP("qd::setup::Import", "People: a roster (CSV, SCIM 2.0)")),
         importWords(QT_TRANSLATE_NOOP("qd::setup::Import", "CSV with a header (id,name,zone,team,xmpp,active), or a SCIM ListResponse")), false, true},
        {QStringLiteral("ical"), importWords(QT_TRANSLATE_NOOP("qd::setup::Import", "A calendar of one schedule (iCalendar)")),
         importWords(QT_TRANSLATE_NOOP("qd::setup::Import", "an .ics file whose events name people of the workspace")), true, false},
        {QStringLiteral("oncall"), QStringLiteral("Grafana OnCall"), answers, false, false},
        {QStringLiteral("opsgenie"), QStringLiteral("Opsgenie"), answers, false, false},
        {QStringLiteral("goalert"), QStringLiteral("GoAlert"), answers, false, false},
        {QStringLiteral("pagerduty"), QStringLiteral("PagerDuty"), answers, false, false},
    };
}

QStringList importVerb(const ImportKind &kind, const QString &path, const QString &schedule, bool apply)
{
    QStringList verb{QStringLiteral("import"), kind.verb, path};
    if (kind.ofASchedule)
        verb << QStringLiteral("--schedule") << schedule;
    if (saysJson(kind))
        verb << QStringLiteral("--json");
    if (apply)
        verb << QStringLiteral("--apply");
    return verb;
}

ImportSaid readImport(const ImportKind &kind, const QString &said)
{
    ImportSaid out;
    if (saysJson(kind)) { // one line; what --apply adds stands below it
        const QJsonObject answer = QJsonDocument::fromJson(said.section(QLatin1Char('\n'), 0, 0).toUtf8()).object();
        const QJsonObject whole = answer.isEmpty() ? QJsonDocument::fromJson(said.toUtf8()).object() : answer;
        out.difference = view::textsIn(whole, "difference");
        out.untranslated = view::textsIn(whole, "problems");
        return out;
    }
    static const QString kKnown = QStringLiteral("known: "), kNot = QStringLiteral("not translated: ");
    for (const QString &line : said.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (line.startsWith(kKnown))
            out.known << line.mid(kKnown.size());
        else if (line.startsWith(kNot))
            out.untranslated << line.mid(kNot.size());
        else if (line != QLatin1String("nothing changes") && !line.startsWith(QLatin1String("nothing was written")) && !line.startsWith(QLatin1String("written: ")))
            out.difference << line;
    }
    return out;
}

} // namespace qd::setup
