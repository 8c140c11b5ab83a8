// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/trackingbench.h"

#include "core/desk/react.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::desk;
using namespace qd::events;
using namespace qd::tests;

/// Renditions of a review as pages of a library: which page, in which words, and what never leaves.
class TestReviewPages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPageIsWrittenAgainWhereItWasBefore()
    {
        Log log = underReview();
        const auto first = askedOf(log, PublishReview{"INC-1", "public", "wiki"});
        QVERIFY2(first.has_value(), first ? "" : first.error().message.c_str());
        OutboxQueued queued = *outboxIn(first->events);
        QCOMPARE(queued.room, std::string());
        QVERIFY(queued.text.find("HUSH") == std::string::npos);
        queued.number = 1;
        log.record(queued);
        const OutboxMoved moved{1, Delivery::Confirmed, "4711 https://wiki.example/4711", {}, "INC-1"};
        log.record(moved);
        log.record(arrivedThere(log.state, moved));
        const auto &published = log.state.incident("INC-1")->review.publications;
        QCOMPARE(published.size(), std::size_t(1));
        QCOMPARE(published.front().where, std::string("wiki/4711 https://wiki.example/4711"));
        QCOMPARE(outboxIn(askedOf(log, PublishReview{"INC-1", "public", "wiki"})->events)->room, std::string("4711"));
        QCOMPARE(outboxIn(askedOf(log, PublishReview{"INC-1", "internal", "wiki"})->events)->room, std::string());
    }

    /// The library asks to be left alone; meanwhile words of the page are taken back.
    void aPageThatWaitsGoesOutAsItReadsByThen()
    {
        Log log = underReview();
        const auto waits = [&](const Events &events) {
            OutboxQueued queued = *outboxIn(events);
            queued.number = log.state.lastOutbox + 1;
            log.record(queued);
        };
        waits(askedOf(log, PublishReview{"INC-1", "public", "wiki"})->events);
        QCOMPARE(askedOf(log, PublishReview{"INC-1", "public", "wiki"}).error().code, Code::Conflict); // nothing is new
        const auto written = [&](const std::string &text, bool isDraft = false) {
            const std::uint32_t revision = log.state.incident("INC-1")->review.section("summary")->revision();
            const SectionWritten e{"INC-1", "summary", text, revision, revision + 1, isDraft, kAna};
            log.record(e);
            return react(log.state, e, log.now());
        };
        QVERIFY(written("Half a sent", true).empty()); // nobody's draft is published
        QVERIFY(written("One cell [[confidential: HUSH]] was slow.").empty()); // it reads the same
        const Events redacted = written("One cell [[confidential: HUSH]] was [[confidential: SLOW]].");
        const OutboxQueued *anew = outboxIn(redacted);
        QVERIFY(anew && anew->instead == 1 && anew->text.find("slow") == std::string::npos && anew->text.find("SLOW") == std::string::npos);
        waits(redacted);
        QCOMPARE(log.state.outbox.at(1).delivery, Delivery::Failed);
        QCOMPARE(log.state.outbox.at(1).recalled, std::string("it was written otherwise"));
        // What may not leave goes out in no words, old or new.
        const Events leaks = written("On db.shop.internal.");
        QVERIFY(!outboxIn(leaks) && leaks.size() == 1);
        const WriteWithheld *withheld = getIf<WriteWithheld>(&leaks.front());
        QVERIFY(withheld && withheld->instead == 2 && withheld->reason.find("db.shop") == std::string::npos);
        log.record(leaks);
        QCOMPARE(log.state.outbox.at(2).delivery, Delivery::Failed);
        QVERIFY(written("One cell was slow.").empty()); // it is published again by a person
        QVERIFY(askedOf(log, PublishReview{"INC-1", "public", "wiki"}).has_value());
    }

    void whatIsPublishedAnewTakesThePlaceOfWhatWaits()
    {
        Log log = underReview();
        OutboxQueued first = *outboxIn(askedOf(log, PublishReview{"INC-1", "public", "wiki"})->events);
        first.number = 1;
        log.record(first);
        log.record(SectionWritten{"INC-1", "summary", "Two cells were slow.", 1, 2, false, kAna});
        const auto again = askedOf(log, PublishReview{"INC-1", "public", "wiki"});
        QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
        QCOMPARE(outboxIn(again->events)->instead, std::uint64_t(1));
    }

    void whatLeaksIsNoPage()
    {
        Log log = underReview();
        log.record(SectionWritten{"INC-1", "impact", "On db.shop.internal.", 0, 1, false, kAna});
        const auto refused = askedOf(log, PublishReview{"INC-1", "public", "wiki"});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Code::Forbidden);
    }

    void aPageOfAnotherSpaceIsNotWrittenAgain()
    {
        Log log = underReview();
        log.record(ReviewPublished{"INC-1", "public", "confluence", "wiki/4711 https://wiki.example/4711", {}, 1, kAna});
        const auto page = [&] { return outboxIn(askedOf(log, PublishReview{"INC-1", "public", "wiki"})->events)->room; };
        QCOMPARE(page(), std::string("4711"));
        const Connection before = log.state.source("wiki")->connection;
        Connection other = before;
        other.path = "ELSE";
        log.record(ConnectionAdded{other, kAna});
        QCOMPARE(page(), std::string());
        log.record(ConnectionAdded{before, kAna});
        QCOMPARE(page(), std::string("4711"));
    }
};

QD_TEST(TestReviewPages)
#include "tst_reviewpages.moc"
