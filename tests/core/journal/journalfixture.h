// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"
#include "core/journal/verify.h"
#include "tests/support/memorystore.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <condition_variable>
#include <future>

namespace qd::tests {

/// Stands still until told.
class StillClock final : public Clock
{
public:
    Instant now() const override { return {m_now}; }
    Span boot() const override { return {m_boot}; }
    void advance(Span span)
    {
        m_now += span.ns;
        m_boot += span.ns;
    }

private:
    std::atomic<std::int64_t> m_now{1'795'000'000'000'000'000};
    std::atomic<std::int64_t> m_boot{1'000'000'000'000};
};

/// The same bytes every time: SplitMix64.
class CountedRandom final : public Random
{
public:
    explicit CountedRandom(std::uint64_t seed = 1)
        : m_state(seed)
    {
    }
    void seed(std::uint64_t seed) { m_state = seed; }
    void fill(std::span<std::uint8_t> bytes) override
    {
        const std::lock_guard lock(m_mutex);
        for (std::uint8_t &b : bytes) {
            std::uint64_t z = m_state += 0x9e3779b97f4a7c15;
            z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
            z = (z ^ z >> 27) * 0x94d049bb133111eb;
            b = static_cast<std::uint8_t>(z ^ z >> 31);
        }
    }

private:
    std::mutex m_mutex;
    std::uint64_t m_state;
};

inline Bytes bytesOf(std::string_view text)
{
    return Bytes(asBytes(text).begin(), asBytes(text).end());
}

inline journal::Unlock testUnlock()
{
    return {journal::Unlock::KeyFile, Secret(Bytes(32, 7))};
}

/// Collects Dones and waits for them.
class Answers
{
public:
    struct Answer
    {
        std::shared_ptr<const journal::Committed> record;
        Error error;
    };
    journal::Journal::Done take()
    {
        return [this](Result<std::shared_ptr<const journal::Committed>> result) {
            const std::lock_guard lock(m_mutex);
            m_answers.push_back(result ? Answer{*result, {}} : Answer{nullptr, result.error()});
            m_changed.notify_all();
        };
    }
    std::vector<Answer> wait(std::size_t count)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, std::chrono::seconds(60), [&] { return m_answers.size() >= count; });
        return m_answers;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<Answer> m_answers;
};

/// A memory disk gains no room from a reserve.
inline journal::Options withoutReserve()
{
    journal::Options options;
    options.reserveBytes = 0;
    return options;
}

/// A home in memory with its journal.
struct MemoryHome
{
    QTemporaryDir folder;
    std::shared_ptr<MemoryDisk> disk = std::make_shared<MemoryDisk>();
    journal::Ports ports = memoryPorts(disk);
    StillClock clock;
    CountedRandom random;
    journal::Created created;
    std::unique_ptr<journal::Journal> journal;

    std::filesystem::path path() const { return folder.path().toStdString(); }
    Result<> create()
    {
        auto made = journal::create(path(), ports, testUnlock(), clock, random);
        if (!made)
            return tl::unexpected(made.error());
        created = *made;
        return {};
    }
    Result<> open(journal::Options options = withoutReserve())
    {
        auto opened = journal::Journal::open(path(), ports, testUnlock(), clock, random, options);
        if (!opened)
            return tl::unexpected(opened.error());
        journal = std::move(*opened);
        return {};
    }
    journal::Draft draft(std::uint64_t seq, std::string_view text = "an alert") const
    {
        return {seq,
                clock.now(),
                {{"alerts/2026-11-18", 2, bytesOf(std::string(text) + " " + std::to_string(seq))},
                 {"org", 1, bytesOf("o")}}};
    }
    /// Appends records up to `seq` and waits for all.
    bool fill(std::uint64_t seq)
    {
        Answers answers;
        const std::uint64_t first = journal->head() + 1;
        for (std::uint64_t s = first; s <= seq; ++s)
            journal->append(draft(s), answers.take());
        const auto all = answers.wait(seq - first + 1);
        return all.size() == seq - first + 1 &&
               std::all_of(all.begin(), all.end(), [](const auto &a) { return a.record != nullptr; });
    }
    std::vector<journal::Committed> records() const
    {
        std::vector<journal::Committed> out;
        const auto read = journal->replay(1, UINT64_MAX, [&](const journal::Committed &r) {
            out.push_back(r);
            return true;
        });
        if (!read)
            qWarning("%s", read.error().message.c_str());
        return out;
    }
    Result<journal::VerifyReport> verify(journal::VerifyOptions options = {}) const
    {
        return journal::verify(path(), ports, options);
    }
};

} // namespace qd::tests
