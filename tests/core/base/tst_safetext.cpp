// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/safetext.h"

#include "core/base/markup.h"
#include "tests/support/suite.h"
#include "tests/support/worktime.h"

#include <QStringDecoder>
#include <QtTest>

using namespace qd;

/// Abuse case 3 of the threat list: text that hides, reorders or piles up.
class TestSafeText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsPlainText_data();
    void keepsPlainText();
    void showsWhatHides_data();
    void showsWhatHides();
    void capsCombiningMarks_data();
    void capsCombiningMarks();
    void repairsBytesThatAreNotText_data();
    void repairsBytesThatAreNotText();
    void cutsAtACharacter();
    void cutsBeforeATokenThatDoesNotFit();
    void lineHasNoBreaks();
    void everyByteGivesValidText();
    void hugeTextIsCheap();
    void markupShowsWhatItIsGiven()
    {
        QCOMPARE(markupEscaped("<a href='x' title=\"y\">& é\n"), std::string("&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp; é\n"));
    }
};

void TestSafeText::keepsPlainText_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("ASCII") << QStringLiteral("disk 91 % full on db-1, see <b>runbook</b> & act");
    QTest::newRow("lines and tabs") << QStringLiteral("a\n\tb\n");
    QTest::newRow("other scripts") << QStringLiteral("Überlauf · переполнение · 溢出 · فيض · เต็ม · đầy");
    QTest::newRow("one accent") << QStringLiteral("cafe\u0301");
    QTest::newRow("emoji with its selector") << QStringLiteral("\u26a0\ufe0f fire \U0001f525");
    QTest::newRow("nothing") << QString();
}

void TestSafeText::keepsPlainText()
{
    QFETCH(QString, text);
    TextMarks marks;
    const std::string raw = text.toStdString();
    QCOMPARE(safeText(raw, kFieldLimit, &marks), raw);
    QVERIFY(!marks.clamped && !marks.hidden && !marks.repaired);
}

void TestSafeText::showsWhatHides_data()
{
    QTest::addColumn<QString>("raw");
    QTest::addColumn<QString>("shown");
    QTest::newRow("right-to-left override")
        << QStringLiteral("invoice\u202efdp.exe") << QStringLiteral("invoice[U+202E]fdp.exe");
    QTest::newRow("isolate") << QStringLiteral("a\u2066b\u2069c") << QStringLiteral("a[U+2066]b[U+2069]c");
    QTest::newRow("zero width space") << QStringLiteral("pay\u200bments") << QStringLiteral("pay[U+200B]ments");
    QTest::newRow("byte order mark") << QStringLiteral("\ufeffx") << QStringLiteral("[U+FEFF]x");
    QTest::newRow("soft hyphen") << QStringLiteral("a\u00adb") << QStringLiteral("a[U+00AD]b");
    QTest::newRow("escape sequence") << QStringLiteral("\u001b[31mred") << QStringLiteral("[U+001B][31mred");
    QTest::newRow("C1 control") << QStringLiteral("a\u009bb") << QStringLiteral("a[U+009B]b");
    QTest::newRow("bell and NUL") << QString(QChar(7)) + QChar(0) << QStringLiteral("[U+0007][U+0000]");
    QTest::newRow("line separator") << QStringLiteral("a\u2028b") << QStringLiteral("a[U+2028]b");
    QTest::newRow("tag characters") << QStringLiteral("a\U000e0041b") << QStringLiteral("a[U+E0041]b");
    QTest::newRow("letters smuggled in selectors") << QStringLiteral("a\U000e0130b") << QStringLiteral("a[U+E0130]b");
    QTest::newRow("Hangul filler") << QStringLiteral("a\u3164b") << QStringLiteral("a[U+3164]b");
}

void TestSafeText::showsWhatHides()
{
    QFETCH(QString, raw);
    QFETCH(QString, shown);
    TextMarks marks;
    QCOMPARE(QString::fromStdString(safeText(raw.toStdString(), kFieldLimit, &marks)), shown);
    QVERIFY(marks.hidden);
    QVERIFY(!marks.repaired && !marks.clamped);
}

void TestSafeText::capsCombiningMarks_data()
{
    QTest::addColumn<uint>("mark");
    QTest::newRow("acute") << 0x301u;
    QTest::newRow("enclosing circle") << 0x20ddu;
    QTest::newRow("Thai tone") << 0xe49u;
    QTest::newRow("Hebrew point") << 0x5b0u;
    QTest::newRow("Devanagari nukta") << 0x93cu;
    QTest::newRow("Tibetan vowel") << 0xf74u;
    QTest::newRow("musical stem, beyond the first plane") << 0x1d167u;
}

void TestSafeText::capsCombiningMarks()
{
    QFETCH(uint, mark);
    const char32_t c = mark;
    const QString marks = QString::fromUcs4(&c, 1);
    TextMarks found;
    const QString out = QString::fromStdString(safeText(
        (QStringLiteral("a") + marks.repeated(200'000) + QStringLiteral("b")).toStdString(), kFieldLimit, &found));
    QCOMPARE(out, QStringLiteral("a") + marks.repeated(int(kMarksPerBase)) + QStringLiteral("b"));
    QVERIFY(found.hidden && !found.clamped);
}

void TestSafeText::repairsBytesThatAreNotText_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<int>("replaced");
    QTest::newRow("Latin-1") << QByteArray("caf\xe9") << 1;
    QTest::newRow("overlong slash") << QByteArray("\xc0\xaf") << 2;
    QTest::newRow("overlong three") << QByteArray("\xe0\x80\xaf") << 3;
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << 3;
    QTest::newRow("beyond Unicode") << QByteArray("\xf4\x90\x80\x80") << 4;
    QTest::newRow("cut sequence") << QByteArray("a\xe2\x82") << 2;
    QTest::newRow("lone continuation") << QByteArray("\x80") << 1;
    QTest::newRow("never a byte of UTF-8") << QByteArray("\xff\xfe") << 2;
}

void TestSafeText::repairsBytesThatAreNotText()
{
    QFETCH(QByteArray, raw);
    QFETCH(int, replaced);
    TextMarks marks;
    const QString out = QString::fromStdString(safeText(raw.toStdString(), kFieldLimit, &marks));
    QVERIFY(marks.repaired);
    QCOMPARE(out.count(QChar(0xfffd)), replaced);
}

void TestSafeText::cutsAtACharacter()
{
    for (std::size_t limit = 0; limit < 14; ++limit) {
        TextMarks marks;
        const std::string out = safeText("ab\xe2\x82\xac\xf0\x9f\x94\xa5 plain", limit, &marks);
        QVERIFY(out.size() <= limit);
        QVERIFY(QString::fromStdString(out).count(QChar(0xfffd)) == 0);
        QVERIFY(marks.clamped);
    }
    TextMarks marks;
    QCOMPARE(safeText("abcd", 4, &marks), std::string("abcd"));
    QVERIFY(!marks.clamped);
    QCOMPARE(safeText("abcde", 4, &marks), std::string("abcd"));
    QVERIFY(marks.clamped);
}

void TestSafeText::cutsBeforeATokenThatDoesNotFit()
{
    TextMarks marks;
    QCOMPARE(safeText("ab\xe2\x80\xae", 9, &marks), std::string("ab"));
    QVERIFY(marks.clamped);
}

void TestSafeText::lineHasNoBreaks()
{
    QCOMPARE(safeLine("a\nb\tc\r\nd\re"), std::string("a b c d e"));
    QCOMPARE(safeText("a\r\nb\rc"), std::string("a\nb\nc"));
    QCOMPARE(safeLine(std::string(5000, 'x')).size(), kNameLimit);
}

void TestSafeText::everyByteGivesValidText()
{
    // All pairs of bytes, alone and inside text.
    for (int a = 0; a < 256; ++a) {
        for (int b = 0; b < 256; ++b) {
            const std::string raw = std::string("x") + char(a) + char(b) + "y";
            const std::string out = safeText(raw);
            QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
            const QString text = decode(QByteArrayView(out));
            QVERIFY(!decode.hasError());
            for (const QChar c : text)
                QVERIFY(c == QLatin1Char('\n') || c == QLatin1Char('\t') || c.category() != QChar::Other_Control);
            QCOMPARE(safeText(out), out); // cleaning twice changes nothing
        }
    }
}

void TestSafeText::hugeTextIsCheap()
{
    // Time is spent on what is kept, not on what is sent: 16 MB of each kind of attack within a second, unoptimised.
    const qd::tests::WorkTimer timer;
    for (const char *unit : {"plain text ", "\xe2\x80\xae", "\xff"}) {
        std::string raw;
        while (raw.size() < (16u << 20))
            raw += unit;
        TextMarks marks;
        QVERIFY(safeText(raw, kFieldLimit, &marks).size() <= kFieldLimit);
        QVERIFY(marks.clamped);
    }
    QVERIFY2(timer.elapsed() < 30000, qPrintable(QString::number(timer.elapsed())));
}

QD_TEST(TestSafeText)
#include "tst_safetext.moc"
