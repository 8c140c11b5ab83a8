// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/alike.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>
#include <algorithm>

using namespace qd;
using namespace qd::tests;

namespace {

struct AlikeScene {
    Log log;
    AlikeScene() { log.record(withWorkspace()).record(withConnection("am")).record(withConnection("prom")); }
    std::string fire(const Labels &labels, const std::string &connection = "am")
    {
        const auto batch = aBatch(connection, log.now()).alert(labels).build();
        log.record(decided(batch));
        return keyOf(batch);
    }
    [[nodiscard]] std::vector<std::string> common(const triage::Alike &alike) const
    {
        std::vector<std::string> out;
        for (const state::Pair &p : alike.common)
            out.push_back(std::string(log.state.text(p.name)) + "=" + std::string(log.state.text(p.value)));
        std::sort(out.begin(), out.end());
        return out;
    }
};

/// Others that have all of the common labels.
std::size_t othersWithAll(const triage::Alike &alike)
{
    std::size_t out = 0;
    for (const auto &o : alike.others)
        out += o.has == (std::uint32_t{1} << alike.common.size()) - 1 ? o.count : 0;
    return out;
}

using Keys = std::vector<std::string>;

} // namespace

class TestAlike : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyLabelsOfTheSameNameAndValueAreInCommon()
    {
        AlikeScene s;
        const auto a = s.fire({{"alertname", "Down"}, {"instance", "a"}, {"service", "db"}});
        const auto b = s.fire({{"alertname", "Down"}, {"instance", "b"}, {"service", "db"}, {"rack", "a"}});
        QCOMPARE(s.common(triage::alike(s.log.state, {a, b})), (Keys{"alertname=Down", "service=db"}));
        const auto c = s.fire({{"alertname", "Slow"}, {"instance", "c"}, {"service", "web"}});
        QVERIFY(triage::alike(s.log.state, {a, b, c}).common.empty());
        QVERIFY(triage::alike(s.log.state, {a, b, c}).others.empty());
    }

    void othersAreCountedByWhatTheyHaveAndWhoReportsThem()
    {
        AlikeScene s;
        const auto a = s.fire({{"alertname", "Down"}, {"instance", "a"}, {"service", "db"}});
        const auto b = s.fire({{"alertname", "Down"}, {"instance", "b"}, {"service", "db"}});
        QVERIFY(triage::alike(s.log.state, {a, b}).others.empty());
        s.fire({{"alertname", "Down"}, {"instance", "c"}, {"service", "db"}});
        s.fire({{"alertname", "Down"}, {"instance", "d"}, {"service", "db"}}, "prom");
        s.fire({{"alertname", "Slow"}, {"instance", "e"}, {"service", "db"}}); // one of the two labels
        s.fire({{"alertname", "Slow"}, {"instance", "f"}, {"service", "web"}}); // none
        const auto found = triage::alike(s.log.state, {a, b});
        QCOMPARE(othersWithAll(found), std::size_t(2));
        QCOMPARE(found.others.size(), std::size_t(3));
        for (const auto &o : found.others) {
            QCOMPARE(o.count, std::size_t(1));
            QCOMPARE(o.by.size(), std::size_t(1));
        }
        QCOMPARE(std::count_if(found.others.begin(), found.others.end(), [](const auto &o) { return o.by.front() == "prom"; }), std::ptrdiff_t(1));
    }

    void whatIsOverIsNoOtherAndWhatIsUnknownOrNamedTwiceChangesNothing()
    {
        AlikeScene s;
        const auto a = s.fire({{"alertname", "Down"}, {"instance", "a"}});
        s.fire({{"alertname", "Down"}, {"instance", "b"}});
        s.log.record(decided(aBatch("am", s.log.now()).alert({{"alertname", "Down"}, {"instance", "b"}}).resolved(s.log.now()).build(), {events::Verdict::Resolved}));
        const auto found = triage::alike(s.log.state, {a, "am/gone", a});
        QCOMPARE(found.known, std::size_t(1));
        QCOMPARE(found.common.size(), std::size_t(2));
        QVERIFY(found.others.empty());
        QCOMPARE(triage::alike(s.log.state, {}).known, std::size_t(0));
    }

    void noMoreLabelsThanThereAreBits_data()
    {
        QTest::addColumn<int>("labels");
        constexpr int kMost = static_cast<int>(triage::Alike::kCommonMost);
        QTest::newRow("at the limit") << kMost;
        QTest::newRow("above") << kMost + 1;
    }
    void noMoreLabelsThanThereAreBits()
    {
        QFETCH(int, labels);
        AlikeScene s;
        const auto named = [&](const std::string &instance) {
            Labels out{{"instance", instance}};
            for (int n = 0; n < labels; ++n)
                out.emplace_back("l" + std::to_string(n + 100), "same");
            return out;
        };
        const auto a = s.fire(named("a")), b = s.fire(named("b"));
        QCOMPARE(triage::alike(s.log.state, {a, b}).common.size(), triage::Alike::kCommonMost);
    }
};

QD_TEST(TestAlike)
#include "tst_alike.moc"
