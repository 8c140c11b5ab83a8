// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/joinedposts.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::chat;

namespace {

Outgoing joinablePost(std::uint8_t n, const std::string &text = "hi")
{
    Outgoing out;
    out.idem.bytes[15] = n;
    out.room = "war@x";
    out.text = text;
    out.joinable = true;
    return out;
}

} // namespace

/// What may be said in one post.
class TestJoinedPosts final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void postsOfOneRoomAndThreadMayBeSaidTogetherAndNothingElse_data()
    {
        QTest::addColumn<int>("change");
        int change = 0;
        for (const char *what : {"nothing", "not allowed", "another room", "another thread", "a button", "somebody called", "a call", "a topic", "maybe sent", "no words"})
            QTest::newRow(what) << change++;
    }
    void postsOfOneRoomAndThreadMayBeSaidTogetherAndNothingElse()
    {
        QFETCH(int, change);
        const Outgoing first = joinablePost(1);
        Outgoing second = joinablePost(2);
        switch (change) {
        case 1: second.joinable = false; break;
        case 2: second.room = "other@x"; break;
        case 3: second.thread = "1.2"; break;
        case 4: second.buttons = {{"Acknowledge", "!ack"}}; break;
        case 5: second.mentions = {"ana@x"}; break;
        case 6: second.kind = Outgoing::Kind::Direct; break;
        case 7: second.kind = Outgoing::Kind::Topic; break;
        case 8: second.maybeSent = true; break;
        case 9: second.text.clear(); break;
        default: break;
        }
        QCOMPARE(mayJoin(first, second), change == 0);
        QCOMPARE(mayJoin(second, first), change == 0);
    }

    void asManyGoTogetherAsStandBehindOneAnotherAndFit()
    {
        std::vector<Outgoing> posts;
        for (std::uint8_t n = 1; n <= kJoinedMost + 2; ++n)
            posts.push_back(joinablePost(n, std::string(10, static_cast<char>('a' + n))));
        std::vector<const Outgoing *> waiting;
        for (const Outgoing &post : posts)
            waiting.push_back(&post);
        const auto within = [](std::size_t bytes) { return [bytes](const std::string &text) { return text.size() <= bytes; }; };
        QCOMPARE(joinedCount(waiting, within(10'000)), kJoinedMost);
        QCOMPARE(joinedCount(waiting, within(32)), std::size_t(3)); // 10 + 1 + 10 + 1 + 10
        QCOMPARE(joinedCount(waiting, within(31)), std::size_t(2));
        QCOMPARE(joinedCount(waiting, within(1)), std::size_t(1)); // it goes as it would without
        QCOMPARE(joinedText(waiting, 2), posts[0].text + "\n" + posts[1].text);
        posts[2].buttons = {{"Acknowledge", "!ack"}};
        QCOMPARE(joinedCount(waiting, within(10'000)), std::size_t(2)); // what comes behind it does not pass it
    }

    void eachIsFoundAgainByItsOwnId()
    {
        Outgoing out = joinablePost(1);
        QCOMPARE(alsoText(out), std::string());
        out.also = {joinablePost(2).idem, joinablePost(3).idem};
        const std::string also = alsoText(out);
        QVERIFY(alsoHas(also, joinablePost(2).idem.text()) && alsoHas(also, joinablePost(3).idem.text()));
        QVERIFY(!alsoHas(also, joinablePost(1).idem.text()) && !alsoHas(also, "") && !alsoHas(also, also) && !alsoHas(also, also.substr(0, 8)) && !alsoHas("", "x"));
    }
};

QD_TEST(TestJoinedPosts)
#include "tst_joinedposts.moc"
