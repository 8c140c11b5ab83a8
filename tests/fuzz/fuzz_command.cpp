// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/control/commands.h"

using namespace qd;

/// What comes in by the control socket: the method's name, a newline, its parameters. What is taken is written again the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto bytes = fuzz::text(data, size);
    const auto line = bytes.find('\n');
    const auto method = bytes.substr(0, line);
    const auto command = control::decodeCommand(method, line == std::string_view::npos ? std::string_view() : bytes.substr(line + 1));
    if (!command)
        return 0;
    const std::string written = control::encodeCommand(*command);
    const auto again = control::decodeCommand(method, written);
    require(again);
    require(control::encodeCommand(*again) == written);
    return 0;
}
