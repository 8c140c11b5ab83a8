// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/faults/faulthome.h"

#include <QtTest>
#include <csignal>
#include <fcntl.h>
#include <map>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace qd::faults {

/// A program whose promises come through a pipe. It dies with this process.
class Running final {
public:
    explicit Running(const std::vector<std::string> &arguments)
    {
        int out[2], err[2];
        if (::pipe2(out, O_CLOEXEC) != 0 || ::pipe2(err, O_CLOEXEC) != 0)
            qFatal("no pipe");
        std::vector<char *> argv;
        for (const auto &a : arguments)
            argv.push_back(const_cast<char *>(a.c_str()));
        argv.push_back(nullptr);
        m_pid = ::fork();
        if (m_pid == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            ::setpgid(0, 0);
            ::dup2(out[1], STDOUT_FILENO);
            ::dup2(err[1], STDERR_FILENO);
            ::execv(argv[0], argv.data());
            ::_exit(127);
        }
        ::setpgid(m_pid, m_pid);
        ::close(out[1]);
        ::close(err[1]);
        m_out = out[0];
        m_err = err[0];
    }
    ~Running()
    {
        kill();
        ::close(m_out);
        ::close(m_err);
    }
    Running(const Running &) = delete;
    Running &operator=(const Running &) = delete;

    /// Takes promises for a while; false when the program has closed its end.
    bool listen(int milliseconds, Promises &promised)
    {
        pollfd p{m_out, POLLIN, 0};
        if (::poll(&p, 1, milliseconds) <= 0)
            return true;
        return take(promised);
    }
    void kill()
    {
        if (!m_ended)
            ::kill(-m_pid, SIGKILL);
        wait();
    }
    /// Takes what is left and gives how it ended, as waitpid says it.
    int finish(Promises &promised)
    {
        while (take(promised))
            ;
        return wait();
    }
    std::string complaint()
    {
        wait();
        std::string text(4096, '\0');
        const ssize_t n = ::read(m_err, text.data(), text.size());
        text.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
        return text;
    }

private:
    bool take(Promises &promised)
    {
        std::uint8_t buffer[40 * 100];
        const ssize_t n = ::read(m_out, buffer, sizeof buffer);
        if (n <= 0)
            return n < 0 && errno == EINTR;
        m_rest.insert(m_rest.end(), buffer, buffer + n);
        std::size_t at = 0;
        for (; m_rest.size() - at >= 40; at += 40) {
            std::uint64_t seq = 0;
            for (int i = 0; i < 8; ++i)
                seq |= std::uint64_t{m_rest[at + static_cast<std::size_t>(i)]} << (8 * i);
            std::copy_n(m_rest.begin() + static_cast<std::ptrdiff_t>(at) + 8, 32, promised[seq].begin());
        }
        m_rest.erase(m_rest.begin(), m_rest.begin() + static_cast<std::ptrdiff_t>(at));
        return true;
    }
    int wait()
    {
        if (!m_ended) {
            ::waitpid(m_pid, &m_status, 0);
            m_ended = true;
        }
        return m_status;
    }

    pid_t m_pid = -1;
    int m_out = -1, m_err = -1, m_status = 0;
    bool m_ended = false;
    Bytes m_rest;
};

/// How often each system call stands in a log of strace, by the busiest thread: strace counts instances by thread.
inline std::map<std::string, int> callsIn(const QByteArray &log)
{
    std::map<std::string, int> most;
    std::map<std::pair<std::string, std::string>, int> byThread;
    for (const QByteArray &line : log.split('\n')) {
        const QList<QByteArray> words = line.simplified().split(' ');
        if (words.size() < 2 || !words[1].contains('('))
            continue;
        const std::string call = words[1].left(words[1].indexOf('(')).toStdString();
        most[call] = std::max(most[call], ++byThread[{words[0].toStdString(), call}]);
    }
    return most;
}

/// How many of something: the environment's number, or the short one.
inline int many(const char *variable, int shortNumber)
{
    const int n = qEnvironmentVariableIntValue(variable);
    return n > 0 ? n : shortNumber;
}

inline std::uint64_t seed()
{
    const auto given = qEnvironmentVariableIntValue("QD_FAULT_SEED");
    const std::uint64_t s = given > 0 ? static_cast<std::uint64_t>(given) : static_cast<std::uint64_t>(QDateTime::currentMSecsSinceEpoch() % 1'000'000'000);
    qInfo("seed %llu (QD_FAULT_SEED repeats it)", static_cast<unsigned long long>(s));
    return s;
}

} // namespace qd::faults
