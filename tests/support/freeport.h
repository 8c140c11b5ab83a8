// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QRandomGenerator>
#include <QTcpServer>

namespace qd::test {

/// A port nobody listens on now; 0 when there is none. It lies below those that the system gives away by itself: one of these may be somebody else's before a server takes it, or
/// while that server is down.
inline quint16 freePort()
{
    for (int tries = 0; tries < 100; ++tries) {
        QTcpServer probe;
        if (probe.listen(QHostAddress::LocalHost, static_cast<quint16>(QRandomGenerator::system()->bounded(20'000, 32'000))))
            return probe.serverPort();
    }
    return 0;
}

} // namespace qd::test
