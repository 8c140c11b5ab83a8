// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/curlloop.h"

#include "core/base/threads.h"

#include <algorithm>

namespace qd::net {

namespace {

/// curl_global_init is not thread-safe and must come before the first handle; a function's static gives both.
void initCurlOnce()
{
    static const CURLcode done = curl_global_init(CURL_GLOBAL_DEFAULT);
    static_cast<void>(done);
}

/// Asked by libcurl again and again: whether the transfer is to be broken off.
int onProgress(void *isEnding, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    return *static_cast<const bool *>(isEnding) ? 1 : 0;
}

Error stopping()
{
    return {Code::Unavailable, "the program is stopping", {}};
}

} // namespace

CurlLoop::CurlLoop(const char *threadName)
{
    initCurlOnce();
    m_multi = curl_multi_init();
    m_thread = std::thread([this, threadName] {
        beginThread(threadName);
        run();
    });
}

CurlLoop::~CurlLoop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    curl_multi_wakeup(m_multi);
    m_thread.join();
    curl_multi_cleanup(m_multi);
}

void CurlLoop::add(std::unique_ptr<CurlJob> job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_stopping)
            m_incoming.push_back(std::move(job));
    }
    if (job) // called from a callback of the last jobs
        job->abandon(stopping());
    else
        curl_multi_wakeup(m_multi);
}

void CurlLoop::resume(const CurlJob *job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_resumed.push_back(job);
    }
    curl_multi_wakeup(m_multi);
}

void CurlLoop::begin(std::unique_ptr<CurlJob> job)
{
    job->m_easy = curl_easy_init();
    if (!job->m_easy)
        return job->abandon({Code::Internal, "libcurl gives no handle", {}});
    if (auto ready = job->prepare(); !ready)
        return job->abandon(ready.error());
    CURL *key = job->m_easy;
    curl_easy_setopt(key, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(key, CURLOPT_XFERINFOFUNCTION, onProgress);
    curl_easy_setopt(key, CURLOPT_XFERINFODATA, &m_isEnding);
    if (curl_multi_add_handle(m_multi, key) != CURLM_OK)
        return job->abandon({Code::Internal, "libcurl does not take the transfer", {}});
    m_active[key] = std::move(job);
}

void CurlLoop::collect()
{
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const CURLcode code = message->data.result;
        CURL *key = message->easy_handle;
        curl_multi_remove_handle(m_multi, key);
        auto node = m_active.extract(key);
        if (m_isEnding && code == CURLE_ABORTED_BY_CALLBACK)
            node.mapped()->abandon(stopping());
        else
            node.mapped()->end(code);
    }
}

void CurlLoop::run()
{
    while (true) {
        std::vector<std::unique_ptr<CurlJob>> fresh;
        std::vector<const CurlJob *> resumed;
        bool stop = false;
        {
            const std::lock_guard lock(m_mutex);
            fresh.swap(m_incoming);
            resumed.swap(m_resumed);
            stop = m_stopping;
        }
        for (auto &job : fresh)
            begin(std::move(job));
        if (stop)
            break;
        for (const auto &[handle, job] : m_active)
            if (std::find(resumed.begin(), resumed.end(), job.get()) != resumed.end())
                curl_easy_pause(handle, CURLPAUSE_CONT);
        int running = 0;
        curl_multi_perform(m_multi, &running);
        collect();
        curl_multi_poll(m_multi, nullptr, 0, 1000, nullptr);
    }
    // A mail that is only removed is ended by libcurl as if it were whole: the server would take what it has of it, if only an empty one.
    m_isEnding = true;
    int running = 0;
    curl_multi_perform(m_multi, &running);
    collect();
    while (!m_active.empty()) {
        auto node = m_active.extract(m_active.begin());
        curl_multi_remove_handle(m_multi, node.key());
        node.mapped()->abandon(stopping());
    }
}

} // namespace qd::net
