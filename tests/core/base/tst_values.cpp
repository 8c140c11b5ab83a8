// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/numberbehind.h"
#include "core/base/encoding.h"
#include "core/base/ids.h"
#include "core/base/secret.h"
#include "core/base/symbols.h"
#include "tests/support/suite.h"

#include <QtTest>
#include <set>
#include <type_traits>

using namespace qd;

namespace {
class FixedClock final : public Clock
{
public:
    Instant now() const override { return at; }
    Span boot() const override { return {}; }
    Instant at;
};
} // namespace

/// Ids, encodings, secrets and interned texts.
class TestValues : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void uuidHasVersionSevenAndItsTime();
    void uuidsSortByTheTimeOfMaking();
    void uuidReadsBack();
    void uuidRefusesOtherText_data();
    void uuidRefusesOtherText();
    void hexReadsBack();
    void hexRefusesOtherText();
    void base64IsTheStandards_data();
    void base64IsTheStandards();
    void base64RefusesOtherText();
    void percentEscapesAreReadAndNothingElse();
    void secretsCannotBeCopied();
    void movedSecretHasOneOwner();
    void symbolsAreOncePerText();
    void symbolTextsStayValid();
    void emptyTextIsZero();
    void aNumberIsReadBehindItsPrefixOnly();
};

void TestValues::uuidHasVersionSevenAndItsTime()
{
    FixedClock clock;
    clock.at = {1'795'000'000'123'000'000};
    SystemRandom random;
    const Uuid id = Uuid::make(clock, random);
    QCOMPARE(id.bytes[6] >> 4, 7);
    QCOMPARE(id.bytes[8] >> 6, 2);
    std::int64_t ms = 0;
    for (int i = 0; i < 6; ++i)
        ms = ms << 8 | id.bytes[std::size_t(i)];
    QCOMPARE(qint64(ms), qint64(1'795'000'000'123));
}

void TestValues::uuidsSortByTheTimeOfMaking()
{
    FixedClock clock;
    SystemRandom random;
    std::set<Uuid> all;
    Uuid before;
    for (int i = 1; i <= 1000; ++i) {
        clock.at = {i * 1'000'000LL};
        const Uuid id = Uuid::make(clock, random);
        QVERIFY(before < id);
        before = id;
        all.insert(id);
        all.insert(Uuid::make(clock, random)); // the same millisecond gives another
    }
    QCOMPARE(all.size(), std::size_t(2000));
}

void TestValues::uuidReadsBack()
{
    FixedClock clock;
    clock.at = {1'795'000'000'123'000'000};
    SystemRandom random;
    const Uuid id = Uuid::make(clock, random);
    const auto back = Uuid::parse(id.text());
    QVERIFY(back);
    QVERIFY(*back == id);
    QCOMPARE(id.text().size(), std::size_t(36));
    QVERIFY(!Uuid{});
    QVERIFY(id);
}

void TestValues::uuidRefusesOtherText_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"", "x", "01890000-0000-7000-8000-00000000000", "01890000-0000-7000-8000-0000000000000",
                             "018900000000-7000-8000-0000000000000", "0189000g-0000-7000-8000-000000000000",
                             "{01890000-0000-7000-8000-00000000000}", "01890000 0000 7000 8000 000000000000"})
        QTest::newRow(text) << QByteArray(text);
}

void TestValues::uuidRefusesOtherText()
{
    QFETCH(QByteArray, text);
    QVERIFY(!Uuid::parse(text.toStdString()));
}

void TestValues::hexReadsBack()
{
    Bytes all(256);
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = std::uint8_t(i);
    QCOMPARE(*fromHex(toHex(all)), all);
    QCOMPARE(toHex(Bytes{0, 0xab, 0xff}), std::string("00abff"));
    QCOMPARE(*fromHex("ABff"), (Bytes{0xab, 0xff}));
    QCOMPARE(toHex({}), std::string());
    QVERIFY(fromHex("")->empty());
}

void TestValues::hexRefusesOtherText()
{
    for (const char *text : {"a", "abc", "zz", "0x12", "a b1", "12\n0"})
        QVERIFY2(!fromHex(text), text);
}

void TestValues::base64IsTheStandards_data()
{
    QTest::addColumn<QByteArray>("plain");
    QTest::addColumn<QByteArray>("text");
    // RFC 4648 section 10.
    QTest::newRow("0") << QByteArray("") << QByteArray("");
    QTest::newRow("1") << QByteArray("f") << QByteArray("Zg==");
    QTest::newRow("2") << QByteArray("fo") << QByteArray("Zm8=");
    QTest::newRow("3") << QByteArray("foo") << QByteArray("Zm9v");
    QTest::newRow("6") << QByteArray("foobar") << QByteArray("Zm9vYmFy");
    QTest::newRow("plus and slash") << QByteArray("\xfb\xff\xfe") << QByteArray("+//+");
}

void TestValues::base64IsTheStandards()
{
    QFETCH(QByteArray, plain);
    QFETCH(QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(toBase64(asBytes(plain.toStdString()))), text);
    const auto back = fromBase64(text.toStdString());
    QVERIFY(back);
    QCOMPARE(QByteArray(reinterpret_cast<const char *>(back->data()), qsizetype(back->size())), plain);
}

void TestValues::base64RefusesOtherText()
{
    for (const char *text : {"Z", "Zg", "Zg=", "Zg===", "Zh==", "-_8=", "Zm9v\n!", "Zm 9v"})
        QVERIFY2(!fromBase64(text), text);
}

void TestValues::percentEscapesAreReadAndNothingElse()
{
    QCOMPARE(percentDecoded("am%20west/%c3%A9"), std::string("am west/\xC3\xA9"));
    for (const char *plain : {"", "100%", "%4", "%zz", "a+b"})
        QCOMPARE(percentDecoded(plain), std::string(plain));
    QCOMPARE(percentDecoded("%2541"), std::string("%41")); // once
}

void TestValues::secretsCannotBeCopied()
{
    static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
    static_assert(!std::is_convertible_v<Secret, std::string> && !std::is_convertible_v<Secret, std::string_view>);
    Secret a(std::string_view("open sesame"));
    Secret b = std::move(a);
    QVERIFY(a.isEmpty());
    QCOMPARE(b.revealText(), std::string_view("open sesame"));
    const Secret c = b.duplicate();
    QVERIFY(c.reveal().data() != b.reveal().data());
    QCOMPARE(c.revealText(), b.revealText());
}

void TestValues::movedSecretHasOneOwner()
{
    Secret secret(Bytes(4096, 0x5a));
    const std::uint8_t *where = secret.reveal().data();
    Secret keeper(std::move(secret));
    QVERIFY(keeper.reveal().data() == where); // moved, not copied: no second place to wipe
    QVERIFY(secret.isEmpty());
    keeper = Secret(Bytes(8, 1));
    QCOMPARE(keeper.reveal().size(), std::size_t(8));
}

void TestValues::symbolsAreOncePerText()
{
    SymbolTable table;
    std::vector<Symbol> symbols;
    for (int i = 0; i < 5000; ++i)
        symbols.push_back(table.intern("label-" + std::to_string(i)));
    QCOMPARE(table.size(), std::size_t(5001));
    for (int i = 0; i < 5000; ++i) {
        const std::string text = "label-" + std::to_string(i);
        QCOMPARE(table.intern(text), symbols[std::size_t(i)]);
        QCOMPARE(table.find(text), symbols[std::size_t(i)]);
        QCOMPARE(table.text(symbols[std::size_t(i)]), std::string_view(text));
    }
    QCOMPARE(table.size(), std::size_t(5001));
    QCOMPARE(table.find("never seen"), Symbol(0));
}

void TestValues::symbolTextsStayValid()
{
    SymbolTable table;
    const std::string_view first = table.text(table.intern("first"));
    const std::string big(200'000, 'b'); // larger than a block of the arena
    const std::string_view bigKept = table.text(table.intern(big));
    for (int i = 0; i < 100'000; ++i)
        (void)table.intern(std::to_string(i));
    QCOMPARE(first, std::string_view("first"));
    QVERIFY(bigKept == big);
    SymbolTable moved = std::move(table);
    QCOMPARE(moved.text(moved.find("first")).data(), first.data());
}

void TestValues::emptyTextIsZero()
{
    SymbolTable table;
    QCOMPARE(table.intern(""), Symbol(0));
    QCOMPARE(table.text(0), std::string_view());
    const std::string withNul("a\0b", 3);
    QVERIFY(table.intern(withNul) != table.intern("a"));
}

void TestValues::aNumberIsReadBehindItsPrefixOnly()
{
    QCOMPARE(numberBehind("escalation/", "escalation/3"), 3u);
    QCOMPARE(numberBehind("escalation/", "escalation/4294967295"), 4'294'967'295u);
    for (const char *none : {"", "3", "escalation/", "escalation/3x", "escalation/-3", "escalation/ 3", "escalation/+3", "escalation/4294967296", "override/3", "ESCALATION/3"})
        QVERIFY2(numberBehind("escalation/", none) == 0, none);
    QCOMPARE(numberBehind({}, "12"), 12u);
    QCOMPARE(numberBehindSlash("poll/2"), 2u);
    QCOMPARE(numberBehindSlash("page/3/1"), 1u);
    QCOMPARE(numberBehindSlash("poll"), 0u);
}

QD_TEST(TestValues)
#include "tst_values.moc"
