// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/recordcheck.h"

#include "core/base/log.h"
#include "core/base/threads.h"
#include "core/journal/verify.h"

#include <chrono>
#include <sys/resource.h>
#include <unistd.h>

namespace qd::app {

namespace {
constexpr auto kFirst = std::chrono::seconds(3); ///< after the start, when senders and windows have come back
constexpr auto kEvery = std::chrono::hours(24);
} // namespace

RecordCheck::RecordCheck(std::filesystem::path home, journal::Ports ports, std::function<std::uint64_t()> head)
    : m_home(std::move(home)), m_ports(std::move(ports)), m_head(std::move(head)), m_thread([this] { run(); })
{}

RecordCheck::~RecordCheck()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_stopped.notify_all();
    m_thread.join();
}

std::string RecordCheck::problem() const
{
    const std::lock_guard lock(m_mutex);
    return m_problem;
}

bool RecordCheck::isStopping() const
{
    const std::lock_guard lock(m_mutex);
    return m_stopping;
}

void RecordCheck::run()
{
    beginThread("check");
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 19);
    std::chrono::steady_clock::duration wait = kFirst;
    std::unique_lock lock(m_mutex);
    while (!m_stopped.wait_for(lock, wait, [this] { return m_stopping; })) {
        wait = kEvery;
        lock.unlock();
        std::string found = look();
        if (!found.empty())
            found = look(); // what is erased or written meanwhile can look like damage once
        lock.lock();
        if (m_stopping)
            return;
        if (!found.empty() && found != m_problem)
            log(LogLevel::Error, "check", found);
        m_problem = std::move(found);
    }
}

std::string RecordCheck::look() const
{
    const std::uint64_t upTo = m_head();
    journal::VerifyOptions how;
    how.goOn = [this] { return !isStopping(); };
    const auto report = journal::verify(m_home, m_ports, how);
    if (!report)
        return report.error().code == Code::Unavailable ? std::string() : "The record cannot be checked: " + report.error().message;
    std::size_t faults = 0;
    const journal::VerifyReport::Fault *first = nullptr;
    for (const auto &fault : report->errors)
        if (fault.seq <= upTo) { // what came since is not all there for a reader yet
            first = first == nullptr ? &fault : first;
            ++faults;
        }
    if (first == nullptr)
        return {};
    return "Record " + std::to_string(first->seq) + " of the journal is damaged (" + first->kind + ")"
        + (faults == 1 ? std::string() : " and " + std::to_string(faults - 1) + " more")
        + "; what is shown may rest on a snapshot of before. Recording goes on behind it. Keep a copy of this home, see quarterdeckctl verify, and restore an earlier backup if there is one.";
}

} // namespace qd::app
