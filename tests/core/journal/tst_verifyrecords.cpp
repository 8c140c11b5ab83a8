// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/journal/verifyfixture.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

namespace {
}

/// Whole records of a 64-record log changed in their bodies, dropped, doubled, swapped, moved, put in from elsewhere, cut
/// off: all of them, at every place.
class TestVerifyRecords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyBodyByteIsNamed();
    void everyLengthIsNamed();
    void everyRecordDroppedIsNamed();
    void everyRecordDroppedAndRenumberedIsNamed();
    void everyRangeDroppedIsNamed();
    void everyRecordDoubledAtEveryPlaceIsNamed();
    void everyPairSwappedIsNamed();
    void everyRecordMovedIsNamed();
    void everyRecordOfAnotherLogIsNamed();
    void everyTailOfAnotherLogIsNamed();
    void everyCutIsNamed();
    void everyCutShowsAgainstAHeldCheckpoint();
    void everyRewrittenChainIsNamedAtItsCheckpoint();
    void everyBodySealedAnewNeedsItsKey();
};

void TestVerifyRecords::everyBodyByteIsNamed()
{
    LongLog log;
    QVERIFY(log.make());
    for (auto &[seq, row] : log.disk->rows)
        for (std::size_t byte = parseHeader(row)->size; byte < row.size(); byte += isLongRun() ? 1 : 5) {
            const auto flip = static_cast<std::uint8_t>(1 << (byte + seq) % 8);
            row[byte] ^= flip;
            SAME(faultsOf(log.verify(log.told())), at("bad-hash", seq));
            row[byte] ^= flip;
        }
}

void TestVerifyRecords::everyLengthIsNamed()
{
    LongLog log;
    QVERIFY(log.make());
    for (std::uint64_t seq = 1; seq <= LongLog::kRecords; ++seq) {
        const std::size_t size = log.whole.at(seq).size();
        for (std::size_t length = 0; length < size; length += isLongRun() ? 1 : 29) {
            log.disk->rows.at(seq).resize(length);
            SAME(faultsOf(log.verify(log.told())), at("bad-hash", seq));
            log.disk->rows.at(seq) = log.whole.at(seq);
        }
        for (const std::size_t more : {1, 16, 1000}) {
            log.disk->rows.at(seq).resize(size + more);
            SAME(faultsOf(log.verify(log.told())), at("bad-hash", seq));
            log.disk->rows.at(seq) = log.whole.at(seq);
        }
    }
}

void TestVerifyRecords::everyRecordDroppedIsNamed()
{
    LongLog log;
    QVERIFY(log.make());
    for (std::uint64_t seq = 1; seq <= LongLog::kRecords; ++seq) {
        log.disk->rows.erase(seq);
        SAME(faultsOf(log.verify(log.told())), at(seq == LongLog::kRecords ? "truncated" : "missing", seq));
        log.restore();
    }
}

void TestVerifyRecords::everyRecordDroppedAndRenumberedIsNamed()
{
    LongLog log;
    QVERIFY(log.make());
    for (std::uint64_t seq = 1; seq <= LongLog::kRecords; ++seq) {
        auto blobs = log.blobs();
        blobs.erase(blobs.begin() + static_cast<std::ptrdiff_t>(seq - 1));
        log.setRows(blobs);
        SAME(faultsOf(log.verify(log.told())), at(seq == LongLog::kRecords ? "truncated" : "missing", seq));
    }
}

void TestVerifyRecords::everyRangeDroppedIsNamed()
{
    LongLog log;
    QVERIFY(log.make());
    for (std::uint64_t from = 1; from <= LongLog::kRecords; ++from)
        for (std::uint64_t to = from + 1; to < LongLog::kRecords; to += isLongRun() ? 1 : 3) {
            std::string expected;
            for (std::uint64_t seq = from; seq <= to; ++seq) {
                log.disk->rows.erase(seq);
                expected += (expected.empty() ? "" : " ") + at("missing", seq);
            }
            SAME(faultsOf(log.verify(log.told())), expected);
            log.restore();
        }
}

void TestVerifyRecords::everyRecordDoubledAtEveryPlaceIsNamed()
{
    LongLog log;
    QVERIFY(log.make());
    for (std::uint64_t seq = 1; seq <= LongLog::kRecords; ++seq)
        for (std::uint64_t place = 0; place <= LongLog::kRecords; place += isLongRun() ? 1 : 3) {
            auto blobs = log.blobs();
            blobs.insert(blobs.begin() + static_cast<std::ptrdiff_t>(place), log.whole.at(seq));
            log.setRows(blobs);
            const std::string found = faultsOf(log.verify(log.told()));
            // Put in before its own place it stands where another belongs, and that is said too.
            QVERIFY2(found == at("duplicate", seq) || found == at("duplicate", seq) + " " + at("reordered", seq) ||
                         found.find(at("duplicate", seq)) != std::string::npos,
                     qPrintable(QStringLiteral("%1 after %2: %3").arg(seq).arg(place).arg(QString::fromStdString(found))));
            QVERIFY(found.find("bad-hash") == std::string::npos);
        }
}

void TestVerifyRecords::everyPairSwappedIsNamed()
{
    LongLog log;
    QVERIFY(log.make());
    for (std::uint64_t a = 1; a <= LongLog::kRecords; ++a)
        for (std::uint64_t b = a + 1; b <= LongLog::kRecords; b += isLongRun() ? 1 : 2) {
            std::swap(log.disk->rows.at(a), log.disk->rows.at(b));
            SAME(faultsOf(log.verify(log.told())), at("reordered", a) + " " + at("reordered", b));
            std::swap(log.disk->rows.at(a), log.disk->rows.at(b));
        }
}

void TestVerifyRecords::everyRecordMovedIsNamed()
{
    LongLog log;
    QVERIFY(log.make());
    for (std::uint64_t from = 1; from <= LongLog::kRecords; ++from)
        for (std::uint64_t to = 1; to <= LongLog::kRecords; to += isLongRun() ? 1 : 5) {
            if (from == to)
                continue;
            auto blobs = log.blobs();
            const Bytes moved = blobs[from - 1];
            blobs.erase(blobs.begin() + static_cast<std::ptrdiff_t>(from - 1));
            blobs.insert(blobs.begin() + static_cast<std::ptrdiff_t>(to - 1), moved);
            log.setRows(blobs);
            const std::string found = faultsOf(log.verify(log.told()));
            QVERIFY2(found.find(at("reordered", from)) != std::string::npos, found.c_str());
            QVERIFY2(found.find("bad-hash") == std::string::npos && found.find("missing") == std::string::npos,
                     found.c_str());
        }
}

void TestVerifyRecords::everyRecordOfAnotherLogIsNamed()
{
    LongLog log, other(99);
    QVERIFY(log.make() && other.make());
    for (std::uint64_t seq = 1; seq <= LongLog::kRecords; ++seq) {
        log.disk->rows.at(seq) = other.whole.at(seq);
        SAME(faultsOf(log.verify(log.told())), at("bad-hash", seq));
        // The same with the log's name written over it, by somebody who knows where that stands.
        std::copy_n(log.whole.at(1).begin() + 12, 16, log.disk->rows.at(seq).begin() + 12);
        const std::string found = faultsOf(log.verify(log.told()));
        QVERIFY2(found.find(at("bad-hash", seq)) != std::string::npos, found.c_str());
        log.restore();
    }
}

void TestVerifyRecords::everyTailOfAnotherLogIsNamed()
{
    LongLog log, other(99);
    QVERIFY(log.make() && other.make());
    for (std::uint64_t seq = 1; seq <= LongLog::kRecords; ++seq) {
        std::string expected;
        for (std::uint64_t s = seq; s <= LongLog::kRecords; ++s) {
            log.disk->rows.at(s) = other.whole.at(s);
            expected += (expected.empty() ? "" : " ") + at("bad-hash", s);
        }
        SAME(faultsOf(log.verify(log.told())), expected);
        log.restore();
    }
}

void TestVerifyRecords::everyCutIsNamed()
{
    LongLog log;
    QVERIFY(log.make());
    for (std::uint64_t last = 0; last < LongLog::kRecords; ++last) {
        log.disk->rows.erase(log.disk->rows.upper_bound(last), log.disk->rows.end());
        const auto report = log.verify({log.created.verificationKey});
        SAME(faultsOf(report), at("truncated", last + 1));
        QCOMPARE(report->headSeq, last);
        log.restore();
    }
}

void TestVerifyRecords::everyCutShowsAgainstAHeldCheckpoint()
{
    // With the checkpoints gone as well the rest is whole in itself; only what is held elsewhere knows better.
    LongLog log;
    QVERIFY(log.make());
    for (std::uint64_t last = 0; last < LongLog::kRecords; ++last) {
        log.disk->rows.erase(log.disk->rows.upper_bound(last), log.disk->rows.end());
        log.disk->checkpoints.erase(log.disk->checkpoints.upper_bound(last), log.disk->checkpoints.end());
        SAME(faultsOf(log.verify({log.created.verificationKey})), "");
        SAME(faultsOf(log.verify(log.told())), at("truncated", last + 1));
        log.restore();
    }
}

void TestVerifyRecords::everyRewrittenChainIsNamedAtItsCheckpoint()
{
    LongLog log;
    QVERIFY(log.make());
    for (std::uint64_t seq = 1; seq <= LongLog::kRecords; ++seq) {
        log.disk->rows.at(seq)[72] ^= 1;
        log.chainFrom(seq);
        const std::uint64_t checkpoint = (seq + 15) / 16 * 16;
        SAME(faultsOf(log.verify({log.created.verificationKey})), at("bad-hash", checkpoint));
        // Without any checkpoint of its own, a held one names it.
        log.disk->checkpoints.clear();
        SAME(faultsOf(log.verify(log.told())), at("bad-hash", LongLog::kRecords));
        log.restore();
    }
}

void TestVerifyRecords::everyBodySealedAnewNeedsItsKey()
{
    // A body put in by somebody who mends its digest, the chain and every checkpoint, and even has the signing key, but no
    // data key: order and signatures are sound, the seal is not.
    LongLog log;
    QVERIFY(log.make());
    Sha256 sha;
    const Secret seed(Bytes(32, 66));
    const Unlock unlock = testUnlock();
    for (std::uint64_t seq = 1; seq <= LongLog::kRecords; seq += isLongRun() ? 1 : 7) {
        Bytes &row = log.disk->rows.at(seq);
        const auto parsed = parseHeader(row);
        row.back() ^= 1;
        const std::size_t last = parsed->header.parts.size() - 1;
        const Hash digest = sha.of(BytesView(row).last(parsed->header.parts[last].length));
        std::copy(digest.begin(), digest.end(),
                  row.begin() + static_cast<std::ptrdiff_t>(kHeaderFixed + kHeaderPart * last + 40));
        log.chainFrom(seq);
        log.signAnew(seed, true);
        SAME(faultsOf(log.verify()), "");
        VerifyOptions withKeys;
        withKeys.unlock = &unlock;
        SAME(faultsOf(log.verify(withKeys)), at("bad-seal", seq));
        log.restore();
    }
}

QD_TEST(TestVerifyRecords)
#include "tst_verifyrecords.moc"
