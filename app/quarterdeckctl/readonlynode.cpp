// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/readonlynode.h"

#include "app/quarterdeckctl/controldoor.h"
#include "core/desk/classes.h"
#include "core/events/codec.h"
#include "core/journal/damagedlog.h"
#include "core/link/replica.h"
#include "core/net/iothread.h"
#include "core/net/listener.h"

#include <boost/json.hpp>
#include <fstream>

namespace qd::app {

namespace {

/// As it reads with what is known of classes.
Result<desk::Record> recordOf(const journal::Committed &committed, const desk::Classes &classes)
{
    std::vector<BytesView> bodies;
    for (const auto &part : committed.parts)
        if (!part.erased)
            bodies.emplace_back(part.body);
    auto events = events::decodeRecord(bodies, [&](std::uint32_t order, events::Event &event) { classes.dress(committed.seq, order, event); });
    if (!events)
        return tl::unexpected(events.error());
    return desk::Record{committed.seq, committed.time, std::move(*events)};
}

/// As a word of a command line.
std::string shellWord(const std::filesystem::path &path)
{
    const std::string text = path.string();
    if (text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-+:@,") == std::string::npos)
        return text;
    std::string out = "'";
    for (const char c : text)
        c == '\'' ? out += "'\\''" : out += c;
    return out + "'";
}

/// The one command that commands on.
std::string oneStep(const ServeOptions &options)
{
    const std::filesystem::path &home = options.home.home;
    std::error_code ignored;
    std::filesystem::path other = home.string() + "-recovered";
    for (int n = 2; std::filesystem::exists(other, ignored) && n < 100; ++n)
        other = home.string() + "-recovered-" + std::to_string(n);
    std::string key = options.home.keychain ? " --keychain" : "";
    if (options.unlock->kind == journal::Unlock::Passphrase)
        key = " --passphrase-file " + (options.home.passphraseFile.empty() ? "FILE" : shellWord(options.home.passphraseFile));
    return "quarterdeckctl --home " + shellWord(home) + key + " serve --recover-into " + shellWord(other);
}

} // namespace

/// Declared in the order they are built; taken down in the reverse order.
struct ReadOnlyNode::Parts {
    SystemClock clock;
    std::string reason;
    std::unique_ptr<journal::DamagedLog> log;
    desk::Classes classes; ///< set once, before it is read
    link::Feed feed;
    std::unique_ptr<link::Replica> replica;
    net::IoThread io;
    std::unique_ptr<net::Listener> listener;
    ControlDoor control;

    /// Lines that were classed later read so from the beginning; what cannot be read classes nothing.
    Result<> readClasses()
    {
        return log->replay(1, log->head(), [this](const journal::Committed &committed) {
            if (const auto record = recordOf(committed, {}))
                for (const events::Event &event : record->events)
                    if (const auto *classed = getIf<events::LineClassed>(&event))
                        classes.take(*classed);
            return true;
        });
    }

    void openFeed()
    {
        feed.follow = [this](const desk::Desk::Follower &, std::uint64_t &first) {
            first = log->head(); // and nothing ever comes after it
            return std::uint64_t(1);
        };
        feed.unfollow = [](std::uint64_t) {};
        feed.replay = [this](std::uint64_t from, std::uint64_t to, const link::Feed::Each &each) {
            Result<> outcome;
            const auto read = log->replay(from, to, [&](const journal::Committed &committed) {
                const auto record = recordOf(committed, classes);
                if (!record)
                    outcome = tl::unexpected(record.error());
                return record && each(*record);
            });
            return outcome ? read : outcome;
        };
        feed.head = [this] { return log->head(); };
        feed.recording = [this] { return desk::Recording{false, reason}; };
        feed.onRecording = [](const std::function<void(const desk::Recording &)> &) {}; // it never changes
        feed.heard = [] { return std::vector<link::Heard>(); };
        feed.notice = [this] { return reason; };
    }

    /// Senders are told to come again, whatever their key: it may have been given after the damage.
    Result<> openListener(const ServeOptions &options, std::uint16_t port)
    {
        net::ListenOptions listen;
        listen.address = options.address;
        listen.port = port;
        listen.limits = options.limits;
        listen.onRefused = [](const net::Refusal &) {};
        listener = std::make_unique<net::Listener>(io, clock, std::move(listen));
        net::RouteOptions all;
        all.admit = [this](const net::Request &) -> std::optional<net::Response> { return net::refusal(503, reason); };
        std::string pattern;
        for (const char *segment : {"/{a}", "/{b}", "/{c}", "/{d}", "/{e}", "/{f}"}) {
            pattern += segment;
            for (const auto method : {net::Method::Get, net::Method::Post, net::Method::Put})
                listener->route(method, pattern, [this](const net::Request &, net::Responder responder) { responder.respond(net::refusal(503, reason)); }, all);
        }
        return listener->start();
    }

    Result<> openDoors(const ServeOptions &options)
    {
        std::uint16_t last = 0;
        if (options.port == 0)
            std::ifstream(options.home.home / "port") >> last;
        auto started = openListener(options, last != 0 ? last : options.port);
        if (!started && last != 0)
            started = openListener(options, 0);
        return started;
    }

    Result<> openControl(const ServeOptions &options)
    {
        auto opened = openControlDoor(
            options.home, io, feed, *replica,
            [this](const desk::Command &, const events::Actor &, const desk::Done &done) { done(fail(Code::Unavailable, reason)); },
            {{}, {}, log->origin(), listener->url()}, false);
        if (!opened)
            return tl::unexpected(opened.error());
        control = std::move(*opened);
        return {};
    }
};

ReadOnlyNode::ReadOnlyNode(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

ReadOnlyNode::~ReadOnlyNode()
{
    Parts &p = *m_parts;
    p.control.seats.reset();
    if (p.listener)
        p.listener->stop();
    p.control.api.reset();
    p.replica.reset();
}

Result<std::unique_ptr<ReadOnlyNode>> ReadOnlyNode::start(const ServeOptions &options, const Error &why)
{
    auto node = std::unique_ptr<ReadOnlyNode>(new ReadOnlyNode(std::make_unique<Parts>()));
    Parts &p = *node->m_parts;
    auto log = journal::DamagedLog::open(options.home.home, portsOf(options.home.keychain), *options.unlock);
    if (!log)
        return tl::unexpected(log.error());
    p.log = std::move(*log);
    p.reason = (p.log->damage().empty() ? why.message : p.log->damage() + ".") + " Nothing is recorded and nobody is called; shown is what was recorded up to record "
        + std::to_string(p.log->head()) + (p.log->headTime() ? " (" + toRfc3339(p.log->headTime()) + ")" : std::string())
        + ". Nothing was changed: keep this home as it is for `quarterdeckctl verify`, and restore it from a backup; to command on, end this and run `"
          + oneStep(options) + "`: it makes another home of what can be read, and is its core.";
    if (const auto read = p.readClasses(); !read)
        return tl::unexpected(read.error());
    p.openFeed();
    p.replica = std::make_unique<link::Replica>(p.feed);
    if (auto done = p.openDoors(options); !done)
        return tl::unexpected(done.error());
    if (auto done = p.openControl(options); !done)
        return tl::unexpected(done.error());
    return node;
}

std::string ReadOnlyNode::readyLine() const
{
    return "ready "
        + boost::json::serialize(boost::json::object{{"control", m_parts->control.seats->path()},
                                                     {"listen", m_parts->listener->url()},
                                                     {"seq", m_parts->log->head()},
                                                     {"readonly", m_parts->reason}});
}

const std::string &ReadOnlyNode::reason() const
{
    return m_parts->reason;
}

} // namespace qd::app
