// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/files.h"
#include "app/quarterdeckctl/verbs.h"

#include "core/base/ports.h"
#include "core/control/api.h"
#include "core/control/eventjson.h"
#include "core/desk/classes.h"
#include "core/events/codec.h"
#include "core/journal/exportfile.h"
#include "core/journal/words.h"
#include "core/link/jsonrpc.h"
#include "core/link/protocol.h"
#include "core/model/marking.h"
#include "core/workspace/files.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <set>
#include <sstream>
#include <unistd.h>

namespace qd::app {

namespace json = boost::json;

namespace {

constexpr std::size_t kMostCheckpoint = 64 * 1024;

Result<std::vector<std::string>> readCheckpoints(const std::vector<std::string> &files)
{
    std::vector<std::string> out;
    for (const auto &file : files) {
        auto text = readFile(file, kMostCheckpoint);
        if (!text)
            return fail(text.error().code, "The checkpoint " + text.error().message);
        out.push_back(std::move(*text));
    }
    return out;
}

journal::Timeline timeline()
{
    return {control::eventSchema(), [](const journal::Disclosed &d) { return control::eventLines(d.seq, d.time, d.bodies); }};
}

struct VerifyGiven {
    std::string path, originKey;
    std::vector<std::string> checkpoints, headCodes;
    bool json = false;
};

void print(const journal::VerifyReport &report, bool isHome)
{
    const auto number = [](std::uint64_t n) { return static_cast<unsigned long long>(n); };
    if (report.exported.empty())
        std::printf("%s: %llu records, head %llu %s\norigin %s\n", journal::outcomeName(report.outcome), number(report.records),
                    number(report.headSeq), report.headSeq ? journal::headWords(report.head).c_str() : "", report.origin.c_str());
    else
        std::printf("%s: export of %s, %llu records, the last is %llu %s\norigin %s\n", journal::outcomeName(report.outcome),
                    report.exported.c_str(), number(report.records), number(report.headSeq),
                    report.headSeq ? journal::headWords(report.head).c_str() : "", report.origin.c_str());
    if (!report.exported.empty() && report.completeTo > 0)
        std::printf("complete from record %llu to %llu: nothing of it there is left out\n", number(report.completeFrom), number(report.completeTo));
    else if (!report.exported.empty() && report.outcome != journal::VerifyReport::Outcome::Damaged)
        std::printf("that nothing of it is left out is the log owner's word\n");
    if (report.unanchored > 0)
        std::printf("%llu records after the last checkpoint\n", number(report.unanchored));
    if (isHome && !report.noted && report.records > 0)
        std::printf("there is no head.note beside the journal: an older journal.db put back is found only by a checkpoint kept elsewhere\n");
    for (auto hole = report.holes.begin(); hole != report.holes.end();) { // one line a record and kind, however many parts of it are gone
        const auto end = std::find_if(hole, report.holes.end(), [&](const auto &h) { return h.seq != hole->seq || h.authorised != hole->authorised; });
        const std::string parts = end - hole > 1 ? std::to_string(end - hole) + " parts, " : std::string();
        std::printf("hole at %llu (%s%s)\n", number(hole->seq), parts.c_str(), hole->authorised ? "erased with authority" : "not authorised");
        hole = end;
    }
    for (const auto &fault : report.errors)
        std::printf("%s at %llu\n", fault.kind.c_str(), number(fault.seq));
}

int verify(Verbs &verbs, const VerifyGiven &given)
{
    journal::VerifyOptions options;
    options.originKey = given.originKey;
    options.headCodes = given.headCodes;
    auto checkpoints = readCheckpoints(given.checkpoints);
    if (!checkpoints)
        return refuse(checkpoints.error());
    options.checkpoints = std::move(*checkpoints);
    // With a key given the seals are opened as well; without one nothing of the home's keys is needed.
    std::optional<journal::Unlock> unlock;
    if (!verbs.options.passphraseFile.empty() || verbs.options.passphraseFd >= 0 || verbs.options.keychain) {
        auto named = unlockOf(verbs.options);
        if (!named)
            return refuse(named.error());
        unlock = std::move(*named);
        options.unlock = &*unlock;
    }
    const std::filesystem::path path = given.path.empty() ? verbs.options.home : std::filesystem::path(given.path);
    Result<journal::VerifyReport> report;
    if (journal::isExport(path)) {
        const auto text = readFile(path, journal::kMostExportBytes);
        report = text ? journal::verifyExport(*text, options, timeline()) : tl::unexpected(text.error());
    } else {
        report = journal::verify(path, portsOf(verbs.options.keychain), options);
    }
    if (!report)
        return refuse(report.error());
    using Outcome = journal::VerifyReport::Outcome;
    if (given.json)
        std::printf("%s\n", journal::toJson(*report).c_str());
    else
        print(*report, std::filesystem::is_directory(path));
    return report->outcome == Outcome::Authentic || report->outcome == Outcome::Consistent ? kDone : kRefused;
}

struct ExportGiven {
    std::string incident, out, level = "internal";
    std::vector<std::string> checkpoints;
};

/// What the file says of itself, for people: what is in it, what is not, and why.
std::string manifest(const std::string &incident, const std::string &level, const std::string &schema, const std::set<std::string> &alerts, Instant now,
                     const journal::ExportFacts &facts)
{
    json::array leftOut{json::object{
        {"what", "alerts"},
        {"why", "a delivery is sealed as one piece, and most hold alerts of other incidents too, which its key would disclose; the alerts of this one are named here"},
        {"keys", json::array(alerts.begin(), alerts.end())}}};
    if (facts.withheld > 0)
        leftOut.push_back(json::object{{"what", "texts that are marked above " + level},
                                       {"why", "whoever gets this file may be told what is " + level + "; these texts are not in it, nor are their keys, and they read as [struck]"},
                                       {"count", static_cast<std::int64_t>(facts.withheld)}});
    if (facts.otherParts > 0)
        leftOut.push_back(json::object{{"what", "parts of other streams in the same records"},
                                       {"why", "they are not this incident's; the headers hold their sizes and digests only"},
                                       {"count", static_cast<std::int64_t>(facts.otherParts)}});
    std::string proves = "each record here stands in the log the checkpoint was signed for, unchanged, at its place";
    std::string notProved = "that the times are true: that is the log owner's word, signed";
    if (facts.completeTo > 0)
        proves += "; no part of this incident's stream in the records from " + std::to_string(facts.completeFrom) + " to " + std::to_string(facts.completeTo)
            + " is left out, but those an erasure recorded among them names";
    if (facts.withheld > 0)
        notProved = "that no record of this incident was left out (texts were kept back, so it cannot be shown), and that the times are true: those are the log owner's word, signed";
    else if (facts.completeTo < facts.checkpointSize)
        notProved = "that no record of this incident was left out" + (facts.completeTo > 0 ? " after record " + std::to_string(facts.completeTo) : std::string())
            + " (the other records' headers are too many for one file), and that the times are true: those are the log owner's word, signed";
    return json::serialize(json::object{
        {"name", incident},
        {"stream", "incident/" + incident},
        {"records", static_cast<std::int64_t>(facts.records)},
        {"parts", static_cast<std::int64_t>(facts.parts)},
        {"first", static_cast<std::int64_t>(facts.first)},
        {"last", static_cast<std::int64_t>(facts.last)},
        {"from", toRfc3339(facts.from)},
        {"to", toRfc3339(facts.to)},
        {"exportedAt", toRfc3339(now)},
        {"program", "quarterdeckctl " QD_VERSION},
        {"schema", schema},
        {"proves", std::move(proves)},
        {"doesNotProve", std::move(notProved)},
        {"leftOut", std::move(leftOut)}});
}

/// Who takes restricted words out in a file is recorded before they do: by the core, which is the only one who records.
int recordExport(Verbs &verbs, const ExportGiven &given, bool words)
{
    const bool isRunning = static_cast<bool>(link::Caller::connect(link::controlSocket(verbs.options.home)));
    std::error_code ignored;
    if (!std::filesystem::exists(verbs.options.home / "journal.db", ignored))
        return kDone; // the export says so
    if (!isRunning) {
        const auto workspace = workspace::load(verbs.options.workspace());
        const bool isRestricted = !workspace || std::any_of(workspace->business.begin(), workspace->business.end(), [](const BusinessService &b) { return b.data == DataClass::Restricted; });
        if (!words && !isRestricted)
            return kDone;
        std::fprintf(stderr, "quarterdeckctl: What is restricted is recorded as read before it is exported; start the core first: quarterdeckctl --home %s serve\n", verbs.options.home.c_str());
        return kNoCore;
    }
    return callCore(verbs, "access.read", json::serialize(json::object{{"incident", given.incident}, {"what", "export"}, {"words", words}})).exit;
}

int exportIncident(Verbs &verbs, const ExportGiven &given)
{
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(given.out, ignored)))
        return refuse({Code::Conflict, given.out + " is there already; nothing was changed. Give another name, or remove it first.", {}});
    auto checkpoints = readCheckpoints(given.checkpoints);
    if (!checkpoints)
        return refuse(checkpoints.error());
    auto unlock = unlockOf(verbs.options);
    if (!unlock)
        return refuse(unlock.error());
    const auto level = fromWord<DataClass>(given.level);
    if (!level || *level == DataClass::Public) // what is not marked is internal, and all of it goes out
        return refuse({Code::Invalid, "--class is internal, confidential or restricted: what is not marked is internal.", {}});
    if (const int recorded = recordExport(verbs, given, *level == DataClass::Restricted); recorded != kDone)
        return recorded;
    std::set<std::string> alerts;
    std::uint64_t withheld = 0;
    journal::ExportRequest request;
    // What was classed afterwards stands in later records than the line: it is known once the log was read, and then it is read again.
    desk::Classes classes, found;
    if (*level != DataClass::Restricted)
        request.withholds = [level = *level, &classes](std::uint64_t seq, BytesView body) {
            if (mayHoldMark(asText(body), level))
                return true;
            const auto texts = classes.touches(seq) ? events::heldTexts(body) : Result<std::vector<events::HeldText>>();
            return texts && std::any_of(texts->begin(), texts->end(), [&](const events::HeldText &t) { return classes.isAbove(seq, t.order, level); });
        };
    request.stream = "incident/" + given.incident;
    request.name = given.incident;
    request.checkpoints = std::move(*checkpoints);
    request.timeline = timeline();
    request.timeline.lines = [&alerts, &found](const journal::Disclosed &d) {
        if (const auto events = events::decodeRecord(std::vector<BytesView>(d.bodies.begin(), d.bodies.end())))
            for (const events::Event &event : *events)
                if (const auto *classed = getIf<events::LineClassed>(&event))
                    found.take(*classed);
        for (auto &key : control::alertKeys(d.bodies))
            alerts.insert(std::move(key));
        return control::eventLines(d.seq, d.time, d.bodies);
    };
    request.manifest = [&](const journal::ExportFacts &facts) {
        withheld = facts.withheld;
        return manifest(given.incident, given.level, request.timeline.schema, alerts, SystemClock().now(), facts);
    };
    auto text = journal::exportStream(verbs.options.home, portsOf(verbs.options.keychain), *unlock, request);
    while (text && request.withholds && found.all().size() != classes.all().size()) { // also one that was recorded meanwhile
        classes = std::exchange(found, {});
        text = journal::exportStream(verbs.options.home, portsOf(verbs.options.keychain), *unlock, request);
    }
    if (!text)
        return refuse(text.error());
    if (const auto written = writeNew(given.out, *text); !written)
        return refuse(written.error());
    if (withheld > 0)
        std::printf("%llu texts that are marked above %s were kept out of it, with their keys.\n", static_cast<unsigned long long>(withheld), given.level.c_str());
    std::printf("%s: %zu bytes. Whoever has this file can read %s, and nothing else of the log; they check it with\n"
                "quarterdeckctl verify --origin-key KEY %s\n",
                given.out.c_str(), text->size(), given.incident.c_str(), given.out.c_str());
    return kDone;
}

struct CheckpointGiven {
    std::string out, post;
};

int checkpoint(Verbs &verbs, const CheckpointGiven &given)
{
    const Called got = given.post.empty() ? callCore(verbs, "log.checkpoint", "{}")
                                          : callCore(verbs, control::PostHead::kMethod, json::serialize(json::object{{"incident", given.post}}));
    if (got.exit != kDone)
        return got.exit;
    boost::system::error_code wrong;
    const json::value all = json::parse(got.json, wrong);
    const json::object *head = wrong ? nullptr : all.if_object();
    const json::value *note = head ? head->if_contains("checkpoint") : nullptr;
    const json::value *words = head ? head->if_contains("words") : nullptr;
    const json::value *size = head ? head->if_contains("seq") : nullptr;
    if (!note || !note->is_string() || !words || !words->is_string() || !size || !size->is_int64())
        return refuse({Code::Internal, "The core's answer is not a checkpoint.", {}});
    const std::string text(note->get_string());
    if (given.out.empty()) {
        std::printf("%s", text.c_str());
        return kDone;
    }
    if (const auto written = writeNew(given.out, text); !written)
        return refuse(written.error());
    std::printf("%s: record %lld, %s\n", given.out.c_str(), static_cast<long long>(size->get_int64()),
                std::string(words->get_string()).c_str());
    return kDone;
}

} // namespace

void addProofVerbs(CLI::App &app, Verbs &verbs)
{
    verbs.add<VerifyGiven>(
        app, "verify", "prove a home, a copy of its log, or an export: order, completeness, signatures; needs no key",
        [](CLI::App &verb, VerifyGiven &g) {
            verb.add_option("PATH", g.path, "a home, a journal.db alone, or an export (default: the home)");
            verb.add_option("--origin-key", g.originKey, "the verification key init printed: then the result can be \"authentic\"")->type_name("B64");
            verb.add_option("--checkpoint", g.checkpoints, "a checkpoint kept elsewhere; may be repeated")->type_name("FILE");
            verb.add_option("--head-code", g.headCodes, "a record's number and its words, as posted or read out: 41:anchor-…; may be repeated")->type_name("CODE");
            verb.add_flag("--json", g.json, "the report as JSON");
        },
        verify);
    verbs.add<ExportGiven>(
        app, "export", "one incident in one file, with all a stranger needs to prove it; needs no running core",
        [](CLI::App &verb, ExportGiven &g) {
            verb.add_option("--incident", g.incident, "which, such as INC-7")->required();
            verb.add_option("--out", g.out, "the file to make")->type_name("FILE")->required();
            verb.add_option("--class", g.level, "up to which class whoever gets it may be told: internal (usual), confidential or restricted; texts marked above it are kept out")->type_name("CLASS");
            verb.add_option("--checkpoint", g.checkpoints, "prove that the log goes on from this checkpoint the receiver holds; may be repeated")->type_name("FILE");
        },
        exportIncident);
    verbs.add<CheckpointGiven>(
        app, "checkpoint", "sign the log as it stands now and give the signed note, to be held elsewhere",
        [](CLI::App &verb, CheckpointGiven &g) {
            verb.add_option("--out", g.out, "the file to make (default: print it)")->type_name("FILE");
            verb.add_option("--post", g.post, "say its head code in the rooms of this incident as well")->type_name("INC");
        },
        checkpoint);
}

} // namespace qd::app
