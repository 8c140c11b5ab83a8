// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/whycalled.h"

#include "core/oncall/escalation.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <functional>

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

namespace {

/// An alert of an incident on the database, whose policy calls ana, then ben.
struct WhyScene {
    Log log;
    std::string key;

    explicit WhyScene(Paging paging = Paging::Own, bool armed = true, const std::function<void(Workspace &)> &change = {})
    {
        Workspace w = aWorkspace();
        if (change)
            change(w);
        for (Service &s : w.services)
            s.paging = paging;
        for (Person &p : w.people)
            p.xmpp = {p.id + "@example.org"};
        log.record(withWorkspace(std::move(w))).record(withConnection("am")).record(withConnection("chat", "xmpp", armed ? static_cast<Writes>(Write::Pages) : Writes{0}));
        const auto batch = aBatch().alert({{"alertname", "DbDown"}, {"service", "db"}}).severity("critical").build();
        log.record(decided(batch));
        key = keyOf(batch);
    }
    void declare()
    {
        log.record(anIncident().service("db").alert(key).event());
        log.record(*oncall::start(log.state, {"INC-1", "", "", "", kAna}, log.now()));
        advance({});
    }
    void advance(Span later) { log.record(oncall::advance(log.state, log.now() + later), later); }
    oncall::WhyCalled why(const std::string &person, bool byAlert = true)
    {
        const state::Alert *alert = log.state.alert(key);
        return oncall::whyCalled(log.state, byAlert ? alert : nullptr, log.state.incident("INC-1"), person);
    }
};

bool says(const oncall::WhyCalled &why, const std::string &text)
{
    return std::any_of(why.reasons.begin(), why.reasons.end(), [&](const auto &r) { return r.text.find(text) != std::string::npos; });
}

std::string all(const oncall::WhyCalled &why)
{
    std::string out = why.sentence;
    for (const auto &r : why.reasons)
        out += "\n" + r.text;
    return out;
}

} // namespace

class TestWhyCalled : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whoWasCalledReadsByWhichStep()
    {
        WhyScene s;
        s.declare();
        const auto why = s.why("ana");
        QVERIFY2(why.called, all(why).c_str());
        QVERIFY2(says(why, "step 1 of escalation/1 by policy shop called Ana"), all(why).c_str());
        QCOMPARE(why.sentence, std::string("Ana was called for INC-1."));
    }

    void whoseStepIsNotReachedReadsWhenItIsDue()
    {
        WhyScene s;
        s.declare();
        const auto why = s.why("ben");
        QVERIFY(!why.called);
        QVERIFY2(says(why, "names Ben and is not reached yet; it is due at"), all(why).c_str());
    }

    void whoWasSparedReadsWhoAnswered()
    {
        WhyScene s;
        s.declare();
        s.log.record(*oncall::acknowledge(s.log.state, 1, kAna));
        const auto why = s.why("ben");
        QVERIFY(!why.called);
        QVERIFY2(says(why, "names Ben and was not reached: Ana answered at"), all(why).c_str());
    }

    void whoIsInNoStepReadsThat()
    {
        WhyScene s;
        s.declare();
        const auto why = s.why("eve");
        QVERIFY2(says(why, "no step of policy shop names eve"), all(why).c_str());
        QVERIFY(says(why, "there is no person \"eve\""));
    }

    /// Somebody of a team or schedule that was called, in whose place another is on call: named, and still not called.
    void whoseTeamOrScheduleCalledAnotherReadsWho_data()
    {
        QTest::addColumn<bool>("bySchedule");
        QTest::addColumn<bool>("observed");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("team") << false << false << QByteArray("step 1 of policy shop calls team shop, and Ana was called: team shop, first member");
        QTest::newRow("schedule") << true << false << QByteArray("step 1 of policy shop calls schedule days, and Ana was called: schedule days, temporary schedule");
        QTest::newRow("team, observed") << false << true << QByteArray("step 1 of policy shop calls team shop, and Ana would have been called: team shop, first member");
        QTest::newRow("schedule, observed") << true << true << QByteArray("step 1 of policy shop calls schedule days, and Ana would have been called: schedule days, temporary schedule");
    }
    void whoseTeamOrScheduleCalledAnotherReadsWho()
    {
        QFETCH(bool, bySchedule);
        QFETCH(bool, observed);
        QFETCH(QByteArray, reason);
        WhyScene s(observed ? Paging::Observe : Paging::Own, true, [&](Workspace &w) {
            Schedule days;
            days.id = "days";
            days.zone = "UTC";
            days.layers = {{"all", {}, {"ben"}, 0, hours(24), {}}};
            days.temporaries = {{parseLocalTime("2020-01-01T00:00")->seconds, parseLocalTime("2040-01-01T00:00")->seconds, {"ana"}, "leave"}};
            w.schedules = {days};
            w.policies = {{"shop", "Shop on call", {{{bySchedule ? "days" : "shop"}, minutes(5)}}, 0}};
        });
        s.declare();
        const auto why = s.why("ben");
        QVERIFY(!why.called);
        QVERIFY2(says(why, reason.toStdString()), all(why).c_str());
        QCOMPARE(says(why, "nobody is really called: "), observed);
        QVERIFY2(!says(s.why("ana"), "and Ana"), "who was called was not called instead of somebody");
    }

    void whatIsOnlyObservedSaysSoAndWhy()
    {
        WhyScene s(Paging::Observe);
        s.declare();
        const auto why = s.why("ana");
        QVERIFY(!why.called);
        QVERIFY2(says(why, "would have called Ana, but is only observed"), all(why).c_str());
        QVERIFY2(says(why, "nobody is really called: "), all(why).c_str());
    }

    void anAlertOfNoIncidentCallsNobodyAndSaysWhosePagerItIs()
    {
        WhyScene s(Paging::Observe);
        const auto why = s.why("ana");
        QVERIFY(!why.called);
        QVERIFY2(says(why, "belongs to no incident"), all(why).c_str());
        QVERIFY2(says(why, "paging of service db is observe"), all(why).c_str());
    }

    void anIncidentWithoutAServiceSaysThatNoPolicyFollows()
    {
        WhyScene s;
        s.log.record(anIncident().service("").event());
        const auto why = s.why("ana", false);
        QVERIFY2(says(why, "it names no service"), all(why).c_str());
    }

    void reasonsComeInTheOrderTheyHappenedAndWhatHoldsNowLast()
    {
        WhyScene s;
        s.declare();
        s.advance(minutes(30));
        const auto why = s.why("ben");
        QVERIFY2(why.called, all(why).c_str());
        for (std::size_t n = 1; n < why.reasons.size(); ++n)
            QVERIFY(!why.reasons[n].at || (why.reasons[n - 1].at && why.reasons[n - 1].at <= why.reasons[n].at));
    }
};

QD_TEST(TestWhyCalled)
#include "tst_whycalled.moc"
