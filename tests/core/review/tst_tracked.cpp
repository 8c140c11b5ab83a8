// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/tracked.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;

namespace {

Workspace withAccounts()
{
    Workspace w = aWorkspace();
    w.people.push_back({"eve", "Eve Abara", "UTC", {}});
    w.people[0].accounts = {{"hub", "Ana-GH"}};
    w.people[2].accounts = {{"hub", "eve-gh"}, {"desk", "557058:f1"}};
    return w;
}

/// INC-1 has an action of ana's that is issue 12 of hub.
Log tracked(const std::string &connection = "hub", Workspace w = withAccounts())
{
    Log log;
    log.record(withWorkspace(std::move(w))).record(anIncident().event());
    log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna});
    log.record(events::ActionKept{"INC-1", "cap the limit", "ana", {}, {}, 1, {}, Strength::Unsaid, kAna});
    log.record(events::ActionTracked{"INC-1", connection, "12", {}, 1, kAna});
    return log;
}

events::ActionSeen seen(bool closed, const std::string &assignee = {})
{
    return {"INC-1", "cap the limit", closed ? "closed" : "open", assignee, 1, closed, {}, {}};
}

const state::Action &trackedAction(const Log &log)
{
    return log.state.incident("INC-1")->review.actions.front();
}

QString proposal(const Log &log)
{
    const auto p = review::proposedThere(log.state, *log.state.incident("INC-1"), trackedAction(log));
    return p ? QString::fromStdString(std::string(word(p->state)) + ": " + p->reason) : QString();
}

void turn(Log &log, ActionState to)
{
    log.record(events::ActionTurned{"INC-1", "said here", 1, to, kAna});
}

} // namespace

/// What a tracker says of an action, against what is said here.
class TestTracked : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatWasClosedThereIsProposedAsDoneHere()
    {
        Log log = tracked();
        QCOMPARE(proposal(log), QString());
        log.record(seen(false));
        QCOMPARE(proposal(log), QString());
        log.record(seen(true));
        QCOMPARE(proposal(log), QStringLiteral("done: closed in hub"));
        QCOMPARE(trackedAction(log).state, ActionState::Open); // nobody said so
        turn(log, ActionState::Done);
        QCOMPARE(proposal(log), QString());
    }
    void whatIsOpenAgainThereIsProposedAsOpen()
    {
        Log log = tracked();
        log.record(seen(true));
        turn(log, ActionState::Done);
        log.record(seen(false));
        QCOMPARE(proposal(log), QStringLiteral("open: open again in hub"));
        turn(log, ActionState::Verified); // who says that it works has looked
        QCOMPARE(proposal(log), QString());
    }
    void whatIsOnItsWayThereIsNoNewsFromThere()
    {
        Log log = tracked();
        log.record(seen(false));
        turn(log, ActionState::Done);
        QCOMPARE(proposal(log), QString()); // it is open there, of course
        events::OutboxQueued out;
        out.number = 1;
        out.effect = events::Effect::UpdateIssue;
        out.connection = "hub";
        out.incident = "INC-1";
        out.room = "12";
        out.subject = "action/1";
        out.closed = true;
        log.record(out);
        log.record(events::ActionSeen{"INC-1", "another title", "open", {}, 1, false, {}, {}}); // read before it arrived
        QCOMPARE(proposal(log), QString());
        log.record(events::OutboxMoved{1, Delivery::Confirmed, "12", {}, "INC-1"});
        QCOMPARE(proposal(log), QString());
        log.record(seen(true));
        log.record(seen(false));
        QCOMPARE(proposal(log), QStringLiteral("open: open again in hub"));
    }
    void whatWasSaidHereSinceIsNotAskedAgain()
    {
        Log log = tracked();
        log.record(seen(true));
        turn(log, ActionState::Done);
        turn(log, ActionState::Open); // it is not done, whatever the tracker says; and nothing may be written there
        QCOMPARE(proposal(log), QString());
        log.record(events::ActionTracked{"INC-1", {}, {}, {}, 1, kAna});
        QCOMPARE(proposal(log), QString());
    }
    void whoHasItThereIsSaidWhereItIsAnother_data()
    {
        QTest::addColumn<QString>("connection");
        QTest::addColumn<QString>("assignee");
        QTest::addColumn<QString>("other");
        const auto row = [](const char *name, const char *connection, const char *assignee, const char *other) { QTest::newRow(name) << connection << assignee << other; };
        row("the owner", "hub", "ana-gh", "");
        row("another", "hub", "eve-gh", "Eve Abara");
        row("nobody", "hub", "", "-"); // the owner is known there, and does not have it
        row("nobody, and the owner is not known there", "desk", "", "");
        row("the owner among others", "hub", "eve-gh, Ana-GH", "");
        row("others", "hub", "stranger, eve-gh", "Eve Abara");
        row("a part of a login", "hub", "eve-ghost", "eve-ghost");
        row("somebody else", "hub", "stranger", "stranger"); // the owner is known there, and this is somebody else
        row("somebody, and the owner is not known there", "desk", "Zoe (xyz)", "");
        row("behind a name for people", "desk", "Abara, E. (557058:f1)", "Eve Abara");
        row("a name that only looks like it", "desk", "Eve (557058:f1) (xyz)", "");
        row("of another connection", "lab", "eve-gh", "");
    }
    void whoHasItThereIsSaidWhereItIsAnother()
    {
        QFETCH(QString, connection);
        QFETCH(QString, assignee);
        QFETCH(QString, other);
        Log log = tracked(connection.toStdString());
        log.record(seen(false, assignee.toStdString()));
        const auto said = review::otherThere(*log.state.workspace, trackedAction(log));
        QCOMPARE(said ? said->empty() ? QStringLiteral("-") : QString::fromStdString(*said) : QString(), other);
        QCOMPARE(trackedAction(log).owner, std::string("ana")); // shown, and nothing else
    }
};

QD_TEST(TestTracked)
#include "tst_tracked.moc"
