// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/snapshot.h"
#include "core/state/snapshotparts.h"
#include "tests/support/invented.h"
#include "tests/support/dump.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QTest>

using namespace qd;
using namespace qd::tests;
using namespace qd::state;

namespace {

/// Where parts are stored, as a map.
struct Shelf
{
    std::map<std::string, Bytes> parts;
    std::size_t loads = 0;
    SnapshotCutter cutter;

    Manifest keep(const State &state)
    {
        auto cut = cutter.cut(state, "leaf");
        for (SnapshotPart &p : cut.fresh)
            if (!parts.emplace(p.name, std::move(p.body)).second)
                qFatal("a part's name is used twice");
        cutter.build(cut);
        return cut.manifest;
    }
    PartLoader loader()
    {
        return [this](const std::string &name) -> Result<Bytes> {
            ++loads;
            const auto it = parts.find(name);
            return it == parts.end() ? Result<Bytes>(fail(Code::NotFound, "gone")) : it->second;
        };
    }
    std::size_t bytes() const
    {
        std::size_t n = 0;
        for (const auto &[name, body] : parts)
            n += body.size();
        return n;
    }
};

/// A journal nobody chose: every type of event on a State with one of everything, and a life of alerts around it.
class RandomLog
{
public:
    explicit RandomLog(std::uint64_t seed) : m_random(seed), m_log(someState()) {}
    State &state() { return m_log.state; }
    void step()
    {
        const std::uint64_t n = m_random.next();
        if (n % 3 == 0) {
            record(inventedRecord(m_random.below(events::AnyEvent::kTypes), m_random.next()));
            return;
        }
        ABatch b("am", m_log.now() + seconds(1));
        const std::size_t first = m_random.below(1500);
        const bool resolve = n % 3 == 1;
        for (std::size_t i = first; i < first + 1 + m_random.below(40); ++i) {
            b.alert({{"alertname", "R" + std::to_string(i)}, {"service", "s" + std::to_string(i % 9)}}).annotation("summary", std::string(m_random.below(60), 'x') + std::to_string(n));
            if (resolve)
                b.resolved(m_log.now() + seconds(1));
        }
        const ReportBatch batch = b.build();
        std::vector<events::Verdict> verdicts;
        for (std::size_t row = 0; row < batch.size(); ++row) {
            const auto *a = m_log.state.alert(keyOf(batch, row));
            const bool firing = a && a->status == AlertStatus::Firing;
            verdicts.push_back(resolve  ? (firing ? events::Verdict::Resolved : events::Verdict::Unmatched)
                               : firing ? events::Verdict::Updated
                               : a      ? events::Verdict::Refired
                                        : events::Verdict::Opened);
        }
        record(decided(batch, verdicts));
    }
    events::Events last;
    /// So many come and go, and another day passes, that a sweep is due.
    std::vector<events::Events> stir()
    {
        std::vector<events::Events> all;
        const auto add = [&](events::Events e, Span later) {
            all.push_back(e);
            m_log.record(std::move(e), later);
        };
        add({events::ClockWoke{}}, hours(30));
        for (const bool over : {false, true}) {
            ABatch b("am", m_log.now());
            for (std::size_t i = 0; i < AlertTable::kSweepAt; ++i) {
                b.alert({{"alertname", "S" + std::to_string(i)}});
                if (over)
                    b.resolved(m_log.now());
            }
            add(decided(b.build(), {over ? events::Verdict::Resolved : events::Verdict::Opened}), seconds(1));
        }
        return all;
    }

private:
    void record(events::Events e)
    {
        last = e;
        m_log.record(std::move(e), minutes(static_cast<std::int64_t>(m_random.below(60))));
    }
    SeededRandom m_random;
    Log m_log;
};

} // namespace

class SnapshotTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void packedColumnsComeBack()
    {
        const std::uint64_t most = ~std::uint64_t{0};
        const std::vector<parts::Column> columns{{}, {0}, {0, 0, 0}, {5}, {5, 5, 5}, {0, 5}, {1, 0, 2}, {most}, {0, most}, {0, 1, most}, {1, most},
                                                 {256, 0, 255, 65535}, {1'700'000'000'000'000'000, 1'700'000'000'000'000'123, 0}};
        for (const auto &c : columns) {
            parts::Column back;
            QVERIFY(parts::unpack(parts::pack(c), c.size(), back));
            QVERIFY(back == c);
            QVERIFY(!parts::unpack(parts::pack(c), c.size() + 1, back) || parts::pack(c)[0] == 0);
            auto cut = parts::pack(c);
            cut.pop_back();
            QVERIFY(!parts::unpack(cut, c.size(), back));
        }
        QCOMPARE(parts::pack(parts::Column(256, 1'700'000'000'000'000'000)).size(), std::size_t(10)); // what is the same costs nothing
    }

    /// Every k-th State of a random log: what was stored and loaded is the fold, and goes on as the fold.
    void snapshotEqualsTheFold_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 4; ++seed)
            QTest::newRow(std::to_string(seed).c_str()) << seed;
    }
    void snapshotEqualsTheFold()
    {
        QFETCH(int, seed);
        RandomLog log(static_cast<std::uint64_t>(seed));
        Shelf shelf;
        SnapshotLoader warm;
        std::optional<State> follower; // began from a snapshot long ago and folded on
        std::vector<std::pair<Manifest, std::string>> all;
        for (int n = 0; n < 900; ++n) {
            if (n % 31 == 0) {
                const Manifest manifest = shelf.keep(log.state());
                const std::string folded = dump(log.state());
                const auto back = decodeManifest(encodeManifest(manifest));
                QVERIFY(back.has_value());
                auto loaded = warm.load(*back, shelf.loader());
                QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message.c_str());
                QCOMPARE(firstDifference(dump(*loaded), folded), std::string());
                auto cold = SnapshotLoader().load(*back, shelf.loader());
                QVERIFY(cold.has_value());
                QCOMPARE(firstDifference(dump(*cold), folded), std::string());
                if (!follower)
                    follower = std::move(*loaded);
                all.emplace_back(manifest, folded);
            }
            if (n == 450) {
                State before = log.state().clone();
                Instant time = before.time;
                std::uint64_t seq = before.seq;
                for (const auto &e : log.stir()) {
                    time = time + (++seq == before.seq + 1 ? hours(30) : seconds(1));
                    applyRecord(*follower, seq, time, e);
                }
                QCOMPARE(time, log.state().time);
            }
            log.step();
            applyRecord(*follower, log.state().seq, log.state().time, log.last);
        }
        QVERIFY(log.state().alerts.forgotten > 0);
        QCOMPARE(firstDifference(dump(*follower), dump(log.state())), std::string());
        // Backwards as well, with everything known from later on; and each goes on along the texts others share.
        for (auto it = all.rbegin(); it != all.rend(); ++it) {
            auto loaded = warm.load(it->first, shelf.loader());
            QVERIFY(loaded.has_value());
            QCOMPARE(firstDifference(dump(*loaded), it->second), std::string());
        }
    }

    void whatDidNotChangeIsSharedNotWrittenAgain()
    {
        RandomLog log(7);
        for (int n = 0; n < 300; ++n)
            log.step();
        Shelf shelf;
        const Manifest first = shelf.keep(log.state());
        const std::size_t whole = shelf.bytes();
        // The same again: not a byte.
        auto again = shelf.cutter.cut(log.state(), "leaf");
        QCOMPARE(again.fresh.size(), std::size_t(0));
        // One heartbeat: one small part.
        applyRecord(log.state(), log.state().seq + 1, log.state().time, events::Events{events::HeartbeatSeen{"am", "beat", kMorning, kMorning, 1}});
        again = shelf.cutter.cut(log.state(), "leaf");
        QVERIFY(again.bytes < whole / 4);
        std::size_t shared = 0;
        for (const PartRef &ref : again.manifest.parts)
            shared += std::count(first.parts.begin(), first.parts.end(), ref);
        QVERIFY(shared + 4 >= first.parts.size());
        // One line in an incident: its head, the last range of its timeline, the page it stands on.
        for (SnapshotPart &p : again.fresh)
            shelf.parts.emplace(p.name, std::move(p.body));
        shelf.cutter.build(again);
        events::LogWritten line;
        line.incident = "INC-1";
        line.text = "a new line";
        applyRecord(log.state(), log.state().seq + 1, log.state().time, events::Events{line});
        again = shelf.cutter.cut(log.state(), "leaf");
        QCOMPARE(again.fresh.size(), std::size_t(3));
    }

    void eachTextIsWrittenOnce()
    {
        RandomLog log(9);
        Shelf shelf;
        std::size_t texts = 0;
        for (int n = 0; n < 200; ++n) {
            log.step();
            const auto cut = shelf.cutter.cut(log.state(), "leaf");
            for (const PartRef &ref : cut.all)
                for (const SnapshotPart &p : cut.fresh)
                    texts += ref.kind == PartKind::Symbols && ref.name == p.name ? p.body.size() : 0;
            (void)shelf.keep(log.state());
        }
        std::size_t whole = 0;
        for (std::size_t s = 1; s < log.state().symbols.size(); ++s)
            whole += log.state().symbols.text(static_cast<Symbol>(s)).size() + 4;
        QVERIFY(texts < whole + 200 * 40);
    }

    /// The second State of a log costs what differs: known incidents, texts and workspaces are not loaded again.
    void statesOfOneLogShareWhatIsTheSame()
    {
        RandomLog log(5);
        for (int n = 0; n < 100; ++n)
            log.step();
        Shelf shelf;
        const Manifest one = shelf.keep(log.state());
        applyRecord(log.state(), log.state().seq + 1, log.state().time, events::Events{events::ClockWoke{}});
        const Manifest two = shelf.keep(log.state());
        SnapshotLoader loader;
        auto a = loader.load(one, shelf.loader());
        shelf.loads = 0;
        auto b = loader.load(two, shelf.loader());
        QVERIFY(a && b);
        for (const auto &[number, incident] : a->incidents)
            QCOMPARE(&incident, &b->incidents.at(number));
        QCOMPARE(a->workspace.get(), b->workspace.get());
        QCOMPARE(a->symbols.text(1).data(), b->symbols.text(1).data());
        QVERIFY(shelf.loads < two.parts.size());
        // And one that goes on does not change the other.
        const std::string before = dump(*b);
        events::LogWritten line;
        line.incident = "INC-1";
        applyRecord(*a, a->seq + 1, a->time, events::Events{line});
        QCOMPARE(firstDifference(dump(*b), before), std::string());
    }

    void missingAndChangedPartsAreRefused()
    {
        RandomLog log(3);
        for (int n = 0; n < 100; ++n)
            log.step();
        Shelf shelf;
        const Manifest manifest = shelf.keep(log.state());
        const std::string folded = dump(log.state());
        SnapshotLoader loader;
        const auto all = allParts(manifest, shelf.loader());
        QVERIFY(all && all->size() > manifest.parts.size());
        for (const PartRef &ref : *all) {
            auto kept = shelf.parts.extract(ref.name);
            QVERIFY(!SnapshotLoader().load(manifest, shelf.loader()));
            (void)loader.load(manifest, shelf.loader()); // must not spoil what it keeps
            const Bytes good = kept.mapped();
            kept.mapped()[kept.mapped().size() / 2] ^= 4;
            shelf.parts.insert(std::move(kept));
            QVERIFY(!SnapshotLoader().load(manifest, shelf.loader()));
            shelf.parts[ref.name] = good;
            const auto whole = loader.load(manifest, shelf.loader());
            QVERIFY(whole.has_value());
            QCOMPARE(firstDifference(dump(*whole), folded), std::string());
        }
        for (std::size_t leftOut = 0; leftOut < manifest.parts.size(); ++leftOut) {
            Manifest less = manifest;
            less.parts.erase(less.parts.begin() + static_cast<std::ptrdiff_t>(leftOut));
            const auto state = SnapshotLoader().load(less, shelf.loader());
            QVERIFY(!state || dump(*state) != folded);
        }
    }

    /// Few rows of many changed: a patch, until the patches are as large as the rows or as many as they may be.
    void alertsArePatchedUntilThatIsNoLongerWorthIt()
    {
        Log log(someState());
        ABatch many("am", log.now());
        for (std::size_t i = 0; i < 3000; ++i)
            many.alert({{"alertname", "M" + std::to_string(i)}}).annotation("summary", "number " + std::to_string(i));
        log.record(decided(many.build(), {events::Verdict::Opened}));
        Shelf shelf;
        SnapshotLoader loader;
        std::size_t whole = 0, longest = 0, patches = 0;
        for (std::size_t n = 0; n < 3 * SnapshotCutter::kPatchesAtMost; ++n) {
            const auto cut = shelf.cutter.cut(log.state, "leaf");
            whole += cut.whole ? 1 : 0;
            patches = cut.whole ? 0 : patches + 1;
            longest = std::max(longest, patches);
            QVERIFY(cut.whole || cut.bytes < 60'000);
            const auto loaded = loader.load(shelf.keep(log.state), shelf.loader());
            VERIFY_RESULT(loaded);
            QCOMPARE(firstDifference(dump(*loaded), dump(log.state)), std::string());
            // A few end, a few begin, one has other labels; after a while so many that patching costs more.
            const std::size_t count = n < 2 * SnapshotCutter::kPatchesAtMost ? 5 : 400;
            for (const bool over : {true, false}) {
                ABatch b("am", log.now());
                for (std::size_t i = 0; i < count; ++i) {
                    const std::size_t number = over ? n * 17 + i : 5000 + n * 400 + i;
                    b.alert({{"alertname", "M" + std::to_string(number % (over ? 3000 : 1'000'000))}}).annotation("summary", "again " + std::to_string(n));
                    if (over)
                        b.resolved(log.now());
                }
                log.record(decided(b.build(), {over ? events::Verdict::Resolved : events::Verdict::Opened}), minutes(10));
            }
        }
        QCOMPARE(longest, std::size_t(SnapshotCutter::kPatchesAtMost));
        QVERIFY2(whole >= 5 && whole < SnapshotCutter::kPatchesAtMost, std::to_string(whole).c_str());
        // One that goes on after a restart does not know what the rows were: it writes them, and what is the same is shared.
        SnapshotCutter again;
        const Manifest last = shelf.cutter.last();
        again.build(last, *allParts(last, shelf.loader()));
        QVERIFY(again.cut(log.state, "leaf").whole);
    }

    void anotherVersionIsIgnored()
    {
        RandomLog log(2);
        Shelf shelf;
        Manifest manifest = shelf.keep(log.state());
        manifest.version = kSnapshotVersion + 1;
        QCOMPARE(decodeManifest(encodeManifest(manifest)).error().code, Code::Version);
        QCOMPARE(decodeManifest(asBytes("nonsense")).error().code, Code::Corrupt);
        Bytes bytes = encodeManifest(shelf.keep(log.state()));
        for (std::size_t n = 0; n < bytes.size(); ++n)
            QVERIFY(!decodeManifest(BytesView(bytes).first(n)));
    }

    /// A loader that met another history with the same names starts anew instead of mixing the two.
    void anotherHistoryIsNotMixedIn()
    {
        RandomLog one(21), two(22);
        Shelf a, b;
        for (int n = 0; n < 60; ++n) {
            one.step();
            two.step();
        }
        const Manifest m1 = a.keep(one.state()), m2 = b.keep(two.state());
        SnapshotLoader loader;
        QVERIFY(loader.load(m1, a.loader()).has_value());
        const auto other = loader.load(m2, b.loader());
        QVERIFY(other.has_value());
        QCOMPARE(firstDifference(dump(*other), dump(two.state())), std::string());
        const auto back = loader.load(m1, a.loader());
        QVERIFY(back.has_value());
        QCOMPARE(firstDifference(dump(*back), dump(one.state())), std::string());
    }
};

QD_TEST(SnapshotTest)
#include "tst_snapshot.moc"
