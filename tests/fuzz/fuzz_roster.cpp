// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/workspace/oncallimport.h"
#include "core/workspace/roster.h"

#include <set>

using namespace qd;

/// Who there is and who is on call, as other tools tell it: rosters (CSV, SCIM) and the answers of four on-call tools.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto bytes = fuzz::text(data, size);
    if (const auto roster = workspace::readRoster(bytes))
        for (const auto &person : roster->people)
            require(!person.id.empty());
    using workspace::OnCallTool;
    for (const OnCallTool tool : {OnCallTool::GrafanaOnCall, OnCallTool::Opsgenie, OnCallTool::GoAlert, OnCallTool::PagerDuty})
        if (const auto import = workspace::readOnCall(tool, bytes, {}, fuzz::kNow))
            require(!workspace::toToml(*import, "fuzz.json").empty());
    return 0;
}
