// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/files.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <fstream>

using namespace qd;

namespace {

const std::string kScheduled = "[[person]]\nid = \"ana\"\n[[person]]\nid = \"ben\"\n[[team]]\nid = \"shop\"\nmembers = [\"ana\"]\npolicy = \"p\"\nschedule = \"pay\"\n"
                            "[[team]]\nid = \"empty\"\n[[policy]]\nid = \"p\"\n[[policy.step]]\ncall = [\"pay\"]\n";

Result<Workspace> loadSchedules(const std::string &schedules, const std::string &people = kScheduled)
{
    QTemporaryDir dir;
    const std::string path = dir.path().toStdString();
    std::ofstream(path + "/a-people.toml") << people;
    std::ofstream(path + "/schedules.toml") << schedules;
    return workspace::load(path);
}

const std::string kWhole = R"([[schedule]]
id = "pay"
name = "Payments"
zone = "Europe/Berlin"
editors = ["shop", "ben"]
locked = true

[[schedule.layer]]
id = "weekdays"
people = ["ana", "ben"]
rotation = "weekly"
start = "2026-01-01"
handoff = "09:00"
weekday = "mon"
only = ["mon-fri 08:00-20:00"]

[[schedule.layer]]
zone = "Asia/Tokyo"
people = ["ben"]
rotation = "36h"
start = "2026-01-01T18:00"

[[schedule.temporary]]
from = "2026-12-24T08:00"
until = "2026-12-27T08:00"
people = ["ben"]
reason = "holidays"

[[owner]]
id = "pay"
match = ['team="pay"', 'env=~"prod.*"']
team = "shop"
severities = ["SEV1", "sev2"]
)";

} // namespace

class TestSchedules : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsASchedule()
    {
        const auto w = loadSchedules(kWhole);
        VERIFY_RESULT(w);
        const Schedule *s = w->schedule("pay");
        QVERIFY(s);
        QCOMPARE(s->layers.size(), std::size_t{2});
        QCOMPARE(toText(LocalTime{s->layers[0].start}), std::string("2026-01-05T09:00")); // the first Monday from then on
        QCOMPARE(s->layers[0].length.ns, hours(24 * 7).ns);
        QCOMPARE(toText(s->layers[0].only.front()), std::string("mon-fri 08:00-20:00"));
        QCOMPARE(s->layers[1].id, std::string("2"));
        QCOMPARE(s->layers[1].length.ns, hours(36).ns);
        QCOMPARE(s->temporaries.front().reason, std::string("holidays"));
        QVERIFY(s->locked && s->editors.size() == 2);
        QCOMPARE(w->team("shop")->schedule, std::string("pay"));
        QCOMPARE(w->owners.front().severities.size(), std::size_t{2});
        QCOMPARE(w->nameOf("pay"), std::string("Payments"));
    }

    void readsWhatAPolicyStepCanSay()
    {
        const auto w = loadSchedules(kWhole, kScheduled + "[[policy]]\nid = \"q\"\nanswers = 2\n[[policy.step]]\ncall = [\"ana\", \"pay\", \"shop\", \"room:ops\", \"webhook:siren\"]\nround_robin = true\n"
                                              "only = [\"08:00-20:00\"]\n");
        VERIFY_RESULT(w);
        const Policy *q = w->policy("q");
        QCOMPARE(q->answers, 2U);
        QVERIFY(q->steps.front().roundRobin);
        QCOMPARE(q->steps.front().targets.size(), std::size_t{5});
        QCOMPARE(q->steps.front().only.size(), std::size_t{1});
    }

    void refusesWithFileAndLine_data()
    {
        QTest::addColumn<QByteArray>("was");
        QTest::addColumn<QByteArray>("is");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("unknown zone") << QByteArray("Europe/Berlin") << QByteArray("Europe/Atlantis") << QByteArray("schedules.toml:4: \"Europe/Atlantis\" is no time zone");
        QTest::newRow("a file that is no zone") << QByteArray("Asia/Tokyo") << QByteArray("posixrules") << QByteArray("schedules.toml:18: \"posixrules\" is no time zone");
        QTest::newRow("empty rotation") << QByteArray("people = [\"ana\", \"ben\"]") << QByteArray("people = []") << QByteArray("schedules.toml:10: layer weekdays of schedule pay has nobody in it");
        QTest::newRow("unknown person") << QByteArray("[\"ana\", \"ben\"]") << QByteArray("[\"ana\", \"bem\"]") << QByteArray("schedules.toml:10: layer weekdays of schedule pay names person bem, which there is not; did you mean ben?");
        QTest::newRow("unknown editor") << QByteArray("[\"shop\", \"ben\"]") << QByteArray("[\"shoq\"]") << QByteArray("schedules.toml:5: schedule pay names person or team shoq");
        QTest::newRow("no rotation") << QByteArray("rotation = \"weekly\"\n") << QByteArray() << QByteArray("layer weekdays of schedule pay has no rotation");
        QTest::newRow("odd rotation") << QByteArray("\"36h\"") << QByteArray("\"90s\"") << QByteArray("schedules.toml:20: \"90s\" is no rotation");
        QTest::newRow("no such day") << QByteArray("2026-01-01T18:00") << QByteArray("2026-02-30") << QByteArray("is no local time");
        QTest::newRow("odd window") << QByteArray("mon-fri 08:00-20:00") << QByteArray("mon-fri 8-20") << QByteArray("schedules.toml:15: \"mon-fri 8-20\" is no window of the week");
        QTest::newRow("odd weekday") << QByteArray("\"mon\"") << QByteArray("\"monday\"") << QByteArray("\"monday\" is no day of the week");
        QTest::newRow("two handoffs") << QByteArray("start = \"2026-01-01\"") << QByteArray("start = \"2026-01-01T10:00\"") << QByteArray("write the time in one of them");
        QTest::newRow("temporary backwards") << QByteArray("until = \"2026-12-27") << QByteArray("until = \"2026-12-23") << QByteArray("schedules.toml:25: a temporary schedule of pay ends at 2026-12-23T08:00, before it begins");
        QTest::newRow("overlapping temporaries") << QByteArray("[[owner]]") << QByteArray("[[schedule.temporary]]\nfrom = \"2026-12-26T08:00\"\nuntil = \"2026-12-28T08:00\"\npeople = [\"ana\"]\n[[owner]]")
                                                 << QByteArray("schedules.toml:29: a temporary schedule of pay overlaps the one in line 23 from 2026-12-26T08:00 until 2026-12-27T08:00");
        QTest::newRow("layer twice") << QByteArray("zone = \"Asia/Tokyo\"") << QByteArray("id = \"weekdays\"") << QByteArray("is there already");
        QTest::newRow("unknown severity") << QByteArray("sev2") << QByteArray("sev9") << QByteArray("\"sev9\" is no severity of an incident");
        QTest::newRow("owner of nobody") << QByteArray("team = \"shop\"\n") << QByteArray() << QByteArray("owner pay names no owner");
        QTest::newRow("owner of an unknown team") << QByteArray("team = \"shop\"") << QByteArray("team = \"shap\"") << QByteArray("owner pay names team shap, which there is not; did you mean shop?");
        QTest::newRow("explosive pattern") << QByteArray("env=~\"prod.*\"") << QByteArray("env=~\"(a{1000}){1000}\"") << QByteArray("schedules.toml:31");
        QTest::newRow("a person's id") << QByteArray("id = \"pay\"\nname") << QByteArray("id = \"ana\"\nname") << QByteArray("schedule ana has the id of a person");
        QTest::newRow("unknown key") << QByteArray("locked") << QByteArray("loked") << QByteArray("\"loked\" is not known in schedule");
    }
    void refusesWithFileAndLine()
    {
        QFETCH(QByteArray, was);
        QFETCH(QByteArray, is);
        QFETCH(QByteArray, says);
        QByteArray text = QByteArray::fromStdString(kWhole);
        QVERIFY(text.contains(was));
        text.replace(text.indexOf(was), was.size(), is);
        const auto w = loadSchedules(text.toStdString());
        QVERIFY2(!w, "it was taken");
        QVERIFY2((w.error().message + w.error().detail).find(says.toStdString()) != std::string::npos, (w.error().message + "\n" + w.error().detail).c_str());
    }

    void aPolicyCannotLeadRoundInACircleNorCallAnEmptyTeam()
    {
        const auto circle = loadSchedules(kWhole, kScheduled + "[[policy]]\nid = \"q\"\n[[policy.step]]\ncall = [\"p\"]\n");
        QVERIFY(!circle && circle.error().message.find("a policy cannot call another policy, which could lead round in a circle") != std::string::npos);
        const auto empty = loadSchedules(kWhole, kScheduled + "[[policy]]\nid = \"q\"\n[[policy.step]]\ncall = [\"empty\"]\n");
        QVERIFY(!empty && empty.error().message.find("calls team empty, which has no members") != std::string::npos);
        const auto bare = loadSchedules("[[schedule]]\nid = \"pay\"\nzone = \"UTC\"\n");
        QVERIFY(!bare && bare.error().message.find("schedules.toml:1: schedule pay has no layers") != std::string::npos);
    }

    void differencesReadAsWords()
    {
        auto a = loadSchedules(kWhole);
        VERIFY_RESULT(a);
        Workspace b = *a;
        b.schedules[0].layers[0].people = {"ben", "ana"};
        b.schedules[0].zone = "UTC";
        b.policies[0].answers = 2;
        b.owners.clear();
        const auto lines = workspace::difference(*a, b);
        QCOMPARE(lines, std::vector<std::string>({"policy p: answers was 0, is 2", "schedule pay: zone was Europe/Berlin, is UTC",
                                                  "schedule pay: layers now with weekdays (ben, ana every 7d from 2026-01-05T09:00, only mon-fri 08:00-20:00), no longer with weekdays "
                                                  "(ana, ben every 7d from 2026-01-05T09:00, only mon-fri 08:00-20:00)",
                                                  "owner pay: removed"}));
    }
};

QD_TEST(TestSchedules)
#include "tst_schedules.moc"
