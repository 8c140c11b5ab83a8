// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/get.h"
#include "core/desk/past.h"
#include "tests/core/desk/deskbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

namespace {

using Lists = std::map<std::string, std::string>;

Lists listsOf(const state::State &state)
{
    Lists out;
    for (const auto what : control::getWhats())
        out[std::string(what)] = control::getJson(state, what).value_or("refused");
    return out;
}

/// A desk that has worked through some days, what `get` showed at its head now and then, and snapshots in between.
struct History : Bench {
    std::uint64_t pretended = 1u << 30; ///< how large the journal is said to be
    std::optional<desk::SnapshotKeeper> keeper;
    std::map<std::uint64_t, Lists> shown;

    History()
    {
        settle();
        keeper.emplace(*journal, [this] { return pretended; });
        const std::string id = incidentWithRoom();
        SeededRandom random(5);
        for (int n = 0; n < 160; ++n) {
            clock.advance(minutes(static_cast<std::int64_t>(random.below(40))));
            auto b = aBatch("am", clock.now());
            for (std::size_t i = 0; i < 1 + random.below(12); ++i) {
                b.alert({{"alertname", "G" + std::to_string(random.below(90))}, {"service", random.below(2) ? "db" : "shop"}}).annotation("summary", "round " + std::to_string(n));
                if (random.below(3) == 0)
                    b.resolved(clock.now());
            }
            (void)report(b.build());
            switch (random.below(6)) {
            case 0: (void)command(desk::WriteLog{id, "line " + std::to_string(n)}); break;
            case 1: (void)report(events::Event(message("said " + std::to_string(n)))); break;
            case 2: (void)report(events::Event(events::HeartbeatSeen{"am", "beat" + std::to_string(n % 4), clock.now(), clock.now(), 1})); break;
            case 3: (void)report(events::Event(events::ChangeSeen{"db", "deploy " + std::to_string(n), "", "ci", clock.now()})); break;
            case 4: (void)wake(); break;
            default: break;
            }
            if (n % 7 == 0)
                shown.emplace(journal->head(), ask(listsOf));
            if (n % 10 == 0)
                cut();
        }
        shown.emplace(journal->head(), ask(listsOf));
    }
    void cut()
    {
        desk->inspect([&](const state::State &s) { (void)keeper->store(keeper->cut(s, keeper->era())); });
    }
    std::vector<std::uint64_t> snapshots() const { return desk::pastOf(*journal).snapshots(); }
    /// The first list that is otherwise now; "" when every byte is as it was, in whatever order they are asked for.
    std::string otherwise()
    {
        state::Travel travel(desk::pastOf(*journal));
        std::vector<std::uint64_t> order;
        for (const auto &[seq, lists] : shown)
            order.push_back(seq);
        for (int way = 0; way < 3; ++way) {
            if (way == 1)
                std::reverse(order.begin(), order.end());
            else if (way == 2)
                std::sort(order.begin(), order.end(), [](auto a, auto b) { return a % 13 < b % 13; });
            for (const std::uint64_t seq : order) {
                const auto state = travel.at(seq);
                if (!state)
                    return state.error().message;
                for (const auto &[what, text] : listsOf(**state))
                    if (text != shown.at(seq).at(what))
                        return what + " at " + std::to_string(seq);
            }
        }
        return {};
    }
};

} // namespace

class GetAtTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// `get X` at head N and `get X --at seq:N` later are the same bytes, whatever snapshots there are on the way, or none.
    void sameBytesOverSnapshotsTheirEvictionAndWithoutAny()
    {
        History h;
        QVERIFY(h.shown.size() > 20);
        const std::size_t all = h.snapshots().size();
        QVERIFY2(all >= 15, std::to_string(all).c_str());
        QVERIFY(h.shown.rbegin()->second.at("alerts").size() > 1000 && h.shown.rbegin()->second.at("timeline").size() > 1000);
        QCOMPARE(h.otherwise(), std::string());
        // A journal said to be small: every second of the older ones goes, more than once.
        for (int times = 0; times < 3; ++times) {
            std::uint64_t bytes = 0;
            for (const char *kind : {desk::kSnapshotKind, desk::kSnapshotPartKind})
                bytes += h.journal->sections().bytes(kind).value_or(0);
            h.pretended = bytes;
            (void)h.wake();
            (void)h.report(events::Event(events::ChangeSeen{"db", "one more", "", "ci", h.clock.now()}));
            h.cut();
            QCOMPARE(h.otherwise(), std::string());
        }
        QVERIFY2(h.snapshots().size() < all / 2, std::to_string(h.snapshots().size()).c_str());
        QVERIFY(!h.snapshots().empty());
        for (const std::uint64_t seq : h.snapshots()) {
            const std::string name = std::to_string(seq);
            QVERIFY(h.journal->sections().remove(desk::kSnapshotKind, std::span(&name, 1)).has_value());
        }
        QVERIFY(h.snapshots().empty());
        QCOMPARE(h.otherwise(), std::string());
        // And after a restart, with a State of the record alone.
        h.keeper.reset();
        h.restart();
        QCOMPARE(h.otherwise(), std::string());
    }
};

QD_TEST(GetAtTest)
#include "tst_getat.moc"
