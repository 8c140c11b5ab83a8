// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/running.h"
#include "tests/support/random.h"
#include "tests/support/recordingvfs.h"
#include "tests/support/suite.h"

#include <QTemporaryDir>
#include <condition_variable>
#include <fstream>

using namespace qd;
using namespace qd::faults;

/// trust.md section 2, suite 2: power lost at any moment, journal.db and keys.db jointly. QD_FAULT_IMAGES images (500),
/// QD_FAULT_SEED.
class TestPowerCut final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everythingAcknowledgedOutlivesAPowerCut()
    {
        const int images = many("QD_FAULT_IMAGES", 500);
        const std::uint64_t first = seed();
        tests::SeededRandom random(first);
        QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString(), home = root / "home";
        // The images need no disk of their own: what they lose is decided here, and memory is quicker to sync.
        QTemporaryDir memory(QFileInfo(QStringLiteral("/dev/shm")).isWritable() ? QStringLiteral("/dev/shm/qd-XXXXXX") : QDir::tempPath() + QStringLiteral("/qd-XXXXXX"));
        const std::filesystem::path imageRoot = memory.path().toStdString();
        tests::RecordingVfs disk;
        SystemClock clock;
        SystemRandom keys;
        const auto created = journal::create(home, store::sqlitePorts(), key(), clock, keys);
        QVERIFY(created);
        const std::size_t made = disk.steps();

        // Bursts, so that groups are of every size, with idle moments in which the write-ahead log is moved over; two runs, so
        // that opening and closing are among the moments.
        struct Promise {
            std::size_t step;
            std::uint64_t seq;
            journal::Hash hash;
        };
        std::vector<Promise> promises;
        for (int run = 0; run < 2; ++run) {
            auto opened = journal::Journal::open(home, store::sqlitePorts(storeOptions()), key(), clock, keys, journalOptions());
            QVERIFY(opened);
            std::mutex mutex;
            std::condition_variable changed;
            std::uint64_t answered = (*opened)->head();
            for (std::uint64_t seq = answered; seq < 120u * static_cast<unsigned>(run + 1);) {
                const std::uint64_t burst = 1 + random.below(12);
                for (std::uint64_t i = 0; i < burst; ++i)
                    (*opened)->append(draftOf(++seq), [&](auto r) {
                        // On the journal's thread, right behind its sync: this is the step it was promised at.
                        const std::lock_guard lock(mutex);
                        if (r)
                            promises.push_back({disk.steps(), (*r)->seq, (*r)->hash});
                        ++answered;
                        changed.notify_all();
                    });
                std::unique_lock lock(mutex);
                changed.wait(lock, [&] { return answered == seq; });
            }
        }
        disk.pause();
        QVERIFY(promises.size() >= 240);
        const std::size_t steps = disk.steps();

        static constexpr const char *kNames[] = {"dropped", "reordered", "torn at 512", "torn at 4096"};
        std::size_t syncs = 0;
        for (int n = 0; n < images; ++n) {
            // Around syncs, where the most is at stake, twice as often as anywhere else.
            std::size_t at = made + random.below(steps - made + 1);
            if (n % 3 != 0)
                while (at < steps && !disk.isSync(at))
                    ++at;
            syncs += disk.isSync(at) ? 1 : 0;
            const auto damage = static_cast<tests::RecordingVfs::Damage>(random.below(4));
            const std::uint64_t variant = random.next();
            const auto image = imageRoot / "image";
            std::filesystem::remove_all(image);
            disk.crash(at, damage, variant, image);
            Promises promised;
            for (const Promise &p : promises)
                if (p.step <= at)
                    promised[p.seq] = p.hash;
            const std::string wrong = judge(image, *created, promised, n % 4 == 0);
            QVERIFY2(wrong.empty(), qPrintable(QStringLiteral("image %1, before step %2 of %3, %4, seed %5: %6")
                                                   .arg(n).arg(at).arg(steps).arg(QLatin1String(kNames[damage])).arg(first).arg(QString::fromStdString(wrong))));
        }
        qInfo("%d images of %zu steps (%zu before a sync), %zu records promised", images, steps, syncs, promises.size());
    }

    /// The disk of the images is worth nothing if it cannot lose what was not synced.
    void theRecordedDiskLosesWhatWasNotSynced()
    {
        QTemporaryDir folder;
        tests::RecordingVfs disk;
        disk.note({tests::DiskStep::Create, "a", 0, {}, false});
        disk.note({tests::DiskStep::Write, "a", 0, Bytes(8192, 1), false});
        disk.note({tests::DiskStep::Sync, "a", 0, {}, false});
        disk.note({tests::DiskStep::Write, "a", 0, Bytes(8192, 2), false});
        bool kept = false, lost = false, torn = false;
        for (std::uint64_t seed = 1; seed <= 40; ++seed) {
            const auto image = std::filesystem::path(folder.path().toStdString()) / std::to_string(seed);
            disk.crash(4, tests::RecordingVfs::Tear4096, seed, image);
            std::ifstream in(image / "a", std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(in), {}};
            QCOMPARE(bytes.size(), std::size_t(8192));
            const bool head = bytes[0] == 2, tail = bytes[8191] == 2;
            kept = kept || (head && tail);
            lost = lost || (!head && !tail);
            torn = torn || head != tail;
        }
        QVERIFY(kept && lost && torn);
    }
};

QD_TEST(TestPowerCut)
#include "tst_powercut.moc"
