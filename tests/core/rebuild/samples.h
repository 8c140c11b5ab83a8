// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rebuild/facts.h"

#include "tests/core/rebuild/archives.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

namespace qd::tests {

/// A file of tests/core/rebuild/files.
inline std::string sample(const std::string &name)
{
    std::ifstream in(QD_SOURCE_DIR "/tests/core/rebuild/files/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline std::string slackZip(const std::string &root = {})
{
    return zipped({{root + "channels.json", sample("slack_channels.json")}, {root + "users.json", sample("slack_users.json")}, {root + "integration_logs.json", "[]"},
                   {root + "general/2025-11-23.json", R"([{"type":"message","user":"U012ABC34","text":"lunch?","ts":"1763906400.000001"}])"},
                   {root + "inc-42/2025-11-23.json", sample("slack_day1.json")}, {root + "inc-42/2025-11-24.json", sample("slack_day2.json")}});
}

inline Result<rebuild::Facts> readSample(const std::string &bytes, const std::string &name, rebuild::Options options = {})
{
    options.name = name;
    return rebuild::read(bytes, options);
}

inline bool says(const std::vector<std::string> &notes, const std::string &words)
{
    return std::any_of(notes.begin(), notes.end(), [&](const std::string &n) { return n.find(words) != std::string::npos; });
}

inline Instant moment(const char *text)
{
    return parseInstant(text).value_or(Instant{});
}

} // namespace qd::tests
