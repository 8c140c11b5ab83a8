// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/safetext.h"
#include "core/control/api.h"
#include "core/control/jsonfields.h"
#include "core/control/pastquestions.h"
#include "core/review/spelling.h"

#include <algorithm>

namespace qd::control {

/// What stands behind the API: the door (api.cpp), which method is what (apimethods.cpp) and the questions (apiquestions.cpp). Any thread.
class Api::Core : public std::enable_shared_from_this<Api::Core> {
public:
    Core(Send send, link::Feed feed, link::Replica &replica, Options options);
    void stop()
    {
        m_feed.unfollow(m_following);
        m_past.stop();
    }
    void recordReads(const std::string &what, const std::string &incident, std::function<void(Result<>)> then);
    void handle(const std::string &request, Reply reply);

private:
    using Answer = std::function<void(Result<std::string>)>;
    using Past = PastQuestions::Question;
    void one(const json::value &request, Reply reply);

    /// The one door for answers: what they say is sealed for who asked before it is told, and what they show of restricted things is recorded before.
    Answer cleared(const std::string &method, const std::string &as, const std::string &viewAs, Answer answer);
    void run(const std::string &method, const std::string &params, const std::string &as, const std::string &viewAs, Answer answer);

    /// Shows lists and explanations. What they tell of a restricted incident is told once it is recorded who is about to see it.
    void shown(const std::string &method, const std::string &params, const std::string &as, Answer answer);

    /// Records that these are about to be seen, one after the other, then goes on. `words`: not because the incident is restricted, but what is marked in it.
    void recorded(std::shared_ptr<std::vector<std::string>> incidents, const std::string &what, const events::Actor &by, bool words, std::function<void(Result<>)> then);

    /// `as`: who asks, for what is theirs.
    void look(const std::string &method, const std::string &params, const std::string &as, Answer answer);

    /// Its place is asked of the State, its bytes of the journal, where waiting is allowed.
    void evidence(const std::string &params, const std::string &as, Answer answer);

    /// The text and what is found in it come from the State; dictionaries are read where waiting is allowed.
    void reviewLint(const std::string &params, const std::string &as, Answer answer);

    [[nodiscard]] Instant wallOr(const state::State &s) const { return m_options.now ? std::max(m_options.now(), s.time) : s.time; }

    /// Where it is comes from the State, its bytes from the platform; then it is kept like any other file, by whoever asked.
    void fetchEvidence(const std::string &params, const std::string &as, Answer answer);

    /// Who would be called: by what is true now for an instant to come, by what was true then for a past one.
    void plan(const std::string &params, Answer answer);
    void layout(const std::string &params, bool asCalendar, Answer answer);
    void readCalendar(const std::string &params, Answer answer);
    void speak(const std::string &params, Answer answer);

    /// The log's head, signed: the newest there is, one made now, or one made now and said in an incident's rooms.
    void proof(const std::string &method, const std::string &params, const std::string &as, Answer answer);
    std::string headText(const journal::SignedHead &head) const;

    /// The person who asks: the one named, if the workspace has it; else the user, whose person has the same id if there is one.
    void actAs(const std::string &as, std::function<void(Result<events::Actor>)> with);
    void now(std::function<Result<std::string>(const state::State &)> question, Answer answer);

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
    void whatIf(const std::string &params, const std::string &as, Answer answer);
    void heartbeatDryRun(const std::string &params, Answer answer);

    /// The journal is asked where waiting is allowed, then the present State.
    void retention(Answer answer);
    void insights(const std::string &params, Answer answer);

    /// Puts a question where waiting is allowed.
    void later(Past past) { m_past.ask(std::move(past)); }
    Result<std::string> status(const state::State &s) const;

    const Send m_send;
    const link::Feed m_feed;
    link::Replica &m_replica;
    const Options m_options;
    std::uint64_t m_following = 0;
    PastQuestions m_past;
    std::unique_ptr<review::Spelling> m_spelling; ///< of the thread that waits
    std::vector<std::string> m_spelled;           ///< the languages it is of
};

} // namespace qd::control
