// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/blocks.h"
#include "core/review/lint.h"
#include "core/review/lintwords.h"
#include "core/review/prompts.h"
#include "core/review/prose.h"
#include "core/review/spelling.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QTemporaryDir>
#include <QtTest>
#include <re2/re2.h>

using namespace qd;
using namespace qd::tests;
using review::Finding;
using review::FindingKind;

namespace {

/// "kind: words" of each finding.
QString found(const std::string &text, const review::LintContext &context = {})
{
    std::string out;
    for (const Finding &f : review::lint(text, context))
        out += (out.empty() ? "" : " | ") + std::string(word(f.kind)) + ": " + text.substr(f.at, f.length);
    return QString::fromStdString(out);
}

QString said(std::initializer_list<const char *> findings)
{
    std::string out;
    for (const char *each : findings)
        out += (out.empty() ? "" : " | ") + std::string(each);
    return QString::fromStdString(out);
}

review::LintContext wanting()
{
    review::LintContext c;
    c.wantsEvidence = true;
    return c;
}

} // namespace

class TestLint : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Sentences are told, and their words counted, in scripts with blanks between words and without.
    void sentencesHaveTheWordsTheirReadersCount_data()
    {
        QTest::addColumn<QString>("counts");
        const auto row = [](const char *text, const char *counts) { QTest::newRow(text) << QString::fromLatin1(counts); };
        row("It was slow. Why? It is 3.", "3 1? 3");
        row("Die „Größe“ — war über Maß … groß.", "6");
        row("Der Dienst war langsam, ca. 5 Minuten. Dann — nicht.", "7 2");
        row("Сервис был медленным. Почему?", "3 1?");
        row("支付服务昨天很慢。为什么？很慢。", "4 1? 1");
        row("… — “ ”.", "");
        row("- `code` said\n- **größer** als\u00a0das", "1 3");
    }
    void sentencesHaveTheWordsTheirReadersCount()
    {
        QFETCH(QString, counts);
        const review::Prose prose = review::proseOf(QTest::currentDataTag());
        QStringList out;
        for (const review::Passage &p : prose.passages)
            for (const review::Sentence &s : review::sentencesOf(prose, p))
                out << QString::number(s.words) + (s.isQuestion ? QStringLiteral("?") : QString());
        QCOMPARE(out.join(QLatin1Char(' ')), counts);
    }
    void aClaimIsOneInAnyScript()
    {
        QCOMPARE(found("Damals war es – so.", wanting()), QString()); // four words and a dash
        QCOMPARE(found("Сервис был очень медленным вчера.", wanting()), said({"unsupported: Сервис был очень медленным вчера."}));
        QVERIFY(found("支付服务昨天非常慢，所有客户都受到影响。是的。", wanting()).startsWith(QStringLiteral("unsupported: 支付服务")));
        QVERIFY(!found("支付服务昨天非常慢，所有客户都受到影响。是的。", wanting()).contains(QStringLiteral("是的")));
    }
    void whatHidesHowItCameAboutIsFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("findings");
        const auto row = [](const char *text, std::initializer_list<const char *> findings) { QTest::newRow(text) << QString::fromUtf8(text) << said(findings); };
        row("The check was careless.", {"blame: careless"});
        row("It was his fault.", {"blame: his fault"});
        row("They forgot to tell us.", {"blame: forgot to"});
        row("He made a silly mistake.", {"blame: made a silly mistake"});
        row("Er hat nachlässig gearbeitet.", {"blame: nachlässig"});
        row("Das war die Schuld des Teams.", {"blame: Schuld"});
        row("The team should have seen it.", {"counterfactual: should have"});
        row("It could not have been worse.", {"counterfactual: could not have been"});
        row("The guard failed to stop it.", {"counterfactual: failed to"});
        row("If only it had been tested.", {"counterfactual: If only"});
        row("If the limit had been higher, it would have held.", {"counterfactual: If the limit had been", "counterfactual: would have"});
        row("The ledger change was not considered because nobody looked at it.", {"counterfactual: was not considered", "counterfactual: nobody looked"});
        row("We didn’t notice.", {"counterfactual: didn’t notice"});
        row("Man hätte den Alarm früher sehen müssen.", {"counterfactual: hätte den Alarm früher sehen müssen"});
        row("Wenn der Test gelaufen wäre, stünde es anders.", {"counterfactual: Wenn der Test gelaufen wäre"});
        row("Die Warnung wurde nicht beachtet.", {"counterfactual: wurde nicht beachtet"});
        row("The cause was human error.", {"human error: human error"});
        row("Ursache: menschliches Versagen.", {"human error: menschliches Versagen"});
        row("Over **two** lines it should\n> have", {}); // a quotation is somebody else's
        row("It should\nhave held.", {"counterfactual: should\nhave"});
        row("It **should** have held.", {"counterfactual: should** have"});
        row("`should have` is code, and so is\n\n```\nhuman error\n```\n", {});
        row("[a page](https://x.example/human-error) says so", {});
        row("It [[confidential: should have]] held.", {"counterfactual: should have"});
        row("The default branch holds the faultline report.", {});
        row("The unblamed and the careful.", {});
    }
    void whatHidesHowItCameAboutIsFound()
    {
        QFETCH(QString, text);
        QFETCH(QString, findings);
        QCOMPARE(found(text.toStdString()), findings);
    }
    void everyPatternIsSoundAndNamesOneGroup()
    {
        for (const review::Phrase &p : review::phrases()) {
            const re2::RE2 pattern(re2::StringPiece(p.pattern.data(), p.pattern.size()), re2::RE2::Quiet);
            QVERIFY2(pattern.ok(), std::string(p.pattern).c_str());
            QCOMPARE(pattern.NumberOfCapturingGroups(), 1);
        }
    }
    void eachFindingAsksHow()
    {
        for (const auto kind : {FindingKind::Blame, FindingKind::Counterfactual, FindingKind::HumanError, FindingKind::Name, FindingKind::Order, FindingKind::Unsupported, FindingKind::Spelling, FindingKind::Outage}) {
            const std::string en = review::questionOf(kind, "en"), de = review::questionOf(kind, "de");
            QVERIFY2(en.starts_with("How") && en.find("hy ") == std::string::npos, en.c_str());
            QVERIFY2(de.starts_with("W") && de.find("Warum") == std::string::npos && de != en, de.c_str());
            QVERIFY2(found(en).isEmpty() && found(de).isEmpty(), en.c_str()); // it does not do what it asks about
        }
        review::LintContext german;
        german.language = "de";
        QCOMPARE(review::lint("human error", german).at(0).question, review::questionOf(FindingKind::HumanError, "de"));
    }
    void aClaimNeedsALineOfTheRecord()
    {
        const std::string text = "At 14:16 the pool limit was found [14:16:44](entry:line/9): the push had lowered it. The configuration tool does not announce its pushes.";
        QCOMPARE(found(text, wanting()), said({"unsupported: The configuration tool does not announce its pushes."}));
        QCOMPARE(found(text), said({}));
        // A link behind the full stop is that sentence's.
        QCOMPARE(found("The tool does not announce pushes. [14:16](entry:line/9)", wanting()), said({}));
        // Headings, questions, short ones, code and others' words claim nothing.
        QCOMPARE(found("# The tool does not announce any pushes\n\nDid the tool announce any of its pushes?\n\nIt held well.\n\n> The tool does not announce any pushes.\n\n```\nthe tool does not announce any\n```\n", wanting()), said({}));
        QCOMPARE(found("- the tool does not announce any pushes\n- it held", wanting()), said({"unsupported: the tool does not announce any pushes"}));
        QCOMPARE(found("In approx. 5 minutes, e.g. v1.2 of it, it was over [14:16](entry:line/9).", wanting()), said({}));
    }
    void aLinkToNothingSupportsNothing()
    {
        review::LintContext c = wanting();
        c.timeOf = [](std::string_view reference) { return reference == "line/9" ? std::optional(kMorning) : std::nullopt; };
        QCOMPARE(found("The tool did announce its pushes [14:16](entry:line/9).", c), said({}));
        QCOMPARE(found("The tool did announce its pushes [14:16](entry:line/8).", c), said({"unsupported: The tool did announce its pushes [14:16](entry:line/8)."}));
    }
    void timesThatGoBackAreFound()
    {
        QCOMPARE(found("At 14:16 it was found.\n\nAt 14:03 it began."), said({"order: 14:03"}));
        QCOMPARE(found("- 14:03:10 a\n- 14:03:09 b"), said({})); // written to the minute or to the second, the minute counts
        QCOMPARE(found("At 23:58 it began.\n\nAt 0:03 it was found."), said({})); // past midnight
        QCOMPARE(found("At 14:16 it was found.\n\n## Before\n\nAt 14:03 it began."), said({})); // each part tells its own story
        QCOMPARE(found("At 14:16 it was found, from 14:03 on."), said({}));
        QCOMPARE(found("At 14:16.\n\n> At 14:03, they say.\n\nThe ratio 14:03:99:1 and version 1:02.\n\n`14:01`"), said({}));
        review::LintContext c;
        c.timeOf = [](std::string_view reference) { return std::optional(reference == "line/1" ? kMorning : kMorning + seconds(1)); };
        QCOMPARE(found("- [x](entry:line/2) a\n- [y](entry:line/1) b", c), said({"order: [y](entry:line/1)"}));
        QCOMPARE(found("- [x](entry:line/1) a\n- [y](entry:line/2) b", c), said({}));
    }
    void namesAreFoundWhereTheyAreNotToBe()
    {
        review::LintContext c;
        c.people = {"ana", "Ana Novák", "k.osei", "Kofi Osei"};
        QCOMPARE(found("ask Ana Novák, then Osei's team and ana", c), said({}));
        c.forbidsNames = true;
        QCOMPARE(found("ask Ana Novák, then Osei's team and ana", c), said({"name: Ana Novák", "name: Osei", "name: ana"}));
        QCOMPARE(found("analysis of the Anabasis", c), said({}));
    }
    void aNameBesideTypographyIsFound()
    {
        review::LintContext c;
        c.people = {"Dana Novák"};
        c.forbidsNames = true;
        for (const char *text : {"“Dana” said", "„Dana“ said", "»Dana« said", "‘Dana’ said", "it—Dana—said", "it was Dana…", "by Dana’s hand", "–Dana", "Dana\u00a0said", "¿Dana?", "（Dana）"})
            QVERIFY2(found(text, c) == said({"name: Dana"}), text);
        QCOMPARE(found("“Dana Novák” said", c), said({"name: Dana Novák"}));
        QCOMPARE(found("Danae, éDana, Danaé, Dana\u0301", c), said({}));
    }
    void wordsOfOursBesideTypographyAreFound()
    {
        const std::vector<std::string> jargon{"Blue Heron", "walrus"};
        QCOMPARE(review::wordsOfOurs("“Blue Heron” and —walrus…", jargon), jargon);
        QVERIFY(review::wordsOfOurs("Blue Herons, éwalrus, 1walrus", jargon).empty());
    }
    /// What is published as words is looked through as words.
    void whatIsReadIsWhatIsPublished_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("indented") << "Before.\n\n    Four blanks of Dana.\n\n\tA tab of Dana.\n\nAfter.";
        QTest::newRow("indented from the beginning") << "    Dana should have known.";
        QTest::newRow("in a list") << "- one\n\n        deep in it\n\n1. two\n\n       three";
        QTest::newRow("in a quotation") << ">     so said\n> they";
        QTest::newRow("fences") << "one\n\n```\ncode\n```\n\n    two\n\n~~~\nmore code\n~~~\nthree";
        QTest::newRow("a table") << "| a | b |\n| --- | --- |\n| c | ~~d~~ |";
        QTest::newRow("HTML") << "<div>one</div>\n\n<b>two</b> & three";
    }
    void whatIsReadIsWhatIsPublished()
    {
        QFETCH(QString, text);
        std::string published;
        for (const review::Block &b : review::blocksOf(text.toStdString()))
            if (b.kind != review::Block::Kind::Code)
                published += b.text() + "\n";
        const auto words = [](const std::string &all) { return QString::fromStdString(all).simplified(); };
        QCOMPARE(words(review::proseOf(text.toStdString()).words), words(published));
    }
    void fourBlanksSilenceNoFinding()
    {
        QCOMPARE(found("    It was human error.\n\n\tThey should have known."), said({"human error: human error", "counterfactual: should have"}));
    }
    void aTextOfNothingButFindingsIsCut()
    {
        std::string text;
        for (std::size_t n = 0; n <= review::kFindingsMost; ++n)
            text += "human error. ";
        QCOMPARE(review::lint(text, {}).size(), review::kFindingsMost);
    }
    void hostileMarkdownIsText()
    {
        for (const std::string &text : {std::string(60'000, '['), std::string(60'000, '*'), std::string(60'000, '>'), std::string(60'000, '`'), std::string("\0\xff\xfe", 3), std::string("<script>should have</script>"), std::string("![should have](file:///etc/passwd)")}) {
            const auto findings = review::lint(text, wanting());
            for (const Finding &f : findings)
                QVERIFY(f.at + f.length <= text.size());
        }
        QCOMPARE(review::proseOf(std::string(60'000, '>') + " x").words.size(), std::size_t(60'002));
    }

    // --- spelling ---
    void wordsAreLookedUpInBothLanguages()
    {
        const auto spelling = review::Spelling::open({"en", "de"});
        QVERIFY2(spelling->missing().empty(), spelling->missing().empty() ? "" : spelling->missing().front().c_str());
        for (const char *right : {"configuration", "Wiederherstellung", "well-written", "don't", "p99", "loadBalancer", "DNS", "pool_limit", "a"})
            QVERIFY2(spelling->knows(right), right);
        for (const char *wrong : {"configuraton", "Wiederherstelung", "well-writen"})
            QVERIFY2(!spelling->knows(wrong), wrong);
        const auto all = spelling->suggestions("configuraton");
        QVERIFY(std::find(all.begin(), all.end(), "configuration") != all.end() && all.size() <= review::Spelling::kSuggestions);
    }
    void wordsOfTheTradeAreRightAndOffered()
    {
        const auto spelling = review::Spelling::open({"en", "de"});
        for (const char *right : {"config", "Config", "configs", "failover", "failover's", "rollback", "rollbacks", "Kubernetes", "Postgres", "SEV1", "pre-failover", "uptime", "cancelled", "zurückgerollt", "webhooks"})
            QVERIFY2(spelling->knows(right), right);
        for (const char *wrong : {"confgi", "failovr", "Kubernets"})
            QVERIFY2(!spelling->knows(wrong), wrong);
        for (const auto &[wrong, right] : {std::pair{"confgi", "config"}, std::pair{"failovr", "failover"}, std::pair{"Kubernets", "kubernetes"}, std::pair{"postgrees", "postgres"}}) {
            const auto all = spelling->suggestions(wrong);
            QVERIFY2(std::find(all.begin(), all.end(), right) != all.end() && all.size() <= review::Spelling::kSuggestions, wrong);
        }
    }
    /// What no dictionary here could know is no word of the team's either.
    void wordsOfAnotherScriptAreNotLookedUp()
    {
        const auto spelling = review::Spelling::open({"en", "de"});
        for (const char *other : {"שלום", "سر", "كبير", "Привет", "μνήμη", "日本語", "שלום-failover"})
            QVERIFY2(spelling->knows(other), other);
        for (const char *mixed : {"c\u0430nfiguraton", "wr\u00f6gnn", "שלום-failovr"}) // a Cyrillic letter within a Latin word is seen
            QVERIFY2(!spelling->knows(mixed), mixed);
        review::LintContext c;
        c.spelling = spelling.get();
        QCOMPARE(found("The message said שלום and כבר, with teh word [[confidential: كبير]]", c), said({"spelling: teh"}));
    }
    void theTeamsWordsAreRight()
    {
        const auto spelling = review::Spelling::open({"en"});
        review::LintContext c;
        c.spelling = spelling.get();
        QCOMPARE(found("The chekout of Zanzibarium (chekout/limit) failed at https://chekout.example/x", c), said({"spelling: chekout", "spelling: Zanzibarium", "spelling: chekout"}));
        c.words = {"chekout"};
        c.people = {"Zanzibarium"};
        QCOMPARE(found("The chekout of Zanzibarium's `wrogn` code failed", c), said({}));
    }
    /// A claim that quotes the line it points at is not told how the record spells; elsewhere the same word is.
    void theWordsOfACitationAreTheRecords()
    {
        const auto spelling = review::Spelling::open({"en"});
        review::LintContext c;
        c.spelling = spelling.get();
        c.textOf = [](std::string_view reference) { return reference == "change/8" ? std::string("Chekout push: wrogn limits") : std::string(); };
        QCOMPARE(found("- [22:05:58](entry:change/8) a chekout push\n- the chekout failed\n", c), said({"spelling: chekout"}));
        QCOMPARE(found("It was the chekout [22:05:58](entry:change/8), with wrogn limits.\n\nThen teh [22:06:00](entry:change/9) chekout", c), said({"spelling: teh", "spelling: chekout"}));
    }
    void aMissingDictionaryIsSaid()
    {
        const QTemporaryDir empty;
        const auto spelling = review::Spelling::open({"en", "de", "xx"}, empty.path().toStdString());
        QCOMPARE(spelling->missing().size(), std::size_t(3));
        QVERIFY(spelling->missing()[1].find("install hunspell-de-de") != std::string::npos);
        QVERIFY(!spelling->isReady() && spelling->knows("wrogn"));
        review::LintContext c;
        c.spelling = spelling.get();
        QCOMPARE(found("wrogn", c), said({}));
    }

    // --- prompts ---
    void everyKindOfStatementHasItsQuestions()
    {
        for (std::size_t n = 0; n < review::kStatements; ++n) {
            const auto kind = static_cast<review::Statement>(n);
            for (const char *language : {"en", "de"}) {
                const auto all = review::promptsFor(kind, language);
                QVERIFY(all.size() >= 2);
                for (const std::string &question : all) {
                    QVERIFY2(question.ends_with("?") && !question.starts_with("Why") && !question.starts_with("Warum"), question.c_str());
                    QVERIFY2(found(question).isEmpty(), question.c_str());
                }
            }
            QCOMPARE(review::statementOf(review::exampleOf(kind, "en")), std::optional(kind));
            QCOMPARE(review::statementOf(review::exampleOf(kind, "de")), std::optional(kind));
        }
        QVERIFY(!review::statementOf("The limit was 40."));
        for (const char *kind : {"detection", "diagnosis", "repair", "key"})
            QCOMPARE(review::promptsForMoment(kind, "de").size(), std::size_t(2));
        QVERIFY(review::promptsForMoment("other", "en").empty());
    }
};

QD_TEST(TestLint)
#include "tst_lint.moc"
