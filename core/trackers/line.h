// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/trackers/confluence.h"
#include "core/trackers/outcome.h"
#include "core/trackers/trackers.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

namespace qd::trackers {

using Answer = Result<net::HttpResponse>;

/// One connection, with its thread. How it is kept going, asked and read: line.cpp; how an entry is written: writing.cpp. What is the thread's own is
/// touched by no other; all else under `mutex`.
struct Trackers::Line {
    /// What a line that ended did not get done.
    struct Left {
        std::deque<Entry> queue;
        std::future<Answer> unanswered; ///< a write that is still under way, where there is one
    };

    Line(Connection c, Secret token, Writes arms, Left left, const Way &w, const Clock &k);
    ~Line() { end(); }

    /// Ends its thread, which lets go of what is under way; gives what is left to do. What was sent and whose answer nobody waits for any more may have arrived.
    Left end();

    /// What we sent to prove who we are, as it may come back.
    void keepFromView(const Secret &token);
    [[nodiscard]] std::string withoutTokens(std::string text) const;

    void run();

    /// While a write of the line before is under way, it is too early to look for what it made, and what is written now could arrive before it.
    bool isUnanswered() const;

    void workOff(std::unique_lock<std::mutex> &lock);

    /// An issue is made once: whoever may have made it before is looked for by its marker.
    Outcome make(const Entry &entry, bool inDoubt);

    /// Who is to have it, as the tracker wants them; or, in `note`, why nobody is given it. Anything but Done: it is too early to tell.
    Outcome nameAssignee(Wanted &wanted, std::string &note);

    /// As it is to be, however often that is said: what is so already is not written.
    Outcome change(const Entry &entry);

    /// The page it was before, else the one of that title in the space, else a new one.
    Outcome publish(const Entry &entry);

    /// Waits for the answer, as this thread may, until the line ends: nobody who ends one is to wait for a network. None: it ended.
    std::optional<Answer> answerTo(net::HttpRequest request);

    Outcome ask(net::HttpRequest request);

    void waitFor(std::string_view after);

    /// The issues whose turn it is, those read longest ago first; each once, however many actions it is.
    std::vector<std::string> keysOfThisRound();

    void readAgain(std::unique_lock<std::mutex> &lock);

    struct Read {
        std::optional<Issue> issue;
        std::string tag, problem;
    };
    Read readOne(net::HttpRequest request);

    /// What is another than it was is said of every action that is this issue, once.
    void tell(std::unique_lock<std::mutex> &lock, const std::string &key, const Issue &issue);

    /// Not under the lock.
    void say(const std::string &problem);

    const Connection connection;
    const Way &way;
    const Clock &clock;
    std::vector<Secret> hidden;          ///< our token in its forms
    std::unique_ptr<Dialect> dialect;
    std::unique_ptr<Library> library;
    std::mutex mutex;
    std::condition_variable changed;
    std::atomic<bool> stopping = false;
    Writes armed = 0;
    std::deque<Entry> queue;
    std::future<Answer> unanswered;      ///< its thread's: a write nobody waits for any more
    int tries = 0;                       ///< of the first entry
    bool isUnderWay = false;             ///< it is being written
    std::uint64_t workedOff = 0;         ///< its number while nobody else may take it out
    bool doubt = false;                  ///< it may have arrived
    std::optional<Span> doubtSince;      ///< these three are its thread's
    int sentInVain = 0, lookedInVain = 0;
    Span nextTry{}, nextRead{}, quietUntil{}, every{};
    std::vector<TrackedAction> tracked;
    std::map<std::string, std::string> tags; ///< by key: of the answer that was read last
    std::size_t readFrom = 0;
    std::string said;
    bool wasSaid = false;
    std::thread thread;                  ///< last: it works on all of the above
};

} // namespace qd::trackers
