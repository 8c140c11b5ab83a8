// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/publish/takenback.h"

#include "tests/support/suite.h"

#include <QtTest>

using namespace qd::publish;

namespace {

/// A mark that shows what it is of.
std::string markOf(std::string_view text)
{
    return "#" + std::string(text);
}

std::vector<Correction> corrected(const std::vector<UpdateThere> &there, const std::vector<WordTold> &told)
{
    return corrections(there, told, markOf, "(taken back)");
}

UpdateThere update(const std::string &id, const std::string &body, const std::string &status = "investigating")
{
    return {id, status, body, "2026-11-23T14:0" + id.substr(1) + ":00Z"};
}

WordTold word(std::uint32_t number, const std::string &now, const std::string &then, const std::string &status = "investigating")
{
    return {number, status, now, then.empty() ? std::string() : markOf(then)};
}

/// "u1=words": what is written over, and by what.
std::string shown(const std::vector<Correction> &all)
{
    std::string out;
    for (const Correction &c : all)
        out += (out.empty() ? "" : "; ") + c.update + "=" + c.body;
    return out;
}

} // namespace

/// M3.1: words that were taken back are found at a vendor's page, and nothing else there is touched.
class TestTakenBack : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatReadsAsItWasToldIsLeftAlone()
    {
        QCOMPARE(shown(corrected({update("u1", "first"), update("u2", "second")}, {word(1, "first", "first"), word(2, "second", "second")})), std::string());
        // Also when somebody wrote it otherwise there, or removed it: that is theirs to do.
        QCOMPARE(shown(corrected({update("u1", "First!")}, {word(1, "first", "first"), word(2, "second", "second")})), std::string());
        QCOMPARE(shown(corrected({}, {})), std::string());
    }

    void aStruckWordIsFoundByItsMarkAmongThoseOfOthers()
    {
        const std::vector<UpdateThere> there{update("u1", "by hand"), update("u2", "first"), update("u3", "also by hand"), update("u4", "second")};
        QCOMPARE(shown(corrected(there, {word(1, "", "first"), word(2, "second", "second")})), std::string("u2=(taken back)"));
        QCOMPARE(shown(corrected({there[3], there[2], there[1], there[0]}, {word(1, "first", "first"), word(2, "[sealed: internal, short] now", "second")})), std::string("u4=[sealed: internal, short] now"));
        QCOMPARE(corrected(there, {word(7, "", "first")}).at(0), (Correction{7, "u2", "(taken back)", "2026-11-23T14:02:00Z"}));
    }

    void nothingIsWrittenOverTwice()
    {
        QCOMPARE(shown(corrected({update("u1", "(taken back)"), update("u2", "second")}, {word(1, "", "first"), word(2, "second", "second")})), std::string());
        QCOMPARE(shown(corrected({update("u1", "Less\r\n words. ")}, {word(1, "Less words.", "More words.")})), std::string()); // as they keep blanks
        QCOMPARE(shown(corrected({update("u1", "(taken back)"), update("u2", "second")}, {word(1, "", "first"), word(2, "", "second")})), std::string("u2=(taken back)"));
    }

    void twoWordsThatWereTheSameAreTwo()
    {
        const std::vector<UpdateThere> there{update("u1", "We look."), update("u2", "We look.")};
        QCOMPARE(shown(corrected(there, {word(1, "", "We look."), word(2, "", "We look.")})), std::string("u1=(taken back); u2=(taken back)"));
        QCOMPARE(corrected(there, {word(1, "We look.", "We look."), word(2, "", "We look.")}).size(), std::size_t(1));
    }

    /// Somebody mended a letter there: the words are still in it.
    void aStruckWordThatWasWrittenOtherwiseThereIsFoundAsWhatIsLeft()
    {
        QCOMPARE(shown(corrected({update("u1", "first"), update("u2", "Jane broke it!")}, {word(1, "first", "first"), word(2, "", "Jane broke it")})), std::string("u2=(taken back)"));
        // With one of others beside it, by where it stands and which state it says.
        const std::vector<UpdateThere> there{update("u1", "first"), update("u2", "by hand", "monitoring"), update("u3", "Jane broke it!"), update("u4", "third")};
        QCOMPARE(shown(corrected(there, {word(1, "first", "first"), word(2, "", "Jane broke it"), word(3, "third", "third")})), std::string("u3=(taken back)"));
    }

    void whatCannotBeToldApartIsSaidAndNotGuessed()
    {
        const std::vector<UpdateThere> there{update("u1", "first"), update("u2", "by hand"), update("u3", "Jane broke it!"), update("u4", "third")};
        QCOMPARE(shown(corrected(there, {word(1, "first", "first"), word(2, "", "Jane broke it"), word(3, "third", "third")})), std::string("=(taken back)"));
        // What was removed there is gone.
        QCOMPARE(shown(corrected({update("u1", "first")}, {word(1, "first", "first"), word(2, "", "Jane broke it")})), std::string());
    }

    void withoutMarksWordsAreFoundByWhatTheySayAndByTheirPlace()
    {
        QCOMPARE(shown(corrected({update("u1", "first"), update("u2", "second")}, {word(1, "", ""), word(2, "second", "")})), std::string("u1=(taken back)"));
        QCOMPARE(shown(corrected({update("u1", "first"), update("u2", "second")}, {word(1, "first", ""), word(2, "second", "")})), std::string());
        // A state alone never had words, and what stands there is of somebody else.
        QCOMPARE(shown(corrected({update("u1", "first"), update("u2", ""), update("u3", "by hand")}, {word(1, "first", ""), word(2, "", "")})), std::string());
        QCOMPARE(shown(corrected({{}, {}}, {word(1, "first", ""), word(2, "second", "")})), std::string());
    }

    void aStateAloneIsNoWord()
    {
        const WordTold state{2, "monitoring", {}, markOf({})};
        QCOMPARE(shown(corrected({update("u1", "first"), update("u2", ""), update("u3", "by hand")}, {word(1, "first", "first"), state})), std::string());
        QCOMPARE(shown(corrected({update("u1", "first"), update("u2", "")}, {word(1, "", "first"), state})), std::string("u1=(taken back)"));
    }

    void blanksAreNoWords()
    {
        QCOMPARE(plainWords(" a\r\n\tb  c \n"), std::string("a b c"));
        QCOMPARE(plainWords(" \n"), std::string());
    }
};

QD_TEST(TestTakenBack)
#include "tst_takenback.moc"
