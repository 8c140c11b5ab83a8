// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

namespace {

/// Page shop is told to two lists that share an address, and to a webhook.
Workspace followed()
{
    Workspace w = aWorkspace();
    w.recipients = {{"press", "Press", {"a@press.example", "b@press.example"}}, {"partners", "Partners", {"b@press.example", "c@partner.example"}}};
    StatusPage p;
    p.id = "shop";
    p.languages = {"en", "de"};
    p.title = {{"en", "Shop"}, {"de", "Laden"}};
    p.url = "https://status.example";
    p.zone = "UTC";
    p.components = {{"checkout", {{"en", "Checkout"}}, {}, {}, {"web"}}};
    p.subscribers = {"mail:press", "mail:partners", "webhook:hook"};
    w.pages = {p};
    return w;
}

struct FollowedPage : QuietBench {
    explicit FollowedPage(Workspace w = followed()) : QuietBench(std::move(w))
    {
        for (const char *kind : {"smtp", "webhook"}) {
            desk::AddConnection add;
            add.connection.name = kind == std::string("smtp") ? "mail" : "hook";
            add.connection.kind = kind;
            add.connection.url = kind == std::string("smtp") ? "smtp://mail.example" : "https://hook.example";
            add.connection.from = kind == std::string("smtp") ? "desk@example.org" : "";
            const auto ok = command(add);
            Q_ASSERT(ok);
        }
    }
    void arm()
    {
        for (const char *name : {"mail", "hook"}) {
            const auto ok = command(desk::Arm{name, {"posts"}});
            Q_ASSERT(ok);
        }
    }
    Result<desk::Outcome> post(const std::string &phase, std::uint32_t notice = 0, const Localized &text = {{"en", "We are looking into it."}})
    {
        desk::PostOnPage p;
        p.page = "shop";
        p.notice = notice;
        p.phase = phase;
        if (notice == 0)
            p.title = {{"en", "Payments fail"}};
        p.text = text;
        p.components = {{"checkout", "partial outage"}};
        p.next = phase == "resolved" ? "" : "30m";
        return command(p);
    }
    /// "mail a@press.example: Shop: Payments fail (Investigating)", in order.
    std::vector<std::string> told(const std::string &effect = "post")
    {
        return ask([&](const state::State &s) {
            std::vector<std::string> out;
            for (const auto &[n, o] : s.outbox)
                if (events::word(o.what.effect) == effect)
                    out.push_back(o.what.connection + " " + o.what.room + ": " + o.what.title);
            return out;
        });
    }
    std::string textTo(const std::string &room)
    {
        return ask([&](const state::State &s) {
            std::string text;
            for (const auto &[n, o] : s.outbox)
                if (o.what.room == room)
                    text = o.what.text;
            return text;
        });
    }
};

using Told = std::vector<std::string>;

} // namespace

/// Who follows a status page hears what it says: one message an update and person.
class TestSubscribers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void complaint24_everyUpdateGoesOnceToEachAddressWhateverListsItIsOn()
    {
        FollowedPage f;
        f.arm();
        VERIFY_RESULT(f.post("investigating"));
        const std::string title = ": Shop: Payments fail (Investigating)";
        QCOMPARE(f.told(), (Told{"mail a@press.example" + title, "mail b@press.example" + title, "mail c@partner.example" + title, "hook " + title}));
        VERIFY_RESULT(f.post("resolved", 1));
        QCOMPARE(f.told().size(), std::size_t{8});
        f.restart();
        VERIFY_RESULT(f.wake());
        QCOMPARE(f.told().size(), std::size_t{8}); // a start tells nothing again
    }

    void theWordsAreThePagesOwn()
    {
        FollowedPage f;
        f.arm();
        VERIFY_RESULT(f.post("investigating"));
        const std::string text = f.textTo("a@press.example");
        for (const char *part : {"We are looking into it.", "Checkout: ", "Next word by 2026-11-23 ", "https://status.example"})
            QVERIFY2(text.find(part) != std::string::npos, (std::string(part) + " is not in: " + text).c_str());
        QVERIFY(text.find("web") == std::string::npos); // a service is ours, and no business of theirs
    }

    void eachListReadsItsLanguageWhereThePageSpeaksIt()
    {
        Workspace w = followed();
        w.recipients[1].language = "de";
        FollowedPage f(w);
        f.arm();
        VERIFY_RESULT(f.post("investigating", 0, {{"en", "We are looking into it."}, {"de", "Wir sehen nach."}}));
        QCOMPARE(f.told(), (Told{"mail a@press.example: Shop: Payments fail (Investigating)", "mail b@press.example: Shop: Payments fail (Investigating)", // on both: by the first list
                                 "mail c@partner.example: Laden: Payments fail (Wird untersucht)", "hook : Shop: Payments fail (Investigating)"}));
        const std::string german = f.textTo("c@partner.example");
        for (const char *part : {"Wir sehen nach.", "Teilausfall", "Nächste Meldung bis"})
            QVERIFY2(german.find(part) != std::string::npos, german.c_str());
        QVERIFY(german.find("looking") == std::string::npos);
        w.pages[0].languages = {"en"}; // spoken no more: the page's first
        FollowedPage other(w);
        other.arm();
        VERIFY_RESULT(other.post("investigating"));
        QCOMPARE(other.told()[2], std::string("mail c@partner.example: Shop: Payments fail (Investigating)"));
    }

    void unarmedNothingGoesAndTheReasonIsKept()
    {
        FollowedPage f;
        VERIFY_RESULT(f.post("investigating"));
        QVERIFY(f.told().empty());
        const auto withheld = f.ask([](const state::State &s) {
            Told out;
            for (const auto &w : s.withheld)
                if (w.what.effect == events::Effect::Post)
                    out.push_back(w.what.reason);
            return out;
        });
        QCOMPARE(withheld.size(), std::size_t{4});
        for (const std::string &reason : withheld)
            QVERIFY2(reason.find("not armed for posts") != std::string::npos, reason.c_str());
    }

    void plannedWorkIsToldWhenItIsPlannedBeginsAndEnds()
    {
        FollowedPage f;
        f.arm();
        desk::PlanPageMaintenance plan;
        plan.page = "shop";
        plan.title = {{"en", "New database"}};
        plan.components = {"checkout"};
        plan.from = toRfc3339(f.clock.now() + minutes(10));
        plan.duration = "20m";
        VERIFY_RESULT(f.command(plan));
        f.clock.advance(minutes(10) + seconds(1));
        VERIFY_RESULT(f.wake());
        f.clock.advance(minutes(20));
        VERIFY_RESULT(f.wake());
        const auto told = f.told();
        QCOMPARE(told.size(), std::size_t{12});
        QCOMPARE(told[0], std::string("mail a@press.example: Shop: New database (Scheduled)"));
        QCOMPARE(told[4], std::string("mail a@press.example: Shop: New database (Under way)"));
        QCOMPARE(told[8], std::string("mail a@press.example: Shop: New database (Over)"));
    }

    void everyChangeOfPlannedWorkIsToldOnce()
    {
        FollowedPage f;
        f.arm();
        desk::PlanPageMaintenance plan;
        plan.page = "shop";
        plan.title = {{"en", "New database"}};
        plan.components = {"checkout"};
        plan.from = toRfc3339(f.clock.now() + minutes(10));
        plan.duration = "20m";
        VERIFY_RESULT(f.command(plan));
        for (const char *duration : {"30m", "40m"}) {
            desk::PlanPageMaintenance other;
            other.page = "shop";
            other.number = 1;
            other.duration = duration;
            VERIFY_RESULT(f.command(other));
        }
        const auto told = f.told();
        QCOMPARE(told.size(), std::size_t{12});
        QCOMPARE(told[4], std::string("mail a@press.example: Shop: New database (Changed)"));
        QCOMPARE(told[8], told[4]);
    }
};

QD_TEST(TestSubscribers)
#include "tst_subscribers.moc"
