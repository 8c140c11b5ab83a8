// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/escalation/nextup.h"
#include "ui/escalation/stackcontent.h"

#include <QtTest>

using namespace qd;
using namespace qd::escalation;

namespace {

const Instant kNow = test::sceneMoment();

view::EscalationCard card(const char *state, const char *step, bool observed = false)
{
    view::EscalationCard c;
    c.id = QStringLiteral("e");
    c.about = QStringLiteral("storefront");
    c.state = QString::fromUtf8(state);
    c.observed = observed;
    c.steps = {{1, QStringLiteral("Ana"), QString::fromUtf8(step), kNow - minutes(1), kNow + minutes(3)},
               {2, QStringLiteral("Tom"), QStringLiteral("waiting"), kNow + minutes(3), kNow + minutes(8)}};
    return c;
}

} // namespace

class TestStackContent final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void putsTheMostUrgentFirst()
    {
        auto v = test::incidentScene();
        v.stack.roles[0].person.clear();          // nobody commands
        v.stack.promises[0].due = kNow + minutes(4);
        v.stack.tasks[0].due = kNow - minutes(1); // overdue
        const auto list = nextUp(v, kNow);
        QVERIFY(list.size() <= kNextUpRows);
        QVERIFY(list[0].text.contains(QStringLiteral("nobody is in command")));
        QVERIFY(list[1].text.contains(QStringLiteral("Ana Brito has not answered")));
        QCOMPARE(list[1].key, QStringLiteral("E"));
        QVERIFY(list[2].text.contains(QStringLiteral("ask D. Novak")));
        QVERIFY(list[3].text.contains(QStringLiteral("customers")));
        QVERIFY(!list[3].overdue);
    }

    void saysNothingOnAQuietDay()
    {
        const auto v = test::quietScene();
        QVERIFY(nextUp(v, kNow).empty());
        QVERIFY(roleRows(v, kNow).empty());
        QVERIFY(taskRows(v, kNow).empty());
        QVERIFY(hypothesisRows(v).empty());
        QVERIFY(decisionRows(v).empty());
        QVERIFY(promiseRows(v, kNow).empty());
    }

    void whatFilesDoNotTellOfRolesIsSaid()
    {
        auto v = test::incidentScene();
        const auto all = roleRows(v, kNow).size();
        v.stack.rolesTold = false;
        QCOMPARE(roleRows(v, kNow).size(), all + 1);
        QCOMPARE(roleRows(v, kNow).back().text, QStringLiteral("other roles: not known from its files"));
        v.stack.roles.clear();
        QCOMPARE(roleRows(v, kNow).size(), std::size_t(1));
        QCOMPARE(roleRows(v, kNow).back().text, QStringLiteral("not known from its files"));
    }

    void everythingInForceIsListedWithItsRemainingTimeWhoeverPlacedIt()
    {
        auto v = test::quietScene();
        QVERIFY(inForceRows(v, kNow).empty());
        v.silences = {{QStringLiteral("am"), QStringLiteral("abc"), QStringLiteral("alertname=\"Disk\""), QStringLiteral("new disks"), QStringLiteral("Ben"), kNow - hours(1), kNow + minutes(12), true, false},
                      {QString(), QStringLiteral("held/1"), QStringLiteral("3 alerts"), QString(), QStringLiteral("Ana"), kNow - hours(1), kNow + minutes(30), true, false},
                      {QString(), QStringLiteral("silence/2"), QStringLiteral("later"), QString(), QStringLiteral("Ana"), kNow + hours(1), kNow + hours(2), false, true}};
        auto rows = inForceRows(v, kNow);
        QCOMPARE(rows.size(), std::size_t(2)); // what begins later is not in force
        QCOMPARE(rows[0].text, QStringLiteral("alertname=\"Disk\""));
        QCOMPARE(rows[0].aside, QStringLiteral("Ben: new disks"));
        QVERIFY(!rows[0].trailing.isEmpty());
        QCOMPARE(rows[1].text, QStringLiteral("held/1 · 3 alerts"));
        for (int n = 0; n < 9; ++n)
            v.silences.push_back(v.silences[1]);
        rows = inForceRows(v, kNow);
        QCOMPARE(rows.size(), static_cast<std::size_t>(kInForce) + 1);
        QCOMPARE(rows.back().text, QStringLiteral("and 5 more"));
    }

    void listsAPromiseOnlyWhenItIsNear()
    {
        auto v = test::quietScene();
        v.stack.promises = {{QStringLiteral("p"), QStringLiteral("customers"), {}, kNow + minutes(11), false}};
        QVERIFY(nextUp(v, kNow).empty());
        QCOMPARE(nextUp(v, kNow + minutes(2)).size(), std::size_t(1));
        QVERIFY(nextUp(v, kNow + minutes(12))[0].overdue);
        v.stack.promises[0].kept = true;
        QVERIFY(nextUp(v, kNow + minutes(12)).empty());
    }

    void anSlaClockThatRunsOutIsListedWithTheKeyThatEndsIt()
    {
        auto v = test::quietScene();
        v.stack.slas = {{false, false, QStringLiteral("sev1"), kNow + hours(1)}, {true, true, QStringLiteral("sev1"), kNow - minutes(1)}};
        const auto up = nextUp(v, kNow);
        QCOMPARE(up.size(), std::size_t(2));
        QVERIFY(up[0].overdue && up[0].id == QLatin1String("do.take.")); // breached: nobody has answered
        QVERIFY(!up[1].overdue && up[1].id == QLatin1String("do.standdown."));
        QCOMPARE(up[1].due, kNow + hours(1));
    }

    void stepsSayWhatHappened_data()
    {
        QTest::addColumn<QString>("card");
        QTest::addColumn<QString>("step");
        QTest::addColumn<bool>("observed");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const char *c, const char *s, bool o, const char *says) {
            QTest::newRow(name) << QString::fromUtf8(c) << QString::fromUtf8(s) << o << QString::fromUtf8(says);
        };
        row("called", "running", "called", false, "called 14:24:07");
        row("observed", "running", "observed", true, "would have been called 14:24:07");
        row("acknowledged", "acknowledged", "acknowledged", false, "acknowledged 14:24:07");
        row("failed", "running", "failed", false, "call failed 14:24:07");
        row("missed", "running", "missed", false, "missed");
        row("a word of a newer core", "running", "rerouted", false, "rerouted");
    }
    void stepsSayWhatHappened()
    {
        QFETCH(QString, card);
        QFETCH(QString, step);
        QFETCH(bool, observed);
        const auto rows = escalationRows(::card(card.toUtf8().constData(), step.toUtf8().constData(), observed), kNow);
        const auto first = std::find_if(rows.begin(), rows.end(), [](const RowContent &r) { return r.id == QLatin1String("e:1"); });
        QVERIFY(first != rows.end());
        QTEST(first->trailing, "says");
        QCOMPARE(rows.front().text.contains(QStringLiteral("nobody is really called")), observed);
    }

    void countsDownToTheNextStep()
    {
        const auto rows = escalationRows(card("running", "called"), kNow);
        QCOMPARE(rows[0].progress, 0.25);
        QCOMPARE(rows[1].trailing, QStringLiteral("in 3:00"));
        QCOMPARE(rows[1].key, QStringLiteral("E"));
        QCOMPARE(escalationRows(card("running", "called"), kNow + minutes(4))[0].progress, -1.0);
        const auto over = escalationRows(card("acknowledged", "acknowledged"), kNow);
        QCOMPARE(over[1].trailing, QStringLiteral("not needed"));
        QVERIFY(over[1].key.isEmpty());
    }

    void eachCallSaysByWhichWayAndHowFarItGot()
    {
        auto c = card("running", "called");
        c.steps[0].pages = {{QStringLiteral("Ana"), QStringLiteral("chat"), QStringLiteral("queued"), QStringLiteral("no line")},
                            {QStringLiteral("Ana"), QStringLiteral("mail"), QStringLiteral("confirmed"), {}},
                            {QStringLiteral("Tom"), {}, QStringLiteral("bundled"), {}}};
        auto rows = escalationRows(c, kNow);
        QCOMPARE(rows[1].text, QStringLiteral("Ana by chat"));
        QCOMPARE(rows[1].trailing, QStringLiteral("trying again"));
        QCOMPARE(rows[1].aside, QStringLiteral("no line"));
        QVERIFY(!rows[1].dim);
        QCOMPARE(rows[2].trailing, QStringLiteral("delivered"));
        QVERIFY(rows[2].dim);
        QCOMPARE(rows[3].text, QStringLiteral("Tom"));
        QCOMPARE(rows[3].trailing, QStringLiteral("bundled"));
        // A step with many is cut, and says how many more there are.
        c.steps[0].pages.assign(9, {QStringLiteral("Ana"), QStringLiteral("mail"), QStringLiteral("sent"), {}});
        rows = escalationRows(c, kNow);
        QCOMPARE(rows[7].text, QStringLiteral("and 3 more"));
        QCOMPARE(rows[8].text, QStringLiteral("2 · Tom"));
    }

    void gapsAreShownAsOpen()
    {
        const auto rows = roleRows(test::incidentScene(), kNow);
        QCOMPARE(rows.size(), std::size_t(5));
        QCOMPARE(rows[2].tag, QStringLiteral("open"));
        QVERIFY(rows[0].tag.isEmpty());
        QCOMPARE(rows[0].aside, QStringLiteral("(you)"));
    }

    void tasksAreInOrderOfTheirTime()
    {
        view::ViewModel v;
        const auto task = [](const char *id, Instant due, bool done) {
            return view::TaskRow{QString::fromUtf8(id), QStringLiteral("x"), QStringLiteral("y"), due, done ? kNow : Instant{}, done};
        };
        v.stack.tasks = {task("done1", {}, true), task("none", {}, false), task("later", kNow + minutes(9), false),
                         task("late", kNow - seconds(12), false), task("d2", {}, true), task("d3", {}, true), task("d4", {}, true)};
        const auto rows = taskRows(v, kNow);
        QCOMPARE(rows[0].id, QStringLiteral("task:late"));
        QVERIFY(rows[0].late);
        QVERIFY(rows[0].trailing.contains(QStringLiteral("late")));
        QCOMPARE(rows[1].id, QStringLiteral("task:later"));
        QCOMPARE(rows[2].id, QStringLiteral("task:none"));
        QVERIFY(rows[2].trailing.isEmpty());
        QCOMPARE(rows.size(), std::size_t(3 + kDoneTasks + 1));
        QVERIFY(rows.back().text.contains(QStringLiteral("1 more")));
    }

    void anOpenTaskSaysWhoIsOnItOrThatNobodyIs()
    {
        view::ViewModel v;
        v.stack.tasks = {{QStringLiteral("1"), QStringLiteral("Payments"), QStringLiteral("a"), kNow + minutes(1), {}, false, QStringLiteral("Ana")},
                         {QStringLiteral("2"), QStringLiteral("Ben"), QStringLiteral("b"), kNow + minutes(2), {}, false, {}, kNow + minutes(1)},
                         {QStringLiteral("3"), QStringLiteral("Ben"), QStringLiteral("c"), kNow + minutes(3), {}, false, {}, kNow},
                         {QStringLiteral("4"), QStringLiteral("Ben"), QStringLiteral("d"), {}, kNow, true, QStringLiteral("Ben")}};
        const auto rows = taskRows(v, kNow);
        QCOMPARE(rows[0].aside, QStringLiteral("taken on by Ana"));
        QCOMPARE(rows[1].aside, QStringLiteral("nobody is on it"));
        QVERIFY(rows[2].aside.startsWith(QStringLiteral("nobody is on it,"))); // it was to be taken on by now
        QVERIFY(rows[3].aside.isEmpty()); // it is done
    }

    void refutedHypothesesAreStruckAndLast()
    {
        auto v = test::incidentScene();
        std::reverse(v.stack.hypotheses.begin(), v.stack.hypotheses.end());
        const auto rows = hypothesisRows(v);
        QVERIFY(!rows[0].struck);
        QVERIFY(rows[1].struck);
        QVERIFY(rows[1].aside.contains(QStringLiteral("refuted")));
    }

    void olderDecisionsAreCountedNotDropped()
    {
        view::ViewModel v;
        for (int i = 0; i < 9; ++i)
            v.stack.decisions.push_back({QString::number(i), QStringLiteral("d%1").arg(i), {}, kNow + seconds(i)});
        const auto rows = decisionRows(v);
        QCOMPARE(rows.size(), std::size_t(kDecisions + 1));
        QCOMPARE(rows[0].text, QStringLiteral("! d8"));
        QVERIFY(rows.back().text.contains(QStringLiteral("4 earlier")));
    }

    void keptPromisesLeave()
    {
        auto v = test::incidentScene();
        v.stack.promises[0].kept = true;
        const auto rows = promiseRows(v, kNow);
        QCOMPARE(rows.size(), std::size_t(1));
        QCOMPARE(rows[0].id, QStringLiteral("promise:P-2"));
    }

    void aPollShowsWhatHoldsItUpFirst()
    {
        view::ViewModel v = test::incidentScene();
        QVERIFY(pollRows(v).empty());
        view::PollRow p;
        p.number = 2;
        p.question = QStringLiteral("payments to eu-2?");
        p.by = QStringLiteral("K. Osei");
        p.go = 1;
        p.noGo = 1;
        p.silent = QStringList{QStringLiteral("Mara Lindt")};
        p.asksYou = true;
        p.seats = {{QStringLiteral("Jo Abara"), QStringLiteral("Deputy"), QStringLiteral("go"), {}, true, false},
                   {QStringLiteral("Mara Lindt"), QStringLiteral("Commander"), {}, {}, true, true},
                   {QStringLiteral("D. Novak"), {}, QStringLiteral("no-go"), QStringLiteral("lag 380 s"), false, false}};
        v.stack.polls = {p};
        Rows rows = pollRows(v);
        QCOMPARE(rows.size(), std::size_t(4));
        QCOMPARE(rows[0].aside, QStringLiteral("1 go · 1 no-go · 1 silent · asked by K. Osei"));
        QCOMPARE(rows[1].lead, QStringLiteral("D. Novak"));
        QCOMPARE(rows[1].aside, QStringLiteral("lag 380 s"));
        QVERIFY(rows[1].strong);
        QCOMPARE(rows[2].key, QStringLiteral("Y"));
        QCOMPARE(rows[2].tag, QStringLiteral("no answer"));
        QCOMPARE(rows[3].lead, QStringLiteral("Jo Abara"));
        QCOMPARE(pollForYou(v), 2U);
        const auto waits = [&](const char *key) {
            const auto up = nextUp(v, test::sceneMoment());
            return std::any_of(up.begin(), up.end(), [&](const NextUp &n) { return n.key == QLatin1String(key) && n.text.contains(p.question); });
        };
        QVERIFY(waits("Y") && !waits("D"));
        // Answered, and mine to decide.
        v.stack.polls[0].seats[1].answer = QStringLiteral("go");
        v.stack.polls[0].silent.clear();
        v.stack.polls[0].yours = true;
        QVERIFY(!waits("Y") && waits("D"));
        // Closed: it stays until a decision was made on it; taken back: it never was.
        v.stack.polls[0].open = v.stack.polls[0].asksYou = false;
        QVERIFY(pollRows(v)[0].aside.contains(QStringLiteral("closed")));
        QCOMPARE(pollForYou(v), 0U);
        v.stack.polls[0].decided = true;
        QVERIFY(pollRows(v).empty());
        v.stack.polls[0].decided = false;
        v.stack.polls[0].withdrawn = true;
        QVERIFY(pollRows(v).empty());
    }

    void whatElseWasWeighedStandsBelowTheNewestDecision()
    {
        view::ViewModel v;
        for (int i = 0; i < 2; ++i)
            v.stack.decisions.push_back({QString::number(i), QStringLiteral("d%1").arg(i), {}, kNow + seconds(i), {}, {QStringLiteral("failover: loses an hour"), QStringLiteral("wait")}});
        const auto rows = decisionRows(v);
        QCOMPARE(rows.size(), std::size_t{4}); // of the older one the timeline tells
        QCOMPARE(rows[1].text, QStringLiteral("not: failover: loses an hour"));
        QVERIFY(rows[1].dim && rows[2].text == QStringLiteral("not: wait"));
        QCOMPARE(rows[3].text, QStringLiteral("! d0"));
    }

    void theWaysThatWereWeighedStandBelowTheNewestDecisionAndTheChosenOneIsMarked()
    {
        view::ViewModel v;
        view::DecisionRow newest{QStringLiteral("1"), QStringLiteral("fail over"), QStringLiteral("Ana"), kNow};
        newest.options = {{QStringLiteral("roll back"), {}, QStringLiteral("the schema is new"), QStringLiteral("no"), QStringLiteral("20m"), {}, false},
                          {QStringLiteral("fail over"), QStringLiteral("reads come back"), {}, QStringLiteral("partly"), {}, QStringLiteral("Ben"), true}};
        newest.rejected = {QStringLiteral("wait")};
        v.stack.decisions = {newest};
        const auto rows = decisionRows(v);
        QCOMPARE(rows.size(), std::size_t{4});
        QCOMPARE(rows[1].text, QStringLiteral("not: roll back"));
        QCOMPARE(rows[1].aside, QStringLiteral("risk: the schema is new · cannot be taken back · 20m"));
        QVERIFY(rows[1].dim && !rows[2].dim);
        QCOMPARE(rows[2].text, QStringLiteral("chosen: fail over"));
        QCOMPARE(rows[2].aside, QStringLiteral("effect: reads come back · can partly be taken back · Ben"));
        QCOMPARE(rows[2].spoken, rows[2].text + QStringLiteral(", ") + rows[2].aside);
        QCOMPARE(rows[3].text, QStringLiteral("not: wait"));
    }

    void aDecisionSaysWhichPollItWasMadeOn()
    {
        view::ViewModel v = test::incidentScene();
        v.stack.decisions[0].poll = QStringLiteral("3 go, 1 no-go");
        QCOMPARE(decisionRows(v)[0].aside, QStringLiteral("Mara Lindt, on a poll: 3 go, 1 no-go"));
        // Who said what stands below the newest one, six of them at most.
        v.stack.decisions.resize(1);
        for (int n = 0; n < kAnswersShown + 2; ++n)
            v.stack.decisions[0].answers << QStringLiteral("P%1: go").arg(n);
        const auto said = decisionRows(v);
        QCOMPARE(said.size(), std::size_t(1 + kAnswersShown + 1));
        QCOMPARE(said[1].text, QStringLiteral("P0: go"));
        QCOMPARE(said.back().text, QStringLiteral("and 2 more"));
    }
};

QD_GUI_TEST(TestStackContent)
#include "tst_stackcontent.moc"
