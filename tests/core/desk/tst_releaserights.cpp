// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/messagebench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// M3.5: what is released goes to all its destinations, whatever rights are written.
namespace {

using Texts = std::vector<std::string>;

/// ana commands and may no more than that; everybody else responds.
std::vector<RightRule> commandersRights()
{
    return {{"lead", Right::Command, {"ana"}, {}, false, {}, {}}, {"all", Right::Respond, {}, {}, true, {}, {}}};
}

struct ReleaseRightsBench : MessageBench {
    using MessageBench::MessageBench;
    template <typename Change>
    void workspaceIs(const std::string &digest, Change change)
    {
        events::WorkspaceChanged e;
        e.workspace = ask([](const state::State &s) { return *s.workspace; });
        change(*e.workspace);
        e.digest = digest;
        const auto done = report(events::Event(std::move(e)));
        Q_ASSERT(done);
    }
    std::vector<state::PageNotice> notices()
    {
        return ask([](const state::State &s) { return s.page("shop") ? s.page("shop")->notices : std::vector<state::PageNotice>{}; });
    }
};

} // namespace

class TestReleaseRights final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aStatementOfWhoeverCommandsReachesThePageWithoutTheRightToPublish()
    {
        ReleaseRightsBench b;
        b.workspaceIs("rights", [](Workspace &w) { w.rights = commandersRights(); });
        desk::PostOnPage post;
        post.page = "shop";
        post.incident = "INC-1";
        post.title = {{"en", "Payments fail"}};
        post.text = {{"en", "Some payments fail. Confirmed orders are safe."}};
        QVERIFY(refused(b.command(post), Code::Forbidden, "the role publish is missing")); // in words of their own they say nothing there
        desk::ReleaseMessage r;
        r.holding = "pay-trouble";
        VERIFY_RESULT(b.command(r));
        QCOMPARE(b.withheld(), Texts{});
        const auto notices = b.notices();
        QCOMPARE(notices.size(), std::size_t(1));
        QCOMPARE(notices[0].updates.at(0).text.at("en"), std::string("Some payments fail. Confirmed orders are safe."));
        QCOMPARE(notices[0].components.at(0).state, ComponentState::PartialOutage);
        QVERIFY(!b.message().reachedNobody);
        QCOMPARE(b.dumped(), b.committed());
    }

    void aStatementIsReleasedForTroubleOfItsServicesAlone()
    {
        ReleaseRightsBench b;
        const auto released = [&](const std::string &id, const std::string &by) {
            desk::ReleaseMessage r;
            r.incident = id;
            r.holding = "pay-trouble";
            return b.command(r, by);
        };
        desk::DeclareIncident d{"The database is slow", "SEV5", "db", {}, {}, {}, false};
        VERIFY_RESULT(b.command(d, "dan"));
        VERIFY_RESULT(b.command(desk::TakeCommand{"INC-2", {}}, "dan"));
        QVERIFY(refused(released("INC-2", "dan"), Code::Conflict, "a statement about mail"));
        QVERIFY(refused(released("INC-2", "dan"), Code::Conflict, "no statement of the workspace fits INC-2"));
        b.workspaceIs("others", [](Workspace &w) {
            for (const auto &[id, service] : {std::pair{"db-trouble", "db"}, std::pair{"any-trouble", ""}, std::pair{"cart-trouble", "cart"}}) {
                HoldingStatement h = w.holding.front();
                h.id = id;
                h.services = *service ? std::vector<std::string>{service} : std::vector<std::string>{};
                w.holding.push_back(h);
            }
        });
        QVERIFY(refused(released("INC-2", "dan"), Code::Conflict, "those that fit are db-trouble, any-trouble. "));
        QVERIFY(b.ask([](const state::State &s) { return s.incident("INC-2")->outward.empty(); }));
        QVERIFY(b.notices().empty());
        VERIFY_RESULT(b.command(desk::AttachAlerts{"INC-2", {b.fires({{"alertname", "Slow"}, {"service", "mail"}})}}, "dan")); // it is mail's trouble, too
        VERIFY_RESULT(released("INC-2", "dan"));
        VERIFY_RESULT(released("INC-1", "ana")); // of the service itself
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatWasReleasedReachesThePageWhateverRightIsLeftWhenItsEmbargoIsOver_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("the right to publish was taken away") << 0;
        QTest::newRow("who released it was removed") << 1;
        QTest::newRow("the right was taken for a time, which is over") << 2;
    }
    void whatWasReleasedReachesThePageWhateverRightIsLeftWhenItsEmbargoIsOver()
    {
        QFETCH(int, how);
        ReleaseRightsBench b;
        desk::DraftMessage d = b.aDraft();
        d.to = {"rooms", "page:shop"};
        d.embargo = "2h";
        VERIFY_RESULT(b.command(d, "cleo"));
        b.approveAll();
        b.workspaceIs("rights", [&](Workspace &w) {
            w.rights = commandersRights();
            if (how != 2)
                w.rights.push_back({"press", Right::Publish, {"ana"}, {}, false, {}, {}});
        });
        if (how == 2) {
            desk::BreakGlass glass;
            glass.role = "publish";
            glass.duration = "1h";
            glass.reason = "nobody who publishes is awake";
            VERIFY_RESULT(b.command(glass));
        }
        VERIFY_RESULT(b.release());
        QVERIFY(b.message().isScheduled());
        if (how != 2)
            b.workspaceIs("later", [&](Workspace &w) {
                w.rights.pop_back();
                if (how == 1) {
                    std::erase_if(w.people, [](const Person &p) { return p.id == "ana"; });
                    for (Team &t : w.teams)
                        std::erase(t.members, "ana");
                }
            });
        b.pass(minutes(121));
        QVERIFY(b.message().sentAt);
        QCOMPARE(b.written(events::Effect::Post, "Payments\nSome payments fail.").size(), std::size_t(1));
        QVERIFY(!says(b.withheld(), "may not do page.post"));
        QCOMPARE(b.notices().size(), std::size_t(1));
        QCOMPARE(b.notices()[0].updates.at(0).text.at("en"), std::string("Some payments fail."));
        QCOMPARE(b.dumped(), b.committed());
    }
};

QD_TEST(TestReleaseRights)
#include "tst_releaserights.moc"
