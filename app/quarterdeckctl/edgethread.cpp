// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/edgethread.h"

#include "core/sources/cloudeventsfeed.h"

#include <QTimer>

namespace qd::app {

EdgeThread::EdgeThread(desk::Desk &desk, sources::Intake intake, const Clock &clock, Random &random, std::string origin, ChatEdge::Moved moved)
    : m_intake(std::move(intake)), m_clock(clock), m_random(random), m_chat(new ChatEdge(desk, clock, random, std::move(origin), std::move(moved)))
{
    m_chat->moveToThread(&m_thread);
    m_thread.start();
}

EdgeThread::~EdgeThread()
{
    post([this] {
        m_chat->stop();
        for (const auto &[name, feed] : m_feeds)
            feed->stop();
        QTimer::singleShot(kGoodbyeMs, m_chat, [this] {
            for (const auto &[name, feed] : m_feeds)
                delete feed;
            m_feeds.clear();
            m_chat->deleteLater(); // its timers can be stopped in their own thread only; the thread does it as its last act
            m_thread.quit();
        });
    });
    m_thread.wait();
}

void EdgeThread::setWorkspace(std::shared_ptr<const Workspace> workspace)
{
    post([this, workspace = std::move(workspace)] { m_chat->setWorkspace(workspace); });
}

void EdgeThread::startChat(const Connection &connection, ChatSecrets secrets, std::vector<ChatEdge::RoomAt> rooms)
{
    auto shared = std::make_shared<ChatSecrets>(std::move(secrets));
    post([this, connection, shared, rooms = std::move(rooms)] { m_chat->start(connection, std::move(*shared), rooms); });
}

void EdgeThread::startFeed(const Connection &connection, Secret secret)
{
    auto shared = std::make_shared<Secret>(std::move(secret));
    post([this, connection, shared] {
        delete std::exchange(m_feeds[connection.name], nullptr);
        sources::FeedOptions options;
        options.connection = connection.name;
        options.url = connection.url;
        options.caFile = connection.caFile;
        options.bearer = std::move(*shared);
        auto *feed = new sources::CloudEventsFeed(m_intake, m_clock, m_random, std::move(options));
        m_feeds[connection.name] = feed;
        feed->start();
    });
}

void EdgeThread::stopOne(const std::string &connection)
{
    post([this, connection] {
        if (const auto feed = m_feeds.find(connection); feed != m_feeds.end()) {
            delete feed->second;
            m_feeds.erase(feed);
        }
        m_chat->stopOne(connection);
    });
}

void EdgeThread::link(const std::string &connection, const std::string &room, const std::string &incident)
{
    post([this, connection, room, incident] { m_chat->link(connection, room, incident); });
}

void EdgeThread::say(const chat::PracticeConnector::Said &said, std::function<void(Result<>)> done)
{
    post([this, said, done = std::move(done)] { done(m_chat->say(said)); });
}

void EdgeThread::readFile(const std::string &connection, const chat::FileAsked &file, chat::FileSource::Read done)
{
    post([this, connection, file, done = std::move(done)] { m_chat->readFile(connection, file, done); });
}

void EdgeThread::write(const notify::Item &item)
{
    post([this, item] {
        if (!m_chat->write(item))
            m_chat->refuse(item);
    });
}

void EdgeThread::recall(const events::OutboxQueued &what, const std::string &why)
{
    post([this, what, why] { m_chat->recall(what, why); });
}

} // namespace qd::app
