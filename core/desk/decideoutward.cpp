// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"
#include "core/comms/outward.h"
#include "core/comms/redline.h"
#include "core/desk/outwardtexts.h"
#include "core/model/marking.h"

#include <algorithm>

/// Texts for outside: drafted, approved, released; what was put somewhere by hand; what is pinned.
namespace qd::desk {

using state::Incident;
using state::OutwardMessage;
using state::State;

namespace {

constexpr std::size_t kMessagesLimit = 200, kUrlBytes = 2000, kTellLimit = 20;

bool isHttp(const std::string &url)
{
    return (url.starts_with("https://") || url.starts_with("http://")) && url.find_first_of(" \t\n\"<>") == std::string::npos && url.size() > 8;
}

struct DecidingOutward {
    const State &state;
    const events::Actor &by;
    Instant now;

    /// One that goes on, was just resolved (people are told that it is), or is reviewed: what is learnt of it is told afterwards.
    Result<const Incident *> openIncident(const std::string &id) const { return takingTexts(incidentMeant(state, id)); }
    static Result<const Incident *> takingTexts(Result<const Incident *> i)
    {
        if (i && !comms::takesTexts(**i))
            return tl::unexpected(notOpen(**i));
        return i;
    }

    /// The message meant; 0: the only one that is open.
    static Result<const OutwardMessage *> messageMeant(const Incident &incident, std::uint32_t number)
    {
        const OutwardMessage *found = nullptr;
        for (const OutwardMessage &m : incident.outward) {
            if (m.versions.empty() || (number != 0 ? m.number != number : !m.isOpen()))
                continue;
            if (found)
                return fail(Code::Conflict, "More than one message of " + incident.id + " is open; say which: " + std::to_string(found->number) + " or " + std::to_string(m.number) + ".");
            found = &m;
        }
        if (!found)
            return fail(Code::NotFound, number != 0 ? incident.id + " has no message " + std::to_string(number) + "; `get messages` lists them." : "No message of " + incident.id + " is open.");
        return found;
    }

    /// Whether so much of a hash names one text; nothing said is nothing named.
    static Result<void> areDigitsEnough(const std::string &hash)
    {
        if (!hash.empty() && hash.size() < kHashDigitsMeant)
            return fail(Code::Invalid, "So few digits may be any text's: give " + std::to_string(kHashDigitsMeant) + " or more of its hash.");
        return {};
    }

    /// Whether a word on a message is one on the text that whoever says it has read. Nothing said: only while there was never another.
    static Result<void> isWhatWasRead(const OutwardMessage &message, const std::string &hash)
    {
        const state::MessageVersion &v = message.newest();
        const std::string is = "version " + std::to_string(v.number) + " is " + v.hash.substr(0, kHashDigitsMeant);
        if (hash.empty() && message.versions.size() > 1)
            return fail(Code::Conflict, "Message " + std::to_string(message.number) + " was changed since it was first written: " + is + ". Read it and say so: --hash.");
        if (const auto enough = areDigitsEnough(hash); !enough)
            return enough;
        if (!v.hash.starts_with(hash))
            return fail(Code::Conflict, "The text was changed since you read it: " + is + ". Read it and answer again.");
        return {};
    }

    /// Whether a further version goes on from the newest: two who write at once do not undo each other. Nothing said: whatever there is.
    Result<void> goesOnFrom(const OutwardMessage &message, const std::string &hash) const
    {
        constexpr std::size_t kRedlineBytes = 1000;
        if (const auto enough = areDigitsEnough(hash); !enough)
            return enough;
        const state::MessageVersion &v = message.newest();
        if (v.hash.starts_with(hash))
            return {};
        std::string why = "Message " + std::to_string(message.number) + " was changed since you read it: version " + std::to_string(v.number) + ", by " + state.workspace->nameOf(v.by) + ", is " + v.hash.substr(0, kHashDigitsMeant)
            + ". Nothing was overwritten; read it (quarterdeckctl message show " + std::to_string(message.number) + ") and write your change into it.";
        const auto read = std::find_if(message.versions.begin(), message.versions.end(), [&](const state::MessageVersion &each) { return each.hash.starts_with(hash); });
        if (read == message.versions.end())
            return fail(Code::Conflict, std::move(why));
        const std::string before = read->title + "\n" + comms::inEveryLanguage(*read), after = v.title + "\n" + comms::inEveryLanguage(v);
        const auto pieces = comms::redline(before, after);
        if (marksIn(before).empty() && marksIn(after).empty() && comms::differs(pieces)) // what is marked is read where it is sealed
            why += " Since version " + std::to_string(read->number) + ": " + safeText(comms::toText(pieces), kRedlineBytes);
        return fail(Code::Conflict, std::move(why));
    }

    Result<Decision> operator()(const DraftMessage &c) const
    {
        const auto i = c.message != 0 ? takingTexts(messageIncident(state, c.incident, c.message)) : openIncident(c.incident);
        if (!i)
            return tl::unexpected(i.error());
        events::MessageDrafted e;
        e.incident = (*i)->id;
        e.by = by;
        if (c.message != 0) {
            const auto m = messageMeant(**i, c.message);
            if (!m)
                return tl::unexpected(m.error());
            if (!(*m)->isOpen())
                return fail(Code::Conflict, "Message " + std::to_string(c.message) + " is " + std::string(comms::standingWord(*state.workspace, **m)) + "; what is to be said now is a new one.");
            if (const auto goesOn = c.hash.empty() ? Result<void>() : goesOnFrom(**m, c.hash); !goesOn)
                return tl::unexpected(goesOn.error());
            if ((*m)->versions.size() >= OutwardMessage::kVersionsKept)
                return fail(Code::TooLarge, "Message " + std::to_string(c.message) + " has 100 versions; write a new one.");
            const state::MessageVersion &v = (*m)->newest();
            e.title = v.title;
            e.text = v.text;
            e.audience = v.audience;
            e.to = v.to;
            e.embargo = v.embargo;
            e.expires = v.expires;
            e.titles = v.titles;
            e.texts = v.texts;
            e.phase = v.phase;
            e.message = c.message;
            e.version = v.number + 1;
        } else {
            if (!c.hash.empty())
                return fail(Code::Invalid, "A hash says which version a further one goes on from; name the message.");
            if ((*i)->outward.size() >= kMessagesLimit)
                return fail(Code::TooLarge, (*i)->id + " has 200 messages already.");
            e.message = static_cast<std::uint32_t>((*i)->outward.size() + 1);
            e.audience = "customers";
            e.to = {"rooms"};
        }
        if (c.title.size() > kOutwardTitleBytes || c.text.size() > kOutwardTextBytes)
            return fail(Code::TooLarge, "A message has a title of 200 bytes and a text of 8,000 at most; shorten it.");
        const std::string title = safeLine(c.title, kOutwardTitleBytes), text = safeText(c.text, kOutwardTextBytes);
        if (!c.title.empty())
            e.title = title;
        if (!c.text.empty())
            e.text = text;
        if (e.title.find_first_not_of(' ') == std::string::npos || e.text.find_first_not_of(" \t\n") == std::string::npos)
            return fail(Code::Invalid, "A message needs a title and a text.");
        if (!c.audience.empty()) {
            const auto &known = state.workspace->audiences.empty() ? comms::defaultAudiences() : state.workspace->audiences;
            if (std::find(known.begin(), known.end(), c.audience) == known.end()) {
                std::string all;
                for (const std::string &each : known)
                    all += (all.empty() ? "" : ", ") + each;
                return fail(Code::NotFound, "There is no audience \"" + safeLine(c.audience, 60) + "\" a message could be for; the workspace has " + all + ".");
            }
            e.audience = c.audience;
        }
        if (!c.to.empty()) {
            auto to = destinationsMeant(state, **i, c.to);
            if (!to)
                return tl::unexpected(to.error());
            e.to = std::move(*to);
        }
        if (const auto added = addLanguages(*state.workspace, c, e); !added)
            return tl::unexpected(added.error());
        for (const auto &[given, member, what] : {std::tuple<const std::string &, Instant &, const char *>{c.embargo, e.embargo, "embargo"}, {c.expires, e.expires, "expiry"}}) {
            if (given.empty())
                continue;
            if (given == "none") {
                member = {};
                continue;
            }
            const auto at = outwardMoment(given, now, what);
            if (!at)
                return tl::unexpected(at.error());
            member = *at;
        }
        if (!c.phase.empty()) {
            const auto phase = fromWord<PagePhase>(asciiLower(c.phase));
            if (!phase && c.phase != "none")
                return fail(Code::Invalid, "\"" + safeLine(c.phase, 40) + "\" is no phase; write investigating, identified, monitoring or resolved, or none.");
            e.phase = phase ? std::string(qd::word(*phase)) : std::string();
        }
        if (e.embargo && e.expires && e.expires <= e.embargo)
            return fail(Code::Invalid, "It would be over before its embargo is.");
        e.hash = comms::digestOf(e);
        Decision d{{}, "message/" + std::to_string(e.message), {}};
        if (const auto m = c.message != 0 ? messageMeant(**i, c.message) : Result<const OutwardMessage *>(nullptr); m && *m) {
            if ((*m)->newest().hash == e.hash)
                return fail(Code::Conflict, "Nothing of message " + std::to_string(c.message) + " would change.");
            if (const auto lost = std::count_if((*m)->judgements.begin(), (*m)->judgements.end(), [&](const auto &j) { return j.approved && j.version == (*m)->newest().number; }); lost > 0)
                d.notes.push_back(std::to_string(lost) + (lost == 1 ? " approval" : " approvals") + " of version " + std::to_string((*m)->newest().number) + " no longer count: the text is another.");
        }
        notePageLengths(*state.workspace, e.to, e.text, e.texts, d.notes);
        noteAdvice(*state.workspace, e, c, d.notes);
        for (const auto &[language, text] : e.texts)
            if (c.message != 0 && !c.text.empty() && !c.texts.contains(language))
                d.notes.push_back("The text in " + language + " stays as it was; see whether it still says the same.");
        d.events.emplace_back(std::move(e));
        return d;
    }

    Result<Decision> operator()(const JudgeMessage &c) const
    {
        const auto i = messageIncident(state, c.incident, c.message);
        if (!i)
            return tl::unexpected(i.error());
        const auto m = messageMeant(**i, c.message);
        if (!m)
            return tl::unexpected(m.error());
        const OutwardMessage &message = **m;
        const state::MessageVersion &v = message.newest();
        if (!comms::isJudged(message))
            return fail(Code::Conflict, "Message " + std::to_string(message.number) + " is " + std::string(comms::standingWord(*state.workspace, message)) + "; nothing is left to approve.");
        if (const auto read = isWhatWasRead(message, c.hash); !read)
            return tl::unexpected(read.error());
        if (v.hash != comms::digestOf(v))
            return fail(Code::Conflict, "The text is not the one that was written: it was struck. Write a new version.");
        const auto standings = comms::standingsOf(*state.workspace, message);
        if (standings.empty())
            return fail(Code::NotFound, "Message " + std::to_string(message.number) + " needs no approval: " + (comms::isHolding(message) ? "it is a holding statement word for word." : "the workspace names no [[approval]] for it."));
        const comms::StageStanding *meant = nullptr;
        bool isDeputy = false;
        Error why{Code::Forbidden, "No check of message " + std::to_string(message.number) + " is yours to give.", {}};
        for (const comms::StageStanding &s : standings) {
            if (!c.stage.empty() && s.stage->id != c.stage)
                continue;
            const auto may = comms::mayJudge(*state.workspace, message, s, by.person, now);
            if (!may) {
                if (!c.stage.empty() || may.error().code == Code::Conflict || why.message.starts_with("No check"))
                    why = may.error();
                continue;
            }
            if (s.kind == comms::StageStanding::Kind::Passed && c.approved) {
                why = {Code::Conflict, "\"" + s.stage->id + "\" is passed already, by " + state.workspace->nameOf(s.judgement->by) + ".", {}};
                continue;
            }
            if (meant)
                return fail(Code::Conflict, "More than one check is yours; say which: --stage " + meant->stage->id + " or " + s.stage->id + ".");
            meant = &s;
            isDeputy = *may;
        }
        if (!c.stage.empty() && std::none_of(standings.begin(), standings.end(), [&](const auto &s) { return s.stage->id == c.stage; }))
            return fail(Code::NotFound, "Message " + std::to_string(message.number) + " has no check \"" + safeLine(c.stage, 60) + "\".");
        if (!meant)
            return tl::unexpected(why);
        const std::string reason = cleanText(c.reason);
        if (!c.approved && reason.empty())
            return fail(Code::Invalid, "Say what is wrong with it: --reason.");
        return Decision{{events::MessageJudged{(*i)->id, meant->stage->id, v.hash, reason, message.number, v.number, c.approved, isDeputy, by}}, "message/" + std::to_string(message.number), {}};
    }

    Result<Decision> operator()(const ReleaseMessage &c) const
    {
        const auto i = c.holding.empty() ? takingTexts(messageIncident(state, c.incident, c.message)) : openIncident(c.incident);
        if (!i)
            return tl::unexpected(i.error());
        if (!c.holding.empty())
            return holding(**i, c);
        const auto m = messageMeant(**i, c.message);
        if (!m)
            return tl::unexpected(m.error());
        const OutwardMessage &message = **m;
        if (const auto may = comms::mayRelease(*state.workspace, **i, by.person, false); !may)
            return tl::unexpected(may.error());
        const state::MessageVersion &v = message.newest();
        // What its checks passed, or nobody changed, is known without.
        const bool isKnown = c.hash.empty() && !c.breakGlass && !comms::standingsOf(*state.workspace, message).empty();
        if (const auto read = isKnown ? Result<void>() : isWhatWasRead(message, c.hash); !read)
            return tl::unexpected(read.error());
        const auto blocks = comms::blocksOf(*state.workspace, message, now);
        auto missing = comms::missingOf(*state.workspace, message);
        if (blocks.size() > missing.size() || (!blocks.empty() && !c.breakGlass)) {
            std::string all;
            for (const std::string &b : blocks)
                all += (all.empty() ? "" : " ") + b;
            return fail(Code::Conflict, "Message " + std::to_string(message.number) + " is not released. " + all);
        }
        events::MessageReleased e{(*i)->id, v.hash, {}, message.number, v.number, {}, {}, by};
        if (c.breakGlass && !missing.empty()) {
            // Also where whoever gets it is cleared for them: that is what the missing checks are there to say.
            std::vector<std::string_view> texts{v.title, v.text};
            for (const Localized *others : {&v.titles, &v.texts})
                for (const auto &[language, text] : *others)
                    texts.emplace_back(text);
            for (const std::string_view text : texts)
                for (const Marked &mark : marksIn(text))
                    if (mark.level == DataClass::Restricted)
                        return fail(Code::Forbidden, "The glass is broken for no words that are restricted or privileged, whoever may read them. Take them out, or wait for " + missing.front()
                                                         + (missing.size() > 1 ? " and the rest." : "."));
            e.reason = cleanText(c.reason);
            if (e.reason.empty())
                return fail(Code::Invalid, "Say why the approvals are not waited for: --reason.");
            for (const std::string &person : c.tell) {
                if (!state.workspace->person(person))
                    return fail(Code::NotFound, "There is no person \"" + safeLine(person, 60) + "\" in the workspace to be told.");
                if (person != by.person && std::find(e.told.begin(), e.told.end(), person) == e.told.end() && e.told.size() < kTellLimit)
                    e.told.push_back(person);
            }
            if (e.told.size() < comms::kToldLeast)
                return fail(Code::Invalid, "Two others are told when the glass is broken: --tell A --tell B.");
            e.missing = std::move(missing);
        }
        Decision d{{std::move(e)}, "message/" + std::to_string(message.number), {}};
        if (v.embargo && v.embargo > now)
            d.notes.push_back("It goes out when its embargo is over, at " + toRfc3339(v.embargo) + ".");
        noteDestinations(state, **i, v.to, d.notes);
        notePageLengths(*state.workspace, v.to, v.text, v.texts, d.notes);
        return d;
    }

    /// It was approved for trouble of its services, whoever commands something else.
    Result<void> fitsIncident(const HoldingStatement &statement, const Incident &incident) const
    {
        std::string fitting, services;
        for (const HoldingStatement *h : comms::holdingFor(state, incident)) {
            if (h == &statement)
                return {};
            fitting += (fitting.empty() ? "" : ", ") + h->id;
        }
        for (const std::string &s : statement.services)
            services += (services.empty() ? "" : ", ") + s;
        return fail(Code::Conflict, "\"" + statement.id + "\" is a statement about " + safeLine(services, 200) + ", and neither " + incident.id + " nor an alert of it is of that; "
                        + (fitting.empty() ? "no statement of the workspace fits " + incident.id : "those that fit are " + safeLine(fitting, 200))
                        + ". Attach the alerts it is about, correct the service of " + incident.id + ", or write a message.");
    }

    /// Approved before anything happened: word for word, by whoever commands.
    Result<Decision> holding(const Incident &incident, const ReleaseMessage &c) const
    {
        const HoldingStatement *h = state.workspace->holdingStatement(c.holding);
        if (!h)
            return fail(Code::NotFound, "There is no holding statement \"" + safeLine(c.holding, 60) + "\" in the workspace.");
        if (const auto may = comms::mayRelease(*state.workspace, incident, by.person, true); !may)
            return tl::unexpected(may.error());
        if (const auto fits = fitsIncident(*h, incident); !fits)
            return tl::unexpected(fits.error());
        if (const auto enough = areDigitsEnough(c.hash); !enough)
            return tl::unexpected(enough.error());
        if (const std::string hash = comms::digestOf(*h); !c.hash.empty() && !hash.starts_with(c.hash))
            return fail(Code::Conflict, "The statement \"" + h->id + "\" was changed in the workspace since you read it: it is " + hash.substr(0, kHashDigitsMeant) + ". Nothing went out; read it and answer again.");
        if (incident.outward.size() >= kMessagesLimit)
            return fail(Code::TooLarge, incident.id + " has 200 messages already.");
        for (const OutwardMessage &m : incident.outward)
            if (m.holding == h->id && m.releasedAt && !m.endedAt && !m.reachedNobody)
                return fail(Code::Conflict, "\"" + h->id + "\" was released at " + toRfc3339(m.releasedAt) + " already; what is to be said now is a message of its own.");
        events::MessageDrafted d{incident.id, h->title, h->text, h->audience, static_cast<std::uint32_t>(incident.outward.size() + 1), 1, {}, h->to, {}, {}, h->id, by};
        d.titles = h->titles;
        d.texts = h->texts;
        if (h->expires.ns > 0)
            d.expires = now + h->expires;
        d.hash = comms::digestOf(d);
        events::MessageReleased r{incident.id, d.hash, {}, d.message, 1, {}, {}, by};
        Decision out{{}, "message/" + std::to_string(d.message), {}};
        noteDestinations(state, incident, d.to, out.notes);
        notePageLengths(*state.workspace, d.to, d.text, d.texts, out.notes);
        out.events.emplace_back(std::move(d));
        out.events.emplace_back(std::move(r));
        if (h->next.ns > 0) // the next word is promised with it
            out.events.emplace_back(events::PromiseMade{incident.id, h->audience, {}, static_cast<std::uint32_t>(incident.promises.size() + 1), now + h->next, by});
        return out;
    }

    Result<Decision> operator()(const WithdrawMessage &c) const
    {
        const auto i = messageIncident(state, c.incident, c.message);
        if (!i)
            return tl::unexpected(i.error());
        const auto m = messageMeant(**i, c.message);
        if (!m)
            return tl::unexpected(m.error());
        if ((*m)->endedAt)
            return fail(Code::Conflict, "Message " + std::to_string((*m)->number) + " is " + (*m)->ended + " already.");
        const std::string reason = cleanText(c.reason);
        if (reason.empty())
            return fail(Code::Invalid, "Say why: --reason.");
        if (const auto may = comms::mayRelease(*state.workspace, **i, by.person, false); !may && (*m)->newest().by != by.person)
            return tl::unexpected(may.error());
        Decision d{{events::MessageEnded{(*i)->id, reason, (*m)->number, by}}, "message/" + std::to_string((*m)->number), {}};
        if ((*m)->sentAt)
            d.notes.push_back("It went out at " + toRfc3339((*m)->sentAt) + "; what was read is not unread. Say what is true now.");
        return d;
    }

    Result<Decision> operator()(const MarkPosted &c) const
    {
        const auto i = incidentMeant(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const std::string where = safeLine(c.where, kWhereBytes);
        if (where.find_first_not_of(' ') == std::string::npos)
            return fail(Code::Invalid, "Say where it was posted: Slack, Teams, mail.");
        if ((*i)->updates.empty())
            return fail(Code::NotFound, (*i)->id + " has no update; record it with: update --by-hand \"" + where + "\"");
        const std::uint32_t number = c.update != 0 ? c.update : (*i)->updates.back().number;
        const auto u = std::find_if((*i)->updates.begin(), (*i)->updates.end(), [&](const auto &each) { return each.number == number; });
        if (u == (*i)->updates.end())
            return fail(Code::NotFound, (*i)->id + " has no update " + std::to_string(number) + ".");
        Decision d{{events::PostedByHand{(*i)->id, where, number, by}}, "update/" + std::to_string(number), {}};
        // Nobody had been told of it until now, so that nothing was promised with it.
        const UpdateTemplate *t = state.workspace->updateTemplate(u->updateTemplate);
        const Span asked = state.workspace->cadenceOf((*i)->severity, u->audience), cadence = asked.ns > 0 ? asked : t ? t->cadence : Span{};
        if (u->unheard && u->next == 0 && cadence.ns > 0 && (*i)->isOpen()) {
            const Instant said = u->at + cadence; // what it says of the next one, while that is still to come
            d.events.emplace_back(events::PromiseMade{(*i)->id, u->audience, {}, static_cast<std::uint32_t>((*i)->promises.size() + 1), said > now ? said : now + cadence, by});
        }
        return d;
    }

    Result<Decision> operator()(const PinLink &c) const
    {
        const auto i = incidentMeant(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const std::string title = safeLine(c.title, kOutwardTitleBytes);
        const auto known = std::find_if((*i)->links.begin(), (*i)->links.end(), [&](const auto &l) { return l.title == title; });
        if (c.url.empty() && known == (*i)->links.end())
            return fail(Code::NotFound, (*i)->id + " has no pinned \"" + title + "\"; give its address with --url to pin it.");
        if (!c.url.empty() && (c.url.size() > kUrlBytes || !isHttp(c.url)))
            return fail(Code::Invalid, "Only http and https addresses are pinned.");
        if (known == (*i)->links.end() && (*i)->links.size() >= 100)
            return fail(Code::TooLarge, (*i)->id + " has 100 pinned links.");
        return Decision{{events::LinkPinned{(*i)->id, title, safeLine(c.url, kUrlBytes), by}}, (*i)->id, {}};
    }

    template <typename Other>
    Result<Decision> operator()(const Other &) const
    {
        return fail(Code::Internal, "This command is not about texts for outside.");
    }
};

} // namespace

Result<Decision> decideOutward(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    return visit(DecidingOutward{state, by, now}, command);
}

} // namespace qd::desk
