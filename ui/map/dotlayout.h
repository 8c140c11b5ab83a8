// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "ui/map/layout.h"

#include <QCache>
#include <QObject>
#include <QThread>

namespace qd::map {

/// Finds a layout for a topology: from its cache, else by running `dot -Tjson0` as a process in a thread of its own
/// (absolute path, fixed arguments, input by stdin, empty environment, time and output limits), else as a plain rank grid.
/// The answer always comes, by signal, and never blocks the caller's thread. The newest request wins; older ones that
/// have not started are dropped. Destroying it ends a running process and joins the thread.
class DotLayout final : public QObject {
    Q_OBJECT
public:
    explicit DotLayout(QObject *parent = nullptr, const QString &program = QStringLiteral("/usr/bin/dot"), Span limit = seconds(2));
    ~DotLayout() override;

    /// Answers at once when cached.
    void request(const Topology &topology, QSizeF node);

Q_SIGNALS:
    /// `hash` is Topology::hash of the request. `plain`: dot did not answer and this is the grid.
    void found(const QByteArray &hash, const qd::map::Layout &layout, bool plain);

private:
    class Worker;
    QThread m_thread;
    Worker *m_worker;
    QCache<QByteArray, Layout> m_cache{32};
};

} // namespace qd::map

Q_DECLARE_METATYPE(qd::map::Layout)
