// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/readimpact.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace qd::workspace {

namespace {

constexpr std::int64_t kCustomersMost = 10'000'000'000, kRevenueMost = 1'000'000'000'000;
constexpr std::int64_t kStepsMost = 4; ///< from SEV1 to SEV5
constexpr std::size_t kCurrencyMost = 8;

void thresholds(Fields &in, const char *key, std::int64_t most, std::vector<std::uint64_t> &out)
{
    if (!in.has(key))
        return;
    const std::vector<std::int64_t> given = in.numbers(key, SeverityMatrix::kLevels, 1, most);
    if (given.size() != SeverityMatrix::kLevels || std::adjacent_find(given.begin(), given.end(), std::less_equal<>()) != given.end())
        return in.problem(key, std::string(key) + " needs four numbers that fall, from which on it is SEV1, SEV2, SEV3, SEV4; write " + key + " = [10000, 1000, 100, 10]");
    out.assign(given.begin(), given.end());
}

void steps(Fields &in, const char *key, std::uint32_t &out)
{
    out = static_cast<std::uint32_t>(in.number(key, out, 0, kStepsMost));
}

} // namespace

void readBusiness(Fields in, Draft &draft)
{
    BusinessService b;
    b.id = in.id();
    b.name = in.text("name");
    b.customers = static_cast<std::uint64_t>(in.number("customers", 0, 0, kCustomersMost));
    b.revenue = static_cast<std::uint64_t>(in.number("revenue_per_hour", 0, 0, kRevenueMost));
    b.data = in.word("data", b.data, "public, internal, confidential or restricted");
    b.regulated = in.flag("regulated", false);
    draft.business.push_back({b.id, in.place()});
    draft.workspace.business.push_back(std::move(b));
}

void readMatrix(Fields in, Draft &draft)
{
    if (std::exchange(draft.hasMatrix, true))
        in.problemAt(in.place(), "[severity_matrix] is there twice; keep one");
    SeverityMatrix &m = draft.workspace.severityMatrix;
    m.version = in.text("version", true);
    m.currency = in.text("currency");
    if (m.currency.size() > kCurrencyMost)
        in.problem("currency", "a currency is short; write currency = \"EUR\"");
    thresholds(in, "customers", kCustomersMost, m.customers);
    thresholds(in, "revenue_per_hour", kRevenueMost, m.revenue);
    if (in.has("share")) {
        Fields share = in.table("share");
        m.most = static_cast<std::uint32_t>(share.number("most", m.most, 1, 100));
        m.some = static_cast<std::uint32_t>(share.number("some", m.some, 1, 100));
        m.few = static_cast<std::uint32_t>(share.number("few", m.few, 1, 100));
        if (m.most < m.some || m.some < m.few)
            share.problem("some", "most, some and few are percent of the customers and must not rise; write share = { most = 100, some = 25, few = 5 }");
        share.finish();
    }
    if (in.has("less")) {
        Fields less = in.table("less");
        for (const auto &[key, member] : {std::pair("soon", &m.soonSteps), {"unhurt", &m.unhurtSteps}, {"some", &m.someSteps}, {"few", &m.fewSteps}, {"workaround", &m.workaroundSteps}})
            steps(less, key, *member);
        if (m.unhurtSteps < m.soonSteps || m.fewSteps < m.someSteps)
            less.problem("soon", "a lesser answer must not be the more severe one; write less = { soon = 1, unhurt = 3, some = 1, few = 2, workaround = 1 }");
        less.finish();
    }
    if (in.has("more")) {
        Fields more = in.table("more");
        for (const auto &[key, member] : {std::pair("confidential", &m.confidentialSteps), {"restricted", &m.restrictedSteps}, {"regulated", &m.regulatedSteps}})
            steps(more, key, *member);
        more.finish();
    }
}

} // namespace qd::workspace
