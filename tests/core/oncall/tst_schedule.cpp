// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/schedule.h"

#include "tests/support/clock.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"
#include "tests/support/zones.h"

using namespace qd;
using namespace qd::oncall;
using namespace qd::tests;

namespace {

using Names = std::vector<std::string>;

std::int64_t wall(const char *text)
{
    return parseLocalTime(text)->seconds;
}
Layer aLayer(const std::string &id, Names people, Span length, const char *start, std::vector<std::string> only = {})
{
    Layer l{id, "", std::move(people), wall(start), length, {}};
    for (const std::string &window : only)
        l.only.push_back(*parseDayWindow(window));
    return l;
}

Schedule aSchedule(std::vector<Layer> layers, const char *zone = "Europe/Berlin")
{
    Schedule s;
    s.id = "pay";
    s.zone = zone;
    s.layers = std::move(layers);
    return s;
}

Override anOverride(std::uint32_t number, OverrideKind kind, Names people, std::string replaces, const char *from, const char *until)
{
    return {number, kind, std::move(people), std::move(replaces), at(from), at(until)};
}

/// "ana,ben" of an instant; "-" in a gap.
std::string who(const Schedule &s, const char *when, const std::vector<Override> &overrides = {})
{
    std::string out;
    for (const OnCall &o : segmentAt(s, overrides, at(when)).people)
        out += (out.empty() ? "" : ",") + o.person;
    return out.empty() ? "-" : out;
}

/// In the long run, label ci-long, every zone is taken; without it a sample that fits a commit.
bool isLongRun() { return qEnvironmentVariableIsSet("QD_LONG"); }

} // namespace

class TestSchedule : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void peopleTakeTurns()
    {
        const Schedule s = aSchedule({aLayer("week", {"ana", "ben", "cid"}, hours(24 * 7), "2026-01-05T09:00")});
        QCOMPARE(who(s, "2026-01-05T07:59:59Z"), "-"); // not begun: 08:59:59 in Berlin
        QCOMPARE(who(s, "2026-01-05T08:00:00Z"), "ana");
        QCOMPARE(who(s, "2026-01-12T07:59:59Z"), "ana");
        QCOMPARE(who(s, "2026-01-12T08:00:00Z"), "ben");
        QCOMPARE(who(s, "2026-01-26T08:00:00Z"), "ana");
    }

    void handoffsStayAtTheirWallClockTimeInEveryZoneForFiveYears()
    {
        const std::vector<std::pair<Span, const char *>> rotations{{hours(24 * 7), "2024-01-01T09:00"}, {hours(24), "2024-01-01T02:30"}, {hours(12), "2024-01-01T08:00"}};
        std::size_t handoffs = 0;
        std::size_t nth = 0;
        for (const std::string &name : allZones()) {
            if (!isLongRun() && nth++ % 24 != 0 && name != "Europe/Berlin" && name != "Australia/Lord_Howe")
                continue;
            const Zone zone = *Zone::find(name);
            for (const auto &[length, start] : rotations) {
                const Schedule s = aSchedule({aLayer("l", {"ana", "ben", "cid"}, length, start)}, name.c_str());
                const LocalTime first{wall(start)};
                const Instant begins = zone.instant(first);
                std::int64_t n = 0;
                Instant last = begins;
                for (int year = 0; year < 5; ++year) {
                    const Layout layout = layOut(s, {}, last, last + hours(24 * 365));
                    QVERIFY(layout.disagreements.empty() && layout.problems.empty());
                    for (const Segment &segment : layout.segments) {
                        const std::string where = name + " " + toRfc3339(segment.from) + " " + toText(length);
                        QVERIFY2(segment.from == last && segment.from < segment.until && segment.people.size() == 1, where.c_str());
                        last = segment.until;
                        if (segment.until == layout.segments.back().until)
                            break; // cut by the end of the layout, not by a handoff
                        // The wall shows exactly the handoff's time, unless clocks were put forward over it; then it is the instant they were.
                        const LocalTime wanted = first + length * (n + 1);
                        const bool isSkipped = zone.local(segment.until) != wanted;
                        QVERIFY2(!isSkipped || (zone.local(segment.until) > wanted && zone.local(segment.until - seconds(1)) < wanted), where.c_str());
                        QVERIFY2(segment.people.front().person == Names({"ana", "ben", "cid"})[static_cast<std::size_t>(n % 3)], where.c_str());
                        ++n;
                        ++handoffs;
                    }
                    last = zone.instant(first + length * n); // the shift that was cut, from its beginning
                }
            }
        }
        QVERIFY(handoffs > (isLongRun() ? 3'000'000U : 100'000U));
    }

    void whoIsOnDoesNotDependOnWhereTheLayoutBegins()
    {
        Schedule s = aSchedule({aLayer("base", {"ana", "ben"}, hours(24), "2026-01-01T02:30"), aLayer("days", {"cid", "dee"}, hours(36), "2026-01-02T08:00", {"mon-fri 08:00-20:00"})},
                               "America/New_York");
        s.temporaries = {{wall("2026-03-07T12:00"), wall("2026-03-09T12:00"), {"eve"}, ""}};
        const std::vector<Override> overrides{anOverride(1, OverrideKind::Replace, {"fay"}, "ana", "2026-03-01T00:00:00Z", "2026-03-20T00:00:00Z")};
        const Instant from = at("2026-02-20T00:00:00Z"), until = at("2026-04-10T00:00:00Z");
        const Layout whole = layOut(s, overrides, from, until);
        QVERIFY(whole.segments.size() > 40);
        for (const Segment &segment : whole.segments)
            for (const Instant t : {segment.from, segment.until - seconds(1)})
                QVERIFY2(segmentAt(s, overrides, t).people == segment.people, toRfc3339(t).c_str());
        for (Instant t = from; t < until; t = t + hours(7)) {
            const Instant next = nextHandoff(s, overrides, t);
            QVERIFY(segmentAt(s, overrides, next).people != segmentAt(s, overrides, next - seconds(1)).people);
        }
    }

    void aShiftThatTheClocksJumpOverDoesNotTakePlace()
    {
        const Schedule s = aSchedule({aLayer("hour", {"ana", "ben", "cid"}, hours(1), "2026-03-29T00:00")});
        QCOMPARE(who(s, "2026-03-29T00:30:00Z"), "ben"); // 01:30
        QCOMPARE(who(s, "2026-03-29T01:30:00Z"), "ana"); // 03:30: there is no 02:30, which would have been cid's
        const Schedule autumn = aSchedule({aLayer("hour", {"ana", "ben", "cid"}, hours(1), "2026-10-25T00:00")});
        QCOMPARE(who(autumn, "2026-10-25T00:30:00Z"), "cid"); // 02:30
        QCOMPARE(who(autumn, "2026-10-25T01:30:00Z"), "cid"); // 02:30 again
        QCOMPARE(who(autumn, "2026-10-25T02:30:00Z"), "ana");
    }

    void windowsRestrictALayerOnItsOwnWallClock()
    {
        Layer day = aLayer("day", {"ana"}, hours(24 * 7), "2026-01-05", {"mon-fri 08:00-20:00"});
        day.zone = "Asia/Tokyo";
        const Schedule s = aSchedule({aLayer("all", {"ben"}, hours(24 * 7), "2026-01-05"), day});
        QCOMPARE(who(s, "2026-06-01T00:00:00Z"), "ana"); // Monday 09:00 in Tokyo
        QCOMPARE(who(s, "2026-05-31T22:59:59Z"), "ben"); // 07:59:59
        QCOMPARE(who(s, "2026-05-30T00:00:00Z"), "ben"); // Saturday
        const Schedule night = aSchedule({aLayer("night", {"ana"}, hours(24 * 7), "2026-01-05", {"fri 22:00-06:00"})});
        QCOMPARE(who(night, "2026-06-05T20:00:00Z"), "ana"); // Friday 22:00 in Berlin
        QCOMPARE(who(night, "2026-06-06T03:59:59Z"), "ana"); // Saturday 05:59:59
        QCOMPARE(who(night, "2026-06-06T04:00:00Z"), "-");
    }

    void theLastLayerCountsOrAllTogether()
    {
        Schedule s = aSchedule({aLayer("a", {"ana"}, hours(24), "2026-01-05"), aLayer("b", {"ben"}, hours(24), "2026-01-05")});
        QCOMPARE(who(s, "2026-02-01T00:00:00Z"), "ben");
        s.together = true;
        QCOMPARE(who(s, "2026-02-01T00:00:00Z"), "ana,ben");
    }

    void temporariesReplaceTheLayersAndOverridesChangeWhatIsLeft()
    {
        Schedule s = aSchedule({aLayer("a", {"ana"}, hours(24), "2026-01-05")}, "UTC");
        s.temporaries = {{wall("2026-02-01T00:00"), wall("2026-02-02T00:00"), {"cid", "dee"}, "holiday"}};
        QCOMPARE(who(s, "2026-02-01T00:00:00Z"), "cid,dee");
        QCOMPARE(who(s, "2026-02-02T00:00:00Z"), "ana");
        const std::vector<Override> overrides{anOverride(1, OverrideKind::Replace, {"eve"}, "cid", "2026-02-01T00:00:00Z", "2026-02-03T00:00:00Z"),
                                              anOverride(2, OverrideKind::Add, {"fay"}, "", "2026-02-01T12:00:00Z", "2026-02-03T00:00:00Z"),
                                              anOverride(3, OverrideKind::Remove, {}, "ana", "2026-02-02T00:00:00Z", "2026-02-02T06:00:00Z"),
                                              anOverride(4, OverrideKind::Temporary, {"gil"}, "", "2026-02-10T00:00:00Z", "2026-02-11T00:00:00Z")};
        QCOMPARE(who(s, "2026-02-01T00:00:00Z", overrides), "eve,dee");
        QCOMPARE(who(s, "2026-02-01T12:00:00Z", overrides), "eve,dee,fay");
        QCOMPARE(who(s, "2026-02-02T03:00:00Z", overrides), "fay");
        QCOMPARE(who(s, "2026-02-10T03:00:00Z", overrides), "gil");
        const auto segment = segmentAt(s, overrides, at("2026-02-01T00:00:00Z"));
        QCOMPARE(reasonOf(segment.people.front()), "override 1 in place of cid");
        QCOMPARE(reasonOf(segment.people.back()), "temporary schedule");
    }

    void aSwapIsTwoReplacements()
    {
        const Schedule s = aSchedule({aLayer("a", {"ana", "ben"}, hours(24 * 7), "2026-01-05")}, "UTC");
        const std::vector<Override> swap{anOverride(1, OverrideKind::Replace, {"ben"}, "ana", "2026-01-05T00:00:00Z", "2026-01-12T00:00:00Z"),
                                         anOverride(2, OverrideKind::Replace, {"ana"}, "ben", "2026-01-12T00:00:00Z", "2026-01-19T00:00:00Z")};
        QCOMPARE(who(s, "2026-01-06T00:00:00Z", swap), "ben");
        QCOMPARE(who(s, "2026-01-13T00:00:00Z", swap), "ana");
        QCOMPARE(who(s, "2026-01-20T00:00:00Z", swap), "ana");
        QVERIFY(layOut(s, swap, at("2026-01-01T00:00:00Z"), at("2026-03-01T00:00:00Z")).disagreements.empty());
    }

    void sourcesThatDisagreeAreNamedWithThePlaceAndWhatCounts()
    {
        Schedule s = aSchedule({aLayer("a", {"ana"}, hours(24), "2026-01-05")}, "UTC");
        const std::vector<Override> overrides{anOverride(1, OverrideKind::Replace, {"ben"}, "ana", "2026-02-01T00:00:00Z", "2026-02-03T00:00:00Z"),
                                              anOverride(2, OverrideKind::Replace, {"cid"}, "ana", "2026-02-02T00:00:00Z", "2026-02-04T00:00:00Z"),
                                              anOverride(3, OverrideKind::Replace, {"dee"}, "zoe", "2026-02-05T00:00:00Z", "2026-02-06T00:00:00Z"),
                                              anOverride(4, OverrideKind::Temporary, {"eve"}, "", "2026-02-07T00:00:00Z", "2026-02-09T00:00:00Z"),
                                              anOverride(5, OverrideKind::Temporary, {"fay"}, "", "2026-02-08T00:00:00Z", "2026-02-09T00:00:00Z")};
        const Layout layout = layOut(s, overrides, at("2026-01-31T00:00:00Z"), at("2026-02-11T00:00:00Z"));
        QCOMPARE(layout.disagreements.size(), std::size_t{3});
        const auto &d = layout.disagreements;
        QCOMPARE(toRfc3339(d[0].from) + " " + toRfc3339(d[0].until), "2026-02-02T00:00:00Z 2026-02-03T00:00:00Z");
        QCOMPARE(d[0].text, "override 2 replaces ana as override 1 does: override 2, made later, counts");
        QCOMPARE(who(s, "2026-02-02T12:00:00Z", overrides), "cid");
        QCOMPARE(d[1].text, "override 3 replaces zoe, who is not on call then: it changes nothing");
        QCOMPARE(d[2].text, "override 4 says eve, override 5 says fay: override 5 counts");
        QCOMPARE(who(s, "2026-02-08T12:00:00Z", overrides), "fay");
    }

    void aZoneThisMachineDoesNotKnowIsSaidAndReadAsUtc()
    {
        const Schedule s = aSchedule({aLayer("a", {"ana"}, hours(24), "2026-01-05T09:00")}, "Mars/Olympus");
        const Layout layout = layOut(s, {}, at("2026-01-05T00:00:00Z"), at("2026-01-06T00:00:00Z"));
        QCOMPARE(layout.problems.size(), std::size_t{1});
        QVERIFY(layout.problems.front().find("Mars/Olympus") != std::string::npos);
        QCOMPARE(toRfc3339(layout.segments.back().from), "2026-01-05T09:00:00Z");
    }

    void aLayoutIsCutAtItsLimitAndTakesNonsense()
    {
        const Schedule s = aSchedule({aLayer("a", {"ana"}, hours(1), "2026-01-05")}, "UTC");
        const Layout layout = layOut(s, {}, at("2026-02-01T00:00:00Z"), at("2036-02-01T00:00:00Z"));
        QCOMPARE((layout.segments.back().until - layout.segments.front().from).ns, kLayoutLimit.ns);
        QVERIFY(layOut(s, {}, at("2026-02-01T00:00:00Z"), at("2026-02-01T00:00:00Z")).segments.empty());
        Schedule odd = s;
        odd.layers = {{"a", "", {"ana"}, -5, Span{-1}, {}}, {"b", "", {"ana"}, std::numeric_limits<std::int64_t>::max(), Span{1}, {}},
                      {"c", "", {"ana"}, 0, hours(1), {{0xffffffff, 0xffffffff, 7}}}};
        odd.temporaries = {{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(), {"ana"}, ""}};
        QCOMPARE(who(odd, "2026-02-01T00:00:00Z"), "-");
    }

    void windowsAreReadAndWritten()
    {
        for (const char *text : {"mon-fri 08:00-20:00", "sat-sun 10:00-16:00", "22:00-06:00", "sat", "mon,wed,fri 00:00-24:00", "00:00-24:00", "sun 18:00-24:00"}) {
            const auto window = parseDayWindow(text);
            VERIFY_RESULT(window);
            const auto again = parseDayWindow(toText(*window));
            VERIFY_RESULT(again);
            QVERIFY2(*again == *window, text);
        }
        QCOMPARE(toText(*parseDayWindow("fri-mon 08:00-09:00")), std::string("mon,fri-sun 08:00-09:00"));
        for (const char *text : {"", "monday", "mon-fri 8-20", "08:00", "08:00-25:00", "24:00-25:00", "mon 08:00-08:00", "mon,", "mon 08:00-20:00 x", "mon-"})
            QVERIFY2(!parseDayWindow(text), text);
        const auto night = *parseDayWindow("fri 22:00-06:00");
        QVERIFY(night.holds(*parseLocalTime("2026-06-05T22:00")) && night.holds(*parseLocalTime("2026-06-06T05:59")));
        QVERIFY(!night.holds(*parseLocalTime("2026-06-06T06:00")) && !night.holds(*parseLocalTime("2026-06-05T05:00")));
    }
};

QD_TEST(TestSchedule)
#include "tst_schedule.moc"
