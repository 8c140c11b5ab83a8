// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"

#include <filesystem>
#include <mutex>
#include <string>

namespace qd::app {

/// Watches the home's workspace folder: when a file changed, the whole is read and checked, and goes to the desk with what
/// differs; a broken one is refused with file and line, and the last good one stays in force. Looks when asked to; reads files.
class WorkspaceWatch final {
public:
    /// `known`: digest and workspace in force. `desk` must outlive it.
    WorkspaceWatch(std::filesystem::path folder, desk::Desk &desk, std::string known, std::shared_ptr<const Workspace> inForce);

    void look();
    /// Why the files on disk are not in force; empty when they are. Any thread.
    [[nodiscard]] std::string problem() const;

private:
    void refuse(const Error &error);

    std::filesystem::path m_folder;
    desk::Desk &m_desk;
    std::string m_digest; ///< of the files last judged
    std::shared_ptr<const Workspace> m_inForce;
    mutable std::mutex m_mutex;
    std::string m_problem;
};

} // namespace qd::app
