// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trackers/trackers.h"

#include "tests/core/trackers/forgebench.h"

using namespace qd;
using namespace qd::tests;
using namespace qd::trackers;

namespace json = boost::json;

namespace {

TrackedAction actionAs(const std::string &key, const std::string &incident, std::uint32_t action)
{
    return {incident, "forge", key, action, {}, {}, {}, false, {}, {}};
}

/// "INC-7/3 open, INC-9/1 open", in the order it was said; what was said is forgotten.
std::string takenOf(ForgeBench &b)
{
    const std::lock_guard lock(b.mutex);
    std::string out;
    for (const events::ActionSeen &s : b.seen)
        out += (out.empty() ? "" : ", ") + s.incident + "/" + std::to_string(s.action) + " " + s.status;
    b.seen.clear();
    return out;
}

std::size_t seenBy(ForgeBench &b)
{
    const std::lock_guard lock(b.mutex);
    return b.seen.size();
}

std::ptrdiff_t readsOf(ForgeBench &b, const std::string &key)
{
    const std::lock_guard lock(b.forge.mutex);
    return std::count(b.forge.asked.begin(), b.forge.asked.end(), "GET /issues/" + key);
}

} // namespace

/// What a tracker says, of each action that is an issue of it.
class TestReadAgain : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void allActionsThatAreOneIssueAreTold()
    {
        ForgeBench b;
        b.forge.issues.push_back({{"number", 1}, {"title", "Roll out"}, {"state", "open"}});
        b.edge->setTracked({actionAs("1", "INC-7", 3), actionAs("1", "INC-9", 1)});
        QTRY_COMPARE(seenBy(b), std::size_t(2));
        QCOMPARE(takenOf(b), std::string("INC-7/3 open, INC-9/1 open"));
        QCOMPARE(readsOf(b, "1"), std::ptrdiff_t(1)); // once a round
        {
            const std::lock_guard lock(b.forge.mutex);
            b.forge.issues[0]["state"] = "closed";
        }
        QVERIFY(b.askedAgain());
        QTRY_COMPARE(seenBy(b), std::size_t(2));
        QCOMPARE(takenOf(b), std::string("INC-7/3 closed, INC-9/1 closed"));
        QCOMPARE(readsOf(b, "1"), std::ptrdiff_t(2));
    }

    /// The issue is as it was when it was read last; who is new to it is told all the same, and nobody else.
    void anActionThatBecomesAnIssueThatWasReadIsTold()
    {
        ForgeBench b;
        b.forge.issues.push_back({{"number", 1}, {"title", "Roll out"}, {"state", "open"}, {"updated_at", "2026-11-29T13:00:00Z"}});
        b.edge->setTracked({actionAs("1", "INC-7", 3)});
        QTRY_COMPARE(seenBy(b), std::size_t(1));
        QVERIFY(b.askedAgain());
        QCOMPARE(takenOf(b), std::string("INC-7/3 open"));
        TrackedAction known = actionAs("1", "INC-7", 3);
        known.title = "Roll out";
        known.status = "open";
        known.changedAt = *parseInstant("2026-11-29T13:00:00Z");
        b.edge->setTracked({known, actionAs("1", "INC-9", 1)});
        QTRY_COMPARE(seenBy(b), std::size_t(1));
        QCOMPARE(takenOf(b), std::string("INC-9/1 open"));
    }

    /// What is read a round is counted in issues: each is reached, whoever is before it.
    void manyActionsOfOneIssueKeepNoOtherFromBeingRead()
    {
        ForgeBench b;
        b.forge.issues.push_back({{"number", 1}, {"title", "Roll out"}, {"state", "open"}});
        b.forge.issues.push_back({{"number", 2}, {"title", "Alert on it"}, {"state", "open"}});
        std::vector<TrackedAction> all;
        for (std::uint32_t n = 1; n <= kReadAtATime; ++n)
            all.push_back(actionAs("1", "INC-7", n));
        all.push_back(actionAs("2", "INC-9", 1));
        b.edge->setTracked(std::move(all));
        QTRY_COMPARE(seenBy(b), kReadAtATime + 1);
        QCOMPARE(readsOf(b, "1"), std::ptrdiff_t(1));
        QCOMPARE(readsOf(b, "2"), std::ptrdiff_t(1));
    }
};

QD_TEST(TestReadAgain)
#include "tst_readagain.moc"
