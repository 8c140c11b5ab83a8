// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/standdown.h"
#include "core/control/get.h"
#include "core/desk/decide.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>
#include <boost/json.hpp>

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

namespace {

/// An incident Ana commands, with a silence of hers at an armed Alertmanager and a schedule she changed.
struct LeftOver {
    Log log;
    Instant silencedUntil;

    explicit LeftOver(Writes armed = static_cast<Writes>(Write::Silences))
    {
        Workspace w = aWorkspace();
        w.schedules.push_back({"pay", "Payments", "UTC"});
        log.record(withWorkspace(std::move(w))).record(withConnection("am", "alertmanager", armed));
        log.record(anIncident("INC-1").service("db").severity(IncidentSeverity::Sev3).event());
        log.record(RoleAssumed{"INC-1", Role::Commander, "ana", kAna});
        silencedUntil = log.now() + hours(2);
    }
    void silence()
    {
        log.record(SilencesSeen{"am", {{"5f2c-1", "disk is replaced", "ana", "active", {{"alertname", "DiskFull", false, true}}, log.now(), silencedUntil}}});
    }
    void change(const std::string &source = {}, std::vector<Override> overrides = {})
    {
        if (overrides.empty())
            overrides = {{1, OverrideKind::Add, {"ben"}, "", log.now(), log.now() + hours(1)}};
        log.record(ScheduleOverridden{"pay", source, std::move(overrides), {}, "ana is busy", kAna});
    }
    [[nodiscard]] std::vector<command::QuietHere> quiet() const { return command::quietOf(log.state, *log.state.incident("INC-1")); }
    Result<desk::Decision> standDown(std::vector<desk::QuietLeft> left)
    {
        desk::StandDown c{"INC-1", "ana", "fixed", {}, {}, {}, {}};
        c.quiet = std::move(left);
        return desk::decide(log.state, c, kAna, log.now());
    }
    template <typename E>
    static const E *only(const Result<desk::Decision> &d)
    {
        const E *found = nullptr;
        for (const Event &e : d->events)
            if (const auto *x = getIf<E>(&e))
                found = x;
        return found;
    }
};

} // namespace

/// What is left of an incident outside and in the schedules, when it is stood down.
class TestQuietLeft : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSilenceAtAnAlertmanagerIsKeptUntilThenByItsNewOwnerInOneWrite()
    {
        LeftOver s;
        s.silence();
        QCOMPARE(s.quiet().size(), std::size_t{1});
        QCOMPARE(s.quiet()[0].until, s.silencedUntil);
        const auto done = s.standDown({{"am/5f2c-1", "keep", "4h", "ben"}});
        VERIFY_RESULT(done);
        const auto *queued = LeftOver::only<OutboxQueued>(done);
        QVERIFY(queued && queued->effect == Effect::Silence);
        const auto body = boost::json::parse(queued->text).get_object();
        QCOMPARE(body.at("id").get_string().c_str(), "5f2c-1"); // in its place: nothing is heard in between
        QCOMPARE(body.at("createdBy").get_string().c_str(), "ben");
        QCOMPARE(body.at("comment").get_string().c_str(), "disk is replaced");
        QCOMPARE(body.at("endsAt").get_string().c_str(), toRfc3339(s.log.now() + hours(4)).c_str());
        QCOMPARE(body.at("matchers").get_array().size(), std::size_t{1});
        QVERIFY(body.at("startsAt").get_string() == toRfc3339(s.log.state.source("am")->silences[0].startsAt).c_str());
        // Another owner alone leaves its end as it is.
        const auto owner = s.standDown({{"am/5f2c-1", "keep", "", "ben"}});
        VERIFY_RESULT(owner);
        const auto same = boost::json::parse(LeftOver::only<OutboxQueued>(owner)->text).get_object();
        const auto ends = parseInstant(std::string(same.at("endsAt").get_string()));
        QVERIFY(s.silencedUntil - *ends < seconds(1) && *ends <= s.silencedUntil);
        VERIFY_FAILS(s.standDown({{"am/5f2c-1", "keep", "1h", "nobody"}}), Code::NotFound);
        VERIFY_FAILS(s.standDown({{"am/5f2c-1", "keep", "2026-01-01T00:00:00Z", ""}}), Code::Invalid);
    }

    void aSilenceAtAnAlertmanagerIsEndedOrStaysAsItIs()
    {
        LeftOver s;
        s.silence();
        VERIFY_FAILS(s.standDown({}), Code::Invalid); // something is to be said of it
        const auto ended = s.standDown({{"am/5f2c-1", "end", "", ""}});
        VERIFY_RESULT(ended);
        QVERIFY(LeftOver::only<OutboxQueued>(ended)->effect == Effect::ExpireSilence);
        const auto kept = s.standDown({{"am/5f2c-1", "keep", "", ""}});
        VERIFY_RESULT(kept);
        QVERIFY(LeftOver::only<OutboxQueued>(kept) == nullptr);
    }

    void withoutArmingNothingIsWrittenThere()
    {
        LeftOver s(0);
        s.silence();
        VERIFY_FAILS(s.standDown({{"am/5f2c-1", "keep", "4h", ""}}), Code::Forbidden);
        VERIFY_RESULT(s.standDown({{"am/5f2c-1", "keep", "", ""}}));
    }

    void aChangeOfAScheduleThatWasMadeHereIsTakenBackOrKeptAsItIs()
    {
        LeftOver s;
        s.change();
        QCOMPARE(s.quiet().size(), std::size_t{1});
        QCOMPARE(s.quiet()[0].id, std::string("override/1"));
        QCOMPARE(s.quiet()[0].kind, std::string("schedule"));
        VERIFY_FAILS(s.standDown({}), Code::Invalid);
        VERIFY_FAILS(s.standDown({{"override/1", "keep", "4h", ""}}), Code::Invalid);
        const auto kept = s.standDown({{"override/1", "keep", "", ""}});
        VERIFY_RESULT(kept);
        QVERIFY(LeftOver::only<OverridesWithdrawn>(kept) == nullptr);
        const auto back = s.standDown({{"override/1", "end", "", ""}});
        VERIFY_RESULT(back);
        QCOMPARE(LeftOver::only<OverridesWithdrawn>(back)->numbers, std::vector<std::uint32_t>{1});
        QVERIFY(LeftOver::only<StoodDown>(back) != nullptr);
    }

    void aCalendarAnEndedChangeAndOneOfSomebodyElseAreNotOfIt()
    {
        LeftOver s;
        s.change("calendar/x");
        QVERIFY(s.quiet().empty());
        s.log.record(ScheduleOverridden{"pay", "", {{2, OverrideKind::Add, {"ben"}, "", s.log.now(), s.log.now() + hours(1)}}, {}, "x", {"eve", Path::Person}});
        QVERIFY(s.quiet().empty());
        s.change({}, {{3, OverrideKind::Add, {"ben"}, "", s.log.now(), s.log.now() + seconds(1)}});
        s.log.record(ClockWoke{}, minutes(1));
        QVERIFY(s.quiet().empty());
    }

    void bothHalvesOfASwapAreOneLineWithTheLaterEnd()
    {
        LeftOver s;
        const Instant now = s.log.now();
        s.change("swap", {{4, OverrideKind::Replace, {"ben"}, "ana", now, now + hours(1)}, {5, OverrideKind::Replace, {"ana"}, "ben", now + hours(24), now + hours(25)}});
        QCOMPARE(s.quiet().size(), std::size_t{1});
        QCOMPARE(s.quiet()[0].until, now + hours(25));
    }

    void theSheetSaysEndsAsPeopleReadThem()
    {
        LeftOver s;
        s.silencedUntil = *parseInstant("2026-11-24T09:30:15.123456789Z");
        s.silence();
        const auto items = boost::json::parse(*control::getJson(s.log.state, "standdowns")).at("items").get_array();
        const std::string text(items.at(0).at("text").get_string());
        QVERIFY2(text.find("until 2026-11-24 09:30 UTC") != std::string::npos, text.c_str());
        QVERIFY(text.find("123456789") == std::string::npos);
    }
};

QD_TEST(TestQuietLeft)
#include "tst_quietleft.moc"
