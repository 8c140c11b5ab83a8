// SPDX-License-Identifier: GPL-3.0-or-later
// For this folder's .cpp files only: it brings Asio with it.
#pragma once

#include "core/net/iothread.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>

namespace qd::net {

/// Shared with everything that still holds a socket, so that a late answer never meets a dead io_context.
struct IoThread::Impl {
    boost::asio::io_context context{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{context.get_executor()};
    std::thread thread;

    [[nodiscard]] bool isCurrent() const { return std::this_thread::get_id() == thread.get_id(); }
    /// As IoThread::run.
    void run(const std::function<void()> &call);
};

} // namespace qd::net
