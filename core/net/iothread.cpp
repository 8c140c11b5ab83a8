// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/iothread.h"

#include "core/base/threads.h"
#include "core/net/iothreadimpl.h"

#include <boost/asio/post.hpp>
#include <future>

namespace qd::net {

IoThread::IoThread() : m_impl(std::make_shared<Impl>())
{
    m_impl->thread = std::thread([impl = m_impl.get()] {
        beginThread("net");
        impl->context.run();
    });
}

IoThread::~IoThread()
{
    m_impl->work.reset();
    m_impl->context.stop();
    m_impl->thread.join();
    // What was cancelled at the end still holds its session, and the session holds us: let go of it here.
    m_impl->context.restart();
    m_impl->context.poll();
}

void IoThread::post(std::function<void()> work)
{
    boost::asio::post(m_impl->context, std::move(work));
}

void IoThread::run(const std::function<void()> &work)
{
    m_impl->run(work);
}

void IoThread::Impl::run(const std::function<void()> &call)
{
    if (isCurrent()) {
        call();
        return;
    }
    std::promise<void> done;
    boost::asio::post(context, [&] {
        call();
        done.set_value();
    });
    done.get_future().wait();
}

} // namespace qd::net
