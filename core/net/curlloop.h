// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <curl/curl.h>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace qd::net {

/// One transfer of libcurl's. For .cpp files of this folder only, since it brings curl.h with it.
class CurlJob {
public:
    CurlJob() = default;
    virtual ~CurlJob() { curl_easy_cleanup(m_easy); }
    CurlJob(const CurlJob &) = delete;
    CurlJob &operator=(const CurlJob &) = delete;

    [[nodiscard]] CURL *easy() const { return m_easy; }
    /// Sets the handle up; an Error ends the job before it began.
    [[nodiscard]] virtual Result<> prepare() = 0;
    /// libcurl is done with it. Exactly one of end() and abandon() is called, once, on the loop's thread.
    virtual void end(CURLcode code) = 0;
    virtual void abandon(Error why) = 0;

private:
    friend class CurlLoop;
    CURL *m_easy = nullptr;
};

/// libcurl's multi interface on a thread of its own. Jobs under way when it dies are abandoned with Unavailable.
class CurlLoop final {
public:
    explicit CurlLoop(const char *threadName);
    ~CurlLoop(); ///< waits until no job's callback runs any more
    CurlLoop(const CurlLoop &) = delete;
    CurlLoop &operator=(const CurlLoop &) = delete;

    void add(std::unique_ptr<CurlJob> job); ///< any thread
    /// A job that paused in a callback of libcurl's is asked again; nothing happens where it is over. Any thread.
    void resume(const CurlJob *job);

private:
    void run();
    void begin(std::unique_ptr<CurlJob> job);
    void collect();

    CURLM *m_multi = nullptr;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<CurlJob>> m_incoming; ///< guarded by m_mutex
    std::vector<const CurlJob *> m_resumed;           ///< guarded by m_mutex
    bool m_stopping = false;                          ///< guarded by m_mutex
    bool m_isEnding = false;                          ///< of the thread: transfers are broken off
    std::unordered_map<CURL *, std::unique_ptr<CurlJob>> m_active;
    std::thread m_thread;
};

} // namespace qd::net
