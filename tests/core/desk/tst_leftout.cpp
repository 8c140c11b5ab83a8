// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/get.h"
#include "core/control/why.h"
#include "core/desk/past.h"
#include "core/desk/whatif.h"
#include "core/triage/leftout.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// A name that explodes, through the one front door: what is not taken loses nobody's page.
namespace {

constexpr std::uint32_t kRoom = 3;

Workspace exploding()
{
    Workspace w = aWorkspace();
    for (Service &s : w.services)
        s.paging = Paging::Own;
    w.alertsPerName = kRoom;
    return w;
}

struct Explosion : QuietBench {
    Explosion() : QuietBench(exploding())
    {
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
    }
    static Labels series(int n, const std::string &severity = "critical")
    {
        return {{"alertname", "Explodes"}, {"series", std::to_string(n)}, {"service", "db"}, {"severity", severity}};
    }
    /// As a Prometheus says them: the firing ones again and again.
    void say(int from, int to, bool firing = true, const std::string &severity = "critical")
    {
        auto b = aBatch("am", clock.now());
        for (int n = from; n < to; ++n) {
            b.alert(series(n, severity)).startsAt(clock.now());
            if (!firing)
                b.resolved(clock.now());
        }
        const auto done = report(b.build());
        Q_ASSERT(done);
    }
    std::size_t firing(const std::string &name)
    {
        return ask([&](const state::State &s) {
            return static_cast<std::size_t>(std::count_if(s.alerts.all.begin(), s.alerts.all.end(), [&](const auto &a) { return a.status == AlertStatus::Firing && s.label(a, "alertname") == name; }));
        });
    }
    std::size_t pages()
    {
        return ask([](const state::State &s) {
            return static_cast<std::size_t>(std::count_if(s.outbox.begin(), s.outbox.end(), [](const auto &o) { return o.second.what.effect == events::Effect::Page; }));
        });
    }
    state::LeftOut leftOut()
    {
        return ask([](const state::State &s) { return s.leftOut.empty() ? state::LeftOut{} : s.leftOut.front(); });
    }
};

} // namespace

class TestLeftOutAtTheDesk final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatExplodesIsCountedAndSaidAndPagesOnce()
    {
        Explosion b;
        b.say(0, 50);
        QCOMPARE(b.firing("Explodes"), std::size_t(kRoom));
        QCOMPARE(b.firing("AlertsLeftOut"), std::size_t(1));
        QCOMPARE(b.leftOut().alerts, 50 - kRoom);
        QCOMPARE(b.leftOut().limit, kRoom);
        QCOMPARE(b.pages(), std::size_t(1)); // of the group; ours is nobody's service
        b.say(0, 80);
        b.pass(seconds(31)); // counted, and said in numbers of half a minute
        QCOMPARE(b.leftOut().alerts, 80 - kRoom);
        QCOMPARE(b.leftOut().deliveries, std::uint64_t(2));
        QCOMPARE(b.pages(), std::size_t(1));
        const std::string sources = b.ask([](const state::State &s) { return control::getJson(s, "sources").value_or(std::string()); });
        QVERIFY2(sources.find("77 more alerts called Explodes are left out: 3 of them fire, which is the limit (alerts_per_name)") != std::string::npos, sources.c_str());
        const std::string key = keyOf(aBatch().alert(Explosion::series(0)).build());
        const std::string why = b.ask([&](const state::State &s) { return control::whyJson(s, key).value_or(std::string()); });
        QVERIFY2(why.find("77 more alerts called Explodes are left out") != std::string::npos, why.c_str());
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatIsWorsePagesThoughThereIsNoRoom()
    {
        Explosion b;
        b.say(0, 50, true, "error");
        const auto before = b.pages();
        b.say(60, 61, true, "critical");
        QCOMPARE(b.firing("Explodes"), std::size_t(kRoom + 1));
        QCOMPARE(b.pages(), before + 1);
    }

    void whenThoseThatStoodForThemEndTheOthersAreTakenAndPage()
    {
        Explosion b;
        b.say(0, 10);
        QCOMPARE(b.pages(), std::size_t(1));
        b.clock.advance(minutes(1));
        b.say(0, kRoom, false);
        QCOMPARE(b.firing("Explodes"), std::size_t(0));
        b.clock.advance(minutes(1));
        b.say(kRoom, 10); // their source says them again
        QCOMPARE(b.firing("Explodes"), std::size_t(kRoom));
        QVERIFY(b.ask([](const state::State &s) { return s.escalations.back().isRunning(); }));
        QCOMPARE(b.ask([](const state::State &s) { return s.escalations.size(); }), std::size_t(2));
        QCOMPARE(b.dumped(), b.committed());
    }

    void theAlarmEndsWhenNothingIsLeftOutAnyMoreAlsoAcrossARestart()
    {
        Explosion b;
        b.say(0, 10);
        b.pass(minutes(1));
        b.restart();
        QCOMPARE(b.firing("AlertsLeftOut"), std::size_t(1));
        b.pass(triage::kLeftOutOver - minutes(2));
        QCOMPARE(b.firing("AlertsLeftOut"), std::size_t(1));
        b.pass(minutes(2));
        QCOMPARE(b.firing("AlertsLeftOut"), std::size_t(0));
        QVERIFY(b.leftOut().overAt);
        b.say(0, 10); // and begins anew
        QCOMPARE(b.firing("AlertsLeftOut"), std::size_t(1));
        QCOMPARE(b.dumped(), b.committed());
    }

    void aReplayConcludesTheSame()
    {
        Explosion b;
        b.say(0, 20);
        b.pass(minutes(1));
        b.say(0, kRoom, false);
        b.pass(minutes(1));
        b.say(kRoom, 20);
        b.pass(seconds(31)); // what is counted is recorded within half a minute, and what is due is concluded when it is
        b.pass(minutes(5) - seconds(31));
        b.pass(triage::kLeftOutOver - minutes(5));
        const state::Past past = desk::pastOf(*b.journal);
        state::SnapshotLoader loader;
        auto was = state::stateAt(past, 0, loader);
        VERIFY_RESULT(was);
        state::State would = was->clone();
        const auto w = desk::whatIf(past, std::move(*was), std::move(would), b.journal->head(), std::nullopt, [] { return true; });
        VERIFY_RESULT(w);
        std::string recorded;
        VERIFY_RESULT(desk::replay(*b.journal, std::max<std::uint64_t>(w->firstOther, 1), std::max<std::uint64_t>(w->firstOther, 1), [&](const desk::Record &r) {
            for (const auto &e : r.events)
                recorded += " " + std::string(events::typeName(e));
            return true;
        }));
        QVERIFY2(w->firstOtherWhat.empty(), (std::to_string(w->firstOther) + ": " + w->firstOtherWhat + ", recorded:" + recorded).c_str());
        QCOMPARE(w->recordsOther, std::uint64_t{0});
    }
};

QD_TEST(TestLeftOutAtTheDesk)
#include "tst_leftout.moc"
