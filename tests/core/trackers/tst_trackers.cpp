// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/issuetext.h"
#include "core/trackers/trackers.h"

#include "tests/core/trackers/forgebench.h"

using namespace qd;
using namespace qd::tests;
using namespace qd::trackers;

namespace json = boost::json;
using Bench = ForgeBench;

class TestTrackers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsTakenBackIsNotWrittenAndWhatIsBeingWrittenIsLeftToItsAnswer()
    {
        Bench b;
        b.hold(net::Method::Post);
        QVERIFY(b.edge->write(entryOf(1)) && b.edge->write(entryOf(2)));
        QTRY_VERIFY(b.asked() == 1);
        b.edge->recall("forge", 2, "its text was struck");
        QVERIFY(b.settled(2, Delivery::Failed));
        b.edge->recall("forge", 1, "its text was struck");
        QVERIFY(!b.settled(1, Delivery::Failed));
        b.forge.release();
        QTRY_VERIFY(b.settled(1, Delivery::Confirmed)); // it was made, and that is said
        b.edge->recall("forge", 3, "its text was struck"); // nobody's
        QVERIFY(b.edge->write(entryOf(4)));
        QTRY_VERIFY(b.settled(4, Delivery::Confirmed));
        QCOMPARE(b.issues(), std::size_t(2)); // 1 and 4
    }

    /// The line it repeats was classed: what waits is written as it reads now, what is being written went as it was, and nothing is written for the words alone.
    void whatWaitsIsWrittenInTheWordsTakenAnew()
    {
        Bench b;
        b.hold(net::Method::Post);
        QVERIFY(b.edge->write(entryOf(1)) && b.edge->write(entryOf(2)));
        QTRY_VERIFY(b.asked() == 1);
        for (const std::uint64_t number : {1, 2, 3}) {
            Entry anew = entryOf(number);
            anew.what.title = "Sealed";
            anew.isAnew = true;
            QVERIFY(b.edge->write(anew).has_value());
        }
        b.forge.release();
        QTRY_VERIFY(b.settled(1, Delivery::Confirmed) && b.settled(2, Delivery::Confirmed));
        QVERIFY(b.edge->write(entryOf(4)));
        QTRY_VERIFY(b.settled(4, Delivery::Confirmed)); // behind all of them
        QCOMPARE(b.issues(), std::size_t(3));
        const std::lock_guard lock(b.forge.mutex);
        const auto titleOf = [&](std::size_t n) { return std::string(b.forge.issues[n].at("title").as_string()); };
        QCOMPARE(titleOf(0), std::string("Roll out to one cell first"));
        QCOMPARE(titleOf(1), std::string("Sealed"));
    }

    void anActionBecomesAnIssueOnce()
    {
        Bench b;
        QVERIFY(b.edge->write(entryOf(1)).has_value());
        QTRY_VERIFY(b.settled(1, Delivery::Confirmed));
        QCOMPARE(b.issues(), std::size_t(1));
        const std::lock_guard lock(b.mutex);
        QCOMPARE(b.moved.back().id, std::string("1 https://forge.example/1"));
        QCOMPARE(b.moved.front().delivery, Delivery::Sent);
    }

    void whatWasMadeThoughTheAnswerGotLostIsFound()
    {
        Bench b;
        b.forge.failAfterMaking = 1;
        QVERIFY(b.edge->write(entryOf(1)).has_value());
        QTRY_VERIFY(b.settled(1, Delivery::Unknown));
        QVERIFY(b.askedAgain());
        QTRY_VERIFY(b.settled(1, Delivery::Confirmed));
        QCOMPARE(b.issues(), std::size_t(1));
    }

    void whatAnEarlierProcessMayHaveMadeIsLookedForFirst()
    {
        Bench b;
        b.forge.issues.push_back({{"number", 1}, {"title", "Roll out"}, {"body", "x (quarterdeck-5)"}, {"state", "open"}, {"html_url", "https://forge.example/1"}});
        Entry e = entryOf(5);
        e.maybeSent = true;
        QVERIFY(b.edge->write(e).has_value());
        QTRY_VERIFY(b.settled(5, Delivery::Confirmed));
        QCOMPARE(b.issues(), std::size_t(1));
        Entry other = entryOf(6);
        other.maybeSent = true;
        QVERIFY(b.edge->write(other).has_value());
        QTRY_VERIFY(b.settled(6, Delivery::Confirmed));
        QCOMPARE(b.issues(), std::size_t(2));
    }

    /// The connection is set anew, or ends and comes back, while its first answer is awaited.
    void whatWasUnderWayIsLookedForFirst()
    {
        for (const bool isStopped : {false, true}) {
            Bench b;
            b.hold(net::Method::Post);
            QVERIFY(b.edge->write(entryOf(1)).has_value());
            QTRY_COMPARE(b.issues(), std::size_t(1)); // made, and not yet answered
            QVERIFY(b.endsUnanswered([&] {
                if (isStopped)
                    b.edge->stop("forge");
                b.restart();
            }));
            Entry again = entryOf(1);
            again.maybeSent = true;
            if (isStopped)
                QVERIFY(b.edge->write(again).has_value());
            QVERIFY(!QTest::qWaitFor([&] { return b.asked() > 1; }, 100)); // what is under way may yet arrive
            b.forge.release();
            QTRY_VERIFY(b.settled(1, Delivery::Confirmed));
            QCOMPARE(b.issues(), std::size_t(1));
        }
    }

    void nobodyWaitsForOneThatDoesNotAnswer_data()
    {
        QTest::addColumn<int>("held");
        QTest::addColumn<bool>("stops");
        for (const bool stops : {false, true}) {
            const QByteArray how = stops ? ", stopped" : ", with all";
            QTest::newRow("an issue is made" + how) << static_cast<int>(net::Method::Post) << stops;
            QTest::newRow("it is looked for" + how) << static_cast<int>(net::Method::Get) << stops;
            QTest::newRow("it is changed" + how) << static_cast<int>(net::Method::Patch) << stops;
        }
    }
    void nobodyWaitsForOneThatDoesNotAnswer()
    {
        QFETCH(int, held);
        QFETCH(bool, stops);
        Bench b;
        b.forge.issues.push_back({{"number", 1}, {"title", "Ours"}, {"body", "x"}, {"state", "open"}});
        b.hold(static_cast<net::Method>(held));
        Entry e = entryOf(5, b.forge.holds == net::Method::Patch ? events::Effect::UpdateIssue : events::Effect::TrackIssue);
        e.what.room = "1";
        e.maybeSent = b.forge.holds == net::Method::Get;
        QVERIFY(b.edge->write(e).has_value());
        QTRY_COMPARE(b.asked(), std::size_t(held == static_cast<int>(net::Method::Patch) ? 2 : 1));
        const std::size_t before = b.asked();
        QVERIFY(b.endsUnanswered([&] { stops ? b.edge->stop("forge") : b.edge.reset(); }));
        b.forge.release();
        QVERIFY(!QTest::qWaitFor([&] { return b.asked() > before; }, 50)); // nor does it go on
        QVERIFY(!b.settled(5, Delivery::Confirmed));
    }

    void nobodyWaitsForWhatIsReadAgain()
    {
        Bench b;
        b.forge.issues.push_back({{"number", 1}, {"title", "Roll out"}, {"state", "open"}});
        b.hold(net::Method::Get);
        b.edge->setTracked({{"INC-7", "forge", "1", 3, {}, {}, {}, false, {}, {}}, {"INC-7", "forge", "2", 4, {}, {}, {}, false, {}, {}}});
        QTRY_COMPARE(b.asked(), std::size_t(1));
        QVERIFY(b.endsUnanswered([&] { b.edge->stop("forge"); }));
        b.forge.release();
        QVERIFY(!QTest::qWaitFor([&] { return b.asked() > 1; }, 50));
        const std::lock_guard lock(b.mutex);
        QVERIFY(b.seen.empty());
        QVERIFY(b.said.empty()); // it is neither live nor in trouble
    }

    void whatWaitsIsWrittenUnderTheNewSettings()
    {
        Bench b;
        {
            const std::lock_guard lock(b.forge.mutex);
            b.forge.status = 429;
        }
        QVERIFY(b.edge->write(entryOf(1)).has_value());
        QVERIFY(b.edge->write(entryOf(2)).has_value());
        QTRY_VERIFY(b.settled(1, Delivery::Queued));
        {
            const std::lock_guard lock(b.forge.mutex);
            b.forge.status = 0;
        }
        b.restart();
        QTRY_VERIFY(b.settled(1, Delivery::Confirmed));
        QTRY_VERIFY(b.settled(2, Delivery::Confirmed)); // neither failed as not armed
        QCOMPARE(b.issues(), std::size_t(2));
    }

    void whatIsNeverAnsweredIsGivenUpInTheEnd()
    {
        Bench b;
        {
            const std::lock_guard lock(b.forge.mutex);
            b.forge.failAfterMaking = 100;
            b.forge.forgets = true;
        }
        QVERIFY(b.edge->write(entryOf(1)).has_value());
        QTRY_VERIFY(b.settled(1, Delivery::Unknown));
        QVERIFY(QTest::qWaitFor([&] {
            b.clock.advance(seconds(1));
            return b.settled(1, Delivery::Failed);
        }, qd::tests::kPatience));
        const std::lock_guard lock(b.forge.mutex);
        QCOMPARE(std::count(b.forge.asked.begin(), b.forge.asked.end(), "POST /issues"), std::ptrdiff_t(kTriesInDoubt));
    }

    void nothingIsWrittenUnlessItIsArmed()
    {
        Bench b;
        b.edge->arm("forge", 0);
        QVERIFY(b.edge->write(entryOf(1)).has_value());
        QTRY_VERIFY(b.settled(1, Delivery::Failed));
        QCOMPARE(b.issues(), std::size_t(0));
        const std::lock_guard lock(b.forge.mutex);
        QVERIFY(b.forge.asked.empty());
    }

    void aRefusalIsFinalAndSaysWhy()
    {
        Bench b;
        b.forge.status = 401;
        QVERIFY(b.edge->write(entryOf(1)).has_value());
        QTRY_VERIFY(b.settled(1, Delivery::Failed));
        const std::lock_guard lock(b.mutex);
        QVERIFY(b.moved.back().reason.find("the token may not do that") != std::string::npos);
    }

    void whoAsksToBeLeftAloneIs()
    {
        Bench b;
        b.forge.status = 429;
        b.forge.headers = {{"retry-after", "3600"}};
        QVERIFY(b.edge->write(entryOf(1)).has_value());
        QTRY_VERIFY(b.settled(1, Delivery::Queued));
        b.clock.advance(minutes(59));
        QVERIFY(b.edge->write(entryOf(2)).has_value()); // its thread looks at the clock
        QCOMPARE(b.asked(), std::size_t(1));
        b.clock.advance(minutes(2));
        QTRY_VERIFY(b.asked() > 1);
    }

    void howLongItIsLeftAloneHasAnEnd_data()
    {
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<int>("most");
        QTest::newRow("two minutes") << QByteArray("120") << 120;
        QTest::newRow("an hour") << QByteArray("3600") << 3600;
        QTest::newRow("a second more") << QByteArray("3601") << 3600;
        QTest::newRow("the most an int64 holds") << QByteArray("9223372036854775807") << 3600;
        QTest::newRow("more than that") << QByteArray("99999999999999999999") << 3600;
        QTest::newRow("before now") << QByteArray("-99999999999999999999") << 60;
        QTest::newRow("no number") << QByteArray("soon") << 60;
    }
    void howLongItIsLeftAloneHasAnEnd()
    {
        QFETCH(QByteArray, after);
        QFETCH(int, most);
        Bench b;
        b.forge.status = 429;
        b.forge.headers = {{"retry-after", after.toStdString()}};
        QVERIFY(b.edge->write(entryOf(1)).has_value());
        QTRY_VERIFY(b.settled(1, Delivery::Queued));
        b.clock.advance(seconds(most - 1));
        QVERIFY(b.edge->write(entryOf(2)).has_value()); // its thread looks at the clock
        QVERIFY(!QTest::qWaitFor([&] { return b.asked() > 1; }, 50));
        b.clock.advance(seconds(2));
        QTRY_VERIFY(b.asked() > 1);
    }

    void aChangeIsWrittenAsFarAsItDiffers()
    {
        Bench b;
        QVERIFY(b.edge->write(entryOf(1)).has_value());
        QTRY_VERIFY(b.settled(1, Delivery::Confirmed));
        Entry e = entryOf(2, events::Effect::UpdateIssue);
        e.what.room = "1";
        e.what.closed = true;
        QVERIFY(b.edge->write(e).has_value());
        QTRY_VERIFY(b.settled(2, Delivery::Confirmed));
        e.what.number = 3;
        QVERIFY(b.edge->write(e).has_value());
        QTRY_VERIFY(b.settled(3, Delivery::Confirmed));
        const std::lock_guard lock(b.forge.mutex);
        QCOMPARE(b.forge.issues[0].at("state").as_string(), json::string("closed"));
        QCOMPARE(std::count(b.forge.asked.begin(), b.forge.asked.end(), "PATCH /issues/1"), std::ptrdiff_t(1)); // the second time it is so already
    }

    /// Somebody closed it there, or opened it again, since it was read last.
    void whatSaysNothingOfOpenOrClosedLeavesItAsItIsThere()
    {
        for (const char *state : {"closed", "open"}) {
            Bench b;
            b.forge.issues.push_back({{"number", 1}, {"title", "Ours"}, {"body", "x"}, {"state", state}});
            Entry e = entryOf(2, events::Effect::UpdateIssue);
            e.what.room = "1";
            e.what.closed = b.forge.issues[0].at("state").as_string() == "open"; // which says nothing
            e.what.leavesClosed = true;
            QVERIFY(b.edge->write(e).has_value());
            QTRY_VERIFY(b.settled(2, Delivery::Confirmed));
            const std::lock_guard lock(b.forge.mutex);
            QCOMPARE(b.forge.issues[0].at("title").as_string(), json::string("Roll out to one cell first"));
            QCOMPARE(b.forge.issues[0].at("state").as_string(), json::string(state));
        }
    }

    void anIssueSomebodyElseWroteKeepsItsText()
    {
        Bench b;
        b.forge.issues.push_back({{"number", 1}, {"title", "Ours"}, {"body", "what they wrote"}, {"state", "open"}});
        Entry e = entryOf(2, events::Effect::UpdateIssue);
        e.what.room = "1";
        QVERIFY(b.edge->write(e).has_value());
        QTRY_VERIFY(b.settled(2, Delivery::Confirmed));
        const std::lock_guard lock(b.forge.mutex);
        QCOMPARE(b.forge.issues[0].at("body").as_string(), json::string("what they wrote"));
        QCOMPARE(b.forge.issues[0].at("title").as_string(), json::string("Roll out to one cell first"));
    }

    void whatWasNotChangedHereStaysAsItIsThere()
    {
        Bench b;
        QVERIFY(b.edge->write(entryOf(1)).has_value());
        QTRY_VERIFY(b.settled(1, Delivery::Confirmed));
        Entry e = entryOf(2, events::Effect::UpdateIssue);
        e.what.room = "1";
        e.what.textBefore = {hashOfIssueText(e.what.text)};
        e.what.text = "Roll out to two cells first.\n";
        e.what.leavesTitle = e.what.leavesDue = true;
        {
            const std::lock_guard lock(b.forge.mutex);
            b.forge.issues[0]["title"] = "SHOP: cells";
            b.forge.issues[0]["body"] = std::string(b.forge.issues[0].at("body").as_string()) + "\n- [ ] ask ops\n";
        }
        QVERIFY(b.edge->write(e).has_value());
        QTRY_VERIFY(b.settled(2, Delivery::Confirmed));
        const std::lock_guard lock(b.forge.mutex);
        const std::string body(b.forge.issues[0].at("body").as_string());
        QCOMPARE(b.forge.issues[0].at("title").as_string(), json::string("SHOP: cells"));
        QVERIFY2(body.starts_with("Roll out to two cells first.\n") && body.ends_with("\n- [ ] ask ops\n"), body.c_str());
    }

    void whatIsChangedThereIsSaidOnce()
    {
        Bench b;
        b.forge.issues.push_back({{"number", 1}, {"title", "Roll out"}, {"body", "x"}, {"state", "open"}, {"updated_at", "2026-11-29T13:00:00Z"}});
        b.edge->setTracked({{"INC-7", "forge", "1", 3, {}, {}, {}, false, {}, {}}});
        const auto seenTimes = [&] {
            const std::lock_guard lock(b.mutex);
            return b.seen.size();
        };
        QTRY_COMPARE(seenTimes(), std::size_t(1));
        QVERIFY(b.askedAgain()); // and nothing is new
        QVERIFY(b.askedAgain());
        QCOMPARE(seenTimes(), std::size_t(1));
        {
            const std::lock_guard lock(b.forge.mutex);
            b.forge.issues[0]["state"] = "closed";
            b.forge.issues[0]["assignee"] = json::object{{"login", "ben"}};
        }
        QVERIFY(b.askedAgain());
        QTRY_COMPARE(seenTimes(), std::size_t(2));
        const std::lock_guard lock(b.mutex);
        QVERIFY(b.seen.back().closed);
        QCOMPARE(b.seen.back().assignee, std::string("ben"));
        QCOMPARE(b.seen.back().action, std::uint32_t(3));
    }

    void aConnectionSaysHowItIs()
    {
        Bench b;
        b.forge.status = 500;
        b.edge->setTracked({{"INC-7", "forge", "1", 3, {}, {}, {}, false, {}, {}}});
        const auto last = [&] {
            const std::lock_guard lock(b.mutex);
            return b.said.empty() ? std::string() : b.said.back();
        };
        QTRY_COMPARE(last(), std::string("trouble: 1: it answered 500"));
        {
            const std::lock_guard lock(b.forge.mutex);
            b.forge.status = 0;
            b.forge.issues.push_back({{"number", 1}, {"title", "Roll out"}, {"state", "open"}});
        }
        QVERIFY(b.askedAgain());
        QTRY_COMPARE(last(), std::string("live"));
    }

    void aTokenThatComesBackIsNotShown_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QByteArray>("echoed");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("as it is") << QByteArray("s3cr3t") << QByteArray("for s3cr3t, s3cr3t") << QByteArray("for ***, ***");
        QTest::newRow("escaped in JSON") << QByteArray("s3\"cr\\3t") << QByteArray("for s3\"cr\\3t") << QByteArray("for ***");
        QTest::newRow("as Basic has it") << QByteArray("s3cr3t") << QByteArray("Basic ") + QByteArray("ana@acme.example:s3cr3t").toBase64() << QByteArray("Basic ***");
        QTest::newRow("the shortest") << QByteArray("abcd") << QByteArray("abcd") << QByteArray("***");
        QTest::newRow("shorter") << QByteArray("abc") << QByteArray("abc") << QByteArray("abc");
        QTest::newRow("what stands in its place") << QByteArray("****") << QByteArray("****") << QByteArray("***");
    }
    void aTokenThatComesBackIsNotShown()
    {
        QFETCH(QByteArray, token);
        QFETCH(QByteArray, echoed);
        QFETCH(QByteArray, shown);
        Bench b;
        const json::string text(echoed.toStdString());
        b.forge.issues.push_back({{"number", 1}, {"title", text}, {"state", "closed"}, {"state_reason", text}, {"assignee", json::object{{"login", text}}}});
        b.forge.issues.push_back({{"number", 2}, {"title", "x"}, {"body", "(quarterdeck-5)"}, {"state", "open"}, {"html_url", json::string("https://forge.example/" + echoed.toStdString())}});
        Connection c = forgeConnection();
        c.user = "ana@acme.example";
        b.edge->start(c, Secret(std::string_view(token.constData(), static_cast<std::size_t>(token.size()))), static_cast<Writes>(Write::Issues));
        b.edge->setTracked({{"INC-7", "forge", "1", 3, {}, {}, {}, false, {}, {}}});
        Entry e = entryOf(5);
        e.maybeSent = true;
        QVERIFY(b.edge->write(e).has_value());
        QTRY_VERIFY(b.settled(5, Delivery::Confirmed));
        QTRY_VERIFY([&] {
            const std::lock_guard lock(b.mutex);
            return !b.seen.empty();
        }());
        const std::lock_guard lock(b.mutex);
        QCOMPARE(b.seen.back().title, shown.toStdString());
        QCOMPARE(b.seen.back().status, "closed, " + shown.toStdString());
        QCOMPARE(b.seen.back().assignee, shown.toStdString());
        QCOMPARE(b.moved.back().id, "2 https://forge.example/" + shown.toStdString());
    }

    void anErrorShowsNoToken()
    {
        Bench b;
        b.forge.error = "Header \"private-token: s3cr3t\" was refused.";
        b.edge->start(forgeConnection(), Secret(std::string_view("s3cr3t")), static_cast<Writes>(Write::Issues));
        QVERIFY(b.edge->write(entryOf(1)).has_value());
        QTRY_VERIFY(b.settled(1, Delivery::Failed));
        const std::lock_guard lock(b.mutex);
        QCOMPARE(b.moved.back().reason, std::string("Header \"private-token: ***\" was refused."));
    }
};

QD_TEST(TestTrackers)
#include "tst_trackers.moc"
