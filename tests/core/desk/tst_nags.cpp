// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/nags.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// What nobody looks at any more is brought back to somebody's mind.
namespace {

struct Nagging : QuietBench {
    Nagging()
    {
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
    }
    /// "ana: INC-1 wants looking at", in order; of prompts to who commands only those asked for.
    std::vector<std::string> told(std::string_view prompt = {})
    {
        return ask([&](const state::State &s) {
            std::vector<std::string> out;
            for (const auto &[n, o] : s.outbox)
                if (const std::string &about = o.what.subject; about.starts_with("told/nag/") && (prompt.empty() ? !isPrompt(about) : about.ends_with(prompt)))
                    out.push_back(o.what.person + ": " + o.what.title);
            return out;
        });
    }
    static bool isPrompt(const std::string &subject)
    {
        return subject.ends_with(events::kScopeOf) || subject.ends_with(events::kLongOf) || subject.ends_with(events::kTiredOf);
    }
    /// What the timeline of INC-1 says about one of them.
    std::vector<std::string> lines(std::string_view prompt)
    {
        return ask([&](const state::State &s) {
            std::vector<std::string> out;
            for (const state::Entry &e : s.incident("INC-1")->timeline)
                if (e.reference == "INC-1" + std::string(prompt))
                    out.push_back(e.text);
            return out;
        });
    }
    /// The same, as one list to look in.
    const std::vector<std::string> &toldOnce() { return m_told = told(); }
    void declare(const std::string &severity, const std::string &kind = {}, const std::string &service = {})
    {
        desk::DeclareIncident d;
        d.title = "Shop is slow";
        d.service = service;
        d.severity = severity;
        d.kind = kind;
        d.room = false;
        const auto done = command(d, "ben");
        Q_ASSERT(done);
        (void)command(desk::TakeCommand{done->id, {}}, "ana");
    }

private:
    std::vector<std::string> m_told;
};

using Told = std::vector<std::string>;
const Labels kAging{{"alertname", "DiskFull"}, {"instance", "n1"}, {"service", "db"}, {"severity", "warning"}};

} // namespace

class TestNags final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anIncidentNobodyWorksOnIsSaidToWhoCommandsAgainAndAgain_data()
    {
        QTest::addColumn<QString>("severity");
        QTest::addColumn<qint64>("after");
        QTest::newRow("SEV2") << "SEV2" << qint64(command::kAgingSevere.ns);
        QTest::newRow("SEV3") << "SEV3" << qint64(command::kAging.ns);
    }
    void anIncidentNobodyWorksOnIsSaidToWhoCommandsAgainAndAgain()
    {
        QFETCH(QString, severity);
        QFETCH(qint64, after);
        Nagging b;
        b.declare(severity.toStdString());
        b.pass(Span{after} - nanos(1));
        QVERIFY(b.told().empty());
        b.pass(nanos(1));
        QCOMPARE(b.told(), Told{"ana: INC-1 wants looking at"});
        b.pass(Span{after / 2});
        VERIFY_RESULT(b.command(desk::WriteLog{"INC-1", "still at it"}, "ben")); // somebody does
        b.pass(Span{after} - nanos(1));
        QCOMPARE(b.told().size(), std::size_t(1));
        b.pass(nanos(1));
        QCOMPARE(b.told().size(), std::size_t(2));
        b.restart();
        b.pass(Span{after});
        QCOMPARE(b.told().size(), std::size_t(3));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", "over"}));
        b.pass(Span{after} * 2);
        QCOMPARE(b.told().size(), std::size_t(3));
        QCOMPARE(b.dumped(), b.committed());
    }

    /// What is posted waits for its room, and who leads is told that nobody hears it: by a room that can be reached, or to them alone.
    void aRoomThatNothingReachesIsSaidOnceAnHourAndAnotherIsOffered()
    {
        Nagging b;
        b.declare("SEV3");
        (void)b.report(events::Event(events::RoomLinked{"INC-1", "chat", "war@muc.example", true, false}));
        const auto posts = [&](const std::string &room) {
            return b.ask([&](const state::State &s) {
                return std::count_if(s.outbox.begin(), s.outbox.end(), [&](const auto &o) { return o.second.what.room == room && o.second.what.effect == events::Effect::Post && o.second.what.text.find("the pool is full") != std::string::npos; });
            });
        };
        const auto settle = [&] {
            for (const std::uint64_t n : b.ask([](const state::State &s) {
                     std::vector<std::uint64_t> open;
                     for (const auto &[number, o] : s.outbox)
                         if (o.delivery == Delivery::Queued)
                             open.push_back(number);
                     return open;
                 }))
                (void)b.report(events::Event(events::OutboxMoved{n, Delivery::Confirmed, "m" + std::to_string(n), {}, "INC-1"}));
        };
        const auto told = [&] {
            const auto all = b.toldOnce();
            return static_cast<std::size_t>(std::count(all.begin(), all.end(), "ana: INC-1/cut-off wants looking at"));
        };
        settle();
        (void)b.report(events::Event(events::ConnectionReported{"chat", "degraded", "nobody answers at chat.example"}));
        b.pass(command::kCutOff * 2);
        QCOMPARE(told(), std::size_t(0)); // nothing waits
        VERIFY_RESULT(b.command(desk::WriteLog{"INC-1", "the pool is full"}, "ben"));
        b.pass(command::kCutOff - nanos(1));
        QCOMPARE(told(), std::size_t(0));
        b.pass(nanos(1));
        QCOMPARE(told(), std::size_t(1));
        const auto said = b.ask([](const state::State &s) {
            const auto &lines = s.incident("INC-1")->timeline;
            const auto line = std::find_if(lines.rbegin(), lines.rend(), [](const state::Entry &e) { return e.text.starts_with("nothing reaches war@muc.example since "); });
            return line == lines.rend() ? std::string() : line->text;
        });
        QVERIFY2(said.find("(nobody answers at chat.example): 1 post waits. Attach a room that can be reached") != std::string::npos, said.c_str());
        QCOMPARE(posts("war@muc.example"), 1); // it stays there, once
        b.pass(command::kCutOffAgain - nanos(1));
        QCOMPARE(told(), std::size_t(1));
        b.pass(nanos(1));
        QCOMPARE(told(), std::size_t(2));
        (void)b.report(events::Event(events::ConnectionReported{"chat", "live", {}}));
        b.pass(command::kCutOffAgain * 2);
        QCOMPARE(told(), std::size_t(2));
        settle();
        QCOMPARE(posts("war@muc.example"), 1);
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatACutOffRoomIsToldElsewhereIsSaidWithIt()
    {
        Nagging b;
        b.connect("other", "mattermost");
        desk::AddConnection chat;
        chat.connection.name = "chat";
        chat.connection.kind = "xmpp";
        chat.connection.url = "ws://127.0.0.1:1/";
        chat.connection.insteadRoom = "other/ops";
        VERIFY_RESULT(b.command(chat));
        b.declare("SEV3");
        (void)b.report(events::Event(events::RoomLinked{"INC-1", "chat", "war@muc.example", true, false}));
        (void)b.report(events::Event(events::ConnectionReported{"chat", "degraded", "nobody answers"}));
        VERIFY_RESULT(b.command(desk::WriteLog{"INC-1", "the pool is full"}, "ben"));
        b.pass(command::kCutOff);
        const auto said = b.ask([](const state::State &s) {
            const auto &lines = s.incident("INC-1")->timeline;
            return std::any_of(lines.begin(), lines.end(), [](const state::Entry &e) { return e.text.find(" and is said in other/ops@127.0.0.1 instead, as far as that may be") != std::string::npos; });
        });
        QVERIFY(said);
    }

    void aDrillAgesUnsaid()
    {
        Nagging b;
        b.declare("SEV1", "drill");
        b.pass(command::kAging * 2);
        QVERIFY(b.told().empty());
        for (const auto prompt : {events::kScopeOf, events::kLongOf, events::kTiredOf})
            QVERIFY(b.lines(prompt).empty());
    }

    void nobodySaidWhatIsAffectedIsAskedOnce_data()
    {
        QTest::addColumn<QString>("severity");
        QTest::addColumn<QString>("said");
        QTest::addColumn<int>("asked");
        QTest::newRow("nothing was said") << "SEV1" << "" << 1;
        QTest::newRow("of a SEV2") << "SEV2" << "" << 1;
        QTest::newRow("of a SEV3 it need not be") << "SEV3" << "" << 0;
        QTest::newRow("its service was named") << "SEV1" << "service" << 0;
        QTest::newRow("the three questions were answered") << "SEV1" << "questions" << 0;
        QTest::newRow("it was mitigated before") << "SEV1" << "mitigated" << 0;
    }
    void nobodySaidWhatIsAffectedIsAskedOnce()
    {
        QFETCH(QString, severity);
        QFETCH(QString, said);
        QFETCH(int, asked);
        Nagging b;
        b.declare(severity.toStdString(), {}, said == QLatin1String("service") ? "web" : "");
        if (said == QLatin1String("questions"))
            VERIFY_RESULT(b.command(desk::ChangeSeverity{"INC-1", severity.toStdString(), "as it is", "yes", "some", "no"}));
        if (said == QLatin1String("mitigated"))
            VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "mitigated", {}}));
        b.pass(command::kScopeAfter - nanos(1));
        QCOMPARE(b.lines(events::kScopeOf).size(), std::size_t(0));
        b.pass(nanos(1));
        QCOMPARE(b.lines(events::kScopeOf).size(), static_cast<std::size_t>(asked));
        QCOMPARE(b.told(events::kScopeOf).size(), static_cast<std::size_t>(asked)); // who commands
        b.restart();
        b.pass(hours(1));
        QCOMPARE(b.lines(events::kScopeOf).size(), static_cast<std::size_t>(asked));
        QCOMPARE(b.dumped(), b.committed());
    }

    void afterAnHourItIsLedAsALongOneAndThatIsSaidOnce()
    {
        Nagging b;
        b.declare("SEV1", {}, "web");
        b.pass(minutes(30));
        VERIFY_RESULT(b.command(desk::WriteLog{"INC-1", "still looking"}, "ben"));
        b.pass(minutes(30) - nanos(1));
        QVERIFY(b.lines(events::kLongOf).empty());
        b.pass(nanos(1));
        QCOMPARE(b.lines(events::kLongOf).size(), std::size_t(1));
        QVERIFY2(b.lines(events::kLongOf)[0].find("Who relieves Ana, and when") != std::string::npos, b.lines(events::kLongOf)[0].c_str());
        QCOMPARE(b.told(events::kLongOf), Told{"ana: INC-1/long wants looking at"});
        b.restart();
        b.pass(hours(3));
        QCOMPARE(b.lines(events::kLongOf).size(), std::size_t(1));
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatCalmedWithinAnHourIsNoLongOne()
    {
        Nagging b;
        b.declare("SEV1", {}, "web");
        b.pass(minutes(50));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "mitigated", {}}));
        b.pass(hours(20));
        QVERIFY(b.lines(events::kLongOf).empty() && b.lines(events::kTiredOf).empty());
    }

    void whoCommandsForAWholeShiftIsAskedWhoRelievesThemUntilSomebodyDoes()
    {
        Nagging b;
        b.declare("SEV2", {}, "web"); // ana
        b.pass(command::kTiredAfter - nanos(1));
        QVERIFY(b.lines(events::kTiredOf).empty());
        b.pass(nanos(1));
        QCOMPARE(b.lines(events::kTiredOf), Told{"Ana commands for 8h without relief: a shift is over, hand over to somebody rested (handover)"});
        b.pass(command::kTiredAgain - nanos(1));
        QCOMPARE(b.lines(events::kTiredOf).size(), std::size_t(1));
        b.pass(nanos(1));
        QCOMPARE(b.lines(events::kTiredOf).size(), std::size_t(2));
        VERIFY_RESULT(b.command(desk::OfferCommand{"INC-1", "ben", "all well", {}, {}}));
        VERIFY_RESULT(b.command(desk::AcceptCommand{"INC-1", "I have it"}, "ben"));
        b.pass(command::kTiredAfter - nanos(1));
        QCOMPARE(b.lines(events::kTiredOf).size(), std::size_t(2)); // Ben's shift began with it
        b.pass(nanos(1));
        QCOMPARE(b.lines(events::kTiredOf).size(), std::size_t(3));
        QCOMPARE(b.told(events::kTiredOf).back(), std::string("ben: INC-1/tired wants looking at"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void aDraftAndActionsThatAreDueAreSaidToTheirOwners()
    {
        Nagging b;
        b.declare("SEV1");
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", {}}));
        desk::OpenReview o;
        o.incident = "INC-1";
        o.owner = "ben";
        VERIFY_RESULT(b.command(o)); // due in three days
        desk::KeepAction k;
        k.incident = "INC-1";
        k.text = "cap the limit";
        k.owner = "ana";
        k.due = "5d";
        k.verification = "a push of 40 is refused";
        VERIFY_RESULT(b.command(k));
        const auto said = [&](const std::string &subject) {
            const auto all = b.told();
            return int(std::count(all.begin(), all.end(), subject + " wants looking at"));
        };
        b.pass(hours(47));
        QCOMPARE(said("ben: INC-1/review"), 0);
        b.pass(hours(2)); // a day before
        QCOMPARE(said("ben: INC-1/review"), 1);
        b.pass(hours(22));
        QCOMPARE(said("ben: INC-1/review"), 1);
        b.pass(hours(2)); // due
        QCOMPARE(said("ben: INC-1/review"), 2);
        b.pass(hours(46));
        QCOMPARE(said("ana: INC-1/action/1"), 0);
        b.pass(hours(26)); // the action was due, and the draft is late by three days
        QCOMPARE(said("ana: INC-1/action/1"), 1);
        QCOMPARE(said("ben: INC-1/review"), 3);
        VERIFY_RESULT(b.command(desk::TurnAction{"INC-1", "done", {}, 1}));
        VERIFY_RESULT(b.command(desk::TurnReview{"INC-1", "in review", {}}, "ben"));
        for (const char *gate : {"contributions", "sections", "factors"})
            VERIFY_RESULT(b.command(desk::WaiveGate{"INC-1", gate, "a test"}, "ben"));
        VERIFY_RESULT(b.command(desk::TurnReview{"INC-1", "reviewed", {}}, "ben"));
        b.pass(hours(24 * 30));
        QCOMPARE(said("ben: INC-1/review"), 3);
        QCOMPARE(said("ana: INC-1/action/1"), 1);
        QVERIFY(!b.ask([](const state::State &s) { return command::nextNag(s); }));
    }
    void aSilenceThatEndsOnWhatStillFiresIsSaidToItsOwnerBefore()
    {
        Nagging b;
        b.fires(kAging);
        VERIFY_RESULT(b.silence({is("alertname", "DiskFull")}, "2h"));
        VERIFY_RESULT(b.silence({is("alertname", "Nothing")}, "2h")); // keeps nothing quiet
        VERIFY_RESULT(b.silence({is("alertname", "DiskFull")}, "59m")); // who placed a short one knows
        b.pass(hours(2) - command::kEndsSoon - nanos(1));
        QVERIFY(b.told().empty());
        b.pass(nanos(1));
        QCOMPARE(b.told(), Told{"ana: silence/1 wants looking at"});
        const auto text = b.ask([](const state::State &s) { return s.outbox.rbegin()->second.what.text; });
        QVERIFY2(text.starts_with("silence/1 ends at ") && text.find("1 alert it keeps quiet still fires (being replaced)") != std::string::npos, text.c_str());
        b.pass(Span{command::kEndsSoon.ns / 2});
        QCOMPARE(b.told().size(), std::size_t(1)); // once
        VERIFY_RESULT(b.command(desk::KeepSuppression{"silence/1", "4h", {}, {}}));
        b.pass(hours(4) - command::kEndsSoon);
        QCOMPARE(b.told().size(), std::size_t(2)); // of its new end
        QCOMPARE(b.dumped(), b.committed());
    }

    void aSilenceThatStandsForWeeksIsSaidOnceAWeek()
    {
        Nagging b;
        VERIFY_RESULT(b.silence({is("alertname", "DiskFull")}, "30d"));
        b.pass(command::kForgotten - nanos(1));
        QVERIFY(b.told().empty());
        b.pass(nanos(1));
        QCOMPARE(b.told(), Told{"ana: silence/1 wants looking at"});
        b.pass(command::kForgotten);
        QCOMPARE(b.told().size(), std::size_t(2));
        VERIFY_RESULT(b.command(desk::EndSuppression{{"silence/1"}, {}}));
        b.pass(command::kForgotten);
        QCOMPARE(b.told().size(), std::size_t(2));
    }

    void aSilenceOfAnAlertmanagerIsSaidToItsAuthorWhereWeKnowThem()
    {
        Nagging b;
        b.connect("alerts", "alertmanager");
        const Instant now = b.clock.now();
        VERIFY_RESULT(b.report(events::Event(events::SilencesSeen{"alerts", {{"5f2c", "known", "ben", "active", {is("alertname", "Down")}, now, now + hours(24 * 30)},
                                                                           {"0a0a", "known", "grafana", "active", {is("alertname", "Down")}, now, now + hours(24 * 30)}}})));
        b.pass(command::kForgotten);
        QCOMPARE(b.told(), Told{"ben: alerts/5f2c wants looking at"});
        QVERIFY(b.ask([](const state::State &s) { return std::any_of(s.log.begin(), s.log.end(), [](const auto &e) { return e.reference == "alerts/0a0a"; }); }));
    }

    void whatWasNaggedAboutIsRememberedUpToALimit()
    {
        Log log;
        for (std::size_t n = 0; n <= state::State::kNaggedKept; ++n)
            log.record(events::Event(events::Nagged{"silence/" + std::to_string(n), {}, {}, {}, {}}));
        QCOMPARE(log.state.nagged.size(), state::State::kNaggedKept);
        QVERIFY(!log.state.nagged.contains("silence/0"));
    }
};

QD_TEST(TestNags)
#include "tst_nags.moc"
