// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/coverage.h"
#include "tests/support/builders.h"
#include "tests/support/clock.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::oncall;
using namespace qd::tests;

namespace {

const Instant kMonday = at("2026-11-23T00:00:00Z");

Schedule watched(const std::string &id, const char *window)
{
    Schedule s;
    s.id = id;
    s.zone = "UTC";
    Layer l{"days", "", {"ana"}, parseLocalTime("2026-01-05T00:00")->seconds, hours(24 * 7), {}};
    if (*window)
        l.only.push_back(*parseDayWindow(window));
    s.layers = {l};
    return s;
}

Workspace calling(std::vector<Schedule> schedules, std::vector<std::string> targets)
{
    Workspace w = aWorkspace();
    w.schedules = std::move(schedules);
    w.policies = {{"pay", "Pay", {{std::move(targets), minutes(5)}}, 0}};
    return w;
}

std::vector<Uncovered> week(const Workspace &w)
{
    return uncovered(w, kMonday, kMonday + hours(24 * 7));
}

} // namespace

/// What a sound workspace leaves to nobody.
class TestCoverage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWatchWithoutGapsIsNotSpokenOf()
    {
        QVERIFY(week(aWorkspace()).empty());
        QVERIFY(week(calling({watched("all", "")}, {"all"})).empty());
    }

    void theGapOfAScheduleAndTheStepNobodyIsBehindAreNamed()
    {
        const auto found = week(calling({watched("day", "mon-sun 08:00-20:00")}, {"day"}));
        QCOMPARE(found.size(), std::size_t(2));
        QVERIFY(!found[0].isPolicy && found[0].id == "day");
        QVERIFY2(found[0].text.starts_with("schedule day has nobody on call from 2026-11-23T00:00 to 2026-11-23T08:00 UTC, and in 7 more gaps"), found[0].text.c_str());
        QVERIFY(found[1].isPolicy && found[1].id == "pay");
        QVERIFY2(found[1].text.starts_with("step 1 of policy pay has nobody behind it from 2026-11-23T00:00 UTC"), found[1].text.c_str());
    }

    void aStepIsCoveredByAnotherScheduleAPersonOrATeam()
    {
        const std::vector<Schedule> both{watched("day", "mon-sun 08:00-20:00"), watched("night", "mon-sun 20:00-08:00")};
        const auto policies = [](const std::vector<Uncovered> &found) { return std::count_if(found.begin(), found.end(), [](const Uncovered &u) { return u.isPolicy; }); };
        QCOMPARE(policies(week(calling(both, {"day", "night"}))), std::ptrdiff_t(0));
        QCOMPARE(policies(week(calling(both, {"day", "ben"}))), std::ptrdiff_t(0));
        QCOMPARE(policies(week(calling(both, {"day", "shop"}))), std::ptrdiff_t(0));
        QCOMPARE(policies(week(calling(both, {"night"}))), std::ptrdiff_t(1));
    }

    void whatACalendarSaysIsNotKnownHere()
    {
        Schedule s = watched("cal", "mon 08:00-09:00");
        s.calendar = "ical";
        QVERIFY(week(calling({s}, {"cal"})).empty());
    }
};

QD_TEST(TestCoverage)
#include "tst_coverage.moc"
