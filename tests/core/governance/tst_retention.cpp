// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/retention.h"

#include "core/events/texts.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::events;
using namespace qd::tests;
using governance::retained;

namespace {

/// INC-1 resolved, INC-2 open, INC-3 a drill that is over; alerts are kept 30 days, incidents 400, drills 2.
struct Kept {
    Log log;
    Kept()
    {
        Workspace w = aWorkspace();
        w.retention = {{RecordClass::Alerts, hours(24 * 30)}, {RecordClass::Incident, hours(24 * 400)}, {RecordClass::Drill, hours(48)}};
        log.record(withWorkspace(std::move(w)));
        for (const char *id : {"INC-1", "INC-2", "INC-3"}) {
            IncidentDeclared e = anIncident(id).service("db").event();
            e.kind = id == std::string("INC-3") ? "drill" : "";
            log.record(std::move(e));
        }
        for (const char *id : {"INC-1", "INC-3"}) {
            StatusChanged over;
            over.incident = id;
            over.status = IncidentStatus::Resolved;
            over.by = kAna;
            log.record(over);
        }
    }
    [[nodiscard]] std::vector<governance::Retained> of(const std::vector<governance::StandingStream> &streams) const { return retained(log.state, streams); }
};

} // namespace

/// How long what is over is kept.
class TestRetention : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aDayOfAlertsIsOverAtItsEndAndGoesWhenItsTimeIs()
    {
        const auto r = Kept().of({{"alerts/2026-11-23", 0}});
        QCOMPARE(r.size(), std::size_t{1});
        QCOMPARE(toRfc3339(r[0].ended), std::string("2026-11-24T00:00:00Z"));
        QCOMPARE(toRfc3339(r[0].expires), std::string("2026-12-24T00:00:00Z"));
        QVERIFY(!r[0].isDue(r[0].expires - nanos(1)));
        QVERIFY(r[0].isDue(r[0].expires));
    }

    void messagesGoFromWhenTheyWereSaidOnceTheIncidentIsOver()
    {
        Kept k;
        QVERIFY(governance::retainedMessages(k.log.state, {{"incident/INC-1", 0}}).empty()); // no rule speaks of them
        Workspace w = *k.log.state.workspace;
        w.retention.push_back({RecordClass::Messages, hours(48)});
        k.log.record(withWorkspace(std::move(w)));
        const auto said = [](const char *incident, const char *id, const char *text, const char *at) {
            MessageSeen m;
            m.connection = "chat";
            m.room = "war@x.example";
            m.incident = incident;
            m.messageId = id;
            m.sender = "eve@x.example";
            m.text = text;
            m.serverTime = *parseInstant(at);
            return m;
        };
        k.log.record(said("INC-1", "1", "the first", "2026-11-23T15:00:00Z"));
        const std::uint64_t first = k.log.state.seq;
        k.log.record(said("INC-2", "2", "of an open one", "2026-11-23T15:00:00Z"));
        k.log.record(said("INC-1", "3", std::string(kStruckText).c_str(), "2026-11-23T15:00:00Z")); // struck already
        k.log.record(said("INC-1", "4", "", "2026-11-23T15:00:00Z")); // came without a word
        const auto r = governance::retainedMessages(k.log.state, {{"incident/INC-1", 0}, {"incident/INC-2", 0}, {"alerts/2026-11-23", 0}});
        QCOMPARE(r.size(), std::size_t{2});
        QCOMPARE(r[0].incident, std::string("INC-1"));
        QCOMPARE(r[0].seq, first);
        QCOMPARE(r[0].count, std::size_t{1});
        QCOMPARE(toRfc3339(r[0].expires), std::string("2026-11-25T15:00:00Z"));
        QVERIFY(!r[0].isDue(r[0].expires - nanos(1)) && r[0].isDue(r[0].expires));
        QCOMPARE(r[1].incident, std::string("INC-2"));
        QVERIFY(!r[1].expires && !r[1].isDue(Instant{1'900'000'000'000'000'000}));
        QVERIFY(!governance::retainedMessages(k.log.state, {{"incident/INC-1", 4}})[0].isDue(r[0].expires));
    }

    void aFileKeptAsEvidenceGoesFromWhenItWasKeptOnceTheIncidentIsOver()
    {
        Kept k;
        const auto file = [](const char *incident, std::uint32_t number, const std::string &digest) {
            EvidenceKept e;
            e.incident = incident;
            e.name = "heap.bin";
            e.digest = digest;
            e.evidence = number;
            e.by = kAna;
            return e;
        };
        k.log.record(file("INC-1", 1, "abc"));
        const std::uint64_t seq = k.log.state.seq;
        const Instant kept = k.log.now();
        k.log.record(file("INC-1", 2, std::string(kStruckText))); // struck already
        k.log.record(file("INC-2", 1, "def"));                    // of an open one
        const std::vector<governance::StandingStream> streams{{"incident/INC-1", 0}, {"incident/INC-2", 0}};
        QVERIFY(governance::retainedMessages(k.log.state, streams).empty()); // no rule speaks of them
        Workspace w = *k.log.state.workspace;
        w.retention.push_back({RecordClass::Evidence, hours(48)});
        k.log.record(withWorkspace(std::move(w)));
        const auto r = governance::retainedMessages(k.log.state, streams);
        QCOMPARE(r.size(), std::size_t{2});
        QVERIFY(r[0].of == RecordClass::Evidence && r[1].of == RecordClass::Evidence);
        QCOMPARE(r[0].incident, std::string("INC-1"));
        QCOMPARE(r[0].seq, seq);
        QCOMPARE(r[0].expires, kept + hours(48));
        QVERIFY(!r[0].isDue(r[0].expires - nanos(1)) && r[0].isDue(r[0].expires));
        QVERIFY(!r[1].expires && !r[1].isDue(Instant{1'900'000'000'000'000'000}));
        const auto held = governance::retainedMessages(k.log.state, {{"incident/INC-1", 4}});
        QCOMPARE(held[0].heldBy, std::string("hold/4"));
        QVERIFY(!held[0].isDue(r[0].expires));
    }

    void howMuchOfAnIncidentGoesIsCounted()
    {
        Kept k;
        const std::size_t before = k.of({{"incident/INC-1", 0}})[0].lines;
        for (const std::string &text : {std::string("a word"), std::string(kStruckText)}) { // what was struck is gone already
            MessageSeen m;
            m.connection = "chat";
            m.room = "war@x.example";
            m.incident = "INC-1";
            m.messageId = text;
            m.sender = "eve@x.example";
            m.text = text;
            k.log.record(m);
            EvidenceKept e;
            e.incident = "INC-1";
            e.name = "heap.bin";
            e.digest = text;
            e.bytes = 5000;
            e.evidence = text == kStruckText ? 2 : 1;
            e.by = kAna;
            k.log.record(e);
        }
        const auto r = k.of({{"incident/INC-1", 0}, {"alerts/2026-11-23", 0}});
        const governance::Retained &incident = r[0].stream == "incident/INC-1" ? r[0] : r[1], &day = r[0].stream == "incident/INC-1" ? r[1] : r[0];
        QCOMPARE(incident.messages, std::size_t{1});
        QCOMPARE(incident.files, std::size_t{1});
        QCOMPARE(incident.bytes, std::uint64_t{5000});
        QVERIFY(incident.lines >= before + 2);
        QCOMPARE(day.lines + day.messages + day.files, std::size_t{0});
    }

    void aHoldWinsOverItsTime()
    {
        const auto r = Kept().of({{"alerts/2026-11-23", 3}});
        QCOMPARE(r[0].heldBy, std::string("hold/3"));
        QVERIFY(!r[0].isDue(r[0].expires + hours(24 * 9999)));
    }

    void anIncidentThatIsOpenHasNoEndAndADrillGoesByItsOwnRule()
    {
        const Kept k;
        const auto r = k.of({{"incident/INC-1", 0}, {"incident/INC-2", 0}, {"incident/INC-3", 0}});
        QCOMPARE(r.size(), std::size_t{3});
        QCOMPARE(r[0].stream, std::string("incident/INC-3")); // the first that goes comes first
        QCOMPARE(r[0].expires, k.log.state.incident("INC-3")->resolvedAt + hours(48));
        QCOMPARE(r[1].expires, k.log.state.incident("INC-1")->resolvedAt + hours(24 * 400));
        QCOMPARE(r[2].stream, std::string("incident/INC-2"));
        QVERIFY(!r[2].ended && !r[2].expires && !r[2].isDue(k.log.now() + hours(24 * 9999)));
    }

    void whatWasCancelledIsOverWithItsLastLine()
    {
        Kept k;
        StatusChanged off;
        off.incident = "INC-2";
        off.status = IncidentStatus::Cancelled;
        off.by = kAna;
        k.log.record(off);
        const auto r = k.of({{"incident/INC-2", 0}});
        QCOMPARE(r.at(0).ended, k.log.now());
        QCOMPARE(r[0].expires, k.log.now() + hours(24 * 400));
    }

    void aClassWithoutARuleIsKeptForEver()
    {
        const auto r = Kept().of({{"access/2026-12", 0}});
        QCOMPARE(toRfc3339(r[0].ended), std::string("2027-01-01T00:00:00Z"));
        QVERIFY(!r[0].expires);
    }

    void aMonthOfAccessOutlivesARuleThatWouldTakeItSooner()
    {
        Kept k;
        Workspace w = *k.log.state.workspace;
        w.retention.push_back({RecordClass::Access, hours(24)});
        k.log.record(withWorkspace(std::move(w)));
        const auto r = k.of({{"access/2026-11", 0}});
        QCOMPARE(r.at(0).expires, *parseInstant("2026-12-01T00:00:00Z") + governance::kAccessKept);
        QCOMPARE(r[0].expires, governance::accessMayGo("access/2026-11"));
        QVERIFY(!governance::accessMayGo("access/2026") && !governance::accessMayGo("alerts/2026-11-23"));
    }

    void whatIsOfNoClassIsNotNamed()
    {
        QVERIFY(Kept().of({{"org", 0}, {"text/incident/INC-1", 0}, {"derived/snapshots", 0}, {"person/ana", 0}, {"alerts/never", 0}, {"access/9999", 0}, {"incident/INC-9", 0},
                           {"incident/INC-1/privileged", 0}})
                    .empty());
    }
};

QD_TEST(TestRetention)
#include "tst_retention.moc"
