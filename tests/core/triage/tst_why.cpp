// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/why.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>
#include <algorithm>

using namespace qd;
using namespace qd::events;
using namespace qd::tests;
using triage::Fact;

namespace {

struct Scene {
    Log log;
    std::string key;

    explicit Scene(Workspace w = aWorkspace(), const std::string &service = "db")
    {
        log.record(withWorkspace(std::move(w))).record(withConnection("am"));
        Labels labels{{"alertname", "Down"}};
        if (!service.empty())
            labels.emplace_back("service", service);
        const auto batch = aBatch("am", log.now()).alert(labels).build();
        key = keyOf(batch);
        log.record(decided(batch));
    }
    [[nodiscard]] std::vector<triage::Reason> why() const { return triage::why(log.state, *log.state.alert(key)); }
    /// The sentence of a fact, or "" when it is not among the reasons.
    [[nodiscard]] std::string said(Fact fact) const
    {
        const auto all = why();
        const auto it = std::find_if(all.begin(), all.end(), [&](const auto &r) { return r.fact == fact; });
        return it == all.end() ? std::string() : triage::sentence(*it);
    }
    [[nodiscard]] int paging() const
    {
        const auto all = why();
        return static_cast<int>(std::count_if(all.begin(), all.end(), [](const auto &r) { return r.fact >= Fact::Called && r.fact <= Fact::NotStarted; }));
    }
};

Workspace owned()
{
    Workspace w = aWorkspace();
    for (auto &s : w.services)
        s.paging = Paging::Own;
    return w;
}

} // namespace

class TestWhy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhoReportsItAndWhatTheRulesMadeOfIt()
    {
        const Scene s;
        QCOMPARE(s.said(Fact::Reported), std::string("reported 1 time by am, the last change by push"));
        QVERIFY(s.said(Fact::Opened).starts_with("opened: severity "));
        QVERIFY(s.said(Fact::Opened).find("service db") != std::string::npos);
        QVERIFY(!s.said(Fact::FirstOfGroup).empty());
        QCOMPARE(s.paging(), 1);
    }

    void aNamedButUnknownServiceIsCalledUnknown()
    {
        const Scene s(aWorkspace(), "ghost");
        QCOMPARE(s.said(Fact::UnknownService), std::string("nobody is called: service ghost is not in the workspace"));
        QVERIFY(s.said(Fact::NoService).empty());
        QCOMPARE(s.paging(), 1);
    }

    void withoutAServiceItSaysThat()
    {
        const Scene s(aWorkspace(), "");
        QCOMPARE(s.said(Fact::NoService), std::string("nobody is called: it names no service"));
    }

    void tellsTheReasonsForSilenceApart()
    {
        QCOMPARE(Scene().said(Fact::Observed), std::string("nobody is called: paging of service db is \"observe\", the team's own pager stays pager of record"));
        Workspace assisted = owned();
        for (auto &service : assisted.services)
            service.paging = Paging::Assist;
        QCOMPARE(Scene(assisted).said(Fact::NoIncident), std::string("nobody is called: it belongs to no incident"));
        QCOMPARE(Scene(owned()).said(Fact::NotByItself), std::string("it calls nobody by itself")); // the rules of calls add why
        Workspace none = owned();
        none.teams[0].policy.clear();
        QCOMPARE(Scene(none).said(Fact::NoPolicy), std::string("nobody is called: service db has no escalation policy"));
        Scene in(owned());
        in.log.record(anIncident().alert(in.key).event());
        QCOMPARE(in.said(Fact::NotStarted), std::string("nobody is called: no escalation was started for INC-1"));
        QVERIFY(in.said(Fact::PartOf).starts_with("part of INC-1"));
    }

    void whoHasNoAddressWasNotCalled()
    {
        Scene s(owned());
        s.log.record(anIncident().alert(s.key).event());
        EscalationStarted started;
        started.escalation = 1;
        started.policy = "shop";
        started.incident = "INC-1";
        started.observed = false;
        StepReached step;
        step.escalation = 1;
        step.incident = "INC-1";
        step.people = {"ana", "ben"};
        step.unreachable = {"ben"};
        s.log.record({started, step});
        QCOMPARE(s.said(Fact::Called), std::string("step 1 called ana; ben has no address to call, by policy shop for INC-1"));
        QVERIFY(s.said(Fact::NotStarted).empty());
        QCOMPARE(s.log.state.incident("INC-1")->timeline.back().text, std::string("step 1 calls ana; ben has no address to call"));
        QCOMPARE(calling(s.log.state.escalations[0].steps[0], "would call"), std::string("step 1 would call ana, ben; ben has no address to call"));
        step.people = step.unreachable = {"ana", "ben"};
        s.log.record(step);
        QCOMPARE(s.log.state.incident("INC-1")->timeline.back().text, std::string("step 1 calls nobody; ana, ben have no address to call"));
    }

    void whatInhibitsItAtItsSourceIsNamed()
    {
        Scene s;
        const std::string cause = s.key.substr(s.key.find('/') + 1), unknown = "00000000000000ff";
        const auto batch = aBatch("am", s.log.now()).alert({{"alertname", "Slow"}, {"service", "web"}}).suppressed(Suppression::Inhibited, cause + "," + unknown).build();
        s.log.record(decided(batch));
        const std::string title(s.log.state.text(s.log.state.alert(s.key)->title));
        s.key = keyOf(batch);
        QCOMPARE(s.said(Fact::Suppressed), "inhibited by " + title + " (db), " + unknown + ", as its source says");
        const auto by = triage::inhibitedBy(s.log.state, *s.log.state.alert(s.key));
        QCOMPARE(by.size(), std::size_t(1));
        QCOMPARE(fingerprintText(by.front()->fingerprint), cause);
    }

    void aFlappingAlertSaysWhichDelayWouldHelp()
    {
        const auto flapping = [](Span fires, Span gone) {
            Scene s;
            for (int n = 0; n < 3; ++n)
                for (const bool ends : {true, false}) {
                    const Span later = ends ? fires : gone;
                    auto b = aBatch("am", s.log.now() + later).alert({{"alertname", "Down"}, {"service", "db"}});
                    if (ends)
                        b.resolved();
                    s.log.record(decided(b.build(), {ends ? Verdict::Resolved : Verdict::Refired}), later);
                }
            s.log.record(AlertsFlapped{"am", {s.log.state.alert(s.key)->fingerprint}, true, {"flapping", {}, {}}});
            return s.said(Fact::Flapping);
        };
        QCOMPARE(flapping(minutes(3), seconds(40)),
                 std::string("flaps: it comes and goes too often; it was gone for 40s at most: an off-delay of 1m at its source (keep_firing_for) makes one alert of it"));
        QCOMPARE(flapping(seconds(70), minutes(5)), std::string("flaps: it comes and goes too often; it fired for 1m10s at most: an on-delay of 2m at its source (for) keeps it out"));
        QCOMPARE(flapping(hours(2), hours(3)), std::string("flaps: it comes and goes too often")); // no delay is for that
    }

    void aRemovedConnectionLeavesItReportedByNone()
    {
        Scene s;
        s.log.record(ConnectionRemoved{"am", kAna});
        QCOMPARE(s.said(Fact::Reported), std::string("reported 1 time by no connection any more, the last change by push"));
        s.log.record(AlertsClosed{{s.key}, "host gone", kAna});
        QCOMPARE(s.said(Fact::Resolved), std::string("resolved: no source reports it any more"));
        QCOMPARE(s.paging(), 0);
    }
};

QD_TEST(TestWhy)
#include "tst_why.moc"
