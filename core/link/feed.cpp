// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/link/feed.h"

#include "core/desk/past.h"
#include "core/journal/journal.h"

namespace qd::link {

Feed feedOf(desk::Desk &desk, const journal::Journal &journal)
{
    Feed feed;
    feed.follow = [&desk](desk::Desk::Follower follower, std::uint64_t &first) { return desk.follow(std::move(follower), first); };
    feed.unfollow = [&desk](std::uint64_t number) { desk.unfollow(number); };
    feed.replay = [&journal](std::uint64_t from, std::uint64_t to, const Feed::Each &each) {
        return desk::replay(journal, from, to, each);
    };
    feed.head = [&journal] { return journal.tail(); };
    feed.recording = [&desk] { return desk.recording(); };
    feed.onRecording = [&desk](std::function<void(const desk::Recording &)> told) { desk.onRecording(std::move(told)); };
    feed.heard = [&desk] {
        std::vector<Heard> out;
        for (auto &[connection, at] : desk.heard())
            out.push_back({std::move(connection), at, 0});
        return out;
    };
    feed.past = desk::pastOf(journal);
    return feed;
}

state::Past pastOf(const Feed &feed)
{
    if (feed.past.head)
        return feed.past;
    state::Past past;
    past.head = feed.head;
    past.replay = [replay = feed.replay](std::uint64_t from, std::uint64_t to, const std::string &, const state::Past::Each &each) {
        return from > to ? Result<>() : replay(from, to, [&](const desk::Record &r) { return each(r.seq, r.time, r.events); });
    };
    return past;
}

} // namespace qd::link
