// SPDX-License-Identifier: GPL-3.0-or-later
// What every chat connector must do under load and with what no sound server sends, run against a real server of each platform.
#include "bench.h"
#include "core/chat/practiceconnector.h"
#include "core/desk/handover.h"
#include "core/desk/instead.h"
#include "core/events/event.h"
#include "core/state/state.h"

using namespace qd;
using namespace qd::chat;
using namespace qd::test;
using Kind = ChatEvent::Kind;
using Via = Platform::Via;

namespace {

constexpr int kBacklog = 10'000;

/// A desk that takes what a seat hears, or nothing for a while, with what stands before it in the product.
struct SlowDesk final : QObject {
    bool isBusy = false;
    Strings taken; ///< a text, or "gap"
    desk::HandOver over;

    SlowDesk(Seat &seat, const std::string &room, std::size_t most)
        : over([this](events::Event e, const desk::Done &done) { report(e, done); },
               [this](std::function<void()> later) { QMetaObject::invokeMethod(this, std::move(later), Qt::QueuedConnection); }, most)
    {
        connect(seat.c.get(), &ChatConnector::event, this, [this, room](const ChatEvent &e) {
            events::MessageSeen m;
            m.connection = e.connector;
            m.room = e.room;
            m.messageId = e.eventId;
            m.text = e.text;
            if (e.room == room && e.kind == Kind::Message)
                over.take(std::move(m));
        });
    }
    void report(const events::Event &e, const desk::Done &done)
    {
        if (isBusy)
            return done(fail(Code::Unavailable, "The core is busy; try again in a moment."));
        const auto *message = getIf<events::MessageSeen>(&e);
        taken.push_back(message ? message->text : "gap");
        done(desk::Outcome{});
    }
};

Strings numbered(const std::string &word, int from, int to)
{
    Strings out;
    for (int n = from; n < to; ++n)
        out.push_back(word + std::to_string(n));
    return out;
}

Strings operator+(Strings all, const Strings &more)
{
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

} // namespace

class TestConformanceLoad final : public QObject {
    Q_OBJECT
    Bench m;

    /// The line is lost and does not come back until the relay accepts again.
    void cutOff(Seat &seat)
    {
        m.platform->relay().setAccepting(false);
        m.platform->relay().cutByReset();
        QTRY_VERIFY(std::count(seat.states.begin(), seat.states.end(), ConnectorState::Degraded) >= 1);
    }

private Q_SLOTS:
    void initTestCase_data() { Bench::addPlatforms(); }
    void initTestCase()
    {
        const std::string without = unjudged(*metaObject());
        QVERIFY2(without.empty(), without.c_str());
    }
    void init()
    {
        QFETCH_GLOBAL(QString, platform);
        const std::string trouble = m.begin(platform);
        QVERIFY2(trouble.empty(), trouble.c_str());
    }
    void cleanup() { m.end(); }
    void cleanupTestCase() { m.print("conformanceload"); }

    /// A long night: what was said meanwhile comes once each and in order, all of it or with a visible gap before what the server kept.
    void catchesUpWithTenThousandMessages()
    {
        m.platform->expectBacklog();
        std::string cursor;
        auto bob = m.seated("bob");
        QVERIFY(bob);
        {
            auto ic = m.seated("ic");
            QVERIFY(ic && m.say(*bob, "seed"));
            QVERIFY(hears(*ic, m.room(), {"seed"}));
            cursor = ic->cursors[m.room()];
        }
        Strings missed = numbered("missed ", 0, kBacklog);
        const std::size_t keeps = m.platform->keeps();
        if (keeps > 0) { // then less is enough
            missed.resize(2 * keeps);
            for (const std::string &text : missed)
                bob->c->post(m.id(), m.room(), text);
            QTRY_COMPARE_WITH_TIMEOUT(bob->texts(m.room()).size(), missed.size() + 1, 60'000);
            missed.erase(missed.begin(), missed.end() - static_cast<std::ptrdiff_t>(keeps));
            m.cannot("the server keeps " + std::to_string(keeps) + " lines of a channel: those come, after a visible gap");
        } else {
            bob.reset();
            QVERIFY(m.platform->fill(m.room(), kBacklog));
        }
        Seat ic(m.platform->connector("ic", Via::Direct));
        ic.c->attach(m.room(), cursor);
        ic.c->open();
        QTRY_VERIFY_WITH_TIMEOUT(ic.isLive() && ic.recoveriesOf(m.room()) > 0 && ic.texts(m.room()).size() >= missed.size(), 90'000);
        QVERIFY(ic.texts(m.room()) == missed);
        QCOMPARE(ic.gaps(m.room()), std::size_t(keeps > 0 ? 1 : 0));
        const auto first = std::find_if(ic.recoveries.begin(), ic.recoveries.end(), [&](const Recovery &r) { return r.room == m.room(); });
        QCOMPARE(first->kind, keeps > 0 ? Recovery::Kind::Gap : Recovery::Kind::CaughtUp);
        if (ic.recoveriesOf(m.room()) == 1) // else the line was lost meanwhile, on a machine with much to do
            QCOMPARE(first->messages, missed.size());
        std::string newest;
        for (const ChatEvent &e : ic.events)
            if (e.room == m.room() && e.kind == Kind::Message) {
                QVERIFY(e.replayed && !e.identityVerified);
                newest = e.eventId;
            }
        QCOMPARE(ic.cursors[m.room()], newest);
    }

    /// The desk takes nothing for a while, and the line breaks meanwhile too. What it has no room for is one gap, and said.
    void losesNothingToADeskThatTakesNothing()
    {
        auto ic = m.seated("ic", Via::Relay);
        auto bob = m.seated("bob");
        QVERIFY(ic && bob);
        SlowDesk desk(*ic, m.room(), desk::HandOver::kHeld), small(*ic, m.room(), 50);
        const auto says = [&](int from, int to) {
            for (const std::string &text : numbered("m", from, to))
                bob->c->post(m.id(), m.room(), text);
            QTRY_COMPARE(bob->texts(m.room()).size(), static_cast<std::size_t>(to));
        };
        says(0, 5);
        QTRY_COMPARE(desk.taken, numbered("m", 0, 5));
        desk.isBusy = small.isBusy = true;
        says(5, 60);
        QTRY_COMPARE(desk.over.held(), std::size_t(55));
        cutOff(*ic);
        says(60, 80);
        m.platform->relay().setAccepting(true);
        QTRY_COMPARE_WITH_TIMEOUT(desk.over.held(), std::size_t(75), 40'000);
        QCOMPARE(small.over.held(), std::size_t(50));
        desk.over.again(); // it is as busy as before
        QTest::qWait(50);
        QCOMPARE(desk.over.held(), std::size_t(75));
        QCOMPARE(desk.taken.size(), std::size_t(5));
        desk.isBusy = small.isBusy = false;
        desk.over.again();
        small.over.again();
        QTRY_COMPARE(desk.taken, numbered("m", 0, 80));
        QTRY_COMPARE(small.taken, numbered("m", 0, 55) + Strings{"gap"});
        QVERIFY(m.say(*bob, "after"));
        QTRY_COMPARE(desk.taken.back(), std::string("after"));
        QTRY_COMPARE(desk.over.held() + small.over.held(), std::size_t(0)); // the answers to what was taken come back later
    }

    /// What a platform does not take waits, and is neither refused nor lost: so the desk's rule can have it said in another room (here one in memory), and it is said in its own, once,
    /// when the line stands again.
    void whatItDoesNotTakeIsSaidElsewhereAndThereLater()
    {
        QFETCH_GLOBAL(QString, platform);
        auto ic = m.seated("ic", Via::Relay);
        auto bob = m.seated("bob");
        QVERIFY(ic && bob);
        PracticeConnector other("other", m.clock, m.random);
        Strings heard;
        std::string there;
        connect(&other, &ChatConnector::event, &other, [&](const ChatEvent &e) { heard.push_back(e.text); });
        connect(&other, &ChatConnector::roomReady, &other, [&](const RoomReport &r) { there = r.room; });
        other.open();
        other.createRoom({m.id(), "ops", "Everything else"});
        cutOff(*ic);
        const Uuid waits = m.id();
        ic->c->post(waits, m.room(), "the pool is full");
        QTest::qWait(500);
        QVERIFY(ic->delivery(waits) != Delivery::Confirmed && ic->delivery(waits) != Delivery::Failed);
        state::State s;
        std::uint64_t seq = 0;
        Instant now = m.clock.now();
        const auto record = [&](const events::Events &e) { state::applyRecord(s, ++seq, now, e); };
        Connection here, elsewhere;
        here.name = "room";
        here.kind = platform.toStdString();
        here.insteadRoom = "other/" + there;
        elsewhere.name = "other";
        elsewhere.kind = "practice";
        record({events::ConnectionAdded{here, {}}, events::ConnectionAdded{elsewhere, {}}, events::ConnectionArmed{"other", static_cast<Writes>(Write::Posts), {}}});
        record({events::ConnectionReported{"other", "live", {}}, events::ConnectionReported{"room", std::string(word(ic->c->state())), ic->reason}});
        events::OutboxQueued post;
        post.number = 1;
        post.connection = "room";
        post.room = m.room();
        post.text = "the pool is full";
        record({post});
        record({events::OutboxMoved{1, ic->delivery(waits), {}, ic->why(waits), {}}});
        now = now + here.insteadAfter;
        const events::Events due = desk::insteadDue(s, now);
        QCOMPARE(due.size(), std::size_t(1));
        auto instead = *getIf<events::OutboxQueued>(&due.front());
        instead.number = 2;
        record({instead});
        other.post(m.id(), instead.room, instead.text);
        QTRY_VERIFY(!heard.empty());
        QVERIFY(heard.back().starts_with("For " + m.room() + " at room, which has not taken it since ") && heard.back().ends_with(":\nthe pool is full"));
        m.platform->relay().setAccepting(true);
        QTRY_COMPARE_WITH_TIMEOUT(ic->delivery(waits), Delivery::Confirmed, 60'000);
        QVERIFY(hears(*bob, m.room(), {"the pool is full"}));
        record({events::OutboxMoved{1, Delivery::Confirmed, {}, {}, {}}});
        QVERIFY(desk::insteadDue(s, now + hours(1)).empty() && !desk::nextInstead(s));
    }

    void livesWithAClockThatIsWrong_data()
    {
        QTest::addColumn<int>("hours");
        QTest::newRow("ours is three hours ahead") << 3;
        QTest::newRow("ours is three hours behind") << -3;
    }

    /// The server's clock and ours are hours apart: order is the room's, both times are told, and what may have been written is found.
    void livesWithAClockThatIsWrong()
    {
        QFETCH(int, hours);
        m.platform->skewClock(qd::hours(hours));
        auto ic = m.seated("ic", Via::Relay);
        const bool durable = ic && ic->c->caps().historyDurable;
        auto bob = m.seated("bob", durable ? Via::Relay : Via::Direct);
        QVERIFY(ic && bob);
        QVERIFY(m.say(*bob, "1"));
        QVERIFY(m.say(*bob, "2"));
        QVERIFY(hears(*ic, m.room(), {"1", "2"}));
        const ChatEvent first = *ic->find(Kind::Message, "1");
        QVERIFY(!first.replayed); // who hears it as it is said may obey it; how old the server says it is, is the desk's to judge
        QCOMPARE(first.identityVerified, m.platform->vouchesForConnectors());
        const auto isNear = [](Instant a, Instant b) { return std::abs((a - b).ns) < minutes(2).ns; };
        QVERIFY(isNear(first.receivedAt, m.clock.now() + qd::hours(hours)));
        if (first.serverTime == first.receivedAt)
            m.cannot("what is said live carries no time of the server's: ours counts, and its age is none");
        else
            QVERIFY(isNear(first.serverTime, m.clock.now()));
        // The answer to a post is lost, with the session where the server keeps the history.
        m.platform->relay().swallowAnswers(true);
        const Uuid mine = m.id();
        ic->c->post(mine, m.room(), "once");
        QTest::qWait(300);
        if (durable)
            m.platform->kill();
        m.platform->relay().swallowAnswers(false);
        m.platform->relay().cutByReset();
        if (durable)
            QCOMPARE(m.platform->start(), std::string());
        QTRY_VERIFY_WITH_TIMEOUT(ic->isLive() && bob->isLive(), 40'000);
        QTRY_COMPARE(ic->delivery(mine), Delivery::Confirmed);
        QVERIFY(m.say(*bob, "after"));
        QVERIFY(hears(*bob, m.room(), {"1", "2", "once", "after"}));
        QVERIFY(hears(*ic, m.room(), {"1", "2", "once", "after"}));
        QCOMPARE(ic->gaps(m.room()), std::size_t(0));
        QVERIFY(!ic->find(Kind::Message, "after")->replayed);
    }

    /// HTTP 429 and its like: the room's writes wait in their order, say why, and go on by themselves.
    void waitsWhenItIsToldTo()
    {
        const std::string instead = m.platform->limitWrites(m.room());
        auto ic = m.seated("ic");
        auto bob = m.seated("bob");
        QVERIFY(ic && bob);
        std::vector<Instant> until;
        connect(ic->c.get(), &ChatConnector::rateLimited, this, [&](Instant when) { until.push_back(when); });
        std::vector<Uuid> ids;
        const Strings texts = numbered("m", 0, instead.empty() ? 4 : 26);
        for (const std::string &text : texts) {
            ids.push_back(m.id());
            ic->c->post(ids.back(), m.room(), text);
        }
        QTRY_COMPARE(ic->delivery(ids.back()), Delivery::Confirmed);
        QVERIFY(hears(*bob, m.room(), texts));
        for (const Uuid &id : ids)
            QCOMPARE(ic->delivery(id), Delivery::Confirmed);
        QCOMPARE(std::count(ic->states.begin(), ic->states.end(), ConnectorState::Degraded), 0);
        if (!instead.empty())
            return m.cannot(instead);
        // It says that it waits, and why; what is behind it waits too.
        const auto waits = std::count_if(ic->deliveries.begin(), ic->deliveries.end(), [&](const DeliveryReport &r) { return r.idem == ids[0] && r.state == Delivery::Queued && !r.reason.empty(); });
        QCOMPARE(waits, 2);
        const auto of = [&](const Uuid &id, Delivery state) {
            return std::find_if(ic->deliveries.begin(), ic->deliveries.end(), [&](const DeliveryReport &r) { return r.idem == id && r.state == state; });
        };
        QVERIFY(of(ids[0], Delivery::Confirmed) < of(ids[1], Delivery::Sent));
        QCOMPARE(until.size(), std::size_t(2));
        QVERIFY(until[0] < until[1]);
    }

    /// What waits while the platform wants patience is said in one post, in its order; each is confirmed by it, and found in it again by whoever looks for it later.
    void saysTogetherWhatWaitedTogether()
    {
        const std::string instead = m.platform->limitWrites(m.room());
        auto ic = m.seated("ic");
        auto bob = m.seated("bob");
        QVERIFY(ic && bob);
        const Strings texts = numbered("m", 0, 4);
        std::vector<Outgoing> posts;
        std::string whole;
        for (const std::string &text : texts) {
            Outgoing out;
            out.idem = m.id();
            out.room = m.room();
            out.text = text;
            out.joinable = true;
            out.queuedAt = m.clock.now();
            posts.push_back(out);
            whole += (whole.empty() ? "" : "\n") + text;
        }
        for (const Outgoing &out : posts)
            ic->c->send(out);
        for (const Outgoing &out : posts)
            QTRY_COMPARE(ic->delivery(out.idem), Delivery::Confirmed);
        if (!ic->c->caps().joinsPosts) {
            QVERIFY(hears(*bob, m.room(), texts));
            return m.cannot("each is a post of its own: in one with others it could not be found again");
        }
        QVERIFY2(instead.empty(), instead.c_str());
        QVERIFY(hears(*bob, m.room(), {whole}));
        ic.reset();
        auto again = m.seated("ic");
        QVERIFY(again);
        Outgoing doubtful = posts[2];
        doubtful.maybeSent = true;
        again->c->send(doubtful);
        QTRY_COMPARE(again->delivery(doubtful.idem), Delivery::Confirmed);
        QVERIFY(again->deliveries.back().looked == Looked::Found);
        QCOMPARE(bob->texts(m.room()), Strings{whole}); // it was not said again
    }

    /// What is no JSON, XML or IRC on the line, and for an answer: nothing is lost by it, nothing said twice.
    void goesOnAfterWhatCannotBeRead()
    {
        auto ic = m.seated("ic", Via::Relay);
        auto bob = m.seated("bob");
        QVERIFY(ic && bob);
        QVERIFY(m.say(*bob, "before"));
        QVERIFY(hears(*ic, m.room(), {"before"}));
        m.platform->relay().inject(QByteArray("\x00\xff\xfe no text", 11), true); // none of them speaks in bytes: it means nothing
        m.platform->relay().inject(m.platform->garbage());
        QTRY_VERIFY(!ic->recoveries.empty() || ic->gaps({}) > 0); // history is read again, or it is said that something may be missing
        QVERIFY(m.say(*bob, "after"));
        QVERIFY(hears(*ic, m.room(), {"before", "after"}));
        QTRY_VERIFY(ic->isLive());
        const std::string why = m.platform->garbleAnswer();
        if (!why.empty())
            m.cannot("an answer of its own: " + why);
        const Uuid mine = m.id();
        ic->c->post(mine, m.room(), "mine");
        QTRY_COMPARE(ic->delivery(mine), Delivery::Confirmed);
        const auto states = ic->deliveriesOf(mine);
        QVERIFY(!why.empty() || std::count(states.begin(), states.end(), Delivery::Unknown) > 0); // then it was looked for
        QVERIFY(m.say(*bob, "last"));
        QVERIFY(hears(*bob, m.room(), {"before", "after", "mine", "last"}));
        QVERIFY(hears(*ic, m.room(), {"before", "after", "mine", "last"}));
    }

    /// A frame of the size that is read, and one byte more, which ends the line and nothing else.
    void endsTheLineAtAFrameBeyondItsLimit()
    {
        auto ic = m.seated("ic", Via::Relay);
        auto bob = m.seated("bob");
        QVERIFY(ic && bob);
        const auto lost = [&] { return std::count(ic->states.begin(), ic->states.end(), ConnectorState::Degraded); };
        m.platform->relay().inject(m.platform->padding(m.platform->frameLimit()));
        QVERIFY(m.say(*bob, "1"));
        QVERIFY(hears(*ic, m.room(), {"1"}));
        QCOMPARE(lost(), 0);
        m.platform->relay().inject(m.platform->padding(m.platform->frameLimit() + 1));
        QTRY_COMPARE(lost(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(ic->isLive(), 40'000);
        QVERIFY(m.say(*bob, "2"));
        QVERIFY(hears(*ic, m.room(), {"1", "2"}));
        QCOMPARE(ic->recoveriesOf(m.room()), std::size_t(1));
    }
};

QD_TEST(TestConformanceLoad)
#include "tst_conformanceload.moc"
