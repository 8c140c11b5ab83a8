// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/coverage.h"

#include "core/oncall/coverage.h"
#include "core/workspace/files.h"

namespace qd::app {

std::vector<std::string> coverageWarnings(const Workspace &workspace, const std::filesystem::path &folder, Instant now)
{
    std::vector<std::string> out;
    const std::vector<oncall::Uncovered> open = oncall::uncovered(workspace, now, now + kCoverageAhead);
    const auto written = open.empty() ? Result<std::map<std::string, std::string>>() : workspace::places(folder);
    for (const oncall::Uncovered &each : open) {
        const auto place = written ? written->find((each.isPolicy ? "policy/" : "schedule/") + each.id) : std::map<std::string, std::string>::const_iterator();
        out.push_back((written && place != written->end() ? place->second + ": " : std::string()) + each.text + ".");
    }
    return out;
}

} // namespace qd::app
