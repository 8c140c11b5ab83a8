// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/journal/verifylog.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// A log somebody changed: each fault is named, at its record.
class TestVerify : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void soundLogIsConsistent();
    void soundLogIsAuthenticWithItsKey();
    void emptyLogIsConsistent();
    void namesTheFault_data();
    void namesTheFault();
    void everyHeaderBitIsNamed();
    void everyRecordsBodyIsNamed();
    void everyRecordDroppedDoubledOrSwappedIsNamed();
    void missingKeyIsAHole();
    void brokenSealShowsWithTheKeys();
    void unknownFormatIsNotCalledDamage();
    void hostileRowsDoNotCrash();
    void saysItInJson();
};

void TestVerify::soundLogIsConsistent()
{
    Log log;
    QVERIFY(log.make());
    const auto report = log.verify();
    VERIFY_RESULT(report);
    QCOMPARE(textOf(report->errors), std::string());
    QVERIFY(report->outcome == VerifyReport::Outcome::Consistent);
    QCOMPARE(report->records, kLogRecords);
    QCOMPARE(report->headSeq, kLogRecords);
    QCOMPARE(report->unanchored, std::uint64_t(0));
    QCOMPARE(report->origin, log.created.origin);
    QVERIFY(report->holes.empty());
}

void TestVerify::soundLogIsAuthenticWithItsKey()
{
    Log log;
    QVERIFY(log.make());
    const Unlock unlock = testUnlock();
    const auto report = log.verify({log.created.verificationKey, {log.held}, &unlock});
    VERIFY_RESULT(report);
    QCOMPARE(textOf(report->errors), std::string());
    QVERIFY(report->outcome == VerifyReport::Outcome::Authentic);
    QCOMPARE(log.verify({"not a key"}).error().code, Code::Invalid);
}

void TestVerify::emptyLogIsConsistent()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    const auto report = home.verify();
    VERIFY_RESULT(report);
    QVERIFY(report->outcome == VerifyReport::Outcome::Consistent);
    QCOMPARE(report->records, std::uint64_t(0));
}

void TestVerify::namesTheFault_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("faults");
    QTest::newRow("header") << "header"
                            << "bad-hash@5 ";
    QTest::newRow("previous") << "previous"
                              << "bad-hash@5 ";
    QTest::newRow("sequence") << "sequence"
                              << "bad-hash@5 ";
    QTest::newRow("first") << "first"
                           << "bad-hash@1 ";
    QTest::newRow("last") << "last"
                          << "bad-hash@20 ";
    QTest::newRow("body") << "body"
                          << "bad-hash@5 ";
    QTest::newRow("dropped") << "dropped"
                             << "missing@5 ";
    QTest::newRow("dropped and renumbered") << "renumbered"
                                            << "missing@5 ";
    QTest::newRow("first dropped") << "firstdropped"
                                   << "missing@1 ";
    QTest::newRow("doubled") << "doubled"
                             << "duplicate@5 ";
    QTest::newRow("swapped") << "swapped"
                             << "reordered@5 reordered@9 ";
    QTest::newRow("truncated") << "truncated"
                               << "truncated@18 ";
    QTest::newRow("replaced by another log's") << "spliced"
                                               << "bad-hash@5 ";
    QTest::newRow("cut short") << "cut"
                               << "bad-hash@5 ";
    QTest::newRow("emptied") << "emptied"
                             << "bad-hash@5 ";
    QTest::newRow("signature") << "signature"
                               << "bad-signature@16 ";
    QTest::newRow("checkpoint of another size") << "size"
                                                << "bad-signature@15 ";
}

void TestVerify::namesTheFault()
{
    QFETCH(QString, what);
    QFETCH(QString, faults);
    Log log;
    QVERIFY(log.make());
    auto &rows = log.disk->rows;
    const std::string w = what.toStdString();
    std::vector<std::uint64_t> order;
    for (std::uint64_t s = 1; s <= kLogRecords; ++s)
        order.push_back(s);
    if (w == "header")
        rows.at(5)[72] ^= 1;
    else if (w == "previous")
        rows.at(5)[90] ^= 1;
    else if (w == "sequence")
        rows.at(5)[28] ^= 2;
    else if (w == "first")
        rows.at(1)[72] ^= 1;
    else if (w == "last")
        rows.at(20)[72] ^= 1;
    else if (w == "body")
        rows.at(5).back() ^= 1;
    else if (w == "dropped")
        rows.erase(5);
    else if (w == "renumbered") {
        order.erase(order.begin() + 4);
        log.reorder(order);
    } else if (w == "firstdropped")
        rows.erase(1);
    else if (w == "doubled") {
        order.insert(order.begin() + 9, 5);
        log.reorder(order);
    } else if (w == "swapped")
        std::swap(rows.at(5), rows.at(9));
    else if (w == "truncated") {
        rows.erase(18);
        rows.erase(19);
        rows.erase(20);
    } else if (w == "spliced") {
        Log other;
        other.random.seed(99);
        QVERIFY(other.make());
        rows.at(5) = other.disk->rows.at(5);
    } else if (w == "cut")
        rows.at(5).resize(100);
    else if (w == "emptied")
        rows.at(5).clear();
    else if (w == "signature")
        log.disk->checkpoints.at(16).note[log.disk->checkpoints.at(16).note.size() - 5] ^= 1;
    else if (w == "size") {
        auto node = log.disk->checkpoints.extract(16);
        node.key() = node.mapped().size = 15;
        log.disk->checkpoints.insert(std::move(node));
    }
    const auto report = log.verify({log.created.verificationKey});
    VERIFY_RESULT(report);
    QCOMPARE(QString::fromStdString(textOf(report->errors)), faults);
    QVERIFY(report->outcome == VerifyReport::Outcome::Damaged);
}

void TestVerify::everyHeaderBitIsNamed()
{
    Log log;
    QVERIFY(log.make());
    for (const std::uint64_t seq : {std::uint64_t(1), std::uint64_t(2), std::uint64_t(16), kLogRecords}) {
        const Bytes whole = log.disk->rows.at(seq);
        const std::size_t bits = parseHeader(whole)->size * 8;
        for (std::size_t bit = 0; bit < bits; ++bit) {
            Bytes &row = log.disk->rows.at(seq);
            row[bit / 8] = static_cast<std::uint8_t>(row[bit / 8] ^ 1 << bit % 8);
            const auto report = log.verify();
            VERIFY_RESULT(report);
            const bool named = std::any_of(report->errors.begin(), report->errors.end(),
                                           [&](const auto &f) { return f.seq == seq && f.kind == "bad-hash"; });
            const bool onlyIt =
                std::all_of(report->errors.begin(), report->errors.end(), [&](const auto &f) { return f.seq == seq; });
            QVERIFY2(named && onlyIt, qPrintable(QStringLiteral("record %1 bit %2: %3")
                                                     .arg(seq)
                                                     .arg(bit)
                                                     .arg(QString::fromStdString(textOf(report->errors)))));
            QVERIFY(report->outcome == VerifyReport::Outcome::Damaged);
            row = whole;
        }
    }
}

void TestVerify::everyRecordsBodyIsNamed()
{
    Log log;
    QVERIFY(log.make());
    for (auto &[seq, row] : log.disk->rows) {
        for (std::size_t at = parseHeader(row)->size; at < row.size(); at += 7) {
            row[at] ^= 0x10;
            QCOMPARE(textOf(log.verify()->errors), "bad-hash@" + std::to_string(seq) + " ");
            row[at] ^= 0x10;
        }
    }
}

void TestVerify::everyRecordDroppedDoubledOrSwappedIsNamed()
{
    Log log;
    QVERIFY(log.make());
    const auto whole = log.disk->rows;
    for (std::uint64_t s = 1; s <= kLogRecords; ++s) {
        const std::string at = "@" + std::to_string(s) + " ";
        log.disk->rows.erase(s);
        QCOMPARE(textOf(log.verify()->errors), (s == kLogRecords ? "truncated" : "missing") + at);
        log.disk->rows = whole;
        log.disk->rows[kLogRecords + 1] = whole.at(s);
        QCOMPARE(textOf(log.verify()->errors), "duplicate" + at);
        log.disk->rows = whole;
        for (std::uint64_t t = s + 1; t <= kLogRecords; ++t) {
            std::swap(log.disk->rows.at(s), log.disk->rows.at(t));
            QCOMPARE(textOf(log.verify()->errors), "reordered" + at + "reordered@" + std::to_string(t) + " ");
            log.disk->rows = whole;
        }
    }
}

void TestVerify::missingKeyIsAHole()
{
    Log log;
    QVERIFY(log.make());
    const auto header = parseHeader(log.disk->rows.at(1));
    std::erase_if(log.disk->keys.keys, [&](const KeyRow &k) { return k.id == header->header.parts[0].key; });
    const auto report = log.verify();
    QCOMPARE(report->holes.size(), std::size_t(kLogRecords));
    QVERIFY(!report->holes[0].authorised);
    QCOMPARE(report->holes[0].stream, toHex(header->header.parts[0].stream));
    QCOMPARE(report->errors.size(), std::size_t(kLogRecords));
    QCOMPARE(report->errors[0].kind, std::string("key-missing"));
    // Without the key store there is nothing to say about keys, and order and signatures are still sound.
    log.disk->hasKeys = false;
    QVERIFY(log.verify()->outcome == VerifyReport::Outcome::Consistent);
}

void TestVerify::brokenSealShowsWithTheKeys()
{
    // A forger who has the signing key but no data key: everything fits but the seal.
    Log log;
    QVERIFY(log.make());
    Sha256 sha;
    Bytes &row = log.disk->rows.at(kLogRecords);
    row.back() ^= 1;
    const auto parsed = parseHeader(row);
    const PartEntry &part = parsed->header.parts.back();
    const Hash digest = sha.of(BytesView(row).last(part.length));
    std::copy(digest.begin(), digest.end(), row.begin() + static_cast<std::ptrdiff_t>(kHeaderFixed + kHeaderPart + 40));
    log.disk->checkpoints.erase(20);
    QCOMPARE(textOf(log.verify()->errors), std::string());
    const Unlock unlock = testUnlock();
    QCOMPARE(textOf(log.verify({"", {}, &unlock})->errors), std::string("bad-seal@20 "));
    const Unlock wrong{Unlock::KeyFile, Secret(Bytes(32, 1))};
    QCOMPARE(log.verify({"", {}, &wrong}).error().code, Code::Forbidden);
}

void TestVerify::unknownFormatIsNotCalledDamage()
{
    Log log;
    QVERIFY(log.make());
    // A whole log whose last record says it is of format 2, not signed over yet.
    log.disk->rows.at(kLogRecords)[3] = 2;
    log.disk->checkpoints.erase(20);
    QVERIFY(log.verify()->outcome == VerifyReport::Outcome::UnknownVersion);
    // The same byte changed where the chain says otherwise is damage.
    log.disk->rows.at(kLogRecords)[3] = 1;
    log.disk->rows.at(7)[3] = 2;
    QCOMPARE(textOf(log.verify()->errors), std::string("bad-hash@7 "));
    log.ports.records = [](const std::filesystem::path &, Access) -> Result<std::unique_ptr<RecordStore>> {
        return fail(Code::Version, "newer");
    };
    QVERIFY(log.verify()->outcome == VerifyReport::Outcome::UnknownVersion);
}

void TestVerify::hostileRowsDoNotCrash()
{
    Log log;
    QVERIFY(log.make());
    const auto whole = log.disk->rows;
    CountedRandom random(5);
    for (int round = 0; round < 300; ++round) {
        log.disk->rows = whole;
        std::array<std::uint8_t, 8> dice;
        for (int change = 0; change < 3; ++change) {
            random.fill(dice);
            Bytes &row = log.disk->rows[1 + dice[0] % kLogRecords];
            switch (dice[1] % 4) {
            case 0:
                row.resize(row.size() * dice[2] / 256);
                break;
            case 1:
                row.resize(row.size() + dice[2], dice[3]);
                break;
            case 2:
                std::fill(row.begin(), row.begin() + std::min<std::ptrdiff_t>(dice[2], std::ssize(row)), dice[3]);
                break;
            default:
                if (!row.empty())
                    row[(std::size_t(dice[2]) * 256 + dice[3]) % row.size()] ^= static_cast<std::uint8_t>(dice[4] | 1);
            }
        }
        if (round % 50 == 0)
            log.disk->rows[std::uint64_t(INT64_MAX) - dice[5]] = Bytes(200, dice[6]);
        const auto report = log.verify();
        VERIFY_RESULT(report);
        QVERIFY(report->outcome == VerifyReport::Outcome::Damaged);
    }
}

void TestVerify::saysItInJson()
{
    Log log;
    QVERIFY(log.make());
    log.disk->rows.erase(5);
    const auto report = log.verify();
    const std::string json = toJson(*report);
    QVERIFY2(json.starts_with("{\"result\":\"damaged\",\"records\":19,\"head\":20,\"headHash\":\""), json.c_str());
    QVERIFY2(json.ends_with(",\"unanchored\":20,\"holes\":[],\"errors\":[{\"seq\":5,\"kind\":\"missing\"}]}"),
             json.c_str());
}

QD_TEST(TestVerify)
#include "tst_verify.moc"
