// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/changes.h"
#include "tests/faults/running.h"
#include "tests/support/random.h"
#include "tests/support/suite.h"

#include <QTemporaryDir>
#include <fstream>

using namespace qd;
using namespace qd::faults;

/// kill -9 at random moments while keys are destroyed: erasures, strikes, rotations, notes. QD_FAULT_KILLS kills, QD_FAULT_SEED.
class TestKillChanging final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatWasErasedIsInNoFileAndTheRestIsThere()
    {
        const int kills = many("QD_FAULT_KILLS", 30);
        tests::SeededRandom random(seed());
        SystemClock clock;
        std::size_t erased = 0, struck = 0, rotated = 0;
        int early = 0;
        for (int done = 0; done < kills;) {
            QTemporaryDir folder;
            const std::filesystem::path root = folder.path().toStdString(), home = root / "home", drawn = root / "drawn", temporary = root / "tmp",
                                        emergency = root / "elsewhere";
            std::filesystem::create_directory(temporary);
            // Whatever the writer would leave in a temporary folder is looked for there.
            qputenv("TMPDIR", temporary.c_str());
            qputenv("SQLITE_TMPDIR", temporary.c_str());
            TellingRandom keys(drawn);
            const auto created = journal::create(home, store::sqlitePorts(), key(), clock, keys);
            QVERIFY(created);
            Promises promised;
            std::set<std::string> rows = wrappedRows(home);
            for (int n = 0; n < 15 && done < kills; ++n, ++done) {
                Promises now;
                {
                    Running changer({QD_BINARY_DIR "/tests/bin/faults.changer", home.string(), emergency.string(), drawn.string(), "rounds", std::to_string(n * 1000 + 1)});
                    // A part of what is told in two rounds, however long that takes here, and a moment more.
                    const std::size_t told = 1 + random.below(16);
                    while (now.size() < told)
                        if (!changer.listen(10'000, now))
                            QFAIL(changer.complaint().c_str());
                    const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(random.below(120'000));
                    while (std::chrono::steady_clock::now() < until)
                        (void)changer.listen(1, now);
                    changer.kill();
                    (void)changer.finish(now);
                }
                for (const auto &[number, hash] : now) {
                    erased += number >> 48 == wordOf(Word::Erased, 0) >> 48 ? 1 : 0;
                    struck += number >> 48 == wordOf(Word::Struck, 0) >> 48 ? 1 : 0;
                    rotated += number >> 48 == wordOf(Word::Rotated, 0) >> 48 ? 1 : 0;
                }
                early += now.size() < 4 ? 1 : 0;
                promised.merge(now);
                const QString where = QStringLiteral("kill %1: ").arg(done + 1);
                const std::string wrong = judgeChanges(home, *created, promised, emergency, drawn, {temporary, emergency});
                QVERIFY2(wrong.empty(), qPrintable(where + QString::fromStdString(wrong)));
                // Rows of keys that are gone, and of epochs before, wrapped as they were: in no file any more.
                QVERIFY2(rowsLeft(rows, home, {temporary, emergency}) == 0, qPrintable(where + QStringLiteral("a row of an epoch before is left")));
                rows.merge(wrappedRows(home));
            }
            QVERIFY(rows.size() > 10);
        }
        qInfo("%d kills, %zu incidents erased, %zu texts struck, %zu rotations; %d before much was done", kills, erased, struck, rotated, early);
        QVERIFY(erased > 0 && struck > 0);
    }

    /// Looking for bytes proves nothing unless it finds them where they are.
    void theSearchFindsWhatIsThere()
    {
        QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString(), home = root / "home", drawn = root / "drawn", emergency = root / "elsewhere";
        SystemClock clock;
        TellingRandom keys(drawn);
        const auto created = journal::create(home, store::sqlitePorts(), key(), clock, keys);
        QVERIFY(created);
        const auto before = wrappedRows(home);
        {
            auto opened = journal::Journal::open(home, store::sqlitePorts(storeOptions()), key(), clock, keys, changeOptions(emergency));
            QVERIFY(opened);
            Changes changes(**opened, [](std::uint64_t, const journal::Hash &) {});
            QVERIFY(changes.round(1));
        }
        QCOMPARE(judgeChanges(home, *created, {}, emergency, drawn), std::string());
        QCOMPARE(rowsLeft(before, home), 0);
        std::ofstream(home / "log") << "somebody wrote " << kSaidCanary;
        QCOMPARE(judgeChanges(home, *created, {}, emergency, drawn), std::string("a file holds what was said"));
        std::filesystem::copy_file(drawn, home / "log", std::filesystem::copy_options::overwrite_existing);
        QCOMPARE(judgeChanges(home, *created, {}, emergency, drawn), std::string("a file holds a key"));
        std::ofstream(home / "log", std::ios::binary | std::ios::trunc) << *before.begin();
        QCOMPARE(rowsLeft(before, home), 1);
        std::filesystem::remove(home / "log");
        QCOMPARE(judgeChanges(home, *created, {{wordOf(Word::Erased, 2), {}}}, emergency), std::string("promised to be erased: incident 2"));
    }
};

QD_TEST(TestKillChanging)
#include "tst_killchanging.moc"
