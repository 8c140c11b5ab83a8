// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/doctor.h"
#include "app/quarterdeckctl/verbs.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>

namespace qd::app {

namespace {

struct DoctorGiven {
    bool json = false;
};

const char *word(Finding::State state)
{
    return state == Finding::Well ? "well" : state == Finding::Look ? "look" : "wrong";
}

int doctor(Verbs &verbs, const DoctorGiven &given)
{
    const auto findings = examine(verbs.options);
    const auto count = [&](Finding::State state) { return std::count_if(findings.begin(), findings.end(), [&](const Finding &f) { return f.state == state; }); };
    const auto wrong = count(Finding::Wrong), look = count(Finding::Look);
    if (given.json) {
        boost::json::array out;
        for (const Finding &f : findings)
            out.push_back(boost::json::object{{"what", f.what}, {"state", word(f.state)}, {"text", f.text}});
        std::printf("%s\n", boost::json::serialize(boost::json::object{{"schema", 1}, {"wrong", wrong}, {"look", look}, {"findings", std::move(out)}}).c_str());
    } else {
        for (const Finding &f : findings)
            std::printf("%-6s %-15s %s\n", word(f.state), f.what.c_str(), f.text.c_str());
        if (wrong == 0)
            std::printf("\nNothing is wrong%s.\n", look == 0 ? "" : "; what says \"look\" should be known");
        else
            std::printf("\n%ld wrong.\n", static_cast<long>(wrong));
    }
    return wrong == 0 ? kDone : kRefused;
}

} // namespace

void addDoctorVerb(CLI::App &app, Verbs &verbs)
{
    verbs.add<DoctorGiven>(
        app, "doctor", "say what is wrong with this home, with or without a running core; changes nothing",
        [](CLI::App &verb, DoctorGiven &g) { verb.add_flag("--json", g.json, "as JSON"); }, doctor);
}

} // namespace qd::app
