// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/unitlog.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

namespace {

const Actor kLogBen{"ben", Path::Person};

struct LoggedScene {
    Log log;
    LoggedScene()
    {
        log.record(withWorkspace(aWorkspace()));
        log.record(anIncident().titled("Shop is down").event());
        log.record(RoleAssumed{"INC-1", Role::Commander, "ana", kAna}, minutes(1));
        log.record(RoleAssumed{"INC-1", Role::Responder, "ben", kAna, "Database lead"}, minutes(1));
        log.record(DecisionMade{"INC-1", "roll back\nnow", 1, kAna}, minutes(1));
        log.record(LogWritten{"INC-1", "the cash was emptied", kLogBen, log.now() - minutes(2)}, minutes(1));
        log.record(LogRevised{"INC-1", "the cache was emptied", "entry/5", kLogBen}, minutes(1));
        log.record(RoleAssumed{"INC-1", Role::Commander, "ben", kAna}, minutes(5));
    }
    std::string text(const std::string &person = {})
    {
        return command::toText(command::unitLog(log.state, *log.state.incident("INC-1"), person, log.now()));
    }
};

bool hasText(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class TestUnitLog final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itSaysWhoHadWhichRoleAndWhatWasDone()
    {
        LoggedScene s;
        const std::string text = s.text();
        QVERIFY2(hasText(text, "1. Incident name and number\n- INC-1: Shop is down"), text.c_str());
        QVERIFY2(hasText(text, "still open at "), text.c_str());
        QVERIFY2(hasText(text, "Ana: Incident Commander, assumed ") && hasText(text, ", handed over "), text.c_str());
        QVERIFY2(hasText(text, "Ben: Database lead, assumed "), text.c_str());
        QVERIFY2(hasText(text, "Ana: roll back now"), text.c_str());
        QVERIFY2(hasText(text, "Ben: the cache was emptied (written down ") && hasText(text, "before: the cash was emptied)"), text.c_str());
        // By its own time: what was written down later stands where it happened.
        QVERIFY(text.find("the cache was emptied") < text.find("roll back now"));
        QVERIFY2(hasText(text, "6. Prepared by\n- Quarterdeck, from the record up to number "), text.c_str());
    }

    /// Somebody a file calls "ben" is not Ben of the workspace.
    void whatAFileSaysIsNobodysActivityHere()
    {
        LoggedScene s;
        s.log.record(FactImported{"INC-1", "Slack export, #inc-1", "log", "ben", "restarted the pool", "1", s.log.now(), {}, {}});
        QVERIFY2(!hasText(s.text("ben"), "restarted the pool"), s.text("ben").c_str());
        QVERIFY2(hasText(s.text(), "ben: restarted the pool"), s.text().c_str());
    }

    void ofOnePersonItHasTheirRolesAndActivitiesAlone()
    {
        LoggedScene s;
        const std::string text = s.text("ben");
        QVERIFY2(hasText(text, "3. Name\n- Ben"), text.c_str());
        QVERIFY2(hasText(text, "Database lead, assumed ") && !hasText(text, "roll back now"), text.c_str());
        QCOMPARE(command::peopleOf(*s.log.state.incident("INC-1")), (std::vector<std::string>{"ana", "ben"}));
    }

    void whatWasSaidInTheRoomIsNotInIt()
    {
        LoggedScene s;
        MessageSeen m;
        m.incident = "INC-1";
        m.text = "hello everybody";
        m.person = "ana";
        s.log.record(m);
        QVERIFY(!hasText(s.text(), "hello everybody"));
    }

    void whatIsOverHasAnEnd()
    {
        LoggedScene s;
        s.log.record(StatusChanged{"INC-1", "over", IncidentStatus::Resolved, kAna});
        QVERIFY(hasText(s.text(), "- until "));
    }
};

QD_TEST(TestUnitLog)
#include "tst_unitlog.moc"
