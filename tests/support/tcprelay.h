// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <memory>
#include <sys/socket.h>
#include <vector>

namespace qd::test {

/// A TCP relay on 127.0.0.1 between a client under test and a real server, which breaks the line on order. Needs the event loop
/// of its thread; header only.
class TcpRelay final {
public:
    /// Connections to port() are relayed to 127.0.0.1:`target`.
    explicit TcpRelay(quint16 target) : m_target(target)
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { accept(); });
        m_server.listen(QHostAddress::LocalHost);
    }
    ~TcpRelay() { cutByReset(); }

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] int accepted() const { return m_accepted; } ///< connections so far
    [[nodiscard]] int open() const { return static_cast<int>(m_links.size()); }
    /// While false, new connections are refused at once.
    void setAccepting(bool accepting) { m_accepting = accepting; }

    /// Both sides get a RST.
    void cutByReset()
    {
        for (const auto &link : std::exchange(m_links, {})) {
            reset(*link->client);
            reset(*link->server);
        }
    }
    /// Both sides get a FIN.
    void cutByFin()
    {
        for (const auto &link : std::exchange(m_links, {})) {
            finish(std::move(link->client));
            finish(std::move(link->server));
        }
    }
    /// Half-open: the connections stay, nothing moves any more (until they are cut). New connections work.
    void stall()
    {
        for (const auto &link : m_links)
            link->stalled = true;
    }
    /// From now on nothing from the server reaches the client, though the server gets everything: an answer is lost.
    void swallowAnswers(bool swallow) { m_swallow = swallow; }
    /// The server seems to say this on every WebSocket that is open: what no sound server sends. Between two frames of its own.
    void inject(const QByteArray &text, bool binary = false)
    {
        QByteArray frame(1, binary ? '\x82' : '\x81'); // whole, unmasked
        const auto size = static_cast<quint64>(text.size());
        if (size < 126) {
            frame += static_cast<char>(size);
        } else {
            frame += static_cast<char>(127);
            for (int shift = 56; shift >= 0; shift -= 8)
                frame += static_cast<char>(size >> shift);
        }
        for (const auto &link : m_links)
            if (link->upgraded && link->client)
                link->client->write(frame + text);
    }

private:
    struct Link {
        std::unique_ptr<QTcpSocket> client, server;
        bool stalled = false;
        bool upgraded = false; ///< it is a WebSocket
    };

    void accept()
    {
        while (QTcpSocket *client = m_server.nextPendingConnection()) {
            client->setParent(nullptr);
            auto link = std::make_shared<Link>();
            link->client.reset(client);
            if (!m_accepting) {
                reset(*client);
                continue;
            }
            ++m_accepted;
            link->server = std::make_unique<QTcpSocket>();
            m_links.push_back(link);
            const std::weak_ptr<Link> weak = link;
            const auto pump = [this, weak](bool fromServer) {
                const auto l = weak.lock();
                if (!l || l->stalled || !l->client || !l->server)
                    return;
                QTcpSocket &from = fromServer ? *l->server : *l->client;
                QTcpSocket &to = fromServer ? *l->client : *l->server;
                if (to.state() != QAbstractSocket::ConnectedState)
                    return;
                const QByteArray bytes = from.readAll();
                l->upgraded = l->upgraded || (fromServer && bytes.startsWith("HTTP/1.1 101"));
                if (!(fromServer && m_swallow))
                    to.write(bytes);
            };
            const auto end = [this, weak] {
                const auto l = weak.lock();
                if (!l || l->stalled)
                    return;
                std::erase(m_links, l);
                if (l->client)
                    finish(std::move(l->client));
                if (l->server)
                    finish(std::move(l->server));
            };
            QObject::connect(client, &QTcpSocket::readyRead, client, [pump] { pump(false); });
            QObject::connect(link->server.get(), &QTcpSocket::readyRead, client, [pump] { pump(true); });
            QObject::connect(link->server.get(), &QTcpSocket::connected, client, [pump] { pump(false); });
            QObject::connect(client, &QTcpSocket::disconnected, client, end, Qt::QueuedConnection);
            QObject::connect(link->server.get(), &QTcpSocket::disconnected, client, end, Qt::QueuedConnection);
            QObject::connect(link->server.get(), &QTcpSocket::errorOccurred, client, end, Qt::QueuedConnection);
            link->server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
        }
    }
    static void reset(QTcpSocket &socket)
    {
        const linger now{1, 0};
        if (socket.socketDescriptor() >= 0)
            ::setsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
        socket.disconnect();
        socket.abort();
    }
    static void finish(std::unique_ptr<QTcpSocket> socket)
    {
        QTcpSocket *s = socket.release();
        s->disconnect();
        s->disconnectFromHost();
        s->deleteLater();
    }

    quint16 m_target;
    QTcpServer m_server;
    bool m_accepting = true;
    bool m_swallow = false;
    int m_accepted = 0;
    std::vector<std::shared_ptr<Link>> m_links;
};

} // namespace qd::test
