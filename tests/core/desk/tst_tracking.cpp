// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/trackingbench.h"

#include "core/review/tracked.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::desk;
using namespace qd::events;
using namespace qd::tests;

/// Actions as issues, renditions as pages: what is asked for, of whom, and where it is kept.
class TestTracking : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anActionBecomesAnOutboxEntryAndThenAnIssue()
    {
        Log log = underReview();
        const auto made = askedOf(log, TrackAction{"INC-1", "hub", {}, 1});
        QVERIFY2(made.has_value(), made ? "" : made.error().message.c_str());
        const OutboxQueued *queued = outboxIn(made->events);
        QVERIFY(queued);
        QCOMPARE(queued->effect, Effect::TrackIssue);
        QCOMPARE(queued->title, std::string("Roll out to one cell first"));
        for (const char *part : {"Follows from INC-1: Checkout was slow", "It works when: no page for a month", "Owner: ", "Due: "})
            QVERIFY2(queued->text.find(part) != std::string::npos, part);
        makeIssue(log);
        QCOMPARE(actionOf(log).tracked.key, std::string("12"));
        QCOMPARE(actionOf(log).tracked.url, std::string("https://hub.example/12"));
        QVERIFY(!askedOf(log, TrackAction{"INC-1", "hub", {}, 1}).has_value()); // it is in one already
    }

    void onlyAnAddressOfTheWebIsOneToClick_data()
    {
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("url");
        QTest::newRow("https") << "12 https://hub.example/12" << "https://hub.example/12";
        QTest::newRow("http") << "12 http://hub.example/12" << "http://hub.example/12";
        QTest::newRow("script") << "12 javascript:alert(1)" << "";
        QTest::newRow("script before it") << "12 javascript:alert(1) https://hub.example/12" << "";
        QTest::newRow("a file") << "12 file:///etc/passwd" << "";
        QTest::newRow("none") << "12" << "";
    }
    void onlyAnAddressOfTheWebIsOneToClick()
    {
        QFETCH(QString, said);
        QFETCH(QString, url);
        Log log = underReview();
        tell(log, askedOf(log, TrackAction{"INC-1", "hub", {}, 1})->events, false);
        const OutboxMoved made{1, Delivery::Confirmed, said.toStdString(), {}, "INC-1"};
        log.record(made);
        log.record(arrivedThere(log.state, made));
        QCOMPARE(actionOf(log).tracked.key, std::string("12"));
        QCOMPARE(actionOf(log).tracked.url, url.toStdString());
        tell(log, askedOf(log, PublishReview{"INC-1", "public", "wiki"})->events, false);
        const OutboxMoved published{2, Delivery::Confirmed, said.toStdString(), {}, "INC-1"};
        log.record(published);
        log.record(arrivedThere(log.state, published));
        QCOMPARE(log.state.incident("INC-1")->review.publications.back().where, "wiki/12" + (url.isEmpty() ? "" : " " + url.toStdString()));
    }

    void withoutLeaveNothingIsQueued()
    {
        const Log log = underReview(0, 0);
        for (const Command &command : {Command(TrackAction{"INC-1", "hub", {}, 1}), Command(PublishReview{"INC-1", "public", "wiki"})}) {
            const auto refused = askedOf(log, command);
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, Code::Forbidden);
            QVERIFY2(refused.error().message.find("arm ") != std::string::npos, refused.error().message.c_str());
        }
    }

    void onlyATrackerKeepsIssuesAndOnlyALibraryPages()
    {
        const Log log = underReview();
        QVERIFY(!askedOf(log, TrackAction{"INC-1", "wiki", {}, 1}));
        QVERIFY(!askedOf(log, PublishReview{"INC-1", "public", "hub"}));
        QVERIFY(!askedOf(log, TrackAction{"INC-1", "nobody", {}, 1}));
        QVERIFY(!askedOf(log, TrackAction{"INC-1", "hub", {}, 9}));
    }

    void anIssueThatIsThereIsReadWithoutLeaveToWrite()
    {
        const Log log = underReview(0);
        const auto made = askedOf(log, TrackAction{"INC-1", "hub", "77", 1});
        QVERIFY2(made.has_value(), made ? "" : made.error().message.c_str());
        QVERIFY(!outboxIn(made->events));
        QVERIFY(!askedOf(log, TrackAction{"INC-1", "hub", "../7 7", 1}));
    }

    void anIssueIsNamedAsItsTrackerNamesIt_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<bool>("isNumber");
        QTest::addColumn<bool>("isJiras");
        QTest::newRow("number") << QByteArray("12") << true << false;
        QTest::newRow("key") << QByteArray("SHOP-12") << false << true;
        QTest::newRow("key of all sorts") << QByteArray("Sh0p_2-1") << false << true;
        QTest::newRow("the longest number") << QByteArray(200, '1') << true << false;
        QTest::newRow("longer") << QByteArray(201, '1') << false << false;
        QTest::newRow("the longest key") << "S-" + QByteArray(198, '1') << false << true;
        QTest::newRow("a longer key") << "S-" + QByteArray(199, '1') << false << false;
        for (const char *neither : {".", "..", "../12", "12/..", "-12", "SHOP-", "-", "SHOP", "1SHOP-12", "SHOP-12-3", "SHOP-1x", "SHOP..-1", "SHOP 12", "12 ", "12\n", "#12", "12?x=1", "12%2F3", "\xd9\xa1"})
            QTest::newRow(neither) << QByteArray(neither) << false << false;
    }
    void anIssueIsNamedAsItsTrackerNamesIt()
    {
        QFETCH(QByteArray, key);
        QFETCH(bool, isNumber);
        QFETCH(bool, isJiras);
        Log log = underReview();
        log.record(withConnection("lab", "gitlab", 0));
        log.record(withConnection("desk", "jira", 0));
        QCOMPARE(askedOf(log, TrackAction{"INC-1", "hub", key.toStdString(), 1}).has_value(), isNumber);
        QCOMPARE(askedOf(log, TrackAction{"INC-1", "lab", key.toStdString(), 1}).has_value(), isNumber);
        QCOMPARE(askedOf(log, TrackAction{"INC-1", "desk", key.toStdString(), 1}).has_value(), isJiras);
    }

    void whatIsOnItsWayIsNotAskedForTwice()
    {
        Log log = underReview();
        OutboxQueued queued = *outboxIn(askedOf(log, TrackAction{"INC-1", "hub", {}, 1})->events);
        queued.number = 1;
        log.record(queued);
        const auto refused = askedOf(log, TrackAction{"INC-1", "hub", {}, 1});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Code::Conflict);
    }

    void whoIsNotKnownThereIsNamedToWhoAsked()
    {
        const Log log = underReview();
        const auto made = askedOf(log, TrackAction{"INC-1", "hub", {}, 1});
        QVERIFY(made.has_value());
        QCOMPARE(made->notes.size(), std::size_t(1));
        QVERIFY2(made->notes.front().find("does not say who Ben is at hub") != std::string::npos, made->notes.front().c_str());
        QCOMPARE(outboxIn(made->events)->address, std::string());
    }

    void whatAnActionBecomesIsATypeOfJirasAlone()
    {
        Connection c;
        c.name = "desk";
        c.kind = "jira";
        c.url = "https://acme.atlassian.net";
        c.path = "SHOP";
        c.secretFile = "secrets/desk.token";
        c.issueType = "Bug";
        QVERIFY(soundTracker(c).has_value());
        c.issueType = "Bug\nx";
        QVERIFY(!soundTracker(c));
        c.issueType = "Bug";
        c.kind = "gitlab";
        QVERIFY(!soundTracker(c));
    }

    void aConnectionIsSetToAnotherPlaceWhenNothingIsThereAnyMore()
    {
        Connection c;
        c.name = "hub";
        c.kind = "github";
        c.url = "https://api.github.com";
        c.path = "acme/shop";
        c.secretFile = "secrets/hub.token";
        Log log = underReview();
        log.record(ConnectionAdded{c, kAna});
        Connection other = c, same = c;
        other.path = "acme/web";
        same.url = "https://api.github.com/";
        same.path = "Acme/Shop";
        same.secretFile = "secrets/other.token";
        const auto refused = [&] { // "": it may be set so
            const auto made = askedOf(log, AddConnection{other});
            return made ? std::string() : made.error().code == Code::Conflict ? made.error().message : "otherwise: " + made.error().message;
        };
        QCOMPARE(refused(), std::string());
        OutboxQueued queued = *outboxIn(askedOf(log, TrackAction{"INC-1", "hub", {}, 1})->events);
        queued.number = 1;
        log.record(queued);
        QVERIFY2(refused().starts_with("1 write is on the way"), refused().c_str());
        const OutboxMoved moved{1, Delivery::Confirmed, "12 https://hub.example/12", {}, "INC-1"};
        log.record(moved);
        log.record(arrivedThere(log.state, moved));
        QVERIFY2(refused().starts_with("1 action is an issue"), refused().c_str());
        QVERIFY2(refused().ends_with("quarterdeckctl review track INC-1 1 --release"), refused().c_str());
        QVERIFY(askedOf(log, AddConnection{same}).has_value()); // the same place, another token
        log.record(ConnectionRemoved{"hub", kAna});
        QVERIFY2(refused().starts_with("1 action is an issue"), refused().c_str()); // nor by taking it away first
        log.record(ActionTracked{"INC-1", {}, {}, {}, 1, kAna});
        QCOMPARE(refused(), std::string());
    }

    /// A log of before that was asked, or of two connections by one name.
    void whatIsElsewhereIsNeitherWrittenNorRead()
    {
        Log log = underReview();
        makeIssue(log);
        QVERIFY(!review::isElsewhere(log.state, actionOf(log).tracked));
        Connection other = log.state.source("hub")->connection;
        other.path = "acme/web";
        log.record(ConnectionAdded{other, kAna});
        QVERIFY(review::isElsewhere(log.state, actionOf(log).tracked));
        const ActionTurned done{"INC-1", {}, 1, ActionState::Done, kAna};
        log.record(done);
        const Events told = tellTracker(log.state, done);
        QVERIFY(told.size() == 1 && holds<WriteWithheld>(told.front()));
        QVERIFY(getIf<WriteWithheld>(&told.front())->reason.find("review track INC-1 1 --release") != std::string::npos);
    }

    void aTokenGoesOverTlsOnly_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("sound");
        QTest::newRow("github") << "github" << "https://api.github.com" << "acme/shop" << true;
        QTest::newRow("no repository") << "github" << "https://api.github.com" << "acme" << false;
        QTest::newRow("two slashes") << "github" << "https://api.github.com" << "acme/shop/issues" << false;
        QTest::newRow("gitlab, deep") << "gitlab" << "https://gitlab.com" << "acme/web/shop" << true;
        QTest::newRow("upwards") << "gitlab" << "https://gitlab.com" << "acme/../shop" << false;
        QTest::newRow("a query") << "jira" << "https://acme.atlassian.net" << "SHOP?x=1" << false;
        QTest::newRow("plain") << "jira" << "http://acme.atlassian.net" << "SHOP" << false;
        QTest::newRow("this machine") << "confluence" << "http://127.0.0.1:8080/wiki" << "OPS" << true;
        QTest::newRow("nothing of ours") << "slack" << "http://x" << "" << true;
    }
    void aTokenGoesOverTlsOnly()
    {
        QFETCH(QString, kind);
        QFETCH(QString, url);
        QFETCH(QString, path);
        QFETCH(bool, sound);
        Connection c;
        c.name = "x";
        c.kind = kind.toStdString();
        c.url = url.toStdString();
        c.path = path.toStdString();
        c.secretFile = "secrets/x.token";
        QCOMPARE(soundTracker(c).has_value(), sound);
        c.secretFile.clear();
        QCOMPARE(soundTracker(c).has_value(), kind == QStringLiteral("slack"));
    }
};

QD_TEST(TestTracking)
#include "tst_tracking.moc"
