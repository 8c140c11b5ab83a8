// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/rightsscene.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::desk;
using namespace qd::tests;

class TestDeskRights final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyCommandHasItsRowHere()
    {
        const RightsScene s;
        std::size_t commands = 0;
        eachCommandThereIs(s, [&](const desk::Command &c) {
            ++commands;
            QVERIFY2(neededRows().contains(methodOf(c)), std::string(methodOf(c)).c_str());
        });
        QCOMPARE(neededRows().size(), commands);
    }

    /// Command × role × bounds: decided as the table says, and never otherwise.
    void theMatrixHolds()
    {
        RightsScene s;
        std::size_t cells = 0, allowed = 0;
        for (const Right right : kRights)
            for (const RightBound &bound : kBounds) {
                s.setRights({kAdmins, heldWithin(right, bound)});
                eachCommandThereIs(s, [&](const desk::Command &c) {
                    const std::string_view method = methodOf(c);
                    const NeededRow &row = neededRows().at(method);
                    bool covers = row.about == AboutWhat::Anybody || row.about == AboutWhat::Thing || bound.isUnbound || (row.about == AboutWhat::Cart && bound.coversCart);
                    if (!bound.incidents.empty() && row.about == AboutWhat::Cart && isOfServiceAlone(method))
                        covers = false;
                    const bool expected = row.about == AboutWhat::Anybody || (holds(right, row.right) && covers);
                    const auto decision = decide(s.log.state, c, {"ben", Path::Person}, s.log.now());
                    QVERIFY2(isRefusedByPolicy(decision) != expected,
                             (std::string(method) + " with " + std::string(word(right)) + " " + bound.name + (decision ? ": done" : ": " + decision.error().message)).c_str());
                    ++cells;
                    allowed += expected ? 1 : 0;
                });
            }
        qInfo("%zu cells (command x role x bounds), %zu of them allowed", cells, allowed);
        QVERIFY(cells == neededRows().size() * 25 && allowed > 100 && allowed < cells / 2);
    }

    void whoHasNoRightGetsNothingDoneByAnyWay()
    {
        RightsScene s;
        s.setRights({kAdmins});
        for (const Path via : {Path::Person, Path::Chat, Path::Link, Path::Own, Path::Poll, Path::Webhook, Path::PagerDuty})
            eachCommandThereIs(s, [&](const desk::Command &c) {
                const auto decision = decide(s.log.state, c, {"ben", via}, s.log.now());
                const bool isMachine = via != Path::Person && via != Path::Chat && via != Path::Link;
                const bool open = isMachine ? methodOf(c) == "alert.acknowledge" || methodOf(c) == "schedule.import" : isOpenToAnybody(methodOf(c));
                QVERIFY2(isRefusedByPolicy(decision) != open, (std::string(methodOf(c)) + " via " + std::string(word(via))).c_str());
            });
    }

    void theDeskRefusesEachCommandAndRecordsNothing()
    {
        RightsScene s;
        Workspace w = *s.log.state.workspace;
        w.rights = {kAdmins};
        Bench b(nullptr);
        b.options.owner = "root";
        b.create();
        b.settle();
        events::WorkspaceChanged changed;
        changed.workspace = w;
        changed.digest = "two";
        QVERIFY(b.report(events::Event(changed)));
        const auto head = b.journal->head();
        eachCommandThereIs(s, [&](const desk::Command &c) {
            if (isOpenToAnybody(methodOf(c))) // open to everybody of the workspace
                return;
            const auto done = b.command(c, "ben");
            QVERIFY2(!done && done.error().code == Code::Forbidden, std::string(methodOf(c)).c_str());
        });
        QCOMPARE(b.journal->head(), head);
        QVERIFY(b.command(DeclareIncident{"t", "SEV3", "cart", "", "", {}, false}, "root"));
    }

    void aLineIsWhatItStandsFor()
    {
        RightsScene s;
        s.setRights({kAdmins, heldWithin(Right::Respond, kBounds[1])});
        const events::Actor ben{"ben", Path::Person};
        QVERIFY(decide(s.log.state, WriteLine{"INC-1", "the disk is full"}, ben, s.log.now()));
        QVERIFY(decide(s.log.state, WriteLine{"INC-1", "@ana look 10m"}, ben, s.log.now()));
        QVERIFY(isRefusedByPolicy(decide(s.log.state, WriteLine{"INC-1", "! roll back"}, ben, s.log.now())));
        QVERIFY(isRefusedByPolicy(decide(s.log.state, WriteLine{"INC-1", "> customers 20m"}, ben, s.log.now())));
    }

    void mergingNeedsTheRightInBoth()
    {
        RightsScene s;
        s.setRights({kAdmins, heldWithin(Right::Command, kBounds[1])});
        const events::Actor ben{"ben", Path::Person};
        QVERIFY(isRefusedByPolicy(decide(s.log.state, MergeIncidents{"INC-1", "INC-2", "same"}, ben, s.log.now())));
        QVERIFY(isRefusedByPolicy(decide(s.log.state, MergeIncidents{"INC-2", "INC-1", "same"}, ben, s.log.now())));
        s.setRights({kAdmins, heldWithin(Right::Command, kBounds[1]), {"y", Right::Command, {"ben"}, {}, false, {}, {"INC-2"}}});
        QVERIFY(decide(s.log.state, MergeIncidents{"INC-1", "INC-2", "same"}, ben, s.log.now()));
    }

    void severalAlertsNeedTheRightForEach()
    {
        RightsScene s;
        const auto batch = aBatch("am", s.log.now()).alert({{"alertname", "Slow"}, {"service", "mail"}}).build();
        s.log.record(decided(batch));
        s.setRights({kAdmins, heldWithin(Right::Respond, kBounds[1])});
        const events::Actor ben{"ben", Path::Person};
        QVERIFY(decide(s.log.state, Acknowledge{{s.alert}, ""}, ben, s.log.now()));
        QVERIFY(isRefusedByPolicy(decide(s.log.state, Acknowledge{{s.alert, keyOf(batch)}, ""}, ben, s.log.now())));
    }

    void whoIsCalledMayAnswer()
    {
        RightsScene s;
        s.setRights({kAdmins});
        const events::Actor ben{"ben", Path::Link};
        QVERIFY(isRefusedByPolicy(decide(s.log.state, AcknowledgeEscalation{1}, ben, s.log.now())));
        events::StepReached step;
        step.escalation = 1;
        step.incident = "INC-1";
        step.people = {"ben"};
        s.log.record(events::Event(step));
        QVERIFY(decide(s.log.state, AcknowledgeEscalation{1}, ben, s.log.now()));
        QVERIFY(decide(s.log.state, Acknowledge{{"INC-1"}, ""}, {"ben", Path::Chat}, s.log.now()));
        QVERIFY(isRefusedByPolicy(decide(s.log.state, AcknowledgeEscalation{1}, {"eve", Path::Link}, s.log.now())));
        QVERIFY(isRefusedByPolicy(decide(s.log.state, UnacknowledgeAlerts{{s.alert}, ""}, ben, s.log.now())));
    }

    void anUpdateInsideIsCommandsAndOneOutsideIsPublishings()
    {
        RightsScene s;
        Workspace w = *s.log.state.workspace;
        w.templates = {{"tech", "Technical", "technical", "{{title}}", {}, {}}, {"cust", "Customers", "customers", "{{title}}", {}, {}}};
        s.log.record(withWorkspace(w));
        s.setRights({kAdmins, heldWithin(Right::Command, kBounds[0])});
        const events::Actor ben{"ben", Path::Person};
        QVERIFY(decide(s.log.state, SendUpdate{"INC-1", "tech", {}}, ben, s.log.now()));
        QVERIFY(isRefusedByPolicy(decide(s.log.state, SendUpdate{"INC-1", "cust", {}}, ben, s.log.now())));
        s.setRights({kAdmins, heldWithin(Right::Publish, kBounds[0])});
        QVERIFY(decide(s.log.state, SendUpdate{"INC-1", "cust", {}}, ben, s.log.now()));
    }

    void aScheduleIsItsEditorsTo()
    {
        RightsScene s;
        Workspace w = *s.log.state.workspace;
        Schedule pay;
        pay.id = "pay";
        pay.editors = {"shop"}; // the team
        w.schedules = {pay};
        s.log.record(withWorkspace(w));
        s.setRights({kAdmins});
        OverrideSchedule c;
        c.schedule = "pay";
        QVERIFY(!isRefusedByPolicy(decide(s.log.state, c, {"ben", Path::Person}, s.log.now())));
        QVERIFY(isRefusedByPolicy(decide(s.log.state, c, {"eve", Path::Person}, s.log.now())));
    }

    void aMethodIsFoundByItsLastWordWhereOnlyOneHasIt()
    {
        const RightsScene s;
        QCOMPARE(usualNeed(s.log.state, "take")->first, std::string_view("incident.take"));
        QCOMPARE(usualNeed(s.log.state, "page.post")->second.right, Right::Publish);
        QCOMPARE(usualNeed(s.log.state, "nonsense").error().code, Code::NotFound);
        QVERIFY(usualNeed(s.log.state, "acknowledge").error().message.find("alert.acknowledge, escalation.acknowledge") != std::string::npos
                || usualNeed(s.log.state, "acknowledge").error().message.find("escalation.acknowledge, alert.acknowledge") != std::string::npos);
    }
};

QD_TEST(TestDeskRights)
#include "tst_rights.moc"
