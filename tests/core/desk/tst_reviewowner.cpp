// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/gates.h"
#include "tests/core/desk/reviewbench.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;

namespace {

/// A review that ana owns.
struct OwnedReview : ReviewBench {
    OwnedReview() { (void)open(); }
    Result<desk::Outcome> give(const std::string &to, const std::string &by, const std::string &reason = {})
    {
        desk::OpenReview o;
        o.incident = "INC-1";
        o.owner = to;
        o.reason = reason;
        return command(o, by);
    }
    Result<desk::Outcome> waive(const std::string &by) { return command(desk::WaiveGate{"INC-1", "factors", "a trifle"}, by); }
    std::string gateSays()
    {
        return ask([](const state::State &s) {
            for (const review::Gate &g : review::gatesOf(s, *s.incident("INC-1")))
                if (g.name == "factors")
                    return g.says;
            return std::string();
        });
    }
    std::string lastLog()
    {
        return ask([](const state::State &s) {
            std::string out;
            for (const state::Entry &e : s.incident("INC-1")->timeline)
                if (e.kind == state::EntryKind::Log)
                    out = e.actor + " " + e.text;
            return out;
        });
    }
};

} // namespace

/// Whose a review is, and that it is not taken in silence.
class TestReviewOwner : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whoOwnsItGivesItAwayWithoutAReason()
    {
        OwnedReview b;
        VERIFY_RESULT(b.give("eve", "ana"));
        QCOMPARE(b.review().owner, std::string("eve"));
        QCOMPARE(b.lastLog(), std::string());
        QCOMPARE(b.lines().back().text, std::string("review arranged: it is eve's, and was ana's"));
        VERIFY_RESULT(b.waive("eve"));
        QCOMPARE(b.gateSays(), std::string("No factor is named yet."));
    }
    void whoTakesItSaysWhyAndWhatTheyDoWithoutNamesIt()
    {
        OwnedReview b;
        VERIFY_FAILS(b.waive("ben"), Code::Forbidden);
        VERIFY_FAILS(b.give("ben", "ben"), Code::Invalid);
        VERIFY_FAILS(b.give("ben", "ben", " "), Code::Invalid);
        QCOMPARE(b.review().owner, std::string("ana"));
        VERIFY_RESULT(b.give("ben", "ben", "Ana is on leave"));
        QCOMPARE(b.lastLog(), std::string("ben took the review over from Ana: Ana is on leave"));
        VERIFY_RESULT(b.waive("ben"));
        QVERIFY2(b.gateSays().find(" Ben took the review over from Ana, 20") != std::string::npos, b.gateSays().c_str());
        // Back with its owner, what was done without still says who did, and how they could.
        VERIFY_RESULT(b.give("ana", "ben"));
        QVERIFY(b.gateSays().find("took the review over") != std::string::npos);
        VERIFY_RESULT(b.waive("ana"));
        QCOMPARE(b.gateSays(), std::string("No factor is named yet."));
        b.restart();
        b.pass(seconds(1));
        QCOMPARE(QString::fromStdString(firstDifference(b.dumped(), b.committed())), QString());
    }
    void whoGivesAwayWhatIsNotTheirsSaysWhyToo()
    {
        OwnedReview b;
        VERIFY_FAILS(b.give("eve", "ben"), Code::Invalid);
        VERIFY_RESULT(b.give("eve", "ben", "she knows the service"));
        QCOMPARE(b.lastLog(), std::string("ben gave the review, which was Ana's, to Eve Abara: she knows the service"));
        VERIFY_RESULT(b.waive("eve"));
        QVERIFY2(b.gateSays().find(" Ben gave the review, which was Ana's, to Eve Abara, 20") != std::string::npos, b.gateSays().c_str());
    }
    /// The record has what it was given for.
    void whatIsDoneWithoutIsRecordedWithIt()
    {
        OwnedReview b;
        VERIFY_RESULT(b.waive("ana"));
        QCOMPARE(b.review().waivers.at(0).lacks, std::vector<std::string>{"factor"});
    }
    void whatIsArrangedOtherwiseNeedsNoReason()
    {
        OwnedReview b;
        desk::OpenReview o;
        o.incident = "INC-1";
        o.facilitator = "zoe";
        VERIFY_RESULT(b.command(o, "ben"));
        VERIFY_RESULT(b.give("ana", "ben")); // whose it is already
        QCOMPARE(b.lines().back().text, std::string("review arranged"));
    }
};

QD_TEST(TestReviewOwner)
#include "tst_reviewowner.moc"
