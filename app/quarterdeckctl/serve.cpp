// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/serve.h"

#include "app/quarterdeckctl/corenode.h"
#include "app/quarterdeckctl/readonlynode.h"
#include "app/quarterdeckctl/recovery.h"
#include "core/base/log.h"
#include "core/comms/secrets.h"
#include "core/journal/unlock.h"

#include <csignal>
#include <cstdio>
#include <ctime>

namespace qd::app {

namespace {

/// The signals that end the core, taken by the main thread alone. Blocked before any thread starts, so that all inherit it.
class EndSignals {
public:
    EndSignals()
    {
        sigemptyset(&m_set);
        sigaddset(&m_set, SIGTERM);
        sigaddset(&m_set, SIGINT);
        pthread_sigmask(SIG_BLOCK, &m_set, nullptr);
        std::signal(SIGPIPE, SIG_IGN);
        std::signal(SIGHUP, SIG_IGN); // a closed terminal ends no escalation
    }
    /// True when one came within the time.
    [[nodiscard]] bool wait(Span span) const
    {
        const timespec limit{span.ns / 1'000'000'000, span.ns % 1'000'000'000};
        return sigtimedwait(&m_set, nullptr, &limit) > 0;
    }

private:
    sigset_t m_set{};
};

void announce(const std::string &line)
{
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
}

/// A damaged journal can be looked at; the sentence that says so is also how it ends.
Result<> serveReadOnly(const ServeOptions &options, const Error &why, const EndSignals &end)
{
    auto node = ReadOnlyNode::start(options, why);
    if (!node)
        return tl::unexpected(why);
    log(LogLevel::Error, "serve", Error{Code::Corrupt, (*node)->reason(), why.message});
    announce((*node)->readyLine());
    while (!end.wait(seconds(3600))) {
    }
    return fail(Code::Corrupt, (*node)->reason());
}

/// The core of another home that was made of what can be read of a damaged one.
Result<std::unique_ptr<CoreNode>> startRecovered(const ServeOptions &options, const RecoveredHome &made, const Error &why)
{
    log(LogLevel::Warning, "serve", why);
    print(made);
    std::printf("This is its core from now on; start it again with `quarterdeckctl --home %s serve`.\n", made.home.c_str());
    std::fflush(stdout);
    ServeOptions anew = options;
    anew.home.home = made.home;
    return CoreNode::start(anew);
}

} // namespace

Result<> serve(const ServeOptions &options)
{
    const EndSignals end;
    (void)comms::secretsIn("password: a1 https://a:b@c"); // its patterns are made ready here, not when the first message is waited for
    auto node = CoreNode::start(options);
    if (!node && node.error().code == Code::Corrupt) {
        if (options.recoverInto.empty())
            return serveReadOnly(options, node.error(), end);
        const auto made = recoverHome(options.home, *options.unlock, options.recoverInto);
        if (!made && made.error().code == Code::Conflict) { // it was made at an earlier start: nobody is to be left without anything to look at
            const Error why{Code::Corrupt, node.error().message + " It is not recovered once more: " + made.error().message, node.error().detail};
            return serveReadOnly(options, why, end);
        }
        node = made ? startRecovered(options, *made, node.error()) : tl::unexpected(made.error());
    }
    if (!node) {
        // For whoever started it and can ask a person: the reason in words follows on standard error.
        const std::string_view detail = node.error().detail;
        if (detail.starts_with(journal::kOpensWith) && detail.find("passphrase") != std::string_view::npos)
            announce("locked {\"opensWith\":\"passphrase\"}");
        return tl::unexpected(node.error());
    }
    announce((*node)->readyLine());
    while (!end.wait(millis(500)))
        (*node)->tick();
    log(LogLevel::Info, "serve", "stopping");
    (*node)->stop();
    return {};
}

} // namespace qd::app
