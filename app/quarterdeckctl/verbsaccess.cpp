// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"
#include "app/quarterdeckctl/print.h"

#include "core/base/encoding.h"
#include "core/base/ports.h"
#include "core/base/spokenwords.h"

#include <cstdio>

namespace qd::app {

namespace {

struct AccessGiven {
    std::string person, command, connection, address, service, incident, role, duration, reason;
    std::uint32_t number = 0;
    bool json = false;
};

int bind(Verbs &v, const AccessGiven &g)
{
    SystemRandom random;
    const std::string word = randomWords(random, kWordsToBind);
    const Called asked = callCore(v, "identity.bind", json::serialize(object({{"person", g.person}, {"connection", g.connection}, {"wordHash", sha256Hex(word)}})));
    if (asked.exit != kDone)
        return asked.exit;
    if (g.json)
        printJson(json::serialize(json::object{{"person", g.person}, {"connection", g.connection}, {"say", "!bind " + word}, {"minutes", 10}}));
    else
        std::printf("Within 10 minutes %s says, from their own account on %s, in a direct message to the console or in an incident's room:\n    !bind %s\n", g.person.c_str(),
                    g.connection.c_str(), word.c_str());
    return kDone;
}

int unbind(Verbs &v, const AccessGiven &g)
{
    return send(v, "identity.unbind", object({{"person", g.person}, {"connection", g.connection}, {"address", g.address}, {"reason", g.reason}}));
}

int breakGlass(Verbs &v, const AccessGiven &g)
{
    return send(v, "access.break", object({{"role", g.role}, {"service", g.service}, {"incident", g.incident}, {"duration", g.duration}, {"reason", g.reason}}), "id");
}

int endGlass(Verbs &v, const AccessGiven &g)
{
    json::object params = object({{"reason", g.reason}});
    params["number"] = g.number;
    return send(v, "access.end", params);
}

int may(Verbs &v, const AccessGiven &g)
{
    const Called got = callCore(v, "may", json::serialize(object({{"person", g.person}, {"command", g.command}, {"service", g.service}, {"incident", g.incident}})));
    if (got.exit != kDone)
        return got.exit;
    if (g.json) {
        printJson(got.json);
        return kDone;
    }
    const json::value answer = json::parse(got.json);
    if (answer.at("may").as_bool())
        std::printf("yes: %s may do %s for %s, which needs the role %s: %s\n", g.person.c_str(), textOf(answer, "command").c_str(), textOf(answer, "about").c_str(),
                    textOf(answer, "role").c_str(), textOf(answer, "by").c_str());
    else
        std::printf("no: %s\n", textOf(answer, "why").c_str());
    return kDone;
}

} // namespace

void addAccessVerbs(CLI::App &app, Verbs &verbs)
{
    verbs.add<AccessGiven>(
         app, "may", "say whether a person may do a command, and by what right or why not",
         [](CLI::App &verb, AccessGiven &g) {
             verb.add_option("PERSON", g.person, "who, by their id")->required();
             verb.add_option("COMMAND", g.command, "the command: take, declare, incident.status …; `call methods` lists them")->required();
             verb.add_option("--service", g.service, "for this service (default: for everything)")->type_name("S");
             verb.add_option("--incident", g.incident, "in this incident")->type_name("I");
             verb.add_flag("--json", g.json, "as JSON");
         },
         may)
        ->footer("Rights are written as [[right]] in the workspace; `get rights` lists them.");
    verbs.add<AccessGiven>(
         app, "bind", "let a person prove which chat address is theirs, with a word to say from it",
         [](CLI::App &verb, AccessGiven &g) {
             verb.add_option("PERSON", g.person, "who, by their id")->required();
             verb.add_option("--connection", g.connection, "the chat connection")->required()->type_name("N");
             verb.add_flag("--json", g.json, "as JSON");
         },
         bind)
        ->footer("The word is shown once, is good for 10 minutes and once. Give it to the person by another way than that chat.");
    verbs.add<AccessGiven>(
         app, "unbind", "take a chat address from a person that they were bound to by a word",
         [](CLI::App &verb, AccessGiven &g) {
             verb.add_option("PERSON", g.person, "who, by their id")->required();
             verb.add_option("--connection", g.connection, "the chat connection")->required()->type_name("N");
             verb.add_option("--address", g.address, "this address only (default: all on that connection)")->type_name("A");
             verb.add_option("--reason", g.reason, "why")->type_name("R");
         },
         unbind)
        ->footer("Addresses written in the workspace's files are taken out there. `get identities` lists both.");
    verbs.add<AccessGiven>(
         app, "break-glass", "take a role one does not have, for a time; two others are told",
         [](CLI::App &verb, AccessGiven &g) {
             verb.add_option("--role", g.role, "respond, command, publish or administer")->required()->type_name("ROLE");
             verb.add_option("--service", g.service, "for this service (default: everywhere)")->type_name("S");
             verb.add_option("--incident", g.incident, "for this incident")->type_name("I");
             verb.add_option("--for", g.duration, "how long, 1m to 4h (default: 30m)")->type_name("SPAN");
             verb.add_option("--reason", g.reason, "why; it is recorded and told")->required()->type_name("R");
         },
         breakGlass)
        ->footer("Prints its name, glass/N. `get access` lists who took what; `end-break-glass N` gives it back.");
    verbs.add<AccessGiven>(
        app, "end-break-glass", "end a role that somebody took for a time",
        [](CLI::App &verb, AccessGiven &g) {
            verb.add_option("N", g.number, "its number: 3 of glass/3")->required();
            verb.add_option("--reason", g.reason, "why")->type_name("R");
        },
        endGlass);
}

} // namespace qd::app
