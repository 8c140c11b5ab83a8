// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"

#include "core/base/safetext.h"

#include <algorithm>
#include <boost/json.hpp>

/// Silences that an Alertmanager keeps: made, kept for another time or by somebody else, ended. What is written is the outbox's; the list the
/// connection reads says what became of it.
namespace qd::desk {

using state::State;

namespace {

boost::json::array matchersJson(const std::vector<Matcher> &matchers)
{
    boost::json::array out;
    for (const Matcher &m : matchers)
        out.push_back(boost::json::object{{"name", m.name}, {"value", m.value}, {"isRegex", m.isRegex}, {"isEqual", m.isEqual}});
    return out;
}

Decision written(const State &state, const std::string &connection, events::Effect effect, std::string text, std::string subject, const events::Actor &by)
{
    events::OutboxQueued e;
    e.effect = effect;
    e.connection = connection;
    e.text = std::move(text);
    e.subject = std::move(subject);
    e.person = by.person;
    e.because = {"asked", {by.person + " asked for it"}, {}};
    return Decision{{std::move(e)}, "outbox/" + std::to_string(state.lastOutbox + 1)};
}

Result<const state::Source *> armedForSilences(const State &state, const std::string &name)
{
    const auto *s = state.source(name);
    if (!s)
        return fail(Code::NotFound, "There is no connection \"" + safeLine(name, 60) + "\"; `get sources` lists them.");
    if (!allows(ableTo(s->connection.kind), Write::Silences))
        return fail(Code::Invalid, "Connection " + name + " is of kind " + s->connection.kind + "; silences are kept by an alertmanager.");
    if (!allows(s->armed, Write::Silences))
        return fail(Code::Forbidden, "Connection " + name + " observes only; arm it first: arm " + name + " --allow silences");
    return s;
}

/// What a person may keep a silence for at most, from now on.
Result<Instant> untilOf(const std::string &text, Instant now)
{
    const auto span = parseSpan(text);
    const auto at = span ? Result<Instant>(now + *span) : parseInstant(text);
    if (!at)
        return fail(Code::Invalid, "\"" + safeLine(text, 60) + "\" is no time; write 2h, or 2026-12-01T12:00:00Z.");
    if (*at <= now || *at - now > kSilenceLimit)
        return fail(Code::Invalid, "A silence is kept for between 1s and 30d from now; end it to let its alerts be heard.");
    return at;
}

} // namespace

const events::Silence *keptElsewhere(const State &state, std::string_view id, const state::Source **keeper)
{
    for (const state::Source &source : state.sources) {
        const std::string &name = source.connection.name;
        if (id.size() <= name.size() + 1 || !id.starts_with(name) || id[name.size()] != '/')
            continue;
        for (const events::Silence &silence : source.silences)
            if (id.substr(name.size() + 1) == silence.id) {
                if (keeper)
                    *keeper = &source;
                return &silence;
            }
    }
    return nullptr;
}

Result<Decision> silenceAtSource(const State &state, const CreateSilence &c, const events::Actor &by, Instant now)
{
    const auto s = armedForSilences(state, c.source);
    if (!s)
        return tl::unexpected(s.error());
    const auto span = parseSpan(c.duration);
    if (!span)
        return tl::unexpected(span.error());
    if (span->ns == 0 || *span > kSilenceLimit)
        return fail(Code::Invalid, "A silence lasts between 1s and 30d.");
    if (c.matchers.empty())
        return fail(Code::Invalid, "A silence needs at least one matcher, such as alertname=\"DiskFull\".");
    if (c.reason.empty())
        return fail(Code::Invalid, "A silence needs a reason; it is shown to everybody who wonders.");
    const boost::json::object body{{"matchers", matchersJson(c.matchers)},
                                   {"startsAt", toRfc3339(now)},
                                   {"endsAt", toRfc3339(now + *span)},
                                   {"createdBy", by.person},
                                   {"comment", safeText(c.reason, kTextLimit)}};
    return written(state, c.source, events::Effect::Silence, boost::json::serialize(body), "silence", by);
}

Result<Decision> expireAtSource(const State &state, const ExpireSilence &c, const events::Actor &by)
{
    const auto s = armedForSilences(state, c.source);
    if (!s)
        return tl::unexpected(s.error());
    const auto &list = (*s)->silences;
    if (std::none_of(list.begin(), list.end(), [&](const auto &x) { return x.id == c.silence; }))
        return fail(Code::NotFound, "Connection " + c.source + " knows no silence " + safeLine(c.silence, 60) + ".");
    return written(state, c.source, events::Effect::ExpireSilence, c.silence, "silence/" + c.silence, by);
}

Result<Decision> keepAtSource(const State &state, const KeepSuppression &c, const events::Actor &by, Instant now)
{
    const state::Source *source = nullptr;
    const events::Silence *silence = keptElsewhere(state, c.id, &source);
    if (!silence)
        return fail(Code::NotFound, "No connection keeps a silence " + safeLine(c.id, 100) + "; `get silences` lists them.");
    if (silence->state == "expired")
        return fail(Code::Conflict, c.id + " is over already.");
    if (const auto armed = armedForSilences(state, source->connection.name); !armed)
        return tl::unexpected(armed.error());
    if (c.until.empty() && c.owner.empty())
        return fail(Code::Invalid, "Say until when " + c.id + " is kept, or who answers for it.");
    const auto until = c.until.empty() ? Result<Instant>(silence->endsAt) : untilOf(c.until, now);
    if (!until)
        return tl::unexpected(until.error());
    if (*until <= silence->startsAt)
        return fail(Code::Invalid, c.id + " begins at " + toRfc3339(silence->startsAt) + " only; keep it until later than that, or end it.");
    if (!c.owner.empty() && !state.workspace->person(c.owner) && !state.workspace->team(c.owner) && c.owner != by.person)
        return fail(Code::NotFound, "There is no person or team \"" + safeLine(c.owner, 60) + "\" in the workspace.");
    // With its id the Alertmanager changes the silence it has, instead of making another.
    const boost::json::object body{{"id", silence->id},
                                   {"matchers", matchersJson(silence->matchers)},
                                   {"startsAt", toRfc3339(silence->startsAt)},
                                   {"endsAt", toRfc3339(*until)},
                                   {"createdBy", c.owner.empty() ? silence->createdBy : c.owner},
                                   {"comment", silence->comment}};
    return written(state, source->connection.name, events::Effect::Silence, boost::json::serialize(body), "silence/" + silence->id, by);
}

} // namespace qd::desk
