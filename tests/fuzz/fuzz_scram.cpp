// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/chat/xmppscram.h"

using namespace qd;
using chat::Scram;

/// A server's two answers, a line each. Nobody proves that they know a password they were never told: no input may be believed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto bytes = fuzz::text(data, size);
    const auto line = bytes.find('\n');
    const auto first = bytes.substr(0, line);
    // The exchange is as slow as the server asks: more than this shows nothing new.
    if (const auto i = first.find("i="); i != std::string_view::npos && first.substr(i).size() > 6)
        return 0;
    const Secret password("correct horse battery staple, of which the fuzzer knows nothing");
    for (const auto hash : {Scram::Hash::Sha1, Scram::Hash::Sha256, Scram::Hash::Sha512}) {
        Scram scram(hash, "ic", password, "fyko+d2lbbFgONRv9qkxdawL");
        if (!scram.clientFinal(first))
            continue;
        require(!scram.verify(line == std::string_view::npos ? std::string_view() : bytes.substr(line + 1)));
        require(!scram.isVerified());
    }
    return 0;
}
