// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/headnote.h"
#include "core/journal/slots.h"
#include "tests/faults/changes.h"
#include "tests/faults/running.h"
#include "tests/support/random.h"
#include "tests/support/recordingvfs.h"
#include "tests/support/suite.h"

#include <QTemporaryDir>
#include <fstream>

using namespace qd;
using namespace qd::faults;

/// Power lost at any moment while keys are destroyed: journal.db and keys.db as SQLite left them on the disk, and beside them the note
/// and the emergency file as a disk may hold those, which are no files of SQLite. QD_FAULT_IMAGES images, QD_FAULT_SEED.
class TestPowerCutChanging final : public QObject {
    Q_OBJECT

    static std::string contentsOf(const std::filesystem::path &file)
    {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    static void put(const std::filesystem::path &file, std::string_view bytes)
    {
        std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
    }

private Q_SLOTS:
    void aChangeIsDoneOrNotAndWhatWasPromisedIsDone()
    {
        const int images = many("QD_FAULT_IMAGES", 150);
        const std::uint64_t first = seed();
        tests::SeededRandom random(first);
        QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString(), home = root / "home", drawn = root / "drawn", emergency = root / "elsewhere";
        QTemporaryDir memory(QFileInfo(QStringLiteral("/dev/shm")).isWritable() ? QStringLiteral("/dev/shm/qd-XXXXXX") : QDir::tempPath() + QStringLiteral("/qd-XXXXXX"));
        const std::filesystem::path imageRoot = memory.path().toStdString();
        tests::RecordingVfs disk;
        SystemClock clock;
        TellingRandom keys(drawn);
        const auto created = journal::create(home, store::sqlitePorts(), key(), clock, keys);
        QVERIFY(created);
        const std::size_t made = disk.steps();

        struct Promise {
            std::size_t step;
            std::uint64_t number;
            journal::Hash hash;
        };
        struct Found {
            std::size_t step;
            std::string note;
            std::set<std::string> rows;
        };
        std::mutex mutex;
        std::vector<Promise> promises;
        std::vector<Found> found{{made, {}, wrappedRows(home)}};
        const auto look = [&] { found.push_back({disk.steps(), contentsOf(home / journal::HeadNote::kName), wrappedRows(home)}); };
        for (std::uint64_t round = 1; round <= 8; ++round) {
            auto opened = journal::Journal::open(home, store::sqlitePorts(storeOptions()), key(), clock, keys, changeOptions(emergency));
            QVERIFY(opened);
            Changes changes(**opened, [&](std::uint64_t number, const journal::Hash &hash) {
                const std::lock_guard lock(mutex);
                promises.push_back({disk.steps(), number, hash});
            });
            QVERIFY(changes.round(round));
            opened->reset();
            look();
            if (round % 2 == 0) {
                QVERIFY(journal::rotateEpoch(home, store::sqlitePorts(storeOptions()), key(), keys));
                promises.push_back({disk.steps(), wordOf(Word::Rotated, round), {}});
                look();
            }
        }
        disk.pause();
        const std::size_t steps = disk.steps();

        static constexpr const char *kNames[] = {"dropped", "reordered", "torn at 512", "torn at 4096"};
        for (int n = 0; n < images; ++n) {
            std::size_t at = made + random.below(steps - made + 1);
            if (n % 3 != 0)
                while (at < steps && !disk.isSync(at))
                    ++at;
            const auto damage = static_cast<tests::RecordingVfs::Damage>(random.below(4));
            const auto image = imageRoot / "image";
            std::filesystem::remove_all(image);
            disk.crash(at, damage, random.next(), image);
            // The note is synced before it is renamed, and the renaming may be lost: the newest, the one before, or none, and of the
            // next one beside it any part. It never knows of more than the log.
            std::size_t known = 0;
            while (known + 1 < found.size() && found[known + 1].step <= at)
                ++known;
            const std::size_t back = random.below(2);
            const std::string &note = found[known - std::min(known, back)].note;
            if (!note.empty())
                put(image / journal::HeadNote::kName, note);
            if (known + 1 < found.size())
                put(image / "head.note.new", std::string_view(found[known + 1].note).substr(0, random.below(found[known + 1].note.size() + 1)));
            if (n % 2 == 0)
                put(image / "reserve", std::string(random.below(kSmallReserve + 1), '\0'));
            Promises promised;
            for (const Promise &p : promises)
                if (p.step <= at)
                    promised[p.number] = p.hash;
            const QString where = QStringLiteral("image %1, before step %2 of %3, %4, seed %5: ").arg(n).arg(at).arg(steps).arg(QLatin1String(kNames[damage])).arg(first);
            const std::string wrong = judgeChanges(image, *created, promised, emergency, n % 8 == 0 ? drawn : std::filesystem::path());
            QVERIFY2(wrong.empty(), qPrintable(where + QString::fromStdString(wrong)));
            QVERIFY2(rowsLeft(found[known].rows, image) == 0, qPrintable(where + QStringLiteral("a row of an epoch before is left")));
            QVERIFY2(std::filesystem::file_size(image / "reserve") == kSmallReserve, qPrintable(where));
        }
        qInfo("%d images of %zu steps, %zu things promised", images, steps, promises.size());
        QVERIFY(promises.size() > 50);
    }

    /// The emergency file is written and synced, nothing else: a disk that lost power holds all that was synced, and of the rest any
    /// part, torn anywhere, or room with nothing in it.
    void theEmergencyFileIsReadUpToWhatWasSynced()
    {
        const int images = many("QD_FAULT_IMAGES", 150);
        const std::uint64_t first = seed();
        tests::SeededRandom random(first);
        QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString(), home = root / "home", drawn = root / "drawn", emergency = root / "elsewhere";
        SystemClock clock;
        TellingRandom keys(drawn);
        const auto created = journal::create(home, store::sqlitePorts(), key(), clock, keys);
        QVERIFY(created);
        auto full = storeOptions();
        full.maxPages = 30;
        struct Promise {
            std::uint64_t size, number;
            journal::Hash hash;
        };
        std::vector<Promise> promises;
        const auto file = emergency / ("emergency-" + created->origin.substr(created->origin.find('/') + 1));
        {
            auto opened = journal::Journal::open(home, store::sqlitePorts(full), key(), clock, keys, changeOptions(emergency));
            QVERIFY(opened);
            Changes changes(**opened, [&](std::uint64_t number, const journal::Hash &hash) {
                std::error_code none;
                const auto size = std::filesystem::file_size(file, none);
                promises.push_back({none ? 0 : size, number, hash});
            });
            QVERIFY(changes.fillAndKeep(12));
        }
        const std::string whole = contentsOf(file);
        QVERIFY(whole.size() > 4000 && promises.back().size == whole.size());
        constexpr std::size_t kInFile = 24; // each is promised twice, as a record and as kept
        QVERIFY(promises.size() > kInFile && promises[promises.size() - kInFile].size > 0);
        int late = 0;
        for (int n = 0; n < images; ++n) {
            // One in eight before anything of it was synced.
            const std::size_t synced = n % 8 == 7 ? 0 : promises[promises.size() - 1 - random.below(kInFile)].size;
            std::string bytes = whole.substr(0, synced);
            if (bytes.size() < whole.size()) {
                std::string more = whole.substr(synced, random.below(whole.size() - synced + 1));
                if (n % 3 == 0) // room was given, what was to be in it is not there
                    std::fill(more.begin() + static_cast<std::ptrdiff_t>(random.below(more.size() + 1)), more.end(), '\0');
                bytes += more;
            }
            const auto image = root / "image", beside = root / "beside";
            std::filesystem::remove_all(image);
            std::filesystem::remove_all(beside);
            std::filesystem::copy(home, image);
            std::filesystem::create_directory(beside);
            put(beside / file.filename(), bytes);
            std::filesystem::permissions(beside / file.filename(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
            Promises promised;
            for (const Promise &p : promises)
                if (p.size <= synced)
                    promised[p.number] = p.hash;
            late += synced > 0 ? 1 : 0;
            const std::string wrong = judgeChanges(image, *created, promised, beside, n % 8 == 0 ? drawn : std::filesystem::path(), {beside});
            QVERIFY2(wrong.empty(), qPrintable(QStringLiteral("image %1, %2 of %3 bytes synced, %4 there, seed %5: %6")
                                                   .arg(n).arg(synced).arg(whole.size()).arg(bytes.size()).arg(first).arg(QString::fromStdString(wrong))));
            QVERIFY2(!std::filesystem::exists(beside / file.filename()), "what it held is in the log, and it is still there");
        }
        qInfo("%d images, %d with something promised in the file", images, late);
        QVERIFY(late > images / 2);
    }
};

QD_TEST(TestPowerCutChanging)
#include "tst_powercutchanging.moc"
