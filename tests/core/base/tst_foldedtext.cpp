// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/foldedtext.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;

class TestFoldedText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void textsThatReadAlikeAreOne_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("folded");
        QTest::newRow("empty") << QByteArray() << QByteArray();
        QTest::newRow("plain") << QByteArray("Pay-DB_1") << QByteArray("pay-db_1");
        QTest::newRow("blanks") << QByteArray(" a \t\n b\u00a0\u2009c") << QByteArray(" a b c");
        QTest::newRow("beyond ASCII") << QByteArray("ZÜRICH ΣΑΣ Я") << QByteArray("zürich σασ я");
        QTest::newRow("marks apart") << QByteArray("Zu\u0308rich") << QByteArray("zürich");
        QTest::newRow("a mark alone") << QByteArray("\u0308a") << QByteArray("\u0308a");
        QTest::newRow("a mark behind what is drawn as nothing") << QByteArray("u\u00ad\u0308") << QByteArray("ü");
        QTest::newRow("more letters than there were") << QByteArray("Weiß ﬁ ½") << QByteArray("weiss fi 1\u20442");
        QTest::newRow("wide") << QByteArray("Ａ１") << QByteArray("a1");
        QTest::newRow("apostrophes and dashes") << QByteArray("a’b–c‑d—e−f") << QByteArray("a'b-c-d-e-f");
        QTest::newRow("nothing to be seen") << QByteArray("a\u200bb[U+200B]c\ufeffd\u00ade") << QByteArray("abcde");
        QTest::newRow("no token") << QByteArray("a[U+20]b[u+200b]c[U+200B") << QByteArray("a[u+20]b[u+200b]c[u+200b");
        QTest::newRow("no UTF-8") << QByteArray("a\xff" "b\xc3") << QByteArray("a\ufffd" "b\ufffd");
        QTest::newRow("Hangul in parts") << QByteArray("\u1100\u1161\u11a8") << QByteArray("각");
    }
    void textsThatReadAlikeAreOne()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, folded);
        const FoldedText f = foldedText(text.toStdString());
        QCOMPARE(QByteArray::fromStdString(f.text), folded);
        QCOMPARE(f.from.size(), f.text.size() + 1);
        QVERIFY(std::is_sorted(f.from.begin(), f.from.end()));
        QCOMPARE(f.from.back(), static_cast<std::uint32_t>(text.size()));
    }

    void whereItWasWrittenIsKnown_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<QByteArray>("written");
        QTest::newRow("plain") << QByteArray("xx Acme yy") << QByteArray("acme") << QByteArray("Acme");
        QTest::newRow("behind blanks") << QByteArray("x \n\n Acme  Corp  y") << QByteArray("acme corp") << QByteArray("Acme  Corp");
        QTest::newRow("behind longer ones") << QByteArray("ßﬁ½ Acme y") << QByteArray("acme") << QByteArray("Acme");
        QTest::newRow("marks apart") << QByteArray("in Zu\u0308rich now") << QByteArray("zürich") << QByteArray("Zu\u0308rich");
        QTest::newRow("a part of what became two") << QByteArray("a-½x") << QByteArray("a-1") << QByteArray("a-½");
        QTest::newRow("at the end") << QByteArray("x WEIß") << QByteArray("weiss") << QByteArray("WEIß");
        QTest::newRow("with a token in it") << QByteArray("Ac[U+00AD]me y") << QByteArray("acme") << QByteArray("Ac[U+00AD]me");
    }
    void whereItWasWrittenIsKnown()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, part);
        QFETCH(QByteArray, written);
        const FoldedText f = foldedText(text.toStdString());
        const std::size_t at = f.text.find(part.toStdString());
        QVERIFY(at != std::string::npos);
        const auto [from, bytes] = f.written(at, static_cast<std::size_t>(part.size()));
        QCOMPARE(text.mid(static_cast<int>(from), static_cast<int>(bytes)), written);
    }

    void whatIsAskedForIsFolded()
    {
        QCOMPARE(foldedText("Ä–b", {.letters = false}).text, std::string("Ä-b"));
        QCOMPARE(foldedText("Ä–b", {.punctuation = false}).text, std::string("ä–b"));
        const FoldedText apart = foldedText("a\u200bb[U+200B]c", {.hidden = Hidden::Parts});
        QCOMPARE(apart.text, std::string("a b c"));
        QVERIFY(apart.hides);
        QVERIFY(!foldedText("a b").hides);
    }

    void lettersAreOneAsTheyAreSeen_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("unmarked");
        QTest::addColumn<QByteArray>("drawn");
        QTest::newRow("ASCII") << QByteArray("Il1 O0 rn") << QByteArray("il1 o0 rn") << QByteArray("il1 o0 rn");
        QTest::newRow("marks") << QByteArray("Éà ñ ệ Ş") << QByteArray("ea n e s") << QByteArray("ea n e s");
        QTest::newRow("marks apart") << QByteArray("e\u0301u\u0308u\u0301\u0308") << QByteArray("eüü") << QByteArray("eüü");
        QTest::newRow("umlauts") << QByteArray("ÄöüǗ") << QByteArray("äöüü") << QByteArray("äöüü");
        QTest::newRow("without a mark to leave out") << QByteArray("ßøÆŁđÞı") << QByteArray("ssöäldthi") << QByteArray("ssöäldthi");
        QTest::newRow("of Cyrillic") << QByteArray("Сора й") << QByteArray("сора и") << QByteArray("copa и");
        QTest::newRow("of Greek") << QByteArray("Άλφα ΣΑΣ") << QByteArray("αλφα σασ") << QByteArray("aλφa σaσ");
        QTest::newRow("vowels of India and sounds of Japan stay") << QByteArray("कि が") << QByteArray("कि が") << QByteArray("कि が");
        QTest::newRow("a mark alone") << QByteArray("\u0301a") << QByteArray("\u0301a") << QByteArray("\u0301a");
        QTest::newRow("Hangul") << QByteArray("각") << QByteArray("각") << QByteArray("각");
    }
    void lettersAreOneAsTheyAreSeen()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, unmarked);
        QFETCH(QByteArray, drawn);
        QCOMPARE(QByteArray::fromStdString(foldedText(text.toStdString(), {.likeness = Likeness::Unmarked}).text), unmarked);
        const FoldedText f = foldedText(text.toStdString(), {.likeness = Likeness::Drawn});
        QCOMPARE(QByteArray::fromStdString(f.text), drawn);
        QCOMPARE(f.from.size(), f.text.size() + 1);
        QVERIFY(std::is_sorted(f.from.begin(), f.from.end()));
    }

    void itIsKnownWhetherALetterIsDrawnAsAnother()
    {
        for (const Likeness likeness : {Likeness::Unmarked, Likeness::Drawn}) {
            QVERIFY(foldedText("pаy", {.likeness = likeness}).seems);
            QVERIFY(!foldedText("pay müßte é ж が", {.likeness = likeness}).seems);
        }
    }

    void umlautsGoWithTheirPlaceKept()
    {
        const std::string written = "Müeller, Jœ neue";
        const FoldedText f = withoutUmlauts(foldedText(written, {.likeness = Likeness::Unmarked}));
        QCOMPARE(f.text, std::string("muller, jo neu"));
        QCOMPARE(f.from.size(), f.text.size() + 1);
        const auto [from, bytes] = f.written(0, 6);
        QCOMPARE(written.substr(from, bytes), std::string("Müeller"));
        const auto [last, lastBytes] = f.written(f.text.find("neu"), 3);
        QCOMPARE(written.substr(last, lastBytes), std::string("neue"));
        QCOMPARE(withoutUmlauts(foldedText("")).from.size(), std::size_t(1));
    }

    void wordsWithUmlautsAreReadInTwoWays_data()
    {
        QTest::addColumn<QByteArray>("one");
        QTest::addColumn<QByteArray>("other");
        QTest::addColumn<bool>("is");
        QTest::newRow("without") << QByteArray("müller") << QByteArray("muller") << true;
        QTest::newRow("as two") << QByteArray("müller") << QByteArray("mueller") << true;
        QTest::newRow("big") << QByteArray("MÜLLER") << QByteArray("MUELLER") << true;
        QTest::newRow("but these two are two") << QByteArray("muller") << QByteArray("mueller") << false;
        QTest::newRow("another umlaut") << QByteArray("müller") << QByteArray("möller") << false;
        QTest::newRow("before an e of its own") << QByteArray("müe") << QByteArray("muee") << true;
        QTest::newRow("before an e of its own, without") << QByteArray("müe") << QByteArray("mue") << true;
        QTest::newRow("at the end") << QByteArray("bü") << QByteArray("bue") << true;
        QTest::newRow("shorter") << QByteArray("bü") << QByteArray("b") << false;
        QTest::newRow("longer") << QByteArray("bü") << QByteArray("buen") << false;
        QTest::newRow("none") << QByteArray() << QByteArray() << true;
    }
    void wordsWithUmlautsAreReadInTwoWays()
    {
        QFETCH(QByteArray, one);
        QFETCH(QByteArray, other);
        QFETCH(bool, is);
        QCOMPARE(readsAs(one.toStdString(), other.toStdString()), is);
        QCOMPARE(readsAs(other.toStdString(), one.toStdString()), is);
    }

    void charactersAreOfWordsOrNot_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("bytes");
        QTest::addColumn<int>("letter");
        const auto row = [](const char *text, int bytes, Letter letter) { QTest::newRow(text) << QByteArray(text) << bytes << static_cast<int>(letter); };
        row("a", 1, Letter::OfWord);
        row("_", 1, Letter::OfWord);
        row("9", 1, Letter::OfWord);
        row("-", 1, Letter::No);
        row(" ", 1, Letter::No);
        row("ü", 2, Letter::OfWord);
        row("Я", 2, Letter::OfWord);
        row("٣", 2, Letter::OfWord);
        row("\u0308", 2, Letter::OfWord);
        for (const char *no : {"“", "”", "’", "…", "–", "\u200b", "→"})
            row(no, 3, Letter::No);
        row("\u00a0", 2, Letter::No);
        row("🔥", 4, Letter::No);
        for (const char *alone : {"王", "さ", "ー", "김", "ก"})
            row(alone, 3, Letter::ByItself);
        row("\xff", 1, Letter::No);
        row("", 0, Letter::No);
    }
    void charactersAreOfWordsOrNot()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, bytes);
        QFETCH(int, letter);
        const Character first = firstCharacter((text + "xyz").toStdString()), last = lastCharacter(("xyz" + text).toStdString());
        if (bytes == 0) {
            QCOMPARE(firstCharacter({}).bytes, std::size_t(0));
            QCOMPARE(lastCharacter({}).bytes, std::size_t(0));
            return;
        }
        for (const Character &c : {first, last}) {
            QCOMPARE(static_cast<int>(c.bytes), bytes);
            QCOMPARE(static_cast<int>(c.letter), letter);
        }
    }
};

QD_TEST(TestFoldedText)
#include "tst_foldedtext.moc"
