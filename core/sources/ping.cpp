// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/ping.h"

#include "core/base/safetext.h"

#include <algorithm>

namespace qd::sources {

namespace {

constexpr std::size_t kRunIdLimit = 64;

/// A number that stands for a run's id: FNV-1a, never 0, which stands for none.
std::uint32_t runOf(std::string_view rid)
{
    if (rid.empty())
        return 0;
    std::uint32_t h = 2166136261u;
    for (const char c : rid)
        h = (h ^ static_cast<unsigned char>(c)) * 16777619u;
    return h == 0 ? 1 : h;
}

} // namespace

Result<Ping> parsePing(std::string_view name, std::string_view what, std::string_view rid, std::string_view body, const Arrival &arrival)
{
    using events::PingKind;
    Ping ping{arrival.connection, safeLine(name), PingKind::Beat, arrival.receivedAt, 0, 0, {}};
    if (rid.size() > kRunIdLimit)
        return fail(Code::Invalid, "a run id has at most 64 bytes");
    ping.run = runOf(rid);
    if (what == "start") {
        ping.kind = PingKind::Start;
    } else if (what == "fail" || what == "log") {
        ping.kind = what == "fail" ? PingKind::Fail : PingKind::Log;
    } else if (!what.empty()) {
        const bool isNumber = what.size() <= 3 && std::all_of(what.begin(), what.end(), [](char c) { return c >= '0' && c <= '9'; });
        std::uint32_t status = 0;
        for (const char c : what)
            status = isNumber ? status * 10 + static_cast<std::uint32_t>(c - '0') : 256;
        if (status > 255)
            return fail(Code::Invalid, "after the name comes start, fail, log, or an exit status from 0 to 255");
        ping.exitStatus = status;
        ping.kind = status == 0 ? PingKind::Beat : PingKind::Fail;
    }
    // What comes with a success or a start says nothing that is kept.
    if (ping.kind == PingKind::Fail || ping.kind == PingKind::Log)
        ping.text = safeText(body, kPingTextLimit);
    while (!ping.text.empty() && (ping.text.back() == '\n' || ping.text.back() == ' '))
        ping.text.pop_back();
    return ping;
}

} // namespace qd::sources
