// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/home.h"
#include "core/chat/filesource.h"
#include "core/chat/practiceconnector.h"
#include "core/desk/desk.h"
#include "core/link/replica.h"
#include "core/sources/intake.h"
#include "core/sources/keyring.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace qd::publish {
struct PageContent;
}

namespace qd::app {

/// Every connection there is, running: started as the log says, at once when one is added, stopped together. Also the way of
/// commands from the control socket to the desk.
class Connections final {
public:
    /// All must outlive it but the replica, which must have stopped before it dies.
    Connections(const HomeOptions &home, desk::Desk &desk, link::Replica &replica, const Clock &clock, Random &random, std::string origin);
    ~Connections();
    Connections(const Connections &) = delete;
    Connections &operator=(const Connections &) = delete;

    [[nodiscard]] const sources::Intake &intake() const;
    [[nodiscard]] const sources::KeyRing &keys() const;
    /// As SourceEdges::pending().
    [[nodiscard]] std::map<std::string, std::optional<ReportBatch>> pending() const;

    /// Who is told of every status page, as it is and whenever one changes; set before start().
    void showPages(std::function<void(const std::vector<publish::PageContent> &)> shown);
    /// Starts what the log holds and follows it from there.
    void start();
    /// As Desk::command; a change of connections is in force when it is answered. Any thread.
    void command(desk::Command command, events::Actor by, desk::Done done);
    /// Somebody of the practice incident's script speaks in a practice room. `done` is called once, in any thread.
    void say(const chat::PracticeConnector::Said &said, std::function<void(Result<>)> done);
    /// A file that came with a message of a chat connection, as FileSource::readFile. Any thread.
    void readFile(const std::string &connection, const chat::FileAsked &file, chat::FileSource::Read done);
    void tick();
    /// Ends every edge. Nothing is written out afterwards.
    void stop();

private:
    struct Core;
    std::unique_ptr<Core> m_core;
};

} // namespace qd::app
