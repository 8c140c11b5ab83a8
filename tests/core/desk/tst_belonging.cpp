// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/brief.h"
#include "core/command/standdown.h"
#include "core/desk/effects.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// Incidents that are part of the work on another, incidents that are written down afterwards, what their rooms are called.
namespace {

struct Belonging : QuietBench {
    explicit Belonging(Workspace w = aWorkspace()) : QuietBench(std::move(w))
    {
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
    }
    Result<Outcome> declare(const std::string &title, const std::string &kind = {}, const std::string &since = {}, const std::string &until = {})
    {
        desk::DeclareIncident d;
        d.title = title;
        d.severity = "SEV1";
        d.service = "web";
        d.kind = kind;
        d.since = since;
        d.until = until;
        return command(d);
    }
    state::Incident incident(const std::string &id)
    {
        return ask([&](const state::State &s) { return *s.incident(id); });
    }
    Result<Outcome> place(const std::string &child, const std::string &parent) { return command(desk::PlaceIncident{child, parent, {}}); }
};

Workspace calling()
{
    Workspace w = aWorkspace();
    for (Service &s : w.services)
        s.paging = Paging::Own;
    return w;
}

} // namespace

class TestBelonging final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anIncidentIsPartOfTheWorkOnAnotherAndStaysItsOwn()
    {
        Belonging b;
        for (const char *title : {"Region is down", "Checkout", "Mail", "Elsewhere"})
            VERIFY_RESULT(b.declare(title));
        VERIFY_RESULT(b.place("INC-2", "INC-1"));
        VERIFY_RESULT(b.place("INC-3", "INC-1"));
        QCOMPARE(b.incident("INC-2").parent, std::string("INC-1"));
        VERIFY_FAILS(b.place("INC-2", "INC-1"), Code::Conflict); // is already
        VERIFY_FAILS(b.place("INC-1", "INC-1"), Code::Invalid);
        VERIFY_FAILS(b.place("INC-4", "INC-2"), Code::Conflict); // one level
        VERIFY_FAILS(b.place("INC-1", "INC-4"), Code::Conflict); // it has parts
        VERIFY_FAILS(b.place("INC-9", "INC-1"), Code::NotFound);
        VERIFY_FAILS(b.place("INC-4", {}), Code::Conflict); // of none
        b.desk->inspect([](const state::State &s) {
            const auto parent = command::brief(s, *s.incident("INC-1"), s.time).situation, child = command::brief(s, *s.incident("INC-2"), s.time).situation;
            QVERIFY(says(parent, "with INC-2, SEV1: Checkout"));
            QVERIFY(says(child, "part of the work on INC-1"));
            QCOMPARE(command::sheet(s, *s.incident("INC-1")).parts, (std::vector<std::string>{"INC-2", "INC-3"}));
        });
        VERIFY_RESULT(b.place("INC-3", {}));
        QCOMPARE(b.incident("INC-3").parent, std::string());
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatIsOverIsWrittenDownAndCallsNobody()
    {
        Belonging b(calling());
        const std::string since = toRfc3339(b.clock.now() - hours(30)), until = toRfc3339(b.clock.now() - hours(28));
        VERIFY_FAILS(b.declare("Last night", "backfilled", since), Code::Invalid);
        VERIFY_FAILS(b.declare("Last night", "backfilled", until, since), Code::Invalid);
        VERIFY_FAILS(b.declare("Last night", "backfilled", since, toRfc3339(b.clock.now() + hours(1))), Code::Invalid);
        VERIFY_FAILS(b.declare("Now", {}, since, until), Code::Invalid);
        VERIFY_RESULT(b.declare("Last night", "backfilled", since, until));
        const auto i = b.incident("INC-1");
        QCOMPARE(i.status, IncidentStatus::Resolved);
        QCOMPARE(toRfc3339(i.resolvedAt), until);
        QCOMPARE(toRfc3339(i.impactSince), since);
        b.pass(hours(2)); // no commander, no clock, nobody to be reminded
        b.desk->inspect([](const state::State &s) {
            QVERIFY(s.escalations.empty());
            for (const auto &[n, o] : s.outbox)
                QVERIFY2(o.what.incident.empty() && !o.what.subject.starts_with("told/nag/"), o.what.text.c_str());
            for (const auto &a : s.alerts.all)
                QVERIFY2(s.label(a, "incident").empty(), std::string(s.text(a.title)).c_str());
        });
        QCOMPARE(b.dumped(), b.committed());
    }

    void aRoomIsCalledAsTheTeamCallsItsRooms_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("name");
        QTest::newRow("as ever") << "" << "" << "inc-1";
        QTest::newRow("a drill") << "" << "drill" << "drill-inc-1";
        QTest::newRow("by service and day") << "{{date}}_{{service}} #{{number}}" << "" << "2026-11-23-web-1";
        QTest::newRow("by severity") << "{{severity}}-{{number}}" << "" << "sev1-1";
        QTest::newRow("an example") << "war-{{number}}" << "example" << "example-war-1";
    }
    void aRoomIsCalledAsTheTeamCallsItsRooms()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, kind);
        QFETCH(QString, name);
        Workspace w = aWorkspace();
        w.roomName = pattern.toStdString();
        Belonging b(std::move(w));
        VERIFY_RESULT(b.declare("Shop is down", kind.toStdString()));
        const auto room = b.ask([](const state::State &s) {
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::CreateRoom)
                    return o.what.room;
            return std::string();
        });
        QCOMPARE(QString::fromStdString(room), name);
    }

    void aNameThatWouldBeTooLongIsTheIncidentsOwn()
    {
        Workspace w = aWorkspace();
        w.roomName = "{{service}}-{{number}}";
        state::Incident i;
        i.id = "INC-7";
        i.service = std::string(kRoomNameBytes - 2, 's');
        QCOMPARE(desk::roomName(w, i), i.service + "-7");
        i.service += 's';
        QCOMPARE(desk::roomName(w, i), std::string("inc-7"));
    }
};

QD_TEST(TestBelonging)
#include "tst_belonging.moc"
