// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace qd::comms {

/// The grammar of the one-line instrument, one place for the console and for chat. A line is what a commander can say
/// in one breath; its first character says what it is:
///
///     storage team is on the call          a log line, verbatim
///     @dba check lag 10m                   a task for a person or team; the due time is optional
///     ? pool exhausted                     a hypothesis
///     ! roll back 4.2                      a decision
///     > customers 20m [text]               a promise to an audience; the time is required
///     \? literally this                    a log line that starts with one of the signs
///
/// All functions are pure and thread-safe. Text is UTF-8. Names are compared without minding ASCII case.

inline constexpr std::size_t kLineLimit = 2000;      ///< characters (code points) a line may hold
inline constexpr Span kDueLimit = hours(30 * 24);    ///< the longest due time of a task or promise

enum class LineKind { Log, Task, Hypothesis, Decision, Promise };

/// The word for a kind: "log", "task", "hypothesis", "decision", "promise".
[[nodiscard]] std::string_view word(LineKind kind);

/// A person or a team a task can be given to. `@` finds it by id, by name (with or without its spaces) or by one word
/// of its name, when that word is nobody else's.
struct Named {
    std::string id, name;
};

/// What the words of a line can refer to.
struct LineContext {
    std::vector<Named> people;
    std::vector<Named> teams;
    std::vector<std::string> audiences; ///< empty: defaultAudiences()
    Instant now;                        ///< what `dueAt` is counted from
};

/// The audiences every workspace has: customers, technical, executive, regulator, partners.
[[nodiscard]] const std::vector<std::string> &defaultAudiences();

/// One line, understood. Holds everything a preview needs to say back what will happen.
struct Line {
    LineKind kind = LineKind::Log;
    std::string text;       ///< what is logged, to be done, believed, decided or promised; may be empty for a promise
    std::string person;     ///< task: the id when known, else the name as typed
    std::string personName; ///< task: the name to show
    bool personKnown = false;
    bool team = false;      ///< task: `person` is a team
    std::vector<std::string> candidates; ///< task: names, when several people fit what was typed (then not known)
    std::string audience;   ///< promise: the known audience's own spelling, else as typed
    bool audienceKnown = false;
    Span due;               ///< task, promise: zero when none was given
    Instant dueAt;          ///< now + due, none when no due time was given or the context has no time
};

/// Reads a line typed in the console. Refused, with a sentence that says what to write: an empty line, a line break in
/// it (Invalid), more than kLineLimit characters (TooLarge), a task without a text, a promise without a time, a due time
/// of zero or beyond kDueLimit. Never refused: an unknown name; the line is then flagged.
[[nodiscard]] Result<Line> parseLine(std::string_view typed, const LineContext &context);

/// True when a chat message has the shape of an instrument line that is meant as one, so that conversation stays
/// conversation: `? text` and `! text` with the space; `@name text 10m` with a due time (a mention alone is no task);
/// `> audience 20m` with a known audience (else it is a quotation).
[[nodiscard]] bool isInstrumentLine(std::string_view message, const LineContext &context);

} // namespace qd::comms
