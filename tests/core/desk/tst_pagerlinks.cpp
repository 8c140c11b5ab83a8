// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/dutybench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;
using events::PagerStatus;

namespace {
using Lines = std::vector<std::string>;
} // namespace

/// A call of ours and an incident there are one: who answers either answers both, once.
class TestPagerLinks : public QObject {
    Q_OBJECT
private Q_SLOTS:
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
};

QD_TEST(TestPagerLinks)
#include "tst_pagerlinks.moc"
