// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/commands.h"

#include "core/control/access.h"
#include "core/control/api.h"
#include "core/control/calendar.h"
#include "core/control/chatfile.h"
#include "core/control/get.h"
#include "core/control/evidence.h"
#include "core/control/heartbeats.h"
#include "core/control/insights.h"
#include "core/control/oncall.h"
#include "core/control/pagepreview.h"
#include "core/control/publishing.h"
#include "core/control/jsonfields.h"
#include "core/control/review.h"
#include "core/control/routes.h"
#include "core/control/search.h"
#include "core/control/textcopy.h"
#include "core/control/updates.h"

#include <algorithm>
#include <array>

namespace qd::control {

namespace {

using namespace desk;
using Names = std::vector<std::string_view>;

/// Fields without which a command says nothing.
template <typename T>
Names required()
{
    return {};
}
template <> Names required<DeclareIncident>() { return {"title"}; }
template <> Names required<DeclareAgain>() { return {"incident"}; }
template <> Names required<OfferCommand>() { return {"person"}; }
template <> Names required<OfferShift>() { return {"person"}; }
template <> Names required<AcceptShift>() { return {"readBack"}; }
template <> Names required<AcceptCommand>() { return {"readBack"}; }
template <> Names required<StandDown>() { return {"verifiedBy"}; }
template <> Names required<ChangeStatus>() { return {"status"}; }
template <> Names required<AttachAlerts>() { return {"alerts"}; }
template <> Names required<AttachRoom>() { return {"room"}; }
template <> Names required<WriteLog>() { return {"text"}; }
template <> Names required<ReviseLog>() { return {"text"}; }
template <> Names required<LeaveRoom>() { return {"room"}; }
template <> Names required<WriteLine>() { return {"text"}; }
template <> Names required<AssignTask>() { return {"text"}; }
template <> Names required<FinishTask>() { return {"task"}; }
template <> Names required<AcceptTask>() { return {"task"}; }
template <> Names required<RaiseHypothesis>() { return {"text"}; }
template <> Names required<SettleHypothesis>() { return {"hypothesis"}; }
template <> Names required<RecordDecision>() { return {"text"}; }
template <> Names required<MakePromise>() { return {"audience", "due"}; }
template <> Names required<KeepPromise>() { return {"promise"}; }
template <> Names required<SendUpdate>() { return {"template"}; }
template <> Names required<Acknowledge>() { return {"alerts"}; }
template <> Names required<AssignAlerts>() { return {"alerts", "person"}; }
template <> Names required<EscalateNow>() { return {"escalation"}; }
template <> Names required<AcknowledgeEscalation>() { return {"escalation"}; }
template <> Names required<MarkChange>() { return {"title"}; }
template <> Names required<CreateSilence>() { return {"duration", "matchers", "reason"}; }
template <> Names required<ShelveAlerts>() { return {"alerts", "reason"}; }
template <> Names required<SnoozeAlerts>() { return {"alerts", "duration"}; }
template <> Names required<PlanMaintenance>() { return {"reason"}; }
template <> Names required<EndSuppression>() { return {"ids"}; }
template <> Names required<HoldAlerts>() { return {"alerts", "duration", "reason"}; }
template <> Names required<KeepSuppression>() { return {"id"}; }
template <> Names required<UnacknowledgeAlerts>() { return {"alerts"}; }
template <> Names required<EscalateAlerts>() { return {"alerts"}; }
template <> Names required<MergeIncidents>() { return {"incident", "into", "reason"}; }
template <> Names required<PlaceIncident>() { return {"incident"}; }
template <> Names required<SplitIncident>() { return {"alerts"}; }
template <> Names required<GiveReason>() { return {"owed", "reason"}; }
template <> Names required<MuteHeartbeat>() { return {"heartbeat", "duration", "reason"}; }
template <> Names required<UnmuteHeartbeat>() { return {"heartbeat"}; }
template <> Names required<SplitGroup>() { return {"alerts"}; }
template <> Names required<MergeGroups>() { return {"groups", "into", "reason"}; }
template <> Names required<ExpireSilence>() { return {"source", "silence"}; }
template <> Names required<AddConnection>() { return {"connection"}; }
template <> Names required<Arm>() { return {"name", "allow"}; }
template <> Names required<Disarm>() { return {"name"}; }
template <> Names required<RemoveConnection>() { return {"name"}; }
template <> Names required<ReplaceKey>() { return {"name", "keyHash"}; }
template <> Names required<CloseAlerts>() { return {"alerts"}; }
template <> Names required<NoteAlerts>() { return {"alerts", "text"}; }
template <> Names required<EraseStreams>() { return {"streams", "reason"}; }
template <> Names required<StrikeText>() { return {"entry", "reason"}; }
template <> Names required<ClassLine>() { return {"entry"}; }
template <> Names required<PlaceHold>() { return {"scope", "matter", "reason"}; }
template <> Names required<OverrideSchedule>() { return {"schedule", "from", "until", "reason"}; }
template <> Names required<SwapShifts>() { return {"schedule", "person", "from", "until", "with", "withFrom", "withUntil", "reason"}; }
template <> Names required<WithdrawOverride>() { return {"number", "reason"}; }
template <> Names required<ImportShifts>() { return {"schedule", "calendar"}; }
template <> Names required<PagePeople>() { return {"people"}; }
template <> Names required<AnswerTestPage>() { return {"test"}; }
template <> Names required<CorrectImpact>() { return {"since"}; }
template <> Names required<CorrectTitle>() { return {"title"}; }
template <> Names required<CorrectService>() { return {"service"}; }
template <> Names required<MarkReached>() { return {"person", "how"}; }
template <> Names required<ProposeEdges>() { return {"origin"}; }
template <> Names required<PostOnPage>() { return {"page", "phase"}; }
template <> Names required<OverrideComponent>() { return {"page", "component", "state"}; }
template <> Names required<PlanPageMaintenance>() { return {"page"}; }
template <> Names required<EndPageMaintenance>() { return {"page", "number"}; }
template <> Names required<JudgeMessage>() { return {"message"}; }
template <> Names required<WithdrawMessage>() { return {"message", "reason"}; }
template <> Names required<MarkPosted>() { return {"where"}; }
template <> Names required<PinLink>() { return {"title"}; }
template <> Names required<AskPoll>() { return {"question"}; }
template <> Names required<OpenReview>() { return {"incident"}; }
template <> Names required<TurnReview>() { return {"incident", "phase"}; }
template <> Names required<Contribute>() { return {"incident"}; }
template <> Names required<KeepAction>() { return {"incident"}; }
template <> Names required<HoldSection>() { return {"incident", "section"}; }
template <> Names required<WriteSection>() { return {"incident", "section"}; }
template <> Names required<CommentReview>() { return {"incident", "text"}; }
template <> Names required<SettleComment>() { return {"incident", "comment"}; }
template <> Names required<RateFactor>() { return {"incident", "factor"}; }
template <> Names required<TurnAction>() { return {"incident", "action", "state"}; }
template <> Names required<TrackAction>() { return {"incident", "action"}; }
template <> Names required<ImportActions>() { return {"rows"}; }
template <> Names required<WaiveGate>() { return {"incident", "gate", "reason"}; }
template <> Names required<AllowLeak>() { return {"incident", "words", "reason"}; }
template <> Names required<RecordPublication>() { return {"incident", "audience", "format", "digest"}; }
template <> Names required<PublishReview>() { return {"incident", "audience", "connection"}; }
template <> Names required<HoldMeeting>() { return {"incident", "people"}; }
template <> Names required<SignReview>() { return {"incident"}; }
template <> Names required<NoteCost>() { return {"incident"}; }
template <> Names required<GiveFeedback>() { return {"incident", "score"}; }
template <> Names required<TurnPattern>() { return {"pattern", "state"}; }
template <> Names required<RebuildIncident>() { return {"origin", "facts"}; }
template <> Names required<KeepEvidence>() { return {"name", "content"}; }
template <> Names required<AnswerPoll>() { return {"answer"}; }
template <> Names required<BindIdentity>() { return {"person", "connection", "wordHash"}; }
template <> Names required<UnbindIdentity>() { return {"person", "connection"}; }
template <> Names required<BreakGlass>() { return {"role", "reason"}; }
template <> Names required<EndGlass>() { return {"number"}; }
template <> Names required<RecordRead>() { return {"incident", "what"}; }
template <> Names required<ReleaseHold>() { return {"hold", "reason"}; }

bool isEmpty(const json::value &v)
{
    return (v.is_string() && v.get_string().empty()) || (v.is_array() && v.get_array().empty());
}

template <typename T>
Result<Command> decodeAs(const json::value &params)
{
    T command;
    FieldReader reader;
    reader.read(params, command, {});
    if (!reader.problem().empty())
        return fail(Code::Invalid, reader.problem());
    for (const auto name : required<T>()) {
        const json::value *v = params.get_object().if_contains(name);
        if (!v)
            return fail(Code::Invalid, "The field \"" + std::string(name) + "\" is missing.");
        if (isEmpty(*v))
            return fail(Code::Invalid, "The field \"" + std::string(name) + "\" must not be empty.");
    }
    return Command(std::move(command));
}

Result<Command> decode(std::string_view method, const json::value &params)
{
    std::optional<Result<Command>> out;
    desk::AnyCommand::anyType([&]<typename T>() {
        if (method != kMethod<T>)
            return false;
        out = decodeAs<T>(params);
        return true;
    });
    if (!out)
        return fail(Code::NotFound, "There is no method \"" + std::string(method) + "\"; `call methods` lists them.");
    return std::move(*out);
}

struct Method {
    std::string name;
    bool isQuery = false;
    json::object params;
};

json::object query(json::object properties, json::array needed)
{
    json::object out{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    if (!needed.empty())
        out["required"] = std::move(needed);
    return out;
}

} // namespace

Result<Command> decodeCommand(std::string_view method, std::string_view params)
{
    const auto value = params.empty() ? Result<json::value>(json::object()) : parseJson(params);
    if (!value)
        return tl::unexpected(value.error());
    return decode(method, *value);
}

std::vector<std::string> commandMethods()
{
    std::vector<std::string> out;
    desk::AnyCommand::eachType([&]<typename T>() { out.emplace_back(kMethod<T>); });
    return out;
}

namespace {

/// Every method there is, by name.
std::vector<Method> allMethods()
{
    const json::object text{{"type", "string"}};
    std::vector<Method> methods;
    desk::AnyCommand::eachType([&]<typename T>() {
        json::object schema = schemaOf<T>();
        json::array needed;
        for (const auto name : required<T>())
            needed.emplace_back(json::string_view(name));
        if (!needed.empty())
            schema["required"] = std::move(needed);
        methods.push_back({kMethod<T>, false, std::move(schema)});
    });
    json::array whats;
    for (const auto what : getWhats())
        whats.emplace_back(json::string_view(what));
    whats.emplace_back(json::string_view(kPending));
    methods.push_back({"get", true, query({{"what", json::object{{"enum", std::move(whats)}}}, {"at", text}, {"incident", text}, {"service", text}, {"status", text}, {"source", text}, {"owner", text}, {"kind", text}, {"viewAs", text}}, {"what"})});
    methods.push_back({"why", true, query({{"key", text}, {"at", text}, {"person", text}, {"viewAs", text}}, {"key"})});
    methods.push_back({"incident.reckon", true, query({{"service", text}, {"alerts", text}, {"at", text}}, {"service"})});
    for (const char *name : {"who", "simulate"})
        methods.push_back({name, true, schemaOf<PlanParams>()});
    json::object layout = schemaOf<LayoutParams>();
    layout["required"] = json::array{"schedule"};
    for (const char *name : {"schedule.layout", "schedule.ical"})
        methods.push_back({name, true, layout});
    json::object calendar = schemaOf<CalendarParams>();
    calendar["required"] = json::array{"schedule", "calendar", "text"};
    methods.push_back({"schedule.planner", true, query({}, {})});
    methods.push_back({"schedule.readical", true, std::move(calendar)});
    methods.push_back({SearchParams::kMethod, true, query({{"text", text}, {"limit", schemaOf<std::uint32_t>()}, {"viewAs", text}}, {"text"})});
    methods.push_back({std::string(InsightsParams::kMethod), true, query({{"since", text}}, {"since"})});
    json::object dryRun = schemaOf<HeartbeatDryRunParams>();
    dryRun["required"] = json::array{"heartbeat", "since"};
    methods.push_back({std::string(HeartbeatDryRunParams::kMethod), true, std::move(dryRun)});
    json::object may = schemaOf<MayParams>();
    may["required"] = json::array{"person", "command"};
    methods.push_back({std::string(MayParams::kMethod), true, std::move(may)});
    methods.push_back({"keeping.retention", true, query({}, {})});
    methods.push_back({"heartbeat.list", true, query({}, {})});
    methods.push_back({std::string(WhatIfParams::kMethod), true, query({{"since", text}, {"workspace", text}}, {"since"})});
    json::object draft = schemaOf<UpdateDraft>();
    draft["required"] = json::array{"template"};
    draft["properties"].as_object()["viewAs"] = text;
    methods.push_back({UpdateDraft::kMethod, true, std::move(draft)});
    methods.push_back({TextCopy::kMethod, true, schemaOf<TextCopy>()});
    json::object preview = schemaOf<PostOnPage>();
    preview["required"] = json::array{"page", "phase"};
    methods.push_back({kPagePreview, true, std::move(preview)});
    json::object work = schemaOf<PlanPageMaintenance>();
    work["required"] = json::array{"page"};
    methods.push_back({kMaintenancePreview, true, std::move(work)});
    json::object review = schemaOf<ReviewRead>();
    review["required"] = json::array{"incident"};
    review["properties"].as_object()["at"] = text;
    review["properties"].as_object()["viewAs"] = text;
    methods.push_back({std::string(ReviewRead::kMethod), true, std::move(review)});
    json::object lint = schemaOf<ReviewLint>();
    lint["required"] = json::array{"incident"};
    methods.push_back({std::string(ReviewLint::kMethod), true, std::move(lint)});
    json::object rendition = schemaOf<RenditionParams>();
    rendition["required"] = json::array{"incident", "audience"};
    methods.push_back({std::string(RenditionParams::kMethod), true, std::move(rendition)});
    json::object evidence = schemaOf<EvidenceRead>();
    evidence["required"] = json::array{"evidence"};
    methods.push_back({std::string(EvidenceRead::kMethod), true, std::move(evidence)});
    json::object fetched = schemaOf<FetchEvidence>();
    fetched["required"] = json::array{"message"};
    methods.push_back({std::string(FetchEvidence::kMethod), false, std::move(fetched)});
    methods.push_back({RoutesTest::kMethod, true, schemaOf<RoutesTest>()});
    methods.push_back({"alert.count", true, query({}, {})});
    methods.push_back({"methods", true, query({}, {})});
    methods.push_back({"status", true, query({}, {})});
    methods.push_back({"log.head", true, query({}, {})});
    methods.push_back({"log.checkpoint", false, query({}, {})});
    methods.push_back({std::string(PostHead::kMethod), false, schemaOf<PostHead>()});
    methods.push_back({std::string(PracticeSpeech::kMethod), false, schemaOf<PracticeSpeech>()});
    std::sort(methods.begin(), methods.end(), [](const Method &a, const Method &b) { return a.name < b.name; });
    return methods;
}

} // namespace

bool isMethod(std::string_view name)
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> out;
        for (Method &m : allMethods())
            out.push_back(std::move(m.name));
        return out;
    }();
    return std::binary_search(names.begin(), names.end(), name);
}

std::string methodsJson()
{
    json::array out;
    for (Method &m : allMethods())
        out.push_back(json::object{{"name", m.name}, {"kind", m.isQuery ? "query" : "command"}, {"params", std::move(m.params)}});
    return json::serialize(json::object{{"methods", std::move(out)}});
}

std::string encodeCommand(const Command &command)
{
    return visit([](const auto &c) { return json::serialize(toJson(c)); }, command);
}

} // namespace qd::control
