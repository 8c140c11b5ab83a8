// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/documents.h"

#include "core/model/marking.h"
#include "core/search/text.h"

#include <array>

namespace qd::search {

namespace {

using namespace qd::events;

constexpr std::array<std::string_view, 23> kKinds{
    "alert",      "incident", "line",   "message", "task",       "hypothesis", "decision",   "promise",   "update",  "change",
    "note",       "role",     "silence", "escalation", "connection", "source", "quarantine", "workspace", "command", "console", "review", "action", "pattern"};

std::string joined(std::initializer_list<std::string_view> parts, std::string_view between = " ")
{
    std::string out;
    for (const auto part : parts)
        if (!part.empty())
            out += (out.empty() ? "" : std::string(between)) + std::string(part);
    return out;
}

/// Collects the documents of one record.
class Gatherer
{
public:
    Gatherer(Instant at, const std::function<void(Document)> &each)
        : m_at(at)
        , m_each(each)
    {
    }

    template <typename E>
    void text(const E &event, std::string_view kind, std::string text, std::string_view service = {}, bool once = false)
    {
        if (!hasWord(text))
            return;
        Document d;
        d.stream = streamOf(event, m_at);
        d.kind = kind;
        if constexpr (requires { event.incident; })
            d.incident = event.incident;
        if constexpr (requires { event.by.person; })
            d.person = event.by.person;
        else if constexpr (requires { event.person; event.sender; })
            d.person = event.person.empty() ? event.sender : event.person;
        else if constexpr (requires { event.sender; })
            d.person = event.sender;
        d.service = service;
        d.once = once;
        d.text = std::move(text);
        give(std::move(d));
    }

    /// What is still active of a day that goes, told again today: found under today from then on.
    void alerts(const AlertsCarried &event)
    {
        for (const CarriedAlert &a : event.alerts) {
            Document d;
            d.stream = streamOf(event, m_at);
            d.kind = "alert";
            d.connection = a.seenBy.empty() || a.seenBy.front().empty() ? a.set : a.seenBy.front();
            d.fingerprint = a.fingerprint;
            d.service = a.service;
            d.once = true;
            const std::size_t labels = a.labels.size() / 2;
            d.text = alertText(labels, labels + a.annotations.size() / 2, [&](std::size_t i) {
                const auto &of = i < labels ? a.labels : a.annotations;
                const std::size_t at = 2 * (i < labels ? i : i - labels);
                return std::pair<std::string_view, std::string_view>(of[at], of[at + 1]);
            });
            if (hasWord(d.text))
                give(std::move(d));
        }
    }

    void alerts(const AlertsReported &event, const AlertsDecided *decided)
    {
        const ReportBatch &b = event.batch;
        if (!b.isSound())
            return;
        const std::string stream = streamOf(event, m_at);
        for (std::size_t row = 0; row < b.size(); ++row) {
            // That it is over has the labels it began with, and says nothing else.
            if (b.status[row] == static_cast<std::uint8_t>(AlertStatus::Resolved) && b.annotations[row] == 0 && decided && row < decided->verdict.size()
                && decided->verdict[row] == static_cast<std::uint8_t>(Verdict::Resolved))
                continue;
            Document d;
            d.stream = stream;
            d.kind = "alert";
            d.connection = b.connection;
            d.fingerprint = b.fingerprint[row];
            if (decided && row < decided->service.size() && decided->service[row] < decided->names.size())
                d.service = decided->names[decided->service[row]];
            d.once = true;
            const auto *pairs = b.pairs.data() + std::size_t{2} * b.firstPair[row];
            d.text = alertText(b.labels[row], std::size_t{b.labels[row]} + b.annotations[row], [&](std::size_t i) {
                return std::pair<std::string_view, std::string_view>(b.at(pairs[2 * i]), b.at(pairs[2 * i + 1]));
            });
            if (hasWord(d.text))
                give(std::move(d));
        }
        for (const auto &q : b.quarantined)
            text(event, "quarantine", joined({q.reason, q.excerpt}));
    }

private:
    /// What it is called first, then its labels as they are written in matchers, then what else its source says of it.
    template <typename PairAt>
    static std::string alertText(std::size_t labels, std::size_t all, const PairAt &pairAt)
    {
        std::string_view title;
        for (const std::string_view wanted : {"summary", "title", "description"})
            for (std::size_t i = labels; i < all && title.empty(); ++i)
                if (const auto [name, value] = pairAt(i); name == wanted)
                    title = value;
        std::string out(title);
        for (std::size_t i = 0; i < all && out.size() < kDocumentLimit; ++i) {
            const auto [name, value] = pairAt(i);
            if (i >= labels && value == title)
                continue;
            out += out.empty() ? "" : i == 0 || i >= labels ? "\n" : " ";
            out.append(name).append(i < labels ? "=" : ": ").append(value);
        }
        return out;
    }

    void give(Document document)
    {
        // What is marked above internal is in no index, so nobody learns by searching that somebody said a word.
        if (mayHoldMark(document.text, DataClass::Internal))
            document.text = sealed(document.text, Reader{DataClass::Internal, {}});
        document.text.resize(clamped(document.text, kDocumentLimit).size());
        m_each(std::move(document));
    }

    const Instant m_at;
    const std::function<void(Document)> &m_each;
};

// One overload an event type that has text; the others have none.
template <typename E>
void gather(Gatherer &, const E &)
{
}
void gather(Gatherer &g, const IncidentDeclared &e) { g.text(e, "incident", e.title, e.service); }
void gather(Gatherer &g, const RoleAssumed &e) { g.text(e, "role", joined({word(e.role), e.person})); }
void gather(Gatherer &g, const SeverityChanged &e) { g.text(e, "note", e.reason); }
void gather(Gatherer &g, const StatusChanged &e) { g.text(e, "note", e.reason); }
void gather(Gatherer &g, const ImpactCorrected &e) { g.text(e, "line", e.reason); }
void gather(Gatherer &g, const TitleCorrected &e) { g.text(e, "incident", joined({e.title, e.reason})); }
void gather(Gatherer &g, const ServiceCorrected &e) { g.text(e, "line", joined({e.service, e.reason}), e.service); }
void gather(Gatherer &g, const LogWritten &e) { g.text(e, "line", e.text); }
void gather(Gatherer &g, const LogRevised &e) { g.text(e, "line", e.text); }
void gather(Gatherer &g, const TaskAssigned &e) { g.text(e, "task", joined({e.person, e.text}, ": ")); }
void gather(Gatherer &g, const TaskDone &e) { g.text(e, "task", e.note); }
void gather(Gatherer &g, const HypothesisRaised &e) { g.text(e, "hypothesis", e.text); }
void gather(Gatherer &g, const HypothesisSettled &e) { g.text(e, "hypothesis", e.reason); }
void gather(Gatherer &g, const DecisionMade &e)
{
    std::string all = joined({e.text, e.rejected}, "; not ");
    for (const auto &[key, said] : e.options)
        if (key.find('.') != std::string::npos || key == std::to_string(e.chosen)) // what was not chosen is among what was rejected
            all += "; " + said;
    g.text(e, "decision", std::move(all));
}
void gather(Gatherer &g, const PromiseMade &e) { g.text(e, "promise", joined({e.audience, e.text}, ": ")); }
void gather(Gatherer &g, const UpdateIssued &e) { g.text(e, "update", e.text); }
void gather(Gatherer &g, const MessageDrafted &e)
{
    std::string all = joined({e.title, e.text}, ": ");
    for (const Localized *others : {&e.titles, &e.texts})
        for (const auto &[language, text] : *others)
            all += "\n" + text;
    g.text(e, "update", all);
}
void gather(Gatherer &g, const MessageJudged &e) { g.text(e, "note", e.reason); }
void gather(Gatherer &g, const MessageReleased &e) { g.text(e, "note", e.reason); }
void gather(Gatherer &g, const MessageEnded &e) { g.text(e, "note", e.reason); }
void gather(Gatherer &g, const LinkPinned &e) { g.text(e, "line", joined({e.title, e.url}, ": ")); }
void gather(Gatherer &g, const MomentMarked &e) { g.text(e, "line", e.text); }
void gather(Gatherer &g, const PollAsked &e) { g.text(e, "decision", e.question); }
void gather(Gatherer &g, const PollAnswered &e) { g.text(e, "decision", e.text); }
void gather(Gatherer &g, const PollClosed &e) { g.text(e, "note", e.reason); }
void gather(Gatherer &g, const EvidenceKept &e) { g.text(e, "line", joined({e.name, e.text}, ": ")); }
void gather(Gatherer &g, const ReviewArranged &e) { g.text(e, "review", e.reason); }
void gather(Gatherer &g, const ReviewTurned &e) { g.text(e, "review", e.reason); }
void gather(Gatherer &g, const SectionWritten &e)
{
    if (!e.draft) // a draft comes every few seconds, and again as what was said to be done
        g.text(e, "review", e.text);
}
void gather(Gatherer &g, const ReviewCommented &e) { g.text(e, "review", joined({e.quote, e.text}, ": ")); }
void gather(Gatherer &g, const ContributionGiven &e) { g.text(e, "review", joined({e.person, e.text}, ": ")); }
void gather(Gatherer &g, const FactorRated &e) { g.text(e, "review", joined({e.factor, e.note}, ": ")); }
void gather(Gatherer &g, const ActionKept &e) { g.text(e, "action", joined({e.owner, e.text, e.verification}, ": ")); }
void gather(Gatherer &g, const ActionTurned &e) { g.text(e, "action", e.reason); }
void gather(Gatherer &g, const ActionTracked &e) { g.text(e, "action", joined({e.connection, e.key})); }
void gather(Gatherer &g, const ActionSeen &e) { g.text(e, "action", joined({e.title, e.status, e.assignee})); }
void gather(Gatherer &g, const GateWaived &e) { g.text(e, "note", e.reason); }
void gather(Gatherer &g, const LeakAllowed &e) { g.text(e, "note", joined({e.words, e.reason}, ": ")); }
void gather(Gatherer &g, const ReviewPublished &e) { g.text(e, "review", joined({e.audience, e.format, e.where})); }
void gather(Gatherer &g, const FactImported &e) { g.text(e, "line", joined({e.actor, e.text}, ": ")); }
void gather(Gatherer &g, const PatternKept &e) { g.text(e, "pattern", joined({e.title, e.requirement}, ": ")); }
void gather(Gatherer &g, const PatternTurned &e) { g.text(e, "note", e.reason); }
void gather(Gatherer &g, const CostNoted &e) { g.text(e, "review", e.what); }
void gather(Gatherer &g, const FeedbackGiven &e) { g.text(e, "review", e.text); }
void gather(Gatherer &g, const MessageSeen &e)
{
    if (e.kind != MessageKind::Reaction && e.kind != MessageKind::Unreaction)
        g.text(e, "message", joined({e.nick, e.text}, ": "));
}
void gather(Gatherer &g, const RoomAsked &e) { g.text(e, "incident", e.room); }
void gather(Gatherer &g, const RoomLeaveAsked &e) { g.text(e, "incident", e.room); }
void gather(Gatherer &g, const RoomLinked &e) { g.text(e, "incident", e.room); }
void gather(Gatherer &g, const ChatCommandRefused &e) { g.text(e, "command", joined({e.text, e.reason})); }
void gather(Gatherer &g, const EscalationStarted &e) { g.text(e, "escalation", joined({e.policy, e.about}), e.service); }
void gather(Gatherer &g, const ScheduleOverridden &e) { g.text(e, "escalation", joined({e.schedule, e.source, e.reason})); }
void gather(Gatherer &g, const OverridesWithdrawn &e) { g.text(e, "escalation", joined({e.schedule, e.reason})); }
void gather(Gatherer &g, const ChangeSeen &e) { g.text(e, "change", joined({e.title, e.service, e.link, e.source}), e.service); }
void gather(Gatherer &g, const ConnectionAdded &e)
{
    g.text(e, "connection", joined({e.connection->name, e.connection->kind, e.connection->url, e.connection->muc}));
}
void gather(Gatherer &g, const ConnectionReported &e) { g.text(e, "source", joined({e.connection, e.problem}, ": "), {}, true); }
void gather(Gatherer &g, const SourceFailed &e) { g.text(e, "source", joined({e.connection, e.reason}, ": "), {}, true); }
void gather(Gatherer &g, const AlertsAcknowledged &e) { g.text(e, "note", e.reason); }
void gather(Gatherer &g, const AlertsClosed &e) { g.text(e, "note", e.reason); }
void gather(Gatherer &g, const AlertsDetached &e) { g.text(e, "note", e.reason); }
void gather(Gatherer &g, const IncidentPlaced &e) { g.text(e, "note", e.reason); }
void gather(Gatherer &g, const ReasonGiven &e) { g.text(e, "note", e.reason); }
void gather(Gatherer &g, const AlertsCarried &e) { g.alerts(e); }
void gather(Gatherer &g, const RuleFailed &e) { g.text(e, "console", joined({e.rule, e.problem}, ": "), {}, true); }
void gather(Gatherer &g, const ReportsQuarantined &e)
{
    for (const auto &q : e.reports)
        g.text(e, "quarantine", joined({q.reason, q.excerpt}));
}
void gather(Gatherer &g, const WorkspaceChanged &e)
{
    for (const auto &line : e.difference)
        g.text(e, "workspace", line);
}
void gather(Gatherer &g, const SilencesSeen &e)
{
    // The whole list comes whenever one of them changes.
    for (const auto &s : e.silences)
        g.text(e, "silence", joined({s.comment, s.createdBy}), {}, true);
}

} // namespace

std::span<const std::string_view> kinds()
{
    return kKinds;
}

void documentsOf(std::span<const events::Event> events, Instant at, const std::function<void(Document)> &each)
{
    Gatherer gatherer(at, each);
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (const auto *reported = getIf<AlertsReported>(&events[i]))
            gatherer.alerts(*reported, i + 1 < events.size() ? getIf<AlertsDecided>(&events[i + 1]) : nullptr);
        else
            visit([&](const auto &e) { gather(gatherer, e); }, events[i]);
    }
}

} // namespace qd::search
