// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/reviewbench.h"
#include "tests/support/suite.h"

#include <algorithm>

using namespace qd;
using namespace qd::tests;

namespace {

const std::string kReviewSecret = "password: Zx81-canary-spectrum";

std::vector<state::Entry> secretLines(ReviewBench &b)
{
    return b.ask([](const state::State &s) {
        std::vector<state::Entry> out;
        for (const state::Entry &e : s.incident("INC-1")->timeline)
            if (e.kind == state::EntryKind::Secret)
                out.push_back(e);
        return out;
    });
}

bool isNoted(const Result<Outcome> &done, const std::string &begin)
{
    return done && std::any_of(done->notes.begin(), done->notes.end(), [&](const std::string &n) { return n.starts_with(begin) && n.find("canary") == std::string::npos; });
}

} // namespace

/// What looks like a password in what is written afterwards.
class TestReviewSecrets final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSectionThatHoldsOneIsNamed()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        QVERIFY(secretLines(b).empty());
        const auto done = b.write("narrative", "Ben logged in, " + kReviewSecret + ", and restarted it.");
        QVERIFY(isNoted(done, "The section narrative seems to hold a password."));
        const auto lines = secretLines(b);
        QCOMPARE(lines.size(), std::size_t(1));
        QCOMPARE(lines[0].text, std::string("the section narrative of the review seems to hold a password; take it out there, and change it where it is used"));
        QCOMPARE(lines[0].reference, std::string("section/narrative"));
        QVERIFY(!isNoted(b.write("narrative", "Ben logged in and restarted it."), "The section"));
        QCOMPARE(secretLines(b).size(), std::size_t(1));
        QCOMPARE(b.dumped(), b.committed());
    }

    /// An editor saves every few seconds: it is said with the first of them, and again with what is said to be done.
    void draftsAreSaidOfOnce()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        for (int n = 0; n < 5; ++n)
            VERIFY_RESULT(b.write("narrative", kReviewSecret + std::string(static_cast<std::size_t>(n), '.'), "ana", true));
        QCOMPARE(secretLines(b).size(), std::size_t(1));
        VERIFY_RESULT(b.write("narrative", kReviewSecret + " was used"));
        QCOMPARE(secretLines(b).size(), std::size_t(2));
    }

    void whatElseIsSaidInAReviewIsLookedAt()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        VERIFY_RESULT(b.command(desk::RateFactor{"INC-1", "trigger.configuration-push", "with " + kReviewSecret, {}, false}));
        QVERIFY2(secretLines(b).back().text.find("(factor/trigger.configuration-push) seems to hold a password; strike it: quarterdeckctl strike --incident INC-1 --entry ") != std::string::npos,
                 secretLines(b).back().text.c_str());
        desk::KeepAction action;
        action.incident = "INC-1";
        action.text = "Rotate the " + kReviewSecret;
        action.owner = "ben";
        QVERIFY(isNoted(b.command(action), "Action 1 seems to hold a password."));
        QCOMPARE(secretLines(b).back().text, std::string("action 1 of the review seems to hold a password; take it out there, and change it where it is used"));
        action.text = "Rotate the credentials";
        action.verification = "the old " + kReviewSecret + " is refused";
        VERIFY_RESULT(b.command(action));
        VERIFY_RESULT(b.command(desk::CommentReview{"INC-1", {}, {}, "It was " + kReviewSecret, 0}));
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", {}, "I used " + kReviewSecret, {}}));
        QCOMPARE(secretLines(b).size(), std::size_t(5));
        // The room heard none of it, and is told none of it.
        QCOMPARE(b.ask([](const state::State &s) { return std::count_if(s.outbox.begin(), s.outbox.end(), [](const auto &o) { return o.second.what.because.rule == "post/secret"; }); }), std::ptrdiff_t(0));
        for (const state::Entry &line : secretLines(b))
            QVERIFY(line.text.find("canary") == std::string::npos);
    }
};

QD_TEST(TestReviewSecrets)
#include "tst_reviewsecrets.moc"
