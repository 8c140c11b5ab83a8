// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace qd {

/// The small closed set callers branch on. Everything finer belongs in the message.
enum class Code {
    Invalid,     ///< what was given is wrong; trying again unchanged cannot help
    NotFound,    ///< the thing named does not exist
    Conflict,    ///< the thing exists in a state that forbids this
    Forbidden,   ///< the actor may not do this, or the connection is not armed for it
    TooLarge,    ///< a named limit was passed
    Unavailable, ///< a peer, a queue or the storage cannot take it now; trying again may help
    Corrupt,     ///< stored bytes are damaged
    Version,     ///< stored bytes are of a format this program does not know
    Io,          ///< the operating system refused
    Internal,    ///< our own mistake
};

/// Why something did not happen. `message` is one sentence a person can act on; `detail` is for the log.
struct Error {
    Code code = Code::Internal;
    std::string message;
    std::string detail = {};
};

/// A value or the Error that explains its absence.
template <typename T = void>
using Result = tl::expected<T, Error>;

/// `return fail(Code::NotFound, "no incident INC-7");`
[[nodiscard]] inline tl::unexpected<Error> fail(Code code, std::string message, std::string detail = {})
{
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(detail)});
}

/// The word for a code, as it appears in JSON and logs: "invalid", "not-found" …
[[nodiscard]] const char *codeName(Code code);

} // namespace qd
