// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/apicore.h"

#include "core/control/access.h"
#include "core/control/answers.h"
#include "core/control/clearance.h"
#include "core/control/commands.h"
#include "core/events/texts.h"
#include "core/link/jsonrpc.h"

#include <mutex>

namespace qd::control {

namespace {

constexpr std::size_t kBatch = 100;
constexpr std::size_t kRequestLimit = 6u << 20; ///< bytes: it is parsed on the network thread. Room for the largest file of evidence, in base64

} // namespace

Api::Core::Core(Send send, link::Feed feed, link::Replica &replica, Options options)
    : m_send(std::move(send)), m_feed(std::move(feed)), m_replica(replica), m_options(std::move(options)), m_past(m_feed, m_replica)
{
    std::uint64_t first = 0;
    m_following = m_feed.follow([this](const desk::RecordPtr &record) {
        if (events::changesThePast(record->events))
            m_past.forget(); // what was read of the past before may say what is gone
    }, first);
}

void Api::Core::recordReads(const std::string &what, const std::string &incident, std::function<void(Result<>)> then)
{
    m_replica.ask([core = shared_from_this(), what, incident, then = std::move(then)](const state::State &s) mutable {
        core->recorded(std::make_shared<std::vector<std::string>>(restrictedIn(s, "get", "incidents", incident)), what, {core->m_options.user, Path::Person}, false, std::move(then));
    });
}

void Api::Core::handle(const std::string &request, Reply reply)
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

void Api::Core::one(const json::value &request, Reply reply)
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

Api::Core::Answer Api::Core::cleared(const std::string &method, const std::string &as, const std::string &viewAs, Answer answer)
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

void Api::Core::recorded(std::shared_ptr<std::vector<std::string>> incidents, const std::string &what, const events::Actor &by, bool words, std::function<void(Result<>)> then)
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

void Api::Core::actAs(const std::string &as, std::function<void(Result<events::Actor>)> with)
{
    m_replica.ask([core = shared_from_this(), as, with = std::move(with)](const state::State &s) {
        if (!as.empty() && !s.workspace->person(as))
            return with(fail(Code::NotFound, "There is no person \"" + safeLine(as, 60) + "\" in the workspace."));
        with(events::Actor{as.empty() ? core->m_options.user : as, Path::Person});
    });
}

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
