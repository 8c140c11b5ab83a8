// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"

/// What a review is talked over, signed and counted in: verbs of `review` beside those that write it.
namespace qd::app {

namespace {

struct DebriefGiven {
    std::string incident, at, amount, what, text;
    std::vector<std::string> people;
    unsigned cost = 0, score = 0;
    bool withdraw = false, named = false;
};

int meetingOfReview(Verbs &v, const DebriefGiven &g)
{
    auto params = object({{"incident", g.incident}, {"at", g.at}});
    params["people"] = list(g.people);
    return send(v, "review.meeting", params);
}

int signOfReview(Verbs &v, const DebriefGiven &g)
{
    auto params = object({{"incident", g.incident}});
    params["withdraw"] = g.withdraw;
    return send(v, "review.sign", params);
}

int costOfReview(Verbs &v, const DebriefGiven &g)
{
    if (g.withdraw && (g.cost == 0 || !g.amount.empty()))
        return usage("--withdraw takes back a cost that is noted (--cost N), and changes nothing else of it");
    auto params = object({{"incident", g.incident}, {"amount", g.amount}, {"what", g.what}});
    params["cost"] = g.cost;
    params["withdraw"] = g.withdraw;
    return send(v, "review.cost", params, "id");
}

int feedbackOfReview(Verbs &v, const DebriefGiven &g)
{
    auto params = object({{"incident", g.incident}, {"text", g.text}});
    params["score"] = g.score;
    params["named"] = g.named;
    return send(v, "review.feedback", params);
}

} // namespace

void addDebriefVerbs(CLI::App &app, Verbs &verbs)
{
    CLI::App *review = app.get_subcommand("review");
    verbs.add<DebriefGiven>(
        *review, "meeting", "it was talked over, with these people; what is said last counts",
        [](CLI::App &verb, DebriefGiven &g) {
            whoseReview(verb, g.incident);
            verb.add_option("--with", g.people, "who was there; may be repeated")->type_name("PERSON")->required();
            verb.add_option("--at", g.at, "when, RFC 3339 (default: when it was to be, or now)")->type_name("T");
        },
        meetingOfReview);
    verbs.add<DebriefGiven>(
        *review, "sign", "sign what it says now; what is written afterwards is not signed",
        [](CLI::App &verb, DebriefGiven &g) {
            whoseReview(verb, g.incident);
            verb.add_flag("--withdraw", g.withdraw, "take your signature back");
        },
        signOfReview);
    verbs.add<DebriefGiven>(
        *review, "cost", "money the incident cost beside people's time",
        [](CLI::App &verb, DebriefGiven &g) {
            whoseReview(verb, g.incident);
            verb.add_option("AMOUNT", g.amount, "how much: 1234.50, in the workspace's currency");
            verb.add_option("WHAT", g.what, "what for");
            verb.add_option("--cost", g.cost, "cost N is changed, not a new one; what is left out or empty stays")->type_name("N");
            verb.add_flag("--withdraw", g.withdraw, "it was none after all");
        },
        costOfReview);
    verbs.add<DebriefGiven>(
        *review, "feedback", "how you found the way an incident was handled; nobody is named in the record",
        [](CLI::App &verb, DebriefGiven &g) {
            whoseReview(verb, g.incident);
            verb.add_option("SCORE", g.score, "1 (badly) to 5 (well)")->required();
            verb.add_option("TEXT", g.text, "what was good, and what was not");
            verb.add_flag("--named", g.named, "your name stands beside it");
        },
        feedbackOfReview);
}

} // namespace qd::app
