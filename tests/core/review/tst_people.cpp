// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/people.h"

#include "core/review/lint.h"
#include "core/review/source.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::review;
using namespace qd::tests;

namespace {

Workspace withAnaLopez()
{
    Workspace w = aWorkspace();
    w.people[0].name = "Ana Lopez";
    w.people[0].email = "ana.lopez@shop.example";
    w.people[0].chat = {"U042@slack"};
    w.people[0].accounts = {{"github", "analopez"}};
    return w;
}

Workspace withoutAna()
{
    Workspace w = withAnaLopez();
    w.people.erase(w.people.begin());
    w.teams[0].members = {"ben"};
    return w;
}

/// Ana commands INC-1 and writes its narrative.
Log commanded(const std::string &narrative)
{
    Log log;
    log.record(withWorkspace(withAnaLopez())).record(anIncident("INC-1").titled("Checkout was slow").service("web").event());
    log.record(events::RoleAssumed{"INC-1", Role::Commander, "ana", kAna});
    log.record(events::StatusChanged{"INC-1", "", IncidentStatus::Resolved, kAna});
    log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna});
    log.record(events::SectionWritten{"INC-1", "narrative", narrative, 0, 1, false, kAna});
    return log;
}

QString outside(const Log &log)
{
    const Reader anybody{DataClass::Public, {}};
    return QString::fromStdString(plainText(renditionOf(sourceOf(log.state, *log.state.incident("INC-1")), {"public", anybody, true}).blocks));
}

/// What the leak check finds in a text about INC-1 that nobody's role was put into.
QString found(const Log &log, const std::string &text)
{
    Rendition r;
    r.isOutside = true;
    r.blocks = blocksOf(text);
    QStringList out;
    for (const Leak &leak : leaksIn(r, knownOf(log.state, *log.state.incident("INC-1"))))
        out << QString::fromStdString(leak.words);
    return out.join(QStringLiteral("; "));
}

} // namespace

/// Whom an incident may name: who is in the workspace, who was, and who is in its record alone.
class TestPeople : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whoLeftIsTheirRoleOutside()
    {
        Log log = commanded("Ana Lopez (@ana, @analopez, ana.lopez@shop.example, U042@slack) rolled it back.");
        const QString there = outside(log);
        QVERIFY2(there.contains(QStringLiteral("The incident commander (")) && !there.contains(QStringLiteral("Lopez")), qPrintable(there));
        log.record(withWorkspace(withoutAna()));
        QCOMPARE(outside(log), there);
    }

    void whoLeftIsFoundByTheLeakCheck()
    {
        Log log = commanded("x");
        log.record(withWorkspace(withoutAna()));
        QCOMPARE(found(log, "So Ana Lopez, then Lopez, then ana, then analopez said."), QStringLiteral("Ana Lopez; Lopez; ana; analopez"));
        QCOMPARE(found(log, "Write to ana@chat.example or U042@slack."), QStringLiteral("ana@chat.example; U042@slack"));
        // Of an incident that was after they left as well: what is written of it may be about the time before.
        log.record(anIncident("INC-2").event());
        QVERIFY(!knownOf(log.state, *log.state.incident("INC-2")).people.empty());
        QCOMPARE(knownOf(log.state, *log.state.incident("INC-2")).people.back(), std::string("ana.lopez@shop.example"));
    }

    /// Where people are not named, those who left are not either; and how they are spelt is known.
    void whoLeftIsStillANameToTheLint()
    {
        Log log = commanded("x");
        const auto named = [&] {
            LintContext context = lintContext(log.state, *log.state.incident("INC-1"), "", nullptr, "en");
            context.forbidsNames = true;
            context.wantsEvidence = false;
            QStringList out;
            for (const Finding &f : lint("Ana Lopez reads every push twice", context))
                out << QString::fromStdString(f.words);
            return out;
        };
        QCOMPARE(named(), QStringList{QStringLiteral("Ana Lopez")});
        log.record(withWorkspace(withoutAna()));
        QCOMPARE(named(), QStringList{QStringLiteral("Ana Lopez")});
    }

    void whatSomebodyWasCalledBeforeIsFoundAndTheirRole()
    {
        Workspace married = withAnaLopez();
        married.people[0].name = "Ana Ruiz";
        married.people[0].email = "ana.ruiz@shop.example";
        Log log = commanded("Ana Lopez saw it, Ana Ruiz says.");
        log.record(withWorkspace(married));
        QVERIFY2(outside(log).contains(QStringLiteral("The incident commander saw it, the incident commander says.")), qPrintable(outside(log)));
        QCOMPARE(found(log, "Ana Lopez; Ana Ruiz"), QStringLiteral("Ana Lopez; Ana Ruiz"));
    }

    void whoComesBackIsNoFormerPerson()
    {
        Log log = commanded("x");
        log.record(withWorkspace(withoutAna()));
        QCOMPARE(log.state.formerPeople.size(), std::size_t(1));
        log.record(withWorkspace(withAnaLopez()));
        QVERIFY(log.state.formerPeople.empty());
    }

    /// A workspace that is set anew with the same people has nobody of the past.
    void nobodyIsFormerWhoIsThere()
    {
        Log log = commanded("x");
        log.record(withWorkspace(withAnaLopez()));
        QVERIFY(log.state.formerPeople.empty());
    }

    /// Whatever the record has of an id of nobody who is known: it is somebody's.
    void idsOfTheRecordAreFound()
    {
        Log log = commanded("x");
        const events::Actor kim{"kim", Path::Person};
        log.record(events::LogWritten{"INC-1", "restarted it", kim});
        log.record(events::RoleAssumed{"INC-1", Role::Scribe, "noor", kAna}).record(events::RoleAssumed{"INC-1", Role::Scribe, "ben", kAna});
        log.record(events::TaskAssigned{"INC-1", "lou", "look", 1, {}, kAna}).record(events::TaskAssigned{"INC-1", "shop", "look too", 2, {}, kAna});
        log.record(events::ActionKept{"INC-1", "cap it", "mia", "a drill", {}, 1, {}, Strength::Engineer, kAna});
        QCOMPARE(found(log, "kim, noor, lou, mia and the shop"), QStringLiteral("kim; noor; lou; mia"));
        QCOMPARE(found(log, "the root cause, the core"), QString());
        log.record(events::SectionWritten{"INC-1", "narrative", "So @noor and @kim said.", 1, 2, false, kAna});
        QVERIFY2(outside(log).contains(QStringLiteral("So the scribe and a responder said.")), qPrintable(outside(log)));
    }

    void theMostThatAreKeptAreKept()
    {
        std::vector<state::FormerPerson> former;
        Workspace all, none;
        for (std::size_t n = 0; n < state::kFormerPeopleKept; ++n)
            all.people.push_back({"p" + std::to_string(n), "Person " + std::to_string(n), "UTC", {}});
        noteFormerPeople(former, all, none);
        QCOMPARE(former.size(), state::kFormerPeopleKept);
        QCOMPARE(former.front().id, std::string("p0"));
        Workspace one;
        one.people.push_back({"late", "Late", "UTC", {}});
        noteFormerPeople(former, one, none);
        QCOMPARE(former.size(), state::kFormerPeopleKept);
        QCOMPARE(former.front().id, std::string("p1"));
        QCOMPARE(former.back().id, std::string("late"));
    }

    void theMostNamesThatAreKeptAreKept()
    {
        std::vector<state::FormerPerson> former;
        Workspace before, now;
        before.people.push_back({"ana", "N0", "UTC", {}});
        now = before;
        for (std::size_t n = 1; n <= state::kFormerNamesKept + 1; ++n) {
            now.people[0].name = "N" + std::to_string(n);
            noteFormerPeople(former, before, now);
            before = now;
            QCOMPARE(former[0].names.size(), std::min(n, state::kFormerNamesKept));
        }
        QCOMPARE(former[0].names.front(), std::string("N1"));
    }
};

QD_TEST(TestPeople)
#include "tst_people.moc"
