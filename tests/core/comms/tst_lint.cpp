// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/lint.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::comms;

namespace {

LintContext outside(AudienceKind kind = AudienceKind::Customer)
{
    return {kind, {"Dana Ortiz", "Ben"}, {"checkout-api", "db"}, {"Blue Heron"}};
}

/// "jargon: latency | blame: …", in the order of the text.
std::string said(std::string_view text, AudienceKind kind = AudienceKind::Customer)
{
    std::string out;
    for (const Advice &a : lint(text, outside(kind)))
        out += (out.empty() ? "" : " | ") + std::string(word(a.kind)) + ": " + a.words;
    return out;
}

} // namespace

/// M3.2: plain language without blame. It advises; what it says nothing about matters as much.
class TestLint final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void advises_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("advice");
        // Somebody's fault, in the passive or by name.
        QTest::newRow("by somebody") << "The database was misconfigured by an engineer." << "blame: was misconfigured by an engineer";
        QTest::newRow("by a team") << "Payments were broken by the network team." << "blame: were broken by the network team";
        QTest::newRow("by name") << "The switch was pulled by Dana." << "blame: was pulled by Dana";
        QTest::newRow("human error") << "The reason is human error." << "blame: human error";
        QTest::newRow("mistakes were made") << "Mistakes were made." << "blame: Mistakes were made";
        QTest::newRow("careless") << "A careless change." << "blame: careless";
        QTest::newRow("forgot") << "Dana forgot the certificate." << "named-fault: Dana forgot";
        QTest::newRow("failed to") << "Dana Ortiz failed to renew it." << "named-fault: Dana Ortiz failed to";
        QTest::newRow("a role failed to") << "The operator did not check the disk." << "named-fault: The operator did not check";
        // What did not happen.
        QTest::newRow("should have") << "We should have tested it." << "counterfactual: should have tested";
        QTest::newRow("could not have") << "It could not have worked." << "counterfactual: could not have worked";
        QTest::newRow("shouldn't have") << "It shouldn't have passed." << "counterfactual: shouldn't have passed";
        QTest::newRow("if only") << "If only the alarm was louder." << "counterfactual: If only the alarm was";
        QTest::newRow("had we") << "Had we known, it would be over." << "counterfactual: Had we known";
        // Words of ours.
        QTest::newRow("jargon") << "High latency on the backend." << "jargon: latency | jargon: backend";
        QTest::newRow("jargon in other case") << "A FAILOVER is under way." << "jargon: FAILOVER";
        QTest::newRow("jargon of the house") << "Blue Heron is down." << "jargon: Blue Heron";
        QTest::newRow("a service of ours") << "checkout-api answers slowly." << "internal-name: checkout-api";
        // When it will be mended.
        QTest::newRow("estimate") << "It will be fixed by 15:00." << "estimate: will be fixed by 15:00.";
        QTest::newRow("one place is said once") << "Human error was made by an engineer." << "blame: Human error | blame: was made by an engineer";
    }
    void advises()
    {
        QFETCH(QString, text);
        QFETCH(QString, advice);
        QCOMPARE(said(text.toStdString()), advice.toStdString());
    }

    void saysNothing_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << "Some payments fail. Orders that were confirmed are safe. We write again at 14:40 UTC.";
        QTest::newRow("things may fail") << "The certificate was replaced by a new one, and a disk failed to start.";
        QTest::newRow("a name that does well") << "Dana leads the work.";
        QTest::newRow("a name within a word") << "The Benelux region is well. Danas Kiosk is open.";
        QTest::newRow("jargon within a word") << "A podium, an upstreaming, a SLOw day."; // pod, upstream, slo
        QTest::newRow("a promise of the next word") << "We will write again at 14:40 UTC.";
        QTest::newRow("another language") << QString::fromUtf8("Zahlungen schlagen fehl. Wir arbeiten daran und melden uns um 14:40 Uhr wieder.");
        QTest::newRow("nothing") << "";
    }
    void saysNothing()
    {
        QFETCH(QString, text);
        QCOMPARE(said(text.toStdString()), std::string());
    }

    void engineersKnowTheirWords()
    {
        QCOMPARE(said("High latency on the backend of checkout-api.", AudienceKind::Technical), std::string());
        QCOMPARE(said("High latency.", AudienceKind::Executive), std::string("jargon: latency"));
        QCOMPARE(said("checkout-api is slow.", AudienceKind::Executive), std::string()); // they know our names
        QCOMPARE(said("Dana forgot it.", AudienceKind::Technical), std::string("named-fault: Dana forgot")); // blame is blame anywhere
    }

    void aSentenceOfMoreThan25WordsIsLong_data()
    {
        QTest::addColumn<int>("words");
        QTest::addColumn<bool>("isLong");
        QTest::newRow("25") << 25 << false;
        QTest::newRow("26") << 26 << true;
    }
    void aSentenceOfMoreThan25WordsIsLong()
    {
        QFETCH(int, words);
        QFETCH(bool, isLong);
        std::string text = "First.\n";
        for (int n = 0; n < words; ++n)
            text += n == 0 ? "Word" : " word";
        const auto advice = lint(text + ". Last.", outside());
        QCOMPARE(advice.size(), std::size_t(isLong ? 1 : 0));
        if (isLong) {
            QVERIFY(advice[0].kind == AdviceKind::LongSentence);
            QCOMPARE(advice[0].at, std::size_t(7)); // where the sentence begins, not the line before
            QCOMPARE(advice[0].say, std::string("26 words in one sentence; make two of it."));
        }
    }

    void linesOfAListAreNoSentence()
    {
        std::string text;
        for (int n = 0; n < 10; ++n)
            text += "- a line of five words\n";
        QCOMPARE(said(text), std::string());
    }

    void adviceIsBoundedAndPointsIntoTheText()
    {
        std::string text;
        for (int n = 0; n < 500; ++n)
            text += "The latency. ";
        const auto advice = lint(text, outside());
        QCOMPARE(advice.size(), kAdviceLimit);
        for (const Advice &a : advice)
            QCOMPARE(text.substr(a.at, a.length), std::string("latency"));
    }

    void bytesThatAreNoTextAreNoTrouble()
    {
        QCOMPARE(said("\xff\xfe by an engineer \xc3"), std::string());
        QCOMPARE(said(std::string("was set wrong by\0an engineer", 28)), std::string());
    }
};
QD_TEST(TestLint)
#include "tst_lint.moc"
