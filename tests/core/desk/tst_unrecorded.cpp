// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/announcer.h"
#include "tests/core/desk/deskbench.h"
#include "tests/support/suite.h"

#include <algorithm>
#include <fstream>

using namespace qd;
using namespace qd::tests;

/// design.md section 4, "When storage fails": command and paging go on, the claim of record does not.
namespace {

/// A desk whose emergency file is on another path, with everything its followers were given.
struct FailingBench : Bench {
    QTemporaryDir elsewhere;
    std::mutex mutex;
    std::vector<desk::RecordPtr> followed;
    std::uint64_t first = 0, number = 0;

    explicit FailingBench(bool mirrored = true) : Bench(nullptr)
    {
        if (mirrored)
            journalOptions.emergency = elsewhere.path().toStdString();
        create();
        settle();
        follow();
    }
    ~FailingBench() { unfollow(); }

    void follow()
    {
        number = desk->follow([this](const desk::RecordPtr &r) { const std::lock_guard l(mutex); followed.push_back(r); }, first);
    }
    void unfollow()
    {
        if (desk && number != 0)
            desk->unfollow(number);
        number = 0;
    }
    /// The disk takes nothing from here on, and the desk has noticed.
    bool lose()
    {
        (void)wake(); // what a start has under way is on disk
        disk->fill();
        const auto lost = command(desk::MarkChange{"web", "the last straw", "", ""});
        return !lost && waitFor([&] { return journal->isKeeping() && journal->tail() > journal->head(); });
    }
    bool recover()
    {
        disk->fill(false);
        return waitFor([&] { return desk->recording().recorded && !journal->isKeeping(); });
    }
    /// The process dies as it is: nothing more reaches the disk, and it starts again.
    void dieAndStart(bool healed)
    {
        unfollow();
        followed.clear();
        disk->fill();
        stop();
        disk->fill(!healed);
        start();
        follow();
    }
    static bool waitFor(const std::function<bool()> &ready)
    {
        return QTest::qWaitFor(ready, tests::kPatience);
    }
    std::vector<std::filesystem::path> files() const
    {
        std::vector<std::filesystem::path> out;
        for (const auto &e : std::filesystem::directory_iterator(elsewhere.path().toStdString()))
            out.push_back(e.path());
        return out;
    }
    state::RecordGap gap()
    {
        return ask([](const state::State &s) { return s.recordGaps.empty() ? state::RecordGap{} : s.recordGaps.back(); });
    }
    auto alertBatch(const std::string &name)
    {
        return aBatch("am", clock.now()).alert({{"alertname", name}, {"service", "db"}}).severity("critical").startsAt(kMorning).build();
    }
    desk::DeclareIncident declared(const std::string &title) const { return {title, "SEV2", "web", "", "", {}, false}; }
};

#define SAME(a, b) QCOMPARE(QString::fromStdString(firstDifference(a, b)), QString())

} // namespace

class TestUnrecorded final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aDiskThatHangsIsSaidAndTakenBackWithItsAnswer()
    {
        FailingBench b;
        // The journal's thread stands still, as it does in a sync that does not return.
        std::promise<void> hung, goOn;
        b.journal->sign([&](const auto &) {
            hung.set_value();
            goOn.get_future().wait();
        });
        hung.get_future().wait();
        std::promise<Result<Outcome>> promise;
        auto answer = promise.get_future();
        b.desk->command(desk::MarkChange{"web", "while the disk hangs", "", ""}, {"ana", Path::Person},
                        [&](Result<Outcome> r) { promise.set_value(std::move(r)); });
        QCOMPARE(b.ask([](const state::State &s) { return s.changes.size(); }), std::size_t(1)); // the desk decides on
        b.clock.advance(desk::kHangs - millis(1));
        QVERIFY(b.desk->recording().recorded);
        b.clock.advance(millis(1));
        QVERIFY(FailingBench::waitFor([&] { return !b.desk->recording().recorded; }));
        QVERIFY2(b.desk->recording().reason.find("has not answered for 5 s") != std::string::npos, b.desk->recording().reason.c_str());
        QVERIFY(answer.wait_for(std::chrono::seconds(0)) != std::future_status::ready); // nobody is told that it is recorded
        goOn.set_value();
        const auto told = answer.get();
        QVERIFY(told && told->recorded);
        QTRY_VERIFY(b.desk->recording().recorded);
        QVERIFY(!b.journal->isKeeping());
        QCOMPARE(b.dumped(), b.committed());
    }

    void commandGoesOnWhileTheDiskTakesNothing()
    {
        FailingBench b;
        const std::string before = b.committed();
        const auto head = b.journal->head();
        QVERIFY(b.lose());
        QVERIFY(!b.desk->recording().recorded);
        QVERIFY(b.desk->recording().reason.find("disk is full") != std::string::npos);
        QVERIFY(b.desk->recording().reason.find(b.elsewhere.path().toStdString()) != std::string::npos);
        const auto made = b.command(b.declared("Down"));
        VERIFY_RESULT(made);
        QVERIFY(!made->recorded);
        QCOMPARE(QString::fromStdString(made->id), QStringLiteral("INC-1"));
        // A sender is not told "done", yet what it says is there.
        VERIFY_FAILS(b.report(b.alertBatch("Down")), Code::Unavailable);
        QCOMPARE(b.ask(firing), std::size_t(1));
        VERIFY_FAILS(b.report(b.alertBatch("Down")), Code::Unavailable); // a repeat of what is not on disk
        VERIFY_RESULT(b.command(desk::Acknowledge{{keyOf(b.alertBatch("Down"))}, "on it"}));
        QCOMPARE(b.ask([](const state::State &s) { return s.alerts.all.front().workflow; }), Workflow::Acknowledged);
        // Every reader has it, the disk has not.
        SAME(b.dumped(), b.seen());
        SAME(b.committed(), before);
        QCOMPARE(b.journal->head(), head);
        QVERIFY(b.ask([](const state::State &s) { return s.isUnrecorded(); }));

        QVERIFY(b.recover());
        VERIFY_RESULT(b.report(b.alertBatch("Down")));
        VERIFY_RESULT(b.wake());
        SAME(b.dumped(), b.committed());
        const auto gap = b.gap();
        QCOMPARE(gap.fromSeq, head + 1);
        QVERIFY(gap.toSeq >= gap.fromSeq + 3 && gap.toSeq < b.journal->head());
        QVERIFY(b.ask([](const state::State &s) {
            const auto &t = s.incidents.at(1).timeline;
            return !t.empty() && std::all_of(t.begin(), t.end(), [](const auto &e) { return e.recordedLate; });
        }));
        VERIFY_RESULT(b.command(desk::WriteLog{"", "recorded in time"}));
        QVERIFY(!b.ask([](const state::State &s) { return s.incidents.at(1).timeline.back().recordedLate; }));
        QVERIFY(b.files().empty());
        const std::lock_guard l(b.mutex);
        for (std::size_t i = 0; i < b.followed.size(); ++i)
            QCOMPARE(b.followed[i]->seq, b.first + 1 + i); // each once, in order, without a seam
    }

    void pagesGoOutWhileNothingIsRecorded()
    {
        FailingBench b;
        Workspace w = aWorkspace();
        w.services[0].paging = Paging::Own;
        events::WorkspaceChanged change;
        change.workspace = w;
        change.digest = "two";
        VERIFY_RESULT(b.report(events::Event(change)));
        b.incidentWithRoom();
        QVERIFY(b.lose());
        VERIFY_RESULT(b.command(desk::StartEscalation{"INC-1", "web", ""}));
        b.clock.advance(minutes(5) + seconds(1));
        VERIFY_RESULT(b.wake());
        std::size_t pages = 0;
        {
            const std::lock_guard l(b.mutex);
            for (const auto &r : b.followed)
                for (const auto &e : r->events)
                    if (const auto *q = getIf<events::OutboxQueued>(&e))
                        pages += q->effect == events::Effect::Page ? 1 : 0;
        }
        QCOMPARE(pages, std::size_t(2)); // the first step's, and the second's after its time
        // What the edge says of them is taken, and an answer stops the calls.
        VERIFY_FAILS(b.report(events::Event(events::OutboxMoved{1, Delivery::Confirmed, "m", "", ""})), Code::Unavailable);
        QCOMPARE(b.ask([](const state::State &s) { return s.outbox.at(1).delivery; }), Delivery::Confirmed);
        VERIFY_RESULT(b.command(desk::AcknowledgeEscalation{1}));
        QVERIFY(b.recover());
        QVERIFY(b.ask([](const state::State &s) { return !s.escalations[0].isRunning(); }));
        SAME(b.dumped(), b.committed());
    }

    void whatADeadCoreKeptIsRecordedAtTheNextStart()
    {
        FailingBench b;
        QVERIFY(b.lose());
        VERIFY_RESULT(b.command(b.declared("Kept"))); // its stream is new: keys.db could not take its key either
        VERIFY_RESULT(b.command(desk::WriteLog{"", "written while UNRECORDED"}));
        const auto tail = b.journal->tail();
        const std::string kept = b.seen();
        b.dieAndStart(true);
        QVERIFY(b.files().empty());
        QCOMPARE(b.foldTo(tail), kept);
        QVERIFY(b.journal->head() >= tail);
        VERIFY_RESULT(b.command(desk::WriteLog{"", "after it"}));
        QVERIFY(!b.ask([](const state::State &s) { return s.isUnrecorded(); }));
        QCOMPARE(b.gap().toSeq, tail);
        SAME(b.dumped(), b.committed());
        b.restart(); // and it is a journal like any other
        VERIFY_RESULT(b.wake());
        SAME(b.dumped(), b.committed());
    }

    void theDiskMayStillBeFullAtTheNextStart()
    {
        FailingBench b;
        QVERIFY(b.lose());
        VERIFY_RESULT(b.command(b.declared("Kept")));
        const auto head = b.journal->head();
        b.dieAndStart(false);
        const auto line = b.command(desk::WriteLog{"", "still UNRECORDED"});
        VERIFY_RESULT(line);
        QVERIFY(!line->recorded);
        QVERIFY(!b.desk->recording().recorded);
        QCOMPARE(b.journal->head(), head);
        QCOMPARE(b.files().size(), std::size_t(1));
        b.dieAndStart(false); // the mirror went on where the first core left it
        QVERIFY(b.ask([](const state::State &s) { return s.incidents.at(1).timeline.back().text == "still UNRECORDED"; }));
        QVERIFY(b.recover());
        SAME(b.dumped(), b.committed());
        QCOMPARE(b.ask([](const state::State &s) { return s.recordGaps.size(); }), std::size_t(1));
        QVERIFY(b.files().empty());
    }

    void theDiskMayBeFullForTheFirstTimeAtAStart()
    {
        FailingBench b;
        VERIFY_RESULT(b.command(b.declared("Recorded")));
        b.dieAndStart(false);
        QVERIFY(FailingBench::waitFor([&] { return b.journal->isKeeping() && b.ask([](const state::State &s) { return s.isUnrecorded(); }); }));
        QCOMPARE(b.ask([](const state::State &s) { return s.startedAt; }).ns, b.clock.now().ns); // the start itself is kept too
        const auto line = b.command(desk::WriteLog{"", "kept"});
        VERIFY_RESULT(line);
        QVERIFY(!line->recorded);
        QVERIFY(b.recover());
        SAME(b.dumped(), b.committed());
    }

    void tornTailOfTheEmergencyFileIsLeftOut_data()
    {
        QTest::addColumn<int>("cut");
        for (const int cut : {1, 31, 32, 33, 200, 100'000})
            QTest::addRow("%d bytes", cut) << cut;
    }
    void tornTailOfTheEmergencyFileIsLeftOut()
    {
        QFETCH(int, cut);
        FailingBench b;
        QVERIFY(b.lose());
        for (int i = 0; i < 5; ++i)
            VERIFY_RESULT(b.command(b.declared("Kept " + std::to_string(i))));
        const std::string whole = b.seen();
        const auto head = b.journal->head(), tail = b.journal->tail();
        b.disk->fill();
        b.unfollow();
        b.stop();
        const auto file = b.files().at(0);
        const auto size = std::filesystem::file_size(file);
        std::filesystem::resize_file(file, size - std::min<std::uintmax_t>(size, static_cast<std::uintmax_t>(cut)));
        b.disk->fill(false);
        b.start();
        VERIFY_RESULT(b.command(b.declared("After")));
        const auto count = b.ask([](const state::State &s) { return s.incidents.size(); });
        QCOMPARE(count, cut < 200 ? std::size_t(5) : cut < 1000 ? count : std::size_t(1)); // all but the torn one, and the new one
        QVERIFY(b.journal->head() > head && (cut >= 200 || b.journal->head() >= tail));
        SAME(b.dumped(), b.committed());
        QVERIFY(b.files().empty());
    }

    void damagedOrForeignEmergencyFileIsSetAsideAndTheCoreStarts_data()
    {
        QTest::addColumn<int>("at");
        for (const int at : {0, 3, 4, 19, 20, 21, 24, 25, 60, 300, -1})
            QTest::addRow("byte %d", at) << at;
    }
    void damagedOrForeignEmergencyFileIsSetAsideAndTheCoreStarts()
    {
        QFETCH(int, at);
        FailingBench b;
        QVERIFY(b.lose());
        for (int i = 0; i < 3; ++i)
            VERIFY_RESULT(b.command(b.declared("Kept " + std::to_string(i))));
        b.unfollow();
        b.disk->fill();
        b.stop();
        const auto file = b.files().at(0);
        if (at >= 0) {
            std::fstream f(file, std::ios::in | std::ios::out | std::ios::binary);
            f.seekg(at);
            const char c = static_cast<char>(f.get() ^ 0x40);
            f.seekp(at);
            f.put(c);
        }
        b.disk->fill(false);
        if (at < 0) {
            // The home goes on elsewhere meanwhile: the file does not continue it any more.
            const auto folder = std::exchange(b.journalOptions.emergency, {});
            b.start();
            VERIFY_RESULT(b.command(b.declared("Another")));
            b.stop();
            b.journalOptions.emergency = folder;
        }
        b.start();
        VERIFY_RESULT(b.command(b.declared("After")));
        SAME(b.dumped(), b.committed());
        const auto left = b.files();
        if (at < 0 || at < 20) {
            QCOMPARE(left.size(), std::size_t(1)); // kept for people
            QVERIFY(left[0].string().ends_with(".unfit"));
        } else {
            QVERIFY(left.empty());
        }
    }

    void whatIsKeptHasABoundAndPeoplesCommandsLastLongest()
    {
        FailingBench b;
        b.options.keptRecords = 10;
        b.restart();
        QVERIFY(b.lose()); // the RecordGap is the first of ten
        for (int i = 1; i < 5; ++i) {
            VERIFY_FAILS(b.report(b.alertBatch("A" + std::to_string(i))), Code::Unavailable);
            QCOMPARE(b.ask(firing), static_cast<std::size_t>(i));
        }
        const auto refused = b.report(b.alertBatch("A5"));
        VERIFY_FAILS(refused, Code::Unavailable);
        QVERIFY(refused.error().message.find("full") != std::string::npos);
        QCOMPARE(b.ask(firing), std::size_t(4)); // at half, nothing new is taken from senders
        for (int i = 5; i < 10; ++i)
            VERIFY_RESULT(b.command(b.declared("I")));
        VERIFY_FAILS(b.command(b.declared("one too many")), Code::Unavailable);
        QCOMPARE(b.ask([](const state::State &s) { return s.incidents.size(); }), std::size_t(5));
        QCOMPARE(b.journal->kept().records, std::uint64_t(10));
        QVERIFY(b.recover());
        VERIFY_RESULT(b.command(b.declared("again")));
        VERIFY_RESULT(b.report(b.alertBatch("A5")));
        SAME(b.dumped(), b.committed());
    }

    void bytesAreBoundedToo()
    {
        FailingBench b;
        b.options.keptBytes = 8000;
        b.restart();
        QVERIFY(b.lose());
        int taken = 0;
        while (taken < 100 && b.command(desk::DeclareIncident{std::string(1000, 'x'), "", "", "", "", {}, false}))
            ++taken;
        QVERIFY2(taken >= 3 && taken < 10, qPrintable(QString::number(taken)));
        QVERIFY(b.recover());
        SAME(b.dumped(), b.committed());
    }

    void aDiskThatCannotEvenBeReadStopsNothing()
    {
        FailingBench b;
        VERIFY_RESULT(b.command(b.declared("Recorded")));
        b.disk->unreadable = true;
        QVERIFY(b.lose());
        const auto line = b.command(desk::WriteLog{"INC-1", "kept"});
        VERIFY_RESULT(line);
        QVERIFY(!line->recorded);
        // The State could not be taken back: what was under way when it failed is kept with the rest.
        QVERIFY(b.ask([](const state::State &s) { return s.changes.size() == 1; }));
        b.disk->unreadable = false;
        QVERIFY(b.recover());
        SAME(b.dumped(), b.committed());
    }

    void failsAgainWhileItRecovers()
    {
        FailingBench b;
        QVERIFY(b.lose());
        VERIFY_RESULT(b.command(b.declared("Kept")));
        // One commit goes through, then none: the end of the gap does not get to the disk.
        std::atomic<int> commits{0};
        b.disk->beforeCommit = [&] {
            if (++commits == 2)
                b.disk->fill();
        };
        b.disk->fill(false);
        QVERIFY(FailingBench::waitFor([&] { return commits >= 2 && b.journal->isKeeping(); }));
        const auto line = b.command(desk::WriteLog{"", "UNRECORDED again"});
        VERIFY_RESULT(line);
        QVERIFY(!line->recorded);
        b.desk->inspect([](const state::State &) {});
        b.disk->beforeCommit = nullptr;
        QVERIFY(b.recover());
        SAME(b.dumped(), b.committed());
        QVERIFY(!b.ask([](const state::State &s) { return s.isUnrecorded(); }));
    }

    void withoutAnotherPathItIsSaidThatOnlyMemoryHoldsIt()
    {
        FailingBench b(false);
        QVERIFY(b.lose());
        // Where it is kept is said once the disk was tried again, which is after the journal keeps it.
        QVERIFY(FailingBench::waitFor([&] { return b.desk->recording().reason.find("memory alone") != std::string::npos; }));
        VERIFY_RESULT(b.command(b.declared("Kept")));
        QVERIFY(b.recover());
        SAME(b.dumped(), b.committed());
    }

    void aRepeatIsNotAnsweredBeforeWhatItRepeatsIsOnDisk()
    {
        FailingBench b;
        std::mutex gate;
        gate.lock();
        std::atomic<bool> held{false};
        b.disk->beforeCommit = [&] {
            held = true;
            const std::lock_guard wait(gate);
        };
        b.disk->failNextCommit();
        std::atomic<int> done{0}, failed{0};
        const auto count = [&](const Result<Outcome> &r) { ++(r ? done : failed); };
        b.desk->report(b.alertBatch("Down"), count);
        b.desk->report(b.alertBatch("Down"), count); // another path with the same alert
        QTRY_VERIFY(held.load());
        b.desk->inspect([](const state::State &) {});
        QCOMPARE(done + failed, 0);
        gate.unlock();
        QTRY_COMPARE(failed.load(), 2);
        QCOMPARE(done.load(), 0);
        QVERIFY(b.recover());
        b.disk->beforeCommit = nullptr;
    }

    /// Whatever fails when: what was said to be recorded is on disk, readers see each record once and in order, and in the end
    /// the State is the fold of the disk.
    void randomFailuresLoseNothingThatWasAcknowledged_data()
    {
        QTest::addColumn<quint64>("seed");
        const int rounds = qEnvironmentVariableIntValue("QD_FAULT_ROUNDS") > 0 ? qEnvironmentVariableIntValue("QD_FAULT_ROUNDS") : 6;
        for (int i = 0; i < rounds; ++i)
            QTest::addRow("seed %d", i + 1) << static_cast<quint64>(i + 1);
    }
    void randomFailuresLoseNothingThatWasAcknowledged()
    {
        QFETCH(quint64, seed);
        FailingBench b;
        SeededRandom random(seed);
        std::vector<std::string> promised; // titles whose outcome said: recorded
        for (int i = 0; i < 60; ++i) {
            const std::string title = "incident " + std::to_string(i);
            switch (random.below(8)) {
            case 0: b.disk->failingCommits = static_cast<int>(random.below(3)); break;
            case 1: b.disk->failingKeys = static_cast<int>(random.below(2)); break;
            case 2: b.disk->fill(random.below(2) == 0); break;
            case 3: (void)b.report(b.alertBatch("A" + std::to_string(random.below(5)))); break;
            case 4: b.clock.advance(seconds(static_cast<std::int64_t>(random.below(40)))); (void)b.wake(); break;
            default:
                if (const auto r = b.command(b.declared(title)); r && r->recorded)
                    promised.push_back(title);
            }
        }
        QVERIFY(b.recover());
        VERIFY_RESULT(b.wake());
        SAME(b.dumped(), b.committed());
        for (const std::string &title : promised)
            QVERIFY2(b.ask([&](const state::State &s) {
                return std::any_of(s.incidents.begin(), s.incidents.end(), [&](const auto &i) { return i.second.title == title; });
            }), title.c_str());
        const std::lock_guard l(b.mutex);
        for (std::size_t i = 0; i < b.followed.size(); ++i)
            QCOMPARE(b.followed[i]->seq, b.first + 1 + i);
    }

private:
    static std::size_t firing(const state::State &s) { return s.alerts.firing; }
};

QD_TEST(TestUnrecorded)
#include "tst_unrecorded.moc"
