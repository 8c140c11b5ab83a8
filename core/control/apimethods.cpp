// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/apicore.h"

#include "core/control/access.h"
#include "core/control/answers.h"
#include "core/control/commands.h"
#include "core/control/evidence.h"
#include "core/control/get.h"
#include "core/control/heartbeats.h"
#include "core/control/insights.h"
#include "core/control/items.h"
#include "core/control/oncall.h"
#include "core/control/pagepreview.h"
#include "core/control/review.h"
#include "core/control/publishing.h"
#include "core/control/routes.h"
#include "core/control/textcopy.h"
#include "core/control/updates.h"
#include "core/control/why.h"
#include "core/desk/decide.h"
#include "core/desk/instead.h"
#include "core/desk/topics.h"

#include <algorithm>
#include <map>
#include <unistd.h>

namespace qd::control {

void Api::Core::run(const std::string &method, const std::string &params, const std::string &as, const std::string &viewAs, Answer answer)
{
    if (method == "methods")
        return answer(methodsJson());
    if (method == "status")
        return now([this](const state::State &s) { return status(s); }, std::move(answer));
    if (method == "alert.count")
        return now([](const state::State &s) -> Result<std::string> { return countJson(s); }, std::move(answer));
    if (method == "log.head" || method == "log.checkpoint" || method == PostHead::kMethod)
        return proof(method, params, as, std::move(answer));
    if (method == "incident.reckon")
        return query(params, "service", {"alerts"}, [](const state::State &s, Given &g) { return reckonJson(s, g["service"], g["alerts"]); }, std::move(answer));
    if (method == "get" || method == "why" || method == EvidenceRead::kMethod || method == ReviewRead::kMethod || method == ReviewLint::kMethod || method == RenditionParams::kMethod || method == TextCopy::kMethod)
        return shown(method, params, as, std::move(answer));
    if (method == MayParams::kMethod) {
        auto about = given<MayParams>(params);
        if (!about)
            return answer(tl::unexpected(about.error()));
        return now([core = shared_from_this(), p = std::move(*about)](const state::State &s) { return mayJson(s, p, core->wallOr(s)); }, std::move(answer));
    }
    if (method == "heartbeat.list")
        return now([core = shared_from_this()](const state::State &s) -> Result<std::string> {
            std::map<std::string, Instant> heard;
            for (const link::Heard &h : core->m_feed.heard ? core->m_feed.heard() : std::vector<link::Heard>())
                heard[h.connection] = h.at;
            return heartbeatListJson(s, heard, core->m_options.now ? core->m_options.now() : s.time);
        }, std::move(answer));
    if (method == "keeping.retention")
        return retention(std::move(answer));
    if (method == HeartbeatDryRunParams::kMethod)
        return heartbeatDryRun(params, std::move(answer));
    if (method == "who" || method == "simulate")
        return plan(params, std::move(answer));
    if (method == "schedule.layout" || method == "schedule.ical")
        return layout(params, method == "schedule.ical", std::move(answer));
    if (method == "schedule.planner")
        return now([core = shared_from_this()](const state::State &s) -> Result<std::string> { return plannerJson(s, core->wallOr(s)); }, std::move(answer));
    if (method == "schedule.readical")
        return readCalendar(params, std::move(answer));
    if (method == RoutesTest::kMethod) {
        RoutesTest test;
        FieldReader reader;
        const auto given = parseJson(params.empty() ? "{}" : params);
        if (given)
            reader.read(*given, test, {});
        if (!given || !reader.problem().empty())
            return answer(fail(Code::Invalid, given ? reader.problem() : given.error().message));
        return now([test = std::move(test)](const state::State &s) { return routesJson(s, test); }, std::move(answer));
    }
    if (method == UpdateDraft::kMethod) {
        auto draft = given<UpdateDraft>(params);
        if (!draft)
            return answer(tl::unexpected(draft.error()));
        return actAs(as, [core = shared_from_this(), d = std::move(*draft), viewAs, answer = std::move(answer)](Result<events::Actor> by) mutable {
            if (!by)
                return answer(tl::unexpected(by.error()));
            core->now([core, d = std::move(d), viewAs, person = by->person](const state::State &s) { return updateDraftJson(s, d, core->wallOr(s), person, viewAs); }, std::move(answer));
        });
    }
    if (method == kPagePreview || method == kMaintenancePreview) {
        auto meant = decodeCommand(method == kPagePreview ? desk::kMethod<desk::PostOnPage> : desk::kMethod<desk::PlanPageMaintenance>, params);
        if (!meant)
            return answer(tl::unexpected(meant.error()));
        return actAs(as, [core = shared_from_this(), p = std::move(*meant), answer = std::move(answer)](Result<events::Actor> by) mutable {
            if (!by)
                return answer(tl::unexpected(by.error()));
            core->now([core, p = std::move(p), by = std::move(*by)](const state::State &s) { return pagePreviewJson(s, p, by, core->wallOr(s)); }, std::move(answer));
        });
    }
    if (method == SearchParams::kMethod)
        return answerSearch(params, m_options.now ? m_options.now() : Instant{}, m_replica, m_options.search, std::move(answer));
    if (method == WhatIfParams::kMethod)
        return whatIf(params, as, std::move(answer));
    if (method == InsightsParams::kMethod)
        return insights(params, std::move(answer));
    if (method == PracticeSpeech::kMethod)
        return speak(params, std::move(answer));
    if (method == FetchEvidence::kMethod)
        return fetchEvidence(params, as, std::move(answer));
    auto command = decodeCommand(method, params);
    if (!command)
        return answer(tl::unexpected(command.error()));
    // Whoever could say that somebody looked would keep what they see next out of the record.
    if (const auto *read = getIf<desk::RecordRead>(&*command); read && read->what != desk::kExportRead)
        return answer(fail(Code::Forbidden, "That somebody reads something is recorded by the core, which shows it; from outside only an export is, under \"what\": \"export\"."));
    actAs(as, [core = shared_from_this(), command = std::move(*command), answer = std::move(answer)](Result<events::Actor> by) mutable {
        if (!by)
            return answer(tl::unexpected(by.error()));
        core->m_send(std::move(command), std::move(*by), [answer = std::move(answer)](Result<desk::Outcome> outcome) {
            answer(outcome ? Result<std::string>(outcomeText(*outcome)) : tl::unexpected(outcome.error()));
        });
    });
}

void Api::Core::shown(const std::string &method, const std::string &params, const std::string &as, Answer answer)
{
    const auto value = params.empty() ? Result<json::value>(json::object()) : parseJson(params);
    const auto text = [&](const char *name) {
        const json::value *v = value && value->is_object() ? value->get_object().if_contains(name) : nullptr;
        return v && v->is_string() ? std::string(v->get_string()) : std::string();
    };
    const std::string what = text("what"), about = method == "why" ? text("key") : text("incident");
    m_replica.ask([core = shared_from_this(), method, params, as, what, about, answer = std::move(answer)](const state::State &s) mutable {
        auto restricted = restrictedIn(s, method, what, about);
        if (restricted.empty())
            return core->look(method, params, as, std::move(answer));
        core->actAs(as, [core, restricted = std::move(restricted), method, what, params, as, answer = std::move(answer)](Result<events::Actor> by) mutable {
            if (!by)
                return answer(tl::unexpected(by.error()));
            core->recorded(std::make_shared<std::vector<std::string>>(std::move(restricted)), method == "get" ? "get " + what : method, std::move(*by), false,
                           [core, method, params, as, answer](Result<> done) mutable {
                               if (!done)
                                   return answer(tl::unexpected(done.error()));
                               core->look(method, params, as, std::move(answer));
                           });
        });
    });
}

void Api::Core::look(const std::string &method, const std::string &params, const std::string &as, Answer answer)
{
    if (method == EvidenceRead::kMethod)
        return evidence(params, as, std::move(answer));
    if (method == ReviewRead::kMethod)
        return query(params, "incident", {}, [](const state::State &s, Given &g) { return reviewJson(s, {g["incident"]}); }, std::move(answer));
    if (method == ReviewLint::kMethod)
        return reviewLint(params, as, std::move(answer));
    if (method == TextCopy::kMethod) {
        auto about = given<TextCopy>(params);
        if (!about)
            return answer(tl::unexpected(about.error()));
        return actAs(as, [core = shared_from_this(), p = std::move(*about), answer = std::move(answer)](Result<events::Actor> by) mutable {
            if (!by)
                return answer(tl::unexpected(by.error()));
            core->now([p = std::move(p), person = by->person](const state::State &s) { return textCopyJson(s, p, person); }, std::move(answer));
        });
    }
    if (method == RenditionParams::kMethod) {
        auto about = given<RenditionParams>(params);
        if (!about)
            return answer(tl::unexpected(about.error()));
        return actAs(as, [core = shared_from_this(), p = std::move(*about), answer = std::move(answer)](Result<events::Actor> by) mutable {
            if (!by)
                return answer(tl::unexpected(by.error()));
            core->now([p = std::move(p), person = by->person](const state::State &s) { return renditionJson(s, p, person); }, std::move(answer));
        });
    }
    if (method == "get")
        return query(params, "what", {"incident", "service", "status", "source", "owner", "kind"},
                     [core = shared_from_this(), me = as.empty() ? m_options.user : as](const state::State &s, Given &g) -> Result<std::string> {
                         const bool isPending = g["what"] == kPending, isNow = g["at"].empty();
                         const PendingReadings pending = core->m_options.pending && isNow ? core->m_options.pending() : PendingReadings();
                         if (isPending && !isNow)
                             return fail(Code::Invalid, "What is pending is a reading of this moment and is not recorded; ask without a time.");
                         if (isPending && !(g["incident"] + g["service"] + g["status"] + g["owner"] + g["kind"]).empty())
                             return fail(Code::Invalid, "The list pending can be narrowed by source only.");
                         if (isPending)
                             return pendingJson(s, pending, g["source"], core->wallOr(s));
                         const auto at = parseInstant(g["at"]); // an instant between two records, or one to come
                         return getJson(s, g["what"], {g["incident"], g["service"], g["status"], g["source"], g["owner"] == "me" ? me : g["owner"], at ? std::max(*at, s.time) : Instant{}, g["kind"], isNow ? &pending : nullptr});
                     },
                     std::move(answer));
    query(params, "key", {"person"},
          [](const state::State &s, Given &g) { return g["person"].empty() ? whyJson(s, g["key"]) : whyCalledJson(s, g["key"], g["person"]); }, std::move(answer));
}

namespace {

/// By connection, how much of what is to be written outside waits, and how much may have arrived or not: counts alone, which tell of no incident.
json::array unsettledJson(const state::State &s)
{
    struct Count {
        std::int64_t waiting = 0, unknown = 0, instead = 0;
        Instant since; ///< of the oldest
    };
    std::map<std::string, Count> by;
    for (const auto &queued : s.outbox) {
        const state::OutboxEntry &o = queued.second;
        const bool waits = desk::isWaiting(s, o) || desk::topicAgain(s, o);
        if (!waits && o.delivery != Delivery::Unknown)
            continue;
        Count &count = by[o.what.connection];
        ++(waits ? count.waiting : count.unknown);
        count.instead += waits && !o.insteadIn.empty() ? 1 : 0;
        count.since = count.since ? std::min(count.since, o.queuedAt) : o.queuedAt;
    }
    json::array out;
    for (const auto &[connection, count] : by) {
        const state::Source *source = s.source(connection);
        out.push_back(json::object{{"connection", connection}, {"waiting", count.waiting}, {"unknown", count.unknown}, {"instead", count.instead}, {"since", toRfc3339(count.since)},
                                   {"problem", source ? source->problem : std::string()}});
    }
    return out;
}

} // namespace

Result<std::string> Api::Core::status(const state::State &s) const
{
    const auto recording = m_feed.recording();
    return json::serialize(json::object{{"recorded", recording.recorded},
                                        {"reason", recording.reason},
                                        {"seq", s.seq},
                                        {"at", toRfc3339(s.time)},
                                        {"origin", m_options.origin},
                                        {"version", m_options.version},
                                        {"listen", m_options.listen},
                                        {"pid", static_cast<std::int64_t>(::getpid())},
                                        {"user", m_options.user},
                                        {"mode", json::string_view(word(s.workspace->mode))},
                                        {"practice", s.workspace->practice},
                                        {"workspace", s.workspaceDigest},
                                        {"notice", m_feed.notice ? m_feed.notice() : std::string()},
                                        {"refused", s.refusedTotal},
                                        {"quarantined", s.quarantinedTotal},
                                        {"ruleFailures", s.ruleFailures},
                                        {"unsettled", unsettledJson(s)}});
}

} // namespace qd::control
