// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/search/searchhome.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::search;
using namespace qd::tests;

/// What an index forgets, and what it is made again from: erased and struck texts, damaged segments, a log put back.
class TestIndexLosses : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anErasedStreamIsGone()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        QVERIFY(home.line("secret one", "INC-1"));
        QVERIFY(home.line("public two", "INC-2"));
        QVERIFY(home.line("secret three", "INC-1/privileged")); // a stream below it goes with it
        QVERIFY(home.line("public four", "INC-11"));            // a name that only begins alike does not
        Index index(home.journal->sections(), home.random);
        VERIFY_RESULT(home.catchUp(index));
        VERIFY_RESULT(index.seal());
        QVERIFY(home.line("secret five, not sealed yet", "INC-1"));
        VERIFY_RESULT(home.catchUp(index));
        QCOMPARE(ask(index, "secret")->total, std::uint64_t(3));
        VERIFY_RESULT(index.erase("incident/INC-1"));
        QCOMPARE(ask(index, "secret")->total, std::uint64_t(0));
        QCOMPARE(ask(index, "public")->total, std::uint64_t(2));
        const auto heads = *home.journal->sections().list("search");
        for (const auto &head : heads)
            QVERIFY2(!head.stream.ends_with("INC-1"), head.stream.c_str());
        VERIFY_RESULT(index.seal());
        Index again(home.journal->sections(), home.random);
        QCOMPARE(again.next(), home.journal->head() + 1);
        QCOMPARE(ask(again, "secret")->total, std::uint64_t(0));
        QCOMPARE(ask(again, "public")->total, std::uint64_t(2));
    }

    /// What was indexed before keys were destroyed is never sealed after it, whoever is first.
    void whatWasIndexedBeforeAnErasureIsNotSealedAfterIt()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        Index index(home.journal->sections(), home.random);
        QVERIFY(home.line("canary of the one"));
        QVERIFY(home.line("of the other", "INC-2"));
        VERIFY_RESULT(home.catchUp(index));
        home.journal->sections().endEra(); // the journal's thread; the index has not heard of it yet
        const auto refused = index.seal();
        QVERIFY(!refused);
        QCOMPARE(int(refused.error().code), int(Code::Conflict));
        QVERIFY(home.journal->sections().list("search")->empty());
        QCOMPARE(found(index, "canary").size(), std::size_t(1)); // in memory, as the records it was read from were
        index.keysDestroyed(home.journal->sections().era());
        VERIFY_RESULT(index.erase("incident/INC-1"));
        VERIFY_RESULT(index.seal());
        QVERIFY(found(index, "canary").empty());
        QCOMPARE(found(index, "other").size(), std::size_t(1));
        index.keysDestroyed(0); // said late: an era never goes back
        QVERIFY(home.line("later", "INC-2"));
        VERIFY_RESULT(home.catchUp(index));
        VERIFY_RESULT(index.seal());
    }

    /// Alerts that outlive the day that told of them are found under the day they were carried into.
    void anAlertCarriedOverAnErasedDayIsFound()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        Index index(home.journal->sections(), home.random);
        events::AlertsReported reported;
        reported.batch = aBatch("am", home.clock.now()).alert({{"alertname", "DiskFills"}, {"node", "db-1"}}).annotation("summary", "Disk of db-1 fills").annotation("runbook", "wiki/disks").build();
        const std::string day = "alerts/" + toRfc3339(home.clock.now()).substr(0, 10);
        const std::uint64_t fingerprint = reported.batch.fingerprint.at(0);
        QVERIFY(home.append({reported}));
        home.clock.advance(hours(25));
        events::AlertsCarried carried;
        events::CarriedAlert &alert = carried.alerts.emplace_back();
        alert.set = "am";
        alert.seenBy = {"am"};
        alert.fingerprint = fingerprint;
        alert.service = "db";
        alert.labels = {"alertname", "DiskFills", "node", "db-1"};
        alert.annotations = {"summary", "Disk of db-1 fills", "runbook", "wiki/disks"};
        QVERIFY(home.append({carried, events::StreamsErased{{{day, {}}}, "asked for", {"ana", Path::Person}}}));
        VERIFY_RESULT(home.catchUp(index));
        VERIFY_RESULT(index.erase(day));
        for (const char *query : {"fills", "node=db-1", "wiki", "kind:alert service:db disk"}) {
            const auto answer = ask(index, query);
            VERIFY_RESULT(answer);
            QVERIFY2(answer->hits.size() == 1, query);
            QVERIFY(answer->hits[0].fingerprint == fingerprint && answer->hits[0].connection == "am" && answer->hits[0].place.seq == 2);
            const std::string &excerpt = answer->hits[0].excerpt; // written as its own day's was
            QVERIFY2(excerpt.starts_with("Disk of db-1 fills") && excerpt.find("alertname=DiskFills node=db-1") != std::string::npos && excerpt.find("runbook: wiki/disks") != std::string::npos, excerpt.c_str());
        }
        VERIFY_RESULT(index.seal());
        Index again(home.journal->sections(), home.random);
        QCOMPARE(found(again, "fills").size(), std::size_t(1));
    }

    void aStruckTextIsGoneAndTheRestIsBuiltAgain()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        for (int i = 1; i <= 5; ++i)
            QVERIFY(home.line(i == 3 ? "password hunter2" : "line " + std::to_string(i), i % 2 ? "INC-1" : "INC-2"));
        Index index(home.journal->sections(), home.random);
        VERIFY_RESULT(home.catchUp(index));
        VERIFY_RESULT(index.seal());
        QCOMPARE(ask(index, "hunter2")->total, std::uint64_t(1));
        VERIFY_RESULT(index.rebuild("incident/INC-1"));
        QCOMPARE(index.next(), std::uint64_t(1));
        QCOMPARE(ask(index, "hunter2")->total, std::uint64_t(0)); // at once, not when it is built again
        // As the journal gives it after the strike: the record without the text.
        while (index.next() <= 5) {
            const auto &r = home.records[index.next() - 1];
            VERIFY_RESULT(index.add(r.seq, r.time, r.seq == 3 ? events::Events{} : r.events));
        }
        QCOMPARE(found(index, "line"), (std::vector<std::string>{"line 5", "line 4", "line 2", "line 1"}));
        QCOMPARE(ask(index, "hunter2")->total, std::uint64_t(0));
        // A crash between the strike and the rebuilding: the position went back first, so the next start builds it.
        VERIFY_RESULT(index.seal());
        VERIFY_RESULT(index.rebuild("incident/INC-1"));
        Index again(home.journal->sections(), home.random);
        QCOMPARE(again.next(), std::uint64_t(1));
    }

    void aDamagedSegmentIsDroppedAndBuiltAgain_data()
    {
        QTest::addColumn<int>("what");
        QTest::newRow("damaged while nobody looked") << 0;
        QTest::newRow("removed") << 1;
        QTest::newRow("its whole file removed") << 2;
        QTest::newRow("another's bytes under its name") << 3;
    }

    void aDamagedSegmentIsDroppedAndBuiltAgain()
    {
        QFETCH(int, what);
        SearchHome home(store::sqlitePorts());
        VERIFY_RESULT(home.open());
        const auto texts = [](int i) { return "line number " + std::to_string(i) + " of it"; };
        for (int i = 0; i < 40; ++i)
            QVERIFY(home.line(texts(i), i % 2 ? "INC-1" : "INC-2"));
        {
            Index index(home.journal->sections(), home.random);
            VERIFY_RESULT(home.catchUp(index));
            VERIFY_RESULT(index.seal());
        }
        std::string name;
        const auto heads = *home.journal->sections().list("search");
        for (const auto &head : heads)
            if (head.stream.ends_with("INC-1"))
                name = head.name;
        QVERIFY(!name.empty());
        if (what == 0) {
            auto section = *home.journal->sections().open("search", name);
            section.body[section.body.size() / 2] ^= 1; // sealed again: only the index itself can tell
            section.body.resize(100);
            VERIFY_RESULT(home.journal->sections().store(std::span(&section, 1)));
        } else if (what == 1) {
            VERIFY_RESULT(home.journal->sections().remove("search", std::span(&name, 1)));
        } else if (what == 2) {
            home.journal.reset();
            std::filesystem::remove(home.path() / "derived.db");
            VERIFY_RESULT(home.open());
        } else {
            auto section = *home.journal->sections().open("search", name);
            section.body = Bytes(5000, 7);
            VERIFY_RESULT(home.journal->sections().store(std::span(&section, 1)));
        }
        Index index(home.journal->sections(), home.random);
        const auto first = ask(index, "number");
        VERIFY_RESULT(first);
        QVERIFY(index.next() <= 2); // it asks for what it lacks
        VERIFY_RESULT(home.catchUp(index));
        QCOMPARE(ask(index, "number")->total, std::uint64_t(40));
        QCOMPARE(found(index, "number")[0], texts(39));
        VERIFY_RESULT(index.seal());
        Index again(home.journal->sections(), home.random);
        QCOMPARE(again.next(), std::uint64_t(41));
        QCOMPARE(ask(again, "number")->total, std::uint64_t(40));
    }

    void aMergeCutShortLeavesNothingTwice()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        QVERIFY(home.line("alpha"));
        QVERIFY(home.line("alpha"));
        Index index(home.journal->sections(), home.random);
        VERIFY_RESULT(home.catchUp(index));
        VERIFY_RESULT(index.seal());
        auto heads = *home.journal->sections().list("search");
        const auto old = std::find_if(heads.begin(), heads.end(), [](const auto &h) { return h.stream.ends_with("INC-1"); });
        auto before = *home.journal->sections().open("search", old->name);
        QVERIFY(home.line("alpha"));
        VERIFY_RESULT(home.catchUp(index));
        VERIFY_RESULT(index.seal()); // merges
        QCOMPARE(index.figures().segments, std::size_t(1));
        before.name = "left-behind";
        VERIFY_RESULT(home.journal->sections().store(std::span(&before, 1)));
        Index again(home.journal->sections(), home.random);
        QCOMPARE(again.figures().segments, std::size_t(1));
        QCOMPARE(ask(again, "alpha")->total, std::uint64_t(3));
    }

    void aLogPutBackToAnOlderCopyIsNotOutrun()
    {
        SearchHome home;
        VERIFY_RESULT(home.open());
        {
            Index index(home.journal->sections(), home.random);
            for (std::uint64_t seq = 1; seq <= 9; ++seq)
                VERIFY_RESULT(index.add(seq, kMorning, std::vector<events::Event>{events::LogWritten{"INC-1", "alpha", {}}}));
            VERIFY_RESULT(index.seal());
        }
        for (int i = 0; i < 3; ++i)
            QVERIFY(home.line("beta"));
        Index index(home.journal->sections(), home.random);
        QCOMPARE(index.next(), std::uint64_t(10));
        index.forgetAfter(home.journal->head());
        VERIFY_RESULT(home.catchUp(index));
        QCOMPARE(ask(index, "alpha")->total, std::uint64_t(0));
        QCOMPARE(ask(index, "beta")->total, std::uint64_t(3));
    }
};

QD_TEST(TestIndexLosses)
#include "tst_indexlosses.moc"
