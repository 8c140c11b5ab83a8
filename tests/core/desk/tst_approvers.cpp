// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/messagebench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// M3.5: whose approval counts, and until when.
namespace {

struct ApproversBench : MessageBench {
    int workspaces = 0;

    void workspaceIs(Workspace w)
    {
        events::WorkspaceChanged e;
        e.workspace = std::move(w);
        e.digest = "change" + std::to_string(++workspaces);
        const auto done = report(events::Event(std::move(e)));
        Q_ASSERT(done);
    }
};

} // namespace

class TestApprovers final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// An approval is its giver's, and counts while they are one of those who give it.
    void anApprovalLastsWhileItsGiverIsAskedForIt_data()
    {
        QTest::addColumn<int>("how");
        QTest::addColumn<QString>("words");
        QTest::newRow("another gives it") << 0 << "\"Legal\" was given by lee, who gives it no longer; dan gives it.";
        QTest::newRow("who gave it has left") << 1 << "\"Legal\" was given by lee, who gives it no longer; dan gives it.";
        QTest::newRow("who gave it left the team") << 2 << "\"Technical check\" was given by Ben, who gives it no longer; Ana gives it.";
    }
    void anApprovalLastsWhileItsGiverIsAskedForIt()
    {
        QFETCH(int, how);
        QFETCH(QString, words);
        ApproversBench b;
        auto d = b.aDraft();
        d.embargo = "1h";
        QVERIFY(b.command(d, "cleo"));
        b.approveAll();
        VERIFY_RESULT(b.release());
        QVERIFY(b.message().isScheduled());
        Workspace w = aSpeakingWorkspace();
        if (how == 2)
            w.teams[0].members = {"ana"};
        else
            w.approvals[1].approvers = {"dan"};
        if (how == 1)
            std::erase_if(w.people, [](const Person &p) { return p.id == "lee"; });
        b.workspaceIs(w);
        b.pass(seconds(1)); // nobody waits for the embargo to hear of it
        QCOMPARE(b.message().held, words.toStdString());
        QVERIFY(!b.message().releasedAt && b.message().isOpen());
        QCOMPARE(b.told("/held/1"), std::vector<std::string>{"ana"});
        b.pass(minutes(61));
        QVERIFY(!b.message().sentAt);
        QVERIFY(refused(b.release(), Code::Conflict, "was given by"));
        VERIFY_RESULT(b.judge(how == 2 ? "ana" : "dan", how == 2 ? "technical" : "legal"));
        VERIFY_RESULT(b.release());
        QVERIFY(b.message().sentAt);
        // What was sent was approved, whoever leaves later.
        b.workspaceIs(aSpeakingWorkspace());
        QCOMPARE(b.standings(), std::string("technical passed, legal passed, pr passed"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void aDeputysApprovalCountsWhileTheyAreOne()
    {
        ApproversBench b;
        QVERIFY(b.draft());
        QVERIFY(b.judge("ben", "technical"));
        b.pass(minutes(16));
        QVERIFY(b.judge("kim", "legal"));
        QVERIFY(b.judge("pat", "pr"));
        QCOMPARE(b.standings(), std::string("technical passed, legal passed, pr passed"));
        Workspace w = aSpeakingWorkspace();
        w.approvals[1].deputies.clear();
        b.workspaceIs(w);
        QCOMPARE(b.standings(), std::string("technical passed, legal open, pr passed"));
        QVERIFY(refused(b.release(), Code::Conflict, "Legal was given by kim, who gives it no longer; lee gives it."));
    }

    /// A refusal is no approval: it stands, and what was approved before it does not come back, when whoever refused leaves.
    void whoRefusedIsHeardAfterTheyLeft()
    {
        ApproversBench b;
        QVERIFY(b.draft());
        QVERIFY(b.judge("ben", "technical"));
        QVERIFY(b.judge("lee", "legal"));
        b.pass(minutes(16));
        QVERIFY(b.judge("kim", "legal", false, "it is not true"));
        Workspace w = aSpeakingWorkspace();
        w.approvals[1].deputies.clear();
        b.workspaceIs(w);
        QCOMPARE(b.standings(), std::string("technical passed, legal refused, pr open"));
    }

    /// What people outside are told afterwards has checks, times and deputies as well.
    void aCheckIsLateAlsoOnceTheIncidentIsResolved()
    {
        ApproversBench b;
        b.statusIs("resolved");
        QVERIFY(b.draft());
        QVERIFY(b.judge("ben", "technical"));
        QCOMPARE(b.ask([](const state::State &s) { return comms::nextMessageDue(s); }), b.clock.now() + minutes(15));
        b.pass(minutes(15) - seconds(1));
        QVERIFY(b.told("/legal/deputies").empty() && b.message().late.empty());
        b.pass(seconds(1));
        QCOMPARE(b.told("/legal/deputies"), std::vector<std::string>{"kim"});
        QCOMPARE(b.message().late.size(), std::size_t(2));
        b.statusIs("closed"); // nobody writes or gives anything any more
        QVERIFY(!b.ask([](const state::State &s) { return comms::nextMessageDue(s); }));
        QCOMPARE(b.dumped(), b.committed());
    }
};

QD_TEST(TestApprovers)
#include "tst_approvers.moc"
