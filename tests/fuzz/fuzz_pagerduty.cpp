// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/sources/pagerdutyrest.h"

using namespace qd;
using namespace qd::sources;

namespace {

void judge(const PagerReport &r)
{
    require(!r.what.id.empty() && r.what.id.size() <= 64);
    require(r.what.id.find_first_of("/?#% .") == std::string::npos); // it becomes part of an address
    require(r.what.status <= events::PagerStatus::Resolved);
    require(r.assigned.size() <= 50);
    require(r.what.title.size() <= 4096);
}

} // namespace

/// Lists of PagerDuty's REST API, one incident, errors and V3 webhooks: the same bytes to each.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto body = fuzz::text(data, size);
    std::vector<PagerReport> all;
    if (auto page = parsePagerDutyIncidents(body)) {
        require(page->items.size() + page->unreadable == page->size);
        all = std::move(page->items);
    } else {
        require(!page.error().message.empty());
    }
    if (auto one = parsePagerDutyIncident(body))
        all.push_back(std::move(*one));
    if (auto delivery = parsePagerDutyWebhook(body); delivery && delivery->incident)
        all.push_back(std::move(*delivery->incident));
    for (const PagerReport &r : all)
        judge(r);
    const ReportBatch batch = reportsOf(all, {"pd", fuzz::kNow});
    require(batch.isSound());
    require(batch.size() == all.size());
    if (const auto log = parsePagerDutyLogEntries(body))
        for (const PagerDutyLogEntry &e : log->items)
            require(!e.incident.empty() && e.what.text.size() <= 8192);
    if (const auto keys = parsePagerDutyAlertKeys(body))
        require(keys->items.size() <= 100);
    static_cast<void>(parsePagerDutyUsers(body));
    static_cast<void>(parsePagerDutyOnCalls(body));
    static_cast<void>(parsePagerDutyNotes(body));
    static_cast<void>(parsePagerDutyError(body));
    return 0;
}
