// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/evidence.h"
#include "core/review/inner.h"
#include "core/review/lint.h"
#include "core/review/participants.h"
#include "core/review/prefill.h"
#include "core/review/security.h"
#include "core/review/source.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::review;
using namespace qd::tests;

namespace {

/// pay-db-1 of payments, which no status page names; declared as an incident of cart.
ReportBatch paymentsDown(bool isOver = false)
{
    ABatch b("am", kMorning);
    b.alert({{"alertname", "PoolFull"}, {"service", "db"}, {"instance", "pay-db-1:9100"}, {"category", "security"}}).annotation("summary", "The pool of payments is full").startsAt(kMorning - minutes(3));
    if (isOver)
        b.resolved(kMorning + minutes(30));
    return b.build();
}

/// Of no incident.
ReportBatch diskFull(const std::string &host = "node-7", bool isOver = false)
{
    ABatch b("am", kMorning);
    b.alert({{"alertname", "DiskFull"}, {"instance", host}}).annotation("summary", "The disk of " + host + " is full").startsAt(kMorning - minutes(9));
    if (isOver)
        b.resolved(kMorning + minutes(40));
    return b.build();
}

Workspace aWorkspaceWithDatabases()
{
    Workspace w = aWorkspace();
    w.people.push_back({"zoe", "Zoe Adler", "UTC", {}});
    w.teams.push_back({"data", "Data", {}, {"zoe"}});
    for (Service &s : w.services)
        if (s.id == "db")
            s.team = "data";
    return w;
}

/// INC-1 of cart, with an alert of db, resolved.
Log resolved()
{
    Log log;
    log.record(withWorkspace(aWorkspaceWithDatabases())).record(withConnection("am"));
    log.record(decided(paymentsDown()));
    log.record(anIncident("INC-1").titled("Checkout failing").service("cart").alert(keyOf(paymentsDown())).event());
    log.record(decided(paymentsDown(true), {events::Verdict::Resolved}), minutes(30));
    log.record(events::StatusChanged{"INC-1", "", IncidentStatus::Resolved, kAna});
    return log;
}

/// Five days go by, and enough alerts that what is over is let go of.
void daysGoBy(Log &log)
{
    log.record(events::ClockWoke{}, hours(5 * 24));
    for (std::size_t from = 0; from < state::AlertTable::kSweepAt; from += 256) {
        ABatch open("am", log.now()), over("am", log.now());
        for (std::size_t n = from; n < from + 256; ++n) {
            open.alert({{"alertname", "N" + std::to_string(n)}});
            over.alert({{"alertname", "N" + std::to_string(n)}}).resolved(log.now() + seconds(1));
        }
        log.record(decided(open.build()));
        log.record(decided(over.build(), {events::Verdict::Resolved}));
    }
}

const state::Incident &inc1(const Log &log)
{
    return *log.state.incident("INC-1");
}

std::string prefilled(const Log &log, std::string_view id)
{
    for (const Prefilled &p : prefill(log.state, inc1(log)))
        if (p.id == id)
            return p.text;
    return {};
}

} // namespace

/// A review is written days later: what it is told of the incident's alerts is what it was told on the day itself.
class TestLongAfter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theAlertIsGone()
    {
        Log log = resolved();
        QVERIFY(log.state.alert(keyOf(paymentsDown())));
        daysGoBy(log);
        QVERIFY(!log.state.alert(keyOf(paymentsDown())));
    }

    void itsHostIsFoundByTheLeakCheck()
    {
        Log log = resolved();
        const auto found = [&] {
            Rendition r;
            r.isOutside = true;
            r.blocks = blocksOf("Connections to pay-db-1 piled up.");
            return leaksIn(r, knownOf(log.state, inc1(log)));
        };
        QCOMPARE(found().size(), std::size_t(1));
        daysGoBy(log);
        QCOMPARE(found().size(), std::size_t(1));
        QCOMPARE(found()[0].kind, LeakKind::Host);
        QCOMPARE(found()[0].words, std::string("pay-db-1"));
    }

    void itIsOfItsServicesStill()
    {
        Log log = resolved();
        const std::vector<std::string> both{"cart", "db"};
        QCOMPARE(servicesOf(log.state, inc1(log)), both);
        daysGoBy(log);
        QCOMPARE(servicesOf(log.state, inc1(log)), both);
        QCOMPARE(witnessesOf(log.state).at(0).what.services, both);
    }

    void whatWasPrefilledOfAServiceInsideStaysInside()
    {
        Workspace w = aWorkspaceWithDatabases();
        StatusPage page;
        page.id = "shop";
        PageComponent cart;
        cart.id = "cart";
        cart.services = {"cart"};
        page.components.push_back(cart);
        w.pages.push_back(page);
        Log log = resolved();
        log.record(withWorkspace(std::move(w)));
        const std::string text = "## What was done\n\nThe db was full.\n\nThe cart was slow.\n";
        log.record(events::ReviewArranged{"INC-1", "ana", "", {}, {}, {}, kAna});
        log.record(events::SectionWritten{"INC-1", "narrative", text, 0, 1, false, {"core", Path::Own}});
        const auto outside = [&] { return withoutInner(log.state, inc1(log), *inc1(log).review.section("narrative")); };
        QVERIFY2(outside().find("db") == std::string::npos && outside().find("cart") != std::string::npos, outside().c_str());
        daysGoBy(log);
        QVERIFY2(outside().find("db") == std::string::npos && outside().find("cart") != std::string::npos, outside().c_str());
    }

    void aLinkToItIsEvidenceStill()
    {
        Log log = resolved();
        const std::string link = "alert/" + keyOf(paymentsDown());
        daysGoBy(log);
        QCOMPARE(evidenceAt(log.state, inc1(log), link), std::optional(kMorning - minutes(3)));
        QCOMPARE(evidenceText(log.state, inc1(log), link), std::string("The pool of payments is full"));
        QCOMPARE(exactReference(log.state, inc1(log), link), link);
        QVERIFY(!evidenceAt(log.state, inc1(log), "alert/am/0123456789abcdef"));
    }

    /// An occurrence that came later is none of this incident's.
    void aLinkIsOfTheOccurrenceThatJoined()
    {
        Log log = resolved();
        ABatch again("am", log.now());
        again.alert({{"alertname", "PoolFull"}, {"service", "db"}, {"instance", "pay-db-1:9100"}, {"category", "security"}}).startsAt(log.now());
        log.record(decided(again.build(), {events::Verdict::Refired}));
        QCOMPARE(evidenceAt(log.state, inc1(log), "alert/" + keyOf(paymentsDown())), std::optional(kMorning - minutes(3)));
    }

    /// What a review points at need be no alert of its incident, nor be one any more.
    void aLinkToAnyAlertShowsWhatItShowed()
    {
        for (const bool isEvidence : {false, true}) {
            Log log = resolved();
            const ReportBatch other = diskFull(), unlinked = diskFull("node-8");
            log.record(decided(other)).record(decided(unlinked));
            const std::string link = "alert/" + keyOf(other);
            QCOMPARE(evidenceText(log.state, inc1(log), link), std::string("The disk of node-7 is full"));
            log.record(events::ReviewArranged{"INC-1", "ana", "", {}, {}, {}, kAna});
            if (isEvidence)
                log.record(events::FactorRated{"INC-1", "capacity", "", "1", {link}, false, kAna});
            else
                log.record(events::SectionWritten{"INC-1", "narrative", "The disk [was full](entry:" + link + ").", 0, 1, true, kAna});
            log.record(decided(diskFull("node-7", true), {events::Verdict::Resolved})).record(decided(diskFull("node-8", true), {events::Verdict::Resolved}));
            daysGoBy(log);
            QVERIFY(!log.state.alert(keyOf(other)) && !log.state.alert(keyOf(unlinked)));
            QCOMPARE(evidenceAt(log.state, inc1(log), link), std::optional(kMorning - minutes(9)));
            QCOMPARE(evidenceText(log.state, inc1(log), link), std::string("The disk of node-7 is full"));
            QCOMPARE(exactReference(log.state, inc1(log), link), link); // by which a factor takes it
            const LintContext context = lintContext(log.state, inc1(log), "narrative", nullptr, "en");
            QCOMPARE(context.timeOf(link), std::optional(kMorning - minutes(9)));
            QCOMPARE(context.textOf(link), std::string("The disk of node-7 is full"));
            QVERIFY(!evidenceAt(log.state, inc1(log), "alert/" + keyOf(unlinked))); // nobody pointed at it while it was there
        }
    }

    void aLinkToAnAlertThatLeftItsIncidentShowsWhatItShowed()
    {
        Log log = resolved();
        const std::string link = "alert/" + keyOf(paymentsDown());
        log.record(events::SectionWritten{"INC-1", "narrative", "The pool [was full](entry:" + link + ").", 0, 1, false, kAna});
        events::AlertsDetached out;
        out.incident = "INC-1";
        out.keys = {keyOf(paymentsDown())};
        out.by = kAna;
        log.record(out);
        daysGoBy(log);
        QVERIFY(inc1(log).joined.empty());
        QCOMPARE(evidenceAt(log.state, inc1(log), link), std::optional(kMorning - minutes(3)));
        QCOMPARE(evidenceText(log.state, inc1(log), link), std::string("The pool of payments is full"));
    }

    /// A set's name may need escapes where the link stands; an escape is no part of the key.
    void aLinkIsReadAsItIsWritten()
    {
        Log log = resolved();
        log.record(withConnection("am west"));
        ABatch b("am west", log.now());
        b.alert({{"alertname", "DiskFull"}});
        const ReportBatch batch = b.build();
        log.record(decided(batch));
        const std::string link = "alert/" + keyOf(batch);
        log.record(events::SectionWritten{"INC-1", "narrative", "It " + cite("was full", link) + ", [once](entry:alert/nothing), [twice](entry:line/1) and [open](entry:alert/", 0, 1, false, kAna});
        QCOMPARE(inc1(log).linked.size(), std::size_t(1));
        QVERIFY(state::linkedAlert(log.state, inc1(log), keyOf(batch)));
    }

    void asManyLinkedAlertsAreKeptAndNoMore()
    {
        Log log = resolved();
        ABatch b("am", log.now());
        for (std::size_t n = 0; n < state::kLinkedAlertsKept + 1; ++n)
            b.alert({{"alertname", "L" + std::to_string(n)}});
        const ReportBatch many = b.build();
        log.record(decided(many));
        const auto text = [&](std::size_t from, std::size_t to) {
            std::string out;
            for (std::size_t n = from; n < to; ++n)
                out += cite("x", "alert/" + keyOf(many, n)) + "\n";
            return out;
        };
        for (int times = 0; times < 2; ++times) // the same again is the same
            log.record(events::SectionWritten{"INC-1", "narrative", text(0, state::kLinkedAlertsKept - 1), 0, 1, true, kAna});
        QCOMPARE(inc1(log).linked.size(), state::kLinkedAlertsKept - 1);
        log.record(events::SectionWritten{"INC-1", "impact", text(state::kLinkedAlertsKept - 1, state::kLinkedAlertsKept + 1), 0, 1, false, kAna});
        QCOMPARE(inc1(log).linked.size(), state::kLinkedAlertsKept);
        QVERIFY(state::linkedAlert(log.state, inc1(log), keyOf(many, state::kLinkedAlertsKept - 1)));
        QVERIFY(!state::linkedAlert(log.state, inc1(log), keyOf(many, state::kLinkedAlertsKept)));
        QVERIFY(evidenceAt(log.state, inc1(log), "alert/" + keyOf(many, state::kLinkedAlertsKept))); // while there is one
    }

    void whoOwnsItsServiceIsAskedStill()
    {
        Log log = resolved();
        QVERIFY(hadPart(participants(log.state, inc1(log)), "zoe"));
        daysGoBy(log);
        QVERIFY(hadPart(participants(log.state, inc1(log)), "zoe"));
    }

    void aReviewThatIsOpenedLateIsPrefilledWithIt()
    {
        Log log = resolved();
        const std::string narrative = prefilled(log, "narrative"), line = "the first alert fires: The pool of payments is full";
        QVERIFY2(narrative.find(line) != std::string::npos, narrative.c_str());
        daysGoBy(log);
        QCOMPARE(prefilled(log, "narrative"), narrative);
    }

    void thatItIsOfSecurityIsKnownStill()
    {
        Log log = resolved();
        daysGoBy(log);
        QCOMPARE(securityReason(log.state, inc1(log)), std::string("an alert of it has category=security"));
    }
};

QD_TEST(TestLongAfter)
#include "tst_longafter.moc"
