// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/notify/pagerbench.h"

#include "core/base/encoding.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace qd;
using namespace qd::notify;
using namespace qd::tests;

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
