// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/files.h"
#include "core/workspace/oncallimport.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QFile>
#include <QTemporaryDir>

using namespace qd;
using namespace qd::tests;
using workspace::OnCallImport;
using workspace::OnCallTool;

namespace {

QByteArray fixture(const char *name)
{
    QFile file(QStringLiteral(QD_SOURCE_DIR "/tests/core/workspace/oncall/%1.json").arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Result<OnCallImport> read(OnCallTool tool, const QByteArray &json, const Workspace &now = {})
{
    return workspace::readOnCall(tool, {json.constData(), static_cast<std::size_t>(json.size())}, now, kMorning);
}

/// What the file says once it is read as part of a workspace.
Result<Workspace> loaded(const OnCallImport &import)
{
    QTemporaryDir dir;
    QFile file(dir.filePath(QStringLiteral("imported.toml")));
    if (!file.open(QIODevice::WriteOnly))
        return fail(Code::Io, "no file");
    file.write(QByteArray::fromStdString(workspace::toToml(import, "export.json")));
    file.close();
    return workspace::load(dir.path().toStdString());
}

std::string layerText(const Layer &layer)
{
    std::string out = layer.id + " " + toText(layer.length) + " from " + toText(LocalTime{layer.start}) + ":";
    for (const std::string &person : layer.people)
        out += " " + person;
    for (const DayWindow &w : layer.only)
        out += " [" + toText(w) + "]";
    return out;
}

std::string stepText(const PolicyStep &step)
{
    std::string out = step.roundRobin ? "in turn" : "";
    for (const std::string &target : step.targets)
        out += (out.empty() ? "" : " ") + target;
    return out + " " + toText(step.wait);
}

const Schedule &schedule(const Workspace &w, const std::string &id)
{
    static const Schedule none;
    const auto found = std::find_if(w.schedules.begin(), w.schedules.end(), [&](const Schedule &s) { return s.id == id; });
    return found == w.schedules.end() ? none : *found;
}

} // namespace

/// Exports of other on-call tools. Each fixture has the shape the tool's API documentation shows.
class TestOnCallImport final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void grafanaOnCallsShiftsBecomeLayersByLevel()
    {
        const auto import = read(OnCallTool::GrafanaOnCall, fixture("grafana"));
        VERIFY_RESULT(import);
        const auto w = loaded(*import);
        VERIFY_RESULT(w);
        const Schedule &s = schedule(*w, "primary");
        QCOMPARE(s.zone, std::string("Europe/Berlin"));
        QCOMPARE(s.layers.size(), std::size_t{3});
        QCOMPARE(layerText(s.layers[0]), std::string("weekly 7d from 2026-01-05T09:00: ben ana"));
        QCOMPARE(layerText(s.layers[1]), std::string("office-days 1d from 2026-01-05T08:00: ana ben [mon-fri 08:00-20:00]"));
        QCOMPARE(layerText(s.layers[2]), std::string("nights 7d from 2026-01-05T20:00: cleo [20:00-08:00]"));
        QCOMPARE(s.temporaries.size(), std::size_t{1}); // the one of last year is over
        QCOMPARE(s.temporaries[0].people, std::vector<std::string>{"cleo"});
        QCOMPARE(toText(LocalTime{s.temporaries[0].from}), std::string("2026-12-24T08:00"));
        QCOMPARE(toText(LocalTime{s.temporaries[0].until}), std::string("2026-12-25T08:00"));
    }

    void grafanaOnCallsChainsBecomePolicies()
    {
        const auto import = read(OnCallTool::GrafanaOnCall, fixture("grafana"));
        VERIFY_RESULT(import);
        const auto w = loaded(*import);
        VERIFY_RESULT(w);
        QCOMPARE(w->policies.size(), std::size_t{1});
        const Policy &p = w->policies[0];
        QCOMPARE(p.id, std::string("web"));
        QCOMPARE(p.repeat, 5u);
        QCOMPARE(p.steps.size(), std::size_t{3});
        QCOMPARE(stepText(p.steps[0]), std::string("primary 15m"));
        QCOMPARE(stepText(p.steps[1]), std::string("in turn ana ben 1m"));
        QCOMPARE(stepText(p.steps[2]), std::string("cleo shop-team 5m"));
        QVERIFY(says(import->untranslated, "trigger_webhook"));
        QVERIFY(says(import->untranslated, "comes round monthly"));
        QVERIFY(says(import->untranslated, "Every other week is on in one of 2"));
        QVERIFY(says(import->untranslated, "import ical"));
        for (const auto &line : import->untranslated)
            QVERIFY2(line.find("secret") == std::string::npos, line.c_str()); // a calendar's address is a key to it
    }

    void opsgeniesRotationsKeepTheirRestrictions()
    {
        const auto import = read(OnCallTool::Opsgenie, fixture("opsgenie"));
        VERIFY_RESULT(import);
        const auto w = loaded(*import);
        VERIFY_RESULT(w);
        const Schedule &s = schedule(*w, "payments_schedule");
        QCOMPARE(s.layers.size(), std::size_t{2}); // the third ended
        QVERIFY(s.together);
        QCOMPARE(layerText(s.layers[0]), std::string("week 7d from 2026-01-05T09:00: ana ben [22:00-06:00]"));
        QCOMPARE(QString::fromStdString(layerText(s.layers[1])), QString::fromLatin1("weekend 1d from 2026-01-10T00:00: cleo [fri 18:00-24:00] [sat-sun] [mon 00:00-08:00]"));
        QCOMPARE(w->teams.size(), std::size_t{1});
        QCOMPARE(w->teams[0].members, (std::vector<std::string>{"ana", "ben"}));
        QCOMPARE(w->teams[0].schedule, std::string("payments_schedule"));
        const Policy &p = w->policies.at(0);
        QCOMPARE(p.repeat, 3u);
        QCOMPARE(p.steps.size(), std::size_t{2});
        QCOMPARE(stepText(p.steps[0]), std::string("payments_schedule ana 10m"));
        QCOMPARE(stepText(p.steps[1]), std::string("payments 10m"));
        QVERIFY(says(import->untranslated, "turn of type none"));
        QCOMPARE(w->people.size(), std::size_t{3}); // a blocked user is nobody's to call
    }

    void goAlertsTargetsAreOnTogether()
    {
        const auto import = read(OnCallTool::GoAlert, fixture("goalert"));
        VERIFY_RESULT(import);
        const auto w = loaded(*import);
        VERIFY_RESULT(w);
        const Schedule &s = schedule(*w, "core-on-call");
        QVERIFY(s.together);
        QCOMPARE(s.layers.size(), std::size_t{2});
        QCOMPARE(layerText(s.layers[0]), std::string("core-rotation 7d from 2026-01-05T09:00: ana ben"));
        QCOMPARE(layerText(s.layers[1]), std::string("cleo 7d from 2020-01-06T00:00: cleo [mon-fri 08:00-18:00]"));
        const Policy &p = w->policies.at(0);
        QCOMPARE(p.repeat, 3u);
        QCOMPARE(stepText(p.steps.at(0)), std::string("core-on-call 10m"));
        QCOMPARE(stepText(p.steps.at(1)), std::string("core-rotation ana 15m"));
        QVERIFY(says(import->untranslated, "slackChannel"));
    }

    void pagerDutysLayersOverridesPoliciesAndServices()
    {
        const auto import = read(OnCallTool::PagerDuty, fixture("pagerduty"));
        VERIFY_RESULT(import);
        const auto w = loaded(*import);
        VERIFY_RESULT(w);
        const Schedule &s = schedule(*w, "daily-engineering-rotation");
        QCOMPARE(s.zone, std::string("America/New_York"));
        QCOMPARE(s.layers.size(), std::size_t{2}); // one is over; the uppermost comes last
        QCOMPARE(QString::fromStdString(layerText(s.layers[0])), QString::fromLatin1("everybody 7d from 2026-01-05T09:00: kyler ana.amsel [fri 17:00-24:00] [sat-sun] [mon 00:00-08:00]"));
        QCOMPARE(QString::fromStdString(layerText(s.layers[1])), QString::fromLatin1("night-shift 1d from 2026-11-06T20:00: earline [20:00-08:00]"));
        QCOMPARE(s.temporaries.size(), std::size_t{1});
        QCOMPARE(toText(LocalTime{s.temporaries[0].from}), std::string("2036-11-26T09:00"));
        QCOMPARE(w->policies.size(), std::size_t{2});
        const Policy &p = w->policies[0];
        QCOMPARE(p.repeat, 5u);
        QCOMPARE(stepText(p.steps.at(0)), std::string("daily-engineering-rotation 30m"));
        QCOMPARE(stepText(p.steps.at(1)), std::string("in turn kyler ana.amsel 15m"));
        QCOMPARE(w->teams.at(0).members, (std::vector<std::string>{"kyler", "earline"}));
        QCOMPARE(w->teams.at(0).policy, p.id);
        QCOMPARE(w->services.size(), std::size_t{3});
        const Service *mail = w->service("My Mail Service");
        QVERIFY(mail && mail->id == "my-mail-service" && mail->team == "engineering" && mail->paging == Paging::Observe);
        QCOMPARE(w->owners.size(), std::size_t{2}); // whose policy is not their team's
        QCOMPARE(w->owners[0].id, std::string("pagerduty-billing"));
        QCOMPARE(w->owners[0].policy, std::string("ana-alone"));
        for (const char *lost : {"a turn is nobody that is known", "\"Eastern Time (US & Canada)\" is no time zone", "starts over 9 times", "a rule calls a schedule_reference that is not known", "auto_resolve_timeout of 14400 s"})
            QVERIFY2(says(import->untranslated, lost), lost);
        // What is there already stays, and nobody is put in charge of it.
        const auto again = read(OnCallTool::PagerDuty, fixture("pagerduty"), *w);
        VERIFY_RESULT(again);
        QVERIFY(again->people.empty() && again->services.empty() && again->owners.empty());
    }

    void whoIsThereAlreadyIsFoundAgainAndNothingTakesTheirId()
    {
        Workspace now;
        now.people.push_back({"a.amsel", "Ana Amsel", "UTC", {}, "ANA@corp.example"});
        now.teams.push_back({"primary", "Primary", "", {"a.amsel"}});
        const auto import = read(OnCallTool::GrafanaOnCall, fixture("grafana"), now);
        VERIFY_RESULT(import);
        QVERIFY(says(import->known, "ana@corp.example is a.amsel"));
        QCOMPARE(import->people.size(), std::size_t{2});
        QCOMPARE(import->schedules.at(0).id, std::string("primary-schedule")); // a step calls people, teams and schedules by one name space
        QVERIFY(std::find(import->schedules[0].layers[0].people.begin(), import->schedules[0].layers[0].people.end(), "a.amsel") != import->schedules[0].layers[0].people.end());
    }

    void anAddressSaysWhoItIsBeforeAnIdOrAName()
    {
        Workspace now;
        now.people.push_back({"ana", "Ana Anders", "UTC", {}, "ana@elsewhere.example"}); // another Ana
        now.people.push_back({"ben", "Ben", "UTC", {}});                                 // no address: the id says it
        const auto import = read(OnCallTool::Opsgenie, fixture("opsgenie"), now);
        VERIFY_RESULT(import);
        QVERIFY(says(import->known, "ben@corp.example is ben"));
        QCOMPARE(import->people.at(0).id, std::string("ana-person"));
        QCOMPARE(import->teams.at(0).members, (std::vector<std::string>{"ana-person", "ben"}));
    }

    void whoseTurnItIsInGoAlertHasItHere()
    {
        QByteArray export1 = fixture("goalert");
        export1.replace("\"activeUserIndex\": 0", "\"activeUserIndex\": 1");
        const auto import = read(OnCallTool::GoAlert, export1);
        VERIFY_RESULT(import);
        QCOMPARE(import->schedules.at(0).layers.at(0).people, (std::vector<std::string>{"ben", "ana"})); // the 46th week, an even one
        export1.replace("\"weekdayFilter\"", "\"days\"");
        const auto never = read(OnCallTool::GoAlert, export1);
        QVERIFY(!never || says(never->untranslated, "no rule says when"));
    }

    void whatIsWrittenByHandIsNotTakenForWhatWasImported()
    {
        Workspace now;
        now.people.push_back({"cleo", "Cleo", "UTC", {}}); // also a layer's id in the import
        const auto first = read(OnCallTool::GoAlert, fixture("goalert"), now);
        VERIFY_RESULT(first);
        const Workspace rest = workspace::without(now, workspace::toToml(*first, "export.json"));
        QCOMPARE(rest.people.size(), std::size_t{1});
    }

    /// grafana/oncall#5628, alerta#2023: stranded when a tool ended. What it had is brought in again and again until the day of the move.
    void complaintOncall5628_importingAgainTakesThePlaceOfTheFirst()
    {
        const auto first = read(OnCallTool::Opsgenie, fixture("opsgenie"));
        VERIFY_RESULT(first);
        const auto w = loaded(*first);
        VERIFY_RESULT(w);
        const std::string toml = workspace::toToml(*first, "export.json");
        const auto second = read(OnCallTool::Opsgenie, fixture("opsgenie"), workspace::without(*w, toml));
        VERIFY_RESULT(second);
        QCOMPARE(workspace::toToml(*second, "export.json"), toml);
    }

    void textsFromElsewhereStayTexts()
    {
        const auto import = read(OnCallTool::Opsgenie, "{\"users\":[{\"id\":\"1\",\"username\":\"x@y\",\"fullName\":\"\\\"]]\\n[[person]]\\nid = \\\"evil\",\"timeZone\":\"Mars/Olympus\"}]}");
        VERIFY_RESULT(import);
        const auto w = loaded(*import);
        VERIFY_RESULT(w);
        QCOMPARE(w->people.size(), std::size_t{1});
        QCOMPARE(w->people[0].id, std::string("x"));
        QVERIFY(says(import->untranslated, "no time zone"));
    }

    void whatIsNoExportIsRefused()
    {
        for (const char *bad : {"", "[]", "{", "null", "{}", "{\"users\":7}", "{\"users\":[7,[],null]}", "{\"data\":{\"users\":\"x\"}}"})
            for (const OnCallTool tool : {OnCallTool::GrafanaOnCall, OnCallTool::Opsgenie, OnCallTool::GoAlert})
                VERIFY_FAILS(read(tool, bad), Code::Invalid);
        VERIFY_FAILS(read(OnCallTool::GoAlert, fixture("opsgenie")), Code::Invalid); // another tool's
        VERIFY_FAILS(read(OnCallTool::Opsgenie, QByteArray(static_cast<int>(workspace::kOnCallLimit) + 1, ' ')), Code::TooLarge);
    }

    /// Any member may be missing or of another kind; nothing but what is there is made of it, and what is made can be loaded.
    void membersOfAnyKindAreSurvived()
    {
        SystemRandom random;
        for (const auto &[tool, name] : {std::pair(OnCallTool::GrafanaOnCall, "grafana"), std::pair(OnCallTool::Opsgenie, "opsgenie"), std::pair(OnCallTool::GoAlert, "goalert")}) {
            const QByteArray whole = fixture(name);
            QVERIFY(!whole.isEmpty());
            for (int at = whole.indexOf(':'); at > 0; at = whole.indexOf(':', at + 1)) {
                if (whole[at - 1] != '"' || at + 2 >= whole.size())
                    continue; // within a text
                for (const char *instead : {" 7, \"x\":", " null, \"x\":", " -99999999999, \"x\":", " [], \"x\":", " {}, \"x\":"}) {
                    QByteArray changed = whole;
                    changed.insert(at + 1, instead);
                    const auto import = read(tool, changed);
                    if (!import)
                        continue;
                    const auto w = loaded(*import);
                    QVERIFY2(w, (std::string(name) + " at " + std::to_string(at) + instead + (w ? "" : w.error().message + w.error().detail)).c_str());
                }
            }
        }
    }
};

QD_TEST(TestOnCallImport)
#include "tst_oncallimport.moc"
