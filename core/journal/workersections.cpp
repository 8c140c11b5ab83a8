// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"
#include "core/journal/worker.h"

#include <future>
#include <map>

/// What is derived from the log, as far as the journal has to do with it.
namespace qd::journal {

void Journal::Worker::openSections(const std::filesystem::path &home, const Ports &ports)
{
    auto store = ports.sections ? ports.sections(home)
                                : Result<std::unique_ptr<SectionStore>>(
                                      qd::fail(Code::Unavailable, "This home keeps nothing derived."));
    if (!store && ports.sections)
        log(LogLevel::Warning, "journal", store.error()); // slower starts and travel, nothing worse
    m_sections = std::make_unique<Sections>(std::move(store), *m_keys, m_log.id, m_random,
                                            [this](const std::string &stream) { return keyFor(stream); });
    // What was derived from records that were lost (kept in memory alone by a core that died, or the log was put back) goes before
    // their numbers are given again: it would stand for others.
    std::map<std::string, std::vector<std::string>> lost;
    if (const auto all = m_sections->list({}); all)
        for (const SectionHead &head : *all)
            if (head.last > tail())
                lost[head.kind].push_back(head.name);
    for (const auto &[kind, names] : lost)
        if (const auto removed = m_sections->remove(kind, names); !removed)
            log(LogLevel::Warning, "journal", removed.error());
}

Result<std::shared_ptr<const StreamKey>> Journal::Worker::keyFor(const std::string &stream)
{
    std::promise<Result<std::shared_ptr<const StreamKey>>> promise;
    auto answer = promise.get_future();
    {
        const std::lock_guard lock(m_mutex);
        if (m_closing)
            return qd::fail(Code::Unavailable, "The journal is closed.");
        m_chores.push_back([&] {
            auto key = m_keys->forStream(stream);
            if (const auto stored = m_keys->flush(); !stored)
                promise.set_value(tl::unexpected(stored.error()));
            else
                promise.set_value(std::move(key));
        });
        m_wake.notify_one();
    }
    return answer.get();
}

} // namespace qd::journal
