// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/damagedlog.h"
#include "tests/core/journal/verifyfixture.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

namespace {

std::uint64_t shown(const DamagedLog &log)
{
    std::uint64_t last = 0;
    const auto read = log.replay(1, UINT64_MAX, [&](const Committed &record) {
        last = record.seq == last + 1 ? record.seq : 0;
        return last != 0;
    });
    return read ? last : UINT64_MAX;
}
} // namespace

/// A damaged log, opened to be looked at.
class TestDamagedLog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsEverythingBeforeEveryDamagedRecord();
    void showsEverythingBeforeEveryMissingRecord();
    void showsOnlyWhatIsProvedOfARewrittenLog();
    void saysThatItWasCut();
    void saysThatACheckpointIsForged();
    void showsAllOfASoundLog();
    void holdsTheHome();
    void needsTheKey();
};

void TestDamagedLog::showsEverythingBeforeEveryDamagedRecord()
{
    LongLog log;
    QVERIFY(log.make());
    for (std::uint64_t seq = 1; seq <= LongLog::kRecords; ++seq) {
        // In its header, in a body, in what only the seal protects: all the same to whoever looks.
        for (const std::size_t byte : {std::size_t(70), log.whole.at(seq).size() - 1, std::size_t(0)}) {
            log.disk->rows.at(seq)[byte] ^= 4;
            const auto opened = DamagedLog::open(log.path(), log.ports, testUnlock());
            VERIFY_RESULT(opened);
            // A header that still reads is given away by the record after it, or by the checkpoint over it.
            const bool late = byte == 70 && (*opened)->head() != seq - 1;
            const std::uint64_t until = !late ? seq - 1 : seq % 16 == 0 ? seq - 16 : seq;
            QCOMPARE((*opened)->head(), until);
            QCOMPARE(shown(**opened), until);
            QVERIFY(!(*opened)->damage().empty());
            log.restore();
        }
    }
}

void TestDamagedLog::showsEverythingBeforeEveryMissingRecord()
{
    LongLog log;
    QVERIFY(log.make());
    for (std::uint64_t seq = 1; seq <= LongLog::kRecords; ++seq) {
        log.disk->rows.erase(seq);
        const auto opened = DamagedLog::open(log.path(), log.ports, testUnlock());
        VERIFY_RESULT(opened);
        QCOMPARE((*opened)->head(), seq - 1);
        SAME((*opened)->damage(), seq == LongLog::kRecords
                                      ? std::string("The journal ends at record 63 but was signed up to record 64")
                                      : "Record " + std::to_string(seq) + " of the journal is missing");
        log.restore();
    }
}

void TestDamagedLog::showsOnlyWhatIsProvedOfARewrittenLog()
{
    LongLog log;
    QVERIFY(log.make());
    log.disk->rows.at(20)[72] ^= 1;
    log.chainFrom(20);
    const auto opened = DamagedLog::open(log.path(), log.ports, testUnlock());
    VERIFY_RESULT(opened);
    QCOMPARE((*opened)->head(), std::uint64_t(16));
    SAME((*opened)->damage(), std::string("The records from 17 to 32 are not those that were signed"));
}

void TestDamagedLog::saysThatItWasCut()
{
    LongLog log;
    QVERIFY(log.make());
    log.disk->rows.erase(log.disk->rows.find(50), log.disk->rows.end());
    const auto opened = DamagedLog::open(log.path(), log.ports, testUnlock());
    VERIFY_RESULT(opened);
    QCOMPARE((*opened)->head(), std::uint64_t(49));
    SAME((*opened)->damage(), std::string("The journal ends at record 49 but was signed up to record 64"));
}

void TestDamagedLog::saysThatACheckpointIsForged()
{
    LongLog log;
    QVERIFY(log.make());
    auto &note = log.disk->checkpoints.at(48).note;
    note = signNote(*parseNote(note), Secret(Bytes(32, 66)));
    const auto opened = DamagedLog::open(log.path(), log.ports, testUnlock());
    VERIFY_RESULT(opened);
    QCOMPARE((*opened)->head(), LongLog::kRecords);
    SAME((*opened)->damage(), std::string("The checkpoint at record 48 is not signed by this log"));
}

void TestDamagedLog::showsAllOfASoundLog()
{
    LongLog log;
    QVERIFY(log.make());
    const auto opened = DamagedLog::open(log.path(), log.ports, testUnlock());
    VERIFY_RESULT(opened);
    QCOMPARE(shown(**opened), LongLog::kRecords);
    SAME((*opened)->damage(), std::string());
}

void TestDamagedLog::holdsTheHome()
{
    LongLog log;
    QVERIFY(log.make());
    const auto opened = DamagedLog::open(log.path(), log.ports, testUnlock());
    VERIFY_RESULT(opened);
    QCOMPARE(log.open().error().code, Code::Conflict);
    QCOMPARE(DamagedLog::open(log.path(), log.ports, testUnlock()).error().code, Code::Conflict);
}

void TestDamagedLog::needsTheKey()
{
    LongLog log;
    QVERIFY(log.make());
    const Unlock wrong{Unlock::KeyFile, Secret(Bytes(32, 1))};
    QCOMPARE(DamagedLog::open(log.path(), log.ports, wrong).error().code, Code::Forbidden);
}

QD_TEST(TestDamagedLog)
#include "tst_damagedlog.moc"
