// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/messageindex.h"

#include "tests/support/suite.h"

#include <QtTest>
#include <map>
#include <random>
#include <tuple>

using qd::state::MessageIndex;

class TestMessageIndex : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsALineByAllThreeNames()
    {
        MessageIndex index;
        QCOMPARE(index.find("slack", "C1", "m1"), MessageIndex::npos);
        QVERIFY(index.add("slack", "C1", "m1", 7));
        QVERIFY(index.add("slack", "C1", "m2", 8));
        QVERIFY(index.add("slack", "C2", "m1", 9));
        QVERIFY(index.add("irc", "C1", "m1", 10));
        QCOMPARE(index.find("slack", "C1", "m1"), std::size_t(7));
        QCOMPARE(index.find("slack", "C1", "m2"), std::size_t(8));
        QCOMPARE(index.find("slack", "C2", "m1"), std::size_t(9));
        QCOMPARE(index.find("irc", "C1", "m1"), std::size_t(10));
        // Names do not run into each other.
        QCOMPARE(index.find("slackC1", "", "m1"), MessageIndex::npos);
        QCOMPARE(index.find("slack", "C1m1", ""), MessageIndex::npos);
        QCOMPARE(index.find("slack", "C1", "m"), MessageIndex::npos);
    }

    void theFirstLineOfANameStays()
    {
        MessageIndex index;
        QVERIFY(index.add("a", "b", "c", 1));
        QVERIFY(!index.add("a", "b", "c", 2));
        QCOMPARE(index.find("a", "b", "c"), std::size_t(1));
        // A refused name leaves nothing behind that the next one would begin with.
        QVERIFY(index.add("d", "e", "f", 3));
        QCOMPARE(index.find("d", "e", "f"), std::size_t(3));
        int names = 0;
        index.each([&](std::string_view, std::size_t) { ++names; });
        QCOMPARE(names, 2);
    }

    void whatEachGivesMakesTheSameIndexAgain()
    {
        MessageIndex index;
        for (std::size_t n = 0; n < 500; ++n)
            QVERIFY(index.add("conn", "room " + std::to_string(n % 7), n == 0 ? "" : "message " + std::to_string(n), 1000 - n));
        MessageIndex again;
        std::size_t expected = 1000;
        index.each([&](std::string_view name, std::size_t line) {
            QCOMPARE(line, expected--); // in the order they came
            QVERIFY(again.add(name, line));
        });
        for (std::size_t n = 0; n < 500; ++n)
            QCOMPARE(again.find("conn", "room " + std::to_string(n % 7), n == 0 ? "" : "message " + std::to_string(n)), 1000 - n);
        index.clear();
        QCOMPARE(index.find("conn", "room 1", "message 1"), MessageIndex::npos);
        QVERIFY(index.add("conn", "room 1", "message 1", 4));
        QCOMPARE(again.find("conn", "room 1", "message 1"), std::size_t(999)); // a copy of nothing
    }

    void behavesLikeAMap()
    {
        std::mt19937 random(20261130);
        MessageIndex index;
        std::map<std::tuple<std::string, std::string, std::string>, std::size_t> model;
        const auto name = [&](unsigned most) { return std::string(random() % 4, 'x') + std::to_string(random() % most); };
        for (std::size_t n = 0; n < 20'000; ++n) {
            const std::string connection = name(2), room = name(5), message = name(40);
            const auto it = model.find({connection, room, message});
            QCOMPARE(index.find(connection, room, message), it == model.end() ? MessageIndex::npos : it->second);
            QCOMPARE(index.add(connection, room, message, n), model.emplace(std::tuple(connection, room, message), n).second);
        }
        QVERIFY(model.size() > 3000 && model.size() < 19'000);
    }
};

QD_TEST(TestMessageIndex)
#include "tst_messageindex.moc"
