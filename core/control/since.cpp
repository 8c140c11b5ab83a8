// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/since.h"

#include "core/base/safetext.h"

#include <charconv>

namespace qd::control {

Result<std::uint64_t> recordBefore(const state::Past &past, const std::string &since, Instant now)
{
    if (since.starts_with("seq:")) {
        std::uint64_t seq = 0;
        const auto r = std::from_chars(since.data() + 4, since.data() + since.size(), seq);
        if (r.ec == std::errc() && r.ptr == since.data() + since.size() && seq > 0) {
            if (seq - 1 > past.head())
                return fail(Code::NotFound, "The log ends at record " + std::to_string(past.head()) + ".");
            return seq - 1;
        }
    } else if (!since.empty() && !past.seqAt) {
        return fail(Code::Unavailable, "This log knows no times; write seq:1234.");
    } else if (const auto at = parseInstant(since); at && *at) {
        return past.seqAt(*at - nanos(1));
    } else if (const auto span = parseSpan(since); span && span->ns > 0) {
        return past.seqAt(now - *span);
    }
    return fail(Code::Invalid, "\"" + safeLine(since, 60) + "\" is not a point in time; write 2026-11-23T14:25:00Z, seq:1234, or 24h for a day ago.");
}

} // namespace qd::control
