// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/running.h"
#include "tests/support/random.h"
#include "tests/support/suite.h"

#include <QTemporaryDir>

using namespace qd;
using namespace qd::faults;

/// trust.md section 2, suite 1: kill -9 at random moments. QD_FAULT_KILLS kills (100), QD_FAULT_SEED.
class TestKill final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everythingAcknowledgedOutlivesKill9()
    {
        const int kills = many("QD_FAULT_KILLS", 100);
        tests::SeededRandom random(seed());
        SystemClock clock;
        SystemRandom keys;
        std::size_t acknowledged = 0;
        int duringOpen = 0;
        for (int done = 0; done < kills;) {
            QTemporaryDir folder;
            const std::filesystem::path home = folder.path().toStdString() + "/home";
            const auto created = journal::create(home, store::sqlitePorts(), key(), clock, keys);
            QVERIFY(created);
            Promises promised;
            // A home lives through 25 of them, so that the log grows and is opened after many a crash.
            for (int n = 0; n < 25 && done < kills; ++n, ++done) {
                Promises now;
                {
                    Running writer({QD_BINARY_DIR "/tests/bin/faults.writer", home.string()});
                    // Every tenth dies while it opens, the others at a random moment after their first record.
                    const bool early = random.below(10) == 0;
                    if (!early)
                        while (now.empty())
                            if (!writer.listen(10'000, now))
                                QFAIL(writer.complaint().c_str());
                    const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(random.below(early ? 15'000 : 40'000));
                    while (std::chrono::steady_clock::now() < until)
                        (void)writer.listen(1, now);
                    writer.kill();
                    (void)writer.finish(now);
                    duringOpen += now.empty() ? 1 : 0;
                }
                acknowledged += now.size();
                promised.merge(now);
                // The head's own record is not promised; the next writer goes on behind it.
                const std::string wrong = judge(home, *created, promised, n % 2 == 0);
                QVERIFY2(wrong.empty(), qPrintable(QStringLiteral("kill %1: %2").arg(done + 1).arg(QString::fromStdString(wrong))));
            }
        }
        qInfo("%d kills, %zu records acknowledged, all there; %d before the first record", kills, acknowledged, duringOpen);
        QVERIFY(acknowledged >= static_cast<std::size_t>(kills / 2)); // all but every tenth were waited for
    }
};

QD_TEST(TestKill)
#include "tst_kill.moc"
