// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck/signals.h"

#include <QCoreApplication>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace qd::app {

namespace {

volatile int wake = -1;

// Only what a signal handler may do: one byte into a pipe.
void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(wake, &byte, 1);
}

} // namespace

QuitOnSignal::QuitOnSignal()
{
    if (::pipe2(m_ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    wake = m_ends[1];
    m_notifier = std::make_unique<QSocketNotifier>(m_ends[0], QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, qApp, &QCoreApplication::quit);
    for (const int signal : {SIGINT, SIGTERM})
        std::signal(signal, onSignal);
}

QuitOnSignal::~QuitOnSignal()
{
    for (const int signal : {SIGINT, SIGTERM})
        std::signal(signal, SIG_DFL);
    m_notifier.reset();
    for (const int end : m_ends)
        if (end >= 0)
            ::close(end);
}

} // namespace qd::app
