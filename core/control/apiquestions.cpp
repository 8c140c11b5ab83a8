// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/apicore.h"

#include "core/base/encoding.h"
#include "core/control/access.h"
#include "core/control/answers.h"
#include "core/control/calendar.h"
#include "core/control/chatfile.h"
#include "core/control/evidence.h"
#include "core/control/heartbeats.h"
#include "core/control/insights.h"
#include "core/control/oncall.h"
#include "core/control/retention.h"
#include "core/control/review.h"
#include "core/governance/clearance.h"
#include "core/journal/words.h"

namespace qd::control {

void Api::Core::evidence(const std::string &params, const std::string &as, Answer answer)
{
    auto about = given<EvidenceRead>(params);
    if (!about)
        return answer(tl::unexpected(about.error()));
    actAs(as, [core = shared_from_this(), about = std::move(*about), answer = std::move(answer)](Result<events::Actor> by) mutable {
        if (!by)
            return answer(tl::unexpected(by.error()));
        core->m_replica.ask([core, about = std::move(about), person = by->person, answer = std::move(answer)](const state::State &s) mutable {
            auto place = evidenceMeant(s, about);
            if (!place)
                return answer(tl::unexpected(place.error()));
            const auto *i = s.incident(place->incident);
            Reader reader = governance::readerOf(s, {governance::Place::Kind::Person, person, {}, {i ? i->service : std::string(), place->incident}});
            core->later({{}, {}, std::move(answer), [core, place = std::move(*place), reader = std::move(reader)] { return evidenceJson(core->m_feed, place, reader); }});
        });
    });
}

void Api::Core::reviewLint(const std::string &params, const std::string &as, Answer answer)
{
    auto about = given<ReviewLint>(params);
    if (!about)
        return answer(tl::unexpected(about.error()));
    actAs(as, [core = shared_from_this(), about = std::move(*about), answer = std::move(answer)](Result<events::Actor> by) mutable {
        if (!by)
            return answer(tl::unexpected(by.error()));
        core->m_replica.ask([core, about = std::move(about), person = by->person, answer = std::move(answer)](const state::State &s) mutable {
            auto text = linted(s, about, person);
            if (!text)
                return answer(tl::unexpected(text.error()));
            core->later({{}, {}, std::move(answer), [core, text = std::move(*text)]() -> Result<std::string> {
                             if (!core->m_spelling || core->m_spelled != text.languages) {
                                 core->m_spelling = review::Spelling::open(text.languages);
                                 core->m_spelled = text.languages;
                             }
                             return lintedJson(text, *core->m_spelling);
                         }});
        });
    });
}

void Api::Core::fetchEvidence(const std::string &params, const std::string &as, Answer answer)
{
    auto asked = given<FetchEvidence>(params);
    if (!asked)
        return answer(tl::unexpected(asked.error()));
    if (!m_options.readFile)
        return answer(fail(Code::NotFound, "There are no chat connections here."));
    actAs(as, [core = shared_from_this(), asked = std::move(*asked), answer = std::move(answer)](Result<events::Actor> by) mutable {
        if (!by)
            return answer(tl::unexpected(by.error()));
        core->m_replica.ask([core, asked = std::move(asked), by = std::move(*by), answer = std::move(answer)](const state::State &s) mutable {
            auto file = chatFileMeant(s, asked, by, core->wallOr(s));
            if (!file)
                return answer(tl::unexpected(file.error()));
            core->m_options.readFile(*file, [core, file = *file, by = std::move(by), answer = std::move(answer)](Result<std::pair<std::string, std::string>> read) mutable {
                if (!read)
                    return answer(tl::unexpected(read.error()));
                core->m_send(desk::KeepEvidence{file.incident, std::move(read->first), toBase64(asBytes(read->second)), {}, file.text}, std::move(by), [answer = std::move(answer)](Result<desk::Outcome> outcome) {
                    answer(outcome ? Result<std::string>(outcomeText(*outcome)) : tl::unexpected(outcome.error()));
                });
            });
        });
    });
}

void Api::Core::plan(const std::string &params, Answer answer)
{
    auto about = given<PlanParams>(params);
    if (!about)
        return answer(tl::unexpected(about.error()));
    if (about->at.empty())
        return now([core = shared_from_this(), p = std::move(*about)](const state::State &s) { return planJson(s, p, core->wallOr(s)); }, std::move(answer));
    const auto point = parsePoint(about->at);
    if (!point || !point->at)
        return answer(fail(Code::Invalid, "\"" + safeLine(about->at, 60) + "\" is not an instant; write 2026-11-29T03:10:00Z."));
    auto question = [p = std::move(*about), at = point->at](const state::State &s) { return planJson(s, p, at); };
    if (!m_options.now || point->at > m_options.now())
        return now(std::move(question), std::move(answer));
    later({*point, std::move(question), std::move(answer)});
}

void Api::Core::layout(const std::string &params, bool asCalendar, Answer answer)
{
    auto about = given<LayoutParams>(params);
    if (!about)
        return answer(tl::unexpected(about.error()));
    now([core = shared_from_this(), p = std::move(*about), asCalendar](const state::State &s) { return asCalendar ? calendarJson(s, p, core->wallOr(s)) : layoutJson(s, p, core->wallOr(s)); },
        std::move(answer));
}

void Api::Core::readCalendar(const std::string &params, Answer answer)
{
    auto about = given<CalendarParams>(params);
    if (!about)
        return answer(tl::unexpected(about.error()));
    now([core = shared_from_this(), p = std::move(*about)](const state::State &s) { return readCalendarJson(s, p, core->wallOr(s)); }, std::move(answer));
}

void Api::Core::speak(const std::string &params, Answer answer)
{
    auto speech = given<PracticeSpeech>(params);
    if (!speech)
        return answer(tl::unexpected(speech.error()));
    if (!m_options.speak)
        return answer(fail(Code::NotFound, "There are no practice rooms here."));
    m_options.speak(std::move(*speech), [answer = std::move(answer)](Result<> said) {
        answer(said ? Result<std::string>("{}") : tl::unexpected(said.error()));
    });
}

void Api::Core::proof(const std::string &method, const std::string &params, const std::string &as, Answer answer)
{
    const auto given = params.empty() ? Result<json::value>(json::object()) : parseJson(params);
    PostHead about;
    FieldReader reader;
    if (given && method == PostHead::kMethod)
        reader.read(*given, about, {});
    const bool more = given && method != PostHead::kMethod && (!given->is_object() || !given->get_object().empty());
    if (!given || !reader.problem().empty() || more)
        return answer(fail(Code::Invalid, !given ? given.error().message : more ? "There are no fields here." : reader.problem()));
    const LogProof &log = m_options.proof;
    if (!log.head || !log.sign || !log.post)
        return answer(fail(Code::Unavailable, "There is no log here to prove."));
    const auto told = [core = shared_from_this(), answer = std::move(answer)](Result<journal::SignedHead> head) {
        answer(head ? Result<std::string>(core->headText(*head)) : tl::unexpected(head.error()));
    };
    if (method == "log.head")
        return told(log.head());
    if (method == "log.checkpoint")
        return log.sign(told);
    actAs(as, [core = shared_from_this(), incident = about.incident, told](Result<events::Actor> by) {
        if (!by)
            return told(tl::unexpected(by.error()));
        core->m_replica.ask([core, incident, told, by = std::move(*by)](const state::State &s) mutable {
            const auto ruling = mayPost(s, by, incident, core->wallOr(s));
            if (!ruling)
                return told(tl::unexpected(ruling.error()));
            core->m_options.proof.post(incident, std::move(by), told);
        });
    });
}

std::string Api::Core::headText(const journal::SignedHead &head) const
{
    return json::serialize(json::object{{"seq", head.seq},
                                        {"hash", head.seq ? toHex(head.hash) : std::string()},
                                        {"words", head.seq ? journal::headWords(head.hash) : std::string()},
                                        {"origin", m_options.origin},
                                        {"checkpoint", head.note},
                                        {"committed", m_feed.head()}});
}

void Api::Core::now(std::function<Result<std::string>(const state::State &)> question, Answer answer)
{
    m_replica.ask([core = shared_from_this(), question = std::move(question), answer = std::move(answer)](const state::State &s) {
        const std::string problem = core->m_replica.problem();
        answer(problem.empty() ? question(s) : fail(Code::Corrupt, problem));
    });
}

void Api::Core::whatIf(const std::string &params, const std::string &as, Answer answer)
{
    auto about = given<WhatIfParams>(params);
    if (!about)
        return answer(tl::unexpected(about.error()));
    actAs(as, [this, core = shared_from_this(), about = std::move(*about), answer = std::move(answer)](Result<events::Actor> by) mutable {
        if (!by)
            return answer(tl::unexpected(by.error()));
        later({{}, {}, std::move(answer), [this, about = std::move(about), by = std::move(*by)] {
                   return whatIfJson(link::pastOf(m_feed), about, m_options.readWorkspace, wall(), [this] { return goesOn(); },
                                     [&](std::vector<FoldRule> folds, std::string sentence) {
                                         if (m_options.shown)
                                             m_options.shown({std::move(folds), std::move(sentence), by});
                                     });
               }});
    });
}

void Api::Core::heartbeatDryRun(const std::string &params, Answer answer)
{
    auto about = given<HeartbeatDryRunParams>(params);
    if (!about)
        return answer(tl::unexpected(about.error()));
    later({{}, {}, std::move(answer), [this, about = std::move(*about)] { return heartbeatDryRunJson(link::pastOf(m_feed), about, wall(), [this] { return goesOn(); }); }});
}

void Api::Core::retention(Answer answer)
{
    if (!m_options.streams)
        return answer(fail(Code::Unavailable, "This core does not know what it keeps."));
    auto streams = std::make_shared<std::map<std::string, std::uint32_t>>();
    later({{}, {},
           [core = shared_from_this(), streams, answer = std::move(answer)](Result<std::string> asked) mutable {
               if (!asked)
                   return answer(std::move(asked));
               core->now([core, streams](const state::State &s) -> Result<std::string> { return retentionJson(s, *streams, core->wallOr(s)); }, std::move(answer));
           },
           [this, streams]() -> Result<std::string> {
               auto known = m_options.streams();
               if (!known)
                   return tl::unexpected(known.error());
               *streams = std::move(*known);
               return std::string();
           }});
}

void Api::Core::insights(const std::string &params, Answer answer)
{
    auto about = given<InsightsParams>(params);
    if (!about)
        return answer(tl::unexpected(about.error()));
    later({{}, {}, std::move(answer), [this, about = std::move(*about)] { return insightsJson(link::pastOf(m_feed), about, wall(), [this] { return goesOn(); }); }});
}

} // namespace qd::control
