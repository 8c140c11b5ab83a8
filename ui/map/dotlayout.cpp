// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/dotlayout.h"

#include <QFileInfo>
#include <QPointer>
#include <QProcess>
#include <atomic>

namespace qd::map {

namespace {

constexpr qint64 kOutputLimit = 8 * 1024 * 1024;

} // namespace

/// Lives in the thread of its handle; its process too.
class DotLayout::Worker final : public QObject {
public:
    Worker(QString program, Span limit)
        : m_program(std::move(program))
        , m_limit(limit)
    {
    }

    std::atomic<int> newest{0};
    std::atomic<bool> ending{false};

    /// The output of dot, or empty when it is absent, fails, says too much or takes too long.
    QByteArray run(const QByteArray &source)
    {
        if (!QFileInfo(m_program).isExecutable())
            return {};
        QProcess process;
        process.setProgram(m_program);
        process.setArguments({QStringLiteral("-Tjson0")});
        QProcessEnvironment clean;
        clean.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
        process.setProcessEnvironment(clean);
        process.setStandardErrorFile(QProcess::nullDevice());
        process.start();
        process.write(source);
        process.closeWriteChannel();
        QByteArray out;
        qint64 left = m_limit.millis();
        constexpr qint64 kSlice = 50;
        bool done = process.state() == QProcess::NotRunning;
        while (!done && left > 0 && !ending && out.size() <= kOutputLimit) {
            done = process.waitForFinished(static_cast<int>(std::min(kSlice, left)));
            left -= kSlice;
            out += process.readAllStandardOutput();
            done = done || process.state() == QProcess::NotRunning;
        }
        if (!done) {
            process.kill();
            process.waitForFinished(1000);
            return {};
        }
        out += process.readAllStandardOutput();
        return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0 && out.size() <= kOutputLimit ? out : QByteArray();
    }

private:
    QString m_program;
    Span m_limit;
};

DotLayout::DotLayout(QObject *parent, const QString &program, Span limit)
    : QObject(parent)
    , m_worker(new Worker(program, limit))
{
    m_thread.setObjectName(QStringLiteral("map layout"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
}

DotLayout::~DotLayout()
{
    m_worker->ending = true;
    m_thread.quit();
    m_thread.wait();
}

void DotLayout::request(const Topology &topology, QSizeF node)
{
    const QByteArray hash = topology.hash(node);
    const int ticket = ++m_worker->newest;
    if (const Layout *cached = m_cache.object(hash)) {
        Q_EMIT found(hash, *cached, false);
        return;
    }
    Worker *worker = m_worker;
    QPointer<DotLayout> self(this);
    QMetaObject::invokeMethod(worker, [worker, self, this, topology, node, hash, ticket] {
        if (worker->newest != ticket || worker->ending)
            return;
        Layout layout;
        bool plain = true;
        if (!topology.edges.empty()) {
            if (auto read = readDot(worker->run(dotSource(topology, node)), topology, node)) {
                layout = *std::move(read);
                plain = false;
            }
        }
        if (plain)
            layout = rankGrid(topology, node);
        plain = plain && !topology.edges.empty();
        // The handle joins this thread before it dies, so it is alive here; the answer itself is a queued call on it.
        QMetaObject::invokeMethod(this, [self, hash, layout, plain] {
            if (self == nullptr)
                return;
            if (!plain)
                self->m_cache.insert(hash, new Layout(layout));
            Q_EMIT self->found(hash, layout, plain);
        }, Qt::QueuedConnection);
    }, Qt::QueuedConnection);
}

} // namespace qd::map
