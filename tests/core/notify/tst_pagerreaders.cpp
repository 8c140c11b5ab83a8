// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/notify/pagerbench.h"

#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace qd;
using namespace qd::notify;
using namespace qd::tests;

/// What goes out to readers: once, recorded before its first byte, and each reader in turn.
class TestPagerReaders : public QObject {
    Q_OBJECT
private Q_SLOTS:
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
        const auto last = [&] { return QString::fromStdString(std::to_string(s.mails.size()) + " " + s.mails.back().first.to); };
        QCOMPARE(last(), QStringLiteral("1 ana@example.org")); // one after the other
        s.mails[0].second(tl::unexpected(net::MailFailure{{Code::Unavailable, "the mail server puts it off (it answered 450)", {}}, false, false, false}));
        s.pass({});
        QCOMPARE(last(), QStringLiteral("2 ben@example.org"));
        s.mails[1].second({});
        s.pass({});
        QCOMPARE(last(), QStringLiteral("3 cleo@example.org")); // not ana's second one
        s.mails[2].second({});
        s.pass(kRetryCap);
        QCOMPARE(messageIdOf(s.mails.at(3).first.message), messageIdOf(s.mails[0].first.message));
        s.mails[3].second({});
        s.pass({});
        QCOMPARE(last(), QStringLiteral("5 ana@example.org"));
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
};

QD_TEST(TestPagerReaders)
#include "tst_pagerreaders.moc"
