// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"

#include "core/base/ports.h"

#include <atomic>
#include <cstdio>
#include <string>

namespace qd {

namespace {
std::atomic<LogLevel> threshold{LogLevel::Info};
constexpr std::size_t kLineLimit = 2048;
} // namespace

void setLogLevel(LogLevel level)
{
    threshold = level;
}

void log(LogLevel level, std::string_view area, std::string_view text)
{
    if (level < threshold.load())
        return;
    static constexpr const char *kNames[] = {"debug", "info", "warning", "error"};
    std::string line = toRfc3339({SystemClock().now().ns / 1'000'000 * 1'000'000});
    line += ' ';
    line += kNames[static_cast<int>(level)];
    line += ' ';
    line += area;
    line += ": ";
    for (const char c : text.substr(0, kLineLimit))
        line += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
    line += '\n';
    // One write a line, so that lines of several threads do not mix.
    std::fwrite(line.data(), 1, line.size(), stderr);
}

void log(LogLevel level, std::string_view area, const Error &error)
{
    log(level, area, error.detail.empty() ? error.message : error.message + " (" + error.detail + ")");
}

} // namespace qd
