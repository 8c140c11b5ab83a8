// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/answerlink.h"
#include "core/oncall/bundling.h"
#include "core/oncall/channels.h"
#include "core/oncall/escalation.h"
#include "core/oncall/whycalled.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

namespace {

constexpr Writes kPages = static_cast<Writes>(Write::Pages);

std::vector<std::string> words(const state::State &s, const Person &p)
{
    std::vector<std::string> out;
    for (const auto &c : oncall::channelsOf(s, p))
        out.push_back(c.word + (c.isUsable() ? " by " + c.connection + " to " + c.address : ""));
    return out;
}

/// Ben, whom incidents call; pages are put into the outbox as the desk does.
struct PagingScene {
    Log log;
    std::uint64_t number = 0;

    explicit PagingScene(std::uint32_t after = 5)
    {
        Workspace w = aWorkspace();
        w.bundleAfter = after;
        for (Service &s : w.services)
            s.paging = Paging::Own;
        w.policies = {{"shop", "Shop", {{{"ben"}, minutes(60)}, {{"ben"}, minutes(60)}}, 0}};
        log.record(withWorkspace(std::move(w))).record(withConnection("chat", "xmpp", kPages));
    }
    std::string incident(int n, IncidentSeverity severity = IncidentSeverity::Sev3)
    {
        const std::string id = "INC-" + std::to_string(n);
        log.record(anIncident(id).service("db").severity(severity).event());
        log.record(*oncall::start(log.state, {id, "", "", "", kAna}, log.now()));
        log.record(oncall::advance(log.state, log.now()));
        return id;
    }
    const state::Escalation &last() const { return log.state.escalations.back(); }
    void paged(const state::Escalation &x, std::uint32_t step = 1)
    {
        OutboxQueued q;
        q.number = ++number;
        q.effect = Effect::Page;
        q.connection = "chat";
        q.incident = x.incident;
        q.person = "ben";
        q.subject = oncall::pageSubject(x.number, step);
        q.escalation = x.number;
        log.record(Event(q));
    }
    /// `n` incidents, each with its first page gone out.
    void pages(int n)
    {
        for (int i = 0; i < n; ++i) {
            incident(static_cast<int>(log.state.lastIncident) + 1);
            paged(last());
        }
    }
    oncall::Bundling again() { return oncall::bundling(log.state, log.state.escalations.front(), "ben", log.now()); }
};

} // namespace

class TestPaging : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutAWordFromThePersonEveryAddressIsAChannelInTheUsualOrder()
    {
        Log log;
        log.record(withConnection("chat", "xmpp", kPages)).record(withConnection("post", "smtp", kPages)).record(withConnection("sms", "webhook", kPages));
        Person p{"ana", "Ana", "UTC", {"ana@chat.example"}};
        p.email = "ana@example.org";
        p.contacts = {{"sms", "+49"}};
        QCOMPARE(words(log.state, p), (std::vector<std::string>{"chat by chat to ana@chat.example", "mail by post to ana@example.org", "webhook:sms by sms to +49"}));
        p.channels = {"webhook:sms", "chat"};
        QCOMPARE(words(log.state, p), (std::vector<std::string>{"webhook:sms by sms to +49", "chat by chat to ana@chat.example"}));
        QVERIFY(oncall::hasAddress(p));
        QVERIFY(!oncall::hasAddress(Person{"x", "X", "UTC", {}}));
    }

    void whatIsNotArmedOrNotThereIsPassedOverWithItsReason()
    {
        Log log;
        log.record(withConnection("chat", "xmpp")).record(withConnection("post", "smtp", kPages)).record(withConnection("sms", "webhook"));
        Person p{"ana", "Ana", "UTC", {"ana@chat.example"}};
        p.email = "ana@example.org";
        p.channels = {"chat", "webhook:sms", "webhook:gone", "mail"};
        Because because;
        const auto chosen = oncall::chooseChannel(log.state, p, {}, because);
        QVERIFY(chosen && chosen->word == "mail");
        QCOMPARE(because.ruledOut, (std::vector<std::string>{"chat: no chat connection is armed for pages", "webhook:sms: sms is not armed for pages", "webhook:gone: there is no webhook connection gone"}));
        QVERIFY(!oncall::chooseChannel(log.state, p, {"post"}, because));
    }

    void aChatThatIsAwayIsTriedLast()
    {
        Log log;
        log.record(withConnection("chat", "xmpp", kPages)).record(withConnection("post", "smtp", kPages));
        Person p{"ana", "Ana", "UTC", {"ana@chat.example"}};
        Because because;
        log.record(ConnectionReported{"chat", "offline", "no line"});
        QCOMPARE(oncall::chooseChannel(log.state, p, {}, because)->word, std::string("chat")); // better than nothing
        p.email = "ana@example.org";
        QCOMPARE(oncall::chooseChannel(log.state, p, {}, because)->word, std::string("mail"));
        log.record(withConnection("other", "xmpp", kPages)).record(ConnectionReported{"other", "live", ""});
        QCOMPARE(oncall::chooseChannel(log.state, p, {}, because)->connection, std::string("other"));
    }

    void aMentionIsMadeInARoomForCallsAlone()
    {
        constexpr Writes kBoth = static_cast<Writes>(static_cast<unsigned>(Write::Pages) | static_cast<unsigned>(Write::Posts));
        Log log;
        log.record(withConnection("chat", "xmpp", kBoth)).record(withConnection("post", "smtp", kPages));
        log.record(anIncident("INC-1").event());
        Person p{"ana", "Ana", "UTC", {"ana@chat.example"}};
        p.email = "ana@example.org";
        p.channels = {"mention", "mention:ops@elsewhere.example", "mail"};
        const auto chosen = [&](const oncall::Occasion &occasion, Because &because) { return oncall::chooseChannel(log.state, p, {}, because, occasion); };
        Because because;
        QCOMPARE(chosen({}, because)->word, std::string("mail")); // what is no call is for her alone
        QCOMPARE(because.ruledOut.at(0), std::string("mention: a mention is made for calls alone"));
        because = {};
        QCOMPARE(chosen({true, nullptr}, because)->word, std::string("mail"));
        QCOMPARE(because.ruledOut, (std::vector<std::string>{"mention: there is no incident, and so no room to be called in", "mention:ops@elsewhere.example: ops@elsewhere.example is no room of a chat connection here"}));
        because = {};
        QCOMPARE(chosen({true, log.state.incident("INC-1")}, because)->word, std::string("mail"));
        QCOMPARE(because.ruledOut.at(0), std::string("mention: INC-1 has no room to be called in"));
        log.record(RoomLinked{"INC-1", "chat", "inc-1@muc.example", true, false});
        const auto mention = chosen({true, log.state.incident("INC-1")}, because);
        QCOMPARE(mention->word, std::string("mention"));
        QCOMPARE(mention->address, std::string("inc-1@muc.example"));
        QCOMPARE(mention->mentions, std::vector<std::string>{"ana@chat.example"});
        log.record(IdentityBound{"ana", "chat", "ana@phone.example"}); // bound since: called there too
        QCOMPARE(chosen({true, log.state.incident("INC-1")}, because)->mentions, (std::vector<std::string>{"ana@chat.example", "ana@phone.example"}));
        p.xmpp.clear();
        p.id = "ben";
        because = {};
        QCOMPARE(chosen({true, log.state.incident("INC-1")}, because)->word, std::string("mail"));
        QCOMPARE(because.ruledOut.at(0), std::string("mention: no address of ben is bound at chat"));
    }

    void fivePagesGoOutOneByOneAndTheSixthWaits()
    {
        PagingScene s;
        s.pages(4);
        QVERIFY(!s.again().waits);
        s.pages(1);
        const auto sixth = s.again();
        QVERIFY(sixth.waits);
        QCOMPARE(sixth.because.matched, std::vector<std::string>{"ben had 5 pages in 10m"});
        // Somebody else is not in it.
        QVERIFY(!oncall::bundling(s.log.state, s.log.state.escalations.front(), "ana", s.log.now()).waits);
    }

    void pagesOlderThanTheWindowDoNotCount()
    {
        PagingScene s;
        s.pages(5);
        const Instant oldest = s.log.state.outbox.begin()->second.queuedAt;
        const auto at = [&](Instant now) { return oncall::bundling(s.log.state, s.log.state.escalations.front(), "ben", now).waits; };
        QVERIFY(at(oldest + oncall::kBundleWindow - Span{1}));
        QVERIFY(!at(oldest + oncall::kBundleWindow));
    }

    void aPageByASecondChannelCountsOnce()
    {
        PagingScene s;
        s.pages(4);
        s.paged(s.log.state.escalations.front());
        QVERIFY(!s.again().waits);
        s.paged(s.log.state.escalations.front(), 2);
        QVERIFY(s.again().waits);
    }

    void aSev1AndTheFirstPageOfAnIncidentNeverWait()
    {
        PagingScene s(1);
        s.pages(6);
        s.incident(7);
        const auto first = oncall::bundling(s.log.state, s.last(), "ben", s.log.now());
        QVERIFY(!first.waits && first.because.ruledOut == std::vector<std::string>{"bundling: it is the first page of INC-7"});
        s.paged(s.last());
        QVERIFY(oncall::bundling(s.log.state, s.last(), "ben", s.log.now()).waits);
        s.incident(8, IncidentSeverity::Sev1);
        s.paged(s.last());
        const auto sev1 = oncall::bundling(s.log.state, s.last(), "ben", s.log.now());
        QVERIFY(!sev1.waits && sev1.because.ruledOut == std::vector<std::string>{"bundling: INC-8 is SEV1"});
    }

    void whatAlertsOfASev1CallForByThemselvesNeverWaitsEither()
    {
        PagingScene s(1);
        s.log.record(withConnection("am"));
        s.pages(6);
        const ReportBatch batch = aBatch("am", s.log.now()).alert({{"alertname", "Down"}, {"service", "db"}}).build();
        s.log.record(decided(batch));
        const state::Alert &alert = *s.log.state.alert(keyOf(batch));
        EscalationStarted call;
        call.escalation = static_cast<std::uint32_t>(s.log.state.escalations.size()) + 1;
        call.policy = "shop";
        call.service = "db";
        call.group = std::string(s.log.state.text(alert.group));
        call.observed = false;
        s.log.record(Event(call));
        const auto waits = [&] { return oncall::bundling(s.log.state, s.last(), "ben", s.log.now()); };
        QCOMPARE(waits().because.ruledOut.at(0), "bundling: it is the first page of escalation/" + std::to_string(call.escalation));
        s.paged(s.last());
        QVERIFY(waits().waits);
        s.log.record(anIncident("INC-9").service("db").severity(IncidentSeverity::Sev2).alert(keyOf(batch)).event());
        QVERIFY(waits().waits);
        s.log.record(Event(SeverityChanged{"INC-9", "worse", IncidentSeverity::Sev1, kAna}));
        QVERIFY(!waits().waits);
        QCOMPARE(waits().because.ruledOut, std::vector<std::string>{"bundling: an alert of " + call.group + " is of INC-9, a SEV1"});
        s.log.record(decided(aBatch("am", s.log.now()).alert({{"alertname", "Down"}, {"service", "db"}}).resolved().build(), {Verdict::Resolved}));
        QVERIFY(waits().waits); // nothing of it fires for the SEV1 any more
    }

    void aBundleGathersForAMinuteAndThenGoesAtMostEveryFive()
    {
        PagingScene s;
        s.pages(3);
        for (std::uint32_t n : {1u, 2u, 2u})
            s.log.record(PageBundled{n, 1, "INC-" + std::to_string(n), "ben", {}});
        const Instant first = s.log.state.pageBook.of("ben")->waiting.front().at;
        QCOMPARE(oncall::nextBundle(s.log.state).ns, (first + oncall::kGather).ns);
        QVERIFY(oncall::bundlesDue(s.log.state, first + oncall::kGather - Span{1}).empty());
        const auto due = oncall::bundlesDue(s.log.state, first + oncall::kGather);
        QCOMPARE(due.size(), std::size_t{1});
        QCOMPARE(get<BundleSent>(due[0]).escalations, (std::vector<std::uint32_t>{1, 2}));
        s.log.record(due, minutes(1));
        const Instant sent = s.log.now();
        QVERIFY(!oncall::nextBundle(s.log.state));
        s.log.record(PageBundled{3, 1, "INC-3", "ben", {}});
        QCOMPARE(oncall::nextBundle(s.log.state).ns, (sent + minutes(5)).ns);
    }

    void aCallThatWasAnsweredIsLeftOutAndABundleOfNothingIsNoMessage()
    {
        PagingScene s;
        s.pages(2);
        s.log.record(PageBundled{1, 1, "INC-1", "ben", {}}).record(PageBundled{2, 1, "INC-2", "ben", {}});
        s.log.record(*oncall::acknowledge(s.log.state, 1, {"ben", Path::Person}));
        auto due = oncall::bundlesDue(s.log.state, s.log.now() + minutes(2));
        QCOMPARE(get<BundleSent>(due.at(0)).escalations, std::vector<std::uint32_t>{2});
        QCOMPARE(get<BundleSent>(due.at(0)).because.ruledOut, std::vector<std::string>{"escalation/1: it is over"});
        s.log.record(*oncall::acknowledge(s.log.state, 2, {"ben", Path::Person}));
        due = oncall::bundlesDue(s.log.state, s.log.now() + minutes(2));
        QVERIFY(get<BundleSent>(due.at(0)).escalations.empty());
        s.log.record(due);
        QVERIFY(!oncall::nextBundle(s.log.state) && !s.log.state.pageBook.of("ben")->lastAt);
    }

    void whyASecondPageDidNotComeAtOnceSaysThatItWasBundled()
    {
        PagingScene s;
        s.pages(1);
        s.log.record(PageBundled{1, 2, "INC-1", "ben", {"page/bundle", {"ben had 5 pages in 10m"}, {}}});
        const auto why = oncall::whyCalled(s.log.state, nullptr, s.log.state.incident("INC-1"), "ben");
        QVERIFY(std::any_of(why.reasons.begin(), why.reasons.end(), [](const auto &r) { return r.text.starts_with("bundled: ") && r.text.ends_with("because ben had 5 pages in 10m"); }));
    }

    void aLinkIsGoodForItsCallAndItsPersonUntilItIsAnsweredOrOver()
    {
        using Kind = oncall::Answering::Kind;
        PagingScene s;
        s.incident(1);
        QVERIFY(oncall::answering(s.log.state, "h").kind == Kind::Unknown);
        s.log.record(AnswerLinkMade{1, 1, "INC-1", "ben", "h"}).record(AnswerLinkMade{2, 1, "INC-1", "ana", "other"});
        const auto open = oncall::answering(s.log.state, "h");
        QVERIFY(open.kind == Kind::Open && open.person == "ben" && open.escalation == 1 && open.name == "Ben");
        QVERIFY(oncall::answering(s.log.state, "").kind == Kind::Unknown);
        s.log.record(*oncall::acknowledge(s.log.state, 1, {"ben", Path::Link}));
        QVERIFY(oncall::answering(s.log.state, "h").kind == Kind::Answered);
        QVERIFY(oncall::answering(s.log.state, "other").kind == Kind::Over);
        QCOMPARE(oncall::answering(s.log.state, "other").sentence, std::string("Ben answered this call. This link does nothing any more."));
    }

    void onlySoManyLinksAreKeptTheOldestGoes()
    {
        PagingScene s;
        s.incident(1);
        for (std::size_t n = 0; n <= state::PageBook::kLinksKept; ++n)
            s.log.record(AnswerLinkMade{n, 1, "INC-1", "ben", "h" + std::to_string(n)});
        QVERIFY(oncall::answering(s.log.state, "h0").kind == oncall::Answering::Kind::Unknown);
        QVERIFY(oncall::answering(s.log.state, "h1").kind == oncall::Answering::Kind::Open);
    }
};

QD_TEST(TestPaging)
#include "tst_paging.moc"
