// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/benchload.h"

#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <ctime>
#include <mutex>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace qd::app {

namespace {

struct Socket {
    int fd = -1;
    ~Socket()
    {
        if (fd >= 0)
            ::close(fd);
    }
};

bool sendAll(int fd, const char *data, std::size_t n)
{
    while (n > 0) {
        const ssize_t sent = ::send(fd, data, n, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        data += sent;
        n -= static_cast<std::size_t>(sent);
    }
    return true;
}

/// Reads one answer with a Content-Length; its status, or 0.
int readAnswer(int fd, std::string &buffer)
{
    std::size_t headEnd = std::string::npos;
    std::size_t total = 0;
    char chunk[4096];
    while (true) {
        if (headEnd == std::string::npos && (headEnd = buffer.find("\r\n\r\n")) != std::string::npos) {
            std::string head = buffer.substr(0, headEnd);
            for (char &c : head)
                c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
            const auto at = head.find("content-length:");
            total = headEnd + 4 + (at == std::string::npos ? 0 : std::stoul(head.substr(at + 15)));
        }
        if (headEnd != std::string::npos && buffer.size() >= total) {
            const int status = buffer.size() > 12 ? std::stoi(buffer.substr(9, 3)) : 0;
            buffer.erase(0, total);
            return status;
        }
        const ssize_t got = ::recv(fd, chunk, sizeof chunk, 0);
        if (got <= 0)
            return 0;
        buffer.append(chunk, static_cast<std::size_t>(got));
    }
}

} // namespace

std::vector<std::string> alertBodies(std::size_t alerts, std::size_t batch, std::size_t first)
{
    std::vector<std::string> out;
    std::string body;
    for (std::size_t i = first; i < first + alerts; ++i) {
        const std::string n = std::to_string(i);
        body += body.empty() ? "[" : ",";
        body += R"({"labels":{"alertname":"HighLatency)" + std::to_string(i % 200) + R"(","cluster":"eu-1","instance":"node-)" + n
            + R"(.example:9100","job":"api","service":"svc-)" + std::to_string(i % 50) + R"(","severity":")" + (i % 3 ? "warning" : "critical")
            + R"("},"annotations":{"summary":"p99 latency of node-)" + n + R"( is above 2 s","description":"Measured over five minutes.",)"
            + R"("runbook_url":"https://runbooks.example/latency"},"startsAt":"2026-11-23T09:00:00.000Z","endsAt":"2036-11-23T09:04:00.000Z",)"
            + R"("generatorURL":"http://prometheus.example/graph?g0.expr=latency"})";
        if ((i - first + 1) % batch == 0 || i - first + 1 == alerts) {
            out.push_back(body + "]");
            body.clear();
        }
    }
    return out;
}

Result<Loaded> load(std::uint16_t port, const std::string &path, const std::vector<std::string> &bodies, std::size_t connections)
{
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::string problem;
    std::vector<double> answers;
    answers.reserve(bodies.size());
    const auto complain = [&](const std::string &what) {
        const std::lock_guard lock(mutex);
        problem = what;
        next = bodies.size();
    };
    const Stopwatch watch;
    std::vector<std::thread> threads;
    for (std::size_t c = 0; c < connections; ++c)
        threads.emplace_back([&] {
            Socket s{::socket(AF_INET, SOCK_STREAM, 0)};
            sockaddr_in to{};
            to.sin_family = AF_INET;
            to.sin_port = htons(port);
            to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            const int on = 1;
            setsockopt(s.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            if (::connect(s.fd, reinterpret_cast<const sockaddr *>(&to), sizeof to) != 0)
                return complain("The loader cannot connect.");
            std::string buffer;
            std::vector<double> mine;
            for (std::size_t i = next++; i < bodies.size(); i = next++) {
                const std::string head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                    + std::to_string(bodies[i].size()) + "\r\n\r\n";
                const Stopwatch one;
                if (!sendAll(s.fd, head.data(), head.size()) || !sendAll(s.fd, bodies[i].data(), bodies[i].size()))
                    return complain("The loader's connection broke.");
                if (const int status = readAnswer(s.fd, buffer); status / 100 != 2)
                    return complain("The loader was answered " + std::to_string(status) + ".");
                mine.push_back(one.seconds());
            }
            const std::lock_guard lock(mutex);
            answers.insert(answers.end(), mine.begin(), mine.end());
        });
    for (auto &t : threads)
        t.join();
    const double seconds = watch.seconds();
    if (!problem.empty())
        return fail(Code::Unavailable, problem);
    return Loaded{seconds, std::move(answers)};
}

double threadSeconds()
{
    timespec t{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

double quantile(std::vector<double> values, double q)
{
    if (values.empty())
        return 0;
    const auto at = std::min(values.size() - 1, static_cast<std::size_t>(q * static_cast<double>(values.size())));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
    return values[at];
}

} // namespace qd::app
