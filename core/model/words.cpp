// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/words.h"

#include "core/model/reviewwords.h"

#include <cstddef>
#include <utility>

namespace qd {

namespace {

template <typename E>
struct Word {
    E value;
    std::string_view text;
};

constexpr Word<AlertSeverity> kAlertSeverity[] = {{AlertSeverity::Unknown, "unknown"}, {AlertSeverity::None, "none"},
                                                  {AlertSeverity::Info, "info"},       {AlertSeverity::Warning, "warning"},
                                                  {AlertSeverity::Error, "error"},     {AlertSeverity::Critical, "critical"}};
constexpr Word<AlertStatus> kAlertStatus[] = {{AlertStatus::Firing, "firing"}, {AlertStatus::Resolved, "resolved"}};
constexpr Word<Workflow> kWorkflow[] = {{Workflow::New, "new"}, {Workflow::Acknowledged, "acknowledged"}, {Workflow::Assigned, "assigned"}};
constexpr Word<Suppression> kSuppression[] = {{Suppression::None, "none"},
                                              {Suppression::Silenced, "silenced"},
                                              {Suppression::Inhibited, "inhibited"},
                                              {Suppression::Maintenance, "maintenance"},
                                              {Suppression::Snoozed, "snoozed"},
                                              {Suppression::Shelved, "shelved"}};
constexpr Word<IncidentSeverity> kIncidentSeverity[] = {{IncidentSeverity::Sev1, "SEV1"},
                                                        {IncidentSeverity::Sev2, "SEV2"},
                                                        {IncidentSeverity::Sev3, "SEV3"},
                                                        {IncidentSeverity::Sev4, "SEV4"},
                                                        {IncidentSeverity::Sev5, "SEV5"}};
constexpr Word<IncidentStatus> kIncidentStatus[] = {{IncidentStatus::Triage, "triage"},       {IncidentStatus::Active, "active"},
                                                    {IncidentStatus::Mitigated, "mitigated"}, {IncidentStatus::Resolved, "resolved"},
                                                    {IncidentStatus::Closed, "closed"},       {IncidentStatus::Cancelled, "cancelled"},
                                                    {IncidentStatus::Merged, "merged"}};
constexpr Word<Role> kRole[] = {{Role::Commander, "Incident Commander"},
                                {Role::Deputy, "Deputy"},
                                {Role::Scribe, "Scribe"},
                                {Role::Communications, "Communications Lead"},
                                {Role::Liaison, "Liaison"},
                                {Role::Expert, "Subject-Matter Expert"},
                                {Role::Responder, "Responder"},
                                {Role::Observer, "Observer"},
                                {Role::Reporter, "Reporter"}};
constexpr Word<DependencyKind> kDependency[] = {{DependencyKind::Hard, "hard"}, {DependencyKind::Soft, "soft"}, {DependencyKind::Async, "async"}};
constexpr Word<Delivery> kDelivery[] = {{Delivery::Queued, "queued"},
                                        {Delivery::Sent, "sent"},
                                        {Delivery::Confirmed, "confirmed"},
                                        {Delivery::Unknown, "unknown"},
                                        {Delivery::Failed, "failed"}};
constexpr Word<Looked> kLooked[] = {{Looked::NotYet, ""}, {Looked::Found, "found"}, {Looked::Absent, "absent"}, {Looked::CannotTell, "cannot tell"}};
constexpr Word<PrivateRooms> kPrivateRooms[] = {{PrivateRooms::Restricted, "restricted"}, {PrivateRooms::Always, "always"}, {PrivateRooms::Never, "never"}};
constexpr Word<RunMode> kRunMode[] = {{RunMode::Beside, "beside"}, {RunMode::Desk, "desk"}, {RunMode::Solo, "solo"}};
constexpr Word<Paging> kPaging[] = {{Paging::Observe, "observe"}, {Paging::Assist, "assist"}, {Paging::Own, "own"}};
constexpr Word<ReviewPhase> kReviewPhase[] = {{ReviewPhase::None, "none"},
                                              {ReviewPhase::Draft, "draft"},
                                              {ReviewPhase::InReview, "in review"},
                                              {ReviewPhase::Reviewed, "reviewed"},
                                              {ReviewPhase::Closed, "closed"}};
constexpr Word<Strength> kStrength[] = {{Strength::Unsaid, "unsaid"},
                                        {Strength::Eliminate, "eliminate"},
                                        {Strength::Engineer, "engineer"},
                                        {Strength::Administer, "administer"},
                                        {Strength::Train, "train"}};
constexpr Word<Confidence> kConfidence[] = {{Confidence::Unsaid, "unsaid"}, {Confidence::Low, "low"}, {Confidence::Medium, "medium"}, {Confidence::High, "high"}};
constexpr Word<ActionState> kActionState[] = {{ActionState::Open, "open"}, {ActionState::Done, "done"}, {ActionState::Verified, "verified"}, {ActionState::Dropped, "dropped"}};
constexpr Word<PatternState> kPatternState[] = {{PatternState::Open, "open"}, {PatternState::InDesign, "in design"}, {PatternState::Met, "met"}, {PatternState::Dropped, "dropped"}};

bool same(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i]))
            return false;
    return true;
}

template <typename E, std::size_t N>
std::string_view find(const Word<E> (&words)[N], E value)
{
    for (const auto &w : words)
        if (w.value == value)
            return w.text;
    return "unknown";
}

template <typename E, std::size_t N>
std::optional<E> find(const Word<E> (&words)[N], std::string_view text)
{
    for (const auto &w : words)
        if (same(w.text, text))
            return w.value;
    return std::nullopt;
}

} // namespace

std::string_view word(AlertSeverity v) { return find(kAlertSeverity, v); }
std::string_view word(AlertStatus v) { return find(kAlertStatus, v); }
std::string_view word(Workflow v) { return find(kWorkflow, v); }
std::string_view word(Suppression v) { return find(kSuppression, v); }
std::string_view word(IncidentSeverity v) { return find(kIncidentSeverity, v); }
std::string_view word(IncidentStatus v) { return find(kIncidentStatus, v); }
std::string_view word(Role v) { return find(kRole, v); }
std::string_view word(DependencyKind v) { return find(kDependency, v); }
std::string_view word(Delivery v) { return find(kDelivery, v); }
std::string_view word(PrivateRooms v) { return find(kPrivateRooms, v); }
std::string_view word(Looked v) { return find(kLooked, v); }
std::string_view word(RunMode v) { return find(kRunMode, v); }
std::string_view word(Paging v) { return find(kPaging, v); }
std::string_view word(ReviewPhase v) { return find(kReviewPhase, v); }
std::string_view word(Strength v) { return find(kStrength, v); }
std::string_view word(Confidence v) { return find(kConfidence, v); }
std::string_view word(ActionState v) { return find(kActionState, v); }
std::string_view word(PatternState v) { return find(kPatternState, v); }

template <> std::optional<AlertSeverity> fromWord(std::string_view t) { return find(kAlertSeverity, t); }
template <> std::optional<AlertStatus> fromWord(std::string_view t) { return find(kAlertStatus, t); }
template <> std::optional<Workflow> fromWord(std::string_view t) { return find(kWorkflow, t); }
template <> std::optional<Suppression> fromWord(std::string_view t) { return find(kSuppression, t); }
template <> std::optional<IncidentSeverity> fromWord(std::string_view t) { return find(kIncidentSeverity, t); }
template <> std::optional<IncidentStatus> fromWord(std::string_view t) { return find(kIncidentStatus, t); }
template <> std::optional<DependencyKind> fromWord(std::string_view t) { return find(kDependency, t); }
template <> std::optional<Delivery> fromWord(std::string_view t) { return find(kDelivery, t); }
template <> std::optional<PrivateRooms> fromWord(std::string_view t) { return find(kPrivateRooms, t); }
template <> std::optional<RunMode> fromWord(std::string_view t) { return find(kRunMode, t); }
template <> std::optional<Paging> fromWord(std::string_view t) { return find(kPaging, t); }
template <> std::optional<ReviewPhase> fromWord(std::string_view t) { return find(kReviewPhase, t); }
template <> std::optional<Strength> fromWord(std::string_view t) { return find(kStrength, t); }
template <> std::optional<Confidence> fromWord(std::string_view t) { return find(kConfidence, t); }
template <> std::optional<ActionState> fromWord(std::string_view t) { return find(kActionState, t); }
template <> std::optional<PatternState> fromWord(std::string_view t) { return find(kPatternState, t); }

template <> std::optional<Role> fromWord(std::string_view t)
{
    // The short forms people type.
    for (const auto &[text, role] : {std::pair<std::string_view, Role>{"commander", Role::Commander}, {"ic", Role::Commander},
                                     {"comms", Role::Communications}, {"communications", Role::Communications}, {"sme", Role::Expert},
                                     {"expert", Role::Expert}})
        if (same(text, t))
            return role;
    return find(kRole, t);
}

AlertSeverity severityFromText(std::string_view text)
{
    static constexpr std::pair<std::string_view, AlertSeverity> kMap[] = {
        {"critical", AlertSeverity::Critical}, {"page", AlertSeverity::Critical},     {"p1", AlertSeverity::Critical},
        {"crit", AlertSeverity::Critical},     {"fatal", AlertSeverity::Critical},    {"disaster", AlertSeverity::Critical},
        {"emerg", AlertSeverity::Critical},    {"emergency", AlertSeverity::Critical}, {"high", AlertSeverity::Error},
        {"p2", AlertSeverity::Error},          {"err", AlertSeverity::Error},         {"error", AlertSeverity::Error},
        {"major", AlertSeverity::Error},       {"warning", AlertSeverity::Warning},   {"warn", AlertSeverity::Warning},
        {"minor", AlertSeverity::Warning},     {"p3", AlertSeverity::Warning},        {"info", AlertSeverity::Info},
        {"p4", AlertSeverity::Info},           {"p5", AlertSeverity::Info},           {"notice", AlertSeverity::Info},
        {"informational", AlertSeverity::Info}, {"none", AlertSeverity::None}};
    for (const auto &[word, severity] : kMap)
        if (same(word, text))
            return severity;
    return AlertSeverity::Unknown;
}

} // namespace qd
