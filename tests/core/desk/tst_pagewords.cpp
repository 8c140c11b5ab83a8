// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/pagerender.h"
#include "core/desk/pagepreview.h"
#include "tests/core/desk/messagebench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// M3.5: what the public reads passes the checks the workspace has for it, whichever command says it.
namespace {

struct WordsBench : MessageBench {
    using MessageBench::MessageBench;

    desk::PostOnPage aPost(const std::string &text = "Some payments fail.", const std::string &title = "Payments")
    {
        desk::PostOnPage p;
        p.page = "shop";
        p.incident = "INC-1";
        p.phase = "investigating";
        if (!title.empty())
            p.title = {{"en", title}};
        if (!text.empty())
            p.text = {{"en", text}};
        return p;
    }
    desk::PlanPageMaintenance aWork()
    {
        desk::PlanPageMaintenance m;
        m.page = "shop";
        m.title = {{"en", "New disks"}};
        m.components = {"pay"};
        m.duration = "1h";
        return m;
    }
    Result<Outcome> draftForPage(const std::string &text = "Some payments fail.", const std::string &audience = {})
    {
        auto d = aDraft();
        d.text = text;
        d.audience = audience;
        d.to = {"page:shop"};
        return command(d, "cleo");
    }
    std::size_t forced()
    {
        return ask([](const state::State &s) {
            return static_cast<std::size_t>(std::count_if(s.alerts.all.begin(), s.alerts.all.end(),
                                                          [&](const state::Alert &a) { return a.status == AlertStatus::Firing && s.label(a, "alertname") == "PageBreakGlass"; }));
        });
    }
    std::vector<std::string> toldOfPage()
    {
        return ask([](const state::State &s) {
            std::vector<std::string> out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.subject.starts_with("told/page/"))
                    out.push_back(o.what.person);
            return out;
        });
    }
    std::string onPage()
    {
        return ask([](const state::State &s) {
            std::string out;
            for (const comms::PageFile &f : comms::pageFiles(*s.workspace->page("shop"), s.page("shop"), s.time))
                out += f.body;
            return out;
        });
    }
};

} // namespace

class TestPageWords final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wordsThatPassedNoChecksDoNotGoOut()
    {
        WordsBench b;
        const auto refused = b.command(b.aPost());
        VERIFY_FAILS(refused, Code::Conflict);
        for (const char *said : {"has to pass technical, legal, pr", "message draft --to page:shop", "--reason"})
            QVERIFY2(refused.error().message.find(said) != std::string::npos, refused.error().message.c_str());
        QVERIFY(!b.ask([](const state::State &s) { return s.page("shop") && !s.page("shop")->notices.empty(); }));
        VERIFY_FAILS(b.command(b.aWork()), Code::Conflict);
    }

    void whatASayWithoutWordsSaysIsFree()
    {
        WordsBench b;
        auto first = b.aPost();
        first.reason = "it burns";
        VERIFY_RESULT(b.command(first));
        auto state = b.aPost({}, {});
        state.phase = "identified";
        state.components = {{"pay", "partial-outage"}};
        VERIFY_RESULT(b.command(state));
        VERIFY_RESULT(b.command(desk::OverrideComponent{"shop", "pay", "degraded", "we look", "1h"}));
        auto nothing = b.aPost({}, {});
        nothing.phase = "identified";
        VERIFY_FAILS(b.command(nothing), Code::Invalid);
        auto fresh = b.aPost({}, "Payments");
        fresh.fresh = true;
        VERIFY_FAILS(b.command(fresh), Code::Invalid); // the public would read a title and nothing else
    }

    void aReasonBreaksTheGlassAloudAndTwoAreTold()
    {
        WordsBench b;
        auto post = b.aPost();
        post.reason = "customers lose [[confidential: 2 M]] an hour";
        VERIFY_RESULT(b.command(post));
        const auto notice = b.ask([](const state::State &s) { return s.page("shop")->notices.at(0); });
        QCOMPARE(notice.updates.at(0).forced.missing, (std::vector<std::string>{"technical", "legal", "pr"}));
        QCOMPARE(notice.updates.at(0).forced.told.size(), std::size_t(2));
        b.pass(seconds(1));
        QCOMPARE(b.forced(), std::size_t(1));
        QCOMPARE(b.toldOfPage(), notice.updates.at(0).forced.told);
        QVERIFY(std::find(notice.updates[0].forced.told.begin(), notice.updates[0].forced.told.end(), "ana") == notice.updates[0].forced.told.end());
        const std::string page = b.onPage();
        QVERIFY(page.find("Some payments fail.") != std::string::npos);
        QVERIFY(page.find("an hour") == std::string::npos && page.find("2 M") == std::string::npos); // why is for us
        const auto line = b.ask([](const state::State &s) {
            const auto &t = s.incident("INC-1")->timeline;
            return std::any_of(t.begin(), t.end(), [](const state::Entry &e) { return e.text.find("without technical, legal, pr, the glass broken: customers lose") != std::string::npos; });
        });
        QVERIFY(line);
        b.pass(hours(30)); // of an incident it stays, until it is closed or mended
        QCOMPARE(b.forced(), std::size_t(1));
        QCOMPARE(b.dumped(), b.committed());
        b.restart();
        b.pass(seconds(30));
        QCOMPARE(b.forced(), std::size_t(1));
        QVERIFY(b.command(desk::ChangeStatus{"INC-1", "cancelled", "it was nothing"}));
        b.pass(seconds(1));
        const bool isClosed = b.ask([](const state::State &s) { return s.incident("INC-1")->status >= IncidentStatus::Closed; });
        QCOMPARE(b.forced(), std::size_t(isClosed ? 0 : 1));
    }

    void whoIsNamedIsToldAndNobodyTheWorkspaceDoesNotHave()
    {
        WordsBench b;
        auto post = b.aPost();
        post.reason = "it burns";
        post.tell = {"dan", "eve", "kim"};
        VERIFY_RESULT(b.command(post));
        QCOMPARE(b.toldOfPage(), (std::vector<std::string>{"dan", "eve", "kim"}));
        post.tell = {"mallory"};
        VERIFY_FAILS(b.command(post), Code::NotFound);
        Workspace lonely = aSpeakingWorkspace();
        std::erase_if(lonely.people, [](const Person &p) { return p.id != "ana"; });
        for (ApprovalStage &stage : lonely.approvals)
            stage.approvers = {"ana"};
        events::WorkspaceChanged changed;
        changed.workspace = std::move(lonely);
        changed.digest = "lonely";
        VERIFY_RESULT(b.report(events::Event(changed)));
        post.tell.clear();
        VERIFY_FAILS(b.command(post), Code::Invalid);
    }

    void theGlassIsBrokenForNothingPrivileged()
    {
        Workspace w = aSpeakingWorkspace();
        ClearanceRule cleared;
        cleared.id = "page";
        cleared.level = DataClass::Restricted;
        cleared.pages = {"shop"};
        w.clearances = {cleared};
        WordsBench b(std::move(w));
        auto post = b.aPost("Some fail. [[privileged: what counsel said]]");
        post.reason = "it burns";
        VERIFY_FAILS(b.command(post), Code::Forbidden);
        auto work = b.aWork();
        work.reason = "it burns";
        work.text = {{"en", "[[restricted: the vault]] is moved"}};
        VERIFY_FAILS(b.command(work), Code::Forbidden);
    }

    void theAlarmEndsWhenTheSameWordsPassTheirChecks()
    {
        WordsBench b;
        auto post = b.aPost();
        post.reason = "it burns";
        VERIFY_RESULT(b.command(post));
        b.pass(seconds(1));
        QCOMPARE(b.forced(), std::size_t(1));
        VERIFY_RESULT(b.draftForPage("Some payments fail today."));
        b.approveAll();
        b.pass(seconds(1));
        QCOMPARE(b.forced(), std::size_t(1)); // other words
        VERIFY_RESULT(b.edit("Some payments fail."));
        b.pass(seconds(1));
        QCOMPARE(b.forced(), std::size_t(1)); // nobody read those yet
        b.approveAll();
        b.pass(seconds(1));
        QCOMPARE(b.forced(), std::size_t(0));
        QVERIFY(b.ask([](const state::State &s) { return static_cast<bool>(s.page("shop")->notices.at(0).updates.at(0).forced.mendedAt); }));
    }

    void wordForWordWhatWasApprovedGoesOut()
    {
        WordsBench b;
        VERIFY_RESULT(b.draftForPage());
        VERIFY_FAILS(b.command(b.aPost()), Code::Conflict);
        b.approveAll();
        VERIFY_FAILS(b.command(b.aPost("Some payments fail!")), Code::Conflict);
        VERIFY_FAILS(b.command(b.aPost("Some payments fail.", "All payments")), Code::Conflict); // the public reads its title as well
        VERIFY_RESULT(b.command(b.aPost()));
        b.pass(seconds(1));
        QCOMPARE(b.forced(), std::size_t(0));
        QVERIFY(b.toldOfPage().empty());
        // So does a statement that was approved before anything happened.
        auto holding = b.aPost("Some payments fail. Confirmed orders are safe.", "Payments fail");
        holding.fresh = true;
        VERIFY_RESULT(b.command(holding));
        // What is withdrawn is not.
        VERIFY_RESULT(b.command(desk::WithdrawMessage{{}, "it is not true", 1}));
        auto again = b.aPost();
        again.fresh = true;
        VERIFY_FAILS(b.command(again), Code::Conflict);
    }

    void whatIsReleasedIsPosted()
    {
        WordsBench b;
        VERIFY_RESULT(b.draftForPage());
        b.approveAll();
        VERIFY_RESULT(b.release());
        QVERIFY(b.onPage().find("Some payments fail.") != std::string::npos);
        desk::ReleaseMessage glass;
        VERIFY_RESULT(b.draftForPage("All payments fail."));
        glass.message = 2;
        glass.breakGlass = true;
        glass.reason = "money";
        glass.tell = {"dan", "eve"};
        VERIFY_RESULT(b.command(glass));
        QVERIFY(b.onPage().find("All payments fail.") != std::string::npos); // its own alarm says so, once
        b.pass(seconds(1));
        QVERIFY(b.alarms());
        QCOMPARE(b.forced(), std::size_t(0));
        QCOMPARE(b.dumped(), b.committed());
    }

    void anotherAudienceIsNoWayAround()
    {
        Workspace w = aSpeakingWorkspace();
        for (ApprovalStage &stage : w.approvals)
            stage.audiences = {"customers"};
        WordsBench b(std::move(w));
        VERIFY_RESULT(b.draftForPage("Some payments fail.", "technical"));
        QCOMPARE(b.standings(), std::string("technical open, legal waits, pr waits")); // a page is read by customers
        VERIFY_FAILS(b.release(), Code::Conflict);
        VERIFY_FAILS(b.command(b.aPost()), Code::Conflict);
    }

    void plannedWorkPassesThemToo()
    {
        WordsBench b;
        auto work = b.aWork();
        work.reason = "the disks die tonight";
        VERIFY_RESULT(b.command(work));
        b.pass(seconds(1));
        QCOMPARE(b.forced(), std::size_t(1));
        QCOMPARE(b.toldOfPage().size(), std::size_t(2));
        auto later = b.aWork();
        later.number = 1;
        later.title.clear();
        later.duration = "3h";
        VERIFY_RESULT(b.command(later)); // another time, the same words
        QVERIFY(b.ask([](const state::State &s) { return s.page("shop")->maintenances.at(0).forced.isForced(); }));
        auto other = later;
        other.text = {{"en", "Payments may be slow."}};
        VERIFY_FAILS(b.command(other), Code::Conflict);
        b.pass(hours(25)); // of no incident: a day
        QCOMPARE(b.forced(), std::size_t(0));
        QCOMPARE(b.dumped(), b.committed());
    }

    void aPreviewIsThePageAsItWillBeServed()
    {
        WordsBench b;
        auto post = b.aPost();
        post.components = {{"pay", "major-outage"}};
        const std::string before = b.dumped();
        const auto preview = [&] { return b.ask([&](const state::State &s) { return desk::pagePreview(s, post, {"ana", Path::Person}, b.clock.now()); }); };
        const auto seen = preview(); // also of what has to pass checks first
        VERIFY_RESULT(seen);
        QCOMPARE(b.dumped(), before);
        QCOMPARE(seen->worst, ComponentState::MajorOutage);
        QCOMPARE(seen->components.size(), std::size_t(1));
        QCOMPARE(seen->components[0].state, ComponentState::MajorOutage);
        post.reason = "it burns";
        VERIFY_RESULT(b.command(post));
        const auto served = b.ask([](const state::State &s) {
            std::string out;
            for (const comms::PageFile &f : comms::pageFiles(*s.workspace->page("shop"), s.page("shop"), s.time))
                if (f.path == "index.html")
                    out = f.body;
            return out;
        });
        QCOMPARE(seen->files.size(), std::size_t(1));
        QVERIFY(seen->files[0].body == served); // byte for byte
        post.text = {{"fr", "Non"}};
        VERIFY_FAILS(preview(), Code::Invalid);
    }

    void aPreviewOfPlannedWorkIsThePageAsItWillBeServed()
    {
        WordsBench b;
        auto work = b.aWork();
        const std::string before = b.dumped();
        const auto preview = [&] { return b.ask([&](const state::State &s) { return desk::pagePreview(s, work, {"ana", Path::Person}, b.clock.now()); }); };
        const auto indexOf = [](const std::vector<comms::PageFile> &files) {
            const auto it = std::find_if(files.begin(), files.end(), [](const comms::PageFile &f) { return f.path == "index.html"; });
            return it == files.end() ? std::string() : it->body;
        };
        const auto served = [&] { return b.ask([&](const state::State &s) { return indexOf(comms::pageFiles(*s.workspace->page("shop"), s.page("shop"), s.time)); }); };
        const auto planned = preview(); // its words have passed nothing yet
        VERIFY_RESULT(planned);
        QCOMPARE(b.dumped(), before);
        QVERIFY(indexOf(planned->files).find("New disks") != std::string::npos);
        work.reason = "it burns";
        VERIFY_RESULT(b.command(work));
        QVERIFY(indexOf(planned->files) == served()); // byte for byte
        work.number = 1;
        work.title = {{"en", "New power"}};
        const auto changed = preview();
        VERIFY_RESULT(changed);
        QVERIFY(indexOf(changed->files).find("New power") != std::string::npos && served().find("New power") == std::string::npos);
        work.number = 7;
        VERIFY_FAILS(preview(), Code::NotFound);
        VERIFY_FAILS(b.ask([&](const state::State &s) { return desk::pagePreview(s, desk::OverrideComponent{"shop", "pay", "degraded", "we look", "1h"}, {"ana", Path::Person}, b.clock.now()); }), Code::Invalid);
    }

    void withoutChecksNothingIsAsked()
    {
        Workspace w = aSpeakingWorkspace();
        w.approvals.clear();
        WordsBench b(std::move(w));
        VERIFY_RESULT(b.command(b.aPost()));
        VERIFY_RESULT(b.command(b.aWork()));
        b.pass(seconds(1));
        QCOMPARE(b.forced(), std::size_t(0));
    }
};

QD_TEST(TestPageWords)
#include "tst_pagewords.moc"
