// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/asof.h"

#include "tests/support/suite.h"

#include <QtTest>

#include <vector>

using namespace qd;
using namespace qd::review;
using state::Entry;
using state::EntryKind;

namespace {

constexpr Instant kNoon{1'780'000'000'000'000'000};

Entry line(Instant at, std::string text, EntryKind kind = EntryKind::Log)
{
    Entry e;
    e.at = at;
    e.kind = kind;
    e.text = std::move(text);
    return e;
}

/// An alert of another system's history that was so since `at`, known at `known` and over at `until`.
Entry alert(Instant at, Instant known, Instant until, std::string text)
{
    Entry e = line(at, std::move(text), EntryKind::Alert);
    e.origin = "Prometheus";
    e.knownAt = known;
    e.until = until;
    return e;
}

std::vector<std::uint32_t> listed(std::span<const std::uint32_t> lines)
{
    return {lines.begin(), lines.end()};
}
using List = std::vector<std::uint32_t>;

} // namespace

class TestAsOf : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLineCountsWhenItHappenedOrWhenItCouldBeKnown()
    {
        Entry e = line(kNoon, "disk full");
        QCOMPARE(countsAt(e, Clock::AsItWas), kNoon);
        QCOMPARE(countsAt(e, Clock::AsKnown), kNoon);
        e.recordedAt = kNoon + minutes(5); // written down later
        QCOMPARE(countsAt(e, Clock::AsKnown), kNoon + minutes(5));
        e.knownAt = kNoon + minutes(2);    // imported: recordedAt is only when it was imported
        QCOMPARE(countsAt(e, Clock::AsItWas), kNoon);
        QCOMPARE(countsAt(e, Clock::AsKnown), kNoon + minutes(2));
    }

    void nothingIsKnownBeforeItHappened()
    {
        Entry e = line(kNoon, "x");
        e.knownAt = kNoon - minutes(1); // clocks that disagree
        QCOMPARE(countsAt(e, Clock::AsKnown), kNoon);
    }

    void linesUnfoldByEitherClock()
    {
        Entry late = line(kNoon + minutes(1), "the deploy, found out at ten past");
        late.recordedAt = kNoon + minutes(10);
        const std::vector<Entry> all{line(kNoon, "a"), line(kNoon + minutes(3), "c"), late, line(kNoon + minutes(3), "d")};
        const AsOf asOf(all);
        QVERIFY(listed(asOf.lines(kNoon - nanos(1), Clock::AsItWas)).empty());
        QCOMPARE(listed(asOf.lines(kNoon, Clock::AsItWas)), List{0});
        QCOMPARE(listed(asOf.lines(kNoon + minutes(2), Clock::AsItWas)), (List{0, 2}));
        QCOMPARE(listed(asOf.lines(kNoon + minutes(2), Clock::AsKnown)), List{0});
        QCOMPARE(listed(asOf.lines(kNoon + minutes(3), Clock::AsItWas)), (List{0, 2, 1, 3})); // of one instant: as recorded
        QCOMPARE(listed(asOf.lines(kNoon + minutes(10), Clock::AsKnown)), (List{0, 1, 3, 2}));
    }

    void whatHadHappenedAndNobodyCouldKnowIsNamed()
    {
        Entry late = line(kNoon + minutes(1), "the deploy");
        late.recordedAt = kNoon + minutes(10);
        const std::vector<Entry> all{line(kNoon, "a"), late};
        const AsOf asOf(all);
        QCOMPARE(asOf.unknown(kNoon), List{});
        QCOMPARE(asOf.unknown(kNoon + minutes(5)), List{1});
        QCOMPARE(asOf.unknown(kNoon + minutes(10)), List{});
    }

    void alertsFireFromTheirBeginningToTheirEnd()
    {
        std::vector<Entry> all{alert(kNoon, kNoon + minutes(5), kNoon + minutes(20), "Latency"), alert(kNoon + minutes(1), {}, {}, "Errors"), line(kNoon, "said")};
        all[1].knownAt = all[1].at;
        all.push_back(line(kNoon, "an alert that was attached here", EntryKind::Alert)); // no history: the queue knows it
        const AsOf asOf(all);
        QCOMPARE(asOf.firing(kNoon, Clock::AsItWas), List{0});
        QCOMPARE(asOf.firing(kNoon, Clock::AsKnown), List{}); // it was pending
        QCOMPARE(asOf.firing(kNoon + minutes(5), Clock::AsKnown), (List{1, 0}));
        QCOMPARE(asOf.firing(kNoon + minutes(20), Clock::AsItWas), List{1}); // over at its end
        QCOMPARE(asOf.firing(kNoon + hours(9), Clock::AsKnown), List{1});
    }

    void stepsAreWhereSomethingChanges()
    {
        const std::vector<Entry> all{alert(kNoon, kNoon + minutes(5), kNoon + minutes(20), "Latency"), line(kNoon + minutes(7), "a"), line(kNoon + minutes(7), "b")};
        const AsOf asOf(all);
        QCOMPARE(asOf.first(Clock::AsItWas), kNoon);
        QCOMPARE(asOf.first(Clock::AsKnown), kNoon + minutes(5));
        QCOMPARE(asOf.last(Clock::AsKnown), kNoon + minutes(20));
        QCOMPARE(asOf.next(kNoon, Clock::AsItWas), kNoon + minutes(7));
        QCOMPARE(asOf.next(kNoon + minutes(7), Clock::AsItWas), kNoon + minutes(20));
        QCOMPARE(asOf.next(kNoon + minutes(20), Clock::AsItWas), Instant{});
        QCOMPARE(asOf.previous(kNoon + minutes(20), Clock::AsItWas), kNoon + minutes(7));
        QCOMPARE(asOf.previous(kNoon, Clock::AsItWas), Instant{});
        const AsOf none(std::span<const Entry>{});
        QCOMPARE(none.first(Clock::AsItWas), Instant{});
        QCOMPARE(none.next({}, Clock::AsKnown), Instant{});
    }

    void theImportAndTheReviewAreNoPartOfWhatWasImported()
    {
        Entry found = line(kNoon + minutes(2), "written down by hand, months later");
        found.recordedAt = kNoon + hours(24 * 90);
        const std::vector<Entry> all{line(kNoon + hours(24 * 90), "declared", EntryKind::Declared), alert(kNoon, kNoon + minutes(5), kNoon + minutes(20), "Latency"), found,
                                     line(kNoon + hours(24 * 91), "review opened", EntryKind::Review)};
        const AsOf asOf(all);
        QCOMPARE(asOf.last(Clock::AsItWas), kNoon + minutes(20));
        QCOMPARE(listed(asOf.lines(kNoon + hours(24 * 365), Clock::AsItWas)), (List{1, 2}));
        QCOMPARE(listed(asOf.lines(kNoon + hours(24 * 365), Clock::AsKnown)), List{1});
    }

    void aLineSaysWhatItSaidThen()
    {
        Entry e = line(kNoon, "the cache, not the database");
        e.revisions = {"the database"};
        e.saidUntil = {kNoon + minutes(4)};
        QCOMPARE(textAt(e, kNoon + minutes(3)), std::string_view("the database"));
        QCOMPARE(textAt(e, kNoon + minutes(4)), std::string_view("the cache, not the database"));
        e.revisions = {"the database", "the network", "the cache?"};
        e.saidUntil = {kNoon + minutes(1), kNoon + minutes(3), kNoon + minutes(4)};
        QCOMPARE(textAt(e, kNoon), std::string_view("the database"));
        QCOMPARE(textAt(e, kNoon + minutes(1)), std::string_view("the network"));
        QCOMPARE(textAt(e, kNoon + minutes(3)), std::string_view("the cache?"));
        QCOMPARE(textAt(e, kNoon + minutes(4)), std::string_view("the cache, not the database"));
        e.revisions.pop_back(); // a time without its text
        QCOMPARE(textAt(e, kNoon + minutes(1)), std::string_view("the network"));
        QCOMPARE(textAt(e, kNoon + minutes(3)), std::string_view("the cache, not the database"));
        e.revisions.clear();
        QCOMPARE(textAt(e, kNoon), std::string_view("the cache, not the database"));
    }
};

QD_TEST(TestAsOf)
#include "tst_asof.moc"
