// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"
#include "core/review/gates.h"
#include "tests/core/desk/reviewbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// Sections of a review: written by one at a time, and no word is lost.
class TestReviewSections final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // --- sections ---
    void aSectionIsWrittenByOneAtATime()
    {
        ReviewBench b;
        VERIFY_FAILS(b.command(desk::HoldSection{"INC-1", "narrative"}), Code::Conflict); // no review yet
        VERIFY_RESULT(b.open());
        VERIFY_RESULT(b.command(desk::HoldSection{"INC-1", "narrative"}));
        QCOMPARE(b.section("narrative").heldBy, std::string("ana"));
        VERIFY_FAILS(b.command(desk::HoldSection{"INC-1", "narrative"}, "ben"), Code::Conflict);
        VERIFY_FAILS(b.command(desk::HoldSection{"INC-1", "narrative", true}, "ben"), Code::Conflict); // not theirs to let go of
        VERIFY_FAILS(b.write("narrative", "theirs", "ben"), Code::Conflict);
        VERIFY_RESULT(b.write("narrative", "ours"));
        VERIFY_RESULT(b.command(desk::HoldSection{"INC-1", "narrative", true}));
        VERIFY_RESULT(b.write("narrative", "theirs", "ben"));
        QCOMPARE(b.section("narrative").text(), std::string_view("theirs"));
        VERIFY_RESULT(b.command(desk::WriteSection{"INC-1", "narrative", "x", b.section("narrative").revision(), false, true}, "ben"));
        VERIFY_FAILS(b.command(desk::HoldSection{"INC-1", "Not A Name"}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::HoldSection{"INC-1", std::string(41, 'a')}), Code::Invalid);
        VERIFY_RESULT(b.command(desk::HoldSection{"INC-1", std::string(40, 'a')}));
    }
    void whoTakesASectionOverSaysSoAndNoWordIsLost()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        VERIFY_RESULT(b.command(desk::HoldSection{"INC-1", "impact"}));
        VERIFY_RESULT(b.write("impact", "ana's half", "ana", true));
        VERIFY_RESULT(b.command(desk::HoldSection{"INC-1", "impact", false, true}, "ben"));
        QCOMPARE(b.lines().back().text, std::string("took over the section impact from ana"));
        // Ana's editor saves on: it was cut off and does not know. Nothing of Ben's is touched, and her words are kept once.
        const std::uint32_t base = b.section("impact").revision();
        VERIFY_RESULT(b.command(desk::WriteSection{"INC-1", "impact", "ana's whole", base, true}));
        VERIFY_RESULT(b.command(desk::WriteSection{"INC-1", "impact", "ana's whole, on", base, true}));
        VERIFY_RESULT(b.write("impact", "ben's", "ben"));
        state::Section s = b.section("impact");
        QCOMPARE(s.text(), std::string_view("ben's"));
        QCOMPARE(s.asides.size(), std::size_t(1));
        QVERIFY(s.asides[0].text == "ana's whole, on" && s.asides[0].by == "ana" && s.asides[0].number != s.revision());
        QVERIFY(std::any_of(s.revisions.begin(), s.revisions.end(), [](const state::Revision &r) { return r.text == "ana's half"; }));
        // Put together by hand.
        VERIFY_RESULT(b.command(desk::WriteSection{"INC-1", "impact", "both", s.revision(), false, false, s.asides[0].number}, "ben"));
        QVERIFY(b.section("impact").asides.empty() && b.section("impact").text() == "both");
        QCOMPARE(b.dumped(), b.committed());
    }
    void aConflictKeepsBothTexts()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        const std::uint32_t base = b.section("summary").revision();
        VERIFY_RESULT(b.command(desk::WriteSection{"INC-1", "summary", "first", base}));
        const auto second = b.command(desk::WriteSection{"INC-1", "summary", "second", base}, "ben");
        VERIFY_RESULT(second);
        QVERIFY(second->notes.size() == 1 && second->notes[0].find("kept beside") != std::string::npos);
        QCOMPARE(b.section("summary").text(), std::string_view("first"));
        QCOMPARE(b.section("summary").asides.at(0).text, std::string("second"));
        VERIFY_FAILS(b.command(desk::WriteSection{"INC-1", "summary", "x", 99}), Code::Invalid);
    }
    void noTextBesideASectionIsDroppedForAnother()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        const std::uint32_t first = b.section("summary").revision();
        VERIFY_RESULT(b.write("summary", "theirs", "ben"));
        const std::uint32_t second = b.section("summary").revision();
        VERIFY_RESULT(b.write("summary", "theirs, on", "ben"));
        const auto aside = [&](const std::string &text, std::uint32_t base, bool draft = true, const char *by = "ana") { return b.command(desk::WriteSection{"INC-1", "summary", text, base, draft}, by); };
        // Two windows of one person, each over what it shows: both are kept, and each goes on from its own.
        for (const char *text : {"one", "one and more"})
            VERIFY_RESULT(aside(text, first));
        for (const char *text : {"two", "two and more"})
            VERIFY_RESULT(aside(text, second));
        state::Section s = b.section("summary");
        QVERIFY(s.asides.size() == 2 && s.asides[0].text == "one and more" && s.asides[1].text == "two and more");
        for (std::size_t n = 2; n < state::kAsidesKept; ++n)
            VERIFY_RESULT(aside("more " + std::to_string(n), first, false, "zoe"));
        VERIFY_FAILS(aside("too much", first, false, "zoe"), Code::TooLarge);
        QCOMPARE(b.section("summary").asides.at(0).text, std::string("one and more"));
        VERIFY_RESULT(aside("two, and to its end", second)); // in the place of the draft it goes on from
        s = b.section("summary");
        QVERIFY(s.asides.size() == state::kAsidesKept);
        VERIFY_RESULT(b.command(desk::WriteSection{"INC-1", "summary", "both", s.revision(), false, false, s.asides[0].number}));
        QCOMPARE(b.section("summary").asides.size(), state::kAsidesKept - 1);
        QCOMPARE(b.dumped(), b.committed());
    }
    /// Over the same text: they are told apart by the window that saves.
    void twoWindowsOfOnePersonOverOneTextLoseNoWord()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        const std::uint32_t base = b.section("summary").revision();
        const auto save = [&](const char *window, const std::string &text, std::uint32_t over, bool draft = true) { return b.command(desk::WriteSection{"INC-1", "summary", text, over, draft, false, 0, window}); };
        VERIFY_RESULT(save("left", "left", base));
        const std::uint32_t left = b.section("summary").revision();
        VERIFY_RESULT(save("right", "right", base)); // it does not know of it yet
        VERIFY_RESULT(save("right", "right, on", base));
        VERIFY_RESULT(save("left", "left, on", left));
        state::Section s = b.section("summary");
        QCOMPARE(s.text(), std::string_view("left, on"));
        QVERIFY(s.asides.size() == 1 && s.asides[0].text == "right, on");
        // Somebody else writes: both are beside it, and each goes on in its own.
        const std::uint32_t mine = s.revision();
        VERIFY_RESULT(b.write("summary", "theirs", "ben"));
        for (const char *window : {"left", "right", "left"})
            VERIFY_RESULT(save(window, std::string(window) + " beside", mine));
        s = b.section("summary");
        QCOMPARE(s.asides.size(), std::size_t(3));
        QVERIFY(s.asides[0].text == "right, on" && s.asides[1].text == "right beside" && s.asides[2].text == "left beside");
        // One that says it is done takes the place of its own draft alone.
        VERIFY_RESULT(save("right", "right, done", mine, false));
        s = b.section("summary");
        QVERIFY(s.asides.size() == 3 && s.asides[1].text == "left beside" && s.asides[2].text == "right, done" && s.asides[2].editor.empty());
        // A window that writes over the other's draft as it was shown it leaves it where it can be read.
        VERIFY_RESULT(save("left", "new", s.revision()));
        VERIFY_RESULT(save("right", "newer", b.section("summary").revision()));
        s = b.section("summary");
        QVERIFY(s.text() == "newer" && s.revisions[s.revisions.size() - 2].text == "new");
        VERIFY_RESULT(save("right", "newest", s.revision(), false));
        s = b.section("summary");
        QVERIFY(s.text() == "newest" && s.revisions[s.revisions.size() - 2].text == "new"); // its draft became this
        QCOMPARE(b.dumped(), b.committed());
    }
    void aDraftTakesThePlaceOfTheSamePersonsDraft()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        for (const char *text : {"o", "ou", "our"})
            VERIFY_RESULT(b.write("summary", text, "ana", true));
        QCOMPARE(b.section("summary").revisions.size(), std::size_t(2)); // what it was opened with, and hers
        VERIFY_RESULT(b.write("summary", "our", "ana"));
        QCOMPARE(b.section("summary").revisions.size(), std::size_t(2));
        QVERIFY(!b.section("summary").revisions.back().draft);
        const auto same = b.write("summary", "our", "ana", true);
        VERIFY_RESULT(same);
        QVERIFY(!same->notes.empty() && b.section("summary").revisions.size() == 2);
    }
    /// What a window or `review show` gives has "[sealed: …]" where words are kept from the reader; saving that keeps the words.
    void whatIsKeptFromItsWriterStaysInASection()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        VERIFY_RESULT(b.write("narrative", "It began with [[restricted: the notice of the bank]].\nThen [[restricted: a call]]."));
        const std::string first = "It began with [sealed: restricted, short].", second = "Then [sealed: restricted, short].";
        VERIFY_RESULT(b.write("narrative", first + " We saw it late.\n" + second, "ben", true));
        QCOMPARE(b.section("narrative").text(), std::string_view("It began with [[restricted: the notice of the bank]]. We saw it late.\nThen [[restricted: a call]]."));
        // … also with a mark of one's own before it, saved while it is typed and after it was read back.
        VERIFY_RESULT(b.write("narrative", first + "\n[[restricted: mine]]\n" + second, "ben", true));
        VERIFY_RESULT(b.write("narrative", first + "\n[[restricted: mine, too]]\n" + second, "ben", true));
        VERIFY_RESULT(b.write("narrative", first + "\n[sealed: restricted, short]\n" + second, "ben"));
        const std::string whole = "It began with [[restricted: the notice of the bank]].\n[[restricted: mine, too]]\nThen [[restricted: a call]].";
        QCOMPARE(b.section("narrative").text(), std::string_view(whole));
        // Missing, swapped, one more, taken into a mark: nothing is written.
        for (const std::string &text : {first, second + "\n[sealed: restricted, short]\n" + first, first + "\n[sealed: restricted, short]\n" + second + first, "[[internal: " + first + "\n[sealed: restricted, short]\n" + second, std::string("gone")})
            VERIFY_FAILS(b.write("narrative", text, "eve"), Code::Conflict);
        QCOMPARE(b.section("narrative").text(), std::string_view(whole));
        // One who sees them whole writes as they like: ana, with the text itself.
        VERIFY_RESULT(b.write("narrative", "It began with [[restricted: the notice of the bank]].\n[sealed: restricted, short]\nThen [[restricted: a call]]. On."));
        QCOMPARE(b.section("narrative").text(), std::string_view(whole + " On."));
        VERIFY_RESULT(b.write("summary", "As in the log: [sealed: restricted, short]", "ben")); // nothing is kept there: words as others
        QCOMPARE(b.dumped(), b.committed());
    }
    void whoMayReadWhatIsKeptMayTakeItOut()
    {
        Workspace w = aWorkspaceToReview();
        ClearanceRule cleared;
        cleared.id = "cleared";
        cleared.level = DataClass::Restricted;
        cleared.people = {"ana"};
        w.clearances.push_back(cleared);
        ReviewBench b("SEV1", std::move(w));
        VERIFY_RESULT(b.open());
        VERIFY_RESULT(b.write("impact", "a [[restricted: b]] c", "ben"));
        VERIFY_FAILS(b.write("impact", "a c", "eve"), Code::Conflict);
        VERIFY_RESULT(b.write("impact", "a [sealed: restricted, short] d", "ana")); // at a window also they see it sealed
        QCOMPARE(b.section("impact").text(), std::string_view("a [[restricted: b]] d"));
        VERIFY_RESULT(b.write("impact", "a d", "ana"));
        QCOMPARE(b.section("impact").text(), std::string_view("a d"));
    }
    /// Restricted words nobody here may read hold no section: their writer takes them out, however many wrote since, and the owner with a reason.
    void restrictedWordsAreTakenOutByTheirWriterAndByTheOwnerWithAReason()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        const std::string hole = "[sealed: restricted, short]";
        const auto written = b.write("narrative", "a [[restricted: x]] b", "ben");
        VERIFY_RESULT(written);
        QVERIFY2(written->notes.size() == 1 && written->notes[0].starts_with("1 part of it is marked so that you may not read it again yourself; restricted words"), written->notes.empty() ? "" : written->notes[0].c_str());
        const auto again = b.write("narrative", "a " + hole + " b, c", "eve");
        VERIFY_RESULT(again);
        QVERIFY(again->notes.empty()); // they were there before
        VERIFY_RESULT(b.write("narrative", "a " + hole + " b, c, d", "ben"));
        VERIFY_FAILS(b.write("narrative", "a b, c, d", "eve"), Code::Conflict);
        VERIFY_RESULT(b.write("narrative", "a b, c, d", "ben")); // put there two revisions ago
        QCOMPARE(b.section("narrative").text(), std::string_view("a b, c, d"));

        VERIFY_RESULT(b.write("impact", "a [[restricted for zoe: x]] b", "ben"));
        const auto without = [&](const std::string &person, const std::string &reason) {
            desk::WriteSection w{"INC-1", "impact", "a b", b.section("impact").revision()};
            w.reason = reason;
            return b.command(w, person);
        };
        VERIFY_FAILS(without("eve", "it holds us up"), Code::Conflict);
        VERIFY_FAILS(without("ana", ""), Code::Conflict);
        VERIFY_FAILS(without("ana", "  "), Code::Conflict);
        QCOMPARE(b.review().owner, std::string("ana"));
        VERIFY_RESULT(without("ana", "it holds us up"));
        QCOMPARE(b.section("impact").text(), std::string_view("a b"));
        const auto said = b.ask([](const state::State &s) { return s.incident("INC-1")->timeline.back().text; });
        QCOMPARE(said, std::string("took 1 part that was kept from whoever did it out of the section impact of the review: it holds us up"));
        QCOMPARE(b.dumped(), b.committed());
    }
    void wordsTheRecordPreFilledMayGo()
    {
        ReviewBench b;
        VERIFY_RESULT(b.command(desk::CorrectTitle{"INC-1", "Outage of [[restricted: x]]", "named"}));
        VERIFY_RESULT(b.open());
        QVERIFY(b.section("summary").text().find("[[restricted: x]]") != std::string_view::npos);
        VERIFY_RESULT(b.write("summary", "A wholly other text.", "ben"));
        QCOMPARE(b.section("summary").text(), std::string_view("A wholly other text."));
    }
    void whoWroteMarkedWordsIsKnownAsLongAsNoEarlierTextWasDropped()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        VERIFY_RESULT(b.write("impact", "a [[restricted: x]] 0", "ben"));
        for (std::size_t n = 0; n < state::kRevisionsOfSection; ++n)
            VERIFY_RESULT(b.write("impact", "a [sealed: restricted, short] " + std::to_string(n + 1), n % 2 == 0 ? "eve" : "ben"));
        VERIFY_FAILS(b.write("impact", "a", "ben"), Code::Conflict);
    }
    void whatIsKeptInATextBesideASectionIsNotSettledAway()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        const std::uint32_t base = b.section("summary").revision();
        VERIFY_RESULT(b.command(desk::WriteSection{"INC-1", "summary", "first", base}));
        VERIFY_RESULT(b.command(desk::WriteSection{"INC-1", "summary", "second [[restricted: b]]", base}, "ben"));
        const state::Section s = b.section("summary");
        VERIFY_FAILS(b.command(desk::WriteSection{"INC-1", "summary", "first\nsecond [sealed: restricted, short]", s.revision(), false, false, s.asides.at(0).number}, "eve"), Code::Conflict);
        VERIFY_RESULT(b.command(desk::WriteSection{"INC-1", "summary", "first\nsecond [[restricted: b]]", s.revision(), false, false, s.asides.at(0).number}, "ben"));
        QVERIFY(b.section("summary").asides.empty());
    }
    void aSectionHasItsLimit()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        VERIFY_RESULT(b.write("summary", std::string(state::kSectionBytes, 'x')));
        QCOMPARE(b.section("summary").text().size(), state::kSectionBytes);
        VERIFY_FAILS(b.write("summary", std::string(state::kSectionBytes + 1, 'x')), Code::TooLarge);
        for (std::size_t n = std::size(kReviewSections); n < state::kSectionsKept; ++n)
            VERIFY_RESULT(b.write("own-" + std::to_string(n), "x"));
        VERIFY_FAILS(b.write("one-more", "x"), Code::TooLarge);
        for (std::size_t n = 0; n < state::kRevisionsOfSection + 5; ++n)
            VERIFY_RESULT(b.write("impact", "text " + std::to_string(n)));
        QCOMPARE(b.section("impact").revisions.size(), state::kRevisionsOfSection);
        QVERIFY(review::isWritten(b.section("impact")));
    }

    void aSectionThatIsMistypedIsNotMade()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        for (const char *near : {"sumary", "impakt", "external-", "time-line"}) {
            const auto refused = b.write(near, "x");
            VERIFY_FAILS(refused, Code::Invalid);
            QVERIFY2(refused.error().message.find("did you mean") != std::string::npos, refused.error().message.c_str());
        }
        const auto own = b.write("costs", "x");
        VERIFY_RESULT(own);
        QCOMPARE(own->notes.size(), std::size_t(1));
        QVERIFY(b.write("costs", "y")->notes.empty()); // it is there
        QVERIFY(b.write("external", "z")->notes.empty()); // nor is that one of their own
    }
    /// Whoever struck or classed a line made nobody's half sentence the text of the section, and took nobody's words that have nothing to do with it.
    void ofASectionUnderSomebodysDraftWhatCountsIsToldAgainAndTheDraftStaysOne()
    {
        ReviewBench b;
        VERIFY_RESULT(b.command(desk::WriteLog{"INC-1", "the token is hunter2-hunter2"}));
        const auto seq = b.ask([](const state::State &s) { return s.incident("INC-1")->timeline.back().seq; });
        VERIFY_RESULT(b.open());
        VERIFY_RESULT(b.write("narrative", "Done: the token is hunter2-hunter2, and what it opened."));
        desk::WriteSection draft;
        draft.incident = "INC-1";
        draft.section = "narrative";
        draft.text = "half a sentence with the token is hunter2-hunter2";
        draft.base = b.section("narrative").revision();
        draft.draft = true;
        VERIFY_RESULT(b.command(draft, "ben"));
        VERIFY_RESULT(b.command(desk::StrikeText{"INC-1", std::to_string(seq), "a secret"}));
        for (int n = 0; n < 2; ++n) {
            const state::Section s = b.section("narrative");
            QCOMPARE(s.countedText(), std::string_view("Done: [struck], and what it opened."));
            QVERIFY(s.revisions.back().draft && s.revisions.back().by == "ben");
            QCOMPARE(s.text(), std::string_view("half a sentence with [struck]"));
            QVERIFY(b.dumped().find("hunter2") == std::string::npos);
            QCOMPARE(QString::fromStdString(firstDifference(b.dumped(), b.committed())), QString());
            b.restart();
            b.pass(seconds(1));
        }
    }

    /// By what the record wrote first it is known which lines stay among ourselves.
    void theRecordsFirstTextIsNotDroppedForDrafts()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        for (std::size_t n = 0; n < state::kRevisionsOfSection + 5; ++n)
            VERIFY_RESULT(b.write("summary", "version " + std::to_string(n)));
        const state::Section s = b.section("summary");
        QCOMPARE(s.revisions.size(), state::kRevisionsOfSection);
        QVERIFY(s.revisions.front().number == 1 && s.revisions.front().by == "core");
        QCOMPARE(s.countedText(), std::string_view("version " + std::to_string(state::kRevisionsOfSection + 4)));
    }
};

QD_TEST(TestReviewSections)
#include "tst_reviewsections.moc"
