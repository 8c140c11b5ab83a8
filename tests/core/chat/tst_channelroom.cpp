// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/channelroom.h"
#include "tests/support/clock.h"
#include "tests/support/suite.h"

#include <QtTest>
#include <map>
#include <string>
#include <utility>
#include <vector>

using namespace qd;
using namespace qd::chat;
using Kind = ChatEvent::Kind;

namespace {

/// A channel whose platform answers at once: what it has of history, and what stands on which message.
class ShownRoom final : public ChannelRoom {
public:
    struct Shown {
        std::vector<std::pair<std::string, std::string>> now; ///< emoji, who
        bool isAll = true;
    };
    std::vector<ChatEvent> history;
    std::map<std::string, Shown> standing;
    bool knowsDeletions = true, knowsReactionsAll = true, waits = false, breaksOff = false, isThere = true;
    std::vector<ChatEvent> told;
    std::vector<Recovery> recoveries;
    std::vector<std::string> failures;

    ShownRoom(const Clock &clock, const std::string &cursor) : ChannelRoom(clock, std::chrono::milliseconds(1), "chat", "war@chat", cursor)
    {
        connect(&m_story, &Story::event, this, [this](const ChatEvent &e) { told.push_back(e); });
        connect(&m_story, &Story::recovered, this, [this](const Recovery &r) { recoveries.push_back(r); });
        connect(this, &ChannelRoom::failed, this, [this](const Error &why) { failures.push_back(why.message); });
    }
    static ChatEvent message(const std::string &id)
    {
        ChatEvent e;
        e.eventId = e.text = id;
        e.senderId = "dana@chat";
        return e;
    }
    void onEvent(const ChannelNews &) override {}
    [[nodiscard]] std::vector<Member> members() const override { return {}; }
    void live(Kind kind, const std::string &target, const std::string &emoji, const std::string &who, bool replayed = false)
    {
        ChatEvent e;
        e.kind = kind;
        e.targetId = target;
        e.emojis = {emoji};
        e.senderId = who;
        e.identityVerified = !replayed;
        e.replayed = replayed;
        hear(std::move(e));
    }
    [[nodiscard]] bool makesOne() const { return mayMake(); }
    [[nodiscard]] bool knowsReactionsOf(const std::string &id) const { return knowsReactions(id); }
    void shows(const std::string &id, std::vector<std::pair<std::string, std::string>> now, bool isAll = true) { standing[id] = {std::move(now), isAll}; }
    void say(const std::string &id) { hear(message(id)); }
    /// What `waits` held up.
    void answer()
    {
        waits = false;
        readHistory();
    }
    /// "+👍 dana on a": the reactions that were told since the last call; gaps as "gap of …".
    std::vector<std::string> news()
    {
        std::vector<std::string> out;
        for (const ChatEvent &e : std::exchange(told, {})) {
            if (e.kind == Kind::Reaction || e.kind == Kind::Unreaction)
                out.push_back((e.kind == Kind::Reaction ? "+" : "-") + e.emojis.at(0) + ' ' + e.senderId + " on " + e.targetId + (e.replayed ? e.identityVerified ? "" : " unproved" : " live"));
            if (e.kind == Kind::Gap)
                out.push_back(std::string("gap of") + (e.ofDeletions ? " deletions" : "") + (e.ofReactions ? " reactions" : "") + (e.ofDeletions || e.ofReactions ? "" : " all"));
        }
        return out;
    }

private:
    void open() override { isThere ? catchUp() : absent(); }
    void sayGoodbye() override {}
    [[nodiscard]] bool isNews(const std::string &id) const override { return !m_story.knows(id); }
    void readHistory() override
    {
        if (waits)
            return;
        if (!knowsDeletions)
            deletionsAreUnknown();
        if (!knowsReactionsAll)
            reactionsAreUnknown();
        for (const auto &[id, shown] : standing) {
            std::vector<Reacted> now;
            for (const auto &[emoji, who] : shown.now)
                now.push_back({emoji, who, who, false, {}});
            compareReactions(id, now, shown.isAll);
        }
        if (breaksOff)
            return;
        std::vector<Told> all;
        for (const ChatEvent &e : history)
            all.push_back({e.eventId, e});
        giveHistory(std::move(all));
    }
};

using RoomNews = std::vector<std::string>;

} // namespace

class TestChannelRoom final : public QObject {
    Q_OBJECT

private:
    static void loseTheLine(ShownRoom &room)
    {
        room.lineLost();
        room.enter();
    }

private Q_SLOTS:
    void whatWasReactedMeanwhileIsToldOnceAsHistory()
    {
        tests::FakeClock clock;
        ShownRoom room(clock, "begin");
        room.enter();
        room.say("a");
        room.live(Kind::Reaction, "a", "👍", "ben@chat");
        QCOMPARE(room.news(), RoomNews{"+👍 ben@chat on a live"});
        room.history = {ShownRoom::message("b")};
        room.shows("a", {{"👀", "eve@chat"}});
        room.shows("b", {{"👍", "ben@chat"}});
        loseTheLine(room);
        QCOMPARE(room.news(), (RoomNews{"+👀 eve@chat on a", "-👍 ben@chat on a", "+👍 ben@chat on b"})); // whose they are the platform vouches for, as it does live
        loseTheLine(room);
        QCOMPARE(room.news(), RoomNews{});
        room.live(Kind::Reaction, "b", "👍", "ben@chat", true); // which the platform tells again, late
        QCOMPARE(room.news(), RoomNews{});
        room.live(Kind::Unreaction, "b", "👍", "ben@chat", true);
        QCOMPARE(room.news(), RoomNews{"-👍 ben@chat on b unproved"});
    }

    void soManyAreKnownOfOneMessageAndNotOneMore()
    {
        tests::FakeClock clock;
        ShownRoom room(clock, "begin");
        room.enter();
        room.say("a");
        for (std::size_t n = 0; n < ChannelRoom::kReactionsToOne; ++n)
            room.live(Kind::Reaction, "a", "👍", "p" + std::to_string(n));
        QVERIFY(room.knowsReactionsOf("a"));
        room.live(Kind::Reaction, "a", "👍", "p0"); // who did before is no further one
        QVERIFY(room.knowsReactionsOf("a"));
        room.live(Kind::Reaction, "a", "👍", "one more");
        QVERIFY(!room.knowsReactionsOf("a"));
        QCOMPARE(room.news().size(), ChannelRoom::kReactionsToOne + 2); // all are told
        room.say("b");
        QVERIFY(room.knowsReactionsOf("b"));
    }

    void whatIsDeletedTakesNoPlace()
    {
        tests::FakeClock clock;
        ShownRoom room(clock, "begin");
        room.enter();
        room.say("kept");
        for (int n = 0; n < 2'500; ++n) {
            const std::string id = "d" + std::to_string(n);
            room.say(id);
            room.live(Kind::Delete, id, "", "dana@chat");
            QVERIFY(!room.knowsReactionsOf(id));
        }
        QVERIFY(room.knowsReactionsOf("kept"));
    }

    /// What a process did not hear from its beginning it learns whole, once.
    void aMessageFromBeforeThisProcessIsLearnedWhole()
    {
        tests::FakeClock clock;
        ShownRoom room(clock, "a");
        room.shows("a", {{"👍", "ben@chat"}});
        QVERIFY(!room.knowsReactionsOf("a"));
        room.enter();
        QCOMPARE(room.news(), RoomNews{"+👍 ben@chat on a"});
        QVERIFY(room.knowsReactionsOf("a"));
        room.shows("a", {});
        loseTheLine(room);
        QCOMPARE(room.news(), RoomNews{"-👍 ben@chat on a"});
    }

    void whereNotAllIsShownNothingCountsAsTakenBack()
    {
        tests::FakeClock clock;
        ShownRoom room(clock, "begin");
        room.enter();
        room.say("a");
        room.live(Kind::Reaction, "a", "👍", "ben@chat");
        room.news();
        room.shows("a", {{"👍", "eve@chat"}}, false);
        loseTheLine(room);
        QCOMPARE(room.news(), RoomNews{"+👍 eve@chat on a"});
    }

    /// A commander reads one line of a loss, and none where nothing is missing.
    void whatCannotBeKnownIsOneGapOfBoth()
    {
        tests::FakeClock clock;
        ShownRoom room(clock, "begin");
        room.enter();
        room.say("a");
        loseTheLine(room);
        QCOMPARE(room.news(), RoomNews{});
        room.knowsReactionsAll = false;
        loseTheLine(room);
        QCOMPARE(room.news(), RoomNews{"gap of reactions"});
        room.knowsDeletions = false;
        loseTheLine(room);
        QCOMPARE(room.news(), RoomNews{"gap of deletions reactions"});
        room.knowsReactionsAll = true;
        loseTheLine(room);
        QCOMPARE(room.news(), RoomNews{"gap of deletions"});
        room.lineLost();
        room.lineResumed(); // what came meanwhile was told over the line
        QCOMPARE(room.news(), RoomNews{});
    }

    /// Never made anew: whoever reads the room hears that it is not followed any more, and how to go on; it is not caught up.
    void aChannelWeWereInThatIsGoneIsSaidToBe()
    {
        tests::FakeClock clock;
        for (const bool byCursor : {false, true}) {
            ShownRoom room(clock, byCursor ? "m7" : "");
            room.isThere = false;
            if (!byCursor)
                room.setFormer("C7");
            QVERIFY(!room.makesOne());
            room.enter();
            QCOMPARE(room.told.size(), std::size_t(1));
            QVERIFY(room.told[0].kind == Kind::Gap && room.told[0].roomGone && !room.told[0].ofDeletions);
            QVERIFY2(room.told[0].text.ends_with("room --attach war@chat"), room.told[0].text.c_str());
            QCOMPARE(room.recoveries.size(), std::size_t(1));
            QVERIFY(room.recoveries[0].kind == Recovery::Kind::Gap);
            QCOMPARE(room.failures.size(), std::size_t(1));
        }
    }

    void aChannelWeWereNeverInIsMadeOrJustNotThere()
    {
        tests::FakeClock clock;
        ShownRoom room(clock, {});
        QVERIFY(room.makesOne());
        room.isThere = false;
        room.enter();
        QCOMPARE(room.failures, std::vector<std::string>{"there is no room war@chat"});
        QVERIFY(room.told.empty() && room.recoveries.empty());
        ShownRoom foreign(clock, {});
        foreign.setForeign({});
        QVERIFY(!foreign.makesOne());
    }

    /// Told live while the history is read, and shown by it already: the live one counts, and what it was is said last.
    void whatComesLiveMeanwhileStandsAtTheEnd()
    {
        tests::FakeClock clock;
        ShownRoom room(clock, "begin");
        room.enter();
        room.say("a");
        room.news();
        room.waits = true;
        loseTheLine(room);
        room.live(Kind::Reaction, "a", "📌", "ben@chat");
        room.shows("a", {{"📌", "ben@chat"}});
        room.answer();
        QCOMPARE(room.news(), (RoomNews{"+📌 ben@chat on a", "+📌 ben@chat on a live"}));
        loseTheLine(room);
        QCOMPARE(room.news(), RoomNews{});
    }

    /// Of an attempt that came to nothing nothing is known.
    void anAttemptThatBreaksOffForgetsWhatItSaw()
    {
        tests::FakeClock clock;
        ShownRoom room(clock, "begin");
        room.enter();
        room.say("a");
        room.news();
        room.shows("a", {{"👍", "ben@chat"}});
        room.breaksOff = true;
        loseTheLine(room);
        QCOMPARE(room.news(), RoomNews{});
        room.breaksOff = false;
        loseTheLine(room);
        QCOMPARE(room.news(), RoomNews{"+👍 ben@chat on a"});
    }
};

QD_TEST(TestChannelRoom)
#include "tst_channelroom.moc"
