// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/messagebench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// What is learnt of an incident that is over reaches the public, also where nobody commands it.
namespace {

Workspace withoutChecks()
{
    Workspace w = aSpeakingWorkspace();
    w.approvals.clear();
    return w;
}

struct ReleasedReview : QuietBench {
    explicit ReleasedReview(Workspace w = withoutChecks()) : QuietBench(std::move(w)) {}
    Result<Outcome> rebuild(const std::string &text = "checkout fails")
    {
        desk::Fact f;
        f.at = toRfc3339(clock.now() - hours(24 * 20));
        f.kind = "message";
        f.text = text;
        desk::RebuildIncident r;
        r.title = "Checkout errors";
        r.service = "mail";
        r.severity = "SEV1";
        r.origin = "Slack export, #inc-42";
        r.facts = {f};
        return command(r);
    }
    Result<Outcome> review(const std::string &incident, const std::string &owner)
    {
        desk::OpenReview o;
        o.incident = incident;
        o.owner = owner;
        return command(o, owner);
    }
    Result<Outcome> draft(const std::string &incident, const std::string &by = "ben")
    {
        desk::DraftMessage d;
        d.incident = incident;
        d.title = "Checkout errors";
        d.text = "For a while some payments failed.";
        d.to = {"page:shop"};
        return command(d, by);
    }
    /// By its number alone, unless an incident is named.
    Result<Outcome> release(const std::string &by, const std::string &incident = {})
    {
        desk::ReleaseMessage r;
        r.incident = incident;
        r.message = 1;
        return command(r, by);
    }
    std::vector<state::PageNotice> notices()
    {
        return ask([](const state::State &s) { return s.page("shop") ? s.page("shop")->notices : std::vector<state::PageNotice>{}; });
    }
    void declared(const std::string &commander = {})
    {
        desk::DeclareIncident d{"Payments fail", "SEV2", "mail", {}, {}, {}, false};
        VERIFY_RESULT(command(d));
        if (!commander.empty())
            VERIFY_RESULT(command(desk::TakeCommand{"INC-1", {}}, commander));
    }
};

} // namespace

class TestReviewReleases final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRebuiltOneIsToldOfAsResolvedWhoeverPublishesThere_data()
    {
        QTest::addColumn<QString>("by");
        QTest::newRow("its review's owner") << "ben";
        QTest::newRow("another who may publish there") << "cleo";
    }
    void aRebuiltOneIsToldOfAsResolvedWhoeverPublishesThere()
    {
        QFETCH(QString, by);
        ReleasedReview b;
        VERIFY_RESULT(b.rebuild());
        VERIFY_RESULT(b.review("INC-1", "ben"));
        VERIFY_RESULT(b.draft("INC-1"));
        VERIFY_RESULT(b.release(by.toStdString()));
        const auto notices = b.notices();
        QCOMPARE(notices.size(), std::size_t(1));
        QCOMPARE(notices[0].incident, std::string("INC-1"));
        QVERIFY(!notices[0].isOpen());
        QCOMPARE(notices[0].updates.at(0).phase, PagePhase::Resolved);
        QCOMPARE(notices[0].updates.at(0).at, b.ask([](const state::State &s) { return s.incident("INC-1")->outward.at(0).sentAt; }));
        QCOMPARE(b.dumped(), b.committed());
    }

    void whoMayNotPublishThereReleasesNothingByItsNumberAlone()
    {
        Workspace w = withoutChecks();
        w.rights = {{"all", Right::Command, {}, {}, true, {}, {}}, {"press", Right::Publish, {"cleo"}, {}, false, {"mail"}, {}}, {"db", Right::Publish, {"dan"}, {}, false, {"db"}, {}}};
        ReleasedReview b(std::move(w));
        VERIFY_RESULT(b.rebuild());
        VERIFY_RESULT(b.draft("INC-1"));
        QVERIFY(refused(b.release("eve"), Code::Forbidden, "publish"));
        QVERIFY(refused(b.release("dan"), Code::Forbidden, "publish")); // of another service
        QVERIFY(b.notices().empty());
        VERIFY_RESULT(b.release("cleo"));
        QCOMPARE(b.notices().size(), std::size_t(1));
    }

    void aResolvedOneThatNobodyCommandsIsToldOfAsWell()
    {
        ReleasedReview b;
        b.declared();
        VERIFY_RESULT(b.draft("INC-1"));
        QVERIFY(refused(b.release("dan"), Code::Forbidden, "take command first"));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", "over"}));
        desk::ReleaseMessage holding;
        holding.incident = "INC-1";
        holding.holding = "pay-trouble";
        QVERIFY(refused(b.command(holding), Code::Forbidden, "which is over; write a message"));
        VERIFY_RESULT(b.release("dan"));
        QCOMPARE(b.notices().at(0).updates.at(0).phase, PagePhase::Resolved);
    }

    void whereSomebodyCommandsTheOwnerOfTheReviewReleasesOnceItIsOver()
    {
        ReleasedReview b;
        b.declared("ana");
        VERIFY_RESULT(b.draft("INC-1"));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", "over"}));
        QVERIFY(refused(b.release("ben"), Code::Forbidden, " commands INC-1."));
        VERIFY_RESULT(b.review("INC-1", "ben"));
        QVERIFY(refused(b.release("cleo"), Code::Forbidden, "who owns its review, releases it as well"));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "active", "again"}));
        QVERIFY(refused(b.release("ben"), Code::Forbidden, " commands INC-1."));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", "over"}));
        VERIFY_RESULT(b.release("ben"));
    }

    void aNumberThatSeveralHaveIsNoIncidents()
    {
        ReleasedReview b;
        VERIFY_RESULT(b.rebuild());
        VERIFY_RESULT(b.rebuild("quite another thing"));
        QVERIFY(refused(b.release("ben"), Code::NotFound, "No incident is open"));
        VERIFY_RESULT(b.draft("INC-1"));
        VERIFY_RESULT(b.draft("INC-2"));
        QVERIFY(refused(b.release("ben"), Code::Conflict, "--incident INC-1 or --incident INC-2"));
        VERIFY_RESULT(b.release("ben", "INC-2"));
        VERIFY_RESULT(b.release("ben")); // the one that is left
        QCOMPARE(b.notices().size(), std::size_t(2));
    }

    void oneThatIsOpenIsMeantFirst()
    {
        ReleasedReview b;
        VERIFY_RESULT(b.rebuild());
        VERIFY_RESULT(b.draft("INC-1"));
        desk::DeclareIncident d{"Payments fail", "SEV2", "mail", {}, {}, {}, false};
        VERIFY_RESULT(b.command(d));
        QVERIFY(refused(b.release("ben"), Code::NotFound, "INC-2 has no message 1"));
        VERIFY_RESULT(b.release("ben", "INC-1"));
    }

    void whatWasRunElsewhereIsNotReopened_data()
    {
        QTest::addColumn<QString>("status");
        QTest::newRow("reopen") << "active";
        QTest::newRow("mitigated") << "mitigated";
        QTest::newRow("in triage") << "triage";
    }
    void whatWasRunElsewhereIsNotReopened()
    {
        QFETCH(QString, status);
        ReleasedReview b;
        VERIFY_RESULT(b.rebuild());
        const auto before = b.dumped();
        QVERIFY(refused(b.command(desk::ChangeStatus{"INC-1", status.toStdString(), "again"}), Code::Conflict, "INC-1 was run elsewhere and is over; it was never run here, and is not reopened."));
        QVERIFY(refused(b.command(desk::TakeCommand{"INC-1", {}}), Code::Conflict, "quarterdeckctl again INC-1"));
        QCOMPARE(b.dumped(), before);
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "closed", "nothing is left"}));
        QVERIFY(refused(b.command(desk::ChangeStatus{"INC-1", status.toStdString(), "again"}), Code::Conflict, "was run elsewhere"));
    }
};

QD_TEST(TestReviewReleases)
#include "tst_reviewreleases.moc"
