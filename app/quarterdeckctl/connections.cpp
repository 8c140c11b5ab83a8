// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/connections.h"

#include "app/quarterdeckctl/calendarintake.h"
#include "app/quarterdeckctl/chatconnectors.h"
#include "app/quarterdeckctl/deskintake.h"
#include "app/quarterdeckctl/edgethread.h"
#include "app/quarterdeckctl/pageredge.h"
#include "app/quarterdeckctl/publishedge.h"
#include "app/quarterdeckctl/sourceedges.h"
#include "app/quarterdeckctl/trackeredge.h"
#include "core/base/log.h"

#include <algorithm>

namespace qd::app {

namespace {

/// After a start a silence that may have been written is looked for only when the source's list has been read anew.
constexpr Span kListed = seconds(12);

/// Where an empty archive begins, for rooms we made and nobody wrote in yet.
constexpr const char *kHistoryBegin = "begin";

bool isFollowed(const state::Incident &incident)
{
    return incident.status < IncidentStatus::Closed;
}

} // namespace

struct Connections::Core {
    Core(const HomeOptions &h, desk::Desk &d, link::Replica &r, const Clock &c, Random &random, std::string logOrigin)
        : home(h), desk(d), replica(r), clock(c), origin(std::move(logOrigin)), startedAt(c.boot()),
          calendars(std::make_shared<CalendarIntake>(d, r, c)),
          intake(intakeOf(d, r, origin, calendars,
                          [this](std::uint64_t number, Delivery delivery, std::string id, std::string reason) {
                              if (outbox)
                                  outbox->moved(number, delivery, std::move(id), std::move(reason));
                          },
                          [this](const std::string &connection) { pollSoon(connection); })),
          sources(std::make_unique<SourceEdges>(intake, c)),
          thread(std::make_unique<EdgeThread>(d, intake, c, random, origin,
                                              [this](std::uint64_t number, Delivery delivery, std::string id, std::string reason, Looked looked, Instant again) {
                                                  if (outbox)
                                                      outbox->moved(number, delivery, std::move(id), std::move(reason), looked, again);
                                              })),
          pager(std::make_unique<PagerEdge>(d, c, random, origin, intake.moved)),
          pages(std::make_unique<PublishEdge>(d, c, random, origin, intake.moved)),
          trackers(std::make_unique<TrackerEdge>(d, c, origin, intake.moved))
    {}

    void begin(const state::State &s) // replica thread
    {
        const std::lock_guard lock(gate);
        if (stopping)
            return;
        thread->setWorkspace(s.workspace);
        pager->pager.setWorkspace(s.workspace);
        learnKeys(s);
        pages->learn(s, true);
        trackers->learn(s);
        for (const auto &x : s.escalations)
            if (!x.isRunning())
                pager->pager.over(x.number);
        for (const auto &source : s.sources) {
            silences[source.connection.name] = source.silences;
            startOne(s, source);
        }
    }

    void onRecord(const state::State &s, const desk::Record &record) // replica thread
    {
        const std::lock_guard lock(gate);
        if (stopping)
            return;
        // Before the outbox, which comes after: what it asks to be pushed is at least as new as it asks for.
        if (const publish::PagesTurn turn = publish::pagesTurn(record.events); turn != publish::PagesTurn::None)
            pages->learn(s, turn == publish::PagesTurn::Every);
        if (std::any_of(record.events.begin(), record.events.end(), isOfTracking))
            trackers->learn(s);
        for (const auto &event : record.events) {
            if (const auto *added = getIf<events::ConnectionAdded>(&event)) {
                learnKeys(s);
                if (const auto *source = s.source(added->connection->name))
                    startOne(s, *source);
            } else if (const auto *removed = getIf<events::ConnectionRemoved>(&event)) {
                learnKeys(s);
                endOne(removed->name);
            } else if (const auto *armed = getIf<events::ConnectionArmed>(&event)) {
                sources->arm(armed->name, armed->allow);
                pages->publisher.arm(armed->name, allows(armed->allow, Write::Publish));
                trackers->trackers.arm(armed->name, armed->allow);
            } else if (const auto *changed = getIf<events::WorkspaceChanged>(&event)) {
                (void)changed;
                thread->setWorkspace(s.workspace);
                pager->pager.setWorkspace(s.workspace);
            } else if (const auto *answered = getIf<events::EscalationAcknowledged>(&event)) {
                callOver(s, answered->escalation);
            } else if (const auto *ended = getIf<events::EscalationEnded>(&event)) {
                callOver(s, ended->escalation);
            } else if (const auto *linked = getIf<events::RoomLinked>(&event)) {
                thread->link(linked->connection, linked->room, linked->incident);
            } else if (const auto *seen = getIf<events::SilencesSeen>(&event)) {
                silences[seen->connection] = seen->silences;
            }
        }
    }

    void pollSoon(const std::string &connection)
    {
        const std::lock_guard lock(gate);
        if (!stopping)
            sources->pollSoon(connection);
    }

    /// Pages of a call nobody waits for any more stay here.
    void callOver(const state::State &s, std::uint32_t escalation)
    {
        if (escalation >= 1 && escalation <= s.escalations.size() && !s.escalations[escalation - 1].isRunning())
            pager->pager.over(escalation);
    }

    void learnKeys(const state::State &s)
    {
        std::vector<sources::KeyRing::Key> known;
        for (const auto &source : s.sources) {
            const Connection &c = source.connection;
            if (c.keyHash.empty())
                continue;
            auto key = sources::KeyRing::key(c.name, c.keyHash);
            if (!key)
                continue;
            if (!c.secretFile.empty()) {
                // Without its secret the key stays shut: startOne() says why.
                auto secret = readSecret(home.home / c.secretFile);
                if (!secret)
                    continue;
                key->signing = std::make_shared<const Secret>(std::move(*secret));
            }
            known.push_back(std::move(*key));
        }
        keys.replace(std::move(known));
    }

    void startOne(const state::State &s, const state::Source &source)
    {
        const Connection &c = source.connection;
        isPagerOf[c.name] = isPager(c.kind);
        if (c.kind == "sftp" || c.kind == "git") { // OpenSSH reads its key itself
            Connection remote = c;
            remote.secretFile = c.secretFile.empty() ? std::string() : (home.home / c.secretFile).string();
            pages->publisher.start(remote, {});
            pages->publisher.arm(c.name, allows(source.armed, Write::Publish));
            return;
        }
        Secret secret, appSecret;
        for (const auto &[file, into] : {std::pair{&c.secretFile, &secret}, {&c.appSecretFile, &appSecret}}) {
            if (file->empty())
                continue;
            auto read = readSecret(home.home / *file);
            if (!read) {
                const std::string why = read.error().message + " " + whereAnother(c, file == &c.appSecretFile);
                log(LogLevel::Error, "serve", Error{read.error().code, c.name + ": " + why, {}});
                if (isChat(c.kind) || c.kind == "cloudevents")
                    desk.report(events::ConnectionReported{c.name, "auth-failed", why});
                else
                    desk.report(events::SourceFailed{c.name, why});
                return;
            }
            *into = std::move(*read);
        }
        if (c.kind == "cloudevents") {
            thread->startFeed(c, std::move(secret));
        } else if (isChat(c.kind)) {
            std::map<std::string, ChatEdge::RoomAt> rooms; // a room several incidents had is the last one's
            for (const auto &[number, incident] : s.incidents)
                for (const auto &room : incident.rooms)
                    if (isFollowed(incident) && !room.leftAt && room.connection == c.name)
                        rooms[room.address] = {room.address, incident.id, room.lastMessageId.empty() && room.created ? kHistoryBegin : room.lastMessageId,
                                               room.attached || room.isPrivate, incident.impactSince, room.isPrivate, room.channel};
            std::vector<ChatEdge::RoomAt> followed;
            for (auto &[address, room] : rooms)
                followed.push_back(std::move(room));
            thread->startChat(c, {std::move(secret), std::move(appSecret)}, std::move(followed));
        } else if (isPager(c.kind)) {
            pager->pager.start(c, std::move(secret));
        } else if (isPublisher(c.kind)) {
            pages->publisher.start(c, std::move(secret));
            pages->publisher.arm(c.name, allows(source.armed, Write::Publish));
        } else if (isTracker(c.kind) || isLibrary(c.kind)) {
            trackers->trackers.start(c, std::move(secret), source.armed);
        } else {
            sources->start(c, std::move(secret));
            sources->arm(c.name, source.armed);
        }
    }

    /// Its edge ends, and the copies of its secrets go.
    void endOne(const std::string &name)
    {
        sources->stop(name);
        thread->stopOne(name);
        pager->pager.stopOne(name);
        pages->publisher.stop(name);
        trackers->trackers.stop(name);
        silences.erase(name);
        std::error_code ignored;
        for (const char *kind : {".token", ".password", ".signing", ".app-token", ".address", ".key"})
            std::filesystem::remove(home.secrets() / (name + kind), ignored);
    }

    Result<> write(const notify::Item &item)
    {
        const std::lock_guard lock(gate);
        if (stopping)
            return fail(Code::Unavailable, "The core is stopping.");
        if (!item.recalled.empty() && !isSaidInChat(item.what))
            return {}; // it can be looked for in a chat alone; elsewhere nobody knows whether it arrived, which is said
        if (isPagerOf[item.what.connection])
            return pager->pager.write(item);
        if (events::isForPager(item.what.effect))
            return sources->write(item, {});
        if (events::isOfReview(item.what.effect))
            return trackers->write(item);
        if (item.what.effect == events::Effect::Publish)
            return pages->publisher.write(item.what.number, item.what.connection, item.what.room);
        if (isSaidInChat(item.what)) {
            thread->write(item);
            return {};
        }
        if (item.maybeSent && !item.isAnew && clock.boot() - startedAt < kListed)
            return fail(Code::Unavailable, "The source's list has not been read yet.");
        return sources->write(item, silences[item.what.connection]);
    }

    bool isSaidInChat(const events::OutboxQueued &what)
    {
        using events::Effect;
        return !isPagerOf[what.connection] && !events::isForPager(what.effect) && !events::isOfReview(what.effect) && what.effect != Effect::Publish && what.effect != Effect::Silence
            && what.effect != Effect::ExpireSilence;
    }

    void recall(const events::OutboxQueued &what, const std::string &why)
    {
        const std::lock_guard lock(gate);
        if (stopping)
            return;
        if (isPagerOf[what.connection])
            pager->pager.recall(what.number, why);
        else if (events::isOfReview(what.effect))
            trackers->trackers.recall(what.connection, what.number, why);
        else if (isSaidInChat(what))
            thread->recall(what, why);
        else if (what.effect != events::Effect::Publish) // a page is pushed as it reads by then
            sources->recall(what, why);
    }

    HomeOptions home;
    desk::Desk &desk;
    link::Replica &replica;
    const Clock &clock;
    std::string origin;
    Span startedAt;
    sources::KeyRing keys;
    std::mutex gate; ///< held while an edge is given something, so that none is once they stop
    bool stopping = false;
    std::map<std::string, std::vector<events::Silence>> silences;
    std::shared_ptr<CalendarIntake> calendars;
    sources::Intake intake;
    std::unique_ptr<SourceEdges> sources;
    std::unique_ptr<EdgeThread> thread;
    std::unique_ptr<PagerEdge> pager;
    std::unique_ptr<PublishEdge> pages;
    std::unique_ptr<TrackerEdge> trackers;
    std::map<std::string, bool> isPagerOf; ///< by connection: whether it is a pager
    std::unique_ptr<notify::OutboxDriver> outbox;
};

Connections::Connections(const HomeOptions &home, desk::Desk &desk, link::Replica &replica, const Clock &clock, Random &random, std::string origin)
    : m_core(std::make_unique<Core>(home, desk, replica, clock, random, std::move(origin)))
{}

Connections::~Connections()
{
    stop();
}

const sources::Intake &Connections::intake() const
{
    return m_core->intake;
}

void Connections::showPages(std::function<void(const std::vector<publish::PageContent> &)> shown)
{
    const std::lock_guard lock(m_core->gate);
    m_core->pages->shown = std::move(shown);
}

const sources::KeyRing &Connections::keys() const
{
    return m_core->keys;
}

std::map<std::string, std::optional<ReportBatch>> Connections::pending() const
{
    const std::lock_guard lock(m_core->gate);
    return m_core->stopping ? std::map<std::string, std::optional<ReportBatch>>() : m_core->sources->pending();
}

void Connections::start()
{
    // Under the gate: the edges begin only once the outbox is there to hear from them.
    const std::lock_guard lock(m_core->gate);
    m_core->replica.watch([core = m_core.get()](const state::State &s) { core->begin(s); },
                          [core = m_core.get()](const state::State &s, const desk::Record &r) { core->onRecord(s, r); });
    // The edges are there before the outbox hands them anything.
    m_core->outbox = std::make_unique<notify::OutboxDriver>(
        m_core->replica, [core = m_core.get()](const notify::Item &item) { return core->write(item); },
        [core = m_core.get()](events::OutboxMoved moved) { core->desk.report(std::move(moved)); },
        [core = m_core.get()](const events::OutboxQueued &what, const std::string &why) { core->recall(what, why); });
}

void Connections::command(desk::Command command, events::Actor by, desk::Done done)
{
    const bool connects = holds<desk::AddConnection>(command) || holds<desk::Arm>(command)
        || holds<desk::Disarm>(command) || holds<desk::RemoveConnection>(command)
        || holds<desk::ReplaceKey>(command);
    if (!connects)
        return m_core->desk.command(std::move(command), std::move(by), std::move(done));
    m_core->desk.command(std::move(command), std::move(by), [core = m_core.get(), done = std::move(done)](Result<desk::Outcome> outcome) {
        const std::lock_guard lock(core->gate);
        if (core->stopping)
            return done(std::move(outcome));
        core->replica.ask([done, outcome = std::move(outcome)](const state::State &) { done(outcome); });
    });
}

void Connections::say(const chat::PracticeConnector::Said &said, std::function<void(Result<>)> done)
{
    const std::lock_guard lock(m_core->gate);
    if (m_core->stopping)
        return done(fail(Code::Unavailable, "The core is stopping."));
    m_core->thread->say(said, std::move(done));
}

void Connections::readFile(const std::string &connection, const chat::FileAsked &file, chat::FileSource::Read done)
{
    const std::lock_guard lock(m_core->gate);
    if (m_core->stopping)
        return done(fail(Code::Unavailable, "The core is stopping."));
    m_core->thread->readFile(connection, file, std::move(done));
}

void Connections::tick()
{
    if (m_core->outbox)
        m_core->outbox->tick();
    const std::lock_guard lock(m_core->gate);
    if (!m_core->stopping)
        m_core->pager->pager.tick();
}

void Connections::stop()
{
    {
        const std::lock_guard lock(m_core->gate);
        if (m_core->stopping)
            return;
        m_core->stopping = true;
    }
    // Not under the gate: an edge that ends may still have a word to say.
    m_core->pager->pager.finish(notify::kFinish);
    m_core->trackers.reset();
    m_core->pages.reset();
    m_core->pager.reset();
    m_core->thread.reset();
    m_core->sources.reset();
    m_core->calendars->stop();
}

} // namespace qd::app
