// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/journal/verifyfixture.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

namespace {
}

/// Checkpoints changed, taken away, forged, put elsewhere, signed by another.
class TestVerifyCheckpoints : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyBitOfEveryNoteIsNamed();
    void everyBitOfEveryEdgeIsNamed();
    void everySubsetTakenAwayIsCounted();
    void everyOneUnderAnotherSizeIsNamed();
    void anotherKeysSignatureIsNamed();
    void everythingSignedAnewIsNamed();
    void anotherLogsCheckpointIsNamed();
    void signedLieIsNamed();
    void oneBeyondTheEndIsTruncation();
    void heldOnesAreJudgedEachByItself();
    void everyBitOfAHeldOneIsNamed();
};

void TestVerifyCheckpoints::everyBitOfEveryNoteIsNamed()
{
    LongLog log;
    QVERIFY(log.make());
    const VerifyOptions told{log.created.verificationKey};
    for (auto &[size, row] : log.disk->checkpoints)
        for (std::size_t bit = 0; bit < row.note.size() * 8; bit += isLongRun() ? 1 : 3) {
            const auto flip = static_cast<char>(1 << bit % 8);
            row.note[bit / 8] = static_cast<char>(row.note[bit / 8] ^ flip);
            const std::string found = faultsOf(log.verify(told));
            QVERIFY2(found == at("bad-signature", size), (found + " at byte " + std::to_string(bit / 8) + " of\n" + row.note).c_str());
            row.note[bit / 8] = static_cast<char>(row.note[bit / 8] ^ flip);
        }
}

void TestVerifyCheckpoints::everyBitOfEveryEdgeIsNamed()
{
    LongLog log;
    QVERIFY(log.make());
    for (auto &[size, row] : log.disk->checkpoints) {
        for (std::size_t bit = 0; bit < row.frontier.size() * 8; ++bit) {
            row.frontier[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
            SAME(faultsOf(log.verify(log.told())), at("bad-hash", size));
            row.frontier[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
        }
        for (const std::size_t length : {std::size_t(0), std::size_t(8), row.frontier.size() - 1, row.frontier.size() + 1}) {
            const Bytes edge = row.frontier;
            row.frontier.resize(length);
            SAME(faultsOf(log.verify(log.told())), at("bad-hash", size));
            row.frontier = edge;
        }
    }
}

void TestVerifyCheckpoints::everySubsetTakenAwayIsCounted()
{
    // What no signature stands over any more is counted, never called proved; a held checkpoint still covers all of it.
    LongLog log;
    QVERIFY(log.make());
    for (unsigned subset = 0; subset < 16; ++subset) {
        std::uint64_t newest = 0;
        for (unsigned i = 0; i < 4; ++i)
            if (subset & 1u << i)
                newest = 16 * (i + 1);
            else
                log.disk->checkpoints.erase(16 * (i + 1));
        const auto report = log.verify({log.created.verificationKey});
        SAME(faultsOf(report), "");
        QCOMPARE(report->unanchored, LongLog::kRecords - newest);
        QCOMPARE(log.verify(log.told())->unanchored, std::uint64_t(0));
        log.restore();
    }
}

void TestVerifyCheckpoints::everyOneUnderAnotherSizeIsNamed()
{
    LongLog log;
    QVERIFY(log.make());
    for (const auto &[size, row] : log.signedAt)
        for (std::uint64_t other = 1; other <= LongLog::kRecords + 2; ++other) {
            if (log.signedAt.contains(other))
                continue;
            CheckpointRow moved = row;
            moved.size = other;
            log.disk->checkpoints.erase(size);
            log.disk->checkpoints[other] = moved;
            SAME(faultsOf(log.verify({log.created.verificationKey})), at("bad-signature", other));
            log.restore();
        }
}

void TestVerifyCheckpoints::anotherKeysSignatureIsNamed()
{
    LongLog log;
    QVERIFY(log.make());
    const Secret seed(Bytes(32, 66));
    for (auto &[size, row] : log.disk->checkpoints) {
        const CheckpointRow own = row;
        row.note = signNote(*parseNote(row.note), seed);
        SAME(faultsOf(log.verify()), at("bad-signature", size));
        SAME(faultsOf(log.verify(log.told())), at("bad-signature", size));
        row = own;
    }
}

void TestVerifyCheckpoints::everythingSignedAnewIsNamed()
{
    // A log made anew from one record on, all of it signed by a key put in the place of the log's own: sound by itself.
    for (std::uint64_t seq = 1; seq <= LongLog::kRecords; seq += isLongRun() ? 1 : 9) {
        LongLog log;
        QVERIFY(log.make());
        log.disk->rows.at(seq)[72] ^= 1;
        log.chainFrom(seq);
        log.signAnew(Secret(Bytes(32, 66)), true);
        SAME(faultsOf(log.verify()), "");
        SAME(faultsOf(log.verify({log.created.verificationKey})),
                 ("bad-signature@16 bad-signature@32 bad-signature@48 bad-signature@64"));
        SAME(faultsOf(log.verify({"", {log.held}})), ("bad-signature@64"));
    }
}

void TestVerifyCheckpoints::anotherLogsCheckpointIsNamed()
{
    LongLog log, other(99);
    QVERIFY(log.make() && other.make());
    for (auto &[size, row] : log.disk->checkpoints) {
        const CheckpointRow own = row;
        row = other.signedAt.at(size);
        SAME(faultsOf(log.verify(log.told())), at("bad-signature", size));
        row = own;
    }
    SAME(faultsOf(log.verify({log.created.verificationKey, {other.held}})), ("bad-signature@64"));
}

void TestVerifyCheckpoints::signedLieIsNamed()
{
    // By somebody with the signing key: another root under the right size.
    LongLog log;
    QVERIFY(log.make());
    const Secret seed(Bytes(32, 66));
    log.signAnew(seed, true);
    SAME(faultsOf(log.verify()), "");
    const auto sound = log.disk->checkpoints;
    for (const std::uint64_t size : {16, 32, 48, 64}) {
        Note lie = *parseNote(sound.at(size).note);
        lie.root[7] ^= 1;
        log.disk->checkpoints.at(size).note = signNote(lie, seed);
        SAME(faultsOf(log.verify()), at("bad-hash", size));
        log.disk->checkpoints = sound;
    }
}

void TestVerifyCheckpoints::oneBeyondTheEndIsTruncation()
{
    LongLog log;
    QVERIFY(log.make());
    const Secret seed(Bytes(32, 66));
    log.signAnew(seed, true);
    const std::string beyond = signNote({log.created.origin, LongLog::kRecords + 3, Hash{}}, seed);
    SAME(faultsOf(log.verify({"", {beyond}})), at("truncated", LongLog::kRecords + 1));
    log.disk->checkpoints[LongLog::kRecords + 3] = {LongLog::kRecords + 3, beyond, Frontier().encode()};
    const std::string found = faultsOf(log.verify());
    QVERIFY2(found.find(at("truncated", LongLog::kRecords + 1)) != std::string::npos, found.c_str());
}

void TestVerifyCheckpoints::heldOnesAreJudgedEachByItself()
{
    LongLog log;
    QVERIFY(log.make());
    std::vector<std::string> all;
    for (const auto &[size, row] : log.signedAt)
        all.push_back(row.note);
    log.disk->checkpoints.clear();
    const auto report = log.verify({log.created.verificationKey, all});
    SAME(faultsOf(report), "");
    QCOMPARE(report->unanchored, std::uint64_t(0));
    all[1][3] = 'X';
    all.push_back("nonsense");
    SAME(faultsOf(log.verify({log.created.verificationKey, all})), ("bad-signature@0 bad-signature@32"));
}

void TestVerifyCheckpoints::everyBitOfAHeldOneIsNamed()
{
    LongLog log;
    QVERIFY(log.make());
    for (std::size_t bit = 0; bit < log.held.size() * 8; bit += isLongRun() ? 1 : 3) {
        std::string changed = log.held;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ 1 << bit % 8);
        const std::string found = faultsOf(log.verify({log.created.verificationKey, {changed}}));
        QVERIFY2(found.starts_with("bad-signature@"), found.c_str());
    }
}

QD_TEST(TestVerifyCheckpoints)
#include "tst_verifycheckpoints.moc"
