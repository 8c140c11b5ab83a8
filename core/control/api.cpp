// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/api.h"

#include "core/base/safetext.h"
#include "core/control/access.h"
#include "core/control/answers.h"
#include "core/control/commands.h"
#include "core/control/get.h"
#include "core/control/holes.h"
#include "core/control/calendar.h"
#include "core/control/clearance.h"
#include "core/control/evidence.h"
#include "core/control/heartbeats.h"
#include "core/control/insights.h"
#include "core/control/items.h"
#include "core/control/jsonfields.h"
#include "core/control/oncall.h"
#include "core/control/pastquestions.h"
#include "core/control/retention.h"
#include "core/control/routes.h"
#include "core/control/updates.h"
#include "core/control/why.h"
#include "core/journal/words.h"
#include "core/events/texts.h"
#include "core/link/jsonrpc.h"

#include <algorithm>
#include <mutex>
#include <unistd.h>

namespace qd::control {

namespace {

constexpr std::size_t kBatch = 100;
constexpr std::size_t kRequestLimit = 6u << 20; ///< bytes: it is parsed on the network thread. Room for the largest file of evidence, in base64

} // namespace

class Api::Core : public std::enable_shared_from_this<Api::Core> {
public:
    Core(Send send, link::Feed feed, link::Replica &replica, Options options)
        : m_send(std::move(send)), m_feed(std::move(feed)), m_replica(replica), m_options(std::move(options)), m_past(m_feed, m_replica)
    {
        std::uint64_t first = 0;
        m_following = m_feed.follow([this](const desk::RecordPtr &record) {
            if (events::destroysKeys(record->events))
                m_past.forget(); // what was read of the past before may say what is gone
        }, first);
    }

    void stop()
    {
        m_feed.unfollow(m_following);
        m_past.stop();
    }

    void recordReads(const std::string &what, const std::string &incident, std::function<void(Result<>)> then)
    {
        m_replica.ask([core = shared_from_this(), what, incident, then = std::move(then)](const state::State &s) mutable {
            core->recorded(std::make_shared<std::vector<std::string>>(restrictedIn(s, "get", "incidents", incident)), what, {core->m_options.user, Path::Person}, false, std::move(then));
        });
    }

    void handle(const std::string &request, Reply reply)
    {
        if (request.size() > kRequestLimit)
            return reply(errorText(nullptr, link::kInvalidRequest, {Code::TooLarge, "A request holds at most " + std::to_string(kRequestLimit >> 20) + " MiB.", {}}));
        const auto parsed = parseJson(request);
        if (!parsed)
            return reply(errorText(nullptr, link::kParseError, parsed.error()));
        if (!parsed->is_array())
            return one(*parsed, std::move(reply));
        const json::array &all = parsed->get_array();
        if (all.empty() || all.size() > kBatch)
            return reply(errorText(nullptr, link::kInvalidRequest, {Code::Invalid, "A batch holds 1 to 100 requests.", {}}));
        struct Gathered {
            std::mutex mutex;
            std::vector<std::string> texts;
            std::size_t open;
            Reply reply;
        };
        auto gathered = std::make_shared<Gathered>();
        gathered->open = all.size();
        gathered->reply = std::move(reply);
        for (const json::value &each : all)
            one(each, [gathered, limit = m_options.answerLimit](std::string text) {
                const std::lock_guard lock(gathered->mutex);
                if (!text.empty())
                    gathered->texts.push_back(std::move(text));
                if (--gathered->open > 0)
                    return;
                std::string out;
                for (const auto &t : gathered->texts)
                    out += (out.empty() ? "[" : ",") + t;
                if (out.size() > limit)
                    out = errorText(nullptr, link::kRefused, tooMuch(limit));
                else if (!out.empty())
                    out += "]";
                gathered->reply(std::move(out));
            });
    }

private:
    using Answer = std::function<void(Result<std::string>)>;
    using Past = PastQuestions::Question;

    void one(const json::value &request, Reply reply)
    {
        const json::object *o = request.if_object();
        const json::value *method = o ? o->if_contains("method") : nullptr;
        const json::value *given = o ? o->if_contains("id") : nullptr;
        const json::value id = given ? *given : json::value(nullptr);
        const json::value *version = o ? o->if_contains("jsonrpc") : nullptr;
        if (!method || !method->is_string() || !version || *version != json::value("2.0"))
            return reply(errorText(id, link::kInvalidRequest, {Code::Invalid, "This is not a JSON-RPC 2.0 request.", {}}));
        const json::value *params = o->if_contains("params");
        const json::value *as = o->if_contains("as");
        const std::string name(method->get_string());
        if (!isMethod(name))
            return reply(errorText(id, link::kMethodNotFound,
                                   {Code::NotFound, "There is no method \"" + safeLine(name, 60) + "\"; `call methods` lists them.", {}}));
        const bool notify = !given;
        auto answer = [reply = std::move(reply), id, notify, limit = m_options.answerLimit](Result<std::string> result) {
            if (notify)
                return reply({});
            if (result && result->size() > limit)
                result = tl::unexpected(tooMuch(limit));
            if (result)
                return reply(resultText(id, *result));
            reply(errorText(id, result.error().code == Code::Invalid ? link::kInvalidParams : link::kRefused, result.error()));
        };
        const std::string who = as && as->is_string() ? std::string(as->get_string()) : std::string();
        std::string viewAs;
        json::value asked = params ? *params : json::value(json::object());
        if (canBeViewedAs(name) && asked.is_object())
            if (const json::value *v = asked.get_object().if_contains("viewAs")) {
                if (!v->is_string())
                    return answer(fail(Code::Invalid, "The field \"viewAs\" must be a text."));
                viewAs = std::string(v->get_string());
                asked.get_object().erase("viewAs");
            }
        run(name, params ? json::serialize(asked) : std::string(), who, viewAs, cleared(name, who, viewAs, std::move(answer)));
    }

    /// The one door for answers: what they say is sealed for who asked before it is told, and what they show of restricted things is recorded before.
    Answer cleared(const std::string &method, const std::string &as, const std::string &viewAs, Answer answer)
    {
        return [core = shared_from_this(), method, as, viewAs, answer = std::move(answer)](Result<std::string> result) mutable {
            if (!result)
                return answer(fail(result.error().code, sealed(result.error().message, Reader{DataClass::Internal, {}}), result.error().detail));
            if (viewAs.empty() && !namesIncidents(method) && !mayHoldMark(*result))
                return answer(std::move(result));
            core->actAs(as, [core, method, viewAs, text = std::move(*result), answer = std::move(answer)](Result<events::Actor> by) mutable {
                if (!by)
                    return answer(tl::unexpected(by.error()));
                core->m_replica.ask([core, method, viewAs, by = std::move(*by), text = std::move(text), answer = std::move(answer)](const state::State &s) mutable {
                    std::optional<governance::Place> place;
                    if (!viewAs.empty()) {
                        auto meant = governance::placeNamed(s, viewAs);
                        if (!meant)
                            return answer(tl::unexpected(meant.error()));
                        place = std::move(*meant);
                    }
                    Cleared shown = clearedFor(s, text, by.person, place, namesIncidents(method));
                    core->recorded(std::make_shared<std::vector<std::string>>(std::move(shown.shown)), method, by, true,
                                   [answer = std::move(answer), json = std::move(shown.json)](Result<> done) mutable {
                                       answer(done ? Result<std::string>(std::move(json)) : tl::unexpected(done.error()));
                                   });
                });
            });
        };
    }

    void run(const std::string &method, const std::string &params, const std::string &as, const std::string &viewAs, Answer answer)
    {
        if (method == "methods")
            return answer(methodsJson());
        if (method == "status")
            return now([this](const state::State &s) { return status(s); }, std::move(answer));
        if (method == "alert.count")
            return now([](const state::State &s) -> Result<std::string> { return countJson(s); }, std::move(answer));
        if (method == "log.head" || method == "log.checkpoint" || method == PostHead::kMethod)
            return proof(method, params, as, std::move(answer));
        if (method == "incident.reckon")
            return query(params, "service", {"alerts"}, [](const state::State &s, Given &g) { return reckonJson(s, g["service"], g["alerts"]); }, std::move(answer));
        if (method == "get" || method == "why" || method == EvidenceRead::kMethod)
            return shown(method, params, as, std::move(answer));
        if (method == MayParams::kMethod) {
            auto about = given<MayParams>(params);
            if (!about)
                return answer(tl::unexpected(about.error()));
            return now([core = shared_from_this(), p = std::move(*about)](const state::State &s) { return mayJson(s, p, core->wallOr(s)); }, std::move(answer));
        }
        if (method == "heartbeat.list")
            return now([core = shared_from_this()](const state::State &s) -> Result<std::string> {
                std::map<std::string, Instant> heard;
                for (const link::Heard &h : core->m_feed.heard ? core->m_feed.heard() : std::vector<link::Heard>())
                    heard[h.connection] = h.at;
                return heartbeatListJson(s, heard, core->m_options.now ? core->m_options.now() : s.time);
            }, std::move(answer));
        if (method == "keeping.retention")
            return retention(std::move(answer));
        if (method == HeartbeatDryRunParams::kMethod)
            return heartbeatDryRun(params, std::move(answer));
        if (method == "who" || method == "simulate")
            return plan(params, std::move(answer));
        if (method == "schedule.layout" || method == "schedule.ical")
            return layout(params, method == "schedule.ical", std::move(answer));
        if (method == "schedule.planner")
            return now([core = shared_from_this()](const state::State &s) -> Result<std::string> { return plannerJson(s, core->wallOr(s)); }, std::move(answer));
        if (method == "schedule.readical")
            return readCalendar(params, std::move(answer));
        if (method == RoutesTest::kMethod) {
            RoutesTest test;
            FieldReader reader;
            const auto given = parseJson(params.empty() ? "{}" : params);
            if (given)
                reader.read(*given, test, {});
            if (!given || !reader.problem().empty())
                return answer(fail(Code::Invalid, given ? reader.problem() : given.error().message));
            return now([test = std::move(test)](const state::State &s) { return routesJson(s, test); }, std::move(answer));
        }
        if (method == UpdateDraft::kMethod) {
            auto draft = given<UpdateDraft>(params);
            if (!draft)
                return answer(tl::unexpected(draft.error()));
            return actAs(as, [core = shared_from_this(), d = std::move(*draft), viewAs, answer = std::move(answer)](Result<events::Actor> by) mutable {
                if (!by)
                    return answer(tl::unexpected(by.error()));
                core->now([core, d = std::move(d), viewAs, person = by->person](const state::State &s) { return updateDraftJson(s, d, core->wallOr(s), person, viewAs); }, std::move(answer));
            });
        }
        if (method == SearchParams::kMethod)
            return answerSearch(params, m_options.now ? m_options.now() : Instant{}, m_replica, m_options.search, std::move(answer));
        if (method == WhatIfParams::kMethod)
            return whatIf(params, as, std::move(answer));
        if (method == InsightsParams::kMethod)
            return insights(params, std::move(answer));
        if (method == PracticeSpeech::kMethod)
            return speak(params, std::move(answer));
        auto command = decodeCommand(method, params);
        if (!command)
            return answer(tl::unexpected(command.error()));
        actAs(as, [core = shared_from_this(), command = std::move(*command), answer = std::move(answer)](Result<events::Actor> by) mutable {
            if (!by)
                return answer(tl::unexpected(by.error()));
            core->m_send(std::move(command), std::move(*by), [answer = std::move(answer)](Result<desk::Outcome> outcome) {
                answer(outcome ? Result<std::string>(outcomeText(*outcome)) : tl::unexpected(outcome.error()));
            });
        });
    }

    /// Shows lists and explanations. What they tell of a restricted incident is told once it is recorded who is about to see it.
    void shown(const std::string &method, const std::string &params, const std::string &as, Answer answer)
    {
        const auto value = params.empty() ? Result<json::value>(json::object()) : parseJson(params);
        const auto text = [&](const char *name) {
            const json::value *v = value && value->is_object() ? value->get_object().if_contains(name) : nullptr;
            return v && v->is_string() ? std::string(v->get_string()) : std::string();
        };
        const std::string what = text("what"), about = method == "why" ? text("key") : text("incident");
        m_replica.ask([core = shared_from_this(), method, params, as, what, about, answer = std::move(answer)](const state::State &s) mutable {
            auto restricted = restrictedIn(s, method, what, about);
            if (restricted.empty())
                return core->look(method, params, as, std::move(answer));
            core->actAs(as, [core, restricted = std::move(restricted), method, what, params, as, answer = std::move(answer)](Result<events::Actor> by) mutable {
                if (!by)
                    return answer(tl::unexpected(by.error()));
                core->recorded(std::make_shared<std::vector<std::string>>(std::move(restricted)), method == "get" ? "get " + what : method, std::move(*by), false,
                               [core, method, params, as, answer](Result<> done) mutable {
                                   if (!done)
                                       return answer(tl::unexpected(done.error()));
                                   core->look(method, params, as, std::move(answer));
                               });
            });
        });
    }

    /// Records that these are about to be seen, one after the other, then goes on. `words`: not because the incident is restricted, but what is marked in it.
    void recorded(std::shared_ptr<std::vector<std::string>> incidents, const std::string &what, const events::Actor &by, bool words, std::function<void(Result<>)> then)
    {
        if (incidents->empty())
            return then({});
        desk::RecordRead read{incidents->back(), what, words};
        incidents->pop_back();
        m_send(std::move(read), by, [core = shared_from_this(), incidents, what, by, words, then = std::move(then)](const Result<desk::Outcome> &outcome) mutable {
            if (!outcome)
                return then(tl::unexpected(outcome.error()));
            core->recorded(incidents, what, by, words, std::move(then));
        });
    }

    /// `as`: who asks, for what is theirs.
    void look(const std::string &method, const std::string &params, const std::string &as, Answer answer)
    {
        if (method == EvidenceRead::kMethod)
            return evidence(params, as, std::move(answer));
        if (method == "get")
            return query(params, "what", {"incident", "service", "status", "source", "owner"},
                         [core = shared_from_this(), me = as.empty() ? m_options.user : as](const state::State &s, Given &g) -> Result<std::string> {
                             const bool isPending = g["what"] == kPending, isNow = g["at"].empty();
                             const PendingReadings pending = core->m_options.pending && isNow ? core->m_options.pending() : PendingReadings();
                             if (isPending && !isNow)
                                 return fail(Code::Invalid, "What is pending is a reading of this moment and is not recorded; ask without a time.");
                             if (isPending && !(g["incident"] + g["service"] + g["status"] + g["owner"]).empty())
                                 return fail(Code::Invalid, "The list pending can be narrowed by source only.");
                             if (isPending)
                                 return pendingJson(s, pending, g["source"], core->wallOr(s));
                             const auto at = parseInstant(g["at"]); // an instant between two records, or one to come
                             return getJson(s, g["what"], {g["incident"], g["service"], g["status"], g["source"], g["owner"] == "me" ? me : g["owner"], at ? std::max(*at, s.time) : Instant{}, isNow ? &pending : nullptr});
                         },
                         std::move(answer));
        query(params, "key", {"person"},
              [](const state::State &s, Given &g) { return g["person"].empty() ? whyJson(s, g["key"]) : whyCalledJson(s, g["key"], g["person"]); }, std::move(answer));
    }

    /// Its place is asked of the State, its bytes of the journal, where waiting is allowed.
    void evidence(const std::string &params, const std::string &as, Answer answer)
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

    [[nodiscard]] Instant wallOr(const state::State &s) const { return m_options.now ? std::max(m_options.now(), s.time) : s.time; }

    /// Who would be called: by what is true now for an instant to come, by what was true then for a past one.
    void plan(const std::string &params, Answer answer)
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

    void layout(const std::string &params, bool asCalendar, Answer answer)
    {
        auto about = given<LayoutParams>(params);
        if (!about)
            return answer(tl::unexpected(about.error()));
        now([core = shared_from_this(), p = std::move(*about), asCalendar](const state::State &s) { return asCalendar ? calendarJson(s, p, core->wallOr(s)) : layoutJson(s, p, core->wallOr(s)); },
            std::move(answer));
    }

    void readCalendar(const std::string &params, Answer answer)
    {
        auto about = given<CalendarParams>(params);
        if (!about)
            return answer(tl::unexpected(about.error()));
        now([core = shared_from_this(), p = std::move(*about)](const state::State &s) { return readCalendarJson(s, p, core->wallOr(s)); }, std::move(answer));
    }

    void speak(const std::string &params, Answer answer)
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

    /// The log's head, signed: the newest there is, one made now, or one made now and said in an incident's rooms.
    void proof(const std::string &method, const std::string &params, const std::string &as, Answer answer)
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

    std::string headText(const journal::SignedHead &head) const
    {
        return json::serialize(json::object{{"seq", head.seq},
                                            {"hash", head.seq ? toHex(head.hash) : std::string()},
                                            {"words", head.seq ? journal::headWords(head.hash) : std::string()},
                                            {"origin", m_options.origin},
                                            {"checkpoint", head.note},
                                            {"committed", m_feed.head()}});
    }

    /// The person who asks: the one named, if the workspace has it; else the user, whose person has the same id if there is one.
    void actAs(const std::string &as, std::function<void(Result<events::Actor>)> with)
    {
        m_replica.ask([core = shared_from_this(), as, with = std::move(with)](const state::State &s) {
            if (!as.empty() && !s.workspace->person(as))
                return with(fail(Code::NotFound, "There is no person \"" + safeLine(as, 60) + "\" in the workspace."));
            with(events::Actor{as.empty() ? core->m_options.user : as, Path::Person});
        });
    }

    void now(std::function<Result<std::string>(const state::State &)> question, Answer answer)
    {
        m_replica.ask([core = shared_from_this(), question = std::move(question), answer = std::move(answer)](const state::State &s) {
            const std::string problem = core->m_replica.problem();
            answer(problem.empty() ? question(s) : fail(Code::Corrupt, problem));
        });
    }

    using Given = std::map<std::string, std::string>;
    template <typename Ask>
    void query(const std::string &params, const char *field, std::initializer_list<std::string_view> more, Ask ask, Answer answer)
    {
        const auto value = params.empty() ? Result<json::value>(json::object()) : parseJson(params);
        Given given;
        FieldReader reader;
        if (value)
            reader.read(*value, given, {});
        const std::string problem = value ? reader.problem() : value.error().message;
        if (!problem.empty())
            return answer(fail(Code::Invalid, problem));
        for (const auto &[name, text] : given)
            if (name != field && name != "at" && std::find(more.begin(), more.end(), name) == more.end())
                return answer(fail(Code::Invalid, "There is no field \"" + safeLine(name, 60) + "\" here."));
        if (!given.contains(field))
            return answer(fail(Code::Invalid, "The field \"" + std::string(field) + "\" is missing."));
        const std::string at = given.contains("at") ? given["at"] : std::string();
        auto question = [ask, given = std::move(given)](const state::State &s) mutable { return ask(s, given); };
        if (at.empty())
            return now(std::move(question), std::move(answer));
        const auto point = parsePoint(at);
        if (!point)
            return answer(tl::unexpected(point.error()));
        later({*point, std::move(question), std::move(answer)});
    }

    /// What a question is about, from its JSON.
    template <typename T>
    static Result<T> given(const std::string &params)
    {
        const auto value = parseJson(params.empty() ? "{}" : params);
        if (!value)
            return tl::unexpected(value.error());
        T out;
        FieldReader reader;
        reader.read(*value, out, {});
        if (!reader.problem().empty())
            return fail(Code::Invalid, reader.problem());
        return out;
    }

    bool goesOn() const { return m_past.goesOn(); }

    Instant wall() const { return m_options.now ? m_options.now() : Instant{}; }

    void whatIf(const std::string &params, const std::string &as, Answer answer)
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

    void heartbeatDryRun(const std::string &params, Answer answer)
    {
        auto about = given<HeartbeatDryRunParams>(params);
        if (!about)
            return answer(tl::unexpected(about.error()));
        later({{}, {}, std::move(answer), [this, about = std::move(*about)] { return heartbeatDryRunJson(link::pastOf(m_feed), about, wall(), [this] { return goesOn(); }); }});
    }

    /// The journal is asked where waiting is allowed, then the present State.
    void retention(Answer answer)
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

    void insights(const std::string &params, Answer answer)
    {
        auto about = given<InsightsParams>(params);
        if (!about)
            return answer(tl::unexpected(about.error()));
        later({{}, {}, std::move(answer), [this, about = std::move(*about)] { return insightsJson(link::pastOf(m_feed), about, wall(), [this] { return goesOn(); }); }});
    }

    /// Puts a question where waiting is allowed.
    void later(Past past) { m_past.ask(std::move(past)); }

    Result<std::string> status(const state::State &s) const
    {
        const auto recording = m_feed.recording();
        return json::serialize(json::object{{"recorded", recording.recorded},
                                            {"reason", recording.reason},
                                            {"seq", s.seq},
                                            {"at", toRfc3339(s.time)},
                                            {"origin", m_options.origin},
                                            {"version", m_options.version},
                                            {"listen", m_options.listen},
                                            {"pid", static_cast<std::int64_t>(::getpid())},
                                            {"user", m_options.user},
                                            {"mode", json::string_view(word(s.workspace->mode))},
                                            {"practice", s.workspace->practice},
                                            {"workspace", s.workspaceDigest},
                                            {"notice", m_feed.notice ? m_feed.notice() : std::string()},
                                            {"refused", s.refusedTotal},
                                            {"quarantined", s.quarantinedTotal},
                                            {"ruleFailures", s.ruleFailures}});
    }

    const Send m_send;
    const link::Feed m_feed;
    link::Replica &m_replica;
    const Options m_options;
    std::uint64_t m_following = 0;
    PastQuestions m_past;
};

Api::Api(Send send, link::Feed feed, link::Replica &replica, Options options)
    : m_core(std::make_shared<Core>(std::move(send), std::move(feed), replica, std::move(options)))
{}

Api::~Api()
{
    m_core->stop();
}

Api::RecordReads Api::recordReads() const
{
    return [core = m_core](const std::string &what, const std::string &incident, std::function<void(Result<>)> then) { core->recordReads(what, incident, std::move(then)); };
}

void Api::handle(std::string request, Reply reply)
{
    m_core->handle(request, std::move(reply));
}

} // namespace qd::control
