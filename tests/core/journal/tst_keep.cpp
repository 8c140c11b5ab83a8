// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/journal/journalfixture.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

#define SAME_TEXT(actual, expected) QCOMPARE(QString::fromStdString(actual), QString::fromStdString(expected))

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
        QTRY_VERIFY(std::filesystem::exists(reserve) && std::filesystem::file_size(reserve) == 1u << 20);
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

    /// Texts typed while nothing was recorded, under keys of pages that only the emergency file has, survive the core's death and
    /// can be struck afterwards, one by one.
    void textsKeptWithTheirPagesSurviveAndAreStruckLater()
    {
        MemoryHome home;
        QTemporaryDir elsewhere;
        Options options = withoutReserve();
        options.emergency = elsewhere.path().toStdString() + "/kept";
        VERIFY_RESULT(home.create());
        VERIFY_RESULT(home.open(options));
        QVERIFY(home.fill(2));
        home.disk->fill();
        QVERIFY(!append(home).record);
        home.journal->keep();
        constexpr std::uint64_t kTexts = kPageKeys + 10; // more than one page
        std::vector<Id16> keys;
        for (std::uint64_t i = 0; i < kTexts; ++i) {
            Answers answers;
            Draft draft{home.journal->tail() + 1, home.clock.now(), {}};
            draft.parts.push_back({"incident/INC-1", 3, bytesOf("o")});
            draft.parts.push_back({"text/incident/INC-1", 5, bytesOf("typed " + std::to_string(i)), false, true});
            home.journal->append(std::move(draft), answers.take());
            const auto answer = answers.wait(1).at(0);
            QVERIFY(answer.record && !answer.record->recorded);
            keys.push_back(answer.record->parts.at(1).key);
        }
        const auto mirror = home.journal->kept().mirror;
        QVERIFY(!mirror.empty());
        home.journal.reset(); // it dies; the disk took nothing: neither records nor keys
        QCOMPARE(home.disk->rows.size(), std::size_t(2));
        QVERIFY(std::none_of(home.disk->keys.pages.begin(), home.disk->keys.pages.end(), [&](const PageRow &page) {
            return std::equal(page.id.begin(), page.id.end(), keys.front().begin());
        }));
        const auto texts = [&] {
            std::vector<std::string> out;
            for (const Committed &r : home.records())
                for (const Part &part : r.parts)
                    if (part.stream.starts_with("text/") || (part.erased && part.family == 5))
                        out.push_back(part.erased ? "-" : std::string(asText(part.body)));
            return out;
        };
        // A disk that still takes nothing keeps them on, and they are readable meanwhile.
        VERIFY_RESULT(home.open(options));
        QVERIFY(home.journal->isKeeping());
        QCOMPARE(texts().size(), std::size_t(kTexts));
        QCOMPARE(QString::fromStdString(texts().at(kPageKeys + 3)), QStringLiteral("typed 67"));
        home.journal.reset();
        home.disk->fill(false);
        VERIFY_RESULT(home.open(options));
        QVERIFY(!home.journal->isKeeping() && !std::filesystem::exists(mirror));
        QCOMPARE(texts().size(), std::size_t(kTexts));
        KeyChange change;
        change.strike = {keys.at(3), keys.at(kPageKeys + 1)};
        Answers answers;
        home.journal->append(home.draft(home.journal->head() + 1), std::move(change), answers.take());
        const auto struck = answers.wait(1).at(0);
        QVERIFY2(struck.record, struck.error.message.c_str());
        for (int round = 0; round < 2; ++round) {
            const auto left = texts();
            QCOMPARE(left.size(), std::size_t(kTexts));
            for (std::size_t i = 0; i < left.size(); ++i)
                SAME_TEXT(left[i], i == 3 || i == kPageKeys + 1 ? std::string("-") : "typed " + std::to_string(i));
            home.journal.reset();
            if (round == 0)
                VERIFY_RESULT(home.open(options));
        }
        const auto report = home.verify({home.created.verificationKey});
        VERIFY_RESULT(report);
        QVERIFY(report->errors.empty());
        QCOMPARE(report->holes.size(), std::size_t(2));
        QVERIFY(report->holes[0].authorised && report->holes[1].authorised);
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

QD_TEST(TestKeep)
#include "tst_keep.moc"
