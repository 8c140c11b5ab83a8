// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/home.h"

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>

namespace qd::app {

/// Exit codes of every verb.
enum Exit { kDone = 0, kRefused = 1, kUsage = 2, kNoCore = 3 };

struct None {}; ///< the options of a verb that has none

/// What the verbs share: the options before them, and the one that was asked for.
struct Verbs {
    HomeOptions options;
    std::function<int()> run; ///< set by the verb that was parsed
    std::string verb = {};    ///< its name

    /// A verb with its options in `T`, alive until it has run.
    template <typename T>
    CLI::App *add(CLI::App &app, const std::string &name, const std::string &about, const std::function<void(CLI::App &, T &)> &options,
                  int (*act)(Verbs &, const T &))
    {
        auto given = std::make_shared<T>();
        CLI::App *verb = app.add_subcommand(name, about);
        verb->fallthrough(); // --home and its like may stand behind the verb as well
        options(*verb, *given);
        verb->callback([this, given, act, name] {
            this->verb = name;
            run = [this, given, act] { return act(*this, *given); };
        });
        return verb;
    }
};

void addHomeVerbs(CLI::App &app, Verbs &verbs);    ///< init serve workspace bench
void addRecoverVerb(CLI::App &app, Verbs &verbs);  ///< recover
void addDoctorVerb(CLI::App &app, Verbs &verbs);   ///< doctor
void addProofVerbs(CLI::App &app, Verbs &verbs);   ///< verify export checkpoint
void addConnectVerbs(CLI::App &app, Verbs &verbs); ///< connect disconnect arm disarm
void addReadVerbs(CLI::App &app, Verbs &verbs);    ///< get why call
void addOnCallVerbs(CLI::App &app, Verbs &verbs);  ///< who simulate schedule override swap withdraw export-ical import
void addPagingVerbs(CLI::App &app, Verbs &verbs);  ///< reached test-page
void addAccessVerbs(CLI::App &app, Verbs &verbs);  ///< may bind unbind break-glass end-break-glass
void addSearchVerb(CLI::App &app, Verbs &verbs);   ///< search
void addPracticeVerbs(CLI::App &app, Verbs &verbs); ///< practice new, play, stop
void addLeadingVerbs(CLI::App &app, Verbs &verbs); ///< take object handover accept decline brief standdown
void addKeepingVerbs(CLI::App &app, Verbs &verbs); ///< erase strike hold
void addKeysVerbs(CLI::App &app, Verbs &verbs);    ///< keys list, add, remove, rotate, drill
void addCommandVerbs(CLI::App &app, Verbs &verbs); ///< declare take ack …
void addSeverityVerbs(CLI::App &app, Verbs &verbs); ///< severity reason
void addImportVerbs(CLI::App &app, Verbs &verbs);  ///< import oncall, opsgenie, goalert; after addOnCallVerbs
void addRoutesVerbs(CLI::App &app, Verbs &verbs);  ///< routes test, import alertmanager; after addOnCallVerbs, whose import it adds to
void addHeartbeatVerbs(CLI::App &app, Verbs &verbs); ///< heartbeat list, mute, unmute, dryrun
void addMapVerbs(CLI::App &app, Verbs &verbs);     ///< map list, proposals, import, accept, dismiss; import backstage; after addOnCallVerbs
void addOutwardVerbs(CLI::App &app, Verbs &verbs); ///< update pin message
void addPollVerbs(CLI::App &app, Verbs &verbs);    ///< moment poll answer
void addEvidenceVerbs(CLI::App &app, Verbs &verbs); ///< evidence keep, fetch, save, list
void addPublishVerbs(CLI::App &app, Verbs &verbs); ///< review publish, leaks; pattern; after the verbs of a review, whose words it adds to
void addReviewVerbs(CLI::App &app, Verbs &verbs);  ///< review open, show, write, hold, lint, comment, contribute, factor, action, turn, waive
void addActionVerbs(CLI::App &app, Verbs &verbs);  ///< action export, import
void addDebriefVerbs(CLI::App &app, Verbs &verbs); ///< review meeting, sign, cost, feedback; after the verbs of a review, whose words it adds to
void addRebuildVerb(CLI::App &app, Verbs &verbs);  ///< rebuild
void addPageVerbs(CLI::App &app, Verbs &verbs);    ///< page post, set, maintenance, show
void addQuietVerbs(CLI::App &app, Verbs &verbs);   ///< silence shelve snooze maintenance split merge
void addOverrideVerbs(CLI::App &app, Verbs &verbs); ///< unack note hold-calls unhold keep place undo

/// What is wrong with a command line that did not parse, as one sentence that names the word: "There is no verb \"declre\"; did you
/// mean declare? See quarterdeckctl --help".
[[nodiscard]] std::string usageProblem(const CLI::App &app, const CLI::Error &error);

/// The words of a command line as CLI11 takes them, the last one first. `help`, `help VERB` and `version` are `--help`, `VERB --help` and `--version`;
/// where there is no such verb, the verb alone, which says so.
[[nodiscard]] std::vector<std::string> wordsOf(const CLI::App &app, int argc, const char *const *argv);

/// One sentence on stderr; the exit code for it.
int refuse(const Error &error);

/// What a command's answer says the person should know though it was done, on stderr, one line each.
void printNotes(const std::string &json);

/// Calls the core; prints nothing. `exit` says what to return when there is no result.
struct Called {
    std::string json;
    int exit = kDone;
};
[[nodiscard]] Called callCore(const Verbs &verbs, std::string_view method, const std::string &params);

} // namespace qd::app
