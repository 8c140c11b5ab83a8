// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/inhibitions.h"

#include "tests/support/builders.h"
#include "tests/support/random.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>
#include <set>

using namespace qd;
using namespace qd::tests;
using triage::Inhibitions;
using triage::MatcherIndex;
using triage::MatcherSet;

namespace {

const std::vector<std::string> kNames{"a", "b", "c", "team"};
const std::vector<std::string> kValues{"", "x", "y", "xy", "longer"};

Matcher anyMatcher(SeededRandom &random)
{
    static const std::vector<std::string> kPatterns{"x", ".*", ".+", "x|y", "x.*", "", "[^y]*"};
    Matcher m;
    m.name = kNames[random.below(kNames.size())];
    m.isRegex = random.below(2) == 0;
    m.isEqual = random.below(3) != 0;
    m.value = m.isRegex ? kPatterns[random.below(kPatterns.size())] : kValues[random.below(kValues.size())];
    return m;
}

std::vector<Matcher> anyMatchers(SeededRandom &random)
{
    std::vector<Matcher> out;
    for (std::uint64_t n = random.below(4); n > 0; --n)
        out.push_back(anyMatcher(random));
    return out;
}

Labels anyLabels(SeededRandom &random, int number)
{
    Labels out{{"n", std::to_string(number)}};
    for (const auto &name : kNames)
        if (const auto value = kValues[random.below(kValues.size())]; !value.empty())
            out.emplace_back(name, value);
    return out;
}

struct Oracle {
    MatcherSet source, target;
    std::vector<std::string> equal;
};

/// Alertmanager's Mutes() (inhibit/inhibit.go), word by word, over all alerts.
bool isMuted(const std::vector<Oracle> &rules, const state::State &s, const state::Alert &target)
{
    const auto holds = [&](const MatcherSet &matchers, const state::Alert &a) {
        return matchers.holds([&](std::string_view name) { return s.label(a, name); });
    };
    for (const Oracle &rule : rules) {
        if (!holds(rule.target, target))
            continue;
        const bool excludeTwoSided = holds(rule.source, target);
        for (const state::Alert &source : s.alerts.all) {
            if (source.status != AlertStatus::Firing || !holds(rule.source, source))
                continue;
            const bool same = std::all_of(rule.equal.begin(), rule.equal.end(), [&](const auto &name) { return s.label(source, name) == s.label(target, name); });
            if (same && !(excludeTwoSided && holds(rule.target, source)))
                return true;
        }
    }
    return false;
}

} // namespace

class TestInhibitions final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theIndexFindsWhatTryingAllFinds()
    {
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            SeededRandom random(seed);
            std::vector<std::shared_ptr<const MatcherSet>> sets;
            for (int n = 0; n < 60; ++n)
                sets.push_back(std::make_shared<const MatcherSet>(std::move(*MatcherSet::make(anyMatchers(random)))));
            MatcherIndex index(sets);
            Log log;
            log.record(withWorkspace()).record(withConnection("am"));
            for (int n = 0; n < 60; ++n) { // texts the index has not met come all along
                log.record(decided(aBatch().alert(anyLabels(random, n)).build()));
                const auto &a = log.state.alerts.all.back();
                std::vector<std::uint32_t> found, expected;
                index.match(log.state, a, found);
                for (std::uint32_t i = 0; i < sets.size(); ++i)
                    if (sets[i]->holds([&](std::string_view name) { return log.state.label(a, name); }))
                        expected.push_back(i);
                QCOMPARE(found, expected);
            }
        }
    }

    void inhibitsExactlyAsAlertmanagerDoesWhateverComesAndGoes()
    {
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            SeededRandom random(seed);
            Workspace w = aWorkspace();
            std::vector<Oracle> oracle;
            for (int n = 0; n < 6; ++n) {
                InhibitionRule rule{"r" + std::to_string(n), anyMatchers(random), anyMatchers(random), {}};
                for (std::uint64_t e = random.below(3); e > 0; --e)
                    rule.equal.push_back(kNames[random.below(kNames.size())]);
                w.inhibitions.push_back(rule);
                oracle.push_back({std::move(*MatcherSet::make(rule.source)), std::move(*MatcherSet::make(rule.target)), rule.equal});
            }
            Log log;
            log.record(withWorkspace(w)).record(withConnection("am"));
            Inhibitions inhibitions(w);
            std::vector<Labels> labels;
            for (int n = 0; n < 30; ++n)
                labels.push_back(anyLabels(random, n));
            std::set<std::size_t> firing;
            for (int step = 0; step < 150; ++step) {
                const std::size_t n = random.below(labels.size());
                const bool ends = firing.contains(n);
                auto batch = aBatch("am", log.now()).alert(labels[n]);
                if (ends)
                    batch.resolved();
                const bool known = log.state.alert(keyOf(batch.build())) != nullptr;
                log.record(decided(batch.build(), {ends ? events::Verdict::Resolved : known ? events::Verdict::Refired : events::Verdict::Opened}));
                ends ? firing.erase(n) : firing.insert(n).second;
                // Before the change is told, who is inhibited; after it only those it concerns may differ.
                std::map<std::uint32_t, bool> before;
                for (std::uint32_t i = 0; i < log.state.alerts.all.size(); ++i)
                    before[i] = inhibitions.of(i).has_value();
                std::vector<std::uint32_t> concerned;
                const auto index = log.state.alertIndex(keyOf(batch.build()));
                inhibitions.note(log.state, index, concerned);
                concerned.push_back(index);
                for (std::uint32_t i = 0; i < log.state.alerts.all.size(); ++i) {
                    const auto &a = log.state.alerts.all[i];
                    if (a.status != AlertStatus::Firing)
                        continue;
                    QCOMPARE(inhibitions.of(i).has_value(), isMuted(oracle, log.state, a));
                    if (inhibitions.of(i).has_value() != before[i])
                        QVERIFY(std::find(concerned.begin(), concerned.end(), i) != concerned.end());
                }
                // Made anew from the State alone it says the same, name by name.
                if (step % 50 == 49) {
                    Inhibitions fresh(w);
                    for (std::uint32_t i = 0; i < log.state.alerts.all.size(); ++i)
                        fresh.note(log.state, i, concerned);
                    for (std::uint32_t i = 0; i < log.state.alerts.all.size(); ++i) {
                        const auto one = inhibitions.of(i), two = fresh.of(i);
                        QCOMPARE(one.has_value(), two.has_value());
                        if (one)
                            QCOMPARE(Inhibitions::because(log.state, *one).matched, Inhibitions::because(log.state, *two).matched);
                    }
                }
            }
        }
    }

    void aRuleWhoseSidesAreTheSameInhibitsNothing()
    {
        Workspace w;
        w.inhibitions.push_back({"self", {{"a", "x", false, true}}, {{"a", "x", false, true}}, {}});
        Log log;
        log.record(withWorkspace(w)).record(withConnection("am"));
        log.record(decided(aBatch().alert({{"a", "x"}, {"n", "1"}}).alert({{"a", "x"}, {"n", "2"}}).build()));
        Inhibitions inhibitions(w);
        std::vector<std::uint32_t> concerned;
        for (std::uint32_t i = 0; i < 2; ++i)
            inhibitions.note(log.state, i, concerned);
        QVERIFY(!inhibitions.of(0) && !inhibitions.of(1));
    }

    void aLabelThatIsNotThereIsEqualToOneThatIsEmpty()
    {
        Workspace w;
        w.inhibitions.push_back({"r", {{"a", "x", false, true}}, {{"a", "y", false, true}}, {"nowhere", "b"}});
        Log log;
        log.record(withWorkspace(w)).record(withConnection("am"));
        log.record(decided(aBatch().alert({{"a", "x"}}).alert({{"a", "y"}, {"b", ""}}).alert({{"a", "y"}, {"b", "z"}}).build()));
        Inhibitions inhibitions(w);
        std::vector<std::uint32_t> concerned;
        for (std::uint32_t i = 0; i < 3; ++i)
            inhibitions.note(log.state, i, concerned);
        QVERIFY(inhibitions.of(1));
        QVERIFY(!inhibitions.of(2));
    }
};

QD_TEST(TestInhibitions)
#include "tst_inhibitions.moc"
