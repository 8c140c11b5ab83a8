// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/outbox.h"
#include "tests/support/clock.h"
#include "tests/support/lastof.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::chat;
using std::chrono::milliseconds;

namespace {

struct FakePort final : Outbox::Port {
    bool up = true;
    int tokens = 1000; ///< how many it may send still
    std::vector<std::string> sent, said;
    std::vector<std::size_t> also; ///< how many more each of them was
    bool joining = true;
    std::vector<std::pair<std::string, Outbox::LookedUp>> lookups;
    Instant lookedSince;

    bool canSend(const std::string &) const override { return up && tokens > 0; }
    void transmit(const Outgoing &out, const std::string &text, const std::string &id) override
    {
        --tokens;
        sent.push_back(id);
        said.push_back(text);
        also.push_back(out.also.size());
    }
    bool joins() const override { return joining; }
    void lookUp(const Outgoing &, const std::string &id, Instant since, Outbox::LookedUp done) override
    {
        lookedSince = since;
        lookups.emplace_back(id, std::move(done));
    }
    std::vector<std::string> split(const Outgoing &out) const override
    {
        if (out.text.size() > 60) // more than one message of the platform's
            return {out.text.substr(0, 60), out.text.substr(60)};
        return out.text == "long" ? std::vector<std::string>{"l", "o", "ng"} : std::vector<std::string>{out.text};
    }
};

Outgoing post(std::uint8_t n, const std::string &room = "war", const std::string &text = "hi")
{
    Outgoing out;
    out.idem.bytes[15] = n;
    out.room = room;
    out.text = text;
    return out;
}

std::string idOf(std::uint8_t n)
{
    return post(n).idem.text();
}

} // namespace

class TestOutbox final : public QObject {
    Q_OBJECT
    tests::FakeClock m_clock{tests::at("2026-11-23T14:25:07Z")};
    FakePort m_port;
    std::unique_ptr<Outbox> m_outbox;
    std::vector<DeliveryReport> m_reports;

    std::vector<Delivery> statesOf(std::uint8_t n) const
    {
        std::vector<Delivery> out;
        for (const DeliveryReport &r : m_reports)
            if (r.idem == post(n).idem)
                out.push_back(r.state);
        return out;
    }

    static Outgoing joinable(std::uint8_t n, const std::string &text)
    {
        Outgoing out = post(n, "war", text);
        out.joinable = true;
        return out;
    }
    /// What was found of it, by the last word on it.
    Looked lookedOf(std::uint8_t n) const
    {
        Looked out = Looked::NotYet;
        for (const DeliveryReport &r : m_reports)
            if (r.idem == post(n).idem)
                out = r.looked;
        return out;
    }

    /// `confirmWithin` passes as the system's time does: who has not to wait for it says more than any machine takes.
    void make(milliseconds confirmWithin)
    {
        m_port = FakePort();
        m_reports.clear();
        m_outbox = std::make_unique<Outbox>(m_port, m_clock, confirmWithin);
        connect(m_outbox.get(), &Outbox::delivery, this, [this](const DeliveryReport &r) { m_reports.push_back(r); });
    }

private Q_SLOTS:
    void init() { make(std::chrono::hours(1)); }

    void whatWaitsTakesOtherWordsAndWhatWasSentDoesNot()
    {
        m_outbox->add(post(1, "war", "one"));
        m_outbox->add(post(2, "war", "two"));
        QCOMPARE(m_port.said, std::vector<std::string>{"one"});
        m_outbox->add(post(1, "war", "other one")); // on its way
        m_outbox->add(post(2, "war", "[sealed: restricted, short]"));
        m_outbox->confirmed("war", idOf(1), {"s1", idOf(1)});
        QCOMPARE(m_port.said, (std::vector<std::string>{"one", "[sealed: restricted, short]"}));
    }

    void keepsTheOrderOfARoomAndLetsRoomsPassEachOther()
    {
        m_outbox->add(post(1));
        m_outbox->add(post(2));
        m_outbox->add(post(3, "other"));
        QCOMPARE(m_port.sent, (std::vector<std::string>{idOf(1), idOf(3)}));
        m_outbox->confirmed("other", idOf(1), {}); // of another room: not ours
        QCOMPARE(m_port.sent.size(), std::size_t(2));
        m_outbox->confirmed("war", idOf(1), {"s1", idOf(1)});
        QCOMPARE(m_port.sent.back(), idOf(2));
        QCOMPARE(statesOf(1), (std::vector<Delivery>{Delivery::Queued, Delivery::Sent, Delivery::Confirmed}));
        for (const DeliveryReport &r : m_reports)
            QCOMPARE(r.message, r.state == Delivery::Confirmed ? (MessageRef{"s1", idOf(1)}) : MessageRef{});
    }

    void aBusyRoomDoesNotKeepOthersFromTheirTurn()
    {
        m_port.tokens = 1;
        const std::vector<std::pair<std::uint8_t, std::string>> posts = {{1, "a"}, {2, "a"}, {3, "a"}, {4, "b"}, {5, "b"}, {6, "c"}};
        std::map<std::string, std::string> roomOf;
        for (const auto &[n, room] : posts) {
            m_outbox->add(post(n, room));
            roomOf[idOf(n)] = room;
        }
        for (std::size_t done = 0; done < posts.size(); ++done) { // each is confirmed before the next may go
            QCOMPARE(m_port.sent.size(), done + 1);
            m_outbox->confirmed(roomOf[m_port.sent.back()], m_port.sent.back(), {"s", m_port.sent.back()});
            m_port.tokens = 1;
            m_outbox->pump();
        }
        QCOMPARE(m_port.sent, (std::vector<std::string>{idOf(1), idOf(4), idOf(6), idOf(2), idOf(5), idOf(3)}));
    }

    void waitsWhileTheLineIsDown()
    {
        m_port.up = false;
        m_outbox->add(post(1));
        QVERIFY(m_port.sent.empty());
        m_port.up = true;
        m_outbox->pump();
        QCOMPARE(m_port.sent.size(), std::size_t(1));
    }

    void looksBeforeItSendsAgain()
    {
        m_outbox->add(post(1));
        m_outbox->lineChanged();
        QCOMPARE(statesOf(1).back(), Delivery::Unknown);
        m_outbox->pump();
        QCOMPARE(m_port.sent.size(), std::size_t(1));
        QCOMPARE(m_port.lookups.size(), std::size_t(1));
        m_port.lookups[0].second(Outbox::Found::No, {});
        QCOMPARE(m_port.sent.size(), std::size_t(2));
    }

    void neverSendsAgainWhatItFound()
    {
        m_outbox->add(post(1));
        m_outbox->lineChanged();
        m_outbox->pump();
        m_port.lookups[0].second(Outbox::Found::Yes, {"s1", idOf(1)});
        QCOMPARE(statesOf(1).back(), Delivery::Confirmed);
        QCOMPARE(m_port.sent.size(), std::size_t(1));
    }

    void leavesItToAPersonWhenNobodyCanTell()
    {
        m_outbox->add(post(1));
        m_outbox->add(post(2));
        m_outbox->lineChanged();
        m_outbox->pump();
        m_port.lookups[0].second(Outbox::Found::CannotTell, {});
        QCOMPARE(statesOf(1).back(), Delivery::Unknown);
        QVERIFY(!m_reports[m_reports.size() - 2].reason.empty());
        QCOMPARE(m_port.sent.back(), idOf(2)); // the room goes on
    }

    void sendsAPageAgainOnDoubt()
    {
        Outgoing page = post(1, "");
        page.kind = Outgoing::Kind::Direct;
        page.person = "bob@x";
        m_outbox->add(page);
        m_outbox->lineChanged();
        m_outbox->pump();
        m_port.lookups[0].second(Outbox::Found::CannotTell, {});
        QCOMPARE(m_port.sent.size(), std::size_t(2));
        QCOMPARE(m_port.sent[0], m_port.sent[1]); // under the same id
    }

    void asksAgainWhenTheQuestionWasLost()
    {
        make(milliseconds(30));
        m_outbox->add(post(1));
        m_outbox->lineChanged();
        m_outbox->pump();
        m_port.up = false;
        m_port.lookups[0].second(Outbox::Found::CannotTell, {});
        QCOMPARE(statesOf(1).back(), Delivery::Unknown);
        m_port.up = true;
        QTRY_COMPARE(m_port.lookups.size(), std::size_t(2));
        QCOMPARE(m_port.sent.size(), std::size_t(1));
    }

    void doubtsWithoutAConfirmationAndBelievesALateOne()
    {
        make(milliseconds(30));
        m_outbox->add(post(1));
        QTRY_COMPARE(tests::lastOf(statesOf(1)), Delivery::Unknown);
        QCOMPARE(m_port.lookups.size(), std::size_t(1));
        m_outbox->confirmed("war", idOf(1), {"s1", {}});
        QCOMPARE(statesOf(1).back(), Delivery::Confirmed);
        m_port.lookups[0].second(Outbox::Found::No, {}); // too late to matter
        QCOMPARE(m_port.sent.size(), std::size_t(1));
    }

    void givesUpAfterThreeAttempts()
    {
        make(milliseconds(30));
        m_outbox->add(post(1));
        for (std::size_t i = 0; i < 3; ++i) {
            QTRY_COMPARE(m_port.lookups.size(), i + 1);
            m_port.lookups[i].second(Outbox::Found::No, {});
        }
        QCOMPARE(statesOf(1).back(), Delivery::Failed);
        QCOMPARE(m_port.sent.size(), std::size_t(3));
    }

    void looksFirstForWhatAnEarlierProcessMayHaveSent()
    {
        Outgoing out = post(1);
        out.maybeSent = true;
        out.queuedAt = *parseInstant("2026-11-23T12:00:00Z");
        m_outbox->add(out);
        QVERIFY(m_port.sent.empty());
        QCOMPARE(m_port.lookups.size(), std::size_t(1));
        QCOMPARE(toRfc3339(m_port.lookedSince), std::string("2026-11-23T12:00:00Z"));
    }

    void answersARepeatWithoutSendingIt()
    {
        m_outbox->add(post(1));
        m_outbox->add(post(1));
        QCOMPARE(statesOf(1).back(), Delivery::Sent);
        m_outbox->confirmed("war", idOf(1), {"s1", {}});
        m_outbox->add(post(1));
        QCOMPARE(statesOf(1).back(), Delivery::Confirmed);
        QCOMPARE(m_port.sent.size(), std::size_t(1));
    }

    void confirmsALongTextWithItsLastPart()
    {
        m_outbox->add(post(1, "war", "long"));
        for (const char *suffix : {"", "-2", "-3"}) {
            QCOMPARE(m_port.sent.back(), idOf(1) + suffix);
            QVERIFY(statesOf(1).back() != Delivery::Confirmed);
            m_outbox->confirmed("war", idOf(1) + suffix, {std::string("s") + suffix, {}});
        }
        QCOMPARE(statesOf(1).back(), Delivery::Confirmed);
        QCOMPARE(m_reports.back().message.eventId, std::string("s"));
    }

    void complaint19_failsWhatIsRefusedAndPausesWhenAskedTo()
    {
        m_outbox->add(post(1));
        m_outbox->add(post(2));
        m_outbox->refused("war", idOf(1), "too fast", milliseconds(20));
        QCOMPARE(statesOf(1).back(), Delivery::Queued);
        m_outbox->pump();
        QCOMPARE(m_port.sent.size(), std::size_t(1));
        QTRY_COMPARE(m_port.sent.size(), std::size_t(2));
        QCOMPARE(m_port.sent.back(), idOf(1));
        m_outbox->refused("war", idOf(1), "no voice", {});
        QCOMPARE(statesOf(1).back(), Delivery::Failed);
        QCOMPARE(m_port.sent.back(), idOf(2));
    }

    /// Whatever platform asks for patience with a topic: what is said in the room goes out, and who set it hears when another is taken.
    void aTopicThatIsPutOffForAMomentIsWaitedFor()
    {
        Outgoing topic = post(1);
        topic.kind = Outgoing::Kind::Topic;
        m_outbox->add(topic);
        m_outbox->refused("war", idOf(1), "not twice in a second", milliseconds(1'100));
        QVERIFY(std::none_of(m_reports.begin(), m_reports.end(), [](const DeliveryReport &r) { return r.state == Delivery::Failed; }));
    }
    void aTopicMakesWayForWhatIsSaid()
    {
        Outgoing topic = post(1);
        topic.kind = Outgoing::Kind::Topic;
        m_outbox->add(topic);
        m_outbox->add(post(2));
        m_outbox->refused("war", idOf(1), "not yet", milliseconds(480'000));
        QCOMPARE(m_port.sent.back(), idOf(2));
        const auto last = std::find_if(m_reports.rbegin(), m_reports.rend(), [](const DeliveryReport &r) { return r.idem == post(1).idem; });
        QVERIFY(last != m_reports.rend());
        QCOMPARE(last->state, Delivery::Failed);
        QCOMPARE(last->again, m_clock.now() + minutes(8));
        m_outbox->confirmed("war", idOf(2), {"s2", idOf(2)});
        QVERIFY(!m_reports.back().again);
        topic.idem.bytes[15] = 3;
        m_outbox->add(topic);
        m_outbox->refused("war", idOf(3), "not in the room", milliseconds(0)); // no patience: it is tried again at once
        QTRY_COMPARE(m_port.sent.size(), std::size_t(4));
        m_outbox->refused("war", idOf(3), "you may not", {});
        QCOMPARE(statesOf(3).back(), Delivery::Failed);
        QVERIFY(!m_reports.back().again);
    }

    void doesNotRepeatARefusalForEver()
    {
        m_outbox->add(post(1));
        for (std::size_t i = 1; i <= 3; ++i) {
            QTRY_COMPARE(m_port.sent.size(), i);
            m_outbox->refused("war", idOf(1), "not in the room", milliseconds(0));
        }
        QTRY_COMPARE(tests::lastOf(statesOf(1)), Delivery::Failed);
    }

    /// What waits while the platform wants patience, is said in one post: its room is not told late for its own length.
    void complaint19_whatWaitsUnderA429IsSaidInOnePostAndEachIsConfirmed()
    {
        for (std::uint8_t n = 1; n <= 3; ++n)
            m_outbox->add(joinable(n, std::string(1, static_cast<char>('a' + n - 1))));
        m_outbox->refused("war", idOf(1), "too fast", milliseconds(20));
        QTRY_COMPARE(m_port.sent.size(), std::size_t(2));
        QCOMPARE(m_port.said.back(), std::string("a\nb\nc"));
        QCOMPARE(m_port.sent.back(), idOf(1));
        QCOMPARE(m_port.also.back(), std::size_t(2));
        for (std::uint8_t n = 1; n <= 3; ++n)
            QCOMPARE(statesOf(n).back(), Delivery::Sent);
        m_outbox->add(joinable(2, "b")); // a repeat of one of them is answered, and not sent
        m_outbox->add(joinable(4, "d")); // what comes now is said behind it
        m_outbox->confirmed("war", idOf(1), {"s1", idOf(1)});
        for (std::uint8_t n = 1; n <= 3; ++n)
            QCOMPARE(statesOf(n).back(), Delivery::Confirmed);
        QCOMPARE(std::count_if(m_reports.begin(), m_reports.end(), [](const DeliveryReport &r) { return r.message.eventId == "s1"; }), 3);
        QCOMPARE(m_port.said.back(), std::string("d"));
        QCOMPARE(m_port.sent.size(), std::size_t(3));
        m_outbox->add(joinable(3, "c")); // also later
        QCOMPARE(m_port.sent.size(), std::size_t(3));
    }

    void nothingIsJoinedWithoutNeedNorWhereItCouldNotBeFoundAgain()
    {
        m_outbox->add(joinable(1, "a"));
        m_outbox->add(joinable(2, "b"));
        m_outbox->confirmed("war", idOf(1), {"s1", {}});
        QCOMPARE(m_port.said, (std::vector<std::string>{"a", "b"})); // the platform asked for no patience
        m_port.joining = false;
        m_outbox->add(joinable(3, "c"));
        m_outbox->refused("war", idOf(2), "too fast", milliseconds(5));
        QTRY_COMPARE(m_port.said.size(), std::size_t(3));
        QCOMPARE(m_port.said.back(), std::string("b"));
    }

    void anAnswerBetweenThemKeepsItsPlaceAndStandsAlone()
    {
        m_outbox->add(joinable(1, "a"));
        m_outbox->add(joinable(2, "b"));
        m_outbox->add(post(3, "war", "Eve commands."));
        m_outbox->add(joinable(4, "c"));
        m_outbox->refused("war", idOf(1), "too fast", milliseconds(5));
        QTRY_COMPARE(m_port.said.size(), std::size_t(2));
        m_outbox->confirmed("war", idOf(1), {"s1", {}});
        m_outbox->confirmed("war", idOf(3), {"s2", {}});
        QCOMPARE(m_port.said, (std::vector<std::string>{"a", "a\nb", "Eve commands.", "c"}));
    }

    void onePostIsNeverLongerThanTheirPlatformTakes()
    {
        const std::string twenty(20, 'x');
        for (std::uint8_t n = 1; n <= 4; ++n)
            m_outbox->add(joinable(n, twenty));
        m_outbox->refused("war", idOf(1), "too fast", milliseconds(5));
        QTRY_COMPARE(m_port.said.size(), std::size_t(2));
        QCOMPARE(m_port.said.back(), twenty + "\n" + twenty); // a third would make 62 bytes
    }

    void whatWasSaidTogetherIsLookedForTogetherAndSentAgainAsItWas()
    {
        for (std::uint8_t n = 1; n <= 3; ++n)
            m_outbox->add(joinable(n, "x"));
        m_outbox->refused("war", idOf(1), "too fast", milliseconds(5));
        QTRY_COMPARE(m_port.sent.size(), std::size_t(2));
        m_outbox->add(joinable(4, "y"));
        m_outbox->lineChanged();
        for (std::uint8_t n = 1; n <= 3; ++n)
            QCOMPARE(statesOf(n).back(), Delivery::Unknown);
        m_outbox->pump();
        QCOMPARE(m_port.lookups.size(), std::size_t(1));
        m_port.lookups[0].second(Outbox::Found::No, {});
        QCOMPARE(m_port.said.back(), std::string("x\nx\nx")); // nothing is added to what a platform may know by its id
        QCOMPARE(m_port.sent.back(), idOf(1));
        m_outbox->lineChanged();
        m_outbox->pump();
        m_port.lookups[1].second(Outbox::Found::Yes, {"s1", {}});
        for (std::uint8_t n = 1; n <= 3; ++n) {
            QCOMPARE(statesOf(n).back(), Delivery::Confirmed);
            QCOMPARE(lookedOf(n), Looked::Found);
        }
        QCOMPARE(m_port.said.back(), std::string("y"));
    }

    void whatIsRefusedTogetherIsTriedEachByItself()
    {
        for (std::uint8_t n = 1; n <= 3; ++n)
            m_outbox->add(joinable(n, std::string(1, static_cast<char>('a' + n - 1))));
        m_outbox->refused("war", idOf(1), "too fast", milliseconds(5));
        QTRY_COMPARE(m_port.sent.size(), std::size_t(2));
        m_outbox->refused("war", idOf(1), "not that", {});
        QCOMPARE(m_port.said.back(), std::string("a"));
        QCOMPARE(m_port.also.back(), std::size_t(0));
        m_outbox->refused("war", idOf(1), "not that", {});
        QCOMPARE(statesOf(1).back(), Delivery::Failed);
        QCOMPARE(m_port.said.back(), std::string("b"));
        m_outbox->refused("war", idOf(2), "too fast", milliseconds(5));
        QTRY_COMPARE(m_port.said.size(), std::size_t(5));
        QCOMPARE(m_port.said.back(), std::string("b")); // and not together again
    }

    /// A process that died between sending and recording it must not say it twice.
    void whatAnEarlierProcessHadIsLookedForFirstAndSentWhenItIsNotThere()
    {
        Outgoing out = post(1);
        out.fromBefore = true;
        out.queuedAt = *parseInstant("2026-11-23T12:00:00Z");
        m_outbox->add(out);
        QCOMPARE(statesOf(1), (std::vector<Delivery>{Delivery::Queued})); // nobody recorded that it was sent
        QVERIFY(m_port.sent.empty());
        QCOMPARE(toRfc3339(m_port.lookedSince), std::string("2026-11-23T12:00:00Z"));
        m_port.lookups[0].second(Outbox::Found::Yes, {"s1", {}});
        QCOMPARE(statesOf(1).back(), Delivery::Confirmed);
        QVERIFY(m_port.sent.empty());
        for (std::uint8_t n = 2; n <= 3; ++n) {
            Outgoing next = post(n);
            next.fromBefore = true;
            m_outbox->add(next);
        }
        m_port.lookups[1].second(Outbox::Found::No, {});
        QCOMPARE(m_port.sent, (std::vector<std::string>{idOf(2)}));
        m_outbox->confirmed("war", idOf(2), {"s2", {}});
        m_port.lookups[2].second(Outbox::Found::CannotTell, {}); // it was most likely never sent
        QCOMPARE(m_port.sent.back(), idOf(3));
        m_outbox->lineChanged(); // but now it was
        m_outbox->pump();
        m_port.lookups[3].second(Outbox::Found::CannotTell, {});
        QCOMPARE(statesOf(3).back(), Delivery::Unknown);
        QCOMPARE(m_port.sent.size(), std::size_t(2));
    }

    void ofALongQueueFromBeforeTheFirstTenAreLookedFor()
    {
        for (std::uint8_t n = 1; n <= 12; ++n) {
            Outgoing out = post(n);
            out.fromBefore = true;
            m_outbox->add(out);
        }
        for (std::size_t n = 0; n < 12; ++n) {
            if (n < 10)
                m_port.lookups[n].second(Outbox::Found::No, {});
            m_outbox->confirmed("war", m_port.sent.back(), {"s", {}});
        }
        QCOMPARE(m_port.lookups.size(), std::size_t(10));
        QCOMPARE(m_port.sent.size(), std::size_t(12));
    }

    /// The rule of every path: what may have left is looked for before it leaves again, under the same id; what the look found is told with what came of it.
    void noPathSendsAgainWhatWasNotLookedFor_data()
    {
        QTest::addColumn<QString>("path");
        for (const char *path : {"the line broke", "no answer in time", "an earlier process", "a second part", "said with others", "the question was lost", "twice in doubt"})
            QTest::newRow(path) << QString::fromLatin1(path);
    }
    void noPathSendsAgainWhatWasNotLookedFor()
    {
        QFETCH(QString, path);
        const bool isLong = path == QLatin1String("a second part"), isTogether = path == QLatin1String("said with others");
        if (path == QLatin1String("no answer in time") || path == QLatin1String("the question was lost"))
            make(milliseconds(30));
        Outgoing out = isLong ? post(1, "war", "long") : joinable(1, "x");
        out.maybeSent = path == QLatin1String("an earlier process");
        m_outbox->add(out);
        if (isTogether) {
            m_outbox->add(joinable(2, "y"));
            m_outbox->refused("war", idOf(1), "too fast", milliseconds(5));
            QTRY_COMPARE(m_port.sent.size(), std::size_t(2));
        }
        if (isLong)
            m_outbox->confirmed("war", idOf(1), {"s", {}});
        const auto doubted = [&] {
            if (path == QLatin1String("no answer in time"))
                return QTest::qWaitFor([&] { return !m_port.lookups.empty(); }, tests::kPatience);
            if (!out.maybeSent)
                m_outbox->lineChanged();
            m_outbox->pump();
            return !m_port.lookups.empty();
        };
        const std::size_t before = m_port.sent.size();
        QVERIFY(doubted());
        if (path == QLatin1String("the question was lost")) {
            m_port.lookups.back().second(Outbox::Found::AskAgain, {});
            QCOMPARE(m_port.sent.size(), before);
            QTRY_COMPARE(m_port.lookups.size(), std::size_t(2));
        }
        QCOMPARE(m_port.sent.size(), before); // nothing leaves while it is not known
        m_outbox->pump();
        m_outbox->lineResumed();
        QCOMPARE(m_port.sent.size(), before);
        m_port.lookups.back().second(Outbox::Found::No, {});
        QCOMPARE(m_port.sent.size(), before + 1);
        const std::string id = idOf(1) + (isLong ? "-2" : "");
        QCOMPARE(m_port.sent.back(), id);
        QCOMPARE(m_port.lookups.back().first, id);
        QCOMPARE(lookedOf(1), Looked::Absent);
        QVERIFY(m_reports.back().reason.find("not there") != std::string::npos);
        if (path != QLatin1String("twice in doubt"))
            return;
        m_outbox->lineChanged();
        m_outbox->pump();
        QCOMPARE(m_port.sent.size(), before + 1);
        m_port.lookups.back().second(Outbox::Found::Yes, {"s1", {}});
        QCOMPARE(lookedOf(1), Looked::Found);
        QCOMPARE(m_port.sent.size(), before + 1);
    }

    void tellsWhenAConfirmedPageIsRefusedLater()
    {
        Outgoing page = post(1, "");
        page.kind = Outgoing::Kind::Direct;
        page.person = "bob@x";
        m_outbox->add(page);
        m_outbox->confirmed("@bob@x", idOf(1), {}, "the server took it");
        m_outbox->confirmed("@bob@x", idOf(1), {}, "the person's client has it");
        QCOMPARE(m_reports.back().reason, std::string("the person's client has it"));
        m_outbox->refused("@bob@x", idOf(1), "unknown person", {});
        QCOMPARE(statesOf(1).back(), Delivery::Failed);
    }

    void failsWhatALeftRoomNeverGot()
    {
        m_outbox->add(post(1));
        m_outbox->add(post(2));
        m_port.up = false;
        m_outbox->drop("war", "we were banned");
        QCOMPARE(statesOf(1).back(), Delivery::Unknown); // it was on the wire
        QCOMPARE(statesOf(2).back(), Delivery::Failed);
    }
};

QD_TEST(TestOutbox)
#include "tst_outbox.moc"
