// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/amounts.h"
#include "core/control/review.h"
#include "core/desk/past.h"
#include "core/review/gates.h"
#include "core/search/documents.h"
#include "tests/core/desk/reviewbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

namespace {

/// Ana commands by right, Eve owns the review of INC-1 and Zoe leads it; everybody may respond.
Workspace aLedReview()
{
    Workspace w = aWorkspaceToReview();
    w.rights = {{"all", Right::Respond, {}, {}, true, {}, {}}, {"boss", Right::Administer, {"max"}, {}, false, {}, {}}, {"c", Right::Command, {"ana"}, {}, false, {}, {}}};
    w.review.gates = {"attendance", "signatures"};
    return w;
}

struct DebriefBench : ReviewBench {
    explicit DebriefBench(Workspace w = aWorkspaceToReview()) : ReviewBench("SEV1", std::move(w)) {}

    Result<Outcome> meeting(std::vector<std::string> people, const std::string &by = "ana", const std::string &at = {}) { return command(desk::HoldMeeting{"INC-1", at, std::move(people)}, by); }
    Result<Outcome> cost(const std::string &amount, const std::string &what, std::uint32_t number = 0, bool withdraw = false) { return command(desk::NoteCost{"INC-1", what, amount, number, withdraw}); }
    Result<Outcome> feedback(std::uint32_t score, const std::string &text, const std::string &by, bool isNamed = false) { return command(desk::GiveFeedback{"INC-1", text, score, isNamed}, by); }
    state::Debrief debrief() { return review().debrief; }
    review::Gate gate(std::string_view name)
    {
        return ask([&](const state::State &s) {
            for (const review::Gate &g : review::gatesOf(s, *s.incident("INC-1")))
                if (g.name == name)
                    return g;
            return review::Gate{};
        });
    }
    /// The events of the records from `first` on.
    std::vector<events::Events> records(std::uint64_t first)
    {
        std::vector<events::Events> out;
        const auto read = desk::replay(*journal, first, journal->head(), [&](const desk::Record &r) {
            out.push_back(r.events);
            return true;
        });
        Q_ASSERT(read);
        return out;
    }
    /// The records from `first` on, as they go into the journal.
    std::vector<std::string> recorded(std::uint64_t first)
    {
        std::vector<std::string> out;
        const auto read = desk::replay(*journal, first, journal->head(), [&](const desk::Record &r) {
            for (const auto &part : events::encodeRecord(r.events, r.time))
                out.push_back(part.stream + ": " + std::string(part.body.begin(), part.body.end()));
            return true;
        });
        Q_ASSERT(read);
        return out;
    }
};

} // namespace

/// What a review is talked over, signed and counted in, through the one front door.
class TestDebrief final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // --- the meeting ---
    void whoLeadsTheReviewSaysWhoWasAtItsMeeting()
    {
        DebriefBench b(aLedReview());
        VERIFY_FAILS(b.meeting({"ana"}), Code::Conflict); // there is no review yet
        VERIFY_RESULT(b.open("ben"));
        desk::OpenReview o;
        o.incident = "INC-1";
        o.owner = "eve";
        o.facilitator = "zoe";
        VERIFY_RESULT(b.command(o));
        const auto refused = b.meeting({"ben"}, "ben");
        VERIFY_FAILS(refused, Code::Forbidden);
        QVERIFY2(refused.error().message.find("Eve Abara") != std::string::npos, refused.error().message.c_str());
        VERIFY_RESULT(b.meeting({"ben"}, "eve"));
        VERIFY_RESULT(b.meeting({"ben"}, "zoe"));
        VERIFY_RESULT(b.meeting({"ben", "ana", "ben"}, "ana")); // what is said last counts, and each once
        QCOMPARE(b.debrief().attended, (std::vector<std::string>{"ben", "ana"}));
        QVERIFY(b.debrief().heldAt == b.clock.now());
        QCOMPARE(b.lines().back().text, std::string("the review's meeting was held, with 2 people"));
        QCOMPARE(b.dumped(), b.committed());
    }
    void whatCannotBeSaidOfAMeetingIsRefused()
    {
        DebriefBench b;
        VERIFY_RESULT(b.open());
        VERIFY_FAILS(b.meeting({}), Code::Invalid);
        VERIFY_FAILS(b.meeting({"ana", "nobody"}), Code::NotFound);
        VERIFY_FAILS(b.meeting(std::vector<std::string>(201, "ana")), Code::TooLarge);
        VERIFY_RESULT(b.meeting(std::vector<std::string>(200, "ana")));
        QCOMPARE(b.debrief().attended, std::vector<std::string>{"ana"});
        VERIFY_FAILS(b.meeting({"ana"}, "ana", "yesterday"), Code::Invalid);
        VERIFY_FAILS(b.meeting({"ana"}, "ana", toRfc3339(b.review().openedAt - seconds(1))), Code::Invalid);
        VERIFY_FAILS(b.meeting({"ana"}, "ana", toRfc3339(b.clock.now() + hours(1))), Code::Invalid);
        VERIFY_RESULT(b.meeting({"ana"}, "ana", toRfc3339(b.review().openedAt)));
        VERIFY_RESULT(b.turn("in review"));
        b.complete();
        VERIFY_RESULT(b.turn("reviewed"));
        VERIFY_RESULT(b.meeting({"ana"}));
        VERIFY_RESULT(b.turn("closed"));
        VERIFY_FAILS(b.meeting({"ana"}), Code::Conflict);
    }
    void aMeetingThatWasArrangedWasHeldThen()
    {
        DebriefBench b;
        VERIFY_RESULT(b.open());
        desk::OpenReview o;
        o.incident = "INC-1";
        o.meeting = "2d";
        VERIFY_RESULT(b.command(o));
        VERIFY_RESULT(b.meeting({"ana"})); // before it: now
        QVERIFY(b.debrief().heldAt == b.clock.now());
        b.pass(hours(50));
        VERIFY_RESULT(b.meeting({"ana"}));
        QVERIFY(b.debrief().heldAt == b.review().meeting && b.debrief().heldAt < b.clock.now());
    }

    // --- signatures ---
    void aSignatureStandsForWhatWasWrittenBeforeIt()
    {
        DebriefBench b(aLedReview());
        VERIFY_FAILS(b.command(desk::SignReview{"INC-1", false}), Code::Conflict); // there is no review yet
        VERIFY_RESULT(b.open());
        VERIFY_FAILS(b.command(desk::SignReview{"INC-1", true}), Code::NotFound); // not signed
        VERIFY_RESULT(b.write("summary", "ours"));
        VERIFY_RESULT(b.command(desk::SignReview{"INC-1", false}));
        VERIFY_RESULT(b.command(desk::SignReview{"INC-1", false}, "ben"));
        QVERIFY(b.gate("signatures").standing == review::GateStanding::Met);
        VERIFY_RESULT(b.write("summary", "ours, and more", "ben"));
        QCOMPARE(b.gate("signatures").missing, (std::vector<std::string>{"Ana signed before the last change", "Ben signed before the last change"}));
        VERIFY_RESULT(b.command(desk::SignReview{"INC-1", false})); // once a person: the newest counts
        QCOMPARE(b.debrief().signatures.size(), std::size_t(2));
        QCOMPARE(b.gate("signatures").missing, std::vector<std::string>{"Ben signed before the last change"});
        VERIFY_RESULT(b.command(desk::SignReview{"INC-1", true}, "ben"));
        QCOMPARE(b.gate("signatures").missing, std::vector<std::string>{"Ben"});
        QCOMPARE(b.lines().back().text, std::string("took the signature back"));
        QCOMPARE(b.dumped(), b.committed());
    }
    void aClosedReviewIsSignedNoMore()
    {
        DebriefBench b;
        VERIFY_RESULT(b.open());
        VERIFY_RESULT(b.command(desk::SignReview{"INC-1", false}));
        VERIFY_RESULT(b.turn("in review"));
        b.complete();
        VERIFY_RESULT(b.turn("reviewed"));
        VERIFY_RESULT(b.command(desk::SignReview{"INC-1", false}));
        VERIFY_RESULT(b.turn("closed"));
        VERIFY_FAILS(b.command(desk::SignReview{"INC-1", false}, "ben"), Code::Conflict);
        VERIFY_FAILS(b.command(desk::SignReview{"INC-1", true}), Code::Conflict); // what was signed stays signed
    }
    void aReviewKeepsSoManySignatures()
    {
        DebriefBench b;
        VERIFY_RESULT(b.open());
        for (std::size_t n = 0; n < state::kSignaturesKept; ++n)
            VERIFY_RESULT(b.command(desk::SignReview{"INC-1", false}, "p" + std::to_string(n)));
        VERIFY_FAILS(b.command(desk::SignReview{"INC-1", false}, "one-more"), Code::TooLarge);
        VERIFY_RESULT(b.command(desk::SignReview{"INC-1", false}, "p0")); // anew
        QCOMPARE(b.debrief().signatures.size(), state::kSignaturesKept);
    }
    void theMeetingAndTheSignaturesHoldTheReviewWhereTheyAreAskedFor()
    {
        DebriefBench b(aLedReview());
        VERIFY_RESULT(b.open());
        VERIFY_RESULT(b.turn("in review"));
        const auto held = b.turn("reviewed");
        VERIFY_FAILS(held, Code::Conflict);
        for (const char *part : {"attendance (no meeting was held)", "signatures (Ana, Ben)"})
            QVERIFY2(held.error().message.find(part) != std::string::npos, held.error().message.c_str());
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", {}, {}, "zoe"}, "ben")); // Zoe sits there for him
        VERIFY_RESULT(b.meeting({"ana", "zoe"}));
        VERIFY_RESULT(b.command(desk::SignReview{"INC-1", false}));
        VERIFY_FAILS(b.turn("reviewed"), Code::Conflict);
        VERIFY_RESULT(b.command(desk::WaiveGate{"INC-1", "signatures", "he left"}));
        VERIFY_RESULT(b.turn("reviewed"));
    }

    // --- what it cost ---
    void moneyIsNotedChangedAndTakenBack()
    {
        DebriefBench b;
        QCOMPARE(b.cost("1234.5", "cloud, two hours")->id, std::string("cost/1")); // without a review as well
        QCOMPARE(b.cost("0", "credits, not paid yet")->id, std::string("cost/2"));
        VERIFY_RESULT(b.cost("80", {}, 2));
        state::Cost two = b.debrief().costs.at(1);
        QVERIFY(two.cents == 8000 && two.what == "credits, not paid yet" && two.by == "ana" && !two.withdrawn);
        VERIFY_RESULT(b.cost({}, "credits", 2));
        VERIFY_RESULT(b.cost({}, {}, 2, true));
        two = b.debrief().costs.at(1);
        QVERIFY(two.cents == 8000 && two.what == "credits" && two.withdrawn);
        QCOMPARE(b.lines().back().text, std::string("cost taken back: credits"));
        VERIFY_FAILS(b.cost({}, {}, 2, true), Code::Conflict);
        VERIFY_RESULT(b.cost({}, {}, 2)); // after all
        QVERIFY(!b.debrief().costs.at(1).withdrawn && b.debrief().costs.at(0).cents == 123450);
        VERIFY_RESULT(b.open());
        QCOMPARE(b.debrief().costs.size(), std::size_t(2)); // a review that opens finds them
        QCOMPARE(b.dumped(), b.committed());
    }
    void whatIsNoCostIsRefused()
    {
        DebriefBench b;
        VERIFY_FAILS(b.cost("12", " "), Code::Invalid);
        VERIFY_FAILS(b.cost({}, "cloud"), Code::Invalid);
        for (const char *amount : {"12,50", "-1", "a lot", "1.234", "1e3"})
            VERIFY_FAILS(b.cost(amount, "cloud"), Code::Invalid);
        VERIFY_FAILS(b.cost("1000000000000.01", "cloud"), Code::Invalid);
        VERIFY_RESULT(b.cost("1000000000000.00", "cloud"));
        QVERIFY(b.debrief().costs.at(0).cents == kMoneyMost);
        VERIFY_FAILS(b.cost("1", std::string(2001, 'x')), Code::TooLarge);
        VERIFY_RESULT(b.cost("1", std::string(2000, 'x')));
        VERIFY_FAILS(b.cost("1", "x", 3), Code::NotFound);
        VERIFY_FAILS(b.cost({}, {}, 0, true), Code::Invalid);
        VERIFY_FAILS(b.cost({}, {}, 1), Code::Invalid); // nothing is different
        VERIFY_FAILS(b.command(desk::NoteCost{"INC-9", "x", "1", 0, false}), Code::NotFound);
        VERIFY_FAILS(b.command(desk::NoteCost{{}, "x", "1", 0, false}), Code::Invalid);
    }
    void anIncidentKeepsSoManyCosts()
    {
        DebriefBench b;
        for (std::size_t n = 0; n < state::kCostsKept; ++n)
            VERIFY_RESULT(b.cost("1", "one"));
        VERIFY_FAILS(b.cost("1", "one more"), Code::TooLarge);
        VERIFY_RESULT(b.cost("2", {}, static_cast<std::uint32_t>(state::kCostsKept)));
    }
    void whatIsLearntOfAMergedIncidentBelongsToTheOther()
    {
        DebriefBench b;
        desk::DeclareIncident d;
        d.title = "The same";
        d.room = false;
        VERIFY_RESULT(b.command(d));
        VERIFY_RESULT(b.command(d));
        VERIFY_RESULT(b.command(desk::MergeIncidents{"INC-2", "INC-3", "the same"}));
        for (const auto &refused : {b.command(desk::NoteCost{"INC-2", "x", "1", 0, false}), b.command(desk::GiveFeedback{"INC-2", {}, 3, false})}) {
            VERIFY_FAILS(refused, Code::Conflict);
            QVERIFY2(refused.error().message.find("part of INC-3") != std::string::npos, refused.error().message.c_str());
        }
    }

    // --- how it was handled ---
    void howItWasHandledIsSaidOnceItIsOver()
    {
        DebriefBench b;
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "active", "again"}));
        VERIFY_FAILS(b.feedback(4, {}, "ben"), Code::Conflict);
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", {}}));
        for (const std::uint32_t score : {0u, 6u})
            VERIFY_FAILS(b.feedback(score, {}, "ben"), Code::Invalid);
        VERIFY_FAILS(b.feedback(1, std::string(2001, 'x'), "ben"), Code::TooLarge);
        QCOMPARE(b.feedback(1, std::string(2000, 'x'), "ben")->id, std::string("feedback/1")); // without a review as well
        VERIFY_RESULT(b.feedback(5, {}, "ana"));
        VERIFY_RESULT(b.feedback(4, "calm", "eve", true));
        VERIFY_FAILS(b.feedback(4, "calm", "eve", true), Code::Conflict); // named, it is known
        const state::Debrief d = b.debrief();
        QVERIFY(d.feedback.size() == 3 && d.feedback[0].person.empty() && d.feedback[1].person.empty() && d.feedback[2].person == "eve");
        QCOMPARE(b.dumped(), b.committed());
    }
    /// All there is to know is what is recorded: it is the same bytes, whoever said it.
    void whoSaidItIsInNoRecord()
    {
        std::vector<std::vector<std::string>> said;
        for (const char *person : {"ben", "zoe"}) {
            DebriefBench b;
            VERIFY_RESULT(b.open());
            const auto lines = b.lines().size();
            const auto before = b.journal->head();
            VERIFY_RESULT(b.feedback(2, "nobody knew who led", person));
            QCOMPARE(b.journal->head(), before + 1); // one record: no trail of another kind beside it
            const auto records = b.records(before + 1);
            QCOMPARE(records.at(0).size(), std::size_t(1));
            QVERIFY(holds<events::FeedbackGiven>(records[0][0]));
            QVERIFY(getIf<events::FeedbackGiven>(&records[0][0])->person.empty());
            said.push_back(b.recorded(before + 1));
            QCOMPARE(b.lines().size(), lines); // nor is there a line about it
            search::documentsOf(records[0], b.clock.now(), [&](const search::Document &found) { QVERIFY2(found.person.empty(), found.person.c_str()); });
            QVERIFY(b.ask([](const state::State &s) { return s.access.looks.empty(); }));
            const auto read = b.ask([](const state::State &s) { return control::reviewJson(s, {"INC-1"}).value_or(std::string()); });
            const auto survey = read.find("\"feedback\""), end = read.find("}]", survey);
            QVERIFY2(survey != std::string::npos && end != std::string::npos && read.substr(survey, end - survey).find(person) == std::string::npos, read.c_str());
        }
        QVERIFY(said[0] == said[1]);
        for (const std::string &part : said[0])
            QVERIFY2(part.find("ben") == std::string::npos && part.find("zoe") == std::string::npos, part.c_str());
    }
    void whoWishesToBeNamedIs()
    {
        DebriefBench b;
        const auto before = b.journal->head();
        VERIFY_RESULT(b.feedback(2, "nobody knew who led", "ben", true));
        const auto records = b.records(before + 1);
        QCOMPARE(getIf<events::FeedbackGiven>(&records.at(0).at(0))->person, std::string("ben"));
    }
    void anIncidentKeepsSoManyAnswers()
    {
        DebriefBench b;
        for (std::size_t n = 0; n < state::kFeedbackKept; ++n)
            VERIFY_RESULT(b.feedback(3, {}, "ben"));
        VERIFY_FAILS(b.feedback(3, {}, "ana"), Code::TooLarge);
    }
    /// Nobody knows who answered, so nobody can be reminded: whoever took part hears of it where they are asked for their words, once.
    void whoTakesPartHearsOfItWithTheirContribution()
    {
        DebriefBench b;
        const auto opened = b.open();
        VERIFY_RESULT(opened);
        QVERIFY(opened->notes.size() == 1 && opened->notes[0].find("quarterdeckctl review feedback INC-1 1 (badly) to 5 (well)") != std::string::npos);
        const auto first = b.command(desk::Contribute{"INC-1", {}, "I saw the limit.", {}}, "ben");
        VERIFY_RESULT(first);
        QVERIFY(first->notes.size() == 1 && first->notes[0].find("review feedback INC-1") != std::string::npos);
        const auto again = b.command(desk::Contribute{"INC-1", {}, "I saw the limit, late.", {}}, "ben");
        VERIFY_RESULT(again);
        QVERIFY(std::none_of(again->notes.begin(), again->notes.end(), [](const std::string &note) { return note.find("review feedback") != std::string::npos; }));
    }

    // --- how sure a rater is ---
    void aRaterSaysHowSureTheyAre()
    {
        DebriefBench b;
        VERIFY_RESULT(b.open());
        const auto rate = [&](const char *confidence) { return b.command(desk::RateFactor{"INC-1", "trigger.none", {}, {"hypothesis/1"}, false, confidence}); };
        VERIFY_FAILS(rate("quite"), Code::Invalid);
        VERIFY_RESULT(rate("high"));
        QVERIFY(b.review().ratings.at(0).confidence == Confidence::High);
        VERIFY_RESULT(rate("")); // as it is said the last time: not
        QVERIFY(b.review().ratings.size() == 1 && b.review().ratings[0].confidence == Confidence::Unsaid);
        VERIFY_RESULT(rate("low"));
        b.restart();
        QVERIFY(b.review().ratings.at(0).confidence == Confidence::Low);
        QCOMPARE(QString::fromStdString(firstDifference(b.dumped(), b.committed())), QString());
    }
};

QD_TEST(TestDebrief)
#include "tst_debrief.moc"
