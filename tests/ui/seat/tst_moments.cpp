// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/moments.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "ui/seat/evidence.h"

#include <QtTest>
#include <boost/pfr.hpp>
#include <optional>

using namespace qd;
using namespace qd::tests;
using seat::Moments;
using seat::PastWant;
using view::PastClock;

namespace {

/// A log that is recorded, and gone back into.
struct Journey {
    state::State state;
    std::vector<desk::RecordPtr> records;
    Instant now = kMorning;
    seat::ViewBuilder builder;
    Moments moments;

    Journey()
    {
        record(withWorkspace());
        record(withConnection("am"));
        record(anIncident("INC-1").service("db").event());
    }
    void record(events::Events events, Span later = seconds(1))
    {
        now = now + later;
        auto r = std::make_shared<desk::Record>();
        r->seq = state.seq + 1;
        r->time = now;
        r->events = std::move(events);
        state::applyRecord(state, r->seq, r->time, r->events);
        records.push_back(std::move(r));
    }
    void record(events::Event event, Span later = seconds(1)) { record(events::Events{std::move(event)}, later); }
    void say(const std::string &person, const std::string &text, Span later = seconds(1)) { record(events::LogWritten{"INC-1", text, {person, Path::Person}}, later); }
    void message(const std::string &id, const std::string &nick, const std::string &sender, const std::string &text, Instant at, const std::string &person = {})
    {
        events::MessageSeen m;
        m.incident = "INC-1";
        m.connection = "chat";
        m.room = "war@rooms.example";
        m.messageId = id;
        m.nick = nick;
        m.sender = sender;
        m.person = person;
        m.verified = !person.empty();
        m.text = text;
        m.serverTime = at;
        record(std::move(m));
    }
    void alert(const std::string &name, const std::string &service, Instant from, const std::string &severity = "critical", Instant over = {})
    {
        auto batch = std::move(aBatch("am", now).alert({{"alertname", name}, {"service", service}}).severity(severity).startsAt(from));
        record(over ? decided(batch.resolved(over).build(), {events::Verdict::Resolved}) : decided(batch.build()));
    }
    [[nodiscard]] view::ViewModelPtr present()
    {
        seat::Looking looking;
        looking.person = QStringLiteral("ana");
        looking.review = QStringLiteral("INC-1");
        looking.now = now;
        return builder.build(state, looking);
    }
    [[nodiscard]] view::ViewModelPtr at(Instant moment, PastClock clock, bool named = false)
    {
        const view::ViewModelPtr shown = present();
        PastWant want;
        want.point = {QStringLiteral("INC-1"), moment, clock, named};
        want.looking.person = QStringLiteral("ana");
        want.head = state.seq;
        want.evidence = shown->review->evidence;
        want.cast = shown->review->cast;
        want.workspace = state.workspace;
        if (shown->review->imported)
            want.imported = shown->incidents.front();
        else if (!moments.hasReel() || moments.reel().lastSeq() != state.seq) {
            seat::Reel reel{state::State{}};
            for (const auto &r : records)
                if (!reel.add(r))
                    qFatal("the reel is full");
            reel.wind();
            moments.begin(std::move(reel));
        }
        return moments.at(want);
    }
};

bool fires(const view::ViewModel &view, const QString &title)
{
    return std::any_of(view.active.begin(), view.active.end(), [&](const view::AlertRow &r) { return r.title == title; });
}

bool tells(const view::ViewModel &view, const QString &text)
{
    return std::any_of(view.timeline.begin(), view.timeline.end(), [&](const view::TimelineEntry &t) { return t.text.contains(text); });
}

const view::MapNode *nodeOf(const view::ViewModel &view, const QString &service)
{
    const auto node = std::find_if(view.nodes.begin(), view.nodes.end(), [&](const view::MapNode &n) { return n.id == service; });
    return node == view.nodes.end() ? nullptr : &*node;
}

int alertsOn(const view::ViewModel &view, const QString &service)
{
    const view::MapNode *node = nodeOf(view, service);
    return node ? node->alerts : -1;
}

/// Every text of what panels show, wherever it stands.
class Texts {
public:
    QStringList all;
    void operator()(const QString &text) { all << text; }
    void operator()(const QStringList &texts) { all << texts; }
    template <typename T>
    void operator()(const std::vector<T> &list)
    {
        if constexpr (std::is_class_v<T>)
            for (const T &each : list)
                (*this)(each);
    }
    template <typename T>
    void operator()(const std::shared_ptr<T> &) {}
    template <typename T>
    void operator()(const T &value)
    {
        if constexpr (std::is_class_v<T> && std::is_aggregate_v<T> && !std::is_same_v<T, Instant> && !std::is_same_v<T, Span> && !std::is_same_v<T, view::Strip>)
            boost::pfr::for_each_field(value, [this](const auto &field) { (*this)(field); });
    }
};

QString textsOf(const view::ViewModel &view)
{
    Texts texts;
    boost::pfr::for_each_field(view, [&texts](const auto &field) { texts(field); });
    return texts.all.join(QLatin1Char('\n'));
}

} // namespace

class TestMoments final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// It began two minutes before anybody was told: in queue, map and timeline alike it is there from its beginning by the one clock, from its receipt by the other.
    void anAlertThatCameLateStandsWhereItsClockHasIt()
    {
        Journey j;
        const Instant began = j.now + seconds(5);
        j.say("ana", "quiet so far", minutes(2));
        j.alert("DbDown", "db", began);
        const Instant heard = j.now, between = heard - seconds(30);
        j.say("ana", "there it is", minutes(1));
        const auto was = j.at(between, PastClock::AsItWas), known = j.at(between, PastClock::AsKnown), later = j.at(heard, PastClock::AsKnown);
        QVERIFY(fires(*was, QStringLiteral("DbDown")));
        QVERIFY(!fires(*known, QStringLiteral("DbDown")));
        QVERIFY(fires(*later, QStringLiteral("DbDown")));
        QCOMPARE(alertsOn(*was, QStringLiteral("db")), 1);
        QCOMPARE(alertsOn(*known, QStringLiteral("db")), 0);
        QCOMPARE(alertsOn(*later, QStringLiteral("db")), 1);
        const auto bar = [](const view::ViewModel &v) { return std::any_of(v.spans.begin(), v.spans.end(), [](const auto &s) { return s.title == QLatin1String("DbDown"); }); };
        QVERIFY(bar(*was) && !bar(*known) && bar(*later));
        // Before it began it is in neither.
        QVERIFY(!fires(*j.at(began - seconds(1), PastClock::AsItWas), QStringLiteral("DbDown")));
        // The lane of the replay knows both times.
        QVERIFY(was->replay && was->replay->size() == 1);
        QCOMPARE(was->replay->front().from, began);
        QCOMPARE(was->replay->front().known, heard);
    }

    /// A critical alert was over before anybody was told: from its end on the map has the severity of what else fires there, as the queue has.
    void theMapIsAsBadAsWhatIsLeft()
    {
        Journey j;
        const Instant began = j.now;
        j.alert("DbDown", "db", began);
        j.alert("DbSlow", "db", began, "warning");
        j.alert("WebSlow", "web", began, "warning");
        const Instant over = j.now + minutes(1);
        j.say("ana", "they fire", minutes(6));
        j.alert("DbDown", "db", began, "critical", over);
        j.say("ana", "one is over", minutes(1));
        const Instant between = over + minutes(2);
        const auto was = j.at(between, PastClock::AsItWas), known = j.at(between, PastClock::AsKnown), before = j.at(over - seconds(1), PastClock::AsItWas);
        for (const auto &view : {known, before}) {
            QVERIFY(fires(*view, QStringLiteral("DbDown")));
            QCOMPARE(alertsOn(*view, QStringLiteral("db")), 2);
            QCOMPARE(nodeOf(*view, QStringLiteral("db"))->worst, AlertSeverity::Critical);
        }
        QVERIFY(!fires(*was, QStringLiteral("DbDown")) && fires(*was, QStringLiteral("DbSlow")));
        QCOMPARE(alertsOn(*was, QStringLiteral("db")), 1);
        QCOMPARE(nodeOf(*was, QStringLiteral("db"))->worst, AlertSeverity::Warning);
        QCOMPARE(nodeOf(*was, QStringLiteral("web"))->worst, AlertSeverity::Warning); // what nothing ended at stays as it was
    }

    /// Its server stamped it when it was said; it reached us twenty minutes later.
    void aMessageThatCameLateStandsWhereItsClockHasIt()
    {
        Journey j;
        j.say("ana", "nothing heard yet", minutes(5));
        const Instant said = j.now + minutes(1);
        j.say("ana", "still nothing", minutes(20));
        j.message("m1", "ben", "ben@shop.example", "the pool is full", said, "ben");
        const Instant came = j.now;
        j.say("ana", "read it", minutes(1));
        QVERIFY(tells(*j.at(said + minutes(1), PastClock::AsItWas), QStringLiteral("the pool is full")));
        QVERIFY(!tells(*j.at(said + minutes(1), PastClock::AsKnown), QStringLiteral("the pool is full")));
        QVERIFY(tells(*j.at(came, PastClock::AsKnown), QStringLiteral("the pool is full")));
        // Evidence and lanes go by the same: it was known after what was recorded before it.
        const auto evidence = j.present()->review->evidence;
        for (std::size_t i = 0; i < evidence->size(); ++i)
            if (const view::EvidenceRow &row = evidence->row(i); row.text == QLatin1String("the pool is full")) {
                QCOMPARE(row.at, said);
                QVERIFY(row.knownAt > said + minutes(15) && row.knownAt <= came);
            }
    }

    /// A server's clock is minutes ahead of ours: what was said by it stands there once it came, and nothing is lost or falls over.
    void aServerAheadOfUsIsNoTrouble()
    {
        Journey j;
        j.message("m1", "ben", "ben@shop.example", "from the future", j.now + minutes(7), "ben");
        const Instant came = j.now;
        j.say("ana", "hm", minutes(10));
        QVERIFY(tells(*j.at(came, PastClock::AsKnown), QStringLiteral("from the future")));
        QVERIFY(!tells(*j.at(came, PastClock::AsItWas), QStringLiteral("from the future")));
        QVERIFY(tells(*j.at(came + minutes(8), PastClock::AsItWas), QStringLiteral("from the future")));
    }

    /// A fact of a file has both its times, in queue, map and timeline.
    void anImportedFactStandsWhereItsClockHasIt()
    {
        events::IncidentDeclared declared = anIncident("INC-1").service("web").event();
        Journey past;
        past.records.clear();
        past.state = {};
        past.now = kMorning + hours(30);
        past.record(withWorkspace());
        declared.kind = "rebuilt";
        declared.impactSince = kMorning;
        declared.until = kMorning + hours(1);
        past.record(declared);
        past.record(events::FactImported{"INC-1", "Prometheus, ALERTS", "alert", "", "DbDown fires (service=\"db\", severity=\"critical\")", "fact/1", kMorning, kMorning + minutes(4), kMorning + minutes(40)});
        past.record(events::FactImported{"INC-1", "Slack export, #inc", "message", "Dana Novak", "who looks at db?", "fact/2", kMorning + minutes(2), {}, {}});
        const auto was = past.at(kMorning + minutes(3), PastClock::AsItWas), known = past.at(kMorning + minutes(3), PastClock::AsKnown), later = past.at(kMorning + minutes(5), PastClock::AsKnown),
                   over = past.at(kMorning + minutes(41), PastClock::AsKnown);
        for (const auto &[view, is] : {std::pair{was, true}, {known, false}, {later, true}, {over, false}}) {
            QCOMPARE(static_cast<int>(view->active.size()), is ? 1 : 0);
            QCOMPARE(alertsOn(*view, QStringLiteral("db")), is ? 1 : 0);
            QCOMPARE(view->focus, QStringLiteral("INC-1"));
            QVERIFY(tells(*view, QStringLiteral("who looks at db?")));
        }
        QCOMPARE(was->active[0].severity, AlertSeverity::Critical);
        QCOMPARE(was->active[0].startsAt, kMorning);
        QVERIFY(tells(*was, QStringLiteral("DbDown")) && !tells(*known, QStringLiteral("DbDown")) && tells(*later, QStringLiteral("DbDown")));
        // Nobody's name, as everywhere; with names when asked for.
        QVERIFY(!textsOf(*was).contains(QStringLiteral("Dana")));
        QVERIFY(textsOf(*was).contains(QStringLiteral("Responder 1")));
        QVERIFY(textsOf(*past.at(kMorning + minutes(3), PastClock::AsItWas, true)).contains(QStringLiteral("Dana Novak")));
    }

    /// Its severity, status and roles are those its files tell of, by either clock; what they do not tell is marked so, and is nothing of today.
    void anImportedIncidentStandsAsItsFilesTell()
    {
        Journey past;
        past.records.clear();
        past.state = {};
        past.now = kMorning + hours(30);
        past.record(withWorkspace());
        events::IncidentDeclared declared = anIncident("INC-1").service("web").event();
        declared.kind = "rebuilt";
        declared.severity = IncidentSeverity::Sev4;
        declared.impactSince = kMorning;
        declared.until = kMorning + hours(1);
        past.record(declared);
        const auto fact = [&](const char *kind, const std::string &actor, const std::string &text, Instant at, Instant known = {}) {
            past.record(events::FactImported{"INC-1", "Slack export, #inc", kind, actor, text, "fact/" + text, at, known, {}});
        };
        fact("message", "Dana Novak", "is this a SEV5? Commander: Zoe", kMorning);
        fact("severity", "incident.io", "Severity: SEV2", kMorning + minutes(2));
        fact("severity", "incident.io", "SEV2 → SEV1", kMorning + minutes(10), kMorning + minutes(20));
        fact("status", "incident.io", "Investigating", kMorning + minutes(2));
        fact("status", "incident.io", "Investigating → Resolved", kMorning + minutes(40));
        fact("role", "incident.io", "Incident lead: Eva Stern", kMorning + minutes(3));
        fact("role", "Dana Novak", "takes over as commander", kMorning + minutes(30));
        past.record(events::RoleAssumed{"INC-1", Role::Commander, "ana", kAna}); // today, for the review of it
        const auto row = [&](Instant at, PastClock clock) { return past.at(at, clock)->incidents.at(0); };
        // Before anything is told: nothing, whatever is so today.
        const auto first = past.at(kMorning + minutes(1), PastClock::AsItWas);
        QVERIFY(!first->incidents.at(0).severityTold && !first->incidents.at(0).statusTold && !first->incidents.at(0).commanderTold);
        QVERIFY(first->incidents.at(0).severity != IncidentSeverity::Sev4);
        QVERIFY(first->incidents.at(0).commander.isEmpty() && first->stack.roles.empty() && !first->stack.rolesTold);
        QVERIFY(row(kMorning + minutes(2), PastClock::AsItWas).severityTold);
        QCOMPARE(row(kMorning + minutes(2), PastClock::AsItWas).severity, IncidentSeverity::Sev2);
        QCOMPARE(row(kMorning + minutes(12), PastClock::AsItWas).severity, IncidentSeverity::Sev1);
        QCOMPARE(row(kMorning + minutes(12), PastClock::AsKnown).severity, IncidentSeverity::Sev2); // it was not known yet
        QCOMPARE(row(kMorning + minutes(20), PastClock::AsKnown).severity, IncidentSeverity::Sev1);
        QVERIFY(row(kMorning + minutes(2), PastClock::AsItWas).statusTold);
        QCOMPARE(row(kMorning + minutes(39), PastClock::AsItWas).status, IncidentStatus::Active);
        QCOMPARE(row(kMorning + minutes(40), PastClock::AsItWas).status, IncidentStatus::Resolved);
        QCOMPARE(row(kMorning + minutes(41), PastClock::AsItWas).resolvedAt, kMorning + minutes(40));
        // Who commanded: by name where that is asked for, else by what they were, also who said nothing themselves.
        const auto named = past.at(kMorning + minutes(5), PastClock::AsItWas, true), nameless = past.at(kMorning + minutes(5), PastClock::AsItWas);
        QCOMPARE(named->stack.roles.size(), std::size_t(1));
        QCOMPARE(named->stack.roles[0].person, QStringLiteral("Eva Stern"));
        QCOMPARE(named->stack.roles[0].since, kMorning + minutes(3));
        QCOMPARE(named->incidents.at(0).commander, QStringLiteral("Eva Stern"));
        QVERIFY(named->incidents.at(0).commanderTold && !named->incidents.at(0).commandedByYou);
        QCOMPARE(nameless->stack.roles.at(0).person, QStringLiteral("commander"));
        QVERIFY2(!textsOf(*nameless).contains(QStringLiteral("Eva")) && !textsOf(*nameless).contains(QStringLiteral("Stern")), qPrintable(textsOf(*nameless)));
        QCOMPARE(past.at(kMorning + minutes(31), PastClock::AsItWas, true)->stack.roles.at(0).person, QStringLiteral("Dana Novak"));
    }

    /// Queue, timeline, roles, tasks, decisions, calls, strip: roles and labels, the same everywhere, in both clocks and at every moment.
    void nobodyIsNamedInAPastUnlessItIsAskedFor()
    {
        Journey j;
        j.record(events::RoleAssumed{"INC-1", Role::Commander, "ana", kAna});
        j.alert("DbDown", "db", j.now);
        j.say("ben", "Ana, I look at it");
        j.say("ana", "thanks Ben");
        j.record(events::TaskAssigned{"INC-1", "ben", "check the pool", 1, {}, kAna});
        j.record(events::DecisionMade{"INC-1", "roll back, as Ben says", 1, {"ben", Path::Person}});
        j.message("m1", "Zoe Quandt", "zoe@elsewhere.example", "@ana the pool is full", j.now);
        const std::string key = j.state.key(j.state.alerts.all.front());
        j.record(events::AlertsAcknowledged{{key}, "Ben has it", {"ben", Path::Person}});
        const Instant end = j.now;
        for (const PastClock clock : {PastClock::AsKnown, PastClock::AsItWas}) {
            const QString texts = textsOf(*j.at(end, clock));
            for (const char *name : {"Ana", "Ben", "Zoe", "zoe@elsewhere"})
                QVERIFY2(!texts.contains(QLatin1String(name)), qPrintable(texts));
            QVERIFY(texts.contains(QStringLiteral("commander")));
            QVERIFY(texts.contains(QStringLiteral("Responder 2"))); // ben came second …
            QVERIFY(texts.contains(QStringLiteral("Responder 3"))); // … and zoe third
            QVERIFY(textsOf(*j.at(end, clock, true)).contains(QStringLiteral("Ben")));
        }
        const auto now = j.at(end, PastClock::AsKnown);
        QCOMPARE(now->stack.tasks.at(0).assignee, QStringLiteral("Responder 2"));
        QCOMPARE(now->stack.decisions.at(0).by, QStringLiteral("Responder 2"));
        QCOMPARE(now->stack.roles.at(0).person, QStringLiteral("commander"));
        QCOMPARE(now->incidents.at(0).commander, QStringLiteral("commander"));
        // Whoever comes later does not rename who was there.
        j.say("ana", "one more");
        j.message("m2", "Kim", "kim@elsewhere.example", "late to it", j.now);
        QCOMPARE(j.at(end, PastClock::AsKnown)->stack.tasks.at(0).assignee, QStringLiteral("Responder 2"));
    }

    /// They left: of one the workspace has nothing any more, another was never in it and has no name.
    void whoIsUnknownIsALabelAndNoIdIsANameEvenWithNames()
    {
        Journey j;
        j.say("zoe.q", "rolling back");
        j.message("m1", "U0GONE9999", "U0GONE9999@acme.slack.com", "restarted it", j.now);
        j.record(events::RoleAssumed{"INC-1", Role::Commander, "gone-too", {"zoe.q", Path::Person}});
        for (const bool named : {false, true})
            for (const PastClock clock : {PastClock::AsKnown, PastClock::AsItWas}) {
                const auto view = j.at(j.now, clock, named);
                for (const view::TimelineEntry &t : view->timeline)
                    for (const char *id : {"zoe.q", "U0GONE9999", "gone-too"})
                        QVERIFY2(!t.actor.contains(QLatin1String(id)) && !t.text.contains(QLatin1String(id)), qPrintable(t.actor + QStringLiteral(": ") + t.text));
            }
        const auto review = j.present()->review;
        for (std::size_t i = 0; i < review->evidence->size(); ++i)
            QVERIFY2(!review->evidence->row(i).actor.contains(QStringLiteral("zoe")) && !review->evidence->row(i).actor.contains(QStringLiteral("U0")), qPrintable(review->evidence->row(i).actor));
        for (const view::ReviewPerson &p : review->people)
            QVERIFY2(!p.name.contains(QStringLiteral("zoe")) && !p.name.contains(QStringLiteral("gone")), qPrintable(p.name));
    }

    /// The alerts of the incident's day were erased by somebody's word: the replay lacks them, and the review says so.
    void whatWasErasedIsSaid()
    {
        Journey j;
        j.say("ana", "look");
        QVERIFY(j.present()->review->holes.isEmpty());
        const std::string day = "alerts/" + toRfc3339(j.now).substr(0, 10);
        j.record(events::StreamsErased{{{day, j.now - hours(1)}, {"alerts/2019-01-01", {}}, {"incident/INC-9", {}}}, "asked for by legal", kAna});
        const auto review = j.present()->review;
        QCOMPARE(review->holes.size(), 1); // of another day and another incident it is nothing
        QVERIFY(review->holes[0].contains(QStringLiteral("asked for by legal")));
        QVERIFY(review->holes[0].contains(QString::fromStdString(toRfc3339(j.now).substr(0, 10))));
        QVERIFY(j.at(j.now, PastClock::AsItWas)->past.isPast()); // and it is gone through all the same
    }

    /// What a step costs does not grow with the record: so many lines are told, whatever there are.
    void aStepTellsTheNewestLinesAlone()
    {
        Journey j;
        for (int i = 0; i < 60; ++i) {
            events::Events some;
            for (int n = 0; n < 50; ++n)
                some.push_back(events::LogWritten{"INC-1", "line " + std::to_string(i * 50 + n), kAna});
            j.record(std::move(some));
        }
        const auto was = j.at(j.now, PastClock::AsItWas);
        QCOMPARE(was->timeline.size(), seat::Telling::kLines);
        QCOMPARE(was->timeline.back().text, QStringLiteral("line 2999"));
        QVERIFY(std::is_sorted(was->timeline.begin(), was->timeline.end(), [](const auto &a, const auto &b) { return a.at < b.at; }));
    }
};

QD_TEST(TestMoments)
#include "tst_moments.moc"
