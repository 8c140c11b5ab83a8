// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/sources/ping.h"

#include <array>

using namespace qd;

/// A ping: its name, what follows it, the run's id and the body, a line each; the body is the rest.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    auto rest = fuzz::text(data, size);
    std::array<std::string_view, 3> words;
    for (auto &word : words) {
        const auto end = rest.find('\n');
        word = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    if (const auto ping = sources::parsePing(words[0], words[1], words[2], rest, {"door", fuzz::kNow}))
        require(ping->text.size() <= sources::kPingTextLimit);
    return 0;
}
