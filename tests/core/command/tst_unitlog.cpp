// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/unitlog.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

namespace {

const Actor kBen{"ben", Path::Person};

struct Scene {
    Log log;
    Scene()
    {
        log.record(withWorkspace(aWorkspace()));
        log.record(anIncident().titled("Shop is down").event());
        log.record(RoleAssumed{"INC-1", Role::Commander, "ana", kAna}, minutes(1));
        log.record(RoleAssumed{"INC-1", Role::Responder, "ben", kAna, "Database lead"}, minutes(1));
        log.record(DecisionMade{"INC-1", "roll back\nnow", 1, kAna}, minutes(1));
        log.record(LogWritten{"INC-1", "the cash was emptied", kBen, log.now() - minutes(2)}, minutes(1));
        log.record(LogRevised{"INC-1", "the cache was emptied", "entry/5", kBen}, minutes(1));
        log.record(RoleAssumed{"INC-1", Role::Commander, "ben", kAna}, minutes(5));
    }
    std::string text(const std::string &person = {})
    {
        return command::toText(command::unitLog(log.state, *log.state.incident("INC-1"), person, log.now()));
    }
};

bool has(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class TestUnitLog final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itSaysWhoHadWhichRoleAndWhatWasDone()
    {
        Scene s;
        const std::string text = s.text();
        QVERIFY2(has(text, "1. Incident name and number\n- INC-1: Shop is down"), text.c_str());
        QVERIFY2(has(text, "still open at "), text.c_str());
        QVERIFY2(has(text, "Ana: Incident Commander, assumed ") && has(text, ", handed over "), text.c_str());
        QVERIFY2(has(text, "Ben: Database lead, assumed "), text.c_str());
        QVERIFY2(has(text, "Ana: roll back now"), text.c_str());
        QVERIFY2(has(text, "Ben: the cache was emptied (written down ") && has(text, "before: the cash was emptied)"), text.c_str());
        // By its own time: what was written down later stands where it happened.
        QVERIFY(text.find("the cache was emptied") < text.find("roll back now"));
        QVERIFY2(has(text, "6. Prepared by\n- Quarterdeck, from the record up to number "), text.c_str());
    }

    void ofOnePersonItHasTheirRolesAndActivitiesAlone()
    {
        Scene s;
        const std::string text = s.text("ben");
        QVERIFY2(has(text, "3. Name\n- Ben"), text.c_str());
        QVERIFY2(has(text, "Database lead, assumed ") && !has(text, "roll back now"), text.c_str());
        QCOMPARE(command::peopleOf(*s.log.state.incident("INC-1")), (std::vector<std::string>{"ana", "ben"}));
    }

    void whatWasSaidInTheRoomIsNotInIt()
    {
        Scene s;
        MessageSeen m;
        m.incident = "INC-1";
        m.text = "hello everybody";
        m.person = "ana";
        s.log.record(m);
        QVERIFY(!has(s.text(), "hello everybody"));
    }

    void whatIsOverHasAnEnd()
    {
        Scene s;
        s.log.record(StatusChanged{"INC-1", "over", IncidentStatus::Resolved, kAna});
        QVERIFY(has(s.text(), "- until "));
    }
};

QD_TEST(TestUnitLog)
#include "tst_unitlog.moc"
