// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/notify/pager.h"

#include "core/base/encoding.h"
#include "tests/support/clock.h"
#include "tests/support/random.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace qd;
using namespace qd::notify;
using namespace qd::tests;

namespace {

Connection mailServer()
{
    Connection c;
    c.name = "mail";
    c.kind = "smtp";
    c.url = "smtp://mail.example:587";
    c.from = "desk@example.org";
    return c;
}

Connection duty()
{
    Connection c;
    c.name = "duty";
    c.kind = "pagerduty";
    c.url = "https://events.example";
    return c;
}

Item pageOf(std::uint64_t number, const std::string &connection = "mail", events::Effect effect = events::Effect::Page)
{
    Item item;
    item.what.number = number;
    item.what.effect = effect;
    item.what.connection = connection;
    item.what.incident = "INC-1";
    item.what.person = "ana";
    item.what.room = "ana@example.org";
    item.what.text = "You are called.";
    item.what.title = "SEV2 INC-1: down";
    item.what.subject = "page/3/1";
    item.what.escalation = 3;
    item.queuedAt = kMorning;
    return item;
}

/// A pager whose wire is in the test's hands.
struct PagerScene {
    FakeClock clock;
    SeededRandom random;
    std::vector<std::pair<net::MailRequest, net::MailClient::Callback>> mails;
    std::vector<std::pair<net::HttpRequest, net::HttpClient::Callback>> requests;
    std::vector<std::pair<events::AnswerLinkMade, std::function<void(bool)>>> links;
    struct Word {
        std::uint64_t number;
        Delivery delivery;
        std::string id, reason;
    };
    std::vector<Word> words;
    std::vector<std::string> health;
    std::vector<std::pair<events::OutboxQueued, std::function<void()>>> begun; ///< what was to be recorded before its first byte
    bool isSlow = false;                                                       ///< whether that waits for the test; else it is on disk at once
    std::unique_ptr<Pager> pager;

    explicit PagerScene(const std::string &publicUrl = {})
    {
        pager = std::make_unique<Pager>(Pager::Wire{[this](net::MailRequest r, net::MailClient::Callback done) { mails.emplace_back(std::move(r), std::move(done)); },
                                                    [this](net::HttpRequest r, net::HttpClient::Callback done) { requests.emplace_back(std::move(r), std::move(done)); }},
                                        clock, random, "log.example",
                                        [this](events::AnswerLinkMade made, std::function<void(bool)> done) { links.emplace_back(std::move(made), std::move(done)); },
                                        [this](const events::OutboxQueued &what, std::function<void()> then) {
                                            begun.emplace_back(what, then);
                                            if (!isSlow)
                                                then();
                                        },
                                        [this](std::uint64_t n, Delivery d, std::string id, std::string reason) { words.push_back({n, d, std::move(id), std::move(reason)}); },
                                        [this](std::string connection, std::string problem) { health.push_back(connection + ": " + problem); });
        auto w = std::make_shared<Workspace>();
        w->name = "Shop";
        w->publicUrl = publicUrl;
        w->people = {{"ana", "Ana", "UTC", {}}};
        pager->setWorkspace(w);
        pager->start(mailServer(), Secret("pw"));
        pager->start(duty(), Secret("key"));
    }
    void failMail(std::size_t n, bool isFinal = false, const std::string &why = "the mail server does not answer")
    {
        mails.at(n).second(tl::unexpected(net::MailFailure{{Code::Unavailable, why, {}}, isFinal, false}));
    }
    void pass(Span by)
    {
        clock.advance(by);
        pager->tick();
    }
};

std::string messageIdOf(const std::string &mail)
{
    const auto at = mail.find("Message-ID: <") + 13;
    return mail.substr(at, mail.find('>', at) - at);
}

} // namespace

class TestPager : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTakenMailIsConfirmedUnderItsMessageId()
    {
        PagerScene s;
        VERIFY_RESULT(s.pager->write(pageOf(7)));
        QCOMPARE(s.mails.size(), std::size_t{1});
        const auto &mail = s.mails[0].first;
        QVERIFY(mail.to == "ana@example.org" && mail.from == "desk@example.org" && !mail.isThisMachine && mail.password.revealText() == "pw");
        s.mails[0].second({});
        QCOMPARE(s.words.size(), std::size_t{1});
        QVERIFY(s.words[0].number == 7 && s.words[0].delivery == Delivery::Confirmed);
        QCOMPARE(s.words[0].id, messageIdOf(mail.message));
        QCOMPARE(s.words[0].id, idempotencyKey("log.example", 7).text() + "@example.org");
    }

    void whatIsInTroubleIsSaidOnceAndTriedAgainUnderTheSameIdUntilItIsTaken()
    {
        PagerScene s;
        VERIFY_RESULT(s.pager->write(pageOf(7)));
        for (std::size_t n = 0; n < 5; ++n) {
            QCOMPARE(s.mails.size(), n + 1);
            s.failMail(n);
            s.pass(kRetryCap);
        }
        QCOMPARE(s.words.size(), std::size_t{1});
        QVERIFY(s.words[0].delivery == Delivery::Queued && s.words[0].reason == "the mail server does not answer");
        for (const auto &[mail, done] : s.mails)
            QCOMPARE(messageIdOf(mail.message), messageIdOf(s.mails[0].first.message));
        s.mails.back().second({});
        QCOMPARE(s.words.size(), std::size_t{2});
        QVERIFY(s.words[1].delivery == Delivery::Confirmed);
        s.pass(hours(1));
        QCOMPARE(s.mails.size(), std::size_t{6});
    }

    void whatIsTakenBackIsNotTriedAgain()
    {
        PagerScene s;
        VERIFY_RESULT(s.pager->write(pageOf(7)));
        s.failMail(0); // it waits for its next attempt
        s.pager->recall(7, "its text was struck");
        QVERIFY(s.words.back().number == 7 && s.words.back().delivery == Delivery::Failed && s.words.back().reason == "its text was struck");
        s.pass(hours(1));
        QCOMPARE(s.mails.size(), std::size_t{1});
        const std::size_t said = s.words.size();
        s.pager->recall(7, "its text was struck"); // it has none such any more
        QCOMPARE(s.words.size(), said);
    }

    /// The line it repeats was classed while it waits: the next attempt says no more than may be said, when it is due anyway.
    void whatWaitsIsTriedAgainInTheWordsTakenAnew()
    {
        PagerScene s;
        Item item = pageOf(7);
        VERIFY_RESULT(s.pager->write(item));
        s.failMail(0);
        const std::size_t said = s.words.size();
        item.what.text = "Sealed, said the desk.";
        item.isAnew = true;
        VERIFY_RESULT(s.pager->write(item));
        QCOMPARE(s.mails.size(), std::size_t{1}); // nothing is sent for it
        s.pass(kRetryCap);
        QCOMPARE(s.mails.size(), std::size_t{2});
        QVERIFY(s.mails[1].first.message.find("Sealed, said the desk.") != std::string::npos && s.mails[1].first.message.find("You are called.") == std::string::npos);
        QCOMPARE(messageIdOf(s.mails[1].first.message), messageIdOf(s.mails[0].first.message));
        item.what.text = "Sealed anew."; // it is on the wire
        VERIFY_RESULT(s.pager->write(item));
        s.failMail(1);
        s.pass(kRetryCap);
        QVERIFY(s.mails.size() == 3 && s.mails[2].first.message.find("Sealed anew.") != std::string::npos);
        s.mails[2].second({});
        QVERIFY(s.words.size() > said && s.words.back().delivery == Delivery::Confirmed);
        VERIFY_RESULT(s.pager->write(item)); // it is over
        item = pageOf(8, "gone");
        item.isAnew = true;
        VERIFY_RESULT(s.pager->write(item)); // it was never here
        s.pass(hours(1));
        QCOMPARE(s.mails.size(), std::size_t{3});
    }

    void whatIsOnTheWireWhenItIsTakenBackIsLeftToItsAnswer_data()
    {
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("taken") << true;
        QTest::newRow("not taken") << false;
    }
    void whatIsOnTheWireWhenItIsTakenBackIsLeftToItsAnswer()
    {
        QFETCH(bool, isTaken);
        PagerScene s;
        VERIFY_RESULT(s.pager->write(pageOf(7)));
        s.pager->recall(7, "its text was struck");
        QVERIFY(s.words.empty());
        if (isTaken)
            s.mails[0].second({});
        else
            s.failMail(0);
        QCOMPARE(s.words.size(), std::size_t{1});
        QCOMPARE(s.words[0].delivery, isTaken ? Delivery::Confirmed : Delivery::Failed);
        s.pass(hours(1));
        QCOMPARE(s.mails.size(), std::size_t{1});
    }

    /// A page twice is better than none. What readers get is not said twice: whether it arrived is Unknown, and a person looks.
    void whatReadersGetIsNotSentAgainWhenItMayHaveArrived()
    {
        PagerScene s;
        const auto maybe = [&](std::size_t n) { s.mails.at(n).second(tl::unexpected(net::MailFailure{{Code::Unavailable, "the line to the mail server broke", {}}, false, true})); };
        VERIFY_RESULT(s.pager->write(pageOf(1, "mail", events::Effect::Post)));
        maybe(0);
        QCOMPARE(s.words.back().delivery, Delivery::Unknown);
        QVERIFY2(s.words.back().reason.starts_with("the line to the mail server broke; the server may have it; it is not sent again"), s.words.back().reason.c_str());
        s.pass(hours(2));
        QCOMPARE(s.mails.size(), std::size_t(1));
        Item again = pageOf(1, "mail", events::Effect::Post); // after a restart
        again.maybeSent = true;
        VERIFY_RESULT(s.pager->write(again));
        s.pass(hours(2));
        QCOMPARE(s.mails.size(), std::size_t(1));
        VERIFY_RESULT(s.pager->write(pageOf(2)));
        maybe(1);
        QCOMPARE(s.words.back().delivery, Delivery::Queued);
        s.pass(hours(1) - seconds(1));
        QCOMPARE(s.mails.size(), std::size_t(3));
        // The same by webhook: what nobody was there to take goes on being tried, what ran into silence does not.
        VERIFY_RESULT(s.pager->write(pageOf(3, "duty", events::Effect::Post)));
        s.requests.at(0).second(tl::unexpected(Error{Code::Unavailable, "nobody answers at that address", {}}));
        QCOMPARE(s.words.back().delivery, Delivery::Queued);
        s.pass(minutes(2));
        QCOMPARE(s.requests.size(), std::size_t(2));
        s.requests.at(1).second(tl::unexpected(Error{Code::Unavailable, "no answer in time", {}}));
        QCOMPARE(s.words.back().delivery, Delivery::Unknown);
        s.pass(hours(2));
        QCOMPARE(s.requests.size(), std::size_t(2));
    }

    /// A greylist: whoever else is on the list hears now, and each reader in the order it was written in.
    void aReaderWhoseServerPutsTheMailOffHoldsUpNobodyElses()
    {
        PagerScene s;
        const auto write = [&](std::uint64_t number, const std::string &reader) {
            Item item = pageOf(number, "mail", events::Effect::Post);
            item.what.room = reader + "@example.org";
            QVERIFY(s.pager->write(item));
        };
        for (const auto &[number, reader] : {std::pair(1U, "ana"), {2U, "ben"}, {3U, "ana"}, {4U, "cleo"}})
            write(number, reader);
        const auto last = [&] { return std::to_string(s.mails.size()) + " " + s.mails.back().first.to; };
        QCOMPARE(last(), std::string("1 ana@example.org")); // one after the other
        s.mails[0].second(tl::unexpected(net::MailFailure{{Code::Unavailable, "the mail server puts it off (it answered 450)", {}}, false, false, false}));
        s.pass({});
        QCOMPARE(last(), std::string("2 ben@example.org"));
        s.mails[1].second({});
        s.pass({});
        QCOMPARE(last(), std::string("3 cleo@example.org")); // not ana's second one
        s.mails[2].second({});
        s.pass(kRetryCap);
        QCOMPARE(messageIdOf(s.mails.at(3).first.message), messageIdOf(s.mails[0].first.message));
        s.mails[3].second({});
        s.pass({});
        QCOMPARE(last(), std::string("5 ana@example.org"));
        s.failMail(4); // a server that is away is so for all of them: it is asked by one
        write(6, "ben");
        s.pass({});
        QCOMPARE(s.mails.size(), std::size_t(5));
    }

    /// A core that is killed then finds that it may have gone out; one that is killed sooner knows that it has not.
    void whatReadersGetIsRecordedAsSentBeforeItsFirstByte()
    {
        PagerScene s;
        s.isSlow = true;
        VERIFY_RESULT(s.pager->write(pageOf(1, "mail", events::Effect::Post)));
        QCOMPARE(s.mails.size(), std::size_t(1)); // the server is asked first: while it does not want the text, nothing is recorded
        QVERIFY(s.begun.empty() && s.mails[0].first.beforeText);
        std::optional<bool> goes;
        s.mails[0].first.beforeText([&](bool go) { goes = go; });
        QCOMPARE(s.begun.size(), std::size_t(1));
        QVERIFY(s.begun[0].first.number == 1 && s.begun[0].first.incident == "INC-1");
        QVERIFY(!goes);
        s.begun[0].second();
        QVERIFY(goes && *goes);
        s.mails[0].second({});
        QCOMPARE(s.words.back().delivery, Delivery::Confirmed);
        // By webhook the request is the first byte.
        VERIFY_RESULT(s.pager->write(pageOf(2, "duty", events::Effect::Post)));
        QVERIFY(s.requests.empty());
        QCOMPARE(s.begun.back().first.number, std::uint64_t(2));
        s.begun.back().second();
        QCOMPARE(s.requests.size(), std::size_t(1));
        // A page waits for nothing: twice is better than late.
        VERIFY_RESULT(s.pager->write(pageOf(3)));
        VERIFY_RESULT(s.pager->write(pageOf(4, "duty")));
        QVERIFY(!s.mails.back().first.beforeText);
        QVERIFY(s.requests.size() == 2 && s.begun.size() == 2);
    }

    /// Its server refused it before the text, or after: it waits again, and a restart sends it.
    void whatDidNotArriveIsSaidToWaitAgainHoweverOften()
    {
        PagerScene s;
        VERIFY_RESULT(s.pager->write(pageOf(1, "mail", events::Effect::Post)));
        for (std::size_t n = 0; n < 3; ++n) {
            QCOMPARE(s.mails.size(), n + 1);
            s.mails[n].first.beforeText([](bool) {});
            s.failMail(n, false, "the mail server puts it off");
            QCOMPARE(s.words.size(), n + 1); // each time, for it was Sent in between
            QCOMPARE(s.words.back().delivery, Delivery::Queued);
            s.pass(kRetryCap);
        }
        s.failMail(3, false, "the mail server puts it off"); // it never wanted the text: nothing is new
        QCOMPARE(s.words.size(), std::size_t(3));
        QCOMPARE(s.begun.size(), std::size_t(3));
    }

    void whatWasOnTheWireWhenTheCoreWasKilledIsUnknownAndNotSentAgain()
    {
        PagerScene s;
        for (const char *by : {"mail", "duty"}) {
            Item item = pageOf(by == std::string("mail") ? 1 : 2, by, events::Effect::Post);
            item.maybeSent = item.wasUnderWay = true;
            VERIFY_RESULT(s.pager->write(item));
            QCOMPARE(s.words.back().number, item.what.number);
            QCOMPARE(s.words.back().delivery, Delivery::Unknown);
            QVERIFY2(s.words.back().reason.find("the console stopped while it was sent; it is not sent again") == 0, s.words.back().reason.c_str());
        }
        s.pass(hours(2));
        QVERIFY(s.mails.empty() && s.requests.empty());
        QCOMPARE(s.words.size(), std::size_t(2));
        Item begunNever = pageOf(3, "mail", events::Effect::Post); // it was queued, and its first byte not recorded
        begunNever.fromBefore = true;
        VERIFY_RESULT(s.pager->write(begunNever));
        QCOMPARE(s.mails.size(), std::size_t(1));
        Item page = pageOf(4);
        page.maybeSent = page.wasUnderWay = true;
        VERIFY_RESULT(s.pager->write(page));
        QCOMPARE(s.mails.size(), std::size_t(2));
    }

    /// Between its server's word that it may come and its first byte.
    void whatIsTakenBackOrReadsOtherwiseDoesNotLeave()
    {
        PagerScene s;
        const auto begin = [&](std::size_t n) {
            std::optional<bool> goes;
            s.mails.at(n).first.beforeText([&](bool go) { goes = go; });
            return goes;
        };
        const auto calledOff = [&](std::size_t n) { s.mails.at(n).second(tl::unexpected(net::MailFailure{{Code::Unavailable, "it was called off before its first byte", {}}, false, false, false})); };
        VERIFY_RESULT(s.pager->write(pageOf(1, "mail", events::Effect::Post)));
        s.pager->recall(1, "its text was struck");
        QCOMPARE(begin(0), std::optional(false));
        calledOff(0);
        QVERIFY(s.words.back().delivery == Delivery::Failed && s.words.back().reason.starts_with("its text was struck"));
        Item item = pageOf(2, "mail", events::Effect::Post);
        VERIFY_RESULT(s.pager->write(item));
        item.what.text = "Sealed, said the desk.";
        item.isAnew = true;
        VERIFY_RESULT(s.pager->write(item));
        QCOMPARE(begin(1), std::optional(false));
        calledOff(1);
        s.pass(kRetryCap);
        QVERIFY(s.mails.size() == 3 && s.mails[2].first.message.find("Sealed, said the desk.") != std::string::npos);
        QCOMPARE(begin(2), std::optional(true));
        QVERIFY(s.begun.size() == 1 && s.health.empty());
        // Nor does anything once the pager is gone.
        s.mails[2].second({}); // the next one to this server waits for it
        VERIFY_RESULT(s.pager->write(pageOf(3, "mail", events::Effect::Post)));
        s.pager.reset();
        QCOMPARE(begin(3), std::optional<bool>());
        QCOMPARE(s.begun.size(), std::size_t(1));
    }

    /// A core that ends begins nothing, and waits for an answer that is on its way: else the next one had to ask people whether it arrived.
    void aCoreThatEndsWaitsForWhatReadersAreGetting()
    {
        PagerScene s;
        Connection second = mailServer(); // at one server they wait for each other
        second.name = "second";
        s.pager->start(second, Secret("pw"));
        VERIFY_RESULT(s.pager->write(pageOf(1, "mail", events::Effect::Post)));
        VERIFY_RESULT(s.pager->write(pageOf(2, "second", events::Effect::Post)));
        QCOMPARE(s.mails.size(), std::size_t(2));
        s.mails[0].first.beforeText([](bool) {});
        s.pager->finish(std::chrono::milliseconds(0)); // not for ever
        std::optional<bool> goes;
        s.mails[1].first.beforeText([&](bool go) { goes = go; });
        QCOMPARE(goes, std::optional(false));
        VERIFY_RESULT(s.pager->write(pageOf(3, "mail", events::Effect::Post)));
        s.pass(minutes(2));
        QCOMPARE(s.mails.size(), std::size_t(2));
        s.mails[0].second({});
        QCOMPARE(s.words.back().delivery, Delivery::Confirmed);
        s.pager->finish(std::chrono::hours(1)); // nothing is on its way: it does not wait
        QCOMPARE(s.begun.size(), std::size_t(1));
    }

    void howAConnectionIsIsSaidWhenItChangesAndNotForOnePagesOwnFault()
    {
        PagerScene s;
        VERIFY_RESULT(s.pager->write(pageOf(7)));
        VERIFY_RESULT(s.pager->write(pageOf(8)));
        s.failMail(0);
        s.failMail(1);
        s.pass(kRetryCap);
        s.failMail(2, false, "the line to the mail server broke");
        s.mails[3].second({});
        QCOMPARE(s.health, (std::vector<std::string>{"mail: the mail server does not answer", "mail: the line to the mail server broke", "mail: "}));
        VERIFY_RESULT(s.pager->write(pageOf(9)));
        s.mails.back().second(tl::unexpected(net::MailFailure{{Code::Invalid, "the mail server refuses the mail (it answered 550)", {}}, true, false, false}));
        QCOMPARE(s.health.size(), std::size_t{3});
        QVERIFY(s.words.back().delivery == Delivery::Failed);
        // Of a webhook: too many, or a page that is wrong, say nothing of the way; a key that is refused does.
        for (const int status : {429, 400, 503, 401}) {
            VERIFY_RESULT(s.pager->write(pageOf(static_cast<std::uint64_t>(10 + status), "duty")));
            net::HttpResponse answer;
            answer.status = status;
            s.requests.back().second(std::move(answer));
        }
        QCOMPARE(std::vector<std::string>(s.health.begin() + 3, s.health.end()), (std::vector<std::string>{"duty: it answers 503", "duty: it answers 401"}));
    }

    void aFinalRefusalIsNotTriedAgain()
    {
        PagerScene s;
        VERIFY_RESULT(s.pager->write(pageOf(7)));
        s.failMail(0, true, "the mail server refuses the mail");
        QVERIFY(s.words[0].delivery == Delivery::Failed);
        s.pass(hours(1));
        QCOMPARE(s.mails.size(), std::size_t{1});
    }

    void afterAnHourItIsGivenUpAndNotBefore()
    {
        PagerScene s;
        VERIFY_RESULT(s.pager->write(pageOf(7)));
        s.clock.advance(kGiveUp - seconds(1));
        s.failMail(0);
        QVERIFY(s.words.back().delivery == Delivery::Queued);
        s.pass(kRetryFirst);
        QCOMPARE(s.mails.size(), std::size_t{2});
        s.failMail(1);
        QVERIFY(s.words.back().delivery == Delivery::Failed);
        QCOMPARE(s.words.back().reason, std::string("given up after 1h: the mail server does not answer"));
    }

    void aCallThatIsOverIsNotSentAnyMore()
    {
        PagerScene s;
        VERIFY_RESULT(s.pager->write(pageOf(7)));
        s.failMail(0);
        s.pager->over(3);
        QVERIFY(s.words.back().delivery == Delivery::Failed && s.words.back().reason == "the call was over before it could be sent");
        s.pass(hours(1));
        QCOMPARE(s.mails.size(), std::size_t{1});
        QVERIFY(!s.pager->write(pageOf(8)));
        // One that was under way is let go through, or not tried again.
        PagerScene other;
        VERIFY_RESULT(other.pager->write(pageOf(7)));
        other.pager->over(3);
        QVERIFY(other.words.empty());
        other.failMail(0);
        QVERIFY(other.words.back().delivery == Delivery::Failed);
    }

    void theLinkIsKeptAsAHashBeforeItIsSent()
    {
        PagerScene s("https://desk.example");
        VERIFY_RESULT(s.pager->write(pageOf(7)));
        QVERIFY(s.mails.empty());
        QCOMPARE(s.links.size(), std::size_t{1});
        const auto made = s.links[0].first;
        QVERIFY(made.outbox == 7 && made.escalation == 3 && made.person == "ana" && made.incident == "INC-1" && made.hash.size() == 64);
        s.links[0].second(true);
        QCOMPARE(s.mails.size(), std::size_t{1});
        std::string text = s.mails[0].first.message;
        for (std::size_t at = text.find("=\r\n"); at != std::string::npos; at = text.find("=\r\n"))
            text.erase(at, 3);
        const auto at = text.find("https://desk.example/answer/");
        QVERIFY(at != std::string::npos);
        QCOMPARE(sha256Hex(text.substr(at + 28, 32)), made.hash);
        // The next attempt carries the same one.
        s.failMail(0);
        s.pass(kRetryCap);
        QCOMPARE(s.links.size(), std::size_t{1});
        QCOMPARE(s.mails[1].first.message, s.mails[0].first.message);
    }

    void aLinkThatCannotBeKeptIsLeftOutAndThePageGoes()
    {
        PagerScene s("https://desk.example");
        VERIFY_RESULT(s.pager->write(pageOf(7)));
        s.links[0].second(false);
        QCOMPARE(s.mails.size(), std::size_t{1});
        QVERIFY(s.mails[0].first.message.find("answer/") == std::string::npos);
    }

    void whatIsNoCallOfAPersonGetsNoLink()
    {
        PagerScene s("https://desk.example");
        Item test = pageOf(7);
        test.what.escalation = 0;
        test.what.subject = "over/1";
        VERIFY_RESULT(s.pager->write(test));
        Item channel = pageOf(8, "duty");
        channel.what.person = "webhook:duty";
        VERIFY_RESULT(s.pager->write(channel));
        QVERIFY(s.links.empty());
        QCOMPARE(s.mails.size() + s.requests.size(), std::size_t{2});
    }

    void aBundleAndATestCarryALinkOfTheirOwn()
    {
        PagerScene s("https://desk.example");
        Item bundle = pageOf(7);
        bundle.what.escalation = 0;
        bundle.what.subject = "bundle/1";
        bundle.what.calls = {3, 4};
        VERIFY_RESULT(s.pager->write(bundle));
        Item test = pageOf(8);
        test.what.escalation = 0;
        test.what.subject = "test/2";
        VERIFY_RESULT(s.pager->write(test));
        QCOMPARE(s.links.size(), std::size_t{2});
        QVERIFY((s.links[0].first.calls == std::vector<std::uint32_t>{3, 4}) && s.links[0].first.escalation == 0);
        QCOMPARE(s.links[1].first.test, 2U);
    }

    void theEndOfATroubleDoesNotOvertakeItsBeginning()
    {
        PagerScene s;
        VERIFY_RESULT(s.pager->write(pageOf(7, "duty")));
        VERIFY_RESULT(s.pager->write(pageOf(8, "duty", events::Effect::PageOver)));
        QCOMPARE(s.requests.size(), std::size_t{1});
        s.pass(seconds(1));
        QCOMPARE(s.requests.size(), std::size_t{1});
        net::HttpResponse taken;
        taken.status = 202;
        s.requests[0].second(taken);
        s.pass(seconds(1));
        QCOMPARE(s.requests.size(), std::size_t{2});
        QVERIFY(s.requests[1].first.body.find("resolve") != std::string::npos);
        QVERIFY(s.requests[1].first.body.find(troubleKey("log.example", 3)) != std::string::npos);
        // What ends a trouble goes out though the call is over.
        s.pager->over(3);
        s.requests[1].second(taken);
        QVERIFY(s.words.back().number == 8 && s.words.back().delivery == Delivery::Confirmed);
    }

    void askedForPatienceItWaitsAsLong()
    {
        PagerScene s;
        VERIFY_RESULT(s.pager->write(pageOf(7, "duty")));
        net::HttpResponse busy;
        busy.status = 429;
        busy.headers = {{"retry-after", "90"}};
        s.requests[0].second(busy);
        s.pass(seconds(89));
        QCOMPARE(s.requests.size(), std::size_t{1});
        s.pass(seconds(1));
        QCOMPARE(s.requests.size(), std::size_t{2});
    }

    void aConnectionThatIsNotThereIsRefused()
    {
        PagerScene s;
        const auto done = s.pager->write(pageOf(7, "gone"));
        QVERIFY(!done && done.error().code == Code::NotFound);
        VERIFY_RESULT(s.pager->write(pageOf(8)));
        s.pager->stopOne("mail");
        s.failMail(0);
        s.pass(hours(1));
        QVERIFY(s.words.empty() && s.mails.size() == 1);
    }

    void nothingIsSaidOrSentOnceItEnded()
    {
        PagerScene s("https://desk.example");
        VERIFY_RESULT(s.pager->write(pageOf(7)));
        s.pager.reset();
        s.links[0].second(true);
        QVERIFY(s.mails.empty() && s.words.empty());
    }
};

QD_TEST(TestPager)
#include "tst_pager.moc"
