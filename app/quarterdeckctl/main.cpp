// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/files.h"
#include "app/quarterdeckctl/verbs.h"

#include "core/link/jsonrpc.h"
#include "core/link/protocol.h"

#include <QCoreApplication>
#include <boost/json.hpp>
#include <cstdio>
#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace qd::app {

namespace {

/// Keys live in this process: no core file, no other process of the user looks in, nothing we make is for others to read.
void harden()
{
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
    umask(077);
}

void addGlobalOptions(CLI::App &app, HomeOptions &options)
{
    app.add_option_function<std::string>(
           "--home", [&options](const std::string &dir) { options.home = dir; }, "the home's folder (default: " + link::defaultHome().string() + ")")
        ->type_name("DIR");
    app.add_option("--passphrase-file", options.passphraseFile, "the home's passphrase is the first line of this file")->type_name("FILE");
    app.add_option("--passphrase-fd", options.passphraseFd, "the home's passphrase is read from this descriptor")->type_name("N")->check(CLI::NonNegativeNumber);
    app.add_flag("--keychain", options.keychain, "the home's key is in the desktop's keychain");
    app.add_option("--recovery-file", options.recoveryFile, "the home's recovery key is the first line of this file")->type_name("FILE");
    app.add_option("--recovery-fd", options.recoveryFd, "the home's recovery key is read from this descriptor")->type_name("N")->check(CLI::NonNegativeNumber);
    app.add_option("--as", options.as, "speak for this person of the workspace (default: the person named as your user)")->type_name("PERSON");
    app.add_option("--view-as", options.viewAs, "read as this one would: a person, room:ADDRESS, page:ID, mail:ID, audience:NAME or public; never more than you may")->type_name("WHOM");
}

} // namespace

int refuse(const Error &error)
{
    std::fprintf(stderr, "quarterdeckctl: %s\n", error.message.c_str());
    return kRefused;
}

Called callCore(const Verbs &verbs, std::string_view method, const std::string &params)
{
    if (const auto good = isUtf8(params + verbs.options.as + verbs.options.viewAs, "What was given"); !good)
        return {{}, refuse({Code::Invalid, "What was given is not UTF-8 (\"" + good.error().detail + "\"): what it was typed or written with has another encoding.", {}})};
    auto caller = link::Caller::connect(link::controlSocket(verbs.options.home));
    if (!caller) {
        if (caller.error().code == Code::NotFound || caller.error().code == Code::Unavailable) {
            std::fprintf(stderr, "quarterdeckctl: No core is running for %s; start one with: quarterdeckctl --home %s serve\n",
                         verbs.options.home.c_str(), verbs.options.home.c_str());
            return {{}, kNoCore};
        }
        return {{}, refuse(caller.error())};
    }
    std::string asked = params;
    if (!verbs.options.viewAs.empty()) {
        boost::json::value all = params.empty() ? boost::json::value(boost::json::object()) : boost::json::parse(params);
        all.as_object()["viewAs"] = verbs.options.viewAs;
        asked = boost::json::serialize(all);
    }
    auto result = (*caller)->call(method, asked, verbs.options.as);
    if (!result)
        return {{}, refuse(result.error())};
    // Done, and the person is told the truth about it; scripts find it as "recorded" in the answer.
    boost::system::error_code wrong;
    if (const auto answer = boost::json::parse(*result, wrong); !wrong && answer.is_object())
        if (const auto *recorded = answer.get_object().if_contains("recorded"); recorded && method != "status" && *recorded == false)
            std::fprintf(stderr, "quarterdeckctl: UNRECORDED: done, but kept in memory until the disk takes it; `quarterdeckctl call status` says why.\n");
    return {std::move(*result), kDone};
}

} // namespace qd::app

int main(int argc, char **argv)
{
    using namespace qd::app;
    harden();
    if (sodium_init() < 0) {
        std::fputs("quarterdeckctl: the random generator cannot be set up\n", stderr);
        return kRefused;
    }
    QCoreApplication qt(argc, argv);
    Verbs verbs;
    verbs.options.home = qd::link::defaultHome();
    CLI::App app("The incident commander's console: its core and its command line.", "quarterdeckctl");
    app.set_version_flag("--version", std::string("quarterdeckctl " QD_VERSION));
    app.require_subcommand(1);
    app.failure_message([](const CLI::App *a, const CLI::Error &e) { return "quarterdeckctl: " + usageProblem(*a, e) + "\n"; });
    app.get_formatter()->column_width(34);
    addGlobalOptions(app, verbs.options);
    addHomeVerbs(app, verbs);
    addRecoverVerb(app, verbs);
    addDoctorVerb(app, verbs);
    addProofVerbs(app, verbs);
    addConnectVerbs(app, verbs);
    addReadVerbs(app, verbs);
    addPagingVerbs(app, verbs);
    addSearchVerb(app, verbs);
    addOnCallVerbs(app, verbs);
    addCommandVerbs(app, verbs);
    addSeverityVerbs(app, verbs);
    addLeadingVerbs(app, verbs);
    addQuietVerbs(app, verbs);
    addOverrideVerbs(app, verbs);
    addHeartbeatVerbs(app, verbs);
    addRoutesVerbs(app, verbs);
    addMapVerbs(app, verbs);
    addOutwardVerbs(app, verbs);
    addPollVerbs(app, verbs);
    addEvidenceVerbs(app, verbs);
    addReviewVerbs(app, verbs);
    addActionVerbs(app, verbs);
    addDebriefVerbs(app, verbs);
    addRebuildVerb(app, verbs);
    addPageVerbs(app, verbs);
    addImportVerbs(app, verbs);
    addKeepingVerbs(app, verbs);
    addKeysVerbs(app, verbs);
    addAccessVerbs(app, verbs);
    addPracticeVerbs(app, verbs);
    addPublishVerbs(app, verbs);
    try {
        app.parse(wordsOf(app, argc, argv));
    } catch (const CLI::ParseError &e) {
        return app.exit(e) == 0 ? kDone : kUsage;
    }
    return verbs.run ? verbs.run() : static_cast<int>(kUsage);
}
