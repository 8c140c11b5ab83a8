// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"

namespace qd {

const char *codeName(Code code)
{
    switch (code) {
    case Code::Invalid: return "invalid";
    case Code::NotFound: return "not-found";
    case Code::Conflict: return "conflict";
    case Code::Forbidden: return "forbidden";
    case Code::TooLarge: return "too-large";
    case Code::Unavailable: return "unavailable";
    case Code::Corrupt: return "corrupt";
    case Code::Version: return "unknown-version";
    case Code::Io: return "io";
    case Code::Internal: return "internal";
    }
    return "internal";
}

} // namespace qd
