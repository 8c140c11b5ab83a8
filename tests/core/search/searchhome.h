// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/classes.h"
#include "core/desk/past.h"
#include "core/events/codec.h"
#include "core/search/indexer.h"
#include "core/search/query.h"
#include "core/search/text.h"
#include "core/store/sqliteports.h"
#include "tests/core/journal/journalfixture.h"
#include "tests/support/builders.h"

#include <fstream>
#include <map>
#include <mutex>

namespace qd::tests {

/// A home with a journal of events, in memory unless it is given other ports, and the readers an indexer needs.
struct SearchHome
{
    explicit SearchHome(journal::Ports where = memoryPorts(std::make_shared<MemoryDisk>()))
        : ports(std::move(where))
    {
    }

    journal::Ports ports;
    bool isMade = false;
    bool learns = true; ///< false: as if the core ended right after a record was committed
    QTemporaryDir folder;
    StillClock clock;
    CountedRandom random;
    std::unique_ptr<journal::Journal> journal;
    std::vector<desk::Record> records; ///< all that were appended, in order
    std::mutex mutex;                  ///< guards the followers
    std::map<std::uint64_t, desk::Desk::Follower> followers;
    std::uint64_t lastFollower = 0, replayed = 0;

    [[nodiscard]] std::filesystem::path path() const { return std::filesystem::path(folder.path().toStdString()) / "home"; }

    [[nodiscard]] Result<> open()
    {
        if (!std::exchange(isMade, true))
            if (const auto made = journal::create(path(), ports, testUnlock(), clock, random); !made)
                return tl::unexpected(made.error());
        auto opened = journal::Journal::open(path(), ports, testUnlock(), clock, random);
        if (!opened)
            return tl::unexpected(opened.error());
        journal = std::move(*opened);
        return {};
    }

    /// One record, committed and delivered.
    bool append(events::Events events, Span after = seconds(1))
    {
        clock.advance(after);
        const std::uint64_t seq = journal->head() + 1;
        journal::Draft draft{seq, clock.now(), {}};
        for (auto &part : events::encodeRecord(events, draft.time))
            draft.parts.push_back({part.stream, part.family, std::move(part.body)});
        records.push_back({seq, draft.time, events});
        auto record = std::make_shared<const desk::Record>(records.back());
        Answers answers;
        journal->append(std::move(draft), answers.take());
        const auto all = answers.wait(1);
        if (all.size() != 1 || !all[0].record)
            return false;
        if (learns)
            desk::learnClasses(*journal, record->events);
        const std::lock_guard lock(mutex);
        for (const auto &[number, follower] : followers)
            follower(record);
        return true;
    }
    bool line(const std::string &text, const std::string &incident = "INC-1", const std::string &person = "ana")
    {
        return append({events::LogWritten{incident, text, {person, Path::Person}}});
    }

    [[nodiscard]] search::Index::Leaf leaf()
    {
        return [this](std::uint64_t seq) { return desk::leafOf(*journal, seq); };
    }

    [[nodiscard]] search::Records feed()
    {
        search::Records r;
        r.follow = [this](desk::Desk::Follower follower, std::uint64_t &first) {
            const std::lock_guard lock(mutex);
            first = journal->head();
            followers.emplace(++lastFollower, std::move(follower));
            return lastFollower;
        };
        r.unfollow = [this](std::uint64_t number) {
            const std::lock_guard lock(mutex);
            followers.erase(number);
        };
        r.replay = [this](std::uint64_t from, std::uint64_t to, const std::function<bool(const desk::Record &)> &each) {
            return desk::replay(*journal, from, to, [&](const desk::Record &record) {
                ++replayed;
                return each(record);
            });
        };
        r.head = [this] { return journal->head(); };
        r.leaf = leaf();
        return r;
    }

    /// Gives an index everything the journal holds that it lacks.
    [[nodiscard]] Result<> catchUp(search::Index &index) const
    {
        while (index.next() <= journal->head()) {
            Result<> outcome;
            const auto read = desk::replay(*journal, index.next(), journal->head(), [&](const desk::Record &r) {
                if (r.seq != index.next())
                    return false;
                outcome = index.add(r.seq, r.time, r.events);
                return outcome.has_value();
            });
            if (!read || !outcome)
                return outcome ? read : outcome;
        }
        return {};
    }

    /// Files of the home in which these bytes stand.
    [[nodiscard]] std::vector<std::string> filesWith(const std::string &bytes) const
    {
        std::vector<std::string> found;
        for (const auto &entry : std::filesystem::recursive_directory_iterator(path())) {
            if (!entry.is_regular_file())
                continue;
            std::ifstream file(entry.path(), std::ios::binary);
            const std::string all{std::istreambuf_iterator<char>(file), {}};
            if (all.find(bytes) != std::string::npos)
                found.push_back(entry.path().filename());
        }
        return found;
    }
};

[[nodiscard]] inline Result<search::Answer> ask(search::Index &index, std::string_view text, Instant now = {}, std::size_t limit = 50)
{
    const auto query = search::parseQuery(text, now);
    if (!query)
        return tl::unexpected(query.error());
    return index.search(search::indexQuery(*query, {}), limit);
}

/// The excerpts of what is found, newest first; the error's message when it failed.
[[nodiscard]] inline std::vector<std::string> found(search::Index &index, std::string_view text, Instant now = {})
{
    const auto answer = ask(index, text, now);
    if (!answer)
        return {answer.error().message};
    std::vector<std::string> out;
    for (const auto &hit : answer->hits)
        out.push_back(hit.excerpt);
    return out;
}

} // namespace qd::tests
