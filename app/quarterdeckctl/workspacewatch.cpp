// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/workspacewatch.h"

#include "core/base/log.h"
#include "core/workspace/files.h"

#include <chrono>
#include <future>

namespace qd::app {

WorkspaceWatch::WorkspaceWatch(std::filesystem::path folder, desk::Desk &desk, std::string known, std::shared_ptr<const Workspace> inForce)
    : m_folder(std::move(folder)), m_desk(desk), m_digest(std::move(known)), m_inForce(std::move(inForce))
{}

void WorkspaceWatch::look()
{
    const auto digest = workspace::digest(m_folder);
    if (!digest)
        return refuse(digest.error());
    if (*digest == m_digest)
        return;
    auto loaded = workspace::load(m_folder);
    m_digest = *digest;
    if (!loaded)
        return refuse(loaded.error());
    events::WorkspaceChanged change;
    change.difference = workspace::difference(*m_inForce, *loaded);
    change.digest = *digest;
    change.workspace = *loaded;
    m_inForce = std::make_shared<const Workspace>(std::move(*loaded));
    // Waits for the commit: what comes in next is decided by the new settings.
    auto committed = std::make_shared<std::promise<void>>();
    auto wait = committed->get_future();
    m_desk.report(std::move(change), [committed](const Result<desk::Outcome> &) { committed->set_value(); });
    wait.wait_for(std::chrono::seconds(10));
    const std::lock_guard lock(m_mutex);
    if (!m_problem.empty())
        log(LogLevel::Info, "workspace", "the files are sound again and in force");
    m_problem.clear();
}

void WorkspaceWatch::refuse(const Error &error)
{
    const std::lock_guard lock(m_mutex);
    const std::string problem = "The workspace was refused, the last good one stays in force: " + error.message;
    if (problem == m_problem)
        return;
    m_problem = problem;
    log(LogLevel::Warning, "workspace", problem);
}

std::string WorkspaceWatch::problem() const
{
    const std::lock_guard lock(m_mutex);
    return m_problem;
}

} // namespace qd::app
