// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/scratch.h"
#include "core/base/result.h"

#include <QProcess>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace qd::app {

/// Bytes a process holds in memory now (VmRSS of proc(5)); 0 when it is gone. pid 0: this process.
[[nodiscard]] std::size_t residentBytes(std::int64_t pid = 0);

/// A port nobody listens on at the moment; 0 when there is none.
[[nodiscard]] std::uint16_t freePort();
/// A program that is silent and dies with this process; not started yet.
[[nodiscard]] std::unique_ptr<QProcess> peerProgram(const QString &path, const QStringList &arguments);

/// A program that takes Alertmanager's POST …/api/v2/alerts, running beside the bench in a process of its own.
/// It dies with this object, and with this process.
class Peer final {
public:
    /// `quarterdeckctl serve`, this very program, on a fresh home with one inbound connection.
    [[nodiscard]] static Result<Peer> ourCore();
    /// The same on a home that is there already: no connection is made in it. `ready`: seconds from the start to its `ready` line.
    [[nodiscard]] static Result<Peer> coreOf(const std::filesystem::path &home, double &ready);
    /// Debian's prometheus-alertmanager with one silent receiver. NotFound when it is not installed.
    [[nodiscard]] static Result<Peer> alertmanager();
    Peer(Peer &&) noexcept;
    Peer &operator=(Peer &&) = delete;
    ~Peer();

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] const std::string &alertsPath() const { return m_alertsPath; }
    [[nodiscard]] std::size_t resident() const;
    /// Ours only: the answer of its control socket, as JSON text.
    [[nodiscard]] Result<std::string> call(const std::string &method, const std::string &params = {}) const;
    /// Ours only: waits until its search has read everything there is, then gives resident().
    [[nodiscard]] Result<std::size_t> settled() const;
    /// Ours only: ended and started again; seconds from the start to its `ready` line.
    [[nodiscard]] Result<double> restart();
    /// Ours only: runs a verb on its home, and gives what it printed.
    [[nodiscard]] Result<std::string> run(const QStringList &arguments) const;
    /// Ends it in order.
    void stop();
    /// Of its own; goes with it.
    [[nodiscard]] const std::filesystem::path &folder() const { return m_scratch->path(); }

private:
    explicit Peer(std::unique_ptr<Scratch> scratch);
    [[nodiscard]] Result<double> serve();
    std::unique_ptr<Scratch> m_scratch;
    std::unique_ptr<QProcess> m_process;
    std::filesystem::path m_home;
    std::uint16_t m_port = 0;
    std::string m_alertsPath;
};

} // namespace qd::app
