// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"

#include "core/base/safetext.h"
#include "core/triage/heartbeats.h"
#include "core/triage/shelfcap.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace qd::desk {

using events::SuppressorKind;
using state::State;

namespace {

constexpr std::size_t kMatchersLimit = 50;
constexpr std::size_t kGroupsLimit = 10'000;
constexpr std::size_t kNamedLimit = 200;
constexpr Span kSnoozeLimit = hours(24), kHoldLimit = hours(24);
constexpr Span kAheadLimit = hours(24 * 90); ///< how long before its beginning a window may be planned

Result<std::string> reasonOf(const std::string &raw, const char *what)
{
    std::string reason = safeText(raw, kTextLimit);
    if (reason.find_first_not_of(" \t\n") == std::string::npos)
        return fail(Code::Invalid, std::string(what) + " needs a reason; it is shown to everybody who wonders.");
    return reason;
}

struct DecidingSuppression {
    const State &state;
    const events::Actor &by;
    Instant now;

    Result<Decision> operator()(const CreateSilence &c) const
    {
        const auto reason = reasonOf(c.reason, "A silence");
        if (!reason)
            return tl::unexpected(reason.error());
        const auto span = spanOf(c.duration, kSilenceLimit, "A silence lasts between 1s and 30d; say how long: 2h.");
        if (!span)
            return tl::unexpected(span.error());
        auto matchers = matchersOf(c.matchers);
        if (!matchers)
            return tl::unexpected(matchers.error());
        if (matchers->empty())
            return fail(Code::Invalid, "A silence needs at least one matcher, such as alertname=\"DiskFull\".");
        events::SuppressionPlaced e;
        e.kind = SuppressorKind::Silence;
        e.matchers = std::move(*matchers);
        e.until = now + *span;
        e.reason = *reason;
        return placed({std::move(e)});
    }
    Result<Decision> operator()(const ShelveAlerts &c) const
    {
        const auto reason = reasonOf(c.reason, "A shelf");
        if (!reason)
            return tl::unexpected(reason.error());
        if (c.duration.empty() && !c.oneShot)
            return fail(Code::Invalid, "Say how long it is shelved (such as 10m), or that it is until the alert clears (one-shot).");
        const auto asked = c.duration.empty() ? Result<Span>(Span{}) : spanOf(c.duration, hours(24), "A shelf lasts between 1s and 24h, less for what is severe.");
        if (!asked)
            return tl::unexpected(asked.error());
        if (const auto firing = allFiring(c.alerts, "shelve"); !firing)
            return tl::unexpected(firing.error());
        // One shelf for all of a selection; where its length is what the severity allows, one for each severity.
        std::map<Span, events::SuppressionPlaced> shelves;
        for (const std::string &key : c.alerts) {
            const AlertSeverity severity = state.alert(key)->severity;
            const Span cap = triage::shelfCap(severity);
            if (*asked > cap)
                return fail(Code::Invalid, "An alert of severity " + std::string(word(severity)) + " is shelved for at most " + toText(cap) + "; " + toText(*asked)
                                               + " was asked for (" + key + ").");
            const Span length = asked->ns > 0 ? *asked : cap;
            events::SuppressionPlaced &e = shelves[length];
            e.kind = SuppressorKind::Shelf;
            e.keys.push_back(key);
            e.until = now + length;
            e.oneShot = c.oneShot;
            e.reason = *reason;
        }
        std::vector<events::SuppressionPlaced> all;
        for (auto &[length, e] : shelves)
            all.push_back(std::move(e));
        return placed(std::move(all));
    }
    Result<Decision> operator()(const SnoozeAlerts &c) const
    {
        const auto span = spanOf(c.duration, kSnoozeLimit, "A snooze lasts between 1s and 24h.");
        if (!span)
            return tl::unexpected(span.error());
        if (const auto firing = allFiring(c.alerts, "snooze"); !firing)
            return tl::unexpected(firing.error());
        events::AlertsAssigned mine{{}, by.person, by};
        for (const std::string &key : c.alerts) {
            const std::string_view owner = state.text(state.alert(key)->owner);
            if (owner.empty())
                mine.keys.push_back(key);
            else if (owner != by.person)
                return fail(Code::Conflict, "Alert " + key + " is " + state.workspace->nameOf(owner) + "'s; a snooze postpones one's own. Assign it to yourself, or shelve it.");
        }
        events::SuppressionPlaced e;
        e.kind = SuppressorKind::Snooze;
        e.keys = c.alerts;
        e.until = now + *span;
        e.reason = safeText(c.reason, kTextLimit);
        auto d = placed({std::move(e)});
        if (d && !mine.keys.empty())
            d->events.insert(d->events.begin(), std::move(mine));
        return d;
    }
    Result<Decision> operator()(const HoldAlerts &c) const
    {
        const auto reason = reasonOf(c.reason, "A hold");
        if (!reason)
            return tl::unexpected(reason.error());
        const auto span = spanOf(c.duration, kHoldLimit, "A hold lasts between 1s and 24h; say how long: 30m.");
        if (!span)
            return tl::unexpected(span.error());
        if (const auto firing = allFiring(c.alerts, "hold"); !firing)
            return tl::unexpected(firing.error());
        events::SuppressionPlaced e;
        e.kind = SuppressorKind::Held;
        e.keys = c.alerts;
        e.until = now + *span;
        e.reason = *reason;
        return placed({std::move(e)});
    }
    Result<Decision> operator()(const KeepSuppression &c) const
    {
        const auto *s = state.suppressors.find(c.id);
        if (!s && keptElsewhere(state, c.id))
            return keepAtSource(state, c, by, now);
        if (!s || !s->stands())
            return fail(s ? Code::Conflict : Code::NotFound, s ? c.id + " is over already: " + s->outcome + "."
                                                               : "Nothing that a person placed is called " + safeLine(c.id, kNamedLimit) + "; `get silences` and `get shelves` list them.");
        events::SuppressionKept e{c.id, {}, safeText(c.reason, kTextLimit), {}, by};
        if (!c.until.empty()) {
            const auto span = parseSpan(c.until);
            const auto at = span ? Result<Instant>(now + *span) : parseInstant(c.until);
            if (!at)
                return fail(Code::Invalid, "\"" + safeLine(c.until, 60) + "\" is no time; write 2h, or 2026-12-01T12:00:00Z.");
            const Span most = s->kind == SuppressorKind::Silence || s->kind == SuppressorKind::Window ? kSilenceLimit : hours(24);
            if (*at <= now || *at - now > most)
                return fail(Code::Invalid, c.id + " is kept for between 1s and " + toText(most) + " from now; end it to let it be heard.");
            if (*at <= s->from)
                return fail(Code::Invalid, c.id + " begins at " + toRfc3339(s->from) + " only; keep it as it is, until later than that, or end it.");
            if (s->kind == SuppressorKind::Shelf)
                for (const std::string &key : s->keys)
                    if (const auto *a = state.alert(key); a && *at - s->from > triage::shelfCap(a->severity))
                        return fail(Code::Invalid, "An alert of severity " + std::string(word(a->severity)) + " is shelved for at most " + toText(triage::shelfCap(a->severity)) + " (" + key + "); shelve it anew.");
            e.until = *at;
        }
        if (!c.owner.empty()) {
            if (!state.workspace->person(c.owner) && !state.workspace->team(c.owner) && c.owner != by.person)
                return fail(Code::NotFound, "There is no person or team \"" + safeLine(c.owner, 60) + "\" in the workspace.");
            e.owner = c.owner;
        }
        if (!e.until && e.owner.empty())
            return fail(Code::Invalid, "Say until when " + c.id + " is kept, or who answers for it.");
        return Decision{{std::move(e)}, c.id, {}};
    }
    Result<Decision> operator()(const PlanMaintenance &c) const
    {
        const auto reason = reasonOf(c.reason, "A maintenance window");
        if (!reason)
            return tl::unexpected(reason.error());
        events::SuppressionPlaced e;
        e.kind = SuppressorKind::Window;
        e.from = now;
        e.reason = *reason;
        for (const auto &[text, to] : {std::pair<const std::string &, Instant *>{c.from, &e.from}, {c.until, &e.until}})
            if (!text.empty()) {
                const auto t = parseInstant(text);
                if (!t)
                    return tl::unexpected(t.error());
                *to = *t;
            }
        if (c.until.empty() == c.duration.empty())
            return fail(Code::Invalid, "Say when the window ends: either until, or a duration.");
        if (!c.duration.empty()) {
            const auto span = spanOf(c.duration, kSilenceLimit, "A maintenance window lasts between 1s and 30d.");
            if (!span)
                return tl::unexpected(span.error());
            e.until = e.from + *span;
        }
        if (e.until <= e.from || e.until <= now || e.until - e.from > kSilenceLimit || e.from - now > kAheadLimit)
            return fail(Code::Invalid, "A maintenance window ends after it begins and after now, lasts at most 30d, and begins within 90d.");
        auto matchers = matchersOf(c.matchers);
        if (!matchers)
            return tl::unexpected(matchers.error());
        e.matchers = std::move(*matchers);
        Decision notes;
        if (!c.service.empty()) {
            e.service = safeLine(c.service, kNamedLimit);
            if (const Service *s = state.workspace->service(e.service))
                e.service = s->id;
            else if (const std::string note = unknownService(*state.workspace, e.service); !note.empty())
                notes.notes.push_back(note);
        }
        if (e.service.empty() && e.matchers.empty())
            return fail(Code::Invalid, "A maintenance window needs a service, or at least one matcher.");
        if (!c.owner.empty()) {
            if (!state.workspace->person(c.owner) && !state.workspace->team(c.owner))
                return fail(Code::NotFound, "There is no person or team \"" + safeLine(c.owner, 60) + "\" in the workspace.");
            e.owner = c.owner;
        }
        auto d = placed({std::move(e)});
        if (d)
            d->notes = std::move(notes.notes);
        return d;
    }
    Result<Decision> operator()(const EndSuppression &c) const
    {
        if (c.ids.empty() || c.ids.size() > kAlertsLimit)
            return fail(Code::Invalid, "Name between 1 and 10,000 silences, shelves, snoozes, windows or alerts.");
        Decision d;
        std::map<std::string, std::vector<std::string>> alerts; // by what covers them
        std::unordered_map<std::string_view, std::vector<const state::Suppressor *>> covering;
        for (const auto &s : state.suppressors.all)
            if (s.stands())
                for (const std::string &key : s.keys)
                    covering[key].push_back(&s);
        const std::string reason = safeText(c.reason, kTextLimit);
        for (const std::string &id : c.ids) {
            if (const auto *s = state.suppressors.find(id)) {
                if (!s->stands())
                    return fail(Code::Conflict, id + " is over already: " + s->outcome + ".");
                d.events.emplace_back(events::SuppressionEnded{id, {}, reason, by});
                continue;
            }
            if (id.starts_with("maintenance/") || id.starts_with("interval/") || id.starts_with("inhibition/"))
                return fail(Code::Invalid, id + " is part of the workspace; change it there.");
            const auto found = covering.find(id);
            if (found != covering.end())
                for (const auto *s : found->second)
                    alerts[s->id].push_back(id);
            else
                return fail(Code::NotFound, "Nothing that a person placed is called " + safeLine(id, kNamedLimit) + ", and it is no alert on a shelf or snoozed; `get silences` and `get shelves` list them.");
        }
        for (auto &[id, keys] : alerts)
            d.events.emplace_back(events::SuppressionEnded{id, std::move(keys), reason, by});
        d.id = c.ids.front();
        return d;
    }
    Result<Decision> operator()(const MuteHeartbeat &c) const
    {
        if (!state.workspace->heartbeat(c.heartbeat))
            return fail(Code::NotFound, "There is no heartbeat \"" + safeLine(c.heartbeat, 60) + "\" in the workspace; `heartbeat list` names them.");
        const auto reason = reasonOf(c.reason, "A mute");
        if (!reason)
            return tl::unexpected(reason.error());
        const auto span = spanOf(c.duration, kSilenceLimit, "A heartbeat is muted for between 1s and 30d; say how long: 2h.");
        if (!span)
            return tl::unexpected(span.error());
        events::SuppressionPlaced e;
        e.kind = SuppressorKind::Silence;
        e.matchers = triage::muteMatchers(c.heartbeat);
        e.until = now + *span;
        e.reason = *reason;
        auto d = placed({std::move(e)});
        if (const auto *mute = triage::muteOf(state, c.heartbeat); d && mute)
            d->events.emplace_back(events::SuppressionEnded{mute->id, {}, "replaced by " + d->id, by}); // after it, so that nothing is announced between
        return d;
    }
    Result<Decision> operator()(const UnmuteHeartbeat &c) const
    {
        Decision d;
        for (const auto &s : state.suppressors.all)
            if (s.stands() && triage::isMute(s, c.heartbeat))
                d.events.emplace_back(events::SuppressionEnded{s.id, {}, safeText(c.reason, kTextLimit), by});
        if (d.events.empty())
            return fail(state.workspace->heartbeat(c.heartbeat) ? Code::Conflict : Code::NotFound, "Heartbeat \"" + safeLine(c.heartbeat, 60) + "\" is not muted.");
        d.id = c.heartbeat;
        return d;
    }
    Result<Decision> operator()(const SplitGroup &c) const
    {
        if (const auto firing = allFiring(c.alerts, "split off"); !firing)
            return tl::unexpected(firing.error());
        std::string name = safeLine(c.group, kNamedLimit);
        if (name.empty()) {
            const std::string base(state.text(state.alert(c.alerts.front())->group));
            for (int n = 2; name.empty() || isFiring(name); ++n)
                name = base + " (" + std::to_string(n) + ")";
        }
        return Decision{{events::AlertsRegrouped{c.alerts, name, reasonOf(c.reason, "A split").value_or(std::string()), {}, by}}, name, {}};
    }
    Result<Decision> operator()(const MergeGroups &c) const
    {
        const auto reason = reasonOf(c.reason, "A merge");
        if (!reason)
            return tl::unexpected(reason.error());
        if (c.groups.empty() || c.groups.size() > kGroupsLimit)
            return fail(Code::Invalid, "Name between 1 and 10,000 groups to merge.");
        const std::string into = safeLine(c.into, kNamedLimit);
        events::AlertsRegrouped e{{}, into, *reason, {}, by};
        for (const std::string &group : c.groups) {
            if (!isFiring(group))
                return fail(Code::NotFound, "No alert of a group \"" + safeLine(group, kNamedLimit) + "\" fires; `get groups` lists them. What is over absorbs nothing and is not merged.");
            if (group != into)
                e.merged.push_back(group);
        }
        if (e.merged.empty())
            return fail(Code::Invalid, "A group is merged into another one.");
        const std::set<std::string_view> merged(e.merged.begin(), e.merged.end());
        for (const auto &a : state.alerts.all)
            if (a.status == AlertStatus::Firing && merged.contains(state.text(a.group)))
                e.keys.push_back(state.key(a));
        if (!isFiring(into) && std::find(c.groups.begin(), c.groups.end(), into) == c.groups.end() && state.symbols.find(into) != 0
            && state.alerts.groups.contains(state.symbols.find(into)))
            return fail(Code::Conflict, "Group \"" + into + "\" is over; it absorbs nothing. Merge into one that fires, or into a new name.");
        return Decision{{std::move(e)}, into, {}};
    }
    template <typename Other>
    Result<Decision> operator()(const Other &) const
    {
        return fail(Code::Internal, "This command keeps nothing quiet.");
    }

    Result<Span> spanOf(const std::string &text, Span most, const char *range) const
    {
        if (text.empty())
            return fail(Code::Invalid, range);
        const auto span = parseSpan(text);
        if (!span)
            return span;
        if (span->ns == 0 || *span > most)
            return fail(Code::Invalid, range);
        return span;
    }
    Result<std::vector<Matcher>> matchersOf(const std::vector<Matcher> &given) const
    {
        if (given.size() > kMatchersLimit)
            return fail(Code::Invalid, "More than 50 matchers; use fewer.");
        for (const Matcher &m : given)
            if (m.name.empty())
                return fail(Code::Invalid, "A matcher needs the name of a label.");
        const auto made = triage::MatcherSet::make(given);
        if (!made)
            return tl::unexpected(made.error());
        // As Alertmanager has it: what also matches alerts without any of the labels would match nearly everything.
        const auto &all = made->matchers();
        for (std::size_t i = 0; i < all.size(); ++i)
            if (!made->holdsOne(i, ""))
                return given;
        if (given.empty())
            return given;
        return fail(Code::Invalid, "At least one matcher must need its label: these also match alerts that have none of them.");
    }
    Result<> allFiring(const Strings &keys, const char *what) const
    {
        if (keys.empty() || keys.size() > kAlertsLimit)
            return fail(Code::Invalid, std::string("Name between 1 and 10,000 alerts to ") + what + ".");
        for (const std::string &key : keys) {
            const auto *a = state.alert(key);
            if (!a)
                return fail(Code::NotFound, "There is no alert " + safeLine(key, kNamedLimit) + "; `get alerts` lists the keys.");
            if (a->status == AlertStatus::Resolved)
                return fail(Code::Conflict, "Alert " + key + " is resolved; there is nothing to " + what + ".");
        }
        return {};
    }
    bool isFiring(const std::string &group) const
    {
        const Symbol name = state.symbols.find(group);
        const auto it = name == 0 ? state.alerts.groups.end() : state.alerts.groups.find(name);
        return it != state.alerts.groups.end() && it->second.firing > 0;
    }
    /// Gives numbers and owners.
    Result<Decision> placed(std::vector<events::SuppressionPlaced> all) const
    {
        const auto standing = static_cast<std::size_t>(std::count_if(state.suppressors.all.begin(), state.suppressors.all.end(), [](const auto &s) { return s.stands(); }));
        if (standing + all.size() > state::Suppressors::kStandingLimit)
            return fail(Code::TooLarge, "1,000 silences, shelves, snoozes and windows stand already; end some first.");
        Decision d;
        std::uint32_t number = state.suppressors.last;
        for (events::SuppressionPlaced &e : all) {
            e.number = ++number;
            e.by = by;
            if (e.owner.empty())
                e.owner = by.person;
            if (!e.from)
                e.from = now;
            if (d.id.empty())
                d.id = std::string(events::word(e.kind)) + "/" + std::to_string(e.number);
            d.events.emplace_back(std::move(e));
        }
        return d;
    }
};

} // namespace

Result<Decision> decideSuppression(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    return visit(DecidingSuppression{state, by, now}, command);
}

Result<Decision> decideOwnSilence(const State &state, const CreateSilence &command, const events::Actor &by, Instant now)
{
    return DecidingSuppression{state, by, now}(command);
}

} // namespace qd::desk
