// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/journal/verifyfixture.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

/// Every bit of every header of a 64-record log: what changed is named, and nothing else is blamed. The short run takes
/// every bit of the records where the rules differ (the first, one after a checkpoint, the last) and one bit of every byte of
/// all others; the long run takes all.
class TestVerifyHeaders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyBitIsNamed_data();
    void everyBitIsNamed();
};

void TestVerifyHeaders::everyBitIsNamed_data()
{
    QTest::addColumn<int>("from");
    for (int from = 1; from <= int(LongLog::kRecords); from += 8)
        QTest::addRow("records %d to %d", from, from + 7) << from;
}

void TestVerifyHeaders::everyBitIsNamed()
{
    QFETCH(int, from);
    LongLog log;
    QVERIFY(log.make());
    QCOMPARE(faultsOf(log.verify(log.told())), std::string());
    const VerifyOptions told{log.created.verificationKey};
    std::size_t flips = 0;
    for (std::uint64_t seq = from; seq < std::uint64_t(from) + 8; ++seq) {
        const bool all = isLongRun() || seq == 1 || seq == 33 || seq == 64;
        Bytes &row = log.disk->rows.at(seq);
        const std::size_t bytes = parseHeader(row)->size;
        const std::string expected = at("bad-hash", seq);
        for (std::size_t byte = 0; byte < bytes; ++byte) {
            for (std::size_t bit = 0; bit < 8; ++bit) {
                if (!all && bit != (byte + seq) % 8)
                    continue;
                row[byte] ^= static_cast<std::uint8_t>(1 << bit);
                const auto report = log.verify(told);
                const std::string found = faultsOf(report);
                QVERIFY2(found == expected && report->outcome == VerifyReport::Outcome::Damaged,
                         qPrintable(QStringLiteral("record %1 byte %2 bit %3: %4")
                                        .arg(seq)
                                        .arg(byte)
                                        .arg(bit)
                                        .arg(QString::fromStdString(found))));
                row[byte] ^= static_cast<std::uint8_t>(1 << bit);
                ++flips;
            }
        }
        QVERIFY(row == log.whole.at(seq));
    }
    qInfo("%zu flips", flips);
}

QD_TEST(TestVerifyHeaders)
#include "tst_verifyheaders.moc"
