// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/corenode.h"

#include "app/quarterdeckctl/answerbylink.h"
#include "app/quarterdeckctl/connections.h"
#include "app/quarterdeckctl/controldoor.h"
#include "app/quarterdeckctl/deskintake.h"
#include "app/quarterdeckctl/headposter.h"
#include "app/quarterdeckctl/recordcheck.h"
#include "app/quarterdeckctl/workspacewatch.h"
#include "core/base/log.h"
#include "core/desk/classes.h"
#include "core/desk/past.h"
#include "core/journal/journal.h"
#include "core/journal/slots.h"
#include "core/link/snapshotwriter.h"
#include "core/net/iothread.h"
#include "core/net/listener.h"
#include "core/notify/answerdoor.h"
#include "core/publish/statusdoor.h"
#include "core/search/indexer.h"
#include "core/sources/inboundedge.h"
#include "core/state/evidence.h"
#include "core/workspace/files.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <future>

namespace qd::app {

namespace {

constexpr std::chrono::seconds kLookedWithin{5}; ///< a disk that does not answer keeps nobody from starting

} // namespace

/// Declared in the order they are built; taken down by stop() in the order it names.
struct CoreNode::Parts {
    ServeOptions options;
    std::uint64_t ticks = 0;
    SystemClock clock;
    SystemRandom random;
    net::IoThread io;
    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<desk::Desk> desk;
    link::Feed feed;
    state::State ready; ///< for the replica to begin with
    std::unique_ptr<link::Replica> replica;
    std::unique_ptr<link::SnapshotWriter> snapshots;
    std::unique_ptr<search::Indexer> search;
    std::unique_ptr<WorkspaceWatch> workspace;
    std::unique_ptr<Connections> connections; ///< pollers, feeds, chat, the outbox
    std::unique_ptr<HeadPoster> heads;
    std::unique_ptr<sources::RefusalCounter> refusals;
    std::unique_ptr<net::Listener> listener;
    std::unique_ptr<sources::InboundEdge> inbound;
    std::unique_ptr<notify::AnswerDoor> answers;
    std::unique_ptr<publish::StatusDoor> statusPages;
    ControlDoor control;
    std::string controlProblem; ///< said once
    std::unique_ptr<RecordCheck> check;

    Result<> openJournal()
    {
        if (const auto slots = journal::listSlots(options.home.home, portsOf(false)); slots)
            if (const std::string advice = slots->advice(clock.now()); !advice.empty())
                log(LogLevel::Warning, "keys", advice);
        journal::Options how;
        how.emergency = options.emergency.empty() ? emergencyFolder(options.home.home) : options.emergency;
        auto opened = journal::Journal::open(options.home.home, portsOf(options.home.keychain), *options.unlock, clock, random, how);
        if (!opened)
            return tl::unexpected(opened.error());
        journal = std::move(*opened);
        return desk::readClasses(*journal);
    }

    Result<> openDesk()
    {
        // Made once: the desk takes it, the replica begins with a copy that shares texts and incidents.
        state::SnapshotLoader loader;
        auto head = state::stateAt(desk::pastOf(*journal), journal->tail(), loader);
        if (!head)
            return tl::unexpected(head.error());
        ready = head->clone();
        desk::Desk::Options how;
        how.version = QD_VERSION;
        how.owner = userName();
        how.ready = std::make_shared<state::State>(std::move(*head));
        auto opened = desk::Desk::open(*journal, clock, std::move(how));
        if (!opened)
            return tl::unexpected(opened.error());
        desk = std::move(*opened);
        feed = link::feedOf(*desk, *journal);
        feed.heard = [this, journaled = feed.heard] {
            std::vector<link::Heard> all = journaled();
            for (const auto &[name, waiting] : connections ? connections->pending() : control::PendingReadings())
                if (const auto count = static_cast<std::uint32_t>(waiting ? waiting->size() : 0); count > 0) {
                    const auto known = std::find_if(all.begin(), all.end(), [&name = name](const link::Heard &h) { return h.connection == name; });
                    (known == all.end() ? all.insert(all.end(), {name, {}, 0}) : known)->pending = count;
                }
            return all;
        };
        feed.notice = [this] {
            std::string all;
            for (const std::string &one : {journal->notice(), workspace ? workspace->problem() : std::string(), check ? check->problem() : std::string()})
                all += (all.empty() || one.empty() ? "" : " ") + one;
            return all;
        };
        return {};
    }

    /// The State every part of the core reads; and the workspace's files, judged before anything comes in.
    void openReplica()
    {
        replica = std::make_unique<link::Replica>(feed, std::move(ready));
        const auto sizeOf = [file = options.home.home / "journal.db"]() -> std::uint64_t {
            std::error_code ignored;
            const auto size = std::filesystem::file_size(file, ignored);
            return ignored ? 0 : size;
        };
        // During a flood what is committed is in the write-ahead log and not in the file yet.
        snapshots = std::make_unique<link::SnapshotWriter>(*replica, *journal, [sizeOf, opened = sizeOf(), log = journal.get()] {
            return std::max(sizeOf(), opened + log->stats().bytes);
        });
        std::string digest;
        std::shared_ptr<const Workspace> inForce;
        replica->askAndWait([&](const state::State &s) {
            digest = s.workspaceDigest;
            inForce = s.workspace;
        });
        workspace = std::make_unique<WorkspaceWatch>(options.home.workspace(), *desk, digest, inForce);
        workspace->look();
    }

    Result<> openListener(std::uint16_t port)
    {
        inbound.reset();
        answers.reset();
        statusPages.reset();
        net::ListenOptions listen;
        listen.address = options.address;
        listen.port = port;
        listen.limits = options.limits;
        listen.onRefused = [this](const net::Refusal &r) { refusals->count(r.status, r.reason); };
        listener = std::make_unique<net::Listener>(io, clock, std::move(listen));
        inbound = std::make_unique<sources::InboundEdge>(*listener, connections->intake(), connections->keys(), clock, random, *refusals, options.inbound);
        answers = std::make_unique<notify::AnswerDoor>(
            *listener, clock,
            [this](std::string hash, std::function<void(oncall::Answering)> done) {
                replica->ask([hash = std::move(hash), done = std::move(done)](const state::State &s) { done(oncall::answering(s, hash)); });
            },
            [this](const oncall::Answering &a, std::function<void(Result<>)> done) { answerByLink(*desk, a, std::move(done)); });
        statusPages = std::make_unique<publish::StatusDoor>(*listener, clock);
        connections->showPages([door = statusPages.get()](const std::vector<publish::PageContent> &pages) { door->setPages(pages); });
        return listener->start();
    }

    Result<> openDoors()
    {
        refusals = std::make_unique<sources::RefusalCounter>(clock, connections->intake().refused);
        // The addresses senders were given stay good: with port 0 the port of last time is tried first.
        const std::filesystem::path remembered = options.home.home / "port";
        std::uint16_t last = 0;
        if (options.port == 0)
            std::ifstream(remembered) >> last;
        auto started = openListener(last != 0 ? last : options.port);
        if (!started && last != 0)
            started = openListener(0);
        if (started)
            std::ofstream(remembered, std::ios::trunc) << listener->port() << '\n';
        return started;
    }

    /// Without its socket nobody could reach a core that runs: it is put back, and that is said.
    void keepControl()
    {
        const auto folder = std::filesystem::path(control.seats->path()).parent_path();
        auto made = makePrivate(folder);
        const auto restored = made ? control.seats->restore() : Result<bool>(tl::unexpected(made.error()));
        if (restored && *restored)
            log(LogLevel::Warning, "serve", "the control socket " + control.seats->path() + " had been taken away; it is there again");
        const std::string problem = restored ? std::string() : restored.error().message;
        if (!problem.empty() && problem != controlProblem)
            log(LogLevel::Error, "serve", "the control socket had been taken away and cannot be made again: " + problem);
        controlProblem = problem;
    }

    Result<> openControl()
    {
        control::Api::Options about{{}, {}, journal->origin(), listener->url()};
        about.speak = [this](control::PracticeSpeech s, std::function<void(Result<>)> done) {
            using Kind = chat::PracticeConnector::Said::Kind;
            const std::map<std::string, Kind> kinds{{"", Kind::Message}, {"message", Kind::Message}, {"edit", Kind::Edit}, {"reaction", Kind::Reaction}};
            const auto kind = kinds.find(s.kind);
            if (kind == kinds.end())
                return done(fail(Code::Invalid, "The kind is message, edit or reaction."));
            connections->say({kind->second, s.room, s.sender, s.name, s.id, s.text, s.target}, std::move(done));
        };
        about.readFile = [this](const control::ChatFile &file, control::Api::FileDone done) {
            connections->readFile(file.connection, {file.room, file.thread, file.message, file.said, file.number, state::kEvidenceBytes}, [done = std::move(done)](Result<chat::FileRead> read) {
                done(read ? Result<std::pair<std::string, std::string>>(std::pair(std::move(read->name), std::move(read->bytes))) : tl::unexpected(read.error()));
            });
        };
        about.proof.head = [this] { return journal->signedHead(); };
        about.proof.sign = [this](std::function<void(Result<journal::SignedHead>)> done) { journal->sign(std::move(done)); };
        about.proof.post = [this](std::string incident, events::Actor by, std::function<void(Result<journal::SignedHead>)> done) {
            heads->post(std::move(incident), std::move(by), std::move(done));
        };
        search = std::make_unique<search::Indexer>(search::Records{feed.follow, feed.unfollow, feed.replay, feed.head, [this](std::uint64_t seq) { return desk::leafOf(*journal, seq); }}, journal->sections(), random);
        about.readWorkspace = [](const std::string &folder) { return workspace::load(folder); };
        about.shown = [this](events::FoldsShown shown) { desk->report(std::move(shown)); };
        about.search = [this](store::TextQuery query, std::size_t limit, search::Indexer::Done done) {
            search->search(std::move(query), limit, std::move(done));
        };
        about.streams = [this] { return journal->streams(); };
        about.pending = [this] { return connections->pending(); };
        about.now = [this] { return clock.now(); };
        auto opened = openControlDoor(
            options.home, io, feed, *replica,
            [this](desk::Command command, events::Actor by, desk::Done done) { connections->command(std::move(command), std::move(by), std::move(done)); },
            std::move(about), true);
        if (!opened)
            return tl::unexpected(opened.error());
        control = std::move(*opened);
        return {};
    }
};

CoreNode::CoreNode(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

CoreNode::~CoreNode()
{
    stop();
}

Result<std::unique_ptr<CoreNode>> CoreNode::start(const ServeOptions &options)
{
    auto node = std::unique_ptr<CoreNode>(new CoreNode(std::make_unique<Parts>()));
    Parts &p = *node->m_parts;
    p.options = options;
    if (auto done = p.openJournal(); !done)
        return tl::unexpected(done.error());
    if (auto done = p.openDesk(); !done)
        return tl::unexpected(done.error());
    p.openReplica();
    p.connections = std::make_unique<Connections>(options.home, *p.desk, *p.replica, p.clock, p.random, p.journal->origin());
    if (auto done = p.openDoors(); !done)
        return tl::unexpected(done.error());
    p.heads = std::make_unique<HeadPoster>(*p.journal, *p.desk, *p.replica);
    p.check = std::make_unique<RecordCheck>(options.home.home, portsOf(false), [log = p.journal.get()] { return log->head(); });
    if (auto done = p.openControl(); !done)
        return tl::unexpected(done.error());
    // What became due while nobody ran is concluded before the outbox is handed on: nothing goes out whose time was over meanwhile.
    const auto looked = std::make_shared<std::promise<void>>();
    p.desk->wake([looked](const Result<desk::Outcome> &) { looked->set_value(); });
    (void)looked->get_future().wait_for(kLookedWithin);
    p.connections->start();
    p.heads->start();
    p.replica->askAndWait([](const state::State &) {});
    if (const auto recording = p.desk->recording(); !recording.recorded)
        log(LogLevel::Error, "serve", "UNRECORDED from the start: " + recording.reason);
    return node;
}

std::string CoreNode::readyLine() const
{
    return "ready "
        + boost::json::serialize(boost::json::object{{"control", m_parts->control.seats->path()},
                                                     {"listen", m_parts->listener->url()},
                                                     {"seq", m_parts->journal->head()}});
}

void CoreNode::tick()
{
    if (m_parts->ticks++ % 4 == 0) {
        m_parts->workspace->look();
        m_parts->keepControl();
    }
    m_parts->refusals->flush();
    m_parts->connections->tick();
    m_parts->statusPages->tick();
}

void CoreNode::stop()
{
    Parts &p = *m_parts;
    p.control.seats.reset();
    if (p.listener)
        p.listener->stop();
    p.inbound.reset();
    if (p.connections)
        p.connections->stop();
    if (p.refusals)
        p.refusals->flush(true);
    if (p.heads)
        p.heads->stop();
    p.control.api.reset();
    p.check.reset(); // after who asks it
    p.snapshots.reset();
    if (p.search)
        p.search->stop();
    p.replica.reset();
    p.search.reset();
    p.desk.reset(); // drains what is queued
    p.connections.reset();
    if (p.journal)
        p.journal->close();
}

} // namespace qd::app
