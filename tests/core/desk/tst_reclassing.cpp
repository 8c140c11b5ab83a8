// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/classbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// A line that has a class is put otherwise, raised, lowered or classed no more: what stays of its marks, and who may.
class TestReclassing final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLinePutOtherwiseStaysClassed()
    {
        ClassBench b;
        const std::uint64_t seq = b.aLine();
        VERIFY_RESULT(b.classify(seq, "confidential"));
        VERIFY_RESULT(b.command(desk::ReviseLog{"INC-1", b.entry(seq).reference, "It is Jane Canary again"}));
        QCOMPARE(b.entry(seq).text, std::string("[[confidential: It is Jane Canary again]]"));
        VERIFY_RESULT(b.command(desk::ReviseLog{"INC-1", b.entry(seq).reference, "[[restricted: Jane Canary]]"})); // stricter, as it says itself
        QCOMPARE(b.entry(seq).text, std::string("[[restricted: Jane Canary]]"));
    }

    /// Classed by itself and with another that it repeats: whoever reads what became of it meets both.
    void aLineThatIsClassedTwiceKeepsBothWhenItIsPutOtherwise()
    {
        ClassBench b;
        const std::uint64_t seq = b.aLine();
        const auto other = b.command(desk::WriteLog{"INC-1", "again: " + kSaid});
        VERIFY_RESULT(other);
        VERIFY_RESULT(b.classify(other->seq, "restricted", {"dana"}));
        VERIFY_RESULT(b.classify(seq, "confidential"));
        QCOMPARE(b.entry(other->seq).text, "[[confidential: [[restricted for dana: again: " + kSaid + "]] ]]");
        VERIFY_RESULT(b.command(desk::ReviseLog{"INC-1", b.entry(other->seq).reference, "It is Joan"}));
        QVERIFY2(sealed(b.entry(other->seq).text, Reader{DataClass::Restricted, {"ana"}}).find("Joan") == std::string::npos, b.entry(other->seq).text.c_str());
        QVERIFY2(sealed(b.entry(other->seq).text, Reader{DataClass::Internal, {"dana"}}).find("Joan") == std::string::npos, b.entry(other->seq).text.c_str());
    }

    void whatIsInSeveralMarksStaysInEachOfThem()
    {
        const std::string line = marked(marked("before", DataClass::Restricted, {"dana"}), DataClass::Confidential);
        QCOMPARE(desk::classedAs(line, "after"), std::string("[[confidential: [[restricted for dana: after]] ]]"));
        QCOMPARE(desk::classedAs(line, line), line);
        QCOMPARE(desk::classedAs(line, "[[restricted for dana: after]]"), std::string("[[restricted for dana: after]]")); // as strict as both
        QCOMPARE(desk::classedAs(line, "[[confidential: after]]"), std::string("[[restricted for dana: [[confidential: after]] ]]"));
        QCOMPARE(desk::classedAs("[[confidential: a]] and [[restricted: b]]", "after"), std::string("after"));
    }

    void itIsRaisedLoweredAndClassedNoMore()
    {
        ClassBench b;
        const std::uint64_t seq = b.aLine();
        VERIFY_RESULT(b.command(desk::WriteLog{"INC-1", "again: " + kSaid}));
        const std::string before = b.at(b.journal->head());
        const std::uint64_t head = b.journal->head();
        VERIFY_RESULT(b.classify(seq, "confidential"));
        VERIFY_RESULT(b.classify(seq, "confidential", {"dana", "ana"}));
        QCOMPARE(b.entry(seq).text, "[[confidential for dana, ana: " + kSaid + "]]"); // one mark, not one in the other
        VERIFY_RESULT(b.classify(seq, "confidential", {"ana"}));
        VERIFY_RESULT(b.classify(seq, "internal"));
        QCOMPARE(b.entry(seq).text, kSaid);
        QCOMPARE(b.at(head), before); // and what repeats it with it
        QCOMPARE(b.dumped(), b.committed());
        b.restart();
        QCOMPARE(b.entry(seq).text, kSaid);
    }

    /// A line is the same whichever of its records is named: the one it was written in, or one that put it otherwise.
    void itIsTheSameLineByEachOfItsRecords()
    {
        ClassBench b;
        const std::uint64_t seq = b.aLine();
        const auto copy = b.command(desk::WriteLog{"INC-1", "again: " + kSaid});
        VERIFY_RESULT(copy);
        const auto revised = b.command(desk::ReviseLog{"INC-1", b.entry(seq).reference, kSaid + " of Bonn"});
        VERIFY_RESULT(revised);
        const std::uint64_t head = b.journal->head();
        const std::string before = b.at(head);
        VERIFY_RESULT(b.classify(seq, "restricted", {"ana"}));
        VERIFY_RESULT(b.classify(revised->seq, "confidential"));
        QCOMPARE(b.entry(copy->seq).text, "[[confidential: again: " + kSaid + "]]"); // and not what it was before as well
        VERIFY_RESULT(b.classify(seq, "confidential", {"ana"}));
        VERIFY_RESULT(b.classify(revised->seq, "internal"));
        QCOMPARE(b.entry(copy->seq).text, "again: " + kSaid);
        QCOMPARE(b.at(head), before);
        QCOMPARE(b.dumped(), b.committed());
    }

    void aLineThatWasWrittenWithItsClassGetsAnother()
    {
        ClassBench b;
        const auto line = b.command(desk::WriteLog{"INC-1", "[[confidential: " + kSaid + "]]"});
        VERIFY_RESULT(line);
        VERIFY_RESULT(b.classify(line->seq, "confidential", {"ana"}));
        QCOMPARE(b.entry(line->seq).text, "[[confidential for ana: " + kSaid + "]]");
        VERIFY_RESULT(b.classify(line->seq, "internal"));
        QCOMPARE(b.entry(line->seq).text, kSaid);
        const auto part = b.command(desk::WriteLog{"INC-1", "see [[restricted: the notice]] of it"});
        VERIFY_RESULT(part);
        VERIFY_RESULT(b.classify(part->seq, "confidential"));
        VERIFY_RESULT(b.classify(part->seq, "internal"));
        QCOMPARE(b.entry(part->seq).text, std::string("see [[restricted: the notice]] of it")); // a part's own mark is its writer's
    }

    /// What repeats a line and is classed higher by itself stays as it is.
    void whatRepeatsItIsNeverLoweredByIt()
    {
        ClassBench b;
        const auto strict = b.command(desk::WriteLog{"INC-1", "[[restricted: for lawyers: " + kSaid + "]]"});
        const auto line = b.command(desk::WriteLog{"INC-1", kSaid});
        VERIFY_RESULT(line);
        VERIFY_RESULT(b.classify(line->seq, "confidential"));
        QVERIFY(sealed(b.entry(strict->seq).text, Reader{DataClass::Confidential, {}}).find("Canary") == std::string::npos);
        VERIFY_RESULT(b.classify(line->seq, "internal"));
        QVERIFY(sealed(b.entry(strict->seq).text, Reader{DataClass::Confidential, {}}).find("Canary") == std::string::npos);
    }

    void raisingIsForWhoRespondsAndLoweringForWhoCommandsAndMayReadIt()
    {
        ClassBench b({{"root", Right::Administer, {"ana"}, {}, false, {}, {}},
                      {"resp", Right::Respond, {"ben"}, {}, false, {}, {}},
                      {"look", Right::Observe, {"eve"}, {}, false, {}, {}},
                      {"lead", Right::Command, {"dana"}, {}, false, {}, {}}});
        const std::uint64_t seq = b.aLine();
        VERIFY_FAILS(b.classify(seq, "confidential", {}, "eve"), Code::Forbidden);
        VERIFY_RESULT(b.classify(seq, "confidential", {}, "ben"));
        const auto lowered = b.classify(seq, "internal", {}, "ben");
        VERIFY_FAILS(lowered, Code::Forbidden);
        QVERIFY2(lowered.error().message.find("lowering") != std::string::npos, lowered.error().message.c_str());
        VERIFY_RESULT(b.classify(seq, "restricted", {"legal"}, "ben"));
        VERIFY_FAILS(b.classify(seq, "confidential", {}, "ben"), Code::Forbidden);
        const auto unread = b.classify(seq, "confidential", {}, "ana"); // who administers everything may not read it
        VERIFY_FAILS(unread, Code::Forbidden);
        QVERIFY2(unread.error().message.find("may not read") != std::string::npos, unread.error().message.c_str());
        QCOMPARE(b.entry(seq).text, "[[restricted for legal: " + kSaid + "]]");
        VERIFY_RESULT(b.classify(seq, "confidential", {}, "dana"));
        QCOMPARE(b.entry(seq).text, "[[confidential: " + kSaid + "]]");
    }

    /// What another line put around it is no leave to lower what it is itself.
    void aMarkOfACopyLowersNothing()
    {
        ClassBench b({{"root", Right::Administer, {"ana"}, {}, false, {}, {}}, {"resp", Right::Respond, {"ben", "eve"}, {}, false, {}, {}}});
        const std::string asWritten = "[[restricted for dana: " + kSaid + "]]";
        const auto victim = b.command(desk::WriteLog{"INC-1", asWritten});
        VERIFY_RESULT(victim);
        // What a mark says of its readers is no word of the line,
        const auto head = b.command(desk::WriteLog{"INC-1", "restricted for dana"}, "ben"), guess = b.command(desk::WriteLog{"INC-1", "restricted for dana: T"}, "ben");
        VERIFY_RESULT(guess);
        VERIFY_RESULT(b.classify(head->seq, "internal", {"ben"}, "ben"));
        VERIFY_RESULT(b.classify(guess->seq, "internal", {"ben"}, "ben"));
        QCOMPARE(b.entry(victim->seq).text, asWritten);
        // and who knows some of the words has a mark around all of it, and no more than that.
        const auto knows = b.command(desk::WriteLog{"INC-1", "customer is Jane Canary"}, "ben");
        VERIFY_RESULT(knows);
        VERIFY_RESULT(b.classify(knows->seq, "internal", {"ben"}, "ben"));
        QCOMPARE(b.entry(victim->seq).text, "[[internal for ben: " + asWritten + " ]]");
        const auto lowered = b.classify(victim->seq, "restricted", {"ben"}, "ben");
        VERIFY_FAILS(lowered, Code::Forbidden);
        QVERIFY2(lowered.error().message.find("restricted for dana") != std::string::npos, lowered.error().message.c_str());
        QCOMPARE(b.entry(victim->seq).text, "[[internal for ben: " + asWritten + " ]]");
        QVERIFY(sealed(b.entry(victim->seq).text, Reader{DataClass::Confidential, {"ben"}}).find("Canary") == std::string::npos);
    }

    /// A section that only says whom a mark is for quotes nothing, and its mark is not cut into.
    void aSectionsMarkIsNotTakenForWords()
    {
        ClassBench b;
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", ""}));
        desk::OpenReview open;
        open.incident = "INC-1";
        VERIFY_RESULT(b.command(open));
        const auto section = [&] {
            return b.ask([](const state::State &s) {
                const state::Section *found = s.incident("INC-1")->review.section("narrative");
                return found ? *found : state::Section{};
            });
        };
        const std::string text = "As said: [[restricted for dana: " + kSaid + "]] and on.";
        VERIFY_RESULT(b.command(desk::WriteSection{"INC-1", "narrative", text, section().revision(), false, false}));
        const auto head = b.command(desk::WriteLog{"INC-1", "restricted for dana"});
        VERIFY_RESULT(head);
        VERIFY_RESULT(b.classify(head->seq, "internal", {"ben"}));
        QCOMPARE(std::string(section().text()), text);
    }

    /// The lines of a list are marked one by one, so each of them is asked.
    void aListIsLoweredOnlyByWhoMayReadEachOfItsLines()
    {
        ClassBench b({{"root", Right::Administer, {"ana"}, {}, false, {}, {}}, {"resp", Right::Respond, {"ben"}, {}, false, {}, {}}});
        desk::RecordDecision decision;
        decision.incident = "INC-1";
        decision.text = "fail over";
        decision.rejected = {"[[restricted for dana: ask Jane Canary for her key]]", "[[restricted for dana: wait for her]]"};
        const auto made = b.command(decision);
        VERIFY_RESULT(made);
        const std::string before = b.dumped();
        VERIFY_FAILS(b.classify(made->seq, "restricted", {"ben"}, "ben"), Code::Forbidden);
        VERIFY_FAILS(b.classify(made->seq, "internal", {"ben"}, "ana"), Code::Forbidden); // who commands and may not read it
        QCOMPARE(b.dumped(), before);
    }
};

QD_TEST(TestReclassing)
#include "tst_reclassing.moc"
