// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"
#include "core/events/texts.h"
#include "core/model/reviewwords.h"
#include "core/model/taxonomy.h"
#include "core/review/gates.h"
#include "tests/core/desk/reviewbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// Reviews, through the one front door.
class TestReview final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // --- opened ---
    void aReviewOpensWhenItsIncidentIsOver()
    {
        ReviewBench b;
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "active", "again"}));
        VERIFY_FAILS(b.open(), Code::Conflict);
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", {}}));
        VERIFY_FAILS(b.command(desk::OpenReview{}), Code::Invalid);
        desk::OpenReview other;
        other.incident = "INC-9";
        VERIFY_FAILS(b.command(other), Code::NotFound);
        VERIFY_RESULT(b.open("ben"));
        const state::Review r = b.review();
        QVERIFY(r.phase == ReviewPhase::Draft && r.owner == "ana" && r.openedBy == "ben" && r.facilitator.empty());
        QCOMPARE(r.people, (std::vector<std::string>{"ana", "ben"}));
        QVERIFY(r.due == b.clock.now() + hours(72));
        QCOMPARE(b.lines().size(), std::size_t(1)); // what it was opened with is no eight lines
        QCOMPARE(r.sections.size(), std::size(kReviewSections));
        for (const state::Section &s : r.sections)
            QVERIFY(s.revision() == 1 && s.revisions[0].draft && s.revisions[0].by == "core" && !review::isWritten(s));
        QVERIFY(b.section("hypotheses").text().find("the pool limit") != std::string::npos);
        QCOMPARE(b.dumped(), b.committed());
    }
    /// By the worst it was, as its gates: a severity that is lowered before the end gives no days.
    void itIsDueByTheWorstItWas()
    {
        ReviewBench b("SEV1");
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "active", "again"}));
        desk::ChangeSeverity less;
        less.incident = "INC-1";
        less.severity = "SEV4";
        less.reason = "few are hurt";
        VERIFY_RESULT(b.command(less));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", {}}));
        VERIFY_RESULT(b.open());
        QVERIFY(b.review().due == b.clock.now() + hours(72));
        QCOMPARE(b.review().dueFor, 1U);
    }
    void whatGetsWorseWhileItsReviewWaitsIsDueSooner()
    {
        ReviewBench b("SEV3");
        VERIFY_RESULT(b.open());
        const Instant was = b.review().due;
        QCOMPARE(b.review().dueFor, 3U);
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "active", "again"}));
        const auto is = [&](const char *severity) {
            desk::ChangeSeverity c;
            c.incident = "INC-1";
            c.severity = severity;
            c.reason = "as it looks now";
            return b.command(c);
        };
        VERIFY_RESULT(is("SEV4"));
        QVERIFY(b.review().due == was && b.review().dueFor == 3);
        VERIFY_RESULT(is("SEV1"));
        QVERIFY(b.review().due == b.clock.now() + hours(72) && b.review().due < was);
        QCOMPARE(b.review().dueFor, 1U);
        QCOMPARE(b.dumped(), b.committed());
        // The day somebody said is theirs.
        desk::OpenReview o;
        o.incident = "INC-1";
        o.due = "20d";
        ReviewBench said("SEV3");
        VERIFY_RESULT(said.open());
        VERIFY_RESULT(said.command(o, "ana"));
        QCOMPARE(said.review().dueFor, 0U);
        const Instant day = said.review().due;
        VERIFY_RESULT(said.command(desk::ChangeStatus{"INC-1", "active", "again"}));
        desk::ChangeSeverity worse;
        worse.incident = "INC-1";
        worse.severity = "SEV1";
        VERIFY_RESULT(said.command(worse));
        QVERIFY(said.review().due == day);
    }
    void itIsKeptInTheLanguageItIsOpenedIn()
    {
        Workspace w = aWorkspaceToReview();
        w.review.languages = {"de", "en"};
        ReviewBench b("SEV3", w);
        VERIFY_RESULT(b.open());
        QCOMPARE(b.review().language, std::string("de"));
        QVERIFY(b.section("summary").text().find("Er begann ") != std::string::npos);
        desk::OpenReview o;
        o.incident = "INC-1";
        o.due = "4d";
        VERIFY_RESULT(b.command(o, "ana")); // arranged otherwise, and not in that
        QCOMPARE(b.review().language, std::string("de"));
        ReviewBench other("SEV3");
        VERIFY_RESULT(other.open());
        QCOMPARE(other.review().language, std::string("en"));
    }
    void aDrillIsReviewedAsWell()
    {
        ReviewBench b("SEV3", aWorkspaceToReview(), "drill");
        VERIFY_RESULT(b.open());
    }
    void whatAStandDownSaidHolds()
    {
        ReviewBench b("SEV3");
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "active", "again"}));
        desk::StandDown s;
        s.incident = "INC-1";
        s.verifiedBy = "ben";
        s.reviewOwner = "eve";
        s.reviewDue = "30d";
        VERIFY_RESULT(b.command(s));
        VERIFY_RESULT(b.open("ben"));
        QVERIFY(b.review().owner == "eve" && b.review().due == b.clock.now() + hours(24 * 30));
    }
    void itIsArrangedByWhoLeadsIt()
    {
        Workspace w = aWorkspaceToReview();
        w.rights = {{"all", Right::Respond, {}, {}, true, {}, {}}, {"boss", Right::Administer, {"max"}, {}, false, {}, {}}, {"pay", Right::Command, {"ana"}, {}, false, {}, {}}};
        ReviewBench b("SEV1", w);
        VERIFY_RESULT(b.open("ben"));
        desk::OpenReview o;
        o.incident = "INC-1";
        o.owner = "eve";
        o.facilitator = "zoe";
        o.due = "4d";
        o.meeting = "2026-11-27T10:00:00Z";
        o.people = {"ben", "ben", "zoe"};
        VERIFY_FAILS(b.command(o, "ben"), Code::Forbidden);
        VERIFY_FAILS(b.command(o, "ana"), Code::Invalid); // who was asked is not let go of without a word
        o.reason = "she leads another review that day";
        VERIFY_RESULT(b.command(o, "ana")); // owns it
        state::Review r = b.review();
        QVERIFY(r.owner == "eve" && r.facilitator == "zoe" && r.due == b.clock.now() + hours(96) && toRfc3339(r.meeting) == "2026-11-27T10:00:00Z");
        QCOMPARE(r.people, (std::vector<std::string>{"ben", "zoe"}));
        QCOMPARE(r.sections.size(), std::size(kReviewSections)); // pre-filled once
        o = {};
        o.incident = "INC-1";
        o.people = {"-"};
        o.facilitator = "-";
        VERIFY_FAILS(b.command(o, "zoe"), Code::Forbidden); // leads it, and does without nobody's words
        o.people.clear();
        VERIFY_RESULT(b.command(o, "zoe"));
        QVERIFY(b.review().people.size() == 2 && b.review().facilitator.empty() && b.review().owner == "eve");
        VERIFY_FAILS(b.command(o, "zoe"), Code::Forbidden);
        VERIFY_RESULT(b.command(o, "max")); // commands by right
    }
    /// Whose words are asked for is taken off by whoever owns the review, and by nobody else, with a reason.
    void whoWasAskedIsTakenOffByTheOwnerWithAReason()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        const auto ask = [&](std::vector<std::string> people, const char *by, const char *reason = "") {
            desk::OpenReview o;
            o.incident = "INC-1";
            o.people = std::move(people);
            o.reason = reason;
            return b.command(o, by);
        };
        const auto standing = [&] {
            return b.ask([](const state::State &s) {
                const review::Gate g = review::gatesOf(s, *s.incident("INC-1")).front();
                return g.name + " " + std::string(review::word(g.standing)) + " " + g.waivedBy + ", " + g.reason;
            });
        };
        VERIFY_RESULT(ask({"ana", "ben", "zoe"}, "max")); // adds somebody, and may
        for (const std::vector<std::string> &less : {std::vector<std::string>{"-"}, {"ana", "zoe"}, {"ana", "ben"}}) {
            const auto refused = ask(less, "max", "no time");
            VERIFY_FAILS(refused, Code::Forbidden);
            QVERIFY2(refused.error().message.find("Ana, who owns it, takes somebody off") != std::string::npos, refused.error().message.c_str());
            VERIFY_FAILS(ask(less, "ana"), Code::Invalid); // why?
            VERIFY_FAILS(ask(less, "ana", " "), Code::Invalid);
        }
        QCOMPARE(b.review().people, (std::vector<std::string>{"ana", "ben", "zoe"}));
        VERIFY_RESULT(ask({"ana"}, "ana", "both are on leave"));
        QCOMPARE(b.review().people, std::vector<std::string>{"ana"});
        QCOMPARE(b.review().takenOff.size(), std::size_t(2));
        QVERIFY2(b.lines().back().text.ends_with("does without ben, zoe: both are on leave"), b.lines().back().text.c_str());
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", {}, "I saw it.", {}}));
        QCOMPARE(standing(), std::string("contributions waived ana, Ben, zoe: both are on leave"));
        QCOMPARE(b.dumped(), b.committed());
        b.restart();
        b.pass(seconds(1));
        QCOMPARE(QString::fromStdString(firstDifference(b.dumped(), b.committed())), QString());
    }
    /// At first nobody was asked: whom the list leaves out is missed, and done without by the owner with a reason.
    void whomTheFirstListLeavesOutIsMissed()
    {
        ReviewBench b;
        desk::OpenReview o;
        o.incident = "INC-1";
        o.people = {"ana"};
        VERIFY_RESULT(b.command(o, "zoe"));
        QVERIFY(b.review().owner == "ana" && b.review().takenOff.empty());
        const auto missing = [&] { return b.ask([](const state::State &s) { return review::gatesOf(s, *s.incident("INC-1")).front().missing; }); };
        QCOMPARE(missing(), (std::vector<std::string>{"Ana", "Ben"}));
        o.reason = "he left";
        VERIFY_RESULT(b.command(o, "zoe")); // nobody is taken off by that: it is not hers
        QCOMPARE(missing(), (std::vector<std::string>{"Ana", "Ben"}));
        VERIFY_RESULT(b.command(o, "ana"));
        QCOMPARE(missing(), std::vector<std::string>{"Ana"});
        QVERIFY(b.review().takenOff.at(0).person == "ben" && b.review().takenOff.at(0).reason == "he left");
    }
    void whatCannotBeArrangedIsSaid()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        const auto with = [&](auto set) {
            desk::OpenReview o;
            o.incident = "INC-1";
            set(o);
            return b.command(o);
        };
        VERIFY_FAILS(with([](auto &o) { o.facilitator = "ben"; }), Code::Invalid); // had a part in it
        VERIFY_FAILS(with([](auto &o) { o.facilitator = "nobody"; }), Code::NotFound);
        VERIFY_FAILS(with([](auto &o) { o.owner = "nobody"; }), Code::NotFound);
        VERIFY_FAILS(with([](auto &o) { o.people = {"ana", "nobody"}; }), Code::NotFound);
        VERIFY_FAILS(with([](auto &o) { o.people = std::vector<std::string>(101, "ana"); }), Code::TooLarge);
        VERIFY_FAILS(with([](auto &o) { o.due = "soon"; }), Code::Invalid);
        VERIFY_FAILS(with([](auto &o) { o.due = "2026-11-01T00:00:00Z"; }), Code::Invalid);
        VERIFY_RESULT(with([](auto &o) { o.due = "90d"; }));
        VERIFY_FAILS(with([](auto &o) { o.meeting = "91d"; }), Code::Invalid);
    }

    // --- what people say ---
    /// What is quoted by a comment is as strict as where it stands: a selection in a window has no brackets.
    void aQuoteKeepsTheClassOfWhatItWasTakenFrom_data()
    {
        QTest::addColumn<QString>("quote");
        QTest::addColumn<QString>("kept");
        QTest::newRow("within a mark") << "the bank" << "[[restricted for ana: the bank]]";
        QTest::newRow("a part of a mark and more") << "told the bank of" << "[[restricted for ana: told the bank of]]";
        QTest::newRow("a mark whole") << "We [[restricted for ana: told the bank]] of it" << "We [[restricted for ana: told the bank]] of it";
        QTest::newRow("broken otherwise") << "told\nthe  bank" << "[[restricted for ana: told\nthe  bank]]";
        QTest::newRow("outside of it") << "of it" << "of it";
        QTest::newRow("not in the text") << "something else" << "[[restricted for ana: something else]]";
    }
    void aQuoteKeepsTheClassOfWhatItWasTakenFrom()
    {
        QFETCH(QString, quote);
        QFETCH(QString, kept);
        ReviewBench b;
        VERIFY_RESULT(b.open());
        VERIFY_RESULT(b.write("summary", "We [[restricted for ana: told the bank]] of it."));
        for (const char *section : {"summary", ""}) {
            VERIFY_RESULT(b.command(desk::CommentReview{"INC-1", section, quote.toStdString(), "is this right?"}));
            QCOMPARE(b.review().comments.back().quote, kept.toStdString());
        }
    }
    void commentsAreAnsweredAndSettled()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        VERIFY_FAILS(b.command(desk::CommentReview{"INC-1", "nosuch", {}, "x"}), Code::NotFound);
        VERIFY_FAILS(b.command(desk::CommentReview{"INC-1", "summary", {}, " "}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::CommentReview{"INC-1", "summary", std::string(kQuoteBytes + 1, 'x'), "x"}), Code::TooLarge);
        QCOMPARE(b.command(desk::CommentReview{"INC-1", "summary", std::string(kQuoteBytes, 'x'), "how is it known?"}, "ben")->id, std::string("comment/1"));
        VERIFY_FAILS(b.command(desk::CommentReview{"INC-1", {}, {}, "x", 2}), Code::NotFound);
        VERIFY_RESULT(b.command(desk::CommentReview{"INC-1", "summary", {}, "by the log", 1}));
        VERIFY_RESULT(b.command(desk::SettleComment{"INC-1", 1}));
        VERIFY_FAILS(b.command(desk::SettleComment{"INC-1", 1}), Code::Conflict);
        VERIFY_FAILS(b.command(desk::SettleComment{"INC-1", 3}), Code::NotFound);
        QVERIFY(b.review().comments[0].settledBy == "ana" && b.review().comments[1].answers == 1);
    }
    void aContributionIsOnesOwnOrSpokenForByAnother()
    {
        ReviewBench b;
        Workspace w = aWorkspaceToReview();
        VERIFY_RESULT(b.open());
        VERIFY_FAILS(b.command(desk::Contribute{"INC-1", {}, {}, {}}, "ben"), Code::Invalid);
        VERIFY_FAILS(b.command(desk::Contribute{"INC-1", {}, "x", "ana"}, "ben"), Code::Invalid);
        VERIFY_FAILS(b.command(desk::Contribute{"INC-1", {}, {}, "ben"}, "ben"), Code::Invalid);
        VERIFY_FAILS(b.command(desk::Contribute{"INC-1", {}, {}, "nobody"}, "ben"), Code::NotFound);
        VERIFY_FAILS(b.command(desk::Contribute{"INC-1", {}, std::string(desk::kContributionBytes + 1, 'x'), {}}, "ben"), Code::TooLarge);
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", {}, {}, "eve"}, "ben"));
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", "ben", "Ben saw the limit.", {}}, "eve")); // whom he named
        const state::Contribution said = *b.review().saidFor("ben").at(0);
        QVERIFY(said.person == "ben" && said.text == "Ben saw the limit." && said.delegate == "eve" && said.by == "eve");
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", {}, std::string(desk::kContributionBytes, 'x'), {}}, "ben")); // his own word comes first, and she speaks for him no more
        QVERIFY(b.review().saidFor("ben").at(0)->by == "ben" && b.review().delegateOf("ben").empty());
    }
    void noContributionIsWrittenOver()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", {}, "I saw the limit.", {}}, "ben"));
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", "ben", {}, "zoe"}, "ana")); // the owner names somebody for him
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", "ben", "Ben means the pool.", {}}, "zoe"));
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", "ben", "He did not.", {}}, "ana"));
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", "ben", {}, "eve"}, "ana"));
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", "ben", {}, "zoe"}, "ana")); // a name in the place of a name
        const auto texts = [&] {
            std::vector<std::string> out;
            for (const state::Contribution &c : b.review().contributions)
                out.push_back(c.by + ": " + (c.text.empty() ? "@" + c.delegate : c.text));
            return out;
        };
        QCOMPARE(texts(), (std::vector<std::string>{"ben: I saw the limit.", "zoe: Ben means the pool.", "ana: He did not.", "ana: @zoe"}));
        const state::Review now = b.review();
        const auto said = now.saidFor("ben");
        QVERIFY(said.size() == 3 && said[0]->text == "I saw the limit." && b.review().delegateOf("ben") == "zoe");
        // What he says later counts, and what he said before stays.
        const auto again = b.command(desk::Contribute{"INC-1", {}, "I saw the limit at 9:12.", {}}, "ben");
        QVERIFY(again && again->notes.at(0).find("is kept beside it") != std::string::npos);
        QVERIFY(b.review().saidFor("ben")[0]->text == "I saw the limit at 9:12." && texts().at(0) == "ben: I saw the limit." && texts().size() == 5);
        const std::size_t before = b.review().contributions.size();
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", {}, " I saw the limit at 9:12.\n", {}}, "ben")); // in the same words nothing is said
        QCOMPARE(b.review().contributions.size(), before);
        for (std::size_t n = 0; b.review().contributions.size() < 50; ++n)
            VERIFY_RESULT(b.command(desk::Contribute{"INC-1", {}, "more " + std::to_string(n), {}}, "ben"));
        VERIFY_FAILS(b.command(desk::Contribute{"INC-1", {}, "one more", {}}, "ben"), Code::TooLarge);
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", "ben", {}, "eve"}, "ana"));
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", {}, "mine", {}}, "zoe"));
    }
    void nobodySpeaksForAnotherUnasked()
    {
        Workspace w = aWorkspaceToReview();
        w.rights = {{"all", Right::Respond, {}, {}, true, {}, {}}, {"boss", Right::Administer, {"max"}, {}, false, {}, {}}, {"c", Right::Command, {"ana"}, {}, false, {}, {}}};
        ReviewBench b("SEV1", w);
        VERIFY_RESULT(b.open());
        VERIFY_FAILS(b.command(desk::Contribute{"INC-1", "ben", "he said so", {}}, "zoe"), Code::Forbidden);
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", "ben", {}, "zoe"}, "ana")); // who owns the review names somebody for who left
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", "ben", "he saw it", {}}, "zoe"));
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", "ben", "so I heard", {}}, "ana")); // and is it still
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", "ben", "he saw it at 9:12", {}}, "zoe"));
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", {}, "I am back", {}}, "ben"));
        VERIFY_FAILS(b.command(desk::Contribute{"INC-1", "ben", "he is back", {}}, "zoe"), Code::Forbidden);
    }

    // --- factors ---
    void aFactorIsOfTheTaxonomyAndPointsAtTheRecord()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        VERIFY_FAILS(b.command(desk::RateFactor{"INC-1", "human.stupidity", {}, {}, false}), Code::NotFound);
        VERIFY_FAILS(b.command(desk::RateFactor{"INC-1", "trigger.none", {}, {"line/9999"}, false}), Code::NotFound);
        VERIFY_FAILS(b.command(desk::RateFactor{"INC-1", "trigger.none", {}, std::vector<std::string>(desk::kRatingEvidence + 1, "hypothesis/1"), false}), Code::TooLarge);
        const auto bare = b.command(desk::RateFactor{"INC-1", "trigger.none", {}, {}, false});
        VERIFY_RESULT(bare);
        QCOMPARE(bare->notes.size(), std::size_t(1));
        VERIFY_RESULT(b.command(desk::RateFactor{"INC-1", "trigger.none", "as he said", {"hypothesis/1", "hypothesis/1"}, false}));
        const state::Review r = b.review();
        QCOMPARE(r.ratings.size(), std::size_t(1));
        QVERIFY(r.ratings[0].evidence.size() == 1 && r.ratings[0].evidence[0].starts_with("line/") && r.ratings[0].taxonomy == usualTaxonomy().version);
        VERIFY_FAILS(b.command(desk::RateFactor{"INC-1", "trigger.none", {}, {}, true}, "ben"), Code::NotFound); // it is hers
        VERIFY_RESULT(b.command(desk::RateFactor{"INC-1", "trigger.none", {}, {}, true}));
        QVERIFY(b.review().ratings.empty());
    }

    // --- actions ---
    void anActionHasExactlyOneOwner()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        const auto keep = [&](auto set) {
            desk::KeepAction k;
            k.incident = "INC-1";
            k.text = "cap the limit";
            set(k);
            return b.command(k);
        };
        VERIFY_FAILS(keep([](auto &k) { k.text.clear(); }), Code::Invalid);
        VERIFY_FAILS(keep([](auto &k) { k.owner = "shop"; }), Code::Invalid); // a team
        VERIFY_FAILS(keep([](auto &k) { k.owner = "ana, ben"; }), Code::Invalid);
        VERIFY_FAILS(keep([](auto &k) { k.owner = "nobody"; }), Code::NotFound);
        VERIFY_FAILS(keep([](auto &k) { k.due = "2026-11-01"; }), Code::Invalid);
        VERIFY_FAILS(keep([](auto &k) { k.due = "732d"; }), Code::Invalid);
        VERIFY_FAILS(keep([](auto &k) { k.strength = "hope"; }), Code::Invalid);
        VERIFY_FAILS(keep([](auto &k) { k.factor = "x"; }), Code::NotFound);
        VERIFY_FAILS(keep([](auto &k) { k.action = 1; }), Code::NotFound);
        VERIFY_RESULT(keep([](auto &k) { k.owner = "ben"; k.due = "2026-12-01"; k.strength = "engineer"; }));
        state::Action a = b.review().actions.at(0);
        QVERIFY(a.owner == "ben" && toRfc3339(a.due) == "2026-12-01T23:59:00Z" && a.strength == Strength::Engineer && a.slips.empty());
        VERIFY_RESULT(keep([](auto &k) { k.action = 1; k.text.clear(); k.due = "2026-12-08"; }));
        a = b.review().actions.at(0);
        QVERIFY(a.text == "cap the limit" && a.owner == "ben" && a.slips.size() == 1 && toRfc3339(a.slips[0].from) == "2026-12-01T23:59:00Z");
        const auto same = keep([](auto &k) { k.action = 1; });
        VERIFY_RESULT(same);
        QCOMPARE(same->notes.size(), std::size_t(1));
        VERIFY_RESULT(keep([](auto &k) { k.action = 1; k.owner = "-"; }));
        QVERIFY(b.review().actions[0].owner.empty());
    }
    void anActionIsDoneVerifiedOrDroppedWithAReason()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        desk::KeepAction k;
        k.incident = "INC-1";
        k.text = "cap the limit";
        VERIFY_RESULT(b.command(k));
        const auto turn = [&](const char *state, const char *reason = "") { return b.command(desk::TurnAction{"INC-1", state, reason, 1}); };
        VERIFY_FAILS(turn("finished"), Code::Invalid);
        VERIFY_FAILS(turn("open"), Code::Conflict);
        VERIFY_FAILS(turn("dropped"), Code::Invalid);
        VERIFY_RESULT(turn("done"));
        VERIFY_FAILS(turn("verified", "it held"), Code::Conflict); // by what?
        k.action = 1;
        k.verification = "a push of 40 is refused";
        VERIFY_RESULT(b.command(k));
        VERIFY_FAILS(turn("verified"), Code::Invalid);
        VERIFY_RESULT(turn("verified", "refused on Tuesday"));
        VERIFY_FAILS(turn("open"), Code::Invalid);
        VERIFY_RESULT(turn("open", "came back"));
        VERIFY_FAILS(b.command(desk::TurnAction{"INC-1", "done", {}, 2}), Code::NotFound);
    }

    // --- given out, what recurs ---
    void whatIsGivenOutIsKnownByItsBytes()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        VERIFY_FAILS(b.command(desk::RecordPublication{"INC-1", "customers", "pdf", {}, "abc"}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::RecordPublication{"INC-1", " ", "pdf", {}, std::string(64, 'a')}), Code::Invalid);
        QCOMPARE(b.command(desk::RecordPublication{"INC-1", "customers", "pdf", {}, std::string(64, 'a')})->id, std::string("publication/1"));
        VERIFY_FAILS(b.command(desk::AllowLeak{"INC-1", std::string(desk::kAllowedBytes + 1, 'x'), "known"}), Code::TooLarge);
        VERIFY_FAILS(b.command(desk::AllowLeak{"INC-1", "10.0.0.1", " "}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::AllowLeak{"INC-1", "a password", "an example"}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::AllowLeak{"INC-1", "A GitHub Token", "an example"}), Code::Invalid);
        VERIFY_RESULT(b.command(desk::AllowLeak{"INC-1", "10.0.0.1", "an example"}));
        QVERIFY(b.review().allowed.at(0).words == "10.0.0.1" && b.review().publications.size() == 1);
    }
    void aPatternIsMetWithWhatShowsIt()
    {
        ReviewBench b;
        VERIFY_FAILS(b.command(desk::KeepPattern{}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::KeepPattern{0, "x", {}, {"no.factor"}, {}, {}}), Code::NotFound);
        VERIFY_FAILS(b.command(desk::KeepPattern{0, "x", {}, {}, {}, {"INC-9"}}), Code::NotFound);
        VERIFY_FAILS(b.command(desk::KeepPattern{0, std::string(desk::kPatternTitleBytes + 1, 'x'), {}, {}, {}, {}}), Code::TooLarge);
        VERIFY_RESULT(b.command(desk::KeepPattern{0, "pushes nobody sees", {}, {"trigger.configuration-push"}, {"cart"}, {"INC-1"}}));
        VERIFY_FAILS(b.command(desk::TurnPattern{1, "met", "seen"}), Code::Conflict); // nothing could be
        VERIFY_RESULT(b.command(desk::KeepPattern{1, {}, "every push is in the change feed within 60 s", {}, {}, {}}));
        VERIFY_FAILS(b.command(desk::TurnPattern{1, "met", {}}), Code::Invalid);
        VERIFY_RESULT(b.command(desk::TurnPattern{1, "met", "a month without one"}));
        VERIFY_FAILS(b.command(desk::TurnPattern{2, "open", {}}), Code::NotFound);
        const auto p = b.ask([](const state::State &s) { return s.patterns.at(0); });
        QVERIFY(p.title == "pushes nobody sees" && p.factors.size() == 1 && p.services.size() == 1 && p.state == PatternState::Met);
        b.restart();
        b.pass(seconds(1));
        QCOMPARE(QString::fromStdString(firstDifference(b.dumped(), b.committed())), QString());
    }

    // --- what is struck and erased ---
    void aTextThatIsStruckIsGoneFromTheReviewAndTheRestStays()
    {
        ReviewBench b;
        VERIFY_RESULT(b.command(desk::WriteLog{"INC-1", "the token is *hunter2-hunter2*"}));
        const auto seq = b.ask([](const state::State &s) { return s.incident("INC-1")->timeline.back().seq; });
        const std::string lengthy = "the passphrase is " + std::string(400, 'q') + " zebra-zebra";
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "active", "again"}));
        VERIFY_RESULT(b.command(desk::RaiseHypothesis{"INC-1", lengthy}, "ben"));
        const auto longSeq = b.ask([](const state::State &s) { return s.incident("INC-1")->timeline.back().seq; });
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", {}}));
        VERIFY_RESULT(b.open());
        QVERIFY(b.section("hypotheses").text().find("the passphrase is qqq") != std::string::npos);
        VERIFY_RESULT(b.write("narrative", "Before. It said: the token is \\*hunter2-hunter2\\*, and then more."));
        VERIFY_RESULT(b.write("summary", "nothing of it"));
        VERIFY_RESULT(b.command(desk::StrikeText{"INC-1", std::to_string(seq), "a secret"}));
        VERIFY_RESULT(b.command(desk::StrikeText{"INC-1", std::to_string(longSeq), "a secret"}));
        for (int n = 0; n < 2; ++n) {
            const std::string all = b.dumped();
            QVERIFY2(all.find("hunter2") == std::string::npos && all.find("qqq") == std::string::npos, "a copy stays");
            QCOMPARE(b.section("narrative").text(), std::string_view("Before. It said: [struck], and then more."));
            QCOMPARE(b.section("summary").text(), std::string_view("nothing of it"));
            QVERIFY(b.section("hypotheses").text().find("the pool limit") != std::string::npos);
            QCOMPARE(QString::fromStdString(firstDifference(b.dumped(), b.committed())), QString());
            b.restart();
            b.pass(seconds(1));
        }
    }
    void aSectionThatIsStruckItselfIsGoneWhole()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        VERIFY_RESULT(b.write("narrative", "one secret and another"));
        const auto seq = b.section("narrative").revisions.back().seq;
        VERIFY_RESULT(b.command(desk::StrikeText{"INC-1", std::to_string(seq), "all of it"}));
        QCOMPARE(b.section("narrative").text(), std::string_view(events::kStruckText));
        VERIFY_RESULT(b.write("narrative", "anew"));
        QCOMPARE(b.section("narrative").text(), std::string_view("anew"));
    }
    void anErasedIncidentTakesItsReviewAlong()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        VERIFY_RESULT(b.write("narrative", "zebra-zebra"));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "closed", {}}));
        VERIFY_RESULT(b.command(desk::EraseStreams{{"incident/INC-1"}, "old"}));
        QVERIFY(b.dumped().find("zebra-zebra") == std::string::npos);
    }
};

QD_TEST(TestReview)
#include "tst_review.moc"
