// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/running.h"
#include "tests/support/suite.h"

#include <QFile>
#include <QTemporaryDir>
#include <map>

using namespace qd;
using namespace qd::faults;

/// trust.md section 2, suite 3, after Tessera's integration/fault: strace fails, or kills at, every instance of every system
/// call by which an append reaches the disk. QD_FAULT_EVERY=n takes every nth instance (7; the long run takes all).
namespace {

constexpr const char *kCalls[] = {"openat", "pwrite64", "write", "fdatasync", "fsync", "ftruncate", "unlink", "rename", "fallocate"};
constexpr const char *kRecords = "6"; ///< two of them in new streams: keys.db is written too

std::vector<std::string> traced(const std::filesystem::path &home, const std::vector<std::string> &options)
{
    std::vector<std::string> out{"/usr/bin/strace", "-f", "-qq"};
    // Only what touches the home: neither the program's own loading nor its pipe.
    for (const char *file : {"journal.db", "journal.db-wal", "journal.db-shm", "keys.db", "keys.db-journal"})
        out.insert(out.end(), {"-P", (home / file).string()});
    out.insert(out.end(), options.begin(), options.end());
    out.insert(out.end(), {QD_BINARY_DIR "/tests/bin/faults.writer", home.string(), kRecords});
    return out;
}

} // namespace

class TestSyscalls final : public QObject {
    Q_OBJECT

    struct Home {
        QTemporaryDir folder;
        std::filesystem::path path;
        journal::Created created;
        bool make()
        {
            static SystemClock clock;
            static SystemRandom random;
            path = folder.path().toStdString() + "/home";
            auto made = journal::create(path, store::sqlitePorts(), key(), clock, random);
            if (!made)
                return false;
            created = *made;
            // Not the very first records: the schema's pages are there, the write-ahead log is anew.
            auto opened = journal::Journal::open(path, store::sqlitePorts(storeOptions()), key(), clock, random, journalOptions());
            for (std::uint64_t seq = 1; opened && seq <= 6; ++seq)
                (*opened)->append(draftOf(seq), [](auto) {});
            return opened.has_value();
        }
    };

    /// How often each call is made.
    std::map<std::string, int> count()
    {
        Home home;
        if (!home.make())
            return {};
        const std::string log = home.folder.path().toStdString() + "/log";
        std::string calls;
        for (const char *c : kCalls)
            calls += (calls.empty() ? "" : ",") + std::string(c);
        Promises promised;
        Running writer(traced(home.path, {"-o", log, "-e", "trace=" + calls}));
        const int status = writer.finish(promised);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            m_whyNot = writer.complaint();
            return {};
        }
        QFile file(QString::fromStdString(log));
        return file.open(QIODevice::ReadOnly) ? callsIn(file.readAll()) : std::map<std::string, int>();
    }

    std::string m_whyNot;

private Q_SLOTS:
    void noFaultOfTheSystemLosesOrHalvesWhatWasAcknowledged()
    {
        QVERIFY2(QFile::exists(QStringLiteral("/usr/bin/strace")), "strace is missing: apt-get install strace");
        const auto counts = count();
        QVERIFY2(!counts.empty(), ("strace cannot follow the writer (is ptrace permitted here?): " + m_whyNot).c_str());
        for (const char *needed : {"pwrite64", "fdatasync", "openat"})
            QVERIFY2(counts.contains(needed), needed);
        const int every = many("QD_FAULT_EVERY", 7);
        int runs = 0, hurt = 0, killed = 0, refused = 0;
        int offset = 0;
        for (const auto &[call, most] : counts) {
            for (const char *fault : {"error=EIO", "error=ENOSPC", "error=EINTR", "signal=KILL"}) {
                // Another start each time, so that in the short run too every instance has its turn with some fault.
                for (int instance = 1 + offset++ % every; instance <= most; instance += every) {
                    Home home;
                    QVERIFY(home.make());
                    Promises promised;
                    Running writer(traced(home.path, {"-o", "/dev/null", "-e", "trace=" + call,
                                                      "-e", "inject=" + call + ":" + fault + ":when=" + std::to_string(instance)}));
                    const int status = writer.finish(promised);
                    const std::string complaint = writer.complaint();
                    const std::string where = call + " " + fault + " instance " + std::to_string(instance) + " of " + std::to_string(most) + ": ";
                    ++runs;
                    if (std::string_view(fault) == "signal=KILL") {
                        killed += WIFSIGNALED(status) ? 1 : 0;
                    } else {
                        QVERIFY2(WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 3 || WEXITSTATUS(status) == 4),
                                 (where + "the writer ended with " + std::to_string(status) + " " + complaint).c_str());
                        // Whoever says that not all is on disk gives a sentence; whoever says all is must have promised it all.
                        if (WEXITSTATUS(status) == 0)
                            QVERIFY2(promised.size() == 6, (where + std::to_string(promised.size()) + " promised").c_str());
                        else
                            QVERIFY2(!complaint.empty(), where.c_str());
                        hurt += WEXITSTATUS(status) == 0 ? 0 : 1;
                        refused += WEXITSTATUS(status) == 3 ? 1 : 0;
                    }
                    const std::string wrong = judge(home.path, home.created, promised);
                    QVERIFY2(wrong.empty(), (where + wrong).c_str());
                }
            }
        }
        QString total;
        for (const auto &[call, most] : counts)
            total += QStringLiteral(" %1 %2").arg(QString::fromStdString(call)).arg(most);
        qInfo("%d runs (every %d. instance of:%s): %d killed, %d that could not record all and said so, %d of them not opened", runs, every,
              qPrintable(total), killed, hurt, refused);
        QVERIFY(killed > 0);
    }
};

QD_TEST(TestSyscalls)
#include "tst_syscalls.moc"
