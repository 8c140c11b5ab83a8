// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/draft.h"
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
std::string said(std::string_view text, AudienceKind kind = AudienceKind::Customer, const std::string &language = {})
{
    std::string out;
    LintContext context = outside(kind);
    context.language = language;
    for (const Advice &a : lint(text, context))
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
        QTest::newRow("behind a dash") << "It ended —Dana forgot the certificate." << "named-fault: Dana forgot";
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

    void advisesInGerman_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("advice");
        const auto row = [](const char *name, const char *text, const char *advice) { QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(advice); };
        row("by somebody", "Die Datenbank wurde von einem Techniker falsch eingestellt.", "blame: wurde von einem Techniker");
        row("by somebody of ours", "Der Zugang ist durch unseren Administrator gesperrt worden.", "blame: ist durch unseren Administrator");
        row("by name", "Der Schalter wurde von Dana umgelegt.", "blame: wurde von Dana");
        row("human error", "Der Grund ist menschliches Versagen.", "blame: menschliches Versagen");
        row("a user's error", "Es war ein Bedienfehler.", "blame: Bedienfehler");
        row("mistakes were made", "Leider sind uns Fehler unterlaufen.", "blame: sind uns Fehler unterlaufen");
        row("guilt", "Schuld ist die Netzwerkgruppe.", "blame: Schuld");
        row("careless", "Eine nachlässige Änderung.", "blame: nachlässige");
        row("forgot", "Dana hat das Zertifikat vergessen.", "named-fault: Dana hat das Zertifikat vergessen");
        row("a colleague", "Ein Mitarbeiter übersah die Meldung.", "named-fault: Ein Mitarbeiter übersah");
        row("should have", "Wir hätten das früher prüfen müssen.", "counterfactual: hätten das früher prüfen müssen");
        row("if", "Wenn der Alarm lauter gewesen wäre, wäre es vorbei.", "counterfactual: Wenn der Alarm lauter gewesen wäre");
        row("avoidable", "Das wäre leicht zu vermeiden gewesen.", "counterfactual: wäre leicht zu vermeiden");
        row("jargon", "Hohe Latenz im Backend.", "jargon: Latenz | jargon: Backend");
        row("jargon of the house", "Blue Heron steht still.", "jargon: Blue Heron");
        row("a service of ours", "checkout-api antwortet langsam.", "internal-name: checkout-api");
        row("estimate", "Die Störung wird bis 15:00 Uhr behoben.", "estimate: wird bis 15:00 Uhr behoben");
    }
    void advisesInGerman()
    {
        QFETCH(QString, text);
        QFETCH(QString, advice);
        QCOMPARE(said(text.toStdString(), AudienceKind::Customer, "de"), advice.toStdString());
    }

    void saysNothingOfPlainGerman_data()
    {
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const char *text) { QTest::newRow(name) << QString::fromUtf8(text); };
        row("plain", "Einige Zahlungen schlagen fehl. Bestätigte Bestellungen sind sicher. Wir melden uns um 14:40 UTC wieder.");
        row("a name that does well", "Dana leitet die Arbeiten.");
        row("things may fail", "Das Zertifikat wurde durch ein neues ersetzt, und eine Platte fiel aus.");
        row("a condition that is to come", "Wenn Sie eine Bestellung vermissen, schreiben Sie uns.");
        row("words within others", "Ein Podest, ein Apidaten-Blatt, die Unschuld, ein Schuldner."); // Pod, API, Schuld
        row("a promise of the next word", "Wir schreiben Ihnen um 15:00 Uhr wieder.");
        row("english words of blame are not german", "Der Titel \"to blame\" steht im Regal.");
        row("nothing", "");
    }
    void saysNothingOfPlainGerman()
    {
        QFETCH(QString, text);
        QCOMPARE(said(text.toStdString(), AudienceKind::Customer, "de"), std::string());
    }

    void anUpdateIsLookedAtInTheLanguageItIsIn()
    {
        UpdateTemplate t{"s", "S", "customers", "{{was}}", {{"was", "", true}}};
        t.language = "de";
        const auto kinds = [&] {
            std::string out;
            for (const Advice &a : draft(t, {}, {{"was", "Es war menschliches Versagen."}}, {}, outside(), {}).advice)
                out += std::string(word(a.kind)) + " ";
            return out;
        };
        QCOMPARE(kinds(), std::string("blame "));
        t.language = "en";
        QCOMPARE(kinds(), std::string());
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
