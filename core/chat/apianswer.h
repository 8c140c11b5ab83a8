// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>

namespace qd::chat {

/// What a call of a platform's HTTP interface came to, for every platform; each adds its own words for it, and asError().
struct ApiAnswer {
    enum class Kind {
        Done,
        Refused, ///< for good, with the platform's reason
        Wait,    ///< ask again after `retryAfter`
        Unknown, ///< no answer, or none to be understood: it may or may not have been done
    };
    Kind kind = Kind::Unknown;
    std::chrono::milliseconds retryAfter{0};

    [[nodiscard]] bool isDone() const { return kind == Kind::Done; }
};

} // namespace qd::chat
