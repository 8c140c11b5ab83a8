// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/keyring.h"
#include "core/sources/refusalcounter.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::sources;

namespace {
struct StillClock final : Clock {
    Instant at{seconds(1000).ns};
    [[nodiscard]] Instant now() const override { return at; }
    [[nodiscard]] Span boot() const override { return {at.ns}; }
};
} // namespace

class TestKeyRing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsTheConnectionOfAKey()
    {
        KeyRing ring;
        QVERIFY(!ring.find(hashOf("a")));
        ring.replace({{"one", hashOf("a")}, {"two", hashOf("b")}});
        QCOMPARE(ring.find(hashOf("b"))->connection, std::string("two"));
        QVERIFY(!ring.find(hashOf("c")));
        QVERIFY(!ring.find(hashOf("")));
        ring.replace({{"one", hashOf("a")}});
        QVERIFY(!ring.find(hashOf("b")));
    }

    void readsTheJournaledForm()
    {
        const auto key = KeyRing::key("lab", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); // FIPS 180-4, "abc"
        QVERIFY(key);
        QCOMPARE(key->hash, hashOf("abc"));
        QVERIFY(!KeyRing::key("lab", "ba78"));
        QVERIFY(!KeyRing::key("lab", "not hexadecimal"));
    }

    void refusalsAreToldAsRunLengths()
    {
        StillClock clock;
        std::vector<std::pair<int, std::uint64_t>> told;
        RefusalCounter counter(clock, [&](int status, const std::string &, std::uint64_t count, Instant, Instant, const Done &) { told.emplace_back(status, count); });
        counter.count(400, "a");
        QCOMPARE(told.size(), std::size_t{1}); // the first at once
        for (int i = 0; i < 1000; ++i)
            counter.count(400, "b");
        counter.count(401, "c");
        QCOMPARE(told.size(), std::size_t{2});
        clock.at = clock.at + seconds(29);
        counter.flush();
        QCOMPARE(told.size(), std::size_t{2});
        clock.at = clock.at + seconds(1);
        counter.flush();
        QCOMPARE(told.back(), std::make_pair(400, std::uint64_t{1000}));
        counter.flush(true);
        QCOMPARE(told.size(), std::size_t{3});
    }

    void aClockSetBackDoesNotHoldThemBack()
    {
        StillClock clock;
        int told = 0;
        RefusalCounter counter(clock, [&](int, const std::string &, std::uint64_t, Instant, Instant, const Done &) { ++told; });
        counter.count(400, "a");
        clock.at = clock.at - seconds(500);
        counter.count(400, "a");
        QCOMPARE(told, 2);
    }

    void whatABusyDeskDidNotTakeIsToldAgain()
    {
        StillClock clock;
        bool busy = true;
        std::vector<std::uint64_t> told;
        RefusalCounter counter(clock, [&](int, const std::string &, std::uint64_t count, Instant, Instant, const Done &done) {
            if (busy)
                return done(fail(Code::Unavailable, "busy"));
            told.push_back(count);
            done({});
        });
        counter.count(503, "busy");
        counter.count(503, "busy");
        QVERIFY(told.empty());
        busy = false;
        clock.at = clock.at + seconds(31);
        counter.flush();
        QCOMPARE(told, std::vector<std::uint64_t>{2});
        counter.flush(true);
        QCOMPARE(told.size(), std::size_t{1});
    }
};

QD_TEST(TestKeyRing)
#include "tst_keyring.moc"
