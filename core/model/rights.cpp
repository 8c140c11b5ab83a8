// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/rights.h"

#include "core/base/ascii.h"

namespace qd {

std::string_view word(Right right)
{
    switch (right) {
    case Right::Observe: return "observe";
    case Right::Respond: return "respond";
    case Right::Command: return "command";
    case Right::Publish: return "publish";
    case Right::Administer: return "administer";
    }
    return "observe";
}

template <> std::optional<Right> fromWord(std::string_view text)
{
    for (const Right right : kRights)
        if (asciiLower(std::string(text)) == word(right))
            return right;
    return std::nullopt;
}

} // namespace qd
