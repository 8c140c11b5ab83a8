// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/benchpeers.h"

#include "app/quarterdeckctl/benchload.h"
#include "core/link/jsonrpc.h"
#include "core/link/protocol.h"

#include <boost/json.hpp>

#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace qd::app {

namespace json = boost::json;

namespace {

constexpr const char *kAlertmanager = "/usr/bin/prometheus-alertmanager";
constexpr int kReadyMs = 60'000;
constexpr auto kSettles = std::chrono::minutes(20); ///< a million alerts take the search some five on a machine with other work

QString text(const std::filesystem::path &path)
{
    return QString::fromStdString(path.string());
}

QString ourselves()
{
    std::error_code ignored; // a file that was replaced meanwhile is one that does not start
    return text(std::filesystem::read_symlink("/proc/self/exe", ignored));
}

/// Runs one of our verbs to its end and gives what it printed.
Result<std::string> verb(const std::filesystem::path &home, const QStringList &arguments)
{
    const auto process = peerProgram(ourselves(), QStringList{QStringLiteral("--home"), text(home)} + arguments);
    process->start();
    if (!process->waitForFinished(kReadyMs) || process->exitCode() != 0)
        return fail(Code::Unavailable, "The bench's own core could not be set up: quarterdeckctl " + arguments.join(QLatin1Char(' ')).toStdString() + " failed.");
    return process->readAllStandardOutput().toStdString();
}

sockaddr_in loopback(std::uint16_t port)
{
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return at;
}

/// GET /-/ready of Alertmanager's management API answers 200.
bool isReady(std::uint16_t port)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in to = loopback(port);
    bool ready = false;
    if (::connect(fd, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 0) {
        const std::string request = "GET /-/ready HTTP/1.0\r\n\r\n";
        char answer[16] = {};
        ready = ::send(fd, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size())
            && ::recv(fd, answer, sizeof answer - 1, MSG_WAITALL) > 12 && std::string_view(answer).substr(9, 3) == "200";
    }
    ::close(fd);
    return ready;
}

} // namespace

std::uint16_t freePort()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in at = loopback(0);
    socklen_t size = sizeof at;
    const bool bound = ::bind(fd, reinterpret_cast<const sockaddr *>(&at), size) == 0
        && ::getsockname(fd, reinterpret_cast<sockaddr *>(&at), &size) == 0;
    ::close(fd);
    return bound ? ntohs(at.sin_port) : 0;
}

std::unique_ptr<QProcess> peerProgram(const QString &path, const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setProgram(path);
    process->setArguments(arguments);
    process->setStandardInputFile(QProcess::nullDevice());
    process->setStandardErrorFile(QProcess::nullDevice());
    process->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    return process;
}

std::size_t residentBytes(std::int64_t pid)
{
    std::ifstream statm("/proc/" + (pid == 0 ? std::string("self") : std::to_string(pid)) + "/statm");
    std::size_t total = 0, resident = 0;
    statm >> total >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

Peer::Peer(std::unique_ptr<Scratch> scratch) : m_scratch(std::move(scratch)) {}
Peer::Peer(Peer &&) noexcept = default;

Peer::~Peer()
{
    stop();
}

void Peer::stop()
{
    if (!m_process)
        return;
    m_process->terminate();
    if (!m_process->waitForFinished(kReadyMs))
        m_process->kill();
    m_process->waitForFinished(kReadyMs);
    m_process.reset();
}

Result<double> Peer::serve()
{
    m_process = peerProgram(ourselves(), {QStringLiteral("--home"), text(m_home), QStringLiteral("serve")});
    const Stopwatch watch;
    m_process->start();
    while (!m_process->canReadLine())
        if (!m_process->waitForReadyRead(kReadyMs))
            return fail(Code::Unavailable, "The bench's own core did not start.");
    return watch.seconds();
}

Result<double> Peer::restart()
{
    stop();
    return serve();
}

Result<Peer> Peer::coreOf(const std::filesystem::path &home, double &ready)
{
    Peer peer(nullptr);
    peer.m_home = home;
    const auto served = peer.serve();
    if (!served)
        return tl::unexpected(served.error());
    ready = *served;
    return peer;
}

Result<std::size_t> Peer::settled() const
{
    const auto giveUp = std::chrono::steady_clock::now() + kSettles;
    while (std::chrono::steady_clock::now() < giveUp) {
        const auto found = call("search", R"({"text":"settled","limit":1})");
        if (!found)
            return tl::unexpected(found.error());
        if (json::parse(*found).at("complete").as_bool())
            return resident();
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return fail(Code::Unavailable, "The search of the bench's own core did not come to its end.");
}

Result<Peer> Peer::ourCore()
{
    auto scratch = Scratch::make();
    if (!scratch)
        return tl::unexpected(scratch.error());
    Peer peer(std::move(*scratch));
    peer.m_home = peer.m_scratch->path() / "home";
    if (const auto made = verb(peer.m_home, {QStringLiteral("init")}); !made)
        return tl::unexpected(made.error());
    if (const auto served = peer.serve(); !served)
        return tl::unexpected(served.error());
    const auto connected = verb(peer.m_home, {QStringLiteral("connect"), QStringLiteral("inbound"), QStringLiteral("--name"), QStringLiteral("bench")});
    if (!connected)
        return tl::unexpected(connected.error());
    // "http://127.0.0.1:PORT/in/KEY/api/v2/alerts"
    const std::string url(json::parse(*connected).at("urls").at("alerts").as_string());
    const auto colon = url.rfind(':');
    const auto slash = url.find('/', colon);
    peer.m_port = static_cast<std::uint16_t>(std::stoul(url.substr(colon + 1, slash - colon - 1)));
    peer.m_alertsPath = url.substr(slash);
    return peer;
}

Result<Peer> Peer::alertmanager()
{
    if (!std::filesystem::exists(kAlertmanager))
        return fail(Code::NotFound, "prometheus-alertmanager is not installed; install that Debian package to measure beside it.");
    auto scratch = Scratch::make();
    if (!scratch)
        return tl::unexpected(scratch.error());
    Peer peer(std::move(*scratch));
    const auto config = peer.m_scratch->path() / "alertmanager.yml";
    std::ofstream(config) << "route: { receiver: silent }\nreceivers: [ { name: silent } ]\n";
    peer.m_port = freePort();
    peer.m_alertsPath = "/api/v2/alerts";
    peer.m_process = peerProgram(QString::fromLatin1(kAlertmanager),
                             {QStringLiteral("--config.file=") + text(config), QStringLiteral("--storage.path=") + text(peer.m_scratch->path() / "data"),
                              QStringLiteral("--web.listen-address=127.0.0.1:%1").arg(peer.m_port), QStringLiteral("--cluster.listen-address=")});
    peer.m_process->setStandardOutputFile(QProcess::nullDevice());
    peer.m_process->start();
    const auto giveUp = std::chrono::steady_clock::now() + std::chrono::milliseconds(kReadyMs);
    while (!isReady(peer.m_port)) {
        if (std::chrono::steady_clock::now() > giveUp)
            return fail(Code::Unavailable, "prometheus-alertmanager did not become ready.");
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return peer;
}

std::size_t Peer::resident() const
{
    return residentBytes(m_process->processId());
}

Result<std::string> Peer::run(const QStringList &arguments) const
{
    return verb(m_home, arguments);
}

Result<std::string> Peer::call(const std::string &method, const std::string &params) const
{
    auto caller = link::Caller::connect(link::controlSocket(m_home));
    if (!caller)
        return tl::unexpected(caller.error());
    return (*caller)->call(method, params);
}

} // namespace qd::app
