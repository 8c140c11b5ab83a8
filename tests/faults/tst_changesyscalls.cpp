// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/changes.h"
#include "tests/faults/running.h"
#include "tests/support/suite.h"

#include <QTemporaryDir>

using namespace qd;
using namespace qd::faults;

/// As tst_syscalls, for what is rarer than an append: an erasure, a strike, the rotation of the epoch, the note beside the log, and,
/// on a full disk, the reserve and the emergency file. QD_FAULT_EVERY=n takes every nth instance (41; the long run every one).
class TestChangeSyscalls final : public QObject {
    Q_OBJECT

    struct Home {
        QTemporaryDir folder;
        std::filesystem::path path, emergency, drawn;
        journal::Created created;

        bool make(const char *mode)
        {
            static SystemClock clock;
            const std::filesystem::path root = folder.path().toStdString();
            path = root / "home";
            emergency = root / "elsewhere";
            drawn = root / "drawn";
            TellingRandom random(drawn);
            auto made = journal::create(path, store::sqlitePorts(), key(), clock, random);
            if (!made)
                return false;
            created = *made;
            auto opened = journal::Journal::open(path, store::sqlitePorts(storeOptions()), key(), clock, random, changeOptions(emergency));
            if (!opened)
                return false;
            Changes changes(**opened, [](std::uint64_t, const journal::Hash &) {});
            if (!changes.round(1))
                return false;
            opened->reset();
            // On the full disk it is given up; else it is missing, and made.
            return std::string_view(mode) == "full" || std::filesystem::remove(path / "reserve");
        }
        std::vector<std::string> traced(const char *mode, const std::vector<std::string> &options) const
        {
            std::vector<std::string> out{"/usr/bin/strace", "-f", "-qq"};
            for (const char *file : {"journal.db", "journal.db-wal", "journal.db-shm", "keys.db", "keys.db-journal", "head.note", "head.note.new", "reserve", "emergency.path"})
                out.insert(out.end(), {"-P", (path / file).string()});
            const auto id = created.origin.substr(created.origin.find('/') + 1);
            out.insert(out.end(), {"-P", (emergency / ("emergency-" + id)).string(), "-P", emergency.string()});
            out.insert(out.end(), options.begin(), options.end());
            out.insert(out.end(), {QD_BINARY_DIR "/tests/bin/faults.changer", path.string(), emergency.string(), drawn.string(), mode, "2"});
            return out;
        }
    };

    std::string m_whyNot;

    /// How often each call is made, by the busiest thread, and on which files.
    std::map<std::string, int> count(const char *mode, QByteArray &log)
    {
        static constexpr const char *kCalls = "openat,pwrite64,write,fdatasync,fsync,ftruncate,unlink,rename,fallocate";
        Home home;
        if (!home.make(mode))
            return {};
        const std::string file = home.folder.path().toStdString() + "/log";
        Promises promised;
        Running changer(home.traced(mode, {"-y", "-o", file, "-e", std::string("trace=") + kCalls}));
        const int status = changer.finish(promised);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            m_whyNot = changer.complaint();
            return {};
        }
        QFile in(QString::fromStdString(file));
        if (!in.open(QIODevice::ReadOnly))
            return {};
        log = in.readAll();
        return callsIn(log);
    }

private Q_SLOTS:
    void noFaultOfTheSystemLeavesAChangeHalfDone_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<QByteArrayList>("files"); // all of these must be among what is touched
        QTest::newRow("erase, strike, sign, rotate") << QByteArray("once") << QByteArrayList{"journal.db-wal", "keys.db-journal", "head.note.new", "fallocate"};
        QTest::newRow("reserve and emergency file") << QByteArray("full") << QByteArrayList{"/reserve", "/emergency-"};
    }

    void noFaultOfTheSystemLeavesAChangeHalfDone()
    {
        QFETCH(QByteArray, mode);
        QFETCH(QByteArrayList, files);
        QVERIFY2(QFile::exists(QStringLiteral("/usr/bin/strace")), "strace is missing: apt-get install strace");
        QByteArray log;
        const auto counts = count(mode.constData(), log);
        QVERIFY2(!counts.empty(), ("strace cannot follow the writer (is ptrace permitted here?): " + m_whyNot).c_str());
        for (const QByteArray &file : files)
            QVERIFY2(log.contains(file), file.constData());
        const int every = many("QD_FAULT_EVERY", 41);
        int runs = 0, hurt = 0, killed = 0, refused = 0, offset = 0;
        for (const auto &[call, most] : counts) {
            for (const char *fault : {"error=EIO", "error=ENOSPC", "error=EINTR", "signal=KILL"}) {
                for (int instance = 1 + offset++ % every; instance <= most; instance += every) {
                    Home home;
                    QVERIFY(home.make(mode.constData()));
                    auto rows = wrappedRows(home.path);
                    Promises promised;
                    Running changer(home.traced(mode.constData(), {"-o", "/dev/null", "-e", "trace=" + call, "-e", "inject=" + call + ":" + fault + ":when=" + std::to_string(instance)}));
                    const int status = changer.finish(promised);
                    const std::string complaint = changer.complaint();
                    const std::string where = call + " " + fault + " instance " + std::to_string(instance) + " of " + std::to_string(most) + ": ";
                    ++runs;
                    if (std::string_view(fault) == "signal=KILL") {
                        killed += WIFSIGNALED(status) ? 1 : 0;
                    } else {
                        QVERIFY2(WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 3 || WEXITSTATUS(status) == 4),
                                 (where + "the writer ended with " + std::to_string(status) + " " + complaint).c_str());
                        QVERIFY2(WEXITSTATUS(status) == 0 || !complaint.empty(), where.c_str());
                        hurt += WEXITSTATUS(status) == 0 ? 0 : 1;
                        refused += WEXITSTATUS(status) == 3 ? 1 : 0;
                    }
                    const std::string wrong = judgeChanges(home.path, home.created, promised, home.emergency, home.drawn, {home.emergency});
                    QVERIFY2(wrong.empty(), (where + wrong).c_str());
                    QVERIFY2(rowsLeft(rows, home.path, {home.emergency}) == 0, (where + "a row of an epoch before is left").c_str());
                    QVERIFY2(!promised.contains(wordOf(Word::Rotated, 2)) || rows != wrappedRows(home.path), where.c_str());
                }
            }
        }
        QString total;
        for (const auto &[call, most] : counts)
            total += QStringLiteral(" %1 %2").arg(QString::fromStdString(call)).arg(most);
        qInfo("%s: %d runs (every %d. instance of:%s): %d killed, %d that could not do all and said so, %d of them not opened", mode.constData(), runs, every,
              qPrintable(total), killed, hurt, refused);
        QVERIFY(killed > 0);
    }
};

QD_TEST(TestChangeSyscalls)
#include "tst_changesyscalls.moc"
