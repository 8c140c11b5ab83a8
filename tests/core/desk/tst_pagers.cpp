// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/past.h"
#include "core/desk/whatif.h"
#include "core/oncall/pagers.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;
using events::Effect;
using events::PagerStatus;

/// What a pager of record holds: its word here, ours there, and never round in a circle.
namespace {

using Lines = std::vector<std::string>;

Workspace dutyWorkspace()
{
    Workspace w = aWorkspace();
    w.people[0].email = "ana@example.org";
    w.people[1].email = "ben@example.org";
    for (Service &s : w.services)
        s.paging = Paging::Own;
    w.policies = {{"shop", "Shop on call", {{{"ana", "webhook:events"}, minutes(5)}, {{"ben"}, minutes(10)}}, 0}};
    w.people[0].contacts = {{"events", ""}};
    w.people[0].channels = {"webhook:events", "chat"};
    return w;
}

/// A PagerDuty that is polled ("pd"), one that our pages go to ("events"), and chat.
struct Duty : QuietBench {
    Duty() : QuietBench(dutyWorkspace())
    {
        add("pd", "pagerduty-rest", "https://api.example");
        add("events", "pagerduty", "https://events.example");
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
        (void)command(desk::Arm{"events", {"pages"}});
    }
    void add(const std::string &name, const std::string &kind, const std::string &url)
    {
        desk::AddConnection c;
        c.connection.name = name;
        c.connection.kind = kind;
        c.connection.url = url;
        c.connection.from = kind == "pagerduty-rest" ? "ana@example.org" : "";
        const auto ok = command(c);
        Q_ASSERT(ok);
    }
    bool arm(desk::Strings allow = {"acks", "notes", "reassigns"}) { return command(desk::Arm{"pd", std::move(allow)}).has_value(); }

    static events::PagerIncident incident(const std::string &id, PagerStatus status, Instant changed, const std::string &by = {})
    {
        events::PagerIncident i;
        i.id = id;
        i.number = 12;
        i.areKeysKnown = true;
        i.title = "Disk is full";
        i.service = "db";
        i.status = status;
        i.createdAt = kMorning;
        i.changedAt = changed;
        i.changedBy = by;
        return i;
    }
    /// As the edge does it: the report of one that is an alert by itself, then the incident.
    void hear(events::PagerIncident i, const oncall::OwnKey &ownKey = [](std::string_view) { return std::nullopt; })
    {
        const bool isOurs = !ask([&](const state::State &s) { return oncall::linkPagerIncident(s, "pd", i, ownKey); });
        if (isOurs)
            return;
        if (i.alert == native(i.id) && !ask([&](const state::State &s) { return oncall::isOldNews(s, "pd", i); })) {
            BatchBuilder b("pd", Path::PagerDuty, clock.now());
            b.begin();
            b.fingerprint(oncall::pagerFingerprint(i.id));
            b.label("alertname", i.title);
            b.label("pagerduty_incident", i.id);
            b.label("service", i.service);
            b.label("severity", "high");
            b.startsAt(i.createdAt);
            b.updatedAt(i.changedAt);
            if (i.status >= PagerStatus::Resolved) {
                b.status(AlertStatus::Resolved);
                b.endsAt(i.changedAt);
            }
            b.end();
            QVERIFY(QuietBench::report(b.take()));
        }
        QVERIFY(QuietBench::report(events::Event(events::PagerIncidentsSeen{"pd", {i}})));
    }
    static std::string native(const std::string &id) { return "pd/" + fingerprintText(oncall::pagerFingerprint(id)); }
    Instant later(Span by)
    {
        clock.advance(by);
        return clock.now();
    }
    /// What was queued for pd, and for events.
    Lines out(const std::string &connection = "pd")
    {
        return ask([&](const state::State &s) {
            Lines all;
            for (const auto &[n, o] : s.outbox)
                if (o.what.connection == connection)
                    all.push_back(std::string(events::word(o.what.effect)) + (o.what.room.empty() ? "" : " " + o.what.room) + (events::isForPager(o.what.effect) && !o.what.text.empty() ? " " + o.what.text : ""));
            return all;
        });
    }
    Lines withheld(bool isForPager = true)
    {
        return ask([&](const state::State &s) {
            Lines all;
            for (const auto &w : s.withheld)
                if (events::isForPager(w.what.effect) == isForPager)
                    all.push_back(std::string(events::word(w.what.effect)) + " " + w.what.connection + ": " + w.what.reason);
            return all;
        });
    }
    void settleOutbox(Delivery delivery = Delivery::Confirmed)
    {
        const auto numbers = ask([](const state::State &s) {
            std::vector<std::uint64_t> all;
            for (const auto &[n, o] : s.outbox)
                if (o.delivery == Delivery::Queued)
                    all.push_back(n);
            return all;
        });
        for (const std::uint64_t n : numbers)
            QVERIFY(QuietBench::report(events::Event(events::OutboxMoved{n, delivery, "x", "", ""})));
    }
    Workflow workflow(const std::string &key)
    {
        return ask([&](const state::State &s) { return s.alert(key)->workflow; });
    }
    std::string acknowledgedBy(const std::string &key)
    {
        return ask([&](const state::State &s) { return std::string(s.text(s.alert(key)->acknowledgedBy)); });
    }
    bool isFiring(const std::string &key)
    {
        return ask([&](const state::State &s) { return s.alert(key) && s.alert(key)->status == AlertStatus::Firing; });
    }
    std::size_t alerts()
    {
        return ask([](const state::State &s) { // not those about sources that are silent
            return static_cast<std::size_t>(std::count_if(s.alerts.all.begin(), s.alerts.all.end(), [](const auto &a) { return a.path != Path::Own; }));
        });
    }
    std::string outcome(std::uint32_t escalation)
    {
        return ask([&](const state::State &s) { return s.escalations[escalation - 1].outcome + " " + s.escalations[escalation - 1].acknowledgedBy; });
    }
};

} // namespace

class TestPagers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anIncidentIsAnAlertAndWhoAcknowledgesAndResolvesItThereDoesSoHere()
    {
        Duty d;
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        const std::string key = Duty::native("Q1");
        QVERIFY(d.isFiring(key));
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, d.later(minutes(1)), "ben"));
        QCOMPARE(d.acknowledgedBy(key), std::string("ben"));
        d.hear(Duty::incident("Q1", PagerStatus::Resolved, d.later(minutes(1)), "ben"));
        QVERIFY(!d.isFiring(key));
        QCOMPARE(d.alerts(), std::size_t{1});
        QCOMPARE(d.out(), Lines{}); // nothing of it is said there
    }

    void whatCameFromThereIsNeverSaidThere()
    {
        Duty d;
        QVERIFY(d.arm());
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, d.later(minutes(1)), "ben"));
        QCOMPARE(word(d.workflow(Duty::native("Q1"))), std::string_view("acknowledged"));
        QCOMPARE(d.out(), Lines{});
        QCOMPARE(d.withheld().size(), std::size_t{0});
    }

    void whatWeDidThereComesBackAndChangesNothing()
    {
        Duty d;
        QVERIFY(d.arm());
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        const std::string key = Duty::native("Q1");
        QVERIFY(d.command(desk::Acknowledge{{key}, "on it"}, "ben"));
        QCOMPARE(d.out(), (Lines{"pager-acknowledge Q1"}));
        d.settleOutbox();
        QVERIFY(d.command(desk::UnacknowledgeAlerts{{key}, "not me after all"}, "ben"));
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, d.later(seconds(20)), "ana")); // by the user we write as
        QCOMPARE(word(d.workflow(key)), std::string_view("assigned"));
        // The same again says nothing, and an acknowledgement made there later does.
        const std::uint64_t head = d.ask([](const state::State &s) { return s.seq; });
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, d.clock.now(), "ana"));
        QCOMPARE(d.ask([](const state::State &s) { return s.seq; }), head);
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, d.later(minutes(30))));
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, d.later(minutes(1)), "ana"));
        QCOMPARE(d.acknowledgedBy(key), std::string("ana"));
        QCOMPARE(d.out(), (Lines{"pager-acknowledge Q1"}));
    }

    void unarmedNothingIsWrittenAndItIsSaid()
    {
        Duty d;
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        const std::string key = Duty::native("Q1");
        QVERIFY(d.command(desk::Acknowledge{{key}, {}}, "ben"));
        QVERIFY(d.command(desk::NoteAlerts{{key}, "looking"}, "ben"));
        QVERIFY(d.command(desk::AssignAlerts{{key}, "ana"}, "ben"));
        QCOMPARE(d.out(), Lines{});
        const Lines withheld = d.withheld();
        QCOMPARE(withheld.size(), std::size_t{3});
        QVERIFY(withheld[0].find("pager-acknowledge pd: connection pd observes only; arm it with: arm pd --allow acks") == 0);
        const auto resolved = d.command(desk::CloseAlerts{{key}, "over"}, "ben");
        QVERIFY(!resolved && resolved.error().message.find("arm pd --allow acks") != std::string::npos);
    }

    void armedWhatIsDoneHereIsDoneThere()
    {
        Duty d;
        QVERIFY(d.arm());
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        const std::string key = Duty::native("Q1");
        QVERIFY(d.command(desk::Acknowledge{{key}, {}}, "ben"));
        QVERIFY(d.command(desk::NoteAlerts{{key}, "the disk of node 3"}, "ben"));
        QVERIFY(d.command(desk::AssignAlerts{{key}, "ana"}, "ben"));
        QVERIFY(d.command(desk::EscalateAlerts{{key}, 0, {}}, "ben"));
        QVERIFY(d.command(desk::EscalateAlerts{{key}, 2, {}}, "ben"));
        const auto resolved = d.command(desk::CloseAlerts{{key}, "replaced"}, "ben");
        QVERIFY(resolved);
        QCOMPARE(d.out(), (Lines{"pager-acknowledge Q1", "pager-note Q1 the disk of node 3", "pager-reassign Q1 ana@example.org", "pager-escalate Q1", "pager-escalate Q1 2", "pager-resolve Q1 replaced"}));
        QVERIFY(d.isFiring(key)); // until PagerDuty says so
        d.settleOutbox();
        d.hear(Duty::incident("Q1", PagerStatus::Resolved, d.later(seconds(10)), "ana"));
        QVERIFY(!d.isFiring(key));
    }

    void anAlertItHoldsIsNeverTriggeredASecondTime()
    {
        Duty d;
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        // The service calls by itself; ana's first channel would be PagerDuty, the policy names it too.
        QCOMPARE(d.ask([](const state::State &s) { return s.escalations.size(); }), std::size_t{1});
        QCOMPARE(d.out("events"), Lines{});
        QCOMPARE(d.out("chat"), (Lines{"page ana@chat.example"}));
        const Lines withheld = d.withheld(false);
        QVERIFY(std::any_of(withheld.begin(), withheld.end(), [](const auto &w) { return w.find("page events: it is PagerDuty's incident") == 0; }));
        d.later(minutes(6));
        QVERIFY(d.wake());
        QCOMPARE(d.out("events"), Lines{});
        // Something it does not hold is told of.
        (void)d.fires({{"alertname", "Down"}, {"service", "cart"}, {"severity", "critical"}});
        QVERIFY(!d.out("events").empty());
    }

    void aPageOfOursThatBecameAnIncidentIsLinkedToItsCallAndAnsweredThere()
    {
        Duty d;
        QVERIFY(d.arm());
        const std::string key = d.fires({{"alertname", "Down"}, {"service", "cart"}, {"severity", "critical"}});
        const auto pages = d.out("events").size();
        QVERIFY(pages > 0);
        const oncall::OwnKey ownKey = [](std::string_view k) { return k == "quarterdeck-1" ? std::optional<std::uint32_t>(1) : k == "quarterdeck-test" ? std::optional<std::uint32_t>(0) : std::nullopt; };
        auto i = Duty::incident("Q7", PagerStatus::Triggered, kMorning);
        i.keys = {"quarterdeck-1"};
        d.hear(i, ownKey);
        QCOMPARE(d.alerts(), std::size_t{1}); // no second alert
        i.status = PagerStatus::Acknowledged;
        i.changedAt = d.later(minutes(1));
        i.changedBy = "ben";
        d.hear(i, ownKey);
        QCOMPARE(d.outcome(1), std::string("acknowledged ben"));
        QCOMPARE(word(d.workflow(key)), std::string_view("acknowledged"));
        QCOMPARE(d.out("events").size(), pages); // it is not told what it said
        QCOMPARE(d.out(), Lines{});
        // A test page belongs to no call and is no alert.
        auto test = Duty::incident("Q8", PagerStatus::Triggered, kMorning);
        test.keys = {"quarterdeck-test"};
        d.hear(test, ownKey);
        QCOMPARE(d.alerts(), std::size_t{1});
        // What ends here ends there, once.
        d.resolves({{"alertname", "Down"}, {"service", "cart"}, {"severity", "critical"}});
        QCOMPARE(d.out("events").size(), pages + 1);
        QCOMPARE(d.out("events").back(), std::string("page-over"));
    }

    void anAnswerGivenHereIsToldThereOnce()
    {
        Duty d;
        (void)d.fires({{"alertname", "Down"}, {"service", "cart"}, {"severity", "critical"}});
        const auto pages = d.out("events").size();
        auto i = Duty::incident("Q7", PagerStatus::Triggered, kMorning);
        i.keys = {"quarterdeck-1"};
        const oncall::OwnKey ownKey = [](std::string_view) { return std::optional<std::uint32_t>(1); };
        d.hear(i, ownKey);
        QVERIFY(d.command(desk::AcknowledgeEscalation{1}, "ana"));
        QCOMPARE(d.out("events").size(), pages + 1);
        QCOMPARE(d.out("events").back(), std::string("page-answered"));
        d.settleOutbox();
        i.status = PagerStatus::Acknowledged;
        i.changedAt = d.later(seconds(5));
        d.hear(i, ownKey);
        QCOMPARE(d.outcome(1), std::string("acknowledged ana"));
        QCOMPARE(d.out("events").size(), pages + 1);
    }

    void whatIsGroupedWithAPageOfOursIsAnAlertAllTheSame()
    {
        Duty d;
        (void)d.fires({{"alertname", "Down"}, {"service", "cart"}, {"severity", "critical"}});
        const oncall::OwnKey ownKey = [](std::string_view k) { return k == "quarterdeck-1" ? std::optional<std::uint32_t>(1) : std::nullopt; };
        auto i = Duty::incident("Q7", PagerStatus::Triggered, kMorning);
        i.keys = {"quarterdeck-1"};
        d.hear(i, ownKey);
        QCOMPARE(d.alerts(), std::size_t{1});
        i.keys = {"quarterdeck-1", "disk/node3"}; // it joined
        d.hear(i, ownKey);
        QCOMPARE(d.alerts(), std::size_t{2});
        QVERIFY(d.isFiring(Duty::native("Q7")));
        i.status = PagerStatus::Acknowledged;
        i.changedAt = d.later(minutes(1));
        i.changedBy = "ben";
        d.hear(i, ownKey);
        QCOMPARE(d.outcome(1), std::string("acknowledged ben"));
        QCOMPARE(d.acknowledgedBy(Duty::native("Q7")), std::string("ben"));
    }

    void aSecondIncidentOfACallIsToldToo()
    {
        Duty d;
        (void)d.fires({{"alertname", "Down"}, {"service", "cart"}, {"severity", "critical"}});
        const auto pages = d.out("events").size();
        const oncall::OwnKey ownKey = [](std::string_view) { return std::optional<std::uint32_t>(1); };
        for (const char *id : {"Q7", "Q8"}) { // the key is free again when what had it is over
            auto i = Duty::incident(id, PagerStatus::Triggered, d.later(seconds(10)));
            i.keys = {"quarterdeck-1"};
            d.hear(i, ownKey);
            if (i.id == "Q8")
                continue;
            i.status = PagerStatus::Gone; // which answers nothing
            i.changedAt = d.later(seconds(10));
            d.hear(i, ownKey);
        }
        QVERIFY(d.command(desk::AcknowledgeEscalation{1}, "ana"));
        QCOMPARE(d.out("events").size(), pages + 1);
        QCOMPARE(d.out("events").back(), std::string("page-answered"));
    }

    void whatTurnsIsHeardHoweverManyAreOver()
    {
        Duty d;
        BatchBuilder b("am", Path::PagerDuty, d.clock.now());
        b.begin();
        b.fingerprint(7);
        b.label("alertname", "Disk is full");
        b.label("dedup_key", "disk/node3");
        b.startsAt(kMorning);
        b.end();
        QVERIFY(d.QuietBench::report(b.take()));
        auto i = Duty::incident("Q3", PagerStatus::Triggered, kMorning);
        i.keys = {"disk/node3"};
        d.hear(i);
        events::PagerIncidentsSeen seen{"pd", {}};
        for (std::size_t n = 0; n < 2 * state::Pagers::kOverKept; ++n)
            seen.incidents.push_back(Duty::incident("R" + std::to_string(n), PagerStatus::Resolved, kMorning + hours(1)));
        i.status = PagerStatus::Resolved; // and it is the oldest of them
        i.changedAt = kMorning + minutes(1);
        i.alert = "am/" + fingerprintText(7);
        seen.incidents.push_back(i);
        QVERIFY(d.QuietBench::report(events::Event(seen)));
        QVERIFY(!d.isFiring("am/" + fingerprintText(7)));
    }

    void aSenderThatTellsBothOfUsIsOneAlert()
    {
        Duty d;
        BatchBuilder b("am", Path::PagerDuty, d.clock.now());
        b.begin();
        b.fingerprint(7);
        b.label("alertname", "Disk is full");
        b.label("dedup_key", "disk/node3");
        b.label("severity", "critical");
        b.startsAt(kMorning);
        b.end();
        QVERIFY(d.QuietBench::report(b.take()));
        auto i = Duty::incident("Q3", PagerStatus::Triggered, kMorning);
        i.keys = {"disk/node3"};
        d.hear(i);
        QCOMPARE(d.alerts(), std::size_t{1});
        const std::string key = "am/" + fingerprintText(7);
        i.status = PagerStatus::Acknowledged;
        i.changedAt = d.later(minutes(1));
        i.changedBy = "Tenex Engineer"; // nobody of ours
        d.hear(i);
        QCOMPARE(d.acknowledgedBy(key), std::string("Tenex Engineer"));
        i.status = PagerStatus::Resolved;
        i.changedAt = d.later(minutes(1));
        d.hear(i);
        QVERIFY(!d.isFiring(key));
    }

    void whatItHasNotAcknowledgedAnyMoreNobodyHasHereUnlessSomebodySaidSoHere()
    {
        Duty d;
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        d.hear(Duty::incident("Q2", PagerStatus::Triggered, kMorning));
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, d.later(minutes(1)), "ben"));
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, d.later(minutes(30)))); // its timeout there
        QCOMPARE(word(d.workflow(Duty::native("Q1"))), std::string_view("assigned"));
        QVERIFY(d.command(desk::Acknowledge{{Duty::native("Q2")}, {}}, "ana"));
        d.hear(Duty::incident("Q2", PagerStatus::Acknowledged, d.later(minutes(1)), "ben"));
        d.hear(Duty::incident("Q2", PagerStatus::Triggered, d.later(minutes(30))));
        QCOMPARE(d.acknowledgedBy(Duty::native("Q2")), std::string("ana"));
    }

    void whatIsOlderThanWhatIsKnownChangesNothing()
    {
        Duty d;
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        d.hear(Duty::incident("Q1", PagerStatus::Resolved, d.later(minutes(2)), "ben"));
        const std::string before = d.dumped();
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, kMorning + minutes(1), "ana")); // a webhook that came late
        QCOMPARE(d.ask([](const state::State &s) { return s.pagers.incidents.front().what.status; }), PagerStatus::Resolved);
        QVERIFY(!d.isFiring(Duty::native("Q1")));
        // Opened again there is opened again here.
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, d.later(minutes(1))));
        QVERIFY(d.isFiring(Duty::native("Q1")));
    }

    void anEventThatIsNoTurnNeverTakesAnIncidentBack()
    {
        Duty d;
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        const std::string key = Duty::native("Q1");
        const auto status = [&] { return d.ask([](const state::State &s) { return s.pagers.incidents.front().what.status; }); };
        const Instant acknowledged = d.later(minutes(1));
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, acknowledged, "ben"));
        auto escalated = Duty::incident("Q1", PagerStatus::Triggered, {}); // written before, delivered after
        escalated.assigned = {"ana"};
        d.hear(escalated);
        QCOMPARE(status(), PagerStatus::Acknowledged);
        QCOMPARE(d.acknowledgedBy(key), std::string("ben"));
        QCOMPARE(d.ask([](const state::State &s) { return s.pagers.incidents.front().what.assigned; }), (Lines{"ana"})); // what else it says counts
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, acknowledged + seconds(1)));
        QCOMPARE(status(), PagerStatus::Acknowledged);
        d.hear(Duty::incident("Q1", PagerStatus::Resolved, d.later(minutes(1)), "ben"));
        const auto calls = d.ask([](const state::State &s) { return s.escalations.size(); });
        d.later(minutes(1));
        d.hear(escalated);
        QCOMPARE(status(), PagerStatus::Resolved);
        QVERIFY(!d.isFiring(key));
        QCOMPARE(d.ask([](const state::State &s) { return s.escalations.size(); }), calls); // nobody is called again
    }

    void aRestartDoesAndTellsNothingAgain()
    {
        Duty d;
        QVERIFY(d.arm());
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        QVERIFY(d.command(desk::Acknowledge{{Duty::native("Q1")}, {}}, "ben"));
        d.settleOutbox();
        d.restart();
        const auto before = d.out().size() + d.out("events").size() + d.out("chat").size();
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning));
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, d.later(seconds(10)), "ana"));
        QCOMPARE(d.out().size() + d.out("events").size() + d.out("chat").size(), before);
        QCOMPARE(d.acknowledgedBy(Duty::native("Q1")), std::string("ben"));
    }

    void theSameHistoryUnderTheRecordedRulesComesOutAgain()
    {
        Duty d;
        QVERIFY(d.arm());
        const std::string key = Duty::native("Q1");
        const oncall::OwnKey ownKey = [](std::string_view k) { return k == "ours" ? std::optional<std::uint32_t>(2) : std::nullopt; };
        d.hear(Duty::incident("Q1", PagerStatus::Triggered, kMorning)); // call 1
        d.pass(seconds(5));
        d.hear(Duty::incident("Q1", PagerStatus::Acknowledged, d.clock.now(), "ben"));
        QVERIFY(d.command(desk::NoteAlerts{{key}, "the disk of node 3"}, "ben"));
        QVERIFY(d.command(desk::EscalateAlerts{{key}, 2, {}}, "ben"));
        QVERIFY(d.command(desk::CloseAlerts{{key}, "replaced"}, "ben"));
        d.settleOutbox();
        d.pass(seconds(5));
        d.hear(Duty::incident("Q1", PagerStatus::Resolved, d.clock.now(), "ana"));
        (void)d.fires({{"alertname", "Down"}, {"service", "cart"}, {"severity", "critical"}}); // call 2
        auto ours = Duty::incident("Q2", PagerStatus::Triggered, d.clock.now());
        ours.keys = {"ours"};
        d.hear(ours, ownKey);
        d.pass(seconds(5));
        ours.status = PagerStatus::Acknowledged;
        ours.changedAt = d.clock.now();
        ours.changedBy = "ben";
        d.hear(ours, ownKey);
        QCOMPARE(d.outcome(2), std::string("acknowledged ben"));
        auto again = ours;
        again.status = PagerStatus::Triggered;
        again.changedAt = d.later(seconds(5));
        d.hear(again, ownKey);
        const state::Past past = desk::pastOf(*d.journal);
        state::SnapshotLoader loader;
        auto was = state::stateAt(past, 0, loader);
        QVERIFY(was);
        state::State would = was->clone();
        const auto w = desk::whatIf(past, std::move(*was), std::move(would), d.journal->head(), std::nullopt, [] { return true; });
        QVERIFY(w);
        QVERIFY2(w->firstOtherWhat.empty(), w->firstOtherWhat.c_str());
        QCOMPARE(w->recordsOther, std::uint64_t{0});
    }

    void whoIsOnCallThereAndNotHereIsShown()
    {
        Duty d;
        Workspace w = dutyWorkspace();
        Schedule s;
        s.id = "primary";
        s.name = "Primary";
        s.zone = "UTC";
        Layer layer;
        layer.id = "one";
        layer.people = {"ana"};
        layer.start = 1'700'000'000;
        layer.length = hours(24);
        s.layers = {layer};
        w.schedules = {s};
        events::WorkspaceChanged changed;
        changed.workspace = w;
        changed.digest = "two";
        QVERIFY(d.QuietBench::report(events::Event(changed)));
        events::PagerDutyTurn turn;
        turn.person = "ben";
        turn.schedule = "Primary";
        QVERIFY(d.QuietBench::report(events::Event(events::PagerOnCallsSeen{"pd", {turn}})));
        auto found = d.ask([](const state::State &st) { return oncall::onCallDisagreements(st); });
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(found.front().text, std::string("pd says Ben, schedule primary says Ana: ours counts here"));
        turn.person = "ana";
        QVERIFY(d.QuietBench::report(events::Event(events::PagerOnCallsSeen{"pd", {turn}})));
        QVERIFY(d.ask([](const state::State &st) { return oncall::onCallDisagreements(st); }).empty());
    }
};

QD_TEST(TestPagers)
#include "tst_pagers.moc"
