// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/chatedge.h"
#include "core/sources/intake.h"

#include <QThread>
#include <map>
#include <memory>

namespace qd::sources {
class CloudEventsFeed;
}

namespace qd::app {

/// The one thread with a Qt event loop in the core: chat connectors and CloudEvents feeds live here. Any thread may call its
/// functions; they return at once. Needs a QCoreApplication.
class EdgeThread final {
public:
    EdgeThread(desk::Desk &desk, sources::Intake intake, const Clock &clock, Random &random, std::string origin, ChatEdge::Moved moved);
    ~EdgeThread(); ///< says goodbye everywhere (about a second) and joins
    EdgeThread(const EdgeThread &) = delete;
    EdgeThread &operator=(const EdgeThread &) = delete;

    void setWorkspace(std::shared_ptr<const Workspace> workspace);
    void startChat(const Connection &connection, ChatSecrets secrets, std::vector<ChatEdge::RoomAt> rooms);
    void startFeed(const Connection &connection, Secret secret);
    void stopOne(const std::string &connection);
    void link(const std::string &connection, const std::string &room, const std::string &incident);
    void write(const notify::Item &item);
    void recall(const events::OutboxQueued &what, const std::string &why);
    /// `done` is called in the edge thread, if the connection lives until then.
    void readFile(const std::string &connection, const chat::FileAsked &file, chat::FileSource::Read done);
    /// `done` is called in the edge thread.
    void say(const chat::PracticeConnector::Said &said, std::function<void(Result<>)> done);

private:
    template <typename Work>
    void post(Work work)
    {
        QMetaObject::invokeMethod(m_chat, std::move(work), Qt::QueuedConnection);
    }

    sources::Intake m_intake;
    const Clock &m_clock;
    Random &m_random;
    QThread m_thread;
    ChatEdge *m_chat; ///< lives in the thread, as do the feeds
    std::map<std::string, sources::CloudEventsFeed *> m_feeds;
};

} // namespace qd::app
