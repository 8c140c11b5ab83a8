// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/control/chatfile.h"
#include "core/control/pending.h"
#include "core/control/search.h"
#include "core/control/whatif.h"
#include "core/desk/desk.h"
#include "core/journal/journal.h"
#include "core/link/protocol.h"
#include "core/link/replica.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace qd::control {

/// `practice.say`: what a member of a practice room does there, as any chat platform would bring it in. `kind`: "message" (also
/// when empty), "edit" or "reaction"; `target`: the id of the message these are about.
struct PracticeSpeech {
    static constexpr std::string_view kMethod = "practice.say";
    std::string room, sender, name, id, kind, text, target;
    QD_FIELDS(f(1, "room", e.room); f(2, "sender", e.sender); f(3, "name", e.name); f(4, "id", e.id); f(5, "kind", e.kind);
              f(6, "text", e.text); f(7, "target", e.target);)
};

/// `log.post`: says the log's head in the incident's rooms.
struct PostHead {
    static constexpr std::string_view kMethod = "log.post";
    std::string incident;
    QD_FIELDS(f(1, "incident", e.incident);)
};

/// The log's own proofs, as functions; unset, their methods are refused. Any thread; none may block.
struct LogProof {
    std::function<journal::SignedHead()> head;                                        ///< of the newest checkpoint
    std::function<void(std::function<void(Result<journal::SignedHead>)>)> sign;      ///< of everything committed now
    std::function<void(std::string incident, events::Actor by, std::function<void(Result<journal::SignedHead>)>)> post;
};

/// The JSON-RPC 2.0 side of the control socket: commands go to the desk, queries are answered from the replica, that is from
/// committed records only. A query sees everything that was committed when it came in, so who was told "done" reads it back.
/// Questions about the past (`at`) are folded anew on a thread of their own and hold up nobody else. Any thread.
class Api final {
public:
    using Reply = std::function<void(std::string response)>;
    using Send = std::function<void(desk::Command, events::Actor, desk::Done)>;

    /// Name and bytes of a file, or why there are none; any thread, once.
    using FileDone = std::function<void(Result<std::pair<std::string, std::string>>)>;
    struct Options {
        std::string user;         ///< who calls when the request does not say: the operating system's user name
        std::string version, origin, listen;
        /// Lets somebody of the practice incident's script speak; without it the method is refused.
        std::function<void(PracticeSpeech, std::function<void(Result<>)>)> speak = {};
        std::function<void(const ChatFile &, FileDone)> readFile = {}; ///< asks a chat platform; without it `evidence.fetch` is refused
        LogProof proof = {};
        SearchIn search = {};              ///< without it `search` is refused
        ReadWorkspace readWorkspace = {};  ///< for `whatif`; called where waiting is allowed
        std::function<void(events::FoldsShown)> shown = {}; ///< what a `whatif` showed of fold rules, to be recorded
        std::function<Result<std::map<std::string, std::uint32_t>>()> streams = {}; ///< that have a key, with the hold that covers them; waits
        std::function<PendingReadings()> pending = {}; ///< what waits at the sources now; without it nothing is known to
        std::function<Instant()> now = {}; ///< what `since:2h` counts back from
        std::size_t answerLimit = link::kAnswerLimit; ///< bytes of an answer, or of all answers of a batch; above it TooLarge
    };

    /// `replica` and what `feed` and `send` use must outlive it.
    Api(Send send, link::Feed feed, link::Replica &replica, Options options);
    ~Api(); ///< questions about the past not yet answered are answered Unavailable
    Api(const Api &) = delete;
    Api &operator=(const Api &) = delete;

    /// One request, or a batch of at most 100; `reply` is called exactly once, from any thread, with "" when nothing is to be
    /// sent (notifications only).
    void handle(std::string request, Reply reply);

    /// Records that the user is about to see what is restricted here: of every incident that is, or of one. `then`: it is recorded, or why it is not; any
    /// thread, once. May be called after the API is gone, as long as what it uses is there.
    using RecordReads = std::function<void(const std::string &what, const std::string &incident, std::function<void(Result<>)> then)>;
    [[nodiscard]] RecordReads recordReads() const;

private:
    class Core;
    std::shared_ptr<Core> m_core;
};

} // namespace qd::control
