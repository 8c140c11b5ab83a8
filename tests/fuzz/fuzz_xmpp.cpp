// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/chat/textparts.h"
#include "core/chat/xmppmessages.h"

using namespace qd;
using namespace qd::chat;

/// A frame of RFC 7395 and what is read out of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto frame = parseFrame(fuzz::text(data, size));
    if (!frame)
        return 0;
    // What we write of it is a frame again, and the same one.
    const std::string written = writeFrame(*frame);
    const auto again = parseFrame(written, written.size());
    require(again);
    require(writeFrame(*again) == written);

    ReadContext context{"xmpp", "room@conference.localhost", "ic@localhost", "ic", fuzz::kNow, [](std::string_view nick) {
                            return Identity{std::string(nick) + "@localhost", true};
                        }};
    static_cast<void>(readMessage(*frame, context));
    static_cast<void>(readArchived(*frame, context));
    static_cast<void>(isOurs(*frame, context));
    static_cast<void>(sentIds(*frame));
    context.room.clear();
    static_cast<void>(readMessage(*frame, context));
    for (const auto &part : splitText(frame->text, 64))
        require(part.size() <= 64);
    return 0;
}
