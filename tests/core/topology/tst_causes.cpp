// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/topology/causes.h"

#include "core/topology/infer.h"
#include "tests/support/builders.h"
#include "tests/support/random.h"
#include "tests/support/suite.h"

#include <QtTest>
#include <algorithm>
#include <map>
#include <set>

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

/// M2.4: "the deepest unhealthy hard dependency on a causal path; edges hard, soft, async; cycles and isolated nodes are first-class".
namespace {

struct World {
    int count = 0;
    std::vector<std::vector<bool>> hard;           ///< hard[i][j]: i needs j
    std::vector<std::optional<int>> since;         ///< unhealthy since this minute
    std::vector<AlertSeverity> severity;
    state::State state;
};

std::string id(int n) { return "s" + std::to_string(n); }

/// Services with random edges of all kinds, some isolated, some in circles; some fire, some are suppressed, some only inform.
World randomWorld(std::uint64_t seed)
{
    SeededRandom r(seed);
    World out;
    out.count = 2 + static_cast<int>(r.below(9));
    const auto n = static_cast<std::size_t>(out.count);
    out.hard.assign(n, std::vector<bool>(n, false));
    out.since.assign(n, std::nullopt);
    out.severity.assign(n, AlertSeverity::None);
    Workspace w;
    for (int i = 0; i < out.count; ++i) {
        Service s;
        s.id = id(i);
        const std::uint64_t density = r.below(4); // 0: isolated on this side
        for (int j = 0; j < out.count; ++j) {
            if (i == j || r.below(8) >= density)
                continue;
            const auto kind = static_cast<DependencyKind>(r.below(5) < 3 ? 0 : 1 + r.below(2));
            s.needs.push_back({id(j), kind});
            out.hard[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] = kind == DependencyKind::Hard;
        }
        w.services.push_back(std::move(s));
    }
    Log log;
    log.record(withWorkspace(std::move(w))).record(withConnection("am"));
    for (int i = 0; i < out.count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const std::uint64_t kind = r.below(6);
        if (kind > 3)
            continue;
        static const std::pair<const char *, AlertSeverity> kSeverities[] = {{"critical", AlertSeverity::Critical}, {"warning", AlertSeverity::Warning}, {"mystery", AlertSeverity::Unknown}};
        const auto &[word, severity] = kSeverities[r.below(3)];
        const int ago = 1 + static_cast<int>(r.below(5));
        ABatch b = aBatch("am", log.now());
        b.alert({{"alertname", "A" + std::to_string(i)}, {"service", id(i)}}).severity(kind == 2 ? "info" : word).startsAt(kMorning - minutes(ago));
        if (kind == 3)
            b.suppressed(Suppression::Silenced, "s1");
        log.record(decided(b.build()), Span{});
        if (kind < 2) {
            out.since[at] = -ago;
            out.severity[at] = severity;
        }
    }
    out.state = std::move(log.state);
    return out;
}

/// The definition, plainly: reachability by repetition, chains by counting, no component algorithm.
struct PlainDefinition {
    explicit PlainDefinition(const World &world) : w(world)
    {
        const auto n = static_cast<std::size_t>(w.count);
        reaches = w.hard;
        for (std::size_t i = 0; i < n; ++i)
            reaches[i][i] = true;
        for (std::size_t k = 0; k < n; ++k)
            for (std::size_t i = 0; i < n; ++i)
                for (std::size_t j = 0; j < n; ++j)
                    if (reaches[i][k] && reaches[k][j])
                        reaches[i][j] = true;
    }
    [[nodiscard]] bool sameCircle(std::size_t a, std::size_t b) const { return reaches[a][b] && reaches[b][a]; }
    /// Of the circle of `a`, who fired first (then the worse, then the first by name); -1: nobody in it is unhealthy.
    [[nodiscard]] int firstOf(std::size_t a) const
    {
        int best = -1;
        for (std::size_t b = 0; b < static_cast<std::size_t>(w.count); ++b)
            if (sameCircle(a, b) && w.since[b] && (best < 0 || likelier(b, static_cast<std::size_t>(best))))
                best = static_cast<int>(b);
        return best;
    }
    [[nodiscard]] bool likelier(std::size_t a, std::size_t b) const
    {
        const auto key = [&](std::size_t x) { return std::make_tuple(*w.since[x], -topology::rank(w.severity[x]), id(static_cast<int>(x))); };
        return key(a) < key(b);
    }
    /// The longest chain of unhealthy circles from `a` down, and its end.
    [[nodiscard]] std::pair<int, int> chain(std::size_t a) const
    {
        int depth = 0, end = -1;
        for (std::size_t b = 0; b < static_cast<std::size_t>(w.count); ++b) {
            if (!reaches[a][b] || reaches[b][a])
                continue; // not strictly below
            const auto [d, e] = chain(b);
            if (d > depth || (d == depth && e >= 0 && (end < 0 || likelier(static_cast<std::size_t>(e), static_cast<std::size_t>(end))))) {
                depth = d;
                end = e;
            }
        }
        const int own = firstOf(a);
        if (own >= 0) {
            end = depth == 0 ? own : end;
            ++depth;
        }
        return {depth, end};
    }
    const World &w;
    std::vector<std::vector<bool>> reaches;
};

} // namespace

class TestCauses : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSuspectOfEveryServiceIsWhatThePlainDefinitionSays()
    {
        int blamed = 0, circles = 0;
        for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
            const World w = randomWorld(seed);
            const PlainDefinition reference(w);
            const topology::Causes causes(w.state);
            for (int i = 0; i < w.count; ++i) {
                const auto at = static_cast<std::size_t>(i);
                const int end = reference.chain(at).second;
                const std::string expected = end < 0 || end == i ? std::string() : id(end);
                const auto cause = causes.of(id(i));
                QVERIFY2((cause ? cause->suspect : std::string()) == expected,
                         ("seed " + std::to_string(seed) + " " + id(i) + ": " + (cause ? cause->suspect : "none") + " instead of " + expected).c_str());
                QCOMPARE(causes.isUnhealthy(id(i)), w.since[at].has_value());
                if (!cause)
                    continue;
                ++blamed;
                circles += reference.sameCircle(at, static_cast<std::size_t>(end)) ? 1 : 0;
                // The path is one: hard edges from the service to the suspect, nothing twice.
                QCOMPARE(cause->path.front(), id(i));
                QCOMPARE(cause->path.back(), expected);
                QCOMPARE(std::set<std::string>(cause->path.begin(), cause->path.end()).size(), cause->path.size());
                for (std::size_t k = 1; k < cause->path.size(); ++k)
                    QVERIFY(w.hard[std::stoul(cause->path[k - 1].substr(1))][std::stoul(cause->path[k].substr(1))]);
            }
        }
        QVERIFY(blamed > 2000);
        QVERIFY(circles > 100);
    }

    void everyFieldOfThePictureAgreesWithIt()
    {
        for (std::uint64_t seed = 1; seed <= 300; ++seed) {
            const World w = randomWorld(seed);
            const topology::Causes causes(w.state);
            const topology::Picture p = topology::picture(w.state, w.state.time);
            for (std::uint32_t n = 0; n < p.nodes.size(); ++n) {
                const auto cause = causes.of(p.nodes[n].id);
                const std::uint32_t suspect = p.suspectOf[n];
                QCOMPARE(cause ? cause->suspect : std::string(), suspect == topology::kNone || suspect == n ? std::string() : p.nodes[suspect].id);
            }
        }
    }

    void acceptedEdgesLeadOnAndProposedOnesDoNot()
    {
        Workspace w = aWorkspace();
        w.services[1].needs.clear(); // cart needs nothing any more
        Log log;
        log.record(withWorkspace(std::move(w))).record(withConnection("am"));
        log.record(decided(aBatch("am", log.now()).alert({{"alertname", "Down"}, {"service", "db"}}).severity("critical").build()));
        log.record(Events{EdgesProposed{"csv", {{"cart", "db", DependencyKind::Hard}}, {"ana", Path::Person}}});
        QVERIFY(!topology::Causes(log.state).of("cart"));
        QVERIFY(!topology::hasNeeds(log.state, "cart"));
        log.record(Events{EdgesAccepted{{{"cart", "db", DependencyKind::Hard}}, {"ana", Path::Person}}});
        QVERIFY(topology::hasNeeds(log.state, "cart"));
        const auto cause = topology::Causes(log.state).of("frontend"); // web's alias
        QVERIFY(cause.has_value());
        QCOMPARE(cause->path, (std::vector<std::string>{"web", "cart", "db"}));
        log.record(Events{EdgesDismissed{{{"cart", "db", DependencyKind::Hard}}, {"ana", Path::Person}}});
        QVERIFY(!topology::Causes(log.state).of("cart"));
    }

    void theWorkspacesWordCountsWhereAnEdgeWasAcceptedOtherwise()
    {
        Workspace w = aWorkspace();
        w.services[1].needs[0].kind = DependencyKind::Soft; // cart needs db, softly
        Log log;
        log.record(withWorkspace(std::move(w))).record(withConnection("am"));
        log.record(Events{EdgesAccepted{{{"cart", "db", DependencyKind::Hard}}, {"ana", Path::Person}}});
        const topology::Picture p = topology::picture(log.state, log.now());
        QCOMPARE(std::count_if(p.edges.begin(), p.edges.end(), [&](const auto &e) { return p.nodes[e.from].id == "cart" && p.nodes[e.to].id == "db"; }), std::ptrdiff_t{1});
        QCOMPARE(p.edges.back().kind == DependencyKind::Soft || !p.edges.back().accepted, true);
    }

    void labelsThatNameAnotherKnownServiceSuggestAnEdge()
    {
        Log log;
        log.record(withWorkspace(aWorkspace())).record(withConnection("am"));
        log.record(decided(aBatch("am", log.now())
                               .alert({{"alertname", "Slow"}, {"service", "web"}, {"upstream", "mail"}})
                               .alert({{"alertname", "Slow2"}, {"service", "frontend"}, {"peer_service", "db"}})
                               .alert({{"alertname", "Self"}, {"service", "db"}, {"upstream", "db"}})
                               .alert({{"alertname", "Stranger"}, {"service", "db"}, {"upstream", "the-moon"}})
                               .build()));
        const auto found = topology::inferFromLabels(log.state);
        QCOMPARE(found.size(), std::size_t{2});
        QVERIFY((found[0] == MapEdge{"web", "db", DependencyKind::Hard}));
        QVERIFY((found[1] == MapEdge{"web", "mail", DependencyKind::Hard}));
    }
};

QD_TEST(TestCauses)
#include "tst_causes.moc"
