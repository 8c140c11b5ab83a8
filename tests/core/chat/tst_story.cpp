// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/story.h"
#include "tests/support/clock.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::chat;

class TestStory final : public QObject {
    Q_OBJECT

private:
    static ChatEvent item(const std::string &id, std::int64_t at)
    {
        ChatEvent e;
        e.eventId = id;
        e.serverTime = Instant{at};
        return e;
    }

private Q_SLOTS:
    void givesNothingTwiceAndMovesTheCursorOnce()
    {
        tests::FakeClock clock;
        Story story(clock, "chat", "war", {});
        std::vector<std::string> told, cursors;
        connect(&story, &Story::event, this, [&](const ChatEvent &e) { told.push_back(e.eventId); });
        connect(&story, &Story::cursorAdvanced, this, [&](const std::string &at) { cursors.push_back(at); });
        for (const char *id : {"a", "b", "a", "c"}) {
            story.give(item(id, 5));
            story.advance(id);
        }
        story.advance({});
        story.advance("c");
        QCOMPARE(told, (std::vector<std::string>{"a", "b", "c"}));
        QCOMPARE(cursors, (std::vector<std::string>{"a", "b", "a", "c"}));
        QVERIFY(story.knows("b") && !story.knows("d"));
    }

    /// As much as is read of a history at once may be read again.
    void knowsTwentyThousandItems()
    {
        tests::FakeClock clock;
        Story story(clock, "chat", "war", {});
        int told = 0;
        connect(&story, &Story::event, this, [&] { ++told; });
        for (int again = 0; again < 2; ++again)
            for (int n = 0; n < 20'000; ++n)
                story.give(item(std::to_string(n), 5));
        QCOMPARE(told, 20'000);
    }

    void takesAMembersOwnIdForAnItemWithoutOne()
    {
        tests::FakeClock clock;
        Story story(clock, "chat", "war", {});
        int told = 0;
        connect(&story, &Story::event, this, [&] { ++told; });
        ChatEvent e;
        e.senderId = "bob";
        e.messageId = "1";
        story.give(e);
        story.give(e);
        e.senderId = "eve"; // her first is another than his
        story.give(e);
        e.messageId.clear(); // nothing to tell them apart by
        story.give(e);
        story.give(e);
        QCOMPARE(told, 4);
    }

    void saysWhatAGapIsOf()
    {
        tests::FakeClock clock;
        Story story(clock, "chat", "war", {});
        std::vector<std::pair<bool, bool>> told;
        connect(&story, &Story::event, this, [&](const ChatEvent &e) { told.emplace_back(e.ofDeletions, e.ofReactions); });
        story.broke();
        story.tellGap("the archive is gone");
        story.tellGap("deleted", true);
        story.tellGap("reacted", false, true);
        story.tellGap("either", true, true);
        QCOMPARE(told, (std::vector<std::pair<bool, bool>>{{false, false}, {true, false}, {false, true}, {true, true}}));
    }

    void saysOneWordOnALossThatBeganWhenItBegan()
    {
        tests::FakeClock clock;
        Story story(clock, "chat", "war", {});
        std::vector<Recovery> words;
        std::vector<ChatEvent> told;
        connect(&story, &Story::recovered, this, [&](const Recovery &r) { words.push_back(r); });
        connect(&story, &Story::event, this, [&](const ChatEvent &e) { told.push_back(e); });
        const Instant first = clock.now();
        story.broke();
        clock.advance(seconds(5));
        story.broke();
        QCOMPARE(story.lastKnown().ns, first.ns);
        story.tellGap("the archive is gone");
        story.mended(Recovery::Kind::Gap, 0, "the archive is gone");
        QCOMPARE(words.size(), std::size_t(1));
        QCOMPARE(words[0].from.ns, first.ns);
        QCOMPARE(words[0].to.ns, clock.now().ns);
        QCOMPARE(told.size(), std::size_t(1));
        QVERIFY(told[0].kind == ChatEvent::Kind::Gap && told[0].replayed && told[0].gapFrom == first);
        QVERIFY(!story.lastKnown());
    }
};

QD_TEST(TestStory)
#include "tst_story.moc"
