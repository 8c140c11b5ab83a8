// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/link/snapshotwriter.h"

#include "core/base/log.h"
#include "core/base/threads.h"
#include "core/desk/past.h"
#include "core/events/texts.h"
#include "core/events/weight.h"
#include "core/journal/journal.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace qd::link {

namespace {
constexpr std::uint64_t kWorthFilling = 500; ///< records; fewer are folded in no time
}

class SnapshotWriter::Core : public std::enable_shared_from_this<SnapshotWriter::Core> {
public:
    Core(const journal::Journal &journal, std::function<std::uint64_t()> journalBytes) : m_journal(journal), m_keeper(journal, std::move(journalBytes)) {}

    void start(Replica &replica)
    {
        if (m_keeper.last() == 0)
            ++m_fillsWanted;
        replica.watch([](const state::State &) {},
                      [core = shared_from_this()](const state::State &state, const desk::Record &record) { core->folded(state, record); });
        m_thread = std::thread([this] {
            beginThread("snapshots", Pressing::Later);
            run();
        });
    }

    void stop()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
        }
        m_wake.notify_all();
        if (m_thread.joinable())
            m_thread.join();
    }

private:
    void folded(const state::State &state, const desk::Record &record) // the replica's thread
    {
        if (events::changesThePast(record.events)) {
            // All snapshots went with the keys: instants before this one get theirs from what is left.
            m_keeper.erased();
            const std::lock_guard lock(m_mutex);
            ++m_fillsWanted;
            m_wake.notify_all();
            return;
        }
        {
            const std::lock_guard lock(m_mutex);
            if (m_stop || m_fillsWanted != m_fillsDone)
                return;
        }
        if (m_pace.waitsAfter(events::weightOf(record.events), record.time) || !m_keeper.isDueAfter(record))
            return;
        auto cut = m_keeper.cut(state, m_keeper.era());
        m_pace.cut(state.alerts.all.size(), record.time);
        {
            const std::lock_guard lock(m_mutex);
            m_cut = std::move(cut);
        }
        m_wake.notify_all();
    }

    void run()
    {
        std::unique_lock lock(m_mutex);
        while (true) {
            m_wake.wait(lock, [this] { return m_stop || m_cut || m_fillsWanted != m_fillsDone; });
            if (!m_cut && m_stop)
                return;
            if (!m_cut) {
                const std::uint64_t wanted = m_fillsWanted;
                lock.unlock();
                fill();
                lock.lock();
                m_fillsDone = wanted; // another erasure meanwhile: once more
                continue;
            }
            auto cut = std::move(*m_cut);
            m_cut.reset();
            lock.unlock();
            if (const auto stored = m_keeper.store(std::move(cut)); !stored && stored.error().message != m_lastProblem) {
                m_lastProblem = stored.error().message; // a full disk is said once
                log(LogLevel::Warning, "snapshots", stored.error());
            }
            lock.lock();
        }
    }

    void fill()
    {
        if (m_journal.head() < kWorthFilling)
            return;
        const auto made = desk::makeSnapshots(m_journal, m_keeper, [this] {
            const std::lock_guard held(m_mutex);
            return !m_stop;
        });
        if (!made)
            log(LogLevel::Warning, "snapshots", made.error());
    }

    const journal::Journal &m_journal;
    desk::SnapshotKeeper m_keeper; ///< isDueAfter and cut on one thread, store on ours; see there
    CutPace m_pace{desk::SnapshotKeeper::kLeastWeight}; ///< the replica's thread
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<state::SnapshotCutter::Cut> m_cut;
    std::uint64_t m_fillsWanted = 0, m_fillsDone = 0; ///< folds of the whole log
    bool m_stop = false;
    std::string m_lastProblem;
    std::thread m_thread;
};

SnapshotWriter::SnapshotWriter(Replica &replica, const journal::Journal &journal, std::function<std::uint64_t()> journalBytes)
    : m_core(std::make_shared<Core>(journal, std::move(journalBytes)))
{
    m_core->start(replica);
}

SnapshotWriter::~SnapshotWriter()
{
    m_core->stop();
}

} // namespace qd::link
