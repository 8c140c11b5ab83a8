// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/patience.h"

#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

/// A sender without manners: plain bytes over TCP to 127.0.0.1, so that tests decide every one of them.
class RawClient final {
public:
    explicit RawClient(std::uint16_t port, const char *from = nullptr)
    {
        m_fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        if (from) {
            inet_pton(AF_INET, from, &address.sin_addr);
            ::bind(m_fd, reinterpret_cast<sockaddr *>(&address), sizeof address);
        }
        address.sin_port = htons(port);
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
        m_connected = ::connect(m_fd, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    }
    RawClient(RawClient &&other) noexcept
        : m_fd(std::exchange(other.m_fd, -1)), m_connected(other.m_connected), m_in(std::move(other.m_in))
    {}
    RawClient(const RawClient &) = delete;
    RawClient &operator=(const RawClient &) = delete;
    ~RawClient()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }

    [[nodiscard]] bool isConnected() const { return m_connected; }

    /// False when the peer no longer takes bytes.
    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t n = ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (n <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        return true;
    }

    struct Answer {
        int status = 0; ///< 0: no answer came
        std::string head;
        std::string body;
    };

    /// The next answer; `headOnly` for answers to HEAD and interim ones.
    Answer answer(bool headOnly = false, int timeoutMs = qd::tests::kPatience)
    {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeoutMs);
        while (true) {
            const std::size_t end = m_in.find("\r\n\r\n");
            if (end != std::string::npos) {
                Answer a;
                a.head = m_in.substr(0, end + 4);
                const std::size_t at = a.head.find("Content-Length: ");
                const std::size_t length =
                    headOnly || at == std::string::npos ? 0 : std::strtoul(a.head.c_str() + at + 16, nullptr, 10);
                if (m_in.size() >= end + 4 + length) {
                    a.status = std::atoi(a.head.c_str() + 9);
                    a.body = m_in.substr(end + 4, length);
                    m_in.erase(0, end + 4 + length);
                    return a;
                }
            }
            if (!fill(deadline))
                return {};
        }
    }

    /// Whether the peer ends the connection within the time, whatever it still says.
    bool isClosedWithin(int timeoutMs = qd::tests::kPatience)
    {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeoutMs);
        while (fill(deadline)) {
        }
        return m_ended;
    }

    [[nodiscard]] const std::string &rest() const { return m_in; }

private:
    bool fill(std::chrono::steady_clock::time_point deadline)
    {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        pollfd waiting{m_fd, POLLIN, 0};
        if (m_ended || left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) <= 0)
            return false;
        char buffer[16384];
        const ssize_t n = ::recv(m_fd, buffer, sizeof buffer, 0);
        if (n <= 0) {
            m_ended = true;
            return false;
        }
        m_in.append(buffer, static_cast<std::size_t>(n));
        return true;
    }

    int m_fd = -1;
    bool m_connected = false;
    bool m_ended = false;
    std::string m_in;
};
