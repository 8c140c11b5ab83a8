// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/render.h"
#include "core/review/seams.h"
#include "tests/support/suite.h"
#include "tests/support/worktime.h"

#include <QRegularExpression>
#include <QtTest>
#include <random>

using namespace qd;
using namespace qd::review;

namespace {

const Audience kOutside{"public", {DataClass::Public, {}, DataClass::Restricted}, true};
const Audience kInside{"internal", {DataClass::Internal, {}, DataClass::Restricted}, false};

Rendition published(const std::string &markdown, const Audience &audience = kOutside)
{
    return renditionOf({"INC-7", "T", {{"summary", "Summary", markdown, Readers::Everybody}}, {}}, audience);
}

/// The words of the section, one block a line.
QString left(std::string markdown, const Audience &audience = kOutside)
{
    for (std::size_t at = markdown.find("{}"); at != std::string::npos; at = markdown.find("{}", at))
        markdown.replace(at, 2, "[[confidential: HUSH]]");
    auto blocks = published(markdown, audience).blocks;
    if (!blocks.empty())
        blocks.erase(blocks.begin()); // the heading
    return QString::fromStdString(plainText(blocks)).trimmed();
}

/// Letters and digits alone.
QString lettersOf(const QString &text)
{
    QString out;
    for (const QChar c : text)
        if (c.isLetterOrNumber())
            out += c;
    return out;
}

} // namespace

/// What is left where something was taken out.
class TestSeams : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsLeftOfWhatIsGone_data()
    {
        QTest::addColumn<QString>("wanted");
        const auto row = [](const char *text, const char *wanted) { QTest::newRow(text) << QString::fromUtf8(wanted); };
        // blanks
        row("It was {} then.", "It was then.");
        row("It was{} then.", "It was then.");
        row("{} It was then.", "It was then.");
        row("It was then {}", "It was then");
        row("It was\n{}\nthen.", "It was then.");
        row("one{}two", "one two");
        row("one **{}** two", "one two");
        row("one *{}*, two", "one, two");
        // separators
        row("errors; {}; then calm", "errors; then calm");
        row("errors, {}, calls", "errors, calls");
        row("errors, {}; calls", "errors; calls");
        row("errors: {}, calls", "errors: calls");
        row("errors, {} calls", "errors, calls");
        row("errors {}, calls", "errors, calls");
        row("errors; {}.", "errors.");
        row("errors, {}!", "errors!");
        row("The cause: {}", "The cause");
        row("The cause: {}.", "The cause.");
        row("{}; then calm", "then calm");
        row("{}, {}; {}: then calm", "then calm");
        row("a, {}, {}; {}, b", "a; b");
        row("a, **{}**, b", "a, b");
        row("**a**; {}; *b*", "a; b");
        row("a – {} – b", "a – b");
        row("a - {}.", "a.");
        row("a — {}, b", "a — b");
        // sentences
        row("Done. {}. Next.", "Done. Next.");
        row("Done. {}! {}? Next.", "Done. Next.");
        row("Done {}... Next.", "Done... Next.");
        row("Done. {}", "Done.");
        row("{}. Next.", "Next.");
        row("Done? {}; next", "Done? next");
        row("He said \"no.\" {}. Next", "He said \"no.\" Next");
        // brackets and quotation marks
        row("a ({}) b", "a b");
        row("a ({}, b) c", "a (b) c");
        row("a (b; {}) c", "a (b) c");
        row("a ({}.) b", "a b");
        row("a (({})) b", "a b");
        row("said \"{}\" then", "said then");
        row("sagte „{}“, dann", "sagte, dann");
        row("said “{}”.", "said.");
        row("said “{}, b”", "said “b”");
        row("a [{}](https://example.org) b", "a b");
        row("a `{}` b", "a b");
        // what is no punctuation stays
        row("at {} .5 and {} :8080 and {} -3", "at .5 and :8080 and -3");
        row("the {}'s limit", "the 's limit");
        row("host-{} is slow", "host- is slow");
        row("{}# not a heading", "# not a heading");
        row("x.{}y", "x.y");
        // blocks
        row("- a\n- {}\n- b", "a\nb");
        row("{}.\n\nNext", "Next");
        row("# {}\n\nNext", "Next");
        row("> a; {}\n\nb", "a\nb");
        row("```\na {}\nb; {}; c\n```", "a\nb; ; c"); // code is as it is, but for the end of a line
        row("| a | b |\n| --- | --- |\n| {}; | c {} |", "a\nb\n\nc");
        row("a  \n{} b", "a\nb");
    }
    void nothingIsLeftOfWhatIsGone()
    {
        QFETCH(QString, wanted);
        QCOMPARE(left(QTest::currentDataTag()), wanted);
    }
    void insideTheHoleStandsWhereItStood()
    {
        QCOMPARE(left("errors; {}; then ({}).", kInside), QStringLiteral("errors; [sealed: confidential, short]; then ([sealed: confidential, short])."));
    }
    /// What was cut before for somebody else says outside as little as a mark does.
    void aHoleInTheSourceLeavesNothingOutside_data()
    {
        QTest::addColumn<QString>("wanted");
        const auto row = [](const char *text, const char *wanted) { QTest::newRow(text) << QString::fromUtf8(wanted); };
        row("We [sealed: restricted, short] failed; [sealed: confidential, long].", "We failed.");
        row("a ([sealed: restricted, medium]) b", "a b");
        row("- a\n- [sealed: restricted, short]\n- b", "a\nb");
        row("a \\[sealed: restricted, short], b", "a, b"); // one only once it is read
        row("a [[confidential: [sealed: restricted, short] HUSH]], b", "a, b");
        row("a [sea[[restricted: HUSH]]led: restricted, short], b", "a [sea led: restricted, short], b");
        row("the box was [sealed: twice]", "the box was [sealed: twice]");
    }
    void aHoleInTheSourceLeavesNothingOutside()
    {
        QFETCH(QString, wanted);
        QCOMPARE(left(QTest::currentDataTag()), wanted);
    }
    void restrictedWordsLeaveNoMoreThanOthers()
    {
        for (const char *mark : {"[[restricted: HUSH]]", "[[restricted for ana: HUSH]]", "[[privileged: HUSH]]", "[[confidential: a [[restricted: HUSH]] b]]"}) {
            QCOMPARE(left(std::string("errors; ") + mark + "; then (" + mark + ")."), QStringLiteral("errors; then."));
            QVERIFY2(left(std::string("errors ") + mark + ".", kInside).contains(QStringLiteral("[sealed: restricted, short]")), mark);
            const Rendition r = renditionOf({"INC-7", std::string("INC-7: Slow (") + mark + ")", {}, {}}, kOutside);
            QCOMPARE(r.title, std::string("INC-7: Slow"));
        }
    }
    void whatIsFoundOnlyOnceItIsReadIsClosedAsWell()
    {
        QCOMPARE(left("errors; [\\[confidential: HUSH]]; then"), QStringLiteral("errors; then"));
        QCOMPARE(left("errors (&#91;&#91;confidential: HUSH]])."), QStringLiteral("errors."));
        QVERIFY(!left("a [[[confidential: x]][confidential: HUSH]], b").contains(QStringLiteral("HUSH")));
        QVERIFY(!left("a [{}\\[confidential: HUSH]], b").contains(QStringLiteral("HUSH"))); // only what was cut keeps the brackets apart
        QVERIFY(!left("a **[{}**[confidential: HUSH]], b").contains(QStringLiteral("HUSH")));
    }
    void theTitleIsClosedToo()
    {
        const Rendition r = renditionOf({"INC-7", "INC-7: Slow ([[confidential: HUSH]]); [[confidential: HUSH]]", {}, {}}, kOutside);
        QCOMPARE(r.title, std::string("INC-7: Slow"));
        QCOMPARE(r.removed, std::size_t(2));
    }
    void anAddressKeepsNoSeam()
    {
        const Rendition r = published("See [there](https://example.org/[[confidential:HUSH]]/x), [this](entry:line/[[confidential:HUSH]]2).");
        for (const Format format : {Format::Markdown, Format::Html, Format::Plain, Format::Confluence}) {
            const std::string text = renderedAs(r, format);
            QVERIFY2(text.find("HUSH") == std::string::npos && text.find(kSeam) == std::string::npos && text.find("%EF%BF%BB") == std::string::npos && text.find("FFFB") == std::string::npos, text.c_str());
        }
    }
    void aSignOfSeamsThatSomebodyWroteIsNone()
    {
        const std::string sign(kSeam);
        QCOMPARE(left("a, " + sign + ", b"), QStringLiteral("a, , b")); // it is taken out of what is published, and nothing with it
        QCOMPARE(left("a, &#xFFFB;, b"), QStringLiteral("a, [U+FFFB], b"));
        QVERIFY(!left("a [" + sign + "[confidential: HUSH]], b").contains(QStringLiteral("HUSH")));
    }
    void theSourceIsNeverTouched()
    {
        const Source source{"INC-7", "T", {{"summary", "Summary", "a; [[confidential: HUSH]]; b", Readers::Everybody}}, {}};
        const std::string before = source.sections[0].text;
        (void)renditionOf(source, kOutside);
        QCOMPARE(source.sections[0].text, before);
    }
    /// Whatever stands around: nothing of what is gone, every letter that stays, in its order, and no blank or separator twice.
    void anyTextKeepsItsLetters()
    {
        const std::vector<std::string> parts{"word", "Wort", "x7", "ä", " ", " ", "; ", ", ", ": ", ". ", "! ", " (", ") ", " \"", "\" ", " – ", " **", "** ", "{}", "{}", "{}", "\n", "\n\n- ", "„", "“"};
        std::mt19937 dice(7);
        for (int n = 0; n < 3000; ++n) {
            std::string text;
            for (std::size_t length = 1 + dice() % 14; length > 0; --length)
                text += parts[dice() % parts.size()];
            std::string kept = text;
            for (std::size_t at = kept.find("{}"); at != std::string::npos; at = kept.find("{}"))
                kept.erase(at, 2);
            const QString out = left(text);
            QVERIFY2(!out.contains(QStringLiteral("HUSH")) && !out.contains(QString::fromUtf8(kSeam.data(), int(kSeam.size()))), text.c_str());
            QCOMPARE(lettersOf(out), lettersOf(QString::fromStdString(kept)));
        }
    }
    void whatIsLeftHasNoSeparatorTwice()
    {
        std::mt19937 dice(11);
        const char *const separators[] = {"; ", ", ", ": ", " – ", " ", ". "};
        static const QRegularExpression kTwice(QStringLiteral("  | [,;:.]|[,;:–]\\s*[,;:.–]|\\.\\s*\\.|\\(\\s*\\)|^[,;:.–]|[,;:–]$"));
        for (int n = 0; n < 2000; ++n) {
            std::string text = dice() % 2 == 0 ? "a" : "{}";
            for (int parts = 1 + int(dice() % 8); parts > 0; --parts) {
                const bool isHole = text.ends_with("}") ? dice() % 3 == 0 : dice() % 2 == 0;
                text += separators[dice() % std::size(separators)];
                text += isHole ? "{}" : "b";
            }
            if (text.find("{}") == std::string::npos)
                continue;
            const QString out = left(text);
            QVERIFY2(!kTwice.match(out).hasMatch(), qPrintable(QString::fromStdString(text) + QStringLiteral(" → ") + out));
        }
    }
    void manySeamsTakeNoTime()
    {
        std::string text;
        while (text.size() < 60'000)
            text += "a, {}; ";
        const qd::tests::WorkTimer clock;
        QVERIFY(left(text).startsWith(QStringLiteral("a; a; a")));
        QVERIFY2(clock.elapsed() < 5'000, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(left(std::string(3'000, '(') + "{}" + std::string(3'000, ')')), QString());
    }
};

QD_TEST(TestSeams)
#include "tst_seams.moc"
