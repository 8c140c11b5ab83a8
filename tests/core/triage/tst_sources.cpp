// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/reports.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;
using events::Verdict;
using triage::ReportRules;

namespace {

/// One key, "hook", by which a Prometheus pushes and others may deliver too.
struct Senders {
    Log log;
    explicit Senders(Span interval = {})
    {
        log.record(withWorkspace(aWorkspace()));
        auto added = withConnection("hook", "inbound");
        get<events::ConnectionAdded>(added.front()).connection->interval = interval;
        log.record(std::move(added));
    }
    void deliver(Path path, const Labels &labels, Verdict verdict, Span later = minutes(1), Instant endsAt = {})
    {
        const Instant at = log.now() + later;
        ABatch batch("hook", at, path);
        batch.alert(labels).startsAt(kMorning);
        if (verdict == Verdict::Resolved)
            batch.resolved(at);
        else if (endsAt)
            batch.endsAt(endsAt);
        log.record(decided(batch.build(), {verdict}), later);
    }
    /// What is sent again, as the desk records it: run-lengths.
    void sendAgain(const Labels &labels, Span later = minutes(1))
    {
        const Instant at = log.now() + later;
        const auto fp = ABatch("hook", at, Path::Push).alert(labels).build().fingerprint.front();
        log.record(events::Events{events::SourceSeen{"hook", Path::Push, at, at, 1}, events::AlertsRepeated{"hook", at, at, 1, {fp}, {0}, {1}}}, later);
    }
    [[nodiscard]] bool goesSilent(Span later) const
    {
        const ReportRules rules(log.state.workspace);
        const auto events = triage::decideFreshness(log.state, rules, log.now() + later);
        return std::any_of(events.begin(), events.end(), [](const auto &e) { return holds<events::SourceWentSilent>(e); });
    }
    [[nodiscard]] bool expires(Span later) const { return !triage::decideExpired(log.state, log.now() + later).empty(); }
};

const Labels kInstance{{"alertname", "Instance"}}, kVolume{{"alertname", "Disk"}};

} // namespace

class TestSources final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPrometheusThatStopsWhileSomethingFiresIsSilentAfterFiveMinutes()
    {
        Senders s;
        s.deliver(Path::Push, kInstance, Verdict::Opened);
        QVERIFY(!s.goesSilent(minutes(5)));
        QVERIFY(s.goesSilent(minutes(5) + seconds(1)));
        QVERIFY(triage::nextSilence(s.log.state) == s.log.now() + minutes(5) + nanos(1));
    }

    void aPrometheusWithNothingFiringIsQuietNotSilent()
    {
        Senders s;
        s.deliver(Path::Push, kInstance, Verdict::Opened);
        s.deliver(Path::Push, kInstance, Verdict::Resolved);
        s.sendAgain(kInstance, minutes(1)); // the end, once more
        s.sendAgain(kInstance, minutes(1));
        QVERIFY(!s.goesSilent(hours(24)));
        QVERIFY(!triage::nextSilence(s.log.state));
        s.deliver(Path::Push, kVolume, Verdict::Opened);
        QVERIFY(s.goesSilent(minutes(6)));
    }

    void whatIsSentAgainKeepsItExpected()
    {
        Senders s;
        s.deliver(Path::Push, kInstance, Verdict::Opened);
        for (int i = 0; i < 30; ++i)
            s.sendAgain(kInstance);
        QVERIFY(!s.goesSilent(minutes(4)));
        QVERIFY(s.goesSilent(minutes(6)));
    }

    void aWebhookOnTheSameKeyDoesNotCoverForADeadPrometheus()
    {
        Senders s;
        s.deliver(Path::Push, kInstance, Verdict::Opened);
        for (int i = 0; i < 5; ++i)
            s.deliver(Path::Webhook, kVolume, i == 0 ? Verdict::Opened : Verdict::Updated);
        QVERIFY(s.goesSilent(seconds(1)));
        s.log.record(events::SourceWentSilent{"hook", s.log.now(), {}});
        s.deliver(Path::Webhook, kVolume, Verdict::Updated);
        const ReportRules rules(s.log.state.workspace);
        QVERIFY(triage::decideFreshness(s.log.state, rules, s.log.now()).empty()); // nor brings it back
        s.sendAgain(kInstance);
        QVERIFY(!triage::decideFreshness(s.log.state, rules, s.log.now()).empty());
    }

    void aWebhookOnTheSameKeyEndsNothingThatWasPushed()
    {
        Senders s;
        s.deliver(Path::Push, kInstance, Verdict::Opened, minutes(1), s.log.now() + minutes(5));
        for (int i = 0; i < 6; ++i)
            s.deliver(Path::Webhook, kVolume, i == 0 ? Verdict::Opened : Verdict::Updated);
        QVERIFY(!s.expires(seconds(1))); // its endsAt passed, but nobody heard of the Prometheus
        s.sendAgain(kVolume, minutes(1));  // the Prometheus speaks, and not of it
        QVERIFY(s.expires(seconds(1)));
    }

    void aRestartOfOursWaitsForTheFirstWordAnew()
    {
        Senders s;
        s.deliver(Path::Push, kInstance, Verdict::Opened);
        s.log.record(events::CoreStarted{"1"}, hours(8));
        QVERIFY(!s.goesSilent(minutes(5)));
        QVERIFY(s.goesSilent(minutes(6)));
    }
};

QD_TEST(TestSources)
#include "tst_sources.moc"
