// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/comms/chatcommand.h"
#include "core/base/safetext.h"

using namespace qd;
using namespace qd::comms;

/// What one byte may grow to when it is made safe: a control becomes "[U+0000]".
constexpr std::size_t kGrowth = 8;

/// What people type, in the console and in chat.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    LineContext context;
    context.people = {{"ana", "Ana"}, {"dba", "Dora Bauer"}};
    context.teams = {{"platform", "Platform"}};
    context.now = fuzz::kNow;
    const auto raw = fuzz::text(data, size);
    // Text from outside is made safe at the edge; the readers must stand what is not all the same.
    for (const std::string &typed : {std::string(raw), safeText(raw, 4096)}) {
        if (const auto line = parseLine(typed, context))
            require(line->text.size() <= typed.size() * kGrowth);
        static_cast<void>(isInstrumentLine(typed, context));
        if (const auto command = parseChatCommand(typed, context); command && *command)
            require((*command)->text.size() <= typed.size() * kGrowth);
    }
    return 0;
}
