// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/invented.h"

namespace qd::tests {

namespace {

events::Event inventedFrom(std::size_t index, Inventor &inventor)
{
    events::Event out = events::ClockWoke{};
    events::AnyEvent::anyType([&]<typename T>() {
        if (index != events::AnyEvent::kIndexOf<T>)
            return false;
        out = inventor.event<T>();
        return true;
    });
    return out;
}

} // namespace

events::Event inventedEvent(std::size_t index, Inventor &inventor)
{
    return inventedFrom(index, inventor);
}

events::Events inventedRecord(std::size_t index, std::uint64_t seed)
{
    Inventor inventor(seed, Numbers::Small);
    events::Event event = inventedEvent(index, inventor);
    if (auto *d = getIf<events::AlertsDecided>(&event)) {
        const auto reported = inventor.event<events::AlertsReported>();
        const std::size_t rows = reported.batch.size();
        d->verdict.resize(rows);
        d->severity.resize(rows);
        d->service.resize(rows);
        d->group.resize(rows);
        d->reason.resize(rows);
        return {reported, std::move(event)};
    }
    // Rows of columns that say something: as many of each, and names that are there.
    if (auto *s = getIf<events::AlertsSuppressed>(&event)) {
        const std::size_t rows = s->fingerprint.size();
        s->set.assign(rows, 1);
        s->suppression.resize(rows);
        s->by.resize(rows, 2);
        s->announce.resize(rows);
        s->reason.resize(rows);
        s->names = {"", "am", "silence/1", "inhibition/a"};
    }
    if (auto *p = getIf<events::PingsSeen>(&event)) {
        for (std::int64_t &at : p->at)
            at += kMorning.ns;
        p->kind.resize(p->at.size());
        p->run.resize(p->at.size());
    }
    if (auto *c = getIf<events::AlertsCorrelated>(&event)) {
        c->set.assign(c->fingerprint.size(), 0);
        c->names = {"am"};
    }
    return {std::move(event)};
}

Log someState()
{
    using namespace events;
    Log log;
    Workspace workspace = aWorkspace();
    workspace.heartbeats.push_back({"nightly", "Nightly backup", "db", AlertSeverity::Error, minutes(5), minutes(1), 2, 3, minutes(2), {}, {}});
    Workspace earlier = workspace;
    earlier.people.push_back({"lea", "Lea Novak", "UTC", {"lea@chat.example"}});
    log.record(Events{CoreStarted{"0.1.0"}, WorkspaceChanged{earlier, "0", {}}}).record(withWorkspace(workspace)).record(withConnection("am")).record(withConnection("chat", "xmpp", 31));
    const ReportBatch batch = aBatch("am").alert({{"alertname", "A0"}, {"service", "db"}}).alert({{"alertname", "A1"}, {"service", "web"}}).build();
    log.record(decided(batch));
    IncidentDeclared second = anIncident("INC-2").event();
    second.facts = 3;
    log.record(anIncident("INC-1").service("db").alert(keyOf(batch)).event()).record(second);
    log.record(RoomLinked{"INC-1", "chat", "room@chat", true});
    MessageSeen message;
    message.connection = "chat";
    message.room = "room@chat";
    message.incident = "INC-1";
    message.messageId = "m1";
    message.text = "hello";
    message.sender = "ana@chat";
    message.givenId = "given-1";
    message.thread = "t1";
    log.record(message);
    MessageSeen reaction = message;
    reaction.kind = MessageKind::Reaction;
    reaction.messageId = reaction.text = {};
    reaction.target = "m1";
    reaction.emoji = "📌";
    log.record(reaction);
    log.record(EscalationStarted{1, "shop", "INC-1", "db", "Checkout fails", true, {}, {"ana", Path::Person}});
    log.record(StepReached{1, 1, 0, "INC-1", {"ana"}, log.now() + minutes(5), false, {}});
    log.record(CallFolded{1, "INC-1", "db", "mail", "db-mail", log.now() + minutes(10), {}});
    log.record(TaskAssigned{"INC-1", "ben", "check", 1, {}, {"ana", Path::Person}});
    log.record(HypothesisRaised{"INC-1", "pool exhausted", 1, {"ana", Path::Person}});
    log.record(MomentMarked{"INC-1", "pool full", "diagnosis", "hypothesis/1", 1, log.now(), false, {"ana", Path::Person}});
    log.record(PollAsked{"INC-1", "roll back?", 1, {"ana", "ben"}, {"Incident Commander", "Scribe"}, {"ana", Path::Person}});
    log.record(PollAnswered{"INC-1", "too early", "ben", 1, false, {"ana", Path::Person}});
    log.record(PromiseMade{"INC-1", "customers", "", 1, log.now() + minutes(20), {"ana", Path::Person}});
    log.record(UpdateIssued{"INC-1", "status", "technical", "text", 1, {}, {"ana", Path::Person}});
    log.record(WriteWithheld{Effect::Post, "chat", "INC-1", "", "text", "observed"}).record(WriteWithheld{Effect::Page, "", "", "ana", "text", "observed"});
    SuppressionPlaced silence;
    silence.number = 1;
    silence.matchers = {{"alertname", "A1", false, true}};
    silence.until = log.now() + hours(1);
    silence.owner = "ana";
    log.record(silence);
    GlassBroken glass;
    glass.number = 1;
    glass.person = "ana";
    glass.until = log.now() + hours(1);
    log.record(glass).record(ConfirmationAsked{"INC-1", "ana", "a", "anchor-bishop", "!resolve", "resolve INC-1", log.now() + hours(1)});
    log.record(FactorRated{"INC-1", "capacity", "", "1", {"alert/" + keyOf(batch, 1)}, false, {"ana", Path::Person}});
    log.record(PatternKept{1, "pools run out", "a pool says so before it is full", {"capacity"}, {"db"}, {"INC-1"}, {"ana", Path::Person}});
    log.record(OutboxQueued{1, Effect::Post, "chat", "INC-1", "room@chat", "", "text", "update/1", {}});
    MessageSeen edit = message;
    edit.kind = MessageKind::Edit;
    edit.messageId = "m1-edited";
    edit.target = "m1";
    edit.givenId = {};
    edit.text = "hello all";
    log.record(edit);
    return log;
}

} // namespace qd::tests
