// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/issuetext.h"

#include "core/base/encoding.h"

namespace qd {

std::string hashOfIssueText(std::string_view text)
{
    std::string plain(text);
    std::erase(plain, '\r');
    plain.erase(plain.find_last_not_of(" \t\n") + 1);
    return sha256Hex(plain);
}

} // namespace qd
