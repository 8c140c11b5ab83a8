// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/followups.h"
#include "tests/core/desk/reviewbench.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;

namespace {

/// A review that is open, and its first action.
struct ActionBench : ReviewBench {
    ActionBench()
    {
        (void)open();
        (void)keep({}, "cap the limit", "14d");
    }
    Result<desk::Outcome> keep(const std::function<void(desk::KeepAction &)> &set, const std::string &text = {}, const std::string &due = {})
    {
        desk::KeepAction k;
        k.incident = "INC-1";
        k.action = text.empty() ? 1 : 0;
        k.text = text;
        k.due = due;
        if (set)
            set(k);
        return command(k);
    }
    state::Action action(std::size_t n = 1) { return review().actions.at(n - 1); }
};

/// INC-1 is open again, and is stood down with something left to do.
struct LeftToDo : ReviewBench {
    LeftToDo() : ReviewBench("SEV3") {}
    Result<desk::Outcome> standDown(const std::string &followUps)
    {
        (void)command(desk::ChangeStatus{"INC-1", "active", "again"});
        desk::StandDown c;
        c.incident = "INC-1";
        c.verifiedBy = "ana";
        c.followUps = followUps;
        return command(c);
    }
    std::vector<std::string> actions()
    {
        std::vector<std::string> out;
        for (const state::Action &a : review().actions)
            out.push_back(std::to_string(a.number) + " " + a.owner + ": " + a.text);
        return out;
    }
};

} // namespace

/// What is said of an action that is there already.
class TestReviewActions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theDayItIsDueAlreadyMovesNothing()
    {
        ActionBench b;
        const Instant due = b.action().due;
        QVERIFY(toRfc3339(due).substr(11) != "23:59:00Z"); // a span leads to some time of a day
        for (const std::string &same : {toRfc3339(due).substr(0, 10), toRfc3339(due)}) {
            VERIFY_RESULT(b.keep([&](auto &k) { k.due = same; k.verification = "seen " + same; }));
            QCOMPARE(b.action().due, due);
            QVERIFY(b.action().slips.empty());
        }
        VERIFY_RESULT(b.keep([](auto &k) { k.due = "21d"; }));
        QCOMPARE(b.action().slips.size(), std::size_t(1));
        QCOMPARE(b.action().slips[0].from, due);
    }
    void anActionIsAgainstACauseAndNotAgainstWhatWentWell()
    {
        ActionBench b;
        VERIFY_FAILS(b.keep([](auto &k) { k.factor = "mitigator.rollback-ready"; }), Code::Invalid);
        QVERIFY(b.action().factor.empty());
        VERIFY_RESULT(b.keep([](auto &k) { k.factor = "trigger.configuration-push"; }));
        QCOMPARE(b.action().factor, std::string("trigger.configuration-push"));
    }
    void oneThatIsOverdueCanBeChangedWithoutMovingIt()
    {
        ActionBench b;
        const Instant due = b.action().due;
        b.pass(hours(24 * 20));
        VERIFY_RESULT(b.keep([](auto &k) { k.owner = "ben"; }));
        VERIFY_RESULT(b.keep([&](auto &k) { k.due = toRfc3339(due).substr(0, 10); k.owner = "ana"; }));
        QVERIFY(b.action().owner == "ana" && b.action().due == due && b.action().slips.empty());
        VERIFY_FAILS(b.keep([&](auto &k) { k.due = toRfc3339(due - hours(24)).substr(0, 10); }), Code::Invalid); // another day that is past
    }
    void whatWasSaidIsTakenAwayWithADash()
    {
        ActionBench b;
        VERIFY_RESULT(b.keep([](auto &k) { k.owner = "ben"; k.strength = "engineer"; k.verification = "seen"; }));
        VERIFY_RESULT(b.keep([](auto &k) { k.owner = k.strength = k.verification = k.due = "-"; }));
        const state::Action a = b.action();
        QVERIFY(a.owner.empty() && a.strength == Strength::Unsaid && a.verification.empty() && !a.due);
        QCOMPARE(a.slips.size(), std::size_t(1)); // it was due, and is no more
        VERIFY_FAILS(b.keep([](auto &k) { k.text = "-"; }), Code::Invalid);
    }

    // --- what a stand-down left to be done ---
    void aFollowUpIsAPersonsThatItNames_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("owner");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *line, const char *owner, const char *text) { QTest::newRow(line) << line << owner << text; };
        row("@ben raise the limit", "ben", "raise the limit");
        row("- @ben: raise the limit", "ben", "raise the limit");
        row("raise the limit, @ben.", "ben", "raise the limit, @ben.");
        row("raise the limit (@ben)", "ben", "raise the limit (@ben)");
        row("@ben", "ben", "@ben");
        row("Eve Abara: raise the limit", "eve", "raise the limit"); // as the sheet proposes an open task
        row("* raise the limit", "", "raise the limit");
        row("@nobody raise the limit", "", "@nobody raise the limit");
        row("mail ops@ben about it", "", "mail ops@ben about it");
        row("Somebody: raise it", "", "Somebody: raise it");
        row("Twin: raise it", "", "Twin: raise it"); // of two
    }
    void aFollowUpIsAPersonsThatItNames()
    {
        QFETCH(QString, line);
        QFETCH(QString, owner);
        QFETCH(QString, text);
        Workspace w = aWorkspaceToReview();
        w.people.push_back({"t1", "Twin", "UTC", {}});
        w.people.push_back({"t2", "Twin", "UTC", {}});
        const auto all = desk::followUpsIn(w, "\n  " + line.toStdString() + "\r\n\n");
        QCOMPARE(all.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(all[0].owner), owner);
        QCOMPARE(QString::fromStdString(all[0].text), text);
    }
    void whatWasLeftToDoIsInTheReviewWhenItOpens()
    {
        LeftToDo b;
        VERIFY_RESULT(b.standDown("@ben raise the limit\nwatch it for a month"));
        const auto records = b.ask([](const state::State &s) { return s.seq; });
        VERIFY_RESULT(b.open());
        QCOMPARE(b.ask([](const state::State &s) { return s.seq; }), records + 1); // in the record that opens it
        QCOMPARE(b.actions(), (std::vector<std::string>{"1 ben: raise the limit", "2 : watch it for a month"}));
        VERIFY_RESULT(b.turn("in review"));
        VERIFY_FAILS(b.turn("reviewed"), Code::Conflict); // one is nobody's
        // Arranged otherwise, nothing comes twice; stood down again, only what is new.
        desk::OpenReview o;
        o.incident = "INC-1";
        o.facilitator = "zoe";
        VERIFY_RESULT(b.command(o));
        VERIFY_RESULT(b.standDown("@ben raise the limit\nlook at the other cell"));
        QCOMPARE(b.actions(), (std::vector<std::string>{"1 ben: raise the limit", "2 : watch it for a month", "3 : look at the other cell"}));
        b.restart();
        b.pass(seconds(1));
        QCOMPARE(QString::fromStdString(firstDifference(b.dumped(), b.committed())), QString());
    }
    void aFollowUpThatIsStruckIsStruckInTheReviewToo()
    {
        LeftToDo b;
        VERIFY_RESULT(b.standDown("@ben rotate the key zebra-zebra-zebra\nwatch it for a month"));
        const auto seq = b.ask([](const state::State &s) {
            std::uint64_t out = 0;
            for (const state::Entry &e : s.incident("INC-1")->timeline)
                if (e.text.starts_with("stands down"))
                    out = e.seq;
            return out;
        });
        VERIFY_RESULT(b.open());
        QVERIFY(b.dumped().find("zebra") != std::string::npos);
        VERIFY_RESULT(b.command(desk::StrikeText{"INC-1", std::to_string(seq), "a secret"}));
        QVERIFY(b.dumped().find("zebra") == std::string::npos);
    }
};

QD_TEST(TestReviewActions)
#include "tst_reviewactions.moc"
