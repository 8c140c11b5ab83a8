// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/get.h"
#include "core/triage/matcherindex.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// Complaints of the field (features.md, section 3) that no other suite is about.
class TestComplaints final : public QObject {
    Q_OBJECT

    static std::size_t listed(const std::string &json)
    {
        std::size_t n = 0;
        for (auto at = json.find("\"key\":\""); at != std::string::npos; at = json.find("\"key\":\"", at + 1))
            ++n;
        return n;
    }

private Q_SLOTS:
    /// grafana/grafana#46955: thousands of alerts and silences made everything unresponsive. What costs is asking every alert about every
    /// silence: with as many silences as may stand, each alert asks those that name one of its values, and no other.
    void complaint7_anAlertAsksTheSilencesThatCouldBeItsOwnHoweverManyStand()
    {
        const auto asked = [](std::size_t silences, std::size_t alerts) {
            std::vector<std::shared_ptr<const triage::MatcherSet>> sets;
            for (std::size_t n = 0; n < silences; ++n) {
                auto set = triage::MatcherSet::make({is("service", "service-" + std::to_string(n)), like("instance", "node-[0-9]+")});
                sets.push_back(std::make_shared<const triage::MatcherSet>(std::move(*set)));
            }
            triage::MatcherIndex index(std::move(sets));
            Log log;
            log.record(withConnection("am"));
            ABatch batch("am", log.now());
            for (std::size_t n = 0; n < alerts; ++n)
                batch.alert({{"alertname", "Down"}, {"instance", "node-" + std::to_string(n)}, {"service", "service-" + std::to_string(n % 1000)}});
            log.record(decided(batch.build()));
            std::vector<std::uint32_t> found;
            std::size_t hits = 0;
            for (const auto &a : log.state.alerts.all) {
                found.clear();
                index.match(log.state, a, found);
                hits += found.size();
            }
            return std::pair(index.asked(), hits);
        };
        const auto [few, hitsOfFew] = asked(10, 5000);
        const auto [many, hitsOfMany] = asked(1000, 5000);
        QCOMPARE(hitsOfFew, std::size_t(50));
        QCOMPARE(hitsOfMany, std::size_t(5000)); // and the right one is found
        QVERIFY2(many <= 3 * 5000, std::to_string(many).c_str()); // its own silence, once; 5 million if each asked all
        QVERIFY2(few <= 3 * 5000, std::to_string(few).c_str());
    }

    /// The same at the desk: as many silences as may stand, thousands of alerts, and one more silence is one record about the alerts it is for.
    void complaint7_oneMoreSilenceAmongThousandsIsOneRecordAboutItsOwnAlerts()
    {
        QuietBench b;
        ABatch batch("am", b.clock.now());
        for (int n = 0; n < 3000; ++n)
            batch.alert({{"alertname", "Down"}, {"instance", std::to_string(n)}, {"service", "db"}, {"severity", "warning"}});
        VERIFY_RESULT(b.report(batch.build()));
        for (std::size_t n = 0; n + 1 < state::Suppressors::kStandingLimit; ++n)
            VERIFY_RESULT(b.silence({is("instance", std::to_string(n))}));
        const auto last = b.silence({is("instance", "2999")});
        VERIFY_RESULT(last);
        std::vector<std::string> names;
        std::size_t quiet = 0;
        VERIFY_RESULT(desk::replay(*b.journal, last->seq, last->seq, [&](const desk::Record &r) {
            for (const auto &e : r.events) {
                names.emplace_back(events::typeName(e));
                if (const auto *s = getIf<events::AlertsSuppressed>(&e))
                    quiet += s->fingerprint.size();
            }
            return true;
        }));
        QCOMPARE(names, (std::vector<std::string>{"SuppressionPlaced", "AlertsSuppressed"}));
        QCOMPARE(quiet, std::size_t(1));
        VERIFY_FAILS(b.silence({is("instance", "x")}), Code::TooLarge); // the limit is said
    }

    /// target/goalert#4531: no owner of a single alert, so that "mine" can neither be seen nor handed off.
    void complaint14_anAlertHasAnOwnerWhoSeesWhatIsTheirsAndHandsItOn()
    {
        QuietBench b;
        const auto one = b.fires({{"alertname", "Down"}, {"instance", "1"}, {"service", "db"}}), two = b.fires({{"alertname", "Down"}, {"instance", "2"}, {"service", "db"}});
        b.fires({{"alertname", "Down"}, {"instance", "3"}, {"service", "db"}});
        const auto mine = [&](const std::string &who) {
            control::Filter filter;
            filter.owner = who;
            return b.ask([&](const state::State &s) { return control::getJson(s, "alerts", filter).value_or(std::string("refused")); });
        };
        QCOMPARE(listed(mine("ben")), std::size_t(0));
        VERIFY_RESULT(b.command(desk::AssignAlerts{{one, two}, "ben"}));
        QCOMPARE(listed(mine("ben")), std::size_t(2));
        QCOMPARE(listed(mine("ana")), std::size_t(0));
        VERIFY_RESULT(b.command(desk::AssignAlerts{{two}, "ana", "knows the replica"}, "ben")); // handed off, with the reason
        QCOMPARE(listed(mine("ben")), std::size_t(1));
        QVERIFY(mine("ana").find(two) != std::string::npos);
        VERIFY_RESULT(b.command(desk::AssignAlerts{{two}, "shop"}));
        QVERIFY(mine("ana").find(two) != std::string::npos && mine("ben").find(two) != std::string::npos); // of both, by their team
        QCOMPARE(listed(mine("shop")), std::size_t(1));
        QVERIFY(b.ask([](const state::State &s) {
            control::Filter filter;
            filter.owner = "ana";
            return !control::getJson(s, "groups", filter).has_value(); // refused, not ignored
        }));
        // The owner outlives a re-send and a restart.
        b.fires({{"alertname", "Down"}, {"instance", "2"}, {"service", "db"}});
        b.restart();
        QCOMPARE(std::string(b.ask([&](const state::State &s) { return std::string(s.text(s.alert(two)->owner)); })), std::string("shop"));
    }

    /// alerta#1308, dfir-iris/iris-web#469: half a megabyte for twenty rows, and 50 s until ten alerts were there. What is asked for by its
    /// incident is answered with its own alerts and no more bytes than they need, however many others there are.
    void complaint25_tenAlertsOfAnIncidentAreTenItemsOfAFewBytesAmongTwentyThousand()
    {
        QuietBench b;
        desk::Strings own;
        ABatch batch("am", b.clock.now());
        for (int n = 0; n < 20000; ++n)
            batch.alert({{"alertname", "Down"}, {"instance", "node-" + std::to_string(n)}, {"service", "db"}, {"severity", "warning"}});
        const ReportBatch built = batch.build();
        for (std::size_t n = 0; n < 10; ++n)
            own.push_back(keyOf(built, 1000 * n));
        VERIFY_RESULT(b.report(built));
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Database", "SEV2", "db", "", "", own, false}));
        const std::string answer = b.ask([](const state::State &s) {
            control::Filter filter;
            filter.incident = "INC-1";
            return control::getJson(s, "alerts", filter).value_or(std::string());
        });
        QCOMPARE(listed(answer), std::size_t(10));
        QVERIFY2(answer.size() < 20000, std::to_string(answer.size()).c_str());
    }

    /// grafana/oncall#4761: who was called for a group that somebody had answered could not stop being called.
    void complaintOncall4761_whoIsCalledAfterSomebodyAnsweredAnswersForThemselves()
    {
        Workspace w = aWorkspace();
        w.services[2].paging = Paging::Own; // db
        QuietBench b(std::move(w));
        b.connect("chat", "xmpp");
        VERIFY_RESULT(b.command(desk::Arm{"chat", {"rooms", "posts", "pages"}}));
        const auto key = b.fires({{"alertname", "Down"}, {"service", "db"}, {"severity", "critical"}});
        VERIFY_RESULT(b.command(desk::AcknowledgeEscalation{1}, "ana"));
        VERIFY_RESULT(b.command(desk::PagePeople{{}, {key}, {"ben"}, "knows the replica"}, "ana"));
        const auto call = [&](std::size_t n) {
            return b.ask([&](const state::State &s) { return n < s.escalations.size() ? s.escalations[n] : state::Escalation{}; });
        };
        QCOMPARE(call(0).outcome, std::string("acknowledged"));
        QVERIFY(call(1).number == 2 && call(1).outcome.empty()); // Ana's answer is not Ben's
        VERIFY_RESULT(b.command(desk::AcknowledgeEscalation{2}, "ben"));
        QCOMPARE(call(1).outcome, std::string("acknowledged"));
        const auto said = b.posted().size();
        b.pass(hours(2));
        QCOMPARE(b.posted().size(), said); // nobody is called any more
    }

    /// Netflix/dispatch#3391: the order of the states was fixed. Here none must come before another, and what was skipped is not invented.
    void complaintDispatch3391_noStatusMustComeBeforeAnother()
    {
        QuietBench b;
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Database", "SEV2", "db", "", "", {}, false}));
        const auto incident = [&] { return b.ask([](const state::State &s) { return *s.incident("INC-1"); }); };
        b.clock.advance(minutes(5));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", "it was the cable"})); // at once
        QVERIFY(!incident().isOpen() && incident().resolvedAt == b.clock.now());
        b.clock.advance(minutes(5));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "active", "it was not"}));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "mitigated", {}}));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "active", "again"}));
        QVERIFY(incident().isOpen() && !incident().mitigatedAt);
    }

    /// dfir-iris/iris-web#122: who did what, how, when and with what result stood apart. Every act of an incident is a line that says them
    /// all, and what it led to refers to it.
    void complaint25_everyActSaysWhoWhatHowWhenAndWhatCameOfIt()
    {
        QuietBench b;
        const auto key = b.fires({{"alertname", "Down"}, {"service", "db"}});
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Database", "SEV2", "db", "", "", {key}, false}));
        VERIFY_RESULT(b.command(desk::TakeCommand{}));
        struct Act {
            desk::Command command;
            std::string person;
            state::EntryKind kind;
            std::string reference;
        };
        b.clock.advance(minutes(1));
        const std::vector<Act> acts{
            {desk::AssignTask{"INC-1", "ben", "image the disk", "30m"}, "ana", state::EntryKind::Task, "task/1"},
            {desk::RaiseHypothesis{"INC-1", "the pool is full"}, "ben", state::EntryKind::Hypothesis, "hypothesis/1"},
            {desk::AskPoll{"INC-1", "fail over?", {"ben"}}, "ana", state::EntryKind::Poll, "poll/1"},
            {desk::AnswerPoll{"INC-1", "go", "replica is well", {}, 1}, "ben", state::EntryKind::Poll, "poll/1"},
            {desk::RecordDecision{"INC-1", "fail over", 1}, "ana", state::EntryKind::Decision, "decision/1"},
            {desk::MarkMoment{"INC-1", "here it was clear", {}, "diagnosis", "hypothesis/1"}, "ben", state::EntryKind::Moment, "moment/1"},
            {desk::SettleHypothesis{"INC-1", "512 of 512 in use", 1, false}, "ben", state::EntryKind::HypothesisSettled, "hypothesis/1"},
            {desk::FinishTask{"INC-1", 1}, "ben", state::EntryKind::TaskDone, "task/1"}};
        for (const Act &act : acts) {
            b.clock.advance(minutes(1));
            VERIFY_RESULT(b.command(act.command, act.person));
            const auto line = b.ask([&](const state::State &s) {
                const auto &t = s.incident("INC-1")->timeline;
                const auto it = std::find_if(t.rbegin(), t.rend(), [&](const state::Entry &e) { return e.kind == act.kind; });
                return it == t.rend() ? state::Entry{} : *it;
            });
            const std::string what = std::string(state::word(act.kind));
            QVERIFY2(line.actor == act.person, (what + " by " + line.actor).c_str());             // who
            QVERIFY2(!line.text.empty(), what.c_str());                                           // what
            QVERIFY2(line.via == Path::Person, what.c_str());                                     // how
            QVERIFY2(line.at == b.clock.now() && line.seq > 0, what.c_str());                     // when, and in which record
            QVERIFY2(line.reference == act.reference, (what + " refers to " + line.reference).c_str()); // what it is about
        }
        // And the result stands with what was done, not beside it.
        const auto i = b.ask([](const state::State &s) { return *s.incident("INC-1"); });
        QVERIFY(i.tasks.front().doneAt && i.tasks.front().person == "ben");
        QVERIFY(i.hypotheses.front().confirmed && i.hypotheses.front().reason == "512 of 512 in use");
        QCOMPARE(i.decisions.front().poll, 1u);
        QVERIFY(i.polls.front().closedAt && i.polls.front().decision == 1);
        QCOMPARE(i.moments.front().reference, std::string("hypothesis/1"));
        QCOMPARE(b.dumped(), b.committed());
    }
};

QD_TEST(TestComplaints)
#include "tst_complaints.moc"
