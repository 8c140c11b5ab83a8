// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"
#include "app/quarterdeckctl/print.h"

#include <cstdio>

/// Key moments, and go or no-go asked around.
namespace qd::app {

namespace {

struct PollGiven {
    std::string incident, text, at, kind, about, reason, answer, person, due;
    std::vector<std::string> people;
    unsigned moment = 0, poll = 0, close = 0, withdraw = 0;
    bool json = false;
};

int moment(Verbs &v, const PollGiven &g)
{
    auto params = object({{"incident", g.incident}, {"text", g.text}, {"at", g.at}, {"kind", g.kind}, {"about", g.about}});
    if (g.moment != 0)
        params["moment"] = g.moment;
    else if (g.text.empty())
        return usage("moment needs what it was, or --withdraw N");
    return send(v, "incident.moment", params, "id");
}

/// Who said what, one a line, and who said nothing.
std::string namesOf(const json::value &poll)
{
    std::string out;
    for (const auto &answer : poll.at("answers").get_array()) {
        const std::string writtenBy = textOf(answer, "writtenBy"), text = textOf(answer, "text");
        out += "  " + textOf(answer, "person") + ": " + textOf(answer, "answer") + (writtenBy.empty() ? "" : ", written down by " + writtenBy) + (text.empty() ? "" : ": " + text) + "\n";
        if (const json::value &own = answer.at("own"); own.is_object())
            out += "    by their own word: " + textOf(own, "answer") + (textOf(own, "text").empty() ? "" : ": " + textOf(own, "text")) + "\n";
    }
    std::string silent;
    for (const auto &person : poll.at("notAnswered").get_array())
        silent += (silent.empty() ? "" : ", ") + std::string(person.get_string());
    return silent.empty() ? out : out + "  not answered: " + silent + "\n";
}

/// The polls of an incident.
int show(Verbs &v, const PollGiven &g)
{
    return eachIncident(v, g.incident, [&](const std::string &id, const json::value &incident) {
        for (const auto &poll : incident.at("polls").get_array()) {
            if (g.json) {
                std::printf("%s\n", json::serialize(poll).c_str());
                continue;
            }
            const bool open = poll.at("closedAt").is_null();
            const std::string due = textOf(poll, "due");
            std::printf("%s poll %lld%s: %s: %s\n", id.c_str(), static_cast<long long>(poll.at("poll").to_number<std::int64_t>()),
                        open ? due.empty() ? "" : (" (until " + due + ")").c_str() : poll.at("withdrawn").get_bool() ? " (taken back)" : " (closed)",
                        textOf(poll, "question").c_str(), textOf(poll, "result").c_str());
            std::fputs(namesOf(poll).c_str(), stdout);
        }
    });
}

int poll(Verbs &v, const PollGiven &g)
{
    if ((g.close != 0) + (g.withdraw != 0) + !g.text.empty() > 1)
        return usage("poll asks a question, or ends one with --close N or --withdraw N");
    if (g.close != 0 || g.withdraw != 0) {
        auto params = object({{"incident", g.incident}, {"reason", g.reason}});
        params["poll"] = g.close != 0 ? g.close : g.withdraw;
        params["withdraw"] = g.withdraw != 0;
        return send(v, "poll.close", params);
    }
    if (g.text.empty())
        return show(v, g);
    auto params = object({{"incident", g.incident}, {"question", g.text}, {"due", g.due}});
    if (!g.people.empty())
        params["people"] = list(g.people);
    return send(v, "poll.ask", params, "id");
}

int answer(Verbs &v, const PollGiven &g)
{
    auto params = object({{"incident", g.incident}, {"answer", g.answer}, {"text", g.text}, {"person", g.person}});
    if (g.poll != 0)
        params["poll"] = g.poll;
    return send(v, "poll.answer", params);
}

} // namespace

void addPollVerbs(CLI::App &app, Verbs &verbs)
{
    verbs.add<PollGiven>(
        app, "moment", "mark a moment that matters for what is told afterwards",
        [](CLI::App &verb, PollGiven &g) {
            verb.add_option("TEXT", g.text, "what it was");
            verb.add_option("--at", g.at, "when, RFC 3339 (default: now)")->type_name("INSTANT");
            verb.add_option("--kind", g.kind, "key (default), detection, diagnosis, repair")->type_name("K");
            verb.add_option("--about", g.about, "the line of the timeline it is: its reference")->type_name("REF");
            verb.add_option("--withdraw", g.moment, "moment N is none after all")->type_name("N");
            whichIncident(verb, g.incident);
        },
        moment);
    verbs.add<PollGiven>(
        app, "poll", "ask go or no-go around; without a question, how the polls stand",
        [](CLI::App &verb, PollGiven &g) {
            verb.add_option("QUESTION", g.text, "what is asked");
            verb.add_option("--ask", g.people, "a person; may be repeated (default: everybody else with a role)")->type_name("PERSON");
            verb.add_option("--due", g.due, "when it closes by itself: 10m, or RFC 3339")->type_name("T");
            verb.add_option("--close", g.close, "no more answers to poll N")->type_name("N");
            verb.add_option("--withdraw", g.withdraw, "poll N should not have been asked")->type_name("N");
            verb.add_option("--reason", g.reason, "why it ends")->type_name("R");
            verb.add_flag("--json", g.json, "how they stand, one JSON object a line");
            whichIncident(verb, g.incident);
        },
        poll);
    verbs.add<PollGiven>(
        app, "answer", "say go or no-go to a poll; the last word of each person counts",
        [](CLI::App &verb, PollGiven &g) {
            verb.add_option("ANSWER", g.answer, "go or no-go")->required();
            verb.add_option("--poll", g.poll, "which (may be left out while exactly one is open)")->type_name("N");
            verb.add_option("--text", g.text, "why")->type_name("T");
            verb.add_option("--person", g.person, "whose answer it is, where you write down what was said aloud")->type_name("PERSON");
            whichIncident(verb, g.incident);
        },
        answer);
}

} // namespace qd::app
