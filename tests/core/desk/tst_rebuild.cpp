// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/sla.h"
#include "core/rebuild/facts.h"
#include "core/rebuild/samealert.h"
#include "core/review/asof.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// Incidents that were run elsewhere, rebuilt from what their files tell.
namespace {

struct Rebuilding : QuietBench {
    Rebuilding() : QuietBench(calling())
    {
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
    }
    static Workspace calling()
    {
        Workspace w = aWorkspace();
        for (Service &s : w.services)
            s.paging = Paging::Own;
        return w;
    }
    [[nodiscard]] std::string at(Span before) const { return toRfc3339(clock.now() - before); }
    [[nodiscard]] desk::Fact fact(Span before, const std::string &text, const std::string &reference = {}) const
    {
        desk::Fact f;
        f.at = at(before);
        f.kind = "message";
        f.actor = "ana"; // a name there, and by chance a person here
        f.text = text;
        f.reference = reference;
        return f;
    }
    Result<Outcome> rebuild(std::vector<desk::Fact> facts, const std::string &incident = {}, const std::string &origin = "Slack export, #inc-42")
    {
        desk::RebuildIncident r;
        r.incident = incident;
        r.title = incident.empty() ? "Checkout errors" : "";
        r.service = incident.empty() ? "web" : "";
        r.severity = incident.empty() ? "SEV1" : "";
        r.origin = origin;
        r.facts = std::move(facts);
        return command(r);
    }
    state::Incident incident(const std::string &id)
    {
        return ask([&](const state::State &s) { return *s.incident(id); });
    }
    std::size_t imported(const std::string &id)
    {
        const auto i = incident(id);
        return static_cast<std::size_t>(std::count_if(i.timeline.begin(), i.timeline.end(), [](const state::Entry &e) { return !e.origin.empty(); }));
    }
};

} // namespace

class TestRebuild final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aKindUnknownHereIsALineOfTheLogAndIsSaid()
    {
        Rebuilding b;
        desk::Fact known = b.fact(hours(30), "SEV1"), unknown = b.fact(hours(29), "the till stands");
        known.kind = "severity";
        unknown.kind = "outage";
        const auto done = b.rebuild({known, unknown});
        VERIFY_RESULT(done);
        QVERIFY(std::find(done->notes.begin(), done->notes.end(), "1 fact is of a kind unknown here; it stands as a line of the log.") != done->notes.end());
        std::vector<state::EntryKind> kinds;
        for (const state::Entry &line : b.incident("INC-1").timeline)
            if (!line.origin.empty())
                kinds.push_back(line.kind);
        QCOMPARE(kinds, (std::vector{state::EntryKind::Severity, state::EntryKind::Log}));
    }

    void alertsOfOneNameBeyondThoseComparedAreSaid()
    {
        for (const std::size_t many : {rebuild::kComparedMost, rebuild::kComparedMost + 1}) {
            Rebuilding b;
            const auto alert = [&](Span before, std::size_t n) {
                desk::Fact f = b.fact(before, "HighLatency fires (n=\"" + std::to_string(n) + "\")", "fact/" + std::to_string(n));
                f.kind = "alert";
                return f;
            };
            for (std::size_t sent = 0; sent < many;) {
                std::vector<desk::Fact> part;
                for (; sent < many && part.size() < rebuild::kPartFacts; ++sent)
                    part.push_back(alert(hours(30) - seconds(static_cast<std::int64_t>(sent)), sent));
                VERIFY_RESULT(b.rebuild(std::move(part), sent <= rebuild::kPartFacts ? "" : "INC-1", "Alertmanager"));
            }
            const auto says = [](const Result<Outcome> &done) {
                return std::any_of(done->notes.begin(), done->notes.end(), [](const std::string &n) { return n.starts_with("2000 of 2001 alerts called HighLatency are compared"); });
            };
            const auto other = b.rebuild({alert(hours(9), many)}, "INC-1");
            VERIFY_RESULT(other);
            QCOMPARE(says(other), many > rebuild::kComparedMost);
        }
    }

    void moreThanItMayHaveIsRefusedBeforeTheFirstPart()
    {
        Rebuilding b;
        desk::RebuildIncident r;
        r.title = "Checkout errors";
        r.origin = "Slack export, #inc-42";
        r.facts = {b.fact(hours(30), "on it")};
        r.total = static_cast<std::uint32_t>(rebuild::kMostFacts) + 1;
        VERIFY_FAILS(b.command(r), Code::TooLarge);
        QCOMPARE(b.ask([](const state::State &s) { return s.incidents.size(); }), std::size_t(0));
        --r.total;
        VERIFY_RESULT(b.command(r));
    }

    void factsAreMarkedLinesOfAnIncidentThatIsOver()
    {
        Rebuilding b;
        desk::Fact alert = b.fact(hours(30), "CheckoutErrors fires");
        alert.kind = "alert";
        alert.knownAt = b.at(hours(29) + minutes(57));
        alert.until = b.at(hours(28));
        const auto done = b.rebuild({alert, b.fact(hours(29), "on it", "1763906640.1")});
        VERIFY_RESULT(done);
        QCOMPARE(done->id, std::string("INC-1"));
        const auto i = b.incident("INC-1");
        QCOMPARE(i.kind, std::string("rebuilt"));
        QCOMPARE(i.status, IncidentStatus::Resolved);
        QCOMPARE(toRfc3339(i.impactSince), b.at(hours(30)));
        QCOMPARE(toRfc3339(i.resolvedAt), b.at(hours(28)));
        QCOMPARE(i.timeline.size(), std::size_t(3));
        const state::Entry &line = i.timeline[1];
        QCOMPARE(line.origin, std::string("Slack export, #inc-42"));
        QCOMPARE(line.kind, state::EntryKind::Alert);
        QCOMPARE(toRfc3339(line.at), b.at(hours(30)));
        QCOMPARE(toRfc3339(line.knownAt), b.at(hours(29) + minutes(57)));
        QCOMPARE(toRfc3339(line.until), b.at(hours(28)));
        QVERIFY(!line.verified);
        QCOMPARE(i.timeline[2].reference, std::string("fact/1763906640.1"));
        QCOMPARE(b.dumped(), b.committed());
    }

    /// Each line that seems to hold one has the command that strikes it and nothing beside it, in whatever order they are given.
    void aSecretInAFileIsStruckAlone()
    {
        Rebuilding b;
        const std::string one = "the password: Zx81-canary-one", two = "the password: Zx81-canary-two";
        const auto done = b.rebuild({b.fact(hours(30), "on it, looking at the pool"), b.fact(hours(29), one), b.fact(hours(28), "still slow for everybody"), b.fact(hours(27), two)});
        VERIFY_RESULT(done);
        QVERIFY2(std::any_of(done->notes.begin(), done->notes.end(), [](const std::string &n) { return n.starts_with("2 facts seem to hold a secret"); }), done->notes.empty() ? "" : done->notes.back().c_str());
        std::vector<std::string> said;
        for (const state::Entry &e : b.incident("INC-1").timeline)
            if (e.kind == state::EntryKind::Secret)
                said.push_back(e.text);
        const std::string record = std::to_string(b.incident("INC-1").timeline.front().seq);
        QCOMPARE(said, (std::vector<std::string>{"record " + record + ".3 seems to hold a password; strike it: quarterdeckctl strike --incident INC-1 --entry " + record + ".3 --reason \"held a secret\"",
                                                 "record " + record + ".5 seems to hold a password; strike it: quarterdeckctl strike --incident INC-1 --entry " + record + ".5 --reason \"held a secret\""}));
        const auto texts = [&] {
            std::vector<std::string> out;
            for (const state::Entry &e : b.incident("INC-1").timeline)
                if (!e.origin.empty())
                    out.push_back(e.text);
            return out;
        };
        VERIFY_RESULT(b.command(desk::StrikeText{"INC-1", record + ".3", "held a secret"}));
        QCOMPARE(texts(), (std::vector<std::string>{"on it, looking at the pool", "[struck]", "still slow for everybody", two}));
        VERIFY_RESULT(b.command(desk::StrikeText{"INC-1", record + ".5", "held a secret"})); // none moved up behind the first
        QCOMPARE(texts(), (std::vector<std::string>{"on it, looking at the pool", "[struck]", "still slow for everybody", "[struck]"}));
        VERIFY_FAILS(b.command(desk::StrikeText{"INC-1", record + ".5", "held a secret"}), Code::NotFound);
        QCOMPARE(b.ask([](const state::State &s) { return std::count_if(s.outbox.begin(), s.outbox.end(), [](const auto &o) { return o.second.what.because.rule == "post/secret"; }); }), std::ptrdiff_t(0));
    }

    void nothingFollowsFromThem()
    {
        Rebuilding b;
        desk::Fact page = b.fact(hours(29), "paged ana"), change = b.fact(hours(29), "deploy of web");
        page.kind = "page";
        change.kind = "change";
        VERIFY_RESULT(b.rebuild({page, change, b.fact(hours(28), "!sev 1 and @ana, take command")}));
        b.pass(hours(3));
        b.desk->inspect([](const state::State &s) {
            const state::Incident &i = *s.incident("INC-1");
            QVERIFY(s.escalations.empty());
            QVERIFY(i.rooms.empty());
            QVERIFY(i.roles.empty());
            QVERIFY(command::slaClocks(s, i, s.time).empty());
            for (const auto &[n, o] : s.outbox)
                QVERIFY2(o.what.incident.empty() && !o.what.subject.starts_with("told/nag/"), o.what.text.c_str());
        });
        QCOMPARE(b.dumped(), b.committed());
    }

    void aNameInAFileIsNobodyHere()
    {
        Rebuilding b;
        desk::Fact log = b.fact(hours(2), "restarted by hand");
        log.kind = "log"; // by "ana", who is a person here as well
        desk::Fact task = b.fact(hours(2), "somebody else's", "task/1");
        VERIFY_RESULT(b.rebuild({log, task}));
        const auto i = b.incident("INC-1");
        QCOMPARE(i.timeline[2].reference, std::string("fact/task/1"));
        VERIFY_FAILS(b.command(desk::ReviseLog{"INC-1", "", "it was me"}), Code::NotFound);
        VERIFY_FAILS(b.command(desk::ReviseLog{"INC-1", i.timeline[1].reference, "it was me"}), Code::Forbidden);
    }

    void whatIsThereAlreadyIsLeftOut()
    {
        Rebuilding b;
        VERIFY_RESULT(b.rebuild({b.fact(hours(30), "a", "ts/1"), b.fact(hours(29), "b", "ts/2"), b.fact(hours(29), "b", "ts/2")}));
        QCOMPARE(b.imported("INC-1"), std::size_t(2));
        const auto again = b.rebuild({b.fact(hours(30), "a, edited", "ts/1"), b.fact(hours(28), "c", "ts/3")}, "INC-1");
        VERIFY_RESULT(again);
        QCOMPARE(b.imported("INC-1"), std::size_t(3)); // "ts/1" of this origin is there
        VERIFY_RESULT(b.rebuild({b.fact(hours(29), "b", "other"), b.fact(hours(29), "b, elsewhere", "ts/2")}, "INC-1", "Table"));
        QCOMPARE(b.imported("INC-1"), std::size_t(4)); // the same words of the same instant are; another origin's reference is not
        VERIFY_RESULT(b.rebuild({b.fact(hours(30), "a", "ts/1")}, "INC-1")); // nothing is new
        QCOMPARE(b.imported("INC-1"), std::size_t(4));
        QCOMPARE(b.dumped(), b.committed());
    }

    /// Two tables of one name number their rows alike: a row of another time is another thing.
    void aNumberOfAnotherTimeIsAnotherThing()
    {
        Rebuilding b;
        VERIFY_RESULT(b.rebuild({b.fact(hours(30), "a", "1"), b.fact(hours(29), "b", "2")}, {}, "Table, export.csv"));
        VERIFY_RESULT(b.rebuild({b.fact(hours(28), "c", "1"), b.fact(hours(29), "b", "2")}, "INC-1", "Table, export.csv"));
        QCOMPARE(b.imported("INC-1"), std::size_t(3));
        QCOMPARE(b.dumped(), b.committed());
    }

    /// Slack's bot and Alertmanager tell of one alert: it fires once, whichever was imported first, and both words stay.
    void anAlertAnotherFileToldOfIsALine()
    {
        Rebuilding b;
        desk::Fact told = b.fact(hours(30), "CheckoutErrors fires (service=\"checkout\")", "fp/1"), said = b.fact(hours(30) - minutes(1), "[FIRING:1] CheckoutErrors (checkout)", "ts/1");
        desk::Fact other = b.fact(hours(20), "[FIRING:1] CheckoutErrors (checkout)", "ts/2");
        told.kind = said.kind = other.kind = "alert";
        told.until = b.at(hours(29));
        VERIFY_RESULT(b.rebuild({told}, {}, "Alertmanager"));
        const auto done = b.rebuild({said, other}, "INC-1");
        VERIFY_RESULT(done);
        QVERIFY(std::any_of(done->notes.begin(), done->notes.end(), [](const std::string &n) { return n.starts_with("1 alert was told of by another file"); }));
        std::vector<state::EntryKind> kinds;
        const state::Incident rebuilt = b.incident("INC-1");
        for (const state::Entry &line : rebuilt.timeline)
            if (!line.origin.empty())
                kinds.push_back(line.kind);
        QCOMPARE(kinds, (std::vector{state::EntryKind::Alert, state::EntryKind::Log, state::EntryKind::Alert})); // ten hours later it is another
        VERIFY_RESULT(b.rebuild({said, other}, "INC-1")); // and again: nothing is new
        QCOMPARE(b.imported("INC-1"), std::size_t(3));
        QCOMPARE(b.dumped(), b.committed());
    }

    /// The history went to 15:00 and the alert fired still; one that goes further says until when. It is the same alert, with its end.
    void anEndThatIsLearntLaterIsOfTheAlertThatIsThere()
    {
        Rebuilding b;
        const std::string prometheus = "Prometheus, ALERTS";
        desk::Fact open = b.fact(hours(30), "Slow fires (service=\"db\")", "Slow/0123456789ab/1763906400");
        open.kind = "alert";
        desk::Fact ended = open;
        ended.until = b.at(hours(28));
        VERIFY_RESULT(b.rebuild({b.fact(hours(31), "before it"), open, b.fact(hours(29), "behind it")}, {}, prometheus));
        const auto firing = [&](Span before) {
            const auto i = b.incident("INC-1");
            return review::AsOf(i.timeline).firing(b.clock.now() - before, review::Clock::AsItWas).size();
        };
        QCOMPARE(firing(hours(27)), std::size_t(1)); // to the end of the replay
        const auto says = [](const Result<Outcome> &done, const char *words) { return std::any_of(done->notes.begin(), done->notes.end(), [&](const std::string &n) { return n.starts_with(words); }); };
        const auto learnt = b.rebuild({ended, b.fact(hours(26), "long after")}, "INC-1", prometheus);
        VERIFY_RESULT(learnt);
        QVERIFY(says(learnt, "1 fact is there without its end") && !says(learnt, "1 fact is there already"));
        QCOMPARE(b.imported("INC-1"), std::size_t(4));
        const auto line = [&] { return b.incident("INC-1").timeline[2]; };
        QCOMPARE(toRfc3339(line().until), ended.until);
        QCOMPARE(line().kind, state::EntryKind::Alert);
        QCOMPARE(firing(hours(29)), std::size_t(1));
        QCOMPARE(firing(hours(27)), std::size_t(0));
        const auto again = b.rebuild({ended, open}, "INC-1", prometheus); // nothing is new, and an end that is known stays
        VERIFY_RESULT(again);
        QVERIFY(says(again, "2 facts are there already") && !says(again, "1 fact is there without its end"));
        ended.until = b.at(hours(25));
        VERIFY_RESULT(b.rebuild({ended}, "INC-1", prometheus));
        QCOMPARE(toRfc3339(line().until), b.at(hours(28)));
        QCOMPARE(b.imported("INC-1"), std::size_t(4));
        QCOMPARE(b.dumped(), b.committed());
    }

    void anEndOfWhatHasNoReferenceIsLearntByItsWords()
    {
        Rebuilding b;
        desk::Fact open = b.fact(hours(30), "maintenance of the tills"), other = b.fact(hours(30), "maintenance of the scales");
        VERIFY_RESULT(b.rebuild({other, open}, {}, "Table, works.csv"));
        open.until = b.at(hours(28));
        VERIFY_RESULT(b.rebuild({open}, "INC-1", "Table, elsewhere.csv")); // not its file
        QVERIFY(!b.incident("INC-1").timeline[2].until);
        VERIFY_RESULT(b.rebuild({open}, "INC-1", "Table, works.csv"));
        QVERIFY(!b.incident("INC-1").timeline[1].until);
        QCOMPARE(toRfc3339(b.incident("INC-1").timeline[2].until), open.until);
        QCOMPARE(b.imported("INC-1"), std::size_t(2));
        QCOMPARE(b.dumped(), b.committed());
    }

    /// Without ALERTS_FOR_STATE an alert begins at a step of its query: on other steps it begins at another instant, and is the same alert.
    void aSeriesOnOtherStepsIsTheSameAlert()
    {
        Rebuilding b;
        const auto fires = [&](Span from, std::optional<Span> to, const std::string &moment, const std::string &series = "0123456789ab") {
            desk::Fact f = b.fact(from, "Slow fires (shard=\"" + series + "\")", "Slow/" + series + "/" + moment);
            f.kind = "alert";
            f.until = to ? b.at(*to) : std::string();
            return f;
        };
        const auto add = [&](const desk::Fact &f) { return b.rebuild({f}, "INC-1", "Prometheus, ALERTS").has_value(); };
        VERIFY_RESULT(b.rebuild({fires(hours(30), hours(29), "1"), fires(hours(26), {}, "2")}, {}, "Prometheus, ALERTS"));
        QVERIFY(add(fires(hours(30) - seconds(30), hours(29) - seconds(30), "3")));
        QCOMPARE(b.imported("INC-1"), std::size_t(2));
        QVERIFY(add(fires(hours(29), hours(28), "4"))); // it came again as that was over
        QVERIFY(add(fires(hours(30), hours(29), "5", "ba9876543210"))); // another series
        QCOMPARE(b.imported("INC-1"), std::size_t(4));
        QVERIFY(add(fires(hours(26) - seconds(30), hours(25), "6"))); // of the one without an end it says the end
        QCOMPARE(b.imported("INC-1"), std::size_t(4));
        QCOMPARE(toRfc3339(b.incident("INC-1").timeline[2].until), b.at(hours(25)));
        QVERIFY(add(fires(hours(25), hours(24), "7")));
        QCOMPARE(b.imported("INC-1"), std::size_t(5));
        QVERIFY(add(fires(hours(26) - seconds(30), hours(25), "6"))); // the same file again
        QCOMPARE(b.imported("INC-1"), std::size_t(5));
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatIsThereInOtherWordsIsSaid()
    {
        Rebuilding b;
        VERIFY_RESULT(b.rebuild({b.fact(hours(30), "a", "1")}, {}, "Table, export.csv"));
        const auto other = b.rebuild({b.fact(hours(30), "b", "1")}, "INC-1", "Table, export.csv");
        VERIFY_RESULT(other);
        QVERIFY(std::any_of(other->notes.begin(), other->notes.end(), [](const std::string &n) { return n.starts_with("1 of them has other words"); }));
        const auto same = b.rebuild({b.fact(hours(30), "a", "1")}, "INC-1", "Table, export.csv");
        VERIFY_RESULT(same);
        QVERIFY(std::none_of(same->notes.begin(), same->notes.end(), [](const std::string &n) { return n.find("other words") != std::string::npos; }));
        VERIFY_RESULT(b.rebuild({b.fact(hours(30), "b", "1")}, "INC-1", "Table, b/export.csv")); // given together they are told apart
        QCOMPARE(b.imported("INC-1"), std::size_t(2));
    }

    void anIncidentThatWasRunHereStaysAsItIs()
    {
        Rebuilding b;
        desk::DeclareIncident d;
        d.title = "Run here";
        VERIFY_RESULT(b.command(d));
        VERIFY_FAILS(b.rebuild({b.fact(hours(1), "x")}, "INC-1"), Code::Conflict);
        VERIFY_FAILS(b.rebuild({b.fact(hours(1), "x")}, "INC-9"), Code::NotFound);
        d.kind = "rebuilt";
        VERIFY_FAILS(b.command(d), Code::Invalid);
    }

    void whatIsWrongIsNamedAndNothingIsTaken_data()
    {
        QTest::addColumn<int>("what");
        for (int i = 0; i < 6; ++i)
            QTest::addRow("%d", i) << i;
    }
    void whatIsWrongIsNamedAndNothingIsTaken()
    {
        QFETCH(int, what);
        Rebuilding b;
        desk::Fact bad = b.fact(hours(1), "x");
        if (what == 0)
            bad.at = "yesterday";
        else if (what == 1)
            bad.at.clear();
        else if (what == 2)
            bad.text = "  ";
        else if (what == 3)
            bad.at = toRfc3339(b.clock.now() + rebuild::kFutureAllowed + hours(1));
        else if (what == 4)
            bad.until = "soon";
        const std::string origin = what == 5 ? " " : "Table";
        VERIFY_FAILS(b.rebuild({b.fact(hours(2), "good"), bad}, {}, origin), Code::Invalid);
        b.desk->inspect([](const state::State &s) { QVERIFY(!s.incident("INC-1")); });
    }

    void limitsHoldAtTheirEdge()
    {
        Rebuilding b;
        std::vector<desk::Fact> many;
        for (std::size_t i = 0; i < desk::kFactsLimit; ++i)
            many.push_back(b.fact(hours(30) + seconds(static_cast<std::int64_t>(i)), "x"));
        VERIFY_RESULT(b.rebuild(many));
        many.push_back(b.fact(hours(1), "one more"));
        VERIFY_FAILS(b.rebuild(many, "INC-1"), Code::TooLarge);
        VERIFY_FAILS(b.rebuild({}, "INC-1"), Code::Invalid);
        QCOMPARE(b.imported("INC-1"), desk::kFactsLimit);
    }

    /// The same files once more, with no word of where they are to go: what is there is named, and how to go on.
    void anIncidentThatHasTheseFactsIsNamedBeforeAnotherIsMade()
    {
        Rebuilding b;
        const std::vector<desk::Fact> facts{b.fact(hours(30), "a", "1"), b.fact(hours(29), "b", "2"), b.fact(hours(28), "c", "3")};
        VERIFY_RESULT(b.rebuild(facts));
        const auto again = b.rebuild(facts);
        VERIFY_FAILS(again, Code::Conflict);
        QCOMPARE(again.error().message, std::string("INC-1 holds 3 of these 3 facts already. Add what is missing to it (--incident INC-1), or make another on purpose (--anew)."));
        VERIFY_RESULT(b.rebuild(facts, "INC-1"));
        desk::RebuildIncident anew;
        anew.origin = "Slack export, #inc-42";
        anew.facts = facts;
        anew.anew = true;
        const auto another = b.command(anew);
        VERIFY_RESULT(another);
        QCOMPARE(another->id, std::string("INC-2"));
        QCOMPARE(b.imported("INC-2"), std::size_t(3));
    }

    /// A deploy or an alert that two incidents have in common makes them no one.
    void moreThanHalfOfTheFactsAreTheSameIncident()
    {
        Rebuilding b;
        VERIFY_RESULT(b.rebuild({b.fact(hours(30), "a", "1"), b.fact(hours(29), "b", "2")}));
        VERIFY_RESULT(b.rebuild({b.fact(hours(29), "b", "2"), b.fact(hours(9), "x", "8")})); // half of them
        const auto most = b.rebuild({b.fact(hours(30), "a, as it was edited later", "1"), b.fact(hours(29), "b", "other"), b.fact(hours(8), "y", "9")});
        VERIFY_FAILS(most, Code::Conflict); // by its name at that instant, and by its words
        QVERIFY2(most.error().message.starts_with("INC-1 holds 2 of these 3 facts already."), most.error().message.c_str());
        VERIFY_RESULT(b.rebuild({b.fact(hours(31), "a", "1"), b.fact(hours(32), "b", "2")})); // rows of another table, numbered alike
    }

    void whatIsClosedIsNamedAndNotOfferedToBeAddedTo()
    {
        Rebuilding b;
        const std::vector<desk::Fact> facts{b.fact(hours(30), "a", "1")};
        VERIFY_RESULT(b.rebuild(facts));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "closed", "it is over"}));
        const auto again = b.rebuild(facts);
        VERIFY_FAILS(again, Code::Conflict);
        QCOMPARE(again.error().message, std::string("INC-1, which is closed and takes no more, holds this one fact already. To make another on purpose, say --anew."));
    }

    /// It is known from the first part on how many there are to be, so that what stopped on the way says so.
    void howManyFactsThereAreToBeIsKeptUntilAllAreHere()
    {
        Rebuilding b;
        desk::RebuildIncident r;
        r.origin = "Slack export, #inc-42";
        r.facts = {b.fact(hours(30), "a", "1"), b.fact(hours(29), "b", "2")};
        r.total = 4;
        VERIFY_RESULT(b.command(r));
        QCOMPARE(b.incident("INC-1").factsExpected, 4u);
        QCOMPARE(b.incident("INC-1").factsArrived, 2u);
        QVERIFY(b.incident("INC-1").lacksFacts());
        VERIFY_RESULT(b.rebuild({b.fact(hours(30), "a", "1"), b.fact(hours(29), "b", "2"), b.fact(hours(28), "c", "3")}, "INC-1"));
        QVERIFY(b.incident("INC-1").lacksFacts()); // what is there already is not counted again
        VERIFY_RESULT(b.rebuild({b.fact(hours(27), "d", "4")}, "INC-1"));
        QVERIFY(!b.incident("INC-1").lacksFacts());
        VERIFY_RESULT(b.rebuild({b.fact(hours(5), "of another day", "5")}));
        QVERIFY(!b.incident("INC-2").lacksFacts()); // nobody said how many
        QCOMPARE(b.dumped(), b.committed());
    }

    void whenItHurtIsGivenOrTheFacts()
    {
        Rebuilding b;
        desk::RebuildIncident r;
        r.origin = "Table";
        r.facts = {b.fact(hours(30), "x")};
        r.since = b.at(hours(40));
        r.until = b.at(hours(20));
        VERIFY_RESULT(b.command(r));
        QCOMPARE(b.incident("INC-1").title, std::string("Rebuilt from Table"));
        QCOMPARE(toRfc3339(b.incident("INC-1").impactSince), b.at(hours(40)));
        QCOMPARE(toRfc3339(b.incident("INC-1").resolvedAt), b.at(hours(20)));
        r.until = b.at(hours(50));
        VERIFY_FAILS(b.command(r), Code::Invalid);
        r.until = toRfc3339(b.clock.now() + hours(1));
        VERIFY_FAILS(b.command(r), Code::Invalid);
    }

    void whatIsAddedMovesWhenItBeganAndWasOver()
    {
        Rebuilding b;
        desk::Fact alert = b.fact(hours(30), "CheckoutErrors fires");
        alert.kind = "alert";
        alert.until = b.at(hours(29));
        VERIFY_RESULT(b.rebuild({alert}, {}, "Alertmanager"));
        const auto added = b.rebuild({b.fact(hours(31), "it is slow", "1"), b.fact(hours(27), "all is well", "2")}, "INC-1");
        VERIFY_RESULT(added);
        QCOMPARE(toRfc3339(b.incident("INC-1").impactSince), b.at(hours(31)));
        QCOMPARE(toRfc3339(b.incident("INC-1").resolvedAt), b.at(hours(27)));
        QCOMPARE(added->notes, (std::vector<std::string>{"INC-1 begins at " + b.at(hours(31)) + " now, as the facts say that were added.", "INC-1 was over at " + b.at(hours(27)) + " now, as the facts say that were added."}));
        const auto within = b.rebuild({b.fact(hours(28), "still slow", "3")}, "INC-1");
        VERIFY_RESULT(within);
        QVERIFY(within->notes.empty());
        VERIFY_RESULT(b.rebuild({b.fact(hours(26), "the report of it", "4")}, "INC-1")); // and a third file
        QCOMPARE(toRfc3339(b.incident("INC-1").impactSince), b.at(hours(31)));
        QCOMPARE(toRfc3339(b.incident("INC-1").resolvedAt), b.at(hours(26)));
        QCOMPARE(b.incident("INC-1").status, IncidentStatus::Resolved);
        QCOMPARE(b.dumped(), b.committed());
    }

    void whenItHurtStaysWhereItWasSaidWhateverIsAdded()
    {
        Rebuilding b;
        desk::RebuildIncident r;
        r.origin = "Table";
        r.facts = {b.fact(hours(30), "x"), b.fact(hours(25), "y")};
        r.until = b.at(hours(27)); // since when is as the facts say
        VERIFY_RESULT(b.command(r));
        VERIFY_RESULT(b.rebuild({b.fact(hours(31), "before"), b.fact(hours(24), "after")}, "INC-1"));
        QCOMPARE(toRfc3339(b.incident("INC-1").impactSince), b.at(hours(31)));
        QCOMPARE(toRfc3339(b.incident("INC-1").resolvedAt), b.at(hours(27)));
        desk::CorrectImpact c;
        c.incident = "INC-1";
        c.since = b.at(hours(29));
        VERIFY_RESULT(b.command(c));
        VERIFY_RESULT(b.rebuild({b.fact(hours(32), "long before")}, "INC-1"));
        QCOMPARE(toRfc3339(b.incident("INC-1").impactSince), b.at(hours(29)));
        QCOMPARE(b.dumped(), b.committed());
    }

    /// Watchdog, fetched to show how far a history goes, fires since long before.
    void anAlertWithoutAnEndMovesNoBeginning()
    {
        Rebuilding b;
        desk::Fact always = b.fact(hours(40), "Watchdog fires");
        always.kind = "alert";
        VERIFY_RESULT(b.rebuild({b.fact(hours(30), "it is slow", "1"), b.fact(hours(29), "all is well", "2")}));
        VERIFY_RESULT(b.rebuild({always}, "INC-1", "Prometheus, ALERTS"));
        QCOMPARE(toRfc3339(b.incident("INC-1").impactSince), b.at(hours(30)));
        VERIFY_RESULT(b.rebuild({b.fact(hours(31), "a ticket", "3")}, "INC-1")); // and does not stand for what was said
        QCOMPARE(toRfc3339(b.incident("INC-1").impactSince), b.at(hours(31)));
        QCOMPARE(b.dumped(), b.committed());
    }

    /// What was said with the first part holds for those that follow, also where it is the time of one of its facts.
    void thePartsOfOneRebuildingMoveNothing()
    {
        Rebuilding b;
        desk::RebuildIncident r;
        r.origin = "Table";
        r.facts = {b.fact(hours(30), "x", "1"), b.fact(hours(29), "y", "2")};
        r.since = b.at(hours(30));
        r.until = b.at(hours(29));
        r.total = 4;
        VERIFY_RESULT(b.command(r));
        VERIFY_RESULT(b.rebuild({b.fact(hours(31), "before", "3"), b.fact(hours(28), "after", "4")}, "INC-1", "Table"));
        QCOMPARE(toRfc3339(b.incident("INC-1").impactSince), b.at(hours(30)));
        QCOMPARE(toRfc3339(b.incident("INC-1").resolvedAt), b.at(hours(29)));
    }
};

QD_TEST(TestRebuild)
#include "tst_rebuild.moc"
