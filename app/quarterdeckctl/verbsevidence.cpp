// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/files.h"
#include "app/quarterdeckctl/params.h"

#include "core/base/amounts.h"
#include "core/base/encoding.h"
#include "core/state/evidence.h"

#include <cstdio>
#include <filesystem>

/// Files kept with an incident.
namespace qd::app {

namespace {

struct EvidenceGiven {
    std::string file, incident, name, type, text, out, message;
    unsigned number = 0, which = 1;
    bool json = false;
};

int keepEvidence(Verbs &v, const EvidenceGiven &g)
{
    const auto bytes = readFile(g.file, state::kEvidenceBytes);
    if (!bytes)
        return refuse(bytes.error());
    auto params = object({{"incident", g.incident}, {"mediaType", g.type}, {"text", g.text}});
    params["name"] = g.name.empty() ? std::filesystem::path(g.file).filename().string() : g.name;
    params["content"] = toBase64(asBytes(*bytes));
    return send(v, "incident.evidence", params, "id");
}

int saveEvidence(Verbs &v, const EvidenceGiven &g)
{
    auto params = object({{"incident", g.incident}});
    params["evidence"] = g.number;
    const Called got = callCore(v, "evidence.read", json::serialize(params));
    if (got.exit != kDone)
        return got.exit;
    const json::value answer = json::parse(got.json);
    const auto bytes = fromBase64(textOf(answer, "content"));
    if (!bytes)
        return refuse(bytes.error());
    const std::string out = g.out.empty() ? textOf(answer, "name") : g.out; // the name holds no path
    if (const auto written = writeNew(out, asText(*bytes)); !written)
        return refuse(written.error());
    std::printf("%s\n", out.c_str());
    return kDone;
}

int fetchEvidence(Verbs &v, const EvidenceGiven &g)
{
    auto params = object({{"incident", g.incident}, {"message", g.message}});
    params["file"] = g.which;
    return send(v, "evidence.fetch", params, "id");
}

int listEvidence(Verbs &v, const EvidenceGiven &g)
{
    return eachIncident(v, g.incident, [&](const std::string &id, const json::value &incident) {
        for (const auto &e : incident.at("evidence").get_array()) {
            if (g.json) {
                std::printf("%s\n", json::serialize(e).c_str());
                continue;
            }
            const std::string text = textOf(e, "text");
            std::printf("%s evidence %lld: %s, %s, %s, by %s at %s%s\n", id.c_str(), static_cast<long long>(e.at("evidence").to_number<std::int64_t>()), textOf(e, "name").c_str(),
                        textOf(e, "mediaType").c_str(), bytesInWords(e.at("bytes").to_number<std::uint64_t>()).c_str(), textOf(e, "by").c_str(), textOf(e, "at").c_str(),
                        text.empty() ? "" : (": " + text).c_str());
        }
    });
}

} // namespace

void addEvidenceVerbs(CLI::App &app, Verbs &verbs)
{
    CLI::App *evidence = app.add_subcommand("evidence", "files kept with an incident, sealed in its record");
    evidence->fallthrough();
    evidence->require_subcommand(1);
    verbs.add<EvidenceGiven>(
        *evidence, "keep", "keep a file, at most 4 MB; prints its number",
        [](CLI::App &verb, EvidenceGiven &g) {
            verb.add_option("FILE", g.file, "the file")->required();
            verb.add_option("--text", g.text, "what it shows")->type_name("T");
            verb.add_option("--name", g.name, "what it is called (default: its own name)")->type_name("NAME");
            verb.add_option("--type", g.type, "its media type (default: by the end of its name)")->type_name("TYPE");
            whichIncident(verb, g.incident);
        },
        keepEvidence);
    verbs.add<EvidenceGiven>(
        *evidence, "fetch", "keep a file that came with a chat message, fetched from its platform; prints its number",
        [](CLI::App &verb, EvidenceGiven &g) {
            verb.add_option("MESSAGE", g.message, "the message's id, as `get timeline` shows it")->required();
            verb.add_option("--file", g.which, "which of its files, from 1 (default: the first)")->type_name("N");
            whichIncident(verb, g.incident);
        },
        fetchEvidence);
    verbs.add<EvidenceGiven>(
        *evidence, "save", "write one into a new file, readable by you alone",
        [](CLI::App &verb, EvidenceGiven &g) {
            verb.add_option("N", g.number, "its number")->required();
            verb.add_option("--out", g.out, "the new file (default: its name, here)")->type_name("FILE");
            whichIncident(verb, g.incident);
        },
        saveEvidence);
    verbs.add<EvidenceGiven>(
        *evidence, "list", "what is kept",
        [](CLI::App &verb, EvidenceGiven &g) {
            verb.add_flag("--json", g.json, "one JSON object a line");
            verb.add_option("--incident", g.incident, "of one incident (default: of all)")->type_name("INC-N");
        },
        listEvidence);
}

} // namespace qd::app
