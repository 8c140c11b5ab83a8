// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"
#include "app/quarterdeckctl/print.h"

#include <chrono>
#include <cstdio>
#include <thread>

namespace qd::app {

namespace {

constexpr int kTestSeconds = 30; ///< how long a test page waits for the channels' word

struct PagingGiven {
    std::string person, how, incident;
    bool json = false;
};

int reached(Verbs &v, const PagingGiven &g)
{
    const Called got = callCore(v, "person.reached", json::serialize(object({{"person", g.person}, {"how", g.how}, {"incident", g.incident}})));
    if (got.exit != kDone)
        return got.exit;
    const json::value done = json::parse(got.json);
    const std::string incident = textOf(done, "id");
    const auto *notes = done.as_object().if_contains("notes");
    const bool hasNotes = notes && notes->is_array() && !notes->as_array().empty();
    std::printf("Recorded%s: %s was reached by %s.%s\n", incident.empty() ? "" : (" in " + incident).c_str(), g.person.c_str(), g.how.c_str(), hasNotes ? "" : " The calls that are meant count as answered by them.");
    printNotes(got.json);
    return kDone;
}

/// What became of one test so far; `isOpen`: a channel has not said its last word.
json::array channelsOf(const std::string &deliveries, const std::string &test, bool &isOpen)
{
    json::array out;
    isOpen = false;
    const json::value answer = json::parse(deliveries);
    for (const auto &d : answer.at("items").get_array()) {
        const std::string delivery = textOf(d, "delivery"), subject = textOf(d, "subject"), text = textOf(d, "text");
        const bool isWithheld = delivery == "withheld" && (text == test || text.starts_with(test + " "));
        if (subject != test && !isWithheld)
            continue;
        isOpen = isOpen || delivery == "queued" || delivery == "sent" || delivery == "unknown";
        out.push_back(json::object{{"channel", isWithheld ? text.substr(std::min(text.size(), test.size() + 1)) : textOf(d, "connection")},
                                   {"address", textOf(d, "room")},
                                   {"delivery", delivery},
                                   {"reason", textOf(d, "reason")}});
    }
    return out;
}

int testPage(Verbs &v, const PagingGiven &g)
{
    const Called asked = callCore(v, "page.test", json::serialize(object({{"person", g.person == "me" ? "" : g.person}})));
    if (asked.exit != kDone)
        return asked.exit;
    const std::string test = textOf(json::parse(asked.json), "id");
    json::array channels;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(kTestSeconds);
    for (bool isOpen = true; isOpen;) {
        const Called got = callCore(v, "get", json::serialize(json::object{{"what", "deliveries"}}));
        if (got.exit != kDone)
            return got.exit;
        channels = channelsOf(got.json, test, isOpen);
        if (isOpen && std::chrono::steady_clock::now() > until)
            break;
        if (isOpen)
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
    bool isReached = false;
    for (const auto &c : channels)
        isReached = isReached || textOf(c, "delivery") == "confirmed";
    if (g.json) {
        printJson(json::serialize(json::object{{"id", test}, {"channels", channels}}));
    } else {
        for (const auto &c : channels)
            if (textOf(c, "channel").empty() && textOf(c, "address").empty())
                std::printf("No channel: %s.\n", textOf(c, "reason").c_str());
            else
                std::printf("%s%s%s: %s%s%s\n", textOf(c, "channel").c_str(), textOf(c, "address").empty() ? "" : " ", textOf(c, "address").c_str(), textOf(c, "delivery").c_str(),
                            textOf(c, "reason").empty() ? "" : ", ", textOf(c, "reason").c_str());
    }
    if (!isReached)
        return refuse({Code::Unavailable, "The test page reached nobody: no channel took it.", {}});
    return kDone;
}

} // namespace

void addPagingVerbs(CLI::App &app, Verbs &verbs)
{
    verbs.add<PagingGiven>(
         app, "reached", "record that a person was reached by hand and knows; calls they may answer count as answered by them",
         [](CLI::App &verb, PagingGiven &g) {
             verb.add_option("PERSON", g.person, "who was reached, by their id")->required();
             verb.add_option("--by", g.how, "how: phone, sms, in person …")->required()->type_name("WAY");
             verb.add_option("--incident", g.incident, "the incident it is about, or one call, escalation/N (default: every call that calls them)");
         },
         reached)
        ->footer("The record says who was reached, how, and that you say so.");
    verbs.add<PagingGiven>(
         app, "test-page", "send a marked test through each of a person's channels and say what became of each; opens no incident",
         [](CLI::App &verb, PagingGiven &g) {
             verb.add_option("PERSON", g.person, "a person's id, or me")->required();
             verb.add_flag("--json", g.json, "as JSON");
         },
         testPage)
        ->footer("Exit code 1 when no channel took it. Confirmed means that the other side has it: the chat server, the mail server, the webhook.");
}

} // namespace qd::app
