// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/render.h"

#include "tests/support/suite.h"
#include "tests/support/worktime.h"

#include <QtTest>

using namespace qd;
using namespace qd::review;

namespace {

const Audience kInternal{"internal", {DataClass::Internal, {}, DataClass::Restricted}, false};
const Audience kCleared{"internal", {DataClass::Confidential, {}, DataClass::Restricted}, false};
const Audience kPublic{"public", {DataClass::Public, {}, DataClass::Restricted}, true};

Source sourceOf(const std::string &text)
{
    return {"INC-7", "Checkout was slow", {{"summary", "Summary", text, Readers::Everybody}}, {{{"ana", "Ana Lopez"}, "the incident commander"}, {{"ben", "Ben Okri"}, "a responder"}}};
}

QString as(const std::string &text, const Audience &audience, Format format)
{
    return QString::fromStdString(renderedAs(renditionOf(sourceOf(text), audience), format));
}

/// What stands in the summary, without the title and the heading.
QString plain(const std::string &text, const Audience &audience = kPublic)
{
    const QString all = as(text, audience, Format::Plain);
    const qsizetype at = all.indexOf(QStringLiteral("\nSummary\n"));
    return at < 0 ? QString() : all.mid(at + 9).trimmed();
}

constexpr Format kFormats[] = {Format::Markdown, Format::Html, Format::Plain, Format::Confluence};

} // namespace

class TestRendition : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatAnAudienceMayNotReadIsInNoFormat_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << "It was [[confidential: HUSH]] then.";
        QTest::newRow("in bold") << "It **was [[confidential: HUSH]]** then.";
        QTest::newRow("bold ends in it") << "It **was [[confidential: so** HUSH]] then.";
        QTest::newRow("bold begins in it") << "It was [[confidential: HUSH **so]] then** there.";
        QTest::newRow("code ends in it") << "It `was [[confidential: so` HUSH]] then.";
        QTest::newRow("over paragraphs") << "It was [[confidential: so\n\nHUSH\n\n- HUSH\n\n## HUSH]] then.";
        QTest::newRow("out of a list") << "- one [[confidential: HUSH\n- HUSH]] two\n- three";
        QTest::newRow("in a table") << "| a | b |\n| --- | --- |\n| [[confidential: HUSH]] | c |\n| d [[confidential: HUSH | HUSH]] |";
        QTest::newRow("in fenced code") << "```\nline [[confidential: HUSH]]\n```\nthen";
        QTest::newRow("out of fenced code") << "```\nline [[confidential: so\n```\nHUSH]] then";
        QTest::newRow("never closed") << "It was [[confidential: HUSH\n\nHUSH";
        QTest::newRow("an address of a link") << "See [there](https://example.org/[[confidential:HUSH]]).";
        QTest::newRow("an escaped address of a link") << "See [there](https://example.org/%5B%5Bconfidential:HUSH%5D%5D).";
        QTest::newRow("an address with entities") << "See [there](https://example.org/&#91;&#91;confidential:HUSH&#93;&#93;).";
        QTest::newRow("the title of a link") << "See [there](https://example.org \"HUSH\").";
        QTest::newRow("the address of a picture") << "![view](https://example.org/HUSH.png \"HUSH\")";
        QTest::newRow("words in a link") << "See [a [[confidential: HUSH]] b](https://example.org).";
        QTest::newRow("backslashes") << "It was [\\[confidential: HUSH\\]] then.";
        QTest::newRow("entities") << "It was &#91;&#x5b;confidential: HUSH]] then.";
        QTest::newRow("named entities") << "It was &lbrack;&lsqb;confidential: HUSH]] then.";
        QTest::newRow("bold between its brackets") << "It was [**[confidential: HUSH]** ] then.";
        QTest::newRow("bold in its class") << "It was [[conf**id**ential: HUSH]] then.";
        QTest::newRow("a mark in a mark") << "It was [[internal: a [[restricted: HUSH]] HUSH]] then.";
        QTest::newRow("made of what was cut") << "It was [[[confidential: x]][confidential: HUSH]] then.";
        QTest::newRow("made of what was cut, once it is read") << "&#91;&#91;&#91;restricted: y]]&#91;restricted: HUSH]] end";
        QTest::newRow("made of that again") << "&#91;&#91;&#91;&#91;restricted: y]]&#91;restricted: x]]&#91;confidential: HUSH]] end";
        QTest::newRow("made of what may be read") << "[\\[public: a &#91;]]\\[restricted: HUSH]] end";
        QTest::newRow("in bold, made of what was cut") << "\\[\\[\\[restricted: **y]]**\\[restricted: HUSH]] end";
        QTest::newRow("restricted") << "It was [[restricted: HUSH]] then.";
        QTest::newRow("restricted, for one person") << "It **was [[restricted for ana: so** HUSH]] then.";
        QTest::newRow("restricted, in a table") << "| a | b |\n| --- | --- |\n| [[restricted: HUSH]] | c |";
        QTest::newRow("restricted, in fenced code") << "```\nline [[restricted: HUSH]]\n```\nthen";
        QTest::newRow("restricted, words in a link") << "See [a [[restricted: HUSH]] b](https://example.org).";
        QTest::newRow("privileged, never closed") << "It was [[privileged: HUSH\n\nHUSH";
        QTest::newRow("for one person") << "It was [[public for dana: HUSH]] then.";
        QTest::newRow("language of code") << "```HUSH\nx\n```";
        QTest::newRow("a comment of HTML with a mark") << "<!-- [[confidential: HUSH]] -->";
        QTest::newRow("a reference") << "See [there][1].\n\n[1]: https://example.org \"HUSH\"";
    }
    void whatAnAudienceMayNotReadIsInNoFormat()
    {
        QFETCH(QString, text);
        for (const Format format : kFormats) {
            const QString out = as(text.toStdString(), kPublic, format);
            QVERIFY2(!out.contains(QStringLiteral("HUSH")) && !out.contains(QStringLiteral("sealed:")), qPrintable(out));
            const QString inside = as(text.toStdString(), kInternal, format);
            const bool isMarked = text.contains(QStringLiteral("[[confidential")) || text.contains(QStringLiteral("[[restricted")) || text.contains(QStringLiteral("[[privileged"));
            if (isMarked && !text.contains(QStringLiteral("[[["))) // with a hole there it never opens a mark
                QVERIFY2(!inside.contains(QStringLiteral("HUSH")), qPrintable(inside));
        }
    }

    /// However often a mark comes to be of what is left, none is in the end, and it takes no time.
    void marksThatComeToBeAreCutToTheLast()
    {
        for (const char *bracket : {"&#91;", "\\[", "["}) {
            std::string text;
            for (int n = 0; n < 1'000; ++n)
                text += bracket;
            text += bracket;
            for (int n = 0; n < 1'000; ++n)
                text += std::string(bracket) + "restricted: y]]";
            text += " HUSH";
            const qd::tests::WorkTimer timer;
            for (const Audience &audience : {kPublic, kInternal}) {
                const Rendition r = renditionOf(sourceOf(text), audience);
                QVERIFY2(marksIn(plainText(r.blocks)).empty(), bracket);
                QVERIFY2(r.removed > 0, bracket);
            }
            QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
        }
    }

    void marksWithinOneThatMayBeReadLoseTheirBrackets()
    {
        QCOMPARE(plain("It was [\\[public: a [\\[public: b\\]] c\\]] then."), QStringLiteral("It was a b c then."));
    }

    void whoIsClearedReadsItWithoutBrackets()
    {
        QCOMPARE(plain("It was [[confidential: HUSH]] then.", kCleared), QStringLiteral("It was HUSH then."));
        QCOMPARE(plain("It was [\\[confidential: HUSH]] then.", kCleared), QStringLiteral("It was HUSH then."));
    }

    void insideAHoleSaysWhatClassIsMissing()
    {
        QCOMPARE(plain("It was [[confidential: HUSH]] then.", kInternal), QStringLiteral("It was [sealed: confidential, short] then."));
        QCOMPARE(plain("It was [\\[restricted: HUSH]] then.", kInternal), QStringLiteral("It was [sealed: restricted, short] then."));
        QCOMPARE(plain("It was [[confidential: HUSH]] then."), QStringLiteral("It was then."));
    }

    void formattingAroundWhatIsCutStaysWhole_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("html");
        QTest::newRow("bold ends in it") << "a **b [[confidential: x** y]] c" << "<p>a <strong>b</strong> c</p>";
        QTest::newRow("bold begins in it") << "a [[confidential: x **y]] b** c" << "<p>a <strong>b</strong> c</p>";
        QTest::newRow("bold within it") << "a [[confidential: x **y** z]] b" << "<p>a b</p>";
        QTest::newRow("bold around it") << "a **b [[confidential: x]] c** d" << "<p>a <strong>b c</strong> d</p>";
        QTest::newRow("two kinds") << "a **b *c [[confidential: x* y** z]] d" << "<p>a <strong>b </strong><strong><em>c</em></strong> d</p>";
        QTest::newRow("code") << "a `b [[confidential: x` y]] c" << "<p>a <code>b</code> c</p>";
        QTest::newRow("a fence") << "```\na [[confidential: x\n```\ny]]\nc" << "<pre>a</pre>\n<p>c</p>";
    }
    void formattingAroundWhatIsCutStaysWhole()
    {
        QFETCH(QString, text);
        QFETCH(QString, html);
        const QString out = as(text.toStdString(), kPublic, Format::Confluence);
        QVERIFY2(out.contains(html), qPrintable(out));
    }

    void outsidePeopleAreTheirRoles()
    {
        QCOMPARE(plain("Ana Lopez saw it, asked @ben and **Ben** Okri, then Banana."), QStringLiteral("The incident commander saw it, asked a responder and a responder, then Banana."));
        QCOMPARE(plain("ana saw it.", kInternal), QStringLiteral("ana saw it."));
    }

    void aNameBesidePunctuationIsItsRole()
    {
        QCOMPARE(plain("Then Ana Lopez’s change, “Ben Okri” and —@ana— again…"), QStringLiteral("Then the incident commander’s change, “a responder” and —the incident commander— again…"));
        QCOMPARE(plain("Then ANA  LOPEZ asked Ben\\\nOkri."), QStringLiteral("Then the incident commander asked a responder."));
        QCOMPARE(plain("- so said Ben\n- Okri"), QStringLiteral("- so said a responder\n  - Okri")); // no name goes over two items
    }

    void outsideNothingOfTheRecordIsPointedAt()
    {
        const std::string text = "It [broke](line/12) at [noon](https://example.org/noon).";
        QCOMPARE(plain(text), QStringLiteral("It broke at noon <https://example.org/noon>."));
        QVERIFY(plain(text, kInternal).contains(QStringLiteral("broke (line/12)")));
        for (const Format format : kFormats)
            QVERIFY(!as(text, kPublic, format).contains(QStringLiteral("line/12")));
    }

    void sectionsForInsideAreLeftOutOutside()
    {
        Source source = sourceOf("said");
        source.sections.push_back({"participants", "Participants", "Ana, Ben", Readers::Inside});
        const Rendition outside = renditionOf(source, kPublic), inside = renditionOf(source, kInternal);
        QCOMPARE(outside.sectionsLeftOut, std::size_t(1));
        QCOMPARE(inside.sectionsLeftOut, std::size_t(0));
        source.sections.push_back({"external", "For customers", "Sorry", Readers::Outside});
        QVERIFY(plainText(renditionOf(source, kPublic).blocks).find("Sorry") != std::string::npos);
        QVERIFY(plainText(renditionOf(source, kInternal).blocks).find("Sorry") == std::string::npos);
        QVERIFY(plainText(outside.blocks).find("Participants") == std::string::npos);
        QVERIFY(plainText(inside.blocks).find("Participants") != std::string::npos);
    }

    void aTitleIsCutAsWell()
    {
        Source source = sourceOf("said");
        source.title = "Leak at [[confidential: HUSH]], seen by Ana Lopez";
        const Rendition r = renditionOf(source, kPublic);
        QCOMPARE(r.title, std::string("Leak at, seen by the incident commander"));
        QCOMPARE(r.removed, std::size_t(1));
    }

    /// Nothing a browser would fetch, run or send, whatever the Markdown holds.
    void hostileMarkdownBecomesText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("script") << "<script>alert(1)</script>";
        QTest::newRow("script in a line") << "a <script src=https://evil.example/x.js></script> b";
        QTest::newRow("picture") << "![x](https://evil.example/x.png)";
        QTest::newRow("picture of this machine") << "![x](file:///etc/passwd)";
        QTest::newRow("picture as HTML") << "<img src=x onerror=alert(1)>";
        QTest::newRow("picture in a link") << "[![x](https://evil.example/x.png)](javascript:alert(1))";
        QTest::newRow("javascript") << "[x](javascript:alert(1))";
        QTest::newRow("javascript in entities") << "[x](&#106;avascript:alert(1))";
        QTest::newRow("javascript with a tab") << "[x](<java\tscript:alert(1)>)";
        QTest::newRow("data") << "[x](data:text/html;base64,PHNjcmlwdD4=)";
        QTest::newRow("file") << "[x](file:///etc/passwd)";
        QTest::newRow("out of an attribute") << "[x](https://example.org/\"onmouseover=\"alert(1))";
        QTest::newRow("out of a destination") << "[x](<https://example.org/&gt;&#41;&lt;script&gt;alert(1)&lt;/script&gt;&#10;&#10;&#33;&#91;y&#93;(https://evil.example/p.png)>)";
        QTest::newRow("automatic link") << "<javascript:alert(1)>";
        QTest::newRow("frame") << "<iframe src=\"https://evil.example\"></iframe>";
        QTest::newRow("style") << "<style>@import 'https://evil.example';</style>";
        QTest::newRow("base") << "<base href=https://evil.example>";
        QTest::newRow("meta") << "<meta http-equiv=refresh content='0;url=https://evil.example'>";
        QTest::newRow("end of the page") << "</body></html><script>alert(1)</script>";
        QTest::newRow("comment") << "<!-- --><script>alert(1)</script>";
        QTest::newRow("title") << "</title><script>alert(1)</script>";
        QTest::newRow("storage macro") << "<ac:structured-macro ac:name=\"html\"><ac:plain-text-body><![CDATA[<script>]]></ac:plain-text-body></ac:structured-macro>";
    }
    void hostileMarkdownBecomesText()
    {
        QFETCH(QString, text);
        Source source = sourceOf(text.toStdString());
        source.title = text.toStdString();
        for (const Audience &audience : {kInternal, kPublic})
            for (const Format format : {Format::Html, Format::Confluence}) {
                const QString html = QString::fromStdString(renderedAs(renditionOf(source, audience), format));
                static const QRegularExpression tag(QStringLiteral("<([a-zA-Z!/][^>\\s]*)([^>]*)>"));
                static const QStringList allowed = QStringLiteral("!DOCTYPE html head meta title style body h1 h2 h3 h4 h5 h6 p ul ol li pre code em strong s a "
                                                                "br/ hr/ table tbody tr th td blockquote small")
                                                     .split(u' ');
                for (auto it = tag.globalMatch(html); it.hasNext();) {
                    const auto match = it.next();
                    QString name = match.captured(1);
                    if (name.startsWith(u'/'))
                        name.remove(0, 1);
                    QVERIFY2(allowed.contains(name), qPrintable(match.captured(0)));
                    static const QRegularExpression attributes(QStringLiteral("^( (rel|href|lang|charset|http-equiv|content|name|start)=\"[^\"<>]*\")*$"));
                    QVERIFY2(name.startsWith(QStringLiteral("!")) || attributes.match(match.captured(2)).hasMatch(), qPrintable(match.captured(0)));
                    if (name == QStringLiteral("a") && !match.captured(2).isEmpty())
                        QVERIFY2(match.captured(2).contains(QStringLiteral("href=\"https://example.org/")), qPrintable(match.captured(0)));
                }
                QVERIFY(format != Format::Html || html.count(QStringLiteral("<meta")) == 4);
            }
    }

    /// Read by somebody else's Markdown: no other link, no block more than there was.
    void hostileDestinationsStayDestinations_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *scheme : {"https://example.org/", "line/4"}) {
            const QString to = QString::fromUtf8(scheme);
            QTest::newRow(qPrintable(to + QStringLiteral(" an end"))) << QStringLiteral("[a](<%1&gt;&#41; &#91;b&#93;&#40;&lt;https://evil.example/>) c").arg(to);
            QTest::newRow(qPrintable(to + QStringLiteral(" a line"))) << QStringLiteral("[a](<%1&#10;&#10;&#35; b>) c").arg(to);
            QTest::newRow(qPrintable(to + QStringLiteral(" a backslash"))) << QStringLiteral("[a](<%1&#92;>) c").arg(to);
            QTest::newRow(qPrintable(to + QStringLiteral(" a tag"))) << QStringLiteral("[a](<%1&lt;img src=x&gt;>) c").arg(to);
            QTest::newRow(qPrintable(to + QStringLiteral(" an entity of an entity"))) << QStringLiteral("[a](<%1&amp;gt;&amp;#41;?x=1&amp;y=2>) c").arg(to);
        }
    }
    void hostileDestinationsStayDestinations()
    {
        QFETCH(QString, text);
        Rendition r;
        r.title = "t";
        r.blocks = blocksOf(text.toStdString());
        QCOMPARE(r.blocks.size(), std::size_t(1));
        const std::string written = renderedAs(r, Format::Markdown);
        const std::vector<Block> back = blocksOf(written);
        QVERIFY2(back.size() == 2 && back[1].kind == Block::Kind::Paragraph, written.c_str());
        QVERIFY2(plainText({back[1]}) == plainText(r.blocks), written.c_str());
        std::size_t links = 0;
        for (const Run &run : back[1].runs) {
            links += run.link.empty() && run.evidence.empty() ? 0 : 1;
            QVERIFY2(!QString::fromStdString(run.link).startsWith(QStringLiteral("https://evil")), written.c_str());
        }
        QVERIFY2(links == 1, written.c_str());
        QVERIFY2(written.find("<img") == std::string::npos && written.find("\\>") == std::string::npos, written.c_str());
    }

    void aPageAllowsNothingToBeFetched()
    {
        const QString html = as("said", kPublic, Format::Html);
        QVERIFY(html.contains(QStringLiteral("content=\"default-src 'none'; style-src 'sha256-")));
        const qsizetype begin = html.indexOf(QStringLiteral("<style>")) + 7;
        const QByteArray style = html.mid(begin, html.indexOf(QStringLiteral("</style>")) - begin).toUtf8();
        const QString hash = QString::fromLatin1(QCryptographicHash::hash(style, QCryptographicHash::Sha256).toBase64());
        QVERIFY2(html.contains(QStringLiteral("'sha256-") + hash + QStringLiteral("'")), qPrintable(hash));
    }

    void markdownReadsBackAsTheSameBlocks_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("paragraphs") << "one **two** *three* `four` ~~five~~\n\nsix";
        QTest::newRow("lists") << "- one\n- two\n    - deeper\n\n1. first\n2. second";
        QTest::newRow("a table") << "| a | b |\n| --- | --- |\n| c | **d** |\n| e \\| f | g |";
        QTest::newRow("code") << "```\n# not a heading\n``\n```";
        QTest::newRow("a quotation") << "> said\n>\n> again";
        QTest::newRow("what looks like formatting") << "2\\*3\\*4 \\_a\\_ \\# b \\[c\\](d) 1\\. e &amp;lt; \\<b\\>";
        QTest::newRow("begins as a list would") << "\\- no list\n\n1\\) none\n\n\\# none";
        QTest::newRow("links") << "[a](https://example.org/x_y_z) and [b](line/4)";
        QTest::newRow("backticks in code") << "`` a`b ``";
    }
    void markdownReadsBackAsTheSameBlocks()
    {
        QFETCH(QString, text);
        Rendition r;
        r.title = "t";
        r.blocks = blocksOf(text.toStdString());
        const std::string written = renderedAs(r, Format::Markdown);
        std::vector<Block> back = blocksOf(written);
        QVERIFY(!back.empty() && back.front().kind == Block::Kind::Heading);
        back.erase(back.begin());
        QVERIFY2(back == r.blocks, written.c_str());
    }

    void headingsStandUnderTheSection()
    {
        const QString html = as("# one\n\n## two\n\n###### six", kInternal, Format::Confluence);
        QVERIFY2(html.contains(QStringLiteral("<h2>Summary</h2>\n<h3>one</h3>\n<h4>two</h4>\n<h6>six</h6>")), qPrintable(html));
    }

    void listsAreNestedAsTheyWereWritten()
    {
        const QString html = as("1. one\n    - a\n    - b\n2. two\n\nafter", kInternal, Format::Confluence);
        QVERIFY2(html.contains(QStringLiteral("<ol><li>one<ul><li>a</li>\n<li>b</li></ul>\n</li>\n<li>two</li></ol>\n<p>after</p>")), qPrintable(html));
    }

    void storageIsWellFormedXml_data() { hostileMarkdownBecomesText_data(); }
    void storageIsWellFormedXml()
    {
        QFETCH(QString, text);
        const QString all = QStringLiteral("<page>") + as(text.toStdString() + "\n\n- a\n  - b\n    1. c\n\n> q\n> > r\n\n| x | y |\n| --- | --- |\n| 1 |\n", kPublic, Format::Confluence) + QStringLiteral("</page>");
        QXmlStreamReader xml(all);
        while (!xml.atEnd())
            xml.readNext();
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString() + all));
    }

    /// Eight deep, as is said; what is deeper stands at that depth, with its words.
    void listsAndQuotationsAreAsDeepAsIsSaid_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("opens");
        QTest::newRow("quotations") << "> " << "<blockquote>";
        QTest::newRow("lists") << "- " << "<ul>";
        QTest::newRow("numbered") << "1. " << "<ol>";
    }
    void listsAndQuotationsAreAsDeepAsIsSaid()
    {
        QFETCH(QString, one);
        QFETCH(QString, opens);
        for (const int deep : {kDeepest - 1, kDeepest, kDeepest + 1, 3000}) {
            const QString text = one.repeated(deep) + QStringLiteral("word\n\nafter");
            const QString html = QString::fromStdString(htmlOf(blocksOf(text.toStdString())));
            QCOMPARE(html.count(opens), std::min(deep, kDeepest));
            QVERIFY2(html.contains(QStringLiteral("word")) && html.contains(QStringLiteral("after")), qPrintable(html.left(400)));
            QVERIFY(as(text.toStdString(), kPublic, Format::Markdown).contains(QStringLiteral("word")));
        }
    }

    void deepNestingAndLongTextsAreReadSoon()
    {
        std::string deep;
        for (int n = 0; n < 2000; ++n)
            deep += "> - ";
        deep += "x\n\n" + std::string(30'000, '[') + std::string(30'000, '*') + std::string(20'000, '`');
        const qd::tests::WorkTimer timer;
        QVERIFY(!as(deep, kPublic, Format::Html).isEmpty());
        QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
    }

    void whatIsDrawnAsNothingIsSeen()
    {
        QVERIFY(plain("a&#8203;b&#x202e;c").contains(QStringLiteral("a[U+200B]b[U+202E]c")));
    }
};

QD_TEST(TestRendition)
#include "tst_rendition.moc"
