// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/marking.h"
#include "core/base/safetext.h"
#include "tests/support/random.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;

/// Marks in texts: how people write classes, and what is left for who may not read them.
namespace {

const Reader kPublicReader{DataClass::Public, {}}, kInternalReader{DataClass::Internal, {}}, kConfidentialReader{DataClass::Confidential, {}}, kRestrictedReader{DataClass::Restricted, {}},
    kDana{DataClass::Internal, {"dana", "legal"}};

} // namespace

class TestMarking : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsWhatIsMeant_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("internal"); // as somebody with that clearance reads it
        QTest::newRow("no mark") << "all [well] here" << "all [well] here";
        QTest::newRow("a link of a wiki") << "see [[Runbook: pool]]" << "see [[Runbook: pool]]";
        QTest::newRow("below") << "a [[internal: b]] c" << "a [[internal: b]] c";
        QTest::newRow("above") << "a [[confidential: b]] c" << "a [sealed: confidential, short] c";
        QTest::newRow("in capitals, with blanks") << "a [[ Restricted : b ]] c" << "a [sealed: restricted, short] c";
        QTest::newRow("by a telephone") << QString::fromUtf8("a [[\u00a0restricted: b]] c") << "a [sealed: restricted, short] c";
        QTest::newRow("without a colon") << "a [[restricted b]] c" << "a [sealed: restricted, short] c";
        QTest::newRow("misspelled") << "a [[restrcted: b]] c" << "a [sealed: restricted, short] c";
        QTest::newRow("what a lawyer was told") << "a [[privileged: b]] c" << "a [sealed: restricted, short] c";
        QTest::newRow("the same, misspelled, for some") << "a [[priviledged for dana: b]] c" << "a [sealed: restricted, short] c";
        QTest::newRow("misspelled, with names") << "a [[confidental for dana: b]] c" << "a [sealed: restricted, short] c";
        QTest::newRow("never closed") << "a [[restricted: b c" << "a [sealed: restricted, short]";
        QTest::newRow("cut in its end") << "a [[restricted: b]" << "a [sealed: restricted, short]";
        QTest::newRow("one bracket more") << "a [[[restricted: b]]] c" << "a [[sealed: restricted, short]] c";
        QTest::newRow("one in another") << "a [[internal: b [[restricted: c]] d]] e" << "a [sealed: restricted, short] e";
        QTest::newRow("brackets in it") << "a [[restricted: see [[Runbook]] b]] c" << "a [sealed: restricted, short] c";
        QTest::newRow("two") << "[[restricted: a]][[confidential: b]]" << "[sealed: restricted, short][sealed: confidential, short]";
        QTest::newRow("of what all may read, for some") << "a [[public for dana: b]] c" << "a [sealed: public, short] c";
        QTest::newRow("for nobody") << "a [[internal for : b]] c" << "a [sealed: internal, short] c";
        QTest::newRow("names without an end") << "a [[internal for dana b]] c" << "a [sealed: internal, short] c";
        QTest::newRow("a line below") << "a [[restricted\nfor dana: b]] c" << "a [sealed: restricted, short] c";
    }
    void whatIsWrittenIsWhatIsMeant()
    {
        QFETCH(QString, text);
        QFETCH(QString, internal);
        QCOMPARE(QString::fromStdString(sealed(text.toStdString(), kInternalReader)), internal);
        // Who may not read it is never asked to look for it in vain.
        QCOMPARE(text == internal || mayHoldMark(text.toStdString()), true);
    }

    void eachClassIsReadByItsReadersAndNobodyBelow()
    {
        const std::pair<const char *, int> classes[] = {{"public", 0}, {"internal", 1}, {"confidential", 2}, {"restricted", 3}};
        const Reader *readers[] = {&kPublicReader, &kInternalReader, &kConfidentialReader, &kRestrictedReader};
        for (const auto &[name, rank] : classes)
            for (int reader = 0; reader < 4; ++reader) {
                const std::string text = "[[" + std::string(name) + ": canary]]";
                QCOMPARE(sealed(text, *readers[reader]).find("canary") != std::string::npos, rank <= reader);
                QCOMPARE(keptFrom(text, *readers[reader]).empty(), rank <= reader);
            }
    }

    void whoIsNamedReadsItAndNobodyElseWhateverTheirClearance()
    {
        const std::string text = "x [[restricted for Dana, security: canary]] y";
        QCOMPARE(sealed(text, kDana), text);
        QVERIFY(sealed(text, kRestrictedReader).find("canary") == std::string::npos);
        QVERIFY(sealed("[[restricted for legal: canary]]", kDana).find("canary") != std::string::npos); // by their team
        Reader atTheWindow = kDana;
        atTheWindow.most = DataClass::Confidential;
        QVERIFY(sealed(text, atTheWindow).find("canary") == std::string::npos);
    }

    void whatIsWithinIsReadByWhoMayReadBoth()
    {
        const std::string text = "[[confidential for dana, ben: a [[restricted for ben: canary]] b]]";
        QVERIFY(sealed(text, kDana).find("canary") == std::string::npos);
        QVERIFY(sealed(text, Reader{DataClass::Public, {"ben"}}).find("canary") != std::string::npos);
        QVERIFY(sealed("[[restricted for dana: a [[restricted for ben: canary]]]]", Reader{DataClass::Restricted, {"ben"}}).find("canary") == std::string::npos);
        QVERIFY(sealed("[[confidential: a [[public for dana: canary]]]]", kConfidentialReader).find("canary") == std::string::npos);
    }

    void whoIsNamedWithinNeedsTheMarkAroundItToo()
    {
        const Reader cleared{DataClass::Restricted, {"dana"}};
        for (const char *text : {"[[restricted: canary [[internal for dana: b]] c]]", "[[internal for dana: canary [[restricted: b]] c]]", "[[restricted: x [[internal: [[public for dana: c]]]]]]"}) {
            QCOMPARE(sealed(text, kDana), std::string("[sealed: restricted, short]")); // named, and nothing more
            QCOMPARE(sealed(text, kRestrictedReader), std::string("[sealed: restricted, short]")); // cleared, and not named
            QCOMPARE(sealed(text, cleared), std::string(text));
        }
        Reader atTheWindow = cleared;
        atTheWindow.most = DataClass::Confidential;
        QVERIFY(sealed("[[internal for dana: canary [[restricted: b]]]]", atTheWindow).find("canary") == std::string::npos);
    }

    void whatIsDrawnAsNothingCancelsNoMark_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *nothing : {"\u200b", "\u2060", "\ufeff", "\u00ad", "\u200b\u200d", "\U000e0041", "\ufe0f"})
            for (const char *pattern : {"a [[%restricted: canary]]", "a [%[restricted: canary]]", "a [[restricted%: canary]]", "a [[ % restricted % : canary]]", "a [[rest%ricted: canary]]", "a [[%restrcted%: canary]]",
                                        "a [[restricted%for%dina: canary]]", "a [[internal f%or dina%: canary]]", "a [[internal: b [%[%restricted: canary]]]]", "a [[restricted: canary%]]"}) {
                std::string text = pattern;
                for (auto at = text.find('%'); at != std::string::npos; at = text.find('%', at))
                    text.replace(at, 1, nothing);
                QTest::newRow((std::string(pattern) + " " + safeText(nothing)).c_str()) << QString::fromStdString(text);
            }
    }
    void whatIsDrawnAsNothingCancelsNoMark()
    {
        QFETCH(QString, text);
        const std::string kept = safeText(text.toStdString());
        QVERIFY2(sealed(kept, kInternalReader).starts_with("a [sealed: "), sealed(kept, kInternalReader).c_str());
        QVERIFY(sealed(kept, kInternalReader).find("canary") == std::string::npos && mayHoldMark(kept, DataClass::Internal));
        QCOMPARE(marksIn(kept).size(), std::size_t{1});
    }

    void aTokensBracketsCloseAndOpenNothing()
    {
        QCOMPARE(sealed("[[restricted: a [U+200B]] canary]] z", kInternalReader), std::string("[sealed: restricted, short] z"));
        QVERIFY(marksIn("[[U+200B]restricted: a]").empty()); // one bracket
        QVERIFY(!marksIn("[[[U+20]restricted: a]] [[restricted: b]]").empty());
    }

    void manyMarksInOneAreReadInOneGo()
    {
        std::string text, names;
        while (text.size() + 8 <= kFieldLimit) {
            text += "[[public";
            names += "[[a for ";
        }
        const std::vector<Marked> all = marksIn(text);
        QCOMPARE(all.size(), std::size_t{1});
        QCOMPARE(all.front().needs.size(), text.size() / 8); // each is looked at once
        QCOMPARE(sealed(text, kPublicReader), text);
        QVERIFY(marksIn(names).empty());
        // Names end where the next mark may open: no colon far behind is theirs.
        QVERIFY(sealed("[[internal for dana [[public: canary]] : b]]", kDana).find("canary") == std::string::npos);
    }

    void bracketsArePairedOrNot()
    {
        for (const char *text : {"", "a [b] c", "[[a]]", "a [[b [[c]] d]] [[e]]", "[[[a]]]", "[U+200B]]", "[[1], [2]]"})
            QVERIFY2(isPaired(text), text);
        for (const char *text : {"[[", "a ]] b", "]] [[", "[[a [[b]]", "[[a]] b]]", "[[a]", "[[U+200B][a", "[[[[a]]"})
            QVERIFY2(!isPaired(text), text);
    }

    void aTextIsClosedSoThatNothingBehindItIsLost()
    {
        for (const char *text : {"a", "a [[restricted: b]]", "a [[restricted: b", "a [[restricted: b]", "a [[restricted", "a [[internal for dana", "a [[restricted: [[Runbook: b", "[[public: a]] [[restricted: [[internal: b]] c", "a [[restricted: b [U+200B]", "a [["}) {
            const std::string behind = closed(text) + ". Answer with !ack";
            QVERIFY2(sealed(behind, kPublicReader).ends_with(". Answer with !ack"), behind.c_str());
        }
        QCOMPARE(closed("a [[restricted: b]]"), std::string("a [[restricted: b]]"));
    }

    void aHoleSaysItsClassAndHowLongItIsAndNoWord()
    {
        const auto hole = [](std::size_t characters) { return sealed("[[restricted: " + std::string(characters, 'x') + "]]", kPublicReader); };
        QCOMPARE(hole(kShortMark), std::string("[sealed: restricted, short]"));
        QCOMPARE(hole(kShortMark + 1), std::string("[sealed: restricted, medium]"));
        QCOMPARE(hole(kMediumMark), std::string("[sealed: restricted, medium]"));
        QCOMPARE(hole(kMediumMark + 1), std::string("[sealed: restricted, long]"));
        QVERIFY(marksIn(hole(3)).empty()); // it is no mark itself
    }

    void aTextCutAnywhereGivesNothingAway()
    {
        const std::string text = "Bank says: [[restricted for dana: canary words of the bank]] and so on";
        for (std::size_t n = 0; n <= text.size(); ++n)
            QVERIFY2(sealed(text.substr(0, n), kInternalReader).find("can") == std::string::npos, text.substr(0, n).c_str());
    }

    void whatIsTakenOutLeavesASentence()
    {
        QCOMPARE(without("Cards fail [[restricted: at ACME]], we look.", kPublicReader), std::string("Cards fail, we look."));
        QCOMPARE(without("[[internal: psst]] Cards fail", kPublicReader), std::string("Cards fail"));
        QCOMPARE(without("Cards [[internal: a]] fail [[internal: b]]", kPublicReader), std::string("Cards fail"));
        QCOMPARE(without("Cards [[public: here]] fail", kPublicReader), std::string("Cards [[public: here]] fail"));
    }

    void outsideTheWordsStandWithoutBrackets()
    {
        QCOMPARE(sealed("Cards [[public: at ACME]] fail", kPublicReader, Brackets::Dropped), std::string("Cards at ACME fail"));
    }

    void aWholeTextIsOneMarkWhateverIsInIt_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"plain", "a ]] b", "]]]] end", "[[public: a]] b", "a [[ b", "[[confidential: a]] ]] b", "]", "a [U+200B]] b", "a [[U+200B][ b", "a [[U+200B] b"})
            QTest::newRow(text) << text;
    }
    void aWholeTextIsOneMarkWhateverIsInIt()
    {
        QFETCH(QString, text);
        const std::string all = marked(text.toStdString(), DataClass::Restricted, {"dana"});
        QCOMPARE(sealed(all, kInternalReader, Brackets::Kept).substr(0, 8), std::string("[sealed:"));
        QVERIFY2(sealed(all, kRestrictedReader).find_first_of("abe") == std::string("[sealed: r").find_first_of("abe"), all.c_str());
        QCOMPARE(marksIn(all).size(), std::size_t{1});
        QCOMPARE(marksIn(all).front().length, all.size());
    }

    void whateverStandsThereMarksLieInOrderAndSealingTwiceIsSealingOnce()
    {
        static const std::vector<std::string> kPieces{"[[", "]]", "[", "]", ":", " ", "restricted", "confidential", "internal", "public", "for", "dana", ",", "words", "\n", "restrcted", "[[restricted: ", "\u00a0", "[U+200B]", "[U+"};
        tests::SeededRandom random(7);
        for (int n = 0; n < 20000; ++n) {
            std::string text;
            for (std::uint64_t pieces = random.below(14); pieces-- > 0;)
                text += kPieces[random.below(kPieces.size())];
            std::size_t at = 0;
            for (const Marked &mark : marksIn(text)) {
                QVERIFY(mark.at >= at && mark.length > 4 && mark.at + mark.length <= text.size());
                at = mark.at + mark.length;
            }
            for (const Reader &reader : {kPublicReader, kInternalReader, kConfidentialReader, kRestrictedReader, kDana}) {
                const std::string once = sealed(text, reader);
                QCOMPARE(sealed(once, reader), once);
                QVERIFY(keptFrom(once, reader).empty() && keptFrom(without(text, reader), reader).empty());
            }
            if (!mayHoldMark(text, DataClass::Internal))
                QCOMPARE(sealed(text, kInternalReader), text);
        }
    }

    void onlySoManyNamesAreRead()
    {
        std::string names;
        for (std::size_t n = 0; n <= kMarkNames; ++n)
            names += (n == 0 ? "p" : ", p") + std::to_string(n);
        const std::string text = "[[restricted for " + names + ": canary]]";
        QVERIFY(sealed(text, Reader{DataClass::Public, {"p" + std::to_string(kMarkNames - 1)}}).find("canary") != std::string::npos);
        QVERIFY(sealed(text, Reader{DataClass::Public, {"p" + std::to_string(kMarkNames)}}).find("canary") == std::string::npos);
    }
};

QD_TEST(TestMarking)
#include "tst_marking.moc"
