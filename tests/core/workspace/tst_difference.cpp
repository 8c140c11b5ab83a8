// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/files.h"
#include "tests/core/workspace/folder.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <algorithm>

using namespace qd;
using namespace qd::tests;

/// What is told of a workspace that was read again.
class TestDifference : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingChangedSaysNothing()
    {
        Folder folder;
        folder.write("a.toml", kPeople + kRest);
        VERIFY_RESULT(folder.load());
        QVERIFY(workspace::difference(*folder.load(), *folder.load()).empty());
    }

    void saysEachChangeInOneLine()
    {
        Folder folder;
        folder.write("a.toml", kPeople + kRest);
        VERIFY_RESULT(folder.load());
        const Workspace before = *folder.load();
        Workspace after = before;
        after.mode = RunMode::Solo;
        after.people.push_back({"eve", "Eve", "UTC", {}});
        after.people[1].zone = "Europe/Berlin";
        after.teams[0].members = {"ben", "ana"};
        after.services[0].needs[0].kind = DependencyKind::Soft;
        after.services.pop_back();
        after.policies[0].steps[0].wait = minutes(7);
        after.templates[0].body += "More\n";
        const auto lines = workspace::difference(before, after);
        const std::vector<std::string> expected = {"workspace: mode was desk, is solo",
                                                   "person ben: zone was UTC, is Europe/Berlin",
                                                   "person eve: added",
                                                   "team shop: members in another order: ben, ana",
                                                   "service web: needs now with db soft, no longer with db hard",
                                                   "service mail: removed",
                                                   "policy shop: steps now with shop for 7m, no longer with shop for 5m",
                                                   "template status: body changed"};
        for (std::size_t i = 0; i < std::min(lines.size(), expected.size()); ++i)
            QCOMPARE(lines[i], expected[i]);
        QCOMPARE(lines.size(), expected.size());
    }

    void noMemberIsForgottenInADifference()
    {
        // Every member of every kind of thing, changed one at a time, must be seen.
        Folder folder;
        folder.write("a.toml", kPeople + kRest);
        const Workspace before = *folder.load();
        int members = 0;
        const auto change = [](auto &member) {
            using M = std::remove_cvref_t<decltype(member)>;
            if constexpr (std::is_same_v<M, std::string>)
                member += "x";
            else if constexpr (std::is_same_v<M, bool>)
                member = !member;
            else if constexpr (std::is_same_v<M, Span>)
                member = member + minutes(1);
            else if constexpr (std::is_same_v<M, Instant>)
                member = member + minutes(1);
            else if constexpr (std::is_same_v<M, FlappingRule>)
                ++member.begins;
            else if constexpr (std::is_same_v<M, SeverityMatrix>)
                ++member.restrictedSteps;
            else if constexpr (std::is_same_v<M, ReviewRules>)
                member.noGates = !member.noGates;
            else if constexpr (std::is_same_v<M, TaxonomyRules>)
                member.version += "x";
            else if constexpr (std::is_enum_v<M>)
                member = static_cast<M>(static_cast<int>(member) == 0 ? 1 : 0);
            else if constexpr (std::is_arithmetic_v<M>)
                ++member;
            else if constexpr (requires { member.try_emplace("de"); })
                member["de"] += "x";
            else if (member.empty())
                member.emplace_back();
            else
                member.pop_back();
        };
        const auto each = [&](auto list) { // list: pointer to the Workspace's member
            using T = typename std::remove_cvref_t<decltype(before.*list)>::value_type;
            int n = 0;
            Workspace probe = before;
            T::visitFields((probe.*list)[0], [&](int, const char *, auto &) { ++n; });
            for (int i = 0; i < n; ++i) {
                Workspace after = before;
                int at = 0;
                std::string name;
                T::visitFields((after.*list)[0], [&](int, const char *member, auto &value) {
                    if (at++ == i) {
                        name = member;
                        change(value);
                    }
                });
                ++members;
                QVERIFY2(!workspace::difference(before, after).empty(), name.c_str());
            }
        };
        each(&Workspace::people);
        each(&Workspace::teams);
        each(&Workspace::services);
        each(&Workspace::policies);
        each(&Workspace::groups);
        each(&Workspace::severities);
        each(&Workspace::templates);
        each(&Workspace::inhibitions);
        each(&Workspace::maintenance);
        each(&Workspace::correlations);
        each(&Workspace::routes);
        each(&Workspace::intervals);
        each(&Workspace::heartbeats);
        each(&Workspace::folds);
        each(&Workspace::business);
        each(&Workspace::recipients);
        QVERIFY(members > 25);
        int at = 0;
        Workspace probe = before;
        int count = 0;
        Workspace::visitFields(probe, [&](int, const char *, auto &) { ++count; });
        for (int i = 0; i < count; ++i) {
            Workspace after = before;
            at = 0;
            std::string name;
            Workspace::visitFields(after, [&](int, const char *member, auto &value) {
                if (at++ == i) {
                    name = member;
                    change(value);
                }
            });
            QVERIFY2(!workspace::difference(before, after).empty(), name.c_str());
        }
    }
};

QD_TEST(TestDifference)
#include "tst_difference.moc"
