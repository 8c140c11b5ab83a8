// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/render.h"
#include "tests/support/suite.h"
#include "ui/review/exporting.h"
#include "ui/review/flattened.h"

#include <QApplication>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QtTest>

using namespace qd;
using namespace qd::review;

namespace {

const Audience kOutside{"public", {DataClass::Public, {}, DataClass::Restricted}, true};

Rendition rendition(const std::string &markdown)
{
    return renditionOf({"INC-7", "Checkout was slow [[confidential: HUSH]]", {{"summary", "Summary", markdown, Readers::Everybody}}, {{{"@ana", "Ana Lopez"}, "the incident commander"}}}, kOutside);
}

QByteArray written(PaperFormat format, const std::string &markdown)
{
    const Rendition r = rendition(markdown);
    return writtenAs(format, QString::fromStdString(renderedAs(r, Format::Html)), QString::fromStdString(r.title));
}

/// What a program of the system says of the bytes.
QByteArray toldBy(const QString &program, const QStringList &before, const QByteArray &bytes, const QStringList &after)
{
    const QTemporaryDir dir;
    QFile file(dir.filePath(QStringLiteral("file")));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return {};
    file.close();
    QProcess reader;
    reader.start(program, before + QStringList{file.fileName()} + after);
    return reader.waitForFinished() && reader.exitCode() == 0 ? reader.readAllStandardOutput() : QByteArray();
}

QByteArray pdfText(const QByteArray &pdf)
{
    return toldBy(QStringLiteral("/usr/bin/pdftotext"), {QStringLiteral("-layout")}, pdf, {QStringLiteral("-")});
}

/// Every file of the archive, one behind another.
QByteArray unzipped(const QByteArray &odt)
{
    return toldBy(QStringLiteral("/usr/bin/python3"),
                  {QStringLiteral("-c"), QStringLiteral("import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nfor n in z.namelist(): sys.stdout.buffer.write(n.encode()+b'\\n'+z.read(n)+b'\\n')")}, odt, {});
}

const char *const kText = "Ana Lopez **saw [[confidential: HUSH so** HUSH]] that [payments](entry:line/4) failed.\n\n- one\n- [[restricted for dana: HUSH\n- HUSH]]\n\n| a | b |\n| --- | --- |\n| c | [[confidential: HUSH]] d |\n";

} // namespace

/// What leaves as PDF or ODT.
class TestExporting final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPdfHoldsWhatMayBeReadAndNothingElse()
    {
        const QByteArray pdf = written(PaperFormat::Pdf, kText);
        QVERIFY(pdf.startsWith("%PDF-"));
        const QByteArray text = pdfText(pdf);
        for (const char *there : {"Checkout was slow", "Summary", "The incident commander saw that payments failed.", "one"})
            QVERIFY2(text.contains(there), text.constData());
        for (const char *gone : {"HUSH", "Ana", "line/4", "sealed"}) {
            QVERIFY2(!text.contains(gone), text.constData());
            QVERIFY(!pdf.contains(gone));
        }
    }

    void anOdtHoldsWhatMayBeReadAndNothingElse()
    {
        const QByteArray odt = written(PaperFormat::Odt, kText);
        QVERIFY(odt.startsWith("PK"));
        const QByteArray all = unzipped(odt);
        for (const char *there : {"Checkout was slow", "Summary", "content.xml"})
            QVERIFY2(all.contains(there), all.constData());
        for (const char *gone : {"HUSH", "Ana Lopez", "line/4", "sealed"}) {
            QVERIFY2(!all.contains(gone), all.constData());
            QVERIFY(!odt.contains(gone));
        }
    }

    /// Whatever HTML it is given, also such as never comes from a rendition.
    void nothingIsEverLoaded()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        int connections = 0;
        connect(&server, &QTcpServer::newConnection, this, [&] { ++connections; });
        const QTemporaryDir dir;
        QFile picture(dir.filePath(QStringLiteral("secret.svg")));
        QVERIFY(picture.open(QIODevice::WriteOnly));
        picture.write("<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'><text>HUSH</text></svg>");
        picture.close();
        const QString base = QStringLiteral("http://127.0.0.1:%1/").arg(server.serverPort());
        const QString html = QStringLiteral("<html><head><link rel=stylesheet href=\"%1a.css\"><style>@import url(%1b.css);</style></head><body><p>before</p><img src=\"%1c.png\"><img src=\"file://%2\">"
                                            "<img src=\"%2\"><img src=\":/icons/any.svg\"><table background=\"%1d.png\"><tr><td>in</td></tr></table><p style=\"background-image:url(%1e.png)\">after</p></body></html>")
                                 .arg(base, picture.fileName());
        StillDocument document;
        document.setHtml(html);
        (void)document.size(); // laid out, which asks for pictures
        QVERIFY2(document.asked() > 0, "nothing was asked for: this test shows nothing");
        const QByteArray pdf = writtenAs(PaperFormat::Pdf, html, QStringLiteral("t")), odt = writtenAs(PaperFormat::Odt, html, QStringLiteral("t"));
        QTest::qWait(50);
        QCOMPARE(connections, 0);
        QVERIFY(pdfText(pdf).contains("after"));
        QVERIFY(!unzipped(odt).contains("HUSH"));
    }

    void hostileMarkdownIsPrintedAsItsWords()
    {
        const QByteArray text = pdfText(written(PaperFormat::Pdf, "![x](file:///etc/passwd) <img src=file:///etc/hostname> <script>alert(1)</script>"));
        QVERIFY2(text.contains("[picture: x]"), text.constData());
        QVERIFY2(text.contains("<script>alert(1)</script>"), text.constData());
        QVERIFY2(!text.contains("root:"), text.constData());
    }

    /// Nobody has to tell it beside the page.
    void theTitleIsThePagesOwn_data()
    {
        QTest::addColumn<QString>("html");
        QTest::addColumn<QString>("title");
        Rendition slow;
        slow.title = "Slow <b> & \"quoted\" ä";
        QTest::newRow("a rendition") << QString::fromStdString(renderedAs(slow, Format::Html)) << QStringLiteral("Slow <b> & \"quoted\" ä");
        QTest::newRow("none") << QStringLiteral("<html><body><p>words</p></body></html>") << QString();
        QTest::newRow("not closed") << QStringLiteral("<html><head><title>words</head><body>more</body></html>") << QString();
        QTest::newRow("in the body") << QStringLiteral("<html><body><title>words</title></body></html>") << QString();
        QTest::newRow("empty") << QString() << QString();
    }
    void theTitleIsThePagesOwn()
    {
        QFETCH(QString, html);
        QTEST(titleOf(html), "title");
    }

    /// Whoever writes HTML without an end: the program lays out what it can, and the words are there.
    void whatIsNestedDeeperThanCanBeLaidOutIsItsWords_data()
    {
        QTest::addColumn<QString>("opens");
        QTest::addColumn<QString>("closes");
        QTest::newRow("tables") << "<table><tr><td>" << "</td></tr></table>";
        QTest::newRow("cells without a table") << "<tr><td>" << "</td></tr>";
        QTest::newRow("tables that are never closed") << "<table><tr><td>" << "";
        QTest::newRow("tables behind what looks like an end") << "<table><tr><td><style></table></style><p title=\"</table>\">" << "";
        QTest::newRow("quotations") << "<blockquote>" << "</blockquote>";
        QTest::newRow("lists") << "<ul><li>" << "</li></ul>";
        QTest::newRow("looks") << "<b><i>" << "</i></b>";
    }
    void whatIsNestedDeeperThanCanBeLaidOutIsItsWords()
    {
        QFETCH(QString, opens);
        QFETCH(QString, closes);
        const QString html = QStringLiteral("<html><body>") + opens.repeated(3000) + QStringLiteral("innermost") + closes.repeated(3000) + QStringLiteral("<p>behind it</p></body></html>");
        for (const PaperFormat format : {PaperFormat::Pdf, PaperFormat::Odt}) {
            const QByteArray written = writtenAs(format, html, {});
            const QByteArray words = (format == PaperFormat::Pdf ? pdfText(written) : unzipped(written)).simplified().replace(' ', ""); // a narrow cell breaks a word
            QVERIFY(words.contains("innermost"));
            QVERIFY(words.contains("behindit"));
        }
    }

    void upToTheLimitNothingIsFlattened()
    {
        const auto nested = [](const QString &opens, const QString &closes, int deep) { return opens.repeated(deep) + QStringLiteral("x") + closes.repeated(deep); };
        const QString table = QStringLiteral("<table><tr><td>"), tableEnd = QStringLiteral("</td></tr></table>");
        QCOMPARE(flattened(nested(table, tableEnd, kDeepestTables)), nested(table, tableEnd, kDeepestTables));
        QCOMPARE(flattened(nested(table, tableEnd, kDeepestTables + 1)).count(QStringLiteral("<table>")), kDeepestTables);
        for (const auto &[name, most] : {std::pair("blockquote", kDeepestIndents), std::pair("ul", kDeepestIndents), std::pair("div", kDeepestElements)}) {
            const QString opens = QStringLiteral("<%1>").arg(QLatin1String(name)), closes = QStringLiteral("</%1>").arg(QLatin1String(name));
            QCOMPARE(flattened(nested(opens, closes, most)), nested(opens, closes, most));
            const QString deeper = flattened(nested(opens, closes, most + 1));
            QCOMPARE(deeper.count(opens), most);
            QCOMPARE(deeper.count(closes), most);
        }
    }

    /// The deepest there is of a rendition is laid out as it stands.
    void ofARenditionNothingIsFlattened()
    {
        std::string text;
        for (int n = 0; n < 2 * kDeepest; ++n)
            text += "> ";
        for (int n = 0; n < 2 * kDeepest; ++n)
            text += n % 2 == 0 ? "- " : "1. ";
        text += "***~~[`deep` & <b> \"words\"](https://example.org/?a=1&b='2')~~***\n\n| a | b |\n| --- | --- |\n| c | d |\n\n```\n</td>\n```\n";
        const QString html = QString::fromStdString(htmlOf(blocksOf(text)));
        QVERIFY(html.contains(QStringLiteral("<code>deep")));
        QCOMPARE(flattened(html), html);
    }

    void whatIsNoTagIsText_data()
    {
        QTest::addColumn<QString>("html");
        QTest::addColumn<QString>("flat");
        QTest::newRow("a sign") << "a < b" << "a &lt; b";
        QTest::newRow("not ended") << "<b" << "&lt;b";
        QTest::newRow("a quote not ended") << "<b x=\"" << "&lt;b x=\"";
        QTest::newRow("a tag in a tag") << "<p title=\"<b>\">x</b>" << "&lt;p title=\"<b>\">x</b>";
        QTest::newRow("a comment") << "a<!-- <table> -->b" << "ab";
        QTest::newRow("a script") << "a<script>if (1 < 2) x()</script>b" << "ab";
        QTest::newRow("what closes nothing") << "</p>a</table>" << "a";
        QTest::newRow("paragraphs nobody closed") << "<p>a<p>b</p>" << "<p>a</p><p>b</p>";
    }
    void whatIsNoTagIsText()
    {
        QFETCH(QString, html);
        QTEST(flattened(html), "flat");
    }

    void manyPagesAreWritten()
    {
        std::string text;
        for (int n = 0; n < 400; ++n)
            text += "Paragraph " + std::to_string(n) + " of a long review.\n\n";
        const QByteArray pdf = written(PaperFormat::Pdf, text);
        QVERIFY(pdfText(pdf).contains("Paragraph 399"));
        QVERIFY(pdfText(pdf).count('\f') > 5);
    }
};

QD_GUI_TEST(TestExporting)
#include "tst_exporting.moc"
