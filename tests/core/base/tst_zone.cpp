// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/zone.h"

#include "tests/support/clock.h"
#include "tests/support/suite.h"
#include "tests/support/zones.h"

#include <QtTest>
#include <cstdlib>
#include <ctime>
#include <libical/ical.h>

using namespace qd;
using namespace qd::tests;

namespace {

constexpr Instant kFrom{1'704'067'200'000'000'000};  // 2024-01-01
constexpr Instant kUntil = kFrom + hours(24 * 1827); // five years

/// The C library's reading of the same zone files.
class LibcZone {
public:
    explicit LibcZone(const std::string &name)
    {
        ::setenv("TZ", name.c_str(), 1);
        ::tzset();
    }
    ~LibcZone()
    {
        ::unsetenv("TZ");
        ::tzset();
    }
    [[nodiscard]] std::int64_t offset(Instant t) const
    {
        const std::time_t s = t.ns / 1'000'000'000;
        std::tm local{};
        ::localtime_r(&s, &local);
        return local.tm_gmtoff;
    }
    [[nodiscard]] LocalTime local(Instant t) const { return {t.ns / 1'000'000'000 + offset(t)}; }
};

/// A few instants a month, and those around every change of the clocks.
std::vector<Instant> instantsOf(const Zone &zone)
{
    std::vector<Instant> out;
    for (Instant t = kFrom; t < kUntil; t = t + hours(24 * 13 + 5))
        out.push_back(t);
    for (Instant t = zone.nextChange(kFrom); t && t < kUntil; t = zone.nextChange(t))
        for (const int s : {-7200, -3600, -1, 0, 1, 3599, 3600, 7200})
            out.push_back(t + seconds(s));
    return out;
}

LocalTime wall(const char *text)
{
    return *parseLocalTime(text);
}

} // namespace

class TestZone : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thereAreZonesToTest()
    {
        QVERIFY2(allZones().size() > 400, "tzdata is not installed");
    }

    void agreesWithTheCLibraryAndLibicalInEveryZoneForFiveYears()
    {
        std::size_t changes = 0;
        for (const std::string &name : allZones()) {
            const Zone zone = *Zone::find(name);
            const LibcZone libc(name);
            icaltimezone *ical = icaltimezone_get_builtin_timezone(name.c_str());
            QVERIFY2(ical, name.c_str());
            for (const Instant t : instantsOf(zone)) {
                const std::string where = name + " " + toRfc3339(t);
                QVERIFY2(zone.offset(t).seconds() == libc.offset(t), where.c_str());
                icaltimetype utc = icaltime_from_timet_with_zone(t.ns / 1'000'000'000, 0, icaltimezone_get_utc_timezone());
                int isDaylight = 0;
                QVERIFY2(zone.offset(t).seconds() == icaltimezone_get_utc_offset_of_utc_time(ical, &utc, &isDaylight), where.c_str());
                QVERIFY2(zone.local(t) == libc.local(t), where.c_str());
            }
            for (Instant t = zone.nextChange(kFrom); t && t < kUntil; t = zone.nextChange(t)) {
                ++changes;
                QVERIFY2(libc.offset(t) != libc.offset(t - seconds(1)), (name + " " + toRfc3339(t)).c_str());
            }
        }
        QVERIFY2(changes > 1000, "hardly a clock was changed: nothing was tested");
    }

    /// The rule for times that never are and times that are twice, in one sentence: the first instant at which the wall shows
    /// that time or a later one.
    void aWallTimeIsTheFirstInstantTheWallShowsItOrLater()
    {
        for (const std::string &name : allZones()) {
            const Zone zone = *Zone::find(name);
            const LibcZone libc(name);
            for (Instant change = zone.nextChange(kFrom); change && change < kUntil; change = zone.nextChange(change))
                for (const int minute : {-150, -61, -60, -59, -30, -1, 0, 1, 15, 30, 59, 60, 61, 90, 150}) {
                    const LocalTime wanted = libc.local(change - seconds(1)) + minutes(minute);
                    const Instant found = zone.instant(wanted);
                    const std::string where = name + " " + toText(wanted) + " is " + toRfc3339(found);
                    QVERIFY2(libc.local(found) >= wanted, where.c_str());
                    for (int back = 1; back < 180 * 60; back += back < 3 ? 1 : 299)
                        QVERIFY2(libc.local(found - seconds(back)) < wanted, where.c_str());
                }
        }
    }

    void aLaterWallTimeIsNeverAnEarlierInstant()
    {
        for (const char *name : {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu"}) {
            const Zone zone = *Zone::find(name);
            Instant last;
            for (LocalTime t = wall("2026-01-01"); t < wall("2027-01-01"); t = t + minutes(15)) {
                QVERIFY2(zone.instant(t) >= last, (name + (" " + toText(t))).c_str());
                last = zone.instant(t);
            }
        }
    }

    void springAndAutumnInBerlin()
    {
        const Zone berlin = *Zone::find("Europe/Berlin");
        QCOMPARE(toRfc3339(berlin.instant(wall("2026-03-29T01:59"))), std::string("2026-03-29T00:59:00Z"));
        QCOMPARE(toRfc3339(berlin.instant(wall("2026-03-29T02:30"))), std::string("2026-03-29T01:00:00Z")); // never shown
        QCOMPARE(toRfc3339(berlin.instant(wall("2026-03-29T03:00"))), std::string("2026-03-29T01:00:00Z"));
        QCOMPARE(toRfc3339(berlin.instant(wall("2026-10-25T02:30"))), std::string("2026-10-25T00:30:00Z")); // shown twice: the first
        QCOMPARE(berlin.abbreviation(at("2026-07-01T00:00:00Z")), std::string("CEST"));
        QCOMPARE(clockText(berlin.local(at("2026-11-29T03:10:00Z"))), std::string("Sun 2026-11-29 04:10"));
        QCOMPARE(toRfc3339(berlin.nextChange(at("2026-01-01T00:00:00Z"))), std::string("2026-03-29T01:00:00Z"));
    }

    void knowsNoZoneByAWrongName()
    {
        for (const char *name : {"", "Mars/Olympus", "europe/berlin", "../etc/passwd", "posixrules", "Europe/Berlin ", "tzdata.zi"})
            QVERIFY2(!Zone::find(name), name);
        QCOMPARE(Zone::orUtc("Mars/Olympus").offset(at("2026-07-01T00:00:00Z")).ns, std::int64_t{0});
    }

    void readsAndWritesWallTimes()
    {
        for (const char *text : {"2026-01-05T09:00", "1970-01-01T00:00", "2199-12-31T23:59", "2024-02-29T12:34:56"})
            QCOMPARE(toText(wall(text)), std::string(text));
        QCOMPARE(toText(wall("2026-01-05")), std::string("2026-01-05T00:00"));
        QCOMPARE(wall("2026-01-05").weekday(), 0);
        for (const char *text : {"", "2026", "2026-1-5", "2026-02-30", "2026-01-05T24:00", "2026-01-05T09:60", "2026-01-05T09:00Z", "2026-01-05T09:00+01:00",
                                 "1969-12-31", "2200-01-01", "2026-01-05T-9:00"})
            QVERIFY2(!parseLocalTime(text), text);
    }
};

QD_TEST(TestZone)
#include "tst_zone.moc"
