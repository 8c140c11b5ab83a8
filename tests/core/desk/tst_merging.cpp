// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/standdown.h"
#include "core/control/get.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// Incidents that become one, and what a stand-down leaves quiet.
namespace {

Workspace calledWorkspace()
{
    Workspace w = aWorkspace();
    for (Service &s : w.services)
        s.paging = Paging::Own;
    return w;
}

struct TwoIncidents : QuietBench {
    std::string first, second, both;
    explicit TwoIncidents(Workspace w = aWorkspace(), bool armed = false) : QuietBench(std::move(w))
    {
        if (armed) {
            connect("chat", "xmpp");
            (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
        }
        first = fires({{"alertname", "Down"}, {"service", "web"}});
        second = fires({{"alertname", "Slow"}, {"service", "db"}});
        both = fires({{"alertname", "Late"}, {"service", "cart"}});
        desk::DeclareIncident one, two;
        one.title = "Shop is down";
        one.service = "web";
        one.alerts = {first, both};
        two.title = "Checkout is slow";
        two.service = "db";
        two.severity = "SEV2";
        two.alerts = {second, both};
        const auto done = command(one) && command(two);
        Q_ASSERT(done);
        if (armed)
            for (const char *id : {"INC-1", "INC-2"})
                (void)report(events::Event(events::RoomLinked{id, "chat", std::string(id) + "@muc.example", true}));
    }
    state::Incident incident(const std::string &id)
    {
        return ask([&](const state::State &s) { return *s.incident(id); });
    }
    std::string incidentOf(const std::string &key)
    {
        return ask([&](const state::State &s) { return std::string(s.text(s.alert(key)->incident)); });
    }
    Result<Outcome> merge(const std::string &reason = "one database") { return command(desk::MergeIncidents{"INC-2", "INC-1", reason}); }
};

std::vector<std::string> quietHere(Bench &b)
{
    return b.ask([](const state::State &s) {
        std::vector<std::string> ids;
        for (const auto &q : command::sheet(s, *s.incident("INC-1")).quiet)
            ids.push_back(q.id);
        return ids;
    });
}

} // namespace

class TestMerging final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aMergedIncidentsAlertsMoveAndBothTimelinesSaySo()
    {
        TwoIncidents b;
        VERIFY_FAILS(b.merge(" "), Code::Invalid);
        VERIFY_FAILS(b.command(desk::MergeIncidents{"INC-1", "INC-1", "r"}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::MergeIncidents{"INC-9", "INC-1", "r"}), Code::NotFound);
        const auto merged = b.merge();
        VERIFY_RESULT(merged);
        QCOMPARE(merged->id, std::string("INC-1"));
        QCOMPARE(merged->notes, (std::vector<std::string>{"INC-2 was SEV2, INC-1 is SEV3: is that still right?"}));
        const auto into = b.incident("INC-1"), from = b.incident("INC-2");
        QCOMPARE(into.alerts, (std::vector<std::string>{b.first, b.both, b.second}));
        QCOMPARE(b.incidentOf(b.second), std::string("INC-1"));
        QCOMPARE(int(from.status), int(IncidentStatus::Merged));
        QCOMPARE(from.merged.into, std::string("INC-1"));
        const auto says = [](const state::Incident &i, const std::string &text, const std::string &about) {
            return std::any_of(i.timeline.begin(), i.timeline.end(), [&](const state::Entry &e) { return e.text == text && e.reference == about && e.actor == "ana"; });
        };
        QVERIFY(says(from, "merged into INC-1: one database", "INC-1"));
        QVERIFY(says(into, "merges INC-2 (Checkout is slow) into it, 1 alert joins: one database", "INC-2"));
        VERIFY_FAILS(b.merge(), Code::Conflict); // it is over
        VERIFY_FAILS(b.command(desk::ChangeStatus{"INC-2", "active", {}}), Code::Conflict);
        const auto json = b.ask([](const state::State &s) { return control::getJson(s, "incidents", {}).value_or(std::string()); });
        QVERIFY(json.find("\"mergedInto\":\"INC-1\"") != std::string::npos);
        QCOMPARE(b.dumped(), b.committed());
    }

    void theCallsOfAMergedIncidentEndAndWhoWasCalledIsToldOnce()
    {
        TwoIncidents b(calledWorkspace(), true);
        QCOMPARE(b.ask([](const state::State &s) { return s.escalations.size(); }) >= 2, true);
        VERIFY_RESULT(b.command(desk::TakeCommand{"INC-1", {}}));
        b.pass(minutes(5)); // the second step calls somebody who was called already
        const auto pagesTo = [&](const char *text) {
            return b.ask([&](const state::State &s) {
                std::vector<std::string> out;
                for (const auto &[n, o] : s.outbox)
                    if (o.what.effect == events::Effect::Page && o.what.text.find(text) != std::string::npos)
                        out.push_back(o.what.person);
                std::sort(out.begin(), out.end());
                return out;
            });
        };
        VERIFY_RESULT(b.merge());
        for (const auto &x : b.ask([](const state::State &s) { return s.escalations; }))
            if (x.incident == "INC-2")
                QCOMPARE(x.outcome, std::string("ended"));
        QCOMPARE(pagesTo("was merged into INC-1"), (std::vector<std::string>{"ana", "ben"}));
        const auto posts = b.ask([](const state::State &s) {
            std::map<std::string, std::string> out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::Post)
                    out[o.what.room] += o.what.text + "\n";
            return out;
        });
        QVERIFY(posts.at("INC-2@muc.example").find("INC-2 is merged into INC-1: one database (Ana)") != std::string::npos);
        QVERIFY2(posts.at("INC-1@muc.example").find("Ana merges INC-2 (Checkout is slow) into it") != std::string::npos, posts.at("INC-1@muc.example").c_str());
        QCOMPARE(b.dumped(), b.committed());
    }

    void nobodysCallIsLostWhereTheOtherIncidentIsNobodys()
    {
        Workspace w = calledWorkspace();
        w.services[0].paging = Paging::Observe; // web: INC-1 calls nobody
        TwoIncidents b(std::move(w), true);
        const auto running = [&](const char *id) {
            return b.ask([&](const state::State &s) {
                return std::count_if(s.escalations.begin(), s.escalations.end(), [&](const auto &x) { return x.incident == id && x.isRunning() && !x.observed; });
            });
        };
        QCOMPARE(running("INC-1"), 0);
        QCOMPARE(running("INC-2"), 1);
        VERIFY_RESULT(b.merge());
        QCOMPARE(running("INC-2"), 0);
        QCOMPARE(running("INC-1"), 1);
    }

    void aMergeIsTakenBackUntilSomethingNewHappensInIt()
    {
        TwoIncidents b(calledWorkspace(), true);
        VERIFY_RESULT(b.command(desk::TakeCommand{"INC-1", {}}));
        VERIFY_RESULT(b.merge());
        b.pass(hours(2)); // however late
        VERIFY_RESULT(b.command(desk::Undo{}));
        QCOMPARE(int(b.incident("INC-2").status), int(IncidentStatus::Active));
        QCOMPARE(b.incident("INC-1").alerts, (std::vector<std::string>{b.first, b.both}));
        QCOMPARE(b.incidentOf(b.second), std::string("INC-2"));
        QCOMPARE(b.ask([](const state::State &s) {
            return std::count_if(s.escalations.begin(), s.escalations.end(), [](const auto &x) { return x.incident == "INC-2" && x.isRunning(); });
        }), 1); // it calls again
        VERIFY_RESULT(b.merge("after all"));
        VERIFY_RESULT(b.command(desk::WriteLog{"INC-2", "and the replica too"}, "ben"));
        const auto refused = b.command(desk::Undo{});
        VERIFY_FAILS(refused, Code::Conflict);
        QVERIFY2(refused.error().message.find("ben wrote in INC-2") != std::string::npos, refused.error().message.c_str());
        QCOMPARE(b.dumped(), b.committed());
    }

    void aSilenceKeptByAnAlertmanagerIsEndedThereOrStaysAsItIs()
    {
        TwoIncidents b;
        b.connect("alerts", "alertmanager");
        VERIFY_RESULT(b.command(desk::TakeCommand{"INC-1", {}}));
        b.clock.advance(minutes(1));
        VERIFY_RESULT(b.report(events::Event(events::SilencesSeen{
            "alerts",
            {{"5f2c", "known", "ana", "active", {is("alertname", "Down")}, b.clock.now(), b.clock.now() + hours(2)},
             {"0a0a", "old", "ana", "active", {is("alertname", "Other")}, kMorning - hours(1), b.clock.now() + hours(2)},
             {"1b1b", "not of it", "zoe", "active", {is("alertname", "Other")}, b.clock.now(), b.clock.now() + hours(2)}}})));
        QCOMPARE(quietHere(b), (std::vector<std::string>{"alerts/5f2c"}));
        desk::StandDown down{"INC-1", "ana", "fixed", "known", {}, {}, {}};
        VERIFY_FAILS(b.command(down), Code::Invalid);
        down.quiet = {{"alerts/5f2c", "keep", "4h", {}}};
        VERIFY_FAILS(b.command(down), Code::Forbidden); // another end is written there too
        down.quiet = {{"alerts/5f2c", "end", {}, {}}};
        VERIFY_FAILS(b.command(down), Code::Forbidden); // it observes only
        VERIFY_RESULT(b.command(desk::Arm{"alerts", {"silences"}}));
        VERIFY_RESULT(b.command(down));
        const auto asked = b.ask([](const state::State &s) {
            std::vector<std::string> out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::ExpireSilence)
                    out.push_back(o.what.connection + " " + o.what.text);
            return out;
        });
        QCOMPARE(asked, (std::vector<std::string>{"alerts 5f2c"}));
        QCOMPARE(b.dumped(), b.committed());
    }

    /// It has no review of its own: who commanded it is asked there, and what its record has is pointed at from there.
    void whatIsLearntOfAMergedIncidentBelongsToTheReviewOfTheOther()
    {
        TwoIncidents b;
        VERIFY_RESULT(b.command(desk::TakeCommand{"INC-2", {}}, "ben"));
        VERIFY_RESULT(b.command(desk::WriteLog{"INC-2", "the pool is at its limit"}, "ben"));
        std::string line;
        for (const state::Entry &e : b.incident("INC-2").timeline)
            if (e.kind == state::EntryKind::Log && e.text == "the pool is at its limit")
                line = "line/" + std::to_string(e.seq);
        QVERIFY(!line.empty());
        VERIFY_RESULT(b.merge());
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", "rolled back"}));
        desk::OpenReview open;
        open.incident = "INC-2";
        VERIFY_FAILS(b.command(open), Code::Conflict);
        open.incident = "INC-1";
        VERIFY_RESULT(b.command(open));
        const auto asked = b.incident("INC-1").review.people;
        QVERIFY(std::find(asked.begin(), asked.end(), "ben") != asked.end());
        const std::string timeline(b.incident("INC-1").review.section("timeline")->text());
        QVERIFY2(timeline.find(" INC-2, Checkout is slow, became part of it\n") != std::string::npos, timeline.c_str());
        VERIFY_RESULT(b.command(desk::RateFactor{"INC-1", "trigger.configuration-push", {}, {line}, false}));
        QCOMPARE(b.incident("INC-1").review.ratings.at(0).evidence, std::vector<std::string>{line});
        VERIFY_FAILS(b.command(desk::RateFactor{"INC-1", "trigger.configuration-push", {}, {"line/999999"}, false}), Code::NotFound);
        QCOMPARE(b.dumped(), b.committed());
    }
    void complaint21_aStandDownSaysWhatBecomesOfEverySilenceMadeHere()
    {
        TwoIncidents b;
        VERIFY_RESULT(b.silence({is("alertname", "Other")}, "2h")); // of a person without a role, about something else
        VERIFY_RESULT(b.silence({is("alertname", "Down")}, "2h"));
        VERIFY_RESULT(b.command(desk::HoldAlerts{{b.both}, "1h", "the vendor"}));
        VERIFY_RESULT(b.command(desk::HoldAlerts{{b.second}, "1h", "elsewhere"}));
        const auto sheet = quietHere(b);
        QCOMPARE(sheet, (std::vector<std::string>{"silence/2", "held/3"}));
        desk::StandDown down{"INC-1", "ana", "fixed", "known", {}, {}, {}};
        const auto refused = b.command(down);
        VERIFY_FAILS(refused, Code::Invalid);
        QVERIFY2(refused.error().message.find("--end silence/2, --keep silence/2") != std::string::npos, refused.error().message.c_str());
        down.quiet = {{"silence/2", "keep", "4h", "ben"}, {"held/3", "maybe", {}, {}}};
        VERIFY_FAILS(b.command(down), Code::Invalid);
        QCOMPARE(int(b.incident("INC-1").status), int(IncidentStatus::Active));
        down.quiet[1].what = "end";
        VERIFY_RESULT(b.command(down));
        QCOMPARE(int(b.incident("INC-1").status), int(IncidentStatus::Resolved));
        QCOMPARE(b.outcome("held/3"), std::string("ended by ana"));
        const auto kept = b.ask([](const state::State &s) { return *s.suppressors.find("silence/2"); });
        QCOMPARE(kept.owner, std::string("ben"));
        QCOMPARE(kept.until.ns, (b.clock.now() + hours(4)).ns);
        QCOMPARE(b.dumped(), b.committed());
    }
};

QD_TEST(TestMerging)
#include "tst_merging.moc"
