// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/collector.h"
#include "core/rebuild/json.h"

#include "core/base/encoding.h"
#include "core/base/safetext.h"

#include <algorithm>
#include <cmath>
#include <map>

/// The history Prometheus keeps of its alerts: a range query of ALERTS (and, where it was asked for too, ALERTS_FOR_STATE, which says when each began).
/// Source: https://prometheus.io/docs/prometheus/latest/querying/api/ (query_range) and …/alerting_rules/ (ALERTS).
namespace qd::rebuild {

namespace {

using Samples = std::vector<std::int64_t>; ///< milliseconds, in order

/// A stretch without a gap: first and last sample.
struct Stretch {
    std::int64_t from = 0, to = 0;
};

struct Series {
    std::string name, labels;            ///< labels: `severity="page", service="checkout"`
    Samples pending, firing;
    std::vector<std::pair<std::int64_t, std::int64_t>> begun; ///< at a sample: when it says that the alert began
};

struct History {
    std::map<std::string, Series> series; ///< by all its labels
    std::int64_t step = 0, first = 0, last = 0;
};

std::int64_t millisOf(const json::Value &v)
{
    const double s = v.is_double() ? v.get_double() : v.is_int64() ? static_cast<double>(v.get_int64()) : 0;
    return std::isfinite(s) && s > 0 && s < 9e9 ? std::llround(s * 1000) : 0;
}

std::string labelsOf(const json::Object &metric)
{
    std::map<std::string, std::string> sorted;
    for (const auto &member : metric)
        if (const std::string key(member.key()); key != "__name__" && key != "alertstate" && key != "alertname")
            sorted.emplace(key, json::textOf(member.value()));
    std::string out;
    for (const auto &one : sorted)
        out += (out.empty() ? "" : ", ") + one.first + "=\"" + one.second + "\"";
    return out;
}

void addSeries(const json::Object &one, History &history, Collector &out)
{
    const json::Object *metric = json::object(one, "metric");
    const json::Array *values = json::array(one, "values");
    std::vector<std::pair<std::int64_t, const json::Value *>> samples;
    if (values)
        for (const json::Value &v : *values) {
            const json::Array *pair = v.if_array();
            const std::int64_t at = pair && pair->size() == 2 ? millisOf((*pair)[0]) : 0;
            if (at == 0) {
                out.count("1 sample without a time that can be read is left out.", "%1 samples without a time that can be read are left out.");
                continue;
            }
            if (!samples.empty() && at > samples.back().first)
                history.step = history.step == 0 ? at - samples.back().first : std::min(history.step, at - samples.back().first);
            history.first = history.first == 0 ? at : std::min(history.first, at);
            history.last = std::max(history.last, at); // also of a series that is no alert's: it says how far the history goes
            samples.emplace_back(at, &(*pair)[1]);
        }
    const std::string called = metric ? json::text(*metric, "__name__") : std::string();
    const bool isBegun = called == "ALERTS_FOR_STATE";
    if (!metric || samples.empty() || (called != "ALERTS" && !isBegun && !metric->contains("alertstate")) || json::text(*metric, "alertname").empty()) {
        out.count("1 series that is not of ALERTS is left out.", "%1 series that are not of ALERTS are left out.");
        return;
    }
    const std::string labels = labelsOf(*metric), name = json::text(*metric, "alertname");
    Series &s = history.series[name + "{" + labels + "}"];
    s.name = name;
    s.labels = labels;
    Samples &into = json::text(*metric, "alertstate") == "pending" ? s.pending : s.firing;
    for (const auto &sample : samples) {
        if (!isBegun)
            into.push_back(sample.first);
        else if (const auto began = momentOf(json::textOf(*sample.second), {}))
            s.begun.emplace_back(sample.first, began->ns / 1'000'000);
    }
}

std::vector<Stretch> stretches(Samples samples, std::int64_t step)
{
    std::sort(samples.begin(), samples.end());
    std::vector<Stretch> out;
    for (const std::int64_t at : samples) {
        if (out.empty() || at - out.back().to > step + step / 2)
            out.push_back({at, at});
        else
            out.back().to = at;
    }
    return out;
}

/// When what fires from `firing` on began: as the series of that says, or with the pending before it.
std::int64_t beganAt(const Series &s, const std::vector<Stretch> &pending, std::int64_t firing, std::int64_t step)
{
    std::int64_t began = firing;
    for (const Stretch &p : pending)
        if (p.to <= firing && firing - p.to <= step + step / 2)
            began = p.from;
    for (const auto &one : s.begun)
        if (one.first <= firing && firing - one.first <= step && one.second > 0 && one.second <= firing)
            began = one.second;
    return began;
}

std::string shortLabels(const std::string &labels)
{
    return labels.empty() ? std::string() : " (" + safeLine(labels, kLabelsBytes) + ")";
}

} // namespace

Result<Facts> readPrometheus(std::string_view bytes, const Options &options)
{
    auto all = json::parseAll(bytes); // one answer, or one a line
    if (!all)
        return tl::unexpected(all.error());
    Collector out(Format::Prometheus, "Prometheus, ALERTS", options);
    History history;
    for (const json::Value &v : *all) {
        const json::Object *answer = v.if_object();
        if (answer && json::text(*answer, "status") == "error")
            return fail(Code::Invalid, "The file is Prometheus' refusal, not its history: " + safeLine(json::text(*answer, "error"), 200) + ".");
        const json::Object *data = answer ? json::object(*answer, "data") : nullptr;
        const json::Array *result = data ? json::array(*data, "result") : nullptr;
        if (!result || json::text(*data, "resultType") != "matrix")
            return fail(Code::Invalid, "The file is no answer of a range query: ask Prometheus /api/v1/query_range for ALERTS.");
        for (const json::Value &s : *result)
            if (const json::Object *o = s.if_object())
                addSeries(*o, history, out);
            else
                out.count("1 series that is not of ALERTS is left out.", "%1 series that are not of ALERTS are left out.");
        if (const json::Array *warnings = json::array(*answer, "warnings"))
            for (const json::Value &w : *warnings)
                out.note("Prometheus warns that its answer may not be whole: " + safeLine(json::textOf(w), 200));
    }
    const std::int64_t step = history.step == 0 ? 60'000 : history.step;
    for (const auto &one : history.series) {
        const Series &s = one.second;
        const auto pending = stretches(s.pending, step), firing = stretches(s.firing, step);
        std::size_t met = 0;
        for (const Stretch &f : firing) {
            const std::int64_t began = beganAt(s, pending, f.from, step);
            met += static_cast<std::size_t>(std::count_if(pending.begin(), pending.end(), [&](const Stretch &p) { return p.to <= f.from && f.from - p.to <= step + step / 2; }));
            Fact fact;
            fact.at = Instant{began * 1'000'000};
            fact.knownAt = Instant{f.from * 1'000'000};
            fact.kind = "alert";
            fact.actor = "Prometheus";
            fact.text = s.name + " fires" + shortLabels(s.labels);
            if (s.labels.size() > kLabelsBytes)
                out.count("1 alert has more labels than are shown.", "%1 alerts have more labels than are shown.");
            fact.reference = s.name + "/" + sha256Hex(one.first).substr(0, 12) + "/" + std::to_string(began / 1000);
            if (f.to + step <= history.last) {
                fact.until = Instant{(f.to + step) * 1'000'000};
            } else {
                fact.isAlways = isCalledAlways(s.name) || (f.from <= history.first && f.to > f.from);
                out.count("1 alert still fired where the history ends; its end is open.", "%1 alerts still fired where the history ends; their ends are open.");
            }
            out.add(std::move(fact));
        }
        out.count("1 time an alert was pending and never fired is left out: nobody was told.", "%1 times an alert was pending and never fired are left out: nobody was told.", pending.size() - std::min(met, pending.size()));
    }
    if (!history.series.empty())
        out.note("Times are those of the query's steps, " + toText(Span{step * 1'000'000}) + " apart: each may be off by that much.");
    return out.take("The history has no alert that fired.");
}

} // namespace qd::rebuild
