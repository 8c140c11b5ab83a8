// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/tracking.h"

#include "core/base/encoding.h"
#include "core/base/safetext.h"
#include "core/desk/decide.h"
#include "core/desk/publishing.h"
#include "core/governance/clearance.h"
#include "core/model/issuetext.h"
#include "core/review/frame.h"
#include "core/review/render.h"
#include "core/review/tracked.h"

#include <algorithm>
#include <optional>

/// Actions as issues of a tracker, renditions as pages of a library.
namespace qd::desk {

using events::Effect;
using state::Action;
using state::Incident;
using state::State;

namespace {

constexpr std::size_t kIssueTitleBytes = 200, kIssueKeyBytes = 200, kAddressBytes = 1000, kIssueTypeBytes = 100;
constexpr std::size_t kTextsBefore = 16; ///< of ours that may stand in an issue: what arrived, and what waits
constexpr std::string_view kLibraryFormat = "confluence";

const Action *actionNumbered(const Incident *i, std::uint32_t number)
{
    if (!i)
        return nullptr;
    const auto it = std::find_if(i->review.actions.begin(), i->review.actions.end(), [&](const Action &a) { return a.number == number; });
    return it == i->review.actions.end() ? nullptr : &*it;
}

bool isSettled(Delivery d)
{
    return d == Delivery::Confirmed || d == Delivery::Failed;
}

bool isOnItsWay(const State &state, Effect effect, const std::string &incident, const std::string &subject)
{
    return std::any_of(state.outbox.begin(), state.outbox.end(), [&](const auto &o) {
        return o.second.what.effect == effect && o.second.what.incident == incident && o.second.what.subject == subject && !isSettled(o.second.delivery);
    });
}

/// The account of who owns it, where its issue was last given to another, or to nobody yet; "": that is as it was, or not known there. Who is given it there
/// meanwhile keeps it until it gets another owner here.
std::string toBeGiven(const State &state, const Incident &i, const Action &a)
{
    const state::Tracked &t = a.tracked;
    const std::string account = review::accountAt(*state.workspace, a.owner, t.connection), subject = "action/" + std::to_string(a.number);
    for (auto it = state.outbox.rbegin(); it != state.outbox.rend() && !account.empty(); ++it) {
        const state::OutboxEntry &o = it->second;
        const bool isOfIt = o.what.incident == i.id && o.what.subject == subject && o.what.connection == t.connection
            && ((o.what.effect == Effect::UpdateIssue && o.what.room == t.key) || (o.what.effect == Effect::TrackIssue && o.messageId.substr(0, o.messageId.find(' ')) == t.key));
        if (isOfIt && !o.what.address.empty() && o.delivery != Delivery::Failed)
            return o.what.address == account ? std::string() : account;
    }
    return account;
}

/// Leaves to the tracker what was not changed here since it was told there: by what arrived, and by all that is still on its way.
void leaveWhatWasTold(const State &state, const state::Tracked &t, events::OutboxQueued &what)
{
    what.leavesTitle = t.toldTitle == hashOfIssueText(what.title);
    what.leavesDue = !t.toldTitle.empty() && t.toldDue == what.due;
    if (!t.toldText.empty())
        what.textBefore.push_back(t.toldText);
    for (const auto &[number, o] : state.outbox) {
        if (o.what.effect != Effect::UpdateIssue || o.what.incident != what.incident || o.what.action != what.action || o.what.room != t.key || o.what.connection != t.connection || isSettled(o.delivery))
            continue;
        what.leavesTitle = what.leavesTitle && o.what.title == what.title;
        what.leavesDue = what.leavesDue && o.what.due == what.due;
        what.textBefore.push_back(hashOfIssueText(o.what.text));
    }
    if (what.textBefore.size() > kTextsBefore) // the newest is what most likely stands there
        what.textBefore.erase(what.textBefore.begin(), what.textBefore.end() - kTextsBefore);
}

/// `closed`: whether it is done; none: that was not said, and stays as the tracker has it.
events::Events updateOf(const State &state, const Incident &i, const Action &a, std::optional<bool> closed)
{
    const state::Tracked &t = a.tracked;
    const state::Source *s = t.connection.empty() ? nullptr : state.source(t.connection);
    if (!s || t.key.empty())
        return {};
    events::OutboxQueued what = issueOf(state, i, a);
    if (review::isElsewhere(state, t))
        return {events::WriteWithheld{Effect::UpdateIssue, t.connection, i.id, {}, t.key + ": " + what.title,
                                      "connection " + t.connection + " is set to another place than the one where it is " + t.key + "; let go of it: quarterdeckctl review track " + i.id + " " + std::to_string(a.number) + " --release"}};
    if (!allows(s->armed, Write::Issues))
        return {events::WriteWithheld{Effect::UpdateIssue, t.connection, i.id, {}, t.key + ": " + what.title,
                                      "connection " + t.connection + " observes only; arm it with: arm " + t.connection + " --allow issues"}};
    what.effect = Effect::UpdateIssue;
    what.connection = t.connection;
    what.room = t.key;
    what.address = toBeGiven(state, i, a);
    what.closed = closed.value_or(false);
    what.leavesClosed = !closed;
    leaveWhatWasTold(state, t, what);
    what.because = {"action/changed", {"the action was changed here"}, {}};
    return {std::move(what)};
}

/// A rendition as the page it becomes, where it was before.
events::OutboxQueued pageOf(const State &state, const Incident &i, const review::Rendition &rendition, const std::string &connection, const std::string &person)
{
    events::OutboxQueued out;
    out.effect = Effect::PublishReview;
    out.connection = connection;
    out.incident = i.id;
    out.person = person;
    out.audience = rendition.audience;
    out.room = pageBefore(state, i, connection, out.audience);
    out.title = rendition.title + " (" + review::audienceName(out.audience, rendition.language) + ")";
    out.text = review::renderedAs(rendition, review::Format::Confluence);
    out.subject = "review/" + out.audience;
    governance::seal(state, out); // as it will stand in the outbox
    return out;
}

bool isPageOnItsWay(const state::OutboxEntry &o, const std::string &incident)
{
    return o.what.effect == Effect::PublishReview && o.what.incident == incident && !isSettled(o.delivery) && o.recalled.empty();
}

/// Whether it may arrive yet. What was taken back while it was sent, and of which nothing more is known, stays so for good.
bool mayArrive(const state::OutboxEntry &o)
{
    return !isSettled(o.delivery) && (o.delivery != Delivery::Unknown || o.recalled.empty());
}

bool readsAs(const events::OutboxQueued &a, const events::OutboxQueued &b)
{
    return a.text == b.text && a.title == b.title;
}

/// Jira: KEY-123; elsewhere digits.
bool isIssueKey(std::string_view kind, std::string_view key)
{
    constexpr std::string_view kDigits = "0123456789", kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if (key.size() > kIssueKeyBytes)
        return false;
    if (kind == "jira") {
        const std::string_view project = key.substr(0, key.find('-'));
        if (project.size() == key.size() || kLetters.find(project.substr(0, 1)) == key.npos || project.empty() || project.find_first_not_of(std::string(kLetters) + std::string(kDigits) + "_") != key.npos)
            return false;
        key.remove_prefix(project.size() + 1);
    }
    return !key.empty() && key.find_first_not_of(kDigits) == key.npos;
}

/// What stands behind the first blank, where people may click it: http or https.
std::string addressIn(const std::string &said)
{
    const auto blank = said.find(' ');
    const std::string url = blank == said.npos ? std::string() : safeLine(said.substr(blank + 1), kAddressBytes);
    return url.starts_with("https://") || url.starts_with("http://") ? url : std::string();
}

struct DecidingTracking {
    const State &state;
    const events::Actor &by;

    [[nodiscard]] Result<const state::Source *> armed(const std::string &connection, Write write, const char *what) const
    {
        const state::Source *s = state.source(connection);
        if (!s)
            return fail(Code::NotFound, "There is no connection \"" + safeLine(connection, 60) + "\"; `get sources` lists them.");
        const bool fits = write == Write::Issues ? isTracker(s->connection.kind) : isLibrary(s->connection.kind);
        if (!fits)
            return fail(Code::Invalid, "Connection " + connection + " is of kind " + s->connection.kind + (write == Write::Issues ? "; issues are kept by github, gitlab and jira." : "; reviews are published to confluence."));
        if (state.workspace->practice)
            return fail(Code::Forbidden, "A practice home writes nothing outside.");
        if (!allows(s->armed, write))
            return fail(Code::Forbidden, "Connection " + connection + " observes only; arm it with: arm " + connection + " --allow " + what);
        return s;
    }
    Result<Decision> operator()(const TrackAction &c) const
    {
        const auto meant = openReview(state, c.incident);
        if (!meant)
            return tl::unexpected(meant.error());
        const Action *a = actionNumbered(*meant, c.action);
        if (!a)
            return fail(Code::NotFound, "The review of " + (*meant)->id + " has no action " + std::to_string(c.action) + ".");
        return tracked(**meant, *a, c.connection, c.key);
    }
    [[nodiscard]] Result<Decision> tracked(const Incident &i, const Action &a, const std::string &connection, const std::string &key) const
    {
        const std::string id = "action/" + std::to_string(a.number);
        if (connection.empty()) {
            if (a.tracked.connection.empty())
                return fail(Code::Conflict, "The action is in no tracker.");
            return Decision{{events::ActionTracked{i.id, {}, {}, {}, a.number, by}}, id, {}};
        }
        if (!a.tracked.connection.empty())
            return fail(Code::Conflict, "The action is " + a.tracked.key + " in " + a.tracked.connection + " already; let go of it first, without a connection.");
        const state::Source *s = state.source(connection);
        if (!key.empty()) { // one that is there: it is read, which needs no leave to write
            if (!s || !isTracker(s->connection.kind))
                return tl::unexpected(s ? Error{Code::Invalid, "Connection " + connection + " keeps no issues.", {}} : Error{Code::NotFound, "There is no connection \"" + safeLine(connection, 60) + "\".", {}});
            if (!isIssueKey(s->connection.kind, key))
                return fail(Code::Invalid, s->connection.kind == "jira" ? "An issue of Jira is named by its key: SHOP-12." : "An issue is named by its number there: 12.");
            const events::OutboxQueued asItIs = issueOf(state, i, a); // what is not changed here from now on stays as it is there
            return Decision{{events::ActionTracked{i.id, connection, key, {}, a.number, by, hashOfIssueText(asItIs.title), {}, asItIs.due}}, id, {}};
        }
        if (const auto may = armed(connection, Write::Issues, "issues"); !may)
            return tl::unexpected(may.error());
        if (i.isDrill())
            return fail(Code::Conflict, i.id + " is a " + i.kind + "; nothing of it is written outside.");
        events::OutboxQueued what = issueOf(state, i, a);
        if (isOnItsWay(state, Effect::TrackIssue, i.id, what.subject))
            return fail(Code::Conflict, "The issue is on its way already; `get deliveries` shows how far it is.");
        what.effect = Effect::TrackIssue;
        what.connection = connection;
        what.address = review::accountAt(*state.workspace, a.owner, connection);
        what.because = {"action/tracked", {by.person + " asked for it"}, {}};
        const bool isGiven = a.owner.empty() || !what.address.empty();
        Decision d{{std::move(what)}, id, {}};
        if (!isGiven)
            d.notes.push_back("Nobody is given it there: people.toml does not say who " + state.workspace->nameOf(a.owner) + " is at " + connection + " (accounts).");
        return d;
    }
    Result<Decision> operator()(const PublishReview &c) const
    {
        if (const auto may = armed(c.connection, Write::Publish, "publish"); !may)
            return tl::unexpected(may.error());
        const auto what = publishable(state, c.incident, c.audience, by.person);
        if (!what)
            return tl::unexpected(what.error());
        if (!what->leaks.empty())
            return fail(Code::Forbidden, review::refusalOf(what->leaks));
        const Incident &i = *state.incident(what->rendition.incident);
        events::OutboxQueued out = pageOf(state, i, what->rendition, c.connection, by.person);
        out.because = {"review/published", {by.person + " asked for it"}, {}};
        const auto waiting = std::find_if(state.outbox.begin(), state.outbox.end(), [&](const auto &o) { return isPageOnItsWay(o.second, i.id) && o.second.what.subject == out.subject; });
        if (waiting != state.outbox.end()) {
            const events::OutboxQueued &before = waiting->second.what;
            if (before.connection != out.connection || readsAs(out, before))
                return fail(Code::Conflict, "A page for " + c.audience + " is on its way already; `get deliveries` shows how far it is.");
            out.instead = waiting->first;
        }
        return Decision{{std::move(out)}, i.id, {}};
    }
    template <typename Other>
    Result<Decision> operator()(const Other &) const
    {
        return fail(Code::Internal, "This command is about no tracker.");
    }
};

} // namespace

events::OutboxQueued issueOf(const State &state, const Incident &i, const Action &a)
{
    events::OutboxQueued out;
    out.incident = i.id;
    out.action = a.number;
    out.title = safeLine(a.text, kIssueTitleBytes);
    out.text = a.text + "\n\nFollows from " + i.id + ": " + i.title + "\n";
    if (!a.verification.empty())
        out.text += "\nIt works when: " + a.verification + "\n";
    if (!a.owner.empty())
        out.text += "\nOwner: " + state.workspace->nameOf(a.owner) + "\n";
    if (a.due)
        out.text += "\nDue: " + toRfc3339(a.due).substr(0, 10) + "\n";
    out.due = a.due;
    out.closed = !a.isOpen();
    out.isDropped = a.state == ActionState::Dropped;
    out.subject = "action/" + std::to_string(a.number);
    return out;
}

std::string pageBefore(const State &state, const Incident &incident, std::string_view connection, std::string_view audience)
{
    const state::Source *s = state.source(connection);
    const std::string now = s ? state::projectOf(s->connection) : std::string();
    const std::string begin = std::string(connection) + "/";
    for (auto p = incident.review.publications.rbegin(); p != incident.review.publications.rend(); ++p)
        if (p->format == kLibraryFormat && p->audience == audience && p->where.starts_with(begin) && (p->place.empty() || p->place == now))
            return p->where.substr(begin.size(), p->where.find(' ') - begin.size());
    return {};
}

events::Events tellTracker(const State &state, const events::ActionKept &e)
{
    const Incident *i = state.incident(e.incident);
    const Action *a = actionNumbered(i, e.action);
    return a ? updateOf(state, *i, *a, std::nullopt) : events::Events{};
}

events::Events tellTracker(const State &state, const events::ActionTurned &e)
{
    const Incident *i = state.incident(e.incident);
    const Action *a = actionNumbered(i, e.action);
    return a && review::isClosedThere(state, *i, *a) == a->isOpen() ? updateOf(state, *i, *a, !a->isOpen()) : events::Events{};
}

events::Events writePagesAnew(const State &state, const std::string &incident)
{
    events::Events out;
    const Incident *i = state.incident(incident);
    for (const auto &[number, o] : state.outbox) {
        if (!i || !isPageOnItsWay(o, incident))
            continue;
        const auto what = publishable(state, incident, o.what.audience, o.what.person);
        if (!what || !what->leaks.empty()) {
            const std::string why = what ? "the leak check stops at " + std::to_string(what->leaks.size()) + (what->leaks.size() == 1 ? " place" : " places") + " in it" : what.error().message;
            events::WriteWithheld withheld{Effect::PublishReview, o.what.connection, incident, o.what.person, o.what.title,
                                           "the review was written otherwise before its page for " + o.what.audience + " went out, and as it reads now it may not: " + why + "; mend it and publish it again"};
            withheld.instead = number;
            out.emplace_back(std::move(withheld));
            continue;
        }
        events::OutboxQueued now = pageOf(state, *i, what->rendition, o.what.connection, o.what.person);
        if (readsAs(now, o.what))
            continue;
        now.instead = number;
        now.because = {"review/rewritten", {"it was written otherwise before it went out"}, {}};
        out.emplace_back(std::move(now));
    }
    return out;
}

events::Events arrivedThere(const State &state, const events::OutboxMoved &e)
{
    const auto it = state.outbox.find(e.number);
    if (it == state.outbox.end() || e.delivery != Delivery::Confirmed)
        return {};
    const events::OutboxQueued &what = it->second.what;
    const std::string &said = it->second.messageId, key = safeLine(said.substr(0, said.find(' ')), kIssueKeyBytes), url = addressIn(said);
    const Incident *i = state.incident(what.incident);
    if (!i || key.empty())
        return {};
    if (what.effect == Effect::TrackIssue) {
        const Action *a = actionNumbered(i, what.action);
        if (!a || !a->tracked.connection.empty())
            return {};
        const std::string toldTitle = hashOfIssueText(what.title), toldText = hashOfIssueText(what.text);
        events::Events out{events::ActionTracked{what.incident, what.connection, key, url, what.action, {"core", Path::Own}, toldTitle, toldText, what.due}};
        // What was changed meanwhile is told now; an issue is open when it is made.
        Action there = *a;
        there.tracked.connection = what.connection;
        there.tracked.key = key;
        there.tracked.toldTitle = toldTitle;
        there.tracked.toldText = toldText;
        there.tracked.toldDue = what.due;
        const events::OutboxQueued now = issueOf(state, *i, there);
        if (!toBeGiven(state, *i, there).empty() || now.closed || now.title != what.title || now.text != what.text || now.due != what.due)
            for (events::Event &update : updateOf(state, *i, there, now.closed ? std::optional(true) : std::nullopt))
                out.push_back(std::move(update));
        return out;
    }
    if (what.effect == Effect::PublishReview && i->review.publications.size() < state::kPublicationsKept)
        return {events::ReviewPublished{what.incident, what.audience, std::string(kLibraryFormat), what.connection + "/" + key + (url.empty() ? "" : " " + url), sha256Hex(what.text),
                                        static_cast<std::uint32_t>(i->review.publications.size() + 1), {what.person, Path::Person}}};
    return {};
}

Result<> soundTracker(const Connection &k)
{
    if (!isTracker(k.kind) && !isLibrary(k.kind))
        return {};
    constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~/";
    const std::string what = k.kind == "github" ? "its repository, OWNER/NAME" : k.kind == "gitlab" ? "its project's path, GROUP/NAME" : k.kind == "jira" ? "its project's key" : "its space's key";
    if (k.secretFile.empty() || k.path.empty() || k.path.find_first_not_of(kPlain) != std::string::npos || k.path.find("..") != std::string::npos)
        return fail(Code::Invalid, "A connection of kind " + k.kind + " needs " + what + " (--path), and the file of a token.");
    if (k.kind == "github" && (k.path.find('/') == std::string::npos || k.path.find('/') != k.path.rfind('/')))
        return fail(Code::Invalid, "A repository at GitHub is OWNER/NAME.");
    if (k.user != safeLine(k.user, 254))
        return fail(Code::Invalid, "The account is one line.");
    if (!k.issueType.empty() && (k.kind != "jira" || k.issueType != safeLine(k.issueType, kIssueTypeBytes)))
        return fail(Code::Invalid, k.kind == "jira" ? "What an action becomes in Jira is one of its types of issue, in one line: Task, Bug." : "Only Jira has types of issue.");
    if (!k.url.starts_with("https://") && !namesThisMachine(k.url))
        return fail(Code::Invalid, "A token goes out over TLS only: give it an https:// address.");
    return {};
}

Result<> mayBeSetTo(const State &state, const Connection &k)
{
    const std::string place = state::projectOf(k);
    std::size_t tracked = 0;
    std::string first;
    for (const auto &[number, i] : state.incidents)
        for (const Action &a : i.review.actions)
            if (a.tracked.connection == k.name && !a.tracked.place.empty() && a.tracked.place != place && tracked++ == 0)
                first = i.id + " " + std::to_string(a.number);
    if (tracked > 0)
        return fail(Code::Conflict, std::to_string(tracked) + (tracked == 1 ? " action is an issue" : " actions are issues") + " where " + k.name + " was set to before; at another place their numbers are other people's issues. Choose another name, or let go of them first: quarterdeckctl review track "
                                        + first + " --release");
    const state::Source *before = state.source(k.name);
    const auto waiting = std::count_if(state.outbox.begin(), state.outbox.end(), [&](const auto &o) { return o.second.what.connection == k.name && events::isOfReview(o.second.what.effect) && mayArrive(o.second); });
    if (before && waiting > 0 && state::projectOf(before->connection) != place)
        return fail(Code::Conflict, std::to_string(waiting) + (waiting == 1 ? " write is" : " writes are") + " on the way to where " + k.name + " is set to; wait until `get deliveries` shows none, or choose another name.");
    return {};
}

Result<Decision> decideTracked(const State &state, const Incident &incident, const Action &action, const std::string &connection, const std::string &key, const events::Actor &by)
{
    return DecidingTracking{state, by}.tracked(incident, action, connection, key);
}

Result<Decision> decideTracking(const State &state, const Command &command, const events::Actor &by)
{
    return visit(DecidingTracking{state, by}, command);
}

} // namespace qd::desk
