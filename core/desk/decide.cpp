// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"

#include "core/base/ascii.h"
#include "core/base/nearest.h"
#include "core/base/safetext.h"
#include "core/command/practice.h"
#include "core/desk/authorise.h"
#include "core/desk/effects.h"
#include "core/desk/instead.h"
#include "core/desk/publishing.h"
#include "core/desk/secrets.h"
#include "core/triage/reports.h"

#include <algorithm>
#include <boost/json.hpp>

namespace qd::desk {

using state::State;

namespace {

constexpr std::size_t kRefusedNamed = 20; ///< alerts of a selection that are not resolved, each with its reason

constexpr std::pair<Write, std::string_view> kWriteWords[] = {{Write::Silences, "silences"}, {Write::Acks, "acks"}, {Write::Rooms, "rooms"}, {Write::Posts, "posts"}, {Write::Pages, "pages"},
                                                            {Write::Publish, "publish"}, {Write::Notes, "notes"}, {Write::Reassigns, "reassigns"}, {Write::Issues, "issues"}};

Result<Writes> writesOf(const Strings &words)
{
    Writes out = 0;
    for (const auto &w : words) {
        const auto known = std::find_if(std::begin(kWriteWords), std::end(kWriteWords), [&](const auto &each) { return each.second == w; });
        if (known == std::end(kWriteWords))
            return fail(Code::Invalid, "\"" + safeLine(w, 40) + "\" cannot be allowed; choose from silences, acks, rooms, posts, pages, publish, notes, reassigns, issues.");
        out = static_cast<Writes>(out | static_cast<Writes>(known->first));
    }
    if (out == 0)
        return fail(Code::Invalid, "Say what is allowed: silences, acks, rooms, posts, pages, publish, notes, reassigns, issues.");
    return out;
}

/// The host a URL names, without its port.
std::string hostOf(const std::string &url)
{
    const auto begin = url.find("://") == std::string::npos ? 0 : url.find("://") + 3;
    const std::string authority = url.substr(begin, url.find_first_of("/?#", begin) - begin);
    return authority.starts_with('[') ? authority : authority.substr(0, authority.find(':'));
}

/// A connection's URL has the scheme of its kind and no user or password in it: it is journaled and shown.
Result<> plainUrl(const Connection &k)
{
    if (isInbound(k.kind) || k.kind == "practice" || k.kind == "directory" || k.kind == "sftp" || k.kind == "git") // soundPublisher() looks at theirs
        return {};
    const std::string plain = isAttended(k.kind) && !isChatOverHttp(k.kind) ? "ws" : isMail(k.kind) ? "smtp" : "http", secure = plain + "s";
    const auto colon = k.url.find("://");
    const std::string scheme = k.url.substr(0, colon == std::string::npos ? 0 : colon);
    if (scheme != plain && scheme != secure)
        return fail(Code::Invalid, std::string("A connection of kind ") + k.kind + " needs a URL that begins with " + plain + ":// or " + secure + "://.");
    const std::string authority = k.url.substr(colon + 3, k.url.find_first_of("/?#", colon + 3) - colon - 3);
    if (authority.empty() || authority.find('@') != std::string::npos)
        return fail(Code::Invalid, "The URL must name a host, and no user or password: those are given as files and kept apart.");
    return {};
}

/// As `arm --allow` takes them.
std::string wordsOfWrites(Writes writes)
{
    std::string out;
    for (const auto &[write, word] : kWriteWords)
        if (allows(writes, write))
            out += (out.empty() ? "" : ",") + std::string(word);
    return out;
}

/// Whether what is written through it would arrive at another server, workspace or place there. Who we are there, by which secret, and how it is said is not where. Of the
/// host of rooms and our account's server it counts only where both say one.
bool leadsElsewhere(const Connection &before, const Connection &now)
{
    const auto isOther = [](const std::string &a, const std::string &b) { return !a.empty() && !b.empty() && asciiLower(a) != asciiLower(b); };
    const auto server = [](const Connection &c) { return c.kind == "xmpp" ? c.address.substr(c.address.find('@') + 1) : std::string(); };
    const auto team = [](const Connection &c) { return c.kind == "mattermost" || c.kind == "discord" ? c.user : std::string(); };
    const auto url = [](const Connection &c) { return std::string_view(c.url).substr(0, c.url.find_last_not_of('/') + 1); };
    const auto whom = [](const Connection &c) { return c.kind == "webhook" ? c.address : std::string(); }; // ntfy's topic, who is rung
    return before.kind != now.kind || url(before) != url(now) || whom(before) != whom(now) || before.category != now.category || before.path != now.path || before.region != now.region || before.branch != now.branch || team(before) != team(now) || isOther(before.muc, now.muc)
        || isOther(server(before), server(now));
}

struct Deciding {
    const State &state;
    const events::Actor &by;
    Instant now;

    Result<Decision> operator()(const Acknowledge &c) const
    {
        if (c.alerts.empty() || c.alerts.size() > kAlertsLimit)
            return fail(Code::Invalid, "Name between 1 and 10,000 alerts or incidents to acknowledge.");
        Decision d;
        events::AlertsAcknowledged acked{{}, safeText(c.reason, 2000), by};
        for (const auto &key : c.alerts) {
            if (const auto *i = state.incident(key)) {
                auto answer = answerCalls(state, *i, by);
                if (!answer)
                    return answer;
                std::move(answer->events.begin(), answer->events.end(), std::back_inserter(d.events));
                continue;
            }
            const auto *a = state.alert(key);
            if (!a)
                return fail(Code::NotFound, "There is no alert or incident " + safeLine(key, 200) + "; `get alerts` lists the keys.");
            if (a->status == AlertStatus::Resolved)
                return fail(Code::Conflict, "Alert " + key + " is resolved; there is nothing to acknowledge.");
            acked.keys.push_back(key);
        }
        if (!acked.keys.empty())
            d.events.emplace_back(std::move(acked));
        d.id = c.alerts.front();
        return d;
    }
    Result<Decision> operator()(const CloseAlerts &c) const
    {
        if (c.alerts.empty() || c.alerts.size() > kAlertsLimit)
            return fail(Code::Invalid, "Name between 1 and 10,000 alerts to close.");
        Decision d;
        events::AlertsClosed closed{{}, safeText(c.reason, 2000), by};
        Strings refused; // what is wrong with one keeps nobody from closing the others
        const auto refuse = [&](const std::string &why) {
            if (refused.size() == kRefusedNamed)
                refused.push_back("More alerts are not resolved for reasons like these; `get alerts` lists what fires.");
            else if (refused.size() < kRefusedNamed)
                refused.push_back(why);
        };
        for (const auto &key : c.alerts) {
            const auto *a = state.alert(key);
            if (!a)
                return fail(Code::NotFound, "There is no alert " + safeLine(key, 200) + "; `get alerts` lists the keys.");
            if (a->status == AlertStatus::Resolved) {
                refuse("Alert " + key + " is resolved already.");
                continue;
            }
            const auto held = a->seenBy != 0 ? state.pagers.ofAlert(key) : std::vector<const state::HeldOutside *>{};
            events::Events asking;
            std::string cannot;
            for (const state::HeldOutside *h : held) {
                auto asked = Gate(state).askPager(events::Effect::PagerResolve, *h, by.person, closed.reason, by);
                if (!asked && c.alerts.size() == 1)
                    return tl::unexpected(asked.error());
                if (!asked) {
                    cannot = asked.error().message;
                    break;
                }
                asking.push_back(std::move(*asked));
            }
            if (!cannot.empty()) {
                refuse("Alert " + key + ": " + cannot);
                continue;
            }
            for (const state::HeldOutside *h : held)
                d.notes.push_back(h->name() + " is being resolved there; the alert ends when PagerDuty says so.");
            append(d.events, std::move(asking));
            if (a->seenBy != 0 && held.empty()) {
                const auto sources = state.seenBy(*a);
                refuse("Alert " + key + " is still reported" + (sources.empty() ? std::string() : " by " + sources.front()->connection.name)
                       + "; only its source can say that it is over. Acknowledge it, or silence it there.");
                continue;
            }
            d.id = d.id.empty() ? key : d.id;
            if (held.empty())
                closed.keys.push_back(key);
        }
        if (closed.keys.empty() && d.events.empty())
            return fail(Code::Conflict, refused.front() + (refused.size() > 1 ? " None of the " + std::to_string(c.alerts.size()) + " alerts is resolved by hand." : ""));
        if (!closed.keys.empty())
            d.events.emplace_back(std::move(closed));
        d.notes.insert(d.notes.end(), refused.begin(), refused.end());
        return d;
    }
    Result<Decision> operator()(const AssignAlerts &c) const
    {
        if (!state.workspace->person(c.person) && !state.workspace->team(c.person))
            return fail(Code::NotFound, "There is no person or team \"" + safeLine(c.person, 60) + "\" in the workspace.");
        if (c.alerts.empty() || c.alerts.size() > kAlertsLimit)
            return fail(Code::Invalid, "Name between 1 and 10,000 alerts to assign.");
        for (const auto &key : c.alerts)
            if (!state.alert(key))
                return fail(Code::NotFound, "There is no alert " + safeLine(key, 200) + ".");
        return Decision{{events::AlertsAssigned{c.alerts, c.person, by, safeText(c.reason, kTextLimit)}}, c.alerts.front()};
    }
    Result<Decision> operator()(const MarkChange &c) const
    {
        const std::string title = safeLine(c.title, 1000);
        if (title.empty())
            return fail(Code::Invalid, "A change needs a title: what was changed?");
        events::ChangeSeen e;
        e.service = safeLine(c.service);
        if (const Service *s = state.workspace->service(e.service))
            e.service = s->id;
        Decision d;
        if (const std::string note = unknownService(*state.workspace, e.service); !note.empty())
            d.notes.push_back(note);
        e.title = title;
        e.link = safeLine(c.link, 2000);
        e.source = "person";
        e.by = by;
        e.at = now;
        if (!c.at.empty()) {
            const auto t = parseInstant(c.at);
            if (!t)
                return tl::unexpected(t.error());
            e.at = *t;
        }
        d.id = e.service;
        d.events.emplace_back(std::move(e));
        return d;
    }
    Result<Decision> operator()(const CreateSilence &c) const
    {
        if (c.source.empty())
            return decideOwnSilence(state, c, by, now);
        return silenceAtSource(state, c, by, now);
    }
    Result<Decision> operator()(const ExpireSilence &c) const
    {
        if (c.source.empty())
            return decideSuppression(state, EndSuppression{{c.silence}, {}}, by, now);
        return expireAtSource(state, c, by);
    }
    Result<Decision> operator()(const AddConnection &c) const
    {
        Connection k = c.connection;
        if (std::find(std::begin(kConnectionKinds), std::end(kConnectionKinds), k.kind) == std::end(kConnectionKinds))
            return fail(Code::Invalid, "\"" + safeLine(k.kind, 40) + "\" is not a kind of connection; choose alertmanager, prometheus, inbound, cloudevents, ical, xmpp, irc, slack, mattermost, discord, teams, smtp, webhook, pagerduty, pagerduty-rest, directory, s3, sftp, git, atlassian, github, gitlab, jira or confluence.");
        if (k.kind == "practice" && !state.workspace->practice)
            return fail(Code::Forbidden, "Rooms of kind practice are for a practice home only; make one with: practice new");
        const bool plain = !k.name.empty() && k.name.size() <= 64
            && std::all_of(k.name.begin(), k.name.end(), [](char ch) { return (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '-' || ch == '_' || ch == '.'; });
        if (!plain || k.name == "console")
            return fail(Code::Invalid, "A connection's name is 1 to 64 of a-z, 0-9, dash, dot and underscore, and not \"console\".");
        if (const auto *old = state.source(k.name); old && old->connection.kind != k.kind)
            return fail(Code::Conflict, "There is a connection " + k.name + " of kind " + old->connection.kind + " already.");
        if (const auto *old = state.source(k.name); old && !old->connection.keyHash.empty() && old->connection.keyHash != k.keyHash)
            return fail(Code::Conflict, "There is a connection " + k.name + " already; a new key would cut off everybody who has its old one. Choose another name, or replace the key: connect inbound --name " + k.name + " --replace");
        if (const auto bad = plainUrl(k); !bad)
            return tl::unexpected(bad.error());
        if (const auto bad = soundPager(k); !bad)
            return tl::unexpected(bad.error());
        if (isClosedChat(k.kind)) // what stands behind the @ of its people and rooms; theirs are compared in small letters
            k.muc = asciiLower(!k.muc.empty() ? k.muc : isPostOnly(k.kind) ? k.name + ".teams" : hostOf(k.url));
        if (isClosedChat(k.kind) && std::any_of(state.sources.begin(), state.sources.end(), [&](const state::Source &s) {
                return s.connection.name != k.name && isChat(s.connection.kind) && roomHost(s.connection) == k.muc;
            }))
            return fail(Code::Conflict, "Another chat connection has the rooms of \"" + safeLine(k.muc, 80) + "\"; people and rooms of two networks must not have the same addresses.");
        if (const auto bad = soundPublisher(k); !bad)
            return tl::unexpected(bad.error());
        if (const auto bad = soundTracker(k); !bad)
            return tl::unexpected(bad.error());
        if (const auto bad = mayBeSetTo(state, k); !bad)
            return tl::unexpected(bad.error());
        if (!k.insteadRoom.empty()) {
            auto room = insteadRoomNamed(state, k, k.insteadRoom);
            if (!room)
                return tl::unexpected(room.error());
            k.insteadRoom = std::move(*room);
        }
        if (k.insteadAfter < kInsteadLeast || k.insteadAfter > kInsteadMost)
            return fail(Code::Invalid, "What waits is said in the other room after " + toText(kInsteadLeast) + " at the least, and " + toText(kInsteadMost) + " at the most.");
        if (k.set.empty())
            k.set = k.name;
        Decision d{{}, k.name, {}};
        if (const auto *old = state.source(k.name); old && old->armed != 0 && leadsElsewhere(old->connection, k)) { // what it was armed for was meant for there
            d.events.emplace_back(events::ConnectionArmed{k.name, 0, by});
            d.notes.push_back(k.name + " leads to another place than before, so nothing is written through it until it is armed again: quarterdeckctl arm " + k.name + " --allow " + wordsOfWrites(old->armed));
        }
        d.events.emplace_back(events::ConnectionAdded{std::move(k), by});
        return d;
    }
    Result<Decision> operator()(const RemoveConnection &c) const
    {
        const auto s = known(c.name);
        if (!s)
            return tl::unexpected(s.error());
        Decision d;
        d.id = c.name;
        // Nothing will be heard of it any more: our own word that it is silent ends with it.
        d.events = triage::decideForgotten(state, triage::ReportRules(state.workspace), **s, now);
        d.events.emplace_back(events::ConnectionRemoved{c.name, by});
        if (const std::size_t left = state.reportedOnlyBy(**s); left > 0)
            d.notes.push_back(std::to_string(left) + (left == 1 ? " alert that only " : " alerts that only ") + c.name
                              + " reported stay as they are: a removed connection resolves nothing. Close what is over with: resolve KEY --reason R");
        return d;
    }
    Result<Decision> operator()(const ReplaceKey &c) const
    {
        const auto s = known(c.name);
        if (!s)
            return tl::unexpected(s.error());
        Connection k = (*s)->connection;
        if (!isInbound(k.kind))
            return fail(Code::Invalid, "Connection " + c.name + " is of kind " + k.kind + " and has no key; inbound connections have one.");
        if (c.keyHash.size() != 64 || c.keyHash.find_first_not_of("0123456789abcdef") != std::string::npos)
            return fail(Code::Invalid, "A key is given as its SHA-256: 64 lower-case hexadecimal digits.");
        k.keyHash = c.keyHash;
        return Decision{{events::ConnectionAdded{std::move(k), by}}, c.name, {}};
    }
    Result<Decision> operator()(const Arm &c) const
    {
        if (const auto s = known(c.name); !s)
            return tl::unexpected(s.error());
        const auto writes = writesOf(c.allow);
        if (!writes)
            return tl::unexpected(writes.error());
        const std::string &kind = state.source(c.name)->connection.kind;
        if ((*writes & ableTo(kind)) != *writes)
            return fail(Code::Invalid, "A connection of kind " + kind + " cannot do all of that; an alertmanager writes silences, a chat platform writes rooms, posts and pages, smtp writes pages and posts, webhook and pagerduty write pages, directory and s3 publish status pages, pagerduty-rest writes acks, notes and reassigns, github, gitlab and jira write issues, and confluence publishes reviews.");
        if (holdsIncidents(kind) && state.source(c.name)->connection.from.empty())
            return fail(Code::Invalid, "PagerDuty wants to know who writes; connect it again with --from and the mail address of a user there.");
        return Decision{{events::ConnectionArmed{c.name, *writes, by}}, c.name};
    }
    Result<Decision> operator()(const Disarm &c) const
    {
        if (const auto s = known(c.name); !s)
            return tl::unexpected(s.error());
        return Decision{{events::ConnectionArmed{c.name, 0, by}}, c.name};
    }
    template <typename Other>
    Result<Decision> operator()(const Other &) const
    {
        return fail(Code::Internal, "This command is about an incident.");
    }

    Result<const state::Source *> known(const std::string &name) const
    {
        if (const auto *s = state.source(name))
            return s;
        return fail(Code::NotFound, "There is no connection \"" + safeLine(name, 60) + "\"; `get sources` lists them.");
    }
};

template <typename... Ts>
bool isOneOf(const Command &command)
{
    return (holds<Ts>(command) || ...);
}

} // namespace

std::string cleanText(const std::string &raw)
{
    const std::string text = safeText(raw, kTextLimit);
    const auto first = text.find_first_not_of(" \t\n");
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

Result<> bounded(std::initializer_list<Written> texts)
{
    for (const Written &t : texts)
        if (t.raw.size() > kTextLimit)
            return fail(Code::TooLarge, std::string("The ") + t.what + " is longer than 2,000 bytes; shorten it.");
    return {};
}

Result<std::string> textOf(const std::string &raw, const char *what)
{
    std::string text = cleanText(raw);
    if (text.empty())
        return fail(Code::Invalid, std::string("The ") + what + " is empty; say it in a few words.");
    if (const auto ok = bounded({{raw, what}}); !ok)
        return tl::unexpected(ok.error());
    return text;
}

Result<Decision> decideConnection(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    return visit(Deciding{state, by, now}, command);
}

namespace {

Result<Decision> decideBySubject(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    if (isOneOf<BindIdentity, UnbindIdentity, BreakGlass, EndGlass, RecordRead>(command))
        return decideAccess(state, command, by, now);
    if (isOneOf<OverrideSchedule, SwapShifts, WithdrawOverride, ImportShifts>(command))
        return decideSchedule(state, command, by, now);
    if (isOneOf<ShelveAlerts, SnoozeAlerts, PlanMaintenance, EndSuppression, SplitGroup, MergeGroups, MuteHeartbeat, UnmuteHeartbeat, HoldAlerts, KeepSuppression>(command))
        return decideSuppression(state, command, by, now);
    if (isOneOf<TakeCommand, ObjectToTaking, OfferCommand, AcceptCommand, DeclineCommand, StandDown>(command))
        return decideLeading(state, command, by, now);
    if (holds<SayPresent>(command))
        return Decision{command::seen(state, by.person, now), {}, {}};
    if (isOneOf<OfferShift, AcceptShift, DeclineShift>(command))
        return decideShift(state, command, by, now);
    if (isOneOf<Acknowledge, AssignAlerts, MarkChange, CreateSilence, ExpireSilence, AddConnection, Arm, Disarm, RemoveConnection, ReplaceKey, CloseAlerts>(command))
        return decideConnection(state, command, by, now);
    if (isOneOf<UnacknowledgeAlerts, EscalateAlerts, NoteAlerts, Undo, MergeIncidents, PlaceIncident, SplitIncident, GiveReason>(command))
        return decideOverride(state, command, by, now);
    if (isOneOf<MarkReached, TestPage, AnswerTestPage, PagePeople>(command))
        return decidePaging(state, command, by);
    if (isOneOf<ProposeEdges, AcceptEdges, DismissEdges>(command))
        return decideMap(state, command, by);
    if (isOneOf<PostOnPage, OverrideComponent, PlanPageMaintenance, EndPageMaintenance>(command))
        return decidePages(state, command, by, now);
    if (isOneOf<DraftMessage, JudgeMessage, ReleaseMessage, WithdrawMessage, MarkPosted, PinLink>(command))
        return decideOutward(state, command, by, now);
    if (isOneOf<MarkMoment, AskPoll, AnswerPoll, ClosePoll>(command))
        return decidePolls(state, command, by, now);
    if (holds<KeepEvidence>(command))
        return decideEvidence(state, command, by);
    if (const auto *published = getIf<RecordPublication>(&command))
        if (const auto may = mayBePublished(state, *published, by); !may)
            return tl::unexpected(may.error());
    if (isOneOf<OpenReview, TurnReview, HoldSection, WriteSection, CommentReview, SettleComment, RateFactor, WaiveGate, AllowLeak, RecordPublication>(command))
        return secretsSaid(decideReview(state, command, by, now));
    if (holds<Contribute>(command))
        return secretsSaid(decideDebrief(state, command, by, now));
    if (isOneOf<HoldMeeting, SignReview, NoteCost, GiveFeedback>(command))
        return decideDebrief(state, command, by, now);
    if (isOneOf<TrackAction, PublishReview>(command))
        return decideTracking(state, command, by);
    if (isOneOf<KeepAction, TurnAction, ImportActions, KeepPattern, TurnPattern>(command))
        return secretsSaid(decideActions(state, command, by, now));
    if (const auto *rebuild = getIf<RebuildIncident>(&command))
        return secretsSaid(decideRebuild(state, *rebuild, by, now));
    if (isOneOf<WriteLog, ReviseLog, WriteLine, AssignTask, FinishTask, AcceptTask, RaiseHypothesis, SettleHypothesis, RecordDecision, MakePromise, KeepPromise, SendUpdate, StartEscalation, EscalateNow, AcknowledgeEscalation>(command))
        return decideWork(state, command, by, now);
    return decideIncident(state, command, by, now);
}

} // namespace

Result<Decision> decide(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    if (by.person.empty())
        return fail(Code::Forbidden, "A command needs a person; who are you?");
    if (auto may = authorise(state, command, by, now); !may)
        return tl::unexpected(may.error());
    return decideAuthorised(state, command, by, now);
}

Result<Decision> decideAuthorised(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    if (auto names = namesUnmarked(command); !names)
        return tl::unexpected(names.error());
    auto decision = decideBySubject(state, command, by, now);
    return decision ? cleared(state, command, by, std::move(*decision)) : decision;
}

Result<const state::Incident *> incidentMeant(const State &state, const std::string &id)
{
    if (!id.empty()) {
        if (const auto *i = state.incident(id.starts_with("INC-") ? id : "INC-" + id))
            return i;
        return fail(Code::NotFound, "There is no incident " + safeLine(id, 40) + "; `get incidents` lists them.");
    }
    const state::Incident *only = nullptr;
    for (const auto &[n, i] : state.incidents) {
        if (!i.isOpen())
            continue;
        if (only)
            return fail(Code::Conflict, "More than one incident is open; say which: --incident " + i.id);
        only = &i;
    }
    if (only)
        return only;
    const auto *last = resolvedLast(state);
    return fail(Code::NotFound, last ? "No incident is open; declare one first, or name one that is over: " + last->id + " was resolved last, --incident " + last->id
                                     : "No incident is open; declare one first.");
}

const state::Incident *resolvedLast(const State &state)
{
    const state::Incident *last = nullptr;
    for (const auto &[n, i] : state.incidents)
        if ((i.status == IncidentStatus::Resolved || i.status == IncidentStatus::Closed) && (!last || i.resolvedAt >= last->resolvedAt))
            last = &i;
    return last;
}

Result<const state::Incident *> openIncident(const State &state, const std::string &id)
{
    const auto i = incidentMeant(state, id);
    if (i && !(*i)->isOpen())
        return tl::unexpected(notOpen(**i));
    return i;
}

Error notOpen(const state::Incident &i)
{
    if (i.status == IncidentStatus::Merged)
        return {Code::Conflict, i.id + " is part of " + i.merged.into + " since " + clockText(i.merged.at) + "; do it there.", {}};
    if (i.kind == "rebuilt")
        return {Code::Conflict, i.id + " was run elsewhere and is over; it was never run here, and is not reopened. Its review goes on: quarterdeckctl review show " + i.id
                                    + ". If it is back, declare a new one: quarterdeckctl again " + i.id, {}};
    return {Code::Conflict, i.id + " is " + std::string(word(i.status)) + "; reopen it first: quarterdeckctl reopen " + i.id, {}};
}

std::string unknownService(const Workspace &workspace, const std::string &service)
{
    if (service.empty() || workspace.service(service))
        return {};
    std::vector<std::string_view> names;
    for (const Service &s : workspace.services)
        names.push_back(s.id);
    const std::string near = nearest(service, names);
    return "There is no service \"" + service + "\" in the workspace" + (near.empty() ? "" : " (did you mean " + near + "?)")
        + "; it is kept as named, but has no team, no dependencies and no policy of its own.";
}

comms::LineContext lineContext(const Workspace &workspace, Instant now)
{
    comms::LineContext c;
    for (const auto &p : workspace.people)
        c.people.push_back({p.id, p.name});
    for (const auto &t : workspace.teams)
        c.teams.push_back({t.id, t.name});
    c.audiences = workspace.audiences;
    c.now = now;
    return c;
}

Command commandOf(const comms::Line &line, const std::string &incident)
{
    const std::string due = line.due.ns > 0 ? toText(line.due) : "";
    switch (line.kind) {
    case comms::LineKind::Task: return AssignTask{incident, line.person, line.text, due};
    case comms::LineKind::Hypothesis: return RaiseHypothesis{incident, line.text};
    case comms::LineKind::Decision: { // "roll back // not failover: loses an hour // not wait"
        constexpr std::string_view kNot = " // not ";
        RecordDecision decision{incident, line.text.substr(0, line.text.find(kNot))};
        for (std::size_t at = decision.text.size(); at < line.text.size();) {
            const std::size_t begin = at + kNot.size(), end = std::min(line.text.find(kNot, begin), line.text.size());
            decision.rejected.push_back(line.text.substr(begin, end - begin));
            at = end;
        }
        return decision;
    }
    case comms::LineKind::Promise: return MakePromise{incident, line.audience, due, line.text};
    case comms::LineKind::Log: break;
    }
    return WriteLog{incident, line.text};
}

} // namespace qd::desk
