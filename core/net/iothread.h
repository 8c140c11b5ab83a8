// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

namespace qd::net {

/// The network thread: one io_context, run by one thread from construction to destruction. Listener and FrameServer
/// work on it; it must outlive them. What is posted runs in order, one at a time.
class IoThread final {
public:
    IoThread();
    ~IoThread(); ///< joins; work not yet run is dropped
    IoThread(const IoThread &) = delete;
    IoThread &operator=(const IoThread &) = delete;

    /// Any thread.
    void post(std::function<void()> work);
    /// Runs it on the network thread and waits for its end. At once when called on the network thread.
    void run(const std::function<void()> &work);

    /// For this folder's .cpp files only: the boost::asio::io_context.
    struct Impl;
    [[nodiscard]] const std::shared_ptr<Impl> &impl() const { return m_impl; }

private:
    std::shared_ptr<Impl> m_impl;
};

} // namespace qd::net
