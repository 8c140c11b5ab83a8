// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QObject>
#include <functional>
#include <memory>
#include <string_view>

namespace qd::chat {

/// One attempt at one message-framed connection to a platform; made anew for every attempt. Lives in its connector's thread.
/// Tests put a fake here; the product's is WebSocketTransport.
class Transport : public QObject {
    Q_OBJECT
public:
    ~Transport() override = default;
    /// Starts connecting; ends in opened() or closed(). Call once.
    virtual void open() = 0;
    virtual void send(std::string_view frame) = 0;
    /// Closes politely and, when the peer does not answer within about a second, hard. closed() follows.
    virtual void close() = 0;
    /// Drops the line at once, without a closing handshake; no signal follows.
    virtual void abort() = 0;
    /// The code the peer said goodbye with; 0 when it said none.
    [[nodiscard]] virtual int closeCode() const { return 0; }

Q_SIGNALS:
    void opened();
    void frame(const QByteArray &utf8);
    /// The line is gone, or never came to be. Emitted once.
    void closed(const qd::Error &why);

protected:
    Transport() = default;
};

using TransportFactory = std::function<std::unique_ptr<Transport>()>;

} // namespace qd::chat
