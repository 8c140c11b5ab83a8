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

/// Pages shop and pay, which share a list and a webhook, beside lists and a webhook of their own; and the same text mailed to a third.
Workspace followedTwice()
{
    Workspace w = followed();
    w.recipients = {{"press", "Press", {"a@press.example", "b@press.example"}},
                    {"partners", "Partners", {"B@Press.example", "c@partner.example"}, "de"},
                    {"readers", "Readers", {"c@partner.example", "d@reader.example"}, "de"},
                    {"board", "Board", {"d@reader.example", "e@board.example"}}};
    StatusPage pay = w.pages[0];
    pay.id = "pay";
    pay.title = {{"en", "Pay"}, {"de", "Zahlen"}};
    w.pages[0].subscribers = {"mail:press", "webhook:hook"};
    pay.subscribers = {"mail:partners", "mail:readers", "webhook:hook", "webhook:other"};
    w.pages.push_back(pay);
    return w;
}

struct ReleasedOnPages : FollowedPage {
    explicit ReleasedOnPages(Workspace w = followedTwice()) : FollowedPage(std::move(w))
    {
        hook("other", "https://hook.example");
        arm();
        desk::DeclareIncident d;
        d.title = "Payments fail";
        d.severity = "SEV2";
        d.room = false;
        const auto declared = command(d);
        Q_ASSERT(declared);
        const auto taken = command(desk::TakeCommand{"INC-1", {}});
        Q_ASSERT(taken);
    }
    void hook(const std::string &name, const std::string &url, const std::string &language = {}, const std::string &secretFile = {})
    {
        desk::AddConnection add;
        add.connection.name = name;
        add.connection.kind = "webhook";
        add.connection.url = url;
        add.connection.language = language;
        add.connection.secretFile = secretFile;
        const auto ok = command(add);
        Q_ASSERT(ok);
        const auto armed = command(desk::Arm{name, {"posts"}});
        Q_ASSERT(armed);
    }
    Result<desk::Outcome> release(const std::vector<std::string> &to)
    {
        desk::DraftMessage d;
        d.incident = "INC-1";
        d.title = "Payments";
        d.text = "Some payments fail.";
        d.titles = {{"de", "Zahlungen"}};
        d.texts = {{"de", "Einige Zahlungen scheitern."}};
        d.to = to;
        if (const auto drafted = command(d); !drafted)
            return tl::unexpected(drafted.error());
        desk::ReleaseMessage r;
        r.incident = "INC-1";
        r.message = ask([](const state::State &s) { return s.incident("INC-1")->outward.back().number; });
        return command(r);
    }
};

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

    void complaintOneUptime2149_oneReleaseOnTwoPagesReachesWhoFollowsBothOnce()
    {
        ReleasedOnPages f;
        VERIFY_RESULT(f.release({"page:shop", "page:pay"}));
        // b is on a list of each page and hook follows both: told by the first. c is on two lists of the second, other posts where hook does.
        QCOMPARE(f.told(), (Told{"mail a@press.example: Shop: Payments (Investigating)", "mail b@press.example: Shop: Payments (Investigating)", "hook : Shop: Payments (Investigating)",
                                 "mail c@partner.example: Zahlen: Zahlungen (Wird untersucht)", "mail d@reader.example: Zahlen: Zahlungen (Wird untersucht)"}));
        f.restart();
        VERIFY_RESULT(f.wake());
        QCOMPARE(f.told().size(), std::size_t{5});
        VERIFY_RESULT(f.release({"page:shop", "page:pay"})); // another update, at the same moment: to each again, once
        QCOMPARE(f.told().size(), std::size_t{10});
    }

    void complaintOneUptime2149_theOrderOfThePagesSaysWhoseWordsCount()
    {
        ReleasedOnPages f;
        VERIFY_RESULT(f.release({"page:pay", "page:shop"}));
        QCOMPARE(f.told(), (Told{"mail B@Press.example: Zahlen: Zahlungen (Wird untersucht)", "mail c@partner.example: Zahlen: Zahlungen (Wird untersucht)",
                                 "mail d@reader.example: Zahlen: Zahlungen (Wird untersucht)", "hook : Pay: Payments (Investigating)", "mail a@press.example: Shop: Payments (Investigating)"}));
    }

    void complaintOneUptime2149_whoIsMailedTheTextItselfIsToldByNoPage()
    {
        ReleasedOnPages f;
        VERIFY_RESULT(f.release({"page:shop", "page:pay", "mail:board", "mail:press"}));
        QCOMPARE(f.told(), (Told{"mail d@reader.example: Payments", "mail e@board.example: Payments", "mail a@press.example: Payments", "mail b@press.example: Payments",
                                 "hook : Shop: Payments (Investigating)", "mail c@partner.example: Zahlen: Zahlungen (Wird untersucht)"}));
    }

    void complaintOneUptime2149_whatEachPageSaysByItselfGoesToAllWhoFollowIt()
    {
        ReleasedOnPages f;
        VERIFY_RESULT(f.release({"page:shop", "page:pay"}));
        const std::size_t before = f.told().size();
        for (const char *page : {"shop", "pay"}) { // at the same moment still, and of the same incident
            desk::PostOnPage p;
            p.page = page;
            p.notice = 1;
            p.phase = "identified";
            p.incident = "INC-1";
            p.text = {{"en", "We know why."}};
            VERIFY_RESULT(f.command(p));
        }
        QCOMPARE(f.told().size(), before + 3 + 4);
    }

    void aWebhookIsToldOnceAnAddressUnlessATokenSaysWhoReadsIt()
    {
        Workspace w = followed();
        w.pages[0].subscribers = {"webhook:hook", "webhook:same", "webhook:elsewhere", "webhook:mine", "webhook:yours"};
        ReleasedOnPages f(w);
        f.hook("same", "https://hook.example", "de"); // the first of them says in which language
        f.hook("elsewhere", "https://elsewhere.example");
        f.hook("mine", "https://hook.example", {}, "secrets/mine.token");
        f.hook("yours", "https://hook.example", {}, "secrets/yours.token");
        VERIFY_RESULT(f.post("investigating"));
        const std::string title = " : Shop: Payments fail (Investigating)";
        QCOMPARE(f.told(), (Told{"hook" + title, "elsewhere" + title, "mine" + title, "yours" + title}));
    }

    void aWebhookReadsItsLanguageWhereThePageSpeaksIt()
    {
        Workspace w = followed();
        w.pages[0].subscribers = {"webhook:hook", "webhook:german"};
        for (const bool speaks : {true, false}) {
            w.pages[0].languages = speaks ? std::vector<std::string>{"en", "de"} : std::vector<std::string>{"en"};
            ReleasedOnPages f(w);
            f.hook("german", "https://german.example", "de");
            VERIFY_RESULT(f.post("investigating", 0, {{"en", "We are looking into it."}}));
            QCOMPARE(f.told(), (Told{"hook : Shop: Payments fail (Investigating)", speaks ? "german : Laden: Payments fail (Wird untersucht)" : "german : Shop: Payments fail (Investigating)"}));
        }
    }

    void aLanguageIsOneThereAreWordsInAndAWebhooks()
    {
        FollowedPage f;
        desk::AddConnection add;
        add.connection.name = "german";
        add.connection.kind = "webhook";
        add.connection.url = "https://german.example";
        for (const auto &[language, kind, why] : {std::tuple{"fr", "webhook", "choose en or de"}, {"DE", "webhook", "choose en or de"}, {"de", "alertmanager", "has no language"}}) {
            add.connection.language = language;
            add.connection.kind = kind;
            const auto done = f.command(add);
            QVERIFY2(!done && done.error().code == Code::Invalid && done.error().message.find(why) != std::string::npos, language);
        }
        add.connection.language = "de";
        add.connection.kind = "webhook";
        VERIFY_RESULT(f.command(add));
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
