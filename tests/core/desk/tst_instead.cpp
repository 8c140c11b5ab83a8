// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/instead.h"
#include "core/desk/past.h"
#include "core/desk/whatif.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

namespace {

using Said = std::vector<std::string>;

/// INC-1 with a room at "chat" (XMPP), which does not stand; "irc" does, and is where what waits is said after five minutes.
struct Elsewhere : QuietBench {
    explicit Elsewhere(Workspace w = aWorkspace(), const std::string &service = {}, const std::string &kind = {}, bool isPrivate = false) : QuietBench(std::move(w))
    {
        VERIFY_DONE(command(irc()));
        VERIFY_DONE(command(desk::Arm{"irc", {"posts"}}));
        state("irc", "live");
        VERIFY_DONE(command(chat("irc/ops")));
        VERIFY_DONE(command(desk::Arm{"chat", {"rooms", "posts", "pages"}}));
        desk::DeclareIncident d;
        d.title = "Shop is slow";
        d.severity = "SEV3";
        d.service = service;
        d.kind = kind;
        d.room = false;
        VERIFY_DONE(command(d));
        (void)command(desk::TakeCommand{"INC-1", {}}, "ana");
        (void)report(events::Event(events::RoomLinked{"INC-1", "chat", "war@muc.example", true, false, isPrivate}));
        settleAll(Delivery::Confirmed);
        state("chat", "degraded", "nobody answers");
    }
    static void VERIFY_DONE(const Result<Outcome> &done) { Q_ASSERT(done); }

    static desk::AddConnection irc()
    {
        desk::AddConnection add;
        add.connection.name = "irc";
        add.connection.kind = "irc";
        add.connection.url = "ws://127.0.0.1:2/";
        add.connection.address = "ic";
        add.connection.muc = "irc.test";
        return add;
    }
    static desk::AddConnection chat(const std::string &instead)
    {
        desk::AddConnection add;
        add.connection.name = "chat";
        add.connection.kind = "xmpp";
        add.connection.url = "ws://127.0.0.1:1/";
        add.connection.muc = "muc.example";
        add.connection.insteadRoom = instead;
        return add;
    }
    void state(const std::string &connection, const std::string &word, const std::string &why = {}) { (void)report(events::Event(events::ConnectionReported{connection, word, why})); }
    void log(const std::string &text) { VERIFY_DONE(command(desk::WriteLog{"INC-1", text}, "ben")); }
    void settleAll(Delivery delivery, const std::string &reason = {})
    {
        const auto open = ask([](const state::State &s) {
            std::vector<std::uint64_t> numbers;
            for (const auto &[number, o] : s.outbox)
                if (o.delivery != Delivery::Confirmed && o.delivery != Delivery::Failed)
                    numbers.push_back(number);
            return numbers;
        });
        for (const std::uint64_t n : open)
            (void)report(events::Event(events::OutboxMoved{n, delivery, "m" + std::to_string(n), reason, "INC-1"}));
    }
    /// What these tests write, as against what the rules remind of meanwhile.
    static bool isOfPool(const std::string &text) { return text.find("ool: ") != std::string::npos; }
    /// "ROOM: text" of everything that was said instead of what waits.
    Said said()
    {
        return ask([](const state::State &s) {
            Said out;
            for (const auto &[number, o] : s.outbox)
                if (o.what.instead != 0 && isOfPool(o.what.text))
                    out.push_back(o.what.room + ": " + o.what.text);
            return out;
        });
    }
    Said withheld()
    {
        return ask([](const state::State &s) {
            Said out;
            for (const state::Withheld &w : s.incident("INC-1")->withheld)
                if (w.what.instead != 0 && isOfPool(w.what.text))
                    out.push_back(w.what.reason);
            return out;
        });
    }
    /// The post of INC-1 that says this in its own room.
    state::OutboxEntry post(const std::string &text)
    {
        return ask([&](const state::State &s) {
            for (const auto &[number, o] : s.outbox)
                if (o.what.effect == events::Effect::Post && o.what.instead == 0 && o.what.text.find(text) != std::string::npos)
                    return o;
            return state::OutboxEntry{};
        });
    }
};

constexpr Span kWaits = minutes(5);

} // namespace

class TestInstead final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPostThatWaitsTooLongIsSaidOnceInTheOtherRoomAndStaysWhereItIs()
    {
        Elsewhere b;
        b.log("pool: it is full");
        const Instant queued = b.post("it is full").queuedAt;
        b.pass(kWaits - nanos(1));
        QCOMPARE(b.said(), Said{});
        b.pass(nanos(1));
        const state::OutboxEntry waiting = b.post("it is full");
        QCOMPARE(b.said(), (Said{"ops@irc.test: For war@muc.example at chat, which has not taken it since " + clockText(queued) + ":\n" + waiting.what.text}));
        QCOMPARE(waiting.delivery, Delivery::Queued); // it goes out when it can
        QCOMPARE(waiting.insteadIn, std::string("irc/ops@irc.test"));
        const bool isOnTheTimeline = b.ask([](const state::State &s) {
            const auto &lines = s.incident("INC-1")->timeline;
            return std::any_of(lines.begin(), lines.end(), [](const state::Entry &e) { return e.text == "said in ops@irc.test instead, because war@muc.example does not take it"; });
        });
        QVERIFY(isOnTheTimeline);
        b.settleAll(Delivery::Queued, "nobody answers");
        b.pass(hours(2));
        QCOMPARE(b.said().size(), std::size_t(1));
        b.restart();
        b.state("irc", "live");
        b.state("chat", "degraded", "nobody answers");
        b.pass(hours(2));
        QCOMPARE(b.said().size(), std::size_t(1));
        b.state("chat", "live");
        b.settleAll(Delivery::Confirmed);
        b.pass(hours(2));
        QCOMPARE(b.said().size(), std::size_t(1));
        QVERIFY(b.withheld().empty());
        QCOMPARE(b.dumped(), b.committed());
    }

    /// Under the rules it was recorded by, the record's conclusions come out again.
    void whatWasSaidInsteadIsConcludedAgain()
    {
        Elsewhere b;
        for (const char *text : {"pool: it is full", "pool: full again"}) {
            b.log(text);
            for (Span passed; passed < kWaits; passed = passed + minutes(1))
                b.pass(minutes(1)); // as a desk's own timer has it
        }
        QCOMPARE(b.said().size(), std::size_t(2));
        const state::Past past = desk::pastOf(*b.journal);
        state::SnapshotLoader loader;
        auto was = state::stateAt(past, 0, loader);
        VERIFY_RESULT(was);
        state::State would = was->clone();
        const auto again = desk::whatIf(past, std::move(*was), std::move(would), b.journal->head(), std::nullopt, [] { return true; });
        VERIFY_RESULT(again);
        QVERIFY2(again->recordsOther == 0, again->firstOtherWhat.c_str());
    }

    void whatNeedNotBeSaidElsewhereIsNot_data()
    {
        QTest::addColumn<QString>("why");
        for (const char *why : {"it was taken", "it was refused", "nobody can say whether it arrived, and the line stands", "no other room is named", "a drill", "the other room is one of the incident's"})
            QTest::newRow(why) << QString::fromLatin1(why);
    }
    void whatNeedNotBeSaidElsewhereIsNot()
    {
        QFETCH(QString, why);
        Elsewhere b(aWorkspace(), {}, why == QLatin1String("a drill") ? "drill" : "");
        if (why.startsWith(QLatin1String("no other room")))
            QVERIFY(b.command(Elsewhere::chat({})));
        if (why.startsWith(QLatin1String("the other room")))
            (void)b.report(events::Event(events::RoomLinked{"INC-1", "irc", "ops@irc.test", false, true}));
        b.log("pool: it is full");
        if (why == QLatin1String("it was taken"))
            b.settleAll(Delivery::Confirmed);
        if (why == QLatin1String("it was refused"))
            b.settleAll(Delivery::Failed, "too long");
        if (why.startsWith(QLatin1String("nobody can say"))) {
            b.settleAll(Delivery::Unknown, "look into the room");
            b.state("chat", "live");
        }
        b.pass(kWaits * 3);
        QCOMPARE(b.said(), Said{});
        QCOMPARE(b.withheld(), Said{});
    }

    /// Waiting is what a platform does that asks for patience, too.
    void whatWaitsThoughTheLineStandsIsSaidElsewhereAndSoIsWhatMayHaveArrivedOnOneThatDoesNot()
    {
        Elsewhere b;
        b.state("chat", "live");
        b.log("pool: it is full");
        b.settleAll(Delivery::Queued, "Slack asks for patience");
        b.pass(kWaits);
        QCOMPARE(b.said().size(), std::size_t(1));
        b.settleAll(Delivery::Confirmed);
        b.log("pool: full again");
        b.settleAll(Delivery::Unknown, "no confirmation in time; looking for it");
        b.pass(kWaits * 2);
        QCOMPARE(b.said().size(), std::size_t(1));
        b.state("chat", "degraded", "nobody answers");
        b.pass(seconds(1));
        QCOMPARE(b.said().size(), std::size_t(2));
    }

    void whatTheOtherRoomMayNotBeToldIsWithheldAndSaidOnce_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("why");
        QTest::newRow("marked words") << "marked" << "the room ops@irc.test may not be told what is marked ";
        QTest::newRow("a restricted incident") << "restricted" << "INC-1 is restricted, and what is said in its room is said in no other";
        QTest::newRow("a private room") << "private" << "what is said in a private room is said in no other";
        QTest::newRow("nothing may be written there") << "disarmed" << "the connection irc is not armed for posts";
        QTest::newRow("it is not there any more") << "removed" << "there is no connection irc any more";
    }
    void whatTheOtherRoomMayNotBeToldIsWithheldAndSaidOnce()
    {
        QFETCH(QString, what);
        QFETCH(QString, why);
        Workspace w = aWorkspace();
        ClearanceRule trusted;
        trusted.id = "war";
        trusted.level = DataClass::Confidential;
        trusted.connections = {"chat"};
        w.clearances = {trusted};
        std::string service;
        if (what == QLatin1String("restricted")) {
            w.business = {{"payroll", "Payroll"}};
            w.business[0].data = DataClass::Restricted;
            w.services[0].carries = {"payroll"};
            service = w.services[0].id;
        }
        Elsewhere b(w, service, {}, what == QLatin1String("private"));
        if (what == QLatin1String("disarmed"))
            QVERIFY(b.command(desk::Disarm{"irc"}));
        if (what == QLatin1String("removed"))
            QVERIFY(b.command(desk::RemoveConnection{"irc"}));
        b.log("pool: that of [[confidential: Acme Ltd]] is full");
        b.log("pool: full again");
        b.pass(kWaits);
        const bool isOne = what == QLatin1String("marked");
        QCOMPARE(b.withheld().size(), std::size_t(isOne ? 1 : 2));
        const std::string expected = "war@muc.example does not take it, and it is not said in ops@irc.test instead: " + why.toStdString();
        QVERIFY2(b.withheld()[0].starts_with(expected), b.withheld()[0].c_str());
        QVERIFY(b.withheld()[0].find("Acme") == std::string::npos);
        QCOMPARE(b.said().size(), std::size_t(isOne ? 1 : 0));
        QCOMPARE(b.post("is full").insteadWhy, b.withheld()[0]);
        QCOMPARE(b.post("is full").delivery, Delivery::Queued);
        b.pass(hours(1));
        QCOMPARE(b.withheld().size(), std::size_t(isOne ? 1 : 2));
        QCOMPARE(b.dumped(), b.committed());
    }

    void whileTheOtherRoomTakesNothingEitherNothingIsQueuedForIt()
    {
        Elsewhere b;
        b.state("irc", "degraded", "nobody answers there");
        b.log("pool: it is full");
        b.pass(kWaits * 2);
        QCOMPARE(b.said(), Said{});
        b.state("irc", "live");
        b.pass(seconds(1));
        QCOMPARE(b.said().size(), std::size_t(1));
    }

    /// While no core ran nobody tried: the platform may take it at once.
    void afterAStartItIsTriedFirst()
    {
        Elsewhere b;
        b.log("pool: it is full");
        b.stop();
        b.clock.advance(hours(3));
        b.start();
        b.state("irc", "live");
        b.state("chat", "live");
        b.pass(kWaits - seconds(1));
        QCOMPARE(b.said(), Said{});
        b.settleAll(Delivery::Confirmed);
        b.pass(kWaits);
        QCOMPARE(b.said(), Said{});
    }

    void manyAreSaidInTheirOrder()
    {
        Elsewhere b;
        const int many = static_cast<int>(desk::kInsteadAtOnce) + 5;
        for (int n = 0; n < many; ++n)
            b.log("pool: line " + std::to_string(n) + " of it");
        b.pass(kWaits);
        b.pass(seconds(1));
        const Said all = b.said();
        QCOMPARE(all.size(), static_cast<std::size_t>(many));
        for (int n = 0; n < many; ++n)
            QVERIFY2(all[static_cast<std::size_t>(n)].find("line " + std::to_string(n) + " of it") != std::string::npos, all[static_cast<std::size_t>(n)].c_str());
    }

    void theOtherRoomIsOneThatIsThere_data()
    {
        QTest::addColumn<QString>("room");
        QTest::addColumn<QString>("kept");
        QTest::newRow("by its name") << "irc/ops" << "irc/ops@irc.test";
        QTest::newRow("by its address") << "irc/ops@irc.test" << "irc/ops@irc.test";
        QTest::newRow("in small letters") << "IRC/Ops" << "irc/ops@irc.test";
        for (const char *none : {"irc", "irc/", "/ops", "irc/@irc.test", "irc/ops@elsewhere.test", "irc/a/b", "irc/a b", "nobody/ops", "am/ops", "chat/war"})
            QTest::newRow(none) << QString::fromLatin1(none) << QString();
    }
    void theOtherRoomIsOneThatIsThere()
    {
        QFETCH(QString, room);
        QFETCH(QString, kept);
        Elsewhere b;
        const auto done = b.command(Elsewhere::chat(room.toStdString()));
        QCOMPARE(done.has_value(), !kept.isEmpty());
        const auto now = b.ask([](const state::State &s) { return s.source("chat")->connection.insteadRoom; });
        QCOMPARE(now, kept.isEmpty() ? std::string("irc/ops@irc.test") : kept.toStdString());
    }

    void onlyAChatHasAnotherRoomAndOnlyAfterAWhile()
    {
        Elsewhere b;
        desk::AddConnection inbound;
        inbound.connection.name = "am2";
        inbound.connection.kind = "inbound";
        inbound.connection.insteadRoom = "irc/ops";
        QVERIFY(!b.command(inbound));
        for (const Span after : {Span{}, millis(999), hours(24) + nanos(1)}) {
            desk::AddConnection add = Elsewhere::chat("irc/ops");
            add.connection.insteadAfter = after;
            QVERIFY(!b.command(add));
        }
    }
};

QD_TEST(TestInstead)
#include "tst_instead.moc"
