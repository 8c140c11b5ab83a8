// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/get.h"
#include "core/desk/pages.h"
#include "core/desk/past.h"
#include "core/desk/whatif.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// M3.1: what the components of a status page are, what is said on it, and what is pushed when.
namespace {

Workspace aWorkspaceWithAPage()
{
    Workspace w = aWorkspace();
    StatusPage p;
    p.id = "shop";
    p.languages = {"en", "de"};
    p.title = {{"en", "Shop"}, {"de", "Laden"}};
    p.zone = "UTC";
    p.publish = {"web"};
    p.components = {{"checkout", {{"en", "Checkout"}}, {}, {}, {"web"}}, {"stock", {{"en", "Stock"}}, {}, {}, {"db"}}, {"news", {{"en", "News"}}, {}, {}, {"mail"}}};
    w.pages = {p};
    return w;
}

struct PageBench : QuietBench {
    explicit PageBench(Workspace w = aWorkspaceWithAPage()) : QuietBench(std::move(w)) {}

    state::PageComponentState component(const std::string &id)
    {
        return ask([&](const state::State &s) {
            const auto *page = s.page("shop");
            const auto *c = page ? page->component(id) : nullptr;
            return c ? *c : state::PageComponentState{};
        });
    }
    std::string states()
    {
        std::string out;
        for (const char *id : {"checkout", "stock", "news"})
            out += (out.empty() ? "" : ", ") + std::string(word(component(id).now()));
        return out;
    }
    std::string declare(const std::string &severity, const std::string &service, const std::string &kind = {})
    {
        desk::DeclareIncident d;
        d.title = "It is down";
        d.severity = severity;
        d.service = service;
        d.kind = kind;
        d.room = false;
        const auto r = command(d);
        return r ? r->id : r.error().message;
    }
    desk::PostOnPage aPost(const std::string &phase = "investigating")
    {
        desk::PostOnPage p;
        p.page = "shop";
        p.phase = phase;
        p.title = {{"en", "Payments fail"}};
        p.text = {{"en", "We are looking into it."}};
        return p;
    }
    state::StatusPageState page()
    {
        return ask([](const state::State &s) { return s.page("shop") ? *s.page("shop") : state::StatusPageState{}; });
    }
    void directory(bool armed = true)
    {
        desk::AddConnection add;
        add.connection.name = "web";
        add.connection.kind = "directory";
        add.connection.path = "/srv/status";
        QVERIFY(command(add));
        if (armed)
            QVERIFY(command(desk::Arm{"web", {"publish"}}));
    }
    std::size_t pushes()
    {
        return ask([](const state::State &s) {
            return static_cast<std::size_t>(std::count_if(s.outbox.begin(), s.outbox.end(), [](const auto &o) { return o.second.what.effect == events::Effect::Publish; }));
        });
    }
    bool alarms(const std::string &name)
    {
        return ask([&](const state::State &s) {
            return std::any_of(s.alerts.all.begin(), s.alerts.all.end(), [&](const state::Alert &a) { return a.status == AlertStatus::Firing && s.label(a, "alertname") == name; });
        });
    }
};

bool pageRefuses(const Result<Outcome> &r, Code code, const std::string &words)
{
    if (!r && r.error().code == code && r.error().message.find(words) != std::string::npos)
        return true;
    qWarning("%s", r ? "it was done" : r.error().message.c_str());
    return false;
}

} // namespace

class TestPages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aServiceThatIsCorrectedTurnsTheComponentsAsIfItHadBeenDeclared()
    {
        PageBench b, as;
        b.declare("SEV2", "db");
        as.declare("SEV2", "mail");
        const std::string before = b.states();
        VERIFY_RESULT(b.command(desk::CorrectService{"INC-1", "mail", {}}));
        QVERIFY(b.states() != before);
        QCOMPARE(b.states(), as.states());
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatIsStruckOnAPageIsPushedAtOnce()
    {
        PageBench b;
        b.directory();
        const auto posted = b.command(b.aPost());
        VERIFY_RESULT(posted);
        const std::size_t before = b.pushes();
        b.clock.advance(seconds(1)); // what changes a page at one moment is one push
        VERIFY_RESULT(b.command(desk::StrikeText{{}, std::to_string(posted->seq), "held a secret"}));
        QCOMPARE(b.pushes(), before + 1);
        QVERIFY(b.page().notices.at(0).updates.at(0).text.empty()); // as it is read from now on
        QCOMPARE(b.dumped(), b.committed());
    }

    /// Nothing leaves, and so nothing is taken out there either: a person has to know.
    void whatIsStruckWhileNothingMayLeaveIsSaidToBeThereStill()
    {
        PageBench b;
        b.directory();
        const auto posted = b.command(b.aPost());
        VERIFY_RESULT(posted);
        VERIFY_RESULT(b.command(desk::Disarm{"web"}));
        b.clock.advance(seconds(1));
        VERIFY_RESULT(b.command(desk::StrikeText{{}, std::to_string(posted->seq), "held a secret"}));
        const auto why = [&] { return b.ask([](const state::State &s) { return s.withheld.empty() ? std::string() : s.withheld.back().what.reason; }); };
        QVERIFY2(why().find("arm web --allow publish") != std::string::npos && why().find("what was taken back is still read there") != std::string::npos, why().c_str());
        b.clock.advance(seconds(1));
        VERIFY_RESULT(b.command(b.aPost("identified"))); // what is only new is not
        QVERIFY2(why().find("still read there") == std::string::npos, why().c_str());
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatIsPushedBecauseALineWasClassedSaysSo()
    {
        PageBench b;
        b.directory();
        b.declare("SEV2", "db");
        VERIFY_RESULT(b.command(b.aPost()));
        const auto line = b.command(desk::WriteLog{"INC-1", "The customer is Jane Canary"});
        VERIFY_RESULT(line);
        b.clock.advance(seconds(1));
        const std::uint64_t before = b.journal->head();
        VERIFY_RESULT(b.command(desk::ClassLine{"INC-1", std::to_string(line->seq), "confidential", {}, {}}));
        std::string why;
        VERIFY_RESULT(desk::replay(*b.journal, before + 1, b.journal->head(), [&](const desk::Record &r) {
            for (const events::Event &e : r.events)
                if (const auto *queued = getIf<events::OutboxQueued>(&e); queued && queued->effect == events::Effect::Publish)
                    why += queued->because.rule + ": " + queued->because.matched.at(0) + "\n";
            return true;
        }));
        QCOMPARE(why, std::string("page/classed: a line was classed\n"));
    }

    void componentsFollowFromIncidentsAndTheMap_data()
    {
        QTest::addColumn<QString>("severity");
        QTest::addColumn<QString>("states"); // db is hit; web needs it through cart; mail stands apart
        QTest::newRow("SEV1") << "SEV1" << "partial outage, major outage, operational";
        QTest::newRow("SEV2") << "SEV2" << "degraded, partial outage, operational";
        QTest::newRow("SEV3") << "SEV3" << "operational, degraded, operational";
        QTest::newRow("SEV4") << "SEV4" << "operational, operational, operational";
    }
    void componentsFollowFromIncidentsAndTheMap()
    {
        QFETCH(QString, severity);
        QFETCH(QString, states);
        PageBench b;
        QCOMPARE(b.states(), std::string("operational, operational, operational"));
        b.declare(severity.toStdString(), "db");
        QCOMPARE(b.states(), states.toStdString());
        QCOMPARE(b.dumped(), b.committed());
    }

    void whenAPageIsNextLookedAtIsKnownFromOnePassOverARecord()
    {
        PageBench b;
        (void)b.fires({{"alertname", "Down"}, {"service", "db"}, {"severity", "critical"}});
        auto said = b.aPost();
        said.next = "7m";
        QVERIFY(b.command(said));
        for (const bool isHit : {false, true}) {
            if (isHit)
                b.declare("SEV1", "mail");
            const bool isRight = b.ask([&](const state::State &s) {
                const comms::PageOutlook outlook(s);
                for (Instant t = s.time; t < s.time + minutes(12); t = t + seconds(15)) {
                    const Instant next = outlook.next(t);
                    const bool isDue = !comms::pageDrifts(s, t).empty() || !comms::pagesDue(s, t).empty();
                    if ((next && next <= t) != isDue)
                        return false;
                    if (!isDue && next && comms::pageDrifts(s, next).empty() && comms::pagesDue(s, next).empty())
                        return false; // it is looked at for nothing
                }
                return true;
            });
            QVERIFY2(isRight, isHit ? "with an incident" : "without one");
        }
    }

    void whatIsMitigatedIsOneStepBetterAndWhatIsOverIsOver()
    {
        PageBench b;
        const std::string id = b.declare("SEV1", "db");
        QVERIFY(b.command(desk::ChangeStatus{id, "mitigated", {}}));
        QCOMPARE(b.states(), std::string("degraded, partial outage, operational"));
        QVERIFY(b.command(desk::ChangeStatus{id, "resolved", {}}));
        QCOMPARE(b.states(), std::string("operational, operational, operational"));
        QCOMPARE(b.component("stock").turns.size(), std::size_t(4));
        QVERIFY(says(b.component("stock").because.matched, "no open incident touches it"));
    }

    void aDrillIsNothingToThePublic()
    {
        PageBench b;
        const std::string id = b.declare("SEV1", "db", "drill");
        QCOMPARE(b.states(), std::string("operational, operational, operational"));
        auto p = b.aPost();
        p.incident = id;
        const auto r = b.command(p);
        QVERIFY(!r && r.error().code == Code::Forbidden);
    }

    void whatIsSaidCountsBeforeWhatFollows()
    {
        PageBench b;
        auto p = b.aPost();
        p.incident = b.declare("SEV1", "db");
        p.components = {{"stock", "degraded"}};
        VERIFY_RESULT(b.command(p));
        QCOMPARE(b.states(), std::string("partial outage, degraded, operational")); // of checkout nobody spoke
        QVERIFY(says(b.component("stock").because.ruledOut, "the page has spoken of it"));
        p.phase = "resolved";
        p.title.clear();
        p.components.clear();
        VERIFY_RESULT(b.command(p));
        QCOMPARE(b.component("stock").now(), ComponentState::Operational); // though the incident is open yet
        QCOMPARE(b.page().notices.size(), std::size_t(1));
        QCOMPARE(b.page().notices[0].updates.size(), std::size_t(2));
    }

    void aWordByHandCountsBeforeAllUntilItsTimeIsOver()
    {
        PageBench b;
        b.declare("SEV1", "db");
        VERIFY_RESULT(b.command(desk::OverrideComponent{"shop", "stock", "degraded", "reads work", "30m"}));
        QCOMPARE(b.component("stock").now(), ComponentState::Degraded);
        b.pass(minutes(31));
        QCOMPARE(b.component("stock").now(), ComponentState::MajorOutage);
        VERIFY_RESULT(b.command(desk::OverrideComponent{"shop", "stock", "operational", "not true", {}}));
        VERIFY_RESULT(b.command(desk::OverrideComponent{"shop", "stock", "auto", {}, {}}));
        QCOMPARE(b.component("stock").now(), ComponentState::MajorOutage);
        QVERIFY(!b.command(desk::OverrideComponent{"shop", "stock", "auto", {}, {}}));
        QVERIFY(!b.command(desk::OverrideComponent{"shop", "stock", "degraded", {}, {}})); // without a reason
        QCOMPARE(b.dumped(), b.committed());
    }

    /// cachet#1674: what was found out later was a new incident on the page.
    void complaint24_anUpdateIsAWordOfTheSameNoticeWithItsHistory()
    {
        PageBench b;
        VERIFY_RESULT(b.command(b.aPost()));
        for (const char *phase : {"identified", "monitoring", "resolved"}) {
            b.clock.advance(minutes(10));
            auto p = b.aPost();
            p.title.clear();
            p.phase = phase;
            p.text = {{"en", std::string("We are ") + phase}};
            VERIFY_RESULT(b.command(p));
        }
        const auto notices = b.page().notices;
        QCOMPARE(notices.size(), std::size_t(1));
        QVERIFY(!notices[0].isOpen());
        std::vector<std::string> said;
        for (const state::NoticeUpdate &u : notices[0].updates)
            said.push_back(u.text.at("en"));
        QCOMPARE(said.size(), std::size_t(4)); // the first is there as it was said
        QCOMPARE(said[2], std::string("We are monitoring"));
        QVERIFY(notices[0].updates[0].at < notices[0].updates[3].at);
        VERIFY_RESULT(b.command(b.aPost())); // what comes after its end is another one
        QCOMPARE(b.page().notices.size(), std::size_t(2));
    }

    void complaint24_maintenanceBeginsAndEndsByItself()
    {
        PageBench b;
        desk::PlanPageMaintenance m;
        m.page = "shop";
        m.title = {{"en", "New disks"}};
        m.components = {"stock"};
        m.from = toRfc3339(b.clock.now() + minutes(10));
        m.duration = "20m";
        VERIFY_RESULT(b.command(m));
        QCOMPARE(b.component("stock").now(), ComponentState::Operational);
        b.pass(minutes(11));
        QCOMPARE(b.component("stock").now(), ComponentState::Maintenance);
        b.pass(minutes(20));
        QCOMPARE(b.component("stock").now(), ComponentState::Operational);
        QVERIFY(!b.command(desk::EndPageMaintenance{"shop", {}, 1}));
        QVERIFY(!b.command(desk::EndPageMaintenance{"shop", {}, 7}));
    }

    void whatIsPlannedIsChangedAndWhatIsNotGivenStays()
    {
        PageBench b;
        const auto maintenance = [&] { return b.ask([](const state::State &s) { return s.page("shop")->maintenances.at(0); }); };
        desk::PlanPageMaintenance m;
        m.page = "shop";
        m.title = {{"en", "New disks"}, {"de", "Neue Platten"}};
        m.components = {"stock"};
        const Instant from = b.clock.now() + minutes(10);
        m.from = toRfc3339(from);
        m.duration = "20m";
        VERIFY_RESULT(b.command(m));
        desk::PlanPageMaintenance later;
        later.page = "shop";
        later.number = 1;
        QVERIFY2(pageRefuses(b.command(later), Code::Conflict, "Nothing of maintenance 1"), "nothing given");
        later.from = toRfc3339(from + minutes(30)); // and its end is before that
        QVERIFY(pageRefuses(b.command(later), Code::Invalid, "end before it begins"));
        later.duration = "1h";
        later.title = {{"en", "New disks, later"}};
        const auto changed = b.command(later);
        VERIFY_RESULT(changed);
        QCOMPARE(changed->id, std::string("maintenance/1"));
        const auto now = maintenance();
        QCOMPARE(now.title, (Localized{{"de", "Neue Platten"}, {"en", "New disks, later"}}));
        QCOMPARE(now.components, std::vector<std::string>{"stock"});
        QCOMPARE(now.from, from + minutes(30));
        QCOMPARE(now.until, from + minutes(90));
        QVERIFY(now.plannedAt < now.from && now.changedAt.size() == 1);
        b.pass(minutes(15));
        QCOMPARE(b.component("stock").now(), ComponentState::Operational); // not at its first time
        b.pass(minutes(26));
        QCOMPARE(b.component("stock").now(), ComponentState::Maintenance);
        QVERIFY(pageRefuses(b.command(later), Code::Conflict, "Nothing of maintenance 1"));
        later.from = toRfc3339(from + minutes(40));
        QVERIFY(pageRefuses(b.command(later), Code::Conflict, "began already"));
        desk::PlanPageMaintenance shorter;
        shorter.page = "shop";
        shorter.number = 1;
        shorter.until = toRfc3339(b.clock.now() - seconds(1));
        QVERIFY(pageRefuses(b.command(shorter), Code::Invalid, "is over already"));
        shorter.until = toRfc3339(b.clock.now() + minutes(5));
        VERIFY_RESULT(b.command(shorter));
        b.pass(minutes(6));
        QCOMPARE(b.component("stock").now(), ComponentState::Operational);
        QVERIFY(pageRefuses(b.command(shorter), Code::Conflict, "is over already"));
        shorter.number = 2;
        QVERIFY(pageRefuses(b.command(shorter), Code::NotFound, "no maintenance 2"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatIsChangedTooOftenIsEndedInstead()
    {
        PageBench b;
        desk::PlanPageMaintenance m;
        m.page = "shop";
        m.title = {{"en", "New disks"}};
        m.components = {"stock"};
        m.from = toRfc3339(b.clock.now() + hours(10));
        m.duration = "20m";
        VERIFY_RESULT(b.command(m));
        desk::PlanPageMaintenance other;
        other.page = "shop";
        other.number = 1;
        for (std::size_t n = 0; n < state::PageMaintenance::kChangesKept; ++n) {
            other.duration = std::to_string(30 + n) + "m";
            VERIFY_RESULT(b.command(other));
        }
        other.duration = "2h";
        QVERIFY(pageRefuses(b.command(other), Code::Conflict, "end it and announce another"));
        VERIFY_RESULT(b.command(desk::EndPageMaintenance{"shop", {}, 1}));
    }

    void aBrokenPromiseIsSaid()
    {
        PageBench b;
        auto p = b.aPost();
        p.next = "30m";
        VERIFY_RESULT(b.command(p));
        b.pass(minutes(29));
        QVERIFY(!b.page().notices[0].overdueAt);
        b.pass(minutes(2));
        QVERIFY(b.page().notices[0].overdueAt);
        p.next.clear();
        VERIFY_RESULT(b.command(p));
        QVERIFY(!b.page().notices[0].overdueAt);
    }

    void aGreenPageOverARedMapIsAnAlarm()
    {
        PageBench b;
        const Labels down{{"alertname", "DbDown"}, {"service", "db"}, {"severity", "critical"}};
        b.fires(down);
        b.pass(minutes(4));
        QVERIFY(!b.component("stock").driftsSince);
        b.pass(minutes(2));
        QVERIFY(b.component("stock").driftsSince);
        QVERIFY(!b.component("checkout").driftsSince);
        QVERIFY(b.alarms("StatusPageGreen"));
        VERIFY_RESULT(b.command(desk::OverrideComponent{"shop", "stock", "degraded", "reads work", {}}));
        b.pass(seconds(1));
        QVERIFY(!b.component("stock").driftsSince);
        QVERIFY(!b.alarms("StatusPageGreen"));
        b.resolves(down);
        b.pass(seconds(1));
        QVERIFY(!b.alarms("StatusPageGreen"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void aSevereIncidentUnderAWordByHandDriftsAtOnce()
    {
        PageBench b;
        VERIFY_RESULT(b.command(desk::OverrideComponent{"shop", "stock", "operational", "we say so", {}}));
        const std::string id = b.declare("SEV1", "db");
        b.pass(seconds(1));
        QVERIFY(b.component("stock").driftsSince);
        QVERIFY(b.command(desk::ChangeStatus{id, "resolved", {}}));
        b.pass(seconds(1));
        QVERIFY(!b.component("stock").driftsSince);
    }

    void whatWouldBePushedIsWithheldUntilItIsArmed()
    {
        PageBench b;
        b.directory(false);
        VERIFY_RESULT(b.command(b.aPost()));
        QCOMPARE(b.pushes(), std::size_t(0));
        const auto withheld = b.ask([](const state::State &s) { return s.withheld.empty() ? std::string() : s.withheld.back().what.reason; });
        QVERIFY2(withheld.find("arm web --allow publish") != std::string::npos, withheld.c_str());
        VERIFY_RESULT(b.command(desk::Arm{"web", {"publish"}}));
        QCOMPARE(b.pushes(), std::size_t(1)); // as it is now
    }

    void manyChangesInOneRecordArePushedOnce()
    {
        PageBench b;
        b.directory();
        b.pass(seconds(1));
        const std::size_t before = b.pushes();
        b.declare("SEV1", "db"); // two components turn
        QCOMPARE(b.pushes(), before + 1);
    }

    void aPracticeHomePublishesNothing()
    {
        Workspace w = aWorkspaceWithAPage();
        w.practice = true;
        PageBench b(std::move(w));
        b.directory();
        VERIFY_RESULT(b.command(b.aPost()));
        QCOMPARE(b.pushes(), std::size_t(0));
    }

    void whatTheEdgeSaysOfATroubleIsAnAlarm()
    {
        PageBench b;
        b.directory();
        VERIFY_RESULT(b.report(events::Event(events::ConnectionReported{"web", "live", {}})));
        b.pass(hours(1));
        QVERIFY(!b.alarms("StatusPageStale")); // nothing is expected of it while nothing changes
        VERIFY_RESULT(b.report(events::Event(events::ConnectionReported{"web", "trouble", "the folder is not there"})));
        b.pass(seconds(31));
        QVERIFY(b.alarms("StatusPageStale"));
        VERIFY_RESULT(b.command(desk::Disarm{"web"}));
        b.pass(seconds(1));
        QVERIFY(!b.alarms("StatusPageStale"));
    }

    void whatIsWrongIsRefusedWithASentence_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"page", "phase", "title", "language", "component", "state", "next", "notice", "text", "kind"})
            QTest::newRow(what) << QString::fromLatin1(what);
    }
    void whatIsWrongIsRefusedWithASentence()
    {
        QFETCH(QString, what);
        const auto is = [&](const char *word) { return what == QLatin1String(word); };
        PageBench b;
        auto p = b.aPost();
        if (is("page")) p.page = "shp";
        if (is("phase")) p.phase = "broken";
        if (is("title")) p.title.clear();
        if (is("language")) p.text["fr"] = "Non";
        if (is("component")) p.components = {{"till", "degraded"}};
        if (is("state")) p.components = {{"stock", "sad"}};
        if (is("next")) p.next = "90d";
        if (is("notice")) p.notice = 4;
        if (is("text")) p.text = {{"en", "  "}};
        const auto r = is("kind") ? b.command(desk::Arm{"am", {"publish"}}) : b.command(p);
        QVERIFY(!r);
        QVERIFY(r.error().message.ends_with('.') || r.error().message.ends_with('"'));
    }

    void aNameOfOursInAPublicTextIsNoted()
    {
        PageBench b;
        auto p = b.aPost();
        p.text = {{"en", "The cart is slow."}, {"de", "Der cart lahmt."}};
        const auto r = b.command(p);
        VERIFY_RESULT(r);
        QVERIFY(says(r->notes, "\"cart\""));
        QVERIFY(!says(r->notes, "another language"));
    }

    void theListSaysWhatIsSoAndTheRecordSaysItAgain()
    {
        PageBench b;
        b.directory();
        auto p = b.aPost();
        p.incident = b.declare("SEV2", "db");
        p.components = {{"stock", "major-outage"}};
        p.next = "10m";
        VERIFY_RESULT(b.command(p));
        b.pass(minutes(11));
        const std::string list = b.ask([](const state::State &s) { return control::getJson(s, "pages", {}).value_or(std::string()); });
        QVERIFY(list.find("\"state\":\"major outage\"") != std::string::npos);
        QVERIFY(list.find("\"overdueAt\":\"20") != std::string::npos);
        // The same history under the recorded rules: byte for byte.
        const state::Past past = desk::pastOf(*b.journal);
        state::SnapshotLoader loader;
        auto was = state::stateAt(past, 0, loader);
        VERIFY_RESULT(was);
        state::State would = was->clone();
        const auto again = desk::whatIf(past, std::move(*was), std::move(would), b.journal->head(), std::nullopt, [] { return true; });
        VERIFY_RESULT(again);
        QCOMPARE(again->others.size(), std::size_t(0));
        b.restart();
        b.pass(seconds(1)); // answered when the start is on disk
        QCOMPARE(b.dumped(), b.committed());
    }
};

QD_TEST(TestPages)
#include "tst_pages.moc"
