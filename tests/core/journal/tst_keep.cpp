// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/journal/journalfixture.h"

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

/// What the journal does while its disk takes nothing (README.md, "While the disk takes nothing"); the desk's part of it is
/// tests/core/desk/tst_unrecorded.cpp.
class TestKeep : public QObject
{
    Q_OBJECT

    static Result<std::uint64_t> store(Journal &journal)
    {
        std::promise<Result<std::uint64_t>> told;
        journal.storeKept([&](Result<std::uint64_t> r) { told.set_value(std::move(r)); });
        return told.get_future().get();
    }
    /// One record, waited for.
    static Answers::Answer append(MemoryHome &home)
    {
        Answers answers;
        home.journal->append(home.draft(home.journal->tail() + 1), answers.take());
        return answers.wait(1).at(0);
    }

private Q_SLOTS:
    void keptRecordsAreStoredWithTheBytesTheyHave()
    {
        MemoryHome home;
        VERIFY_RESULT(home.create());
        VERIFY_RESULT(home.open());
        QVERIFY(home.fill(3));
        home.disk->fill();
        QVERIFY(!append(home).record);
        home.journal->keep();
        std::vector<Hash> hashes;
        for (int i = 0; i < 100; ++i) { // more than one commit's
            const auto answer = append(home);
            QVERIFY(answer.record && !answer.record->recorded);
            hashes.push_back(answer.record->hash);
        }
        QCOMPARE(home.journal->head(), std::uint64_t(3));
        QCOMPARE(home.journal->tail(), std::uint64_t(103));
        QCOMPARE(home.records().size(), std::size_t(103)); // readers have them
        QVERIFY(!home.records().back().recorded && home.records().front().recorded);
        QVERIFY(!store(*home.journal));
        QVERIFY(home.journal->isKeeping());
        home.disk->fill(false);
        const auto stored = store(*home.journal);
        VERIFY_RESULT(stored);
        QCOMPARE(*stored, std::uint64_t(100));
        QVERIFY(!home.journal->isKeeping());
        QCOMPARE(home.journal->head(), std::uint64_t(103));
        QVERIFY(append(home).record->recorded);
        const auto records = home.records();
        QCOMPARE(records.size(), std::size_t(104));
        for (std::size_t i = 0; i < hashes.size(); ++i)
            QVERIFY(records[i + 3].hash == hashes[i]);
        home.journal.reset();
        const auto report = home.verify();
        VERIFY_RESULT(report);
        QVERIFY(report->errors.empty());
    }

    void aFullDiskGivesUpTheReserveAndNobodyNotices()
    {
        MemoryHome home;
        Options options;
        options.reserveBytes = 1u << 20;
        VERIFY_RESULT(home.create());
        VERIFY_RESULT(home.open(options));
        const auto reserve = home.path() / "reserve";
        QTRY_VERIFY(std::filesystem::exists(reserve));
        QCOMPARE(std::filesystem::file_size(reserve), std::uintmax_t(1u << 20));
        QVERIFY(home.fill(2));
        QVERIFY(home.journal->notice().empty());
        home.disk->failNextCommit(); // the second try finds the room
        const auto answer = append(home);
        QVERIFY(answer.record && answer.record->recorded);
        QVERIFY(!home.journal->notice().empty());
        QVERIFY(!std::filesystem::exists(reserve));
        // Without a reserve a full disk is a failure.
        home.disk->fill();
        QVERIFY(!append(home).record);
        home.disk->fill(false);
        home.journal->resumeAfterFailure();
        // With room again it is made anew, looked for once a second.
        home.clock.advance(seconds(2));
        QVERIFY(append(home).record);
        QTRY_VERIFY(std::filesystem::exists(reserve));
        QTRY_VERIFY(home.journal->notice().empty());
    }

    void aHomeOnAFullDiskOpensByItsReserve()
    {
        MemoryHome home;
        Options options;
        options.reserveBytes = 1u << 20;
        VERIFY_RESULT(home.create());
        VERIFY_RESULT(home.open(options));
        const auto reserve = home.path() / "reserve";
        QTRY_VERIFY(std::filesystem::exists(reserve));
        home.journal.reset();
        const auto records = home.ports.records;
        home.ports.records = [&](const std::filesystem::path &path, Access access) -> Result<std::unique_ptr<RecordStore>> {
            if (std::filesystem::exists(reserve))
                return fail(Code::Unavailable, "The disk is full (a test says so).");
            return records(path, access);
        };
        VERIFY_RESULT(home.open(options));
        QVERIFY(append(home).record);
        home.journal.reset();
        home.ports.records = [](const std::filesystem::path &, Access) -> Result<std::unique_ptr<RecordStore>> {
            return fail(Code::Unavailable, "The disk is full (a test says so).");
        };
        QVERIFY(!home.open(options)); // without one, or where it does not help, it is refused with the reason
    }

    void anIoErrorIsNotBuiltOnUnseen()
    {
        MemoryHome home;
        VERIFY_RESULT(home.create());
        VERIFY_RESULT(home.open());
        QVERIFY(home.fill(3));
        home.disk->failure = {Code::Io, "The disk failed (a test says so)."};
        home.disk->failNextCommit();
        QVERIFY(!append(home).record);
        home.journal->keep();
        QVERIFY(append(home).record);
        Bytes last;
        {
            const std::lock_guard lock(home.disk->mutex);
            last = home.disk->rows.extract(3).mapped(); // what it said it held is not there
        }
        const auto refused = store(*home.journal);
        QVERIFY(!refused);
        QCOMPARE(int(refused.error().code), int(Code::Corrupt));
        QVERIFY(home.journal->isKeeping());
        QCOMPARE(home.disk->rows.size(), std::size_t(2)); // and nothing was written behind the hole
        {
            const std::lock_guard lock(home.disk->mutex);
            home.disk->rows.emplace(3, last);
        }
        VERIFY_RESULT(store(*home.journal));
        QCOMPARE(home.journal->head(), std::uint64_t(4));
    }

    void withNothingKeptTheDiskMustStillShowThatItTakesSomething()
    {
        MemoryHome home;
        VERIFY_RESULT(home.create());
        VERIFY_RESULT(home.open());
        QVERIFY(home.fill(3));
        home.disk->fill();
        QVERIFY(!append(home).record);
        home.journal->keep();
        QVERIFY(!store(*home.journal));
        home.disk->fill(false);
        VERIFY_RESULT(store(*home.journal));
        QVERIFY(!home.journal->isKeeping());
        QVERIFY(append(home).record->recorded);
    }
};

QTEST_GUILESS_MAIN(TestKeep)
#include "tst_keep.moc"
