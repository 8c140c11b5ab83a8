// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/rightsscene.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::desk;
using namespace qd::tests;

namespace {

/// The scene with a page: a component of cart, one of mail, one of both, one of no service; and notices as a test opens them.
struct PageScene : RightsScene {
    PageScene()
    {
        Workspace w = *log.state.workspace;
        StatusPage p;
        p.id = "shop";
        p.languages = {"en"};
        p.components = {{"basket", {{"en", "Basket"}}, {}, {}, {"cart"}}, {"letters", {{"en", "Letters"}}, {}, {}, {"mail"}}, {"both", {{"en", "Both"}}, {}, {}, {"cart", "mail"}}, {"shop", {{"en", "Shop"}}, {}, {}, {}}};
        w.pages = {p};
        log.record(withWorkspace(w));
    }
    void opens(std::uint32_t number, const std::string &incident, std::vector<ComponentSaid> components)
    {
        events::PagePosted e;
        e.page = "shop";
        e.incident = incident;
        e.notice = number;
        e.update = 1;
        e.title = e.text = {{"en", "Trouble"}};
        e.components = std::move(components);
        log.record(events::Event(std::move(e)));
    }
};

PostOnPage aPost(std::uint32_t notice, const std::string &incident, const std::vector<std::string> &components)
{
    PostOnPage c;
    c.page = "shop";
    c.incident = incident;
    c.notice = notice;
    c.phase = "identified";
    c.title = c.text = {{"en", "Some of it fails."}};
    for (const std::string &each : components)
        c.components.push_back({each, "degraded"});
    return c;
}

} // namespace

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

    /// Post × whose notice and components × bounds.
    void whoPublishesForOneServiceSpeaksOfNoOther_data()
    {
        QTest::addColumn<int>("notice");
        QTest::addColumn<QString>("incident");
        QTest::addColumn<QString>("component"); // that is named
        QTest::addColumn<bool>("isForCart"); // who publishes for the service cart may
        QTest::addColumn<bool>("isForItsIncident"); // who publishes for INC-1 alone may
        QTest::newRow("another's notice, by its number") << 1 << "" << "" << false << false;
        QTest::newRow("another's notice, with one's own component") << 1 << "" << "basket" << false << false;
        QTest::newRow("the notice of one's own incident") << 2 << "" << "" << true << true;
        QTest::newRow("one's own incident") << 0 << "INC-1" << "" << true << true;
        QTest::newRow("one's own incident and component") << 0 << "INC-1" << "basket" << true << true;
        QTest::newRow("one's own incident and another's component") << 0 << "INC-1" << "letters" << false << false;
        QTest::newRow("one's own incident and a component of both") << 0 << "INC-1" << "both" << false << false;
        QTest::newRow("one's own incident and a component of no service") << 0 << "INC-1" << "shop" << false << false;
        QTest::newRow("a notice of no incident about one's own component") << 3 << "" << "" << true << false;
        QTest::newRow("a notice of no incident about another's component") << 4 << "" << "basket" << false << false;
        QTest::newRow("a notice about nothing") << 5 << "" << "basket" << false << false;
        QTest::newRow("a notice about nothing, with one's own incident") << 5 << "INC-1" << "" << false << false;
    }
    void whoPublishesForOneServiceSpeaksOfNoOther()
    {
        QFETCH(int, notice);
        QFETCH(QString, incident);
        QFETCH(QString, component);
        QFETCH(bool, isForCart);
        QFETCH(bool, isForItsIncident);
        PageScene s;
        s.opens(1, "INC-2", {{"letters", ComponentState::Degraded}});
        s.opens(2, "INC-1", {});
        s.opens(3, {}, {{"basket", ComponentState::Degraded}});
        s.opens(4, {}, {{"letters", ComponentState::Degraded}});
        s.opens(5, {}, {});
        const desk::Command post = aPost(static_cast<std::uint32_t>(notice), incident.toStdString(), component.isEmpty() ? Strings{} : Strings{component.toStdString()});
        for (const RightBound &bound : kBounds) {
            s.setRights({kAdmins, heldWithin(Right::Publish, bound)});
            const bool isForMail = notice == 1 && component.isEmpty(); // whose notice it is
            const bool expected = bound.isUnbound || (!bound.coversCart ? isForMail : bound.incidents.empty() ? isForCart : isForItsIncident);
            const auto decision = decide(s.log.state, post, {"ben", Path::Person}, s.log.now());
            QVERIFY2(isRefusedByPolicy(decision) != expected, (std::string(bound.name) + (decision ? ": done" : ": " + decision.error().message)).c_str());
        }
    }

    void whoNamesNothingSpeaksOnTheOnlyOpenNoticeAsIfTheyNamedIt()
    {
        PageScene s;
        s.opens(1, "INC-2", {});
        s.setRights({kAdmins, heldWithin(Right::Publish, kBounds[1])});
        PostOnPage post = aPost(0, {}, {"basket"});
        post.phase = "resolved";
        QVERIFY(isRefusedByPolicy(decide(s.log.state, post, {"ben", Path::Person}, s.log.now())));
        post.fresh = true; // a notice of their own
        const auto decision = decide(s.log.state, post, {"ben", Path::Person}, s.log.now());
        QVERIFY2(decision, decision ? "" : decision.error().message.c_str());
        QCOMPARE(get<events::PagePosted>(decision->events.front()).notice, std::uint32_t(2));
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
